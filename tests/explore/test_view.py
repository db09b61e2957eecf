"""The widget: one message a step, answers to every request, errors in words."""

import json

import pytest
from explore_samples import VEILED, Breaks, Grows, Veiled, Wave
from explore_wire import Page


@pytest.fixture
def page():
    return Page(Wave())


def test_a_new_page_gets_everything_it_needs(page):
    state = page.state
    assert '<g id="live-now"' in state["svg"] and state["parts"]["now"]
    assert state["words"] == "The top stands at 1.00 cm." and not state["veiled"] and not state["error"]
    assert state["values"] == {"height": 2, "width": 8, "place": 1, "shape": 0, "twice": 0}
    assert [c["name"] for c in state["face"]["controls"]] == ["height", "width", "place", "shape", "twice"]
    assert state["face"]["presets"] == ["Tall", "Far, doubled"] and state["face"]["title"] == Wave.title


def test_a_step_is_one_message_with_all_that_changed(page):
    updates = page.move(height=6)
    assert len(updates) == 1
    (update,) = updates
    assert update["words"] == "The top stands at 2.00 cm." and update["heard"] == 1
    assert "svg" not in update, "the skeleton is sent once"
    assert "values" not in update, "the hand is not pulled back"
    assert page.chart.height == 2.0


def test_a_step_is_small(page):
    sizes = [sum(len(json.dumps(u)) for u in page.move(height=i)) for i in range(8)]
    assert max(sizes) < 16_000
    assert max(sizes) < 0.5 * len(page.state["svg"])


def test_a_step_of_growing_limits_sends_a_new_skeleton():
    page = Page(Grows())
    (update,) = page.move(height=6)
    assert '<g id="live-now"' in update["svg"]
    assert "svg" not in page.move(place=2)[0], "the limits stay"


def test_every_request_is_answered_with_its_number(page):
    for request in (lambda: page.move(height=3), lambda: page.press("pin"), lambda: page.press("unpin"),
                    lambda: page.press("preset", name="Tall"), lambda: page.press("reset"), lambda: page.press("behind"),
                    lambda: page.press("layout", layout="narrow"), lambda: page.press("preset", name="not there"),
                    lambda: page.move(height=99)):
        request()
        assert page.state["heard"] == page.n


def test_a_move_back_to_where_it_was_is_answered_too(page):
    page.move(height=6)
    page.move(height=6)
    assert page.state["heard"] == 2


def test_buttons_do_what_they_say(page):
    page.press("preset", name="Tall")
    assert page.chart.height == 4.0 and page.state["values"]["height"] == 14
    page.press("pin")
    assert page.state["pinned"] == "Height 4 cm, Width 2 s, Place T12, Doubled off"
    page.move(height=0)
    assert page.state["ghosts"]["now"] and "Pinned run (Height 4 cm)" in page.state["words"]
    page.press("unpin")
    assert page.state["pinned"] == "" and page.state["ghosts"] == {}
    page.press("reset")
    assert page.state["values"] == {"height": 2, "width": 8, "place": 1, "shape": 0, "twice": 0}
    assert page.state["words"] == "The top stands at 1.00 cm."


def test_a_change_made_in_python_moves_the_handles(page):
    (update,) = page.python(lambda: setattr(page.chart, "height", 4.0))
    assert update["values"]["height"] == 14 and update["words"] == "The top stands at 4.00 cm."
    page.move(place=3)
    assert (page.chart.height, page.chart.place) == (4.0, "C1")
    (update,) = page.python(lambda: page.chart.set(height=1.0, place="T6", twice=True))
    assert update["values"] == {"height": 2, "width": 8, "place": 2, "shape": 0, "twice": 1}


def test_the_counter_grows_by_one_a_step(page):
    before = page.state["n"]
    for i in range(5):
        page.move(height=i)
    assert page.state["n"] == before + 5


def test_the_last_of_many_values_wins(page):
    for i in [*range(15), 4]:
        page.move(height=i)
    assert page.chart.height == 1.5 and page.state["words"] == "The top stands at 1.50 cm."


def test_a_linked_chart_follows_in_one_message_each():
    import traitlets
    one, other = Page(Wave()), Page(Wave())
    traitlets.link((one.chart, "height"), (other.chart, "height"))
    assert len(one.move(height=6)) == 1
    assert len(other._take()) == 1 and other.state["words"] == "The top stands at 2.00 cm."
    assert other.state["values"]["height"] == 6


# ---- numbers and sources ----------------------------------------------------------------------------------


def test_the_table_comes_on_demand_and_goes_with_the_next_step(page):
    assert page.state["behind"] == {}
    page.press("behind")
    behind = page.state["behind"]
    assert behind["columns"] == ["Reading", "Value"] and behind["rows"][0] == ["Top", "1 cm"]
    assert [s["what"] for s in behind["sources"]] == ["Height of waves", "A guess"]
    json.dumps(behind)
    page.move(height=6)
    assert page.state["behind"] == {}
    page.press("behind")
    assert page.state["behind"]["rows"][0] == ["Top", "2 cm"]


# ---- veil -------------------------------------------------------------------------------------------------


def test_nothing_leaks_through_the_veil_and_the_guess_lifts_it(journal):
    page = Page(Veiled())
    page.move(height=14)
    page.press("pin")
    page.press("preset", name="Far, doubled")
    page.press("behind")
    state = page.state
    assert state["veiled"] and state["words"] == VEILED and set(state["parts"].values()) == {""}
    assert state["behind"]["rows"] == [] and state["ghosts"] == {} and state["guess"] == ""
    other = Page(Veiled())
    assert other.state["svg"] == state["svg"], "the skeleton does not know the setting"
    page.press("unpin")
    updates = page.python(lambda: journal.record("99.wave", "guess", {"text": "higher"}))
    assert len(updates) == 1
    assert not page.state["veiled"] and page.state["words"] == "The top stands at 2.00 cm."
    assert page.state["guess"] == "higher" and page.state["parts"]["now"]


# ---- errors -----------------------------------------------------------------------------------------------


def test_an_error_is_told_in_words_and_the_next_step_works(lenient, capsys):
    page = Page(Breaks())
    good = page.state["parts"], page.state["words"]
    page.move(height=10)
    assert page.chart.height == 3.0
    assert "no wave is three centimetres high" in page.state["error"]
    assert (page.state["parts"], page.state["words"]) == good, "the last state that worked stays"
    assert "three centimetres" in page.chart.error
    page.move(height=6)
    assert page.state["error"] == "" and page.state["words"] == "The top stands at 2.00 cm."
    assert page.chart.error == ""
    page.move(height=10)
    page.press("reset")
    assert page.state["error"] == "" and page.state["words"] == "The top stands at 1.00 cm."
    assert "Traceback" in capsys.readouterr().err, "and the whole of it goes to the log"


def test_a_chart_that_fails_from_the_start_still_opens(lenient, capsys):
    page = Page(Breaks(height=3.0))
    assert "three centimetres" in page.state["error"]
    page.press("preset", name="Tall")
    assert page.state["error"] == "" and page.state["parts"]["now"] and page.state["svg"]
    assert page.state["values"]["height"] == 14


def test_an_error_in_the_table_is_told_too(lenient, capsys, monkeypatch):
    page = Page(Wave())
    monkeypatch.setattr(Wave, "table", lambda self, result: 1 / 0)
    page.press("behind")
    assert "division by zero" in page.state["error"] and page.state["heard"] == page.n


def test_errors_are_raised_to_tests(strict):
    chart = Breaks()
    view = chart.widget
    with pytest.raises(ValueError, match="three centimetres"):
        chart.height = 3.0
    assert "three centimetres" in view.error
    chart.height = 2.0
    assert view.error == ""


def test_an_unknown_button_does_nothing(page):
    before = dict(page.state)
    page.press("dance")
    assert {k: v for k, v in page.state.items() if k != "heard"} == {k: v for k, v in before.items() if k != "heard"}


def test_narrow_pages_get_their_own_drawing(page):
    (update, *_) = page.press("layout", layout="narrow")
    assert 'viewBox="0 0 324' in update["svg"] and update["parts"]["now"]
    page.press("layout", layout="wide")
    assert 'viewBox="0 0 547.2' in page.state["svg"]
