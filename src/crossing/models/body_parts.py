"""What a body is described with: parameters, compartments, flows, and what is printed about them.

Volumes in mL, flows in mL/h. A volume or a flow is a number or a function of the parameters, which it asks for by name.
Bookkeeping, no science.

Errors: ValueError naming argument, value and what was wanted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple, Protocol, TypeAlias

from . import wanted
from .wanted import Numbers

#: From the firmest to the weakest. A number given by hand, or changed on a slider, is "set by hand".
MARKS = ("measured in man", "measured in animals", "assumed", "set by hand")
#: How a flow carries the drug.
WAYS = ("fluid", "mixing", "wall", "pump", "clearance")


class _Values(Protocol):
    """Parameters as attributes: what a formula is given."""

    def __getattr__(self, name: str) -> float: ...


#: A number, or a function of the parameters.
Formula: TypeAlias = float | Callable[[_Values], float]
_OfParameters: TypeAlias = Callable[[_Values], float]
#: A compartment by name, or shares of all compartments (n,).
Where: TypeAlias = str | Numbers


@dataclass(frozen=True)
class Parameter:
    """A number, its `value` in `unit`, where it was measured (one of MARKS) and its source in words."""

    value: float
    unit: str = ""
    mark: str = "set by hand"
    source: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "value", wanted.number("value", self.value))
        if self.mark not in MARKS:
            wanted.refuse("mark", self.mark, "one of " + ", ".join(MARKS))


@dataclass(frozen=True)
class Compartment:
    """A well-mixed place. `volume_ml`, and `holds`: amount held for each amount free (1 where nothing is bound), are
    numbers or functions of the parameters."""

    name: str
    what: str
    volume_ml: Formula
    holds: Formula = 1.0


@dataclass(frozen=True)
class Flow:
    """`ml_per_h` (a number, or a function of the parameters) of the level in `start` go to `to`: a compartment, or a sink
    that is named by being no compartment. `by` says in words what moves it, `way` is one of WAYS. `carries`: "free" drug,
    or "all" of it where a clearance is quoted for bound and free together.
    """

    start: str
    to: str
    by: str
    ml_per_h: Formula
    way: str = "wall"
    carries: str = "free"


class Row(NamedTuple):
    """One line of the table of a body."""

    start: str
    to: str
    by: str
    way: str
    ml_per_h: float
    rests_on: tuple[str, ...]
    mark: str


class Table(tuple[Row, ...]):
    """The flows of a body, one `Row` each; printed as text."""

    def __str__(self) -> str:
        lines = [f"{'from':22}{'to':22}{'by':40}{'mL/h':>10}  {'weakest mark':20}rests on"]
        lines += [f"{r.start:22}{r.to:22}{r.by:40}{r.ml_per_h:10.4g}  {r.mark:20}{', '.join(r.rests_on)}" for r in self]
        return "\n".join(lines)


class Marks(dict[str, int]):
    """How many parameters were measured in man, in animals, assumed, set by hand; `str` gives a line to print."""

    def __str__(self) -> str:
        return ", ".join(f"{count} {mark}" for mark, count in self.items() if count)


# -- working with functions of the parameters ----------------------------------------------------------------------------


def _value(of: Formula, p: _Values) -> float:
    return of(p) if callable(of) else of


def _total(pieces: Iterable[object], kind: str) -> _OfParameters:
    """Sum over `pieces` of their `kind` ("volume", "length"): a function of the parameters, worked out once where it is fixed."""
    parts = [getattr(piece, kind) for piece in pieces]
    if not any(map(callable, parts)):
        fixed = sum(parts)
        return lambda p: fixed
    return lambda p: sum(_value(part, p) for part in parts)


def _series(one: float, other: float) -> float:
    """Two exchanges (mL/h) one behind the other."""
    return one * other / (one + other) if one > 0 and other > 0 else 0.0
