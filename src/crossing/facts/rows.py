"""What one row of each table is, and how it is read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast
from urllib.parse import quote_plus

from . import units
from .reading import DataError, Line

FACTS = ("id", "quantity", "symbol", "value", "low", "high", "unit", "species", "context", "source", "url", "status",
         "note", "conflicts_with")
RISKS = ("id", "complication", "route_or_device", "events", "denominator", "value", "low", "high", "unit", "population",
         "follow_up", "source", "url", "status", "ci_method", "supported_by_maker", "note")
GLOSSARY = ("term", "definition", "also_called")
LEVELS = ("level", "height_cm", "status", "note")

#: `seen` in the source, `memory` (not checked), `assumed` for this course, `derived` from other rows.
STATUSES = ("seen", "memory", "assumed", "derived")
REMARKS = {"seen": "", "memory": "source not checked", "assumed": "assumed for this course",
           "derived": "worked out from other figures"}

RISK_UNITS = (
    "% per patient", "% per patient analysed", "% per patient imaged", "% of adults", "% per procedure", "% per implant",
    "% per implant procedure", "% per refill", "% of pumps", "% of catheters", "% per claim", "% of reports",
    "% per reported case", "% per reported pocket fill", "events per pump-year", "per 10000 device-days", "relative risk",
    "odds ratio", "% fall in score", "percentage points", "points on a 0-10 scale", "reports (no denominator)")
ID = r"[A-Za-z][A-Za-z0-9_]*"


def plain(number: float) -> str:
    """A `number`, in whatever unit, as people write it: no trailing zeros, powers of ten only for the very small."""
    text = f"{number:.10g}"
    if "e" not in text:
        return text
    digits, power = text.split("e")
    return f"{digits}×10" + str(int(power)).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))


def figure(value: float | None, low: float | None, high: float | None, unit: str = "") -> str:
    """A `value` with its range, `low` to `high`, all three in one `unit`: `150 mL (125 to 150)`."""
    ending = "-fold" if unit == "fold" else f" {unit}" if unit else ""
    if value is None:
        if low is None and high is None:
            return ""
        if low is None or high is None:
            return _bound(low, high) + ending
        return f"{plain(low)} to {plain(high)}{ending}"
    middle = plain(value) + ending
    if (low is None and high is None) or low == high:
        return middle
    if low is None or high is None:
        return f"{middle} ({_bound(low, high)})"
    return f"{middle} ({plain(low)} to {plain(high)})"


def _bound(low: float | None, high: float | None) -> str:
    """The one end that there is."""
    if high is None:
        return "" if low is None else f"at least {plain(low)}"
    return f"at most {plain(high)}"


class _Published:
    """A row with a paper behind it."""

    source: str
    url: str
    status: str

    def cite(self) -> str:
        """The source in words."""
        return self.source

    @property
    def search(self) -> str:
        """Where to look for a paper that was read but whose address is not at hand; else an empty text."""
        if self.url or self.status != "seen":
            return ""
        return "https://pubmed.ncbi.nlm.nih.gov/?term=" + quote_plus(re.sub(r"\s+\([^()]*\)$", "", self.source))


@dataclass(frozen=True)
class Fact(_Published):
    """One physiological or pharmacological figure and where it comes from. `value`, `low` and `high` are in `unit`, and may be None.

    What is asked for in a unit that does not fit, or is not there, raises `UnitError`; a unit of the table that pint cannot read,
    `DataError`.
    """

    id: str
    quantity: str
    symbol: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    species: str
    context: str
    source: str
    url: str
    status: str
    note: str
    conflicts_with: tuple[str, ...] = ()
    place: tuple[str, int] = field(default=("", 0), repr=False, compare=False)

    def to(self, unit: str) -> float:
        """The value in `unit`. Raises `UnitError` where there is no single value or no such conversion."""
        if self.value is None:
            raise units.UnitError(f"{self.id} ({self.quantity}) has no single value"
                                  + ("; ask range_in" if self.unit else f": {self.context}"))
        return self._convert(self.value, unit)

    def range_in(self, unit: str) -> tuple[float, float]:
        """`(low, high)` in `unit`; where a bound is missing, the value stands for it. Raises `UnitError` where neither is there."""
        low, high = (self.value if end is None else end for end in (self.low, self.high))
        if low is None or high is None:
            raise units.UnitError(f"{self.id} ({self.quantity}) has no range")
        return self._convert(low, unit), self._convert(high, unit)

    def _convert(self, number: float, unit: str) -> float:
        try:
            return units.convert(number, self.unit, unit)
        except units.UnitError as error:
            if not units.readable(self.unit):
                raise DataError(*self.place, "unit", self.unit, "a unit that pint can read") from None
            raise units.UnitError(f"{self.id}: {error}") from None

    def figure(self) -> str:
        """Value, range and unit in words; what was found, for a row without a number."""
        return figure(self.value, self.low, self.high, units.words(self.unit)) or self.context

    @property
    def remark(self) -> str:
        """What a reader must know about how far the figure was checked, or an empty text."""
        return REMARKS[self.status]


@dataclass(frozen=True)
class Risk(_Published):
    """One published frequency: how many of how many, among whom, followed for how long.

    `events` and `denominator` are counts; `value`, `low` and `high` are in `unit` (%, mostly), and may be None.
    """

    id: str
    complication: str
    route_or_device: str
    events: float | None
    denominator: float | None
    value: float | None
    low: float | None
    high: float | None
    unit: str
    population: str
    follow_up: str
    source: str
    url: str
    status: str
    ci_method: str
    supported_by_maker: bool
    note: str

    def figure(self) -> str:
        """Value, interval and unit in words; the bare count where there is no denominator."""
        if self.value is None:
            return f"{plain(cast(float, self.events))} {self.unit}"
        return figure(self.value, self.low, self.high, self.unit)

    @property
    def remark(self) -> str:
        """What a reader must know about the source, or an empty text."""
        maker = "reported or paid for by the maker" if self.supported_by_maker else ""
        return "; ".join(filter(None, (REMARKS[self.status], maker)))


@dataclass(frozen=True)
class Term:
    """A word of the field, explained in one sentence."""

    term: str
    definition: str
    also_called: tuple[str, ...] = ()


@dataclass(frozen=True)
class Level:
    """A level of the spine and its height above the caudal end of the sac (cm)."""

    level: str
    height_cm: float
    status: str
    note: str


def fact(line: Line, check_units: bool = False) -> Fact:
    """A `Fact` from one line of facts.csv."""
    row_id = line.pattern("id", ID, "letters, digits and _")
    value, low, high = line.spread()
    if (value, low, high) == (None, None, None):
        unit = line.pattern("unit", "", "no unit, for there is no number")
        line.text("context", "what was found, for there is no number")
    else:
        unit = line.pattern("unit", units.SPELLING, "a unit such as mL/h, cm^2/s, % or dimensionless")
        if check_units and not units.readable(unit):
            line.fail("unit", "a unit that pint can read")
    others = tuple(filter(None, line.pattern("conflicts_with", f"({ID}(;{ID})*)?", "ids with ; between them, or nothing").split(";")))
    return Fact(row_id, line.text("quantity"), line.cells["symbol"], value, low, high, unit, line.cells["species"],
                line.cells["context"], line.text("source"), line.address("url"), line.choice("status", STATUSES),
                line.cells["note"], others, (line.file, line.number))


def risk(line: Line) -> Risk:
    """A `Risk` from one line of risks.csv."""
    row_id = line.pattern("id", ID, "letters, digits and _")
    value, low, high = line.spread()
    events, denominator = line.measure("events"), line.measure("denominator")
    unit = line.choice("unit", RISK_UNITS)
    if (value is None) != (unit == "reports (no denominator)"):
        line.fail("value", f"a number, or none and the unit reports (no denominator); the unit is {unit}")
    if value is None and events is None:
        line.fail("events", "a count, for there is no value")
    if events is not None and events < 0:
        line.fail("events", "a count of 0 or more")
    if denominator is not None and denominator <= 0:
        line.fail("denominator", "a number above 0")
    if events is not None and denominator is not None and events > denominator:
        line.fail("events", f"at most the denominator, {denominator:g}")
    return Risk(row_id, line.text("complication"), line.text("route_or_device"), events, denominator, value, low, high, unit,
                line.text("population"), line.cells["follow_up"], line.text("source"), line.address("url"),
                line.choice("status", STATUSES), line.cells["ci_method"],
                line.choice("supported_by_maker", ("yes", "no")) == "yes", line.cells["note"])


def term(line: Line) -> Term:
    """A `Term` from one line of glossary.csv."""
    definition = line.pattern("definition", r"\S.*\.", "one sentence that ends with a full stop")
    return Term(line.text("term"), definition, tuple(filter(None, map(str.strip, line.cells["also_called"].split(";")))))


def level(line: Line) -> Level:
    """A `Level` from one line of levels.csv."""
    height = line.measure("height_cm")
    if height is None or height < 0:
        line.fail("height_cm", "a height of 0 cm or more")
    return Level(line.text("level"), height, line.choice("status", STATUSES), line.cells["note"])


def agree(lines: Sequence[Line], rows: Mapping[str, Fact]) -> None:
    """Conflicts of facts must name rows that exist and that name them back."""
    for line in lines:
        row = rows[line.cells["id"]]
        for other in row.conflicts_with:
            if other not in rows or other == row.id:
                line.fail("conflicts_with", f"ids of other rows; {other} is none")
            if row.id not in rows[other].conflicts_with:
                line.fail("conflicts_with", f"conflicts that go both ways; {other} does not name {row.id}")


def rise(lines: Sequence[Line], rows: Mapping[str, Level]) -> None:
    """Levels must stand from the caudal end up."""
    height = -1.0
    for line in lines:
        if rows[line.cells["level"]].height_cm <= height:
            line.fail("height_cm", f"a height above the level before, {height:g}")
        height = rows[line.cells["level"]].height_cm
