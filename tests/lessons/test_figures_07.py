"""Figures that the words of lesson 07 quote: each must be what the chart says."""

import json
import pathlib

import pytest

from crossing.lessons.risks import CentreEffect, FourHazards, HundredPeople, NoneSeen, PerWhat, ReadATrial, ThreeTellings, WrongSyringe

ROOT = pathlib.Path(__file__).parents[2]
BANK = json.loads((ROOT / "data/questions/07.json").read_text(encoding="utf-8"))
CELLS = json.loads((ROOT / "notebooks/07_risks.ipynb").read_text(encoding="utf-8"))["cells"]


def text(where):
    """All words of one question ("07.people") or of one cell ("people-text")."""
    if where.startswith("07."):
        (question,) = (q for q in BANK["questions"] if q["id"] == where)
        return json.dumps(question, ensure_ascii=False)
    (cell,) = (c for c in CELLS if c["id"] == where)
    return "".join(cell["source"])


def words(chart, **settings):
    made = chart()
    made.set(**settings)
    return made.describe(made.result)


@pytest.mark.parametrize("where, quoted, chart, settings, said", [
    ("07.people", "11 of 100 people had a headache (9.1 to 13.3), with the other 4.2", HundredPeople, {}, "usual needle 11 (9.1 to 13.3), atraumatic needle 4.2"),
    ("07.people", "6.8 of 100 were spared", HundredPeople, {}, "6.8 fewer of 100"),
    ("07.people", "0.38 times as many", HundredPeople, {}, "0.38 times"),
    ("07.people", "31 412 people", HundredPeople, {}, "31\u202f412 in 110 trials"),
    ("people-look", "160.4 pump-years, all together", HundredPeople, {"complication": "withdrawal"}, "160.4 pump-years, all together"),
    ("people-look", "20.5 of 100 people", HundredPeople, {"complication": "withdrawal"}, "of 100 people, 20.5"),
    ("07.q_pump", "7 less 2.4, within 78 months", HundredPeople, {"complication": "pump"}, "approved drugs 2.4, drugs not approved 7"),
    ("07.q_pump", "The ratio is 2.9", HundredPeople, {"complication": "pump"}, "2.9 times"),
    ("07.q_card", "of 100 children with a pump, within 8.6 years", HundredPeople, {"complication": "infection"}, "of 100 children, 9.3"),
    ("opening-answer", "within 6 years, 2.7 with approved drugs and 8.9", ThreeTellings, {"telling": "pumps"}, "2.7 with approved drugs, and in 8.9"),
    ("07.per_what", "6.9 of 100 procedures, 14.1 of 100 children in 6.3 years, 2.3 of 100 years", PerWhat, {}, "6.9 infections of 100 procedures (5.3 to 9), 14.1 of 100 children"),
    ("per-look", "14.7 for 14.1", PerWhat, {}, "Adding up the procedures gives 14.7"),
    ("07.per_what", "Adding up gives more children than there are", PerWhat, {"number": 15}, "gives 104 infections of 100 children"),
    ("07.per_what", "66 of 100 children have", PerWhat, {"number": 15}, "66 of 100 children"),
    ("task-per", "all three stand at 14.1 of 100 children", PerWhat, {"view": "time"}, "14.1 if the danger comes mostly early, 14.1 if the danger comes at an even pace, 14.1"),
    ("07.q_early", "12.3 of 100 within a year became 14.1", PerWhat, {"view": "time", "years": 1}, "within 1 year: 12.3"),
    ("07.none", "up to 113", NoneSeen, {"study": "patients"}, "up to 113 of 1000 patients"),
    ("07.none", "only if all 890 had been looked at", NoneSeen, {"study": "refills"}, "up to 3.4 of 1000 refills"),
    ("07.none", "Three over 25 is 120 of 1000", NoneSeen, {"study": "patients"}, "Three over 25 gives 120"),
    ("07.none", "157 of 1001 reports", NoneSeen, {"study": "reports"}, "157 of 1001 reports tell of infection"),
    ("07.syringe", "still lets 1000 through", WrongSyringe, {"cause": 1, "lets": 1}, "1000 where one cause opens"),
    ("07.syringe", "120 such errors were reported", WrongSyringe, {}, "120 reports tell of syringes and none of minibags"),
    ("07.q_layers", "\"answer\": 1010", WrongSyringe, {"layers": 4, "cause": 1}, "1010 where one cause opens"),
    ("07.centre", "Together 57 of 909", CentreEffect, {"view": "together"}, "57 of 909"),
    ("07.centre", "The mean of the four is 7.2, with an interval from 3.8 to 13.3", CentreEffect, {"view": "together"}, "7.2 of 100 (95 % interval 3.8 to 13.3)"),
    ("07.centre", "anywhere from 0.4 to 57.7", CentreEffect, {"view": "next"}, "from 0.4 to 57.7"),
    ("07.centre", "13.5 of 100 in one, 1 of 98 in another", CentreEffect, {"view": "apart"}, "13.5 of 100 (7.9 to 22.1), 12 of 89; a trained team, 2014, 1 of 100 (0.2 to 5.6), 1 of 98"),
    ("break-look", "The nearest is 5.5, and the furthest 13.5", CentreEffect, {"view": "apart"}, "5.5 of 100 (4 to 7.6)"),
    ("hazards-text", "The first half spares 14.4 of 100", FourHazards, {}, "18.6: 14.4 fewer"),
    ("trial-text", "57 of its 200 people", ReadATrial, {"missing": "by hand", "pump": 0, "alone": 27}, "60 of 101 with the pump, 78 of 99 without"),
])
def test_a_quoted_figure_is_what_the_chart_says(where, quoted, chart, settings, said):
    assert quoted in text(where), f"{where} no longer says {quoted!r}"
    assert said in words(chart, **settings)


def test_the_sums_that_the_words_do():
    assert "5 of 1000 refills" in text("task-none") and 3 / 600 == 0.005 and 3 / 12 == 0.25
    assert "the exact bound is 221" in text("task-none") and 1000 * (1 - 0.05 ** (1 / 12)) == pytest.approx(221, abs=0.5)
    assert "After ten: 0.51" in text("equation-text") and round(1 - (1 - 0.069) ** 10, 2) == 0.51
    assert "36 of 100. The other 64" in text("07.t_sock") and 100 * 0.95 ** 20 == pytest.approx(36, abs=0.5)
    for bound, said in ((3 / 12, "250"), (3 / 25, "120"), (3 / 300, "10"), (3 / 5036, "0.6")):
        assert said in text("07.q_order") and float(said) == pytest.approx(1000 * bound, rel=0.02)


def test_no_chart_and_no_word_of_the_lesson_gives_a_rescue():
    """What to do after a wrong injection is for others to teach."""
    said = json.dumps(BANK, ensure_ascii=False) + "".join("".join(c["source"]) for c in CELLS)
    for word in ("lavage", "drain the", "irrigat", "antidote", "fresh frozen"):
        assert word not in said.lower(), word
