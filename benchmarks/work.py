"""What charts and lessons cost a kernel: work and bytes of a step, imports, memory. No browser."""

import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).parents[1]
#: Libraries that a lesson imports anyway; the package is measured over them.
LIBRARIES = "numpy, scipy.linalg, scipy.special, scipy.sparse, matplotlib.figure, matplotlib.backends.backend_svg, ipywidgets, anywidget, traitlets"
#: Libraries that some could expect, and that nothing here should load.
IDLE = ("pandas", "scipy.stats", "scipy.optimize", "scipy.integrate", "matplotlib.pyplot", "pint", "IPython.core.pylabtools", "jupyterlab", "voila", "nbformat")


def charts():
    """Every chart of the lessons: {module, name, control, start, count, ranged}. The control is the first slider in view, else the first of all."""
    import importlib
    import pkgutil

    import crossing.lessons
    from crossing.explore.explorable import Explorable
    for module in pkgutil.walk_packages(crossing.lessons.__path__, "crossing.lessons."):
        importlib.import_module(module.name)
    found = []
    for name, cls in sorted(Explorable.registry.items(), key=lambda item: (item[1].__module__, item[0])):
        if cls.__module__.startswith("crossing.lessons."):
            controls = [c for c in cls.controls().values() if len(c.options()) > 1]
            front = [c for c in controls if not c.more] or controls
            chosen = next((c for c in front if c.face()["kind"] == "range"), front[0])
            found.append({"module": ".".join(cls.__module__.split(".")[:3]), "name": name, "control": chosen.name,
                          "start": chosen.position(getattr(cls(), chosen.name)), "count": len(chosen.options()), "ranged": chosen.face()["kind"] == "range"})
    return found


def steps(chart):
    """(worst control, its median ms, bytes it sends) of a chart: every control through up to 12 of its values, the second time round."""
    from crossing.explore.explorable import Explorable
    made = Explorable.registry[chart["name"]]()
    made.draw()
    worst = ("", 0.0, 0)
    for name, control in made.controls().items():
        values = list(control.options())
        values = values[:: max(1, len(values) // 12)][:12]
        took, sent = [], []
        for turn in range(2):
            for value in values:
                begin = time.perf_counter()
                made.set(**{name: value})
                parts, _, words = made.draw()
                took += [1000 * (time.perf_counter() - begin)] * turn
                # The page is sent the whole state of a step: all fragments and the sentence.
                sent += [len(json.dumps([parts, words]))] * turn
        made.reset()
        if len(values) > 1 and statistics.median(took) > worst[1]:
            worst = (name, statistics.median(took), round(statistics.median(sent)))
    return worst


def opened():
    """Every chart without its veil, in this process."""
    from crossing.explore.explorable import Explorable
    Explorable.veiled = property(lambda chart: False)


def imports(starts=5):
    """(seconds over the libraries, idle libraries loaded) of importing every lesson's package, in a fresh Python."""
    code = (f"import {LIBRARIES}\nimport sys, time, importlib, pathlib\nbegin = time.perf_counter()\n"
            "import crossing.explore, crossing.facts, crossing.lessons\n"
            "for path in sorted(pathlib.Path(crossing.lessons.__file__).parent.iterdir()):\n"
            "    if (path / '__init__.py').exists(): importlib.import_module('crossing.lessons.' + path.name)\n"
            f"print(time.perf_counter() - begin, *[n for n in {IDLE!r} if n in sys.modules])")
    with tempfile.TemporaryDirectory() as compiled:  # as a learner has it: compiled at the first start, and kept
        environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"} | {"PYTHONPYCACHEPREFIX": compiled}
        found = [subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment).stdout.split()
                 for _ in range(starts + 1)][1:]
    return statistics.median(float(f[0]) for f in found), found[0][1:]


def memory(path):
    """Kernel memory (MB) after every cell of a lesson has run."""
    import nbformat
    from nbclient import NotebookClient
    book = nbformat.read(path, 4)
    book.cells.append(nbformat.v4.new_code_cell("print([l for l in open('/proc/self/status') if l.startswith('VmRSS')][0].split()[1])"))
    NotebookClient(book, resources={"metadata": {"path": str(path.parent)}}).execute()
    return int(book.cells[-1]["outputs"][0]["text"]) / 1024


def suite():
    """Seconds of the whole of the tests, as the README has it."""
    begin = time.perf_counter()
    subprocess.run([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"], cwd=ROOT, check=False,
                   stdout=subprocess.DEVNULL, env={**os.environ, "CI": "true"})
    return time.perf_counter() - begin
