"""The picture that opens the lesson on three uses: the cord cut across in its fluid, and four targets of one road.

Pain cells near the surface of the cord, motor nerve cells deep inside it, tumour cells on the membranes as a film and as a lump,
germs in the fluid itself. One target at a time is lit, with the way that a drug has to go. The drawing computes nothing.
"""

import textwrap
from typing import NamedTuple

import numpy as np

from ..explore import Choice, theme
from ..explore import figure as rounded
from ..facts import facts
from .anatomy import Sheet, circle, smooth
from .fluid_spaces import arrow
from .neurovascular import page
from .sourced import Sourced

YELLOW = "#f0e442"


class Target(NamedTuple):
    """What a target is called, where it lies, how far it is from the fluid, how long it needs the drug, what the road is used for."""

    name: str
    where: str
    far: str
    long: str
    use: str
    facts: tuple


TARGETS = {
    "pain": Target("Pain cells", "the tip of the back horn, all along the cord", "near the surface; no figure in mm was found", "as long as the pain lasts",
                   "pain that lasts, mostly by a pump", ("cord_t8",)),
    "motor": Target("Motor nerve cells", "the front horn, all along the cord", "deep in the cord; no figure in mm was found", "for life",
                    "spinal muscular atrophy: a dose every {interval_nusinersen} months", ("interval_nusinersen", "nusi_autopsy")),
    "tumour": Target("Tumour cells", "the membranes: as a film, or as a lump", "film: none; lump: to its middle (no figure)", "until the last cell is gone; nobody knows when",
                     "tumour on the membranes, beside other treatment", ("lm_block_1998", "mtx_nhp_deep")),
    "germs": Target("Germs", "the fluid itself, and the linings around it", "none: they float in it", "until no germ is left",
                    "an infection that drugs by vein alone do not clear", ("ivt_guideline",)),
}
HEADINGS = ("Where", "How far from the fluid", "For how long", "What the road is used for")


def use(target):
    """What the road is used for, with its figures filled in."""
    told = TARGETS[target]
    return told.use.format(**{fact: rounded(facts[fact].value) for fact in told.facts if facts[fact].value is not None})


class FourTargets(Sourced):
    """The cord in its fluid, cut across, and four targets that one road is used for."""

    title = "Four targets of one road"
    longest = 270
    model = "drawing, not to scale"
    size = (7.6, 5.0)
    narrow_size = (4.5, 7.9)
    room_size, room_type = (9.3, 5.0), 17
    facts = tuple(dict.fromkeys(fact for told in TARGETS.values() for fact in told.facts))

    target = Choice("Target", "pain", {key: told.name for key, told in TARGETS.items()})

    def compute(self, *, target):
        return target

    def setup(self, figure):
        narrow = self.narrow
        axes = page(figure)
        scene = Scene((162, 404), 80) if narrow else Scene((176, 186), 82) if self.room else Scene((171, 188), 86)
        scene.draw(Sheet(axes, 2), 0.62 if self.room else 0)
        lit = Sheet(axes, 4)
        self._lit = {key: scene.light(lit, key) for key in TARGETS}
        x, top, self._wrap = (14, 222, 47) if narrow else (374, 340, 30) if self.room else (352, 338, 29)
        words = Sheet(axes, 6)
        self._name = words.text(x, top, "", weight="bold", size=12)
        self._lines, (step, line) = [], (44, 14) if narrow else (76, 20) if self.room else (66, 14)
        for i, heading in enumerate(HEADINGS):
            words.text(x, top - 28 - step * i, heading, weight="bold")
            self._lines.append([words.text(x, top - 28 - step * i - line * (j + 1), "") for j in range(2 if narrow else 3)])
        self.live("target", *self._lit.values(), pin=False)
        self.live("words", self._name, *(text for lines in self._lines for text in lines), pin=False)

    def update(self, shown):
        for key, artists in self._lit.items():
            for artist in artists:
                artist.set_visible(key == shown)
        told = TARGETS[shown]
        self._name.set_text(told.name)
        for lines, words in zip(self._lines, (told.where, told.far, told.long, use(shown))):
            wrapped = textwrap.wrap(words, self._wrap)
            for i, text in enumerate(lines):
                text.set_text(wrapped[i] if i < len(wrapped) else "")

    def describe(self, shown):
        told = TARGETS[shown]
        return f"{told.name} lie in {told.where}. From the fluid to them: {told.far}; for how long: {told.long}. The road is used for {use(shown)}."

    def table(self, shown):
        return ("Target", *HEADINGS), [(told.name, told.where, told.far, told.long, use(key)) for key, told in TARGETS.items()]


class Scene:
    """The cord cut across: `middle` on the page, `scale` points for half the width of the cord. The back is above."""

    SQUASH = 0.78
    #: Right half of the grey matter, from the back to the front, in half-widths of the cord.
    GREY = ((0, 0.07), (0.10, 0.13), (0.15, 0.28), (0.21, 0.44), (0.27, 0.56), (0.34, 0.655), (0.43, 0.63), (0.44, 0.52), (0.37, 0.36), (0.33, 0.20), (0.38, 0.06),
            (0.37, -0.06), (0.47, -0.16), (0.55, -0.28), (0.52, -0.42), (0.40, -0.48), (0.27, -0.43), (0.18, -0.28), (0.11, -0.12), (0, -0.07))
    PAIN = ((0.31, 0.61), (0.35, 0.62), (0.39, 0.61), (0.33, 0.58), (0.37, 0.58), (0.41, 0.58), (0.35, 0.54), (0.39, 0.54))
    MOTOR = ((0.46, -0.27), (0.36, -0.25), (0.43, -0.38), (0.31, -0.35))
    LUMP = ((1.09, -1.15), (1.31, -0.97), (1.47, -0.77), (1.36, -0.62), (1.12, -0.60), (0.93, -0.73), (0.87, -0.94), (0.94, -1.11))
    #: Where germs may not lie: the roots, the label of the left side, the way to the motor cells.
    CLEAR = ((-2, -1.0, -0.72, -0.26), (-2, -1.0, 0.30, 0.66), (-1.0, 0, -0.95, -0.40), (-0.80, 0, -2, 0), (-1.0, 0, 0.40, 0.80))

    def __init__(self, middle, scale):
        self.middle, self.scale = np.asarray(middle, float), scale
        germs = np.random.default_rng(6)
        turn, out = np.radians(germs.uniform(112, 250, 90)), germs.uniform(1.12, 1.62, 90)
        places = np.stack([out * np.cos(turn), 0.88 * out * np.sin(turn)], -1)
        kept = []
        for place in places:  # apart from each other and from what has to be read
            free = all(np.hypot(*(place - other)) > 0.17 for other in kept)
            if free and not any(left < place[0] < right and low < place[1] < high for left, right, low, high in self.CLEAR):
                kept.append(place)
        self.germs, self.leans = np.array(kept), germs.uniform(0, np.pi, len(kept))

    def at(self, *points):
        """Points in half-widths of the cord to points on the page; of one point, one."""
        return self.middle + self.scale * np.asarray(points if len(points) > 1 else points[0], float)

    def ring(self, wide, squash, count=120):
        return circle(self.middle, self.scale * wide, squash, count)

    def draw(self, sheet, aside):
        """Layers from outside inwards, the four targets in quiet tints, names (that of the front so far `aside`)."""
        mirror = np.array([-1, 1])
        sheet.fill(self.ring(1.96, 0.88), YELLOW, 0.40, line=0)
        sheet.fill(self.ring(1.80, 0.88), theme.ORANGE, 0.80, line=0.8, under=True)
        sheet.fill(self.ring(1.74, 0.88), theme.SKY, 0.36, line=0.8, under=True)
        for side in (1, -1):
            flip = np.array([side, 1])
            for start, end in (((0.47, 0.64), (1.62, 0.36)), ((0.44, -0.66), (1.62, -0.30))):
                for spread in (-0.05, 0.0, 0.05):
                    path = np.array([start, (start[0] + 0.35, start[1] + 0.02 + spread), (1.2, 0.5 * (start[1] + end[1]) + spread), end]) * flip
                    sheet.line([smooth(self.at(*path), closed=False)], theme.ORANGE, 2.2, 0.9, clip=False)
        sheet.fill(self.ring(1.0, self.SQUASH), theme.VERMILLION, 0.13, line=1.2, under=True)
        half = np.array(self.GREY)
        grey = smooth(self.at(*np.concatenate([half, half[::-1][1:-1] * mirror])))
        sheet.fill(grey, theme.PURPLE, 0.30, line=0.9)
        sheet.line([self.at((0, -0.775), (0.012, -0.55), (0, -0.30)), self.at((0, 0.775), (0, 0.50))], theme.INK, 1.0)
        sheet.fill(circle(self.middle, 3.2), theme.SKY, 0.9, line=0.8)
        for key in TARGETS:
            self.shapes(sheet, key, theme.MUTED, 0.55, 0.7)
        sheet.fill([circle(self.at((0, 0.96)), 0.075 * self.scale), circle(self.at((0, 0.96)), 0.035 * self.scale)[::-1]], theme.BLUE, 0.9, line=0.8)
        for words, place, colour in (("catheter", (0, 1.15), theme.INK), ("fluid", (0.30, -1.22), theme.INK), ("cord", (-0.68, 0.14), theme.INK), ("nerve\nroots", (1.34, 0.02), theme.INK),
                                     ("back", (0, 1.83), theme.MUTED), ("front", (aside, -1.84), theme.MUTED)):
            sheet.text(*self.at(place), words, ha="center", va="center", colour=colour)
        sheet.line([self.at((1.50, 1.40), (1.24, 1.10))], theme.INK, 0.7, clip=False)
        sheet.text(*self.at((1.52, 1.44)), "dura")
        wide = rounded(facts["cord_t8"].to("mm"))
        sheet.text(*self.at((-1.86, -1.84)), f"cord: {wide} mm wide" + ("" if aside else " at T8"))

    def shapes(self, sheet, key, colour, tint, line):
        """A target's own shapes."""
        if key == "pain":
            sheet.fill([circle(self.at(np.array(place) * (side, 1)), 0.021 * self.scale, count=12) for place in self.PAIN for side in (1, -1)], colour, tint, line=line)
        elif key == "motor":
            sheet.fill([self.star(np.array(place) * (side, 1)) for place in self.MOTOR for side in (1, -1)], colour, tint, line=line)
        elif key == "tumour":
            turn = np.radians(np.linspace(-78, -6, 50))
            inner = np.stack([1.0 * np.cos(turn), self.SQUASH * np.sin(turn)], -1)
            thick = 0.05 + 0.012 * np.sin(9 * turn)
            sheet.fill([self.at(*np.concatenate([inner, (inner * (1 + thick[:, None]))[::-1]])), smooth(self.at(*self.LUMP))], colour, tint, line=line)
        else:
            sheet.fill([self.rod(place, lean) for place, lean in zip(self.germs, self.leans)], colour, tint, line=line)

    def star(self, place):
        """A motor cell: a body with short arms."""
        turn = np.linspace(0, 2 * np.pi, 12, endpoint=False)
        out = np.where(np.arange(12) % 2, 0.032, 0.066)
        return self.at(*(np.asarray(place) + np.stack([out * np.cos(turn), out * np.sin(turn)], -1)))

    def rod(self, place, lean):
        """A germ: a short rod with round ends."""
        turn = np.linspace(0, 2 * np.pi, 16, endpoint=False)
        shape = np.stack([0.030 * np.cos(turn) + 0.030 * np.sign(np.cos(turn)), 0.027 * np.sin(turn)], -1)
        c, s = np.cos(lean), np.sin(lean)
        return self.at(*(np.asarray(place) + shape @ np.array([[c, s], [-s, c]])))

    def light(self, sheet, key):
        """The target lit, and the drug's way to it. Returns the artists."""
        before = len(sheet.artists)
        self.shapes(sheet, key, theme.VERMILLION, 1.0, 0.9)
        rings, ways = {
            "pain": ([((0.37, 0.59), 0.125), ((-0.37, 0.59), 0.125)], [((0.62, 1.16), (0.53, 0.96), (0.455, 0.80))]),
            "motor": ([((0.40, -0.32), 0.20), ((-0.40, -0.32), 0.20)], [((-0.52, -1.16), (-0.50, -0.90), (-0.46, -0.62))]),
            "tumour": ([], [((1.42, -0.18), (1.26, -0.24), (1.10, -0.30)), ((0.60, -1.10), (0.86, -1.00), (1.08, -0.89))]),
            "germs": ([], []),
        }[key]
        if rings:
            closed = [np.concatenate([around, around[:2]]) for around in (circle(self.at(place), out * self.scale) for place, out in rings)]
            sheet.line(closed, theme.PAPER, 4.5)
            sheet.line(closed, theme.INK, 1.7)
        for way in ways:
            arrow(sheet, self.at(*way), colour=theme.BLUE, width=2.8)
        return sheet.artists[before:]
