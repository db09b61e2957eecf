"""Further: every rank of every road, when figures are drawn, points are drawn, or doubts go together."""

from types import SimpleNamespace

import numpy as np

from ...explore import Choice
from ...explore.theme import INK
from ...models.trade_off import swing_weights
from ..sourced import Sourced
from .cases import INVENTED, ada, draws
from .weights import range_of, verb

#: From the first rank, darkest, to the last.
SHADES = ("#0b3c5d", "#2f6f9f", "#7fb0d3", "#c5dcea", "#f2f2f2")
RANKS = ("first", "2nd", "3rd", "4th", "last")
#: Correlation of the doubts about any two figures of one road. -0.3 is near the least that four things can all have with one another.
TOGETHER = {-0.3: "against each other", 0.0: "each for itself", 0.5: "partly together", 0.9: "together"}


class AllNotKnown(Sourced):
    """How often each road takes each rank over draws of figures, and of points if no one's are named."""

    title = "Every rank"
    longest = 210
    model = "ranks over 20 000 draws, an invented table"
    facts = ()
    size, narrow_size = (7.6, 4.3), (4.5, 4.6)

    points = Choice("Points", "Ada", {"Ada": "Ada's", "neighbour": "neighbour's", "order": "any, in Ada's order", "any": "any at all"})
    together = Choice("Together, or not: doubts about one road", 0.0, TOGETHER)

    def compute(self, *, points, together):
        case, drawn = ada(), draws(together=together)
        weights = {"any": lambda: None, "order": lambda: drawn.ordered_weights([0, 1, 2, 3])}.get(points, lambda: swing_weights(case.points[points]))()
        ranks = 100 * drawn.acceptability(weights).ranks
        return SimpleNamespace(roads=list(case.roads), ranks=ranks, points=points, together=together)

    def setup(self, figure):
        roads = list(ada().roads)
        self.axes = figure.subplots()
        self.axes.set(xlim=(0, 112), xticks=range(0, 101, 20), ylim=(len(roads) - 0.4, -1.0), yticks=range_of(roads), yticklabels=roads, xlabel="Of 100 draws")
        self.axes.grid(axis="y", visible=False)
        self.pieces = [[self.axes.barh([i], [0], height=0.62, color=shade, edgecolor=INK, lw=0.6)[0] for shade in SHADES] for i in range_of(roads)]
        self.numbers = [self.axes.text(102, i, "", va="center", fontsize=10.5, fontweight="bold") for i in range_of(roads)]
        self.axes.legend(self.pieces[0], RANKS, loc="upper left", bbox_to_anchor=(-0.01, 1.0), ncols=5, handlelength=1.3, columnspacing=1.1, borderaxespad=0.1,
                         fontsize=9.5).set_in_layout(False)
        self.axes.text(102, -0.62, "first", fontsize=9.5, va="center")
        figure.suptitle(INVENTED, fontsize=9.5, weight="bold")
        self.live("pieces", *(p for row in self.pieces for p in row), pin=False)
        self.live("numbers", *self.numbers, pin=False)

    def update(self, r):
        for row, number, shares in zip(self.pieces, self.numbers, r.ranks):
            left = 0.0
            for piece, width in zip(row, shares):
                piece.set(x=left, width=float(width))
                left += float(width)
            number.set_text(f"{shares[0]:.0f}")

    def describe(self, r):
        order = np.argsort(-r.ranks[:, 0], kind="stable")
        first, second = (r.roads[i] for i in order[:2])
        last = r.roads[int(np.argmax(r.ranks[:, -1]))]
        whose = {"Ada": "Ada's points", "neighbour": "the neighbour's points", "order": "any points in Ada's order", "any": "any points at all"}[r.points]
        return (f"With {whose}, doubts about one road {TOGETHER[r.together]}: {first} {verb(first)} first in {r.ranks[order[0], 0]:.0f} of 100 draws, "
                f"{second} in {r.ranks[order[1], 0]:.0f}. Last most often: {last}, in {r.ranks[:, -1].max():.0f}. These are draws, and no share of people.")

    def readings(self, r):
        return {f"First, {road}": (round(float(row[0])), "of 100 draws") for road, row in zip(r.roads, r.ranks)}

    def table(self, r):
        return ("Road", *(f"{rank}, of 100 draws" for rank in RANKS)), [(road, *(f"{share:.0f}" for share in row)) for road, row in zip(r.roads, r.ranks)]
