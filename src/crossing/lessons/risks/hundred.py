"""Core 1: what happens to how many, drawn as people; the starting risk first, then the difference, the ratio last."""

from types import SimpleNamespace

from ...explore import Choice, Switch
from ...explore.icons import denominator_for, same_denominator
from ...explore.theme import PUBLISHED
from ...facts import risks
from ...models.risk import difference
from ..sourced import Sourced
from .menu import HARMS
from .parts import ASKED, FIXED, ROOM_KEY, Card, Paper, ground, many, one, times, wrapped


class HundredPeople(Sourced):
    """One complication of the field: one group, or two groups of one paper, as arrays of equally many."""

    title = "A hundred people, or a thousand"
    longest = 330
    model = "the group named on the chart"
    stamp = PUBLISHED
    facts = (*(row for harm in HARMS.values() for row in harm.rows), "nap3_perm_opt", "wd_rate")  # the last two stand behind notes
    guess = "07.people"
    size, narrow_size = (7.6, 5.4), (4.5, 9.0)
    room_size, room_type = (6.2, 3.75), 11.6

    complication = Choice("Complication", "headache", {key: harm.name for key, harm in HARMS.items()})
    scatter = Switch("Scatter the marks", look=True)

    def compute(self, *, complication, scatter):
        harm = HARMS[complication]
        rows = [risks[name] for name in harm.rows]
        of = denominator_for(*(row.value / 100 for row in rows))
        counts = [tuple(None if end is None else end / 100 * of for end in (row.value, row.low, row.high)) for row in rows]
        apart = ratio = ends = None
        if len(rows) == 2:
            apart, ratio = counts[1][0] - counts[0][0], rows[1].value / rows[0].value
            if all(row.events is not None for row in rows):
                first, second = rows
                found = difference(int(second.events), int(second.denominator), int(first.events), int(first.denominator))
                apart, ratio, ends = of * found.points, found.ratio, (of * found.interval.low, of * found.interval.high)
        return SimpleNamespace(harm=harm, rows=rows, of=of, counts=counts, apart=apart, ratio=ratio, ends=ends, scatter=scatter)

    # ---- drawing ----------------------------------------------------------------------------------------------

    def setup(self, figure):
        paper = self.paper = Paper(figure)
        foot, top, left, small, wide, low = {
            "wide": (36, paper.height - 28, 12, 155, 270, 20), "narrow": (44, paper.height - 48, 10, 142, 250, 20),
            "room": (34, paper.height - 20, 10, 90, 150, 36)}[self.layout]
        far, further, furthest = (34, 16, 40) if not self.room else (20, 36, 20)
        self.arrays = {100: [paper.people(left + i * (small + 16), top - far - small, small) for i in range(2)],
                       1000: [paper.people(left, top - further - (1 + i) * wide * 0.413 - low * i, wide, 1000) for i in range(2)],
                       100_000: [paper.people(left, top - furthest - wide * 0.47, wide, 100_000)]}
        for of, arrays in self.arrays.items():
            same_denominator(*arrays)
            for i, array in enumerate(arrays):
                array.axes.set_visible(of == 100)
                self.live(f"people_{of}_{i}", *array.artists, pin=False)
        up, size = {"wide": (6, 11.5), "narrow": (16, 11.5), "room": (1, 12)}[self.layout]
        self.head = paper.text(left, top + up, size=size, weight="bold", va="bottom")
        self.names = [paper.text(0, 0, va="bottom") for _ in range(2)]
        self.shares = [paper.text(0, 0, weight="bold", size=10.5 if not self.room else self.room_type) for _ in range(2)]
        lowest = min(array.box[1] for arrays in self.arrays.values() for array in arrays)
        if self.narrow:
            card = (left + 8, lowest - 84, 50)
            ground(paper.axes, left - 4, 78, paper.width - 12, lowest - 78 - 74)
            paper.key(left + 6, lowest - 40, (150, None, 150))
        elif self.room:
            card = (241, top - 4, 31)
            ground(paper.axes, 236, 18, paper.width - 238, top - 18)
            paper.key(left + 4, 39, **ROOM_KEY | {"gaps": (112, None, 112)})
        else:
            card = (352, top - 4, 32)
            ground(paper.axes, 342, foot + 18, paper.width - 352, top - 14 - foot)
            paper.key(left + 4, foot + 38, (164, None, 164))
        self.card = Card(paper, *card, rows=7, **({"size": self.room_type, "run": True} if self.room else {}))
        self.warning = paper.text(paper.width / 2, foot + (-2 if not self.narrow else 12), ha="center", va="center") if not self.room else paper.text(left, 49, va="bottom", linespacing=1.15)

    def update(self, r):
        self.paper.turn(r.harm.name)
        for of, arrays in self.arrays.items():
            for i, array in enumerate(arrays):
                there = of == r.of and i < len(r.counts)
                array.axes.set_visible(there)
                if there:
                    count, low, high = r.counts[i]
                    array.show(count, 0 if low is None else low, high, scatter=r.scatter, seed=1 + i)  # no interval: nobody is marked as sure
        self.head.set_text(wrapped(r.harm.title, 42) if self.narrow else r.harm.title)
        for i, (name, share) in enumerate(zip(self.names, self.shares)):
            if i >= len(r.counts):
                name.set_text("")
                share.set_text("")
                continue
            x, y, _, height = self.arrays[r.of][i].box
            of_whom = f" {r.harm.of}" if not self.room or len(r.counts) == 1 or r.of != 100 else ""  # two side by side: the card says it
            told = f"{one(r.counts[i][0])} of {many(r.of)}{of_whom}" + self._ends(r.counts[i])
            if r.of == 1000:
                name.set(text=f"{r.harm.groups[i]}:{chr(10) if self.room else ' '}{told}", x=x + 2, y=y + height + 2, weight="bold")
                share.set_text("")
            else:
                name.set(text=r.harm.groups[i], x=x + 4, y=y + height + 2, weight="normal")
                larger = "\neach field is 1000; marks are drawn larger" if not self.room else "\neach field is 1000;\nmarks are drawn larger"
                share.set(text=told.replace(" (", "\n(") + (larger if r.of == 100_000 else ""), x=x + 4, y=y - 2)
        self.card.show(self._answers(r))
        self.warning.set_text(wrapped(FIXED, {"wide": 96, "narrow": 58, "room": 33}[self.layout]) if r.harm.warn else "")

    @staticmethod
    def _ends(count):
        return f" ({one(count[1])} to {one(count[2])})" if count[1] is not None else ""

    def _answers(self, r):
        """Questions and answers of the card, in the order of the house rules: the ratio last."""
        return [*zip(ASKED, (f"{many(r.of)} {r.harm.of}; {counted(r)}", r.harm.what, r.harm.long)),
                ("Difference", "no second group in this paper" if r.apart is None else f"{self._more(r)} of {many(r.of)} {self._sure(r)}; {r.harm.lot}"),
                ("Ratio, last", "" if r.ratio is None else f"{times(r.ratio)} times as many. {'' if self.room else r.harm.note}"),
                ("Keep in mind", r.harm.note if r.ratio is None else ""),
                ("Paper", paper(r.rows[0]) if not self.room else "from the maker" if r.rows[0].supported_by_maker else "")]

    @staticmethod
    def _more(r):
        return f"{one(abs(r.apart))} {'fewer' if r.apart < 0 else 'more'}"

    @staticmethod
    def _sure(r):
        return f"({one(r.ends[0])} to {one(r.ends[1])})" if r.ends else "(no interval given)"

    def describe(self, r):
        groups = ", ".join(f"{group + ' ' if group else ''}{one(count[0])}{self._ends(count)}" for group, count in zip(r.harm.groups, r.counts))
        told = f"{r.harm.title}: of {many(r.of)} {r.harm.of}, {groups}."
        if r.apart is not None:
            told += f" The difference is {self._more(r)} of {many(r.of)} {self._sure(r)}; the ratio, last, {times(r.ratio)} times."
        return told + f" Of what: {r.harm.what}; in how long: {r.harm.long}."

    def readings(self, r):
        found = {(group or "Met it").capitalize(): (one(count[0]), f"of {many(r.of)} {r.harm.of}") for group, count in zip(r.harm.groups, r.counts)}
        return found | ({"Difference": (one(r.apart), f"of {many(r.of)}"), "Ratio": (times(r.ratio), "times")} if r.apart is not None else {})

    def table(self, r):
        return ("Complication", "How often", "Counted", "Of what", "In how long", "Paper"), [
            (f"{harm.name}{', ' + group if group else ''}", risks[row].figure(), count_of(risks[row]) or "not given", harm.what, harm.long, paper(risks[row]))
            for harm in HARMS.values() for group, row in zip(harm.groups, harm.rows)]


def count_of(row):
    """Events as published: "50 of 341"; what there is of them; nothing where there is nothing."""
    if row.events is None:
        return ""
    return f"{many(row.events)} of {many(row.denominator)}" if row.denominator is not None else f"{many(row.events)} reported"


def counted(r):
    """Whether the papers give counts, and which."""
    counts = [count_of(row) for row in r.rows]
    return "counted " + " and ".join(counts) if all(counts) else "counts not given"


def paper(row):
    """First author or title, journal and year in few words, and whether the maker stands behind it."""
    return row.cite() + (" (from the maker)" if row.supported_by_maker else "")
