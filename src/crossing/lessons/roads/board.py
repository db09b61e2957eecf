"""Further: the full board, all roads beside one another, with what each figure rests on."""

from functools import lru_cache
from types import SimpleNamespace

import numpy as np

from ...explore import Choice, Switch
from ...explore.theme import GREEN, GRID, INK, PAPER, VERMILLION
from ...facts import drug_parameters, facts
from ...models.body import MARKS
from ...models.dosing import Bolus
from ...models.routes import OpenBarrier, Vein
from ..sourced import Sourced
from .body import LOOK, PLATE, areas, body, times
from .proof import KINDS

TARGETS = {"lumbar CSF": "lumbar fluid", "cervical CSF": "neck fluid", "ventricles": "ventricles", "brain fluid": "brain fluid", "lower cord": "lower cord",
           "upper cord": "upper cord"}
DRUGS = ("morphine", "methadone", "fentanyl", "methotrexate", "baclofen", "topotecan", "cytarabine", "nusinersen", "trastuzumab")
RUN = ("vein", "epidural", "lumbar", "ventricle")
ROWS = {"mouth": "By mouth", "vein": "Vein", "opened": "Opened\nbarrier, vein", "epidural": "Epidural", "lumbar": "Lumbar", "ventricle": "Ventricle",
        "nose": "Nose", "pressure": "By pressure"}
#: Hours for which the barrier is open, from the dose on: shown, least and most. Animals need minutes, patients hours.
HOURS = (1.0, facts["osm_reversed"].to("h"), 2.0)
MATTERS = 0.05  # a number counts when the result changes by more than this share of its own change
LEFT, RIGHT, HIGH = 0.2, 3e6, 6.3e4


@lru_cache(None)
def board(drug):
    """Exposure of each target for equal exposure of the blood, vein = 1, by road: value, ends, marks of what matters, widest doubt.

    Each number of the body is moved to the ends of its range alone; the shifts, as logarithms, are added as squares.
    """
    base, names, figures = body(drug), list(TARGETS), drug_parameters(drug)

    def ratios(one):
        """(roads, targets), as logarithms."""
        found = np.array([areas(one, road).level([*names, "plasma"]) for road in RUN])
        logs = np.log(found[:, :-1] / found[:, -1:])
        return logs - logs[0]
    middle = ratios(base)
    up, down, widest = np.zeros_like(middle), np.zeros_like(middle), np.full(middle.shape, "", dtype=object)
    most, counts = np.zeros_like(middle), np.zeros((*middle.shape, len(MARKS)), int)
    for name in base.used:
        figure = figures[name]
        if not figure.value:
            continue
        ranged = figure.low is not None and figure.low < figure.high
        swing, felt = np.zeros_like(middle), np.zeros(middle.shape, bool)
        for end in (figure.low, figure.high) if ranged else (1.1 * figure.value,):
            if not end or end == figure.value or (name == "free_share" and end > 1):
                continue
            shift = ratios(base.changed(**{name: end})) - middle
            felt |= np.abs(shift) > MATTERS * abs(np.log(end / figure.value))
            if ranged:
                up += np.maximum(shift, 0) ** 2
                down += np.minimum(shift, 0) ** 2
                swing = np.maximum(swing, np.abs(shift))
        counts[..., MARKS.index(figure.mark)] += felt
        wider = swing > most
        most[wider], widest[wider] = swing[wider], figure.quantity
    opened = [base.give(Vein(Bolus(0)), [0, hours], opened=OpenBarrier(facts["osm_fold"].value, 0, hours)).targeting_advantage(names) for hours in HOURS]
    found = {road: tuple(np.exp([middle[i], middle[i] - np.sqrt(down[i]), middle[i] + np.sqrt(up[i])])) for i, road in enumerate(RUN)}
    found |= {"mouth": found["vein"] if base.parameters["oral_share"].value else None, "opened": (opened[0], np.min(opened, axis=0), np.max(opened, axis=0))}
    return SimpleNamespace(found=found, counts=dict(zip(RUN, counts)), widest=dict(zip(RUN, widest)))


class FullBoard(Sourced):
    """Every road of the lesson on one board: what the target gets, how far that may be off, and what it rests on."""

    title = "The full board"
    longest = 310
    model = "the body of the course, 16 compartments"
    facts = ("csf_prod_mri", "csf_spinal_share", "brain_weight", "isf_bulk_flow", "flow_scale", "cord_surface", "cord_volume", "morph_cl", "morph_brain_ps", "morph_epi_f",
             "meth_cl", "fent_cl", "mtx_cl", "mtx_brain_out", "bac_clf", "topo_cl", "topo_brain_out", "arac_clp", "nusi_clp", "nusi_vtis", "tras_cl", "trastuzumab_csf",
             "osm_fold", "osm_reversed", "osm_index_120", "nasal_melatonin", "iv_melatonin", "topo_advantage")
    size = (7.6, 4.8)
    narrow_size = (4.5, 6.8)
    room_size, room_type = (5.4, 3.75), 11.8  # its many controls leave less of the width
    presets = {"Morphine, lumbar fluid": {}, "Morphine, brain fluid": {"target": "brain fluid"}, "Methadone, brain fluid": {"drug": "methadone", "target": "brain fluid"},
               "Methotrexate, ventricles": {"drug": "methotrexate", "target": "ventricles"}, "An antibody, upper cord": {"drug": "trastuzumab", "target": "upper cord"}}

    drug = Choice("Drug", "morphine", DRUGS)
    target = Choice("Target", "lumbar CSF", TARGETS)
    ranges = Switch("Ranges of what the numbers allow", True, look=True)
    log = Switch("Log axis", True, more=True, look=True)

    def compute(self, *, drug, target, ranges, log):
        told, at = board(drug), list(TARGETS).index(target)
        rows = {road: tuple(end[at] for end in ends) if ends else None for road, ends in told.found.items()}
        order = sorted((road for road, row in rows.items() if row), key=lambda road: -rows[road][0])
        return SimpleNamespace(drug=drug, target=target, ranges=ranges, log=log, rows=rows, order=order, counts={road: told.counts[road][at] for road in RUN[1:]},
                               widest=told.widest.get(order[0], [""] * len(TARGETS))[at], marks=body(drug).marks)

    def setup(self, figure):
        self.scaled = None
        box, low, note = {"wide": ((0.15, 0.165, 0.83, 0.775), 0.07, "one square a number that matters: ■ measured in man or animals, □ assumed"),
                          "narrow": ((0.25, 0.195, 0.72, 0.755), 0.10, "one square a number that matters:\n■ measured in man or animals, □ assumed"),
                          "room": ((0.235, 0.2, 0.735, 0.73), 0.084, "one square a number that matters: ■ measured, □ assumed")}[self.layout]
        axes = self.axes = figure.add_axes(box, label="board")
        self.y = {road: len(ROWS) - 1 - i for i, road in enumerate(ROWS)}
        axes.set(ylim=(-0.55, len(ROWS) - 0.4), yticks=list(self.y.values()), yticklabels=list(ROWS.values()))
        axes.set_title("Times a vein's, for equal exposure of the blood", loc="left" if not self.narrow else "right", fontsize=10.5)
        axes.tick_params(axis="y", length=0)
        axes.grid(axis="y", visible=False)
        for y in self.y.values():
            axes.axhline(y, color=GRID, lw=6, solid_capstyle="round", zorder=0)
        axes.axvline(1, color=VERMILLION, lw=1.6, ls=LOOK["vein"][2])
        self.bands, self.dots, self.values, self.squares = {}, {}, {}, []
        for road in ("mouth", "vein", "opened", *RUN[1:]):
            colour, marker, _ = LOOK.get(road, (GREEN, "X", "-"))
            self.bands[road] = axes.plot([], [], color=colour, lw=9, alpha=0.35, solid_capstyle="butt")[0]
            self.dots[road] = axes.plot([], [], marker, color=colour, mec=INK, mew=0.7, ms=9, zorder=4)[0]
            self.values[road] = axes.text(0, self.y[road] + 0.2, "", fontsize=10, color=INK, ha="center", va="bottom", weight="bold")
        across = axes.get_yaxis_transform()
        self.squares = [axes.plot([], [], "s", mfc=face, mec=edge, mew=0.8, ms=4.4, transform=across, clip_on=False)[0] for *_, face, edge in KINDS[:3]]
        nose = facts["nasal_melatonin"].value / facts["iv_melatonin"].value
        axes.plot([nose], [self.y["nose"]], "D", color=PAPER, mec=INK, mew=1.5, ms=7, zorder=4)
        for road, words in (("nose", f"{nose:.2f}: fluid, melatonin, rats"), ("pressure", "no common figure: see its own chart")):
            axes.annotate(words, (1, self.y[road]), (12, 0), textcoords="offset points", fontsize=9.5, color=INK, va="center", bbox=PLATE)
        figure.text(0.5, low, note, fontsize=9.5, color=INK, ha="center")
        self.live("bands", *self.bands.values(), pin=False)
        self.live("dots", *self.dots.values())
        self.live("values", *self.values.values(), pin=False)
        self.live("squares", *self.squares, pin=False)
        self._scale(True)

    def _scale(self, log):
        if self.scaled == log:
            return  # ticks set anew would have the whole chart drawn anew
        self.scaled = log
        self.axes.set(xscale="log" if log else "linear", xlim=(LEFT, RIGHT) if log else (-2e3, HIGH))
        ticks = (1, 100, 1e4, 1e6) if log else (0, 2e4, 4e4, 6e4)
        self.axes.set_xticks(ticks, ["1 million" if tick == 1e6 else f"{tick:,.0f}".replace(",", " ") for tick in ticks])

    def update(self, r):
        self._scale(r.log)
        right = RIGHT if r.log else HIGH
        spots = [[], [], []]
        step = 6.2 / (72 * self.axes.get_position().width * self.axes.figure.get_figwidth())
        for road, dot in self.dots.items():
            row, y = r.rows[road], self.y[road]
            for artist in (dot, self.values[road], self.bands[road]):
                artist.set_visible(row is not None)
            if row:
                middle, low, high = np.clip(row, LEFT if r.log else 0, right)
                dot.set_data([middle], [y])
                self.bands[road].set_data([low, high], [y, y])
                self.bands[road].set_visible(r.ranges)
                self.values[road].set(x=middle, ha="center" if middle < 0.9 * right else "right", text=times(row[0]) if row[0] <= right else f"{times(row[0])} →")
                if self.room:  # rows are close: the value stands beside its band
                    low, high = (low, high) if r.ranges else (middle, middle)
                    after = high < (0.03 if r.log else 0.8) * right
                    x = (high * 1.7 if after else low / 1.7) if r.log else high + 1.3e3 if after else low - 1.3e3
                    self.values[road].set(x=x, y=y, va="center", ha="left" if after else "right")
            place = 0
            for kind, count in enumerate(r.counts.get(road, (0, 0, 0))[:3]):
                spots[kind] += [(0.012 + step * (place + i), y - 0.34) for i in range(count)]
                place += count
        for squares, spot in zip(self.squares, spots):
            squares.set_data(*np.array(spot).T if spot else ([], []))

    def describe(self, r):
        def told(road):
            middle, low, high = r.rows[road]
            name = ROWS[road].partition("\n")[0].lower() + (" barrier" if road == "opened" else "")
            return f"{name} {times(middle)}" + (f" ({times(low)} to {times(high)})" if r.ranges and road in RUN[1:] else "")
        shown = ", ".join(told(road) for road in r.order if road not in ("vein", "mouth"))
        mouth = "By mouth it is 1.00 as by vein" if r.rows["mouth"] else "It is not taken by mouth"
        wide = f"the widest single doubt behind the first is {r.widest}" if r.widest else "no number moves the first"
        return f"{r.drug[:1].upper()}{r.drug[1:]}, {TARGETS[r.target]}, times a vein's: {shown}. {mouth}; {wide}."

    def readings(self, r):
        return {f"{ROWS[road]}".replace("\n", " "): (times(r.rows[road][0]), "times a vein's") for road in ("ventricle", "lumbar", "epidural", "opened")}

    def table(self, r):
        def row(road):
            name, found = ROWS[road].replace("\n", " "), r.rows[road]
            marks = r.counts.get(road)
            return (name, *(map(times, found) if found else ("-", "-", "-")), ", ".join(f"{n} {mark}" for n, mark in zip(marks, MARKS) if n) if marks is not None else "-")
        return ("Road", "Value", "Low", "High", "Numbers that matter"), [row(road) for road in ROWS if road in r.rows]
