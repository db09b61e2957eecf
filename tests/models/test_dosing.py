"""Schedules: what is given, when, and what is refused."""

import numpy as np
import pytest

from crossing.models.dosing import Bolus, Infusion, Schedule, repeat, repeat_daily


def test_total_counts_every_dose():
    schedule = Schedule([Bolus(0, 2.0), Infusion(1, 5, 0.25), Bolus(3)])
    assert schedule.total == pytest.approx(4.0)
    assert schedule.given_by([0, 1, 3, 5, 99]) == pytest.approx([2.0, 2.0, 3.5, 4.0, 4.0])
    assert len(schedule) == 3


def test_daily_doses_come_at_the_same_hour_each_day():
    schedule = repeat_daily([Bolus(8, 0.5), Bolus(20, 0.5)], 3)
    assert [dose.time for dose in schedule] == [8, 20, 32, 44, 56, 68]
    assert schedule.total == pytest.approx(3.0)


def test_overlapping_repeats_stay_in_order():
    schedule = repeat(Schedule([Bolus(0), Infusion(5, 9, 1.0)]), 3, times=3)
    starts = [dose.start for dose in schedule]
    assert starts == sorted(starts) and schedule.total == pytest.approx(15.0)


def test_schedules_can_be_merged_moved_and_scaled():
    merged = Schedule(Bolus(4)) + Schedule([Bolus(1), Infusion(6, 7, 1)])
    assert [dose.start for dose in merged] == [1, 4, 6]
    assert [dose.start for dose in merged.later(2)] == [3, 6, 8]
    assert merged.scaled(1.5).total == pytest.approx(4.5)


def test_an_endless_infusion_has_an_endless_total():
    assert Schedule(Infusion(0, np.inf, 1.0)).total == np.inf
    assert Schedule(Infusion(0, np.inf, 0.0)).total == 0


@pytest.mark.parametrize("call, words", [
    (lambda: Bolus(-1), ["time", "-1", "0 or more"]),
    (lambda: Bolus(0, -2), ["amount", "-2", "0 or more"]),
    (lambda: Bolus(0, 1, volume_ml=0), ["volume_ml", "0", "above 0"]),
    (lambda: Bolus(0, "much"), ["amount", "much", "0 or more"]),
    (lambda: Bolus(0, position_cm=-3), ["position_cm", "-3"]),
    (lambda: Infusion(2, 1, 1), ["stop", "1", "after the start at 2"]),
    (lambda: Infusion(0, float("nan"), 1), ["stop", "nan"]),
    (lambda: Infusion(0, 1, -1), ["rate", "-1"]),
    (lambda: Schedule([Bolus(3), Bolus(1)]), ["doses[1]", "1", "3 h or later"]),
    (lambda: Schedule([Bolus(3), 4]), ["doses[1]", "4", "a Bolus or an Infusion"]),
    (lambda: repeat_daily(Bolus(0), 0), ["days", "0", "1 or more"]),
    (lambda: repeat(Bolus(0), 0, 3), ["every_h", "0"]),
    (lambda: Schedule(Bolus(0)).scaled(-1), ["factor", "-1"]),
    (lambda: Infusion(0, 1, 1).scaled(-1), ["factor", "-1"]),
    (lambda: Bolus(0).later("soon"), ["hours", "soon"]),
    (lambda: Bolus(1).later(-2), ["time", "-1"]),
    (lambda: Schedule(Bolus(0)).given_by([1, float("nan")]), ["times", "nan"]),
    (lambda: Infusion(0, 1, 1).given_by(None), ["time", "None"]),
])
def test_bad_input_is_named_with_what_was_found_and_wanted(call, words):
    with pytest.raises(ValueError) as error:
        call()
    for word in words:
        assert word in str(error.value)
