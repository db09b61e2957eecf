"""Core 2, continued: a barrier opened for a while."""

from types import SimpleNamespace

import numpy as np

from ...explore import Choice, Slider, Steps, Switch
from ...explore.theme import BLUE, GREEN, INK, MUTED, ORANGE, SKY, VERMILLION
from ...facts import facts
from ...models.opening import Opening, exposure_gain, run
from .wall import PLATE, THOUSAND, WithMargin, duration, percent, strip, wall

DAY = 12.0
TIMES = np.unique(np.concatenate([np.linspace(0, DAY, 73), np.geomspace(0.02, DAY, 60)]))
HALVES = np.geomspace(0.1, 1000, 41)
TOP = 11.6
OPEN = {1 / 6: "10 min", 0.5: "30 min", 1.0: "1 h", 2.0: "2 h", 4.0: "4 h", 8.0: "8 h", 24.0: "24 h"}
#: Invented drugs: crossing and pump (uL/g/min), half-life in blood (h).
DRUGS = {"short": (1.0, 50.0, 1.0), "long": (1.0, 50.0, 72.0), "quick": (2000.0, 0.0, 1.0)}
NAMES = {"long": "slow to cross, 3 days in blood", "short": "slow to cross, 1 h in blood", "quick": "quick to cross, 1 h in blood"}


class OpenedDoor(WithMargin):
    """The wall made leakier for a few hours: what one drug gains, and what else comes in."""

    title = "The wall opened for a while"
    longest = 320
    model = "one wall, opened and shut again"
    facts = ("osm_fold", "osm_fold_rat", "osm_reversed", "osm_index_shut", "osm_index_1", "osm_index_40", "osm_index_120", "us_open", "us_close",
             "lus_paclitaxel", "osm_mtx_rat", "osm_mtx_dog", "mtx_bbbd", "gent_csf_normal", "gent_csf_inflamed", "osm_csf_guide",
             "osm_albumin_csf", "osm_albumin_none", "osm_albumin_rat", "PS_sucrose", "isf_bulk_flow", "cbf_butanol", "brain_water_space")
    guess = "01.door"
    size = (7.6, 4.4)
    narrow_size = (4.5, 6.6)
    presets = {"Slow, days in blood": {"drug": "long"}, "Slow, an hour in blood": {"drug": "short"},
               "Quick, an hour in blood": {"drug": "quick"}, "Open all day": {"drug": "long", "hours": 24.0}}

    fold = Slider("Wall opened (fold)", 10.0, low=1, high=10, step=1, unit="times")
    hours = Steps("Hours open", 1.0, OPEN)
    drug = Choice("Drug", "long", NAMES)
    pump = Switch("A pump throws the drug out", True, more=True)
    before = Slider("Dose given before the opening", 0.0, low=0, high=6, step=0.5, unit="h", more=True)
    closing = Slider("Half-time of the closing", 0.0, low=0, high=4, step=0.25, unit="h", more=True)
    log = Switch("Log axis of half-lives", True, more=True, look=True)

    def compute(self, *, fold, hours, drug, pump, before, closing, log):
        crossing, pumped, half = DRUGS[drug]
        one = wall(crossing, pumped if pump else 0)
        opening = Opening(fold, hours, closing)
        flow, space = facts["cbf_butanol"].to("mL/g/min"), facts["brain_water_space"].to("mL/g")
        told = run(one, space, opening, half, TIMES, -before, flow)
        gains = exposure_gain(opening, one.ps, space, HALVES, one.cl_in, one.cl_out, one.q_bulk, -before, flow)
        unit = told.shut.max()
        return SimpleNamespace(fold=fold, hours=hours, drug=drug, pumped=bool(pump and pumped), log=log, half=half, gain=told.gain, gains=gains, bounds=opening.most_gain(HALVES, -before),
                               bound=float(opening.most_gain(half, -before)), met=float(opening.share_open(half, -before)), brain=told.brain / unit, shut=told.shut / unit,
                               peak=float(told.brain.max() / unit), openness=opening.openness(TIMES),
                               let_in=THOUSAND * float(opening.plasma_let_in(facts["PS_sucrose"].to("mL/g/min"))))

    def setup(self, figure):
        if self.narrow:
            grid = figure.add_gridspec(2, 2, width_ratios=(1, 0.5))
            places = (grid[0, :], grid[1, 0], grid[1, 1])
        else:
            grid = figure.add_gridspec(1, 3, width_ratios=(1.15, 1, 0.45) if not self.room else (0.9, 0.95, 0.8))
            places = (grid[0, 0], grid[0, 1], grid[0, 2])
        self.course, self.gained, self.margin = map(figure.add_subplot, places)
        pad = None if not self.room else 34  # two lines of keys go between
        self.course.set(xlim=(0, DAY), ylim=(0, TOP), xticks=np.arange(0, DAY + 1, 3),
                        xlabel="Hours since the wall was opened" if not self.room else "Hours since opening")
        self.course.set_title("Free drug in the brain, first 12 h\n(1 = its peak with the wall shut)" if not self.room else
                              "Free drug in brain", loc="left", fontsize=10.5, pad=pad)
        self.gained.set(ylim=(0, TOP), xlabel="Half-life in blood (h)")
        self.gained.set_title("Gain of the whole\nexposure (1 = none)" if not self.room else "Gain of exposure", loc="left", fontsize=10.5, pad=pad)
        self.margin.set_ylim(0, TOP)
        self.band = self.course.fill_between([0, 1], [0, 0], [1, 1], color=SKY, alpha=0.28, lw=0)
        self.shut, = self.course.plot([], [], color=MUTED, lw=2, ls=(0, (5, 1.8)))
        self.brain, = self.course.plot([], [], color=BLUE)
        self.open_name = self.course.text(0, TOP * 0.98, "", fontsize=10, color=INK, va="top", bbox=PLATE)
        keys = ((0.90, "— with the opening", BLUE), (0.83, "- - wall left shut", MUTED)) if not self.room else (
            (1.23, "— opened", BLUE), (1.13, "- - shut (peak = 1)", MUTED))
        x, side = (DAY * 0.98, "right") if not self.room else (0, "left")
        self.key = [self.course.text(x, TOP * height, words, ha=side, va="top", fontsize=10, color=colour) for height, words, colour in keys]
        self.bound, = self.gained.plot([], [], color=MUTED, lw=1.8, ls=(0, (1.2, 1.5)))
        self.curve, = self.gained.plot([], [], color=VERMILLION)
        self.here, = self.gained.plot([], [], "o", color=VERMILLION, mec=INK, ms=10, zorder=5)
        self.fold_line, = self.gained.plot([], [], color=MUTED, lw=1.2, ls=(0, (8, 2, 1.5, 2)))
        across = {"transform": self.gained.transAxes, "ha": "right", "va": "top", "fontsize": 10, "color": INK}
        left, right, height = (0.80, 0.98, 0.80) if not self.room else (0.72, 1.02, 1.23)
        self.gained.text(left, height, "● this drug ×\n⋯ at most ×", bbox=PLATE, **across)
        self.told = self.gained.text(right, height, "", fontweight="bold", **across)
        self.fold_name = self.gained.text(0.98, 0, "", transform=self.gained.get_yaxis_transform(), fontsize=10, color=INK, ha="right", va="bottom")
        gentamicin = facts["gent_csf_inflamed"].value / facts["gent_csf_normal"].value
        marks = [(facts["osm_mtx_rat"].value, "methotrexate, rat", "o", GREEN), (facts["lus_paclitaxel"].value, "paclitaxel, people", "o", GREEN),
                 (facts["mtx_bbbd"].value, "methotrexate, people", "s!", ORANGE), (gentamicin, "gentamicin, dog", "s!", ORANGE)]
        dog = facts["osm_mtx_dog"]
        self.margin.plot([0.06, 0.06], [dog.low, TOP * 0.93], color=GREEN, lw=1.6)
        self.margin.plot([0.06], [TOP * 0.94], "^", color=GREEN, mec=INK, mew=0.8, ms=7)
        self.margin.text(0.18, TOP * 0.95, f"methotrexate,\ndog: {dog.low:g} to {dog.high:g}", fontsize=9.5, va="top")
        strip(self.margin, marks, "measured gains:\n● brain, □ fluid (CSF)" if not self.room else "measured gains:\n● brain, □ CSF",
              0.056 if self.layout == "wide" else 0.1)
        self.live("band", self.band, pin=False)
        self.live("brain", self.shut, self.brain)
        self.live("gain", self.bound, self.curve, self.fold_line, pin=False)
        self.live("here", self.here)
        self.live("words", self.told, self.open_name, self.fold_name)
        self._scale(True)

    def _scale(self, log):
        self.gained.set(xscale="log" if log else "linear", xlim=(HALVES[0], HALVES[-1]) if log else (0, 200))
        ticks = ((0.1, 10, 1000) if self.room else (0.1, 1, 10, 100, 1000)) if log else (0, 50, 100, 150, 200)
        self.gained.set_xticks(ticks, [f"{t:g}" for t in ticks])

    def update(self, r):
        self._scale(r.log)
        self.band.set_data(TIMES, np.zeros_like(TIMES), r.openness * TOP)
        self.shut.set_data(TIMES, r.shut)
        self.brain.set_data(TIMES, r.brain)
        self.open_name.set(x=min(r.hours + 0.25, 4.0), text=f"open {OPEN[r.hours]}")
        seen = HALVES <= self.gained.get_xlim()[1]
        for line, values in ((self.bound, r.bounds), (self.curve, r.gains)):
            line.set_data(HALVES[seen], values[seen])
        self.fold_line.set_data([HALVES[0], HALVES[seen][-1]], [r.fold, r.fold])
        self.here.set_data([r.half], [r.gain])
        self.told.set_text(f"{r.gain:.2f}\n{r.bound:.2f}")
        self.fold_name.set(y=r.fold + 0.08, text=f"opened × {r.fold:g}")

    def describe(self, r):
        return (f"The drug is {NAMES[r.drug]}, and {'a pump throws it out' if r.pumped else 'no pump throws it out'}. With the wall opened {r.fold:g} times for {OPEN[r.hours]}, "
                f"the brain's whole exposure is {r.gain:.2f} times what it would have been; the most possible is {r.bound:.2f} times. "
                f"Its peak is {r.peak:.1f} times the peak with the wall shut; {percent(r.met)} % of the blood's exposure meets the opening.")

    def readings(self, r):
        return {"Gain of the whole exposure": (f"{r.gain:.2f}", "times"), "Most possible": (f"{r.bound:.2f}", "times"), "Blood's exposure that meets the opening": (100 * r.met, "%"),
                "Peak, against the wall left shut": (r.peak, "times"), "Plasma let in with a sugar like sucrose": (r.let_in, "µL/g")}

    def table(self, r):
        rows = [(duration(h), f"{np.interp(h, HALVES, r.gains):.2f}", f"{np.interp(h, HALVES, r.bounds):.2f}") for h in (0.25, 1, 3, 10, 30, 72, 300)]
        return ("Half-life in blood", "Gain of this kind of drug", "Most possible"), rows
