"""Core 2: points for four swings, the order they make, and how firm it is under doubt."""

from types import SimpleNamespace

from ...explore import Choice, Slider
from ...explore.theme import BLUE, GREEN, INK, ORANGE, PAPER, SKY
from ...models.trade_off import swing_weights, totals
from ..sourced import Sourced
from .cases import DOUBTS, INVENTED, ada, firsts, ranked, told

COLOURS = ((BLUE, ""), (SKY, "///"), (ORANGE, "---"), (GREEN, "xxx"))
RANGES = {30: "0 to 30", 60: "0 to 60", 100: "0 to 100"}
HARM = "device harm"
#: Every set of points alike likely; the bars then show equal points, the middle of them all.
ANY = "any"


class YourWeights(Sourced):
    """Totals of five roads under somebody's points, split by criterion, and how often each comes first over the draws."""

    title = "Points and order"
    longest = 250
    model = "additive value with swing weights, an invented table"
    facts = ()
    guess = "08.weights"
    size, narrow_size = (7.6, 4.7), (4.5, 6.4)

    whose = Choice("Whose points", "Ada", {"Ada": "Ada", "neighbour": "neighbour", "own": "your own", ANY: "any points"})
    range = Choice("Range for device harm", 30, RANGES)
    doubt = Choice("Intervals (doubt)", "as found", {d: d for d in DOUBTS})
    relief = Slider("Relief (own points)", 100, low=0, high=200, step=5, unit="points", more=True)
    drowsy = Slider("Drowsy (own points)", 60, low=0, high=200, step=5, unit="points", more=True)
    harm = Slider("Device harm (own points)", 60, low=5, high=335, step=5, unit="points", more=True)
    days = Slider("Days (own points)", 30, low=0, high=200, step=5, unit="points", more=True)

    def compute(self, *, whose, range, doubt, relief, drowsy, harm, days):
        case = ada()
        points = {"own": (relief, drowsy, harm, days), ANY: (1, 1, 1, 1)}.get(whose) or case.points[whose]
        weights = swing_weights(points)
        table = case.table(widest=(HARM, range))
        values = table.values()
        sums = totals(values, weights)
        share = firsts(None if whose == ANY else tuple(points), DOUBTS[doubt], None if range == 30 else (HARM, range))
        roads = list(case.roads)
        return SimpleNamespace(case=case, whose=whose, points=points, weights=weights, parts=100 * values * weights, sums=sums, order=ranked(roads, sums),
                               firsts=dict(zip(roads, share)), range=range, doubt=doubt)

    def setup(self, figure):
        case = ada()
        roads = list(case.roads)
        self.axes, self.side = figure.subplots(1, 2, sharey=True, width_ratios=(2.4 if self.narrow else 3.2, 1))
        self.axes.set(xlim=(0, 100), ylim=(len(roads) - 0.4, -1.05 if self.narrow else -0.95), yticks=range_of(roads), yticklabels=roads, xlabel="Total of 100, by criterion")
        self.side.set(xlim=(0, 145), xticks=(0, 50, 100), xlabel="First, of\n100 draws")
        for axes in (self.axes, self.side):
            axes.grid(axis="y", visible=False)
        self.pieces = [[self.axes.barh([i], [0], height=0.62, color=colour, hatch=hatch, edgecolor=PAPER, lw=0.6)[0] for colour, hatch in COLOURS] for i in range_of(roads)]
        self.numbers = [self.axes.text(0, i, "", va="center", fontsize=10.5, fontweight="bold") for i in range_of(roads)]
        self.sticks = [self.side.plot([], [], color=INK, lw=7, solid_capstyle="butt")[0] for _ in roads]
        self.shares = [self.side.text(0, i, "", va="center", fontsize=10) for i in range_of(roads)]
        handles = list(self.pieces[0])
        self.axes.legend(handles, [c.name for c in case.criteria], loc="upper left", bbox_to_anchor=(-0.01, 1.0), ncols=2 if self.narrow else 4, handlelength=1.4, columnspacing=0.8 if self.room else 1.2,
                         borderaxespad=0.1, fontsize=9.5).set_in_layout(False)
        figure.suptitle(INVENTED, fontsize=9.5, weight="bold")
        self.live("pieces", *(p for row in self.pieces for p in row), pin=False)
        self.live("numbers", *self.numbers)
        self.live("draws", *self.sticks, *self.shares, pin=False)

    def update(self, r):
        for i, road in enumerate(r.case.roads):
            left = 0.0
            for piece, width in zip(self.pieces[i], r.parts[i]):
                piece.set(x=left, width=max(float(width), 0.0))
                left += max(float(width), 0.0)
            self.numbers[i].set(x=left + 1.5, text=f"{100 * r.sums[i]:.0f}")
            share = 100 * r.firsts[road]
            self.sticks[i].set_data([0, share], [i, i])
            self.shares[i].set(x=share + 4, text=f"{share:.0f}")

    def describe(self, r):
        first = max(r.firsts, key=r.firsts.get)
        leads = f"{first.capitalize()} {verb(first)} first in {100 * r.firsts[first]:.0f} of 100 draws."
        if r.whose == ANY:
            rest = sorted((road for road in r.firsts if road != first), key=lambda road: -r.firsts[road])
            return (f"Points drawn too, any set as likely as any other; the bars show equal points: {told(r.order)}. "
                    f"{leads[:-1]}, {', '.join(f'{road} in {100 * r.firsts[road]:.0f}' for road in rest)}.")
        who = {"Ada": "Ada's", "neighbour": "The neighbour's", "own": "Your"}[r.whose]
        return f"{who} points {', '.join(f'{p:g}' for p in r.points)}, device harm ranged 0 to {r.range}: {told(r.order)}. {leads}"

    def readings(self, r):
        return {f"Total, {road}": (round(total), "of 100") for road, total in r.order}

    def table(self, r):
        rows = [(road, *(f"{part:.0f}" for part in r.parts[i]), f"{100 * r.sums[i]:.0f}", f"{100 * r.firsts[road]:.0f} of 100") for i, road in enumerate(r.case.roads)]
        return ("Road", *(c.name for c in r.case.criteria), "Total of 100", "First in the draws"), rows


def verb(road):
    """"comes", or "come" for tablets."""
    return "come" if road.endswith("s") else "comes"


def range_of(items):
    """Places of the items, from 0."""
    return list(range(len(items)))

