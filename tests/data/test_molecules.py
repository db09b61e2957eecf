"""The molecules of B3DB: the file as shipped, its reader, damaged copies, and the script that makes it."""

import csv
import hashlib
import importlib.util
import io
import os
import re
import subprocess
import sys
from time import process_time

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crossing.facts import DataError, Molecules, UnknownId, data_folder, molecules

PATH = data_folder() / "molecules.csv"
#: The head of the file and rows of every kind, so that a damaged copy is quick to read.
ROWS = list(csv.reader(io.StringIO(PATH.read_text(encoding="utf-8"))))
FEW = [ROWS[0], *(row for row in ROWS[1:] if int(row[0]) in (1, 2, 34, 41, 45, 203, 248, 3869, 4667, 5044, 7807))]
CARE = settings(max_examples=200, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
NASTY = st.sampled_from(["", " ", "nan", "inf", "1e999", "1e3", "1_000", "٣", "-1", "+1", "0", "--1",
                         "1.5", "1,5", ".5", "5.", "-", "yes", "YES",
                         "A", "E", "salt", "ion", "mismatch", "x\ny", "\ufeff", '"', " 7 ", "\t", "é", "99999999999999999999", "9" * 400]) | st.text(max_size=6)


def script():
    spec = importlib.util.spec_from_file_location("build_molecules", data_folder() / "build_molecules.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def write(path, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    return path


# -- the file as shipped ---------------------------------------------------------------------------------------------------


def test_the_file_is_the_one_that_the_script_wrote_and_the_readme_names():
    readme, made = (data_folder() / "README.md").read_text(encoding="utf-8"), script()
    assert hashlib.sha256(PATH.read_bytes()).hexdigest() in readme and made.SHA256 in readme
    assert tuple(ROWS[0]) == made.COLUMNS == molecules.columns
    assert PATH.stat().st_size < 700_000


@pytest.mark.parametrize("count, rows", [
    (7807, lambda m: m), (1058, lambda m: m.measured), (4023, lambda m: m.distinct), (7521, lambda m: m.drawn_right),
    (4956, lambda m: m.where(m["crosses"])), (32, lambda m: m.where(m["drawing"] == "two")), (2, lambda m: m.where(m["drawing"] == "repaired")),
    (5273, lambda m: m.where(m["kin"] > 0)), (1111, lambda m: m.where(m["name"] == "")), (17, lambda m: m.where(m["form"] == "salt")),
    (127, lambda m: m.where(m["form"] == "cation")), (930, lambda m: m.where(m["logbb"] >= -1))])
def test_counts_that_the_readme_and_the_lessons_build_on(count, rows):
    assert len(rows(molecules)) == count


def test_groups_are_those_of_b3db():
    counted = dict(zip(*(each.tolist() for each in np.unique(molecules["group"], return_counts=True))))
    assert counted == {"A": 1058, "B": 3621, "C": 3077, "D": 51}
    counted = dict(zip(*(each.tolist() for each in np.unique(molecules.measured["logbb_group"], return_counts=True))))
    assert counted == {"A": 243, "B": 663, "C": 3, "D": 149}


def test_figures_of_the_measured_rows_are_those_worked_out_for_the_validation_notes():
    """Sums over the 1 058 rows of the notes' own table, compared row by row when this file was made."""
    rows = molecules.measured
    sums = {"logbb": -82.39, "tpsa": 63020.82, "logp": 2860.455, "mw": 339120.75, "hbd": 1418, "hba": 4025, "rotb": 4393}
    assert {name: float(rows[name].sum()) for name in sums} == pytest.approx(sums, rel=1e-9)
    assert (rows["logbb"].min(), rows["logbb"].max(), np.median(rows["logbb"])) == pytest.approx((-2.69, 1.70, -0.02), abs=0.005)
    assert sorted(rows["logbb_no"]) == list(range(1, 1059))


def test_a_skeleton_is_named_after_its_first_row():
    kin, no, mass = molecules["kin"], molecules["no"], molecules["mw"]
    related = kin > 0
    assert np.array_equal(no, np.arange(1, 7808)) and np.all(kin[kin[related] - 1] == kin[related])
    same = np.abs(mass[related] - mass[kin[related] - 1]) < 4  # isotopes and protons; salts carry more
    assert same.mean() > 0.98
    both = {first for first in np.unique(kin[related]) if len(set(molecules["crosses"][kin == first])) > 1}
    assert len(both) == 130


def test_rows_marked_as_another_molecule_say_nothing_about_polar_surface_and_the_others_do():
    """The mark is right: a structure that belongs to another molecule ranks like a coin."""
    from crossing.models.rules import auc

    marked, rest = molecules.where(molecules["drawing"] == "mismatch"), molecules.drawn_right
    assert len(marked) == 286 and auc(marked["tpsa"], marked["crosses"]) == pytest.approx(0.5, abs=0.01)
    assert auc(rest["tpsa"], rest["crosses"]) == pytest.approx(0.82, abs=0.005)
    masses = {name: mass for name, mass in zip(rest["name"], rest["mw"]) if name}
    known = [abs(masses[name] - mass) < 2 for name, mass in zip(marked["name"], marked["mw"]) if name in masses]
    assert len(known) > 200 and np.mean(known) < 0.02


def test_loperamide_stands_there_three_times_and_once_as_itself():
    """Formula C29H33ClN2O2, mass 477: the row called an ion. "Loperamide" has one carbon too many; the third is another molecule."""
    rows = molecules.where([377, 911, 4061])
    assert rows["name"].tolist() == ["loperamide", "loperamide(1+)", "loperamide"]
    assert np.round(rows["mw"]).tolist() == [491, 477, 378] and rows["logbb"][:2].tolist() == [-0.25, 0.77]
    assert rows["crosses"].tolist() == [True, True, False] and rows["drawing"].tolist() == ["", "", "mismatch"]


# -- the reader ------------------------------------------------------------------------------------------------------------


def test_nothing_is_read_and_no_numpy_imported_before_something_is_asked():
    lines = ("import sys, builtins; opened = []; was = builtins.open\n"
             "builtins.open = lambda name, *a, **k: (opened.append(str(name)), was(name, *a, **k))[1]\n"
             "from crossing.facts import molecules; molecules.cite(); molecules.url; molecules.columns\n"
             "assert not [n for n in opened if n.endswith('.csv')] and 'numpy' not in sys.modules\n"
             "assert len(molecules) == 7807 and 'numpy' in sys.modules and 'pandas' not in sys.modules\n"
             "assert len([n for n in opened if n.endswith('.csv')]) == 1\n"
             "molecules['mw'], molecules.measured, len(molecules)\n"
             "assert len([n for n in opened if n.endswith('.csv')]) == 1\n")
    subprocess.run([sys.executable, "-c", lines], check=True, env=dict(os.environ, PYTHONPATH=os.pathsep.join(sys.path)))


def test_columns_are_arrays_that_cannot_be_changed_in_any_selection():
    for rows in (molecules, molecules.measured, molecules.where([5, 3])):
        for column in rows.columns:
            assert rows[column].shape == (len(rows),)
            with pytest.raises(ValueError, match="read-only"):
                rows[column][0] = rows[column][0]


def test_a_selection_keeps_rows_whole_and_in_order():
    chosen = molecules.where([41, 7, 3868])
    assert [str(chosen.row(place)) for place in range(3)] == [str(molecules.row(place)) for place in (41, 7, 3868)]
    assert molecules.where(molecules["mw"] > 1000).where(np.array([0]))["mw"][0] > 1000
    assert isinstance(chosen, Molecules) and repr(chosen) == "<molecules: 3 rows>"
    row = molecules.row(7806)
    assert set(map(type, row.values())) <= {int, float, str, bool} and row["no"] == 7807


def test_what_is_not_there_is_said():
    with pytest.raises(UnknownId, match="no column 'smiles', only no, name, crosses"):
        molecules["smiles"]
    for rows in ([7807], [True, False], ["a"], slice(3)):
        with pytest.raises(ValueError, match="rows: found .* wanted a mask of 7807"):
            molecules.where(rows)


def test_the_paper_and_the_licence_are_named():
    assert "Sci Data 2021;8:289" in molecules.cite() and "CC0 1.0" in molecules.cite()
    assert molecules.url.startswith("https://doi.org/10.1038/")


def test_reading_is_quick():
    """About 25 ms on a quiet machine; the bound leaves room for a busy one."""
    took = []
    for _ in range(5):
        start = process_time()
        molecules.read(PATH)
        took.append(process_time() - start)
    assert min(took) < 0.1


# -- damaged copies --------------------------------------------------------------------------------------------------------


def same(one, other):
    return all(np.array_equal(one[name], other[name], equal_nan=name == "logbb") for name in molecules.columns)


def both_ways(path):
    """The rows, or the error: read as the course does, and line by line, which must come to the same."""
    module = sys.modules["crossing.facts.molecules"]
    try:
        slow = module._arrays(module._checked_cells(path))
    except DataError as error:
        with pytest.raises(DataError) as caught:
            molecules.read(path)
        assert str(caught.value) == str(error) and error.found and error.wanted and 1 <= error.line
        return error
    assert same(molecules.read(path), slow)
    return slow


def test_the_quick_way_and_the_careful_way_read_the_same():
    module = sys.modules["crossing.facts.molecules"]
    assert module._plain_cells(PATH) is not None  # the file as shipped is read the quick way
    assert not isinstance(both_ways(PATH), DataError)


@CARE
@given(line=st.integers(0, len(FEW) - 1), column=st.integers(0, len(ROWS[0]) - 1), cell=NASTY)
def test_any_cell_replaced(line, column, cell, tmp_path_factory):
    rows = [list(row) for row in FEW]
    rows[line][column] = cell
    both_ways(write(tmp_path_factory.getbasetemp() / "cell.csv", rows))


@CARE
@given(data=st.data())
def test_any_bytes_changed(data, tmp_path_factory):
    path = write(tmp_path_factory.getbasetemp() / "bytes.csv", FEW)
    whole = path.read_bytes()
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(start + 40, len(whole))) | st.just(len(whole)))
    put = data.draw(st.binary(max_size=8) | st.sampled_from([b"\0", b'"', b"\n", b"\r", b",", b"\xff\xfe", b"\r\n\r\n", b"-", b"."]))
    path.write_bytes(whole[:start] + put + whole[end:])
    both_ways(path)


@pytest.mark.parametrize("no, column, cell, wanted", [
    ("41", "tpsa", "-1", "a number of 0 or more"), ("41", "tpsa", "", "a number of 0 or more"), ("41", "logp", "high", "a plain number"),
    ("41", "mw", "nan", "a plain number"), ("41", "hbd", "1.5", "a whole number"), ("41", "hbd", "1e12", "a whole number of at most"),
    ("41", "crosses", "maybe", "one of yes, no"), ("41", "group", "E", "one of A, B, C, D"), ("41", "form", "ion", "one of "),
    ("41", "no", "2", "above that of the line before, 34"), ("41", "logbb", "", "nothing, for there is no logbb"),
    ("3869", "logbb", "-1", "a value, for there is a logbb"), ("45", "kin", "44", "the first row with the same skeleton"),
    ("41", "n_refs", "0", "a number of 1 or more"), ("41", "mw", "0.5", "a number of 1 or more")])
def test_an_error_names_file_line_column_found_and_wanted(tmp_path, no, column, cell, wanted):
    rows = [list(row) for row in FEW]
    line = next(place for place, row in enumerate(rows) if row[0] == no)
    rows[line][ROWS[0].index(column)] = cell
    error = both_ways(write(tmp_path / "molecules.csv", rows))
    assert isinstance(error, DataError) and error.line == line + 1 and wanted in error.wanted
    assert error.column in (column, "logbb_group") and error.file.endswith("molecules.csv")


def test_what_a_spreadsheet_does_to_a_file_is_harmless(tmp_path):
    path = tmp_path / "saved.csv"
    with open(path, "w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows([row[::-1] for row in ROWS])
        file.write("\r\n")
    assert same(molecules.read(path), molecules)


def test_no_file_is_an_error_of_the_same_kind(tmp_path):
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(DataError, match="no readable file"):
            molecules.read(path)


# -- the script ------------------------------------------------------------------------------------------------------------


def test_the_script_refuses_any_other_wheel(tmp_path):
    made = script()
    (tmp_path / "other.whl").write_bytes(b"something else")
    before = PATH.read_bytes()
    said = made.main(["--wheel", str(tmp_path / "other.whl")])
    assert re.search(r"not built: .*other\.whl: sha256 is [0-9a-f]{64}, wanted " + made.SHA256, said)
    assert "No such file" in made.main(["--wheel", str(tmp_path / "none.whl")])
    assert PATH.read_bytes() == before


@pytest.mark.parametrize("number, digits, text", [(0, 2, "0"), (-0.001, 2, "0"), (206.3, 2, "206.3"), (59, 2, "59"), (-1.1284, 3, "-1.128"),
                                                  (1449.2650001, 2, "1449.27"), (100, 2, "100")])
def test_numbers_are_written_short(number, digits, text):
    assert script().short(number, digits) == text


def test_names_are_put_on_one_line():
    clean = script().clean
    assert clean("n-tert-\nbutylnitrone") == "n-tert-butylnitrone" and clean(" ibuprofen ") == "ibuprofen" and clean("-") == "" == clean("")


def test_the_course_does_not_need_what_the_script_needs():
    assert "rdkit" not in sys.modules and "B3DB" not in sys.modules
    for name in ("requirements.txt", "pyproject.toml", "environment.yml"):
        path = data_folder().parent / name
        assert not path.is_file() or not re.search("rdkit|b3db", path.read_text(encoding="utf-8"), re.I)
