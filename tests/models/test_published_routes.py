"""The body of the course against published measurements.

One rule was set before anything was computed: 50 % for what the body predicts, 25 % for what it was fitted to, direction where
the paper gives no more. After a first look three numbers of the body were set anew, and count as fitted here: the stirring (by
Kroin 1993), the share of the wall between blood and CSF that is in the ventricles (by the protein gradient), and the walls for
an antibody (by Stemmler 2007); flows per gram from small animals were scaled by blood flow. Where the body still misses, the
miss is asserted. Doses in milligrams stand here and nowhere else.
"""

import numpy as np
import pytest
from comparisons import comparison
from drugs import body, full_body, half_life_h

from crossing.models.dosing import Bolus, Infusion
from crossing.models.routes import Epidural, Lumbar, Vein, Ventricle

MINUTES = 60.0
DAY = np.linspace(0, 24, 1441)
HALF, QUARTER = 0.5, 0.25


def by_vein(drug, name, **changes):
    """Level in `name` over that in plasma during an endless infusion into a vein."""
    steady = body(drug).changed(**changes).steady("plasma")
    return steady.level(name) / steady.level("plasma")


# -- two doors -------------------------------------------------------------------------------------------------------------------

@comparison("Zhuang 2006", case=14, what="brain fluid with a blocker over without", unit="", kind="predicted", tolerance="direction", points=4,
            free=0, remark="the walls and pumps are set by ratios of the same mice; what a half-blocked pump does is not. Mouse ratios in a "
                           "body of human size.")
def test_case_14_zhuang_2006_a_blocker_moves_brain_fluid_and_csf_in_opposite_directions(facts):
    """Predicted, direction only: brain fluid up, ventricular fluid down, when every pump is at half its strength."""
    shares = {share: body("topotecan").with_pumps(share).steady("plasma") for share in (1, 0.5)}

    def change(name):
        return shares[0.5].free(name) / shares[1].free(name)
    return {"brain fluid": (facts["topo_block_ecf"].value / facts["topotecan_ecf"].value, change("brain fluid")),
            "ventricular fluid": (facts["topo_block_csf"].value / facts["topotecan_csf"].value, change("ventricles"))}


@comparison("Zhuang 2006", case=14, what="brain fluid over ventricular fluid, all pumps out", unit="", kind="fitted", tolerance=HALF, points=2,
            free=2, remark="each wall was set by its own ratio alone; in the whole body, where brain and fluid exchange, they still agree")
def test_case_14_zhuang_2006_the_two_doors_agree_without_pumps(facts):
    """Fitted, tolerance 50 %. The ratios of each door were used for its wall; agreement of the two in the whole body was not."""
    it = body("topotecan").with_pumps(0).steady("plasma")
    with_pumps = body("topotecan").steady("plasma")
    assert with_pumps.free("brain fluid") / with_pumps.free("ventricles") < 0.5  # they do not agree with the pumps at work
    return facts["topo_both_out_ecf"].value / facts["topo_both_out_csf"].value, it.free("brain fluid") / it.free("ventricles")


# -- morphine and methadone ----------------------------------------------------------------------------------------------------------

@comparison("Nordberg 1984", what="level 1 h after a lumbar dose", unit="ng/mL", kind="predicted", tolerance=HALF, points=1, free=0,
            remark="where one box misses by a third (case 4), a lumbar level that gives to its neighbours does not")
def test_nordberg_1984_lumbar_level_at_one_hour(facts):
    """Predicted, tolerance 50 %. 0.5 mg; the lumbar level of the body, stirring fitted to another tracer."""
    level = body("morphine").give(Lumbar(Bolus(0)), [1.0]).level("lumbar CSF")[0]
    return facts["morph_it_c1h"].to("ng/mL"), 0.5e6 * level


@comparison("Nordberg 1984", what="clearance of morphine from lumbar fluid", unit="mL/min", kind="predicted", tolerance=HALF, points=1, free=0,
            remark="dose over area, at 70 kg")
def test_nordberg_1984_clearance_from_lumbar_fluid(facts):
    """Predicted, tolerance 50 %."""
    return 70 * facts["morph_it_cl"].to("mL/kg/min"), 1 / body("morphine").areas("lumbar CSF").level("lumbar CSF") / MINUTES


@comparison("Nordberg 1984", what="half-life in lumbar fluid after a lumbar dose", unit="min", kind="predicted", tolerance=HALF, points=1, free=0,
            remark="read between 2 and 8 h")
def test_nordberg_1984_half_life_in_lumbar_fluid(facts):
    """Predicted, tolerance 50 %."""
    run = body("morphine").give(Lumbar(Bolus(0)), DAY)
    return facts["morph_it_thalf"].to("min"), MINUTES * half_life_h(DAY, run.level("lumbar CSF"), 2, 8)


@comparison("Nordberg 1985", what="share of a dose into blood that reaches lumbar fluid", unit="%", kind="predicted", tolerance=HALF, points=1,
            free=0, remark="given into muscle, here into a vein; the paper gives an upper bound. The wall of the CSF is assumed.")
def test_nordberg_1985_morphine_by_muscle_hardly_reaches_the_fluid(facts):
    """Predicted, tolerance 50 %."""
    it = body("morphine")
    share = it.areas("plasma").level("lumbar CSF") / it.areas("lumbar CSF").level("lumbar CSF")
    return (0, facts["morph_im_f"].high), 100 * share


@comparison("Pharmacokinetics of epidural morphine in man", what="share of an epidural dose that reaches the fluid", unit="%", kind="fitted",
            tolerance=QUARTER, points=1, free=1, remark="the crossing of the dura was set by it; another paper has 3.6 %")
def test_epidural_morphine_two_per_cent_cross_the_dura(facts):
    """Fitted, tolerance 25 %."""
    it = body("morphine")
    return facts["morph_epi_f"].value, 100 * it.areas("epidural space").level("lumbar CSF") / it.areas("lumbar CSF").level("lumbar CSF")


@comparison("Pharmacokinetics of epidural morphine in man", what="time of the peak in lumbar fluid after an epidural dose", unit="min", kind="fails",
            tolerance=HALF, points=1, free=1, remark="published peaks: 135, 60 to 90, within 34 min. The body, with a crossing half-life from the "
                                                     "second paper, comes near that paper.")
def test_epidural_morphine_peaks_too_early_for_one_paper(facts):
    """Fails, tolerance 50 %."""
    run = body("morphine").give(Epidural(Bolus(0)), DAY)
    peak = MINUTES * DAY[run.level("lumbar CSF").argmax()]
    assert 34 < peak < 90
    return facts["morph_epi_tmax"].to("min"), peak


@comparison("Pharmacokinetics of epidural morphine in man", what="half-life in lumbar fluid after an epidural dose", unit="min", kind="predicted",
            tolerance=HALF, points=1, free=0, remark="read between 4 and 12 h; another paper has 126 min")
def test_epidural_morphine_half_life_in_lumbar_fluid(facts):
    """Predicted, tolerance 50 %."""
    run = body("morphine").give(Epidural(Bolus(0)), DAY)
    return facts["morph_epi_thalf"].to("min"), MINUTES * half_life_h(DAY, run.level("lumbar CSF"), 4, 12)


@comparison("Clin Pharmacol Ther 1985;38:631", what="half-life in lumbar fluid, morphine over methadone, after epidural doses", unit="",
            kind="predicted", tolerance="direction", points=2, free=0, remark="the walls for methadone are assumed: only the direction counts")
def test_methadone_leaves_the_fluid_sooner_than_morphine(facts):
    """Predicted, direction only. Read between 1 and 4 h."""
    times = {drug: half_life_h(DAY, body(drug).give(Epidural(Bolus(0)), DAY).level("lumbar CSF"), 1, 4) for drug in ("morphine", "methadone")}
    return facts["morph_epi_decline"].value / facts["meth_epi_decline"].value, times["morphine"] / times["methadone"]


def test_morphine_is_at_the_neck_in_an_hour_and_methadone_hardly(facts):
    """Payne 1985 (row morph_c1c2), in words only: "morphine present by 1 h, methadone little". Direction: less than half of morphine's."""
    assert "methadone little" in facts["morph_c1c2"].context
    for hour in (1.0, 2.0, 4.0):
        level = {drug: body(drug).give(Lumbar(Bolus(0)), [hour]).level("cervical CSF")[0] for drug in ("morphine", "methadone", "fentanyl")}
        assert level["methadone"] < 0.5 * level["morphine"] and level["fentanyl"] < 0.5 * level["morphine"]


@comparison("Lotsch 2001, with Tunblad 2003", what="half-life of morphine in brain fluid", unit="h", kind="predicted", tolerance=HALF, points=1, free=1,
            remark="the rat's 58 min, slowed as flows per gram are; a weak test: the rat's own rate would fall in the range too. Measured is the lag of an effect.")
def test_lotsch_2001_morphine_comes_and_goes_slowly_in_the_human_brain(facts):
    """Predicted, tolerance 50 %. Brain fluid and cells emptied into a body that has none: no plasma level to feed them."""
    it = body("morphine").changed(clearance_ml_per_h=1e7, csf_brain_exchange_ml_per_h=0)
    start = it.steady("plasma", 1.0).amount(list(it.names)) * np.isin(it.names, ["brain fluid", "brain cells"])
    level = it.run([(start, Bolus(0))], DAY).level("brain fluid")
    return facts["morph_ke0"].range_in("h"), half_life_h(DAY, level, 1, 6)


# -- from the vein into the fluid -------------------------------------------------------------------------------------------------------

@comparison("Beach 2017, with Chen 2023", what="vancomycin, ventricular fluid over blood", unit="", kind="predicted", tolerance=0.0, points=2, free=0,
            remark="entry from one paper, ratio from another; ranges so wide that it would be hard to miss")
def test_vancomycin_in_the_ventricle_with_and_without_infection(facts):
    """Predicted, no tolerance beyond the published range."""
    assert "ventriculitis 0.05-0.17" in facts["vanco_csf"].context and "no infection 0-0.13" in facts["vanco_csf"].context
    wall = body("vancomycin").parameters["csf_wall_ml_per_h"].value
    return {"no infection": ((0, 0.13), by_vein("vancomycin", "ventricles")),
            "ventriculitis": ((0.05, 0.17), by_vein("vancomycin", "ventricles", csf_wall_ml_per_h=wall * facts["vanco_q"].value))}


@comparison("Gentamicin in dogs with meningitis, with Chen 2023", what="gain of the ratio by inflammation, gentamicin", unit="", kind="predicted",
            tolerance=HALF, points=1, free=0, remark="the wall opened as far as for vancomycin in man; dogs")
def test_gentamicin_gains_by_inflammation_about_what_vancomycin_does(facts):
    """Predicted, tolerance 50 %."""
    wall = body("gentamicin").parameters["csf_wall_ml_per_h"].value
    gain = by_vein("gentamicin", "cisterns", csf_wall_ml_per_h=wall * facts["vanco_q"].value) / by_vein("gentamicin", "cisterns")
    return facts["gent_csf_inflamed"].value / facts["gent_csf_normal"].value, gain


@comparison("Gentamicin in dogs with meningitis", what="peak in the cisterns over peak in serum, no inflammation", unit="", kind="fails",
            tolerance=HALF, points=1, free=0, remark="dogs; serum read half an hour after a bolus in a body of human size, where fluid fills more slowly")
def test_gentamicin_peaks_are_too_far_apart_for_the_dog(facts):
    """Fails, tolerance 50 %."""
    run = body("gentamicin").give(Vein(Bolus(0)), DAY)
    return facts["gent_csf_normal"].value, run.level("cisterns").max() / np.interp(0.5, DAY, run.level("plasma"))


@comparison("Chandrasekar 1984", what="ceftriaxone, lumbar fluid over serum", unit="", kind="predicted", tolerance=HALF, points=1, free=1,
            remark="walls of vancomycin and sucrose scaled by the root of mass; nine tenths bound")
def test_ceftriaxone_enters_as_its_size_and_binding_say(facts):
    """Predicted, tolerance 50 %."""
    return facts["ceftriaxone_csf"].to("fraction"), by_vein("ceftriaxone", "lumbar CSF")


@comparison("Cancer 1982;50:1248", what="cytarabine, lumbar fluid over plasma", unit="%", kind="predicted", tolerance=HALF, points=1, free=1,
            remark="walls scaled by the root of mass; at the high end")
def test_cytarabine_by_vein_reaches_the_fluid(facts):
    """Predicted, tolerance 50 %."""
    return facts["arac_csf_plasma"].range_in("%"), 100 * by_vein("cytarabine", "lumbar CSF")


@comparison("Product monograph of baclofen tablets", what="baclofen, lumbar fluid over plasma", unit="%", kind="fails", tolerance=HALF, points=1, free=1,
            remark="walls scaled by the root of mass let in twice as much; the small wall of the rat's brain is of the racemate")
def test_baclofen_enters_too_much(facts):
    """Fails, tolerance 50 %."""
    computed = 100 * by_vein("baclofen", "lumbar CSF")
    assert computed > facts["bac_csf_oral"].value
    return facts["bac_csf_oral"].to("%"), computed


@comparison("Clin Pharmacol Ther 1983;33:301", what="methotrexate, lumbar fluid over serum", unit="", kind="fails", tolerance=HALF, points=1, free=0,
            remark="twice the mean, within one standard deviation of it; a pump at the choroid plexus would lower it, and is left out")
def test_methotrexate_enters_too_much_for_children(facts):
    """Fails, tolerance 50 %."""
    computed = by_vein("methotrexate", "lumbar CSF")
    assert facts["mtx_csf_serum"].low < computed < facts["mtx_csf_serum"].high
    return facts["mtx_csf_serum"].value, computed


@comparison("Shapiro 1975", what="ventricular methotrexate in a long infusion over the peak after a reservoir dose, dose for dose", unit="1/1000",
            kind="fails", tolerance=HALF, points=3, free=0,
            remark="the model's own peak after a reservoir dose is several times the measured one; over the measured peak the ratio would be within 50 %")
def test_shapiro_1975_the_vein_gives_the_ventricle_little(facts):
    """Fails, tolerance 50 %: both levels by the model. 333 times lower with 80 times the dose is 3.75e-5, dose for dose; a 24-h infusion is assumed."""
    it = body("methotrexate")
    vein = it.give(Vein(Infusion(0, 24, 1 / 24)), DAY).level("ventricles")[-1]
    peak = it.give(Ventricle(Bolus(0)), DAY).level("ventricles").max()
    measured = facts["mtx_iv_csf"].value / facts["mtx_icv_peak"].value / 80
    assert 1e3 * vein * 119 == pytest.approx(1e3 * measured, rel=0.5)  # over the measured peak, 1/119 mL
    return 1e3 * measured, 1e3 * vein / peak


@comparison("Stemmler 2007", what="trastuzumab, serum over lumbar fluid", unit="", kind="fitted", tolerance=QUARTER, points=1, free=1,
            remark="both walls were set by it; the root of mass, as for small drugs, would let in five times as much")
def test_stemmler_2007_an_antibody_hardly_enters(facts):
    """Fitted, tolerance 25 %."""
    return facts["trastuzumab_csf"].value, 1 / by_vein("trastuzumab", "lumbar CSF")


@comparison("Fluids Barriers CNS 2022", what="antibody, lumbar over ventricular fluid", unit="", kind="fitted", tolerance=QUARTER, points=1, free=1,
            remark="the share of the wall that is in the ventricles was set by it")
def test_protein_rises_towards_the_loin(facts):
    """Fitted, tolerance 25 %."""
    return facts["protein_lumbar_vent"].value, by_vein("trastuzumab", "lumbar CSF") / by_vein("trastuzumab", "ventricles")


@comparison("Fluids Barriers CNS 2018", what="antibody, spinal fluid over serum", unit="%", kind="predicted", tolerance=HALF, points=1, free=1,
            remark="set by patients, held against rats and monkeys")
def test_antibodies_in_rats_and_monkeys(facts):
    """Predicted, tolerance 50 %."""
    return facts["mab_csf"].range_in("%"), 100 * by_vein("trastuzumab", "lumbar CSF")


# -- into the fluid and out again -----------------------------------------------------------------------------------------------------------

@comparison("Kroin 1993", case=6, what="T2 over T12 during a lumbar infusion, canal in full", unit="", kind="fitted", tolerance=QUARTER, points=1, free=1,
            remark="the stirring was set by it, in a canal with outflow along its length and new fluid at its head")
def test_case_6_kroin_1993_in_the_body_with_the_canal_in_full(spine):
    """Fitted, tolerance 25 %."""
    it = full_body("gadobutrol")
    profile = it.areas(it.place(Lumbar(Bolus(0)), Bolus(0))).level(it.spine)
    high, low = np.interp([spine.levels["T2"], spine.levels["T12"]], it.heights_cm, profile)
    return spine.ratio, high / low


@comparison("Luu 2017", case=11, what="half-life of nusinersen within the body", unit="days", kind="reproduces", tolerance=QUARTER, points=1, free=0,
            remark="tissue and exchange from the paper, in children; fluid, flow and walls are the body's own")
def test_case_11_luu_2017_within_the_body(facts):
    """Reproduces (tissue, exchange and half-life are of one paper), tolerance 25 %."""
    slowest = -np.linalg.eigvals(body("nusinersen").matrix).real.max()
    return facts["nusi_thalf"].value, np.log(2) / slowest / 24


@comparison("Luu 2017", what="nusinersen, exposure of fluid over plasma after a lumbar dose", unit="", kind="fitted", tolerance=QUARTER, points=1,
            free=1, remark="mean of all fluid; a clearance out of the fluid was set to give the paper's. At the loin, where samples are "
                           "taken, the body has five times as much.")
def test_luu_2017_exposure_of_fluid_over_plasma_within_the_body(facts):
    """Fitted, tolerance 25 %."""
    areas = body("nusinersen").areas("lumbar CSF")
    assert areas.level("lumbar CSF") > 4 * areas.level("CSF")
    return facts["nusi_clp"].value / facts["nusi_clcsf"].value, areas.level("CSF") / areas.level("plasma")


@comparison("Lioresal label", what="plasma baclofen, by pump over by mouth", unit="", kind="predicted", tolerance=HALF, points=1, free=0,
            remark="a dose 200 times smaller, as recalled; all of it reaches the blood, of a tablet three quarters")
def test_baclofen_by_pump_gives_the_blood_a_hundredth(facts):
    """Predicted, tolerance 50 %."""
    it = body("baclofen")
    return facts["baclofen_plasma"].value, it.areas("lumbar CSF").level("plasma") / it.areas("gut").level("plasma") / 200


@comparison("Eur J Clin Pharmacol (baclofen, 4 patients)", what="half-life in lumbar fluid", unit="h", kind="predicted", tolerance=0.0, points=1, free=0,
            remark="four patients, 0.9 to 5 h: hard to miss")
def test_baclofen_half_life_in_lumbar_fluid(facts):
    """Predicted, no tolerance beyond the published range."""
    run = body("baclofen").give(Lumbar(Bolus(0)), DAY)
    return facts["baclofen_thalf"].range_in("h"), half_life_h(DAY, run.level("lumbar CSF"), 1, 5)


@comparison("Eur J Clin Pharmacol (baclofen, 4 patients)", what="clearance of baclofen from lumbar fluid", unit="mL/h", kind="predicted", tolerance=HALF,
            points=1, free=0, remark="just within, half of the lowest of four patients: uptake into cord and roots is assumed and small")
def test_baclofen_clearance_from_lumbar_fluid_is_slow(facts):
    """Predicted, tolerance 50 %."""
    return facts["baclofen_cl"].range_in("mL/h"), 1 / body("baclofen").areas("lumbar CSF").level("lumbar CSF")


@comparison("Zimm 1984", what="cytarabine, peak in plasma over peak in the ventricle after a reservoir dose", unit="", kind="predicted", tolerance=0.0,
            points=1, free=0, remark="never seen in plasma: below 1 umol/L with more than 2 mmol/L in the ventricle")
def test_zimm_1984_cytarabine_is_never_seen_in_plasma(facts):
    """Predicted, no tolerance beyond the published range."""
    assert "never detectable in plasma" in facts["arac_thalf"].context
    run = body("cytarabine").give(Ventricle(Bolus(0)), DAY)
    return (0, 1 / 2000), run.level("plasma").max() / run.level("ventricles").max()


@comparison("Zimm 1984", what="cytarabine, clearance from the ventricle after a reservoir dose", unit="mL/min", kind="fails", tolerance=0.3, points=1,
            free=0, remark="a third too quick: walls and lining of the ventricle take away what in patients only the flow seems to")
def test_zimm_1984_cytarabine_clearance_from_the_ventricle(facts):
    """Fails. The tolerance, 30 %, was set tighter than the rule, since formation alone predicts it (see test_comparisons)."""
    return facts["arac_cl"].to("mL/min"), 1 / body("cytarabine").areas("ventricles").level("ventricles") / MINUTES


@comparison("Bleyer 1977", what="hour of the peak in plasma after lumbar methotrexate", unit="h", kind="predicted", tolerance=0.0, points=1, free=0,
            remark="published as 3 to 12 h")
def test_bleyer_1977_plasma_peaks_hours_after_a_lumbar_dose(facts):
    """Predicted, no tolerance beyond the published range."""
    assert "3-12 h" in facts["mtx_thalf"].context
    run = body("methotrexate").give(Lumbar(Bolus(0)), DAY)
    return (3, 12), DAY[run.level("plasma").argmax()]


@comparison("Eide 2021", what="hour of the peak in blood after a lumbar tracer", unit="h", kind="predicted", tolerance=HALF, points=1, free=0,
            remark="just within: half as late as measured, for lymph takes time and the body has none. Intrathecal gadolinium is off-label "
                   "with a boxed warning.")
def test_eide_2021_blood_peaks_hours_after_a_lumbar_tracer(facts):
    """Predicted, tolerance 50 %."""
    run = body("gadobutrol").give(Lumbar(Bolus(0)), DAY)
    return facts["gad_blood_peak"].to("h"), DAY[run.level("plasma").argmax()]


# -- where the canal of the body fails ------------------------------------------------------------------------------------------------------

@comparison("Shapiro 1975", what="peak in the ventricle after a reservoir dose, share of the dose per mL", unit="per 1000 mL", kind="fails", tolerance=HALF,
            points=1, free=0, remark="25 mL of ventricles against an apparent 119 mL: read an hour later the body agrees")
def test_shapiro_1975_the_ventricle_alone_is_too_small(facts):
    """Fails, tolerance 50 %."""
    run = body("methotrexate").give(Ventricle(Bolus(0)), [0.0, 1.0])
    assert "119 mL" in facts["mtx_icv_peak"].context and 0.7 < run.level("ventricles")[1] * 119 < 1.3
    return 1e3 / 119, 1e3 * run.level("ventricles")[0]


@comparison("Shapiro 1975", what="lumbar level 4 h after a reservoir dose, share of the dose per mL", unit="per 1000 mL", kind="fails", tolerance=HALF, points=2,
            free=1, remark="too little comes down: one stirring cannot serve a slow infusion up and a dose down")
def test_shapiro_1975_too_little_comes_down_to_the_loin(facts):
    """Fails, tolerance 50 %."""
    run = body("methotrexate").give(Ventricle(Bolus(0)), [4.0])
    computed = run.level("lumbar CSF")[0]
    measured = facts["mtx_icv_lumbar"].value / facts["mtx_icv_peak"].value / 119
    assert computed < measured
    return 1e3 * measured, 1e3 * computed


@comparison("Chamberlain 1995", what="lumbar over ventricular area after a lumbar depot of cytarabine", unit="", kind="fails", tolerance=HALF, points=1, free=1,
            remark="new fluid thins what reaches the head, more than it seems to in patients; a canal without it comes out right")
def test_chamberlain_1995_too_little_comes_up_to_the_ventricle(facts):
    """Fails, tolerance 50 %."""
    areas = body("cytarabine").areas("lumbar CSF")
    computed = areas.level("lumbar CSF") / areas.level("ventricles")
    assert computed > facts["dtc_ratio"].value
    return facts["dtc_ratio"].value, computed


@comparison("Yen 1978", what="methotrexate in brain, lumbar over ventricular dose", unit="", kind="fails", tolerance=HALF, points=1, free=0,
            remark="monkeys, and a puncture that may leak; here the body lets too much come up, where for Chamberlain it lets too little")
def test_yen_1978_the_brain_gets_less_of_a_lumbar_dose(facts):
    """Fails, tolerance 50 %."""
    it = body("methotrexate")
    computed = it.areas("lumbar CSF").level("brain") / it.areas("ventricles").level("brain")
    assert facts["mtx_nhp_brain"].value < computed < 1
    return facts["mtx_nhp_brain"].value, computed
