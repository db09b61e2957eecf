"""How fast charts follow the hand, and what a lesson costs. `python3 course.py bench` runs this and writes RESULTS.md.

    --rounds 12          steps of each chart
    --only SteadyInfusion FourRoads    these charts alone; RESULTS.md is left as it is
    --seconds 3          how long each slider is dragged
    --suite              the time of the whole test suite as well (some twenty minutes)

Absolute times are of this machine; the ratios are what counts.
"""

import argparse
import datetime
import importlib.metadata
import importlib.util
import math
import os
import pathlib
import platform
import statistics
import subprocess
import sys

import pixels
import work

ROOT = pathlib.Path(__file__).parents[1]
RESULTS = ROOT / "benchmarks" / "RESULTS.md"
VERSIONS = ("jupyterlab", "ipywidgets", "anywidget", "matplotlib", "numpy", "scipy", "ipympl", "playwright")
#: name -> (limit, whether smaller is better): what issue 9 of the developers wants.
AIMS = {"times the floor": 1.5, "interact over ours": 5.0, "kernel ms": 8.0, "after release ms": 150.0}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--only", nargs="+", default=[], metavar="CHART")
    parser.add_argument("--suite", action="store_true")
    args = parser.parse_args()
    os.environ["CROSSING_JOURNAL"] = ":memory:"
    charts = [c for c in work.charts() if not args.only or c["name"] in args.only]
    if missing := set(args.only) - {c["name"] for c in charts}:
        sys.exit(f"There is no chart {', '.join(sorted(missing))}; there are {', '.join(c['name'] for c in work.charts())}.")
    lines = ["# Measured", "", "Written by `python3 course.py bench`; not by hand. Absolute times are of this machine, the ratios are what counts.", "", machine(), ""]
    work.opened()
    kernel = {c["name"]: work.steps(c) for c in charts}
    took, drags, firsts = in_the_page(charts, args)
    lines += summary(charts, kernel, took, drags) + table(charts, kernel, took, drags)
    if not args.only:
        lines += costs(firsts, args.suite)
    text = "\n".join(lines) + "\n"
    print(text)
    if not args.only:
        RESULTS.write_text(text, encoding="utf-8")


def machine():
    have = [f"{name} {importlib.metadata.version(name)}" for name in VERSIONS if importlib.util.find_spec(name)]
    return (f"{datetime.date.today()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
            + ", ".join(have) + f", {browser_version()}.")


def browser_version():
    return subprocess.run([pixels.chromium(), "--version", "--no-sandbox"], capture_output=True, text=True).stdout.strip()


def in_the_page(charts, args):
    """Times by (kind, chart), drags by chart, and the first chart of each lesson's package in a cold notebook."""
    took, drags, firsts = {}, {}, {}
    with_ipympl = importlib.util.find_spec("ipympl") is not None
    with pixels.Lab() as lab:
        for at in range(0, len(charts), pixels.TOGETHER):
            some, dragged = steps(lab, charts[at:at + pixels.TOGETHER], args, with_ipympl)
            for (kind, name), times in some.items():
                took.setdefault((kind, name), []).extend(times)
                if kind == "echo":  # the floor of these charts is the one that stood beside them
                    took.update({("floor", c["name"]): times for c in charts[at:at + pixels.TOGETHER]})
            drags |= dragged
            print(f"{min(at + pixels.TOGETHER, len(charts))} of {len(charts)} charts", file=sys.stderr)
        if not args.only:
            first = {}
            for chart in charts:
                first.setdefault(chart["module"], chart)
            firsts = {module: pixels.first_chart(lab, chart) for module, chart in first.items()}
    return took, drags, firsts


def steps(lab, charts, args, with_ipympl, tries=3):
    """`pixels.steps`, tried again in a new notebook when the lab fails: a long run is not lost for one moment."""
    from playwright.sync_api import Error
    try:
        return pixels.steps(lab, charts, args.rounds, with_ipympl, args.seconds)
    except Error as problem:
        if tries == 1:
            raise
        print(f"{', '.join(c['name'] for c in charts)}: {str(problem).splitlines()[0]}", file=sys.stderr)
        lab.close_all()
        return steps(lab, charts, args, with_ipympl, tries - 1)


def late(times):
    """The 95th percentile."""
    return sorted(times)[min(len(times) - 1, math.ceil(0.95 * len(times)) - 1)]


def row(chart, kernel, took, drags):
    """The figures of one chart, by name; NaN for what was not measured."""
    name, median = chart["name"], statistics.median
    ours, floor = took["chart", name], took["floor", name]
    ipympl = took.get(("ipympl", name))
    return {"ms": median(ours), "p95": late(ours), "floor": median(floor), "interact": median(took["interact", name]),
            "ipympl": median(ipympl) if ipympl else math.nan, "times the floor": median(ours) / median(floor),
            "interact over ours": median(took["interact", name]) / median(ours), "control": kernel[name][0], "kernel ms": kernel[name][1],
            "bytes": kernel[name][2], "after release ms": drags.get(name, (math.nan,))[0]}


def summary(charts, kernel, took, drags):
    rows = {c["name"]: row(c, kernel, took, drags) for c in charts}
    echo = [t for (kind, _), times in took.items() if kind == "echo" for t in times]
    told = ["## In short", "", f"{len(rows)} charts. The number echo, which is the floor, takes {statistics.median(echo):.0f} ms (95th percentile {late(echo):.0f}).", "",
            "| what | aim | median of all charts | worst | charts that miss |", "|---|---|---|---|---|"]
    for name, limit in AIMS.items():
        values = {c: r[name] for c, r in rows.items() if not math.isnan(r[name])}
        if not values:
            continue
        most = name == "interact over ours"
        miss = [c for c, v in values.items() if (v < limit if most else v > limit)]
        worst = (min if most else max)(values, key=values.get)
        told.append(f"| {name} | {'at least' if most else 'at most'} {limit:g} | {statistics.median(values.values()):.1f} | {values[worst]:.1f} ({worst}) | {len(miss)}: {', '.join(miss) or '–'} |")
    return [*told, ""]


def table(charts, kernel, took, drags):
    lines = ["## Every chart", "", "Milliseconds from key to changed pixels: median and 95th percentile; beside them, in the same minute, the echo, `interact` and ipympl "
             "with the same figure. Kernel: the control that costs most, its median work and what it sends. Last: how long after a drag the chart still moved.", "",
             "| chart | control | ms | p95 | × floor | interact | ÷ ours | ipympl | kernel ms | kB | after release |", "|---|---|---|---|---|---|---|---|---|---|---|"]

    def said(number, digits=0):
        return "–" if math.isnan(number) else f"{number:.{digits}f}"

    for chart in charts:
        r = row(chart, kernel, took, drags)
        lines.append(f"| {chart['name']} | {chart['control']} | {r['ms']:.0f} | {r['p95']:.0f} | {r['times the floor']:.2f} | {r['interact']:.0f} | {r['interact over ours']:.1f} | "
                     f"{said(r['ipympl'])} | {r['kernel ms']:.1f} ({r['control']}) | {r['bytes'] / 1024:.0f} | {said(r['after release ms'])} |")
    return [*lines, ""]


def costs(firsts, with_suite):
    seconds, idle = work.imports()
    lines = ["## Costs", "", "| what | measured | aim |", "|---|---|---|",
             f"| import of the package and all lessons, over the libraries | {seconds:.2f} s | 0.3 s |",
             f"| libraries loaded that no lesson uses | {', '.join(idle) or 'none'} | none |"]
    lines += [f"| first chart of `{module.removeprefix('crossing.lessons.')}`, kernel up, nothing imported | {ms / 1000:.1f} s | 3 s |" for module, ms in firsts.items()]
    lines += [f"| kernel after {path.stem} | {work.memory(path):.0f} MB | 150 MB |" for path in sorted((ROOT / "notebooks").glob("0*.ipynb"))]
    lines += [f"| the whole test suite | {work.suite() / 60:.1f} min | 15 min |"] if with_suite else []
    models = subprocess.run([sys.executable, ROOT / "benchmarks" / "model_speed.py"], capture_output=True, text=True).stdout
    return [*lines, "", "## The spinal canal against solve_ivp", "", "```", models.strip(), "```"]


if __name__ == "__main__":
    main()
