"""What is read from a curve: peak, trough, area, time above, spread."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from crossing.models import exposure

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


@pytest.mark.parametrize("call, words", [
    (lambda: exposure.peak([0, 1], [1, 2, 3]), ["levels", "(3,)", "(2,)"]),
    (lambda: exposure.peak([1, 0], [1, 2]), ["times", "ascending"]),
    (lambda: exposure.auc([0, 1], [1, np.inf]), ["levels", "inf", "finite"]),
    (lambda: exposure.window([0, 1], [1, 2], 0, 3), ["stop", "3", "from 0 to 1"]),
    (lambda: exposure.first_arrival([0, 1], [1, 2], 3), ["share", "3", "from 0 to 1"]),
    (lambda: exposure.spread([0, 2, 1], [1, 1]), ["edges", "ascending"]),
    (lambda: exposure.spread([0, 1], [1, 1]), ["amounts", "(2,)", "1 cells"]),
])
def test_bad_input_is_named_with_what_was_found_and_wanted(call, words):
    with pytest.raises(ValueError) as error:
        call()
    for word in words:
        assert word in str(error.value)
