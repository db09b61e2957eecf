"""Risk over time, and per what: hazards of three shapes, people who leave, and conversions that refuse what cannot be converted.

Times in years, hazards in events per year, shares between 0 and 1. `times` may be a number or an array; results follow it.
Errors: ValueError naming argument, value and what was wanted; a conversion that lacks something says what it lacks.

    at risk to the end      1 - exp(-H(t)), H the area under the hazard
    with people leaving     integral of h(s) exp(-H(s) - e s) ds, e the yearly rate of leaving for other reasons
    constant                h;                     H = h t
    front-loaded            late + (early - late) exp(-t / fades);   H = late t + (early - late) fades (1 - exp(-t / fades))
    wear-out                (k / scale) (t / scale)^(k - 1), k above 1;   H = (t / scale)^k
    again and again         1 - (1 - p)^n for n equal, independent tries; expected events n p

In words: A risk of five in a hundred says little before one knows per what: per puncture, per person, per pump and year.
Risks that are taken again and again add up, though never to more than certain. Some harms come early, with the operation;
some come at an even pace; some come late, when a device wears out. The same share after five years can hide any of the
three. And whoever leaves the treatment, or dies of the illness, can no longer meet the harm: among many who leave early,
fewer meet it than the hazard alone would say. To turn one kind of figure into another, more must be known: how many
procedures each person had, or how long they were followed.

Assumes: The same hazard for everyone, tries that are independent of one another, and people who leave at an even pace for
reasons that have nothing to do with the harm. A share per person is turned into a rate as if its hazard were constant.

Leaves out: That those who met the harm once are at a higher or lower risk afterwards, that frail people leave first, and
that a device taken out and put in again starts anew. Shapes of hazards are invented wherever a lesson shows them.

Sources: shares with a competing way out: Putter H, Fiocco M, Geskus RB, Stat Med 2007;26:2389 (recalled, not read). Wear-out
as Weibull's power law and the rest are textbook survival analysis.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from . import wanted
from .wanted import Array, Numbers, Result

#: What a frequency may be counted per.
PER = ("procedure", "patient", "device-year")


@dataclass(frozen=True)
class Constant:
    """The same hazard at all times, `rate` per year."""

    rate: float

    def __post_init__(self) -> None:
        wanted.not_negative("rate", self.rate)

    def at(self, times: Numbers) -> Result:
        """The hazard at `times`, events per year."""
        return np.full_like(_years(times), self.rate)

    def area(self, times: Numbers) -> Result:
        """Expected events up to `times` of one who stays: the area under the hazard."""
        return self.rate * _years(times)


@dataclass(frozen=True)
class FrontLoaded:
    """Most danger at the start: `early` per year at time 0, fading over `fades` years towards `late`."""

    early: float
    late: float
    fades: float

    def __post_init__(self) -> None:
        wanted.not_negative("early", self.early)
        wanted.not_negative("late", self.late)
        wanted.positive("fades", self.fades)

    def at(self, times: Numbers) -> Result:
        """The hazard at `times`, events per year."""
        return self.late + (self.early - self.late) * np.exp(-_years(times) / self.fades)

    def area(self, times: Numbers) -> Result:
        """Expected events up to `times` of one who stays: the area under the hazard."""
        t = _years(times)
        return self.late * t - (self.early - self.late) * self.fades * np.expm1(-t / self.fades)


@dataclass(frozen=True)
class WearOut:
    """A hazard that grows with age: after `scale` years 63 % of devices have failed; the larger `power` (no unit, above 1), the more at once."""

    scale: float
    power: float

    def __post_init__(self) -> None:
        wanted.positive("scale", self.scale)
        if wanted.number("power", self.power) <= 1:
            wanted.refuse("power", self.power, "a number above 1")

    def at(self, times: Numbers) -> Result:
        """The hazard at `times`, events per year."""
        return self.power / self.scale * (_years(times) / self.scale) ** (self.power - 1)

    def area(self, times: Numbers) -> Result:
        """Expected events up to `times` of one who stays: the area under the hazard."""
        return (_years(times) / self.scale) ** self.power


@dataclass(frozen=True)
class Together:
    """Several hazards at once, independent of one another: they add."""

    hazards: tuple[Hazard, ...]

    def __post_init__(self) -> None:
        if not self.hazards or any(not hasattr(h, "area") for h in self.hazards):
            wanted.refuse("hazards", self.hazards, "one hazard or more")

    def at(self, times: Numbers) -> Result:
        """The hazard at `times`, events per year."""
        return sum(h.at(times) for h in self.hazards)

    def area(self, times: Numbers) -> Result:
        """Expected events up to `times` of one who stays: the area under the hazard."""
        return sum(h.area(times) for h in self.hazards)


Hazard: TypeAlias = Constant | FrontLoaded | WearOut | Together


def _years(times: Numbers) -> Array:
    return wanted.numbers("times", times, 0)


def share_hit(hazard: Hazard, times: Numbers) -> Result:
    """Share of those who stay that has met the harm by `times`: 1 - exp(-area). An answer about a world in which nobody leaves."""
    return -np.expm1(-hazard.area(times))


def share_hit_with_exit(hazard: Hazard, times: Numbers, exit_per_year: float, steps: int = 400) -> Result:
    """Share of ALL who started that met the harm by `times`, when people leave at `exit_per_year` for other reasons.

    Simpson's rule over `steps` pieces up to each time, closed for a constant hazard.
    """
    t, leave = _years(times), wanted.not_negative("exit_per_year", exit_per_year)
    steps = wanted.whole("steps", steps, 2)
    if isinstance(hazard, Constant):
        both = hazard.rate + leave
        return hazard.rate * (-np.expm1(-both * t) / both if both else t)
    # Met by t = 1 - stayed - left: the part that left is smooth also where a hazard's slope has no end at time 0.
    grid = np.linspace(0, 1, 2 * (steps // 2) + 1)[:, None] * np.atleast_1d(t).ravel()
    free = np.exp(-hazard.area(grid) - leave * grid)
    weights = np.ones(len(grid))
    weights[1:-1:2], weights[2:-1:2] = 4, 2
    left = leave * (weights @ free) / 3 * np.atleast_1d(t).ravel() / (len(grid) - 1)
    return (1 - free[-1] - left).reshape(np.shape(t))


def exit_from(share_still_on: float, years: float) -> float:
    """The even yearly rate of leaving under which `share_still_on` (0 to 1, not 0) are still on treatment after `years`."""
    share = wanted.between("share_still_on", share_still_on, 0, 1)
    if share == 0:
        wanted.refuse("share_still_on", share, "a share above 0: nobody left says only that leaving was quick")
    return -np.log(share) / wanted.positive("years", years)


def mean_years_on(exit_per_year: float, years: float) -> float:
    """Mean time (years) spent on treatment within the first `years`, for an even rate of leaving."""
    leave, years = wanted.not_negative("exit_per_year", exit_per_year), wanted.positive("years", years)
    return -np.expm1(-leave * years) / leave if leave else years


def wear_out_for(share: float, years: float, power: float) -> WearOut:
    """The `WearOut` hazard of a `power` under which `share` (between 0 and 1) has failed after `years`."""
    power = wanted.positive("power", power)  # whether it is above 1, `WearOut` asks
    return WearOut(wanted.positive("years", years) / _area_for(share) ** (1 / power), power)


def constant_for(share: float, years: float) -> Constant:
    """The `Constant` hazard under which `share` has met the harm after `years`, nobody leaving."""
    return Constant(_area_for(share) / wanted.positive("years", years))


def front_loaded_for(share: float, years: float, fades: float, late: float = 0.0) -> FrontLoaded:
    """The `FrontLoaded` hazard with `late` and `fades` under which `share` has met the harm after `years`."""
    years, fades = wanted.positive("years", years), wanted.positive("fades", fades)
    rest = _area_for(share) - wanted.not_negative("late", late) * years
    if rest < 0:
        wanted.refuse("late", late, f"a rate that alone does not exceed the share: at most {_area_for(share) / years:.3g} per year")
    return FrontLoaded(late + rest / (fades * -np.expm1(-years / fades)), late, fades)


def _area_for(share: float) -> float:
    share = wanted.number("share", share)
    if not 0 < share < 1:
        wanted.refuse("share", share, "a share above 0 and below 1")
    return -np.log1p(-share)


def again(share: Numbers, times: Numbers) -> Result:
    """Chance of at least one event in `times` equal, independent tries of chance `share` each. Arrays broadcast."""
    share = wanted.numbers("share", share, 0)
    if np.any(share > 1):
        wanted.refuse("share", float(np.max(share)), "a share from 0 to 1")
    return -np.expm1(wanted.numbers("times", times, 0) * np.log1p(-np.minimum(share, 1 - 1e-16)))


@dataclass(frozen=True)
class Frequency:
    """A frequency, its `value`, and what it is counted per: a share per "procedure" or "patient" (at least one event), a rate per "device-year".

    `procedures`: mean number of procedures of each patient; `years`: mean follow-up. Both may be unknown (None). `per_what`
    gives the same fact counted otherwise, and refuses in words where what it needs is unknown.
    """

    value: float
    per: str
    procedures: float | None = None
    years: float | None = None

    def __post_init__(self) -> None:
        if self.per not in PER:
            wanted.refuse("per", self.per, ", ".join(PER))
        wanted.between("value", self.value, 0, 1) if self.per != "device-year" else wanted.not_negative("value", self.value)
        for name in ("procedures", "years"):
            if getattr(self, name) is not None:
                wanted.positive(name, getattr(self, name))

    def events_per_patient(self) -> float:
        """Expected events of one patient, over all procedures or the whole follow-up."""
        if self.per == "procedure":
            return self.value * self._known("procedures", "how many procedures each patient had")
        if self.per == "device-year":
            return self.value * self._known("years", "how long patients were followed")
        return -np.log1p(-min(self.value, 1 - 1e-16))

    def per_what(self, per: str) -> Frequency:
        """The same frequency per "procedure", "patient" or "device-year", if what is known allows it."""
        if per not in PER:
            wanted.refuse("per", per, ", ".join(PER))
        if per == self.per:
            return self
        if self.per == "procedure" and per == "patient":
            value = float(again(self.value, self._known("procedures", "how many procedures each patient had")))
        elif per == "patient":
            value = -np.expm1(-self.events_per_patient())
        elif per == "procedure":
            value = -np.expm1(-self.events_per_patient() / self._known("procedures", "how many procedures each patient had"))
        else:
            events = self.per_what("patient").events_per_patient() if self.per == "procedure" else self.events_per_patient()
            value = events / self._known("years", "how long patients were followed")
        return Frequency(float(value), per, self.procedures, self.years)

    def _known(self, name: str, what: str) -> float:
        if getattr(self, name) is None:
            raise ValueError(f"{name}: not known. A figure per {self.per} cannot be counted otherwise without knowing {what}")
        return getattr(self, name)
