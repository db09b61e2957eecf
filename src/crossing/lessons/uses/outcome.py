"""Break it: trials that asked whether drug put into the fluid, besides the vein, made people fare better. Published figures."""

from types import SimpleNamespace
from typing import NamedTuple

import numpy as np

from ...explore import Choice
from ...explore import figure as rounded
from ...explore.theme import BLUE, INK, MUTED, PAPER, PUBLISHED, VERMILLION
from ...facts import facts
from ...models.risk import difference
from ..sourced import Sourced


class Trial(NamedTuple):
    """Two groups made by chance: who, what was counted in people, the facts (share in %) and sizes, with the fluid first; times: (words, facts), unit."""

    name: str
    people: str
    counted: str
    shares: tuple
    sizes: tuple
    times: tuple
    unit: str
    note: str


TRIALS = {
    "infection": Trial("Infection, 1980", "infants", "died", ("ivt_gent_died", "iv_gent_died"), (28, 24), (), "",
                       "The trial was stopped early."),
    "tumour": Trial("Tumour, 2004", "people", "had harm to nerves", ("lm_boogerd_harm", "lm_boogerd_harm_none"), (17, 18),
                    (("lived", ("lm_boogerd_survival", "lm_boogerd_survival_none")),), "week",
                    "Difference in life 12.9 weeks, 95 % interval -5.5 to 34.3."),
    "depot": Trial("Tumour, depot, 2020", "people", "had a serious adverse event", ("lm_sae_both", "lm_sae_alone"), (36, 37),
                   (("no worsening", ("lm_pfs_both", "lm_pfs_alone")), ("lived", ("lm_os_both", "lm_os_alone"))), "month",
                   "Hazard of death 0.85 (0.53 to 1.36)."),
}
GROUPS = ("fluid and blood", "blood alone")
COLUMNS = 10
TOPS = {"week": 40, "month": 12}


def counts(trial):
    """People counted in each group, from the published shares and the sizes."""
    return tuple(round(facts[fact].to("fraction") * size) for fact, size in zip(trial.shares, trial.sizes))


class TrialsByLot(Sourced):
    """Three trials: people counted in two groups, and how long they lived or stayed without worsening."""

    title = "Three trials"
    longest = 390
    model = "abstracts of three papers"
    stamp = PUBLISHED
    facts = ("ivt_gent_died", "iv_gent_died", "ivt_gent_level", "ivt_review_2024", "ivt_guideline", "vanco_csf_cure", "lm_boogerd_harm", "lm_boogerd_harm_none",
             "lm_boogerd_survival", "lm_boogerd_survival_none", "lm_pfs_both", "lm_pfs_alone", "lm_os_both", "lm_os_alone", "lm_sae_both", "lm_sae_alone")
    guess = "06.direct"
    size = (7.6, 4.6)
    narrow_size = (4.5, 7.2)
    room_size = (5.4, 3.2)

    trial = Choice("Trial", "infection", {key: trial.name for key, trial in TRIALS.items()})

    def compute(self, *, trial):
        told = TRIALS[trial]
        hit = counts(told)
        times = [(words, [(facts[f].value, facts[f].low, facts[f].high) for f in pair]) for words, pair in told.times]
        return SimpleNamespace(trial=told, key=trial, hit=hit, times=times, apart=difference(hit[0], told.sizes[0], hit[1], told.sizes[1]))

    def setup(self, figure):
        if self.narrow:
            grid = figure.add_gridspec(3, 1, height_ratios=(1.5, 0.55, 0.9))
            self.people, self.points, self.times = (figure.add_subplot(grid[i, 0]) for i in range(3))
        else:
            grid = figure.add_gridspec(2, 2, width_ratios=(1, 1.05), height_ratios=(0.62, 1) if not self.room else (0.34, 1))
            self.people, self.points, self.times = figure.add_subplot(grid[:, 0]), figure.add_subplot(grid[0, 1]), figure.add_subplot(grid[1, 1])
        self._people()
        self.points.set(xlim=(-100, 100), ylim=(-0.9, 0.9) if not self.room else (-0.45, 1.4), yticks=())
        self.points.set_xticks((-100, -50, 0, 50, 100), ("100 fewer", "50", "0", "50", "100 more"))
        self.points.set_title("More of 100 people, with fluid", loc="left", fontsize=10.5)
        self.points.axvline(0, color=MUTED, lw=1.2)
        self.gap, = self.points.plot([], [], color=INK, lw=2, marker="|", ms=11, mew=2)
        self.middle, = self.points.plot([], [], "o", ms=9, color=VERMILLION, mec=INK)
        self.gap_name = self.points.text(0, 0.32, "", fontsize=10, va="bottom", ha="center")
        self.times.set(ylim=(-0.7, 4.2) if not self.room else (-0.35, 4.0), yticks=())
        self.times.spines["left"].set_visible(False)
        self.times.grid(axis="y", visible=False)
        self.times.set_title(" ", loc="left", fontsize=10.5)
        self.head = self.times.text(0, 1.03, "", transform=self.times.transAxes, fontsize=10.5, va="bottom")
        self.rows = [(*self.times.plot([], [], color=INK, lw=1.8, marker="|", ms=9, mew=1.8), *self.times.plot([], [], ls="", marker="os"[i % 2], ms=8.5,
                      color=(BLUE, PAPER)[i % 2], mec=INK, mew=1.4), self.times.text(0, 0, "", fontsize=9.5, va="bottom", ha="left")) for i in range(4)]
        self.none = self.times.text(0.5, 0.5, "", transform=self.times.transAxes, ha="center", va="center", fontsize=10, linespacing=1.4)
        for text in (self.head, self.none, self.gap_name, *(row[2] for row in self.rows)):
            text.set_in_layout(False)
        self.live("difference", self.gap, self.middle, self.gap_name, pin=False)
        self.live("times", self.head, self.none, *(artist for row in self.rows for artist in row), pin=False)
        self.unit = None
        self._scale("month")

    def _people(self):
        axes = self.people
        self.columns, low, high, size = (COLUMNS, -0.9, 12.2, 12) if not self.room else (13, 0.4, 13.0, 9.5)
        axes.set(xlim=(-0.8, self.columns - 0.2), ylim=(low, high), aspect="equal")
        axes.set_axis_off()
        self.rings, self.squares, self.heads = [], [], []
        for i in range(2):
            self.rings.append(axes.plot([], [], ls="", marker="o", ms=size, mfc=PAPER, mec=MUTED, mew=1.1)[0])
            self.squares.append(axes.plot([], [], ls="", marker="s", ms=size, mfc=VERMILLION, mec=INK, mew=1.1)[0])
            self.heads.append(axes.text(-0.5, (10.3, 4.3)[i], "", fontsize=10, va="bottom", weight="bold"))
        for text in self.heads:
            text.set_in_layout(False)
        self.live("people", *self.rings, *self.squares, *self.heads, pin=False)

    def _scale(self, unit):
        if self.unit == unit:
            return  # ticks set anew would have the whole chart drawn anew
        self.unit = unit
        top = TOPS.get(unit, 12)
        self.times.set(xlim=(0, top), xlabel=f"{unit.capitalize()}s" if unit else " ")
        self.times.set_xticks(np.linspace(0, top, 5) if unit else ())
        self.times.spines["bottom"].set_visible(bool(unit))

    def update(self, r):
        self._scale(r.trial.unit)
        for i, (size, hit) in enumerate(zip(r.trial.sizes, r.hit)):
            x, y = np.arange(size) % self.columns, (9.5, 3.5)[i] - np.arange(size) // self.columns
            self.rings[i].set_data(x[hit:], y[hit:])
            self.squares[i].set_data(x[:hit], y[:hit])
            self.heads[i].set_text(f"{GROUPS[i].capitalize()}:\n{hit} of {size} {r.trial.counted}" if not self.room else
                                   f"{GROUPS[i].capitalize()}: {hit} of {size}\n{r.trial.counted}")
        low, high = 100 * r.apart.interval.low, 100 * r.apart.interval.high
        self.gap.set_data([low, high], [0, 0])
        self.middle.set_data([100 * r.apart.points], [0])
        sure = "95 % interval" if not self.room else "95 %:"
        self.gap_name.set(x=np.clip(100 * r.apart.points, -20, 30), text=f"{rounded(100 * r.apart.points)} more ({sure} {rounded(low)} to {rounded(high)})")
        worse = "Time until half had worsened or died" if not self.room else "Until half had worsened or died"
        self.head.set_text("" if not r.times else "Time until half had died" if len(r.times) == 1 else worse)
        self.none.set_text("" if r.times else "Time until the fluid was clean:\nno difference was found.")
        cells = [(words, i, *three) for words, pair in r.times for i, three in enumerate(pair)]
        for row, (line, dot, text) in enumerate(self.rows):
            shown = row < len(cells)
            for artist in (line, dot, text):
                artist.set_visible(shown)
            if not shown:
                continue
            words, i, value, low, high = cells[row]
            y = (3 if len(cells) > 2 else 2.2) - row
            line.set_data([low or value, high or value], [y, y])
            line.set_visible(low is not None)
            dot.set_data([value], [y])
            text.set(x=0.015 * TOPS[r.trial.unit], y=y + 0.2, text=f"{words}, {GROUPS[i]}: {value:g}")

    def describe(self, r):
        told, (first, second) = r.trial, r.hit
        low, high = 100 * r.apart.interval.low, 100 * r.apart.interval.high
        lived = "" if r.times else "; in the time until the fluid was clean no difference was found"
        for words, pair in r.times:
            ends = [f"{v:g}" + (f" ({a:g} to {b:g})" if a is not None else "") for v, a, b in pair]
            lived += f"; half {'lived' if words == 'lived' else 'had no worsening for'} {ends[0]} against {ends[1]} {told.unit}s"
        return (f"{told.name}, {sum(told.sizes)} {told.people}, two groups made by chance: with drug into the fluid as well, {first} of {told.sizes[0]} {told.counted}; by blood alone, "
                f"{second} of {told.sizes[1]}. That is {rounded(100 * r.apart.points)} more of 100 (95 % interval {rounded(low)} to {rounded(high)}){lived}."
                + (f" {told.note}" if told.note else ""))

    def readings(self, r):
        return {f"{r.trial.counted.capitalize()}, {group}": (f"{hit} of {size}", "") for group, hit, size in zip(GROUPS, r.hit, r.trial.sizes)} | {
            "Difference": (rounded(100 * r.apart.points), "of 100")}

    def table(self, r):
        rows = []
        for told in TRIALS.values():
            hit = counts(told)
            rows.append((told.name, told.counted, *(f"{h} of {n}" for h, n in zip(hit, told.sizes))))
            rows += [(told.name, f"{words}, median", *(f"{facts[f].value:g} {told.unit}s" for f in pair)) for words, pair in told.times]
        return ("Trial", "Counted", "Fluid and blood", "Blood alone"), rows
