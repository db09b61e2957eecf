"""Core 2, continued: when a tracer is first seen at places along its way, as a timetable."""

from functools import lru_cache
from types import SimpleNamespace

import numpy as np

from ...explore import Choice, Steps, Switch, theme
from ...explore import figure as rounded
from ...facts import facts, levels
from ...models import exposure
from ...models.canal import SpinalCanal
from ...models.dosing import Bolus
from ...models.streaming import TwoLanes
from ..anatomy import Sheet
from ..fluid_spaces import draw_spaces
from ..head import Head
from ..sourced import Sourced
from ..spinal_infusion.canal import area, length, loss

LOW, SKULL, DAY = levels["L3/4"], levels["skull"], 24.0
STILL, FITTED = facts["diff_small"].to("cm^2/h"), facts["D_eff"].to("cm^2/h")
#: Times still water; None: taken from facts.
STIRRED = {"still": 1.0, "walls": facts["taylor_sss"].value, "x1000": 1e3, "fitted": FITTED / STILL, "x20000": 2e4,
           "ceiling": facts["taylor_sss_max"].value}
WORDS = {"still": "1 × still water", "walls": f"{STIRRED['walls']:g} ×, theory of a smooth pipe", "x1000": "1000 ×",
         "fitted": f"{rounded(round(STIRRED['fitted'], -2))} ×, from levels in patients", "x20000": "20\u202f000 ×",
         "ceiling": f"{STIRRED['ceiling'] / 1e6:g} million ×, highest estimate"}
#: Speed in each lane (mm/min): one goes up, one comes down, and fluid changes lane once an hour.
LANES = {0: "none", 2: "2 mm/min", 4: "4 mm/min", 8: "8 mm/min"}
#: place -> (published first appearance on the way up, on the way down, window of the textbooks)
PLACES = {"low back": (None, "rc_vent_to_lumbar", None), "chest": ("rc_thoracic", "rc_v_thoracic", None),
          "neck": ("rc_cervical", "rc_v_cervical", None), "base of the skull": ("rc_cisterns_first", "rc_v_cisterns", "rc_basal"),
          "side of the brain": ("rc_sylvian_first", "rc_v_sylvian", "rc_sylvian"), "ventricles": ("rc_ventricles", None, None),
          "top of the brain": ("rc_convex_first", None, "rc_convex")}
SOON, LATE = 0.2, 16000.0
#: Share of an even spread below which a tracer is taken as never seen; an assumption, as is the share that counts as first seen.
TOO_LITTLE = 1e-3
#: mm/min to cm/h; changes of lane an hour, which arrivals hardly feel.
MM_A_MIN, SWAPS = 6.0, 1.0
PLATE = {"facecolor": theme.PAPER, "edgecolor": "none", "pad": 1.0}
HEIGHTS = np.linspace(LOW, SKULL, 99)


@lru_cache(64)
def course(stirring, down, streaming):
    """Times (h) and the level (t, heights), over an even spread, at `HEIGHTS` after a dose at the skull or in the low back."""
    spread, start = STIRRED[stirring] * STILL, SKULL if down else LOW
    if streaming:
        # Even steps cost least here; cells of 1 cm smear the lanes by half again as much as the third of the stirrings does.
        times = np.linspace(0, DAY / 4, 361)
        canal = TwoLanes(length(), area(), spread, loss(), streaming * MM_A_MIN, SWAPS, cells=60)
    else:
        times = np.concatenate([[0.0], np.geomspace(SOON / 600, 2 * DAY, 150)])
        canal = SpinalCanal(length(), area(), spread, loss(), cells=120 if STIRRED[stirring] > 10 else 240)
    return times, canal.run(Bolus(0.0), times, start).at(HEIGHTS) * area() * length()


def arrivals(stirring, down, streaming, share):
    """Minutes (heights,) until `share` of a place's own highest level; not a number where too little ever comes to be seen."""
    times, level = course(stirring, down, streaming)
    return np.where(level.max(axis=0) >= TOO_LITTLE, 60 * exposure.first_arrival(times, level, share), np.nan)


def told(minutes):
    """A time as a person would say it."""
    if minutes < 1:
        return f"{rounded(60 * minutes)} s"
    return f"{minutes:.0f} min" if minutes < 120 else f"{minutes / 60:.1f} h"


def minutes(fact):
    """A published time in minutes, as the sentence says it."""
    return f"{facts[fact].to('min'):g}"


class TracerClock(Sourced):
    """A timetable: time across, height in the body upwards, and a line for the tracer."""

    title = "The tracer's timetable"
    longest = 260
    model = "spinal canal in one dimension"
    facts = ("rc_thoracic", "rc_cervical", "rc_cisterns_first", "rc_sylvian_first", "rc_convex_first", "rc_ventricles", "rc_v_cisterns",
             "rc_v_cervical", "rc_v_thoracic", "rc_vent_to_lumbar", "rc_v_sylvian", "rc_basal", "rc_sylvian", "rc_convex", "rc_normals",
             "diff_small", "taylor_sss", "D_eff", "taylor_sss_max", "mtx_thalf", "canal_length", "streaming_cfd")
    guess = "02.clock"
    size = (7.6, 5.0)
    narrow_size = (4.5, 6.0)
    room_size = (5.4, 3.3)
    presets = {"Slow stream up and back": {"stirring": "x1000", "streaming": 8}}

    stirring = Steps("Stirring of the fluid", "fitted", WORDS)
    direction = Choice("Direction", "up", {"up": "Up, from the low back", "down": "Down, from a ventricle"})
    streaming = Steps("Streaming up and back, not known in people", 0, LANES, more=True)
    seen = Steps("Seen at this share of a place's highest level", 0.01, {0.001: "0.1 %", 0.01: "1 %", 0.1: "10 %"}, more=True)
    textbook = Switch("Textbook times, up", more=True, look=True)
    log = Switch("Log (stretched) axis", True, more=True, look=True)

    def compute(self, *, stirring, direction, streaming, seen, textbook, log):
        up, down = (arrivals(stirring, way, streaming, seen) for way in (False, True))
        return SimpleNamespace(line=down if direction == "down" else up, skull=float(up[-1]), low=float(down[0]), direction=direction, log=log, textbook=textbook,
                               fold=WORDS[stirring].split(" ×")[0], streaming=streaming)

    def setup(self, figure):
        self._page(figure)
        axes = self.axes
        self.line, = axes.plot([], [], color=theme.BLUE, lw=2.8)
        self.published = {}
        for i, (way, mark, colour) in enumerate((("up", "D", theme.VERMILLION), ("down", "o", theme.PURPLE))):
            found = sorted((facts[row[i]].to("min"), y) for row, y in zip(PLACES.values(), self.heights) if row[i])
            # The line joins what lies on one way; the side of the brain is the last of the way up, and beside the way down.
            found.insert(4, (np.nan, np.nan))
            self.published[way] = axes.plot(*zip(*found), mark, ls=(0, (1, 2)), lw=1.4, color=colour, ms=9, mec=theme.INK, mew=0.8,
                                            zorder=5)[0]
            self.published[way].may_have_gaps = True
        self.windows = [axes.plot([a, b], [y - 6, y - 6], color=theme.MUTED, lw=7, alpha=0.35, solid_capstyle="butt")[0]
                        for (a, b), y in ((facts[row[2]].range_in("min"), y) for row, y in zip(PLACES.values(), self.heights) if row[2])]
        plain = {"fontsize": 9.5, "color": theme.INK, "bbox": PLATE, "zorder": 5}
        self.begin = self.axes.text(SOON * 1.2, self.skull + 7, "", va="bottom", **plain)
        self.end = self.axes.text(SOON, self.low, "", **plain)
        self._key()
        self.live("line", self.line)
        self.live("ends", self.begin, self.end)
        self.live("up", self.published["up"], *self.key["up"], pin=False)
        self.live("down", self.published["down"], *self.key["down"], pin=False)
        self.live("textbook", *self.windows, *self.key["textbook"], pin=False)
        self._scale(True)

    def _page(self, figure):
        """The drawing on the left and the timetable on the right, on one page in points."""
        width, height = 72 * figure.get_size_inches()
        figure.set_layout_engine("none")
        foot, scale, left, top = {"wide": (60, 0.42, 240, 8), "narrow": (108, 0.30, 168, 8), "room": (46, 0.25, 163, 3)}[self.layout]
        body = figure.add_axes([0, 0, 1, 1])
        body.set(xlim=(0, width), ylim=(0, height))
        body.axis("off")
        self.body = body
        head = Head(scale, (2, height - (10 if not self.room else 2) - 350 * scale))
        draw_spaces(Sheet(body, 1), head, foot, named=False)
        low, skull = foot + (26 if not self.room else 20), head.at((207, 92))[1]
        share = {n: (levels[level] - LOW) / (SKULL - LOW) for n, level in (("chest", "T6"), ("neck", "C4"))}
        self.heights = [low, *(low + share[n] * (skull - low) for n in ("chest", "neck")), skull,
                        *(head.at(at)[1] for at in ((0, 158), (0, 222), (0, 318)))]
        turn = head.at((0, 8))[1]
        middle = [head.at((207, 0))[0] + 9 * np.sin(np.clip((turn - y) / (turn - foot), 0, 1) * 2 * np.pi) for y in self.heights[:3]]
        spots = [*middle, *(head.at((x, 0))[0] for x in (196, 120, 178, 196))]
        for name, x, y in zip(PLACES, spots, self.heights):
            body.plot([x, left], [y, y], color=theme.GRID, lw=1.2, zorder=3)
            body.plot([x], [y], "o", color=theme.INK, ms=5, mec=theme.PAPER, mew=1, zorder=6)
            body.text(left - 5, y, name if self.layout == "wide" else name.replace(" the ", " "), fontsize=10, ha="right", va="center",
                      zorder=6, bbox=PLATE)
        self.axes = figure.add_axes([left / width, foot / height, (width - left - 12) / width, (height - foot - top) / height])
        self.axes.set(ylim=(foot, height - top), yticks=self.heights, yticklabels=[])
        self.axes.tick_params(axis="y", length=0)
        self.low, self.skull = low, skull

    def _key(self):
        """What the marks are: in a corner that nothing crosses, or below on a narrow page."""
        rows = (("-", theme.BLUE, "model, in the canal", "model", 0), ("D", theme.VERMILLION, "first seen on scans", "up", 1),
                ("o", theme.PURPLE, "first seen on scans", "down", 1), (None, theme.MUTED, "textbook times", "textbook", 2))
        if self.room:
            short = {"model": "model", "up": "seen on scans", "down": "seen on scans", "textbook": "textbook"}
            rows = [(mark, colour, short[name], name, i) for mark, colour, _, name, i in rows]
        self.key = {}
        left, foot = self.axes.bbox.x0, self.axes.bbox.y0
        on_page = {"transform": self.body.transData, "clip_on": False, "zorder": 6}
        for mark, colour, words, name, i in rows:
            x, y = {"wide": (left + 150, foot + 88 - 19 * i), "narrow": (14 + 156 * (i % 2), 52 - 16 * (i // 2)),
                    "room": (left + 16, self.skull + 53 - 14 * i)}[self.layout]
            if mark in ("D", "o"):
                sign, = self.axes.plot([x], [y], mark, color=colour, mec=theme.INK, mew=0.8, ms=7, **on_page)
            else:
                sign, = self.axes.plot([x - 8, x + 8], [y, y], color=colour, lw=2.8 if mark else 7, alpha=1 if mark else 0.35,
                                       solid_capstyle="butt", **on_page)
            self.key[name] = sign, self.axes.text(x + 13, y, words, fontsize=10, va="center", bbox=PLATE, **on_page)

    def _scale(self, log):
        self.axes.set(xscale="log" if log else "linear", xlim=(SOON, LATE) if log else (0, 26 * 60),
                      xlabel="Time after the injection" + ("" if not log else "\n(stretched scale)" if self.narrow else " (stretched scale)"))
        steps = {1: "1 min", 10: "10", 60: "1 h", 360: "6 h", 1440: "1 day", 10080: "1 week"}
        ticks = {t: steps[t] for t in (steps if self.layout == "wide" else (1, 60, 1440))} if log else {h * 60: f"{h} h" for h in (0, 6, 12, 18, 24)}
        self.axes.set_xticks(list(ticks), list(ticks.values()))
        self.axes.minorticks_off()

    def update(self, r):
        self._scale(r.log)
        seen = np.isfinite(r.line)
        y = self.low + (HEIGHTS - LOW) / (SKULL - LOW) * (self.skull - self.low)
        late = LATE if r.log else 26 * 60
        x = np.clip(r.line[seen], SOON if r.log else 0, late)
        keep = x < late
        self.line.set_data(x[keep], y[seen][keep])
        down = r.direction == "down"
        for way, marks in self.published.items():
            for artist in (marks, *self.key[way]):
                artist.set_visible(way == r.direction)
        for artist in (*self.windows, *self.key["textbook"]):
            artist.set_visible(r.textbook and not down)
        # Where the line begins, and where it ends before its goal.
        self.begin.set(x=SOON * 1.2 if r.log else 15 if not self.room else 130, y=self.skull + 6 if down else self.low - 5, va="bottom" if down else "top",
                       text="put in here" if self.room else "model: put in at the top of the canal" if down else "model: put in here")
        lost = (seen.any() and not keep.all()) or not seen.all()
        last = -1 if not down else 0
        ends = (x[keep][last], y[seen][keep][last]) if keep.any() else (SOON, self.low)
        left = self.narrow or ends[0] > (1600 if r.log else 1000)
        self.end.set(x=ends[0] * (1 if left or not r.log else 1.1), y=ends[1] + (-5 if down else 5), ha="right" if left else "left",
                     va="top" if down else "bottom", text="not further\nin two days" if lost else "")

    def describe(self, r):
        up, down = (f"at {place} after {told(t)}" if np.isfinite(t) else f"not at {place} within two days"
                    for place, t in (("the base of the skull", r.skull), ("the low back", r.low)))
        lead = "In still water" if r.fold == "1" else f"With {r.fold} times the mixing of still water"
        lead += f" and streaming up and back at {r.streaming} mm/min" if r.streaming else ""
        if r.direction == "up":
            return (f"{lead}, the model's tracer is {up}. "
                    f"Scans, on the way up: neck {minutes('rc_cervical')}, base of the skull {minutes('rc_cisterns_first')}, "
                    f"side of the brain {minutes('rc_sylvian_first')}, ventricles {minutes('rc_ventricles')} min.")
        return (f"{lead}, the model's tracer is {down}. "
                f"Scans, from a ventricle down: base of the skull {minutes('rc_v_cisterns')}, neck {minutes('rc_v_cervical')}, "
                f"low back {minutes('rc_vent_to_lumbar')} min.")

    def readings(self, r):
        return {"Model, up to the base of the skull": (told(r.skull) if np.isfinite(r.skull) else "not within two days", ""),
                "Model, down to the low back": (told(r.low) if np.isfinite(r.low) else "not within two days", "")}

    def table(self, r):
        def cell(fact):
            return told(facts[fact].to("min")) if fact else ""
        rows = [(name, cell(up), cell(down), facts[window].figure() if window else "") for name, (up, down, window) in PLACES.items()]
        return ("Place", "First seen on the way up", "First seen on the way down", "Textbook window, up"), rows
