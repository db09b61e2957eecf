"""Two lanes against one, against another solver, and what must hold for any streaming."""


import numpy as np
import pytest
from hypothesis import given, strategies as st
from scipy.integrate import solve_ivp

from crossing.models import exposure
from crossing.models.canal import Pool, SpinalCanal
from crossing.models.dosing import Bolus, Infusion, Schedule
from crossing.models.streaming import TwoLanes, streaming_dispersion

CELLS = 24
AREA, D, LOSS = 1.6, 80.0, 0.15
TIMES = np.linspace(0, 24, 13)
places = st.floats(0, 60)
starts = st.integers(0, 2000).map(lambda n: n / 100)
schedules = st.lists(st.one_of(
    st.builds(lambda t, a, z: Bolus(t, a, position_cm=z), starts, st.floats(0, 3), places),
    st.builds(lambda t, s, r, z: Infusion(t, t + s, r, z), starts, st.floats(0.1, 20), st.floats(0, 1), places)),
    min_size=1, max_size=3).map(lambda doses: Schedule(sorted(doses, key=lambda dose: dose.start)))


@st.composite
def lanes(draw, share=st.floats(0.1, 0.9), head=st.one_of(st.just("closed"), st.builds(Pool, st.floats(20, 400), st.floats(0, 200), st.floats(0, 2)))):
    area = draw(st.lists(st.floats(0.4, 3), min_size=CELLS, max_size=CELLS))
    return TwoLanes(60, area, draw(st.floats(0.5, 1000)), draw(st.floats(0, 3)), draw(st.floats(0, 150)), draw(st.floats(0, 200)),
                    draw(share), draw(head), CELLS)


@given(lanes(), schedules, st.sampled_from(["up", "down", "both"]))
def test_every_dose_is_accounted_for_and_nothing_goes_below_zero(canal, schedule, lane):
    run = canal.run(schedule, TIMES, lane=lane)
    assert run.balance < 1e-9
    top = max(run.tallies["given"].max(), 1e-9)
    for amounts in (run.up * canal.share_up * canal.volume, run.down * (1 - canal.share_up) * canal.volume, run.pool):
        assert amounts.min() >= -1e-9 * top
    assert (run.mixed * canal.volume).sum(axis=1) == pytest.approx(run.tallies["in_canal"], abs=1e-9 * top)


@given(lanes(), schedules, schedules, st.floats(0, 5))
def test_doses_add_up_and_scale(canal, one, two, factor):
    both, first, second = (canal.run(it, TIMES).mixed for it in (one + two, one, two))
    size = max(both.max(), 1e-9)
    assert both == pytest.approx(first + second, abs=1e-9 * size)
    assert canal.run(one.scaled(factor), TIMES).mixed == pytest.approx(factor * first, abs=1e-9 * size * (1 + factor))


@given(lanes(), st.floats(0.1, 3))
def test_an_even_level_stays_even_without_loss(canal, level):
    """Fluid is neither made nor thinned: what every lane holds evenly is only lost, never heaped up."""
    still = TwoLanes(60, canal._frame.area, canal._frame.dispersion_cm2_per_h, 0.0, canal.streaming_cm_per_h, canal.swap_per_h,
                     canal.share_up, "closed", CELLS)
    assert still.system.matrix @ (level * still._volumes) == pytest.approx(0, abs=1e-9 * level * np.abs(still.system.matrix).max() * still._volumes.max())


@given(lanes(share=st.just(0.5), head=st.just("closed")), st.integers(0, CELLS - 1), st.integers(0, CELLS - 1), st.floats(0.05, 20))
def test_equal_lanes_well_shared_are_the_same_both_ways(canal, here, there, hours):
    """Streaming alone breaks no symmetry: give to both lanes and read across, and giver and reader may swap places."""
    def level(at, given_at):
        return canal.run(Bolus(0), [hours], position_cm=canal.z[given_at]).mixed[0, at]
    assert level(here, there) == pytest.approx(level(there, here), rel=1e-6, abs=1e-9 / canal.volume.min())


@given(st.lists(st.floats(0.4, 3), min_size=CELLS, max_size=CELLS), st.floats(1, 1000), st.floats(0, 3), st.floats(0, 100), places)
def test_lanes_that_stand_still_are_one_canal(area, dispersion, loss, swap, place):
    one = SpinalCanal(60, area, dispersion, 0.0, head="closed", cells=CELLS).run(Bolus(0), TIMES, place)
    two = TwoLanes(60, area, dispersion, loss, 0.0, swap, cells=CELLS).run(Bolus(0), TIMES, place)
    assert two.mixed == pytest.approx(one.concentration * np.exp(-loss * TIMES)[:, None], abs=1e-8 * one.concentration.max())
    assert two.up == pytest.approx(two.down, abs=1e-8 * one.concentration.max())


@pytest.mark.parametrize("streaming, swap", [(30, 60), (60, 200)])
def test_lanes_that_swap_often_are_one_canal_with_more_dispersion(streaming, swap):
    """Taylor's limit, w^2 / 2s, once a tracer has swapped often on its way."""
    times = np.array([0.5, 1.0, 3.0])
    more = streaming_dispersion(streaming, swap)
    two = TwoLanes(60, AREA, D, LOSS, streaming, swap, cells=60).run(Bolus(0), times, 20)
    one = SpinalCanal(60, AREA, D + more, LOSS, head="closed", cells=60).run(Bolus(0), times, 20)
    assert two.mixed == pytest.approx(one.concentration, abs=0.02 * one.concentration.max())
    plain = SpinalCanal(60, AREA, D, LOSS, head="closed", cells=60).run(Bolus(0), times, 20)
    assert np.abs(two.mixed - one.concentration).max() < 0.2 * np.abs(two.mixed - plain.concentration).max()


def test_a_tracer_in_one_lane_is_carried_at_the_speed_of_the_lane():
    """Little spreading, no swapping: the middle of what was put into a lane moves with it; equal shares, speed w."""
    lanes_ = TwoLanes(60, AREA, 2.0, 0.0, 40.0, 0.0, cells=120)
    up = lanes_.run(Bolus(0), [0.75], 10, lane="up")
    down = lanes_.run(Bolus(0), [0.75], 50, lane="down")
    assert (up.up[0] * lanes_.z).sum() / up.up[0].sum() == pytest.approx(40, abs=0.3)
    assert (down.down[0] * lanes_.z).sum() / down.down[0].sum() == pytest.approx(20, abs=0.3)
    narrow = TwoLanes(60, AREA, 2.0, 0.0, 40.0, 0.0, share_up=0.8, cells=120).run(Bolus(0), [0.75], 10, lane="up")
    assert (narrow.up[0] * lanes_.z).sum() / narrow.up[0].sum() == pytest.approx(10 + 0.75 * 40 / 1.6, abs=0.3)


def test_lanes_join_at_both_ends():
    """What goes up one lane of a closed canal comes down the other."""
    lanes_ = TwoLanes(60, AREA, 2.0, 0.0, 40.0, 0.0, cells=120)
    late = lanes_.run(Bolus(0), [2.25], 10, lane="up")  # 90 cm on: 50 up, 40 down
    assert late.down[0].argmax() * 0.5 == pytest.approx(20, abs=2) and late.up[0].max() < 0.02 * late.down[0].max()


def test_a_lane_gives_a_head_start_that_one_canal_has_not():
    """Off the middle it matters which lane: the one that goes there brings the drug first."""
    lanes_ = TwoLanes(60, AREA, 10.0, LOSS, 50.0, 0.3)
    times = np.linspace(0, 4, 401)
    peak = {lane: exposure.time_to_peak(times, lanes_.run(Bolus(0), times, 30, lane).at(55)) for lane in ("up", "down")}
    assert peak["up"] == pytest.approx(0.5, abs=0.1) and peak["down"] > 2 * peak["up"]


@given(lanes(), places, st.sampled_from(["up", "down", "both"]))
def test_a_long_infusion_settles_where_the_steady_levels_are(canal, place, lane):
    slowest = -np.linalg.eigvals(canal.system.matrix).real.max()
    if slowest < 1e-4:
        return  # nowhere to go, or as good as
    run, steady = canal.run(Infusion(0, np.inf, 1.0), [30 / slowest], place, lane), canal.steady(place, 1.0, lane)
    assert run.mixed[0] == pytest.approx(steady.mixed[0], rel=1e-6, abs=1e-7 * steady.mixed.max())


@pytest.mark.parametrize("head", ["closed", Pool(200, 30, 0.3)])
def test_a_day_agrees_with_another_solver(head):
    lanes_ = TwoLanes(60, 1 + np.sin(np.linspace(0, 6, 30)) ** 2, 20.0, LOSS, 30.0, 2.0, 0.4, head, 30)
    run = lanes_.run([Bolus(0, position_cm=11), Infusion(0, np.inf, 0.1, 40)], TIMES, lane="up")
    matrix, feed = lanes_.system.matrix, lanes_.infuse(40, 0.1, "up")
    other = solve_ivp(lambda t, x: matrix @ x + feed, (0, 24), lanes_.bolus(11, 1, "up"), method="LSODA", jac=lambda t, x: matrix,
                      rtol=1e-9, atol=1e-13, t_eval=TIMES)
    assert np.abs(run.up - other.y[:30].T / lanes_._volumes[:30]).max() < 1e-6 * run.up.max()


def test_shapes_of_what_is_read():
    run = TwoLanes(60, AREA, D, LOSS, 30, 2).run(Bolus(0), np.linspace(0, 2, 7), 11)
    assert run.up.shape == run.down.shape == run.mixed.shape == (7, 60) and run.z.shape == (60,) and run.pool.shape == (7,)
    assert run.at(20).shape == (7,) and run.at([20, 30], "up").shape == (7, 2)


def lanes_of(**changes):
    return TwoLanes(**{**dict(length_cm=60, area_cm2=1.6, dispersion_cm2_per_h=80, loss_per_h=0.15, streaming_cm_per_h=30, swap_per_h=2), **changes})


@pytest.mark.parametrize("call, words", [
    (lambda: lanes_of(streaming_cm_per_h=-1), ["streaming_cm_per_h", "-1", "0 or more"]),
    (lambda: lanes_of(swap_per_h=np.nan), ["swap_per_h", "nan"]),
    (lambda: lanes_of(share_up=1.0), ["share_up", "1", "between 0 and 1"]),
    (lambda: lanes_of(head="matched"), ["head", "matched", "closed"]),
    (lambda: lanes_of(length_cm=0), ["length_cm", "0"]),
    (lambda: lanes_of(area_cm2=[1, 2]), ["area_cm2", "(2,)", "60"]),
    (lambda: lanes_of(loss_per_h=np.inf), ["loss_per_h", "inf"]),
    (lambda: lanes_of(dispersion_cm2_per_h="strong"), ["dispersion_cm2_per_h", "strong"]),
    (lambda: lanes_of(cells=1), ["cells", "1"]),
    (lambda: lanes_of().bolus(70), ["position_cm", "70", "0 to 60"]),
    (lambda: lanes_of().bolus(10, -1), ["amount", "-1"]),
    (lambda: lanes_of().bolus(10, 1, "middle"), ["lane", "middle", "up"]),
    (lambda: lanes_of().infuse(10, -1), ["rate", "-1"]),
    (lambda: lanes_of().run(Bolus(0), [0, 1]), ["position_cm", "None"]),
    (lambda: lanes_of().run(Bolus(0), [1, 0], 10), ["times", "ascending"]),
    (lambda: lanes_of().run(Bolus(0), [], 10), ["times", "at least one"]),
    (lambda: lanes_of().run(Bolus(0), [1], 10).at(61), ["height_cm", "61"]),
    (lambda: lanes_of().run(Bolus(0), [1], 10).at(6, "left"), ["lane", "left"]),
    (lambda: lanes_of(loss_per_h=0).steady(10), ["no way out", "steady"]),
    (lambda: streaming_dispersion(30, 0), ["swap_per_h", "0"]),
    (lambda: streaming_dispersion([1, np.inf], 1), ["streaming_cm_per_h", "inf"]),
])
def test_bad_input_is_named(call, words):
    with pytest.raises(ValueError) as error:
        call()
    for word in words:
        assert word in str(error.value)
