"""The widget of an explorable: one anywidget whose front end is `static/explorable.js`.

One message a step: the whole of `parts`, the words and a counter `n` in one update; the front end listens to `n`
alone. The page sends positions of controls (`values`) and a running number; the answer carries that number back
(`heard`), so that the page knows whether Python still answers.
"""

import pathlib
import traceback

import anywidget
import traitlets

from .explorable import strict

HERE = pathlib.Path(__file__).parent / "static"


class View(anywidget.AnyWidget):
    """Shows one `Explorable`; holds no state that the explorable does not have."""

    _esm = HERE / "explorable.js"
    _css = HERE / "explorable.css"

    face = traitlets.Dict().tag(sync=True)
    values = traitlets.Dict().tag(sync=True, echo_update=False)
    svg = traitlets.Unicode().tag(sync=True)
    parts = traitlets.Dict().tag(sync=True)
    ghosts = traitlets.Dict().tag(sync=True)
    words = traitlets.Unicode().tag(sync=True)
    error = traitlets.Unicode().tag(sync=True)
    guess = traitlets.Unicode().tag(sync=True)
    veiled = traitlets.Bool().tag(sync=True)
    pinned = traitlets.Unicode().tag(sync=True)
    behind = traitlets.Dict().tag(sync=True)
    heard = traitlets.Int().tag(sync=True)
    n = traitlets.Int().tag(sync=True)

    def __init__(self, explorable):
        self.explorable = explorable
        self._signature = None
        self._from_page, self._heard = False, 0
        super().__init__(face=self._face())
        self.step()
        explorable.on_step(self.step)
        self.observe(self._moved, "values")
        self.on_msg(self._asked)
        if explorable.guess:
            explorable._journal.on_commit(explorable.guess, lambda *_: self.step())

    def _face(self):
        e = self.explorable
        return {
            "title": e.title, "stamp": e.stamp, "longest": e.longest, "presets": list(e.presets),
            "controls": [c.face() for c in e.controls().values()],
            "facts": bool(e.facts),
        }

    def _positions(self):
        e = self.explorable
        return {name: c.position(getattr(e, name)) for name, c in e.controls().items()}

    def step(self):
        """Draw the present state and send what changed; an error becomes a line under the chart."""
        e = self.explorable
        try:
            parts, ghosts, words = e.draw()
            signature = e.chart.signature()
            if signature != self._signature:
                skeleton = e.chart.skeleton()
            error = e.error = ""
        except Exception as problem:
            self.tell(problem)
            return
        with self.hold_sync():
            if signature != self._signature:
                self.svg, self._signature = skeleton, signature
            self.parts, self.ghosts, self.words, self.error = parts, ghosts, words, error
            self.veiled = e.veiled
            self.guess = self._guess()
            self.pinned = self._pin_words()
            if not self._from_page:
                self.values = self._positions()
            if self.behind:
                self.behind = {}
            self.heard = self._heard
            self.n += 1

    def tell(self, problem):
        """Say in one line what went wrong; the chart keeps its last good state. Raised where tests want it."""
        self.explorable.error = f"{type(problem).__name__}: {problem}"
        with self.hold_sync():
            self.heard = self._heard
            self.error = (f"This setting does not work: {problem}. The chart still shows the last setting that did. "
                          "Move a control, or press Reset.")
            self.n += 1
        if strict():
            raise problem
        traceback.print_exception(problem)

    def _guess(self):
        e = self.explorable
        made = e._journal.guess(e.guess) if e.guess else None
        return (made or {}).get("text", "")

    def _pin_words(self):
        e = self.explorable
        if not e.pinned:
            return ""
        return ", ".join(f"{c.label} {c.words(e.pinned[n])}" for n, c in e.controls().items() if not c.look)

    def _moved(self, change):
        """The page moved a control: positions become values, in one step."""
        new = dict(change["new"])
        heard = new.pop("#", None)
        if heard is None:
            return  # set by this side: a preset, a reset, a change made in Python
        controls = self.explorable.controls()
        self._from_page, self._heard = True, heard
        try:
            self.explorable.set(**{n: controls[n].options()[int(i)] for n, i in new.items() if n in controls})
        except Exception as problem:
            self.tell(problem)
        finally:
            self._from_page = False

    def _asked(self, _, content, buffers):
        """A button of the page."""
        e = self.explorable
        do = content.get("do")
        actions = {
            "pin": lambda: self._keep_pin(e.pin), "unpin": lambda: self._keep_pin(e.unpin), "reset": e.reset,
            "preset": lambda: e.apply(content["name"]),
            "layout": lambda: e.set_layout(content["layout"]),
            "behind": self._look_behind,
        }
        if do in actions:
            self._heard = int(content.get("heard", self._heard))
            try:
                actions[do]()
            except Exception as problem:
                self.tell(problem)
            self.heard = self._heard

    def _keep_pin(self, do):
        """Pin or unpin, and note it in the journal, for the report."""
        do()
        e = self.explorable
        if e.guess:  # of an open chart nobody knows the lesson
            chart = f"{type(e).__module__}.{type(e).__name__}"
            e._journal.record(f"{e.guess.split('.')[0]}.pin.{type(e).__name__}", "pin", {"chart": chart, "settings": e.pinned})

    def _look_behind(self):
        """The table and the sources, made only when somebody looks."""
        e = self.explorable
        if e.veiled:
            # The facts behind a chart can be the answer to its guess.
            self.behind = {"columns": [], "rows": [], "sources": [], "later": "Numbers and sources appear after your guess."}
            return
        columns, rows = e.table(e.result)
        self.behind = {"columns": list(columns), "rows": [list(map(str, row)) for row in rows], "sources": e.sources()}
