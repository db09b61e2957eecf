"""What lesson 06 claims must come out of its charts, and what they set beside it must be what the papers say."""

import numpy as np
import pytest

from crossing.facts import facts, levels, risks
from crossing.lessons.uses import BlockAtT6, Infection, IntoTheMass, TrialsByLot, PainSpread, TwoUnits, WhatSetsTheInterval
from crossing.lessons.uses.infection import DAYS, DRIP, SHARE, TIMES, above, window
from crossing.lessons.uses.interval import ROWS, free_nusinersen, hours
from crossing.lessons.uses.outcome import TRIALS, counts
from crossing.lessons.uses.pain import TARGETS, TWO
from crossing.lessons.uses.units import DEVICE, MOUTH
from crossing.models.penetration import reach_cm


def result(chart, **settings):
    made = chart()
    made.set(**settings)
    return made.result


def words(chart, **settings):
    made = chart()
    made.set(**settings)
    return made.describe(made.result)


# ---- how far --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tip", PainSpread.controls()["tip"].options())
@pytest.mark.parametrize("target", TARGETS)
def test_both_drugs_hold_one_at_the_target(target, tip):
    for drug in result(PainSpread, target=target, tip=tip).drugs.values():
        assert drug.at[target] == pytest.approx(1)
        assert np.interp(levels[target], drug.z, drug.level) == pytest.approx(1, rel=1e-6)


def test_beside_the_tip_near_spares_the_rest_and_half_way_up_far_does():
    low, high = (result(PainSpread, target=target).drugs for target in ("T12", "T6"))
    assert low["near"].mean < 0.3 * low["far"].mean
    assert high["near"].mean > 2 * high["far"].mean
    turn = [result(PainSpread, target=target).drugs for target in TARGETS]
    assert [drugs["near"].mean > drugs["far"].mean for drugs in turn] == [False, False, True, True, True, True, True, True]


def test_each_half_distance_to_the_target_doubles_what_the_tip_holds():
    away = levels["T6"] - levels["T12"]
    for kind, half in TWO.items():
        assert result(PainSpread, target="T6").drugs[kind].at["T12"] == pytest.approx(2 ** (away / half), rel=0.01)
    assert "near, the tip holds 16" in words(PainSpread, target="T6")


def test_the_two_lengths_are_the_published_ones():
    assert TWO["far"] == round(facts["half_distance"].to("cm")) and TWO["near"] == pytest.approx(facts["pig_half_distance"].to("cm"))
    low, high = facts["kroin_t2_t12"].range_in("dimensionless")
    drug = result(PainSpread).drugs["far"]
    assert 0.9 * low < drug.at["T2"] / drug.at["T12"] < 1.1 * high


# ---- how deep -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("half", [0.5, 1.0])
def test_ten_times_the_level_reaches_a_fixed_step_further(half):
    reach = {fold: result(IntoTheMass, fold=fold, half_distance=half).reach for fold in (1, 10, 100)}
    step = 10 * reach_cm(half / 10 / np.log(2), 10.0)
    assert reach[10] - reach[1] == pytest.approx(step, rel=0.01)
    assert reach[100] - reach[10] == pytest.approx(step, rel=0.01)
    assert step == pytest.approx(3.32 * half, rel=0.01)


def test_before_anything_is_raised_the_mark_lies_one_half_distance_in():
    assert result(IntoTheMass).reach == pytest.approx(1, rel=1e-3)
    assert result(IntoTheMass, half_distance=2.0).reach == pytest.approx(2, rel=0.02)


def test_a_thin_film_is_bathed_and_a_thick_one_is_not():
    thin, thick = result(IntoTheMass, thickness=1), result(IntoTheMass, thickness=16)
    assert thin.all and thin.share == 1 and not thick.all and thick.share < 0.1
    assert "the whole film is above the mark" in words(IntoTheMass, thickness=1)
    last = [result(IntoTheMass, thickness=wide).unit for wide in (0.5, 1, 2, 4, 8, 16)]
    assert last == sorted(last, reverse=True)


def test_the_level_at_the_surface_is_that_of_the_fluid_and_the_curve_keeps_its_shape():
    for shape in ("film", "ball"):
        one, ten = (result(IntoTheMass, shape=shape, fold=fold) for fold in (1, 10))
        assert one.level[0] == pytest.approx(one.surface)
        assert ten.level / one.level == pytest.approx(10)
        assert (np.diff(one.level) < 0).all()


def test_the_share_of_a_ball_counts_volume():
    found = result(IntoTheMass, shape="ball", fold=1, half_distance=0.5)
    assert found.share == pytest.approx(1 - (1 - found.reach / found.deepest) ** 3)


def test_no_length_of_the_tissue_is_claimed_to_be_measured():
    assert "invented" in IntoTheMass.model and "invented" in IntoTheMass.controls()["half_distance"].label
    assert facts["mtx_nhp_deep"].value is None


# ---- how long -------------------------------------------------------------------------------------------------------------


def test_the_fluid_falls_to_half_as_the_linings_heal_and_blood_does_not():
    inflamed, healed = result(Infection, day=6), result(Infection, day=14)
    assert inflamed.fluid.low > 1 > healed.fluid.peak
    assert 1.8 < inflamed.fluid.mean / healed.fluid.mean < facts["vanco_q"].value
    assert inflamed.blood.mean == pytest.approx(healed.blood.mean, rel=0.02) == pytest.approx(DRIP, rel=0.02)
    assert (inflamed.state, result(Infection, day=7).state, healed.state) == ("inflamed", "healing", "healed")


def test_by_vein_the_model_lies_within_the_published_ratios():
    for day, fact in ((6, "vanco_csf_ventriculitis"), (14, "vanco_csf_none")):
        found = result(Infection, day=day)
        ratio = found.fluid.mean / (found.blood.mean / facts["vanco_fu"].to("fraction"))
        low, high = facts[fact].range_in("ratio")
        assert low < ratio < high


def test_the_ventricle_fills_the_fluid_and_leaves_the_blood_without():
    vein, direct, both = (result(Infection, road=road, day=12) for road in ("vein", "ventricle", "both"))
    assert direct.fluid.mean > 10 * vein.fluid.mean and direct.blood.peak < 0.2 < vein.blood.low
    assert direct.blood.mean == pytest.approx(SHARE * DRIP, rel=0.05)  # nothing vanishes: a hundredth of the dose is a hundredth in blood
    assert both.levels == pytest.approx(vein.levels + direct.levels)
    assert "invented" in words(Infection, road="ventricle")


def test_doses_leave_the_same_mean_and_another_time_above_the_mark():
    drip, doses = (result(Infection, day=12, giving=giving) for giving in ("drip", "doses"))
    assert drip.fluid.mean == pytest.approx(doses.fluid.mean, rel=0.02)
    assert drip.fluid.above == 0 and 5 < doses.fluid.above < 20
    drip, doses = (result(Infection, day=5, giving=giving) for giving in ("drip", "doses"))
    assert drip.fluid.above == 100 and 60 < doses.fluid.above < 80


def test_what_is_read_does_not_depend_on_how_often():
    """Daily means come from areas, and doses are read just before and after: against a fine run of their own."""
    from crossing.lessons.uses.infection import bodies, schedule
    body = bodies()[-1]
    road = schedule("ventricle", "drip")
    fine = np.linspace(72, 96 - 1e-6, 20001)
    level = body.run([(body.place(road, dose), dose) for dose in road.doses], np.concatenate([[0.0], fine])).free("ventricles")[1:]
    rest = bodies()[0].steady("plasma", 1 / 24).free("plasma")
    found = result(Infection, road="ventricle", day=4, heals=14).fluid
    assert found.mean == pytest.approx(SHARE * DRIP / rest * np.trapezoid(level, fine) / 24, rel=0.01)
    assert found.peak == pytest.approx(SHARE * DRIP / rest * level.max(), rel=0.01)


def test_days_and_time_above():
    assert words(Infection, day=12.0) == words(Infection, day=12)
    assert window(1).start == 0 and TIMES[window(DAYS)][-1] == pytest.approx(24 * DAYS, abs=0.01)
    assert above(np.array([0.0, 1.0]), np.array([0.0, 2.0])) == pytest.approx(50)
    assert above(np.array([0.0, 1.0, 4.0]), np.array([3.0, 3.0, 1.0])) == pytest.approx(100)
    assert above(np.array([0.0, 1.0]), np.array([0.5, 0.5])) == 0


@pytest.mark.parametrize("narrow", [False, True])
def test_beta_lactams_are_warned_of_in_view(narrow):
    chart = Infection()
    chart.set_layout("narrow" if narrow else "wide")
    shown = [text.get_text() for text in chart.chart.figure.axes[0].texts]
    assert any("not for intrathecal use" in text for text in shown)


def test_the_mark_is_said_to_be_chosen():
    from matplotlib.text import Text
    titles = [text.get_text() for text in Infection().chart.figure.findobj(Text)]
    assert any("not a level that cures" in title for title in titles)


# ---- how often ------------------------------------------------------------------------------------------------------------


def test_the_fluid_does_not_set_the_long_intervals_and_what_holds_the_drug_fits_them():
    for drug, row in ROWS.items():
        found = result(WhatSetsTheInterval, drug=drug)
        if row.interval is None:
            assert found.fluid[0] < 24 and "pump" in words(WhatSetsTheInterval, drug=drug)
        else:
            assert found.passed > 40
        if row.held:
            assert 0.3 < found.kept < 0.7


def test_figures_are_those_of_the_labels():
    assert result(WhatSetsTheInterval, drug="enzyme").passed == pytest.approx(14 * 24 / 7.4)
    assert hours("baclofen_thalf")[1:] == pytest.approx((0.9, 5))
    assert hours("nusi_thalf")[0] == pytest.approx(163 * 24) and 2 < free_nusinersen() < 2.6
    assert "45 of these half-lives" in words(WhatSetsTheInterval, drug="enzyme") and "no figure" not in words(WhatSetsTheInterval, drug="enzyme")
    assert "not found published" in words(WhatSetsTheInterval, drug="enzyme")
    assert "163 days" in words(WhatSetsTheInterval, drug="nusinersen") and "2.3 h" in words(WhatSetsTheInterval, drug="nusinersen")


def test_the_words_that_tell_the_answer_are_under_the_veil():
    from matplotlib.text import Text

    from crossing.explore.chart import flatten
    chart = WhatSetsTheInterval()
    chart.chart
    live = {id(artist) for artists in chart.chart.slots.values() for artist in flatten(artists)}
    for text in chart.chart.figure.findobj(Text):
        if any(word in text.get_text() for word in ("holds", "cells", "pump")):
            assert id(text) in live, text.get_text()


# ---- the outcome ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("trial, hit", [("infection", (12, 3)), ("tumour", (8, 1)), ("depot", (30, 22))])
def test_people_are_counted_as_published(trial, hit):
    told = TRIALS[trial]
    assert counts(told) == hit
    for count, size, fact in zip(hit, told.sizes, told.shares):
        assert 100 * count / size == pytest.approx(facts[fact].to("%"), abs=0.6)
        assert str(size) in facts[fact].context or "52" in facts[fact].context
    found = result(TrialsByLot, trial=trial)
    assert found.apart.interval.low < found.apart.points < found.apart.interval.high
    assert f"{hit[0]} of {told.sizes[0]}" in words(TrialsByLot, trial=trial)


def test_the_numbers_in_the_notes_are_in_the_facts():
    assert "12.9 weeks" in facts["lm_boogerd_survival"].context and "-5.5 to 34.3" in facts["lm_boogerd_survival"].context
    assert "0.85 (0.53 to 1.36)" in facts["lm_os_both"].context
    assert "time to clean fluid did not differ" in facts["ivt_gent_level"].context


def test_nothing_of_the_trials_is_seen_before_the_guess():
    from matplotlib.text import Text

    from crossing.explore.chart import flatten
    chart = TrialsByLot()
    live = {id(artist) for artists in chart.chart.slots.values() for artist in flatten(artists)}
    for text in chart.chart.figure.findobj(Text):
        if id(text) not in live:
            assert not any(word in text.get_text() for word in ("died", "harm", "lived", "adverse")), text.get_text()


# ---- further --------------------------------------------------------------------------------------------------------------


def test_a_block_at_t6_turns_the_order_of_the_roads_round_above_it():
    opened, blocked = (result(BlockAtT6, block=block).found for block in ("none", "T6"))
    assert opened["lumbar"].at["T4"] > 2 * opened["ventricle"].at["T4"]
    assert blocked["lumbar"].at["T4"] < 0.01 * blocked["ventricle"].at["T4"]
    assert blocked["lumbar"].at["T8"] > 2 * opened["lumbar"].at["T8"]
    assert blocked["ventricle"].at["T8"] < 0.01 * opened["ventricle"].at["T8"]


def test_the_unit_of_the_divided_canal_is_the_highest_by_the_open_lumbar_road():
    assert result(BlockAtT6).found["lumbar"].canal.max() == pytest.approx(1)


def test_two_harms_are_never_on_one_axis():
    for device in DEVICE:
        for mouth in MOUTH:
            found = result(TwoUnits, mouth=mouth, device=device)
            assert found.why  # `one_axis` refused them
            assert "cannot stand on one axis: " in words(TwoUnits, mouth=mouth, device=device)
    chart = TwoUnits(device="wd_rate")
    chart.draw()
    assert len(chart.panels) == 2 and chart.panels[0].get_ylabel() == "% per patient" and chart.panels[1].get_ylabel() == risks["wd_rate"].unit
    assert {row["what"] for row in chart.sources()} >= {f"{risks['wd_rate'].complication}, {risks['wd_rate'].route_or_device}"}


@pytest.mark.parametrize("cls", [PainSpread, IntoTheMass, Infection, WhatSetsTheInterval, TrialsByLot, BlockAtT6])
def test_facts_behind_each_chart_can_be_looked_up(cls):
    assert all(row["paper"] for row in cls().sources())
