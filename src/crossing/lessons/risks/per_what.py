"""Core 2: the same infections counted per procedure, per child and per year; and three ways in which they may come in time."""

import re
from types import SimpleNamespace

import numpy as np

from ...explore import Choice, Slider, Steps
from ...explore import figure as rounded
from ...explore.theme import INK, MUTED, VERMILLION
from ...facts import risks
from ...models.hazard import Frequency, constant_for, exit_from, front_loaded_for, share_hit_with_exit, wear_out_for
from ..sourced import Sourced
from .parts import ASKED, ROOM, ROOM_KEY, Paper, one, wrapped

PROCEDURE, CHILD = risks["itb_inf_proc"], risks["itb_inf_pt"]
#: As the paper has it: procedures of each child, and years for which each was followed.
COUNTED, FOLLOWED = round(PROCEDURE.denominator / CHILD.denominator, 1), float(re.search(r"[\d.]+", CHILD.follow_up)[0])
LAST = 10
#: Invented: how many years an early danger takes to fade, and how steeply the danger of wear rises.
FADES, POWER = 0.5, 3
YEARS = np.linspace(0, LAST, 61)
TIME = ("mostly early", "at an even pace", "mostly late")


def shapes(share):
    """Three hazards under which `share` of the children has met the harm when the paper closed, nobody leaving."""
    return front_loaded_for(share, FOLLOWED, FADES), constant_for(share, FOLLOWED), wear_out_for(share, FOLLOWED, POWER)


def span(years):
    """A number of years in words."""
    return f"{years:g} year" + "s" * (years != 1)


class PerWhat(Sourced):
    """Three arrays of a hundred: procedures, children, years; or children under three shapes of danger."""

    title = "One set of infections"
    longest = 300
    model = "infections of one paper; shapes in time invented"
    facts = ("itb_inf_proc", "itb_inf_pt")
    guess = "07.per_what"
    size, narrow_size = (7.6, 5.2), (4.5, 8.0)
    room_size = (5.4, 3.2)

    view = Choice("View", "counts", {"counts": "three counts", "time": "three ways in time"})
    number = Steps("Number of procedures for each child", COUNTED, {n: f"{n:g}" + (" (as counted)" if n == COUNTED else "") for n in (1, 2, COUNTED, 3, 5, 10, 15)})
    years = Steps("Years followed", FOLLOWED, {n: f"{n:g}" + (" (as counted)" if n == FOLLOWED else "") for n in (1, 3, FOLLOWED, LAST)})
    leave = Slider("Leave each year (children)", 0, low=0, high=30, step=5, unit="of 100", more=True)

    def compute(self, *, view, number, years, leave):
        n = PROCEDURE.denominator / CHILD.denominator if number == COUNTED else number
        ends = [Frequency(end / 100, "procedure", procedures=n, years=years) for end in (PROCEDURE.value, PROCEDURE.low, PROCEDURE.high)]
        counts = [[100 * f.value for f in ends], [100 * f.per_what("patient").value for f in ends], [100 * f.events_per_patient() / years for f in ends]]
        r = SimpleNamespace(view=view, number=number, years=years, leave=leave, counts=counts, added=100 * ends[0].events_per_patient())
        if view == "time":
            times, away = np.append(YEARS, years), exit_from(1 - leave / 100, 1)
            r.curves = [100 * share_hit_with_exit(h, times, away, 60) for h in shapes(counts[1][0] / 100)]
            r.counts = [(curve[-1], None, None) for curve in r.curves]
        return r

    # ---- drawing ----------------------------------------------------------------------------------------------

    def setup(self, figure):
        paper = self.paper = Paper(figure)
        top = paper.height - {"wide": 48, "narrow": 60, "room": 46}[self.layout]
        wide, pitch = {"wide": (150, 182), "narrow": (112, 0), "room": (70, 126)}[self.layout]
        spots = [(14, top - 4 - wide - i * (wide + 46)) if self.narrow else (16 + i * pitch, top - wide) for i in range(3)]
        self.arrays = [paper.people(*spot, wide) for spot in spots]
        self.heads = [paper.text(x + 3, y + wide + 4, size=10, weight="bold", va="bottom") for x, y in spots]
        at = [(x + wide + 14, y + wide - 2) if self.narrow else (x + 3, y - 6) for x, y in spots]
        # On a slide the answers stand below each other without their questions.
        size, ends, first, line, step = (12, (84, -2), 20, 26, 12) if not self.room else (ROOM, (0, -13), 26, 13, 0)
        self.counts = [paper.text(x, y, size=size, weight="bold") for x, y in at]
        self.ends = [paper.text(x + ends[0], y + ends[1]) for x, y in at]
        self.answers = [[paper.text(x, y - first - line * j - step * k, color=(MUTED, INK)[k], weight=("bold", "normal")[k])
                         for j in range(3) for k in range(2)] for x, y in at]
        foot, key = {"wide": (34, {}), "narrow": (58, {"gaps": (146, None, 146)}), "room": (22, ROOM_KEY)}[self.layout]
        paper.key(22, foot, **key)
        self.first = paper.text(paper.width / 2, paper.height - (6 if not self.room else 3), size=11 if not self.room else ROOM, ha="center")
        self.small, self.curves, self.dots = [], [], []
        for i, (x, y) in enumerate(at):
            place = (x + 28, y - 94, (paper.width - x - 44) if self.narrow else wide - 30, 60) if not self.room else (x + 24, y - 53, 84, 32)
            axes = paper.area(*place)
            axes.set(xlim=(0, LAST + 0.5), ylim=(0, 105), xticks=(0, 5, 10), yticks=(0, 50, 100) if not self.room else (0, 100))
            axes.tick_params(labelsize=9.5, pad=1)
            axes.set_visible(False)
            self.curves.append(axes.plot([], [], color=VERMILLION, lw=2, ls=("--", "-", ":")[i])[0])
            self.dots.append(axes.plot([], [], "s", ms=7, mfc=VERMILLION, mec=INK)[0])
            self.live(f"curve_{i}", self.curves[i], self.dots[i], pin=False)
            self.small.append(axes)
        self.under = [paper.text(x, y - (108 if not self.room else 60), size=9.5) for x, y in at]
        for i, array in enumerate(self.arrays):
            self.live(f"people_{i}", *array.artists, pin=False)
        long = self.answers[1][3:] if self.room else self.answers[1][5:]
        self.live("words", self.first, *self.counts, *self.ends, *long, self.under[1], pin=False)  # the rest changes with the picture only

    def update(self, r):
        self.paper.turn(r.view)
        time = r.view == "time"
        for i, array in enumerate(self.arrays):
            count, low, high = (None if end is None else min(end, 100) for end in r.counts[i])
            array.show(count if count >= 0.5 else 0, 0 if low is None else low, high)
            self.small[i].set_visible(time)
            self.heads[i].set_text(TIME[i][:1].upper() + TIME[i][1:] if time else HEADS[i] if not self.room else SHORT[i])
            self.counts[i].set_text(f"{one(r.counts[i][0])} of 100")
            self.ends[i].set_text("" if time else f"({one(r.counts[i][1])} to {one(r.counts[i][2])})")
            asked = [(question + ":", answer) for question, answer in zip(ASKED, self._asked(r, i))]
            rows = [("", "")] * 3 if time else self._short(r, i) if self.room else asked
            for j, pair in enumerate(rows):
                for k, text in enumerate(pair):
                    self.answers[i][2 * j + k].set_text(text)
            under = "years; children of 100" if not self.room else "years; of 100"
            self.under[i].set_text(under if time else f"added up: {one(r.added)} of 100" if i == 1 else "")
            if self.room:
                self.under[i].set_y(self.arrays[i].box[1] - (72 if time else 71))
            if time:
                self.curves[i].set_data(YEARS, r.curves[i][:-1])
                self.dots[i].set_data([r.years], [r.curves[i][-1]])
        said = (f"Children with {'at least one' if not self.room else 'an'} infection, within {span(r.years)}. Shapes are invented." if time else
                f"Each child: {r.number:g} procedure{'s' * (r.number != 1)} in {span(r.years)}." + (" Children: at least one infection." if not self.room else ""))
        self.first.set_text(wrapped(said, 46 if self.narrow else 90))

    def _asked(self, r, i):
        return (("100", "procedures", "not said"), ("100", "children", span(r.years) + (", all of them in it" if r.years < FOLLOWED else "")), ("100", "years with a pump", "a year each"))[i]

    def _short(self, r, i):
        """Of what and in how long, in a column of a slide; out of how many stands in the count above."""
        _, what, long = self._asked(r, i)
        long, _, all_in = long.partition(", ")
        return [("", what), ("", (long if i == 2 else f"in how long: {long}") + "," * bool(all_in)), ("", all_in)]

    def describe(self, r):
        if r.view == "time":
            told = ", ".join(f"{one(count[0])} if the danger comes {name}" for count, name in zip(r.counts, TIME))
            gone = f"; {r.leave:g} of 100 leave each year for other reasons" if r.leave else ""
            return (f"Of 100 children, at least one infection within {span(r.years)}: {told}. "
                    f"The shapes are invented; with nobody leaving all three meet at {span(FOLLOWED)}{gone}.")
        procedure, child, year = ([one(end) for end in ends] for ends in r.counts)
        return (f"With {r.number:g} procedure{'s' * (r.number != 1)} for each child{', all of them,' if r.years < FOLLOWED else ''} "
                f"in {span(r.years)}: {procedure[0]} infections of 100 procedures ({procedure[1]} to {procedure[2]}), "
                f"{child[0]} of 100 children with at least one ({child[1]} to {child[2]}), {year[0]} infections of 100 years with a pump ({year[1]} to {year[2]}). "
                f"Adding up the procedures gives {one(r.added)} infections of 100 children.")

    def readings(self, r):
        names = TIME if r.view == "time" else HEADS
        found = {name[:1].upper() + name[1:]: (one(count[0]), "of 100") for name, count in zip(names, r.counts)}
        return found | ({} if r.view == "time" else {"Added up, of 100 children": (one(r.added), "infections")})

    def table(self, r):
        return ("Counted per", "Infections", "Out of how many", "In how long"), [
            ("procedure", f"{PROCEDURE.events:g}", f"{PROCEDURE.denominator:g}", "not said"), ("child", f"{CHILD.events:g}", f"{CHILD.denominator:g}", CHILD.follow_up),
            ("year with a pump", f"{CHILD.events:g}", f"{rounded(CHILD.denominator * FOLLOWED)}", "a year each; worked out here")]


HEADS = ("Infections, of 100 procedures", "Children with one or more", "Infections, of 100 years")
SHORT = ("Infections, of\n100 procedures", "Children with\none or more", "Infections,\nof 100 years")
