"""Answers at length, and the leaflet's two grades."""

import json

import pytest
from explore_asking import press, sent, texts
from crossing.explore import journal, questions, report
from crossing.explore.ending import BothGrades, Leaflet, Regrade
from crossing.explore.writing import MOST, Write


@pytest.fixture
def course(tmp_path, monkeypatch):
    monkeypatch.setenv("CROSSING_JOURNAL", str(tmp_path / "journal"))
    monkeypatch.setattr(questions, "folder", lambda: tmp_path)
    bank = {"lesson": "09", "title": "Capstone", "questions": [], "texts": [
        {"id": "09.text.road", "heading": "Argue", "prompt": "Which road?", "rubric": ["names a road", "names a harm"]}]}
    (tmp_path / "09.json").write_text(json.dumps(bank))
    (tmp_path / "leaflet.json").write_text(json.dumps({"claims": [{"id": i, "lesson": "09", "claim": f"claim {i}", "better": f"better {i}"} for i in "ab"]}))
    journal.forget()
    yield tmp_path
    journal.forget()


def test_a_text_is_kept_and_may_be_changed(course):
    press(Write("09.text.road"), "keep", text=" <i>By vein</i>\nfor <b>her</b> ")
    press(Write("09.text.road"), "keep", text="By pump")
    journal.forget()
    assert "By pump" in texts(Write("09.text.road")) and "By vein" not in sent(Write("09.text.road"))
    assert "<h3>Argue</h3><p>By pump</p>" in report.page()


def test_the_rubric_is_ticked_by_its_writer_and_only_after_writing(course):
    panel = Write("09.text.road")
    assert "names a harm" in texts(panel) and "names a harm" in repr(panel), "the rubric is read before the writing"
    assert not [f for b in panel.blocks() if b["kind"] == "form" for f in b["fields"] if f["type"] == "many"], "the ticks come after"
    press(panel, "keep", text="By pump")
    press(panel, "tick", does=[1, 7, "x"])
    assert "1 of 2 ticked. Add what is missing" in texts(panel)


@pytest.mark.parametrize("words, said", [("", "Write something first"), ("x" * (MOST + 1), "At most")])
def test_what_cannot_be_kept_is_said(course, words, said):
    panel = Write("09.text.road")
    face = panel.widget
    face._asked(face, {"do": "keep", "values": {"text": words}, "heard": 1}, [])
    assert said in f"{face.said} {panel.error} {face.get_state()}" and panel.journal.entries() == []


@pytest.mark.parametrize("wrong, where", [({"rubric": ["one"]}, "texts[0].rubric"), ({"id": "text"}, "texts[0].id"), ({"more": 1}, "texts[0].more")])
def test_a_wrong_bank_names_the_place(course, wrong, where):
    bank = json.loads((course / "09.json").read_text())
    bank["texts"][0] |= wrong
    (course / "09.json").write_text(json.dumps(bank))
    with pytest.raises(questions.BankError) as told:
        questions.load(course / "09.json")
    assert where in str(told.value)


def test_an_unknown_text_is_named(course):
    with pytest.raises(KeyError, match="no text '09.text.river'; there are 09.text.road"):
        Write("09.text.river")


def test_both_grades_stand_side_by_side_and_the_answer_waits_for_the_second(course):
    assert "No claim has been graded yet" in texts(BothGrades())
    press(Leaflet("00"), "grade", **{"grade a": 0, "sure a": 2, "grade b": 1, "sure b": 0})
    assert "better a" not in sent(BothGrades()) and "2 of them wait" in texts(BothGrades())
    press(Regrade("09"), "regrade a", **{"grade a": 2, "sure a": 1})
    seen = texts(BothGrades())
    assert "“It stands up well” (sure)" in seen and "“It does not hold” (fairly sure)" in seen and "better a" in seen and "better b" not in seen
