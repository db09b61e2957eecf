"""Two side models with their limits: through the nose, and by slow infusion into brain tissue itself.

Nose: a nose, a gut, blood and cerebrospinal fluid, linear. Levels are per mL; what leaves the fluid returns to blood.
Tissue: an even ball of tissue that is filled from its centre. Levels are relative to the infused solution (1 = undiluted).
Units: h, cm, mL, mL/h; amounts in doses, or in mL of the infused solution. Errors: ValueError naming the argument.

Equations of the tissue, for a flow Q, fluid share phi, loss k from that fluid, binding factor R, tissue volume V around
the tip: fluid speed Q / (4 pi r^2 phi); front at V = Q t / (phi R); behind it c = exp(-k phi V / Q), whatever R is. With
diffusion D and without loss, Q c - 4 pi r^2 phi D c' is the same at every radius: c = 1 - exp(-Q / (4 pi phi D r)).

In words: A dose in the nose can go three ways: into blood, down the throat, or, if such a path exists for the drug,
straight to the fluid around the brain. Because blood feeds that fluid too, a rise there proves nothing: a quick peak in
blood is enough. The fair test compares two ratios, fluid over blood after the nose and fluid over blood after a vein, and
asks whether the first is larger than the noise allows. The second model pushes fluid through brain tissue from a thin
tube. The filled volume grows in step with the infused volume, so the radius grows only with its third root; the speed
falls with the square of the distance; and a drug that is lost on the way stops where the loss equals what the pump brings.

Assumes: In the body, well-mixed spaces and constant rates, and the same way from blood to fluid after nose and vein. In
tissue, the same share of fluid everywhere, flow equal in all directions, no swelling, loss in proportion to the free
level, binding at once and without limit, and no spreading by diffusion behind the front (there is a formula for diffusion
without loss, but not for both together).

Leaves out: In the body, a deep space for the drug, saturation, differences between the olfactory and the breathing part
of the nose, and how the noses of animals and people differ. In tissue, fibre tracts, white against grey matter,
surfaces that let the fluid out, tumours and swelling. How far fluid leaks back along the tube
is known here only as a comparison between two settings; the leaked share itself is an input, not a prediction. Nothing
here says where to put a tube or whether any drug should go through a nose.

Sources: ratios of areas, nose against vein: van den Berg MP et al., Pharm Res 2004;21:799. Direct transport percentage:
common in that field, its first paper recalled and not read. Infusion into tissue: Bobo RH et al., Proc Natl Acad Sci USA
1994;91:2076 (a summary read); the formulas with loss are worked out here from the balance of mass, after Morrison PF et
al., Am J Physiol 1994;266:R292 (recalled, not read). Backflow: Morrison PF et al., Am J Physiol 1999;277:R1218 (the powers,
read in the abstract and its correction; the constant was not). Loss by bulk flow: Cserr HF et al., Am J Physiol
1981;240:F319 (abstract read).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from . import wanted
from .dosing import Bolus, Doses, to_run
from .linear import Feed, Jump, LinearSystem
from .wanted import Array, Numbers, Result

# -- through the nose ------------------------------------------------------------------------------------------------

_PLACES = {"nasal": 0, "oral": 1, "intravenous": 2, "into the fluid": 3}


@dataclass(frozen=True)
class NasalRun:
    """`times` (t,), levels `plasma` and `csf` (t,) per mL, and in `tallies` the amounts (t,): given, in_nose, in_gut,
    in_plasma, in_csf, cleared, not_absorbed."""

    times: Array
    plasma: Array
    csf: Array
    tallies: dict[str, Array]

    @property
    def balance(self) -> float:
        """Largest amount unaccounted for, relative to what was given."""
        given = self.tallies["given"]
        kept = sum(amount for name, amount in self.tallies.items() if name != "given")
        return float(np.abs(given - kept).max() / max(given.max(), np.finfo(float).tiny))


class NasalBody:
    """Nose, gut, blood and cerebrospinal fluid.

    entry_ml_per_h, exit_ml_per_h   clearances from plasma into the fluid, and from the fluid back into plasma
    emptying_per_h                  how fast the nose empties, all ways together
    swallowed_share, direct_share   of what leaves the nose: swallowed, and straight into the fluid (0: no such path);
                                    the rest enters blood
    gut_per_h, oral_share           how fast the gut empties, and the share of it that reaches blood
    """

    def __init__(self, plasma_volume_ml: float, clearance_ml_per_h: float, csf_volume_ml: float, entry_ml_per_h: float,
                 exit_ml_per_h: float, emptying_per_h: float, swallowed_share: float = 0.0, direct_share: float = 0.0,
                 gut_per_h: float = 1.0, oral_share: float = 0.0) -> None:
        self.plasma_volume_ml = wanted.positive("plasma_volume_ml", plasma_volume_ml)
        self.clearance_ml_per_h = wanted.positive("clearance_ml_per_h", clearance_ml_per_h)
        self.csf_volume_ml = wanted.positive("csf_volume_ml", csf_volume_ml)
        self.entry_ml_per_h = wanted.not_negative("entry_ml_per_h", entry_ml_per_h)
        self.exit_ml_per_h = wanted.positive("exit_ml_per_h", exit_ml_per_h)
        self.emptying_per_h = wanted.positive("emptying_per_h", emptying_per_h)
        self.swallowed_share = wanted.between("swallowed_share", swallowed_share, 0.0, 1.0)
        self.direct_share = wanted.between("direct_share", direct_share, 0.0, 1.0)
        if self.swallowed_share + self.direct_share > 1 + 1e-12:
            wanted.refuse("swallowed_share + direct_share", self.swallowed_share + self.direct_share, "at most 1")
        self.gut_per_h = wanted.positive("gut_per_h", gut_per_h)
        self.oral_share = wanted.between("oral_share", oral_share, 0.0, 1.0)
        flows = np.zeros((4, 4))  # flows[to, from], per hour
        flows[1, 0] = self.emptying_per_h * self.swallowed_share
        flows[3, 0] = self.emptying_per_h * self.direct_share
        flows[2, 0] = self.emptying_per_h * max(1 - self.swallowed_share - self.direct_share, 0.0)
        flows[2, 1] = self.gut_per_h * self.oral_share
        flows[3, 2] = self.entry_ml_per_h / self.plasma_volume_ml
        flows[2, 3] = self.exit_ml_per_h / self.csf_volume_ml
        self._cleared = np.array([0, 0, self.clearance_ml_per_h / self.plasma_volume_ml, 0])
        self._unabsorbed = np.array([0, self.gut_per_h * (1 - self.oral_share), 0, 0])
        self._system = LinearSystem(flows - np.diag(flows.sum(axis=0) + self._cleared + self._unabsorbed))
        self._volumes = np.array([self.plasma_volume_ml, self.csf_volume_ml])

    @staticmethod
    def _place(route: str) -> Array:
        if route not in _PLACES:
            wanted.refuse("route", route, "one of " + ", ".join(f'"{name}"' for name in _PLACES))
        return np.eye(4)[_PLACES[route]]

    def run(self, schedule: Doses, times: Numbers, route: str = "nasal") -> NasalRun:
        """The run from time 0 through `times` (t,) h of doses given by one `route`."""
        (schedule, times), unit = to_run(schedule, times), self._place(route)
        inputs = [Jump(dose.time, dose.amount * unit) if isinstance(dose, Bolus)
                  else Feed(dose.start, dose.stop, dose.rate * unit) for dose in schedule]
        path = self._system.run(np.zeros(4), times, inputs)
        names = ("in_nose", "in_gut", "in_plasma", "in_csf")
        tallies = {"given": schedule.given_by(times), **dict(zip(names, path.states.T)),
                   "cleared": path.tally(self._cleared), "not_absorbed": path.tally(self._unabsorbed)}
        levels = np.maximum(path.states[:, 2:], 0) / self._volumes  # rounding dips below 0
        return NasalRun(times, levels[:, 0], levels[:, 1], tallies)

    def areas(self, route: str = "nasal") -> tuple[float, float]:
        """Areas under the levels in plasma and in the fluid after one dose, per mL times hours."""
        plasma, csf = self._system.area(self._place(route))[2:] / self._volumes
        return float(plasma), float(csf)

    def exposure_ratio(self, route: str = "nasal") -> float:
        """Area in the fluid over area in plasma; infinite where nothing reaches plasma."""
        plasma, csf = self.areas(route)
        return csf / plasma if plasma > 0 else np.inf

    @property
    def targeting_efficiency(self) -> float:
        """The ratio after the nose over the ratio after a vein: 1 + direct share x CL / (share reaching blood x entry).

        1 without a direct path, whatever the speed of the nose. The share reaching blood counts what the fluid returns.
        """
        return self.exposure_ratio("nasal") / self.exposure_ratio("intravenous")


@dataclass(frozen=True)
class DirectPath:
    """What two noisy ratios say about a direct path from nose to fluid.

    `efficiency` is the ratio of ratios, `low` and `high` its interval. Shares are of the drug found in the fluid after
    the nose, not of the dose.
    """

    efficiency: float
    low: float
    high: float

    @staticmethod
    def _share(efficiency: float) -> float:
        return max(0.0, 1 - 1 / efficiency)

    @property
    def direct_share(self) -> float:
        """Direct transport percentage as a share: 1 - 1 / efficiency, and 0 where that is negative."""
        return self._share(self.efficiency)

    @property
    def direct_share_range(self) -> tuple[float, float]:
        """The direct share at either end of the interval."""
        return self._share(self.low), self._share(self.high)

    @property
    def blind_below(self) -> float:
        """The smallest direct share that an experiment with this much noise would have told from none."""
        return self._share(float(np.sqrt(self.high / self.low)))

    @property
    def verdict(self) -> str:
        """What the interval allows to say, in words."""
        if self.low > 1:
            return "more in the fluid than blood explains: the figures fit a direct path"
        if self.high < 1:
            return "less in the fluid than after a vein: no sign of a direct path, and something else differs"
        return f"no direct path seen; a direct share of up to {100 * self._share(self.high):.0f} % would fit as well"


def direct_path(nasal: float, nasal_spread: float, vein: float, vein_spread: float, animals: int, spread: str = "sd",
                confidence: float = 0.95) -> DirectPath:
    """The ratio of two mean ratios, `nasal` and `vein` (fluid over plasma, after nose and after vein), with its interval.

    `spread` says what the spreads are: "sd", between `animals` in each group, or "se", already divided by the root of
    their number. Papers often print +/- and do not say which: try both. The interval is that of the logarithm, by the
    delta method and Welch's degrees of freedom, as if the groups were apart; with the same animals twice it is too wide
    or too narrow by what the pairs would tell, which the means do not.
    """
    from scipy.special import stdtrit

    nasal, vein = wanted.positive("nasal", nasal), wanted.positive("vein", vein)
    noise = [wanted.not_negative("nasal_spread", nasal_spread) / nasal, wanted.not_negative("vein_spread", vein_spread) / vein]
    animals = wanted.whole("animals", animals, 2)
    if spread not in ("sd", "se"):
        wanted.refuse("spread", spread, '"sd" or "se"')
    confidence = wanted.between("confidence", confidence, 0.5, 0.9999)
    variances = np.square(noise) / (animals if spread == "sd" else 1)
    total = variances.sum()
    width = 0.0
    if total > 0:
        freedom = (animals - 1) * total**2 / np.square(variances).sum()
        width = float(stdtrit(freedom, 0.5 + 0.5 * confidence) * np.sqrt(total))
    ratio = nasal / vein
    return DirectPath(ratio, float(ratio * np.exp(-width)), float(ratio * np.exp(width)))


# -- into tissue -----------------------------------------------------------------------------------------------------


def ball_radius_cm(volume_ml: Numbers) -> Result:
    """Radius of a ball of `volume_ml`; an array gives an array."""
    return np.cbrt(3 * _at_least(0, "volume_ml", volume_ml) / (4 * np.pi))[()]


def tissue_loss_per_h(bulk_flow_ml_per_g_min: float, porosity: float, ps_ml_per_g_min: float = 0.0) -> float:
    """Loss k from the fluid of the tissue: bulk flow and crossing of capillaries, each over the fluid's share, per hour.

    A gram of tissue is taken as a millilitre.
    """
    out = (wanted.not_negative("bulk_flow_ml_per_g_min", bulk_flow_ml_per_g_min)
           + wanted.not_negative("ps_ml_per_g_min", ps_ml_per_g_min))
    return 60 * out / _porosity(porosity)


def backflow_ratio(flow_ratio: float = 1.0, radius_ratio: float = 1.0, resistance_ratio: float = 1.0,
                   stiffness_ratio: float = 1.0, viscosity_ratio: float = 1.0) -> float:
    """How many times further fluid runs back along the tube when flow, tube radius, resistance of the tissue to flow,
    its stiffness (shear modulus) and the viscosity of the fluid are so many times larger.

    (Q^3 R^4 r^4 / (G^3 mu))^(1/5) for grey matter, Morrison 1999. The constant is not known here: no distance comes out.
    """
    powers = {"flow_ratio": (flow_ratio, 3), "radius_ratio": (radius_ratio, 4), "resistance_ratio": (resistance_ratio, 4),
              "stiffness_ratio": (stiffness_ratio, -3), "viscosity_ratio": (viscosity_ratio, -1)}
    return float(np.prod([wanted.positive(name, value) ** (power / 5) for name, (value, power) in powers.items()]))


def _at_least(least: float, name: str, value: Numbers) -> Array:
    """Finite numbers of `least` or more, in any shape."""
    words = f"finite numbers of {least:g} or more"
    try:
        result = np.asarray(value, dtype=float)
    except (TypeError, ValueError):
        wanted.refuse(name, value, words)
    wrong = ~(np.isfinite(result) & (result >= least))
    if result.size == 0:
        wanted.refuse(name, value, words)
    if np.any(wrong):
        wanted.refuse(name, float(result[wrong].flat[0]), words)
    return result


def _porosity(value: float) -> float:
    result = wanted.number("porosity", value, "a share above 0, at most 1")
    if not 0 < result <= 1:
        wanted.refuse("porosity", value, "a share above 0, at most 1")
    return result


@dataclass(frozen=True)
class TissueInfusion:
    """A steady infusion of `flow_ml_per_h` into even tissue, from a tip of `tip_radius_cm`.

    porosity      share of the tissue that is fluid
    loss_per_h    loss from that fluid, k
    retardation   1 + bound over free drug: 1 without binding
    leak_share    share of the flow that runs back along the tube and never fills the ball: an input, not predicted
    Radii and times may be arrays that broadcast. Radii below the tip's are inside the tube: level 1.
    """

    flow_ml_per_h: float
    porosity: float
    loss_per_h: float = 0.0
    retardation: float = 1.0
    leak_share: float = 0.0
    tip_radius_cm: float = 0.0

    def __post_init__(self) -> None:
        wanted.positive("flow_ml_per_h", self.flow_ml_per_h)
        _porosity(self.porosity)
        wanted.not_negative("loss_per_h", self.loss_per_h)
        if wanted.number("retardation", self.retardation, "a number of 1 or more") < 1:
            wanted.refuse("retardation", self.retardation, "a number of 1 or more")
        if wanted.between("leak_share", self.leak_share, 0.0, 1.0) == 1:
            wanted.refuse("leak_share", self.leak_share, "a share below 1: all of it leaks")
        wanted.not_negative("tip_radius_cm", self.tip_radius_cm)

    @property
    def _entering(self) -> float:
        return self.flow_ml_per_h * (1 - self.leak_share)

    def _age(self, radius: Array) -> Array:
        """Hours the fluid takes from the tip to a radius: phi V / Q."""
        volume = 4 / 3 * np.pi * np.maximum(radius**3 - self.tip_radius_cm**3, 0)
        return self.porosity * volume / self._entering

    def _radius(self, volume: Result) -> Result:
        return np.cbrt(3 * volume / (4 * np.pi) + self.tip_radius_cm**3)

    @property
    def volume_ratio(self) -> float:
        """Filled volume over infused volume while nothing is lost: (1 - leak) / (porosity x retardation)."""
        return (1 - self.leak_share) / (self.porosity * self.retardation)

    def speed_cm_per_h(self, radius_cm: Numbers) -> Result:
        """Speed of the fluid at a radius above 0: Q / (4 pi r^2 phi). Drug that binds moves `retardation` times slower."""
        radius = _at_least(0, "radius_cm", radius_cm)
        if np.any(radius == 0):
            wanted.refuse("radius_cm", 0.0, "radii above 0")
        return (self._entering / (4 * np.pi * radius**2 * self.porosity))[()]

    def front_radius_cm(self, time_h: Numbers) -> Result:
        """How far the drug has come at a time."""
        return np.asarray(self._radius(self.volume_ratio * self.flow_ml_per_h * _at_least(0, "time_h", time_h)))[()]

    def arrival_h(self, radius_cm: Numbers) -> Result:
        """When the front comes to a radius: for a surface at that distance, the end of the model."""
        return (self.retardation * self._age(_at_least(0, "radius_cm", radius_cm)))[()]

    def steady_level(self, radius_cm: Numbers) -> Result:
        """Level once everything has settled: exp(-k x age of the fluid there). The binding does not change it."""
        return np.exp(-self.loss_per_h * self._age(_at_least(0, "radius_cm", radius_cm)))[()]

    def level(self, radius_cm: Numbers, time_h: Numbers) -> Result:
        """Level at a radius and a time: the steady one behind the front, 0 before it."""
        radius, time = _at_least(0, "radius_cm", radius_cm), _at_least(0, "time_h", time_h)
        age = self._age(radius)
        return np.where(self.retardation * age <= time, np.exp(-self.loss_per_h * age), 0.0)[()]

    def treated_volume_ml(self, time_h: Numbers, share: float) -> Result:
        """Tissue at `share` of the infused level or above. Grows in step with the infused volume, then stands still."""
        share = wanted.number("share", share, "a share above 0, below 1")
        if not 0 < share < 1:
            wanted.refuse("share", share, "a share above 0, below 1")
        grown = _at_least(0, "time_h", time_h) / self.retardation
        return (self._entering / self.porosity * np.minimum(grown, self._life_h(share)))[()]

    def reach_cm(self, share: float) -> float:
        """The radius at which loss has taken the steady level down to `share`; infinite without loss."""
        share = wanted.number("share", share, "a share above 0, below 1")
        if not 0 < share < 1:
            wanted.refuse("share", share, "a share above 0, below 1")
        return float(self._radius(self._entering / self.porosity * self._life_h(share)))

    def _life_h(self, share: float) -> float:
        return np.log(1 / share) / self.loss_per_h if self.loss_per_h > 0 else np.inf

    def peclet(self, radius_cm: Numbers, diffusion_cm2_per_h: float) -> Result:
        """Carrying by flow over spreading by diffusion, speed x radius / D: above 1 the flow rules.

        `diffusion_cm2_per_h` is that in tissue: in water, over the tortuosity squared. Falls as 1 / radius.
        """
        return (self.speed_cm_per_h(radius_cm) * np.asarray(radius_cm, float)
                / wanted.positive("diffusion_cm2_per_h", diffusion_cm2_per_h))[()]

    def flow_rules_within_cm(self, diffusion_cm2_per_h: float) -> float:
        """The radius where `peclet` is 1: Q / (4 pi phi D)."""
        return self._entering / (4 * np.pi * self.porosity * wanted.positive("diffusion_cm2_per_h", diffusion_cm2_per_h))

    def steady_level_without_loss(self, radius_cm: Numbers, diffusion_cm2_per_h: float) -> Result:
        """Level after endless time with flow and diffusion and no loss: 1 - exp(-radius where flow rules / radius)."""
        if self.loss_per_h > 0:
            wanted.refuse("loss_per_h", self.loss_per_h, "0: flow, diffusion and loss together have no formula here")
        radius = _at_least(0, "radius_cm", radius_cm)
        with np.errstate(divide="ignore"):
            return (-np.expm1(-self.flow_rules_within_cm(diffusion_cm2_per_h) / radius))[()]

    def tallies(self, times: Numbers) -> dict[str, Array]:
        """Where the drug is, in mL of infused solution, each (t,): given = in_tissue + lost + leaked."""
        times = wanted.times("times", times, 0.0)
        k = self.loss_per_h / self.retardation
        kept = -np.expm1(-k * times) / k if k > 0 else times
        given = self.flow_ml_per_h * times
        return {"given": given, "in_tissue": self._entering * kept, "lost": self._entering * (times - kept),
                "leaked": self.leak_share * given}
