"""Fixtures for the static site.

    pyodide     a folder with Pyodide, from the package registry (`pyodide_folder.py`); or the one CROSSING_PYODIDE names
    site        the site, built once for all tests by the command a person would type: a folder
    served      its address: a plain file server, as any web server would do
    lonely      a Chromium for which no other host exists
"""

import functools
import http.server
import os
import subprocess
import sys
import threading
from pathlib import Path

import chrome
import pyodide_folder
import pytest

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def pyodide(tmp_path_factory):
    if os.environ.get("CROSSING_PYODIDE"):
        return Path(os.environ["CROSSING_PYODIDE"])
    try:
        return pyodide_folder.make(tmp_path_factory.mktemp("pyodide") / "pyodide")
    except pyodide_folder.NotFetched as problem:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"no Pyodide to build with: {problem}")


@pytest.fixture(scope="session")
def site(tmp_path_factory, pyodide):
    output = tmp_path_factory.mktemp("site") / "course"
    command = [sys.executable, "-m", "crossing.site", "--output", output, "--pyodide", pyodide]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return output


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="session")
def served(site):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=site))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()


@pytest.fixture(scope="session")
def lonely(chromium):
    alone = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"
    browser = chromium.browser_type.launch(executable_path=chrome.executable(), args=[*chrome.FLAGS, alone])
    yield browser
    browser.close()
