"""Icon arrays: as many marks as the figure says, countable, told apart without colour, and never nobody for somebody."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from crossing.explore.chart import Chart
from crossing.explore.icons import GRIDS, IconArray, denominator_for, order, places, same_denominator


def array(of=100):
    return IconArray(Figure().subplots(), of)


def marked(icons):
    return [len(artist.get_xdata()) for artist in icons.artists]


@pytest.mark.parametrize("of", GRIDS)
def test_everybody_has_a_place_of_their_own(of):
    assert places(of).shape == (of, 2) and len(np.unique(places(of), axis=0)) == of


@pytest.mark.parametrize("of", [100, 1000])
def test_the_first_hundred_stand_in_rows_of_ten(of):
    first = places(of)[:100]
    assert first[:10, 1].tolist() == [0] * 10 and first[:10, 0].tolist() == list(range(10)) and first[10].tolist() == [0, 1]


def test_marks_are_as_many_as_the_figure_and_its_interval():
    icons = array()
    assert icons.show(5.2, 2.2, 11) == (2, 5, 11) and marked(icons) == [2, 3, 6]
    assert icons.show(14.7) == (15, 15, 15) and marked(icons) == [15, 0, 0]
    assert icons.show(0, 0, 3.6) == (0, 0, 4) and marked(icons) == [0, 0, 4], "none seen, and still up to four"
    assert icons.show(100) == (100, 100, 100)


def test_in_rows_they_stand_together_and_scattered_they_do_not():
    icons = array()
    icons.show(12)
    together = np.column_stack([icons.sure.get_xdata(), icons.sure.get_ydata()])
    assert together.tolist() == places(100)[:12].tolist()
    icons.show(12, scatter=True)
    scattered = np.column_stack([icons.sure.get_xdata(), icons.sure.get_ydata()])
    assert len(scattered) == 12 and scattered[:, 1].max() > 3
    assert order(100, True, 4).tolist() == order(100, True, 4).tolist() != order(100, True, 5).tolist()


def test_of_a_hundred_thousand_each_field_has_one_before_any_has_two():
    first = order(100_000)
    assert len(np.unique(first)) == 100_000 and sorted(first[:100] // 1000) == list(range(100))
    icons = array(100_000)
    assert icons.show(4, 3, 6) == (3, 4, 6) and marked(icons) == [3, 1, 2]


@pytest.mark.parametrize("of", GRIDS)
def test_marks_fit_their_axes(of):
    """Half as wide, half as large; and never over their neighbours, where there is one mark to a person."""
    sizes = []
    for width in (0.4, 0.8):
        axes = Figure(figsize=(7.6, 7.6)).add_axes((0, 0, width, width))
        icons = IconArray(axes, of)
        sizes.append(icons.sure.get_markersize())
        wide = axes.get_xlim()
        place = 72 * 7.6 * width / (wide[1] - wide[0])
        assert of == 100_000 or 0.5 * place < sizes[-1] < place
    assert sizes[1] == pytest.approx(2 * sizes[0])


def test_marks_differ_in_more_than_colour():
    icons = array()
    assert len({(a.get_marker(), a.get_markerfacecolor()) for a in icons.artists}) == 3
    assert icons.maybe.get_marker() != icons.likely.get_marker()


def test_somebody_is_never_drawn_as_nobody():
    with pytest.raises(ValueError, match="larger denominator"):
        array().show(0.2)
    assert array(1000).show(2) == (2, 2, 2)


@pytest.mark.parametrize("count", [(-1,), (101,), (5, 6, 7), (5, 2, 4)])
def test_counts_that_cannot_be_are_refused(count):
    with pytest.raises(ValueError, match="count"):
        array().show(*count)


def test_a_chart_counts_everything_out_of_as_many():
    arrays = array(), array()
    assert same_denominator(*arrays) == arrays
    with pytest.raises(ValueError, match="100, 1000"):
        same_denominator(array(100), array(1000))


@pytest.mark.parametrize("shares, of", [((0.05, 0.3), 100), ((0.05, 0.002), 1000), ((0.0000867, 0.05), 100_000), ((0.0, 0.3), 100)])
def test_the_rarest_decides_the_denominator(shares, of):
    assert denominator_for(*shares) == of


def test_too_rare_for_people_is_said():
    with pytest.raises(ValueError, match="cannot be drawn"):
        denominator_for(1e-7)
    with pytest.raises(ValueError, match="100, 1000, 100000"):
        places(500)


def test_only_those_hit_are_sent_at_a_step():
    """A thousand rings stay where they are; a step sends the marks of those hit and no others."""
    made = {}

    def setup(chart):
        made["icons"] = IconArray(chart.figure.subplots(), 1000)
        chart.live("hit", *made["icons"].artists)

    chart = Chart("icons", setup, (5, 3))
    sizes = []
    for count in (10, 60):
        made["icons"].show(count)
        sizes.append(len(chart.fragment("hit")))
    assert sizes[1] < len(chart.skeleton()) / 5 and sizes[1] - sizes[0] < 50 * 220
