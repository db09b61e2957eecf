"""Published measurements beside what a model gives: one decorator, one table.

    from comparisons import comparison, closed_form

    @comparison("Luu 2017", case=11, what="half-life in fluid", unit="days", kind="reproduces", tolerance=0.01, points=1, free=0)
    def test_case_11_luu_2017_two_pools_reproduce_nusinersen(facts):
        pools = TwoPools(...)
        assert pools.release_alone_h < pools.slow_half_life_h            # anything else worth asserting
        return facts["nusi_thalf"].to("day"), pools.slow_half_life_h / 24  # measured, computed

The decorated function stays a test of its own name: pytest runs it, and the verdict is asserted. `docs/models_page.py` runs
it too, without pytest, for the table in data/MODELS.md; so it may ask only for what is in `GIVEN` (`facts`, `spine`), and is
not parametrised. Several figures of one paper: return a dict {what: (measured, computed)} in place of the pair.

    measured    a number, or (low, high) for a published range
    kind        "fitted" (a parameter was set by this figure), "reproduces" (parameters and figure are of one paper),
                "predicted" (nothing was set by this figure), "fails" (the model is wrong here, and that is what is asserted)
    tolerance   set BEFORE computing: relative (0.1 is 10 %), beyond either end of a range; or "direction", for measured
                and computed on the same side of `pivot`
    points      how many published figures stand behind the comparison
    free        how many parameters were set by this figure or by hand; one borrowed from another paper is not counted, but named
    case        number in the validation notes, if it has one
    remark      what a reader must know, in one short plain sentence, if anything
"""

from __future__ import annotations

import functools
import inspect
import math
from dataclasses import dataclass
from collections.abc import Callable

import numpy as np

KINDS = ("fitted", "reproduces", "predicted", "fails")
#: Cases of the validation notes that must be held by a test, and the closed forms at their end.
CASES = (1, 3, 4, 6, 7, 8, 9, 10, 11, 13, 14, 15)
CLOSED_FORMS = ("areas without stepping", "targeting advantage", "targeting advantage of nusinersen", "opened barrier",
                "free ratio from clearances", "penetration depth")

registry: list[Comparison] = []
forms: dict[str, str] = {}


@dataclass(frozen=True)
class Geometry:
    """An even canal and its levels, with the one fitted number of validation case 6."""

    length: float
    area: float
    loss: float
    ratio: float
    levels: dict

    @property
    def gap(self):
        return self.levels["T2"] - self.levels["T12"]


@functools.cache
def known_facts():
    from crossing.facts import facts
    return facts


@functools.cache
def known_spine() -> Geometry:
    """Canal of 60 cm and 97.3 mL, loss borrowed from methotrexate, fall-off of Kroin 1993."""
    from crossing.facts import levels as known
    facts, levels = known_facts(), dict(known)
    length = levels["skull"]
    return Geometry(length, facts["sss_csf_model"].to("mL") / length, np.log(2) / facts["mtx_thalf"].to("h"),
                    facts["kroin_t2_t12"].value, levels)


#: What a comparison may ask for by name; fixtures of the same names are in conftest.py.
GIVEN = {"facts": known_facts, "spine": known_spine}


@dataclass(frozen=True)
class Row:
    """One line of the table. `ratio` is computed over measured, over the nearer end outside a range, 1 inside it."""

    what: str
    measured: float | tuple
    computed: float
    ratio: float
    within: bool


@dataclass(frozen=True)
class Comparison:
    """A published comparison; `rows()` works it out."""

    paper: str
    case: int | None
    what: str
    unit: str
    kind: str
    tolerance: float | str
    points: int
    free: int
    pivot: float
    remark: str
    name: str
    work: Callable

    def rows(self) -> list[Row]:
        return self.read(self.work(**{name: GIVEN[name]() for name in inspect.signature(self.work).parameters}))

    def read(self, found) -> list[Row]:
        pairs = found if isinstance(found, dict) else {self.what: found}
        return [self._row(what, *pair) for what, pair in pairs.items()]

    def _row(self, what, measured, computed) -> Row:
        low, high = measured = tuple(map(float, measured)) if np.ndim(measured) else (float(measured),) * 2
        computed = float(computed)
        assert low <= high and all(map(math.isfinite, (low, high, computed))), (self.name, measured, computed)
        near = min(max(computed, low), high)
        if self.tolerance == "direction":
            within = (near - self.pivot) * (computed - self.pivot) > 0
        else:
            within = low - self.tolerance * abs(low) <= computed <= high + self.tolerance * abs(high)
        ratio = 1.0 if low < high and near == computed else computed / near if near else math.nan
        return Row(what, measured if low < high else low, computed, ratio, within)

    def hold(self, found) -> None:
        """Assert the verdict of every row: inside the tolerance, or for "fails" outside it."""
        for row in self.read(found):
            assert row.within == (self.kind != "fails"), (
                f"{self.paper}, {row.what}: measured {row.measured}, computed {row.computed:.4g} {self.unit}, ratio "
                f"{row.ratio:.3g}, {self.kind} with tolerance {self.tolerance}")


def comparison(paper: str, *, what: str, unit: str, kind: str, tolerance, points: int, free: int, case: int | None = None,
               pivot: float = 1.0, remark: str = ""):
    """Register a test that returns (measured, computed), or a dict of such pairs, and assert its verdict."""
    assert kind in KINDS, kind
    assert tolerance == "direction" or 0 <= tolerance < 1, tolerance
    assert not (kind == "fails" and points < 1) and points >= 1 and free >= 0

    def register(function):
        assert set(inspect.signature(function).parameters) <= set(GIVEN), f"{function.__name__} asks for more than {set(GIVEN)}"
        it = Comparison(paper, case, what, unit, kind, tolerance, points, free, pivot, remark, function.__name__, function)
        registry[:] = [other for other in registry if other.name != it.name] + [it]

        @functools.wraps(function)
        def test(*args, **kwargs):
            it.hold(function(*args, **kwargs))
        return test
    return register


def closed_form(name: str):
    """Mark a test as the one that holds a closed form of the validation notes (see CLOSED_FORMS)."""
    assert name in CLOSED_FORMS, f"{name!r} is none of {CLOSED_FORMS}"

    def register(function):
        forms[name] = function.__name__
        return function
    return register
