"""Further: into tissue by pressure."""

from types import SimpleNamespace

import numpy as np

from ...explore import Slider, Steps
from ...explore.theme import BLUE, GRID, INK, MUTED, PAPER, VERMILLION
from ...facts import facts
from ...models.side_routes import TissueInfusion, ball_radius_cm
from ..sourced import Sourced
from .body import spread, three

MOST = 1.0  # mL infused, the end of the axis
GRID_ML = np.linspace(0, MOST, 41)
SHARE = 0.5
RINGS = (0.9, 0.7, 0.5, 0.3, 0.1)
FULL, WIDE = 10.0, 1.4  # mL filled and cm, the ends of the axes
GD, ISF = round(facts["ced_gd_thalf"].to("h")), round(facts["isf_efflux"].to("h"))
SPACE = round(100 * facts["ecs_alpha"].value)
LOSS = {0: "none", GD: f"half in {GD} h", ISF: f"half in {ISF} h", 3: "half in 3 h", 1: "half in 1 h"}
SEEN = (("ced_ratio_pons", "pons"), ("ced_ratio_striatum", "striatum"), ("ced_ratio_hippo_dorsal", "hippocampus, rat"), ("ced_ratio_pial", "near a cistern"),
        ("ced_ratio_caudate", "caudate"), ("ced_ratio_grey", "grey, big particles"), ("ced_ratio_white", "white, big particles"))


def infusion(flow, loss, leak, fluid):
    """A steady infusion; flow in uL/min, loss as a half-life in hours (0: none)."""
    return TissueInfusion(flow * 60e-3, fluid / 100, np.log(2) / loss if loss else 0.0, leak_share=leak / 100)


class ByPressure(Sourced):
    """Tissue filled by slow infusion through a thin tube: volume, radius, and where loss puts an end to it."""

    title = "Pushed into tissue"
    longest = 210
    model = "an even ball of tissue, filled from its centre"
    facts = ("ced_linear", "ecs_alpha", *(fact for fact, _ in SEEN), "ced_ratio_hippo_ventral", "ced_rate_gain", "ced_gd_thalf", "isf_efflux", "ced_backflow_rat")
    size = (7.6, 4.2)
    narrow_size = (4.5, 7.4)
    presets = {"A tenth of a millilitre": {"volume": 0.1}, "Eight times that": {"volume": 0.8}, "Lost on the way": {"volume": 0.8, "loss": 1},
               "Lost, but pushed faster": {"volume": 0.8, "loss": 1, "flow": 5}, "Most leaks back": {"volume": 0.8, "leak": 70}}

    volume = Slider("Volume infused", 0.1, low=0.05, high=MOST, step=0.05, unit="mL", play=True)
    flow = Steps("Flow", 1, {v: f"{v:g} µL/min" for v in (0.2, 0.5, 1, 2, 5, 10)})
    loss = Steps("Loss from the tissue", 0, LOSS)
    leak = Slider("Leak back along the tube", 0, low=0, high=90, step=10, unit="%", more=True)
    fluid = Slider("Fluid between cells, share of tissue", SPACE, low=10, high=40, step=1, unit="%", more=True)

    def compute(self, *, volume, flow, loss, leak, fluid):
        one = infusion(flow, loss, leak, fluid)
        per_h = one.flow_ml_per_h
        hours = volume / per_h
        here, twice = (float(one.treated_volume_ml(times * hours, SHARE)) for times in (1, 2))
        front = float(one.front_radius_cm(hours))
        return SimpleNamespace(volume=volume, hours=hours, loss=loss, filled=one.treated_volume_ml(GRID_ML / per_h, SHARE), here=here, twice=twice,
                               radius=float(ball_radius_cm(here)), radius_twice=float(ball_radius_cm(twice)), front=front, ratio=one.volume_ratio,
                               rings=[min(one.reach_cm(share), front) for share in RINGS])

    def setup(self, figure):
        if self.narrow:
            boxes = (0.13, 0.725, 0.83, 0.225), (0.06, 0.345, 0.88, 0.275), (0.13, 0.085, 0.22, 0.20)
        elif self.room:
            boxes = (0.065, 0.24, 0.235, 0.60), (0.335, 0.085, 0.285, 0.755), (0.69, 0.115, 0.05, 0.725)
        else:
            boxes = (0.075, 0.17, 0.29, 0.72), (0.40, 0.17, 0.30, 0.72), (0.755, 0.17, 0.06, 0.72)
        self.grown, self.ball, self.side = (figure.add_axes(box, label=name) for box, name in zip(boxes, ("grown", "ball", "ratios")))
        axes = self.grown
        axes.set(xlim=(0, MOST), ylim=(0, FULL), xlabel="Infused (mL)", xticks=[0, 0.5, 1])
        axes.set_title("Tissue filled (mL)", loc="left", fontsize=10.5)
        self.line, = axes.plot([], [], color=BLUE)
        self.dot, = axes.plot([], [], "o", color=BLUE, mec=INK, ms=10, zorder=5)
        self._ball(self.ball)
        self._ratios(self.side)
        self.live("line", self.line)
        self.live("dot", self.dot, pin=False)

    def _ball(self, axes):
        side = WIDE if not self.narrow else 3.4  # the narrow box is wider than it is high
        low, words_at, scale_at = (-2.1, (side, -2.0), (0.5 - side, -1.94)) if not self.room else (-2.55, (side, -2.1), (1.5 - side, -2.55))
        axes.set(xlim=(-side, side), ylim=(low, 1.6), aspect="equal", anchor="C")
        axes.axis("off")
        axes.set_title("The same, cut through" if not self.room else "Cut through", loc="left", fontsize=10.5)
        turn = np.linspace(0, 2 * np.pi, 61)
        self.circle = np.stack([np.cos(turn), np.sin(turn)])
        self.rings = [axes.fill([0, 0, 0], [0, 0, 0], color=BLUE, alpha=0.22, lw=0)[0] for _ in RINGS]
        self.rim, = axes.plot([], [], color=BLUE, lw=2)
        self.front, = axes.plot([], [], color=MUTED, lw=1.2, ls=(0, (2, 2)))
        self.then, = axes.plot([], [], color=INK, lw=1.4, ls=(0, (5, 2)))
        axes.plot([0, 0], [0, WIDE], color=INK, lw=2.6, solid_capstyle="butt")
        axes.plot([-side, 1 - side], [low + 0.12] * 2, color=INK, lw=1.6, marker="|", ms=8)
        axes.text(*scale_at, "1 cm", ha="center", va="bottom", fontsize=9.5, color=INK)
        axes.text(*words_at, "- - twice the volume", ha="right", va="bottom", fontsize=9.5, color=INK)
        self.size_name = axes.text(0, -1.66, "", fontsize=10.5, color=INK, ha="center", va="center", weight="bold")
        self.live("ball", *self.rings, self.front, self.rim, self.then, pin=False)
        self.live("size", self.size_name, pin=False)

    def _ratios(self, axes):
        axes.set(xlim=(0, 1), ylim=(0, 10.5), xticks=[], yticks=[0, 2, 4, 6, 8, 10])
        for edge in ("left", "bottom"):
            axes.spines[edge].set_visible(False)
        axes.tick_params(axis="y", length=0)
        axes.axvspan(0.2, 0.8, color=GRID, lw=0)
        title, at = ("filled over infused, measured", -0.45) if not self.room else ("filled over infused,\nmeasured", -0.9)
        axes.set_title(title, fontsize=10, loc="left", x=at, color=INK)
        values = [facts[fact].value for fact, _ in SEEN]
        tall = 72 * axes.get_position().height * axes.figure.get_figheight()
        for (fact, words), value, place in zip(SEEN, values, spread(values, 12.5 / tall * 10.5)):
            axes.plot([0.5, 0.5], facts[fact].range_in("ratio"), color=INK, lw=1.3)
            axes.plot([0.5], [value], "D", color=PAPER, mec=INK, mew=1.5, ms=6.5)
            axes.text(1.05, place, words, fontsize=9.5, color=INK, va="center", clip_on=False)
        self.mark, = axes.plot([], [], color=VERMILLION, lw=2.4)
        self.live("mark", self.mark, pin=False)

    def update(self, r):
        self.line.set_data(GRID_ML, r.filled)
        self.dot.set_data([r.volume], [r.here])
        for ring, radius in zip(self.rings, r.rings):
            ring.set_xy((max(radius, 1e-3) * self.circle).T)
        for line, radius in ((self.rim, r.radius), (self.front, r.front), (self.then, r.radius_twice)):
            line.set_data(*(min(radius, WIDE) * self.circle))
        self.front.set_visible(r.front > 1.02 * r.radius)
        self.then.set_visible(r.radius_twice <= WIDE)
        self.size_name.set(text=f"radius {r.radius:.2f} cm")
        self.mark.set_data([0, 1], [min(r.ratio, 10.4)] * 2)

    def describe(self, r):
        return (f"{three(r.volume)} mL, infused in {three(r.hours)} h, brings {three(r.here)} mL of tissue to half of the infused strength or more: a ball of {r.radius:.2f} cm "
                f"radius. Twice the volume would fill {three(r.twice)} mL, to {r.radius_twice:.2f} cm. Filled over infused is {three(r.here / r.volume)}.")

    def readings(self, r):
        return {"Tissue filled": (three(r.here), "mL"), "Radius": (f"{r.radius:.2f}", "cm"), "Radius at twice the volume": (f"{r.radius_twice:.2f}", "cm"),
                "Filled over infused": (three(r.here / r.volume), "")}

    def table(self, r):
        rows = [(f"{v:g}", three(float(np.interp(v, GRID_ML, r.filled))), f"{float(ball_radius_cm(np.interp(v, GRID_ML, r.filled))):.2f}") for v in (0.05, 0.1, 0.2, 0.4, 0.8, 1.0)]
        return ("Infused (mL)", "Filled (mL)", "Radius (cm)"), rows
