"""Core 4: how soon each drug leaves the fluid, what holds it, and how often it is given: published figures."""

from types import SimpleNamespace
from typing import NamedTuple

import numpy as np

from ...explore import Choice, Switch
from ...explore import figure as rounded
from ...explore.theme import BLUE, GREEN, INK, MUTED, PAPER, PUBLISHED, VERMILLION
from ...facts import facts
from ...models.fluid import OnePool
from ..sourced import Sourced


class Row(NamedTuple):
    """A drug: what it is given for, its half-life in the fluid, what holds it, the half-life of that, the interval (None: a pump)."""

    use: str
    fluid: str
    holder: str
    held: str | None
    interval: str | None


ROWS = {
    "baclofen": Row("stiff muscles", "baclofen_thalf", "nothing known", None, None),
    "morphine": Row("pain", "morph_it_thalf", "nothing known", None, None),
    "ziconotide": Row("pain", "zico_thalf", "nothing known", None, None),
    "enzyme": Row("a brain disease of children", "cerl_thalf", "the inside of cells", None, "interval_cerliponase"),
    "cytarabine depot": Row("tumour on the membranes", "arac_thalf", "a depot", "dtc_thalf", "interval_dtc"),
    "nusinersen": Row("motor nerve cells", "", "tissue", "nusi_thalf", "interval_nusinersen"),
}
HOUR_TICKS = {1: "1 h", 6: "6 h", 24: "1 day", 168: "1 week", 730: "1 month", 8766: "1 year"}
LONGEST = 12_000.0
DAYS_A_MONTH = 365.25 / 12


def hours(fact):
    """Value, low and high of a fact in hours; where it has a range alone, its middle in ratio stands for the value."""
    row = facts[fact]
    low, high = row.range_in("h")
    return float(np.sqrt(low * high)) if row.value is None else row.to("h"), low, high


def free_nusinersen():
    """Half-life (h) that nusinersen would have in fluid if no tissue took it up: from the published volume and clearance."""
    return OnePool(facts["nusi_vcsf"].to("mL"), facts["nusi_clcsf"].to("mL/h")).half_life_h


class WhatSetsTheInterval(Sourced):
    """Half-life in the fluid, half-life of what holds the drug, and the interval between doses, one row for each drug."""

    title = "Half-lives and intervals"
    longest = 350
    model = "labels and papers"
    stamp = PUBLISHED
    facts = tuple(dict.fromkeys(f for row in ROWS.values() for f in (row.fluid, row.held, row.interval) if f)) + (
        "nusi_vcsf", "nusi_clcsf", "interval_tofersen", "mtx_thalf", "baclofen_infusion_onset")
    guess = "06.interval"
    size = (7.6, 4.7)
    narrow_size = (4.5, 5.6)

    drug = Choice("Drug", "baclofen", {name: name for name in ROWS})
    log = Switch("Log time axis", True, look=True)

    def compute(self, *, drug, log):
        row = ROWS[drug]
        fluid = hours(row.fluid) if row.fluid else (free_nusinersen(),) * 3
        held = hours(row.held) if row.held else None
        interval = hours(row.interval)[0] if row.interval else None
        return SimpleNamespace(drug=drug, row=row, fluid=fluid, held=held, interval=interval, log=log,
                               passed=None if interval is None else interval / fluid[0], kept=None if interval is None or held is None else 2 ** (-interval / held[0]))

    def setup(self, figure):
        axes = self.axes = figure.subplots()
        self.heights = {name: len(ROWS) - 1 - i for i, name in enumerate(ROWS)}
        axes.set(ylim=(-0.75, len(ROWS) - 0.3), yticks=list(self.heights.values()), yticklabels=[name.replace(" ", "\n") for name in ROWS],
                 xlabel="Time (log axis: equal steps multiply)\n\n")
        if self.room:
            figure.get_layout_engine().set(rect=(0.01, 0.155, 0.99, 0.845))  # the key
        axes.tick_params(axis="y", length=0)
        axes.grid(axis="y", visible=False)
        self.band = axes.axhspan(0, 1, color=MUTED, alpha=0.14, lw=0)
        circles, diamonds, squares, arrows, bars, unknown = [], [], [], [], [], []
        for name, y in self.heights.items():
            row = ROWS[name]
            value, low, high = hours(row.fluid) if row.fluid else (free_nusinersen(),) * 3
            bars.append(axes.plot([low, high], [y, y], color=BLUE, lw=2.2, solid_capstyle="butt")[0])
            circles.append(axes.plot([value], [y], "o", ms=9, mfc=BLUE if row.fluid else PAPER, mec=BLUE if not row.fluid else INK, mew=1.4)[0])
            if row.held:
                value, low, high = hours(row.held)
                bars.append(axes.plot([low, high], [y, y], color=GREEN, lw=2.2, solid_capstyle="butt")[0])
                diamonds.append(axes.plot([value], [y], "D", ms=9, color=GREEN, mec=INK, mew=1.0)[0])
            elif row.interval:
                unknown.append(axes.text(1, y + (0.02 if self.room else -0.12), "in cells: no figure found" if not self.narrow else "in cells: no figure",
                                         fontsize=9.5, va="bottom", color=INK))
            if row.interval:
                squares.append(axes.plot([hours(row.interval)[0]], [y - 0.26], "s", ms=9, color=VERMILLION, mec=INK, mew=1.0)[0])
            else:
                arrows.append(axes.text(1, y, "pump: no pause", fontsize=10, va="center", color=INK))
        self.span, = axes.plot([], [], color=VERMILLION, lw=1.4, ls=(0, (1.2, 1.4)))
        self.unknown, self.arrows = unknown, arrows
        self.live("halflives", *bars, *circles, *diamonds, *unknown, pin=False)
        self.live("intervals", *squares, *arrows, pin=False)
        self.live("chosen", self.band, pin=False)
        self.live("span", self.span, pin=False)
        self._key()
        self.scaled = None
        self._scale(True)

    def _key(self):
        """Which mark is which, below the axes."""
        told = (("●", BLUE, "half-life in fluid (○ worked out)"), ("◆", GREEN, "half-life of what holds it"), ("■", VERMILLION, "time to the next dose"))
        places = ((0, 0), (1, 0), (2, 0)) if self.layout == "wide" else ((0, 0), (0, 1), (1, 1))
        for (mark, colour, words), (i, j) in zip(told, places):
            left = {"wide": ((-46, 152, 320)[i], -47), "narrow": (-52 + 178 * i, -47 - 14 * j), "room": (-58 + 200 * i, -46 - 15 * j)}[self.layout]
            texts = [self.axes.annotate(text, (0, 0), (x, left[1]), xycoords="axes fraction", textcoords="offset points", fontsize=size, color=ink, va="center",
                                        annotation_clip=False) for x, text, size, ink in ((left[0], mark, 11, colour), (left[0] + 13, words, 9.5, INK))]
            for text in texts:
                text.set_in_layout(False)
            if mark == "◆":  # its words tell what the guess asks for
                self.live("key", *texts, pin=False)

    def _scale(self, log):
        if self.scaled == log:
            return  # ticks set anew would have the whole chart drawn anew
        self.scaled = log
        self.axes.set(xscale="log" if log else "linear", xlim=(0.6, LONGEST) if log else (-150, 6500))
        ticks = {at: words for at, words in HOUR_TICKS.items() if not (self.narrow and words == "1 month")} if log else {0: "0", 730 * 2: "2 months", 730 * 4: "4 months", 730 * 6: "6 months", 730 * 8: "8 months"}
        self.axes.set_xticks(list(ticks), list(ticks.values()))
        self.axes.minorticks_off()
        self.axes.set_xlabel(("Time (log axis: equal steps multiply)" if log else "Time") + "\n\n" * (not self.room))

    def update(self, r):
        self._scale(r.log)
        y = self.heights[r.drug]
        self.band.set(y=y - 0.47, height=0.94)
        for text in (*self.unknown, *self.arrows):
            text.set_x(24 if r.log else 700)
        self.span.set_data([r.fluid[0], r.interval] if r.interval else [], [y - 0.26, y - 0.26] if r.interval else [])

    def describe(self, r):
        name = r.drug[:1].upper() + r.drug[1:]
        value, low, high = r.fluid
        if r.drug == "nusinersen":
            fluid = f"would leave the fluid with a half-life of {rounded(value)} h if nothing held it"
        else:
            fluid = f"leaves the fluid with a half-life of {span(value, low, high, facts[r.row.fluid].value is None)}" + (" as free drug" if r.held else "")
        first = f"{name}, for {r.row.use}, {fluid}."
        if r.interval is None:
            return f"{first} It is given by a pump, without a pause. What holds it at the target: {r.row.holder}."
        held = f"what holds it is {r.row.holder}, with a half-life of {span(*r.held, False)}: {100 * r.kept:.0f} % of it is left when the next dose comes" if r.held else \
            f"what holds it is {r.row.holder}; for how long was not found published"
        return f"{first} The next dose comes after {time(r.interval)}, {rounded(r.passed)} of these half-lives: {left(r.passed)} would be left in fluid. By the papers {held}."

    def readings(self, r):
        found = {"Half-life in fluid": (time(r.fluid[0]), "")}
        if r.held:
            found["Half-life of what holds it"] = (time(r.held[0]), "")
        if r.interval:
            found |= {"Time to the next dose": (time(r.interval), ""), "Half-lives in fluid until then": (r.passed, "")}
        return found

    def table(self, r):
        rows = []
        for name, row in ROWS.items():
            fluid = time(hours(row.fluid)[0]) if row.fluid else f"{time(free_nusinersen())}, worked out"
            rows.append((name, row.use, fluid, row.holder + (f", {time(hours(row.held)[0])}" if row.held else ""), time(hours(row.interval)[0]) if row.interval else "pump, no pause"))
        return ("Drug", "For", "Half-life in fluid", "What holds it", "Next dose"), rows


def time(value):
    """Hours in words: 4.6 h, 12 days, 5.4 months."""
    if value < 48:
        return f"{rounded(value)} h"
    days = value / 24
    return f"{rounded(days)} days" if days < 45 or (days > 130 and days < 200) else f"{rounded(days / DAYS_A_MONTH)} months"


def span(value, low, high, only_range):
    """A half-life with its range: 7.4 h (3.3 to 9.5)."""
    if only_range:
        return f"{rounded(low)} to {rounded(high)} h"
    unit = 24.0 if value >= 48 else 1.0
    ends = f" ({rounded(low / unit)} to {rounded(high / unit)})" if high > 1.02 * low else ""
    return f"{time(value)}{ends}"


def left(halvings):
    """What is left after so many halvings, in words."""
    share = 100 * 2.0 ** -halvings
    return f"{rounded(share)} %" if share >= 0.01 else "next to nothing"
