"""Published measurements held against the two side models. Each test says whether the model was fitted to the figure,
reproduces it from the same paper, predicts it, or fails; tolerances were set beforehand. Failures are asserted as failures.
"""

import numpy as np
import pytest

from crossing.models import exposure
from crossing.models.dosing import Bolus
from crossing.models.side_routes import NasalBody, TissueInfusion, backflow_ratio, direct_path, tissue_loss_per_h

CLOSE = 1.25  # within 25 % either way


def spread(fact):
    return 0.5 * (fact.high - fact.low)


def ratios(facts, drug, animals, kind="sd", nasal="nasal_{}", vein="iv_{}"):
    nasal, vein = facts[nasal.format(drug)], facts[vein.format(drug)]
    return direct_path(nasal.value, spread(nasal), vein.value, spread(vein), animals, kind)


# -- nose ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["sd", "se"])
def test_van_den_berg_2004_melatonin_shows_no_direct_path(facts, kind):
    """Reproduces the paper's verdict. 0.327 over 0.460 is 0.71, below 1: no direct share, whatever the +/- was.

    The abstract does not say whether its +/- is an SD or a standard error. Read as SD, the ratio after the nose is lower than
    after the vein by more than noise; as a standard error it is not. The conclusion stands either way.
    """
    found = ratios(facts, "melatonin", 8, kind)
    assert found.efficiency == pytest.approx(0.711, abs=0.001)
    assert found.direct_share == 0 and found.low < 1
    assert (found.high < 1) is (kind == "sd")
    assert found.direct_share_range[1] < 0.35


@pytest.mark.parametrize("drug", ["estradiol", "progesterone"])
def test_van_den_berg_2004_steroids_show_no_direct_path_but_could_have_missed_a_third(facts, drug):
    """Reproduces the verdict, whatever the number of rats (the abstract gives none; 4 to 20 tried). With 8, a direct share
    under about a third of what reaches the fluid would have gone unseen: "not shown" is not "absent"."""
    for animals in (4, 8, 20):
        found = ratios(facts, drug, animals)
        assert found.low < 1 < found.high
    assert 0.3 < ratios(facts, drug, 8).blind_below < 0.5


def test_estradiol_2006_microdialysis_contradicts_van_den_berg_2004(facts):
    """Fails. Same drug, other preparation, other sampling: 1.60 over 0.61 is 2.6, a direct share of 62 %.

    Without a direct path the model gives 1; the interval leaves 1 out with 4 rats a group or more. Two papers, two answers:
    asserted as a disagreement, not settled here.
    """
    found = ratios(facts, "estradiol", 4, nasal="nasal_{}_2006", vein="iv_{}_2006")
    assert found.efficiency == pytest.approx(2.62, abs=0.01) and found.direct_share == pytest.approx(0.62, abs=0.01)
    assert found.low > 1
    assert facts["nasal_estradiol"].conflicts_with == ("nasal_estradiol_2006",)


BODIES = [dict(emptying_per_h=emptying, clearance_ml_per_h=clearance, exit_ml_per_h=exit_)
          for emptying in (1, 5, 30) for clearance in (20, 100, 400) for exit_ in (0.1, 0.5, 3)]


def body(**changes):
    return NasalBody(**{**dict(plasma_volume_ml=100, csf_volume_ml=0.3, entry_ml_per_h=0.2), **changes})


def test_estradiol_2006_the_fluid_peaked_sooner_after_the_nose_than_after_the_vein_which_blood_alone_forbids(facts):
    """Fails without a direct path. The nose only delays what blood receives, so the fluid can peak no sooner than after a
    vein: true of all 27 bodies tried. Measured: 20 minutes after the nose, 60 after the vein."""
    times = np.linspace(0, 12, 7201)
    for changes in BODIES:
        peaks = [exposure.time_to_peak(times, body(**changes).run(Bolus(0), times, way).csf) for way in ("nasal", "intravenous")]
        assert peaks[0] >= peaks[1] - 1e-9
    assert facts["nasal_estradiol_csf_tmax"].to("min") < facts["iv_estradiol_csf_tmax"].to("min") / CLOSE
    direct = dict(emptying_per_h=6, clearance_ml_per_h=200, exit_ml_per_h=0.3)
    assert exposure.time_to_peak(times, body(**direct, direct_share=0.05).run(Bolus(0), times).csf) < exposure.time_to_peak(
        times, body(**direct).run(Bolus(0), times, "intravenous").csf)


def test_van_den_berg_2004_melatonin_peaks_fit_without_a_direct_path_and_a_direct_path_would_be_sooner(facts):
    """Fitted: two rates, two times (2.5 min in plasma, 15 min in the fluid), tolerance 10 %. The clearance is free: no sign.
    A direct path that carried most of it, with the same rates, would have peaked in the fluid before 10 min."""
    times = np.linspace(0, 1, 6001)
    fitted = dict(clearance_ml_per_h=200, emptying_per_h=85, exit_ml_per_h=2.1)
    run = body(**fitted).run(Bolus(0), times)
    plasma, fluid = (60 * exposure.time_to_peak(times, level) for level in (run.plasma, run.csf))
    assert plasma == pytest.approx(facts["nasal_melatonin_tmax"].to("min"), rel=0.1)
    assert fluid == pytest.approx(facts["nasal_melatonin_csf_tmax"].to("min"), rel=0.1)
    direct = body(**fitted, direct_share=0.05).run(Bolus(0), times)
    assert 60 * exposure.time_to_peak(times, direct.csf) < 10


# -- tissue --------------------------------------------------------------------------------------------------------------


@pytest.fixture
def ball(facts):
    """Tissue with the fluid share of Sykova & Nicholson; flow of any size."""
    return TissueInfusion(0.1, facts["ecs_alpha"].value)


@pytest.mark.parametrize("name, paper", [
    ("ced_ratio_hippo_dorsal", "Kim 2012"), ("ced_ratio_hippo_ventral", "Kim 2012"), ("ced_ratio_caudate", "Jagannathan"),
    ("ced_ratio_pial", "Jagannathan"), ("ced_ratio_grey", "J Neurosurg 2007")])
def test_filled_over_infused_volume_in_grey_matter_is_one_over_the_fluid_share(facts, ball, name, paper):
    """Predicted, tolerance 25 %, no free number: 5 against 5.5, 5.3, 4.5, 5.2 and 4.1."""
    assert 1 / CLOSE < ball.volume_ratio / facts[name].value < CLOSE


@pytest.mark.parametrize("name, paper", [("ced_ratio_pons", "Lonser 2002"), ("ced_ratio_striatum", "Heiss 2010")])
def test_filled_over_infused_volume_in_pons_and_striatum_fails_too_small(facts, ball, name, paper):
    """Fails: 5 against 8.7 and 8.2. Leak and binding make it worse, since both only lower the ratio: the tissue would need
    a fluid share of 0.12, or the picture counts a rim that is thinner than the infused solution."""
    assert ball.volume_ratio < facts[name].low / 1.1
    assert TissueInfusion(0.1, ball.porosity, leak_share=0.3).volume_ratio < ball.volume_ratio
    assert 0.11 < 1 / facts[name].value < 0.13


def test_filled_over_infused_volume_in_white_matter_2007_fails_too_large(facts, ball):
    """Fails: 5 against 2.3. White matter swells as it is infused; a fluid share of 0.43, or a leak of half, would do it, and
    the figure does not say which."""
    measured = facts["ced_ratio_white"]
    assert ball.volume_ratio > 2 * measured.value
    assert TissueInfusion(0.1, ball.porosity, leak_share=0.54).volume_ratio == pytest.approx(measured.value, rel=0.01)
    assert TissueInfusion(0.1, 0.43).volume_ratio == pytest.approx(measured.value, rel=0.02)


def test_bobo_1994_filled_volume_in_proportion_to_infused_volume_for_large_and_small_molecules(facts):
    """Reproduces the finding of `ced_linear`: a straight line through 0, whatever the binding, as long as loss is slow."""
    assert "proportional" in facts["ced_linear"].quantity
    hours = np.linspace(0.5, 6, 12)
    for retardation in (1.0, 3.0):
        filled = TissueInfusion(0.05, facts["ecs_alpha"].value, 0.01, retardation).treated_volume_ml(hours, 0.1)
        assert filled / hours == pytest.approx(np.full(12, filled[0] / hours[0]))


@pytest.mark.parametrize("share", [0.1, 0.2, 0.5])
def test_fan_three_times_the_flow_gave_three_times_the_volume(facts, share):
    """Predicted, tolerance 25 %: a week at one rate, then a week at three times the rate, with the loss measured in the same
    animals (3.1 days). Fluid older than ln(1/share)/k no longer counts. Without loss the gain would be 4, outside it."""
    week, loss = 7 * 24, np.log(2) / facts["ced_gd_thalf"].to("h")
    alpha = facts["ecs_alpha"].value
    slow, fast = (TissueInfusion(rate * 60e-3, alpha, loss) for rate in (0.1, 0.3))
    life = np.log(1 / share) / loss
    first = slow.treated_volume_ml(week, share)
    # At the end of the second week: what came in the second, and what is left of the first and still strong enough.
    second = fast.treated_volume_ml(week, share) + slow.treated_volume_ml(max(min(life - week, week), 0), share)
    measured = facts["ced_rate_gain"].value
    assert 1 / CLOSE < second / first / measured < CLOSE
    assert (3 * week + week) / week > CLOSE * measured


def test_cserr_1981_large_tracers_leave_at_the_pace_of_bulk_flow(facts):
    """Predicted, tolerance 25 %: 11.6 h from bulk flow (a later paper of the same group) and fluid share, against 12.2 to
    14.4 h for three tracers whose diffusion differs five-fold. No size enters the formula, and none is seen."""
    loss = tissue_loss_per_h(facts["isf_bulk_flow"].to("mL/g/min"), facts["ecs_alpha"].value)
    low, high = facts["isf_efflux"].range_in("h")
    half = np.log(2) / loss
    assert half == pytest.approx(11.55, abs=0.01)
    assert 1 / CLOSE < half / low < CLOSE and 1 / CLOSE < half / high < CLOSE


def test_fan_gadolinium_left_six_times_slower_than_bulk_flow_of_the_rat(facts):
    """Fails: 11.6 h against 3.1 days. Another animal, a larger filled volume, and a picture rather than counted tissue."""
    half = np.log(2) / tissue_loss_per_h(facts["isf_bulk_flow"].to("mL/g/min"), facts["ecs_alpha"].value)
    assert 5 < facts["ced_gd_thalf"].to("h") / half < 8


def test_morrison_1999_more_flow_is_offset_by_a_thinner_tube(facts):
    """Reproduces the paper's own scaling. Its words are "a similar decrease in radius": twice the flow needs 0.59 of the
    radius. From 0.5 uL/min through 32 gauge, half the tube would allow 1.26 uL/min at the same backflow."""
    radius = 2 ** (-3 / 4)
    assert backflow_ratio(flow_ratio=2, radius_ratio=radius) == pytest.approx(1)
    assert radius == pytest.approx(0.59, abs=0.01)
    allowed = facts["ced_backflow_rat"].to("uL/min") * 0.5 ** (-4 / 3)
    assert allowed == pytest.approx(1.26, abs=0.01)
    assert backflow_ratio(flow_ratio=0.5 ** (-4 / 3), radius_ratio=0.5) == pytest.approx(1)
