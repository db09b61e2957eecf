"""Show a lesson as slides: `python -m crossing.present 04`, which is what `python3 course.py present 04` calls.

The lesson runs as it stands on the disk, in a kernel of its own, with an empty journal that is thrown away: nobody's
guesses are on the wall.  Voila (voila.readthedocs.io) serves it on this computer only.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import socket
import sys
import webbrowser
from pathlib import Path

TEMPLATE = "crossing"

#: JupyterLab extensions the slides need. Others on this computer expect a whole JupyterLab and complain without one.
EXTENSIONS = ["@jupyter-widgets/jupyterlab-manager", "@voila-dashboards/widgets-manager8", "anywidget"]


def notebooks_folder() -> Path | None:
    """Where the lessons are: here, in `notebooks` here, or beside the package when it runs from its repository."""
    here, package = Path.cwd(), Path(__file__).resolve()
    for folder in (here / "notebooks", here, package.parents[2] / "notebooks"):
        if any(lesson_number(path) for path in folder.glob("*.ipynb")):
            return folder
    return None


def lesson_number(path: Path) -> str | None:
    """The lesson's number, "04", from the notebook's metadata; None when it is not a lesson."""
    try:
        lesson = json.loads(path.read_text(encoding="utf-8"))["metadata"]["crossing"]["lesson"]
    except (OSError, ValueError, LookupError, TypeError):
        return None
    return lesson if isinstance(lesson, str) else None


def title(path: Path) -> str:
    """The question a lesson asks: its first heading, or the file's name."""
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "markdown":
            heading = re.search(r"^# (.+)$", "".join(cell["source"]), re.MULTILINE)
            if heading:
                return heading[1].strip()
    return path.stem


def lessons(folder: Path) -> dict[str, Path]:
    """Number -> notebook, in the order of the course."""
    found = {number: path for path in sorted(folder.glob("*.ipynb")) if (number := lesson_number(path))}
    return dict(sorted(found.items()))


def listing(folder: Path) -> str:
    """Number and title of each lesson, a line each."""
    return "\n".join(f"  {number}  {title(path)}" for number, path in lessons(folder).items())


def choose(wanted: str, folder: Path) -> Path | None:
    """The notebook meant by "04", "4", its file name, or a path; None when there is no such lesson."""
    known = lessons(folder)
    for number, path in known.items():
        if wanted in (number, path.name, path.stem) or (wanted.isdigit() and int(wanted) == int(number)):
            return path
    named = Path(wanted)
    return named if named.suffix == ".ipynb" and lesson_number(named) else None


def free_port() -> int:
    """A port nobody uses.  It could be taken before Voila binds it; Voila then tries the next ones."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def serve(notebook: Path, port: int, browser: bool) -> None:
    """Run Voila on the notebook until it is interrupted."""
    from voila.app import Voila

    # Kernels inherit this.
    os.environ["CROSSING_JOURNAL"] = ":memory:"

    class Slides(Voila):
        def launch_browser(self):  # called once the port is bound, whatever port it came to be
            address = f"http://localhost:{self.port}/"
            print(f"{title(notebook)}\n\n  {address}\n", flush=True)
            print("Right goes from vote to chart, space through everything; S opens your notes and a clock, F fills the screen. Stop with Ctrl-C.", flush=True)
            if browser:
                webbrowser.open(address)

    slides = Slides()
    slides.initialize([
        str(notebook), f"--template={TEMPLATE}", "--theme=light", f"--port={port}", "--Voila.ip=127.0.0.1",
        "--Voila.log_level=WARN", "--show_tracebacks=True",
        *(f"--VoilaConfiguration.extension_allowlist={name}" for name in EXTENSIONS),
    ])  # fmt: skip
    slides.start()


def template_is_installed() -> bool:
    """Whether Voila's template for slides is where Jupyter looks for it."""
    from jupyter_core.paths import jupyter_path

    return any(Path(root, "templates", TEMPLATE, "index.html.j2").exists() for root in jupyter_path("voila"))


def main(arguments: list[str] | None = None) -> int:
    """Run `course.py present`."""
    parser = argparse.ArgumentParser(
        prog="python3 course.py present", description="Show a lesson as slides. Without a lesson: list them.")
    parser.add_argument("lesson", nargs="?", help="its number (04) or its notebook")
    parser.add_argument("--no-browser", action="store_true", help="print the address, open nothing")
    parser.add_argument("--port", type=int, default=0, help="a port of your choice; otherwise a free one")
    options = parser.parse_args(arguments)

    folder = notebooks_folder()
    if folder is None:
        print("No lessons found: run this in the folder of the course.", file=sys.stderr)
        return 1
    if options.lesson is None:
        print(f"Lessons:\n{listing(folder)}\nShow one as slides with: python3 course.py present 04")
        return 0
    notebook = choose(options.lesson, folder)
    if notebook is None:
        print(f'There is no lesson "{options.lesson}". There are:\n{listing(folder)}', file=sys.stderr)
        return 2
    if not template_is_installed():
        print("The slides are not installed. `python3 course.py` installs everything.", file=sys.stderr)
        return 1

    try:
        serve(notebook, options.port or free_port(), browser=not options.no_browser)
    except KeyboardInterrupt:
        pass
    return 0


if __name__ == "__main__":
    sys.exit(main())
