"""The capstone's charts: what the hidden compounds allow to be said, and what not."""

import json
import pathlib

import numpy as np
import pytest

from crossing.explore import questions
from crossing.lessons.capstone import TwoCompounds, UnknownCompound, WeighACase
from crossing.lessons.capstone import cases
from crossing.lessons.capstone.cases import COUNT, GIVEN, LEAST, LOOKS, MOST, STORIES, SURE
from crossing.lessons.trade_offs.cases import cases as trade_cases


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


def test_claims_that_hold_are_nearly_always_true():
    right = [cases.beliefs(n, ("plasma", "slices"))[cases.story_of(cases.compound(n))] >= SURE for n in range(1, COUNT + 1)
             if max(cases.beliefs(n, ("plasma", "slices")).values()) >= SURE]
    assert np.mean(right) > 0.9


def test_cannot_tell_is_right_only_while_it_cannot_be_told():
    assert "Right: what was bought does not tell;" in words(UnknownCompound, claim="cannot tell yet")
    assert "The claim does not hold: one story is nine tenths sure; score 0." in words(UnknownCompound, claim="cannot tell yet", case=2, plasma=True, slices=True)
    assert "The claim holds: a pump; true: a pump; score 17." in words(UnknownCompound, claim="a pump", case=2, plasma=True, slices=True)


def test_to_say_what_cannot_be_told_scores_and_a_budget_ends():
    assert "Right: what was bought does not tell; score 5." in words(UnknownCompound, claim="cannot tell yet")
    everything = dict.fromkeys(LOOKS, True)
    assert "over the budget of 10, score 0." in words(UnknownCompound, claim="a pump", case=2, **everything)
    assert "another story is nine tenths sure" in words(UnknownCompound, claim="held in blood", case=2, plasma=True, slices=True)
    assert "less than nine tenths sure" in words(UnknownCompound, claim="held in blood", case=2)


def test_a_belief_is_never_rounded_up_over_the_bar():
    for number in range(1, COUNT + 1):
        chart = UnknownCompound(case=number, passage=True, passage_blocked=True, claim="held in blood")
        said = chart.describe(chart.result)
        assert not ("held in blood 90 %" in said and "does not hold" in said), number


def test_which_compounds_stay_open_after_the_two_tests():
    """The task's answer: five of forty, and a third look settles one."""
    still = [n for n in range(1, COUNT + 1) if max(cases.beliefs(n, ("plasma", "slices")).values()) < SURE]
    assert len(still) == 5
    assert sum(max(cases.beliefs(n, ("plasma", "slices", "brain, pump blocked")).values()) >= SURE for n in still) == 1
    assert cases.story_of(cases.compound(3)) == "both" and max(cases.beliefs(3, ("plasma", "slices")), key=cases.beliefs(3, ("plasma", "slices")).get) == "both"


def test_what_slices_tell_depends_on_what_plasma_told():
    """Before: the four stories overlap. After plasma, held in blood and both part."""
    def foreseen(*bought):
        now = cases.known(1, bought)
        return {story: now.supposing(STORIES[story]).foresee("slices") for story in ("held in blood", "both")}
    before, after = foreseen(), foreseen("plasma")
    assert before["both"][0] < before["held in blood"][1] and after["both"][0] > 0.75 * after["held in blood"][1]


def test_a_bar_beyond_its_axis_says_so():
    chart = TwoCompounds(show="ratio", held_b=1.0, free_b=0.5)
    chart.draw()
    assert "beyond the axis" in chart.numbers[1].get_text()


def test_the_truth_is_nowhere_before_a_claim_that_holds():
    chart = UnknownCompound(case=2, plasma=True)
    assert "true:" not in chart.describe(chart.result) and all(row[3] in ("hidden", "") for row in chart.table(chart.result)[1])


def test_prices_add_up():
    chart = UnknownCompound(**dict.fromkeys(LOOKS, True))
    assert f"paid {sum(cost for _, _, cost in LOOKS.values())}," in chart.describe(chart.result) and len(STORIES) == 4


def test_equal_totals_hide_unlike_free_levels():
    said = words(TwoCompounds)
    assert "Free in brain: A 0.5, B 0.02. Free, brain over blood: A 1, B 1." in said
    assert "A 1, B 0.04." in words(TwoCompounds, free_b=max(v for v in TwoCompounds().controls()["free_b"].options()))


def test_the_sheets_in_the_text_are_the_cases_as_shipped():
    cells = json.loads((pathlib.Path(__file__).parents[2] / "notebooks/09_capstone.ipynb").read_text(encoding="utf-8"))["cells"]
    text = "".join(next(c for c in cells if c["id"] == "sheets")["source"])
    for case in trade_cases().values():
        part = text[text.index(f"<summary>{case.name}'s sheet"):].split("</details>")[0]
        for c in case.criteria:
            assert f"{c.name}: {case.words[c.name]}, {c.unit}" in part and f"{c.worst:g} to {c.best:g}" in part
        for road, row in case.effects.items():
            figures = [f"{v:g} ({low:g} to {high:g}), {grade}" for v, low, high, grade in row.values()]
            assert f"| {road}: {case.roads[road]} | {' | '.join(figures)} |" in part
        for who, points in case.points.items():
            assert f"| *points, {who}* | {' | '.join(f'{p:g}' for p in points)} |" in part


def test_a_case_is_weighed_with_its_own_lines_and_points():
    assert "Ada, their own points 100, 60, 60, 30: pump 65, ventricle 61" in words(WeighACase) and "69 of 100 draws" in words(WeighACase)
    ben = words(WeighACase, case="ben")
    assert "comfort 70" in ben and "0 of 16 figures hold a flip point." in ben
    assert "14 of 16" in words(WeighACase, case="ben", whose="neighbour")
    assert "3 of 12" in words(WeighACase, case="cem")


def test_the_neighbours_of_a_case_may_choose_otherwise():
    for name in ("ada", "cem"):
        first = [max(WeighACase(case=name, whose=whose).result.order, key=lambda it: it[1])[0] for whose in ("their own", "neighbour")]
        assert first[0] != first[1], name


def test_own_points_count_for_the_case_in_view():
    """All on the first line: the road that is best there comes first."""
    for name, road in (("ada", "ventricle"), ("ben", "ventricle"), ("cem", "ventricle")):
        order = WeighACase(case=name, whose="own", first=200, second=0, third=0, fourth=5).result.order
        assert order[0][0] == road
