"""Core 2: how deep into tissue a level reaches, in a film and in a ball that lie in fluid."""

from types import SimpleNamespace

import numpy as np

from ...explore import Choice, Slider, Steps, Switch
from ...explore import figure as rounded
from ...explore.theme import BLUE, INK, MUTED, ORANGE, PAPER, SKY, VERMILLION
from ...models.penetration import film_lowest, mass_centre
from ..sourced import Sourced

#: What the surface holds at 1 time, in marks: so the mark lies one half-distance in.
SURFACE = 2.0
WIDEST, FLOOR, TOP = 20.0, 0.01, 400.0
FINE = 400
#: The thickest film and the widest ball (mm).
WIDE = 40
SHAPES = {"film": "film", "ball": "ball"}
PLATE = {"facecolor": PAPER, "edgecolor": "none", "pad": 1.0, "alpha": 0.85}


def inside(shape, deepest, depth, at):
    """Steady level at `at` mm below the surface, of 1 there: a film with a tight back, a ball bathed all round."""
    if shape == "film":
        return film_lowest(deepest, depth) / film_lowest(deepest - at, depth)
    return mass_centre(deepest, depth) / mass_centre(deepest - at, depth)


class IntoTheMass(Sourced):
    """Level below the surface of a film or a ball, against a chosen mark; the surface may hold more."""

    title = "Into the mass"
    longest = 240
    model = "diffusion with loss, half-distance invented"
    facts = ("mtx_nhp_deep",)
    guess = "06.depth"
    size = (7.6, 4.4)
    narrow_size = (4.5, 6.6)
    presets = {"Thick film": {}, "Thin film": {"thickness": 1}, "Ball": {"shape": "ball"}, "Large ball": {"shape": "ball", "thickness": WIDE}}

    fold = Steps("Level at the surface (fold)", 1, {fold: f"{fold} ×" for fold in (1, 2, 4, 10, 100)})
    thickness = Steps("Thickness", 16, {wide: f"{wide:g} mm" for wide in (0.5, 1, 2, 4, 8, 16, WIDE)})
    shape = Choice("Shape", "film", SHAPES)
    half_distance = Slider("Half-distance (invented)", 1.0, low=0.5, high=3, step=0.25, unit="mm", more=True)
    log = Switch("Log axis", True, more=True, look=True)

    def compute(self, *, fold, thickness, shape, half_distance, log):
        depth = half_distance / np.log(2)
        deepest = thickness if shape == "film" else thickness / 2
        x = np.linspace(0, deepest, FINE + 1)
        unit = inside(shape, deepest, depth, x)
        level, first = SURFACE * fold * unit, SURFACE * unit
        reach, before = (float(x[-1]) if course[-1] >= 1 else float(np.interp(0, np.log(course[::-1]), x[::-1])) for course in (level, first))
        left = (deepest - reach) / deepest
        return SimpleNamespace(x=x, level=level, first=first, reach=reach, before=before, share=1 - left ** (1 if shape == "film" else 3), all=level[-1] >= 1,
                               deepest=deepest, surface=SURFACE * fold, last=float(level[-1]), unit=float(unit[-1]), fold=fold, thickness=thickness,
                               shape=shape, half_distance=half_distance, log=log)

    def setup(self, figure):
        if self.narrow:
            self.axes, self.picture = figure.subplots(2, 1, height_ratios=(1.2, 1))
        else:
            self.axes, self.picture = figure.subplots(1, 2, width_ratios=(1.7, 1) if not self.room else (1.25, 1))
        self.axes.set(xlim=(0, WIDEST), xlabel="Depth below the surface (mm)", xticks=range(0, 21, 4))
        self.axes.set_title("Level, in marks", loc="left")
        self.axes.axhline(1, color=INK, lw=1.4, ls=(0, (1.2, 1.6)))
        self.axes.annotate("mark", (1, 1), (-3, 3), xycoords=("axes fraction", "data"), textcoords="offset points", ha="right", va="bottom", fontsize=10, bbox=PLATE)
        self.under = self.axes.fill_between([0, 1], [1, 1], [1, 1], color=BLUE, alpha=0.14, lw=0)
        self.base, = self.axes.plot([], [], color=MUTED, lw=1.8, ls=(0, (5, 1.8)))
        self.line, = self.axes.plot([], [], color=BLUE)
        self.end, = self.axes.plot([], [], ls="", marker="s", ms=8, mfc=PAPER, mec=BLUE, mew=1.8, clip_on=False, zorder=5)
        self.drop, = self.axes.plot([], [], color=VERMILLION, lw=1.6, marker="v", ms=7, markevery=[1])
        self.depth_name = self.axes.text(1, 1, "", fontsize=10, color=INK, bbox=PLATE, va="center")
        self.base_name = self.axes.text(0.99, 0.99, "", fontsize=9.5, color=INK, ha="right", va="top", transform=self.axes.transAxes)
        self._picture()
        for artist in (self.end, self.drop, self.depth_name, self.base_name, *self.told, *self.drawn):
            artist.set_in_layout(False)
        self.live("under", self.under, pin=False)
        self.live("base", self.base, pin=False)
        self.live("level", self.line, self.end)
        self.live("drop", self.drop, pin=False)
        self.live("words", self.depth_name, self.base_name, *self.told)
        self.live("drawn", *self.drawn, pin=False)
        self.scaled = None
        self._scale(True, TOP)

    def _picture(self):
        axes = self.picture
        axes.set(xlim=(-1.3, 1.3), ylim=(-1.9, 1.5), aspect="equal")
        axes.set_axis_off()
        self.pond = axes.fill([-1.25, 1.25, 1.25, -1.25], [-1.2, -1.2, 1.2, 1.2], color=SKY, alpha=0.25, lw=0)[0]
        self.body = axes.fill([0, 1, 1], [0, 0, 1], fc=PAPER, ec=INK, lw=1.4)[0]
        self.lit = axes.fill([0, 1, 1], [0, 0, 1], fc=BLUE, ec=INK, lw=0.9, alpha=0.5, hatch="///")[0]
        self.core = axes.fill([0, 1, 1], [0, 0, 1], fc=PAPER, ec=INK, lw=1.0)[0]
        self.floor = axes.fill([0, 1, 1], [0, 0, 1], fc=ORANGE, ec=INK, lw=1.0, alpha=0.35)[0]
        self.told = [axes.text(0, 1.25, "", ha="center", va="bottom", fontsize=10), axes.text(0, -1.27, "", ha="center", va="top", fontsize=10, linespacing=1.25)]
        self.drawn = [self.pond, self.body, self.lit, self.core, self.floor]

    def _scale(self, log, top):
        if self.scaled == (log, top):
            return
        self.scaled = log, top
        self.axes.set(yscale="log" if log else "linear", ylim=(FLOOR, TOP) if log else (0, top))
        if log:
            ticks = (0.01, 0.1, 1, 10, 100)
            self.axes.set_yticks(ticks, [f"{tick:g}" for tick in ticks])
            self.axes.minorticks_off()

    def update(self, r):
        self._scale(r.log, next(top for top in (4.5, 9.0, 22.0, 220.0) if top > r.surface))
        top = self.axes.get_ylim()[1]
        floor = FLOOR if r.log else 0.0
        seen = (r.level >= floor) & (r.x <= WIDEST)
        self.line.set_data(r.x[seen], r.level[seen])
        kept = (r.first >= floor) & (r.x <= WIDEST)
        self.base.set_data(r.x[kept], r.first[kept])
        self.base.set_visible(r.fold > 1)
        self.base_name.set_text("dashed: the same at 1 ×" if r.fold > 1 else "")
        self.end.set_data([r.deepest], [r.last])
        self.end.set_visible(r.last >= floor and r.deepest <= WIDEST)
        wet = r.level >= 1
        wet &= r.x <= WIDEST
        x = np.append(r.x[wet], min(r.reach, WIDEST))
        self.under.set_data(x, np.ones(x.size), np.append(np.maximum(r.level[wet], 1), 1.0))
        self.drop.set_data([r.reach, r.reach], [1, floor])
        self.drop.set_visible(not r.all and r.reach <= WIDEST)
        right = r.reach < 11
        low = 0.02 if self.room else 0.045
        self.depth_name.set(x=min(r.reach, WIDEST) + (0.35 if right else -0.35), ha="left" if right else "right", y=low if r.log else 0.16 * top,
                            text=f"{rounded(r.reach)} mm" if not r.all and r.reach <= WIDEST else "")
        self._draw(r)

    def _draw(self, r):
        """The film or ball, cut: what is above the mark is hatched. A film's thickness is drawn by its root, for it spans a hundredfold."""
        turn = np.linspace(0, 2 * np.pi, 60)
        share = r.reach / r.deepest
        if r.shape == "film":
            foot = 0.8 - 1.6 * np.sqrt(r.thickness / WIDE)
            low = 0.8 - (0.8 - foot) * share
            self.body.set_xy([(-1.25, foot), (1.25, foot), (1.25, 0.8), (-1.25, 0.8)])
            self.lit.set_xy([(-1.25, low), (1.25, low), (1.25, 0.8), (-1.25, 0.8)])
            self.floor.set_xy([(-1.25, -1.2), (1.25, -1.2), (1.25, foot), (-1.25, foot)])
            self.pond.set_xy([(-1.25, 0.8), (1.25, 0.8), (1.25, 1.2), (-1.25, 1.2)])
        else:
            ring = np.stack([np.cos(turn), np.sin(turn)], -1)
            self.pond.set_xy([(-1.25, -1.2), (1.25, -1.2), (1.25, 1.2), (-1.25, 1.2)])
            self.body.set_xy(ring)
            self.lit.set_xy(ring)
            self.core.set_xy(ring * (1 - share))
        self.core.set_visible(r.shape == "ball" and not r.all)
        self.floor.set_visible(r.shape == "film")
        self.told[0].set_text(f"fluid: {r.surface:g} marks")
        hatched = "hatched, above the mark" if not self.room else "hatched, above\nthe mark"
        self.told[1].set_text(f"{r.shape}, {r.thickness:g} mm {'thick' if r.shape == 'film' else 'wide'}\n{hatched}: {share_words(r)}")

    def describe(self, r):
        where, place = ("film", "its far side") if r.shape == "film" else ("ball", "its centre")
        further = "" if r.fold == 1 else f", {rounded(r.reach - r.before)} mm further than at 1 ×"
        reach = f"the whole {where} is above the mark" if r.all else f"the level reaches the mark {rounded(r.reach)} mm in{further}"
        return (f"With the surface at {r.fold:g} × ({r.surface:g} marks), {reach}. "
                f"In the {where} of {r.thickness:g} mm, {place} holds {rounded(100 * r.unit)} % of the surface, {rounded(r.last)} marks; "
                f"{share_words(r)} of the {where} is above the mark.")

    def readings(self, r):
        return {"Depth of the mark": (r.reach, "mm"), "Share above the mark": (share_words(r), ""), "Level furthest from the fluid": (r.last, "marks"),
                "The same over the surface": (100 * r.unit, "%")}

    def table(self, r):
        rows = [(f"{rounded(x)} mm", f"{rounded(float(np.interp(x, r.x, r.level)))} marks") for x in np.linspace(0, r.deepest, 9)]
        return ("Depth", "Level"), rows


def share_words(r):
    """A share of the mass in words."""
    return "all" if r.all else "over 99 %" if r.share > 0.99 else f"{rounded(100 * r.share)} %"
