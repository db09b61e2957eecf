"""Running any model over what its facts may be, and asking which fact matters most.

    ranges = [Range.of(facts["D_eff"], "cm^2/h", "dispersion"), Range("loss", 0.05, 0.15, 0.5, "log-uniform")]
    band = run_over(model, ranges)      band.low, band.middle, band.high, band.called
    what_matters(band, reading)         the facts in order, each with a sentence

A model is any function that takes its facts by name and gives one number or a curve. A plain model is called once for each
draw with single numbers. With `at_once` it is called once, with columns (n, 1) that broadcast against its times (t,).
A `Range` is ignorance: what papers allow. A `Spread` is difference between people. They never share a band; `run_both`
shows one inside the other. Draws are a Latin hypercube: each range is cut into n equally likely parts, and each part is
used once. (`scipy.stats` would do it, at 43 MB and 0.4 s for its import; it is imported in `variance_shares` only.)
Errors: ValueError naming argument, value and what was wanted.

In words: Most figures in this field are known only between a lowest and a highest value. Instead of one curve, the model
is run a few hundred times, each time with other values from within those ranges, and the middle of the results and their
edges are drawn. The band says what the literature allows. It does not say how patients differ: that is another question,
with another band. Then the runs are sorted to see which figure the result follows most closely: that is the figure worth
measuring better.

Assumes: Each figure varies on its own, whatever the others are. Two figures worked out from one measurement break this,
and the band comes out too wide. How values lie within a range is a choice, not a finding, since a range is not a
distribution; the choice is shown. Published ends differ: some are doubt, some are one standard deviation between people. The
latter belong into the spread between people, which is log-normal around a middle person; who reads the fact must look.

Leaves out: Whether the model itself is right: no band of one model covers another model. A range that is too narrow makes
a figure look unimportant. The edges are edges of the runs, not limits that hold with any stated chance in any person.

Sources: Latin hypercube: McKay MD, Beckman RJ, Conover WJ, Technometrics 1979;21:239. Rank correlation: Spearman C, Am J
Psychol 1904;15:72. Shares of variance: Sobol IM, Math Comput Simul 2001;55:271, with the estimators of Saltelli A et al.,
Comput Phys Commun 2010;181:259, as in scipy. Keeping draws apart: Owen AB, J Am Stat Assoc 1994;89:1517 (all recalled).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, TypeAlias, cast
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import numpy as np

from . import wanted
from .ranking import rank_correlation, ranks
from .wanted import Array, Numbers, Quoted, Result

IGNORANCE = "what the literature allows"
PEOPLE = "spread between people"
BOTH = "spread between people, within what the literature allows"
STILL = "the result does not change within these ranges"
SHAPES = {"uniform": "every value alike", "log-uniform": "every value alike on a log scale",
          "triangular": "more often near the middle value"}


def _name(value: str) -> str:
    if not isinstance(value, str) or not value.isidentifier():
        wanted.refuse("name", value, "the name of an argument of the model")
    return value


def _quantiles(share: Numbers) -> Array:
    share = wanted.numbers("share", share, 0)
    return share if np.all(share <= 1) else wanted.refuse("share", float(share.max()), "numbers from 0 to 1")


@dataclass(frozen=True)
class Range:
    """What a fact may be: from `low` to `high`, in one unit, with the `value` used when it does not vary (None: the middle).

    `shape` is a choice (see SHAPES) and not knowledge: a range is not a distribution. Two equal ends fix the fact.
    """

    name: str
    low: float
    value: float | None
    high: float
    shape: str = "uniform"

    def __post_init__(self) -> None:
        _name(self.name)
        if self.shape not in SHAPES:
            wanted.refuse("shape", self.shape, "one of " + ", ".join(f'"{shape}"' for shape in SHAPES))
        low, high = wanted.number("low", self.low), wanted.number("high", self.high)
        if high < low:
            wanted.refuse("high", self.high, f"a number of {low:g} or more")
        if self.shape == "log-uniform" and low <= 0:
            wanted.refuse("low", self.low, "a number above 0 for a log scale")
        middle = np.sqrt(low * high) if self.shape == "log-uniform" else 0.5 * (low + high)
        value = middle if self.value is None else wanted.between("value", self.value, low, high)
        for name, number in (("low", low), ("value", value), ("high", high)):
            object.__setattr__(self, name, float(number))

    @classmethod
    def of(cls, fact: Quoted, unit: str, name: str | None = None, shape: str = "uniform") -> Range:
        """The range of a fact in `unit`: anything with `id`, `value`, `range_in(unit)` and `to(unit)`."""
        return cls.across([fact], unit, fact.id if name is None else name, shape)

    @classmethod
    def across(cls, facts: Iterable[Quoted], unit: str, name: str, shape: str = "uniform") -> Range:
        """From the lowest to the highest of facts that disagree; the value is that of the first."""
        facts = list(facts)
        if not facts:
            wanted.refuse("facts", facts, "at least one fact")
        ends = np.array([fact.range_in(unit) for fact in facts])
        value = None if facts[0].value is None else facts[0].to(unit)
        return cls(name, ends.min(), value, ends.max(), shape)

    @property
    def words(self) -> str:
        """The range in words, with the choice of its shape."""
        return f"{self.name}: {self.low:.3g} to {self.high:.3g}, {SHAPES[self.shape]} (our choice)"

    def quantile(self, share: Numbers) -> Result:
        """The value below which a `share` (0 to 1) of the draws lie; an array gives an array."""
        share, width = _quantiles(share), self.high - self.low
        if width == 0:
            return np.full(share.shape, self.value)[()]
        if self.shape == "uniform":
            return self.low + width * share
        if self.shape == "log-uniform":
            return self.low * (self.high / self.low) ** share
        middle = cast(float, self.value)  # filled in by now
        rising, falling = middle - self.low, self.high - middle
        return np.where(share * width < rising, self.low + np.sqrt(share * width * rising),
                        self.high - np.sqrt((1 - share) * width * falling))[()]


@dataclass(frozen=True)
class Spread:
    """How a quantity differs between people: log-normal around the `value` of the middle person.

    `cv` is the coefficient of variation, standard deviation over mean (0.3: about 30 %).
    """

    name: str
    value: float
    cv: float

    def __post_init__(self) -> None:
        _name(self.name)
        object.__setattr__(self, "value", wanted.positive("value", self.value))
        object.__setattr__(self, "cv", wanted.not_negative("cv", self.cv))

    @property
    def words(self) -> str:
        """The spread in words."""
        return f"{self.name}: middle person {self.value:.3g}, differing by {100 * self.cv:.0f} % between people"

    def quantile(self, share: Numbers) -> Result:
        """The value that a `share` of people (0 to 1) lie below; an array gives an array."""
        from scipy.special import ndtri  # 4 MB; already there beside most of scipy

        return self.value * np.exp(np.sqrt(np.log1p(self.cv**2)) * ndtri(_quantiles(share)))[()]


Item: TypeAlias = Range | Spread
Items: TypeAlias = Range | Spread | Iterable[Range | Spread]
Model: TypeAlias = Callable[..., Numbers]
Reading: TypeAlias = Callable[[Array], Numbers]

# -- drawing and running ---------------------------------------------------------------------------------------------


def _items(items: Items, kinds: tuple[type, ...] = (Range, Spread)) -> tuple[Item, ...]:
    items = tuple(items) if isinstance(items, Iterable) else (items,)
    if not items:
        wanted.refuse("ranges", [], "at least one Range or Spread")
    for item in items:
        if not isinstance(item, kinds):
            wanted.refuse("ranges", item, " or ".join(kind.__name__ for kind in kinds) + " items")
    names = [item.name for item in items]
    if len(set(names)) < len(names):
        wanted.refuse("ranges", names, "each name once")
    return items


def sample(ranges: Items, n: int, seed: int = 1) -> dict[str, Array]:
    """A Latin hypercube of `n` draws: {name: (n,)}. The same seed gives the same draws; so does adding one more at the end.

    Each column is re-paired once so that it goes with none of those before it: two facts that happened to be drawn
    together would lend each other importance (ranked Gram-Schmidt, Owen 1994).
    """
    items, n, seed = _items(ranges), wanted.whole("n", n, 1), wanted.whole("seed", seed, 0)
    random, columns, drawn = np.random.default_rng(seed), np.empty((n, 0)), {}
    for item in items:
        part, within = random.permutation(n) - 0.5 * (n - 1), random.random(n)
        if 0 < columns.shape[1] < n // 2:
            part = part - columns @ np.linalg.lstsq(columns, part, rcond=None)[0]
        place = part.argsort().argsort()
        columns = np.column_stack([columns, place - 0.5 * (n - 1)])
        drawn[item.name] = np.asarray(item.quantile((place + within) / n))
    return drawn


def _run(model: Model, drawn: Mapping[str, Array], at_once: bool) -> Array:
    """Curves (n, t) of a model over draws {name: (n,)}."""
    if not callable(model):
        wanted.refuse("model", model, "a function of named facts")
    n = next(iter(drawn.values())).size
    if at_once:
        curves = np.asarray(model(**{name: values[:, None] for name, values in drawn.items()}), dtype=float)
        if curves.ndim > 2 or (curves.ndim == 2 and curves.shape[0] not in (1, n)):
            wanted.refuse("model", f"result of shape {curves.shape}", f"({n}, 1) or ({n}, times)")
        curves = np.broadcast_to(curves, (n, curves.shape[-1] if curves.ndim else 1))
    else:
        rows = [np.atleast_1d(np.asarray(model(**{name: float(values[i]) for name, values in drawn.items()}), dtype=float))
                for i in range(n)]
        if any(row.ndim > 1 or row.shape != rows[0].shape for row in rows):
            wanted.refuse("model", "results of different shapes", "one number, or a curve (t,) of the same length every time")
        curves = np.array(rows)
    wrong = ~np.isfinite(curves)
    if np.any(wrong):
        i = int(np.argmax(wrong.any(axis=1)))
        where = ", ".join(f"{name} = {values[i]:.4g}" for name, values in drawn.items())
        wanted.refuse("model", f"{curves[wrong][0]} at {where}", "finite numbers everywhere in the ranges")
    return curves


@dataclass(frozen=True)
class Band:
    """Many runs of one model.

    called      "what the literature allows" or "spread between people"
    curves      (n, t), one row a draw, in the unit of the model; t is 1 for a model that gives one number
    samples     {name: (n,)}, the draws, in the unit of each range
    at_value    (t,), the run with everything at its value
    low, middle, high   (t,), quantiles at each time, at `shares` of the draws
    """

    called: str
    items: tuple[Item, ...]
    samples: dict[str, Array]
    curves: Array
    at_value: Array
    shares: tuple[float, float, float]
    low: Array
    middle: Array
    high: Array

    @property
    def words(self) -> str:
        """One line for a caption: what it is, and what the draws were."""
        inside = f"{100 * (self.shares[2] - self.shares[0]):.0f} % of {len(self.curves)} runs"
        return f"{self.called}: {inside}; " + "; ".join(item.words for item in self.items)


def _shares(shares: Numbers) -> tuple[float, float, float]:
    result = wanted.vector("shares", shares, 3)
    if np.any((result < 0) | (result > 1)) or np.any(np.diff(result) <= 0):
        wanted.refuse("shares", shares, "three ascending shares from 0 to 1")
    low, middle, high = map(float, result)
    return low, middle, high


def run_over(model: Model, ranges: Items, n: int = 200, seed: int = 1, at_once: bool = False,
             shares: Sequence[float] = (0.05, 0.5, 0.95)) -> Band:
    """The band of `model` over `ranges`: all `Range` (ignorance), or all `Spread` (people); both together are refused."""
    items, shares = _items(ranges), _shares(shares)
    if len({type(item) for item in items}) > 1:
        wanted.refuse("ranges", "Range and Spread items together", "one kind: ignorance and people are apart (see run_both)")
    samples = sample(items, n, seed)
    curves = _run(model, samples, at_once)
    at_value = _run(model, {item.name: np.array([item.value]) for item in items}, at_once)[0]
    low, middle, high = np.quantile(curves, shares, axis=0)
    return Band(IGNORANCE if isinstance(items[0], Range) else PEOPLE, items, samples, curves, at_value, shares, low, middle, high)


@dataclass(frozen=True)
class Together:
    """Both kinds, kept apart: ignorance outside, people inside.

    `ignorance` is the band of the middle person while the facts vary; `people` that of many people while the facts stand
    at their values. `low` and `high` (t,) are how far the edges of the people's band may lie for all the facts allow.
    `curves` (n, people, t), in the unit of the model: one layer for each draw of the facts.
    """

    called: str
    ignorance: Band
    people: Band
    curves: Array
    low: Array
    high: Array


def run_both(model: Model, ranges: Items, spreads: Items, n: int = 40, people: int = 40, seed: int = 1,
             at_once: bool = False, shares: Sequence[float] = (0.05, 0.5, 0.95)) -> Together:
    """Both kinds of band, and one inside the other: `n` draws of the facts, and for each the same `people`.

    A name may stand in both: the person then differs by a factor from what is drawn for the fact.
    """
    ranges, spreads, shares = _items(ranges, (Range,)), _items(spreads, (Spread,)), _shares(shares)
    n, people = wanted.whole("n", n, 1), wanted.whole("people", people, 1)
    values = {item.name: cast(float, item.value) for item in (*spreads, *ranges)}  # the range's own value where a name is in both

    def others_fixed(**drawn: Any) -> Numbers:
        return model(**{**values, **drawn})

    spreads = tuple(replace(item, value=values[item.name]) for item in spreads)
    ignorance = run_over(others_fixed, ranges, n, seed, at_once, shares)
    crowd = run_over(others_fixed, spreads, people, seed + 1, at_once, shares)
    drawn = {name: np.repeat(column, people) for name, column in ignorance.samples.items()}
    for item in spreads:
        base = drawn.get(item.name, values[item.name])
        drawn[item.name] = base * np.tile(crowd.samples[item.name] / values[item.name], n)
    curves = _run(model, drawn, at_once).reshape(n, people, -1)
    lows, highs = np.quantile(curves, (shares[0], shares[2]), axis=1)
    return Together(BOTH, ignorance, crowd, curves, np.quantile(lows, shares[0], axis=0), np.quantile(highs, shares[2], axis=0))


# -- which fact matters most -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Matter:
    """One fact: its `weight` (rank correlation, -1 to 1, or share of the variance) and a sentence. `total` is the share
    of the variance with everything it does together with others; None for a rank correlation."""

    name: str
    weight: float
    words: str
    total: float | None = None


@dataclass(frozen=True)
class Ranking:
    """The facts, the one that matters most first. `explained` (0 to 1) is how much of the result they explain in this way
    of counting; `trust` says in words whether this way may be trusted here. Holds for these ranges only."""

    kind: str
    called: str
    items: tuple[Matter, ...]
    explained: float
    trust: str

    def __iter__(self) -> Iterator[Matter]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def __getitem__(self, place: int) -> Matter:
        return self.items[place]


def _read(curves: Array, reading: Reading | None) -> Array:
    if reading is None:
        if curves.shape[1] != 1:
            wanted.refuse("reading", None, "a function that makes one number of each curve, such as lambda c: c.max(axis=1)")
        return curves[:, 0]
    result = np.asarray(reading(curves), dtype=float)
    if result.shape != (len(curves),) or not np.all(np.isfinite(result)):
        wanted.refuse("reading", f"result of shape {result.shape}", f"one finite number for each of {len(curves)} curves")
    return result


def _order(matters: Iterable[Matter]) -> tuple[Matter, ...]:
    return tuple(sorted(matters, key=lambda matter: (-abs(matter.weight), matter.name)))


def what_matters(band: Band, reading: Reading | None = None) -> Ranking:
    """Facts by rank correlation with one number of each curve; `reading` takes curves (n, t) and gives (n,).

    Costs nothing more than the band. To be trusted where the result only rises, or only falls, with each fact: `explained`
    is the share of the ranks' variance that a sum over the facts accounts for, and says whether it is so.
    """
    result = _read(band.curves, reading)
    matters = []
    for name, values in band.samples.items():
        weight = rank_correlation(values, result)
        size = abs(weight)
        how = next(words for least, words in ((0.7, "closely"), (0.3, "somewhat"), (0.15, "a little"), (0, "")) if size >= least)
        words = (f"the result {'rises' if weight > 0 else 'falls'} {how} with {name} (rank correlation {weight:.2f})" if how
                 else f"the result hardly follows {name} (rank correlation {weight:.2f})")
        matters.append(Matter(name, weight, words))
    table = np.column_stack([ranks(values) for values in band.samples.values()])
    table, y = table - table.mean(axis=0), ranks(result)
    y -= y.mean()
    left = y - table @ np.linalg.lstsq(table, y, rcond=None)[0]
    explained = float(1 - left @ left / (y @ y)) if y @ y > 0 else 0.0
    trust = (STILL if np.ptp(result) == 0 else
             "the result goes one way with each fact: the order can be trusted" if explained >= 0.8 else
             "the result does not follow the facts one by one and one way: ask for shares of the variance")
    return Ranking("rank correlation", band.called, _order(matters), explained, trust)


def variance_shares(model: Model, ranges: Items, n: int = 4096, seed: int = 1, at_once: bool = False,
                    reading: Reading | None = None) -> Ranking:
    """Facts by first-order Sobol index: the share of the variance that would go if that fact alone were known.

    Right whatever the shape of the model, also where it turns round. Needs n x (facts + 2) runs, `n` a power of 2, and
    scipy.stats (43 MB): not behind a slider. What the shares leave of 1 is done by facts acting together.
    """
    from scipy.stats import qmc, sobol_indices

    items, n, seed = _items(ranges), wanted.whole("n", n, 2), wanted.whole("seed", seed, 0)
    if n & (n - 1):
        wanted.refuse("n", n, "a power of 2")
    if len({type(item) for item in items}) > 1:
        wanted.refuse("ranges", "Range and Spread items together", "one kind: ignorance and people are apart")
    # Sobol's own sequence, turned by a random shift: its first point is a corner, where a log-normal has no value.
    shift = np.random.default_rng(seed).random(2 * len(items))
    points = ((qmc.Sobol(2 * len(items), scramble=False).random(n) + shift) % 1).T
    first, second = ({item.name: item.quantile(row) for item, row in zip(items, half)} for half in np.split(points, 2))
    blocks = [first, second, *({**first, item.name: second[item.name]} for item in items)]
    drawn = {item.name: np.concatenate([block[item.name] for block in blocks]) for item in items}
    result = _read(_run(model, drawn, at_once), reading).reshape(len(blocks), 1, n)
    if np.ptp(result) == 0 or len(items) == 1:  # nothing to share out; scipy takes no single fact
        index = total = np.full(len(items), float(np.ptp(result) > 0))
    else:
        found = sobol_indices(func={"f_A": result[0], "f_B": result[1], "f_AB": result[2:]}, n=n)
        index, total = np.ravel(found.first_order), np.ravel(found.total_order)
    matters = [Matter(item.name, float(one), f"knowing {item.name} alone would take away {100 * max(one, 0):.0f} % of the variance",
                      float(all_)) for item, one, all_ in zip(items, index, total)]
    explained = float(np.clip(index.sum(), 0, 1))
    trust = (STILL if np.ptp(result) == 0 else
             "each fact acts on its own: the order can be trusted" if explained >= 0.8 else
             "facts act together: look at the totals too")
    called = IGNORANCE if isinstance(items[0], Range) else PEOPLE
    return Ranking("share of the variance", called, _order(matters), explained, trust)
