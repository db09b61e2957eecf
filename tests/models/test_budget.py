"""How much fluid, how much made, how soon renewed: and that only the ratio of the two is known."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from crossing.models.budget import (Body, bulk_half_life_h, combine, flow_that_fits, renewed, same_dose, split_clearance,
                                    time_to_renew_h, turnover_per_day, volume_that_fits)
from crossing.models.dosing import Bolus
from crossing.models.fluid import OnePool

volumes, flows, hours = st.floats(5, 1000), st.floats(0.5, 100), st.floats(0, 100)


def test_one_turnover_leaves_a_third_of_the_old_fluid():
    """Turnover is not replacement: when as much was made as there is, 63 % is new, and a half-life had passed long before."""
    one_turnover = 24 / turnover_per_day(150, 20)
    assert one_turnover == pytest.approx(7.5)
    assert renewed(150, 20, one_turnover) == pytest.approx(1 - np.exp(-1))
    assert bulk_half_life_h(150, 20) == pytest.approx(np.log(2) * one_turnover)
    assert time_to_renew_h(150, 20, 0.99) == pytest.approx(np.log(100) * one_turnover)


@given(volumes, flows, hours)
def test_renewal_and_the_time_for_it_are_each_others_inverse(volume, flow, time):
    share = renewed(volume, flow, time)
    assert 0 <= share <= 1
    if share < 0.999:
        assert time_to_renew_h(volume, flow, share) == pytest.approx(time, rel=1e-9, abs=1e-9)
    assert renewed(volume, flow, bulk_half_life_h(volume, flow)) == pytest.approx(0.5)


@given(volumes, flows, st.floats(0.01, 100))
def test_scaling_volume_and_flow_together_changes_no_time(volume, flow, factor):
    assert bulk_half_life_h(volume * factor, flow * factor) == pytest.approx(bulk_half_life_h(volume, flow))
    assert turnover_per_day(volume * factor, flow * factor) == pytest.approx(turnover_per_day(volume, flow))
    assert bulk_half_life_h(volume, flow) * turnover_per_day(volume, flow) == pytest.approx(24 * np.log(2))


@given(st.floats(0.1, 50), volumes)
def test_every_pair_on_the_line_fades_alike_but_starts_elsewhere(half_life, volume):
    times = np.linspace(0, 24, 9)
    pair, other = (Body("here", v, flow_that_fits(half_life, v)) for v in (volume, 3 * volume))
    one, two = same_dose([pair, other], times)
    assert one / one[0] == pytest.approx(two / two[0])
    assert one[0] == pytest.approx(3 * two[0])  # what a half-life cannot tell, the level at the start can
    assert volume_that_fits(half_life, pair.flow_ml_per_h) == pytest.approx(volume)


def test_the_same_dose_in_a_body_is_that_of_one_pool():
    body = Body("some", 120, 15, 5)
    times = np.linspace(0, 20, 11)
    pool = OnePool(120, 20)
    assert same_dose([body], times, 2.0)[0] == pytest.approx(pool.run(Bolus(0, 2.0), times).fluid)
    assert body.half_life_h == pytest.approx(pool.half_life_h) and body.area == pytest.approx(pool.area())
    assert body.turnover_per_day == pytest.approx(3.0)  # other ways out clear the drug, they renew no fluid


@given(volumes, flows, st.floats(1.1, 5))
def test_volume_sets_the_start_and_formation_the_area(volume, flow, factor):
    small, large, fast = Body("a", volume, flow), Body("b", volume * factor, flow), Body("c", volume, flow * factor)
    assert small.start_level == pytest.approx(factor * large.start_level) and small.area == large.area
    assert small.start_level == fast.start_level and small.area == pytest.approx(factor * fast.area)


def test_the_table_of_volumes_and_formations():
    table = combine([150, 360], [20, 40])
    assert table.half_life_h.shape == (2, 2)
    assert table.half_life_h[1, 0] == pytest.approx(bulk_half_life_h(360, 20))
    assert table.turnover_per_day[0, 1] == pytest.approx(6.4)
    assert table.span == pytest.approx(2.4 * 2)
    # 150 with 20 and 300 with 40 lie on one line; here only the first and the near miss 360 with 40 count.
    assert table.fits(5.2, within=0.25).tolist() == [[True, False], [False, True]]


def test_a_clearance_is_parted_into_bulk_flow_and_the_rest():
    both = split_clearance(60, 20)
    assert both.rest_ml_per_h == 40 and both.share_by_bulk == pytest.approx(1 / 3)
    assert both.verdict == "other ways out too"
    assert split_clearance(22, 20).verdict == "bulk flow alone"
    less = split_clearance(12, 20)
    assert less.verdict == "slower than the fluid" and less.rest_ml_per_h < 0 and np.isnan(less.share_by_bulk)
    assert {both.means, split_clearance(22, 20).means, less.means}.__len__() == 3


def test_nothing_made_is_never_renewed():
    assert bulk_half_life_h(150, 0) == np.inf and renewed(150, 0, 1000) == 0 and time_to_renew_h(150, 0, 0.5) == np.inf


@pytest.mark.parametrize("call, words", [
    (lambda: time_to_renew_h(150, 20, 1), ["share", "1", "never goes"]),
    (lambda: bulk_half_life_h([150, -2], 20), ["volume_ml", "-2", "above 0"]),
    (lambda: combine([], [1]), ["volumes_ml", "[]", "at least one"]),
    (lambda: combine([1], [0]), ["flows_ml_per_h", "0"]),
    (lambda: same_dose([], [0]), ["bodies", "at least one Body"]),
    (lambda: same_dose([Body("a", 1, 1)], [1, 0]), ["times", "ascending"]),
    (lambda: Body("", 1, 1), ["name", "''"]),
])
def test_bad_input_is_named_with_what_was_found_and_wanted(call, words):
    with pytest.raises(ValueError) as error:
        call()
    for word in words:
        assert word in str(error.value)
