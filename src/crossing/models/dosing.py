"""Schedules: what is given, when, and (for the canal) where.

Times in hours, amounts in units of one dose, rates in doses per hour, volumes in mL, positions in cm above the caudal
end. A dose without a position leaves the place to the model it is given to.
Errors: ValueError naming argument, value and what was wanted.

In words: A schedule is a list of doses in order of time. A dose is given at once, as a bolus, or evenly over a while, as an
infusion; it may say in which volume it comes and at which height it enters. Lists can be joined, moved to a later hour,
multiplied, and repeated every so many hours; what has been given up to any hour is known exactly.

Assumes: A bolus takes no time. An infusion is even from its first minute to its last. The height is that of the point where
the drug enters.

Leaves out: The speed of an injection and its jet, the density of the solution, and everything that a real pump does to an
order (see there).

Sources: Bookkeeping only; no paper is needed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias
from collections.abc import Iterable, Iterator

import numpy as np

from . import wanted
from .wanted import Array, Numbers, Result

_HOURS_A_DAY = 24.0


@dataclass(frozen=True)
class Bolus:
    """`amount` given at `time` (h) in a volume of `volume_ml` (None: as good as a point) at `position_cm`."""

    time: float
    amount: float = 1.0
    volume_ml: float | None = None
    position_cm: float | None = None

    def __post_init__(self) -> None:
        wanted.not_negative("time", self.time)
        wanted.not_negative("amount", self.amount)
        if self.volume_ml is not None:
            wanted.positive("volume_ml", self.volume_ml)
        if self.position_cm is not None:
            wanted.not_negative("position_cm", self.position_cm)

    @property
    def start(self) -> float:
        """The time (h): a bolus begins when it is given."""
        return self.time

    @property
    def total(self) -> float:
        """Amount given in all."""
        return self.amount

    def given_by(self, time: Numbers) -> Result:
        """Amount given up to and including `time` (h), a number or an array."""
        return np.where(wanted.numbers("time", time) >= self.time, self.amount, 0.0)

    def later(self, hours: float) -> Bolus:
        """The same dose, `hours` later."""
        return replace(self, time=self.time + wanted.number("hours", hours))

    def scaled(self, factor: float) -> Bolus:
        """The same dose with its amount times `factor`."""
        return replace(self, amount=self.amount * wanted.not_negative("factor", factor))


@dataclass(frozen=True)
class Infusion:
    """`rate` (doses per hour) from `start` to `stop` (h) at `position_cm`. `stop` may be infinite."""

    start: float
    stop: float
    rate: float
    position_cm: float | None = None

    def __post_init__(self) -> None:
        wanted.not_negative("start", self.start)
        wanted.not_negative("rate", self.rate)
        if not (isinstance(self.stop, (int, float, np.number)) and self.stop > self.start):
            wanted.refuse("stop", self.stop, f"a time after the start at {self.start:g} h")
        if self.position_cm is not None:
            wanted.not_negative("position_cm", self.position_cm)

    @property
    def total(self) -> float:
        """Amount given in all; infinite without an end."""
        return self.rate * (self.stop - self.start) if self.rate else 0.0

    def given_by(self, time: Numbers) -> Result:
        """Amount given up to `time` (h), a number or an array."""
        return self.rate * (np.clip(wanted.numbers("time", time), self.start, self.stop) - self.start)

    def later(self, hours: float) -> Infusion:
        """The same infusion, `hours` later."""
        hours = wanted.number("hours", hours)
        return replace(self, start=self.start + hours, stop=self.stop + hours)

    def scaled(self, factor: float) -> Infusion:
        """The same infusion at a rate times `factor`."""
        return replace(self, rate=self.rate * wanted.not_negative("factor", factor))


Dose: TypeAlias = Bolus | Infusion
#: One dose, or several in order of time (a `Schedule` is such a row).
Doses: TypeAlias = Bolus | Infusion | Iterable[Bolus | Infusion]


@dataclass(frozen=True)
class Schedule:
    """Doses in order of time. Add two schedules to merge them; `total` is the amount given in all."""

    doses: tuple[Bolus | Infusion, ...]

    def __init__(self, doses: Doses = ()) -> None:
        doses = (doses,) if isinstance(doses, (Bolus, Infusion)) else tuple(doses)
        for i, dose in enumerate(doses):
            if not isinstance(dose, (Bolus, Infusion)):
                wanted.refuse(f"doses[{i}]", dose, "a Bolus or an Infusion")
            if i and dose.start < doses[i - 1].start:
                wanted.refuse(f"doses[{i}]", dose.start, f"a time of {doses[i - 1].start:g} h or later (times in order)")
        object.__setattr__(self, "doses", doses)

    def __iter__(self) -> Iterator[Dose]:
        return iter(self.doses)

    def __len__(self) -> int:
        return len(self.doses)

    def __add__(self, other: Schedule) -> Schedule:
        return Schedule(sorted((*self.doses, *Schedule(other).doses), key=lambda dose: dose.start))

    @property
    def total(self) -> float:
        """Amount given in all; infinite for an infusion without an end."""
        return float(sum(dose.total for dose in self.doses))

    def given_by(self, times: Numbers) -> Result:
        """Amount given up to each of `times` (t,): what every mass balance is held against."""
        times = wanted.numbers("times", times)
        return sum((dose.given_by(times) for dose in self.doses), np.zeros(times.shape))

    def later(self, hours: float) -> Schedule:
        """The same schedule, `hours` later."""
        hours = wanted.number("hours", hours)
        return Schedule(dose.later(hours) for dose in self.doses)

    def scaled(self, factor: float) -> Schedule:
        """The same schedule with every amount times `factor` (delivered against programmed, say)."""
        factor = wanted.not_negative("factor", factor)
        return Schedule(dose.scaled(factor) for dose in self.doses)


def to_run(schedule: Doses, times: Numbers) -> tuple[Schedule, Array]:
    """The schedule and the times (t,) of a run, from hour 0: at least one dose, and times that reach the first one.

    An infusion at rate 0 counts as a dose: a pump that stands still has a schedule. ValueError names `schedule` or `times`.
    """
    schedule, times = Schedule(schedule), wanted.times("times", times, 0.0)
    if not schedule.doses:
        wanted.refuse("schedule", [], "at least one dose")
    if times[-1] < schedule.doses[0].start:
        wanted.refuse("times", times[-1], f"times that reach the first dose, at {schedule.doses[0].start:g} h")
    return schedule, times


def repeat(doses: Doses, every_h: float, times: int) -> Schedule:
    """`doses` (a schedule, or one dose) given `times` times, every `every_h` hours."""
    every_h, times = wanted.positive("every_h", every_h), wanted.whole("times", times, 1)
    once = Schedule(doses)
    if not once.doses:
        wanted.refuse("doses", [], "at least one dose to repeat")
    copies = (dose.later(i * every_h) for i in range(times) for dose in once)
    return Schedule(sorted(copies, key=lambda dose: dose.start))


def repeat_daily(doses: Doses, days: int) -> Schedule:
    """`doses` of one day given on each of `days` days."""
    return repeat(doses, _HOURS_A_DAY, wanted.whole("days", days, 1))
