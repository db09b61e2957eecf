"""Figures that the words of lesson 05 quote: each must be what the chart says, or what the fact holds."""

import json
import pathlib
import re

import pytest

from crossing.facts import facts, risks
from crossing.lessons.pumps import Accuracy, DayProgramme, FindTheFault, PerfectLog, StepUp

ROOT = pathlib.Path(__file__).parents[2]
BANK = json.loads((ROOT / "data/questions/05.json").read_text(encoding="utf-8"))
CELLS = json.loads((ROOT / "notebooks/05_pumps.ipynb").read_text(encoding="utf-8"))["cells"]


def text(where):
    """All words of one question ("05.step") or of one cell ("step-text")."""
    if where.startswith("05."):
        (question,) = (q for q in BANK["questions"] if q["id"] == where)
        return json.dumps(question, ensure_ascii=False)
    (cell,) = (c for c in CELLS if c["id"] == where)
    return "".join(cell["source"])


def words(chart, **settings):
    made = chart()
    made.set(**settings)
    return made.describe(made.result)


@pytest.mark.parametrize("where, quoted, chart, settings, said", [
    ("05.programme", "At the tip the level is highest at 6:00", DayProgramme, {}, "At L3/4 the level is highest at 6:00"),
    ("05.programme", "At C1 it is highest at 8:30", DayProgramme, {"place": "C1"}, "highest at 8:30"),
    ("05.programme", "lowest there at 23:30", DayProgramme, {"place": "C1"}, "lowest at 23:30"),
    ("05.programme", "the tip goes up and down by 1.8 times", DayProgramme, {}, "highest over lowest is 1.8"),
    ("05.programme", "C1 by 1.6 times", DayProgramme, {"place": "C1"}, "highest over lowest is 1.6"),
    ("05.programme", "lifts the peak and leaves its hour", DayProgramme, {"place": "C1", "night_rate": 4}, "highest at 8:30"),
    ("request-text", "**lock-out**", DayProgramme, {"requests": 6}, "9:30, 3 in 24 h reached"),
    ("05.step", "gone 15 % of the way", StepUp, {"again": "4 h"}, "gone 15 % of the way"),
    ("05.step", "nine tenths of the way take 17 h", StepUp, {}, "nine tenths after 17 h"),
    ("05.step", "passes the goal after 8.7 h", StepUp, {"again": "4 h"}, "passes that first goal at 8.7 h"),
    ("05.step", "settles at twice the goal", StepUp, {"again": "4 h"}, "settles at 4 times"),
    ("05.step", "ends at twice the goal there as well", StepUp, {"again": "4 h", "place": "L3/4"}, "settles at 4 times"),
    ("05.q_order", "Half-way after 2.3 h at the tip", StepUp, {"place": "L3/4", "step": 4}, "half-way to its new plateau after 2.3 h"),
    ("05.q_order", "5.8 h at T6", StepUp, {"place": "T6", "step": 1.2}, "half-way to its new plateau after 5.8 h"),
    ("05.q_order", "7.7 h at C1", StepUp, {"step": 1.2}, "half-way to its new plateau after 7.7 h"),
    ("05.q_doses", "10 at the tip, 1.6 half-way, 1.3 at C1", DayProgramme, {"share": 100, "place": "T6"}, "highest over lowest is 1.6"),
    ("05.q_wait", "gone 66 % of its way at T6", StepUp, {"again": "8 h", "place": "T6", "step": 3}, "at T6 has gone 66 % of the way"),
    ("05.q_wait", "after 24 h 98 %", StepUp, {"again": "24 h", "place": "T6", "step": 3}, "at T6 has gone 98 % of the way"),
    ("05.q_order", "more than a day in the tube", StepUp, {"place": "L3/4", "change": "strength"}, "Nothing changes at the tip for 34 h"),
    ("05.fault", "5 of 11", FindTheFault, {"log": True, "reservoir": True}, "5 of 11 kinds fit: refill too weak 20 %, tube leaks 20 %, tube apart 20 %, tip moved 20 %, no pump fault 20 %"),
    ("05.fault", "six kinds are struck out", FindTheFault, {"log": True}, "not programme mistyped, refill late"),
    ("05.fault", "six kinds are struck out",
     FindTheFault, {"reservoir": True}, "not motor stands still, gives too little, refill beside pump, tube blocked"),
    ("05.perfect", "motor that stands still, fuller than counted", PerfectLog, {"fault": "motor stands still"}, "4 mL by the count and 20 mL in truth"),
    ("05.perfect", "holds 4 mL, as counted", PerfectLog, {"fault": "tube apart"}, "4 mL by the count and 4 mL in truth"),
    ("05.perfect", "40 days' amounts had arrived", PerfectLog, {"fault": "tube apart"}, "120 days' amounts were given; 40 arrived"),
    ("break-look", "81 days' amounts arrive", PerfectLog, {"fault": "refill too weak"}, "120 days' amounts were given; 81 arrived"),
    ("05.q_volume", "\"answer\": 1.5", Accuracy, {"excess": 10, "flow": 0.5, "days": 30}, "1.5 mL emptier than counted after 30 days"),
])
def test_a_quoted_figure_is_what_the_chart_says(where, quoted, chart, settings, said):
    assert quoted in text(where), f"{where} no longer says {quoted!r}"
    assert said in words(chart, **settings)


def test_what_the_pump_writes_down_is_the_same_for_every_fault():
    said = {words(PerfectLog, fault=fault).split("; ")[0].split(" in truth. ")[1] for fault in PerfectLog.controls()["fault"].options()}
    assert len(said) == 1 and "the same for every choice of `fault`" in text("05.perfect")


def test_no_look_parts_the_two_of_the_fourth_case():
    """The task says so, and that the claim ‘cannot tell yet’ is right there."""
    every = dict.fromkeys(("log", "reservoir", "xray", "assay", "port", "sample", "dye"), True)
    assert "2 of 11 kinds fit: motor stands still 33 %, gives too little 67 %" in words(FindTheFault, case=4, **every)
    assert "cannot tell yet: holds" in words(FindTheFault, case=4, claim="cannot tell yet", **every)


def test_the_swing_of_quick_doses_falls_with_the_distance():
    swing = [DayProgramme(share=100, place=place).readings(DayProgramme(share=100, place=place).result)["Highest over lowest"][0] for place in ("L3/4", "T6", "C1")]
    assert swing[0] > 1.5 * swing[1] > 1.5 * swing[2], "the quiz asks for this order"


def test_the_dye_is_the_cheapest_way_in_the_third_case():
    said = words(FindTheFault, case=3, dye=True, claim="tip moved")
    assert "tip moved: holds" in said and re.search(r"cheapest[\w ]*: dye, 8", said)


def test_a_new_strength_waits_as_long_as_the_tube_takes():
    tube = facts["catheter_volume"].to("mL")
    assert f"{24 * tube / 0.2:.0f} h" == "34 h" and "flow = 0.2" in text("equation")


@pytest.mark.parametrize("where, quoted, fact, value", [
    ("05.step", "largest effect after 24 to 48 h", "baclofen_infusion_max", 24),
    ("05.step", "largest effect after 24 to 48 h", "baclofen_infusion_max", 48),
    ("05.q_stop", "1 to 5 hours", "baclofen_thalf", 5),
    ("limits-model", "4.5 h is methotrexate's", "mtx_thalf", 4.5),
    ("limits-model", "0.9 to 5 h", "baclofen_thalf", 0.9),
    ("limits-model", "0.9 to 5 h", "baclofen_thalf", 5),
    ("limits-evidence", "first effect 6 to 8, largest 24 to 48", "baclofen_infusion_onset", 6),
    ("limits-evidence", "1 to 2 mL", "refill_gap_after", 1),
    ("limits-evidence", "1 to 2 mL", "refill_gap_after", 2),
    ("limits-evidence", "Of 70 tries at the side port 17", "side_port_dry", "17 of 70"),
    ("limits-evidence", "Of 37 tube faults 13 were found by plain pictures", "found_by_xray", "13 of 37"),
    ("limits-evidence", "9 at the side port", "found_by_side_port", "9 of 37"),
    ("limits-evidence", "13 by dye", "found_by_dye", "13 of 37"),
    ("limits-evidence", "2 by tracer", "found_by_tracer", "2 of 37"),
])
def test_a_quoted_figure_is_what_the_fact_holds(where, quoted, fact, value):
    assert quoted in text(where), f"{where} no longer says {quoted!r}"
    row = facts[fact]
    assert value in (row.value, row.low, row.high) or str(value) in row.context


def test_the_withdrawals_of_one_series():
    assert "54 baclofen pumps there were 8 withdrawals in 160 pump-years, most of them mild; 7 came" in text("05.q_stop")
    row = risks["wd_rate"]
    assert (row.events, round(row.denominator)) == (8, 160) and "54 pumps" in row.population and "7 of 8 from catheter" in row.note


def test_the_leaflet_quotes_the_two_stories():
    claims = json.loads((ROOT / "data/questions/leaflet.json").read_text(encoding="utf-8"))["claims"]
    (claim,) = (c for c in claims if c["lesson"] == "05")
    assert "120 days' amounts stood in the log, and 40 had arrived" in claim["better"]
    assert "120 days' amounts were given; 40 arrived" in words(PerfectLog, fault="tube apart")
