"""The journal: what a learner did is there tomorrow, whatever the disk, the editor or a second notebook do to it."""

import errno
import json
import multiprocessing
import os
import subprocess
import sys

import pytest

from crossing.explore import journal, keeping


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("CROSSING_JOURNAL", str(tmp_path / "journal"))
    journal.forget()
    yield tmp_path / "journal"
    journal.forget()


def reopened(lesson="04"):
    journal.forget()
    return journal.for_lesson(lesson)


def file(folder, lesson="04", learner="learner-1"):
    return folder / learner / f"{lesson}.json"


GUESS = {"option": 1, "text": "low", "confidence": 2}


def test_a_guess_is_there_after_reopening(folder):
    journal.for_lesson("04").record("04.bolus", "guess", GUESS)
    again = reopened()
    assert again.committed("04.bolus") and again.guess("04.bolus") == GUESS
    assert not again.committed("04.other") and again.guess("04.other") is None
    assert again.messages == []
    assert json.loads(file(folder).read_text(encoding="utf-8"))["version"] == journal.VERSION


def test_nothing_is_written_before_there_is_something_to_write(folder):
    journal.for_lesson("04").committed("04.bolus")
    assert not folder.exists()


def test_the_folder_is_beside_the_notebook_unless_named(tmp_path, monkeypatch):
    monkeypatch.delenv("CROSSING_JOURNAL")
    monkeypatch.chdir(tmp_path)
    journal.for_lesson("04").record("04.bolus", "guess", GUESS)
    assert (tmp_path / "journal" / "learner-1" / "04.json").exists()


def test_a_throw_away_journal_touches_no_disk(tmp_path, monkeypatch):
    monkeypatch.setenv("CROSSING_JOURNAL", ":memory:")
    monkeypatch.chdir(tmp_path)
    one = journal.for_lesson("04")
    one.record("04.bolus", "guess", GUESS)
    assert one.committed("04.bolus") and journal.new_profile() == "learner 2"
    one.start_afresh()
    assert not list(tmp_path.iterdir())


def test_one_object_a_lesson_and_a_clear_error_for_a_wrong_name():
    assert journal.for_lesson("04") is journal.for_lesson("04") is journal.for_question("04.bolus")
    with pytest.raises(ValueError, match="two digits"):
        journal.for_lesson("4")
    with pytest.raises(ValueError, match="guess, reason"):
        journal.for_lesson("04").record("04.bolus", "grade", {})
    with pytest.raises(TypeError):
        journal.for_lesson("04").record("04.bolus", "note", {"x": object()})


def test_the_first_guess_counts_and_the_latest_note():
    one = journal.for_lesson("04")
    one.record("04.bolus", "guess", GUESS)
    one.record("04.bolus", "guess", {**GUESS, "text": "after seeing"})
    assert one.guess("04.bolus")["text"] == "low"
    for value in (1, [2], {"three": 3}):
        one.set("pinned", value)
    again = reopened()
    assert again.get("pinned") == {"three": 3} and again.get("none", "x") == "x"
    assert len(again.entries("pinned", "note")) == 1, "old notes need no room"


def test_order_survives_a_clock_that_is_put_back(monkeypatch):
    one, times = journal.for_lesson("04"), iter([100.0, 50.0, 10.0])
    monkeypatch.setattr(journal.time, "time", lambda: next(times))
    for word in "abc":
        one.record("04.q", "try", {"answer": word})
    assert [t["answer"] for t in reopened().entries("04.q", "try")] == list("abc")


def _write_many(folder, name):
    os.environ["CROSSING_JOURNAL"] = str(folder)
    journal.forget()
    for i in range(15):
        journal.for_lesson("04").record(f"04.{name}{i}", "try", {"answer": i})


def test_two_notebooks_at_once_lose_nothing(folder):
    context = multiprocessing.get_context("spawn")
    both = [context.Process(target=_write_many, args=(folder, name)) for name in "ab"]
    for one in both:
        one.start()
    for one in both:
        one.join(60)
        assert one.exitcode == 0
    found = reopened()
    assert len(found.entries(kind="try")) == 30
    assert [p.name for p in file(folder).parent.iterdir()] == ["04.json"], "no lock, no half-written file is left"


def test_what_another_notebook_wrote_is_seen_after_the_next_entry():
    first = journal.for_lesson("04")
    first.record("04.a", "guess", GUESS)
    second = reopened()
    second.record("04.b", "guess", GUESS)
    first.record("04.c", "guess", GUESS)
    assert first.committed("04.b")
    assert [reopened().committed(f"04.{x}") for x in "abc"] == [True] * 3


def test_a_lock_left_by_a_dead_python_is_taken_over(folder, monkeypatch):
    monkeypatch.setattr(keeping, "STALE", 0.05)
    file(folder).parent.mkdir(parents=True)
    (file(folder).parent / "04.json.lock").write_text("a dead one")
    one = journal.for_lesson("04")
    one.record("04.bolus", "guess", GUESS)
    assert one.messages == [] and reopened().committed("04.bolus")


DAMAGE = {
    "empty": b"", "half": b'{"version": 1, "entr', "bytes": b"\xff\xfe\x00", "a list": b"[]",
    "no entries": b'{"version": 1}', "entries a dict": b'{"version": 1, "entries": {}}', "deep": b"[" * 100_000,
}


@pytest.mark.parametrize("what", DAMAGE)
def test_a_damaged_file_is_set_aside_and_said(folder, what):
    journal.for_lesson("03").record("03.x", "guess", GUESS)
    file(folder).write_bytes(DAMAGE[what])
    one = reopened()
    assert len(one.messages) == 1 and "04.damaged-1.json" in one.messages[0] and "Traceback" not in one.messages[0]
    assert (file(folder).parent / "04.damaged-1.json").read_bytes() == DAMAGE[what], "nothing is thrown away"
    one.record("04.bolus", "guess", GUESS)
    assert reopened().committed("04.bolus") and journal.for_lesson("03").committed("03.x")


def test_of_a_file_damaged_in_part_the_rest_is_kept(folder):
    one = journal.for_lesson("04")
    for x in "ab":
        one.record(f"04.{x}", "guess", GUESS)
    whole = json.loads(file(folder).read_text(encoding="utf-8"))
    whole["entries"][0]["payload"] = "scribble"
    file(folder).write_text(json.dumps(whole), encoding="utf-8")
    again = reopened()
    assert not again.committed("04.a") and again.committed("04.b") and "in part" in again.messages[0]
    assert reopened().messages == [] and journal.for_lesson("04").committed("04.b"), "said once, and mended"


def test_damage_that_happens_while_the_lesson_runs_loses_nothing(folder):
    one = journal.for_lesson("04")
    one.record("04.a", "guess", GUESS)
    file(folder).write_text("{")
    one.record("04.b", "guess", GUESS)
    assert "set aside" in one.messages[0]
    assert reopened().committed("04.a") and journal.for_lesson("04").committed("04.b")


def test_a_file_of_a_newer_edition_is_kept_untouched(folder):
    file(folder).parent.mkdir(parents=True)
    newer = json.dumps({"version": 99, "entries": [], "more": "things"})
    file(folder).write_text(newer)
    one = journal.for_lesson("04")
    assert "newer edition" in one.messages[0]
    one.record("04.bolus", "guess", GUESS)
    assert (file(folder).parent / "04.newer-1.json").read_text() == newer


@pytest.mark.parametrize("number, words", [(errno.ENOSPC, "disk is full"), (errno.EROFS, "read-only"), (errno.EIO, "does not take")])
def test_a_disk_that_takes_nothing_is_said_once_and_work_goes_on(monkeypatch, number, words):
    one = journal.for_lesson("04")

    def full(path, text):
        raise OSError(number, "no")

    monkeypatch.setattr(keeping, "replace", full)
    for x in "abc":
        one.record(f"04.{x}", "guess", GUESS)
    assert all(one.committed(f"04.{x}") for x in "abc")
    assert len(one.messages) == 1 and words in one.messages[0]
    monkeypatch.undo()


def test_when_the_disk_takes_it_again_all_is_saved_and_the_message_goes(folder, monkeypatch):
    one, replace = journal.for_lesson("04"), keeping.replace
    monkeypatch.setattr(keeping, "replace", lambda *a: (_ for _ in ()).throw(OSError(errno.ENOSPC, "full")))
    one.record("04.a", "guess", GUESS)
    monkeypatch.setattr(keeping, "replace", replace)
    one.record("04.b", "guess", GUESS)
    assert one.messages == []
    assert reopened().committed("04.a") and journal.for_lesson("04").committed("04.b")


def test_a_file_where_the_folder_should_be(folder):
    folder.write_text("not a folder")
    one = journal.for_lesson("04")
    one.record("04.a", "guess", GUESS)
    assert one.committed("04.a") and len(one.messages) >= 1
    assert journal.profiles() == ["learner 1"]


def test_a_write_that_is_cut_short_leaves_the_old_file(folder, monkeypatch):
    one = journal.for_lesson("04")
    one.record("04.a", "guess", GUESS)
    before = file(folder).read_bytes()
    monkeypatch.setattr(keeping.os, "fsync", lambda handle: (_ for _ in ()).throw(OSError(errno.ENOSPC, "full")))
    one.record("04.b", "guess", GUESS)
    assert file(folder).read_bytes() == before
    assert [p.name for p in file(folder).parent.iterdir()] == ["04.json"]


# ---- profiles and starting afresh -------------------------------------------------------------------------------


def test_learners_do_not_see_each_other_and_the_choice_lasts(folder):
    one = journal.for_lesson("04")
    one.record("04.a", "guess", GUESS)
    assert journal.new_profile() == "learner 2" and one.profile == "learner 2"
    assert not one.committed("04.a")
    one.record("04.b", "guess", GUESS)
    again = reopened()
    assert again.profile == "learner 2" and again.committed("04.b")
    assert journal.profiles() == ["learner 1", "learner 2"]
    journal.switch("learner 1")
    assert again.committed("04.a") and not again.committed("04.b")


@pytest.mark.parametrize("name", ["Anna", "learner 0", "../../etc", "learner 2/x", ""])
def test_a_profile_has_no_name_and_no_path(name):
    with pytest.raises(ValueError):
        journal.switch(name)


def test_a_scribbled_profile_file_is_passed_over(folder):
    folder.mkdir()
    (folder / "profile").write_bytes(b"\xff../..")
    assert journal.for_lesson("04").profile == "learner 1"


def test_start_afresh_keeps_the_old_file_aside(folder):
    one = journal.for_lesson("04")
    one.record("04.a", "guess", GUESS)
    before = file(folder).read_bytes()
    assert one.start_afresh() == "04.kept-1.json"
    assert not one.committed("04.a") and not reopened().committed("04.a")
    assert (file(folder).parent / "04.kept-1.json").read_bytes() == before
    journal.for_lesson("04").record("04.b", "guess", GUESS)
    assert journal.for_lesson("04").start_afresh() == "04.kept-2.json"


def test_another_notebook_does_not_bring_old_answers_back():
    other = journal.for_lesson("04")
    other.record("04.old", "guess", GUESS)
    reopened().start_afresh()
    other.record("04.new", "guess", GUESS)
    found = reopened()
    assert found.committed("04.new") and not found.committed("04.old")


# ---- telling ----------------------------------------------------------------------------------------------------


def test_a_commit_is_told_to_those_who_wait_for_it():
    one, told = journal.for_lesson("04"), []
    end = one.on_commit("04.a", told.append)
    one.on_change(lambda qid: told.append(f"any {qid}"))
    one.record("04.b", "guess", GUESS)
    one.record("04.a", "guess", GUESS)
    assert told == ["any 04.b", "04.a", "any 04.a"]
    told.clear()
    one.start_afresh()
    assert told == ["04.a", "any None"], "a chart must be veiled again"
    end()
    end()
    told.clear()
    one.record("04.a", "guess", GUESS)
    assert told == ["any 04.a"]


def test_one_broken_listener_does_not_keep_the_others_waiting(monkeypatch, capsys):
    one, told = journal.for_lesson("04"), []
    one.on_commit("04.a", lambda qid: 1 / 0)
    one.on_commit("04.a", told.append)
    monkeypatch.delenv("CROSSING_STRICT", raising=False)
    one.record("04.a", "guess", GUESS)
    assert told == ["04.a"] and "ZeroDivisionError" in capsys.readouterr().err
    monkeypatch.setenv("CROSSING_STRICT", "1")
    with pytest.raises(ZeroDivisionError):
        one.record("04.a", "guess", GUESS)
    assert told == ["04.a"] * 2


def test_asking_needs_neither_matplotlib_nor_numpy():
    code = ("import sys, crossing.explore.predict, crossing.explore.quiz, crossing.explore.desk, crossing.explore.face\n"
            "assert not {'matplotlib', 'numpy', 'scipy', 'pandas'} & set(sys.modules)")
    subprocess.run([sys.executable, "-c", code], check=True)
