"""`Panel`: what questions, summaries and the desk have in common.

A panel says what is to be seen as a list of plain blocks (`blocks`) and takes what the learner sends (`act`). It keeps
no state of its own that matters: everything comes from the journal, so a second view, a cell run twice and a lesson
reopened show the same. One front end, `static/question.js`, draws every panel. Whatever must stay hidden is simply
not in the blocks: there is nothing to find in the page, the widget's state or the stored output.
"""

import html
import os
import re

from . import journal

NOT_LIVE = 'To answer, press "Start this lesson" above, or choose Run > Run All Cells.'


class Say(Exception):
    """Something for the learner to read: an answer that cannot be taken yet."""


class Panel:
    """Base of everything that is asked. A subclass sets `title` and writes `blocks`, `act` and `written`."""

    title = ""

    def __init__(self, lesson):
        self.lesson = str(lesson)
        self.error = ""
        self._face = None

    # ---- what a panel writes ------------------------------------------------------------------------------

    def blocks(self):
        """What is to be seen now: a list of blocks (see the functions below)."""
        raise NotImplementedError

    def act(self, do, values):
        """Take what the learner sent. Returns a short sentence for the status line. Raises `Say`."""
        raise Say("This button is not known here. Run the cell again.")

    def written(self):
        """The panel on a page without Python: (heading, list of options) pairs, the same on every run, no answers."""
        raise NotImplementedError

    def waiting(self):
        """On a page without Python: what will be seen after answering."""
        return ""

    def journals(self):
        """The journals whose changes are to be seen here."""
        return [journal.for_lesson(self.lesson)]

    @property
    def journal(self):
        """The journal of this panel's lesson."""
        return journal.for_lesson(self.lesson)

    # ---- showing ------------------------------------------------------------------------------------------

    @property
    def widget(self):
        """The widget, made when first needed. One for all places in which the panel is shown."""
        if self._face is None:
            from .face import Face  # widgets only where a page needs them
            self._face = Face(self)
        return self._face

    def _repr_mimebundle_(self, include=None, exclude=None, **kwargs):
        live = self.widget._repr_mimebundle_(include=include, exclude=exclude, **kwargs)
        live, metadata = live if isinstance(live, tuple) else (live, {})
        return {**(live or {}), "text/html": self.page(), "text/plain": repr(self)}, metadata or {}

    def __repr__(self):
        said = [f"{self.title}."]
        for heading, options in self.written():
            heading = plain(heading)
            listed = "; ".join(f"({chr(65 + i)}) {plain(option)}" for i, option in enumerate(options))
            said.append(f"{heading} {listed}".strip() + ("" if listed.endswith((".", "?")) or not listed else "."))
        return " ".join([*said, *filter(None, [self.waiting()]), NOT_LIVE])

    def page(self):
        """The panel as HTML for a page without Python. Styles stand inline: a notebook not yet trusted drops the rest."""
        parts = [f"<p><strong>{html.escape(self.title)}</strong></p>"]
        for heading, options in self.written():
            parts.append(f"<p>{_coded(heading)}</p>" if heading else "")
            if options:
                parts.append("<ol type='A'>" + "".join(f"<li>{_coded(option)}</li>" for option in options) + "</ol>")
        for line in filter(None, [self.waiting(), NOT_LIVE]):
            parts.append(f"<p><em>{html.escape(line)}</em></p>")
        return f'<div style="max-width:70ch;font-size:16px;line-height:1.5">{"".join(parts)}</div>'


def strict():
    """Whether errors are raised (tests) and not only told (learners)."""
    return bool(os.environ.get("CROSSING_STRICT"))


def _coded(text):
    """Escaped HTML with `code` and *emphasis*, which is all the markup that banks have."""
    return _EMPHASIS.sub(r"<em>\1</em>", _CODE.sub(r"<code>\1</code>", html.escape(text)))


_CODE = re.compile("`([^`]+)`")
_EMPHASIS = re.compile(r"(?<!\w)\*([^*\s][^*]*)\*(?!\w)")


def plain(text):
    """A bank's text without its markup."""
    return _EMPHASIS.sub(r"\1", text.replace("`", ""))


# ---- blocks: plain dicts, drawn by static/question.js -----------------------------------------------------------
# `key` names a block: while key and content stay, the page leaves it alone, with whatever is half filled in there.


def text(key, words, look="", focus=False, label=""):
    """A paragraph. `look`: "", "question", "reveal", "ours", "quiet" or "warn". `focus`: goes to it when it appears."""
    label = f"{label}:" if label[-1:].isalnum() else label
    return {"kind": "text", "key": key, "text": words, "look": look, "focus": focus, "label": label}


def look(key, where):
    """What to look at again: a setting ("tip = T10"), a control ("log") or a place in the lesson."""
    if " = " in where:
        settings = " and ".join(f"`{setting.strip()}`" for setting in where.split(","))
        return text(key, f"Set {settings} and look again.", "quiet")
    if where.islower() and where.isidentifier():
        return text(key, f"Try `{where}` and look again.", "quiet")
    return text(key, f"Look again at {where}.", "quiet")


def form(key, do, fields, button, note=""):
    """Fields and a button that sends them to `act(do, values)`; no button when it is empty."""
    return {"kind": "form", "key": key, "do": do, "fields": fields, "button": button, "note": note}


def fold(key, summary, blocks):
    """Blocks behind a line that opens them."""
    return {"kind": "fold", "key": key, "summary": summary, "blocks": blocks}


def buttons(key, label, made):
    """A row of buttons; `made` is a list of (text, do, values)."""
    return {"kind": "buttons", "key": key, "label": label,
            "buttons": [{"text": words, "do": do, "values": values} for words, do, values in made]}


def table(key, caption, columns, rows, bars=False):
    """A small table; the first column heads its row. `bars`: cells like "43 %" get a bar of that length."""
    return {"kind": "table", "key": key, "caption": caption, "columns": columns, "rows": rows, "bars": bars}


def one(name, legend, options, value=None, locked=False, row=False, quiet=False):
    """Radio buttons. `options`: dicts with text and maybe sketch, mark. `row`: side by side where they fit."""
    return {"type": "one", "name": name, "legend": legend, "options": options, "value": value, "locked": locked,
            "row": row, "quiet": quiet}


def many(name, legend, options, value=(), locked=False):
    """Check boxes; the value is a list of numbers."""
    return {"type": "many", "name": name, "legend": legend, "options": options, "value": list(value), "locked": locked}


def order(name, legend, options, value=(), locked=False):
    """A choice for each place; the value is the list of options in the order chosen."""
    return {"type": "order", "name": name, "legend": legend, "options": options, "value": list(value), "locked": locked}


def number(name, label, unit="", value=None, locked=False, optional=False):
    """A number typed in."""
    return {"type": "number", "name": name, "label": label, "unit": unit, "value": value, "locked": locked,
            "optional": optional}


def line(name, label, value="", locked=False, long=False):
    """A line of the learner's own, or with `long` a field for several; never required by the page."""
    return {"type": "text", "name": name, "label": label, "value": value, "locked": locked, "optional": True, "long": long}


def confidence(value=None, locked=False, name="confidence", legend="How sure are you?"):
    """The three steps of confidence that every guess and grade asks for."""
    from .questions import CONFIDENCE
    return one(name, legend, [{"text": words} for words in CONFIDENCE], value, locked, row=True)


def picked(values, name, count, wish):
    """A number from 0 to count - 1 out of what the page sent. Raises `Say(wish)`."""
    value = values.get(name)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < count:
        raise Say(wish)
    return value
