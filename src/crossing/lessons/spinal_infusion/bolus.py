"""Core 1: a bolus along the cord."""

from types import SimpleNamespace

import numpy as np

from ...explore import Choice, Slider, Steps, Switch
from ...explore import figure as rounded
from ...explore.theme import BLUE, INK, ORANGE, VERMILLION
from ...models.exposure import where
from ..sourced import Sourced
from .canal import DAY, TIPS, above, along, bolus_run, canal, cord, even, label_aside, length, levels, nearest

TOP = 5.5
STEPS = 96
FLOOR = 0.01


class BolusAlongTheCord(Sourced):
    """One dose, given at once at one level: where it is, from a quarter of an hour to a day later."""

    title = "A bolus along the cord"
    model = "spinal canal in one dimension"
    facts = ("kroin_t2_t12", "mtx_thalf", "D_eff", "sss_csf_model", "canal_length", "slug_volume")
    guess = "04.bolus"

    time = Slider("Time since the injection", 1.0, low=0.25, high=DAY, step=0.25, unit="h", play=True)
    tip = Steps("Tip of the needle at", "L3/4", TIPS)
    view = Choice("View", "profile", {"profile": "Profile now", "map": "Map of 24 hours"}, look=True)
    volume = Slider("Volume of the injection", 2.0, low=1, high=10, step=0.5, unit="mL", more=True)
    mixing = Slider("Mixing, against the fitted value", 1.0, low=0.5, high=4, count=13, ratio=True, unit="×",
                    digits=2, more=True)
    log = Switch("Log axis", more=True, look=True)

    def compute(self, *, time, tip, view, volume, mixing, log):
        run = bolus_run(tip, volume, mixing, DAY, STEPS)
        now = int(round(time / DAY * STEPS))
        low, high = where(canal(mixing).edges, run.amount[now], [0.25, 0.75])
        return SimpleNamespace(
            z=run.z, profile=run.concentration[now] / even(), all=run.concentration / even(), time=time, tip=tip,
            at_tip=float(run.at(levels[tip])[now] / even()), top=nearest(run.z[run.concentration[now].argmax()]),
            peak=float(run.concentration[now].max() / even()), low=float(low), high=float(high),
            left=float(run.tallies["in_canal"][now]), head=float(run.tallies["gone_into_head"][now]), view=view, log=log)

    def setup(self, figure):
        self.axes = figure.subplots()
        along(self.axes, self.narrow, few=self.room)
        cord(self.axes)
        self.line, = self.axes.plot([], [], color=BLUE)
        self.bar, = self.axes.plot([], [], color=ORANGE, lw=6, solid_capstyle="butt")
        self.half = self.axes.text(0, 0, "", ha="center", va="bottom", fontsize=10, color=INK)
        self.tip_line = self.axes.axvline(0, color=VERMILLION, lw=1.4, ls=(0, (4, 3)))
        self.tip_name = self.axes.text(0, 0, "", va="top", fontsize=10, color=INK)
        self.clock = self.axes.text(0.985, 0.965, "", transform=self.axes.transAxes, ha="right", va="top", fontsize=13,
                                    fontweight="bold", color=INK)
        self.image = self.axes.imshow(np.zeros((STEPS + 1, 120)), extent=(0, length(), 0, DAY), origin="lower",
                                      aspect="auto", interpolation="none", cmap="cividis", vmin=0, vmax=3)
        self.now, = self.axes.plot([], [], color="#ffffff", lw=2.2, ls=(0, (2, 1.5)))
        self.key = self.axes.text(0.985, 0.965, "bright: high level (3 and above)\ndark: low level", ha="right", va="top",
                                  transform=self.axes.transAxes, color="#f5f5f5", fontsize=10)
        self.live("map", self.image, self.now, self.key, pin=False)
        self.live("profile", self.line)
        self.live("middle", self.bar, pin=False)
        self.live("tip", self.tip_line)
        self.live("words", self.half, self.tip_name, self.clock)
        label_aside(self.axes, self.narrow, 0.13 if self.room else 0.09)
        self._scale("profile", False)

    def _scale(self, view, log):
        if view == "map":
            self.axes.set(yscale="linear", ylim=(0, DAY), ylabel="Hours since the injection")
        else:
            self.axes.set(yscale="log" if log else "linear", ylim=(FLOOR, 10) if log else (0, TOP),
                          ylabel="Level (1 = spread evenly)")
        self.axes.grid(view == "profile")

    def update(self, r):
        self._scale(r.view, r.log)
        profile = r.view == "profile"
        for artist in (self.line, self.bar, self.half, self.tip_name, self.clock):
            artist.set_visible(profile)
        for artist in (self.image, self.now, self.key):
            artist.set_visible(not profile)
        self.line.set_data(*above(r.z, r.profile, FLOOR if r.log else 0))
        base = FLOOR * 1.35 if r.log else TOP * 0.025
        self.bar.set_data([r.low, r.high], [base, base])
        self.half.set(x=(r.low + r.high) / 2, y=base * 1.4 if r.log else base + TOP * 0.02,
                      text=f"half of it: {r.high - r.low:.0f} cm")
        self.tip_line.set_xdata([levels[r.tip]] * 2)
        right = levels[r.tip] > levels["T6"]
        self.tip_name.set(x=levels[r.tip] + (-0.6 if right else 0.6), ha="right" if right else "left", y=8 if r.log else TOP * 0.97, text=f"in at {r.tip}")
        self.clock.set_text(f"{rounded(r.time) if r.time < 10 else f'{r.time:g}'} h")
        self.image.set_data(r.all)
        self.now.set_data([0, length()], [r.time, r.time])

    def describe(self, r):
        if r.view == "map":
            early, late = (nearest(r.z[r.all[i].argmax()]) for i in (4, STEPS))
            way = f"stays near {early}" if early == late else f"moves from near {early} to near {late}"
            there = int(np.argmin(abs(r.z - levels["T6"])))
            best = r.all[:, there].argmax() * DAY / STEPS
            return (f"Over 24 h the highest level {way}. At T6 the level peaks after {best:g} h, "
                    f"at {rounded(r.all[:, there].max())} times an even spread. After {r.time:g} h, the dashed line, {100 * r.left:.0f} % is still in the canal.")
        return (f"After {r.time:g} h the level is highest near {r.top}: {rounded(r.peak)} times an even spread. "
                f"The middle half of the drug lies within {r.high - r.low:.0f} cm, from {nearest(r.low)} to {nearest(r.high)}. "
                f"{100 * r.left:.0f} % of the dose is still in the canal.")

    def readings(self, r):
        return {"Level at the entry": (r.at_tip, "times even"), "Middle half of the drug": (r.high - r.low, "cm"),
                "Still in the canal": (100 * r.left, "%"), "Gone into the head": (100 * r.head, "%")}

    def table(self, r):
        read = [(n, f"{np.interp(levels[n], r.z, r.profile):.2f}") for n in ["S2", *TIPS, "C1"]]
        return ("Level of the spine", f"Drug level after {r.time:g} h (1 = even)"), read


