"""`python3 course.py site --output DIR`: build the course as static files that any web server can serve."""

from __future__ import annotations

import argparse
import hashlib
import html
import json
import shutil
import string
import sys
import tempfile
from pathlib import Path

from .. import __version__
from ..present import lessons, title
from . import Problem, lite, needs, wheels
from .pyodide import CORE, LOCK, OFFICIAL, Distribution

REPOSITORY = Path(__file__).resolve().parents[3]
PACKAGE = Path(__file__).resolve().parents[1]
#: Written last into every site: says that the folder is one of ours, tells the start page what there is to fetch, and
#: tells a lesson whether the browser's copy is of this edition.
MARK = "site.json"
#: Loaded while the kernel starts, not when first imported.
PRELOADED = ("micropip", "piplite", "ipykernel", "comm", "pyodide-kernel", "ipython", "jedi", "crossing")


def packages(folder: Path, distribution: Distribution, repository: Path, tools: Path):
    """Put Pyodide with exactly the packages of the lessons into `folder`: core, slimmed wheels, a lock file of its own."""
    imported = needs.imported(PACKAGE)
    needed = needs.closure(imported | set(needs.KERNEL))
    pinned = wheels.pins(repository / "requirements.txt")
    from_pyodide, from_pip = {}, {}
    for name in needed:
        entry = distribution.packages.get(name)
        if entry and ("wasm32" in entry["file_name"] or entry["version"] == pinned.get(name, entry["version"])):
            from_pyodide[name] = entry["version"]
        elif name in pinned:
            from_pip[name] = pinned[name]
        else:
            raise Problem(f"The lessons need the package {name}: it is neither in {distribution} nor in requirements.txt.")
    folder.mkdir(parents=True)
    for name in CORE:
        (folder / name).write_bytes(distribution.read(name))
    lock = {"info": distribution.lock["info"], "packages": {}}

    def add(name, version, file, data, depends):
        (folder / file).write_bytes(data)
        lock["packages"][name] = {"name": name, "version": version, "file_name": file, "install_dir": "site",
                                  "sha256": hashlib.sha256(data).hexdigest(), "package_type": "package",
                                  "imports": wheels.modules(data), "depends": depends, "unvendored_tests": False}

    with tempfile.TemporaryDirectory() as scratch:
        fetched = wheels.pure(from_pip, Path(scratch) / "pure")
        for name, version in sorted((from_pyodide | from_pip).items()):
            file, data = (fetched[name].name, fetched[name].read_bytes()) if name in fetched else distribution.wheel(name)
            add(name, version, file, wheels.slim(name, data), needed[name])
        own = wheels.own(repository, Path(scratch))
        kernel = {"piplite": ["micropip"], "pyodide-kernel": ["ipython", "comm"], "ipykernel": ["ipython"]}
        for path in lite.kernel_wheels(tools):
            name, version = path.name.replace("_", "-").split("-py3")[0].rsplit("-", 1)
            add(name, version, path.name, path.read_bytes(), kernel[name])
        add("crossing", __version__, own.name, own.read_bytes(), sorted(imported | {"ipywidgets"}))
        add("jedi", "0", *wheels.absent("jedi"), [])
    (folder / LOCK).write_text(json.dumps(lock))


def start_page(output: Path, notebooks: Path, pyodide: Path):
    """The page that people open: what it is, how long it takes, the lessons; and the list of what it fetches ahead."""
    fetched = sorted([*pyodide.iterdir(), *output.glob("build/jlab_core.*.js")])
    files = [{"path": path.relative_to(output).as_posix(), "bytes": path.stat().st_size} for path in fetched]
    total = sum(file["bytes"] for file in files)
    rows = [f'<li><a data-lesson href="lab/index.html?workspace={number}&amp;path=notebooks/{path.name}">'
            f"<b>{number}</b> {html.escape(title(path))}</a></li>" for number, path in lessons(notebooks).items()]
    source = Path(__file__).parent / "start"
    page = string.Template((source / "index.html").read_text(encoding="utf-8"))
    (output / "index.html").write_text(page.substitute(megabytes=round(total / 1e6), lessons="\n".join(rows)), encoding="utf-8")
    for name in ("start.css", "start.js"):
        shutil.copy(source / name, output / name)
    editions = {f"notebooks/{path.name}": json.loads(path.read_text(encoding="utf-8"))["metadata"]["crossing"]["edition"]
                for path in lessons(output / "files/notebooks").values()}
    about = {"course": __version__, "edition": pyodide.name, "bytes": total, "files": files, "lessons": editions}
    (output / MARK).write_text(json.dumps(about, indent=1))


def build(output: Path, place: str, repository: Path = REPOSITORY) -> Path:
    """Build the site for `output`, which is empty, missing or an earlier site. Raises Problem; then `output` is as it was."""
    output = output.expanduser().absolute()
    if not (repository / "notebooks").is_dir():
        raise Problem("The lessons are not here: run this in the folder of the course.")
    if output.exists() and not output.is_dir():
        raise Problem(f"--output: {output} is a file. Name a folder.")
    if output.is_dir() and any(output.iterdir()) and not (output / MARK).exists():
        raise Problem(f"--output: {output} is not empty, and is no site built by this command. Name another folder, or empty it.")
    distribution = Distribution(place)
    tools = lite.tools(repository / "requirements-site.txt")
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=output.parent, prefix=".site-") as scratch:
            work, made = Path(scratch) / "lite", Path(scratch) / "site"
            for folder in ("notebooks", "data"):
                (work / "files" / folder).mkdir(parents=True)
            for path in (repository / "notebooks").glob("*.ipynb"):
                (work / "files/notebooks" / path.name).write_text(lite.notebook(path.read_text(encoding="utf-8")), encoding="utf-8")
            for path in [*(repository / "data").glob("*.csv"), *(repository / "data").glob("*.md")]:
                shutil.copy(path, work / "files/data" / path.name)
            print(f"Taking what the lessons import from {distribution} ...", flush=True)
            packages(work / "static/pyodide", distribution, repository, tools)
            print("Building ...", flush=True)
            lite.build(work, made, tools, lite.extensions(repository, tools), list(PRELOADED))
            start_page(made, repository / "notebooks", lite.name_by_content(made))
            if output.exists():
                shutil.rmtree(output)
            made.rename(output)
    except OSError as error:
        raise Problem(f"The site could not be written to {error.filename or output}: {error.strerror}.") from None
    return output


def main(arguments: list[str] | None = None) -> int:
    """Run `course.py site`."""
    parser = argparse.ArgumentParser(prog="python3 course.py site", description="The course as static files: Python runs in the browser.")
    parser.add_argument("--output", type=Path, required=True, metavar="DIR", help="where the site goes: a new, an empty or an earlier site's folder")
    parser.add_argument("--pyodide", default=OFFICIAL, metavar="DIR_OR_URL", help="a Pyodide distribution (default: its official release)")
    options = parser.parse_args(arguments)
    try:
        output = build(options.output, options.pyodide)
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 1
    size = sum(path.stat().st_size for path in output.rglob("*") if path.is_file())
    print(f"{output}: {size / 1e6:.0f} MB. To see it:\n  python3 -m http.server --bind 127.0.0.1 --directory {output} 8000\n"
          "then open http://127.0.0.1:8000/. docs/for_a_class.md says how to put it on a web server.")
    return 0
