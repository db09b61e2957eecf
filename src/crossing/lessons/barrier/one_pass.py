"""Core 2: one passage through the brain, blood flow against the wall."""

from types import SimpleNamespace

import numpy as np

from ...explore import Choice, Slider, Steps, Switch
from ...explore import figure as rounded
from ...explore.theme import BLUE, GREEN, INK, MUTED, ORANGE, PAPER, PURPLE, VERMILLION
from ...facts import facts
from ...models.entry import clearance_in, extraction, uptake_gain
from .wall import PLATE, WithMargin, label_aside, nice, strip

UNIT = "mL/100 g/min"
FLOWS = np.linspace(2, 200, 100)
USUAL, MOST = 50.0, 200.0
TWICE, FOUR = 2.0, 4.0
LEAST, LARGEST = 0.01, 5000.0
VIEWS = {"uptake": "Uptake", "share": "Share taken up"}


def in_blood_flow(name):
    """A measured PS in the unit of the chart."""
    return facts[name].to("mL/hg/min")


def measured():
    """Share taken up in one passage: words, share, and marker by whether the paper gives it or a PS and a flow do."""
    flow = facts["cbf_butanol"].value
    butanol = facts["butanol_ps_over_f"].value
    found = [(facts["E_water_human"].value, "water", "o"), (float(extraction(butanol, 1)), "butanol", "s")]
    found += [(facts[f"uptake_{drug}"].to("fraction"), drug, "D") for drug in ("heroin", "methadone", "codeine")]
    found += [(float(extraction(in_blood_flow("glc_PS_5mM"), flow)), "glucose", "s")]
    return found + [(float(extraction(in_blood_flow("PS_sucrose"), flow)), "sucrose", "s")]


class OnePass(WithMargin):
    """What the brain takes from the blood in one passage, at any flow and any wall."""

    title = "In one pass"
    model = "one passage (Renkin and Crone)"
    facts = ("E_water_human", "PS_water_human", "cbf_butanol", "E_water_monkey", "PS_water_rat", "butanol_ps_over_f", "water_ps_over_f",
             "caffeine_water", "PS_sucrose", "glc_PS_5mM", "uptake_heroin", "uptake_methadone", "uptake_codeine", "uptake_morphine")
    guess = "01.one_pass"
    size = (7.6, 4.3)
    narrow_size = (4.5, 4.6)
    presets = {"PS a thousandth of the flow": {"crossing": USUAL / 1000}, "PS equal to the flow": {"crossing": USUAL},
               "PS five times the flow": {"crossing": USUAL * 5}, "Like sucrose": {"crossing": in_blood_flow("PS_sucrose")},
               "Like water": {"crossing": 2 * USUAL}}

    flow = Slider("Blood flow", USUAL, low=20, high=100, step=2, unit=UNIT)
    crossing = Steps("Crossing (PS)", USUAL / 1000, nice(LEAST, LARGEST, UNIT, (5 * USUAL, in_blood_flow("PS_sucrose"))))
    view = Choice("View", "uptake", VIEWS, look=True)
    points = Switch("Measured points", True, more=True, look=True)

    def compute(self, *, flow, crossing, view, points):
        return SimpleNamespace(flow=flow, ps=crossing, view=view, points=points, share=float(extraction(crossing, flow)),
                               uptake=float(clearance_in(crossing, flow)), shares=extraction(crossing, FLOWS),
                               wider=extraction(crossing * FOUR, FLOWS), gains=uptake_gain(crossing, flow, flow_fold=FLOWS / flow),
                               wider_gains=uptake_gain(crossing, flow, FOUR, FLOWS / flow),
                               by_flow=float(uptake_gain(crossing, flow, flow_fold=TWICE)), by_ps=float(uptake_gain(crossing, flow, FOUR)))

    def setup(self, figure):
        self.axes, self.margin = figure.subplots(ncols=2, width_ratios=(1, 0.34 if self.narrow else 0.5 if self.room else 0.2))
        self.axes.set(xlim=(0, MOST), xlabel=f"Blood flow ({UNIT})")
        self.line, = self.axes.plot([], [], color=BLUE)
        self.wider, = self.axes.plot([], [], color=VERMILLION, ls=(0, (5, 1.8)))
        self.now, = self.axes.plot([], [], "o", color=BLUE, mec=INK, ms=10, zorder=5)
        self.then = [self.axes.plot([], [], mark, color=PAPER, mec=colour, mew=2.2, ms=9, zorder=5, clip_on=False)[0]
                     for mark, colour in (("o", BLUE), ("D", VERMILLION))]
        self.steps = [self.axes.plot([], [], color=MUTED, lw=1.4, ls=(0, (1.2, 1.5)), zorder=4)[0] for _ in range(2)]
        above = {"xycoords": "axes fraction", "textcoords": "offset points", "va": "center"}
        self.told, self.asked = [], []
        for height, mark, colour in ((31, "o", BLUE), (12, "D", VERMILLION)):
            self.asked.append(self.axes.annotate("", (0, 1), (64, height), fontsize=10.5, color=INK, **above))
            self.told.append(self.axes.annotate("", (0, 1), (20, height), fontsize=10.5, fontweight="bold", color=INK, **above))
            self.axes.annotate({"o": "○", "D": "◇"}[mark], (0, 1), (0, height), fontsize=15, color=colour, fontweight="bold", **above)
        # Water, measured at the flow of each: people, monkeys, rats (0.67 +/- 0.13 at 171, in the context of PS_water_rat).
        self.water = [self.axes.errorbar([171], [0.67], yerr=[[0.13], [0.13]], fmt="s", color=GREEN, ms=7, mec=INK, mew=0.8)]
        self.water += self.axes.plot([facts["cbf_butanol"].value], [facts["E_water_human"].value], "o", color=GREEN, ms=7, mec=INK, mew=0.8)
        self.water += self.axes.plot([50], [facts["E_water_monkey"].value], "^", color=GREEN, ms=8, mec=INK, mew=0.8)
        told = "water, measured:\n▲ monkey  ● people\n■ rats (bar: ± 1 SD)"
        self.water += [self.axes.text(0.03, 0.05, told, transform=self.axes.transAxes, fontsize=9.5, color=INK, va="bottom", bbox=PLATE)]
        label_aside(self.axes, self.narrow, 0.075 if not self.room else 0.13)
        self.margin.set_ylim(0, 1.08)  # as the axis of shares
        strip(self.margin, [(value, f"{words} {value:.2f}", mark, GREEN if mark == "o" else ORANGE if mark == "s" else PURPLE)
                            for value, words, mark in measured()], "share taken up,\nmeasured (0 to 1)",
              *(0.056, 0.12) if not self.room else (0.1, 0.04))
        for artist in (self.now, *self.then):
            artist.set_in_layout(False)  # without a place as yet
        self.live("curves", self.line, self.wider)
        self.live("now", self.now, *self.then, *self.steps, pin=False)
        self.live("words", *self.told)
        self.live("water", *self.water, pin=False)
        self._scale("uptake")

    def _scale(self, view):
        uptake = view == "uptake"
        name = "Uptake (1 = at the flow set)" if uptake else "Share of the drug taken up"
        self.axes.set(ylim=(0, 4.6) if uptake else (0, 1.08), ylabel=name if not self.room else name.replace(" (", "\n(").replace("drug ", "drug\n"))
        for text, words in zip(self.asked, ("twice the flow", "four times the PS")):
            text.set_text(words)

    def update(self, r):
        self._scale(r.view)
        uptake = r.view == "uptake"
        top = self.axes.get_ylim()[1]
        rest, other = (r.gains, r.wider_gains) if uptake else (r.shares, r.wider)
        for line, values in ((self.line, rest), (self.wider, other)):
            seen = values <= top
            line.set_data(FLOWS[seen], values[seen])
        here = 1.0 if uptake else r.share
        twice = r.by_flow if uptake else r.by_flow * r.share / TWICE
        four = r.by_ps * here
        self.now.set_data([r.flow], [here])
        self.then[0].set_data([TWICE * r.flow], [twice])
        self.then[1].set_data([r.flow], [four])
        self.steps[0].set_data([r.flow, TWICE * r.flow, TWICE * r.flow], [here, here, twice])
        self.steps[1].set_data([r.flow, r.flow], [here, four])
        told = (r.by_flow, r.by_ps) if uptake else (twice, four)
        for text, number in zip(self.told, told):
            text.set_text(f"{'× ' if uptake else ''}{number:.2f}")
        for artist in self.water[:1]:
            for part in artist.get_children():
                part.set_visible(not uptake and r.points)
        for artist in self.water[1:]:
            artist.set_visible(not uptake and r.points)

    def describe(self, r):
        share = f"{100 * r.share:.3g} %" if r.share >= 0.0001 else "less than 0.01 %"
        return (f"At a flow of {r.flow:g} and a PS of {rounded(r.ps)}, {share} of the drug that passes is taken up. "
                f"Twice the flow multiplies the uptake by {r.by_flow:.2f}. Four times the PS multiplies it by {r.by_ps:.2f}.")

    def readings(self, r):
        return {"Share taken up": (100 * r.share, "%"), "Uptake": (r.uptake, UNIT), "Twice the flow": (f"{r.by_flow:.2f}", "times"),
                "Four times the PS": (f"{r.by_ps:.2f}", "times")}

    def table(self, r):
        rows = [(f"{f:g}", f"{float(extraction(r.ps, f)):.3g}", f"{float(clearance_in(r.ps, f)):.3g}") for f in (20, 40, 60, 80, 100, 150, 200)]
        return (f"Blood flow ({UNIT})", "Share taken up", f"Uptake ({UNIT})"), rows
