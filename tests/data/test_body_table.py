"""The figures behind the body of the course: as they are shipped, and what a damaged table is told."""

import csv
import math

import pytest

from crossing.facts import DataError, UnknownId, body_figures, data_folder, drug_figures, drug_parameters, drugs, facts
from crossing.facts.units import readable

TABLES = {"body": body_figures, "compounds": drug_figures}
FIGURES = [*body_figures.values(), *drug_figures.values()]


@pytest.mark.parametrize("name", TABLES)
def test_a_table_loads_with_every_row(name):
    with open(data_folder() / f"{name}.csv", encoding="utf-8", newline="") as file:
        assert len(TABLES[name]) == sum(1 for _ in csv.reader(file)) - 1


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.id)
def test_a_figure_has_a_value_within_its_range_a_unit_and_a_source(figure):
    assert math.isfinite(figure.value) and figure.value >= 0 and readable(figure.unit)
    assert (figure.low is None or figure.low <= figure.value) and (figure.high is None or figure.value <= figure.high)
    assert figure.source and figure.quantity and figure.figure().endswith(figure.mark)


@pytest.mark.parametrize("figure", [figure for figure in FIGURES if figure.mark != "assumed"], ids=lambda figure: figure.id)
def test_only_a_fact_that_was_read_or_worked_out_counts_as_measured(figure):
    fact = facts[figure.fact]
    assert fact.status in ("seen", "derived")
    assert ("human" in fact.species) == (figure.mark == "measured in man"), fact.species


def test_a_value_that_is_not_a_facts_own_says_what_was_done_to_it():
    for figure in FIGURES:
        assert figure.times == 1 or figure.note, figure.id
        if not figure.fact:
            assert "assumption" in figure.own_source or "recalled" in figure.own_source or "levels.csv" in figure.own_source, figure.id


def test_figures_that_rest_on_facts_follow_them():
    assert body_figures["csf_formation_ml_per_h"].value == pytest.approx(facts["csf_prod_mri"].to("mL/h"))
    assert body_figures["csf_formation_ml_per_h"].remark == "" and body_figures["neck_exchange_ml_per_h"].remark
    methadone = drug_parameters("methadone")["steady_ml"]
    assert methadone.value == pytest.approx(70 * facts["meth_vd"].to("mL/kg")) and methadone.source == facts["meth_vd"].cite()
    morphine = drug_parameters("morphine")["clearance_ml_per_h"]
    assert (morphine.low, morphine.high) == pytest.approx(facts["morph_cl"].range_in("mL/h"))


def test_a_figure_in_another_unit():
    formation = body_figures["csf_formation_ml_per_h"]
    assert formation.to("mL/day") == pytest.approx(facts["csf_prod_mri"].to("mL/day"))
    assert formation.range_in("mL/h") == (formation.value, formation.value)
    assert body_figures["neck_exchange_ml_per_h"].range_in("L/h") == (0.02, 1.0)


def test_worked_out_facts_still_follow_from_what_they_were_worked_out_from():
    room = facts["ecs_alpha"].value + 0.78 * facts["morph_cells"].value
    out = math.log(2) / facts["thalf_brain_morphine"].to("min") * room * 1000
    wall = facts["kpuu_morphine"].value * out
    assert facts["morph_brain_ps"].to("uL/g/min") == pytest.approx(wall, rel=0.01)
    assert facts["morph_brain_out"].to("uL/g/min") == pytest.approx(out - wall - facts["isf_bulk_flow"].to("uL/g/min"), rel=0.01)
    ecf, csf, bulk = facts["topo_both_out_ecf"].value, facts["topo_both_out_csf"].value, facts["isf_bulk_flow"].to("uL/g/min")
    assert facts["topo_brain_ps"].value == pytest.approx(ecf / (1 - ecf) * bulk, rel=0.01)
    assert facts["topo_brain_out"].value == pytest.approx(1.47 / facts["topotecan_ecf"].value - 1.47 - bulk, rel=0.01)
    assert facts["topo_csf_ps"].value == pytest.approx(csf / (1 - csf), rel=0.01)
    assert facts["topo_csf_in"].value == pytest.approx(facts["topotecan_csf"].value * 7.14 - 6.14, rel=0.01)
    assert facts["meth_cl"].to("L/h") == pytest.approx(math.log(2) * 70 * facts["meth_vd"].to("L/kg") / facts["meth_thalf"].to("h"), rel=0.01)
    assert facts["gado_vd"].to("mL") == pytest.approx(facts["gado_cl"].to("mL/h") * facts["gado_thalf"].to("h") / math.log(2), rel=0.01)
    assert facts["tras_vss"].to("L") == pytest.approx(facts["tras_vc"].to("L") + facts["tras_vp"].to("L"))
    assert facts["flow_scale"].value == pytest.approx(facts["cbf_butanol"].to("mL/g/min") / 1.71, rel=0.01)
    assert facts["mtx_brain_out"].to("uL/g/min") == pytest.approx(math.log(2) / facts["mtx_brain_efflux"].to("min") * 700, rel=0.01)


def test_walls_of_water_soluble_drugs_follow_the_law_their_notes_tell():
    masses = {"gentamicin": 478, "ceftriaxone": 555, "cytarabine": 243, "methotrexate": 454, "gadobutrol": 605}
    vancomycin = drug_parameters("vancomycin")["csf_wall_ml_per_h"].value
    sucrose = facts["PS_sucrose"].to("mL/g/h") * facts["flow_scale"].value
    for drug, mass in masses.items():
        known = drug_parameters(drug)
        assert f"1449/{mass}" in known["csf_wall_ml_per_h"].note and f"342/{mass}" in known["brain_wall_ml_per_g_h"].note
        assert known["csf_wall_ml_per_h"].value == pytest.approx(vancomycin * math.sqrt(1449 / mass), rel=0.01)
        assert known["brain_wall_ml_per_g_h"].value == pytest.approx(sucrose * math.sqrt(342 / mass), rel=0.01)


def test_every_drug_has_every_parameter_and_none_besides():
    names = {drug: set(drug_parameters(drug)) for drug in drugs()}
    assert len(set(map(frozenset, names.values()))) == 1 and {"morphine", "nusinersen", "vancomycin"} < set(drugs())
    own = {name.split(".")[1] for name in drug_figures}
    assert own | set(body_figures) == names["morphine"] and not own & set(body_figures)


def test_a_drug_of_its_own_goes_before_what_holds_for_any():
    assert drug_parameters("morphine")["dura_ml_per_h"].id == "morphine.dura_ml_per_h"
    assert drug_parameters("vancomycin")["dura_ml_per_h"].id == "any.dura_ml_per_h"


def test_an_unknown_drug_names_those_there_are():
    with pytest.raises(UnknownId, match="morphine"):
        drug_parameters("aspirin")
    with pytest.raises(UnknownId):
        drug_parameters("any")


HEAD = "id,quantity,value,low,high,unit,mark,fact,fact_unit,times,source,note\n"


@pytest.mark.parametrize("row, column", [
    ("x y,a,1,,,mL,assumed,,,,why,", "id"),
    ("x,,1,,,mL,assumed,,,,why,", "quantity"),
    ("x,a,,,,mL,assumed,,,,why,", "value"),
    ("x,a,one,,,mL,assumed,,,,why,", "value"),
    ("x,a,5,6,,mL,assumed,,,,why,", "value"),
    ("x,a,1,,,m L,assumed,,,,why,", "unit"),
    ("x,a,1,,,mL,guessed,,,,why,", "mark"),
    ("x,a,1,,,mL,measured in man,,,,why,", "mark"),
    ("x,a,1,,,mL,assumed,,,,,", "source"),
    ("x,a,1,,,mL,assumed,,,2,why,", "times"),
    ("x,a,1,,,mL,assumed,cord_volume,,,,", "value"),
    ("x,a,,,,mL,assumed,cord_volume,,,why,", "value"),
    ("x,a,,,,mL,assumed,cord volume,,,,", "fact"),
    ("x,a,,,,mL,assumed,cord_volume,,-1,,", "times"),
    ("x,a,,,,mL,assumed,cord_volume,m L,,,", "fact_unit"),
])
def test_a_damaged_row_is_told_by_file_line_and_column(tmp_path, row, column):
    path = tmp_path / "body.csv"
    path.write_text(HEAD + row + "\n")
    with pytest.raises(DataError) as error:
        body_figures.read(path)
    assert (error.value.line, error.value.column) == (2, column) and str(path) in str(error.value)


def test_a_parameter_has_one_unit_for_every_drug(tmp_path):
    path = tmp_path / "compounds.csv"
    path.write_text(HEAD + "a.x,q,1,,,mL,assumed,,,,why,\nb.x,q,1,,,L,assumed,,,,why,\n")
    with pytest.raises(DataError, match="unit"):
        drug_figures.read(path)
    path.write_text(HEAD + "x,q,1,,,mL,assumed,,,,why,\n")
    with pytest.raises(DataError, match="drug.name"):
        drug_figures.read(path)


def test_a_fact_in_a_unit_that_does_not_fit_is_told_when_it_is_asked_for(tmp_path):
    path = tmp_path / "body.csv"
    path.write_text(HEAD + "x,a,,,,mL,assumed,cord_length,,,,\n")
    with pytest.raises(DataError, match="line 2.*fact.*cord_length"):
        body_figures.read(path)["x"].value
