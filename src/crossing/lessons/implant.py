"""The picture that opens the lesson on pumps: what is implanted, and what talks to it.

A body seen from the front, the pump cut open beside it, and the end of its tube in the fluid. One part at a time is lit,
with what it is and what it knows. Anatomy and purpose only; nothing here could be followed, and nothing is computed.
"""

import textwrap
from typing import NamedTuple

import numpy as np

from ..explore import Choice, theme
from ..facts import facts
from .anatomy import Sheet, circle, smooth
from .fluid_spaces import arrow
from .neurovascular import page
from .sourced import Sourced

YELLOW = "#f0e442"


class Part(NamedTuple):
    """A part of the system: its name, what it is, what it knows of what happens, and what it cannot know."""

    name: str
    means: str
    knows: str
    cannot: str


LENGTH, HOLDS = facts["catheter_length"], facts["catheter_volume"]
PARTS = {
    "whole": Part("The whole", "a pump under the skin of the belly, a tube round the side, its tip in the fluid, and a programmer outside", "", ""),
    "programmer": Part("Programmer", "a hand-held device; it talks to the chip by radio, through the skin",
                       "what a person types in, and what the chip answers", "whether what was typed is true of the bottle"),
    "chip": Part("Chip", "a small computer; it runs the programme, turns the motor and keeps the log",
                 "the time, the programme, and how far it told the motor to turn", "how full the reservoir is: it subtracts what it ordered"),
    "motor": Part("Motor", "a wheel with rollers; they squeeze a soft tube, a little at a time",
                  "nothing; in some makes the chip notices that it stands still", "what becomes of the drug that has passed it"),
    "reservoir": Part("Reservoir", "a folded metal bag full of drug solution; gas around it presses gently",
                      "nothing: the pump drawn here has no gauge", "how much it holds, until somebody draws it off and measures"),
    "filling port": Part("Filling port", "a rubber stopper above the reservoir; a needle can reach it through the skin", "nothing",
                         "what solution was filled in, and how strong it was"),
    "side port": Part("Side port", "a second stopper that a needle can reach; it leads past the motor, straight into the tube", "nothing", "whether the tube behind it is whole"),
    "catheter": Part("Catheter", f"a thin tube; untrimmed {LENGTH.value:g} cm long, it holds {HOLDS.to('mL'):.2g} mL; only a picture shows it",
                     "nothing", "whether it is open, whole and in its place"),
    "tip": Part("Tip", "the end of the catheter, in the fluid beside the cord; only a picture shows it", "nothing: no wire runs in the catheter",
                "what comes out of it, and where it lies"),
}
_HALF = ((16, 408), (16, 390), (22, 378), (46, 368), (70, 360), (86, 345), (93, 318), (96, 290), (97, 268), (74, 268), (71, 290), (68, 312), (64, 296),
         (58, 252), (55, 218), (59, 184), (68, 146), (72, 112), (72, 70), (68, 18), (8, 18), (7, 50), (3, 66))


class ImplantedPump(Sourced):
    """A pump in its pocket, cut open; its programmer; the end of its catheter."""

    title = "An implanted pump, and what talks to it"
    longest = 240
    model = "drawing, not to scale; makes differ"
    size, narrow_size = (7.6, 6.0), (4.5, 10.2)
    room_size = None
    facts = ("catheter_length", "catheter_volume", "pump_reservoir", "refill_interval")

    part = Choice("Part", "whole", {key: part.name for key, part in PARTS.items()})

    def compute(self, *, part):
        return part

    def setup(self, figure):
        narrow = self.narrow
        axes = page(figure)
        body = Body((116, 404) if narrow else (146, 28), 0.76 if narrow else 0.9)
        pump = Cut((22, 176) if narrow else (262, 206), 1.04 if narrow else 0.96)
        end = Ending((258, 560) if narrow else (476, 84), 46 if narrow else 44)
        sheet, lit = Sheet(axes, 2), Sheet(axes, 4)
        body.draw(sheet)
        if not narrow:
            sheet.line([np.array([body.at((48, 160)), pump.at((3, 86))]), np.array([body.at((50, 130)), pump.at((8, 8))])], theme.MUTED, 0.8, 0.7, clip=False)
        pump.draw(sheet)
        self._way = end.way(pump)
        end.draw(sheet, self._way)
        for thing in (body, pump, end):
            thing.label(sheet, narrow)
        self._lit = light(lit, body, pump, end, self._way)
        words = Sheet(axes, 6)
        self._corner, self._wide = ((12, 134), 50) if narrow else ((250, 164), 33)
        self._name = words.text(*self._corner, "", weight="bold", size=11.5)
        self._lines = [words.text(0, 0, "", size=10) for _ in range(9)]
        self.live("lit", *(a for found in self._lit.values() for a in found), pin=False)
        self.live("words", self._name, *self._lines, pin=False)

    def update(self, shown):
        for part, artists in self._lit.items():
            for artist in artists:
                artist.set_visible(part == shown)
        part = PARTS[shown]
        self._name.set_text(part.name)
        x, y = self._corner
        rows = []
        for head, words in (("It is ", part.means), ("It knows ", part.knows), ("It cannot know ", part.cannot)):
            rows += textwrap.wrap(head + words + ".", self._wide) if words else []
        for i, line in enumerate(self._lines):
            line.set_text(rows[i] if i < len(rows) else "")
            line.set_position((x, y - 18 - 14 * i))

    def describe(self, shown):
        part = PARTS[shown]
        if not part.knows:
            return f"{part.name}: {part.means}."
        return f"{part.name}: {part.means}. It knows {part.knows}. It cannot know {part.cannot}."

    def table(self, shown):
        return ("Part", "What it is", "What it knows", "What it cannot know"), [(p.name, p.means, p.knows or "-", p.cannot or "-") for p in PARTS.values()]


class Body:
    """A trunk from the front: skin, ribs, spine with canal and cord, pump in its pocket, catheter round the side."""

    TIP, ENTRY, TOP = 236, 160, 372

    def __init__(self, origin, scale):
        self.origin, self.scale = np.asarray(origin, float), scale

    def at(self, *places):
        found = self.origin + self.scale * np.asarray(places, float)
        return found if len(places) > 1 else found[0]

    def outline(self):
        right = np.array(_HALF, float)
        whole = np.concatenate([right, right[-2::-1] * [-1, 1]])
        corners = [0, 8, 9, 19, 20]
        # Rounded all the way, but cut straight at neck, arms and thighs.
        pieces, cuts = [], sorted({*corners, *(len(whole) - 1 - c for c in corners)})
        for a, b in zip(cuts, cuts[1:]):
            pieces.append(smooth(self.at(*whole[a:b + 1]), closed=False) if b - a > 1 else self.at(*whole[a:b + 1]))
        return np.concatenate(pieces)

    def route(self):
        """The catheter: from the pump to the side, behind to the middle, up the canal."""
        front = smooth(self.at((46, 152), (55, 160), (58, 172), (57, 184)), closed=False)
        behind = smooth(self.at((57, 184), (52, 180), (34, 160), (14, 152), (2, self.ENTRY)), closed=False)
        inside = self.at((2, self.ENTRY), (2, self.TIP))
        return front, behind, inside

    def draw(self, sheet):
        skin = self.outline()
        sheet.fill(skin, theme.VERMILLION, 0.13, line=1.2)
        ribs = []
        for i in range(9):
            y = 346 - 14 * i
            wide = (34, 43, 49, 53, 55, 56, 55, 52, 47)[i]
            for side in (-1, 1):
                ribs.append(smooth(self.at((side * 7, y), (side * wide * 0.62, y + 5), (side * wide, y - 12), (side * wide * 0.8, y - 25),
                                           (side * (12 + 2 * max(i - 5, 0) ** 2), y - 24 - 2 * max(i - 5, 0))), closed=False))
        sheet.line(ribs, theme.ORANGE, 4.2, 0.20, clip=False)
        for side in (-1, 1):
            wing = smooth(self.at((side * 10, 142), (side * 26, 160), (side * 48, 166), (side * 58, 152), (side * 50, 128), (side * 46, 104), (side * 30, 92),
                                  (side * 12, 84), (side * 3, 88), (side * 5, 98), (side * 20, 106), (side * 18, 118)))
            sheet.fill(wing, theme.ORANGE, 0.24, line=0.6)
        edges = np.concatenate([np.linspace(142, 206, 6), np.linspace(218, 338, 11)[0:], np.linspace(346, 388, 6)])
        for low, high in zip(edges, edges[1:]):
            wide = 11 - (low - 142) / 246 * 5
            sheet.fill(self._box(-wide, wide, low + 1.2, high - 1.2), theme.ORANGE, 0.34, line=0.6, under=True)
        sacrum = smooth(self.at((-11, 140), (11, 140), (8, 116), (2, 96), (-2, 96), (-8, 116)))
        sheet.fill(sacrum, theme.ORANGE, 0.34, line=0.6, under=True)
        sheet.fill(self._box(-5, 5, 122, 404), theme.SKY, 0.55, line=1.0, under=True, edge=theme.BLUE)
        sheet.fill(self.at((-2.4, 404), (2.4, 404), (2.4, 206), (0, 194), (-2.4, 206)), theme.VERMILLION, 0.55, line=0.5, under=True)
        front, behind, inside = self.route()
        sheet.line([behind], theme.PAPER, 4.2, clip=False)
        sheet.line([behind], theme.INK, 2.0, dashes=(3, 2), clip=False, cap="butt")
        sheet.line([inside], theme.PAPER, 3.8)
        sheet.line([inside], theme.INK, 1.8)
        sheet.fill(circle(self.at((2, self.TIP)), 3.0), theme.PAPER, 1, line=1.4)
        pocket = circle(self.at((36, 144)), 19)
        sheet.fill(pocket, theme.PAPER, 1, line=0.8)
        sheet.fill(circle(self.at((36, 144)), 16), theme.MUTED, 0.40, line=1.2)
        sheet.fill(circle(self.at((36, 144)), 5), theme.PURPLE, 0.55, line=0.8)
        sheet.line([front], theme.PAPER, 4.2, clip=False)
        sheet.line([front], theme.INK, 2.2, clip=False)

    def _box(self, left, right, low, high):
        return self.at((left, low + 1), (left + 1, low), (right - 1, low), (right, low + 1), (right, high - 1), (right - 1, high), (left + 1, high), (left, high - 1))

    def label(self, sheet, narrow):
        left = 4 if narrow else 8
        for words, height, wide, target in (("fluid\n(CSF)", 398, 38, (-4, 398)), ("tip", self.TIP, 20, (2, self.TIP)), ("catheter,\nround\nthe side", 190, 56, (56, 175)),
                                            ("pump\nunder\nthe skin", 118, 50, (36, 144))):
            y = self.at((0, height))[1]
            elbow = [self.at((-48, height))] if wide > 40 else []
            named(sheet, words, (left, y), (left + wide, y), *elbow, self.at(target))


class Cut:
    """The pump cut open, seen from the side, under skin and fat; and the programmer above."""

    def __init__(self, origin, scale):
        self.origin, self.scale = np.asarray(origin, float), scale

    def at(self, *places):
        found = self.origin + self.scale * np.asarray(places, float)
        return found if len(places) > 1 else found[0]

    def box(self, left, low, right, high, round_=3.0):
        r = min(round_, (right - left) / 2, (high - low) / 2)
        turn = np.linspace(0, np.pi / 2, 7)
        corner = lambda x, y, a: np.stack([x + r * np.cos(turn + a), y + r * np.sin(turn + a)], axis=-1)  # noqa: E731
        return self.at(*np.concatenate([corner(right - r, high - r, 0), corner(left + r, high - r, np.pi / 2), corner(left + r, low + r, np.pi),
                                        corner(right - r, low + r, 1.5 * np.pi)]))

    # The parts, as outlines.
    def shell(self):
        return self.box(0, 0, 250, 100, 26)

    def reservoir(self):
        steps = np.linspace(14, 48, 9)
        zig = np.where(np.arange(9) % 2, 5.0, 0.0)
        return self.at(*np.concatenate([np.stack([22 + zig, steps], axis=-1), np.stack([150 - zig, steps], axis=-1)[::-1]]))

    def port(self):
        return self.box(78, 86, 104, 102, 3)

    def side_port(self):
        return self.box(222, 84, 240, 98, 3)

    def chip(self):
        return self.box(116, 62, 156, 90, 2)

    def rotor(self):
        return circle(self.at((192, 48)), 25 * self.scale)

    def hose(self):
        turn = np.linspace(-np.pi / 2, np.pi / 2, 24)
        loop = np.stack([192 + 21 * np.cos(turn), 48 + 21 * np.sin(turn)], axis=-1)
        return self.at((152, 27), (176, 27), *loop, (200, 70), (212, 72), (264, 72))

    def outlet(self):
        return self.at((264, 72))

    def programmer(self):
        x, y = self.corner()
        return np.array([[x, y + 4], [x + 4, y], [x + 60, y], [x + 64, y + 4], [x + 64, y + 58], [x + 60, y + 62], [x + 4, y + 62], [x, y + 58]], float)

    def corner(self):
        """Of the programmer: above the chip, outside the skin."""
        x, y = self.at((136, 158))
        return x - 32, y

    def draw(self, sheet):
        left, right = self.at((-16, 0))[0], self.at((272, 0))[0]
        for low, high, colour, tint in ((104, 118, YELLOW, 0.30), (118, 124, theme.VERMILLION, 0.38)):
            a, b = self.at((0, low))[1], self.at((0, high))[1]
            sheet.fill(np.array([[left, a], [right, a], [right, b], [left, b]]), colour, tint, line=0.7)
        sheet.fill(self.shell(), theme.MUTED, 0.32, line=1.4, under=True)
        sheet.fill(self.box(6, 6, 244, 94, 21), theme.PAPER, 1, line=0.8)
        sheet.fill(self.box(10, 9, 162, 54, 12), theme.MUTED, 0.10, line=0.6)
        sheet.fill(self.at((84, 88), (98, 88), (96, 48), (86, 48)), theme.SKY, 0.45, line=0.8, edge=theme.BLUE)
        sheet.fill(self.reservoir(), theme.SKY, 0.50, line=1.3, under=True, edge=theme.BLUE)
        sheet.fill(self.port(), theme.PURPLE, 0.55, line=0.9, under=True)
        sheet.fill(self.box(24, 64, 68, 88, 5), theme.ORANGE, 0.40, line=0.9)
        sheet.fill(self.box(68, 71, 72, 81, 1), theme.ORANGE, 0.60, line=0.8)
        pins = [self.at((u, 58), (u, 62)) for u in range(120, 156, 8)] + [self.at((u, 90), (u, 93)) for u in range(120, 156, 8)]
        sheet.line(pins, theme.INK, 1.3)
        sheet.fill(self.chip(), theme.GREEN, 0.55, line=1.0, under=True)
        arrow(sheet, self.at((158, 78), (168, 79), (177, 72)), colour=theme.GREEN, width=2.0)
        sheet.fill(self.rotor(), theme.MUTED, 0.22, line=1.0)
        hose = self.hose()
        sheet.line([hose], theme.BLUE, 7.0, clip=False)
        sheet.line([hose], theme.PAPER, 4.6, clip=False)
        sheet.line([hose], theme.SKY, 4.6, 0.6, clip=False)
        middle = self.at((192, 48))
        sheet.fill(circle(middle, 14 * self.scale), theme.MUTED, 0.42, line=1.0, under=True)
        rollers = [middle + 15.5 * self.scale * np.array([np.cos(a), np.sin(a)]) for a in np.radians((20, 140, 260))]
        sheet.fill([circle(at, 5.2 * self.scale) for at in rollers], theme.ORANGE, 0.85, line=1.0, under=True)
        sheet.fill(circle(middle, 3.2), theme.INK, 1, line=0)
        sheet.fill(self.at((228, 85), (234, 85), (234, 75), (228, 75)), theme.SKY, 0.45, line=0.7, edge=theme.BLUE)
        sheet.fill(self.side_port(), theme.PURPLE, 0.55, line=0.9, under=True)
        sheet.fill(self.box(250, 67, 262, 77, 2), theme.MUTED, 0.55, line=1.0, under=True)
        shape, (x, y) = self.programmer(), self.corner()
        sheet.fill(shape, theme.MUTED, 0.30, line=1.3, under=True)
        sheet.fill(np.array([[x + 6, y + 20], [x + 58, y + 20], [x + 58, y + 56], [x + 6, y + 56]], float), theme.SKY, 0.35, line=0.8, under=True)
        sheet.line([np.array([[x + 11, y + 30], [x + 22, y + 30], [x + 22, y + 45], [x + 36, y + 45], [x + 36, y + 30], [x + 53, y + 30]], float)], theme.PURPLE, 2.0)
        sheet.fill([circle((x + 18 + 14 * i, y + 10), 3.6) for i in range(3)], theme.PAPER, 1, line=0.8)

        sheet.line(self.waves(), theme.PAPER, 4.0, clip=False)
        sheet.line(self.waves(), theme.GREEN, 1.9, clip=False)

    def waves(self):
        """Radio between programmer and chip: arcs from either end."""
        turn = np.linspace(-0.6, 0.6, 14)
        fan = np.stack([np.sin(turn), np.cos(turn)], axis=-1)
        top, low = self.at((136, 158)), self.at((136, 90))
        return [top - r * fan for r in (8, 15, 22)] + [low + r * fan for r in (9, 16, 23)]

    def label(self, sheet, narrow):
        sheet.text(*self.at((136, 76)), "chip", ha="center", va="center_baseline")
        sheet.text(*self.at((46, 76)), "battery", ha="center", va="center_baseline", size=9.5)
        for words, u, target in (("reservoir", 76, (76, 24)), ("motor", 192, (192, 33))):
            named(sheet, words, self.at((u, -16)), self.at((u, -8)), self.at(target), ha="center")
        for words, u, target in (("filling port", 91, (91, 95)), ("side port", 231, (231, 92))):
            named(sheet, words, self.at((u, 142)), self.at((u, 134)), self.at(target), ha="center")
        sheet.text(*self.at((-14, 127)), "skin", va="bottom")
        x, y = self.corner()
        sheet.text(x + 70, y + 50, "programmer")


class Ending:
    """The end of the catheter, much larger: in the fluid, beside the cord."""

    def __init__(self, centre, radius):
        self.centre, self.radius = np.asarray(centre, float), radius

    def at(self, *places):
        found = self.centre + np.asarray(places, float)
        return found if len(places) > 1 else found[0]

    def way(self, pump):
        """The catheter from the pump to here, and the last bit of it, up the canal."""
        start, (x, y), r = pump.outlet(), self.centre, self.radius
        right, foot = x + r + 13, y - r - 12
        return bend([start, (right, start[1]), (right, foot), (x + 12, foot), (x + 12, y - 2)])

    def draw(self, sheet, way):
        ring = circle(self.centre, self.radius, count=90)
        x, y = self.centre
        sheet.fill(ring, theme.SKY, 0.45, line=0, under=True)
        sheet.fill(ring[ring[:, 0] < x - 6], theme.VERMILLION, 0.50, line=0.8, under=True)
        sheet.fill(ring[ring[:, 0] > x + 32], theme.ORANGE, 0.80, line=0.8, under=True)
        sheet.line([way], theme.INK, 6.4, clip=False)
        sheet.line([way], theme.PAPER, 4.2, clip=False)
        sheet.line([way], theme.SKY, 4.2, 0.6, clip=False)
        # Cut short: the real tube is far longer than drawn.
        middle = np.array([way[:, 0].max(), (self.centre[1] + way[0, 1]) / 2])
        gap = [middle + np.array(v, float) for v in ((-8, -5), (8, 1), (8, 5), (-8, -1))]
        sheet.fill(np.array(gap), theme.PAPER, 1, line=0)
        sheet.line([np.array(gap[:2]), np.array(gap[2:])], theme.INK, 1.0, clip=False)
        drops = [(12, 8, 2.6), (6, 15, 2.2), (17, 16, 2.2), (11, 23, 1.9), (3, 26, 1.6), (20, 27, 1.6), (13, 33, 1.4), (24, 12, 1.4), (1, 8, 1.6)]
        sheet.fill([circle((x + dx, y + dy), r) for dx, dy, r in drops], theme.BLUE, 0.85, line=0)
        sheet.line([np.concatenate([ring, ring[:1]])], theme.INK, 1.4, clip=False)

    def label(self, sheet, narrow):
        x, y = self.centre
        sheet.text(x - 24, y, "cord", ha="center", va="center", size=9.5, rotation=90)
        sheet.text(x + 23, y - 20, "fluid", ha="center", va="center", size=9.5, rotation=90)
        named(sheet, "tip, much enlarged", (x - 46, y + self.radius + 12), (x + 12, y + self.radius + 5), (x + 12, y - 2))


def bend(points, radius=16.0):
    """A line through the points with its corners rounded."""
    p = np.asarray(points, float)
    pieces = [p[:1]]
    for before, corner, after in zip(p, p[1:], p[2:]):
        into, out = before - corner, after - corner
        a, b = (corner + min(radius, np.hypot(*v) / 2) * v / np.hypot(*v) for v in (into, out))
        t = np.linspace(0, 1, 9)[:, None]
        pieces.append((1 - t) ** 2 * a + 2 * t * (1 - t) * corner + t ** 2 * b)
    return np.concatenate([*pieces, p[-1:]])


def named(sheet, words, at, *leader, ha="left"):
    """A label, and a thin leader through the points that ends on what it names."""
    sheet.text(*at, words, ha=ha)
    sheet.line([np.array(leader, float)], theme.INK, 0.7, clip=False)
    sheet.dots([leader[-1]])


def light(sheet, body, pump, end, way):
    """For each part the lines that light it, in the body and in the pump cut open."""
    front, behind, inside = body.route()
    closed = lambda shape: np.concatenate([shape, shape[:1]])  # noqa: E731
    shapes = {
        "programmer": [closed(pump.programmer()), *pump.waves()], "chip": [closed(pump.chip())], "motor": [closed(pump.rotor())],
        "reservoir": [closed(pump.reservoir())], "filling port": [closed(pump.port())], "side port": [closed(pump.side_port())],
        "catheter": [front, behind, inside, way], "tip": [closed(circle(body.at((2, body.TIP)), 7)), closed(circle(way[-1], 9))],
    }
    found = {}
    for part, lines in shapes.items():
        before = len(sheet.artists)
        sheet.line(lines, theme.PAPER, 5.4, clip=False)
        sheet.line(lines, theme.BLUE, 2.8, clip=False)
        found[part] = sheet.artists[before:]
    return found
