"""Core 1: the effects table, each figure with its interval and grade; what it settles alone, and what it does not."""

import textwrap
from types import SimpleNamespace

import numpy as np

from ...explore import Choice, Switch
from ...explore.theme import BLUE, GRID, INK, MUTED, ORANGE, PAPER, VERMILLION
from ..sourced import Sourced
from .cases import INVENTED, ada

MARKS = {"moderate": "o", "low": "s", "very low": "D", "high": "^", "invented": "x"}
NOBODY = "none"


class Effects(Sourced):
    """Five roads against four criteria: better lies to the right in every panel."""

    title = "Ada's table"
    model = "an invented effects table"
    facts = ()
    guess = "08.table"
    size, narrow_size = (7.6, 4.6), (4.5, 8.6)

    road = Choice("Road", "tablets", {road: road for road in ada().roads})
    beside = Choice("Beside it", NOBODY, {NOBODY: "none"} | {road: road for road in ada().roads})
    exact = Switch("Take the figures as exact")

    def compute(self, *, road, beside, exact):
        case = ada()
        table = case.table()
        beaten = table.dominated()
        pair = {road, beside}
        said = next(((a, b) for a, b in beaten.items() if {a, b} == pair), None) if exact else None
        better = sum(1 for c in case.criteria if beside != NOBODY and c.value(case.effects[road][c.name][0]) > c.value(case.effects[beside][c.name][0]))
        return SimpleNamespace(case=case, road=road, beside=beside, exact=exact, said=said, left=len(case.roads) - len(beaten), better=better)

    def setup(self, figure):
        case = ada()
        panels = np.atleast_1d(figure.subplots(4, 1) if self.narrow else figure.subplots(1, 4, sharey=True))
        self.dots, self.bars, self.chosen, self.other = [], [], [], []
        roads = list(case.roads)
        for axes, c in zip(panels, case.criteria):
            pad = 0.05 * (c.best - c.worst)
            axes.set(xlim=(c.worst - pad, c.best + pad), ylim=(len(roads) - 0.4, -0.6))
            name = textwrap.fill(case.words[c.name], 12 if self.room else 40)
            axes.set_title(f"{name}\n{'less' if c.harm else 'more'} is better →", fontsize=10, loc="left")
            axes.set_xlabel(c.unit.split(" within")[0], fontsize=9.5)
            axes.set_yticks(range(len(roads)), roads)
            axes.grid(axis="y", visible=False)
            for i, road in enumerate(roads):
                axes.axhline(i, color=GRID, lw=0.8, zorder=0)
                value, low, high, grade = case.effects[road][c.name]
                self.bars += axes.plot([low, high], [i, i], color=MUTED, lw=2.2, zorder=2)
                self.dots += axes.plot([value], [i], MARKS[grade], color=PAPER, mec=INK, mew=1.4, ms=7, zorder=4)
            self.chosen += axes.plot([], [], "o", color=BLUE, ms=8.5, mec=INK, mew=1.2, zorder=5)
            self.other += axes.plot([], [], "o", color=ORANGE, ms=8.5, mec=INK, mew=1.2, zorder=5)
        key = "○ moderate evidence   □ low   ◇ very low;   blue: the road, brown: beside it"
        figure.suptitle(INVENTED + "\n" + (key if self.layout == "wide" else key.replace(";   ", "\n")), fontsize=9.5)
        self.gone = [axes.text(0, 0, "", color=VERMILLION, fontsize=10, ha="left", va="bottom", fontweight="bold") for axes in panels[:1]]
        for i, (chosen, other) in enumerate(zip(self.chosen, self.other)):  # a slot for each panel
            mine = slice(i * len(roads), (i + 1) * len(roads))
            self.live(f"bars_{i}", *self.bars[mine], pin=False)
            self.live(f"dots_{i}", *self.dots[mine], chosen, other, *(self.gone if not i else ()), pin=False)

    def update(self, r):
        roads = list(r.case.roads)
        for bar in self.bars:
            bar.set_visible(not r.exact)
        for c, chosen, other in zip(r.case.criteria, self.chosen, self.other):
            for mark, road in ((chosen, r.road), (other, r.beside)):
                value, _, _, grade = r.case.effects.get(road, {}).get(c.name, (None, None, None, "low"))
                mark.set_data([] if value is None else [value], [] if value is None else [roads.index(road)])
                mark.set_marker(MARKS[grade])  # the shape goes on telling the grade
        c = r.case.criteria[0]
        (gone,) = self.gone
        lost = r.said and r.said[0]
        gone.set_text("dominated" if lost else "")
        gone.set_position((c.worst, roads.index(lost) - 0.1 if lost else 0))

    def describe(self, r):
        units = {"relief": " of 100", "days": ""}
        figures = []
        for c in r.case.criteria:
            value, low, high, _ = r.case.effects[r.road][c.name]
            figures.append(f"{c.name} {value:g}" + ("" if r.exact else f" ({low:g} to {high:g})") + (units.get(c.name, "")))
        said = f"{r.road.capitalize()}: {', '.join(figures)}."
        if r.beside != NOBODY:
            said += f" Beside {r.beside}: better on {r.better} of 4" + ("." if r.exact else " by its middle figures.")
        if r.said:
            said += f" So {r.said[0]} is dominated by {r.said[1]}: {r.left} of {len(r.case.roads)} roads are left."
        return said

    def readings(self, r):
        return {c.name: (r.case.effects[r.road][c.name][0], c.unit) for c in r.case.criteria}

    def table(self, r):
        rows = [(road, *(f"{v:g}" + ("" if r.exact else f" ({low:g} to {high:g})") + f", {grade}" for v, low, high, grade in row.values()))
                for road, row in r.case.effects.items()]
        return ("Road (all invented)", *(f"{r.case.words[c.name]}, {c.unit}" for c in r.case.criteria)), rows
