"""Two tries, then the reasoning; and the end of a lesson: what to take home, and the leaflet graded again."""

import json

import pytest
from explore_asking import asked, bank, buttons, prediction, press, secrets, sent, texts
from crossing.explore import journal, questions
from crossing.explore.predict import Predict
from crossing.explore.ending import Leaflet, Regrade, Summary
from crossing.explore.quiz import Ask, Quiz, Transfer, WarmUp

LESSONS = sorted(p.stem for p in questions.folder().glob("[0-9][0-9].json"))
CLAIMS = [{"id": name, "lesson": lesson, "claim": f"claim {name}", "better": f"SECRET {name} better"}
          for name, lesson in (("spread", "04"), ("control", "05"))]


@pytest.fixture
def asking(tmp_path, monkeypatch):
    """A bank with every type, one with an earlier lesson, a leaflet, and a journal in a folder of its own."""
    monkeypatch.setenv("CROSSING_JOURNAL", str(tmp_path / "journal"))
    monkeypatch.setenv("CROSSING_STRICT", "1")
    folder = tmp_path / "questions"
    bank(folder, questions=[
        prediction("alpha"), asked("one", look_at="tip = T10", needs_run=True), asked("some", "multiple"), asked("row", "order"),
        asked("size", "number"), *(asked(f"w{i}", place="warmup", from_lesson=old) for i, old in
                                   enumerate(["00", "00", "prerequisite"])), asked("away", place="transfer")])
    bank(folder, "00", [asked(f"old{i}", lesson="00") for i in range(3)])
    (folder / "leaflet.json").write_text(json.dumps({"claims": CLAIMS}))
    monkeypatch.setattr(questions, "folder", lambda: folder)
    journal.forget()
    yield tmp_path
    journal.forget()


def answer(panel, name, given, lesson="04"):
    return press(panel, f"try {lesson}.{name}", answer=given)


RIGHT = {"one": 2, "some": [1, 3], "row": [1, 2, 0], "size": "4321"}
WRONG = {"one": [0, 1], "some": [[1], [0, 1, 3]], "row": [[0, 1, 2], [2, 1, 0]], "size": ["8642", "12"]}


# ---- before an answer -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("panel", [lambda: Quiz("04"), lambda: Ask("04.one"), lambda: Transfer("04"), lambda: WarmUp("04"),
                                   lambda: Summary("04"), Leaflet, lambda: Regrade("04")],
                         ids=["quiz", "ask", "transfer", "warmup", "summary", "leaflet", "regrade"])
def test_nothing_of_the_answers_is_sent_before_one_is_given(asking, panel):
    seen = sent(panel())
    assert "SECRET" not in seen and "4321" not in seen and "8642" not in seen


@pytest.mark.parametrize("lesson", LESSONS)
def test_nothing_of_the_banks_answers_is_sent(monkeypatch, lesson):
    monkeypatch.setenv("CROSSING_JOURNAL", ":memory:")
    journal.forget()
    seen = sent(Quiz(lesson)) + sent(WarmUp(lesson)) + sent(Transfer(lesson)) + sent(Summary(lesson)) + sent(Regrade(lesson))
    for question in questions.bank(lesson):
        if question["place"] != "section":
            for secret in secrets(question):
                assert json.dumps(secret)[1:-1] not in seen, secret
    for claim in questions.leaflet():
        assert json.dumps(claim["better"])[1:-1] not in seen


@pytest.mark.parametrize("panel", [lambda: Quiz("04"), lambda: Ask("04.one"), lambda: Transfer("04"), lambda: WarmUp("04"),
                                   lambda: Summary("04"), Leaflet, lambda: Regrade("04")])
def test_without_python_it_can_be_read_and_is_the_same_on_every_run(asking, panel):
    def stored():
        bundle = panel()._repr_mimebundle_()[0]
        return bundle["text/html"], bundle["text/plain"]
    before = stored()
    assert len(before[1]) >= 60 and "Start this lesson" in before[1] and "IPY_MODEL" not in before[1]
    quiz = Quiz("04")
    for name, given in RIGHT.items():
        answer(quiz, name, given)
    press(Predict("04.alpha"), "commit", option=0, confidence=0)
    press(Leaflet(), "grade", **{"grade spread": 1, "sure spread": 1})
    assert stored() == before


# ---- two tries --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", RIGHT)
def test_right_at_once_gets_feedback_and_the_reasoning(asking, name):
    quiz = Quiz("04")
    assert "Right" in answer(quiz, name, RIGHT[name])
    assert f"SECRET {name} reasoning" in texts(quiz)
    assert texts(quiz).count(f"SECRET {name}") >= 2, "feedback after right answers too"
    assert [t["right"] for t in quiz.journal.entries(f"04.{name}", "try")] == [True]
    assert f"try 04.{name}" not in buttons(quiz).values()


@pytest.mark.parametrize("name", RIGHT)
def test_after_one_wrong_try_comes_its_feedback_and_after_two_the_reasoning(asking, name):
    quiz = Quiz("04")
    first, second = WRONG[name]
    answer(quiz, name, first)
    seen = texts(quiz)
    assert "reasoning" not in seen and "4321" not in seen.replace("8642", "")
    assert "Try again" in buttons(quiz)
    answer(quiz, name, second)
    assert f"SECRET {name} reasoning" in texts(quiz)
    answer(quiz, name, RIGHT[name])
    assert [t["right"] for t in quiz.journal.entries(f"04.{name}", "try")] == [False, False]


def test_a_second_try_can_be_right(asking):
    quiz = Quiz("04")
    answer(quiz, "one", 0)
    assert "Right" in answer(quiz, "one", 2)
    assert "SECRET one feedback 2" in texts(quiz) and "SECRET one reasoning" in texts(quiz)


def test_the_same_answer_twice_costs_no_try(asking):
    quiz = Quiz("04")
    answer(quiz, "one", 0)
    answer(quiz, "one", 0)
    assert len(quiz.journal.entries("04.one", "try")) == 1


def test_a_known_wrong_number_gets_its_own_feedback(asking):
    quiz = Quiz("04")
    answer(quiz, "size", "8644")
    assert "SECRET size trap" in texts(quiz) and "SECRET size wrong" not in texts(quiz)
    answer(quiz, "size", "17")
    assert "SECRET size wrong" in texts(quiz)


@pytest.mark.parametrize("given", ["4321", "4324", " 4318 ", "4321,0", "4321 %", "4321%", "4.321e3"])
def test_a_number_may_be_written_in_many_ways(asking, given):
    quiz = Quiz("04")
    assert "Right" in answer(quiz, "size", given)


@pytest.mark.parametrize("name, junk", [
    ("one", None), ("one", 4), ("one", "2"), ("one", True), ("some", []), ("some", None), ("some", ["1"]), ("row", [0, 0, 1]),
    ("row", [None, 1, 2]), ("row", None), ("size", ""), ("size", None), ("size", "many"), ("size", "nan"), ("size", "1e999"),
])
def test_what_is_no_answer_costs_no_try(asking, name, junk):
    quiz = Quiz("04")
    assert answer(quiz, name, junk)
    assert quiz.journal.entries(f"04.{name}", "try") == []


def test_the_setting_to_look_at_comes_after_a_try(asking):
    quiz = Quiz("04")
    assert "tip = T10" not in sent(quiz)
    answer(quiz, "one", 0)
    assert "Set `tip = T10` and look again." in texts(quiz)


def test_tries_are_there_again_after_reopening_and_in_a_second_place(asking):
    quiz, other = Quiz("04"), Ask("04.one")
    other.widget  # shown before anything is answered
    answer(quiz, "one", 0)
    answer(quiz, "size", "4321")
    assert "SECRET one feedback 0" in texts(other)
    before = quiz.widget.view
    journal.forget()
    assert Quiz("04").widget.view == before


def test_tries_hold_though_the_bank_reorders_its_options(asking):
    answer(Ask("04.one"), "one", 2)
    turned = asked("one")
    turned["options"].reverse()
    bank(asking / "questions", questions=[turned])
    field = next(b for b in Ask("04.one").widget.view["blocks"] if b["kind"] == "form")["fields"][0]
    assert field["value"] == 1 and field["options"][1]["mark"] == "your answer, right"


def test_a_question_that_is_not_asked_here_is_not_judged(asking):
    panel = Ask("04.one")
    press(panel, "try 04.size", answer="4321")
    assert panel.journal.entries("04.size", "try") == []


# ---- warming up ---------------------------------------------------------------------------------------------------


def shown(panel):
    return [b["key"] for b in panel.widget.view["blocks"] if b["kind"] == "form"]


def test_three_questions_and_what_was_missed_comes_first(asking):
    assert shown(WarmUp("04")) == ["04.w0", "04.w1", "04.w2"]
    old = Quiz("00")
    answer(old, "old1", 0, "00")
    answer(old, "old2", 2, "00")
    fresh = WarmUp("04")
    assert shown(fresh)[0] == "00.old1" and len(shown(fresh)) == 3 and shown(fresh)[-1] == "04.w2"
    answer(fresh, "old1", 2, "00")
    assert shown(fresh)[0] == "00.old1", "it stays while it is being answered"
    journal.forget()
    assert shown(WarmUp("04")) == shown(fresh)
    assert len(journal.for_lesson("00").entries("00.old1", "try")) == 1, "the earlier lesson is left as it was"


# ---- the end of a lesson --------------------------------------------------------------------------------------------


def test_each_line_to_take_home_waits_for_its_guess(asking):
    summary = Summary("04")
    assert "SECRET" not in texts(summary)
    press(Predict("04.alpha"), "commit", option=2, confidence=1)
    seen = texts(summary)
    assert "SECRET alpha take home" in seen and "You guessed" in seen and "alpha option 2" in seen and "fairly sure" in seen


def test_the_leaflet_is_graded_and_graded_again(asking):
    leaflet, again = Leaflet(), Regrade("04")
    press(leaflet, "grade", **{"grade spread": 1})
    assert "not graded" in texts(again)
    press(leaflet, "grade", **{"grade spread": 1, "sure spread": 2})
    assert "You said" in texts(again) or "you said" in texts(again)
    assert "SECRET" not in sent(again)
    press(again, "regrade spread", **{"grade spread": 2, "sure spread": 0})
    assert "SECRET spread better" in texts(again)
    assert "SECRET" not in sent(leaflet)
    journal.forget()
    assert "SECRET spread better" in texts(Regrade("04"))
    press(Regrade("04"), "regrade spread", **{"grade spread": 0, "sure spread": 0})
    assert "SECRET control" not in texts(Regrade("04"))


def test_a_room_may_vote_on_any_question_with_options(asking):
    panel = Quiz("04")
    first = panel.questions()[0]
    assert [b["kind"] for b in panel.blocks()].count("fold") == sum(q["type"] in ("single", "multiple") for q in panel.questions())
    for hands in ((3, 1, 0, 0), (0, 0, 8, 0)):
        press(panel, f"vote {first.id}", **{str(i): str(n) for i, n in enumerate(hands)})
    table = next(b for fold in panel.blocks() if fold["kind"] == "fold" for b in fold["blocks"] if b["kind"] == "table")
    assert [row[1:] for row in table["rows"]] == [["75 %", "0 %"], ["25 %", "0 %"], ["0 %", "100 %"], ["0 %", "0 %"]]
    assert panel.journal.entries(first.id, "try") == [], "a vote is no try"


def test_a_reason_of_ones_own_is_kept_and_never_required(asking):
    panel = Quiz("04")
    press(panel, "try 04.one", answer=0, why=" because ")
    assert panel.journal.last("04.one", "try")["why"] == "because"
    press(panel, "try 04.one", answer=2)
    assert "why" not in panel.journal.last("04.one", "try")
    assert "because" in texts(panel), "the reason of the first try stays to be seen"
