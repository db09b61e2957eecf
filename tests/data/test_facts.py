"""Looking figures up: by id, in a unit, with their papers."""

import os
import subprocess
import sys
from html.parser import HTMLParser

import pytest

from crossing.facts import Sources, UnitError, UnknownId, conflicts, facts, glossary, levels, risks, sources, units


def test_importing_reads_no_file_and_no_pint():
    lines = ("import sys, builtins; import csv, dataclasses; opened = []; was = builtins.open\n"
             "builtins.open = lambda name, *a, **k: (opened.append(str(name)), was(name, *a, **k))[1]\n"
             "import crossing.facts as f; assert not [n for n in opened if n.endswith('.csv')], opened\n"
             "f.facts['cap_length'].to('km'); f.sources(['cap_length'])\n"
             "assert 'pint' not in sys.modules and 'numpy' not in sys.modules\n"
             "f.facts['cap_length'].to('m'); assert 'pint' in sys.modules\n")
    environment = dict(os.environ, PYTHONPATH=os.pathsep.join(sys.path))
    subprocess.run([sys.executable, "-c", lines], check=True, env=environment)


@pytest.mark.parametrize("name, unit, expected", [
    ("csf_total_text", "L", 0.15), ("csf_prod_mri", "mL/min", 0.451389), ("kroin_t2_t12", "dimensionless", 0.43),
    ("kroin_t2_t12", "%", 43), ("cbf_butanol", "mL/g/min", 0.531), ("sss_csf_model", "cm**3", 97.3), ("sss_csf_model", "mL", 97.3),
    ("nusi_thalf", "h", 3912), ("lp_pressure", "mmHg", 11.43), ("T_iso_bupi", "K", 308.25), ("claim98", "fraction", 0.98)])
def test_a_value_in_another_unit(name, unit, expected):
    assert facts[name].to(unit) == pytest.approx(expected, rel=1e-3)


def test_a_range_in_another_unit():
    assert facts["morph_isobaric_tmax"].range_in("h") == (pytest.approx(5 / 60), pytest.approx(0.25))
    assert facts["baclofen_cl"].range_in("mL/h") == (13, 80)
    assert facts["cap_length"].range_in("km") == (650, 650)  # no bounds: the value stands for both


@pytest.mark.parametrize("ask", [lambda: facts["cap_length"].to("h"), lambda: facts["cap_length"].to("furlongs per"),
                                 lambda: facts["cap_length"].to("9**9**9**9"), lambda: facts["baclofen_cl"].to("mL/h"),
                                 lambda: facts["pig_baclofen"].to("cm"), lambda: facts["pig_baclofen"].range_in("cm")])
def test_a_conversion_that_makes_no_sense_names_the_fact_or_the_unit(ask):
    with pytest.raises(UnitError, match="cap_length|unit|baclofen"):
        ask()


def test_an_unknown_id_names_the_nearest():
    with pytest.raises(UnknownId, match="csf_total_text"):
        facts["csf_total_txt"]
    with pytest.raises(KeyError, match="T12"):
        levels["T13"]
    assert "T13" not in levels and facts.get("nothing of the kind") is None


def test_tables_are_mappings():
    assert next(iter(levels)) == "S2" and levels["T12"] == 24.0 and isinstance(levels["C7"], float)
    assert glossary["half-distance"].definition.startswith("The distance")
    assert risks["sh_nocoag"].events == 99
    assert facts["kroin_t2_t12"].cite() == "Kroin JS et al., Neurosurgery 1993;33:226"


@pytest.mark.parametrize("name, expected", [
    ("csf_total_text", "150 mL (125 to 150)"), ("baclofen_thalf", "0.9 to 5 h"), ("cbf_butanol", "53.1 mL/100 g/min"),
    ("roots_spread", "60 %"), ("pgp_digoxin", "35-fold (20 to 50)"), ("taylor_sss_max", "1600000-fold"),
    ("P_sucrose_vitro", "3.12×10⁻⁷ cm/s (2.94×10⁻⁷ to 3.3×10⁻⁷)"), ("slug_volume", "1 to 10 mL"), ("kroin_t2_t12", "0.43"),
    ("morph_im_f", "0.005 % (at most 0.005)")])
def test_a_figure_in_words(name, expected):
    assert facts[name].figure() == expected


def test_the_sources_table_in_plain_words():
    shown = sources(["kroin_t2_t12", "lipinski", "canal_length", "kroin_t2_t12"])
    assert len(shown) == 3 and isinstance(shown, Sources)
    text = repr(shown)
    assert text == repr(sources(["kroin_t2_t12", "lipinski", "canal_length"]))
    for words in ("Kroin JS", "https://pubmed.ncbi.nlm.nih.gov/7690122/", "source not checked", "assumed for this course", "0.43, human"):
        assert words in text
    assert all(len(line) <= 110 for line in text.splitlines())


def test_every_row_can_be_shown_and_addresses_stay_whole():
    shown = sources([*facts, *risks])
    assert len(shown) == len(facts) + len(risks)
    text = repr(shown)
    assert all(row.what and row.figure and row.paper for row in shown)
    assert all(row.url in text for row in shown if row.url)


class Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.scopes, self.links, self.open = [], [], [], []

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        attributes = dict(attributes)
        if tag == "th":
            self.scopes.append(attributes["scope"])
        if tag == "a":
            self.links.append(attributes["href"])
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_the_html_table_has_a_caption_and_headed_rows():
    shown = sources(["kroin_t2_t12", "lipinski", "csf_total_text"])
    page = Page()
    page.feed(shown._repr_html_())
    assert not page.open
    assert page.tags[:4] == ["details", "summary", "table", "caption"]
    assert page.scopes == ["col"] * 3 + ["row"] * 3
    assert page.links == [row.url for row in shown if row.url]
    assert "source not checked" in shown._repr_html_()
    assert "disagrees with total CSF volume, newer reviews: 325 mL (250 to 400)" in shown._repr_html_()


def test_text_from_the_table_cannot_become_markup():
    shown = sources(["block_vs_csfvol"])
    assert "P<0.0001" not in shown._repr_html_()
    from crossing.facts import SourceRow
    assert "<script>" not in Sources([SourceRow("x", "<script>", "<b>", "<i>", "https://x.org/?a=1&b=\"", "<u>")], "<t>")._repr_html_()


def test_no_conflict_is_said_in_words():
    none = conflicts("cap_length")
    assert len(none) == 0 and "disagrees" in repr(none) and "disagrees" in none._repr_html_()


def test_a_paper_without_an_address_can_be_searched_for():
    """One step to every paper that was read; nothing to search for where a figure was assumed, worked out or recalled."""
    lost = facts["kpuu_oxycodone"]
    assert not lost.url and lost.search == "https://pubmed.ncbi.nlm.nih.gov/?term=Bostrom+E+et+al.%2C+Drug+Metab+Dispos+2006%3B34%289%29"
    assert lost.search in sources(["kpuu_oxycodone"])._repr_html_()
    for row in facts.values():
        assert bool(row.url or row.search) == (row.status == "seen" or bool(row.url)), row.id


def test_factors_written_down_are_those_of_pint():
    for (unit, target), factor in units.FACTORS.items():
        assert factor == units.registry().Quantity(1, unit).to(target).magnitude, (unit, target)


def test_a_learners_kernel_does_not_load_pint():
    """Whoever converts something new in a lesson writes its factor down."""
    probe = ("import importlib, pkgutil, sys\nimport crossing.lessons\n"
             "for module in pkgutil.walk_packages(crossing.lessons.__path__, 'crossing.lessons.'):\n    importlib.import_module(module.name)\n"
             "from crossing.explore.explorable import Explorable\nExplorable.veiled = property(lambda chart: False)\n"
             "for cls in Explorable.registry.values():\n    cls().result\n"
             "assert 'pint' not in sys.modules\n")
    subprocess.run([sys.executable, "-c", probe], check=True, env=os.environ | {"CROSSING_JOURNAL": ":memory:"})
