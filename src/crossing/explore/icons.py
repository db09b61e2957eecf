"""Icon arrays: a hundred, a thousand or a hundred thousand people, and how many of them meet something.

    array = IconArray(axes, of=100)          draws everybody, once
    chart.live("hit", *array.artists)        those who are hit, the only part that moves
    array.show(5.2, low=2.2, high=11)        in each step; counts out of `of`

What research on showing risks asks for is built in: one denominator for a chart (`same_denominator`), filled marks against empty
ones so that colour is not needed, rows filled in order so that one can count, the interval in marks of its own, and scattered
marks as a choice, since they show chance better, but raise what people take the risk to be. A frequency too small for the
denominator is refused rather than drawn as nothing.

Marks are as large as the axes allow, as these stand when the array is made: give axes whose place on the page is fixed. Among a
hundred thousand a mark is drawn far larger than one person, and the first hundred stand in a field of a thousand each, so that
they can be counted; say so beside the picture.
"""

import numpy as np

from .theme import INK, MUTED, PAPER, VERMILLION

#: People in a chart, and how they stand: (columns of a block, rows of a block, blocks across, blocks down).
GRIDS = {100: (10, 10, 1, 1), 1000: (10, 10, 5, 2), 100_000: (50, 20, 10, 10)}
#: Room between blocks, in people.
AISLE = {100: 0.0, 1000: 0.8, 100_000: 6.0}


def denominator_for(*counts_of_1):
    """The denominator for all of these shares (0 to 1): 100 if none but 0 is below 1 in 100, else 1000, else 100 000."""
    least = min((share for share in counts_of_1 if share > 0), default=1.0)
    for of in GRIDS:
        if least * of >= 0.95:
            return of
    raise ValueError(f"share: found {least:g}, wanted 1 in 100 000 or more, or 0: less cannot be drawn as people")


def same_denominator(*arrays):
    """The arrays, if all of them count out of as many people; else ValueError: larger arrays look more serious."""
    if len({array.of for array in arrays}) > 1:
        raise ValueError(f"of: found {sorted({array.of for array in arrays})}, wanted one denominator for all arrays of a chart")
    return arrays


def places(of):
    """Where people stand: (of, 2), columns across and rows down from the top left, filled block by block, row by row."""
    if of not in GRIDS:
        raise ValueError(f"of: found {of!r}, wanted one of {', '.join(map(str, GRIDS))}")
    wide, tall, across, down = GRIDS[of]
    row, column = np.divmod(np.arange(wide * tall), wide)
    block_row, block_column = np.divmod(np.arange(across * down), across)
    x = block_column[:, None] * (wide + AISLE[of]) + column
    y = block_row[:, None] * (tall + AISLE[of]) + row
    return np.column_stack([x.ravel(), y.ravel()])


def order(of, scatter=False, seed=1):
    """Who is hit first, second, ...: (of,) places, in rows, or scattered by chance (the same for the same seed).

    Of a hundred thousand, whose marks in a row would run into one, each field has its first before any has its second.
    """
    if scatter:
        return np.random.default_rng(seed).permutation(of)
    if of < 100_000:
        return np.arange(of)
    turn, field = np.divmod(np.arange(of), of // 1000)
    return 1000 * field + (525 + 377 * turn) % 1000  # 525: the middle of a field; 377 and 1000 share no divisor


class IconArray:
    """Everybody as empty rings on `axes`; those hit as filled squares; those who may be, up to the upper end of the interval, as crosses.

    Squares below the lower end of the interval are dark: so many even if chance was unkind.
    """

    def __init__(self, axes, of=100, colour=VERMILLION):
        self.of, self._places = of, places(of)
        width, height = self._places.max(axis=0)
        edge = 0.8 if of < 100_000 else 4.0
        axes.set(xlim=(-edge, width + edge), ylim=(height + edge, -edge), aspect="equal")
        axes.set_axis_off()
        size = self._size(axes, width, height)
        edge = min(0.8, 0.12 * size)
        if of < 100_000:
            axes.plot(*self._places.T, ls="", marker="o", ms=size, mfc=PAPER, mec=MUTED, mew=edge)
        else:
            self._fields(axes)
        self.sure, = axes.plot([], [], ls="", marker="s", ms=size, mfc=INK, mec=INK, mew=edge)
        self.likely, = axes.plot([], [], ls="", marker="s", ms=size, mfc=colour, mec=INK, mew=edge)
        self.maybe, = axes.plot([], [], ls="", marker="x", ms=0.8 * size, mec=colour, mew=2 * edge)

    def _size(self, axes, width, height):
        """Size of a mark (points): four fifths of a person's place; of a hundred thousand, a fifth of a field."""
        inches = axes.get_position().size * axes.figure.get_size_inches()
        place = 72 * min(inches / (width + 1.6, height + 1.6))
        return 0.8 * place if self.of < 100_000 else 0.2 * 50 * place

    def _fields(self, axes):
        """Fields of a thousand in place of a hundred thousand rings, which no page could carry."""
        wide, tall, across, down = GRIDS[self.of]
        for i in range(across):
            for j in range(down):
                x, y = i * (wide + AISLE[self.of]), j * (tall + AISLE[self.of])
                axes.fill([x - 0.5, x + wide - 0.5, x + wide - 0.5, x - 0.5], [y - 0.5, y - 0.5, y + tall - 0.5, y + tall - 0.5],
                          fc=PAPER, ec=MUTED, lw=0.7)

    @property
    def artists(self):
        """What moves, for `Chart.live`."""
        return self.sure, self.likely, self.maybe

    def show(self, count, low=None, high=None, scatter=False, seed=1):
        """Mark `count` of them, with the interval `low` to `high` where there is one. Counts are out of `of`.

        The count is rounded to people; its ends are so that "at least so many" and "up to so many" hold: down below, up above.
        """
        ends = (count if low is None else low, count, count if high is None else high)
        if not 0 <= ends[0] <= ends[1] <= ends[2] <= self.of:
            raise ValueError(f"count: found {count:g} ({ends[0]:g} to {ends[2]:g}), wanted 0 <= low <= count <= high <= {self.of}")
        if 0 < count < 0.5:
            raise ValueError(f"count: found {count:g} of {self.of}, which would be drawn as nobody; wanted a larger denominator")
        who = self._places[order(self.of, scatter, seed)]
        middle = int(np.floor(count + 0.5))
        low = middle if low is None else min(middle, int(np.floor(low + 1e-9)))
        high = middle if high is None else max(middle, int(np.ceil(high - 1e-9)))
        count = middle
        for artist, first, last in ((self.sure, 0, low), (self.likely, low, count), (self.maybe, count, high)):
            artist.set_data(who[first:last, 0], who[first:last, 1])
        return low, count, high
