"""What lesson 04 claims must come out of its charts, and its two stories with published figures must stay as told."""

import numpy as np
import pytest

from crossing.facts import facts, levels
from crossing.lessons.spinal_infusion import (BolusAlongTheCord, BolusOrInfusion, HowSure, MinutesOrHours, SteadyInfusion,
                                              ThreeStories, TwoBoxes)


def result(chart, **settings):
    made = chart()
    made.set(**settings)
    return made.result


def test_doubling_the_rate_doubles_every_level():
    one, two = result(SteadyInfusion, rate=1.0), result(SteadyInfusion, rate=2.0)
    for level in one.level:
        assert two.level[level] == pytest.approx(2 * one.level[level], rel=1e-9)


@pytest.mark.parametrize("half_distance", [3.0, 6.0, 16.4])
def test_doubling_the_rate_pushes_the_reach_out_by_one_half_distance(half_distance):
    one, two = (result(SteadyInfusion, rate=r, half_distance=half_distance, tip="L1/2") for r in (1.0, 2.0))
    if not two.leaves:
        assert two.reach - one.reach == pytest.approx(half_distance, rel=1e-6)


def test_in_the_steep_setting_a_moved_tip_beats_a_doubled_rate():
    """4 cm at a half-distance of 3 cm: 2^(4/3) at T6, more than any doubling; and the fall is exponential to 1 %."""
    low = result(SteadyInfusion, half_distance=3.0, tip="T12").level["T6"]
    moved = result(SteadyInfusion, half_distance=3.0, tip="T10").level["T6"]
    doubled = result(SteadyInfusion, half_distance=3.0, tip="T12", rate=2.0).level["T6"]
    assert moved / low == pytest.approx(2 ** (4 / 3), rel=0.01)
    assert moved > doubled


def test_the_fitted_setting_passes_through_the_published_points():
    level = result(SteadyInfusion).level
    assert level["T2"] / level["T12"] == pytest.approx(facts["kroin_t2_t12"].to("dimensionless"), rel=0.01)


def test_three_stories_agree_where_they_were_fitted_and_part_elsewhere():
    fitted = result(ThreeStories, where="T2").at
    for share in fitted.values():
        assert share == pytest.approx(0.43, abs=0.005)
    below = result(ThreeStories, where="S2").at
    assert below["drift"] < 0.01 < 1.2 < below["sink"] < below["mixing"]
    head = result(ThreeStories, where="C1").at
    assert head["sink"] < 0.02 and head["mixing"] == pytest.approx(head["drift"], abs=0.01) and head["mixing"] > 0.2


def test_drift_alone_arrives_as_a_front():
    early = result(ThreeStories, where="T2", when=8).at
    late = result(ThreeStories, where="T2", when=16).at
    assert early["drift"] < 0.05 < 0.4 < late["drift"]


@pytest.mark.parametrize("place", ["L3/4", "T6", "C1"])
def test_the_same_total_has_the_same_area_whatever_the_rhythm(place):
    areas = [result(BolusOrInfusion, pattern=p).at[place].area for p in ("steady", "four", "one")]
    assert areas == pytest.approx([areas[0]] * 3, rel=1e-9)


def test_the_exact_area_is_the_area_of_the_drawn_curve():
    """Far from the tip nothing happens between the drawn points, so the trapezium rule must come to the same."""
    from crossing.lessons.spinal_infusion.rhythm import TIMES, day
    for pattern in ("one", "four", "steady"):
        curve, area = day(pattern, 4.5)["C1"]
        whole = np.concatenate([[curve[-1]], curve])
        assert np.trapezoid(whole, np.concatenate([[0.0], TIMES])) == pytest.approx(area, rel=0.01)


def test_peaks_are_gentler_far_from_the_tip():
    peaks = {p: m.peak for p, m in result(BolusOrInfusion, pattern="one").at.items()}
    assert peaks["L3/4"] > 2 * peaks["T6"] > 2 * peaks["C1"] * 0.9


def test_a_bolus_spreads_and_is_accounted_for():
    early, late = result(BolusAlongTheCord, time=0.5), result(BolusAlongTheCord, time=12.0)
    assert late.high - late.low > early.high - early.low
    assert late.left < early.left <= 1
    assert early.left + early.head <= 1 + 1e-12


def test_the_volume_of_the_injection_hardly_matters_after_an_hour():
    spans = [(r.high - r.low) for r in (result(BolusAlongTheCord, volume=v) for v in (1.0, 10.0))]
    assert abs(spans[1] - spans[0]) < 1.5


def test_break_it_no_single_mixing_gives_both_measured_peaks():
    early, dense = facts["morph_isobaric_tmax"].range_in("h"), facts["morph_hyperbaric_tmax"].range_in("h")
    chart = MinutesOrHours()
    peaks = {}
    for mixing in chart.controls()["mixing"].options():
        chart.mixing = mixing
        peaks[mixing] = chart.result.peak
    assert not any(early[0] <= peaks[m] <= early[1] and dense[0] <= peaks[m] <= dense[1] for m in peaks)
    fitted = peaks[1.0]
    assert early[1] < fitted < dense[0], "the fitted value describes neither group"
    quick = [m for m, p in peaks.items() if early[0] <= p <= early[1]]
    slow = [m for m, p in peaks.items() if dense[0] <= p <= dense[1]]
    assert quick and slow and min(quick) / max(slow) > 10, "each can be hit, with mixings more than tenfold apart"


def test_two_boxes_give_days_where_one_gives_hours():
    start = result(TwoBoxes)
    assert start.slow / 24 == pytest.approx(facts["nusi_thalf"].to("days"), rel=0.03)
    assert start.alone < 3
    assert result(TwoBoxes, tissue=1.0).slow < 24


def test_a_crowd_hides_what_one_person_shows_and_the_catheter_hides_more():
    apart, through = result(HowSure, view="people"), result(HowSure, view="catheter")
    assert through.rank < apart.rank < 0.9
    assert result(HowSure, view="catheter", carry_over=0.0).rank == pytest.approx(apart.rank)


def test_levels_run_from_tail_to_head():
    heights = [levels[n] for n in ("S2", "L3/4", "L1/2", "T12", "T10", "T6", "T2", "C1")]
    assert heights == sorted(heights)


def test_a_control_is_called_by_its_name_in_its_label():
    """Prose says `half_distance = 3`; the page must show a control that a reader knows by that name."""
    import crossing.lessons.welcome  # noqa: F401
    from crossing.explore import Explorable
    for chart in Explorable.registry.values():
        if chart.__module__.startswith("crossing.lessons"):
            for name, control in chart.controls().items():
                words = control.label.lower().replace("-", "").replace("_", "").replace(" ", "")
                assert name.replace("_", "") in words, f"{chart.__name__}.{name} is labelled {control.label!r}"
