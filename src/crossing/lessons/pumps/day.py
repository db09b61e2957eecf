"""Core 1: a day's programme, and the level that comes of it."""

from functools import lru_cache
from types import SimpleNamespace

import numpy as np

from ...explore import Slider, Steps
from ...explore import figure as rounded
from ...explore.theme import INK, MUTED, PAPER, PURPLE, SKY
from ...facts import facts
from ...models import settling
from ...models.dosing import Infusion, Schedule
from ...models.programme import Programme
from ...models.pump import Pump
from ..sourced import Sourced
from ..spinal_infusion.canal import DAY, canal, label_aside, levels
from .places import PLACES, STYLE, TIP, clock, places_key

#: The day is drawn from noon to noon, so that the night stands in the middle.
NOON = 12
TIMES = np.linspace(0, DAY, 24 * 12 + 1)
DRAWN = slice(None, None, 3)
DOSE_H, FIRST = 0.25, 3
#: Invented: what may be asked for, and when somebody asks (hours after noon; the first so many of them, in this order).
ASKED, EXTRA, MOST = (2, 3.5, 8, 21.5, 4.5, 14.5, 9.5, 22.25), 0.05, 3
RESERVOIRS = tuple(round(ml) for ml in facts["pump_reservoir"].range_in("mL"))
TOPS = (2.2, 4.6, 8.4, 14.0)


def line(night_rate, share, doses, start, hours):
    """One day's amount: a line with a night rate, and a share of it in equal doses."""
    day = Programme.constant(1.0)
    day = day.with_rate_between(night_rate, start % 24, (start + hours) % 24)
    day = day.scaled((1 - share) / day.daily_amount)
    for i in range(doses if share else 0):
        day = day.with_dose((FIRST + i * DAY / doses) % DAY, share / doses, DOSE_H)
    return day.later(NOON)


@lru_cache(256)
def settled(night_rate, share, doses, start, hours, half_life):
    """Level (times, places) in the day that repeats itself, against the mean at each place."""
    tube, tip = canal(loss_per_h=np.log(2) / half_life), levels[TIP]
    heights = [levels[p] for p in PLACES]
    day = line(night_rate, share, doses, start, hours).schedule(DAY, tip)
    return settling.settled_day(tube, day, TIMES, heights) / tube.steady(tip, 1 / DAY).at(heights)


@lru_cache(64)
def added(granted, half_life):
    """What doses granted on this one day add (times, places), against the same mean."""
    tube, tip = canal(loss_per_h=np.log(2) / half_life), levels[TIP]
    heights = [levels[p] for p in PLACES]
    doses = Schedule([Infusion(t, t + DOSE_H, EXTRA / DOSE_H, tip) for t in granted])
    return settling.levels(tube, doses, TIMES, heights) / tube.steady(tip, 1 / DAY).at(heights)


class DayProgramme(Sourced):
    """The line of a day, as a pump is told it, and the level at three places."""

    title = "A day's programme, and the level at three places"
    longest = 310
    model = "spinal canal in one dimension; tip at L3/4"
    facts = ("kroin_t2_t12", "mtx_thalf", "baclofen_thalf", "D_eff", "canal_length", "pump_reservoir", "alarm_volume",
             "refill_interval")
    guess = "05.programme"
    size, narrow_size = (7.6, 5.0), (4.5, 5.2)
    presets = {"Night rate": {}, "Even flow": {"night_rate": 1}, "Four doses a day": {"night_rate": 1, "share": 100},
               "Doses on request": {"requests": 6}}

    night_rate = Slider("Night rate", 2, low=0, high=4, step=0.25, unit="× the day rate")
    share = Slider("Share given as doses", 0, low=0, high=100, step=10, unit="%")
    place = Steps("Place of reading", TIP, PLACES)
    doses = Steps("Doses a day", 4, {n: str(n) for n in (2, 3, 4, 6)}, more=True)
    night_start = Steps("Night start", 22, {h: f"{h % 24}:00" for h in range(18, 25)}, more=True)
    night_hours = Slider("Night hours", 8, low=4, high=12, step=1, unit="h", more=True)
    half_life = Slider("Half-life in the fluid", 4.5, low=2.5, high=10, step=0.5, unit="h", more=True)
    requests = Slider("Number of requests on this day", 0, low=0, high=len(ASKED), step=1, more=True)
    lock_out = Slider("Lock-out after a dose on request", 4, low=1, high=8, step=0.5, unit="h", more=True)
    reservoir = Steps("Reservoir", 20, {ml: f"{ml} mL" for ml in RESERVOIRS}, more=True)
    strength = Slider("Strength of the solution", 5, low=2, high=10, step=0.5, unit="days' amounts per mL", more=True)

    def compute(self, *, night_rate, share, place, doses, night_start, night_hours, half_life, requests, lock_out, reservoir, strength):
        day = line(night_rate, share / 100, doses, night_start, night_hours)
        answers = day.with_on_request(EXTRA, lock_out, MOST, DOSE_H).with_requests(sorted(ASKED[:int(requests)])).answers(DAY) if requests else ()
        granted = tuple(a.time_h for a in answers if a.granted)
        level = settled(night_rate, share / 100, doses, night_start, night_hours, half_life)
        if granted:
            level = level + added(granted, half_life)
        at = {p: SimpleNamespace(level=c, top=int(c.argmax()), low=int(c.argmin())) for p, c in zip(PLACES, level.T)}
        pump = Pump(reservoir, strength, facts["catheter_volume"].to("mL"), alarm_ml=facts["alarm_volume"].to("mL"))
        total = 1 + EXTRA * len(granted)
        return SimpleNamespace(at=at, place=place, day=day, answers=answers, level=level,
                               night=((night_start - NOON) % 24, night_hours), even=np.ptp(level, axis=0).max() < 1e-6,
                               total=total, refill=pump.refill_due_h(Programme.constant(total / DAY)) / DAY, reservoir=reservoir)

    def setup(self, figure):
        self.strip, self.axes = figure.subplots(2, 1, sharex=True, height_ratios=(1, 2.7))
        self.strip.set(ylim=(0, 4.4), yticks=[0, 2, 4])
        self.strip.set_ylabel("Rate\n(1 = mean)" if self.layout == "wide" else "Rate")
        self.strip.set_title("The programme" if self.layout != "wide" else "The programme of a day", loc="left")
        self.axes.set(xlim=(0, DAY), xlabel="Hour of the day (noon to noon)",
                      ylabel={"narrow": "Level (1 = mean there)", "room": "Level\n(1 = mean there)"}.get(self.layout, "Level (1 = daily mean at that place)"))
        hours = range(0, 25, 3 if self.layout == "wide" else 6)
        self.axes.set_xticks(hours, [clock(h + NOON) for h in hours])
        self.nights = [a.axvspan(0, 1, color=SKY, alpha=0.16, lw=0) for a in (self.strip, self.axes)]
        self.rate = self.strip.stairs([0], [0, 1], color=PURPLE, fill=True, alpha=0.35, lw=0)
        self.edge = self.strip.stairs([0], [0, 1], color=PURPLE, lw=2, baseline=None)
        self.stems, = self.strip.plot([], [], color=PURPLE, lw=2.2, marker="o", ms=6, mec=PAPER, mew=0.8, markevery=(1, 3))
        self.given, = self.strip.plot([], [], ls="none", marker="v", ms=9, color=INK)
        self.refused, = self.strip.plot([], [], ls="none", marker="x", ms=8, mew=2, color=MUTED)
        self.asked = self.strip.text(0.995, 1.03, "", transform=self.strip.transAxes, ha="right", va="bottom", fontsize=9.5)
        self.lines = {p: self.axes.plot([], [], color=c, ls=ls, label=PLACES[p])[0] for p, (c, ls) in STYLE.items()}
        places_key(self.axes, self.lines, self.narrow)
        self.mean = self.axes.axhline(1, color=MUTED, lw=0.9)
        self.axes.axhline(0, color=MUTED, lw=0.9)
        self.tops, = self.axes.plot([], [], ls="none", marker="o", ms=8, mfc=PAPER, mec=INK, mew=1.8)
        plate = {"facecolor": PAPER, "edgecolor": "none", "pad": 0.8, "alpha": 0.85}
        self.marks = [self.axes.annotate("", (0, 0), (0, dy), textcoords="offset points", ha="center", va=va, fontsize=10.5, bbox=plate)
                      for dy, va in ((9, "bottom"), (-9, "top"))]
        self.live("night", *self.nights, pin=False)
        self.live("programme", self.rate, self.edge, self.stems, pin=False)
        self.live("requests", self.given, self.refused, self.asked, pin=False)
        for p, drawn in self.lines.items():
            self.live(f"curve_{p.lower().replace('/', '_')}", drawn)
        self.live("turns", self.tops, self.mean, pin=False)
        self.live("hours", *self.marks)
        for axes in (self.strip, self.axes):
            label_aside(axes, self.narrow, 0.1 if self.room else 0.078)
        self._scale(1)

    def _scale(self, top):
        top = next(t for t in TOPS if top <= t * 0.9 or t == TOPS[-1])
        # A little below nought there is room for the hour of the lowest level.
        self.axes.set_ylim(-0.1 * top, top)
        self.axes.set_yticks(np.arange(0, top, 4 if top > 9 else 2 if top > 5 else 1 if top > 3 else 0.5))

    def update(self, r):
        self._scale(r.level.max())
        for night in self.nights:
            night.set(x=r.night[0], width=min(r.night[1], DAY - r.night[0]))
        plan = r.day.without_doses().plan(DAY)
        for stairs in (self.rate, self.edge):
            stairs.set_data(plan.rates * DAY, plan.edges)
        at = [d.hour for d in r.day.doses]
        self.stems.set_data(np.repeat(at, 3), np.tile([0, 3.6, np.nan], len(at)))
        self.stems.may_have_gaps = True
        for marks, granted in ((self.given, True), (self.refused, False)):
            hours = [a.time_h for a in r.answers if a.granted == granted]
            marks.set_data(hours, [3.2] * len(hours))
        self.asked.set_text("   ".join(["● dose" if r.answers else "● dose (not to scale)"] * bool(at) + ["▼ granted", "× refused"] * bool(r.answers)))
        for p, drawn in self.lines.items():
            drawn.set_data(TIMES[DRAWN], r.at[p].level[DRAWN])
            drawn.set_linewidth(3.6 if p == r.place else 1.6)
        m = r.at[r.place]
        self.tops.set_data(TIMES[[m.top, m.low]], m.level[[m.top, m.low]])
        for mark, i in zip(self.marks, (m.top, m.low)):
            mark.xy = TIMES[i], m.level[i]
            mark.set(text=clock(TIMES[i] + NOON), ha="left" if TIMES[i] < 1.5 else "right" if TIMES[i] > DAY - 1.5 else "center")
        for artist in (self.tops, *self.marks):
            artist.set_visible(not r.even)

    def describe(self, r):
        m = r.at[r.place]
        turn = f"At {r.place} the level is even all day." if r.even else (
            f"At {r.place} the level is highest at {clock(TIMES[m.top] + NOON)} and lowest at {clock(TIMES[m.low] + NOON)}; "
            f"highest over lowest is {rounded(m.level.max() / m.level.min())}.")
        refill = f"The refill is due {rounded(r.refill)} days after the last."
        if r.answers:
            refused = [f"{clock(a.time_h + NOON)}, {'locked' if 'locked' in a.why else f'{MOST} in 24 h reached'}" for a in r.answers if not a.granted]
            refill = (f"Granted: {sum(a.granted for a in r.answers)} of {len(r.answers)} requests"
                      f"{' (refused: ' + '; '.join(refused) + ')' if refused else ''}. "
                      f"If each day were like this, the refill would be due after {rounded(r.refill)} days.")
        return f"{turn} {refill}"

    def readings(self, r):
        m = r.at[r.place]
        return {"Highest": (m.level.max(), "times the mean"), "Lowest": (m.level.min(), "times the mean"),
                "Highest over lowest": (m.level.max() / m.level.min(), ""), "Hour of the highest": "all day" if r.even else clock(TIMES[m.top] + NOON),
                "Next refill": (r.refill, "days")}

    def table(self, r):
        rows = [(PLACES[p], *(("-", "-") if r.even else (clock(TIMES[m.top] + NOON), clock(TIMES[m.low] + NOON))),
                 rounded(m.level.max()), rounded(m.level.min())) for p, m in r.at.items()]
        return ("Read at", "Highest at", "Lowest at", "Highest (1 = mean there)", "Lowest (1 = mean there)"), rows
