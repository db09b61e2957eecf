"""Further: one trial read to the end; the people whom its result leaves out are filled in by hand."""

import re
from types import SimpleNamespace

import numpy as np

from ...explore import Choice, Slider
from ...explore.theme import BLUE, INK, MUTED, ORANGE, PAPER, PUBLISHED, VERMILLION
from ...facts import risks
from ...models.risk import difference
from ..sourced import Sourced
from .parts import ROOM, Paper, one, wrapped

PUMP, ALONE = risks["smith_iddS"], risks["smith_cmm"]
#: By lot, per group, from the note of the row.
LOT = tuple(int(n) for n in re.search(r"randomised (\d+) v (\d+)", PUMP.note).groups())
GONE = LOT[0] - int(PUMP.denominator), LOT[1] - int(ALONE.denominator)
NAMES = ("pump and medical care", "medical care alone")
COLUMNS, Z = 10, 1.96


def wald(first, of, second, other):
    """Wald's interval of a difference (shares), the one most papers print."""
    p, q = first / of, second / other
    half = Z * np.sqrt(p * (1 - p) / of + q * (1 - q) / other)
    return p - q - half, p - q + half


class ReadATrial(Sourced):
    """Clinical success at 4 weeks in two groups made by lot, with and without those who were not analysed."""

    title = "A trial, with the people it left out"
    model = "pain of cancer, success at 4 weeks"
    stamp = PUBLISHED
    facts = ("smith_iddS", "smith_cmm")
    size, narrow_size = (7.6, 4.6), (4.5, 6.9)
    room_size = (5.4, 3.2)
    presets = {"As published": {}, "Worst for the pump": {"missing": "by hand", "pump": 0, "alone": GONE[1]}, "Best for the pump": {"missing": "by hand", "pump": GONE[0], "alone": 0}}

    missing = Choice(f"Missing: the {sum(GONE)} not analysed", "left out", {"left out": "left out", "by hand": "filled in by hand"})
    pump = Slider(f"Number of the {GONE[0]} with a pump who did well", 25, low=0, high=GONE[0], step=1)
    alone = Slider(f"Number of the {GONE[1]} on care alone who did well", 19, low=0, high=GONE[1], step=1)
    interval = Choice("Interval", "Newcombe", {"Newcombe": "Newcombe", "Wald": "Wald, as published"}, more=True)

    def compute(self, *, missing, pump, alone, interval):
        filled = (int(pump), int(alone)) if missing == "by hand" else (0, 0)
        well = [int(row.events) + more for row, more in zip((PUMP, ALONE), filled)]
        of = LOT if missing == "by hand" else tuple(int(row.denominator) for row in (PUMP, ALONE))
        found = difference(well[0], of[0], well[1], of[1])
        ends = (found.interval.low, found.interval.high) if interval == "Newcombe" else wald(well[0], of[0], well[1], of[1])
        return SimpleNamespace(missing=missing, filled=filled, well=well, of=of, points=100 * found.points, ends=[100 * end for end in ends], interval=interval)

    def setup(self, figure):
        paper = Paper(figure)
        top = paper.height - (44 if not self.room else 31)
        pitch, self.far, size = {"wide": (12.5, 154, 9), "narrow": (12.5, 150, 9), "room": (7.6, 104, 5.6)}[self.layout]
        self.marks, self.names, self.counts = [], [], []
        for i in range(2):
            x = 16 + i * self.far
            self.names.append(paper.text(x - 4, top + 26, NAMES[i].replace(" medical", "\nmedical") if i == 0 else "medical care\nalone", weight="bold"))
            self.counts.append(paper.text(x - 4, top - 11 * pitch - 4, size=10.5 if not self.room else ROOM, weight="bold"))
            self.marks.append([paper.axes.plot([], [], ls="", ms=size, **look)[0] for look in LOOKS])
        self.pitch, self.top = pitch, top
        x, y, line = {"wide": (340, top - 10, 15), "narrow": (16, top - 11 * pitch - 36, 15), "room": (226, top + 18, 14)}[self.layout]
        left_out = "not analysed" if not self.room else "missing"
        for look, words in zip(LOOKS, ("did well", "did not", "not analysed", f"{left_out}, set to well", f"{left_out}, set to not well")):
            paper.axes.plot([x], [y], ls="", ms=8, **look)
            paper.text(x + 10, y, words, va="center")
            y -= line
        self.told = paper.text(x - 4, y - 6)
        self.told.set_text(f"52 of the 143 analysed had the pump at\n4 weeks; 30 of {LOT[1]} without crossed over by\n6 months. The maker supported the trial.")
        if self.room:
            self.told.set_text(wrapped(" ".join(self.told.get_text().split()), 29))
        place = {"wide": (44, 60, paper.width - 88, 40), "narrow": (40, 66, 244, 44), "room": (44, 34, paper.width - 88, 20)}
        axes = self.axes = paper.area(*place[self.layout])
        axes.set(xlim=(-50, 50), ylim=(-1, 1), yticks=())
        axes.set_xticks((-50, -25, 0, 25, 50), ("50 fewer", "25", "0", "25", "50 more"))
        axes.set_title("Did well of 100 with the pump, less those without", loc="left", fontsize=10)
        axes.axvline(0, color=MUTED, lw=1.2)
        self.gap, = axes.plot([], [], color=INK, lw=2, marker="|", ms=11, mew=2)
        self.middle, = axes.plot([], [], "o", ms=9, color=BLUE, mec=INK)
        self.live("people", *(artist for group in self.marks for artist in group), *self.names, *self.counts, pin=False)
        self.live("difference", self.gap, self.middle)

    def update(self, r):
        for i, (row, lot) in enumerate(zip((PUMP, ALONE), LOT)):
            n = np.arange(lot)
            x = 16 + i * self.far + self.pitch * (n % COLUMNS)
            y = self.top - 8 - self.pitch * (n // COLUMNS)
            well, seen = int(row.events), int(row.denominator)
            cuts = (0, well), (well, seen), (seen, lot if r.missing == "left out" else seen), (seen, seen + r.filled[i]), (seen + r.filled[i], lot)
            for artist, (low, high) in zip(self.marks[i], cuts if r.missing == "by hand" else (*cuts[:3], (0, 0), (0, 0))):
                artist.set_data(x[low:high], y[low:high])
            self.counts[i].set_text(f"{r.well[i]} of {r.of[i]}:{chr(10) if self.room else ' '}{one(100 * r.well[i] / r.of[i])} of 100")
        self.gap.set_data(np.clip(r.ends, -50, 50), [0, 0])
        self.middle.set_data([r.points], [0])

    def describe(self, r):
        how = f"The {sum(GONE)} not analysed are left out" if r.missing == "left out" else f"Of those not analysed, {r.filled[0]} of {GONE[0]} and {r.filled[1]} of {GONE[1]} are set to well"
        return (f"Did well at 4 weeks: {r.well[0]} of {r.of[0]} with the pump, {r.well[1]} of {r.of[1]} without. {how}. "
                f"Of 100, {one(abs(r.points))} {'more' if r.points >= 0 else 'fewer'} with the pump ({r.interval}, 95 %: {one(r.ends[0])} to {one(r.ends[1])}).")

    def readings(self, r):
        return {"With the pump": (f"{r.well[0]} of {r.of[0]}", ""), "Without": (f"{r.well[1]} of {r.of[1]}", ""), "Difference": (one(r.points), "of 100")}

    def table(self, r):
        rows = []
        for words, filled in (("left out", None), ("worst for the pump", (0, GONE[1])), ("best for the pump", (GONE[0], 0))):
            well = [int(row.events) + (filled[i] if filled else 0) for i, row in enumerate((PUMP, ALONE))]
            of = LOT if filled else (int(PUMP.denominator), int(ALONE.denominator))
            rows.append((words, f"{well[0]} of {of[0]}", f"{well[1]} of {of[1]}", one(100 * (well[0] / of[0] - well[1] / of[1]))))
        return ("Those not analysed", NAMES[0].capitalize(), NAMES[1].capitalize(), "Difference, of 100"), rows


LOOKS = ({"marker": "s", "mfc": BLUE, "mec": INK}, {"marker": "o", "mfc": PAPER, "mec": MUTED}, {"marker": "x", "mec": MUTED, "mew": 1.4},
         {"marker": "D", "mfc": ORANGE, "mec": INK}, {"marker": "D", "mfc": PAPER, "mec": VERMILLION})
