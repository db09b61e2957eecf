"""Figures that reveals, reasons, feedback and text of lesson 01 quote: each must be what charts and facts say."""

import json
import pathlib

import numpy as np
import pytest

from crossing.facts import facts, molecules
from crossing.lessons.barrier import Carriers, LeftoverBlood, OnePass, OpenedDoor, SpeedAndExtent

ROOT = pathlib.Path(__file__).parents[2]
BANK = {q["id"]: q for q in json.loads((ROOT / "data/questions/01.json").read_text(encoding="utf-8"))["questions"]}
PROSE = "\n".join("".join(cell["source"]) for cell in
                  json.loads((ROOT / "notebooks/01_the_barrier.ipynb").read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "markdown")


def text(qid):
    """All words of one question; of "text", those of the notebook."""
    return PROSE if qid == "text" else json.dumps(BANK[qid], ensure_ascii=False)


def result(chart, **settings):
    made = chart()
    made.set(**settings)
    return made.result


def words(chart, **settings):
    made = chart()
    made.set(**settings)
    return made.describe(made.result)


def pass_preset(name):
    return OnePass.presets[name]


@pytest.mark.parametrize("qid, quoted, chart, settings, said", [
    ("01.speed", "at 0.98 of the free level in blood, the quick one at 1.00", SpeedAndExtent, {}, "0.98 and 1.00 of the free level in blood"),
    ("01.speed", "after 51 minutes, the quick one after 31 seconds", SpeedAndExtent, {}, "51 min (first) and 31 s (second)"),
    ("01.speed", "holds it at 0.39", SpeedAndExtent, {"base": "sucrose"}, "free drug ends at 0.39 (first)"),
    ("01.speed", "ends at 0.17 and the quick one at 0.95", SpeedAndExtent, {"pump": 50}, "0.17 and 0.95 of the free level"),
    ("01.one_pass", "uptake by 1.00.", OnePass, pass_preset("PS a thousandth of the flow"), "Twice the flow multiplies the uptake by 1.00."),
    ("01.one_pass", "Four times the PS: × 3.99", OnePass, pass_preset("PS a thousandth of the flow"), "Four times the PS multiplies it by 3.99."),
    ("01.one_pass", "it is 1.24,", OnePass, pass_preset("PS equal to the flow"), "Twice the flow multiplies the uptake by 1.24."),
    ("01.one_pass", "five times the flow 1.85", OnePass, pass_preset("PS five times the flow"), "Twice the flow multiplies the uptake by 1.85."),
    ("01.one_pass", "four times the PS brings only × 1.01", OnePass, pass_preset("PS five times the flow"), "Four times the PS multiplies it by 1.01."),
    ("01.q_factor", "1.24 is for twice the flow", OnePass, pass_preset("PS equal to the flow"), "multiplies the uptake by 1.24"),
    ("01.q_factor", "takes up 63 %", OnePass, pass_preset("PS equal to the flow"), "63.2 %"),
    ("01.door", "1.07 times as much; the most possible is 1.09", OpenedDoor, {}, "is 1.07 times what it would have been; the most possible is 1.09 times"),
    ("01.door", "peaks 8.4 times as high", OpenedDoor, {}, "8.4 times"),
    ("text", "1 + 9 × 0.5 = 5.5", OpenedDoor, {"drug": "short"}, "the most possible is 5.50 times"),
    ("01.carrier", "1.38-fold", Carriers, {}, "Twice the glucose multiplies the traffic by 1.38"),
    ("01.carrier", "brings only × 1.24", Carriers, {"level": 2.0}, "Twice the glucose multiplies the traffic by 1.24"),
    ("01.carrier", "At 5 mM 45 % of them", Carriers, {}, "At 5 mM glucose in blood"),
    ("01.carrier", "At 5 mM 45 % of them", Carriers, {}, "45 % of the seats"),
    ("01.carrier", "at 10 mM 62 %", Carriers, {"level": 2.0}, "62 % of the seats"),
    ("01.carrier", "from 0.072 to", Carriers, {}, "0.072 mL/g/min"),
    ("01.carrier", "0.050 mL/g/min", Carriers, {"level": 2.0}, "0.050 mL/g/min"),
    ("01.leftover", "shows 0.01, a log ratio (logBB) of −1.98. Blood is 99 % of that", LeftoverBlood, {"kp": 0.0001},
     "shows 0.01 in the sample, logBB −1.98; blood is 99 % of that"),
])
def test_a_quoted_figure_is_what_the_chart_says(qid, quoted, chart, settings, said):
    assert quoted in text(qid), f"{qid} no longer says {quoted!r}"
    assert said in words(chart, **settings)


def test_a_dose_moves_levels_and_no_ratio():
    assert "The ratio stays at 0.33" in text("01.q_dose")
    one, four = (result(SpeedAndExtent, pump=20, dose=d) for d in (1.0, 4.0))
    for before, after in zip(one.drugs, four.drugs):
        assert after.end == before.end
        assert after.level[-1] == pytest.approx(4 * before.level[-1])
    assert 1 / one.drugs[0].end == pytest.approx(BANK["01.q_dose"]["answer"], abs=0.1)


def test_binding_leaves_the_end_where_it_was():
    free, held = (result(SpeedAndExtent, binding=b) for b in (1.0, 10.0))
    assert [d.end for d in free.drugs] == pytest.approx([d.end for d in held.drugs])


def test_the_order_of_the_second_drugs_ratios():
    settings = [{"crossing": float(item["text"].split()[0]), "pump": int(item["text"].split()[-1])} for item in BANK["01.q_order"]["items"]]
    ends = [result(SpeedAndExtent, **each).drugs[1].end for each in settings]
    assert ends == sorted(ends, reverse=True) and min(a / b for a, b in zip(ends, ends[1:])) > 1.2
    assert [each["pump"] for each in settings] == sorted((each["pump"] for each in settings), reverse=True)  # the belief's order, turned round


def test_the_factor_of_the_quiz():
    assert result(OnePass, **pass_preset("PS equal to the flow")).by_ps == pytest.approx(BANK["01.q_factor"]["answer"], abs=0.005)


def test_about_one_per_cent_of_three_days_meets_the_hour():
    assert "1 + 9 × 0.01 here" in text("01.door") and "1 + 9 × 0.01" in text("text")
    assert result(OpenedDoor).bound == pytest.approx(1 + 9 * 0.01, abs=0.01)


def test_who_gains_most_from_an_hour():
    gains = {drug: result(OpenedDoor, drug=drug).gain for drug in ("short", "long", "quick")}
    assert max(gains, key=gains.get) == "short" and gains["long"] < 1.1 and gains["quick"] < 1.01


@pytest.mark.parametrize("qid, quoted, fact", [
    ("01.q_claudin", "800 Da", "claudin5_cutoff"), ("01.leftover", "10.3 µL", "v_water_resid"), ("text", "6.2 and 0.6 to 1.1 mM", "glc_KT"),
    ("text", "oxycodone's is 3 in rats", "kpuu_oxycodone"),
])
def test_a_quoted_figure_is_that_of_the_fact(qid, quoted, fact):
    assert quoted in text(qid)
    assert f"{facts[fact].value:g}" in quoted


def test_the_range_of_measured_gains():
    assert "from about 2 to 50" in text("01.door")
    assert facts["osm_mtx_dog"].high == 50
    assert facts["gent_csf_inflamed"].value / facts["gent_csf_normal"].value == pytest.approx(2, abs=0.1)


def test_digoxin_without_its_pump():
    low, high = facts["pgp_digoxin"].low, facts["pgp_digoxin"].high
    assert f"{low:g}- to {high:g}-fold" in text("01.q_knockout")


def test_how_many_published_values_lie_at_the_floor():
    logbb = molecules.measured["logbb"]
    assert f"Of {len(logbb):,} published values {(logbb <= -2).sum()} lie at −2 or below".replace(",", " ") in text("01.leftover")


def test_each_further_dose_of_glucose_brings_less():
    assert "The first 5 mM brought 0.36, the next 0.14, these 0.07" in text("text") and "At 5 mM it was 0.36, at 10 mM 0.50" in text("text")
    traffic = [0, *(result(Carriers, level=level).flux for level in (1.0, 2.0, 3.0))]
    assert np.diff(traffic) == pytest.approx([0.36, 0.14, 0.07], abs=0.005)


def test_the_sums_of_the_worked_example():
    assert "10 ÷ (10 + 50) = 0.17" in text("text") and "1000 ÷ (1000 + 50) = 0.95" in text("text")
    slow, quick = (result(SpeedAndExtent, pump=50, dose=4.0, crossing=crossing).drugs[1].end for crossing in (1.0, 100.0))
    assert slow == pytest.approx(10 / 60, abs=0.005) and quick == pytest.approx(1000 / 1050, abs=0.005)


def test_transfer_is_the_same_ratio():
    question = BANK["01.t_tent"]
    assert question["answer"] == 400 * 5 / 100
