"""What all tests share: no journal on disk, and one browser for the whole run."""

import os
import sys
from pathlib import Path

import pytest

os.environ.setdefault("CROSSING_JOURNAL", ":memory:")

sys.path.insert(0, str(Path(__file__).parent / "browser"))

import chrome

#: Long tests that are asked of many charts or lessons, each by itself. Of all others a file stays with one worker, for its
#: fixtures, or for the kernel of its notebook.
ALONE = {"test_everything_in_a_lesson_can_be_tried", "test_a_lesson_is_ten_to_fourteen_slides_and_all_of_them_fit",
         "test_a_chart_through_its_whole_range", "test_a_chart_at_random", "test_five_hundred_events", "test_ten_thousand_settings"}


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """What goes together when the tests run on several cores (`course.py test`).

    By the name of a test and not by `xdist_group`, of which xdist 3.8 loses sight under pytest 9.2.
    """
    from xdist.scheduler import LoadScopeScheduling

    class Together(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            file, _, test = nodeid.partition("::")
            if test.partition("[")[0] in ALONE:
                return nodeid
            # The two files of the site share one, which takes long to build.
            return "site" if file.startswith("tests/site/") else file
    return Together(config, log)


@pytest.fixture(scope="session")
def chromium():
    """One headless Chromium. Without one the tests that need it are skipped; where `CI` is set they fail.

    One for the session: Playwright allows a process one start at a time.
    """
    refuse = pytest.fail if os.environ.get("CI") else pytest.skip
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        refuse("playwright is not installed: python3 course.py test installs it")
    with sync_playwright() as playwright:
        path = chrome.executable(playwright)
        if path is None:
            refuse(chrome.HOW_TO_GET_ONE)
        browser = playwright.chromium.launch(executable_path=path, args=chrome.FLAGS)
        yield browser
        browser.close()
