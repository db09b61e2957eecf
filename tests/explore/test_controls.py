"""Controls: the values they offer, the words for them, and what they refuse."""

import math
import re

import ipywidgets
import numpy as np
import pytest
import traitlets
from explore_samples import Wave
from hypothesis import given
from hypothesis import strategies as st

from crossing.explore.controls import Choice, Slider, Steps, Switch, tidy

CONTROLS = Wave.controls()


def one(control):
    """An object with this one control, called `it`."""
    return type("Holder", (traitlets.HasTraits,), {"it": control})()


# ---- values -----------------------------------------------------------------------------------------------


def test_a_slider_offers_its_whole_range_and_nothing_outside():
    options = CONTROLS["height"].options()
    assert options[0] == 0.5 and options[-1] == 4.0 and len(options) == 15
    assert options == sorted(set(options))


@given(low=st.floats(0.01, 10), times=st.floats(1.5, 1000), share=st.floats(0, 1), count=st.integers(5, 60))
def test_a_ratio_slider_contains_its_default_both_ends_and_stays_in_order(low, times, share, count):
    high = low * times
    default = min(max(low * times**share, low), high)
    slider = Slider("Mixing", default, low=low, high=high, ratio=True, count=count)
    options = slider.options()
    assert slider.default_value in options and math.isclose(slider.default_value, default)
    assert options == sorted(options) and len(options) == count
    assert math.isclose(options[0], low) and math.isclose(options[-1], high)


@given(st.floats(0.5, 4.0))
def test_a_number_is_taken_to_the_nearest_step(value):
    holder = one(Slider("Height", 1.0, low=0.5, high=4.0, step=0.25))
    holder.it = value
    assert abs(holder.it - value) <= 0.125 + 1e-9
    assert holder.it in holder.traits()["it"].options()


def test_every_value_has_a_position_and_comes_back_from_it():
    for name, control in CONTROLS.items():
        wave = Wave()
        for i, value in enumerate(control.options()):
            wave.set(**{name: value})
            assert getattr(wave, name) == value
            assert control.position(getattr(wave, name)) == i


@pytest.mark.parametrize(("low", "high", "step"), [(0.25, 1.0, 0.5), (0, 10, 3), (0, 1, 0.4), (2, 30, 5)])
def test_a_range_that_is_no_whole_number_of_steps_ends_where_it_says(low, high, step):
    options = Slider("Odd", low, low=low, high=high, step=step).options()
    assert options[0] == low and options[-1] == high
    assert all(0 < b - a <= step + 1e-9 for a, b in zip(options, options[1:], strict=False))


@pytest.mark.parametrize("step", [None, 0, -1])
def test_a_slider_needs_a_step(step):
    with pytest.raises(ValueError, match="Height.*step"):
        Slider("Height", 1.0, low=0, high=2, step=step)


@pytest.mark.parametrize("number", [np.float64(2.0), np.float32(2.0), np.int64(2), 2])
def test_numbers_of_every_make_are_numbers(number):
    wave = Wave()
    wave.height = number
    assert wave.height == 2.0 and type(wave.height) is float


# ---- refusals ---------------------------------------------------------------------------------------------

WRONG = [
    ("height", 9, r"Height.*9.*0\.5 to 4"), ("height", "tall", "Height.*tall"), ("height", None, "Height.*None"),
    ("height", math.nan, "Height.*nan"), ("height", True, "Height.*True"), ("place", "T13", "Place.*T13.*L3/4, T12, T6, C1"),
    ("place", 3, "Place.*3"), ("place", ["T12"], "Place.*T12"), ("shape", "round", "Shape.*round.*bell, box"),
    ("twice", "yes", "Doubled.*yes.*True or False"), ("twice", 1, "Doubled.*1"),
]


@pytest.mark.parametrize(("name", "value", "says"), WRONG)
def test_a_wrong_value_is_refused_in_words_and_changes_nothing(name, value, says):
    wave = Wave()
    before, steps = wave.settings(), []
    wave.on_step(lambda: steps.append(1))
    with pytest.raises(traitlets.TraitError, match=says):
        setattr(wave, name, value)
    good = {"height": 2.0, "place": "T6", "shape": "box", "twice": True}
    good.pop(name)
    for order in ({**good, name: value}, {name: value, **good}):
        with pytest.raises(traitlets.TraitError, match=says):
            wave.set(**order)
    assert wave.settings() == before and not steps


def test_a_wrong_name_is_refused_with_the_right_ones_and_changes_nothing():
    wave = Wave()
    before = wave.settings()
    with pytest.raises(TypeError, match="hight.*height, width, place, shape, twice"):
        wave.set(height=2.0, hight=3.0)
    assert wave.settings() == before
    with pytest.raises(TypeError, match="hight.*height, width, place, shape, twice"):
        Wave(hight=3.0)
    with pytest.raises(KeyError, match="Huge.*Tall"):
        wave.apply("Huge")
    assert wave.settings() == before


@pytest.mark.parametrize("bounds", [dict(low=2, high=1), dict(low=1, high=1), dict(low=2, high=5), dict(low=-5, high=0)])
def test_a_slider_whose_default_is_outside_is_refused_when_it_is_declared(bounds):
    with pytest.raises(ValueError, match="Height.*default between"):
        Slider("Height", 1.0, step=0.5, **bounds)


def test_named_steps_must_contain_their_default():
    with pytest.raises((traitlets.TraitError, ValueError)):
        one(Steps("Place", "T13", ["T12", "T6"])).it


def test_a_ratio_slider_cannot_start_at_nought():
    with pytest.raises(ValueError, match="Mixing"):
        Slider("Mixing", 1.0, low=0.0, high=4.0, ratio=True)


# ---- words ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("number", "words"), [
    (1, "1"), (1.0, "1"), (2.5, "2.5"), (0.25, "0.25"), (1200, "1200"), (12000, "12\u202f000"), (1234567.0, "1.23457e+06"),
    (-12000, "-12\u202f000"), (0, "0"), (0.1 + 0.2, "0.3"),
])
def test_numbers_are_written_short(number, words):
    assert tidy(number) == words


def test_every_value_is_said_with_its_unit():
    assert CONTROLS["height"].words(2.5) == "2.5 cm"
    assert CONTROLS["place"].words("C1") == "C1 (high)"
    assert CONTROLS["twice"].words(True) == "on"
    assert all(text.endswith(" s") for text in CONTROLS["width"].face()["words"])


def test_neighbouring_values_of_a_control_have_different_words():
    for control in CONTROLS.values():
        words = control.face()["words"]
        assert len(set(words)) == len(words), control.label


def test_fixed_digits():
    assert Slider("Half-life", 2.0, low=1, high=3, step=0.5, digits=1, unit="h").words(2.0) == "2.0 h"


def test_the_face_is_all_that_a_page_needs():
    faces = {name: control.face() for name, control in CONTROLS.items()}
    assert [f["kind"] for f in faces.values()] == ["range", "range", "range", "choice", "switch"]
    assert faces["width"]["play"] and not faces["height"]["play"]
    assert faces["twice"]["more"] and not faces["height"]["more"]
    assert all(f["label"] and re.fullmatch(r"[a-z_]+", f["name"]) for f in faces.values())
    import json
    assert json.loads(json.dumps(faces)) == faces


def test_a_choice_is_shown_as_it_was_declared():
    holder = one(Choice("View", "map", {"profile": "Profile now", "map": "Space and time"}))
    control = holder.traits()["it"]
    assert holder.it == "map" and control.face()["words"] == ["Profile now", "Space and time"]


# ---- traits -----------------------------------------------------------------------------------------------


def test_a_control_can_be_observed():
    wave, seen = Wave(), []
    wave.observe(lambda change: seen.append((change["name"], change["old"], change["new"])), "height")
    wave.height = 2.1
    wave.height = 2.0
    assert seen == [("height", 1.0, 2.0)]


@pytest.mark.parametrize("link", [traitlets.link, ipywidgets.link], ids=["traitlets", "ipywidgets"])
def test_a_control_can_be_linked_both_ways(link):
    one_wave, other = Wave(), Wave(height=3.0)
    tie = link((one_wave, "height"), (other, "height"))
    assert other.height == 1.0
    other.height = 2.0
    assert one_wave.height == 2.0
    one_wave.set(height=4.0, place="C1")
    assert other.height == 4.0 and other.place == "T12"
    tie.unlink()
    one_wave.height = 1.0
    assert other.height == 4.0


def test_a_stock_widget_can_drive_a_control():
    wave, slider = Wave(), ipywidgets.FloatSlider(min=0.5, max=4, step=0.25, value=3)
    ipywidgets.link((slider, "value"), (wave, "height"))
    assert wave.height == 3.0
    slider.value = 2.0
    assert wave.height == 2.0


def test_two_charts_of_a_kind_share_no_values():
    one_wave, other = Wave(), Wave()
    one_wave.set(height=3.0, twice=True)
    assert other.settings() == Wave().settings()


def test_switches_say_on_and_off():
    holder = one(Switch("Log axis", True))
    assert holder.it is True and holder.traits()["it"].face()["words"] == ["off", "on"]
