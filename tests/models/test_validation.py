"""Published measurements. Each test says whether the model was fitted to the figure, reproduces it from the same paper,
predicts it, or fails; tolerances were set before anything was computed. A failure is asserted as a failure.

Milligram doses of papers stand in tests only.
"""

import numpy as np
import pytest
from comparisons import closed_form, comparison

from crossing.models import exposure
from crossing.models.canal import SpinalCanal, carried_level, decay_lengths, dispersion_for
from crossing.models.dosing import Bolus, Infusion
from crossing.models.fluid import OnePool, TwoPools

PER_H = 3600.0  # cm2/s to cm2/h


def fitted_dispersion(spine):
    """The one fitted number of case 6: no drift, loss along the canal."""
    return dispersion_for(spine.ratio, spine.gap, spine.loss)


def three_stories(spine):
    """Three stories, one fitted number each, for the same measured fall-off."""
    length = spine.gap / np.log(1 / spine.ratio)
    low, high = spine.levels["T12"], spine.levels["T2"]
    sink = (high - spine.ratio * low) / (1 - spine.ratio)
    dispersion = fitted_dispersion(spine)
    plain = dict(length_cm=spine.length, area_cm2=spine.area, loss_per_h=spine.loss)
    return {
        "dispersion": SpinalCanal(**plain, dispersion_cm2_per_h=dispersion),
        "drift": SpinalCanal(**plain, dispersion_cm2_per_h=0, drift_cm_per_h=spine.loss * length),
        # The straight line leaves D free: it is given that of the first story, so that only the sink is its own.
        "head sink": SpinalCanal(**{**plain, "loss_per_h": 0}, dispersion_cm2_per_h=dispersion, head="sink",
                                 sink_height_cm=sink),
    }


@pytest.fixture
def dispersion(spine):
    return fitted_dispersion(spine)


@pytest.fixture
def stories(spine):
    return three_stories(spine)


@comparison("Nordberg 1984", case=4, what="morphine in lumbar fluid after 1 h", unit="ng/mL", kind="fails",
            tolerance=0.25, points=2, free=1,
            remark="volume and half-life come from the same curves, and still the level is not met: the drug is local "
                   "and unmixed.")
def test_case_4_nordberg_1984_one_box_fails_local_and_unmixed(facts):
    """Fails. Tolerance 25 %. V and half-life come from the same curves, and still the level at 1 h is not met."""
    volume, half, level = facts["morph_it_vd"], facts["morph_it_thalf"], facts["morph_it_c1h"]
    kilograms, found = 70, {}
    for arm, milligrams, per_kg, minutes, measured, share in (
            ("higher-dose arm", 0.5, volume.low, half.low, level.value, 0.61), ("lower-dose arm", 0.25, volume.high,
                                                                                half.high, 4228, 0.64)):
        millilitres = per_kg * kilograms
        pool = OnePool(millilitres, np.log(2) / (minutes / 60) * millilitres)
        computed = milligrams * 1e6 * pool.run(Bolus(0), [1.0]).fluid[0]
        assert computed / measured == pytest.approx(share, abs=0.01)
        found[f"morphine in lumbar fluid after 1 h, {arm}"] = measured, computed
    return found


@comparison("Kroin 1993", case=6, what="steady level at T2 over T12", unit="", kind="fitted", tolerance=0.005,
            points=1, free=1,
            remark="three stories meet the one number equally well, each with a parameter of its own: it does not "
                   "identify them.")
def test_case_6_kroin_1993_fitted_by_each_of_three_stories(spine):
    """Fitted: one number each, one measurement. Tolerance 0.5 % of the ratio."""
    found = {}
    for name, canal in three_stories(spine).items():
        profile = canal.steady(spine.levels["L3/4"])
        found[f"steady level at T2 over T12: {name}"] = spine.ratio, profile.at(spine.levels["T2"]) / profile.at(spine.levels["T12"])
    return found


def test_case_6_kroin_1993_fitted_numbers_are_those_of_the_validation_notes(stories, spine):
    assert stories["dispersion"].dispersion_cm2_per_h / PER_H == pytest.approx(0.024, rel=0.01)
    assert stories["drift"].drift_cm_per_h == pytest.approx(3.65, rel=0.01)
    assert stories["head sink"].sink_height_cm - spine.levels["T2"] == pytest.approx(15.09, rel=0.01)
    assert dispersion_for(spine.ratio, spine.gap, spine.loss, 2.6) / PER_H == pytest.approx(0.007, rel=0.05)


def test_case_6_kroin_1993_a_sample_below_the_tip_tells_the_stories_apart(stories, spine):
    """Not identified by T12 and T2 alone. With the tip at T12, the level at L3/4 relative to the tip: 0.7, none, the same."""
    tip, below = spine.levels["T12"], spine.levels["L3/4"]
    share = {name: canal.steady(tip).at(below) / canal.steady(tip).at(tip + 0.25) for name, canal in stories.items()}
    assert share["drift"] < 1e-9
    assert 0.5 < share["dispersion"] < 0.8
    assert share["head sink"] == pytest.approx(1.0, abs=0.01)


def test_case_6_kroin_1993_the_first_arrival_tells_drift_from_dispersion(stories, spine):
    """Tip at T12, T2 reaches a tenth of its final level: about an hour and a half by dispersion, 5.5 h by drift."""
    times, tip, top = np.linspace(0, 72, 2881), spine.levels["T12"], spine.levels["T2"]
    run = stories["dispersion"].run(Infusion(0, np.inf, 1), times, tip)
    assert exposure.first_arrival(times, run.at(top), 0.1) < 2
    drift = stories["drift"].drift_cm_per_h
    exact = carried_level(1, spine.area, spine.loss, drift, spine.gap, times)
    assert exposure.first_arrival(times, exact, 0.1) == pytest.approx(spine.gap / drift, abs=0.05)
    smeared = exposure.first_arrival(times, stories["drift"].run(Infusion(0, np.inf, 1), times, tip).at(top), 0.5)
    assert smeared == pytest.approx(spine.gap / drift, rel=0.05)


@comparison("Chamberlain 1998", case=7, what="first arrival of a lumbar tracer", unit="min", kind="fails",
            tolerance=0.25, points=3, free=1,
            remark="stirring alone, with the strength fitted to Kroin 1993: too early near by, too late at the head.")
def test_case_7_chamberlain_1998_dispersion_alone_fails_too_late_at_the_head(facts, spine):
    """Fails. Arrival is 1 % of the place's own peak, dose at L3/4; tolerance 25 %.

    49 cm to the skull here: 54 min. The notes say 80 min; an endless canal of 52 cm gives 62 min. All are too late.
    """
    times, dispersion = np.linspace(0, 12, 2401), fitted_dispersion(spine)
    canal = SpinalCanal(spine.length, spine.area, dispersion, spine.loss)
    run = canal.run(Bolus(0), times, spine.levels["L3/4"])
    minutes = {place: 60 * exposure.first_arrival(times, run.at(spine.levels[place]), 0.01) for place in ("T6", "C4",
                                                                                                          "skull")}
    measured = {"T6": facts["rc_thoracic"].to("min"), "C4": facts["rc_cervical"].to("min"),
                "skull": facts["rc_cisterns_first"].to("min")}
    assert minutes["skull"] == pytest.approx(54, abs=3)
    # Nor is the shape right: measured steps from chest to head are nearly even, dispersion slows with distance.
    assert minutes["T6"] < measured["T6"] and minutes["C4"] > measured["C4"] and minutes["skull"] > measured["skull"]

    # The formula for an endless canal, as a check of the order of size.
    path = 52.0
    endless = np.exp(-path**2 / (4 * dispersion * times[1:]) - spine.loss * times[1:]) / np.sqrt(times[1:])
    assert 60 * exposure.first_arrival(times[1:], endless, 0.01) == pytest.approx(62, abs=2)
    named = {"T6": "chest", "C4": "neck", "skull": "base of the skull"}
    return {f"first arrival of a lumbar tracer: {words}": (measured[place], minutes[place]) for place,
            words in named.items()}


@comparison("Chamberlain 1998", case=7, what="way up over way down, first arrival", unit="", kind="fails",
            tolerance=0.25, points=2, free=0,
            remark="without a drift the two ways take the same time in any model that stirs and loses, whatever the "
                   "shape.")
def test_case_7_chamberlain_1998_dispersion_alone_fails_symmetric(facts, spine):
    """Fails. Measured 1440 min up and 30 min down; without drift the same curve both ways, so the ratio is 1. Tolerance 25 %."""
    times = np.linspace(0, 12, 2401)
    canal = SpinalCanal(spine.length, spine.area, fitted_dispersion(spine), spine.loss)
    low, high = spine.levels["L3/4"], spine.levels["C1"]
    up, down = canal.run(Bolus(0), times, low).at(high), canal.run(Bolus(0), times, high).at(low)
    assert up == pytest.approx(down, rel=1e-6, abs=1e-12)
    arrived = [exposure.first_arrival(times, level, 0.01) for level in (up, down)]
    return facts["rc_ventricles"].to("min") / facts["rc_vent_to_lumbar"].to("min"), arrived[0] / arrived[1]


@comparison("Sharp 2019", case=10, what="length over which a steady level falls to 1/e", unit="cm", kind="fails",
            tolerance=0.5, points=1, free=1,
            remark="the theory of stirring by shear, with the diffusion of a small molecule assumed, held against the "
                   "fall measured by Kroin 1993.")
def test_case_10_sharp_2019_shear_alone_fails_never_reaches_the_skull(facts, spine):
    """Fails, tolerance 50 %. Molecular diffusion (assumed 4.7e-6 cm2/s, a small hydrophilic tracer) times the shear factor."""
    molecular = 4.7e-6 * PER_H
    shear = facts["taylor_sss"].value * molecular
    length = decay_lengths(shear, spine.loss)[0]
    assert length == pytest.approx(0.8, rel=0.05)
    profile = SpinalCanal(spine.length, spine.area, shear, spine.loss).steady(spine.levels["L3/4"])
    assert profile.at(spine.levels["skull"]) / profile.at(spine.levels["L3/4"]) < 1e-20
    # A perfect sideways mixing would allow far more than is seen: theories span what measurement must settle.
    ceiling = facts["taylor_sss_max"].value * molecular / PER_H
    assert shear / PER_H < fitted_dispersion(spine) / PER_H < ceiling
    return facts["decay_length"].range_in("cm"), length


def nusinersen(facts):
    return TwoPools(facts["nusi_vcsf"].to("mL"), facts["nusi_vtis"].to("mL"), facts["nusi_qcsf"].to("mL/h"),
                    facts["nusi_clcsf"].to("mL/h"))


@comparison("Luu 2017", case=11, what="slow half-life of nusinersen in fluid: fluid and tissue", unit="days",
            kind="reproduces",
            tolerance=0.01, points=1, free=0)
def test_case_11_luu_2017_two_pools_reproduce_nusinersen(facts):
    """Reproduces (parameters and half-life from one paper), tolerance 1 %."""
    pools = nusinersen(facts)
    assert pools.release_alone_h / 24 == pytest.approx(108, abs=1)
    run = pools.run(Bolus(0), 24 * np.array([300.0, 300 + pools.slow_half_life_h / 24]))
    assert run.fluid[1] / run.fluid[0] == pytest.approx(0.5, rel=1e-6)
    assert run.balance < 1e-9
    return facts["nusi_thalf"].to("day"), pools.slow_half_life_h / 24


@comparison("Luu 2017", case=11, what="half-life of nusinersen in fluid: fluid alone", unit="days", kind="fails",
            tolerance=0.01, points=1, free=0,
            remark="the same fluid and the same clearance: only the tissue is left out.")
def test_case_11_luu_2017_one_box_fails_a_thousandfold(facts):
    """Fails, tolerance 1 %: without the tissue the half-life is hours."""
    alone = nusinersen(facts).without_tissue
    assert alone.half_life_h == pytest.approx(2.3, abs=0.05)
    assert alone.half_life_h < facts["nusi_thalf"].to("h") / 1000
    return facts["nusi_thalf"].to("day"), alone.half_life_h / 24


@comparison("Caute 1988", case=13, what="time of peak at T10", unit="h", kind="fails", tolerance=0.25, points=2,
            free=1,
            remark="one number for stirring cannot give both densities: too late for the even one, too early for the "
                   "dense one.")
def test_case_13_caute_1988_dispersion_fails_both_densities(facts, spine):
    """Fails both ways, tolerance 25 %. Peak at T10: measured 5-15 min (density of CSF) and 4-5 h (dense); the model cannot tell them apart.

    Ten minutes would need D near 0.5 cm2/s from L3/4 (17 cm), 0.65 from L5/S1 (24 cm): the closed end throws drug back and
    delays the peak. An endless canal would need 0.24 and 0.48 (x^2 / 2t).
    """
    times, dispersion, found = np.linspace(0, 6, 2401), fitted_dispersion(spine), {}
    for place, hours, needed in (("L3/4", 1.58, 0.51), ("L5/S1", 2.45, 0.65)):
        def peak_at_t10(cm2_per_s):
            canal = SpinalCanal(spine.length, spine.area, cm2_per_s * PER_H, spine.loss)
            run = canal.run(Bolus(0, volume_ml=2), times, spine.levels[place])
            return exposure.time_to_peak(times, run.at(spine.levels["T10"]))

        model = peak_at_t10(dispersion / PER_H)
        assert model == pytest.approx(hours, abs=0.03)
        assert model > 4 * facts["morph_isobaric_tmax"].high / 60
        assert model < 0.75 * facts["morph_hyperbaric_tmax"].low
        assert 60 * peak_at_t10(needed) == pytest.approx(facts["morph_isobaric_tmax"].to("min"), abs=0.5)
        assert needed > 15 * dispersion / PER_H
        for words, fact in (("density of the fluid", "morph_isobaric_tmax"), ("dense solution", "morph_hyperbaric_tmax")):
            found[f"time of peak at T10 after injection at {place}, {words}"] = facts[fact].range_in("h"), model
    return found


@closed_form("areas without stepping")
def test_areas_of_a_linear_system_need_no_stepping(facts):
    """-A^-1 b: the area of two pools in one solve is that of a run long enough to end."""
    pools = nusinersen(facts)
    end = 40 * pools.slow_half_life_h
    run = pools.run(Bolus(0), [0, end])
    assert run.tallies["lost"][-1] / pools.clearance_ml_per_h == pytest.approx(pools.area()[0], rel=1e-9)
    assert pools.area() == pytest.approx((1 / pools.clearance_ml_per_h,) * 2, rel=1e-9)
