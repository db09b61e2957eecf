"""Break it: a ratio that is only leftover blood."""

from types import SimpleNamespace

import numpy as np

from ...explore import Slider, Steps, Switch
from ...explore.theme import BLUE, GREEN, INK, MUTED, ORANGE, SKY, VERMILLION
from ...facts import facts, molecules
from ...models.entry import blood_space, corrected_kp, leftover_share, measured_kp
from .wall import PLATE, WithMargin, label_aside, nice, ratio

TRUE = np.geomspace(1e-4, 10, 101)
LOW, HIGH = 4e-5, 40.0
USUAL = facts["v_water_resid"].to("uL/g")
WIDTH = 0.25  # of the bars of measured values, in powers of ten


def floor(fu):
    """Plasma that the usual sample seems to hold (mL/g) for a drug with this free share in plasma."""
    return float(blood_space(fu, facts["v_water_resid"].to("mL/g"), facts["v_protein_resid"].to("mL/g")))


class LeftoverBlood(WithMargin):
    """True ratios of brain to plasma, and what a sample shows that still holds some blood."""

    title = "What the sample shows"
    longest = 230
    model = "a brain sample in two parts"
    facts = ("v_water_resid", "v_protein_resid", "b3db_measured", "cbv_fluor", "cbv_pet")
    guess = "01.leftover"
    size = (7.6, 4.5)
    narrow_size = (4.5, 4.8)
    presets = {"Next to nothing": {"kp": 0.0001}, "One in a hundred": {"kp": 0.01}, "Half": {"kp": 0.5}, "Corrected too much": {"kp": 0.01, "blood": USUAL - 5, "correct": True}}

    kp = Steps("True ratio (Kp)", 0.0001, nice(0.0001, 1))
    blood = Slider("Blood left in the sample", USUAL, low=USUAL - 10, high=USUAL + 20, step=0.5, unit="µL/g", digits=1, more=True)
    correct = Switch("Correct for the usual blood", more=True)
    bound = Slider("Bound to protein in blood", 0.0, low=0, high=95, step=5, unit="%", more=True)
    log = Switch("Log axes", True, more=True, look=True)

    def compute(self, *, kp, blood, correct, bound, log):
        usual = floor(1 - bound / 100)
        left = usual * blood / USUAL
        shown = measured_kp(TRUE, left)
        logbb = molecules.measured["logbb"]
        seen = float(measured_kp(kp, left))
        return SimpleNamespace(kp=kp, blood=blood, correct=correct, log=log, left=left, shown=shown, mended=corrected_kp(shown, usual), seen=seen,
                               mine=float(corrected_kp(seen, usual)), share=float(leftover_share(kp, left)), below=int((logbb <= -2).sum()), of=len(logbb))

    def with_margin(self):
        return self.log

    def setup(self, figure):
        self.axes, self.margin = figure.subplots(ncols=2, width_ratios=(1, 0.36 if self.narrow else 0.3 if not self.room else 0.4))
        label_aside(self.axes, False, 0.12 if self.narrow else 0.235 if not self.room else 0.39)
        self.axes.set_xlabel("True ratio, brain to plasma")
        self.floor_band = self.axes.axhspan(LOW, LOW, color=SKY, alpha=0.2, lw=0)
        self.axes.plot([LOW, HIGH], [LOW, HIGH], color=MUTED, lw=1.6, ls=(0, (1.2, 1.5)))
        self.line, = self.axes.plot([], [], color=BLUE)
        self.mended, = self.axes.plot([], [], color=VERMILLION, ls=(0, (5, 1.8)))
        self.rise, = self.axes.plot([], [], color=MUTED, lw=1.4)
        self.truth, = self.axes.plot([], [], "D", color=GREEN, mec=INK, ms=9, zorder=5, clip_on=False)
        self.seen, = self.axes.plot([], [], "o", color=BLUE, mec=INK, ms=10, zorder=6, clip_on=False)
        self.axes.set_title(" \n \n ", fontsize=10.5, loc="center", x=0, ha="left")  # room for three lines of words
        self.told = self.axes.annotate("", (0, 1.02), (0, -3), xycoords="axes fraction", textcoords="offset points", fontsize=10.5, fontweight="bold", color=INK, va="bottom")
        self.floor_name = self.axes.text(0, 0, "", fontsize=10, color=INK, va="top", ha="right", bbox=PLATE)
        # Measured ratios of B3DB as bars lying on the same axis; those at or below 0.01 stand out.
        logbb = molecules.measured["logbb"]
        edges = np.arange(-4, np.ceil(logbb.max()) + WIDTH, WIDTH)
        counts, _ = np.histogram(logbb, edges)
        for start, count in zip(edges, counts):
            if count:
                low = start + WIDTH <= -2 + 1e-9
                self.margin.fill_between([0, count], 10.0**start, 10 ** (start + WIDTH * 0.88), color=VERMILLION if low else ORANGE, lw=0)
        self.margin.set(xlim=(0, counts.max() * 1.05), yscale="log", ylim=(LOW, HIGH), xlabel="drugs")
        self.margin.tick_params(axis="y", labelleft=False)
        self.margin.grid(False, axis="x")
        self.margin.set_title(f"{len(logbb)} drugs,\nmeasured", fontsize=10, loc="left", color=MUTED)
        self.margin.text(counts.max() * 0.1, 0.0045, f"{int((logbb <= -2).sum())} at 0.01\nor lower", fontsize=9.5, va="top")
        for artist in (self.seen, self.truth):
            artist.set_in_layout(False)
        self.live("floor", self.floor_band, pin=False)
        self.live("curves", self.line, self.mended)
        self.live("marks", self.rise, self.truth, self.seen, pin=False)
        self.live("words", self.told, self.floor_name)
        self._scale(True)

    def _scale(self, log):
        if log:
            name = "logBB in the sample" if self.narrow else "Ratio in the sample (logBB in brackets)"
            self.axes.set(xscale="log", yscale="log", xlim=(LOW, 10), ylim=(LOW, HIGH), ylabel=name if not self.room else name.replace(" (", "\n("))
            powers = range(-4, 2)
            across = powers[::2] if self.narrow or self.room else powers
            self.axes.set_xticks([10.0**p for p in across], [f"{10.0**p:g}" for p in across])
            self.axes.set_yticks([10.0**p for p in powers], [(f"{p}" if self.narrow else f"{10.0**p:g} ({p:+d})").replace("-", "−").replace("+0", "0") for p in powers])
        else:
            self.axes.set(xscale="linear", yscale="linear", xlim=(0, 1), ylim=(0, 1.05), ylabel="Ratio in the sample")
            ticks = np.arange(0, 1.01, 0.2)
            self.axes.set_xticks(ticks, [f"{t:.1f}" for t in ticks])
            self.axes.set_yticks(ticks, [f"{t:.1f}" for t in ticks])
        self.axes.minorticks_off()

    def update(self, r):
        self._scale(r.log)
        told = {"wide": ("circle: logBB in the sample", "diamond, on the dotted line: logBB in truth", "dashed: usual blood taken away"),
                "narrow": ("circle: in the sample", "diamond (dotted): in truth", "dashed: blood taken off"),
                "room": ("circle: logBB in sample", "diamond (dotted): in truth", "dashed: blood taken off")}[self.layout]
        told = *told[:2], told[2] if r.correct else " "
        self.axes.title.set_text("\n".join(" " * 14 + words for words in told))
        right = self.axes.get_xlim()[1]
        inside = TRUE <= right
        self.floor_band.set(y=0, height=r.left)
        self.line.set_data(TRUE[inside], r.shown[inside])
        some = inside & (r.mended >= (LOW if r.log else 0)) & r.correct
        self.mended.set_data(TRUE[some], r.mended[some])
        self.truth.set_data([r.kp], [r.kp])
        self.seen.set_data([r.kp], [r.seen])
        self.rise.set_data([r.kp, r.kp], [r.kp, r.seen])
        self.floor_name.set(x=right * 0.8 if r.log else right * 0.98, y=r.left * (0.82 if r.log else 1), text=f"blood alone {log_of(r.left)}", va="top" if r.log else "bottom")
        mended = "" if not r.correct else log_of(r.mine) if r.mine > 0 else "none"
        self.told.set_text(f"{log_of(r.seen)}\n{log_of(r.kp)}\n{mended}")

    def describe(self, r):
        mended = f" With the usual blood taken away, {ratio(r.mine) if r.mine > 0 else 'less than nothing'} is left." if r.correct else ""
        return (f"A drug with a true ratio of {r.kp:.2g} shows {r.seen:.2g} in the sample, logBB {log_of(r.seen)}; blood is {100 * r.share:.0f} % of that. "
                f"With no drug in the tissue it would show {r.left:.4f}, logBB {log_of(r.left)}.{mended}").replace("0.0001 ", "0.0001 ")

    def readings(self, r):
        return {"Ratio in the sample": (r.seen, ""), "logBB in the sample": (log_of(r.seen), ""), "Share that is blood": (100 * r.share, "%"),
                "logBB of blood alone": (log_of(r.left), "")}

    def table(self, r):
        rows = [(f"{t:g}", f"{float(measured_kp(t, r.left)):.4f}", log_of(float(measured_kp(t, r.left)))) for t in (0.0001, 0.001, 0.01, 0.1, 1)]
        return ("True ratio (Kp)", "Ratio in the sample", "logBB in the sample"), rows


def log_of(number):
    """A base-ten logarithm in words."""
    return f"{np.log10(number):.2f}".replace("-", "−")
