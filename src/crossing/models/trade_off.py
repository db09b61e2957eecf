"""Weighing benefits against harms: an effects table, values, weights, and what would have to change for the choice to flip.

Every effect is counted in the unit of its criterion; a value runs from 0 (the criterion's `worst`) to 1 (its `best`); weights
are 0 or more and add up to 1. Errors: ValueError naming argument, value and what was wanted.

    table = EffectsTable(criteria, options, effects)         effects[option][criterion]
    table.values()                                           (options, criteria), 0 to 1 within the range
    totals(values, swing_weights([100, 60, 30, 10]))         (options,)
    Draws(table, 100_000, seed=1).acceptability(weights)     how often each option takes each rank
    flips(values, weights, criterion=2)                      weights of one criterion at which the first rank changes hands

    value           v = (x - worst) / (best - worst), a straight line
    total           V = sum over criteria of weight times value
    swing weights   each criterion's swing from worst to best gets points; points over their sum
    uncertainty     x = value + z (high - value) / 1.96 above, + z (value - low) / 1.96 below, z a bell curve (an effect given
                    as a count is drawn from the beta distribution of its share instead); z of two criteria may be correlated
    any weights     all weights that add up to 1, equally likely
    learning        expected total of the option that is first once one effect is known, less that of the first option now

In words: A table lays out what each option does, good and bad, each with its own doubt. That table prefers nothing. To get
an order out of it somebody must say what a full swing on one criterion is worth beside a full swing on another. With other
worths the order may turn round, and no further study would turn it back, for worth is not measured. What can be worked out
is how firmly the order stands: how often each option comes first when effects are drawn from their intervals and weights
from all that are possible; how far one weight must move before another option takes the lead; and whether learning one
effect exactly could change the choice at all. Often the effect with the widest interval could not.

Assumes: That worths add up and do not hang on one another, that half-way along a criterion is half its worth, and that the
criteria say different things: what is written down twice is counted twice. That intervals are of 95 %, with bell-shaped
doubt on either side.

Leaves out: Whatever is not in the table. Who decides, and for whom. How people differ: how often an option comes first
among the draws is a measure of our doubt and no share of patients. Nothing here recommends anything to anyone.

Sources: swing weights: von Winterfeldt D, Edwards W, Decision Analysis and Behavioral Research, 1986 (recalled, not read).
Acceptability: Lahdelma R, Hokkanen J, Salminen P, Eur J Oper Res 1998;106:137, and Tervonen T, Figueira JR, J Multi-Crit
Decis Anal 2008;15:1 (10.1002/mcda.407). For drugs: Tervonen T et al., Stat Med 2011;30:1419 (10.1002/sim.4194). Worth of
learning one thing: Raiffa H, Schlaifer R, Applied Statistical Decision Theory, 1961 (recalled, not read).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy.special import betaincinv, ndtr, ndtri

from . import wanted
from .wanted import Array, Numbers, Result

#: How good the evidence behind an effect is, best first. "invented" is for cases made up for teaching.
GRADES = ("high", "moderate", "low", "very low", "invented")
Z95 = float(ndtri(0.975))
#: Places of a bell curve at which a beta distribution is worked out; between them it is read off straight.
NODES = np.linspace(-6, 6, 1201)


@dataclass(frozen=True)
class Criterion:
    """What is judged: `unit`, and the range from `worst` to `best` over which a swing is weighed. A harm has worst above best."""

    name: str
    unit: str
    worst: float
    best: float

    def __post_init__(self) -> None:
        wanted.number("worst", self.worst)
        if wanted.number("best", self.best) == self.worst:
            wanted.refuse("best", self.best, "a number other than `worst`: a criterion without a range has no swing")

    @property
    def harm(self) -> bool:
        """Whether less of it is better."""
        return self.worst > self.best

    def value(self, x: Numbers) -> Result:
        """0 at `worst`, 1 at `best`, in a straight line, also beyond."""
        return (np.asarray(x, dtype=float) - self.worst) / (self.best - self.worst)


@dataclass(frozen=True)
class Effect:
    """What one option does on one criterion: `value` with its 95 % interval, `grade` of the evidence and `source`.

    With `events` and `of` the doubt is that of a count: draws are from Beta(events, of - events) times `times` (100 for %).
    """

    value: float
    low: float
    high: float
    grade: str
    source: str
    events: float | None = None
    of: float | None = None
    times: float = 1.0

    def __post_init__(self) -> None:
        wanted.number("value", self.value)
        if not wanted.number("low", self.low) <= self.value <= wanted.number("high", self.high):
            wanted.refuse("value", self.value, f"a number within its interval, {self.low:g} to {self.high:g}")
        if self.grade not in GRADES:
            wanted.refuse("grade", self.grade, ", ".join(GRADES))
        if not self.source:
            wanted.refuse("source", self.source, "a source, or the words that say the effect is invented")
        if (self.events is None) != (self.of is None):
            wanted.refuse("events", self.events, "`events` and `of` together, or neither")
        if self.events is not None and not 0 < wanted.positive("events", self.events) < wanted.positive("of", self.of):
            wanted.refuse("events", self.events, "a count above 0 and below `of`")

    @classmethod
    def counted(cls, events: float, of: float, grade: str, source: str, times: float = 1.0) -> Effect:
        """An effect from a count: its value is the share (times `times`), its interval that of the beta distribution."""
        events, of = wanted.positive("events", events), wanted.positive("of", of)
        if events >= of:
            wanted.refuse("events", events, "a count below `of`")
        low, high = (times * float(betaincinv(events, of - events, p)) for p in (0.025, 0.975))
        return cls(times * events / of, low, high, grade, source, events, of, times)

    def at(self, z: Numbers) -> Result:
        """The effect `z` standard deviations off: arrays of a bell curve become arrays of this effect."""
        z = np.asarray(z)
        if self.events is not None and self.of is not None:
            return np.interp(z, NODES, self.times * betaincinv(self.events, self.of - self.events, ndtr(NODES)))
        above, below = (self.high - self.value) / Z95, (self.value - self.low) / Z95
        return self.value + above * np.maximum(z, 0) + below * np.minimum(z, 0)


@dataclass(frozen=True)
class EffectsTable:
    """Options against criteria. `effects[option][criterion]` is an `Effect`; every cell must be there."""

    criteria: tuple[Criterion, ...]
    options: tuple[str, ...]
    effects: Mapping[str, Mapping[str, Effect]] = field(hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "criteria", tuple(self.criteria))
        object.__setattr__(self, "options", tuple(self.options))
        for name, given in (("criteria", [c.name for c in self.criteria]), ("options", list(self.options))):
            if len(given) < (2 if name == "options" else 1) or len(set(given)) < len(given):
                wanted.refuse(name, given, "different names, at least two options and one criterion")
        for option in self.options:
            for criterion in self.criteria:
                if not isinstance(self.effects.get(option, {}).get(criterion.name), Effect):
                    wanted.refuse("effects", f"none for {option} on {criterion.name}", "an Effect in every cell")

    def cell(self, option: int, criterion: int) -> Effect:
        """The effect of an option on a criterion, both by their place from 0."""
        return self.effects[self.options[option]][self.criteria[criterion].name]

    def values(self) -> Array:
        """(options, criteria): each effect's own figure as a value, 0 at worst and 1 at best."""
        return np.array([[c.value(self.cell(i, j).value) for j, c in enumerate(self.criteria)] for i in range(len(self.options))])

    def dominated(self) -> dict[str, str]:
        """{option: one that is as good on every criterion and better on some}, by the effects' own figures."""
        return {self.options[i]: self.options[k] for i, k in dominated(self.values()).items()}


def dominated(values: Numbers) -> dict[int, int]:
    """{row: a row that is nowhere worse and somewhere better}. The rest are the non-dominated set: no weights can rule them out alone."""
    v = _grid(values)
    found = {}
    for i, mine in enumerate(v):
        over = np.flatnonzero(np.all(v >= mine, axis=1) & np.any(v > mine, axis=1))
        if over.size:
            found[i] = int(over[0])
    return found


def swing_weights(points: Numbers) -> Array:
    """Weights (criteria,) from swing points: 100 for the swing that matters most, the others beside it."""
    points = wanted.numbers("points", wanted.vector("points", points), 0)
    if not np.any(points > 0):
        wanted.refuse("points", points.tolist(), "at least one swing that matters")
    return points / points.sum()


def for_range(weights: Numbers, widths: Numbers) -> Array:
    """The weights that mean the same when criterion ranges grow by the factors `widths` (criteria,): a swing twice as long weighs twice."""
    weights = _weights(weights)
    widths = wanted.numbers("widths", wanted.vector("widths", widths, weights.size), 0, above=True)
    return swing_weights(weights * widths)


def totals(values: Numbers, weights: Numbers) -> Array:
    """(options,) weighted sums of values (options, criteria)."""
    v = _grid(values)
    return v @ _weights(weights, v.shape[1])


def with_weight(weights: Numbers, criterion: int, weight: float) -> Array:
    """`weights` (criteria,) with one set to `weight`, the others keeping their proportions (equal ones if they were all 0)."""
    w = _weights(weights)
    place, weight = _place(criterion, w.size), wanted.between("weight", weight, 0, 1)
    if w.size == 1:
        return w
    others = np.delete(w, place)
    others = others / others.sum() if others.sum() else np.full(others.size, 1 / others.size)
    return np.insert(others * (1 - weight), place, weight)


@dataclass(frozen=True)
class Flip:
    """At this `weight` of one criterion the first rank passes from option `before` (below it) to option `after` (above it)."""

    weight: float
    before: int
    after: int


def flips(values: Numbers, weights: Numbers, criterion: int) -> list[Flip]:
    """Every weight of one criterion, from 0 to 1, at which the leader changes while the others keep their proportions. Exact."""
    v = _grid(values)
    ends = [totals(v, with_weight(_weights(weights, v.shape[1]), criterion, w)) for w in (0.0, 1.0)]
    return [Flip(x, a, b) for x, a, b in _leaders(ends[0], ends[1] - ends[0], 0.0, 1.0)]


def cell_flips(table: EffectsTable, weights: Numbers, option: int, criterion: int) -> list[Flip]:
    """Every figure within the interval of one effect at which the leader changes; `weight` of a flip is that figure."""
    v, w = table.values(), _weights(weights, len(table.criteria))
    i, j = _place(option, v.shape[0], "option"), _place(criterion, v.shape[1])
    effect, sums = table.cell(i, j), totals(v, w)
    slope, start = np.zeros(len(sums)), sums.copy()
    slope[i] = w[j] / (table.criteria[j].best - table.criteria[j].worst)
    start[i] -= slope[i] * effect.value
    return [Flip(x, a, b) for x, a, b in _leaders(start, slope, effect.low, effect.high)]


def _leaders(start: Array, slope: Array, low: float, high: float) -> list[tuple[float, int, int]]:
    """(x, before, after) where the uppermost of the lines start + slope x changes between low and high; ties go to the first."""
    x, found = low, list[tuple[float, int, int]]()
    height = start + slope * x
    last = int(max(np.flatnonzero(height >= height.max() - 1e-12), key=lambda k: slope[k]))  # the one that leads just after `low`
    while True:
        with np.errstate(divide="ignore", invalid="ignore"):
            cross = np.where(slope > slope[last] + 1e-15, (start[last] - start) / (slope - slope[last]), np.inf)
        cross[cross < x - 1e-12] = np.inf
        nxt = float(cross.min())
        if not nxt < high:
            return found
        ties = np.flatnonzero(cross <= nxt + 1e-12)
        new = int(max(ties, key=lambda k: slope[k]))
        found.append((nxt, last, new))
        x, last = nxt, new


@dataclass(frozen=True)
class Acceptability:
    """How often each option takes each rank: `ranks` (options, ranks), shares, rows and columns adding up to 1.

    `first`: the first column. `central` (options, criteria): mean weights (0 to 1) of the draws in which an option came first, the
    typical opinion that speaks for it; not numbers where it never does. `beats` (options, options): the share
    of draws in which the row is ahead.
    """

    ranks: Array
    central: Array
    beats: Array

    @property
    def first(self) -> Array:
        """How often each option comes first (options,)."""
        return self.ranks[:, 0]


class Draws:
    """Effects drawn `count` times from their intervals, kept, so that turning a weight costs one product and no new draws.

    `correlation` (criteria, criteria): of the doubts about two criteria in the same option; None: independent. Doubts about
    different options are independent. Same table, count, seed and correlation: same draws.
    """

    def __init__(self, table: EffectsTable, count: int = 100_000, seed: int = 1,
                 correlation: Numbers | None = None) -> None:
        self.table, self.count = table, wanted.whole("count", count, 100)
        self.correlation = _correlation(correlation, len(table.criteria))
        self.seed = wanted.whole("seed", seed, 0)
        n, random = len(table.criteria), np.random.default_rng(self.seed)
        mix = np.linalg.cholesky(self.correlation + 1e-12 * np.eye(n))
        values = np.empty((len(table.options), n, self.count), dtype=np.float32)
        for i in range(len(table.options)):
            z = random.standard_normal((n, self.count), dtype=np.float32)
            z = z if correlation is None else mix.astype(np.float32) @ z
            for j, criterion in enumerate(table.criteria):
                values[i, j] = criterion.value(table.cell(i, j).at(z[j]))
        #: (options, criteria, draws): the drawn values
        self.values = values

    @cached_property
    def any_weights(self) -> Array:
        """(criteria, draws): every opinion equally likely."""
        random = np.random.default_rng([self.seed, 1])  # a stream of its own: opinions have nothing to do with effects
        w = random.standard_exponential((len(self.table.criteria), self.count), dtype=np.float32)
        return w / w.sum(axis=0)

    def ordered_weights(self, order: Sequence[int]) -> Array:
        """(criteria, draws): every opinion equally likely that ranks the swings in `order`, the most important first."""
        n = len(self.table.criteria)
        if sorted(order) != list(range(n)):
            wanted.refuse("order", list(order), f"each of 0 to {n - 1} once")
        found = np.empty_like(self.any_weights)
        found[list(order)] = -np.sort(-self.any_weights, axis=0)
        return found

    def totals(self, weights: Numbers | None = None) -> Array:
        """(options, draws). `weights`: (criteria,), or (criteria, draws), or None for every opinion."""
        w = self._drawn(weights)
        if w.ndim == 1:
            return np.einsum("ijk,j->ik", self.values, w.astype(np.float32))
        return np.einsum("ijk,jk->ik", self.values, w)

    def _drawn(self, weights: Numbers | None) -> Array:
        if weights is None:
            return self.any_weights
        w = np.asarray(weights)
        return w if w.shape == self.any_weights.shape else _weights(weights, len(self.table.criteria))

    def acceptability(self, weights: Numbers | None = None) -> Acceptability:
        """How often each option comes first, second, ... over the draws. Ties, which exact effects can make, are shared out evenly."""
        w, sums = self._drawn(weights), self.totals(weights)
        m = len(sums)
        ahead = np.zeros((m, self.count), dtype=np.int8)
        beats, tied = np.full((m, m), 0.5), False
        for i in range(m):
            for k in range(i):
                won = sums[i] > sums[k]
                equal = sums[i] == sums[k]
                ahead[i] += ~won & ~equal
                ahead[k] += won
                half = np.count_nonzero(equal) / 2
                tied = tied or bool(half > 0)
                beats[i, k] = (np.count_nonzero(won) + half) / self.count
                beats[k, i] = 1 - beats[i, k]
        ranks = _shared_ranks(ahead) if tied else np.array([np.bincount(a, minlength=m) for a in ahead]) / self.count
        if w.ndim == 1:
            central = np.where(ranks[:, :1] > 0, w, np.nan)
        else:
            central = np.array([w[:, a == 0].mean(axis=1) if np.any(a == 0) else np.full(len(w), np.nan) for a in ahead])
        return Acceptability(ranks, central.astype(float), beats)


def _shared_ranks(ahead: npt.NDArray[np.int8]) -> Array:
    """Ranks (options, ranks) when options tie: those with equally many ahead of them share the ranks they hold together."""
    m, count = ahead.shape
    ranks = np.zeros((m, m))
    for i in range(m):
        same = np.count_nonzero(ahead == ahead[i], axis=0)
        for place in range(m):
            inside = (ahead[i] <= place) & (place < ahead[i] + same)
            ranks[i, place] = np.sum(inside / same) / count
    return ranks


def worth_of_learning(table: EffectsTable, weights: Numbers, option: int, criterion: int, points: int = 2001) -> float:
    """How much the expected total of the leader rises if one effect were known exactly before choosing; 0 if nothing could flip.

    Doubts are independent. Worked out along the one effect that is learned: `points` equally likely figures of it.
    """
    means = expected_values(table)
    i, j = _place(option, means.shape[0], "option"), _place(criterion, means.shape[1])
    w = _weights(weights, means.shape[1])
    sums = means @ w
    others = np.max(np.delete(sums, i))
    z = _evenly(wanted.whole("points", points, 11))
    learned = np.asarray(table.criteria[j].value(table.cell(i, j).at(z)))
    mine = sums[i] + w[j] * (learned - learned.mean())
    return max(0.0, float(np.mean(np.maximum(mine, others)) - max(sums[i], others)))


def expected_values(table: EffectsTable) -> Array:
    """(options, criteria): mean value of each drawn effect (a lopsided interval shifts it from the effect's own figure)."""
    z = _evenly(2001)
    return np.array([[float(np.mean(c.value(table.cell(i, j).at(z)))) for j, c in enumerate(table.criteria)] for i in range(len(table.options))])


def _evenly(points: int) -> Array:
    """Equally likely places on a bell curve."""
    return ndtri((np.arange(points) + 0.5) / points)


def _grid(values: Numbers) -> Array:
    try:
        v = np.asarray(values, dtype=float)
    except (TypeError, ValueError):
        wanted.refuse("values", values, "numbers, one row an option and one column a criterion")
    if v.ndim != 2 or v.size == 0 or not np.all(np.isfinite(v)):
        wanted.refuse("values", f"array of shape {v.shape}", "finite numbers, one row an option and one column a criterion")
    return v


def _weights(weights: Numbers, length: int | None = None) -> Array:
    w = wanted.numbers("weights", wanted.vector("weights", weights, length), 0)
    if abs(w.sum() - 1) > 1e-6:
        wanted.refuse("weights", w.tolist(), "numbers of 0 or more that add up to 1")
    return w


def _place(place: int, length: int, name: str = "criterion") -> int:
    place = wanted.whole(name, place, 0)
    if place >= length:
        wanted.refuse(name, place, f"a place from 0 to {length - 1}")
    return place


def _correlation(correlation: Numbers | None, n: int) -> Array:
    if correlation is None:
        return np.eye(n)
    r = np.asarray(correlation, dtype=float)
    if r.shape != (n, n) or not np.allclose(r, r.T) or not np.allclose(np.diag(r), 1) or np.linalg.eigvalsh(r).min() < -1e-9:
        wanted.refuse("correlation", f"array of shape {r.shape}", f"a symmetric {n} x {n} correlation matrix: 1 along its diagonal, and possible")
    return r
