"""The line that begins a lesson: who is at work, how far, and what could not be kept."""

import pytest
from explore_asking import bank, buttons, prediction, press, sent, texts
from crossing.explore import journal, questions
from crossing.explore.desk import Desk
from crossing.explore.predict import Predict
from crossing.explore.ending import Summary


@pytest.fixture
def asking(tmp_path, monkeypatch):
    monkeypatch.setenv("CROSSING_JOURNAL", str(tmp_path / "journal"))
    monkeypatch.setenv("CROSSING_STRICT", "1")
    bank(tmp_path / "questions", questions=[prediction(name) for name in "abcd"])
    monkeypatch.setattr(questions, "folder", lambda: tmp_path / "questions")
    journal.forget()
    yield tmp_path
    journal.forget()


def commit(name):
    press(Predict(f"04.{name}"), "commit", option=0, confidence=0)


def test_one_line_that_follows_the_guesses(asking):
    desk = Desk("04")
    assert "0 of 4" in texts(desk)
    commit("a")
    assert "1 of 4" in texts(desk) and "profile learner-1" in texts(desk)


def test_without_python_it_says_how_to_begin_and_nothing_else(asking):
    commit("a")
    bundle = Desk("04")._repr_mimebundle_()[0]
    assert "Not live yet" in bundle["text/plain"] and "Start this lesson" in bundle["text/plain"]
    assert "1 of 4" not in bundle["text/plain"] + bundle["text/html"] and len(bundle["text/plain"]) >= 60
    assert "Not live yet" in bundle["text/html"]


def test_another_learner_begins_with_nothing_and_the_page_follows(asking):
    commit("a")
    desk, guess, summary = Desk("04"), Predict("04.a"), Summary("04")
    assert "SECRET" in sent(guess) and "SECRET" in sent(summary)
    press(desk, "new")
    assert "SECRET" not in sent(guess) and "SECRET" not in sent(summary) and "0 of 4" in texts(desk)
    press(desk, "switch", who=0)
    assert "SECRET" in sent(guess) and "1 of 4" in texts(desk)


def test_start_afresh_asks_first(asking):
    commit("a")
    desk, guess = Desk("04"), Predict("04.a")
    press(desk, "afresh")
    assert guess.journal.committed("04.a"), "nothing goes without the question"
    press(desk, "ask")
    assert "afresh" in buttons(desk).values()
    press(desk, "keep")
    assert "afresh" not in buttons(desk).values() and guess.journal.committed("04.a")
    press(desk, "ask")
    assert "aside" in press(desk, "afresh")
    assert "SECRET" not in sent(guess) and "0 of 4" in texts(desk)


def test_what_could_not_be_kept_is_said(asking):
    path = asking / "journal" / "learner-1" / "04.json"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"{")
    assert "set aside" in texts(Desk("04"))


def test_a_throw_away_journal_says_that_nothing_is_saved(asking, monkeypatch):
    monkeypatch.setenv("CROSSING_JOURNAL", ":memory:")
    assert "Nothing is saved" in texts(Desk("04"))
