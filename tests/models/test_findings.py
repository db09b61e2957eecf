"""Looking for a fault: what each look shows, which faults look alike, and what was learned in bits."""

import functools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossing.models import faults
from crossing.models.canal import SpinalCanal
from crossing.models.findings import (LOOKS, NO_FAULT, Limits, Puzzle, Setting, Suspect, Trust, cases, evidence, first_seen,
                                      some_suspects)
from crossing.models.fluid import OnePool
from crossing.models.programme import Programme
from crossing.models.pump import Pump

DAY = 24.0
PUMP = Pump(20, 4, 0.25, alarm_ml=2, unreachable_ml=0.3, accuracy=1.01, position_cm=20)
EVEN = Programme.constant(0.1)
REFILLS = PUMP.planned_refills(EVEN, 80 * DAY, early_h=3 * DAY)  # days 27 and 54
LIMITS = Limits(reservoir_ml=2, level=0.25, strength=0.2, leak=0.3)
POOL = OnePool(150, 25)
SETTING = Setting(PUMP, EVEN, REFILLS, 50, LIMITS, POOL)
ALL = tuple(LOOKS)


@functools.cache
def puzzle(seed=1, trust=()):
    return Puzzle(SETTING, some_suspects(SETTING, seed), dict(trust))


def kinds(group):
    return {suspect.kind for suspect in group}


# -- what a look shows -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("look", ALL)
@pytest.mark.parametrize("day", [5.0, 26.9, 50.0])
def test_a_sound_pump_reads_as_usual(look, day):
    finding = Setting(PUMP, EVEN, REFILLS, day, LIMITS, POOL).look(look)
    assert finding.usual and finding.reads == LOOKS[look]


#: The looks that show each fault, begun on day 30 and looked for on day 50 (the refill of day 27 for what happens at one).
SHOWN = [
    (faults.stall(720), {"effect": "less", "log": "stall", "reservoir": "fuller than counted", "csf": "lower"}),
    (faults.stall(720, shows=False), {"effect": "less", "reservoir": "fuller than counted", "csf": "lower"}),
    (faults.stall(720, 744), {"log": "stall, stall over"}),
    (faults.occlusion(720), {"effect": "less", "reservoir": "fuller than counted", "side port": "no fluid comes",
                             "dye": "stops on the way", "csf": "lower"}),
    (faults.leak(720, 0.6), {"effect": "less", "dye": "escapes on the way", "csf": "lower"}),
    (faults.leak(720, 0.28), {"effect": "less", "csf": "lower"}),
    (faults.leak(720, 0.1), {}),
    (faults.disconnection(720), {"effect": "less", "x-ray": "come apart", "side port": "no fluid comes",
                                 "dye": "escapes on the way", "csf": "lower"}),
    (faults.wrong_strength(600, 0.5), {"effect": "less", "csf": "lower", "assay": "weaker"}),
    (faults.wrong_strength(600, 2.0), {"effect": "more", "csf": "higher", "assay": "stronger"}),
    (faults.pocket_fill(600), {"effect": "less", "reservoir": "emptier than counted", "csf": "lower", "assay": "nothing to test"}),
    (faults.late_refill(600, 24 * DAY), {"effect": "less", "log": "low reservoir, empty reservoir", "csf": "lower",
                                         "assay": "nothing to test"}),
    (faults.wrong_rate(720, 0.5), {"effect": "less", "log": "another programme", "csf": "lower"}),
    (faults.tip_moved(720), {"effect": "less", "x-ray": "tip elsewhere", "side port": "no fluid comes",
                             "dye": "goes outside the canal", "csf": "lower"}),
    (faults.tip_moved(720, shows=False), {"effect": "less", "side port": "no fluid comes", "dye": "goes outside the canal",
                                          "csf": "lower"}),
    (faults.runs_off(720, 1.4), {"effect": "more", "reservoir": "emptier than counted", "csf": "higher"}),
]


@pytest.mark.parametrize("fault, shown", SHOWN, ids=[fault.in_words() for fault, _ in SHOWN])
def test_what_each_look_shows_of_a_fault(fault, shown):
    found = {look: SETTING.look(look, fault) for look in ALL}
    assert {look: finding.reads for look, finding in found.items() if not finding.usual} == shown


def test_the_numbers_behind_the_words():
    stalled = SETTING.look("reservoir", faults.stall(720))
    assert stalled.number == pytest.approx(20 * DAY * 0.1 / 4 - 0.01 * 3 * DAY * 0.1 / 4, rel=1e-6)
    assert SETTING.look("csf", faults.leak(720, 0.6)).number == pytest.approx(0.4, rel=1e-6)
    assert SETTING.look("assay", faults.wrong_strength(600, 0.5)).number == pytest.approx((0.3 + 19.7 * 0.5) / 20, rel=1e-6)


def test_the_level_needs_the_canal_when_the_tip_has_moved_within_it():
    canal = SpinalCanal(60, 1.6, 80, 0.15, cells=40)
    there = Setting(PUMP, EVEN, REFILLS, 50, LIMITS, canal, place_cm=20, tip_cm=20)
    fault = faults.tip_moved(720, 45)
    assert there.look("csf", fault).reads == "lower" and there.look("dye", fault).reads == "reaches another height"
    assert SETTING.look("csf", fault).reads == "as expected"  # in one pool every place is the same place


@given(st.floats(0, 1), st.sampled_from([25.0, 40.0]))
def test_what_a_leak_hides_is_told_by_no_count(share, day):
    fault = faults.leak(0, share)
    setting = Setting(PUMP, EVEN, REFILLS, day, LIMITS, POOL)
    assert setting.look("log", fault).usual and setting.look("reservoir", fault).usual


# -- looking alike ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("looks", [(), ("log",), ("log", "reservoir"), ALL])
def test_groups_share_every_suspect_out_once_and_agree_within(looks):
    it = puzzle()
    groups = it.alike(looks)
    assert sorted(id(s) for group in groups for s in group) == sorted(map(id, it.suspects))
    readings = [{tuple(it.table[look][it.suspects.index(s)] for look in looks) for s in group} for group in groups]
    assert all(len(reading) == 1 for reading in readings)
    assert len(set().union(*readings)) == len(groups)


def test_by_log_and_reservoir_a_broken_catheter_looks_like_a_sound_pump():
    (group,) = [g for g in puzzle().alike(("log", "reservoir")) if NO_FAULT in kinds(g)]
    assert kinds(group) >= {"leak", "disconnection", "tip moved", "wrong strength"}


def test_some_faults_stay_alike_after_every_look():
    """A motor that stands still without a word, and one that pumps too little: no look here tells them apart."""
    assert any(kinds(group) >= {"stall", "runs off"} for seed in range(6) for group in puzzle(seed).alike())


def test_more_looks_never_join_what_fewer_tell_apart():
    assert len(puzzle().alike(("log",))) <= len(puzzle().alike(("log", "reservoir"))) <= len(puzzle().alike())


# -- beliefs and bits ------------------------------------------------------------------------------------------


@settings(max_examples=25)
@given(st.integers(0, 3), st.integers(0, 500), st.permutations(ALL), st.integers(0, 8))
def test_beliefs_are_chances_and_sure_looks_never_lose_the_truth(seed, which, order, count):
    it = puzzle(seed)
    case, bought = it.case(which), tuple(order[:count])
    beliefs = case.beliefs(bought)
    assert sum(beliefs.values()) == pytest.approx(1) and min(beliefs.values()) >= 0
    assert beliefs[case.fault.kind] > 0 and case.fault.kind in case.still_possible(bought, least=0)
    assert case.beliefs(tuple(reversed(bought))) == pytest.approx(beliefs)
    assert case.beliefs((*bought, *bought)) == pytest.approx(beliefs)  # bought twice is read once
    assert case.bits(bought) <= it.doubt(case.chances()) + 1e-9
    for look in ALL:
        assert -1e-9 <= case.worth(look, bought) <= it.doubt(case.chances(bought)) + 1e-9


def test_worth_is_the_mean_of_what_is_learned():
    """Weighed over all hidden causes, the bits a look brings are those it was said to be worth."""
    it = puzzle()
    chances = it.chances
    for look in ("reservoir", "csf", "dye"):
        mean = 0.0
        for i, chance in enumerate(chances):
            after = chances * it.likelihood(look, it.table[look][i])
            mean += chance * (it.doubt(chances) - it.doubt(after / after.sum()))
        assert it.worth(look, chances) == pytest.approx(mean, rel=1e-9)


def test_a_look_that_halves_the_suspects_is_worth_one_bit():
    it = Puzzle(SETTING, [Suspect(faults.stall(720, shows=False)), Suspect(faults.leak(720, 0.6))])
    assert it.doubt(it.chances) == pytest.approx(1)
    assert it.worth("reservoir", it.chances) == pytest.approx(1)
    assert it.worth("csf", it.chances) == 0 and it.worth("log", it.chances) == 0
    case = it.case(0)
    assert case.cannot_tell() and not case.cannot_tell(("reservoir",))
    assert case.bits(("reservoir",)) == pytest.approx(1)


def test_cannot_tell_is_right_exactly_when_the_group_holds_two_kinds():
    for seed in range(4):
        it = puzzle(seed)
        for which in range(6):
            case = it.case(which)
            for bought in ((), ("log", "reservoir"), ALL):
                (group,) = [g for g in it.alike(("effect", *bought)) if case.fault in g]
                if len(kinds(group)) == 1:
                    assert not case.cannot_tell(bought)
                assert case.cannot_tell(bought, sure=1.0) == (len(kinds(group)) > 1)


def test_a_look_that_errs_shifts_beliefs_less_and_may_mislead():
    doubtful = (("dye", Trust(misses=0.2, false=0.1)),)
    sure, unsure = puzzle(1), puzzle(1, doubtful)
    assert 0 < unsure.worth("dye", unsure.chances) < sure.worth("dye", sure.chances)
    assert sum(unsure.likelihood("dye", reads) for reads in {*unsure.table["dye"], LOOKS["dye"]}) == pytest.approx(1)
    misled = [unsure.case(i) for i in range(60)]
    wrong = [case for case in misled if case.shows["dye"] != unsure.table["dye"][case.truth]]
    assert wrong and all(case.beliefs(("dye",))[case.fault.kind] > 0 for case in wrong)
    assert min(case.bits(("dye",)) for case in wrong) < max(case.bits(("dye",)) for case in misled)


# -- cases -----------------------------------------------------------------------------------------------------


def test_cases_are_the_same_for_the_same_seed_and_many_for_many():
    first, again = (cases(SETTING, 5, 8) for _ in range(2))
    assert [(c.truth, c.shows) for c in first] == [(c.truth, c.shows) for c in again]
    seen = {case.fault.kind for seed in range(6) for case in (puzzle(seed).case(i) for i in range(40))}
    assert seen == set(faults.KINDS) | {NO_FAULT}
    assert all(case.shows["effect"] != LOOKS["effect"] for case in first)


def test_before_the_first_refill_nothing_can_have_gone_wrong_at_one():
    early = Setting(PUMP, EVEN, REFILLS, 20, LIMITS, POOL)
    assert not kinds(some_suspects(early, 1)) & set(faults.AT_REFILL)
    assert kinds(some_suspects(SETTING, 1)) == set(faults.KINDS) | {NO_FAULT}


def test_chances_put_in_come_out():
    it = Puzzle(SETTING, [Suspect(None, 3), Suspect(faults.leak(720, 0.6), 1)])
    assert it.by_kind(it.chances) == pytest.approx({NO_FAULT: 0.75, "leak": 0.25})


def test_how_often_one_looks_sets_when_it_is_seen():
    """A stall shows in the reservoir once the missing volume passes the limit; a leak never does."""
    stall = faults.stall(2 * DAY, shows=False)
    until = (LIMITS.reservoir_ml + 2 * DAY * 0.01 * 0.025) / (0.1 / 4) / DAY
    for every in (0.5, 1.0, 4.0):
        days = np.arange(every, 12, every)
        seen = first_seen(SETTING, stall, "reservoir", days)
        assert seen == days[days > 2 + until][0]
    assert first_seen(SETTING, faults.leak(0, 0.9), "reservoir", [10, 30, 50]) is None
    assert first_seen(SETTING, faults.leak(0, 0.9), "csf", [0, 5]) == 5


@pytest.mark.parametrize("call, words", [
    (lambda: SETTING.look("crystal ball"), ["look", "crystal ball", "reservoir"]),
    (lambda: evidence(SETTING.run(), "log", 99, LIMITS), ["day", "99"]),
    (lambda: evidence(SETTING.run(), "csf", 10, LIMITS), ["level", "None"]),
    (lambda: Limits(-1, 0, 0, 0), ["reservoir_ml", "-1"]),
    (lambda: Setting(PUMP, EVEN, (), 0, LIMITS, POOL), ["day", "0"]),
    (lambda: Setting(3, EVEN, (), 1, LIMITS, POOL), ["pump", "3", "Pump"]),
    (lambda: Puzzle(SETTING, []), ["suspects", "at least one"]),
    (lambda: Puzzle(SETTING, [Suspect(faults.leak(720, 0.01))]).case(1), ["suspects", "notice"]),
    (lambda: puzzle().likelihood("log", "purple"), ["reads", "purple"]),
    (lambda: puzzle().worth("log", [1.0]), ["chances"]),
    (lambda: puzzle().case(1).cannot_tell(sure=2), ["sure", "2"]),
    (lambda: Suspect(None, 0), ["chance", "0"]),
    (lambda: Trust(misses=2), ["misses", "2"]),
    (lambda: first_seen(SETTING, faults.stall(1), "log", []), ["days", "at least one"]),
    (lambda: cases(SETTING, 1, 0), ["count", "0"]),
])
def test_bad_questions_are_refused_in_words(call, words):
    with pytest.raises(ValueError) as error:
        call()
    for word in words:
        assert word in str(error.value)
