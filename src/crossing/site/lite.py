"""JupyterLite around the course: its tools, the notebooks as it wants them, and the built folder without what is not used."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from . import Problem

KERNEL_PLUGIN = "@jupyterlite/pyodide-kernel-extension"
#: Extensions of the page: the kernel, the widgets of Jupyter, the charts of the course, its bar above a lesson.
_WIDGETS = ("@jupyter-widgets/jupyterlab-manager", "anywidget")

#: The kernel's name there. Notebooks say "python3", for which JupyterLite would ask with a dialog.
KERNELSPEC = {"name": "python", "display_name": "Python (in the browser)", "language": "python"}

#: Built and never asked for by a browser of today: fonts in old formats, settings of a bundler, other front doors.
_UNUSED = ("build/fa-*.svg", "build/fa-*.eot", "build/fa-*.ttf", "rspack.config*.js", "doc",
           "jupyterlite.schema.v0.json", "package.json", "lab/package.json", "**/*.map", "static/favicons")


def tools(requirements: Path) -> Path:
    """The folder with JupyterLite, fetched when first wanted or when its list has changed.

    Beside the other packages and not among them: JupyterLab would load the browser's kernel too, and complain.
    Raises Problem when it cannot be fetched or written.
    """
    folder, wanted = Path(sys.prefix) / "site-tools", requirements.read_text(encoding="utf-8")
    stamp = folder / "course-ready"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return folder
    print("Fetching JupyterLite (the first time only) ...", flush=True)
    try:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        command = ["-m", "pip", "--disable-pip-version-check", "install", "-q", "--no-deps", "--only-binary", ":all:",
                   "--target", folder, "-r", requirements]
        done = subprocess.run([sys.executable, *map(str, command)], capture_output=True, text=True)
        if done.returncode:
            said = "\n  ".join(line[:300] for line in done.stderr.splitlines() if "ERROR" in line)
            raise Problem(f"JupyterLite could not be fetched: see that this computer has a network. pip said:\n  {said}")
        stamp.write_text(wanted, encoding="utf-8")
    except OSError as error:
        raise Problem(f"{folder} could not be written ({error.strerror}). Run this from an environment of your own: "
                      "`python3 course.py site` makes one.") from None
    return folder


def kernel_wheels(tools: Path) -> list[Path]:
    """The wheels that JupyterLite's kernel brings itself: stand-ins for what a server has, and the kernel."""
    folder = tools / "share/jupyter/labextensions" / KERNEL_PLUGIN / "static/pypi"
    return [next(folder.glob(name)) for name in ("piplite-*.whl", "pyodide_kernel-*.whl", "ipykernel-*.whl")]


def notebook(text: str) -> str:
    """A notebook as JupyterLite wants it: the same, with the kernel that is there, and marked with its edition.

    By the mark the page sees that the copy a browser has kept is of an earlier edition (`site.js`).
    """
    content = json.loads(text)
    content["metadata"]["kernelspec"] = KERNELSPEC
    if "crossing" in content["metadata"]:
        content["metadata"]["crossing"]["edition"] = hashlib.sha256(text.encode()).hexdigest()[:12]
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def extensions(repository: Path, tools: Path) -> list[Path]:
    """Folders of the page's extensions. Raises Problem for one that is not installed."""
    from jupyter_core.paths import jupyter_path

    found = [tools / "share/jupyter/labextensions" / KERNEL_PLUGIN, repository / "jupyter/share/jupyter/labextensions/crossing-lessons"]
    for name in _WIDGETS:
        places = [Path(place) / name for place in jupyter_path("labextensions")]
        there = next((place for place in places if (place / "package.json").exists()), None)
        if there is None:
            raise Problem(f"JupyterLab's extension {name} is not installed here. `python3 course.py` installs everything.")
        found.append(there)
    return found


def build(lite: Path, output: Path, tools: Path, extensions: list[Path], packages: list[str]):
    """Run JupyterLite's own build on `lite` (with `files/` and `static/pyodide/`), and tidy up after it."""
    settings = {"appName": "Crossing the Barrier", "crossingSite": "true", "litePluginSettings": {
        f"{KERNEL_PLUGIN}:kernel": {"disablePyPIFallback": True, "loadPyodideOptions": {"packages": packages}}}}
    (lite / "jupyter-lite.json").write_text(json.dumps({"jupyter-lite-schema-version": 0, "jupyter-config-data": settings}))
    (lite / "jupyter_lite_config.json").write_text(json.dumps({"LiteBuildConfig": {
        "apps": ["lab"], "contents": ["files"], "output_dir": str(output), "ignore_sys_prefix": ["federated_extensions"],
        "federated_extensions": [str(path) for path in extensions], "no_sourcemaps": True, "no_unused_shared_packages": True}}))
    environment = dict(os.environ, PYTHONPATH=os.pathsep.join(filter(None, [str(tools), os.environ.get("PYTHONPATH")])))
    done = subprocess.run([sys.executable, "-m", "jupyterlite_core", "build"], cwd=lite, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise Problem("JupyterLite could not build the site. Its last words:\n  " + "\n  ".join((done.stdout + done.stderr).splitlines()[-12:]))
    for pattern in _UNUSED:
        for path in list(output.glob(pattern)):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def name_by_content(output: Path) -> Path:
    """Give Pyodide's folder a name of its own for this content, and return it.

    A browser that kept files of an earlier edition then never mixes them with these; a server may say "keep for ever".
    """
    old = output / "static/pyodide"
    edition = hashlib.sha256((old / "pyodide-lock.json").read_bytes()).hexdigest()[:12]
    new = old.rename(old.with_name(f"pyodide-{edition}"))
    settings = output / "jupyter-lite.json"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("./static/pyodide/", f"./static/{new.name}/"), encoding="utf-8")
    return new
