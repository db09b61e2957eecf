"""Further: a canal that is divided by a block, reached from below and from above."""

from functools import lru_cache
from types import SimpleNamespace

import numpy as np

from ...explore import Steps, Switch
from ...explore import figure as rounded
from ...explore.theme import BLUE, INK, PAPER, PURPLE, VERMILLION
from ...facts import drug_parameters
from ...models.canal import SpinalCanal
from ...models.routes import course_body
from ..sourced import Sourced
from ..spinal_infusion.canal import along, area, cord, dispersion, length, levels

CELLS = 60
BLOCKS = {"none": None, "T10": "T10", "T6": "T6", "C4": "C4"}
ROADS = {"lumbar": (BLUE, "-"), "ventricle": (PURPLE, (0, (7, 1.5, 1, 1.5)))}
PLACES = ("L3/4", "T12", "T8", "T4", "C7", "C1")
HEAD = ("cisterns", "ventricles")
FLOOR, TOP = 0.0001, 20.0


@lru_cache(8)
def body(block):
    """The body of the course with methotrexate and the canal in full; across a block nothing is stirred and nothing flows."""
    mixing = np.full(CELLS, dispersion())
    if block:
        mixing[int(levels[block] / length() * CELLS)] = 0.0
    canal = SpinalCanal(length(), area(), mixing, 0.0, head="closed", cells=CELLS)
    made = course_body(drug_parameters("methotrexate"), canal)
    return made.changed(spinal_outflow_share=0.0) if block else made


@lru_cache(32)
def exposure(block, road):
    """Areas under the level along the canal, and in cisterns and ventricles, from one dose by a road; 1 = at L3/4, lumbar, no block."""
    one = body(block)
    where = "ventricles"
    if road == "lumbar":
        where = np.zeros(len(one.names))
        where[[one.names.index(name) for name in one.spine]] = one.canal.infuse(levels["L3/4"], 1.0)
    found = one.areas(where)
    return np.array([found.level(name) for name in one.spine]), np.array([found.level(name) for name in HEAD])


class BlockAtT6(Sourced):
    """Exposure of the fluid along the canal and in the head, by two roads, with and without a block."""

    title = "A divided canal"
    longest = 330
    model = "the body of the course, methotrexate"
    facts = ("lm_block_1998", "lm_block_1995", "mtx_icv_lumbar", "mtx_icv_peak", "mtx_nhp_gradient", "half_distance", "canal_length")
    size = (7.6, 4.4)
    narrow_size = (4.5, 5.0)
    presets = {"Open": {"block": "none"}, "Block at T6": {"block": "T6"}}

    block = Steps("Block", "none", {key: "none" if key == "none" else f"at {key}" for key in BLOCKS})
    log = Switch("Log axis", True, look=True)

    def compute(self, *, block, log):
        unit = exposure(None, "lumbar")[0].max()
        found = {}
        for road in ROADS:
            canal, head = exposure(BLOCKS[block], road)
            found[road] = SimpleNamespace(canal=canal / unit, head=head / unit, at={n: float(np.interp(levels[n], body(None).canal.z, canal / unit)) for n in PLACES})
        return SimpleNamespace(found=found, block=BLOCKS[block], log=log)

    def setup(self, figure):
        grid = figure.add_gridspec(1, 2, width_ratios=(1, 0.26))
        self.axes, self.side = figure.add_subplot(grid[0, 0]), figure.add_subplot(grid[0, 1])
        self.z = body(None).canal.z
        along(self.axes, self.narrow, few=self.room)
        cord(self.axes)
        self.axes.set_xlabel(self.axes.get_xlabel() + "\n" * (3 if self.narrow else 2))  # room for the key
        if self.room:
            figure.get_layout_engine().set(rect=(0, 0.06, 1, 0.94))
            self.axes.set_xlabel("Level of the spine (tail to head)")
        self.axes.set_ylabel("Exposure (1 = highest, lumbar, no block)" if self.layout == "wide" else "Exposure (1 = lumbar, no block)")
        self.side.set(xlim=(-0.5, 1.5), xticks=(0, 1), xticklabels=("cis-\nterns", "ven-\ntricles") if self.layout == "wide" else ("cis-\nterns", "ven-\ntri-\ncles"))
        self.side.set_title("In the head", fontsize=10)
        self.side.tick_params(axis="x", length=0)
        self.side.tick_params(labelleft=False)
        self.side.grid(axis="x", visible=False)
        self.lines, self.marks = {}, {}
        for i, (road, (colour, dash)) in enumerate(ROADS.items()):
            self.lines[road], = self.axes.plot([], [], color=colour, ls=dash)
            self.marks[road], = self.side.plot([], [], ls="", marker="o^"[i], ms=9, color=colour, mec=INK, mew=0.9)
            x, y = {"wide": (178 * i, -48), "narrow": (-30, -48 - 14 * i), "room": (-52 + 188 * i, -52)}[self.layout]
            for at, words, size, ink in ((x, "━━" if dash == "-" else "╍╍", 11, colour), (x + 25, "○" if road == "lumbar" else "△", 11, colour),
                                         (x + 40, f"dose by {'the lumbar road' if road == 'lumbar' else 'a ventricle'}", 9.5, INK)):
                self.axes.annotate(words, (0, 0), (at, y), xycoords="axes fraction", textcoords="offset points", fontsize=size, color=ink, va="center",
                                   annotation_clip=False).set_in_layout(False)
        self.wall = self.axes.axvspan(0, 1, color=VERMILLION, alpha=0.45, lw=0)
        self.wall_name = self.axes.text(0, 1, "", fontsize=10, va="top", bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 1.0, "alpha": 0.85})
        self.lack = self.side.text(0.5, FLOOR * 1.4, "", ha="center", va="bottom", fontsize=9.5, color=BLUE)
        self.live("lines", *self.lines.values())
        self.live("marks", *self.marks.values())
        self.live("lack", self.lack)
        self.live("block", self.wall, self.wall_name, pin=False)
        self.scaled = None
        self._scale(True)

    def _scale(self, log):
        if self.scaled == log:
            return  # ticks set anew would have the whole chart drawn anew
        self.scaled = log
        for axes in (self.axes, self.side):
            axes.set(yscale="log" if log else "linear", ylim=(FLOOR, TOP) if log else (0, 7))
            if log:
                ticks = (0.0001, 0.001, 0.01, 0.1, 1, 10)
                axes.set_yticks(ticks, [f"{tick:g}" for tick in ticks])
                axes.minorticks_off()
        self.side.tick_params(labelleft=False)

    def update(self, r):
        self._scale(r.log)
        floor = FLOOR if r.log else 0
        cut = self.z[int(levels[r.block] / length() * CELLS)] if r.block else -1.0
        for road, found in r.found.items():
            self.lines[road].set_data(self.z, np.where((found.canal >= floor) & (np.abs(self.z - cut) > 0.5 * length() / CELLS), found.canal, np.nan))
            self.lines[road].may_have_gaps = True
            self.marks[road].set_data([0, 1], found.head)
            self.marks[road].set_visible(bool((found.head >= floor).all()))
        self.lack.set_text("lumbar:\nless than\nshown" if r.log and not (r.found["lumbar"].head >= floor).all() else "")
        self.wall.set_visible(r.block is not None)
        self.wall_name.set_text("")
        if r.block:
            at, half = levels[r.block], length() / CELLS
            self.wall.set(x=at - half, width=2 * half)
            right = at < levels["T2"]
            self.wall_name.set(x=at + (half + 0.5) * (1 if right else -1), ha="left" if right else "right", y=0.8 * TOP if r.log else 6.9, text=f"block, {r.block}")

    def describe(self, r):
        state = f"With a block at {r.block}" if r.block else "With the canal open"
        told = "; by ".join(f"{'the lumbar road' if road == 'lumbar' else 'a ventricle'}, an exposure of {say(f.at['L3/4'])} at L3/4, {say(f.at['T8'])} at T8, {say(f.at['T4'])} at T4 and "
                            f"{say(f.head[1])} in the ventricles" for road, f in r.found.items())
        return f"{state}, one dose brings, by {told}. The unit is the highest by the lumbar road, canal open."

    def readings(self, r):
        return {f"{place}, {road}": (say(value), "") for road, f in r.found.items() for place, value in (("L3/4", f.at["L3/4"]), ("T4", f.at["T4"]), ("Ventricles", f.head[1]))}

    def table(self, r):
        rows = [(n, *(say(f.at[n]) for f in r.found.values())) for n in PLACES]
        return ("Place", "Lumbar road", "Ventricle"), rows + [(name, *(say(f.head[i]) for f in r.found.values())) for i, name in enumerate(HEAD)]


def say(level):
    """An exposure in words."""
    return rounded(level) if level >= 0.001 else "below 0.001"
