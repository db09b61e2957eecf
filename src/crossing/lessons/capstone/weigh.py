"""The second sitting: one invented case, somebody's points, the order they make, and what could turn it round."""

from types import SimpleNamespace

from ...explore import Choice, Slider
from ...explore.theme import INK, PAPER
from ...models.trade_off import swing_weights, totals
from ..sourced import Sourced
from ..trade_offs.cases import INVENTED, cases, effects, firsts, ranked, told
from ..trade_offs.weights import COLOURS, verb

MOST = 5  # roads of a case
OWN = "own"


class WeighACase(Sourced):
    """Totals of a case's roads under somebody's points, how often each comes first, and which figure is most worth learning."""

    title = "Points for a case"
    longest = 250
    model = "additive value with swing weights; invented people, roads and numbers"
    facts = ()
    size, narrow_size = (7.6, 5.0), (4.5, 6.6)

    case = Choice("Case", "ada", {name: case.name for name, case in cases().items()})
    whose = Choice("Whose points", "their own", {"their own": "their own", "neighbour": "neighbour", OWN: "yours"})
    first = Slider("First line (your points)", 100, low=0, high=200, step=5, unit="points", more=True)
    second = Slider("Second line (your points)", 60, low=0, high=200, step=5, unit="points", more=True)
    third = Slider("Third line (your points)", 60, low=0, high=200, step=5, unit="points", more=True)
    fourth = Slider("Fourth line (your points)", 30, low=5, high=200, step=5, unit="points", more=True)

    def compute(self, *, case, whose, first, second, third, fourth):
        chosen = cases()[case]
        theirs, neighbours = chosen.points.values()
        points = {"their own": theirs, "neighbour": neighbours}.get(whose) or (first, second, third, fourth)
        points = tuple(float(p) for p in points)
        weights, values = swing_weights(points), chosen.table().values()
        sums, roads = totals(values, weights), list(chosen.roads)
        found = effects(case, points)
        holding = sorted((it for it in found if it.flips), key=lambda it: -it.worth)
        return SimpleNamespace(case=chosen, whose=whose, points=points, parts=100 * values * weights, sums=sums, order=ranked(roads, sums), roads=roads,
                               firsts=dict(zip(roads, firsts(points, case=case))), found=found, holding=holding)

    def setup(self, figure):
        self.axes, self.side = figure.subplots(1, 2, sharey=True, width_ratios=(2.4 if self.narrow else 3.2, 1))
        self.axes.set(xlim=(0, 100), ylim=(MOST - 0.4, {"wide": -1.0, "narrow": -1.35, "room": -2.0}[self.layout]), yticks=range(MOST), yticklabels=["ventricles."] * MOST, xlabel="Total of 100, by what counts")
        for label in self.axes.get_yticklabels():
            label.set_alpha(0)  # they hold the room; the names of the roads change with the case
        self.side.set(xlim=(0, 145), xticks=(0, 50, 100), xlabel="First, of\n100 draws")
        for axes in (self.axes, self.side):
            axes.grid(axis="y", visible=False)
            axes.tick_params(axis="y", length=0)
        rows = range(MOST)
        self.names = [self.axes.text(-1.5, i, "", ha="right", va="center", fontsize=11) for i in rows]
        self.pieces = [[self.axes.barh([i], [0], height=0.6, color=colour, hatch=hatch, edgecolor=PAPER, lw=0.6)[0] for colour, hatch in COLOURS] for i in rows]
        self.numbers = [self.axes.text(0, i, "", va="center", fontsize=10.5, fontweight="bold") for i in rows]
        self.sticks = [self.side.plot([], [], color=INK, lw=7, solid_capstyle="butt")[0] for _ in rows]
        self.shares = [self.side.text(0, i, "", va="center", fontsize=10) for i in rows]
        wide, (upper, lower), high = self.layout == "wide", (-1.55, -0.85) if self.room else (-1.06, -0.76), 0.35 if self.room else 0.16
        places = [(1, -0.7), (26, -0.7), (51, -0.7), (76, -0.7)] if wide else [(1, upper), (52, upper), (1, lower), (52, lower)]
        for (x, y), (colour, hatch) in zip(places, COLOURS):
            self.axes.barh([y], [3.5], left=x, height=high, color=colour, hatch=hatch, edgecolor=PAPER, lw=0.4)
        self.key = [self.axes.text(x + 4.5, y, "", va="center", fontsize=9.5) for x, y in places]
        self.learn = figure.text(0.5, {"wide": 0.065, "narrow": 0.075, "room": 0.1}[self.layout], "", ha="center", va="bottom", fontsize=10)
        figure.get_layout_engine().set(rect=(0, 0.09 if self.layout == "wide" else 0.11, 1, 0.89))
        figure.suptitle(INVENTED, fontsize=9.5, weight="bold")
        self.live("pieces", *(p for row in self.pieces for p in row), pin=False)
        self.live("words", *self.names, *self.numbers, *self.key, pin=False)
        self.live("draws", *self.sticks, *self.shares, pin=False)
        self.live("learn", self.learn, pin=False)

    def update(self, r):
        for i in range(MOST):
            there = i < len(r.roads)
            road = r.roads[i] if there else ""
            self.names[i].set_text(road)
            left = 0.0
            for k, piece in enumerate(self.pieces[i]):
                width = max(float(r.parts[i][k]), 0.0) if there else 0.0
                piece.set(x=left, width=width)
                left += width
            self.numbers[i].set(x=left + 1.5, text=f"{100 * r.sums[i]:.0f}" if there else "")
            share = 100 * r.firsts[road] if there else 0.0
            self.sticks[i].set_data([0, share] if there else [], [i, i] if there else [])
            self.shares[i].set(x=share + 4, text=f"{share:.0f}" if there else "")
        for text, criterion in zip(self.key, r.case.criteria):
            text.set_text(criterion.name)
        held = f"{len(r.holding)} of {len(r.found)} figures hold a flip point"
        first = f": {_flip(r.holding[0])}" + (", …" if len(r.holding) > 1 else "") if r.holding and not self.room else "."
        self.learn.set_text(held + first)

    def describe(self, r):
        who = {"their own": "their own", "neighbour": "the neighbour's", OWN: "your"}[r.whose]
        first = max(r.firsts, key=r.firsts.get)
        share = f"{first.capitalize()} {verb(first)} first in {100 * r.firsts[first]:.0f} of 100 draws."
        learn = f"{len(r.holding)} of {len(r.found)} figures hold a flip point" + (f", the one most worth learning: {_flip(r.holding[0])}." if r.holding else ".")
        return f"{r.case.name}, {who} points {', '.join(f'{p:g}' for p in r.points)}: {told(r.order)}. {share} {learn}"

    def readings(self, r):
        return {f"Total, {road}": (round(total), "of 100") for road, total in r.order}

    def table(self, r):
        rows = [(f"{it.road}: {it.criterion.name}", f"{it.effect.value:g} ({it.effect.low:g} to {it.effect.high:g}), {it.effect.grade}", it.criterion.unit,
                 "; ".join(f"{x:.1f}: {other}" for x, other in it.flips) or "none", f"{it.worth:.1f}") for it in r.found]
        return ("Figure (all invented)", "Value and interval, grade", "Unit", "Flip point: who leads beyond it", "Worth of learning it (of 100)"), rows


def _flip(it):
    x, other = it.flips[0]
    return f"{it.criterion.name} of {it.road}, at {x:.1f} ({other})"
