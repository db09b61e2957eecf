"""Make docs/lesson_04.png: lesson 04 in a real JupyterLab, its second chart opened by a guess, one slider moved.

usage: .venv/bin/python docs/screenshot.py
"""

import os
import pathlib
import subprocess
import sys
import tempfile
import time
import urllib.request

ROOT = pathlib.Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))
from run import FLAGS, chromium, free_port, opened_journal  # noqa: E402


def main():
    import nbformat
    from playwright.sync_api import sync_playwright
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        lesson = nbformat.read(ROOT / "notebooks" / "04_spinal_infusion.ipynb", 4)
        keep = {"infusion-text", "explore-infusion"}
        lesson.cells = [c for c in lesson.cells if c["id"] in keep]
        nbformat.write(lesson, folder / "04_spinal_infusion.ipynb")
        opened_journal(folder)
        port = free_port()
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}", "--IdentityProvider.token=picture",
             f"--ServerApp.root_dir={folder}"], env={**os.environ, "CROSSING_JOURNAL": str(folder / "journal")},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            for _ in range(120):
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/api?token=picture", timeout=1)
                    break
                except OSError:
                    time.sleep(0.25)
            with sync_playwright() as play:
                browser = play.chromium.launch(executable_path=chromium(), args=FLAGS)
                page = browser.new_page(viewport={"width": 1180, "height": 1330}, device_scale_factor=1.25)
                page.goto(f"http://127.0.0.1:{port}/lab/tree/04_spinal_infusion.ipynb?token=picture")
                page.get_by_role("button", name="Start this lesson").click(timeout=60000)
                knob = page.locator("input[id$='-rate']")
                knob.wait_for(timeout=60000)
                page.get_by_role("button", name="Pin this run").click()
                knob.focus()
                for _ in range(4):
                    page.keyboard.press("ArrowRight")
                page.wait_for_timeout(1500)
                page.locator(".jp-WindowedPanel-outer, .jp-Notebook").first.screenshot(path=ROOT / "docs" / "lesson_04.png")
                browser.close()
        finally:
            server.terminate()
            server.wait(10)


if __name__ == "__main__":
    main()
