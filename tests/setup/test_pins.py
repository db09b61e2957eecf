"""One pinned list serves everybody: course.py, conda, Binder and JupyterHub."""

import importlib.util
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

REPOSITORY = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
LINES = (REPOSITORY / "requirements.txt").read_text(encoding="utf-8").splitlines()
PINS = {canonicalize_name(pin.name): pin for pin in (Requirement(line) for line in LINES if "==" in line)}
SYSTEMS = [
    {"sys_platform": platform, "platform_system": system, "os_name": "nt" if system == "Windows" else "posix",
     "python_version": version, "python_full_version": version + ".0", "implementation_name": "cpython", "extra": ""}
    for platform, system in (("linux", "Linux"), ("darwin", "Darwin"), ("win32", "Windows"))
    for version in ("3.11", "3.12", "3.13", "3.14")
]  # fmt: skip


def needed():
    project = PROJECT["project"]
    tables = [project["dependencies"], *project["optional-dependencies"].values(), PROJECT["build-system"]["requires"]]
    return [Requirement(line) for table in tables for line in table]


def test_every_pin_is_exact():
    for pin in PINS.values():
        assert re.fullmatch(r"==[^*,]+", str(pin.specifier)), f"{pin} is not an exact version"


@pytest.mark.parametrize("wanted", needed(), ids=lambda wanted: wanted.name)
def test_what_the_project_needs_is_pinned_within_its_bounds(wanted):
    pin = PINS[canonicalize_name(wanted.name)]
    assert pin.marker is None, f"{pin} is wanted on every system"
    assert wanted.specifier.contains(str(pin.specifier).removeprefix("=="))


def test_the_list_is_complete_and_holds_nothing_else():
    """Follow the needs of what is installed here, on each system that the course supports."""
    from importlib.metadata import PackageNotFoundError, requires

    reached = set()
    for system in SYSTEMS:
        todo, seen = [(canonicalize_name(wanted.name), "") for wanted in needed()], set()
        while todo:
            name, extra = todo.pop()
            if (name, extra) in seen:
                continue
            seen.add((name, extra))
            assert name in PINS, f"{name} is needed and not pinned"
            marker = PINS[name].marker
            where = f"{system['sys_platform']}, Python {system['python_version']}"
            assert marker is None or marker.evaluate(system), f"{name} is needed on {where} and left out there"
            try:
                needs = map(Requirement, requires(name) or [])
            except PackageNotFoundError:  # belongs to another system
                continue
            for need in needs:
                if need.marker is None or need.marker.evaluate({**system, "extra": extra}):
                    todo += [(canonicalize_name(need.name), each) for each in ("", *need.extras)]
        reached |= {name for name, _ in seen}
    other_systems = {name for name, pin in PINS.items() if pin.marker and "platform" in str(pin.marker)}
    assert not set(PINS) - reached - other_systems, "pinned, and needed by nothing"


def test_what_only_the_site_needs_is_pinned_apart_and_complete():
    lines = (REPOSITORY / "requirements-site.txt").read_text(encoding="utf-8").splitlines()
    apart = {canonicalize_name(pin.name): pin for pin in map(Requirement, filter(lambda line: not line.startswith("#"), lines))}
    assert all(re.fullmatch(r"==[^*,]+", str(pin.specifier)) for pin in apart.values())
    assert not set(apart) & set(PINS)


def test_every_folder_of_tests_is_run():
    listed = set(PROJECT["tool"]["pytest"]["ini_options"]["testpaths"])
    tests = REPOSITORY / "tests"
    there = {f"tests/{path.relative_to(tests).parts[0]}" for path in tests.glob("*/**/test_*.py")}
    assert there | {"notebooks"} <= listed, "add it to testpaths in pyproject.toml"
    assert not list(tests.glob("test_*.py")), "a test outside the folders would not be run"


def test_the_package_carries_data_and_what_jupyter_needs(tmp_path):
    if importlib.util.find_spec("hatchling") is None and not os.environ.get("CI"):
        pytest.skip("hatchling is not installed here; `python3 course.py test` has it")
    offline = ["--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([sys.executable, "-m", "pip", "wheel", "-q", *offline, "-w", tmp_path, REPOSITORY], check=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    held = {name.split(".data/data/")[-1] for name in names}
    targets = {"src/crossing": "crossing", "data": "crossing/data", "jupyter/share": "share", "jupyter/etc": "etc"}
    for folder, target in targets.items():
        paths = [path for path in (REPOSITORY / folder).rglob("*") if path.is_file() and path.suffix != ".pyc"]
        assert paths, f"{folder} is empty"
        wanted = {f"{target}/{path.relative_to(REPOSITORY / folder).as_posix()}" for path in paths}
        assert not wanted - held


def test_continuous_integration_runs_the_command_of_the_readme():
    script = REPOSITORY / ".ci" / "run"
    assert os.name == "nt" or os.access(script, os.X_OK)
    assert "python3 course.py test\n" in script.read_text()
    assert "python3 course.py test" in (REPOSITORY / "README.md").read_text(encoding="utf-8")
