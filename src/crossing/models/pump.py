"""A pump with a reservoir and a catheter: what leaves the tip when a programme is given, and what the pump believes.

Times in hours, volumes in mL, amounts in doses, strength in doses per mL. A pump is told a volume: rate over strength.

    pump = Pump(reservoir_ml=20, strength_per_ml=2, dead_space_ml=0.25)
    delivery = pump.run(programme, hours=24 * 90, refills=pump.planned_refills(programme, 24 * 90))
    canal.run(delivery.tip, times, tip_cm)

Errors: ValueError naming argument, value and what was wanted.

In words: The reservoir holds a solution; the motor moves as much of it as the programme asks for; the catheter is full
from end to end. Push at one end, and at once as much comes out at the other: a new rate is felt at once. But what comes out
is what was in the tube: a new strength is felt only when the old solution has been pushed through. The pump knows what it
was told and what was typed in at the last refill. It subtracts, and calls the result the level of its reservoir. Nothing
measures that level, nor where the drug goes; so its log can be perfect while nothing arrives. Every dose ever filled
is followed: it is in the reservoir, in the catheter, at the tip, somewhere else, or drawn off and thrown away.

Assumes: Fluid and tube neither stretch nor shrink. Solution moves along the tube in order; a share of the dead space may be
a stirred part next to the pump. The pump gives a fixed ratio of the volume that it counts. It goes on counting when it stalls
or runs dry. A refill first draws off what is left (all but what cannot be reached), then fills, and the count is set to the
volume filled. Low and empty alarms come from the count. The reservoir and the tube are full at time 0.

Leaves out: The strokes of the motor, temperature and pressure, a tube that gives way under pressure, drift of the ratio with
age or filling, diffusion in the tube, loss of strength with time, fluid drawn from the tube by a sample.

Sources: Delivered against programmed volume: Wesemann K et al., Reg Anesth Pain Med 2014;39:341. Alarm by volume: Neurosurgery
2004;55:390. Volume of a catheter from its length: manual of an implanted pump (Flowonix, Prometra II). Plug flow is the
plain balance of volume.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from . import wanted
from .delivery import Delivery, LogEntry, Refilling
from .dosing import Infusion, Schedule
from .faults import AT_REFILL, Fault
from .plumbing import Catheter, Curve, Outlet
from .programme import Programme

_DAY = 24.0


def ul_per_day(ml_per_h: float) -> float:
    """uL/day from mL/h."""
    return 1000.0 * _DAY * wanted.not_negative("ml_per_h", ml_per_h)


def ml_per_h(ul_per_day: float) -> float:
    """mL/h from uL/day."""
    return wanted.not_negative("ul_per_day", ul_per_day) / (1000.0 * _DAY)


@dataclass(frozen=True)
class Refill:
    """A refill at `time_h`: to `volume_ml` (None: full) with `strength_per_ml` (None: as before).

    `bridged`: while the old solution is still in the catheter, the pump is told volumes for the old strength.
    """

    time_h: float
    strength_per_ml: float | None = None
    volume_ml: float | None = None
    bridged: bool = False

    def __post_init__(self) -> None:
        wanted.positive("Refill.time_h", self.time_h)
        for name in ("strength_per_ml", "volume_ml"):
            if getattr(self, name) is not None:
                wanted.positive(f"Refill.{name}", getattr(self, name))


@dataclass(frozen=True)
class Pump:
    """A pump as it lies in the body, filled and with its catheter full of the same solution at time 0.

    reservoir_ml       volume when full, what cannot be reached counted in
    strength_per_ml    doses per mL of the first filling
    dead_space_ml      volume between reservoir and tip
    alarm_ml           counted volume at which the low alarm sounds
    unreachable_ml     what can neither be pumped nor drawn off
    accuracy           volume given over volume counted
    mixed_share        share of the dead space that is stirred (0: the solution moves in order)
    position_cm        height of the tip (None: left to the model)
    """

    reservoir_ml: float
    strength_per_ml: float
    dead_space_ml: float
    alarm_ml: float = 0.0
    unreachable_ml: float = 0.0
    accuracy: float = 1.0
    mixed_share: float = 0.0
    position_cm: float | None = None

    def __post_init__(self) -> None:
        for name in ("reservoir_ml", "strength_per_ml", "accuracy"):
            wanted.positive(f"Pump.{name}", getattr(self, name))
        wanted.not_negative("Pump.dead_space_ml", self.dead_space_ml)
        wanted.between("Pump.alarm_ml", self.alarm_ml, 0.0, self.reservoir_ml)
        wanted.between("Pump.mixed_share", self.mixed_share, 0.0, 1.0)
        if not wanted.not_negative("Pump.unreachable_ml", self.unreachable_ml) < self.reservoir_ml:
            wanted.refuse("Pump.unreachable_ml", self.unreachable_ml, f"less than the reservoir, {self.reservoir_ml:g} mL")
        if self.position_cm is not None:
            wanted.not_negative("Pump.position_cm", self.position_cm)

    def flow_ml_per_h(self, rate: float) -> float:
        """Volume per hour that a `rate` (doses per hour) asks for: rate over strength."""
        return wanted.not_negative("rate", rate) / self.strength_per_ml

    def dead_time_h(self, rate: float) -> float:
        """Hours until a new strength reaches the tip at a steady `rate` (doses per hour)."""
        return self.dead_space_ml / self.flow_ml_per_h(wanted.positive("rate", rate)) / self.accuracy

    def drawn(self, count: int, spread: float, seed: int) -> tuple[Pump, ...]:
        """`count` pumps whose accuracies are spread (standard deviation `spread`, lognormal) about this one's mean."""
        count, spread = wanted.whole("count", count, 1), wanted.not_negative("spread", spread)
        width = np.log1p((spread / self.accuracy) ** 2)
        chance = np.random.default_rng(wanted.whole("seed", seed, 0))
        ratios = self.accuracy * np.exp(np.sqrt(width) * chance.standard_normal(count) - 0.5 * width)
        return tuple(replace(self, accuracy=float(ratio)) for ratio in ratios)

    def refill_due_h(self, programme: Programme, start_h: float = 0.0, longest_h: float = 400 * _DAY) -> float:
        """Hour at which the count falls to the alarm, filled at `start_h`; infinite if not within `longest_h` of it."""
        start, longest = wanted.not_negative("start_h", start_h), wanted.positive("longest_h", longest_h)
        left = (self.reservoir_ml - max(self.alarm_ml, self.unreachable_ml)) * self.strength_per_ml
        span = min(longest, 1.25 * _DAY * left / programme.daily_amount + _DAY) if programme.daily_amount else longest
        while True:
            plan = programme.plan(start + span, start)
            if plan.total >= left or span == longest:
                break
            span = min(2 * span, longest)
        at = np.unique(np.concatenate([plan.edges, plan.times]))
        line = np.interp(at, plan.edges, np.append(0.0, np.cumsum(plan.rates * np.diff(plan.edges))))
        sums = np.append(0.0, np.cumsum(plan.amounts))
        before, after = (line + sums[np.searchsorted(plan.times, at, side)] for side in ("left", "right"))
        near = left * (1 - 1e-12)
        if not after[-1] >= near:
            return float("inf")
        i = int(np.argmax(after >= near))
        if i == 0 or before[i] < near:
            return float(at[i])
        share = (left - after[i - 1]) / (before[i] - after[i - 1])
        return float(at[i - 1] + (at[i] - at[i - 1]) * min(share, 1.0))

    def planned_refills(self, programme: Programme, hours: float, early_h: float = 0.0) -> tuple[Refill, ...]:
        """Refills `early_h` before each low alarm, until `hours`, all of the first strength."""
        hours, early = wanted.positive("hours", hours), wanted.not_negative("early_h", early_h)
        refills, now = list[Refill](), 0.0
        while True:
            due = self.refill_due_h(programme, now, max(hours - now + early, 1e-6)) - early
            if not due < hours:
                return tuple(refills)
            if due <= now:
                wanted.refuse("early_h", early, f"less than the {due + early - now:.3g} h that a filling lasts")
            refills.append(Refill(due))
            now = due

    def run(self, programme: Programme, hours: float, refills: Refill | Iterable[Refill] = (),
            faults: Fault | Iterable[Fault] = ()) -> Delivery:
        """What happens up to `hours` with `refills` and `faults`."""
        if not isinstance(programme, Programme):
            wanted.refuse("programme", programme, "a Programme")
        hours = wanted.positive("hours", hours)
        faults = (faults,) if isinstance(faults, Fault) else tuple(faults)
        refills = (refills,) if isinstance(refills, Refill) else tuple(refills)
        for name, items, kind in (("refills", refills, Refill), ("faults", faults, Fault)):
            for i, item in enumerate(items):
                if not isinstance(item, kind):
                    wanted.refuse(f"{name}[{i}]", item, f"a {kind.__name__}")
        return _Run(self, programme, hours, _spoilt(self, refills, faults), faults).delivery()


def _spoilt(pump: Pump, refills: tuple[Refill, ...], faults: tuple[Fault, ...]) -> list[tuple[Refill, float, float]]:
    """Refills with what faults do to them: (refill, factor on its strength, share that goes beside the pump)."""
    times = [refill.time_h for refill in refills]
    if any(b <= a for a, b in zip(times, times[1:])):
        wanted.refuse("refills", times, "refills in order of time")
    done = [(refill, 1.0, 0.0) for refill in refills]
    for refill in refills:
        if refill.volume_ml is not None:
            wanted.between("Refill.volume_ml", refill.volume_ml, pump.unreachable_ml, pump.reservoir_ml)
    for fault in faults:
        if fault.kind not in AT_REFILL:
            continue
        place = next((i for i, time in enumerate(times) if time >= fault.time_h), None)
        if place is None:
            wanted.refuse("faults", fault.in_words(), "a refill at that time or later")
        refill, strength, beside = done[place]
        if fault.kind == "wrong strength":
            strength *= fault.factor
        elif fault.kind == "pocket fill":
            beside = 1 - (1 - beside) * (1 - fault.share)
        else:
            refill = replace(refill, time_h=refill.time_h + fault.late_h)
            if place + 1 < len(done) and refill.time_h >= times[place + 1]:
                wanted.refuse("late_h", fault.late_h, "a refill before the next one is due")
        done[place] = refill, strength, beside
    return done


class _Run:
    """One run, from one instant at which something changes to the next."""

    def __init__(self, pump: Pump, programme: Programme, hours: float, refills: list[tuple[Refill, float, float]],
                 faults: tuple[Fault, ...]) -> None:
        self.pump, self.programme, self.hours, self.faults = pump, programme, hours, faults
        self.plan = programme.plan(hours)
        self.refills = [item for item in refills if item[0].time_h < hours]
        self.level = self.count = pump.reservoir_ml
        self.strength = self.label = self.old_label = pump.strength_per_ml
        self.bridge = 0.0  # volume still to be told at the old label
        holes = {f.place for f in faults if f.kind in ("leak", "disconnection")}
        self.catheter = Catheter(pump.dead_space_ml, pump.mixed_share, holes, pump.strength_per_ml)
        self.filled, self.thrown = self.level * self.strength + self.catheter.amount, 0.0
        self.outlets = {name: Outlet() for name in ("tip", "leak", "gap", "pocket", "outside")}
        self.log, self.openings, self.books = list[LogEntry](), list[Refilling](), list[tuple[float, ...]]()
        self.pumped = self.counted = 0.0
        self.curves = {name: Curve() for name in ("level", "count", "tip", "true", "label")}
        self.curves["true"].add(0.0, self.strength)
        self.curves["label"].add(0.0, self.label)
        self.last_at_tip: float | None = None
        self.warned = {"low": self.count <= pump.alarm_ml, "empty": False}

    def delivery(self) -> Delivery:
        self._go()
        names = ("filled", "in_reservoir", "in_catheter", "at_tip", "elsewhere", "thrown_away")
        books = np.array(self.books).T
        schedules = {name: outlet.schedule() for name, outlet in self.outlets.items()}
        # A pump that delivers nothing gives at a rate of nought: a schedule to run has at least one dose.
        tip = schedules.pop("tip")
        tip = tip if len(tip) else Schedule(Infusion(0.0, self.hours, 0.0, self.pump.position_cm))
        curves = self.curves
        return Delivery(self.pump, self.programme, self.hours, self.faults, tip,
                        {name: schedule for name, schedule in schedules.items() if len(schedule)},
                        tuple(self.log), tuple(self.openings),
                        books[0], dict(zip(names, books[1:])), self.pumped, self.counted, curves["level"], curves["count"],
                        curves["tip"], curves["true"], curves["label"])

    def _go(self) -> None:
        plan, on_the_way = self.plan, [f for f in self.faults if f.kind not in AT_REFILL]
        refills = {item[0].time_h: item for item in self.refills}
        doses: dict[float, float] = {}
        for time, amount in zip(plan.times.tolist(), plan.amounts.tolist()):
            doses[time] = doses.get(time, 0.0) + amount
        turns = {t for f in on_the_way for t in (f.time_h, f.until_h) if t < self.hours}
        marks = sorted({*plan.edges.tolist(), *doses, *refills, *turns})
        rates = dict(zip(plan.edges.tolist(), plan.rates.tolist()))
        rate = 0.0
        self._set(0.0)
        self._book(0.0)
        for now, after in zip(marks, marks[1:]):
            rate = rates.get(now, rate)
            if now in turns:
                self._set(now)
            if now in refills:
                self._refill(*refills[now])
            if now in doses:
                self._dose(now, doses[now])
            self._flow(now, after, rate)
            self._book(after)

    def _set(self, now: float) -> None:
        """What the faults on the way make of motor, tube and tip from `now` on."""
        active = [f for f in self.faults if f.active(now)]

        def of(*kinds: str) -> list[Fault]:
            return [f for f in active if f.kind in kinds]

        stalled, before = bool(of("stall")), getattr(self, "stalled", False)
        logged = [f for f in self.faults if f.kind == "stall" and f.shows and now in (f.time_h, f.until_h)]
        if logged and stalled != before:
            said = ("stall", "motor stall") if stalled else ("recovered", "motor runs again")
            self.log.append(LogEntry(now, *said))
        self.stalled = stalled
        told = float(np.prod([f.factor for f in of("wrong rate")]))
        if told != getattr(self, "told", 1.0):
            self.log.append(LogEntry(now, "programme", f"programme entered: {100 * told:.4g} % of the rates before"))
        self.told = told
        self.ratio = 0.0 if stalled else self.pump.accuracy * float(
            np.prod([f.factor for f in of("runs off")]) * np.prod([1 - f.share for f in of("occlusion")]))
        self.escaping: dict[float, tuple[float, str]] = {}
        for fault in of("leak", "disconnection"):
            kept = 1 - self.escaping.get(fault.place, (0.0, ""))[0]
            name = "gap" if fault.kind == "disconnection" else "leak"
            self.escaping[fault.place] = (1 - kept * (1 - fault.share), name)
        moved = sorted(of("tip moved"), key=lambda f: f.time_h)
        self.position = moved[-1].position_cm if moved else self.pump.position_cm
        self.way_out = "outside" if moved and self.position is None else "tip"

    def _book(self, now: float) -> None:
        elsewhere = sum(outlet.total for name, outlet in self.outlets.items() if name != "tip")
        self.books.append((now, self.filled, self.level * self.strength, self.catheter.amount, self.outlets["tip"].total,
                           elsewhere, self.thrown))

    def _refill(self, refill: Refill, factor: float, beside: float) -> None:
        pump, now = self.pump, refill.time_h
        self.openings.append(Refilling(now, self.level, self.count))
        rest = min(self.level, pump.unreachable_ml)
        self.thrown += (self.level - rest) * self.strength
        self.old_label, self.label = self.label, refill.strength_per_ml or self.label
        volume = (refill.volume_ml or pump.reservoir_ml) - pump.unreachable_ml
        strength = self.label * factor
        self.filled += volume * strength
        if beside:
            self.outlets["pocket"].at_once(now, volume * beside * strength, volume * beside, None)
        inside = volume * (1 - beside)
        if rest + inside > 0:
            self.strength = (rest * self.strength + inside * strength) / (rest + inside)
        self.level, self.count = rest + inside, pump.unreachable_ml + volume
        self.bridge = pump.dead_space_ml if refill.bridged and self.label != self.old_label else 0.0
        self.warned = {"low": self.count <= pump.alarm_ml, "empty": False}
        self.log.append(LogEntry(now, "refill", f"refill to {self.count:.3g} mL, {self.label:.4g} doses per mL"))
        self.curves["true"].add(now, self.strength)
        self.curves["label"].add(now, self.label)

    def _dose(self, now: float, amount: float) -> None:
        amount *= self.told
        volume = min(amount / self.old_label, self.bridge)
        self.bridge -= volume
        volume += (amount - volume * self.old_label) / self.label if amount > volume * self.old_label else 0.0
        self.curves["level"].add(now, self.level)
        self.curves["count"].add(now, self.count)
        self._move(now, 0.0, volume)

    def _flow(self, now: float, after: float, rate: float) -> None:
        """A steady `rate` (doses per hour, as prescribed) from `now` to `after`, cut where the pump's state changes."""
        pump, rate = self.pump, rate * self.told
        # A mark is reached when it is nearer than rounding can tell; else the pump would creep up to it for ever.
        near = 1e-12 * pump.reservoir_ml
        while now < after:
            label = self.old_label if self.bridge > 0 else self.label
            told, spans = rate / label, [after - now]
            given = told * self.ratio if self.level > pump.unreachable_ml + near else 0.0
            if told:
                spans += [self.bridge / told] if self.bridge > 0 else []
                spans += [(self.count - mark) / told for mark in (pump.alarm_ml, pump.unreachable_ml) if self.count > mark + near]
            if given:
                spans.append((self.level - pump.unreachable_ml) / given)
            span = min(spans)
            end = after if span == spans[0] or now + span >= after else now + span
            if end <= now:  # no time to tell apart from none: what is left of the bridge counts as gone
                self.bridge = 0.0
                end = np.nextafter(now, np.inf)
            self.curves["level"].add(now, self.level, -given)
            self.curves["count"].add(now, self.count, -told if self.count > pump.unreachable_ml + near else 0.0)
            self._move(now, end - now, told * (end - now))
            self.bridge = max(self.bridge - told * (end - now), 0.0)
            self.bridge = 0.0 if self.bridge < 1e-12 * pump.dead_space_ml else self.bridge
            now = end

    def _move(self, now: float, span: float, told: float) -> None:
        """A told volume: subtract it from the count, move what the motor makes of it, and see where it comes out."""
        pump, near = self.pump, 1e-12 * self.pump.reservoir_ml
        self.counted += told
        self.count = max(self.count - told, pump.unreachable_ml)
        given, rest = told * self.ratio, pump.unreachable_ml
        if self.level - given > rest + near:
            rest = self.level - given
        else:  # dry: to the last digit, so that nothing is left that could be pumped
            given = self.level - rest
        for kind, mark, words in (("low", pump.alarm_ml, "low reservoir"), ("empty", pump.unreachable_ml, "empty reservoir")):
            if not self.warned[kind] and self.count <= mark + near:
                self.warned[kind] = True
                self.log.append(LogEntry(now + span, kind, f"{words}, by the count"))
        if not given > 0:
            return
        self.level = rest
        self.pumped += given
        for name, when, length, volume, strength in self.catheter.push(now, span, given, self.strength, self.escaping):
            outlet = self.outlets[self.way_out if name == "tip" else name]
            position = self.position if name == "tip" else None
            if name == "tip" and strength != self.last_at_tip:
                self.last_at_tip = strength
                self.curves["tip"].add(when, strength)
            if span:
                outlet.over(when, length, volume * strength, position)
            else:
                outlet.at_once(when, volume * strength, volume, position)
