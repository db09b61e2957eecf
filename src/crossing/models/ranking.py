"""Ranks, and how closely two rows of figures go together by rank (Spearman C, Am J Psychol 1904;15:72; recalled, not read).

Errors: ValueError naming argument, value and what was wanted.
"""

from __future__ import annotations

import numpy as np

from . import wanted
from .wanted import Array, Numbers


def ranks(values: Numbers) -> Array:
    """Ranks (n,), from 1, of `values` (n,) in whatever unit; equal values share the mean of their ranks."""
    values = wanted.vector("values", values)
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    return (np.cumsum(count) - 0.5 * (count - 1))[place]


def rank_correlation(x: Numbers, y: Numbers) -> float:
    """Spearman's rank correlation of `x` (n,) and `y` (n,), each in any unit; 0 where one of the two does not vary."""
    first = ranks(wanted.vector("x", x))
    second = ranks(wanted.vector("y", y, first.size))
    first, second = first - first.mean(), second - second.mean()
    scale = np.sqrt((first @ first) * (second @ second))
    return float(first @ second / scale) if scale > 0 else 0.0
