"""How the house is built: which module may know which, how long a file may be, and where numbers may live."""

import ast
import csv
import pathlib
import re

import pytest

ROOT = pathlib.Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "crossing"
MODULES = sorted(PACKAGE.rglob("*.py"))
#: Who may import whom inside the package. `refresh`, `present`, `server` and `site` run or carry notebooks and know none of it.
MAY = {
    "facts": {"facts"}, "models": {"models"}, "explore": {"explore"}, "lessons": {"lessons", "explore", "models", "facts"},
    "server": {"server"}, "refresh": set(), "present": {"server"}, "handouts": {"explore"}, "notes": {"explore", "lessons", "present"}, "class_export": {"explore"}, "site": {"site", "present"}, "__init__": set(),
}
#: Libraries kept out of a part.
NEVER = {"models": {"matplotlib", "ipywidgets", "anywidget", "traitlets", "IPython", "pandas"}, "explore": {"pint", "scipy", "pandas"},
         "facts": {"matplotlib", "ipywidgets", "pandas"}, "lessons": {"pandas", "pint"}}

#: Modules that draw anatomy and compute nothing.
DRAWN = {"anatomy.py", "fluid_spaces.py", "head.py", "neurovascular.py", "procedure.py", "road_map.py", "tip.py"}


def part(path):
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imported(path):
    """(top library, part of this package or None) for every import of a module, also those inside functions."""
    here = ["crossing", *path.relative_to(PACKAGE).with_suffix("").parts]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for name in node.names:
                yield name.name.split(".")
        elif isinstance(node, ast.ImportFrom):
            base = here[: len(here) - node.level] if node.level else []
            module = [*base, *(node.module.split(".") if node.module else [])]
            for name in node.names:
                yield [*module, name.name]


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_arrows_run_one_way(path):
    mine = part(path)
    for name in imported(path):
        if name[0] == "crossing" and len(name) > 1:
            other = name[1]
            assert other in MAY[mine] or other in ("__version__",), f"{mine} must not know {other}"
        assert name[0] not in NEVER.get(mine, ()), f"{mine} must not use {name[0]}"


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_files_stay_short(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 420


def figures():
    """Numbers of the fact table that nobody would write by chance: two significant digits or more."""
    with open(ROOT / "data" / "facts.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for column in ("value", "low", "high"):
                text = row[column].strip()
                digits = re.sub(r"^0+|e.*$", "", re.sub(r"[-.]", "", text)).rstrip("0")
                if text and len(digits) >= 2:
                    yield abs(float(text)), row["id"]


@pytest.mark.parametrize("path", [p for p in MODULES if part(p) in ("models", "lessons") and p.name not in DRAWN], ids=lambda p: str(p.relative_to(PACKAGE)))
def test_no_fact_is_written_into_code(path):
    """A physiological constant belongs to data/facts.csv. Sizes on paper (`setup`, `update`) are not physiology."""
    known = {}
    for value, fact in figures():
        if len(f"{value:.12g}".replace(".", "").strip("0")) >= 3:
            known.setdefault(value, fact)
    tree = ast.parse(path.read_text(encoding="utf-8"))
    drawing = {id(n) for f in ast.walk(tree) if isinstance(f, ast.FunctionDef) and f.name in ("setup", "update", "_scale") for n in ast.walk(f)}
    for node in ast.walk(tree):
        if id(node) not in drawing and isinstance(node, ast.Constant) and isinstance(node.value, (int, float)) and not isinstance(node.value, bool):
            digits = f"{abs(node.value):.12g}".replace(".", "").strip("0")
            if part(path) == "lessons" and len(digits) < 4 and abs(node.value) > 0.9:
                continue  # edges of axes and steps of sliders: with hundreds of facts, one has the same three digits by chance
            assert abs(node.value) not in known, f"line {node.lineno}: {node.value} is fact {known[abs(node.value)]}"


def test_no_registry_is_named():
    hosts = re.compile("|".join(["pypi" + r"\.org", "python" + "hosted", "registry" + r"\.npmjs", "deb" + r"\.debian"]))
    for path in ROOT.rglob("*"):
        if path.suffix in (".py", ".md", ".txt", ".toml", ".yml", ".json", ".ipynb", "") and path.is_file() and not {".venv", ".git", "node_modules"} & set(path.parts) and path.stat().st_size < 3e6:
            assert not hosts.search(path.read_text(encoding="utf-8", errors="ignore")), path


def test_no_test_holds_a_clock_against_the_code():
    """A busy machine is slow, and that is no fault: speed is measured in benchmarks/, as ratios in one run."""
    clock = re.compile(r"assert[^\n]*(" + "perf_" + r"counter|process_" + r"time|time\." + r"time\(\))")
    for path in (ROOT / "tests").rglob("*.py"):
        assert not clock.search(path.read_text(encoding="utf-8")), path
