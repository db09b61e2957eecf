"""Damaged files: every one either reads or says which file, line and column, what was found and what was wanted."""

import csv
import io
import shutil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crossing.facts import DataError, data_folder, facts, glossary, levels, risks

TABLES = {table.name: table for table in (facts, risks, glossary, levels)}
BYTES = {name: (data_folder() / f"{name}.csv").read_bytes() for name in TABLES}
CELLS = {name: list(csv.reader(io.StringIO(data.decode()))) for name, data in BYTES.items()}
MANY = settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
NASTY = st.sampled_from(["", " ", "nan", "NaN", "inf", "-inf", "1e999", "1_000", "٣", "0x10", "--1", "1,5", "mL", "mL//h", "9**9**9**9",
                         "-1", "1e-400", "=1+1", "seen ", "SEEN", "http://x", "https://x.org/ y", "javascript:alert(1)", "x\ny",
                         "x\ry", "\ufeff", "a;b", ";", "id", '"', "\t", "\x1b[0m", "é", "\u202e", "x" * 200000]) | st.text(max_size=12)


def write(path, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def reads_or_says_where(table, path):
    """The rows, or the error after checking that it says all it must."""
    try:
        return table.read(path)
    except DataError as error:
        assert error.file == str(path) and str(path) in str(error)
        assert 1 <= error.line <= path.read_bytes().count(b"\n") + path.read_bytes().count(b"\r") + 1
        assert f"line {error.line}, column {error.column}: found" in str(error) and "wanted" in str(error)
        assert error.found and error.wanted and str(error).isprintable() and len(str(error)) < 2000
        return error


@pytest.mark.parametrize("name", TABLES)
@MANY
@given(data=st.data())
def test_any_cell_replaced(name, data, tmp_path_factory):
    rows = [list(row) for row in CELLS[name]]
    line = data.draw(st.integers(0, len(rows) - 1))
    column = data.draw(st.integers(0, len(rows[0]) - 1))
    rows[line][column] = data.draw(NASTY)
    path = tmp_path_factory.getbasetemp() / f"{name}_cell.csv"
    write(path, rows)
    reads_or_says_where(TABLES[name], path)


@pytest.mark.parametrize("name", TABLES)
@MANY
@given(data=st.data())
def test_any_bytes_changed(name, data, tmp_path_factory):
    whole = BYTES[name]
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(start + 40, len(whole))) | st.just(len(whole)))
    put = data.draw(st.binary(max_size=8) | st.sampled_from([b"\0", b'"', b"\n", b"\r", b",", b"\xff\xfe", b"\r\n\r\n"]))
    path = tmp_path_factory.getbasetemp() / f"{name}_bytes.csv"
    path.write_bytes(whole[:start] + put + whole[end:])
    reads_or_says_where(TABLES[name], path)


@MANY
@given(data=st.binary(max_size=200))
def test_any_file_at_all(data, tmp_path_factory):
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(data)
    for table in TABLES.values():
        assert isinstance(reads_or_says_where(table, path), DataError)


def damaged(tmp_path, name, row_id, column, cell):
    rows = [list(row) for row in CELLS[name]]
    line = next(i for i, row in enumerate(rows) if row[0] == row_id)
    rows[line][rows[0].index(column)] = cell
    write(tmp_path / f"{name}.csv", rows)
    return tmp_path / f"{name}.csv", line + 1


@pytest.mark.parametrize("name, row_id, column, cell, wanted", [
    ("facts", "cap_length", "value", "about 650", "number"), ("facts", "cap_length", "value", "nan", "number"),
    ("facts", "cap_length", "value", "inf", "number"), ("facts", "cap_length", "value", "1e999", "number"),
    ("facts", "cap_length", "unit", "", "unit"), ("facts", "cap_length", "unit", "9**9**9", "unit"),
    ("facts", "csf_total_text", "value", "200", "at most the high bound, 150"),
    ("facts", "csf_total_text", "low", "160", "at most the high bound, 150"),
    ("facts", "csf_total_text", "status", "checked", "one of seen, memory, assumed, derived"),
    ("facts", "csf_total_text", "url", "www.example.org", "https://"), ("facts", "csf_total_text", "source", "", "some text"),
    ("facts", "csf_total_text", "conflicts_with", "csf_total_new", "does not name"),
    ("facts", "cap_length", "conflicts_with", "nobody", "nobody is none"), ("facts", "cap_length", "id", "cap_diam", "line"),
    ("facts", "cap_length", "id", "Cap_Diam", "line"), ("facts", "pig_baclofen", "unit", "cm", "no unit"),
    ("risks", "sh_nocoag", "events", "99999", "at most the denominator, 49526"), ("risks", "sh_nocoag", "unit", "percent", "one of"),
    ("risks", "sh_nocoag", "denominator", "0", "above 0"), ("risks", "sh_nocoag", "supported_by_maker", "maybe", "yes, no"),
    ("glossary", "bolus", "definition", "A dose given at once", "full stop"),
    ("levels", "T12", "height_cm", "17", "above the level before"), ("levels", "T12", "height_cm", "", "0 cm or more")])
def test_an_error_names_file_line_column_found_and_wanted(tmp_path, name, row_id, column, cell, wanted):
    path, line = damaged(tmp_path, name, row_id, column, cell)
    with pytest.raises(DataError) as caught:
        TABLES[name].read(path)
    error = caught.value
    assert error.file == str(path)
    if "conflicts" not in column and column != "id":
        assert error.line == line
    assert error.column == column and wanted in error.wanted
    assert (cell or "an empty cell") in error.found or "conflicts" in column or "low" == column or column == "id" or "unit" == column


def test_a_unit_that_only_pint_can_judge_is_refused_when_asked(tmp_path):
    path, line = damaged(tmp_path, "facts", "cap_length", "unit", "parrots")
    table = facts.read(path)
    for ask in (lambda: facts.read(path, check_units=True), lambda: table["cap_length"].to("km")):
        with pytest.raises(DataError, match=f'line {line}, column unit: found "parrots", wanted a unit that pint'):
            ask()


@pytest.mark.parametrize("data, line, column", [
    (b"", 1, "all"), (b"\n\n", 1, "all"), (b"level,height_cm,status\nS2,0,assumed\n", 1, "note"),
    (b"level,height_cm,status,note,note\nS2,0,assumed,,\n", 1, "note"), (b"level,height_cm,status,note,colour\nS2,0,assumed,,\n", 1, "colour"),
    (b"level,height_cm,status,note\n", 1, "all"), (b"level,height_cm,status,note\nS2,0,assumed\n", 2, "all"),
    (b"level,height_cm,status,note\nS2,0,assumed,\nL3,1,assumed,caf\xe9\n", 3, "at byte 17"),
    (b"level,height_cm,status,note\nS2,0,assumed,\nL3,1,assu\0med,\n", 3, "at byte 10"),
    (b'level,height_cm,status,note\nS2,0,assumed,\nL3,1,assumed,"no end\n', 3, "all"),
    (b'level,height_cm,status,note\r\nS2,0,assumed,"two\r\nlines"\r\n', 2, "note")])
def test_a_broken_file_is_placed(tmp_path, data, line, column):
    path = tmp_path / "levels.csv"
    path.write_bytes(data)
    with pytest.raises(DataError) as caught:
        levels.read(path)
    assert (caught.value.line, caught.value.column) == (line, column)


def test_no_file_and_a_folder_are_errors_of_the_same_kind(tmp_path):
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(DataError, match="no readable file"):
            facts.read(path)


@pytest.mark.parametrize("name", TABLES)
def test_what_a_spreadsheet_does_to_a_file_is_harmless(tmp_path, name):
    """A byte order mark, Windows line ends, quotation marks everywhere, other order of columns, a blank last line."""
    rows = [row[::-1] for row in CELLS[name]]
    path = tmp_path / "saved.csv"
    with open(path, "w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows(rows)
        file.write("\r\n")
    assert dict(TABLES[name].read(path)) == dict(TABLES[name])


def test_an_installed_copy_finds_its_tables_inside_the_package(tmp_path):
    import os
    import subprocess
    import sys
    from pathlib import Path

    import crossing

    shutil.copytree(Path(crossing.__file__).parent / "facts", tmp_path / "crossing" / "facts")
    shutil.copy(crossing.__file__, tmp_path / "crossing")
    shutil.copytree(data_folder(), tmp_path / "crossing" / "data")
    line = "from crossing.facts import data_folder, facts; print(data_folder(), len(facts))"
    said = subprocess.run([sys.executable, "-c", line], env=dict(os.environ, PYTHONPATH=str(tmp_path)), cwd=tmp_path,
                          capture_output=True, text=True, check=True).stdout.split()
    assert said == [str(tmp_path / "crossing" / "data"), str(len(facts))]
