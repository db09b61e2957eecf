"""Figures that the words of lesson 08 quote: each must be what the chart says, what the model gives or what the fact holds."""

import json
import pathlib
import re

import pytest

from crossing.facts import facts
from crossing.lessons.trade_offs import CountedTwice, Effects, WhatWouldFlip, YourWeights

ROOT = pathlib.Path(__file__).parents[2]
BANK = json.loads((ROOT / "data/questions/08.json").read_text(encoding="utf-8"))["questions"]
CELLS = json.loads((ROOT / "notebooks/08_trade_offs.ipynb").read_text(encoding="utf-8"))["cells"]


def question(qid):
    (found,) = (q for q in BANK if q["id"] == qid)
    return found


def text(where):
    """All words of one question ("08.table") or of one cell ("table-text")."""
    if where.startswith("08."):
        return json.dumps(question(where), ensure_ascii=False)
    (cell,) = (c for c in CELLS if c["id"] == where)
    return "".join(cell["source"])


def words(chart, **settings):
    made = chart()
    made.set(**settings)
    return made.describe(made.result)


def totals(said):
    """The totals that a sentence names, in its order: {"pump": 65, ...}."""
    return {road: float(n) for road, n in re.findall(r"\b(tablets|drip|epidural|pump|ventricle) (\d+(?:\.\d)?)", said, re.I)}


@pytest.mark.parametrize("where, quoted, chart, settings, said", [
    ("task-table", "60 against 56", Effects, {"road": "ventricle"}, "relief 60"),
    ("08.table", "fewer are harmed in each of the three ways", Effects, {"road": "epidural", "beside": "pump"}, "Beside pump: better on 0 of 4"),
    ("08.table", "Four are left", Effects, {"exact": True, "road": "epidural", "beside": "pump"}, "So epidural is dominated by pump: 4 of 5 roads are left"),
    ("08.weights", "tablets may lose the lead", YourWeights, {"whose": "neighbour"}, "tablets 73, drip 62, pump 59"),
    ("08.weights", "tablets may lose the lead", YourWeights, {"whose": "neighbour", "range": 100}, "pump 75, tablets 73"),
    ("equation-ask", "60, 30, 335 and 50, tablets are first again", YourWeights, {"whose": "own", "range": 100, "relief": 60, "drowsy": 30, "harm": 335, "days": 50},
     "tablets 86, drip 81, pump 79"),
    ("task-weights", "for 69 of 100 people", YourWeights, {}, "first in 69 of 100 draws"),
    ("08.flip", "Of twenty effects two hold a flip point", WhatWouldFlip, {}, "2 of 20 effects hold a flip point"),
    ("08.flip", "device harm with the pump, at 22.1 of 100", WhatWouldFlip, {"effect": "device harm, pump"}, "Flip point 22.1: beyond it the ventricle comes first"),
    ("08.flip", "its own relief turns out above 66.1", WhatWouldFlip, {"effect": "relief, ventricle"}, "Flip point 66.1: beyond it the ventricle comes first"),
    ("08.flip", "Days with the drip have the widest interval", WhatWouldFlip, {"effect": "days, drip"}, "5 to 29 of a range of 0 to 30, the widest share of its range"),
    ("08.flip", "rises from 59 to 64, and the pump has 65", WhatWouldFlip, {"effect": "days, drip"}, "the total of drip is 64, that of pump 65"),
    ("08.flip", "rises from 59 to 64, and the pump has 65", YourWeights, {}, "drip 59"),
    ("08.flip", "days with the drip, 5 to 29", WhatWouldFlip, {"effect": "days, drip"}, "5 to 29"),
    ("08.flip", "relief with tablets, 35 to 45", WhatWouldFlip, {"effect": "relief, tablets"}, "35 to 45"),
    ("08.flip", "drowsy with tablets, 36 to 58", WhatWouldFlip, {"effect": "drowsy, tablets"}, "36 to 58"),
    ("08.flip", "device harm with the pump, 10 to 24: a moderate grade", WhatWouldFlip, {"effect": "device harm, pump"}, "10 to 24"),
    ("break-task", "With 60 points each, tablets", CountedTwice, {"lines": 2}, "60 points each: tablets 65, drip 63, pump 62"),
    ("08.q_points", "At 100 the pump still leads by a little", YourWeights, {"whose": "own", "harm": 100}, "pump 63, tablets 62"),
    ("08.q_order", "69, 62, 55 and 47 of 100", YourWeights, {"whose": "own", "relief": 60, "drowsy": 100, "harm": 30, "days": 30},
     "pump 69, ventricle 62, epidural 55, drip 53, tablets 47"),
])
def test_a_quoted_figure_is_what_the_chart_says(where, quoted, chart, settings, said):
    assert quoted in text(where), f"{where} no longer says {quoted!r}"
    assert said in words(chart, **settings)


def test_the_table_in_the_text_is_the_table_of_the_chart():
    rows = dict(re.findall(r"\| (tablets|drip|epidural|pump|ventricle) \| (.*) \|", text("table-text")))
    assert len(rows) == 5
    for road, cells in rows.items():
        figures = dict(zip(("relief", "drowsy", "device harm", "days"), cells.split(" | ")))
        said = words(Effects, road=road, exact=True)
        for name, figure in figures.items():
            assert re.search(rf"\b{name} {figure}\b", said), (road, name, figure, said)


def first(**settings):
    return next(iter(totals(words(YourWeights, **settings))))


def test_each_road_that_is_left_comes_first_for_some_points():
    """So four is the one right answer of the first guess: by figures taken as exact, not by a draw."""
    assert first(whose="Ada") == "pump" and first(whose="neighbour") == "tablets"
    assert first(whose="own", relief=200, drowsy=0, harm=5, days=0) == "ventricle"
    assert first(whose="own", relief=100, drowsy=0, harm=60, days=0) == "drip"
    assert "100 points for relief, 60 for device harm, 0 for the rest" in text("08.table")


def test_tablets_take_the_lead_between_two_steps_of_device_harm():
    assert first(whose="own", harm=100) == "pump" and first(whose="own", harm=105) == "tablets"
    assert question("08.q_points")["answer"] == 105
    assert {100.0, 105.0} <= {float(v) for v in YourWeights().controls()["harm"].options()} and 103.0 not in YourWeights().controls()["harm"].options()


def test_the_four_roads_of_the_order_question_stand_in_this_order():
    said = list(totals(words(YourWeights, whose="own", relief=60, drowsy=100, harm=30, days=30)))
    items = [item["text"] for item in question("08.q_order")["items"]]
    assert [road for road in said if road in items] == items


def test_no_single_effect_makes_both_choose_alike():
    """Ada's flips lead to the ventricle, her neighbour has none."""
    for effect in WhatWouldFlip().controls()["effect"].options():
        assert not re.search("Flip point .* tablets", words(WhatWouldFlip, effect=effect))
        assert "No flip point" in words(WhatWouldFlip, effect=effect, whose="neighbour")
    assert "Ada's two flips lead to the ventricle, and he has none" in text("task-flip")


def test_points_for_one_person_harmed():
    assert "100 points for 30 people harmed are 3.3 each" in text("08.weights") and 100 / 30 == pytest.approx(3.3, abs=0.05)
    assert "333: the way is 100/30 times as long" in text("equation-ask") and 100 * 100 / 30 == pytest.approx(333, abs=0.5)


def test_the_equation_gives_what_the_chart_says():
    said = []
    exec(text("equation").replace("print(", "said.append("), {"said": said})
    assert said == ["59 of 100 for the pump"] and "pump 59" in words(YourWeights, whose="neighbour")


def test_sums_of_questions_that_need_no_chart():
    assert "60 of 250 points, and now holds 120 of 310" in text("08.twice")
    assert 100 + 60 + 60 + 30 == 250 and 100 + 60 + 2 * 60 + 30 == 310
    assert question("08.t_prize")["answer"] == 100 * 60 / (60 + 30 + 30)
    assert "5 points a person there, 1 point here" in text("08.q_range") and (50 / 10, 50 / 50) == (5, 1)
    assert "50: three parts of 40" in text("08.warm_mean") and (3 * 40 + 80) / 4 == 50


@pytest.mark.parametrize("where, quoted, fact, held", [
    ("limits-evidence", "50 people after an operation", "pref_pain_2004", "50 people"),
    ("limits-evidence", "316 people with long pain", "pref_opioid_2010", "316 people with long pain"),
    ("limits-evidence", "students did not adjust their weights as they should", "weights_range_words", "did not adjust their weights as they should"),
    ("08.weights", "whether weights should change when a range was doubled, most people said no", "weights_range_words", "most said no"),
    ("limits-evidence", "Asking for swings helped, in part", "weights_range_1995", "swing weights and trade-off weights did, but less than the theory wants"),
    ("limits-evidence", "Nearly all residents of one lake", "weights_split_2003", "nearly all residents"),
    ("08.twice", "nearly all residents gave a criterion more weight the more lines it had", "weights_split_2003", "in proportion to the number of its lines, though warned"),
])
def test_what_is_said_of_a_study_is_what_the_fact_holds(where, quoted, fact, held):
    assert quoted in text(where), f"{where} no longer says {quoted!r}"
    assert held in facts[fact].context


def test_side_effects_explained_three_quarters():
    assert "74 %" in text("limits-evidence") and facts["pref_opioid_2010"].value == 74
