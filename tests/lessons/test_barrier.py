"""What lesson 01 claims must come out of its charts."""

import numpy as np
import pytest

from crossing.explore.theme import MODEL, PUBLISHED
from crossing.facts import facts, molecules
from crossing.lessons import barrier
from crossing.lessons.barrier import Carriers, FourRatios, LeftoverBlood, OnePass, OpenedDoor, RulesOfThumb, SpeedAndExtent
from crossing.lessons.barrier.counting import COLUMNS, ROWS, speckle, squares
from crossing.lessons.barrier.door import HALVES
from crossing.lessons.barrier.speed import TIMES
from crossing.lessons.barrier.wall import duration, nice, percent, ratio, spread


def result(chart, **settings):
    made = chart()
    made.set(**settings)
    return made.result


def words(chart, **settings):
    made = chart()
    made.set(**settings)
    return made.describe(made.result)


# -- speed and extent ------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("crossing, seen", [(0.1, "0.02"), (1.0, "0.17"), (10.0, "0.67"), (100.0, "0.95")])
def test_against_a_pump_of_50_speed_decides_the_ratio(crossing, seen):
    assert ratio(result(SpeedAndExtent, pump=50, crossing=crossing).drugs[1].end) == seen
    assert f"{seen} of the free level in blood" in words(SpeedAndExtent, pump=50, crossing=crossing)


def test_without_a_pump_a_hundred_times_faster_ends_where_the_slow_one_ends():
    one, two = result(SpeedAndExtent, pump=0).drugs
    assert (ratio(one.end), ratio(two.end)) == ("0.98", "1.00")
    assert one.half / two.half == pytest.approx(100, rel=0.03)


@pytest.mark.parametrize("pump", [0, 50, 200])
@pytest.mark.parametrize("dose", [2.0, 4.0])
def test_a_bigger_dose_moves_every_level_and_no_ratio(pump, dose):
    small, big = (result(SpeedAndExtent, pump=pump, dose=d).drugs for d in (1.0, dose))
    for one, other in zip(small, big):
        assert other.end == one.end and other.half == one.half
        assert np.array_equal(other.ratio, one.ratio)
        assert other.level == pytest.approx(dose * one.level)


def test_sucrose_and_mannitol_are_held_below_blood_without_any_pump():
    assert ratio(result(SpeedAndExtent, base="sucrose").drugs[0].end) == "0.39"
    assert ratio(result(SpeedAndExtent, base="mannitol").drugs[0].end) == "0.57"
    assert "0.39" in words(SpeedAndExtent, **SpeedAndExtent.presets["Like sucrose, no pump"])


def test_holding_by_tissue_raises_the_total_and_slows_and_leaves_the_free_ratio():
    plain, held = (result(SpeedAndExtent, pump=50, binding=b, show="total") for b in (1.0, 10.0))
    for one, other in zip(plain.drugs, held.drugs):
        assert other.end == one.end and other.half == pytest.approx(10 * one.half)
    assert held.scale == pytest.approx(10 * plain.scale)


def test_curves_end_near_the_ratio_that_the_words_give():
    for settings in ({}, {"pump": 50}, {"base": "sucrose"}, {"binding": 10.0}, {"binding": 10.0, "crossing": 0.1}, {"base": "sucrose", "crossing": 0.1}):
        r = result(SpeedAndExtent, **settings)
        for drug in r.drugs:
            assert drug.ratio[-1] == pytest.approx(drug.end, rel=0.035)  # five half-times leave 3 %
            half = np.interp(drug.half, TIMES[r.hours], drug.ratio)
            assert half == pytest.approx(drug.end / 2, rel=0.03)


# -- in one pass -----------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("preset, by_flow, by_ps", [("PS a thousandth of the flow", "1.00", "3.99"), ("PS equal to the flow", "1.24", "1.55"),
                                                    ("PS five times the flow", "1.85", "1.01")])
def test_what_twice_the_flow_and_four_times_the_ps_bring(preset, by_flow, by_ps):
    said = words(OnePass, **OnePass.presets[preset])
    assert f"multiplies the uptake by {by_flow}" in said and f"multiplies it by {by_ps}" in said


def test_the_gains_are_those_of_the_drawn_curves():
    r = result(OnePass, flow=60.0, crossing=100.0)
    from crossing.lessons.barrier.one_pass import FLOWS
    assert np.interp(120, FLOWS, r.gains) == pytest.approx(r.by_flow, rel=1e-3)
    assert np.interp(60, FLOWS, r.wider_gains) == pytest.approx(r.by_ps, rel=1e-3)
    assert np.interp(60, FLOWS, r.gains) == pytest.approx(1, rel=1e-3)


def test_uptake_never_exceeds_the_flow_or_the_ps():
    for crossing in OnePass.controls()["crossing"].options():
        r = result(OnePass, crossing=crossing)
        assert r.uptake <= min(r.flow, r.ps) * (1 + 1e-12) and 1 <= r.by_flow <= 2 and 1 <= r.by_ps <= 4


def test_the_curve_for_water_passes_near_the_measured_points():
    r = result(OnePass, flow=54.0, crossing=100.0)
    assert r.share == pytest.approx(facts["E_water_human"].value, abs=0.03)


# -- the wall opened -------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("drug", ["short", "long", "quick"])
@pytest.mark.parametrize("settings", [{}, {"hours": 24.0}, {"closing": 2.0}, {"before": 3.0}, {"pump": False}, {"fold": 3.0, "hours": 4.0}])
def test_no_drug_gains_more_than_the_bound(drug, settings):
    r = result(OpenedDoor, drug=drug, **settings)
    assert 1 - 1e-4 <= r.gain <= r.bound * (1 + 1e-6) <= r.fold * (1 + 1e-6)
    assert np.all(r.gains <= r.bounds * (1 + 1e-6))
    assert r.bound == pytest.approx(1 + (r.fold - 1) * r.met)


def test_a_wall_ten_times_as_open_for_an_hour_brings_a_drug_of_three_days_hardly_more():
    said = words(OpenedDoor)
    assert "1.07 times what it would have been" in said and "the most possible is 1.09 times" in said and "8.4 times the peak" in said
    assert "0.96 % of the blood's exposure" in said


def test_who_gains_is_gone_from_blood_soon_and_was_kept_out():
    short, long, quick = (result(OpenedDoor, drug=d).gain for d in ("short", "long", "quick"))
    assert short == pytest.approx(4.84, abs=0.01) and long < 1.1 and quick == pytest.approx(1, abs=0.005)


def test_a_door_opened_late_lets_a_drug_out():
    """Nothing pumps it, blood has lost it, the brain still holds it: the door is open both ways."""
    assert result(OpenedDoor, drug="short", pump=False, before=6.0).gain == pytest.approx(0.74, abs=0.005)
    assert result(OpenedDoor, drug="short", pump=False, before=0.0).gain == pytest.approx(3.95, abs=0.005)


def test_the_marker_lies_on_the_drawn_curve():
    for drug in ("short", "long", "quick"):
        r = result(OpenedDoor, drug=drug, hours=4.0)
        assert np.interp(np.log(r.half), np.log(HALVES), r.gains) == pytest.approx(r.gain, rel=0.02)


def test_what_else_comes_in_grows_with_width_and_time():
    """(10 - 1) x PS of sucrose x 60 min."""
    one = result(OpenedDoor).let_in
    assert one == pytest.approx(9 * facts["PS_sucrose"].to("uL/g/min") * 60)
    assert result(OpenedDoor, hours=4.0).let_in == pytest.approx(4 * one)


# -- carriers --------------------------------------------------------------------------------------------------------

def test_twice_the_glucose_is_not_twice_the_traffic():
    said = words(Carriers)
    assert "multiplies the traffic by 1.38" in said and "45 % of the seats" in said and "0.072 mL/g/min" in said
    assert "multiplies the traffic by 1.24" in words(Carriers, level=2.0) and "62 % of the seats" in words(Carriers, level=2.0)


def test_the_usual_glucose_meets_the_published_ps():
    assert result(Carriers).ps == pytest.approx(facts["glc_PS_5mM"].to("mL/g/min"), rel=0.01)


def test_twice_the_rivals_halve_the_levodopa_and_a_blocker_doubles_it():
    assert result(Carriers, view="levodopa", level=2.0).entry == pytest.approx(0.51, abs=0.005)
    assert result(Carriers, view="levodopa", blocker=True).entry == pytest.approx(2.0)
    assert result(Carriers, view="levodopa").entry == pytest.approx(1.0)


def test_the_model_share_of_dopamine_is_near_the_published_one():
    assert result(Carriers, view="levodopa").kept == pytest.approx(facts["fdopa_share"].value, rel=0.2)
    assert "23 %" in words(Carriers, view="levodopa", blocker=True)


def test_disguised_drugs_are_only_what_papers_say():
    said = words(Carriers, view="disguise")
    for figure in ("68 % of heroin", "24 % of codeine", "3 min", "79 %"):
        assert figure in said


# -- leftover blood --------------------------------------------------------------------------------------------------

def test_blood_alone_shows_a_logbb_of_minus_two():
    said = words(LeftoverBlood)
    assert "logBB −1.98; blood is 99 % of that" in said and "0.0103, logBB −1.99" in said


def test_one_in_a_hundred_shows_two():
    said = words(LeftoverBlood, kp=0.01)
    assert "shows 0.02 in the sample" in said and "blood is 51 % of that" in said


def test_taking_the_right_amount_away_gives_the_truth_and_a_wrong_one_less_than_nothing():
    assert result(LeftoverBlood, kp=0.05, correct=True).mine == pytest.approx(0.05)
    assert result(LeftoverBlood, kp=0.001, blood=5.3, correct=True).mine < 0
    assert "less than nothing is left" in words(LeftoverBlood, kp=0.001, blood=5.3, correct=True)


def test_few_measured_ratios_lie_below_the_floor():
    r = result(LeftoverBlood)
    assert (r.below, r.of) == (11, facts["b3db_measured"].value)


# -- rules of thumb --------------------------------------------------------------------------------------------------

def test_a_cut_off_is_wrong_about_a_quarter_of_a_thousand():
    counts = result(RulesOfThumb).of
    assert counts.right + counts.wrong == 1000 and counts.right == 745
    assert "745 of 1000" in words(RulesOfThumb) and "Kept out although they cross: 134" in words(RulesOfThumb)


def test_moving_the_cut_off_trades_one_error_for_the_other():
    tight, wide = (result(RulesOfThumb, limit=x).of for x in (70.0, 120.0))
    assert wide.misses < tight.misses and wide.false_alarms > tight.false_alarms


def test_the_equation_as_printed_and_fitted_anew():
    said = words(RulesOfThumb, view="equation", limit=140.0)
    assert "R² of −0.10" in said and "up to 140 Å² 0.26" in said and "The 5 % above that carry 40 %" in said
    assert "R² of 0.30" in words(RulesOfThumb, view="equation", copy="refit")
    assert "R² of −0.49" in words(RulesOfThumb, view="equation", copy="sign")


def test_same_list_three_headlines():
    assert "88 % of the 1058" in words(RulesOfThumb, view="counted", cut=-1.0)
    said = words(RulesOfThumb, view="counted", cut=0.0)
    assert "49 % of the 1058" in said and "63 % are called crossing" in said and "claim is 2 %" in said


@pytest.mark.parametrize("mark", [m for m in RulesOfThumb.controls()["mark"].options() if m != "nothing"])
def test_every_molecule_to_mark_is_in_the_list(mark):
    name, _, _, logbb, place = result(RulesOfThumb, mark=mark).mark
    assert name in molecules.measured["name"][place].casefold() and np.isfinite(logbb)


def test_a_thousand_squares_are_a_thousand():
    picture = squares((400, 100, 200, 300), (("#0072b2", True), ("#0072b2", False), ("#b87a00", False), ("#b87a00", True)))
    assert ROWS * COLUMNS == 1000 and picture.shape == (ROWS * 5, COLUMNS * 5, 4)
    # Sixteen pixels for a full square, twelve for a frame.
    assert np.count_nonzero(picture[..., 3]) == 16 * 700 + 12 * 300


def test_marks_at_the_edge_of_a_speckled_picture_are_cut_and_not_wrapped():
    picture = speckle(np.array([0.0, 1.0]), np.array([0.0, 1.0]), np.array([True, False]), (0, 1), (0, 1), ("#000000", "#ffffff"), (40, 30))
    assert picture.shape == (30, 40, 4) and picture[0, 0, 3] == 1 and picture[-1, 0, 3] == 0 and picture[0, -1, 3] == 0


# -- four ratios -----------------------------------------------------------------------------------------------------

def test_ten_times_the_holding_raises_kp_tenfold_and_not_the_free_level():
    one, ten = (result(FourRatios, brain=b) for b in (1.0, 10.0))
    assert ten.kp == pytest.approx(10 * one.kp) and ten.free == one.free and ten.logbb == pytest.approx(one.logbb + 1)
    assert ten.dots[1][0] == one.dots[1][0]


def test_verapamil_meets_the_published_ratio_of_totals():
    assert result(FourRatios, **FourRatios.presets["About verapamil"]).kp == pytest.approx(facts["verap_kp"].value, rel=0.02)


# -- all of them -----------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("name", barrier.__all__)
def test_a_chart_names_facts_that_exist_and_wears_the_right_stamp(name):
    chart = getattr(barrier, name)
    assert all(fact in facts for fact in chart.facts) and len(set(chart.facts)) == len(chart.facts)
    assert chart.stamp == (PUBLISHED if chart is RulesOfThumb else MODEL)
    assert not any(facts[fact].status == "memory" for fact in chart.facts)


@pytest.mark.parametrize("name", [n for n in barrier.__all__ if getattr(barrier, n).guess])
def test_measured_values_wait_for_the_guess(name, monkeypatch):
    """What is drawn once and for all would stand in the page before the guess."""
    from crossing.explore import journal

    class Uncommitted:
        def committed(self, guess):
            return False

        def guess(self, guess):
            return None

    monkeypatch.setattr(journal, "for_lesson", lambda lesson: Uncommitted())
    chart = getattr(barrier, name)()
    chart.draw()
    before, sent = chart.chart.signature(), chart.chart.skeleton()
    assert not chart.margin.get_visible()
    monkeypatch.setattr(Uncommitted, "committed", lambda self, guess: True)
    chart.draw()
    assert chart.margin.get_visible() and chart.chart.skeleton() != sent
    assert chart.chart.signature() != before, "the page would not be drawn again"


# -- words and places ------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("hours, said", [(0.0085, "31 s"), (0.85, "51 min"), (7.1, "7.1 h"), (72, "72 h"), (300, "12 days"), (0.0005, "1.8 s")])
def test_a_duration_has_a_unit_that_suits_it(hours, said):
    assert duration(hours) == said


@pytest.mark.parametrize("number, said", [(0.0196, "0.02"), (0.9541, "0.95"), (1.0, "1.00"), (0.0051, "0.005"), (0.00001, "below 0.0001")])
def test_a_ratio_is_said_as_the_lesson_quotes_it(number, said):
    assert ratio(number) == said


def test_a_percentage_has_no_exponent():
    assert [percent(x) for x in (0.0096, 0.5, 0.999, 1.0)] == ["0.96", "50", "100", "100"]


def test_nice_values_rise_and_keep_those_asked_for():
    values = list(nice(0.01, 5000, "x", (250, 0.0126)))
    assert values == sorted(values) and values[0] == 0.01 and values[-1] == 5000 and {250, 0.0126, 0.05, 50} <= set(values)
    assert len(set(nice(0.01, 5000, "x", (250,)).values())) == len(nice(0.01, 5000, "x", (250,)))


@pytest.mark.parametrize("values", [[1, 1, 1], [0, 10], [5, 5.1, 9, 9.05, 9.1], [3, 2, 1], []])
def test_labels_stand_apart_and_in_order(values):
    places = spread(values, 1.0)
    order = np.argsort(values, kind="stable")
    assert np.all(np.diff(np.array(places)[order]) >= 1.0 - 1e-9) if len(values) else places == []
    far = spread([0, 100], 1.0)
    assert far == [0, 100]
