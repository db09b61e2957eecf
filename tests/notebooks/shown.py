"""Which charts a notebook shows."""

import importlib
import re


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
