"""A strip that says how much of what stands behind a number was measured, and where."""

import numpy as np

from ...explore.theme import INK, MUTED, PAPER

KINDS = (("measured in man", "in man", INK, INK), ("measured in animals", "in animals", MUTED, MUTED), ("assumed", "assumed", PAPER, MUTED),
         ("set by hand", "set by you", PAPER, INK))
BAR, ROOM_BAR = (0.42, 0.64), (0.72, 1.0)


def marks_in_words(marks):
    """What stands behind a number, in one line."""
    told = f"{marks['measured in man']} measured in man, {marks['measured in animals']} in animals, {marks['assumed']} assumed"
    return told + (f", {marks['set by hand']} set by you" if marks.get("set by hand") else "")


class Proof:
    """The strip in a box of the figure: one bar cut by mark, with the counts below. `kinds` of them, from the firmest on."""

    def __init__(self, chart, figure, box, kinds=3):
        axes = figure.add_axes(box, label="proof")
        axes.set(xlim=(0, 1), ylim=(0, 1))
        axes.axis("off")
        self.kinds = KINDS[:kinds]
        title, top, self.bar, low = ("numbers of the model, by source", 1.0, BAR, 0.30) if not chart.room else ("numbers:", 0.62, ROOM_BAR, 0.62)
        axes.text(0, top, title, fontsize=9.5, color=MUTED, va="top")
        self.bars = [axes.fill_between([0, 1], [self.bar[0]] * 2, [self.bar[1]] * 2, facecolor=face, edgecolor=edge, lw=1.0) for *_, face, edge in self.kinds]
        wide, high = (72 * side for side in (box[2] * figure.get_figwidth(), box[3] * figure.get_figheight()))
        # In one row, or four of them two by two: (points from the left, points below the bar).
        spots = [(15, 0), (15 + 0.27 * wide, 0), (15 + 0.66 * wide, 0)] if kinds == 3 else [(15, 0), (15 + 0.5 * wide, 0), (15, 13), (15 + 0.5 * wide, 13)]
        if chart.room:  # in one row with the title, across the whole picture
            spots = [(x, 0) for x in (74, 137, 222, 297)[:kinds]]
        for (x, y), (_, words, *_) in zip(spots, self.kinds):
            axes.text((x + 3) / wide, low - y / high, words, fontsize=9.5, color=INK, va="top")
        self.counts = [axes.text(x / wide, low - y / high, "", fontsize=9.5, color=INK, va="top", ha="right", weight="bold") for x, y in spots]
        chart.live("proof", *self.bars, *self.counts, pin=False)

    def update(self, marks):
        counts = np.array([marks.get(kind, 0) for kind, *_ in self.kinds], float)
        ends = np.concatenate([[0], np.cumsum(counts) / counts.sum()])
        for bar, text, count, start, stop in zip(self.bars, self.counts, counts, ends[:-1], ends[1:]):
            bar.set_data([start, stop], [self.bar[0]] * 2, [self.bar[1]] * 2)
            bar.set_visible(count > 0)
            text.set_text(f"{count:.0f}")
