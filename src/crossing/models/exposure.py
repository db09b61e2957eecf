"""What a curve of levels means: peak, trough, area under the curve, time above, fluctuation, spread.

`times` is (t,) in hours; `levels` is (t,) or (t, places). A result is one number, or one for each place. Between two
times the level is taken to run straight, so areas, crossings and windows are exact for the curve that is drawn.
"""

from __future__ import annotations

import numpy as np

from . import wanted


def _curve(times, levels) -> tuple[np.ndarray, np.ndarray]:
    times = wanted.times("times", times)
    try:
        levels = np.asarray(levels, dtype=float)
    except (TypeError, ValueError):
        wanted.refuse("levels", type(levels).__name__, "numbers")
    if levels.ndim not in (1, 2) or levels.shape[0] != times.size:
        wanted.refuse("levels", f"array of shape {levels.shape}", f"({times.size},) or ({times.size}, places)")
    if not np.all(np.isfinite(levels)):
        wanted.refuse("levels", levels[~np.isfinite(levels)][0], "finite numbers")
    return times, levels


def _plain(result):
    result = np.asarray(result)
    return float(result) if result.ndim == 0 else result


def window(times, levels, start: float, stop: float):
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


def peak(times, levels):
    """Highest level."""
    _, levels = _curve(times, levels)
    return _plain(levels.max(axis=0))


def time_to_peak(times, levels):
    """Hour of the highest level (the first, if it is reached twice)."""
    times, levels = _curve(times, levels)
    return _plain(times[levels.argmax(axis=0)])


def trough(times, levels):
    """Lowest level. Take a window first: the level before a first dose is a trough too."""
    _, levels = _curve(times, levels)
    return _plain(levels.min(axis=0))


def auc(times, levels):
    """Area under the curve, level times hours."""
    times, levels = _curve(times, levels)
    return _plain(np.trapezoid(levels, times, axis=0))


def mean(times, levels):
    """Mean level over the time shown."""
    times, levels = _curve(times, levels)
    if times[-1] == times[0]:
        wanted.refuse("times", times[0], "a span of time")
    return _plain(np.trapezoid(levels, times, axis=0) / (times[-1] - times[0]))


def fluctuation(times, levels):
    """(peak - trough) / mean level; 0 for a level curve, and 0 where nothing ever comes."""
    middle, swing = np.asarray(mean(times, levels)), np.asarray(peak(times, levels)) - np.asarray(trough(times, levels))
    return _plain(np.where(middle > 0, swing / np.where(middle > 0, middle, 1), 0.0))


def time_above(times, levels, threshold: float):
    """Hours spent above `threshold`, crossings found on the straight line between two times."""
    times, levels = _curve(times, levels)
    over = levels - wanted.number("threshold", threshold)
    before, after = over[:-1], over[1:]
    spans = np.diff(times).reshape(-1, *[1] * (levels.ndim - 1))
    rise = np.abs(before) + np.abs(after)
    share = (np.maximum(before, 0) + np.maximum(after, 0)) / np.where(rise > 0, rise, 1)
    return _plain((share * spans).sum(axis=0))


def first_arrival(times, levels, share: float):
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


def spread(edges, amounts, share: float = 0.5):
    """Length (cm) that holds the middle `share` of the drug: from the quarter to three quarters by default.

    `edges` (cells+1,) are the ends of the cells in cm, `amounts` (cells,) or (times, cells) what each holds, evenly.
    Not a number where nothing is left.
    """
    low, high = where(edges, amounts, [(1 - wanted.between("share", share, 0, 1)) / 2, (1 + share) / 2]).T
    return _plain(high - low)


def where(edges, amounts, shares) -> np.ndarray:
    """Heights (cm) below which the given `shares` of the drug lie: (shares,) or (times, shares)."""
    edges = wanted.vector("edges", edges)
    if np.any(np.diff(edges) <= 0):
        wanted.refuse("edges", edges, "ascending heights")
    amounts = np.asarray(amounts, dtype=float)
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
