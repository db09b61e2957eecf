"""One valid call for every public name of the models, and what kind of value each argument is. `test_bad_input.py` sweeps them.

    "module.function": dict(volume_ml=Above(100), drift=Any(1.0), times=Times([0, 1]), head=X("matched"))

`X` is not swept (a name, a switch, an object made by another entry). A class with `made=X(function)` is not called itself: the
function gives an object whose methods are. Methods are called on what the entry of their class gives.
"""

from __future__ import annotations

import re

import numpy as np

from crossing.models import (body, budget, canal, canal_shape, dosing, entry, exposure, faults, findings, fluid, formation, hazard, injectate, linear, opening, programme, pump,
                             routes, rules, sampling, stirring, streaming, trade_off, uncertainty, unknown)

NAN, INF = float("nan"), float("inf")


class X:
    """A value that is not swept."""

    def __init__(self, value):
        self.value = value


class Any(X):
    """A finite number."""

    extra: list = []
    optional = False

    def __init__(self, value, optional=False, extra=()):
        """`optional`: None is allowed. `extra`: more values that must be refused."""
        super().__init__(value)
        self.optional, self.more = optional, list(extra)

    def bad(self):
        values = [NAN, INF, -INF, "many", *self.extra, *self.more] + ([] if self.optional else [None])
        return [(value, said(value)) for value in values]


class Least0(Any):
    """0 or more."""

    extra = [-1.5]


class Above(Any):
    """Above 0."""

    extra = [-1.5, 0]


class Share(Any):
    """From 0 to 1."""

    extra = [-0.25, 1.25]


class Whole(Any):
    """A whole number, at least 1."""

    extra = [-2, 1.5]


class Until(Any):
    """A number that may be infinite."""

    def bad(self):
        return [(value, said(value)) for value in (NAN, -INF, "many", None, *self.more)]


class Numbers(Any):
    """A list of finite numbers, in any order; `length` if it is fixed."""

    def __init__(self, value, length=None, optional=False, extra=(), empty=True):
        super().__init__(value, optional, extra)
        self.length, self.empty = length, empty

    def bad(self):
        good = list(np.asarray(self.value, dtype=float).ravel())
        spoiled = [(["many"] * len(good), ("many", "list")), ([NAN] + good[1:], ("nan",)), (good[:-1] + [INF], ("inf",))]
        spoiled += [([], ("[]", "(0,)", "0 ", "no ", "empty", "none", "length 0"))] if self.empty else []
        spoiled += [(good + good[:1], ("shape", str(len(good) + 1)))] if self.length else []
        spoiled += [("many", ("many",))] + ([] if self.optional else [(None, ("None", "nan"))])
        return spoiled + [(value, said(value)) for value in self.more]


class Least0s(Numbers):
    """Numbers of 0 or more."""

    def bad(self):
        good = list(np.asarray(self.value, dtype=float).ravel())
        return super().bad() + [(good[:-1] + [-1.5], ("-1.5",))]


class Field(Any):
    """A number or an array of them, finite."""

    low: list = []

    def bad(self):
        spoiled = [(NAN, ("nan",)), (INF, ("inf",)), ("many", ("many",)), ([1.0, NAN], ("nan",))]
        spoiled += [] if self.optional else [(None, ("None", "nan"))]
        return spoiled + [(value, said(value)) for value in (*self.low, *self.more)]


class FieldLeast0(Field):
    """A number or an array of them, 0 or more."""

    low = [-1.5, [1.0, -1.5]]


class FieldAbove(Field):
    """A number or an array of them, above 0."""

    low = [-1.5, [1.0, -1.5], 0]


class FieldShare(Field):
    """A number or an array of them, from 0 to 1."""

    low = [-0.25, 1.25, [0.5, -0.25]]


class Flags(Any):
    """A list of True and False, as long as another unless `alone`."""

    def __init__(self, value, alone=False):
        super().__init__(value)
        self.alone = alone

    def bad(self):
        good, texts = list(self.value), ("list", "shape", "True and False")
        wrong = [("many", (*texts, "many")), (None, (*texts, "None")), (good[:-1] + [2], ("2",)), ([], texts)]
        return wrong + ([] if self.alone else [(good + good[:1], texts)])


class Times(Numbers):
    """Times in order, none before 0."""

    def __init__(self, value, optional=False, extra=(), any_order=False, negative=False):
        super().__init__(value, optional=optional, extra=extra)
        self.any_order, self.negative = any_order, negative

    def bad(self):
        good = list(np.asarray(self.value, dtype=float).ravel())
        turned = [] if self.any_order else [(good[::-1], ("ascending", "order", "after", "rise", "rising", "increasing"))]
        before = [] if self.negative else [([-1.5] + good[1:], ("-1.5",))]
        return super().bad() + turned + before


class Requests(Times):
    """Times in order, or none."""

    def bad(self):
        return [(value, tokens) for value, tokens in super().bad() if not (isinstance(value, list) and not value)]


def said(value):
    """Texts of which an error about `value` must show one."""
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list):
        odd = [v for v in value if not v >= 0] or [max(value)]
        return tuple(f"{v:g}" for v in odd)
    return (repr(value), f"{value:g}", f"{float(value)!r}") if value is not None else ("None",)


SCHEDULE = dosing.Schedule([dosing.Bolus(0), dosing.Infusion(1, 3, 0.5)])
TIMES = [0.0, 1.0, 2.0, 4.0]
LEVELS = [0.0, 3.0, 2.0, 1.0]
FALLING = [8.0, 4.0, 2.0, 1.0, 0.5, 0.25]
CANAL = dict(length_cm=60, area_cm2=1.5, dispersion_cm2_per_h=80, loss_per_h=0.15)
HEIGHT = Least0(11, extra=[61])
SECTION = dict(length_cm=Above(60), cells=Whole(20, extra=[1]))
AREAS = Numbers([1.0, 1.5, 2.0, 1.0], extra=[[1.0, -1.5, 1.0, 1.0]])


def some_canal():
    return canal.SpinalCanal(**CANAL)


def some_lanes():
    return streaming.TwoLanes(60, 1.5, 80, 0.15, 3.0, 0.5, cells=20)


def some_programme():
    return programme.Programme.constant(0.1).with_dose(8, 0.5)


def some_delivery():
    return pump.Pump(20, 1.0, 0.2).run(some_programme(), 48)


def some_molecules():
    score, crosses = np.arange(8.0), np.array([True, True, False, True, False, False, True, False])
    return dict(score=score, crosses=crosses)


def some_band():
    return uncertainty.run_over(lambda a: 2 * a, [uncertainty.Range("a", 1, None, 3)], n=8)


class SomeFact:
    id, value = "volume", 2.0
    to = staticmethod(lambda unit: 2.0)
    range_in = staticmethod(lambda unit: (1.0, 3.0))


def some_body():
    """Blood and fluid, with a way back and a way out."""
    return body.Body([body.Compartment("plasma", "blood", 3000), body.Compartment("csf", "fluid", lambda p: p.volume)],
                     [body.Flow("csf", "plasma", "bulk flow", 21), body.Flow("plasma", "csf", "entry", 1), body.Flow("plasma", "out", "kidney", 6000)],
                     {"volume": 150})


def some_body_run():
    return some_body().run([("csf", dosing.Bolus(0))], TIMES)


#: Every parameter that the body of the course asks for, by its own list; the sizes are of no matter here.
COURSE = dict.fromkeys(re.findall(r"\w+_(?:ml|cm|g|h|share|cm2|ratio|holds|opening)\b", routes.course_body.__doc__), 0.3)
COURSE |= dict(steady_ml=9000.0, central_ml=3000.0, cranial_csf_ml=150.0, ventricles_ml=30.0, canal_length_cm=60.0, lumbar_top_cm=18.0,
               chest_middle_cm=32.0,
               neck_base_cm=48.0, lumbar_height_cm=11.0) | dict.fromkeys(routes.PUMPS, 0.1)


def some_course_body():
    return routes.course_body(COURSE)


def some_setting():
    return findings.Setting(pump.Pump(20, 1.0, 0.2, position_cm=11), some_programme(), (), 3.0, findings.Limits(1, 0.2, 0.1, 0.1),
                            fluid.OnePool(150, 21))


def some_puzzle():
    return findings.Puzzle(some_setting(), [findings.Suspect(None), findings.Suspect(faults.stall(24))])


def some_effect():
    return trade_off.Effect(0.5, 0.4, 0.6, "low", "invented for a test")


def some_table():
    criteria = [trade_off.Criterion(name, "share", 0, 1) for name in ("good", "safe")]
    return trade_off.EffectsTable(criteria, ("one", "other"), {o: {c.name: some_effect() for c in criteria} for o in ("one", "other")})


def some_study():
    return sampling.Study((0.01, 0.1), (10, 30), (1, 2), (0.1, 0.2), (0.1, 0.3))


#: Results that only the models make, and the inner parts of a pump's run, given only what was checked: not for use by hand.
def some_unknown():
    return unknown.Puzzle(unknown.Constants(0.2, 150, 21, 30))


NOT_CALLED = {
    "canal_run.CanalRun", "canal_run.Profile", "fluid.FluidRun", "streaming.LaneRun", "side_routes.NasalRun", "side_routes.DirectPath",
    "budget.Combined", "budget.Split", "canal_shape.Shape", "carriers.ProdrugExposure", "entry.EntryLimits", "entry.Levels",
    "delivery.LogEntry", "delivery.Refilling", "delivery.Delivery", "programme.Answer", "programme.Plan", "stirring.Stirring",
    "plumbing.Curve.add", "plumbing.Outlet.over", "plumbing.Outlet.at_once", "plumbing.Catheter",
    "plumbing.Catheter.push", "rules.Error", "rules.Validity", "rules.Counts", "uncertainty.Band", "uncertainty.Together",
    "uncertainty.Matter", "uncertainty.Ranking", "body_parts.Row", "body_parts.Table", "body_run.Standing", "body_run.BodyRun", "exposure.Fall",
    "exposure.Targeting", "exposure.TwoBoxAreas", "findings.Finding", "findings.Case", "opening.OpenedRun",
    "routes.Route", "routes.CourseBody", "sampling.Makeup", "sampling.Patients", "risk.Interval", "risk.Difference", "risk.Spread", "trade_off.Flip",
    "trade_off.Acceptability",
}

CALLS = {
    # -- getting across ----------------------------------------------------------------------------------------
    "entry.extraction": dict(ps=FieldLeast0(1.0), flow=FieldAbove(0.5)),
    "entry.ps_from_extraction": dict(extracted=FieldLeast0(0.5, extra=[1.0]), flow=FieldAbove(0.5)),
    "entry.clearance_in": dict(ps=FieldLeast0(1.0), flow=FieldAbove(0.5)),
    "entry.entry_limits": dict(ps=FieldLeast0(1.0), flow=FieldAbove(0.5), near=Any(0.9, extra=[0.5, 1.25])),
    "entry.uptake_gain": dict(ps=FieldAbove(1.0), flow=FieldAbove(0.5), ps_fold=FieldLeast0(2.0), flow_fold=FieldAbove(2.0)),
    "entry.organ_extraction": dict(ps=FieldLeast0(1.0), flow=FieldAbove(0.5), ps_spread=FieldLeast0(0.3), flow_spread=FieldLeast0(0.3)),
    "entry.lipophilicity": dict(log_kow=Field(2.0), mw=FieldAbove(300)),
    "entry.PassiveLaw": dict(slope=Any(1.0), intercept=Any(-2.0), low=Any(-4.0), high=Any(2.0, extra=[-9])),
    "entry.PassiveLaw.through": dict(ps=Above(0.01), log_kow=Any(1.0), mw=Above(200), low=Any(-4.0), high=Any(2.0, extra=[-9]), slope=Any(1.0)),
    "entry.PassiveLaw.ps": dict(log_kow=Field(2.0), mw=FieldAbove(300)),
    "entry.PassiveLaw.holds": dict(log_kow=Field(2.0), mw=FieldAbove(300)),
    "entry.ps_from_permeability": dict(p_cm_per_s=FieldLeast0(1e-6), area_cm2_per_g=FieldAbove(100)),
    "entry.permeability_from_ps": dict(ps_ml_per_g_min=FieldLeast0(1e-3), area_cm2_per_g=FieldAbove(100)),
    "entry.share_unionised": dict(ph=Field(7.4), pka=Field(8.0), kind=X("base")),
    "entry.ps_with_ions": dict(ps=FieldLeast0(1.0), unionised=FieldShare(0.5), ion_ps=FieldLeast0(0.1)),
    "entry.kp_uu": dict(ps=FieldLeast0(1.0), cl_in=FieldLeast0(0.1), cl_out=FieldLeast0(2.0), q_bulk=FieldLeast0(0.1)),
    "entry.Wall": dict(ps=Least0(1.0), cl_in=Least0(0.1), cl_out=Least0(2.0), q_bulk=Least0(0.1)),
    "entry.Wall.for_ratio": dict(ratio=Above(0.3), ps=Above(1.0), q_bulk=Least0(0.1)),
    "entry.Wall.faster": dict(fold=Least0(2.0)),
    "entry.Wall.blocked": dict(share=Share(0.5)),
    "entry.Wall.rate_per_h": dict(v_u_ml_per_g=Above(2.0)),
    "entry.Wall.half_time_h": dict(v_u_ml_per_g=Above(2.0)),
    "entry.Wall.level": dict(times_h=Times(TIMES), v_u_ml_per_g=Above(2.0), plasma_half_life_h=Until(3.0, extra=[0, -1.5]),
                             free_plasma=Least0(1.0)),
    "entry.two_doors": dict(brain=X(entry.Wall(1.0, 0, 2.0)), csf=X(entry.Wall(1.0, 2.0)), blocked=FieldShare(0.5)),
    "entry.levels": dict(kp_uu=FieldAbove(0.3), fu_plasma=FieldAbove(0.1, extra=[1.25]), v_u_brain=FieldAbove(5.0),
                         free_plasma=FieldLeast0(1.0)),
    "entry.kp": dict(kp_uu=FieldAbove(0.3), fu_plasma=FieldAbove(0.1, extra=[1.25]), v_u_brain=FieldAbove(5.0)),
    "entry.blood_space": dict(fu_plasma=FieldShare(0.1), v_water_ml_per_g=FieldLeast0(0.01), v_protein_ml_per_g=FieldLeast0(0.008)),
    "entry.measured_kp": dict(kp=FieldLeast0(0.3), space_ml_per_g=FieldLeast0(0.01, extra=[1.5])),
    "entry.corrected_kp": dict(measured=FieldLeast0(0.3), space_ml_per_g=FieldLeast0(0.01, extra=[1.5])),
    "entry.leftover_share": dict(kp=FieldLeast0(0.3), space_ml_per_g=FieldAbove(0.01, extra=[1.5])),
    "opening.Opening": dict(fold=Any(4, extra=[0.5]), hold_h=Least0(1), closing_half_time_h=Least0(2)),
    "opening.Opening.openness": dict(times_h=Field(2)),
    "opening.Opening.fold_at": dict(times_h=Field(2)),
    "opening.Opening.share_open": dict(plasma_half_life_h=FieldAbove(3), drug_time_h=Field(0.5)),
    "opening.Opening.most_gain": dict(plasma_half_life_h=FieldAbove(3), drug_time_h=Field(0.5)),
    "opening.Opening.plasma_let_in": dict(ps=FieldLeast0(0.001)),
    "opening.least_fold": dict(gain=FieldAbove(2, extra=[0.5]), share_open=FieldAbove(0.5, extra=[1.25])),
    "opening.half_time_from": dict(left=FieldAbove(0.3, extra=[1.0]), hours=FieldAbove(4)),
    "opening.run": dict(wall=X(entry.Wall(0.01, cl_out=0.1)), v_u_ml_per_g=Above(1), opening=X(opening.Opening(4, 1, 2)),
                        plasma_half_life_h=Until(3, extra=[0, -1.5]),
                        times_h=Times(TIMES, negative=True), drug_time_h=Any(0.5), flow=Above(0.5, optional=True)),
    "opening.exposure_gain": dict(opening=X(opening.Opening(4, 1, 2)), ps=FieldAbove(0.01), v_u_ml_per_g=FieldAbove(1),
                                  plasma_half_life_h=FieldAbove(3),
                                  cl_in=FieldLeast0(0), cl_out=FieldLeast0(0.1), q_bulk=FieldLeast0(0), drug_time_h=Any(0.5), flow=FieldAbove(0.5, optional=True)),
    "carriers.Carrier": dict(t_max=Above(1.0), k_t=Above(5.0)),
    "carriers.Carrier.half_saturation": dict(competition=FieldLeast0(1.0)),
    "carriers.Carrier.flux": dict(level=FieldLeast0(5.0), competition=FieldLeast0(1.0)),
    "carriers.Carrier.ps": dict(level=FieldLeast0(5.0), competition=FieldLeast0(1.0)),
    "carriers.Carrier.fullness": dict(level=FieldLeast0(5.0), competition=FieldLeast0(1.0)),
    "carriers.Carrier.net": dict(plasma=FieldLeast0(5.0), brain=FieldLeast0(1.0), form=X("standard")),
    "carriers.Carrier.least_plasma": dict(consumption=FieldLeast0(0.3)),
    "carriers.Carrier.brain_level": dict(plasma=FieldLeast0(5.0), consumption=FieldLeast0(0.3), form=X("reversible")),
    "carriers.Carrier.met_consumption": dict(plasma=FieldLeast0(5.0), consumption=FieldLeast0(0.3)),
    "carriers.competition": dict(levels=Least0s([1.0, 2.0], empty=False), half_saturations=Least0s([1.0, 2.0], length=2)),
    "carriers.level_gain": dict(blocked=FieldShare(0.5), by_enzyme=FieldShare(0.7)),
    "carriers.share_converted": dict(conversion=FieldLeast0(1.0), way_out=FieldLeast0(2.0)),
    "carriers.prodrug_exposure": dict(prodrug=X(entry.Wall(1.0)), active=X(entry.Wall(0.1)), converted_inside=Least0(0.5),
                                      prodrug_clearance=Above(2.0), active_clearance=Above(1.0), converted_in_blood=Share(0.8)),
    # -- risks -------------------------------------------------------------------------------------------------
    "risk.wilson": dict(events=Whole(3, extra=[11]), of=Whole(10, extra=[0]), level=Share(0.95, extra=[0, 1]), sides=X("upper")),
    "risk.exact": dict(events=Whole(3, extra=[11]), of=Whole(10, extra=[0]), level=Share(0.95, extra=[0, 1]), sides=X("upper")),
    "risk.poisson": dict(events=Whole(3), exposure=Above(10.5), level=Share(0.95, extra=[0, 1]), sides=X("lower")),
    "risk.none_seen": dict(of=Whole(25, extra=[0]), level=Share(0.95, extra=[0, 1])),
    "risk.rule_of_three": dict(of=Whole(25, extra=[0])),
    "risk.difference": dict(first_events=X(3), first_of=X(10), second_events=X(2), second_of=X(9), level=Share(0.95, extra=[0, 1])),
    "risk.spread_of": dict(estimates=Numbers([0.1, 0.5, 0.2]), variances=Least0s([0.1, 0.2, 0.1], length=3), level=Share(0.95, extra=[0, 1])),
    "risk.spread_of_shares": dict(events=Least0s([1, 2, 3], length=3), of=Least0s([10, 20, 15]), level=Share(0.95, extra=[0, 1])),
    "hazard.Constant": dict(rate=Least0(0.1)),
    "hazard.Constant.at": dict(times=FieldLeast0(1.0)),
    "hazard.Constant.area": dict(times=FieldLeast0(1.0)),
    "hazard.FrontLoaded": dict(early=Least0(1.0), late=Least0(0.1), fades=Above(0.5)),
    "hazard.FrontLoaded.at": dict(times=FieldLeast0(1.0)),
    "hazard.FrontLoaded.area": dict(times=FieldLeast0(1.0)),
    "hazard.WearOut": dict(scale=Above(6.0), power=Above(3.0, extra=[1.0])),
    "hazard.WearOut.at": dict(times=FieldLeast0(1.0)),
    "hazard.WearOut.area": dict(times=FieldLeast0(1.0)),
    "hazard.Together": dict(hazards=X((hazard.Constant(0.1), hazard.WearOut(6, 3)))),
    "hazard.Together.at": dict(times=FieldLeast0(1.0)),
    "hazard.Together.area": dict(times=FieldLeast0(1.0)),
    "hazard.share_hit": dict(hazard=X(hazard.Constant(0.1)), times=FieldLeast0(1.0)),
    "hazard.share_hit_with_exit": dict(hazard=X(hazard.WearOut(6, 3)), times=FieldLeast0(1.0), exit_per_year=Least0(0.1), steps=Whole(100)),
    "hazard.exit_from": dict(share_still_on=Share(0.9, extra=[0]), years=Above(10.0)),
    "hazard.mean_years_on": dict(exit_per_year=Least0(0.1), years=Above(10.0)),
    "hazard.constant_for": dict(share=Share(0.2, extra=[0, 1]), years=Above(5.0)),
    "hazard.front_loaded_for": dict(share=Share(0.2, extra=[0, 1]), years=Above(5.0), fades=Above(0.5), late=Least0(0.01)),
    "hazard.wear_out_for": dict(share=Share(0.2, extra=[0, 1]), years=Above(5.0), power=Above(4.0, extra=[1.0])),
    "hazard.again": dict(share=FieldShare(0.1), times=FieldLeast0(3)),
    "hazard.Frequency": dict(value=Share(0.1), per=X("procedure"), procedures=Above(2.0, optional=True), years=Above(4.0, optional=True)),
    "hazard.Frequency.per_what": dict(per=X("patient")),
    # -- trade-offs --------------------------------------------------------------------------------------------
    "trade_off.Criterion": dict(name=X("relief"), unit=X("%"), worst=Any(0.0), best=Any(1.0)),
    "trade_off.Criterion.value": dict(x=X([0.2, 0.4])),
    "trade_off.Effect": dict(value=Any(0.5, extra=[0.9]), low=Any(0.4), high=Any(0.6), grade=X("low"), source=X("a trial"), events=X(None),
                             of=X(None), times=X(1.0)),
    "trade_off.Effect.counted": dict(events=Above(3.0, extra=[12]), of=Above(10.0), grade=X("low"), source=X("a trial"), times=X(100.0)),
    "trade_off.Effect.at": dict(z=X([0.0, 1.0])),
    "trade_off.EffectsTable": dict(criteria=X(some_table().criteria), options=X(("one", "other")), effects=X(some_table().effects)),
    "trade_off.EffectsTable.cell": dict(option=X(0), criterion=X(1)),
    "trade_off.dominated": dict(values=X([[0.1, 0.2], [0.3, 0.4]])),
    "trade_off.swing_weights": dict(points=Least0s([100.0, 50.0])),
    "trade_off.for_range": dict(weights=Least0s([0.5, 0.5]), widths=Least0s([1.0, 2.0], length=2)),
    "trade_off.totals": dict(values=X([[0.1, 0.2], [0.3, 0.4]]), weights=Least0s([0.5, 0.5], length=2)),
    "trade_off.with_weight": dict(weights=Least0s([0.5, 0.5]), criterion=Whole(1, extra=[2]), weight=Share(0.3)),
    "trade_off.flips": dict(values=X([[0.1, 0.2], [0.3, 0.1]]), weights=Least0s([0.5, 0.5], length=2), criterion=Whole(1, extra=[2])),
    "trade_off.cell_flips": dict(table=X(some_table()), weights=Least0s([0.5, 0.5], length=2), option=Whole(1, extra=[2]), criterion=Whole(1, extra=[2])),
    "trade_off.Draws": dict(table=X(some_table()), count=Whole(200, extra=[5]), seed=Whole(1), correlation=X(None)),
    "trade_off.Draws.ordered_weights": dict(order=X([1, 0])),
    "trade_off.Draws.totals": dict(weights=Least0s([0.5, 0.5], length=2, optional=True)),
    "trade_off.Draws.acceptability": dict(weights=Least0s([0.5, 0.5], length=2, optional=True)),
    "trade_off.worth_of_learning": dict(table=X(some_table()), weights=Least0s([0.5, 0.5], length=2), option=Whole(1, extra=[2]),
                                        criterion=Whole(1, extra=[2]), points=Whole(101, extra=[3])),
    "trade_off.expected_values": dict(table=X(some_table())),
    # -- rules of thumb ----------------------------------------------------------------------------------------
    "rules.logbb_from": dict(tpsa=Numbers([20.0, 90.0], empty=False), logp=Numbers([2.0, 1.0], length=2), intercept=Any(0.1),
                             per_psa=Any(-0.01), per_logp=Any(0.1)),
    "rules.refit": dict(logbb=Numbers([0.1, -1.0, 0.3, 0.0, 0.5]), tpsa=Numbers([20.0, 90.0, 10.0, 40.0, 5.0], length=5),
                        logp=Numbers([2.0, 1.0, 3.0, 1.5, 4.0], length=5)),
    "rules.error_of": dict(predicted=Numbers([0.1, 0.2], length=2), measured=Numbers([0.0, 0.3])),
    "rules.validity": dict(predicted=Numbers([0.1, 0.2], length=2), measured=Numbers([0.0, 0.3]), inside=Flags([True, False])),
    "rules.Rule": dict(limits=X({"tpsa": (None, 90.0)})),
    "rules.Rule.broken": dict(columns=X({"tpsa": [20.0, 100.0]})),
    "rules.Rule.passes": dict(columns=X({"tpsa": [20.0, 100.0]}), broken_allowed=Whole(0)),
    "rules.Rule.without": dict(name=X("tpsa")),
    "rules.Counts.per": dict(made=X(lambda: rules.Counts(3, 1, 2, 4)), of=Whole(100, extra=[0])),
    "rules.count": dict(passes=Flags([True, False, True]), crosses=Flags([True, True, False], alone=True)),
    "rules.expected_elsewhere": dict(counts=X(rules.Counts(3, 1, 2, 4)), share_crossing=Share(0.3), of=Above(1000)),
    "rules.share_listed": dict(true_share=FieldShare(0.3), times_likelier=FieldAbove(2.0)),
    "rules.favour_behind": dict(listed_share=Share(0.6, extra=[0, 1]), true_share=Share(0.3, extra=[0, 1])),
    "rules.share_at_least": dict(values=Numbers([1.0, 2.0, 3.0]), cutoffs=Field(2.0)),
    "rules.Ranked": dict(score=Numbers(range(8)), crosses=Flags(some_molecules()["crosses"]), low_passes=X(True), among=X(None)),
    "rules.Ranked.counts": dict(cutoffs=Field(2.0)),
    "rules.auc": dict(score=Numbers(range(8)), crosses=Flags(some_molecules()["crosses"]), low_passes=X(True)),
    "rules.named": dict(names=X(["Caffeine"]), text=X("caff")),
    "rules.defying": dict(passes=Flags([True, False, True]), crosses=Flags([True, True, False], alone=True),
                          by=Numbers([1.0, 2.0, 3.0], length=3, optional=True)),
    # -- the fluid ---------------------------------------------------------------------------------------------
    "fluid.OnePool": dict(volume_ml=Above(150), clearance_ml_per_h=Least0(21)),
    "fluid.OnePool.run": dict(schedule=X(SCHEDULE), times=Times(TIMES)),
    "fluid.OnePool.steady": dict(rate=Least0(1)),
    "fluid.OnePool.area": dict(amount=Least0(1)),
    "fluid.TwoPools": dict(volume_ml=Above(150), tissue_volume_ml=Above(900), exchange_ml_per_h=Above(10),
                           clearance_ml_per_h=Least0(21), tissue_clearance_ml_per_h=Least0(1)),
    "fluid.TwoPools.run": dict(schedule=X(SCHEDULE), times=Times(TIMES)),
    "fluid.TwoPools.steady": dict(rate=Least0(1)),
    "fluid.TwoPools.area": dict(amount=Least0(1)),
    "budget.turnover_per_day": dict(volume_ml=FieldAbove(150), flow_ml_per_h=FieldLeast0(21)),
    "budget.bulk_half_life_h": dict(volume_ml=FieldAbove(150), flow_ml_per_h=FieldLeast0(21)),
    "budget.renewed": dict(volume_ml=FieldAbove(150), flow_ml_per_h=FieldLeast0(21), hours=FieldLeast0(3)),
    "budget.time_to_renew_h": dict(volume_ml=FieldAbove(150), flow_ml_per_h=FieldLeast0(21), share=FieldLeast0(0.5, extra=[1.0])),
    "budget.flow_that_fits": dict(half_life_h=FieldAbove(4), volume_ml=FieldAbove(150)),
    "budget.volume_that_fits": dict(half_life_h=FieldAbove(4), flow_ml_per_h=FieldAbove(21)),
    "budget.Combined.fits": dict(made=X(lambda: budget.combine([100, 200], [20, 30])), half_life_h=Above(4), within=Least0(0.1)),
    "budget.combine": dict(volumes_ml=Least0s([100, 200]), flows_ml_per_h=Least0s([20, 30])),
    "budget.split_clearance": dict(clearance_ml_per_h=Above(25), bulk_flow_ml_per_h=Above(21), tolerance=Least0(0.25)),
    "budget.Body": dict(name=X("young"), volume_ml=Above(150), flow_ml_per_h=Above(21), rest_ml_per_h=Least0(3)),
    "budget.same_dose": dict(bodies=X([budget.Body("young", 150, 21)]), times=Times(TIMES), amount=Least0(1)),
    "formation.DailyRhythm": dict(lowest=Least0(12), highest=Any(42, extra=[3]), hour_lowest=Least0(18, extra=[24]),
                                  hour_highest=Least0(2, extra=[24]),
                                  mean=Any(27, optional=True, extra=[12.5])),
    "formation.DailyRhythm.even": dict(flow_ml_per_h=Above(21)),
    "formation.DailyRhythm.flow": dict(hour=Field(3)),
    "formation.DailyRhythm.made": dict(start=Field(3), stop=Field(9, extra=[1.5])),
    "formation.DailyRhythm.hours_to_make": dict(volume_ml=FieldLeast0(100), start=Field(3)),
    "formation.RhythmicPool": dict(volume_ml=Above(150), formation=X(formation.DailyRhythm(12, 42, 18, 2)), rest_ml_per_h=Least0(3)),
    "formation.RhythmicPool.after_bolus": dict(hour=Field(3), later_h=FieldLeast0(2), amount=Least0(1)),
    "formation.RhythmicPool.half_life_h": dict(hour=Field(3)),
    "formation.RhythmicPool.area_after_bolus": dict(hour=Any(3), amount=Least0(1)),
    "formation.RhythmicPool.during_infusion": dict(rate=Least0(1), hour=Any(3), later_h=Times(TIMES), hours=Until(9, extra=[0, -1.5])),
    "formation.RhythmicPool.settled": dict(rate=Least0(1), hour=Times(TIMES, negative=True)),
    "sampling.Makeup.level": dict(made=X(lambda: sampling.makeup(0.2, 1.0)), fluid_level=Least0(1), strength=Least0(100), unmixed=Share(0.1)),
    "sampling.makeup": dict(dead_space_ml=Least0(0.2), drawn_ml=Above(1), discarded_ml=Least0(0.1), spot_ml=Least0(0.1), washing=X("plug")),
    "sampling.Patients.relation": dict(made=X(lambda: some_study().run(3, 3)), shown=X(np.ones((3, 3)))),
    "sampling.Patients.relation_within": dict(made=X(lambda: some_study().run(3, 3)), shown=X(np.ones((3, 3)))),
    "sampling.Study": dict(**{name: Numbers([0.5, 1.0], length=2, extra=[[-1.5, 1.0]]) for name in
                              ("rate", "clearance_ml_per_h", "strength", "dead_space_ml", "discarded_ml", "local")},
                           drawn_ml=Above(1), spot_ml=Least0(0.1), unmixed=Share(0.1), washing=X("plug")),
    "sampling.Study.run": dict(people=Whole(4, extra=[0]), doses_each=Whole(2, extra=[0]), seed=Whole(0)),
    "sampling.Study.share_that_find_it": dict(people=Whole(5, extra=[0]), studies=Whole(3, extra=[0]), infusing=X(True), seed=Whole(0)),
    "sampling.serial_levels": dict(drawn_ml=Times([0.0, 1.0, 2.0]), slope_per_ml=Any(0.01), pool_ml=Above(20), from_above=Share(0.5)),
    "sampling.slope_between": dict(first_ml=Times([0.0, 1.0]), later_ml=Times([5.0, 6.0]), ratio=Above(1.2)),
    "sampling.reach_ml": dict(slope_per_ml=Any(0.01), ratio=Least0(1.2)),
    # -- the canal ---------------------------------------------------------------------------------------------
    "canal.Pool": dict(volume_ml=Above(200), exchange_ml_per_h=Least0(30), loss_per_h=Least0(0.3)),
    "canal.SpinalCanal": dict(length_cm=Above(60), area_cm2=Above(1.5, extra=[[1.0] * 39 + [-1.5], [1.0] * 39 + [NAN]]),
                              dispersion_cm2_per_h=Least0(80, extra=[[1.0] * 39 + [-1.5]]), loss_per_h=Least0(0.15, extra=[[1.0] * 39 + [-1.5]]),
                              drift_cm_per_h=Any(0.5), head=X("matched"), sink_height_cm=X(None), cells=Whole(40, extra=[1])),
    "canal.SpinalCanal.bolus": dict(position_cm=HEIGHT, amount=Least0(1), volume_ml=Above(2, optional=True, extra=[500])),
    "canal.SpinalCanal.infuse": dict(position_cm=HEIGHT, rate=Least0(1)),
    "canal.SpinalCanal.steady": dict(position_cm=HEIGHT, rate=Least0(1)),
    "canal.SpinalCanal.area_under": dict(position_cm=HEIGHT, amount=Least0(1), volume_ml=Above(2, optional=True)),
    "canal.SpinalCanal.run": dict(schedule=X(SCHEDULE), times=Times(TIMES), position_cm=HEIGHT,
                                  initial=Numbers(np.zeros(40), length=40, optional=True)),
    "canal.SpinalCanal.rhythm": dict(schedule=X(dosing.Bolus(2)), every_h=Above(24), position_cm=HEIGHT),
    "canal_run.CanalRun.at": dict(made=X(lambda: some_canal().run(SCHEDULE, TIMES, 11)), height_cm=FieldLeast0(20, extra=[61])),
    "canal_run.Profile.at": dict(made=X(lambda: some_canal().steady(11)), height_cm=FieldLeast0(20, extra=[61])),
    "canal_shape.ellipse_cm2": dict(width_mm=FieldAbove(15), depth_mm=FieldAbove(12)),
    "canal_shape.fluid_area_cm2": dict(sac_cm2=FieldAbove(2), cord_cm2=FieldLeast0(0.5), roots_cm2=FieldLeast0(0.1)),
    "canal_shape.area_profile": dict(heights_cm=Times([0, 20, 40, 60], extra=[[0, 20, 40, 61]]), areas_cm2=AREAS,
                                     volume_ml=Above(90, optional=True), **SECTION),
    "canal_shape.even": dict(volume_ml=Above(90), **SECTION),
    "canal_shape.by_level": dict(volume_ml=Above(90), heights_cm=Times([0, 20, 40, 60]), areas_cm2=AREAS, **SECTION),
    "canal_shape.by_section": dict(tops_cm=Times([10, 20, 40, 60]), volumes_ml=AREAS, **SECTION),
    "canal_shape.section_volume": dict(area_cm2=AREAS, length_cm=Above(60), top_cm=HEIGHT, bottom_cm=Least0(3, extra=[61])),
    "canal_shape.with_section_volume": dict(area_cm2=AREAS, length_cm=Above(60), volume_ml=Above(20), top_cm=HEIGHT,
                                            bottom_cm=Least0(3, extra=[61])),
    "canal_shape.in_posture": dict(shape=X(canal_shape.even(60, 90)), flat_ml=Above(34), now_ml=Above(38), top_cm=HEIGHT),
    "stirring.half_gap_cm": dict(volume_ml=FieldAbove(100), wetted_surface_cm2=FieldAbove(600)),
    "stirring.swing_cm": dict(stroke_ml=FieldLeast0(0.6), area_cm2=FieldAbove(2)),
    "stirring.womersley": dict(half_gap_cm=FieldAbove(0.2), beats_per_s=FieldAbove(1), viscosity_cm2_per_s=FieldAbove(0.007)),
    "stirring.top_speed_cm_per_s": dict(swing_cm=FieldLeast0(0.2), beats_per_s=FieldAbove(1)),
    "stirring.steady_gain": dict(peclet=FieldLeast0(3)),
    "stirring.shear_gain": dict(womersley=FieldAbove(5), schmidt=FieldAbove(1000), swing=FieldLeast0(2)),
    "stirring.best_gain": dict(womersley=FieldAbove(5)),
    "stirring.Sway": dict(name=X("heart"), swing_cm=Least0(0.2), beats_per_s=Above(1)),
    "stirring.Stirring.place": dict(made=X(lambda: stirring.stirring([stirring.Sway("heart", 0.2, 1)], 0.2, 5e-6, 0.007)),
                                    dispersion_cm2_per_s=Above(0.02)),
    "stirring.stirring": dict(sways=X([stirring.Sway("heart", 0.2, 1)]), half_gap_cm=Above(0.2), diffusion_cm2_per_s=Above(5e-6),
                              viscosity_cm2_per_s=Above(0.007)),
    "stirring.per_hour": dict(dispersion_cm2_per_s=FieldLeast0(0.02)),
    "streaming.streaming_dispersion": dict(streaming_cm_per_h=Field(3), swap_per_h=FieldAbove(0.5)),
    "streaming.TwoLanes": dict(length_cm=Above(60), area_cm2=Above(1.5), dispersion_cm2_per_h=Least0(80), loss_per_h=Least0(0.15),
                               streaming_cm_per_h=Least0(3), swap_per_h=Least0(0.5), share_up=Share(0.5,
                                                                                                    extra=[0,
                                                                                                           1]), head=X("closed"), cells=Whole(20, extra=[1])),
    "streaming.TwoLanes.bolus": dict(position_cm=HEIGHT, amount=Least0(1), lane=X("up")),
    "streaming.TwoLanes.infuse": dict(position_cm=HEIGHT, rate=Least0(1), lane=X("up")),
    "streaming.TwoLanes.run": dict(schedule=X(SCHEDULE), times=Times(TIMES), position_cm=HEIGHT, lane=X("both")),
    "streaming.TwoLanes.steady": dict(position_cm=HEIGHT, rate=Least0(1), lane=X("up")),
    "streaming.LaneRun.at": dict(made=X(lambda: some_lanes().run(SCHEDULE, TIMES, 11)), height_cm=FieldLeast0(20, extra=[61]), lane=X("both")),
    "injectate.density": dict(temperature_c=Field(37), reference_density=Above(1), reference_c=Any(20), slope_per_c=Least0(3e-4)),
    "injectate.density_curved": dict(temperature_c=Field(37), at_zero=Above(1), curve_per_c2=Least0(5e-6)),
    "injectate.slope_between": dict(first_c=Least0(20), second_c=Least0(37), curve_per_c2=Least0(5e-6)),
    "injectate.matching_temperature": dict(fluid_density=FieldAbove(1.0006), reference_density=Above(1), reference_c=Any(20),
                                           slope_per_c=Above(3e-4)),
    "injectate.matching_temperature_curved": dict(fluid_density=Above(1.0006, extra=[2.0]), at_zero=Above(1.01), curve_per_c2=Above(5e-6)),
    "injectate.FluidBand": dict(mean=Above(1.0006), sd=Above(2e-4), widths=Above(3)),
    "injectate.classify": dict(solution_density=Above(1), band=X(injectate.FluidBand(1.0006, 2e-4))),
    "injectate.share_lighter": dict(solution_density=FieldAbove(1), band=X(injectate.FluidBand(1.0006, 2e-4))),
    "injectate.baricity": dict(solution_density=FieldAbove(1), fluid_density=FieldAbove(1)),
    "injectate.slug_length": dict(volume_ml=FieldAbove(5), area_cm2=FieldAbove(1.5)),
    "injectate.Outcome": dict(name=X("peak"), low=Any(1, optional=True), high=Any(2, optional=True, extra=[0.5]), unit=X("h"),
                              people=Whole(5, extra=[0]), told=X("")),
    "injectate.Outcome.ratio": dict(computed=Above(1.5)),
    "injectate.Outcome.verdict": dict(computed=Above(1.5)),
    "closed_forms.decay_lengths": dict(dispersion=Least0(80), loss=Least0(0.1), drift=Any(1.0)),
    "closed_forms.tip_level": dict(rate=Least0(1), area=Above(1.6), dispersion=Least0(80), loss=Least0(0.1), drift=Any(1.0)),
    "closed_forms.dispersion_for": dict(ratio=Any(0.4, extra=[0, 1, -0.2]), distance=Above(20), loss=Least0(0.1), drift=Any(0.0)),
    "closed_forms.carried_level": dict(rate=Least0(1), area=Above(1.6), loss=Least0(0.1), drift=Any(1.0, extra=[0]), distance=Field(1.0),
                                       time=Field(2.0)),
    # -- the body ----------------------------------------------------------------------------------------------
    "body_parts.Parameter": dict(value=Any(3), unit=X("mL"), mark=X("assumed"), source=X("")),
    "body_parts.Compartment": dict(name=X("plasma"), what=X("blood"), volume_ml=X(3000), holds=X(1.0)),  # checked by the body they make
    "body_parts.Flow": dict(start=X("plasma"), to=X("out"), by=X("kidney"), ml_per_h=X(100), way=X("wall"), carries=X("free")),
    "body.Body": dict(compartments=X([body.Compartment("plasma", "blood", 3000)]), flows=X([body.Flow("plasma", "out", "kidney", 100)]),
                      parameters=X(None), groups=X(None), blood=X("plasma")),
    "body.Body.volume_ml": dict(name=X("plasma")),
    "body.Body.shares": dict(where=Least0s([1.0], length=1)),
    "body.Body.areas": dict(where=Least0s([1.0], length=1), amount=Least0(1)),
    "body.Body.steady": dict(where=Least0s([1.0], length=1), rate=Least0(1)),
    "body.Body.areas_along": dict(made=X(some_body), name=X("volume"), values=Least0s([100.0, 200.0]), where=Least0s([0.0, 1.0], length=2)),
    "body.Body.run": dict(made=X(some_body), given=X([("csf", dosing.Bolus(0))]), times=Times(TIMES), then=X(())),
    **{f"body_run.Standing.{name}": dict(made=X(lambda: some_body().areas("csf")), name=X("csf")) for name in ("amount", "level", "free")},
    **{f"body_run.BodyRun.{name}": dict(made=X(some_body_run), name=X("csf")) for name in ("amount", "level", "free", "area", "area_so_far")},
    "body_run.BodyRun.carried": dict(made=X(some_body_run), start=X("csf"), to=X("plasma")),
    "body_run.BodyRun.targeting_advantage": dict(made=X(some_body_run), name=X("csf"), over=X(None)),
    **{f"routes.{name}": dict(doses=X(dosing.Bolus(0))) for name in ("Oral", "Vein", "Epidural", "Lumbar", "Ventricle")},
    "routes.OpenBarrier": dict(fold=Any(4, extra=[0.5]), start=Least0(1), stop=Any(3, extra=[0.5])),
    "body.schedule_of": dict(doses=X(dosing.Bolus(0))),
    "body.two_boxes": dict(blood_ml=Above(3000), csf_ml=Above(150), clearance_ml_per_h=Above(6000), entry_ml_per_h=Least0(1),
                             exit_ml_per_h=Above(21)),
    "body.advantage_of_two_boxes": dict(clearance_ml_per_h=FieldLeast0(6000), entry_ml_per_h=FieldAbove(1)),
    "routes.CourseBody.place": dict(made=X(some_course_body), route=X(routes.Lumbar(dosing.Bolus(0))), dose=X(dosing.Bolus(0))),
    "routes.CourseBody.give": dict(made=X(some_course_body), routes=X(routes.Lumbar(dosing.Bolus(0))), times=Times(TIMES), opened=X(None)),
    "routes.CourseBody.with_pumps": dict(made=X(some_course_body), share=Least0(0.5)),
    "routes.course_body": dict(parameters=X(COURSE), canal=X(None)),
    # -- side routes -------------------------------------------------------------------------------------------
    "side_routes.NasalBody": dict(plasma_volume_ml=Above(10), clearance_ml_per_h=Above(20), csf_volume_ml=Above(0.3), entry_ml_per_h=Least0(0.1),
                                  exit_ml_per_h=Above(0.3), emptying_per_h=Above(4), swallowed_share=Share(0.3), direct_share=Share(0.1),
                                  gut_per_h=Above(1), oral_share=Share(0.5)),
    "side_routes.NasalBody.run": dict(schedule=X(SCHEDULE), times=Times(TIMES), route=X("nasal")),
    "side_routes.NasalBody.areas": dict(route=X("nasal")),
    "side_routes.NasalBody.exposure_ratio": dict(route=X("nasal")),
    "side_routes.direct_path": dict(nasal=Above(2), nasal_spread=Least0(0.5), vein=Above(1), vein_spread=Least0(0.2),
                                    animals=Whole(8, extra=[1]),
                                    spread=X("sd"), confidence=Any(0.95, extra=[0.25, 1.0])),
    "side_routes.ball_radius_cm": dict(volume_ml=FieldLeast0(1)),
    "side_routes.tissue_loss_per_h": dict(bulk_flow_ml_per_g_min=Least0(2e-4), porosity=Above(0.2, extra=[1.25]), ps_ml_per_g_min=Least0(1e-3)),
    "side_routes.backflow_ratio": {name: Above(2.0) for name in ("flow_ratio", "radius_ratio", "resistance_ratio", "stiffness_ratio",
                                                                 "viscosity_ratio")},
    "side_routes.TissueInfusion": dict(flow_ml_per_h=Above(0.1), porosity=Above(0.2, extra=[1.25]), loss_per_h=Least0(0.0),
                                       retardation=Any(2.0, extra=[0.5]),
                                       leak_share=Share(0.1, extra=[1]), tip_radius_cm=Least0(0.05)),
    "side_routes.TissueInfusion.speed_cm_per_h": dict(radius_cm=FieldAbove(1)),
    "side_routes.TissueInfusion.front_radius_cm": dict(time_h=FieldLeast0(1)),
    "side_routes.TissueInfusion.arrival_h": dict(radius_cm=FieldLeast0(1)),
    "side_routes.TissueInfusion.steady_level": dict(radius_cm=FieldLeast0(1)),
    "side_routes.TissueInfusion.level": dict(radius_cm=FieldLeast0(1), time_h=FieldLeast0(1)),
    "side_routes.TissueInfusion.treated_volume_ml": dict(time_h=FieldLeast0(1), share=Any(0.1, extra=[0, 1, -0.5])),
    "side_routes.TissueInfusion.reach_cm": dict(share=Any(0.1, extra=[0, 1, -0.5])),
    "side_routes.TissueInfusion.peclet": dict(radius_cm=FieldAbove(1), diffusion_cm2_per_h=Above(0.01)),
    "side_routes.TissueInfusion.flow_rules_within_cm": dict(diffusion_cm2_per_h=Above(0.01)),
    "side_routes.TissueInfusion.steady_level_without_loss": dict(radius_cm=FieldLeast0(1), diffusion_cm2_per_h=Above(0.01)),
    "side_routes.TissueInfusion.tallies": dict(times=Times(TIMES)),
    # -- schedules, programmes, pumps ----------------------------------------------------------------------------
    "dosing.Bolus": dict(time=Least0(1), amount=Least0(1), volume_ml=Above(2, optional=True), position_cm=Least0(11, optional=True)),
    "dosing.Bolus.given_by": dict(time=Field(2.0)),
    "dosing.Bolus.later": dict(hours=Any(1.0)),
    "dosing.Bolus.scaled": dict(factor=Least0(2)),
    "dosing.Infusion": dict(start=Least0(0), stop=Until(3, extra=[-1]), rate=Least0(1), position_cm=Least0(11, optional=True)),
    "dosing.Infusion.given_by": dict(time=Field(2.0)),
    "dosing.Infusion.later": dict(hours=Any(1.0)),
    "dosing.Infusion.scaled": dict(factor=Least0(2)),
    "dosing.Schedule": dict(doses=X([dosing.Bolus(0), dosing.Bolus(2)])),
    "dosing.Schedule.given_by": dict(times=Field([1.0, 2.0])),
    "dosing.Schedule.later": dict(hours=Any(1.0)),
    "dosing.Schedule.scaled": dict(factor=Least0(2)),
    "dosing.to_run": dict(schedule=X(SCHEDULE), times=Times(TIMES)),
    "dosing.repeat": dict(doses=X(dosing.Bolus(0)), every_h=Above(8), times=Whole(3, extra=[0])),
    "dosing.repeat_daily": dict(doses=X(dosing.Bolus(0)), days=Whole(3, extra=[0])),
    "programme.DailyDose": dict(hour=Least0(8, extra=[24]), amount=Least0(1), over_h=Least0(0.5, extra=[25])),
    "programme.OnRequest": dict(amount=Least0(1), lockout_h=Least0(2, extra=[0.1]), most_per_day=Whole(4), over_h=Least0(0.5, extra=[25])),
    "programme.Change": dict(time_h=Least0(3), factor=Least0(2)),
    "programme.Pause": dict(start_h=Least0(3), stop_h=Any(5, extra=[1])),
    "programme.Programme": dict(day=X(((0.0, 0.1), (8.0, 0.2))), doses=X(()), on_request=X(programme.OnRequest(0.1, 1, 4)),
                                requests=Requests([1.0, 5.0]),
                                changes=X(()), pauses=X(())),
    "programme.Programme.constant": dict(rate=X(0.1)),
    "programme.Programme.with_rate_between": dict(rate=X(0.1), start_hour=Least0(3, extra=[24]), stop_hour=Least0(5, extra=[24])),
    "programme.Programme.with_dose": dict(hour=Least0(8, extra=[24]), amount=Least0(1), over_h=Least0(0.5, extra=[25])),
    "programme.Programme.with_on_request": dict(amount=Least0(1), lockout_h=Least0(2), most_per_day=Whole(4), over_h=Least0(0.5, extra=[25])),
    "programme.Programme.with_requests": dict(times=X([1.0, 5.0])),
    "programme.Programme.with_random_requests": dict(per_day=Least0(3), days=Whole(2, extra=[0]), seed=Whole(1)),
    "programme.Programme.with_change": dict(time_h=Least0(3), factor=Least0(2)),
    "programme.Programme.with_ramp": dict(start_h=Least0(3), stop_h=Any(9, extra=[1]), factor=Least0(2), steps=Whole(3, extra=[0])),
    "programme.Programme.with_pause": dict(start_h=Least0(3), stop_h=Any(5, extra=[1])),
    "programme.Programme.scaled": dict(factor=Least0(2)),
    "programme.Programme.later": dict(hours=Least0(3)),
    "programme.Programme.as_doses": dict(times_a_day=Whole(3, extra=[0]), share=Share(0.5), over_h=Least0(0.5, extra=[25]),
                                         first_hour=Least0(3, extra=[24])),
    "programme.Programme.total": dict(hours=Above(24), start=Least0(3)),
    "programme.Programme.answers": dict(hours=Above(24)),
    "programme.Programme.plan": dict(hours=Above(24), start=Least0(3)),
    "programme.Programme.schedule": dict(hours=Above(24), position_cm=Least0(11, optional=True), start=Least0(3)),
    "pump.ul_per_day": dict(ml_per_h=Least0(0.01)),
    "pump.ml_per_h": dict(ul_per_day=Least0(100)),
    "pump.Refill": dict(time_h=Above(30), strength_per_ml=Above(2, optional=True), volume_ml=Above(10, optional=True), bridged=X(False)),
    "pump.Pump": dict(reservoir_ml=Above(20), strength_per_ml=Above(1), dead_space_ml=Least0(0.2), alarm_ml=Least0(2, extra=[30]),
                      unreachable_ml=Least0(1, extra=[30]),
                      accuracy=Above(1), mixed_share=Share(0.1), position_cm=Least0(11, optional=True)),
    "pump.Pump.flow_ml_per_h": dict(rate=Least0(0.1)),
    "pump.Pump.dead_time_h": dict(rate=Above(0.1)),
    "pump.Pump.drawn": dict(count=Whole(3, extra=[0]), spread=Least0(0.05), seed=Whole(1)),
    "pump.Pump.refill_due_h": dict(programme=X(some_programme()), start_h=Least0(3), longest_h=Above(4000)),
    "pump.Pump.planned_refills": dict(programme=X(some_programme()), hours=Above(500), early_h=Least0(3)),
    "pump.Pump.run": dict(programme=X(some_programme()), hours=Above(48), refills=X(()), faults=X(())),
    "delivery.Delivery.passes": dict(made=X(some_delivery), time_h=Any(3)),
    "delivery.Delivery.escapes": dict(made=X(some_delivery), time_h=Any(3)),
    "delivery.Delivery.tip_fault": dict(made=X(some_delivery), time_h=Any(3)),
    "faults.Fault": dict(kind=X("leak"), time_h=Least0(3), until_h=Until(9, extra=[1]), share=Share(0.5), factor=Least0(1), place=Share(0.5),
                         position_cm=Least0(11, optional=True), late_h=Least0(1), shows=X(True)),
    "faults.Fault.active": dict(time_h=Any(3)),
    "faults.Fault.later": dict(hours=Any(3)),
    "faults.stall": dict(time_h=Least0(3), until_h=Until(9, extra=[1]), shows=X(True)),
    "faults.occlusion": dict(time_h=Least0(3), until_h=Until(9, extra=[1]), share=Share(0.5)),
    "faults.leak": dict(time_h=Least0(3), share=Share(0.5), place=Share(0.5), until_h=Until(9, extra=[1])),
    "faults.disconnection": dict(time_h=Least0(3), place=Share(0.5)),
    "faults.wrong_strength": dict(time_h=Least0(3), factor=Least0(2)),
    "faults.pocket_fill": dict(time_h=Least0(3), share=Share(0.5)),
    "faults.late_refill": dict(time_h=Least0(3), late_h=Above(2)),
    "faults.wrong_rate": dict(time_h=Least0(3), factor=Least0(2), until_h=Until(9, extra=[1])),
    "faults.tip_moved": dict(time_h=Least0(3), position_cm=Least0(11, optional=True), shows=X(True)),
    "faults.runs_off": dict(time_h=Least0(3), factor=Least0(2), until_h=Until(9, extra=[1])),
    "unknown.Constants": dict(stream=Above(0.2), volume_ml=Above(150), renewal_ml_per_h=Above(21), mixing_cm2_per_h=Above(30)),
    "unknown.entering": dict(wall=FieldAbove(1.0), pump=FieldLeast0(2.0)),
    "unknown.leaving": dict(wall=FieldAbove(1.0), pump=FieldLeast0(2.0)),
    "unknown.free_ratio": dict(wall=FieldAbove(1.0), pump=FieldLeast0(2.0), stream=FieldLeast0(0.2)),
    "unknown.Puzzle": dict(constants=X(unknown.Constants(0.2, 150, 21, 30))),
    "unknown.Puzzle.compound": dict(seed=Whole(3)),
    "unknown.Puzzle.exact": dict(compound=X(some_unknown().compound(3)), experiment=X("brain")),
    "unknown.Puzzle.reading": dict(compound=X(some_unknown().compound(3)), experiment=X("brain"), seed=Whole(3)),
    "unknown.Puzzle.learn": dict(readings=X({"brain": -1.0})),
    "unknown.Known": dict(puzzle=X(some_unknown()), readings=X({"brain": -1.0}), only=X(None)),
    "unknown.Known.belief": dict(name=X("pump")),
    "unknown.Known.interval": dict(name=X("pump"), share=Any(0.9, extra=[-0.1, 1.5])),
    "unknown.Known.chance": dict(name=X("pump"), below=X(3.0), above=X(None)),
    "unknown.Known.supposing": dict(bounds=X({"ratio": (None, 0.3)})),
    "unknown.Known.foresee": dict(experiment=X("brain"), share=Any(0.9, extra=[-0.1, 1.5])),
    "findings.Limits": dict(reservoir_ml=Least0(1), level=Share(0.2), strength=Share(0.1), leak=Share(0.1)),
    "findings.Setting": dict(pump=X(some_setting().pump), programme=X(some_programme()), refills=X(()), day=Above(3),
                             limits=X(some_setting().limits),
                             model=X(fluid.OnePool(150, 21)), place_cm=X(None), tip_cm=X(None)),
    "findings.Setting.run": dict(fault=X(None)),
    "findings.Setting.look": dict(look=X("log"), fault=X(None)),
    "findings.evidence": dict(delivery=X(some_delivery()), look=X("csf"), day=Least0(1, extra=[9]), limits=X(some_setting().limits),
                              level=Least0(1)),
    "findings.first_seen": dict(setting=X(some_setting()), fault=X(faults.stall(24)), look=X("log"), days=Times([1.0, 2.0])),
    "findings.Suspect": dict(fault=X(None), chance=Above(1)),
    "findings.Trust": dict(misses=Share(0.1), false=Share(0.1)),
    "findings.some_suspects": dict(setting=X(some_setting()), seed=Whole(1), each=Whole(1, extra=[0])),
    "findings.Puzzle": dict(setting=X(some_setting()), suspects=X([findings.Suspect(None), findings.Suspect(faults.stall(24))]), trust=X(None)),
    "findings.Puzzle.alike": dict(looks=X(("log",))),
    "findings.Puzzle.likelihood": dict(look=X("log"), reads=X("stall")),
    "findings.Puzzle.by_kind": dict(chances=Numbers([0.5, 0.5], length=2)),
    "findings.Puzzle.doubt": dict(chances=Numbers([0.5, 0.5], length=2)),
    "findings.Puzzle.worth": dict(look=X("log"), chances=Numbers([0.5, 0.5], length=2)),
    "findings.Puzzle.case": dict(seed=Whole(1)),
    **{f"findings.Case.{name}": dict(made=X(lambda: some_puzzle().case(1)), bought=X(("log",))) for name in ("chances", "beliefs", "bits")},
    "findings.Case.still_possible": dict(made=X(lambda: some_puzzle().case(1)), bought=X(()), least=Share(0.1)),
    "findings.Case.cannot_tell": dict(made=X(lambda: some_puzzle().case(1)), bought=X(()), sure=Share(0.9)),
    "findings.Case.worth": dict(made=X(lambda: some_puzzle().case(1)), look=X("log"), bought=X(())),
    "findings.cases": dict(setting=X(some_setting()), seed=Whole(1), count=Whole(2, extra=[0]), trust=X(None), each=Whole(1, extra=[0])),
    "settling.levels": dict(model=X(some_canal()), schedule=X(SCHEDULE), times=Times(TIMES), places_cm=FieldLeast0(20, extra=[61]),
                            position_cm=HEIGHT),
    "settling.settled_day": dict(model=X(some_canal()), schedule=X(dosing.Bolus(2)), times=Times(TIMES), places_cm=FieldLeast0(20, extra=[61]),
                                 position_cm=HEIGHT, every_h=Above(24)),
    "settling.step_share": dict(model=X(some_canal()), times=Times(TIMES), places_cm=FieldLeast0(20, extra=[61]), position_cm=HEIGHT),
    "settling.hours_to_share": dict(model=X(some_canal()), share=Share(0.5, extra=[0, 1]), place_cm=Least0(20, extra=[61]), position_cm=HEIGHT),
    # -- what a curve means --------------------------------------------------------------------------------------
    **{f"exposure.{name}": dict(times=Times(TIMES, negative=True), levels=Numbers(LEVELS, length=4))
       for name in ("peak", "time_to_peak", "trough", "auc", "mean", "fluctuation")},
    "exposure.window": dict(times=Times(TIMES, negative=True), levels=Numbers(LEVELS, length=4), start=Any(0.5, extra=[-1, 9]),
                            stop=Any(3.0, extra=[0.25, 9])),
    "exposure.time_above": dict(times=Times(TIMES, negative=True), levels=Numbers(LEVELS, length=4), threshold=Any(1.0)),
    "exposure.first_arrival": dict(times=Times(TIMES, negative=True), levels=Numbers(LEVELS, length=4), share=Share(0.5)),
    "exposure.spread": dict(edges=Times([0, 1, 2, 4], negative=True), amounts=Numbers([1.0, 2.0, 1.0], length=3), share=Share(0.5)),
    "exposure.where": dict(edges=Times([0, 1, 2, 4], negative=True), amounts=Numbers([1.0, 2.0, 1.0], length=3), shares=FieldShare(0.5)),
    "exposure.accumulation": dict(half_life_h=FieldAbove(4), every_h=FieldAbove(8)),
    "exposure.accumulated": dict(times=Times(TIMES, negative=True), levels=Numbers(LEVELS, length=4), every_h=Above(1.5, extra=[3])),
    "exposure.Fall.straight": dict(made=X(lambda: exposure.fall(range(6), FALLING)), tolerance=Least0(0.1)),
    "exposure.fall": dict(times=Times(range(6), negative=True), levels=Numbers(FALLING, length=6)),
    "exposure.half_life": dict(times=Times(range(6), negative=True), levels=Numbers(FALLING, length=6), tolerance=Least0(0.1)),
    "exposure.terminal_half_life": dict(times=Times(range(6), negative=True), levels=Numbers(FALLING, length=6), tolerance=Least0(0.1)),
    "exposure.targeting": dict(target_area=Least0(2), plasma_area=Above(1), target_area_by_vein=Least0(1), plasma_area_by_vein=Above(2)),
    "exposure.two_box_areas": dict(plasma_clearance_ml_per_h=Above(6000), fluid_clearance_ml_per_h=Above(21), inflow_ml_per_h=Least0(1)),
    "exposure.two_box_advantage": dict(plasma_clearance_ml_per_h=FieldAbove(6000), inflow_ml_per_h=FieldLeast0(1)),
    "penetration.slowed_diffusion": dict(free_diffusion=FieldLeast0(0.02), tortuosity=FieldAbove(1.6, extra=[0.5])),
    "penetration.tortuosity": dict(free_diffusion=FieldAbove(0.02), diffusion_in_tissue=FieldAbove(0.008)),
    "penetration.depth_cm": dict(diffusion_cm2_per_h=FieldLeast0(0.01), loss_per_h=FieldLeast0(0.5)),
    "penetration.loss_for": dict(diffusion_cm2_per_h=FieldLeast0(0.01), depth_cm=FieldAbove(0.1)),
    "penetration.reach_cm": dict(depth_cm=FieldLeast0(0.1), fold=FieldAbove(10, extra=[0.5])),
    "penetration.diffusion_time_h": dict(distance_cm=FieldLeast0(0.1), diffusion_cm2_per_h=FieldAbove(0.01)),
    "penetration.steady_level": dict(x_cm=FieldLeast0(0.1), depth_cm=FieldAbove(0.1)),
    "penetration.level_in_time": dict(x_cm=FieldLeast0(0.1), hours=FieldLeast0(3), diffusion_cm2_per_h=Above(0.01), loss_per_h=Least0(0.5)),
    "penetration.film_mean": dict(thickness_cm=FieldLeast0(0.1), depth_cm=FieldAbove(0.1)),
    "penetration.film_lowest": dict(thickness_cm=FieldLeast0(0.1), depth_cm=FieldAbove(0.1)),
    "penetration.mass_mean": dict(radius_cm=FieldLeast0(0.1), depth_cm=FieldAbove(0.1)),
    "penetration.mass_centre": dict(radius_cm=FieldLeast0(0.1), depth_cm=FieldAbove(0.1)),
    # -- how sure ------------------------------------------------------------------------------------------------
    "uncertainty.Range": dict(name=X("a"), low=Any(1.0), value=Any(2.0, optional=True, extra=[9]), high=Any(3.0, extra=[0.5]),
                              shape=X("uniform")),
    "uncertainty.Range.of": dict(fact=X(SomeFact), unit=X("mL"), name=X("a"), shape=X("uniform")),
    "uncertainty.Range.across": dict(facts=X([SomeFact]), unit=X("mL"), name=X("a"), shape=X("uniform")),
    "uncertainty.Range.quantile": dict(share=FieldShare(0.5)),
    "uncertainty.Spread": dict(name=X("a"), value=Above(2.0), cv=Least0(0.3)),
    "uncertainty.Spread.quantile": dict(share=FieldShare(0.5)),
    "uncertainty.sample": dict(ranges=X([uncertainty.Range("a", 1, None, 3)]), n=Whole(8, extra=[0]), seed=Whole(1)),
    "uncertainty.run_over": dict(model=X(lambda a: a), ranges=X([uncertainty.Range("a", 1, None, 3)]), n=Whole(8, extra=[0]), seed=Whole(1),
                                 at_once=X(False),
                                 shares=Numbers([0.1, 0.5, 0.9], length=3, extra=[[-0.25, 0.5, 0.9]])),
    "uncertainty.run_both": dict(model=X(lambda a, b: a * b), ranges=X([uncertainty.Range("a", 1, None, 3)]),
                                 spreads=X([uncertainty.Spread("b", 1, 0.2)]),
                                 n=Whole(4, extra=[0]), people=Whole(4,
                                                                     extra=[0]), seed=Whole(1), at_once=X(False), shares=Numbers([0.1, 0.5,
                                                                                                                                  0.9], length=3)),
    "ranking.ranks": dict(values=Numbers([1.0, 3.0, 2.0], empty=False)),
    "ranking.rank_correlation": dict(x=Numbers([1.0, 3.0, 2.0], empty=False), y=Numbers([2.0, 1.0, 5.0], length=3)),
    "uncertainty.what_matters": dict(band=X(some_band()), reading=X(None)),
    "uncertainty.variance_shares": dict(model=X(lambda a: a), ranges=X([uncertainty.Range("a", 1, None, 3)]), n=Whole(8, extra=[3]),
                                        seed=Whole(1), at_once=X(False), reading=X(None)),
    # -- linear systems ------------------------------------------------------------------------------------------
    "linear.Jump": dict(time=X(1.0), amounts=X([1.0, 0.0])),  # checked by the run they are given to
    "linear.Feed": dict(start=X(1.0), stop=X(2.0), rates=X([1.0, 0.0])),
    "linear.LinearSystem": dict(matrix=X([[-1.0, 0.2], [0.3, -0.4]]), method=X(None)),
    "linear.LinearSystem.tridiagonal": dict(lower=Numbers([0.3], length=1), diagonal=Numbers([-1.0, -0.4], empty=False),
                                            upper=Numbers([0.2], length=1), method=X(None)),
    "linear.LinearSystem.steady": dict(rates=Numbers([1.0, 0.0], length=2)),
    "linear.LinearSystem.area": dict(x0=Numbers([1.0, 0.0], length=2)),
    "linear.LinearSystem.run": dict(x0=Numbers([1.0, 0.0], length=2), times=Times(TIMES), inputs=X([linear.Jump(1, [1.0, 0.0])]),
                                    start=Any(0.0)),
    "linear.LinearSystem.periodic": dict(period=Above(6), inputs=X([linear.Jump(1, [1.0, 0.0])])),
    "linear.run_in_turn": dict(stages=X([(0.0, linear.LinearSystem([[-1.0]])), (1.0, linear.LinearSystem([[-2.0]]))]),
                               x0=Numbers([1.0], length=1), times=Times(TIMES), inputs=X([])),
}
