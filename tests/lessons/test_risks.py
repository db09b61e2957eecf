"""What lesson 07 claims must come out of its charts; and the eight house rules for showing risk hold on each of them."""

import itertools
import re

import numpy as np
import pytest
from matplotlib.text import Text

from crossing.explore.theme import MODEL, PUBLISHED
from crossing.facts import AxisError, one_axis, risks
from crossing.lessons.risks import CentreEffect, FourHazards, HundredPeople, NoneSeen, PerWhat, ReadATrial, ThreeTellings, WrongSyringe
from crossing.lessons.risks.centre import ROWS
from crossing.lessons.risks.menu import HARMS
from crossing.lessons.risks.parts import ASKED, FIXED, SILENT, one
from crossing.lessons.risks.per_what import COUNTED, FOLLOWED, shapes
from crossing.lessons.risks.trial import GONE, LOT
from crossing.models.hazard import share_hit
from crossing.models.risk import spread_of_shares

ALL = (ThreeTellings, HundredPeople, PerWhat, NoneSeen, WrongSyringe, CentreEffect, ReadATrial, FourHazards)
PAIRS = {key: harm for key, harm in HARMS.items() if len(harm.rows) == 2}
each_harm = pytest.mark.parametrize("key", HARMS)


@pytest.fixture(autouse=True)
def unveiled(monkeypatch):
    monkeypatch.setattr("crossing.explore.explorable.Explorable.veiled", property(lambda self: False))


KEPT = {}


def opened(chart, narrow=False, fresh=False, **settings):
    """The chart at these settings, drawn. One of each kind and width is kept, unless a `fresh` one is asked for."""
    made = KEPT.get((chart, narrow))
    if made is None or fresh:
        made = chart()
        made.set_layout("narrow" if narrow else "wide")
        if not fresh:
            KEPT[chart, narrow] = made
    made.set(**{name: control.default_value for name, control in made.controls().items()} | settings)
    made.draw()
    return made


def result(chart, **settings):
    return opened(chart, **settings).result


def words(chart, **settings):
    made = chart()
    made.set(**settings)
    return made.describe(made.result)


def written(made):
    """All words on the picture as it stands."""
    hidden = {id(text) for axes in made.chart.figure.axes if not axes.get_visible() for text in axes.findobj(Text)}
    return [text.get_text() for text in made.chart.figure.findobj(Text) if id(text) not in hidden and text.get_visible() and text.get_text().strip()]


def page(made):
    return re.sub(r"\s+", " ", " | ".join(written(made)).replace("\u202f", " "))


def settings(chart):
    """Each option of each control, one at a time."""
    yield {}
    for name, control in chart.controls().items():
        options = control.options()
        yield from ({name: option} for option in (options if len(options) <= 12 else options[:: len(options) // 6]))


# ---- the opening ----------------------------------------------------------------------------------------------------------


def test_three_tellings_of_one_fact():
    assert "3.3 times" in words(ThreeTellings) and "6.2 more of 100" in words(ThreeTellings, telling="difference")
    assert "in 2.7 with" in words(ThreeTellings, telling="pumps") and "in 8.9 with" in words(ThreeTellings, telling="pumps")
    made = opened(ThreeTellings, telling="pumps")
    assert [len(a.likely.get_xdata()) for a in made.arrays] == [3, 9] and not any(len(a.sure.get_xdata()) for a in made.arrays)


def test_each_telling_says_what_it_does_not_say():
    silent = [opened(ThreeTellings, telling=telling).result.answers.count(SILENT) for telling in ("times", "difference", "pumps")]
    assert silent == [2, 0, 0]


# ---- house rule 1: one denominator for a chart, the smallest that shows everybody; number and picture together -------------


@each_harm
def test_rule_1_one_denominator(key):
    made = opened(HundredPeople, complication=key)
    r = made.result
    shares = [row.value / 100 for row in r.rows]
    assert min(shares) * r.of >= 0.95 and (r.of == 100 or min(shares) * r.of / (1000 if r.of == 100_000 else 10) < 0.95)
    shown = [of for of, arrays in made.arrays.items() for array in arrays if array.axes.get_visible() and of]
    assert set(shown) == {r.of}
    for count in r.counts:
        assert one(count[0]) in page(made), "the number stands beside the picture"


@pytest.mark.parametrize("chart, of", [(NoneSeen, 1000), (PerWhat, 100), (CentreEffect, 100), (ThreeTellings, 100)])
def test_rule_1_the_other_charts_keep_theirs(chart, of):
    for values in settings(chart):
        made = opened(chart, **values)
        arrays = [made.array] if chart is NoneSeen else [*made.arrays, *([made.one] if chart is CentreEffect else [])]
        assert {array.of for array in arrays} == {of}


# ---- house rule 2: the starting risk, then the difference, the ratio last and never alone ------------------------------------


@pytest.mark.parametrize("key", PAIRS)
def test_rule_2_baseline_difference_ratio(key):
    made = opened(HundredPeople, complication=key)
    told, card = made.describe(made.result), page(made)
    first = [told.index(harm) for harm in PAIRS[key].groups]
    assert first == sorted(first) and max(first) < told.index("difference") < told.index("ratio")
    assert card.index("Difference") < card.index("Ratio, last")
    assert list(made.readings(made.result))[-2:] == ["Difference", "Ratio"]


def test_rule_2_no_ratio_without_a_second_group():
    for key in set(HARMS) - set(PAIRS):
        made = opened(HundredPeople, complication=key)
        assert "ratio" not in words(HundredPeople, complication=key).lower() and "Ratio" not in page(made)


def test_rule_2_the_ratio_alone_is_the_opening_and_says_what_it_lacks():
    """The one telling by a ratio is there to be seen through: it names the two questions that it leaves open."""
    for chart, values in ((each, values) for each in ALL for values in settings(each)):
        told = words(chart, **values)
        if re.search(r"\btimes\b", told) and "differ" not in told and "of 100" not in told:
            assert (chart, values.get("telling", "times")) == (ThreeTellings, "times") and told.endswith(f"{SILENT}.")


# ---- house rule 3: no "1 in X"; the rare on 100 000, and said so -----------------------------------------------------------


@pytest.mark.parametrize("chart", ALL)
@pytest.mark.parametrize("narrow", [False, True])
def test_rule_3_never_one_in_so_many(chart, narrow):
    for values in settings(chart):
        made = opened(chart, narrow, **values)
        for text in (made.describe(made.result), page(made), str(made.table(made.result))):
            assert not re.search(r"(?<![\d.])\b(1|one) in (\d|a |an )|(?<!\d)1:\d", text), text


def test_rule_3_the_rare_are_drawn_among_a_hundred_thousand_and_this_is_said():
    rare = [key for key, harm in HARMS.items() if min(risks[row].value for row in harm.rows) < 0.1]
    assert set(rare) == {"nerve injury", "wrong refill"}
    for key in rare:
        made = opened(HundredPeople, complication=key)
        assert made.result.of == 100_000 and "each field is 1000; marks are drawn larger" in page(made)


@pytest.mark.parametrize("chart", [NoneSeen, WrongSyringe])
def test_rule_3_a_stretched_axis_has_a_switch(chart):
    made = opened(chart, log=True)
    assert made.axes.get_yscale() == "log"
    made.set(log=False)
    made.draw()
    assert made.axes.get_yscale() == "linear"


# ---- house rule 4: interval, count, unit, follow-up, source on the chart; different units apart -----------------------------


@each_harm
@pytest.mark.parametrize("narrow", [False, True])
def test_rule_4_all_that_a_figure_needs_is_on_the_chart(key, narrow):
    made = opened(HundredPeople, narrow, complication=key)
    seen, harm, r = page(made), HARMS[key], made.result
    assert all(question in seen for question in ASKED)
    for row, count in zip(r.rows, r.counts):
        if row.low is not None:
            assert f"({one(count[1])} to {one(count[2])})" in seen
        if row.events is not None:
            assert f"{row.events:.0f}" in seen
        else:
            assert "counts not given" in seen
    assert harm.long.replace("\u202f", " ") in seen and re.split(r"[ ,]", r.rows[0].source)[0] in seen
    assert ("from the maker" in seen) == r.rows[0].supported_by_maker


@pytest.mark.parametrize("key", PAIRS)
def test_rule_4_two_groups_are_of_one_paper_one_unit_one_time(key):
    first, second = (risks[row] for row in PAIRS[key].rows)
    assert (first.unit, first.follow_up, first.source) == (second.unit, second.follow_up, second.source)
    try:
        one_axis([first, second])
        accepted = True
    except AxisError:
        accepted = False
    assert accepted or PAIRS[key].lot.startswith("groups not drawn by chance"), "two groups that differ in more than chance are said to"


def test_rule_4_what_is_counted_is_what_the_row_counts():
    units = {"people": ("% per patient", "% per patient imaged"), "children": ("% per patient",), "blocks": ("% per procedure",), "refills": ("% per refill",), "pumps": ("% of pumps",)}
    for harm in HARMS.values():
        assert all(risks[row].unit in units[harm.of] for row in harm.rows)


def test_rule_4_every_number_in_the_words_of_the_menu_is_in_its_row():
    for harm in HARMS.values():
        known = " ".join(f"{row.population} {row.follow_up} {row.note} {row.events} {row.denominator} {row.value}" for row in (risks[name] for name in harm.rows))
        if harm.name == "nerve injury":
            other = risks["nap3_perm_opt"]
            known += f" {other.events:.0f} {one(1000 * other.value)} {other.note}"
        if harm.name == "withdrawal":
            known += risks["wd_rate"].note
        for number in re.findall(r"\d+(?:\.\d+)?", f"{harm.what} {harm.long} {harm.note}".replace("\u202f", "")):
            assert number in known or number in ("100000",), (harm.name, number)
    assert "0.40 (0.34-0.47)" in risks["pdph_atr"].note and "0.40 times (0.34-0.47)" in HARMS["headache"].note


def test_rule_4_three_counts_stand_in_three_panels():
    made = opened(PerWhat)
    assert len({id(array.axes) for array in made.arrays}) == 3
    with pytest.raises(AxisError, match="counted per different things"):
        one_axis([risks[name] for name in PerWhat.facts])


def test_rule_4_reports_have_no_axis_and_no_people():
    made = opened(NoneSeen, study="reports")
    assert not made.array.axes.get_visible() and not len(made.mark.get_xdata()) and "nothing to draw" in page(made)
    with pytest.raises(ValueError, match="denominator"):
        one_axis([risks["vinca_syringe"]])
    assert "Out of how many: not said." in page(opened(WrongSyringe))


# ---- house rules 5 and 6: equal size; shapes besides colour; blocks, and scattered marks by a switch ------------------------


@pytest.mark.parametrize("narrow", [False, True])
def test_rule_5_arrays_side_by_side_have_marks_of_one_size(narrow):
    for arrays in (*opened(HundredPeople, narrow).arrays.values(), opened(PerWhat, narrow).arrays, opened(CentreEffect, narrow).arrays, opened(ThreeTellings, narrow).arrays):
        assert len({round(array.likely.get_markersize(), 9) for array in arrays}) == 1
    made = opened(ReadATrial, narrow)
    assert len({mark.get_markersize() for group in made.marks for mark in group}) == 1


def test_rule_6_marks_differ_in_shape_or_fill():
    made = opened(HundredPeople)
    assert len({(a.get_marker(), a.get_markerfacecolor()) for a in made.arrays[100][0].artists}) == 3
    assert len({(m.get_marker(), m.get_markerfacecolor()) for m in opened(ReadATrial).marks[0]}) == 5
    assert len({area.get_hatch() for area in opened(FourHazards).areas}) == 4
    assert len({line.get_linestyle() for line in opened(PerWhat, view="time").curves}) == 3


@each_harm
def test_rule_6_scattering_moves_the_marks_and_changes_nothing_else(key):
    rows, loose = (opened(HundredPeople, fresh=True, complication=key, scatter=scatter) for scatter in (False, True))
    assert rows.describe(rows.result) == loose.describe(loose.result)
    for a, b in zip(rows.arrays[rows.result.of], loose.arrays[loose.result.of]):
        assert [len(x.get_xdata()) for x in a.artists] == [len(x.get_xdata()) for x in b.artists]
    assert not HundredPeople.controls()["scatter"].default_value and HundredPeople.controls()["scatter"].look


# ---- house rule 7: a guess first ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("chart", [HundredPeople, PerWhat, NoneSeen, CentreEffect])
@pytest.mark.parametrize("narrow", [False, True])
def test_rule_7_a_guess_comes_first_and_nothing_is_said_before(chart, narrow, monkeypatch):
    monkeypatch.setattr("crossing.explore.explorable.Explorable.veiled", property(lambda self: True))
    made = opened(chart, narrow, fresh=True)
    assert made.guess.startswith("07.")
    before = page(made)
    assert not re.search(r"\d", before.replace("95 %", "").replace("1000", "").replace("100", "").replace("10 000", "").replace("10", "").replace("1", "")), before
    assert not any(word in before for word in (*ASKED, "Difference", "fewer", "infection ", "none hit", "may still", "Up to so many of"))


# ---- house rule 8: two stamps, and no deaths before a word of care --------------------------------------------------------------


def test_rule_8_stamps():
    assert {chart for chart in ALL if chart.stamp == PUBLISHED} == {ThreeTellings, HundredPeople, NoneSeen, CentreEffect, ReadATrial}
    assert {chart for chart in ALL if chart.stamp == MODEL} == {PerWhat, WrongSyringe, FourHazards}
    assert all("invented" in chart.model or "invented" in words(chart, **values) for chart, values in ((WrongSyringe, {}), (FourHazards, {}), (PerWhat, {"view": "time"})))


@pytest.mark.parametrize("chart", ALL)
def test_rule_8_no_deaths_are_shown(chart):
    for values in settings(chart):
        made = opened(chart, **values)
        seen = page(made).replace(FIXED, "").replace("can be fatal", "")
        assert not re.search(r"\b(die[sd]?|deaths?|fatal|killed)\b", made.describe(made.result) + seen, re.I)


@pytest.mark.parametrize("narrow", [False, True])
def test_faults_and_withdrawal_carry_the_fixed_line(narrow):
    for key, harm in HARMS.items():
        assert (FIXED in page(opened(HundredPeople, narrow, complication=key))) == harm.warn
    assert all(FIXED in page(opened(ThreeTellings, narrow, telling=telling)) for telling in ("times", "difference", "pumps"))
    assert all(HARMS[key].warn for key in ("withdrawal", "pump", "catheter", "wrong refill"))


def test_the_menu_meets_every_complication_of_the_field():
    asked = ("infection", "bleeding", "nerve injury", "CSF leak", "headache", "wrong refill", "withdrawal", "catheter", "pump", "mass", "breathing")
    assert set(asked) == set(HARMS)


# ---- core 2 -----------------------------------------------------------------------------------------------------------------------


def test_the_same_infections_are_three_figures():
    procedure, child, year = (ends[0] for ends in result(PerWhat).counts)
    assert procedure == pytest.approx(risks["itb_inf_proc"].value, abs=0.01)
    assert child == pytest.approx(14.1, abs=0.05) and result(PerWhat).added == pytest.approx(risks["itb_inf_pt"].value, abs=0.05)
    assert year == pytest.approx(100 * 50 / (341 * FOLLOWED), rel=0.01) and COUNTED == 2.1
    assert "6.9 infections of 100 procedures" in words(PerWhat) and "2.3 infections of 100 years" in words(PerWhat)


def test_repeated_risks_compound_and_never_add_up_to_more_than_all():
    shares = [result(PerWhat, number=n).counts[1][0] for n in PerWhat.controls()["number"].options()]
    assert shares == sorted(shares) and shares[-1] < 70
    assert result(PerWhat, number=15).added > 100
    assert result(PerWhat, number=1).counts[1][0] == pytest.approx(result(PerWhat, number=1).counts[0][0])


def test_a_longer_follow_up_lowers_the_figure_per_year_and_no_other():
    short, long = (result(PerWhat, years=years).counts for years in (1, 10))
    assert short[0] == long[0] and short[1] == long[1] and short[2][0] == pytest.approx(10 * long[2][0])


@pytest.mark.parametrize("number", PerWhat.controls()["number"].options())
def test_three_shapes_meet_where_the_paper_closed_and_nowhere_else(number):
    ends = [count[0] for count in result(PerWhat, view="time", number=number).counts]
    assert ends == pytest.approx([result(PerWhat, number=number).counts[1][0]] * 3, abs=0.1)
    early, even, late = (count[0] for count in result(PerWhat, view="time", number=number, years=1).counts)
    assert early > 3 * even > 9 * late
    early, even, late = (count[0] for count in result(PerWhat, view="time", number=number, years=10).counts)
    assert early < even < late


def test_those_who_leave_can_no_longer_meet_the_harm():
    stay, go = ([count[0] for count in result(PerWhat, view="time", leave=leave).counts] for leave in (0, 20))
    lost = [a - b for a, b in zip(stay, go)]
    assert 0 < lost[0] < lost[1] < lost[2]
    assert stay == pytest.approx([100 * share_hit(h, FOLLOWED) for h in shapes(stay[1] / 100)], abs=0.1)


# ---- core 3 -----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("study, bound, three", [("refills", 3.36, 3.37), ("patients", 112.9, 120), ("births", 0.595, 0.596)])
def test_none_seen_is_not_none(study, bound, three):
    r = result(NoneSeen, study=study)
    assert (r.bound, r.three) == (pytest.approx(bound, rel=0.002), pytest.approx(three, rel=0.002))


def test_the_same_study_per_refill_and_per_patient():
    assert "up to 3.4 of 1000 refills" in words(NoneSeen) and "up to 113 of 1000 patients" in words(NoneSeen, study="patients")
    assert "the same study" in words(NoneSeen, study="patients") and "25" in risks["refill_inf"].population
    made = opened(NoneSeen, study="patients")
    assert len(made.array.maybe.get_xdata()) == 113 and not len(made.array.likely.get_xdata()) + len(made.array.sure.get_xdata())


def test_the_sentences_take_their_figures_from_the_rows():
    for study in NoneSeen.controls()["study"].options():
        said = words(NoneSeen, study=study)
        row = risks[{"reports": "maude_inf", "births": "rd_obs_zero"}.get(study, "refill_inf")]
        number = 25 if study == "patients" else row.denominator
        assert f"{row.events:g} of {number:g}" in said


# ---- the wrong syringe ------------------------------------------------------------------------------------------------------------


def test_layers_that_fail_separately_multiply_and_one_cause_is_a_floor():
    for n, lets in itertools.product((1, 3, 5), (1, 10, 20)):
        assert result(WrongSyringe, layers=n, lets=lets).apart[-1] == pytest.approx(100_000 * (lets / 100) ** n)
    three, five = (result(WrongSyringe, layers=n, cause=1).together[-1] for n in (3, 5))
    assert 1000 < five < three < 1100
    assert np.array_equal(result(WrongSyringe).together, result(WrongSyringe).apart)


@pytest.mark.parametrize("narrow", [False, True])
def test_not_for_intrathecal_use_in_view_and_no_rescue(narrow):
    for values in settings(WrongSyringe):
        made = opened(WrongSyringe, narrow, **values)
        assert "not for intrathecal use" in page(made) and "not for intrathecal use" in made.describe(made.result)
        assert not re.search(r"wash|rescue|drain|treat|antidote|remove", page(made) + made.describe(made.result), re.I)


# ---- break it ---------------------------------------------------------------------------------------------------------------------


def test_the_mean_of_four_centres_lies_within_few_of_them():
    r = result(CentreEffect)
    assert (r.events, r.of) == (57, 909)
    found = spread_of_shares([10, 34, 12, 1], [106, 616, 89, 98])
    assert (r.spread.mean, r.spread.next_high) == (found.mean, found.next_high)
    shares = [row.value for row in ROWS]
    assert max(shares) > 13 * min(shares) and found.i2 > 0.7
    assert all(abs(share - 100 * found.mean) > 1.5 for share in shares), "no centre has the mean"


def test_the_four_cannot_stand_on_one_axis():
    assert "different outcomes" in result(CentreEffect).why and "different people" in result(CentreEffect).why and "different lengths of time" in result(CentreEffect).why
    assert "cannot stand on one axis" in words(CentreEffect, view="apart")


def test_in_how_long_differs_most():
    seen = page(opened(CentreEffect, view="apart"))
    assert "mean 2.1 years" in seen and "mean 5.6 years" in seen and "first year: 15 of 100" in seen
    assert "Kaplan-Meier 15 % in the first year" in risks["omm_men"].note


# ---- further ----------------------------------------------------------------------------------------------------------------------


def test_the_missing_decide_the_sign():
    assert LOT == (101, 99) and GONE == (30, 27)
    published = result(ReadATrial, interval="Wald")
    assert published.points == pytest.approx(13.7, abs=0.05) and published.ends == [pytest.approx(0.2, abs=0.05), pytest.approx(27.1, abs=0.05)]
    assert "Wald 0.2 to 27.1" in risks["smith_cmm"].note
    worst, best = (result(ReadATrial, **ReadATrial.presets[name]) for name in ("Worst for the pump", "Best for the pump"))
    assert (worst.well, worst.of) == ([60, 78], (101, 99)) and (best.well, best.of) == ([90, 51], (101, 99))
    assert worst.ends[1] < 0 < best.ends[0]


def test_who_had_the_device_is_on_the_chart():
    for part in ("only 52 had the device at 4 weeks", "30 of 99 controls crossed over by 6 months"):
        assert part in risks["smith_cmm"].note
    seen = page(opened(ReadATrial))
    assert "52 of the 143" in seen and "30 of 99" in seen and "maker" in seen


def test_everybody_made_by_lot_is_drawn_once():
    for values in ({}, {"missing": "by hand"}, *ReadATrial.presets.values()):
        made = opened(ReadATrial, **values)
        assert [sum(len(mark.get_xdata()) for mark in group) for group in made.marks] == list(LOT)


def test_each_halving_of_the_dose_spares_fewer():
    for solution, years in itertools.product(("weaker", "slower"), (1, 2, 5)):
        harms = [result(FourHazards, dose=dose, solution=solution, years=years).now for dose in (100, 50, 25, 12.5)]
        spared = [a - b for a, b in zip(harms, harms[1:])]
        assert spared[0] > 2 * spared[1] > 2 * spared[2] > 0 and harms[-1] > harms[0] / 4
    assert result(FourHazards, dose=50).parts[1] == result(FourHazards).parts[1], "the device knows nothing of the dose"
    assert result(FourHazards, dose=50, solution="slower").now > result(FourHazards, dose=50).now


@pytest.mark.parametrize("cls", [chart for chart in ALL if chart.facts])
def test_rows_behind_each_chart_can_be_looked_up(cls):
    rows = cls().sources()
    assert all(row["paper"] and row["value"] for row in rows) and len(rows) == len(cls.facts)
    assert not any(risks[name].status == "memory" for name in cls.facts)
