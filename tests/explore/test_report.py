"""The page to keep: what was guessed beside what was shown, and nothing that could be mistaken for markup."""

import os
from html.parser import HTMLParser

import pytest
from explore_asking import press, sent
from crossing.explore import journal, questions, report
from crossing.explore.ending import BothGrades, Leaflet, Regrade, Summary
from crossing.explore.predict import Explain, Predict
from crossing.explore.quiz import Quiz
from crossing.explore.review import Progress


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.setenv("CROSSING_JOURNAL", str(tmp_path / "journal"))
    journal.forget()
    yield tmp_path / "journal"
    journal.forget()


class Reader(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.tags, self.words = [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_data(self, data):
        self.words.append(data)


def read(text):
    page = Reader(text)
    return page.tags, " ".join(" ".join(page.words).split())


def work(lesson="05"):
    guess = questions.placed(lesson, "predict")[0]
    press(Predict(guess.id), "commit", option=(guess.key + 1) % len(guess.texts), confidence=2)
    press(Explain(guess.id), "reason", own="<script>alert(1)</script> & so")
    press(Summary(lesson), "own", own="<b>late</b> is late")
    return guess


def test_an_empty_profile_says_so(desk):
    assert "Nothing to report yet" in report.page()


def test_guesses_stand_beside_outcomes_and_typed_words_stay_words(desk):
    guess = work()
    tags, words = read(report.page())
    assert not [tag for tag, _ in tags if tag in ("script", "b")] and "<script>alert(1)</script> & so" in words and "<b>late</b> is late" in words
    assert guess.texts[(guess.key + 1) % len(guess.texts)] in words and guess.texts[guess.key] in words and "(sure)" in words
    assert "not for decisions about care" in words


def test_quiz_and_leaflet_are_told(desk):
    question = next(q for q in questions.placed("05", "quiz") if q["type"] == "single")
    wrong = (question.key + 1) % len(question.texts)
    press(Quiz("05"), f"try {question.id}", answer=wrong)
    press(Quiz("05"), f"try {question.id}", answer=question.key)
    claim = next(c for c in questions.leaflet() if c["lesson"] == "05")
    press(Leaflet("00"), "grade", **{f"grade {claim['id']}": 0, f"sure {claim['id']}": 2})
    words = read(report.page())[1]
    assert "right at the second try" in words and claim["better"] not in words, "what the course found waits for the second grade"
    press(Regrade("05"), f"regrade {claim['id']}", **{f"grade {claim['id']}": 2, f"sure {claim['id']}": 1})
    words = read(report.page())[1]
    assert "“It stands up well” (sure) “It does not hold” (fairly sure)" in words and claim["better"] in words


def test_a_claim_stands_beside_the_guesses_and_the_pinned_run_that_bear_on_it(desk):
    from crossing.lessons.pumps import StepUp
    claim = next(c for c in questions.leaflet() if c["lesson"] == "05")
    press(Leaflet("00"), "grade", **{f"grade {claim['id']}": 0, f"sure {claim['id']}": 2})
    perfect = questions.find("05.perfect")
    wrong = (perfect.key + 1) % len(perfect.texts)
    press(Predict("05.step"), "commit", option=0, confidence=0)  # not named by the claim, but it opens the chart
    press(Predict("05.perfect"), "commit", option=wrong, confidence=2)
    chart = StepUp(step=4)
    chart.widget._asked(chart.widget, {"do": "pin", "heard": 1}, [])
    (row,) = [row for block in BothGrades().blocks() if block["kind"] == "table" for row in block["rows"] if row[0] == claim["claim"]]
    (asked,) = [run["asked"] for run in claim["runs"] if run["guess"] == "05.perfect"]
    assert f"{asked}: you guessed “{perfect.texts[wrong]}” (sure), the chart showed “{perfect.texts[perfect.key]}”." in row[3]
    assert f"You pinned “{chart.title}” with" in row[3] and chart.controls()["step"].words(4) in row[3] and row[2] == "–"
    assert " ".join(row[3].split()) in read(report.page())[1], "and so has the report"
    chart.widget._asked(chart.widget, {"do": "unpin", "heard": 2}, [])
    press(Predict("05.programme"), "commit", option=questions.find("05.programme").key, confidence=1)
    said = sent(BothGrades())
    assert "the chart showed the same" in said and "You pinned" not in said


def test_every_claim_names_guesses_that_there_are():
    for claim in questions.leaflet():
        named = [run["guess"] for run in claim["runs"]]
        assert len(named) >= 2 and all(questions.find(q)["type"] == "predict" for q in named), claim["id"]


def test_a_pinned_run_is_drawn_as_it_was_pinned(desk):
    from crossing.lessons.pumps import StepUp
    work()
    press(Predict("05.step"), "commit", option=0, confidence=0)
    chart = StepUp(step=4)
    chart.widget._asked(chart.widget, {"do": "pin", "heard": 1}, [])
    journal.forget()
    tags, words = read(report.page())
    (picture,) = (attributes for tag, attributes in tags if tag == "img")
    assert picture["alt"].startswith("A step up") and "After a step to 4 times" in words
    chart = StepUp()
    chart.widget._asked(chart.widget, {"do": "pin", "heard": 1}, [])
    chart.widget._asked(chart.widget, {"do": "unpin", "heard": 2}, [])
    assert not [tag for tag, _ in read(report.page())[0] if tag == "img"]


def test_a_pin_of_a_chart_that_is_gone_is_passed_over(desk):
    work()
    journal.for_lesson("05").record("05.pin.Gone", "pin", {"chart": "crossing.lessons.pumps.gone.Gone", "settings": {"a": 1}})
    journal.for_lesson("05").record("05.pin.Evil", "pin", {"chart": "os.system", "settings": {"a": 1}})
    assert "Guesses, before" in report.page()


def test_the_page_asks_nobody_for_anything(desk):
    work()
    assert not [a for _, attributes in read(report.page())[0] for k, a in attributes.items() if k in ("src", "href") and not str(a).startswith("data:")]


def test_the_button_writes_it_and_says_where(desk):
    work()
    said = press(Progress(), "report")
    path = desk / "learner-1" / "report.html"
    assert str(path) in said and path.read_text(encoding="utf-8") == report.page()


def test_the_button_in_a_throw_away_journal(monkeypatch):
    monkeypatch.setenv("CROSSING_JOURNAL", ":memory:")
    journal.forget()
    progress = Progress()
    assert "thrown away" in press_refused(progress)


def press_refused(panel):
    face = panel.widget
    face._asked(face, {"do": "report", "values": {}, "heard": face.heard + 1}, [])
    return f"{face.said} {panel.error}"


def test_the_command_writes_for_the_profile_asked_for(desk, capsys):
    journal.new_profile()
    work()
    assert report.main(["--profile", "learner-2", "--out", str(desk / "mine.html")]) == 0
    assert "learner-2 guessed" in (desk / "mine.html").read_text(encoding="utf-8")
    assert report.main(["--profile", "learner-7"]) == 2 and "There is no profile learner-7" in capsys.readouterr().err
    assert journal.profile() == "learner-2"


def test_a_pdf_where_there_is_a_browser(desk, capsys, monkeypatch):
    work()
    monkeypatch.delenv("CROSSING_CHROMIUM", raising=False)
    assert report.main(["--pdf"]) == 1 and "Open the page and print it" in capsys.readouterr().err
    browser = desk / "browser"
    browser.write_text('#!/bin/sh\nfor a in "$@"; do case "$a" in --print-to-pdf=*) echo PDF > "${a#--print-to-pdf=}";; esac; done\n')
    browser.chmod(0o755)
    if os.name != "nt":
        monkeypatch.setenv("CROSSING_CHROMIUM", str(browser))
        assert report.main(["--pdf"]) == 0 and (desk / "learner-1" / "report.pdf").exists()
