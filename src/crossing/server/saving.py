"""What is kept of a lesson when it is saved.

A chart's output holds three things: a reference to a live widget, a picture with its words (text/html), and the
words alone (text/plain).  The widget dies with its kernel.  JupyterLab still prefers the reference when the notebook
is opened again, and shows "Error displaying widget: model not found" where the chart was.  So the reference is left
out of the file.  The page the learner is looking at is not touched: only what is written to the disk changes.
"""

from __future__ import annotations

from typing import Any

VIEW = "application/vnd.jupyter.widget-view+json"
READABLE = ("text/html", "image/png", "text/plain")  # any of these can stand in for the widget


def is_lesson(content: Any) -> bool:
    """Whether this is a notebook of the course (its metadata say `"crossing": {...}`), not the learner's own."""
    return isinstance(content, dict) and "crossing" in content.get("metadata", {})


def strip_widgets(content: dict[str, Any]) -> dict[str, Any]:
    """Remove references to live widgets from a notebook's outputs, in place, and return it.

    An output keeps its widget when it carries nothing a reader could see instead.  `metadata.widgets`, the saved
    state of all widgets, goes too: nothing refers to it any more, and it weighs more than the pictures.
    """
    for cell in content.get("cells", []):
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if VIEW in data and any(kind in data for kind in READABLE):
                del data[VIEW]
                output.get("metadata", {}).pop(VIEW, None)
    content.get("metadata", {}).pop("widgets", None)
    return content


def without_dead_widgets(*, model: dict[str, Any], **_: Any) -> None:
    """The pre-save hook (see Jupyter Server's `ContentsManager.pre_save_hook`): acts on the course's notebooks only."""
    if model.get("type") == "notebook" and is_lesson(model.get("content")):
        strip_widgets(model["content"])
