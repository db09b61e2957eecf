"""Which packages the lessons import, and what those need in turn: read off the source, so that no list falls behind."""

from __future__ import annotations

import ast
import sys
from importlib.metadata import PackageNotFoundError, packages_distributions, requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from . import Problem

#: The parts of the package that run in a lesson. The rest (slides, handouts, this) runs on a computer only.
IN_LESSONS = ("facts", "models", "explore", "lessons")

#: What the kernel itself stands on.
KERNEL = ("micropip", "ipython", "comm")

#: Named as needed, and never imported by a lesson: the server's halves of widgets, Tab completion by guessing at source
#: (IPython's own, from the living objects, stays), fonts for PDF files, and all of a terminal.
LEFT_OUT = frozenset({"jupyterlab-widgets", "widgetsnbextension", "jedi", "parso", "fonttools", "prompt-toolkit", "wcwidth",
                      "pexpect", "ptyprocess", "tzdata"})

PYTHON = "3.14"
#: The browser, as markers of requirements see it.
BROWSER = {"sys_platform": "emscripten", "platform_system": "Emscripten", "os_name": "posix", "platform_machine": "wasm32",
           "python_version": PYTHON, "python_full_version": PYTHON + ".0", "implementation_name": "cpython",
           "platform_python_implementation": "CPython", "extra": ""}


def imported(package: Path) -> set[str]:
    """Names of the distributions that the lesson parts of the package import."""
    libraries = set()
    for part in IN_LESSONS:
        for path in (package / part).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    libraries |= {name.name.split(".")[0] for name in node.names}
                elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
                    libraries.add(node.module.split(".")[0])
    homes = packages_distributions()
    return {canonicalize_name(homes[name][0]) for name in libraries - set(sys.stdlib_module_names) - {"crossing"}}


def closure(roots) -> dict[str, list[str]]:
    """Each distribution that must be there for `roots`, with the ones it needs. Raises Problem for one not installed here."""
    found, waiting = {}, sorted(roots)
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        try:
            lines = requires(name) or []
        except PackageNotFoundError:
            if name not in KERNEL:  # the kernel's own come with Pyodide
                raise Problem(f"The package {name} is not installed here, so what it needs is not known. "
                              "`python3 course.py` installs everything.") from None
            lines = []
        needs = {canonicalize_name(r.name) for r in map(Requirement, lines) if r.marker is None or r.marker.evaluate(BROWSER)}
        found[name] = sorted(needs - LEFT_OUT)
        waiting += found[name]
    return found
