"""How fast charts follow the hand, and what a lesson costs in memory. `python3 course.py bench` runs this.

One JupyterLab, one headless Chromium, one notebook; a number echo (the floor), two charts of lesson 04, and the same
two charts drawn by `interact` (what most courses do) take turns, so that a slow moment of the machine hits all alike.
A step is one press of an arrow key; its time runs from the key's event in the page to the frame after the change.
Absolute times are of this machine; the ratios are what counts. Prints tables, and writes nothing unless told a file.
"""

import argparse
import json
import os
import pathlib
import platform
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

ROOT = pathlib.Path(__file__).parents[1]
FLAGS = ("--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync "
         "--disable-quic --no-first-run").split()
CHARTS = {"BolusAlongTheCord": "time", "SteadyInfusion": "rate"}

ECHO = '''
import anywidget, traitlets
class Echo(anywidget.AnyWidget):
    _esm = """export default { render({ model, el }) {
      const i = document.createElement("input"); i.type = "range"; i.min = 0; i.max = 95; i.value = 0;
      i.setAttribute("aria-label", "echo");
      i.setAttribute("data-lm-suppress-shortcuts", "true");
      const o = document.createElement("output"); el.append(i, o);
      i.addEventListener("input", () => { model.set("value", +i.value); model.save_changes(); });
      model.on("change:said", () => { o.textContent = model.get("said"); }); } };"""
    value = traitlets.Int(0).tag(sync=True)
    said = traitlets.Unicode("").tag(sync=True)
    @traitlets.observe("value")
    def _(self, change): self.said = f"now {change.new}"
Echo()
'''
INTERACT = '''
%matplotlib inline
import matplotlib.pyplot as plt, ipywidgets
from crossing.lessons.spinal_infusion import {name}
def show(position):
    chart = {name}()
    figure = plt.figure(figsize=chart.size)
    chart.live = lambda *a, **k: None
    with plt.rc_context({{}}):
        figure.set_layout_engine("constrained")
        chart.setup(figure)
    chart.set(**{{"{control}": chart.controls()["{control}"].options()[position]}})
    chart.update(chart.result)
    plt.show()
last = len({name}().controls()["{control}"].options()) - 1
ipywidgets.interact(show, position=ipywidgets.IntSlider(0, 0, last))
'''

MEASURE = """([cell, control]) => {
  const root = document.querySelectorAll('.jp-CodeCell')[cell];
  window.took = null; let start = null;
  const key = (e) => { start = performance.now(); };
  root.addEventListener('keydown', key, { capture: true, once: true });
  const targets = [root.querySelector('.jp-Cell-outputArea')];
  const host = root.querySelector('.crossing-chart'); if (host) targets.unshift(host.shadowRoot);
  let done = false;
  const watch = (records) => {
    if (done || start === null) return;
    // The caption (and a slider's own number) moves before the picture: only the picture counts, and for the echo its words.
    const seen = records.some((r) => host ? r.target.getRootNode() === host.shadowRoot
      : [...r.addedNodes].some((n) => control.startsWith('interact') ? n.querySelector?.('img') || n.nodeName === 'IMG' : n.nodeName === '#text'));
    if (!seen) return;
    done = true; observers.forEach((o) => o.disconnect());
    requestAnimationFrame(() => { const c = new MessageChannel(); c.port1.onmessage = () => { window.took = performance.now() - start; }; c.port2.postMessage(0); });
  };
  const observers = targets.map((t) => { const o = new MutationObserver(watch); o.observe(t, { childList: true, subtree: true, characterData: true }); return o; });
}"""


def notebook(folder):
    import nbformat
    new = nbformat.v4
    cells = [new.new_code_cell(ECHO)]
    for name in CHARTS:
        cells.append(new.new_code_cell(f"from crossing.lessons.spinal_infusion import {name}\n{name}()"))
    for name, control in CHARTS.items():
        cells.append(new.new_code_cell(INTERACT.format(name=name, control=control)))
    meta = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(new.new_notebook(cells=cells, metadata=meta), folder / "bench.ipynb")


def opened_journal(folder):
    """A journal in which every guess is made: charts are measured, not veils."""
    bank = ROOT / "data" / "questions" / "04.json"
    code = ("import json, pathlib\nfrom crossing.explore import journal\n"
            f"for q in json.loads(pathlib.Path({str(bank)!r}).read_text(encoding='utf-8'))['questions']:\n"
            "    if q['type'] == 'predict':\n"
            "        guess = {'option': 0, 'text': q['options'][0]['text'], 'confidence': 0}\n"
            "        journal.for_lesson('04').record(q['id'], 'guess', guess)\n")
    subprocess.run([sys.executable, "-c", code], check=True, env={**os.environ, "CROSSING_JOURNAL": str(folder / "journal")})


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def chromium():
    for name in ("chromium", "chromium-browser", "google-chrome", "chrome"):
        if found := shutil.which(name):
            return found
    sys.exit("No Chromium was found. Install it (on Debian and Ubuntu: apt-get install chromium) and try again.")


def pixels(rounds):
    """Milliseconds from key to changed pixels: {name: [..]}."""
    from playwright.sync_api import sync_playwright
    names = ["number echo (floor)", *CHARTS, *(f"interact, {n}" for n in CHARTS)]
    took = {n: [] for n in names}
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        notebook(folder)
        opened_journal(folder)
        port = free_port()
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}", "--IdentityProvider.token=bench",
             f"--ServerApp.root_dir={folder}"], env={**os.environ, "CROSSING_JOURNAL": str(folder / "journal")},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            for _ in range(120):
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/api?token=bench", timeout=1)
                    break
                except OSError:
                    time.sleep(0.25)
            with sync_playwright() as play:
                browser = play.chromium.launch(executable_path=chromium(), args=FLAGS)
                page = browser.new_page(viewport={"width": 1280, "height": 5200})
                page.goto(f"http://127.0.0.1:{port}/lab/tree/bench.ipynb?token=bench")
                page.wait_for_selector(".jp-CodeCell", timeout=60000)
                page.wait_for_timeout(3000)
                page.click(".jp-CodeCell >> nth=0")
                page.click("text=Run")
                page.click(".lm-Menu-itemLabel >> text=/^Run All Cells/")
                page.wait_for_function("document.querySelectorAll('.jp-CodeCell .jp-OutputArea-output img').length >= 2", timeout=90000)
                page.wait_for_timeout(1500)
                knobs = [page.locator(".jp-CodeCell >> nth=0").locator("input[type=range]")]
                for i, control in enumerate(CHARTS.values(), 1):
                    knobs.append(page.locator(f".jp-CodeCell >> nth={i}").locator(f"input[id$='-{control}']"))
                knobs += [page.locator(f".jp-CodeCell >> nth={i}").locator(".noUi-handle") for i in (3, 4)]
                for n in range(rounds + 3):
                    for cell, (name, knob) in enumerate(zip(names, knobs)):
                        page.evaluate(MEASURE, [cell, name])
                        knob.focus()
                        page.keyboard.press("ArrowRight" if n % 8 < 4 else "ArrowLeft")
                        page.wait_for_function("window.took !== null", timeout=15000)
                        if n >= 3:
                            took[name].append(page.evaluate("window.took"))
                        page.wait_for_timeout(60)
                browser.close()
        finally:
            server.terminate()
            server.wait(10)
    return took


def memory(path):
    """Kernel memory (MB) after every cell of a lesson has run."""
    import nbformat
    from nbclient import NotebookClient
    book = nbformat.read(path, 4)
    book.cells.append(nbformat.v4.new_code_cell("print([l for l in open('/proc/self/status') if l.startswith('VmRSS')][0].split()[1])"))
    NotebookClient(book, resources={"metadata": {"path": str(path.parent)}}).execute()
    return int(book.cells[-1]["outputs"][0]["text"]) / 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--json", type=pathlib.Path, help="also write the figures here")
    args = parser.parse_args()
    os.environ["CROSSING_JOURNAL"] = ":memory:"
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {args.rounds} rounds\n")
    took = pixels(args.rounds)
    floor = statistics.median(took["number echo (floor)"])
    print(f"{'key to pixels':34s} {'median':>8s} {'p95':>8s} {'x floor':>8s}")
    for name, times in took.items():
        times = sorted(times)
        print(f"{name:34s} {statistics.median(times):8.0f} {times[int(0.95 * (len(times) - 1))]:8.0f} {statistics.median(times) / floor:8.2f}")
    print()
    for path in sorted((ROOT / "notebooks").glob("0*.ipynb")):
        print(f"kernel after {path.stem}: {memory(path):.0f} MB")
    print()
    sys.stdout.flush()
    subprocess.run([sys.executable, ROOT / "benchmarks" / "model_speed.py"], check=True)
    if args.json:
        args.json.write_text(json.dumps(took, indent=1))


if __name__ == "__main__":
    main()
