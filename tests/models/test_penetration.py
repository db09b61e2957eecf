"""How deep a drug gets into tissue: steady and in time, films and masses."""

import numpy as np
import pytest
from comparisons import closed_form
from hypothesis import given, settings, strategies as st
from scipy.integrate import quad, solve_ivp

from crossing.models import penetration as into

depths, sizes = st.floats(1e-3, 5), st.floats(1e-4, 5)
diffusions, losses = st.floats(1e-4, 0.1), st.floats(0.01, 20)


@closed_form("penetration depth")
@given(diffusions, losses)
def test_the_depth_is_the_root_of_diffusion_over_loss_and_solves_its_equation(diffusion, loss):
    depth = into.depth_cm(diffusion, loss)
    assert depth == pytest.approx(np.sqrt(diffusion / loss))
    assert into.loss_for(diffusion, depth) == pytest.approx(loss)
    # D c'' = k c, by differences.
    step, x = depth * 1e-3, depth * np.array([0.5, 1.0, 3.0])
    bend = (into.steady_level(x + step, depth) - 2 * into.steady_level(x, depth) + into.steady_level(x - step, depth)) / step**2
    assert diffusion * bend == pytest.approx(loss * into.steady_level(x, depth), rel=1e-4)


@given(depths, st.floats(1, 1e4))
def test_ten_times_the_level_reaches_a_fixed_step_deeper(depth, fold):
    assert into.steady_level(into.reach_cm(depth, fold), depth) == pytest.approx(1 / fold)
    assert into.reach_cm(depth, 10 * fold) - into.reach_cm(depth, fold) == pytest.approx(2.3026 * depth, rel=1e-3)


def test_time_runs_with_the_square_of_the_distance():
    assert into.diffusion_time_h([0.1, 1.0], 0.01) == pytest.approx([0.5, 50])
    slowed = into.slowed_diffusion(0.01, 1.6)
    assert into.diffusion_time_h(0.1, slowed) == pytest.approx(0.5 * 1.6**2)
    assert into.tortuosity(0.01, slowed) == pytest.approx(1.6)


@settings(max_examples=25)
@given(diffusions, losses, st.floats(0.01, 50))
def test_the_level_in_time_rises_to_the_steady_one_and_falls_inwards(diffusion, loss, hours):
    x = np.linspace(0, 6, 25) * into.depth_cm(diffusion, loss)
    times = hours * np.array([[0.1], [1], [10]])
    level = into.level_in_time(x, times, diffusion, loss)
    steady = into.steady_level(x, into.depth_cm(diffusion, loss))
    assert level[:, 0] == pytest.approx([1, 1, 1])
    assert level.min() >= 0 and (level <= steady * (1 + 1e-9)).all()
    assert (np.diff(level, axis=0) >= -1e-12).all() and (np.diff(level, axis=1) <= 1e-12).all()
    assert into.level_in_time(x, 1e6, diffusion, loss) == pytest.approx(steady, rel=1e-6)
    # The same numbers in other units: time and loss per minute, lengths in mm.
    assert into.level_in_time(10 * x, times * 60, diffusion * 100 / 60, loss / 60) == pytest.approx(level, rel=1e-9, abs=1e-12)


def test_the_level_in_time_agrees_with_an_independent_solver():
    diffusion, loss, wide, n = 0.01, 0.3, 1.5, 300
    x = np.linspace(0, wide, n + 1)
    step = x[1]

    def change(_, c):
        full = np.r_[1.0, c, 0.0]
        return diffusion * (full[:-2] - 2 * full[1:-1] + full[2:]) / step**2 - loss * c

    run = solve_ivp(change, (0, 6), np.zeros(n - 1), t_eval=[0.5, 2, 6], method="LSODA", lband=1, uband=1, rtol=1e-8, atol=1e-10)
    assert into.level_in_time(x[1:-1], [[0.5], [2], [6]], diffusion, loss) == pytest.approx(run.y.T, abs=2e-4)


def test_without_loss_and_before_the_start():
    assert into.depth_cm(0.01, 0) == np.inf and into.depth_cm(0, 0) == 0
    from scipy.special import erfc
    assert into.level_in_time(0.2, 3, 0.01) == pytest.approx(erfc(0.2 / (2 * np.sqrt(0.03))))
    assert into.level_in_time([0, 0.1], 0, 0.01, 1).tolist() == [1, 0]
    assert into.level_in_time(100, 1, 1e-4, 10) == 0  # deep inside: nothing, and no overflow


@given(sizes, depths)
def test_a_film_and_a_mass_are_the_means_of_their_profiles(size, depth):
    film, _ = quad(lambda x: np.cosh((size - x) / depth) / np.cosh(size / depth) if size / depth < 300 else np.exp(-x / depth),
                   0, size, points=[min(size, depth)] if size > depth else None, limit=200)
    assert into.film_mean(size, depth) == pytest.approx(film / size, rel=1e-5)
    f = size / depth
    if f < 300:
        ball, _ = quad(lambda r: 3 * r * np.sinh(f * r) / np.sinh(f), 0, 1, points=[max(0.0, 1 - 3 / f)] if f > 3 else None)
        assert into.mass_mean(size, depth) == pytest.approx(ball, rel=1e-6)
    assert 0 <= into.film_lowest(size, depth) <= into.film_mean(size, depth) <= 1 + 1e-12
    assert 0 <= into.mass_centre(size, depth) <= into.mass_mean(size, depth) <= 1 + 1e-12


def test_a_thin_film_is_bathed_where_the_middle_of_a_lump_is_not():
    depth = 0.1
    assert into.film_lowest(0.02, depth) > 0.97
    assert into.mass_centre(1.0, depth) < 0.001 and into.mass_mean(1.0, depth) < 0.3
    thin, thick = into.film_mean([0.0, 1e-9], depth), into.mass_mean([0.0, 1e-9], depth)
    assert thin == pytest.approx([1, 1]) and thick == pytest.approx([1, 1])
    # Where the size is large, only a rind is bathed: a depth for a film, three depths over the radius for a ball.
    assert into.film_mean(10, depth) == pytest.approx(depth / 10) and into.mass_mean(10, depth) == pytest.approx(0.03, rel=0.02)


@pytest.mark.parametrize("call, words", [
    (lambda: into.tortuosity(1, 2), ["diffusion_in_tissue", "2", "at most"]),
    (lambda: into.reach_cm(1, 0.5), ["fold", "0.5", "at least 1"]),
    (lambda: into.film_mean([1, -1], 1), ["thickness_cm", "-1"]),
    (lambda: into.mass_mean(1, 0), ["depth_cm", "0", "above 0"]),
    (lambda: into.level_in_time(0.1, -1, 1), ["hours", "-1"]),
])
def test_bad_input_is_named_with_what_was_found_and_wanted(call, words):
    with pytest.raises(ValueError) as error:
        call()
    for word in words:
        assert word in str(error.value)
