"""Break it: one pool, fitted to the first hours of a drug that hides in tissue, and asked again days later."""

from functools import lru_cache
from types import SimpleNamespace

import numpy as np

from ...explore import Slider, Steps, Switch
from ...explore import figure as rounded
from ...explore.theme import BLUE, GREEN, INK, PAPER, PURPLE, VERMILLION
from ...facts import facts
from ...models import exposure
from ...models.dosing import Bolus
from ...models.fluid import OnePool, TwoPools
from ..sourced import Sourced
from ..spinal_infusion.canal import above

HOURS, LAST, FLOOR, SAMPLE, FAN = 96.0, 72.0, 1e-5, 2.0, 48.0
TIMES = np.linspace(0, HOURS, 193)
PLATE = {"facecolor": PAPER, "edgecolor": "none", "pad": 1.0, "alpha": 0.85}


@lru_cache(1)
def fitted():
    """(volume, clearance, room in tissue, exchange) that give both measured half-lives; volume and clearance are the textbook's."""
    volume, clearance = facts["csf_total_text"].to("mL"), facts["csf_secretion_text"].to("mL/h")
    fast, slow = (np.log(2) / half for half in facts["mtx_thalf"].range_in("h"))
    out = clearance / volume
    back = fast * slow / out
    exchange = (fast + slow - out - back) * volume
    return volume, clearance, exchange / back, exchange


@lru_cache(1)
def reference():
    """The fitted pools' own level where the measured slopes begin: the band stands still whatever a control does."""
    volume, clearance, room, trade = fitted()
    return float(TwoPools(volume, room, trade, clearance).run(Bolus(0.0, 1.0), TIMES).fluid[int(FAN / TIMES[1])] * volume)


class OnePoolLater(Sourced):
    """A dose in fluid that trades with tissue, and the one pool that its first samples suggest."""

    title = "One pool and its samples"
    longest = 250
    model = "a fuller model beside one pool"
    facts = ("mtx_thalf", "mtx_late_thalf", "mtx_bulk_flow", "csf_total_text", "csf_secretion_text")
    guess = "02.hides"
    size = (7.6, 4.4)
    narrow_size = (4.5, 4.6)
    presets = {"Fitted to two days": {"fit": 48}}

    time = Slider("Time to compare at", 12, low=6, high=LAST, step=6, unit="h", play=True)
    tissue = Steps("Tissue: room in it, against the fitted", 1, {0: "none", 0.25: "0.25 ×", 0.5: "0.5 ×", 1: "1 ×, fitted", 2: "2 ×", 4: "4 ×"}, more=True)
    fit = Steps("Fit to the first hours", 12, {h: f"{h} h" for h in (6, 12, 24, 48)})
    exchange = Slider("Exchange, against the fitted", 1.0, low=0.25, high=4, count=9, ratio=True, unit="×", digits=2, more=True)
    log = Switch("Log (stretched) axis", True, more=True, look=True)

    def compute(self, *, time, tissue, fit, exchange, log):
        volume, clearance, room, trade = fitted()
        pools = TwoPools(volume, room * tissue, trade * exchange, clearance) if tissue else OnePool(volume, clearance)
        run = pools.run(Bolus(0.0, 1.0), TIMES)
        level, now = run.fluid * volume, int(round(time / TIMES[1]))
        taken = slice(0, int(fit / TIMES[1]) + 1, int(SAMPLE / TIMES[1]))
        found = exposure.fall(TIMES[taken], level[taken])
        one = np.exp2(-TIMES / found.half_life_h)
        inside = run.tallies["in_tissue"][now] / (run.tallies["in_tissue"][now] + run.tallies["in_fluid"][now])
        slow = pools.slow_half_life_h if tissue else pools.half_life_h
        return SimpleNamespace(level=level, one=one, samples=(TIMES[taken], level[taken]), half=found.half_life_h, slow=float(slow), now=now, time=time,
                               fit=fit, both=(float(one[now]), float(level[now])), fold=float(level[now] / one[now]), inside=float(inside), log=log,
                               bend=(found.early_h, found.late_h))

    def setup(self, figure):
        self.axes, self.rest = figure.subplots(1, 2, width_ratios=(4.4, 1) if self.narrow else (5, 1) if self.room else (6, 1))
        self.axes.set(xlim=(0, HOURS), xlabel="Hours since the dose")
        self.axes.set_xticks(range(0, 97, 24 if self.narrow or self.room else 12))
        late = facts["mtx_late_thalf"].range_in("h")
        self.slope = self.axes.add_patch(_band(late))
        self.one, = self.axes.plot([], [], color=VERMILLION, lw=2.2, ls=(0, (6, 2)))
        self.level, = self.axes.plot([], [], color=BLUE)
        self.samples, = self.axes.plot([], [], "x", color=BLUE, mew=1.8, ms=6.5, zorder=5)
        self.gap, = self.axes.plot([], [], color=INK, lw=1.4, marker="o", ms=5.5, zorder=5)
        self.fold = self.axes.text(0, 0, "", fontsize=11.5, fontweight="bold", va="bottom")
        gap = "\n" if self.narrow else " "
        told = f"halves in{gap}{late[0]:g} to {late[1]:g} h" if not self.room else f"measured: halves\nin {late[0]:g} to {late[1]:g} h"
        self.late = self.axes.text(0, 0, told, fontsize=9.5, ha="right", va="top", in_layout=False)
        self._key()
        self._rest()
        self.live("slope", self.slope, self.late, pin=False)
        self.live("one", self.one)
        self.live("level", self.level)
        self.live("samples", self.samples, self.gap, pin=False)
        self.live("fold", self.fold)
        self.live("rest", *self.bars, pin=False)
        self.live("share", self.share, self.where, *self.named)
        self.live("key", self.key, pin=False)
        self._scale(True)

    def _key(self):
        """What the lines are: static, in the corner that the curves leave free."""
        handles = [self.axes.plot([], [], **look)[0] for look in (
            {"color": BLUE}, {"color": BLUE, "mew": 1.8, "ms": 6.5, "marker": "x", "ls": ""},
            {"color": VERMILLION, "lw": 2.2, "ls": (0, (6, 2))}, {"color": GREEN, "lw": 8, "alpha": 0.3, "solid_capstyle": "butt"})]
        words = ["a fuller model", "points from that model", "one pool, fitted to the points", "slope measured in people, from day 2"]
        if self.narrow or self.room:
            words = ["a fuller model", "its points", "one pool, fitted", "slope measured"]
        place = {"loc": "upper right"} if not self.room else {"loc": "lower left", "bbox_to_anchor": (0, 1.0), "ncols": 2, "columnspacing": 1}
        self.key = self.axes.legend(handles, words, handlelength=2.2, **place)

    def _rest(self):
        axes = self.rest
        axes.set(xlim=(-0.6, 0.6), ylim=(0, 1), xticks=[], yticks=[])
        axes.grid(False)
        for side in ("left", "bottom"):
            axes.spines[side].set_visible(False)
        self.bars = [axes.plot([], [], color=c, lw=26, solid_capstyle="butt", alpha=0.55)[0] for c in (BLUE, PURPLE)]
        out = 0.035 * self.room  # larger words keep clear of the bar
        self.named = [axes.text(0, 0.015 - out, "in fluid", fontsize=9.5, ha="center", va="bottom"),
                      axes.text(0, 1.02 + out, "what is\nleft lies", fontsize=10, ha="center", va="bottom")]
        self.where = axes.text(0, 0.985 + out, "in tissue", fontsize=9.5, ha="center", va="top")  # live: it would tell before the guess
        self.share = axes.text(0, 0, "", fontsize=11, fontweight="bold", ha="center", va="center", color=INK)

    def _scale(self, log):
        name = "Level, of that at the start" + ("\n(stretched: each line is ten times less)" if log and not self.narrow else "")
        self.axes.set(yscale="log" if log else "linear", ylim=(FLOOR, 3) if log else (0, 1.05),
                      ylabel=name if not self.room else "Level, of that\nat the start")
        ticks = [1, 0.1, 0.01, 0.001, 1e-4, 1e-5] if log else [0, 0.25, 0.5, 0.75, 1]
        self.axes.set_yticks(ticks, [f"{100 * t:g} %" for t in ticks])
        self.axes.minorticks_off()

    def update(self, r):
        self._scale(r.log)
        floor = FLOOR if r.log else 0
        self.level.set_data(*above(TIMES[::2], r.level[::2], floor))
        self.one.set_data(*above(TIMES[::8], r.one[::8], floor))
        self.samples.set_data(*r.samples)
        low, high = (max(v, floor) for v in sorted(r.both))
        self.gap.set_data([r.time, r.time], [low, high])
        self.fold.set(x=r.time + 1, y=min(high * 1.5, 1.3) if r.log else min(high + 0.03, 0.95), text=f"{rounded(r.fold)} ×")
        start = reference()
        self.late.set(x=HOURS - 0.5, y=max(start * 0.045, 4 * floor) if r.log else 0.09)
        if self.room:  # far above, where the larger words of the comparison never come
            self.late.set_y(0.9)
        self.slope.set_xy(_corners(facts["mtx_late_thalf"].range_in("h"), start, floor))
        edge = 1 - r.inside
        for bar, ends in zip(self.bars, ((0.07, 0.07 + 0.86 * edge), (0.07 + 0.86 * edge, 0.93))):
            bar.set_data([0, 0], ends)
        self.share.set(y=0.07 + 0.86 * (1 - r.inside / 2) if r.inside > 0.1 else 0.5, text=f"{100 * r.inside:.0f} %")

    def describe(self, r):
        times = "about as much" if abs(np.log(r.fold)) < 0.1 else f"{rounded(r.fold)} times as much"
        low, high = facts["mtx_late_thalf"].range_in("h")
        return (f"Fitted to the first {r.fit} h, one pool halves every {r.half:.1f} h. At {r.time:g} h it predicts {percent(r.both[0])} of the start; "
                f"fluid with tissue holds {percent(r.both[1])}, {times}; "
                f"of what is left in both, {100 * r.inside:.0f} % lies in tissue. In people it halves in {low:g} to {high:g} h from day two.")

    def readings(self, r):
        return {"Half-life of the fitted pool": (r.half, "h"), "One pool predicts": (percent(r.both[0]), ""),
                "Fluid with tissue holds": (percent(r.both[1]), ""), "Times as much": (r.fold, "times"), "Half-life of the slow phase": (r.slow, "h")}

    def table(self, r):
        rows = [(f"{TIMES[i]:g} h", percent(r.one[i]), percent(r.level[i])) for i in range(0, len(TIMES), 12)]
        return ("Hours since the dose", "One pool, fitted early", "Fluid with tissue"), rows


def _corners(halves, start, floor):
    """The fan of late slopes, begun at the model's own level: the papers give slopes, not levels."""
    hours = np.linspace(FAN, HOURS, 13) - FAN
    low, high = (np.maximum(start * np.exp2(-hours / half), floor) for half in halves)
    return np.concatenate([np.stack([hours + FAN, high], 1), np.stack([hours + FAN, low], 1)[::-1]])


def _band(halves):
    from matplotlib.patches import Polygon
    return Polygon(_corners(halves, 1.0, FLOOR), facecolor=GREEN, alpha=0.3, lw=0)


def percent(share):
    """A share in per cent, however small."""
    return f"{rounded(100 * share)} %"
