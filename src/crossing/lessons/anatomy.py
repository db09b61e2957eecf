"""The lower back cut down the middle, as shapes to draw: spine, canal, cord, roots, skin.

Everything hangs on one curve, the back of the vertebral bodies. A point is said as (s, n): s runs up that curve from
the tip of the tail bone, n goes from it towards the back (negative: towards the belly). So a vertebra is a rounded
box in (s, n), and a layer such as the fluid is a band between two values of n. The units are drawing units, chosen so
that the layers can be told apart: the canal and the space outside the dura are drawn wider than they are.
"""

import numpy as np
from matplotlib.colors import to_rgba
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from crossing.explore import theme

# Name; height with the disc above it; lean of its axis in degrees (positive: leaning forward going up); depth of the
# body from front to back; depth of the canal; length of the spinous process; how far its tip droops.
_VERTEBRAE = (
    ("Co", 2.5, -25, 0.8, 0.1, 0.3, 0.0),
    ("S5", 1.5, 5, 1.2, 0.35, 0.5, 0.0),
    ("S4", 1.7, 30, 1.6, 0.8, 0.7, 0.0),
    ("S3", 2.0, 44, 2.0, 1.3, 0.9, 0.0),
    ("S2", 2.3, 45, 2.6, 2.1, 1.0, 0.0),
    ("S1", 2.9, 38, 3.5, 2.8, 1.2, 0.0),
    ("L5", 3.5, 21, 3.8, 3.1, 2.3, 0.1),
    ("L4", 3.6, 9, 3.9, 3.1, 2.9, 0.1),
    ("L3", 3.6, 0, 3.9, 3.1, 3.2, 0.1),
    ("L2", 3.5, -6, 3.8, 3.1, 3.2, 0.1),
    ("L1", 3.4, -9, 3.7, 3.1, 3.0, 0.15),
    ("T12", 3.1, -10, 3.5, 3.0, 2.7, 0.3),
    ("T11", 2.9, -8, 3.3, 2.9, 2.8, 0.9),
    ("T10", 2.7, -5, 3.2, 2.8, 3.0, 1.6),
    ("T9", 2.6, -2, 3.1, 2.7, 3.1, 2.0),
    ("T8", 2.5, 1, 3.0, 2.7, 3.1, 2.2),
    ("T7", 2.5, 4, 3.0, 2.7, 3.1, 2.2),
)
NAMES = tuple(row[0] for row in _VERTEBRAE)
_DISC = 0.22  # share of a lumbar or thoracic segment that is disc

# Skin of the back and of the belly, (x, z) with the middle of L3/4 at the origin.
_BACK = ((10.2, 27), (10.0, 22), (9.7, 16), (9.1, 10), (8.6, 5), (8.4, 0), (8.7, -4), (9.6, -8), (11.0, -12), (11.5, -16))
_BELLY = ((-9.6, 27), (-10.0, 22), (-10.9, 15), (-12.2, 7), (-13.0, 1), (-12.9, -5), (-11.6, -11), (-9.6, -16))


def _flow(x, y):
    """A smooth curve through the points, without overshoot: a function."""
    x, y = np.asarray(x, float), np.asarray(y, float)
    slope = np.gradient(y, x)

    def at(value):
        value = np.clip(value, x[0], x[-1])
        i = np.clip(np.searchsorted(x, value) - 1, 0, len(x) - 2)
        h = x[i + 1] - x[i]
        t = (value - x[i]) / h
        return ((1 + 2 * t) * (1 - t) ** 2 * y[i] + t * (1 - t) ** 2 * h * slope[i]
                + t * t * (3 - 2 * t) * y[i + 1] + t * t * (t - 1) * h * slope[i + 1])
    return at


class Spine:
    """The curve and what lies along it, on a page: `scale` points a drawing unit, `origin` where L3/4 comes to lie."""

    def __init__(self, scale, origin):
        self.scale, self.origin = scale, np.asarray(origin, float)
        heights = np.array([row[1] for row in _VERTEBRAE])
        self._ends = np.concatenate([[0], np.cumsum(heights)])
        middles = (self._ends[1:] + self._ends[:-1]) / 2
        columns = list(zip(*_VERTEBRAE))
        lean, self.depth, self.canal, self.process, self.droop = (_flow(middles, columns[i]) for i in range(2, 7))
        self._s = np.linspace(0, self._ends[-1], 1200)
        self._lean = np.radians(lean(self._s))
        step = self._s[1]
        x, z = np.cumsum(-np.sin(self._lean)) * step, np.cumsum(np.cos(self._lean)) * step
        zero = self.between("L3", "L4")
        self._x, self._z = x - np.interp(zero, self._s, x), z - np.interp(zero, self._s, z)
        back, belly = np.array(_BACK)[::-1], np.array(_BELLY)[::-1]
        self._back, self._belly = _flow(back[:, 1], back[:, 0]), _flow(belly[:, 1], belly[:, 0])

    # ---- places -------------------------------------------------------------------------------------------

    def page(self, x, z):
        """Drawing units to points on the page, shape (..., 2)."""
        return self.origin + self.scale * np.stack(np.broadcast_arrays(x, z), axis=-1)

    def point(self, s, n):
        """(s, n) to points on the page."""
        s = np.asarray(s, float)
        lean, x, z = (np.interp(s, self._s, curve) for curve in (self._lean, self._x, self._z))
        return self.page(x + n * np.cos(lean), z + n * np.sin(lean))

    def segment(self, name):
        """(bottom, top) of a vertebra with its disc, along s."""
        i = NAMES.index(name)
        return self._ends[i], self._ends[i + 1]

    def level(self, name, share=0.5):
        """s at a share of the height of a vertebra."""
        low, high = self.segment(name)
        return low + share * (high - low)

    def between(self, upper, lower):
        """s in the middle of the disc between two neighbours."""
        low, high = self.segment(lower)
        return high - _DISC / 2 * (high - low)

    def along(self, first, last, count=60):
        return np.linspace(self.segment(first)[0], self.segment(last)[1], count)

    # ---- shapes (arrays of points on the page) ------------------------------------------------------------

    def band(self, s, low, high):
        """The area between two values of n along s."""
        low, high = np.broadcast_to(low, s.shape), np.broadcast_to(high, s.shape)
        return np.concatenate([self.point(s, low), self.point(s[::-1], high[::-1])])

    def _box(self, bottom, top, front, back, power=0.3, waist=0.0):
        turn = np.linspace(0, 2 * np.pi, 32, endpoint=False)
        round_ = lambda v: np.sign(v) * np.abs(v) ** power  # noqa: E731
        up, across = round_(np.sin(turn)), round_(np.cos(turn))
        across = across * (1 - waist * (1 - up ** 2))
        s = (bottom + top) / 2 + (top - bottom) / 2 * up
        return self.point(s, (front + back) / 2 + (back - front) / 2 * across)

    def body(self, name):
        low, high = self.segment(name)
        if name[0] in "SC":
            return self._box(low + 0.04, high - 0.04, -self.depth((low + high) / 2), 0, 0.35, 0.05)
        return self._box(low, high - _DISC * (high - low), -self.depth((low + high) / 2), -0.02, 0.28, 0.07)

    def sacrum(self):
        """The five fused vertebrae as one outline, and the faint lines between them."""
        s = np.linspace(self.segment("S5")[0], self.segment("S1")[1] - 0.05, 60)
        seams = [self.segment(name)[1] for name in ("S5", "S4", "S3", "S2")]
        notch = sum(np.exp(-((s - seam) / 0.28) ** 2) for seam in seams)
        outline = self.band(s, -self.depth(s) * (1 - 0.05 * notch), 0.0)
        lines = [self.point(np.full(2, seam), np.array([-0.9, -0.2]) * self.depth(seam)) for seam in seams]
        return outline, lines

    def crest(self):
        """The back wall of the sacrum, with the bumps where the processes fused."""
        s = np.linspace(self.level("S4", 0.5), self.level("S1", 0.72), 60)
        bumps = [self.level(name, 0.35) for name in ("S3", "S2", "S1")]
        bump = sum(np.exp(-((s - b) / 0.62) ** 2) for b in bumps)
        taper = np.clip((s - s[0]) / 0.5, 0, 1) ** 0.5 * np.clip((s[-1] - s) / 0.5, 0, 1) ** 0.5
        return self.band(s, self.canal(s) - 0.03, self.canal(s) + self.process(s) * (0.12 + 0.33 * taper + 0.55 * bump * taper))

    def fibres(self, lower, upper):
        """Fibres of the ligament between two spinous processes."""
        low, high = self.level(lower, 0.28), self.level(upper, 0.28)
        lines = []
        for a in (0.1, 0.26, 0.42, 0.58, 0.74):
            s = np.array([low - a * self.droop(low), high - (a + 0.12) * self.droop(high)])
            lines.append(self.point(s, self.canal(s) + self.process(s) * np.array([a, a + 0.16])))
        return lines

    def disc(self, name):
        """The disc on top of a vertebra."""
        low, high = self.segment(name)
        bottom = high - _DISC * (high - low)
        return self._box(bottom + 0.04, high - 0.04, -self.depth(high) - 0.08, 0.06, 0.5)

    def spinous(self, name):
        """Lamina and spinous process of a vertebra, behind the canal."""
        low, high = self.segment(name)
        h, wall = high - low, self.canal((low + high) / 2)
        long_, drop = self.process((low + high) / 2), self.droop((low + high) / 2)
        # (share of the height, share of the length, share of the droop)
        outline = ((0.66, -0.05, 0), (0.62, 0.10, 0.05), (0.48, 0.32, 0.25), (0.42, 0.65, 0.6), (0.40, 0.92, 0.95),
                   (0.30, 1.0, 1.0), (0.02, 1.0, 1.05), (-0.12, 0.92, 1.05), (-0.10, 0.62, 0.75), (0.0, 0.32, 0.4),
                   (0.08, 0.12, 0.1), (0.12, -0.02, 0), (0.36, -0.09, 0))
        s = np.array([low + a * h - c * drop for a, _, c in outline])
        n = np.array([wall + b * long_ for _, b, _ in outline])
        return smooth(self.point(s, n))

    def flavum(self, upper):
        """The ligament between the laminae, just outside the epidural space."""
        low, high = self.segment(upper)
        bottom, top = low - 0.34 * (high - low), low + 0.16 * (high - low)
        wall = self.canal(low)
        return smooth(self.point(np.array([bottom, (top + bottom) / 2, top, top - 0.1, (top + bottom) / 2, bottom + 0.1]),
                                 np.array([wall, wall + 0.1, wall, wall + 0.3, wall + 0.42, wall + 0.3])))

    def ligament_edge(self, s):
        """n of the line along the tips of the spinous processes."""
        return self.canal(s) + self.process(s) * 0.97 + 0.15

    def sac(self, s):
        """(front, back) of the dura along s; it closes at S2."""
        end, opens = self.level("S2", 0.45), self.level("S1", 0.75)
        share = np.clip((s - end) / (opens - end), 0, 1)
        share = np.sqrt(1 - (1 - share) ** 2.2)
        front, back = 0.28, self.canal(s) - 0.85
        middle = front + 0.45 * (back - front)
        return middle + (front - middle) * share, middle + (back - middle) * share

    def cord(self, top):
        """Outline of the cord from s = `top` down to its end between L1 and L2."""
        tip = self.between("L1", "L2")
        s = np.linspace(tip, top, 50)
        front, back = self.sac(s)
        share = np.clip((s - tip) / (self.level("T12", 0.0) - tip), 0, 1)
        half = 0.47 * np.sin(share * np.pi / 2) ** 0.85
        return self.band(s, (front + back) / 2 - half, (front + back) / 2 + half)

    def roots(self):
        """Nerve roots: from the cord's surface down through the fluid, and one thread from its tip. Arrays of points."""
        lines = []
        lanes = ((0.10, "L2"), (0.20, "L3"), (0.30, "L4"), (0.39, "L5"), (0.47, "S1"),
                 (0.56, "S1"), (0.65, "L5"), (0.74, "L4"), (0.83, "L3"), (0.92, "L2"))
        for i, (lane, end) in enumerate(lanes):
            outer = abs(lane - 0.5) * 2
            start = self.level("L1", 0.3) + outer * 5.0
            s = np.linspace(start, self.level(end, 0.35 if end == "S1" else 0.2), 40)
            front, back = self.sac(s)
            surface = (front + back) / 2 + np.sign(lane - 0.5) * 0.47 * min(1, 0.35 + outer)
            gone = np.clip((start - s) / 4.5, 0, 1)
            gone = gone * gone * (3 - 2 * gone)
            sway = 0.05 * np.sin(1.1 * s + 1.7 * i) * gone
            lines.append(self.point(s, surface + (front + lane * (back - front) - surface) * gone + sway))
        s = np.linspace(self.between("L1", "L2"), self.level("S2", 0.47), 30)
        lines.append(self.point(s, sum(self.sac(s)) / 2))
        return lines

    def back(self, low, high, under=0.0, count=50):
        """The skin of the back (or a line `under` it) from height `low` to `high`, in drawing units."""
        z = np.linspace(low, high, count)
        return self.page(self._back(z) - under, z)

    def belly(self, low, high, under=0.0, count=50):
        """The same for the skin of the belly."""
        z = np.linspace(low, high, count)
        return self.page(self._belly(z) + under, z)


# ---- drawing --------------------------------------------------------------------------------------------------


def smooth(points, closed=True):
    """A curve through the points (Catmull-Rom), as points close enough to look round."""
    p = np.asarray(points, float)
    p = np.concatenate([p[-1:], p, p[:2]]) if closed else np.concatenate([p[:1], p, p[-1:]])
    t = np.linspace(0, 1, 4, endpoint=False)[:, None]
    parts = [0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t ** 2 + (3 * b - a - 3 * c + d) * t ** 3)
             for a, b, c, d in zip(p, p[1:], p[2:], p[3:])]
    return np.concatenate(parts + ([] if closed else [p[-2:-1]]))


def circle(centre, radius, squash=1.0, count=40):
    """Points (count, 2) round `centre`; `squash` makes it flat."""
    turn = np.linspace(0, 2 * np.pi, count, endpoint=False)
    return np.asarray(centre) + radius * np.stack([np.cos(turn), squash * np.sin(turn)], axis=-1)


def path_of(shapes, closed=True):
    """One path from several outlines, in tenths of a point: more digits would only make the page heavier."""
    shapes = [np.round(s, 1) for s in (shapes if isinstance(shapes, list) else [shapes])]
    return Path.make_compound_path(*(Path(np.concatenate([s, s[:1]]) if closed else s, closed=closed) for s in shapes))


class Whole:
    """The whole spine, small: from heights by level (cm above the end of the sac) to shapes on a page.

    `levels` gives the height of a level; `scale` is points a centimetre, `origin` where the end of the sac comes to lie.
    """

    # Which vertebra, counted upwards from L5 = 0, a level is in the middle of or at the edge of.
    _COUNT = (("L5/S1", 0), ("L3/4", 2), ("L1/2", 4), ("T12", 5.5), ("T10", 7.5), ("T2", 15.5), ("C7", 17.5), ("C4", 20.5),
              ("C1", 23.5))
    _SWAY = ((-10, 1.2), (-6, 3.0), (-2, 3.0), (1, 1.9), (4, 0.5), (9, -0.8), (14, -0.9), (20, 0.1), (28, 1.6), (36, 2.3),
             (44, 1.5), (50, 0.2), (55, -0.4), (60, 0.2), (64, 0.2))

    def __init__(self, levels, scale, origin):
        self.levels, self.scale, self.origin = levels, scale, np.asarray(origin, float)
        self._x = _flow(*zip(*self._SWAY))

    def at(self, z, n=0.0):
        z = np.asarray(z, float)
        return self.origin + self.scale * np.stack(np.broadcast_arrays(self._x(z) + n, z), axis=-1)

    def band(self, low, high, front, back, count=40):
        z = np.linspace(low, high, count)
        return np.concatenate([self.at(z, front), self.at(z[::-1], back)])

    def vertebrae(self):
        counts, heights = zip(*((count, self.levels[name]) for name, count in self._COUNT))
        edges = np.interp(np.arange(24), counts, heights)
        return [self.band(a + 0.25, b - 0.25, -1.5 - 2.2 * (1 - a / 60), -0.5, 3) for a, b in zip(edges, edges[1:])]

    def sacrum(self):
        z = np.linspace(-10, self.levels["L5/S1"] - 0.3, 20)
        width = 0.5 + 2.8 * ((z - z[0]) / (z[-1] - z[0])) ** 0.8
        return np.concatenate([self.at(z, -0.5 - width), self.at(z[::-1], -0.5)])

    def fluid(self):
        """Fluid along the cord and around the brain; the two are one space."""
        return [self.band(self.levels["S2"], self.levels["skull"] + 2, 0, 2.0), self.head(0.86)]

    def head(self, share):
        """The skull (1) or what lies inside it (a share of it)."""
        return circle(self.at(self.levels["skull"] + 8, -2.2), 9.0 * self.scale * share, 0.82)

    def cord(self):
        return [self.band(self.levels["L1/2"], self.levels["skull"] + 3, 0.5, 1.5), self.head(0.72)]


class Sheet:
    """Collects the artists of one scene in the order in which they are drawn.

    Fills are tints (a colour, partly see-through, over paper), so that outlines and letters read in both themes.
    """

    def __init__(self, ax, zorder):
        self.ax, self.artists, self._z = ax, [], zorder

    def _add(self, artist, clip=False):
        self._z += 0.001
        artist.set_zorder(self._z)
        self.ax.add_artist(artist)
        artist.set_clip_on(clip)
        self.artists.append(artist)
        return artist

    def fill(self, shapes, colour, tint, line=0.8, under=False, edge=theme.INK):
        """Closed shapes in one artist; `under` first covers with paper what lies behind."""
        path = path_of(shapes)
        if under:
            self._add(PathPatch(path, facecolor=theme.PAPER, edgecolor="none", linewidth=0), clip=True)
        return self._add(PathPatch(path, facecolor=to_rgba(colour, tint), linewidth=line,
                                   edgecolor=edge if line else "none", joinstyle="round"), clip=True)

    def line(self, shapes, colour=theme.INK, width=0.8, tint=1.0, dashes=None, clip=True, cap="round"):
        patch = PathPatch(path_of(shapes, closed=False), facecolor="none", edgecolor=to_rgba(colour, tint),
                          linewidth=width, capstyle=cap, joinstyle="round")
        if dashes:
            patch.set_linestyle((0, dashes))
        return self._add(patch, clip=clip)

    def text(self, x, y, words, ha="left", va="center", size=10, colour=theme.INK, **kw):
        from matplotlib.text import Text
        return self._add(Text(x, y, words, ha=ha, va=va, fontsize=size, color=colour, linespacing=1.12, **kw))

    def dots(self, points, size=3.2):
        points = np.asarray(points)
        return self._add(Line2D(points[:, 0], points[:, 1], linestyle="none", marker="o", markersize=size,
                                markerfacecolor=theme.INK, markeredgecolor=theme.PAPER, markeredgewidth=0.7))
