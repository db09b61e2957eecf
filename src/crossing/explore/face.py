"""The widget of a panel: one anywidget whose front end is `static/question.js`.

Python sends the blocks to be seen; the page sends what was pressed, with a running number that comes back in `heard`,
so that the page knows whether Python still answers.
"""

import pathlib
import traceback

import anywidget
import traitlets

from .panel import Say, strict

HERE = pathlib.Path(__file__).parent / "static"


class Face(anywidget.AnyWidget):
    """Shows one `Panel`; holds nothing that the panel does not show."""

    _esm = HERE / "question.js"
    _css = HERE / "question.css"

    view = traitlets.Dict().tag(sync=True)
    said = traitlets.Unicode().tag(sync=True)
    error = traitlets.Unicode().tag(sync=True)
    heard = traitlets.Int().tag(sync=True)
    n = traitlets.Int().tag(sync=True)

    def __init__(self, panel):
        self.panel, self._acting = panel, False
        super().__init__(view=self._view())
        self.on_msg(self._asked)
        for book in panel.journals():
            book.on_change(self._changed)

    def _view(self):
        return {"title": self.panel.title, "blocks": self.panel.blocks()}

    def _changed(self, qid):
        if not self._acting:  # otherwise one message follows when the action is done
            self.step()

    def step(self, said="", heard=None):
        """Send what is to be seen now."""
        with self.hold_sync():
            self.view = self._view()
            self.said, self.error, self.panel.error = said, "", ""
            self.n += 1
            if heard is not None:
                self.heard = heard

    def tell(self, problem, heard):
        """Say in one line what went wrong; the page keeps what the learner has filled in."""
        self.panel.error = f"{type(problem).__name__}: {problem}"
        with self.hold_sync():
            self.error = f"This did not work: {problem}. Run the cell again, or press Start this lesson."
            self.n += 1
            self.heard = heard
        if strict():
            raise problem
        traceback.print_exception(problem)

    def _asked(self, _, content, buffers):
        """A button of the page."""
        heard = int(content.get("heard", 0))
        self._acting = True
        try:
            self.step(self.panel.act(content.get("do", ""), content.get("values") or {}) or "", heard)
        except Say as wish:
            with self.hold_sync():
                self.said, self.error = str(wish), ""
                self.n += 1
                self.heard = heard
        except Exception as problem:
            self.tell(problem, heard)
        finally:
            self._acting = False
