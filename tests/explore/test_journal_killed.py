"""A Python that is killed in the middle of writing: a thousand times, and nothing that it had kept is lost."""

import json
import os
import pathlib
import random
import signal
import subprocess
import sys
import time

import pytest

from crossing.explore import journal

KILLS = 1000


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills are counted where processes are cheap to make")
def test_of_a_thousand_kills_in_the_middle_of_writing_none_loses_an_answer(tmp_path, monkeypatch):
    monkeypatch.setenv("CROSSING_JOURNAL", str(tmp_path))
    # From a Python of its own: copies of one that has run all other tests cost ten times as much.
    run = subprocess.run([sys.executable, __file__], cwd=tmp_path, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    told = json.loads(run.stdout)
    journal.forget()
    book = journal.for_lesson("04")
    assert book.messages == [], "no file was found damaged"
    assert len(told["kept"]) >= KILLS
    lost = set(told["kept"]) - {entry["mark"] for entry in book.entries("04.q", "try")}
    assert not lost, f"{len(lost)} of {len(told['kept'])} answers lost"
    assert told["struck"] > KILLS / 10, "most kills came too late to be in the middle of a write"
    book.record("04.q", "try", {"mark": "last"})
    assert sorted(path.name for path in (tmp_path / "learner-1").iterdir()) == ["04.json"], "nothing is left lying about"
    assert json.loads((tmp_path / "learner-1/04.json").read_text(encoding="utf-8"))["entries"][-1]["payload"] == {"mark": "last"}


def kill_many(folder):
    """(marks of the answers that were said to be kept, how many kills came while a file was locked)."""
    chance, kept, struck = random.Random(7), [], 0
    for kill in range(KILLS):
        ears, mouth = os.pipe()
        child = os.fork()
        if not child:
            _write_until_killed(kill, mouth)
        os.close(mouth)
        told = os.read(ears, 64)  # at least one entry is on the disk
        time.sleep(chance.uniform(0, 0.004))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        while more := os.read(ears, 65536):
            told += more
        os.close(ears)
        kept += told.decode().split()
        struck += any(folder.rglob("*.lock"))
    return kept, struck


def _write_until_killed(kill, mouth):
    """Keep answers, and say each once it is kept; a few entries only, so that a thousand of these make a small file."""
    try:
        journal.forget()
        book = journal.for_lesson("04")
        for number in range(1000):
            mark = f"{kill}.{number}"
            if number:  # the first is for the record; what follows is in the middle of a write when the kill comes
                book.set("04.scratch", mark)
            else:
                book.record("04.q", "try", {"mark": mark})
                os.write(mouth, f"{mark}\n".encode())
    finally:
        os._exit(1)


if __name__ == "__main__":
    answers, times = kill_many(pathlib.Path.cwd())
    print(json.dumps({"kept": answers, "struck": times}))
