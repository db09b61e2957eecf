"""Carriers that can be filled up, competition for them, and drugs that travel in disguise. Steady states only.

Levels in mM (umol per mL), rates in umol per gram per minute, so that PS comes out in mL/g/min; any other pair of units
does as well. Arguments called "numbers" may be arrays and broadcast. Errors: ValueError naming argument, value and what
was wanted.

    inward        T C / (K (1 + sum of C_i/K_i) + C)          competition for one site
    "standard"    T Co/(K + Co) - T Ci/(K + Ci)               net, both ways on their own
    "reversible"  T (Co - Ci) / (K + Co + Ci)                 net, both sides compete for the carrier (Gruetter 1998)

with Co in plasma and Ci in brain water. Half-saturations of the two forms are different numbers: one fitted to one form
must not be put into the other.

In words: Some substances the brain needs cannot cross by themselves and are handed through by carriers. A carrier has a
number of seats. At low levels twice the substance means twice the traffic; near full it does not, and the same wall then
looks less permeable. Substances that use the same seats push each other off: after a meal rich in protein the amino acids
of the food compete with levodopa. The carrier of sugar works in both directions, so the level inside keeps rising with the
level in blood even though the traffic inward does not, and there is a lowest blood level below which the brain cannot get
what it burns. Two tricks bring a drug through. One is to borrow a carrier, as levodopa does, and to block the enzyme that
destroys it in the blood on the way. The other is to hide: a disguised form crosses quickly, and what it turns into inside
cannot easily leave. Whether that pays depends on where the disguise is taken off: most of it usually falls in the blood.

Assumes: A steady state throughout. One kind of seat, filled at once, and the same from both sides. Brain water as one
mixed space, and a rate of burning sugar that does not change while there is enough. Competitors at a fixed level. For
disguised drugs, everything in proportion, and conversion inside that does not fill up.

Leaves out: The four states of a real carrier, the different kinds of carrier on the two faces of the vessel wall, the
space between cells apart from the space inside them, pumps that fill up, and the gut, where levodopa meets the same
competition. Antibodies that ride on a receptor are left out on purpose: how their affinity should be chosen depends on
dose, species and time in ways that the figures read for this course do not settle. The body's whole model is linear, so
these are side models: their results may be set beside its curves but do not run inside it.

Sources: reversible form: Gruetter R, Ugurbil K, Seaquist ER, J Neurochem 1998;70:397 (abstract read; formula recalled).
Both forms with human figures: de Graaf RA et al., J Cereb Blood Flow Metab 2001;21:483 (abstract read) and Seidemo A et al.,
J Cereb Blood Flow Metab 2025. Competition: rat figures for isoleucine from saline and plasma (abstract read). Levodopa:
Nutt JG, Woodward WR, Anderson JL, Ann Neurol 1985;18:537 (abstract read). Disguise: Oldendorf, Science 1972;178:984
(abstract read); the static balance is worked out here.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from . import wanted
from .entry import Wall, _share, kp_uu
from .wanted import Numbers, Result

FORMS = ("standard", "reversible")


@dataclass(frozen=True)
class Carrier:
    """A carrier with greatest rate `t_max` (umol/g/min) and half-saturation `k_t` (mM, as each `level`, `plasma`, `brain`), both
    above 0.

    `competition` arguments have no unit: the sum of C_i/K_i over everything else on the same seats (see `competition`), 0 for none.
    `consumption` is what the brain burns, in the unit of `t_max`.
    """

    t_max: float
    k_t: float

    def __post_init__(self) -> None:
        wanted.positive("t_max", self.t_max)
        wanted.positive("k_t", self.k_t)

    def half_saturation(self, competition: Numbers = 0.0) -> Result:
        """Apparent half-saturation K (1 + sum of C_i/K_i): what an experiment in plasma finds in place of K."""
        return self.k_t * (1 + wanted.numbers("competition", competition, 0))

    def flux(self, level: Numbers, competition: Numbers = 0.0) -> Result:
        """Rate inward at a `level` in plasma (numbers of 0 or more)."""
        return self.ps(level, competition) * wanted.numbers("level", level, 0)

    def ps(self, level: Numbers, competition: Numbers = 0.0) -> Result:
        """Apparent PS, rate over level: falls as the carrier fills up."""
        return self.t_max / (self.half_saturation(competition) + wanted.numbers("level", level, 0))

    def fullness(self, level: Numbers, competition: Numbers = 0.0) -> Result:
        """Share of the greatest rate, 0 to 1."""
        return self.flux(level, competition) / self.t_max

    def net(self, plasma: Numbers, brain: Numbers, form: str = "standard") -> Result:
        """Net rate inward with levels `plasma` and `brain` (in brain water) on the two sides; numbers of 0 or more."""
        outside, inside = wanted.numbers("plasma", plasma, 0), wanted.numbers("brain", brain, 0)
        if _form(form) == "standard":
            return self.flux(outside) - self.flux(inside)
        return self.t_max * (outside - inside) / (self.k_t + outside + inside)

    def least_plasma(self, consumption: Numbers) -> Result:
        """The plasma level at which `consumption` only just comes in, with nothing left in brain water.

        K/(T/consumption - 1), the same for both forms; infinite where the carrier can never bring so much.
        """
        used = wanted.numbers("consumption", consumption, 0)
        spare = self.t_max - used
        return np.where(spare > 0, self.k_t * used / np.where(spare > 0, spare, 1), np.inf)[()]

    def brain_level(self, plasma: Numbers, consumption: Numbers, form: str = "standard") -> Result:
        """Level in brain water where the net rate inward meets `consumption`; 0 where the plasma level is too low for it
        (`least_plasma`). Numbers of 0 or more. In the reversible form it is a straight line above that level."""
        outside, used = wanted.numbers("plasma", plasma, 0), wanted.numbers("consumption", consumption, 0)
        spare = np.maximum(self.t_max * outside - used * (self.k_t + outside), 0)  # beyond need, times (K + Co)
        if _form(form) == "standard":
            return self.k_t * spare / (self.t_max * self.k_t + used * (self.k_t + outside))
        return spare / (self.t_max + used)

    def met_consumption(self, plasma: Numbers, consumption: Numbers) -> Result:
        """What is really used: `consumption`, or all that comes in where the plasma level is too low for it."""
        return np.minimum(wanted.numbers("consumption", consumption, 0), self.flux(wanted.numbers("plasma", plasma, 0)))


def _form(form: str) -> str:
    if form not in FORMS:
        wanted.refuse("form", form, '"standard" or "reversible"')
    return form


def competition(levels: Numbers, half_saturations: Numbers) -> float:
    """Sum of C_i/K_i over the competitors: `levels` (n,) of 0 or more, `half_saturations` (n,) above 0, in one unit."""
    levels = wanted.vector("levels", levels)
    wanted.numbers("levels", levels, 0)
    halves = wanted.vector("half_saturations", half_saturations, levels.size)
    return float(np.sum(levels / wanted.numbers("half_saturations", halves, 0, above=True)))


# -- levodopa --------------------------------------------------------------------------------------------------------

def level_gain(blocked: Numbers, by_enzyme: Numbers) -> Result:
    """How many times the plasma level of a steady infusion rises when a share `blocked` of an enzyme is put out, which by
    itself does a share `by_enzyme` of the clearing: 1/(1 - by_enzyme x blocked). Numbers from 0 to 1, not both 1."""
    left = 1 - _share("by_enzyme", by_enzyme) * _share("blocked", blocked)
    if np.any(left <= 0):
        wanted.refuse("blocked", 1.0, "something left that clears the drug")
    return 1 / left


def share_converted(conversion: Numbers, way_out: Numbers) -> Result:
    """Share that is converted before it can leave again, conversion/(conversion + way_out).

    `conversion` and `way_out`: numbers of 0 or more in one unit (rates per minute, or clearances), not both 0.
    """
    made, out = wanted.numbers("conversion", conversion, 0), wanted.numbers("way_out", way_out, 0)
    if np.any(made + out <= 0):
        wanted.refuse("conversion + way_out", 0.0, "numbers above 0")
    return made / (made + out)


# -- drugs in disguise -----------------------------------------------------------------------------------------------

@dataclass(frozen=True)
class ProdrugExposure:
    """Area under the free level of the active drug in brain, for one dose of each (same number of molecules).

    All four are doses over a clearance of the body, in its unit: `from_blood` came across as the active drug, `made_inside`
    crossed in disguise, `given_as_itself` is the active drug given as such, `prodrug` the disguise itself in brain. `gain`
    compares the ways.
    """

    from_blood: float
    made_inside: float
    given_as_itself: float
    prodrug: float

    @property
    def total(self) -> float:
        """Both ways together."""
        return self.from_blood + self.made_inside

    @property
    def gain(self) -> float:
        """How many times more active drug the brain sees when the drug is given in disguise."""
        return self.total / self.given_as_itself


def prodrug_exposure(prodrug: Wall, active: Wall, converted_inside: float, prodrug_clearance: float,
                     active_clearance: float, converted_in_blood: float = 1.0) -> ProdrugExposure:
    """What a disguise is worth in the end, by the balance of areas.

    prodrug, active      the brain's `Wall` for each, mL/g/min
    converted_inside     clearance of the prodrug by conversion in brain, mL/g/min, 0 or more
    prodrug_clearance    of the body, above 0: area in plasma is dose over clearance. Same unit as `active_clearance`
    active_clearance     the same for the active drug
    converted_in_blood   share of the prodrug that becomes active drug in blood and body, 0 to 1

    Free levels throughout; the brain is too small to change the plasma. A quick rise is not in it: speed is in
    `Wall.half_time_h`.
    """
    for name, wall in (("prodrug", prodrug), ("active", active)):
        if not isinstance(wall, Wall):
            wanted.refuse(name, wall, "a Wall")
    if active.way_in <= 0:
        wanted.refuse("active", active, "a Wall with a way in")
    inside = wanted.not_negative("converted_inside", converted_inside)
    in_blood = wanted.between("converted_in_blood", converted_in_blood, 0, 1)
    area_prodrug = 1 / wanted.positive("prodrug_clearance", prodrug_clearance)
    area_itself = 1 / wanted.positive("active_clearance", active_clearance)
    prodrug_brain = float(kp_uu(prodrug.ps, prodrug.cl_in, prodrug.cl_out + inside, prodrug.q_bulk)) * area_prodrug
    itself = active.kp_uu * area_itself
    return ProdrugExposure(in_blood * itself, inside * prodrug_brain / active.way_out, itself, prodrug_brain)
