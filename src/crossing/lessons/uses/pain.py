"""Core 1: one tip, two drugs; each is given so that the target holds a level of 1. What do the tip and the rest hold?"""

from functools import lru_cache
from types import SimpleNamespace

import numpy as np

from ...explore import Steps, Switch
from ...explore import figure as rounded
from ...explore.theme import BLUE, GREEN, INK, MUTED, PAPER, VERMILLION
from ...facts import facts
from ..sourced import Sourced
from ..spinal_infusion.canal import above, along, cord, label_aside, levels
from ..spinal_infusion.infusion import PIG, START, steady

TIPS = ("T12", "T10", "T8", "T6")
TARGETS = ("T12", "T10", "T8", "T6", "T4", "T2", "C7", "C4")
PLACES = ("L3/4", "L1/2", "T12", "T10", "T8", "T6", "T4", "T2", "C7", "C4", "C1")
TWO = {"far": round(START), "near": round(PIG)}
LOOK = {"far": (BLUE, "-", "o"), "near": (VERMILLION, (0, (5, 1.8)), "D")}
FLOOR, TOP = 0.001, 4000.0
#: Tops of the linear axis: the lowest that holds both curves is taken.
TOPS = (2.0, 5.0, 20.0, 60.0, 300.0, 1200.0)
PLATE = {"facecolor": PAPER, "edgecolor": "none", "pad": 1.0, "alpha": 0.85}


@lru_cache(len(TWO) * len(TIPS))
def profile(kind, tip):
    """Heights, level along the canal, level at each place, and mean, of one drug given at some rate."""
    z, found, _ = steady(tip, float(TWO[kind]))
    heights = np.union1d(z[::2], [levels[n] for n in PLACES])
    along_canal = found.at(heights)
    return heights, along_canal, dict(zip(PLACES, map(float, found.at(np.array([levels[n] for n in PLACES]))))), float(found.at(z).mean())


def course(kind, tip, target):
    """The same, when the target holds 1."""
    z, level, at, mean = profile(kind, tip)
    return SimpleNamespace(z=z, level=level / at[target], at={n: value / at[target] for n, value in at.items()}, mean=mean / at[target])


class PainSpread(Sourced):
    """Two drugs from one tip, one that spreads far and one that stays near, each at the rate that its target needs."""

    title = "One tip, two drugs"
    longest = 220
    model = "spinal canal in one dimension, at rest"
    facts = ("half_distance", "kroin_t2_t12", "pig_half_distance", "pig_morphine", "morph_lumbar_cist", "meth_c1c2", "mtx_thalf", "canal_length")
    guess = "06.pain"
    size = (7.6, 4.6)
    narrow_size = (4.5, 5.2)
    presets = {"Beside the tip": {"target": "T12"}, "Half-way up": {"target": "T6"}, "In the neck": {"target": "C4"}}

    target = Steps("Target", "T12", TARGETS)
    log = Switch("Log axis", True, look=True)
    tip = Steps("Catheter tip", "T12", TIPS, more=True)
    points = Switch("Measured points", True, more=True, look=True)

    def compute(self, *, target, log, tip, points):
        drugs = {kind: course(kind, tip, target) for kind in TWO}
        highest = max(drug.at[tip] for drug in drugs.values())
        return SimpleNamespace(drugs=drugs, target=target, tip=tip, log=log, points=points, away=levels[target] - levels[tip],
                               top=TOP if log else next(top for top in TOPS if top > 1.08 * highest))

    def setup(self, figure):
        grid = figure.add_gridspec(1, 2, width_ratios=(1, {"wide": 0.22, "narrow": 0.3, "room": 0.28}[self.layout]))
        self.axes, self.side = figure.add_subplot(grid[0, 0]), figure.add_subplot(grid[0, 1])
        along(self.axes, self.narrow, few=self.room)
        if self.layout == "wide":
            shown = ["S2", "L3/4", "T12", "T10", "T8", "T6", "T4", "T2", "C7", "C4", "C1"]
            self.axes.set_xticks([levels[n] for n in shown], shown)
        cord(self.axes)
        self.axes.set_xlabel(self.axes.get_xlabel() + "\n\n\n")  # room for the key
        if self.room:
            figure.get_layout_engine().set(rect=(0, 0.17, 1, 0.83))
            self.axes.set_xlabel("Level of the spine (tail to head)")
        self.axes.set_ylabel("Level (1 = what the target holds)" if not self.room else "Level (target = 1)")
        self.side.set(xlim=(-0.6, 1.6), xticks=(0, 1), xticklabels=("far", "near"))
        self.side.set_title("Mean" if self.narrow else "Mean along\nthe canal" if not self.room else "Mean of\nthe canal", fontsize=10)
        self.side.grid(axis="x", visible=False)
        self.side.tick_params(axis="x", length=0)
        self.axes.axhline(1, color=MUTED, lw=1.0)
        self.side.axhline(1, color=MUTED, lw=1.0)
        self.lines, self.means, self.numbers, self.measured = {}, {}, {}, {}
        for i, kind in enumerate(TWO):
            colour, dash, marker = LOOK[kind]
            self.lines[kind], = self.axes.plot([], [], color=colour, ls=dash)
            self.means[kind], = self.side.plot([], [], ls="", marker="s", ms=10, color=colour, mec=INK, mew=0.9)
            self.numbers[kind] = self.side.text(i - 0.1 + 0.2 * i, 1, "", ha="center", fontsize=9.5 if self.narrow else 10.5, weight="bold", bbox=PLATE)
            self.measured[kind] = self.axes.plot([], [], ls="", marker=marker, ms=7.5, mfc=PAPER, mec=colour, mew=1.8, zorder=4)[0]
        self.tip_line = self.axes.axvline(0, color=INK, lw=1.3, ls=(0, (1.2, 1.6)))
        self.tip_name = self.axes.text(0, 0, "", va="top", fontsize=10, bbox=PLATE)
        self.star, = self.axes.plot([], [], ls="", marker="*", ms=17, color=GREEN, mec=INK, mew=0.9, zorder=5)
        self.star_name = self.axes.text(0, 0, "", va="top", fontsize=10, bbox=PLATE, ha="center")
        self._key()
        self.live("lines", *self.lines.values())
        self.live("means", *self.means.values())
        self.live("numbers", *self.numbers.values())
        self.live("target", self.star, self.star_name, pin=False)
        self.live("tip", self.tip_line, self.tip_name, pin=False)
        self.live("measured", *self.measured.values(), pin=False)
        label_aside(self.axes, self.narrow, 0.16 if self.room else 0.095)
        self.scaled = None
        self._scale(TOP, True)

    def _key(self):
        """Which line is which, below the axes: the same words at every setting."""
        told = {"far": f"far: halves every {TWO['far']} cm, as a tracer in people's fluid", "near": f"near: halves every {TWO['near']} cm, as morphine in pigs' cord"}
        first, line = (-50, 15) if self.room else (-47, 14)
        for i, (kind, words) in enumerate(told.items()):
            colour, _, marker = LOOK[kind]
            left = {"wide": 0, "narrow": -34, "room": -44}[self.layout]
            for x, text, size, ink in ((left, "━━" if kind == "far" else "╍╍", 11, colour), (left + 27, "○" if marker == "o" else "◇", 12, colour), (left + 42, words, 9.5, INK)):
                self.axes.annotate(text, (0, 0), (x, first - line * i), xycoords="axes fraction", textcoords="offset points", fontsize=size, color=ink, va="center",
                                   annotation_clip=False).set_in_layout(False)

    def _scale(self, top, log):
        if self.scaled == (top, log):
            return  # ticks set anew would have the whole chart drawn anew
        self.scaled = top, log
        for axes in (self.axes, self.side):
            axes.set(yscale="log" if log else "linear", ylim=(FLOOR, TOP) if log else (0, top))
        if log:
            ticks = (0.001, 0.01, 0.1, 1, 10, 100, 1000)
            self.axes.set_yticks(ticks, [f"{tick:g}" for tick in ticks])
            self.axes.minorticks_off()
            self.side.minorticks_off()
        self.side.tick_params(labelleft=False)

    def update(self, r):
        self._scale(r.top, r.log)
        for kind, drug in r.drugs.items():
            self.lines[kind].set_data(*above(drug.z, drug.level, FLOOR if r.log else 0))
            i = list(TWO).index(kind)
            self.means[kind].set_data([i], [drug.mean])
            self.numbers[kind].set(y=drug.mean * 1.6 if r.log else drug.mean + 0.035 * r.top, va="bottom", text=rounded(drug.mean))
            self.measured[kind].set_visible(r.points)
        far, near = r.drugs["far"], r.drugs["near"]
        seen = levels[r.tip] <= levels["T12"]
        self.measured["far"].set_data(*([[levels[n] for n in ("T12", "T2")], [far.at["T12"], far.at["T2"]]] if seen else [[], []]))
        at = levels[r.tip] + sum(facts["pig_morphine"].range_in("fold")) / 2
        level = float(np.interp(at, near.z, near.level))
        self.measured["near"].set_data([at], [level] if level > FLOOR or not r.log else [np.nan])
        self.tip_line.set_xdata([levels[r.tip]] * 2)
        self.tip_name.set(x=levels[r.tip] - 0.7, y=r.top * (0.72 if r.log else 0.985), ha="right", text=f"tip, {r.tip}")
        self.star.set_data([levels[r.target]], [1])
        self.star_name.set(x=min(levels[r.target], 54), y=0.42 if r.log else 1 + 0.05 * r.top, va="top" if r.log else "bottom", text="target")

    def describe(self, r):
        drugs = "; ".join(f"{kind}, the tip holds {say(drug.at[r.tip])}, the mean along the canal is {say(drug.mean)}, C1 holds {say(drug.at['C1'])}"
                          for kind, drug in r.drugs.items())
        return f"Tip at {r.tip}, target at {r.target}, {f'{abs(r.away):.0f} cm away' if r.away else 'beside it'}, with a level of 1. {drugs[0].upper()}{drugs[1:]}."

    def readings(self, r):
        return {f"{what}, {kind}": (say(value), "") for what, pick in (("Level at the tip", lambda d: d.at[r.tip]), ("Mean along the canal", lambda d: d.mean),
                ("Level at C1", lambda d: d.at["C1"])) for kind, value in ((kind, pick(drug)) for kind, drug in r.drugs.items())}

    def table(self, r):
        return ("Level of the spine", "Far", "Near"), [(n, *(say(drug.at[n]) for drug in r.drugs.values())) for n in PLACES]


def say(level):
    """A level in words a person can say; very small ones as such."""
    return rounded(level) if level >= 0.001 else "below 0.001"
