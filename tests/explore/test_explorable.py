"""What every chart gives without a line of its own: settings, presets, pins, words, veil, errors."""

import re

import matplotlib as mpl
import pytest
from explore_samples import VEILED, Breaks, Grows, Veiled, Wave

from crossing.explore import theme
from crossing.explore.controls import Slider, Switch
from crossing.explore.explorable import Explorable, figure, say


def state(chart):
    return chart.settings(), chart.words, chart.draw()


# ---- settings ---------------------------------------------------------------------------------------------


def test_a_chart_starts_at_its_defaults():
    assert Wave().settings() == {"height": 1.0, "width": 2.0, "place": "T12", "shape": "bell", "twice": False}


def test_a_chart_can_start_elsewhere_and_reset_returns_there():
    wave = Wave(height=3.0)
    start = state(wave)
    wave.set(height=1.0, place="C1")
    wave.pin()
    wave.reset()
    assert state(wave) == start and wave.pinned is None and wave.height == 3.0


def test_a_preset_sets_what_it_names_and_leaves_the_rest_at_its_default():
    wave = Wave(height=3.0)
    wave.shape = "box"
    wave.apply("Far, doubled")
    assert wave.settings() == Wave().settings() | {"place": "C1", "twice": True}
    wave.reset()
    assert wave.height == 3.0, "reset goes to the start, not to the preset"


def test_a_chart_can_start_at_a_preset():
    assert Wave("Tall").settings() == Wave(height=4.0).settings()


def test_a_value_said_by_name_counts_more_than_the_preset():
    wave = Wave(preset="Tall", height=2.0, place="T6")
    assert (wave.height, wave.place) == (2.0, "T6")
    assert Wave("Far, doubled", height=2.0).settings() == Wave().settings() | {"place": "C1", "twice": True, "height": 2.0}


def test_a_preset_with_a_wrong_value_is_found_before_anything_moves():
    class Bad(Wave):
        title = ""
        presets = {"Bad": dict(place="C1", height=99)}
    chart = Bad()
    before = chart.settings()
    with pytest.raises(Exception, match="Height.*99"):
        chart.apply("Bad")
    assert chart.settings() == before


def test_several_controls_move_in_one_step():
    wave, steps = Wave(), []
    wave.on_step(lambda: steps.append(wave.settings()))
    wave.set(height=2.0, place="C1", twice=True)
    assert [s["place"] for s in steps] == ["C1"] and steps[0]["height"] == 2.0
    wave.height = 3.0
    wave.apply("Tall")
    wave.pin()
    wave.unpin()
    wave.reset()
    assert len(steps) == 6


def test_exactly_the_same_after_a_reset():
    wave = Wave()
    start = state(wave)
    for values in ({"height": 4.0}, {"place": "C1", "shape": "box"}, {"twice": True, "width": 8.0}):
        wave.set(**values)
        assert state(wave) != start
    wave.reset()
    assert state(wave) == start


def test_a_control_cannot_take_the_name_of_something_every_chart_has():
    with pytest.raises(TypeError, match="words"):
        type("Clash", (Explorable,), {"words": Switch("Words")})


def test_controls_are_inherited_in_the_order_of_declaration():
    class More(Wave):
        title = ""
        extra = Slider("Extra", 1.0, low=0, high=2, step=0.5)
    assert list(More.controls()) == ["height", "width", "place", "shape", "twice", "extra"]
    assert "extra" not in Wave.controls()


def test_only_charts_with_a_title_of_their_own_are_registered():
    before = dict(Explorable.registry)
    try:
        named = type("Named", (Wave,), {"title": "Named"})
        type("Nameless", (Wave,), {})
        assert set(Explorable.registry) - set(before) == {"Named"} and Explorable.registry["Named"] is named
    finally:
        Explorable.registry.clear()
        Explorable.registry.update(before)


# ---- words ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("value", "words"), [
    ((43.21, "%"), "43 %"), ((0.0123, "cm"), "0.012 cm"), ((1.234, ""), "1.2"), ((1234.0, "h"), "1230 h"), ("T10", "T10"),
    ((0, "%"), "0 %"), ((-0.5, "h"), "-0.5 h"), ((123456, "h"), "123\u202f000 h"), (("never", ""), "never"), (2.0, "2"),
])
def test_readings_are_rounded_for_reading(value, words):
    assert say(value) == words


def test_a_rounded_number_has_at_most_three_figures():
    for number in (1e-3, 0.0999, 0.9999, 9.99, 99.9, 100.4, 999.6, 12345.6):
        text = figure(number).replace("\u202f", "")
        assert abs(float(text) - number) <= 0.06 * number
        assert len(text.replace(".", "").strip("0")) <= 3, text


def test_the_words_follow_the_settings():
    wave = Wave()
    assert wave.words == "The top stands at 1.00 cm."
    wave.height = 2.5
    assert wave.words == "The top stands at 2.50 cm."
    assert repr(wave) == "A wave along a line. The top stands at 2.50 cm."


def test_the_table_holds_the_readings_unless_a_chart_says_otherwise():
    columns, rows = Wave(height=2.0).table(Wave(height=2.0).result)
    assert columns == ("Reading", "Value") and rows[0] == ("Top", "2 cm")


# ---- pin --------------------------------------------------------------------------------------------------


def test_a_pinned_run_is_compared_in_words():
    wave = Wave()
    wave.pin()
    assert wave.words == "The top stands at 1.00 cm. This is the pinned run; move a control to compare."
    wave.set(height=2.0, twice=True)
    assert wave.words.startswith("The top stands at 4.00 cm. Pinned run (Height 1 cm, Doubled off): top was 1 cm, now 4 cm; mean was")
    wave.unpin()
    assert wave.words == "The top stands at 4.00 cm."


def test_a_pinned_run_whose_readings_stayed_says_so():
    class Silent(Wave):
        title = ""

        def readings(self, result):
            return {"Top": (1.0, "cm")}
    chart = Silent()
    chart.pin()
    chart.place = "T6"
    assert chart.words.endswith("Pinned run (Place T12): its readings are the same.")


def test_of_a_pinned_run_that_differs_in_much_a_few_controls_are_named(committed):
    from crossing.lessons.capstone.unknown_compound import UnknownCompound
    chart = UnknownCompound()
    chart.pin()
    switches = [name for name, control in chart.controls().items() if control.face()["kind"] == "switch"]
    chart.set(**{name: not getattr(chart, name) for name in switches})
    named = [name for name in switches if chart.controls()[name].label + " o" in chart.words]  # "on", "off"
    assert len(switches) > 5 and len(named) == 4
    assert f", and {len(switches) - 4} controls more): " in chart.words


def test_a_pinned_run_stays_in_the_picture_where_it_was():
    wave = Wave()
    first = wave.draw()[0]
    assert wave.draw()[1] == {}
    wave.pin()
    ghost = wave.draw()[1]["now"]
    wave.set(height=3.0)
    parts, ghosts, _ = wave.draw()
    assert ghosts == {"now": ghost}, "text is not pinned, the curve is, and it does not move"
    assert re.search(r' d="([^"]+)"', ghost)[1] == re.search(r' d="([^"]+)"', first["now"])[1]
    assert parts["now"] != first["now"]
    wave.unpin()
    assert wave.draw()[1] == {}


def test_a_pinned_run_is_looked_at_in_the_present_way():
    wave = Wave()
    wave.pin()
    before = wave.draw()[1]
    wave.shape = "box"
    assert wave.draw()[1] != before
    assert "Shape" not in wave.words


def test_a_pinned_run_stands_in_the_present_limits():
    """Limits that follow the run: the ghost must sit on the axes that are shown."""
    chart = Grows(height=1.0)
    chart.pin()
    chart.height = 4.0
    ghost = chart.draw()[1]["now"]
    plain = Wave(height=1.0)
    plain.draw()
    plain.line.axes.set_ylim(chart.line.axes.get_ylim())
    expected = plain.chart.fragments("pin", only={"now"})["now"]

    def points(text):
        return re.findall(r"[ML] ([\d.]+) ([\d.]+)", text)
    assert chart.line.get_ydata().max() == 4.0, "and the present run is the present one"
    assert points(ghost) == points(expected)


# ---- veil -------------------------------------------------------------------------------------------------


def test_a_veiled_chart_never_computes(journal, monkeypatch):
    monkeypatch.setattr(Veiled, "compute", lambda self, **controls: pytest.fail("computed behind the veil"))
    chart = Veiled()
    chart.set(height=4.0)
    chart.pin()
    assert chart.words == VEILED and chart.draw()[2] == VEILED
    assert VEILED in repr(chart)


def test_the_veil_lifts_with_its_own_guess_only(journal):
    chart = Veiled()
    journal.guesses["99.other"] = {"text": "no"}
    assert chart.veiled
    journal.guesses["99.wave"] = {"text": "higher"}
    assert not chart.veiled and chart.words == "The top stands at 1.00 cm."


def test_a_chart_without_a_guess_is_open(journal):
    assert not Wave().veiled


# ---- errors -----------------------------------------------------------------------------------------------


def test_an_error_in_update_leaves_nothing_behind():
    chart = Breaks()
    chart.height = 3.0
    with pytest.raises(ValueError, match="three centimetres"):
        chart.draw()
    chart.height = 2.0
    assert chart.draw() == Breaks(height=2.0).draw()
    chart.reset()
    assert chart.draw() == Breaks().draw()


def test_an_error_while_a_run_is_pinned_leaves_nothing_behind():
    chart = Breaks()
    chart.pin()
    chart.height = 3.0
    with pytest.raises(ValueError):
        chart.draw()
    chart.height = 2.0
    ghosts = chart.draw()[1]
    assert ghosts["now"] and chart.words.endswith("now 2 cm; mean was 0.35 cm, now 0.7 cm.")


# ---- drawing ----------------------------------------------------------------------------------------------


def test_two_equal_charts_are_equal_and_apart():
    one, other = Wave(), Wave()
    assert one.chart.skeleton() == other.chart.skeleton()
    assert one.draw() == other.draw()
    one.height = 4.0
    assert one.draw() != other.draw()
    assert other.draw() == Wave().draw()


def test_the_stamp_is_on_every_picture():
    for narrow in (False, True):
        wave = Wave()
        wave.set_layout("narrow" if narrow else "wide")
        stamps = [t.get_text() for t in wave.chart.figure.findobj(mpl.text.Text)]
        assert any(Wave.stamp in t and Wave.model in t for t in stamps)


def test_a_narrow_chart_says_and_shows_the_same():
    wave, steps = Wave(height=3.0), []
    wave.on_step(lambda: steps.append(1))
    wide = wave.chart.signature()
    wave.draw()
    wave.set_layout("narrow")
    assert wave.chart.signature() != wide and len(steps) == 1  # so that the page gets the new one
    parts, _, words = wave.draw()
    assert parts["now"] and words == Wave(height=3.0).words
    wave.set_layout("narrow")
    assert len(steps) == 1, "already narrow"
    wave.set_layout("wide")
    assert wave.draw() == Wave(height=3.0).draw() and wave.chart.skeleton() == Wave(height=3.0).chart.skeleton()
    with pytest.raises(ValueError, match="found 'tall', wanted wide, narrow or room"):
        wave.set_layout("tall")


def test_in_a_room_the_type_is_larger_and_long_names_break():
    wave = Wave()
    wave.set_layout("room")
    axes = wave.chart.figure.axes[0]
    sizes = [text.get_fontsize() for text in wave.chart.figure.findobj(mpl.text.Text) if text.get_text().strip()]
    assert min(sizes) >= Wave.room_type
    for name, shown in (("Level (1 = daily mean there)", "Level\n(1 = daily mean there)"), ("short", "short"),
                        ("a long name that has no unit at all", "a long name that has\nno unit at all")):
        axes.set_ylabel(name)
        theme.for_a_room(wave.chart.figure, Wave.room_type)
        assert axes.get_ylabel() == shown
    wave.room_size = None
    wave.set_layout("wide")
    wave.set_layout("room")
    assert wave.layout == "wide", "a chart without a layout for rooms shows the wide one"


def test_no_letter_of_a_picture_is_cut_off_at_its_edge():
    for narrow in (False, True):
        wave = Wave()
        wave.set_layout("narrow" if narrow else "wide")
        wave.draw()
        box = wave.chart.figure.bbox
        for text in wave.chart.figure.findobj(mpl.text.Text):
            if text.get_text().strip() and text.get_visible():
                edge = text.get_window_extent()
                assert edge.x0 >= box.x0 - 1 and edge.x1 <= box.x1 + 1 and edge.y0 >= box.y0 - 1, text.get_text()


def test_artists_made_in_update_have_the_house_style():
    class Anew(Wave):
        title = ""

        def update(self, result):
            super().update(result)
            self.text.remove()
            self.text = self.line.axes.text(0.5, 8, "anew")
            self.replace("note", self.text)
    with mpl.rc_context({"font.size": 30, "text.color": "red"}):
        chart = Anew()
        parts = chart.draw()[0]["note"]
    assert chart.text.get_fontsize() == pytest.approx(10.5)
    assert "--crossing-ink" in parts
