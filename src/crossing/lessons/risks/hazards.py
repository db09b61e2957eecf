"""Further: four dangers at once, all invented, and where a smaller dose stops making them smaller."""

from types import SimpleNamespace

import numpy as np

from ...explore import Choice, Slider, Steps
from ...explore.theme import BLUE, GREEN, INK, ORANGE, PAPER, VERMILLION
from ...models.hazard import Constant, FrontLoaded, WearOut
from ..sourced import Sourced
from .parts import one

#: All invented. Each takes the dose and the strength of the solution (1 at the start) and gives a hazard per year.
KINDS = {
    "the dose": lambda dose, strength: Constant(0.03 * dose**2),
    "the device": lambda dose, strength: FrontLoaded(0.1, 0.006, 0.5),
    "the solution": lambda dose, strength: WearOut(20 / max(strength, 0.05) ** 0.5, 2),
    "a sudden stop": lambda dose, strength: Constant(0.008),
}
COLOURS = dict(zip(KINDS, (VERMILLION, BLUE, ORANGE, GREEN)))
HATCHES = dict(zip(KINDS, ("//", "", "--", "\\\\")))
DOSES = np.linspace(0.05, 1, 39)


def harmed(dose, solution, years):
    """Harms expected among 100 people, all and of each kind; they add, for one person may meet several."""
    strength = dose if solution == "weaker" else 1.0
    parts = 100 * np.array([float(make(dose, strength).area(years)) for make in KINDS.values()])
    return float(parts.sum()), parts


class FourHazards(Sourced):
    """Harms among a hundred people, by dose: four invented dangers, stacked."""

    title = "Four dangers at once"
    longest = 210
    model = "every number is invented"
    facts = ()
    size, narrow_size = (7.6, 4.4), (4.5, 5.4)

    dose = Slider("Dose", 100, low=5, high=100, step=2.5, unit="% of the dose at the start")
    solution = Choice("Solution, when the dose falls", "weaker", {"weaker": "weaker solution", "slower": "slower pump"})
    years = Steps("Years (in how long)", 5, {1: "1 year", 2: "2 years", 5: "5 years"})

    def compute(self, *, dose, solution, years):
        curves = np.array([harmed(d, solution, years)[1] for d in DOSES])
        now, parts = harmed(dose / 100, solution, years)
        half = harmed(dose / 200, solution, years)[0] if dose >= 10 else None
        return SimpleNamespace(dose=dose, solution=solution, years=years, curves=curves.cumsum(axis=1), now=now, parts=parts, half=half)

    def setup(self, figure):
        axes = figure.subplots()
        self.axes = axes
        axes.set(xlim=(0, 103), ylim=(0, 60), xlabel="Dose (% of the dose at the start)", ylabel="Harms among 100 people")
        axes.set_yticks((0, 20, 40, 60))
        axes.set_title("Invented dangers, one above the other", loc="left", fontsize=10.5)
        self.areas = [axes.fill(*self._area(np.zeros(DOSES.size), np.zeros(DOSES.size)), fc=COLOURS[kind], ec=INK, lw=0.6, alpha=0.75, hatch=HATCHES[kind])[0] for kind in KINDS]
        self.line, = axes.plot([], [], color=INK, lw=1.8)
        self.dot, = axes.plot([], [], "o", ms=9, mfc=PAPER, mec=INK, mew=2)
        self.step = {"wide": 0.075, "narrow": 0.0675, "room": 0.09}[self.layout]
        self.notes = [axes.text(0.02, 0.96 - self.step * i, "", transform=axes.transAxes, va="top", fontsize=9.5) for i in range(5)]
        self.patches = [axes.plot([], [], "s", transform=axes.transAxes, ms=8, mfc=COLOURS[kind], mec=INK)[0] for kind in KINDS]
        self.live("areas", *self.areas, pin=False)
        self.live("line", self.line, self.dot, pin=False)
        self.live("notes", *self.notes, *self.patches, pin=False)

    @staticmethod
    def _area(low, high):
        x = 100 * DOSES
        return np.r_[x, x[::-1]], np.r_[low, high[::-1]]

    def update(self, r):
        below = np.zeros(DOSES.size)
        for i, area in enumerate(self.areas):
            area.set_xy(np.column_stack(self._area(below, r.curves[:, i])))
            below = r.curves[:, i]
        self.line.set_data([r.dose, r.dose], [0, r.now])
        self.dot.set_data([r.dose], [r.now])
        for i, (kind, part) in enumerate(reversed(list(zip(KINDS, r.parts)))):
            self.notes[i].set(text=f"{kind}: {one(part)}", x=0.06)
            self.patches[len(KINDS) - 1 - i].set_data([0.035], [0.96 - self.step * i - (0.035 if self.room else 0.02)])
        self.notes[4].set_text(f"all together: {one(r.now)} within {r.years} year" + "s" * (r.years > 1))

    def describe(self, r):
        told = ", ".join(f"{kind} {one(part)}" for kind, part in zip(KINDS, r.parts))
        half = f" At half of this dose they meet {one(r.half)}: {one(r.now - r.half)} fewer." if r.half is not None else ""
        return f"At {r.dose:g} % of the dose, 100 people meet {one(r.now)} harms within {r.years} year{'s' * (r.years > 1)}: {told} (all invented).{half}"

    def readings(self, r):
        found = {"Harms": (one(r.now), "among 100"), **{kind.capitalize(): (one(part), "among 100") for kind, part in zip(KINDS, r.parts)}}
        return found | ({"Spared by half of this dose": (one(r.now - r.half), "among 100")} if r.half is not None else {})

    def table(self, r):
        return ("Dose (%)", *(kind.capitalize() for kind in KINDS), "All, among 100"), [
            (f"{d}", *(one(p) for p in parts), one(whole)) for d, (whole, parts) in ((d, harmed(d / 100, r.solution, r.years)) for d in (100, 50, 25, 12.5))]
