"""Core 2: a step up of the rate or of the strength, and one more."""

from functools import lru_cache
from types import SimpleNamespace

import numpy as np

from ...explore import Choice, Slider, Steps, Switch
from ...explore import figure as rounded
from ...explore.theme import INK, MUTED, ORANGE, PAPER, PURPLE
from ...facts import facts
from ...models import settling
from ...models.pump import Pump
from ..sourced import Sourced
from ..spinal_infusion.canal import DAY, canal, label_aside, levels
from .places import PLACES, STYLE, TIP, places_key

#: Hours shown, a few of them before the step; the models are read much further, for the plateaus and for a step that comes late.
START, END = -6.0, 96.0
TIMES = np.linspace(0, 2 * END, 4 * 192 + 1)
SHOWN = TIMES <= END
STEPS = 1.2, 1.5, 2, 3, 4
AGAIN = {"never": None, "4 h": 4, "8 h": 8, "24 h": 24, "48 h": 48}
#: Upper ends of the axis: the least that holds the highest plateau.
TOPS = (1.75, 2.7, 4.9, 10.5, 18.5)


@lru_cache(32)
def way(half_life):
    """Share (times, places) of the way to a new plateau; hours to half and to nine tenths of it, at each place."""
    tube, tip = canal(loss_per_h=np.log(2) / half_life), levels[TIP]
    share = settling.step_share(tube, TIMES, [levels[p] for p in PLACES], tip)
    hours = {p: [float(np.interp(s, column, TIMES)) for s in (0.5, 0.9)] for p, column in zip(PLACES, share.T)}
    return share, hours


class StepUp(Sourced):
    """The pump is set higher, once or twice: the level at three places."""

    title = "A step up"
    longest = 320
    model = "spinal canal in one dimension; tip at L3/4"
    facts = ("kroin_t2_t12", "mtx_thalf", "baclofen_thalf", "D_eff", "canal_length", "catheter_volume", "baclofen_infusion_onset",
             "baclofen_infusion_max")
    guess = "05.step"
    size, narrow_size = (7.6, 5.3), (4.5, 5.6)
    presets = {"Rate doubled": {}, "Doubled, and again after 4 h": {"again": "4 h"}, "Strength doubled": {"change": "strength"}}

    step = Steps("Step up", 2, {s: f"{s:g} times" for s in STEPS})
    again = Steps("Step up again after", "never", {k: k for k in AGAIN})
    change = Choice("What to change", "rate", {"rate": "Rate", "strength": "Strength of the solution"})
    place = Steps("Place of reading", "C1", PLACES, more=True)
    half_life = Slider("Half-life in the fluid", 4.5, low=2.5, high=10, step=0.5, unit="h", more=True)
    flow = Slider("Flow of the pump", 0.2, low=0.2, high=1, step=0.1, unit="mL a day", more=True)
    effect = Switch("Published hours of an effect", True, more=True, look=True)

    def compute(self, *, step, again, change, place, half_life, flow, effect):
        share, hours = way(half_life)
        # One dose a day in this flow: how long the solution in the tube takes to come out.
        wait = Pump(1.0, 1 / flow, facts["catheter_volume"].to("mL")).dead_time_h(1 / DAY) if change == "strength" else 0.0
        late = AGAIN[again]

        def at(delay):
            return np.stack([np.interp(TIMES - delay, TIMES, column, left=0.0) for column in share.T], axis=1)
        level = 1 + (step - 1) * at(wait)
        if late is not None:
            level = level + step * (step - 1) * at(wait + late)
        mine = list(PLACES).index(place)
        column = level[:, mine]
        passes = None
        if late is not None:
            # The first step alone never quite gets there: where the second has come in, the level goes past it.
            i = int(np.argmax(column >= step))
            passes = float(np.interp(step, column[i - 1:i + 1], TIMES[i - 1:i + 1]))
        half, most = (wait + h for h in hours[place])
        end = step ** (1 if late is None else 2)
        return SimpleNamespace(
            level=level, alone=1 + (step - 1) * at(wait)[:, mine], place=place, step=step, late=late, wait=wait, half=half, most=most, goal=step, end=end, change=change, effect=effect,
            passes=passes, at_half=float(np.interp(half, TIMES, column)),
            gone=None if late is None else float(np.interp(late - wait, TIMES, share[:, mine], left=0.0)),
            before=None if late is None else float(np.interp(late, TIMES, column)))

    def setup(self, figure):
        self.strip, self.axes, self.foot = figure.subplots(3, 1, sharex=True, height_ratios=(1, 3, 0.34))
        self.axes.set(xlim=(START, END), ylabel={"narrow": "Level (1 = before)", "room": "Level\n(1 = before)"}.get(self.layout, "Level at each place (1 = before)"))
        self.axes.set_xticks(range(0, 97, 12 if self.layout == "wide" else 24))
        self.axes.tick_params(labelbottom=True)
        self.foot.set(ylim=(0, 1), yticks=[], xlabel="Hours after the first step")
        self.foot.tick_params(bottom=False, labelbottom=False)
        self.foot.spines[:].set_visible(False)
        self.foot.grid(False)
        self.strip.set_ylabel("Doses\nper hour" if self.layout != "wide" else "Doses per hour\n(1 = before)")
        self.leaves = self.strip.stairs([1], [START, END], color=PURPLE, fill=True, alpha=0.35, lw=0)
        self.ordered, = self.strip.plot([], [], color=INK, lw=1.8, ls=(0, (4, 2)), drawstyle="steps-post")
        self.strip.legend([self.ordered, self.leaves], ["ordered", "leaves the tip"], loc="lower left", bbox_to_anchor=(-0.01, 0.985), ncols=2,
                          borderaxespad=0, handlelength=2.2)
        self.lines = {p: self.axes.plot([], [], color=c, ls=ls, label=PLACES[p])[0] for p, (c, ls) in STYLE.items()}
        places_key(self.axes, self.lines, self.narrow)
        self.goals = [self.axes.plot([START, END], [0, 0], color=MUTED, lw=1.3, ls=(0, (1, 2)), zorder=1)[0] for _ in range(2)]
        self.alone, = self.axes.plot([], [], color=MUTED, lw=1.6)
        self.ways, = self.axes.plot([], [], color=INK, lw=1.2)
        self.turns, = self.axes.plot([], [], ls="none", marker="o", ms=8, mfc=PAPER, mec=INK, mew=1.8, zorder=5)
        plate = {"facecolor": PAPER, "edgecolor": "none", "pad": 0.8, "alpha": 0.85}
        note = {"textcoords": "offset points", "fontsize": 10, "bbox": plate}
        self.half = self.axes.annotate("", (0, 0), (4, 4), ha="left", va="bottom", **note)
        self.names = [self.axes.annotate("", (END, 0), (0, 3), ha="right", va="bottom", **note),
                      self.axes.annotate("", (END, 0), (0, -9), ha="right", va="top", **note)]
        kind = {"color": ORANGE, "alpha": 0.75, "lw": 0.8, "ec": INK}
        self.windows = [self.foot.axvspan(*facts[f].range_in("h"), 0.12, 0.88, **kind) for f in ("baclofen_infusion_onset", "baclofen_infusion_max")]
        first, largest = (facts[f].range_in("h")[1] for f in ("baclofen_infusion_onset", "baclofen_infusion_max"))
        self.told = [self.foot.text(first + 0.8, 0.5, "first effect" if self.layout == "wide" else "first", va="center", fontsize=9.5),
                     self.foot.text(largest + 0.8, 0.5, "largest effect (baclofen; the drug's label)" if self.layout == "wide" else "largest (baclofen)", va="center", fontsize=9.5)]
        self.live("programme", self.leaves, self.ordered, pin=False)
        for p, drawn in self.lines.items():
            self.live(f"curve_{p.lower().replace('/', '_')}", drawn)
        self.live("goals", *self.goals, self.alone, self.ways, pin=False)
        self.live("turns", self.turns, pin=False)
        self.live("words", self.half, *self.names)
        self.live("published", *self.windows, *self.told, pin=False)
        for axes in (self.strip, self.axes):
            label_aside(axes, self.narrow, 0.09 if self.room else 0.078)
        self._scale(2)

    def _scale(self, end):
        top = next(t for t in TOPS if end * 1.08 <= t or t == TOPS[-1])
        self.axes.set_ylim(0, top)
        self.strip.set_ylim(0, top)
        every = next(e for e in (0.5, 1, 2, 4) if top / e < 6)
        self.axes.set_yticks(np.arange(0, top, every))
        self.strip.set_yticks(np.arange(0, top, 2 * every))

    def update(self, r):
        self._scale(STEPS[-1] if r.late is None else r.end)  # one step alone: one axis for every size
        first, second = [(START, 1.0), (0.0, r.goal)], [] if r.late is None else [(float(r.late), r.end)]
        for drawn, delay in ((self.ordered, 0.0), (self.leaves, r.wait)):
            hours, rates = zip(*((hour + delay * (hour > START), rate) for hour, rate in first + second if hour + delay < END))
            if drawn is self.ordered:
                drawn.set_data([*hours, END], [*rates, rates[-1]])
            else:
                drawn.set_data(rates, [*hours, END])
        for i, (p, drawn) in enumerate(self.lines.items()):
            drawn.set_data([START, *TIMES[SHOWN][::2]], [1, *r.level[SHOWN, i][::2]])
            drawn.set_linewidth(3.6 if p == r.place else 1.6)
        for line, height in zip(self.goals, (r.goal, r.end)):
            line.set_ydata([height, height])
        once = r.late is None
        ways, turns = ([], []), []
        if once and r.half < END:
            turns.append((r.half, r.at_half))
            ways = [r.half, r.half], [0, r.at_half]
        if not once:
            turns += [(h, v) for h, v in ((r.late, r.before), (r.passes, r.goal)) if h < END]
        self.ways.set_data(*ways)
        self.turns.set_data(*zip(*turns) if turns else ([], []))
        self.half.set_visible(once and r.half < END)
        self.half.xy = (r.half, 0)
        self.half.set_text(f"half-way: {rounded(r.half)} h")
        later = SHOWN & (TIMES >= (0 if once else r.late))
        self.alone.set_data(TIMES[later][::4], r.alone[later][::4])
        self.alone.set_visible(not once)
        self.names[0].xy, self.names[1].xy = (END, r.end), (END, r.goal)
        self.names[0].set_text(f"settles at {r.end:.3g} times")
        self.names[1].set(text="" if once else f"first goal, {r.goal:g} times:\npassed at {rounded(r.passes)} h")
        for artist in (*self.windows, *self.told):
            artist.set_visible(r.effect)

    def describe(self, r):
        wait = f"Nothing changes at the tip for {rounded(r.wait)} h" if r.wait else ""
        wait = wait and wait + (". " if r.late is None else "; ")
        first = (f"After a step to {r.step:g} times the {r.change}, the level at {r.place} is half-way to its new plateau after {rounded(r.half)} h, "
                 f"nine tenths after {rounded(r.most)} h")
        if r.late is None:
            return f"{wait}{first}; it settles at {r.end:g} times."
        gone = "has not begun to rise" if r.gone < 0.0005 else "has gone nearly all of the way" if r.gone > 0.985 else f"has gone {rounded(100 * r.gone)} % of the way"
        return (f"{wait}{'after' if wait else 'After'} {r.late} h the level at {r.place} {gone}, and the {r.change}, raised to {r.step:g} times, is raised again by as much. "
                f"The first step alone is half-way after {rounded(r.half)} h and settles at {r.step:g} times. "
                f"With both the level passes that first goal at {rounded(r.passes)} h and settles at {r.end:.3g} times.")

    def readings(self, r):
        found = {"Half-way after": (r.half, "h"), "Nine tenths after": (r.most, "h"), "Wait in the tube": (r.wait, "h"),
                 "Settles at": (r.end, "times the level before")}
        if r.late is not None:
            found |= {"Passes the first goal at": (r.passes, "h"), "Share of the way at the second step": (100 * r.gone, "%")}
        return found

    def table(self, r):
        hours = way(self.half_life)[1]
        rows = [(PLACES[p], *(rounded(r.wait + h) for h in hours[p]), f"{r.end:.3g}") for p in PLACES]
        return ("Read at", "Half-way after (h), first step alone", "Nine tenths after (h), first step alone", "Settles at (1 = before)"), rows
