"""What the tests of `explore` share: a throw-away journal, a browser without a server, and pages to load into it."""

import os
import pathlib
import sys

import pytest

sys.path[:0] = [str(pathlib.Path(__file__).parent), str(pathlib.Path(__file__).parents[1] / "browser")]

import chrome  # noqa: E402  (needs the line above: tests are not a package)
from explore_journal import Everything, Journal  # noqa: E402


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


@pytest.fixture(scope="module")
def chromium():
    """One headless browser for the tests of a file. Not for the session: Playwright allows one start at a time."""
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        path = chrome.executable(playwright)
        if path is None:
            (pytest.fail if os.environ.get("CI") else pytest.skip)(chrome.HOW_TO_GET_ONE)
        browser = playwright.chromium.launch(executable_path=path, args=chrome.FLAGS)
        yield browser
        browser.close()
