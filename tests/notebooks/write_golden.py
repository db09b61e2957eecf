"""Write down what veiled charts say today, after somebody has read the difference and agreed with it.

usage: .venv/bin/python tests/notebooks/write_golden.py
"""

import json
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from lesson_files import NOTEBOOKS, Lesson, charts_of  # noqa: E402


def words(chart):
    start = chart()
    said = {"start": start.describe(start.result)}
    for preset in chart.presets:
        start.apply(preset)
        said[preset] = start.describe(start.result)
    return said


for path in NOTEBOOKS:
    lesson = Lesson(path)
    agreed = {name: words(chart) for name, chart in charts_of(lesson).items() if chart.guess}
    if agreed:
        text = json.dumps(agreed, indent=1, ensure_ascii=False) + "\n"
        (HERE / "golden" / f"{lesson.number}.json").write_text(text, encoding="utf-8")
