"""Core 3: an antibiotic in fluid and in blood while the linings are inflamed and when they have healed, by two roads."""

from functools import lru_cache
from types import SimpleNamespace

import numpy as np

from ...explore import Choice, Steps, Switch
from ...explore import figure as rounded
from ...explore.theme import BLUE, INK, ORANGE, PAPER, VERMILLION
from ...facts import drug_parameters, facts
from ...models.dosing import Bolus, Infusion, Schedule
from ...models.routes import Vein, Ventricle, course_body
from ..sourced import Sourced

DAY, DAYS = 24.0, 14
#: Hours read after each dose: dense at first, and the last just before the next.
AFTER = np.array([0, 0.25, 0.5, 1, 1.5, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, DAY / 2 - 1e-3])
TIMES = np.append((DAY / 2 * np.arange(2 * DAYS)[:, None] + AFTER).ravel(), DAYS * DAY)
#: Free drug in blood at rest under the drip, in marks: a choice that makes the unit of the chart.
DRIP = 10.0
#: Given into the ventricle over what is given into the vein, day by day: invented.
SHARE = 0.01
#: The linings heal in so many equal steps, each so many hours long.
STEPS, STEP = 8, 6.0
ROADS = {"vein": "vein", "ventricle": "ventricle", "both": "both"}
GIVING = {"drip": "steady drip", "doses": "two doses a day"}
FLOOR, TOP = 0.01, 1000.0


@lru_cache(1)
def bodies():
    """The body with healed linings, then more and more open ones, up to those of infected people."""
    parameters = drug_parameters("vancomycin")
    clean, inflamed = (facts[f"vanco_q_{state}"].to("mL/h") / facts["vanco_fu"].to("fraction") for state in ("clean", "infected"))
    body = course_body(parameters)
    return [body.changed(csf_wall_ml_per_h=clean + (inflamed - clean) * i / STEPS) for i in range(STEPS + 1)]


def schedule(road, giving):
    """One unit a day by vein (drip or two doses), or one unit a day into the ventricle."""
    if road == "ventricle":
        return Ventricle(Schedule([Bolus(DAY * day, 1.0) for day in range(DAYS)]))
    if giving == "drip":
        return Vein(Infusion(0.0, DAYS * DAY, 1 / DAY))
    return Vein(Schedule([Bolus(DAY / 2 * half, 0.5) for half in range(2 * DAYS)]))


@lru_cache(128)
def course(road, giving, heals):
    """Free levels (fluid of the ventricles, blood) in marks, for one unit a day by one road, and their means day by day; (2, times), (2, days)."""
    stages = bodies()
    given = schedule(road, giving)
    then = [(heals * DAY + STEP * i, stages[STEPS - 1 - i]) for i in range(STEPS)] if heals < DAYS else []
    run = stages[STEPS].run([(stages[STEPS].place(given, dose), dose) for dose in given.doses], TIMES, then)
    rest = stages[0].steady("plasma", 1 / DAY).free("plasma")
    unbound = run.free("plasma")[1] / run.level("plasma")[1]
    areas = np.array([run.area_so_far("ventricles"), unbound * run.area_so_far("plasma")])
    means = np.diff(areas[:, np.append(np.arange(DAYS) * 2 * AFTER.size, -1)]) / DAY
    return np.array([run.free("ventricles"), run.free("plasma")]) * DRIP / rest, means * DRIP / rest


def window(day):
    """The times read on a day, from its first dose to just before the next day's."""
    return slice((int(day) - 1) * 2 * AFTER.size, int(day) * 2 * AFTER.size)


class Infection(Sourced):
    """An antibiotic by vein, into a ventricle, or both: levels in fluid and blood over two weeks in which an infection heals."""

    title = "While the linings heal"
    longest = 290
    model = "the body of the course, vancomycin"
    facts = ("vanco_q_clean", "vanco_q_infected", "vanco_csf_ventriculitis", "vanco_csf_none", "vanco_csf", "vanco_fu", "vanco_cl", "vanco_vc", "vanco_vss", "gent_csf_normal", "gent_csf_inflamed",
             "ceftriaxone_csf", "abx_ten_times", "ivt_guideline")
    guess = "06.infection"
    size = (7.6, 4.8)
    narrow_size = (4.5, 6.0)
    presets = {"Vein": {}, "Ventricle alone": {"road": "ventricle"}, "Both roads": {"road": "both"}, "Doses by vein": {"giving": "doses"}}

    road = Choice("Road", "vein", ROADS)
    day = Steps("Day", 4, {day: f"day {day}" for day in range(1, DAYS + 1)})
    giving = Choice("Giving by vein", "drip", GIVING)
    heals = Steps("Heals from", 6, {day: f"day {day}" for day in range(3, DAYS + 1)}, more=True)
    log = Switch("Log axis", True, more=True, look=True)

    def compute(self, *, road, day, giving, heals, log):
        nothing = np.zeros((2, TIMES.size)), np.zeros((2, DAYS))
        vein = course("vein", giving, heals) if road != "ventricle" else nothing
        direct = course("ventricle", "drip", heals) if road != "vein" else nothing
        levels, means = (one + SHARE * other for one, other in zip(vein, direct))
        last = window(day)
        seen = [SimpleNamespace(mean=float(mean[int(day) - 1]), peak=float(one[last].max()), low=float(one[last].min()), above=above(TIMES[last], one[last]))
                for one, mean in zip(levels, means)]
        healed = heals + STEPS * STEP / DAY
        total = DRIP / facts["vanco_fu"].to("fraction")
        published = [np.array(facts[f"vanco_csf_{state}"].range_in("ratio")) * total for state in ("ventriculitis", "none")]
        state = "inflamed" if day <= heals else "healing" if day < healed else "healed"
        return SimpleNamespace(levels=levels, means=means, fluid=seen[0], blood=seen[1], day=day, heals=heals, healed=healed, state=state, published=published, road=road, giving=giving, log=log)

    def setup(self, figure):
        self.axes = figure.subplots()
        axes = self.axes
        axes.set(xlim=(0, DAYS), xticks=range(0, DAYS + 1, 2), xlabel="Days of treatment" + "\n" * {"wide": 4, "narrow": 6, "room": 0}[self.layout])
        mark = {"wide": "a chosen mark, not a level that cures", "narrow": "a chosen mark", "room": "chosen, not a level that cures"}[self.layout]
        axes.set_title(f"Free drug, in marks (1 = {mark})", loc="left", fontsize=10.5, pad=18 if self.room else 22)
        if self.room:
            figure.get_layout_engine().set(rect=(0, 0.22, 1, 0.78))  # the key
        axes.axhline(1, color=INK, lw=1.4, ls=(0, (1.2, 1.6)))
        axes.annotate("mark", (1, 1), (4, 0), xycoords=("axes fraction", "data"), textcoords="offset points", va="center", fontsize=10, annotation_clip=False)
        self._key()
        self.spans = [axes.axvspan(0, 1, color=ORANGE, alpha=alpha, lw=0) for alpha in (0.26, 0.12)]
        self.states = [axes.text(0, 1.02, words, transform=axes.get_xaxis_transform(), fontsize=10, va="bottom", ha="center") for words in ("inflamed", "healing", "healed")]
        self.seen = axes.axvspan(0, 1, facecolor="none", ec=INK, lw=1.6)
        self.blood, = axes.plot([], [], color=VERMILLION, ls=(0, (5, 1.8)), lw=2.0)
        self.fluid, = axes.plot([], [], color=BLUE)
        self.means = [axes.plot([], [], ls="", marker=marker, ms=8, mfc=PAPER, mec=colour, mew=2, zorder=6)[0] for marker, colour in (("o", BLUE), ("s", VERMILLION))]
        self.ranges = [axes.plot([], [], color=INK, lw=1.8, marker="_", ms=9, mew=1.8, solid_capstyle="butt", zorder=4)[0] for _ in range(2)]
        self.live("state", *self.spans, *self.states, pin=False)
        self.live("seen", self.seen, *self.means, pin=False)
        self.live("published", *self.ranges, pin=False)
        self.live("fluid", self.fluid)
        self.live("blood", self.blood)
        self.scaled = None
        self._scale(True, TOP)

    def _key(self):
        """Which line is which, below the axes, and what is never given by this road: the same words at every setting."""
        published = "lowest and highest" if not self.room else "range"
        rows = (((("━━", BLUE), "fluid of the ventricles"), (("╍╍", VERMILLION), "blood, which feeds bone and skin")),
                ((("○□", INK), "mean of the chosen day"), (("┃", INK), f"published, by vein: {published}")))
        step, left, second, top = {"wide": (15, 0, 176, -45), "narrow": (15, -26, 0, -45), "room": (15, -31, 178, -47)}[self.layout]
        told = [(left + (0, second)[j], top - step * (2 * i + j if self.narrow else i), *cell) for i, row in enumerate(rows) for j, cell in enumerate(row)]
        for x, y, (mark, colour), words in told:
            self._word(x, y, mark, 11, colour)
            self._word(x + 27, y, words, 9.5, INK)
        words = "Beta-lactams, another family: not for intrathecal use"
        self._word(left, top - step * (4 if self.narrow else 2), words, 9.5, INK, weight="bold")

    def _word(self, x, y, words, size, colour, **how):
        self.axes.annotate(words, (0, 0), (x, y), xycoords="axes fraction", textcoords="offset points", fontsize=size, color=colour, va="center", annotation_clip=False,
                           **how).set_in_layout(False)

    def _scale(self, log, top):
        if self.scaled == (log, top):
            return  # ticks set anew would have the whole chart drawn anew
        self.scaled = log, top
        self.axes.set(yscale="log" if log else "linear", ylim=(FLOOR, TOP) if log else (0, top))
        if log:
            ticks = (0.01, 0.1, 1, 10, 100, 1000)
            self.axes.set_yticks(ticks, [f"{tick:g}" for tick in ticks])
            self.axes.minorticks_off()

    def update(self, r):
        highest = max(float(one.max()) for one in r.levels)
        self._scale(r.log, next(top for top in (14.0, 40.0, 120.0, 400.0, 1200.0) if top > highest))
        floor = FLOOR if r.log else 0
        days = TIMES / DAY
        for line, one in zip((self.fluid, self.blood), r.levels):
            line.set_data(days, np.where(one >= floor, one, np.nan))
            line.may_have_gaps = True
        ends = (0, min(r.heals, DAYS), min(r.healed, DAYS), DAYS)
        for span, low, high in zip(self.spans, ends, ends[1:]):
            span.set(x=low, width=high - low)
        for text, low, high in zip(self.states, ends, ends[1:]):
            text.set(x=(low + high) / 2, visible=high - low > 1.6)
        self.seen.set(x=r.day - 1, width=1)
        for mark, seen in zip(self.means, (r.fluid, r.blood)):
            mark.set_data([r.day - 0.5], [seen.mean])
        for line, span, low, high in zip(self.ranges, r.published, (ends[0], ends[2]), (ends[1], ends[3])):
            line.set_visible(r.road == "vein" and high - low > 1)
            line.set_data([low + 0.28 * (high - low)] * 2, np.maximum(span, floor))

    def describe(self, r):
        ventricle = "" if r.road == "vein" else f" Into the ventricle goes {100 * SHARE:g} % of what a vein gets in a day (invented)."
        published = ""
        if r.road == "vein" and r.state != "healing":
            low, high = r.published[r.state == "healed"]
            published = f" Published, {r.state}: {rounded(low)} to {rounded(high)}."
        return (f"On day {r.day:g} ({r.state}) the fluid holds {rounded(r.fluid.mean)} marks on average, from {rounded(r.fluid.low)} to {rounded(r.fluid.peak)}, and is above the mark "
                f"{r.fluid.above:.0f} % of the time. Blood, which feeds bone and skin, holds {rounded(r.blood.mean)}, from {rounded(r.blood.low)} to "
                f"{rounded(r.blood.peak)}, and is above it {r.blood.above:.0f} %.{ventricle}{published}")

    def readings(self, r):
        return {"Mean in fluid": (r.fluid.mean, "marks"), "Time of fluid above the mark": (f"{r.fluid.above:.0f}", "%"), "Highest in fluid": (r.fluid.peak, "marks"),
                "Mean in blood": (r.blood.mean, "marks"), "Time of blood above the mark": (f"{r.blood.above:.0f}", "%")}

    def table(self, r):
        rows = [(f"{day}", *(rounded(float(mean[day - 1])) for mean in r.means), *(f"{above(TIMES[window(day)], one[window(day)]):.0f} %" for one in r.levels))
                for day in range(1, DAYS + 1)]
        return ("Day", "Fluid, mean (marks)", "Blood, mean (marks)", "Fluid above the mark", "Blood above the mark"), rows


def above(times, level):
    """Share of the time (%) in which a level, straight between its readings, is above 1."""
    start, end = level[:-1], level[1:]
    high, low = np.maximum(start, end), np.minimum(start, end)
    share = np.clip((high - 1) / np.where(high > low, high - low, 1.0), 0, 1)
    return float(100 * (np.where(low >= 1, 1.0, np.where(high > low, share, 0.0)) @ np.diff(times)) / (times[-1] - times[0]))
