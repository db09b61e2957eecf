"""Pages for the room: a card with every key, sheets with none, frames for the day the machine dies."""

import re

import pytest
from crossing import notes
from crossing.explore import journal, questions
from crossing.explore.panel import plain

LESSONS = [lesson for lesson in questions.lessons() if lesson != "00"]


@pytest.fixture(autouse=True)
def nobody(monkeypatch):
    monkeypatch.setenv("CROSSING_JOURNAL", ":memory:")
    journal.forget()
    yield
    journal.forget()


def pictures(page):
    return re.findall(r"base64,([^\"]+)\"", page)


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_card_holds_every_vote_with_its_key_and_the_aim_it_serves(lesson):
    page = notes.card(lesson, notes.notebook(lesson)["cells"])
    votes = questions.placed(lesson, "predict")
    assert page.count(" (key)") == len(votes)
    table = page[page.index("Which question serves which aim"):]
    assert table.count("<tr>") == len(votes) + 1
    assert not re.search(r"<tr><td></td>", table), "every vote names the aim it serves"
    for vote in votes:
        assert notes.chart_of(vote.id).title in table.replace("&#x27;", "'")
        assert "After the second vote" in page
    for exit in ("50 min", "90 min"):
        assert exit in page


@pytest.mark.parametrize("lesson", ["04", "08"])
def test_learners_get_bare_axes_and_no_answer_even_after_the_frames_were_made(lesson):
    cells = notes.notebook(lesson)["cells"]
    frames, sheet = notes.frames(lesson, cells), notes.learners(lesson, cells)
    votes = questions.placed(lesson, "predict")
    drawn, bare = pictures(frames), pictures(sheet)
    assert len(drawn) == 2 * len(votes) and len(bare) == len(votes)
    assert bare == drawn[::2] and all(before != after for before, after in zip(drawn[::2], drawn[1::2]))
    assert "(key)" not in sheet and "Punch" not in sheet
    for vote in votes:
        assert plain(vote["reveal"]) not in sheet and plain(vote["explain"]["ours"])[:60] not in sheet


def test_the_command_writes_three_pages_and_says_what_it_cannot(tmp_path, capsys, monkeypatch):
    monkeypatch.delenv("CROSSING_CHROMIUM", raising=False)
    assert notes.main(["05", "--output", str(tmp_path)]) == 0
    assert sorted(p.name for p in tmp_path.iterdir()) == ["05_card.html", "05_frames.html", "05_learners.html"]
    assert not re.search(r"(src|href)=.https?:", (tmp_path / "05_frames.html").read_text(encoding="utf-8")), "whole in itself"
    assert notes.main(["44"]) == 2 and "There is no lesson 44" in capsys.readouterr().err
    assert notes.main(["05", "--output", str(tmp_path), "--pdf"]) == 1
    assert "No browser was found" in capsys.readouterr().err
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")
    assert notes.main(["05", "--output", str(blocked)]) == 1 and "cannot be written" in capsys.readouterr().err
