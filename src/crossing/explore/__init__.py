"""How anything is explored, asked and remembered; knows no pharmacology.

Names are looked up when first used: a cell that only asks a question does not wait for matplotlib.
"""

import importlib

_HOMES = {
    "explorable": ("Explorable", "figure", "say"),
    "controls": ("Choice", "Slider", "Steps", "Switch"),
    "theme": ("MODEL", "PUBLISHED"),
    "predict": ("Explain", "Predict"),
    "quiz": ("Ask", "Quiz", "Transfer", "WarmUp"),
    "ending": ("BothGrades", "Leaflet", "Regrade", "Summary"),
    "review": ("LookAgain", "Progress"),
    "writing": ("Write",),
    "desk": ("Desk",),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}
__all__ = sorted(_HOME)


def __getattr__(name):
    if name not in _HOME:
        raise AttributeError(f"crossing.explore has no {name!r}; it has {', '.join(__all__)}")
    return getattr(importlib.import_module(f".{_HOME[name]}", __name__), name)
