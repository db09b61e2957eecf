"""Rules of thumb and Clark's equation held against B3DB and against what other papers report.

Tolerances by rule, not case by case: 25 % for an error, a share or a correlation, none for a count. Figures of case 8 were worked out
for the validation notes before this code was written and are held to their last digit. Cut-offs named "rule of thumb" come from
facts.csv. Failures are asserted as failures.
"""

import numpy as np
import pytest
from comparisons import comparison

from crossing.facts import molecules
from crossing.models.entry import measured_kp
from crossing.models.rules import (Ranked, Rule, auc, count, defying, error_of, expected_elsewhere, favour_behind, logbb_from, named,
                                   refit, share_at_least, share_listed, validity)

#: Polar surface up to which case 8 calls Clark's equation at home, the cut-off of B3DB for "crosses", and the share meant by
#: "98 % do not".
HOME, CROSSES, FEW = 140, -1, 0.02


def clark(facts, rows):
    coefficients = (facts[name].value for name in ("clark_b0", "clark_psa", "clark_logp"))
    return logbb_from(rows["tpsa"], rows["logp"], *coefficients)


def thumb(facts):
    """PSA < 90, HBD < 3, logP 2 to 5, MW < 450; below a whole number of donors means at most one fewer."""
    below = np.nextafter
    return Rule({"tpsa": (None, below(facts["thumb_psa"].value, 0)), "hbd": (None, facts["thumb_hbd"].value - 1),
                 "logp": facts["thumb_logp"].range_in("dimensionless"), "mw": (None, below(facts["thumb_mw"].value, 0))})


def lipinski_cns(facts):
    return Rule({name: (None, facts[f"rocns_{name}"].value) for name in ("hbd", "hba", "mw", "logp")})


# -- the equation ----------------------------------------------------------------------------------------------------------


@comparison("Clark 1999, on the molecules of Meng 2021", case=8, what="error of predicted logBB", unit="log10", kind="fails", tolerance=0.25,
            points=1058, free=0, remark="measured is the error of such an equation on the 55 compounds that it was fitted to (Lombardo "
                                        "1996). 53 molecules with much polar surface carry two fifths of the squared error; the equation "
                                        "was not made for them, nor for two-dimensional surfaces and this logP.")
def test_case_8_clark_1999_fails_outside_the_molecules_it_was_made_from(facts):
    """Fails, tolerance 25 % of the error where fitted. Held to the digits of the validation notes: RMSE 0.79, R2 -0.10;
    inside the range +0.26; 53 rows, 5 %, carry 40 % of the squared error; area under the curve 0.78 at logBB -1."""
    rows = molecules.measured
    predicted = clark(facts, rows)
    whole = error_of(predicted, rows["logbb"])
    assert (whole.n, round(whole.rmse, 2), round(whole.r2, 2)) == (1058, 0.79, -0.10)
    found = validity(predicted, rows["logbb"], Rule({"tpsa": (None, HOME)}).passes(rows))
    assert (found.beyond.n, found.within.n, round(found.within.r2, 2)) == (53, 1005, 0.26)
    assert (round(found.share_outside, 2), round(found.error_outside, 2)) == (0.05, 0.40)
    assert round(auc(predicted, rows["logbb"] >= CROSSES, low_passes=False), 2) == 0.78
    best = logbb_from(rows["tpsa"], rows["logp"], *refit(rows["logbb"], rows["tpsa"], rows["logp"]))
    assert round(error_of(best, rows["logbb"]).r2, 2) == 0.30
    return facts["lombardo_se"].value, whole.rmse


def test_friden_2010_leftover_blood_explains_half_of_what_clark_misses(facts):
    """Predicted, direction only: no parameter was set by these molecules.

    A sample that holds 10.3 uL/g of plasma water cannot show less than logBB -1.99, so an equation that says -7 is called wrong
    for something that nobody could have measured. With that blood added the equation explains a fifth of the variance in place
    of less than nothing, and the molecules with much polar surface carry half as much of the error.
    """
    rows, floor = molecules.measured, facts["v_water_resid"].to("mL/g")
    assert np.log10(floor) == pytest.approx(-1.99, abs=0.005) and np.sum(rows["logbb"] <= -2) == 11
    bare = clark(facts, rows)
    assert bare.min() < -4
    with_blood = np.log10(measured_kp(10**bare, floor))
    inside = Rule({"tpsa": (None, HOME)}).passes(rows)
    before, after = (validity(each, rows["logbb"], inside) for each in (bare, with_blood))
    assert error_of(with_blood, rows["logbb"]).r2 > 0.2
    assert after.error_outside < 0.55 * before.error_outside and after.within.r2 > before.within.r2
    assert after.beyond.r2 < 0  # and still: beyond its range the equation is worse than the mean


@comparison("Kelder 1999, on the molecules of Meng 2021", what="correlation of logBB with polar surface, without its sign", unit="", kind="fails",
            tolerance=0.25, points=1, free=0, remark="45 drugs of one kind of study against 1 058 molecules of all kinds; their polar "
                                                     "surface was averaged over shapes, ours is counted from the drawing.")
def test_kelder_1999_polar_surface_tells_less_in_a_mixed_library(facts):
    """Fails, tolerance 25 %: the direction holds (more polar surface, less in brain), the strength does not."""
    rows = molecules.measured
    with_surface, with_logp = (np.corrcoef(rows["logbb"], rows[name])[0, 1] for name in ("tpsa", "logp"))
    assert (round(with_surface, 2), round(with_logp, 2)) == (-0.53, 0.28)
    return facts["kelder_r"].value, abs(with_surface)


@comparison("Abraham 2006, on the molecules of Meng 2021", what="error of two descriptors fitted afresh", unit="log10", kind="fails",
            tolerance=0.25, points=1, free=3, remark="nearly twice the error of an equation with hydrogen-bond descriptors on 207 compounds "
                                                     "in the rat: two descriptors are too few, or the library too mixed; this cannot tell which.")
def test_abraham_2006_two_descriptors_do_worse_even_when_fitted_here(facts):
    """Fails, tolerance 25 %, although three coefficients were fitted to these very molecules."""
    rows = molecules.measured
    best = logbb_from(rows["tpsa"], rows["logp"], *refit(rows["logbb"], rows["tpsa"], rows["logp"]))
    return facts["abraham_logbb_sd"].value, error_of(best, rows["logbb"]).rmse


def left_out(rows):
    """The error of each molecule predicted by an equation fitted to all others."""
    columns = np.column_stack([np.ones(len(rows)), rows["tpsa"], rows["logp"]])
    lever = np.einsum("ij,ji->i", columns, np.linalg.pinv(columns))
    best = logbb_from(rows["tpsa"], rows["logp"], *refit(rows["logbb"], rows["tpsa"], rows["logp"]))
    return rows["logbb"] + (best - rows["logbb"]) / (1 - lever)


@comparison("Naef 2015, on the molecules of Meng 2021", what="error for molecules left out", unit="log10", kind="predicted", tolerance=0.25,
            points=1, free=3, remark="a table of atom groups with many more coefficients, shown by its author for its limits, is not much better "
                                     "than two descriptors.")
def test_naef_2015_more_coefficients_are_not_much_better_for_molecules_left_out(facts):
    """Predicted, tolerance 25 %: what two descriptors reach when each molecule is left out in turn."""
    rows = molecules.measured
    return facts["naef_logbb_sd"].value, error_of(left_out(rows), rows["logbb"]).rmse


@comparison("Naef 2015, on the molecules of Meng 2021", what="share of the variance explained for molecules left out", unit="", kind="fails",
            tolerance=0.25, points=1, free=3, remark="the same two results, another measure: errors a fifth apart are squared errors two "
                                                     "fifths apart, so by this measure the two look less alike.")
def test_naef_2015_by_share_of_variance_the_two_do_differ(facts):
    """Fails, tolerance 25 %."""
    rows = molecules.measured
    return facts["naef_logbb_q2"].value, error_of(left_out(rows), rows["logbb"]).r2


# -- the labels ------------------------------------------------------------------------------------------------------------


@comparison("Meng 2021", what="molecules", unit="", kind="reproduces", tolerance=0, points=2, free=0,
            remark="the table holds what its paper says that it holds.")
def test_meng_2021_the_table_is_as_large_as_its_paper_says(facts):
    """Reproduces, no tolerance."""
    rows = molecules
    assert f"{rows['crosses'].sum()} of {len(rows)}" in facts["claim98"].context
    assert np.array_equal(rows.measured["crosses"], rows.measured["logbb"] >= CROSSES)  # the rule of group A
    return {"with a measured logBB": (facts["b3db_measured"].value, len(rows.measured)),
            "said to cross or not": (facts["b3db_labelled"].value, len(rows))}


@comparison("Fernandes 2016, on the molecules of Meng 2021", what="share of what crosses that breaks Lipinski's rule for CNS drugs", unit="%",
            kind="predicted", tolerance=0.25, points=2, free=0, remark="the rule turns away a third of new CNS drugs and a third of the library's "
                                                                       "molecules that cross. It also lets a third of those pass that do not.")
def test_fernandes_2016_lipinskis_rule_for_cns_drugs_turns_away_a_third(facts):
    """Predicted, tolerance 25 %: the rule and the figure are of the paper, the molecules are not."""
    counts = count(lipinski_cns(facts).passes(molecules), molecules["crosses"])
    assert 1 - counts.specificity == pytest.approx(1 / 3, abs=0.02)
    return (facts["rocns_broken_old"].value, facts["rocns_broken_new"].value), 100 * (1 - counts.sensitivity)


@comparison("Pardridge 2005, on the molecules of Meng 2021", what="share that does not cross", unit="%", kind="fails", tolerance=0.25,
            points=1, free=0, remark="neither is a count of all small molecules. For the claim to be true of all, the library must have "
                                     "favoured what crosses some 85 times; nothing in it says how much it did.")
def test_pardridge_2005_the_library_shows_no_98_percent_and_cannot_refute_it(facts):
    """Fails, tolerance 25 %. The cut-off decides: 88 % of measured molecules reach logBB -1, 49 % logBB 0, 3 % about 1.2."""
    shown = molecules["crosses"].mean()
    assert shown == pytest.approx(0.635, abs=0.0005)
    assert share_at_least(molecules.measured["logbb"], [-1, 0, 1.2]) == pytest.approx([0.88, 0.49, 0.03], abs=0.005)
    claimed = 1 - facts["claim98"].to("fraction")
    favour = favour_behind(shown, claimed)
    assert favour == pytest.approx(85, abs=1) and share_listed(claimed, favour) == pytest.approx(shown)
    return facts["claim98"].value, 100 * (1 - shown)


def test_rule_of_thumb_of_a_review_is_right_less_often_than_saying_everything_crosses(facts):
    """Fails. Four limits together keep out half of what crosses, so "everything crosses" is right more often: 63 % against 62 %;
    among the measured 88 against 55 %. Balanced, the rule does tell something (0.66; a coin has 0.5). No success rate was
    published with it."""
    for rows, always, right in ((molecules, 0.635, 0.615), (molecules.measured, 0.879, 0.549)):
        counts = count(thumb(facts).passes(rows), rows["crosses"])
        assert (counts.share_crossing, counts.share_right) == (pytest.approx(always, abs=0.001), pytest.approx(right, abs=0.002))
        assert 0.64 < counts.balanced < 0.68 and counts.sensitivity < 0.53


def test_one_limit_does_better_than_four(facts):
    """Not a published figure: polar surface alone, at the review's cut-off, has more right than the four limits together, and no
    other single property ranks the library as well."""
    rows, rule = molecules, thumb(facts)
    alone = count(Rule({"tpsa": rule.limits["tpsa"]}).passes(rows), rows["crosses"])
    assert alone.share_right > 0.74 > 0.62 > count(rule.passes(rows), rows["crosses"]).share_right
    areas = {name: auc(rows[name], rows["crosses"], low_passes=name != "logp") for name in ("tpsa", "mw", "hbd", "logp")}
    assert max(areas, key=areas.get) == "tpsa" and areas["tpsa"] == pytest.approx(0.81, abs=0.005)
    assert (alone.per(1000).hits, alone.per(1000).misses) == (501, 134)


def test_if_98_percent_did_not_cross_most_that_pass_would_not_cross(facts):
    """Of 1000 molecules of which 20 cross, polar surface lets pass 16 of these and 320 others."""
    counts = count(Rule({"tpsa": (None, facts["thumb_psa"].value)}).passes(molecules), molecules["crosses"])
    there = expected_elsewhere(counts, FEW)
    assert there.hits == pytest.approx(16, abs=1) and there.false_alarms == pytest.approx(324, abs=5)
    assert there.crossing_if_passed < 0.05 < counts.crossing_if_passed
    # Even the one place on the curve that keeps out most does not change that.
    alarms, hits, _ = Ranked(molecules["tpsa"], molecules["crosses"]).roc()
    useful = hits > 0.5
    assert np.max(FEW * hits[useful] / (FEW * hits[useful] + (1 - FEW) * alarms[useful])) < 0.15


def test_molecules_that_defy_the_rule_show_what_polar_surface_leaves_out(facts):
    """Permanent charge: of the boldest twelve that pass and do not cross seven are drawn as cations, with a surface of 0.
    Pumps: loperamide passes (and its twin with one carbon too many). Carriers: levodopa crosses in spite of its surface."""
    rows = molecules.drawn_right
    passes = Rule({"tpsa": (None, facts["thumb_psa"].value)}).passes(rows)
    kept_out, got_in = defying(passes, rows["crosses"], by=rows["tpsa"])
    assert np.sum(rows["form"][kept_out[:12]] == "cation") == 7 > 12 * np.mean(rows["form"] == "cation")
    assert rows["tpsa"][kept_out[:12]].max() == 0 and rows["tpsa"][got_in[:12]].min() > 250
    loperamide, levodopa = (named(rows["name"], name) for name in ("loperamide", "levodopa"))
    assert sorted(round(mass) for mass in rows["mw"][loperamide]) == [477, 491] and passes[loperamide].all()
    assert np.isin(levodopa, got_in).sum() == 2
