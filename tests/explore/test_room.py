"""Charts on a slide: large type that lies on nothing and is not cut off, in every chart that has a layout for a room."""

import itertools

import pytest
from matplotlib.text import Text
from test_sweep import CHARTS

#: Drawings whose labels have their places in points, and a table of looks: key L draws them larger.
WIDE_ONLY = {"FluidSpaces", "ImplantedPump", "NeurovascularUnit", "Procedure"}
#: The picture's part of a slide of 1280 x 720, in pixels.
WIDE, HIGH = 920, 556

ROOMY = [cls for cls in CHARTS.values() if cls.room_size]


def settings(cls):
    """Default, presets, and both ends of every control."""
    yield {}
    yield from cls.presets.values()
    for name, control in cls.controls().items():
        options = list(control.options())
        yield from ({name: options[0]}, {name: options[-1]})


def texts(chart, layout, values):
    """(text, its box) for all that is really drawn with these settings."""
    defaults = {name: control.default_value for name, control in chart.controls().items()}
    chart.set_layout(layout)
    chart.set(**defaults | values)
    chart.draw()
    drawn = []
    draw = Text.draw
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Text, "draw", lambda self, *args, **kwargs: (drawn.append(self), draw(self, *args, **kwargs)))
        chart.chart.figure.draw_without_rendering()
    seen = {id(text): text for text in drawn if text.get_visible() and text.get_text().strip() and text.get_alpha() != 0}
    # An annotation's own box would hold its arrow too.
    return [(text, Text.get_window_extent(text)) for text in seen.values()]


def over(drawn):
    """Pairs of texts that lie on each other."""
    drawn = [(text, box) for text, box in drawn if not text.get_text().startswith(("   ", "\n"))]  # blanks, to make room for a number
    return {frozenset((a.get_text(), b.get_text())) for (a, one), (b, other) in itertools.combinations(drawn, 2)
            if min(one.x1, other.x1) - max(one.x0, other.x0) > 1 and min(one.y1, other.y1) - max(one.y0, other.y0) > 3}


def test_few_charts_have_no_layout_for_a_room():
    assert {name for name, cls in CHARTS.items() if not cls.room_size} == WIDE_ONLY


@pytest.mark.parametrize("cls", ROOMY, ids=lambda cls: cls.__name__)
def test_a_room_can_read_a_chart(cls, committed, strict):
    width, height = (72 * side for side in cls.room_size)
    scale = min(WIDE / width, HIGH / height)
    assert scale * cls.room_type >= 23, "type would be too small for the last row"
    chart, wide = cls(), cls()
    for values in settings(cls):
        at = f"{cls.__name__} at {values}"
        drawn = texts(chart, "room", values)
        page = chart.chart.figure.bbox
        for text, box in drawn:
            said = text.get_text()
            assert text.get_fontsize() >= 0.97 * cls.room_type, f"{at}: {said!r} is small"
            assert box.x0 >= -1 and box.x1 <= page.x1 + 1 and box.y0 >= -1 and box.y1 <= page.y1 + 1, f"{at}: {said!r} leaves the picture"
        new = over(drawn)
        if new:  # what lies on each other in the wide layout too is meant so: a number on its bar
            new -= over(texts(wide, "wide", values))
        assert not new, f"{at}: {[tuple(pair) for pair in new]} lie on each other"
