"""A barrier opened for a while: what comes in, and who gains.

Time 0 is the opening. PS is multiplied by `fold` for `hold_h` hours and then falls back exponentially; pumps, carriers and
bulk flow stay as they are. Hours, mL per gram per minute for `ps` and its like, mL per gram for spaces. Levels are free
levels, relative to the plasma level just after a dose. Arguments called "numbers" may be arrays and broadcast. Errors:
ValueError naming argument, value and what was wanted.

    V_u dC/dt = (m(t) PS + CL_in) C_plasma - (m(t) PS + CL_out + Q) C,     C_plasma = e^(-k (t - t_drug))

With a blood `flow` F, m PS gives way to what one passage allows, F (1 - exp(-m PS/F)). Solved exactly for PS constant in
pieces; the exponential closing is cut into 160 stairs that each keep their mean, which costs less than one part in 1 000.

In words: A sugar solution into an artery, or sound with small bubbles, loosens the wall of the brain's vessels for minutes
to hours. It does not matter how wide the door stands, if little drug passes while it is open: the gain can never exceed
one plus the extra opening times the share of the blood's exposure that falls into the opening. A drug that stays in blood
for days gains little from an hour's opening; one that is given at that moment and gone in an hour gains most. A drug
that crosses easily anyway gains next to nothing: it is taken up as fast as blood brings it, and it leaves as easily as it
came. What gains is a slow drug, whether the wall, a pump or both had kept it out: it comes in by the open door and finds
it shut on the way back, and a pump then goes on throwing it out. Opened too late, when the blood has lost its drug and the
brain still holds some, the door lets it out again. And the door is open to everything else in blood: albumin, antibodies,
ions, whatever is there.

Assumes: One fold for the whole of the region, reached at once. The same opening inward and outward. Pumps that go on
working. A plasma level that falls with one half-life from a single dose. Brain fluid as one mixed space. Each substance
has its own fold and closing time: doors seem to shut sooner for large molecules than for small ones.

Leaves out: Flow of fluid through the open wall, swelling, fits, a region opened unevenly, repeated openings, injection
into the artery itself, the tumour's own leaky vessels, and harm. How wide and for how long a method opens the wall is an
argument: published times differ tenfold between animals and people. Ratios of cerebrospinal fluid to blood are not used
as ratios of brain to blood: that is another wall, and in dogs the fluid was an unreliable guide to the brain after opening.

Sources: balance worked out here. Times of osmotic opening: Rapoport SI, Cell Mol Neurobiol 2000;20:217 (animals, minutes) and
Siegal T et al., J Neurosurg 2000;92:599 (patients, hours), abstracts read. Size and closing: rats, sucrose against inulin
(abstract read), and Marty B et al., J Cereb Blood Flow Metab 2012;32:1948 (cited from a later abstract).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from . import wanted
from .entry import Wall, _half_life, _shared_decay
from .wanted import Array, Numbers, Result

_MINUTES = 60.0
_STAIRS, _HALF_TIMES = 160, 20.0
_LN2 = np.log(2)


@dataclass(frozen=True)
class Opening:
    """PS times `fold` (1 or more) for `hold_h` hours (0 or more), then closing with `closing_half_time_h` (0: at once)."""

    fold: float
    hold_h: float
    closing_half_time_h: float = 0.0

    def __post_init__(self) -> None:
        if wanted.number("fold", self.fold, "a number of 1 or more") < 1:
            wanted.refuse("fold", self.fold, "a number of 1 or more")
        wanted.not_negative("hold_h", self.hold_h)
        wanted.not_negative("closing_half_time_h", self.closing_half_time_h)

    @property
    def open_hours(self) -> float:
        """Hours of full opening with the same effect, the closing counted in: hold + half-time/ln 2."""
        return self.hold_h + self.closing_half_time_h / _LN2

    def openness(self, times_h: Numbers) -> Result:
        """How far open, 0 to 1, at `times_h` (numbers; before 0 it is shut)."""
        times = wanted.numbers("times_h", times_h)
        past = np.maximum(times - self.hold_h, 0)
        closing = np.exp2(-past / self.closing_half_time_h) if self.closing_half_time_h > 0 else (past == 0) * 1.0
        return np.where(times >= 0, closing, 0.0)[()]

    def fold_at(self, times_h: Numbers) -> Result:
        """Times that PS is multiplied by at `times_h` (numbers): 1 when shut."""
        return 1 + (self.fold - 1) * self.openness(times_h)

    def share_open(self, plasma_half_life_h: Numbers, drug_time_h: Numbers = 0.0) -> Result:
        """Share of the plasma exposure that meets the opening, each moment counted as far as the barrier is open.

        For a dose at `drug_time_h` (numbers; negative: before the opening) that leaves plasma with `plasma_half_life_h`
        (numbers above 0). From 0 to 1; exact.
        """
        fall = _LN2 / wanted.numbers("plasma_half_life_h", plasma_half_life_h, 0, above=True)
        given = wanted.numbers("drug_time_h", drug_time_h)
        begin = np.maximum(given, 0)
        held = np.maximum(np.exp(-fall * (begin - given)) - np.exp(-fall * np.maximum(self.hold_h - given, 0)), 0)
        late = np.maximum(begin, self.hold_h)  # where the closing takes over
        if self.closing_half_time_h == 0:
            return np.where(begin < self.hold_h, held, 0.0)[()]
        close = _LN2 / self.closing_half_time_h
        tail = fall / (fall + close) * np.exp(-fall * (late - given) - close * (late - self.hold_h))
        return np.where(begin < self.hold_h, held, 0.0) + tail

    def most_gain(self, plasma_half_life_h: Numbers, drug_time_h: Numbers = 0.0) -> Result:
        """Most that the exposure of brain can gain, 1 + (fold - 1) x `share_open`; what enters gains just so much."""
        return 1 + (self.fold - 1) * self.share_open(plasma_half_life_h, drug_time_h)

    def plasma_let_in(self, ps: Numbers) -> Result:
        """What else comes in: extra mL of plasma cleared of a substance into each gram, (fold - 1) PS x `open_hours`.

        For what stays level in blood meanwhile (albumin, antibodies); `ps` numbers of 0 or more, that of the substance
        with the barrier shut. Back-flow is not counted.
        """
        return (self.fold - 1) * wanted.numbers("ps", ps, 0) * _MINUTES * self.open_hours


def least_fold(gain: Numbers, share_open: Numbers) -> Result:
    """The smallest opening that can explain a measured `gain` in brain exposure: 1 + (gain - 1)/share_open.

    `gain` numbers of 1 or more; `share_open` numbers above 0 to 1. What was measured in cerebrospinal fluid tells of
    its own wall, not of this one.
    """
    gain, share = wanted.numbers("gain", gain, 1), wanted.numbers("share_open", share_open, 0, above=True)
    if np.any(share > 1):
        wanted.refuse("share_open", float(share.max()), "numbers above 0, up to 1")
    return 1 + (gain - 1) / share


def half_time_from(left: Numbers, hours: Numbers) -> Result:
    """Half-time of an exponential closing of which a share `left` (above 0, below 1) is still open after `hours`."""
    left = wanted.numbers("left", left, 0, above=True)
    if np.any(left >= 1):
        wanted.refuse("left", float(left.max()), "numbers below 1")
    return wanted.numbers("hours", hours, 0, above=True) * _LN2 / -np.log(left)


@dataclass(frozen=True)
class OpenedRun:
    """Free levels along `times` (t,): `plasma`, `brain` with the opening, `shut` without it, and `fold` (t,) of PS.
    `gain` is the brain's whole exposure, to the end of time, over what it would have been."""

    times: Array
    plasma: Array
    brain: Array
    shut: Array
    fold: Array
    gain: float


def run(wall: Wall, v_u_ml_per_g: float, opening: Opening, plasma_half_life_h: float, times_h: Numbers,
        drug_time_h: float = 0.0, flow: float | None = None) -> OpenedRun:
    """The levels at `times_h` (t,), ascending hours from the opening (before the dose all are 0).

    `wall` with the barrier shut (mL/g/min), `v_u_ml_per_g` above 0, `plasma_half_life_h` above 0 or infinite (then the
    gain is 1), `flow` of blood in mL/g/min or None for no limit by flow.
    """
    _check(wall, opening)
    times = wanted.times("times_h", times_h)
    given, fall = wanted.number("drug_time_h", drug_time_h), _LN2 / _half_life("plasma_half_life_h", plasma_half_life_h)
    space = wanted.positive("v_u_ml_per_g", v_u_ml_per_g)
    flow = None if flow is None else wanted.positive("flow", flow)
    since = np.maximum(times - given, 0)
    plasma = np.where(times >= given, np.exp(-fall * since), 0.0)
    found = []
    for starts, folds in (_stairs(opening, given), (np.array([given]), np.ones(1))):
        into, out = _rates(wall.ps, wall.cl_in, wall.cl_out, wall.q_bulk, folds, space, flow)
        at = _march(starts, into, out, fall, given)
        stair = np.maximum(np.searchsorted(starts, times, side="right") - 1, 0)
        past = np.maximum(times - starts[stair], 0)
        fed = into[stair] * np.exp(-fall * (starts[stair] - given)) * _shared_decay(out[stair], fall, past)
        found.append(np.where(times >= given, at[stair] * np.exp(-out[stair] * past) + fed, 0.0))
    gain = 1.0
    if fall > 0 and wall.ps > 0:
        gain = float(exposure_gain(opening, wall.ps, v_u_ml_per_g, plasma_half_life_h, wall.cl_in, wall.cl_out, wall.q_bulk,
                                   drug_time_h, flow))
    brain, shut = found
    return OpenedRun(times, plasma, brain, shut, np.asarray(opening.fold_at(times)), gain)


def exposure_gain(opening: Opening, ps: Numbers, v_u_ml_per_g: Numbers, plasma_half_life_h: Numbers, cl_in: Numbers = 0.0,
                  cl_out: Numbers = 0.0, q_bulk: Numbers = 0.0, drug_time_h: float = 0.0,
                  flow: Numbers | None = None) -> Result:
    """Whole brain exposure with the opening over that without it: at most `opening.most_gain(...)`.

    For a dose at the opening or after it, at least 1, unless a carrier brings the drug in. For a dose given before, and for
    a drug carried in, it may fall below 1: the door lets out what had gathered.
    All but the opening, `drug_time_h` and `flow` (mL/g/min, above 0, or None for no limit by flow) may be arrays: one value
    for each drug of a sweep. `ps` above 0, `v_u_ml_per_g` above 0, the others of 0 or more.
    """
    _check(Wall(1), opening)
    ps, cl_in = wanted.numbers("ps", ps, 0, above=True), wanted.numbers("cl_in", cl_in, 0)
    cl_out, q_bulk = wanted.numbers("cl_out", cl_out, 0), wanted.numbers("q_bulk", q_bulk, 0)
    space = wanted.numbers("v_u_ml_per_g", v_u_ml_per_g, 0, above=True)
    fall = _LN2 / wanted.numbers("plasma_half_life_h", plasma_half_life_h, 0, above=True)
    given = wanted.number("drug_time_h", drug_time_h)
    flow = None if flow is None else wanted.numbers("flow", flow, 0, above=True)
    ps, cl_in, cl_out, q_bulk, space, fall = np.broadcast_arrays(ps, cl_in, cl_out, q_bulk, space, fall)

    starts, folds = _stairs(opening, given)
    folds, ends = folds.reshape(-1, *[1] * ps.ndim), np.append(starts[1:], np.inf)
    into, out = _rates(ps, cl_in, cl_out, q_bulk, folds, space, flow)
    at = _march(starts, into, out, fall, given)
    # Each stair by its own balance: what stays under the curve is what came in less what is still there, over the way out.
    plasma = np.exp(-fall * (starts - given).reshape(folds.shape)) - np.exp(-fall * (ends - given).reshape(folds.shape))
    later = np.concatenate([at[1:], np.zeros_like(at[:1])])
    area = ((into * plasma / fall - (later - at)) / out).sum(axis=0)
    shut_in, shut_out = _rates(ps, cl_in, cl_out, q_bulk, 1.0, space, flow)
    return area / (shut_in / shut_out / fall)


def _check(wall: Wall, opening: Opening) -> None:
    if not isinstance(wall, Wall):
        wanted.refuse("wall", wall, "a Wall")
    if not isinstance(opening, Opening):
        wanted.refuse("opening", opening, "an Opening")


def _stairs(opening: Opening, given: float) -> tuple[Array, Array]:
    """Starts (s,) and folds (s,) of the pieces from the dose on; the last one is shut and has no end."""
    marks, half = [0.0, opening.hold_h], opening.closing_half_time_h
    if half > 0:
        # Finer where it closes fast: even steps in the root of time, each with the mean of the curve over it.
        marks += list(opening.hold_h + half * _HALF_TIMES * (np.arange(1, _STAIRS + 1) / _STAIRS) ** 1.5)
    later = np.array(marks)
    edges = np.unique(np.concatenate([[given], later[later > given]]))
    if edges.size == 1:
        return edges, np.ones(1)

    def opened(times: Array) -> Array:
        """Hours of full opening up to `times`."""
        held = np.clip(times, 0, opening.hold_h)
        return held - (np.expm1(-_LN2 / half * np.maximum(times - opening.hold_h, 0)) * half / _LN2 if half > 0 else 0)

    mean = np.diff(opened(edges)) / np.diff(edges)
    return edges, np.append(1 + (opening.fold - 1) * mean, 1.0)


def _rates(ps: Result, cl_in: Result, cl_out: Result, q_bulk: Result, folds: Result, space: Result,
           flow: Result | None) -> tuple[Array, Array]:
    """Rates in and out per hour for each piece."""
    passive = folds * ps if flow is None else flow * -np.expm1(-folds * ps / flow)
    return np.asarray(_MINUTES * (passive + cl_in) / space), np.asarray(_MINUTES * (passive + cl_out + q_bulk) / space)


def _march(starts: Array, into: Array, out: Array, fall: Result, given: float) -> Array:
    """Level at the start of each piece, from none at the dose."""
    spans = np.diff(starts).reshape(-1, *[1] * (out.ndim - 1))
    kept = np.exp(-out[:-1] * spans)
    fed = into[:-1] * np.exp(-fall * (starts[:-1] - given).reshape(spans.shape)) * _shared_decay(out[:-1], fall, spans)
    at = np.zeros_like(out)
    for i in range(len(spans)):
        at[i + 1] = at[i] * kept[i] + fed[i]
    return at
