"""Core 3: nobody was hit, and how large the risk may still be; and reports of which nobody knows out of how many."""

import re
from functools import lru_cache
from types import SimpleNamespace
from typing import NamedTuple

import numpy as np

from ...explore import Choice, Switch
from ...explore.theme import INK, PUBLISHED, VERMILLION
from ...facts import risks
from ...models.risk import none_seen, rule_of_three
from ..sourced import Sourced
from .parts import ASKED, ROOM, Card, Paper, ground, many, one, wrapped

OF = 1000
REFILLS, BIRTHS, REPORTS = risks["refill_inf"], risks["rd_obs_zero"], risks["maude_inf"]
WATCHED = np.geomspace(10, 10_000, 61).round()


class Study(NamedTuple):
    """`watched` is None where only reports are known."""

    name: str
    watched: int | None
    of: str
    what: str
    long: str
    source: str


STUDIES = {
    "refills": Study("0 of 890 refills", int(REFILLS.denominator), "refills", "refills of implanted pumps; germs were looked for in 25 of them, the last of each patient", "not said", "refill_inf"),
    "patients": Study("0 of 25 patients", int(re.match(r"\d+", REFILLS.population)[0]), "patients",
                      "patients of the same study; were there germs in the last refill of each?", "not said", "refill_inf"),
    "births": Study("0 of 5036 women", int(BIRTHS.denominator), "women", "women given spinal or epidural morphine for a caesarean; was breathing dangerously slow?",
                    "after the operation", "rd_obs_zero"),
    "reports": Study("157 of 1001 reports", None, "reports", "reports about implanted pumps that tell of infection", "sent in 2018-2019", "maude_inf"),
}


@lru_cache(256)
def exact(n):
    """How many of OF may be hit where none of `n` was: the upper end."""
    return OF * none_seen(int(n)).high


class NoneSeen(Sourced):
    """A thousand, none of them hit; crosses for those who may be; beside it, the same for any number watched."""

    title = "Nothing seen, or only reports"
    longest = 220
    model = "counts of three papers"
    stamp = PUBLISHED
    facts = ("refill_inf", "rd_obs_zero", "maude_inf")
    guess = "07.none"
    size, narrow_size = (7.6, 4.9), (4.5, 8.6)
    room_size = (5.4, 3.2)

    study = Choice("Study: what was found", "refills", {key: study.name for key, study in STUDIES.items()})
    log = Switch("Stretched (log) axes", True, look=True, more=True)

    def compute(self, *, study, log):
        told = STUDIES[study]
        n = told.watched
        return SimpleNamespace(key=study, study=told, log=log, n=n, bound=exact(n) if n else None, three=OF * rule_of_three(n) if n else None)

    def setup(self, figure):
        paper = self.paper = Paper(figure)
        top, wide, size = (paper.height - 40, 290, 10.5) if not self.room else (paper.height - 16, 190, ROOM)
        height = wide * 0.414
        self.array = paper.people(10 if not self.narrow else 16, top - height, wide, OF)
        self.head = paper.text(14, top + (22 if not self.room else 14), size=11 if not self.room else ROOM, weight="bold")
        self.found = paper.text(16, top - height - (6 if not self.room else 1), size=size, weight="bold")
        if self.room:
            ground(paper.axes, 10, 17, paper.width - 20, 73, clip_on=False)
            self.card = Card(paper, 16, 87, 68, rows=3, size=ROOM, run=True)
        else:
            card = top - height - (62 if self.narrow else 60)
            ground(paper.axes, 10, card - 122, 300, 130)
            self.card = Card(paper, 18, card, 52, rows=3)
        self.hole = paper.text(10 + wide / 2, top - height / 2, size=12 if not self.room else ROOM, ha="center", va="center", style="italic")
        place = {"wide": (370, 72, paper.width - 394, top - 72), "narrow": (60, 66, 236, 170), "room": (264, 122, 106, top - 118)}
        self.axes = paper.area(*place[self.layout])
        self.exact, = self.axes.plot([], [], color=VERMILLION, lw=2.2)
        self.three, = self.axes.plot([], [], color=INK, lw=1.6, ls="--")
        self.mark, = self.axes.plot([], [], "X", ms=11, mfc=VERMILLION, mec=INK)
        for artist in (self.exact, self.three):
            artist.may_leave = True  # at the ends of the linear axes
        self.notes = [self.axes.text(0.97, y, "", transform=self.axes.transAxes, ha="right", va="top", fontsize=9.5, color=c)
                      for y, c in ((0.97, INK), (0.91 if not self.room else 0.83, INK))]
        self._scale(None)
        self.live("people", *self.array.artists, pin=False)
        self.live("curves", self.exact, self.three, self.mark, *self.notes, pin=False)

    def _scale(self, log):
        if getattr(self.axes, "log", "new") == log:
            return
        self.axes.log = log
        kind = "linear" if log is False else "log"
        self.axes.set(xscale=kind, yscale=kind, xlim=(10, 10_000) if kind == "log" else (0, 5500), ylim=(0.2, 1000) if kind == "log" else (0, 130))
        self.axes.set_xticks((10, 100, 1000, 10_000) if kind == "log" else (0, 1000, 3000, 5000), ("10", "100", "1000", "10\u202f000") if kind == "log" else ("0", "1000", "3000", "5000"))
        self.axes.set_yticks((1, 10, 100, 1000) if kind == "log" else (0, 50, 100), ("1", "10", "100", "1000") if kind == "log" else ("0", "50", "100"))
        self.axes.minorticks_off()

    def update(self, r):
        self._scale(r.log)
        self.paper.turn(r.key)
        words = ("Number watched, none hit", "Up to so many of") if not self.room else ("Watched, none hit", "Up to so many\nof")
        self.axes.set(xlabel=words[0], ylabel=f"{words[1]} {OF}")  # not before the guess
        known = r.n is not None
        there = WATCHED if r.log else np.linspace(20, 5500, 80).round()
        self.exact.set_data(*((there, [exact(n) for n in there]) if known else ([], [])))
        self.three.set_data(*((there, [OF * rule_of_three(int(n)) for n in there]) if known else ([], [])))
        self.notes[0].set_text("line: exact bound" if known else "")
        self.notes[1].set_text(("dashes: 3 over the number" if not self.room else "dashes:\n3 / number") if known else "")
        self.mark.set_data([r.n] if known else [], [r.bound] if known else [])
        self.array.show(0, 0, r.bound if known else 0)
        self.array.axes.set_visible(known)
        self.head.set_text(f"Of {OF} {r.study.of}" if known else "Of how many?")
        how = "if all 890 had been looked at; 25 were" if r.key == "refills" else "may still be hit (95 %, one-sided)"
        found = f"{r.study.name}; crosses: up to {one(r.bound)} of {OF}\n{how}" if known else ""
        if self.room:
            study, crosses, rest = found.partition("crosses:")
            found = study + crosses + f"\n{wrapped(rest.strip(), 30)}"
        self.found.set_text(found)
        self.hole.set_text("" if known else "Nobody knows how many pumps\nthese reports come from:\nthere is nothing to draw.")
        counted = f"{many(r.n)} {r.study.of}" if known else "not said: nobody counted the pumps"
        self.card.show(zip(ASKED, (counted, r.study.what, r.study.long)))

    def describe(self, r):
        if r.n is None:
            return (f"{REPORTS.events:g} of {REPORTS.denominator:g} reports tell of infection. Out of how many pumps is not said, so there is no array and no mark: "
                    "a share of reports is not a share of pumps.")
        same = {"patients": " It is the same study: germs were looked for in the last refill of each patient.",
                "refills": " That would hold if all had been looked at; only the last refill of each of 25 patients was."}.get(r.key, "")
        return (f"{r.study.name}: up to {one(r.bound)} of {OF} {r.study.of} may still be hit (exact, 95 %, one-sided). "
                f"Three over {many(r.n)} gives {one(r.three)} of {OF}.{same}")

    def readings(self, r):
        if r.n is None:
            return {"Share of the reports": (f"{REPORTS.events:g} of {REPORTS.denominator:g}", "")}
        return {"Watched": (many(r.n), r.study.of), "Largest that fits": (one(r.bound), f"of {OF}"), "Three over the number": (one(r.three), f"of {OF}")}

    def table(self, r):
        rows = [(study.name, study.of, one(exact(study.watched)), one(OF * rule_of_three(study.watched))) if study.watched else (study.name, study.of, "none", "none")
                for study in STUDIES.values()]
        return ("Found", "Of what", f"Exact bound, one-sided, of {OF}", f"Three over the number, of {OF}"), rows
