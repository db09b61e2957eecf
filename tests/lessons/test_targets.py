"""The picture that opens lesson 06: four targets, each said in full, and no figure that no fact carries."""

import re

import numpy as np
import pytest

from crossing.explore.explorable import Explorable
from crossing.facts import facts
from crossing.lessons.targets import TARGETS, FourTargets, Scene


@pytest.mark.parametrize("target", TARGETS)
def test_each_target_says_where_how_far_how_long_and_for_what(target):
    chart = FourTargets(target=target)
    words = chart.describe(chart.result)
    told = TARGETS[target]
    assert all(part in words for part in (told.name, told.where, told.far, told.long))
    assert set(told.facts) <= set(FourTargets.facts)


def test_no_depth_is_given_since_none_was_found():
    for told in TARGETS.values():
        assert not re.search(r"\d", told.where + told.far + told.long)
    assert "no figure" in TARGETS["pain"].far and "no figure" in TARGETS["motor"].far and "no figure" in TARGETS["tumour"].far


def test_the_only_figures_come_from_facts():
    found = {key: re.findall(r"\d+", FourTargets(target=key).describe(key)) for key in TARGETS}
    assert found == {"pain": [], "motor": [f"{facts['interval_nusinersen'].value:g}"], "tumour": [], "germs": []}


@pytest.mark.parametrize("narrow", [False, True])
def test_one_target_is_lit_at_a_time(narrow):
    chart = FourTargets()
    chart.set_layout("narrow" if narrow else "wide")
    for target in TARGETS:
        chart.set(target=target)
        chart.draw()
        assert [key for key, artists in chart._lit.items() if artists[0].get_visible()] == [target]


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("target", TARGETS)
def test_all_words_are_shown_and_none_meet(target, narrow):
    chart = FourTargets(target=target)
    chart.set_layout("narrow" if narrow else "wide")
    chart.draw()
    told = TARGETS[target]
    for lines, words in zip(chart._lines, (told.where, told.far, told.long)):
        assert " ".join(text.get_text() for text in lines if text.get_text()) == words
    boxes = [text.get_window_extent() for axes in chart.chart.figure.axes for text in axes.texts + axes.artists if hasattr(text, "get_text") and text.get_text().strip()]
    assert len(boxes) > 10
    for i, one in enumerate(boxes):
        for other in boxes[i + 1:]:
            across = min(one.x1, other.x1) - max(one.x0, other.x0)
            down = min(one.y1, other.y1) - max(one.y0, other.y0)
            assert across < 1 or down < 3, (one, other)


def test_pain_cells_lie_nearer_to_the_surface_than_motor_cells():
    def deep(places):  # share of the way in from the surface, along the line to the middle
        x, y = np.transpose(places)
        return 1 - np.hypot(x, y / Scene.SQUASH)
    assert deep(Scene.PAIN).max() < deep(Scene.MOTOR).min()
    assert (deep(Scene.PAIN) > 0).all() and (deep(Scene.LUMP) < 0).all()


def test_germs_lie_in_the_fluid():
    germs = Scene((0, 0), 1).germs
    assert len(germs) > 12
    assert (np.hypot(germs[:, 0], germs[:, 1] / Scene.SQUASH) > 1.03).all()
    assert (np.hypot(germs[:, 0], germs[:, 1] / 0.88) < 1.70).all()


def test_the_picture_is_open():
    assert FourTargets.guess is None and "FourTargets" in Explorable.registry
