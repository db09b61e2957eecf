"""The completed canal against papers: shape, stirring, streaming, injected solutions, and what reaches the blood.

Each test says whether the model was fitted to the figure, reproduces it from the same paper, predicts it, or fails; tolerances
were set before anything was computed, a failure is asserted as a failure. Milligram doses of papers stand in tests only.
"""

import functools

import numpy as np
import pytest
from comparisons import comparison

from crossing.models import canal_shape, exposure, injectate
from crossing.models import stirring as sways
from crossing.models.canal import Pool, SpinalCanal, dispersion_for
from crossing.models.dosing import Bolus, Infusion
from crossing.models.streaming import TwoLanes, streaming_dispersion

PER_H = 3600.0  # cm2/s to cm2/h
MINUTES = 60
UP = ("chest", "neck", "base of the skull")


def dispersion(spine):
    """The one fitted number of case 6."""
    return dispersion_for(spine.ratio, spine.gap, spine.loss)


def plain(spine, **changes):
    return SpinalCanal(**{**dict(length_cm=spine.length, area_cm2=spine.area, dispersion_cm2_per_h=dispersion(spine),
                                 loss_per_h=spine.loss), **changes})


# -- where the canal does what one box could not -------------------------------------------------------------------------

@comparison("Nordberg 1984", what="morphine in lumbar fluid after 1 h, along a canal", unit="ng/mL", kind="predicted", tolerance=0.25,
            points=2, free=0, remark="stirring from another drug in other people (Kroin 1993), loss from morphine's own half-life; "
                                     "one box fed with the paper's own volume and half-life misses by 40 %.")
def test_nordberg_1984_a_canal_meets_the_level_that_one_box_misses(facts, spine):
    """Predicted, tolerance 25 % (that of case 4): 2 mL at L3/4, read there after 1 h."""
    half, level, found = facts["morph_it_thalf"], facts["morph_it_c1h"], {}
    for arm, milligrams, minutes, measured in (("higher-dose arm", 0.5, half.low, level.to("ng/mL")), ("lower-dose arm", 0.25, half.high, 4228)):
        canal = plain(spine, loss_per_h=np.log(2) / (minutes / MINUTES))
        at = canal.run(Bolus(0, volume_ml=2), [1.0], spine.levels["L3/4"]).at(spine.levels["L3/4"])[0]
        found[f"morphine in lumbar fluid after 1 h, along a canal, {arm}"] = measured, milligrams * 1e6 * at
    return found


@comparison("Caute 1988", what="peak level at T10", unit="µg/mL", kind="fails", tolerance=0.25, points=2, free=0,
            remark="the same model gives both solutions one peak: too low for the solution as dense as the fluid, too high for the "
                   "dense one. Weight is not in it.")
def test_caute_1988_dispersion_fails_the_height_of_both_peaks(facts, spine):
    """Fails both ways, tolerance 25 %: 2 mg at L5/S1 in 2 mL, read at T10; loss from morphine's own half-life."""
    canal = plain(spine, loss_per_h=np.log(2) / facts["morph_it_thalf"].to("h"))
    run = canal.run(Bolus(0, volume_ml=2), np.linspace(0, 8, 1601), spine.levels["L5/S1"])
    peak = 2 * 1e3 * run.at(spine.levels["T10"]).max()
    records = {}
    for words, fact in (("density of the fluid", "morph_isobaric_peak"), ("dense solution", "morph_hyperbaric_peak")):
        low, high = facts[fact].range_in("ug/mL")
        records[words] = injectate.Outcome(words, low, high, "µg/mL", 5, facts[fact].context)
    assert [record.verdict(peak) for record in records.values()] == ["below", "above"]
    return {f"peak level at T10, {words}": ((record.low, record.high), peak) for words, record in records.items()}


# -- shape -----------------------------------------------------------------------------------------------------------------

def measured_widths(facts, spine):
    """(heights, areas): the lowest part as one mean width, then T9, T5, T1 and C5. Heights of levels.csv, evenly between."""
    at = spine.levels
    heights = [0.5 * (0.5 * (at["T12"] + at["T10"]) - 1), at["T10"] + 2, at["T6"] + 2, 0.5 * (at["T2"] + at["C7"]),
               at["C7"] + (at["C4"] - at["C7"]) * 2 / 3]
    return heights, [facts[name].to("cm**2") for name in ("csf_area_lumbar", "csf_area_t9", "csf_area_t5", "csf_area_t1", "csf_area_c5")]


def test_derived_widths_are_worked_out_from_what_was_read(facts, spine):
    cord, share = facts["cord_area_c5"].to("mm**2"), facts["cord_share_c5"].to("dimensionless")
    assert facts["csf_area_c5"].to("mm**2") == pytest.approx(cord / share - cord, abs=0.1)
    assert facts["csf_area_t1"].to("mm**2") == pytest.approx(100 * canal_shape.fluid_area_cm2(
        facts["sac_area_t1"].to("cm**2"), facts["cord_area_t1"].to("cm**2")), abs=0.1)
    for name, sac, cord in (("csf_area_t5", (14.3, 12.3), (7.9, 6.1)), ("csf_area_t9", (13.9, 11.6), (7.3, 6.3)), ("csf_area_t1", (15.8, 12.9), (9.1, 7.0))):
        ellipses = 100 * canal_shape.fluid_area_cm2(canal_shape.ellipse_cm2(*sac), canal_shape.ellipse_cm2(*cord))
        assert facts[name].to("mm**2") == pytest.approx(ellipses, rel=0.03 if name == "csf_area_t1" else 1e-3)
    assert facts["csf_area_lumbar"].to("cm**2") == pytest.approx(facts["csf_lumbosacral_3d"].to("mL") / 25, rel=2e-3)
    # Another series leaves a little more room in the neck.
    assert facts["sac_area_c6"].to("mm**2") - 84.5 == pytest.approx(facts["csf_area_c5"].to("mm**2"), rel=0.3)


@comparison("Kato 2012 and Keimyung 1988, against Sass 2017", what="fluid in the whole canal, from measured sections", unit="mL", kind="fails",
            tolerance=0.25, points=6, free=0, remark="sections measured on pictures do not add up to volumes measured on pictures: "
                                                     "the shape can be used, its size cannot.")
def test_sections_of_sac_and_cord_fail_to_add_up_to_the_volume(facts, spine):
    """Fails, tolerance 25 %: straight lines through the five measured widths hold a third less than one subject's canal."""
    area = canal_shape.area_profile(spine.length, *measured_widths(facts, spine))
    return facts["sss_csf_model"].to("mL"), area.mean() * spine.length


def by_shape(facts, spine, **changes):
    """The fitted canal, even and by level, with the same volume."""
    volume = facts["sss_csf_model"].to("mL")
    shapes = {"even": canal_shape.even(spine.length, volume), "by level": canal_shape.by_level(spine.length, volume, *measured_widths(facts, spine))}
    return {name: plain(spine, area_cm2=shape.area_cm2, **changes) for name, shape in shapes.items()}


def test_what_the_shape_changes_in_lesson_04(facts, spine):
    """Levels fall off less steeply (half-distance 16 to 19 cm), arrival does not move, and the fitted dispersion would be 0.020
    in place of 0.024 cm2/s: well within what the literature leaves open (0.011 to 0.072)."""
    canals, at, tip = by_shape(facts, spine), spine.levels, spine.levels["L3/4"]
    times, heights = np.linspace(0, 4, 961), np.linspace(tip, 59, 480)
    half, ratio, arrival = {}, {}, {}
    for name, canal in canals.items():
        profile = canal.steady(tip)
        levels = profile.at(heights) / profile.at(tip)
        half[name] = np.interp(-0.5, -levels, heights) - tip
        ratio[name] = profile.at(at["T2"]) / profile.at(at["T12"])
        run = canal.run(Bolus(0), times, tip)
        arrival[name] = np.array([MINUTES * exposure.first_arrival(times, run.at(at[place]), 0.01) for place in ("T6", "C4", "skull")])
    assert half["even"] == pytest.approx(16.4, abs=0.1) and half["by level"] == pytest.approx(19.4, abs=0.5)
    assert ratio["by level"] == pytest.approx(0.48, abs=0.02)
    assert arrival["by level"] == pytest.approx(arrival["even"], rel=0.03)
    low, high = 0.011 * PER_H, dispersion(spine)
    for _ in range(30):
        middle = 0.5 * (low + high)
        profile = by_shape(facts, spine, dispersion_cm2_per_h=middle)["by level"].steady(tip)
        low, high = (middle, high) if profile.at(at["T2"]) / profile.at(at["T12"]) < spine.ratio else (low, middle)
    assert middle / PER_H == pytest.approx(0.0195, abs=0.001)
    published = facts["D_eff"].range_in("cm**2/s")
    assert published[0] < middle / PER_H < published[1]


def test_strbacko_2024_postures_are_a_change_of_room_below_and_nothing_else(facts, spine):
    """The three measured volumes: 11 % more below with the head raised, 17 % less with the legs raised. No drug is moved by it."""
    record = facts["csf_posture"]
    shape = canal_shape.even(spine.length, facts["sss_csf_model"].to("mL"))
    room = {"head raised": record.high / record.value, "legs raised": record.low / record.value}
    for change in room.values():
        other = canal_shape.in_posture(shape, record.value, record.value * change, 25.0)
        below = [canal_shape.section_volume(it.area_cm2, spine.length, 25.0) for it in (shape, other)]
        assert below[1] / below[0] == pytest.approx(change)
        assert other.area_cm2[60:] == pytest.approx(shape.area_cm2[60:])
    assert room["legs raised"] == pytest.approx(0.83, abs=0.01) and room["head raised"] == pytest.approx(1.11, abs=0.01)


def test_flack_2010_posture_of_pigs_stands_beside_the_model_as_an_outcome_without_a_number(facts):
    """A dense solution lay to the tail in upright pigs and to the head in lying ones. No canal here takes a weight or a
    posture for the drug; the finding is a record to show beside it."""
    row = facts["pig_posture"]
    record = injectate.Outcome(row.quantity, row.low, row.high, row.unit, 6, row.context)
    assert "more to the tail in upright" in record.told
    with pytest.raises(ValueError, match="an outcome with a number"):
        record.verdict(1.0)


# -- stirring ----------------------------------------------------------------------------------------------------------------

def walls(facts):
    """Half the gap (cm) of two walls with the volume and the three surfaces of Sass 2017 (dura; cord and roots in the context)."""
    surfaces = facts["sss_surface"].to("cm**2") + 112.2 + 232.1
    return sways.half_gap_cm(facts["sss_csf_model"].to("mL"), surfaces)


@comparison("Sass 2017", what="Womersley number from volume and surfaces", unit="", kind="reproduces", tolerance=0.1, points=1, free=1,
            remark="the pulse is assumed, 70 a minute; the paper counts from the hydraulic radius, twice half the gap.")
def test_sass_2017_womersley_number_from_its_volume_and_surfaces(facts):
    """Reproduces (one paper, but the pulse), tolerance 10 %."""
    return facts["sss_womersley"].value, sways.womersley(2 * walls(facts), facts["pulse"].to("1/s"), facts["csf_viscosity"].to("cm**2/s"))


def heartbeat(facts, stroke="sv_cerv_enzmann"):
    swing = sways.swing_cm(facts[stroke].to("mL"), facts["A_csf_mean"].to("cm**2"))
    return sways.Sway("heartbeat", swing, facts["pulse"].to("1/s"))


def theory(facts, *which):
    return sways.stirring(which, walls(facts), facts["diff_small"].to("cm**2/s"), facts["csf_viscosity"].to("cm**2/s"))


@comparison("Sharp 2019", what="dispersion over diffusion by shear, heartbeat", unit="", kind="predicted", tolerance=0.5, points=1, free=1,
            remark="one theory against another: walls from Sass 2017, stroke from Enzmann 1993; the larger stroke of another study "
                   "would give 45.")
def test_sharp_2019_shear_between_two_walls_is_met_from_other_papers_figures(facts):
    """Predicted, tolerance 50 %."""
    found = theory(facts, heartbeat(facts))
    assert theory(facts, heartbeat(facts, "sv_cerv_freiburg")).shear / found.still == pytest.approx(45, abs=3)
    return facts["taylor_sss"].value, found.shear / found.still


@comparison("Sharp 2019", what="ceiling over diffusion, powers of ten", unit="", kind="predicted", tolerance=0.15, points=1, free=1,
            remark="top speed squared times the time of a beat; a scale, which no flow between walls comes near.")
def test_sharp_2019_ceiling_is_the_scale_of_speed_squared_times_period(facts):
    """Predicted, tolerance 15 % of the powers of ten; from the smallest and the largest published stroke."""
    found = {}
    for words, stroke in (("stroke of Enzmann 1993", "sv_cerv_enzmann"), ("stroke of the Freiburg study", "sv_cerv_freiburg")):
        it = theory(facts, heartbeat(facts, stroke))
        found[f"ceiling over diffusion, powers of ten, {words}"] = np.log10(facts["taylor_sss_max"].value), np.log10(it.ceiling / it.still)
    return found


def test_case_10_the_fitted_value_lies_in_a_gap_that_theory_leaves(facts, spine):
    """Fails alone: shear falls short of the fitted value a thousandfold, the ceiling overshoots it by seventy.

    Between smooth walls even the best mixing across reaches the fitted value only with the larger of the published strokes, or
    with deep breaths: with the smaller one it stays threefold short, so more than shear must be at work.
    """
    fitted = dispersion(spine) / PER_H
    small, large = theory(facts, heartbeat(facts)), theory(facts, heartbeat(facts, "sv_cerv_freiburg"))
    assert fitted > 500 * small.shear and fitted < small.ceiling / 50
    assert small.gap_orders == pytest.approx(4.9, abs=0.2) and 0.5 < small.place(fitted) < 0.7
    assert small.best < fitted / 2 and large.best > 2 * fitted
    breath = sways.Sway("deep breath", 0.5 * facts["disp_breath"].to("cm"), facts["breaths"].to("1/s"))
    assert theory(facts, breath).best > fitted > 50 * theory(facts, breath).shear


def test_case_10_shear_alone_halves_the_level_within_a_centimetre_and_a_half(facts, spine):
    """Fails: the tip's neighbourhood is all it reaches, whichever published stroke is taken."""
    for stroke, reach in (("sv_cerv_enzmann", 1.0), ("sv_cerv_freiburg", 3.0)):
        profile = plain(spine, dispersion_cm2_per_h=theory(facts, heartbeat(facts, stroke)).shear * PER_H, cells=960).steady(30)
        assert profile.at(30 + reach) < 0.5 * profile.at(30)
        assert profile.at(spine.levels["C1"]) < 1e-4 * profile.at(30)


def test_yamada_2013_and_takizawa_2017_breath_and_heart_disagree_about_speed(facts):
    """A deep breath goes five times as far as a heartbeat, so far they agree. At those displacements it is the faster as well,
    which Takizawa's quiet volunteers did not show: the two measured different breathing. Direction only."""
    far = facts["disp_breath"].to("cm") / facts["disp_heart"].to("cm")
    assert far == pytest.approx(5.5, abs=0.1)
    speed = {name: sways.top_speed_cm_per_s(0.5 * facts[name].to("cm"), facts[beat].to("1/s")) for name, beat in (("disp_breath", "breaths"), ("disp_heart", "pulse"))}
    assert 1.0 < speed["disp_breath"] / speed["disp_heart"] < 1.5
    assert facts["breath_vs_heart"].quantity.startswith("heartbeat dominates velocity")


def test_haga_2017_roots_spread_more_and_smooth_walls_fail_to(facts):
    """Fails: roots and ligaments add 60 % of spread, and nothing in the theory of smooth walls knows them. A spread 1.6 times as
    wide asks for a dispersion 2.6 times as large."""
    more = (1 + facts["roots_spread"].to("dimensionless")) ** 2
    assert more == pytest.approx(2.56, abs=0.01)
    smooth = theory(facts, heartbeat(facts))
    assert smooth.shear * more < smooth.best / 50  # room enough in the gap, no theory for it


# -- streaming ---------------------------------------------------------------------------------------------------------------

LANES = dict(streaming_cm_per_h=48.0, swap_per_h=1.0, dispersion_cm2_per_h=15.0)  # set by the four arrivals below


@functools.lru_cache(4)
def lanes(length, area, loss, **changes):
    return TwoLanes(length, area, loss_per_h=loss, cells=120, **{**LANES, **changes})


def arrivals(canal, spine, level):
    """Minutes to 1 % of a place's own peak, up from L3/4 to chest, neck and skull, and down from the head to the top of the sac."""
    times, at = np.linspace(0, 2, 481), spine.levels
    up = canal.run(Bolus(0), times, at["L3/4"])
    down = canal.run(Bolus(0), times, at["C1"])
    curves = [getattr(up, level)] * 3 + [getattr(down, level)]
    return np.array([MINUTES * exposure.first_arrival(times, run[:, np.abs(canal.z - at[place]).argmin()], 0.01)
                     for run, place in zip(curves, ("T6", "C4", "skull", "L1/2"))])


def measured_arrivals(facts):
    return np.array([facts[name].to("min") for name in ("rc_thoracic", "rc_cervical", "rc_cisterns_first", "rc_vent_to_lumbar")])


@comparison("Chamberlain 1998", case=7, what="first arrival, two lanes", unit="min", kind="fitted", tolerance=0.25, points=4, free=2,
            remark="speed of the lanes and spreading within them were set by these arrivals; swapping may be anything from rarely to "
                   "a few times an hour. An unknown that would do, not a finding.")
def test_case_7_chamberlain_1998_two_lanes_can_be_made_to_meet_the_arrivals(facts, spine):
    """Fitted, tolerance 25 %: two numbers, four arrivals."""
    found = arrivals(lanes(spine.length, spine.area, spine.loss), spine, "mixed")
    names = [f"first arrival, two lanes: {place}" for place in (*UP, "down to the lumbar sac")]
    return dict(zip(names, zip(measured_arrivals(facts), found)))


def test_case_7_the_swapping_is_not_identified(facts, spine):
    """From once in ten hours to six times an hour the same four arrivals are met within 30 %, with the same speed."""
    for swap in (0.1, 6.0):
        found = arrivals(lanes(spine.length, spine.area, spine.loss, swap_per_h=swap), spine, "mixed")
        assert np.abs(np.log(found / measured_arrivals(facts))).max() < np.log(1.3)


def test_case_7_one_lane_fails_with_and_without_a_drift(facts, spine):
    """Fails. Dispersion alone misses one of the four by more than 25 %, whatever its strength. A drift that mends the way up
    leaves nothing to arrive on the way down: less than a millionth of the even level, where two lanes bring a tenth."""
    measured, even = measured_arrivals(facts), 1 / (spine.area * spine.length)
    for strength in np.geomspace(20, 400, 12):
        found = arrivals(plain(spine, dispersion_cm2_per_h=strength), spine, "concentration")
        assert np.abs(np.log(found / measured)).max() > np.log(1.25)
    times = np.linspace(0, 6, 121)
    for strength, drift in ((20.0, 40.0), (10.0, 45.0)):
        canal = plain(spine, dispersion_cm2_per_h=strength, drift_cm_per_h=drift)
        up = arrivals(canal, spine, "concentration")[:3]
        assert np.abs(np.log(up / measured[:3])).max() < np.log(1.3)
        assert canal.run(Bolus(0), times, spine.levels["C1"]).at(spine.levels["L1/2"]).max() < 1e-6 * even
    two = lanes(spine.length, spine.area, spine.loss).run(Bolus(0), times, spine.levels["C1"])
    assert two.at(spine.levels["L1/2"]).max() > 0.1 * even


@comparison("Chamberlain 1998", case=7, what="way up over way down, two lanes", unit="", kind="fails", tolerance=0.25, points=2, free=2,
            remark="the slower lane delays a tracer by minutes, not by a day: the door of the ventricles is not in the canal.")
def test_case_7_two_lanes_fail_the_day_it_takes_to_enter_the_ventricles(facts, spine):
    """Fails, tolerance 25 %: into the wrong lane on the way up, into the right one on the way down, and still far from 48."""
    canal, times = lanes(spine.length, spine.area, spine.loss), np.linspace(0, 8, 961)
    way = {}
    for lane, given_at, read in (("down", "L3/4", "C1"), ("down", "C1", "L1/2")):
        run = canal.run(Bolus(0), times, spine.levels[given_at], lane)
        way[given_at] = exposure.first_arrival(times, run.at(spine.levels[read]), 0.01)
    return facts["rc_ventricles"].to("min") / facts["rc_vent_to_lumbar"].to("min"), way["L3/4"] / way["C1"]


@comparison("Khani 2019", what="speed of streaming that the arrivals would need", unit="mm/s", kind="predicted", tolerance=0.25, points=1, free=2,
            remark="a computer model of one subject, mean to mean + 1 SD over the canal; the speed was set by Chamberlain 1998.")
def test_khani_2019_the_speed_needed_is_one_that_a_computer_model_shows(facts):
    """Predicted (set by arrivals, held against a computed flow), tolerance 25 % beyond the range."""
    known = facts["streaming_cfd"]
    return (known.to("mm/s"), known.high), LANES["streaming_cm_per_h"] * 10 / PER_H


@comparison("Kroin 1993", case=6, what="steady level at T2 over T12, two lanes", unit="", kind="fails", tolerance=0.25, points=1, free=2,
            remark="lanes quick enough for the arrivals carry a steady infusion far too evenly, unless the drug is lost ten times "
                   "faster than methotrexate.")
def test_case_6_lanes_that_meet_the_arrivals_fail_the_fall_off(facts, spine):
    """Fails, tolerance 25 %: arrival and fall-off are not met together, in one lane or in two, with the loss borrowed from methotrexate."""
    at, tip = spine.levels, spine.levels["L3/4"]
    steady = lanes(spine.length, spine.area, spine.loss).steady(tip)
    quick = lanes(spine.length, spine.area, 11 * spine.loss).steady(tip)
    assert quick.at(at["T2"])[0] / quick.at(at["T12"])[0] == pytest.approx(spine.ratio, rel=0.05)
    return spine.ratio, steady.at(at["T2"])[0] / steady.at(at["T12"])[0]


def test_one_number_for_mixing_may_hide_a_streaming_that_swaps_often(spine):
    """The fitted dispersion is in part, or nearly half, a streaming of 1 to 4 mm a minute whose lanes swap: not identified."""
    for streaming, swap in ((6.0, 1.0), (24.0, 8.0)):
        assert 0 < streaming_dispersion(streaming, swap) < dispersion(spine)
        rest = dispersion(spine) - streaming_dispersion(streaming, swap)
        steady = TwoLanes(spine.length, spine.area, rest, spine.loss, streaming, swap).steady(spine.levels["L3/4"])
        ratio = steady.at(spine.levels["T2"])[0] / steady.at(spine.levels["T12"])[0]
        alone = plain(spine, head="closed").steady(spine.levels["L3/4"])
        assert ratio == pytest.approx(alone.at(spine.levels["T2"]) / alone.at(spine.levels["T12"]), rel=0.05)


# -- the rate of an infusion ----------------------------------------------------------------------------------------------------

def test_bernards_2006_a_quicker_infusion_spread_further_in_pigs_and_fails_to_here(facts, spine):
    """Fails: in pigs 1000 uL/h spread better than 20 uL/h. In a linear model the rate scales every level and moves none of them;
    even as a drift of its own the quicker one is under 1 cm/h."""
    canal, tip = plain(spine), spine.levels["T10"]
    slow, quick = (canal.run(Infusion(0, 8, rate), [8.0], tip).amount[0] for rate in (0.02, 1.0))
    assert quick / 50 == pytest.approx(slow, rel=1e-9)
    assert 1.0 / spine.area < 1 and "20 uL/h worse" in facts["pig_baclofen"].context


# -- the solution ------------------------------------------------------------------------------------------------------------------

@comparison("Heller 2006", what="temperature at which the solution matches the fluid", unit="°C", kind="fails", tolerance=0.02, points=3, free=0,
            remark="the paper's rounded curves do not give back the paper's own temperatures: 1.5 to 3 degrees too low, all of them.")
def test_heller_2006_its_printed_curves_fail_its_own_temperatures(facts):
    """Fails (curves, fluid and temperatures of one paper), tolerance 2 %."""
    fluid, found = facts["rho_csf_heller"].to("g/mL"), {}
    for words, curve, measured in (("bupivacaine", "light", "T_iso_bupi"), ("levobupivacaine", "middle", "T_iso_levo"), ("articaine", "heavy", "T_iso_arti")):
        args = facts[f"rho_{curve}_0"].to("g/mL"), facts[f"rho_{curve}_curve"].value
        found[f"temperature at which the solution matches the fluid: {words}"] = facts[measured].value, injectate.matching_temperature_curved(fluid, *args)
    assert all(computed < measured for measured, computed in found.values())
    return found


@comparison("Lui 1998, with Heller 2006", what="density of plain bupivacaine over that of the fluid at 37 °C", unit="", kind="predicted",
            tolerance="direction", points=2, free=0, remark="both papers call it lighter; how much lighter the rounded curve cannot say.")
def test_lui_1998_plain_bupivacaine_is_hypobaric_at_body_temperature(facts):
    """Predicted in direction: Heller's matching temperature lies below 37, Heller's curve with Lui's fluid gives the same side."""
    band = injectate.FluidBand(facts["rho_csf"].to("g/mL"), facts["rho_csf"].to("g/mL") - facts["rho_csf"].low)
    curve = facts["rho_light_0"].to("g/mL"), facts["rho_light_curve"].value
    warm = injectate.density_curved(37.0, *curve)
    assert injectate.classify(warm, band) == "hypobaric" and injectate.share_lighter(warm, band) > 0.999
    slope = injectate.slope_between(20, 37, curve[1])
    measured = injectate.density(37.0, band.mean, facts["T_iso_bupi"].value, slope)
    # From its measured matching temperature it is so little lighter that three in a thousand would find it heavier.
    assert injectate.classify(measured, band) == "isobaric" and 0.99 < injectate.share_lighter(measured, band) < 1
    assert facts["baricity_rule"].quantity.endswith("without are hypobaric")
    return injectate.baricity(measured, band.mean), injectate.baricity(warm, band.mean)


def test_lui_1998_the_fluid_in_pregnancy_lies_lighter_than_in_men_by_more_than_its_spread(facts):
    men, pregnant = (injectate.FluidBand(facts[name].to("g/mL"), facts[name].to("g/mL") - facts[name].low) for name in ("rho_csf_men", "rho_csf_preg"))
    between = 0.5 * (men.mean + pregnant.mean)
    assert injectate.share_lighter(between, men) > 0.8 and injectate.share_lighter(between, pregnant) < 0.1


# -- what leaves the fluid comes into the blood ---------------------------------------------------------------------------------

def blood_peak(canal, spine, half_life):
    """Hour of the highest blood level: what leaves the canal, cleared from one box of blood with this half-life."""
    times = np.linspace(0, 48, 1921)
    run = canal.run(Bolus(0), times, spine.levels["L3/4"])
    out = run.rates["lost_along_canal"] + run.rates.get("lost_from_pool", run.rates["gone_into_head"])
    step, kept = times[1], np.exp(-np.log(2) / half_life * times[1])
    blood = np.zeros(times.size)
    for i in range(1, times.size):
        blood[i] = kept * blood[i - 1] + 0.5 * step * (kept * out[i - 1] + out[i])
    return times[blood.argmax()]


@comparison("Eide 2021, with Staks 1994", what="time of the blood peak after a lumbar contrast", unit="h", kind="fails", tolerance=0.25, points=1,
            free=1, remark="loss spread evenly along the canal brings it into the blood too soon, loss in the head alone too late: the "
                           "blood tells where the fluid is lost.")
def test_eide_2021_loss_along_the_canal_fails_the_blood_peak(facts, spine):
    """Fails, tolerance 25 %. Loss in the upper canal only (the same in all) comes within it; loss in the head only overshoots."""
    measured, half_life = facts["gad_blood_peak"].to("h"), facts["gadobutrol_thalf"].to("h")
    even = blood_peak(plain(spine), spine, half_life)
    z = plain(spine).z
    high = z > spine.levels["C7"]
    upper = blood_peak(plain(spine, loss_per_h=np.where(high, spine.loss / high.mean(), 0.0)), spine, half_life)
    head = blood_peak(plain(spine, loss_per_h=0.0, head=Pool(facts["csf_total_text"].to("mL"), 30.0, spine.loss)), spine, half_life)
    assert even < 0.75 * measured < upper < 1.25 * measured < head
    return measured, even
