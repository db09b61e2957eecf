"""Swaying turned into spreading, against a simulation of its own, its limits, and what must hold at any setting."""


import numpy as np
import pytest
from hypothesis import given, strategies as st

from crossing.models.stirring import (Stirring, Sway, best_gain, half_gap_cm, per_hour, shear_gain, steady_gain, stirring,
                                      swing_cm, top_speed_cm_per_s, womersley)

alphas, schmidts, swings = st.floats(0.02, 60), st.floats(0.01, 1e5), st.floats(0.01, 20)


def simulated_gain(alpha, sigma, swing, layers=160, steps=400):
    """The gain from nothing but the equations, in steps of time: fluid driven to and fro between two walls, then the drug
    it displaces, both from rest until they repeat. Half gap 1, diffusion 1 (so omega = alpha^2 sigma, viscosity sigma)."""
    # layers from the middle plane to a wall
    across = (np.diag(np.ones(layers - 1), 1) + np.diag(np.ones(layers - 1), -1) - 2 * np.eye(layers)) * layers**2
    across[0, 0] = -layers**2  # no flux through the middle plane
    flow, drug = across.copy(), across.copy()
    flow[-1, -1] = -3 * layers**2  # the fluid sticks to the wall
    drug[-1, -1] = -layers**2  # the drug does not pass it
    omega = alpha**2 * sigma
    step = 2 * np.pi / omega / steps
    half = 0.5 * step
    eye = np.eye(layers)
    move_flow = np.linalg.solve(eye - half * sigma * flow, np.column_stack([eye + half * sigma * flow, step * np.ones(layers)]))
    move_drug = np.linalg.solve(eye - half * drug, np.column_stack([eye + half * drug, eye]))
    u, c, previous = np.zeros(layers), np.zeros(layers), np.inf
    for cycle in range(400):
        spread, speeds = 0.0, np.empty(steps)
        for i in range(steps):
            push = np.cos(omega * (cycle * 2 * np.pi / omega + (i + 0.5) * step))
            new = move_flow[:, :-1] @ u + move_flow[:, -1] * push
            middle = 0.5 * (u + new)
            sheared = middle - middle.mean()
            old, c = c, move_drug[:, :layers] @ c - step * move_drug[:, layers:] @ sheared  # dc/dt = c'' - u'
            spread -= (sheared * 0.5 * (old + c)).mean() / steps
            u, speeds[i] = new, middle.mean()
        gain = spread / (np.sqrt(2 * (speeds**2).mean()) / omega) ** 2 * swing**2
        if cycle > 3 and abs(gain - previous) < 1e-6 * abs(gain):
            return gain
        previous = gain
    return gain


@pytest.mark.parametrize("alpha, sigma", [(0.5, 20), (1.0, 1.0), (2.0, 0.5), (3.0, 4.0), (5.0, 1.0)])
def test_the_formula_agrees_with_a_simulation_of_its_own(alpha, sigma):
    assert shear_gain(alpha, sigma, 1.3) == pytest.approx(simulated_gain(alpha, sigma, 1.3), rel=3e-3)


def test_the_formula_as_it_is_printed_gives_the_same_where_figures_allow():
    alpha, sigma = np.meshgrid([0.6, 0.75, 2, 4.8, 9.6, 30], [0.05, 0.9, 1.1, 3, 100, 1500])
    L = alpha * np.sqrt(1j)
    M, t = L * np.sqrt(sigma), np.tanh(alpha * np.sqrt(1j))
    plain = 0.5 * sigma**2 * alpha**2 / (1 - sigma**2) * np.abs(t / (L - t)) ** 2 * ((M / np.tanh(M)).imag / sigma - (L / t).imag)
    assert shear_gain(alpha, sigma, 1.0) == pytest.approx(plain, rel=1e-9)


def test_a_slow_sway_is_half_of_taylor_at_its_top_speed():
    """Peclet of the top speed: omega a h / kappa = swing alpha^2 sigma. The mean of its square over a sway is half the top."""
    alpha, sigma, swing = 0.05, np.array([0.3, 1.0, 30.0]), 40.0
    assert shear_gain(alpha, sigma, swing) == pytest.approx(0.5 * steady_gain(swing * alpha**2 * sigma), rel=1e-3)


def test_a_fast_sway_of_a_slow_drug_grows_with_the_womersley_number():
    assert shear_gain(60.0, 1e5, 2.0) == pytest.approx(4 * 60 / np.sqrt(8), rel=0.03)


def test_nothing_jumps_at_equal_diffusion_of_drug_and_momentum_nor_where_the_series_ends():
    for alpha in (0.05, 0.0999, 0.1001, 0.7, 6.0):
        near = shear_gain(alpha, np.array([1 - 1.01e-4, 1 - 0.99e-4, 1.0, 1 + 0.99e-4, 1 + 1.01e-4]), 1.0)
        assert np.ptp(near) < 1e-3 * near[2] and np.all(np.diff(near) > -1e-6 * near[2])
    edges = np.array([np.sqrt(0.5) - 1e-9, np.sqrt(0.5) + 1e-9])
    assert shear_gain(edges[0], 2.0, 1) == pytest.approx(shear_gain(edges[1], 2.0, 1), rel=1e-7)


@given(alphas, schmidts, swings, st.floats(1.01, 5))
def test_more_sway_spreads_more_as_its_square_and_never_less_than_still_fluid(alpha, sigma, swing, more):
    gain = shear_gain(alpha, sigma, swing)
    assert gain > 0
    assert shear_gain(alpha, sigma, swing * more) == pytest.approx(more**2 * gain, rel=1e-9)
    assert shear_gain(alpha, sigma, 0.0) == 0


@given(alphas, schmidts)
def test_no_pace_of_mixing_across_beats_the_best_one(alpha, sigma):
    share, at = best_gain(alpha)
    assert shear_gain(alpha, sigma, 1.0) / (alpha**2 * sigma) <= share * (1 + 2e-3)
    assert shear_gain(alpha, at, 1.0) / (alpha**2 * at) == pytest.approx(share)
    assert 0 < share < 0.06


@given(st.floats(0.1, 3), st.floats(0.2, 3), st.floats(0.05, 0.3), st.floats(1e-6, 1e-4), st.floats(0.003, 0.02), st.floats(1.05, 3))
def test_stroke_volume_raises_the_dispersion_and_units_leave_it_alone(stroke, beats, gap, kappa, nu, more):
    def at(stroke, length=1.0, time=1.0):
        sway = Sway("heart", swing_cm(stroke * length**3, 1.6 * length**2), beats / time)
        return stirring([sway], gap * length, kappa * length**2 / time, nu * length**2 / time)
    one = at(stroke)
    assert at(stroke * more).shear > one.shear > one.still == kappa
    assert one.best < one.ceiling and at(stroke * more).ceiling == pytest.approx(more**2 * one.ceiling)
    other = at(stroke, 10.0, 1 / 60)
    for name in ("still", "shear", "best", "ceiling"):
        assert getattr(other, name) / 100 / 60 == pytest.approx(getattr(one, name), rel=1e-9)
    assert other.gap_orders == pytest.approx(one.gap_orders)


def test_sways_of_different_pace_add():
    heart, breath = Sway("heart", 0.2, 1.2), Sway("breath", 0.8, 0.25)
    args = (0.15, 5e-6, 0.007)
    both, one, two = stirring([heart, breath], *args), stirring([heart], *args), stirring([breath], *args)
    assert both.shear - both.still == pytest.approx(one.shear + two.shear - 2 * both.still)
    assert both.ceiling == pytest.approx(one.ceiling + two.ceiling) and both.best == pytest.approx(one.best + two.best)


def test_a_value_is_placed_in_the_gap_by_powers_of_ten():
    band = Stirring(1e-6, 1e-5, 1e-2, 1e-1)
    assert band.gap_orders == pytest.approx(4)
    assert band.place(1e-3) == pytest.approx(0.5) and band.place(1e-6) < 0 < 1 < band.place(1)


def test_without_any_sway_only_diffusion_is_left():
    still = stirring([], 0.15, 5e-6, 0.007)
    assert still.shear == still.still == 5e-6 and still.gap_orders == 0


def test_of_two_sways_of_equal_speed_the_slower_goes_further():
    beats = np.array([0.25, 1.2])
    swing = 2.0 / (2 * np.pi * beats)
    assert top_speed_cm_per_s(swing, beats) == pytest.approx([2.0, 2.0]) and swing[0] > 4 * swing[1]


def test_figures_of_the_canal_become_those_of_two_walls():
    """A gap of 3 mm: volume 0.3 S / 2 over surface S is half the gap."""
    assert half_gap_cm(0.3 * 400 / 2, 400) == pytest.approx(0.15)
    assert swing_cm(0.8, 1.6) == pytest.approx(0.25)
    assert womersley(0.1, 1 / (2 * np.pi), 0.01) == pytest.approx(1.0)
    assert per_hour(0.01) == pytest.approx(36)


@pytest.mark.parametrize("call, words", [
    (lambda: shear_gain(0, 1, 1), ["womersley", "0", "above 0"]),
    (lambda: shear_gain(1, -1, 1), ["schmidt", "-1", "above 0"]),
    (lambda: shear_gain(1, 1, np.nan), ["swing", "nan"]),
    (lambda: shear_gain(1, 1, [1, -2]), ["swing", "-2"]),
    (lambda: steady_gain("fast"), ["peclet", "fast"]),
    (lambda: best_gain(np.inf), ["womersley", "inf"]),
    (lambda: half_gap_cm(1, 0), ["wetted_surface_cm2", "0"]),
    (lambda: swing_cm(-1, 1), ["stroke_ml", "-1"]),
    (lambda: womersley(0.1, -1, 0.007), ["beats_per_s", "-1"]),
    (lambda: Sway("x", -1, 1), ["swing_cm", "-1"]),
    (lambda: Sway("x", 1, 0), ["beats_per_s", "0"]),
    (lambda: stirring(["heart"], 0.1, 1e-6, 0.007), ["sways[0]", "heart", "Sway"]),
    (lambda: stirring(None, 0.1, 1e-6, 0.007), ["sways", "None", "Sway"]),
    (lambda: stirring([], 0.1, 0, 0.007), ["diffusion_cm2_per_s", "0"]),
    (lambda: stirring([], 0.1, 1e-6, 0.007).place(1.0), ["Stirring", "gap"]),
    (lambda: Stirring(1, 2, 3, 4).place(-1), ["dispersion_cm2_per_s", "-1"]),
    (lambda: per_hour(-1), ["dispersion_cm2_per_s", "-1"]),
])
def test_bad_input_is_named(call, words):
    with pytest.raises(ValueError) as error:
        call()
    for word in words:
        assert word in str(error.value)
