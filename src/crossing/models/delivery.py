"""What came of a run of the pump: what arrived, what the pump says, what was found when it was opened.

Times in hours, volumes in mL, amounts in doses. A `Delivery` is made by `Pump.run`.
Errors: ValueError naming argument, value and what was wanted.

In words: Two stories of the same weeks stand side by side: what happened, and what the pump believes. The first knows every
dose: in the reservoir, in the catheter, at the tip, elsewhere, thrown away. The second knows what was typed in and what the
motor was told.

Assumes: What the model of the pump assumes.

Leaves out: What the person feels.

Sources: See the model of the pump.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from . import wanted
from .dosing import Schedule
from .faults import Fault
from .plumbing import Curve
from .wanted import Array

if TYPE_CHECKING:  # only the names: the pump makes deliveries, not the other way round
    from .programme import Programme
    from .pump import Pump


@dataclass(frozen=True)
class LogEntry:
    """What the pump says at `time_h`: `kind` is refill, low, empty, stall, recovered or programme."""

    time_h: float
    kind: str
    words: str


@dataclass(frozen=True)
class Refilling:
    """A refill as the person doing it sees it: `found_ml` in the reservoir against `expected_ml` by the count."""

    time_h: float
    found_ml: float
    expected_ml: float


@dataclass(frozen=True, eq=False)
class Delivery:
    """What came of a run.

    `tip` what left the tip into the canal, `elsewhere` {leak, gap, pocket, outside: what went there}: each a
    `Schedule`. `log` what the pump says, `openings` what was found at refills. `times` (k,) and `accounts`
    {filled, in_reservoir, in_catheter, at_tip, elsewhere, thrown_away} (k,) in doses; `balance` is their worst gap, relative
    to what was filled. `reservoir_ml(t)`, `expected_ml(t)` and `tip_strength(t)` are read at any times.
    """

    pump: Pump
    programme: Programme
    hours: float
    faults: tuple[Fault, ...]
    tip: Schedule
    elsewhere: dict[str, Schedule]
    log: tuple[LogEntry, ...]
    openings: tuple[Refilling, ...]
    times: Array
    accounts: dict[str, Array]
    pumped_ml: float
    counted_ml: float
    reservoir_ml: Curve
    expected_ml: Curve
    tip_strength: Curve
    true_strength: Curve
    label_strength: Curve

    @cached_property
    def prescribed(self) -> Schedule:
        """What was asked for, at the place where the tip was put."""
        return self.programme.schedule(self.hours, self.pump.position_cm)

    @property
    def balance(self) -> float:
        """Largest amount unaccounted for, relative to what was filled."""
        kept = sum(amounts for name, amounts in self.accounts.items() if name != "filled")
        return float(np.abs(self.accounts["filled"] - kept).max() / self.accounts["filled"].max())

    @property
    def volume_ratio(self) -> float:
        """Volume moved by the motor over the volume that the pump counts; not a number if it counts none."""
        return self.pumped_ml / self.counted_ml if self.counted_ml else float("nan")

    @property
    def dose_ratio(self) -> float:
        """Doses that left the tip into the canal over doses prescribed; not a number if none were."""
        return self.tip.total / self.prescribed.total if self.prescribed.total else float("nan")

    def passes(self, time_h: float) -> float:
        """Share of the flow that the tubing lets through at `time_h`: 0 when it is blocked."""
        return float(np.prod([1 - f.share for f in self._active("occlusion", time_h=time_h)]))

    def escapes(self, time_h: float) -> float:
        """Share of the flow that escapes on the way at `time_h`: 1 when the catheter has come apart."""
        return 1 - float(np.prod([1 - f.share for f in self._active("leak", "disconnection", time_h=time_h)]))

    def tip_fault(self, time_h: float) -> Fault | None:
        """The last fault that moved the tip by `time_h`; None where it lies as it was put."""
        moved = self._active("tip moved", time_h=time_h)
        return max(moved, key=lambda fault: fault.time_h) if moved else None

    def _active(self, *kinds: str, time_h: float) -> list[Fault]:
        time_h = wanted.number("time_h", time_h)
        return [fault for fault in self.faults if fault.kind in kinds and fault.active(time_h)]
