"""Fluid in a tube, and what comes out of it: the plumbing below the pump.

Volumes in mL, amounts in doses, strengths in doses per mL, times in hours.
Errors: ValueError naming argument, value and what was wanted.

In words: A tube full of fluid is a queue: what is pushed in at one end makes as much come out at the other, in the order
in which it went in. A hole lets a share of the flow out, and what is beyond the hole moves that much more slowly. Next to
the pump a part may be stirred, so that a new solution does not arrive all at once.

Assumes: No stretching, no diffusion along the tube, one stirred part at most.

Leaves out: Everything about pressure; the profile of speed across the tube, which would smear a front a little.

Sources: Balance of volume and of amount; the stirred part is the mixing tank of every textbook of chemical engineering.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections import deque
from typing import Any, TypeAlias

import numpy as np

from . import wanted
from .dosing import Bolus, Dose, Infusion, Schedule
from .wanted import Array, Numbers, Result

#: Fluid that passes a place: when, over what span (h), how much (mL), how strong (doses per mL).
Parcel: TypeAlias = tuple[float, float, float, float]
_TINY = 1e-12  # of a tube's volume: less than that is rounding, and stays where it is


class Curve:
    """Straight pieces in order of time: `add(time, value, slope)`, then call it with a time or an array of times."""

    def __init__(self) -> None:
        self._pieces = list[tuple[float, float, float]]()
        self._rows: Array | None = None

    def add(self, time: float, value: float, slope: float = 0.0) -> None:
        """From `time` on the `value` rises by `slope` an hour; both in the unit of the curve."""
        self._pieces.append((time, value, slope))

    def __call__(self, times: Numbers) -> Result:
        times = wanted.numbers("times", times)
        if self._rows is None:
            self._rows = np.array(self._pieces).reshape(-1, 3).T
        starts, values, slopes = self._rows
        if not starts.size:
            return np.full(times.shape, np.nan)[()]
        i = np.searchsorted(starts, times, side="right") - 1
        return np.where(i < 0, np.nan, values[i] + slopes[i] * (times - starts[i]))[()]


class Outlet:
    """What leaves at one place, written down as it comes and read as a `Schedule`; equal rates in a row are joined."""

    def __init__(self) -> None:
        self.total = 0.0
        # [start, stop, rate, place] and [time, amount, volume, place]
        self._steady, self._sudden = list[list[Any]](), list[list[Any]]()

    def over(self, start: float, span: float, amount: float, position_cm: float | None) -> None:
        """`amount` came out evenly from `start` over `span`, at `position_cm`."""
        self.total += amount
        rate, last = amount / span, self._steady[-1] if self._steady else None
        if last and last[3] == position_cm and abs(last[1] - start) < 1e-9 and abs(last[2] - rate) <= 1e-12 * rate:
            last[1] = start + span
        else:
            self._steady.append([start, start + span, rate, position_cm])

    def at_once(self, time: float, amount: float, volume: float, position_cm: float | None) -> None:
        """`amount` came out at one instant in a `volume` (mL), at `position_cm`."""
        self.total += amount
        last = self._sudden[-1] if self._sudden else None
        if last and last[0] == time and last[3] == position_cm:
            last[1], last[2] = last[1] + amount, last[2] + volume
        else:
            self._sudden.append([time, amount, volume, position_cm])

    def schedule(self) -> Schedule:
        """All that came out, in order of time."""
        doses: list[Dose] = [Infusion(start, stop, rate, place) for start, stop, rate, place in self._steady if rate > 0 and stop > start]
        doses += [Bolus(time, amount, volume, place) for time, amount, volume, place in self._sudden if amount > 0]
        return Schedule(sorted(doses, key=lambda dose: dose.start))


class _Tube:
    """Fluid that moves on in order."""

    def __init__(self, volume: float, strength: float) -> None:
        self.volume = volume
        self._parcels = deque([[volume, strength]] if volume > 0 else [])

    @property
    def amount(self) -> float:
        return sum(volume * strength for volume, strength in self._parcels)

    def push(self, parcels: list[Parcel]) -> list[Parcel]:
        """Parcels (when, span, volume, strength) go in; parcels come out, as much in volume, at the times that fit."""
        if not self.volume > 0:
            return parcels
        out, queue, tiny = [], self._parcels, _TINY * self.volume
        for when, span, volume, strength in parcels:
            if queue and queue[-1][1] == strength:
                queue[-1][0] += volume
            else:
                queue.append([volume, strength])
            left = volume
            while left > tiny:
                first = queue[0]
                taken = first[0] if first[0] <= left + tiny else left
                length = span * min(taken / volume, 1.0)
                out.append((when, length, taken, first[1]))
                when, left = when + length, left - taken
                if taken == first[0]:
                    queue.popleft()
                else:
                    first[0] -= taken
        return out


class _Stirred:
    """A stirred part: its strength runs after what comes in, and what goes out is as strong as it is."""

    SLICE, ENOUGH = 0.1, 35.0  # of its volume: one step of the way, and the point where nothing old is left

    def __init__(self, volume: float, strength: float) -> None:
        self.volume, self._strength = volume, strength

    @property
    def amount(self) -> float:
        return self.volume * self._strength

    def push(self, parcels: list[Parcel]) -> list[Parcel]:
        if not self.volume > 0:
            return parcels
        out = []
        for when, span, volume, strength in parcels:
            if strength == self._strength:
                out.append((when, span, volume, strength))
                continue
            way = min(volume, self.ENOUGH * self.volume)
            count = int(np.ceil(way / (self.SLICE * self.volume))) if span else 1
            steps = [way / count] * count + ([volume - way] if volume > way else [])
            for step in steps:
                after = strength + (self._strength - strength) * np.exp(-step / self.volume)
                if abs(after - strength) < 1e-14 * strength:
                    after = strength
                leaving = strength * step + (self._strength - after) * self.volume
                out.append((when, span * step / volume, step, leaving / step))
                when, self._strength = when + span * step / volume, after
        return out


class Catheter:
    """A fluid path of `volume_ml`, `mixed_share` of it stirred at the pump's end, with `holes` (shares of the way)."""

    def __init__(self, volume_ml: float, mixed_share: float, holes: Iterable[float], strength: float) -> None:
        self._stirred = _Stirred(volume_ml * mixed_share, strength)
        plain = volume_ml - self._stirred.volume
        self._holes = sorted(holes)
        cuts = [0.0, *(max(hole * volume_ml - self._stirred.volume, 0.0) for hole in self._holes), plain]
        self._tubes = [_Tube(max(b - a, 0.0), strength) for a, b in zip(cuts, cuts[1:])]

    @property
    def amount(self) -> float:
        """Doses that are in it now."""
        return self._stirred.amount + sum(tube.amount for tube in self._tubes)

    def push(self, when: float, span: float, volume: float, strength: float,
             escaping: Mapping[float, tuple[float, str]]) -> list[tuple[str, float, float, float, float]]:
        """Push `volume` (mL) in over `span` from `when` (h); yields (place, when, span, volume, strength) for all that comes out.

        `escaping` {hole: (a share of the flow, name of the place)}. What comes out at the end is called "tip".
        """
        parcels, result = self._stirred.push([(when, span, volume, strength)]), list[tuple[str, float, float, float, float]]()
        for tube, hole in zip(self._tubes, [*self._holes, np.inf]):
            parcels = tube.push(parcels)
            share, name = escaping.get(hole, (0.0, ""))
            if share:
                result += [(name, t, length, v * share, s) for t, length, v, s in parcels]
                parcels = [(t, length, v * (1 - share), s) for t, length, v, s in parcels] if share < 1 else []
        return result + [("tip", *parcel) for parcel in parcels]
