"""Building the static site: what is taken, what is left out, and what is said when something is missing."""

import ast
import io
import json
import re
import shutil
import zipfile
from importlib.metadata import distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from crossing.site import Problem, command, needs, wheels
from crossing.site.pyodide import LOCK, Distribution

REPOSITORY = Path(__file__).resolve().parents[2]


def folder(tmp_path, python="3.14.2", arch="wasm32", **packages):
    place = tmp_path / "pyodide"
    place.mkdir()
    (place / LOCK).write_text(json.dumps({"info": {"python": python, "arch": arch}, "packages": packages}))
    return place


# --- what the lessons need ---


def test_what_lessons_import_is_read_off_their_source():
    found = needs.imported(command.PACKAGE)
    assert {"numpy", "scipy", "matplotlib", "pint", "anywidget", "traitlets"} <= found
    assert not found & {"jupyterlab", "voila", "nbconvert", "pandas"}


def test_their_needs_are_followed_without_what_only_a_server_uses():
    found = needs.closure({"anywidget", "matplotlib"})
    assert {"ipywidgets", "psygnal", "contourpy", "pillow", "traitlets"} <= set(found)
    assert not set(found) & (needs.LEFT_OUT | {"jupyterlab", "voila", "pexpect"})
    assert all(set(names) <= set(found) for names in found.values())


def test_a_package_that_is_not_installed_is_named():
    with pytest.raises(Problem, match="no-such-package is not installed here"):
        needs.closure({"no-such-package"})


def test_no_lesson_imports_a_part_of_scipy_that_is_left_out():
    """`variance_shares`, which no lesson calls, is the one exception; the site's page says so."""
    unused = re.compile(wheels._UNUSED["scipy"])
    for part in needs.IN_LESSONS:
        for path in (command.PACKAGE / part).rglob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            used = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("scipy.")}
            used |= {f"scipy.{node.attr}" for node in ast.walk(tree)
                     if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "scipy"}
            left_out = {name for name in used if unused.search(name.replace(".", "/") + "/")}
            assert left_out <= ({"scipy.stats"} if path.name == "uncertainty.py" else set()), path


# --- wheels ---


def wheel(**files):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as new:
        for name, text in files.items():
            new.writestr(name, text)
    return made.getvalue()


def test_a_wheel_loses_its_tests_and_its_record_follows():
    files = {"a/__init__.py": "", "a/tests/test_a.py": "x", "a/latest/b.py": "", "a-1.dist-info/RECORD": "a/__init__.py,,\na/tests/test_a.py,,\na/latest/b.py,,\n"}
    slim = wheels.slim("a", wheel(**files))
    with zipfile.ZipFile(io.BytesIO(slim)) as inside:
        assert set(inside.namelist()) == set(files) - {"a/tests/test_a.py"}
        assert inside.read("a-1.dist-info/RECORD").decode() == "a/__init__.py,,\na/latest/b.py,,\n"
    assert wheels.slim("a", wheel(**files)) == slim, "the same wheel gives the same bytes"
    untouched = wheel(**{"a/__init__.py": ""})
    assert wheels.slim("a", untouched) is untouched


def test_scipy_keeps_the_two_parts_that_lessons_use():
    kept = ["scipy/__init__.py", "scipy/linalg/a.so", "scipy/special/b.so", "scipy/_lib/c.py", "scipy.libs/libopenblas.so", "scipy-1.dist-info/METADATA"]
    gone = ["scipy/stats/a.so", "scipy/optimize/b.so", "scipy/special/tests/data.npz", "scipy/sparse/c.so"]
    with zipfile.ZipFile(io.BytesIO(wheels.slim("scipy", wheel(**dict.fromkeys(kept + gone, ""))))) as inside:
        assert inside.namelist() == kept


def test_a_package_left_out_is_there_in_name_only(tmp_path):
    file, data = wheels.absent("jedi")
    with zipfile.ZipFile(io.BytesIO(data)) as inside:
        inside.extractall(tmp_path)
    assert file == "jedi-0-py3-none-any.whl" and wheels.modules(data) == []
    (found,) = distributions(path=[str(tmp_path)])
    assert (found.name, found.version) == ("jedi", "0")


# --- what may be missing ---


def said(capsys, *arguments):
    assert command.main([str(word) for word in arguments]) == 1
    words = capsys.readouterr().err
    assert "Traceback" not in words
    return words


def test_no_such_pyodide(tmp_path, capsys):
    out = tmp_path / "out"
    assert f"--pyodide: {tmp_path / 'none'} does not exist." in said(capsys, "--output", out, "--pyodide", tmp_path / "none")
    archive = tmp_path / "pyodide.tar.bz2"
    archive.write_text("")
    assert "is a file: unpack it" in said(capsys, "--output", out, "--pyodide", archive)
    assert "is no Pyodide: it has no file pyodide-lock.json" in said(capsys, "--output", out, "--pyodide", tmp_path)
    assert not out.exists()


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"info": 3, "packages": {}}'])
def test_a_lock_file_that_is_none(tmp_path, text):
    (tmp_path / LOCK).write_text(text)
    with pytest.raises(Problem, match="cannot be understood"):
        Distribution(str(tmp_path))


def test_a_pyodide_for_another_python_is_refused(tmp_path):
    with pytest.raises(Problem, match=r"for Python 3\.13\.2 .*needs one for Python 3\.14, as in release 314"):
        Distribution(str(folder(tmp_path, python="3.13.2")))


def test_an_unpacked_archive_is_found_one_folder_further_down(tmp_path):
    assert Distribution(str(folder(tmp_path).parent)).folder == tmp_path / "pyodide"


def test_no_network_is_said_with_what_to_do(tmp_path, capsys):
    words = said(capsys, "--output", tmp_path / "out", "--pyodide", "http://127.0.0.1:9/full/")  # nobody answers there
    assert words.startswith("Pyodide could not be fetched from http://127.0.0.1:9/full/") and "--pyodide FOLDER" in words


def test_a_damaged_wheel_is_named(tmp_path):
    place = folder(tmp_path, numpy={"file_name": "numpy-1.whl", "sha256": "0", "version": "1"})
    (place / "numpy-1.whl").write_bytes(b"half of it")
    with pytest.raises(Problem, match=r"numpy-1\.whl is damaged"):
        Distribution(str(place)).wheel("numpy")


def test_a_package_that_pyodide_must_bring_and_does_not(tmp_path):
    with pytest.raises(Problem, match="The lessons need the package micropip: it is neither in"):
        command.packages(tmp_path / "made", Distribution(str(folder(tmp_path))), REPOSITORY, tmp_path)


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path, capsys):
    (tmp_path / "thesis.txt").write_text("")
    assert f"--output: {tmp_path} is not empty, and is no site" in said(capsys, "--output", tmp_path)
    assert "is a file. Name a folder" in said(capsys, "--output", tmp_path / "thesis.txt")
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


# --- the site ---


def kernel_files(site):
    (folder,) = (site / "static").glob("pyodide-*")
    return folder


def test_the_site_holds_the_lessons_and_nothing_twice(site):
    with open(kernel_files(site) / LOCK, encoding="utf-8") as file:
        packages = json.load(file)["packages"]
    here = {path.name for path in kernel_files(site).glob("*.whl")}
    assert here == {entry["file_name"] for entry in packages.values()}
    assert not set(packages) & {"pandas", "jupyterlab", "voila", "parso"}
    assert all(set(entry["depends"]) <= set(packages) for entry in packages.values())
    assert sum(path.stat().st_size for path in kernel_files(site).iterdir()) < 36e6
    assert not list(site.rglob("*.map"))


def test_its_notebooks_and_wheel_are_those_of_the_course(site, tmp_path):
    for path in (REPOSITORY / "notebooks").glob("*.ipynb"):
        ours, theirs = (json.loads(p.read_text(encoding="utf-8")) for p in (path, site / "files/notebooks" / path.name))
        assert theirs["metadata"].pop("kernelspec")["name"] == "python"
        ours["metadata"].pop("kernelspec")
        theirs["metadata"].get("crossing", {}).pop("edition", None)
        assert theirs == ours
    again = wheels.own(REPOSITORY, tmp_path)
    with zipfile.ZipFile(again) as ours, zipfile.ZipFile(next(kernel_files(site).glob("crossing-*.whl"))) as theirs:
        assert {n: ours.read(n) for n in ours.namelist()} == {n: theirs.read(n) for n in theirs.namelist()}


def test_packages_without_compiled_parts_are_those_of_the_pinned_list(site):
    pinned = wheels.pins(REPOSITORY / "requirements.txt")
    packages = json.loads((kernel_files(site) / LOCK).read_text(encoding="utf-8"))["packages"]
    for name, entry in packages.items():
        if name in pinned and "none-any" in entry["file_name"] and name not in ("jedi", "ipykernel"):
            assert entry["version"] == pinned[name]


def test_no_page_of_it_names_another_host_as_a_source(site):
    """Addresses of papers may stand in lessons; what a page or a setting loads is its own."""
    settings = json.loads((site / "jupyter-lite.json").read_text(encoding="utf-8"))["jupyter-config-data"]
    kernel = settings["litePluginSettings"]["@jupyterlite/pyodide-kernel-extension:kernel"]
    assert kernel["disablePyPIFallback"] and kernel["pyodideUrl"] == f"./static/{kernel_files(site).name}/pyodide.mjs"
    for page in site.glob("*.html"):
        assert not re.search(r'(src|href)="https?:', page.read_text(encoding="utf-8"))


def test_built_again_it_takes_the_place_of_the_old_one(site, pyodide, tmp_path):
    old = tmp_path / "site"
    shutil.copytree(site, old)
    (old / "left over.txt").write_text("")
    assert command.main(["--output", str(old), "--pyodide", str(pyodide)]) == 0
    assert {p.relative_to(old) for p in old.rglob("*")} == {p.relative_to(site) for p in site.rglob("*")}


def test_what_the_tools_need_is_pinned_here_or_with_the_course():
    lines = (REPOSITORY / "requirements-site.txt").read_text(encoding="utf-8").splitlines()
    apart = {canonicalize_name(line.split("==")[0]) for line in lines if "==" in line}
    pinned = set(wheels.pins(REPOSITORY / "requirements.txt"))
    from crossing.site import lite
    for found in distributions(path=[str(lite.tools(REPOSITORY / "requirements-site.txt"))]):
        wanted = [r for r in map(Requirement, found.requires or []) if r.marker is None or r.marker.evaluate({"extra": ""})]
        assert {canonicalize_name(r.name) for r in wanted} <= apart | pinned
