"""The picture that opens the lesson on roads: every way by which a drug can be sent to brain and cord.

A head, a canal and the blood beside them. One road at a time is lit, with what it needs, what it reaches, how easily it is
undone, and one published figure. The drawing computes nothing and ranks nothing.
"""

import textwrap
from typing import NamedTuple

import numpy as np

from ..explore import Choice, theme
from ..facts import facts
from .anatomy import Sheet, circle, smooth
from .fluid_spaces import arrow, draw_spaces
from .head import Head
from .neurovascular import figure_of, page, paper_of
from .sourced import Sourced


class Road(NamedTuple):
    """One road: its name, what it needs, what it reaches, how it is undone, and the fact behind it."""

    name: str
    needs: str
    reaches: str
    undone: str
    fact: str


ROADS = {
    "mouth": Road("By mouth", "a gut that absorbs", "blood, then past the barrier", "stopping; the rest is absorbed", "morph_oral_f"),
    "vein": Road("Into a vein", "a needle or a line", "blood, then past the barrier", "stopping the line at once", "mtx_csf_serum"),
    "epidural": Road("Epidural", "a catheter outside the dura", "fat, blood, and past the dura", "stopping, drawing the catheter", "morph_epi_tmax"),
    "lumbar": Road("Lumbar", "a needle or catheter in the sac", "fluid of the canal, then of the head", "stopping; fluid drawn early", "dtc_ratio"),
    "ventricle": Road("Ventricle", "an operation, a reservoir", "fluid of head, then of canal", "stopping; fluid drawn early", "mtx_nhp_gradient"),
    "opened": Road("Opened barrier", "a sugar solution, or sound", "brain, while it stays open", "waiting: it closes of itself", "osm_fold"),
    "nose": Road("Through the nose", "a drug that takes a path there", "blood; more is asked below", "stopping the sprays", "nasal_melatonin_tmax"),
    "pressure": Road("By slow pressure", "an operation, a thin tube", "a ball of tissue at the tip", "stopping; it cannot be drawn out", "ced_ratio_hippo_dorsal"),
}
YELLOW = "#f0e442"
_FACE = ((70, 300), (44, 262), (34, 222), (36, 196), (22, 176), (10, 160), (14, 152), (28, 150), (26, 140), (18, 134), (26, 128),
         (20, 120), (30, 108), (32, 92), (52, 80), (92, 70))


def told(fact):
    """What was measured and how much. Where the value is one end of its range, the range alone says it."""
    row, words = facts[fact], figure_of(fact)
    if row.value in (row.low, row.high) and None not in (row.low, row.high):
        return words.replace(row.figure(), f"{row.low:g} to {row.high:g} {row.unit}")
    return words


class RoadMap(Sourced):
    """All roads to brain and cord in one picture."""

    title = "The roads"
    longest = 290
    model = "drawing, not to scale"
    size = (7.6, 5.6)
    narrow_size = (4.5, 8.2)
    room_size, room_type = (9.4, 5.6), 18
    facts = tuple(road.fact for road in ROADS.values())

    road = Choice("Road", "mouth", {key: road.name for key, road in ROADS.items()})

    def compute(self, *, road):
        return road

    def setup(self, figure):
        narrow, room = self.narrow, self.room
        axes = page(figure)
        head, foot = (Head(0.66, (40, 346)), 242) if narrow else (Head(0.62, (70, 168)), 78) if room else (Head(0.66, (24, 160)), 60)
        draw_map(Sheet(axes, 2), head, foot)
        lit = Sheet(axes, 5)
        self._lit = {key: draw_road(lit, key, head, foot) for key in ROADS}
        x, top, step, line = (14, 190, 44, 16) if narrow else (376, 378, 96, 26) if room else (336, 340, 44, 16)
        words = Sheet(axes, 6)
        for i, heading in enumerate(("Needs", "Reaches", "Undone by")):
            words.text(x, top - 2 * line - 2 - step * i, heading, weight="bold")
        self._name = words.text(x, top, "", weight="bold", size=12)
        self._lines = [words.text(x, top - (2.6 if room else 3) * line - 2 - step * i, "", va="top" if room else "center") for i in range(3)]
        self.live("road", *self._lit.values(), pin=False)
        self.live("words", self._name, *self._lines, pin=False)

    def update(self, shown):
        for key, artists in self._lit.items():
            for artist in artists:
                artist.set_visible(key == shown)
        road = ROADS[shown]
        self._name.set_text(road.name)
        for text, words in zip(self._lines, (road.needs, road.reaches, road.undone)):
            text.set_text(textwrap.fill(words, 30 if self.room else 80))

    def describe(self, shown):
        road = ROADS[shown]
        return (f"{road.name}: needs {road.needs}; reaches {road.reaches}; undone by {road.undone}. {told(road.fact)} "
                f"({paper_of(road.fact)}).")

    def table(self, shown):
        rows = [(road.name, road.needs, road.reaches, road.undone, told(road.fact)) for road in ROADS.values()]
        return ("Road", "Needs", "Reaches", "Undone by", "One published figure"), rows


def draw_map(sheet, head, foot):
    """Face, head, canal with the space outside its dura, the gut, and the blood beside them."""
    sheet.line([smooth(head.at(*_FACE), closed=False)], theme.MUTED, 1.4)
    x, top = head.at((207, 0))[0], head.at((207, 60))[1]
    y = np.linspace(top, foot + 12, 40)
    sway = 9 * np.sin((head.at((0, 8))[1] - y) / (head.at((0, 8))[1] - foot) * 2 * np.pi) * (y < head.at((0, 8))[1])
    wide = head.scale * 20 + 8
    sheet.fill(np.concatenate([np.stack([x + sway - wide, y], -1), np.stack([x + sway + wide, y], -1)[::-1]]), YELLOW, 0.45, line=0)
    draw_spaces(sheet, head, foot, named=False)
    # Blood: one vessel from the gut up to the head.
    vessel = smooth(blood(head, foot), closed=False)
    sheet.line([vessel], theme.VERMILLION, 15, 0.30, cap="round")
    sheet.line([vessel], theme.VERMILLION, 1.4, 0.9, dashes=(5, 3), cap="butt")
    at = blood(head, foot)[2]
    sheet.text(at[0] + 12, at[1], "blood")
    sheet.line([gut(head, foot)], theme.ORANGE, 8, 0.45)
    sheet.text(*(gut(head, foot).min(axis=0) + (-2, -9)), "gut")
    sheet.text(*head.at((196, 276)), "brain", va="center_baseline")
    side = head.at((118, 36))
    sheet.text(side[0] - 4, side[1], "fluid", ha="right")
    sheet.line([np.array([side, head.at((192, 30))])], theme.INK, 0.7)
    edge = np.array([x - wide + 4, foot + 0.45 * (top - foot)])
    sheet.text(edge[0] - 36, edge[1] - 8, "space outside\nthe dura", ha="right")
    sheet.line([np.array([edge + (-33, -4), edge])], theme.INK, 0.7)


def blood(head, foot):
    """Points of the vessel, from the gut up to the head."""
    right, low = head.at((300, 0))[0], foot - 10
    return np.array([gut(head, foot)[-1] + (4, 0), (right - 60, low - 6), (right - 10, low + 50), head.at((306, 40)), head.at((352, 120)), head.at((362, 200)),
                     head.at((344, 262))])


def gut(head, foot):
    """The line of the gut."""
    t = np.linspace(0, 1, 60)
    left = head.at((40, 0))[0]
    return np.stack([left + 66 * t, foot + 4 + 13 * np.sin(t * 6 * np.pi)], -1)


def draw_road(sheet, road, head, foot):
    """One road, lit. Returns its artists."""
    before, at, blue = len(sheet.artists), head.at, dict(colour=theme.BLUE, width=2.6)
    low = np.array([at((207, 0))[0], foot])
    vessel = blood(head, foot)
    cross = [at((352, 226)), at((322, 232)), at((288, 238))]
    if road == "mouth":
        arrow(sheet, [at((22, 131)), at((80, 116)), at((150, 66)), at((150, -40)), gut(head, foot)[47] + (0, 8)], **blue)
        arrow(sheet, [gut(head, foot)[-1], vessel[1] + (-14, 0), vessel[1] + (24, 14)], **blue)
        arrow(sheet, cross, dashes=(2, 1.4), **blue)
    elif road == "vein":
        tube(sheet, [vessel[2] + (58, -26), vessel[2] + (10, -26)])
        arrow(sheet, [vessel[2] + (2, -20), vessel[3] + (-2, -20), vessel[3] + (2, 12)], **blue)
        arrow(sheet, cross, dashes=(2, 1.4), **blue)
    elif road == "epidural":
        tube(sheet, [low + (64, 66), low + (25, 74)])
        arrow(sheet, [low + (23, 76), low + (26, 92), low + (24, 106)], **blue)
        arrow(sheet, [low + (19, 74), low + (10, 74), low + (2, 74)], dashes=(2, 1.4), **blue)
    elif road == "lumbar":
        tube(sheet, [low + (62, 16), low + (-2, 26)])
        arrow(sheet, [low + (-3, 30), low + (-5, 52), low + (6, 78)], **blue)
    elif road == "ventricle":
        tube(sheet, [at((266, 330)), at((222, 228))])
        sheet.fill(smooth(at((254, 330), (266, 346), (284, 336), (270, 322))), theme.BLUE, 0.6, line=1.0)
        arrow(sheet, at((180, 208), (190, 180), (220, 140), (226, 100), (222, 60)), **blue)
    elif road == "opened":
        turn = np.radians(np.linspace(-24, 24, 14))
        sheet.line([at((352, 300)) - (26 + 9 * i) * head.scale * np.stack([np.cos(turn + 0.62), np.sin(turn + 0.62)], -1) for i in range(4)], theme.PURPLE, 2.0)
        for up in (0, 18, -18):
            arrow(sheet, [point + (0, up * head.scale) for point in cross], **blue)
    elif road == "nose":
        arrow(sheet, at((16, 152), (40, 158), (62, 140)), **blue)
        arrow(sheet, at((64, 138), (84, 128), (108, 128)), dashes=(2, 1.4), **blue)
        arrow(sheet, [at((40, 146)), at((84, 108)), at((152, 50)), at((152, -50)), vessel[1] + (-44, 12)], **blue)
    else:
        tube(sheet, [at((96, 344)), at((118, 262))])
        sheet.fill([circle(at((120, 250)), r * head.scale) for r in (34,)], theme.BLUE, 0.22, line=1.2, edge=theme.BLUE)
        sheet.fill(circle(at((120, 250)), 14 * head.scale), theme.BLUE, 0.45, line=0)
    return sheet.artists[before:]


def tube(sheet, points):
    """A needle or a thin tube."""
    for colour, width in ((theme.INK, 3.6), (theme.PAPER, 1.4)):
        sheet.line([np.array(points)], colour, width, clip=False)
