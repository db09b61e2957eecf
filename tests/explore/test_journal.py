"""The journal keeps what a learner said: through reopening, two notebooks, damage, full disks and a sudden end."""

import errno
import json
import os
import pathlib
import subprocess
import sys
import textwrap
import time

import pytest
from crossing.explore import journal, keeping

SRC = pathlib.Path(journal.__file__).parents[2]
GUESS = {"option": 1, "text": "in the lower half", "confidence": 1}


@pytest.fixture
def place(tmp_path, monkeypatch):
    """An empty folder for journals, and a process that has not read any."""
    monkeypatch.setenv("CROSSING_JOURNAL", str(tmp_path / "journal"))
    monkeypatch.setenv("CROSSING_STRICT", "1")
    journal.forget()
    yield tmp_path / "journal"
    journal.forget()


def reopened(lesson="04"):
    """The journal as a new Python would read it."""
    journal.forget()
    return journal.for_lesson(lesson)


def python(code, place, wait=True):
    """Another Python, with the same folder."""
    environment = os.environ | {"CROSSING_JOURNAL": str(place), "PYTHONPATH": str(SRC)}
    started = subprocess.Popen([sys.executable, "-c", textwrap.dedent(code)], env=environment)
    if wait:
        assert started.wait(60) == 0
    return started


def test_a_guess_is_there_again_after_reopening(place):
    journal.for_lesson("04").record("04.bolus", "guess", GUESS)
    again = reopened()
    assert again.committed("04.bolus")
    assert again.guess("04.bolus")["text"] == "in the lower half"
    assert again.guess("04.bolus")["confidence"] == 1
    assert again.guess("04.infusion") is None
    assert again.messages == []


def test_one_file_a_lesson_and_profile(place):
    journal.for_lesson("00").record("00.bucket", "guess", GUESS)
    journal.for_lesson("04").record("04.bolus", "guess", GUESS)
    assert sorted(p.relative_to(place).as_posix() for p in place.rglob("*.json")) == ["learner-1/00.json",
                                                                                      "learner-1/04.json"]


def test_the_first_guess_counts_as_it_was_made_before_anything_was_seen(place):
    book = journal.for_lesson("04")
    book.record("04.bolus", "guess", GUESS)
    book.record("04.bolus", "guess", {"option": 2, "text": "another", "confidence": 2})
    assert book.guess("04.bolus")["text"] == "in the lower half"


@pytest.mark.parametrize("kind", ["guess", "reason", "try", "note", "pin", "vote", "regrade"])
def test_every_kind_of_entry_is_kept(place, kind):
    journal.for_lesson("04").record("04.x", kind, {"text": "Übung <b>"})
    assert reopened().last("04.x", kind) == {"text": "Übung <b>"}


def test_an_unknown_kind_is_an_error(place):
    with pytest.raises(ValueError, match="keeps guess"):
        journal.for_lesson("04").record("04.x", "secret", {})


@pytest.mark.parametrize("name", ["4", "../04", "", "o4"])
def test_a_lesson_is_named_by_two_digits(place, name):
    with pytest.raises(ValueError, match="two digits"):
        journal.for_lesson(name)


def test_looking_writes_nothing(place):
    journal.for_lesson("04").guess("04.bolus")
    journal.profiles()
    assert not place.exists()


def test_memory_leaves_no_file(tmp_path, monkeypatch):
    monkeypatch.setenv("CROSSING_JOURNAL", ":memory:")
    monkeypatch.chdir(tmp_path)
    journal.forget()
    journal.for_lesson("04").record("04.bolus", "guess", GUESS)
    journal.switch(journal.profiles()[0])
    assert journal.for_lesson("04").path is None
    assert list(tmp_path.rglob("*")) == []
    assert not reopened().committed("04.bolus")


def test_without_a_setting_the_journal_lies_beside_the_notebook(tmp_path, monkeypatch):
    monkeypatch.delenv("CROSSING_JOURNAL", raising=False)
    monkeypatch.chdir(tmp_path)
    journal.forget()
    journal.for_lesson("04").record("04.bolus", "guess", GUESS)
    journal.forget()
    assert (tmp_path / "journal" / "learner-1" / "04.json").exists()


# ---- telling ----------------------------------------------------------------------------------------------------


def test_a_commit_is_told_at_once_and_until_unsubscribed(place):
    book, heard = journal.for_lesson("04"), []
    end = book.on_commit("04.bolus", heard.append)
    book.record("04.infusion", "guess", GUESS)
    assert heard == []
    book.record("04.bolus", "guess", GUESS)
    assert heard == ["04.bolus"]
    end()
    end()
    book.record("04.bolus", "note", {"agree": True})
    assert heard == ["04.bolus"]


def test_one_broken_listener_does_not_keep_the_others_waiting(place, monkeypatch, capsys):
    monkeypatch.delenv("CROSSING_STRICT")
    book, heard = journal.for_lesson("04"), []
    book.on_commit("04.bolus", lambda qid: 1 / 0)
    book.on_commit("04.bolus", heard.append)
    book.record("04.bolus", "guess", GUESS)
    assert heard == ["04.bolus"]
    assert "ZeroDivisionError" in capsys.readouterr().err


# ---- two notebooks ----------------------------------------------------------------------------------------------


def test_two_notebooks_lose_nothing(place):
    """Each has read the file before the other wrote."""
    one, two = journal.Journal("04", place), journal.Journal("04", place)
    one.record("04.bolus", "guess", GUESS)
    two.record("04.infusion", "guess", GUESS)
    one.record("04.q1", "try", {"right": False})
    two.record("04.q1", "try", {"right": True})
    again = reopened()
    assert again.committed("04.bolus") and again.committed("04.infusion")
    assert [t["right"] for t in again.entries("04.q1", "try")] == [False, True]


def test_two_pythons_writing_at_once_lose_nothing(place):
    code = """
        from crossing.explore import journal
        for i in range(25):
            journal.for_lesson("04").record("04.q{0}", "try", {{"i": i}})
    """
    running = [python(code.format(name), place, wait=False) for name in "ab"]
    assert [p.wait(60) for p in running] == [0, 0]
    again = reopened()
    for name in "ab":
        assert [t["i"] for t in again.entries(f"04.q{name}", "try")] == list(range(25))
    assert [p.name for p in (place / "learner-1").iterdir()] == ["04.json"], "no lock and no half-written file is left"


def test_a_python_killed_between_writing_and_replacing_leaves_the_old_file_whole(place):
    journal.for_lesson("04").record("04.bolus", "guess", GUESS)
    before = journal.for_lesson("04").path.read_bytes()
    killed = python("""
        import os
        os.replace = lambda *_: os._exit(9)
        from crossing.explore import journal
        journal.for_lesson("04").record("04.infusion", "guess", {"text": "lost"})
    """, place, wait=False)
    assert killed.wait(60) == 9
    assert (place / "learner-1" / "04.json").read_bytes() == before
    again = reopened()
    assert again.committed("04.bolus") and not again.committed("04.infusion")
    begun = time.monotonic()
    again.record("04.infusion", "guess", GUESS)  # the lock of the dead Python is in the way, for a while
    assert time.monotonic() - begun < 3 * keeping.STALE
    assert again.messages == []
    assert reopened().committed("04.infusion")


# ---- damage -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("damage", [
    b"", b"{", b"\xff\xfe\x00", b"null", b"[]", b'"04"', b'{"version": 1}', b'{"version": "x", "entries": []}',
    b'{"version": 1, "entries": {}}', b"[" * 100000, b"<html>Sign in</html>",
])
def test_a_damaged_file_is_set_aside_and_nothing_else_is_lost(place, damage):
    journal.for_lesson("00").record("00.bucket", "guess", GUESS)
    path = place / "learner-1" / "04.json"
    path.write_bytes(damage)
    again = reopened()
    assert not again.committed("04.bolus")
    assert len(again.messages) == 1 and "set aside" in again.messages[0]
    aside = [p for p in path.parent.iterdir() if p.name not in ("00.json", "04.json")]
    assert [p.read_bytes() for p in aside] == [damage]
    assert aside[0].name in again.messages[0]
    again.record("04.bolus", "guess", GUESS)
    assert reopened().committed("04.bolus")
    assert journal.for_lesson("00").committed("00.bucket")


def test_a_second_damaged_file_does_not_replace_the_first(place):
    path = place / "learner-1" / "04.json"
    path.parent.mkdir(parents=True)
    for damage in (b"one", b"two"):
        path.write_bytes(damage)
        reopened()
    assert sorted(p.read_bytes() for p in path.parent.iterdir()) == [b"one", b"two"]


def test_a_file_of_a_newer_edition_is_kept_for_it(place):
    path = place / "learner-1" / "04.json"
    path.parent.mkdir(parents=True)
    newer = json.dumps({"version": journal.VERSION + 1, "entries": [], "more": 1}).encode()
    path.write_bytes(newer)
    again = reopened()
    assert len(again.messages) == 1 and "newer" in again.messages[0]
    assert [p.read_bytes() for p in path.parent.iterdir()] == [newer]


@pytest.mark.parametrize("entry", [
    17, {}, {"id": "x", "at": 1, "qid": "04.bolus", "kind": "guess", "payload": "text"},
    {"id": "x", "at": "noon", "qid": "04.bolus", "kind": "guess", "payload": {}},
    {"id": "x", "at": 1, "qid": ["04"], "kind": "guess", "payload": {}},
    {"id": "x", "at": 1, "qid": "04.bolus", "kind": ["guess"], "payload": {}},
])
def test_what_can_be_read_of_a_file_is_kept(place, entry):
    journal.for_lesson("04").record("04.bolus", "guess", GUESS)
    path = journal.for_lesson("04").path
    whole = json.loads(path.read_text())
    whole["entries"].append(entry)
    path.write_text(json.dumps(whole))
    again = reopened()
    assert again.guess("04.bolus") == GUESS
    assert "still here" in again.messages[0]
    assert reopened().messages == []


# ---- disks that do not take it ------------------------------------------------------------------------------------


def refuse(monkeypatch, code):
    def replace(path, text):
        raise OSError(code, os.strerror(code))
    monkeypatch.setattr(keeping, "replace", replace)


@pytest.mark.parametrize("error, words", [("ENOSPC", "the disk is full"), ("EROFS", "read-only"), ("EACCES", "read-only"),
                                          ("EIO", "does not take")])
def test_a_disk_that_takes_nothing_is_told_once_and_work_goes_on(place, monkeypatch, error, words):
    import errno
    book = journal.for_lesson("04")
    with monkeypatch.context() as broken:
        refuse(broken, getattr(errno, error))
        book.record("04.bolus", "guess", GUESS)
        book.record("04.infusion", "guess", GUESS)
        assert book.committed("04.bolus") and book.committed("04.infusion")
        assert len(book.messages) == 1 and words in book.messages[0]
    book.record("04.stories", "guess", GUESS)
    assert book.messages == []
    again = reopened()
    assert all(again.committed(f"04.{name}") for name in ("bolus", "infusion", "stories"))


def test_a_folder_that_cannot_be_made(place):
    place.write_text("a file stands where the folder should be")
    book = journal.for_lesson("04")
    book.record("04.bolus", "guess", GUESS)
    assert book.committed("04.bolus")
    assert len(book.messages) == 1


def test_a_folder_that_is_read_only(place, monkeypatch):
    """As the system says it: permissions do not stop root, under whom tests may run."""
    place.mkdir()

    def refuse(path, *args, **kwargs):
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(keeping.os, "open", refuse)
    book = journal.for_lesson("04")
    book.record("04.bolus", "guess", GUESS)
    assert book.committed("04.bolus")
    assert len(book.messages) == 1 and "read-only" in book.messages[0]


# ---- profiles ---------------------------------------------------------------------------------------------------


def test_profiles_keep_apart_and_carry_no_names(place):
    book = journal.for_lesson("04")
    book.record("04.bolus", "guess", GUESS)
    second = journal.new_profile()
    assert (second, journal.profiles()) == ("learner-2", ["learner-1", "learner-2"])
    assert not book.committed("04.bolus")
    assert journal.for_lesson("04") is book, "charts and questions on the page follow the change"
    journal.switch("learner-1")
    assert book.committed("04.bolus")


def test_a_change_of_profile_is_told_to_charts(place):
    book, heard = journal.for_lesson("04"), []
    book.on_commit("04.bolus", heard.append)
    journal.new_profile()
    assert heard == ["04.bolus"]


def test_the_profile_is_remembered_the_next_day(place):
    journal.new_profile()
    journal.forget()
    assert journal.profile() == "learner-2"


@pytest.mark.parametrize("name", ["Anna", "../learner-1", "learner-0", "learner 1", "learner-1/..", ""])
def test_a_profile_has_no_other_name(place, name):
    with pytest.raises(ValueError, match="learner-2"):
        journal.switch(name)
    assert not place.exists()


def test_start_afresh_keeps_the_old_journal_aside(place):
    book, heard = journal.for_lesson("04"), []
    book.record("04.bolus", "guess", GUESS)
    book.on_commit("04.bolus", heard.append)
    aside = book.start_afresh()
    assert not book.committed("04.bolus") and heard == ["04.bolus"]
    assert GUESS["text"] in (place / "learner-1" / aside).read_text()
    assert not reopened().committed("04.bolus")


def test_start_afresh_holds_for_the_other_notebook_too(place):
    one, two = journal.Journal("04", place), journal.Journal("04", place)
    one.record("04.bolus", "guess", GUESS)
    two.record("04.q1", "try", {"right": True})
    one.start_afresh()
    two.record("04.q2", "try", {"right": True})
    again = reopened()
    assert not again.committed("04.bolus") and again.entries("04.q1") == []
    assert again.entries("04.q2", "try") == [{"right": True}]


# ---- oddities ---------------------------------------------------------------------------------------------------


def test_of_notes_the_latest_counts_and_old_ones_need_no_room(place):
    for value in (1, [2], {"three": 3}):
        journal.for_lesson("04").set("pinned", value)
    again = reopened()
    assert again.get("pinned") == {"three": 3} and again.get("none", "x") == "x"
    assert len(again.entries("pinned", "note")) == 1


def test_order_survives_a_clock_that_is_put_back(place, monkeypatch):
    book, times = journal.for_lesson("04"), iter([100.0, 50.0, 10.0])
    monkeypatch.setattr(journal.time, "time", lambda: next(times))
    for word in "abc":
        book.record("04.q", "try", {"answer": word})
    assert [t["answer"] for t in reopened().entries("04.q", "try")] == list("abc")


def test_damage_while_the_lesson_runs_loses_nothing(place):
    book = journal.for_lesson("04")
    book.record("04.a", "guess", GUESS)
    book.path.write_text("{")
    book.record("04.b", "guess", GUESS)
    assert "set aside" in book.messages[0]
    assert reopened().committed("04.a") and journal.for_lesson("04").committed("04.b")


def test_a_scribbled_profile_file_is_passed_over(place):
    place.mkdir()
    (place / "profile").write_bytes(b"\xff../..")
    assert journal.for_lesson("04").profile == "learner-1"


def test_only_a_guess_of_today_needs_no_reminder(place):
    journal.for_lesson("04").record("04.bolus", "guess", GUESS)
    assert journal.for_lesson("04").committed_now("04.bolus")
    assert not reopened().committed_now("04.bolus")
