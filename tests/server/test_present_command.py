"""`python3 course.py present`: what it says, without a browser.  The slides themselves: tests/browser/test_present.py."""

import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from crossing import present

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A folder with two lessons and a notebook that is none."""
    folder = tmp_path / "notebooks"
    folder.mkdir()
    for name, metadata, heading in [
        ("04_spinal.ipynb", {"crossing": {"lesson": "04"}}, "Why not a bigger dose?"),
        ("00_start.ipynb", {"crossing": {"lesson": "00"}}, "What if you open the tap?"),
        ("mine.ipynb", {}, "My notes"),
    ]:
        cells = [{"cell_type": "markdown", "id": "a", "metadata": {}, "source": ["# " + heading + "\n", "words"]}]
        (folder / name).write_text(json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}))
    monkeypatch.chdir(tmp_path)
    return folder


def test_without_a_lesson_it_lists_them_in_order(course, capsys):
    assert present.main([]) == 0
    assert "  00  What if you open the tap?\n  04  Why not a bigger dose?\n" in capsys.readouterr().out


def test_an_unknown_lesson_is_named_and_the_known_are_listed(course, capsys):
    assert present.main(["12"]) == 2
    said = capsys.readouterr().err
    assert said.startswith('There is no lesson "12".') and "04  Why not a bigger dose?" in said
    assert "Traceback" not in said


def test_no_lessons_at_all(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(present, "__file__", str(tmp_path / "a" / "b" / "present.py"))
    assert present.main([]) == 1
    assert "run this in the folder of the course" in capsys.readouterr().err


@pytest.mark.parametrize("wanted", ["04", "4", "04_spinal", "04_spinal.ipynb", "notebooks/04_spinal.ipynb"])
def test_a_lesson_has_several_names(course, wanted):
    assert present.choose(wanted, course).resolve() == course / "04_spinal.ipynb"


@pytest.mark.parametrize("wanted", ["mine.ipynb", "notebooks/mine.ipynb", "notebooks/none.ipynb", "", "four"])
def test_what_is_not_a_lesson_is_not_presented(course, wanted):
    assert present.choose(wanted, course) is None


def test_it_prints_the_address_serves_there_and_stops_with_control_c(course):
    environment = os.environ | {
        "JUPYTER_PATH": str(REPOSITORY / "jupyter/share/jupyter"), "PYTHONPATH": str(REPOSITORY / "src"),
    }  # fmt: skip
    process = subprocess.Popen([sys.executable, "-m", "crossing.present", "04", "--no-browser"], cwd=course.parent,
                               env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        said = "".join(process.stdout.readline() for _ in range(3))
        (address,) = re.findall(r"http://localhost:\d+/", said)
        with urllib.request.urlopen(address, timeout=60) as answer:
            page = answer.read().decode()
        assert "Why not a bigger dose?" in page and "reveal" in page
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
    finally:
        process.kill()
        process.wait()


def test_the_address_says_localhost_and_nobody_else_can_reach_it(course, monkeypatch):
    seen = {}
    monkeypatch.setattr("voila.app.Voila.initialize", lambda self, argv: seen.update(argv=argv))
    monkeypatch.setattr("voila.app.Voila.start", lambda self: None)
    monkeypatch.setenv("CROSSING_JOURNAL", "somewhere")
    present.serve(course / "04_spinal.ipynb", 4444, browser=False)
    assert "--Voila.ip=127.0.0.1" in seen["argv"] and "--port=4444" in seen["argv"]
    assert os.environ["CROSSING_JOURNAL"] == ":memory:"
