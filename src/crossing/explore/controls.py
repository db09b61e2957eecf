"""Controls, declared as data on an explorable's class.

Each control is a trait (`traitlets`): it holds a value, checks it, can be observed and linked. The browser knows
only positions: a control offers a finite list of values and the words for each, and the page shows them with a
native range, radio buttons or a check box, so that keyboard and screen reader work as everywhere else.
"""

import math
from numbers import Real

import traitlets


def tidy(number):
    """A number in the fewest characters that keep its meaning: 1, 2.5, 0.25, 1 200."""
    text = f"{number:.6g}"
    if "e" in text:
        return text
    whole, point, rest = text.partition(".")
    if len(whole.lstrip("-")) > 4:
        whole = f"{int(whole):,}".replace(",", "\u202f")
    return whole + point + rest


class Control:
    """What every control has: a label, a list of values with words, and two marks.

    `more` folds it away under "more"; `look` says that it changes how a result is shown and not what it is, so that
    a pinned run is shown the same way.
    """

    def describe_control(self, label, more=False, look=False, hint=""):
        self.label, self.more, self.look, self.hint = label, more, look, hint

    def options(self):
        """All values, in order."""
        raise NotImplementedError

    def words(self, value):
        """What a person reads and hears for `value`."""
        raise NotImplementedError

    def position(self, value):
        """Where `value` stands in `options()`."""
        return self.options().index(value)

    def face(self):
        """What the browser needs to draw the control."""
        return {
            "name": self.name, "kind": self.kind, "label": self.label, "more": self.more, "hint": self.hint,
            "words": [self.words(v) for v in self.options()],
        }

    def wrong(self, value, wanted):
        raise traitlets.TraitError(f"{self.label} ({self.name}): found {value!r}, wanted {wanted}")


class Slider(Control, traitlets.Float):
    """A number between `low` and `high`; values are taken to the nearest `step` (or ratio, on a log scale).

    `unit` is said in the label and after each value. `play=True` adds a button that runs through the range.
    `ratio=True` spaces `count` values evenly in ratio.
    """

    kind = "range"

    def __init__(self, label, default, *, low, high, step=None, count=None, unit="", ratio=False, play=False,
                 digits=None, **marks):
        if not (low < high and low <= default <= high):
            raise ValueError(f"{label}: wanted low < high with the default between, found {low}, {default}, {high}")
        self.low, self.high, self.unit, self.play, self.ratio, self.digits = low, high, unit, play, ratio, digits
        if ratio:
            if low <= 0:
                raise ValueError(f"{label}: wanted low above nought for even ratios, found {low}")
            steps = (count or 41) - 1
            grid = [low, *(low * (high / low) ** (i / steps) for i in range(1, steps)), high]
            if not any(math.isclose(g, default, rel_tol=1e-9) for g in grid):
                # Both ends stay; of the others the nearest gives way to the default.
                grid[min(range(1, steps), key=lambda i: abs(math.log(grid[i] / default)))] = default
        else:
            if not step or step <= 0:
                raise ValueError(f"{label}: wanted a step above nought, found {step}")
            # Both ends can be reached; the last step is a shorter one when the range is no whole number of steps.
            grid = [round(low + i * step, 10) for i in range(math.floor((high - low) / step + 1e-6) + 1)]
            if high - grid[-1] > 1e-6 * step:
                grid.append(float(high))
        self._grid = grid
        self.describe_control(label, **marks)
        traitlets.Float.__init__(self, self._nearest(default))

    def _nearest(self, value):
        return float(min(self._grid, key=lambda g: abs(g - value)))

    def options(self):
        return list(self._grid)

    def validate(self, obj, value):
        if isinstance(value, bool) or not isinstance(value, Real) or not math.isfinite(value):
            self.wrong(value, f"a number from {tidy(self.low)} to {tidy(self.high)}")
        if not self.low - 1e-9 <= value <= self.high + 1e-9:
            self.wrong(value, f"a number from {tidy(self.low)} to {tidy(self.high)}")
        return self._nearest(value)

    def words(self, value):
        # Values evenly spaced in ratio have no end of figures of their own.
        text = tidy(float(f"{value:.3g}") if self.ratio else value) if self.digits is None else f"{value:.{self.digits}f}"
        return f"{text} {self.unit}".strip()

    def face(self):
        return super().face() | {"play": self.play}


class Steps(Control, traitlets.Enum):
    """Named values in an order, such as levels of the spine: a list, or a mapping from value to words."""

    kind = "range"

    def __init__(self, label, default, values, *, play=False, **marks):
        self._words = dict(values) if isinstance(values, dict) else {v: str(v) for v in values}
        self.play = play
        self.describe_control(label, **marks)
        traitlets.Enum.__init__(self, list(self._words), default_value=default)

    def options(self):
        return list(self._words)

    def validate(self, obj, value):
        if value not in list(self._words):  # a list: what cannot be a key is refused in words too
            self.wrong(value, "one of " + ", ".join(map(str, self._words)))
        return value

    def words(self, value):
        return self._words[value]

    def face(self):
        return super().face() | {"play": self.play}


class Choice(Steps):
    """One of a few things that have no order; shown as radio buttons."""

    kind = "choice"


class Switch(Control, traitlets.Bool):
    """On or off; shown as a check box."""

    kind = "switch"

    def __init__(self, label, default=False, **marks):
        self.describe_control(label, **marks)
        traitlets.Bool.__init__(self, default)

    def options(self):
        return [False, True]

    def validate(self, obj, value):
        if not isinstance(value, bool):
            self.wrong(value, "True or False")
        return value

    def words(self, value):
        return "on" if value else "off"
