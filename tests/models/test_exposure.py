"""What is read from a curve: peak, trough, area, time above, spread."""

import numpy as np
import pytest
from comparisons import closed_form
from hypothesis import assume, given, strategies as st

from crossing.models import exposure
from crossing.models.dosing import Bolus, repeat
from crossing.models.fluid import OnePool, TwoPools
from crossing.models.linear import LinearSystem

TIMES = np.array([0.0, 1.0, 2.0, 4.0])
TENT = np.array([0.0, 4.0, 2.0, 0.0])


def test_a_tent_has_the_figures_one_can_work_out_by_hand():
    assert exposure.peak(TIMES, TENT) == 4
    assert exposure.time_to_peak(TIMES, TENT) == 1
    assert exposure.trough(TIMES, TENT) == 0
    assert exposure.auc(TIMES, TENT) == pytest.approx(7.0)
    assert exposure.mean(TIMES, TENT) == pytest.approx(1.75)
    assert exposure.fluctuation(TIMES, TENT) == pytest.approx(4 / 1.75)
    assert exposure.time_above(TIMES, TENT, 1.0) == pytest.approx(3 - 0.25)
    assert exposure.first_arrival(TIMES, TENT, 0.5) == pytest.approx(0.5)


def test_several_places_are_read_at_once():
    both = np.column_stack([TENT, 2 * TENT])
    assert exposure.peak(TIMES, both) == pytest.approx([4, 8])
    assert exposure.auc(TIMES, both) == pytest.approx([7, 14])
    assert exposure.time_above(TIMES, both, 2.0) == pytest.approx([1.5, 2.75])
    assert exposure.first_arrival(TIMES, both, 0.25) == pytest.approx([0.25, 0.25])
    assert exposure.fluctuation(TIMES, both) == pytest.approx([4 / 1.75] * 2)


def test_a_window_fills_in_its_ends():
    times, levels = exposure.window(TIMES, TENT, 0.5, 3.0)
    assert times.tolist() == [0.5, 1, 2, 3] and levels.tolist() == [2, 4, 2, 1]
    _, both = exposure.window(TIMES, np.column_stack([TENT, TENT]), 0.5, 3.0)
    assert both.shape == (4, 2)


def test_a_curve_that_never_leaves_zero():
    nothing = np.zeros(4)
    assert exposure.fluctuation(TIMES, nothing) == 0
    assert exposure.time_above(TIMES, nothing, 0.0) == 0
    assert np.isnan(exposure.first_arrival(TIMES, nothing, 0.01))
    assert np.isnan(exposure.spread([0, 1, 2], [0, 0]))


def test_spread_is_where_the_middle_half_lies():
    assert exposure.spread([0, 10, 20], [1, 1]) == pytest.approx(10.0)
    assert exposure.spread([0, 10, 20], [[1, 0], [0, 1]]) == pytest.approx([5.0, 5.0])
    assert exposure.where([0, 10, 20], [1, 1], [0, 0.25, 1]) == pytest.approx([0, 5, 20])


@given(st.lists(st.floats(0, 100), min_size=3, max_size=20), st.floats(0, 100))
def test_time_above_never_exceeds_the_time_and_falls_with_the_threshold(levels, threshold):
    times = np.linspace(0, 5, len(levels))
    above = exposure.time_above(times, levels, threshold)
    assert -1e-9 <= above <= 5 + 1e-9
    assert exposure.time_above(times, levels, threshold + 1) <= above + 1e-9


@given(st.floats(0.2, 20), st.floats(0.5, 30))
def test_doses_pile_up_as_the_formula_says_and_the_long_run_agrees(half_life, every):
    factor = exposure.accumulation(half_life, every)
    assert factor >= 1
    times = np.linspace(0, every, 5)[:-1]
    pool = OnePool(100, np.log(2) / half_life * 100)
    doses = int(np.ceil(40 * half_life / every)) + 2
    assume(doses < 300 and every < 20 * half_life)  # below that a level is lost in rounding
    run = pool.run(repeat(Bolus(0), every, doses), np.concatenate([times, (doses - 1) * every + times])).fluid
    assert run[4:] / run[:4] == pytest.approx(np.full(4, factor), rel=1e-6)


def test_accumulation_depends_on_the_spacing_in_half_lives_alone():
    assert exposure.accumulation(24, 24) == pytest.approx(2.0)
    assert exposure.accumulation([6, 12, 24], [6, 12, 24]) == pytest.approx([2, 2, 2])
    assert exposure.accumulation(1, 100) == pytest.approx(1.0)


def test_accumulated_is_read_from_the_curve_itself():
    times = np.linspace(0, 240, 4801)
    level = OnePool(100, np.log(2) / 12 * 100).run(repeat(Bolus(0), 24, 10), times).fluid
    assert exposure.accumulated(times, level, 24) == pytest.approx(exposure.accumulation(12, 24), rel=2e-3)
    both = np.column_stack([level, np.zeros(times.size)])
    found = exposure.accumulated(times, both, 24)
    assert found[0] == pytest.approx(exposure.accumulation(12, 24), rel=2e-3) and np.isnan(found[1])


@given(st.floats(0.1, 50), st.floats(0.01, 100))
def test_a_half_life_is_read_back_whatever_the_units(half_life, scale):
    times = np.linspace(0, 3 * half_life, 30)
    levels = scale * 2 ** (-times / half_life)
    assert exposure.half_life(times, levels) == pytest.approx(half_life, rel=1e-6)
    assert exposure.half_life(times * 60, levels) == pytest.approx(half_life * 60, rel=1e-6)
    assert exposure.fall(times, levels).straight()


def test_two_phases_have_no_one_half_life_but_a_terminal_one():
    pools = TwoPools(100, 5000, 30, 20)
    times = np.linspace(0, 4 * pools.slow_half_life_h, 400)
    level = pools.run(Bolus(0), times).fluid
    with pytest.raises(ValueError, match="one phase"):
        exposure.half_life(times, level)
    bend = exposure.fall(times[:20], level[:20])
    assert bend.early_h < bend.late_h and not bend.straight()
    last = exposure.terminal_half_life(times, level, 0.01)
    assert last.half_life_h == pytest.approx(pools.slow_half_life_h, rel=0.02)
    assert last.start_h > 0


def test_a_curve_not_followed_long_enough_has_no_terminal_half_life():
    pools = TwoPools(100, 5000, 30, 20)
    times = np.linspace(0, 0.2 * pools.slow_half_life_h, 400)
    with pytest.raises(ValueError, match="followed for longer"):
        exposure.terminal_half_life(times, pools.run(Bolus(0), times).fluid)


def test_a_level_that_does_not_fall_has_no_half_life():
    with pytest.raises(ValueError, match="one phase"):
        exposure.half_life(range(6), np.full(6, 2.0))
    with pytest.raises(ValueError, match="at least 4"):
        exposure.half_life(range(6), np.arange(6.0))


@closed_form("targeting advantage")
@given(st.floats(1, 1e5), st.floats(1, 1e3), st.floats(0.01, 1e3))
def test_the_advantage_in_two_boxes_is_free_of_the_clearance_of_the_fluid(plasma, fluid, inflow):
    """1 + CL_plasma / Q_in: from the closed areas, and from a system solved without them."""
    areas = exposure.two_box_areas(plasma, fluid, inflow)
    assert areas.targeting.advantage == pytest.approx(exposure.two_box_advantage(plasma, inflow), rel=1e-9)
    assert exposure.two_box_areas(plasma, 7 * fluid, inflow).targeting.advantage == pytest.approx(areas.targeting.advantage)
    v_fluid, v_plasma = 150.0, 3000.0
    system = LinearSystem([[-fluid / v_fluid, inflow / v_plasma], [fluid / v_fluid, -(inflow + plasma) / v_plasma]])
    by_fluid, by_vein = (system.area(dose) / [v_fluid, v_plasma] for dose in ([1, 0], [0, 1]))
    assert by_fluid == pytest.approx([areas.fluid_by_fluid, areas.plasma_by_fluid], rel=1e-9)
    assert by_vein == pytest.approx([areas.fluid_by_vein, areas.plasma_by_vein], rel=1e-9)
    # Nothing vanishes: what was given into the fluid makes the same area in blood as after a vein injection.
    assert by_fluid[1] == pytest.approx(by_vein[1])


def test_a_road_that_reaches_what_the_vein_does_not_has_no_finite_advantage():
    assert exposure.two_box_advantage(100.0, 0.0) == np.inf
    assert exposure.targeting(5, 1, 0, 2).advantage == np.inf
    found = exposure.targeting(5, 1, 1, 2)
    assert found.ratio == 5 and found.by_vein == 0.5 and found.advantage == 10


@pytest.mark.parametrize("call, words", [
    (lambda: exposure.peak([0, 1], [1, 2, 3]), ["levels", "(3,)", "(2,)"]),
    (lambda: exposure.peak([1, 0], [1, 2]), ["times", "ascending"]),
    (lambda: exposure.auc([0, 1], [1, np.inf]), ["levels", "inf", "finite"]),
    (lambda: exposure.window([0, 1], [1, 2], 0, 3), ["stop", "3", "from 0 to 1"]),
    (lambda: exposure.first_arrival([0, 1], [1, 2], 3), ["share", "3", "from 0 to 1"]),
    (lambda: exposure.spread([0, 2, 1], [1, 1]), ["edges", "ascending"]),
    (lambda: exposure.spread([0, 1], [1, 1]), ["amounts", "(2,)", "1 cells"]),
    (lambda: exposure.accumulated([0, 5, 10], [1, 1, 1], 6), ["every_h", "6", "half of the 10 h"]),
    (lambda: exposure.half_life([0, 1, 2, 3], np.ones((4, 2))), ["levels", "(4, 2)", "one curve"]),
    (lambda: exposure.targeting(1, 0, 1, 1), ["plasma_area", "0", "above 0"]),
])
def test_bad_input_is_named_with_what_was_found_and_wanted(call, words):
    with pytest.raises(ValueError) as error:
        call()
    for word in words:
        assert word in str(error.value)
