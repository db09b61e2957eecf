"""Formation by the time of day, and a pool cleared by it: exact, and held against an independent solver."""

import numpy as np
import pytest
from hypothesis import assume, given, settings, strategies as st
from scipy.integrate import quad, solve_ivp

from crossing.models.dosing import Infusion
from crossing.models.fluid import OnePool
from crossing.models.formation import DailyRhythm, RhythmicPool

clock = st.floats(0, 23.99)


@st.composite
def rhythms(draw):
    low = draw(st.floats(0, 40))
    high = low + draw(st.floats(0.5, 60))
    first, second = draw(clock), draw(clock)
    assume(abs(first - second) > 0.2)
    return DailyRhythm(low, high, first, second, low + (high - low) * draw(st.floats(0.375, 0.625)))


def turns(rhythm, start, stop):
    inside = [hour + 24 * day for day in range(-2, 8) for hour in (rhythm.hour_lowest, rhythm.hour_highest)]
    return [start, *sorted(hour for hour in inside if start < hour < stop), stop]


@given(rhythms())
def test_the_rhythm_passes_through_its_figures_and_nowhere_beyond(rhythm):
    assert rhythm.flow(rhythm.hour_lowest) == pytest.approx(rhythm.lowest, abs=1e-9)
    assert rhythm.flow(rhythm.hour_highest) == pytest.approx(rhythm.highest)
    day = rhythm.flow(np.linspace(0, 24, 481))
    assert day.min() >= rhythm.lowest - 1e-9 and day.max() <= rhythm.highest + 1e-9
    assert rhythm.flow(3.3) == pytest.approx(rhythm.flow(27.3)) and rhythm.flow(3.3) == pytest.approx(rhythm.flow(-20.7))
    assert rhythm.made(5.5, 29.5) == pytest.approx(24 * rhythm.mean) == pytest.approx(rhythm.per_day)
    # Between its turns it only rises, or only falls.
    rise = np.diff(rhythm.flow(rhythm.hour_lowest + np.linspace(0, (rhythm.hour_highest - rhythm.hour_lowest) % 24, 50)))
    assert rise.min() >= -1e-9 * rhythm.highest


@settings(max_examples=15)
@given(rhythms(), st.floats(-20, 30), st.floats(0.1, 60))
def test_what_was_made_is_the_integral_of_the_flow(rhythm, start, span):
    ends = turns(rhythm, start, start + span)
    summed = sum(quad(rhythm.flow, a, b)[0] for a, b in zip(ends, ends[1:]))
    assert rhythm.made(start, start + span) == pytest.approx(summed, rel=1e-9, abs=1e-9)


@given(rhythms(), st.floats(0.1, 3000), clock)
def test_hours_to_make_a_volume_make_that_volume(rhythm, volume, start):
    assert rhythm.made(start, start + rhythm.hours_to_make(volume, start)) == pytest.approx(volume, rel=1e-9)


@given(st.floats(5, 500), rhythms(), clock, st.floats(0, 30))
def test_half_a_dose_is_gone_at_the_half_life(volume, rhythm, hour, rest):
    pool = RhythmicPool(volume, rhythm, rest)
    half = pool.half_life_h(hour)
    assert pool.after_bolus(hour, half) == pytest.approx(0.5 / volume, rel=1e-9)
    fastest, slowest = (np.log(2) * volume / (flow + rest) if flow + rest else np.inf for flow in (rhythm.highest, rhythm.lowest))
    assert fastest * (1 - 1e-9) <= half <= slowest * (1 + 1e-9)


@given(st.floats(5, 500), st.floats(1, 60), clock, st.floats(0, 30))
def test_without_a_rhythm_it_is_one_pool(volume, flow, hour, rest):
    even, plain, times = RhythmicPool(volume, DailyRhythm.even(flow), rest), OnePool(volume, flow + rest), np.linspace(0, 40, 21)
    assert even.half_life_h(hour) == pytest.approx(plain.half_life_h)
    assert even.area_after_bolus(hour) == pytest.approx(plain.area())
    assert even.during_infusion(2.0, hour, times, 11.5) == pytest.approx(plain.run(Infusion(0, 11.5, 2.0), times).fluid, rel=1e-9)
    assert even.settled(2.0, [hour, hour + 7]) == pytest.approx(plain.steady(2.0))


@pytest.mark.parametrize("volume, figures, hour, rest, stop", [
    (150, (12, 42, 18, 2, 27.08), 8, 0, 48), (30, (0, 50, 3.3, 5.1, 19), 22, 5, 9.7), (400, (5, 9, 14, 2), 0, 20, 30)])
def test_an_infusion_agrees_with_an_independent_solver_and_no_drug_is_lost_unseen(volume, figures, hour, rest, stop):
    rhythm, times = DailyRhythm(*figures), np.linspace(0, 48, 25)
    amounts = np.zeros((2, 25))
    state = [0.0, 0.0]
    for start, end, rate in ((0.0, stop, 0.7), (stop, 48.0, 0.0)):
        if end > start:
            here = (times >= start) & (times <= end)
            found = solve_ivp(lambda t, y: [rate - (rhythm.flow(hour + t) + rest) / volume * y[0],
                                            (rhythm.flow(hour + t) + rest) / volume * y[0]],
                              (start, end), state, dense_output=True, rtol=1e-10, atol=1e-12, max_step=1.0, method="DOP853")
            amounts[:, here], state = found.sol(times[here]), found.y[:, -1]
    mine = RhythmicPool(volume, rhythm, rest).during_infusion(0.7, hour, times, stop) * volume
    assert mine == pytest.approx(amounts[0], rel=1e-7, abs=1e-9)
    assert mine + amounts[1] == pytest.approx(0.7 * np.minimum(times, stop), rel=1e-7, abs=1e-9)


@given(st.floats(20, 500), rhythms(), clock)
def test_a_bolus_after_a_bolus_and_doses_add_up(volume, rhythm, hour):
    pool = RhythmicPool(volume, rhythm)
    # What is left at a clock time fades from there as if it were given then.
    left = pool.after_bolus(hour, 5.0) * volume
    assert pool.after_bolus(hour, 12.0) == pytest.approx(pool.after_bolus(hour + 5, 7.0, left), rel=1e-9)
    times = np.linspace(0, 30, 7)
    one, three = pool.during_infusion(1.0, hour, times, 8), pool.during_infusion(3.0, hour, times, 8)
    assert three == pytest.approx(3 * one) and one.min() >= 0
    # An infusion that stops is one that does not, less the same begun later.
    later = np.r_[np.zeros((times < 8).sum()), pool.during_infusion(1.0, hour + 8, times[times >= 8] - 8)]
    assert one == pytest.approx(pool.during_infusion(1.0, hour, times) - later, rel=1e-8, abs=1e-12)


@given(st.floats(20, 300), rhythms(), clock)
def test_the_settled_rhythm_is_the_long_run(volume, rhythm, hour):
    pool = RhythmicPool(volume, rhythm, 3.0)
    days = 24 * np.ceil(40 * pool.even_half_life_h / 24)
    run = pool.during_infusion(1.0, hour, days + np.linspace(0, 24, 9))
    assert pool.settled(1.0, hour + np.linspace(0, 24, 9)) == pytest.approx(run, rel=1e-9)


def test_a_dose_in_the_evening_outlasts_one_in_the_night_and_a_steady_pump_gives_a_rhythm():
    pool = RhythmicPool(150, DailyRhythm(12, 42, 18, 2))
    assert pool.half_life_h(18) > 2 * pool.half_life_h(2)
    assert pool.half_life_h([18, 2]).min() < pool.even_half_life_h < pool.half_life_h([18, 2]).max()
    assert pool.area_after_bolus(18) > pool.area_after_bolus(2)
    hours = np.linspace(0, 24, 193)
    level = pool.settled(1.0, hours)
    assert level.max() / level.min() > 1.5
    # Drug leaves as fast as it comes, over the day: the mean of flow times level is the rate, whatever the rhythm.
    assert np.trapezoid(pool.formation.flow(hours) * level, hours) / 24 == pytest.approx(1.0, rel=1e-4)
    # The level turns where gain meets loss, hours after formation has turned.
    assert hours[level.argmax()] > 20 and 4 < hours[level.argmin()] < 12


@pytest.mark.parametrize("call, words", [
    (lambda: DailyRhythm(12, 42, 18, 2, 40), ["mean", "40", "23.25 to 30.75"]),
    (lambda: DailyRhythm(12, 11, 18, 2), ["highest", "11", "12 or more"]),
    (lambda: DailyRhythm(0, 0, 18, 2), ["highest", "0", "above 0"]),
    (lambda: DailyRhythm(12, 42, 24, 2), ["hour_lowest", "24"]),
    (lambda: DailyRhythm(12, 42, 2, 2), ["hour_highest", "2", "another hour"]),
    (lambda: DailyRhythm(12, 42, 18, 2).made(5, 4), ["stop", "4", "not before"]),
    (lambda: RhythmicPool(150, 20), ["formation", "20", "DailyRhythm"]),
    (lambda: RhythmicPool(150, DailyRhythm.even(20)).during_infusion(1, 0, [2, 1]), ["later_h", "ascending"]),
    (lambda: RhythmicPool(150, DailyRhythm.even(20)).settled(1, [2, 1]), ["hour", "ascending"]),
])
def test_bad_input_is_named_with_what_was_found_and_wanted(call, words):
    with pytest.raises(ValueError) as error:
        call()
    for word in words:
        assert word in str(error.value)
