"""The solution that is injected: how heavy it is beside the fluid, what length of canal it fills, and what was measured.

Density in g/mL, temperature in degrees C, volume in mL, area in cm2. The effect of weight on spread is not computed anywhere
in this course: it is nonlinear, and the canal is linear. What was measured stands as `Outcome` records beside the model.

    density         rho(T) = rho_ref - slope (T - T_ref): a straight line through one measured point
    density_curved  rho(T) = rho_0 - curve T^2: the form fitted to local anaesthetics by Heller 2006
    classify        lighter, like or heavier than the fluid, against the fluid's mean and spread between people

Errors: ValueError naming argument, value and what was wanted.

In words: A solution warms up within minutes of injection, and gets lighter as it warms. Whether it then rises, sinks or
stays depends on differences in the third or fourth decimal, and the fluid itself differs that much between people. So
there is a band in which nobody can say which way a solution will go, and "isobaric" names a temperature and a person
rather than a drug. The model says on which side of the band a solution lies, how many people it would be lighter for,
and how long a piece of the canal its volume fills. Where measurements of real spread exist it puts them beside the
model's answer.

Assumes: That density falls evenly with warming over a small span; that density varies between people as a bell curve;
that the injected volume fills the canal like a piston at first.

Leaves out: The path of a heavy or light solution, posture, the curves of the spine, the jet at the needle, mixing during
the injection, and everything that follows for a patient. It never says how far a block or a drug will spread.

Sources: Lui ACP and others, Can J Anaesth 1998;45:297 (density of the fluid, and of solutions). Heller AR and others,
Anesthesiology 2006;105:346 (density against temperature). Measured outcomes carry their own sources.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from . import wanted
from .wanted import Numbers, Result


# -- density --------------------------------------------------------------------------------------------------------------

def density(temperature_c: Numbers, reference_density: float, reference_c: float, slope_per_c: float) -> Result:
    """Density (g/mL) at a temperature, on a straight line through (`reference_c`, `reference_density`).

    `slope_per_c` is the loss per degree of warming, 0 or more. Temperatures may be an array.
    """
    reference, slope = wanted.positive("reference_density", reference_density), wanted.not_negative("slope_per_c", slope_per_c)
    warmer = wanted.numbers("temperature_c", temperature_c) - wanted.number("reference_c", reference_c)
    return (reference - slope * warmer)[()]


def density_curved(temperature_c: Numbers, at_zero: float, curve_per_c2: float) -> Result:
    """Density (g/mL) at a temperature: `at_zero` (g/mL too) - `curve_per_c2` x T^2 (Heller 2006, rounded as printed). Broadcasts."""
    start, curve = wanted.positive("at_zero", at_zero), wanted.not_negative("curve_per_c2", curve_per_c2)
    return (start - curve * wanted.numbers("temperature_c", temperature_c) ** 2)[()]


def slope_between(first_c: float, second_c: float, curve_per_c2: float) -> float:
    """Slope (g/mL per degree) of the straight line that meets the curve of `density_curved` at two temperatures.

    It is curve x (T1 + T2).
    """
    first, second = wanted.not_negative("first_c", first_c), wanted.not_negative("second_c", second_c)
    if first == second:
        wanted.refuse("second_c", second, f"a temperature other than {first:g}")
    return wanted.not_negative("curve_per_c2", curve_per_c2) * (first + second)


def matching_temperature(fluid_density: Numbers, reference_density: float, reference_c: float,
                         slope_per_c: float) -> Result:
    """Temperature (degrees C) at which a solution on the straight line of `density` is as dense as the fluid: below it the
    solution is heavier, above it lighter. `fluid_density` may be an array."""
    reference, slope = wanted.positive("reference_density", reference_density), wanted.positive("slope_per_c", slope_per_c)
    fluid = wanted.numbers("fluid_density", fluid_density, 0.0, above=True)
    return (wanted.number("reference_c", reference_c) + (reference - fluid) / slope)[()]


def matching_temperature_curved(fluid_density: float, at_zero: float, curve_per_c2: float) -> float:
    """The same on the curve of `density_curved`, with `at_zero` in g/mL: sqrt((at_zero - fluid) / curve)."""
    start, curve = wanted.positive("at_zero", at_zero), wanted.positive("curve_per_c2", curve_per_c2)
    fluid = wanted.positive("fluid_density", fluid_density)
    if fluid > start:
        wanted.refuse("fluid_density", fluid, f"at most {start:g}, the density of the solution at 0 degrees")
    return math.sqrt((start - fluid) / curve)


@dataclass(frozen=True)
class FluidBand:
    """Density of the fluid at body temperature: `mean` and spread between people `sd` (g/mL). `widths`, a number of sd, says how far the
    uncertain band reaches to either side (three by the usual definition of hypo- and hyperbaric)."""

    mean: float
    sd: float
    widths: float = 3.0

    def __post_init__(self) -> None:
        wanted.positive("FluidBand.mean", self.mean)
        wanted.positive("FluidBand.sd", self.sd)
        wanted.positive("FluidBand.widths", self.widths)

    @property
    def low(self) -> float:
        """Lower end of the uncertain band (g/mL)."""
        return self.mean - self.widths * self.sd

    @property
    def high(self) -> float:
        """Upper end of the uncertain band (g/mL)."""
        return self.mean + self.widths * self.sd


def classify(solution_density: float, band: FluidBand) -> str:
    """"hypobaric" below the band, "hyperbaric" above it, and "isobaric" inside: there the side depends on the person."""
    value = wanted.positive("solution_density", solution_density)
    if not isinstance(band, FluidBand):
        wanted.refuse("band", band, "a FluidBand")
    return "hypobaric" if value < band.low else "hyperbaric" if value > band.high else "isobaric"


def share_lighter(solution_density: Numbers, band: FluidBand) -> Result:
    """Share of people in whom the solution is lighter than the fluid, 0 to 1: the bell curve above it. An array gives an array."""
    if not isinstance(band, FluidBand):
        wanted.refuse("band", band, "a FluidBand")
    away = (wanted.numbers("solution_density", solution_density, 0.0, above=True) - band.mean) / (band.sd * math.sqrt(2))
    return (0.5 * np.vectorize(math.erfc, otypes=[float])(away))[()]


def baricity(solution_density: Numbers, fluid_density: Numbers) -> Result:
    """Density of the solution over that of the fluid, both at the same temperature. Broadcasts."""
    solution = wanted.numbers("solution_density", solution_density, 0.0, above=True)
    return (solution / wanted.numbers("fluid_density", fluid_density, 0.0, above=True))[()]


# -- volume ---------------------------------------------------------------------------------------------------------------

def slug_length(volume_ml: Numbers, area_cm2: Numbers) -> Result:
    """Length (cm) of canal that an injected volume fills at first: V / A, short where the canal is wide. Arrays broadcast."""
    volume = wanted.numbers("volume_ml", volume_ml, 0.0, above=True)
    return (volume / wanted.numbers("area_cm2", area_cm2, 0.0, above=True))[()]


# -- what was measured ----------------------------------------------------------------------------------------------------

@dataclass(frozen=True)
class Outcome:
    """A measured outcome to stand beside the model, never inside it.

    `name`, `low` to `high` in `unit`, `people` (or animals) measured, and `told`, what the paper did, in words. Directions
    without a number (posture in animals) have low = high = None.
    """

    name: str
    low: float | None
    high: float | None
    unit: str
    people: int
    told: str

    def __post_init__(self) -> None:
        if (self.low is None) != (self.high is None):
            wanted.refuse("Outcome.high", self.high, "a number where low is one, None where it is none")
        if self.low is not None:
            low = wanted.number("Outcome.low", self.low)
            if wanted.number("Outcome.high", self.high) < low:
                wanted.refuse("Outcome.high", self.high, f"a number of {low:g} or more")
        wanted.whole("Outcome.people", self.people, 1)

    def ratio(self, computed: float) -> float:
        """`computed` over measured, both in `unit`, above 0: 1 inside the range, else over its nearer end."""
        if self.low is None or self.high is None:
            wanted.refuse("Outcome.low", None, "an outcome with a number")
        value = wanted.positive("computed", computed)
        wanted.positive("Outcome.low", self.low)
        return value / min(max(value, self.low), self.high)

    def verdict(self, computed: float) -> str:
        """"below", "within" or "above" the measured range, for what was `computed`, in `unit`."""
        ratio = self.ratio(computed)
        return "within" if ratio == 1 else "below" if ratio < 1 else "above"
