"""A chart of a lesson may name rows of both tables, and each is looked up in its own."""

import pytest

from crossing.facts import UnknownId, facts, risks
from crossing.lessons.sourced import Sourced


class Names(Sourced):
    """Not in the registry, for it has no title."""


def told(*names):
    chart = Names()
    chart.facts = names
    return chart.sources()


def test_facts_and_risks_in_the_order_named():
    first, second, third = told("csf_total_text", "sh_nocoag", "smith_cmm")
    assert first["what"] == facts["csf_total_text"].quantity and first["paper"] == facts["csf_total_text"].cite()
    assert second["what"].startswith("spinal haematoma") and second["url"] == risks["sh_nocoag"].url
    assert "maker" in third["remark"]


def test_a_risk_comes_with_its_count_its_people_and_its_time():
    value = told("sh_nocoag")[0]["value"]
    row = risks["sh_nocoag"]
    assert all(part in value for part in (row.unit, "99 of 49526", row.population, row.follow_up))


def test_reports_show_the_bare_count():
    assert told("vinca_syringe")[0]["value"].startswith("120 reports (no denominator)")


@pytest.mark.parametrize("row", list(risks))
def test_every_row_of_risks_can_be_told(row):
    shown = told(row)[0]
    assert shown["what"] and shown["value"] and shown["paper"]


def test_a_name_in_neither_table_is_refused():
    with pytest.raises(UnknownId):
        told("no_such_row")
