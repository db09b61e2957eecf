"""Through the nose, and by infusion into tissue."""

import numpy as np
import pytest
from hypothesis import given, strategies as st
from scipy.integrate import solve_ivp

from crossing.models import exposure
from crossing.models.dosing import Bolus, Infusion, Schedule
from crossing.models.side_routes import (NasalBody, TissueInfusion, backflow_ratio, ball_radius_cm, direct_path,
                                         tissue_loss_per_h)

rates = st.floats(0.01, 100)
shares = st.floats(0, 1)


def rat(**changes):
    """A body of round numbers: nothing in these tests depends on them."""
    return NasalBody(**{**dict(plasma_volume_ml=100, clearance_ml_per_h=200, csf_volume_ml=0.3, entry_ml_per_h=0.2,
                               exit_ml_per_h=0.5, emptying_per_h=12), **changes})


# -- nose ----------------------------------------------------------------------------------------------------------------


def test_without_a_direct_path_a_nasal_peak_in_blood_alone_makes_the_fluid_rise():
    times = np.linspace(0, 8, 801)
    run = rat().run(Bolus(0), times)
    assert run.csf.max() > 0.05 * run.plasma.max()
    assert exposure.time_to_peak(times, run.csf) > exposure.time_to_peak(times, run.plasma)


def test_a_fast_nose_peaks_higher_in_the_fluid_than_the_gut_but_the_ratio_is_the_same():
    """The level in the fluid is no test of the path; the ratio of areas is."""
    times = np.linspace(0, 24, 1201)
    body = rat(gut_per_h=0.5, oral_share=1.0)
    nasal, oral = (body.run(Bolus(0), times, route) for route in ("nasal", "oral"))
    assert nasal.csf.max() > 1.5 * oral.csf.max()
    assert body.exposure_ratio("nasal") == pytest.approx(body.exposure_ratio("oral"), rel=1e-9)


@given(entry=rates, exit_=rates, clearance=rates, emptying=rates, swallowed=shares, direct=shares, oral=shares)
def test_targeting_efficiency_is_one_without_a_direct_path_and_that_of_the_formula_with_one(entry, exit_, clearance, emptying,
                                                                                            swallowed, direct, oral):
    swallowed *= 1 - direct
    changes = dict(entry_ml_per_h=entry, exit_ml_per_h=exit_, clearance_ml_per_h=clearance, emptying_per_h=emptying,
                   swallowed_share=swallowed, oral_share=oral)
    body = rat(**changes, direct_share=direct)
    reaching = 1 - swallowed * (1 - oral)
    if reaching > 1e-6:
        assert body.targeting_efficiency == pytest.approx(1 + direct * clearance / (reaching * entry), rel=1e-6)
    if swallowed < 1 or oral > 1e-6:
        assert rat(**changes).targeting_efficiency == pytest.approx(1, rel=1e-8)


@given(entry=rates, exit_=rates, clearance=rates, emptying=rates, swallowed=shares, direct=shares, oral=shares, gut=rates,
       route=st.sampled_from(["nasal", "oral", "intravenous", "into the fluid"]))
def test_every_nasal_dose_is_accounted_for_and_no_level_falls_below_nothing(entry, exit_, clearance, emptying, swallowed, direct,
                                                                            oral, gut, route):
    body = rat(entry_ml_per_h=entry, exit_ml_per_h=exit_, clearance_ml_per_h=clearance, emptying_per_h=emptying,
               swallowed_share=swallowed * (1 - direct), direct_share=direct, oral_share=oral, gut_per_h=gut)
    schedule, times = Schedule([Bolus(0), Infusion(1, 5, 0.2)]), np.linspace(0, 24, 60)
    run = body.run(schedule, times, route)
    assert run.balance < 1e-9
    assert min(amount.min() for amount in run.tallies.values()) > -1e-11
    assert run.plasma.min() >= 0 and run.csf.min() >= 0
    twice = body.run(Schedule([Bolus(0, 2), Infusion(1, 5, 0.4)]), times, route)
    assert twice.csf == pytest.approx(2 * run.csf, rel=1e-9, abs=1e-15)


def test_areas_without_stepping_are_those_of_a_long_run():
    body = rat(swallowed_share=0.3, direct_share=0.05, oral_share=0.4)
    times = np.linspace(0, 60, 60001)
    run = body.run(Bolus(0), times)
    assert body.areas() == pytest.approx((exposure.auc(times, run.plasma), exposure.auc(times, run.csf)), rel=1e-4)


def test_a_small_direct_share_of_the_dose_can_be_most_of_what_the_fluid_sees():
    """2 % of the dose: blood passes on a thousandth of what it clears, so the direct share dominates."""
    efficiency = rat(direct_share=0.02).targeting_efficiency
    assert 1 - 1 / efficiency > 0.9


def test_what_leaves_the_fluid_is_cleared_from_blood():
    """A dose into the fluid gives blood the same area as a dose into a vein."""
    body = rat()
    assert body.areas("into the fluid")[0] == pytest.approx(body.areas("intravenous")[0], rel=1e-12)


def test_two_noisy_ratios_more_animals_narrow_the_interval_and_units_do_not_matter():
    few, many = (direct_path(0.5, 0.1, 0.4, 0.1, animals) for animals in (4, 40))
    assert few.low < many.low < many.efficiency < many.high < few.high
    percent = direct_path(50, 10, 40, 10, 4)
    assert (percent.low, percent.high) == pytest.approx((few.low, few.high))
    assert few.efficiency == pytest.approx(1.25) and few.direct_share == pytest.approx(0.2)


def test_two_noisy_ratios_the_interval_holds_the_truth_as_often_as_it_says():
    random, n, hits = np.random.default_rng(3), 8, 0
    for _ in range(600):
        nasal, vein = random.normal(0.4, 0.08, n), random.normal(0.4, 0.1, n)
        found = direct_path(nasal.mean(), nasal.std(ddof=1), vein.mean(), vein.std(ddof=1), n)
        hits += found.low <= 1 <= found.high
    assert 0.92 < hits / 600 < 0.98


def test_two_noisy_ratios_say_how_much_they_could_have_missed():
    found = direct_path(0.4, 0.16, 0.4, 0.16, 6)
    assert found.direct_share == 0 and found.verdict.startswith("no direct path seen")
    just = direct_path(0.4 / (1 - 1.02 * found.blind_below), 0.16 / (1 - 1.02 * found.blind_below), 0.4, 0.16, 6)
    assert just.low > 1 and "fit a direct path" in just.verdict
    assert "something else differs" in direct_path(0.2, 0.01, 0.4, 0.01, 6).verdict


# -- tissue --------------------------------------------------------------------------------------------------------------

tissues = st.builds(TissueInfusion, flow_ml_per_h=st.floats(1e-3, 1), porosity=st.floats(0.05, 1), loss_per_h=st.floats(0, 5),
                    retardation=st.floats(1, 20), leak_share=st.floats(0, 0.9), tip_radius_cm=st.floats(0, 0.1))


def test_filled_volume_grows_with_the_infused_one_and_radius_with_its_third_root():
    ball = TissueInfusion(0.3, 0.2)
    assert ball.volume_ratio == pytest.approx(5)
    assert ball.treated_volume_ml([1, 2, 4], 0.5) == pytest.approx([1.5, 3, 6])
    assert ball.front_radius_cm(8) / ball.front_radius_cm(1) == pytest.approx(2)
    assert ball.front_radius_cm(1) == pytest.approx(ball_radius_cm(1.5))


def test_speed_falls_with_the_square_of_the_distance():
    ball = TissueInfusion(0.3, 0.2)
    assert ball.speed_cm_per_h(0.5) / ball.speed_cm_per_h(1.0) == pytest.approx(4)


def test_loss_stops_the_drug_and_doubling_the_rate_buys_a_quarter_more_reach():
    ball = TissueInfusion(0.3, 0.2, loss_per_h=0.2)
    assert ball.steady_level(ball.reach_cm(0.1)) == pytest.approx(0.1)
    assert TissueInfusion(0.6, 0.2, loss_per_h=0.2).reach_cm(0.1) / ball.reach_cm(0.1) == pytest.approx(2 ** (1 / 3))
    late = ball.treated_volume_ml([100, 200], 0.1)
    assert late[0] == late[1] == pytest.approx(4 / 3 * np.pi * ball.reach_cm(0.1) ** 3)
    assert TissueInfusion(0.3, 0.2).reach_cm(0.1) == np.inf


def test_binding_delays_the_front_and_leaves_the_settled_levels_alone():
    free, bound = (TissueInfusion(0.3, 0.2, 0.2, retardation) for retardation in (1, 4))
    assert bound.arrival_h(0.7) == pytest.approx(4 * free.arrival_h(0.7))
    assert bound.steady_level([0.3, 0.7]) == pytest.approx(free.steady_level([0.3, 0.7]))


@given(ball=tissues, time=st.floats(0.1, 200))
def test_all_that_is_infused_is_in_the_tissue_lost_or_leaked(ball, time):
    tallies = ball.tallies([0, time])
    assert tallies["in_tissue"] + tallies["lost"] + tallies["leaked"] == pytest.approx(tallies["given"], rel=1e-9)
    # What is said to be in the tissue is the integral of the levels, bound drug included.
    edge = ball.front_radius_cm(time)
    volumes = np.linspace(0, ball.volume_ratio * ball.flow_ml_per_h * time, 20001)
    middle = np.cbrt(3 * 0.5 * (volumes[1:] + volumes[:-1]) / (4 * np.pi) + ball.tip_radius_cm**3)
    held = (ball.level(np.minimum(middle, edge * (1 - 1e-12)), time) * np.diff(volumes)).sum() * ball.porosity * ball.retardation
    assert held == pytest.approx(tallies["in_tissue"][1], rel=1e-3)


@given(ball=tissues, near=st.floats(0.11, 2), step=st.floats(0.01, 1), time=st.floats(0, 100))
def test_levels_lie_between_nothing_and_the_infused_one_and_fall_outwards(ball, near, step, time):
    level = ball.level([near, near + step], time)
    assert 1 >= level[0] >= level[1] >= 0
    assert ball.steady_level(near) >= level[0]


@given(ball=tissues, scale=st.floats(0.1, 10), time=st.floats(0.1, 50), radius=st.floats(0.11, 2))
def test_a_clock_that_runs_faster_changes_no_level(ball, scale, time, radius):
    from dataclasses import replace
    faster = replace(ball, flow_ml_per_h=ball.flow_ml_per_h * scale, loss_per_h=ball.loss_per_h * scale)
    assert faster.steady_level(radius) == pytest.approx(ball.steady_level(radius), rel=1e-9)
    assert faster.front_radius_cm(time / scale) == pytest.approx(ball.front_radius_cm(time), rel=1e-9)


def test_the_formula_with_loss_agrees_with_an_ode_along_the_way_of_the_fluid():
    """dc/dr = -k c / speed, stepped by an independent solver."""
    ball = TissueInfusion(0.3, 0.2, 0.7, tip_radius_cm=0.02)
    radii = np.linspace(0.02, 1.2, 40)
    path = solve_ivp(lambda r, c: -0.7 * c / ball.speed_cm_per_h(r), (0.02, 1.2), [1.0], t_eval=radii, rtol=1e-10, atol=1e-14)
    assert ball.steady_level(radii) == pytest.approx(path.y[0], rel=1e-6, abs=1e-9)


def test_flow_rules_near_the_tip_and_diffusion_far_from_it():
    ball, spread = TissueInfusion(0.3, 0.2), 0.01
    turn = ball.flow_rules_within_cm(spread)
    assert ball.peclet([turn / 3, turn, 3 * turn], spread) == pytest.approx([3, 1, 1 / 3])
    level = ball.steady_level_without_loss([turn / 20, turn, 20 * turn], spread)
    assert level[0] == pytest.approx(1) and level[2] == pytest.approx(1 / 20, rel=0.03)
    # Flow and diffusion together carry the same amount through every ball.
    radii = np.linspace(0.2 * turn, 3 * turn, 4001)
    level = ball.steady_level_without_loss(radii, spread)
    through = 0.3 * level - 4 * np.pi * radii**2 * 0.2 * spread * np.gradient(level, radii, edge_order=2)
    assert through == pytest.approx(np.full(radii.size, 0.3), rel=1e-4)


def test_with_loss_diffusion_may_be_left_out_as_long_as_the_flow_rules():
    """Against a solution with both on a fine grid (cells in r, upwind flow): within 0.02 where the Peclet number is above 30."""
    ball, spread, n = TissueInfusion(0.3, 0.2, 0.2, tip_radius_cm=0.05), 0.002, 4000
    edges = np.linspace(0.05, 2.5, n + 1)
    middles, area, volume = 0.5 * (edges[1:] + edges[:-1]), 4 * np.pi * edges**2, 4 / 3 * np.pi * np.diff(edges**3)
    flow, mix = 0.3, 0.2 * spread * area[1:-1] / np.diff(middles)
    loss = 0.2 * 0.2 * volume
    half = flow / 2  # central: the cells are fine enough
    diagonal = loss.copy()
    diagonal[:-1] += half + mix
    diagonal[1:] += -half + mix
    diagonal[-1] += flow
    from scipy.linalg import solve_banded
    bands = np.zeros((3, n))
    bands[0, 1:], bands[1], bands[2, :-1] = half - mix, diagonal, -half - mix
    right = np.zeros(n)
    right[0] = flow
    level = solve_banded((1, 1), bands, right)
    near = ball.peclet(middles, spread) > 30
    assert near.sum() > 500
    assert np.abs(level - ball.steady_level(middles))[near].max() < 0.02


@given(loss=st.floats(0.01, 2), flow=st.floats(0.01, 1), radius=st.floats(0.05, 2))
def test_units_leave_results_alone(loss, flow, radius):
    """The same infusion told in minutes and millimetres."""
    assert TissueInfusion(flow, 0.2, loss).steady_level(radius) == pytest.approx(
        TissueInfusion(flow / 60 * 1000, 0.2, loss / 60).steady_level(10 * radius), rel=1e-9)


def test_backflow_a_thinner_tube_allows_more_flow():
    assert backflow_ratio(flow_ratio=2) == pytest.approx(2**0.6)
    assert backflow_ratio(flow_ratio=2, radius_ratio=0.5) < 1
    assert backflow_ratio(flow_ratio=2, radius_ratio=2 ** (-3 / 4)) == pytest.approx(1)
    assert backflow_ratio(stiffness_ratio=2) < 1 < backflow_ratio(resistance_ratio=2)


def test_loss_from_tissue_adds_bulk_flow_and_crossing():
    assert tissue_loss_per_h(2e-4, 0.2) == pytest.approx(0.06)
    assert tissue_loss_per_h(2e-4, 0.2, 4e-4) == pytest.approx(0.18)


# -- bad input -----------------------------------------------------------------------------------------------------------

NAN, INF = float("nan"), float("inf")


@pytest.mark.parametrize("call, words", [
    (lambda: rat(plasma_volume_ml=0), ["plasma_volume_ml", "0", "above 0"]),
    (lambda: rat(clearance_ml_per_h=-1), ["clearance_ml_per_h", "-1"]),
    (lambda: rat(csf_volume_ml=NAN), ["csf_volume_ml", "nan"]),
    (lambda: rat(entry_ml_per_h="much"), ["entry_ml_per_h", "much", "number"]),
    (lambda: rat(exit_ml_per_h=0), ["exit_ml_per_h", "above 0"]),
    (lambda: rat(emptying_per_h=INF), ["emptying_per_h", "inf"]),
    (lambda: rat(direct_share=1.2), ["direct_share", "1.2", "0 to 1"]),
    (lambda: rat(direct_share=0.6, swallowed_share=0.6), ["swallowed_share + direct_share", "1.2", "at most 1"]),
    (lambda: rat(gut_per_h=0), ["gut_per_h"]),
    (lambda: rat(oral_share=-0.1), ["oral_share", "-0.1"]),
    (lambda: rat().run(Bolus(0), [2, 1]), ["times", "ascending"]),
    (lambda: rat().run(Bolus(0), []), ["times", "at least one"]),
    (lambda: rat().run(Bolus(0), [1], "by ear"), ["route", "by ear", "nasal"]),
    (lambda: rat().areas(3), ["route", "3"]),
    (lambda: direct_path(0, 0.1, 1, 0.1, 5), ["nasal", "above 0"]),
    (lambda: direct_path(1, -0.1, 1, 0.1, 5), ["nasal_spread", "-0.1"]),
    (lambda: direct_path(1, 0.1, 1, NAN, 5), ["vein_spread", "nan"]),
    (lambda: direct_path(1, 0.1, 1, 0.1, 1), ["animals", "1", "2 or more"]),
    (lambda: direct_path(1, 0.1, 1, 0.1, 5, "range"), ["spread", "range", "sd"]),
    (lambda: direct_path(1, 0.1, 1, 0.1, 5, confidence=95), ["confidence", "95"]),
    (lambda: TissueInfusion(0, 0.2), ["flow_ml_per_h", "above 0"]),
    (lambda: TissueInfusion(1, 0), ["porosity", "above 0"]),
    (lambda: TissueInfusion(1, 20), ["porosity", "20", "at most 1"]),
    (lambda: TissueInfusion(1, 0.2, -1), ["loss_per_h", "-1"]),
    (lambda: TissueInfusion(1, 0.2, retardation=0.5), ["retardation", "0.5", "1 or more"]),
    (lambda: TissueInfusion(1, 0.2, leak_share=1), ["leak_share", "below 1"]),
    (lambda: TissueInfusion(1, 0.2, tip_radius_cm=INF), ["tip_radius_cm", "inf"]),
    (lambda: TissueInfusion(1, 0.2).speed_cm_per_h(0), ["radius_cm", "above 0"]),
    (lambda: TissueInfusion(1, 0.2).level([1, -1], 1), ["radius_cm", "-1"]),
    (lambda: TissueInfusion(1, 0.2).level(1, NAN), ["time_h", "nan"]),
    (lambda: TissueInfusion(1, 0.2).steady_level("far"), ["radius_cm", "far"]),
    (lambda: TissueInfusion(1, 0.2).steady_level([]), ["radius_cm", "[]"]),
    (lambda: TissueInfusion(1, 0.2).front_radius_cm(-1), ["time_h", "-1"]),
    (lambda: TissueInfusion(1, 0.2).arrival_h(-1), ["radius_cm", "-1"]),
    (lambda: TissueInfusion(1, 0.2).treated_volume_ml(1, 1.5), ["share", "1.5", "below 1"]),
    (lambda: TissueInfusion(1, 0.2).reach_cm(0), ["share", "0"]),
    (lambda: TissueInfusion(1, 0.2).peclet(1, 0), ["diffusion_cm2_per_h", "above 0"]),
    (lambda: TissueInfusion(1, 0.2).flow_rules_within_cm(-1), ["diffusion_cm2_per_h", "-1"]),
    (lambda: TissueInfusion(1, 0.2, 1).steady_level_without_loss(1, 1), ["loss_per_h", "no formula"]),
    (lambda: TissueInfusion(1, 0.2).tallies([2, 1]), ["times", "ascending"]),
    (lambda: ball_radius_cm(-1), ["volume_ml", "-1"]),
    (lambda: tissue_loss_per_h(-1, 0.2), ["bulk_flow_ml_per_g_min", "-1"]),
    (lambda: tissue_loss_per_h(1, 0.2, INF), ["ps_ml_per_g_min", "inf"]),
    (lambda: backflow_ratio(radius_ratio=0), ["radius_ratio", "above 0"]),
])
def test_bad_input_is_named_with_what_was_found_and_wanted(call, words):
    with pytest.raises(ValueError) as error:
        call()
    for word in words:
        assert word in str(error.value)
