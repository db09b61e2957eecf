"""Opening: three invented people, the roads before them, and what they ask for."""

import textwrap

import numpy as np

from ...explore import Choice, theme
from ..anatomy import Sheet, circle, smooth
from ..neurovascular import page
from ..sourced import Sourced
from .cases import INVENTED, cases

ICONS = {"ada": (theme.BLUE, 0.88), "ben": (theme.GREEN, 0.93), "cem": (theme.ORANGE, 0.64)}


class ThreeCases(Sourced):
    """Who decides about what: a person, the roads there are, and four things that count."""

    title = "Three people, invented"
    longest = 270
    model = "invented people, roads and numbers"
    size, narrow_size = (7.6, 4.9), (4.5, 7.6)
    facts = ()

    case = Choice("Case", "ada", {"ada": "Ada", "ben": "Ben", "cem": "Cem"})

    def compute(self, *, case):
        return cases()[case]

    def setup(self, figure):
        axes, narrow = page(figure), self.narrow
        self._page = axes
        width, height = (72 * figure.get_size_inches())
        sheet = Sheet(axes, 2)
        self._lit = {}
        lit = Sheet(axes, 3)
        for i, (name, (colour, scale)) in enumerate(ICONS.items()):
            x, y = (width * (0.2 + 0.3 * i), height - 92) if narrow else (62, height - 88 - 100 * i)
            if self.room:
                x, y, scale = 36, height - 42 - 62 * i, 0.5 * scale
            sheet.fill(person(x, y, scale), theme.MUTED, 0.22, line=0.8)
            sheet.fill(circle((x, y + 34 * scale), 11 * scale), theme.MUTED, 0.22, line=0.8)
            sheet.text(x, y - 16 - 28 * scale, cases()[name].name, ha="center", size=11)
            before = len(lit.artists)
            lit.fill(person(x, y, scale), colour, 0.65, line=1.2)
            lit.fill(circle((x, y + 34 * scale), 11 * scale), colour, 0.65, line=1.2)
            self._lit[name] = lit.artists[before:]
        words = Sheet(axes, 4)
        self._left, self._top, self._wrap = {
            "wide": (140, height - 48, 54), "narrow": (14, height - 168, 46), "room": (82, height - 46, 47)}[self.layout]
        self._rows = [words.text(self._left, self._top - 17 * i, "", size=10.5) for i in range(22)]
        self._heads = [words.text(self._left, self._top - 17 * i, "", size=10.5, weight="bold") for i in range(22)]
        words.text(width / 2, height - 14, INVENTED, ha="center", size=10, weight="bold")
        self.live("person", *(a for found in self._lit.values() for a in found), pin=False)

    def update(self, case):
        for name, artists in self._lit.items():
            for artist in artists:
                artist.set_visible(name == case.id)
        roads = [f"{name}: {words}" for name, words in case.roads.items()]
        counts = [f"{c.name}: {case.words[c.name]}, {c.unit}" for c in case.criteria]
        if self.room:  # by name only: the table tells what they are
            roads, counts = [", ".join(case.roads)], [", ".join(c.name for c in case.criteria)]

        def wrapped(text):
            return [(line, False) for line in textwrap.wrap(text, self._wrap, subsequent_indent="    ")]
        lines = [(line, False) for line in textwrap.wrap(f"{case.who} {case.asks}", self._wrap)]
        lines += [("", False), ("The roads", True), *(line for road in roads for line in wrapped(road))]
        lines += [("", False), ("What counts", True), *(line for what in counts for line in wrapped(what))]
        self._page.set_xlabel(case.id)  # a hidden label: it tells the chart that all is to be drawn anew, for most of it is words
        for i, (row, head) in enumerate(zip(self._rows, self._heads)):
            text, bold = lines[i] if i < len(lines) else ("", False)
            row.set_text("" if bold else text)
            head.set_text(text if bold else "")

    def describe(self, case):
        return (f"{case.who} {case.asks} Roads: {', '.join(case.roads)}; what counts: {', '.join(c.name for c in case.criteria)} "
                "(all invented, and no recommendation for anyone).")

    def table(self, case):
        rows = [(f"{road}: {case.roads[road]}", *(f"{v:g} ({low:g} to {high:g}), {grade}" for v, low, high, grade in row.values())) for road, row in case.effects.items()]
        rows += [(f"points of {who}" if who == case.name else f"points: {who}", *(f"{p:g} for {c.worst:g} to {c.best:g}" for p, c in zip(points, case.criteria)))
                 for who, points in case.points.items()]
        return ("Road (all invented)", *(f"{case.words[c.name]}, {c.unit}" for c in case.criteria)), rows


def person(x, y, scale):
    """The outline of a seated figure, plain: shoulders and body."""
    half = ((0, 22), (10, 20), (17, 10), (18, -6), (15, -30), (0, -30))
    right = [(x + scale * dx, y + scale * dy) for dx, dy in half]
    left = [(x - scale * dx, y + scale * dy) for dx, dy in reversed(half[1:-1])]
    return smooth(np.array(right + left))
