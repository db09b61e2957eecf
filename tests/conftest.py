"""What all tests share: no journal on disk, and one browser for the whole run."""

import os
import sys
from pathlib import Path

import pytest

os.environ.setdefault("CROSSING_JOURNAL", ":memory:")

sys.path.insert(0, str(Path(__file__).parent / "browser"))

import chrome


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
