"""The invented cases of `FindTheFault`: one pump, eleven kinds of cause, and which of them is hidden in which case.

Day 0 of a case is the first day on which the effect may have fallen; nobody is sure for three days. Every cause begins within
them, so that the diary of the effect tells none from another: only whether a refill was due on day 0.
"""

from functools import lru_cache
from itertools import combinations

import numpy as np

from ...facts import facts
from ...models import faults
from ...models.findings import LOOKS, NO_FAULT, Case, Limits, Puzzle, Setting, Suspect
from ...models.fluid import OnePool
from ...models.programme import Programme
from ...models.pump import Pump
from ...models.settling import levels

DAY = 24.0
#: Each kind of the model in the words seen on the chart.
KINDS = {"stall": "motor stands still", "runs off": "gives too little", "wrong rate": "programme mistyped",
         "wrong strength": "refill too weak", "pocket fill": "refill beside pump", "late refill": "refill late",
         "occlusion": "tube blocked", "leak": "tube leaks", "disconnection": "tube apart", "tip moved": "tip moved",
         NO_FAULT: "no pump fault"}
#: Invented cost of each look for sale, by its name in the model.
COSTS = {"log": 1, "reservoir": 2, "x-ray": 3, "assay": 3, "side port": 5, "csf": 6, "dye": 8}
AFTER = (4, 10, 18)
#: The first cases are chosen, the rest drawn by lot: (whether it began about a refill, kind, whether it shows where it can).
CHOSEN = {1: (True, "disconnection", True), 2: (True, "pocket fill", True), 3: (True, "tip moved", False),
          4: (True, "runs off", True), 5: (True, NO_FAULT, True), 6: (False, "occlusion", True)}
COUNT = 60
UNSURE = 3  # days from day 0 on for which nobody can say whether the effect was less
FLOW, RATE = 1 / 32, 1.0  # of the invented pump: mL and doses an hour; a filling lasts 24 days


@lru_cache(1)
def pump():
    """The pump at work in every case: its measures are published, its flow is invented."""
    return Pump(facts["pump_reservoir"].range_in("mL")[0], RATE / FLOW, facts["catheter_volume"].to("mL"),
                alarm_ml=facts["alarm_volume"].to("mL"), unreachable_ml=0.25, accuracy=facts["pump_accuracy"].to("dimensionless"))


@lru_cache(1)
def pool():
    """The fluid as one pool: its volume and how fast a drug leaves it, from facts."""
    volume = facts["sss_csf_model"].to("mL")
    return OnePool(volume, volume * np.log(2) / facts["mtx_thalf"].to("h"))


@lru_cache(1)
def refills():
    """An hour before each low alarm, so that a sound pump never sounds one."""
    return pump().planned_refills(Programme.constant(RATE), 60 * DAY, early_h=1.0)


@lru_cache(COUNT)
def drawn(number):
    """What stands fast about case `number`: (day 0 in hours, days since the last refill was due, suspects, hidden one)."""
    chance = np.random.default_rng(4000 + number)
    at_refill, wanted_kind, shows = CHOSEN.get(number, (bool(chance.random() < 0.65), None, None))
    due = refills()[0].time_h
    since = 0 if at_refill else int(chance.integers(4, 6))
    start = due + since * DAY
    made = suspects(start, due if at_refill else None, chance)
    if wanted_kind is None:
        odds = np.array([suspect.chance for suspect in made])
        return start, since, made, int(chance.choice(len(made), p=odds / odds.sum()))
    fits = [i for i, s in enumerate(made) if s.kind == wanted_kind and (s.fault is None or s.fault.shows == shows)]
    return start, since, made, fits[0]


def suspects(start, due, chance):
    """Every kind that can have begun about `start`, all alike likely; those at a refill only where one was `due`."""
    when = lambda: start + float(chance.uniform(2.7, 2.8)) * DAY  # noqa: E731
    size = lambda low, high: round(float(chance.uniform(low, high)), 2)  # noqa: E731
    versions = [
        [faults.stall(when(), shows=True), faults.stall(when(), shows=False)],
        [faults.runs_off(when(), size(0.5, 0.65))],
        [faults.wrong_rate(when(), size(0.4, 0.6))],
        [faults.occlusion(when())],
        [faults.leak(when(), size(0.45, 0.9), size(0.1, 0.9)), faults.leak(when(), 0.29)],
        [faults.disconnection(when(), size(0.0, 0.5))],
        [faults.tip_moved(when(), shows=True), faults.tip_moved(when(), shows=False)],
    ]
    if due is not None:
        versions += [[faults.wrong_strength(due, size(0.4, 0.6))], [faults.pocket_fill(due)], [faults.late_refill(due, 20 * DAY)]]
    return (*(Suspect(fault, 1 / len(few)) for few in versions for fault in few), Suspect(None))


@lru_cache(2 * COUNT)
def case(number, after):
    """Case `number`, looked at `after` days: a `Case` of the model. Every look is sure; the hidden cause is the same on each day."""
    start, _, made, truth = drawn(number)
    low = facts["refill_gap_after"].range_in("mL")[0]
    limits = Limits(reservoir_ml=low, level=0.25, strength=0.2, leak=0.3)
    puzzle = Puzzle(Setting(pump(), Programme.constant(RATE), refills(), start / DAY + after, limits, pool()), made)
    return Case(puzzle, truth, {look: puzzle.table[look][truth] for look in LOOKS})


@lru_cache(2 * COUNT)
def cheapest(number, after):
    """The looks that leave as little doubt as all of them, at the lowest cost: (cost, looks)."""
    it = case(number, after)
    fits = {look: it.puzzle.likelihood(look, it.shows[look]) > 0 for look in COSTS}
    chances, best = it.chances(), None
    end = it.puzzle.doubt(it.chances(tuple(COSTS)))
    for count in range(len(COSTS) + 1):
        for looks in combinations(COSTS, count):
            cost = sum(COSTS[look] for look in looks)
            if best and cost >= best[0]:
                continue
            left = chances * np.all([fits[look] for look in looks], axis=0) if looks else chances
            if it.puzzle.doubt(left / left.sum()) < end + 1e-9:
                best = cost, looks
    return best


@lru_cache(2 * COUNT)
def arrived(number, after):
    """What nobody saw: days from day 0 and the level in the fluid, 1 being that of a sound pump."""
    start, _, made, truth = drawn(number)
    days = np.linspace(-6, after, 12 * (after + 6) + 1)  # two-hourly
    setting = case(number, after).puzzle.setting
    found, sound = (levels(pool(), setting.run(fault).tip, start + days * DAY)[:, 0] for fault in (made[truth].fault, None))
    return days, found / sound


@lru_cache(2 * COUNT)
def halved(number, after):
    """Hours in which the level lost half once nothing arrived any more; None where something still arrives."""
    if arrived(number, after)[1][-1] > 0.01:
        return None
    _, _, made, truth = drawn(number)
    tip = case(number, after).puzzle.setting.run(made[truth].fault).tip
    stop = max(dose.stop for dose in tip)
    hours = np.arange(0.0, 24.25, 0.25)
    level = levels(pool(), tip, stop + hours)[:, 0]
    return float(np.interp(np.log(2), -np.log(level / level[0]), hours))
