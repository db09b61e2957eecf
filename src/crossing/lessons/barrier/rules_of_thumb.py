"""Further: rules of thumb on real molecules."""

from types import SimpleNamespace

import numpy as np

from ...explore import Choice, Slider
from ...explore.theme import BLUE, GREEN, INK, MUTED, ORANGE, PAPER, PUBLISHED, PURPLE, VERMILLION
from ...facts import facts, molecules
from ...models.rules import share_at_least, validity
from ..sourced import Sourced
from .counting import EDGES, WIDTH, bars, equation, marked, ranked, speckle, squares
from .wall import PLATE, label_aside

CUTS = np.linspace(-2.7, 1.7, 89)
VIEWS = {"cutoff": "A cut-off", "equation": "An equation", "counted": "What counts"}
COPIES = {"printed": "as printed", "sign": "sign of the first number lost", "refit": "fitted anew to these"}
MARKED = ("nothing", "baclofen", "levodopa", "loperamide", "morphine", "sucrose")
#: Limits of the view of the equation.
SAID, MEASURED = (-4.0, 1.6), (-3.0, 2.0)


class RulesOfThumb(Sourced):
    """Rules that say which molecules cross, laid over lists of molecules for which somebody knows."""

    title = "Rules of thumb on real molecules"
    longest = 220
    model = "counting, B3DB"
    stamp = PUBLISHED
    facts = ("b3db_labelled", "b3db_measured", "clark_b0", "clark_psa", "clark_logp", "claim98", "rocns_broken_old", "kelder_r", "lombardo_se")
    size = (7.6, 4.6)
    narrow_size = (4.5, 4.8)
    presets = {"Cut-off at 90": {}, "Cut-off at 120": {"limit": 120.0}, "Equation, far from its range": {"view": "equation", "limit": 140.0},
               "Counts from logBB 0": {"view": "counted", "cut": 0.0}}

    view = Choice("View", "cutoff", VIEWS)
    limit = Slider("Limit on polar surface", 90.0, low=20, high=240, step=WIDTH, unit="Å²")
    cut = Slider("Cut-off: crosses from", -1.0, low=-2, high=1.5, step=0.25, unit="logBB")
    mark = Choice("Mark a molecule", "nothing", MARKED, more=True)
    copy = Choice("Copy of the equation", "printed", COPIES, more=True)

    def compute(self, *, view, limit, cut, mark, copy):
        r = SimpleNamespace(view=view, limit=limit, cut=cut, copy=copy, mark=None if mark == "nothing" else (mark, *marked(mark)))
        logbb = molecules.measured["logbb"]
        if view == "cutoff":
            r.counts = ranked().counts(limit)
            r.of = r.counts.per(1000)
        elif view == "equation":
            r.said = equation(copy)
            r.inside = molecules.measured["tpsa"] <= limit
            r.error = validity(r.said, logbb, r.inside)
            r.all = validity(r.said, logbb, np.ones(logbb.size, bool)).within
        else:
            r.shares = share_at_least(logbb, CUTS)
            r.of = logbb.size
            r.share = float(share_at_least(logbb, cut))
            r.labelled = ranked().counts(0).share_crossing
        return r

    def setup(self, figure):
        self.axes, self.margin = figure.subplots(ncols=2, width_ratios=(1, 0.66 if self.narrow or self.room else 0.4))
        label_aside(self.axes, self.narrow, 0.1 if not self.room else 0.17)
        self.axes.set_title(" \n ", fontsize=10.5)
        above = {"transform": self.axes.transAxes, "fontsize": 10.5, "color": INK, "va": "bottom"}
        self.asked = self.axes.text(0, 1.07 if not self.room else 1.12, "", **above)
        self.told = self.axes.text(0, 1.02, "", fontweight="bold", **above)
        blank = np.zeros((2, 2))
        self.parts = [self.axes.fill_between([0, 1], [0, 0], [0, 0], step="post", lw=0.8, **look) for look in (
            {"color": BLUE}, {"facecolor": PAPER, "edgecolor": BLUE, "hatch": "////"},
            {"facecolor": PAPER, "edgecolor": ORANGE, "hatch": "////"}, {"color": ORANGE})]
        self.line, = self.axes.plot([], [], color=BLUE)
        self.dots = self.axes.imshow(np.zeros((2, 2, 4)), extent=(*SAID, *MEASURED), aspect="auto", interpolation="none", origin="lower", zorder=2)
        self.even, = self.axes.plot([], [], color=MUTED, lw=1.6, ls=(0, (1.2, 1.5)))
        self.limit_line = self.axes.axvline(0, color=INK, lw=1.6, ls=(0, (4, 3)))
        self.levels = [self.axes.axhline(y, color=c, lw=1.6, ls=ls) for y, c, ls in ((63, GREEN, (0, (8, 2, 1.5, 2))), (2, VERMILLION, (0, (5, 1.8))))]
        self.level_names = [self.axes.text(0.02, 0, "", transform=self.axes.get_yaxis_transform(), fontsize=10, color=INK, va="bottom", bbox=PLATE) for _ in range(2)]
        self.here, = self.axes.plot([], [], "o", color=BLUE, mec=INK, ms=10, zorder=6)
        self.star, = self.axes.plot([], [], "*", color=PURPLE, mec=INK, ms=16, zorder=7)
        self.star_name = self.axes.text(0, 0, "", fontsize=10, color=INK, ha="left", va="bottom", zorder=8, bbox=PLATE)
        self.margin.axis("off")
        self.margin.set(xlim=(0, 1), ylim=(0, 1))
        self.squares = self.margin.imshow(blank, extent=(0, 0.96, 0, 0.72 if self.layout == "wide" else 0.56), aspect="auto", interpolation="none")
        beside = {"fontsize": 10, "color": INK, "va": "top", "linespacing": 1.35}
        self.side, self.numbers = self.margin.text(0, 1, "", **beside), self.margin.text(0, 1, "", fontweight="bold", **beside)
        for artist in (self.here, self.star):
            artist.set_in_layout(False)
        self.live("bars", *self.parts)
        self.live("dots", self.dots, pin=False)
        self.live("lines", self.line, self.even, self.limit_line, *self.levels, self.here)
        self.live("squares", self.squares, pin=False)
        self.live("words", self.told, self.numbers)
        self.live("mark", self.star, self.star_name, pin=False)
        self._scale("cutoff")

    def _scale(self, view):
        x, y, xlabel, ylabel = {
            "cutoff": ((0, 300), (-420, 760), "Polar surface (Å²; the last bar holds all above)", "Molecules  (below: do not cross)"),
            "equation": (SAID, MEASURED, "logBB by the equation (left edge: further off)", "logBB measured"),
            "counted": ((-2.7, 1.7), (0, 104), "Counts as crossing from this logBB", "Share that crosses (%)"),
        }[view]
        if self.narrow or self.room:
            xlabel = xlabel.replace("; the last bar holds all above", "").replace(" (left edge: further off)", "")
        if self.room:
            ylabel = ylabel.replace("  (", "\n(").replace("that ", "that\n")
        self.axes.set(xlim=x, ylim=y, xlabel=xlabel, ylabel=ylabel)
        ticks = {"cutoff": (-400, -200, 0, 200, 400, 600), "equation": (-3, -2, -1, 0, 1, 2), "counted": (0, 20, 40, 60, 80, 100)}[view]
        self.axes.set_yticks(ticks, [f"{abs(t) if view == 'cutoff' else t}".replace("-", "−") for t in ticks])

    def update(self, r):
        self._scale(r.view)
        shown = {"cutoff": (*self.parts, self.limit_line, self.squares), "equation": (self.dots, self.even),
                 "counted": (self.line, *self.levels, *self.level_names, self.here, self.squares)}[r.view]
        for artist in (*self.parts, self.limit_line, self.squares, self.dots, self.even, self.line, *self.levels, *self.level_names, self.here):
            artist.set_visible(artist in shown)
        for artist in (self.star, self.star_name):
            artist.set_visible(r.mark is not None and r.view != "counted")
        {"cutoff": self._cutoff, "equation": self._equation, "counted": self._counted}[r.view](r)

    def _star(self, r, x, y):
        if r.mark:
            self.star.set_data([x], [y])
            low, high = self.axes.get_xlim()
            right = x > low + 0.7 * (high - low)
            self.star_name.set(x=x + (high - low) * (-0.02 if right else 0.02), y=y, ha="right" if right else "left", text=r.mark[0])

    def _cutoff(self, r):
        yes, no = bars()
        here = int(r.limit / WIDTH)
        for part, counts, pick, sign in zip(self.parts, (yes, yes, no, no), (slice(0, here), slice(here, None)) * 2, (1, 1, -1, -1)):
            left, height = EDGES[:-1][pick], sign * counts[pick]
            part.set_data(np.append(left, left[-1] + WIDTH), np.zeros(left.size + 1), np.append(height, height[-1]))
        self.limit_line.set_xdata([r.limit] * 2)
        c = r.of
        self.squares.set_data(squares((c.hits, c.misses, c.false_alarms, c.kept_out), ((BLUE, True), (BLUE, False), (ORANGE, False), (ORANGE, True))))
        self.asked.set_text("Left of the line: said to cross")
        self.told.set_text(f"{c.right} right, {c.wrong} wrong, of 1000")
        self.side.set_text("Cross: ■ in, □ out\n\nDo not: □ in, ■ out")
        self.numbers.set_text(f"\n■ {c.hits}   □ {c.misses}\n\n□ {c.false_alarms}   ■ {c.kept_out}")
        if r.mark:
            self._star(r, r.mark[1], 40 if r.mark[2] else -40)

    def _equation(self, r):
        logbb = molecules.measured["logbb"]
        said = np.clip(r.said, SAID[0] + 0.05, None)
        self.dots.set_data(speckle(said, logbb, r.inside, SAID, MEASURED, (BLUE, VERMILLION)))
        self.even.set_data([-3, 1.6], [-3, 1.6])
        within, beyond = r.error.within, r.error.beyond
        self.asked.set_text("Dotted: said and measured agree")
        self.told.set_text(f"R² {said_r2(r.all.r2)} over all {r.all.n}")
        self.side.set_text("● polar surface\nup to the limit\n\n\n\n× polar surface\nabove the limit\n\n\nof the squared error")
        self.numbers.set_text(f"\n\n{within.n} molecules\nR² {said_r2(within.r2)}\n\n\n\n{beyond.n} molecules\n{100 * r.error.error_outside:.0f} %")
        if r.mark:
            self._star(r, float(said[r.mark[4]]), r.mark[3])

    def _counted(self, r):
        self.line.set_data(CUTS, 100 * r.shares)
        self.here.set_data([r.cut], [100 * r.share])
        for line, name, y, words in zip(self.levels, self.level_names, (100 * r.labelled, 100 - facts["claim98"].value),
                                        ("yes in the list of labels: {:.0f} %", "the common claim: {:.0f} %")):
            line.set_ydata([y, y])
            name.set(y=y + 1, text=words.format(y))
        crossing = int(round(1000 * r.share))
        self.squares.set_data(squares((crossing, 1000 - crossing), ((BLUE, True), (ORANGE, False))))
        self.asked.set_text(f"{r.of} measured molecules")
        self.told.set_text(f"{100 * r.share:.0f} % cross by this count")
        self.side.set_text("■ cross, □ do not")
        self.numbers.set_text(f"\n■ {crossing}   □ {1000 - crossing}")

    def describe(self, r):
        marked = "" if not r.mark else f" {r.mark[0].capitalize()} has {r.mark[1]:.0f} Å² and is listed as {'crossing' if r.mark[2] else 'not crossing'}."
        if r.view == "cutoff":
            c = r.of
            return (f"With a cut-off at {r.limit:g} Å², {c.right} of 1000 labelled molecules are sorted correctly and {c.wrong} wrongly. Kept out although they cross: {c.misses}; "
                    f"let in although they do not: {c.false_alarms}.{marked}")
        if r.view == "equation":
            e = r.error
            return (f"Over all {r.all.n} measured molecules the equation has an R² of {said_r2(r.all.r2)}; over those up to {r.limit:g} Å² {said_r2(e.within.r2)}. "
                    f"The {100 * e.share_outside:.0f} % above that carry {100 * e.error_outside:.0f} % of the squared error.{marked}")
        return (f"If a molecule crosses from a logBB of {r.cut:g}, {100 * r.share:.0f} % of the {r.of} measured ones do. "
                f"Of the {len(molecules)} labelled ones {100 * r.labelled:.0f} % are called crossing. The common claim is {100 - facts['claim98'].value:g} %.")

    def readings(self, r):
        if r.view == "cutoff":
            return {"Right, of 1000": (r.of.right, ""), "Wrong, of 1000": (r.of.wrong, ""), "Kept out although they cross": (r.of.misses, ""),
                    "Let in although they do not": (r.of.false_alarms, "")}
        if r.view == "equation":
            return {"Overall R²": (said_r2(r.all.r2), ""), "Inner R²": (said_r2(r.error.within.r2), ""), "Error carried by the rest": (100 * r.error.error_outside, "%")}
        return {"Cross by this count": (100 * r.share, "%"), "Labelled as crossing": (100 * r.labelled, "%")}


def said_r2(number):
    """R² in words."""
    return f"{number:.2f}".replace("-", "−")
