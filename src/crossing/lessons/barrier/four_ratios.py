"""Further: four ratios that are easily taken for one another."""

from types import SimpleNamespace

import numpy as np

from ...explore import Slider, Steps, Switch
from ...explore.theme import BLUE, GRID, INK, MUTED, ORANGE, PAPER, PURPLE, SKY, VERMILLION
from ...facts import facts
from ...models.entry import levels, measured_kp
from ..sourced import Sourced
from .leftover import log_of
from .wall import THOUSAND, nice, ratio

LOW, HIGH = 0.005, 300.0
TOP = 5.0  # of the linear axis
USUAL = facts["v_water_resid"].to("uL/g")
#: One dot stands for a tenth of the free level in blood; no box shows more than `MOST`.
FREE, MOST, WIDE = 10, 120, 10
PLACES = np.random.default_rng(1).permutation(MOST).tolist()
ROWS = ("Kp,uu: free in brain ÷ free in blood", "Kp: all in brain ÷ all in blood", "logBB: the logarithm of Kp", "Kp of a sample with blood left in it")
#: Shorter, with the value behind; and heights that leave a line for names of drugs below the first two.
ROOM_ROWS = ("Kp,uu: free, brain ÷ blood", "Kp: all, brain ÷ blood", "logBB: logarithm of Kp", "Kp with blood left in")
ROOM_HEIGHTS = (-0.1, 1.14, 2.38, 3.26)


class FourRatios(Sourced):
    """From free over free to what a sample shows: what binding on either side does on the way."""

    title = "Four ratios"
    model = "free drug, binding and leftover blood"
    facts = ("kpuu_oxycodone", "kpuu_morphine", "kpuu_gabapentin", "verap_ratio", "verap_fup", "verap_fub", "verap_kp", "v_water_resid")
    size = (7.6, 4.4)
    narrow_size = (4.5, 6.6)
    presets = {"Brain holds ten times more": {"brain": 10.0}, "Blood holds ten times more": {"plasma": 10.0}, "Hardly in, much held": {"ratio": 0.03, "brain": 50.0},
               "About verapamil": {"ratio": 0.1, "plasma": 12.5, "brain": 40.0}}

    ratio = Steps("Free ratio, brain to blood", 0.3, nice(0.05, 2, "", (0.03, 0.3, 3.0)))
    brain = Steps("All in brain", 1.0, nice(1, 50, "× free", (3.0, 30.0, 40.0)))
    plasma = Steps("Free share in blood plasma", 100.0, nice(10, 100, "%", (12.5, 30.0, 70.0)))
    blood = Slider("Blood left in the sample", USUAL, low=USUAL - 10, high=USUAL + 20, step=0.5, unit="µL/g", digits=1, more=True)
    log = Switch("Log axis", True, more=True, look=True)

    def compute(self, *, ratio, brain, plasma, blood, log):
        found = levels(ratio, plasma / 100, brain, FREE)
        kp = float(found.kp)
        return SimpleNamespace(free=ratio, kp=kp, logbb=float(found.log_bb), sample=float(measured_kp(kp, blood / THOUSAND)), blood=blood, log=log,
                               dots=[tuple(int(round(float(x))) for x in pair) for pair in ((found.free_plasma, found.total_plasma), (found.free_brain, found.total_brain))])

    def setup(self, figure):
        if self.narrow:
            self.boxes, self.axes = figure.subplots(nrows=2, height_ratios=(1, 1.05))
        else:
            self.boxes, self.axes = figure.subplots(ncols=2, width_ratios=(0.8, 1) if not self.room else (0.5, 1))
        self.boxes.set(xlim=(-0.5, 2 * WIDE + 2.5), ylim=(-2.2, MOST / WIDE + 1.4))
        self.boxes.axis("off")
        for left, colour, name in ((0, VERMILLION, "Blood"), (WIDE + 2, SKY, "Brain")):
            self.boxes.axvspan(left - 0.4, left + WIDE + 0.4, ymin=0.082, ymax=0.935, color=colour, alpha=0.13, lw=0)
            self.boxes.text(left, MOST / WIDE + 0.7, name, fontsize=11, fontweight="bold", color=INK)
        self.boxes.text(WIDE + 1, -2.1, "● free    □ held", fontsize=10, ha="center", va="bottom", color=INK)
        self.held, = self.boxes.plot([], [], "s", color=PAPER, mec=ORANGE, mew=1.3, ms=4.5)
        self.loose, = self.boxes.plot([], [], "o", color=BLUE, mew=0, ms=6)
        self.more = self.boxes.text(2 * WIDE + 2, MOST / WIDE + (0.7 if not self.room else 2.3), "", fontsize=9.5, ha="right", color=INK)
        self.axes.set(ylim=(3.75, -0.75), yticks=[])
        self.axes.spines["left"].set_visible(False)
        self.axes.grid(False, axis="y")
        across = self.axes.get_yaxis_transform()
        self.values, self.names = [], []
        rows = range(len(ROWS)) if not self.room else ROOM_HEIGHTS
        up, value_up, side = (-0.26, 0.12, "top") if not self.room else (-0.19, -0.17, "bottom")
        for row, name in zip(rows, ROWS if not self.room else ROOM_ROWS):
            self.axes.axhline(row, color=GRID, lw=5, solid_capstyle="round", zorder=0)
            self.axes.text(0.0, row + up, name, transform=across, fontsize=10, va="bottom", color=INK)
            self.values.append(self.axes.text(0.99, row + value_up, "", transform=across, fontsize=11, fontweight="bold", ha="right", va=side,
                                              color=INK))
        # By name: (offset in points, side).
        places = {"gabapentin": (-6, "right")} if not self.room else {
            "gabapentin": (4, "right"), "morphine": (-10, "left"), "oxycodone": (-10, "left")}
        measured = [(rows[0], facts[f"kpuu_{words}"].value, words) for words in ("oxycodone", "morphine", "gabapentin")]
        for row, value, words in (*measured, (rows[1], facts["verap_kp"].value, "verapamil")):
            self.axes.plot([value], [row], "D", color=PURPLE, mec=INK, mew=0.7, ms=5.5)
            shift, align = places.get(words, (0, "center"))
            self.names.append(self.axes.annotate(words, (value, row), (shift, -8 + 2 * self.room), textcoords="offset points", fontsize=9.5, va="top",
                                                 ha=align, color=INK))
        self.marks = [self.axes.plot([1], [row], mark, color=colour, mec=INK, ms=10 + (mark == "|") * 6, mew=0.8 + (mark == "|") * 2.4, zorder=5)[0]
                      for row, (mark, colour) in zip(rows, (("o", BLUE), ("s", VERMILLION), ("|", VERMILLION), ("D", ORANGE)))]
        self.axes.set_title("small: measured, rats and mice", loc="right", fontsize=9.5, color=MUTED)
        self.live("dots", self.held, self.loose, pin=False)
        self.live("marks", *self.marks)
        self.live("words", *self.values, self.more)
        self._scale(True)

    def _scale(self, log):
        powers = (-2, -1, 0, 1, 2)
        ticks = [10.0**p for p in powers] if log else list(range(6))
        self.axes.set(xscale="log" if log else "linear", xlim=(LOW, HIGH) if log else (0, TOP))
        self.axes.set_xticks(ticks, [f"{t:g}\n({p:+d})".replace("-", "−").replace("+0", "0") for t, p in zip(ticks, powers)] if log else [f"{t}\n" for t in ticks])
        self.axes.set_xlabel("Ratio (logBB in brackets)" if log else "Ratio")
        self.axes.minorticks_off()
        for name in self.names:
            name.set_visible(log)

    def update(self, r):
        self._scale(r.log)
        loose, held = [], []
        for left, (free, total) in zip((0, WIDE + 2), r.dots):
            # Each dot has its own place for good: what is free does not move when more is held.
            places = [(left + i % WIDE + 0.5, i // WIDE + 0.3) for i in PLACES[:min(total, MOST)]]
            loose, held = loose + places[:free], held + places[free:]
        for artist, points in ((self.loose, loose), (self.held, held)):
            artist.set_data(*(zip(*points) if points else ([], [])))
        self.more.set_text("" if r.dots[1][1] <= MOST else f"{MOST} of {r.dots[1][1]}")
        top = HIGH if r.log else TOP
        for mark, value in zip(self.marks, (r.free, r.kp, r.kp, r.sample)):
            mark.set_xdata([np.clip(value, LOW if r.log else 0, top)])
        for text, words in zip(self.values, (said(r.free), said(r.kp), log_of(r.kp), said(r.sample))):
            text.set_text(words)

    def describe(self, r):
        return (f"Free drug in brain stands at {said(r.free)} of free drug in blood (Kp,uu). All drug in brain over all drug in blood (Kp) is {said(r.kp)}, logBB {log_of(r.kp)}. "
                f"A sample with {r.blood:.1f} µL/g of blood left in it shows {said(r.sample)}.")

    def readings(self, r):
        return {"Free ratio Kp,uu": (said(r.free), ""), "Ratio of totals Kp": (said(r.kp), ""), "logBB": (log_of(r.kp), ""), "Ratio in the sample": (said(r.sample), "")}

    def table(self, r):
        return ("Ratio", "Value"), list(zip(ROWS, (said(r.free), said(r.kp), log_of(r.kp), said(r.sample))))


def said(number):
    """A ratio that may be large."""
    return ratio(number) if number < 9.95 else f"{number:.3g}" if number < 999.5 else f"{number:.0f}"
