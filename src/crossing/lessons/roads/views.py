"""The three views of `FourRoads`: where the dose is, levels over time, and each road against a vein. Each has a key beside it."""

import numpy as np

from ...explore.theme import BLUE, GREEN, GRID, INK, MUTED, ORANGE, PAPER, PURPLE, SKY, VERMILLION
from ...facts import facts
from .body import LOOK, PLATE, ROADS, times
from .published import published

DAYS = 48.0
TIMES = np.union1d(np.linspace(0, DAYS, 97), [0.02, 0.05, 0.1, 0.2, 0.35, 0.7, 1.25, 1.75])
#: What is drawn of each curve: close together early, wide apart late.
DRAWN = np.unique([0, 2, 3, 4, *range(5, 17, 2), *range(17, 33, 3), *range(33, TIMES.size, 6), TIMES.size - 1])
#: From the bottom of the stack: name, places, colour, strength. The first two are in the blood or have gone through it.
WHERE = (("gone: liver and kidney", ("liver and kidney",), MUTED, 0.28), ("blood, rest of body", ("plasma", "periphery"), VERMILLION, 0.60),
         ("brain", ("brain fluid", "brain cells"), PURPLE, 0.65), ("cord", ("lower cord", "middle cord", "upper cord"), GREEN, 0.60),
         ("fluid of the head", ("cisterns", "ventricles"), BLUE, 0.75),
         ("fluid of the spine", ("lumbar CSF", "lower thoracic CSF", "upper thoracic CSF", "cervical CSF"), SKY, 0.75),
         ("epidural space", ("epidural space", "epidural fat"), ORANGE, 0.70))
BLOOD = 2
CURVES = (("lumbar fluid", "lumbar CSF", BLUE, "-"), ("cisterns", "cisterns", GREEN, (0, (7, 1.5, 1, 1.5))),
          ("brain fluid", "brain fluid", PURPLE, (0, (3, 1.5))), ("blood", "plasma", VERMILLION, (0, (6, 1.5))))
#: From the top of the body down.
PLACES = (("brain fluid", "brain fluid"), ("ventricles", "ventricles"), ("cisterns", "cisterns"), ("neck fluid", "cervical CSF"),
          ("lumbar fluid", "lumbar CSF"))
FLOOR, TOP, HIGH = 1e-7, 3e3, 60.0
#: Measured shares that had left the fluid: road -> (fact, hours, words). Other substances, other animals.
SEEN = {"lumbar": ("iohexol_urine_24h", 24.0, "in urine,\ndye, rabbits"), "ventricle": ("mtx_icv_urine", 4.0, "in urine,\nmonkeys"),
        "epidural": ("epi_dog_vein", 2.0, "through one\nvein, dogs")}
ROWS = 9
DOTS = (0, (1.2, 1.5))
#: A title that is longer than its axes begins farther left.
ROOM_TITLE = {False: {}, True: {"x": -0.32}}
#: Said in fewer words on a slide.
SHORT = {"fluid of the head": "fluid of head", "fluid of the spine": "fluid of spine", "blood, rest of body": "blood, body", "gone: liver and kidney": "already cleared",
         "exposure of blood, in the end": "exposure of blood, in all", "this road (vein: 1)": "road (vein: 1)"}


class View:
    """A chart in `axes` and its key in `side`: `names` of rows stand still, their values move."""

    def __init__(self, chart, axes, side, slot, rows):
        self.axes, self.side = axes, side
        side.set(xlim=(0, 1), ylim=(ROWS, 0))
        side.axis("off")
        self.values, self.room = {}, chart.room
        for row, (words, indent, heading) in rows.items():
            side.text(indent, row, SHORT.get(words, words) if chart.room else words, va="center", fontsize=9.5 if heading else 10.5, color=MUTED if heading else INK)
            if not heading:
                self.values[row] = side.text(1.0, row, "", va="center", ha="right", fontsize=10.5, color=INK, weight="bold")
        chart.live(f"{slot}_values", *self.values.values(), pin=False)

    below = None

    def scale(self, log):
        pass

    def tell(self, words):
        for text, said in zip(self.values.values(), words):
            text.set_text(said.replace("below ", "< ") if self.room else said)


class Where(View):
    """The dose as a stack that always adds up to 100 per cent, above and below the line of what has reached the blood."""

    def __init__(self, chart, axes, side):
        places = [1, 2, 3, 4, 5, 7, 8]
        rows = {0: ("not in the blood", 0, True), 6.15: ("has reached the blood", 0, True)}
        rows |= {row: (name, 0.1, False) for row, (name, *_) in zip(places, WHERE[::-1])}
        super().__init__(chart, axes, side, "where", rows)
        for row, (_, _, colour, strength) in zip(places, WHERE[::-1]):
            side.fill_between([0.0, 0.07], [row - 0.32] * 2, [row + 0.32] * 2, color=colour, alpha=strength, lw=0)
        side.plot([0, 1], [5.6, 5.6], color=INK, lw=2.2)
        axes.set(xlim=(0, DAYS), ylim=(0, 100), xticks=np.arange(0, DAYS + 1, 12), xlabel="Hours since the dose", ylabel="Share of the dose (%)")
        axes.grid(False)
        self.bands = [axes.fill_between([0, 1], [0, 0], [1, 1], color=colour, alpha=strength, lw=0) for _, _, colour, strength in WHERE]
        self.border, = axes.plot([], [], color=INK, lw=2.2)
        self.seen, = axes.plot([], [], "D", color=PAPER, mec=INK, mew=1.6, ms=8, zorder=6)
        self.words = axes.text(0, 0, "", fontsize=9.5, color=INK, va="center", linespacing=1.1)
        self.cursor = axes.axvline(0, color=INK, lw=1.2, ls=(0, (2, 2)))
        chart.live("bands", *self.bands, pin=False)
        chart.live("border", self.border)
        chart.live("seen", self.seen, self.words, pin=False)
        chart.live("cursor", self.cursor, pin=False)

    def update(self, r):
        self.tell(f"{share:.1f} %" for share in r.now[::-1])
        x, floor = TIMES[DRAWN], np.zeros(DRAWN.size)
        for band, part in zip(self.bands, 100 * r.stack[:, DRAWN]):
            band.set_data(x, floor, np.minimum(floor + part, 100))
            floor = np.minimum(floor + part, 100)
        self.border.set_data(x, 100 * r.stack[:BLOOD, DRAWN].sum(axis=0))
        self.cursor.set_xdata([r.time, r.time])
        for artist in (self.seen, self.words):
            artist.set_visible(r.road in SEEN)
        if r.road in SEEN:
            fact, hour, words = SEEN[r.road]
            share = facts[fact].to("%")
            self.seen.set_data([hour], [share])
            self.words.set(x=hour + 1.5, y=share - 2, text=f"{share:.0f} % {words}")


class Course(View):
    """Levels over time, as multiples of the first level in blood after one dose by vein."""

    def __init__(self, chart, axes, side):
        rows = {row + 0.5: (name, 0.155, False) for row, (name, *_) in enumerate(CURVES)}
        rows |= {4.5: ("blood, by vein", 0.155, False), 6.0: ("exposure of blood, in the end", 0, True), 7.0: ("this road (vein: 1)", 0.155, False)}
        super().__init__(chart, axes, side, "course", rows)
        for row, (*_, colour, dash) in enumerate(CURVES):
            side.plot([0.005, 0.12], [row + 0.5] * 2, color=colour, ls=dash)
        side.plot([0.005, 0.12], [4.5, 4.5], color=VERMILLION, lw=1.2, ls=DOTS)
        # Above: levels. Below, on a plain axis: what the blood has seen so far, which the logarithm above would hide.
        left, low, wide, high = axes.get_position().bounds
        axes.set_position((left, low + 0.44 * high, wide, 0.56 * high))
        self.below = axes.figure.add_axes((left, low, wide, 0.28 * high), label="exposure so far")
        axes.set(xlim=(0, DAYS), xticks=np.arange(0, DAYS + 1, 12), xticklabels=[])
        self.below.set(xlim=(0, DAYS), xticks=np.arange(0, DAYS + 1, 12), xlabel="Hours since the dose", ylim=(0, 1.1), yticks=[0, 0.5, 1])
        self.below.set_title("Exposure of blood so far (1 = vein, in the end)" if not chart.room else "Exposure of blood (1 = vein, in the end)", loc="left", fontsize=10.5,
                             **ROOM_TITLE[chart.room])
        self.lines = [axes.plot([], [], color=colour, ls=dash)[0] for _, _, colour, dash in CURVES]
        self.vein, = axes.plot([], [], color=VERMILLION, lw=1.2, ls=DOTS)
        self.sum, = self.below.plot([], [], color=VERMILLION, ls=CURVES[-1][3])
        self.vein_sum, = self.below.plot([], [], color=VERMILLION, lw=1.2, ls=DOTS)
        self.cursors = [one.axvline(0, color=INK, lw=1.2, ls=(0, (2, 2))) for one in (axes, self.below)]
        for line in (*self.lines, self.vein):
            line.may_leave = True  # on the linear axis the fluid near the dose is far above the rest
        chart.live("lines", *self.lines, self.sum)
        chart.live("vein", self.vein, self.vein_sum, *self.cursors, pin=False)

    def scale(self, log):
        self.axes.set(yscale="log" if log else "linear", ylim=(FLOOR, TOP) if log else (0, HIGH))
        ticks = {1e-6: "1/million", 1e-4: "1/10 000", 0.01: "1/100", 1: "1", 100: "100"} if log else {0: "0", 20: "20", 40: "40", 60: "60"}
        self.axes.set_yticks(list(ticks), list(ticks.values()))
        self.axes.set_title("Level (1 = blood, after the vein)" + (", log axis" if log and not self.room else ""), loc="left", fontsize=10.5, **ROOM_TITLE[self.room])

    def update(self, r):
        self.tell([*map(times, r.levels[r.at]), times(r.vein[r.at]), times(r.blood)])
        self.sum.set_data(TIMES[DRAWN], r.seen[0][DRAWN])
        self.vein_sum.set_data(TIMES[DRAWN], r.seen[1][DRAWN])
        for line, level in zip((*self.lines, self.vein), (*r.levels.T, r.vein)):
            shown = level[DRAWN] >= (FLOOR if r.log else 0)
            line.set_data(TIMES[DRAWN][shown], level[DRAWN][shown])
        for cursor in self.cursors:
            cursor.set_xdata([r.time, r.time])


class Race(View):
    """Exposure of each place for equal exposure of the blood, by each road; the vein is 1."""

    def __init__(self, chart, axes, side):
        rows = {0: ("road", 0.1, True)} | {row + 1: (name, 0.1, False) for row, name in enumerate(ROADS.values())}
        super().__init__(chart, axes, side, "race", rows | {6.2: ("", 0.1, False)})
        for row, road in enumerate(ROADS):
            side.plot([0.04], [row + 1], LOOK[road][1], color=LOOK[road][0], mec=INK, mew=0.7, ms=9)
        side.text(1.0, 0, "in lumbar fluid", va="center", ha="right", fontsize=9.5, color=MUTED)
        side.plot([0.04], [5.2], "o", color="none", mec=INK, mew=1.4, ms=12)
        side.text(0.1, 5.2, "the road that you chose", va="center", fontsize=9.5, color=INK)
        side.plot([0.04], [6.2], "D", color=PAPER, mec=INK, mew=1.5, ms=7)
        self.note = side.text(0.1, 6.2, "", fontsize=9.5, color=INK, va="center")
        self.rows = np.arange(len(PLACES))[::-1]
        self.places = dict(zip([place for _, place in PLACES], self.rows))
        axes.set(ylim=(-0.75, len(PLACES) - 0.35), yticks=self.rows, yticklabels=[name.replace(" ", "\n") for name, _ in PLACES])
        axes.set_title("Times a vein's, for equal exposure of the blood" if not chart.room else "Times a vein's, for equal blood exposure", loc="left", fontsize=10.5,
                       **ROOM_TITLE[chart.room])
        axes.tick_params(axis="y", length=0)
        axes.grid(axis="y", visible=False)
        for row in self.rows:
            axes.axhline(row, color=GRID, lw=6, solid_capstyle="round", zorder=0)
        axes.axvline(1, color=VERMILLION, lw=1.6, ls=LOOK["vein"][2])
        self.dots = {road: axes.plot([], [], LOOK[road][1], color=LOOK[road][0], mec=INK, mew=0.7, ms=8, zorder=4)[0] for road in ROADS}
        self.ring, = axes.plot([], [], "o", color="none", mec=INK, mew=1.4, ms=15, zorder=3)
        self.told = [axes.text(0, 0, "", fontsize=10, color=INK, ha="center", va="bottom", bbox=PLATE) for _ in PLACES]
        self.papers = [(axes.plot([], [], color=INK, lw=1.8, zorder=5)[0], axes.plot([], [], "D", color=PAPER, mec=INK, mew=1.5, ms=7, zorder=6)[0],
                        axes.plot([], [], ">", color=INK, ms=6, zorder=5)[0], axes.text(0, 0, "", fontsize=9.5, color=INK, ha="center", va="top")) for _ in range(2)]
        chart.live("race", *self.dots.values())
        chart.live("ring", self.ring, *self.told, pin=False)
        chart.live("papers", self.note, *self.papers, pin=False)

    def scale(self, log):
        self.axes.set(xscale="log" if log else "linear", xlim=(0.4, 5e5) if log else (-1.5e4, 2e5))
        ticks = [1, 100, 10_000] if log else [0, 100_000]
        self.axes.set_xticks(ticks, [f"{tick:,}".replace(",", " ") if tick > 9999 else f"{tick}" for tick in ticks])
        self.axes.set_xlabel("each line 100 times the last" if log and not self.room else "", fontsize=9.5, color=MUTED)

    def update(self, r):
        points = published(r.drug)
        self.tell([times(r.ratios[road][-1]) for road in ROADS])
        self.note.set_text(f"published, {points[0].words}" if points else "no figure found")
        for road, dots in self.dots.items():
            dots.set_data(r.ratios[road], self.rows)
        self.ring.set_data(r.ratios[r.road], self.rows)
        for text, x, y in zip(self.told, r.ratios[r.road], self.rows):
            aside = self.room and any(self.places[point.place] == y + 1 for point in points)  # the name of a published road hangs there
            text.set(x=x / 4 if aside and r.log else x, y=y + 0.21, text=times(x), ha="right" if aside else "center")
        for i, (line, dot, arrow, text) in enumerate(self.papers):
            point = points[i] if i < len(points) else None
            for artist in (line, dot, text):
                artist.set_visible(point is not None)
            arrow.set_visible(point is not None and point.high is None)
            if point:
                y = self.places[point.place] - 0.26
                end = point.high or 2.2 * point.low
                ends = sorted({point.low, point.high or point.low})
                line.set_data([point.low, end], [y, y])
                dot.set_data(ends, [y] * len(ends))
                arrow.set_data([end], [y])
                text.set(x=np.sqrt(point.low * end) if r.log else 0.5 * (point.low + end), y=y - 0.12, text=ROADS[point.road].lower())
