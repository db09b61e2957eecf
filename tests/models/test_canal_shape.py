"""The width of the canal by level: volumes held exactly, lines that are straight, and a posture that changes one part only."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from crossing.models.canal import SpinalCanal
from crossing.models.canal_shape import (area_profile, by_level, by_section, ellipse_cm2, even, fluid_area_cm2, in_posture,
                                         section_volume, with_section_volume)
from crossing.models.dosing import Bolus

LENGTH = 60.0


@st.composite
def anchors(draw):
    count = draw(st.integers(1, 7))
    heights = sorted(draw(st.lists(st.integers(0, 600), min_size=count, max_size=count, unique=True)))
    return [h / 10 for h in heights], draw(st.lists(st.floats(0.2, 4), min_size=count, max_size=count))


cells_, volumes = st.integers(2, 200), st.floats(20, 300)


@given(anchors(), volumes, cells_)
def test_the_volume_is_held_whatever_the_shape_and_the_cells(anchors, volume, cells):
    shape = by_level(LENGTH, volume, *anchors, cells)
    assert shape.volume_ml == pytest.approx(volume, rel=1e-12)
    assert np.all(shape.area_cm2 > 0) and shape.area_cm2.shape == (cells,)
    assert shape.area_cm2 == pytest.approx(area_profile(LENGTH, *anchors, volume, cells))
    assert shape.area_cm2 / shape.factor == pytest.approx(area_profile(LENGTH, *anchors, None, cells))
    assert SpinalCanal(LENGTH, shape.area_cm2, 80, 0.1, cells=cells).volume.sum() == pytest.approx(volume)


@given(anchors(), st.integers(2, 60))
def test_coarse_cells_hold_what_their_fine_halves_hold(anchors, cells):
    coarse, fine = (area_profile(LENGTH, *anchors, None, n) for n in (cells, 2 * cells))
    assert coarse == pytest.approx(fine.reshape(-1, 2).mean(axis=1), rel=1e-9)


@given(anchors(), st.integers(2, 90))
def test_no_width_lies_outside_those_that_were_measured(anchors, cells):
    area = area_profile(LENGTH, *anchors, None, cells)
    assert min(anchors[1]) - 1e-12 <= area.min() and area.max() <= max(anchors[1]) + 1e-12


def test_lines_are_straight_between_places_and_level_beyond():
    area = area_profile(LENGTH, [20, 40], [1.0, 2.0], cells=60)
    assert area[:20] == pytest.approx(1.0) and area[40:] == pytest.approx(2.0)
    assert area[20:40] == pytest.approx(1 + (np.arange(20) + 0.5) / 20)


def test_even_is_one_width():
    shape = even(LENGTH, 97.5)
    assert shape.area_cm2 == pytest.approx(97.5 / 60) and shape.area_cm2.shape == (120,) and shape.factor == 1


@given(st.floats(5, 55), st.floats(5, 100), st.floats(5, 100), cells_)
def test_sections_hold_their_own_volumes(top, low, high, cells):
    shape = by_section(LENGTH, [top, LENGTH], [low, high], cells)
    assert shape.volume_ml == pytest.approx(low + high)
    fine = by_section(LENGTH, [30, LENGTH], [low, high], 120)
    assert section_volume(fine.area_cm2, LENGTH, 30) == pytest.approx(low)


@given(anchors(), volumes, cells_, st.floats(1, 59), st.floats(0.3, 3))
def test_a_posture_changes_one_section_by_what_was_measured_and_nothing_else(anchors, volume, cells, top, change):
    shape = by_level(LENGTH, volume, *anchors, cells)
    other = in_posture(shape, 34.0, 34.0 * change, top)
    below = section_volume(shape.area_cm2, LENGTH, top)
    assert other.volume_ml - volume == pytest.approx((change - 1) * below, rel=1e-9, abs=1e-9)
    edges = np.linspace(0, LENGTH, cells + 1)
    inside, above = edges[1:] <= top, edges[:-1] >= top
    assert other.area_cm2[inside] == pytest.approx(change * shape.area_cm2[inside])
    assert other.area_cm2[above] == pytest.approx(shape.area_cm2[above])
    back = in_posture(other, 34.0 * change, 34.0, top)
    if inside.sum() + above.sum() == cells:  # no cell is cut in two
        assert back.area_cm2 == pytest.approx(shape.area_cm2)


@given(anchors(), st.floats(5, 80), st.floats(1, 30), st.floats(31, 60))
def test_a_section_may_be_set_to_a_volume(anchors, volume, low, high):
    area = with_section_volume(area_profile(LENGTH, *anchors, cells=60), LENGTH, volume, high, low)
    assert np.all(area > 0)
    whole = with_section_volume(np.ones(60), LENGTH, volume, 45.0, 15.0)
    assert section_volume(whole, LENGTH, 45, 15) == pytest.approx(volume)
    assert whole[:15] == pytest.approx(1) == pytest.approx(whole[45:])


def test_what_a_posture_does_to_a_dose_is_dilution_where_it_lies():
    """More room below: the same dose starts at a lower level there. No drug is moved by it."""
    flat = even(LENGTH, 97)
    raised = in_posture(flat, 30.0, 36.0, 25.0)
    levels = [SpinalCanal(LENGTH, shape.area_cm2, 80, 0.15).run(Bolus(0, volume_ml=2), [0.0], 11).at(11)[0] for shape in (flat, raised)]
    assert levels[1] == pytest.approx(levels[0])  # a slug of 2 mL is 2 mL anywhere
    later = [SpinalCanal(LENGTH, shape.area_cm2, 80, 0.15).run(Bolus(0, volume_ml=2), [1.0], 11).at(11)[0] for shape in (flat, raised)]
    assert 1 / 1.2 < later[1] / later[0] < 1


def test_sections_of_sac_and_cord_leave_room_for_fluid():
    assert ellipse_cm2(20, 10) == pytest.approx(np.pi / 4 * 2)
    assert fluid_area_cm2(ellipse_cm2([16, 20], 12), 0.5, 0.1) == pytest.approx(np.pi / 4 * np.array([1.92, 2.4]) - 0.6)


def test_a_shape_says_what_was_filled_in():
    shape = by_level(LENGTH, 97, [10, 30, 50], [1.4, 0.9, 0.6])
    assert "3 heights" in shape.told and f"{shape.factor:.2f}" in shape.told
    assert "25 cm" in in_posture(shape, 34, 38, 25).told


@pytest.mark.parametrize("call, words", [
    (lambda: area_profile(LENGTH, [20, 10], [1, 1]), ["heights_cm", "20", "ascending"]),
    (lambda: area_profile(LENGTH, [10, 10], [1, 1]), ["heights_cm", "ascending"]),
    (lambda: area_profile(LENGTH, [], []), ["heights_cm", "[]", "at least one"]),
    (lambda: area_profile(LENGTH, [10, 70], [1, 1]), ["heights_cm", "70", "0 to 60"]),
    (lambda: area_profile(LENGTH, [10, 20], [1, 2, 3]), ["areas_cm2", "3", "2 heights"]),
    (lambda: area_profile(LENGTH, [10, 20], [1, -2]), ["areas_cm2", "-2"]),
    (lambda: area_profile(LENGTH, [10, np.nan], [1, 2]), ["heights_cm", "nan"]),
    (lambda: area_profile(LENGTH, [10], [1], 0), ["volume_ml", "0"]),
    (lambda: area_profile(-1, [10], [1]), ["length_cm", "-1"]),
    (lambda: area_profile(LENGTH, [10], [1], cells=1.5), ["cells", "1.5"]),
    (lambda: area_profile(LENGTH, ["low"], [1]), ["heights_cm", "low"]),
    (lambda: even(LENGTH, np.inf), ["volume_ml", "inf"]),
    (lambda: by_section(LENGTH, [25, 50], [30, 60]), ["tops_cm", "50", "60"]),
    (lambda: by_section(LENGTH, [25, 60], [30]), ["volumes_ml", "1 numbers", "2 heights"]),
    (lambda: section_volume(np.ones(60), LENGTH, 20, 30), ["top_cm", "20", "above 30"]),
    (lambda: section_volume(np.ones(60), LENGTH, 70), ["top_cm", "70", "0 to 60"]),
    (lambda: section_volume([1.0], LENGTH, 30), ["area_cm2", "two cells"]),
    (lambda: with_section_volume(-np.ones(60), LENGTH, 30, 30), ["area_cm2", "-1"]),
    (lambda: with_section_volume(np.ones(60), LENGTH, 0, 30), ["volume_ml", "0"]),
    (lambda: in_posture(np.ones(60), 34, 38, 25), ["shape", "Shape"]),
    (lambda: in_posture(even(LENGTH, 97), 0, 38, 25), ["flat_ml", "0"]),
    (lambda: in_posture(even(LENGTH, 97), 34, -38, 25), ["now_ml", "-38"]),
    (lambda: fluid_area_cm2(0.5, 0.6), ["sac_cm2", "0.5", "0.6"]),
    (lambda: ellipse_cm2(0, 1), ["width_mm", "0"]),
    (lambda: ellipse_cm2(1, None), ["depth_mm", "None"]),
])
def test_bad_input_is_named(call, words):
    with pytest.raises(ValueError) as error:
        call()
    for word in words:
        assert word in str(error.value)
