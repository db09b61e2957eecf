"""Streaming as an unknown: a canal of two lanes, one running to the head and one to the tail, that swap fluid.

    dc_up/dt   = spread along the lane - w_up dc_up/dz     - k c_up   + s_up (c_down - c_up)
    dc_down/dt = spread along the lane + w_down dc_down/dz - k c_down + s_down (c_up - c_down)

The recirculating flow q is the same at every height; the two lanes join at the tail end and at the head. `streaming` w is q
over half the mean cross-section: with equal lanes, the speed in each. `swap` s is how often fluid changes lane: in equal
lanes each gives away s of itself an hour, in lanes of shares f and 1 - f the flow per cm is 2 s f (1 - f) A. No fluid is
gained or lost, and there is no net flow. Units: cm, h, mL, doses. Cells smear a front as a dispersion of w x cell length / 2
would; where the lane's own is larger, they add nothing.

Nothing here is a finding. No measurement in man fixes the speed, the width of the lanes or the swapping; the model shows
what they would have to be, and what would follow. Errors: ValueError naming argument, value and what was wanted.

In words: Heartbeats push the fluid to and fro, and in a canal that is not quite regular each push brings it back to a
slightly different place. Theory and computer models say that this leaves a slow, lasting circulation, up in one part of the
cross-section and down in another. The model draws it as two lanes. A drug put into one lane is carried; a drug that swaps
lanes quickly is only spread, as if the stirring were stronger. So the same circulation looks like a current to a tracer off
the middle, and like mixing to one that is well stirred across.

Assumes: Two lanes of fixed shares, each well mixed across; one speed for the whole length; swapping like that between two
tanks. Speed, share and swapping are unknowns with ranges, set by hand or by fitting, never read off a measurement.

Leaves out: The closed loops of different length that theory shows, the dependence on pulse and on the shape of the canal,
weight of the solution, and the one-way stream out of the ventricles. Without that last one it cannot explain why a tracer
takes a day to enter the ventricles.

Sources: Sanchez AL and others, J Fluid Mech 2018;841:203 and Lawrence JJ and others, J Fluid Mech 2019;861:679 (theory of
the lasting circulation). Khani M and others, J Biomech Eng 2019;142:021006 (speeds in a computer model of one subject).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import cast

import numpy as np

from . import wanted
from .canal import Pool, SpinalCanal
from .dosing import Bolus, Doses, Schedule, to_run
from .linear import Feed, Jump, LinearSystem
from .modal import Path
from .wanted import Array, Numbers, Places, Result

LANES = ("up", "down", "both")


def streaming_dispersion(streaming_cm_per_h: Numbers, swap_per_h: Numbers) -> Result:
    """Dispersion (cm2/h) that streaming adds when lanes swap often: w^2 / (2 s), for equal lanes (Taylor's limit).

    Numbers or arrays that broadcast. The lane model nears it once a tracer has swapped many times on its way.
    """
    speed = wanted.numbers("streaming_cm_per_h", streaming_cm_per_h)
    swap = wanted.numbers("swap_per_h", swap_per_h, 0.0, above=True)
    return (speed**2 / (2 * swap))[()]


class LaneRun:
    """A run of two lanes: `times` (t,), `z` (cells,), `up`, `down`, `mixed` (t, cells) levels per mL (`mixed` is the mean
    over the cross-section), `pool` (t,) amount, `tallies` {given, in_canal, lost_along_canal, gone_into_head, and with a
    Pool in_pool and lost_from_pool}, `balance` the worst gap relative to the dose, `at(height_cm, lane)`."""

    def __init__(self, lanes: TwoLanes, path: Path, schedule: Schedule) -> None:
        self._lanes, self._path, self._schedule = lanes, path, schedule
        self.times, self.z = path.times, lanes.z
        n = lanes.cells
        levels = path.states / lanes._volumes
        self.up, self.down = levels[:, :n], levels[:, n : 2 * n]
        self.mixed = lanes.share_up * self.up + (1 - lanes.share_up) * self.down
        self.pool = path.states[:, 2 * n] if lanes._pool else np.zeros(path.times.size)

    def at(self, height_cm: Numbers, lane: str = "both") -> Result:
        """Level per mL at a height (cm), or at several, in a lane or mixed across ("both"): (t,) or (t, heights)."""
        heights = wanted.numbers("height_cm", height_cm)
        levels = {"up": self.up, "down": self.down, "both": self.mixed}[_lane(lane)]
        found = levels @ self._lanes._frame._weights(np.atleast_1d(heights).ravel()).T
        return found.reshape(self.times.shape + heights.shape)[()]

    @cached_property
    def tallies(self) -> dict[str, Array]:
        """Where every part of the dose is, by name, each (t,)."""
        lanes, n = self._lanes, self._lanes.cells
        along = np.zeros(lanes._volumes.size)
        along[: 2 * n] = np.tile(lanes._frame._loss, 2)
        tallies = {"given": np.asarray(self._schedule.given_by(self.times)), "in_canal": self._path.states[:, : 2 * n].sum(axis=1),
                   "lost_along_canal": self._path.tally(along), "gone_into_head": np.zeros(self.times.size)}
        if lanes._pool:
            out = np.zeros(lanes._volumes.size)
            out[-1] = lanes._pool.loss_per_h
            lost = self._path.tally(out)
            tallies |= {"gone_into_head": self.pool + lost, "in_pool": self.pool, "lost_from_pool": lost}
        return tallies

    @property
    def balance(self) -> float:
        """Largest amount unaccounted for at any time, relative to the largest amount given."""
        kept = sum(self.tallies[name] for name in ("in_canal", "lost_along_canal", "gone_into_head"))
        given = self.tallies["given"]
        return float(np.abs(given - kept).max() / max(given.max(), np.finfo(float).tiny))


def _lane(lane: str) -> str:
    return lane if lane in LANES else wanted.refuse("lane", lane, '"up", "down" or "both"')


class TwoLanes:
    """A canal of two lanes, each cut into `cells`.

    length_cm, area_cm2, dispersion_cm2_per_h, loss_per_h   as in `SpinalCanal`; area and the others are those of the canal
    streaming_cm_per_h   w: the recirculating flow over half the mean area; 0 or more
    swap_per_h           s: how often fluid changes lane; 0 or more
    share_up             share of the cross-section that runs to the head, between 0 and 1
    head                 "closed": the lanes join at the skull; Pool(...): both open into mixed cranial fluid

    `z`, `edges` (cells+1,) and `volume` (cells,) as in `SpinalCanal`. Errors: ValueError naming argument, value and what
    was wanted.
    """

    def __init__(self, length_cm: float, area_cm2: Numbers, dispersion_cm2_per_h: Numbers, loss_per_h: Numbers,
                 streaming_cm_per_h: float, swap_per_h: float, share_up: float = 0.5, head: Pool | str = "closed",
                 cells: int = 60) -> None:
        if not isinstance(head, Pool) and head != "closed":
            wanted.refuse("head", head, '"closed" or a Pool')
        self._frame = SpinalCanal(length_cm, area_cm2, dispersion_cm2_per_h, loss_per_h, head="closed", cells=cells)
        self.streaming_cm_per_h = wanted.not_negative("streaming_cm_per_h", streaming_cm_per_h)
        self.swap_per_h = wanted.not_negative("swap_per_h", swap_per_h)
        self.share_up = wanted.number("share_up", share_up, "a number between 0 and 1")
        if not 0 < self.share_up < 1:
            wanted.refuse("share_up", share_up, "a number between 0 and 1")
        self.head, self._pool, self.cells = head, head if isinstance(head, Pool) else None, self._frame.cells
        self.z, self.edges, self.volume = self._frame.z, self._frame.edges, self._frame.volume
        self._shares = np.array([self.share_up, 1 - self.share_up])
        self._build()

    def _build(self) -> None:
        frame, n = self._frame, self.cells
        spread = np.broadcast_to(frame.dispersion_cm2_per_h, n)
        flow = 0.5 * self.streaming_cm_per_h * self.volume.sum() / frame.length_cm
        volumes = (self._shares[:, None] * self.volume).ravel()
        matrix = np.diag(np.append(-np.tile(frame._loss, 2), -self._pool.loss_per_h if self._pool else []))
        if self._pool:
            volumes = np.append(volumes, self._pool.volume_ml)

        def carry(start: Places, stop: Places, ml_per_h: Result) -> None:
            np.add.at(matrix, (stop, start), ml_per_h / volumes[start])
            np.add.at(matrix, (start, start), -ml_per_h / volumes[start])

        def join(low: Places, high: Places, area: Result, spread: Result, flow: float, gap: Result) -> None:
            """Spreading between two places, and a flow from `low` to `high`: central, upwind where that would overshoot."""
            mixed = np.maximum(spread * area / gap, 0.5 * flow)
            carry(low, high, mixed + 0.5 * flow)
            carry(high, low, mixed - 0.5 * flow)

        low, high = np.arange(n - 1), np.arange(1, n)
        inner = spread if np.ndim(frame.dispersion_cm2_per_h) == 0 else np.append(
            frame._across(np.diff(self.edges), frame.area, spread), 0)
        up, down = self._shares
        join(low, high, frame._face * up, inner[: n - 1], flow, frame._gap)
        join(high + n, low + n, frame._face * down, inner[: n - 1], flow, frame._gap)
        width = self.edges[1] - self.edges[0]
        narrow = min(up, down)
        join(np.array([n]), np.array([0]), frame.area[0] * narrow, spread[0], flow, width)
        if self._pool:
            swap = self._pool.exchange_ml_per_h
            top, pool = np.array([n - 1]), np.array([2 * n])
            carry(top, pool, flow + swap * up)
            carry(pool, top, swap * up)
            carry(pool, top + n, flow + swap * down)
            carry(top + n, pool, swap * down)
        else:
            join(np.array([n - 1]), np.array([2 * n - 1]), frame.area[-1] * narrow, spread[-1], flow, width)
        across = 2 * self.swap_per_h * up * down * self.volume
        carry(np.arange(n), np.arange(n, 2 * n), across)
        carry(np.arange(n, 2 * n), np.arange(n), across)
        self._volumes, self.system = volumes, LinearSystem(matrix)

    def _into(self, state: Array, lane: str) -> Array:
        """A state of the whole canal shared out to a lane, or to both by their widths."""
        parts: Iterable[float] = {"up": (1.0, 0.0), "down": (0.0, 1.0), "both": tuple(self._shares)}[_lane(lane)]
        full = np.zeros(self._volumes.size)
        full[: 2 * self.cells] = np.concatenate([part * state for part in parts])
        return full

    def bolus(self, position_cm: float, amount: float = 1.0, lane: str = "both") -> Array:
        """The state (states,) of `amount` at `position_cm`, in one lane or shared between both by their widths."""
        return self._into(self._frame.bolus(position_cm, amount), lane)

    def infuse(self, position_cm: float, rate: float = 1.0, lane: str = "both") -> Array:
        """The input (states,), amount per hour, of a `rate` at `position_cm` into a lane."""
        return self._into(self._frame.infuse(position_cm, rate), lane)

    def run(self, schedule: Doses, times: Numbers, position_cm: float | None = None, lane: str = "both") -> LaneRun:
        """The run from an empty canal at time 0 through `times` (t,) h, every dose going into `lane`.

        Doses without a position go to `position_cm`; the volume of a bolus is not used (a point in its lane).
        """
        placed, times = to_run(self._frame._placed(schedule, position_cm), times)
        inputs: list[Jump | Feed] = []
        for dose in placed:
            place = cast(float, dose.position_cm)
            inputs.append(Jump(dose.time, self.bolus(place, dose.amount, lane)) if isinstance(dose, Bolus)
                          else Feed(dose.start, dose.stop, self.infuse(place, dose.rate, lane)))
        return LaneRun(self, self.system.run(np.zeros(self._volumes.size), times, inputs), placed)

    def steady(self, position_cm: float, rate: float = 1.0, lane: str = "both") -> LaneRun:
        """The levels that an infusion of `rate` (doses per hour) settles to, as a run of one time; tallies are empty."""
        state = self.system.steady(self.infuse(position_cm, rate, lane))
        return LaneRun(self, Path(np.array([0.0]), state[None], lambda weights: np.zeros(1)), Schedule())
