"""Break it: the same drug at the same place peaks in minutes or in hours, and one mixing number cannot say both."""

from types import SimpleNamespace


from ...explore import Slider, Steps
from ...explore.theme import BLUE, INK, ORANGE, PURPLE
from ...facts import facts
from ..sourced import Sourced
from .canal import bolus_run, levels

HOURS, STEPS = 6.0, 720
PLACE = "T10"


class MinutesOrHours(Sourced):
    """A dose at the lower end of the sac, read at T10, against two measured times of peak."""

    title = "One drug, two solutions"
    model = "spinal canal in one dimension"
    facts = ("morph_isobaric_tmax", "morph_hyperbaric_tmax", "kroin_t2_t12", "slug_volume", "mtx_thalf")
    guess = "04.density"
    presets = {"Fitted mixing": {"mixing": 1.0}}

    mixing = Slider("Mixing, against the fitted value", 1.0, low=0.125, high=32, count=49, ratio=True, unit="×", digits=2)
    volume = Slider("Volume of the injection", 2.0, low=1, high=10, step=0.5, unit="mL")
    place = Steps("Place of injection", "L5/S1", ["L5/S1", "L3/4"], more=True)

    def compute(self, *, mixing, volume, place):
        run = bolus_run(place, volume, round(mixing, 6), HOURS, STEPS)
        level = run.at(levels[PLACE])
        peak = run.times[level.argmax()]
        return SimpleNamespace(times=run.times, level=level / max(level.max(), 1e-300), peak=float(peak), mixing=mixing, place=place,
                               late=bool(level.argmax() == level.size - 1))

    def setup(self, figure):
        self.axes = figure.subplots()
        self.axes.set(xlim=(0, HOURS), ylim=(0, 1.22), xlabel="Hours since the injection", ylabel=f"Level at {PLACE} (1 = its own peak)")
        bands = []
        for fact, colour, hatch, name in (("morph_isobaric_tmax", ORANGE, "///", "measured peak:\nsolution as dense\nas the fluid"),
                                          ("morph_hyperbaric_tmax", PURPLE, "\\\\\\", "measured peak:\ndense solution")):
            low, high = facts[fact].range_in("h")
            bands += [self.axes.axvspan(low, high, facecolor=colour, alpha=0.28, hatch=hatch, edgecolor=colour, lw=0),
                      self.axes.text(high + 0.07, 1.2, name, va="top", fontsize=9.5)]
        # Live, though they never move: what was measured is the answer to the guess.
        self.live("measured", *bands, pin=False)
        self.line, = self.axes.plot([], [], color=BLUE)
        self.mark, = self.axes.plot([], [], "v", color=BLUE, ms=11, mec=INK)
        self.name = self.axes.text(0, 0, "", ha="center", va="bottom", fontsize=10)
        self.live("curve", self.line)
        self.live("peak", self.mark)
        self.live("name", self.name)

    def update(self, r):
        self.line.set_data(r.times, r.level)
        self.mark.set_data([r.peak], [1.03])
        self.name.set(x=min(max(r.peak, 0.45), 5.5), y=0.86 if self.room and r.peak < 2.6 else 0.9 if r.peak < 0.9 else 1.06, text="" if r.late else "model")

    def describe(self, r):
        told = f"{60 * r.peak:.0f} min" if r.peak < 1 else f"{r.peak:.1f} h"
        model = f"has not peaked within {HOURS:g} h" if r.late else f"peaks after {told}"
        return (f"With mixing {r.mixing:.2f} times the fitted value, the model's level at T10 {model}. "
                "Measured: 5 to 15 min for a solution as dense as the fluid, 4 to 5 h for a dense one.")

    def readings(self, r):
        return {"Model's time of peak at T10": (r.peak, "h")}
