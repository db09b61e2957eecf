"""What must hold for the body of the course whatever its parameters: accounts, signs, proportion, sums, scaling of time and units.

Parameters range over everything a slider may set: from a tenth to ten times each value, shares from 0 to 1.
"""

import numpy as np
import pytest
from drugs import canal
from hypothesis import given, settings, strategies as st

from crossing.facts import drug_parameters, drugs
from crossing.models.dosing import Bolus, Infusion, Schedule
from crossing.models.routes import PUMPS, Epidural, Lumbar, OpenBarrier, Oral, Vein, Ventricle, course_body

TIMES = np.linspace(0, 48, 25)
NAMES = ["plasma", "lumbar CSF", "cervical CSF", "cisterns", "ventricles", "brain fluid", "brain cells", "cord", "epidural fat"]
SHARES = ("oral_share", "brain_bulk_to_csf_share", "ependyma_share", "choroid_share", "spinal_outflow_share", "free_share")
FIXED = ("canal_length_cm", "lumbar_top_cm", "chest_middle_cm", "neck_base_cm", "lumbar_height_cm", "brain_fluid_share", "barrier_opening")
PER_HOUR = ("ml_per_h", "per_h", "ml_per_g_h", "ml_per_cm2_h", "cm2_per_h")


@st.composite
def parameters(draw):
    known = {name: figure.value for name, figure in drug_parameters(draw(st.sampled_from(drugs()))).items()}
    factor = st.floats(-1, 1).map(lambda power: 10**power)
    values = {name: value if name in FIXED else value * draw(factor) for name, value in known.items()}
    values |= {name: draw(st.floats(0.02, 1.0)) for name in SHARES}
    values |= {name: draw(st.one_of(st.just(0.0), st.floats(0.01, 300))) for name in PUMPS}
    values["cranial_csf_ml"] = values["ventricles_ml"] + draw(st.floats(10, 400))
    values["steady_ml"] = values["central_ml"] * draw(st.floats(1.1, 30))
    return values


bodies = parameters().map(course_body)
boluses = st.builds(Bolus, st.floats(0, 24), st.floats(0, 3))
infusions = st.builds(lambda start, length, rate: Infusion(start, start + length, rate),
                      st.floats(0, 30), st.floats(0.01, 40), st.floats(0, 1))
schedules = st.lists(st.one_of(boluses, infusions), min_size=1, max_size=3).map(
    lambda doses: Schedule(sorted(doses, key=lambda dose: dose.start)))
roads = st.sampled_from([Oral, Vein, Epidural, Lumbar, Ventricle])
routes = st.builds(lambda road, doses: road(doses), roads, schedules)
openings = st.one_of(st.none(), st.builds(lambda fold, start, span: OpenBarrier(fold, start, start + span), st.floats(1, 50),
                                          st.one_of(st.just(0.0), st.floats(0.001, 20)), st.floats(0.1, 20)))
closed = settings(max_examples=60)


@given(bodies, st.lists(routes, min_size=1, max_size=2), openings)
@closed
def test_every_dose_is_accounted_for_and_nothing_goes_below_zero(body, given_, opened):
    run = body.give(given_, TIMES, opened)
    assert run.balance < 1e-9
    dose = max(run.tallies["given"].max(), 1e-9)
    assert run.tallies["given"][-1] == pytest.approx(sum(route.doses.given_by(48.0) for route in given_))
    for name, amount in run.tallies.items():
        assert amount.min() >= -1e-9 * dose, name
        if name in (*body.sinks, "given"):
            assert np.diff(amount).min() >= -1e-9 * dose, name  # what is gone does not come back


@given(bodies, routes, routes, st.floats(0.01, 5))
@closed
def test_doses_add_up_and_scale(body, one, two, factor):
    both, first, second = (body.give(what, TIMES).amount(NAMES) for what in ([one, two], one, two))
    scale = max(one.doses.total, two.doses.total, 1e-9)
    assert both == pytest.approx(first + second, abs=1e-9 * scale)
    more = body.give(type(one)(one.doses.scaled(factor)), TIMES).amount(NAMES)
    assert more == pytest.approx(factor * first, abs=1e-9 * max(factor, 1) * scale)


@given(bodies, roads, st.floats(0, 20))
@closed
def test_a_dose_given_later_is_the_same_curve_later(body, road, hours):
    late = body.give(road(Bolus(hours)), TIMES + hours).amount(NAMES)
    assert late == pytest.approx(body.give(road(Bolus(0)), TIMES).amount(NAMES), abs=1e-9)


@given(bodies, roads)
@closed
def test_a_long_run_ends_at_the_steady_state_and_its_area_at_the_solved_one(body, road):
    slowest = -np.linalg.eigvals(body.matrix).real.max()
    if slowest < 1e-9:
        return  # nothing would be forgotten within a million years
    end = [40 / slowest]
    steady = body.steady(road.place, 0.3)
    assert body.give(road(Infusion(0, np.inf, 0.3)), end).level(NAMES)[0] == pytest.approx(steady.level(NAMES), rel=1e-6, abs=1e-15)
    run = body.give(road(Bolus(0)), end)
    assert run.area_so_far(NAMES)[0] == pytest.approx(run.area(NAMES), rel=1e-6, abs=1e-15)


@given(bodies)
@closed
def test_exposure_of_the_blood_is_what_reaches_it_over_clearance_by_any_road(body):
    """Nothing but liver and kidney takes drug away, so where it went on its way does not matter."""
    clearance, share = body.parameters["clearance_ml_per_h"].value, body.parameters["oral_share"].value
    for road in (Vein, Epidural, Lumbar, Ventricle):
        assert body.areas(road.place).level("plasma") == pytest.approx(1 / clearance, rel=1e-8)
    assert body.areas("gut").level("plasma") == pytest.approx(share / clearance, rel=1e-8)


@given(bodies, st.floats(1.05, 10))
@closed
def test_what_must_rise_rises_and_what_must_fall_falls(body, factor):
    def changed(name):
        return body.changed(**{name: body.parameters[name].value * factor})

    def brain_ratio(it):
        areas = it.areas("plasma")
        return areas.free("brain fluid") / areas.free("plasma")
    slack = 1 + 1e-7
    assert changed("clearance_ml_per_h").areas("lumbar CSF").level("plasma") < body.areas("lumbar CSF").level("plasma")
    assert changed("brain_pump_out_ml_per_g_h").areas("plasma").free("brain fluid") <= body.areas("plasma").free("brain fluid") * slack
    assert changed("brain_pump_in_ml_per_g_h").areas("plasma").free("brain fluid") * slack >= body.areas("plasma").free("brain fluid")
    assert changed("choroid_pump_in_ml_per_h").areas("plasma").free("ventricles") * slack >= body.areas("plasma").free("ventricles")
    assert changed("cells_ml_per_g").areas("plasma").free("brain fluid") == pytest.approx(body.areas("plasma").free("brain fluid"), rel=1e-6)
    assert brain_ratio(changed("clearance_ml_per_h")) == pytest.approx(brain_ratio(body), rel=1e-7)  # set by walls, not by the liver


@given(parameters(), roads, st.floats(0.1, 10))
@closed
def test_everything_twice_as_fast_is_the_same_film_at_twice_the_speed(values, road, speed):
    fast = {name: value * speed if name.endswith(PER_HOUR) else value for name, value in values.items()}
    slow_run, fast_run = course_body(values).give(road(Bolus(0)), TIMES), course_body(fast).give(road(Bolus(0)), TIMES / speed)
    assert fast_run.amount(NAMES) == pytest.approx(slow_run.amount(NAMES), abs=1e-9)
    assert fast_run.area(NAMES) == pytest.approx(slow_run.area(NAMES) / speed, rel=1e-7)


@given(parameters(), roads, st.floats(0.001, 1000))
@closed
def test_litres_for_millilitres_leave_amounts_alone(values, road, size):
    """Every volume and flow in another unit of volume: the same amounts, levels that many times smaller in number."""
    def other(name, value):
        per_volume = name == "brain_weight_g" or name.endswith(("_ml", "ml_per_h", "ml_per_cm2_h"))
        return value * size if per_volume else value
    resized = course_body({name: other(name, value) for name, value in values.items()}).give(road(Bolus(0)), TIMES)
    run = course_body(values).give(road(Bolus(0)), TIMES)
    assert resized.amount(NAMES) == pytest.approx(run.amount(NAMES), abs=1e-9)
    assert resized.level(NAMES) * size == pytest.approx(run.level(NAMES), abs=1e-9 * run.level(NAMES).max())
    assert resized.targeting_advantage(NAMES) == pytest.approx(run.targeting_advantage(NAMES), rel=1e-6, nan_ok=True)


@given(parameters(), roads, schedules)
@settings(max_examples=8)
def test_the_canal_in_full_keeps_the_same_laws(values, road, doses):
    full = course_body(values, canal("morphine", 20))
    run = full.give(road(doses), TIMES)
    assert run.balance < 1e-9
    assert min(amount.min() for amount in run.tallies.values()) >= -1e-9 * max(doses.total, 1e-9)
    assert full.areas(full.place(Lumbar(Bolus(0)), Bolus(0))).level("plasma") == pytest.approx(1 / values["clearance_ml_per_h"], rel=1e-7)
