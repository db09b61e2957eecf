"""What must hold for any canal: balance, positivity, linearity, superposition, reciprocity."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from crossing.models.canal import Pool, SpinalCanal
from crossing.models.dosing import Bolus, Infusion, Schedule

CELLS = 40
places = st.floats(0.0, 44.0)
shapes = st.lists(st.floats(0.4, 3.0), min_size=CELLS, max_size=CELLS)
pools = st.builds(Pool, st.floats(20, 400), st.floats(0, 200), st.floats(0, 2))
heads = st.one_of(st.sampled_from(["matched", "closed", "sink", "lower sink"]), pools)


def by_cell(low, high):
    """One number for the whole canal, nothing at all, or one for each cell."""
    return st.one_of(st.just(0.0), st.floats(low, high), st.lists(st.floats(low, high), min_size=CELLS, max_size=CELLS))


@st.composite
def canals(draw, drift=st.one_of(st.just(0.0), st.floats(-8, 8))):
    head = draw(heads)
    sink = 47.3 if head == "lower sink" else None
    return SpinalCanal(60, draw(shapes), draw(by_cell(0.5, 2000)), draw(by_cell(0.001, 3)), draw(drift),
                       "sink" if sink else head, sink, CELLS)


boluses = st.builds(Bolus, st.floats(0, 30), st.floats(0, 3), st.one_of(st.none(), st.floats(0.1, 15)), places)
infusions = st.builds(lambda start, length, rate, place: Infusion(start, start + length, rate, place),
                      st.floats(0, 30), st.floats(0.01, 40), st.floats(0, 1), places)
schedules = st.lists(st.one_of(boluses, infusions), min_size=1, max_size=4).map(
    lambda doses: Schedule(sorted(doses, key=lambda dose: dose.start)))
TIMES = np.linspace(0, 48, 17)


@given(canals(), schedules)
def test_every_dose_is_accounted_for_and_nothing_goes_below_zero(canal, schedule):
    run = canal.run(schedule, TIMES)
    assert run.balance < 1e-9
    dose = max(run.tallies["given"].max(), 1e-9)
    assert run.amount.min() >= -1e-9 * dose and run.pool.min() >= -1e-9 * dose
    for name in ("lost_along_canal", "gone_into_head"):
        assert run.tallies[name].min() >= -1e-9 * dose
    assert run.tallies["given"][-1] == pytest.approx(schedule.given_by(48.0))


@given(canals(), schedules, schedules, st.floats(0, 5))
def test_doses_add_up_and_scale(canal, one, two, factor):
    both = canal.run(one + two, TIMES).amount
    apart = canal.run(one, TIMES).amount + canal.run(two, TIMES).amount
    assert both == pytest.approx(apart, abs=1e-9 * max(apart.max(), 1e-9))
    assert canal.run(one.scaled(factor), TIMES).amount == pytest.approx(
        factor * canal.run(one, TIMES).amount, abs=1e-9 * max(one.total * factor, 1e-9))


@given(canals(drift=st.just(0.0)), st.integers(0, 29), st.integers(0, 29), st.floats(0.05, 30))
def test_without_drift_giver_and_reader_may_swap_places(canal, here, there, time):
    """Whatever the cross-section: the level at B after a dose at A is the level at A after a dose at B."""
    def level(at, given_at):
        return canal.run(Bolus(0), [time], position_cm=canal.z[given_at]).concentration[0, at]
    peak = 1 / canal.volume.min()
    assert level(here, there) == pytest.approx(level(there, here), rel=1e-6, abs=1e-9 * peak)


@given(canals(drift=st.just(0.0)), places, places)
def test_without_drift_steady_levels_swap_places_too_between_cells(canal, here, there):
    lossless = not np.any(canal.loss_per_h)
    if (canal.head == "closed" and lossless) or not np.any(canal.dispersion_cm2_per_h):
        return
    if lossless and (isinstance(canal.head, Pool) or canal.head == "matched"):
        return  # nowhere to go: no steady level
    assert canal.steady(there).at(here) == pytest.approx(canal.steady(here).at(there), rel=1e-7, abs=1e-12)


def test_with_drift_they_may_not():
    """The way with the drift is favoured by e^(u x / D), whatever the loss."""
    canal = SpinalCanal(60, 1.6, 80, 0.15, drift_cm_per_h=3)
    favoured = canal.steady(11).at(50) / canal.steady(50).at(11)
    assert favoured == pytest.approx(np.exp(3 * 39 / 80), rel=1e-3)
