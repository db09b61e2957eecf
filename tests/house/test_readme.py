"""What the README tells a newcomer to do must work as it stands."""

import pathlib
import re

README = (pathlib.Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


def test_the_chart_in_the_readme_is_a_chart():
    import numpy as np
    from crossing.explore import Explorable, Slider
    code = re.search(r"```python\n(.*?)```", README, re.S)[1]
    assert len(code.splitlines()) <= 10
    space = {"np": np, "Explorable": Explorable, "Slider": Slider}
    try:
        exec(code, space)
        chart = space["Washout"](half_life=6)
        parts, _, words = chart.draw()
        assert "6 h" in words and parts["line"]
        chart.set(half_life=12)
        assert chart.draw()[0]["line"] != parts["line"]
    finally:
        Explorable.registry.pop("Washout", None)


def test_files_and_lessons_it_names_exist():
    root = pathlib.Path(__file__).parents[2]
    for name in re.findall(r"\]\(([^)]+)\)|`((?:notebooks|data|src|jupyter|tests|benchmarks)/[\w/.]*)`", README):
        path = next(filter(None, name))
        if path != "notebooks/journal/":
            assert (root / path).exists(), path
    for lesson in re.findall(r"`(\d\d_\w+)`", README):
        assert (root / "notebooks" / f"{lesson}.ipynb").exists(), lesson


def test_its_commands_are_verbs_of_course_py():
    source = (pathlib.Path(__file__).parents[2] / "course.py").read_text(encoding="utf-8")
    for verb in set(re.findall(r"course\.py ([a-z]+)", README)):
        assert f'"{verb}"' in source, verb
