"""Charts to test the machinery with. They are kept out of the registry that the sweep goes through."""

import explore_journal  # noqa: F401  (sets the journal's place before a chart is made)
import numpy as np

from crossing.explore import explorable as module
from crossing.explore.controls import Choice, Slider, Steps, Switch
from crossing.explore.explorable import Explorable

_before = dict(Explorable.registry)


class Wave(Explorable):
    """One of each kind of control, one of each kind of slot."""

    title = "A wave along a line"
    model = "a wave, drawn by hand"
    facts = ("some_fact",)
    presets = {"Tall": dict(height=4.0), "Far, doubled": dict(place="C1", twice=True)}
    height = Slider("Height", 1.0, low=0.5, high=4.0, step=0.25, unit="cm")
    width = Slider("Width", 2.0, low=0.5, high=8.0, ratio=True, count=17, unit="s", play=True)
    place = Steps("Place", "T12", {"L3/4": "L3/4 (low)", "T12": "T12", "T6": "T6", "C1": "C1 (high)"})
    shape = Choice("Shape", "bell", {"bell": "Bell", "box": "Box"}, look=True)
    twice = Switch("Doubled", False, more=True)

    def compute(self, *, height, width, place, shape, twice):
        x = np.linspace(0, 10, 81)
        middle = {"L3/4": 2, "T12": 4, "T6": 6, "C1": 8}[place]
        y = height * np.exp(-(((x - middle) / width) ** 2)) if shape == "bell" else height * (abs(x - middle) < width)
        return x, y * (2 if twice else 1)

    def setup(self, figure):
        axes = figure.subplots()
        axes.set(xlim=(0, 10), ylim=(0, 9), xlabel="Along the line (cm)", ylabel="Height (cm)")
        (line,) = axes.plot([], [], marker="o", markevery=8)
        self.text = axes.text(0.5, 8, "")
        self.line = line
        self.live("now", line)
        self.live("note", self.text)

    def update(self, result):
        self.line.set_data(*result)
        self.text.set_text(f"top {result[1].max():.2f}")

    def describe(self, result):
        return f"The top stands at {result[1].max():.2f} cm."

    def readings(self, result):
        return {"Top": (float(result[1].max()), "cm"), "Mean": (float(result[1].mean()), "cm")}

    def sources(self):
        return [{"what": "Height of waves", "value": "1 cm", "paper": "A. Author, 2001", "url": "https://example.org/a"},
                {"what": "A guess", "value": "2 s", "paper": "", "url": "", "remark": "assumed here"}]


class Veiled(Wave):
    """The same behind a guess."""

    title = "A wave, veiled"
    guess = "99.wave"


class Breaks(Wave):
    """Fails in one setting: in `update`, after half of the artists have moved."""

    title = "A wave that breaks"

    def update(self, result):
        self.line.set_data(*result)
        if self.height == 3.0:
            raise ValueError("no wave is three centimetres high")
        self.text.set_text(f"top {result[1].max():.2f}")


class Grows(Wave):
    """Its limits follow the data: every step is a whole redraw."""

    title = "A wave that grows"

    def update(self, result):
        super().update(result)
        self.line.axes.set_ylim(0, 1.1 * result[1].max())


Explorable.registry.clear()
Explorable.registry.update(_before)
VEILED = module.VEILED
