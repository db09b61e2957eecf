"""What lesson 05 claims must come out of its charts."""


import numpy as np
import pytest

from crossing.facts import facts, levels
from crossing.lessons.pumps import Accuracy, DayProgramme, PerfectLog, StepUp
from crossing.lessons.pumps.accuracy import MAKER, SHOWN, percent
from crossing.lessons.pumps.day import TIMES, line
from crossing.lessons.pumps.perfect import FIXED, MAKE, STORY, stories
from crossing.lessons.pumps.places import PLACES, TIP, clock
from crossing.lessons.pumps.step import TIMES as HOURS
from crossing.lessons.pumps.step import way
from crossing.lessons.spinal_infusion.canal import canal
from crossing.models.dosing import Infusion, Schedule
from crossing.models.settling import hours_to_share


def result(chart, **settings):
    made = chart()
    made.set(**settings)
    return made.result


def hour(r, place, which="top"):
    return clock(TIMES[getattr(r.at[place], which)] + 12)


# ---- core 1: a day's programme ----------------------------------------------------------------------------


def test_the_level_lags_the_more_the_further_from_the_tip():
    r = result(DayProgramme)
    assert [hour(r, p) for p in PLACES] == ["6:00", "6:50", "8:30"]
    assert hour(r, "L3/4", "low") == "22:00" and hour(r, "C1", "low") == "23:30"


@pytest.mark.parametrize("rate", [1.5, 2, 3, 4])
def test_a_higher_night_rate_lifts_the_peak_and_does_not_move_its_hour(rate):
    low, high = result(DayProgramme, night_rate=1.25), result(DayProgramme, night_rate=rate)
    for place in PLACES:
        assert hour(high, place) == hour(low, place)
        assert high.at[place].level.max() > low.at[place].level.max()


@pytest.mark.parametrize("settings", [{}, {"night_rate": 0}, {"share": 100}, {"share": 40, "doses": 6, "night_hours": 12}, {"half_life": 10, "share": 70}])
def test_the_mean_is_the_same_at_each_place_whatever_the_programme(settings):
    for place, m in result(DayProgramme, **settings).at.items():
        # Near the tip the drawn points are five minutes apart, and a dose makes a sharp corner.
        assert np.trapezoid(m.level, TIMES) / 24 == pytest.approx(1, rel=0.01 if place == TIP else 1e-3)
        assert m.level[0] == pytest.approx(m.level[-1], rel=1e-6), "a settled day ends as it began"


@pytest.mark.parametrize("settings", [(0, 0, 4, 22, 8), (4, 0.3, 2, 18, 12), (1, 1, 6, 24, 4), (2.5, 0.5, 3, 23, 9)])
def test_the_programme_gives_one_day_s_amount(settings):
    assert line(*settings).daily_amount == pytest.approx(1, rel=1e-12)


def test_distance_smooths_doses():
    r = result(DayProgramme, night_rate=1, share=100)
    swing = [r.at[p].level.max() / r.at[p].level.min() for p in PLACES]
    assert swing[0] > 5 * swing[1] and swing[1] > swing[2] > 1.2


def test_an_even_flow_is_even():
    chart = DayProgramme(night_rate=1.0)
    assert (chart.result.even and "even all day" in chart.words) or chart.veiled


def test_requests_are_granted_or_refused_by_lock_out_and_by_the_most_of_a_day():
    r = result(DayProgramme, requests=6)
    granted = [a for a in r.answers if a.granted]
    assert len(granted) == 3 and {a.why.split(":")[0].split(",")[0] for a in r.answers if not a.granted} == {"locked", "the most for 24 h"}
    assert all(b.time_h - a.time_h >= 4 for a, b in zip(granted, granted[1:]))
    assert len([a for a in result(DayProgramme, requests=6, lock_out=8).answers if a.granted]) <= 3


def test_the_refill_comes_when_reservoir_less_alarm_is_gone():
    for ml in (20, 40):
        for strength in (2, 5, 10):
            want = (ml - facts["alarm_volume"].to("mL")) * strength
            assert result(DayProgramme, reservoir=ml, strength=strength).refill == pytest.approx(want, rel=1e-6)
    assert result(DayProgramme, requests=8).refill < result(DayProgramme).refill
    low, high = facts["refill_interval"].range_in("day")
    assert 0.9 * low < result(DayProgramme).refill < high


# ---- core 2: a step up ------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", list(PLACES))
def test_how_soon_does_not_depend_on_the_step(place):
    rows = [result(StepUp, step=s, place=place) for s in (1.2, 2, 4)]
    assert len({r.half for r in rows}) == 1 and len({r.most for r in rows}) == 1
    for r in rows:
        mine = r.level[:, list(PLACES).index(place)]
        assert np.interp(r.half, HOURS, mine) == pytest.approx(1 + (r.step - 1) / 2, rel=5e-3)
        assert mine[-1] == pytest.approx(r.step, rel=1e-3)


def test_the_further_the_later():
    assert [round(result(StepUp, place=p).half, 1) for p in PLACES] == [2.3, 5.8, 7.7]


def test_a_second_step_settles_at_the_square_and_passes_the_goal_sooner_than_waiting():
    once, twice = result(StepUp), result(StepUp, again="4 h")
    assert twice.end == once.end ** 2 and once.most > twice.passes > 4
    assert 100 * twice.gone == pytest.approx(15, abs=0.5) and twice.passes == pytest.approx(8.7, abs=0.05)
    late = result(StepUp, again="48 h")
    assert late.end == twice.end and late.gone > 0.99


def test_two_steps_are_what_the_canal_gives_for_two_infusions():
    """The chart adds up two single steps; the model is run once with both."""
    r, tip = result(StepUp, again="8 h", step=3), levels[TIP]
    tube = canal(loss_per_h=np.log(2) / 4.5)
    hours = [4.0, 12.0, 30.0]
    doses = Schedule([Infusion(0.0, np.inf, 2.0, tip), Infusion(8.0, np.inf, 6.0, tip)])
    heights = [levels[p] for p in PLACES]
    want = 1 + tube.run(doses, hours).at(heights) / tube.steady(tip, 1.0).at(heights)
    found = np.stack([np.interp(hours, HOURS, column) for column in r.level.T], axis=1)
    assert found == pytest.approx(want, rel=2e-3)


def test_a_new_strength_waits_for_the_old_solution_and_a_new_rate_does_not():
    rate, strength = result(StepUp), result(StepUp, change="strength")
    wait = facts["catheter_volume"].to("mL") / 0.2 * 24
    assert rate.wait == 0 and strength.wait == pytest.approx(wait, rel=1e-9) and strength.half == pytest.approx(rate.half + wait, rel=1e-9)
    assert result(StepUp, change="strength", flow=0.4).wait == pytest.approx(wait / 2, rel=1e-9)
    assert result(StepUp, flow=0.4).half == rate.half, "the flow plays no part in a change of the rate"


def test_a_slower_loss_takes_longer():
    assert way(10.0)[1]["C1"][0] > way(4.5)[1]["C1"][0] > way(2.5)[1]["C1"][0]


def test_the_hours_of_the_chart_are_those_of_the_model():
    tube, tip = canal(loss_per_h=np.log(2) / 4.5), levels[TIP]
    for place, (half, most) in way(4.5)[1].items():
        assert half == pytest.approx(hours_to_share(tube, 0.5, levels[place], tip), rel=5e-3)
        assert most == pytest.approx(hours_to_share(tube, 0.9, levels[place], tip), rel=5e-3)


# ---- break it: two stories --------------------------------------------------------------------------------


def test_the_pump_s_story_is_the_same_whatever_goes_wrong():
    none = stories("none")
    assert none.count == pytest.approx(none.true) and none.told == pytest.approx(none.arrived, abs=1e-9)
    for fault in MAKE:
        told = stories(fault)
        assert told.count == pytest.approx(none.count, abs=1e-9) and [e.kind for e in told.log] == ["refill"], fault


def test_only_the_stall_shows_in_the_reservoir_and_each_fault_in_what_arrives():
    off = {f: abs(stories(f).true[-1] - stories(f).count[-1]) for f in MAKE}
    assert {f for f, gap in off.items() if gap > 1e-6} == {"motor stands still"}
    arrived = {f: float(stories(f).arrived[-1]) for f in MAKE}
    assert arrived["none"] == pytest.approx(120) and arrived["motor stands still"] == pytest.approx(40, abs=1e-6)
    assert arrived["tip moved"] == pytest.approx(40, abs=1e-6)
    assert arrived["tube apart"] == pytest.approx(40, abs=1e-6)
    wait = facts["catheter_volume"].to("mL") / 0.2
    assert arrived["refill too weak"] == pytest.approx(40 + wait + (80 - wait) / 2, abs=1e-6)


def test_before_the_fault_nothing_differs():
    for fault in MAKE:
        r = result(PerfectLog, fault=fault, day=40)
        assert r.now["told"] == pytest.approx(r.now["arrived"], abs=1e-6) and r.now["true"] == pytest.approx(r.now["count"], abs=1e-6)


def test_the_fixed_line_stands_in_the_figure(monkeypatch):
    chart = PerfectLog()
    for narrow in (False, True):
        chart.set_layout("narrow" if narrow else "wide")
        assert chart.chart.figure.get_suptitle().replace("\n", " ") == FIXED
    assert set(STORY) == set(MAKE) == set(PerfectLog.controls()["fault"].options())


# ---- further: accuracy ------------------------------------------------------------------------------------


def test_the_published_means_are_drawn_as_published():
    assert [round(percent(f)[0], 1) for f in SHOWN] == [1.0, 2.5, -2.1, -2.9, -3.2, -2.4]
    assert all("maker" in facts[f].context or "manual" in facts[f].quantity for f in MAKER)


def test_the_gap_grows_with_time():
    r = result(Accuracy, excess=14.5, days=90)
    assert r.gap == pytest.approx(0.145 * 18) and r.until[0] == pytest.approx(1 / 0.029)
    assert result(Accuracy, excess=-1, days=90).gap == pytest.approx(-0.18)
    assert result(Accuracy, excess=0).gap == 0
