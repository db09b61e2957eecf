"""Exact stepping of linear systems: against formulas, against another solver, and one way against another."""

import numpy as np
import pytest
from hypothesis import given, strategies as st
from scipy.integrate import solve_ivp

from crossing.models.linear import Feed, Jump, LinearSystem, run_in_turn

CHAIN = np.array([[-1.0, 0.3, 0.0], [0.6, -0.8, 0.2], [0.0, 0.5, -0.4]])
LOOP = np.array([[-1.0, 0.0, 0.7], [0.9, -1.2, 0.0], [0.0, 1.1, -0.9]])  # turns: complex eigenvalues
SHIFT = np.array([[-1.0, 0.0, 0.0], [1.0, -1.0, 0.0], [0.0, 1.0, -1.0]])  # one eigenvector only
CLOSED = np.array([[-1.0, 0.5, 0.0], [1.0, -1.5, 0.4], [0.0, 1.0, -0.4]])  # nothing ever leaves
LEAK_FREE_SHIFT = np.array([[-1.0, 0.0, 0.0], [1.0, -1.0, 0.0], [0.0, 1.0, 0.0]])
SYSTEMS = {"chain": CHAIN, "loop": LOOP, "shift": SHIFT, "closed": CLOSED, "closed shift": LEAK_FREE_SHIFT}
INPUTS = [Jump(0.0, [1.0, 0.0, 0.0]), Feed(0.5, 2.5, [0.0, 2.0, 0.0]), Jump(2.0, [0.0, 0.0, 1.0]),
          Feed(2.0, np.inf, [0.3, 0.0, 0.1])]


def by_another_solver(matrix, x0, times, inputs):
    """States and areas by an implicit Runge-Kutta method, restarted wherever an input changes."""
    n = len(x0)
    marks = sorted({0.0, *[i.time for i in inputs if isinstance(i, Jump)],
                    *[m for i in inputs if isinstance(i, Feed) for m in (i.start, i.stop)], times[-1]})
    marks = [m for m in marks if m <= times[-1]]
    x, found = np.concatenate([x0, np.zeros(n)]), np.empty((len(times), 2 * n))
    for begin, end in zip(marks, marks[1:] + [np.inf]):
        for item in inputs:
            if isinstance(item, Jump) and item.time == begin:
                x[:n] += item.amounts
        fed = sum((np.asarray(i.rates) for i in inputs if isinstance(i, Feed) and i.start <= begin < i.stop), np.zeros(n))
        inside = (times >= begin) & (times < end)
        stop = min(end, times[-1])
        if stop > begin:
            run = solve_ivp(lambda t, y: np.concatenate([matrix @ y[:n] + fed, y[:n]]), (begin, stop), x, method="Radau",
                            rtol=1e-11, atol=1e-13, dense_output=True)
            found[inside], x = run.sol(times[inside]).T, run.y[:, -1].copy()
        else:
            found[inside] = x
    return found[:, :n], found[:, n:]


@pytest.mark.parametrize("name", SYSTEMS)
def test_states_and_areas_agree_with_another_solver(name):
    matrix, times, x0 = SYSTEMS[name], np.linspace(0, 6, 37), np.array([0.2, 0.0, 0.4])
    states, areas = by_another_solver(matrix, x0, times, INPUTS)
    path = LinearSystem(matrix).run(x0, times, INPUTS)
    assert np.abs(path.states - states).max() < 1e-8 * states.max()
    assert np.abs(path.areas - areas).max() < 1e-8 * areas.max()


@pytest.mark.parametrize("name, ways", [("chain", ["symmetric", "spectral", "exponential"]),
                                        ("loop", ["spectral", "exponential"]),
                                        ("closed", ["symmetric", "exponential"])])
def test_every_way_gives_the_same_path(name, ways):
    times = [0.0, 0.1, 0.1, 2.0, 2.5, 7.0]
    paths = [LinearSystem(SYSTEMS[name], way).run([0.0, 1.0, 0.0], times, INPUTS) for way in ways]
    for path in paths[1:]:
        assert np.allclose(path.states, paths[0].states, rtol=0, atol=1e-12)
        assert np.allclose(path.areas, paths[0].areas, rtol=0, atol=1e-11)
        assert np.allclose(path.tally([1, 2, 0]), paths[0].areas @ [1, 2, 0], rtol=0, atol=1e-11)


def test_the_fast_way_is_taken_where_it_is_safe():
    assert LinearSystem(CHAIN).method == "symmetric"
    assert LinearSystem(LOOP).method == "spectral"
    assert LinearSystem(SHIFT).method == "exponential"
    steep = LinearSystem.tridiagonal([1.0] * 9, [-2.0] * 10, [1e-6] * 9)
    assert steep.method == "exponential"


def test_a_jump_shows_at_its_own_time():
    path = LinearSystem([[-1.0]]).run([0.0], [0.0, 1.0, 2.0], [Jump(1.0, [5.0])])
    assert path.states[:, 0] == pytest.approx([0.0, 5.0, 5.0 * np.exp(-1)])


def test_steady_state_and_area_are_where_a_long_run_ends():
    for matrix in (CHAIN, LOOP, SHIFT):
        system = LinearSystem(matrix)
        end = system.run(np.zeros(3), [400.0], [Feed(0, np.inf, [1.0, 0.0, 0.5])]).states[0]
        assert system.steady([1.0, 0.0, 0.5]) == pytest.approx(end, rel=1e-9)
        assert system.area([1.0, 2.0, 0.0]) == pytest.approx(system.run([1.0, 2.0, 0.0], [400.0]).areas[0], rel=1e-9)


@pytest.mark.parametrize("matrix", [CHAIN, LOOP, SHIFT])
def test_a_rhythm_repeats_itself_and_is_where_many_repeats_lead(matrix):
    system = LinearSystem(matrix)
    once = [Jump(0.5, [1.0, 0.0, 0.0]), Feed(1.0, 2.0, [0.0, 1.0, 0.0])]
    before = system.periodic(3.0, once)
    assert system.run(before, [3.0], once).states[0] == pytest.approx(before, rel=1e-11)
    x = np.zeros(3)
    for _ in range(100):
        x = system.run(x, [3.0], once).states[0]
    assert before == pytest.approx(x, rel=1e-9)


def test_a_system_that_changes_on_the_way_is_run_piece_by_piece():
    slow, fast = LinearSystem([[-0.1]]), LinearSystem([[-1.0]])
    path = run_in_turn([(0.0, slow), (2.0, fast), (5.0, slow)], [1.0], [0.0, 2.0, 3.0, 5.0, 8.0])
    logs = [0.0, -0.2, -1.2, -3.2, -3.5]
    assert path.states[:, 0] == pytest.approx(np.exp(logs), rel=1e-12)
    area = (1 - np.exp(-0.2)) / 0.1 + np.exp(-0.2) * (1 - np.exp(-3)) + np.exp(-3.2) * (1 - np.exp(-0.3)) / 0.1
    assert path.areas[-1, 0] == pytest.approx(area, rel=1e-12)
    same = run_in_turn([(0.0, LinearSystem(LOOP)), (1.3, LinearSystem(LOOP))], [1, 0, 0], [0.2, 1.3, 4.0], INPUTS)
    whole = LinearSystem(LOOP).run([1, 0, 0], [0.2, 1.3, 4.0], INPUTS)
    assert same.states == pytest.approx(whole.states, rel=1e-11)
    assert same.areas == pytest.approx(whole.areas, rel=1e-11)


@given(st.lists(st.floats(0.01, 5), min_size=9, max_size=9), st.floats(0.01, 30))
def test_what_leaves_is_what_was_lost(rates, time):
    """Any compartments with exchange and losses: given = held + lost."""
    exchange = np.array(rates).reshape(3, 3)
    loss = np.diag(exchange).copy()
    matrix = exchange - np.diag(loss)
    matrix -= np.diag(matrix.sum(axis=0) + loss)
    path = LinearSystem(matrix).run([1.0, 0.0, 0.0], [time], [Feed(0, 5, [0, 0.5, 0])])
    assert path.states.min() >= -1e-12
    assert path.states[0].sum() + path.tally(loss)[0] == pytest.approx(1 + 0.5 * min(time, 5), rel=1e-9)


@pytest.mark.parametrize("call, words", [
    (lambda: LinearSystem([[1, 2, 3]]), ["matrix", "(1, 3)", "square"]),
    (lambda: LinearSystem([[np.nan]]), ["matrix", "nan", "finite"]),
    (lambda: LinearSystem(CHAIN, "guess"), ["method", "guess", "symmetric"]),
    (lambda: LinearSystem(LOOP, "symmetric").run([0, 0, 0], [1]), ["method", "symmetric"]),
    (lambda: LinearSystem(CHAIN).run([1, 2], [0, 1]), ["x0", "(2,)", "3"]),
    (lambda: LinearSystem(CHAIN).run([1, 2, 3], [1, 0]), ["times", "ascending"]),
    (lambda: LinearSystem(CHAIN).run([1, 2, 3], [-1, 0]), ["times", "-1", "0 or later"]),
    (lambda: LinearSystem(CHAIN).run([1, 2, 3], []), ["times", "at least one"]),
    (lambda: LinearSystem(CHAIN).run([1, 2, 3], [1], [Jump(-2, [0, 0, 1])]), ["Jump.time", "-2"]),
    (lambda: LinearSystem(CHAIN).run([1, 2, 3], [1], [Feed(2, 1, [0, 0, 1])]), ["Feed.stop", "1", "after"]),
    (lambda: LinearSystem(CHAIN).run([1, 2, 3], [1], ["pill"]), ["inputs", "pill", "Jump or Feed"]),
    (lambda: LinearSystem(CHAIN).periodic(2, [Jump(2, [1, 0, 0])]), ["inputs", "2", "within one period"]),
    (lambda: LinearSystem(CLOSED).periodic(2, [Jump(1, [1, 0, 0])]), ["matrix", "no way out"]),
    (lambda: LinearSystem(CLOSED).steady([1, 0, 0]), ["matrix", "no way out", "steady"]),
    (lambda: LinearSystem(LEAK_FREE_SHIFT).area([1, 0, 0]), ["matrix", "no way out", "area"]),
    (lambda: run_in_turn([], [1], [0]), ["stages", "at least one"]),
])
def test_bad_input_is_named_with_what_was_found_and_wanted(call, words):
    with pytest.raises(ValueError) as error:
        call()
    for word in words:
        assert word in str(error.value)
