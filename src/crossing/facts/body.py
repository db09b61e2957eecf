"""The figures behind the body of the course: of the body itself, and of each drug, each with where it was measured.

    body_figures["brain_weight_g"].value          1336.0, in the unit of the row; its mark, source, low, high
    drug_parameters("morphine")                   {name: figure}: all that `models.routes.course_body` asks for
    drugs()                                       the drugs there are

A row either points to a fact of facts.csv, in its own unit and times a plain number, or holds a value of its own. Only a row
that points to a fact may be marked as measured; everything else is assumed and says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import cast

from . import units
from .reading import DataError, Ends, Line
from .rows import ID, REMARKS, Fact, plain
from .tables import Table, UnknownId

COLUMNS = ("id", "quantity", "value", "low", "high", "unit", "mark", "fact", "fact_unit", "times", "source", "note")
MARKS = ("measured in man", "measured in animals", "assumed")
#: The name under which compounds.csv keeps what holds for a drug that has no row of its own.
ANY = "any"


@dataclass(frozen=True)
class Figure:
    """One parameter of the body or of a drug. `value`, `low`, `high` are in `unit`; `mark` is one of MARKS. A figure that rests on a
    fact is that fact in `fact_unit`, `times` a factor.

    `fact` is the id of the fact behind it, or empty. `source` says in words where the figure comes from. A fact
    that has no value in `unit` raises `DataError`.
    """

    id: str
    quantity: str
    own: Ends
    unit: str
    mark: str
    fact: str
    fact_unit: str
    times: float
    own_source: str
    note: str
    place: tuple[str, int] = ("", 0)

    @cached_property
    def _ends(self) -> Ends:
        if not self.fact:
            return self.own
        fact, unit = self._fact, self.fact_unit or self.unit
        try:
            low, high = fact.range_in(unit) if (fact.low, fact.high) != (None, None) else (None, None)
            return (self.times * fact.to(unit), None if low is None else self.times * low, None if high is None else self.times * high)
        except units.UnitError as error:
            raise DataError(*self.place, "fact", self.fact, f"a fact with a value in {unit} ({error})") from None

    @property
    def _fact(self) -> Fact:
        from . import facts  # the package is complete by the time a figure is asked for

        return facts[self.fact]

    @property
    def value(self) -> float:
        """The figure, in `unit`."""
        return cast(float, self._ends[0])  # of the three, this one is always there

    @property
    def low(self) -> float | None:
        """Lower end of its range, in `unit`; None where there is none."""
        return self._ends[1]

    @property
    def high(self) -> float | None:
        """Upper end of its range, in `unit`; None where there is none."""
        return self._ends[2]

    def to(self, unit: str) -> float:
        """The value in another unit."""
        return units.convert(self.value, self.unit, unit)

    def range_in(self, unit: str) -> tuple[float, float]:
        """`(low, high)` in another unit; where there is no range, the value stands for both."""
        low, high = (units.convert(self.value if end is None else end, self.unit, unit) for end in (self.low, self.high))
        return low, high

    @property
    def source(self) -> str:
        """The source in words; for a figure that rests on a fact, its paper."""
        return self._fact.cite() if self.fact else self.own_source

    @property
    def remark(self) -> str:
        """What a reader must know about how far the figure was checked."""
        return REMARKS[self._fact.status if self.fact else "assumed"]

    def figure(self) -> str:
        """Value, unit and mark in words."""
        return f"{plain(float(f'{self.value:.4g}'))} {units.words(self.unit)}".strip() + f", {self.mark}"


def _figure(line: Line) -> Figure:
    row_id = line.pattern("id", rf"({ID}\.)?{ID}", "a name, or drug.name")
    unit, mark = line.pattern("unit", units.SPELLING, "a unit such as mL/h"), line.choice("mark", MARKS)
    own, fact = line.spread(), line.pattern("fact", f"({ID})?", "the id of a fact, or nothing")
    times = line.measure("times")
    if fact:
        if own != (None, None, None) or line.cells["source"]:
            line.fail("value", "nothing here and no source: the row rests on a fact")
        if line.cells["fact_unit"]:
            line.pattern("fact_unit", units.SPELLING, "a unit such as mL/h, or nothing")
        if times is not None and times <= 0:
            line.fail("times", "a number above 0, or nothing")
    else:
        if own[0] is None:
            line.fail("value", "a number, for there is no fact")
        if mark != "assumed":
            line.fail("mark", "assumed, for there is no fact that was measured")
        if times is not None or line.cells["fact_unit"]:
            line.fail("times", "nothing, for there is no fact")
        line.text("source", "what the assumption rests on")
    return Figure(row_id, line.text("quantity"), own, unit, mark, fact, line.cells["fact_unit"], 1.0 if times is None else times,
                  line.cells["source"], line.cells["note"], (line.file, line.number))


def _same_units(lines: Sequence[Line], rows: Mapping[str, Figure]) -> None:
    """A parameter has one unit, whatever the drug."""
    seen: dict[str, str] = {}
    for line in lines:
        row = rows[line.cells["id"]]
        if "." not in row.id:
            line.fail("id", "drug.name")
        if seen.setdefault(row.id.split(".")[1], row.unit) != row.unit:
            line.fail("unit", seen[row.id.split(".")[1]])


body_figures: Table[Figure, Figure] = Table("body", COLUMNS, _figure)
drug_figures: Table[Figure, Figure] = Table("compounds", COLUMNS, _figure, _same_units)


@lru_cache(1)
def drugs() -> tuple[str, ...]:
    """Names of the drugs of compounds.csv, in its order."""
    return tuple(dict.fromkeys(name.split(".")[0] for name in drug_figures if not name.startswith(f"{ANY}.")))


@lru_cache(None)
def _parameters(drug: str) -> dict[str, Figure]:
    named = {name.split(".", 1)[1]: row for who in (ANY, drug) for name, row in drug_figures.items() if name.startswith(f"{who}.")}
    return {**body_figures, **named}


def drug_parameters(drug: str) -> dict[str, Figure]:
    """Every parameter {name: Figure} of the body with this drug in it. Raises `UnknownId` for a drug that is not there."""
    if drug not in drugs():
        raise UnknownId(f"compounds has no drug {drug!r}; there are " + ", ".join(drugs()))
    return dict(_parameters(drug))
