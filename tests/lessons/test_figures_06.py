"""Figures that the words of lesson 06 quote: each must be what the chart says or what the fact holds."""

import json
import pathlib
from math import log, log2

import pytest

from crossing.facts import facts
from crossing.lessons.uses import Infection, IntoTheMass, TrialsByLot, PainSpread, WhatSetsTheInterval
from crossing.models.penetration import reach_cm

ROOT = pathlib.Path(__file__).parents[2]
BANK = json.loads((ROOT / "data/questions/06.json").read_text(encoding="utf-8"))["questions"]
CELLS = json.loads((ROOT / "notebooks/06_three_uses.ipynb").read_text(encoding="utf-8"))["cells"]


def question(qid):
    (found,) = (q for q in BANK if q["id"] == qid)
    return found


def text(where):
    """All words of one question ("06.pain") or of one cell ("pain-text")."""
    if where.startswith("06."):
        return json.dumps(question(where), ensure_ascii=False)
    (cell,) = (c for c in CELLS if c["id"] == where)
    return "".join(cell["source"])


def words(chart, **settings):
    made = chart()
    made.set(**settings)
    return made.describe(made.result)


@pytest.mark.parametrize("where, quoted, chart, settings, said", [
    ("06.pain", "0.14 for ‘near’ and 0.6 for ‘far’", PainSpread, {"target": "T12"}, "the mean along the canal is 0.6, "),
    ("06.pain", "0.14 for ‘near’ and 0.6 for ‘far’", PainSpread, {"target": "T12"}, "the mean along the canal is 0.14, "),
    ("06.pain", "it is 2.3 and 1: the tip holds 16 with the one, and 1.7", PainSpread, {"target": "T6"}, "near, the tip holds 16, the mean along the canal is 2.3"),
    ("06.pain", "it is 2.3 and 1: the tip holds 16 with the one, and 1.7", PainSpread, {"target": "T6"}, "Far, the tip holds 1.7, the mean along the canal is 1,"),
    ("06.pain", "12 cm higher", PainSpread, {"target": "T6"}, "12 cm away"),
    ("task-pain", "0.14 with *near*, 0.6 with *far*", PainSpread, {"target": "T12"}, "0.14"),
    ("06.depth", "Tenfold reaches 3.3 mm further in", IntoTheMass, {"fold": 10}, "3.3 mm further than at 1 ×"),
    ("06.depth", "a hundredfold 6.6 mm", IntoTheMass, {"fold": 100}, "6.6 mm further than at 1 ×"),
    ("06.q_order", "80, 12, 4.3 and 0.0031 % of the surface", IntoTheMass, {"thickness": 1}, "far side holds 80 %"),
    ("06.q_order", "80, 12, 4.3 and 0.0031 % of the surface", IntoTheMass, {"thickness": 4}, "far side holds 12 %"),
    ("06.q_order", "80, 12, 4.3 and 0.0031 % of the surface", IntoTheMass, {"thickness": 16, "shape": "ball"}, "centre holds 4.3 %"),
    ("06.q_order", "80, 12, 4.3 and 0.0031 % of the surface", IntoTheMass, {"thickness": 16}, "far side holds 0.0031 %"),
    ("06.infection", "On day 4, inflamed, the fluid holds 1.4 marks", Infection, {"day": 4}, "the fluid holds 1.4 marks on average"),
    ("06.infection", "on day 12, healed, 0.7", Infection, {"day": 12}, "the fluid holds 0.7 marks on average"),
    ("06.infection", "70 % of day 4", Infection, {"day": 4, "giving": "doses"}, "above the mark 70 % of the time"),
    ("06.infection", "12 % of day 12", Infection, {"day": 12, "giving": "doses"}, "above the mark 12 % of the time"),
    ("06.infection", "blood holds about 0.1 of a mark", Infection, {"day": 12, "road": "ventricle"}, "bone and skin, holds 0.1,"),
    ("task-infection", "It reaches 1.1 marks", Infection, {"day": 12, "giving": "doses"}, "to 1.1, and is above the mark 12 %"),
    ("06.interval", "Enzyme: 45 half-lives", WhatSetsTheInterval, {"drug": "enzyme"}, "after 14 days, 45 of these half-lives"),
    ("06.interval", "45 half-lives have passed", WhatSetsTheInterval, {"drug": "enzyme"}, "next to nothing"),
    ("06.interval", "the free drug’s half-life is 3.4 h, the depot’s 12 days", WhatSetsTheInterval, {"drug": "cytarabine depot"}, "half-life of 12 days"),
    ("06.interval", "tissue lets go with 163 days", WhatSetsTheInterval, {"drug": "nusinersen"}, "tissue, with a half-life of 163 days"),
    ("06.interval", "Nusinersen’s 2.3 h", WhatSetsTheInterval, {"drug": "nusinersen"}, "half-life of 2.3 h if nothing held it"),
    ("06.direct", "12 of 28 infants died, by vein alone 3 of 24", TrialsByLot, {"trial": "infection"}, "12 of 28"),
    ("06.direct", "12 of 28 infants died, by vein alone 3 of 24", TrialsByLot, {"trial": "infection"}, "3 of 24"),
])
def test_a_quoted_figure_is_what_the_chart_says(where, quoted, chart, settings, said):
    assert quoted in text(where), f"{where} no longer says {quoted!r}"
    assert said in words(chart, **settings)


@pytest.mark.parametrize("where, quoted, fact, value", [
    ("pain-text", "halves every 16 cm", "half_distance", 16),
    ("pain-text", "halves every 3 cm", "pig_half_distance", 3),
    ("task-pain", "a half-life of 2.8 h (1.8 to 4.4)", "morph_ke0", 2.8),
    ("06.interval", "one of 7.4 hours", "cerl_thalf", 7.4),
    ("06.interval", "every 14 days", "interval_cerliponase", 14),
    ("06.interval", "a half-life of 0.9 to 5 hours", "baclofen_thalf", 5),
    ("06.q_pump", "a half-life of 4.6 hours", "zico_thalf", 4.6),
    ("06.direct", "42.9 against 12.5 %", "ivt_gent_died", 42.9),
    ("06.direct", "42.9 against 12.5 %", "iv_gent_died", 12.5),
    ("06.direct", "odds 0.96, from 0.42 to 2.24", "ivt_review_2024", 0.96),
    ("06.q_block", "47 % of 30 people", "lm_block_1998", 47),
    ("block-text", "in 61 % of 31", "lm_block_1995", 61),
    ("block-text", "47 % of 30 people", "lm_block_1998", 47),
    ("limits-evidence", "at least 10 times the level that stops a germ", "abx_ten_times", 10),
])
def test_a_quoted_figure_is_what_the_fact_holds(where, quoted, fact, value):
    assert quoted in text(where), f"{where} no longer says {quoted!r}"
    row = facts[fact]
    found = [n for n in (row.value, row.low, row.high) if n is not None]
    assert any(n == pytest.approx(value, rel=0.06) for n in found)


def test_the_counts_of_infants_give_the_printed_shares():
    assert 100 * 12 / 28 == pytest.approx(facts["ivt_gent_died"].value, abs=0.05)
    assert 100 * 3 / 24 == pytest.approx(facts["iv_gent_died"].value, abs=0.05)
    assert 28 + 24 == 52


def test_the_way_in_was_two_and_a_half_times_as_wide():
    assert "2.4 times as wide" in text("06.infection")
    assert facts["vanco_q_infected"].value / facts["vanco_q_clean"].value == pytest.approx(2.4, abs=0.05)


def test_tenfold_is_3_3_half_distances_and_2_3_penetration_depths():
    assert log2(10) == pytest.approx(3.3, abs=0.05)
    assert reach_cm(1.0, 10) == pytest.approx(2.3, abs=0.01) and "tenfold buys 2.3 of those" in text("equation-text")
    assert "1.44 half-distances" in text("equation-text") and 1 / log(2) == pytest.approx(1.44, abs=0.005)


def test_which_drug_spares_the_canal_turns_round_with_the_target():
    def means(target):
        made = PainSpread()
        made.set(target=target)
        return made.result.drugs["near"].mean, made.result.drugs["far"].mean
    near, far = means("T12")
    assert near < far
    near, far = means("T6")
    assert near > far


def test_halvings_of_questions_that_need_no_chart():
    assert question("06.q_doublings")["answer"] == pytest.approx(2 ** (16 / 3), abs=1)
    chart = PainSpread(target="T4")
    assert "near, the tip holds 40," in chart.describe(chart.result)
    assert question("06.t_tunnel")["answer"] == 2 ** (30 / 10)
    assert "A month is some 150 half-lives" in text("06.q_pump") and 30 * 24 / 4.6 == pytest.approx(150, rel=0.06)
    assert "1 part in 37 is left" in text("06.q_pump") and 2 ** (24 / 4.6) == pytest.approx(37, abs=0.5)


def test_the_order_of_the_four_shapes_is_the_order_of_the_question():
    def furthest(**settings):
        made = IntoTheMass()
        made.set(**settings)
        return made.result.last
    levels = [furthest(thickness=1), furthest(thickness=4), furthest(thickness=16, shape="ball"), furthest(thickness=16)]
    assert levels == sorted(levels, reverse=True)
    assert [i["text"] for i in question("06.q_order")["items"]] == ["film, 1 mm thick", "film, 4 mm thick", "ball, 16 mm wide", "film, 16 mm thick"]
