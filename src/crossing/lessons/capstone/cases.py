"""The invented compounds of the capstone: which there are, what experiments cost, and what could explain a low total.

Every compound shows the same at the start: little of it in a piece of brain. Why is hidden. Compounds, costs and errors are
invented; what a grid of properties allows is the model's (`crossing.models.unknown`).
"""

from functools import lru_cache

from ...facts import facts
from ...models.unknown import Constants, Puzzle, free_ratio

#: Given at the start; what more there is to buy: control -> (experiment of the model, words, invented cost).
GIVEN = "brain"
LOOKS = {
    "plasma": ("plasma", "binding in plasma", 1),
    "slices": ("slices", "binding in brain slices", 2),
    "passage": ("one pass", "one pass through the brain", 3),
    "passage_blocked": ("one pass, pump blocked", "one pass, pump blocked", 4),
    "brain_blocked": ("brain, pump blocked", "brain total, pump blocked", 4),
    "vein": ("csf by vein", "CSF, given by vein", 3),
    "lumbar": ("csf by lumbar dose", "CSF, lumbar dose", 3),
    "canal": ("along the canal", "along the canal, infused", 5),
}
#: What each experiment reads: (words, unit).
READS = {"brain": ("brain over plasma, totals", ""), "plasma": ("share free", ""), "slices": ("held per free", "mL/g"), "one pass": ("entering", "µL/g/min"),
         "one pass, pump blocked": ("entering", "µL/g/min"), "brain, pump blocked": ("brain over plasma, totals", ""), "csf by vein": ("CSF over plasma, total", ""),
         "csf by lumbar dose": ("half-life", "h"), "along the canal": ("half-distance", "cm")}
#: A free ratio, and a share free in plasma, that count as low.
LOW_RATIO, LOW_FREE = 0.4, 0.1
#: What could make the total low, as bounds on the free ratio and on the share free in plasma.
STORIES = {
    "a pump": {"ratio": (None, LOW_RATIO), "free": (LOW_FREE, None)},
    "held in blood": {"ratio": (LOW_RATIO, None), "free": (None, LOW_FREE)},
    "both": {"ratio": (None, LOW_RATIO), "free": (None, LOW_FREE)},
    "neither": {"ratio": (LOW_RATIO, None), "free": (LOW_FREE, None)},
}
#: How sure a claim must be, and how narrow an interval counts as known (highest over lowest).
SURE, NARROW = 0.9, 3.0
COUNT = 40
#: What may be spent on a compound, and what a claim is worth: invented. A claim that holds earns what is left besides.
BUDGET, HOLDS, CANNOT_TELL = 10, 10, 5
#: Totals that a compound may show (brain over plasma).
LEAST, MOST = 0.02, 0.12


@lru_cache(1)
def puzzle():
    """The grids, with what is known beforehand from facts."""
    return Puzzle(Constants(facts["isf_bulk_flow"].to("uL/g/min"), facts["csf_total_text"].to("mL"), facts["csf_secretion_text"].to("mL/h"),
                            facts["D_eff"].to("cm^2/h")))


@lru_cache(1)
def seeds():
    """Seeds of the compounds, in the order of their numbers: the first three differ in what makes them low."""
    found, seed = {story: [] for story in STORIES}, 0
    while sum(map(len, found.values())) < 3 * COUNT:
        compound = puzzle().compound(seed)
        if LEAST <= 10 ** puzzle().exact(compound, GIVEN) <= MOST and clear(compound):
            found[story_of(compound)].append(seed)
        seed += 1
    first = [found[story].pop(0) for story in ("held in blood", "a pump", "both")]
    return (*first, *sorted(s for rest in found.values() for s in rest)[:COUNT - len(first)])


def clear(compound):
    """Whether a compound lies well away from the bounds between the stories."""
    ratio = float(free_ratio(10 ** compound["wall"], 10 ** compound["pump"], puzzle().constants.stream))
    return not (LOW_RATIO / 2 < ratio < 1.5 * LOW_RATIO) and not (LOW_FREE / 2 < 10 ** compound["free"] < 2 * LOW_FREE)


def story_of(compound):
    """Which of the stories is true of a compound."""
    low = free_ratio(10 ** compound["wall"], 10 ** compound["pump"], puzzle().constants.stream) <= LOW_RATIO
    bound = 10 ** compound["free"] <= LOW_FREE
    return {(True, False): "a pump", (False, True): "held in blood", (True, True): "both", (False, False): "neither"}[bool(low), bool(bound)]


@lru_cache(COUNT)
def compound(number):
    """The hidden compound of a number from 1 on."""
    return puzzle().compound(seeds()[number - 1])


@lru_cache(COUNT * len(READS))
def reading(number, experiment):
    """What the experiment reads of it (log)."""
    return puzzle().reading(compound(number), experiment, seeds()[number - 1])


@lru_cache(512)
def known(number, bought):
    """What may be said after the experiments `bought` (a tuple), the given one among them."""
    return puzzle().learn({e: reading(number, e) for e in (GIVEN, *bought)})


@lru_cache(512)
def beliefs(number, bought):
    """Belief in each story."""
    now = known(number, bought)
    weights = {story: now.supposing(bounds).weight() for story, bounds in STORIES.items()}
    whole = sum(weights.values())
    return {story: weight / whole for story, weight in weights.items()}
