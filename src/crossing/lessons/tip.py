"""A picture of four words: in which layer the tip lies, and what the word means.

Layers are drawn as columns from the skin inwards, one row a word, so that "one layer apart" can be seen. Anatomy and
purpose only; the drawing computes nothing.
"""

import textwrap

import numpy as np

from ..explore import Choice, theme
from .anatomy import Sheet, circle
from .neurovascular import page
from .sourced import Sourced

YELLOW = "#f0e442"
#: Layers of the back and of the head: (name, width, colour, tint).
BACK = (("skin", 16, theme.VERMILLION, 0.40), ("muscle,\nligament", 66, theme.PURPLE, 0.18), ("epidural\nspace", 50, YELLOW, 0.55),
        ("dura", 9, theme.ORANGE, 0.95), ("fluid", 74, theme.SKY, 0.45), ("roots,\ncord", 46, theme.VERMILLION, 0.34))
HEAD = (("scalp", 16, theme.VERMILLION, 0.40), ("skull", 40, theme.ORANGE, 0.30), ("dura", 9, theme.ORANGE, 0.95),
        ("fluid", 42, theme.SKY, 0.45), ("brain", 80, theme.VERMILLION, 0.24), ("ventricle\n(fluid)", 74, theme.SKY, 0.60))
#: word -> (name, layers, the layer of the tip, what the word means, does something stay there)
WORDS = {
    "epidural": ("Epidural", BACK, 2, "outside the dura, in fat and veins; a drug must cross the dura to reach the fluid", True),
    "spinal": ("Spinal anaesthesia", BACK, 4, "one dose through a needle into the fluid, low in the back; the needle is withdrawn", False),
    "intrathecal": ("Intrathecal catheter", BACK, 4, "inside the sheath, in the fluid: the same layer, but a catheter stays, often with a pump", True),
    "ventricular": ("Intraventricular", HEAD, 5, "into the fluid inside the head, from a reservoir under the scalp: the same fluid, its other end", True),
}


class WhereIsTheTip(Sourced):
    """Epidural, spinal, intrathecal, intraventricular: which layer each word means."""

    title = "Where the tip lies"
    longest = 210
    model = "drawing, not to scale"
    size = (7.6, 5.0)
    narrow_size = (4.5, 7.6)
    room_size, room_type = (9.2, 5.0), 17

    word = Choice("Word", "epidural", {key: name for key, (name, *_) in WORDS.items()})

    def compute(self, *, word):
        return word

    def setup(self, figure):
        narrow = self.narrow
        axes = page(figure)
        left, top, high, step = (26, 478, 50, 96) if narrow else (30, 280, 38, 64) if self.room else (26, 300, 46, 82)
        sheet, lit = Sheet(axes, 2), Sheet(axes, 4)
        self._lit = {}
        wider = 1.55 if self.room else 1
        for i, (word, (name, layers, stop, _, stays)) in enumerate(WORDS.items()):
            y = top - step * i - (14 if self.room and i == 3 else 0)  # the last has names of its own above it
            layers = [(layer, width * wider, *look) for layer, width, *look in layers]
            draw_layers(sheet, layers, left, y, high, named=i in (0, 3), above=(34 if i == 0 else 18) if self.room else 0)
            draw_tip(sheet, layers, stop, left, y, stays, theme.MUTED)
            before, right = len(lit.artists), left + 9 + 261 * wider
            draw_tip(lit, layers, stop, left, y, stays, theme.BLUE)
            frame = np.array([[left - 22, y - high / 2 - 5], [right, y - high / 2 - 5], [right, y + high / 2 + 5], [left - 22, y + high / 2 + 5],
                              [left - 22, y - high / 2 - 5]])
            lit.line([frame], theme.BLUE, 1.8)
            self._lit[word] = lit.artists[before:]
            sheet.text(*((left - 18, y - high / 2 - 14) if narrow else (right + 14, y + (0 if self.room else 14))), name, weight="bold")
        words = Sheet(axes, 6)
        self._narrow, self._left = narrow, left
        self._name = words.text(14, 122, "", weight="bold")
        self._lines = [words.text(0, 0, "") for _ in range(4)]
        self._places = {word: (14, 106) if narrow else (left + 284, top - step * i - 1) for i, word in enumerate(WORDS)}
        self.live("tip", *self._lit.values(), pin=False)
        self.live("words", self._name, *self._lines, pin=False)

    def update(self, shown):
        for word, artists in self._lit.items():
            for artist in artists:
                artist.set_visible(word == shown)
        name, _, _, means, _ = WORDS[shown]
        self._name.set_text(name if self._narrow else "")
        lines = textwrap.wrap(means, 48 if self._narrow else 38) if not self.room else []  # the sentence below tells it
        x, y = self._places[shown]
        for i, text in enumerate(self._lines):
            text.set_text(lines[i] if i < len(lines) else "")
            text.set_position((x, y - 14 * i))

    def describe(self, shown):
        name, layers, stop, means, _ = WORDS[shown]
        path = ", ".join(layer.replace("\n", " ") for layer, *_ in layers[:stop + 1])
        return f"{name}: {means}. From the skin inwards to the tip: {path}."

    def table(self, shown):
        rows = [(name, layers[stop][0].replace("\n", " "), means) for name, layers, stop, means, _ in WORDS.values()]
        return ("Word", "Layer of the tip", "What it means"), rows


def draw_layers(sheet, layers, left, y, high, named, above=0):
    """The columns of one row, from the skin inwards, and their names above where asked; names of thin ones `above` the others."""
    x = left
    for name, width, colour, tint in layers:
        box = np.array([[x, y - high / 2], [x + width, y - high / 2], [x + width, y + high / 2], [x, y + high / 2]])
        sheet.fill(box, colour, tint, line=0.6)
        if named:
            sheet.text(x + width / 2, y + high / 2 + 4 + (above if width < 30 else 0), name, ha="center", va="bottom", size=9.5)
        x += width


def draw_tip(sheet, layers, stop, left, y, stays, colour):
    """A needle (pointed) or a catheter (round end, a reservoir or pump outside) that ends in the middle of its layer."""
    end = left + sum(width for _, width, *_ in layers[:stop]) + layers[stop][1] / 2
    sheet.line([np.array([[left - 16, y], [end, y]])], colour, 4.2)
    sheet.line([np.array([[left - 12, y], [end - 2, y]])], theme.PAPER, 1.6)
    if stays:
        sheet.fill(circle((end + 2, y), 4.6), colour, 1, line=0)
    else:
        sheet.fill(np.array([[end + 9, y], [end - 1, y + 4.4], [end - 1, y - 4.4]]), colour, 1, line=0)
    sheet.fill(circle((left - 15, y), 5.0), colour, 1, line=0)
