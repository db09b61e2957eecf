"""What the tests of `explore` share: a throw-away journal, a browser without a server, and pages to load into it."""

import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from explore_journal import Everything, Journal


@pytest.fixture
def journal(monkeypatch):
    """An empty journal that every chart in this test looks into."""
    from crossing.explore import journal as module
    one = Journal()
    monkeypatch.setattr(module, "for_lesson", lambda lesson: one)
    return one


@pytest.fixture
def committed(monkeypatch):
    """All guesses are made: no chart is veiled."""
    from crossing.explore import journal as module
    one = Everything()
    monkeypatch.setattr(module, "for_lesson", lambda lesson: one)
    return one


@pytest.fixture
def strict(monkeypatch):
    """Errors inside charts are raised."""
    monkeypatch.setenv("CROSSING_STRICT", "1")


@pytest.fixture
def lenient(monkeypatch):
    """Errors inside charts become a line under the chart, as for learners."""
    monkeypatch.delenv("CROSSING_STRICT", raising=False)
