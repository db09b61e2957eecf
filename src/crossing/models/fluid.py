"""Cerebrospinal fluid as one pool, or as fluid with tissue that takes up and gives back.

Units: hours, mL, mL/h, amounts in doses; levels in doses per mL. All parameters are arguments.
The two-pool form is that of Luu KT et al., J Clin Pharmacol 2017;57:1031, without its plasma.
Errors: ValueError naming argument, value and what was wanted.

In words: The plainest picture of the fluid is one pool that mixes at once and loses the same share of its drug in every
hour. A steady infusion then fills it until as much leaves as comes, and a faster one settles higher but not sooner. In
the second picture the fluid lies beside tissue that takes drug up and gives it back. The level first falls fast, while the
tissue fills, and then slowly, while it empties; and because what comes out may go in again before it is cleared, the slow
phase lasts longer than the emptying alone. So a drug may stay for months in a fluid that is renewed within a day.

Assumes: Each pool mixes at once, all rates are in proportion to the level, and nothing is ever full. The room in tissue is
an apparent one: it stands for binding as much as for space.

Leaves out: Where in the fluid the drug is, which matters most in the first hours; how fast it spreads; more than one kind
of tissue; and what blood brings back.

Sources: two pools: Luu KT et al., J Clin Pharmacol 2017;57:1031. A fast and a slow phase in lumbar fluid: Bleyer WA,
Dedrick RL, Cancer Treat Rep 1977;61:703.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from . import wanted
from .dosing import Bolus, Doses, to_run
from .linear import Feed, Jump, LinearSystem
from .wanted import Array, Numbers


@dataclass(frozen=True)
class FluidRun:
    """`times` (t,), `fluid` and `tissue` levels (t,) per mL (tissue 0 for one pool), and the amounts in `tallies`:
    given, in_fluid, in_tissue, lost."""

    times: Array
    fluid: Array
    tissue: Array
    tallies: dict[str, Array]

    @property
    def balance(self) -> float:
        """Largest amount unaccounted for, relative to what was given."""
        kept = self.tallies["in_fluid"] + self.tallies["in_tissue"] + self.tallies["lost"]
        given = self.tallies["given"]
        return float(np.abs(given - kept).max() / max(given.max(), np.finfo(float).tiny))


def _run(system: LinearSystem, volumes: Array, losses: Array, schedule: Doses, times: Numbers) -> FluidRun:
    """Doses enter the first state; `losses` (n,) are rates out of the system, per hour."""
    schedule, times = to_run(schedule, times)
    unit = np.eye(system.size)[0]
    inputs = [Jump(dose.time, dose.amount * unit) if isinstance(dose, Bolus)
              else Feed(dose.start, dose.stop, dose.rate * unit) for dose in schedule]
    path = system.run(np.zeros(system.size), times, inputs)
    levels = path.states / volumes
    two = system.size > 1
    nothing = np.zeros(times.size)
    tallies = {"given": np.asarray(schedule.given_by(times)), "in_fluid": path.states[:, 0],
               "in_tissue": path.states[:, 1] if two else nothing, "lost": path.tally(losses)}
    return FluidRun(times, levels[:, 0], levels[:, 1] if two else nothing, tallies)


class OnePool:
    """One well-mixed pool of `volume_ml`, cleared at `clearance_ml_per_h`."""

    def __init__(self, volume_ml: float, clearance_ml_per_h: float) -> None:
        self.volume_ml = wanted.positive("volume_ml", volume_ml)
        self.clearance_ml_per_h = wanted.not_negative("clearance_ml_per_h", clearance_ml_per_h)
        self.loss_per_h = self.clearance_ml_per_h / self.volume_ml
        self.system = LinearSystem([[-self.loss_per_h]])

    @property
    def half_life_h(self) -> float:
        """ln 2 V / CL; infinite without clearance."""
        return np.log(2) / self.loss_per_h if self.loss_per_h else np.inf

    def run(self, schedule: Doses, times: Numbers) -> FluidRun:
        """The run from an empty pool at time 0 through `times` (t,) h, ascending."""
        return _run(self.system, np.array([self.volume_ml]), np.array([self.loss_per_h]), schedule, times)

    def steady(self, rate: float) -> float:
        """Level per mL that an infusion of `rate` (doses per hour) settles to: rate / CL."""
        return float(self.system.steady([wanted.not_negative("rate", rate)])[0] / self.volume_ml)

    def area(self, amount: float = 1.0) -> float:
        """Area under the level after `amount`, per mL times hours: amount / CL."""
        return float(self.system.area([wanted.not_negative("amount", amount)])[0] / self.volume_ml)


class TwoPools:
    """Fluid and tissue that exchange at `exchange_ml_per_h`; loss from fluid, and from tissue if given.

    Drug that leaves the tissue may be taken up again before it is cleared (recapture), so the slow half-life is
    longer than `release_alone_h`. `tissue_volume_ml` is an apparent volume: it expresses binding.
    """

    def __init__(self, volume_ml: float, tissue_volume_ml: float, exchange_ml_per_h: float, clearance_ml_per_h: float,
                 tissue_clearance_ml_per_h: float = 0.0) -> None:
        self.volume_ml = wanted.positive("volume_ml", volume_ml)
        self.tissue_volume_ml = wanted.positive("tissue_volume_ml", tissue_volume_ml)
        self.exchange_ml_per_h = wanted.positive("exchange_ml_per_h", exchange_ml_per_h)
        self.clearance_ml_per_h = wanted.not_negative("clearance_ml_per_h", clearance_ml_per_h)
        self.tissue_clearance_ml_per_h = wanted.not_negative("tissue_clearance_ml_per_h", tissue_clearance_ml_per_h)
        self._volumes = np.array([self.volume_ml, self.tissue_volume_ml])
        self._losses = np.array([self.clearance_ml_per_h, self.tissue_clearance_ml_per_h]) / self._volumes
        swap = self.exchange_ml_per_h / self._volumes
        self.system = LinearSystem([[-swap[0] - self._losses[0], swap[1]], [swap[0], -swap[1] - self._losses[1]]])

    @property
    def half_lives_h(self) -> tuple[float, float]:
        """Half-lives of the fast and of the slow phase (h), from the roots of the quadratic."""
        (a, b), (c, d) = self.system.matrix
        # The slow rate is the small root: taken from the product of the roots, lest it drown in a difference.
        fast = 0.5 * (-(a + d) + np.sqrt((a - d) ** 2 + 4 * b * c))
        swap = self.exchange_ml_per_h / self._volumes
        slow = (self._losses[0] * swap[1] + swap[0] * self._losses[1] + self._losses[0] * self._losses[1]) / fast
        return float(np.log(2) / fast), float(np.log(2) / slow) if slow else np.inf

    @property
    def slow_half_life_h(self) -> float:
        """Half-life of the slow phase."""
        return self.half_lives_h[1]

    @property
    def release_alone_h(self) -> float:
        """Half-life if nothing that leaves the tissue came back: ln 2 V_tissue / Q."""
        return float(np.log(2) * self.tissue_volume_ml / (self.exchange_ml_per_h + self.tissue_clearance_ml_per_h))

    @property
    def without_tissue(self) -> OnePool:
        """The fluid alone, as one pool."""
        return OnePool(self.volume_ml, self.clearance_ml_per_h)

    def run(self, schedule: Doses, times: Numbers) -> FluidRun:
        """The run from empty pools at time 0 through `times` (t,) h, ascending; doses go into the fluid."""
        return _run(self.system, self._volumes, self._losses, schedule, times)

    def steady(self, rate: float) -> tuple[float, float]:
        """Levels per mL in fluid and tissue that an infusion of `rate` into the fluid settles to."""
        levels = self.system.steady([wanted.not_negative("rate", rate), 0.0]) / self._volumes
        return float(levels[0]), float(levels[1])

    def area(self, amount: float = 1.0) -> tuple[float, float]:
        """Areas under the levels in fluid and tissue after `amount` into the fluid."""
        levels = self.system.area([wanted.not_negative("amount", amount), 0.0]) / self._volumes
        return float(levels[0]), float(levels[1])
