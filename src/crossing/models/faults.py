"""Faults of a pump and its catheter, each with a time: what goes wrong, from when, until when and how much of it.

Times in hours. A place along the catheter is a share of the fluid path: 0 at the pump, 1 at the tip. `Pump.run` takes
any number of them; nothing here says what they do to a level: that follows from the plumbing.
Errors: ValueError naming argument, value and what was wanted.

In words: A fault is a note to the pump model: from this hour on the motor stands still, or a share of the fluid escapes
half-way along the tube, or the next refill is of the wrong strength. The pump model then does its sums with that note.
Whether anybody could notice is a separate question, and the answer is worked out, not written down.

Assumes: A fault begins and ends at an instant and does not grow. A blocked tube stops the flow at the pump, without
swelling before it or a burst after it. A leak lets the same share escape at all times. A tip outside the canal gives
nothing to it. Sizes and times are invented wherever a lesson invents a case.

Leaves out: Faults that come and go with posture, slow scarring and masses at the tip, a battery that runs down, electronic
faults, infection, a drug that loses strength with time, and how often each of these happens (see the table of risks).

Sources: The kinds of fault as listed by Delhaas EM, Insights Imaging 2017;8:499 (migration, damage, disconnection, occlusion),
and in notices of makers and authorities (motor stall, faulty refills, pumps that run too fast).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from . import wanted

#: Each kind in words.
KINDS = {
    "stall": "the motor stands still",
    "occlusion": "the catheter is blocked",
    "leak": "the catheter leaks",
    "disconnection": "the catheter has come apart",
    "wrong strength": "the refill has the wrong strength",
    "pocket fill": "the refill went beside the pump",
    "late refill": "the refill is late",
    "wrong rate": "the programme is not the one prescribed",
    "tip moved": "the tip of the catheter has moved",
    "runs off": "the pump gives another volume than it counts",
}
#: Kinds that happen at a refill: the first one at or after the time of the fault.
AT_REFILL = ("wrong strength", "pocket fill", "late refill")


@dataclass(frozen=True)
class Fault:
    """One fault of a `kind` (see `KINDS`) from `time_h` up to `until_h`; make it with the functions of this module.

    `share` of the flow (or of a refill) that is stopped or lost, `factor` on strength, rate or volume, `place` along the
    catheter, `position_cm` a new height of the tip (None: outside the canal), `late_h`, and whether it `shows`: a stall in
    the log, a moved tip on a picture.
    """

    kind: str
    time_h: float
    until_h: float = float("inf")
    share: float = 1.0
    factor: float = 1.0
    place: float = 1.0
    position_cm: float | None = None
    late_h: float = 0.0
    shows: bool = True

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            wanted.refuse("kind", self.kind, "one of " + ", ".join(KINDS))
        wanted.not_negative("time_h", self.time_h)
        if not (isinstance(self.until_h, (int, float)) and self.until_h > self.time_h):
            wanted.refuse("until_h", self.until_h, f"a time after {self.time_h:g} h")
        wanted.between("share", self.share, 0.0, 1.0)
        wanted.not_negative("factor", self.factor)
        wanted.between("place", self.place, 0.0, 1.0)
        wanted.not_negative("late_h", self.late_h)
        if self.position_cm is not None:
            wanted.not_negative("position_cm", self.position_cm)

    def active(self, time_h: float) -> bool:
        """Whether it holds at `time_h` (a fault at a refill: whether it may happen from then on)."""
        return self.time_h <= wanted.number("time_h", time_h) < self.until_h

    def later(self, hours: float) -> Fault:
        """The same fault, `hours` later."""
        hours = wanted.number("hours", hours)
        return replace(self, time_h=self.time_h + hours, until_h=self.until_h + hours)

    def in_words(self) -> str:
        """What it is, from when until when, and how much of it."""
        text = f"{KINDS[self.kind]}, from day {self.time_h / 24:.3g}"
        if self.kind in AT_REFILL:
            text = f"{KINDS[self.kind]}, at the first refill from day {self.time_h / 24:.3g} on"
        elif self.until_h < float("inf"):
            text += f" to day {self.until_h / 24:.3g}"
        if self.kind in ("wrong strength", "wrong rate", "runs off"):
            text += f" ({self.factor:.3g} times)"
        elif self.kind in ("leak", "occlusion", "pocket fill") and self.share < 1:
            text += f" ({100 * self.share:.3g} %)"
        elif self.kind == "late refill":
            text += f" ({self.late_h / 24:.3g} days)"
        elif self.kind == "tip moved":
            text += " (outside the canal)" if self.position_cm is None else f" (to {self.position_cm:g} cm)"
        if not self.shows:
            text += ", unseen"
        return text


_EVER = float("inf")


def stall(time_h: float, until_h: float = _EVER, shows: bool = True) -> Fault:
    """The motor stands still; with an end, as in a magnetic field. If it does not show, the log says nothing of it."""
    return Fault("stall", time_h, until_h, shows=bool(shows))


def occlusion(time_h: float, until_h: float = _EVER, share: float = 1.0) -> Fault:
    """`share` of the flow is stopped by a block; the pump does not know."""
    return Fault("occlusion", time_h, until_h, share=share)


def leak(time_h: float, share: float, place: float = 0.5, until_h: float = _EVER) -> Fault:
    """`share` of the flow escapes at `place` along the catheter."""
    return Fault("leak", time_h, until_h, share=share, place=place)


def disconnection(time_h: float, place: float = 0.0) -> Fault:
    """Everything escapes at `place` along the catheter."""
    return Fault("disconnection", time_h, place=place)


def wrong_strength(time_h: float, factor: float) -> Fault:
    """The first refill at or after `time_h` is `factor` times as strong as its label."""
    return Fault("wrong strength", time_h, factor=factor)


def pocket_fill(time_h: float, share: float = 1.0) -> Fault:
    """`share` of the first refill at or after `time_h` goes beside the pump."""
    return Fault("pocket fill", time_h, share=share)


def late_refill(time_h: float, late_h: float) -> Fault:
    """The first refill at or after `time_h` comes `late_h` hours late."""
    return Fault("late refill", time_h, late_h=wanted.positive("late_h", late_h))


def wrong_rate(time_h: float, factor: float, until_h: float = _EVER) -> Fault:
    """The pump is told `factor` times what was prescribed."""
    return Fault("wrong rate", time_h, until_h, factor=factor)


def tip_moved(time_h: float, position_cm: float | None = None, shows: bool = True) -> Fault:
    """The tip lies at another height, or outside the canal (None); between two membranes it may look well placed."""
    return Fault("tip moved", time_h, position_cm=position_cm, shows=bool(shows))


def runs_off(time_h: float, factor: float, until_h: float = _EVER) -> Fault:
    """The pump moves `factor` times the volume that it counts."""
    return Fault("runs off", time_h, until_h, factor=factor)
