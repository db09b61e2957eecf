"""Formation of fluid by the time of day, and a pool that is cleared by it.

Units: clock time in hours (0 is midnight; 26 is two in the night of the second day), mL, mL/h; amounts in doses.

The rhythm rises from its lowest to its highest value and falls back, each way along s(u) = (1 - cos pi u)/2 + a sin^2 pi u
(0 <= u <= 1), smooth at both turns. With a = 0 the daily mean lies midway; |a| <= 1/4 keeps the rise a rise and moves the mean
from 3/8 to 5/8 of the way up. Its integral is elementary, so a level under a clearance Q(t) + r that varies is exact:
c(t) = c(s) exp(-[integral of Q from s to t + r (t - s)] / V). Infusions use the same formula inside Gauss quadrature.
Errors: ValueError naming argument, value and what was wanted.

In words: One study found that three to four times as much fluid is made in the small hours as in the early evening. If that
is so, a drug that leaves with the fluid leaves fast at night and slowly in the evening. The same dose then lasts longer
when given at six in the evening than at two in the night, and a pump that never changes its pace still gives a level
that rises and falls every day. Over a whole day the sums come out nearly alike.

Assumes: A smooth rhythm drawn through four published figures, alike every day; one mixed pool of fixed volume; drainage
that follows formation at once. Between the published hours the shape is ours.

Leaves out: Sleep itself, posture and meals, differences between people, and doubt about the rhythm: it rests on six
volunteers seen in one study, by a flow through a channel in the brain that other studies find much smaller or even reversed.

Sources: Nilsson C et al., Am J Physiol 1992;262:R20 (lowest, highest, hours, daily mean). A linear equation with a rate that
varies is solved by its integrating factor, as in any textbook of calculus.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import numpy as np

from . import wanted
from .wanted import Array, Numbers, Result

_DAY = 24.0
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(12)
_NODES, _WEIGHTS = 0.5 * (_NODES + 1), 0.5 * _WEIGHTS  # on 0 to 1
_PANEL = 2.0  # hours, and at most this many losses of a factor e in one panel: keeps quadrature below 1e-12


@dataclass(frozen=True)
class DailyRhythm:
    """Formation between `lowest` and `highest` (mL/h), reached at `hour_lowest` and `hour_highest`; `mean` None: midway.

    Raises ValueError for a mean that no smooth rise and fall between the two can have.
    """

    lowest: float
    highest: float
    hour_lowest: float
    hour_highest: float
    mean: float | None = None

    def __post_init__(self) -> None:
        lowest = wanted.not_negative("lowest", self.lowest)
        highest = wanted.number("highest", self.highest)
        if highest < lowest or highest == 0:
            wanted.refuse("highest", self.highest, f"a number above 0, of {lowest:g} or more")
        for name in ("hour_lowest", "hour_highest"):
            if not wanted.not_negative(name, getattr(self, name)) < _DAY:
                wanted.refuse(name, getattr(self, name), "an hour from 0 up to, not with, 24")
        if self.hour_lowest == self.hour_highest:
            wanted.refuse("hour_highest", self.hour_highest, "another hour than that of the lowest")
        if self.mean is None:
            object.__setattr__(self, "mean", 0.5 * (lowest + highest))
        ends = lowest + 0.375 * (highest - lowest), lowest + 0.625 * (highest - lowest)
        if not ends[0] * (1 - 1e-12) <= wanted.number("mean", self.mean) <= ends[1] * (1 + 1e-12):
            wanted.refuse("mean", self.mean, f"a mean from {ends[0]:g} to {ends[1]:g} mL/h between this lowest and highest")

    @classmethod
    def even(cls, flow_ml_per_h: float) -> DailyRhythm:
        """No rhythm: the same at every hour."""
        flow = wanted.positive("flow_ml_per_h", flow_ml_per_h)
        return cls(flow, flow, 0.0, 12.0)

    @property
    def _mean(self) -> float:
        return cast(float, self.mean)  # filled in by now

    @property
    def _rise(self) -> float:
        return (self.hour_highest - self.hour_lowest) % _DAY

    @property
    def _tilt(self) -> float:
        span = self.highest - self.lowest
        return 2 * (self._mean - self.lowest) / span - 1 if span else 0.0

    def flow(self, hour: Numbers) -> Result:
        """Formation (mL/h) at the clock time `hour`, any number or array."""
        phase = (wanted.numbers("hour", hour) - self.hour_lowest) % _DAY
        u = np.where(phase < self._rise, phase / self._rise, (_DAY - phase) / (_DAY - self._rise))
        step = 0.5 * (1 - np.cos(np.pi * u)) + self._tilt * np.sin(np.pi * u) ** 2
        return (self.lowest + (self.highest - self.lowest) * step)[()]

    @property
    def per_day(self) -> float:
        """mL made in a day."""
        return _DAY * self._mean

    def made(self, start: Numbers, stop: Numbers) -> Result:
        """mL made from the clock time `start` to `stop` (h), in closed form; they broadcast, `stop` not before `start`."""
        start, stop = wanted.numbers("start", start), wanted.numbers("stop", stop)
        if np.any(stop < start):
            early = np.broadcast_arrays(stop, start)[0][stop < start]
            wanted.refuse("stop", early.ravel()[0].item(), "a time not before the start")
        return np.subtract(self._so_far(stop), self._so_far(start))[()]

    def _so_far(self, hour: Result) -> Result:
        """mL made since the hour of the lowest on day 0."""
        days, phase = np.divmod(hour - self.hour_lowest, _DAY)
        rise, fall, span, tilt = self._rise, _DAY - self._rise, self.highest - self.lowest, self._tilt

        def area(u: Result) -> Result:
            return 0.5 * u - np.sin(np.pi * u) / (2 * np.pi) + tilt * (0.5 * u - np.sin(2 * np.pi * u) / (4 * np.pi))

        up, down = area(np.minimum(phase / rise, 1.0)), area(np.minimum((_DAY - phase) / fall, 1.0))
        return days * self.per_day + self.lowest * phase + span * (rise * up + fall * (0.5 * (1 + tilt) - down))

    def hours_to_make(self, volume_ml: Numbers, start: Numbers) -> Result:
        """Hours from the clock time `start` until `volume_ml` has been made; they broadcast."""
        volume, start = np.broadcast_arrays(wanted.numbers("volume_ml", volume_ml, 0.0), wanted.numbers("start", start))
        return self._hours_until(volume, start, 0.0)[()]

    def _hours_until(self, volume: Array, start: Array, rest: float) -> Array:
        """Hours until formation and `rest` (mL/h) have carried off `volume`: whole days, then halving within one."""
        days = np.floor(volume / (self.per_day + _DAY * rest))
        left = volume - days * (self.per_day + _DAY * rest)
        low, high = np.zeros(volume.shape), np.full(volume.shape, _DAY)
        base = self._so_far(start)
        for _ in range(52):
            middle = 0.5 * (low + high)
            short = self._so_far(start + middle) - base + rest * middle < left
            low, high = np.where(short, middle, low), np.where(short, high, middle)
        return days * _DAY + 0.5 * (low + high)


class RhythmicPool:
    """One mixed pool of `volume_ml`, cleared at the pace of `formation` and, besides, at `rest_ml_per_h`."""

    def __init__(self, volume_ml: float, formation: DailyRhythm, rest_ml_per_h: float = 0.0) -> None:
        self.volume_ml = wanted.positive("volume_ml", volume_ml)
        if not isinstance(formation, DailyRhythm):
            wanted.refuse("formation", formation, "a DailyRhythm")
        self.formation = formation
        self.rest_ml_per_h = wanted.not_negative("rest_ml_per_h", rest_ml_per_h)

    def _faded(self, start: Result, stop: Result) -> Result:
        """Factors of e lost from `start` to `stop`."""
        carried = self.formation._so_far(stop) - self.formation._so_far(start) + self.rest_ml_per_h * (stop - start)
        return carried / self.volume_ml

    def after_bolus(self, hour: Numbers, later_h: Numbers, amount: float = 1.0) -> Result:
        """Level (per mL) `later_h` hours after `amount` given at the clock time `hour`; they broadcast. Exact."""
        hour, later = wanted.numbers("hour", hour), wanted.numbers("later_h", later_h, 0.0)
        amount = wanted.not_negative("amount", amount)
        return (amount / self.volume_ml * np.exp(-self._faded(hour, hour + later)))[()]

    def half_life_h(self, hour: Numbers) -> Result:
        """Hours until half of a dose given at the clock time `hour`, a number or an array, has gone."""
        hour = wanted.numbers("hour", hour)
        return self.formation._hours_until(np.full(hour.shape, np.log(2) * self.volume_ml), hour, self.rest_ml_per_h)[()]

    @property
    def even_half_life_h(self) -> float:
        """The half-life that the daily mean would give."""
        return float(np.log(2) * self.volume_ml / (self.formation._mean + self.rest_ml_per_h))

    def area_after_bolus(self, hour: float, amount: float = 1.0) -> float:
        """Area under the level of `amount` given at the clock time `hour`, to the end of time (per mL times hours)."""
        hour, amount = wanted.number("hour", hour), wanted.not_negative("amount", amount)
        grid = self._panels(hour, np.array([_DAY]), [])
        lengths, starts = np.diff(grid), grid[:-1]
        inside = hour + starts[:, None] + lengths[:, None] * _NODES
        day = lengths @ (np.exp(-self._faded(hour, inside)) @ _WEIGHTS)
        return float(amount / self.volume_ml * day / -np.expm1(-self._faded(hour, hour + _DAY)))

    def during_infusion(self, rate: float, hour: float, later_h: Numbers, hours: float = np.inf) -> Array:
        """Levels (t,) per mL at `later_h` (t,) hours into an infusion of `rate` (doses/h) begun at the clock time `hour`.

        It stops after `hours`. Nothing was there before.
        """
        rate, hour = wanted.not_negative("rate", rate), wanted.number("hour", hour)
        later = wanted.times("later_h", later_h, 0.0)
        if not (isinstance(hours, (int, float, np.number)) and hours > 0):
            wanted.refuse("hours", hours, "a number above 0, or infinity")
        return self._levels(rate, hour, later, hours, 0.0)

    def settled(self, rate: float, hour: Numbers) -> Array:
        """Levels (t,) per mL at the clock times `hour` (t,), ascending, under an infusion of `rate` that never stops or began."""
        rate, clock = wanted.not_negative("rate", rate), wanted.times("hour", hour)
        day = self._levels(rate, clock[0], np.array([_DAY]), np.inf, 0.0)[0]
        start = day / -np.expm1(-self._faded(clock[0], clock[0] + _DAY))
        return self._levels(rate, clock[0], clock - clock[0], np.inf, start)

    def _panels(self, hour: float, later: Array, more: list[float]) -> Array:
        """Times since `hour` at which one panel of quadrature ends and the next begins."""
        fastest = (self.formation.highest + self.rest_ml_per_h) / self.volume_ml
        step = min(_PANEL, _PANEL / fastest)
        hours = self.formation.hour_lowest, self.formation.hour_highest
        turns = [np.arange((turn - hour) % _DAY, later[-1], _DAY) for turn in hours]
        return np.unique(np.concatenate([[0.0], later, *turns, np.arange(0.0, later[-1], step), more]))

    def _levels(self, rate: float, hour: float, later: Array, hours: float, start: float) -> Array:
        grid = self._panels(hour, later, [hours] if hours < later[-1] else [])
        lengths, begin, end = np.diff(grid), hour + grid[:-1], hour + grid[1:]
        inside = begin[:, None] + lengths[:, None] * _NODES
        kept = np.exp(-self._faded(begin, end))
        fed = lengths * (np.exp(-self._faded(inside, end[:, None])) @ _WEIGHTS) * np.where(grid[:-1] < hours, rate, 0.0)
        levels = np.empty(grid.size)
        levels[0] = level = start
        for i, (share, gain) in enumerate(zip(kept.tolist(), (fed / self.volume_ml).tolist())):
            levels[i + 1] = level = level * share + gain
        return levels[np.searchsorted(grid, later)]
