"""`Explorable`: how anything in this course is explored.

A chart is one small class with five parts: controls (declared as traits), `compute` (a pure call into the models),
`setup` (axes and artists, once), `update` (moves those artists) and `describe` (one to three plain sentences).
From these come, for every chart alike: the live words, the accessible name, the static picture, pin and compare,
presets and reset, the stamp, the words for errors, the data table, the facts behind it, and the veil that
stays until a guess is committed. This module knows no pharmacology and no widgets (those are in `view.py`).
"""

import os
from numbers import Number

import traitlets

from . import journal, theme
from .chart import Chart, style
from .controls import Control, tidy

#: Of a pinned run, this many of the controls that differ are named at most: a sentence must be heard to its end.
MOST_NAMED = 5
VEILED = "Veiled. Commit your guess to see what this chart shows."


def strict():
    """Whether errors in a chart are raised (tests) and not only told (learners): `CROSSING_STRICT` is set."""
    return bool(os.environ.get("CROSSING_STRICT"))


class Explorable(traitlets.HasTraits):
    """Base of every chart. A subclass sets the attributes below, declares controls, and writes the five parts.

    Attributes
    ----------
    title : what the chart is called; it must not give an answer away.
    model : the model's name, drawn on the stamp.
    stamp : `MODEL` or `PUBLISHED`.
    facts : ids of the facts behind the chart.
    guess : id of the prediction that lifts the veil ("04.bolus"), or None for an open chart.
    presets : mapping from a name to the control values it sets (the rest go to their defaults).
    size, narrow_size : inches, on a wide and on a narrow page.
    room_size, room_type : inches, on a slide, and the points of the smallest type there. The page draws a picture of these
        5.4 inches as wide as the wide one of 7.6: 10.2 points are then some 24 pixels of a slide 720 high, which can be read
        from the last row. None: a slide shows the wide layout.
    longest : how many characters `describe` may need at most: the page keeps room for them, so that nothing below moves.
    """

    title = ""
    model = ""
    stamp = theme.MODEL
    facts = ()
    guess = None
    presets = {}
    size = (7.6, 4.3)
    narrow_size = (4.5, 4.3)
    room_size, room_type = (5.4, 3.1), 10.2
    longest = 200
    #: Every concrete chart by class name, in the order of definition: what the sweep test goes through.
    registry = {}
    _controls = {}

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        found = {}
        for base in reversed(cls.__mro__):
            found |= {name: value for name, value in vars(base).items() if isinstance(value, Control)}
        taken = sorted(name for name in found if hasattr(Explorable, name))
        if taken:
            raise TypeError(f"{cls.__name__}: a control cannot be called {', '.join(taken)}, which every chart has already")
        cls._controls = found
        if cls.__dict__.get("title"):
            Explorable.registry[cls.__name__] = cls

    def __init__(self, preset=None, **values):
        super().__init__()
        self.error = ""
        self.pinned = None
        self.layout = "wide"
        self._chart = None
        self._widget = None
        self._held = 0
        self._listeners = []
        unknown = set(values) - set(self.controls())
        if unknown:
            raise TypeError(f"{type(self).__name__} has no control {', '.join(sorted(unknown))}; "
                            f"it has {', '.join(self.controls())}")
        # What is said by name counts more than what the preset says.
        self._start = (self.settings() if preset is None else self._preset(preset)) | values
        self.set(**self._start)
        self._start = self.settings()
        self.observe(self._changed, list(self.controls()))

    # ---- the parts a chart writes -------------------------------------------------------------------------

    def compute(self, **controls):
        """The result for these control values: pure, no drawing."""
        raise NotImplementedError

    def setup(self, figure):
        """Build axes and artists, with fixed limits, and name those that move with `self.live`."""
        raise NotImplementedError

    def update(self, result):
        """Move the artists."""
        raise NotImplementedError

    def describe(self, result):
        """One to three plain sentences: readings, never reasons."""
        raise NotImplementedError

    def readings(self, result):
        """Name -> (number, unit): the figures a person would read off. For the table and for pinned runs."""
        return {}

    def table(self, result):
        """(column names, rows) behind the chart; the readings, when not said otherwise."""
        return ("Reading", "Value"), [(name, say(value)) for name, value in self.readings(result).items()]

    def sources(self):
        """Rows (what, value, paper, address, status) for the facts behind the chart. Lessons say how to look them up."""
        return []

    # ---- controls -----------------------------------------------------------------------------------------

    @classmethod
    def controls(cls):
        """The controls by name, in the order in which they were declared."""
        return cls._controls

    def settings(self):
        """The value of every control now."""
        return {name: getattr(self, name) for name in self.controls()}

    def set(self, **values):
        """Set several controls in one step. A wrong name or value is an error that changes nothing."""
        controls = self.controls()
        for name, value in values.items():
            if name not in controls:
                raise TypeError(f"no control {name!r}; there are {', '.join(controls)}")
            controls[name].validate(self, value)
        self._held += 1
        try:
            for name, value in values.items():
                setattr(self, name, value)
        finally:
            self._held -= 1
        self._changed()

    def _preset(self, name):
        if name not in self.presets:
            raise KeyError(f"no preset {name!r}; there are {', '.join(self.presets) or 'none'}")
        defaults = {n: c.default_value for n, c in self.controls().items()}
        return defaults | self.presets[name]

    def apply(self, preset):
        """Go to a named setting; controls it does not name go to their defaults."""
        self.set(**self._preset(preset))

    def reset(self):
        """Back to the start, nothing pinned."""
        self.pinned = None
        self.set(**self._start)

    # ---- state --------------------------------------------------------------------------------------------

    @property
    def veiled(self):
        """Whether the guess that opens this chart is still missing."""
        return bool(self.guess) and not self._journal.committed(self.guess)

    @property
    def _journal(self):
        return journal.for_lesson(self.guess.split(".")[0])

    @property
    def result(self):
        """What `compute` gives for the present settings."""
        return self.compute(**self.settings())

    @property
    def words(self):
        """The sentences under the chart, as they stand now."""
        return VEILED if self.veiled else self._words(self.result)

    def _words(self, result):
        return f"{self.describe(result)} {self._compared(result)}".strip()

    def pin(self):
        """Leave the present run behind, pale, to compare later ones with."""
        self.pinned = self.settings()
        self._changed()

    def unpin(self):
        """Take the pinned run away."""
        self.pinned = None
        self._changed()

    def _pinned_settings(self):
        """The pinned run, looked at in the way that the present one is."""
        looks = {n: getattr(self, n) for n, c in self.controls().items() if c.look}
        return self.pinned | looks

    def _compared(self, result):
        if not self.pinned:
            return ""
        pinned = self._pinned_settings()
        differing = [f"{c.label} {c.words(pinned[n])}" for n, c in self.controls().items()
                     if pinned[n] != getattr(self, n)]
        if not differing:
            return "This is the pinned run; move a control to compare."
        before, now = self.readings(self.compute(**pinned)), self.readings(result)
        moved = [f"{name[:1].lower()}{name[1:]} was {say(before[name])}, now {say(now[name])}"
                 for name in now if name in before and say(before[name]) != say(now[name])]
        if len(differing) > MOST_NAMED:
            differing[MOST_NAMED - 1:] = [f"and {len(differing) - MOST_NAMED + 1} controls more"]
        told = "; ".join(moved[:3]) or "its readings are the same"
        return f"Pinned run ({', '.join(differing)}): {told}."

    # ---- drawing ------------------------------------------------------------------------------------------

    @property
    def chart(self):
        """The figure, made when first needed."""
        if self._chart is None:
            size = {"wide": self.size, "narrow": self.narrow_size, "room": self.room_size}[self.layout]
            self._chart = Chart(type(self).__name__, self._build, size)
        return self._chart

    def _build(self, chart):
        self._chart = chart
        figure = chart.figure
        self.setup(figure)
        stamp = {"wide": f"{self.stamp}  ·  {self.model}", "narrow": f"{self.stamp}\n{self.model}", "room": self.stamp}[self.layout]
        figure.supxlabel(stamp, fontsize=8.5, color=theme.MUTED)
        if self.room:
            theme.for_a_room(figure, self.room_type)

    def live(self, slot, *artists, pin=None):
        """In `setup`: name artists that move together. `pin=False` leaves them out of pinned runs."""
        self._chart.live(slot, *artists, pin=pin)

    def replace(self, slot, *artists):
        """In `update`: the slot now holds these artists."""
        self._chart.replace(slot, *artists)

    def draw(self):
        """Bring the artists to the present settings. Returns (parts, ghosts, words); all of them or an exception."""
        chart = self.chart
        if self.veiled:
            return dict.fromkeys(chart.slots, ""), {}, VEILED
        result = self.result
        with style():  # artists made in `update` look like those made in `setup`
            ghosts = self._ghosts(result) if self.pinned else {}
            self.update(result)
        return chart.fragments(), ghosts, self._words(result)

    def _ghosts(self, result):
        """The pinned run's fragments."""
        chart = self.chart
        pinned = self.compute(**self._pinned_settings())
        self.update(pinned)
        before = chart.signature()
        ghosts = chart.fragments("pin", only=chart.pinnable)
        self.update(result)
        if chart.signature() != before:
            # Scales and limits follow the run: the pinned one is drawn once more, in those of the present one.
            frames = [(axes, axes.get_xscale(), axes.get_yscale(), axes.get_xlim(), axes.get_ylim()) for axes in chart.figure.axes]
            self.update(pinned)
            for axes, x_scale, y_scale, x, y in frames:
                if (axes.get_xscale(), axes.get_yscale()) != (x_scale, y_scale):
                    axes.set(xscale=x_scale, yscale=y_scale)
                axes.set_xlim(x, auto=None)
                axes.set_ylim(y, auto=None)
            ghosts = chart.fragments("pin", only=chart.pinnable)
        return ghosts

    @property
    def narrow(self):
        """Whether `setup` is to lay the chart out for a narrow page."""
        return self.layout == "narrow"

    @property
    def room(self):
        """Whether `setup` is to lay the chart out for a slide: few words, large."""
        return self.layout == "room"

    def set_layout(self, layout):
        """Lay the chart out for a "wide" page, a "narrow" one, or a "room" that sees it on a slide."""
        if layout not in ("wide", "narrow", "room"):
            raise ValueError(f"layout: found {layout!r}, wanted wide, narrow or room")
        if layout == "room" and self.room_size is None:
            layout = "wide"
        if layout != self.layout:
            self.layout, self._chart = layout, None
            self._changed()

    # ---- telling ------------------------------------------------------------------------------------------

    def on_step(self, listener):
        """Call `listener()` after every change. The view uses it."""
        self._listeners.append(listener)

    def _changed(self, change=None):
        if self._held:
            return
        for listener in list(self._listeners):
            listener()

    # ---- showing ------------------------------------------------------------------------------------------

    @property
    def widget(self):
        """The widget, made when first needed. One for all places in which the chart is shown."""
        if self._widget is None:
            from .view import View  # widgets only where a page needs them: tests and models do without
            self._widget = View(self)
        return self._widget

    def _repr_mimebundle_(self, include=None, exclude=None, **kwargs):
        from . import static
        bundle = static.bundle(self)
        live = self.widget._repr_mimebundle_(include=include, exclude=exclude, **kwargs)
        live, metadata = live if isinstance(live, tuple) else (live, {})
        return {**(live or {}), **bundle}, metadata or {}

    def __repr__(self):
        return f"{self.title}. {self.words}"


def say(value):
    """A reading in words: (43.21, "%") -> "43 %"; text as it is. Three significant figures at the most."""
    if isinstance(value, tuple):
        number, unit = value
    else:
        number, unit = value, ""
    if isinstance(number, Number) and not isinstance(number, bool):
        number = figure(number)
    return f"{number} {unit}".strip()


def figure(number):
    """A number rounded for reading: 0.0123 -> 0.012, 1.234 -> 1.2, 43.21 -> 43, 1234 -> 1 230."""
    if number == 0:
        return "0"
    size = abs(number)
    if size < 0.001:
        return "below 0.001" if number > 0 else "nearly 0"
    if size >= 100:
        return tidy(float(f"{number:.3g}"))
    return tidy(float(f"{number:.2g}"))
