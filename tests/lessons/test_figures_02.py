"""Figures that the words of lesson 02 quote: each must be what the chart says or what the fact holds."""

import json
import pathlib

import pytest

from crossing.facts import facts
from crossing.lessons.fluid import Budget, OnePoolLater, Sway, TracerClock, TwoDoors
from crossing.models.budget import bulk_half_life_h

ROOT = pathlib.Path(__file__).parents[2]
BANK = json.loads((ROOT / "data/questions/02.json").read_text(encoding="utf-8"))
CELLS = json.loads((ROOT / "notebooks/02_the_fluid.ipynb").read_text(encoding="utf-8"))["cells"]


def text(where):
    """All words of one question ("02.sway") or of one cell ("budget-text")."""
    if where.startswith("02."):
        (question,) = (q for q in BANK["questions"] if q["id"] == where)
        return json.dumps(question, ensure_ascii=False)
    (cell,) = (c for c in CELLS if c["id"] == where)
    return "".join(cell["source"])


def result(chart, **settings):
    made = chart()
    made.set(**settings)
    return made.result


def words(chart, **settings):
    made = chart()
    made.set(**settings)
    return made.describe(made.result)


@pytest.mark.parametrize("where, quoted, chart, settings, said", [
    ("02.budget", "gone after 5.0 h", Budget, {}, "Half of the drug is gone after 5.0 h"),
    ("02.budget", "After 7.1 h", Budget, {}, "after 7.1 h; 37 % of the drug is then still there"),
    ("02.budget", "the newer scans 9.2 h", Budget, Budget.presets["Young adult, newer scans"], "gone after 9.2 h"),
    ("02.q_fit", "38.5", Budget, {"volume": 250, "formation": 38.5}, "gone after 4.5 h"),
    ("02.q_fit", "with 30 mL/h the half takes 5.8 h", Budget, {"volume": 250, "formation": 30}, "gone after 5.8 h"),
    ("02.q_fit", "with 45 mL/h the half goes in 3.9 h", Budget, {"volume": 250, "formation": 45}, "gone after 3.9 h"),
    ("budget-look", "from 3.5 h to 27 h", Budget, Budget.presets["Young infant"], "gone after 3.5 h"),
    ("budget-look", "38 drops at 7 h", Budget, {"time": 7}, "At 7 h 38 % of it is left: 38 old drops of 100"),
    ("break-look", "27 for 18 % at 12 h", OnePoolLater, {"fit": 48, "time": 12}, "predicts 27 % of the start; fluid with tissue holds 18 %"),
    ("break-look", "four times too little at 72 h", OnePoolLater, {"fit": 48, "time": 72}, "times as much"),
    ("02.q_fit", "With 250 mL it takes 8.3 h", Budget, {"volume": 250}, "gone after 8.3 h"),
    ("02.clock", "The model says 54 min for that, and as long back", TracerClock, {}, "skull after 54 min."),
    ("02.clock", "and as long back", TracerClock, {"direction": "down"}, "at the low back after 54 min."),
    ("02.doors", "brain fluid held 0.21 and CSF 1.18", TwoDoors, {}, "brain fluid holds 0.21 and CSF 1.18"),
    ("02.doors", "stood at 0.88 and 0.86", TwoDoors, {"blocker": 100}, "brain fluid holds 0.88 and CSF 0.86"),
    ("02.q_pump", "brain fluid stays as it is", TwoDoors, {"pump_csf": 0}, "brain fluid holds 0.21 and CSF 0.86"),
    ("02.hides", "halves every 4.8 h", OnePoolLater, {}, "one pool halves every 4.8 h"),
    ("02.hides", "predicts 0.1 % of the start at 48 h", OnePoolLater, {"time": 48}, "At 48 h it predicts 0.1 % of the start"),
    ("02.hides", "halves every 5.1 h and still falls short, 3.6 times", OnePoolLater, {"fit": 24, "time": 48}, "every 5.1 h. At 48 h it predicts 0.15 % of the start; fluid with tissue holds 0.54 %, 3.6 times"),
    ("02.hides", "tissue holds 0.54 %, 5.4 times as much", OnePoolLater, {"time": 48}, "tissue holds 0.54 %, 5.4 times as much"),
])
def test_a_quoted_figure_is_what_the_chart_says(where, quoted, chart, settings, said):
    assert quoted in text(where), f"{where} no longer says {quoted!r}"
    assert said in words(chart, **settings)


@pytest.mark.parametrize("where, quoted, fact, value", [
    ("budget-text", "holds 150 mL", "csf_total_text", 150),
    ("budget-text", "makes 500 mL a day", "csf_secretion_text", 500),
    ("02.budget", "halves in 4.5 h in people", "mtx_thalf", 4.5),
    ("02.hides", "halves in 14 h", "mtx_thalf", 14),
    ("02.sway", "3 mm with a heartbeat", "disp_heart", 3.0),
    ("02.sway", "16 mm with a deep breath", "disp_breath", 16.4),
    ("02.clock", "30 min", "rc_vent_to_lumbar", 30),
    ("02.clock", "1440 min", "rc_ventricles", 1440),
    ("02.clock", "37.5 min", "rc_cisterns_first", 37.5),
    ("task-clock", "Step 2: 5 and 30 min", "rc_v_cisterns", 5),
    ("02.q_order", "32.5, 37.5 and 65 minutes", "rc_cervical", 32.5),
    ("02.q_order", "32.5, 37.5 and 65 minutes", "rc_sylvian_first", 65),
    ("02.doors", "held 0.21", "topotecan_ecf", 0.21),
    ("02.doors", "CSF 1.18", "topotecan_csf", 1.18),
    ("02.doors", "0.21 to 0.35", "topo_block_ecf", 0.35),
    ("02.doors", "1.18 to 0.98", "topo_block_csf", 0.98),
    ("02.doors", "stood at 0.88", "topo_both_out_ecf", 0.88),
    ("02.doors", "0.88 and 0.86", "topo_both_out_csf", 0.86),
    ("repeat-text", "0.36 and 3.07", "topo_again_csf", 3.07),
    ("02.doors", "33 of 39 drugs", "csf_vs_brain", 33),
    ("limits-evidence", "about 325 in newer reviews", "csf_total_new", 325),
    ("limits-evidence", "tenfold between methods", "csf_prod_spread", 10),
    ("limits-evidence", "heartbeat alone gave 11 mm", "v_cerv", "1.1+/-0.3 cm per cycle"),
    ("task-clock", "of 30 volunteers, 11 showed", "rc_normals", 30),
])
def test_a_quoted_figure_is_what_the_fact_holds(where, quoted, fact, value):
    assert quoted in text(where), f"{where} no longer says {quoted!r}"
    row = facts[fact]
    assert value in (row.value, row.low, row.high) or str(value) in row.context


def test_a_ratio_alone_sets_the_curve():
    """The task doubles both numbers, the quiz fits one to the other; 0.69 stands for ln 2."""
    assert result(Budget, volume=300, formation=42).half == pytest.approx(result(Budget).half)
    assert bulk_half_life_h(250, 38.5) == pytest.approx(facts["mtx_thalf"].value, rel=0.005)
    assert bulk_half_life_h(250, 55.6) == pytest.approx(250 / 55.6 * 0.693, rel=1e-3)


def test_what_the_sway_is_said_to_do():
    """The stream over ten seconds; the breath far slower than the heartbeat and as far; six times as far at equal speed."""
    assert "by 0.36 mm in ten seconds" in text("02.sway") and "0.36 mm in 10 s" in text("02.q_river")
    assert result(Sway).net * 10 == pytest.approx(0.36, abs=0.005)
    assert "at a seventh of the speed" in text("02.sway")
    assert result(Sway, breath_speed=10 / 7 // 0.5 * 0.5).fold < 1 < result(Sway, breath_speed=1.5).fold
    third = result(Sway, breath_speed=3)
    assert third.heart.speed / 3 > 3 and third.breath.whole > third.heart.whole
    equal = result(Sway, heart_speed=10, breath_speed=10, breaths=12, beats=70)
    assert equal.fold == pytest.approx(70 / 12)


def test_the_model_of_the_canal_has_one_timetable_for_both_ways():
    for stirring in TracerClock().controls()["stirring"].options():
        r = result(TracerClock, stirring=stirring)
        assert r.skull == pytest.approx(r.low, rel=0.01, nan_ok=True), stirring


def test_one_volume_leaves_a_third_in_a_lake_as_well():
    (lake,) = (q for q in BANK["questions"] if q["id"] == "02.t_lake")
    assert lake["answer"] == pytest.approx(100 * result(Budget).kept, abs=0.3)
