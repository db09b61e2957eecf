"""The tables as they are shipped: readable, sourced, consistent with themselves."""

import csv
import math
import re
from urllib.parse import urlsplit

import pytest

from crossing.facts import conflicts, data_folder, facts, glossary, levels, risks

#: Papers, their records, and the bodies that issued an alert or a page. No mirror, no university's copy.
HOSTS = {"doi.org", "pubmed.ncbi.nlm.nih.gov", "pmc.ncbi.nlm.nih.gov", "radiopaedia.org", "mdd.gov.hk", "www.ecri.org",
         "www.jkns.or.kr", "www.mdpi.com", "pubs.asahq.org", "aacrjournals.org", "www.gov.uk"}
SHAPES = {"doi.org": r"/10\.\d{4,9}/\S+", "pubmed.ncbi.nlm.nih.gov": r"/\d+/", "pmc.ncbi.nlm.nih.gov": r"/articles/PMC\d+"}
TABLES = (facts, risks, glossary, levels)
SOURCED = [*facts.values(), *risks.values()]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_table_loads_with_every_row(table):
    with open(data_folder() / f"{table.name}.csv", encoding="utf-8", newline="") as file:
        assert len(table) == sum(1 for _ in csv.reader(file)) - 1


def test_every_unit_is_read_by_pint():
    assert len(facts.read(data_folder() / "facts.csv", check_units=True)) == len(facts)


def test_no_id_is_both_a_fact_and_a_risk():
    assert not set(facts) & set(risks)


@pytest.mark.parametrize("row", [row for row in SOURCED if row.url], ids=lambda row: row.id)
def test_addresses_are_the_papers_own(row):
    parts = urlsplit(row.url)
    assert parts.scheme == "https" and parts.hostname in HOSTS
    assert re.fullmatch(SHAPES.get(parts.hostname, ".+"), parts.path)


def test_no_trace_is_left_of_how_a_page_was_reached():
    for name in ("facts", "risks"):
        text = (data_folder() / f"{name}.csv").read_text(encoding="utf-8").lower()
        for word in ("where_read", "abstract database", "mirror", "stored page is", "elsevierpure", "from memory)"):
            assert word not in text, (name, word)


def test_what_was_not_checked_says_so():
    unchecked = [row for row in SOURCED if row.status == "memory"]
    assert unchecked and all("source not checked" in row.remark for row in unchecked)
    assert all("source not checked" in row.note for row in unchecked)


def test_assumptions_and_results_of_our_own_say_what_they_rest_on():
    for row in facts.values():
        if row.status == "assumed":
            assert "assumption" in row.source and not row.url and row.note
        if row.status == "derived":
            assert re.search(r"worked out|computed|one over| ln\(", f"{row.source} {row.context} {row.note}"), row.id


@pytest.mark.parametrize("first, second", [
    ("csf_total_text", "csf_total_new"), ("csf_prod_classic", "csf_prod_mri"), ("sv_cerv_enzmann", "sv_cerv_freiburg"),
    ("baclofen_csf_obs", "heetla_dose"), ("breath_vs_heart", "breath_main_driver"), ("rc_basal", "rc_cisterns_first")])
def test_sources_that_disagree_are_shown_together(first, second):
    assert second in facts[first].conflicts_with and first in facts[second].conflicts_with
    shown = conflicts(first)
    assert shown[0].id == first and second in [row.id for row in shown]


def test_every_conflict_goes_both_ways():
    for row in facts.values():
        assert all(row.id in facts[other].conflicts_with for other in row.conflicts_with)


def wilson(events, of, z=1.959964):
    share, spread = events / of, z * z / of
    centre = (share + spread / 2) / (1 + spread)
    half = z * math.sqrt(share * (1 - share) / of + spread / of / 4) / (1 + spread)
    return 100 * max(0, centre - half), 100 * (centre + half)


@pytest.mark.parametrize("row", [row for row in risks.values() if row.ci_method.startswith("Wilson") and row.events is not None],
                         ids=lambda row: row.id)
def test_an_interval_called_wilson_is_one(row):
    low, high = wilson(row.events, row.denominator)
    assert row.value == pytest.approx(100 * row.events / row.denominator, rel=0.01, abs=1e-9)
    assert (row.low, row.high) == (pytest.approx(low, rel=0.02, abs=1e-4), pytest.approx(high, rel=0.02))


def test_figures_paid_for_by_a_maker_are_marked():
    assert risks["smith_both_c"].supported_by_maker and risks["pocket"].supported_by_maker
    assert not risks["sh_nocoag"].supported_by_maker
    assert all(row.supported_by_maker for row in risks.values() if "manufacturer" in row.note)


def test_a_risk_stands_alone():
    """Nothing in a row refers to the row above it."""
    for row in risks.values():
        assert not re.match(r"same\b", row.population + row.follow_up + row.complication), row.id


@pytest.mark.parametrize("term", glossary.values(), ids=lambda term: term.term)
def test_a_term_is_explained_in_one_sentence(term):
    assert term.definition[0].isupper() and term.definition.endswith(".")
    assert not re.search(r"[.!?] [A-Z]", term.definition)
    assert len(term.definition.split()) <= 30


def test_levels_agree_with_the_facts_they_were_set_from():
    assert levels["S2"] == 0 and levels["skull"] == facts["canal_length"].to("cm")
    assert levels["T2"] - levels["T12"] == 20
    assert levels["skull"] - levels["L3/4"] == facts["path_L3_FM"].to("cm")
    low, high = facts["cord_length"].range_in("cm")
    assert low <= levels["skull"] - levels["L1/2"] <= high
    assert all(row.status == "assumed" for row in levels.rows.values())


def test_what_was_worked_out_still_follows_from_what_it_was_worked_out_from():
    ratio = facts["kroin_t2_t12"].value
    gap = levels["T2"] - levels["T12"]
    decay = gap / -math.log(ratio)
    loss = math.log(2) / facts["mtx_thalf"].to("h")
    assert facts["decay_length"].value == pytest.approx(decay, abs=0.05)
    low, high = (end * math.log(2) for end in facts["decay_length"].range_in("cm"))
    assert facts["half_distance"].range_in("cm") == (pytest.approx(low, abs=0.05), pytest.approx(high, abs=0.05))
    assert facts["half_distance"].value == pytest.approx(low, abs=0.05)
    assert facts["D_eff"].to("cm^2/h") == pytest.approx(loss * decay**2, rel=0.03)
    assert facts["story_drift"].to("cm/h") == pytest.approx(loss * decay, abs=0.005)
    assert facts["story_sink"].to("cm") == pytest.approx(levels["T2"] + gap * ratio / (1 - ratio), abs=0.005)
    area = facts["sss_csf_model"].to("cm^3") / facts["canal_length"].to("cm")
    assert facts["canal_area"].to("cm^2") == pytest.approx(area, abs=0.005)
    assert facts["A_csf_mean"].to("cm^2") == pytest.approx(area, abs=0.05)
    assert facts["half_distance"].to("cm") > 3 * facts["pig_half_distance"].range_in("cm")[1]


def test_the_dictionary_counts_the_rows_as_they_are():
    """data/README.md says how many rows each table has; a row added is a number to change there."""
    told = dict(re.findall(r"^\| `(\w+\.csv)` \| ([\d ]+) \|", (data_folder() / "README.md").read_text(encoding="utf-8"), re.M))
    assert len(told) >= 6
    for name, count in told.items():
        with open(data_folder() / name, encoding="utf-8", newline="") as file:
            assert sum(1 for _ in csv.DictReader(file)) == int(count.replace(" ", "")), name
