"""Bands of what the literature allows, spread between people, and which fact matters most."""

import subprocess
import sys
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, strategies as st
from scipy import stats

from crossing.models import canal, uncertainty
from crossing.models.fluid import OnePool, TwoPools
from crossing.models.uncertainty import (BOTH, IGNORANCE, PEOPLE, Range, Spread, rank_correlation, ranks, run_both, run_over,
                                         sample, variance_shares, what_matters)

TIMES = np.linspace(0, 24, 200)


def pool(volume, clearance):
    """Level after one dose into one pool; draws as columns."""
    return np.exp(-clearance / volume * TIMES) / volume


POOL = [Range("volume", 120, 150, 360), Range("clearance", 13, 24, 80, "log-uniform")]


# -- drawing -------------------------------------------------------------------------------------------------------------


@given(n=st.integers(1, 300), seed=st.integers(0, 10**6), shape=st.sampled_from(["uniform", "log-uniform", "triangular"]))
def test_each_of_n_equally_likely_parts_is_drawn_once(n, seed, shape):
    item = Range("x", 1, 3, 8, shape)
    drawn = np.sort(sample([item, Range("y", 0, 1, 2)], n, seed)["x"])
    edges = item.quantile(np.arange(n + 1) / n)
    assert np.all((drawn >= edges[:-1] - 1e-9) & (drawn <= edges[1:] + 1e-9))


@pytest.mark.parametrize("item, twin", [
    (Range("x", 2, 3, 8), stats.uniform(2, 6)), (Range("x", 2, 3, 8, "log-uniform"), stats.loguniform(2, 8)),
    (Range("x", 2, 3, 8, "triangular"), stats.triang(1 / 6, 2, 6)), (Range("x", 2, 2, 8, "triangular"), stats.triang(0, 2, 6)),
    (Spread("x", 3, 0.4), stats.lognorm(np.sqrt(np.log(1.16)), scale=3))])
def test_shapes_are_those_of_scipy(item, twin):
    shares = np.linspace(0.001, 0.999, 50)
    assert item.quantile(shares) == pytest.approx(twin.ppf(shares), rel=1e-9)


def test_a_spread_has_the_middle_person_and_the_variation_it_says():
    drawn = sample([Spread("x", 3, 0.4)], 20000)["x"]
    assert np.median(drawn) == pytest.approx(3, rel=1e-3)
    assert drawn.std() / drawn.mean() == pytest.approx(0.4, rel=0.01)


def test_the_same_seed_gives_the_same_band_and_another_a_close_one():
    one, again, other = (run_over(pool, POOL, 200, seed, at_once=True) for seed in (1, 1, 2))
    assert np.array_equal(one.curves, again.curves)
    assert not np.array_equal(one.curves, other.curves)
    # Compared where the curve still is: the first day's area within 3 %.
    assert np.trapezoid(one.high, TIMES) == pytest.approx(np.trapezoid(other.high, TIMES), rel=0.03)


def test_two_facts_are_drawn_apart():
    """By chance alone two columns of 200 go together at 0.07 or so; here no two do, and no fact gains by another's weight."""
    for seed in range(20):
        drawn = list(sample([Range(name, 0, 1, 2) for name in "abcdef"], 200, seed).values())
        assert max(abs(rank_correlation(drawn[i], drawn[j])) for i in range(6) for j in range(i)) < 0.03
    first, more = sample([A], 50), sample([A, Range("b", 0, 1, 2)], 50)
    assert np.array_equal(first["a"], more["a"])


# -- bands ---------------------------------------------------------------------------------------------------------------


def test_a_plain_model_and_one_that_takes_all_draws_at_once_give_the_same_band():
    at_once, plain = run_over(pool, POOL, 50, at_once=True), run_over(pool, POOL, 50)
    assert at_once.curves == pytest.approx(plain.curves)
    assert at_once.at_value == pytest.approx(pool(150, 24)) and at_once.curves.shape == (50, 200)


@given(low=st.floats(1, 10), up=st.floats(1.2, 5), place=st.floats(0.2, 0.8), power=st.sampled_from([-2, -1, 0.5, 3]),
       shape=st.sampled_from(["uniform", "log-uniform", "triangular"]))
def test_the_band_of_a_model_that_goes_one_way_holds_the_run_at_the_values(low, up, place, power, shape):
    high = low * up
    item = Range("x", low, None, high, shape)
    item = Range("x", low, float(item.quantile(place)) if shape != "triangular" else low + place * (high - low), high, shape)
    band = run_over(lambda x: np.outer(x, np.ones(3)) ** power if np.ndim(x) else np.ones(3) * x**power, [item], 200, at_once=True)
    assert np.all(band.low <= band.at_value) and np.all(band.at_value <= band.high)
    ends = np.sort([low**power, high**power])
    assert ends[0] * (1 - 1e-9) <= band.curves.min() and band.curves.max() <= ends[1] * (1 + 1e-9)


def test_wider_ranges_give_wider_bands_and_fixed_facts_none():
    narrow = run_over(pool, [Range("volume", 140, 150, 160), Range("clearance", 24, 24, 24)], at_once=True)
    wide = run_over(pool, [Range("volume", 100, 150, 200), Range("clearance", 24, 24, 24)], at_once=True)
    assert np.all(wide.high - wide.low > narrow.high - narrow.low)
    still = run_over(pool, [Range("volume", 150, 150, 150), Range("clearance", 24, 24, 24)], at_once=True)
    assert still.low == pytest.approx(still.at_value) and still.high == pytest.approx(still.at_value)


def test_a_band_says_whose_it_is_and_what_shape_was_chosen():
    ignorance = run_over(pool, POOL, 20, at_once=True)
    people = run_over(pool, [Spread("volume", 150, 0.2), Spread("clearance", 24, 0.5)], 20, at_once=True)
    assert ignorance.called == IGNORANCE == "what the literature allows"
    assert people.called == PEOPLE == "spread between people"
    assert "log scale (our choice)" in ignorance.words and "people" not in ignorance.words
    assert "50 % between people" in people.words and "literature" not in people.words


def test_ignorance_and_people_are_shown_together_without_being_mixed():
    ranges, spreads = [Range("clearance", 13, 24, 80)], [Spread("volume", 150, 0.3)]
    both = run_both(pool, ranges, spreads, at_once=True)
    assert both.called == BOTH and both.curves.shape == (40, 40, 200)
    alone = run_over(lambda clearance: pool(150, clearance), ranges, 40, at_once=True)
    assert both.ignorance.curves == pytest.approx(alone.curves) and both.ignorance.called == IGNORANCE
    assert both.people.called == PEOPLE and both.people.at_value == pytest.approx(pool(150, 24))
    assert np.all(both.low <= both.people.low + 1e-15) and np.all(both.high >= both.people.high - 1e-15)
    # Each layer holds one draw of the facts and all the people.
    draw = both.ignorance.samples["clearance"][3]
    assert both.curves[3] == pytest.approx(pool(both.people.samples["volume"][:, None], draw))


def test_a_fact_may_be_unknown_and_differ_between_people_too():
    """The person differs by a factor from whatever the fact is; without either, the band of the other is left."""
    ranges = [Range("volume", 120, 150, 360), Range("clearance", 13, 24, 80)]
    both = run_both(pool, ranges, [Spread("clearance", 999, 0.3)], at_once=True)
    assert np.median(both.people.samples["clearance"]) == pytest.approx(24, rel=0.02)  # the range's value, not 999
    alike = run_both(pool, ranges, [Spread("clearance", 24, 0)], at_once=True)
    assert alike.low == pytest.approx(alike.ignorance.low) and alike.high == pytest.approx(alike.ignorance.high)
    known = run_both(pool, [Range("volume", 150, 150, 150)], [Spread("clearance", 24, 0.3)], at_once=True)
    assert known.low == pytest.approx(known.people.low) and known.high == pytest.approx(known.people.high)


def test_a_range_comes_from_a_fact_without_the_model_knowing_facts(facts):
    item = Range.of(facts["csf_prod_classic"], "mL/h", "formation")
    assert (item.low, item.value, item.high) == pytest.approx((18, 21, 24))
    assert Range.of(facts["baclofen_cl"], "mL/h", shape="log-uniform").value == pytest.approx(np.sqrt(13 * 80))
    twin = SimpleNamespace(id="x", value=2, range_in=lambda unit: (1, 3), to=lambda unit: 2)
    assert Range.of(twin, "anything") == Range("x", 1, 2, 3)
    across = Range.across([facts["csf_total_text"], facts["csf_total_new"]], "mL", "volume")
    assert (across.low, across.value, across.high) == (125, 150, 400)


# -- what matters most -----------------------------------------------------------------------------------------------------


@given(values=st.lists(st.integers(0, 8), min_size=2, max_size=40), others=st.data())
def test_rank_correlation_is_spearmans_with_ties(values, others):
    y = others.draw(st.lists(st.integers(0, 8), min_size=len(values), max_size=len(values)))
    assert ranks(values) == pytest.approx(stats.rankdata(values))
    if len(set(values)) > 1 and len(set(y)) > 1:
        assert rank_correlation(values, y) == pytest.approx(stats.spearmanr(values, y).statistic, abs=1e-12)
    else:
        assert rank_correlation(values, y) == 0


def test_a_sum_is_ordered_by_its_coefficients_and_says_which_way():
    ranges = [Range(name, 0, 1, 2) for name in ("a", "b", "c", "d")]
    found = what_matters(run_over(lambda a, b, c, d: 0.5 * a - 3 * b + 1.5 * c + 0 * d, ranges, 400, at_once=True))
    assert [item.name for item in found][:2] == ["b", "c"] and found[-1].name == "d"
    assert "falls closely with b" in found[0].words and "hardly follows d" in found[-1].words
    assert found.explained > 0.9 and "can be trusted" in found.trust and found.called == IGNORANCE
    shares = variance_shares(lambda a, b, c, d: 0.5 * a - 3 * b + 1.5 * c + 0 * d, ranges, at_once=True)
    total = 0.25 + 9 + 2.25
    assert [item.name for item in shares] == ["b", "c", "a", "d"]
    assert [item.weight for item in shares] == pytest.approx([9 / total, 2.25 / total, 0.25 / total, 0], abs=0.01)


def test_ishigami_and_homma_1990_shares_of_variance_are_the_analytic_ones_and_ranks_are_misled():
    """a = 7, b = 0.1: 0.314, 0.442 and 0 alone; 0.558, 0.442 and 0.244 with the others. The second fact, the first in
    truth, has no rank correlation at all, and the ranking says that it must not be trusted."""
    ranges = [Range(name, -np.pi, 0, np.pi) for name in ("x1", "x2", "x3")]

    def ishigami(x1, x2, x3):
        return np.sin(x1) + 7 * np.sin(x2) ** 2 + 0.1 * x3**4 * np.sin(x1)

    found = {item.name: item for item in variance_shares(ishigami, ranges, 4096, at_once=True)}
    assert [found[name].weight for name in ("x1", "x2", "x3")] == pytest.approx([0.3139, 0.4424, 0], abs=0.01)
    assert [found[name].total for name in ("x1", "x2", "x3")] == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.01)
    assert "together" in variance_shares(ishigami, ranges, 4096, at_once=True).trust
    misled = what_matters(run_over(ishigami, ranges, 1000, at_once=True))
    assert abs({item.name: item.weight for item in misled}["x2"]) < 0.1
    assert misled.explained < 0.5 and "shares of the variance" in misled.trust


@given(scale=st.floats(1e-3, 1e3))
def test_a_change_of_units_leaves_the_order_alone(scale):
    changed = [POOL[0], Range("clearance", 13 * scale, 24 * scale, 80 * scale, "log-uniform")]
    here = run_over(pool, POOL, 100, at_once=True)
    there = run_over(lambda volume, clearance: 1e6 * pool(volume, clearance / scale), changed, 100, at_once=True)
    reading = lambda curves: curves[:, 100]  # noqa: E731
    assert [(item.name, pytest.approx(item.weight, abs=1e-6)) for item in what_matters(here, reading)] == [
        (item.name, item.weight) for item in what_matters(there, reading)]


def test_a_result_that_never_changes_has_nothing_that_matters():
    band = run_over(lambda a: 1.0 + 0 * a, [Range("a", 0, 1, 2)], at_once=True)
    assert what_matters(band)[0].weight == 0 and what_matters(band).trust == uncertainty.STILL
    assert variance_shares(lambda a: 1.0 + 0 * a, [Range("a", 0, 1, 2)], 64, at_once=True).trust == uncertainty.STILL


# -- in use ----------------------------------------------------------------------------------------------------------------


def half_distance(dispersion, loss):
    return np.log(2) * np.sqrt(dispersion / loss)


def canal_ranges(facts):
    """D as worked out from Kroin 1993, and the loss borrowed from methotrexate."""
    slow, fast = (np.log(2) / hours for hours in facts["mtx_thalf"].range_in("h")[::-1])
    return [Range.of(facts["D_eff"], "cm^2/h", "dispersion", "log-uniform"),
            Range("loss", slow, np.log(2) / facts["mtx_thalf"].to("h"), fast, "log-uniform")]


def test_canal_half_distance_follows_dispersion_more_than_loss(facts):
    """Both enter by a square root; dispersion is known to a factor of 6.5, loss to 3.1."""
    found = what_matters(run_over(half_distance, canal_ranges(facts), 400, at_once=True))
    assert [item.name for item in found] == ["dispersion", "loss"]
    assert found[0].weight > 0.7 and found[1].weight < -0.3 and found.explained > 0.9
    shares = variance_shares(half_distance, canal_ranges(facts), 1024, at_once=True)
    assert [item.name for item in shares] == ["dispersion", "loss"] and shares.explained > 0.95


def test_canal_taking_two_facts_of_one_measurement_as_independent_makes_the_band_too_wide(facts):
    """D was worked out as loss x (decay length)^2. Drawn apart, they allow half-distances that nobody measured."""
    measured = facts["half_distance"].range_in("cm")
    band = run_over(half_distance, canal_ranges(facts), 400, at_once=True, shares=(0, 0.5, 1))
    assert band.low[0] < 0.85 * measured[0] and band.high[0] > 1.3 * measured[1]


def test_one_pool_half_life_follows_the_conflict_about_volume_more_than_formation(facts):
    """Textbook figures alone: formation (0.30 to 0.40) matters more than volume (125 to 150). With the newer volumes taken
    in, up to 400 mL, volume matters most: widening a range moves its fact up."""
    flow = Range.of(facts["csf_prod_classic"], "mL/h", "formation")
    old = Range.of(facts["csf_total_text"], "mL", "volume")
    new = Range.across([facts["csf_total_text"], facts["csf_total_new"]], "mL", "volume")

    def half_life(volume, formation):
        return OnePool(volume, formation).half_life_h

    first, second = (run_over(half_life, [volume, flow], 200) for volume in (old, new))
    assert what_matters(first)[0].name == "formation" and what_matters(second)[0].name == "volume"
    assert second.high[0] > 2 * first.high[0]
    # Measured half-lives (validation case 3) are met by the old volumes only, and lie within either band.
    assert first.low[0] < facts["mtx_thalf"].value < first.high[0]


def test_targeting_advantage_follows_the_clearance_between_people_most(facts):
    """1 + CL_plasma / Q_in in two boxes (validation notes). Plasma clearance known, as for nusinersen; way in unknown
    within the fluid clearances seen for baclofen (13 to 80 mL/h): the advantage is anywhere from 32 to 190."""
    plasma = facts["nusi_clp"].to("mL/h")
    ranges = [Range("plasma", 0.8 * plasma, plasma, 1.2 * plasma), Range.of(facts["baclofen_cl"], "mL/h", "entry", "log-uniform")]
    band = run_over(lambda plasma, entry: 1 + plasma / entry, ranges, 400, at_once=True)
    found = what_matters(band)
    assert found[0].name == "entry" and found[0].weight < -0.9 and abs(found[1].weight) < 0.4
    assert band.high[0] / band.low[0] > 4


def test_two_pools_slow_half_life_is_run_over_as_a_plain_model(facts):
    """Nusinersen with each of its five numbers 20 % up or down (assumed): tissue volume and exchange decide."""
    names = dict(volume_ml="nusi_vcsf", tissue_volume_ml="nusi_vtis", exchange_ml_per_h="nusi_qcsf", clearance_ml_per_h="nusi_clcsf")
    units = ("mL", "mL", "mL/h", "mL/h")
    ranges = [Range(name, 0.8 * v, v, 1.2 * v) for name, v in zip(names, (facts[i].to(u) for i, u in zip(names.values(), units)))]
    band = run_over(lambda **drawn: TwoPools(**drawn).slow_half_life_h / 24, ranges, 200)
    found = what_matters(band)
    assert found[0].name == "tissue_volume_ml" and {item.name: item for item in found}["volume_ml"].weight == pytest.approx(0, abs=0.2)
    assert band.at_value[0] == pytest.approx(facts["nusi_thalf"].to("day"), rel=0.02)


def test_200_curves_of_200_points_of_a_closed_form_at_once(facts):
    heights = np.linspace(0, 49, 200)

    def profile(dispersion, loss):
        return np.exp(-heights * np.sqrt(loss / dispersion))

    ranges = canal_ranges(facts)
    band = run_over(profile, ranges, 200, at_once=True)
    assert band.curves.shape == (200, 200)
    length, _ = canal.decay_lengths(ranges[0].value, ranges[1].value)
    assert band.at_value == pytest.approx(np.exp(-heights / length))


def test_bands_and_rank_correlations_load_no_heavy_library():
    code = ("import sys, crossing.models.uncertainty as u; b = u.run_over(lambda a, b: a * b, [u.Range('a', 1, 2, 3), "
            "u.Range('b', 1, 2, 3, 'log-uniform')]); u.what_matters(b); "
            "u.run_over(lambda a: a, [u.Spread('a', 1, 0.3)]); print([m for m in sys.modules if m in "
            "('scipy.stats', 'scipy.optimize', 'pandas', 'crossing.facts')])")
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"


# -- bad input -----------------------------------------------------------------------------------------------------------

NAN, INF = float("nan"), float("inf")
A = Range("a", 0, 1, 2)


def keep(a):
    return a


@pytest.mark.parametrize("call, words", [
    (lambda: Range("a b", 0, 1, 2), ["name", "a b"]),
    (lambda: Range(3, 0, 1, 2), ["name", "3"]),
    (lambda: Range("a", 2, 1, 0), ["high", "0", "2 or more"]),
    (lambda: Range("a", NAN, 1, 2), ["low", "nan"]),
    (lambda: Range("a", 0, 1, INF), ["high", "inf"]),
    (lambda: Range("a", 0, 5, 2), ["value", "5", "0 to 2"]),
    (lambda: Range("a", 0, 1, 2, "log-uniform"), ["low", "above 0"]),
    (lambda: Range("a", 0, 1, 2, "normal"), ["shape", "normal", "uniform"]),
    (lambda: Range.across([], "mL", "a"), ["facts", "at least one"]),
    (lambda: Spread("a", 0, 0.3), ["value", "above 0"]),
    (lambda: Spread("a", 1, -0.3), ["cv", "-0.3"]),
    (lambda: sample([], 10), ["ranges", "at least one"]),
    (lambda: sample([A, A], 10), ["ranges", "each name once"]),
    (lambda: sample([(0, 1)], 10), ["ranges", "(0, 1)"]),
    (lambda: sample(A, 0), ["n", "0", "1 or more"]),
    (lambda: sample(A, 2.5), ["n", "2.5", "whole"]),
    (lambda: sample(A, 5, -1), ["seed", "-1"]),
    (lambda: run_over("model", A), ["model", "function"]),
    (lambda: run_over(lambda a: NAN, A), ["model", "nan at a =", "finite"]),
    (lambda: run_over(lambda a: np.ones(1 + int(a)), A), ["model", "same length"]),
    (lambda: run_over(lambda a: np.ones((3, 4)), A, at_once=True), ["model", "(3, 4)"]),
    (lambda: run_over(keep, [A, Spread("b", 1, 0.2)]), ["ranges", "apart", "run_both"]),
    (lambda: run_over(keep, A, shares=(0.9, 0.5, 0.1)), ["shares", "ascending"]),
    (lambda: run_over(keep, A, shares=(0.1, 0.5)), ["shares"]),
    (lambda: run_both(keep, [Spread("a", 1, 0.2)], [Spread("a", 1, 0.2)]), ["ranges", "Range"]),
    (lambda: run_both(keep, A, A), ["ranges", "Spread"]),
    (lambda: run_both(keep, A, Spread("a", 1, 0.2), n=0), ["n", "0"]),
    (lambda: run_both(keep, A, Spread("a", 1, 0.2), people=-3), ["people", "-3"]),
    (lambda: ranks([1, NAN]), ["values", "nan"]),
    (lambda: ranks([[1, 2]]), ["values"]),
    (lambda: rank_correlation([1, 2, 3], [1, 2]), ["y", "3"]),
    (lambda: what_matters(run_over(lambda a: np.ones(3) * a, A)), ["reading", "None", "one number"]),
    (lambda: what_matters(run_over(lambda a: np.ones(3) * a, A), lambda c: c), ["reading", "(200, 3)"]),
    (lambda: variance_shares(keep, A, 1000), ["n", "1000", "power of 2"]),
    (lambda: variance_shares(keep, [A, Spread("b", 1, 0.2)]), ["ranges", "apart"]),
])
def test_bad_input_is_named_with_what_was_found_and_wanted(call, words):
    with pytest.raises(ValueError) as error:
        call()
    for word in words:
        assert word in str(error.value)
