"""Values, weights, acceptability, flips and the worth of learning: published worked examples, symmetry, scale, known best."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from crossing.models.trade_off import (Criterion, Draws, Effect, EffectsTable, cell_flips, dominated, expected_values, flips, for_range,
                                       swing_weights, totals, with_weight, worth_of_learning)

MADE_UP = "invented for this test"


def effect(value, width=0.0):
    return Effect(value, value - width, value + width, "invented", MADE_UP)


def table(values, width=0.0):
    """Options against criteria that run from 0 to 1."""
    names = [f"c{j}" for j in range(len(values[0]))]
    return EffectsTable(tuple(Criterion(name, "share", 0, 1) for name in names), tuple(f"option {i}" for i in range(len(values))),
                        {f"option {i}": {n: effect(x, width) for n, x in zip(names, row)} for i, row in enumerate(values)})


def clots():
    """Enoxaparin against heparin after injury: clots near, clots far and major bleeding, counts of a trial of 265 people."""
    criteria = (Criterion("proximal", "share", 0.25, 0), Criterion("distal", "share", 0.4, 0.15), Criterion("bleeding", "share", 0.1, 0))
    counts = {"heparin": [(20, 136), (40, 136), (1, 136)], "enoxaparin": [(8, 129), (32, 129), (5, 129)]}
    return EffectsTable(criteria, tuple(counts), {
        option: {c.name: Effect.counted(events, of, "moderate", "Lynd and O'Brien 2004") for c, (events, of) in zip(criteria, row)}
        for option, row in counts.items()})


grids = st.integers(2, 5).flatmap(lambda m: st.integers(1, 4).flatmap(
    lambda n: st.lists(st.lists(st.floats(0, 1), min_size=n, max_size=n), min_size=m, max_size=m)))
points = st.lists(st.floats(1, 100), min_size=4, max_size=4)


# ---- published worked examples ----------------------------------------------------------------------------------


def test_clots_with_no_opinion_as_printed_by_the_package_of_the_method():
    """The worked example shipped with the R package smaa (10 000 draws): first rank 0.350 and 0.650; central weights of heparin 0.187,
    0.277, 0.536, of enoxaparin 0.407, 0.364, 0.229. Three standard errors of their draws allowed."""
    found = Draws(clots(), 100_000, seed=1).acceptability()
    assert found.first == pytest.approx([0.3504, 0.6496], abs=3 * np.sqrt(0.35 * 0.65 / 1e4))
    assert found.central == pytest.approx(np.array([[0.1865, 0.2772, 0.5363], [0.4073, 0.3641, 0.2285]]), abs=0.012)


def test_clots_with_a_stated_opinion_as_printed_by_the_package_of_the_method():
    """Weights 0.5, 0.2, 0.3: heparin first in 0.128 of the draws, enoxaparin in 0.872."""
    found = Draws(clots(), 100_000, seed=1).acceptability([0.5, 0.2, 0.3])
    assert found.first == pytest.approx([0.1279, 0.8721], abs=3 * np.sqrt(0.128 * 0.872 / 1e4))


def test_mean_totals_of_the_clots_without_an_opinion():
    """Printed there: mean totals 0.5895 and 0.6584 over all draws of effects and weights."""
    assert Draws(clots(), 100_000, seed=1).totals().mean(axis=1) == pytest.approx([0.5895, 0.6584], abs=0.005)


def test_learning_one_thing_of_a_bell_shape_by_the_unit_normal_loss():
    """Raiffa and Schlaifer: two options with equal means, one known exactly: sd * phi(0); a lead of d: sd * (phi(d) - d Phi(-d))."""
    sd = 0.1
    for lead, loss in ((0.0, 0.398942), (1.0, 0.083315), (2.0, 0.008491)):
        given_ = table([[0.5 + lead * sd], [0.5]])
        given_ = replace(given_, effects={**given_.effects, "option 1": {"c0": effect(0.5, 1.959964 * sd)}})
        assert worth_of_learning(given_, [1.0], 1, 0) == pytest.approx(sd * loss, rel=0.01)


def test_two_options_that_split_the_opinions_in_exact_shares():
    """Without doubt, 0.8 and 0.2 against 0.5 and 0.6: the first leads when 0.3 w > 0.4 (1 - w), w above 4/7: 3/7 of opinions."""
    found = Draws(table([[0.8, 0.2], [0.5, 0.6]]), 100_000, seed=3).acceptability()
    assert found.first == pytest.approx([3 / 7, 4 / 7], abs=0.005)
    assert found.central[0] == pytest.approx([(1 + 4 / 7) / 2, (1 - 4 / 7) / 2], abs=0.005)


# ---- laws -------------------------------------------------------------------------------------------------------


@given(grids)
@settings(max_examples=40)
def test_ranks_are_shares_that_add_up_and_equal_options_share_alike(values):
    found = Draws(table([*values, values[0]], 0.05), 400, seed=1).acceptability()
    assert found.ranks.sum(axis=0) == pytest.approx(np.ones(len(values) + 1)) and found.ranks.sum(axis=1) == pytest.approx(np.ones(len(values) + 1))
    assert found.beats + found.beats.T == pytest.approx(np.ones_like(found.beats))
    exact = Draws(table([values[0], values[0]]), 400, seed=1).acceptability()
    assert exact.first == pytest.approx([0.5, 0.5]), "a tie is shared out evenly"


def test_equal_options_take_turns():
    found = Draws(table([[0.5, 0.5]] * 3, 0.2), 100_000, seed=2).acceptability()
    assert found.ranks == pytest.approx(np.full((3, 3), 1 / 3), abs=0.006)


@given(grids, st.floats(-50, 50), st.floats(0.1, 100), st.booleans())
@settings(max_examples=40)
def test_units_and_the_direction_in_which_they_are_counted_change_nothing(values, shift, scale, turned):
    """The same effects in another unit, or a harm counted as the benefit of not having it."""
    sign = -scale if turned else scale
    first = table(values, 0.1)
    other = EffectsTable(tuple(replace(c, worst=shift, best=sign + shift) for c in first.criteria), first.options, {
        o: {n: Effect(sign * e.value + shift, *sorted((sign * e.low + shift, sign * e.high + shift)), e.grade, e.source)
            for n, e in row.items()} for o, row in first.effects.items()})
    assert other.values() == pytest.approx(first.values(), abs=1e-9)
    assert all(c.harm == turned for c in other.criteria)


def test_one_that_is_better_everywhere_leads_at_any_weights():
    values = [[0.9, 0.8, 0.7], [0.5, 0.8, 0.1], [0.2, 0.1, 0.6]]
    found = Draws(table(values), 5000, seed=1).acceptability()
    assert found.first.tolist() == [1, 0, 0] and dominated(values) == {1: 0, 2: 0}
    assert all(not flips(values, [0.2, 0.3, 0.5], j) for j in range(3))


@given(grids)
@settings(max_examples=60)
def test_nobody_dominated_leads_and_somebody_is_not_dominated(values):
    found = dominated(values)
    assert len(found) < len(values)
    for row, over in found.items():
        assert all(a >= b for a, b in zip(values[over], values[row])) and values[over] != values[row]


@given(grids, st.integers(0, 3), st.randoms(use_true_random=False))
@settings(max_examples=80)
def test_flips_are_where_a_walk_along_the_weight_finds_them(values, j, random):
    n = len(values[0])
    j, weights = j % n, swing_weights([random.uniform(1, 100) for _ in range(n)])
    found, walk = flips(values, weights, j), np.linspace(0, 1, 401)
    edges = [0.0, *(f.weight for f in found), 1.0]
    assert edges == sorted(edges)
    leads = [None if not found else found[0].before, *(f.after for f in found)]
    for w in walk:
        place = int(np.searchsorted(edges[1:-1], w))
        if found and min(abs(w - e) for e in edges[1:-1]) > 1e-6:
            sums = totals(values, with_weight(weights, j, w))
            assert sums[leads[place]] == pytest.approx(sums.max(), abs=1e-9)


def test_a_flip_of_a_single_figure_is_where_two_totals_meet():
    given_ = table([[0.6, 0.5], [0.5, 0.5]], 0.3)
    (found,) = cell_flips(given_, [0.5, 0.5], 0, 0)
    assert (round(found.weight, 9), found.before, found.after) == (0.5, 1, 0)
    assert not cell_flips(given_, [0.0, 1.0], 0, 0), "what weighs nothing flips nothing"


def test_the_widest_interval_may_flip_nothing():
    given_ = table([[0.9, 0.5], [0.2, 0.55]], 0.02)
    wide = replace(given_, effects={**given_.effects, "option 1": {"c0": effect(0.2, 0.45), "c1": effect(0.55, 0.02)}})
    weights = [0.5, 0.5]
    assert not cell_flips(wide, weights, 1, 0) and worth_of_learning(wide, weights, 1, 0) < 1e-3
    near = table([[0.9, 0.5], [0.88, 0.5]], 0.04)
    assert cell_flips(near, weights, 1, 0) and worth_of_learning(near, weights, 1, 0) > worth_of_learning(wide, weights, 1, 0)


@given(points, st.integers(0, 3), st.floats(0.1, 10))
def test_a_wider_range_needs_a_larger_weight_to_mean_the_same(given_points, j, wider):
    """Values over a range twice as long are half as far apart; the weight that keeps the order makes up for it."""
    values = np.array([[0.2, 0.9, 0.4, 0.6], [0.8, 0.1, 0.5, 0.5]])
    weights, widths = swing_weights(given_points), np.ones(4)
    widths[j] = wider
    before, after = totals(values, weights), totals(values / widths, for_range(weights, widths))
    assert np.subtract(*after) * np.sum(weights * widths) == pytest.approx(np.subtract(*before), abs=1e-12)


def test_doubts_that_go_together_change_how_firm_a_lead_is():
    """Two criteria that err together double the doubt; two that err against each other take it away."""
    given_ = table([[0.55, 0.55], [0.5, 0.5]], 0.2)
    firm = {rho: Draws(given_, 50_000, seed=1, correlation=[[1, rho], [rho, 1]]).acceptability([0.5, 0.5]).first[0] for rho in (-0.99, 0, 0.9)}
    assert firm[-0.99] > firm[0] > firm[0.9] > 0.5


def test_what_is_written_down_twice_is_counted_twice():
    once, twice = [[0.9, 0.2], [0.3, 0.7]], [[0.9, 0.9, 0.2], [0.3, 0.3, 0.7]]
    assert np.subtract(*totals(once, swing_weights([40, 60]))) < 0 < np.subtract(*totals(twice, swing_weights([40, 40, 60])))


def test_a_known_order_of_swings_narrows_opinions_to_those_that_agree():
    draws = Draws(table([[0.9, 0.1, 0.5], [0.1, 0.9, 0.5]], 0.05), 20_000, seed=1)
    weights = draws.ordered_weights([1, 2, 0])
    assert np.all(weights[1] >= weights[2]) and np.all(weights[2] >= weights[0]) and weights.sum(axis=0) == pytest.approx(np.ones(20_000), abs=1e-5)
    assert draws.acceptability(weights).first[1] > 0.99 > draws.acceptability().first[1]


def test_the_same_seed_gives_the_same_draws_and_another_seed_others():
    given_ = table([[0.5, 0.5], [0.5, 0.4]], 0.2)
    one, same, other = (Draws(given_, 1000, seed=s).acceptability().ranks.tolist() for s in (4, 4, 5))
    assert one == same != other


def test_an_opinion_is_drawn_apart_from_the_effects():
    draws = Draws(table([[0.5, 0.5, 0.5], [0.5, 0.5, 0.5]], 0.3), 50_000, seed=1)
    for effects in draws.values.reshape(6, -1):
        for weight in draws.any_weights:
            assert abs(np.corrcoef(effects, weight)[0, 1]) < 0.02


def test_lopsided_intervals_are_drawn_lopsided():
    given_ = Effect(10, 9, 16, "low", MADE_UP)
    assert given_.at([-1.959964, 0, 1.959964]) == pytest.approx([9, 10, 16])
    counted = Effect.counted(2, 40, "low", MADE_UP, times=100)
    assert counted.at([-1.959964, 1.959964]) == pytest.approx([counted.low, counted.high], rel=1e-4)


def test_expected_values_follow_the_draws():
    given_ = table([[0.5, 0.4], [0.3, 0.9]], 0.2)
    given_ = replace(given_, effects={**given_.effects, "option 0": {"c0": Effect(0.5, 0.45, 0.9, "low", MADE_UP), "c1": effect(0.4, 0.1)}})
    assert expected_values(given_) == pytest.approx(Draws(given_, 200_000, seed=1).values.mean(axis=2), abs=2e-3)
    assert expected_values(given_)[0, 0] > 0.55


def test_a_value_beyond_its_range_is_told_and_not_cut_off():
    assert Criterion("harm", "%", 20, 0).value([20, 0, 30, 10]).tolist() == [0, 1, -0.5, 0.5]


@pytest.mark.parametrize("work, words", [
    (lambda: Criterion("a", "%", 1, 1), ["best", "1", "range"]), (lambda: Effect(5, 6, 7, "low", "x"), ["value", "5", "6 to 7"]),
    (lambda: Effect(5, 4, 7, "good", "x"), ["grade", "good", "very low"]), (lambda: Effect(5, 4, 7, "low", ""), ["source"]),
    (lambda: Effect.counted(0, 10, "low", "x"), ["events", "0"]), (lambda: swing_weights([0, 0]), ["points", "swing"]),
    (lambda: totals([[1, 2]], [0.5, 0.6]), ["weights", "add up"]), (lambda: totals([[1, np.nan]], [0.5, 0.5]), ["values"]),
    (lambda: flips([[1, 2]], [0.5, 0.5], 2), ["criterion", "2"]), (lambda: with_weight([0.5, 0.5], 0, 1.5), ["weight", "1.5"]),
    (lambda: Draws(table([[1], [0]]), 100, correlation=[[2]]), ["correlation"]), (lambda: Draws(table([[1, 0], [0, 1]]), 100).ordered_weights([0, 0]), ["order"]),
    (lambda: EffectsTable((Criterion("a", "%", 0, 1),), ("x", "y"), {"x": {"a": effect(1)}}), ["effects", "y on a"]),
    (lambda: EffectsTable((Criterion("a", "%", 0, 1),), ("x", "x"), {"x": {"a": effect(1)}}), ["options"]),
])
def test_what_cannot_be_is_said(work, words):
    with pytest.raises(ValueError) as error:
        work()
    for word in words:
        assert word in str(error.value)
