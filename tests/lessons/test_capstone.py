"""The capstone's charts: what the hidden compounds allow to be said, and what not."""

import json

import numpy as np
import pytest

from crossing.explore import questions
from crossing.lessons.capstone import TwoCompounds, UnknownCompound
from crossing.lessons.capstone import cases
from crossing.lessons.capstone.cases import COUNT, GIVEN, LEAST, LOOKS, MOST, STORIES, SURE


@pytest.fixture(autouse=True)
def unveiled(monkeypatch):
    monkeypatch.setattr("crossing.explore.explorable.Explorable.veiled", property(lambda self: False))


def words(chart, **settings):
    made = chart()
    made.set(**settings)
    return made.describe(made.result)


def test_every_compound_shows_little_and_the_first_three_differ_in_why():
    assert len(set(cases.seeds())) == COUNT
    for number in range(1, COUNT + 1):
        assert LEAST <= 10 ** cases.puzzle().exact(cases.compound(number), GIVEN) <= MOST
    assert [cases.story_of(cases.compound(n)) for n in (1, 2, 3)] == ["held in blood", "a pump", "both"]


def test_beliefs_add_up_and_begin_undecided():
    for number in (1, 2, 3, 20):
        told = cases.beliefs(number, ())
        assert sum(told.values()) == pytest.approx(1) and max(told.values()) < SURE


def test_two_cheap_binding_tests_settle_most_compounds_and_a_dearer_pair_few():
    """The guess of the capstone: binding, not another look at the wall."""
    def settled(*bought):
        return sum(max(cases.beliefs(n, bought).values()) >= SURE for n in range(1, COUNT + 1))
    bank = json.dumps(questions.find("09.unknown"), ensure_ascii=False)
    assert settled("plasma", "slices") == 35 and "settles about 35 of" in bank
    assert settled("one pass", "one pass, pump blocked") == 12 and "settled in 12 of 40" in bank
    assert settled("brain, pump blocked", "one pass, pump blocked") == 13 and "settled in 13 of 40" in bank
    assert settled("csf by vein", "csf by lumbar dose") == 5 and "settles 5 of 40" in bank
    assert settled("csf by lumbar dose", "along the canal") == 0
    assert settled("plasma", "slices", "brain, pump blocked") == 36


def test_claims_that_are_licensed_are_nearly_always_true():
    right = [cases.beliefs(n, ("plasma", "slices"))[cases.story_of(cases.compound(n))] >= SURE for n in range(1, COUNT + 1)
             if max(cases.beliefs(n, ("plasma", "slices")).values()) >= SURE]
    assert np.mean(right) > 0.9


def test_cannot_tell_is_right_only_while_it_cannot_be_told():
    assert "Right: what was bought does not tell." in words(UnknownCompound, claim="cannot tell yet")
    assert "Not licensed: one story is nine tenths sure." in words(UnknownCompound, claim="cannot tell yet", case=2, plasma=True, slices=True)
    assert "Claim licensed: a pump; true: a pump." in words(UnknownCompound, claim="a pump", case=2, plasma=True, slices=True)


def test_the_truth_is_nowhere_before_a_licensed_claim():
    chart = UnknownCompound(case=2, plasma=True)
    assert "true:" not in chart.describe(chart.result) and all(row[3] in ("hidden", "") for row in chart.table(chart.result)[1])


def test_prices_add_up():
    chart = UnknownCompound(**dict.fromkeys(LOOKS, True))
    assert f"paid {sum(cost for _, _, cost in LOOKS.values())}," in chart.describe(chart.result) and len(STORIES) == 4


def test_equal_totals_hide_unlike_free_levels():
    said = words(TwoCompounds)
    assert "Free in brain: A 0.5, B 0.02. Free, brain over blood: A 1, B 1." in said
    assert "A 1, B 0.04." in words(TwoCompounds, free_b=max(v for v in TwoCompounds().controls()["free_b"].options()))
