"""The drawing that opens lesson 05 holds together: each part has its words, and its words have room."""

import textwrap

import numpy as np
import pytest

from crossing.lessons.implant import PARTS, ImplantedPump


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("part", PARTS)
def test_the_words_of_each_part_fit_in_their_place(part, narrow):
    chart = ImplantedPump()
    chart.set_layout("narrow" if narrow else "wide")
    chart.set(part=part)
    chart.draw()
    told = " ".join(line.get_text() for line in chart._lines if line.get_text())
    whole = PARTS[part]
    for words in (whole.means, whole.knows, whole.cannot):
        assert words in told
    lowest = min(line.get_position()[1] for line in chart._lines if line.get_text())
    assert lowest > (36 if narrow else 24), "the words run into the stamp"


def test_each_part_is_lit_alone_and_the_whole_is_not():
    chart = ImplantedPump()
    for part in PARTS:
        chart.set(part=part)
        chart.draw()
        lit = {name for name, artists in chart._lit.items() if any(a.get_visible() for a in artists)}
        assert lit == ({part} if part != "whole" else set())


@pytest.mark.parametrize("narrow", [False, True])
def test_labels_do_not_lie_on_each_other(narrow):
    chart = ImplantedPump()
    chart.set_layout("narrow" if narrow else "wide")
    for part in PARTS:
        chart.set(part=part)
        chart.draw()
        figure = chart.chart.figure
        figure.draw_without_rendering()
        boxes = [(t.get_text(), t.get_window_extent()) for axes in figure.axes for t in axes.texts + [a for a in axes.artists if hasattr(a, "get_text")]
                 if t.get_text()]
        boxes += [(a.get_text(), a.get_window_extent()) for axes in figure.axes for a in axes.get_children()
                  if hasattr(a, "get_text") and a.get_text() and a.get_visible() and a.get_text() not in {b[0] for b in boxes}]
        for i, (one, a) in enumerate(boxes):
            for other, b in boxes[i + 1:]:
                assert not a.overlaps(b), f"{part}: {one!r} on {other!r}"


def test_it_says_what_each_part_knows_and_stays_short():
    for part in PARTS.values():
        assert len(textwrap.wrap(part.means, 33)) <= 4
        assert bool(part.knows) == bool(part.cannot)


def test_the_catheter_is_drawn_in_one_piece_from_the_pump_to_the_tip():
    chart = ImplantedPump()
    chart.draw()
    start, end = chart._way[0], chart._way[-1]
    assert 200 < np.hypot(*np.diff(chart._way, axis=0).T).sum() < 700
    assert start[1] > end[1] and start[0] > end[0], "it leaves the pump at the right and ends below it"
