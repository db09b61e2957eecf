"""Core 2: the same roads for another drug."""

from types import SimpleNamespace

import numpy as np

from ...explore import Choice, Slider, Steps, Switch
from ...explore.theme import BLUE, INK, PAPER, PURPLE, SKY, VERMILLION
from ...facts import drug_parameters, facts
from ..sourced import Sourced
from .body import LOOK, ROADS, areas, body, times
from .proof import Proof

#: From the low back up; brain fluid stands apart.
PLACES = (("lumbar CSF", "low\nback"), ("lower thoracic CSF", "lower\nchest"), ("upper thoracic CSF", "upper\nchest"), ("cervical CSF", "neck"),
          ("cisterns", "cis-\nterns"), ("ventricles", "ven-\ntricles"), ("brain fluid", "brain\nfluid"))
X = np.array([0, 1, 2, 3, 4, 5, 6.35])
LOW, NECK, CISTERNS, BRAIN = 0, 3, 4, 6
READ = {"neck": (NECK, "Neck fluid"), "low": (LOW, "Low-back fluid"), "brain": (BRAIN, "Brain fluid")}
#: What a love of fat changes, and of these what a larger molecule slows.
WALLS = ("brain_wall_ml_per_g_h", "csf_wall_ml_per_h", "cells_exchange_ml_per_g_h", "csf_brain_exchange_ml_per_h", "cord_uptake_ml_per_cm2_h",
         "dura_ml_per_h", "epidural_vein_ml_per_h", "fat_exchange_ml_per_h")
ROOM = ("cells_ml_per_g", "fat_holds")
STEP = 5
WEIGHT = round(facts["mw_morphine"].value / STEP) * STEP
BOUND = round(100 * (1 - drug_parameters("morphine")["free_share"].value))
FLOOR, TOP, HIGH = 1e-4, 1e5, 1.6e4
#: Measured: neck (or cisterns) over low back after a lumbar dose.
SEEN = (("morph_neck_rat", "rats, morphine", False), ("meperidine_neck_rat", "rats, pethidine", False), ("morph_lumbar_cist", "people, cisterns", True))
#: Beside one another where they would lie on each other.
ASIDE = dict(zip(ROADS, (-0.33, -0.11, 0.11, 0.33)))


def drug(fat, efflux, binding, size):
    """A drug that stands `fat` of the way (0 to 1) from morphine to methadone in all it crosses and in what holds it."""
    watery, oily = drug_parameters("morphine"), drug_parameters("methadone")
    values = {name: watery[name].value ** (1 - fat) * oily[name].value ** fat for name in (*WALLS, *ROOM)}
    for name in WALLS:
        values[name] *= np.sqrt(WEIGHT / size)
    return body("morphine").changed(**values, brain_pump_out_ml_per_g_h=efflux * values["brain_wall_ml_per_g_h"], free_share=1 - binding)


def profile(one):
    """Exposure of each place over that of the blood, by each road."""
    found = {road: areas(one, road) for road in ROADS}
    return {road: area.level([name for name, _ in PLACES]) / area.level("plasma") for road, area in found.items()}


class WhichDrug(Sourced):
    """An invented drug between morphine and methadone, by four roads."""

    title = "The same roads, another drug"
    longest = 270
    model = "the body of the course, an invented drug"
    facts = ("morph_c1c2", "meth_c1c2", "morph_neck_rat", "meperidine_neck_rat", "morph_cord_rat", "meperidine_cord_rat", "morph_lumbar_cist", "sheep_up",
             "morph_brain_ps", "morph_brain_out", "morph_cells", "morph_fu", "morph_cl", "meth_fu", "meth_pgp", "mw_morphine", "kpuu_morphine")
    guess = "03.drug"
    size = (7.6, 4.7)
    narrow_size = (4.5, 7.4)
    room_size = (5.4, 3.3)
    presets = {"Like morphine": {}, "Like methadone": {"fat": 100, "binding": 90}, "No pump": {"efflux": 0, "place": "brain"},
               "Strong pump": {"efflux": 30, "place": "brain"}, "Almost all bound": {"binding": 99}}

    fat = Slider("Love of fat", 0, low=0, high=100, step=5, unit="%")
    efflux = Steps("Efflux pump of the brain", 3, {0: "none", 1: "as strong as the wall", 3: "3 times the wall", 10: "10 times the wall", 30: "30 times the wall"},
                   more=True)
    binding = Slider("Binding in blood", BOUND, low=0, high=99, step=1, unit="%")
    weight = Slider("Molecular weight", WEIGHT, low=150, high=1500, step=STEP, unit="g/mol", more=True)
    place = Choice("Place to read", "neck", {key: name for key, (_, name) in READ.items()}, look=True)
    log = Switch("Log axis", True, more=True, look=True)

    def compute(self, *, fat, efflux, binding, weight, place, log):
        one = drug(fat / 100, efflux, binding / 100, weight)
        found = profile(one)
        at = READ[place][0]
        order = sorted(ROADS, key=lambda road: -found[road][at])
        return SimpleNamespace(fat=fat, place=place, at=at, log=log, found=found, order=order, marks=one.marks,
                               reach=found["lumbar"][NECK] / found["lumbar"][LOW], cisterns=found["lumbar"][CISTERNS] / found["lumbar"][LOW])

    def setup(self, figure):
        self.scaled = None
        if self.narrow:
            box, side, strip, proof = (0.17, 0.595, 0.80, 0.36), (0.05, 0.405, 0.93, 0.135), (0.42, 0.25, 0.52, 0.105), (0.05, 0.085, 0.93, 0.075)
        elif self.room:
            box, side, strip, proof = (0.113, 0.335, 0.482, 0.585), (0.625, 0.70, 0.365, 0.275), (0.835, 0.355, 0.15, 0.24), (0.02, 0.065, 0.97, 0.10)
        else:
            box, side, strip, proof = (0.098, 0.165, 0.522, 0.765), (0.655, 0.675, 0.335, 0.285), (0.812, 0.40, 0.168, 0.165), (0.655, 0.115, 0.335, 0.125)
        axes = self.axes = figure.add_axes(box, label="places")
        axes.set(xlim=(-0.45, 6.85), xticks=X, xticklabels=[name for _, name in PLACES])
        if self.room:
            axes.set_xticks([*X, 1.5], ["low\nback", "low", "high", "neck", "cis-\nterns", "ven-\ntri-\ncles", "brain\nfluid", "\nchest"])
        axes.tick_params(axis="x", length=0)
        axes.grid(axis="x", visible=False)
        axes.axvspan(-0.45, 3.5, color=SKY, alpha=0.20, lw=0, zorder=0)
        axes.axvspan(3.5, 5.65, color=SKY, alpha=0.38, lw=0, zorder=0)
        axes.axvspan(5.85, 6.85, color=PURPLE, alpha=0.14, lw=0, zorder=0)
        axes.axhline(1, color=VERMILLION, lw=1.0, alpha=0.7)
        self.here = axes.axvspan(0, 1, facecolor="none", edgecolor=INK, lw=1.4, ls=(0, (2, 2)))
        start = profile(drug(0, 3, BOUND / 100, WEIGHT))["lumbar"]
        self.before, = axes.plot(X[:BRAIN], start[:BRAIN], color=BLUE, lw=1.3, alpha=0.8, ls=(0, (1.2, 1.5)))
        self.gap = axes.fill_between(X[:BRAIN], start[:BRAIN], start[:BRAIN], color=BLUE, alpha=0.16, lw=0)
        self.start = start
        self.lines, self.ends = [], []
        for road in ROADS:
            colour, marker, dash = LOOK[road]
            self.lines += axes.plot([], [], color=colour, ls=dash, lw=2.2, marker=marker, ms=7, mec=INK, mew=0.6)
            self.ends += axes.plot([], [], marker, color=colour, ms=8, mec=INK, mew=0.6)
        self.live("gap", self.gap, self.before, self.here, pin=False)
        self.live("roads", *self.lines, *self.ends)
        self._ladder(figure.add_axes(side, label="order"))
        self._strip(figure.add_axes(strip, label="reach"))
        self.proof = Proof(self, figure, proof, kinds=4)
        self._scale(True)

    def _ladder(self, axes):
        """The roads in their order at the place that is read."""
        axes.set(xlim=(0, 1), ylim=(4.6, -0.5))
        axes.axis("off")
        self.heading = axes.text(0, -0.1, "", fontsize=10.5, color=INK, va="center")
        self.rungs = [(axes.plot([0.05], [0], LOOK[road][1], color=LOOK[road][0], mec=INK, mew=0.6, ms=9)[0],
                       axes.text(0.13, 0, name, fontsize=10.5, color=INK, va="center")) for road, name in ROADS.items()]
        self.figures = [axes.text(1.0, row + 1, "", fontsize=10.5, color=INK, va="center", ha="right", weight="bold") for row in range(4)]
        self.live("rungs", *self.rungs, pin=False)
        self.live("figures", self.heading, *self.figures, pin=False)

    def _strip(self, axes):
        """How much of the low-back exposure comes to the neck: the model's dot, and what was measured."""
        self.reach = axes
        axes.set(ylim=(len(SEEN) + 0.6, -0.6), yticks=[])
        axes.spines["left"].set_visible(False)
        edge = {"wide": -0.88, "narrow": -0.68, "room": -1.4}[self.layout]
        title = "lumbar dose: neck over low back" if not self.room else "lumbar: neck over low back"
        axes.text(edge, 1.0, title, fontsize=9.5, color=INK, transform=axes.transAxes, va="bottom")
        across = axes.get_yaxis_transform()
        names, marks = [], []
        for row, (fact, words, up) in enumerate(SEEN, 1):
            share = 1 / facts[fact].value if up else facts[fact].value
            marks += axes.plot([share], [row], "D" if not up else "s", color=PAPER, mec=INK, mew=1.5, ms=7, clip_on=False)
            names.append(axes.text(edge, row, words, fontsize=9.5, color=INK, va="center", transform=across))
        names.append(axes.annotate("filled: model; hollow: measured\nmethadone, people: lower or none" if not self.room else "hollow: measured; people,\nmethadone: lower or none",
                                   (edge, 0), (0, -19), xycoords="axes fraction", textcoords="offset points",
                                   fontsize=9.5, color=INK, va="top", linespacing=1.15))
        self.dot, = axes.plot([], [], "o", color=BLUE, mec=INK, ms=9, clip_on=False, zorder=5)
        self.cistern, = axes.plot([], [], "s", color=BLUE, mec=INK, ms=7, clip_on=False, zorder=5)
        self.dot_name = axes.text(edge, 0, "", fontsize=9.5, color=INK, va="center", weight="bold", transform=across)
        self.live("reach", self.dot, self.cistern, self.dot_name, *marks, *names, pin=False)

    def _scale(self, log):
        if self.scaled == log:
            return  # ticks set anew would have the whole chart drawn anew
        self.scaled = log
        self.axes.set(yscale="log" if log else "linear", ylim=(FLOOR, TOP) if log else (0, HIGH))
        self.axes.set_title("Exposure (1 = that of the blood)" + (", log axis" if log and not self.room else ""), loc="left", fontsize=10.5)
        self.reach.set(xscale="log" if log else "linear", xlim=(0.001, 0.4) if log else (0, 0.4))
        if log:
            self.axes.set_yticks([1e-3, 0.1, 10, 1e3, 1e5], ["0.001", "0.1", "10", "1000", "100 000" if not self.room else ""])
        else:
            self.axes.set_yticks([0, 5e3, 1e4, 1.5e4], ["0", "5000", "10 000", "15 000"])
        ticks = [0.01 if not self.room else 0.001, 0.1] if log else [0, 0.2]
        self.reach.set_xticks(ticks, [f"{tick:g}" for tick in ticks])

    def update(self, r):
        self._scale(r.log)
        for road, line, end in zip(ROADS, self.lines, self.ends):
            line.set_data(X[:BRAIN], r.found[road][:BRAIN])
            end.set_data(X[BRAIN:] + ASIDE[road], r.found[road][BRAIN:])
        self.gap.set_data(X[:BRAIN], np.minimum(self.start[:BRAIN], r.found["lumbar"][:BRAIN]), np.maximum(self.start[:BRAIN], r.found["lumbar"][:BRAIN]))
        wide = 0.76 if r.at != BRAIN else 0.98
        self.here.set_x(X[r.at] - wide / 2)
        self.here.set_width(wide)
        self.heading.set_text(f"Order: {READ[r.place][1].lower()}")
        for row, (road, text) in enumerate(zip(r.order, self.figures), 1):
            dot, name = self.rungs[list(ROADS).index(road)]
            dot.set_ydata([row])
            name.set_y(row)
            text.set_text(times(r.found[road][r.at]))
        ends = self.reach.get_xlim()
        self.dot.set_data([np.clip(r.reach, *ends)], [0])
        self.cistern.set_data([np.clip(r.cisterns, *ends)], [len(SEEN)])
        self.dot_name.set_text(f"model: {times(r.reach)}")
        self.proof.update(r.marks)

    def describe(self, r):
        def told(at):
            return ", ".join(f"{ROADS[road].lower()} {times(r.found[road][at])}" for road in sorted(ROADS, key=lambda road: -r.found[road][at]))
        other = BRAIN if r.at != BRAIN else NECK
        names = {NECK: "neck fluid", LOW: "low-back fluid", BRAIN: "brain fluid"}
        return (f"Exposure over that of the blood, in {names[r.at]}: {told(r.at)}. In {names[other]}: {told(other)}. "
                f"A lumbar dose keeps {times(r.reach)} of its low-back exposure at the neck.")

    def readings(self, r):
        here = {road: (f"{name}, {READ[r.place][1].lower()}", (times(r.found[road][r.at]), "times blood")) for road, name in ROADS.items()}
        first = dict([here["lumbar"], ("Lumbar dose, neck over low back", (times(r.reach), "")), here["vein"]])
        return first | dict(here.values())

    def table(self, r):
        return ("Place", *ROADS.values()), [(name.replace("-\n", "").replace("\n", " "), *(times(r.found[road][i]) for road in ROADS)) for i, (_, name) in enumerate(PLACES)]
