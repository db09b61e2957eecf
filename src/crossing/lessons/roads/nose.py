"""Break it: through the nose and into a vein, the same rats."""

from functools import lru_cache
from types import SimpleNamespace

import numpy as np

from ...explore import Choice, Slider, Steps, Switch
from ...explore.theme import BLUE, GRID, INK, PAPER, VERMILLION
from ...facts import facts
from ...models.dosing import Bolus
from ...models.side_routes import NasalBody, direct_path
from ..sourced import Sourced
from .body import PLATE

MINUTES = 60.0
TIMES = np.concatenate([[0.0], np.geomspace(0.4, 60, 44)]) / MINUTES
#: An invented rat: per hour, what leaves the blood and what leaves the fluid. With a quick nose both peaks come when they were measured.
BLOOD_OUT, FLUID_OUT, FLUID_ML, BLOOD_ML = 2.0, 7.0, 0.3, 100.0
HALF = {60: "60 min", 30: "30 min", 15: "15 min", 5: "5 min", 2: "2 min", 0.5: "half a minute"}
PAIRS = {"melatonin": "melatonin", "estradiol": "estradiol, 2004", "progesterone": "progesterone", "estradiol_2006": "estradiol, 2006"}
MARKERS = {"melatonin": "o", "estradiol": "s", "progesterone": "D", "estradiol_2006": "^"}
ANIMALS = 8  # rats with melatonin; the other abstracts give no number
FLOOR, TOP, PEAK = 0.008, 4.0, 2.6


@lru_cache(None)
def measured(pair):
    """Ratio after the nose, after a vein, and what their spreads leave open. The wider reading where a paper names no kind of spread."""
    nose, vein = (facts[f"{way}_{pair}"] for way in ("nasal", "iv"))
    noise = [0.5 * (fact.high - fact.low) for fact in (nose, vein)]
    path = direct_path(nose.value, noise[0], vein.value, noise[1], ANIMALS, "se" if pair == "melatonin" else "sd")
    unit = 0.01 if nose.unit == "%" else 1.0
    return SimpleNamespace(nose=np.array([nose.value, nose.low, nose.high]) * unit, vein=np.array([vein.value, vein.low, vein.high]) * unit, path=path)


def ratio(number):
    """A ratio as the lesson quotes it: 1.60, 0.33, 0.023."""
    return f"{number:.2f}" if number >= 0.1 else f"{number:.3f}"


class NoseToBrain(Sourced):
    """Levels in blood and in fluid after the nose and after a vein, and the ratio of exposures that tells a direct path."""

    title = "Nose and vein, the same rats"
    longest = 320
    model = "nose, blood and CSF of an invented rat"
    facts = ("nasal_melatonin", "iv_melatonin", "nasal_melatonin_tmax", "nasal_melatonin_csf_tmax", "nasal_estradiol", "iv_estradiol", "nasal_progesterone",
             "iv_progesterone", "nasal_estradiol_2006", "iv_estradiol_2006", "nasal_estradiol_csf_tmax", "iv_estradiol_csf_tmax", "nasal_hydroxocobalamin")
    guess = "03.nose"
    size = (7.6, 4.6)
    narrow_size = (4.5, 7.0)
    presets = {"Slow nose": {"half": 60}, "Quick nose": {"half": 0.5}, "Quick nose and a direct path": {"half": 0.5, "direct": 30},
               "Estradiol, 2006": {"pair": "estradiol_2006", "half": 5}}

    half = Steps("Nose half empty after", 15, HALF)
    direct = Slider("Share of drug in CSF that came directly", 0, low=0, high=60, step=5, unit="%")
    pair = Choice("Published pair", "melatonin", PAIRS)
    swallowed = Slider("Swallowed and lost", 0, low=0, high=80, step=10, unit="%", more=True)
    log = Switch("Log axis of ratios", True, more=True, look=True)

    def compute(self, *, half, direct, pair, swallowed, log):
        told = measured(pair)
        lost, into = swallowed / 100, FLUID_OUT * FLUID_ML * told.vein[0]
        clearance = BLOOD_OUT * BLOOD_ML
        # The share of the dose that makes the direct path bring this share of the drug in the fluid.
        straight = direct / (100 - direct) * (1 - lost) * into / clearance
        rat = NasalBody(BLOOD_ML, clearance, FLUID_ML, into, FLUID_OUT * FLUID_ML, np.log(2) / half * MINUTES, lost, straight)
        nose, vein = rat.run(Bolus(0.0), TIMES), rat.run(Bolus(0.0), TIMES, "intravenous")
        unit = vein.csf.max()
        fine = rat.run(Bolus(0.0), np.linspace(0, 1, 241))
        return SimpleNamespace(half=half, direct=direct, pair=pair, log=log, told=told, blood=(nose.plasma * BLOOD_ML, vein.plasma * BLOOD_ML),
                               fluid=(nose.csf / unit, vein.csf / unit), peak=float(fine.csf.max() / unit), at=float(fine.times[fine.csf.argmax()] * MINUTES),
                               ratios=(rat.exposure_ratio("intravenous"), rat.exposure_ratio("nasal")), gain=rat.targeting_efficiency)

    def setup(self, figure):
        self.scaled = None
        if self.narrow:
            boxes = (0.15, 0.765, 0.81, 0.19), (0.15, 0.515, 0.81, 0.185), (0.17, 0.115, 0.48, 0.275)
        elif self.room:
            boxes = (0.085, 0.665, 0.43, 0.255), (0.085, 0.24, 0.43, 0.29), (0.62, 0.24, 0.22, 0.68)
        else:
            boxes = (0.085, 0.605, 0.43, 0.33), (0.085, 0.15, 0.43, 0.33), (0.62, 0.15, 0.22, 0.785)
        self.levels = [figure.add_axes(box, label=name) for box, name in zip(boxes, ("blood", "fluid"))]
        self.lines = []
        for axes, colour, title, top in zip(self.levels, (VERMILLION, BLUE), ("Blood (1 = at once after the vein)", "CSF (1 = peak after the vein)"), (1.08, PEAK)):
            axes.set(xlim=(0, 60), ylim=(0, top), xticks=[0, 15, 30, 45, 60])
            axes.set_title(title, loc="left", fontsize=10.5)
            self.lines.append((axes.plot([], [], color=colour, lw=1.6, ls=(0, (5, 1.8)))[0], axes.plot([], [], color=colour, lw=2.6)[0]))
        self.levels[0].set_xticklabels([])
        self.levels[1].set_xlabel("Minutes since the dose")
        self.levels[0].text(59, 0.95, "— nose   - - vein", ha="right", va="top", fontsize=10, color=INK)
        self.top, = self.levels[1].plot([], [], "v", color=BLUE, mec=INK, ms=9, zorder=5)
        self.top_name = self.levels[1].text(0, 0, "", fontsize=10, color=INK, va="center", bbox=PLATE)
        for line in self.lines[1]:
            line.may_leave = True  # a direct path can send the fluid far above: its peak is told in words
        self.live("levels", *self.lines)
        self.live("peak", self.top, self.top_name, pin=False)
        self._slopes(figure.add_axes(boxes[2], label="ratios"))
        self._scale(True)

    def _slopes(self, axes):
        """Each pair as a line from the vein to the nose: rising would speak for a direct path."""
        self.ratios = axes
        axes.set(xlim=(-0.35, 1.35), xticks=[0, 1], xticklabels=["after\na vein", "after\nthe nose"])
        axes.set_title("Exposure, CSF over blood", loc="left", fontsize=10.5)
        axes.tick_params(axis="x", length=0)
        axes.grid(axis="x", visible=False)
        for x in (0, 1):
            axes.axvline(x, color=GRID, lw=6, zorder=0)
        shift = {"melatonin": 0.0, "estradiol": -0.05, "progesterone": 0.05, "estradiol_2006": 0.0}
        self.pairs = {}
        for pair, marker in MARKERS.items():
            told = measured(pair)
            ends = np.array([told.vein, told.nose])
            x = np.array([0, 1]) + shift[pair]
            bars = axes.errorbar(x, ends[:, 0], yerr=[ends[:, 0] - ends[:, 1], ends[:, 2] - ends[:, 0]], fmt="none", ecolor=INK, elinewidth=1.3)
            self.pairs[pair] = [*axes.plot(x, ends[:, 0], color=INK, lw=1.6, marker=marker, mfc=PAPER, mec=INK, mew=1.5, ms=8), bars.lines[2][0]]
        self.modelled, = axes.plot([], [], color=BLUE, lw=2.6, zorder=1, alpha=0.55, solid_capstyle="round")
        self.names = [axes.text(1.16, told.nose[0] * (1.0 if pair != "progesterone" else 0.6) * (1.18 if pair == "estradiol" else 1), PAIRS[pair].replace(", ", "\n"),
                                fontsize=9.5, color=INK, va="center", clip_on=False) for pair, told in ((p, measured(p)) for p in PAIRS)]
        self.gain_name = axes.text(0.5, 0, "", fontsize=10, color=BLUE, ha="center", va="bottom", weight="bold")
        key = axes.text(0.5, 0.02, "━ model", transform=axes.transAxes, fontsize=9.5, color=BLUE, ha="center", va="bottom")
        self.live("pairs", *self.pairs.values(), *self.names, key, pin=False)
        self.live("modelled", self.modelled)
        self.live("gain", self.gain_name, pin=False)

    def _scale(self, log):
        if self.scaled == log:
            return  # ticks set anew would have the whole chart drawn anew
        self.scaled = log
        self.ratios.set(yscale="log" if log else "linear", ylim=(FLOOR, TOP) if log else (0, 2.5))
        ticks = (0.01, 0.1, 1) if log else (0, 0.5, 1, 1.5, 2, 2.5)
        self.ratios.set_yticks(ticks, [f"{tick:g}" for tick in ticks])

    def update(self, r):
        self._scale(r.log)
        for (vein, nose), (by_nose, by_vein) in zip(self.lines, (r.blood, r.fluid)):
            vein.set_data(TIMES * MINUTES, by_vein)
            nose.set_data(TIMES * MINUTES, by_nose)
        over = r.peak > PEAK * 0.97
        self.top.set_data([r.at], [min(r.peak + 0.07, PEAK * 0.96)])
        self.top.set_marker("^" if over else "v")
        right = r.at < 42
        self.top_name.set(x=r.at + (2 if right else -2), y=min(r.peak + 0.16, PEAK * 0.92), ha="left" if right else "right", text=f"{r.peak:.2f} at {r.at:.0f} min")
        if self.room and r.peak < 1.6:  # above the curves
            self.top_name.set(x=min(max(r.at, 15), 44), y=max(r.peak, 1) + 0.55, ha="center")
        for pair, artists in self.pairs.items():
            for artist in artists:
                artist.set_alpha(1.0 if pair == r.pair else 0.25)
        for text in self.names[1:3]:
            text.set_visible(r.log)
        self.modelled.set_data([0, 1], r.ratios)
        self.gain_name.set(y=np.sqrt(r.ratios[0] * r.ratios[1]) * 1.25 if r.log else min(0.5 * sum(r.ratios) + 0.1, 2.3), text=f"× {r.gain:.2f}")

    def describe(self, r):
        path = r.told.path
        low, high = path.direct_share_range
        rats = "With" if r.pair == "melatonin" else "Taking"
        open_ = f"a direct share of up to {100 * high:.0f} % would fit too" if low == 0 else f"a direct share from {100 * low:.0f} to {100 * high:.0f} % would fit"
        return (f"With the nose half empty after {HALF[r.half]}, the model's CSF peaks at {r.peak:.2f} times its peak after a vein, at {r.at:.0f} min; exposure of CSF over blood is {r.gain:.2f} times that after a vein. "
                f"Measured, {PAIRS[r.pair]}: {ratio(r.told.nose[0])} after the nose, {ratio(r.told.vein[0])} after a vein, {path.efficiency:.2f} times. {rats} {ANIMALS} rats, {open_}.")

    def readings(self, r):
        return {"Peak in CSF": (f"{r.peak:.2f}", "times that after a vein"), "Time of that peak": (f"{r.at:.0f}", "min"),
                "CSF over blood, nose over vein": (f"{r.gain:.2f}", "times"), "The same, measured": (f"{r.told.path.efficiency:.2f}", "times")}

    def table(self, r):
        rows = [(PAIRS[pair], ratio(m.vein[0]), ratio(m.nose[0]), f"{m.path.efficiency:.2f}", f"{m.path.low:.2f} to {m.path.high:.2f}") for pair, m in ((p, measured(p)) for p in PAIRS)]
        return ("Drug", "After a vein", "After the nose", "Nose over vein", "Interval (8 rats)"), rows
