"""Saving the notebooks: twice gives the same file, and a failing cell is named."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from crossing.refresh import refresh, refreshed

WIDGET = "application/vnd.jupyter.widget-view+json"


def notebook(path, *sources):
    cells = [new_markdown_cell("# A lesson", id="title")]
    cells += [new_code_cell(source, id=f"code{number}") for number, source in enumerate(sources, 1)]
    metadata = {"widgets": {}, "language_info": {"name": "python", "version": "2.7"}}
    nbformat.write(new_notebook(cells=cells, metadata=metadata), path)
    return path


def test_a_second_refresh_changes_nothing(tmp_path):
    path = notebook(tmp_path / "lesson.ipynb", "import sys\nfor i in range(3):\n    print(i, flush=True)", "", "6 * 7")
    said = []
    assert refresh([path], say=said.append) == (["lesson.ipynb"], [])
    first = path.read_bytes()
    assert refresh([path], say=said.append) == ([], [])
    assert path.read_bytes() == first
    assert [line.split(" (")[0] for line in said] == ["lesson.ipynb: saved", "lesson.ipynb: unchanged"]

    saved = nbformat.read(path, as_version=4)
    nbformat.validate(saved)
    assert [cell.id for cell in saved.cells] == ["title", "code1", "code2", "code3"]
    assert saved.cells[1].execution_count == 1
    assert saved.cells[1].outputs[0].text == "0\n1\n2\n"
    assert "widgets" not in saved.metadata and "version" not in saved.metadata.language_info
    assert all("execution" not in cell.metadata for cell in saved.cells)


def test_check_saves_nothing(tmp_path):
    path = notebook(tmp_path / "lesson.ipynb", "1 + 1")
    before = path.read_bytes()
    assert refresh([path], check=True, say=list) == (["lesson.ipynb"], [])
    assert path.read_bytes() == before


def test_what_needs_a_kernel_is_left_out_and_the_words_stay(tmp_path):
    path = notebook(
        tmp_path / "lesson.ipynb",
        "from IPython.display import display\n"
        f"display({{'text/plain': 'the words', '{WIDGET}': {{'model_id': 'x'}}}}, raw=True)",
        f"display({{'{WIDGET}': {{'model_id': 'y'}}}}, raw=True)",
    )
    saved = nbformat.reads(refreshed(path), as_version=4)
    assert saved.cells[1].outputs[0].data == {"text/plain": "the words"}
    assert saved.cells[2].outputs == []


def test_cells_without_an_id_get_one_that_stays(tmp_path):
    path = tmp_path / "old.ipynb"
    path.write_text('{"cells": [{"cell_type": "markdown", "metadata": {}, "source": "text"}], "metadata": {}, '
                    '"nbformat": 4, "nbformat_minor": 4}')  # fmt: skip
    assert '"id": "cell-0"' in refreshed(path)


def test_nobodys_answers_get_into_a_notebook(tmp_path, monkeypatch):
    monkeypatch.setenv("CROSSING_JOURNAL", str(tmp_path / "journal"))
    path = notebook(tmp_path / "lesson.ipynb", "import os\nprint(os.environ['CROSSING_JOURNAL'])")
    assert nbformat.reads(refreshed(path), as_version=4).cells[1].outputs[0].text == ":memory:\n"


@pytest.mark.parametrize(
    ("source", "what"),
    [("x = 1\nx / 0", "ZeroDivisionError: division by zero"), ("import os\nos._exit(1)", "Kernel died")],
)
def test_a_failing_cell_is_named_and_the_file_left_alone(tmp_path, source, what):
    path = notebook(tmp_path / "lesson.ipynb", "1 + 1", source)
    before = path.read_bytes()
    changed, failed = refresh([path], say=list)
    assert changed == [] and path.read_bytes() == before
    assert failed[0].startswith("lesson.ipynb, code cell 2 (id code2):\n    " + source.splitlines()[0])
    assert what in failed[0]
