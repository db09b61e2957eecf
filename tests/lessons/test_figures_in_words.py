"""Figures that reveals, reasons and feedback of lesson 04 quote: each must be what the chart says, in the bank as it stands."""

import json
import pathlib

import numpy as np
import pytest

from crossing.facts import levels
from crossing.lessons.spinal_infusion import (BolusAlongTheCord, BolusOrInfusion, MinutesOrHours, SteadyInfusion, ThreeStories,
                                              TwoBoxes)

BANK = json.loads((pathlib.Path(__file__).parents[2] / "data/questions/04.json").read_text(encoding="utf-8"))
PIG = SteadyInfusion.presets["Pig, cord tissue"]["half_distance"]


def text(qid):
    """All words of one question."""
    (question,) = (q for q in BANK["questions"] if q["id"] == qid)
    return json.dumps(question, ensure_ascii=False)


def result(chart, **settings):
    made = chart()
    made.set(**settings)
    return made.result


def words(chart, **settings):
    made = chart()
    made.set(**settings)
    return made.describe(made.result)


@pytest.mark.parametrize("qid, quoted, chart, settings, said", [
    ("04.stories", "dispersion says 156 %, drift 0 %", ThreeStories, {"where": "S2"}, "dispersion says 156 %, drift 0 %, head sink 137 %"),
    ("04.stories", "60, 60 and 66 %", ThreeStories, {"where": "T6"}, "dispersion says 60 %, drift 60 %, head sink 66 %"),
    ("04.infusion", "6 to 9 cm", SteadyInfusion, {"half_distance": PIG}, "for 6 cm above the tip"),
    ("04.infusion", "6 to 9 cm", SteadyInfusion, {"half_distance": PIG, "rate": 2.0}, "for 9 cm above the tip"),
    ("04.same_total", "2.7 times the mean", BolusOrInfusion, {"pattern": "one", "place": "T6"}, "peaks at 2.7 times"),
    ("04.same_total", "8.4 level-hours", BolusOrInfusion, {"pattern": "steady", "place": "T6"}, "8.4 level-hours"),
    ("04.bolus", "14 cm", BolusAlongTheCord, {"time": 1.0}, "within 14 cm"),
    ("04.density", "about 2.5 hours", MinutesOrHours, {"mixing": 1.0}, "peaks after 2.5 h"),
])
def test_a_quoted_figure_is_what_the_chart_says(qid, quoted, chart, settings, said):
    assert quoted in text(qid), f"{qid} no longer says {quoted!r}"
    assert said in words(chart, **settings)


def test_four_fifths_of_what_is_left_lie_below_t12():
    assert "four fifths of what is left lies below T12" in text("04.bolus")
    r = result(BolusAlongTheCord, time=1.0)
    below = r.profile[r.z < levels["T12"]].sum() / r.profile.sum()
    assert below == pytest.approx(0.8, abs=0.05)


def test_what_the_place_is_worth_in_dose():
    """Tip moved from L3/4 to T6: some 320 times the rate with 3 cm, about twice with 16 cm."""
    assert "some 320 times the rate, with 16 cm only about twice" in text("04.infusion")
    for half_distance, worth, close in ((PIG, 320, 10), (SteadyInfusion().half_distance, 2.2, 0.1)):
        low, high = (result(SteadyInfusion, half_distance=half_distance, tip=t).level["T6"] for t in ("L3/4", "T6"))
        assert high / low == pytest.approx(worth, abs=close)


def test_thirteen_centimetres_in_pig_tissue_are_a_factor_of_twenty():
    low, high = (result(SteadyInfusion, half_distance=PIG, tip=t).level["T6"] for t in ("L3/4", "T12"))
    assert high / low == pytest.approx(20, abs=1) and np.log2(high / low) == pytest.approx(4.3, abs=0.1)


def test_mixings_that_suit_each_group():
    assert "about 0.4 fits the slow group and about 28 the quick one" in text("04.density")
    options = MinutesOrHours().controls()["mixing"].options()
    near = {want: min(options, key=lambda m: abs(m - want)) for want in (0.4, 28)}
    assert 4 <= result(MinutesOrHours, mixing=near[0.4]).peak <= 5
    assert 60 * result(MinutesOrHours, mixing=near[28]).peak == pytest.approx(10, abs=1)


def test_fluid_alone_does_not_notice_the_tissue():
    alone = {result(TwoBoxes, tissue=t).alone for t in TwoBoxes().controls()["tissue"].options()}
    assert len(alone) == 1
