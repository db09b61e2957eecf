"""From a key or a drag to changed pixels, for every chart, in one JupyterLab and one headless Chromium.

Each chart takes turns with a number echo (the floor: one number to Python and back), with the same figure drawn by
`interact` and matplotlib's inline pictures (what most courses do) and, where ipympl is installed, with the same figure
drawn by ipympl; so a slow moment of the machine hits all alike. A step is one press of an arrow key: its time runs from
the key's event in the page to the frame after the change.
"""

import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

ROOT = pathlib.Path(__file__).parents[1]
FLAGS = ("--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync "
         "--disable-quic --no-first-run").split()
TOGETHER = 4  # charts on one notebook
SETTINGS = {"notebook-extension/tracker": {"windowingMode": "none"}, "apputils-extension/notification": {"fetchNews": "false"}}

ECHO = '''
import anywidget, traitlets
class Echo(anywidget.AnyWidget):
    _esm = """export default { render({ model, el }) {
      const i = document.createElement("input"); i.type = "range"; i.min = 0; i.max = 95; i.value = 0;
      i.setAttribute("aria-label", "echo");
      i.setAttribute("data-lm-suppress-shortcuts", "true");
      const o = document.createElement("output"); el.append(i, o);
      i.addEventListener("input", () => { model.set("value", +i.value); model.save_changes(); });
      model.on("change:said", () => { o.textContent = model.get("said"); o.dispatchEvent(new Event("painted", { bubbles: true })); }); } };"""
    value = traitlets.Int(0).tag(sync=True)
    said = traitlets.Unicode("").tag(sync=True)
    @traitlets.observe("value")
    def _(self, change): self.said = f"now {change.new}"
Echo()
'''
#: Makes every guess: charts are measured, not veils.
GUESSES = """
from crossing.explore import journal, questions
for lesson in questions.lessons():
    for q in questions.placed(lesson, 'predict'):
        journal.for_lesson(lesson).record(q.id, 'guess', {'option': 0, 'text': q.texts[0], 'confidence': 0})
"""
OURS = "from {module} import {name}\n{name}()"
# A function that draws its figure anew, at the 100 dots an inch that inline pictures have.
INTERACT = '''
%matplotlib inline
import ipywidgets
from IPython.display import display
from crossing.explore.chart import style
from {module} import {name}
def shown(make={name}):
    values = make.controls()["{control}"].options()
    def show(position):
        chart = make(**{{"{control}": values[position]}})
        figure = chart.chart.figure
        with style():
            chart.update(chart.result)
            figure.dpi = 100
            display(figure)
    ipywidgets.interact(show, position=ipywidgets.IntSlider({start}, 0, len(values) - 1))
shown()
'''
# One figure, of which the artists are moved: the best that ipympl can do.
IPYMPL = '''
import ipywidgets
from IPython.display import display
from ipympl.backend_nbagg import Canvas, FigureManager
from crossing.explore.chart import style
from {module} import {name}
def made(chart={name}()):
    figure = chart.chart.figure
    with style():
        chart.update(chart.result)
        figure.dpi = 100
        canvas = Canvas(figure)
        FigureManager(canvas, 0)
    values = chart.controls()["{control}"].options()
    slider = ipywidgets.IntSlider({start}, 0, len(values) - 1)
    def moved(change):
        with style():
            chart.set(**{{"{control}": values[change.new]}})
            chart.update(chart.result)
            canvas.draw_idle()
    slider.observe(moved, "value")
    display(ipywidgets.VBox([slider, canvas]))
made()
'''

#: Starts the clock at the next key in a cell, and stops it in the frame after the cell has changed.
CLOCK = """([cell, kind]) => {
  const root = document.querySelectorAll('.jp-CodeCell')[cell], area = root.querySelector('.jp-Cell-outputArea');
  window.took = null;
  let start = null, done = false;
  root.addEventListener('keydown', () => { start = performance.now(); }, { capture: true, once: true });
  const changed = () => {
    if (done || start === null) return;
    done = true;
    stop();
    requestAnimationFrame(() => { const c = new MessageChannel(); c.port1.onmessage = () => { window.took = performance.now() - start; }; c.port2.postMessage(0); });
  };
  let stop;
  if (kind === 'interact') {
    const seen = new MutationObserver((records) => { if (records.some((r) => [...r.addedNodes].some((n) => n.querySelector?.('img') || n.nodeName === 'IMG'))) changed(); });
    seen.observe(area, { childList: true, subtree: true });
    stop = () => seen.disconnect();
  } else if (kind === 'ipympl') {
    const draw = CanvasRenderingContext2D.prototype.drawImage;
    CanvasRenderingContext2D.prototype.drawImage = function (...given) { const drawn = draw.apply(this, given); changed(); return drawn; };
    stop = () => { CanvasRenderingContext2D.prototype.drawImage = draw; };
  } else {
    area.addEventListener('painted', changed);
    stop = () => area.removeEventListener('painted', changed);
  }
}"""

#: Drags a slider for some seconds, sixty times a second, and says how long after the last move the chart still changed.
DRAG = """([cell, id, seconds]) => new Promise((resolve) => {
  const area = document.querySelectorAll('.jp-CodeCell')[cell].querySelector('.jp-Cell-outputArea');
  const input = area.querySelector(`input[id$="-${id}"]`), last = +input.max;
  let painted = 0, count = 0, n = 0;
  const seen = () => { painted = performance.now(); count += 1; };
  area.addEventListener('painted', seen);
  const until = performance.now() + seconds * 1000;
  const move = () => {
    n += 1;
    const now = performance.now(), over = now > until;
    // To and fro through the whole range, ending on a value that is not the last one painted.
    const place = over ? Math.floor(last / 2) : Math.round((last / 2) * (1 + Math.sin(n / 9)));
    input.value = place;
    input.dispatchEvent(new Event('input', { bubbles: true }));
    if (!over) return requestAnimationFrame(move);
    setTimeout(() => { area.removeEventListener('painted', seen); resolve([Math.max(0, painted - now), count, n, +input.value === place]); }, 1500);
  };
  move();
})"""


def chromium():
    """The path of a browser. Ends the program with what to do when there is none."""
    for name in (os.environ.get("CROSSING_CHROMIUM"), "chromium", "chromium-browser", "google-chrome", "chrome"):
        if name and (found := shutil.which(name)):
            return found
    sys.exit("No Chromium was found. Install it (on Debian and Ubuntu: apt-get install chromium) and try again.")


def notebook(path, cells):
    import nbformat
    new = nbformat.v4
    meta = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(new.new_notebook(cells=[new.new_code_cell(cell) for cell in cells], metadata=meta), path)


def opened_journal(folder):
    """A journal in which every guess is made."""
    subprocess.run([sys.executable, "-c", GUESSES], check=True, env={**os.environ, "CROSSING_JOURNAL": str(folder / "journal")})


class Lab:
    """A JupyterLab of its own with a browser, for `with`."""

    def __enter__(self):
        from playwright.sync_api import sync_playwright
        self._folder = tempfile.TemporaryDirectory()
        self.folder = pathlib.Path(self._folder.name)
        opened_journal(self.folder)
        for name, settings in SETTINGS.items():
            file = self.folder / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(settings))
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            self.port = s.getsockname()[1]
        self._server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={self.port}", "--IdentityProvider.token=bench",
             f"--ServerApp.root_dir={self.folder}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env={**os.environ, "CROSSING_JOURNAL": str(self.folder / "journal"), "JUPYTERLAB_SETTINGS_DIR": str(self.folder / "settings")})
        for _ in range(120):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/api?token=bench", timeout=1)
                break
            except OSError:
                time.sleep(0.25)
        self._play = sync_playwright().start()
        self._browser = self._play.chromium.launch(executable_path=chromium(), args=FLAGS)
        return self

    def __exit__(self, *problem):
        self._browser.close()
        self._play.stop()
        self._server.terminate()
        self._server.wait(10)
        self._folder.cleanup()

    def opened(self, name):
        """The page of a notebook with its kernel at rest, nothing run yet."""
        page = self._browser.new_page(viewport={"width": 1280, "height": 1000})
        page.goto(f"http://127.0.0.1:{self.port}/lab/workspaces/{name.split('.')[0]}/tree/{name}?token=bench&reset")
        page.wait_for_selector(".jp-CodeCell", timeout=60000)
        page.wait_for_selector('.jp-Notebook-ExecutionIndicator[data-status="idle"]', timeout=60000)
        return page

    def run(self, page):
        page.click(".jp-CodeCell >> nth=0")
        page.click("text=Run")
        page.click(".lm-Menu-itemLabel >> text=/^Run All Cells/")

    def closed(self, page):
        """Close the page and end its kernel, so that the next notebook has the machine to itself."""
        page.close()
        self.end_kernels()

    def close_all(self):
        """Close every page and end every kernel."""
        for context in self._browser.contexts:
            context.close()
        self.end_kernels()

    def end_kernels(self):
        """End every kernel."""
        base = f"http://127.0.0.1:{self.port}/api/sessions"
        for session in json.load(urllib.request.urlopen(f"{base}?token=bench")):
            urllib.request.urlopen(urllib.request.Request(f"{base}/{session['id']}?token=bench", method="DELETE"))


def knob(page, cell, kind, control):
    """The thing to press keys on."""
    at = page.locator(f".jp-CodeCell >> nth={cell}")
    if kind == "echo":
        return at.locator("input[type=range]")
    if kind in ("interact", "ipympl"):
        return at.locator(".noUi-handle")
    ranged = at.locator(f"input[id$='-{control}'][type=range]")
    return ranged if ranged.count() else at.locator(f"input[type=radio][id*='-{control}-']:checked")


def bounce(place, count):
    """Arrow keys that walk a control from `place` to one end, to the other, and so on: no two steps alike, as with a hand."""
    way = 1
    while True:
        if not 0 <= place + way < count:
            way = -way
        place += way
        yield "ArrowRight" if way > 0 else "ArrowLeft"


def steps(lab, charts, rounds, with_ipympl, seconds):
    """({(kind, chart name): [milliseconds]}, {chart name: (ms after release, drawings, moves)}) for up to `TOGETHER` charts.

    `charts` is a list of dicts: module, name, control (its name), start and count (its position, of how many), ranged (whether it
    is a slider). A step that is not answered within ten seconds is left out and told on stderr.
    """
    from playwright.sync_api import TimeoutError
    cells = [("echo", {"name": "", "control": "", "start": 0, "count": 96}, ECHO)]
    for chart in charts:
        cells += [("chart", chart, OURS.format(**chart)), ("interact", chart, INTERACT.format(**chart))]
        cells += [("ipympl", chart, IPYMPL.format(**chart))] if with_ipympl else []
    notebook(lab.folder / "steps.ipynb", [source for _, _, source in cells])
    page = lab.opened("steps.ipynb")
    lab.run(page)
    page.wait_for_function("n => document.querySelectorAll('.jp-CodeCell .jp-OutputArea-output img').length >= n", arg=len(charts), timeout=180000)
    page.wait_for_timeout(2500)
    took, drags = {}, {}
    ways = [bounce(chart["start"], chart["count"]) for _, chart, _ in cells]
    for n in range(rounds + 2):
        for cell, (kind, chart, _) in enumerate(cells):
            page.evaluate(CLOCK, [cell, kind])
            knob(page, cell, kind, chart["control"]).focus()
            page.keyboard.press(next(ways[cell]))
            try:
                page.wait_for_function("window.took !== null", timeout=10000)
            except TimeoutError:  # the machine slept, or the lab did: one step less
                print(f"{kind} {chart['name']}: a step without an answer", file=sys.stderr)
                continue
            if n >= 2:
                took.setdefault((kind, chart["name"]), []).append(page.evaluate("window.took"))
            page.wait_for_timeout(250)  # until the lab has done what comes after a step: none stands in the way of the next
    for cell, (kind, chart, _) in enumerate(cells):
        if kind == "chart" and chart["ranged"]:
            after, drawn, moves, there = page.evaluate(DRAG, [cell, chart["control"], seconds])
            drags[chart["name"]] = (after, drawn, moves) if there else (float("nan"), drawn, moves)
    lab.closed(page)
    return took, drags


def first_chart(lab, chart):
    """Milliseconds from Run, in a kernel that has just come up, to the first picture in the page; NaN when the lab would not."""
    from playwright.sync_api import TimeoutError
    notebook(lab.folder / "first.ipynb", [OURS.format(**chart)])
    page = lab.opened("first.ipynb")
    page.evaluate("""() => { window.first = null; let start = null;
      document.addEventListener('keydown', () => { start ??= performance.now(); }, true);
      const wait = () => { if (document.querySelector('.crossing-chart')?.shadowRoot?.querySelector('svg')) { window.first = performance.now() - start; } else requestAnimationFrame(wait); };
      wait(); }""")
    page.wait_for_timeout(1000)
    page.click(".jp-CodeCell .cm-content >> nth=0")
    page.keyboard.press("Shift+Enter")
    try:  # now and then the lab forgets a cell that was run in the first moment
        page.wait_for_function("window.first !== null", timeout=20000)
        return page.evaluate("window.first")
    except TimeoutError:
        return float("nan")
    finally:
        lab.closed(page)
