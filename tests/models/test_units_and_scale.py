"""Laws that no model may break, over the whole range of the sliders: results do not depend on the units one counts in, slower
is the same as later, a run that lasts long enough is steady, and doses add up.

Each system is described once, in numbers whose units are known (`cm`, `h`,
                                                                 `mL`), then again in others. Saturable carriers and
everything else that is not proportional to dose stand aside (they are no part of these systems).
"""

from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import assume, given, strategies as st

from crossing.models import exposure
from crossing.models.body import Body, Compartment, Flow
from crossing.models.canal import Pool, SpinalCanal
from crossing.models.closed_forms import carried_level, decay_lengths, dispersion_for, tip_level
from crossing.models.dosing import Bolus, Infusion, Schedule
from crossing.models.fluid import OnePool, TwoPools
from crossing.models.formation import DailyRhythm, RhythmicPool
from crossing.models.programme import Programme
from crossing.models.pump import Pump
from crossing.models.side_routes import NasalBody
from crossing.models.streaming import TwoLanes

CELLS = 30
TIMES = np.linspace(0, 36, 13)
small = st.floats(0.05, 3)


@dataclass(frozen=True)
class Units:
    """How many of ours make one of theirs: `length` 10 counts in mm (ours: cm), `time` 1/24 in days, `dose` 1000 in thousandths."""

    length: float = 1.0
    time: float = 1.0
    dose: float = 1.0

    @property
    def volume(self):
        return self.length**3


units = st.builds(Units, st.sampled_from([1.0, 10.0, 0.01]), st.sampled_from([1.0, 1 / 24, 60.0]),
                  st.sampled_from([1.0, 1e3, 0.37]))


def dose_in(dose, u):
    place = None if dose.position_cm is None else dose.position_cm * u.length
    if isinstance(dose, Bolus):
        return Bolus(dose.time * u.time, dose.amount * u.dose, dose.volume_ml and dose.volume_ml * u.volume, place)
    return Infusion(dose.start * u.time, dose.stop * u.time, dose.rate * u.dose / u.time, place)


def schedule_in(schedule, u):
    return Schedule([dose_in(dose, u) for dose in schedule])


places = st.floats(0.0, 44.0)
hours = st.floats(0, 24).map(lambda hour: round(hour, 6))  # not 5e-324 h, which is 0 in days
boluses = st.builds(Bolus, hours, st.floats(0.01, 3), st.one_of(st.none(), st.floats(0.5, 12)), places)
infusions = st.builds(lambda start, span, rate, place: Infusion(start, start + span, rate, place),
                      hours, st.floats(0.1, 30), st.floats(0.01, 1), places)
schedules = st.lists(st.one_of(boluses, infusions), min_size=1, max_size=3).map(
    lambda doses: Schedule(sorted(doses, key=lambda dose: dose.start)))


@st.composite
def canals(draw, way_out=False):
    """Arguments of a canal, over the range of every slider: weak and strong stirring, drift either way, each kind of head."""
    head = draw(st.one_of(st.sampled_from(["matched", "closed", "sink"]),
                          st.builds(Pool, st.floats(20, 400), st.floats(0, 200), st.floats(0.01, 2))))
    return dict(length_cm=60.0, area_cm2=np.array(draw(st.lists(st.floats(0.4, 3.0), min_size=CELLS, max_size=CELLS))),
                dispersion_cm2_per_h=draw(st.floats(2, 2000)), drift_cm_per_h=draw(st.one_of(st.just(0.0),
                                                                                             st.floats(-6, 6))),
                loss_per_h=draw(st.floats(0.05, 3) if way_out else st.floats(0, 3)), head=head, cells=CELLS)


def canal_in(given_, u):
    head = given_["head"]
    if isinstance(head, Pool):
        head = Pool(head.volume_ml * u.volume, head.exchange_ml_per_h * u.volume / u.time, head.loss_per_h / u.time)
    return SpinalCanal(given_["length_cm"] * u.length, given_["area_cm2"] * u.length**2,
                       given_["dispersion_cm2_per_h"] * u.length**2 / u.time,
                       given_["loss_per_h"] / u.time, given_["drift_cm_per_h"] * u.length / u.time, head, cells=CELLS)


def same(one, other, size, rel=1e-7):
    """Alike to a part in ten million of the size of the thing (rounding grows with the spread of rates)."""
    assert np.abs(np.asarray(one) - np.asarray(other)).max() <= rel * size


# -- units ---------------------------------------------------------------------------------------------------------

@given(canals(), schedules, units)
def test_a_canal_counted_in_other_units_is_the_same_canal(settings, schedule, u):
    here = canal_in(settings, Units()).run(schedule, TIMES)
    there = canal_in(settings, u).run(schedule_in(schedule, u), TIMES * u.time)
    given_ = max(here.tallies["given"].max(), 1e-12)
    same(there.amount / u.dose, here.amount, given_)
    same(there.concentration * u.volume / u.dose, here.concentration, here.concentration.max() + given_ / 60)
    for name, amounts in here.tallies.items():
        same(there.tallies[name] / u.dose, amounts, given_)


@given(canals(way_out=True), places, units)
def test_steady_levels_and_areas_along_a_canal_do_not_depend_on_units(settings, place, u):
    here, there = canal_in(settings, Units()), canal_in(settings, u)
    steady = here.steady(place, 2.0)
    same(there.steady(place * u.length, 2.0 * u.dose / u.time).concentration * u.volume / u.dose, steady.concentration,
         steady.concentration.max())
    area = here.area_under(place, 1.5)
    same(there.area_under(place * u.length, 1.5 * u.dose) * u.volume / u.dose / u.time, area, area.max())


@given(st.floats(1, 2000), small, st.floats(-6, 6), st.floats(0.5, 3), st.floats(0, 40), st.floats(0, 30), units)
def test_formulas_of_the_canal_do_not_depend_on_units(dispersion, loss, drift, area, distance, time, u):
    D, k, v = dispersion * u.length**2 / u.time, loss / u.time, drift * u.length / u.time
    assert decay_lengths(D, k, v) == pytest.approx(tuple(u.length * x for x in decay_lengths(dispersion, loss, drift)),
                                                   rel=1e-9)
    assert tip_level(u.dose / u.time, area * u.length**2, D, k,
                     v) * u.volume / u.dose == pytest.approx(tip_level(1, area, dispersion, loss, drift))
    ratio = float(np.exp(-20 / decay_lengths(dispersion, loss, drift)[0]))
    assume(1e-12 < ratio < 1 - 1e-9)
    assert dispersion_for(ratio, 20 * u.length, k,
                          v) == pytest.approx(dispersion_for(ratio, 20, loss, drift) * u.length**2 / u.time, rel=1e-6)
    assume(abs(drift) > 0.01 and abs(distance - abs(drift) * time) > 1e-6 * distance)
    there = carried_level(u.dose / u.time, area * u.length**2, k, v, distance * u.length, time * u.time)
    assert there * u.volume / u.dose == pytest.approx(carried_level(1, area, loss, drift, distance, time), rel=1e-9)


flows = st.floats(0.5, 100)
pools = st.one_of(st.tuples(st.floats(10, 500), flows),
                  st.tuples(st.floats(10, 500), st.floats(10, 5000), flows, flows, st.floats(0, 50)))


def pool_in(given_, u):
    """One pool (volume, clearance), or two (two volumes, an exchange, two clearances)."""
    kind, volumes = (OnePool, 1) if len(given_) == 2 else (TwoPools, 2)
    return kind(*(x * u.volume for x in given_[:volumes]), *(x * u.volume / u.time for x in given_[volumes:]))


@given(pools, schedules, units)
def test_pools_counted_in_other_units_are_the_same_pools(settings, schedule, u):
    here, there = pool_in(settings, Units()), pool_in(settings, u)
    one, other = here.run(schedule, TIMES), there.run(schedule_in(schedule, u), TIMES * u.time)
    full = one.tallies["given"].max() / here.volume_ml  # the level that all of it would make
    same(other.fluid * u.volume / u.dose, one.fluid, full)
    same(other.tissue * u.volume / u.dose, one.tissue, full)
    for name, amounts in one.tallies.items():
        same(other.tallies[name] / u.dose, amounts, one.tallies["given"].max())
    assert np.atleast_1d(there.area(u.dose)) * u.volume / u.dose / u.time == pytest.approx(np.atleast_1d(here.area(1.0)))
    assert np.atleast_1d(there.steady(u.dose / u.time)) * u.volume / u.dose == pytest.approx(np.atleast_1d(here.steady(1.0)))
    slow = [pool.half_life_h if isinstance(pool, OnePool) else pool.slow_half_life_h for pool in (here, there)]
    assert slow[1] == pytest.approx(slow[0] * u.time)


@given(st.lists(st.floats(0, 10), min_size=3, max_size=12), st.floats(0, 5), units)
def test_readings_of_a_curve_follow_its_units(levels, threshold, u):
    levels, times = np.array(levels), np.linspace(0, 7, len(levels))
    per = u.dose / u.volume
    for reading, factor in ((exposure.peak, per), (exposure.trough, per), (exposure.mean, per),
                            (exposure.auc, per * u.time),
                            (exposure.time_to_peak, u.time), (exposure.fluctuation, 1.0)):
        assert reading(times * u.time, levels * per) == pytest.approx(factor * reading(times, levels), rel=1e-9)
    assert exposure.time_above(times * u.time, levels * per,
                               threshold * per) == pytest.approx(u.time * exposure.time_above(times, levels, threshold),
                                                                 abs=1e-9 * u.time)


# -- slower is later -----------------------------------------------------------------------------------------------

@given(canals(), places, st.floats(0.2, 5))
def test_a_canal_in_which_all_is_slower_shows_the_same_levels_later(settings, place, slower):
    dose = Bolus(0, 1.0, 2.0, place)
    here = canal_in(settings, Units()).run(dose, TIMES)
    there = canal_in(settings, Units(time=slower)).run(dose, TIMES * slower)
    same(there.amount, here.amount, 1.0)
    same(there.tallies["lost_along_canal"], here.tallies["lost_along_canal"], 1.0)


@given(pools, st.floats(0.2, 5))
def test_pools_in_which_all_is_slower_show_the_same_levels_later(settings, slower):
    here, there = (pool_in(settings, Units(time=t)) for t in (1.0, slower))
    one, other = here.run(Bolus(0), TIMES), there.run(Bolus(0), TIMES * slower)
    same(other.fluid, one.fluid, 1 / here.volume_ml)
    assert np.atleast_1d(there.area()) == pytest.approx(slower * np.atleast_1d(here.area()))


# -- what lasts settles --------------------------------------------------------------------------------------------

@given(canals(way_out=True), places, st.floats(0.1, 3))
def test_a_long_infusion_into_a_canal_settles_where_the_steady_profile_is(settings, place, rate):
    canal = canal_in(settings, Units())
    slowest = -np.linalg.eigvals(canal.system.matrix).real.max()
    run, steady = canal.run(Infusion(0, np.inf, rate, place), [60 / slowest]), canal.steady(place, rate)
    same(run.amount[-1], steady.amount, steady.amount.max(), 1e-8)
    assert run.pool[-1] == pytest.approx(float(steady.pool), rel=1e-7, abs=1e-9 * steady.amount.max())


@given(pools)
def test_a_long_infusion_into_pools_settles_where_the_steady_level_is_and_the_area_is_the_sum(settings):
    pool = pool_in(settings, Units())
    half = pool.half_life_h if isinstance(pool, OnePool) else pool.slow_half_life_h
    end = pool.run(Infusion(0, np.inf, 1.0), [50 * half])
    assert end.fluid[-1] == pytest.approx(np.atleast_1d(pool.steady(1.0))[0], rel=1e-9)
    assert np.atleast_1d(pool.area(1.0)) == pytest.approx(np.atleast_1d(pool.steady(1.0)), rel=1e-9)


@given(canals(way_out=True), places, st.floats(1, 48))
def test_doses_for_ever_settle_into_the_rhythm(settings, place, every):
    canal = canal_in(settings, Units())
    before = canal.rhythm(Bolus(0), every, place)
    again = canal.run(Bolus(0), [every], place, initial=before)
    same(np.append(again.amount[-1], again.pool[-1])[: before.size], before, 1.0, 1e-9)
    # Over one repeat as much must leave as was given.
    left = again.tallies["lost_along_canal"][-1] + again.tallies.get("lost_from_pool", again.tallies["gone_into_head"])[-1]
    assert left == pytest.approx(1.0, rel=1e-7)


# -- doses add up --------------------------------------------------------------------------------------------------

@given(pools, schedules, schedules, st.floats(0, 5))
def test_doses_into_pools_add_up_and_scale(settings, one, two, factor):
    pool = pool_in(settings, Units())
    both, apart = pool.run(one + two, TIMES), [pool.run(schedule, TIMES) for schedule in (one, two)]
    full = both.tallies["given"].max() / pool.volume_ml
    same(both.fluid, sum(run.fluid for run in apart), full, 1e-9)
    same(both.tallies["lost"], sum(run.tallies["lost"] for run in apart), both.tallies["given"].max(), 1e-9)
    same(pool.run(one.scaled(factor), TIMES).fluid, factor * apart[0].fluid, (1 + factor) * full, 1e-9)


@given(canals(), boluses, st.floats(0.1, 10))
def test_a_dose_given_later_shows_the_same_levels_later(settings, dose, hours):
    canal = canal_in(settings, Units())
    here = canal.run(dose, dose.time + TIMES)
    there = canal.run(replace(dose, time=dose.time + hours), dose.time + hours + TIMES)
    same(there.amount, here.amount, dose.amount)


# -- the body, and what stands beside it -----------------------------------------------------------------------------

@st.composite
def bodies(draw):
    """(volumes, what each holds, flows between neighbours and back, clearances out): three to six boxes in a row, some with a way out."""
    n = draw(st.integers(3, 6))
    some = lambda low, high, size: draw(st.lists(st.floats(low, high), min_size=size, max_size=size))  # noqa: E731
    there, ratios = some(0.1, 200, n - 1), some(0.2, 5, n - 1)  # levels of neighbours differ up to fivefold
    back = [one * ratio for one, ratio in zip(there, ratios)]
    return some(5, 3000, n), some(1, 50, n), there, back, [draw(st.floats(1, 500)), *some(0, 50, n - 1)]


def body_in(given_, u):
    volumes, holds, there, back, out = given_
    flow = u.volume / u.time
    return Body([Compartment(f"box {i}", "a box", v * u.volume, h) for i, (v, h) in enumerate(zip(volumes, holds))],
                [Flow(f"box {i}", f"box {i + 1}", "there", q * flow) for i, q in enumerate(there)]
                + [Flow(f"box {i + 1}", f"box {i}", "back", q * flow) for i, q in enumerate(back)]
                + [Flow(f"box {i}", "outside", "a way out", q * flow) for i, q in enumerate(out)], blood="box 0")


@given(bodies(), st.data(), units)
def test_a_body_counted_in_other_units_is_the_same_body(settings, data, u):
    here, there = body_in(settings, Units()), body_in(settings, u)
    schedule, box = data.draw(schedules), data.draw(st.sampled_from(here.names))
    one, other = here.run([(box, schedule)], TIMES), there.run([(box, schedule_in(schedule, u))], TIMES * u.time)
    given_ = max(one.tallies["given"].max(), 1e-12)
    for name, amounts in one.tallies.items():
        same(other.tallies[name] / u.dose, amounts, given_)
    assert other.area(here.names) * u.volume / u.dose / u.time == pytest.approx(one.area(here.names), rel=1e-7)
    assert other.targeting_advantage(here.names) == pytest.approx(one.targeting_advantage(here.names), rel=1e-7)
    settled = there.steady(box, u.dose / u.time).free(here.names) * u.volume / u.dose
    assert settled == pytest.approx(here.steady(box, 1.0).free(here.names), rel=1e-7)


@given(bodies(), st.data())
def test_a_body_balances_settles_and_adds_up(settings, data):
    body = body_in(settings, Units())
    one, two, box = data.draw(schedules), data.draw(schedules), data.draw(st.sampled_from(body.names))
    both, apart = body.run([(box, one + two)], TIMES), [body.run([(box, each)], TIMES) for each in (one, two)]
    size = both.tallies["given"].max()
    assert both.balance < 1e-9 and both._amounts.min() > -1e-9 * size
    same(both.amount(body.names), sum(run.amount(body.names) for run in apart), size, 1e-9)
    slowest = -np.linalg.eigvals(body.matrix).real.max()
    end = body.run([(box, Infusion(0, np.inf, 1.0))], [35 / slowest])
    assert end.level(body.names)[-1] == pytest.approx(body.steady(box, 1.0).level(body.names), rel=1e-7)
    assert body.areas(box).level(body.names) == pytest.approx(body.steady(box, 1.0).level(body.names), rel=1e-12)


@given(bodies(), st.floats(0.2, 5))
def test_a_body_in_which_all_is_slower_shows_the_same_levels_later(settings, slower):
    here, there = (body_in(settings, Units(time=t)).run([("box 1", Bolus(0))], TIMES * t) for t in (1.0, slower))
    same(there.amount(here.body.names), here.amount(here.body.names), 1.0)


@given(st.floats(0.5, 20), st.floats(0.01, 5), st.floats(0.1, 0.9), schedules, units)
def test_two_lanes_counted_in_other_units_are_the_same_lanes(streaming, swap, share, schedule, u):
    def lanes(u):
        return TwoLanes(60 * u.length, 1.5 * u.length**2, 40 * u.length**2 / u.time, 0.15 / u.time,
                        streaming * u.length / u.time, swap / u.time, share, cells=20)
    here, there = lanes(Units()).run(schedule, TIMES), lanes(u).run(schedule_in(schedule, u), TIMES * u.time)
    same(there.mixed * u.volume / u.dose, here.mixed, here.mixed.max() + here.tallies["given"].max() / 60)
    same(there.tallies["lost_along_canal"] / u.dose, here.tallies["lost_along_canal"],
         max(here.tallies["given"].max(), 1e-12))


@given(st.tuples(*[st.floats(0.1, 50)] * 6), st.floats(0, 0.5), st.floats(0, 0.4), schedules, units)
def test_the_nose_counted_in_other_units_is_the_same_nose(numbers, swallowed, direct, schedule, u):
    def nose(u):
        flow = u.volume / u.time
        return NasalBody(*(x * y for x, y in zip(numbers, (u.volume, flow, u.volume, flow, flow, 1 / u.time))),
                         swallowed, direct, 2 / u.time, 0.5)
    here, there = nose(Units()), nose(u)
    one, other = here.run(schedule, TIMES), there.run(schedule_in(schedule, u), TIMES * u.time)
    same(other.csf * u.volume / u.dose, one.csf, max(one.tallies["given"].max(), 1e-12) / numbers[2])
    assert there.targeting_efficiency == pytest.approx(here.targeting_efficiency, rel=1e-9)


@given(st.floats(50, 400), st.floats(0, 20), st.floats(1, 23), st.floats(0, 40),
       st.sampled_from([Units(length=10.0), Units(dose=0.37), Units(length=0.01, dose=1e3)]))
def test_a_pool_with_a_rhythm_counted_in_other_units_is_the_same_pool(volume, lowest, highest_at, hour, u):
    """Its clock is a day of 24 hours, so lengths and doses only."""
    def pool(u):
        return RhythmicPool(volume * u.volume, DailyRhythm(lowest * u.volume, (lowest + 20) * u.volume, 0.0, highest_at),
                            3 * u.volume)
    here, there = pool(Units()), pool(u)
    assert there.after_bolus(hour, TIMES, u.dose) * u.volume / u.dose == pytest.approx(here.after_bolus(hour, TIMES),
                                                                                       rel=1e-9)
    assert there.area_after_bolus(hour, u.dose) * u.volume / u.dose == pytest.approx(here.area_after_bolus(hour), rel=1e-9)
    long = here.during_infusion(1.0, hour, [3000.0])[0]
    assert long == pytest.approx(here.settled(1.0, [hour + 3000.0])[0], rel=1e-9)


@given(st.lists(st.one_of(st.none(), st.floats(0.01, 1)), min_size=1, max_size=4), st.floats(0.1, 10))
def test_a_programme_through_a_pump_scales_with_its_strength(doses, factor):
    """Twice the doses from a solution twice as strong move the same volumes at the same times."""
    programme = Programme.constant(0.05)
    for i, amount in enumerate(doses):
        programme = programme.with_dose(5.0 * i + 1, amount or 0.0)
    here = Pump(20, 1.0, 0.2).run(programme, 96)
    there = Pump(20, factor, 0.2).run(programme.scaled(factor), 96)
    assert there.pumped_ml == pytest.approx(here.pumped_ml, rel=1e-9)
    times = np.linspace(0, 96, 50)
    assert there.tip.given_by(times) == pytest.approx(factor * here.tip.given_by(times), rel=1e-9, abs=1e-12)
    assert here.balance < 1e-9 and there.balance < 1e-9
