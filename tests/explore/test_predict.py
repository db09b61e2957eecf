"""Guess first: nothing of the answer is sent before the commit; the commit opens charts; a guess is there next day."""

import json
import pathlib
import subprocess
import sys

import pytest
from explore_asking import bank, buttons, prediction, press, secrets, sent, texts
from crossing.explore import journal, questions
from crossing.explore.predict import Explain, Predict

SRC = pathlib.Path(journal.__file__).parents[2]
PREDICTIONS = [q for p in sorted(questions.folder().glob("[0-9][0-9].json")) for q in questions.placed(p.stem, "predict")]


@pytest.fixture
def asking(tmp_path, monkeypatch):
    """Two predictions, and a journal in a folder of its own."""
    monkeypatch.setenv("CROSSING_JOURNAL", str(tmp_path / "journal"))
    monkeypatch.setenv("CROSSING_STRICT", "1")
    bank(tmp_path / "questions", questions=[prediction("alpha"), prediction("beta")])
    monkeypatch.setattr(questions, "folder", lambda: tmp_path / "questions")
    journal.forget()
    yield tmp_path
    journal.forget()


@pytest.fixture
def nothing_kept(monkeypatch):
    monkeypatch.setenv("CROSSING_JOURNAL", ":memory:")
    monkeypatch.setenv("CROSSING_STRICT", "1")
    journal.forget()


def commit(panel, option=0, confidence=1):
    return press(panel, "commit", option=option, confidence=confidence)


# ---- before the commit ------------------------------------------------------------------------------------------


def test_nothing_of_the_answer_is_sent_before_the_commit(asking):
    for panel in (Predict("04.alpha"), Explain("04.alpha")):
        assert "SECRET" not in sent(panel)
        assert "right" not in json.dumps(panel.widget.view)


@pytest.mark.parametrize("question", PREDICTIONS, ids=lambda q: q.id)
def test_nothing_of_the_banks_answers_is_sent_before_the_commit(nothing_kept, question):
    for kind in (Predict, Explain):
        seen = sent(kind(question.id))
        for secret in secrets(question):
            assert json.dumps(secret)[1:-1] not in seen
        for reason in question["explain"]["reasons"]:
            assert json.dumps(reason["text"])[1:-1] not in seen


def test_sketches_do_not_tell_the_options_apart(nothing_kept):
    for question in PREDICTIONS:
        form = next(b for b in Predict(question.id).widget.view["blocks"] if b["kind"] == "form")
        keys = {frozenset(option) for option in form["fields"][0]["options"]}
        assert len(keys) == 1, question.id


def test_without_python_the_question_and_its_options_can_be_read(asking):
    bundle = Predict("04.alpha")._repr_mimebundle_()
    bundle = bundle[0] if isinstance(bundle, tuple) else bundle
    for form in ("text/html", "text/plain"):
        assert "alpha: where?" in bundle[form] and "alpha option 2" in bundle[form]
    assert "<ol" in bundle["text/html"] and 'press' in bundle["text/plain"].lower()
    assert len(bundle["text/plain"]) >= 60
    assert "application/vnd.jupyter.widget-view+json" in bundle


def test_what_is_stored_is_the_same_before_and_after_and_on_every_run(asking):
    before = {form: Predict("04.alpha")._repr_mimebundle_()[0][form] for form in ("text/html", "text/plain")}
    commit(Predict("04.alpha"))
    assert {form: Predict("04.alpha")._repr_mimebundle_()[0][form] for form in before} == before


# ---- the commit -------------------------------------------------------------------------------------------------


def test_a_commit_wants_an_option_and_a_confidence(asking):
    panel = Predict("04.alpha")
    assert "option" in press(panel, "commit")
    assert "sure" in press(panel, "commit", option=1)
    assert not panel.journal.committed("04.alpha")
    assert "SECRET" not in sent(panel)


@pytest.mark.parametrize("junk", [{"option": 9, "confidence": 1}, {"option": -1, "confidence": 1}, {"option": "0", "confidence": 1},
                                  {"option": True, "confidence": 1}, {"option": [0], "confidence": 1}, {"option": 0, "confidence": 3}])
def test_what_is_no_answer_is_not_kept(asking, junk):
    panel = Predict("04.alpha")
    press(panel, "commit", **junk)
    assert not panel.journal.committed("04.alpha")


def test_the_commit_shows_the_reveal_and_the_feedback_for_the_chosen_option_alone(asking):
    panel = Predict("04.alpha")
    commit(panel, option=2)
    assert panel.journal.guess("04.alpha") == {"option": 2, "text": "alpha option 2", "confidence": 1}
    seen = texts(panel)
    assert "SECRET alpha reveal" in seen and "SECRET alpha feedback 2" in seen and "SECRET alpha feedback 0" not in seen
    assert "SECRET alpha likely" not in seen and "SECRET alpha punch" not in seen


def test_a_second_commit_changes_nothing(asking):
    panel = Predict("04.alpha")
    commit(panel, option=2)
    commit(panel, option=0)
    assert panel.journal.guess("04.alpha")["option"] == 2


def test_the_same_question_in_two_places_shows_the_same(asking):
    one, two = Predict("04.alpha"), Predict("04.alpha")
    assert one.widget.view == two.widget.view
    commit(one)
    assert one.widget.view == two.widget.view


def test_a_commit_unveils_the_chart_at_once(asking):
    pytest.importorskip("matplotlib")
    from crossing.explore import Explorable

    class Waiting(Explorable):
        guess = "04.alpha"

        def compute(self):
            return 1

        def setup(self, figure):
            (self.dot,) = figure.subplots().plot([0], [0])
            self.live("dot", self.dot)

        def update(self, result):
            self.dot.set_data([0], [result])

        def describe(self, result):
            return "The level is 43."

    chart, other = Waiting(), Predict("04.beta")
    view = chart.widget
    assert view.veiled and "43" not in view.words
    commit(other)
    assert view.veiled
    commit(Predict("04.alpha"))
    assert not view.veiled and view.words == "The level is 43." and "alpha option 0" in view.guess


# ---- the next day -----------------------------------------------------------------------------------------------


def test_a_lesson_reopened_asks_whether_one_still_agrees(asking):
    commit(Predict("04.alpha"), option=2, confidence=2)
    journal.forget()
    panel = Predict("04.alpha")
    seen = texts(panel)
    assert "You guessed" in seen and "alpha option 2" in seen and "sure" in seen and "SECRET alpha reveal" in seen
    assert "agree" in seen.lower()
    press(panel, "agree", agree=False)
    journal.forget()
    again = Predict("04.alpha")
    assert "changed" in texts(again)
    assert "agree" not in buttons(again).values()


def test_a_guess_whose_words_left_the_bank_is_still_a_guess(asking):
    commit(Predict("04.alpha"), option=2)
    changed = prediction("alpha")
    changed["options"][2]["text"] = "other words"
    bank(asking / "questions", questions=[changed])
    journal.forget()
    for panel in (Predict("04.alpha"), Explain("04.alpha")):
        assert "SECRET" in texts(panel)
    assert "alpha option 2" in texts(Predict("04.alpha"))


# ---- in a room ----------------------------------------------------------------------------------------------------


def vote(panel, *hands):
    return press(panel, f"vote {panel.question.id}", **{str(i): str(n) for i, n in enumerate(hands)})


def test_the_first_vote_stays_hidden_until_the_second_is_in(asking):
    panel = Predict("04.alpha")
    vote(panel, 7919, 0, 0)
    assert "7919" not in sent(panel) and "100 %" not in sent(panel) and "SECRET" not in sent(panel)
    vote(panel, 1, 2, 1)
    seen = texts(panel)
    assert "100 %" in seen and "50 %" in seen
    assert "SECRET alpha likely" in seen and "SECRET alpha punch" in seen


@pytest.mark.parametrize("hands, words", [((8, 2, 0), "Under 30"), ((7, 3, 0), "30 to 70"), ((3, 7, 0), "30 to 70"), ((2, 8, 0), "Over 70"),
                                          ((705, 295, 0), "Under 30"), ((295, 705, 0), "Over 70")])
def test_the_advice_follows_the_share_of_right_hands(asking, hands, words):
    panel = Predict("04.alpha")
    vote(panel, *hands)
    vote(panel, *hands)
    assert words in texts(panel)


@pytest.mark.parametrize("hands", [(0, 0, 0), ("", "", ""), ("x", "-3", "nan")])
def test_a_vote_of_nobody_is_not_kept(asking, hands):
    panel = Predict("04.alpha")
    vote(panel, *hands)
    assert panel.journal.entries(kind="vote") == []


# ---- because ----------------------------------------------------------------------------------------------------


def test_reasons_wait_for_the_guess_and_ours_for_theirs(asking):
    panel = Explain("04.alpha")
    assert "Commit your guess first" in texts(panel)
    assert "first" in press(panel, "reason", reason=0)
    commit(Predict("04.alpha"))
    seen = texts(panel)
    assert "SECRET alpha reason 0" in seen and "SECRET alpha reason feedback" not in seen and "SECRET alpha ours" not in seen
    press(panel, "reason", reason=0)
    seen = texts(panel)
    assert "SECRET alpha reason feedback 0" in seen and "SECRET alpha ours" in seen
    journal.forget()
    assert "SECRET alpha ours" in texts(Explain("04.alpha"))


def test_a_reason_of_ones_own(asking):
    commit(Predict("04.alpha"))
    panel = Explain("04.alpha")
    assert "Type" in press(panel, "reason", reason=3, own="  ")
    press(panel, "reason", reason=3, own="the <b>tide</b>")
    assert panel.journal.last("04.alpha", "reason")["text"] == "the <b>tide</b>"
    assert "SECRET alpha ours" in texts(panel)


def test_markup_in_a_bank_stays_text(asking):
    nasty = prediction("nasty")
    nasty["prompt"] = nasty["options"][0]["text"] = "<img src=x onerror=alert(1)><script>alert(1)</script>"
    bank(asking / "questions", questions=[nasty])
    page = Predict("04.nasty")._repr_mimebundle_()[0]["text/html"]
    assert "<img" not in page and "<script" not in page and "&lt;script&gt;" in page


def test_a_wrong_id_is_said_in_words(asking):
    with pytest.raises(KeyError, match="04.alpha"):
        Predict("04.gamma")


def test_asking_does_not_wait_for_numpy_or_matplotlib():
    code = ("import sys; from crossing.explore import journal, questions, predict, quiz, desk; "
            "sys.exit(','.join({'numpy', 'matplotlib', 'scipy', 'ipywidgets'} & set(sys.modules)) or 0)")
    ended = subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": str(SRC), "PATH": ""}, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr
