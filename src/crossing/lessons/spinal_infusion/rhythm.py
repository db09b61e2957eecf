"""Core 3: bolus or infusion, the same total."""

from functools import lru_cache
from types import SimpleNamespace

import numpy as np

from ...explore import Choice, Slider, Steps, Switch
from ...explore import figure as rounded
from ...explore.theme import BLUE, GREEN, VERMILLION
from ...models import exposure
from ...models.dosing import Bolus, Infusion, Schedule
from ..sourced import Sourced
from .canal import DAY, above, canal, label_aside, levels, loss

TIP = "L3/4"
PLACES = {"L3/4": "L3/4 (the tip)", "T6": "T6", "C1": "C1"}
PATTERNS = {"steady": "steady infusion", "four": "a bolus every 6 h", "one": "one bolus a day"}
STYLE = {"L3/4": (BLUE, "-"), "T6": (VERMILLION, (0, (6, 2))), "C1": (GREEN, (0, (1.5, 1.5)))}
#: The first quarter of an hour after a bolus is not shown: stirring at the needle is not in this model. The grid steps
#: over each injection: the last moment before it, then a quarter of an hour after.
SETTLE = 0.25
TIMES = np.linspace(SETTLE, DAY, 96)
TIMES[TIMES % 6 == 0] -= 1e-6
VOLUME = 2.0
TOP, FLOOR = 10.5, 0.001


@lru_cache(64)
def day(pattern, half_life):
    """Level over a day in the rhythm that repeats itself, and its area, at each place.

    1 is the level that a steady infusion of the same amount keeps at the tip at the start setting. The areas are
    exact (from the equations, not from the drawn points).
    """
    tube, tip = canal(loss_per_h=np.log(2) / half_life), levels[TIP]
    count = {"one": 1, "four": 4}.get(pattern)
    doses = Schedule([Bolus(DAY * i / count, 1 / count, volume_ml=VOLUME, position_cm=tip) for i in range(count)] if count
                     else [Infusion(0.0, DAY, 1 / DAY, tip)])
    run = tube.run(doses, TIMES, initial=tube.rhythm(doses, DAY))
    unit = canal(loss_per_h=loss()).steady(tip, 1 / DAY).at(tip)
    # Linear: the area over one day of the rhythm is the area of the day's amount given once, whatever the pattern.
    steady = tube.steady(tip, 1 / DAY)
    return {p: (run.at(levels[p]) / unit, float(steady.at(levels[p])) * DAY / unit) for p in PLACES}


class BolusOrInfusion(Sourced):
    """The same amount a day in three rhythms, read at three places."""

    title = "Bolus or infusion, the same total a day"
    model = "spinal canal in one dimension"
    facts = ("kroin_t2_t12", "mtx_thalf", "baclofen_thalf", "D_eff", "canal_length")
    guess = "04.same_total"
    size = (7.6, 4.4)

    pattern = Choice("Pattern", "steady", PATTERNS)
    place = Steps("Place of reading", "L3/4", PLACES)
    half_life = Slider("Half-life in the fluid", 4.5, low=2.5, high=10, step=0.5, unit="h")
    log = Switch("Log axis", more=True, look=True)

    def compute(self, *, pattern, place, half_life, log):
        at = {}
        for p, (curve, area) in day(pattern, half_life).items():
            mean = area / DAY
            at[p] = SimpleNamespace(mean=mean, area=area, curve=curve / mean, peak=exposure.peak(TIMES, curve) / mean,
                                    trough=exposure.trough(TIMES, curve) / mean)
        return SimpleNamespace(at=at, place=place, pattern=pattern, log=log)

    def setup(self, figure):
        self.left, self.right = figure.subplots(1, 2, width_ratios=(2.2, 1))
        self.left.set(xlim=(0, DAY), xlabel="Hours of the day", title="Level against its own daily mean",
                      ylabel="Level (1 = daily mean there)")
        self.left.set_xticks(range(0, 25, 6 if not self.narrow else 12))
        self.lines = {p: self.left.plot([], [], color=c, ls=ls, label=PLACES[p])[0] for p, (c, ls) in STYLE.items()}
        self.left.legend(loc="upper right", title="read at")
        self.right.set(xlim=(-0.6, 2.6), ylim=(0, 44 if self.room else 40), title="Area over the day" if not self.room else "Area, a day")
        self.right.set_xticks(range(3), list(PLACES))
        self.right.grid(axis="x", visible=False)
        self.bars = [self.right.plot([i, i], [0, 0], color=c, lw=22, solid_capstyle="butt")[0] for i, (c, _) in enumerate(STYLE.values())]
        self.numbers = [self.right.text(i, 0, "", ha="center", va="bottom", fontsize=10.5) for i in range(3)]
        for p, line in self.lines.items():
            self.live(f"curve_{p.lower().replace('/', '_')}", line)
        self.live("areas", *self.bars, pin=False)
        self.live("numbers", *self.numbers)
        label_aside(self.left, self.narrow, 0.2 if self.room else 0.14)
        self._scale(False)

    def _scale(self, log):
        self.left.set(yscale="log" if log else "linear", ylim=(FLOOR, 20) if log else (0, TOP))

    def update(self, r):
        self._scale(r.log)
        for i, p in enumerate(PLACES):
            m, line = r.at[p], self.lines[p]
            line.set_data(*above(TIMES, m.curve, FLOOR if r.log else 0))
            line.set_linewidth(3.6 if p == r.place else 1.6)
            self.bars[i].set_data([i, i], [0, m.area])
            self.numbers[i].set(y=m.area + 0.8, text=rounded(m.area))

    def describe(self, r):
        m = r.at[r.place]
        swing = "it stays at its daily mean" if m.peak < 1.005 else (
            f"it peaks at {rounded(m.peak)} times its daily mean and falls to {rounded(m.trough)} of it")
        return (f"With {PATTERNS[r.pattern]}, read at {r.place}: {swing}. "
                f"The area over the day is {rounded(m.area)} level-hours.")

    def readings(self, r):
        m = r.at[r.place]
        return {"Peak": (m.peak, "times the mean"), "Lowest": (m.trough, "times the mean"), "Area over the day": (m.area, "level-hours")}

    def table(self, r):
        rows = [(PLACES[p], *(rounded(v) for v in (m.peak, m.trough, m.area))) for p, m in r.at.items()]
        return ("Read at", "Peak (1 = mean there)", "Lowest (1 = mean there)", "Area over the day (level-hours)"), rows
