"""Figures that the words of lesson 03 quote: each must be what the chart says or what the fact holds."""

import json
import pathlib

import pytest

from crossing.facts import facts
from crossing.lessons.roads import Advantage, FourRoads, NoseToBrain, WhichDrug
from crossing.models.exposure import two_box_advantage, two_box_areas

ROOT = pathlib.Path(__file__).parents[2]
BANK = json.loads((ROOT / "data/questions/03.json").read_text(encoding="utf-8"))["questions"]
CELLS = json.loads((ROOT / "notebooks/03_roads.ipynb").read_text(encoding="utf-8"))["cells"]


def question(qid):
    (found,) = (q for q in BANK if q["id"] == qid)
    return found


def text(where):
    """All words of one question ("03.roads") or of one cell ("roads-text")."""
    if where.startswith("03."):
        return json.dumps(question(where), ensure_ascii=False)
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
    ("03.roads", "After 6 h 50.6 % of the lumbar dose has reached the blood", FourRoads, {"time": 6}, "50.6 % has reached the blood"),
    ("03.roads", "after 48 h 99.9 %", FourRoads, {"time": 48}, "99.9 % has reached the blood"),
    ("03.roads", "the exposure of blood is 1.00 times that by a vein", FourRoads, {"time": 48}, "the blood is exposed 1.00 times as much"),
    ("03.roads", "100 % through blood in the end", FourRoads, {}, "In the end 100 % has gone through the blood"),
    ("03.drug", "by the lumbar road falls from 1270 to 34", WhichDrug, {"fat": 0}, "in neck fluid: lumbar 1270, "),
    ("03.drug", "by the lumbar road falls from 1270 to 34", WhichDrug, {"fat": 100}, "in neck fluid: lumbar 34, "),
    ("03.drug", "from 0.27 to 0.29", WhichDrug, {"fat": 0}, "vein 0.27. In brain"),
    ("03.drug", "from 0.27 to 0.29", WhichDrug, {"fat": 100}, "vein 0.29. In brain"),
    ("03.drug", "alike, at 0.16", WhichDrug, {"fat": 100}, "lumbar 0.16, epidural 0.16, vein 0.16"),
    ("03.drug", "from 0.11 to 0.009", WhichDrug, {"fat": 0}, "keeps 0.11 of its"),
    ("03.drug", "from 0.11 to 0.009", WhichDrug, {"fat": 100}, "keeps 0.009 of its"),
    ("task-drug", "lumbar 5.7 and vein 0.16, so 5.7 ÷ 0.16, about 36", WhichDrug, {"fat": 0}, "lumbar 5.7, epidural 0.26, vein 0.16"),
    ("03.advantage", "7300 times as much as blood by the one road, and 0.365 times by the vein", Advantage, {},
     "7300 times as much as the blood; given into a vein, 0.365 times"),
    ("03.advantage", "The advantage is 20 000 before and after", Advantage, {}, "is 20\u202f000"),
    ("task-advantage", "`entry = 10` brings 91 back", Advantage, {"plasma": 900, "entry": 10}, "is 91."),
    ("03.nose", "up to 26 % would fit too", NoseToBrain, {}, "up to 26 % would fit"),
    ("03.nose", "stays at 1.00 times the vein's", NoseToBrain, {"half": 0.5}, "exposure of CSF over blood is 1.00 times that after a vein"),
    ("task-drug", "section 1's advantage, 37", FourRoads, {"view": "advantage"}, "brain fluid 37"),
    ("advantage-look", "there 35 600 in lumbar fluid", FourRoads, {"view": "advantage"}, "lumbar fluid 35\u202f600"),
    ("advantage-look", "Here 20 000", Advantage, {}, "is 20\u202f000"),
    ("break-task", "1.43 times that after a vein", NoseToBrain, {"half": 0.5, "direct": 30}, "1.43 times that after a vein"),
    ("task-roads", "30 of the model's 47 numbers are assumed", FourRoads, {"view": "advantage"}, "30 assumed"),
    ("03.q_brain", "Brain fluid: 1660 times a vein's by the ventricle", FourRoads, {"view": "advantage", "drug": "methotrexate", "road": "ventricle"}, "brain fluid 1660"),
    ("03.q_brain", "538 by the lumbar road", FourRoads, {"view": "advantage", "drug": "methotrexate"}, "brain fluid 538"),
    ("03.q_area", "After 1 h 46.3 %", FourRoads, {"road": "ventricle", "time": 1.0}, "46.3 % has reached the blood"),
    ("03.q_area", "after 1.5 h 54.2 %", FourRoads, {"road": "ventricle", "time": 1.5}, "54.2 % has reached the blood"),
    ("03.roads", "has 97 % through by then", FourRoads, {"time": 24.0}, "96.7 % has reached the blood"),
])
def test_a_quoted_figure_is_what_the_chart_says(where, quoted, chart, settings, said):
    assert quoted in text(where), f"{where} no longer says {quoted!r}"
    assert said in words(chart, **settings)


@pytest.mark.parametrize("where, quoted, fact, value", [
    ("03.roads", "83 % of a dye", "iohexol_urine_24h", 83),
    ("03.roads", "96 % (87 to 101)", "iohexol_urine_week", 96),
    ("03.drug", "held 0.21 of the most for morphine", "morph_neck_rat", 0.21),
    ("03.drug", "0.10 for pethidine", "meperidine_neck_rat", 0.1),
    ("03.tip", "1.9 %", "morph_epi_f", 1.9),
    ("03.tip", "3.6 %", "morph_epi_f_1987", 3.6),
    ("03.q_small", "about a hundredth", "baclofen_plasma", 0.01),
    ("03.nose", "0.46", "iv_melatonin", 0.46),
    ("03.nose", "0.33", "nasal_melatonin", 0.327),
    ("03.nose", "within 2.5 minutes", "nasal_melatonin_tmax", 2.5),
    ("03.nose", "within 15 minutes", "nasal_melatonin_csf_tmax", 15),
    ("03.nose", "1.60 after the nose", "nasal_estradiol_2006", 1.6),
    ("03.nose", "0.61 after a vein", "iv_estradiol_2006", 0.61),
])
def test_a_quoted_figure_is_what_the_fact_holds(where, quoted, fact, value):
    assert quoted in text(where), f"{where} no longer says {quoted!r}"
    row = facts[fact]
    assert value in (row.value, row.low, row.high)


def test_the_blood_of_all_roads_is_exposed_alike_and_peaks_unlike():
    """Same area; the lumbar peak is about a fiftieth of the level at once after a vein."""
    assert "about a fiftieth of that after a vein" in text("03.roads")
    for road in ("vein", "epidural", "lumbar", "ventricle"):
        assert result(FourRoads, road=road).blood == pytest.approx(1)
    peak = result(FourRoads, road="lumbar").levels[:, -1].max()
    assert 1 / peak == pytest.approx(50, abs=5)


def test_the_order_at_the_cisterns_is_the_order_of_the_question():
    ratios = result(FourRoads, view="advantage").ratios
    order = [item["text"] for item in question("03.q_order")["items"]]
    at = [name for name, _ in places()].index("cisterns")
    found = [ratios[road][at] for road in order]
    assert found == sorted(found, reverse=True)
    low = [name for name, _ in places()].index("lumbar fluid")
    assert max(ratios, key=lambda road: ratios[road][low]) == "lumbar"


def places():
    from crossing.lessons.roads.views import PLACES
    return PLACES


def test_a_room_beside_a_hall_is_fluid_beside_blood():
    gain, small = question("03.t_gain"), question("03.q_number")
    assert two_box_areas(1000, 50, 50).targeting.advantage == pytest.approx(gain["answer"])
    assert two_box_areas(1000, 50, 50).plasma_by_fluid == two_box_areas(1000, 50, 50).plasma_by_vein
    assert two_box_advantage(9, 1) == pytest.approx(small["answer"])


def test_the_clearance_of_the_fluid_drops_out():
    assert two_box_areas(1000, 20, 50).targeting.advantage == pytest.approx(two_box_areas(1000, 10, 50).targeting.advantage)
    assert two_box_areas(1000, 10, 50).fluid_by_fluid == pytest.approx(2 * two_box_areas(1000, 20, 50).fluid_by_fluid)


def test_two_thirds_of_the_body_are_assumed():
    assert "30 to 35 of its 47 numbers are assumed, about two thirds" in text("limits-evidence")
    for drug in ("morphine", "methadone", "methotrexate", "baclofen", "cytarabine"):
        marks = result(FourRoads, drug=drug).marks
        assert 30 <= marks["assumed"] <= 35 and sum(marks.values()) == 47
        assert 0.6 < marks["assumed"] / sum(marks.values()) < 0.8


def test_where_the_body_is_said_to_fail_it_fails_by_so_much():
    from crossing.lessons.roads.body import areas, body
    assert "8 times too little cytarabine, 13 times too much methotrexate" in text("limits-evidence")
    lumbar, drug = areas(body("cytarabine"), "lumbar"), body("methotrexate")
    assert lumbar.level("lumbar CSF") / lumbar.level("ventricles") / facts["dtc_ratio"].value == pytest.approx(8, abs=0.5)
    share = areas(drug, "lumbar").level("brain") / areas(drug, "ventricle").level("brain")
    assert share / facts["mtx_nhp_brain"].value == pytest.approx(13, abs=1)
    assert "five times the published mean" in text("limits-evidence")
    level = areas(body("nusinersen"), "lumbar")
    assert level.level("lumbar CSF") / level.level("CSF") == pytest.approx(5, abs=0.7)


def test_the_lead_in_brain_fluid_is_gone_for_the_fat_end():
    water, oil = (result(WhichDrug, fat=fat).found for fat in (0, 100))
    assert water["lumbar"][-1] / water["vein"][-1] == pytest.approx(36.5, abs=0.6)
    assert oil["lumbar"][-1] / oil["vein"][-1] == pytest.approx(1, abs=0.05)


def test_the_misses_that_the_limits_name():
    from crossing.lessons.roads.board import TARGETS, board
    said = text("limits-evidence")
    assert "morphine falls three times too steeply" in said and "three times too far by the cisterns" in text("03.drug")
    assert 1 / result(WhichDrug).cisterns / facts["morph_lumbar_cist"].value == pytest.approx(3.4, abs=0.2)
    assert "advantage 346 here, 18 000 worked out" in said
    assert board("topotecan").found["ventricle"][0][list(TARGETS).index("ventricles")] == pytest.approx(346, abs=0.5)
    assert facts["topo_advantage"].value == 18_000


def test_what_eight_rats_leave_open_is_what_the_answer_says():
    from crossing.lessons.roads.nose import measured
    path = measured("melatonin").path
    assert f"anything from {path.low:.2f} to {path.high:.2f} fits" in text("break-task")
    assert f"gave {path.efficiency:.2f}, not 1.00" in text("break-task")


def test_nothing_in_sight_before_the_guess_gives_the_figure_away():
    """Map and tip, which stand open above the guesses, and the veiled charts' skeletons."""
    from crossing.lessons.road_map import ROADS, RoadMap
    from crossing.lessons.tip import WORDS, WhereIsTheTip
    told = " ".join([*(words(RoadMap, road=road) for road in ROADS), *(words(WhereIsTheTip, word=word) for word in WORDS)])
    for figure in ("0.327", "0.33", "0.46", "1.9 %", "3.6 %"):
        assert figure not in told
    assert not {"nasal_melatonin", "iv_melatonin", "morph_epi_f", "morph_epi_f_1987"} & {*RoadMap.facts, *WhereIsTheTip.facts}
    for chart, never in ((WhichDrug, ("lower or none", "pethidine", "people, cisterns")), (NoseToBrain, ("melatonin", "estradiol"))):
        drawn = chart()
        drawn.draw()
        skeleton = drawn.chart.skeleton()
        assert not [word for word in never if word in skeleton]
