"""A pump, its reservoir and its catheter: every dose followed, with faults and without."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossing.models import faults
from crossing.models.canal import SpinalCanal
from crossing.models.dosing import Bolus, Infusion
from crossing.models.faults import AT_REFILL, KINDS, Fault
from crossing.models.fluid import OnePool
from crossing.models.programme import Change, DailyDose, Pause, Programme
from crossing.models.pump import Pump, Refill, ml_per_h, ul_per_day
from crossing.models.settling import levels

DAY = 24.0
PUMP = Pump(reservoir_ml=20, strength_per_ml=4, dead_space_ml=0.25, alarm_ml=2, unreachable_ml=0.5, position_cm=20)
EVEN = Programme.constant(0.1)
HOURS = 60 * DAY
REFILLS = (Refill(20 * DAY), Refill(40 * DAY))


def moments(low, high):
    return st.integers(8 * low, 8 * high).map(lambda n: n / 8)


programmes = st.builds(
    lambda night, day, doses, change, pause: Programme(((6, day), (22, night)), doses=doses, changes=change, pauses=pause),
    st.floats(0, 0.3), st.floats(0, 0.5),
    st.lists(st.builds(DailyDose, moments(0, 23), st.floats(0.01, 2),
                       st.sampled_from([0.0, 0.5])), max_size=2),
    st.lists(moments(0, 1000), max_size=2, unique=True).map(
        lambda times: [Change(t, 1.3 - 0.4 * i) for i, t in enumerate(times)]),
    st.lists(moments(0, 1000), max_size=1).map(
        lambda times: [Pause(t, t + 20) for t in times]))
pumps = st.builds(Pump, st.floats(5, 40), st.floats(0.5, 20), st.floats(0, 0.5), st.floats(0, 2), st.floats(0, 1),
                  st.floats(0.8, 1.2), st.sampled_from([0.0, 0.0, 0.3, 1.0]))
refill_plans = st.lists(st.tuples(moments(1, 1200), st.one_of(st.none(), st.floats(0.5, 20)), st.booleans()), max_size=4,
                        unique_by=lambda item: item[0]).map(lambda items: tuple(Refill(t, s, None, b) for t, s, b in sorted(items)))
troubles = st.lists(st.one_of(
    st.builds(faults.stall, moments(0, 600), moments(601, 1500), st.booleans()), st.builds(faults.occlusion, moments(0, 1200), st.just(np.inf), st.floats(0, 1)),
    st.builds(faults.leak, moments(0, 1200), st.floats(0, 1), st.floats(0, 1)), st.builds(faults.disconnection, moments(0, 1200), st.floats(0, 1)),
    st.builds(faults.wrong_rate, moments(0, 1200), st.floats(0, 3)), st.builds(faults.tip_moved, moments(0, 1200), st.sampled_from([None, 33.0])),
    st.builds(faults.runs_off, moments(0, 1200), st.floats(0, 2)), st.builds(faults.wrong_strength, st.just(0), st.floats(0, 3)),
    st.builds(faults.pocket_fill, st.just(0), st.floats(0, 1))), max_size=3)


# -- every dose is somewhere -----------------------------------------------------------------------------------


@settings(max_examples=80)
@given(pumps, programmes, refill_plans, troubles)
def test_every_dose_ever_filled_is_accounted_for_at_every_moment(pump, programme, refills, trouble):
    if not refills:
        trouble = [fault for fault in trouble if fault.kind not in AT_REFILL]
    delivery = pump.run(programme, 1200, refills, trouble)
    assert delivery.balance < 1e-9
    for name, amounts in delivery.accounts.items():
        assert np.all(amounts >= -1e-9), name
    assert delivery.tip.total == pytest.approx(delivery.accounts["at_tip"][-1], rel=1e-9, abs=1e-9)
    elsewhere = sum(schedule.total for schedule in delivery.elsewhere.values())
    assert elsewhere == pytest.approx(delivery.accounts["elsewhere"][-1], rel=1e-9, abs=1e-9)
    for time in (0.0, 333.3, 1199.0):
        assert pump.unreachable_ml * (1 - 1e-9) <= delivery.reservoir_ml(time) <= pump.reservoir_ml * (1 + 1e-9)
        assert pump.unreachable_ml * (1 - 1e-9) <= delivery.expected_ml(time) <= pump.reservoir_ml * (1 + 1e-9)


@given(programmes, st.integers(0, 2))
def test_a_sound_pump_gives_what_was_asked_and_its_count_is_right(programme, daily):
    refills = PUMP.planned_refills(programme, HOURS, early_h=1.0)
    delivery, times = PUMP.run(programme, HOURS, refills), np.linspace(0, HOURS, 300) + 1e-3
    times = times[times < HOURS]
    assert delivery.tip.given_by(times) == pytest.approx(delivery.prescribed.given_by(times), rel=1e-7, abs=1e-7)
    assert delivery.reservoir_ml(times) == pytest.approx(delivery.expected_ml(times), rel=1e-9)
    assert {entry.kind for entry in delivery.log} <= {"refill"} and not delivery.elsewhere
    assert [opening.found_ml for opening in delivery.openings] == pytest.approx([opening.expected_ml for opening in delivery.openings])


@given(pumps, programmes, refill_plans)
def test_what_leaves_the_tip_is_what_went_in_one_dead_space_earlier(pump, programme, refills):
    """An independent account: volume pumped is read off the reservoir, and the amount at the tip off the order of solutions."""
    if pump.mixed_share:
        return
    delivery = pump.run(programme, 1200, refills)
    times = np.linspace(0, 1199, 150) + 0.01
    begins = [0.0, *(refill.time_h for refill in refills)]
    lasts = [float(np.nextafter(time, 0)) for time in begins[1:]] + [1200.0]

    def pumped(when):
        """Volume moved by `when`: the reservoir is full at the start and after each refill."""
        return sum((np.where(when >= begin, pump.reservoir_ml - delivery.reservoir_ml(np.clip(when, begin, last)), 0.0)
                    for begin, last in zip(begins, lasts)), np.zeros(np.shape(when)))

    starts = np.array([0.0, *(pumped(np.array(last)) for last in lasts[:-1])])
    strengths = delivery.true_strength(np.array(begins))

    def amount(volume):
        """Doses in the first `volume` of all that was pumped."""
        lengths = np.clip(volume[:, None] - starts, 0, np.append(np.diff(starts), np.inf))
        return lengths @ strengths

    dead = pump.dead_space_ml
    volume = pumped(times)
    expected = pump.strength_per_ml * np.minimum(volume, dead) + amount(np.maximum(volume - dead, 0))
    assert delivery.tip.given_by(times) == pytest.approx(expected, rel=1e-6, abs=1e-6)


# -- rate and strength -----------------------------------------------------------------------------------------


def test_a_new_rate_is_felt_at_once():
    delivery = PUMP.run(EVEN.with_change(100, 2.0), 200)
    assert [(dose.start, dose.stop, round(dose.rate, 12)) for dose in delivery.tip] == [(0, 100, 0.1), (100, 200, 0.2)]


def test_a_new_strength_waits_for_the_old_solution_and_the_dose_is_off_until_then():
    """Twice the strength, half the volume: for one dead space the old solution comes at half the speed."""
    delivery = Pump(20, 4, 0.25).run(EVEN, 200, Refill(100, strength_per_ml=8))
    wait = PUMP.dead_space_ml * 8 / 0.1
    assert [dose.start for dose in delivery.tip] == pytest.approx([0, 100, 100 + wait])
    assert [dose.rate for dose in delivery.tip] == pytest.approx([0.1, 0.05, 0.1])
    assert delivery.tip_strength([99, 100 + wait - 0.01, 100 + wait + 0.01]) == pytest.approx([4, 4, 8])
    assert delivery.reservoir_ml(99.9) == pytest.approx(20 - 99.9 * 0.1 / 4)


@given(st.floats(0.5, 30), programmes)
def test_bridged_the_dose_stays_as_asked(strength, programme):
    pump = Pump(2000, 4, 0.25)  # never dry
    delivery = pump.run(programme, 300, Refill(100, strength_per_ml=strength, bridged=True))
    times = np.linspace(0, 299, 200) + 1e-3
    assert delivery.tip.given_by(times) == pytest.approx(delivery.prescribed.given_by(times), rel=1e-6, abs=1e-7)


def test_what_cannot_be_drawn_off_makes_the_new_solution_weaker():
    pump = Pump(20, 4, 0.0, unreachable_ml=1)
    delivery = pump.run(EVEN, 200, Refill(100, strength_per_ml=8))
    assert delivery.true_strength(150) == pytest.approx((1 * 4 + 19 * 8) / 20)
    assert delivery.tip.total < delivery.prescribed.total


def test_a_stirred_part_smears_the_change_and_loses_nothing():
    sharp, smeared = (Pump(20, 4, 0.25, mixed_share=share).run(EVEN, 400, Refill(100, strength_per_ml=8)) for share in (0, 1))
    wait = 0.25 * 8 / 0.1
    early, late = 100 + 0.5 * wait, 100 + 1.5 * wait
    assert smeared.tip_strength(early) > 4 == sharp.tip_strength(early)
    assert smeared.tip_strength(late) < 8 == sharp.tip_strength(late)
    assert np.all(np.diff([dose.rate for dose in smeared.tip][1:]) > 0)
    assert smeared.tip.total == pytest.approx(sharp.tip.total, rel=1e-6)
    # The stirred tank in closed form: the old solution's share falls as exp(-volume / tank).
    volume = (early - 100) * 0.1 / 8
    assert smeared.tip.given_by(early) - 10 == pytest.approx(8 * volume - 4 * 0.25 * (1 - np.exp(-volume / 0.25)), rel=2e-3)


def test_dead_time_shrinks_with_the_rate():
    assert PUMP.dead_time_h(0.1) == pytest.approx(10) and PUMP.dead_time_h(0.2) == pytest.approx(5)
    delivery = PUMP.run(EVEN, 100, Refill(50, strength_per_ml=4.0001))
    assert delivery.tip_strength(50 + 10 - 0.01) == 4 and delivery.tip_strength(50 + 10 + 0.01) > 4


# -- counting and refills --------------------------------------------------------------------------------------


@given(st.floats(0.01, 3), st.floats(0, 2), st.integers(0, 5))
def test_the_day_of_refill_is_where_the_count_meets_the_alarm(rate, dose, count):
    programme = Programme.constant(rate)
    for hour in range(count):
        programme = programme.with_dose(4 * hour, dose)
    due = PUMP.refill_due_h(programme)
    delivery = PUMP.run(programme, due + 5)
    low = [entry.time_h for entry in delivery.log if entry.kind == "low"]
    assert low == pytest.approx([due], abs=1e-6)
    late = PUMP.refill_due_h(programme, start_h=48)
    assert late == pytest.approx(48 + due, rel=1e-9)


def test_no_refill_is_due_when_nothing_is_given():
    assert PUMP.refill_due_h(Programme()) == np.inf and PUMP.planned_refills(Programme(), 1000) == ()


def test_planned_refills_keep_the_alarm_silent():
    refills = PUMP.planned_refills(EVEN, 200 * DAY, early_h=2 * DAY)
    assert np.diff([0, *(refill.time_h for refill in refills)]) == pytest.approx(np.full(7, 18 * 4 / 0.1 - 2 * DAY))
    assert all(entry.kind == "refill" for entry in PUMP.run(EVEN, 200 * DAY, refills).log)


@given(st.floats(0.85, 1.15))
def test_accuracy_shows_in_the_reservoir_and_not_in_the_count(accuracy):
    delivery = Pump(20, 4, 0.25, accuracy=accuracy).run(EVEN, 400)
    assert delivery.volume_ratio == pytest.approx(accuracy) and delivery.dose_ratio == pytest.approx(accuracy)
    assert delivery.expected_ml(399) - delivery.reservoir_ml(399) == pytest.approx((accuracy - 1) * 399 * 0.1 / 4)
    assert not delivery.log


def test_pumps_drawn_from_one_kind_spread_about_its_mean():
    pumps = Pump(20, 4, 0.25, accuracy=1.01).drawn(4000, 0.05, seed=2)
    ratios = np.array([pump.accuracy for pump in pumps])
    assert ratios.mean() == pytest.approx(1.01, abs=0.003) and ratios.std() == pytest.approx(0.05, rel=0.05)
    assert pumps == Pump(20, 4, 0.25, accuracy=1.01).drawn(4000, 0.05, seed=2)


# -- symmetry --------------------------------------------------------------------------------------------------


@given(programmes, moments(0, 100), st.floats(0, 1), st.floats(0, 1))
def test_everything_later_comes_later_and_nothing_else_changes(programme, by, share, place):
    trouble = [faults.leak(150, share, place), faults.stall(300, 330), faults.wrong_strength(0, 1.5)]
    here = PUMP.run(programme, 500, Refill(200), trouble)
    moved = programme.later(by)
    moved = moved.with_pause(0, by) if by else moved
    there = PUMP.run(moved, 500 + by, Refill(200 + by), [fault.later(by) for fault in trouble])
    times = np.linspace(0, 499, 100) + 0.0137
    assert there.tip.given_by(times + by) == pytest.approx(here.tip.given_by(times), rel=1e-7, abs=1e-7)
    assert there.reservoir_ml(times + by) == pytest.approx(here.reservoir_ml(times), rel=1e-7)


@given(pumps, programmes, st.floats(0.001, 1000))
def test_volumes_in_another_unit_leave_the_doses_alone(pump, programme, unit):
    other = Pump(pump.reservoir_ml * unit, pump.strength_per_ml / unit, pump.dead_space_ml * unit, pump.alarm_ml * unit,
                 pump.unreachable_ml * unit, pump.accuracy, pump.mixed_share)
    here, there = (p.run(programme, 300, Refill(150), faults.leak(77, 0.3, 0.4)) for p in (pump, other))
    times = np.linspace(0, 299, 60) + 0.0137
    assert there.tip.given_by(times) == pytest.approx(here.tip.given_by(times), rel=1e-7, abs=1e-7)
    assert there.reservoir_ml(times) == pytest.approx(unit * here.reservoir_ml(times), rel=1e-7)


@given(st.floats(0, 1e4))
def test_microlitres_a_day_and_millilitres_an_hour_are_one_flow(flow):
    assert ml_per_h(ul_per_day(flow)) == pytest.approx(flow)
    assert ul_per_day(0.025) == pytest.approx(600) and PUMP.flow_ml_per_h(0.1) == pytest.approx(0.025)


# -- faults: tip, count and reservoir --------------------------------------------------------------------------

AFTER, BEFORE = 50 * DAY, 30 * DAY  # a fault at day 30; the second refill at day 40


def rate_at(delivery, time):
    return sum(dose.rate for dose in delivery.tip if isinstance(dose, Infusion) and dose.start <= time < dose.stop)


def last_gap(delivery):
    """Found less counted at the last refill, mL."""
    return delivery.openings[-1].found_ml - delivery.openings[-1].expected_ml


def unusual(delivery):
    return {entry.kind for entry in delivery.log} - {"refill"}


def test_every_kind_of_fault_is_tested_here():
    assert set(KINDS) == set(SIGNS) | {"late refill", "wrong strength", "pocket fill", "wrong rate"}


#: kind: (fault at day 30, rate at the tip afterwards over that asked, mL too much at the refill on day 40, what the log adds)
TEN_DAYS_ML = 10 * DAY * 0.1 / 4
SIGNS = {
    "stall": (faults.stall(BEFORE), 0.0, TEN_DAYS_ML, {"stall"}),
    "occlusion": (faults.occlusion(BEFORE, share=0.6), 0.4, 0.6 * TEN_DAYS_ML, set()),
    "leak": (faults.leak(BEFORE, 0.7, 0.5), 0.3, 0.0, set()),
    "disconnection": (faults.disconnection(BEFORE, 0.5), 0.0, 0.0, set()),
    "tip moved": (faults.tip_moved(BEFORE), 0.0, 0.0, set()),
    "runs off": (faults.runs_off(BEFORE, 1.2), 1.2, -0.2 * TEN_DAYS_ML, set()),
}


@pytest.mark.parametrize("kind", SIGNS)
def test_what_a_fault_does_to_tip_reservoir_and_log(kind):
    fault, share, gap, log = SIGNS[kind]
    delivery = PUMP.run(EVEN, HOURS, REFILLS, fault)
    assert rate_at(delivery, BEFORE - 1) == pytest.approx(0.1) and rate_at(delivery, AFTER) == pytest.approx(0.1 * share, abs=1e-12)
    assert last_gap(delivery) == pytest.approx(gap, abs=1e-9)
    assert unusual(delivery) == log


@pytest.mark.parametrize("fault", [faults.leak(0, 1.0, 0.3), faults.disconnection(0), faults.tip_moved(0)])
def test_log_reservoir_and_alarm_are_perfect_with_nothing_delivered(fault):
    broken, sound = (PUMP.run(EVEN, HOURS, REFILLS, trouble) for trouble in ((fault,), ()))
    assert broken.tip.total == 0 < sound.tip.total
    assert broken.log == sound.log and broken.openings == sound.openings
    assert broken.volume_ratio == 1


def test_wrong_strength_arrives_after_the_dead_space_with_perfect_volumes():
    delivery = PUMP.run(EVEN, HOURS, REFILLS, faults.wrong_strength(25 * DAY, 0.5))
    wait = PUMP.dead_time_h(0.1)
    assert rate_at(delivery, 40 * DAY + wait - 0.1) == pytest.approx(0.1)
    assert rate_at(delivery, 40 * DAY + wait + 0.1) == pytest.approx(0.1 * (0.5 * 2 + 19.5 * 2) / 80 * 1.025, rel=0.03)
    assert last_gap(delivery) == 0 and not unusual(delivery)


def test_a_pocket_fill_is_a_sudden_dose_elsewhere_an_empty_pump_and_a_silent_one():
    delivery = PUMP.run(EVEN, HOURS, REFILLS, faults.pocket_fill(0))
    (beside,) = delivery.elsewhere["pocket"]
    assert isinstance(beside, Bolus) and beside.time == 20 * DAY and beside.amount == pytest.approx(19.5 * 4)
    assert delivery.reservoir_ml(20 * DAY + 1) == pytest.approx(0.5) and delivery.expected_ml(20 * DAY + 1) > 19
    assert rate_at(delivery, 30 * DAY) == 0 and not unusual(delivery)
    assert last_gap(delivery) == pytest.approx(0.5 - (20 - 20 * DAY * 0.1 / 4))


def test_a_late_refill_lets_the_pump_run_dry_after_its_alarm():
    refills = PUMP.planned_refills(EVEN, HOURS, early_h=DAY)
    delivery = PUMP.run(EVEN, HOURS, refills, faults.late_refill(0, 10 * DAY))
    kinds = [entry.kind for entry in delivery.log]
    assert kinds[:3] == ["low", "empty", "refill"]
    dry = 19.5 * 4 / 0.1
    assert delivery.log[1].time_h == pytest.approx(dry)
    assert rate_at(delivery, dry - 1) == pytest.approx(0.1) and rate_at(delivery, dry + 1) == 0


def test_a_fast_pump_runs_dry_before_its_alarm():
    pump = Pump(20, 4, 0.25, alarm_ml=2, accuracy=1.2)
    delivery = pump.run(EVEN, 40 * DAY)
    low = [entry.time_h for entry in delivery.log if entry.kind == "low"]
    assert rate_at(delivery, low[0]) == 0 < rate_at(delivery, 20 / 1.2 * 4 / 0.1 - 1)


def test_a_wrong_programme_is_in_the_log_and_the_count_follows_it():
    delivery = PUMP.run(EVEN, HOURS, REFILLS, faults.wrong_rate(BEFORE, 1.3))
    assert rate_at(delivery, AFTER) == pytest.approx(0.13) and last_gap(delivery) == pytest.approx(0)
    assert "programme" in unusual(delivery) and "130 %" in next(e.words for e in delivery.log if e.kind == "programme")


def test_a_short_stall_recovers_and_is_written_down_or_not():
    for shows, kinds in ((True, ["stall", "recovered"]), (False, [])):
        delivery = PUMP.run(EVEN, HOURS, (), faults.stall(100, 124, shows))
        assert [entry.kind for entry in delivery.log if entry.kind in ("stall", "recovered")] == kinds
        assert [rate_at(delivery, t) for t in (99, 110, 125)] == pytest.approx([0.1, 0, 0.1])
        assert delivery.reservoir_ml(130) - delivery.expected_ml(130) == pytest.approx(24 * 0.1 / 4)


def test_beyond_a_hole_the_tube_moves_more_slowly():
    """Half escapes half-way: a new strength then takes half the dead time to the hole and all of it from there."""
    delivery = PUMP.run(EVEN, 200, Refill(100, strength_per_ml=4.4), faults.leak(0, 0.5, 0.5))
    whole = PUMP.dead_space_ml / (0.1 / 4.4)
    assert delivery.tip_strength(100 + 1.5 * whole - 0.01) == 4 < delivery.tip_strength(100 + 1.5 * whole + 0.01)


def test_a_tip_at_another_height_moves_the_level_with_it():
    canal, moved = SpinalCanal(60, 1.6, 80, 0.15, cells=60), faults.tip_moved(240, 40)
    delivery = PUMP.run(EVEN, 480, (), moved)
    before, after = levels(canal, delivery.tip, [239, 479], [20, 40])
    assert before[0] > before[1] and after[1] > after[0]
    assert delivery.tip.total == pytest.approx(48) and not delivery.elsewhere


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_a_larger_leak_never_gives_more(small, large, place):
    small, large = sorted((small, large))
    a, b = (PUMP.run(EVEN, 500, Refill(200), faults.leak(100, share, place)) for share in (small, large))
    times = np.linspace(0, 499, 50)
    assert np.all(b.tip.given_by(times) <= a.tip.given_by(times) + 1e-9)


def test_a_delivery_drives_any_model():
    delivery, times = PUMP.run(EVEN.with_dose(8, 0.5), 7 * DAY, (), faults.stall(72, 96)), np.linspace(0, 7 * DAY, 200)
    pool = OnePool(150, 25)
    level = levels(pool, delivery.tip, times)[:, 0]
    sound = levels(pool, delivery.prescribed, times)[:, 0]
    assert np.all(level <= sound + 1e-12) and level[110] < 0.1 * sound[110] and level[-1] > 0.98 * sound[-1]
    assert pool.run(delivery.tip, times).balance < 1e-9


# -- words and refusals ----------------------------------------------------------------------------------------


def test_faults_can_be_read_aloud():
    assert faults.stall(48, 72).in_words() == "the motor stands still, from day 2 to day 3"
    assert "(40 %)" in faults.leak(0, 0.4).in_words() and "outside the canal" in faults.tip_moved(0).in_words()
    assert "unseen" in faults.tip_moved(0, shows=False).in_words() and "at the first refill" in faults.pocket_fill(0).in_words()


@pytest.mark.parametrize("call, words", [
    (lambda: Pump(0, 1, 0), ["reservoir_ml", "0", "above 0"]),
    (lambda: Pump(20, 1, -1), ["dead_space_ml", "-1"]),
    (lambda: Pump(20, 1, 0, alarm_ml=21), ["alarm_ml", "21"]),
    (lambda: Pump(20, 1, 0, unreachable_ml=20), ["unreachable_ml", "20"]),
    (lambda: Pump(20, 1, 0, mixed_share=2), ["mixed_share", "2"]),
    (lambda: PUMP.run(EVEN, -1), ["hours", "-1"]),
    (lambda: PUMP.run(3, 10), ["programme", "3"]),
    (lambda: PUMP.run(EVEN, 10, faults=[3]), ["faults[0]", "3", "Fault"]),
    (lambda: PUMP.run(EVEN, 10, [3]), ["refills[0]", "3", "Refill"]),
    (lambda: PUMP.run(EVEN, 10, [Refill(5), Refill(4)]), ["refills", "order"]),
    (lambda: PUMP.run(EVEN, 10, [Refill(5, volume_ml=30)]), ["volume_ml", "30"]),
    (lambda: PUMP.run(EVEN, 10, [Refill(5)], faults.pocket_fill(6)), ["faults", "refill at that time or later"]),
    (lambda: PUMP.run(EVEN, 10, [Refill(5), Refill(6)], faults.late_refill(0, 2)), ["late_h", "2", "before the next"]),
    (lambda: PUMP.planned_refills(EVEN, 2000, early_h=1000), ["early_h", "1000"]),
    (lambda: Fault("gremlin", 0), ["kind", "gremlin", "stall"]),
    (lambda: faults.stall(5, 4), ["until_h", "4", "after 5"]),
    (lambda: faults.leak(0, 1.5), ["share", "1.5"]),
    (lambda: faults.leak(0, 0.5, -0.1), ["place", "-0.1"]),
    (lambda: faults.late_refill(0, 0), ["late_h", "0"]),
    (lambda: PUMP.run(EVEN, 10).passes(float("nan")), ["time_h", "nan"]),
])
def test_bad_pumps_and_faults_are_refused_in_words(call, words):
    with pytest.raises(ValueError) as error:
        call()
    for word in words:
        assert word in str(error.value)


def test_a_count_that_has_just_reached_the_mark_stays_there():
    """3e-16 mL above it, the count once ran on below empty for ever, and a late refill read as fuller than counted."""
    pump = Pump(20, 1 / 0.6, 0.286, alarm_ml=2, unreachable_ml=0.3, accuracy=1.01)
    told = Programme.constant(1 / 24)
    hours = 24 * 60
    delivery = pump.run(told, hours, refills=(Refill(719.0),), faults=(faults.late_refill(719.0, 600.0),))
    for hour in np.linspace(0, 1318, 80):
        assert delivery.expected_ml(hour) >= pump.unreachable_ml - 1e-9
