"""The budget of cerebrospinal fluid: how much there is, how much is made, how soon it is renewed, which pairs fit.

Units: mL, mL/h, h; amounts in doses, levels in doses per mL. Arguments broadcast; a result is one number or an array.
Errors: ValueError naming argument, value and what was wanted.

Equations, for a volume V and a formation Q in one well-mixed pool: turnover 24 Q / V a day; half-life ln2 V / Q; share
renewed by time t, 1 - exp(-Q t / V). Every pair with the same V / Q has the same half-life.

In words: Fluid is made all the time and the same amount drains off, so the old fluid is thinned out, never swept out.
When as much has been made as there is, a good third of the old fluid is still there. How fast a drug in it fades depends
on the volume divided by what is made in an hour, and on nothing else. So a half-life that was measured does not tell the
volume, nor the formation: a small pool renewed slowly and a large pool renewed fast fade alike, though a dose starts at
another level in each. If a drug is cleared faster than fluid is made, it must have other ways out. If it is cleared more
slowly, either not all of the fluid that drains off carries it, or some of it waits in tissue and comes back, or it was
measured in one corner only.

Assumes: One pool that mixes at once, a volume that does not change, as much drained as made, and drained fluid that
carries the drug at the level of the pool. The clearance of a drug and the formation of fluid add up.

Leaves out: How far the drug has to travel, binding and tissue, water that changes places with blood without any net flow,
and the question whether all of the fluid takes part in mixing. A volume seen on a scan and a volume worked out from a
dose are different things here: the model takes either, and does not say which is right.

Sources: bulk flow as the main way out of cerebrospinal fluid, for methotrexate: Bleyer WA, Dedrick RL, Cancer Treat Rep
1977;61:703; for an antibody and inulin side by side, in rats: mAbs 2017;9:1210. The conflict of volumes: Yamada S et al.,
Eur Radiol 2023;33:7099, against textbooks. Clearance and turnover as in any textbook of pharmacokinetics.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from . import wanted
from .wanted import Array, Mask, Numbers, Result

_DAY = 24.0


def turnover_per_day(volume_ml: Numbers, flow_ml_per_h: Numbers) -> Result:
    """Times a day that as much fluid is made as there is: 24 Q / V. It is not how often the fluid is replaced."""
    return (_DAY * wanted.numbers("flow_ml_per_h", flow_ml_per_h, 0.0)
            / wanted.numbers("volume_ml", volume_ml, 0.0, above=True))[()]


def bulk_half_life_h(volume_ml: Numbers, flow_ml_per_h: Numbers) -> Result:
    """Half-life (h) of what leaves with the fluid alone: ln 2 V / Q; infinite where none is made."""
    volume, flow = np.broadcast_arrays(wanted.numbers("volume_ml", volume_ml, 0.0, above=True),
                                       wanted.numbers("flow_ml_per_h", flow_ml_per_h, 0.0))
    return np.divide(np.log(2) * volume, flow, out=np.full(volume.shape, np.inf), where=flow > 0)[()]


def renewed(volume_ml: Numbers, flow_ml_per_h: Numbers, hours: Numbers) -> Result:
    """Share of the fluid that was made since `hours` ago: 1 - exp(-Q t / V)."""
    volume = wanted.numbers("volume_ml", volume_ml, 0.0, above=True)
    flow, hours = wanted.numbers("flow_ml_per_h", flow_ml_per_h, 0.0), wanted.numbers("hours", hours, 0.0)
    return -np.expm1(-flow * hours / volume)[()]


def time_to_renew_h(volume_ml: Numbers, flow_ml_per_h: Numbers, share: Numbers) -> Result:
    """Hours until `share` (0 up to but not 1) of the fluid is new: -ln(1 - share) V / Q; never where none is made."""
    share = wanted.numbers("share", share, 0.0)
    if np.any(share >= 1):
        wanted.refuse("share", share[share >= 1].ravel()[0].item(), "a share below 1: the last of the old fluid never goes")
    return (bulk_half_life_h(volume_ml, flow_ml_per_h) / np.log(2) * -np.log1p(-share))[()]


# -- only the ratio is known -------------------------------------------------------------------------------------------


def flow_that_fits(half_life_h: Numbers, volume_ml: Numbers) -> Result:
    """Formation (mL/h) that gives `half_life_h` in a pool of `volume_ml`: a straight line through nought."""
    return (np.log(2) * wanted.numbers("volume_ml", volume_ml, 0.0, above=True)
            / wanted.numbers("half_life_h", half_life_h, 0.0, above=True))[()]


def volume_that_fits(half_life_h: Numbers, flow_ml_per_h: Numbers) -> Result:
    """Volume (mL) that gives `half_life_h` where `flow_ml_per_h` is made."""
    return (wanted.numbers("flow_ml_per_h", flow_ml_per_h, 0.0, above=True)
            * wanted.numbers("half_life_h", half_life_h, 0.0, above=True) / np.log(2))[()]


@dataclass(frozen=True)
class Combined:
    """Every volume with every formation: `volume_ml` (v,), `flow_ml_per_h` (f,), `half_life_h` and `turnover_per_day` (v, f)."""

    volume_ml: Array
    flow_ml_per_h: Array
    half_life_h: Array
    turnover_per_day: Array

    def fits(self, half_life_h: float, within: float = 0.1) -> Mask:
        """Which pairs (v, f) meet a measured half-life to `within` (a share of it)."""
        measured, within = wanted.positive("half_life_h", half_life_h), wanted.not_negative("within", within)
        return np.abs(self.half_life_h - measured) <= within * measured

    @property
    def span(self) -> float:
        """Longest half-life over the shortest: what the literature leaves open."""
        return float(self.half_life_h.max() / self.half_life_h.min())


def combine(volumes_ml: Numbers, flows_ml_per_h: Numbers) -> Combined:
    """The table of every published volume (v,) with every published formation (f,)."""
    volumes, flows = wanted.vector("volumes_ml", volumes_ml), wanted.vector("flows_ml_per_h", flows_ml_per_h)
    for name, values in (("volumes_ml", volumes), ("flows_ml_per_h", flows)):
        if values.size == 0:
            wanted.refuse(name, [], "at least one number")
        wanted.numbers(name, values, 0.0, above=True)
    table = volumes[:, None], flows[None, :]
    return Combined(volumes, flows, np.asarray(bulk_half_life_h(*table)), np.asarray(turnover_per_day(*table)))


# -- bulk flow and the rest --------------------------------------------------------------------------------------------

_MEANS = {
    "bulk flow alone": "It leaves about as fast as the fluid itself: no other way out is needed, and none is excluded.",
    "other ways out too": "It leaves faster than the fluid can carry it: there are other ways out, into tissue or into blood.",
    "slower than the fluid": "It leaves more slowly than the fluid would carry it from one mixed pool: not all the fluid that "
                             "drains off carries it, or it comes back from tissue, or the level was a local one.",
}


@dataclass(frozen=True)
class Split:
    """A clearance from fluid parted into bulk flow and the rest (mL/h). `rest_ml_per_h` below 0 means that the split fails."""

    clearance_ml_per_h: float
    bulk_ml_per_h: float
    tolerance: float

    @property
    def rest_ml_per_h(self) -> float:
        """Clearance less bulk flow."""
        return self.clearance_ml_per_h - self.bulk_ml_per_h

    @property
    def ratio(self) -> float:
        """Clearance over bulk flow: 1 for what leaves with the fluid alone."""
        return self.clearance_ml_per_h / self.bulk_ml_per_h

    @property
    def share_by_bulk(self) -> float:
        """Share of the drug that leaves with the fluid; not a number where the split fails."""
        return 1 / self.ratio if self.ratio >= 1 else np.nan

    @property
    def verdict(self) -> str:
        """Which of the three cases it is, in a few words."""
        if abs(self.ratio - 1) <= self.tolerance:
            return "bulk flow alone"
        return "other ways out too" if self.ratio > 1 else "slower than the fluid"

    @property
    def means(self) -> str:
        """The verdict in a sentence or two."""
        return _MEANS[self.verdict]


def split_clearance(clearance_ml_per_h: float, bulk_flow_ml_per_h: float, tolerance: float = 0.25) -> Split:
    """Clearance from fluid less the bulk flow of fluid. Up to `tolerance` (a share) from it counts as bulk flow alone."""
    return Split(wanted.positive("clearance_ml_per_h", clearance_ml_per_h),
                 wanted.positive("bulk_flow_ml_per_h", bulk_flow_ml_per_h), wanted.not_negative("tolerance", tolerance))


# -- one dose in several bodies ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Body:
    """Fluid of one body: `volume_ml`, formation `flow_ml_per_h`, and `rest_ml_per_h` for other ways out of a drug."""

    name: str
    volume_ml: float
    flow_ml_per_h: float
    rest_ml_per_h: float = 0.0

    def __post_init__(self) -> None:
        if not isinstance(self.name, str) or not self.name:
            wanted.refuse("name", self.name, "a name in words")
        wanted.positive("volume_ml", self.volume_ml)
        wanted.positive("flow_ml_per_h", self.flow_ml_per_h)
        wanted.not_negative("rest_ml_per_h", self.rest_ml_per_h)

    @property
    def clearance_ml_per_h(self) -> float:
        """Formation and the other ways out together."""
        return self.flow_ml_per_h + self.rest_ml_per_h

    @property
    def turnover_per_day(self) -> float:
        """Times a day that as much fluid is made as there is: 24 Q / V."""
        return float(turnover_per_day(self.volume_ml, self.flow_ml_per_h))

    @property
    def half_life_h(self) -> float:
        """Half-life of the drug: ln 2 V / clearance."""
        return float(bulk_half_life_h(self.volume_ml, self.clearance_ml_per_h))

    @property
    def start_level(self) -> float:
        """Level (per mL) of one dose, mixed at once: 1 / V."""
        return 1 / self.volume_ml

    @property
    def area(self) -> float:
        """Area under the level of one dose (per mL times hours): 1 / clearance, whatever the volume."""
        return 1 / self.clearance_ml_per_h


def same_dose(bodies: Sequence[Body], times: Numbers, amount: float = 1.0) -> Array:
    """Levels (bodies, t) per mL at `times` (t,) hours after the same `amount` in each of `bodies`."""
    bodies = list(bodies) if isinstance(bodies, (list, tuple)) else wanted.refuse("bodies", bodies, "a list of Body")
    if not bodies or not all(isinstance(body, Body) for body in bodies):
        wanted.refuse("bodies", bodies, "at least one Body, and nothing else")
    times, amount = wanted.times("times", times, 0.0), wanted.not_negative("amount", amount)
    volume = np.array([body.volume_ml for body in bodies])[:, None]
    loss = np.array([body.clearance_ml_per_h for body in bodies])[:, None] / volume
    return amount / volume * np.exp(-loss * times)
