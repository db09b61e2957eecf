"""Core 1: speed and extent, two drugs at one wall."""

from types import SimpleNamespace

import numpy as np

from ...explore import Choice, Slider, Steps, Switch
from ...explore.theme import BLUE, INK, MUTED, PURPLE, SKY, VERMILLION
from ...facts import facts
from .wall import PLATE, THOUSAND, WithMargin, duration, nice, ratio, strip, wall

#: Hours shown: the shortest in which the slower drug would come to rest without a pump.
SPANS = (6.0, 24.0, 72.0, 240.0, 720.0)
#: Half-times in which a level counts as come to rest.
REST = 5
#: Dense where things happen fast.
TIMES = {hours: np.concatenate([[0.0], np.geomspace(0.005, hours, 110)]) for hours in SPANS}
TICKS = (0.01, 0.1, 1, 10, 100)
FIRST = 10.0
DOSES = (1.0, 4.0)
#: Top of the scale of ratios.
TOP = {"free": 1.0, "total": 7.5}
PUMPS = {0: "off", 5: "5 µL/g/min", 10: "10 µL/g/min", 20: "20 µL/g/min", 50: "50 µL/g/min", 100: "100 µL/g/min", 200: "200 µL/g/min"}
BASES = {"invented": "invented", "mannitol": "like mannitol", "sucrose": "like sucrose"}
#: Measured free ratios: id, name, marker (all rats and mice).
MEASURED = {"kpuu_oxycodone": "oxycodone", "kpuu_morphine_056": "morphine,\n2nd study", "kpuu_morphine": "morphine",
            "topotecan_ecf": "topotecan", "kpuu_gabapentin": "gabapentin"}


def room(base, binding):
    """mL per gram that free drug seems to fill: brain water, or the space outside cells for sugars that stay there."""
    space = facts["brain_water_space"].to("mL/g") if base == "invented" else facts["ecs_alpha"].to("fraction")
    return space * binding


class SpeedAndExtent(WithMargin):
    """Two drugs held steady in blood: how soon each comes to rest in the brain, and where."""

    title = "Speed and extent"
    longest = 250
    model = "one wall, one well-mixed brain"
    facts = ("isf_bulk_flow", "PS_sucrose", "PS_mannitol", "brain_water_space", "ecs_alpha", "kpuu_oxycodone", "kpuu_morphine",
             "kpuu_morphine_056", "topotecan_ecf", "kpuu_gabapentin")
    guess = "01.speed"
    size = (7.6, 4.4)
    narrow_size = (4.5, 6.4)
    presets = {"No pump": {"pump": 0}, "Pump on": {"pump": 50}, "Pump on, four times the dose": {"pump": 50, "dose": 4.0},
               "Like sucrose, no pump": {"base": "sucrose"}, "Held by tissue": {"binding": 10.0}}

    crossing = Steps("Second drug, crossing", 100.0, nice(0.1, 100, "times as fast"))
    pump = Steps("Pump out of the brain", 0, PUMPS)
    dose = Slider("Dose", DOSES[0], low=DOSES[0], high=DOSES[1], step=0.5, unit="×")
    binding = Slider("Binding in the brain", 1.0, low=1, high=10, step=1, unit="times as much", more=True)
    show = Choice("Show", "free", {"free": "free drug", "total": "free and held"}, more=True, look=True)
    base = Choice("Base: the first drug", "invented", BASES, more=True)
    log = Switch("Log time axis", more=True, look=True)

    def compute(self, *, crossing, pump, dose, binding, show, base, log):
        first = FIRST if base == "invented" else THOUSAND * facts[f"PS_{base}"].to("mL/g/min")
        space = room(base, binding)
        scale = space if show == "total" else 1.0
        slowest = wall(first * min(crossing, 1.0), 0).half_time_h(space)
        hours = next((span for span in SPANS if span >= REST * slowest), SPANS[-1])
        drugs = []
        for speed in (first, first * crossing):
            one = wall(speed, pump)
            level = one.level(TIMES[hours], space)
            drugs.append(SimpleNamespace(end=one.kp_uu, half=one.half_time_h(space), ratio=scale * level,
                                         level=dose * scale * level))
        return SimpleNamespace(drugs=drugs, crossing=crossing, pump=pump, dose=dose, show=show, log=log, scale=scale, hours=hours)

    def with_margin(self):
        return self.show == "free"

    def setup(self, figure):
        self.gap = 0.075 if not self.room else 0.115  # a line of words, as a share of the axis
        if self.narrow:
            grid = figure.add_gridspec(2, 2, width_ratios=(1, 0.34), wspace=0.02)
            self.levels, self.ratios, self.margin = (figure.add_subplot(grid[place]) for place in ((0, 0), (1, 0), (1, 1)))
        else:
            grid = figure.add_gridspec(1, 3, width_ratios=(1, 1, 0.4) if not self.room else (1, 1.1, 0.4))
            self.levels, self.ratios, self.margin = (figure.add_subplot(grid[0, column]) for column in range(3))
        self.lines, self.shares, self.names = [], [], []
        for colour, dash in ((BLUE, "-"), (VERMILLION, (0, (5, 1.8)))):
            self.lines += self.levels.plot([], [], color=colour, ls=dash)
            self.shares += self.ratios.plot([], [], color=colour, ls=dash)
            self.names.append(self.ratios.text(0, 0, "", color=INK, ha="right", fontsize=10, bbox=PLATE))
        self.sea = self.levels.axhspan(0, 1, color=SKY, alpha=0.16, lw=0)
        self.ratios.axhspan(0, 1, color=SKY, alpha=0.16, lw=0)
        self.blood, = self.levels.plot([], [], color=MUTED, lw=1.6, ls=(0, (1.2, 1.5)))
        self.blood_name = self.levels.text(0, 0, "", color=INK, fontsize=10, ha="right", va="bottom")
        self.ratios.axhline(1.0, color=MUTED, lw=1.6, ls=(0, (1.2, 1.5)))
        self.as_blood = self.ratios.text(0.02, 1.02, "as in blood" if not self.room else "blood", fontsize=9.5, color=INK,
                                         transform=self.ratios.get_yaxis_transform())
        top = TOP["free"] * (1.06 if not self.room else 1.01)
        marks = [(min(facts[name].value, top), words if facts[name].value < top else f"{words}:\n{facts[name].value:.1f}, above",
                  "o" if facts[name].value < top else "^", PURPLE) for name, words in MEASURED.items()]
        strip(self.margin, marks, "measured,\nrats and mice", 0.08 if self.narrow else 0.1 if self.room else 0.056)
        self.live("sea", self.sea, pin=False)
        self.live("levels", *self.lines)
        self.live("ratios", *self.shares)
        self.live("blood", self.blood, self.blood_name, pin=False)
        self.live("names", *self.names)
        self._scale("free", False, SPANS[0])

    def _scale(self, show, log, hours):
        top = TOP[show] * 1.12
        self.levels.set_ylabel(" ")  # room for longer numbers
        self.ratios.set_ylim(0, top)
        self.margin.set_ylim(0, top)
        what = "Free drug" if show == "free" else "Drug in a gram" if not self.room else "Drug, 1 g,"
        if self.room:
            *titles, across = f"{what} in brain\n(1 = blood, dose 1)", "The same, over\nfree in blood", "Hours of steady\nlevel in blood"
        else:
            titles = f"{what} in the brain\n(1 = free in blood, dose 1)", "The same, over the free\nlevel in blood"
            across = "Hours of a steady level in blood"
        for axes, title in zip((self.levels, self.ratios), titles):
            axes.set_title(title, loc="left", fontsize=10.5)
        self.as_blood.set_visible(show == "free")
        self.levels.set_yticks(np.arange(0, DOSES[1] + 0.1) * (1 if show == "free" else 10))
        self.levels.set_ylim(0, DOSES[1] * top)
        for axes in (self.levels, self.ratios):
            axes.set(xscale="log" if log else "linear", xlabel=across)
            ticks = [t for t in TICKS if t <= hours] if log else np.linspace(0, hours, 4)
            axes.set_xticks(ticks, [f"{t:g}" for t in ticks])
            axes.set_xlim(TIMES[hours][1] if log else 0, hours)  # last: ticks may stretch it

    def update(self, r):
        self._scale(r.show, r.log, r.hours)
        times = TIMES[r.hours]
        start = 1 if r.log else 0
        for line, share, drug in zip(self.lines, self.shares, r.drugs):
            line.set_data(times[start:], drug.level[start:])
            share.set_data(times[start:], drug.ratio[start:])
        self.blood.set_data([times[start], r.hours], [r.dose, r.dose])
        unit = TOP[r.show] * 1.12
        right = r.hours * (0.94 if r.log else 0.98)
        self.sea.set_height(r.dose)
        self.blood_name.set(x=right, y=r.dose + 0.012 * DOSES[1] * unit, text=f"blood {r.dose:g}" if r.show == "free" else "")
        # A label below a rising line keeps clear of it all along its length.
        ends = [(drug.ratio[-1], float(np.interp(0.62 * r.hours, times, drug.ratio)), f"{name} → {ratio(r.scale * drug.end)}")
                for drug, name in zip(r.drugs, ("first", "second"))]
        for text, (y, align, words) in zip(self.names, apart(ends, unit, self.gap)):
            text.set(x=right, y=y, va=align, text=words)

    def describe(self, r):
        one, two = r.drugs
        held = "" if r.show == "free" else f" Free and held together: {ratio(r.scale * one.end)} and {ratio(r.scale * two.end)}."
        return (f"With the pump {'off' if not r.pump else f'at {r.pump}'} and dose {r.dose:g}, free drug ends at {ratio(r.dose * one.end)} (first) "
                f"and {ratio(r.dose * two.end)} (second): {ratio(one.end)} and {ratio(two.end)} of the free level in blood. "
                f"Half of that is reached after {duration(one.half)} (first) and {duration(two.half)} (second).{held}")

    def readings(self, r):
        one, two = r.drugs
        return {"Ratio of the first drug": (ratio(one.end), ""), "Ratio of the second drug": (ratio(two.end), ""),
                "Level of the second drug": (ratio(r.dose * two.end), ""), "Half-time of the first drug": (duration(one.half), ""),
                "Half-time of the second drug": (duration(two.half), "")}

    def table(self, r):
        rows = [(duration(h), *(ratio(np.interp(h, TIMES[r.hours], getattr(drug, kind))) for kind in ("level", "ratio") for drug in r.drugs))
                for h in (0.05, 0.25, 1, 3, r.hours)]
        return ("Time in blood", "First drug, level", "Second drug, level", "First drug, ratio", "Second drug, ratio"), rows


def apart(ends, unit, share):
    """Places for two labels, `share` of the axis high, that never meet, near their lines: the higher above its line, the lower below."""
    gap, off = share * unit, 0.015 * unit
    low, high = sorted((0, 1), key=lambda i: ends[i][0])
    below, above = min(ends[low][:2]), ends[high][0]
    if below < 1.4 * gap:
        below = ends[low][0]
        places = {low: (below + off, "bottom"), high: (max(above, below + 1.1 * gap) + off, "bottom")}
    elif unit * (0.855 - share) < above < unit * 0.885:  # the line of blood is in the way
        places = {high: (above - off, "top"), low: (min(below - off, above - off - 1.1 * gap), "top")}
    else:
        places = {low: (below - off, "top"), high: (min(above + off, unit - gap), "bottom")}
    return [(*places[i], ends[i][2]) for i in (0, 1)]
