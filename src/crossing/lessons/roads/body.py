"""What the charts of this lesson share: the body with a drug in it, the roads and places in words, and how figures are said."""

from functools import lru_cache

import numpy as np

from ...explore import figure as rounded
from ...explore.controls import tidy
from ...explore.theme import BLUE, INK, ORANGE, PAPER, PURPLE, VERMILLION
from ...facts import drug_parameters
from ...models.dosing import Bolus
from ...models.routes import Epidural, Lumbar, Oral, Vein, Ventricle, course_body

#: Behind words that curves may run under.
PLATE = {"facecolor": PAPER, "edgecolor": "none", "pad": 1.0, "alpha": 0.85}
ROADS = {"vein": "Vein", "epidural": "Epidural", "lumbar": "Lumbar", "ventricle": "Ventricle"}
GIVEN = {"mouth": Oral, "vein": Vein, "epidural": Epidural, "lumbar": Lumbar, "ventricle": Ventricle}
#: Colour, marker and dash of each road: the same on every chart.
LOOK = {"mouth": (INK, "P", (0, (1.2, 1.5))), "vein": (VERMILLION, "s", (0, (5, 1.8))), "epidural": (ORANGE, "D", (0, (3, 1.5, 1, 1.5))),
        "lumbar": (BLUE, "o", "-"), "ventricle": (PURPLE, "^", (0, (7, 1.5, 1, 1.5)))}


@lru_cache(None)
def body(drug):
    """The body of the course with this drug in it."""
    return course_body(drug_parameters(drug))


def given(road, amount=1.0):
    """A single dose at time 0 by one road."""
    return GIVEN[road](Bolus(0.0, amount))


def areas(one, road):
    """Areas under all levels in a body, to the end of time, from one dose by one road."""
    return one.areas(GIVEN[road].place)


def times(number):
    """How many times, in words: 35 600, 4.6, 1.02, 0.28, below 0.001."""
    return f"{number:.2f}" if 0.895 <= number < 1.105 else rounded(number)


def three(number):
    """A ratio to three figures, small ones to two: 20 000, 18.8, 0.125, 0.00039."""
    if number >= 1e6:
        return f"{float(f'{number:.3g}'):,.0f}".replace(",", "\u202f")
    if number >= 0.01:
        return tidy(float(f"{number:.3g}"))
    return f"{number:.8f}"[: 2 + max(4, int(np.ceil(-np.log10(number))) + 1)].rstrip("0") if number > 0 else "0"


def spread(values, gap):
    """Heights near `values`, in their order, at least `gap` apart."""
    order, places = np.argsort(values), np.array(values, float)
    for _ in range(60):
        for low, high in zip(order[:-1], order[1:]):
            lack = gap - (places[high] - places[low])
            if lack > 1e-9:
                places[low] -= lack / 2
                places[high] += lack / 2
    return places


def shares(parts, digits=1):
    """Per cents of `parts` that add up to exactly 100 as they are printed: largest remainders."""
    unit = 10**digits
    exact = [100 * unit * max(part, 0.0) / sum(parts) for part in parts]
    whole = [int(number) for number in exact]
    for i in sorted(range(len(whole)), key=lambda i: whole[i] - exact[i])[: 100 * unit - sum(whole)]:
        whole[i] += 1
    return [number / unit for number in whole]
