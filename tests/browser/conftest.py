"""Fixtures for tests in a real browser.

    chromium    one headless Chromium for the whole run
    page        a fresh tab (its own storage), 1280 x 800; `page.outside` lists requests to other hosts,
                `page.complaints` the errors on the console
    lab         a JupyterLab serving a temporary copy of notebooks/ with this repository's extensions;
                `lab.show(page, "04_spinal_infusion.ipynb")` opens one and waits until it can be used
    slides      `slides(page, "04")` starts what `course.py present 04` starts, on a copy, and opens it in the page

Nothing is read from or written to the user's own Jupyter folders.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from chrome import watched
from servers import Lab, Slides, copy_course


def pytest_configure(config):
    config.addinivalue_line("markers", "browser: drives a real Chromium")


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if here in Path(item.path).parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture
def page(chromium):
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    yield watched(context.new_page())
    context.close()


@pytest.fixture(scope="session")
def running_lab(tmp_path_factory, chromium):
    home = tmp_path_factory.mktemp("lab")
    server = Lab(home, home / "course" / "notebooks")
    yield server.launch()
    server.stop()


@pytest.fixture
def lab(running_lab):
    """The one JupyterLab of the run, as if it were new: the lessons as they are shipped, no journal, no kernel."""
    copy_course(running_lab.root)
    yield running_lab
    running_lab.end_kernels()
    shutil.rmtree(running_lab.home / "journal", ignore_errors=True)


@pytest.fixture
def slides(tmp_path, chromium):
    """`slides(page, "04")` presents a lesson of the course and opens it; the servers end with the test."""
    started = []

    def present(page, lesson):
        server = Slides(tmp_path / f"home{len(started)}", tmp_path / f"course{len(started)}" / "notebooks")
        copy_course(server.root)
        started.append(server)
        server.launch(lesson)
        server.show(page)
        return server

    yield present
    for server in started:
        server.stop()
