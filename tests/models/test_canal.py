"""The spinal canal against formulas, another solver, and itself on a finer grid."""

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from crossing.models.canal import Pool, SpinalCanal, carried_level, decay_lengths, dispersion_for, tip_level
from crossing.models.dosing import Bolus, Infusion, Schedule, repeat
from crossing.models.exposure import spread

LENGTH, AREA, D, LOSS, DRIFT = 60.0, 1.6, 80.0, 0.15, 2.0
POOL = Pool(volume_ml=200, exchange_ml_per_h=30, loss_per_h=0.3)
HEADS = {"matched": "matched", "closed": "closed", "sink": "sink", "pool": POOL}


def canal(**changes):
    return SpinalCanal(**{**dict(length_cm=LENGTH, area_cm2=AREA, dispersion_cm2_per_h=D, loss_per_h=LOSS), **changes})


# -- closed forms ------------------------------------------------------------------------------------------------

def test_decay_lengths_are_those_of_the_formula():
    root = np.sqrt(DRIFT**2 + 4 * D * LOSS)
    assert decay_lengths(D, LOSS, DRIFT) == pytest.approx((2 * D / (root - DRIFT), 2 * D / (root + DRIFT)))
    assert decay_lengths(D, LOSS, -DRIFT) == pytest.approx(decay_lengths(D, LOSS, DRIFT)[::-1])
    assert decay_lengths(D, LOSS) == pytest.approx((np.sqrt(D / LOSS),) * 2)


def test_decay_lengths_at_the_edges():
    assert decay_lengths(0, LOSS, DRIFT) == pytest.approx((DRIFT / LOSS, 0))
    assert decay_lengths(D, 0, DRIFT) == pytest.approx((np.inf, D / DRIFT))
    assert decay_lengths(D, 0) == (np.inf, np.inf)
    assert decay_lengths(0, LOSS) == (0, 0)


@pytest.mark.parametrize("drift", [0.0, 1.0, -2.0])
def test_the_fitted_dispersion_gives_back_the_ratio_it_was_fitted_to(drift):
    fitted = dispersion_for(0.5, 15, LOSS, drift)
    assert np.exp(-15 / decay_lengths(fitted, LOSS, drift)[0]) == pytest.approx(0.5)


@pytest.mark.parametrize("drift", [0.0, DRIFT, -DRIFT])
def test_a_steady_profile_falls_off_by_the_decay_lengths_on_either_side(drift):
    """Tip far from the tail, so that the closed end does not show; exact at the middles of cells."""
    long = canal(length_cm=400, cells=400, drift_cm_per_h=drift)
    profile, (up, down) = long.steady(300), decay_lengths(D, LOSS, drift)
    z = profile.z
    above, below = (z > 302), (z > 150) & (z < 298)
    assert np.diff(np.log(profile.concentration[above])) == pytest.approx(-1 / up, rel=1e-9)
    assert np.diff(np.log(profile.concentration[below])) == pytest.approx(1 / down, rel=1e-4)
    assert profile.at(300) == pytest.approx(tip_level(1, AREA, D, LOSS, drift), rel=5e-4)


@pytest.mark.parametrize("dispersion", [5.0, 1.0, 0.05, 0.0])
@pytest.mark.parametrize("tip", [20.0, 20.1, 20.25])
def test_downstream_levels_are_right_at_any_ratio_of_drift_to_dispersion(dispersion, tip):
    fast, x = canal(dispersion_cm2_per_h=dispersion, drift_cm_per_h=5.0), np.array([30.0, 40.0])
    exact = tip_level(1, AREA, dispersion, LOSS, 5.0) * np.exp(-(x - tip) / decay_lengths(dispersion, LOSS, 5.0)[0])
    assert fast.steady(tip).at(x) == pytest.approx(exact, rel=2e-4)


@pytest.mark.parametrize("tip", [29.75, 30.0, 30.2])
def test_the_tip_is_read_right_wherever_it_lies_between_cells(tip):
    """A short decay length, where straight lines alone would read the cusp 8 % too low."""
    steep = canal(dispersion_cm2_per_h=1.25)
    assert steep.steady(tip).at(tip) == pytest.approx(tip_level(1, AREA, 1.25, LOSS), rel=6e-3)


def test_a_long_infusion_reads_like_the_steady_profile_also_at_the_tip():
    late = canal().run(Infusion(0, np.inf, 1.0), [200.0], position_cm=30).at([20, 30, 45])
    assert late[0] == pytest.approx(canal().steady(30).at([20, 30, 45]), rel=1e-9)


def test_a_small_bolus_spreads_as_a_gaussian_until_it_meets_an_end():
    times, x = np.array([0.1, 0.3, 0.6]), np.linspace(20, 40, 41)
    run = canal(cells=240, drift_cm_per_h=DRIFT).run(Bolus(0), times, position_cm=30)
    t, moved = times[:, None], x - 30 - DRIFT * times[:, None]
    exact = np.exp(-moved**2 / (4 * D * t) - LOSS * t) / (AREA * np.sqrt(4 * np.pi * D * t))
    assert np.abs(run.at(x) - exact).max(axis=1) == pytest.approx(0, abs=2e-3 * exact.max())


def test_a_slug_spreads_as_the_sum_of_two_error_functions():
    from scipy.special import erf
    x, t, half = np.linspace(15, 45, 61), 0.4, 0.5 * 10 / AREA
    run = canal(cells=240).run(Bolus(0, volume_ml=10), [t], position_cm=30)
    wide = np.sqrt(4 * D * t)
    exact = np.exp(-LOSS * t) / 20 * (erf((x - 30 + half) / wide) - erf((x - 30 - half) / wide))
    assert np.abs(run.at(x)[0] - exact).max() < 5e-4 * exact.max()


def test_strong_mixing_makes_one_pool_of_the_canal():
    run = canal(dispersion_cm2_per_h=1e6, head="closed").run(Bolus(0, volume_ml=5), [0.5, 4.0, 20.0], position_cm=11)
    pool = np.exp(-LOSS * run.times) / (AREA * LENGTH)
    assert run.concentration == pytest.approx(np.repeat(pool[:, None], 120, axis=1), rel=2e-3)


def test_with_no_loss_below_a_sink_the_profile_is_a_straight_line():
    line = canal(loss_per_h=0, head="sink", sink_height_cm=50.3)
    profile, heights = line.steady(20), np.array([0, 10, 20, 30, 40, 50, 50.3, 55, 60])
    exact = np.clip(50.3 - np.maximum(heights, 20), 0, None) / (AREA * D)
    assert profile.at(heights) == pytest.approx(exact, rel=1e-9, abs=1e-12)
    assert profile.amount[profile.z > 50.3].max() == 0


@pytest.mark.parametrize("head", HEADS)
def test_areas_after_a_bolus_are_the_steady_profile_of_an_equal_infusion(head):
    """-A^-1 b serves both, and a long run ends there."""
    it = canal(head=HEADS[head], drift_cm_per_h=0.5)
    run = it.run(Bolus(0), np.linspace(0, 200, 8001), position_cm=11)
    assert it.area_under(11) == pytest.approx(it.steady(11).concentration, rel=1e-12)
    assert np.trapezoid(run.concentration[:, 60], run.times) == pytest.approx(it.area_under(11)[60], rel=1e-4)


def test_drift_alone_carries_the_steady_profile_downstream_only():
    pipe = canal(dispersion_cm2_per_h=0, drift_cm_per_h=3.0)
    profile, x = pipe.steady(24.25), np.array([1.0, 10.0, 30.0])
    assert profile.at(24.25 + x) == pytest.approx(carried_level(1, AREA, LOSS, 3.0, x, 1e9), rel=2e-4)
    assert profile.at([5, 15, 23]) == pytest.approx(0, abs=1e-15)


def test_drift_alone_moves_a_front_at_its_own_speed():
    """Upwind cells smear the front; half of its height still comes by on time."""
    pipe = canal(dispersion_cm2_per_h=0, drift_cm_per_h=3.0)
    times = np.linspace(0, 12, 241)
    level = pipe.run(Infusion(0, np.inf, 1), times, position_cm=24.25).at(44.25)
    half = times[np.argmax(level > 0.5 * pipe.steady(24.25).at(44.25))]
    assert half == pytest.approx(20 / 3.0, rel=0.02)
    assert carried_level(1, AREA, LOSS, 3.0, 20, [6.6, 6.7])[0] == 0 < carried_level(1, AREA, LOSS, 3.0, 20, 6.7)


def test_flow_through_a_widening_canal_leaves_an_even_level_even():
    """Drift is a flow of fluid: where the canal is wide it is slow, and it neither makes nor thins drug."""
    area = np.linspace(1, 3, 120)
    wide = canal(area_cm2=area, loss_per_h=0, drift_cm_per_h=2.0, dispersion_cm2_per_h=20)
    run = wide.run([], [2.0], initial=wide.volume / wide.volume.sum())
    upper = run.concentration[0][wide.z > 50]
    assert upper == pytest.approx(1 / wide.volume.sum(), rel=1e-3)


# -- against another solver, and finer grids ------------------------------------------------------------------------

@pytest.mark.parametrize("settings", [
    dict(), dict(head="closed", drift_cm_per_h=1.5), dict(head=POOL, drift_cm_per_h=-1.0),
    dict(head="sink", sink_height_cm=50.0), dict(dispersion_cm2_per_h=0, drift_cm_per_h=3.0),
    dict(area_cm2=1 + np.sin(np.linspace(0, 6, 60)) ** 2, cells=60, dispersion_cm2_per_h=2.0, drift_cm_per_h=5.0)],
    ids=["plain", "closed", "pool", "sink", "drift alone", "uneven, exponential"])
def test_a_day_agrees_with_another_solver_to_a_millionth_of_the_peak(settings):
    it = canal(**{"cells": 60, **settings})
    schedule = Schedule([Bolus(0, volume_ml=3), Infusion(2, 9, 0.2, position_cm=30)])
    times = np.linspace(0, 24, 49)
    run = it.run(schedule, times, position_cm=11)
    drift_rules = it.dispersion_cm2_per_h < 5
    assert it.system.method == ("exponential" if drift_rules else "symmetric")
    matrix, feed, state = it.system.matrix, it.infuse(30, 0.2), it.bolus(11, 1, 3)
    for begin, end, rates in ((0, 2, 0 * feed), (2, 9, feed), (9, 24, 0 * feed)):
        inside = (times >= begin) & (times <= end)
        other = solve_ivp(lambda t, x: matrix @ x + rates, (begin, end), state, method="LSODA", jac=lambda t, x: matrix,
                          rtol=1e-9, atol=1e-12, t_eval=times[inside])
        state = other.y[:, -1]
        assert np.abs(run.amount[inside][:, : len(state)] - other.y[: it.cells].T).max() < 1e-6 * run.amount.max()


@pytest.mark.parametrize("head", HEADS)
def test_halving_the_cells_quarters_the_error(head):
    area = lambda z: 1.2 + 0.5 * np.cos(z / 9)  # noqa: E731
    def levels(cells):
        z = (np.arange(cells) + 0.5) * LENGTH / cells
        it = canal(area_cm2=area(z), cells=cells, head=HEADS[head], drift_cm_per_h=1.0)
        run = it.run(Schedule([Bolus(0, volume_ml=6), Infusion(0, 9, 0.5, 40)]), [0.5, 3.0], position_cm=12)
        return run.at([5, 25, 50])
    exact = levels(960)
    coarse, fine = (np.abs(levels(cells) - exact).max() for cells in (60, 120))
    assert np.log2(coarse / fine) == pytest.approx(2.0, abs=0.35)
    assert fine < 5e-4 * exact.max()


# -- loss, stirring and rates by level ---------------------------------------------------------------------------------

def test_the_same_number_for_every_cell_is_the_number():
    one = canal(drift_cm_per_h=1.5, head=POOL)
    many = canal(drift_cm_per_h=1.5, head=POOL, loss_per_h=np.full(120, LOSS), dispersion_cm2_per_h=np.full(120, D))
    assert many.system.matrix == pytest.approx(one.system.matrix, rel=1e-12)
    assert many.steady(30).at([11, 30, 55]) == pytest.approx(one.steady(30).at([11, 30, 55]))


def test_where_the_roots_absorb_more_the_level_falls_off_faster():
    """Two stretches, each with its own decay length, joined at 30 cm; tip far from the ends, exact within 1 %."""
    z = (np.arange(400) + 0.5) * 0.5
    low, high = 0.1, 0.9
    long = canal(length_cm=200, cells=400, loss_per_h=np.where(z < 100, low, high))
    levels = long.steady(60).concentration
    assert np.diff(np.log(levels[(z > 110) & (z < 140)])) == pytest.approx(-0.5 * np.sqrt(high / D), rel=1e-3)
    # Below the join: a wave sent on and one thrown back, in the ratio of the two decay rates.
    a, b = np.sqrt(low / D), np.sqrt(high / D)
    back = (a - b) / (a + b)
    here = (z > 70) & (z < 99)
    size = levels[here] / (np.exp(-a * (z[here] - 100)) + back * np.exp(a * (z[here] - 100)))
    assert size == pytest.approx(size[0], rel=1e-3)


def test_a_stretch_that_is_not_stirred_lets_nothing_through():
    z = (np.arange(120) + 0.5) * 0.5
    dam = canal(dispersion_cm2_per_h=np.where((z > 30) & (z < 31), 0.0, D), head="closed")
    run = dam.run(Bolus(0), [5.0], 11)
    assert run.amount[0, z > 30].max() == 0 and run.amount[0, z < 30].min() > 0


def test_stirring_by_level_is_a_series_of_resistances():
    """No loss, a sink at the head: the level drops by rate times length / (area x D) over each stretch."""
    z = (np.arange(120) + 0.5) * 0.5
    two = canal(loss_per_h=0, head="sink", dispersion_cm2_per_h=np.where(z < 30, 40.0, 160.0)).steady(10)
    assert two.at([10, 20, 29.75, 45, 60]) == pytest.approx((np.array([20, 10, 0.25, 0, 0]) / 40 + np.array([30, 30, 30, 15, 0]) / 160) / AREA, abs=1e-9)


@pytest.mark.parametrize("head", HEADS)
def test_rates_out_are_the_slopes_of_the_tallies(head):
    """What a model of the blood takes in: doses per hour, whose areas are what has left."""
    it = canal(head=HEADS[head], loss_per_h=np.linspace(0.05, 0.4, 120))
    times = np.linspace(0, 12, 4801)
    run = it.run(Schedule([Bolus(0, volume_ml=3), Infusion(2, 6, 0.2, 30)]), times, 11)
    assert set(run.rates) == {"lost_along_canal", "gone_into_head"} | ({"lost_from_pool"} if head == "pool" else set())
    for name, rate in run.rates.items():
        assert rate.shape == (4801,) and rate.min() > -1e-9
        area = np.concatenate([[0], np.cumsum(0.5 * (rate[1:] + rate[:-1]) * np.diff(times))])
        assert area == pytest.approx(run.tallies[name], abs=2e-5)


def test_where_it_was_lost_adds_up_to_what_was_lost():
    it = canal(loss_per_h=np.where(np.arange(120) < 60, 0.4, 0.0), head="sink", sink_height_cm=50.0)
    run = it.run(Bolus(0), [1.0, 4.0], 11)
    assert run.lost_by_cell.shape == (2, 120) and run.lost_by_cell[:, 60:].max() == 0
    assert run.lost_by_cell.sum(axis=1) == pytest.approx(run.tallies["lost_along_canal"])


def test_loss_by_level_keeps_the_second_order():
    def levels(cells):
        z = (np.arange(cells) + 0.5) * LENGTH / cells
        it = canal(loss_per_h=0.2 + 0.15 * np.sin(z / 7), dispersion_cm2_per_h=80 + 40 * np.cos(z / 11), cells=cells, drift_cm_per_h=1.0)
        return it.run(Bolus(0, volume_ml=6), [0.5, 3.0], 12).at([5, 25, 50])
    exact = levels(960)
    coarse, fine = (np.abs(levels(cells) - exact).max() for cells in (60, 120))
    assert np.log2(coarse / fine) > 1.65 and fine < 1e-3 * exact.max()


# -- how it is used ------------------------------------------------------------------------------------------------

def test_a_slug_is_as_long_as_its_volume_asks():
    it = canal()
    slug = it.bolus(30, 1.0, 8.0)
    assert slug.sum() == pytest.approx(1.0)
    assert (slug / it.volume).max() == pytest.approx(1 / 8)
    assert spread(it.edges, slug) == pytest.approx(4 / AREA)
    at_end = it.bolus(0, 1.0, 8.0) / it.volume
    assert at_end[:10] == pytest.approx(1 / 8) and at_end[12] == 0


def test_a_slug_is_shorter_where_the_canal_is_wide():
    it = canal(area_cm2=np.where(np.arange(120) < 60, 1.0, 2.0))
    assert spread(it.edges, it.bolus(15, 1, 6)) == pytest.approx(3.0)
    assert spread(it.edges, it.bolus(45, 1, 6)) == pytest.approx(1.5)


def test_a_rhythm_is_where_days_of_doses_lead():
    it = canal(head=POOL)
    before = it.rhythm(Bolus(2, volume_ml=2), 24, position_cm=11)
    day = it.run(Bolus(2, volume_ml=2), [24.0], position_cm=11, initial=before)
    assert np.append(day.amount[0], day.pool[0]) == pytest.approx(before, rel=1e-10)
    assert day.balance < 1e-9
    long = it.run(repeat(Bolus(2, volume_ml=2), 24, 20), [480.0], position_cm=11)
    assert long.amount[0] == pytest.approx(before[:-1], rel=1e-6)


def test_shapes_of_what_is_read():
    run = canal().run(Bolus(0), np.linspace(0, 2, 7), position_cm=11)
    assert run.concentration.shape == run.amount.shape == (7, 120) and run.z.shape == (120,)
    assert run.at(20).shape == (7,) and run.at([20, 30]).shape == (7, 2)
    assert isinstance(float(canal().steady(11).at(20)), float) and canal().steady(11).at([1, 2]).shape == (2,)
    assert run.pool.shape == (7,) and not run.pool.any()


def test_a_dose_keeps_its_own_place():
    it, times = canal(), [0.5]
    own = it.run(Bolus(0, position_cm=40), times, position_cm=11)
    assert own.at(40)[0] > 5 * own.at(11)[0]


@pytest.mark.parametrize("call, words", [
    (lambda: canal(length_cm=0), ["length_cm", "0", "above 0"]),
    (lambda: canal(area_cm2=[1, 2]), ["area_cm2", "(2,)", "120"]),
    (lambda: canal(area_cm2=-np.ones(120)), ["area_cm2", "-1", "above 0"]),
    (lambda: canal(dispersion_cm2_per_h=-1), ["dispersion_cm2_per_h", "-1", "0 or more"]),
    (lambda: canal(loss_per_h=np.nan), ["loss_per_h", "nan", "0 or more"]),
    (lambda: canal(loss_per_h=[0.1, 0.2]), ["loss_per_h", "(2,)", "120"]),
    (lambda: canal(loss_per_h=-np.ones(120)), ["loss_per_h", "-1", "0 or more"]),
    (lambda: canal(dispersion_cm2_per_h=np.append(np.ones(119), np.inf)), ["dispersion_cm2_per_h", "inf", "finite"]),
    (lambda: canal(dispersion_cm2_per_h=np.append(np.ones(119), -2)), ["dispersion_cm2_per_h", "-2", "0 or more"]),
    (lambda: canal(loss_per_h=None), ["loss_per_h", "None"]),
    (lambda: canal(area_cm2="wide"), ["area_cm2", "wide"]),
    (lambda: canal(drift_cm_per_h=np.inf), ["drift_cm_per_h", "inf", "finite"]),
    (lambda: canal(head="open"), ["head", "open", "matched"]),
    (lambda: canal(sink_height_cm=50), ["sink_height_cm", "50", "sink"]),
    (lambda: canal(head="sink", sink_height_cm=70), ["sink_height_cm", "70", "60"]),
    (lambda: canal(cells=1.5), ["cells", "1.5", "2 or more"]),
    (lambda: canal(head=Pool(0, 1, 1)), ["Pool.volume_ml", "0"]),
    (lambda: canal().steady(61), ["position_cm", "61", "from 0 to 60"]),
    (lambda: canal().steady(11, -1), ["rate", "-1"]),
    (lambda: canal().steady(11).at(-2), ["height_cm", "-2", "from 0 to 60"]),
    (lambda: canal(head="sink", sink_height_cm=30).steady(40), ["position_cm", "40", "below the sink at 30"]),
    (lambda: canal(head="closed", loss_per_h=0).steady(11), ["no way out", "steady"]),
    (lambda: canal().bolus(11, 1, 500), ["volume_ml", "500", "96"]),
    (lambda: canal().run(Bolus(0), [0, 1]), ["position_cm", "None", "height"]),
    (lambda: canal().run(Bolus(0), [1, 0], 11), ["times", "ascending"]),
    (lambda: canal().run(Bolus(0), [1], 11, initial=[1, 2]), ["initial", "(2,)", "120"]),
    (lambda: dispersion_for(1.2, 20, LOSS), ["ratio", "1.2", "between 0 and 1"]),
    (lambda: dispersion_for(0.5, 20, LOSS, 50), ["drift", "50", "at most"]),
    (lambda: tip_level(1, AREA, D, 0), ["dispersion, loss, drift", "settle"]),
    (lambda: carried_level(1, AREA, LOSS, 0, 1, 1), ["drift", "other than 0"]),
])
def test_bad_input_is_named_with_what_was_found_and_wanted(call, words):
    with pytest.raises(ValueError) as error:
        call()
    for word in words:
        assert word in str(error.value)
