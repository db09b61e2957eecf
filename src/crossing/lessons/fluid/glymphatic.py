"""Further: one dye reading that two stories explain, and what has been published on either side."""

from functools import lru_cache
from types import SimpleNamespace

import numpy as np

from ...explore import Choice, Slider, Switch
from ...explore import figure as rounded
from ...explore.theme import BLUE, GREEN, INK, MUTED, PAPER, VERMILLION
from ...facts import facts
from ...models.penetration import level_in_time, slowed_diffusion
from ..sourced import Sourced

DAY, DEEP, MM = 24.0, 5.0, 0.1
HOURS, DEPTHS = np.linspace(0, DAY, 61), np.linspace(0, DEEP, 61)
#: (who and what, the fact, what is said where the paper gives no size)
FOUND = (("mice asleep, amyloid put into the cortex (2013)", "sleep_clear_xie", ""),
         ("people after a night without sleep (2021)*", "sleepless_clear", "less without sleep,\nno size given"),
         ("mice asleep, a dye read in the cortex (2024)", "sleep_clear_miao", ""),
         ("mice under anaesthetic, the same dye (2024)", "anaesth_clear_miao", ""))
PLATE = {"facecolor": PAPER, "edgecolor": "none", "pad": 1.0, "alpha": 0.85}


@lru_cache(1)
def awake():
    """Spreading (cm2/h) of a small tracer in brain by plain diffusion, and its loss (1/h): the local clearance of one of two fits in people."""
    spread = float(slowed_diffusion(facts["diff_small"].to("cm^2/h"), facts["ecs_lambda"].to("dimensionless")))
    return spread, np.log(2) / facts["brain_tracer_thalf"].high  # hours


def through(level_with, wanted, low, high):
    """The factor between `low` and `high` with which a level is as wanted: by halving, in ratio. The level rises or falls all the way."""
    rises = level_with(high) > level_with(low)
    for _ in range(30):
        middle = np.sqrt(low * high)
        if (level_with(middle) < wanted) == rises:
            low = middle
        else:
            high = middle
    return float(np.sqrt(low * high))


class GlymphaticArgument(Sourced):
    """Dye in the fluid seeps into brain; awake it reads so much, asleep so much. Which of two things changed?"""

    title = "One dye reading, two stories"
    longest = 210
    model = "diffusion into tissue with loss"
    facts = ("sleep_clear_xie", "sleep_space_xie", "sleepless_clear", "sleep_clear_miao", "anaesth_clear_miao", "sleep_move_miao", "sleep_reply",
             "brain_tracer_spread", "brain_tracer_thalf", "brain_tracer_flow", "diff_small", "ecs_lambda")
    size = (7.6, 4.4)
    narrow_size = (4.5, 6.4)

    view = Choice("View", "models", {"models": "Two stories", "evidence": "What was published"}, look=True)
    change = Slider("Change of the dye, asleep against awake", 1.3, low=0.6, high=1.4, step=0.05, unit="×")
    time = Slider("Time of the one sample", 8.0, low=2, high=20, step=1, unit="h")
    depth = Slider("Depth of the one sample", 2.0, low=1, high=4, step=0.5, unit="mm", more=True)
    log = Switch("Log axis of what was published", True, more=True, look=True)

    def compute(self, *, view, change, time, depth, log):
        spread, loss = awake()
        plain = float(level_in_time(depth * MM, time, spread, loss))
        most = float(level_in_time(depth * MM, time, spread, loss / 1e4))
        goal = min(change * plain, 0.995 * most)
        cleared = through(lambda f: level_in_time(depth * MM, time, spread, loss * f), goal, 1e-4, 1e2)
        spreads = through(lambda f: level_in_time(depth * MM, time, spread * f, loss), goal, 1e-2, 1e2)
        told = {"awake": (spread, loss), "cleared": (spread, loss * cleared), "spreads": (spread * spreads, loss)}
        curves = {n: (level_in_time(depth * MM, HOURS, *pair), level_in_time(DEPTHS * MM, time, *pair)) for n, pair in told.items()}
        again = DAY if time <= DAY / 2 else DAY / 8  # the hour at which the stories are furthest apart, more or less
        late = {n: float(level_in_time(depth * MM, again, *told[n])) for n in ("cleared", "spreads")}
        return SimpleNamespace(view=view, log=log, curves=curves, level=goal, plain=plain, cleared=cleared, spreads=spreads, time=time,
                               depth=depth, late=late, again=again, change=goal / plain)

    def setup(self, figure):
        self.course, self.profile = figure.subplots(*((2, 1) if self.narrow else (1, 2)), sharey=not self.narrow)
        self.course.set(xlim=(0, DAY), ylim=(0, 1.02), xlabel="Hours since the dye came", ylabel="Dye in tissue (1 = in the fluid)")
        self.course.set_xticks(range(0, 25, 6))
        self.profile.set(xlim=(0, DEEP), ylim=(0, 1.02), xlabel="Depth below the surface (mm)" if not self.room else "Depth (mm)")
        if self.narrow:
            self.profile.set_ylabel("Dye in tissue (1 = in the fluid)")
        self.lines = {}
        for i, axes in enumerate((self.course, self.profile)):
            for name, colour, look in (("awake", MUTED, (0, (1, 2))), ("cleared", VERMILLION, "-"), ("spreads", BLUE, (0, (6, 2)))):
                self.lines[name, i] = axes.plot([], [], color=colour, ls=look)[0]
        self.samples = [axes.plot([], [], "o", color=PAPER, mec=INK, mew=2, ms=10, zorder=6)[0] for axes in (self.course, self.profile)]
        handles = [self.lines[n, 1] for n in ("awake", "cleared", "spreads")]
        words = ["awake", "asleep, if clearance changed", "asleep, if spreading changed", "the one sample"]
        if self.room:
            self.course.set_title(" \n ", fontsize=11)  # space for both keys, above the curves
            key = self.profile.legend([handles[0], self.samples[1], *handles[1:]], ["awake", "sample", "asleep: clearance", "asleep: spreading"],
                                      ncols=2, loc="lower right", bbox_to_anchor=(1.02, 0.99), handlelength=1.8, columnspacing=1, borderaxespad=0)
            key.set_in_layout(False)
        else:
            self.profile.legend([*handles, self.samples[1]], words, loc="upper right")
        at = {"transform": self.course.transAxes, "va": "top" if not self.room else "bottom", "fontsize": 10, "linespacing": 1.3}
        left, gap, height = {"wide": (0.035, 0.355, 0.97), "narrow": (0.035, 0.325, 0.97), "room": (-0.15, 0.56, 1.03)}[self.layout]
        self.course.text(left, height, "clearance ×\nor spreading ×", **at)
        self.says = self.course.text(left + gap, height, "", fontweight="bold", **at)
        self._evidence(figure)
        self.live("course", *(self.lines[n, 0] for n in ("awake", "cleared", "spreads")))
        self.live("profile", *(self.lines[n, 1] for n in ("awake", "cleared", "spreads")))
        self.live("samples", *self.samples, pin=False)
        self.live("says", self.says)

    def _evidence(self, figure):
        """Findings on one axis, each named above its own line; a hollow arrow where only the direction is told."""
        axes = self.found = figure.add_axes([0.03, 0.30, 0.94, 0.68] if not self.room else [0.02, 0.37, 0.96, 0.62], label="evidence")
        axes.set_in_layout(False)
        axes.set(ylim=(-0.35, len(FOUND) - 0.1), yticks=[], xlabel="Clearance from brain asleep, over that awake")
        self._scale(True)
        marks = []
        axes.spines["left"].set_visible(False)
        axes.axvline(1, color=MUTED, lw=1.2)
        for words, x, ha in (("less asleep", 0.97, "right"), ("more asleep", 1.03, "left")):
            axes.text(x, len(FOUND) - 0.12, words, ha=ha, va="top", fontsize=10)
        for i, (who, fact, words) in enumerate(FOUND):
            y = len(FOUND) - 1.1 - i
            axes.text(0.008, y + 0.22, who, fontsize=10, va="bottom", bbox=PLATE, transform=axes.get_yaxis_transform())
            x = facts[fact].value
            if self.room:
                words = words.replace(" without sleep,\n", ", ")
            if x is None:
                marks += axes.plot([1.05], [y], ">", color=PAPER, mec=GREEN, mew=1.8, ms=10)
                axes.text(1.12, y, words, va="center", fontsize=9.5, bbox=PLATE)
                continue
            colour, side = (GREEN, 1) if x > 1 else (VERMILLION, -1)
            marks += axes.plot([1, x], [y, y], color=colour, lw=7, alpha=0.4, solid_capstyle="butt")
            marks += axes.plot([x], [y], ">" if x > 1 else "<", color=colour, mec=INK, mew=0.8, ms=10)
            axes.annotate(f"{x:g} ×", (x, y), (9 * side, 0), textcoords="offset points", va="center", ha="left" if x > 1 else "right", fontsize=11,
                          fontweight="bold")
        told = ("Others reply to 2024: a dye that moved has not left the brain.",
                "* The tracer was a contrast not for intrathecal use (off-label).")
        if self.narrow:
            told = "Others reply to 2024: a dye that moved\nhas not left the brain.", "* The tracer was a contrast not for\nintrathecal use (off-label)."
        axes.text(0, {"wide": -0.225, "narrow": -0.15, "room": -0.26}[self.layout], "\n".join(told), fontsize=9.5, transform=axes.transAxes, va="top")
        axes.set_visible(False)
        self.live("found", *marks, pin=False)

    def _scale(self, log):
        self.found.set(xscale="log" if log else "linear", xlim=(0.3, 3.33) if log else (0, 2.3))
        ticks = [0.5, 0.7, 1, 1.4, 2] if log else [0, 0.5, 1, 1.5, 2]
        self.found.set_xticks(ticks, [f"{t:g}" for t in ticks])
        self.found.minorticks_off()

    def update(self, r):
        self._scale(r.log)
        models = r.view == "models"
        for axes in (self.course, self.profile):
            axes.set_visible(models)
        self.found.set_visible(not models)
        for (name, i), line in self.lines.items():
            line.set_data((HOURS, DEPTHS)[i], r.curves[name][i])
        for dot, x in zip(self.samples, (r.time, r.depth)):
            dot.set_data([x], [r.level])
        self.says.set_text(f"{rounded(r.cleared)}\n{rounded(r.spreads)}")

    def describe(self, r):
        if r.view == "evidence":
            return (f"Published, clearance asleep over awake, in mice: {facts['sleep_clear_xie'].value:g} times for amyloid, "
                    f"{facts['sleep_clear_miao'].value:g} times for a dye. In people a night without sleep left more tracer in the brain. "
                    "Others dispute the dye study.")
        first, second = (rounded(r.late[story]) for story in ("cleared", "spreads"))
        return (f"At {r.depth:g} mm and {r.time:g} h the dye is {rounded(r.change)} times as bright asleep as awake. "
                f"Clearance {rounded(r.cleared)} times as fast gives this, and so does spreading {rounded(r.spreads)} times as fast. "
                f"At {r.again:g} h the first story says {first} and the second {second}.")

    def readings(self, r):
        if r.view == "evidence":
            return {name: (facts[fact].value, "times") for name, fact, _ in FOUND if facts[fact].value is not None}
        return {"Clearance, if that changed": (r.cleared, "times"), "Spreading, if that changed": (r.spreads, "times"),
                "At one more time, if clearance changed": (r.late["cleared"], ""), "At one more time, if spreading changed": (r.late["spreads"], "")}

    def table(self, r):
        return ("Finding", "Clearance asleep over awake", "Paper"), [
            (who, facts[fact].figure() if facts[fact].value is not None else words, facts[fact].cite()) for who, fact, words in FOUND]
