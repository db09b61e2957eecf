"""Core 3: a hidden fault, looks for sale, and what may be claimed."""

import textwrap
from types import SimpleNamespace

import numpy as np

from ...explore import Slider, Steps, Switch
from ...explore.theme import BLUE, GRID, INK, MUTED, VERMILLION
from ..sourced import Sourced
from . import fault_cases as cases
from . import fault_words as words
from .fault_cases import AFTER, COSTS, COUNT, KINDS, UNSURE

LOOK_OF = {"log": "log", "reservoir": "reservoir", "xray": "x-ray", "assay": "assay", "port": "side port", "sample": "csf", "dye": "dye"}
#: Readings in fewer words, for a slide.
SHORT = {"low reservoir, empty reservoir": "low, empty reservoir", "goes outside the canal": "outside the canal"}
FIRST, LAST, MARKS = -6, max(AFTER) + 1, 1.56


class FindTheFault(Sourced):
    """What fits the diary and the looks that were bought; what a claim may say; in the end, what really arrived."""

    title = "A hidden cause, and seven looks for sale"
    longest = 380
    model = "pump and one pool of fluid; cases, costs and chances invented"
    facts = ("pump_reservoir", "alarm_volume", "catheter_volume", "pump_accuracy", "refill_gap_after", "sss_csf_model", "mtx_thalf",
             "side_port_dry", "found_by_xray", "found_by_side_port", "found_by_dye")
    guess = "05.fault"
    size = (7.6, 6.2)
    narrow_size = (4.5, 8.6)
    room_size = (5.4, 3.26)
    presets = {"Opening case": {}, "Second case": {"case": 2}, "Third case": {"case": 3}, "Fourth case": {"case": 4},
               "Fifth case": {"case": 5}, "Sixth case, early": {"case": 6, "after": 4}}

    log = Switch("Log and alarms, cost 1")
    reservoir = Switch("Reservoir, cost 2")
    claim = Steps("Your claim", words.NOT_YET, [words.NOT_YET, words.CANNOT, *KINDS.values()])
    xray = Switch("X-ray picture, cost 3", more=True)
    assay = Switch("Assay: strength of the solution, cost 3", more=True)
    port = Switch("Fluid from the side port, cost 5", more=True)
    sample = Switch("CSF sample, cost 6", more=True)
    dye = Switch("Dye through the tube, cost 8", more=True)
    after = Steps("Looked after", 10, {day: f"{day} days" for day in AFTER}, more=True)
    case = Slider("Number of the case", 1, low=1, high=COUNT, step=1, more=True)

    def __init__(self, preset=None, **values):
        self._seen = {}
        super().__init__(preset, **values)

    def reset(self):
        """Back to the start; what was seen is forgotten."""
        self._seen = {}
        super().reset()

    def compute(self, *, claim, after, case, **switches):
        number, looks = int(case), tuple(LOOK_OF[name] for name in LOOK_OF if switches[name])
        it, since = cases.case(number, after), cases.drawn(number)[1]
        beliefs = {KINDS[kind]: 0.0 for kind in KINDS} | {KINDS[kind]: chance for kind, chance in it.beliefs(looks).items()}
        left = [kind for kind in KINDS.values() if beliefs[kind] > 1e-9]
        bits, most = max(it.bits(looks), 0.0), it.puzzle.doubt(it.chances())
        r = SimpleNamespace(number=number, after=after, since=since, looks=looks, shows={look: it.shows[look] for look in looks},
                            cost=sum(COSTS[look] for look in looks), claim=claim, beliefs=beliefs, left=left, bits=bits, most=most,
                            licensed=False, next_look=None, settled=False, hidden=None, curve=None)
        if claim == words.NOT_YET:
            return r
        worth = {look: it.worth(look, looks) for look in COSTS if look not in looks}
        best = max(worth, key=worth.get, default=None)
        r.next_look = (best, worth[best]) if best and worth[best] > 1e-9 else None
        unsure = it.cannot_tell(looks)
        r.licensed = unsure if claim == words.CANNOT else beliefs[claim] > 0 and not unsure
        r.settled = r.licensed and (claim != words.CANNOT or r.next_look is None)
        if r.settled:
            r.hidden, r.cheapest, r.curve = KINDS[it.fault.kind], cases.cheapest(number, after), cases.arrived(number, after)
            r.level, r.halved = float(r.curve[1][-1]), cases.halved(number, after)
        return r

    def _spent(self, r):
        """What was paid in this case since the last reset: a look that was seen cannot be unseen."""
        self._seen.setdefault(r.number, set()).update(r.looks)
        return sum(COSTS[look] for look in self._seen[r.number])

    def setup(self, figure):
        if self.room:  # the diary above the looks, the score under the kinds
            boxes, low = ((0.035, 0.625, 0.495, 0.19), (0.02, 0.075, 0.525, 0.37), (0.85, 0.285, 0.05, 0.53)), 0.0
        elif self.narrow:
            boxes, low = ((0.1, 0.785, 0.86, 0.1), (0.03, 0.475, 0.94, 0.22), (0.44, 0.19, 0.37, 0.225)), 0.145
        else:
            boxes, low = ((0.06, 0.745, 0.915, 0.15), (0.025, 0.205, 0.47, 0.39), (0.725, 0.205, 0.175, 0.39)), 0.15
        fixed = textwrap.wrap(words.FIXED, {"wide": 62, "narrow": 42, "room": 59}[self.layout])
        figure.text(0.5, 0.99, "\n".join(fixed), ha="center", va="top", fontsize=9.5, weight="bold")
        self._diary(figure.add_axes(boxes[0], label="diary"))
        self._ledger(figure.add_axes(boxes[1], label="ledger"))
        self._fits(figure.add_axes(boxes[2], label="fits"))
        self._score(figure, low)

    def _score(self, figure, low):
        """What was paid, what is known for it, and the verdict on the claim."""
        row, self.score = 0.026 * 6.2 / figure.get_figheight(), []
        names = ("Paid", "Doubt halved", "Kinds that fit", "◀ Claim")
        if self.room:
            for i, name in enumerate(names):
                y = 0.242 - 0.055 * i
                figure.text(0.575, y, name, va="center", color=MUTED)
                self.score.append(figure.text(0.98, y, "", va="center", ha="right"))
            self.score.append(figure.text(0.99, 0.859, "", va="center", ha="right"))
        else:
            for x, name in zip((0.025, 0.29, 0.53, 0.78), names):
                figure.text(x, low, name, fontsize=9.5, va="top", color=MUTED)
                self.score.append(figure.text(x, low - row, "", fontsize=10.5, va="top"))
            self.score.append(figure.text(0.975, low - 2.2 * row, "", fontsize=9.5, va="top", ha="right"))
        self.live("score", *self.score, pin=False)

    def _diary(self, axes):
        """What everybody knows: a diary of the effect. The level below it is drawn when the case is settled."""
        high, self.marks, below, size = (1.8, MARKS, 1.23, 7) if not self.room else (2.5, 2.2, 1.52, 5)
        axes.set(xlim=(FIRST, LAST), ylim=(0, high), yticks=[0, 1], xticks=range(-4, LAST, 4))
        axes.set_title("Diary of the effect, and the level once settled" if not self.room else "Diary, and level once settled", loc="left", fontsize=10.5)
        axes.set_xlabel("Days since the first doubt about the effect" if not self.room else "Days since the first doubt", labelpad=4 if not self.room else 0)
        axes.plot(np.arange(FIRST, 0) + 0.5, np.full(-FIRST, self.marks), "o", color=BLUE, ms=size)
        axes.plot(np.arange(UNSURE) + 0.5, np.full(UNSURE, self.marks), "d", color=MUTED, mfc="none", mew=1.4, ms=size)
        self.less, = axes.plot([], [], "v", color=VERMILLION, mfc="none", mew=1.6, ms=size)
        self.due, = axes.plot([], [], color=INK, lw=1.2, ls=(0, (2, 2)))
        self.due_name = axes.text(0, 0.12 if not self.room else 0.45, "refill due", fontsize=9.5, ha="right", va="center")
        self.level, = axes.plot([], [], color=VERMILLION, lw=2.4)
        self.told = axes.text(LAST - 0.3, 0.5, "", ha="right", va="center", fontsize=9.5)
        for x, name in ((-5.8, "as usual" if not self.room else "usual"), (0.1, "unsure"), (UNSURE + (0.2 if not self.room else 2.6), "less")):
            axes.text(x, below, name, fontsize=9.5, va="center")
        self.live("diary", self.less, self.due, self.due_name, self.told, pin=False)
        self.live("level", self.level, pin=False)

    def _ledger(self, axes):
        """Looks for sale: names and costs stand, readings come when bought."""
        axes.set(xlim=(0, 1), ylim=(len(COSTS) - 0.5, -0.5))
        axes.set_axis_off()
        axes.set_title("Looks, invented cost, and what they read" if not self.room else "Look, invented cost, reading", loc="left", fontsize=10.5)
        for i, look in enumerate(COSTS):
            axes.axhline(i + 0.5, color=GRID, lw=0.8)
            axes.text(0.0, i, words.NAMES[look], va="center", fontsize=10)
            axes.text(0.32 if not self.room else 0.365, i, str(COSTS[look]), va="center", ha="right", fontsize=10)
        self.reads = [axes.text(0.37 if not self.room else 0.395, i, "", va="center", fontsize=10) for i in range(len(COSTS))]
        self.live("readings", *self.reads, pin=False)

    def _fits(self, axes):
        """Each kind with how likely it is now."""
        axes.set(xlim=(0, 100), ylim=(len(KINDS) - 0.5, -0.5), xticks=[0, 50, 100])
        axes.set_yticks(range(len(KINDS)), list(KINDS.values()))
        axes.tick_params(axis="y", length=0)
        axes.grid(axis="y", visible=False)
        axes.set_title("How likely (%)", loc="left", fontsize=10.5, **({"x": -5.5} if self.room else {}))
        if self.room:
            axes.tick_params(axis="x", length=0, labelbottom=False)  # the shares stand beside the bars
        self.bars = axes.barh(range(len(KINDS)), [0] * len(KINDS), height=0.62, color=BLUE)
        self.figures = [axes.text(0, i, "", va="center", fontsize=9.5, clip_on=False) for i in range(len(KINDS))]
        self.claimed, = axes.plot([], [], "<", color=VERMILLION, ms=8, clip_on=False)
        self.live("bars", *self.bars)
        self.hidden, = axes.plot([], [], "*", color=INK, ms=11, clip_on=False)
        self.live("figures", *self.figures, self.claimed, self.hidden, pin=False)

    def update(self, r):
        days = np.arange(UNSURE, r.after) + 0.5
        self.less.set_data(days, np.full(days.size, self.marks))
        self.due.set_data([-r.since] * 2, [0, 1])
        self.due_name.set(x=-r.since + (0.25 if r.since else -0.25), ha="left" if r.since else "right")
        self.level.set_data(*(r.curve or ([], [])))
        self.told.set(text=("level in the fluid, 1 = before" if not self.room else "level (1 = before)") if r.settled else "", y=0.62 if r.settled and r.level < 0.45 else 0.2)
        for text, look in zip(self.reads, COSTS):
            seen = look in r.looks
            best = r.next_look and r.next_look[0] == look and not r.settled
            best_now = "worth most now: {:.2f} halvings" if not self.room else "best: {:.2f} halvings"
            read = r.shows.get(look, "")
            if self.room:
                read = SHORT.get(read, read)
            text.set(text=read if seen else best_now.format(r.next_look[1]) if best else "–",
                     color=INK if seen or best else MUTED, weight="bold" if seen and r.shows[look] != words.LOOKS[look] else "normal")
        for bar, text, kind in zip(self.bars, self.figures, KINDS.values()):
            share, fits = 100 * r.beliefs[kind], kind in r.left
            bar.set_width(share)
            text.set(text=f"{share:.0f}" if fits else "×", x=share + 3, color=INK if fits else MUTED)
        for marker, kind, x in ((self.claimed, r.claim, 128 if not self.room else 215), (self.hidden, r.hidden, 142 if not self.room else 265)):
            at = [i for i, name in enumerate(KINDS.values()) if name == kind]
            marker.set_data([x] * len(at), at)
        paid = words.paid(r, self._spent(r)).removeprefix("paid ")
        for text, said in zip(self.score, (paid, f"{r.bits:.2f} of {r.most:.2f}", f"{len(r.left)} of {len(KINDS)}", words.verdict(r),
                                           "★ hidden cause" if r.settled else "")):
            text.set_text(said)

    def describe(self, r):
        return words.sentence(r, self._spent(r))

    def readings(self, r):
        return {"Kinds that fit": (len(r.left), ""), "Paid": (self._spent(r), ""), "Doubt halved": (round(r.bits, 2), "times")}

    def table(self, r):
        return ("Look or kind", "Cost", "Reading or chance"), words.rows(r)
