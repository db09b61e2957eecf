"""Break it: one harm on two lines is counted twice, unless its points are shared."""

from types import SimpleNamespace

import numpy as np

from ...explore import Choice
from ...explore.theme import BLUE, INK, MUTED
from ...models.trade_off import swing_weights, totals
from ..sourced import Sourced
from .cases import INVENTED, ada, ranked, told

HARM = 2  # place of device harm among the criteria


class CountedTwice(Sourced):
    """Totals with device harm on one line or on two."""

    title = "One line or two"
    model = "additive value, an invented table"
    facts = ()
    guess = "08.twice"
    size, narrow_size = (7.6, 4.2), (4.5, 4.6)

    lines = Choice("Lines for device harm", 1, {1: "one", 2: "two"})
    points = Choice("Points for each new line", 60, {60: "60, as the old line", 30: "30, its points shared"})

    def compute(self, *, lines, points):
        case = ada()
        given, values = list(case.points["Ada"]), case.table().values()
        before = totals(values, swing_weights(given))
        each = given[HARM] * points / 60
        if lines == 2:
            given[HARM] = each
            given.append(each)
            values = np.c_[values, values[:, HARM]]
        sums = totals(values, swing_weights(given))
        roads = list(case.roads)
        return SimpleNamespace(roads=roads, sums=sums, before=before, order=ranked(roads, sums), lines=lines, each=each if lines == 2 else given[HARM], given=given)

    def setup(self, figure):
        roads = list(ada().roads)
        self.axes = figure.subplots()
        self.axes.set(xlim=(20, 90), ylim=(len(roads) - 0.4, -0.6), yticks=range(len(roads)), yticklabels=roads, xlabel="Total of 100 (the axis begins at 20)")
        self.axes.grid(axis="y", visible=False)
        self.olds = [self.axes.plot([], [], "o", color="none", mec=MUTED, mew=1.6, ms=11)[0] for _ in roads]
        self.news = [self.axes.plot([], [], "D", color=BLUE, mec=INK, ms=9)[0] for _ in roads]
        self.ways = [self.axes.plot([], [], color=MUTED, lw=1.4)[0] for _ in roads]
        self.numbers = [self.axes.text(0, i, "", fontsize=11, fontweight="bold", va="center") for i in range(len(roads))]
        self.axes.set_title("○ one line   ◆ as set", loc="right", fontsize=10)
        figure.suptitle(INVENTED, fontsize=9.5, weight="bold")
        self.live("totals", *self.ways, *self.olds, *self.news, pin=False)
        self.live("numbers", *self.numbers)

    def update(self, r):
        for i, (old, new, way, number) in enumerate(zip(self.olds, self.news, self.ways, self.numbers)):
            a, b = 100 * r.before[i], 100 * r.sums[i]
            old.set_data([a], [i])
            new.set_data([b], [i])
            way.set_data([a, b], [i, i])
            number.set(x=max(a, b) + 1.6, text=f"{b:.0f}")

    def describe(self, r):
        lines = f"One line for device harm, {r.each:g} points" if r.lines == 1 else f"Two lines for device harm, {r.each:g} points each"
        old = f" With one line of 60: {told(ranked(r.roads, r.before)[:2])}." if r.lines == 2 else ""
        return f"{lines}: {told(r.order)}.{old}"

    def readings(self, r):
        return {f"Total, {road}": (round(total), "of 100") for road, total in r.order}

    def table(self, r):
        return ("Road", "Total with one line", "Total as set"), [(road, f"{100 * a:.0f}", f"{100 * b:.0f}") for road, a, b in zip(r.roads, r.before, r.sums)]
