"""Core 3: twenty intervals, and in which of them the first road would change hands."""

from types import SimpleNamespace

from ...explore import Choice, Steps
from ...explore.theme import BLUE, INK, MUTED, PAPER, VERMILLION
from ..sourced import Sourced
from .cases import INVENTED, ada, effects


NAMES = {f"{it.criterion.name}, {it.road}": f"{it.criterion.name}, {it.road}" for it in effects("ada", ada().points["Ada"])}
COLUMN = 1.45  # width of a criterion on a slide, its range and a gap


class WhatWouldFlip(Sourced):
    """Intervals of all effects on one scale; a mark where learning the effect would hand the first rank on."""

    title = "Twenty intervals"
    longest = 270
    model = "additive value, one effect at a time; an invented table"
    facts = ()
    guess = "08.flip"
    size, narrow_size = (7.6, 6.2), (4.5, 8.0)
    room_size = (5.4, 3.2)

    effect = Steps("Effect", "days, drip", NAMES)
    whose = Choice("Whose points", "Ada", {"Ada": "Ada", "neighbour": "neighbour"})

    def compute(self, *, effect, whose):
        found = effects("ada", ada().points[whose])
        chosen = next(it for it in found if f"{it.criterion.name}, {it.road}" == effect)
        return SimpleNamespace(cells=found, chosen=chosen, name=effect, whose=whose, held=sum(bool(it.flips) for it in found))

    def setup(self, figure):
        self.axes = figure.subplots()
        listed = list(NAMES)
        if self.room:
            self._table()
        else:
            self.places = {name: (0, i) for i, name in enumerate(listed)}
            self.axes.set(xlim=(-0.02, 1.12), ylim=(len(listed) - 0.4, -0.6), yticks=range(len(listed)), yticklabels=listed, xticks=[0, 0.25, 0.5, 0.75, 1],
                          xticklabels=["worst", "", "half", "", "best"], xlabel="Within the criterion's range")
        self.axes.tick_params(axis="y", labelsize=9.5, length=0)
        self.axes.grid(axis="y", visible=False)
        self.bars = [self.axes.plot([], [], color=MUTED, lw=5, solid_capstyle="butt", alpha=0.7)[0] for _ in listed]
        self.dots = [self.axes.plot([], [], "o", color=PAPER, mec=INK, mew=1.2, ms=5.5, zorder=4)[0] for _ in listed]
        self.flips = [self.axes.plot([], [], "|", color=VERMILLION, ms=17, mew=3, zorder=5)[0] for _ in listed]
        self.mine, = self.axes.plot([], [], color=BLUE, lw=5, solid_capstyle="butt", zorder=3)
        self.axes.set_title("thick stroke: here the first road changes hands", loc="right", fontsize=10, color=VERMILLION, pad=6 if not self.room else 20)
        figure.suptitle(INVENTED, fontsize=9.5, weight="bold")
        self.live("intervals", *self.bars, pin=False)  # slots lie over each other in this order
        self.live("mine", self.mine, pin=False)
        self.live("marks", *self.dots, *self.flips, pin=False)

    def _table(self):
        """On a slide twenty lines are too small to read: a column for each criterion, a row for each road, all on the same scale."""
        named = [name.split(", ") for name in NAMES]
        columns, rows = list(dict.fromkeys(c for c, _ in named)), list(dict.fromkeys(road for _, road in named))
        self.places = {name: (COLUMN * columns.index(c), rows.index(road)) for name, (c, road) in zip(NAMES, named)}
        ends = [COLUMN * i + end for i in range(len(columns)) for end in (0, 1)]
        self.axes.set(xlim=(-0.08, ends[-1] + 0.08), ylim=(len(rows) - 0.4, -0.6), yticks=range(len(rows)), yticklabels=rows, xticks=ends, xticklabels=["worst", "best"] * len(columns))
        for i, name in enumerate(columns):
            self.axes.text(COLUMN * i + 0.5, -0.62, name, ha="center", va="bottom", fontsize=self.room_type)

    def update(self, r):
        by_name = {f"{it.criterion.name}, {it.road}": it for it in r.cells}
        for name, bar, dot, mark in zip(NAMES, self.bars, self.dots, self.flips):
            it = by_name[name]
            ends = [float(it.criterion.value(v)) for v in (it.effect.low, it.effect.high)]
            across, y = self.places[name]
            ends = [across + end for end in ends]
            bar.set_data(ends, [y, y])
            dot.set_data([across + float(it.criterion.value(it.effect.value))], [y])
            mark.set_data([across + float(it.criterion.value(x)) for x, _ in it.flips], [y] * len(it.flips))
            if it is r.chosen:
                self.mine.set_data(ends, [y, y])

    def describe(self, r):
        it = r.chosen
        c, e = it.criterion, it.effect
        low, high = sorted((c.worst, c.best))
        widest = ", the widest share of its range" if it is r.cells[0] else ""
        said = f"{c.name.capitalize()}, {it.road}: {e.value:g}, {e.low:g} to {e.high:g} of a range of {low:g} to {high:g}{widest}. "
        if it.flips:
            x, other = it.flips[0]
            said += f"Flip point {x:.1f}: beyond it the {other} {'comes' if other != 'tablets' else 'come'} first. "
        else:
            mine, (other, theirs) = it.end, (it.second, it.next) if it.road == it.lead else (it.lead, it.top)
            digits = next((d for d in (0, 1, 2) if round(mine, d) != round(theirs, d)), 2)  # a near tie is told as what it is
            said += (f"No flip point lies in it: at its {'worst' if it.road == it.lead else 'best'} end the total of {it.road} is {mine:.{digits}f}, "
                     f"that of {other} {theirs:.{digits}f}. ")
        who = "Ada's" if r.whose == "Ada" else "the neighbour's"
        named = " and ".join(f"{it.criterion.name}, {it.road}" for it in r.cells if it.flips)
        return said + f"With {who} points {r.held} of {len(r.cells)} effects hold a flip point{f' ({named})' if named else ''}."

    def readings(self, r):
        return {"Worth of learning it": (r.chosen.worth, "of 100"), "Effects that hold a flip point": (r.held, f"of {len(r.cells)}")}

    def table(self, r):
        rows = [(f"{it.criterion.name}, {it.road}", f"{it.effect.value:g} ({it.effect.low:g} to {it.effect.high:g})", f"{100 * it.width:.0f} %",
                 ", ".join(f"{x:.1f}: {other}" for x, other in it.flips) or "none", f"{it.worth:.1f}") for it in r.cells]
        return ("Effect (invented)", "Figure", "Width, of the range", "Flip point", "Worth of learning it (of 100)"), rows
