"""The picture that opens the lesson on the fluid: where the fluid is, where it is made, moves, leaves and is sampled.

Head and canal cut down the middle; the canal is drawn short. Beside them stand the published volumes, old and new. The
drawing computes nothing.
"""

import numpy as np

from ..explore import Choice, theme
from ..facts import facts
from .anatomy import Sheet, smooth
from .head import Head
from .neurovascular import badge, page
from .sourced import Sourced

#: mark -> (heading, [(words in the key, words for the description)])
MARKS = {
    "made": ("Made here", (("choroid plexus: most of it", "choroid plexus in the ventricles, most of it"),
                           ("brain tissue: some, debated", "brain tissue, some, how much is debated"))),
    "moves": ("Moves here", (("with the heart: through the\nnarrow aqueduct", "to and fro with the heart, through the narrow aqueduct"),
                             ("with the breath: past the\nskull's opening", "to and fro with the breath, past the skull's opening"),
                             ("along the canal", "along the canal"))),
    "leaves": ("Leaves here (shares disputed)", (("into veins at the top", "into veins at the top of the head"),
                                                 ("along nerves of the nose\nto lymph", "along nerves of the nose to lymph"),
                                                 ("along nerve roots of the spine", "along the nerve roots of the spine"))),
    "sampled": ("Sampled here", (("low back, by a needle", "in the low back, by a needle"),
                                 ("ventricle, by a reservoir", "in a ventricle, by a reservoir"))),
}
#: volumes -> ((place, fact), ...)
VOLUMES = {
    "textbook": (("In the ventricles", "csf_ventricles_1986"), ("In the whole head", "csf_cranial_1986"), ("Altogether", "csf_total_text")),
    "mri": (("In the head, age 20 to 29", "csf_cranial_20s"), ("In the head, over 80", "csf_cranial_80s"), ("In the spine", "csf_spinal")),
    "review": (("Altogether", "csf_total_new"),),
}
NAMES = {"textbook": "Textbook and early scans", "mri": "Newer scans: each its own people", "review": "Newer reviews: other people again"}
_LONGEST_PT, _MOST_ML = 130.0, 500.0


class FluidSpaces(Sourced):
    """Head and canal with the fluid in them, and how much of it there is."""

    title = "The fluid and its spaces"
    longest = 300
    model = "drawing, not to scale"
    size = (7.6, 5.8)
    narrow_size = (4.5, 9.8)
    room_size = None
    facts = (*dict.fromkeys(fact for rows in VOLUMES.values() for _, fact in rows), "csf_spinal_share")

    mark = Choice("Mark", "made", {key: heading.split(" (")[0] for key, (heading, _) in MARKS.items()})

    def compute(self, *, mark):
        return mark

    def setup(self, figure):
        narrow = figure.get_figwidth() < 5
        axes = page(figure)
        head, foot = (Head(0.70, (36, 436)), 366) if narrow else (Head(0.74, (10, 146)), 30)
        draw_spaces(Sheet(axes, 2), head, foot)
        draw_volumes(Sheet(axes, 3), *((14, 238, 18.5) if narrow else (300, 279, 26)), narrow)
        marks = Sheet(axes, 4)
        self._marks = {mark: draw_mark(marks, mark, head, foot) for mark in MARKS}
        key = Sheet(axes, 5)
        x, top, step = (14, 346, 30) if narrow else (300, 394, 32)
        self._heading = key.text(x, top, "", weight="bold")
        self._rows = [key.text(x + 20, top - 20 - step * i, "", va="top") for i in range(3)]
        self._badges = []
        for i in range(3):
            before = len(key.artists)
            badge(key, (x + 7, top - 26 - step * i), i + 1)
            self._badges.append(key.artists[before:])
        self.live("mark", *self._marks.values(), self._heading, *self._rows, *self._badges, pin=False)

    def update(self, shown):
        for mark, artists in self._marks.items():
            for artist in artists:
                artist.set_visible(mark == shown)
        heading, rows = MARKS[shown]
        self._heading.set_text(heading)
        for i, (text, disc) in enumerate(zip(self._rows, self._badges)):
            text.set_text(rows[i][0] if i < len(rows) else "")
            for artist in disc:
                artist.set_visible(i < len(rows))

    def describe(self, shown):
        heading, rows = MARKS[shown]
        listed = "; ".join(f"{i}, {words}" for i, (_, words) in enumerate(rows, 1))
        return (f"Head and canal, cut down the middle. {heading}: {listed}. In all the fluid was put at "
                f"{figure_words('csf_total_text')} by the textbook and at {figure_words('csf_total_new')} by newer scans.")

    def table(self, shown):
        rows = [(NAMES[kind], name, figure_words(fact)) for kind, listed in VOLUMES.items() for name, fact in listed]
        return ("Source", "Where", "Volume"), rows


def figure_words(fact):
    """A volume to the millilitre, with its range."""
    value, (low, high) = facts[fact].to("mL"), facts[fact].range_in("mL")
    return f"{value:.0f} mL" + (f" ({low:.0f} to {high:.0f})" if low < high else "")


def draw_volumes(sheet, x, top, step, narrow):
    """The published volumes as bars, old and new; the thin line is the range."""
    y = top
    for kind, listed in VOLUMES.items():
        sheet.text(x, y, NAMES[kind], weight="bold")
        y -= 0.62 * step if not narrow else step
        for name, fact in listed:
            sheet.text(x, y, name)
            start, low = (x + 146, y) if narrow else (x, y - 12)
            scale = (56 if narrow else _LONGEST_PT) / _MOST_ML
            value, (least, most) = facts[fact].to("mL"), facts[fact].range_in("mL")
            sheet.line([np.array([[start, low], [start + scale * value, low]])], theme.BLUE, 5.5, cap="butt")
            sheet.line([np.array([[start + scale * least, low], [start + scale * most, low]])], theme.INK, 1.4, cap="butt")
            sheet.text(start + scale * max(value, most) + 6, low, figure_words(fact))
            y -= step
        y -= 0.3 * step


def draw_spaces(sheet, head, foot, named=True):
    """Head, and the canal down to the end of the sac at height `foot`; spaces with their names, or without."""
    top = head.at((186, 8))[1]
    left, right, middle = head.at((187, 0))[0], head.at((227, 0))[0], head.at((207, 0))[0]
    y = np.linspace(top, foot, 60)
    taper = np.sqrt(np.clip((y - foot) / 26, 0, 1))
    sway = 9 * np.sin((top - y) / (top - foot) * 2 * np.pi)
    low, high = middle + sway - (middle - left) * taper, middle + sway + (right - middle) * taper
    sac = np.concatenate([np.stack([low, y], -1), np.stack([high, y], -1)[::-1]])
    sheet.fill(sac, theme.SKY, 0.42, line=0, under=True)
    sheet.line([np.stack([low, y], -1), np.stack([high, y], -1)], theme.ORANGE, 3.0)
    head.draw(sheet)
    cord = y > foot + 0.42 * (top - foot)
    thin = np.clip((y[cord] - y[cord][-1]) / 12, 0.12, 1) * head.scale * 7
    sides = [np.stack([middle + sway[cord] + side * thin, y[cord]], -1) for side in (-1, 1)]
    # From just above the end of the drawn head, so that no seam shows.
    sides = [np.concatenate([[[side[0, 0], top + 6]], side]) for side in sides]
    sheet.fill(np.concatenate([sides[0], sides[1][::-1]]), theme.VERMILLION, 0.26, line=0, under=True)
    sheet.line(sides, theme.INK, 1.0)
    start = y[cord][-1]
    hang = np.linspace(start, foot + 8, 20)
    swing = np.interp(hang[::-1], y[::-1], sway[::-1])[::-1]
    sheet.line([np.stack([middle + swing + dx * np.linspace(0.4, 1, 20), hang], -1) for dx in (-7, -3.5, 0, 3.5, 7)], theme.VERMILLION, 1.0, 0.85)
    if not named:
        return
    told = (("ventricles", (84, 160), (130, 207), "left"), ("aqueduct", (150, 128), (205, 166), "right"),
            ("cisterns", (78, 92), (150, 118), "left"), ("canal", (142, 20), (193, 20), "right"))
    for words, at, target, ha in told:
        x, y0 = head.at(at)
        if words == "aqueduct":
            x, y0 = head.at((244, 188))
            sheet.text(x, y0, words, ha="left")
            sheet.line([np.array([[x - 3, y0], head.at((208, 168))])], theme.INK, 0.7)
            continue
        sheet.text(x, y0, words, ha=ha)
        long_ = 5.7 * len(words)
        start = [x + long_ / 2, y0 + 7] if words in ("cisterns", "ventricles") else [x + 3, y0]
        sheet.line([np.array([start, head.at(target)])], theme.INK, 0.7)


def arrow(sheet, points, both=False, colour=theme.VERMILLION, width=2.2, dashes=None):
    """A curved arrow through points on the page, with a head at its end, or at both."""
    line = smooth(np.asarray(points, float), closed=False)
    sheet.line([line], colour, width, dashes=dashes, clip=False, cap="butt" if dashes else "round")
    for tip, before in ((line[-1], line[-3]), (line[0], line[2]))[: 2 if both else 1]:
        ahead = (tip - before) / np.hypot(*(tip - before))
        aside = np.array([-ahead[1], ahead[0]])
        sheet.fill(np.array([tip + 5 * ahead, tip - 3 * ahead + 4 * aside, tip - 3 * ahead - 4 * aside]), colour, 1, line=0)


def draw_mark(sheet, mark, head, foot):
    """The arrows and discs of one mark. Returns its artists."""
    before, at = len(sheet.artists), head.at
    low = np.array([at((207, 0))[0], foot])
    if mark == "made":
        sheet.line([head.wave((138, 222), (228, 222)), head.wave((220, 140), (224, 122), 2.4, 2.4)], theme.VERMILLION, 4.0)
        arrow(sheet, at((180, 214), (182, 206), (182, 196)))
        for spot in ((118, 262), (262, 250), (150, 172)):
            arrow(sheet, at(spot, (spot[0] + 6, spot[1] - 8), (spot[0] + 8, spot[1] - 18)), dashes=(2, 1.4), width=1.6)
        discs = (at((124, 226)), at((284, 268)))
    elif mark == "moves":
        arrow(sheet, at((190, 182), (204, 168), (219, 147)), both=True)
        arrow(sheet, at((190, 96), (191, 74), (191, 52)), both=True, width=3.2)
        right = low[0] + 11
        arrow(sheet, [(right + 6, low[1] + 96), (right - 1, low[1] + 70), (right - 9, low[1] + 44)], both=True, dashes=(3, 1.6))
        discs = (at((184, 144)), at((166, 74)), np.array([right + 24, low[1] + 66]))
    elif mark == "leaves":
        dash = dict(dashes=(3, 1.6))
        arrow(sheet, at((196, 322), (196, 334), (196, 350)), **dash)
        arrow(sheet, at((72, 118), (58, 108), (44, 94)), **dash)
        part = 0.62 * (at((186, 8))[1] - foot)
        arrow(sheet, [low + (13, part), low + (30, part - 4), low + (46, part - 12)], **dash)
        arrow(sheet, [low + (-4, part - 14), low + (-22, part - 18), low + (-38, part - 26)], **dash)
        discs = (at((214, 352)), at((32, 110)), low + (58, part))
    else:
        needle = np.array([low + (52, 22), low + (0, 30)])
        sheet.line([needle], theme.INK, 3.4, clip=False)
        sheet.line([needle], theme.PAPER, 1.4, clip=False)
        drain = np.array([at((266, 330)), at((222, 228))])
        sheet.line([drain], theme.INK, 3.4, clip=False)
        sheet.line([drain], theme.PAPER, 1.4, clip=False)
        sheet.fill(smooth(at((254, 330), (266, 344), (282, 334), (270, 322))), theme.BLUE, 0.5, line=1.0)
        discs = (low + (62, 32), at((292, 346)))
    for i, disc in enumerate(discs):
        badge(sheet, disc, i + 1)
    return sheet.artists[before:]
