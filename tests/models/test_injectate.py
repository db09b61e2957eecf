"""Density against the fluid, the piece of canal an injection fills, and measured outcomes that stand beside the model."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from crossing.models.canal import SpinalCanal
from crossing.models.exposure import spread
from crossing.models.injectate import (FluidBand, Outcome, baricity, classify, density, density_curved, matching_temperature,
                                       matching_temperature_curved, share_lighter, slope_between, slug_length)

BAND = FluidBand(1.0006, 0.0002)
densities, slopes, temperatures = st.floats(0.99, 1.04), st.floats(1e-5, 1e-3), st.floats(5, 45)


@given(densities, slopes, temperatures, densities)
def test_below_its_matching_temperature_a_solution_is_heavier_above_it_lighter(reference, slope, at, fluid):
    same = matching_temperature(fluid, reference, at, slope)
    assert density(same, reference, at, slope) == pytest.approx(fluid, abs=1e-12)
    assert density(same - 1, reference, at, slope) > fluid > density(same + 1, reference, at, slope)


@given(densities, st.floats(1e-6, 1e-5), st.floats(1, 44))
def test_the_straight_line_meets_the_curve_at_both_ends(at_zero, curve, other):
    slope = slope_between(other, 45, curve)
    ends = np.array([other, 45])
    line = density(ends, density_curved(other, at_zero, curve), other, slope)
    assert line == pytest.approx(density_curved(ends, at_zero, curve), abs=1e-12)
    between = 0.5 * (other + 45)
    assert density_curved(between, at_zero, curve) >= density(between, density_curved(other, at_zero, curve), other, slope) - 1e-15


@given(st.floats(0, 60), st.floats(1e-6, 1e-5))
def test_the_curve_gives_back_its_matching_temperature(temperature, curve):
    assert matching_temperature_curved(density_curved(temperature, 1.007, curve), 1.007, curve) == pytest.approx(temperature, abs=1e-4)


@given(densities, st.floats(0, 1e-3))
def test_heavier_is_lighter_for_fewer_people(value, more):
    assert 0 <= share_lighter(value + more, BAND) <= share_lighter(value, BAND) <= 1


def test_the_band_is_where_nobody_can_say():
    assert classify(BAND.low - 1e-9, BAND) == "hypobaric" and classify(BAND.high + 1e-9, BAND) == "hyperbaric"
    assert classify(BAND.low, BAND) == classify(BAND.mean, BAND) == classify(BAND.high, BAND) == "isobaric"
    assert share_lighter(BAND.mean, BAND) == pytest.approx(0.5)
    assert share_lighter([BAND.low, BAND.high], BAND) == pytest.approx([1 - 0.00135, 0.00135], rel=1e-2)
    narrow = FluidBand(BAND.mean, BAND.sd, 1.0)
    assert share_lighter([narrow.low, narrow.high], narrow) == pytest.approx([0.841, 0.159], abs=1e-3)
    assert classify(BAND.low, narrow) == "hypobaric"


def test_baricity_is_a_ratio_of_densities():
    assert baricity([1.0, 1.02], 1.0) == pytest.approx([1.0, 1.02])


@given(st.floats(1, 20), st.floats(0.6, 3))
def test_the_slug_is_as_long_as_the_canal_makes_it(volume, area):
    canal = SpinalCanal(60, area, 80, 0.15, cells=240)
    if canal.volume[0] < volume < 0.9 * canal.volume.sum():
        assert 2 * spread(canal.edges, canal.bolus(30, 1, volume)) == pytest.approx(slug_length(volume, area), abs=0.2501)  # a cell
    assert slug_length(2 * volume, area) == pytest.approx(slug_length(volume, area / 2))


def test_an_outcome_stands_beside_the_model():
    early = Outcome("time of peak at T10", 5, 15, "min", 5, "solution as dense as the fluid")
    assert [early.verdict(x) for x in (2, 5, 10, 15, 100)] == ["below", "within", "within", "within", "above"]
    assert early.ratio(10) == 1 and early.ratio(150) == pytest.approx(10) and early.ratio(2.5) == pytest.approx(0.5)
    posture = Outcome("where the drug lay", None, None, "", 6, "more to the tail in upright animals")
    with pytest.raises(ValueError, match="Outcome.low.*None.*with a number"):
        posture.ratio(1.0)


@pytest.mark.parametrize("call, words", [
    (lambda: density(37, 0, 20, 1e-4), ["reference_density", "0"]),
    (lambda: density(np.nan, 1, 20, 1e-4), ["temperature_c", "nan"]),
    (lambda: density(37, 1, np.inf, 1e-4), ["reference_c", "inf"]),
    (lambda: density(37, 1, 20, -1e-4), ["slope_per_c", "-0.0001", "0 or more"]),
    (lambda: density("warm", 1, 20, 1e-4), ["temperature_c", "warm"]),
    (lambda: density_curved(37, 1, -1), ["curve_per_c2", "-1"]),
    (lambda: slope_between(20, 20, 1e-6), ["second_c", "20", "other than"]),
    (lambda: matching_temperature(1, 1, 20, 0), ["slope_per_c", "0"]),
    (lambda: matching_temperature(-1, 1, 20, 1e-4), ["fluid_density", "-1"]),
    (lambda: matching_temperature_curved(1.01, 1.007, 5e-6), ["fluid_density", "1.01", "at most 1.007"]),
    (lambda: FluidBand(1, 0), ["FluidBand.sd", "0"]),
    (lambda: FluidBand(1, 1e-4, -1), ["FluidBand.widths", "-1"]),
    (lambda: classify(1, 1.0006), ["band", "FluidBand"]),
    (lambda: classify(0, BAND), ["solution_density", "0"]),
    (lambda: share_lighter(1, None), ["band", "FluidBand"]),
    (lambda: share_lighter([1, -1], BAND), ["solution_density", "-1"]),
    (lambda: baricity(1, 0), ["fluid_density", "0"]),
    (lambda: slug_length(0, 1), ["volume_ml", "0"]),
    (lambda: slug_length(1, [1, np.inf]), ["area_cm2", "inf"]),
    (lambda: Outcome("x", 5, 1, "min", 5, ""), ["Outcome.high", "1", "5 or more"]),
    (lambda: Outcome("x", 5, None, "min", 5, ""), ["Outcome.high", "None"]),
    (lambda: Outcome("x", 1, 5, "min", 0, ""), ["Outcome.people", "0"]),
    (lambda: Outcome("x", 1, 5, "min", 3, "").ratio(0), ["computed", "0"]),
])
def test_bad_input_is_named(call, words):
    with pytest.raises(ValueError) as error:
        call()
    for word in words:
        assert word in str(error.value)
