"""What to look at again, and how far one is."""

import pytest
from explore_asking import asked, bank, prediction, press, texts
from crossing.explore import journal, questions
from crossing.explore.predict import Predict
from crossing.explore.quiz import Quiz
from crossing.explore.review import LookAgain, Progress


@pytest.fixture
def course(tmp_path, monkeypatch):
    monkeypatch.setenv("CROSSING_JOURNAL", str(tmp_path / "journal"))
    monkeypatch.setattr(questions, "folder", lambda: tmp_path / "banks")
    journal.forget()

    def thought(name, **more):
        question = asked(name, look_at="height = 3", **more)
        for option in question["options"]:
            if "belief" in option:
                option["belief"] = "N3"
        return question
    bank(tmp_path / "banks", "03", [thought("old", lesson="03")])
    bank(tmp_path / "banks", "04", [prediction("alpha"), thought("one"), asked("two"), asked("size", "number")])
    (tmp_path / "banks" / "leaflet.json").write_text('{"claims": [{"id": "c", "lesson": "04", "claim": "x", "better": "y"}]}')
    yield
    journal.forget()


def test_it_says_nothing_before_there_is_something_to_say(course):
    assert "answer the quiz first" in texts(LookAgain("04"))


def test_a_miss_is_named_with_the_place_that_shows_it_and_one_miss_is_no_verdict(course):
    press(Quiz("04"), "try 04.one", answer=0)
    press(Quiz("04"), "try 04.two", answer=2)
    said = texts(LookAgain("04"))
    assert "1 of 2 answered questions were right" in said and "one: what?" in said and "Set height = 3" in said
    assert "two: what?" not in said and "same thought" not in said and "N3" not in said


def test_a_second_try_mends_nothing_here(course):
    press(Quiz("04"), "try 04.one", answer=0)
    press(Quiz("04"), "try 04.one", answer=2)
    assert "one: what?" in texts(LookAgain("04"))


def test_two_answers_from_one_thought_are_said_as_such_over_lessons(course):
    press(Quiz("03"), "try 03.old", answer=1)
    press(Quiz("04"), "try 04.one", answer=0)
    assert "2 answers seem to come from the same thought: on *old* and *one*" in texts(LookAgain("04"))
    assert "same thought" not in texts(LookAgain("03")), "nothing of a later lesson"


def test_all_right_is_said(course):
    press(Quiz("04"), "try 04.one", answer=2)
    assert "nothing to repeat" in texts(LookAgain("04"))


def test_progress_counts_what_was_done(course):
    press(Predict("04.alpha"), "commit", option=0, confidence=1)
    press(Quiz("04"), "try 04.one", answer=0)
    press(Quiz("04"), "try 04.size", answer="4321")
    row = next(b for b in Progress().blocks() if b["kind"] == "table")["rows"][1]
    assert row == ["04 lesson 04", "1 of 1", "2 of 3, 1 right at once", "0 of 1"]
