"""Cerebrospinal fluid along the spine: transport in one dimension, solved exactly in time.

    dc/dt = (1/A) d/dz (A D dc/dz) - (Q/A) dc/dz - k c        Q = drift x mean cross-section

z runs from the closed caudal end (0) to the skull (`length_cm`). D is an *effective* dispersion: a fitted number that
stands for all the stirring by heartbeat and breath, not a constant of nature. Units: cm, h, mL, doses.

The canal is cut into cells. The flow across each face is exponentially fitted, to the loss as well as to the drift
(after Scharfetter & Gummel 1969): in an even canal the steady profile between sources is exact at the middle of every
cell, at any ratio of drift to dispersion. Changes in time are right to second order in the cell length. With D = 0 and
a drift the scheme is upwind transport: steady profiles stay exact, but fronts are smeared as by a dispersion of
(drift x cell length / 2); `carried_level` gives the sharp one.
Errors: ValueError naming argument, value and what was wanted.

In words: The fluid round the spinal cord is a tube, closed at the tail end and open to the head. A drug put in at one
height is stirred up and down by heartbeat and breath, may be carried slowly one way by a net flow, and is lost on the way
through roots and walls. The model follows how much is at each height, hour by hour, and says where the rest has gone.
Stirring without any net flow spreads a drug both ways alike: then the level in the neck after a dose in the loin is the
level in the loin after the same dose in the neck, whatever the shape of the canal.

Assumes: That across the canal the fluid is mixed at each height; that stirring works like diffusion with one fitted number
(or one for each height); that what is lost is a fixed share of what is there; that the flow is steady. The fitted number
comes from four patients, and three different stories fit it equally well.

Leaves out: Front and back of the cord, streaming up one side and down the other (the two lanes have a model of their own),
weight and density of the solution, the jet at the needle, uptake into the cord and binding, and change of shape with
posture during a run.

Sources: Kroin JS and others, Neurosurgery 1993;33:226 (the fitted fall-off). Chamberlain MC, J Neurooncol 1998 (arrival
times that it fails to meet). Scharfetter DL, Gummel HK, IEEE Trans Electron Devices 1969 (the fitted flow between slices).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, cast

import numpy as np

from . import wanted
from .canal_run import CanalRun, Profile
from .closed_forms import carried_level, decay_lengths, dispersion_for, tip_level
from .dosing import Bolus, Doses, Schedule, to_run
from .linear import Feed, Jump, LinearSystem
from .wanted import Array, Numbers, Places, Result

__all__ = ["CanalRun", "Pool", "Profile", "SpinalCanal", "carried_level",
           "decay_lengths", "dispersion_for", "tip_level"]


@dataclass(frozen=True)
class Pool:
    """Cranial fluid above the canal: mixed, `volume_ml`, swapping `exchange_ml_per_h` with the top of the canal and
    losing `loss_per_h`. Fluid that drifts in must drift out: count it in `loss_per_h` (flow / volume) when there is drift.
    """

    volume_ml: float
    exchange_ml_per_h: float
    loss_per_h: float

    def __post_init__(self) -> None:
        wanted.positive("Pool.volume_ml", self.volume_ml)
        wanted.not_negative("Pool.exchange_ml_per_h", self.exchange_ml_per_h)
        wanted.not_negative("Pool.loss_per_h", self.loss_per_h)


def _ease(x: Result) -> Array:
    """x / (e^x - 1), and 1 at 0: the Bernoulli function of exponential fitting, for x of 0 or more."""
    x = np.asarray(x, dtype=float)
    safe = np.where(x > 0, x, 1.0)
    return np.where(x > 0, safe * np.exp(-safe) / -np.expm1(-safe), 1.0)


def _flow(dispersion: Result, drift: Result, loss: Result, distance: Result) -> tuple[Array, Array]:
    """Velocities (cm/h) that carry drug up from below and down from above over `distance`, fitted to drift and loss.

    Both solutions of D c'' - u c' - k c = 0 satisfy the balance of cells made from these exactly.
    """
    dispersion, drift, distance = np.broadcast_arrays(dispersion, drift, distance)
    root = np.sqrt(drift**2 + 4 * dispersion * loss)
    fast = 0.5 * (root + np.abs(drift))  # D over the short decay length, against the drift
    moves = fast > 1e-100  # slower than that is not moving, and its reciprocal no number
    slow = np.where(moves, loss / np.where(moves, fast, 1), 0.0) * distance  # distance over the long one
    spreads = dispersion > 0
    quick = fast / np.where(spreads, dispersion, 1) * distance
    ahead, back = _ease(slow), _ease(quick)
    with_drift = np.where(spreads, dispersion / distance * ahead * (back + quick), np.abs(drift) * ahead)
    against = np.where(spreads, dispersion / distance * (ahead + slow) * back, 0.0)
    return np.where(drift >= 0, with_drift, against), np.where(drift >= 0, against, with_drift)


def _by_cell(name: str, value: Numbers, cells: int, check: Callable[[str, Any], float] = wanted.not_negative) -> Result:
    """A number, or an array (cells,) with each of its numbers checked."""
    if np.ndim(value) == 0:
        return check(name, value)
    values = wanted.vector(name, value, cells)
    check(name, values.min())
    return values


class SpinalCanal:
    """The canal, cut into `cells`.

    area_cm2              fluid cross-section: a number, or one for each cell from the caudal end up
    dispersion_cm2_per_h  effective axial dispersion D, 0 or more: a number, or one for each cell
    loss_per_h            loss along the canal, k: a number, or one for each cell (roots that absorb more at some levels)
    drift_cm_per_h        mean fluid speed towards the head, u (the flow u x mean area is the same at every height;
                          what enters at the caudal end carries no drug); negative: towards the tail
    head                  "matched": a one-way door that lets a steady profile leave as though the canal went on
                          "closed":  nothing leaves at the skull
                          "sink":    nothing is ever found at `sink_height_cm` (None: the skull) or above it
                          Pool(...): mixed cranial fluid

    `z` (cells,) are the middles of the cells, `edges` (cells+1,) their ends, `volume` (cells,) in mL. With a sink the
    cells below it are stretched or squeezed a little so that one of them ends there.
    Errors: ValueError naming argument, value and what was wanted.
    """

    def __init__(self, length_cm: float, area_cm2: Numbers, dispersion_cm2_per_h: Numbers, loss_per_h: Numbers,
                 drift_cm_per_h: float = 0.0, head: Pool | str = "matched", sink_height_cm: float | None = None,
                 cells: int = 120) -> None:
        self.length_cm = wanted.positive("length_cm", length_cm)
        self.cells = wanted.whole("cells", cells, 2)
        self.dispersion_cm2_per_h = _by_cell("dispersion_cm2_per_h", dispersion_cm2_per_h, self.cells)
        self.loss_per_h = _by_cell("loss_per_h", loss_per_h, self.cells)
        self.drift_cm_per_h = wanted.number("drift_cm_per_h", drift_cm_per_h)
        if not isinstance(head, Pool) and head not in ("matched", "closed", "sink"):
            wanted.refuse("head", head, '"matched", "closed", "sink" or a Pool')
        self.head, self._pool = head, head if isinstance(head, Pool) else None
        if sink_height_cm is not None and head != "sink":
            wanted.refuse("sink_height_cm", sink_height_cm, 'None, unless head is "sink"')
        self.edges, self._active = self._cut(sink_height_cm)
        self.area = np.full(self.cells, _by_cell("area_cm2", area_cm2, self.cells, wanted.positive))
        self.z = 0.5 * (self.edges[1:] + self.edges[:-1])
        self.volume = self.area * np.diff(self.edges)
        self._build()

    def _cut(self, sink_height: float | None) -> tuple[Array, int]:
        even = np.linspace(0, self.length_cm, self.cells + 1)
        if self.head != "sink" or sink_height is None:
            self.sink_height_cm = self.length_cm if self.head == "sink" else None
            return even, self.cells
        sink = self.sink_height_cm = wanted.positive("sink_height_cm", sink_height)
        if sink > self.length_cm:
            wanted.refuse("sink_height_cm", sink, f"a height within the canal, up to {self.length_cm:g}")
        below = int(np.clip(round(sink / self.length_cm * self.cells), 2, self.cells))
        if sink == self.length_cm or (below == self.cells and self.length_cm - sink < 1e-9):
            return even, self.cells
        below = min(below, self.cells - 1)
        above = np.linspace(sink, self.length_cm, self.cells - below + 1)
        return np.concatenate([np.linspace(0, sink, below + 1), above[1:]]), below

    def _build(self) -> None:
        n = self._active
        width, area = np.diff(self.edges)[:n], self.area[:n]
        k = self._loss = np.full(self.cells, self.loss_per_h)[:n]
        mean_area = self.volume.sum() / self.length_cm
        self._gap = 0.5 * (width[1:] + width[:-1])
        self._face = self._gap / (0.5 * width[1:] / area[1:] + 0.5 * width[:-1] / area[:-1])  # in series
        D, top_spread = self.dispersion_cm2_per_h, np.ravel(self.dispersion_cm2_per_h)[-1]
        if isinstance(D, np.ndarray):
            D, top_spread = self._across(width, area, D[:n]), D[n - 1]
        between = 0.5 * (width[1:] * k[1:] + width[:-1] * k[:-1]) / self._gap
        flow = self.drift_cm_per_h * mean_area
        up, down = _flow(D, flow / self._face, between, self._gap)
        up, down = up * self._face, down * self._face  # mL/h across each inner face
        resist = np.broadcast_to(D * self._face, n - 1)
        spreads = resist > 0
        peclet = np.where(spreads, np.abs(flow) * self._gap / np.where(spreads, resist, 1), np.inf)
        with np.errstate(over="ignore", invalid="ignore"):
            fade = np.where(peclet > 500, 0.0, np.where(peclet > 0, peclet / np.sinh(np.minimum(peclet, 500)), 1.0))
        self._cusp_size = np.where(spreads, fade * self._gap / np.where(spreads, resist, 1), 0.0)
        # Where drift rules, a cell passes drug on as though it had come in at its upstream face: aim that much further.
        middling = float(np.median(peclet))
        lean = 1.0 if middling > 500 else 1 / np.tanh(middling / 2) - 2 / middling if middling > 0.01 else middling / 6
        self._lean = np.sign(flow) * 0.5 * float(width.mean()) * lean
        self._cusp_speed = np.pi**2 * np.broadcast_to(D, n - 1) / float(width.mean()) ** 2

        # The last half cell and what stands above it.
        D, k, top_area, top_speed = top_spread, k[-1], area[-1], flow / area[-1]
        half_up, half_down = (float(v) * top_area for v in _flow(D, top_speed, k, 0.5 * width[-1]))
        whole_up, whole_down = (float(v) * top_area for v in _flow(D, top_speed, k, width[-1]))
        door = from_pool = 0.0
        self._top = (1.0, 0.0)  # level at the very top: so much of the last cell's, so much of the pool's
        if self.head == "matched":
            with np.errstate(over="ignore"):  # over next to no length all is lost, over next to no loss nothing
                towards_head, _ = decay_lengths(D, k, top_speed)
                kept = np.exp(-width[-1] / towards_head) if towards_head > 0 else 0.0
            door = max(whole_up - whole_down * kept, 0.0)
            self._top = (np.sqrt(kept), 0.0)
        elif self.head == "sink":
            door, self._top = half_up, (0.0, 0.0)
        elif self._pool:
            out, back = (self._pool.exchange_ml_per_h + max(s * flow, 0.0) for s in (1, -1))
            sum_ = half_down + out
            if sum_ > 0:
                door, from_pool = half_up * out / sum_, half_down * back / sum_
                self._top = (half_up / sum_, back / sum_)
        self._door, self._back = door / self.volume[n - 1], 0.0

        volumes = self.volume[:n]
        leaving = self._loss.copy()
        leaving[:-1] += up / volumes[:-1]
        leaving[1:] += down / volumes[1:]
        leaving[-1] += self._door
        lower, upper = up / volumes[:-1], down / volumes[1:]
        if self._pool:
            volumes = np.append(volumes, self._pool.volume_ml)
            self._back = from_pool / self._pool.volume_ml
            leaving = np.append(leaving, self._pool.loss_per_h + self._back)
            lower, upper = np.append(lower, self._door), np.append(upper, self._back)
        self._volumes = volumes
        self.system = LinearSystem.tridiagonal(lower, -leaving, upper)

    def _across(self, width: Array, area: Array, spread: Array) -> Array:
        """Dispersion (n-1,) between the middles of cells: two halves in series, nothing where one of them does not stir."""
        with np.errstate(divide="ignore"):
            halves = 0.5 * width / (area * spread)
        return self._gap / (halves[1:] + halves[:-1]) / self._face

    # -- states and readings -----------------------------------------------------------------------------------

    def _split(self, states: Array) -> tuple[Array, Result]:
        """A state cut into cells (zeros above a sink) and pool."""
        n = self._active
        cells = states[..., :n]
        if n < self.cells:
            cells = np.concatenate([cells, np.zeros(states.shape[:-1] + (self.cells - n,))], axis=-1)
        pool = states[..., n] if self._pool else np.zeros(states.shape[:-1])[()]
        return cells, pool

    def _height(self, name: str, value: float) -> float:
        top = self.edges[self._active]
        height = wanted.between(name, value, 0.0, self.length_cm)
        if self.head == "sink" and height >= top:
            wanted.refuse(name, height, f"a height below the sink at {top:g}")
        return height

    def _neighbours(self, heights: Array) -> tuple[Places, Array]:
        """Cell below and share of the way to the next, for heights (m,); shares fall outside 0..1 in end cells."""
        middles = self.z[: self._active]
        below = np.clip(np.searchsorted(middles, heights, side="right") - 1, 0, self._active - 2)
        return below, (heights - middles[below]) / self._gap[below]

    def _weights(self, heights: Array) -> Array:
        """Weights (heights, states) that read a level at a height from the levels of the states."""
        for height in heights:
            wanted.between("height_cm", height, 0.0, self.length_cm)
        n, rows = self._active, np.arange(heights.size)
        below, share = self._neighbours(heights)
        weights = np.zeros((heights.size, self._volumes.size))
        inner = np.clip(share, 0, 1)
        weights[rows, below], weights[rows, below + 1] = 1 - inner, inner
        high = share > 1
        top, last = self.edges[n], self.z[n - 1]
        way = np.clip((heights[high] - last) / (top - last), 0, 1)
        weights[high, n - 1] = 1 - way + way * self._top[0]
        if self._pool:
            weights[high, n] = way * self._top[1]
        return weights

    def _cusp(self, heights: Array, position: float) -> tuple[Array, float]:
        """What straight lines between cells leave out next to a catheter tip, for a rate of 1 (heights,), and how
        quickly it comes and goes (1/h).

        The local solution of D c'' = -rate/area between two middles of cells; 0 elsewhere, and when drift rules.
        """
        (cell,), (share,) = self._neighbours(np.array([position], dtype=float))
        below, shares = self._neighbours(np.asarray(heights, dtype=float))
        low, high = np.minimum(shares, share), np.maximum(shares, share)
        cusp = np.where((below == cell) & (low > 0) & (high < 1), self._cusp_size[cell] * low * (1 - high), 0.0)
        return cusp, self._cusp_speed[cell]

    # -- doses -------------------------------------------------------------------------------------------------

    def bolus(self, position_cm: float, amount: float = 1.0, volume_ml: float | None = None) -> Array:
        """The state (states,) of `amount` spread evenly over a slug of `volume_ml` centred at `position_cm`.

        The slug is as long as its volume asks where it lies, and is pushed inside the canal at an end. Shorter than a
        cell (or None), it is shared between the two nearest cells.
        """
        position = self._height("position_cm", position_cm)
        amount = wanted.not_negative("amount", amount)
        n = self._active
        filled = np.concatenate([[0.0], np.cumsum(self.volume[:n])])
        volume = 0.0 if volume_ml is None else wanted.positive("volume_ml", volume_ml)
        if volume > filled[-1]:
            wanted.refuse("volume_ml", volume, f"a volume within that of the canal, {filled[-1]:.4g} mL")
        cell = min(int(np.searchsorted(self.edges, position, side="right")) - 1, n - 1)
        if volume < self.volume[cell]:
            return amount * self._share(position)
        middle = np.interp(position, self.edges[: n + 1], filled)
        low = np.clip(middle - 0.5 * volume, 0, filled[-1] - volume)
        state = np.zeros(self._volumes.size)
        state[:n] = amount / volume * np.clip(np.minimum(low + volume, filled[1:]) - np.maximum(low, filled[:-1]), 0, None)
        return state

    def infuse(self, position_cm: float, rate: float = 1.0) -> Array:
        """The input (states,), amount per hour, of a `rate` at `position_cm`: shared between the two nearest cells."""
        position = self._height("position_cm", position_cm)
        return wanted.not_negative("rate", rate) * self._share(position)

    def _share(self, position: float) -> Array:
        (below,), (share,) = self._neighbours(np.array([position + self._lean]))
        state = np.zeros(self._volumes.size)
        share = min(max(share, 0.0), 1.0)
        state[below], state[below + 1] = 1 - share, share
        return state

    def _inputs(self, schedule: Schedule) -> list[Jump | Feed]:
        """Of a schedule whose doses all have their place."""
        return [Jump(dose.time, self.bolus(cast(float, dose.position_cm), dose.amount, dose.volume_ml))
                if isinstance(dose, Bolus) else Feed(dose.start, dose.stop, self.infuse(cast(float, dose.position_cm), dose.rate))
                for dose in schedule]

    def _placed(self, schedule: Doses, position_cm: float | None) -> Schedule:
        placed = []
        for dose in Schedule(schedule):
            if dose.position_cm is None:
                if position_cm is None:
                    wanted.refuse("position_cm", None, "a height in cm, here or on every dose")
                dose = replace(dose, position_cm=self._height("position_cm", position_cm))
            placed.append(dose)
        return Schedule(placed)

    # -- results -----------------------------------------------------------------------------------------------

    def steady(self, position_cm: float, rate: float = 1.0) -> Profile:
        """The profile that an infusion of `rate` (doses per hour) at `position_cm` settles to."""
        return Profile(self, self.system.steady(self.infuse(position_cm, rate)), float(position_cm), float(rate))

    def area_under(self, position_cm: float, amount: float = 1.0, volume_ml: float | None = None) -> Array:
        """Area under the level (cells,), per mL times hours, from one bolus to the end of time: -A^-1 x0 / volume."""
        return self._split(self.system.area(self.bolus(position_cm, amount, volume_ml)) / self._volumes)[0]

    def run(self, schedule: Doses, times: Numbers, position_cm: float | None = None,
            initial: Numbers | None = None) -> CanalRun:
        """The run from time 0 through `times` (t,) h, ascending.

        Doses without a position go to `position_cm`. `initial` (states,) is what the canal holds at time 0, from
        `bolus` or `rhythm`; empty if left out, and then there must be a dose to follow.
        """
        schedule = self._placed(schedule, position_cm)
        state = np.zeros(self._volumes.size) if initial is None else wanted.vector("initial", initial, self._volumes.size)
        if initial is None:
            schedule, times = to_run(schedule, times)
        times = wanted.times("times", times, 0.0)
        return CanalRun(self, self.system.run(state, times, self._inputs(schedule)), schedule, float(state.sum()))

    def rhythm(self, schedule: Doses, every_h: float, position_cm: float | None = None) -> Array:
        """The state (states,) just before each repeat of `schedule` given every `every_h` hours for ever."""
        every_h = wanted.positive("every_h", every_h)
        return self.system.periodic(every_h, self._inputs(self._placed(schedule, position_cm)))
