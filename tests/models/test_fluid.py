"""Fluid as one pool, and as fluid with tissue."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from crossing.models.dosing import Bolus, Infusion, Schedule, repeat_daily
from crossing.models.fluid import OnePool, TwoPools

rates = st.floats(0.01, 100)


def test_one_pool_halves_in_a_half_life():
    pool = OnePool(150, 21)
    times = pool.half_life_h * np.arange(4)
    run = pool.run(Bolus(0), times)
    assert run.fluid * 150 == pytest.approx([1, 0.5, 0.25, 0.125])
    assert run.balance < 1e-12


def test_a_doubled_infusion_doubles_the_level_and_settles_no_later():
    pool = OnePool(150, 21)
    times = np.linspace(0, 60, 61)
    one, two = (pool.run(Infusion(0, np.inf, rate), times).fluid for rate in (1.0, 2.0))
    assert two == pytest.approx(2 * one)
    assert one[-1] == pytest.approx(pool.steady(1.0), rel=1e-3)


def test_without_tissue_clearance_the_area_in_both_pools_is_the_same():
    """Nothing leaves from the tissue, so over time as much comes back as went in: dose / clearance in both."""
    fluid, tissue = TwoPools(100, 5000, 10, 20).area()
    assert fluid == pytest.approx(1 / 20) and tissue == pytest.approx(1 / 20)


@given(volume=rates, tissue=rates, exchange=rates, clearance=rates, tissue_clearance=st.floats(0, 10))
def test_two_pools_balance_and_their_half_lives_are_those_of_the_run(volume, tissue, exchange, clearance, tissue_clearance):
    pools = TwoPools(volume, tissue, exchange, clearance, tissue_clearance)
    run = pools.run(Schedule([Bolus(0), Infusion(1, 9, 0.1)]), np.linspace(0, 48, 60))
    assert run.balance < 1e-9
    assert min(run.fluid.min(), run.tissue.min()) >= -1e-12 * run.fluid.max()
    values = np.sort(np.linalg.eigvals(pools.system.matrix))
    assert pools.half_lives_h == pytest.approx(tuple(-np.log(2) / values), rel=1e-6)
    assert pools.slow_half_life_h >= 0.999 * pools.without_tissue.half_life_h or tissue_clearance > 0


def test_daily_doses_add_up_as_single_ones_do():
    pools = TwoPools(100, 900, 10, 20)
    times = np.linspace(0, 96, 97)
    daily = pools.run(repeat_daily(Bolus(2), 4), times)
    singles = sum(pools.run(Bolus(2 + 24 * day), times).tissue for day in range(4))
    assert daily.tissue == pytest.approx(singles, rel=1e-10)


@pytest.mark.parametrize("call, words", [
    (lambda: OnePool(0, 1), ["volume_ml", "0", "above 0"]),
    (lambda: OnePool(1, -1), ["clearance_ml_per_h", "-1"]),
    (lambda: TwoPools(1, 1, 0, 1), ["exchange_ml_per_h", "0", "above 0"]),
    (lambda: OnePool(1, 0).steady(1), ["no way out", "steady"]),
    (lambda: OnePool(1, 1).run(Bolus(0), [-1]), ["times", "-1"]),
])
def test_bad_input_is_named_with_what_was_found_and_wanted(call, words):
    with pytest.raises(ValueError) as error:
        call()
    for word in words:
        assert word in str(error.value)
