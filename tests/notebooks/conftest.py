"""The notebooks as files, and an empty journal."""

import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from lesson_files import NOTEBOOKS, Lesson


@pytest.fixture(params=NOTEBOOKS, ids=lambda p: p.stem)
def lesson(request):
    return Lesson(request.param)


@pytest.fixture(autouse=True)
def throw_away(monkeypatch):
    """An empty journal that touches no disk, and errors that are raised."""
    monkeypatch.setenv("CROSSING_JOURNAL", ":memory:")
    monkeypatch.setenv("CROSSING_STRICT", "1")
