"""Frequencies that cannot be compared are refused one axis, with the reason."""

from dataclasses import replace

import pytest

from crossing.facts import AxisError, facts, one_axis, risks


def test_two_needles_in_one_analysis_share_an_axis():
    rows = one_axis([risks["pdph_conv"], risks["pdph_atr"]])
    assert [row.id for row in rows] == ["pdph_conv", "pdph_atr"]


@pytest.mark.parametrize("first, second, why", [
    ("omm_inf", "omm_rate", "counted per different things (% per patient; per 10000 device-days)"),
    ("motta_leak", "motta_cath", "different outcomes (CSF leak; catheter problem)"),
    ("omm_inf", "omm_child", "different people"),
    ("pdph_24h", "pdph_7d", "followed for different lengths of time (24 h; 7 days)"),
    ("sh_nocoag", "sh_coag", "no coagulopathy; Denmark 2008-2018, with coagulopathy"),
])
def test_rows_that_differ_are_refused_with_the_reason(first, second, why):
    with pytest.raises(AxisError) as error:
        one_axis([risks[first], risks[second]])
    assert str(error.value).startswith(f"{first} and {second} cannot stand on one axis") and why in str(error.value)


def test_every_difference_is_named_at_once():
    with pytest.raises(AxisError) as error:
        one_axis([risks["pdph_conv"], risks["omm_rate"]])
    assert str(error.value).count("different") == 4


def test_each_pair_is_judged_alike_from_either_side():
    rows = [row for row in risks.values() if row.value is not None]
    for row in rows[1:]:
        outcome = []
        for pair in ([rows[0], row], [row, rows[0]]):
            try:
                outcome.append(len(one_axis(pair)))
            except AxisError:
                outcome.append("refused")
        assert outcome[0] == outcome[1], row.id


def test_reports_without_a_denominator_have_no_axis():
    with pytest.raises(ValueError, match="vinca_syringe.*without a denominator"):
        one_axis([risks["vinca_syringe"]])


@pytest.mark.parametrize("rows, words", [([], "found none"), ([facts["csf_total_text"]], "rows of the table of risks")])
def test_nothing_to_draw_is_said(rows, words):
    with pytest.raises(ValueError, match=words):
        one_axis(rows)


def test_a_source_that_the_maker_paid_for_is_marked():
    assert "maker" in risks["smith_cmm"].remark and "maker" not in replace(risks["smith_cmm"], supported_by_maker=False).remark
