"""The three invented cases of lesson 08, `data/cases.json`: read, checked, and made into tables of the model.

Every person, road and number in them is invented. An error names file, case and place.
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from types import SimpleNamespace

import numpy as np

from ...facts import data_folder
from ...models.trade_off import GRADES, Criterion, Draws, Effect, EffectsTable, cell_flips, swing_weights, totals, worth_of_learning

FILE = "cases.json"
INVENTED = "Invented. No result is a recommendation for anyone."
#: How doubtful effects are taken to be: share of each interval that is left.
DOUBTS = {"as found": 1.0, "half as wide": 0.5, "none": 0.0}
#: Draws behind a rank. A rank is told to one in a hundred.
COUNT = 20_000


class CaseError(ValueError):
    """A file of cases that does not hold what it should; says file, place, what was found and wanted."""


@dataclass(frozen=True)
class Case:
    """One invented case: who, what they ask for, roads in words, criteria, effects (value, low, high, grade) and points."""

    id: str
    name: str
    who: str
    asks: str
    roads: dict
    criteria: tuple
    words: dict
    effects: dict
    points: dict

    def table(self, doubt=1.0, widest=None):
        """The `EffectsTable`; `doubt` scales every interval. `widest` puts another worst end on one criterion: (name, worst)."""
        criteria = [Criterion(c.name, c.unit, widest[1], c.best) if widest and widest[0] == c.name else c for c in self.criteria]
        cells = {road: {name: Effect(v, v - doubt * (v - low), v + doubt * (high - v), grade, "invented") for name, (v, low, high, grade) in row.items()}
                 for road, row in self.effects.items()}
        return EffectsTable(criteria, tuple(self.roads), cells)


def load(path):
    """The cases of a file, by id. Raises `CaseError`; FileNotFoundError."""
    try:
        whole = json.loads(path.read_text(encoding="utf-8"))
        listed = whole["cases"]
    except (ValueError, KeyError, TypeError) as problem:
        raise CaseError(f"data/{path.name}: {problem}; wanted an object with a list `cases`") from None
    found = {}
    for i, raw in enumerate(listed):
        case = _case(f"data/{path.name}: cases[{i}]", raw)
        found[case.id] = case
    return found


def _case(place, raw):
    for key, kind in (("id", str), ("name", str), ("who", str), ("asks", str), ("roads", dict), ("criteria", list), ("effects", dict), ("points", dict)):
        if not isinstance(raw, dict) or not isinstance(raw.get(key), kind):
            _fail(f"{place}.{key}", raw.get(key) if isinstance(raw, dict) else raw, {str: "text", dict: "an object", list: "a list"}[kind])
    criteria, words = [], {}
    for j, c in enumerate(raw["criteria"]):
        try:
            criteria.append(Criterion(c["name"], c["unit"], c["worst"], c["best"]))
            words[c["name"]] = str(c["words"])
        except (KeyError, TypeError, ValueError) as problem:
            _fail(f"{place}.criteria[{j}]", problem, "name, words, unit, worst and best")
    names = [c.name for c in criteria]
    if set(raw["effects"]) != set(raw["roads"]):
        _fail(f"{place}.effects", sorted(raw["effects"]), f"one entry for each road: {', '.join(raw['roads'])}")
    for road, row in raw["effects"].items():
        if not isinstance(row, dict) or set(row) != set(names):
            _fail(f"{place}.effects.{road}", row, f"one entry for each of {', '.join(names)}")
        for name, cell in row.items():
            good = isinstance(cell, list) and len(cell) == 4 and all(isinstance(v, (int, float)) for v in cell[:3]) and cell[1] <= cell[0] <= cell[2]
            if not good or cell[3] not in GRADES:
                _fail(f"{place}.effects.{road}.{name}", cell, f"[value, low, high, grade], low to high, grade one of {', '.join(GRADES)}")
    for who, points in raw["points"].items():
        if not isinstance(points, list) or len(points) != len(names) or not all(isinstance(p, (int, float)) and p >= 0 for p in points):
            _fail(f"{place}.points.{who}", points, f"{len(names)} numbers of 0 or more")
    return Case(raw["id"], raw["name"], raw["who"], raw["asks"], dict(raw["roads"]), tuple(criteria), words,
                {road: {n: tuple(v) for n, v in row.items()} for road, row in raw["effects"].items()}, {w: tuple(p) for w, p in raw["points"].items()})


def _fail(place, found, wanted):
    raise CaseError(f"{place}: found {str(found)[:60]}, wanted {wanted}")


@lru_cache(1)
def cases():
    """The cases as shipped, by id."""
    return load(data_folder() / FILE)


def ada():
    """The case that carries the lesson."""
    return cases()["ada"]


@lru_cache(12)
def draws(doubt=1.0, widest=None, together=0.0, case="ada"):
    """A case's effects drawn from their intervals, whatever the points. `together`: correlation of the doubts about any two figures of one road."""
    correlation = np.full((4, 4), together) + (1 - together) * np.eye(4) if together else None
    return Draws(cases()[case].table(doubt, widest), COUNT, seed=1, correlation=correlation)


@lru_cache(512)
def firsts(points, doubt=1.0, widest=None, case="ada"):
    """How often each road comes first under these points (None: any points, drawn too), over the draws."""
    return tuple(draws(doubt, widest, case=case).acceptability(None if points is None else swing_weights(points)).first)


@lru_cache(64)
def effects(case, points):
    """Every effect of a case (its id) under these points: road, criterion, figures, width as a share of the range, flip points and what learning it is worth; widest first."""
    table = cases()[case].table()
    weights = swing_weights(points)
    sums = totals(table.values(), weights)
    lead = table.options[int(sums.argmax())]
    found = []
    for i, road in enumerate(table.options):
        for j, c in enumerate(table.criteria):
            effect = table.cell(i, j)
            ends = (max if i != sums.argmax() else min)((effect.low, effect.high), key=c.value)  # a rival's best end, the leader's worst
            found.append(SimpleNamespace(road=road, criterion=c, effect=effect, width=abs(float(c.value(effect.high) - c.value(effect.low))),
                                         flips=[(f.weight, table.options[f.after if table.options[f.before] == lead else f.before]) for f in cell_flips(table, weights, i, j)],
                                         worth=100 * worth_of_learning(table, weights, i, j), end=100 * float(sums[i] + weights[j] * (c.value(ends) - c.value(effect.value))),
                                         lead=lead, top=100 * float(sums.max()), second=table.options[int(sums.argsort()[-2])], next=100 * float(np.sort(sums)[-2])))
    return sorted(found, key=lambda it: -it.width)


def ranked(roads, sums):
    """Roads with their totals of 100, the highest first: [(road, total)]."""
    return [(roads[i], 100 * float(sums[i])) for i in np.argsort(-np.asarray(sums), kind="stable")]


def told(order):
    """"pump 65, ventricle 61, ... of 100"."""
    return ", ".join(f"{road} {total:.0f}" for road, total in order) + " of 100"
