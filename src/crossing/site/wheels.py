"""Wheels for the browser: the course's own, pure ones of the pinned list, and what is left out of a wheel."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from . import Problem
from .needs import PYTHON

#: What is left out of every wheel and of two large ones: never imported by a lesson, and each compiled part of it would
#: be loaded at every start. The lessons use scipy.linalg and scipy.special; matplotlib needs its fonts for formulas too.
_TESTS = r"(^|/)tests?/"
_UNUSED = {
    "scipy": r"^scipy/(?!linalg/|special/|_lib/|_external/|[^/]*$)|^scipy/special/cython_special",
    "matplotlib": r"^matplotlib/mpl-data/(sample_data|images|fonts/(afm|pdfcorefonts|ttf/DejaVuSerif))",
}


def pins(requirements: Path) -> dict[str, str]:
    """Name -> version of the pinned list."""
    lines = (line.split("#")[0].split(";")[0].strip() for line in requirements.read_text(encoding="utf-8").splitlines())
    pinned = (Requirement(line) for line in lines if "==" in line)
    return {canonicalize_name(pin.name): next(iter(pin.specifier)).version for pin in pinned}


def own(repository: Path, folder: Path) -> Path:
    """Build the course's wheel, the same that pip installs. It needs no network."""
    _pip("wheel", "--no-deps", "--no-build-isolation", "--no-index", "-w", folder, repository, what="The course's own wheel could not be built")
    return next(folder.glob("crossing-*.whl"))


def pure(wanted: dict[str, str], folder: Path) -> dict[str, Path]:
    """Fetch wheels without compiled parts with pip: name -> file. `wanted`: name -> version."""
    if not wanted:
        return {}
    folder.mkdir()
    _pip("download", "--no-deps", "--only-binary", ":all:", "--platform", "any", "--implementation", "py", "--abi", "none",
         "--python-version", PYTHON, "-d", folder, *(f"{name}=={version}" for name, version in sorted(wanted.items())),
         what="The packages that Pyodide does not carry could not be fetched")
    return {canonicalize_name(path.name.split("-")[0]): path for path in folder.glob("*.whl")}


def _pip(*arguments, what: str):
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if "ERROR" in line or "error" in line]
        raise Problem(f"{what}: see that this computer has a network. pip said:\n  " + "\n  ".join(line[:300] for line in said[-4:]))


def slim(name: str, data: bytes) -> bytes:
    """The wheel without what no lesson uses; the same bytes for the same wheel."""
    unused = re.compile("|".join(filter(None, [_TESTS, _UNUSED.get(name)])))
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        gone = {info.filename for info in old.infolist() if unused.search(info.filename)}
        if not gone:
            return data
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new:
            for info in old.infolist():
                if info.filename in gone:
                    continue
                content = old.read(info)
                if info.filename.endswith(".dist-info/RECORD"):
                    lines = content.decode().splitlines(keepends=True)
                    content = "".join(line for line in lines if line.split(",")[0] not in gone).encode()
                new.writestr(zipfile.ZipInfo(info.filename, info.date_time), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def modules(data: bytes) -> list[str]:
    """The top-level modules a wheel brings: what an import is recognised by."""
    found = set()
    with zipfile.ZipFile(io.BytesIO(data)) as wheel:
        for name in wheel.namelist():
            first, _, rest = name.partition("/")
            if not first.endswith((".dist-info", ".data", ".libs")) and (rest or first.endswith(".py")):
                found.add(first.removesuffix(".py"))
    return sorted(found)


def absent(name: str) -> tuple[str, bytes]:
    """(file name, bytes) of a wheel that says `name` is installed and brings nothing.

    JupyterLite's kernel asks for jedi by name, and IPython does well without it when it cannot be imported.
    """
    made = io.BytesIO()
    folder = f"{name}-0.dist-info"
    with zipfile.ZipFile(made, "w") as wheel:
        for file, content in {
            "METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 0\nSummary: Left out of this site\n",
            "WHEEL": "Wheel-Version: 1.0\nGenerator: crossing.site\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
            "RECORD": "",
        }.items():
            wheel.writestr(zipfile.ZipInfo(f"{folder}/{file}"), content)
    return f"{name}-0-py3-none-any.whl", made.getvalue()
