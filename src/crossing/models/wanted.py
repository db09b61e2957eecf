"""What every model asks of its arguments, so that a bad one is named in words and never becomes a strange curve.

Definitions; no science. A bound (`low`, `high`, `least`) is in the unit of the value.

Each function returns the value, made a float or an array, or raises ValueError with argument, value and what was wanted.
"""

from __future__ import annotations

from typing import Any, NoReturn, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

#: What a function takes: a number, or an array or list of them that broadcasts with the others.
Numbers: TypeAlias = npt.ArrayLike
#: Arrays of numbers, of True and False, of places in another array.
Array: TypeAlias = npt.NDArray[np.float64]
Mask: TypeAlias = npt.NDArray[np.bool_]
Places: TypeAlias = npt.NDArray[np.intp]
#: What a function gives that takes `Numbers`: one number, or as many as the arguments broadcast to.
Result: TypeAlias = float | Array


class Quoted(Protocol):
    """A published figure: what `crossing.facts` gives, or anything like it."""

    id: str

    @property
    def value(self) -> float | None:
        """In the figure's own unit; None where only a range is known."""

    def to(self, unit: str) -> float:
        """The value in a unit."""

    def range_in(self, unit: str) -> tuple[float, float]:
        """Lowest and highest in a unit."""


def refuse(name: str, value: object, wanted: str) -> NoReturn:
    """Raise ValueError saying which argument is wrong, what was found and what was wanted."""
    if isinstance(value, np.generic):
        value = value.item()  # "61.0", not "np.float64(61.0)"
    raise ValueError(f"{name}: found {value!r}, wanted {wanted}")


def number(name: str, value: Any, wanted: str = "a finite number") -> float:
    """`value` as a finite float."""
    try:
        result = float(value) if not isinstance(value, str) else np.nan  # "3" is a text, whatever Python makes of it
    except (TypeError, ValueError):
        refuse(name, value, wanted)
    if not np.isfinite(result):
        refuse(name, value, wanted)
    return result


def positive(name: str, value: Any) -> float:
    """`value` as a float above 0."""
    result = number(name, value, "a number above 0")
    if result <= 0:
        refuse(name, value, "a number above 0")
    return result


def not_negative(name: str, value: Any) -> float:
    """`value` as a float of 0 or more."""
    result = number(name, value, "a number of 0 or more")
    if result < 0:
        refuse(name, value, "a number of 0 or more")
    return result


def between(name: str, value: Any, low: float, high: float) -> float:
    """`value` as a float from `low` to `high`, all three in one unit."""
    wanted = f"a number from {low:g} to {high:g}"
    result = number(name, value, wanted)
    if not low <= result <= high:
        refuse(name, value, wanted)
    return result


def whole(name: str, value: Any, least: int) -> int:
    """`value` as a whole number of `least` or more."""
    wanted = f"a whole number of {least} or more"
    result = number(name, value, wanted)
    if result != int(result) or result < least:
        refuse(name, value, wanted)
    return int(result)


def vector(name: str, value: Any, length: int | None = None) -> Array:
    """A one-dimensional array of finite numbers, of the given length if one is given."""
    wanted = "a list of finite numbers" if length is None else f"a list of {length} finite numbers"
    result = _array(name, value, wanted)
    if result.ndim != 1 or (length is not None and result.size != length):
        refuse(name, f"array of shape {result.shape}", wanted)
    if not np.all(np.isfinite(result)):
        refuse(name, result[~np.isfinite(result)][0], wanted)
    return result


def numbers(name: str, value: Any, least: float = -np.inf, above: bool = False) -> Array:
    """A finite number or an array of them of any shape, none below `least` (or, with `above`, none at it either)."""
    wanted = "finite numbers" if least == -np.inf else f"finite numbers {'above' if above else 'of at least'} {least:g}"
    result = _array(name, value, wanted)
    good = np.isfinite(result) & ((result > least) if above else (result >= least))
    if not np.all(good):
        refuse(name, result[~good].ravel()[0].item(), wanted)
    return result


def _array(name: str, value: Any, wanted: str) -> Array:
    """Numbers of any shape; None and texts are refused, though numpy would make numbers of some of them."""
    if value is None or isinstance(value, str):
        refuse(name, value, wanted)
    try:
        return np.asarray(value, dtype=float)
    except (TypeError, ValueError):
        refuse(name, value, wanted)


def times(name: str, value: Any, start: float = -np.inf) -> Array:
    """Times (t,) in hours, at least one, in order, none before `start`."""
    result = vector(name, np.atleast_1d(_array(name, value, "times in hours")))
    if result.size == 0:
        refuse(name, [], "at least one time")
    if np.any(np.diff(result) < 0):
        place = int(np.argmax(np.diff(result) < 0))
        refuse(name, (result[place], result[place + 1]), "times in ascending order")
    if result[0] < start:
        refuse(name, result[0], f"times of {start:g} or later")
    return result
