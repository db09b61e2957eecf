"""Stepping x' = A x + b u(t) exactly, where u is constant in pieces and may jump.

Nothing is integrated in small steps. Three ways lead to the same answer, and the best one is chosen:

    symmetric     A is tridiagonal and a change of scale makes it symmetric (a canal cut into cells, two pools):
                  one symmetric eigenvalue problem, then any number of times at once
    spectral      A has a well-conditioned set of eigenvectors (most compartment models)
    exponential   anything else (pure transport, strong drift): a matrix exponential for each length of step

Units: time in hours, states in any unit of amount. States are right-continuous: a jump at time t shows at time t.
The exponential and its integrals are the phi functions of Hochbruck M, Ostermann A, Acta Numerica 2010;19:209.
Errors: ValueError naming argument, value and what was wanted.

In words: A drug in the body is here a set of places, each with an amount in it, and the amount that moves from one place
to another in an hour is always the same share of what is there. For such a system the answer at any time is known exactly;
nothing is approached in small steps, so a whole day costs no more than a glance. What an endless infusion settles to, and
the area under a curve to the end of time, come from one solution of a set of linear equations and need no run at all.

Assumes: Every flow is proportional to the amount it comes from: twice the dose gives twice the level everywhere and at
every time, and two doses give the sum of what each gives alone. Inputs are instant or constant for a while. The shares
stay as they are, or change at stated hours, as when a barrier is opened.

Leaves out: Anything that fills up or fights back: carriers and pumps that saturate, binding sites that run out, a drug that
slows its own removal, a dense solution that sinks. These stand beside it as models of their own.

Sources: Moler C, Van Loan C, SIAM Rev 2003;45:3, on exponentials of matrices. Hochbruck M, Ostermann A, Acta Numerica
2010;19:209, on their integrals. Van Loan CF, IEEE Trans Automat Contr 1978;23:395, on both from one exponential.
"""

from __future__ import annotations

from dataclasses import dataclass
from collections.abc import Iterable, Sequence

import numpy as np
import scipy  # its parts load when first used

from . import wanted
from .modal import Basis, Modal, Path, Pieces
from .wanted import Array, Numbers

# Rounding grows with the condition of the change of basis; below these the error stays under about 1e-11.
_WORST_SCALING = 1e5
_WORST_BASIS = 1e4
_WORST_INVERSE = 1e6


@dataclass(frozen=True)
class Jump:
    """An amount added at one instant: `amounts` (n,) joins the state at `time` (h)."""

    time: float
    amounts: Array


@dataclass(frozen=True)
class Feed:
    """A constant input: `rates` (n,), amount per hour, from `start` to `stop` (h; `stop` may be infinite)."""

    start: float
    stop: float
    rates: Array


class LinearSystem:
    """x' = A x, with inputs. `matrix` (n, n), per hour.

    `method` names the way taken ("symmetric", "spectral", "exponential"); give it to insist on one.
    Set-up is put off until the first run, so that a steady state costs one linear solve only.
    """

    def __init__(self, matrix: Numbers, method: str | None = None) -> None:
        try:
            dense = np.array(matrix, dtype=float)
        except (TypeError, ValueError):
            wanted.refuse("matrix", type(matrix).__name__, "a square array of numbers")
        if dense.ndim != 2 or dense.shape[0] != dense.shape[1] or dense.size == 0:
            wanted.refuse("matrix", f"array of shape {dense.shape}", "a square array")
        if not np.all(np.isfinite(dense)):
            wanted.refuse("matrix", dense[~np.isfinite(dense)][0], "finite numbers")
        if method not in (None, "symmetric", "spectral", "exponential"):
            wanted.refuse("method", method, '"symmetric", "spectral", "exponential" or None')
        self._dense = dense
        self.size = dense.shape[0]
        outside = dense.copy()
        for offset in (-1, 0, 1):
            rows = np.arange(max(0, -offset), self.size - max(0, offset))
            outside[rows, rows + offset] = 0
        self._tridiagonal = not np.any(outside)
        self._asked = method
        self._basis: Basis | None = None
        self._method: str | None = None

    @classmethod
    def tridiagonal(cls, lower: Numbers, diagonal: Numbers, upper: Numbers, method: str | None = None) -> LinearSystem:
        """The system with `lower` (n-1,) and `upper` (n-1,) beside the `diagonal` (n,), all per hour."""
        diagonal = wanted.vector("diagonal", diagonal)
        lower = wanted.vector("lower", lower, diagonal.size - 1)
        upper = wanted.vector("upper", upper, diagonal.size - 1)
        return cls(np.diag(diagonal) + np.diag(lower, -1) + np.diag(upper, 1), method)

    @property
    def matrix(self) -> Array:
        """A (n, n), per hour, as a copy."""
        return self._dense.copy()

    @property
    def method(self) -> str:
        """The way taken: "symmetric", "spectral" or "exponential"."""
        return self._set_up()

    # -- set-up ------------------------------------------------------------------------------------------------

    def _set_up(self) -> str:
        if self._method is not None:
            return self._method
        # A long chain that cannot be made symmetric has near-parallel eigenvectors too: not worth the search.
        chain = self._tridiagonal and self.size > 3
        ways = [self._asked] if self._asked else ["symmetric"] if chain else ["symmetric", "spectral"]
        for way in ways:
            basis = {"symmetric": self._symmetric, "spectral": self._spectral}.get(way, lambda: None)()
            if basis is not None:
                self._method, self._basis = way, Basis(*basis)
                return way
        if self._asked in ("symmetric", "spectral"):
            wanted.refuse("method", self._asked, "a method that suits this matrix (leave it out to choose)")
        self._method = "exponential"
        return self._method

    def _symmetric(self) -> tuple[Modal, Modal, Modal] | None:
        """Eigenvalues, basis and its inverse when S = diag(d)^-1 A diag(d) is symmetric and d is not too uneven."""
        if not self._tridiagonal:
            return None
        lower, upper = np.diag(self._dense, -1), np.diag(self._dense, 1)
        product = lower * upper
        apart = (lower == 0) & (upper == 0)
        if np.any((product <= 0) & ~apart):
            return None
        with np.errstate(divide="ignore", invalid="ignore"):
            steps = np.where(apart, 0.0, 0.5 * np.log(np.abs(lower / upper)))
        scale = np.concatenate([[0.0], np.cumsum(steps)])
        if not np.ptp(scale) < np.log(_WORST_SCALING):
            return None
        scale = np.exp(scale - scale.mean())
        beside = np.sign(lower) * np.sqrt(product)
        values, vectors = scipy.linalg.eigh_tridiagonal(np.diag(self._dense), beside, lapack_driver="stevd",
                                                        check_finite=False)
        return values, scale[:, None] * vectors, vectors.T / scale

    def _spectral(self) -> tuple[Modal, Modal, Modal] | None:
        """The same from a general eigenvalue problem, when the eigenvectors are well apart."""
        values, basis = np.linalg.eig(self._dense)
        if not np.linalg.cond(basis) < _WORST_BASIS:
            return None
        return values, basis, np.linalg.inv(basis)

    # -- what needs no stepping ----------------------------------------------------------------------------------

    def _solve(self, right: Array, what: str) -> Array:
        try:
            if self._tridiagonal and self.size > 1:
                bands = np.zeros((3, self.size))
                bands[0, 1:] = np.diag(self._dense, 1)
                bands[1] = np.diag(self._dense)
                bands[2, :-1] = np.diag(self._dense, -1)
                result = scipy.linalg.solve_banded((1, 1), bands, right, check_finite=False)
            else:
                result = np.linalg.solve(self._dense, right)
        except np.linalg.LinAlgError:
            result = np.full_like(right, np.nan)
        # A singular matrix often escapes as a huge answer: put it back and see whether it solves anything.
        doubt = np.abs(self._dense @ result - right).max(initial=0.0)
        huge = np.abs(self._dense).max() * np.abs(result).max(initial=0.0)
        if not doubt <= 1e-8 * np.abs(right).max(initial=0.0) or huge > 1e12 * max(np.abs(right).max(), 1e-300):
            wanted.refuse("matrix", "a system with no way out", f"every state to lead out, for {what} to exist")
        return result

    def steady(self, rates: Numbers) -> Array:
        """The state (n,) that a constant input `rates` (n,), amount per hour, settles to: -A^-1 b."""
        rates = wanted.vector("rates", rates, self.size)
        return -self._solve(rates, "a steady state") if np.any(rates) else np.zeros(self.size)

    def area(self, x0: Numbers) -> Array:
        """Area (n,) under each state from now to the end of time, starting from `x0` (n,): -A^-1 x0."""
        x0 = wanted.vector("x0", x0, self.size)
        return -self._solve(x0, "an area") if np.any(x0) else np.zeros(self.size)

    # -- stepping ------------------------------------------------------------------------------------------------

    def run(self, x0: Numbers, times: Numbers, inputs: Iterable[Jump | Feed] = (), start: float = 0.0) -> Path:
        """The path from `x0` (n,) at `start` (h) through `times` (t,), ascending, with `inputs` on the way.

        Inputs that lie before `start` are refused; those after the last time have no effect.
        """
        x0 = wanted.vector("x0", x0, self.size)
        start = wanted.number("start", start)
        times = wanted.times("times", times, start)
        pieces = self._pieces(inputs, start, times[-1])
        self._set_up()
        return self._basis.run(x0, times, pieces) if self._basis else self._run_steps(x0, times, pieces)

    def periodic(self, period: float, inputs: Iterable[Jump | Feed]) -> Array:
        """The state (n,) just before each repeat of `inputs`, given every `period` hours for ever; solved exactly."""
        period = wanted.positive("period", period)
        inputs = list(inputs)
        for item in inputs:
            last = item.time if isinstance(item, Jump) else item.stop
            if last > period or (isinstance(item, Jump) and last == period):
                wanted.refuse("inputs", last, f"inputs within one period, 0 to {period:g} h")
        once = self.run(np.zeros(self.size), [period], inputs).states[0]
        nowhere = ("matrix", "a system with no way out", "every state to lead out, for a rhythm to exist")
        if self._basis:
            before = self._basis.periodic(period, once)
            return before if before is not None else wanted.refuse(*nowhere)
        left = np.eye(self.size) - scipy.linalg.expm(self._dense * period)
        if np.linalg.cond(left) > 1e11:
            wanted.refuse(*nowhere)
        return np.linalg.solve(left, once)

    def _pieces(self, inputs: Iterable[Jump | Feed], start: float, end: float) -> Pieces:
        """Times where something changes (s,), what jumps there (s, n) and what is fed from there on (s, n)."""
        jumps, feeds, marks = [], [], {start}
        for item in inputs:
            if isinstance(item, Jump):
                when = wanted.number("Jump.time", item.time)
                if when < start:
                    wanted.refuse("Jump.time", when, f"a time of {start:g} h or later")
                jumps.append((when, wanted.vector("Jump.amounts", item.amounts, self.size)))
                marks.add(when)
            elif isinstance(item, Feed):
                begin = wanted.number("Feed.start", item.start)
                if begin < start:
                    wanted.refuse("Feed.start", begin, f"a time of {start:g} h or later")
                if not item.stop >= begin:
                    wanted.refuse("Feed.stop", item.stop, f"a time after the start at {begin:g} h")
                feeds.append((begin, float(item.stop), wanted.vector("Feed.rates", item.rates, self.size)))
                marks.update((begin, float(item.stop)))
            else:
                wanted.refuse("inputs", item, "Jump or Feed items")
        breaks = np.array(sorted(mark for mark in marks if mark <= end))
        jumped = np.zeros((breaks.size, self.size))
        fed = np.zeros((breaks.size, self.size))
        for when, amounts in jumps:
            if when <= end:
                jumped[np.searchsorted(breaks, when)] += amounts
        for begin, stop, rates in feeds:
            fed[(breaks >= begin) & (breaks < stop)] += rates
        return breaks, jumped, fed

    def _run_steps(self, x0: Array, times: Array, pieces: Pieces) -> Path:
        breaks, jumped, fed = pieces
        rounded_inverse = self._inverse()
        known: dict[float, tuple[Array, ...]] = {}

        def step(span: float) -> tuple[Array, ...]:
            # Steps of a regular grid differ in their last digits only: one exponential serves them all.
            key = float(f"{span:.12e}")
            if key not in known:
                known[key] = self._step_matrices(span, rounded_inverse is None)
            return known[key]

        n = self.size
        states, areas = np.empty((times.size, n)), np.empty((times.size, n))
        x, area, now = x0 + jumped[0], np.zeros(n), breaks[0]
        base, given = x0, jumped[0].copy()  # amount balance since the start, for areas by -A^-1
        rest = None

        def move(x: Array, area: Array, span: float, rates: Array) -> tuple[Array, Array]:
            nonlocal rest
            if span == 0:
                return x, area
            if rounded_inverse is None:
                first, second, third = step(span)
                return first @ x + second @ rates, area + second @ x + third @ rates
            (first,) = step(span)
            if rest is None:
                rest = -rounded_inverse @ rates
            moved = rest + first @ (x - rest) if np.any(rates) else first @ x
            return moved, area

        def area_now(x: Array, area: Array) -> Array:
            return area if rounded_inverse is None else rounded_inverse @ (x - base - given)

        next_time = 0
        for i in range(breaks.size):
            end = breaks[i + 1] if i + 1 < breaks.size else np.inf
            rest = None
            while next_time < times.size and times[next_time] < end:
                span = times[next_time] - now
                x, area = move(x, area, span, fed[i])
                given = given + fed[i] * span
                now = times[next_time]
                states[next_time], areas[next_time] = x, area_now(x, area)
                next_time += 1
            if next_time == times.size:
                break
            x, area = move(x, area, end - now, fed[i])
            given = given + fed[i] * (end - now) + jumped[i + 1]
            x, now = x + jumped[i + 1], end
        return Path(times, states, lambda weights: areas if weights is None else areas @ weights)

    def _inverse(self) -> Array | None:
        """A^-1, or None where rounding in it would show."""
        try:
            inverse = np.linalg.inv(self._dense)
        except np.linalg.LinAlgError:
            return None
        spread = np.abs(self._dense).sum(axis=0).max() * np.abs(inverse).sum(axis=0).max()
        return inverse if spread < _WORST_INVERSE else None

    def _step_matrices(self, span: float, with_integrals: bool) -> tuple[Array, ...]:
        """e^(A t) alone, or with its first and second integrals from one block exponential (Van Loan 1978)."""
        if not with_integrals:
            return (scipy.linalg.expm(self._dense * span),)
        n = self.size
        block = np.zeros((3 * n, 3 * n))
        block[:n, :n] = self._dense
        block[:n, n:2 * n] = block[n:2 * n, 2 * n:] = np.eye(n)
        whole = scipy.linalg.expm(block * span)
        return whole[:n, :n], whole[:n, n:2 * n], whole[:n, 2 * n:]


def run_in_turn(stages: Sequence[tuple[float, LinearSystem]], x0: Numbers, times: Numbers,
                inputs: Iterable[Jump | Feed] = ()) -> Path:
    """The path when the system itself changes: `stages` is [(start in h, system), ...] in order of time.

    The run starts, with `x0` (n,), at the start of the first stage. Used for a barrier opened for some hours.
    """
    stages = list(stages)
    if not stages:
        wanted.refuse("stages", stages, "at least one (start, system)")
    starts = wanted.times("stages", [start for start, _ in stages])
    size = stages[0][1].size
    for _, system in stages:
        if system.size != size:
            wanted.refuse("stages", f"systems of {size} and {system.size} states", "systems of one size")
    times = wanted.times("times", times, starts[0])
    state = wanted.vector("x0", x0, size)
    inputs, area = list(inputs), np.zeros(size)
    for item in inputs:
        first = item.time if isinstance(item, Jump) else item.start
        if first < starts[0]:
            wanted.refuse("inputs", first, f"times of {starts[0]:g} h or later")
    states, areas = [], []
    for i, (start, system) in enumerate(stages):
        stop = starts[i + 1] if i + 1 < len(stages) else np.inf
        inside = times[(times >= start) & (times < stop)]
        here: list[Jump | Feed] = [item for item in inputs if isinstance(item, Jump) and start <= item.time < stop]
        here += [Feed(max(item.start, start), min(item.stop, stop), item.rates) for item in inputs
                 if isinstance(item, Feed) and item.start < stop and item.stop > start]
        last = [] if np.isinf(stop) else [stop]
        asked = np.concatenate([inside, last])
        if asked.size == 0:
            break
        path = system.run(state, asked, here, start)
        states.append(path.states[: inside.size])
        areas.append(area + path.areas[: inside.size])
        state, area = path.states[-1], area + path.areas[-1]
    whole = np.concatenate(areas)
    return Path(times, np.concatenate(states), lambda weights: whole if weights is None else whole @ weights)
