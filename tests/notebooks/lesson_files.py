"""A notebook read as a file, what its question bank says, and which charts it shows."""

import importlib
import json
import pathlib
import re

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


def charts_of(lesson):
    """Class name -> class, for every explorable that a cell of the notebook makes."""
    from crossing.explore import Explorable
    found = {}
    for cell in lesson.code():
        for module, names in re.findall(r"from (crossing\.lessons\.\w+) import ([\w, ]+)", lesson.source(cell)):
            importlib.import_module(module)
            for name in re.findall(r"\w+", names):
                if name in Explorable.registry:
                    found[name] = Explorable.registry[name]
    return found


def every_chart():
    """Class name -> class, for every explorable of every lesson: all lesson modules are imported."""
    import pkgutil

    import crossing.lessons
    from crossing.explore import Explorable
    for found in pkgutil.walk_packages(crossing.lessons.__path__, "crossing.lessons."):
        importlib.import_module(found.name)
    return Explorable.registry
