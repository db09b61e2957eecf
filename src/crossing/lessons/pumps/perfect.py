"""Break it: what a pump writes down, and what happened."""

from functools import lru_cache
from types import SimpleNamespace

import numpy as np

from ...explore import Choice, Slider
from ...explore import figure as rounded
from ...explore.theme import BLUE, INK, MUTED, PAPER, VERMILLION
from ...facts import facts
from ...models import faults
from ...models.programme import Programme
from ...models.pump import Pump, Refill
from ..sourced import Sourced
from ..spinal_infusion.canal import DAY, label_aside, levels
from .places import TIP

#: Invented: when it was refilled, when it is opened next, and how much of a day's amount there is in each mL.
REFILL, LAST, STRENGTH = 40, 120, 5
HALF = 0.5
MAKE = {
    "none": lambda at: (),
    "motor stands still": lambda at: faults.stall(at, shows=False),
    "tube apart": lambda at: faults.disconnection(at, place=0.5),
    "refill too weak": lambda at: faults.wrong_strength(at, HALF),
    "tip moved": lambda at: faults.tip_moved(at, None),
}
STORY = {
    "none": "Nothing went wrong", "motor stands still": "From day 40 on the\nmotor stands still,\nunseen",
    "tube apart": "From day 40 on the\ntube is apart,\nhalf-way along", "refill too weak": "At day 40 it was filled\nwith a solution of\nhalf the strength",
    "tip moved": "From day 40 on the\ntip lies outside\nthe canal"}
FIXED = "Not a protocol. Suspected pump failure or withdrawal can be fatal: contact the pump team or emergency services."
DAYS = np.linspace(0, LAST, 4 * LAST + 1)
#: Straight lines between their bends need few points: every five days, and all about the refill.
BENDS = np.unique([*range(0, DAYS.size, 20), *range(4 * REFILL - 1, 4 * REFILL + 8)])


@lru_cache(8)
def stories(fault):
    """Volumes counted and true (mL), amounts counted and arrived (days' amounts) at `DAYS`, and the log."""
    hours = DAY * LAST
    pump = Pump(facts["pump_reservoir"].range_in("mL")[0], STRENGTH, facts["catheter_volume"].to("mL"),
                alarm_ml=facts["alarm_volume"].to("mL"), position_cm=levels[TIP])
    run = pump.run(Programme.constant(1 / DAY), hours, Refill(DAY * REFILL), MAKE[fault](DAY * REFILL))
    times = DAY * DAYS
    arrived = sum(dose.rate * np.clip(times - dose.start, 0, dose.stop - dose.start) for dose in run.tip)
    seen = np.minimum(times, hours - 1e-6)
    return SimpleNamespace(count=run.expected_ml(seen), true=run.reservoir_ml(seen), told=DAYS.copy(), arrived=arrived, log=run.log)


class PerfectLog(Sourced):
    """Two stories of one pump, side by side."""

    title = "Two stories of one pump"
    model = "pump and tube, an invented case"
    facts = ("pump_reservoir", "alarm_volume", "catheter_volume", "refill_gap_after")
    guess = "05.perfect"
    size, narrow_size = (7.6, 5.4), (4.5, 6.4)
    presets = {"Nothing wrong": {}, "Motor stands still": {"fault": "motor stands still"}, "Tube apart": {"fault": "tube apart"},
               "Refill too weak": {"fault": "refill too weak"}, "Tip moved": {"fault": "tip moved"}}

    fault = Choice("Fault", "none", {fault: "No fault" if fault == "none" else fault.capitalize() for fault in MAKE})
    day = Slider("Day", LAST, low=0, high=LAST, step=1, unit="days after the first filling", play=True)

    def compute(self, *, fault, day):
        told = stories(fault)
        i = int(round(day * 4))
        until = np.append(BENDS[BENDS < i], i)
        entries = [e for e in told.log if e.time_h <= day * DAY]
        return SimpleNamespace(fault=fault, day=day, days=DAYS[until], curves={k: getattr(told, k)[until] for k in ("count", "true", "told", "arrived")},
                               now={k: float(getattr(told, k)[i]) for k in ("count", "true", "told", "arrived")}, entries=entries)

    def setup(self, figure):
        grid = figure.subplots(3, 2, sharex=True, sharey="row", height_ratios=(1, 1, 0.02 if self.room else 0.42))
        self.notes = [a.text(0, 1, "", transform=a.transAxes, va="top", fontsize=10 if not self.narrow else 9.5) for a in grid[2]]
        for axes in grid[2]:
            axes.set(ylim=(0, 1))
            axes.set_axis_off()
        for axes, name in zip(grid[0], ({"narrow": "What the pump\nwrites down", "room": "The pump writes"}.get(self.layout, "What the pump writes down"), "What happened")):
            axes.set_title(name, loc="left")
        left = grid[0][0], grid[1][0]
        left[0].set(xlim=(-4, LAST + 6), ylim=(0, 23), ylabel="Left (mL)" if self.room else "In the reservoir (mL)")
        left[1].set(ylim=(0, 140), ylabel="Days'\namounts" if self.room else "Days' amounts")
        for axes, name in zip(grid[1], ("given, by the log", "arrived in the canal")):
            axes.set_title(name, loc="left", fontsize=10)
            axes.tick_params(labelbottom=True)
            axes.set_xlabel("Days" if self.layout != "wide" else "Days after the first filling")
        left[0].set_xticks(range(0, LAST + 1, 40))
        left[0].set_yticks(range(0, 21, 10 if self.room else 5))
        left[1].set_yticks(range(0, 121, 40))
        self.lines, self.ends, self.numbers = {}, {}, {}
        for key, axes, colour in (("count", grid[0][0], BLUE), ("told", grid[1][0], BLUE), ("true", grid[0][1], VERMILLION), ("arrived", grid[1][1], VERMILLION)):
            self.lines[key] = axes.plot([], [], color=colour, lw=2.6)[0]
            self.ends[key] = axes.plot([], [], ls="none", marker="o" if colour == BLUE else "s", ms=8, color=colour, mec=PAPER, mew=1)[0]
            self.numbers[key] = axes.annotate("", (0, 0), (-8, 5), textcoords="offset points", ha="right", va="bottom", fontsize=10.5, weight="bold",
                                              bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 0.6, "alpha": 0.85})
        self.pale = [axes.plot([], [], color=MUTED, lw=1.5, ls=(0, (4, 2)))[0] for axes in grid[:2, 1]]
        self.pale_name = grid[1][1].text(0.03, 0.97, "", transform=grid[1][1].transAxes, va="top", fontsize=9.5, color=INK)
        figure.suptitle(FIXED.replace("fatal: ", "fatal:\n") if not self.narrow else FIXED.replace(". S", ".\nS").replace("al: c", "al:\nc"), fontsize=9.5)
        # A slot for each panel: one that reached over several would be drawn with the first of them, under the others' lines.
        for key, line in self.lines.items():
            self.live(key, line, self.ends[key], pin=False)
            self.live(f"{key}_number", self.numbers[key])
        for key, pale in zip(("count", "told"), self.pale):
            self.live(f"{key}_again", pale, pin=False)
        self.live("pale_name", self.pale_name)
        for side, note in zip(("log", "story"), self.notes):
            self.live(side, note)
        for axes in left:
            label_aside(axes, self.narrow, 0.19 if self.room else 0.13)

    def update(self, r):
        for key, line in self.lines.items():
            line.set_data(r.days, r.curves[key])
            self.ends[key].set_data([r.day], [r.now[key]])
            self.numbers[key].xy = r.day, r.now[key]
            unit = " mL" if key in ("count", "true") else ""
            early = r.day < 0.8 * LAST  # nothing is drawn to the right of the day
            place = {"position": (9, 0), "ha": "left", "va": "center"} if early else {"position": (-7, -4 if unit else 5), "ha": "right", "va": "top" if unit else "bottom"}
            self.numbers[key].set(text=rounded(r.now[key]) + unit, **place)
        for pale, key in zip(self.pale, ("count", "told")):
            pale.set_data(r.days, r.curves[key])
        apart = abs(r.now["told"] - r.now["arrived"]) > 0.01
        for artist in (*self.pale, self.pale_name):
            artist.set_visible(apart)
        self.pale_name.set_text("dashed: as the\npump has it" if self.layout != "wide" else "dashed: as the pump has it" if apart else "")
        if self.room:
            return  # the sentence below tells what the notes tell
        self.notes[0].set_text("\n".join(["Log: day 0, filled", *(f"day {e.time_h / DAY:g}, {e.kind}" for e in r.entries), "no gap, no alarm"]))
        self.notes[1].set_text(STORY[r.fault] if r.day > REFILL or r.fault == "none" else "Nothing wrong so far")

    def describe(self, r):
        now = {k: rounded(v) for k, v in r.now.items()}
        return (f"On day {r.day:g} the reservoir holds {now['count']} mL by the count and {now['true']} mL in truth. "
                f"By the log {now['told']} days' amounts were given; {now['arrived']} arrived in the canal. The log has no gap and no alarm.")

    def readings(self, r):
        return {"In the reservoir by the count": (r.now["count"], "mL"), "In the reservoir in truth": (r.now["true"], "mL"),
                "Given by the log": (r.now["told"], "days' amounts"), "Arrived in the canal": (r.now["arrived"], "days' amounts")}

    def table(self, r):
        rows = []
        for fault, label in zip(MAKE, self.controls()["fault"].face()["words"]):
            told = stories(fault)
            rows.append((label, *(rounded(float(getattr(told, k)[-1])) for k in ("count", "true", "told", "arrived"))))
        return ("Fault", "Counted, day 120 (mL)", "In truth (mL)", "Given by the log (days' amounts)", "Arrived (days' amounts)"), rows
