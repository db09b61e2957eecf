"""What a run of the spinal canal gives back: levels along it, levels at a height, and where every part of the dose is.

`SpinalCanal.steady` returns a `Profile`, `SpinalCanal.run` a `CanalRun`. Units: cm, h, mL, doses.
Errors: ValueError naming argument, value and what was wanted.

In words: A canal cut into slices knows one level for each slice. Between the middles of two slices the level is read on a
straight line, and beside a catheter tip the little peak that a straight line would cut off is put back. Beside the levels
stand the accounts: how much was given, how much is still in the canal, how much left along it, how much left at the head;
and the same as rates, which is what a model of the blood needs, for what leaves the fluid mostly comes into the blood.

Assumes: That levels change little within one slice, and that next to the tip the drug spreads quickly enough to have
settled there.

Leaves out: Everything that the canal itself leaves out. The path of a drug after it has left the fluid belongs to other
models.

Sources: Bookkeeping of amounts; the peak at the tip is the steady solution of the diffusion equation between two slices.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, cast

import numpy as np

from . import wanted
from .dosing import Infusion, Schedule
from .wanted import Array, Numbers, Result

if TYPE_CHECKING:  # only the names: the canal makes runs, not the other way round
    from .canal import SpinalCanal
    from .modal import Path


class _Readable:
    """What can be read at a height: straight lines between the middles of cells, with the cusp at a catheter tip."""

    _canal: SpinalCanal
    _levels: Array

    def _cusps(self, heights: Array) -> Array:
        raise NotImplementedError

    def at(self, height_cm: Numbers) -> Result:
        """Level per mL at a height (cm), or at several: shape of the levels without places, then that of the heights."""
        heights = wanted.numbers("height_cm", height_cm)
        flat = np.atleast_1d(heights).ravel()
        levels = self._levels @ self._canal._weights(flat).T + self._cusps(flat)
        return levels.reshape(self._levels.shape[:-1] + heights.shape)[()]


class Profile(_Readable):
    """A steady profile: `z` (cells,), `concentration` (cells,) per mL, `amount` (cells,), `pool` amount, `at(height)`.

    `position` of the tip in cm.
    """

    def __init__(self, canal: SpinalCanal, state: Array, position: float, rate: float) -> None:
        self._canal, self._levels = canal, state / canal._volumes
        self._tip = (position, rate)
        self.z = canal.z
        self.amount, self.pool = canal._split(state)
        self.concentration, _ = canal._split(self._levels)

    def _cusps(self, heights: Array) -> Array:
        position, rate = self._tip
        return rate * self._canal._cusp(heights, position)[0]


class CanalRun(_Readable):
    """A run in time.

    `times` (t,), `z` (cells,), `concentration` (t, cells) per mL, `amount` (t, cells), `pool` (t,) amount in cranial
    fluid, `tallies` {given, in_canal, lost_along_canal, gone_into_head, and with a Pool also in_pool, lost_from_pool}
    each (t,): given = in_canal + lost_along_canal + gone_into_head. `rates` are the last three per hour, for a model of
    the blood. `balance` is the worst gap, relative to the dose. `at(height_cm)` gives (t,) or (t, heights).
    Concentrations are cut off at 0, where rounding dips below it.
    """

    def __init__(self, canal: SpinalCanal, path: Path, schedule: Schedule, carried: float) -> None:
        self._canal, self._path, self._schedule, self._carried = canal, path, schedule, carried
        self.times, self.z = path.times, canal.z
        self._levels = np.maximum(path.states / canal._volumes, 0)
        self.amount, self.pool = canal._split(path.states)
        self.concentration, _ = canal._split(self._levels)

    def _ways_out(self) -> dict[str, Array]:
        """Rate out by each way (states,), per hour of the amount in each state."""
        canal, n = self._canal, self._canal._active
        along, door = np.zeros((2, canal._volumes.size))
        along[:n] = canal._loss
        door[n - 1] = canal._door
        ways = {"lost_along_canal": along, "gone_into_head": door}
        if canal._pool:
            ways["lost_from_pool"] = np.zeros(canal._volumes.size)
            ways["lost_from_pool"][n] = canal._pool.loss_per_h
            door[n] = -canal._back
        return ways

    @cached_property
    def tallies(self) -> dict[str, Array]:
        """Where every part of the dose is, by name, each (t,); worked out when first asked for."""
        path, n = self._path, self._canal._active
        ways = self._ways_out()
        tallies = {
            "given": np.asarray(self._carried + self._schedule.given_by(self.times)),
            "in_canal": path.states[:, :n].sum(axis=1),
            "lost_along_canal": path.tally(ways["lost_along_canal"]),
        }
        if self._canal._pool:
            lost = path.tally(ways["lost_from_pool"])
            return tallies | {"gone_into_head": self.pool + lost, "in_pool": self.pool, "lost_from_pool": lost}
        return tallies | {"gone_into_head": path.tally(ways["gone_into_head"])}

    @cached_property
    def rates(self) -> dict[str, Array]:
        """What is leaving at each time, doses per hour, each (t,): lost_along_canal, gone_into_head (with a Pool: net of
        what comes back) and, with a Pool, lost_from_pool. Their areas are the tallies; rounding below 0 is not cut off."""
        return {name: self._path.states @ way for name, way in self._ways_out().items()}

    @cached_property
    def lost_by_cell(self) -> Array:
        """Amount lost along the canal so far, cell by cell (t, cells): with a loss by level, where the drug went."""
        n = self._canal._active
        lost = np.zeros(self.amount.shape)
        lost[:, :n] = self._path.areas[:, :n] * self._canal._loss
        return lost

    @property
    def balance(self) -> float:
        """Largest amount unaccounted for at any time, relative to the largest amount given."""
        kept = sum(self.tallies[name] for name in ("in_canal", "lost_along_canal", "gone_into_head"))
        given = self.tallies["given"]
        return float(np.abs(given - kept).max() / max(given.max(), np.finfo(float).tiny))

    def _cusps(self, heights: Array) -> Array:
        result = np.zeros((self.times.size, heights.size))
        for dose in self._schedule:
            if isinstance(dose, Infusion):
                here, speed = self._canal._cusp(heights, cast(float, dose.position_cm))
                if np.any(here):
                    begun = -np.expm1(-speed * np.maximum(self.times - dose.start, 0))
                    ended = -np.expm1(-speed * np.maximum(self.times - dose.stop, 0))
                    result += dose.rate * (begun - ended)[:, None] * here
        return result
