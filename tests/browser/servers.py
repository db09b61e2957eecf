"""JupyterLab, and slides, as processes for tests: on a free port, with a home of their own."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import quote

REPOSITORY = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def surroundings(home: Path) -> dict[str, str]:
    """An environment that finds this repository's package and extensions, and nobody's settings."""
    environment = dict(os.environ)
    before = environment.get("PYTHONPATH")
    environment.update(
        HOME=str(home),
        JUPYTER_CONFIG_DIR=str(home / "config"), JUPYTER_DATA_DIR=str(home / "data"),
        JUPYTER_RUNTIME_DIR=str(home / "runtime"), IPYTHONDIR=str(home / "ipython"),
        JUPYTERLAB_SETTINGS_DIR=str(home / "settings"), JUPYTERLAB_WORKSPACES_DIR=str(home / "workspaces"),
        JUPYTER_PATH=str(REPOSITORY / "jupyter/share/jupyter"),
        JUPYTER_CONFIG_PATH=str(REPOSITORY / "jupyter/etc/jupyter"),
        PYTHONPATH=os.pathsep.join(filter(None, [str(REPOSITORY / "src"), before])),
        CROSSING_JOURNAL=str(home / "journal"),
    )  # fmt: skip
    return environment


class Server:
    """A process that answers on a free port, with its own home; stopped with its kernels."""

    def __init__(self, home: Path, root: Path):
        self.home, self.root, self.port = home, root, free_port()
        self.token = secrets.token_hex(16)
        self.log = home / "server.log"
        for folder in (home, root):
            folder.mkdir(parents=True, exist_ok=True)

    def start(self, command: list[str], **environment: str):
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                command, cwd=self.root, env=surroundings(self.home) | environment, stdout=log, stderr=log,
                start_new_session=True)
        deadline = time.monotonic() + 60
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/api/status?token={self.token}", timeout=2).close()
                return self
            except urllib.error.HTTPError:
                return self  # it answers: Voila has no /api
            except OSError:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    self.stop()
                    raise RuntimeError(f"the server did not start:\n{self.log.read_text()[-3000:]}") from None
                time.sleep(0.1)

    def stop(self):
        self.process.terminate()  # Jupyter ends its kernels on this signal
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Lab(Server):
    def launch(self):
        return self.start([
            sys.executable, "-m", "jupyterlab", "--no-browser", f"--ServerApp.root_dir={self.root}",
            f"--ServerApp.port={self.port}", "--ServerApp.port_retries=0", "--ServerApp.ip=127.0.0.1",
            "--ServerApp.allow_root=True", f"--IdentityProvider.token={self.token}",
        ])  # fmt: skip

    def address(self, path: str = "", workspace: str | None = None) -> str:
        # A workspace of its own for every visit: JupyterLab otherwise opens what the last test left open.
        workspace = workspace or secrets.token_hex(4)
        return f"http://127.0.0.1:{self.port}/lab/workspaces/{workspace}/tree/{quote(path)}?token={self.token}"

    def show(self, page, path: str, workspace: str | None = None):
        """Open a notebook and wait until its kernel is idle; returns the notebook's locator."""
        page.goto(self.address(path, workspace))
        shown = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
        shown.locator(".jp-Cell").first.wait_for(timeout=30_000)
        # The status bar says so at every width; the sign in the toolbar gives way in a narrow window.
        page.locator("#jp-main-statusbar", has_text="| Idle").wait_for(state="attached", timeout=30_000)
        return shown

    def end_kernels(self):
        """End every kernel of this server, as a night does."""
        base = f"http://127.0.0.1:{self.port}/api"
        for kind in ("sessions", "kernels"):
            with urllib.request.urlopen(f"{base}/{kind}?token={self.token}", timeout=10) as answer:
                found = [item["id"] for item in json.load(answer)]
            for one in found:
                request = urllib.request.Request(f"{base}/{kind}/{one}?token={self.token}", method="DELETE")
                urllib.request.urlopen(request, timeout=20).close()

    def save(self, page):
        """Save as a learner does, from the keyboard, and wait until the tab says it is saved."""
        page.keyboard.press("Control+s")
        page.locator(".lm-DockPanel-tabBar .lm-TabBar-tab.jp-mod-current:not(.jp-mod-dirty)").wait_for(timeout=10_000)


def copy_course(root: Path):
    """The course's notebooks and their data, where a test may write over them."""
    for folder in ("notebooks", "data"):
        if (REPOSITORY / folder).is_dir():
            shutil.copytree(REPOSITORY / folder, root.parent / folder, dirs_exist_ok=True,
                            ignore=shutil.ignore_patterns(".ipynb_checkpoints", "journal"))


class Slides(Server):
    def launch(self, lesson: str) -> str:
        """Present a lesson as `course.py present` does; returns the address it prints."""
        self.start([sys.executable, "-m", "crossing.present", lesson, "--no-browser", f"--port={self.port}"])
        return f"http://localhost:{self.port}/"

    def show(self, page):
        """Open the slides and wait until the first can be used."""
        page.goto(f"http://localhost:{self.port}/")
        page.locator('html[data-slides="ready"]').wait_for(state="attached", timeout=60_000)
