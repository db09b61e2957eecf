"""What opens lesson 07: one fact about pumps, told three ways."""

from types import SimpleNamespace

from ...explore import Choice
from ...explore.theme import INK, MUTED, PUBLISHED, VERMILLION
from ...facts import risks
from ..sourced import Sourced
from .parts import ASKED, FIXED, SILENT, Paper, ground, one, times, wrapped

WORDS = {"times": "as a number of times", "difference": "as a difference", "pumps": "as a hundred pumps"}
#: Which drugs the pump was filled with.
GROUPS = ("approved drugs", "drugs not approved for the pump")
OF = 100


class ThreeTellings(Sourced):
    """Motors that stop for good, with two groups of drugs. The telling by times alone lacks what the others have, on purpose."""

    title = "One fact, told in three ways"
    longest = 230
    model = "pumps made before 2017"
    stamp = PUBLISHED
    facts = ("stall_on", "stall_off")
    size, narrow_size = (7.6, 5.1), (4.5, 6.5)

    telling = Choice("Telling", "times", WORDS)

    def compute(self, *, telling):
        few, most = (risks[name].value for name in self.facts)
        years = risks["stall_on"].follow_up
        told = {
            "times": (f"{times(most / few)} times as often", "the motor of a pump stops for good, with drugs not approved for it.", (SILENT, "pumps", SILENT)),
            "difference": (f"{one(most - few)} more of {OF}", f"motors stop for good within {years}, with drugs not approved for them.", (f"{OF}", "pumps", years)),
            "pumps": ("", "", (f"{OF}, in each group", "pumps made before 2017", years))}[telling]
        return SimpleNamespace(telling=telling, few=few, most=most, headline=told[0], words=told[1], answers=told[2], years=years)

    def setup(self, figure):
        paper = self.paper = Paper(figure)
        width, height = paper.width, paper.height
        wide, foot, side, large, small, letters = {
            "wide": (166, 142, 80, 42, 14, 92), "narrow": (128, 238, 24, 24, 12, 52), "room": (78, 96, 84, 27, 11, 66)}[self.layout]
        middle = foot + 0.55 * (height - foot)
        self.saying = (paper.text(width / 2, middle, size=large, ha="center", va="bottom", weight="bold", color=VERMILLION),
                       paper.text(width / 2, middle - 8, size=small, ha="center"))
        self.arrays = [paper.people(x, foot + 22, wide) for x in (side, width - side - wide)]
        self.names = [paper.text(a.box[0] + wide / 2, foot + 27 + a.box[3], size=10, ha="center", va="bottom") for a in self.arrays]
        self.counts = [paper.text(a.box[0] + wide / 2, foot + 17, size=10.5, ha="center", weight="bold") for a in self.arrays]
        for array in self.arrays:
            array.axes.set_visible(False)
        bottom, tall = {"wide": (26, 68), "narrow": (36, 150), "room": (20, 44)}[self.layout]
        ground(paper.axes, 10, bottom, width - 20, tall)
        paper.text(width / 2, bottom + tall + (16 if self.room else 20), wrapped(FIXED, letters), ha="center", va="center")
        self.answers = []
        for i, question in enumerate(ASKED):
            x, y = (24, bottom + tall - 10 - 46 * i) if self.narrow else ((24, 140, 292)[i] if self.room else 24 + i * (width - 30) / 3, bottom + tall - (4 if self.room else 12))
            paper.text(x, y - 10, question + "?", color=MUTED, weight="bold", va="baseline")
            self.answers.append(paper.text(x, y - (26 if self.room else 28), size=10.5 if self.room else 12, color=INK, va="baseline"))
        self.live("answers", *self.answers)
        for name, array in zip(("first", "second"), self.arrays):
            self.live(name, *array.artists, pin=False)

    def update(self, r):
        self.paper.turn(r.telling)
        drawn = r.telling == "pumps"
        self.saying[0].set_text(r.headline)
        self.saying[1].set_text(wrapped(r.words, {"wide": 70, "narrow": 34, "room": 44}[self.layout]))
        for text, answer in zip(self.answers, r.answers):
            text.set(text=answer, style="italic" if answer == SILENT else "normal")
        for i, (array, share) in enumerate(zip(self.arrays, (r.few, r.most))):
            array.axes.set_visible(drawn)
            array.show(share, low=0)  # no interval was published: nobody is marked as sure
            self.names[i].set_text(wrapped(GROUPS[i], 20 if self.narrow else 40) if drawn else "")
            self.counts[i].set_text(f"{one(share)} of {OF}" if drawn else "")

    def describe(self, r):
        if r.telling == "times":
            return (f"With drugs not approved for the pump, the motor stops for good {times(r.most / r.few)} times as often. "
                    f"Out of how many, and in how long: {SILENT}.")
        if r.telling == "difference":
            return (f"With drugs not approved for the pump, {one(r.most - r.few)} more of {OF} motors stop for good within {r.years}. "
                    "How many stop anyway is not said.")
        return (f"Of {OF} pumps, the motor stops for good within {r.years} in {one(r.few)} with approved drugs, and in {one(r.most)} with drugs not approved for the pump. "
                f"Drawn as whole pumps: {r.few:.0f} and {r.most:.0f}; no interval was published, and the groups were not drawn by chance.")

    def readings(self, r):
        return {"times": {"As often": (times(r.most / r.few), "times")}, "difference": {"More": (one(r.most - r.few), f"of {OF}")},
                "pumps": {GROUPS[0].capitalize(): (one(r.few), f"of {OF}"), GROUPS[1].capitalize(): (one(r.most), f"of {OF}")}}[r.telling]

    def table(self, r):
        return ("Drugs", "Motors that stopped for good", "Of what", "In how long"), [(group, f"{one(risks[name].value)} of {OF}", risks[name].population, risks[name].follow_up)
                                                                                  for group, name in zip(GROUPS, self.facts)]
