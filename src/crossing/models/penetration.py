"""How deep a drug gets into tissue that is bathed by fluid: depth, time, thin films and thick masses.

Units: cm, h, cm2/h, 1/h. Levels are relative to the fluid at the surface. Arguments broadcast; a result is one number or
an array. Errors: ValueError naming argument, value and what was wanted.

Equations: c_t = D c_xx - k c under a surface held at 1. Steady: exp(-x / d) with the depth d = sqrt(D / k). In time:
2c = exp(-x/d) erfc(x / 2 sqrt(Dt) - sqrt(kt)) + exp(x/d) erfc(x / 2 sqrt(Dt) + sqrt(kt)). A film of thickness h with a tight
back: cosh((h - x)/d) / cosh(h/d); its mean tanh(h/d) / (h/d). A ball of radius R: mean 3 (f coth f - 1) / f^2 with f = R / d.

In words: A drug in the fluid seeps into the tissue below and is lost on the way, into blood or by being used up. What
comes of it is a skin: with each further step inwards the level falls by the same factor. Ten times the level at the
surface does not reach ten times as deep; it reaches one fixed step further. So a thin film of cells lying in the fluid
may be well bathed while the middle of a lump beside it gets next to nothing. Without any loss the drug goes on and on,
but time runs with the square of the distance: what takes minutes for a tenth of a millimetre takes days for a centimetre.

Assumes: Even tissue, a loss in proportion to the level, a diffusion that is the same everywhere and slowed by the detours
round the cells, and a surface whose level is held. For the area under a curve the surface need not be held: the area falls
off with depth by the same length, whatever the course at the surface.

Leaves out: Flow along the walls of blood vessels, which carries antibodies further than diffusion does, and flow through
the tissue; binding that can fill up; drug that comes from blood at the same time; folds and grooves of the real surface.
The loss is seldom measured, so the depth is known poorly.

Sources: diffusion with loss from a surface: Danckwerts PV, Trans Faraday Soc 1951;47:1014, and Crank J, The Mathematics of
Diffusion (both recalled, not read). Films and balls: Thiele EW, Ind Eng Chem 1939;31:916 (recalled, not read). Tortuosity:
Sykova E, Nicholson C, Physiol Rev 2008;88:1277. Antibodies along vessels: Pizzo ME et al., J Physiol 2018.
"""

from __future__ import annotations

import numpy as np

from . import wanted
from .wanted import Array, Numbers, Result


def slowed_diffusion(free_diffusion: Numbers, tortuosity: Numbers) -> Result:
    """Diffusion in tissue from `free_diffusion`, in water (in whatever unit), and the tortuosity (1 or more): D / lambda^2."""
    return (wanted.numbers("free_diffusion", free_diffusion, 0.0) / wanted.numbers("tortuosity", tortuosity, 1.0) ** 2)[()]


def tortuosity(free_diffusion: Numbers, diffusion_in_tissue: Numbers) -> Result:
    """Tortuosity from `free_diffusion` in water and `diffusion_in_tissue` (same unit): sqrt(D / D*)."""
    free = wanted.numbers("free_diffusion", free_diffusion, 0.0, above=True)
    slowed = wanted.numbers("diffusion_in_tissue", diffusion_in_tissue, 0.0, above=True)
    if np.any(slowed > free):
        worst = np.broadcast_arrays(slowed, free)[0][slowed > free].ravel()[0].item()
        wanted.refuse("diffusion_in_tissue", worst, "at most the diffusion in water")
    return np.sqrt(free / slowed)[()]


def depth_cm(diffusion_cm2_per_h: Numbers, loss_per_h: Numbers) -> Result:
    """Penetration depth: where the steady level has fallen to 1/e, sqrt(D / k); infinite without loss."""
    diffusion, loss = np.broadcast_arrays(wanted.numbers("diffusion_cm2_per_h", diffusion_cm2_per_h, 0.0),
                                          wanted.numbers("loss_per_h", loss_per_h, 0.0))
    return np.sqrt(np.divide(diffusion, loss, out=np.where(diffusion > 0, np.inf, 0.0), where=loss > 0))[()]


def loss_for(diffusion_cm2_per_h: Numbers, depth_cm: Numbers) -> Result:
    """The loss (1/h) that gives a depth: D / d^2."""
    return (wanted.numbers("diffusion_cm2_per_h", diffusion_cm2_per_h, 0.0)
            / wanted.numbers("depth_cm", depth_cm, 0.0, above=True) ** 2)[()]


def reach_cm(depth_cm: Numbers, fold: Numbers) -> Result:
    """How far in the steady level is `fold` (1 or more) times lower than at the surface: d ln(fold).

    It is also how much further the same level lies when the surface holds `fold` times as much: for ten times, 2.3 depths.
    """
    return (wanted.numbers("depth_cm", depth_cm, 0.0) * np.log(wanted.numbers("fold", fold, 1.0)))[()]


def diffusion_time_h(distance_cm: Numbers, diffusion_cm2_per_h: Numbers) -> Result:
    """Time in which diffusion covers a distance on average: x^2 / 2D (root mean square, one direction)."""
    return (wanted.numbers("distance_cm", distance_cm, 0.0) ** 2
            / (2 * wanted.numbers("diffusion_cm2_per_h", diffusion_cm2_per_h, 0.0, above=True)))[()]


def steady_level(x_cm: Numbers, depth_cm: Numbers) -> Result:
    """Steady level at `x_cm` below the surface, of 1 there: exp(-x / d). The share of the surface's area, too."""
    x, depth = wanted.numbers("x_cm", x_cm, 0.0), wanted.numbers("depth_cm", depth_cm, 0.0, above=True)
    return np.exp(-x / depth)[()]


def level_in_time(x_cm: Numbers, hours: Numbers, diffusion_cm2_per_h: float, loss_per_h: float = 0.0) -> Result:
    """Level at `x_cm` below a surface that was 0 and is held at 1 since time 0; `x_cm` and `hours` broadcast."""
    from scipy.special import erfc, erfcx

    x, t = np.broadcast_arrays(wanted.numbers("x_cm", x_cm, 0.0), wanted.numbers("hours", hours, 0.0))
    diffusion = wanted.positive("diffusion_cm2_per_h", diffusion_cm2_per_h)
    loss = wanted.not_negative("loss_per_h", loss_per_h)
    begun = t > 0
    spread = 2 * np.sqrt(diffusion * np.where(begun, t, 1.0))
    lost = np.sqrt(loss * t)
    # The second term as erfcx: its factor exp(x/d) would overflow deep inside, where the term itself is nothing.
    falling = np.exp(-x * np.sqrt(loss / diffusion)) * erfc(x / spread - lost)
    rising = np.exp(-((x / spread) ** 2) - loss * t) * erfcx(x / spread + lost)
    return np.where(begun, 0.5 * (falling + rising), np.where(x == 0, 1.0, 0.0))[()]


# -- a film, a mass ----------------------------------------------------------------------------------------------------


def _sides(thickness: Numbers, depth: Numbers, name: str) -> Array:
    size, depth = np.broadcast_arrays(wanted.numbers(name, thickness, 0.0), wanted.numbers("depth_cm", depth, 0.0, above=True))
    return size / depth


def film_mean(thickness_cm: Numbers, depth_cm: Numbers) -> Result:
    """Mean steady level in a film bathed on one side, over that at its surface: tanh(f) / f with f = h / d."""
    f = _sides(thickness_cm, depth_cm, "thickness_cm")
    return np.divide(np.tanh(f), f, out=np.ones(f.shape), where=f > 0)[()]


def film_lowest(thickness_cm: Numbers, depth_cm: Numbers) -> Result:
    """Steady level at the far side of such a film: 1 / cosh(f)."""
    f = _sides(thickness_cm, depth_cm, "thickness_cm")
    return (2 * np.exp(-f) / (1 + np.exp(-2 * f)))[()]


def mass_mean(radius_cm: Numbers, depth_cm: Numbers) -> Result:
    """Mean steady level in a ball bathed all round, over that at its surface: 3 (f coth f - 1) / f^2 with f = R / d."""
    f = _sides(radius_cm, depth_cm, "radius_cm")
    near = f < 1e-2  # the difference drowns there: its series, good to 1e-12
    large = np.where(near, 1.0, f)
    return np.where(near, 1 - f**2 / 15 + 2 * f**4 / 315, 3 * (large / np.tanh(large) - 1) / large**2)[()]


def mass_centre(radius_cm: Numbers, depth_cm: Numbers) -> Result:
    """Steady level at the centre of such a ball: f / sinh f."""
    f = _sides(radius_cm, depth_cm, "radius_cm")
    return np.divide(2 * f * np.exp(-f), -np.expm1(-2 * f), out=np.ones(f.shape), where=f > 0)[()]
