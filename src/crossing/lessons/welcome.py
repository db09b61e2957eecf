"""Lesson 00, start here: a leaky bucket, and a box of tools for reading charts."""

from types import SimpleNamespace

import numpy as np

from ..explore import Choice, Explorable, Slider, Switch
from ..explore import figure as rounded
from ..explore.theme import BLUE, GREEN, INK, MUTED, ORANGE, VERMILLION

START, END, TURNED = 0.0, 12.0, 2.0


class LeakyBucket(Explorable):
    """Water runs in at a tap and out at a hole; the tap is turned at 2 hours."""

    title = "A leaky bucket"
    model = "one well-mixed bucket"
    guess = "00.bucket"

    tap = Slider("Tap, from 2 hours on", 2.0, low=0.5, high=4, step=0.25, unit="×")
    hole = Slider("Hole: half the water is gone in", 1.5, low=0.5, high=3, step=0.25, unit="h", more=True)

    def compute(self, *, tap, hole):
        times = np.linspace(START, END, 241)
        gone = 0.5 ** (np.maximum(times - TURNED, 0) / hole)
        level = 1 + (tap - 1) * (1 - gone)
        settled = hole * np.log2(10)  # nine tenths of the way, whatever the way is
        return SimpleNamespace(times=times, level=level, tap=tap, hole=hole, settled=settled)

    def setup(self, figure):
        self.axes = figure.subplots()
        self.axes.set(xlim=(START, END), ylim=(0, 4.4), xlabel="Hours", ylabel="Water in the bucket (1 = at first)")
        self.axes.axvline(TURNED, color=MUTED, lw=1.2, ls=(0, (4, 3)))
        self.axes.text(TURNED + 0.1, 4.3, "tap turned", va="top", fontsize=10)
        self.line, = self.axes.plot([], [], color=BLUE)
        self.goal, = self.axes.plot([], [], color=MUTED, lw=1.4, ls=(0, (6, 3)))
        self.mark, = self.axes.plot([], [], "o", color=VERMILLION, ms=10, mec=INK)
        self.drop, = self.axes.plot([], [], color=VERMILLION, lw=1.4, ls=(0, (1.5, 1.5)))
        self.name = self.axes.text(0, 0, "", fontsize=10.5, ha="left", va="top")
        self.live("level", self.line)
        self.live("goal", self.goal)
        self.live("settled", self.drop, self.mark)
        self.live("name", self.name)

    def update(self, r):
        self.line.set_data(r.times, r.level)
        self.goal.set_data([TURNED, END], [r.tap, r.tap])
        at = TURNED + r.settled
        inside = at < END and r.tap != 1
        y = 1 + 0.9 * (r.tap - 1)
        self.mark.set_data([at] if inside else [], [y] if inside else [])
        self.drop.set_data([at, at] if inside else [], [0, y] if inside else [])
        self.name.set(x=at + 0.15 if inside else 0, y=max(y - 0.15, 0.3), text=f"settled: {r.settled:.1f} h" if inside and at < 10 else "")

    def describe(self, r):
        if r.tap == 1:
            return "The tap is as it was, and the level stays at 1."
        way = "rises" if r.tap > 1 else "falls"
        return (f"The level {way} from 1 to {rounded(r.tap)}. "
                f"Nine tenths of the way are done {r.settled:.1f} h after the tap was turned.")

    def readings(self, r):
        return {"New level": (r.tap, ""), "Settled after": (r.settled, "h")}


TOOLS = {"halving": "Halving", "area": "Area", "log": "Reading a log axis", "interval": "Interval"}


class Toolkit(Explorable):
    """Four tools that every lesson uses."""

    title = "Four tools for reading charts"
    model = "made-up numbers"
    size = (7.6, 4.1)

    tool = Choice("Tool", "halving", TOOLS)
    steps = Slider("How many steps", 3, low=1, high=8, step=1)
    log = Switch("Log axis")

    def compute(self, *, tool, steps, log):
        x = np.linspace(0, 10, 401)
        n = int(steps)
        if tool == "area":
            wide = 10 / n
            y = np.where(x <= wide, n / 10, 0.0)
            return SimpleNamespace(tool=tool, n=n, log=log, x=x, y=y, dots=([wide / 2], [n / 10]), height=n / 10, wide=wide)
        if tool == "interval":
            people = 20 * n
            share = 0.15
            low, high = wilson(share * people, people)
            return SimpleNamespace(tool=tool, n=n, log=log, x=x, y=x * np.nan, dots=([5], [share]), people=people, low=low, high=high, share=share)
        y = 0.5 ** x
        at = np.arange(n + 1) if tool == "halving" else np.array([n])
        return SimpleNamespace(tool=tool, n=n, log=log, x=x, y=y, dots=(at, 0.5 ** at), left=0.5**n)

    def setup(self, figure):
        self.axes = figure.subplots()
        self.axes.set(xlim=(0, 10))
        self.line, = self.axes.plot([], [], color=BLUE)
        self.fill = self.axes.fill_between([0, 1], [0, 0], [0, 0], color=BLUE, alpha=0.25, lw=0)
        self.dots, = self.axes.plot([], [], "o", color=ORANGE, ms=9, mec=INK, ls="none")
        self.bar, = self.axes.plot([], [], color=GREEN, lw=5, solid_capstyle="butt")
        self.half, = self.axes.plot([], [], color=VERMILLION, lw=1.6, ls=(0, (5, 3)))
        self.name = self.axes.text(9.9, 0, "", ha="right", va="top", fontsize=10.5)
        self.live("curve", self.line, self.fill)
        self.live("bar", self.bar)
        self.live("half", self.half)
        self.live("dots", self.dots)
        self.live("name", self.name)
        self.axes.yaxis.set_label_coords(-0.16 if self.narrow else -0.09, 0.5)  # room for the labels of a log axis
        self._scale(False, "halving")

    def _scale(self, log, tool):
        self.axes.set(yscale="log" if log else "linear", ylim=(0.001, 1.3) if log else (0, 1.05))
        self.axes.set_xlabel({"interval": "", "area": "Hours"}.get(tool, "Steps of equal length"))
        self.axes.tick_params(axis="x", labelbottom=tool != "interval", length=0 if tool == "interval" else 3.5)
        self.axes.set_ylabel("Share of people with the event" if tool == "interval" else "Level (1 = at the start)")

    def update(self, r):
        self._scale(r.log, r.tool)
        floor = 0.001 if r.log else 0
        y = np.maximum(r.y, floor) if r.tool != "interval" else np.full_like(r.x, floor)
        self.line.set_data(r.x, y)
        self.line.set_visible(r.tool != "interval")
        self.fill.set_data(r.x, np.full_like(r.x, floor), y if r.tool == "area" else np.full_like(r.x, floor))
        self.fill.set_visible(r.tool == "area")
        self.dots.set_data(*r.dots)
        self.bar.set_data(*(([5, 5], [max(r.low, floor), r.high]) if r.tool == "interval" else ([], [])))
        middle = (np.sqrt(1.3 * 0.001), "half-way up this axis") if r.log else (0.5, "half-way up this axis")
        shown = r.tool == "log"
        self.half.set_data(*(([0, 10], [middle[0]] * 2) if shown else ([], [])))
        self.name.set(y=middle[0] * (0.85 if r.log else 0.97) if shown else 1.0, text=f"{middle[1]}: {rounded(middle[0])}" if shown else "")

    def describe(self, r):
        if r.tool == "halving":
            return f"Each step halves what is left. After {r.n} steps {100 * r.left:.3g} % is left; it never reaches nothing."
        if r.tool == "area":
            return f"Level {r.height:g} for {r.wide:.3g} hours: the area is {r.height * r.wide:.0f}. Twice as high for half as long has the same area."
        if r.tool == "log":
            seen = ("Half-way up this axis is not one half: it is 0.036." if r.log else "Half-way up this axis is one half.")
            return f"After {r.n} steps the level is {r.left:.3g}. {seen}"
        return (f"The event was seen in {0.15 * r.people:.0f} of {r.people} people, 15 %. The true share could well lie anywhere from "
                f"{100 * r.low:.0f} to {100 * r.high:.0f} %.")

    def readings(self, r):
        return {"interval": lambda: {"Low end": (100 * r.low, "%"), "High end": (100 * r.high, "%")},
                "area": lambda: {"Area": (r.height * r.wide, ""), "Height": (r.height, "")}}.get(
            r.tool, lambda: {"Left": (100 * r.left, "%")})()


def wilson(events, people, z=1.96):
    """95 % interval of a share (Wilson 1927): (low, high)."""
    share, scale = events / people, 1 + z * z / people
    middle = (share + z * z / (2 * people)) / scale
    half = z / scale * np.sqrt(share * (1 - share) / people + z * z / (4 * people**2))
    return middle - half, middle + half
