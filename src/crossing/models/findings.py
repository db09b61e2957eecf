"""What each way of looking would show on a given day, which faults look alike, and what a look is worth in bits.

A signal puzzle, not a protocol: faults, costs and beliefs are invented, and nothing here says what to do with a person.

    setting = Setting(pump, programme, refills, day=40, limits=limits, model=pool)
    puzzle = Puzzle(setting, some_suspects(setting, seed=1))
    puzzle.alike(("log", "reservoir"))          groups of suspects that give the same trace
    case = puzzle.case(seed=3)                  one of them, hidden
    case.beliefs(("reservoir", "csf"))          {kind: probability} after these looks

Errors: ValueError naming argument, value and what was wanted.

In words: Run the pump once with each fault that might be the cause, and write down what every look would show: the volume in
the reservoir against the count, the log, a picture, a try to draw fluid through the side port, a dye, a sample of the
fluid round the cord, an assay of the solution. Faults with the same row of readings cannot be told apart by these looks,
whoever looks. Each look that is bought strikes out the faults that do not fit it, and beliefs shift to the rest. How much
was learned is counted in bits: one bit halves the doubt. "Cannot tell yet" is a right answer whenever too much is left.

Assumes: That the cause is one of the suspects, one fault at a time. That a reading is one of a few words, with limits below
which a difference cannot be seen. That a look, where it is not sure, misses what is wrong, or shows what is not, at fixed rates
and independently of the other looks. Chances before the first look are those that were put in.

Leaves out: Symptoms, urgency and harm of a look; two faults at once; what happens to the person meanwhile. Costs belong to the
lesson that invents them.

Sources: Shannon CE, Bell Syst Tech J 1948;27:379, for the bit. That pictures, side port, dye and tracer each find a share of
catheter faults: Dvorak EM, PM R 2010 (10.1016/j.pmrj.2010.01.016).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from . import faults as _faults
from . import wanted
from .delivery import Delivery
from .faults import Fault
from .programme import Programme
from .pump import Pump, Refill
from .settling import levels
from .wanted import Array, Numbers

if TYPE_CHECKING:  # whatever model of theirs a setting brings, it is loaded by then
    from .canal import SpinalCanal
    from .fluid import OnePool, TwoPools

_DAY = 24.0

#: Ways to look, each with what it reads when nothing is wrong.
LOOKS = {
    "effect": "as usual",
    "log": "nothing unusual",
    "reservoir": "as counted",
    "x-ray": "in place",
    "side port": "fluid comes",
    "dye": "reaches the canal",
    "csf": "as expected",
    "assay": "as labelled",
}
#: The suspect that is no fault of the pump: all arrives as before, and the effect is less for another reason.
NO_FAULT = "nothing wrong with the pump"


@dataclass(frozen=True)
class Limits:
    """Differences that can just be seen: mL in the reservoir, and shares of a `level`, of a strength, of a flow (`leak`)."""

    reservoir_ml: float
    level: float
    strength: float
    leak: float

    def __post_init__(self) -> None:
        wanted.not_negative("Limits.reservoir_ml", self.reservoir_ml)
        for name in ("level", "strength", "leak"):
            wanted.between(f"Limits.{name}", getattr(self, name), 0.0, 1.0)


@dataclass(frozen=True)
class Finding:
    """What a `look` `reads`, and the `number` behind it if there is one: mL more than counted, or found over expected (a ratio)."""

    look: str
    day: float
    reads: str
    number: float | None = None

    @property
    def usual(self) -> bool:
        """Whether it reads as it does when nothing is wrong."""
        return self.reads == LOOKS[self.look]


@dataclass(frozen=True)
class Setting:
    """A pump at work, looked at on `day`; `model` (with `place_cm`, `tip_cm` for a canal) gives the level of a sample."""

    pump: Pump
    programme: Programme
    refills: tuple[Refill, ...]
    day: float
    limits: Limits
    model: SpinalCanal | OnePool | TwoPools
    place_cm: float | None = None
    tip_cm: float | None = None

    def __post_init__(self) -> None:
        wanted.positive("Setting.day", self.day)
        for name, kind in (("pump", Pump), ("programme", Programme), ("limits", Limits)):
            if not isinstance(getattr(self, name), kind):
                wanted.refuse(f"Setting.{name}", getattr(self, name), f"a {kind.__name__}")
        for name in ("place_cm", "tip_cm"):
            if getattr(self, name) is not None:
                wanted.not_negative(f"Setting.{name}", getattr(self, name))
        object.__setattr__(self, "refills", tuple(self.refills))

    def run(self, fault: Fault | None = None) -> Delivery:
        """The delivery up to the day of looking, and an hour on, with one fault or none."""
        return self.pump.run(self.programme, self.day * _DAY + 1.0, self.refills, () if fault is None else (fault,))

    @cached_property
    def _sound(self) -> Array:
        return self._levels(self.run())

    def _levels(self, delivery: Delivery) -> Array:
        """Levels over the day before the look, the last one at the look."""
        times = self.day * _DAY + np.linspace(-min(_DAY, self.day * _DAY), 0.0, 25)
        return levels(self.model, delivery.tip, times, self.place_cm, self.tip_cm)[:, 0]

    def look(self, look: str, fault: Fault | None = None) -> Finding:
        """What `look` would show on the day, with `fault`."""
        _known(look)
        delivery = self.run(fault)
        found = None
        if look in ("csf", "effect"):
            found = _ratio(look, self._levels(delivery), self._sound)
        return evidence(delivery, look, self.day, self.limits, found)


def _known(look: str) -> str:
    return look if look in LOOKS else wanted.refuse("look", look, "one of " + ", ".join(LOOKS))


def _ratio(look: str, found: Array, sound: Array) -> float:
    """Level found over the level of a sound pump: at the moment for a sample, over a day for the effect."""
    found, sound = (found[-1], sound[-1]) if look == "csf" else (found.mean(), sound.mean())
    return float(found / sound) if sound > 0 else 1.0


def evidence(delivery: Delivery, look: str, day: float, limits: Limits, level: float | None = None) -> Finding:
    """What `look` shows on `day` of a `delivery`. For "csf" and "effect": `level`, a ratio, found over expected.

    Everything is read off the run: the volume against the count, the entries of the log, where fluid can pass and goes.
    """
    time = _DAY * wanted.not_negative("day", day)
    if not time <= delivery.hours:
        wanted.refuse("day", day, f"a day of the run, {delivery.hours / _DAY:.4g} at most")
    if _known(look) == "reservoir":
        number = float(delivery.reservoir_ml(time) - delivery.expected_ml(time))
        words = ("emptier than counted", LOOKS[look], "fuller than counted")
        return Finding(look, day, _off(number, limits.reservoir_ml, *words), number)
    if look == "log":
        kinds = [entry.kind for entry in delivery.log if entry.time_h <= time and entry.kind != "refill"]
        said = {"low": "low reservoir", "empty": "empty reservoir", "stall": "stall", "recovered": "stall over",
                "programme": "another programme"}
        return Finding(look, day, ", ".join(said[kind] for kind in dict.fromkeys(kinds)) or LOOKS[look])
    if look in ("csf", "effect"):
        level = wanted.not_negative("level", level)
        words = ("lower", "as expected", "higher") if look == "csf" else ("less", "as usual", "more")
        return Finding(look, day, _off(level - 1, limits.level, *words), level)
    if look == "assay":
        if delivery.reservoir_ml(time) <= delivery.pump.unreachable_ml * (1 + 1e-9):
            return Finding(look, day, "nothing to test")
        number = float(delivery.true_strength(time) / delivery.label_strength(time))
        return Finding(look, day, _off(number - 1, limits.strength, "weaker", LOOKS[look], "stronger"), number)
    blocked, lost, moved = delivery.passes(time) == 0, delivery.escapes(time), delivery.tip_fault(time)
    outside = moved is not None and moved.position_cm is None
    if look == "x-ray":
        reads = "come apart" if lost == 1 else "tip elsewhere" if moved and moved.shows else LOOKS[look]
    elif look == "side port":
        reads = "no fluid comes" if blocked or lost == 1 or outside else LOOKS[look]
    else:
        reads = ("stops on the way" if blocked else "escapes on the way" if lost and lost >= limits.leak
                 else "goes outside the canal" if outside else "reaches another height" if moved else LOOKS[look])
    return Finding(look, day, reads)


def _off(number: float, limit: float, below: str, usual: str, above: str) -> str:
    near = 1e-9 * max(1.0, limit)
    return below if number < -limit - near else above if number > limit + near else usual


def first_seen(setting: Setting, fault: Fault, look: str, days: Iterable[float]) -> float | None:
    """The first of `days` (each a number of days from the start) on which `look` shows that something is wrong; None if it never does."""
    for day in wanted.times("days", days, 0.0):
        if day > 0 and not replace(setting, day=float(day)).look(look, fault).usual:
            return float(day)
    return None


@dataclass(frozen=True)
class Suspect:
    """A `fault` (None: no fault of the pump) and its `chance` before the first look, relative to the other suspects."""

    fault: Fault | None
    chance: float = 1.0

    def __post_init__(self) -> None:
        wanted.positive("Suspect.chance", self.chance)

    @property
    def kind(self) -> str:
        """The kind of the fault, or the words for none."""
        return self.fault.kind if self.fault else NO_FAULT


@dataclass(frozen=True)
class Trust:
    """How often a look `misses` what is wrong (it reads as usual), and how often it is `false` (wrong where nothing is)."""

    misses: float = 0.0
    false: float = 0.0

    def __post_init__(self) -> None:
        wanted.between("Trust.misses", self.misses, 0.0, 1.0)
        wanted.between("Trust.false", self.false, 0.0, 1.0)


def some_suspects(setting: Setting, seed: int, each: int = 2) -> tuple[Suspect, ...]:
    """`each` invented faults of every kind that can have happened by the day of looking, and none; all kinds alike likely."""
    chance = np.random.default_rng(wanted.whole("seed", seed, 0))
    each, end = wanted.whole("each", each, 1), setting.day * _DAY
    times = [refill.time_h for refill in setting.refills if refill.time_h < end]
    last = times[-1] if times else np.nan

    def when() -> float:
        return float(end * chance.uniform(0.3, 0.9))

    def size(low: float, high: float) -> float:
        return float(chance.uniform(low, high))

    makers: dict[str, Callable[[], Fault]] = {
        "stall": lambda: _faults.stall(when(), shows=bool(chance.random() < 0.75)),
        "occlusion": lambda: _faults.occlusion(when()),
        "leak": lambda: _faults.leak(when(), size(0.4, 1.0) * 0.95, size(0.1, 0.9)),
        "disconnection": lambda: _faults.disconnection(when(), size(0.0, 0.5)),
        "wrong strength": lambda: _faults.wrong_strength(last, float(chance.choice([0.5, 2.0]))),
        "pocket fill": lambda: _faults.pocket_fill(last, float(chance.choice([0.9, 1.0]))),
        "late refill": lambda: _faults.late_refill(last, end - last + _DAY),
        "wrong rate": lambda: _faults.wrong_rate(when(), float(chance.choice([0.5, 1.5, 2.0]))),
        "tip moved": lambda: _faults.tip_moved(when(), shows=bool(chance.random() < 0.5)),
        "runs off": lambda: _faults.runs_off(when(), float(chance.choice([0.6, 1.4]))),
    }
    made = [Suspect(maker(), 1.0 / each) for kind, maker in makers.items() for _ in range(each)
            if times or kind not in _faults.AT_REFILL]
    return (Suspect(None), *made)


def _entropy(chances: Array) -> float:
    kept = chances[chances > 0]
    return float(max(-(kept * np.log2(kept)).sum(), 0.0))


class Puzzle:
    """Every suspect run once: `table` {look: (reading of each suspect, ...)}, from which everything else follows.

    `trust` {look: Trust} where a look is not sure. The case begins with what was noticed: the `effect`.
    """

    def __init__(self, setting: Setting, suspects: Iterable[Suspect], trust: dict[str, Trust] | None = None) -> None:
        suspects = tuple(suspects)
        if not suspects:
            wanted.refuse("suspects", [], "at least one suspect")
        self.setting, self.suspects, self.trust = setting, suspects, dict(trust or {})
        for look in self.trust:
            _known(look)
        rows = [self._row(suspect) for suspect in suspects]
        self.table = {look: tuple(row[look] for row in rows) for look in LOOKS}
        chances = np.array([suspect.chance for suspect in suspects])
        self.chances = chances / chances.sum()
        self.kinds = tuple(dict.fromkeys(suspect.kind for suspect in suspects))

    def _row(self, suspect: Suspect) -> dict[str, str]:
        setting = self.setting
        delivery = setting.run(suspect.fault)
        found = setting._levels(delivery)
        row = {look: evidence(delivery, look, setting.day, setting.limits, _ratio(look, found, setting._sound)).reads
               for look in LOOKS}
        if suspect.fault is None:
            row["effect"] = "less"
        return row

    def alike(self, looks: Collection[str] = tuple(LOOKS)) -> tuple[tuple[Suspect, ...], ...]:
        """Groups of suspects that give the same readings on all of `looks`: no one can tell them apart by these."""
        groups: dict[tuple[str, ...], list[Suspect]] = {}
        for i, suspect in enumerate(self.suspects):
            groups.setdefault(tuple(self.table[_known(look)][i] for look in looks), []).append(suspect)
        return tuple(tuple(group) for group in groups.values())

    def likelihood(self, look: str, reads: str) -> Array:
        """Chance (suspects,) that `look` reads so, for each suspect."""
        shown, usual = np.array(self.table[_known(look)]), LOOKS[look]
        trust, odd = self.trust.get(look, Trust()), sorted(set(self.table[look]) - {usual})
        if reads not in (usual, *odd):
            wanted.refuse("reads", reads, "one of " + ", ".join((usual, *odd)))
        false = trust.false if odd else 0.0
        if reads == usual:
            return np.where(shown == usual, 1 - false, trust.misses)
        return np.where(shown == usual, false / max(len(odd), 1), np.where(shown == reads, 1 - trust.misses, 0.0))

    def by_kind(self, chances: Numbers) -> dict[str, float]:
        """{kind of fault: chance} from chances of the suspects (suspects,)."""
        chances = wanted.vector("chances", chances, len(self.suspects))
        result = dict.fromkeys(self.kinds, 0.0)
        for chance, suspect in zip(chances.tolist(), self.suspects):
            result[suspect.kind] += chance
        return result

    def doubt(self, chances: Numbers) -> float:
        """Bits still missing to know the kind of fault, from `chances` (suspects,)."""
        return _entropy(np.array(list(self.by_kind(chances).values())))

    def worth(self, look: str, chances: Numbers) -> float:
        """Bits that `look` can be expected to take off the doubt, when the suspects have these `chances` (suspects,)."""
        chances, gain = wanted.vector("chances", chances, len(self.suspects)), 0.0
        for reads in sorted({*self.table[_known(look)], LOOKS[look]}):
            joint = chances * self.likelihood(look, reads)
            if joint.sum() > 0:
                gain += float(joint.sum()) * self.doubt(joint / joint.sum())
        return max(self.doubt(chances) - gain, 0.0)

    def case(self, seed: int) -> Case:
        """One suspect as the hidden cause, drawn among those that change the effect; the same for the same `seed`."""
        chance = np.random.default_rng(wanted.whole("seed", seed, 0))
        noticed = np.array([reads != LOOKS["effect"] for reads in self.table["effect"]])
        if not noticed.any():
            wanted.refuse("suspects", "none that anybody would notice", "at least one that changes the effect by that day")
        odds = self.chances * noticed
        truth = int(chance.choice(len(odds), p=odds / odds.sum()))
        shown = {}
        for look in LOOKS:
            words = sorted({*self.table[look], LOOKS[look]})
            odds = np.array([self.likelihood(look, reads)[truth] for reads in words])
            shown[look] = str(chance.choice(words, p=odds / odds.sum())) if look != "effect" else self.table[look][truth]
        return Case(self, truth, shown)


@dataclass(frozen=True)
class Case:
    """A hidden cause (`truth`, its place among the suspects) and what each look `shows`. `bought` are looks, in any order."""

    puzzle: Puzzle = field(repr=False)
    truth: int
    shows: dict[str, str]

    @property
    def fault(self) -> Suspect:
        """The hidden cause."""
        return self.puzzle.suspects[self.truth]

    def chances(self, bought: Iterable[str] = ()) -> Array:
        """Chances (suspects,) after what was noticed and what was bought."""
        result = self.puzzle.chances * (np.array(self.puzzle.table["effect"]) == self.shows["effect"])
        for look in dict.fromkeys(bought):
            if _known(look) != "effect":
                result = result * self.puzzle.likelihood(look, self.shows[look])
        return result / result.sum()

    def beliefs(self, bought: Iterable[str] = ()) -> dict[str, float]:
        """{kind of fault: chance} after what was bought; kinds ruled out are there with 0."""
        return self.puzzle.by_kind(self.chances(bought))

    def still_possible(self, bought: Iterable[str] = (), least: float = 0.01) -> tuple[str, ...]:
        """Kinds that have at least this chance, `least` (0 to 1)."""
        least = wanted.between("least", least, 0.0, 1.0)
        return tuple(kind for kind, chance in self.beliefs(bought).items() if chance >= least and chance > 0)

    def cannot_tell(self, bought: Iterable[str] = (), sure: float = 0.95) -> bool:
        """Whether no kind is as likely as `sure`: then "cannot tell yet" is the right answer."""
        return max(self.beliefs(bought).values()) < wanted.between("sure", sure, 0.0, 1.0)

    def bits(self, bought: Iterable[str] = ()) -> float:
        """Doubt taken away by what was bought, in bits; below 0 where a look misled."""
        return self.puzzle.doubt(self.chances()) - self.puzzle.doubt(self.chances(bought))

    def worth(self, look: str, bought: Iterable[str] = ()) -> float:
        """Bits that `look` can be expected to take away now."""
        return self.puzzle.worth(look, self.chances(bought))


def cases(setting: Setting, seed: int, count: int, trust: dict[str, Trust] | None = None, each: int = 2) -> tuple[Case, ...]:
    """`count` cases about one set of invented suspects; the same for the same `seed`."""
    count, seed = wanted.whole("count", count, 1), wanted.whole("seed", seed, 0)
    puzzle = Puzzle(setting, some_suspects(setting, seed, each), trust)
    return tuple(puzzle.case(seed + 1000 * (i + 1)) for i in range(count))
