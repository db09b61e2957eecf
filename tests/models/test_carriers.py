"""Carriers that fill up, competition, levodopa's share, drugs in disguise."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from crossing.models.carriers import (FORMS, Carrier, competition, level_gain, prodrug_exposure, share_converted)
from crossing.models.entry import Wall

positive = st.floats(1e-3, 100)
carriers = st.builds(Carrier, positive, positive)
shares = st.floats(0, 1)


def test_twice_the_sugar_is_less_than_twice_the_traffic():
    """The figure that learners are asked for: from 5 to 10 mM the flux rises 1.38-fold."""
    carrier = Carrier(0.8, 6.2)
    assert carrier.flux(10) / carrier.flux(5) == pytest.approx(1.38, abs=0.005)
    assert carrier.fullness(6.2) == pytest.approx(0.5)


@given(carrier=carriers, level=positive, rivals=st.floats(0, 100), fold=st.floats(1.01, 100))
def test_a_carrier_fills_up_and_never_beyond(carrier, level, rivals, fold):
    more = carrier.flux(level * fold, rivals)
    assert carrier.flux(level, rivals) < more <= min(carrier.t_max, fold * carrier.flux(level, rivals)) * (1 + 1e-12)
    assert carrier.ps(level * fold, rivals) < carrier.ps(level, rivals) * (1 + 1e-12)
    assert carrier.flux(level, rivals) == pytest.approx(level * carrier.ps(level, rivals))
    assert carrier.flux(carrier.half_saturation(rivals), rivals) == pytest.approx(carrier.t_max / 2)


@given(carrier=carriers, level=positive, rivals=st.floats(0, 50), more=st.floats(0.1, 50), fold=positive)
def test_rivals_slow_the_traffic_and_units_do_not_matter(carrier, level, rivals, more, fold):
    assert carrier.flux(level, rivals + more) < carrier.flux(level, rivals)
    scaled = Carrier(carrier.t_max, carrier.k_t * fold)
    assert scaled.flux(level * fold, rivals) == pytest.approx(carrier.flux(level, rivals))


def test_rivals_add_up_each_by_its_own_half_saturation():
    assert competition([1, 2], [2, 1]) == pytest.approx(2.5)
    assert competition([], []) == 0
    same = Carrier(1, 0.5)  # the same substance under two names
    assert same.flux(0.3, competition([0.2], [0.5])) + same.flux(0.2, competition([0.3], [0.5])) == pytest.approx(same.flux(0.5))


@given(carrier=carriers, plasma=positive, need=shares, form=st.sampled_from(FORMS))
def test_the_brain_level_is_where_supply_meets_use(carrier, plasma, need, form):
    used = need * carrier.t_max * 0.95
    brain = carrier.brain_level(plasma, used, form)
    assert 0 <= brain <= plasma * (1 + 1e-12)
    if plasma > carrier.least_plasma(used) * (1 + 1e-9):
        assert carrier.net(plasma, brain, form) == pytest.approx(used, rel=1e-6, abs=1e-9 * carrier.t_max)
        assert carrier.met_consumption(plasma, used) == used
    else:
        assert brain == pytest.approx(0, abs=1e-8 * plasma)
        assert carrier.met_consumption(plasma, used) <= used
    assert carrier.net(plasma, plasma, form) == 0  # equal levels: nothing moves
    assert carrier.net(plasma, brain, form) == pytest.approx(-carrier.net(brain, plasma, form))


def test_the_level_in_brain_goes_on_rising_though_the_traffic_does_not():
    plasma = np.linspace(5, 30, 26)
    straight, bent = (np.diff(Carrier(*given).brain_level(plasma, 1, form), 2)
                      for given, form in (((1.8, 1.1), "reversible"), ((3.2, 6.2), "standard")))
    assert np.abs(straight).max() < 1e-12 and bent.max() < -1e-3
    assert np.all(np.diff(Carrier(3.2, 6.2).brain_level(plasma, 1)) > 0)


def test_below_the_least_plasma_level_the_brain_goes_short():
    carrier = Carrier(0.8, 6.0)
    least = carrier.least_plasma(0.2)
    assert least == pytest.approx(2.0)
    assert carrier.brain_level([1.0, 2.0], 0.2) == pytest.approx([0, 0])
    assert carrier.brain_level(2.1, 0.2) > 0
    assert carrier.met_consumption([1.0, 3.0], 0.2) == pytest.approx([carrier.flux(1.0), 0.2])
    assert carrier.least_plasma(0.8) == np.inf


@given(blocked=shares, by=st.floats(0, 0.99))
def test_blocking_the_enzyme_raises_the_level_by_what_it_did(blocked, by):
    assert 1 <= level_gain(blocked, by) <= 1 / (1 - by) + 1e-9
    assert level_gain(1, by) * (1 - by) == pytest.approx(1)
    assert level_gain(0, by) == 1


def test_halving_the_clearance_doubles_the_level():
    """Nutt 1985 in words: carbidopa halves the clearance of levodopa, so half the infusion rate keeps the level."""
    assert level_gain(1, 0.5) == pytest.approx(2)


@given(prodrug_ps=positive, active_ps=positive, out=st.floats(0, 50), inside=st.floats(0, 50), one=positive, other=positive, in_blood=shares)
def test_a_disguise_balances_its_areas(prodrug_ps, active_ps, out, inside, one, other, in_blood):
    prodrug, active = Wall(prodrug_ps), Wall(active_ps, cl_out=out)
    found = prodrug_exposure(prodrug, active, inside, one, other, in_blood)
    # in brain: what comes across as prodrug either goes back or is converted; what is converted leaves as active drug
    assert prodrug_ps / one == pytest.approx((prodrug_ps + inside) * found.prodrug)
    assert found.made_inside * active.way_out == pytest.approx(inside * found.prodrug)
    assert found.from_blood == pytest.approx(in_blood * found.given_as_itself)
    assert found.gain == pytest.approx(in_blood + found.made_inside / found.given_as_itself)
    assert prodrug_exposure(prodrug, active, 0, one, other, in_blood).gain == pytest.approx(in_blood)


@given(ps=positive, inside=positive, one=positive, other=positive, fold=st.floats(1.01, 100))
def test_a_quicker_disguise_pays_and_never_beyond_what_conversion_allows(ps, inside, one, other, fold):
    active = Wall(0.1, cl_out=0.4)
    slow, quick = (prodrug_exposure(Wall(p), active, inside, one, other) for p in (ps, ps * fold))
    assert slow.gain < quick.gain
    assert quick.made_inside <= inside / one / active.way_out * (1 + 1e-12)


def test_what_is_converted_before_it_leaves():
    assert share_converted([0, 1, 3], 1) == pytest.approx([0, 0.5, 0.75])


@pytest.mark.parametrize("call, words", [
    (lambda: Carrier(0, 1), ["t_max", "0", "above 0"]),
    (lambda: Carrier(1, 1).net(1, 1, "four states"), ["form", "four states", '"standard" or "reversible"']),
    (lambda: Carrier(1, 1).brain_level(1, 1, None), ["form", "None"]),
    (lambda: competition([1, 2], [1]), ["half_saturations", "(1,)", "2"]),
    (lambda: competition([1], [0]), ["half_saturations", "0", "above 0"]),
    (lambda: competition([-1], [1]), ["levels", "-1"]),
    (lambda: level_gain(1, 1), ["blocked", "clears the drug"]),
    (lambda: share_converted(0, 0), ["conversion + way_out", "above 0"]),
    (lambda: prodrug_exposure(1, Wall(1), 1, 1, 1), ["prodrug", "1", "a Wall"]),
    (lambda: prodrug_exposure(Wall(1), Wall(0, cl_out=1), 1, 1, 1), ["active", "a way in"]),
    (lambda: prodrug_exposure(Wall(1), Wall(1), 1, 1, 1, 2), ["converted_in_blood", "2", "0 to 1"]),
])
def test_bad_input_is_named_with_what_was_found_and_wanted(call, words):
    with pytest.raises(ValueError) as error:
        call()
    for word in words:
        assert word in str(error.value)
