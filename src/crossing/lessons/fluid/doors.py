"""Core 3: a drug in blood, brain fluid and CSF behind walls of their own, each with a pump of its own."""

from dataclasses import replace
from functools import lru_cache
from types import SimpleNamespace

import numpy as np
from matplotlib.patches import Polygon, Rectangle

from ...explore import Choice, Slider
from ...explore import figure as rounded
from ...explore.theme import BLUE, INK, MUTED, PAPER, PURPLE, VERMILLION
from ...facts import facts
from ...models.entry import Wall, two_doors
from ..sourced import Sourced

#: Two studies of one group: facts of brain fluid and of CSF, without a blocker and with it; top of the axis.
STUDIES = {"first": (("topotecan_ecf", "topotecan_csf"), ("topo_block_ecf", "topo_block_csf"), 1.9),
           "repeat": (("topo_again_ecf", "topo_again_csf"), ("topo_again_block_ecf", "topo_again_block_csf"), 6.2)}
WITHOUT = "topo_both_out_ecf", "topo_both_out_csf"
SHARES = np.linspace(0, 1, 51)
#: Width of a vessel, and of the gap before the next: on a page, and on a slide with its larger words. Height of the pumps.
WIDE, GAP, ROOM_GAP, MIDDLE = 1.0, 0.55, 1.0, 0.26
PLATE = {"facecolor": PAPER, "edgecolor": "none", "pad": 1.0, "alpha": 0.85}


def ratio(fact):
    """A fact that has no unit, by its id."""
    return facts[fact].to("dimensionless")


@lru_cache(2)
def walls(mice):
    """The two walls that give what was measured without a blocker, and with both pumps gone; passive crossing counts as 1."""
    return tuple(Wall.for_ratio(ratio(found), 1.0, 1 / ratio(gone) - 1) for found, gone in zip(STUDIES[mice][0], WITHOUT))


@lru_cache(2)
def stopped(mice):
    """The share of the pumps that the blocker stopped, so that brain fluid comes out as measured: the one number that is fitted."""
    shares = np.linspace(0, 1, 1001)
    return float(np.interp(ratio(STUDIES[mice][1][0]), two_doors(*walls(mice), shares)[0], shares))


def arrow(x, strength, gap):
    """The pump in the `gap` before a vessel at `x`: an arrow to the right as thick as the pump is strong (heights in shares)."""
    half = 0.022 * strength
    back, neck, tip = x - (gap - 0.05), x - 0.22, x - 0.05
    return [(back, MIDDLE - half), (neck, MIDDLE - half), (neck, MIDDLE - 2 * half), (tip, MIDDLE), (neck, MIDDLE + 2 * half), (neck, MIDDLE + half),
            (back, MIDDLE + half)]


class TwoDoors(Sourced):
    """Levels in brain fluid and in CSF of a drug that stays level in blood, and what becomes of them when pumps stop."""

    title = "Two walls, two fluids"
    longest = 210
    model = "two walls, two boxes, no exchange between them"
    facts = ("topotecan_ecf", "topotecan_csf", "topo_block_ecf", "topo_block_csf", "topo_both_out_ecf", "topo_both_out_csf", "topo_again_ecf",
             "topo_again_csf", "topo_again_block_ecf", "topo_again_block_csf", "csf_vs_brain")
    guess = "02.doors"
    size = (7.6, 4.6)
    narrow_size = (4.5, 7.2)
    presets = {"About as the blocker in the mice": {"blocker": 55}, "Pumps stopped altogether": {"blocker": 100}}

    blocker = Slider("Blocker stops this share of both pumps", 0, low=0, high=100, step=5, unit="%")
    pump_brain = Slider("Pump brain wall", 1.0, low=0, high=2, step=0.25, unit="×")
    pump_csf = Slider("Pump CSF wall", 1.0, low=0, high=2, step=0.25, unit="×")
    mice = Choice("Mice", "first", {"first": "First study", "repeat": "Repeat by the same group"}, more=True)

    def compute(self, *, blocker, pump_brain, pump_csf, mice):
        brain, csf = walls(mice)
        pair = replace(brain, cl_out=brain.cl_out * pump_brain), replace(csf, cl_in=csf.cl_in * pump_csf)
        course = two_doors(*pair, SHARES)
        now = [float(v) for v in two_doors(*pair, blocker / 100)]
        left = 1 - blocker / 100
        return SimpleNamespace(course=course, now=now, blocker=blocker, mice=mice, pumps=(pump_brain * left, pump_csf * left),
                               fold=now[1] / now[0])

    def setup(self, figure):
        if self.narrow:
            self.rooms, self.axes = figure.subplots(2, 1)
        else:
            self.rooms, self.axes = figure.subplots(1, 2, sharey=True, width_ratios=(1.15, 1) if not self.room else (0.94, 1))
        self.gap = GAP if not self.room else ROOM_GAP
        vessels = brain, blood, fluid = [i * (WIDE + self.gap) for i in range(3)]
        self.walls = blood, fluid
        self.rooms.set(xlim=(brain - 0.25, fluid + WIDE + 0.2), ylabel="Level of free drug (blood = 1)")
        if self.room:
            self.rooms.set_ylabel("")
            self.rooms.set_title("Free drug (blood = 1)", loc="left", fontsize=10.5)
        self.rooms.set_xticks([x + WIDE / 2 for x in vessels], ["brain fluid" if not self.room else "brain", "blood", "CSF"])
        self.rooms.tick_params(axis="x", length=0)
        self.rooms.grid(False)
        self.axes.set(xlim=(-8, 108), xlabel="Share of both pumps stopped (%)\n* measured once, shown for both studies" if not self.room else
                      "Both pumps stopped (%)\n* shown for both studies", xticks=(0, 25, 50, 75, 100))
        self.fills = []
        for x, colour in zip(vessels, (VERMILLION, PURPLE, BLUE)):
            self.fills.append(self.rooms.add_patch(Rectangle((x, 0), WIDE, 1, facecolor=colour, alpha=0.45, lw=0)))
            frame = self.rooms.get_xaxis_transform()
            self.rooms.plot([x, x, x + WIDE, x + WIDE], [0.96, 0, 0, 0.96], color=INK, lw=2, transform=frame, clip_on=False)
        large = {"ha": "center", "fontsize": 15 if not self.room else 10.5, "fontweight": "bold"}
        self.rooms.text(blood + WIDE / 2, 0.5, "1", va="center", **large)
        self.counts = [self.rooms.text(x + WIDE / 2, 0, "", va="bottom", **large) for x in (brain, fluid)]
        self.pumps = [self.rooms.add_patch(Polygon(arrow(x, 1.0, self.gap), facecolor=INK, lw=0, transform=frame)) for x in self.walls]
        middle = self.gap / 2
        self.called = [self.rooms.text(x - middle, 0, "", fontsize=9.5, ha="center", va="bottom", transform=frame) for x in self.walls]
        for x in self.walls:
            self.rooms.annotate("", (x - 0.03, 0.045), (x - (self.gap - 0.03), 0.045), xycoords=frame, textcoords=frame,
                                arrowprops={"arrowstyle": "<->", "color": MUTED, "lw": 1.1})
            self.rooms.text(x - middle, 0.06, "leak", fontsize=9.5, ha="center", va="bottom", transform=frame)
        self._course()
        self.live("levels", self.fills[0], self.fills[2], *self.pumps, pin=False)
        self.live("blood", self.fills[1], pin=False)
        self.live("counts", *self.counts, *self.called)
        self.live("course", *self.lines)
        self.live("names", *self.names)
        self.live("now", *self.dots, pin=False)
        self.live("published", *self.found, pin=False)
        self._scale("first")

    def _course(self):
        axes = self.axes
        axes.axhline(1, color=MUTED, lw=1.2, ls=(0, (1, 2)))
        self.lines = [axes.plot([], [], color=c, ls=ls)[0] for c, ls in ((VERMILLION, "-"), (BLUE, (0, (6, 2))))]
        self.names = [axes.text(0, 0, words, fontsize=10, ha="center", bbox=PLATE) for words in ("brain fluid", "CSF")]
        self.dots = [axes.plot([], [], "o", color=c, ms=13, mec=INK, mew=1, zorder=6)[0] for c in (VERMILLION, BLUE)]
        axes.set_title("◇ measured in mice (topotecan)", loc="center" if self.layout == "wide" else "right",
                       fontsize=10.5 if not self.room else 10.2)
        self.found = [axes.plot([], [], "D", color=PAPER, mec=c, mew=1.8, ms=8, zorder=7)[0] for c in (VERMILLION, BLUE)]
        self.bars = [axes.plot([], [], color=c, lw=1.6, zorder=5)[0] for c in (VERMILLION, BLUE)]
        for bar in self.bars:
            bar.may_have_gaps = True
        self.found += self.bars
        for x, words in ((0, "as they\nare"), (100, "bred with\nno pumps*" if not self.room else "bred\nwithout*")):
            axes.annotate(words, (x, 0.985), xycoords=axes.get_xaxis_transform(), fontsize=9.5, ha="left" if x == 0 else "right", va="top",
                          xytext=(-6 if x == 0 else 8, 0), textcoords="offset points")
        self.blocked = axes.text(0, 0, "", transform=axes.get_xaxis_transform(), fontsize=9.5, va="top")
        self.at, = axes.plot([], [], color=MUTED, lw=1.2, ls=(0, (1, 2)), transform=axes.get_xaxis_transform())
        self.found += [self.blocked, self.at]

    def _scale(self, mice):
        for axes in (self.rooms, self.axes):
            axes.set_ylim(0, STUDIES[mice][2])

    def update(self, r):
        self._scale(r.mice)
        top = STUDIES[r.mice][2]
        for fill, count, level in zip(self.fills[::2], self.counts, r.now):
            fill.set_height(level)
            count.set(y=level + 0.01 * top, text=rounded2(level))
        for pump, called, x, strength in zip(self.pumps, self.called, self.walls, r.pumps):
            pump.set_xy(arrow(x, strength, self.gap))
            pump.set_visible(strength > 0)
            called.set(text="pump" if strength > 0 else "pump\noff", y=MIDDLE + 0.05 + 0.03 * strength if strength > 0 else MIDDLE - 0.04)
        for line, dot, name, level, now in zip(self.lines, self.dots, self.names, r.course, r.now):
            # Above the upper curve, below the lower one.
            upper = level[len(SHARES) // 4] >= max(course[len(SHARES) // 4] for course in r.course)
            upper = upper or level[len(SHARES) // 4] < 0.12 * top  # no room below
            name.set(x=25, y=level[len(SHARES) // 4] + (0.035 if upper else -0.035) * top, va="bottom" if upper else "top")
            line.set_data(100 * SHARES, level)
            dot.set_data([r.blocker], [now])
        at = 100 * stopped(r.mice)
        x = [0, at, 100]
        for i, (marks, bar) in enumerate(zip(self.found[:2], self.bars)):
            rows = [facts[f] for f in (STUDIES[r.mice][0][i], STUDIES[r.mice][1][i], WITHOUT[i])]
            marks.set_data(x, [f.to("dimensionless") for f in rows])
            ends = [(*f.range_in("dimensionless"), np.nan) for f in rows]
            bar.set_data(np.repeat(x, 3), np.ravel(ends))
        late = at > 70
        words = "real blocker:\nabout" if not self.room else "blocker:\n≈"
        self.blocked.set(x=68 if late else at, ha="right" if late else "center", y=0.985, text=f"{words} {at:.0f} %")
        self.at.set_data([at, at], [0, 0.86])

    def describe(self, r):
        found, blocked, _ = STUDIES[r.mice]
        told = [f"{rounded(ratio(a))} and {rounded2(ratio(b))}" for a, b in (found, blocked, WITHOUT)]
        return (f"Against 1 in blood, brain fluid holds {rounded2(r.now[0])} and CSF {rounded2(r.now[1])}: CSF holds {rounded(r.fold)} times "
                f"what brain fluid holds. Measured in mice: {told[0]}; with a blocker {told[1]}; bred without the pumps {told[2]}.")

    def readings(self, r):
        return {"Brain fluid over blood": (rounded2(r.now[0]), ""), "CSF over blood": (rounded2(r.now[1]), ""), "CSF over brain fluid": (r.fold, "times")}

    def table(self, r):
        rows = [(f"{100 * s:.0f} %", rounded2(a), rounded2(b)) for s, a, b in zip(SHARES[::5], r.course[0][::5], r.course[1][::5])]
        return ("Share of both pumps stopped", "Brain fluid (blood = 1)", "CSF (blood = 1)"), rows


def rounded2(level):
    """A level to the hundredth, as papers print it."""
    return f"{level:.2f}"
