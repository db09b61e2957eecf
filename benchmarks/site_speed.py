"""What the static site costs and how fast it is, in headless Chromium with no other host reachable.

    python3 course.py site --output DIR
    python3 benchmarks/site_speed.py DIR [--rounds 12] [--only CHART ...]

Prints: the site's size and what a first visit fetches; from the start page to a live lesson, for a first visit and for a
later one, by lesson; and for some charts the time from key to changed pixels beside the number echo and beside `interact`
with the same figure, all in that browser. Files come from this machine: a real line adds the time it takes to fetch them.
"""

import argparse
import functools
import http.server
import json
import pathlib
import shutil
import statistics
import sys
import tempfile
import threading
import time
from urllib.parse import urlsplit

import pixels
import work

ROOT = pathlib.Path(__file__).parents[1]
ALONE = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"
LIVE = "Live. The charts follow your hand."
#: One a lesson, of all kinds: curves, people drawn one by one, a table of bars.
CHARTS = ("LeakyBucket", "SteadyInfusion", "HundredPeople", "FourRoads")


class Files(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


class Site:
    """A copy of the site, served, and a browser; with the methods of `pixels.Lab` that its `steps` uses."""

    def __init__(self, folder):
        self._scratch = tempfile.TemporaryDirectory()
        self.root = pathlib.Path(self._scratch.name) / "site"
        shutil.copytree(folder, self.root)
        self.folder = self.root / "files"
        self.outside = []

    def __enter__(self):
        from playwright.sync_api import sync_playwright
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Files, directory=self.root))
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}/"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self._play = sync_playwright().start()
        self._browser = self._play.chromium.launch(executable_path=pixels.chromium(), args=[*pixels.FLAGS, ALONE])
        return self

    def __exit__(self, *problem):
        self._browser.close()
        self._play.stop()
        self._server.shutdown()
        self._scratch.cleanup()

    def visitor(self):
        """A browser that was never here."""
        context = self._browser.new_context(viewport={"width": 1280, "height": 16000})
        context.on("request", self._heard)
        return context

    def _heard(self, request):
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname != "127.0.0.1":
            self.outside.append(request.url)

    def opened(self, name):
        """The page of a notebook that was put into `folder`; every guess is made in its first cell."""
        path = self.folder / name
        book = json.loads(path.read_text())
        book["metadata"]["kernelspec"] = {"name": "python", "display_name": "Python", "language": "python"}
        first = book["cells"][0]
        first["source"] = pixels.GUESSES + "".join(first["source"])
        path.write_text(json.dumps(book))
        listed = self.root / "api/contents/all.json"
        contents = json.loads(listed.read_text())
        contents["content"] = [c for c in contents["content"] if c["name"] != name]
        like = json.loads((self.root / "api/contents/notebooks/all.json").read_text())["content"][0]
        contents["content"].append({**like, "name": name, "path": name, "size": path.stat().st_size})
        listed.write_text(json.dumps(contents))
        page = self.visitor().new_page()
        page.goto(f"{self.address}lab/index.html?workspace=bench&path={name}")
        page.wait_for_selector(".jp-CodeCell", timeout=60000)
        page.wait_for_selector('.jp-Notebook-ExecutionIndicator[data-status="idle"]', timeout=60000)
        return page

    run = pixels.Lab.run

    def closed(self, page):
        page.context.close()


def start(page, address, file):
    """Seconds from a click on the start page: (until the lesson is shown, until its last cell has run)."""
    page.goto(address)
    began = time.perf_counter()
    page.locator(f"a[data-lesson][href$='{file}']").last.click()
    button = page.get_by_role("button", name="Start this lesson")
    button.wait_for(timeout=120000)
    shown = time.perf_counter() - began
    button.click()
    page.get_by_text(LIVE).wait_for(timeout=240000)
    return shown, time.perf_counter() - began


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("site", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--only", nargs="+", default=list(CHARTS), metavar="CHART")
    args = parser.parse_args()
    if not (args.site / "site.json").exists():
        sys.exit(f"{args.site} is no site: build one with python3 course.py site --output {args.site}")
    about = json.loads((args.site / "site.json").read_text())
    size = sum(path.stat().st_size for path in args.site.rglob("*") if path.is_file())
    print(f"site {size / 1e6:.0f} MB; a first visit fetches {about['bytes'] / 1e6:.0f} MB ahead, in {len(about['files'])} files")
    with Site(args.site) as site:
        for lesson in about["lessons"]:
            file, visitor = lesson.rsplit("/", 1)[-1], site.visitor()
            said = []
            for _ in range(2):
                page = visitor.new_page()
                said.append("shown after {:.1f} s, live after {:.1f} s".format(*start(page, site.address, file)))
                page.close()
            visitor.close()
            print(f"{file:28} first: {said[0]}; again: {said[1]}", flush=True)
        charts = [c for c in work.charts() if c["name"] in args.only]
        took, drags = pixels.steps(site, charts, args.rounds, False, 3)
        floor = statistics.median(next(times for (kind, _), times in took.items() if kind == "echo"))
        print(f"number echo {floor:.0f} ms")
        for chart in charts:
            ours, theirs = (statistics.median(took[kind, chart["name"]]) for kind in ("chart", "interact"))
            after = drags.get(chart["name"], (float("nan"),))[0]
            print(f"{chart['name']:20} {ours:.0f} ms ({ours / floor:.1f} times the echo), interact {theirs:.0f} ms ({theirs / ours:.1f} times ours); "
                  f"{after:.0f} ms after a drag it stands still")
        print("other hosts asked:", ", ".join(site.outside) or "none")


if __name__ == "__main__":
    main()
