"""Units, by pint; what the lessons convert is written down as pint gives it, so that a learner's kernel need not load it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pint import UnitRegistry

#: Units of the tables that pint lacks. Pure numbers keep the word that says what kind of number they are.
EXTRA = ("ratio = 1", "fraction = 1", "fold = 1", "orders_of_magnitude = 1", "mmH2O = 0.1 * cmH2O")

#: What a unit may look like. Exponents have one digit: pint works out 9**9**9**9 for ever.
SPELLING = re.compile(r"(1/)?(%|[A-Za-z_]+(2O)?)(\^[1-9])?([*/][A-Za-z_]+(\^[1-9])?)*", re.ASCII)

#: Units as they are read aloud, where this differs from how pint spells them.
WORDS = {"dimensionless": "", "ratio": "", "fraction": "", "count": "", "orders_of_magnitude": "orders of magnitude",
         "degC": "°C", "mL/hg/min": "mL/100 g/min", "1/day": "per day", "1/angstrom^2": "per Å²",
         "mol/kcal": "per kcal/mol", "ohm*cm^2": "ohm cm²"}

#: (unit, target) -> factor, as pint gives it (a test compares): all that the lessons convert. pint and its registry would cost a kernel 9 MB and 0.1 s.
FACTORS = {
    ("%", "fraction"): 0.01, ("L", "mL"): 1000, ("L/day", "mL/h"): 41.666666666666664, ("L/h", "mL/h"): 1000, ("L/h/m^2", "mL/h/m^2"): 1000,
    ("L/kg", "mL/kg"): 1000, ("L/m^2", "mL/m^2"): 1000, ("L/min", "mL/h"): 60000, ("cm/s", "mm/s"): 10, ("cm^2/s", "cm^2/h"): 3600,
    ("cm^3", "mL"): 1.0000000000000002, ("day", "h"): 24, ("fold", "dimensionless"): 1, ("h", "min"): 60, ("mL/day", "mL/h"): 0.041666666666666664,
    ("mL/day", "mL/s"): 1.1574074074074073e-05, ("mL/g/min", "mL/hg/min"): 100, ("mL/hg/min", "mL/g/min"): 0.01, ("mL/min", "mL/h"): 60,
    ("mL/min/m^2", "mL/h/m^2"): 60, ("min", "h"): 0.016666666666666666, ("month", "h"): 730.5, ("ratio", "dimensionless"): 1, ("uL/g", "mL/g"): 0.001,
    ("uL/g/min", "mL/g/h"): 0.06, ("uL/g/min", "mL/g/min"): 0.001, ("uL/g/min", "mL/hg/min"): 0.09999999999999999, ("uL/kg/min", "mL/kg/h"): 0.06,
    ("uL/min", "mL/h"): 0.06,
}


class UnitError(ValueError):
    """A conversion that makes no sense, such as millilitres into hours."""


def words(unit: str) -> str:
    """A unit for readers: `cm^2/s` gives `cm²/s`, `uL` gives `µL`, pure numbers give nothing."""
    told = WORDS.get(unit, unit).replace("^2", "²").replace("^3", "³")
    return re.sub(r"\bu(?=[Lm])", "µ", told)


@lru_cache(1)
def registry() -> UnitRegistry[Any]:
    """The one registry of the course (about 0.3 s to make, once)."""
    import pint

    made: UnitRegistry[Any] = pint.UnitRegistry()
    for line in EXTRA:
        made.define(line)
    return made


def readable(unit: str) -> bool:
    """Whether pint knows the unit."""
    if not SPELLING.fullmatch(unit):
        return False
    try:
        registry().parse_units(unit)
    except Exception:  # pint raises assertions and tokenizer errors too
        return False
    return True


def convert(number: float, unit: str, target: str) -> float:
    """A `number` given in one unit, in another. Raises `UnitError` where that is not possible."""
    return _convert(number, unit, target)


@lru_cache(4096)
def _convert(number: float, unit: str, target: str) -> float:  # apart, for a cache hides what a function takes
    target = str(target).replace("**", "^").replace(" ", "")
    if target == unit:
        return number
    if (unit, target) in FACTORS:
        return float(number * FACTORS[unit, target])
    if not readable(target):
        raise UnitError(f'pint knows no unit "{target}"; spell it like mL/h, cm^2/s or dimensionless')
    try:
        return float(registry().Quantity(number, unit).to(target).magnitude)
    except Exception as error:
        raise UnitError(f'{number:g} {unit} cannot be given in "{target}": {error}') from None
