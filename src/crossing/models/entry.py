"""Getting across the blood-brain barrier: how much is taken up in one passage, how fast, and how far in the end.

Clearances of one call are all in one unit; ratios do not care which. Where a time comes out they are mL per gram of brain
per minute (`Wall`), times are hours, and spaces are mL per gram. Levels are relative to a free level in plasma of 1 unless
one is given. Arguments called "numbers" may be arrays and broadcast. Errors: ValueError naming argument, value and what
was wanted.

    one passage   E = 1 - exp(-PS/F), clearance into brain F E           Renkin 1959, Crone 1963
    speed         V_u dC/dt = (PS + CL_in) C_plasma - (PS + CL_out + Q) C     free levels C, free space V_u per gram
    extent        Kp,uu = (PS + CL_in) / (PS + CL_out + Q)               Hammarlund-Udenaes et al. 2008, with bulk flow Q
    totals        Kp = Kp,uu x (free share in plasma) x V_u

In words: Blood offers a drug to the wall of the brain's vessels for about a second. What is taken up in that second depends
on two things, how easily the wall lets the drug through and how much blood comes by. If the wall is the narrow place, more
blood brings nothing; if the blood is, a leakier wall brings nothing. Over hours another question counts: where does the
level end? There the wall lets the drug back out as easily as in, so speed alone changes only how soon the end is reached.
What moves the end is whatever works one way: pumps that throw the drug out, carriers that bring it in, and the slow stream
of tissue fluid that carries away what has entered. A quick drug can outrun a pump, a slow one cannot. All of this is about
free drug. Drug that clings to protein or to fat is extra: it fills the tissue, so that a total count looks large, while the
free level is what it was. And a piece of brain holds some blood, so even a drug that never crossed seems to be there.

Assumes: Vessels all alike, unless a spread is asked for; a wall that never fills up; pumps and carriers working in
proportion to the level; one well-mixed free space in the tissue, in which binding is immediate and without limit; a free
level in plasma that is given and not changed by what the brain takes. For the rule on fat-likeness and size: that
molecules cross by dissolving in the membrane. For the correction for leftover blood: that one gram of brain is one
millilitre. Numbers from rats are the rule here, and are used for people only with a word of warning.

Leaves out: Breakdown of the drug in the wall or in the brain, binding inside the vessel wall, red cells as a store, drug
that lets go of its protein within the second of passage (authors disagree on how much), the opening of further vessels
when flow rises, differences between brain regions, and disease. Pumps that fill up are not here. It does not tell what any
drug does once it is in the brain.

Sources: Renkin EM, Am J Physiol 1959;197:1205 and Crone C, Acta Physiol Scand 1963;58:292 (both recalled, not read); tested
against Herscovitch P, Raichle ME et al., J Cereb Blood Flow Metab 1987;7:527. Fat-likeness and size: Hladky SB, Barrand MA,
Fluids Barriers CNS 2018, figure 8. Speed, extent and binding: Hammarlund-Udenaes M et al., Pharm Res 2008;25:1737 (recalled;
its opening read). Bulk flow: rat figures, Am J Physiol 1984;246:F835. Leftover blood: Friden M et al., J Cereb Blood Flow
Metab 2010;30:150. Charged molecules: Abraham MH, J Pharm Sci 2011 (abstract read).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from . import wanted
from .wanted import Array, Mask, Numbers, Result

_MINUTES = 60.0
_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(24)
_WEIGHTS = _WEIGHTS / _WEIGHTS.sum()


# -- one passage through the brain -----------------------------------------------------------------------------------

def extraction(ps: Numbers, flow: Numbers) -> Result:
    """Share taken up in one passage, 1 - exp(-PS/F) (Renkin, Crone). Numbers: `ps` 0 or more, `flow` above 0, one unit."""
    return -np.expm1(-wanted.numbers("ps", ps, 0) / wanted.numbers("flow", flow, 0, above=True))


def ps_from_extraction(extracted: Numbers, flow: Numbers) -> Result:
    """PS behind a measured extraction at a flow, -F ln(1 - E): the inverse of `extraction`. `extracted`, a share, 0 to below 1."""
    extracted = wanted.numbers("extracted", extracted, 0)
    if np.any(extracted >= 1):
        wanted.refuse("extracted", float(extracted.max()), "shares below 1 (at 1 any PS will do)")
    return -wanted.numbers("flow", flow, 0, above=True) * np.log1p(-extracted)


def clearance_in(ps: Numbers, flow: Numbers) -> Result:
    """Clearance from blood into brain, K_in = F E, in the unit of the two: never above `flow`, never above `ps`."""
    return wanted.numbers("flow", flow, 0, above=True) * extraction(ps, flow)


@dataclass(frozen=True)
class EntryLimits:
    """What holds a drug back in one passage; each a number or an array.

    `of_flow_limit` = K_in/F (the extraction) and `of_permeability_limit` = K_in/PS say how close K_in comes to what each
    limit alone would allow, as shares; `clearance` is K_in itself. `limited_by` is "flow", "permeability" or "both".
    """

    clearance: Result
    of_flow_limit: Result
    of_permeability_limit: Result
    limited_by: str | npt.NDArray[np.str_]


def entry_limits(ps: Numbers, flow: Numbers, near: float = 0.9) -> EntryLimits:
    """Which limit holds, and how closely: "flow" where K_in is at least `near` of the flow, "permeability" where it is at
    least `near` of PS, "both" between (at 0.9: PS/F above 2.3, below 0.21). `near` is a share, from 0.7, so that both cannot hold."""
    near = wanted.between("near", near, 0.7, 1.0)
    taken = extraction(ps, flow)
    ratio = wanted.numbers("ps", ps, 0) / wanted.numbers("flow", flow, 0, above=True)
    of_ps = np.where(ratio > 0, taken / np.where(ratio > 0, ratio, 1), 1.0)[()]
    by = np.where(taken >= near, "flow", np.where(of_ps >= near, "permeability", "both"))[()]
    return EntryLimits(taken * wanted.numbers("flow", flow), taken, of_ps, by)


def uptake_gain(ps: Numbers, flow: Numbers, ps_fold: Numbers = 1.0, flow_fold: Numbers = 1.0) -> Result:
    """How many times the uptake rises when PS is multiplied by `ps_fold` and the flow by `flow_fold`."""
    ps_fold, flow_fold = wanted.numbers("ps_fold", ps_fold, 0), wanted.numbers("flow_fold", flow_fold, 0, above=True)
    ps, flow = wanted.numbers("ps", ps, 0, above=True), wanted.numbers("flow", flow, 0, above=True)
    return clearance_in(ps * ps_fold, flow * flow_fold) / clearance_in(ps, flow)


def organ_extraction(ps: Numbers, flow: Numbers, ps_spread: Numbers = 0.0, flow_spread: Numbers = 0.0) -> Result:
    """Extraction of a brain whose places differ: total uptake over total flow.

    PS and flow of the places are spread log-normally about the means `ps` and `flow`, each on its own, with the given
    coefficients of variation (0.3 is 30 %). Uptake is curved in both, so a spread lowers it, and a PS worked back from the
    whole brain falls short of the mean PS of its places. Numbers; by Gauss-Hermite quadrature, 24 x 24 places.
    """
    ps, flow = wanted.numbers("ps", ps, 0), wanted.numbers("flow", flow, 0, above=True)
    ps_spread, flow_spread = wanted.numbers("ps_spread", ps_spread, 0), wanted.numbers("flow_spread", flow_spread, 0)
    places_ps = ps[..., None, None] * _log_normal(ps_spread)[..., :, None]
    places_flow = flow[..., None, None] * _log_normal(flow_spread)[..., None, :]
    taken = places_flow * -np.expm1(-places_ps / places_flow)
    return (np.einsum("...ij,i,j->...", taken, _WEIGHTS, _WEIGHTS) / flow)[()]


def _log_normal(spread: Array) -> Array:
    """Values with mean 1 at the quadrature's nodes (..., 24)."""
    width = np.sqrt(np.log1p(spread**2))[..., None]
    return np.exp(width * _NODES - 0.5 * width**2)


# -- passive permeability --------------------------------------------------------------------------------------------

def lipophilicity(log_kow: Numbers, mw: Numbers) -> Result:
    """log10(K_ow MW^-1/2): fat-likeness with an allowance for size. `log_kow` numbers, `mw` in Da, above 0."""
    return wanted.numbers("log_kow", log_kow) - 0.5 * np.log10(wanted.numbers("mw", mw, 0, above=True))


@dataclass(frozen=True)
class PassiveLaw:
    """log10 PS = slope x log10(K_ow MW^-1/2) + intercept, PS in mL/g/min, measured for the predictor from `low` to `high`.

    A law for molecules that cross by dissolving in the membrane. Outside `low` to `high`, and for what is carried or
    pumped, it is a guess: `holds` says so. `mw` in Da. Points scatter widely about such lines even inside.
    """

    slope: float
    intercept: float
    low: float
    high: float

    def __post_init__(self) -> None:
        for name in ("slope", "intercept", "low", "high"):
            wanted.number(name, getattr(self, name))
        if self.high <= self.low:
            wanted.refuse("high", self.high, f"a number above low, {self.low:g}")

    @classmethod
    def through(cls, ps: float, log_kow: float, mw: float, low: float, high: float, slope: float = 1.0) -> PassiveLaw:
        """The law with this slope that passes through one measured substance (`ps` in mL/g/min)."""
        log_ps = np.log10(wanted.positive("ps", ps))
        at = lipophilicity(wanted.number("log_kow", log_kow), wanted.positive("mw", mw))
        return cls(wanted.number("slope", slope), float(log_ps - slope * at), low, high)

    def ps(self, log_kow: Numbers, mw: Numbers) -> Result:
        """PS in mL/g/min, inside the range or out."""
        return 10 ** (self.slope * lipophilicity(log_kow, mw) + self.intercept)

    def holds(self, log_kow: Numbers, mw: Numbers) -> bool | Mask:
        """True where the law was measured: one answer, or (n,) for numbers that are arrays."""
        at = lipophilicity(log_kow, mw)
        return (at >= self.low) & (at <= self.high)


def ps_from_permeability(p_cm_per_s: Numbers, area_cm2_per_g: Numbers) -> Result:
    """PS in mL/g/min of a wall with permeability P (cm/s) and `area_cm2_per_g` of vessel surface per gram of brain."""
    area = wanted.numbers("area_cm2_per_g", area_cm2_per_g, 0, above=True)
    return _MINUTES * wanted.numbers("p_cm_per_s", p_cm_per_s, 0) * area


def permeability_from_ps(ps_ml_per_g_min: Numbers, area_cm2_per_g: Numbers) -> Result:
    """Permeability P (cm/s) behind a PS in mL/g/min: the inverse of `ps_from_permeability`."""
    area = wanted.numbers("area_cm2_per_g", area_cm2_per_g, 0, above=True)
    return wanted.numbers("ps_ml_per_g_min", ps_ml_per_g_min, 0) / area / _MINUTES


def share_unionised(ph: Numbers, pka: Numbers, kind: str) -> Result:
    """Share of an "acid" or a "base" that carries no charge at `ph` (Henderson-Hasselbalch). Numbers `ph` and `pka`."""
    if kind not in ("acid", "base"):
        wanted.refuse("kind", kind, '"acid" or "base"')
    gap = wanted.numbers("ph", ph) - wanted.numbers("pka", pka)
    return 1 / (1 + 10 ** np.clip(gap if kind == "acid" else -gap, -300, 300))


def ps_with_ions(ps: Numbers, unionised: Numbers, ion_ps: Numbers = 0.0) -> Result:
    """PS of a drug of which a share `unionised` crosses with `ps` and the charged rest with `ion_ps` (same unit)."""
    unionised = _share("unionised", unionised)
    return wanted.numbers("ps", ps, 0) * unionised + wanted.numbers("ion_ps", ion_ps, 0) * (1 - unionised)


def _share(name: str, value: Numbers) -> Array:
    value = wanted.numbers(name, value, 0)
    if np.any(value > 1):
        wanted.refuse(name, float(value.max()), "numbers from 0 to 1")
    return value


# -- walls, pumps and the ratio they settle to -----------------------------------------------------------------------

def kp_uu(ps: Numbers, cl_in: Numbers = 0.0, cl_out: Numbers = 0.0, q_bulk: Numbers = 0.0) -> Result:
    """Free level in brain over free level in plasma in the end, (PS + CL_in) / (PS + CL_out + Q_bulk).

    Numbers of 0 or more in one unit: passive `ps`, carriers inward `cl_in`, pumps outward `cl_out`, and the bulk flow of
    tissue fluid `q_bulk`, which takes part in every way out. Without any way out there is no end: refused.
    """
    ps, cl_in = wanted.numbers("ps", ps, 0), wanted.numbers("cl_in", cl_in, 0)
    out = ps + wanted.numbers("cl_out", cl_out, 0) + wanted.numbers("q_bulk", q_bulk, 0)
    if np.any(out <= 0):
        wanted.refuse("ps + cl_out + q_bulk", 0.0, "a way out, above 0")
    return (ps + cl_in) / out


@dataclass(frozen=True)
class Wall:
    """A wall between blood and a fluid: passive `ps` both ways, carriers inward `cl_in`, pumps outward `cl_out`, and
    `q_bulk`, the stream that carries drug away from behind it. All 0 or more, mL/g/min where times are asked for.

    One for the brain's vessels, another for the choroid plexus, whose `q_bulk` is the turnover of cerebrospinal fluid:
    two walls, two ratios. A ratio measured in one fluid says nothing certain about the other.
    """

    ps: float
    cl_in: float = 0.0
    cl_out: float = 0.0
    q_bulk: float = 0.0

    def __post_init__(self) -> None:
        for name in ("ps", "cl_in", "cl_out", "q_bulk"):
            wanted.not_negative(name, getattr(self, name))

    @classmethod
    def for_ratio(cls, ratio: float, ps: float, q_bulk: float = 0.0) -> Wall:
        """The wall with passive `ps` that settles to a measured free `ratio`: a pump out, or a carrier in, as strong as
        needed. Which it is, follows from the ratio; how strong, depends on the `ps` assumed."""
        ratio, ps = wanted.positive("ratio", ratio), wanted.positive("ps", ps)
        q_bulk = wanted.not_negative("q_bulk", q_bulk)
        missing = ratio * (ps + q_bulk) - ps
        return cls(ps, cl_in=missing, q_bulk=q_bulk) if missing > 0 else cls(ps, cl_out=-missing / ratio, q_bulk=q_bulk)

    @property
    def way_in(self) -> float:
        """PS + CL_in."""
        return self.ps + self.cl_in

    @property
    def way_out(self) -> float:
        """PS + CL_out + Q_bulk."""
        return self.ps + self.cl_out + self.q_bulk

    @property
    def kp_uu(self) -> float:
        """The extent: free level behind the wall over free level in plasma, in the end."""
        return float(kp_uu(self.ps, self.cl_in, self.cl_out, self.q_bulk))

    def faster(self, fold: float) -> Wall:
        """The wall for a drug that crosses passively `fold` times as fast; pumps, carriers and bulk flow as they are."""
        return replace(self, ps=self.ps * wanted.not_negative("fold", fold))

    def blocked(self, share: float = 1.0) -> Wall:
        """The wall with this `share` (0 to 1) of its pumps and carriers blocked."""
        left = 1 - wanted.between("share", share, 0, 1)
        return replace(self, cl_in=self.cl_in * left, cl_out=self.cl_out * left)

    def rate_per_h(self, v_u_ml_per_g: float) -> float:
        """The speed: rate (per hour) at which the end is approached, (PS + CL_out + Q)/V_u; `v_u_ml_per_g` is the space
        in which free drug seems to be held per gram of brain (larger with binding, which slows)."""
        return _MINUTES * self.way_out / wanted.positive("v_u_ml_per_g", v_u_ml_per_g)

    def half_time_h(self, v_u_ml_per_g: float) -> float:
        """Hours to half of the end; infinite without a way out."""
        rate = self.rate_per_h(v_u_ml_per_g)
        return float(np.log(2) / rate) if rate > 0 else np.inf

    def level(self, times_h: Numbers, v_u_ml_per_g: float, plasma_half_life_h: float = np.inf,
              free_plasma: float = 1.0) -> Array:
        """Free level behind the wall (t,) at `times_h` (t,), none at 0; exact.

        The free plasma level starts at `free_plasma`, in any unit, and falls with `plasma_half_life_h` (infinite: it stays).
        """
        times = wanted.times("times_h", times_h, 0.0)
        rate, fall = self.rate_per_h(v_u_ml_per_g), np.log(2) / _half_life("plasma_half_life_h", plasma_half_life_h)
        into = _MINUTES * self.way_in / v_u_ml_per_g * wanted.not_negative("free_plasma", free_plasma)
        return into * _shared_decay(rate, fall, times)


def _half_life(name: str, value: float) -> float:
    """A half-life in hours, above 0; it may be infinite."""
    return np.inf if isinstance(value, (int, float, np.number)) and value == np.inf else wanted.positive(name, value)


def _shared_decay(one: Result, other: Result, time: Array) -> Array:
    """Integral of e^(-one s) e^(-other (time - s)) over s from 0 to `time`: what an exponential input leaves behind.

    (e^(-other t) - e^(-one t)) / (one - other), written so that equal rates, and very unequal ones, lose no figures.
    """
    slow, gap = np.minimum(one, other), np.abs(one - other) * time
    return time * np.exp(-slow * time) * np.where(gap > 0, -np.expm1(-gap) / np.where(gap > 0, gap, 1), 1.0)


def two_doors(brain: Wall, csf: Wall, blocked: Numbers = 0.0) -> tuple[Result, Result]:
    """Ratios to plasma of brain fluid and of cerebrospinal fluid, (ratios, ratios), when a share `blocked` of the pumps of
    both walls is out. Numbers from 0 to 1. With pumps in opposite directions they move towards each other."""
    left = 1 - _share("blocked", blocked)
    for name, wall in (("brain", brain), ("csf", csf)):
        if not isinstance(wall, Wall):
            wanted.refuse(name, wall, "a Wall")
    inside, outside = (kp_uu(wall.ps, wall.cl_in * left, wall.cl_out * left, wall.q_bulk) for wall in (brain, csf))
    return inside, outside


# -- free and bound, and leftover blood ------------------------------------------------------------------------------

@dataclass(frozen=True)
class Levels:
    """Free and total levels in plasma and brain, each a number or an array, with the two ratios made of totals.

    `free_plasma`, `total_plasma` and `free_brain` per mL, `total_brain` per gram, in the unit of level that was given.
    """

    free_plasma: Result
    total_plasma: Result
    free_brain: Result
    total_brain: Result

    @property
    def kp(self) -> Result:
        """Total brain over total plasma."""
        return self.total_brain / self.total_plasma

    @property
    def log_bb(self) -> Result:
        """log10 of the ratio of totals."""
        return np.log10(self.kp)


def levels(kp_uu: Numbers, fu_plasma: Numbers, v_u_brain: Numbers, free_plasma: Numbers = 1.0) -> Levels:
    """Free and total levels on both sides; binding changes the totals only.

    kp_uu        free brain over free plasma, above 0
    fu_plasma    free share in plasma, above 0 to 1
    v_u_brain    mL per gram: total amount in a gram of brain over its free level; larger with binding in tissue
    free_plasma  free level in plasma, given

    The free plasma level is an argument, not a result. Under a steady infusion it does not depend on binding in plasma
    for a drug that is cleared slowly (more free share, more clearance, lower total). For one given by vein and cleared as
    fast as blood brings it to the liver, the total stays and the free level moves with the free share.
    """
    ratio, fu = wanted.numbers("kp_uu", kp_uu, 0, above=True), wanted.numbers("fu_plasma", fu_plasma, 0, above=True)
    fu, space = _share("fu_plasma", fu), wanted.numbers("v_u_brain", v_u_brain, 0, above=True)
    free = wanted.numbers("free_plasma", free_plasma, 0)
    free, total, brain, held = np.broadcast_arrays(free, free / fu, free * ratio, free * ratio * space)
    return Levels(free[()], total[()], brain[()], held[()])


def kp(kp_uu: Numbers, fu_plasma: Numbers, v_u_brain: Numbers) -> Result:
    """Ratio of totals, Kp = Kp,uu x free share in plasma x V_u,brain; its log10 is logBB. Numbers as in `levels`, `v_u_brain` in mL/g."""
    return levels(kp_uu, fu_plasma, v_u_brain).kp


def blood_space(fu_plasma: Numbers, v_water_ml_per_g: Numbers, v_protein_ml_per_g: Numbers) -> Result:
    """Plasma that a brain sample seems to hold (mL/g) for a drug with this free share: free drug fills the plasma water
    left in the vessels, bound drug the smaller space of plasma protein (Friden 2010)."""
    fu = _share("fu_plasma", fu_plasma)
    water = wanted.numbers("v_water_ml_per_g", v_water_ml_per_g, 0)
    return fu * water + (1 - fu) * wanted.numbers("v_protein_ml_per_g", v_protein_ml_per_g, 0)


def measured_kp(kp: Numbers, space_ml_per_g: Numbers) -> Result:
    """Ratio that a sample shows with its blood left in: space + (1 - space) x true Kp. Numbers; never below the space."""
    space = _space(space_ml_per_g)
    return space + (1 - space) * wanted.numbers("kp", kp, 0)


def corrected_kp(measured: Numbers, space_ml_per_g: Numbers) -> Result:
    """True Kp behind a measured ratio, the inverse of `measured_kp`; below 0 where there is less drug than blood alone
    would hold, which is an error of measurement and not a finding."""
    space = _space(space_ml_per_g)
    return (wanted.numbers("measured", measured, 0) - space) / (1 - space)


def leftover_share(kp: Numbers, space_ml_per_g: Numbers) -> Result:
    """Share of what a sample shows that is only leftover blood, 0 to 1."""
    return _space(space_ml_per_g) / measured_kp(kp, wanted.numbers("space_ml_per_g", space_ml_per_g, 0, above=True))


def _space(value: Numbers) -> Array:
    value = wanted.numbers("space_ml_per_g", value, 0)
    if np.any(value >= 1):
        wanted.refuse("space_ml_per_g", float(value.max()), "less than 1 mL in a gram")
    return value
