"""Programmes: exact amounts, requests granted and refused, editing, and what the level makes of them."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from crossing.models import exposure
from crossing.models.canal import SpinalCanal
from crossing.models.dosing import Bolus, Infusion, Schedule
from crossing.models.fluid import OnePool, TwoPools
from crossing.models.programme import Change, DailyDose, OnRequest, Pause, Programme
from crossing.models.settling import hours_to_share, levels, settled_day, step_share

POOL = OnePool(150, 25)
MODELS = {"one pool": POOL, "two pools": TwoPools(150, 600, 12, 25), "canal": SpinalCanal(60, 1.6, 80, 0.15, cells=60)}
PLACES, TIP = [12.0, 28.0, 50.0], 20.0

def moments(low, high):
    """Times in 64ths of an hour: sums of them are exact, so that no two moments fall together by rounding."""
    return st.integers(64 * low, 64 * high).map(lambda n: n / 64)


hours = st.integers(0, 95).map(lambda n: n / 4)
rates = st.floats(0, 3)
lines = st.dictionaries(hours, rates, min_size=1, max_size=4).map(lambda d: tuple(sorted(d.items())))
overs = st.sampled_from([0.0, 0.0, 0.25, 3.0])
doses = st.lists(st.builds(DailyDose, hours, st.floats(0.01, 5), overs), max_size=3)
changes = st.dictionaries(moments(0, 120), st.floats(0, 2), max_size=3).map(lambda d: [Change(t, f) for t, f in d.items()])
pauses = st.lists(st.tuples(moments(0, 100), moments(1, 30)).map(lambda p: Pause(p[0], p[0] + p[1])), max_size=2)
asked = st.one_of(st.none(), st.builds(OnRequest, st.floats(0.01, 2), st.floats(0.5, 8), st.integers(0, 6),
                                       st.sampled_from([0.0, 0.5])))
wishes = st.lists(moments(0, 150), max_size=30).map(lambda t: tuple(sorted(t)))


@st.composite
def programmes(draw):
    rule = draw(asked)
    return Programme(draw(lines), draw(doses), rule, draw(wishes) if rule else (), draw(changes), draw(pauses))


# -- amounts ---------------------------------------------------------------------------------------------------


def test_a_day_adds_up_to_what_is_drawn():
    programme = Programme.constant(0.5).with_rate_between(0.2, 22, 6).with_dose(8, 1.0).with_dose(20, 1.0, over_h=0.5)
    assert programme.daily_amount == pytest.approx(16 * 0.5 + 8 * 0.2 + 2)
    assert programme.total(24) == pytest.approx(programme.daily_amount)
    assert programme.total(7 * 24) == pytest.approx(7 * programme.daily_amount)
    assert programme.schedule(24).given_by([6, 8]) == pytest.approx([6 * 0.2, 6 * 0.2 + 2 * 0.5 + 1])


@given(programmes(), st.floats(1, 140), st.floats(0, 1))
def test_schedule_plan_and_parts_of_a_span_agree(programme, stop, share):
    middle = stop * share
    total = programme.total(stop)
    assert programme.schedule(stop).total == pytest.approx(total, abs=1e-9)
    if 0 < middle < stop:
        assert programme.total(middle) + programme.total(stop, middle) == pytest.approx(total, rel=1e-9, abs=1e-9)
        now = sum(d.amount for d in programme.schedule(stop) if isinstance(d, Bolus) and d.time == middle)
        assert float(programme.schedule(stop).given_by(middle)) == pytest.approx(programme.total(middle) + now, abs=1e-9)


@given(programmes(), moments(0, 60))
def test_moved_round_the_clock_it_gives_the_same_later(programme, by):
    # A dose that runs past midnight was begun the day before, and before its first hour a programme gives nothing.
    assume(all(dose.hour + dose.over_h <= 24 for dose in programme.doses))
    span, grid = 100.0, np.linspace(0, 100, 400) + 0.00137
    here = programme.schedule(span).given_by(grid)
    there = programme.later(by).schedule(span + by, start=by).given_by(grid + by)
    assert there == pytest.approx(here, abs=1e-7)


@given(programmes(), st.floats(0, 4))
def test_twice_the_programme_is_twice_the_amount_at_every_time(programme, factor):
    grid = np.linspace(0, 130, 200)
    twice, once = (p.schedule(130).given_by(grid) for p in (programme.scaled(factor), programme))
    assert twice == pytest.approx(factor * once, abs=1e-9)


@given(programmes())
def test_nothing_is_given_in_a_pause(programme):
    schedule = programme.schedule(150)
    for pause in programme.pauses:
        inside = np.linspace(pause.start_h, min(pause.stop_h, 149.9), 7)[1:-1]
        assert np.ptp(schedule.given_by(inside)) == pytest.approx(0, abs=1e-12)


@given(lines, doses, st.integers(1, 12), st.floats(0, 1))
def test_constant_or_as_doses_the_daily_amount_stays(line, fixed, count, share):
    programme = Programme(line, fixed)
    for other in (programme.as_constant(), programme.as_doses(count, share), programme.as_doses(count, share, 0.1, first_hour=5)):
        assert other.daily_amount == pytest.approx(programme.daily_amount, rel=1e-9)
        assert other.total(48) == pytest.approx(2 * programme.daily_amount, rel=1e-9)


def test_a_dose_running_past_midnight_and_one_cut_by_a_pause():
    late = Programme().with_dose(23, 2.0, over_h=2)
    assert late.total(24) == pytest.approx(1.0) and late.total(48) == pytest.approx(3.0)
    assert late.with_pause(23.5, 30).total(30) == pytest.approx(0.5)


def test_the_rate_before_the_first_step_is_that_of_the_night_before():
    programme = Programme(((7, 1.0), (22, 0.25)))
    assert programme.schedule(7).total == pytest.approx(7 * 0.25)


# -- changes ---------------------------------------------------------------------------------------------------


def test_a_change_holds_until_the_next_and_a_ramp_climbs_in_equal_steps():
    programme = Programme.constant(1.0).with_change(24, 1.5).with_change(48, 0.5)
    assert [programme.total(t + 1, t) for t in (0, 24, 47, 48, 99)] == pytest.approx([1, 1.5, 1.5, 0.5, 0.5])
    ramp = Programme.constant(1.0).with_ramp(24, 72, 2.0, 4)
    assert [change.time_h for change in ramp.changes] == [36, 48, 60, 72]
    assert [ramp.total(t + 1, t) for t in (30, 36, 48, 60, 72, 200)] == pytest.approx([1, 1.25, 1.5, 1.75, 2, 2])
    down = ramp.with_ramp(100, 110, 0.0, 2)
    assert [down.total(t + 1, t) for t in (99, 105, 110)] == pytest.approx([2, 1, 0])


@given(st.floats(0, 3), st.integers(1, 6), st.floats(1, 60))
def test_a_ramp_never_overshoots(factor, steps, length):
    ramp = Programme.constant(1.0).with_ramp(10, 10 + length, factor, steps)
    given_rates = ramp.plan(100).rates
    assert np.all((given_rates >= min(1, factor) - 1e-9) & (given_rates <= max(1, factor) + 1e-9))
    assert np.all(np.diff(given_rates) * (factor - 1) >= 0) and given_rates[-1] == pytest.approx(factor)


# -- requests --------------------------------------------------------------------------------------------------


@given(programmes())
def test_the_lock_and_the_most_for_a_day_always_hold(programme):
    granted = np.array([answer.time_h for answer in programme.answers(150) if answer.granted])
    if granted.size:
        rule = programme.on_request
        assert np.all(np.diff(granted) >= rule.lockout_h - 1e-6)
        for time in granted:
            assert np.sum((granted >= time) & (granted < time + 24 - 1e-6)) <= rule.most_per_day
        assert not programme._paused(granted).any()


def test_every_request_gets_an_answer_with_its_reason():
    programme = Programme().with_on_request(0.5, lockout_h=2, most_per_day=3).with_pause(40, 44)
    programme = programme.with_requests([1, 2, 3.5, 6, 9, 24.9, 25, 41])
    answers = programme.answers(48)
    assert [answer.granted for answer in answers] == [True, False, True, True, False, False, True, False]
    assert "locked: 1 h since the last, 2 h must pass" in answers[1].why
    assert "3" in answers[4].why and "24 h" in answers[4].why
    assert "paused" in answers[7].why
    assert programme.total(48) == pytest.approx(4 * 0.5)
    assert programme.total(48, 24) == pytest.approx(0.5)  # the look back reaches before the span


def test_a_refused_request_starts_no_new_waiting_time():
    programme = Programme().with_on_request(1, 2, 10).with_requests([0, 1.99, 2.0])
    assert [answer.granted for answer in programme.answers(24)] == [True, False, True]


def test_random_requests_are_the_same_for_the_same_seed_and_as_many_as_asked():
    base = Programme().with_on_request(1, 0, 1000)
    assert base.with_random_requests(6, 30, 3) == base.with_random_requests(6, 30, 3) != base.with_random_requests(6, 30, 4)
    counts = [len(base.with_random_requests(6, 30, seed).requests) for seed in range(30)]
    assert np.mean(counts) == pytest.approx(180, rel=0.05)
    assert base.with_random_requests(0, 3, 1).requests == ()


# -- editing ---------------------------------------------------------------------------------------------------


@given(programmes())
def test_editing_leaves_the_old_one_and_equal_ones_are_equal(programme):
    before = hash(programme)
    edited = programme.with_rates((0, 1.0)).with_dose(3, 1).with_change(7, 2).with_pause(500, 501).with_on_request(1, 1, 1)
    assert hash(programme) == before and edited != programme
    again = Programme(list(programme.day), list(programme.doses), programme.on_request, list(programme.requests),
                      list(programme.changes), list(programme.pauses))
    assert again == programme and hash(again) == before


@given(lines, rates, hours, hours, st.floats(0, 23.99))
def test_a_rate_between_two_hours_changes_these_hours_only(line, rate, start, stop, hour):
    programme = Programme(line)
    if start == stop:
        with pytest.raises(ValueError):
            programme.with_rate_between(rate, start, stop)
        return
    new, inside = programme.with_rate_between(rate, start, stop), (hour - start) % 24 < (stop - start) % 24
    expected = rate if inside else programme._line(np.array([hour]))[0]
    assert new._line(np.array([hour]))[0] == pytest.approx(expected)


def test_the_programme_can_be_read_aloud():
    text = (Programme(((7, 0.1), (22, 0.05))).with_dose(8.5, 0.5, over_h=0.25).with_on_request(0.1, 2, 6)
            .with_change(72, 1.5).with_pause(100, 106).in_words())
    for words in ("0.1 from 7:00", "0.05 from 22:00", "0.5 doses at 8:30 over 15 min", "not within 2 h", "at most 6 in 24 h",
                  "from day 3, 0:00 150 %", "nothing from day 4, 4:00 to day 4, 10:00", "make 2.45 doses a day"):
        assert words in text
    assert Programme().in_words().startswith("No base rate")


@pytest.mark.parametrize("call, words", [
    (lambda: Programme(()), ["day", "at least one"]),
    (lambda: Programme(((5, 1), (5, 2))), ["day", "ascending"]),
    (lambda: Programme(((24, 1),)), ["day", "24"]),
    (lambda: Programme(((0, -1),)), ["day", "-1"]),
    (lambda: Programme(3), ["day", "pairs"]),
    (lambda: Programme(doses=[4]), ["doses[0]", "4", "DailyDose"]),
    (lambda: Programme().with_requests([1]), ["requests", "on_request"]),
    (lambda: Programme(on_request=3), ["on_request", "3"]),
    (lambda: Programme().with_on_request(1, 0.1, 3, over_h=0.5), ["lockout_h", "0.1", "0.5 h"]),
    (lambda: Programme().with_on_request(1, 1, 3).with_requests([3, 2]), ["times", "ascending"]),
    (lambda: Programme(changes=[Change(1, 2), Change(1, 3)]), ["changes", "one change at a time"]),
    (lambda: Programme().with_pause(5, 5), ["stop_h", "5"]),
    (lambda: Programme().with_ramp(5, 4, 1, 2), ["stop_h", "4"]),
    (lambda: Programme().plan(0), ["hours", "0"]),
    (lambda: Programme().plan(5, 6), ["hours", "5"]),
    (lambda: Programme().with_dose(3, float("nan")), ["amount", "nan"]),
])
def test_bad_programmes_are_refused_in_words(call, words):
    with pytest.raises(ValueError) as error:
        call()
    for word in words:
        assert word in str(error.value)


# -- levels ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", MODELS)
def test_constant_and_intermittent_give_the_same_mean_and_another_shape(name):
    """Equal daily amount: equal area under a settled day at each place; only doses have a peak and a trough."""
    model, times = MODELS[name], np.linspace(0, 24, 4801)
    steady = Programme.constant(0.5)
    split = steady.as_doses(4)
    flat, waves = (settled_day(model, p.schedule(24), times, PLACES, TIP) for p in (steady, split))
    assert exposure.mean(times, waves) == pytest.approx(exposure.mean(times, flat), rel=5e-4)  # a jump between two times
    assert np.all(exposure.fluctuation(times, flat) < 1e-6) and np.all(exposure.fluctuation(times, waves) > 0.01)
    half = settled_day(model, steady.as_doses(4, share=0.4).schedule(24), times, PLACES, TIP)
    assert half == pytest.approx(0.4 * waves + 0.6 * flat, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("name", MODELS)
def test_a_settled_day_is_the_long_run_and_closes_on_itself(name):
    model, times = MODELS[name], np.linspace(0, 24, 97)
    day = Programme.constant(0.2).with_rate_between(0.6, 8, 20).with_dose(9, 1).with_dose(21, 0.5, over_h=2)
    places, days = [TIP, *PLACES], 150
    settled = settled_day(model, day.schedule(24), times, places, TIP)
    long = levels(model, day.schedule((days + 1) * 24), days * 24 + times, places, TIP)
    assert long[:-1] == pytest.approx(settled[:-1], rel=1e-6)
    assert settled[-1] == pytest.approx(settled[0], rel=1e-9)


@pytest.mark.parametrize("name", MODELS)
@given(st.floats(0.01, 1), st.floats(0.01, 5))
def test_time_to_the_new_plateau_does_not_depend_on_the_step(name, old, new):
    """Raised or lowered, by little or much: the same share of the way at the same time, at every place."""
    model, times = MODELS[name], np.linspace(0, 20, 21)
    at_rest = step_share(model, [6000.0], PLACES, TIP)[0]
    assert at_rest == pytest.approx(1, rel=1e-6)
    if abs(new - old) < 0.01:
        return
    schedule = Schedule([Infusion(0, 6000, old), Infusion(6000, np.inf, new)])
    path = levels(model, schedule, 6000 + times, PLACES, TIP)
    end = levels(model, Infusion(0, np.inf, new), [6000.0], PLACES, TIP)[0]
    gone = (path - path[0]) / (end - path[0])
    assert gone == pytest.approx(step_share(model, times, PLACES, TIP), abs=2e-4)


def test_hours_to_a_share_are_the_half_lives_of_one_pool():
    for share, halves in ((0.5, 1), (0.75, 2), (0.875, 3)):
        assert hours_to_share(POOL, share) == pytest.approx(halves * POOL.half_life_h, rel=1e-5)


def test_in_the_canal_far_places_settle_later():
    near, far = (hours_to_share(MODELS["canal"], 0.9, place, TIP) for place in (21.0, 55.0))
    assert 1 < near < far
    assert step_share(MODELS["canal"], [far], [55.0], TIP)[0, 0] == pytest.approx(0.9, abs=1e-5)


def test_levels_add_up_and_pools_have_one_place():
    base, extra = Programme.constant(0.3), Programme().with_dose(6, 2)
    times = np.linspace(0, 48, 60)
    for model in MODELS.values():
        both = levels(model, base.with_dose(6, 2).schedule(48), times, PLACES, TIP)
        assert both == pytest.approx(levels(model, base.schedule(48), times, PLACES, TIP)
                                     + levels(model, extra.schedule(48), times, PLACES, TIP), abs=1e-12)
    assert np.ptp(levels(POOL, base.schedule(48), times, PLACES), axis=1).max() == 0


@pytest.mark.parametrize("call, words", [
    (lambda: levels(MODELS["canal"], Bolus(0), [1.0]), ["places_cm", "None"]),
    (lambda: levels(3, Bolus(0), [1.0]), ["model", "3"]),
    (lambda: settled_day(POOL, Bolus(0), [0.0, 25.0]), ["times", "25"]),
    (lambda: settled_day(POOL, Infusion(0, 30, 1), [1.0]), ["inputs", "30"]),
    (lambda: hours_to_share(POOL, 1.0), ["share", "1"]),
    (lambda: hours_to_share(OnePool(150, 0), 0.5), ["matrix", "no way out"]),
])
def test_bad_questions_about_levels_are_refused(call, words):
    with pytest.raises(ValueError) as error:
        call()
    for word in words:
        assert word in str(error.value)
