"""Further: a slow phase need not be slow fluid."""

from types import SimpleNamespace

import numpy as np

from ...explore import Slider, Steps, Switch
from ...explore import figure as rounded
from ...explore.theme import BLUE, INK, VERMILLION
from ...facts import facts
from ...models.fluid import OnePool, TwoPools
from ..sourced import Sourced
from .canal import above

DAYS = 365.0
TIMES = np.concatenate([np.linspace(0, 2, 17), np.geomspace(2.1, DAYS, 60)]) * 24
FLOOR = 1e-6
ROOM = round(facts["nusi_vtis"].to("mL") / facts["nusi_vcsf"].to("mL"))


class TwoBoxes(Sourced):
    """Fluid alone, and fluid that trades with tissue."""

    title = "Two boxes"
    model = "fluid with tissue, two boxes"
    facts = ("nusi_vcsf", "nusi_vtis", "nusi_qcsf", "nusi_clcsf", "nusi_thalf")
    presets = {"No tissue to speak of": {"tissue": 1}, "Fast loss to the blood": {"loss": 4.0}}

    tissue = Steps("Apparent room in the tissue, against the fluid", ROOM, {v: f"{v:g} ×" for v in (1, 2, 5, 10, 20, 50, 100, 200, ROOM, 1000)})
    exchange = Slider("Exchange of fluid with tissue", 1.0, low=0.1, high=10, count=41, ratio=True, unit="×", digits=2)
    loss = Slider("Loss from fluid to blood", 1.0, low=0.25, high=4, count=17, ratio=True, unit="×", digits=2)
    log = Switch("Log axis", True, more=True, look=True)

    def compute(self, *, tissue, exchange, loss, log):
        volume = facts["nusi_vcsf"].to("mL")
        clearance = facts["nusi_clcsf"].to("mL/h") * loss
        trade = facts["nusi_qcsf"].to("mL/h") * exchange
        alone = OnePool(volume, clearance)
        both = TwoPools(volume, volume * tissue, trade, clearance)
        return SimpleNamespace(one=decay(alone), two=both_decay(both), log=log, alone=alone.half_life_h, slow=both.slow_half_life_h)

    def setup(self, figure):
        self.axes = figure.subplots()
        self.axes.set(xlim=(0, DAYS), xlabel="Days since the dose", ylabel="Level in the fluid (1 = at the start)")
        self.axes.set_xticks([0, 90, 180, 270, 360])
        self.one, = self.axes.plot([], [], color=VERMILLION, ls=(0, (6, 2)), label="fluid alone")
        self.two, = self.axes.plot([], [], color=BLUE, label="fluid and tissue")
        self.axes.legend(loc="upper right")
        self.half = self.axes.text(0.985, 0.72, "", ha="right", va="top", transform=self.axes.transAxes, fontsize=10.5, color=INK)
        self.live("one", self.one)
        self.live("two", self.two)
        self.live("half", self.half)
        self._scale(True)

    def _scale(self, log):
        self.axes.set(yscale="log" if log else "linear", ylim=(FLOOR, 2) if log else (0, 1.05))

    def update(self, r):
        self._scale(r.log)
        floor = FLOOR if r.log else 0
        self.one.set_data(*above(TIMES / 24, r.one, floor))
        self.two.set_data(*above(TIMES / 24, r.two, floor))
        self.half.set_text(f"slow half-life: {span(r.slow)}\nfluid alone: {span(r.alone)}")

    def describe(self, r):
        return (f"Fluid alone has a half-life of {span(r.alone)}. "
                f"With tissue to trade with, the slow part has a half-life of {span(r.slow)}.")

    def readings(self, r):
        return {"Half-life, fluid alone": (span(r.alone), ""), "Slow half-life, with tissue": (span(r.slow), "")}


def span(hours):
    """A time in hours or days, as a person would say it."""
    return f"{rounded(hours)} h" if hours < 48 else f"{rounded(hours / 24)} days"


def decay(pool):
    """Level of one pool after a single dose, as a share of the start."""
    return np.exp(-np.log(2) * TIMES / pool.half_life_h)


def both_decay(pools):
    """Level in the fluid of two pools after a single dose, as a share of the start."""
    from ...models.dosing import Bolus, Schedule
    run = pools.run(Schedule([Bolus(0.0, 1.0)]), TIMES)
    level = run.fluid
    return level / level[0]
