"""The picture that opens the lesson on spinal infusion: where a needle, and where a pump's catheter, comes to lie.

Anatomy and purpose only; nothing here could be followed. The shapes are in `anatomy`; this module places them on the
page, labels them, and says in words what is to be seen.
"""

from typing import NamedTuple

import numpy as np
from matplotlib.lines import Line2D

from crossing.explore import theme
from crossing.explore.controls import Choice
from crossing.explore.explorable import Explorable
from crossing.facts import levels
from crossing.lessons.anatomy import NAMES, Sheet, Spine, Whole, circle, path_of, smooth

YELLOW = "#f0e442"
PUNCTURE, PUMP = "lumbar puncture", "implanted pump and catheter"

#: For each scene and mark: (place, radius of the ring, words in the key, words for the description).
MARKS = {
    PUNCTURE: {
        "infection": (("entry", 11, "skin, where the needle enters"), ("low fluid", 11, "fluid, if germs reach it")),
        "bleeding": (("vein", 9, "veins in the epidural space"),),
        "nerve injury": (("tip", 10, "nerve roots at the needle tip"), ("cord end", 13, "cord, if the needle enters too high")),
        "leak": (("hole", 9, "the hole left in the dura"),),
        "wrong place": (("epidural", 9, "epidural space, short of the fluid"), ("front", 9, "front of the canal, too far")),
    },
    PUMP: {
        "infection": (("pocket", 15, "the pocket of the pump"), ("tunnel", 11, "along the catheter"),
                      ("back skin", 10, "skin of the back"), ("low fluid", 10, "fluid, if germs reach it")),
        "bleeding": (("vein", 8, "veins in the epidural space"), ("pocket", 15, "the pocket of the pump")),
        "nerve injury": (("roots", 10, "nerve roots, where it enters"), ("tip", 11, "cord, beside the catheter tip")),
        "leak": (("hole", 9, "the hole in the dura"), ("loop", 11, "under the skin of the back")),
        "wrong place": (("epidural", 9, "epidural space, outside the dura"), ("pocket", 15, "pocket, beside the pump")),
    },
}
HEADS = {"infection": "Where infection can start", "bleeding": "Where bleeding can start", "nerve injury": "What can be injured",
         "leak": "Where fluid can leak", "wrong place": "Where the drug can go astray"}
PURPOSE = {PUNCTURE: ("What it is for", "to take a little fluid, or to", "give a drug into it once"),
           PUMP: ("What it is for", "to give a drug into the fluid", "slowly, for months or years")}


class Shown(NamedTuple):
    """Which picture, and what is marked in it."""

    scene: str
    mark: str


class Procedure(Explorable):
    """A needle, or a pump and its catheter, drawn in a body cut down the middle."""

    title = "Into the fluid: a needle, and a pump"
    longest = 340
    model = "drawing, not to scale"
    size = (7.2, 5.2)
    narrow_size = (4.5, 6.2)
    room_size = None
    scene = Choice("Scene", PUNCTURE, {PUNCTURE: "Lumbar puncture", PUMP: "Implanted pump and catheter"})
    mark = Choice("Mark what can go wrong", "none", {
        "none": "Nothing marked", "infection": "Infection", "bleeding": "Bleeding", "nerve injury": "Nerve injury",
        "leak": "Leak of fluid", "wrong place": "Wrong place"})

    def compute(self, *, scene, mark):
        return Shown(scene, mark)

    def setup(self, figure):
        narrow = figure.get_figwidth() < 5
        # Each scene has its own axes, shown or hidden whole: a change of scene sends the page once, a change of
        # mark sends the rings and their key alone.
        self._scenes = {scene: page(figure, narrow) for scene in MARKS}
        self._scenes[PUMP].set_visible(False)
        draw = {PUNCTURE: draw_puncture, PUMP: draw_pump}
        self._places = {scene: draw[scene](Sheet(ax, 2), narrow) for scene, ax in self._scenes.items()}
        self._key = Key(Sheet(page(figure, narrow), 2), {PUNCTURE: (10, 110 if narrow else 72),
                                                         PUMP: (10, 110) if narrow else (318, 94)})
        self.live("mark", self._key.artists, pin=False)

    def update(self, result):
        for scene, ax in self._scenes.items():
            ax.set_visible(scene == result.scene)
        self._key.show(result, self._places[result.scene])

    def describe(self, result):
        if result.scene == PUNCTURE:
            told = ("In the lower back, seen from the side, a needle between L3 and L4 passes skin, fat, ligament, epidural "
                    "space and dura. Its tip lies in the fluid among the nerve roots, below the end of the cord at L1-L2.")
        else:
            told = ("A pump lies in a pocket under the skin of the belly; its catheter runs round the side to the back. It "
                    "enters the fluid between L3 and L4 and runs up, past the end of the cord at L1-L2, to its tip at T10.")
        marks = MARKS[result.scene].get(result.mark, ())
        if not marks:
            return told
        listed = "; ".join(f"{i}, {words}" for i, (*_, words) in enumerate(marks, 1))
        return f"{told} {HEADS[result.mark]}: {listed}."


def page(figure, narrow):
    """Axes over the whole figure, in points, that leave the foot to the stamp."""
    width, height = 72 * figure.get_size_inches()
    foot = {False: 18, True: 118}[narrow]
    figure.set_layout_engine("none")
    ax = figure.add_axes([0, foot / height, 1, (height - foot - 6) / height])
    ax.set_axis_off()
    ax.set_xlim(0, width)
    ax.set_ylim(foot, height - 6)
    return ax


class Key:
    """The rings with their numbers, and the key that says what they are: one pool of artists for all scenes."""

    MOST = 4

    def __init__(self, sheet, corners):
        self._corners = corners
        self._halo = sheet.line([circle((0, 0), 1)], theme.PAPER, 4.5, clip=False)
        self._rings = sheet.line([circle((0, 0), 1)], theme.INK, 1.8, clip=False)
        badge = dict(linestyle="none", marker="o", markersize=13.5, markerfacecolor=theme.INK,
                     markeredgecolor=theme.PAPER, markeredgewidth=1.2)
        self._badges = sheet._add(Line2D([], [], **badge))
        self._numbers = [sheet.text(0, 0, "", ha="center", va="center_baseline", colour=theme.PAPER, weight="bold")
                         for _ in range(2 * self.MOST)]
        self._lines = [sheet.text(0, 0, "") for _ in range(self.MOST + 1)]
        self._lines[0].set_weight("bold")
        self.artists = sheet.artists

    def show(self, result, places):
        x, y = self._corners[result.scene]
        marks = MARKS[result.scene].get(result.mark, ())
        head, *rest = (HEADS[result.mark], *(m[2] for m in marks)) if marks else PURPOSE[result.scene]
        for i, line in enumerate(self._lines):
            line.set_text(([head] + rest)[i] if i <= len(rest) else "")
            line.set_position((x + (19 if marks and i else 0), y - 17 * i if marks or not i else y - 2 - 14 * i))
        for artist in (self._halo, self._rings, self._badges, *self._numbers):
            artist.set_visible(bool(marks))
        if not marks:
            return
        spots, rings = [], []
        for place, radius, _ in marks:
            centre, (dx, dy) = places[place]
            rings.append(circle(centre, radius))
            spots.append(np.asarray(centre) + (radius + 5.5) * np.array([dx, dy]) / np.hypot(dx, dy))
        path = path_of(rings)
        self._halo.set_path(path)
        self._rings.set_path(path)
        spots += [np.array([x + 7, y - 17 * (i + 1)]) for i in range(len(marks))]
        self._badges.set_data(*np.transpose(spots))
        for i, number in enumerate(self._numbers):
            number.set_visible(i < len(spots))
            if i < len(spots):
                number.set_position(spots[i])
                number.set_text(str(i % len(marks) + 1))


def section(sheet, spine, top, low, high):
    """Skin of the back, ligaments, bones, canal, cord and roots, from height `low` to `high`, up to vertebra `top`."""
    s = spine.along("Co", "T7", 80)
    edge = spine.point(s, spine.ligament_edge(s))
    sheet.fill(np.concatenate([edge, spine.back(low, high, 0.42)[::-1]]), YELLOW, 0.30, line=0)
    sheet.fill(np.concatenate([spine.back(low, high), spine.back(low, high, 0.42)[::-1]]), theme.VERMILLION, 0.38)
    sheet.fill(spine.band(s, spine.canal(s), spine.ligament_edge(s)), theme.PURPLE, 0.16, line=0.6)
    shown = NAMES[NAMES.index("L5"):NAMES.index(top) + 1]
    sheet.line([f for pair in zip(shown, shown[1:]) for f in spine.fibres(*pair)], theme.PURPLE, 0.7, 0.55)
    sheet.fill(spine.band(s, 0.0, spine.canal(s)), YELLOW, 0.62, under=True)
    sac = np.linspace(spine.level("S2", 0.45), s[-1], 80)
    sheet.fill(spine.band(sac, *spine.sac(sac)), theme.SKY, 0.42, line=2.0, under=True, edge=theme.BLUE)
    sheet.line(spine.roots(), theme.VERMILLION, 1.0, 0.85)
    sheet.fill(spine.cord(s[-1]), theme.VERMILLION, 0.55, under=True)
    sheet.fill([spine.spinous(n) for n in shown] + [spine.crest()], theme.ORANGE, 0.30, under=True)
    sheet.fill([spine.flavum(n) for n in shown], theme.PURPLE, 0.5, line=0.6, under=True)
    outline, seams = spine.sacrum()
    sheet.fill([spine.body(n) for n in ("Co", *shown)] + [outline], theme.ORANGE, 0.30)
    sheet.line(seams, theme.INK, 0.7, 0.55)
    sheet.fill([spine.disc(n) for n in ("S1", *shown)], theme.GREEN, 0.32, under=True)
    # Veins of the epidural space, cut across, at the front and at the back.
    veins = [circle(spine.point(spine.between(up, down) + rise, n), 0.16 * spine.scale, count=14)
             for down, up in zip(shown, shown[1:])
             for rise, n in ((0.75, spine.canal(spine.between(up, down)) - 0.42),)]
    sheet.fill(veins, theme.BLUE, 1, line=0.5)
    named = [n for n in shown if spine.point(spine.level(n, 0.4), 0)[1] < sheet.ax.get_ylim()[1] - 6]
    for name in (*named, "S1", "S2"):
        share = 0.5 if name[0] == "S" else 0.39
        at = spine.point(spine.level(name, share), -spine.depth(spine.level(name)) / 2)
        sheet.text(*at, name, ha="center", va="center_baseline")


class Labels:
    """Labels with thin leaders, drawn together at the end."""

    def __init__(self, sheet, spine):
        self.sheet, self.spine, self._leaders, self._dots = sheet, spine, [], []

    def add(self, words, x, y, target, via=None, ha="left", line=True):
        """`words` at (x, y); a leader from there to `target`, by way of `via` when said (points on the page)."""
        text = self.sheet.text(x, y, words, ha=ha)
        if line:
            start = (x + (-4 if ha == "left" else 4), y)
            self._leaders.append(np.array([start, *([via] if via is not None else []), target], float))
            self._dots.append(target)
        return text

    def disc(self, words, x, upper, lower, n, out=-4.9, ha="right"):
        """A label at the left, its leader along the disc between two vertebrae, to n (or to a point on the page)."""
        s = self.spine.between(upper, lower)
        via = self.spine.point(s, out)
        self.add(words, x, via[1], n if np.ndim(n) else self.spine.point(s, n), via, ha)

    def done(self):
        if not self._dots:
            return
        self.sheet.line(self._leaders, theme.INK, 0.7, clip=False)
        self.sheet.dots(self._dots)


def draw_puncture(sheet, narrow):
    """The first scene. Returns the places that can be marked: name -> (centre, direction in which its number stands)."""
    spine = Spine(10.6, (190, 297)) if narrow else Spine(12.2, (236, 205))
    point, s34 = spine.point, spine.between("L3", "L4")
    section(sheet, spine, "T11", -18, 18)
    tip, gap = point(s34 + 0.28, 1.0), point(s34 - 0.36, 4.7)
    along = (gap - tip) / np.hypot(*(gap - tip))
    across = np.array([-along[1], along[0]])

    def on_needle(s, n):
        """Where the needle crosses the layer that is at (s, n)."""
        x = point(s, n)[0]
        return tip + along * (x - tip[0]) / along[0]

    skin = tip + along * (spine.back(-1, -1, count=1)[0, 0] - tip[0]) / along[0]
    hub = skin + along * 14
    shaft = [tip, tip + along * 6 + across * 1.3, hub + across * 1.3, hub - across * 1.3, tip + along * 1 - across * 1.3]
    sheet.fill(np.array(shaft), theme.PAPER, 1, line=0.9)
    half = ((0, 2), (3, 3.2), (15, 3.2), (15, 4.6), (18, 4.6))
    handle = [hub + along * a + across * b for a, b in (*half, *((a, -b) for a, b in half[::-1]))]
    sheet.fill(np.array(handle), theme.BLUE, 0.45, line=0.9, under=True)

    label = Labels(sheet, spine)
    if narrow:
        narrow_puncture_labels(label, spine, tip, hub)
    else:
        label.disc("spinal cord (ends at L1-L2)", 172, "T12", "L1", 1.25)
        label.disc("nerve roots (cauda equina)", 172, "L2", "L3", 0.78)
        label.disc("needle tip in the fluid", 172, "L3", "L4", tip)
        label.disc("fluid (CSF)", 172, "L4", "L5", 0.62)
        label.disc("disc", 172, "L5", "S1", -2.6, out=-5.2)
        for words, target in (
            ("skin", spine.back(12.2, 12.2, 0.2, 1)[0]),
            ("fat under the skin", spine.back(10.3, 10.3, 1.4, 1)[0]),
            ("spinous process", point(spine.level("L1", 0.2), 5.2)),
            ("ligament", point(spine.level("L2", 0.78), 5.3)),
            ("epidural space (fat)", point(spine.level("L2", -0.1), spine.canal(spine.level("L2")) - 0.4)),
            ("dura", point(spine.between("L4", "L5"), spine.sac(spine.between("L4", "L5"))[1])),
            ("end of the dura (S2)", point(spine.level("S2", 0.46), spine.sac(spine.level("S2", 0.46))[1])),
        ):
            label.add(words, 380, target[1], target)
        label.add("needle", hub[0] + 25, hub[1] - 4, hub, line=False)
        sheet.text(10, 358, "\u2190 front", colour=theme.MUTED)
        sheet.text(508, 30, "back \u2192", ha="right", colour=theme.MUTED)
    label.done()
    low, end = spine.level("L5", 0.6), spine.between("L1", "L2")
    return {
        "tip": (tip, (-0.6, 1)), "entry": (skin, (0.3, 1)),
        "vein": (point(s34 + 0.75, spine.canal(s34) - 0.42), (0.5, 1)),
        "hole": (on_needle(s34, spine.sac(s34)[1]), (-0.3, -1)),
        "epidural": (on_needle(s34, spine.canal(s34) - 0.4), (0.6, 1)),
        "front": (point(s34 + 0.4, 0.2), (-0.5, 1)),
        "cord end": (point(end + 0.6, 1.2), (-1, 0.4)),
        "low fluid": (point(low, sum(spine.sac(low)) / 2), (1, 0.5)),
    }


def narrow_puncture_labels(label, spine, tip, hub):
    """Fewer labels, for a page as wide as a telephone."""
    label.disc("spinal cord\n(ends at L1-L2)", 108, "T12", "L1", 1.25, out=-4.7)
    label.disc("nerve roots\n(cauda equina)", 108, "L2", "L3", 0.78, out=-4.7)
    label.disc("needle tip\nin the fluid", 108, "L3", "L4", tip, out=-4.7)
    label.disc("fluid (CSF)", 108, "L4", "L5", 0.62, out=-4.7)
    s = spine.between("L5", "S1")
    label.disc("dura", 108, "L5", "S1", spine.sac(s)[0], out=-5.2)
    s = spine.level("S3", 0.3)
    label.add("epidural\nspace (fat)", 108, 144, spine.point(s, 0.75), (150, 144), "right")
    label.add("needle", 322, hub[1] - 16, hub, ha="right", line=False)


def draw_pump(sheet, narrow):
    """The second scene. Returns the places that can be marked, as `draw_puncture` does."""
    spine = Spine(7.7, (154, 248)) if narrow else Spine(9.0, (192, 152))
    point, s34, k = spine.point, spine.between("L3", "L4"), spine.scale
    low, high = -17, 26.5
    # Front of the trunk: skin, fat, wall of the abdomen.
    sheet.fill(np.concatenate([spine.belly(low, high, 0.45), spine.belly(low, high, 2.3)[::-1]]), YELLOW, 0.30, line=0)
    sheet.fill(np.concatenate([spine.belly(low, high, 2.3), spine.belly(low, high, 3.2)[::-1]]), theme.VERMILLION, 0.22, line=0.6)
    sheet.fill(np.concatenate([spine.belly(low, high), spine.belly(low, high, 0.45)[::-1]]), theme.VERMILLION, 0.38)
    section(sheet, spine, "T7", low, high)
    # Pump, edge on, in its pocket between skin and wall.
    pocket = np.concatenate([spine.belly(-5.2, 2.6, 0.5, 30), spine.belly(-5.2, 2.6, 2.5, 30)[::-1]])
    sheet.fill(pocket, theme.PAPER, 1, line=0.7)
    pump = np.concatenate([spine.belly(-4.6, 2.0, 0.75, 30), spine.belly(-4.6, 2.0, 2.25, 30)[::-1]])
    sheet.fill(pump, theme.BLUE, 0.5, line=1.1, under=True)
    port = np.concatenate([spine.belly(-2.0, -0.6, 0.6, 8), spine.belly(-2.0, -0.6, 1.0, 8)[::-1]])
    sheet.fill(port, theme.PAPER, 1, line=0.8)
    # Catheter: round the side (dashed, over a halo), under the skin of the back, into the fluid, up to T10.
    start = spine.belly(1.0, 1.0, 2.25, 1)[0]
    back = spine.back(-2.6, -2.6, 1.5, 1)[0]
    middle = spine.page(-3.0, -3.2)
    around = smooth([start, start + np.array([1.6, -0.5]) * k, middle, spine.page(3.5, -3.3), back], closed=False)
    hole = point(s34 + 0.15, spine.sac(s34)[1])
    inside = np.linspace(s34 + 0.8, spine.level("T10", 0.45), 40)
    # Between cord and dura where there is a cord, a little further in below it.
    lane = [spine.sac(s)[1] - 0.24 - 0.3 * np.clip((spine.level("L1") - s) / 4, 0, 1) for s in inside]
    inner = smooth([back, back + np.array([0.35, 0.9]) * k, point(s34 - 0.55, 5.2), hole, *point(inside, np.array(lane))], closed=False)
    sheet.line([around], theme.PAPER, 5.5)
    sheet.line([around], theme.INK, 2.2, dashes=(3.2, 2.0), cap="butt")
    sheet.line([inner], theme.INK, 3.2)
    sheet.line([inner], theme.PAPER, 1.4)
    tip = point(inside[-1], lane[-1])
    sheet.fill(circle(tip, 2.6), theme.PAPER, 1, line=1.2)

    label = Labels(sheet, spine)
    halfway = around[len(around) * 47 // 100]
    if narrow:
        narrow_pump_labels(label, spine, tip, halfway)
        whole_spine(sheet, 2.6, (270, 190), 292)
    else:
        label.disc("spinal cord\n(ends at\nL1-L2)", 80, "T10", "T11", 1.2, out=-4.6)
        label.disc("fluid\n(CSF)", 76, "T12", "L1", 0.5, out=-4.6)
        label.disc("nerve roots\n(cauda\nequina)", 72, "L2", "L3", 0.8, out=-4.9)
        label.add("pump\nin its\npocket", 60, spine.page(0, -1.2)[1] - 3, spine.belly(-1.5, -1.5, 1.5, 1)[0], ha="right")
        label.add("catheter,\nround\nthe side", 60, 66, halfway, ha="right")
        s = spine.level("L1", 0.5)
        for words, target in (
            ("skin", spine.back(21.5, 21.5, 0.2, 1)[0]),
            ("catheter tip", tip),
            ("dura", point(spine.level("T12", 0.5), spine.sac(spine.level("T12", 0.5))[1])),
            ("epidural space\n(fat)", point(s, spine.canal(s) - 0.4)),
            ("catheter", inner[len(inner) * 1 // 45]),
        ):
            label.add(words, 298, target[1], target)
        whole_spine(sheet, 2.85, (446, 146), 470)
    label.done()
    low, vein = spine.level("L5", 0.05), spine.between("L3", "L4")
    return {
        "tip": (tip, (1, 0.5)), "loop": (back, (0.6, -1)), "back skin": (spine.back(-3.4, -3.4, 0.3, 1)[0], (1, -0.4)), "hole": (hole, (0.4, 1)),
        "pocket": (spine.belly(-4.6, -4.6, 1.4, 1)[0], (-1, -0.7)), "tunnel": (around[len(around) * 38 // 100], (0.4, 1)),
        "vein": (point(vein + 0.75, spine.canal(vein) - 0.42), (0.5, 1)),
        "epidural": (point(s34 + 0.2, spine.canal(s34) - 0.4), (0.5, 1)),
        "roots": (point(s34 + 0.9, 1.0), (-0.7, 1)),
        "low fluid": (point(low, sum(spine.sac(low)) / 2), (-1, 0.2)),
    }


def narrow_pump_labels(label, spine, tip, halfway):
    """Fewer labels, for a page as wide as a telephone."""
    label.disc("catheter\ntip", 66, "T9", "T10", tip, out=-4.6)
    label.disc("spinal\ncord", 64, "T11", "T12", 1.2, out=-4.6)
    label.disc("fluid\n(CSF)", 56, "L1", "L2", 0.5, out=-4.9)
    label.disc("nerve\nroots", 49, "L2", "L3", 0.8, out=-4.9)
    label.add("pump", 46, spine.page(0, -1.5)[1], spine.belly(-1.5, -1.5, 1.5, 1)[0], ha="right")
    label.add("catheter,\nround\nthe side", 54, 152, halfway, ha="right")


def whole_spine(sheet, scale, origin, x):
    """The inset: the whole spine, its levels named at `x`, the drawn part framed."""
    small = Whole(levels, scale, origin)
    sheet.fill(small.head(1), theme.ORANGE, 0.30, line=0.8)
    sheet.fill(small.fluid(), theme.SKY, 0.45, line=0.9, under=True, edge=theme.BLUE)
    sheet.fill(small.cord(), theme.VERMILLION, 0.55, line=0, under=True)
    sheet.fill([*small.vertebrae(), small.sacrum()], theme.ORANGE, 0.30, line=0.5)
    ticks = []
    for name in ("skull", "T2", "T10", "L1/2", "L3/4", "S2"):
        right, y = small.at(levels[name], 2.4)
        ticks.append(np.array([[right, y], [x - 4, y]]))
        sheet.text(x, y, name, va="center_baseline")
    sheet.line(ticks, theme.INK, 0.7)
    (left, bottom), (right, top) = small.at(-12, 0), small.at(levels["T8"] + 1, 0)
    left, right = origin[0] - 6.2 * scale, origin[0] + 6.0 * scale
    sheet.line([np.array([[left, bottom], [right, bottom], [right, top], [left, top], [left, bottom]])], theme.INK, 1.3,
               dashes=(1, 1.6))
