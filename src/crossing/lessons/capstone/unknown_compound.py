"""The unknown compound: buy experiments, see what each explanation would have shown, and claim no more than they bear."""

import textwrap
from types import SimpleNamespace

import numpy as np

from ...explore import Slider, Steps, Switch
from ...explore import figure as rounded
from ...explore.theme import BLUE, GRID, INK, MUTED, ORANGE, PAPER, VERMILLION
from ...models.unknown import RANGES
from ..sourced import Sourced
from . import cases
from .cases import GIVEN, LOOKS, READS, STORIES, SURE

NOT_YET, CANNOT = "not yet", "cannot tell yet"
#: Experiments in a word or two, for the control that steps through them.
SHORT = {"plasma": "plasma", "slices": "slices", "passage": "one pass", "passage_blocked": "pass, blocked", "brain_blocked": "brain, blocked", "vein": "CSF, vein",
         "lumbar": "CSF, lumbar", "canal": "canal"}
#: Property -> (words, unit); the free ratio is worked out from wall and pump.
ROWS = {"ratio": ("free ratio, brain to blood", ""), "free": ("share free in plasma", ""), "held": ("held by brain tissue", "mL/g"),
        "wall": ("crossing of the wall", "µL/g/min"), "pump": ("pump outward", "µL/g/min"), "door": ("CSF over blood, free", ""),
        "loss": ("loss from the fluid", "× the stream")}
ENDS = {name: RANGES[name][:2] for name in ROWS if name in RANGES} | {"ratio": (-2.5, 0.0)}
SPAN = (-4.2, 3.3)  # of the readings foreseen, log


def span(low, high):
    """An interval as it is said: "0.21 to 0.44"."""
    return f"{rounded(low)} to {rounded(high)}"


def percent(share):
    """A belief in whole per cent, never rounded up over the bar of a claim."""
    return min(round(100 * share), round(100 * SURE) - 1) if share < SURE else round(100 * share)


class UnknownCompound(Sourced):
    """What is known of a hidden compound after the experiments bought, and what the next one would show by each story."""

    title = "The unknown compound"
    longest = 400
    model = "membranes, pump and one pool; compounds, costs and errors invented"
    facts = ("isf_bulk_flow", "csf_total_text", "csf_secretion_text", "D_eff")
    guess = "09.unknown"
    size, narrow_size = (7.6, 5.6), (4.5, 8.2)
    presets = {"First compound": {}, "Second compound": {"case": 2}, "Third compound": {"case": 3}}

    experiment = Steps("Next experiment", "slices", SHORT)
    claim = Steps("Your claim", NOT_YET, [NOT_YET, CANNOT, *STORIES])
    case = Slider("Number of the case: a compound", 1, low=1, high=cases.COUNT, step=1)
    plasma = Switch("Buy binding in plasma, cost 1", more=True)
    slices = Switch("Buy binding in brain slices, cost 2", more=True)
    passage = Switch("Buy one passage through the brain, cost 3", more=True)
    passage_blocked = Switch("Buy one passage blocked (pump stopped), cost 4", more=True)
    brain_blocked = Switch("Buy brain blocked (total, pump stopped), cost 4", more=True)
    vein = Switch("Buy CSF after a dose by vein, cost 3", more=True)
    lumbar = Switch("Buy CSF after a lumbar dose, cost 3", more=True)
    canal = Switch("Buy the level along the canal, cost 5", more=True)

    def compute(self, *, experiment, claim, case, **switches):
        number = int(case)
        bought = tuple(LOOKS[name][0] for name in LOOKS if switches[name])
        now, told = cases.known(number, bought), cases.beliefs(number, bought)
        name, words, cost = LOOKS[experiment]
        foreseen = {story: now.supposing(bounds).foresee(name) if told[story] > 1e-4 else None for story, bounds in STORIES.items()}
        surest = max(told, key=told.get)
        sure = told[surest] >= SURE
        holds = (claim == CANNOT and not sure) or (claim in STORIES and told[claim] >= SURE)
        settled = claim in STORIES and holds
        compound = cases.compound(number)
        truth = compound | {"ratio": cases.puzzle().exact(compound, GIVEN) - compound["free"] - compound["held"]}
        intervals = {row: now.interval(row) for row in ROWS}
        paid = sum(c for n, (_, _, c) in LOOKS.items() if switches[n])
        story = cases.story_of(compound)
        score = cases.HOLDS + cases.BUDGET - paid if settled and claim == story else cases.CANNOT_TELL if claim == CANNOT and holds else 0
        return SimpleNamespace(number=number, bought=bought, paid=paid, score=score if paid <= cases.BUDGET else 0, told=told, name=name, words=words, cost=cost,
                               foreseen=foreseen, intervals=intervals, before={row: cases.known(number, ()).interval(row) for row in ROWS},
                               wide=[row for row, (low, high) in intervals.items() if high / low > cases.NARROW], claim=claim, holds=holds, settled=settled, sure=sure,
                               truth={row: 10 ** value for row, value in truth.items()}, story=story, given=10 ** cases.reading(number, GIVEN),
                               read=10 ** cases.reading(number, name) if name in bought else None)

    def setup(self, figure):
        if self.narrow:
            self.left, self.right = figure.subplots(2, 1, height_ratios=(1.5, 1))
        else:
            self.left, self.right = figure.subplots(1, 2, width_ratios=(1.25, 1) if not self.room else (1.5, 1))
        self._properties()
        self._next()

    def _properties(self):
        axes, count = self.left, len(ROWS)
        axes.set(xlim=(0, 1.45 if not self.room else 1.62), ylim=(count - 0.4, -0.75), xticks=[], yticks=[])
        axes.grid(False)
        for side in ("left", "bottom"):
            axes.spines[side].set_visible(False)
        axes.set_title("Known: blue, nine tenths sure; thin, at first; ★ truth" if not self.room else "Known (thin: at first; ★ truth)", loc="left", fontsize=10)
        self.bars, self.pales, self.ends, self.stars = [], [], [], []
        for i, (words, unit) in enumerate(ROWS.values()):
            axes.text(0, i - 0.3, f"{words}" + (f" ({unit})" if unit else ""), fontsize=10, va="center")
            axes.plot([0, 1], [i + 0.12] * 2, color=GRID, lw=7, solid_capstyle="butt", zorder=1)
            self.pales += axes.plot([], [], color=MUTED, lw=2, zorder=2)
            self.bars += axes.plot([], [], color=BLUE, lw=7, solid_capstyle="butt", zorder=3)
            self.stars += axes.plot([], [], "*", color=INK, ms=12, zorder=4, mec=PAPER, mew=0.8)
            self.ends.append(axes.text(1.04, i + 0.12, "", fontsize=10, va="center"))
        self.live("known", *self.bars, *self.stars, pin=False)
        self.live("before", *self.pales, pin=False)
        self.live("ends", *self.ends, pin=False)

    def _next(self):
        axes = self.right
        axes.set(xlim=SPAN, ylim=(len(STORIES) - 0.3, -1.1 if not self.room else -1.7), yticks=[])
        axes.set_xticks(range(-4, 4), ["0.0001", "", "0.01", "", "1", "", "100", ""] if not self.room else ["", "0.001", "", "", "1", "", "", "1000"])
        axes.set_title("By each story it would read (dashed: read)" if not self.room else "By each story", loc="left", fontsize=10)
        axes.set_xlabel(" ")
        self.asked = axes.text(0.02, 0.985, "", transform=axes.transAxes, fontsize=10, va="top", weight="bold")
        self.unit = axes.text(0.5, {"wide": -0.07, "narrow": -0.16, "room": -0.14}[self.layout], "", transform=axes.transAxes, fontsize=10, ha="center", va="top")
        self.expected, self.named, self.chances = [], [], []
        for i, story in enumerate(STORIES):
            self.expected += axes.plot([], [], color=ORANGE, lw=9, solid_capstyle="butt", alpha=0.85)
            self.named.append(axes.text(SPAN[0] + 0.1, i - 0.32, story, fontsize=10, va="center"))
            self.chances.append(axes.text(SPAN[1], i - 0.32, "", fontsize=10, va="center", ha="right"))
        self.reading, = axes.plot([], [], color=VERMILLION, lw=2.2, ls=(0, (5, 1.8)))
        self.live("asked", self.asked, self.unit, pin=False)
        self.live("expected", *self.expected, self.reading, pin=False)
        self.live("chances", *self.chances, pin=False)

    def update(self, r):
        for i, row in enumerate(ROWS):
            low, high = ENDS[row]

            def at(value, low=low, high=high):
                return float(np.clip((np.log10(value) - low) / (high - low), 0, 1))
            self.bars[i].set_data([at(v) for v in r.intervals[row]], [i + 0.12] * 2)
            self.pales[i].set_data([at(v) for v in r.before[row]], [i + 0.32] * 2)
            self.stars[i].set_data([at(r.truth[row])] if r.settled else [], [i + 0.12] if r.settled else [])
            self.ends[i].set_text(span(*r.intervals[row]))
        words, unit = READS[r.name]
        self.asked.set_text(textwrap.fill(f"{r.words}, " + ("bought" if r.read else f"cost {r.cost}:"), 22 if self.room else 80))
        self.unit.set_text(words + (f" ({unit})" if unit else ""))
        for i, story in enumerate(STORIES):
            foreseen = r.foreseen[story]
            self.expected[i].set_data([np.log10(v) for v in foreseen] if foreseen else [], [i + 0.08] * 2 if foreseen else [])
            self.chances[i].set_text(f"{percent(r.told[story])} %")
        self.reading.set_data([np.log10(r.read)] * 2 if r.read else [], [-0.6, len(STORIES) - 0.4] if r.read else [])

    def describe(self, r):
        told = ", ".join(f"{story} {percent(share)} %" for story, share in r.told.items())
        foreseen = "; ".join(f"{story} {span(*ends)}" for story, ends in r.foreseen.items() if ends)
        following = f"{r.words} read {rounded(r.read)}" if r.read else f"{r.words} would read: {foreseen}"
        return (f"Compound {r.number}, total in brain over plasma {rounded(r.given)}; paid {r.paid}, {len(ROWS) - len(r.wide)} of {len(ROWS)} properties known within threefold. "
                f"Beliefs: {told}; {following}. {self._verdict(r)}")

    def _verdict(self, r):
        score = f"score {r.score}" if r.paid <= cases.BUDGET else f"over the budget of {cases.BUDGET}, score 0"
        if r.claim == NOT_YET:
            return f"No claim yet; the budget is {cases.BUDGET}."
        if r.settled:
            return f"The claim holds: {r.claim}; true: {r.story}; {score}."
        if r.holds:
            return f"Right: what was bought does not tell; {score}."
        if r.claim == CANNOT or r.sure:
            return f"The claim does not hold: {'one' if r.claim == CANNOT else 'another'} story is nine tenths sure; {score}."
        return f"The claim does not hold: less than nine tenths sure; {score}."

    def readings(self, r):
        return {"Paid": (r.paid, f"of {cases.BUDGET}"), "Score": (r.score, ""), "Properties known within threefold": (len(ROWS) - len(r.wide), f"of {len(ROWS)}"),
                **{f"Belief: {story}": (100 * share, "%") for story, share in r.told.items()}}

    def table(self, r):
        rows = [(words + (f" ({unit})" if unit else ""), span(*r.intervals[row]), "wide" if row in r.wide else "known within threefold",
                 rounded(r.truth[row]) if r.settled else "hidden") for row, (words, unit) in ROWS.items()]
        rows += [(f"{LOOKS[n][1]}, cost {LOOKS[n][2]}", rounded(10 ** cases.reading(r.number, LOOKS[n][0])) if LOOKS[n][0] in r.bought else "not bought",
                  "reading of " + READS[LOOKS[n][0]][0], "") for n in LOOKS]
        return ("Property or experiment", "Nine tenths sure, or reading", "How well known", "Truth"), rows
