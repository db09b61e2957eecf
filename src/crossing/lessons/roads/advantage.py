"""Core 3: what the advantage of a road is made of."""

from types import SimpleNamespace

import numpy as np

from ...explore import Steps, Switch
from ...explore.theme import BLUE, GRID, INK, MUTED, PAPER, SKY, VERMILLION
from ...facts import drug_parameters, facts
from ...models.exposure import two_box_advantage, two_box_areas
from ..sourced import Sourced
from .body import PLATE, spread, three

LOW, HIGH = 3.0, 400.0
X = np.geomspace(LOW, HIGH, 33)
FLOOR, TOP = 1e-5, 3e5
KILO = 70.0  # a person to whom clearances per kilogram are applied


def drugs():
    """Clearance from plasma, entry and clearance from fluid (mL/h) of four drugs, from papers; entry from a ratio by vein."""
    def plasma(name):
        return drug_parameters(name)["clearance_ml_per_h"].value
    nusinersen, morphine = drug_parameters("nusinersen"), plasma("morphine")
    cytarabine, slow, fast = facts["arac_cl"].to("mL/h"), *facts["baclofen_cl"].range_in("mL/h")
    baclofen = float(np.sqrt(slow * fast))
    return {"Like morphine": (morphine, morphine * facts["morph_im_f"].range_in("fraction")[1], KILO * facts["morph_it_cl"].to("mL/kg/h")),
            "Like nusinersen": (facts["nusi_clp"].to("mL/h"), nusinersen["csf_wall_ml_per_h"].value * nusinersen["free_share"].value,
                                facts["nusi_clcsf"].to("mL/h")),
            "Like cytarabine": (plasma("cytarabine"), cytarabine * facts["arac_csf_plasma"].to("fraction"), cytarabine),
            "Like baclofen": (plasma("baclofen"), baclofen * facts["bac_csf_oral"].to("fraction"), baclofen)}


DRUGS = drugs()
PRESETS = {name: dict(zip(("plasma", "entry", "fluid"), numbers)) for name, numbers in DRUGS.items()}
#: Advantages in papers, dose for dose: fact, words, lower bound only.
SEEN = (("azq_advantage", "AZQ, monkeys", False), ("aac_advantage", "fazarabine, monkeys", False), ("topo_advantage", "topotecan, monkeys", False),
        ("mtx_icv_advantage", "methotrexate, people", False))


def steps(low, high, which):
    """Round values (mL/h) from `low` to `high`, and the exact ones of the four drugs."""
    round_ones = [digit * 10.0**power for power in range(-2, 6) for digit in (1, 1.25, 1.6, 2, 2.5, 3, 4, 5, 6, 8, 9)]
    grid = {v for v in round_ones if low <= v <= high} | {float(numbers[which]) for numbers in DRUGS.values()}
    return {v: f"{three(v)} mL/h" for v in sorted(grid)}


class Advantage(Sourced):
    """Fluid against blood after a dose into the fluid and after one into a vein, and one ratio over the other."""

    title = "Fluid against blood, by two roads"
    model = "two boxes, blood and fluid"
    facts = ("nusi_clp", "nusi_clcsf", "morph_cl", "morph_im_f", "morph_it_cl", "morph_csf_plasma_steady", "arac_clp", "arac_cl", "arac_csf_plasma", "bac_clf",
             "bac_f", "baclofen_cl", "bac_csf_oral", "azq_icv_cl", "azq_advantage", "aac_icv_cl", "aac_advantage", "topo_icv_cl_lactone", "topo_advantage",
             "mtx_icv_advantage")
    guess = "03.advantage"
    size = (7.6, 4.7)
    narrow_size = (4.5, 7.2)
    room_size = (5.4, 3.3)
    presets = PRESETS

    fluid = Steps("Clearance from the fluid", DRUGS["Like morphine"][2], steps(LOW, HIGH, 2), play=True)
    plasma = Steps("Clearance from plasma", DRUGS["Like morphine"][0], steps(300, 300_000, 0))
    entry = Steps("Entry from plasma into the fluid", DRUGS["Like morphine"][1], steps(0.05, 500, 1))
    log = Switch("Log axes", True, more=True, look=True)

    def compute(self, *, fluid, plasma, entry, log):
        along = [two_box_areas(plasma, x, entry).targeting for x in X]
        here = two_box_areas(plasma, fluid, entry).targeting
        return SimpleNamespace(fluid=fluid, plasma=plasma, entry=entry, log=log, here=here, into=np.array([t.ratio for t in along]),
                               vein=np.array([t.by_vein for t in along]), advantage=float(two_box_advantage(plasma, entry)))

    def setup(self, figure):
        self.scaled = None
        if self.narrow:
            box, picture, strip = (0.17, 0.60, 0.79, 0.355), (0.03, 0.345, 0.94, 0.17), (0.17, 0.075, 0.3, 0.235)
        elif self.room:
            box, picture, strip = (0.12, 0.305, 0.4, 0.615), (0.58, 0.70, 0.41, 0.29), (0.655, 0.105, 0.062, 0.485)
        else:
            box, picture, strip = (0.105, 0.15, 0.485, 0.79), (0.625, 0.665, 0.365, 0.30), (0.685, 0.075, 0.10, 0.51)
        axes = self.axes = figure.add_axes(box, label="ratios")
        title, at = ("Exposure of the fluid (1 = that of plasma)", {}) if not self.room else ("Exposure of fluid (1 = of plasma)", {"x": -0.26})
        axes.set_title(title, loc="left", fontsize=10.5, **at)
        axes.set_xlabel("Clearance from the fluid (mL/h)")
        self.band = axes.fill_between([LOW, HIGH], [1, 1], [2, 2], color=SKY, alpha=0.22, lw=0)
        self.into, = axes.plot([], [], color=BLUE)
        self.vein, = axes.plot([], [], color=VERMILLION, ls=(0, (5, 1.8)))
        self.bracket, = axes.plot([], [], color=INK, lw=2.2, solid_capstyle="butt", marker="_", ms=14, mew=2.2)
        self.dots = axes.plot([], [], "o", color=BLUE, mec=INK, ms=10, zorder=5) + axes.plot([], [], "s", color=VERMILLION, mec=INK, ms=9, zorder=5)
        front = {"bbox": PLATE, "zorder": 6} if self.room else {}  # the names of drugs are near
        self.numbers = [axes.text(0, 0, "", fontsize=10, color=INK, weight="bold", ha="center", **front) for _ in range(2)]
        self.size_name = axes.text(0, 0, "", fontsize=11.5, color=INK, weight="bold", va="center", bbox=PLATE, zorder=3 if not self.room else 7)
        for artist in (self.band, self.into, self.vein, self.bracket, *self.dots):
            artist.may_leave = True  # on linear axes one of the two is always out of sight
        self._papers(axes)
        self.live("band", self.band, pin=False)
        self.live("lines", self.into, self.vein)
        self.live("gap", self.bracket, *self.dots, pin=False)
        self.live("names", *self.numbers, self.size_name, pin=False)
        self._picture(figure.add_axes(picture, label="boxes"))
        self._strip(figure.add_axes(strip, label="advantage"))
        self._scale(True)

    def _papers(self, axes):
        slow, fast = facts["baclofen_cl"].range_in("mL/h")
        told = {"textcoords": "offset points", "fontsize": 9.5, "color": INK, "bbox": PLATE}
        look = {"mec": INK, "mew": 1.5, "ms": 8, "color": PAPER, "zorder": 4}
        oral, arac = facts["bac_csf_oral"].to("fraction"), facts["arac_csf_plasma"].to("fraction")
        nusinersen, morphine = DRUGS["Like nusinersen"], DRUGS["Like morphine"]
        self.papers = [*axes.plot([nusinersen[2]], [nusinersen[0] / nusinersen[2]], "o", **look), *axes.plot([morphine[2]], [facts["morph_csf_plasma_steady"].value], "o", **look),
                       *axes.plot([slow, fast], [oral] * 2, color=INK, lw=1.4), *axes.plot([np.sqrt(slow * fast)], [oral], "s", **look),
                       *axes.plot([facts["arac_cl"].to("mL/h")], [arac], "s", **look),
                       axes.annotate("nusinersen", (nusinersen[2], nusinersen[0] / nusinersen[2]), (8, 2 if not self.room else -4), **told),
                       axes.annotate("morphine", (morphine[2], facts["morph_csf_plasma_steady"].value), (-8, -3), ha="right", **told),
                       axes.annotate("baclofen", (fast, oral), (5, -3), **told),
                       axes.annotate("cytarabine", (facts["arac_cl"].to("mL/h"), arac), (0, -17) if not self.room else (42, 8), ha="center", **told)]
        keys = ((0.03, 0.14, "● given into the fluid   ■ into a vein"), (0.03, 0.05, "○ □ the same, measured"))
        for x, y, words in keys if not self.room else ((-0.26, -0.355, "● into fluid  ■ into vein  ○ □ measured"),):
            self.papers.append(axes.text(x, y, words, fontsize=9.5, color=INK, transform=axes.transAxes))

    def _picture(self, axes):
        """The two boxes; each pipe as wide as the logarithm of what runs through it."""
        axes.set(xlim=(0, 10), ylim=(0, 6))
        axes.axis("off")
        end, down = (4.9, 3.9) if not self.room else (4.0, 3.5)  # of the boxes; the pipe from fluid to plasma
        for y, words, colour, strength in ((4.2, "fluid", SKY, 0.55), (0.2, "plasma", VERMILLION, 0.30)):
            axes.fill_between([0.1, end], [y] * 2, [y + 1.7] * 2, color=colour, alpha=strength, lw=0)
            axes.text(end / 2 + 0.05, y + 0.85, words, ha="center", va="center", fontsize=10.5, color=INK)
        self.pipes = [axes.plot(xs, ys, color=colour, solid_capstyle="butt")[0] for xs, ys, colour in
                      (([down, down], [4.2, 2.35], BLUE), ([1.0, 1.0], [1.9, 3.75], MUTED), ([end, end + 1.4], [1.05, 1.05], VERMILLION))]
        self.heads = [axes.plot([x], [y], marker, color=colour, ms=9)[0] for x, y, marker, colour in
                      ((down, 2.2, "v", BLUE), (1.0, 3.9, "^", MUTED), (end + 1.55, 1.05, ">", VERMILLION))]
        for x, y, words in ((down + 0.5, 3.05, "clearance from the fluid" if not self.room else "clearance\nfrom the fluid"), (1.45, 3.05, "entry"),
                            (end + 2, 1.05, "clearance\nfrom plasma")):
            axes.text(x, y, words, fontsize=9.5, color=INK, va="center", linespacing=1.0)
        self.live("pipes", *self.pipes, *self.heads, pin=False)

    def _strip(self, axes):
        """The advantage alone, beside those of papers."""
        self.side = axes
        axes.set(xlim=(0, 1), xticks=[])
        for edge in ("left", "bottom"):
            axes.spines[edge].set_visible(False)
        axes.tick_params(axis="y", length=0)
        axes.axvspan(0.2, 0.8, color=GRID, lw=0)
        axes.set_title("advantage: one over the other", fontsize=10, loc="left", x={"wide": -0.62, "narrow": -0.4, "room": -2.2}[self.layout], color=INK)
        least = 1 / facts["morph_im_f"].range_in("fraction")[1]
        self.values = [facts[fact].value for fact, *_ in SEEN] + [least]
        # Side by side, as they would lie on each other; a thin line leads each to its name.
        self.aside = [0.5] * len(SEEN) + [0.32]
        for place, i in enumerate(np.argsort(self.values)):
            self.aside[i] = (0.36, 0.64)[place % 2]
        self.seen = [axes.plot([x], [value], "D" if value != least else "^", color=PAPER, mec=INK, mew=1.4, ms=6)[0] for x, value in zip(self.aside, self.values)]
        self.leads = [axes.plot([], [], color=MUTED, lw=0.7, transform=axes.transAxes, clip_on=False)[0] for _ in self.values]
        told = [words.replace("people", "man") if self.room else words for _, words, _ in SEEN] + ["morphine, at least"]
        self.tags = [axes.text(1.07, 0, words, fontsize=9.5, color=INK, va="center", transform=axes.transAxes) for words in told]
        self.mark, = axes.plot([], [], marker=(3, 0, -90), color=INK, ms=11, clip_on=False)
        self.level, = axes.plot([], [], color=INK, lw=2.2)
        self.live("mark", self.mark, self.level, pin=False)

    def _scale(self, log):
        if self.scaled == log:
            return  # ticks set anew would have the whole chart drawn anew
        self.scaled = log
        low, high = (1, 1e7) if log else (0, 60_000)
        heights = np.log(self.values) / np.log(high) if log else np.array(self.values) / high
        tall = 72 * self.side.get_position().height * self.side.figure.get_figheight()
        for tag, lead, x, height, place in zip(self.tags, self.leads, self.aside, heights, spread(heights, 13.5 / tall)):
            tag.set_y(place)
            lead.set_data([x + 0.1, 0.86, 1.04], [height, height, place])
        for artist in self.papers:
            artist.set_visible(log)
        self.axes.set(xscale="log" if log else "linear", xlim=(LOW * 0.85, HIGH * 1.2) if log else (0, HIGH * 1.05), yscale="log" if log else "linear", ylim=(FLOOR, TOP) if log else (0, 1000))
        self.side.set(yscale="log" if log else "linear", ylim=(low, high))
        for axis, ticks in ((self.axes.set_xticks, (3, 10, 30, 100, 300) if log else (0, 100, 200, 300, 400)),
                            (self.axes.set_yticks, (1e-4, 0.01, 1, 100, 1e4) if log else (0, 250, 500, 750, 1000)),
                            (self.side.set_yticks, (1, 100, 1e4) if log else (0, 2e4, 4e4, 6e4))):
            axis(ticks, [f"{tick:,.0f}".replace(",", " ") if tick >= 1 or not tick else f"{tick:g}" if tick > 0.001 else "0.0001" for tick in ticks])

    def update(self, r):
        self._scale(r.log)
        self.into.set_data(X, r.into)
        self.vein.set_data(X, r.vein)
        self.band.set_data(X, r.vein, r.into)
        ends = (r.here.ratio, r.here.by_vein)
        self.bracket.set_data([r.fluid] * 2, ends)
        for dot, y in zip(self.dots, ends):
            dot.set_data([r.fluid], [y])
        left, share = r.fluid > (40 if not self.room else 30), 0.65 if not self.room else 0.35 if 30 < r.fluid <= 150 else 0.58 if r.fluid > 150 else 0.7
        for text, y, up in zip(self.numbers, ends, (True, False)):
            off = ((1.8, 0.5) if not self.room else (2.6, 0.36))[not up]
            text.set(x=r.fluid, y=y * off, va="bottom" if up else "top", ha="center" if up or r.fluid < 8 else "right", text=three(y))
            text.set_visible(r.log)
        middle = ends[0] ** share * ends[1] ** (1 - share) if r.log else 0.5 * min(ends[0], 1000)
        off = 0.9 if left else 1.1 if not self.room else 1.22
        self.size_name.set(x=r.fluid * off, y=middle, ha="right" if left else "left", text=f"× {three(r.advantage)}")
        for pipe, number in zip(self.pipes, (r.fluid, r.entry, r.plasma)):
            pipe.set_linewidth(1.2 + 2.0 * np.log10(1 + 10 * number))
        height = r.advantage if r.log else min(r.advantage, 60_000)
        self.mark.set_data([0.07], [height])
        self.level.set_data([0.1, 0.9], [height] * 2)

    def describe(self, r):
        return (f"Given into the fluid, the fluid is exposed {three(r.here.ratio)} times as much as the blood; given into a vein, {three(r.here.by_vein)} times. "
                f"The advantage, one over the other, is {three(r.advantage)}.")

    def readings(self, r):
        return {"Advantage": (three(r.advantage), "times"), "Fluid over blood, given into the fluid": (three(r.here.ratio), ""),
                "Fluid over blood, given into a vein": (three(r.here.by_vein), "")}
