"""What a sample of fluid tells: drawn through the tube that infuses, through another one, and in a row.

Units: mL, h, mL/h; amounts in doses, levels and strengths of solution in doses per mL. Errors: ValueError naming the argument.

Equations: a tube that holds D mL is washed by what is drawn. If the stream is a plug, all of its content leaves first. If it is
the parabola of slow flow without sideways mixing, the exit stream still holds the share (D / 2V)^2 of the old content after V mL
(V > D/2). Both are summed over the volume drawn; the unmixed spot at the tip follows by the same formula, shifted. Real tubes
lie between the two. How strongly the spot is mixed with solution is ASSUMED: no source gives it.

In words: A pump holds a strong solution, hundreds of times stronger than the fluid around the cord. Draw a sample through
the same tube, and a trace of what was left in it is enough to drown the figure that was wanted. What was left depends on how
much was thrown away first, and not on the dose. So the figures of many patients look like a cloud, though in each of them
the level follows the dose. A second tube shows it. Differences between people blur the picture as well, which is why giving
several doses to the same people finds what one dose each in many people misses. Samples drawn in a row change too: each one
comes from a little higher up.

Assumes: One well-mixed level in each patient, dose over clearance, times a local factor; the handling of a sample varies by
chance and not with the dose; ranges are spread evenly on a log scale. The share of solution in the spot at the tip is our
assumption. Samples in a row shift the fluid down as a plug, along a straight gradient up to an even pool.

Leaves out: Sideways mixing in the tube, samples spoilt by blood or breakdown, errors of the assay, the course of a level in
time, and fluid that forms or mixes while samples are drawn. A lumbar sample is not fluid from the brain, and neither is the
fluid between brain cells; nothing here turns the one into the other.

Sources: no relation with dose through the infusing catheter: Albright AL et al., Dev Med Child Neurol 2007. A relation through
a separate one, in 12 patients who each got several doses: Heetla HW et al., Br J Clin Pharmacol 2016. Samples in a row: Malm J
et al., J Neurol Neurosurg Psychiatry 1994;57:1026. Residence in laminar flow: Danckwerts PV, Chem Eng Sci 1953;2:1 (recalled,
not read). Rank correlation: Spearman C, Am J Psychol 1904;15:72 (recalled, not read).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from . import wanted
from .ranking import rank_correlation
from .wanted import Array, Numbers, Result

WASHING = ("parabola", "plug")
#: To be printed wherever a sample through the infusing tube is shown.
ASSUMED = "How much was thrown away before the sample, and how strong the spot at the tip is, are assumed: no source gives them."

# -- what is in one sample ---------------------------------------------------------------------------------------------


def _washed_out(volume: Result, dead_space: Result, washing: str) -> Result:
    """mL of the tube's old content that left with the first `volume` mL (below 0: before the draw, when all is old)."""
    if washing == "plug":
        return np.minimum(volume, dead_space)
    late = volume > dead_space / 2
    return np.where(late, dead_space - dead_space**2 / (4 * np.where(late, volume, 1.0)), volume)


def _share_left(dead_space: Result, discarded: Result, drawn: Result, spot: Result,
                washing: str) -> tuple[Result, Result]:
    """Shares of the sample that are the tube's old solution and the spot's fluid; arrays of one shape, or numbers."""
    def between(shift: Result) -> Result:
        before, after = (_washed_out(volume - shift, dead_space, washing) for volume in (discarded, discarded + drawn))
        return (after - before) / drawn
    solution = between(0.0)
    return solution, between(spot) - solution


@dataclass(frozen=True)
class Makeup:
    """What a sample is made of, in shares that add up to 1: `solution` from the tube, `spot` at its tip, and `fluid`."""

    solution: float
    spot: float
    fluid: float

    def level(self, fluid_level: float, strength: float, unmixed: float = 0.0) -> float:
        """Level (per mL) that the sample shows, where the fluid holds `fluid_level` and the solution `strength`.

        `unmixed` (0 to 1) is the share of solution in the spot: an assumption, there is no measurement of it.
        """
        fluid_level = wanted.not_negative("fluid_level", fluid_level)
        strength = wanted.not_negative("strength", strength)
        unmixed = wanted.between("unmixed", unmixed, 0.0, 1.0)
        return float(_shown(self.solution, self.spot, fluid_level, strength, unmixed))


def _shown(solution: Result, spot: Result, fluid_level: Result, strength: Result, unmixed: float) -> Result:
    carried = solution + spot * unmixed
    return carried * strength + (1 - carried) * fluid_level


def makeup(dead_space_ml: float, drawn_ml: float, discarded_ml: float = 0.0, spot_ml: float = 0.0,
           washing: str = "parabola") -> Makeup:
    """A sample of `drawn_ml` through the infusing tube of `dead_space_ml`, after `discarded_ml` was drawn and thrown away.

    `spot_ml` is the fluid around the tip that the infusion has not yet mixed. `washing`: "parabola" or "plug".
    """
    dead_space = wanted.not_negative("dead_space_ml", dead_space_ml)
    drawn = wanted.positive("drawn_ml", drawn_ml)
    discarded, spot = wanted.not_negative("discarded_ml", discarded_ml), wanted.not_negative("spot_ml", spot_ml)
    if washing not in WASHING:
        wanted.refuse("washing", washing, '"parabola" or "plug"')
    solution, around = _share_left(dead_space, discarded, drawn, spot, washing)
    return Makeup(float(solution), float(around), float(1 - solution - around))


# -- many patients -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Patients:
    """A simulated study: each array is (people, doses). Rates in doses per hour, levels and strengths per mL.

    `level` is what is in the fluid, `by_separate` what a second tube shows (the same), `by_infusing` what the infusing one
    shows, `carried` the share of solution in that sample.
    """

    rate: Array
    level: Array
    by_infusing: Array
    strength: Array
    carried: Array

    @property
    def by_separate(self) -> Array:
        """Levels (people, doses) per mL that a second tube shows: those of the fluid."""
        return self.level

    def relation(self, shown: Numbers) -> float:
        """Rank correlation of dose and the levels `shown` (people, doses each), all samples in one heap."""
        return rank_correlation(self.rate.ravel(), self._checked(shown).ravel())

    def relation_within(self, shown: Numbers) -> float:
        """The same within each person, of the levels `shown`, then the mean: it needs at least 3 doses each."""
        shown = self._checked(shown)
        if shown.shape[1] < 3:
            wanted.refuse("shown", f"{shown.shape[1]} samples of each person", "at least 3")
        return float(np.mean([rank_correlation(rate, level) for rate, level in zip(self.rate, shown)]))

    def _checked(self, shown: Numbers) -> Array:
        shown = wanted.numbers("shown", shown)
        if shown.shape != self.rate.shape:
            wanted.refuse("shown", f"array of shape {shown.shape}", f"levels of shape {self.rate.shape}")
        return shown


@dataclass(frozen=True)
class Study:
    """Who is sampled and how. Each pair is (lowest, highest), spread evenly on a log scale; equal ends do not vary.

    `rate` of infusion (doses/h), `clearance_ml_per_h` of the fluid, `local` (level at the place of the sample over the even
    level), `strength` of the solution (doses/mL), `dead_space_ml`, `discarded_ml`, `drawn_ml`, `spot_ml`, and `unmixed`, the
    assumed share of solution in the spot. A strength does not follow the dose here.
    """

    rate: tuple[float, float]
    clearance_ml_per_h: tuple[float, float]
    strength: tuple[float, float]
    dead_space_ml: tuple[float, float]
    discarded_ml: tuple[float, float]
    drawn_ml: float = 1.0
    local: tuple[float, float] = (1.0, 1.0)
    spot_ml: float = 0.0
    unmixed: float = 0.0
    washing: str = "parabola"

    def __post_init__(self) -> None:
        for name in ("rate", "clearance_ml_per_h", "strength", "dead_space_ml", "discarded_ml", "local"):
            low, high = wanted.vector(name, getattr(self, name), 2)
            if low <= 0:
                wanted.refuse(name, float(low), "two numbers above 0")
            if high < low:
                wanted.refuse(name, (float(low), float(high)), "the lower number first")
        wanted.positive("drawn_ml", self.drawn_ml)
        wanted.not_negative("spot_ml", self.spot_ml)
        wanted.between("unmixed", self.unmixed, 0.0, 1.0)
        if self.washing not in WASHING:
            wanted.refuse("washing", self.washing, '"parabola" or "plug"')

    def run(self, people: int, doses_each: int = 1, seed: int = 0) -> Patients:
        """`people` patients with one dose each, or with `doses_each` doses spread over the whole range. The seed fixes chance."""
        people, each = wanted.whole("people", people, 1), wanted.whole("doses_each", doses_each, 1)
        chance = np.random.default_rng(wanted.whole("seed", seed, 0))
        return self._drawn(chance, people, each)

    def _drawn(self, chance: np.random.Generator, people: int, each: int) -> Patients:
        def between(pair: tuple[float, float], shape: tuple[int, int]) -> Array:
            low, high = np.log(pair)
            return np.exp(low + (high - low) * chance.random(shape))

        person, sample = (people, 1), (people, each)
        rate = between(self.rate, sample) if each == 1 else np.broadcast_to(np.geomspace(*self.rate, each), sample)
        of_person = self.clearance_ml_per_h, self.local, self.strength
        clearance, local, strength = (between(pair, person) for pair in of_person)
        dead_space, discarded = between(self.dead_space_ml, person), between(self.discarded_ml, sample)
        level = rate / clearance * local
        solution, spot = _share_left(dead_space, discarded, self.drawn_ml, self.spot_ml, self.washing)
        shown = _shown(solution, spot, level, strength, self.unmixed)
        return Patients(rate, level, np.asarray(shown), np.broadcast_to(strength, sample), np.asarray(solution + spot * self.unmixed))

    def share_that_find_it(self, people: int, studies: int = 200, infusing: bool = True, seed: int = 0) -> float:
        """Share of `studies` of `people` each whose rank correlation of dose and level is above chance.

        The bar is 1.645 / sqrt(people - 1), the usual rule for large samples: chance alone passes it in one study of twenty.
        """
        people, studies = wanted.whole("people", people, 5), wanted.whole("studies", studies, 1)
        chance = np.random.default_rng(wanted.whole("seed", seed, 0))
        drawn = self._drawn(chance, people * studies, 1)
        shown = drawn.by_infusing if infusing else drawn.by_separate
        # Without ties, two rounds of sorting give the ranks of all studies at once, and their differences the coefficient.
        dose, level = (np.argsort(np.argsort(values.reshape(studies, people), axis=1), axis=1) for values in (drawn.rate, shown))
        found = 1 - 6 * ((dose - level) ** 2).sum(axis=1) / (people * (people**2 - 1))
        return float(np.mean(found > 1.645 / np.sqrt(people - 1)))


# -- samples in a row --------------------------------------------------------------------------------------------------


def serial_levels(drawn_ml: Numbers, slope_per_ml: float, pool_ml: float, from_above: float = 1.0) -> Array:
    """Levels (n,) of samples drawn in a row, over the level at the needle before the first.

    `drawn_ml` (n+1,): volume drawn at the start and end of each sample. The level changes by `slope_per_ml` (a share of that at
    the needle) with each mL of fluid above the needle, up to an even pool that begins `pool_ml` above it. `from_above` (0 to 1)
    of what is drawn comes from above, the rest from the sac below, which has the level of the needle.
    """
    edges = wanted.vector("drawn_ml", drawn_ml)
    if edges.size < 2:
        wanted.refuse("drawn_ml", f"list of length {edges.size}", "the start and the end of at least one sample, not fewer")
    if np.any(np.diff(edges) <= 0):
        wanted.refuse("drawn_ml", edges.tolist(), "volumes in ascending order")
    wanted.numbers("drawn_ml", edges, 0.0)
    pool, share = wanted.positive("pool_ml", pool_ml), wanted.between("from_above", from_above, 0.0, 1.0)
    slope = wanted.number("slope_per_ml", slope_per_ml)
    if 1 + slope * pool < 0:
        wanted.refuse("slope_per_ml", slope, f"a slope that leaves a level of 0 or more up to {pool:g} mL")
    higher = share * edges
    rise = np.where(higher < pool, 0.5 * higher**2, pool * (higher - 0.5 * pool))
    return 1 + slope * np.diff(rise) / np.diff(edges)


def slope_between(first_ml: Numbers, later_ml: Numbers, ratio: float) -> float:
    """Slope per mL (of the level at the needle) that makes a later sample `ratio` times the first.

    `first_ml` and `later_ml` are (from, to) in mL drawn. On a straight line a sample shows the level of its middle.
    """
    first, later = (wanted.vector(name, value, 2) for name, value in (("first_ml", first_ml), ("later_ml", later_ml)))
    for name, pair in (("first_ml", first), ("later_ml", later)):
        wanted.numbers(name, pair, 0.0)
        if pair[1] <= pair[0]:
            wanted.refuse(name, pair.tolist(), "volumes in ascending order")
    if later[0] < first[1]:
        wanted.refuse("later_ml", float(later[0]), f"a sample after the first, which ends at {first[1]:g} mL")
    ratio = wanted.positive("ratio", ratio)
    left = later.mean() - ratio * first.mean()
    if left <= 0:
        wanted.refuse("ratio", ratio, f"below {later.mean() / first.mean():g}, more than a straight line can give")
    return float((ratio - 1) / left)


def reach_ml(slope_per_ml: float, ratio: float) -> float:
    """mL above the needle at which the straight line reaches `ratio` times the level at the needle; infinite if it never does."""
    slope, ratio = wanted.number("slope_per_ml", slope_per_ml), wanted.not_negative("ratio", ratio)
    reached = (ratio - 1) / slope if slope else np.inf if ratio != 1 else 0.0
    return float(reached) if reached >= 0 else np.inf
