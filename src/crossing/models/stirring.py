"""From swaying to spreading: what theory makes of the heartbeat and the breath in the canal.

The fluid between two walls a gap 2h apart sways to and fro with mean displacement a sin(omega t). Shear then spreads a drug
along the canal as by a dispersion kappa (1 + gain), kappa being its diffusion in still fluid. With the Womersley number
alpha = h sqrt(omega / nu) and the Schmidt number sigma = nu / kappa, the oscillating plane Poiseuille flow and the first
order of the spreading it makes give

    gain = (a/h)^2 / 2 * sigma^2 alpha^2 / (1 - sigma^2) * |tanh L / (L - tanh L)|^2
           * (Im(M coth M) / sigma - Im(L coth L)),     L = alpha sqrt(i),  M = L sqrt(sigma)

(derived here; the problem is Watson's). Slow swaying: (a/h)^2 sigma^2 alpha^4 / 105, half of Taylor's steady 2 Pe^2 / 105
for the same peak flow. Fast swaying of a slow drug: (a/h)^2 alpha / (2 sqrt 2). Functions take numbers or arrays. Lengths in
cm, volumes in mL, and seconds where the name says so: beats are counted in seconds.
Errors: ValueError naming argument, value and what was wanted.

In words: The fluid in the canal sways with every heartbeat and every breath, by millimetres to a centimetre and a half, and
comes back. Swaying alone mixes nothing. It spreads a drug only where neighbouring layers slide past one another and the
drug wanders from one layer into the next. The model works out how much that gives, for walls a few millimetres apart. The
answer is small: a drug wanders too slowly across the gap, so it is mostly carried out and carried back. If something mixed
the layers at just the right pace, the same swaying would spread hundreds of times better, and a rough upper bound lies a
hundred thousand times higher. What was fitted to patients lies in this gap, and no theory of smooth walls says where.

Assumes: Two flat walls with nothing between them, smooth swaying at one pace, a canal that is the same all along, and time
enough for the drug to feel the whole gap. Swaying at several paces adds up, each on its own.

Leaves out: Nerve roots, ligaments and threads that stir the fluid on their own, the bends of the spine, a cord that is
not in the middle, streaming, and the difference in displacement from level to level. These are why it fails alone.

Sources: Watson EJ, J Fluid Mech 1983;133:233 (swaying; the formula was derived again here, not copied). Taylor GI, Proc R
Soc Lond A 1953;219:186 and Aris R, Proc R Soc Lond A 1956;235:67 (steady flow). Sharp MK, Carare RO, Martin BA, Fluids
Barriers CNS 2019;16:13 (the spinal canal, and the ceiling). Womersley JR, J Physiol 1955;127:553 (the number named after
him).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from . import wanted
from .wanted import Array, Numbers, Result

_SECONDS_AN_HOUR = 3600.0


def _numbers(name: str, value: Numbers, zero: bool = False) -> Array:
    return wanted.numbers(name, value, 0.0, above=not zero)


# -- the canal and its swaying, in figures --------------------------------------------------------------------------------

def half_gap_cm(volume_ml: Numbers, wetted_surface_cm2: Numbers) -> Result:
    """Half the gap between two walls (cm) with the canal's volume and wetted surface: V / S. The hydraulic radius is twice
    that."""
    return (_numbers("volume_ml", volume_ml) / _numbers("wetted_surface_cm2", wetted_surface_cm2))[()]


def swing_cm(stroke_ml: Numbers, area_cm2: Numbers) -> Result:
    """Amplitude a (cm), from the middle to either end, of fluid that moves by `stroke_ml` back and forth over `area_cm2`.

    Half of stroke / area: the whole way from end to end is the displacement that is measured.
    """
    return (0.5 * _numbers("stroke_ml", stroke_ml, zero=True) / _numbers("area_cm2", area_cm2))[()]


def womersley(half_gap_cm: Numbers, beats_per_s: Numbers, viscosity_cm2_per_s: Numbers) -> Result:
    """Womersley number h sqrt(omega / nu), from half the gap: small when friction rules, large when inertia does."""
    omega = 2 * np.pi * _numbers("beats_per_s", beats_per_s)
    return (_numbers("half_gap_cm", half_gap_cm) * np.sqrt(omega / _numbers("viscosity_cm2_per_s", viscosity_cm2_per_s)))[()]


def top_speed_cm_per_s(swing_cm: Numbers, beats_per_s: Numbers) -> Result:
    """Highest mean speed of the sway (cm/s): omega a. Of two sways of equal speed the slower one goes further."""
    return (2 * np.pi * _numbers("beats_per_s", beats_per_s) * _numbers("swing_cm", swing_cm, zero=True))[()]


# -- spreading by shear -----------------------------------------------------------------------------------------------------

def steady_gain(peclet: Numbers) -> Result:
    """What a steady flow between two walls adds to diffusion (times kappa): 2 Pe^2 / 105.

    Pe = mean speed x half gap / kappa. Taylor's and Aris's limit, for two walls.
    """
    return (2 * _numbers("peclet", peclet, zero=True) ** 2 / 105)[()]


def _lag(s: Result) -> Array:
    """1/3 - Im(x coth x) / s for x = sqrt(i s): 0 for a slow sway; a series near 0, where the difference loses figures."""
    near = s < 0.5
    x = np.sqrt(1j * np.where(near, 1.0, s))
    full = 1 / 3 - (x / np.tanh(x)).imag / np.where(near, 1.0, s)
    q = np.where(near, s, 0.0) ** 2
    series = q * (2 / 945 - q * (2 / 93555 - q * (4 / 18243225 - q * 87734 / 38979295480125)))
    return np.where(near, series, full)


def _profile(alpha: Array) -> Array:
    """alpha^4 |tanh L / (L - tanh L)|^2 for L = alpha sqrt(i): 9 for a slow sway; a series near 0."""
    near = alpha < 0.1
    L = np.where(near, 1.0, alpha) * np.sqrt(1j)
    full = np.abs(L**2 * np.tanh(L) / (L - np.tanh(L))) ** 2
    z = 1j * np.where(near, alpha, 0.0) ** 2
    top = 1 - z / 3 * (1 - z * 2 / 5 * (1 - z * 17 / 42))
    low = 1 / 3 - z * (2 / 15 - z * (17 / 315 - z * 62 / 2835))
    return np.where(near, np.abs(top / low) ** 2, full)


def shear_gain(womersley: Numbers, schmidt: Numbers, swing: Numbers) -> Result:
    """What swaying between two walls adds to diffusion along them: dispersion / kappa - 1, 0 or more.

    `womersley` alpha from half the gap, `schmidt` sigma = viscosity / diffusion across the gap, `swing` = amplitude over
    half the gap (a / h). Numbers or arrays that broadcast. Watson 1983, in the form at the head of this module.
    """
    alpha, sigma = _numbers("womersley", womersley), _numbers("schmidt", schmidt)
    swing = _numbers("swing", swing, zero=True)

    def gain(sigma: Result) -> Result:
        change = (_lag(alpha**2) - _lag(alpha**2 * sigma)) / (1 - sigma**2)
        return 0.5 * swing**2 * sigma**2 * _profile(alpha) * change

    even = np.abs(sigma - 1) < 1e-4  # 0/0 at 1: step over it
    return np.where(even, 0.5 * (gain(1 - 3e-4) + gain(1 + 3e-4)), gain(np.where(even, 2.0, sigma)))[()]


def best_gain(womersley: Numbers) -> tuple[Result, Result]:
    """The most that any pace of mixing across could make of a sway.

    Returns (share, schmidt), each like `womersley`: dispersion = share x omega x a^2 at that Schmidt number, where layers
    mix across in about the time of one sway. Found on a fine grid (to 0.1 %).
    """
    alpha = _numbers("womersley", womersley)
    s = np.geomspace(0.3, 300.0, 400)  # omega h^2 / kappa
    sigma = s / alpha[..., None] ** 2
    # dispersion / (omega a^2) = gain kappa / (omega a^2) = gain / s for a swing of 1
    share = shear_gain(alpha[..., None], sigma, 1.0) / s
    place = share.argmax(axis=-1)[..., None]
    best, schmidt = (np.take_along_axis(values, place, axis=-1)[..., 0][()] for values in (share, sigma))
    return best, schmidt


# -- together ---------------------------------------------------------------------------------------------------------------

@dataclass(frozen=True)
class Sway:
    """One way of swaying: `name`, amplitude `swing_cm` (middle to end) and pace `beats_per_s`."""

    name: str
    swing_cm: float
    beats_per_s: float

    def __post_init__(self) -> None:
        wanted.not_negative("Sway.swing_cm", self.swing_cm)
        wanted.positive("Sway.beats_per_s", self.beats_per_s)


@dataclass(frozen=True)
class Stirring:
    """What theory allows, in cm2/s.

    `still`    cm2/s by diffusion alone
    `shear`    cm2/s with the sways, between smooth walls
    `best`     cm2/s between smooth walls, with the layers mixed across at the pace that suits each sway best: the exact maximum
    `ceiling`  top speed squared times the time of one sway: the scale of what perfect mixing could do, which no flow reaches

    Between `shear` and `ceiling` measurement must say.
    """

    still: float
    shear: float
    best: float
    ceiling: float

    @property
    def gap_orders(self) -> float:
        """Powers of ten between shear alone and the ceiling; 0 where nothing sways."""
        return float(max(np.log10(self.ceiling / self.shear), 0.0)) if self.ceiling > 0 else 0.0

    def place(self, dispersion_cm2_per_s: float) -> float:
        """Where a value lies between shear (0) and ceiling (1), in powers of ten; below 0 or above 1 outside them."""
        value = wanted.positive("dispersion_cm2_per_s", dispersion_cm2_per_s)
        if self.gap_orders == 0:
            wanted.refuse("Stirring", (self.shear, self.ceiling), "a gap between shear and ceiling")
        return float(np.log10(value / self.shear) / self.gap_orders)


def stirring(sways: Sequence[Sway], half_gap_cm: float, diffusion_cm2_per_s: float,
             viscosity_cm2_per_s: float) -> Stirring:
    """What theory makes of `sways` together (a list of `Sway`), for a drug of that diffusion in still fluid.

    Sways of different pace add: over a long time one does not feel the other.
    """
    sways = list(sways) if isinstance(sways, (list, tuple)) else wanted.refuse("sways", sways, "a list of Sway")
    for i, sway in enumerate(sways):
        if not isinstance(sway, Sway):
            wanted.refuse(f"sways[{i}]", sway, "a Sway")
    gap = wanted.positive("half_gap_cm", half_gap_cm)
    kappa = wanted.positive("diffusion_cm2_per_s", diffusion_cm2_per_s)
    nu = wanted.positive("viscosity_cm2_per_s", viscosity_cm2_per_s)
    if not sways:
        return Stirring(kappa, kappa, 0.0, 0.0)
    swing, beats = np.array([[sway.swing_cm, sway.beats_per_s] for sway in sways], dtype=float).T
    alpha = womersley(gap, beats, nu)
    shear = kappa * (1 + np.sum(shear_gain(alpha, nu / kappa, swing / gap)))
    best = (best_gain(alpha)[0] * 2 * np.pi * beats * swing**2).sum()
    ceiling = (top_speed_cm_per_s(swing, beats) ** 2 / beats).sum()
    return Stirring(kappa, float(shear), float(best), float(ceiling))


def per_hour(dispersion_cm2_per_s: Numbers) -> Result:
    """cm2/s to the cm2/h that `SpinalCanal` takes."""
    return (_numbers("dispersion_cm2_per_s", dispersion_cm2_per_s, zero=True) * _SECONDS_AN_HOUR)[()]
