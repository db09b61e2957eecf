"""Ten thousand random settings for each lesson, in the kernel. Long, so not with the other tests: `python3 course.py fuzz`.

As a hand would: one control after another, of one chart after another, now and then a preset, a pin, a reset or a setting
of all controls at once. After each step the chart is checked as in `test_sweep`, and every run of a model that was made
for it must have its mass balanced. At the end a chart that was reset is what it was at the start.

CROSSING_FUZZ names another number of settings, CROSSING_FUZZ_SEED another seed.
"""

import importlib
import os
import pkgutil
import random
from collections import defaultdict

import pytest
from test_sweep import CHARTS, check

import crossing.models

SETTINGS = int(os.environ.get("CROSSING_FUZZ", 10_000))
SEED = os.environ.get("CROSSING_FUZZ_SEED", "1")
LESSONS = defaultdict(list)
for cls in CHARTS.values():
    LESSONS[cls.__module__.split(".")[2]].append(cls)


@pytest.fixture
def runs(monkeypatch):
    """Every object that a model makes and that knows its balance, as it is made."""
    made = []
    for found in pkgutil.iter_modules(crossing.models.__path__, "crossing.models."):
        module = importlib.import_module(found.name)
        for cls in vars(module).values():
            if isinstance(cls, type) and cls.__module__ == module.__name__ and "balance" in vars(cls):
                def init(self, *given, first=cls.__init__, **named):
                    first(self, *given, **named)
                    made.append(self)
                monkeypatch.setattr(cls, "__init__", init)
    return made


def step(chart, draw):
    """One thing a hand does to a chart."""
    controls = chart.controls()
    kind = draw.choices(["one", "all", "preset", "pin", "reset"], [90, 4, 3, 2, 1])[0]
    if kind == "one":
        name = draw.choice(list(controls))
        chart.set(**{name: draw.choice(controls[name].options())})
    elif kind == "all":
        chart.set(**{name: draw.choice(control.options()) for name, control in controls.items()})
    elif kind == "preset" and chart.presets:
        chart.set(**draw.choice(list(chart.presets.values())))
    elif kind == "pin":
        chart.pin()
    elif kind == "reset":
        chart.reset()


@pytest.mark.parametrize("lesson", sorted(LESSONS))
def test_ten_thousand_settings(lesson, runs, committed, strict):
    draw = random.Random(f"{lesson} {SEED}")
    charts = [cls() for cls in LESSONS[lesson]]
    starts = [check(chart) for chart in charts]
    balanced = 0
    for n in range(SETTINGS):
        chart = charts[n // 10 % len(charts)]
        step(chart, draw)
        check(chart, compared=bool(chart.pinned))
        for run in runs:
            assert abs(run.balance) < 1e-6, f"{type(chart).__name__} at {chart.settings()}: {type(run).__name__} loses {run.balance:.1e}"
        balanced += len(runs)
        runs.clear()
    for chart, start in zip(charts, starts):
        chart.reset()
        assert check(chart) == start, f"{type(chart).__name__} is not as it was at first"
    print(f"{lesson}: {SETTINGS} settings of {len(charts)} charts, {balanced} runs balanced")
