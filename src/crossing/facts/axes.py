"""Which published frequencies may stand on one axis: those of one unit, one outcome, one population and one length of follow-up.

Whatever else two rows have in common, a longer bar must mean that the thing happens more often. Between a share of patients and
a share of punctures, or between two hospitals, it does not.
"""

from __future__ import annotations

from collections.abc import Iterable

from .rows import Risk

#: What rows on one axis must share, with the words for it.
SHARED = (("unit", "counted per different things"), ("complication", "different outcomes"), ("population", "different people"),
          ("follow_up", "followed for different lengths of time"))


class AxisError(ValueError):
    """Two rows that cannot be laid on one axis, and why."""

    def __init__(self, first: str, second: str, why: str) -> None:
        super().__init__(first, second, why)

    def __str__(self) -> str:
        first, second, why = self.args
        return f"{first} and {second} cannot stand on one axis: {why}. Draw each in a panel of its own, and say so."


def one_axis(rows: Iterable[Risk]) -> tuple[Risk, ...]:
    """`rows` (of `Risk`), as a tuple, if a reader may compare the lengths of their bars.

    Raises `AxisError` (a ValueError) naming the first row that does not fit and everything in which it differs; ValueError
    where there is nothing to draw: no row, or one without a frequency (a count of reports has no denominator).
    """
    rows = tuple(rows)
    if not rows:
        raise ValueError("rows: found none, wanted at least one frequency to draw")
    for row in rows:
        if not isinstance(row, Risk):
            raise ValueError(f"rows: found {row!r}, wanted rows of the table of risks")
        if row.value is None:
            raise ValueError(f"{row.id}: {row.figure()}. Reports without a denominator are no frequency and have no place on an axis")
    for row in rows[1:]:
        why = [f"{words} ({_said(rows[0], name)}; {_said(row, name)})" for name, words in SHARED if getattr(row, name) != getattr(rows[0], name)]
        if why:
            raise AxisError(rows[0].id, row.id, "; ".join(why))
    return rows


def _said(row: Risk, name: str) -> str:
    return getattr(row, name) or "not said"
