"""A chart's front end in a real browser, with the real Python side but no server between them: quick and exact.

`Shown` loads `explorable.js` into an empty page. What the page sends waits until the test lets Python answer, so that
every order of events can be told apart; the page's clock stands still until a test moves it.
"""

import io
import math
import pathlib
import re
import sys
import xml.etree.ElementTree as ElementTree
from importlib import resources

import numpy as np
import pytest
from PIL import Image

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "explore"))

from explore_journal import Journal  # noqa: E402  (needs the line above: tests are not a package)
from explore_samples import Breaks, Grows, Veiled, Wave  # noqa: E402
from explore_wire import Page  # noqa: E402

import crossing.explore  # noqa: E402

STATIC = pathlib.Path(crossing.explore.__file__).parent / "static"
SILENT = "Python is not answering"


class Shown:
    """A chart in a page."""

    def __init__(self, tab, chart, places=("one",), number=0):
        self.tab, self.python, self.number = tab, Page(chart), number
        state = self.python.view.get_state()
        state = {k: v for k, v in state.items() if not k.startswith("_")}
        tab.evaluate("([source, state, places]) => show(source, state, places)",
                     [(STATIC / "explorable.js").read_text(encoding="utf-8"), state, list(places)])
        self.box = tab.locator("#" + places[0])

    def evaluate(self, script):
        return self.tab.evaluate(f"() => {{ const model = models[{self.number}]; return {script} }}")

    def sent(self):
        """What the page has sent since this was last asked."""
        return self.evaluate("model.sent.splice(0)")

    def answer(self, messages=None):
        """Let Python take all messages (those waiting, when none are given) and the page its answers."""
        messages = self.sent() if messages is None else messages
        for message in messages:
            kind = ({"method": "custom", "content": message["content"]} if "content" in message else
                    {"method": "update", "state": {"values": message["values"]}, "buffer_paths": []})
            self.python.view._handle_msg({"content": {"data": kind}, "buffers": []})
        self.receive()
        return messages

    def receive(self):
        """The page takes what Python has sent."""
        for state in self.python._take():
            self.tab.evaluate("([i, state]) => models[i].receive(state)", [self.number, state])

    def drag(self, label, position):
        """One step of a hand on a range."""
        self.box.get_by_label(label, exact=True).evaluate(
            "(input, to) => { input.value = to; input.dispatchEvent(new Event('input', {bubbles: true})); }", position)

    def words(self):
        return self.box.locator(".crossing-words").inner_text()

    def drawn(self):
        """What stands in each live group, and the values of all controls."""
        return self.box.evaluate("""(el) => [
            [...el.querySelector('.crossing-chart').shadowRoot.querySelectorAll('g[id^=live-]')].map((g) => g.innerHTML),
            [...el.querySelectorAll('input')].map((i) => i.type == 'range' ? i.value : i.checked),
            el.querySelector('.crossing-words').textContent]""")


@pytest.fixture
def tab(page):
    """An empty page with the chart's styles and a clock that stands still."""
    css = (STATIC / "explorable.css").read_text(encoding="utf-8")
    page.clock.install(time=0)
    page.set_content(f"<!doctype html><html lang='en'><head><title>Chart</title><style>{css}</style></head>"
                     "<body data-jp-theme-light='true'><main><h1>Chart</h1><div id='one'></div>"
                     "<div id='two' style='max-width:54rem'></div></main></body></html>")
    page.add_script_tag(content=(HERE / "fake_model.js").read_text(encoding="utf-8"))
    page.clock.pause_at(1000)
    yield page
    assert page.complaints == [], "errors on the console"
    assert page.outside == [], "requests to other hosts"


@pytest.fixture
def journal(monkeypatch):
    from crossing.explore import journal as module
    one = Journal()
    monkeypatch.setattr(module, "for_lesson", lambda lesson: one)
    return one


@pytest.fixture
def wave(tab):
    return Shown(tab, Wave())


def tree(tab):
    """The browser's accessibility tree: (role, name, description)."""
    session = tab.context.new_cdp_session(tab)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    found = []
    for n in nodes:
        if n.get("ignored"):
            continue
        found.append((n["role"]["value"], n.get("name", {}).get("value", ""), n.get("description", {}).get("value", "")))
    return found


# ---- names, values, keys ----------------------------------------------------------------------------------


def test_every_control_has_its_name_and_its_value_with_unit(tab, wave):
    tab.get_by_text("More controls").click()
    seen = tree(tab)
    for name, value in (("Height", "1 cm"), ("Width", "2 s"), ("Place", "T12")):
        # DevTools' tree shows a native range's number and not its value text, which assistive technology prefers.
        assert tab.get_by_role("slider", name=name, exact=True).get_attribute("aria-valuetext") == value
    names = [(role, name) for role, name, _ in seen]
    for wanted in (("slider", "Height"), ("slider", "Width"), ("slider", "Place"), ("group", "Shape"), ("radio", "Bell"), ("radio", "Box"), ("checkbox", "Doubled"), ("button", "Play: Width"),
                   ("button", "Tall"), ("button", "Pin this run"), ("button", "Reset"), ("button", "Save the picture")):
        assert wanted in names, wanted
    assert all(name for role, name in names if role in {"slider", "radio", "checkbox", "button", "link"})


def test_the_picture_has_the_title_as_its_name_and_the_words_as_its_description(tab, wave):
    assert ("image", Wave.title, "The top stands at 1.00 cm.") in tree(tab)
    wave.drag("Height", 6)
    wave.answer()
    assert ("image", Wave.title, "The top stands at 2.00 cm.") in tree(tab)


@pytest.mark.parametrize(("key", "position"), [("ArrowRight", 3), ("ArrowUp", 3), ("ArrowLeft", 1), ("End", 14), ("Home", 0)])
def test_keys_move_a_range_and_send_its_position(tab, wave, key, position):
    slider = tab.get_by_label("Height", exact=True)
    slider.focus()
    tab.keyboard.press(key)
    (message,) = wave.sent()
    assert message["values"]["height"] == position and message["values"]["#"] == 1
    words = Wave.controls()["height"].face()["words"][position]
    assert slider.get_attribute("aria-valuetext") == words, "before Python has answered"
    assert tab.locator(".crossing-value").first.inner_text() == words
    wave.answer([message])
    assert wave.python.chart.height == Wave.controls()["height"].options()[position]
    assert slider.get_attribute("aria-valuetext") == words


def test_keys_choose_and_switch(tab, wave):
    tab.get_by_label("Bell").focus()
    tab.keyboard.press("ArrowDown")
    tab.get_by_text("More controls").click()
    tab.get_by_label("Doubled").focus()
    tab.keyboard.press("Space")
    wave.answer()
    assert (wave.python.chart.shape, wave.python.chart.twice) == ("box", True)
    assert tab.get_by_label("Box").is_checked() and not tab.get_by_label("Bell").is_checked()


def test_the_notebooks_shortcuts_are_kept_off_everything_that_takes_the_focus(tab, wave):
    """On the element itself: JupyterLab's `:focus` selectors match it before they look further up."""
    outside = tab.evaluate("""() => [...document.querySelectorAll('#one input, #one button, #one summary')]
        .filter((el) => el.dataset.lmSuppressShortcuts !== "true").length""")
    assert outside == 0 and tab.locator("#one input").count() == 6


def test_labels_can_be_clicked(tab, wave):
    for label in ("Bell", "Box"):
        tab.locator("label", has_text=label).click()
        assert tab.get_by_label(label).is_checked()


def test_two_charts_of_a_kind_do_not_share_names_or_radio_buttons(tab, wave):
    other = Shown(tab, Wave(), ["two"], 1)
    other.box.get_by_label("Box").check()
    other.answer()
    assert wave.box.get_by_label("Bell").is_checked()
    ids = tab.evaluate("[...document.querySelectorAll('[id]')].map((el) => el.id)")
    assert len(set(ids)) == len(ids)


# ---- drawing ----------------------------------------------------------------------------------------------


def test_a_step_swaps_only_the_parts_that_changed(tab, wave):
    tab.evaluate("""() => { window.kept = (slot) => { const g = document.querySelector('#one .crossing-chart').shadowRoot
        .getElementById('live-' + slot).firstElementChild; const was = g.seen; g.seen = true; return !!was; }; }""")
    kept = lambda: [tab.evaluate(f"kept('{slot}')") for slot in ("now", "note")]  # noqa: E731
    assert kept() == [False, False] and kept() == [True, True]
    wave.drag("Place", 2)  # the same top: the text stays
    wave.answer()
    assert kept() == [False, True]
    wave.drag("Height", 6)
    wave.answer()
    assert kept() == [False, False]


def test_every_step_tells_that_it_is_painted(tab, wave):
    tab.evaluate("() => { window.painted = []; document.addEventListener('painted', (e) => painted.push(e.detail.n)); }")
    first = wave.evaluate("model.get('n')")
    for i in (3, 4, 5):
        wave.drag("Height", i)
        wave.answer()
    assert tab.evaluate("painted") == [first + 1, first + 2, first + 3]


def test_an_old_answer_does_not_pull_the_handle_back(tab, wave):
    wave.drag("Height", 5)
    first = wave.sent()
    wave.drag("Height", 9)
    wave.answer(first)
    assert tab.get_by_label("Height", exact=True).input_value() == "9"
    wave.answer()
    assert wave.python.chart.height == 2.75 and wave.words() == "The top stands at 2.75 cm."


def test_a_change_in_python_moves_the_handles(tab, wave):
    wave.python.chart.set(height=4.0, place="C1", shape="box", twice=True)
    wave.receive()
    assert wave.drawn()[1] == ["14", "8", "3", False, True, True]
    assert tab.get_by_label("Place", exact=True).get_attribute("aria-valuetext") == "C1 (high)"


@pytest.mark.parametrize("chart", [Wave, Grows])
def test_a_second_view_after_ten_updates_equals_the_first(tab, chart):
    shown = Shown(tab, chart())
    shown.python.chart.pin()
    for i in range(10):
        shown.drag("Height", i)
        shown.answer()
    shown.evaluate("void model.module.render({ model, el: document.getElementById('two') })")
    second = Shown.__new__(Shown)
    second.box = tab.locator("#two")
    assert second.drawn() == shown.drawn() and "ghost" in "".join(shown.drawn()[0][0])
    shown.box.get_by_label("Height", exact=True).focus()
    tab.keyboard.press("Home")
    shown.answer()
    assert second.drawn() == shown.drawn()


def test_the_second_of_two_equal_charts_is_whole_when_the_first_is_hidden(tab):
    """In slides the first is `display: none`; its clip paths and markers must not be those of the second."""
    Shown(tab, Wave())
    other = Shown(tab, Wave(), ["two"], 1)

    def picture():
        return np.asarray(Image.open(io.BytesIO(other.box.locator(".crossing-stage").screenshot())).convert("RGB")).astype(int)
    tab.evaluate("document.getElementById('one').style.visibility = 'hidden'")
    before = picture()
    tab.evaluate("document.getElementById('one').style.display = 'none'")
    after = picture()
    height = min(len(before), len(after))  # a box between two pixels may gain one
    assert before.std() > 5
    assert (abs(after[:height] - before[:height]).max(axis=2) > 40).mean() < 0.001


def test_a_view_that_is_gone_sends_nothing_more(tab, wave):
    tab.get_by_role("button", name="Play: Width").click()
    wave.answer()
    wave.evaluate("model.remove.forEach((remove) => remove())")
    wave.sent()
    tab.clock.run_for(20_000)
    assert wave.sent() == [] and wave.evaluate("model.handlers.length") == 0


# ---- what is spoken ---------------------------------------------------------------------------------------


def test_a_drag_is_spoken_once_when_it_has_settled(tab, wave):
    tab.evaluate("""() => { window.spoken = [];
        for (const el of document.querySelectorAll('#one [role=status], #one [role=alert], #one output, #one [aria-live]'))
          new MutationObserver(() => { if (el.textContent) spoken.push(el.textContent); })
            .observe(el, {childList: true, characterData: true, subtree: true}); }""")
    for i in range(12):
        wave.drag("Height", i)
        wave.answer()
        tab.clock.run_for(60)
    assert tab.evaluate("spoken") == [] and wave.words() == "The top stands at 3.25 cm.", "seen at once, spoken later"
    tab.clock.run_for(2000)
    assert tab.evaluate("spoken") == ["The top stands at 3.25 cm."]
    wave.drag("Height", 10)
    wave.answer()
    tab.clock.run_for(2000)
    assert tab.evaluate("spoken") == ["The top stands at 3.25 cm.", "The top stands at 3.00 cm."]


def test_nothing_is_spoken_when_the_words_did_not_change(tab, wave):
    wave.drag("Place", 2)
    wave.answer()
    tab.clock.run_for(2000)
    assert tab.locator("#one [role=status]").inner_text() == ""


def test_an_error_is_shown_once_and_goes(tab, lenient):
    shown = Shown(tab, Breaks())
    tab.evaluate("""() => { window.spoken = 0; new MutationObserver(() => { spoken += 1; })
        .observe(document.querySelector('.crossing-error'), {childList: true, characterData: true, subtree: true}); }""")
    before = shown.drawn()[0]
    shown.drag("Height", 10)
    shown.answer()
    line = tab.get_by_role("alert").filter(has_text="three centimetres")
    assert line.is_visible() and shown.drawn()[0] == before
    shown.drag("Place", 2)
    shown.answer()
    assert line.is_visible() and tab.evaluate("spoken") == 1, "the same error is not spoken again"
    shown.drag("Height", 6)
    shown.answer()
    assert line.count() == 0 and shown.words() == "The top stands at 2.00 cm."


@pytest.fixture
def lenient(monkeypatch):
    monkeypatch.delenv("CROSSING_STRICT", raising=False)


# ---- is Python there? -------------------------------------------------------------------------------------


def waiting(tab):
    return tab.locator(".crossing-waiting").count() == 1


def test_a_slow_answer_shows_that_work_goes_on_and_a_missing_one_says_what_to_do(tab, wave):
    wave.drag("Height", 6)
    tab.clock.run_for(900)
    assert not waiting(tab)
    tab.clock.run_for(200)
    assert waiting(tab) and tab.get_by_text(SILENT).count() == 0
    tab.clock.run_for(7000)
    assert not waiting(tab) and tab.get_by_role("alert").filter(has_text=SILENT).is_visible()
    wave.answer()
    assert tab.get_by_text(SILENT).count() == 0 and not waiting(tab)
    tab.clock.run_for(20_000)
    assert tab.get_by_text(SILENT).count() == 0


def test_an_answer_to_an_earlier_step_does_not_end_the_waiting(tab, wave):
    wave.drag("Height", 6)
    first = wave.sent()
    wave.drag("Height", 7)
    wave.answer(first)
    tab.clock.run_for(1100)
    assert waiting(tab)
    wave.answer()
    assert not waiting(tab)


@pytest.mark.parametrize("button", ["Tall", "Pin this run", "Reset"])
def test_a_button_that_gets_no_answer_says_so_too(tab, wave, button):
    tab.get_by_role("button", name=button).click()
    tab.clock.run_for(8100)
    assert tab.get_by_text(SILENT).is_visible()
    wave.answer()
    assert tab.get_by_text(SILENT).count() == 0


def test_a_step_in_python_alone_is_no_answer_that_is_waited_for(tab, wave):
    wave.python.chart.height = 4.0
    wave.receive()
    tab.clock.run_for(20_000)
    assert not waiting(tab) and tab.get_by_text(SILENT).count() == 0


# ---- play -------------------------------------------------------------------------------------------------


def test_play_runs_to_the_end_and_stops(tab, wave):
    button = tab.get_by_role("button", name=re.compile("Width"))
    button.click()
    assert button.get_attribute("aria-label") == "Pause: Width"
    positions = []
    for _ in range(20):
        tab.clock.run_for(500)
        positions += [m["values"]["width"] for m in wave.answer()]
    assert positions == list(range(9, 17)), "from where it stood to the end, one by one"
    assert button.get_attribute("aria-label") == "Play: Width"
    button.click()
    tab.clock.run_for(500)
    assert [m["values"]["width"] for m in wave.answer()] == [0, 1], "from the end it starts again"


@pytest.mark.parametrize("stop", ["click", "key", "Reset", "Tall"])
def test_play_stops_when_a_person_takes_over(tab, wave, stop):
    button = tab.get_by_role("button", name=re.compile("Width"))
    button.click()
    tab.clock.run_for(600)
    wave.answer()
    if stop == "click":
        button.click()
    elif stop == "key":
        tab.get_by_label("Width", exact=True).focus()
        tab.keyboard.press("ArrowLeft")
    else:
        tab.get_by_role("button", name=stop, exact=True).click()
    wave.answer()
    tab.clock.run_for(5000)
    assert wave.sent() == [] and button.get_attribute("aria-label") == "Play: Width"


def test_with_reduced_motion_the_button_makes_single_steps(tab):
    tab.emulate_media(reduced_motion="reduce")
    shown = Shown(tab, Wave())
    button = tab.get_by_role("button", name="Step: Width")
    button.click()
    tab.clock.run_for(5000)
    assert [m["values"]["width"] for m in shown.answer()] == [9]
    button.click()
    assert [m["values"]["width"] for m in shown.answer()] == [10]


# ---- veil, guess, pin, presets ----------------------------------------------------------------------------


def test_the_veil_hides_the_curve_and_the_words_until_the_guess(tab, journal):
    shown = Shown(tab, Veiled())
    veil = tab.locator(".crossing-veil")
    assert veil.is_visible() and set(shown.drawn()[0]) == {""}
    assert "cm." not in shown.words() and "0.35" not in tab.content() and tab.locator(".crossing-guess").is_hidden()
    assert tab.get_by_role("button", name="Pin this run").is_disabled()
    presets, more = tab.get_by_role("button", name="Tall"), tab.get_by_text("More controls")
    assert presets.is_hidden() and more.is_hidden(), "names of presets and of the lesser controls may tell the answer"
    shown.drag("Height", 6)
    shown.answer()
    assert veil.is_visible() and set(shown.drawn()[0]) == {""}
    journal.record("99.wave", "guess", {"text": "it grows"})
    shown.receive()
    assert veil.is_hidden() and all(shown.drawn()[0]) and presets.is_visible() and more.is_visible()
    assert tab.locator(".crossing-guess").inner_text() == "Your guess: it grows"
    assert shown.words() == "The top stands at 2.00 cm." and tab.get_by_role("button", name="Pin this run").is_enabled()


def test_an_open_chart_has_no_veil(tab, wave):
    assert tab.locator(".crossing-veil").is_hidden() and tab.locator(".crossing-guess").is_hidden()


def test_pin_and_unpin(tab, wave):
    tab.get_by_role("button", name="Pin this run").click()
    assert [m["content"]["do"] for m in wave.answer()] == ["pin"]
    wave.drag("Height", 6)
    wave.answer()
    parts = wave.drawn()[0]
    assert 'class="ghost"' in parts[0] and 'class="ghost"' not in parts[1]
    assert "Pinned run (Height 1 cm)" in wave.words()
    tab.get_by_role("button", name="Unpin").click()
    assert [m["content"]["do"] for m in wave.answer()] == ["unpin"]
    assert "ghost" not in wave.drawn()[0][0] and tab.get_by_role("button", name="Pin this run").is_visible()


def test_presets_and_reset(tab, wave):
    start = wave.drawn()
    tab.get_by_role("button", name="Far, doubled").click()
    wave.answer()
    assert wave.drawn()[1] == ["2", "8", "3", True, False, True] and wave.words() == "The top stands at 2.00 cm."
    tab.get_by_role("button", name="Reset").click()
    wave.answer()
    assert wave.drawn() == start


def test_controls_that_are_asked_for_are_folded(tab, wave):
    assert tab.get_by_label("Height", exact=True).is_visible() and tab.get_by_label("Doubled").is_hidden()
    tab.get_by_text("More controls").click()
    assert tab.get_by_label("Doubled").is_visible()


# ---- numbers, sources, picture ----------------------------------------------------------------------------


def test_numbers_and_sources_are_one_step_away(tab, wave):
    assert wave.sent() == [], "nothing is asked before it is wanted"
    tab.get_by_text("Numbers and sources").click()
    tab.wait_for_function("models[0].sent.length > 0")
    wave.answer()
    table = tab.get_by_role("table", name="The numbers in this chart, now")
    assert table.locator("th[scope=col]").all_inner_texts() == ["Reading", "Value"]
    assert table.locator("tbody tr").all_inner_texts() == ["Top\t1 cm", "Mean\t0.35 cm"]
    assert table.locator("tbody th[scope=row]").count() == 2
    facts = tab.locator(".crossing-behind li").all_inner_texts()
    assert facts == ["Height of waves: 1 cm. A. Author, 2001", "A guess: 2 s. (assumed here)"]
    assert tab.get_by_role("link", name="A. Author, 2001").get_attribute("href") == "https://example.org/a"


def test_an_open_table_is_asked_for_once_after_a_drag_and_not_at_every_step(tab, wave):
    tab.get_by_text("Numbers and sources").click()
    tab.wait_for_function("models[0].sent.length > 0")
    wave.answer()
    asked = []
    for i in range(8):
        wave.drag("Height", i)
        asked += [m for m in wave.answer() if "content" in m]
        tab.clock.run_for(60)
        assert tab.locator("tbody tr").first.inner_text() == "Top\t1 cm", "the old one stays meanwhile"
    assert asked == []
    tab.clock.run_for(1000)
    (message,) = wave.answer()
    assert message["content"]["do"] == "behind"
    assert tab.locator("tbody tr").first.inner_text() == "Top\t2.2 cm"
    tab.clock.run_for(5000)
    assert wave.sent() == []


def test_the_saved_picture_stands_alone(tab, wave, tmp_path):
    wave.python.chart.pin()
    wave.python.chart.height = 3.0
    wave.receive()
    with tab.expect_download() as waiting_for:
        tab.get_by_role("button", name="Save the picture").click()
    path = tmp_path / waiting_for.value.suggested_filename
    waiting_for.value.save_as(path)
    assert path.name == "a-wave-along-a-line.svg"
    text = path.read_text(encoding="utf-8")
    root = ElementTree.fromstring(text)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert "var(" not in text and "#1b1b1f" in text, "the page's variables are plain colours here"
    assert float(root.get("width")) == pytest.approx(7.6 * 72)

    # A file and the page look the same, the pale pinned run too.
    def shot(html):
        other = tab.context.new_page()
        other.set_content(f"<body style='margin:0;background:#fff'>{html}</body>")
        picture = Image.open(io.BytesIO(other.locator("svg, #host").first.screenshot())).convert("RGB")
        other.close()
        return np.asarray(picture).astype(int)
    shadow = tab.locator("#one .crossing-chart").evaluate("(el) => el.shadowRoot.querySelector('svg').outerHTML")
    page_style = "<style>svg{display:block;width:547.2px;height:309.6px}</style>"
    alone, shown = shot(page_style + text), shot(page_style + shadow)
    assert alone.shape == shown.shape and (abs(alone - shown).max(axis=2) > 40).mean() < 0.0005
    assert 'opacity="0.42"' in text, "without the page's styles the pinned run must still be pale"


# ---- width and theme --------------------------------------------------------------------------------------


def asked_layouts(shown):
    shown.tab.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return [m["content"]["layout"] for m in shown.answer() if m.get("content", {}).get("do") == "layout"]


def test_a_narrow_page_asks_for_its_layout_once(tab):
    tab.clock.resume()
    shown = Shown(tab, Wave())
    assert asked_layouts(shown) == []
    wide = tab.locator("#one .crossing-chart").evaluate("(el) => el.shadowRoot.querySelector('svg').getAttribute('viewBox')")
    tab.set_viewport_size({"width": 400, "height": 800})
    assert asked_layouts(shown) == ["narrow"]
    tab.set_viewport_size({"width": 380, "height": 800})
    assert asked_layouts(shown) == []
    narrow = tab.locator("#one .crossing-chart").evaluate("(el) => el.shadowRoot.querySelector('svg').getAttribute('viewBox')")
    assert (wide, narrow) == ("0 0 547.2 309.6", "0 0 324 309.6") and all(shown.drawn()[0])
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), "no sideways scrolling"
    tab.set_viewport_size({"width": 900, "height": 800})
    assert asked_layouts(shown) == ["wide"]


def test_a_slide_asks_for_large_type_even_while_it_is_hidden(tab):
    tab.clock.resume()
    tab.evaluate("document.getElementById('one').classList.add('reveal'); document.getElementById('one').style.display = 'none'")
    shown = Shown(tab, Wave())
    assert asked_layouts(shown) == ["room"]
    assert tab.locator("#one .crossing-chart").evaluate("(el) => el.shadowRoot.querySelector('svg').getAttribute('viewBox')") == "0 0 388.8 223.2"


def test_a_page_that_opens_narrow_asks_at_once_and_a_hidden_one_waits(tab):
    tab.clock.resume()
    tab.set_viewport_size({"width": 380, "height": 800})
    assert asked_layouts(Shown(tab, Wave())) == ["narrow"]
    tab.evaluate("document.getElementById('two').style.display = 'none'")
    hidden = Shown(tab, Wave(), ["two"], 1)
    assert asked_layouts(hidden) == []
    tab.evaluate("document.getElementById('two').style.display = 'block'")
    assert asked_layouts(hidden) == ["narrow"]


def test_the_dark_theme_changes_every_colour_without_python(tab, wave):
    strokes = """(el) => Object.fromEntries([...el.querySelector('.crossing-chart').shadowRoot.querySelectorAll('[style*="--crossing-"]')]
        .flatMap((e) => [...e.getAttribute('style').matchAll(/(fill|stroke): var\\(--crossing-(\\w+)/g)]
        .map(([, what, name]) => [name, getComputedStyle(e)[what]])))"""
    light = wave.box.evaluate(strokes)
    tab.evaluate("""() => { document.body.dataset.jpThemeLight = 'false';
        document.body.style.setProperty('--jp-content-font-color0', '#ffffff');
        document.body.style.setProperty('--jp-layout-color0', '#111111'); }""")
    dark = wave.box.evaluate(strokes)
    assert set(light) >= {"ink", "paper", "muted", "grid"} and light["ink"] == "rgb(27, 27, 31)"
    assert all(dark[name] != light[name] for name in light), (light, dark)
    assert dark["paper"] == "rgb(17, 17, 17)" and wave.sent() == []


def contrast(one, other):
    def luminance(colour):
        parts = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
        parts = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    a, b = sorted((luminance(one), luminance(other)))
    return (b + 0.05) / (a + 0.05)


def test_curves_and_letters_stand_out_in_both_themes():
    """Axe cannot see into a picture: 4.5 to 1 for letters, 3 to 1 for curves, against the paper."""
    from crossing.explore import theme
    css = (STATIC / "explorable.css").read_text(encoding="utf-8")
    dark = dict(re.findall(r"--crossing-(\w+): (#[0-9a-f]{6});", css[css.index('[data-jp-theme-light="false"]'):]))
    for colour, name in theme.NAMES.items():
        wanted = {"ink": 4.5, "muted": 4.5, "paper": 0, "grid": 0, "sky": 0}.get(name, 3)
        assert contrast(colour, theme.PAPER) >= wanted, f"{name} on light paper"
        if name not in {"ink", "paper"}:
            assert contrast(dark[name], "#111111") >= wanted, f"{name} on dark paper"


#: What people without one kind of cone see of red, green and blue light (Machado, Oliveira and Fernandes 2009, severity 1).
BLIND = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def as_seen(colour, blindness):
    """A colour in CIE Lab, as seen."""
    light = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    light = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in light]
    left = [min(1, max(0, sum(m * c for m, c in zip(row, light)))) for row in BLIND[blindness]]
    to_xyz = ((0.4125, 0.3576, 0.1804), (0.2127, 0.7152, 0.0722), (0.0193, 0.1192, 0.9503))
    x, y, z = (sum(m * c for m, c in zip(row, left)) / white for row, white in zip(to_xyz, (0.9505, 1, 1.0888)))
    x, y, z = (c ** (1 / 3) if c > 0.008856 else 7.787 * c + 16 / 116 for c in (x, y, z))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("blindness", BLIND)
@pytest.mark.parametrize("paper", ["light", "dark"])
def test_series_stay_apart_for_the_colour_blind(blindness, paper):
    from crossing.explore import theme
    css = (STATIC / "explorable.css").read_text(encoding="utf-8")
    dark = dict(re.findall(r"--crossing-(\w+): (#[0-9a-f]{6});", css[css.index('[data-jp-theme-light="false"]'):]))
    series = [theme.BLUE, theme.VERMILLION, theme.GREEN, theme.PURPLE]
    seen = [as_seen(c if paper == "light" else dark[theme.NAMES[c]], blindness) for c in series]
    near = min(math.dist(a, b) for i, a in enumerate(seen) for b in seen[:i])
    assert near >= 10, f"two series are {near:.1f} apart: about 2 can just be told apart side by side, 10 at a glance"


# ---- axe --------------------------------------------------------------------------------------------------


def violations(tab):
    axe = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    tab.clock.resume()
    tab.add_script_tag(content=axe)
    found = tab.evaluate("async () => (await axe.run(document)).violations")
    return [(v["id"], v["impact"], [n["html"][:120] for n in v["nodes"]]) for v in found]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("kind", ["open", "veiled", "error"])
def test_axe_finds_nothing(tab, journal, lenient, theme, kind):
    pytest.importorskip("axe_playwright_python")
    if theme == "dark":
        tab.evaluate("""() => { document.body.dataset.jpThemeLight = 'false';
            document.body.style.cssText = 'background:#111111;color:#ffffff;--jp-content-font-color0:#ffffff;--jp-layout-color0:#111111'; }""")
    shown = Shown(tab, {"open": Wave, "veiled": Veiled, "error": Breaks}[kind]())
    for summary in tab.locator("summary:visible").all():
        summary.click()
    tab.wait_for_function("models[0].sent.length > 0")
    shown.answer()
    if kind == "open":
        tab.get_by_role("button", name="Pin this run").click()
    shown.drag("Height", 10)
    shown.answer()
    assert tab.locator("table").count() == (kind != "veiled")
    assert violations(tab) == []


def test_axe_would_find_something(tab, wave):
    tab.evaluate("document.querySelector('#one label').remove()")
    assert "label" in [v[0] for v in violations(tab)]
