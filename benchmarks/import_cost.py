"""What each model costs a kernel: milliseconds and megabytes over numpy and scipy, each in a fresh Python.

    python benchmarks/import_cost.py

A class server pays this for every learner. Anything that loads `scipy.stats`, `scipy.optimize` or `scipy.integrate` when it is
imported is named: those belong inside the one function that needs them. Medians of several starts; times vary with the machine.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from statistics import median

SOURCE = Path(__file__).resolve().parents[1] / "src"
HEAVY = ("scipy.stats", "scipy.optimize", "scipy.integrate", "matplotlib", "pandas", "ipywidgets", "pint")
STARTS = 3
PROBE = """
import os, sys, time
def megabytes():
    try:
        with open("/proc/self/statm") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
    except OSError:
        import resource
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
bare = megabytes()
import numpy, scipy
core, begin = megabytes(), time.perf_counter()
for name in {names!r}:
    __import__("crossing.models." + name)
exec({then!r})
print(1000 * (time.perf_counter() - begin), megabytes() - core, core - bare, *[n for n in {heavy!r} if n in sys.modules])
"""


#: The first thing a lesson does with a canal: it loads scipy.linalg, which no import does.
FIRST_RUN = "from crossing.models.canal import SpinalCanal; SpinalCanal(60, 1.6, 86, 0.15).steady(11); SpinalCanal(60, 1.6, 86, 0.15).system.method"


def cost(names, then="") -> tuple[float, float, float, list[str]]:
    """(ms, MB over the core, MB of the core, heavy libraries loaded) of importing these models together, and what comes `then`."""
    found = []
    for _ in range(STARTS):
        run = subprocess.run([sys.executable, "-c", PROBE.format(names=list(names), heavy=HEAVY, then=then)],
                             capture_output=True, text=True, check=True,
                             env={**os.environ, "PYTHONPATH": str(SOURCE), "OMP_NUM_THREADS": "1"})
        ms, megabytes, core, *heavy = run.stdout.split()
        found.append((float(ms), float(megabytes), float(core), heavy))
    return (*(median(column) for column in list(zip(*found))[:3]), found[0][3])


def main() -> int:
    names = sorted(path.stem for path in (SOURCE / "crossing" / "models").glob("*.py") if path.stem != "__init__")
    _, _, core, _ = cost([])
    print(f"numpy and scipy themselves: {core:.0f} MB over a bare Python\n")
    print(f"{'over that, each model in a fresh Python':42}{'ms':>8}{'MB':>8}  loads at import")
    guilty = []
    for name in names:
        ms, megabytes, _, heavy = cost([name])
        guilty += [f"{name} loads {library}" for library in heavy]
        print(f"{name:42}{ms:8.1f}{megabytes:8.1f}  {', '.join(heavy) or '-'}")
    for title, then in (("all of them together", ""), ("all, and the first run of a canal", FIRST_RUN)):
        ms, megabytes, _, heavy = cost(names, then)
        guilty += [f"{title} loads {library}" for library in heavy]
        print(f"{title:42}{ms:8.1f}{megabytes:8.1f}  {', '.join(heavy) or '-'}")
    print("\n" + ("; ".join(guilty) if guilty else f"none loads any of {', '.join(HEAVY)} at import"))
    return 1 if guilty else 0


if __name__ == "__main__":
    raise SystemExit(main())
