"""What the charts of lesson 07 share: a page in points, arrays of people on it, a card with three questions, and numbers in words."""

import textwrap

from ...explore.icons import GRIDS, IconArray
from ...explore.theme import GRID, INK, MUTED, PAPER, VERMILLION
from ..neurovascular import page

#: The three questions that every figure of this lesson answers, or is seen not to answer.
ASKED = ("Out of how many", "Of what", "In how long")
SILENT = "not said"
FIXED = "Not a protocol. Suspected pump failure or withdrawal can be fatal: contact the pump team or emergency services."
#: Height of a line over the size of its type.
LEADING = 1.28
#: On a slide: the size of type, and what the four marks of an array mean.
ROOM = 10.2
ROOM_KEY = {"gaps": (94, 96, 86), "words": ("95 %: at least", "best estimate", "95 %: up to", "the others"), "va": "center_baseline", "clip_on": False}


def one(number):
    """A count in words, to one decimal: 11, 4.2, 0.3; whole from a hundred on; never nobody for somebody."""
    if 0 < number < 0.05:
        return "below 0.1"
    return f"{number:.{0 if abs(number) >= 99.95 else 1}f}".removesuffix(".0").replace("-0", "0" if abs(number) < 0.05 else "-0")


def many(number):
    """A denominator in words: 100, 1000, 100 000."""
    return f"{number:,.0f}".replace(",", "\u202f") if number >= 1e4 else f"{number:.0f}"


def times(ratio):
    """A ratio in words: 0.38, 3.3, 11."""
    return f"{ratio:.2g}"


def wrapped(text, width):
    """The text in lines of at most `width` letters, no word broken."""
    return textwrap.fill(text, width, break_on_hyphens=False, break_long_words=False)


class Paper:
    """The page of a chart: `axes` in points, with the foot left to the stamp; `width` and `height` of what can be drawn on."""

    def __init__(self, figure):
        self.figure, self.axes = figure, page(figure)
        self.width, self.height = 72 * figure.get_size_inches()

    def text(self, x, y, text="", size=9.5, **kwargs):
        return self.axes.text(x, y, text, fontsize=size, **({"va": "top", "linespacing": LEADING} | kwargs))

    def turn(self, leaf):
        """Tell the chart that another leaf is shown, so that the whole is drawn again: words that change only then need not be live,
        and drawn as curves they would cost more in each step than all else. The label on the hidden axis is never drawn."""
        self.axes.set_xlabel(str(leaf))

    def area(self, x, y, width, height):
        """Axes whose lower left corner is at (x, y), all in points."""
        return self.figure.add_axes([x / self.width, y / self.height, width / self.width, height / self.height])

    def people(self, x, y, width, of=100, colour=VERMILLION):
        """An array of `of`, `width` wide, on axes of its own; its `axes`, `box` (x, y, width, height) are kept with it."""
        wide, tall = shape(of)
        height = width * tall / wide
        axes = self.area(x, y, width, height)
        array = IconArray(axes, of, colour)
        array.axes, array.box = axes, (x, y, width, height)
        return array

    def key(self, x, y, gaps=(150, 108, 140), words=("95 %: at least so many", "best estimate", "95 %: up to so many", "the others"),
            va="center", clip_on=True):
        """What the four marks mean, in a row; `gaps` between them. A break into two rows where a gap is None."""
        start = x
        for i, (text, look) in enumerate(zip(words, ({"marker": "s", "mfc": INK, "mec": INK}, {"marker": "s", "mfc": VERMILLION, "mec": INK},
                                                     {"marker": "x", "mec": VERMILLION, "mew": 1.6}, {"marker": "o", "mfc": PAPER, "mec": MUTED}))):
            self.axes.plot([x], [y], ls="", ms=7, clip_on=clip_on, **look)
            self.text(x + 8, y, text, va=va)
            gap = (*gaps, 0)[i]
            x, y = (start, y - 14) if gap is None else (x + gap, y)


def shape(of):
    """Width and height of an array, in people, with the room round it."""
    wide, tall, across, down = GRIDS[of]
    aisle, edge = {100: (0, 1.6), 1000: (0.8, 1.6), 100_000: (6, 8)}[of]
    return (wide + aisle) * across - aisle - 1 + edge, (tall + aisle) * down - aisle - 1 + edge


class Card:
    """Questions and answers one below the other, on a pale ground; answers are wrapped, and the card moves up as they need.
    With `run` an answer begins beside its question, where a slide has no line for it."""

    def __init__(self, paper, x, top, width, rows, size=9.5, run=False):
        self.x, self.top, self.letters, self.size, self.run = x, top, width, size, run
        self.heads = [paper.text(x, top, size=size, color=MUTED, weight="bold") for _ in range(rows)]
        self.answers = [paper.text(x, top, size=size, color=INK) for _ in range(rows)]
        self.artists = (*self.heads, *self.answers)

    def show(self, rows):
        """`rows` of (question, answer); those left over stay empty. Returns where the card ends."""
        if self.run:
            return self._show_run([row for row in rows if row[1]])
        rows = [(question, wrapped(answer, self.letters)) for question, answer in rows if answer]
        y, line = self.top, self.size * LEADING
        for i, (head, answer) in enumerate(zip(self.heads, self.answers)):
            question, text = rows[i] if i < len(rows) else ("", "")
            head.set(text=question, y=y)
            answer.set(text=text, y=y - line)
            y -= line * (1 + text.count("\n") + 1) + 4 if i < len(rows) else 0
        return y

    def _show_run(self, rows):
        y = self.top
        for i, (head, answer) in enumerate(zip(self.heads, self.answers)):
            question, text = rows[i] if i < len(rows) else ("", "")
            head.set(text=question and question + ":", y=y)
            if text:
                letters = round(1.2 * len(question)) + 2  # bold ones, and a gap
                blank = round(0.318 * self.size * head.figure.dpi / 72)  # its width; letters advance by whole pixels
                blanks = " " * round(head.get_window_extent().width / blank + 1.5)
                text = blanks + wrapped("_" * letters + text, self.letters)[letters:]
            answer.set(text=text, y=y)
            y -= self.size * LEADING * (1 + text.count("\n")) + 3 if text else 0


def ground(axes, x, y, width, height, clip_on=True):
    """A pale sheet behind a card."""
    axes.fill([x, x + width, x + width, x], [y, y, y + height, y + height], fc=GRID, ec="none", alpha=0.45, zorder=0.5, clip_on=clip_on)
