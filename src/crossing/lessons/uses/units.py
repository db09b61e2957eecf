"""Further: two harms that cannot stand on one axis, each in a panel with its own unit, and the reason."""

import textwrap
from types import SimpleNamespace

from ...explore import Choice
from ...explore import figure as rounded
from ...explore.theme import BLUE, INK, PUBLISHED, VERMILLION
from ...facts import AxisError, one_axis, risks
from ..sourced import Sourced

MOUTH = {"op_const": "constipation", "op_nausea": "nausea", "op_somn": "sleepiness"}
DEVICE = {"malh_inf": "infection", "feller_occl": "catheter shut", "stearns_inf": "infection that needs surgery", "wd_rate": "withdrawal", "mort1y": "death in the first year"}
#: The upper end of each unit's own axis.
TOPS = {"% per patient": 50.0, "% per implant procedure": 15.0, "events per pump-year": 0.12, "% per implant": 5.0}


class TwoUnits(Sourced):
    """What happens with drugs by mouth, and with a pump, each counted as its paper counted it."""

    title = "Two ways of counting harm"
    longest = 250
    model = "two kinds of count"
    stamp = PUBLISHED
    facts = ()
    size = (7.6, 4.2)
    narrow_size = (4.5, 6.2)

    mouth = Choice("By mouth", "op_const", MOUTH)
    device = Choice("Device: with a pump", "malh_inf", DEVICE)

    def compute(self, *, mouth, device):
        first, second = risks[mouth], risks[device]
        try:
            one_axis([first, second])
            why = ""
        except AxisError as error:
            why = error.args[2]
        return SimpleNamespace(first=first, second=second, names=(MOUTH[mouth], DEVICE[device]), why=why)

    def sources(self):
        return [{"what": f"{row.complication}, {row.route_or_device}", "value": row.figure(), "paper": row.cite(), "url": row.url, "search": row.search, "remark": row.remark}
                for row in (risks[name] for name in (*MOUTH, *DEVICE))]

    def setup(self, figure):
        self.panels = figure.subplots(2, 1) if self.narrow else figure.subplots(1, 2, gridspec_kw={"wspace": 0.16})
        self.bars, self.spans, self.told, self.tops = [], [], [], [None, None]
        for axes, colour, title, hatch in zip(self.panels, (BLUE, VERMILLION), ("Strong opioids by mouth", "A pump"), (None, "//")):
            axes.set(xlim=(-0.9, 0.9), xticks=())
            axes.set_title(title, loc="left")
            bar, = axes.bar([0], [0], width=0.7, color=colour, ec=INK, alpha=0.85, hatch=hatch)
            span, = axes.plot([], [], color=INK, lw=2, marker="_", ms=12, mew=2)
            told = axes.text(0.36 if self.room else 0.5, -0.03, "", transform=axes.transAxes, ha="center", va="top", fontsize=9.5, linespacing=1.25)
            told.set_in_layout(False)
            axes.set_xlabel("\n\n\n")
            self.bars.append(bar)
            self.spans.append(span)
            self.told.append(told)
        for name, bar, span in zip(("mouth", "pump"), self.bars, self.spans):  # each in its own panel, above that panel's grid
            self.live(name, bar, span, pin=False)
        self.live("words", *self.told, pin=False)
        for i, unit in enumerate(("% per patient", "% per implant procedure")):
            self._scale(i, unit)

    def _scale(self, i, unit):
        if self.tops[i] == unit:
            return  # ticks set anew would have the whole chart drawn anew
        self.tops[i] = unit
        self.panels[i].set_ylim(0, TOPS[unit])
        self.panels[i].set_ylabel(unit)

    def update(self, r):
        for i, row in enumerate((r.first, r.second)):
            self._scale(i, row.unit)
            self.bars[i].set_height(row.value)
            self.spans[i].set_data([0, 0] if row.low is not None else [], [row.low, row.high] if row.low is not None else [])
            count = f", {row.events:.0f} of {row.denominator:.0f}" if row.events is not None and row.unit.startswith("%") else ""
            who = row.population + (f", {row.follow_up}" if row.follow_up else "")
            self.told[i].set_text(f"{r.names[i]}{count}\n" + textwrap.fill(who, 28 if self.room else 40, break_on_hyphens=False))

    def describe(self, r):
        told = [f"{name} {row.value:g} {row.unit}" for name, row in zip(r.names, (r.first, r.second))]
        return f"By mouth, {told[0]}; with a pump, {told[1]}. They cannot stand on one axis: {short(r)}."

    def readings(self, r):
        return {name[:1].upper() + name[1:]: (rounded(row.value), row.unit) for name, row in zip(r.names, (r.first, r.second))}

    def table(self, r):
        return ("Harm", "How often", "Who", "For how long"), [(f"{row.complication}, {row.route_or_device}", row.figure(), row.population, row.follow_up or "not said")
                                                             for row in (risks[name] for name in (*MOUTH, *DEVICE))]


def short(r):
    """Why not, in few words."""
    reasons = [words for words, name in (("they are counted per different things", "unit"), ("they are different harms", "complication"), ("in different people", "population"),
                                         ("over different times", "follow_up")) if getattr(r.first, name) != getattr(r.second, name)]
    return ", ".join(reasons)
