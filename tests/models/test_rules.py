"""Rules of thumb: what must hold for any molecules, and what goes wrong in words."""

from dataclasses import astuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossing.models.rules import (Counts, Ranked, Rule, auc, count, defying, error_of, expected_elsewhere, favour_behind,
                                   logbb_from, named, refit, share_at_least, share_listed, validity)

SCORES = st.floats(-50, 300, allow_nan=False).map(lambda x: round(x, 1))
ROWS = st.lists(st.tuples(SCORES, st.booleans()), min_size=1, max_size=60)
#: Molecules of both kinds.
MIXED = ROWS.filter(lambda rows: len({yes for _, yes in rows}) == 2)
SHARES = st.floats(0.001, 0.999)
FOUR = st.tuples(*[st.integers(0, 9000)] * 4).filter(any)


def split(rows):
    score, yes = zip(*rows)
    return np.array(score), np.array(yes)


# -- counting ------------------------------------------------------------------------------------------------------------


@given(ROWS, SCORES)
def test_the_four_counts_add_up_to_all_molecules(rows, cutoff):
    score, yes = split(rows)
    counts = count(score <= cutoff, yes)
    assert counts.n == len(rows) == counts.right + counts.wrong
    assert counts.hits + counts.misses == yes.sum() and counts.hits + counts.false_alarms == (score <= cutoff).sum()
    assert min(astuple(counts)) >= 0


@given(ROWS, st.lists(SCORES, min_size=1, max_size=20))
def test_loosening_a_cut_off_never_loses_a_hit_nor_a_false_alarm(rows, cutoffs):
    counts = Ranked(*split(rows)).counts(np.sort(cutoffs))
    for side in (counts.hits, counts.false_alarms):
        assert np.all(np.diff(side) >= 0)
    assert np.all(counts.n == len(rows))


@given(ROWS, st.lists(SCORES, min_size=1, max_size=9), st.booleans())
def test_ranked_counts_are_those_of_counting_one_by_one(rows, cutoffs, low):
    score, yes = split(rows)
    ranked = Ranked(score, yes, low)
    swept = ranked.counts(cutoffs)
    for place, cutoff in enumerate(cutoffs):
        plain = count(score <= cutoff if low else score >= cutoff, yes)
        assert tuple(each[place] for each in astuple(swept)) == astuple(plain) == astuple(ranked.counts(cutoff))


@given(ROWS, st.data(), SCORES)
def test_one_limit_can_be_swept_while_the_others_stay(rows, data, cutoff):
    """What the slider of one property does: the molecules that other limits keep out never pass."""
    score, yes = split(rows)
    other = np.array(data.draw(st.lists(st.floats(0, 9), min_size=len(rows), max_size=len(rows))))
    rule, columns = Rule({"tpsa": (None, cutoff), "hbd": (None, 3)}), {"tpsa": score, "hbd": other}
    swept = Ranked(score, yes, among=rule.without("tpsa").passes(columns)).counts(cutoff)
    assert astuple(swept) == astuple(count(rule.passes(columns), yes))


@given(FOUR, st.integers(1, 5000))
def test_out_of_a_thousand_adds_up_and_stays_within_one_of_the_exact_share(four, of):
    whole = Counts(*four).per(of)
    assert whole.n == of and all(isinstance(each, int) for each in astuple(whole))
    for part, exact in zip(astuple(whole), four):
        assert abs(part - exact * of / sum(four)) < 1


def test_shares_in_words_of_a_table_that_one_can_check_by_hand():
    counts = Counts(hits=40, misses=10, false_alarms=20, kept_out=30)
    assert (counts.right, counts.wrong, counts.n) == (70, 30, 100)
    assert (counts.sensitivity, counts.specificity, counts.balanced) == (0.8, 0.6, pytest.approx(0.7))
    assert (counts.share_right, counts.share_crossing) == (0.7, 0.5) and counts.crossing_if_passed == pytest.approx(2 / 3)
    assert counts.per(10) == Counts(4, 1, 2, 3)


@given(ROWS)
def test_everything_crosses_is_right_as_often_as_molecules_cross_and_no_better_than_a_coin_when_balanced(rows):
    yes = split(rows)[1]
    counts = count(np.ones(len(rows), bool), yes)
    assert counts.share_right == counts.share_crossing == pytest.approx(yes.mean())
    assert counts.balanced == 0.5 or len(set(yes)) == 1


def test_a_share_of_nothing_is_not_a_number():
    counts = count([True, False], [False, False])
    assert np.isnan(counts.sensitivity) and np.isnan(counts.balanced) and counts.specificity == 0.5
    assert np.isnan(count([False], [True]).crossing_if_passed)


# -- rules ---------------------------------------------------------------------------------------------------------------

COLUMNS = st.integers(1, 30).flatmap(lambda n: st.fixed_dictionaries(
    {name: st.lists(st.floats(-5, 500), min_size=n, max_size=n) for name in ("tpsa", "mw", "logp")}))


@given(COLUMNS, st.floats(0, 300), st.floats(0, 300), st.floats(0, 500), st.floats(0, 100))
def test_a_looser_rule_lets_pass_whatever_the_stricter_did(columns, low, width, mass, looser):
    strict = Rule({"tpsa": (low, low + width), "mw": (None, mass)})
    loose = Rule({"tpsa": (low - looser, low + width + looser), "mw": (None, mass + looser)})
    assert np.all(loose.passes(columns) >= strict.passes(columns))
    assert np.all(strict.without("mw").passes(columns) >= strict.passes(columns))
    assert np.all(strict.passes(columns, broken_allowed=1) >= strict.passes(columns))
    assert np.all(strict.passes(columns, broken_allowed=2))


@given(COLUMNS)
def test_limits_work_one_by_one_and_all_together(columns):
    limits = {"tpsa": (None, 90), "mw": (100, 400), "logp": (2, None)}
    each = [Rule({name: ends}).passes(columns) for name, ends in limits.items()]
    rule = Rule(limits)
    assert np.array_equal(rule.passes(columns), np.all(each, axis=0))
    assert np.array_equal(rule.broken(columns), 3 - np.sum(each, axis=0))
    assert Rule(dict.fromkeys(limits, (None, None))).passes(columns).all()


def test_both_ends_of_a_limit_pass():
    assert Rule({"hbd": (1, 3)}).passes({"hbd": [0, 1, 3, 4]}).tolist() == [False, True, True, False]


# -- curves --------------------------------------------------------------------------------------------------------------


@given(MIXED)
def test_the_area_is_the_chance_that_one_that_crosses_outranks_one_that_does_not(rows):
    score, yes = split(rows)
    pairs = score[yes][:, None] - score[~yes]
    assert auc(score, yes) == pytest.approx(np.mean((pairs < 0) + 0.5 * (pairs == 0)), abs=1e-12)


@given(MIXED)
def test_the_area_does_not_change_under_a_rising_transform_and_turns_over_under_a_falling_one(rows):
    score, yes = split(rows)
    area = auc(score, yes)
    for other in (np.round(3 * score + 7, 6), np.arctan(score / 50), score**3):
        assert auc(other, yes) == pytest.approx(area, abs=1e-12)
    assert auc(-score, yes) == pytest.approx(1 - area, abs=1e-12) == auc(score, yes, low_passes=False)
    assert auc(score, ~yes) == pytest.approx(1 - area, abs=1e-12)


@given(MIXED, st.booleans())
def test_the_area_under_the_drawn_curve_is_the_area(rows, low):
    ranked = Ranked(*split(rows), low)
    alarms, hits, cutoffs = ranked.roc()
    assert (alarms[0], hits[0], alarms[-1], hits[-1]) == (0, 0, 1, 1) and np.isnan(cutoffs[0])
    assert np.all(np.diff(alarms) >= 0) and np.all(np.diff(hits) >= 0)
    assert np.sum(np.diff(alarms) * (hits[1:] + hits[:-1]) / 2) == pytest.approx(ranked.auc, abs=1e-12)
    counts = ranked.counts(cutoffs[1:])
    assert counts.sensitivity == pytest.approx(hits[1:]) and 1 - counts.specificity == pytest.approx(alarms[1:])


def test_the_curve_of_a_limit_among_others_ends_where_the_others_let_no_more_pass():
    ranked = Ranked([10, 20, 30, 40], [True, False, True, False], among=[True, True, False, True])
    alarms, hits, _ = ranked.roc()
    assert (alarms[-1], hits[-1]) == (1.0, 0.5)
    with pytest.raises(ValueError, match="among: found 'only some molecules'"):
        ranked.auc


@pytest.mark.parametrize("ask", [lambda ranked: ranked.auc, lambda ranked: ranked.roc()])
def test_a_curve_needs_molecules_of_both_kinds(ask):
    with pytest.raises(ValueError, match="crosses: found 'all the same'"):
        ask(Ranked([1, 2], [True, True]))


# -- the equation --------------------------------------------------------------------------------------------------------

TRIPLES = st.lists(st.tuples(st.floats(0, 300), st.floats(-5, 9), st.floats(-3, 2)), min_size=4, max_size=40)


@given(TRIPLES, st.tuples(*[st.floats(-1, 1)] * 3))
def test_no_coefficients_do_better_than_the_refitted_ones(rows, coefficients):
    tpsa, logp, measured = map(np.array, zip(*rows))
    try:
        best = refit(measured, tpsa, logp)
    except ValueError as error:
        assert "columns that differ" in str(error)
        return
    fitted, other = (error_of(logbb_from(tpsa, logp, *each), measured) for each in (best, coefficients))
    assert fitted.rmse <= other.rmse + 1e-9
    assert abs(fitted.bias) < 1e-8 and (np.isnan(fitted.r2) or fitted.r2 > -1e-6)


def test_an_equation_is_found_again_from_its_own_values():
    rng = np.random.default_rng(1)
    tpsa, logp = rng.uniform(0, 150, 50), rng.uniform(-2, 6, 50)
    assert refit(logbb_from(tpsa, logp, 0.2, -0.015, 0.1), tpsa, logp) == pytest.approx((0.2, -0.015, 0.1))


@given(TRIPLES, st.data())
def test_the_two_parts_of_a_range_carry_the_whole_error(rows, data):
    _, predicted, measured = map(np.array, zip(*rows))
    inside = np.array(data.draw(st.lists(st.booleans(), min_size=len(rows), max_size=len(rows))))
    found, whole = validity(predicted, measured, inside), error_of(predicted, measured)
    parts = [part for part in (found.within, found.beyond) if part]
    assert sum(part.n for part in parts) == whole.n
    assert sum(part.n * part.rmse**2 for part in parts) == pytest.approx(whole.n * whole.rmse**2, abs=1e-12)
    carried = found.beyond.n * found.beyond.rmse**2 if found.beyond else 0
    assert found.error_outside * whole.n * whole.rmse**2 == pytest.approx(carried, abs=1e-12)
    assert found.share_outside == pytest.approx(np.mean(~inside))


def test_always_saying_the_mean_explains_nothing():
    measured = np.array([-1.0, 0.0, 0.5, 1.3])
    assert error_of(np.full(4, measured.mean()), measured).r2 == pytest.approx(0)
    assert error_of(measured, measured).r2 == 1 and np.isnan(error_of([1.0, 2.0], [3.0, 3.0]).r2)


# -- other collections ---------------------------------------------------------------------------------------------------


@given(FOUR.filter(lambda four: four[0] + four[1] and four[2] + four[3]), SHARES, st.floats(1, 1e6))
def test_elsewhere_the_rule_finds_the_same_share_of_each_kind(four, share, of):
    here = Counts(*four)
    there = expected_elsewhere(here, share, of)
    assert there.n == pytest.approx(of) and there.share_crossing == pytest.approx(share)
    assert (there.sensitivity, there.specificity) == (pytest.approx(here.sensitivity), pytest.approx(here.specificity))
    back = expected_elsewhere(there, here.share_crossing, here.n)
    assert astuple(back) == pytest.approx(astuple(here), abs=1e-6 * here.n)


def test_where_few_cross_most_that_pass_a_good_rule_do_not_cross():
    good = Counts(90, 10, 10, 90)
    assert good.crossing_if_passed == 0.9 and expected_elsewhere(good, 0.02).crossing_if_passed < 0.2


def test_a_rule_that_met_only_one_kind_cannot_be_carried_over():
    with pytest.raises(ValueError, match="molecules of both kinds"):
        expected_elsewhere(Counts(5, 5, 0, 0), 0.5)


@given(SHARES, SHARES)
def test_any_true_share_can_hide_behind_a_list(truth, listed):
    """Why a library cannot tell: for each true share there is a way of choosing that gives the share seen."""
    favour = favour_behind(listed, truth)
    assert share_listed(truth, favour) == pytest.approx(listed) and share_listed(listed, 1 / favour) == pytest.approx(truth)


@given(SHARES, st.floats(0.01, 100))
def test_a_list_that_favours_what_crosses_shows_more_of_it(truth, favour):
    shown = share_listed(truth, favour)
    assert (0 < shown < 1 and (shown >= truth) == (favour >= 1)) or shown == pytest.approx(truth)
    assert share_listed([0.0, truth, 1.0], favour) == pytest.approx([0, shown, 1])


@given(st.lists(SCORES, min_size=1, max_size=40), st.lists(SCORES, min_size=1, max_size=9))
def test_one_list_many_headlines(values, cutoffs):
    shares = share_at_least(values, cutoffs)
    assert shares == pytest.approx([np.mean(np.array(values) >= each) for each in cutoffs])
    assert share_at_least(values, cutoffs[0]) == shares[0]


# -- finding -------------------------------------------------------------------------------------------------------------


def test_a_name_is_found_whatever_the_case_and_whole_names_come_first():
    names = np.array(["loperamide(1+)", "", "Loperamide", "digoxin"], dtype=object)
    assert named(names, " LOPERAMIDE ").tolist() == [2, 0] and named(names, "aspirin").tolist() == []
    for text in ("", "  ", None, 3):
        with pytest.raises(ValueError, match="text: found"):
            named(names, text)
    for names in (None, "digoxin", 3):
        with pytest.raises(ValueError, match="names: found"):
            named(names, "digoxin")


@given(ROWS, SCORES)
def test_those_that_defy_a_rule_are_all_that_it_has_wrong_boldest_first(rows, cutoff):
    score, yes = split(rows)
    kept_in, got_through = defying(score <= cutoff, yes, by=score)
    assert kept_in.size + got_through.size == count(score <= cutoff, yes).wrong
    assert not yes[kept_in].any() and yes[got_through].all()
    assert np.all(np.diff(score[kept_in]) >= 0) and np.all(np.diff(score[got_through]) <= 0)
    plain = defying(score <= cutoff, yes)
    assert [sorted(each) for each in (kept_in, got_through)] == [each.tolist() for each in plain]


# -- what is refused; test_bad_input.py sweeps the numbers ------------------------------------------------------------------


@pytest.mark.parametrize("limits, words", [
    (None, "limits: found None"), ({}, "at least one column"), ({"mw": 450}, r"limits\['mw'\]: found 450, wanted a pair"),
    ({"mw": (500, 400)}, "not above the high end"), ({"mw": (None, "low")}, "found 'low', wanted a finite number"),
    ({"mw": (np.nan, 1)}, "found nan"), ({"mw": (1, 2, 3)}, "wanted a pair")])
def test_a_limit_that_makes_no_sense_is_refused(limits, words):
    with pytest.raises(ValueError, match=words):
        Rule(limits)


@pytest.mark.parametrize("ask, words", [
    (lambda: Rule({"pka": (None, 8)}).passes({"mw": [1.0]}), "columns: found \"no 'pka'\", wanted a column for every limit"),
    (lambda: Rule({"mw": (0, 8)}).passes(None), "columns: found"),
    (lambda: Rule({"mw": (0, 8), "hbd": (0, 1)}).passes({"mw": [1.0, 2.0], "hbd": [1.0]}), "hbd: found .*wanted a list of 2"),
    (lambda: Rule({"mw": (0, 8)}).passes({"mw": [np.nan]}), "mw: found nan|mw: found np.float64"),
    (lambda: Rule({"mw": (0, 8)}).without("hbd"), "name: found 'hbd', wanted one of mw"),
    (lambda: count([True, "yes"], [True, False]), "passes: found"), (lambda: count([1, 0], [1, 2]), "crosses: found"),
    (lambda: expected_elsewhere("many", 0.5), "counts: found 'many'"),
    (lambda: refit([1.0, 2.0, 3.0], [1.0, 2.0, 3.0], [1.0, 2.0, 3.0]), "logbb: found '3 molecules'"),
    (lambda: Ranked([1, 2], [True, False]).counts(0.5).per(10) and Ranked([1, 2], [True, False]).counts([1, 2]).per(10), "one rule")])
def test_what_makes_no_sense_is_refused_in_words(ask, words):
    with pytest.raises(ValueError, match=words):
        ask()
