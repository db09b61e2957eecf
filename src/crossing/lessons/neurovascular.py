"""The picture that opens the lesson on the barrier: a small vessel of the brain cut across, and the ways over its wall.

Two scenes: the wall of a capillary with everything around it, and the other walls and windows of the brain. A molecule
that the facts cover lights the way it takes, with its figure and its paper. The drawing computes nothing.
"""

import textwrap
from typing import NamedTuple

import numpy as np

from ..explore import Choice, theme
from ..facts import facts
from .anatomy import Sheet, circle, smooth
from .head import Head
from .sourced import Sourced

WALL, OTHERS = "wall", "others"

#: The ways across, in the order of their numbers: (name, angle on the drawing in degrees).
WAYS = {
    "between": ("between the cells", 14), "through": ("through the cells", 62), "carrier": ("by a carrier", 112),
    "receptor": ("by a receptor", 157), "pump": ("back out by a pump", 318),
}
#: Molecule -> (name, its ways, the fact behind it or None, what is said of it).
MOLECULES = {
    "none": ("No molecule", (), None, ""),
    "water": ("Water", ("through",), "E_water_human", "takes the cells' own membranes"),
    "sucrose": ("Sucrose", ("between",), "PS_sucrose", "finds only the rare gap"),
    "heroin": ("Heroin", ("through",), "uptake_heroin", "dissolves in the membranes"),
    "morphine": ("Morphine", ("through", "pump"), "kpuu_morphine", "crosses slowly and is pumped back"),
    "digoxin": ("Digoxin", ("through", "pump"), "pgp_digoxin", "is pumped back as it enters"),
    "glucose": ("Glucose", ("carrier",), "glc_PS_5mM", "has a carrier of its own"),
    "levodopa": ("Levodopa", ("carrier",), "fdopa_compete", "shares the carrier of amino acids"),
    "oxycodone": ("Oxycodone", ("carrier", "through"), "kpuu_oxycodone", "is carried in, so its free ratio passes one"),
    "transferrin": ("Transferrin", ("receptor",), None, "is taken in by its receptor; our facts hold no figure for it"),
}
#: The other walls and windows: (name, what it is, where its number stands in the drawing).
PLACES = (
    ("Choroid plexus", "leaky vessels, tight cells:\nmakes the fluid"),
    ("Arachnoid", "tight sheet around\nthe outer fluid"),
    ("Cord vessels", "the blood-spinal cord barrier,\nmuch like the brain's"),
    ("Windows", "circumventricular organs:\nsmall spots, leaky vessels"),
)
YELLOW = "#f0e442"
#: Named for orientation only, in grey: the lesson does not come back to them.
NEIGHBOURS = ("astrocyte", "neuron", "pericyte", "basement membrane", "end-foot")


class Shown(NamedTuple):
    """What a drawing shows: a scene and a molecule."""

    scene: str
    molecule: str


class NeurovascularUnit(Sourced):
    """A capillary of the brain cut across, its neighbours, and the ways over its wall."""

    title = "The wall of a small vessel in the brain"
    longest = 270
    model = "drawing, not to scale"
    size = (7.6, 5.2)
    narrow_size = (4.5, 7.2)
    room_size = None
    facts = tuple(fact for _, _, fact, _ in MOLECULES.values() if fact)

    scene = Choice("Scene", WALL, {WALL: "A vessel of the brain", OTHERS: "The other walls and windows"})
    molecule = Choice("Molecule", "none", {key: name for key, (name, *_) in MOLECULES.items()})

    def compute(self, *, scene, molecule):
        return Shown(scene, molecule)

    def setup(self, figure):
        narrow = figure.get_figwidth() < 5
        self._scenes = {WALL: page(figure), OTHERS: page(figure)}
        self._scenes[OTHERS].set_visible(False)
        centre, radius = ((162, 352), 140) if narrow else ((176, 196), 156)
        Vessel(Sheet(self._scenes[WALL], 2), centre, radius, narrow).draw()
        draw_others(Sheet(self._scenes[OTHERS], 2), narrow)
        heading = Sheet(self._scenes[OTHERS], 5).text(*((14, 190) if narrow else (366, 352)), "Four more walls and windows", weight="bold")
        lit = Sheet(self._scenes[WALL], 4)
        over = Vessel(lit, centre, radius, narrow)
        self._lit = {way: over.way(way, theme.BLUE, 2.6) for way in WAYS}
        panel = Sheet(self._scenes[WALL], 5)
        x, top, step = (14, 186, 15) if narrow else (390, 344, 16)
        panel.text(x, top, "Ways across the wall", weight="bold")
        self._names = [panel.text(x + 20, top - step * (i + 1), name) for i, (name, _) in enumerate(WAYS.values())]
        for i in range(len(WAYS)):
            badge(panel, (x + 7, top - step * (i + 1)), i + 1)
        below = top - step * (len(WAYS) + 1) - 8
        self._lines = [panel.text(x, below - (13.5 if narrow else 14.5) * i, "") for i in range(10)]
        self._lines[0].set_weight("bold")
        self._wrap = 50 if narrow else 25
        self.live("ways", *self._lit.values(), pin=False)
        self.live("words", heading, *self._names, *self._lines, pin=False)

    def update(self, shown):
        for scene, axes in self._scenes.items():
            axes.set_visible(scene == shown.scene)
        name, ways, fact, said = MOLECULES[shown.molecule]
        for way, artists in self._lit.items():
            for artist in artists:
                artist.set_visible(way in ways)
        for text, way in zip(self._names, WAYS):
            text.set_weight("bold" if way in ways else "normal")
            text.set_color(theme.INK if way in ways or not ways else theme.MUTED)
        lines = ["Choose a molecule", "to see its way, its figure", "and its paper."] if not ways else [name]
        if ways:
            lines += textwrap.wrap(said + ".", self._wrap)
        if fact:
            lines += textwrap.wrap(figure_of(fact), self._wrap) + textwrap.wrap(paper_of(fact), self._wrap)
        for i, text in enumerate(self._lines):
            text.set_text(lines[i] if i < len(lines) else "")

    def describe(self, shown):
        if shown.scene == OTHERS:
            listed = "; ".join(f"{i}, {name.lower()}" for i, (name, _) in enumerate(PLACES, 1))
            return f"The head cut down the middle, seen from the side. Marked are the other walls and windows: {listed}."
        name, ways, fact, said = MOLECULES[shown.molecule]
        if not ways:
            return ("A capillary cut across: blood, two cells of the wall joined tight, and other cells wrapped around "
                    "them. Five ways lead over the wall: between the cells, through them, by a carrier, by a "
                    "receptor, and back out by a pump.")
        numbers = " and ".join(f"{list(WAYS).index(way) + 1}, {WAYS[way][0]}" for way in ways)
        return f"{name} {said}. Lit: way {numbers}." + (f" {figure_of(fact)} ({paper_of(fact)})." if fact else "")

    def table(self, shown):
        rows = [(name, " and ".join(WAYS[way][0] for way in ways), figure_of(fact) if fact else "no figure in our facts")
                for name, ways, fact, _ in MOLECULES.values() if ways]
        return ("Molecule", "Way", "Figure"), rows


def figure_of(fact):
    """What was measured and how much, short enough for the picture."""
    row = facts[fact]
    figure = row.figure() if row.value is not None else ""
    words = f"{row.quantity}: {figure}" if figure else row.quantity
    return words[0].upper() + words[1:] + (f", {row.species}" if row.species else "")


def paper_of(fact):
    """The first paper of a fact, without the list of its other copies; of many authors the first."""
    paper = facts[fact].cite().split(";")[0].split(" (")[0]
    parts = paper.split(", ")
    return f"{parts[0]} et al., {parts[-1]}" if len(parts) > 4 else paper


def page(figure):
    """Axes over the whole figure, in points, that leave the foot to the stamp."""
    width, height = 72 * figure.get_size_inches()
    foot = 30 if width < 400 or width > 600 else 18  # the stamp: two lines on a narrow page, large type in a room
    figure.set_layout_engine("none")
    axes = figure.add_axes([0, foot / height, 1, (height - foot - 4) / height])
    axes.set_axis_off()
    axes.set_xlim(0, width)
    axes.set_ylim(foot, height - 4)
    return axes


def badge(sheet, at, number):
    """A numbered disc."""
    sheet.fill(circle(at, 6.6), theme.INK, 1, line=0)
    sheet.text(*at, str(number), ha="center", va="center_baseline", size=9.5, colour=theme.PAPER, weight="bold")


class Vessel:
    """The cross-section, drawn on a sheet about `centre`; `radius` is that of the outermost ring. Angles in degrees."""

    # Radii as shares of the outermost: blood, cells, membrane, end-feet.
    BLOOD, CELLS, MEMBRANE, FEET = 0.36, 0.57, 0.60, 0.86
    JOINTS = (14, 196)
    PERICYTE = (212, 292)

    def __init__(self, sheet, centre, radius, narrow):
        self.sheet, self.centre, self.radius, self.narrow = sheet, np.asarray(centre, float), radius, narrow

    def at(self, share, angle):
        angle = np.radians(angle)
        return self.centre + self.radius * np.multiply.outer(np.asarray(share), 1)[..., None] * np.stack(
            np.broadcast_arrays(np.cos(angle), np.sin(angle)), axis=-1)

    def band(self, low, high, first, last, count=60):
        """The area between two radii (shares; numbers or functions of the angle) from one angle to another."""
        angle = np.linspace(first, last, count)
        ends = [np.broadcast_to(v(angle) if callable(v) else v, angle.shape) for v in (low, high)]
        return np.concatenate([self.at(ends[0], angle), self.at(ends[1][::-1], angle[::-1])])

    def draw(self):
        sheet = self.sheet
        sheet.fill(circle(self.centre, self.radius, count=80), theme.GREEN, 0.10, line=0)
        self._astrocyte()
        self._neuron()
        # Ring after ring, from the outside in.
        feet = np.linspace(20, 380, 9)
        sheet.fill([smooth(self.band(lambda a: 0.645 + 0 * a, lambda a, m=(a + b) / 2, w=(b - a) / 2: self.FEET - 0.07 * ((a - m) / w) ** 4,
                                     a + 1.6, b - 1.6, 14)) for a, b in zip(feet, feet[1:])], theme.SKY, 0.42, line=0.9, under=True, edge=theme.BLUE)
        first, last = self.PERICYTE
        bulge = lambda a: self.MEMBRANE + 0.115 * np.sqrt(np.clip(1 - ((a - (first + last) / 2) / ((last - first) / 2)) ** 2, 0, 1))  # noqa: E731
        sheet.fill(self.band(self.MEMBRANE, lambda a: bulge(a) + 0.025, first - 1, last + 1), theme.PURPLE, 0.35, line=0, under=True)
        sheet.fill(circle(self.centre, self.radius * (self.MEMBRANE + 0.025), count=80), theme.PURPLE, 0.35, line=0.6, under=True)
        sheet.fill(self.band(self.MEMBRANE - 0.01, bulge, first, last), theme.GREEN, 0.45, line=0.8, under=True)
        sheet.fill(circle(self.at(self.MEMBRANE + 0.05, 262), self.radius * 0.045, 0.8), theme.GREEN, 0.9, line=0.6)
        gap = 1.1
        joints = (*self.JOINTS, self.JOINTS[0] + 360)
        cells = [self.band(self.BLOOD, self.CELLS, a + gap, b - gap) for a, b in zip(joints, joints[1:])]
        sheet.fill(circle(self.centre, self.radius * self.CELLS, count=80), theme.PAPER, 1, line=0)
        sheet.fill(cells, theme.ORANGE, 0.34, line=1.1)
        for a in (87, 256):
            t, turn = np.linspace(0, 2 * np.pi, 40, endpoint=False), np.radians(a)
            along, out = 0.115 * np.cos(t), 0.045 * np.sin(t) - 0.006 * np.cos(2 * t)
            nucleus = np.stack([-np.sin(turn) * along + np.cos(turn) * out, np.cos(turn) * along + np.sin(turn) * out], axis=-1)
            sheet.fill(self.at(0.47, a) + self.radius * nucleus, theme.ORANGE, 0.75, line=0.6)
        sheet.fill(circle(self.centre, self.radius * self.BLOOD, count=80), theme.VERMILLION, 0.13, line=0)
        self._blood()
        # Tight junctions: three rungs across each gap.
        sheet.line([self.at([r, r], np.array([a - 3.2, a + 3.2])) for a in self.JOINTS for r in (0.405, 0.44, 0.475)], theme.INK, 2.2)
        for way in WAYS:
            self.way(way, theme.MUTED, 1.5)
        for i, (_, angle) in enumerate(WAYS.values()):
            badge(sheet, self.at(0.925, angle), i + 1)
        self._labels()

    def _blood(self):
        """Red cells, seen from the side and from above, in the plasma."""
        for x, y, turn in ((-0.17, 0.07, 30), (0.10, -0.18, 75), (0.02, 0.17, 8)):
            middle, turn = self.centre + self.radius * np.array([x, y]), np.radians(turn)
            t = np.linspace(0, 2 * np.pi, 40, endpoint=False)
            long_, wide = np.cos(t) * 0.125, np.sin(t) * (0.042 + 0.016 * np.cos(t) ** 2 * 2)
            points = np.stack([long_ * np.cos(turn) - wide * np.sin(turn), long_ * np.sin(turn) + wide * np.cos(turn)], axis=-1)
            self.sheet.fill(middle + self.radius * points, theme.VERMILLION, 0.62, line=0.6)
        self.sheet.text(*(self.centre + self.radius * np.array([0.02, -0.035])), "blood", ha="center", va="center_baseline")

    def _star(self, middle, arms, core):
        """A cell with arms: outline through the tips and the bays between them."""
        points = []
        for i, (angle, length) in enumerate(arms):
            after = arms[(i + 1) % len(arms)][0] + (360 if i + 1 == len(arms) else 0)
            for turn, reach in ((-5, length * 0.82), (0, length), (5, length * 0.82), ((after - angle) / 2, core)):
                a = np.radians(angle + turn)
                points.append(np.asarray(middle) + reach * np.array([np.cos(a), np.sin(a)]))
        return smooth(np.array(points))

    def _astrocyte(self):
        r = self.radius
        middle = self.centre + r * np.array([-0.80, 0.84])
        arms = [(-75, 0.36 * r), (-45, 0.34 * r), (-15, 0.40 * r), (50, 0.17 * r), (110, 0.17 * r), (170, 0.16 * r), (225, 0.22 * r)]
        self.sheet.fill(self._star(middle, arms, 0.10 * r), theme.SKY, 0.42, line=0.9, under=True, edge=theme.BLUE)
        self.sheet.fill(circle(middle, 0.055 * r), theme.BLUE, 0.55, line=0.5)

    def _neuron(self):
        r = self.radius
        middle = self.centre + r * np.array([0.83, -0.84])
        arms = [(0, 0.17 * r), (60, 0.24 * r), (120, 0.20 * r), (185, 0.34 * r), (235, 0.17 * r), (300, 0.15 * r)]
        self.sheet.fill(self._star(middle, arms, 0.10 * r), theme.PURPLE, 0.30, line=0.9, under=True)
        self.sheet.fill(circle(middle, 0.05 * r), theme.PURPLE, 0.75, line=0.5)

    def _labels(self):
        r, c = self.radius, self.centre
        told = (("astrocyte", (-0.56, 1.02), None, "left"), ("neuron", (0.72, -1.09), None, "left"),
                ("cell of the\nvessel wall", (0.70, 0.98), self.at(0.50, 38), "left"),
                ("tight\njunction", (-1.09, -0.66), self.at(0.475, 196), "left"),
                ("pericyte", (-1.09, -0.88), self.at(0.68, 236), "left"),
                ("basement membrane", (-0.10, -1.09), self.at(0.615, 304), "left"),
                ("brain\nfluid", (-1.10, -0.34), self.at(0.945, 186), "left"),
                ("end-foot", (0.78 if self.narrow else 0.98, 0.70), self.at(0.78, 30), "left"))
        leaders = []
        for words, place, target, ha in told:
            x, y = c + r * np.array(place)
            x = max(x, 4)
            self.sheet.text(x, y, words, ha=ha, colour=theme.MUTED if words in NEIGHBOURS else theme.INK)
            if target is not None:
                # From the side of the words that faces the target, or from their top.
                long_ = max(len(line) for line in words.split("\n")) * 5.7
                tall = 7 * len(words.split("\n"))
                start = np.array([x + long_ + 2, y] if target[0] > x + long_ else [x - 3, y] if target[0] < x else [target[0] - 4, y + np.sign(target[1] - y) * tall])
                leaders.append(np.array([start, target]))
        self.sheet.line(leaders, theme.INK, 0.7, clip=False)
        self.sheet.dots([leader[1] for leader in leaders])

    def way(self, way, colour, width):
        """One way over the wall as arrows and its machinery. Returns its artists."""
        sheet, angle, before = self.sheet, WAYS[way][1], len(self.sheet.artists)
        inner, outer, end = 0.27, 0.62, 0.85
        if way == "between":
            sheet.line([self.at(np.linspace(inner, end, 12), angle + 0 * np.linspace(0, 1, 12))], colour, width, dashes=(1.2, 2.0), cap="butt")
            self._head(end, angle, 1, colour, width)
        elif way == "through":
            r = np.linspace(inner, end, 30)
            sheet.line([self.at(r, angle + 3.5 * np.sin((r - inner) / (end - inner) * 2 * np.pi))], colour, width)
            self._head(end, angle, 1, colour, width)
        elif way == "carrier":
            for r in (self.BLOOD + 0.02, self.CELLS - 0.02):
                sheet.fill([circle(self.at(r, angle + s * 5.2), self.radius * 0.036, 1) for s in (-1, 1)], colour, 0.85, line=0.5)
            sheet.line([self.at([inner, end], np.array([angle, angle]))], colour, width)
            self._head(end, angle, 1, colour, width)
        elif way == "receptor":
            for r, turn in ((self.BLOOD, 1), (0.60, -1)):
                stem, fork = self.at(r, angle), [self.at(r - 0.045 * turn, angle + s * 4) for s in (-1, 1)]
                sheet.line([np.array([fork[0], stem, fork[1]]), np.array([stem, self.at(r + 0.03 * turn, angle)])], colour, width)
            sheet.fill(circle(self.at(0.465, angle), self.radius * 0.055), colour, 0.25, line=width * 0.7, edge=colour)
            sheet.fill(circle(self.at(0.465, angle), self.radius * 0.022), colour, 0.9, line=0)
            sheet.line([self.at([inner, 0.395], np.array([angle, angle])), self.at([0.535, end], np.array([angle, angle]))], colour, width, dashes=(3, 1.6), cap="butt")
            self._head(end, angle, 1, colour, width)
        else:
            sheet.fill([self.band(self.BLOOD - 0.02, self.BLOOD + 0.055, angle + s * 4 - 2.2, angle + s * 4 + 2.2, 6) for s in (-1, 1)], colour, 0.85, line=0.5)
            turn = np.radians(np.linspace(-90, 90, 16))
            loop = self.at(0.47 + 0.055 * np.cos(turn), angle + 7.5 * np.sin(turn) * -1)
            out = self.at(np.linspace(0.47, 0.21, 6), np.linspace(angle - 7.5, angle, 6))
            come = self.at(np.linspace(0.24, 0.47, 6), np.linspace(angle + 13, angle + 7.5, 6))
            sheet.line([np.concatenate([come, loop, out])], colour, width)
            self._head(0.20, angle, -1, colour, width)
            sheet.line([self.at([outer + 0.03, 0.88], np.array([angle, angle]))], colour, 0.9, dashes=(1, 2.4), cap="butt")
        return sheet.artists[before:]

    def _head(self, share, angle, outwards, colour, width):
        """The point of an arrow at a radius."""
        size = 0.022 + 0.010 * width / 2
        tip, back = self.at(share + 0.03 * outwards, angle), [self.at(share - size * outwards, angle + s * 2.1 * 0.85 / max(share, 0.25)) for s in (-1, 1)]
        self.sheet.fill(np.array([tip, *back]), colour, 1, line=0)


def draw_others(sheet, narrow):
    """The head cut down the middle, with the other walls and windows numbered and told."""
    head = Head(0.80, (8, 206)) if narrow else Head(1.0, (0, 18))
    head.draw(sheet)
    vessels = [((205, 92), (211, 84), (206, 74), (213, 66)), ((204, 50), (210, 42), (205, 34), (211, 26))]
    sheet.line([smooth(head.at(*v), closed=False) for v in vessels], theme.VERMILLION, 1.8)
    windows = head.at((178, 178), (219, 106), (212, 198))
    sheet.fill([circle(w, 4.6) for w in windows], YELLOW, 1, line=1.0)
    ends = head.at((182, 226), (330, 250), (210, 42), (178, 178))
    starts = ends + head.scale * np.array([(0, 30), (20, 8), (40, 8), (-26, -8)])
    sheet.line([np.array(pair) for pair in zip(starts, ends)], theme.INK, 0.7, clip=False)
    for i, at in enumerate(starts):
        badge(sheet, at, i + 1)
    sheet.text(*head.at((108, 172)), "brain", va="center_baseline")
    sheet.text(*head.at((64, 78)), "fluid (CSF)", va="center_baseline")
    sheet.text(*head.at((160, 20)), "cord", ha="right", va="center_baseline")
    sheet.line([head.at((94, 88), (88, 116)), head.at((164, 22), (204, 26))], theme.INK, 0.7)
    x, top, step = (14, 170, 33) if narrow else (366, 322, 66)
    for i, (name, what) in enumerate(PLACES):
        y = top - step * i
        badge(sheet, (x + 7, y), i + 1)
        sheet.text(x + 20, y, name, weight="bold")
        if narrow:
            sheet.text(x + 20, y - 14, what.replace("\n", " "))
        else:
            sheet.text(x + 20, y - 22, what)
