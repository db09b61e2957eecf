"""A lesson small enough to test the house around lessons: saving, opening, presenting.

The course's own notebooks test themselves elsewhere; here every cell is there to catch one thing.
"""

from __future__ import annotations

import base64
import struct
import zlib
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

# An anywidget as the course's charts are: a native range with a label, words worked out by the kernel, a
# picture and the same words for when there is no kernel.
LEVEL = '''
import anywidget, traitlets

class Level(anywidget.AnyWidget):
    _esm = """
    function render({ model, el }) {
      const id = 'level-' + Math.random();
      el.innerHTML = `<figure class="level">
        <label for="${id}">Rate</label>
        <input id="${id}" type="range" min="0" max="10" step="1" data-lm-suppress-shortcuts="true">
        <svg viewBox="0 0 800 400" width="100%"><rect x="0" y="0" width="800" height="400" fill="#e6f0fa"/>
          <path d="M20 380 L 780 60" stroke="#0072b2" stroke-width="6"/></svg>
        <figcaption></figcaption></figure>`;
      const input = el.querySelector('input'), words = el.querySelector('figcaption');
      const show = () => { input.value = model.get('rate'); words.textContent = model.get('words'); };
      input.addEventListener('input', () => { model.set('rate', Number(input.value)); model.save_changes(); });
      model.on('change', show);
      show();
    }
    export default { render };
    """
    name = traitlets.Unicode("")
    rate = traitlets.Int(3).tag(sync=True)
    words = traitlets.Unicode("").tag(sync=True)

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.observe(self._write, "rate")
        self._write()

    def _write(self, change=None):
        self.words = f"{self.name}: twice {self.rate} is {2 * self.rate}."

    def _repr_mimebundle_(self, **kwargs):
        data, *rest = super()._repr_mimebundle_(**kwargs)
        words = self.words
        data["text/plain"] = words
        data["text/html"] = (f'<figure><img alt="A chart. {words}" width="400" '
                             f'src="data:image/png;base64,PICTURE"><figcaption>{words}</figcaption></figure>')
        return data, {}
'''


def png(width: int = 400, height: int = 200, colour: tuple[int, int, int] = (0, 114, 178)) -> str:
    """A plain picture, base64: enough for a browser to say whether it was drawn, and how wide."""
    row = b"\0" + bytes(colour) * width
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    picture = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(row * height)) + chunk(b"IEND", b"")
    return base64.b64encode(picture).decode()


def figure(words: str) -> str:
    """What a chart leaves in the notebook for when nobody is there to move it."""
    return (f'<figure><img alt="A chart. {words}" width="400" src="data:image/png;base64,{png()}">'
            f"<figcaption>{words}</figcaption></figure>")


def saved_output(words: str, view: bool = False) -> nbformat.NotebookNode:
    """One chart's stored output; `view` adds the reference to a widget that no longer exists."""
    data = {"text/html": figure(words), "text/plain": words}
    if view:
        data["application/vnd.jupyter.widget-view+json"] = {
            "model_id": "0123456789abcdef0123456789abcdef", "version_major": 2, "version_minor": 1}
    return new_output("display_data", data=data, metadata={})


def chart(name: str, slide: str = "slide") -> nbformat.NotebookNode:
    """A cell that shows one live chart, with the picture a clone would show stored under it."""
    cell = new_code_cell(f'Level(name="{name}")', execution_count=1, metadata={"slideshow": {"slide_type": slide}})
    cell.outputs = [saved_output(f"{name}: twice 3 is 6.")]
    return cell


def text(source: str, slide: str = "-") -> nbformat.NotebookNode:
    return new_markdown_cell(source, metadata={"slideshow": {"slide_type": slide}})


def notebook(lesson: str | None = "04", pause: float = 0.0) -> nbformat.NotebookNode:
    """The small lesson.

    `lesson` is what marks a notebook as the course's; None makes somebody else's notebook of it.
    `pause` seconds are spent in every fourth cell, for tests that watch the progress.
    """
    cells = [
        text("# Why not simply give a bigger dose?\n\nAbout 40 to 50 min. Illustrative, non-clinical.", "slide"),
        new_code_cell(LEVEL.replace("PICTURE", png()), metadata={"slideshow": {"slide_type": "skip"}}),
        text("Say this aloud: ask the room for hands first.", "notes"),
        text("## First section\n\nA short text, one idea.", "slide"),
        chart("First", "-"),
        text("A line that comes later.", "fragment"),
        text("### Under it\n\nOne step down.", "subslide"),
        chart("Second", "-"),
        new_code_cell('import os; print("Journal:", os.environ.get("CROSSING_JOURNAL"))',
                      metadata={"slideshow": {"slide_type": "-"}}),
        text("Only for the reader at home.", "skip"),
    ]
    for number in range(3, 7):
        cells.append(text(f"## Section {number}\n\n" + "Some words to make it long. " * 40, "slide"))
        if pause:
            cells.append(new_code_cell(f"import time; time.sleep({pause})", metadata={"slideshow": {"slide_type": "skip"}}))
        cells.append(chart(f"Chart {number}", "-"))
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number:02d}"
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
                "language_info": {"name": "python"}}
    if lesson:
        metadata["crossing"] = {"lesson": lesson}
    return new_notebook(cells=cells, metadata=metadata)


def write(path: Path, **kwargs) -> Path:
    nbformat.write(notebook(**kwargs), path)
    return path
