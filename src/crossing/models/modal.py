"""Running a linear system by its eigenvectors: every time at once, and only the modes that are still alive.

A canal of 120 cells has modes that die within seconds and modes that last for hours. Past e^-37 of what it was (one part in
10^16) a mode adds nothing but work, so late times are summed over the few slow ones.
The arithmetic of `linear`, which names the papers.

Errors: ValueError naming argument, value and what was wanted.
"""

from __future__ import annotations

from collections.abc import Callable

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from . import wanted
from .wanted import Array, Numbers

#: Times of change (s,), what jumps there (s, n), what is fed from there on (s, n).
Pieces: TypeAlias = tuple[Array, Array, Array]
#: Numbers among the modes: real where the system is symmetric, else complex.
Modal: TypeAlias = npt.NDArray[np.float64] | npt.NDArray[np.complex128]
_DEAD = 37.0


class Path:
    """States along time: `times` (t,), `states` (t, n), `areas` (t, n) = integral of the states since the start (amounts times hours).

    `tally(weights)` (t,) is the weighted sum of the areas: with loss rates as weights, the amount lost so far.
    """

    def __init__(self, times: Array, states: Array,
                 integral: Callable[[Array | None], Array]) -> None:
        self.times = times
        self.states = states
        self._integral = integral

    @property
    def areas(self) -> Array:
        """Integral (t, n) of the states since the start, amounts times hours."""
        return self._integral(None)

    def tally(self, weights: Numbers) -> Array:
        """Sum (t,) of the areas, each times its one of `weights` (n,): with losses per hour as weights, the amount lost."""
        return self._integral(wanted.vector("weights", weights, self.states.shape[1]))


def _phi1(z: Array, grown: Array) -> Array:
    """(e^z - 1)/z, from `grown` = e^z - 1; 1 at z = 0."""
    flat = np.abs(z) < 1e-200  # where a complex division would overflow
    return np.where(flat, 1, grown / np.where(flat, 1, z))


def _phi2(z: Array, grown: Array) -> Array:
    """(e^z - 1 - z)/z^2, from `grown` = e^z - 1; a series near 0, where the difference would lose figures."""
    near = np.abs(z) < 0.03
    result = (grown - z) / np.where(near, 1, z) ** 2
    x = z[near]
    result[near] = 0.5 * (1 + x / 3 * (1 + x / 4 * (1 + x / 5 * (1 + x / 6 * (1 + x / 7 * (1 + x / 8))))))
    return result


class Basis:
    """Eigenvalues (n,), eigenvectors as columns (n, n) and the inverse of those (n, n), slowest mode first."""

    def __init__(self, values: Modal, vectors: Modal, inverse: Modal) -> None:
        order = np.argsort(-values.real, kind="stable")
        values = values[order]
        # A canal without a way out has one rate of exactly 0; rounding of the fast ones must not make it leak.
        self.values = np.where(np.abs(values) < 16 * np.finfo(float).eps * np.abs(values).max(), 0, values)
        self._to_states = np.ascontiguousarray(vectors[:, order].T)  # (modes, states)
        self._to_modes = np.ascontiguousarray(inverse[order].T)  # (states, modes)

    def periodic(self, period: float, once: Array) -> Array | None:
        """The state (n,) just before each repeat, from that after one repeat begun empty, `once` (n,); both amounts, like doses.

        None where nothing is forgotten.
        """
        forgotten = -np.expm1(self.values * period)
        if np.any(np.abs(forgotten) < 1e-11):
            return None
        return np.real(((once @ self._to_modes) / forgotten) @ self._to_states)

    def run(self, x0: Array, times: Array, pieces: Pieces) -> Path:
        """The path through `times` (t,); `pieces` = (breaks (s,), jumps (s, n), feeds (s, n)), breaks[0] the start."""
        breaks, jumps, feeds = pieces
        values, n = self.values, self.values.size
        jumped, fed, feeding = jumps @ self._to_modes, feeds @ self._to_modes, bool(np.any(feeds))
        held = np.empty(jumped.shape, dtype=jumped.dtype)  # the modes at each break, and their areas so far
        area = np.zeros_like(held)
        held[0] = x0 @ self._to_modes + jumped[0]
        for i, span in enumerate(np.diff(breaks)):
            z = values * span
            grown = np.expm1(z)
            one = span * _phi1(z, grown)
            held[i + 1] = held[i] + grown * held[i] + one * fed[i] + jumped[i + 1]
            area[i + 1] = area[i] + one * held[i]
            if feeding:
                area[i + 1] += span**2 * _phi2(z, grown) * fed[i]

        piece = np.searchsorted(breaks, times, side="right") - 1
        since = times - breaks[piece]
        octave = np.where(since > 0, np.frexp(since)[1], -(2**15))
        groups = []
        for mark in np.unique(octave):
            rows = np.flatnonzero(octave == mark)
            span, at = since[rows, None], piece[rows]
            shortest = span.min()
            alive = int(np.searchsorted(-values.real, _DEAD / shortest)) if shortest > 0 else n
            z = span * values[:alive]
            grown = np.expm1(z)
            groups.append((rows, at, span, alive, z, grown, span * _phi1(z, grown)))

        states = np.empty((times.size, n))
        for rows, at, _, alive, _, grown, one in groups:
            modes = held[at, :alive]
            modes = modes + grown * modes
            if feeding:
                modes += one * fed[at, :alive]
            found = modes @ self._to_states[:alive]
            if feeding and alive < n:  # fast modes have settled to their input
                found += (-(fed[:, alive:] / values[alive:]) @ self._to_states[alive:])[at]
            states[rows] = np.real(found)

        def integral(weights: Array | None) -> Array:
            """Areas of all states, or their weighted sum, worked out among the modes: cheap for a sum."""
            project = self._to_states if weights is None else (self._to_states @ weights)[:, None]
            result = np.empty((times.size, project.shape[1]))
            for rows, at, span, alive, z, grown, one in groups:
                modes = area[at, :alive] + one * held[at, :alive]
                if feeding:
                    modes += span**2 * _phi2(z, grown) * fed[at, :alive]
                found = modes @ project[:alive]
                if alive < n:
                    fast, settled = values[alive:], -fed[:, alive:] / values[alive:]
                    fixed = area[:, alive:] + (settled - held[:, alive:]) / fast
                    found += (fixed @ project[alive:])[at]
                    if feeding:
                        found += span * (settled @ project[alive:])[at]
                result[rows] = np.real(found)
            return result if weights is None else result[:, 0]

        return Path(times, states, integral)
