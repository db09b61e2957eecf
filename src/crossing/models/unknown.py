"""Finding out about a compound: what each experiment would read, and what may be said of its properties afterwards.

A puzzle for learners: compounds, costs, spreads and errors are invented. Logarithms here are to base 10.
A compound is the logs of its `wall` and `pump` (uL/g/min), `held` (mL/g), and `free`, `door`, `loss` (no unit). Numbers may be arrays
and broadcast.

    puzzle = Puzzle(constants)                         constants: stream, pool, mixing
    truth = puzzle.compound(seed=3)                    six properties, hidden
    readings = {"brain": truth_reading, ...}           log readings of what was bought (`puzzle.reading`)
    known = puzzle.learn(readings)                     a `Known`: beliefs over each property
    known.interval("pump")                             where nine tenths of the belief lie
    known.foresee("slices")                            what the next experiment is expected to read, and how firmly

Errors: ValueError naming argument, value and what was wanted.

In words: Six properties of a compound are hidden: how easily it crosses the wall, how strongly a pump throws it out, how
much the brain's tissue holds, which share is free in plasma, how its free level in the spinal fluid stands to that in blood,
and how fast it is lost from that fluid. Each experiment reads one of them, or a product of several, with an error. The
total in a piece of brain is a product of three: share free in plasma, free ratio at the wall, and hold of the tissue. So a
low total may come from a pump or from plasma protein, and no repetition of it can tell. Two readings that hold the same
product teach the same thing twice. Beliefs are worked out exactly, on a grid: each combination of properties counts as
much as it fits all readings. A property stays wide when nothing that was bought bears on it, and saying so is right.

Assumes: Readings with errors that are log-normal, independent and of known size. Properties that know nothing of each other
beforehand, each equally likely on a log scale within its range. A wall of two like membranes with the pump in the first,
so that a pump lowers what enters as well as what stays; levels that have come to rest; a fluid that loses its drug as one pool.

Leaves out: Metabolism, pumps that fill up, blood left in the sample, brain regions, differences between animals and people,
and that a blocker may do more than block. An experiment here never fails and harms nobody.

Sources: wall and pump as membranes in a row: Kalvass JC, Pollack GM, Pharm Res 2007;24(2) (abstract read; the algebra is worked
out here). Free ratio and total: Hammarlund-Udenaes M et al., Pharm Res 2008;25:1737. Half-distance of a steady infusion: as in the spinal canal in one dimension.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from . import wanted
from .wanted import Array, Numbers, Result

_STEP = 0.05
#: Property -> (log of its least, log of its most, log step). `held` and `free` share a step: their product is on a grid too.
RANGES = {"wall": (-0.5, 2.5, 0.075), "pump": (-0.5, 3.5, 0.1), "held": (-0.1, 2.0, _STEP), "free": (-2.0, 0.0, _STEP),
          "door": (-1.5, 0.2, 0.05), "loss": (0.0, 1.3, 0.05)}
PROPERTIES = tuple(RANGES)
#: Experiment -> spread of its reading, as a factor less one (0.2: two thirds of readings within 20 %).
ERRORS = {"one pass": 0.25, "one pass, pump blocked": 0.25, "brain": 0.3, "brain, pump blocked": 0.3, "slices": 0.2, "plasma": 0.15,
          "csf by vein": 0.25, "csf by lumbar dose": 0.2, "along the canal": 0.3}
EXPERIMENTS = tuple(ERRORS)
_SHARE = 0.9


@dataclass(frozen=True)
class Constants:
    """What is known beforehand: stream of tissue fluid (uL/g/min), volume (mL) and renewal (mL/h) of the spinal fluid, its
    mixing along the canal (cm^2/h)."""

    stream: float
    volume_ml: float
    renewal_ml_per_h: float
    mixing_cm2_per_h: float

    def __post_init__(self) -> None:
        for name in ("stream", "volume_ml", "renewal_ml_per_h", "mixing_cm2_per_h"):
            wanted.positive(name, getattr(self, name))


def entering(wall: Numbers, pump: Numbers) -> Result:
    """Clearance into brain through two like membranes in a row (each of twice the `wall`) with a pump at the first: never
    above `wall`. Numbers in one unit, `wall` above 0, `pump` 0 or more."""
    wall, pump = wanted.numbers("wall", wall, 0, above=True), wanted.numbers("pump", pump, 0)
    return 4 * wall**2 / (4 * wall + pump)


def leaving(wall: Numbers, pump: Numbers) -> Result:
    """Clearance out of brain through the same two membranes: never below `wall`, at most twice that."""
    wall, pump = wanted.numbers("wall", wall, 0, above=True), wanted.numbers("pump", pump, 0)
    return 2 * wall * (2 * wall + pump) / (4 * wall + pump)


def free_ratio(wall: Numbers, pump: Numbers, stream: Numbers) -> Result:
    """Free level in brain over that in blood, at rest: entering / (leaving + stream). `wall`, `pump` and `stream` in one unit."""
    return entering(wall, pump) / (leaving(wall, pump) + wanted.numbers("stream", stream, 0))


class Puzzle:
    """The grids of the six properties, and what every combination would read.

    `constants` are `Constants`. Errors: ValueError naming what was wrong.
    """

    def __init__(self, constants: Constants) -> None:
        if not isinstance(constants, Constants):
            wanted.refuse("constants", constants, "Constants(...)")
        self.constants = constants
        self.grids = {name: low + step * (np.arange(round((high - low) / step), dtype=float) + 0.5) for name, (low, high, step) in RANGES.items()}
        wall, pump = np.meshgrid(10 ** self.grids["wall"], 10 ** self.grids["pump"], indexing="ij")
        # Cells of wall and pump, flat; a blocked pump leaves the wall alone.
        self.entering, self.entering_blocked = (np.log10(entering(wall, p)).ravel() for p in (pump, 0 * pump))
        self.ratio, self.ratio_blocked = (np.log10(free_ratio(wall, p, constants.stream)).ravel() for p in (pump, 0 * pump))

    def compound(self, seed: int) -> dict[str, float]:
        """A hidden compound: {property: log value}, drawn evenly over the ranges. `seed` is a whole number from 0."""
        chance = np.random.default_rng(wanted.whole("seed", seed, 0))
        return {name: float(chance.uniform(low, high)) for name, (low, high, _) in RANGES.items()}

    def exact(self, compound: Mapping[str, float], experiment: str) -> float:
        """What an experiment without error would read of a compound (log)."""
        wall, pump = 10 ** compound["wall"], 10 ** compound["pump"]
        blocked = "blocked" in experiment
        if experiment.startswith("one pass"):
            return float(np.log10(entering(wall, 0 * pump if blocked else pump)))
        if experiment.startswith("brain"):
            ratio = free_ratio(wall, 0 * pump if blocked else pump, self.constants.stream)
            return float(np.log10(ratio)) + compound["free"] + compound["held"]
        read: dict[str, float | Array] = {
            "slices": compound["held"], "plasma": compound["free"], "csf by vein": compound["free"] + compound["door"],
                "csf by lumbar dose": self._half_life(np.array(compound["loss"])), "along the canal": self._half_distance(np.array(compound["loss"]))}
        return float(read[_known(experiment)])

    def reading(self, compound: Mapping[str, float], experiment: str, seed: int) -> float:
        """What the experiment reads of a `compound`, error and all (both logs). The same seed and experiment give the same reading."""
        wanted.whole("seed", seed, 0)
        chance = np.random.default_rng([seed, EXPERIMENTS.index(_known(experiment))])
        return self.exact(compound, experiment) + _sigma(experiment) * float(chance.standard_normal())

    def learn(self, readings: Mapping[str, float]) -> Known:
        """What may be said after these log readings, {experiment: reading}: a `Known`."""
        for experiment, value in readings.items():
            wanted.number(f"the reading of {_known(experiment)}", value)
        return Known(self, dict(readings))

    def _half_life(self, loss: Array) -> Array:
        c = self.constants
        return np.log10(np.log(2) * c.volume_ml / c.renewal_ml_per_h) - loss

    def _half_distance(self, loss: Array) -> Array:
        c = self.constants
        return np.log10(np.log(2) * np.sqrt(c.mixing_cm2_per_h * c.volume_ml / c.renewal_ml_per_h)) - loss / 2


class Known:
    """Beliefs over the properties of one compound after some readings. Made by `Puzzle.learn`.

    `readings` {experiment: log}; `only` {property: weights (grid,) of 0 and 1, what is supposed}.
    """

    def __init__(self, puzzle: Puzzle, readings: Mapping[str, float], only: Mapping[str, Array] | None = None) -> None:
        self.puzzle, self.readings, self._only = puzzle, readings, only or {}

    # ---- beliefs ------------------------------------------------------------------------------------------------

    def belief(self, name: str) -> tuple[Array, Array]:
        """(log grid, chances that add up to 1), each (grid,), of a property, or of the "ratio": the free level in brain over blood."""
        if name == "ratio":
            edges = np.linspace(-4, 0, 81)
            heights, _ = np.histogram(np.clip(self.puzzle.ratio, -4, 0), edges, weights=self._cells)
            return (edges[:-1] + edges[1:]) / 2, heights
        if name not in PROPERTIES:
            wanted.refuse("name", name, ", ".join((*PROPERTIES, "ratio")))
        return self.puzzle.grids[name], self._marginals[name]

    def interval(self, name: str, share: float = _SHARE) -> tuple[float, float]:
        """(low, high), not logs: where `share` of the belief lies, as much below as above."""
        grid, chances = self.belief(name)
        low, high = _quantiles(grid, chances, wanted.between("share", share, 0, 1))
        return 10**low, 10**high

    def chance(self, name: str, below: float | None = None, above: float | None = None) -> float:
        """Belief that a property or the ratio lies below, or above, a value (not a log)."""
        grid, chances = self.belief(name)
        return float(chances[(grid < (np.inf if below is None else np.log10(below))) & (grid > (-np.inf if above is None else np.log10(above)))].sum())

    def supposing(self, bounds: Mapping[str, tuple[float | None, float | None]]) -> Known:
        """The same, supposing that properties, or the ratio, lie within `bounds` {name: (least, most)}, no logs, in their units;
        None leaves an end open."""
        only = dict(self._only)
        for name, (least, most) in dict(bounds).items():
            if name != "ratio" and name not in PROPERTIES:
                wanted.refuse("bounds", name, ", ".join((*PROPERTIES, "ratio")))
            least, most = (end if end is None else wanted.positive(f"the bound of {name}", end) for end in (least, most))
            grid = self.puzzle.ratio if name == "ratio" else self.puzzle.grids[name]
            only[name] = ((grid >= (-np.inf if least is None else np.log10(least))) & (grid <= (np.inf if most is None else np.log10(most)))).astype(float)
        return Known(self.puzzle, self.readings, only)

    def weight(self) -> float:
        """How well all that is supposed fits the readings; its ratio to that of another `supposing` is the ratio of beliefs."""
        cells, held, free, door, _, given = self._parts
        loss = self._loss
        return float(cells @ (given @ np.convolve(held, free * door.sum(axis=1))) * loss.sum())

    def foresee(self, experiment: str, share: float = _SHARE) -> tuple[float, float] | None:
        """(low, high), not logs: where an experiment's reading is expected, its error counted in; None if nothing fits."""
        share = wanted.between("share", share, 0, 1)
        values, weights = self._expected(_known(experiment))
        if weights.sum() <= 0:
            return None
        edges = np.linspace(values.min() - 1e-9, values.max() + 1e-9, 401)
        heights, _ = np.histogram(values, edges, weights=weights)
        width = edges[1] - edges[0]
        pad = int(np.ceil(4 * _sigma(experiment) / width))
        kernel = np.exp(-0.5 * (np.arange(-pad, pad + 1) * width / _sigma(experiment)) ** 2)
        grid = edges[0] + width * (np.arange(heights.size + 2 * pad) - pad + 0.5)
        spread = np.convolve(heights, kernel)
        low, high = _quantiles(grid, spread / spread.sum(), share)
        return 10**low, 10**high

    # ---- how it is worked out -----------------------------------------------------------------------------------

    def _fit(self, experiment: str, expected: Array) -> Array:
        """Likelihood of a reading where `expected` is what each cell would read; 1 where it was not bought."""
        if experiment not in self.readings:
            return np.ones_like(expected)
        return np.exp(-0.5 * ((self.readings[experiment] - expected) / _sigma(experiment)) ** 2)

    def _prior(self, name: str) -> Array:
        return self._only.get(name, 1.0) * np.ones_like(self.puzzle.grids[name])

    @cached_property
    def _parts(self) -> tuple[Array, Array, Array, Array, Array, Array]:
        """Likelihoods by cell of wall and pump, by held, by free, of door given free, and of each cell given held x free."""
        p, g = self.puzzle, self.puzzle.grids
        cells = (self._prior("wall")[:, None] * self._prior("pump")[None, :]).ravel() * self._only.get("ratio", 1.0)
        cells = cells * self._fit("one pass", p.entering) * self._fit("one pass, pump blocked", p.entering_blocked)
        held, free = self._prior("held") * self._fit("slices", g["held"]), self._prior("free") * self._fit("plasma", g["free"])
        door = self._prior("door") * self._fit("csf by vein", g["free"][:, None] + g["door"][None, :])
        product = g["held"][0] + g["free"][0] + _STEP * np.arange(g["held"].size + g["free"].size - 1)
        given = self._fit("brain", p.ratio[:, None] + product) * self._fit("brain, pump blocked", p.ratio_blocked[:, None] + product)
        return cells, held, free, door, product, given

    @cached_property
    def _cells(self) -> Array:
        cells, held, free, door, _, given = self._parts
        return _whole(cells * (given @ np.convolve(held, free * door.sum(axis=1))))

    @cached_property
    def _loss(self) -> Array:
        p, g = self.puzzle, self.puzzle.grids["loss"]
        return self._prior("loss") * self._fit("csf by lumbar dose", p._half_life(g)) * self._fit("along the canal", p._half_distance(g))

    @cached_property
    def _marginals(self) -> dict[str, Array]:
        cells, held, free, door, _, given = self._parts
        fits = cells @ given  # how well each product fits, whatever wall and pump
        at = np.arange(held.size)[:, None] + np.arange(free.size)[None, :]
        both = held[:, None] * free[None, :] * fits[at]
        by_free = both.sum(axis=0)
        square = self._cells.reshape(self.puzzle.grids["wall"].size, -1)
        return {"wall": square.sum(axis=1), "pump": square.sum(axis=0), "held": _whole((both * door.sum(axis=1)).sum(axis=1)),
                "free": _whole(by_free * door.sum(axis=1)), "door": _whole(by_free @ door), "loss": _whole(self._loss)}

    def _expected(self, experiment: str) -> tuple[Array, Array]:
        """(log readings without error, weights) of every combination that still counts."""
        p, g = self.puzzle, self.puzzle.grids
        if experiment.startswith("one pass"):
            return (p.entering_blocked if "blocked" in experiment else p.entering), self._cells
        if experiment.startswith("brain"):
            cells, held, free, door, product, given = self._parts
            ratio = p.ratio_blocked if "blocked" in experiment else p.ratio
            weights = cells[:, None] * given * np.convolve(held, free * door.sum(axis=1))
            return (ratio[:, None] + product).ravel(), weights.ravel()
        if experiment == "csf by vein":
            cells, held, free, door, _, given = self._parts
            fits = (cells @ given)[np.arange(held.size)[:, None] + np.arange(free.size)[None, :]]
            by_free = free * (held[:, None] * fits).sum(axis=0)
            return (g["free"][:, None] + g["door"]).ravel(), (by_free[:, None] * door).ravel()
        name = {"slices": "held", "plasma": "free"}.get(experiment, "loss")
        values = {"csf by lumbar dose": p._half_life, "along the canal": p._half_distance}.get(experiment, lambda v: v)(g[name])
        return values, self._marginals[name]


def _known(experiment: str) -> str:
    if experiment not in ERRORS:
        wanted.refuse("experiment", experiment, ", ".join(EXPERIMENTS))
    return experiment


def _sigma(experiment: str) -> float:
    return float(np.log10(1 + ERRORS[experiment]))


def _whole(chances: Array) -> Array:
    total = chances.sum()
    return chances / total if total > 0 else chances


def _quantiles(grid: Array, chances: Array, share: float) -> tuple[float, float]:
    """The two ends of the middle `share`, between grid points; belief of a point is spread over its cell."""
    half = np.diff(grid).mean() / 2 if grid.size > 1 else 0.0
    edges = np.append(grid - half, grid[-1] + half)
    sums = np.append(0.0, np.cumsum(chances))
    low, high = (float(np.interp(q * sums[-1], sums, edges)) for q in ((1 - share) / 2, (1 + share) / 2))
    return low, high
