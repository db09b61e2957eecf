"""Figures in folded answers, and the words of veiled charts, held against what the charts say today."""

import importlib
import json
import pathlib
import re
import subprocess
import sys

import pytest
from lesson_files import charts_of, every_chart

GOLDEN = pathlib.Path(__file__).parent / "golden"


def said(name, settings):
    chart = every_chart()[name]()
    chart.set(**settings)
    return chart.describe(chart.result)


def test_folded_answers_say_what_the_charts_say(lesson):
    for cell in lesson.markdown():
        for check in cell["metadata"].get("check", []):
            words = said(check["explorable"], check["set"])
            assert check["see"] in words, f"{cell['id']}: the answer says {check['see']!r}, the chart {words!r}"
            assert check["see"] in lesson.source(cell), f"{cell['id']}: the text has lost {check['see']!r}"


def test_figures_in_folded_answers_are_checked(lesson):
    """A reading quoted in an answer has a check beside it: a number with a unit is never on trust."""
    for cell in lesson.markdown():
        answers = " ".join(re.findall(r"<details.*?</details>", lesson.source(cell), re.S))
        if re.search(r"(sentence|chart|model) says? ", answers):
            assert cell["metadata"].get("check"), cell["id"]


def test_no_token_was_left_to_fill_in(lesson):
    assert "{{" not in lesson.text


def test_words_of_veiled_charts_are_as_agreed(lesson):
    """Veiled charts print nothing that nbval could compare, so their words at the start stand in a golden file."""
    veiled = {n: c for n, c in charts_of(lesson).items() if c.guess}
    path = GOLDEN / f"{lesson.number}.json"
    agreed = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    assert set(agreed) == set(veiled)
    for name, chart in veiled.items():
        start = chart()
        assert start.describe(start.result) == agreed[name]["start"], name
        for preset in chart.presets:
            start.apply(preset)
            assert start.describe(start.result) == agreed[name][preset], f"{name}, {preset}"


def test_each_cell_runs_alone_in_a_fresh_kernel(lesson):
    """Every code cell in a Python of its own: nothing leans on a cell above."""
    cells = list(lesson.code())
    script = "\n".join([
        "import os, sys, json",
        f"cells = json.loads({json.dumps(json.dumps([[c['id'], lesson.source(c)] for c in cells]))})",
        "import matplotlib, numpy, ipywidgets, IPython",  # the slow libraries once; the course's own code anew in each child
        "for name, source in cells:",
        "    pid = os.fork()",
        "    if pid == 0:",
        "        try:",
        "            exec(compile(source, name, 'exec'), {'__name__': '__main__'})",
        "        except BaseException as e:",
        "            print(f'{name}: {type(e).__name__}: {e}', flush=True); os._exit(1)",
        "        os._exit(0)",
        "    _, status = os.waitpid(pid, 0)",
        "    if status: sys.exit(1)",
    ])
    if sys.platform == "win32":
        pytest.skip("no fork on Windows; nbval runs the cells there")
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=lesson.path.parent)
    assert done.returncode == 0, done.stdout + done.stderr


def test_cells_twice_and_out_of_order_do_no_harm(lesson, capsys):
    """Every cell backwards, then forwards twice, in one Python: no error, and the same words as alone."""
    sources = [lesson.source(c) for c in lesson.code()]
    space = {"__name__": "__main__"}
    for source in [*reversed(sources), *sources, *sources]:
        exec(compile(source, "cell", "exec"), space)
    assert importlib.import_module("crossing.explore.journal")
