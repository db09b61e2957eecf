"""What a curve of levels means: peak, trough, area, time above, fluctuation, spread, half-life, advantage.

`times` is (t,) in hours; `levels` is (t,) or (t, places). A result is one number, or one for each place. Between two
times the level is taken to run straight, so areas, crossings and windows are exact for the curve that is drawn.
Errors: ValueError naming argument, value and what was wanted.

In words: A curve of levels is read in a few figures: how high, when, how low, how long above a mark, and how much in all,
which is the area under it. Doses given before the last one has gone pile up, by a factor that depends only on the spacing
and the half-life. A half-life is read from a straight stretch on a log axis; where the curve bends, one half-life would
be a lie, and none is given. A road is judged by a ratio: the area at the target over the area in blood, beside the same
ratio after a vein injection. In the plainest body, fluid and blood, the advantage of giving into the fluid depends on
how fast blood is cleared and how slowly it feeds the fluid, and surprisingly not on how fast the fluid is cleared.

Assumes: Straight lines between the times shown. For piling up, one phase of fall and equal doses at equal spacing. For the
two boxes, that all drug lost from the fluid returns to blood and is cleared only there.

Leaves out: What a level does. No threshold here is a level that works or harms, and an area is not an effect. A coarse
curve hides peaks between its points.

Sources: areas, accumulation and half-life as in any textbook of pharmacokinetics. Advantage of giving a drug at its target:
Hunt CA, MacGregor RD, Siegel RA, Pharm Res 1986;3:333 (recalled, not read); the two-box form is worked out here from the
balance of mass.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from . import wanted
from .wanted import Array, Numbers, Result


def _curve(times: Numbers, levels: Numbers) -> tuple[Array, Array]:
    times = wanted.times("times", times)
    levels = wanted.numbers("levels", levels)
    if levels.ndim not in (1, 2) or levels.shape[0] != times.size:
        wanted.refuse("levels", f"array of shape {levels.shape}", f"({times.size},) or ({times.size}, places)")
    return times, levels


def _plain(result: Result) -> Result:
    result = np.asarray(result)
    return float(result) if result.ndim == 0 else result


def window(times: Numbers, levels: Numbers, start: float, stop: float) -> tuple[Array, Array]:
    """The part of a curve from `start` to `stop` (h), its ends filled in: (times, levels)."""
    times, levels = _curve(times, levels)
    start, stop = wanted.between("start", start, times[0], times[-1]), wanted.between("stop", stop, times[0], times[-1])
    if stop <= start:
        wanted.refuse("stop", stop, f"a time after the start at {start:g} h")
    inside = (times > start) & (times < stop)
    columns = levels.reshape(times.size, -1).T
    first = np.array([np.interp(start, times, column) for column in columns])
    last = np.array([np.interp(stop, times, column) for column in columns])
    new_times = np.concatenate([[start], times[inside], [stop]])
    new = np.vstack([first, columns.T[inside], last])
    return new_times, new[:, 0] if levels.ndim == 1 else new


def peak(times: Numbers, levels: Numbers) -> Result:
    """Highest level."""
    _, levels = _curve(times, levels)
    return _plain(levels.max(axis=0))


def time_to_peak(times: Numbers, levels: Numbers) -> Result:
    """Hour of the highest level (the first, if it is reached twice)."""
    times, levels = _curve(times, levels)
    return _plain(times[levels.argmax(axis=0)])


def trough(times: Numbers, levels: Numbers) -> Result:
    """Lowest level. Take a window first: the level before a first dose is a trough too."""
    _, levels = _curve(times, levels)
    return _plain(levels.min(axis=0))


def auc(times: Numbers, levels: Numbers) -> Result:
    """Area under the curve, level times hours."""
    times, levels = _curve(times, levels)
    return _plain(np.trapezoid(levels, times, axis=0))


def mean(times: Numbers, levels: Numbers) -> Result:
    """Mean level over the time shown."""
    times, levels = _curve(times, levels)
    if times[-1] == times[0]:
        wanted.refuse("times", times[0], "a span of time")
    return _plain(np.trapezoid(levels, times, axis=0) / (times[-1] - times[0]))


def fluctuation(times: Numbers, levels: Numbers) -> Result:
    """(peak - trough) / mean level; 0 for a level curve, and 0 where nothing ever comes."""
    middle, swing = np.asarray(mean(times, levels)), np.asarray(peak(times, levels)) - np.asarray(trough(times, levels))
    return _plain(np.where(middle > 0, swing / np.where(middle > 0, middle, 1), 0.0))


def time_above(times: Numbers, levels: Numbers, threshold: float) -> Result:
    """Hours spent above `threshold`, in the unit of the levels, crossings found on the straight line between two times."""
    times, levels = _curve(times, levels)
    over = levels - wanted.number("threshold", threshold)
    before, after = over[:-1], over[1:]
    spans = np.diff(times).reshape(-1, *[1] * (levels.ndim - 1))
    rise = np.abs(before) + np.abs(after)
    share = (np.maximum(before, 0) + np.maximum(after, 0)) / np.where(rise > 0, rise, 1)
    return _plain((share * spans).sum(axis=0))


def first_arrival(times: Numbers, levels: Numbers, share: float) -> Result:
    """First hour at which the level reaches `share` of its own peak; not a number where nothing ever comes."""
    times, levels = _curve(times, levels)
    share = wanted.between("share", share, 0.0, 1.0)
    columns = levels.reshape(times.size, -1)
    result = np.full(columns.shape[1], np.nan)
    for j, column in enumerate(columns.T):
        mark = share * column.max()
        if mark <= 0:
            continue
        i = int(np.argmax(column >= mark))
        if i == 0:
            result[j] = times[0]
        else:
            part = (mark - column[i - 1]) / (column[i] - column[i - 1])
            result[j] = times[i - 1] + part * (times[i] - times[i - 1])
    return _plain(result[0] if levels.ndim == 1 else result)


def spread(edges: Numbers, amounts: Numbers, share: float = 0.5) -> Result:
    """Length (cm) that holds the middle `share` of the drug: from the quarter to three quarters by default.

    `edges` (cells+1,) are the ends of the cells in cm, `amounts` (cells,) or (times, cells) what each holds, evenly.
    Not a number where nothing is left.
    """
    low, high = where(edges, amounts, [(1 - wanted.between("share", share, 0, 1)) / 2, (1 + share) / 2]).T
    return _plain(high - low)


def where(edges: Numbers, amounts: Numbers, shares: Numbers) -> Array:
    """Heights (cm) below which the given `shares` of the drug lie: (shares,) or (times, shares). `edges` (cm) and
    `amounts` (doses) as in `spread`."""
    edges = wanted.vector("edges", edges)
    if edges.size < 2:
        wanted.refuse("edges", edges.tolist(), "both ends of at least one cell, not fewer")
    if np.any(np.diff(edges) <= 0):
        wanted.refuse("edges", edges, "ascending heights")
    amounts = wanted.numbers("amounts", amounts)
    if amounts.ndim not in (1, 2) or amounts.shape[-1] != edges.size - 1:
        wanted.refuse("amounts", f"array of shape {amounts.shape}", f"(times,) {edges.size - 1} cells")
    shares = wanted.vector("shares", np.atleast_1d(shares))
    if np.any((shares < 0) | (shares > 1)):
        wanted.refuse("shares", shares, "numbers from 0 to 1")
    rows = np.maximum(np.atleast_2d(amounts), 0)
    result = np.full((rows.shape[0], shares.size), np.nan)
    for i, row in enumerate(rows):
        filled = np.flatnonzero(row)
        if filled.size:
            first, last = filled[0], filled[-1] + 1  # empty ends hold no share, not even the first or the last
            held = np.concatenate([[0.0], np.cumsum(row[first:last])])
            result[i] = np.interp(shares * held[-1], held, edges[first : last + 1])
    return result[0] if amounts.ndim == 1 else result


# -- repeated doses ----------------------------------------------------------------------------------------------------


def accumulation(half_life_h: Numbers, every_h: Numbers) -> Result:
    """Level once settled over the level after the first dose, for equal doses every `every_h` hours.

    1 / (1 - 2^(-interval / half-life)), the same for peaks, troughs and means where the fall has one phase. Arguments broadcast.
    """
    half_life = wanted.numbers("half_life_h", half_life_h, 0.0, above=True)
    return (-1 / np.expm1(-np.log(2) * wanted.numbers("every_h", every_h, 0.0, above=True) / half_life))[()]


def accumulated(times: Numbers, levels: Numbers, every_h: float) -> Result:
    """Area in the last whole interval of a curve over the area in its first; not a number where the first is empty.

    The first dose is at the first time, the intervals are `every_h` long, and there must be two at least.
    """
    times, levels = _curve(times, levels)
    every = wanted.positive("every_h", every_h)
    whole = int(np.floor((times[-1] - times[0]) / every * (1 + 1e-12)))
    if whole < 2:
        wanted.refuse("every_h", every_h, f"at most half of the {times[-1] - times[0]:g} h shown")
    last = min(times[0] + whole * every, times[-1])
    first, late = (np.asarray(auc(*window(times, levels, start, stop)))
                   for start, stop in ((times[0], times[0] + every), (last - every, last)))
    return _plain(np.divide(late, first, out=np.full(first.shape, np.nan), where=first > 0))


# -- half-life from a curve --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Fall:
    """How a curve falls from `start_h` to `stop_h`: half-lives (h) of the early and of the late half of that stretch."""

    start_h: float
    stop_h: float
    half_life_h: float
    early_h: float
    late_h: float

    def straight(self, tolerance: float = 0.1) -> bool:
        """Whether both halves agree to `tolerance`: one phase, as far as this curve shows."""
        tolerance = wanted.not_negative("tolerance", tolerance)
        return 0 < self.late_h < np.inf and abs(np.log(self.late_h / self.early_h)) <= np.log1p(tolerance)


def fall(times: Numbers, levels: Numbers) -> Fall:
    """The fall of one curve (t,) from its peak on, on a log axis. Needs 4 levels above 0 there."""
    return _fall(*_falling(times, levels))


def half_life(times: Numbers, levels: Numbers, tolerance: float = 0.1) -> float:
    """Half-life (h) of a curve (t,) that falls in one phase. One that bends by more than `tolerance` is refused, in words."""
    found = fall(times, levels)
    if not found.straight(tolerance):
        wanted.refuse("levels", f"half-lives of {found.early_h:.3g} h early and {found.late_h:.3g} h late",
                      "a fall of one phase (take a window, or ask for the terminal half-life)")
    return found.half_life_h


def terminal_half_life(times: Numbers, levels: Numbers, tolerance: float = 0.1) -> Fall:
    """The last straight stretch of a fall, the longest there is. Refused where it is shorter than one half-life of its own:
    then the curve was not followed long enough to have a terminal half-life.
    """
    t, level = _falling(times, levels)
    wanted.not_negative("tolerance", tolerance)
    for first in np.unique(np.linspace(0, t.size - 4, min(t.size - 3, 60)).astype(int)):
        found = _fall(t[first:], level[first:])
        if found.straight(tolerance):
            if found.stop_h - found.start_h < found.half_life_h:
                break
            return found
    return wanted.refuse("levels", f"no straight stretch of a half-life's length before {t[-1]:g} h",
                         "a curve followed for longer")


def _falling(times: Numbers, levels: Numbers) -> tuple[Array, Array]:
    times, levels = _curve(times, levels)
    if levels.ndim != 1:
        wanted.refuse("levels", f"array of shape {levels.shape}", "one curve")
    top = int(levels.argmax())
    after = slice(top, None) if np.all(levels[top:] > 0) else slice(top, top + int(np.argmax(levels[top:] <= 0)))
    times, levels = times[after], levels[after]
    if times.size < 4 or times[-1] == times[0]:
        wanted.refuse("levels", f"{times.size} levels above 0 from the peak on", "at least 4, at different times")
    return times, levels


def _fall(times: Array, levels: Array) -> Fall:
    """Straight lines through the logarithms, of all and of either half (by time, at least two points in each)."""
    logs = np.log(levels / levels[0])
    cut = int(np.clip(np.searchsorted(times, 0.5 * (times[0] + times[-1])), 1, times.size - 2))

    def through(part: slice) -> float:
        t, y = times[part] - times[part].mean(), logs[part]
        slope = -(t @ y) / (t @ t) if t @ t > 0 else 0.0
        return float(np.log(2) / slope) if slope > 0 else np.inf

    return Fall(float(times[0]), float(times[-1]), through(slice(None)), through(slice(0, cut + 1)), through(slice(cut, None)))


# -- is the road worth it ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Targeting:
    """Area at the target over area in plasma by one road (`ratio`) and by vein (`by_vein`)."""

    ratio: float
    by_vein: float

    @property
    def advantage(self) -> float:
        """How many times the road's ratio is that of the vein; infinite where the vein brings nothing to the target."""
        return self.ratio / self.by_vein if self.by_vein > 0 else np.inf


def targeting(target_area: float, plasma_area: float, target_area_by_vein: float, plasma_area_by_vein: float) -> Targeting:
    """The advantage of a road from four areas under curves, two by that road and two after the vein.

    `target_area` and `plasma_area`, `target_area_by_vein` and `plasma_area_by_vein`: each pair in one unit, level times hours.
    """
    return Targeting(wanted.not_negative("target_area", target_area) / wanted.positive("plasma_area", plasma_area),
                     wanted.not_negative("target_area_by_vein", target_area_by_vein)
                     / wanted.positive("plasma_area_by_vein", plasma_area_by_vein))


@dataclass(frozen=True)
class TwoBoxAreas:
    """Areas under the levels of one dose in fluid and plasma, given into either; each in doses per mL times hours:
    `fluid_by_fluid`, `plasma_by_fluid`, `fluid_by_vein`, `plasma_by_vein`."""

    fluid_by_fluid: float
    plasma_by_fluid: float
    fluid_by_vein: float
    plasma_by_vein: float

    @property
    def targeting(self) -> Targeting:
        """Fluid over plasma by either road, as a `Targeting`."""
        return targeting(self.fluid_by_fluid, self.plasma_by_fluid, self.fluid_by_vein, self.plasma_by_vein)


def two_box_areas(plasma_clearance_ml_per_h: float, fluid_clearance_ml_per_h: float, inflow_ml_per_h: float) -> TwoBoxAreas:
    """One dose in two boxes: fluid loses all to plasma at `fluid_clearance_ml_per_h`, which feeds it at `inflow_ml_per_h`."""
    plasma = wanted.positive("plasma_clearance_ml_per_h", plasma_clearance_ml_per_h)
    fluid = wanted.positive("fluid_clearance_ml_per_h", fluid_clearance_ml_per_h)
    inflow = wanted.not_negative("inflow_ml_per_h", inflow_ml_per_h)
    return TwoBoxAreas((1 + inflow / plasma) / fluid, 1 / plasma, inflow / (plasma * fluid), 1 / plasma)


def two_box_advantage(plasma_clearance_ml_per_h: Numbers, inflow_ml_per_h: Numbers) -> float:
    """Advantage of giving into the fluid in these two boxes: 1 + CL_plasma / Q_in, whatever the clearance of the fluid.

    The arguments broadcast; infinite where plasma feeds nothing to the fluid.
    """
    plasma = wanted.numbers("plasma_clearance_ml_per_h", plasma_clearance_ml_per_h, 0.0, above=True)
    plasma, inflow = np.broadcast_arrays(plasma, wanted.numbers("inflow_ml_per_h", inflow_ml_per_h, 0.0))
    return (1 + np.divide(plasma, inflow, out=np.full(plasma.shape, np.inf), where=inflow > 0))[()]
