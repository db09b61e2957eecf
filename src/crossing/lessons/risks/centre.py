"""Break it: four centres, one figure for all of them, and whom it describes."""

import re
from types import SimpleNamespace
from typing import NamedTuple

from ...explore import Choice
from ...explore.icons import same_denominator
from ...explore.theme import PUBLISHED
from ...facts import AxisError, one_axis, risks
from ...models.risk import spread_of_shares
from ..sourced import Sourced
from .parts import ASKED, ROOM, ROOM_KEY, Card, Paper, one

OF, YEAR = 100, 365.25


class Centre(NamedTuple):
    """One paper: its name, its row in the table of risks, what was counted among whom, and device-days if told."""

    name: str
    row: str
    what: str
    people: str
    days: float | None


def days(text):
    """Device-days out of the words for follow-up; None where they are not told."""
    found = re.match(r"(\d+) device-days", text)
    return float(found[1]) if found else None


CENTRES = tuple(Centre(name, row, what, people, days(risks[row].follow_up)) for name, row, what, people in (
    ("a hospital, 1990", "omm_men", "meningitis", "cancer"),
    ("a centre, 1993-2008", "omm_inf", "reservoir infection", "cancer"),
    ("a centre, 2022", "omm_kor_inf", "CSF infection", "tumour on membranes"),
    ("a trained team, 2014", "omm_child", "reservoir infection", "children")))
ROWS = tuple(risks[centre.row] for centre in CENTRES)


class CentreEffect(Sourced):
    """Infection of a reservoir in the ventricle, in four papers: put together, apart, and what one more may have."""

    title = "Four centres"
    longest = 340
    model = "four papers; mean and next centre worked out from them"
    stamp = PUBLISHED
    facts = tuple(centre.row for centre in CENTRES)
    guess = "07.centre"
    size, narrow_size = (7.6, 4.9), (4.5, 8.0)
    room_size = (5.5, 3.3)

    view = Choice("View", "together", {"together": "put together", "apart": "each on its own", "next": "one more centre"})

    def compute(self, *, view):
        events, of = ([getattr(row, name) for row in ROWS] for name in ("events", "denominator"))
        try:
            one_axis(ROWS)
            why = ""
        except AxisError as error:
            why = error.args[2]
        return SimpleNamespace(view=view, spread=spread_of_shares(events, of), events=int(sum(events)), of=int(sum(of)), why=why)

    def setup(self, figure):
        paper = self.paper = Paper(figure)
        top = paper.height - (46 if not self.room else 20)
        wide = {"wide": 122, "narrow": 118, "room": 58}[self.layout]
        left, across, far, down = {"wide": (14, 4, 134, 0), "narrow": (14, 2, 156, 262), "room": (6, 2, 190, 92)}[self.layout]
        self.head = paper.text(14, paper.height - (6 if not self.room else 3), size=11 if not self.room else ROOM, weight="bold")
        spots = [(left + (i % across) * far, top - wide - (i // across) * down) for i in range(4)]
        self.arrays = [paper.people(*spot, wide) for spot in spots]
        if self.room:  # how many below each array, the rest beside it
            self.names = [paper.text(x + 75, y + wide, weight="bold") for x, y in spots]
            self.shares = [paper.text(x, y - 2, weight="bold") for x, y in spots]
            self.under = [paper.text(x + 75, y + wide - 13) for x, y in spots]
        else:
            self.names = [paper.text(x + 2, y + wide + 3, weight="bold", va="bottom") for x, y in spots]
            self.shares = [paper.text(x + 2, y - 4, size=11.5, weight="bold") for x, y in spots]
            self.under = [paper.text(x + 2, y - 20) for x, y in spots]
        big = 190 if not self.room else 138
        self.one = paper.people(14, top - big - 4, big)
        self.share = paper.text(18, top - big - (10 if not self.room else 6), size=12 if not self.room else ROOM, weight="bold")
        card = {"wide": (236, top - 6, 50), "narrow": (14, top - big - 60, 52), "room": (164, top - 4, 39)}[self.layout]
        self.card = Card(paper, *card, rows=4, **({"size": ROOM, "run": True} if self.room else {}))
        foot, key = {"wide": (36, {}), "narrow": (58, {"gaps": (146, None, 146)}), "room": (22, ROOM_KEY)}[self.layout]
        paper.key(16, foot, **key)
        for array in (*self.arrays, self.one):
            array.axes.set_visible(array is self.one)
        same_denominator(*self.arrays, self.one)
        for name, array in zip(("a", "b", "c", "d", "one"), (*self.arrays, self.one)):
            self.live(name, *array.artists, pin=False)

    def update(self, r):
        self.paper.turn(r.view)
        apart = r.view == "apart"
        for i, (array, row) in enumerate(zip(self.arrays, ROWS)):
            array.axes.set_visible(apart)
            array.show(row.value, row.low, row.high)
            self.names[i].set_text(CENTRES[i].name if apart else "")
            self.shares[i].set_text((f"{one(row.value)} of {OF}" + (f"\n{self._ends(row)}" if self.room else "")) if apart else "")
            self.under[i].set_text(self._under(i) if apart else "")
        self.one.axes.set_visible(not apart)
        count, low, high = self._mean(r)
        self.one.show(count, low, high)
        self.share.set_text("" if apart else f"{one(count)} of {OF}\n({one(low)} to {one(high)})")
        self.head.set_text(ROOM_HEADS[r.view] if self.room else
                           {"together": "Infection of a reservoir in the ventricle, four papers together", "apart": "Infection of a reservoir in the ventricle, paper by paper",
                            "next": "Where one more centre of this kind may lie"}[r.view] if not self.narrow else
                           {"together": "Reservoir in the ventricle: four together", "apart": "Reservoir in the ventricle: one by one", "next": "Where one more centre may lie"}[r.view])
        self.card.show([] if apart else self._answers(r))

    def _under(self, i):
        row = ROWS[i]
        counted = f"{row.events:g} of {row.denominator:g} people\n{WORDS[i]}\n{LONG[i]}"
        if self.room:
            for words, short in (("meningitis;\n", "meningitis; "), ("of 100\n", "of\n100 "), ("on membranes", "on\nmembranes")):
                counted = counted.replace(words, short)
            return counted
        return f"{self._ends(row)}\n{counted}"

    @staticmethod
    def _ends(row):
        return f"({one(row.low)} to {one(row.high)})"

    @staticmethod
    def _mean(r):
        s = r.spread
        return (OF * s.mean, OF * s.low, OF * s.high) if r.view != "next" else (OF * s.mean, OF * s.next_low, OF * s.next_high)

    def _answers(self, r):
        counted = f"{r.of} people in all; {r.events} had an infection, that is {one(OF * r.events / r.of)} of {OF}"
        return [*zip(ASKED, (counted, "people with a reservoir in the ventricle, in four papers", "as long as each paper looked")),
                ("How", "The mean lets each paper differ (random effects)" + (", with its interval" if r.view == "together" else "; the crosses reach as far as one more centre may"))]

    def describe(self, r):
        if r.view == "apart":
            told = "; ".join(f"{centre.name}, {one(row.value)} of {OF} ({one(row.low)} to {one(row.high)}), {row.events:g} of {row.denominator:g}" for centre, row in zip(CENTRES, ROWS))
            return f"Paper by paper: {told}. They cannot stand on one axis: different outcomes, different people, different lengths of time."
        count, low, high = (one(end) for end in self._mean(r))
        if r.view == "together":
            return f"Four papers together: {r.events} of {r.of} people had an infection; their mean, if each may differ (random effects), is {count} of {OF} (95 % interval {low} to {high})."
        return f"The mean of the four is {count} of {OF}. One more centre of this kind may lie anywhere from {low} to {high} of {OF} (95 %)."

    def readings(self, r):
        if r.view == "apart":
            return {centre.name[:1].upper() + centre.name[1:]: (one(row.value), f"of {OF}") for centre, row in zip(CENTRES, ROWS)}
        count, low, high = self._mean(r)
        return {"Mean": (one(count), f"of {OF}"), "Lower end": (one(low), f"of {OF}"), "Upper end": (one(high), f"of {OF}")}

    def table(self, r):
        return ("Paper", "Of what", "People", "Infected", "In how long"), [
            (f"{centre.name}: {row.cite()}", centre.what, centre.people, f"{row.events:g} of {row.denominator:g}", LONG[i].replace("\n", " "))
            for i, (centre, row) in enumerate(zip(CENTRES, ROWS))]


ROOM_HEADS = {"together": "Infection of a reservoir in the ventricle: four papers", "apart": "Infection of a reservoir in the ventricle: each paper",
              "next": "Where one more centre of this kind may lie"}
WORDS = tuple(f"{c.what};\n{c.people}" for c in CENTRES)
LONG = tuple(f"mean {c.days / row.denominator / YEAR:.1f} years" if c.days else "how long: not said" if c.row != "omm_men" else "first year: 15 of 100\n(by its curve)"
             for c, row in zip(CENTRES, ROWS))
