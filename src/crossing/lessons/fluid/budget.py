"""Core 1: how much fluid there is, how much is made, and how soon a drug that leaves with it has faded."""

from functools import lru_cache
from types import SimpleNamespace

import numpy as np
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from ...explore import Slider, Switch
from ...explore import figure as rounded
from ...explore.theme import BLUE, GREEN, INK, MUTED, PAPER, VERMILLION
from ...facts import facts
from ...models import budget
from ..sourced import Sourced
from ..spinal_infusion.canal import above

SPAN, MOST_ML, MOST_FLOW = 48.0, 600.0, 45.0
VOLUME_STEP, FLOW_STEP = 5.0, 0.5
TIMES = np.linspace(0, SPAN, 97)
FLOOR = 0.01
PLATE = {"facecolor": PAPER, "edgecolor": "none", "pad": 1.0, "alpha": 0.85}


def step(value, to):
    """`value` at the nearest step of a slider."""
    return round(value / to) * to


def pair(volumes, formation):
    """Volume and formation of a body from facts, to the steps of the sliders."""
    return {"volume": step(sum(facts[f].to("mL") for f in volumes), VOLUME_STEP),
            "formation": step(facts[formation].to("mL/h"), FLOW_STEP)}


BODIES = {
    "Textbook adult": pair(["csf_total_text"], "csf_secretion_text"),
    "Young adult, newer scans": pair(["csf_cranial_20s", "csf_spinal"], "csf_prod_mri"),
    "Over 80, newer scans": pair(["csf_cranial_80s", "csf_spinal"], "csf_prod_old"),
    "Young infant": pair(["csf_total_infant"], "csf_prod_child_evd"),
    "Hydrocephalus, volume of over 80": pair(["csf_cranial_80s", "csf_spinal"], "csf_prod_chronic_hydro"),
}
#: How each stands on the map: (words, offset in points, horizontal and vertical alignment).
NAMED = {"Textbook adult": ("textbook", (11, -3), "left", "top"), "Young adult, newer scans": ("young adult", (0, -10), "center", "top"),
         "Over 80, newer scans": ("over 80", (-11, 0), "right", "center"), "Young infant": ("infant", (11, -1), "left", "center"),
         "Hydrocephalus, volume of over 80": ("hydrocephalus", (4, 10), "right", "bottom")}


#: On a slide the map is smaller.
ROOM_NAMED = NAMED | {"Young adult, newer scans": ("young adult", (0, 6), "center", "bottom"), "Young infant": ("infant", (8, -3), "left", "top"),
                      "Hydrocephalus, volume of over 80": ("hydrocephalus", (4, -7), "right", "top")}


def hours(number):
    """Hours as they are told: to a tenth below ten."""
    return f"{number:.1f}" if number < 10 else f"{number:.0f}"


@lru_cache(1)
def drops():
    """Places of 100 drops in a unit square, and the order in which they are replaced: both fixed."""
    chance = np.random.default_rng(2)
    grid = (np.stack(np.meshgrid(np.arange(10), np.arange(10)), -1).reshape(-1, 2) + 0.5) / 10
    return grid + chance.uniform(-0.022, 0.022, grid.shape), chance.permutation(len(grid))


class Budget(Sourced):
    """One mixed pool, made and drained all the time, and one dose of a drug that leaves only with it."""

    title = "The budget of the fluid"
    longest = 240
    model = "one mixed pool"
    facts = ("csf_total_text", "csf_secretion_text", "csf_cranial_20s", "csf_cranial_80s", "csf_spinal", "csf_prod_mri", "csf_prod_old",
             "csf_total_infant", "csf_prod_child_evd", "csf_prod_chronic_hydro", "mtx_thalf", "arac_thalf")
    guess = "02.budget"
    size = (7.6, 4.8)
    narrow_size = (4.5, 7.6)
    presets = BODIES

    volume = Slider("Volume of the fluid", BODIES["Textbook adult"]["volume"], low=30, high=MOST_ML, step=VOLUME_STEP, unit="mL")
    formation = Slider("Formation of new fluid", BODIES["Textbook adult"]["formation"], low=5, high=MOST_FLOW, step=FLOW_STEP, unit="mL/h")
    time = Slider("Time since the dose", 2.0, low=0, high=24, step=0.5, unit="h", play=True)
    log = Switch("Log axis", more=True, look=True)

    def compute(self, *, volume, formation, time, log):
        body = budget.Body("this one", volume, formation)
        left = budget.same_dose([body], TIMES)[0] * volume
        now = 1 - float(budget.renewed(volume, formation, time))
        return SimpleNamespace(left=left, now=now, time=time, half=body.half_life_h, whole=volume / formation,
                               kept=1 - float(budget.renewed(volume, formation, volume / formation)), log=log,
                               volume=volume, formation=formation, turnover=body.turnover_per_day, old=int(round(100 * now)))

    def setup(self, figure):
        if self.narrow:
            grid = figure.add_gridspec(3, 1, height_ratios=(1.7, 0.75, 1.5))
            self.curve, self.vessel, self.map = (figure.add_subplot(grid[i]) for i in range(3))
        elif self.room:
            places = (0.145, 0.46, 0.36, 0.51), (0.12, 0.08, 0.40, 0.21), (0.635, 0.22, 0.345, 0.62)
            self.curve, self.vessel, self.map = map(figure.add_axes, places)
        else:
            grid = figure.add_gridspec(2, 2, width_ratios=(1.25, 1), height_ratios=(1, 2.1))
            self.curve, self.vessel, self.map = (figure.add_subplot(grid[place]) for place in (np.s_[:, 0], (0, 1), (1, 1)))
        self.curve.set(xlim=(0, SPAN), xlabel="Hours since the dose")
        self.curve.set_xticks(range(0, 49, 12))
        self.line, = self.curve.plot([], [], color=BLUE)
        self.half, = self.curve.plot([], [], "o", color=PAPER, mec=BLUE, mew=2, ms=8, zorder=5)
        self.whole, = self.curve.plot([], [], "D", color=VERMILLION, mec=INK, mew=0.8, ms=9, zorder=6)
        self.now, = self.curve.plot([], [], color=MUTED, lw=1.2, ls=(0, (4, 3)), marker="o", ms=5, markevery=[1])
        self.half_name, self.whole_name = (self.curve.text(0, 0, "", fontsize=10, va="bottom") for _ in range(2))
        self._vessel()
        self._map()
        self.live("curve", self.line, self.half, self.whole)
        self.live("drops", self.new, self.told, pin=False)
        self.live("now", self.now, self.old, self.count, pin=False)
        self.live("names", self.half_name, self.whole_name)
        self.live("bodies", self.fits, self.fits_name, *self.bodies, pin=False)  # they never move, but the guess is about them
        self.live("here", self.same, self.here)
        self.live("same", self.same_name)
        self._scale(False)

    def _vessel(self):
        axes = self.vessel
        axes.set(xlim=(-0.05, 2.35 if not self.room else 2.8), ylim=(-0.04, 1.04))
        axes.axis("off")
        axes.plot([0, 0, 1, 1], [1.02, -0.02, -0.02, 1.02], color=MUTED, lw=2)
        self.new, = axes.plot(*drops()[0].T, "o", color="none", mec=MUTED, mew=0.6, ms=5 if not self.room else 4)
        words, at = "of 100 drops\nare from before the\ndose: the rest is new", (1.14, 0.52)
        if self.room:
            words, at = "old drops\nof 100", (2.0, 0.78)
        self.told = axes.text(*at, words, fontsize=10, va="top", linespacing=1.25)
        # Dots as short strokes with round ends: a third of the bytes of a hundred markers.
        self.old = axes.add_patch(PathPatch(Path(np.zeros((1, 2))), edgecolor=BLUE, facecolor="none", lw=5.8 if not self.room else 4.4,
                                            capstyle="round", snap=False))
        self.count = axes.text(1.14, 0.58 if not self.room else 0.3, "", fontsize=22 if not self.room else 19, fontweight="bold", color=BLUE)

    def _map(self):
        axes = self.map
        axes.set(xlim=(0, MOST_ML * 1.04), ylim=(0, MOST_FLOW * 1.04), xlabel="Volume of the fluid (mL)", ylabel="Made in an hour (mL)")
        axes.set_xticks(range(0, 601, 150))
        axes.set_title(" " if not self.room else " \n ", fontsize=10)  # space for what the dashed line is
        quick, slow = (facts[f].to("h") for f in ("arac_thalf", "mtx_thalf"))
        wide = MOST_ML * 1.04
        self.fits = axes.fill_between([0, wide], [0, budget.flow_that_fits(slow, wide)], [0, budget.flow_that_fits(quick, wide)], color=GREEN,
                                      alpha=0.25, lw=0)
        told = f"green: half gone in {quick:g} h\n(cytarabine, measured) to\n{slow:g} h (methotrexate)"
        if self.room:
            told = f"green: measured, {quick:g} to {slow:g} h"
        self.fits.may_leave = True  # the band goes on beyond the map
        self.fits_name = axes.text(0.995, 0.015 if not self.room else 1.03, told, fontsize=9.5, transform=axes.transAxes, ha="right", va="bottom",
                                   bbox=PLATE)
        self.bodies = []
        for name, body in BODIES.items():
            told, by, side, up = (NAMED if not self.room else ROOM_NAMED)[name]
            at = body["volume"], body["formation"]
            self.bodies += [*axes.plot(*at, "s", color=INK, ms=5.5),
                            axes.annotate(told, at, by, textcoords="offset points", fontsize=9.5, ha=side, va=up, bbox=PLATE)]
        self.same, = axes.plot([], [], color=BLUE, lw=1.6, ls=(0, (6, 2)))
        self.here, = axes.plot([], [], "o", color="none", mec=BLUE, mew=2.6, ms=14, zorder=8)
        self.same_name = axes.text(1.0, 1.03 if not self.room else 1.12, "", fontsize=10, color=INK, ha="right", va="bottom",
                                   transform=axes.transAxes)

    def _scale(self, log):
        self.curve.set(yscale="log" if log else "linear", ylim=(FLOOR, 1.3) if log else (0, 1.06),
                       ylabel="Share of the drug still there" if not self.room else "Drug still there")
        ticks = [0.01, 0.03, 0.1, 0.3, 1] if log else [0, 0.25, 0.5, 0.75, 1]
        self.curve.set_yticks(ticks, [f"{100 * t:g} %" for t in ticks])
        self.curve.minorticks_off()

    def update(self, r):
        self._scale(r.log)
        floor = FLOOR if r.log else 0
        self.line.set_data(*above(TIMES, r.left, floor))
        for mark, x, y in ((self.half, r.half, 0.5), (self.whole, r.whole, r.kept)):
            mark.set_data([x], [y])
            mark.set_visible(x <= SPAN)
        self.now.set_data([r.time, r.time], [floor, max(r.now, floor)])
        made = "one volume made" if not self.room else "one volume"
        for i, (text, x, y, words) in enumerate(((self.half_name, r.half, 0.5, "half gone"), (self.whole_name, r.whole, r.kept, made))):
            late = x > SPAN * 0.6
            if self.room:  # a line of words is a large step there
                lifts = {(False, False): (1.03, 1.03), (False, True): (1.6, 1.05), (True, False): (0.7, 0.7), (True, True): (0.55, 0.36)}
                lift = lifts[late, r.log][i]
            else:
                lift = 0.82 if late and r.log else 0.88 if late else 1.03
            aside = 1 if not self.room else 1.8
            text.set(x=x + (-aside if late else aside), y=y * lift,
                     ha="right" if late else "left", text=words if x <= SPAN else "")
        places, order = drops()
        ends = places[order[:r.old], None] + [[0.0, 0.0], [0.008, 0.0]]
        path = Path(ends.reshape(-1, 2), [Path.MOVETO, Path.LINETO] * r.old)
        path.should_simplify = False
        self.old.set_path(path)
        self.count.set_text(f"{r.old}")
        slope = r.formation / r.volume
        end = min(MOST_ML, MOST_FLOW / slope)
        self.same.set_data([0, end], [0, end * slope])
        self.here.set_data([r.volume], [r.formation])
        self.same_name.set_text(f"dashed: {'all pairs that ' if not self.room else ''}halve in {hours(r.half)} h")

    def describe(self, r):
        return (f"Half of the drug is gone after {hours(r.half)} h (measured: cytarabine {facts['arac_thalf'].to('h'):g} h, "
                f"methotrexate {facts['mtx_thalf'].to('h'):g} h). As much fluid as there is has been made after {hours(r.whole)} h; "
                f"{rounded(100 * r.kept)} % of the drug is then still there. At {r.time:g} h {rounded(100 * r.now)} % of it is left: {r.old} old drops of 100.")

    def readings(self, r):
        return {"Half-life": (r.half, "h"), "As much made as there is after": (r.whole, "h"), "Still there then": (100 * r.kept, "%"),
                "Turnover": (r.turnover, "times a day"), "Still there at the time set": (100 * r.now, "%")}

    def table(self, r):
        rows = [(name, f"{b['volume']:g} mL", f"{b['formation']:g} mL/h", f"{hours(budget.bulk_half_life_h(b['volume'], b['formation']))} h")
                for name, b in [("As set", {"volume": r.volume, "formation": r.formation}), *BODIES.items()]]
        return ("Body", "Volume", "Made in an hour", "Half-life of what leaves with the fluid"), rows
