"""Core 2: a steady infusion."""

from types import SimpleNamespace

import numpy as np

from ...explore import Slider, Steps, Switch
from ...explore import figure as rounded
from ...explore.theme import BLUE, GREEN, INK, MUTED, PAPER, PURPLE, VERMILLION
from ...facts import facts
from ..sourced import Sourced
from .canal import TIPS, above, along, canal, cord, label_aside, levels, loss

TOP, FLOOR = 3.2, 0.01
#: Behind words that curves may run under.
PLATE = {"facecolor": PAPER, "edgecolor": "none", "pad": 1.0, "alpha": 0.85}
#: Half-distances of the two published sets, to the slider's step.
STEP = 0.2
START, PIG = (round(facts[f].to("cm") / STEP) * STEP for f in ("half_distance", "pig_half_distance"))
FINE = 240


def steady(tip, half_distance):
    """Steady profile of rate 1, as a share of the level at a tip at L3/4 with the same half-distance."""
    tube = canal(dispersion_cm2_per_h=loss() * (half_distance / np.log(2)) ** 2, cells=FINE)
    unit = tube.steady(levels["L3/4"]).at(levels["L3/4"])
    return tube.z, tube.steady(levels[tip]), float(unit)


class SteadyInfusion(Sourced):
    """A drug fed in for days at one level: the profile that stays."""

    title = "A steady infusion"
    model = "spinal canal in one dimension"
    facts = ("kroin_t2_t12", "half_distance", "pig_morphine", "pig_half_distance", "decay_length", "mtx_thalf",
             "canal_length")
    guess = "04.infusion"
    presets = {"Human tracer, in fluid": {"half_distance": START}, "Pig, cord tissue": {"half_distance": PIG}}

    rate = Slider("Infusion rate", 1.0, low=0.5, high=3, step=0.25, unit="×")
    tip = Steps("Catheter tip", "L3/4", TIPS)
    half_distance = Slider("Half-distance", START, low=2, high=30, step=STEP, unit="cm")
    points = Switch("Published points", True, more=True, look=True)
    log = Switch("Log axis", more=True, look=True)

    def compute(self, *, rate, tip, half_distance, points, log):
        z, profile, unit = steady(tip, half_distance)
        level = {n: float(rate * profile.at(levels[n]) / unit) for n in {tip, *TIPS, "C1"}}
        quarter = max(0.0, half_distance * np.log2(max(level[tip], 1e-9) / 0.25))
        heights = np.union1d(z, [levels[tip]])
        return SimpleNamespace(z=heights, profile=rate * profile.at(heights) / unit, level=level, tip=tip, rate=rate,
                               half_distance=half_distance, reach=quarter, points=points, log=log,
                               leaves=levels[tip] + quarter > levels["C1"])

    def setup(self, figure):
        self.axes = figure.subplots()
        along(self.axes, self.narrow, few=self.room)
        cord(self.axes)
        self.axes.set_ylabel("Level (1 = at the tip, rate 1, L3/4)" if not self.narrow else "Level (1 = tip, rate 1)")
        self.line, = self.axes.plot([], [], color=BLUE)
        self.tip_line = self.axes.axvline(0, color=VERMILLION, lw=1.4, ls=(0, (4, 3)))
        self.tip_name = self.axes.text(0, 0, "", va="top", fontsize=10, color=INK)
        self.reach, = self.axes.plot([], [], color=PURPLE, lw=3, marker="|", ms=12, mew=2.5, solid_capstyle="butt")
        self.reach_name = self.axes.text(0, 0, "", ha="center", va="bottom", fontsize=10, color=INK, bbox=PLATE)
        # Both published sets, drawn for a tip at L3/4 and rate 1. The tracer is placed on its own T12 point.
        _, profile, unit = steady("L3/4", START)
        at_t12 = float(profile.at(levels["T12"]) / unit)
        ratio = facts["kroin_t2_t12"].to("dimensionless")
        self.man, = self.axes.plot([levels["T12"], levels["T2"]], [at_t12, ratio * at_t12], "o", color=GREEN, ms=9, mec=INK, mew=0.8)
        low, high = facts["pig_morphine"].range_in("dimensionless")
        fold = facts["pig_morphine"].to("dimensionless")
        at = levels["L3/4"] + 7.5
        self.pig = self.axes.errorbar([at], [1 / fold], xerr=[[2.5], [2.5]], yerr=[[1 / fold - 1 / high], [1 / low - 1 / fold]],
                                      fmt="D", color=VERMILLION, ms=7, mec=INK, mew=0.8, elinewidth=1.6)
        told = {"textcoords": "offset points", "fontsize": 9.5, "color": INK, "bbox": PLATE}
        self.names = [
            self.axes.annotate("people: tracer in fluid\n(4 patients, T12 and T2)", (levels["T2"], ratio * at_t12), (6, 50 if self.room else 34), ha="center",
                               arrowprops={"arrowstyle": "-", "color": MUTED, "shrinkB": 6}, **told),
            self.axes.annotate("pigs: morphine in cord tissue" if not self.room else "pigs: morphine, in the cord", (at, 1 / fold), (24, 0), va="center", **told)]
        self.live("published", self.man, self.pig, *self.names, pin=False)
        self.live("profile", self.line)
        self.live("tip", self.tip_line)
        self.live("reach", self.reach, pin=False)
        self.live("words", self.tip_name, self.reach_name)
        label_aside(self.axes, self.narrow, 0.13 if self.room else 0.09)
        self._scale(False)

    def _scale(self, log):
        self.axes.set(yscale="log" if log else "linear", ylim=(FLOOR, 4) if log else (0, TOP))

    def update(self, r):
        self._scale(r.log)
        self.line.set_data(*above(r.z, r.profile, FLOOR if r.log else 0))
        self.tip_line.set_xdata([levels[r.tip]] * 2)
        right = levels[r.tip] > levels["T6" if self.narrow else "T2"]
        self.tip_name.set(x=levels[r.tip] + (-0.6 if right else 0.6), ha="right" if right else "left", y=3.7 if r.log else TOP * 0.98, text=f"tip at {r.tip}, rate {r.rate:g}")
        end = min(levels[r.tip] + r.reach, 60)
        self.reach.set_data([levels[r.tip], end], [0.25, 0.25])
        self.reach_name.set(x=min(max((levels[r.tip] + end) / 2, 10), {"wide": 50, "narrow": 44, "room": 47}[self.layout]), y=0.27,
                            text=f"at least 1/4: {r.reach:.0f} cm" if not r.leaves else "at least 1/4: to the skull")
        for artist in (self.man, *self.pig.lines[2], *self.pig.lines[:1], *self.names):
            artist.set_visible(r.points)

    def describe(self, r):
        reach = "up to the skull" if r.leaves else f"for {r.reach:.0f} cm above the tip"
        return (f"With the tip at {r.tip} and rate {r.rate:g}, the level is {say(r.level[r.tip])} at the tip, {say(r.level['T6'])} at T6 "
                f"and {say(r.level['C1'])} at C1. "
                f"It stays above one quarter {reach}.")

    def readings(self, r):
        return {"Level at the tip": (r.level[r.tip], ""), "Level at T6": (r.level["T6"], ""),
                "Level at C1": (r.level["C1"], ""), "Reach of level 1/4": (r.reach, "cm")}

    def table(self, r):
        return ("Level of the spine", "Drug level (1 = at the tip, rate 1, L3/4)"), [(n, say(r.level[n])) for n in [*TIPS, "C1"]]


def say(level):
    """A level in words a person can say; very small ones as such."""
    return rounded(level) if level >= 0.001 else "below 0.001"
