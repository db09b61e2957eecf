"""Execute the lessons' notebooks and save their results, so that the same code gives the same file to the byte.

``python3 course.py refresh``           all notebooks
``python3 course.py refresh 00 04``     only these lessons
``python3 course.py refresh --check``   save nothing; exit with 1 where a notebook would change

A notebook with an error is left as it was, and named with its cell.
"""

import argparse
import json
import os
import sys
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellControlSignal, DeadKernelError

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
WIDGET = "application/vnd.jupyter.widget-view+json"
SECONDS_PER_CELL = 120

# The same on every machine: a patch release of Python must not change ten files.
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
LANGUAGE = {"name": "python", "file_extension": ".py", "mimetype": "text/x-python"}


class CellFailed(Exception):
    """A cell raised an error, took too long or ended its kernel; the text names notebook and cell."""


def refreshed(path):
    """Return the text of the notebook at `path` as a fresh kernel makes it; nothing is saved.

    Raises CellFailed where a cell does not run through.
    """
    notebook = nbformat.reads(_with_ids(Path(path).read_text(encoding="utf-8")), as_version=4)
    _run(notebook, Path(path))
    return nbformat.writes(_settled(notebook)).rstrip("\n") + "\n"


def refresh(paths, check=False, say=print):
    """Refresh the notebooks at `paths`; return (names that changed, messages of those that failed).

    With `check` nothing is saved. `say` gets a line for each notebook.
    """
    changed, failed = [], []
    for path in map(Path, paths):
        start = time.monotonic()
        try:
            text = refreshed(path)
        except CellFailed as error:
            failed.append(str(error))
            say(f"{path.name}: failed")
            continue
        same = text == path.read_text(encoding="utf-8")
        if not same:
            changed.append(path.name)
            if not check:
                path.write_text(text, encoding="utf-8", newline="\n")
        state = "unchanged" if same else "would change" if check else "saved"
        say(f"{path.name}: {state} ({time.monotonic() - start:.0f} s)")
    return changed, failed


def main(arguments=None):
    """Run `course.py refresh`."""
    parser = argparse.ArgumentParser(prog="course.py refresh", description=__doc__.split("\n")[0])
    parser.add_argument("lessons", nargs="*", metavar="NN", help="numbers of lessons; none: all")
    parser.add_argument("--check", action="store_true", help="save nothing; exit with 1 where a notebook would change")
    options = parser.parse_args(arguments)
    paths = sorted(NOTEBOOKS.glob("*.ipynb"))
    for number in options.lessons:
        if not any(path.name.startswith(number) for path in paths):
            parser.error(f"there is no notebook {number}; there are: {', '.join(path.stem for path in paths)}")
    if options.lessons:
        paths = [path for path in paths if path.name.startswith(tuple(options.lessons))]
    changed, failed = refresh(paths, options.check, lambda line: print(line, flush=True))
    for message in failed:
        print("\n" + message, file=sys.stderr)
    if changed and options.check:
        print(f"\nNot as the code makes them: {', '.join(changed)}.", file=sys.stderr)
        print("`python3 course.py refresh` saves them.", file=sys.stderr)
    return 1 if failed or (changed and options.check) else 0


def _with_ids(text):
    """Give cells without an id one that stays; nbformat would draw a new one each time."""
    notebook = json.loads(text)
    taken = {cell.get("id") for cell in notebook["cells"]}
    for number, cell in enumerate(notebook["cells"]):
        if "id" not in cell:
            cell["id"] = next(name for name in _names(number) if name not in taken)
            taken.add(cell["id"])
    notebook["nbformat"], notebook["nbformat_minor"] = 4, 5
    return json.dumps(notebook)


def _names(number):
    yield f"cell-{number}"
    yield from (f"cell-{number}-{again}" for again in range(2, 1000))


def _run(notebook, path):
    at = {}  # the cell at work, for the message
    client = NotebookClient(
        notebook,
        timeout=SECONDS_PER_CELL,
        kernel_name="python3",
        resources={"metadata": {"path": str(path.parent)}},  # lessons are read from their own folder
        store_widget_state=False,
        record_timing=False,
        extra_arguments=["--IPKernelApp.log_level=40"],  # its remarks on networks are not for learners
        coalesce_streams=True,  # print() may arrive in one piece or in several
        on_cell_execute=lambda cell, cell_index: at.update(index=cell_index),
    )
    try:
        # Nobody's answers may get into a saved notebook.
        client.execute(env=dict(os.environ, CROSSING_JOURNAL=":memory:"))
    except (CellControlSignal, DeadKernelError) as error:
        cell = notebook.cells[at["index"]]
        number = sum(each.cell_type == "code" for each in notebook.cells[: at["index"] + 1])
        what = f"{error.ename}: {error.evalue}" if hasattr(error, "ename") else str(error).strip().splitlines()[0]
        source = "\n".join("    " + line for line in cell.source.splitlines())
        raise CellFailed(f"{path.name}, code cell {number} (id {cell.id}):\n{source}\n  {what}") from error


def _settled(notebook):
    """Take out what would differ from run to run, or would be dead when the notebook is opened without its kernel."""
    notebook.metadata.pop("widgets", None)
    notebook.metadata.kernelspec = dict(KERNEL)
    notebook.metadata.language_info = dict(LANGUAGE)
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", []):
            for bundle in (output.get("data"), output.get("metadata")):
                if bundle:
                    bundle.pop(WIDGET, None)
        if "outputs" in cell:
            cell.outputs = [each for each in cell.outputs if each.get("data", True)]
    return notebook


if __name__ == "__main__":
    sys.exit(main())
