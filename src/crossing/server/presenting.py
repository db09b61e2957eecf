"""What differs when a lesson is served by Voila: as slides, or as one plain page."""

from __future__ import annotations

from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from crossing.server.saving import is_lesson

# The kernel of a JupyterLab server does not know that it is presenting, and the instructor's own answers
# would be on the wall.
_FORGET = 'import os\nos.environ["CROSSING_JOURNAL"] = ":memory:"'


def throw_away_journal(request: Any, notebook: NotebookNode, cwd: str) -> NotebookNode | None:
    """Voila's pre-launch hook: a lesson begins with an empty journal that is never written.

    Notebooks that are not the course's are left alone (None means: no change).
    """
    if not is_lesson(notebook):
        return None
    cell = new_code_cell(_FORGET, metadata={"slideshow": {"slide_type": "skip"}})
    if notebook.get("nbformat_minor", 5) < 5:
        cell.pop("id", None)  # cells have ids from 4.5 on
    notebook.cells.insert(0, cell)
    return notebook

