"""Intervals, differences and the spread of studies, against published worked examples and against counting."""

import numpy as np
import pytest
from hypothesis import given, strategies as st
from scipy.special import bdtr, pdtr

from crossing.facts import risks
from crossing.models.risk import SIDES, difference, exact, none_seen, poisson, rule_of_three, spread_of, spread_of_shares, wilson

#: Newcombe 1998, table I: events, of, Wilson's interval, Clopper and Pearson's.
NEWCOMBE = [(81, 263, (0.2553, 0.3662), (0.2527, 0.3676)), (15, 148, (0.0624, 0.1605), (0.0578, 0.1617)),
            (0, 20, (0, 0.1611), (0, 0.1684)), (1, 29, (0.0061, 0.1718), (0.0009, 0.1776))]

#: The 13 trials of BCG vaccination of Colditz 1994: cases and rest, vaccinated and not.
BCG = np.array([[4, 119, 11, 128], [6, 300, 29, 274], [3, 228, 11, 209], [62, 13536, 248, 12619], [33, 5036, 47, 5761],
                [180, 1361, 372, 1079], [8, 2537, 10, 619], [505, 87886, 499, 87892], [29, 7470, 45, 7232], [17, 1699, 65, 1600],
                [186, 50448, 141, 27197], [5, 2493, 3, 2338], [27, 16886, 29, 17825]], dtype=float)

counts = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize("events, of, score, both", NEWCOMBE)
def test_newcombe_1998_table_i(events, of, score, both):
    for found, printed in ((wilson(events, of), score), (exact(events, of), both)):
        assert (round(found.low, 4), round(found.high, 4)) == printed


def test_counts_of_poisson_by_garwoods_table():
    assert [round(poisson(n, 1).high, 2) for n in (0, 1, 10)] == [3.69, 5.57, 18.39]
    assert [round(poisson(n, 1).low, 3) for n in (0, 1, 10)] == [0, 0.025, 4.795]


@given(counts, st.sampled_from([0.8, 0.95, 0.99]))
def test_the_exact_interval_leaves_half_of_the_doubt_at_each_end(count, level):
    events, of = count
    found = exact(events, of, level)
    if events < of:
        assert bdtr(events, of, found.high) == pytest.approx((1 - level) / 2, rel=1e-6)
    if events:
        assert 1 - bdtr(events - 1, of, found.low) == pytest.approx((1 - level) / 2, rel=1e-6)


@given(st.integers(0, 300), st.floats(0.1, 1e4))
def test_the_poisson_interval_leaves_half_of_the_doubt_at_each_end(events, exposure):
    found = poisson(events, exposure)
    assert pdtr(events, found.high * exposure) == pytest.approx(0.025, rel=1e-6)
    if events:
        assert 1 - pdtr(events - 1, found.low * exposure) == pytest.approx(0.025, rel=1e-6)


@given(counts)
def test_intervals_hold_their_share_and_turn_round_with_the_question(count):
    events, of = count
    for make in (wilson, exact):
        found, other = make(events, of), make(of - events, of)
        assert 0 <= found.low <= events / of <= found.high <= 1
        assert (found.low, found.high) == pytest.approx((1 - other.high, 1 - other.low), abs=1e-9)
        narrow = make(10 * events, 10 * of)
        assert narrow.high - narrow.low < found.high - found.low


@pytest.mark.parametrize("make", [wilson, exact, lambda e, n, level=0.95, sides="two-sided": poisson(e, n, level, sides)])
def test_one_sided_bounds_are_named_and_lie_inside_the_two_sided(make):
    both, upper, lower = (make(5, 100, 0.95, sides) for sides in SIDES)
    assert (both.sides, upper.sides, lower.sides) == ("two-sided", "upper", "lower")
    assert upper.low == 0 and upper.high < both.high and lower.low > both.low and lower.high >= 1
    assert "upper" in upper.in_words() and "95 %" in upper.in_words()
    assert make(5, 100, 0.9, "two-sided").high == pytest.approx(upper.high), "90 % two-sided and 95 % one-sided share their upper end"


def test_misconception_24_none_of_890_and_none_of_25():
    """11.3, 2.95, 0.34, 0.059 % one-sided for 25, 100, 890, 5 036; wider two-sided: 13.7 % for 25, 0.43 % (Wilson) for 890."""
    assert [float(f"{100 * none_seen(n).high:.3g}") for n in (25, 100, 890, 5036)] == [11.3, 2.95, 0.336, 0.0595]
    assert none_seen(25).sides == "upper"
    assert round(100 * exact(0, 25).high, 1) == 13.7 and round(100 * wilson(0, 890).high, 2) == 0.43


@given(st.integers(30, 100000))
def test_three_over_n_is_right_to_a_twentieth_from_thirty_on(of):
    assert rule_of_three(of) == pytest.approx(none_seen(of).high, rel=0.053)
    assert rule_of_three(of) > none_seen(of).high


def test_intervals_of_the_table_of_risks_are_those_of_this_module():
    for row in risks.values():
        if row.ci_method == "Wilson 95% CI":
            found = wilson(row.events, row.denominator)
            assert (100 * found.low, 100 * found.high) == pytest.approx((row.low, row.high), rel=0.006, abs=1e-9), row.id
        elif row.ci_method == "exact Poisson 95% CI":
            per = 1e4 if "10000" in row.unit else 1
            found = poisson(row.events, row.denominator)
            assert (per * found.low, per * found.high) == pytest.approx((row.low, row.high), rel=0.006), row.id


def test_smith_2002_by_two_intervals():
    """13.7 points; 0.2 to 27.1 by the plain (Wald) interval that the paper's P rests on, and just across nought by Newcombe's."""
    found = difference(60, 71, 51, 72)
    assert round(100 * found.points, 1) == 13.7 and round(found.ratio, 2) == 1.19
    assert found.interval.low == pytest.approx(-0.0005, abs=1e-4) and found.interval.high == pytest.approx(0.268, abs=1e-3)


def test_newcombe_1998_second_paper_example_of_a_difference():
    """56/70 less 48/80: 0.0524 to 0.3339 (Newcombe RG, Stat Med 1998;17:873, table II, method 10)."""
    found = difference(56, 70, 48, 80)
    assert (round(found.interval.low, 4), round(found.interval.high, 4)) == (0.0524, 0.3339)


@given(counts, counts)
def test_a_difference_turns_its_sign_with_the_groups(first, second):
    one, two = difference(*first, *second), difference(*second, *first)
    assert one.points == pytest.approx(-two.points) and one.interval.low == pytest.approx(-two.interval.high)
    assert one.interval.low - 1e-12 <= one.points <= one.interval.high + 1e-12


def bcg_ratios():
    a, b, c, d = BCG.T
    return np.log(a / (a + b)) - np.log(c / (c + d)), 1 / a - 1 / (a + b) + 1 / c - 1 / (c + d)


def test_random_effects_of_the_bcg_trials():
    """DerSimonian and Laird on the usual worked example: Q 152.233, I2 92.12 %, tau2 0.3088, log ratio -0.7141."""
    found = spread_of(*bcg_ratios())
    assert (round(found.q, 3), round(100 * found.i2, 2), round(found.tau**2, 4), round(found.mean, 4)) == (152.233, 92.12, 0.3088, -0.7141)
    assert found.next_low < found.low < found.high < found.next_high and found.chance < 1e-20


def test_studies_that_agree_show_no_spread_and_pool_as_counts_do():
    found = spread_of_shares([10, 20, 40], [100, 200, 400])
    assert found.i2 == 0 and found.tau == 0 and found.mean == pytest.approx(0.1) and found.chance == pytest.approx(1)


def test_centres_that_disagree_are_not_one_number():
    """Reservoir infections: 1 of 98 in a specially trained team, 34 of 616 and 12 of 89 elsewhere."""
    rows = [risks[name] for name in ("omm_child", "omm_inf", "omm_kor_inf")]
    found = spread_of_shares([row.events for row in rows], [row.denominator for row in rows])
    assert found.i2 > 0.7 and found.chance < 0.01
    assert found.next_low < 0.01 and found.next_high > 0.5, "where the next centre may lie is nearly everything"


def test_a_study_without_events_counts_too():
    found = spread_of_shares([0, 5], [50, 50])
    assert 0 < found.mean < 0.1 and np.isnan(found.next_low), "two studies say nothing about a third"


@pytest.mark.parametrize("work, words", [
    (lambda: wilson(5, 4), ["events", "5", "4"]), (lambda: exact(1, 10, sides="both"), ["sides", "both", "two-sided"]),
    (lambda: spread_of([0.1], [0.2]), ["estimates", "two studies"]), (lambda: spread_of([0.1, 0.2], [0.1, 0]), ["variances", "0"]),
    (lambda: spread_of_shares([3, 5], [10, 4]), ["events", "5"]),
])
def test_what_cannot_be_is_said(work, words):
    with pytest.raises(ValueError) as error:
        work()
    for word in words:
        assert word in str(error.value)
