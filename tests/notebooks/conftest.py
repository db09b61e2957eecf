"""The notebooks as files, and what is said of them in the question banks."""

import json
import pathlib

import pytest

ROOT = pathlib.Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


class Lesson:
    """One notebook, read as a file."""

    def __init__(self, path):
        self.path, self.number = path, path.name[:2]
        self.text = path.read_text(encoding="utf-8")
        self.cells = json.loads(self.text)["cells"]
        self.metadata = json.loads(self.text)["metadata"]

    @staticmethod
    def source(cell):
        return "".join(cell["source"])

    @staticmethod
    def tags(cell):
        return set(cell["metadata"].get("tags", []))

    def code(self):
        return [c for c in self.cells if c["cell_type"] == "code"]

    def markdown(self):
        return [c for c in self.cells if c["cell_type"] == "markdown"]

    def tagged(self, tag):
        return [i for i, c in enumerate(self.cells) if tag in self.tags(c)]

    @property
    def bank(self):
        path = ROOT / "data" / "questions" / f"{self.number}.json"
        return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {"questions": []}


@pytest.fixture(params=NOTEBOOKS, ids=lambda p: p.stem)
def lesson(request):
    return Lesson(request.param)


@pytest.fixture(autouse=True)
def throw_away(monkeypatch):
    """An empty journal that touches no disk, and errors that are raised."""
    monkeypatch.setenv("CROSSING_JOURNAL", ":memory:")
    monkeypatch.setenv("CROSSING_STRICT", "1")
