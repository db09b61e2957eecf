"""Hazards over time, people who leave, and conversions that refuse what they cannot know."""

import numpy as np
import pytest
from hypothesis import given, strategies as st
from scipy.integrate import quad

from crossing.facts import risks
from crossing.models.hazard import (Constant, Frequency, FrontLoaded, Together, WearOut, again, constant_for, exit_from, front_loaded_for,
                                    mean_years_on, share_hit, share_hit_with_exit, wear_out_for)

rates = st.floats(0.001, 2)
hazards = st.one_of(st.builds(Constant, rates), st.builds(FrontLoaded, rates, rates, st.floats(0.05, 5)),
                    st.builds(WearOut, st.floats(0.5, 20), st.floats(1.1, 8)))


@given(hazards, st.floats(0.1, 10))
def test_the_area_is_that_under_the_hazard(hazard, years):
    assert hazard.area(years) == pytest.approx(quad(hazard.at, 0, years, limit=200)[0], rel=1e-6)


@given(hazards, hazards, st.floats(0.1, 10))
def test_hazards_together_leave_only_those_whom_each_leaves(first, second, years):
    stay = 1 - share_hit(Together((first, second)), years)
    assert stay == pytest.approx((1 - share_hit(first, years)) * (1 - share_hit(second, years)), abs=1e-12)


@given(hazards, rates, st.floats(0.1, 10))
def test_with_people_leaving_the_share_is_the_integral(hazard, leave, years):
    wanted = quad(lambda s: hazard.at(s) * np.exp(-hazard.area(s) - leave * s), 0, years, limit=400)[0]
    assert share_hit_with_exit(hazard, years, leave) == pytest.approx(wanted, abs=2e-6)


@given(hazards, rates, st.floats(0.1, 10))
def test_leaving_can_only_lower_the_share_that_meets_the_harm(hazard, leave, years):
    alone = share_hit(hazard, years)
    assert share_hit_with_exit(hazard, years, 0) == pytest.approx(alone, abs=1e-9)
    assert share_hit_with_exit(hazard, years, leave) <= alone + 1e-6
    met, left = share_hit_with_exit(hazard, years, leave), leave * quad(lambda s: np.exp(-hazard.area(s) - leave * s), 0, years)[0]
    assert met + left <= 1 + 1e-6, "nobody is counted twice"


def test_constant_hazards_compete_in_proportion():
    """In the end the harm takes h / (h + e) of all, as in any account of competing risks."""
    assert share_hit_with_exit(Constant(0.05), 1000, 0.2) == pytest.approx(0.2)
    assert share_hit(Constant(0.05), 1000) == pytest.approx(1)


@given(st.floats(0.01, 0.95), st.floats(0.5, 12))
def test_three_shapes_can_end_at_the_same_share(share, years):
    made = (constant_for(share, years), front_loaded_for(share, years, 0.3), wear_out_for(share, years, 4))
    assert [share_hit(h, years) for h in made] == pytest.approx([share] * 3)
    early = [float(share_hit(h, years / 4)) for h in made]
    assert early[1] > early[0] > early[2]


def test_a_hazard_that_fades_or_grows_does_so():
    fading, growing = FrontLoaded(2, 0.1, 0.5), WearOut(6, 3)
    assert fading.at([0, 100]).tolist() == pytest.approx([2, 0.1]) and np.all(np.diff(growing.at(np.linspace(0, 9, 20))) > 0)
    assert share_hit(growing, 6) == pytest.approx(1 - np.exp(-1))


def test_the_registry_of_ten_years_in_years_of_leaving():
    """87.2 % still on therapy after 10 years: 1.4 % leave each year, and ten years hold 9.3 years on it."""
    leave = exit_from(risks["psr_keep10"].value / 100, 10)
    assert round(leave, 4) == 0.0137 and round(mean_years_on(leave, 10), 2) == 9.35
    assert mean_years_on(0, 10) == 10


@given(st.floats(0.0, 1.0), st.integers(0, 200))
def test_repeated_risks_add_up_but_never_beyond_certain(share, times):
    found = again(share, times)
    assert found == pytest.approx(1 - (1 - share) ** times, abs=1e-9) and found <= min(1, share * times) + 1e-12


def test_misconception_23_per_procedure_and_per_patient():
    """6.9 % per procedure and 2.1 procedures a child: 14.5 expected in a hundred children, near the 14.7 % counted per patient."""
    each = Frequency(0.069, "procedure", procedures=2.1)
    assert round(100 * each.events_per_patient(), 1) == 14.5
    assert round(100 * each.per_what("patient").value, 1) == 13.9


def test_withdrawal_per_patient_and_per_pump_year():
    """8 events in 160.4 pump-years of 39 people; 8 of 39 people: the two rows say the same where no one had two."""
    rate = Frequency(risks["wd_rate"].value, "device-year", years=160.4 / 39)
    assert rate.events_per_patient() == pytest.approx(8 / 39, rel=0.01)
    assert rate.per_what("patient").value < risks["wd_pt"].value / 100


@pytest.mark.parametrize("per", ["patient", "procedure", "device-year"])
@pytest.mark.parametrize("to", ["patient", "procedure", "device-year"])
def test_there_and_back_is_the_same(per, to):
    given_ = Frequency(0.2, per, procedures=3.0, years=4.0)
    back = given_.per_what(to).per_what(per)
    assert back.value == pytest.approx(0.2) and back.per == per


@pytest.mark.parametrize("given_, to, lacks", [
    (Frequency(0.1, "patient"), "procedure", "how many procedures"), (Frequency(0.1, "procedure"), "patient", "how many procedures"),
    (Frequency(0.1, "patient"), "device-year", "how long"), (Frequency(0.1, "device-year"), "patient", "how long"),
    (Frequency(0.1, "device-year", years=3), "procedure", "how many procedures"), (Frequency(0.1, "procedure", procedures=2), "device-year", "how long"),
])
def test_what_is_not_known_is_refused_in_words(given_, to, lacks):
    with pytest.raises(ValueError, match=lacks):
        given_.per_what(to)
    assert given_.per_what(given_.per) is given_


@pytest.mark.parametrize("work, words", [
    (lambda: Frequency(1.2, "patient"), ["value", "1.2"]), (lambda: Frequency(0.1, "week"), ["per", "week", "procedure"]),
    (lambda: WearOut(5, 1), ["power", "1"]), (lambda: Together(()), ["hazards"]), (lambda: exit_from(0, 5), ["share_still_on"]),
    (lambda: front_loaded_for(0.1, 5, 1, late=0.5), ["late", "0.5", "at most"]),
])
def test_what_cannot_be_is_said(work, words):
    with pytest.raises(ValueError) as error:
        work()
    for word in words:
        assert word in str(error.value)
