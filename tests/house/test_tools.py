"""Ruff, vulture and mypy, as who works on the course would run them; what they say is what a failure shows.

    ruff check .        vulture        mypy          their settings stand in pyproject.toml
"""

import importlib.util
import json
import os
import pathlib
import re
import subprocess
import sys
import tomllib

import pytest

ROOT = pathlib.Path(__file__).parents[2]


def tool(name, *arguments):
    """What a tool says, and whether it is content; run from the root, keeping nothing there."""
    if importlib.util.find_spec(name) is None and not os.environ.get("CI"):
        pytest.skip(f"{name} is not installed here; `python3 course.py test` has it")
    run = subprocess.run([sys.executable, "-m", name, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    return run.returncode == 0, run.stdout + run.stderr


def test_ruff_finds_nothing():
    content, said = tool("ruff", "check", "--no-cache", "--output-format=concise", ".")
    assert content, f"ruff check .\n{said}"


def test_nothing_is_dead(tmp_path):
    """With the code of the notebooks, where alone some charts are used. What is dead in a lesson is the lesson's affair."""
    cells = tmp_path / "cells.py"
    notebooks = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "notebooks").glob("*.ipynb"))]
    cells.write_text("\n".join("".join(cell["source"]) for notebook in notebooks for cell in notebook["cells"] if cell["cell_type"] == "code"), encoding="utf-8")
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["vulture"]
    content, said = tool("vulture", *settings["paths"], str(cells))
    dead = [line for line in said.splitlines() if str(cells) not in line]
    assert content or not dead, "vulture\n" + "\n".join(dead)


def test_vulture_leaves_alone_only_what_is_there():
    """A name that has gone needs no leave to be unused: the list stays short."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["vulture"]
    source = "\n".join(path.read_text(encoding="utf-8") for part in settings["paths"] for path in [*(ROOT / part).rglob("*.py"), ROOT / part] if path.is_file())
    gone = [name for name in settings["ignore_names"] if not re.search(rf"\b{name.rstrip('*')}", source)]
    assert not gone


def test_types_of_models_and_facts_hold(tmp_path):
    content, said = tool("mypy", f"--cache-dir={tmp_path}")
    assert content, f"mypy\n{said}"


def test_types_are_kept_whole():
    """No `type: ignore` without its reason, and no part of the models or facts left out."""
    for part in ("models", "facts"):
        for path in (ROOT / "src" / "crossing" / part).glob("*.py"):
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                assert not re.search(r"type: ignore(?!\[[\w-]+\]  # \w)|# mypy:", line), f"{path.name}, line {number}"
