"""Counting over the list of molecules, and a thousand squares to show a count with."""

from functools import lru_cache

import numpy as np

from ...facts import facts, molecules
from ...models.rules import Ranked, logbb_from, named, refit

WIDTH = 10.0  # of the bars (square angstroms), and of the slider's step
EDGES = np.arange(0, 301, WIDTH)
ROWS, COLUMNS = 40, 25  # a thousand squares
#: Squares of four pixels: full for right, a frame for wrong; a pixel of nothing between.
FULL = np.pad(np.ones((4, 4), bool), ((0, 1), (0, 1)))
FRAME = FULL & ~np.pad(np.ones((2, 2), bool), ((1, 2), (1, 2)))

#: Marks of a speckled picture, as steps from their middle.
DISC = [(i, j) for i in range(-2, 3) for j in range(-2, 3) if abs(i) + abs(j) < 4]
CROSS = [(i, s * i + t) for i in range(-3, 4) for s in (-1, 1) for t in (0, 1)]


@lru_cache(1)
def ranked():
    """All labelled molecules, sorted by polar surface."""
    return Ranked(molecules["tpsa"], molecules["crosses"])


@lru_cache(1)
def bars():
    """How many cross, and how many do not, in each bar; the last bar holds the rest as well."""
    surface = np.minimum(molecules["tpsa"], EDGES[-1] - 1)
    return tuple(np.histogram(surface[molecules["crosses"] == kind], EDGES)[0] for kind in (True, False))


@lru_cache(4)
def equation(copy):
    """What the equation says of each measured molecule."""
    some = molecules.measured
    b0, psa, logp = (facts[f"clark_{name}"].value for name in ("b0", "psa", "logp"))
    if copy == "refit":
        b0, psa, logp = refit(some["logbb"], some["tpsa"], some["logp"])
    return logbb_from(some["tpsa"], some["logp"], -b0 if copy == "sign" else b0, psa, logp)


@lru_cache(8)
def marked(name):
    """(polar surface, said to cross, logBB, place) of a molecule: its first row with a measured ratio."""
    places = named(molecules.measured["name"], name)
    row = molecules.measured.row(places[0])
    return row["tpsa"], row["crosses"], row["logbb"], int(places[0])


def ink(colour):
    """A hexadecimal colour as numbers."""
    return np.array([int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)] + [1.0])


def speckle(x, y, inside, across, up, colours, size=(420, 300)):
    """A picture with a mark at every (x, y): a disc where `inside`, else a cross; `across` and `up` are its limits.

    A thousand marks would weigh a hundred kilobytes at every step; this picture weighs a few.
    """
    picture = np.zeros((size[1] + 8, size[0] + 8, 4))
    column, row = (np.round((values - low) / (high - low) * (length - 1)).astype(int) + 4
                   for values, (low, high), length in ((x, across, size[0]), (y, up, size[1])))
    for kind, shape, colour in ((inside, DISC, colours[0]), (~inside, CROSS, colours[1])):
        for down, over in shape:
            picture[row[kind] + down, column[kind] + over] = ink(colour)
    return picture[4:-4, 4:-4]


def squares(counts, colours):
    """A picture of a thousand squares: `counts` of each kind in order, `colours` (hexadecimal, right or wrong) of each."""
    kinds = np.repeat(np.arange(len(counts)), counts).reshape(ROWS, COLUMNS)
    picture = np.zeros((ROWS * 5, COLUMNS * 5, 4))
    for kind, (colour, right) in enumerate(colours):
        picture[np.kron(kinds == kind, FULL if right else FRAME)] = ink(colour)
    return picture
