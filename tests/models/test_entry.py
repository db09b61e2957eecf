"""Entry into brain: one passage, permeability, walls and pumps, free and bound, leftover blood."""

import numpy as np
import pytest
from hypothesis import given, strategies as st
from scipy.integrate import solve_ivp

from crossing.models.entry import (PassiveLaw, Wall, blood_space, clearance_in, corrected_kp, entry_limits, extraction, kp, kp_uu,
                                   leftover_share, levels, lipophilicity, measured_kp, organ_extraction, permeability_from_ps,
                                   ps_from_extraction, ps_from_permeability, ps_with_ions, share_unionised, two_doors, uptake_gain)

clearances = st.floats(1e-6, 100)
or_none = st.one_of(st.just(0.0), clearances)
shares = st.floats(0, 1)
walls = st.builds(Wall, clearances, or_none, or_none, or_none)


# -- one passage -----------------------------------------------------------------------------------------------------

@given(ps=clearances, flow=clearances)
def test_one_passage_never_takes_more_than_either_limit_allows(ps, flow):
    taken = clearance_in(ps, flow)
    assert 0 <= taken <= min(ps, flow) * (1 + 1e-12)
    assert taken >= 0.63 * min(ps, flow)  # and never less than 63 % of the smaller
    assert clearance_in(60 * ps, 60 * flow) == pytest.approx(60 * taken)  # units may change


@given(flow=clearances, share=st.floats(0, 0.999))
def test_ps_comes_back_from_the_extraction_it_gives(flow, share):
    assert extraction(ps_from_extraction(share, flow), flow) == pytest.approx(share, abs=1e-12)


@given(ps=clearances, flow=clearances, fold=st.floats(1, 50))
def test_more_flow_lowers_the_extraction_and_never_the_uptake(ps, flow, fold):
    assert extraction(ps, flow * fold) <= extraction(ps, flow)
    assert 1 - 1e-12 <= uptake_gain(ps, flow, flow_fold=fold) <= fold * (1 + 1e-12)
    assert 1 - 1e-12 <= uptake_gain(ps, flow, ps_fold=fold) <= fold * (1 + 1e-12)


def test_doubling_flow_and_quadrupling_ps_help_different_drugs():
    """The figures that learners are asked for."""
    ratio = np.array([0.001, 1, 5])
    assert uptake_gain(ratio, 1, flow_fold=2) == pytest.approx([1.00, 1.24, 1.85], abs=0.005)
    assert uptake_gain(ratio, 1, ps_fold=4) == pytest.approx([3.99, 1.55, 1.01], abs=0.005)


def test_the_limit_that_holds_is_named_and_how_closely():
    limits = entry_limits([0.01, 1, 10], 1)
    assert list(limits.limited_by) == ["permeability", "both", "flow"]
    assert limits.of_permeability_limit == pytest.approx([0.995, 0.632, 0.1], abs=1e-3)
    assert limits.of_flow_limit == pytest.approx([0.00995, 0.632, 1.0], abs=1e-3)
    assert limits.clearance == pytest.approx(clearance_in([0.01, 1, 10], 1))
    assert entry_limits(0, 1).limited_by == "permeability"


@given(ps=clearances, flow=clearances, ps_spread=st.floats(0, 1.5), flow_spread=st.floats(0, 1.5))
def test_a_spread_between_places_lowers_the_uptake_of_the_whole(ps, flow, ps_spread, flow_spread):
    whole = organ_extraction(ps, flow, ps_spread, flow_spread)
    assert whole <= extraction(ps, flow) * (1 + 1e-6)
    assert organ_extraction(ps, flow) == pytest.approx(extraction(ps, flow), rel=1e-12)


def test_the_spread_is_the_one_asked_for():
    """Against a sum over many random places."""
    rng, width = np.random.default_rng(5), np.sqrt(np.log(1.25))
    ps, flow = np.exp(width * rng.standard_normal((2, 400_000)) - width**2 / 2)
    assert organ_extraction(1, 1, 0.5, 0.5) == pytest.approx((flow * -np.expm1(-ps / flow)).mean(), rel=3e-3)
    assert organ_extraction([1, 2], 1, 0.5, [[0.1], [0.2]]).shape == (2, 2)


# -- permeability ----------------------------------------------------------------------------------------------------

@given(ps=clearances, log_kow=st.floats(-5, 6), mw=st.floats(18, 900))
def test_a_law_through_one_substance_gives_it_back_and_follows_fat_likeness(ps, log_kow, mw):
    law = PassiveLaw.through(ps, log_kow, mw, low=-6, high=3)
    assert law.ps(log_kow, mw) == pytest.approx(ps, rel=1e-9)
    assert law.ps(log_kow + 1, mw) == pytest.approx(10 * ps, rel=1e-9)
    assert law.ps(log_kow, 4 * mw) == pytest.approx(ps / 2, rel=1e-9)
    at = lipophilicity(log_kow, mw)
    assert law.holds(log_kow, mw) == (-6 <= at <= 3)


def test_permeability_times_surface_is_ps_and_back():
    assert ps_from_permeability(1e-6, 100) == pytest.approx(0.006)
    assert permeability_from_ps(ps_from_permeability(3e-7, 120), 120) == pytest.approx(3e-7)


def test_a_base_is_half_charged_at_its_pka_and_an_acid_the_other_way_round():
    assert share_unionised(8, 8, "base") == share_unionised(8, 8, "acid") == 0.5
    assert share_unionised([7.4, 9.4], 8.4, "base") == pytest.approx([1 / 11, 10 / 11])
    assert share_unionised([7.4, 9.4], 8.4, "acid") == pytest.approx([10 / 11, 1 / 11])
    assert share_unionised(0, 2000, "base") == pytest.approx(0)


@given(ps=clearances, share=shares, ion=st.floats(0, 1))
def test_charge_leaves_ps_between_that_of_the_two_forms(ps, share, ion):
    assert ps * ion * (1 - 1e-12) <= ps_with_ions(ps, share, ps * ion) <= ps * (1 + 1e-12)


# -- walls -----------------------------------------------------------------------------------------------------------

def test_speed_is_not_extent_without_a_pump_and_is_with_one():
    """A drug that crosses 100 times faster: no further without a pump; with one it outruns it."""
    for out, ends in ((0.0, (1.0, 1.0)), (50.0, (0.02, 0.667))):
        slow = Wall(1, cl_out=out)
        assert (slow.kp_uu, slow.faster(100).kp_uu) == pytest.approx(ends, abs=1e-3)
        assert slow.faster(100).half_time_h(1) < slow.half_time_h(1)
    assert kp_uu([1, 10, 100, 1000], cl_out=50) == pytest.approx([0.02, 0.17, 0.67, 0.95], abs=0.004)


@given(wall=walls, space=st.floats(0.2, 50), half_life=st.one_of(st.just(np.inf), st.floats(0.05, 50)))
def test_the_level_in_time_agrees_with_another_solver(wall, space, half_life):
    rate, fall = wall.rate_per_h(space), np.log(2) / half_life
    times = np.linspace(0, 4 * min(np.log(2) / rate, 10), 9)
    run = solve_ivp(lambda t, c: rate * (wall.kp_uu * np.exp(-fall * t) - c), (0, times[-1]), [0.0], t_eval=times,
                    rtol=1e-10, atol=1e-12 * wall.kp_uu)
    assert wall.level(times, space, half_life) == pytest.approx(run.y[0], rel=1e-6, abs=1e-9 * wall.kp_uu)


@given(wall=walls, space=st.floats(0.2, 50), half_life=st.floats(0.05, 50), level=st.floats(0, 9))
def test_the_level_starts_at_none_ends_at_the_ratio_and_is_in_proportion(wall, space, half_life, level):
    half = wall.half_time_h(space)
    assert wall.level([0], space)[0] == 0
    assert wall.level([half], space)[0] == pytest.approx(wall.kp_uu / 2)
    assert wall.level([60 * half], space)[0] == pytest.approx(wall.kp_uu)
    assert wall.level([half], space, half_life, level) == pytest.approx(level * wall.level([half], space, half_life))
    assert np.all(wall.level(np.linspace(0, 100, 50), space, half_life) >= 0)


@given(wall=walls, space=st.floats(0.2, 5), half_life=st.floats(0.1, 20), fold=st.floats(0.01, 100))
def test_the_areas_stand_in_the_ratio_whatever_the_speed(wall, space, half_life, fold):
    """Area under brain over area under plasma is Kp,uu; more binding in brain only slows. Time may be measured in anything."""
    slowest = max(half_life, wall.half_time_h(space), wall.half_time_h(space * fold))
    times = slowest * np.concatenate([[0], np.logspace(-8, np.log10(80), 1500)])
    plasma = half_life / np.log(2)
    for held in (space, space * fold):
        assert np.trapezoid(wall.level(times, held, half_life), times) / plasma == pytest.approx(wall.kp_uu, rel=3e-3)
    later = Wall(wall.ps / fold, wall.cl_in / fold, wall.cl_out / fold, wall.q_bulk / fold)
    assert later.level(times * fold, space, half_life * fold) == pytest.approx(wall.level(times, space, half_life), rel=1e-6, abs=1e-12)


def test_equal_rates_lose_no_figures():
    wall = Wall(1)
    half = wall.half_time_h(1)
    times = np.array([0.3, 1.0]) * half
    exact = wall.level(times, 1, half)
    assert exact == pytest.approx(wall.level(times, 1, half * (1 + 1e-9)), rel=1e-6)
    assert exact == pytest.approx(np.log(2) * times / half * 2 ** (-times / half))


@given(ratio=st.floats(0.001, 50), ps=clearances, q=or_none)
def test_a_wall_for_a_ratio_gives_the_ratio_by_one_pump_only(ratio, ps, q):
    wall = Wall.for_ratio(ratio, ps, q)
    assert wall.kp_uu == pytest.approx(ratio, rel=1e-9)
    assert wall.cl_in == 0 or wall.cl_out == 0


@given(wall=walls, share=shares)
def test_pumps_alone_make_the_difference(wall, share):
    passive = wall.ps / (wall.ps + wall.q_bulk)
    assert wall.blocked().kp_uu == pytest.approx(passive)
    low, high = sorted((wall.kp_uu, passive))
    assert low * (1 - 1e-9) <= wall.blocked(share).kp_uu <= high * (1 + 1e-9)
    assert kp_uu(wall.ps, 0, wall.cl_out, wall.q_bulk) <= 1  # no way in but the passive one: never above plasma


@given(ps=clearances, csf_ps=clearances, out=clearances, into=clearances)
def test_two_doors_approach_each_other_when_opposite_pumps_are_blocked(ps, csf_ps, out, into):
    brain, csf = two_doors(Wall(ps, cl_out=out), Wall(csf_ps, cl_in=into), np.linspace(0, 1, 9))
    assert np.all(np.diff(brain) > 0) and np.all(np.diff(csf) < 0)
    assert brain[-1] == pytest.approx(csf[-1]) == 1


def test_a_wall_without_a_way_out_never_settles():
    shut = Wall(0, cl_in=1)
    assert shut.half_time_h(1) == np.inf
    assert shut.level([1.0], 1) == pytest.approx([60])
    with pytest.raises(ValueError, match="a way out"):
        shut.kp_uu


# -- free and bound --------------------------------------------------------------------------------------------------

@given(ratio=st.floats(0.01, 5), fu=st.floats(0.001, 1), space=st.floats(0.2, 100), fold=st.floats(0.01, 10))
def test_binding_moves_the_totals_and_never_the_free_levels(ratio, fu, space, fold):
    plain, bound = levels(ratio, fu, space), levels(ratio, fu, space * fold)
    assert bound.free_brain == plain.free_brain == pytest.approx(ratio)
    assert bound.total_brain == pytest.approx(fold * plain.total_brain)
    freer = levels(ratio, min(1, fu * 2), space)
    assert freer.free_brain == plain.free_brain and freer.total_plasma <= plain.total_plasma
    assert plain.kp == pytest.approx(kp(ratio, fu, space)) == pytest.approx(ratio * fu * space)
    assert plain.log_bb == pytest.approx(np.log10(plain.kp))


def test_a_high_total_may_hide_a_low_free_level():
    """Free ratio 0.3, tenfold more binding in brain: the ratio of totals rises tenfold past 1, the free level stays."""
    shown = levels(0.3, 0.2, [10, 100])
    assert shown.kp == pytest.approx([0.6, 6.0]) and shown.free_brain == pytest.approx([0.3, 0.3])


@given(true=st.floats(0, 5), fu=shares, water=st.floats(0, 0.05), protein=st.floats(0, 0.05))
def test_leftover_blood_is_added_and_taken_off_again(true, fu, water, protein):
    space = blood_space(fu, water, protein)
    assert min(water, protein) - 1e-15 <= space <= max(water, protein) + 1e-15
    shown = measured_kp(true, space)
    assert shown >= space
    assert corrected_kp(shown, space) == pytest.approx(true, abs=1e-12)
    assert corrected_kp(space / 2, space) <= 0


def test_the_share_that_is_only_blood_falls_as_drug_gets_in():
    found = leftover_share(np.logspace(-6, 1, 20), 0.01)
    assert np.all(np.diff(found) < 0) and found[0] > 0.999 and found[-1] < 0.002


@pytest.mark.parametrize("call, words", [
    (lambda: kp_uu(0), ["ps + cl_out + q_bulk", "0", "a way out"]),
    (lambda: share_unionised(7, 8, "salt"), ["kind", "salt", '"acid" or "base"']),
    (lambda: two_doors(1, Wall(1)), ["brain", "1", "a Wall"]),
    (lambda: two_doors(Wall(1), Wall(1), [0.5, 1.5]), ["blocked", "1.5", "0 to 1"]),
    (lambda: PassiveLaw(1, 0, 2, 1), ["high", "1", "above low, 2"]),
    (lambda: ps_from_extraction([0.5, 1.0], 1), ["extracted", "1.0", "below 1"]),
    (lambda: Wall(1, cl_out=-2), ["cl_out", "-2", "0 or more"]),
    (lambda: Wall(1).level([2, 1], 1), ["times_h", "ascending"]),
    (lambda: Wall(1).level([1], 1, 0), ["plasma_half_life_h", "0", "above 0"]),
    (lambda: measured_kp(1, 1.0), ["space_ml_per_g", "1.0", "less than 1"]),
])
def test_bad_input_is_named_with_what_was_found_and_wanted(call, words):
    with pytest.raises(ValueError) as error:
        call()
    for word in words:
        assert word in str(error.value)
