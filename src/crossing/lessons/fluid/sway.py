"""Core 2: heartbeat and breath move the fluid to and fro; which of the two faster, which in the wider swing."""

from types import SimpleNamespace

import numpy as np

from ...explore import Slider
from ...explore import figure as rounded
from ...explore.theme import BLUE, GREEN, INK, MUTED, PAPER, VERMILLION
from ...facts import facts
from ...models.stirring import top_speed_cm_per_s
from ..sourced import Sourced

SECONDS, FAST, FAR, WHOLE = 10.0, 26.0, 21.0, 41.0
MM = 10.0
#: Highest speed by the heartbeat in the neck, of a range from peak to peak (mm/s).
NECK = round(facts["v_cerv"].to("mm/s") / 2)
PULSE = facts["pulse"].value


#: Where the three bars stand.
AT = 0.0, 1.15, 2.5


def swing(speed, a_minute):
    """Amplitude (mm), middle to end, of a sway with this highest speed (mm/s) and pace."""
    return speed / float(top_speed_cm_per_s(1.0, a_minute / 60))


def wave(a_minute):
    """Times (s) fine enough for a sway of this pace."""
    return np.linspace(0, SECONDS, max(int(16 * SECONDS * a_minute / 60), 72) + 1)


class Sway(Sourced):
    """Two sways of the same fluid, each with its own pace and highest speed: how far each carries it."""

    title = "Heartbeat and breath"
    longest = 300
    model = "two even sways"
    facts = ("disp_heart", "disp_breath", "disp_breath_out", "breath_vs_heart", "breath_main_driver", "breath_cycles", "v_cerv", "pulse",
             "csf_secretion_text", "canal_area")
    guess = "02.sway"
    size = (7.6, 4.6)
    narrow_size = (4.5, 7.4)
    presets = {"Equal speed": {"heart_speed": 10.0, "breath_speed": 10.0}, "Slow deep breath": {"breaths": 6, "breath_speed": 5.0},
               "Heartbeat as in the neck": {"heart_speed": NECK}}

    heart_speed = Slider("Heart speed (top)", 10.0, low=2, high=24, step=1, unit="mm/s")
    breath_speed = Slider("Breath speed (top)", 8.5, low=1, high=12, step=0.1, unit="mm/s")
    breaths = Slider("Breaths", 10, low=6, high=20, step=1, unit="per minute")
    beats = Slider("Heartbeats", PULSE, low=50, high=120, step=5, unit="per minute", more=True)

    def compute(self, *, heart_speed, breath_speed, breaths, beats):
        sways = {}
        for name, speed, pace in (("heart", heart_speed, beats), ("breath", breath_speed, breaths)):
            reach, times = swing(speed, pace), wave(pace)
            turn = 2 * np.pi * pace / 60 * times
            sways[name] = SimpleNamespace(times=times, speed=speed, whole=2 * reach, course=speed * np.cos(turn), place=reach * np.sin(turn))
        net = facts["csf_secretion_text"].to("mL/s") / facts["canal_area"].to("cm^2") * MM
        return SimpleNamespace(**sways, net=net, stream=net * SECONDS, times_net=heart_speed / net, fold=sways["breath"].whole / sways["heart"].whole)

    def setup(self, figure):
        if self.narrow:
            self.speeds, self.places, self.ways = figure.subplots(3, 1, height_ratios=(1, 1.3, 1.5))
        else:
            grid = figure.add_gridspec(2, 2, width_ratios=(1.85, 1) if not self.room else (1.65, 1), height_ratios=(1, 1.3))
            self.speeds = figure.add_subplot(grid[0, 0])
            self.places = figure.add_subplot(grid[1, 0])
            self.ways = figure.add_subplot(grid[:, 1])
        self.speeds.set(xlim=(0, SECONDS), ylim=(-FAST, FAST), yticks=(-20, 0, 20))
        smaller = {} if not self.room else {"fontsize": 10.5}
        self.speeds.set_title("How fast (mm/s)", loc="left", **smaller)
        self.speeds.tick_params(labelbottom=False)
        self.places.set(xlim=(0, SECONDS), ylim=(-FAR, FAR), xlabel="Seconds", yticks=(-20, -10, 0, 10, 20))
        self.places.set_title("Where it is (mm from the middle)" if not self.room else "Place (mm from the middle)", loc="left", **smaller)
        lines = {}
        for axes in (self.speeds, self.places):
            axes.axhline(0, color=MUTED, lw=0.8)
            breath, = axes.plot([], [], color=BLUE, lw=2.6)
            heart, = axes.plot([], [], color=VERMILLION, lw=1.5)
            lines[axes] = heart, breath
        self.of_speed, self.of_place = lines[self.speeds], lines[self.places]
        up = 1.08 if not self.room else 1.2
        for x, colour, width, name in ((0.44, VERMILLION, 1.5, "heartbeat"), (0.78, BLUE, 2.6, "breath")) if not self.room else (
                (0.53, VERMILLION, 1.5, "heart"), (0.77, BLUE, 2.6, "breath")):
            self.speeds.plot([x, x + 0.06], [up + 0.005, up + 0.005], color=colour, lw=width, transform=self.speeds.transAxes, clip_on=False)
            self.speeds.text(x + 0.075, up, name, fontsize=10, va="center", transform=self.speeds.transAxes)
        net = facts["csf_secretion_text"].to("mL/s") / facts["canal_area"].to("cm^2") * MM * SECONDS
        stream, = self.places.plot([0, SECONDS], [0, net], color=GREEN, lw=2.2, ls=(0, (5, 1.5)), zorder=4)
        self.live("stream", stream, pin=False)  # it never moves, but the guess is about it
        below, deep = {"transform": self.places.transAxes, "clip_on": False}, -0.38 if self.narrow else -0.34 if not self.room else -0.67
        words = "stream: all new fluid, if it ran this way" if not self.room else "stream: all new fluid, one way"
        self.places.text(0.17, deep, words, fontsize=10, va="center", **below)
        self.places.plot([0.06, 0.15], [deep, deep], color=GREEN, lw=2.2, ls=(0, (5, 1.5)), **below)
        self._bars()
        for name, (heart, breath) in (("speed", self.of_speed), ("place", self.of_place)):
            self.live(f"heart_{name}", heart)
            self.live(f"breath_{name}", breath)
        self.live("ways", *self.bars)
        self.live("measured", *self.measured, pin=False)
        self.live("numbers", *self.numbers)

    def _bars(self):
        axes = self.ways
        axes.set(xlim=(-0.5, 2.9), ylim=(0, WHOLE), xticks=AT)
        axes.set_title("Width of one swing (mm)" if not self.room else "Width of swing (mm)", loc="left" if self.narrow else "center",
                       **{} if not self.room else {"fontsize": 10.5, "pad": 12})
        axes.set_xticklabels(["heartbeat" if not self.room else "heart", "breath", "stream\n(10 s)"])
        axes.grid(axis="x", visible=False)
        width = 22 if not self.room else 18
        self.bars = [axes.plot([], [], color=c, lw=width, solid_capstyle="butt", alpha=0.85)[0] for c in (VERMILLION, BLUE, GREEN)]
        self.numbers = [axes.text(x, 0, "", ha="center", va="bottom", fontsize=11.5, fontweight="bold") for x in AT]
        self.measured = []
        for x, fact, mark in ((AT[0] + 0.5, "disp_heart", "o"), (AT[1] + 0.5, "disp_breath", "^"), (AT[1] + 0.68, "disp_breath_out", "v")):
            low, high = facts[fact].range_in("mm")
            middle = facts[fact].to("mm")
            self.measured.append(axes.errorbar([x], [middle], [[middle - low], [high - middle]], fmt=mark, color=INK, ms=7, mfc=PAPER, mew=1.5,
                                               elinewidth=1.5, capsize=3))
        axes.set_xlabel({"wide": "marks: measured in ten people,\n▲ deep breath in, ▼ out;\nthin lines: how they differ (1 SD)",
                         "narrow": "marks: measured in ten people, ▲ deep breath in,\n▼ out; thin lines: how they differ (1 SD)",
                         "room": "marks: ten people (1 SD)\n▲ breath in, ▼ out"}[self.layout], fontsize=9.5)

    def update(self, r):
        for sway, speed, place in ((r.heart, self.of_speed[0], self.of_place[0]), (r.breath, self.of_speed[1], self.of_place[1])):
            speed.set_data(sway.times, sway.course)
            place.set_data(sway.times, sway.place)
        for x, bar, number, way in zip(AT, self.bars, self.numbers, (r.heart.whole, r.breath.whole, r.stream)):
            bar.set_data([x, x], [0, way])
            number.set(y=way + 0.5, text=rounded(way))

    def describe(self, r):
        heart, into, out = (round(facts[f].to("mm")) for f in ("disp_heart", "disp_breath", "disp_breath_out"))
        return (f"The heartbeat moves the fluid at up to {r.heart.speed:g} mm/s; one swing is {rounded(r.heart.whole)} mm wide; "
                f"the breath moves it at up to {r.breath.speed:g} mm/s; one swing is {rounded(r.breath.whole)} mm wide. "
                f"Measured: {heart:g} mm with a heartbeat, {into:g} with a deep breath in, {out:g} with one out. "
                f"All new fluid, if it ran this way, would move it {rounded(r.stream)} mm in these {SECONDS:g} s.")

    def readings(self, r):
        return {"Swing of the heartbeat": (r.heart.whole, "mm"), "Swing of the breath": (r.breath.whole, "mm"),
                "Swing of the breath over that of the heartbeat": (r.fold, "times"),
                "Distance by all new fluid in 10 s": (r.stream, "mm"), "Speed by the heartbeat over that of all new fluid": (r.times_net, "times")}

    def table(self, r):
        rows = [(name, f"{sway.speed:g} mm/s", f"{rounded(sway.whole)} mm", told)
                for name, sway, told in (("Heartbeat", r.heart, facts["disp_heart"].figure()), ("Breath", r.breath,
                                         f"{facts['disp_breath'].figure()} in, {facts['disp_breath_out'].figure()} out, deep breaths"))]
        return ("Sway", "Fastest", "Width of one swing", "Measured in front of the brainstem"), rows
