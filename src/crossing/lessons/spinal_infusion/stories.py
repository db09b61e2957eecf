"""Core 2, continued: three stories behind one number."""

from functools import lru_cache
from types import SimpleNamespace

import numpy as np

from ...explore import Steps, Switch
from ...explore.theme import BLUE, GREEN, INK, MUTED, PURPLE, VERMILLION
from ...facts import facts
from ...models.closed_forms import carried_level
from ...models.dosing import Infusion, Schedule
from ..sourced import Sourced
from .canal import PLACES, along, area, canal, cord, dispersion, levels

TIP = "L3/4"
HOURS = [1, 2, 4, 8, 16, 24, 48, 72]
TOP = 1.95
NAMES = {"mixing": "dispersion", "drift": "drift", "sink": "head sink"}
STYLE = {"mixing": (BLUE, "-"), "drift": (VERMILLION, (0, (6, 2))), "sink": (GREEN, (0, (1.5, 1.5)))}


@lru_cache(1)
def stories():
    """z and the level over 72 h in each story, as a share of the level at T12 at the end; one number fitted in each."""
    tubes = {
        "mixing": canal(),
        "drift": canal(dispersion_cm2_per_h=0.0, drift=facts["story_drift"].to("cm/h")),
        "sink": canal(dispersion_cm2_per_h=dispersion(), loss_per_h=0.0, sink=round(facts["story_sink"].to("cm"), 3)),
    }
    dose = Schedule([Infusion(0.0, float("inf"), 1.0, levels[TIP])])
    heights = np.linspace(0, 60, 241)
    told = {}
    for name, tube in tubes.items():
        begun = tube.run(dose, np.array([0.0, *HOURS[:-1]])).at(heights)[1:]
        # The last hour stands for the profile that stays for good: the fit is a fit of that one.
        steady = tube.steady(levels[TIP])
        if name == "drift":
            # Nothing mixes in this story: its front is sharp, which cells cannot draw.
            begun = np.array([front(tube, heights, hour) for hour in HOURS[:-1]])
        told[name] = np.vstack([begun, steady.at(heights)]) / steady.at(levels["T12"])
    return heights, told


def front(tube, heights, hour):
    """Level (per mL) above the tip `hour` hours after a steady infusion began, carried by drift alone."""
    distance = heights - levels[TIP]
    return np.where(distance > 0, carried_level(1.0, area(), tube.loss_per_h, tube.drift_cm_per_h, np.abs(distance), hour), 0.0)


class ThreeStories(Sourced):
    """Dispersion, drift and a head sink, each fitted to the same two points."""

    title = "Three stories behind one number"
    model = "spinal canal, three versions"
    facts = ("kroin_t2_t12", "D_eff", "story_drift", "story_sink", "mtx_thalf", "canal_length")
    guess = "04.stories"

    where = Steps("Where to take one more sample", "T6", PLACES)
    when = Steps("When, after the infusion began", 72, {h: f"{h} h" if h < 72 else "steady" for h in HOURS})
    points = Switch("Show the measured points", True, more=True, look=True)

    def compute(self, *, where, when, points):
        z, told = stories()
        now = HOURS.index(when)
        at = {n: float(np.interp(levels[where], z, told[n][now])) for n in told}
        return SimpleNamespace(z=z, profiles={n: told[n][now] for n in told}, at=at, where=where, when=when, points=points,
                               t2={n: float(np.interp(levels["T2"], z, told[n][now])) for n in told})

    def setup(self, figure):
        self.axes = figure.subplots()
        along(self.axes, self.narrow, few=self.room)
        cord(self.axes)
        self.axes.set(ylim=(-0.05, TOP), ylabel="Level (1 = at T12, steady)")
        self.axes.axvline(levels[TIP], color=MUTED, lw=1.2, ls=(0, (4, 3)))
        self.axes.text(levels[TIP] - 0.6, TOP * 0.98, "tip", ha="right", va="top", fontsize=10)
        self.lines = {n: self.axes.plot([], [], color=c, ls=ls, label=NAMES[n])[0] for n, (c, ls) in STYLE.items()}
        self.axes.legend(loc="upper right")
        self.measured, = self.axes.plot([levels["T12"], levels["T2"]], [1, facts["kroin_t2_t12"].to("dimensionless")], "o", color=INK, ms=8,
                                      zorder=5)
        self.point_name = self.axes.annotate("measured: 43 % at T2", (levels["T2"], 0.43), (8, 10), textcoords="offset points",
                                             fontsize=9.5)
        self.sample = self.axes.axvline(0, color=PURPLE, lw=2)
        self.marks, = self.axes.plot([], [], "s", color=PURPLE, ms=8, zorder=6)
        self.live("points", self.measured, self.point_name, pin=False)
        for name, line in self.lines.items():
            self.live(name, line)
        self.live("sample", self.sample, self.marks, pin=False)

    def update(self, r):
        for name, line in self.lines.items():
            line.set_data(r.z, r.profiles[name])
        x = levels[r.where]
        self.sample.set_xdata([x, x])
        self.marks.set_data([x] * 3, list(r.at.values()))
        self.measured.set_visible(r.points)
        self.point_name.set_visible(r.points)

    def describe(self, r):
        a = {n: f"{100 * max(v, 0):.0f} %" for n, v in r.at.items()}
        b = {n: f"{100 * max(v, 0):.0f} %" for n, v in r.t2.items()}
        then = f"after {r.when} h" if r.when < HOURS[-1] else "when all is steady"
        return (f"A sample at {r.where} {then}: dispersion says {a['mixing']}, drift {a['drift']}, head sink {a['sink']} "
                f"of the steady level at T12. At T2 they say {b['mixing']}, {b['drift']} and {b['sink']}.")

    def readings(self, r):
        return {f"{NAMES[n].capitalize()}": (round(100 * max(v, 0), 1), "%") for n, v in r.at.items()}

    def table(self, r):
        rows = [(p, *(f"{100 * max(np.interp(levels[p], r.z, r.profiles[n]), 0):.0f} %" for n in NAMES)) for p in PLACES]
        return ("Level of the spine", *(NAMES[n].capitalize() for n in NAMES)), rows
