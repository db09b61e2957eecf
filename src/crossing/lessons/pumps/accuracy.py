"""Further: how exact the pump itself is, and what an error does to the reservoir."""

from types import SimpleNamespace

import numpy as np

from ...explore import Slider
from ...explore import figure as rounded
from ...explore.theme import BLUE, INK, ORANGE, PAPER, PURPLE, SKY
from ...facts import facts
from ..sourced import Sourced

#: Published ratios of volume given to volume programmed: what is said of each on the chart.
SHOWN = {"pump_accuracy": "65 patients,\nwhole course", "pump_accuracy_refill": "the same,\neach refill", "pump_accuracy_valve": "with valves,\n2.5 years",
         "pump_accuracy_valve_6m": "with valves,\n6 months", "pump_accuracy_valve_label": "with valves,\nmanual", "pump_accuracy_bench": "weighed in\na laboratory"}
SHORT = {"pump_accuracy": "65 patients", "pump_accuracy_refill": "each refill", "pump_accuracy_valve": "valves, 2.5 y", "pump_accuracy_valve_6m": "valves, 6 mo",
         "pump_accuracy_valve_label": "valves, manual", "pump_accuracy_bench": "laboratory"}
MAKER = ("pump_accuracy_valve_label", "pump_accuracy_bench")
SLACK = facts["refill_gap_after"].range_in("mL")
LIMIT = facts["pump_over_limit"].to("%")
LAST, WIDE = 180, 4.0


def percent(fact):
    """(value, low, high): per cent more (or less) than programmed."""
    value = facts[fact].to("dimensionless")
    low, high = facts[fact].range_in("dimensionless") if facts[fact].low is not None else (value, value)
    return tuple(100 * (v - 1) for v in (value, low, high))


class Accuracy(Sourced):
    """Volume given against volume programmed, as published; and the gap that an error leaves in a reservoir."""

    title = "Given against programmed"
    model = "published means, and a pump that is always out by as much"
    facts = (*SHOWN, "pump_over_limit", "pump_over_share", "refill_gap_after", "refill_gap_look", "pump_reservoir")
    size, narrow_size = (7.6, 4.5), (4.5, 7.4)
    presets = {"As published, refill by refill": {"excess": 2.5}, "One per cent": {"excess": 1}, "At the limit": {"excess": LIMIT}}

    excess = Slider("Excess over the count", 2.5, low=-15, high=15, step=0.5, unit="%")
    days = Slider("Days since the refill", 90, low=0, high=LAST, step=5, unit="days", play=True)
    flow = Slider("Flow by the count", 0.2, low=0.1, high=0.6, step=0.05, unit="mL a day", more=True)

    def compute(self, *, excess, days, flow):
        lost = excess / 100 * flow
        return SimpleNamespace(excess=excess, days=days, flow=flow, gap=lost * days, counted=flow * days, lost=lost,
                               until=[slack / abs(lost) if lost else np.inf for slack in SLACK])

    def setup(self, figure):
        self.left, self.right = figure.subplots(2, 1, height_ratios=(1.15, 1)) if self.narrow else figure.subplots(1, 2, width_ratios=(0.8, 1) if self.room else (1, 1))
        last = len(SHOWN)
        self.left.set(xlim=(-16, 23), ylim=(-1.5, last - 0.4), yticks=range(last), xticks=range(-15, 16, 15 if self.room else 5), xlabel="Given over\nprogrammed (%)" if self.room else "Given over programmed (%)")
        self.left.set_title("Published means\n(◇: by the maker)" if self.room else "Published means (◇: by the maker)", loc="right" if self.room else "left")
        self.left.set_yticklabels([(SHORT if self.room else SHOWN)[f] for f in reversed(SHOWN)], fontsize=9.5, linespacing=1.05)
        self.left.grid(axis="y", visible=False)
        self.left.axvline(0, color=INK, lw=1, ymin=1 / (last + 1))
        for y, fact in enumerate(reversed(SHOWN)):
            value, low, high = percent(fact)
            maker = fact in MAKER
            if low < high:
                self.left.plot([low, high], [y, y], color=INK, lw=2, solid_capstyle="butt")
            self.left.plot([value], [y], ls="none", marker="D" if maker else "o", ms=8, mfc=PAPER if maker else BLUE, mec=INK if maker else BLUE, mew=1.6)
            self.left.text(22.5, y, f"{value:+.1f}".replace("-", "−"), ha="right", va="center", fontsize=10)
        self.left.plot([LIMIT], [-1], ls="none", marker="|", ms=16, mew=3, color=ORANGE)
        self.left.text(LIMIT - 1, -1, f"“over-infusing” from +{LIMIT:g}" if not self.room else f"“over”: +{LIMIT:g}", ha="right", va="center", fontsize=9.5)
        self.yours = self.left.axvline(0, ymin=1 / (last + 1), color=PURPLE, lw=2, ls=(0, (4, 2)), zorder=1)
        self.right.set(xlim=(-3, LAST + 6), ylim=(-WIDE, WIDE), xlabel="Days since the refill",
                       ylabel="Gap (mL)\n← emptier   fuller →" if self.room else "Reservoir against the count (mL)\n← emptier            fuller →")
        self.right.set_xticks(range(0, LAST + 1, 60 if self.room else 30))
        inner, outer = SLACK
        bands = [self.right.axhspan(-w, w, color=SKY, alpha=a, lw=0) for w, a in ((inner, 0.3), (outer, 0.16))]
        self.right.legend(bands, [f"{inner:g} mL (20 mL pump)", f"{outer:g} mL (40 mL)"], title="May matter beyond" if self.room else "A gap may matter beyond",
                          loc="lower left", bbox_to_anchor=(-0.02, 1), ncols=1 if self.room else 2,
                          borderaxespad=0, alignment="left", handlelength=1.2, columnspacing=1, fontsize=9.5, title_fontsize=10.5)
        self.right.axhline(0, color=INK, lw=1)
        self.line, = self.right.plot([], [], color=PURPLE, lw=2.4)
        self.dot, = self.right.plot([], [], ls="none", marker="s", ms=9, color=PURPLE, mec=PAPER, mew=1)
        self.number = self.right.annotate("", (0, 0), (0, 9), textcoords="offset points", fontsize=10.5, weight="bold",
                                          bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 0.6, "alpha": 0.85})
        self.live("yours", self.yours, pin=False)
        self.live("gap", self.line, self.dot)
        self.live("number", self.number)

    def update(self, r):
        self.yours.set_xdata([r.excess, r.excess])
        end = min(LAST, WIDE / abs(r.lost)) if r.lost else LAST
        self.line.set_data([0, end], [0, -r.lost * end])
        inside = abs(r.gap) <= WIDE
        self.dot.set_data([r.days] if inside else [], [-r.gap] if inside else [])
        # Beyond the axis the number stands in the free corner, and says so.
        self.number.xy = (r.days, -r.gap) if inside else (LAST, float(np.sign(r.gap)) * WIDE)
        # Beside the line, on the side to which it does not run.
        late, falls = r.days > 0.6 * LAST, r.gap >= 0
        said = f"{-r.gap:+.2f} mL".replace("-", "−") if abs(r.gap) > 0.005 else "0 mL"
        if not inside:
            self.number.set(text=f"{said} on day {r.days:g}:\nbeyond the axis", ha="right", va="top" if falls else "bottom", position=(0, -6 if falls else 6))
            return
        self.number.set(text=said, ha="right" if late else "left",
                        va="bottom" if falls != late else "top", position=(-8 if late else 8, 7 if falls != late else -7))

    def describe(self, r):
        if not r.excess:
            return f"A pump without error agrees with its count: after {r.days:g} days at {r.flow:g} mL a day, {rounded(r.counted)} mL are gone."
        more, full = ("more", "emptier") if r.excess > 0 else ("less", "fuller")
        return (f"A pump that gives {abs(r.excess):g} % {more} than it counts has a reservoir {rounded(abs(r.gap))} mL {full} than counted after {r.days:g} days "
                f"at {r.flow:g} mL a day. The gap reaches {SLACK[0]:g} mL after {rounded(r.until[0])} days and {SLACK[1]:g} mL after {rounded(r.until[1])} days.")

    def readings(self, r):
        return {"Fuller than counted": (-r.gap, "mL"), "Gone by the count": (r.counted, "mL"),
                f"Days to a gap of {SLACK[0]:g} mL": (r.until[0], "days") if r.excess else "never"}

    def table(self, r):
        names = {f: name.replace("\n", " ") for f, name in SHOWN.items()}
        return ("Published", "Given over programmed (%)"), [(name, f"{percent(f)[0]:+.1f}") for f, name in names.items()]
