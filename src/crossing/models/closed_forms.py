"""What the spinal canal does in formulas: an endless even canal with dispersion D, loss k and drift u.

Steady infusion: D c'' - u c' - k c = 0 away from the tip, so c falls off exponentially on either side. Units: cm, h, mL:
`dispersion` in cm2/h, `loss` 1/h, `drift` cm/h, `distance` cm, `area` cm2.
Errors: ValueError naming argument, value and what was wanted.

In words: When a slow infusion has run for long enough, the level falls off along the canal by the same share with every
centimetre. How steeply depends on three things that work against each other: stirring spreads the drug both ways, drift
carries it one way, and loss takes it away wherever it is. A few lines of algebra give the distance over which the level
halves, the level at the tip, and the stirring that one measured fall-off would call for.

Assumes: A canal without ends, of one width, with the same stirring, drift and loss everywhere, and an infusion from a point
that has gone on for ever. Loss is spread along the canal and takes the same share everywhere.

Leaves out: The closed lower end, the skull, changes of width, the time before the level settles, single doses, and the
weight of the solution. One measured fall-off cannot tell stirring from drift from loss: the formulas show how each alone
would explain it.

Sources: The steady solution of transport with loss is textbook physics: Bird RB, Stewart WE, Lightfoot EN, Transport
Phenomena, Wiley. The measured fall-off that the course reads with it: Kroin JS et al., Neurosurgery 1993;33:226.
"""

from __future__ import annotations

import numpy as np

from . import wanted
from .wanted import Numbers, Result


def decay_lengths(dispersion: float, loss: float, drift: float = 0.0) -> tuple[float, float]:
    """(towards the head, towards the tail): the lengths over which a steady profile falls to 1/e (cm).

    2D / (sqrt(u^2 + 4Dk) -+ u) for dispersion D (cm2/h), loss k (1/h) and drift u towards the head (cm/h). Infinite
    where nothing makes the level fall, 0 where nothing gets there at all (no dispersion, against the drift).
    """
    D, k = wanted.not_negative("dispersion", dispersion), wanted.not_negative("loss", loss)
    u = wanted.number("drift", drift)
    fast = 0.5 * (np.hypot(u, 2 * np.sqrt(D * k)) + abs(u))  # free of the difference in the formula above
    if fast == 0:
        # Nothing moves: with a loss the drug stays where it is put; with dispersion alone it evens out.
        return (np.inf, np.inf) if D > 0 else (0.0, 0.0)
    along, against = (fast / k if k > 0 else np.inf), D / fast
    return (float(along), float(against)) if u >= 0 else (float(against), float(along))


def tip_level(rate: float, area: float, dispersion: float, loss: float, drift: float = 0.0) -> float:
    """Steady level at the tip (per mL): R / (A sqrt(u^2 + 4Dk)), for `rate` R (doses/h) and `area` A (cm2).

    With D = 0 it is the level just downstream of the tip, R / (A |u|).
    """
    R, A = wanted.not_negative("rate", rate), wanted.positive("area", area)
    D, k = wanted.not_negative("dispersion", dispersion), wanted.not_negative("loss", loss)
    root = np.hypot(wanted.number("drift", drift), 2 * np.sqrt(D * k))
    if root == 0:
        wanted.refuse("dispersion, loss, drift", (D, k, drift), "drift, or dispersion with loss, for a level to settle")
    return float(R / (A * root))


def dispersion_for(ratio: float, distance: float, loss: float, drift: float = 0.0) -> float:
    """The dispersion (cm2/h) with which a steady level falls to `ratio` over `distance` (cm) towards the head.

    With decay length L = distance / ln(1/ratio) towards the head: D = L (k L - u). Refused where the drift alone
    carries more than `ratio` that far: no dispersion can take it away.
    """
    ratio = wanted.number("ratio", ratio, "a number between 0 and 1")
    if not 0 < ratio < 1:
        wanted.refuse("ratio", ratio, "a number between 0 and 1")
    distance, k = wanted.positive("distance", distance), wanted.not_negative("loss", loss)
    u = wanted.number("drift", drift)
    length = distance / np.log(1 / ratio)
    result = length * (k * length - u)
    if result < -1e-12 * length * abs(u):
        wanted.refuse("drift", u, f"at most {k * length:.6g} cm/h: above it the drift alone carries more than that")
    return float(max(result, 0.0))


def carried_level(rate: float, area: float, loss: float, drift: float, distance: Numbers, time: Numbers) -> Result:
    """Level (per mL) at `distance` (cm) downstream of the tip, `time` (h) into an infusion carried by drift alone.

    R / (A |u|) e^(-k x / |u|) once the front has come by, 0 before and upstream: a sharp front, which the cells of
    `SpinalCanal` smear. `distance` and `time` broadcast.
    """
    R, A = wanted.not_negative("rate", rate), wanted.positive("area", area)
    k, u = wanted.not_negative("loss", loss), abs(wanted.number("drift", drift))
    if u == 0:
        wanted.refuse("drift", drift, "a drift other than 0")
    x, t = np.broadcast_arrays(wanted.numbers("distance", distance), wanted.numbers("time", time))
    return np.where((x >= 0) & (x <= u * t), R / (A * u) * np.exp(-k * np.maximum(x, 0) / u), 0.0)[()]
