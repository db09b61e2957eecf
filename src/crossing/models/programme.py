"""Programmes: what a pump is told to give, day after day, and which doses asked for on the way are granted.

Time 0 is midnight of day 0. Times in hours, rates in doses per hour, amounts in units of one dose. A `Programme` never
changes: each `with_...` gives a new one, and equal programmes are equal, so that a lesson may keep what it has worked out.
`schedule` turns a programme into a `Schedule` for any model. A span runs up to its end, which is not part of it.
Errors: ValueError naming argument, value and what was wanted.

In words: A programme is a line drawn over one day, which says how fast the drug is given at each hour. On it stand
doses given at fixed hours, doses that a person may ask for, days on which the whole line is raised or lowered, and
pauses. The model reads the programme from the first hour on and writes down every piece of it, with exact amounts.
When somebody asks for a dose, it looks back: too soon after the last one, or enough for these 24 hours, and the dose
is refused, with the reason.

Assumes: The pump does exactly as told (what goes wrong is the pump's own chapter). The maximum holds for any stretch of
24 hours, not from midnight to midnight. A request that was refused does not start a new waiting time. A change multiplies
the line and the doses at fixed hours; doses on request stay as they were set. A pause cuts off a dose that is running, and
what was cut off is not made up for. A ramp is a row of equal steps, as pumps make it.

Leaves out: How people decide to ask. Limits of a real device, such as its smallest step or its fastest flow. Which
amounts would be wise: nothing here is a prescription.

Sources: The terms lock-out and allotted doses in 24 hours as in the patient guide of an implanted pump (Flowonix, Prometra
Patient Therapy Controller). Part of a daily amount given as doses: Neuromodulation 2016, PubMed 26856808.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, TypeVar

import numpy as np

from . import wanted
from .dosing import Bolus, Dose, Infusion, Schedule
from .wanted import Array, Mask, Numbers

_DAY = 24.0
_JUST = 1e-9  # hours: two times nearer than this are one
_Kind = TypeVar("_Kind")


@dataclass(frozen=True)
class DailyDose:
    """`amount` given every day at `hour` (0 up to 24) over `over_h` hours (0: at once)."""

    hour: float
    amount: float
    over_h: float = 0.0

    def __post_init__(self) -> None:
        _hour("DailyDose.hour", self.hour)
        wanted.not_negative("DailyDose.amount", self.amount)
        wanted.between("DailyDose.over_h", self.over_h, 0.0, _DAY)


@dataclass(frozen=True)
class OnRequest:
    """A dose of `amount` over `over_h` when asked for: not within `lockout_h` of the last, nor beyond `most_per_day`
    in any 24 hours."""

    amount: float
    lockout_h: float
    most_per_day: int
    over_h: float = 0.0

    def __post_init__(self) -> None:
        wanted.not_negative("OnRequest.amount", self.amount)
        wanted.not_negative("OnRequest.lockout_h", self.lockout_h)
        wanted.whole("OnRequest.most_per_day", self.most_per_day, 0)
        wanted.between("OnRequest.over_h", self.over_h, 0.0, _DAY)
        if self.lockout_h < self.over_h:
            wanted.refuse("OnRequest.lockout_h", self.lockout_h, f"at least the {self.over_h:g} h that one dose takes")


@dataclass(frozen=True)
class Change:
    """From `time_h` on, line and fixed doses are `factor` times what the day as drawn says."""

    time_h: float
    factor: float

    def __post_init__(self) -> None:
        wanted.not_negative("Change.time_h", self.time_h)
        wanted.not_negative("Change.factor", self.factor)


@dataclass(frozen=True)
class Pause:
    """Nothing is given from `start_h` up to `stop_h`."""

    start_h: float
    stop_h: float

    def __post_init__(self) -> None:
        wanted.not_negative("Pause.start_h", self.start_h)
        if not wanted.number("Pause.stop_h", self.stop_h) > self.start_h:
            wanted.refuse("Pause.stop_h", self.stop_h, f"a time after the start at {self.start_h:g} h")


@dataclass(frozen=True)
class Answer:
    """What became of the request at `time_h`: `granted` or not, and `why`."""

    time_h: float
    granted: bool
    why: str


@dataclass(frozen=True, eq=False)
class Plan:
    """A programme written out: `rates` (m,) doses per hour between `edges` (m+1,) h, `amounts` at once at `times` (k,)."""

    edges: Array
    rates: Array
    times: Array
    amounts: Array

    @property
    def total(self) -> float:
        """Amount given in all."""
        return float(self.rates @ np.diff(self.edges) + self.amounts.sum())


def _hour(name: str, value: float) -> float:
    hour = wanted.between(name, value, 0.0, _DAY)
    return hour if hour < _DAY else wanted.refuse(name, value, "an hour from 0 up to, not including, 24")


def _all(name: str, items: Any, kind: type[_Kind]) -> tuple[_Kind, ...]:
    items = (items,) if isinstance(items, kind) else tuple(items)
    for i, item in enumerate(items):
        if not isinstance(item, kind):
            wanted.refuse(f"{name}[{i}]", item, f"a {kind.__name__}")
    return items


@dataclass(frozen=True)
class Programme:
    """`day` ((hour, rate), ...) the line over 24 h, each rate up to the next hour and the last one past midnight;
    `doses` at fixed hours; `on_request` and the `requests` (h) made; `changes` and `pauses`.

    Errors: ValueError naming argument, value and what was wanted.
    """

    day: tuple[tuple[float, float], ...] = ((0.0, 0.0),)
    doses: tuple[DailyDose, ...] = ()
    on_request: OnRequest | None = None
    requests: tuple[float, ...] = ()
    changes: tuple[Change, ...] = ()
    pauses: tuple[Pause, ...] = ()

    def __post_init__(self) -> None:
        try:
            day = tuple((hour, rate) for hour, rate in self.day)
        except (TypeError, ValueError):
            wanted.refuse("day", self.day, "pairs of an hour and a rate")
        day = tuple((_hour("day", hour), wanted.not_negative("day", rate)) for hour, rate in day)
        if not day:
            wanted.refuse("day", [], "at least one (hour, rate)")
        if any(b[0] <= a[0] for a, b in zip(day, day[1:])):
            wanted.refuse("day", [hour for hour, _ in day], "hours in ascending order, each once")
        asked = wanted.numbers("requests", self.requests)
        requests = tuple(wanted.times("requests", asked, 0.0).tolist()) if asked.size else ()
        if self.on_request is not None and not isinstance(self.on_request, OnRequest):
            wanted.refuse("on_request", self.on_request, "an OnRequest or None")
        if requests and self.on_request is None:
            wanted.refuse("requests", requests[0], "an on_request that says what may be asked for")
        changes = tuple(sorted(_all("changes", self.changes, Change), key=lambda change: change.time_h))
        if any(b.time_h == a.time_h for a, b in zip(changes, changes[1:])):
            wanted.refuse("changes", [change.time_h for change in changes], "one change at a time")
        pauses = tuple(sorted(_all("pauses", self.pauses, Pause), key=lambda pause: pause.start_h))
        doses = tuple(sorted(_all("doses", self.doses, DailyDose), key=lambda dose: dose.hour))
        for name, value in (("day", day), ("doses", doses), ("requests", requests), ("changes", changes), ("pauses", pauses)):
            object.__setattr__(self, name, value)

    @classmethod
    def constant(cls, rate: float) -> Programme:
        """The same `rate` (doses per hour) at all hours."""
        return cls(((0.0, wanted.not_negative("rate", rate)),))

    # -- editing -------------------------------------------------------------------------------------------------

    def with_rates(self, *day: tuple[float, float]) -> Programme:
        """The line over the day as (hour, rate) pairs."""
        return replace(self, day=day)

    def with_rate_between(self, rate: float, start_hour: float, stop_hour: float) -> Programme:
        """`rate` from `start_hour` to `stop_hour` each day (past midnight if it stops earlier than it starts)."""
        rate, start, stop = wanted.not_negative("rate", rate), _hour("start_hour", start_hour), _hour("stop_hour", stop_hour)
        if start == stop:
            wanted.refuse("stop_hour", stop_hour, "another hour than the start")
        length = (stop - start) % _DAY
        kept = {hour: old for hour, old in self.day if not (hour - start) % _DAY < length}
        kept.setdefault(stop, self._line(np.array([stop]))[0])
        return replace(self, day=tuple(sorted({**kept, start: rate}.items())))

    def with_dose(self, hour: float, amount: float, over_h: float = 0.0) -> Programme:
        """One more dose at a fixed hour."""
        return replace(self, doses=(*self.doses, DailyDose(hour, amount, over_h)))

    def without_doses(self) -> Programme:
        """The line alone, without doses at fixed hours."""
        return replace(self, doses=())

    def with_on_request(self, amount: float, lockout_h: float, most_per_day: int, over_h: float = 0.0) -> Programme:
        """Doses of `amount` may be asked for; see `OnRequest`."""
        return replace(self, on_request=OnRequest(amount, lockout_h, most_per_day, over_h))

    def with_requests(self, times: Numbers) -> Programme:
        """Requests made at `times` (h, in order), in place of those there were."""
        return replace(self, requests=tuple(wanted.times("times", times, 0.0)))

    def with_random_requests(self, per_day: float, days: int, seed: int) -> Programme:
        """Requests at random (a Poisson process), on average `per_day`, over `days`; the same for the same `seed`."""
        mean, days = wanted.not_negative("per_day", per_day), wanted.whole("days", days, 1)
        chance = np.random.default_rng(wanted.whole("seed", seed, 0))
        return replace(self, requests=tuple(np.sort(chance.uniform(0.0, days * _DAY, chance.poisson(mean * days)))))

    def with_change(self, time_h: float, factor: float) -> Programme:
        """`factor` times the day as drawn, from `time_h` until the next change (one made at that time is replaced)."""
        return replace(self, changes=(*(c for c in self.changes if c.time_h != time_h), Change(time_h, factor)))

    def with_ramp(self, start_h: float, stop_h: float, factor: float, steps: int) -> Programme:
        """From the factor in force at `start_h` to `factor`, reached at `stop_h`, in `steps` equal steps."""
        start, steps = wanted.not_negative("start_h", start_h), wanted.whole("steps", steps, 1)
        factor = wanted.not_negative("factor", factor)
        if not wanted.number("stop_h", stop_h) > start:
            wanted.refuse("stop_h", stop_h, f"a time after the start at {start:g} h")
        before = float(self._factor(np.array([start]))[0])
        kept = tuple(c for c in self.changes if not start < c.time_h <= stop_h)
        share = np.arange(1, steps + 1) / steps
        ramp = (Change(start + (stop_h - start) * s, before + (factor - before) * s) for s in share)
        return replace(self, changes=(*kept, *ramp))

    def with_pause(self, start_h: float, stop_h: float) -> Programme:
        """One more pause."""
        return replace(self, pauses=(*self.pauses, Pause(start_h, stop_h)))

    def scaled(self, factor: float) -> Programme:
        """Every amount times `factor`, requested doses too."""
        factor = wanted.not_negative("factor", factor)
        asked = self.on_request and replace(self.on_request, amount=self.on_request.amount * factor)
        return replace(self, day=tuple((hour, rate * factor) for hour, rate in self.day), on_request=asked,
                       doses=tuple(replace(dose, amount=dose.amount * factor) for dose in self.doses))

    def later(self, hours: float) -> Programme:
        """Everything `hours` later: the line and the fixed doses move round the clock."""
        hours = wanted.not_negative("hours", hours)
        return Programme(tuple(sorted(((hour + hours) % _DAY, rate) for hour, rate in self.day)),
                         tuple(replace(dose, hour=(dose.hour + hours) % _DAY) for dose in self.doses), self.on_request,
                         tuple(t + hours for t in self.requests),
                         tuple(replace(c, time_h=c.time_h + hours) for c in self.changes),
                         tuple(Pause(p.start_h + hours, p.stop_h + hours) for p in self.pauses))

    def as_constant(self) -> Programme:
        """Line and fixed doses as one even rate of the same daily amount. Changes and pauses stay, requests go."""
        return replace(self, day=((0.0, self.daily_amount / _DAY),), doses=(), on_request=None, requests=())

    def as_doses(self, times_a_day: int, share: float = 1.0, over_h: float = 0.0, first_hour: float = 0.0) -> Programme:
        """The same daily amount: `share` of it as `times_a_day` equal doses evenly through the day, the rest evenly."""
        count, share = wanted.whole("times_a_day", times_a_day, 1), wanted.between("share", share, 0.0, 1.0)
        first, daily = _hour("first_hour", first_hour), self.daily_amount
        doses = tuple(DailyDose((first + i * _DAY / count) % _DAY, daily * share / count, over_h) for i in range(count))
        return replace(self.as_constant(), day=((0.0, daily * (1 - share) / _DAY),), doses=doses)

    # -- reading -------------------------------------------------------------------------------------------------

    @property
    def daily_amount(self) -> float:
        """Line and fixed doses of one day as drawn, without changes, pauses and requested doses."""
        hours, rates = np.array(self.day).T
        return float(rates @ np.diff(np.append(hours, hours[0] + _DAY))) + sum(dose.amount for dose in self.doses)

    def total(self, hours: float, start: float = 0.0) -> float:
        """Exact amount given from `start` up to `hours`."""
        return self.plan(hours, start).total

    def _line(self, times: Array) -> Array:
        hours, rates = np.array(self.day).T
        return rates[np.searchsorted(hours, times % _DAY, side="right") - 1]  # before the first: the last, past midnight

    def _factor(self, times: Array) -> Array:
        marks = np.array([change.time_h for change in self.changes])
        factors = np.array([1.0, *(change.factor for change in self.changes)])
        return factors[np.searchsorted(marks, times, side="right")]

    def _paused(self, times: Numbers) -> Mask:
        times = np.asarray(times, dtype=float)
        result = np.zeros(times.shape, dtype=bool)
        for pause in self.pauses:
            result |= (times >= pause.start_h) & (times < pause.stop_h)
        return result

    def answers(self, hours: float) -> tuple[Answer, ...]:
        """What became of each request before `hours`, in order."""
        hours, rule = wanted.positive("hours", hours), self.on_request
        result, given = list[Answer](), list[float]()
        if rule is None:  # then there are no requests
            return ()
        for time in self.requests:
            if time >= hours:
                break
            recent = [t for t in given if time - t < _DAY - _JUST]
            if self._paused(time):
                why = "the pump is paused"
            elif given and time - given[-1] < rule.lockout_h - _JUST:
                why = f"locked: {time - given[-1]:.3g} h since the last, {rule.lockout_h:g} h must pass"
            elif len(recent) >= rule.most_per_day:
                why = f"the most for 24 h, {rule.most_per_day}, is reached"
            else:
                why = "granted"
                given.append(time)
            result.append(Answer(time, why == "granted", why))
        return tuple(result)

    def plan(self, hours: float, start: float = 0.0) -> Plan:
        """The programme from `start` up to `hours`, written out; pieces of equal rate are joined."""
        start = wanted.not_negative("start", start)
        if not wanted.number("hours", hours) > start:
            wanted.refuse("hours", hours, f"a time after the start at {start:g} h")
        days = _DAY * np.arange(np.floor(start / _DAY) - 1, np.ceil(hours / _DAY))  # a dose may reach past midnight
        days = days[days >= 0]
        when = [(days + dose.hour, dose.amount * self._factor(days + dose.hour), dose.over_h) for dose in self.doses]
        if self.requests and self.on_request:
            granted = np.array([answer.time_h for answer in self.answers(hours) if answer.granted])
            when.append((granted, np.full(granted.size, self.on_request.amount), self.on_request.over_h))
        slow = [(t, t + over, amount / over) for times, amounts, over in when if over > 0
                for t, amount in zip(times, amounts) if amount and t < hours and t + over > start and not self._paused(t)]
        quick = [(times, amounts) for times, amounts, over in when if over == 0] or [(np.zeros(0), np.zeros(0))]
        times, amounts = (np.concatenate(column) for column in zip(*quick))
        kept = (times >= start) & (times < hours) & (amounts > 0) & ~self._paused(times)
        order = np.argsort(times[kept], kind="stable")

        marks = [(days[:, None] + np.array(self.day)[:, 0]).ravel()] if len(self.day) > 1 else []
        marks += [[c.time_h for c in self.changes], [t for p in self.pauses for t in (p.start_h, p.stop_h)],
                  [t for piece in slow for t in piece[:2]], [start, hours]]
        edges = np.unique(np.concatenate(marks))
        edges = edges[(edges >= start) & (edges <= hours)]
        middle = 0.5 * (edges[1:] + edges[:-1])
        rates = self._line(middle) * self._factor(middle)
        for begin, end, rate in slow:
            rates[np.searchsorted(middle, begin):np.searchsorted(middle, end)] += rate
        rates[self._paused(middle)] = 0.0
        new = np.append(True, rates[1:] != rates[:-1])
        return Plan(np.append(edges[:-1][new], hours), rates[new], times[kept][order], amounts[kept][order])

    def schedule(self, hours: float, position_cm: float | None = None, start: float = 0.0) -> Schedule:
        """What is given from `start` up to `hours`, for any model; at `position_cm` if one is named."""
        plan = self.plan(hours, start)
        doses: list[Dose] = [Infusion(a, b, rate, position_cm) for a, b, rate in zip(plan.edges, plan.edges[1:], plan.rates) if rate > 0]
        doses += [Bolus(t, amount, None, position_cm) for t, amount in zip(plan.times, plan.amounts)]
        # A pump that stands still gives at a rate of nought: a schedule to run has at least one dose.
        return Schedule(sorted(doses or [Infusion(start, hours, 0.0, position_cm)], key=lambda dose: dose.start))

    def in_words(self) -> str:
        """The programme in plain English."""
        said = []
        if len(self.day) == 1:
            said.append(f"{self.day[0][1]:.3g} doses an hour all day" if self.day[0][1] else "no base rate")
        else:
            said.append(", ".join(f"{rate:.3g} from {_clock(hour)}" for hour, rate in self.day) + " (doses an hour)")
        said += [f"{d.amount:.3g} doses at {_clock(d.hour)}" + _over(d.over_h) for d in self.doses]
        if self.on_request:
            rule = self.on_request
            said.append(f"on request {rule.amount:.3g} doses{_over(rule.over_h)}, not within {rule.lockout_h:g} h of the last "
                        f"and at most {rule.most_per_day} in 24 h")
        said += [f"from {_day(c.time_h)} {100 * c.factor:.3g} % of that" for c in self.changes]
        said += [f"nothing from {_day(p.start_h)} to {_day(p.stop_h)}" for p in self.pauses]
        text = "; ".join(said)
        return f"{text[0].upper()}{text[1:]}. Line and fixed doses make {self.daily_amount:.3g} doses a day as drawn."


def _clock(hour: float) -> str:
    minutes = round(hour * 60)
    return f"{minutes // 60}:{minutes % 60:02d}"


def _over(hours: float) -> str:
    return f" over {60 * hours:.3g} min" if hours else ""


def _day(time_h: float) -> str:
    return f"day {int(time_h // _DAY)}, {_clock(time_h % _DAY)}"
