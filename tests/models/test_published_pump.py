"""Published figures on pumps held against the model of the pump. Each says whether the model was fitted to the figure,
reproduces it from the same paper, predicts it, or fails; tolerances were set before anything was computed.
"""

import numpy as np
import pytest
from comparisons import comparison

from crossing.models import exposure, faults
from crossing.models.findings import LOOKS, Limits, Puzzle, Setting, Suspect, Trust
from crossing.models.fluid import OnePool
from crossing.models.programme import Programme
from crossing.models.pump import Pump
from crossing.models.settling import hours_to_share, settled_day

DAY = 24.0


def a_pump(facts, **changed):
    """The smaller of the usual sizes, with an untrimmed catheter and the recommended alarm; strength in units of one dose."""
    tube = facts["catheter_volume"].to("mL")
    assert tube == pytest.approx(facts["catheter_length"].to("cm") * facts["catheter_ml_per_cm"].to("mL/cm"))
    given = dict(reservoir_ml=facts["pump_reservoir"].range_in("mL")[0], strength_per_ml=1.0, dead_space_ml=tube,
                 alarm_ml=facts["alarm_volume"].to("mL"))
    return Pump(**given | changed)


def even(facts, pump):
    """An even rate that brings the count to the alarm after the usual time between refills."""
    months = np.mean(facts["refill_interval"].range_in("day"))
    return Programme.constant((pump.reservoir_ml - pump.alarm_ml) * pump.strength_per_ml / (months * DAY))


def baclofen_pool(facts):
    """One pool with a half-life in the middle (geometric mean) of four people; its volume does not matter here."""
    return OnePool(100.0, 100.0 * np.log(2) / np.sqrt(np.prod(facts["baclofen_thalf"].range_in("h"))))


def ratios(facts, pumps, refills=2):
    """Volume delivered over volume programmed (pumps, refills), as a syringe shows it at each refill."""
    result = []
    for pump in pumps:
        programme = even(facts, pump)
        hours = (refills + 0.5) * pump.refill_due_h(programme)
        delivery = pump.run(programme, hours, pump.planned_refills(programme, hours, early_h=DAY))
        found = [(pump.reservoir_ml - o.found_ml) / (pump.reservoir_ml - o.expected_ml) for o in delivery.openings]
        result.append(found[:refills])
    return np.array(result)


@comparison("Wesemann 2014", what="volume delivered over programmed, 65 pumps, six months", unit="ratio", kind="reproduces",
            tolerance=0.01, points=1, free=1,
            remark="The mean ratio is put in; the spread of 3 % between pumps is assumed. Only the arithmetic is checked.")
def test_wesemann_2014_volumes_at_refills_show_the_ratio_of_the_pump(facts):
    """Reproduces: the figure goes in as the mean ratio of the pumps and comes out of what is found at two refills each."""
    pumps = a_pump(facts, accuracy=facts["pump_accuracy"].value).drawn(65, 0.03, seed=1)
    return facts["pump_accuracy"].value, ratios(facts, pumps).mean()


@comparison("Wesemann 2014", what="the same, counted refill by refill", unit="ratio", kind="fails", tolerance=0.01, points=1,
            free=1, remark="A pump with one fixed ratio gives the same mean either way. The paper blames small volumes, hard to "
            "read in a syringe.")
def test_wesemann_2014_one_ratio_cannot_give_two_means_fails(facts):
    """Fails: the model has no syringe that is hard to read."""
    pumps = a_pump(facts, accuracy=facts["pump_accuracy"].value).drawn(65, 0.03, seed=1)
    return facts["pump_accuracy_refill"].value, ratios(facts, pumps).mean()


@comparison("Wesemann 2014", what="the same pumps on the bench, weighed", unit="ratio", kind="fails", tolerance=0.01, points=1,
            free=1, remark="3 % less than in the clinic: how one measures is part of the figure.")
def test_wesemann_2014_the_bench_disagrees_with_the_clinic_fails(facts):
    """Fails: one ratio for a kind of pump does not stand for both ways of measuring it."""
    pump = a_pump(facts, accuracy=facts["pump_accuracy"].value)
    return facts["pump_accuracy_bench"].value, ratios(facts, [pump]).mean()


@comparison("Label of intrathecal baclofen", what="first effect after the start of an infusion", unit="h", kind="fails",
            tolerance=0.5, points=2, free=1, remark="Time to half the plateau in one pool, half-life in the middle of four people "
            "(0.9 to 5 h). That half is enough is assumed. The effect comes later than the level.")
def test_baclofen_label_half_the_plateau_is_there_before_the_first_effect_fails(facts):
    """Fails; written down as a prediction first. The label's times are of the effect, the model's of the level."""
    return facts["baclofen_infusion_onset"].range_in("h"), hours_to_share(baclofen_pool(facts), 0.5)


@comparison("Label of intrathecal baclofen", what="largest effect after the start of an infusion", unit="h", kind="fails",
            tolerance=0.1, points=2, free=1, remark="Time to 95 % of the plateau, same half-life. With the longest of the four, "
            "5 h, it is 21.6 h and just reaches the range.")
def test_baclofen_label_the_plateau_is_there_before_the_largest_effect_fails(facts):
    """Fails: the effect runs hours behind the level, which is all that the model has."""
    slowest = OnePool(100.0, 100.0 * np.log(2) / facts["baclofen_thalf"].range_in("h")[1])
    assert hours_to_share(slowest, 0.95) == pytest.approx(21.6, abs=0.05)
    return facts["baclofen_infusion_max"].range_in("h"), hours_to_share(baclofen_pool(facts), 0.95)


@comparison("Neurosurgery 2004;55:390", what="volume left, by the count, when a sound pump stops giving", unit="mL",
            kind="fails", tolerance=0.1, points=1, free=0, remark="21 of 88 people felt withdrawal with more than 2 mL left. A pump "
            "as accurate as published still gives then: unexplained.")
def test_withdrawal_at_more_than_the_alarm_volume_fails(facts):
    """Fails. And what would explain it is too rare: the count reads so high at the end only if the pump runs at the limit."""
    def left(accuracy):
        pump = a_pump(facts, accuracy=accuracy)
        programme = even(facts, pump)
        delivery = pump.run(programme, 1.2 * pump.refill_due_h(programme))
        dry = max(dose.stop for dose in delivery.tip)
        return float(delivery.expected_ml(dry))

    low, high = facts["withdrawal_volume"].range_in("mL")
    assert low < left(1 + facts["pump_over_limit"].to("fraction")) < high
    assert facts["pump_over_share"].high / 100 < 0.01 < 21 / 88
    return (low, high), left(facts["pump_accuracy"].value)


@comparison("Rotterdam 2013-2018", what="chance that a look is right", unit="fraction", kind="reproduces", tolerance=0.01,
            points=2, free=0, remark="Counts of the series put in as sensitivity and specificity; what comes out is Bayes' rule, "
            "not knowledge.")
def test_rotterdam_dye_and_tomography_right_when_abnormal_and_right_when_normal(facts):
    """Reproduces: 17 of 19 abnormal and 27 of 31 normal pictures were right, with a cause in 21 of 50."""
    pump = a_pump(facts)
    setting = Setting(pump, even(facts, pump), (), 10, Limits(2, 0.2, 0.2, 0.3), OnePool(150, 25))
    trust = Trust(misses=1 - facts["dye_ct_sensitivity"].to("fraction"), false=1 - facts["dye_ct_specificity"].to("fraction"))
    suspects = [Suspect(faults.leak(0, 0.9), 21), Suspect(None, 29)]
    puzzle = Puzzle(setting, suspects, {"dye": trust})

    def right(reads, kind):
        after = puzzle.chances * puzzle.likelihood("dye", reads)
        return puzzle.by_kind(after / after.sum())[suspects[kind].kind]

    return {"abnormal picture is right": (17 / 19, right("escapes on the way", 0)),
            "normal picture is right": (27 / 31, right(LOOKS["dye"], 1))}


def test_hong_kong_2014_at_the_limit_the_pump_is_dry_when_its_alarm_sounds(facts):
    """Predicted, direction. Too much given shows as less volume than expected, as the alert says. At 14.5 % the smaller pump
    is dry before the low alarm: all of the 2 mL that the count still shows is missing, just the gap worth a look. At the
    published 1 % a tenth of that is. The count would have to run to 13.8 mL for the limit to reach the gap."""
    look, alarm = facts["refill_gap_look"].to("mL"), facts["alarm_volume"].to("mL")
    gaps, dry = {}, {}
    for name, accuracy in (("limit", 1 + facts["pump_over_limit"].to("fraction")), ("usual", facts["pump_accuracy"].value)):
        pump = a_pump(facts, accuracy=accuracy)
        programme = even(facts, pump)
        due = pump.refill_due_h(programme)
        delivery = pump.run(programme, due + 1)
        assert [entry.time_h for entry in delivery.log if entry.kind == "low"] == pytest.approx([due])
        gaps[name] = float(delivery.expected_ml(due) - delivery.reservoir_ml(due))
        dry[name] = float(delivery.reservoir_ml(due)) == 0
    assert dry == {"limit": True, "usual": False}
    assert gaps["limit"] == pytest.approx(alarm) and gaps["usual"] < 0.1 * look
    assert look / facts["pump_over_limit"].to("fraction") == pytest.approx(13.8, abs=0.01)


def test_medtronic_2008_a_day_of_stall_is_too_little_for_the_reservoir_to_show(facts):
    """Predicted, direction. The longest reported delay after a scan leaves about a fifth of a millilitre too much: a tenth of
    the gap worth a look. The level at the tip is gone long before."""
    pump = a_pump(facts)
    hours = facts["mri_stall_delay"].range_in("h")[1]
    delivery = pump.run(even(facts, pump), 40 * DAY, (), faults.stall(30 * DAY, 30 * DAY + hours))
    too_much = float(delivery.reservoir_ml(35 * DAY) - delivery.expected_ml(35 * DAY))
    assert 0 < too_much < 0.15 * facts["refill_gap_look"].to("mL")
    pool = OnePool(100.0, 100.0 * np.log(2) / facts["baclofen_thalf"].range_in("h")[1])
    end = 30 * DAY + hours
    assert pool.run(delivery.tip, [end]).fluid[0] < 0.05 * pool.run(delivery.prescribed, [end]).fluid[0]


def test_dvorak_2010_catheter_faults_are_found_by_looking_at_the_catheter(facts):
    """Predicted, direction. Of 37 faults all were found at the catheter: by pictures, by a side port that gave nothing, by dye
    or tracer. In the model too neither log nor reservoir shows a leak, a gap or a moved tip. Pictures alone miss some."""
    shares = [facts[f"found_by_{look}"].value for look in ("xray", "side_port", "dye", "tracer")]
    assert sum(shares) == pytest.approx(100, abs=0.2) and max(shares) < 50
    pump = a_pump(facts)
    setting = Setting(pump, even(facts, pump), (), 30, Limits(2, 0.2, 0.2, 0.3), OnePool(150, 25))
    broken = [faults.leak(0, 0.6), faults.disconnection(0), faults.tip_moved(0), faults.tip_moved(0, shows=False)]
    seen = {look: [not setting.look(look, fault).usual for fault in broken] for look in LOOKS}
    assert not any(seen["log"]) and not any(seen["reservoir"])
    assert 0 < sum(seen["x-ray"]) < len(broken) and 0 < sum(seen["side port"]) < len(broken) and all(seen["dye"])


def test_eldabe_crossover_the_same_daily_amount_gives_the_same_mean_level(facts):
    """Consistent with a trial that found no difference (1.1 points, -21.8 to 24.0) and with a pilot that found one (6 of 10):
    the model gives equal means and unequal peaks, and cannot say which of the two people feel."""
    low, high = facts["doses_or_flow"].low, facts["doses_or_flow"].high
    assert low < 0 < high and facts["doses_help_some"].value > 5
    pool, times = OnePool(150, 25), np.linspace(0, 24, 9601)
    flow = Programme.constant(1 / 24)
    doses = flow.as_doses(4, share=0.4)
    flat, waves = (settled_day(pool, programme.schedule(24), times)[:, 0] for programme in (flow, doses))
    assert exposure.mean(times, waves) == pytest.approx(exposure.mean(times, flat), rel=1e-3)
    assert exposure.peak(times, waves) > 1.1 * exposure.peak(times, flat)
