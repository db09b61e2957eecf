"""What a sample tells: what the tube leaves in it, what many patients show, and samples in a row."""

import numpy as np
import pytest
from hypothesis import given, strategies as st
from scipy.integrate import quad

from crossing.models.sampling import ASSUMED, Makeup, Study, makeup, reach_ml, serial_levels, slope_between

small = st.floats(0.01, 3)
tubes = st.sampled_from(["parabola", "plug"])


@given(st.floats(0, 1), small, st.floats(0, 3), st.floats(0, 2), tubes)
def test_a_sample_is_made_of_solution_spot_and_fluid_and_nothing_else(dead, drawn, discarded, spot, washing):
    found = makeup(dead, drawn, discarded, spot, washing)
    assert found.solution + found.spot + found.fluid == pytest.approx(1)
    assert min(found.solution, found.spot, found.fluid) >= -1e-12
    assert makeup(dead, drawn, discarded + 0.5, spot, washing).solution <= found.solution + 1e-12
    # Level is in proportion to what is in the fluid and in the solution.
    assert found.level(2, 20, 0.3) == pytest.approx(2 * found.level(1, 10, 0.3), abs=1e-12)
    assert found.level(1, 1, 0.3) == pytest.approx(1)


@given(st.floats(0.05, 1), st.floats(0.05, 1), tubes)
def test_drawing_long_enough_brings_out_what_the_tube_and_the_spot_held(dead, spot, washing):
    much = 1e6
    found = makeup(dead, much, 0, spot, washing)
    assert found.solution * much == pytest.approx(dead, rel=1e-5) and found.spot * much == pytest.approx(spot, rel=1e-5)
    # A row of samples holds what one large one does.
    edges = np.array([0, 0.1, 0.5, 2, 9])
    row = sum(b_minus_a * makeup(dead, b_minus_a, a, spot, washing).solution for a, b_minus_a in zip(edges, np.diff(edges)))
    assert row == pytest.approx(9 * makeup(dead, 9, 0, spot, washing).solution)


def test_the_parabola_leaves_the_share_of_slow_flow():
    """The stream at V mL holds (D / 2V)^2 of the old content: from the speeds across a tube, by hand."""
    dead, discarded, drawn = 0.2, 0.8, 1.0
    by_hand, _ = quad(lambda volume: (dead / (2 * volume)) ** 2, discarded, discarded + drawn)
    assert makeup(dead, drawn, discarded).solution == pytest.approx(by_hand / drawn)
    # The same from the speeds: 2 u (1 - r^2), and what has crossed the tube by then.
    volume, radii = 0.5, np.linspace(0, 1, 200001)
    speed = 2 * (1 - radii**2)
    late = speed < dead / volume
    share = np.trapezoid(np.where(late, speed * radii, 0), radii) / np.trapezoid(speed * radii, radii)
    assert share == pytest.approx((dead / (2 * volume)) ** 2, rel=1e-3)
    assert makeup(dead, 1e-6, volume).solution == pytest.approx(share, rel=1e-3)


def test_a_plug_is_clean_once_the_tube_has_been_emptied_and_a_second_tube_always():
    assert makeup(0.2, 1, 0.2, washing="plug") == Makeup(0, 0, 1)
    assert makeup(0.2, 1, 0.2).solution == pytest.approx(0.2 * (0.25 - 0.25 / 6))  # drawn from one tube to six
    assert makeup(0, 1).level(0.7, 1000) == 0.7


@pytest.fixture(scope="module")
def study():
    return Study(rate=(3, 60), clearance_ml_per_h=(13, 80), strength=(500, 2000), dead_space_ml=(0.15, 0.3), discarded_ml=(0.3, 2))


def test_one_picture_slopes_and_the_other_is_a_cloud(study):
    many = study.run(43, seed=3)
    assert many.by_infusing.shape == (43, 1)
    assert many.relation(many.by_separate) > 0.7
    assert abs(many.relation(many.by_infusing)) < 0.3
    assert many.by_infusing.mean() > 3 * many.by_separate.mean()
    assert "assumed" in ASSUMED
    # What the sample shows is what was left in it, not what is in the fluid.
    assert np.corrcoef(np.log(many.carried * many.strength).ravel(), np.log(many.by_infusing).ravel())[0, 1] > 0.9


def test_several_doses_in_the_same_people_find_what_one_dose_each_may_miss():
    # People who differ thirtyfold, doses that differ twofold.
    varied = Study((10, 20), (10, 300), (500, 500), (1e-9, 1e-9), (1, 1))
    one, four = varied.run(12, seed=5), varied.run(12, doses_each=4, seed=5)
    assert one.relation(one.level) < 0.5
    assert four.relation_within(four.level) == pytest.approx(1.0)
    assert varied.share_that_find_it(12, infusing=False) < 0.6


def test_most_studies_find_the_relation_with_a_second_tube_and_few_without(study):
    assert study.share_that_find_it(43, infusing=False) > 0.95
    assert study.share_that_find_it(43) < 0.35


def test_chance_alone_passes_the_bar_in_about_one_of_twenty():
    blind = Study((3, 60), (20, 20), (1000, 1000), (0.2, 0.2), (0.05, 5), local=(1e-9, 1e-9))  # no drug in the fluid at all
    assert 0.02 < blind.share_that_find_it(43, studies=2000) < 0.08


def test_with_a_spot_more_solution_is_drawn(study):
    from dataclasses import replace
    spot = replace(study, spot_ml=1.0, unmixed=0.05).run(200)
    assert spot.by_infusing.mean() > study.run(200).by_infusing.mean()
    assert spot.level == pytest.approx(study.run(200).level)  # the fluid itself is as before


@given(st.integers(0, 1000))
def test_the_seed_decides_and_levels_are_within_what_the_ranges_allow(seed):
    study = Study((3, 60), (13, 80), (500, 2000), (0.15, 0.3), (0.3, 2))
    run = study.run(20, seed=seed)
    assert run.level == pytest.approx(study.run(20, seed=seed).level)
    assert run.level.min() >= 3 / 80 and run.level.max() <= 60 / 13
    assert (run.by_infusing > run.level * (1 - 1e-9)).all()
    doubled = Study((6, 120), (13, 80), (1000, 4000), (0.15, 0.3), (0.3, 2)).run(20, seed=seed)
    assert doubled.by_infusing == pytest.approx(2 * run.by_infusing)  # linear in dose and strength together


@given(st.floats(-0.009, 0.1), st.floats(5, 100), st.floats(0, 1))
def test_samples_in_a_row_are_the_means_of_a_straight_gradient_up_to_a_pool(slope, pool, above):
    edges = np.array([0, 4, 8, 30, 90.0])
    rows = serial_levels(edges, slope, pool, above)
    for level, low, high in zip(rows, edges[:-1], edges[1:]):
        bend = [pool / above] if low < pool / max(above, 1e-9) < high else None
        there, _ = quad(lambda v: 1 + slope * min(above * v, pool), low, high, points=bend)
        # what comes from below is at the level of the needle; what comes from above has moved down by its share
        expected = (1 - above) + above * there / (high - low)
        assert level == pytest.approx(expected, rel=1e-6)
    assert serial_levels([0, 40], slope, pool, above)[0] == pytest.approx(
        serial_levels([0, 10, 40], slope, pool, above) @ [0.25, 0.75])


def test_a_slope_is_read_back_from_two_samples_and_tells_how_far_up_a_level_lies():
    slope = slope_between((0, 4), (20, 24), 2.0)
    rows = serial_levels([0, 4, 20, 24], slope, 1000)
    assert rows[2] / rows[0] == pytest.approx(2.0)
    assert 1 + slope * reach_ml(slope, 5) == pytest.approx(5)
    assert reach_ml(slope, 0.5) == np.inf and reach_ml(0.0, 2) == np.inf and reach_ml(-0.01, 0.5) == pytest.approx(50)
    falling = serial_levels([0, 5, 10, 15], -0.01, 60)
    assert (np.diff(falling) < 0).all()  # what comes from blood along the way is thinner higher up


@pytest.mark.parametrize("call, words", [
    (lambda: makeup(0.2, 0), ["drawn_ml", "0", "above 0"]),
    (lambda: makeup(0.2, 1, washing="foam"), ["washing", "foam", "plug"]),
    (lambda: makeup(0.2, 1).level(1, 1, 2), ["unmixed", "2", "from 0 to 1"]),
    (lambda: Study((3, 1), (1, 2), (1, 2), (1, 2), (1, 2)), ["rate", "3", "lower number first"]),
    (lambda: Study((0, 1), (1, 2), (1, 2), (1, 2), (1, 2)), ["rate", "0", "above 0"]),
    (lambda: Study((1, 2), (1, 2), (1, 2), (1, 2), (1, 2)).run(0), ["people", "0"]),
    (lambda: Study((1, 2), (1, 2), (1, 2), (1, 2), (1, 2)).run(5).relation_within(np.ones((5, 1))), ["shown", "1 samples", "at least 3"]),
    (lambda: serial_levels([4, 2], 0.1, 10), ["drawn_ml", "ascending"]),
    (lambda: serial_levels([0], 0.1, 10), ["drawn_ml", "length 1"]),
    (lambda: serial_levels([0, 1], -0.2, 10), ["slope_per_ml", "-0.2", "0 or more"]),
    (lambda: slope_between((0, 4), (2, 6), 2), ["later_ml", "2", "after the first"]),
    (lambda: slope_between((0, 4), (4, 8), 4), ["ratio", "4", "below 3"]),
])
def test_bad_input_is_named_with_what_was_found_and_wanted(call, words):
    with pytest.raises(ValueError) as error:
        call()
    for word in words:
        assert word in str(error.value)
