"""A barrier opened for a while."""

import numpy as np
import pytest
from hypothesis import given, strategies as st
from scipy.integrate import quad, solve_ivp

from crossing.models.entry import Wall
from crossing.models.linear import Feed, LinearSystem, run_in_turn
from crossing.models.opening import Opening, exposure_gain, half_time_from, least_fold, run

openings = st.builds(Opening, st.floats(1, 50), st.one_of(st.just(0.0), st.floats(0.01, 6)), st.one_of(st.just(0.0), st.floats(0.01, 6)))
half_lives = st.floats(0.05, 50)
given_at = st.one_of(st.just(0.0), st.floats(-5, 8))
slow_ps = st.floats(1e-6, 2)
or_none = st.one_of(st.just(0.0), st.floats(1e-4, 2))


def test_the_barrier_is_shut_before_open_for_a_while_and_closes_by_halves():
    opening = Opening(9, 2, 1)
    assert opening.fold_at([-0.1, 0, 2, 3, 4]) == pytest.approx([1, 9, 9, 5, 3])
    assert Opening(9, 2).fold_at([1.99, 2.0, 2.01]) == pytest.approx([9, 9, 1])
    assert opening.open_hours == pytest.approx(quad(opening.openness, 0, 60, points=[2])[0])


@given(opening=openings, half_life=half_lives, at=given_at)
def test_the_share_that_meets_the_opening_is_the_integral_of_its_definition(opening, half_life, at):
    fall, begin = np.log(2) / half_life, max(at, 0.0)
    ends = [begin, max(begin, opening.hold_h), max(begin, opening.hold_h) + 60 * opening.closing_half_time_h]
    by_sum = sum(quad(lambda t: opening.openness(t) * fall * np.exp(-fall * (t - at)), low, high, epsabs=1e-12, limit=200)[0]
                 for low, high in zip(ends, ends[1:]) if high > low)
    share = opening.share_open(half_life, at)
    assert share == pytest.approx(by_sum, abs=1e-7) and 0 <= share <= 1
    assert opening.most_gain(half_life, at) == pytest.approx(1 + (opening.fold - 1) * share)


@given(opening=openings, ps=slow_ps, out=or_none, space=st.floats(0.2, 5), half_life=half_lives, at=given_at,
       flow=st.one_of(st.none(), st.floats(0.05, 2)))
def test_the_gain_is_within_its_bounds(opening, ps, out, space, half_life, at, flow):
    gain = exposure_gain(opening, ps, space, half_life, cl_out=out, q_bulk=2e-4, drug_time_h=at, flow=flow)
    assert 0 < gain <= opening.most_gain(half_life, at) * (1 + 1e-8)
    if at >= 0:
        assert gain >= 1 - 1e-8
    if opening.open_hours == 0 or opening.fold == 1:
        assert gain == pytest.approx(1)


@given(opening=openings, half_life=half_lives, fold=st.floats(0.02, 50))
def test_hours_may_be_any_unit_of_time(opening, half_life, fold):
    other = Opening(opening.fold, opening.hold_h * fold, opening.closing_half_time_h * fold)
    given = dict(v_u_ml_per_g=0.5, q_bulk=0.0)
    one = exposure_gain(opening, 0.02, plasma_half_life_h=half_life, cl_out=0.1, **given)
    two = exposure_gain(other, 0.02 / fold, plasma_half_life_h=half_life * fold, cl_out=0.1 / fold, **given)
    assert two == pytest.approx(one, rel=1e-9)


@given(opening=openings, ps=st.floats(1e-4, 0.5), out=or_none, half_life=st.floats(0.2, 20), at=given_at)
def test_the_curve_holds_the_gain_and_without_opening_is_the_walls_own(opening, ps, out, half_life, at):
    wall = Wall(ps, cl_out=out, q_bulk=2e-4)
    slowest = max(half_life, wall.half_time_h(0.5), opening.open_hours + opening.closing_half_time_h)
    times = at + slowest * np.concatenate([[0], np.logspace(-6, 2, 2000)])
    times = np.unique(np.concatenate([times, [0.0, opening.hold_h]]))
    found = run(wall, 0.5, opening, half_life, times, at)
    assert found.shut[times >= at] == pytest.approx(wall.level(times[times >= at] - at, 0.5, half_life), rel=1e-9, abs=1e-13)
    assert np.all(found.brain >= 0) and np.all(found.brain[times < at] == 0)
    gain = np.trapezoid(found.brain, times) / np.trapezoid(found.shut, times)
    assert found.gain == pytest.approx(gain, rel=0.02)


def test_a_square_opening_is_the_linear_system_run_in_turn():
    """Plasma as a second state, so that every figure can be had from the exact stepping of linear systems."""
    wall, space, fall = Wall(0.004, cl_out=0.02, q_bulk=2e-4), 0.4, np.log(2) / 1.5

    def system(fold):
        into, out = 60 * (wall.ps * fold) / space, 60 * (wall.ps * fold + wall.cl_out + wall.q_bulk) / space
        return LinearSystem([[-fall, 0.0], [into, -out]])

    times = np.linspace(0, 12, 61)
    path = run_in_turn([(0.0, system(8)), (0.7, system(1))], [1.0, 0.0], times, [Feed(50, 51, [0.0, 0.0])])
    found = run(wall, space, Opening(8, 0.7), 1.5, times)
    assert found.brain == pytest.approx(path.states[:, 1], rel=1e-9, abs=1e-15)
    assert found.plasma == pytest.approx(path.states[:, 0], rel=1e-12)
    rest = run_in_turn([(0.0, system(8)), (0.7, system(1))], [1.0, 0.0], [500.0]).areas[-1, 1]
    assert found.gain == pytest.approx(rest / (wall.kp_uu / fall), rel=1e-9)


@pytest.mark.parametrize("wall, flow, at", [(Wall(0.001, cl_out=0.01), None, -0.5), (Wall(0.5, cl_out=0.3), 0.6, 0.1),
                                            (Wall(1e-4, q_bulk=2e-4), None, 0.9), (Wall(2, cl_out=0.3), None, 0.1)])
def test_the_stairs_of_a_closing_stay_within_a_thousandth(wall, flow, at):
    opening, fall, space = Opening(10, 0.3, 0.7), np.log(2) / 0.8, 0.5

    def change(t, c):
        passive = wall.ps * opening.fold_at(t)
        passive = passive if flow is None else flow * -np.expm1(-passive / flow)
        return 60 / space * (passive * np.exp(-fall * (t - at)) - (passive + wall.cl_out + wall.q_bulk) * c)

    times, start, c, curve = np.linspace(at, at + 8, 200), at, [0.0], []
    for mark in [m for m in (0.0, 0.3) if m > at] + [at + 8.0]:
        inside = times[(times >= start) & (times < mark)] if mark < at + 8 else times[times >= start]
        part = solve_ivp(change, (start, mark), c, method="LSODA", rtol=1e-9, atol=1e-13, dense_output=True)
        curve += list(part.sol(inside)[0]) if inside.size else []
        start, c = mark, part.y[:, -1]
    found = run(wall, space, opening, 0.8, times, at, flow)
    assert np.abs(found.brain - curve).max() < 1e-3 * max(curve)


@pytest.mark.parametrize("out", [0.0, 0.05])
def test_who_gains(out):
    """Opened tenfold at the dose: a slow drug gains most, pumped or not; a quick one next to nothing."""
    opening, ps = Opening(10, 0.5, 0.5), np.array([1e-4, 1e-2, 1.0, 10.0])
    gain = exposure_gain(opening, ps, 0.5, 1.0, cl_out=out, flow=0.5)
    assert np.all(np.diff(gain) < 0) and gain[0] > 0.9 * opening.most_gain(1.0) and gain[-1] < 1.05


def test_opened_too_late_the_door_lets_the_drug_out():
    wall = Wall(0.001, q_bulk=2e-4)
    assert run(wall, 0.5, Opening(30, 3), 0.3, [0.0], drug_time_h=-3).gain < 0.5


def test_a_drug_that_stays_in_blood_gains_less_than_one_that_is_gone_soon():
    opening = Opening(10, 0.7, 0.8)
    shares = opening.share_open(np.array([0.3, 1, 5, 100]))
    assert np.all(np.diff(shares) < 0) and shares[0] > 0.8 and shares[-1] < 0.02
    assert opening.share_open(1.0, np.array([0, 1, 5])) == pytest.approx(sorted(opening.share_open(1.0, np.array([0, 1, 5])))[::-1])


def test_what_else_comes_in_is_counted_in_plasma():
    opening = Opening(11, 1, 0)
    assert opening.plasma_let_in([0, 1e-6]) == pytest.approx([0, 10 * 1e-6 * 60])


def test_a_level_that_does_not_fall_is_allowed_and_gains_nothing_in_the_end():
    found = run(Wall(0.001, cl_out=0.01), 0.5, Opening(10, 1), np.inf, [0, 1, 200])
    assert found.gain == 1 and found.brain[1] > 2 * found.shut[1]
    assert found.brain[2] == pytest.approx(Wall(0.001, cl_out=0.01).kp_uu)


@given(share=st.floats(0.01, 1), gain=st.floats(1, 20), half=st.floats(0.01, 20), hours=st.floats(0.01, 20))
def test_working_back(share, gain, half, hours):
    assert 1 + (least_fold(gain, share) - 1) * share == pytest.approx(gain)
    left = Opening(2, 0, half).openness(hours)
    if 1e-12 < left < 1 - 1e-9:
        assert half_time_from(left, hours) == pytest.approx(half, rel=1e-5)


@pytest.mark.parametrize("call, words", [
    (lambda: Opening(0.5, 1), ["fold", "0.5", "1 or more"]),
    (lambda: Opening(2, -1), ["hold_h", "-1", "0 or more"]),
    (lambda: Opening(2, 1).share_open(0), ["plasma_half_life_h", "0", "above 0"]),
    (lambda: least_fold(0.5, 1), ["gain", "0.5", "1"]),
    (lambda: least_fold(2, 1.5), ["share_open", "1.5", "up to 1"]),
    (lambda: half_time_from(1.0, 1), ["left", "1.0", "below 1"]),
    (lambda: run(1, 1, Opening(2, 1), 1, [1]), ["wall", "1", "a Wall"]),
    (lambda: run(Wall(1), 1, "wide", 1, [1]), ["opening", "wide", "an Opening"]),
    (lambda: run(Wall(1), 1, Opening(2, 1), 1, [2, 1]), ["times_h", "ascending"]),
    (lambda: run(Wall(1), 1, Opening(2, 1), 1, [1], flow=0), ["flow", "0", "above 0"]),
    (lambda: exposure_gain(Opening(2, 1), 0, 1, 1), ["ps", "0", "above 0"]),
])
def test_bad_input_is_named_with_what_was_found_and_wanted(call, words):
    with pytest.raises(ValueError) as error:
        call()
    for word in words:
        assert word in str(error.value)
