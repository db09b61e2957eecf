"""The front end of questions in a real browser, with the real Python side but no server between them.

What the page sends waits until the test lets Python answer; the page's clock stands still until a test moves it.
"""

import pathlib
import sys

import pytest

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "explore"))

from explore_asking import asked, bank, prediction  # noqa: E402  (needs the line above: tests are not a package)

import crossing.explore  # noqa: E402
from crossing.explore import journal, questions  # noqa: E402
from crossing.explore.predict import Predict  # noqa: E402
from crossing.explore.quiz import Quiz  # noqa: E402

STATIC = pathlib.Path(crossing.explore.__file__).parent / "static"
NASTY = "<img src=x onerror=\"window.hurt=1\"><b>bold</b> &amp; `code<i>` *stress*"


class Shown:
    """A panel in a page, in one place or two."""

    def __init__(self, tab, panel, places=("one",)):
        self.tab, self.face = tab, panel.widget
        tab.evaluate("([source, state, places]) => show(source, state, places)",
                     [(STATIC / "question.js").read_text(encoding="utf-8"), self.state(), list(places)])
        self.box = tab.locator("#" + places[0])

    def state(self):
        return {k: v for k, v in self.face.get_state().items() if not k.startswith("_")}

    def answer(self):
        """Let Python take what was sent, and the page its answer."""
        for message in self.tab.evaluate("() => models[0].sent.splice(0)"):
            self.face._asked(self.face, message["content"], [])
        self.tab.evaluate("(state) => models[0].receive(state)", self.state())

    def press(self, name):
        self.box.get_by_role("button", name=name).first.press("Enter")


@pytest.fixture
def tab(page, tmp_path, monkeypatch):
    """A page with the questions' styles, a clock that stands still, and a bank full of secrets."""
    monkeypatch.setenv("CROSSING_JOURNAL", ":memory:")
    nasty = prediction("nasty")
    nasty["prompt"] = nasty["reveal"] = nasty["options"][0]["text"] = NASTY
    bank(tmp_path / "questions", questions=[prediction("alpha"), nasty, asked("one"), asked("row", "order"), asked("size", "number"),
                                            asked("some", "multiple")])
    monkeypatch.setattr(questions, "folder", lambda: tmp_path / "questions")
    journal.forget()
    css = (STATIC / "question.css").read_text(encoding="utf-8")
    page.clock.install(time=0)
    page.set_content(f"<!doctype html><html lang='en'><head><title>Question</title><style>{css}</style></head>"
                     "<body data-jp-theme-light='true'><main><h1>Question</h1><div id='one'></div><div id='two'></div></main></body></html>")
    page.add_script_tag(content=(HERE / "fake_model.js").read_text(encoding="utf-8"))
    page.clock.pause_at(1000)
    yield page
    journal.forget()
    assert page.complaints == [], "errors on the console"
    assert page.outside == [], "requests to other hosts"


def test_a_guess_by_keyboard_alone(tab):
    shown = Shown(tab, Predict("04.alpha"))
    assert "SECRET" not in tab.content()
    tab.keyboard.press("Tab")
    tab.keyboard.press("Space")
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Space")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    shown.answer()
    assert journal.for_lesson("04").guess("04.alpha")["option"] == 1
    assert "SECRET alpha reveal" in shown.box.inner_text()
    assert "SECRET alpha reveal" in tab.evaluate("() => document.activeElement.textContent"), "the focus goes to what has come"


def test_options_and_confidence_have_names_and_groups(tab):
    shown = Shown(tab, Predict("04.alpha"))
    assert shown.box.get_by_role("radio", name="alpha option 2").count() == 1
    assert shown.box.get_by_role("group", name="How sure are you?").get_by_role("radio").count() == 3


def test_what_is_missing_is_said_and_what_was_filled_in_stays(tab):
    shown = Shown(tab, Predict("04.alpha"))
    shown.box.get_by_role("radio", name="alpha option 2").check()
    shown.press("Commit my guess")
    shown.answer()
    assert "sure" in shown.box.get_by_role("status").inner_text()
    assert shown.box.get_by_role("radio", name="alpha option 2").is_checked()


def test_markup_stays_text_wherever_it_stands(tab):
    shown = Shown(tab, Predict("04.nasty"))
    shown.box.get_by_role("radio").nth(0).check()
    shown.box.get_by_role("radio", name="a guess").check()
    shown.press("Commit my guess")
    shown.answer()
    assert "<img src=x" in shown.box.inner_text()
    assert shown.box.locator("img, b, i").count() == 0
    assert shown.box.locator("code").first.inner_text() == "code<i>"
    assert tab.evaluate("() => window.hurt") is None


def test_a_second_view_shows_the_same_at_once_and_later(tab):
    shown = Shown(tab, Predict("04.alpha"), ("one", "two"))
    shown.box.get_by_role("radio", name="alpha option 0").check()
    shown.box.get_by_role("radio", name="a guess").check()
    shown.press("Commit my guess")
    shown.answer()
    assert "SECRET alpha reveal" in tab.locator("#two").inner_text()
    assert tab.locator("#two").inner_text() == tab.locator("#one").inner_text()
    assert tab.locator("#two").get_by_role("radio", name="alpha option 0").is_checked()


def test_silence_of_python_is_said_and_the_answer_takes_it_back(tab):
    shown = Shown(tab, Predict("04.alpha"))
    shown.press("Commit my guess")
    tab.clock.run_for(7000)
    assert "not answering" not in shown.box.inner_text()
    tab.clock.run_for(1500)
    assert "Python is not answering" in shown.box.get_by_role("alert").inner_text()
    shown.answer()
    assert "not answering" not in shown.box.inner_text()


def test_every_type_can_be_answered(tab):
    shown = Shown(tab, Quiz("04"))
    forms = shown.box.locator("form:not(details form)")
    forms.nth(0).get_by_role("radio").nth(2).check()
    forms.nth(0).get_by_role("button").press("Enter")
    shown.answer()
    for place, item in enumerate((1, 2, 0)):
        forms.nth(1).get_by_role("combobox").nth(place).select_option(str(item))
    forms.nth(2).get_by_role("textbox").first.fill("4321")
    forms.nth(1).get_by_role("button").press("Enter")
    shown.answer()
    assert forms.nth(2).get_by_role("textbox").first.input_value() == "4321", "half-filled fields stay while another is answered"
    forms.nth(2).get_by_label("Why do you think so?").fill("<b>I</b> counted")
    forms.nth(2).get_by_role("textbox").first.press("Enter")
    shown.answer()
    for i in (1, 3):
        forms.nth(3).get_by_role("checkbox").nth(i).check()
    forms.nth(3).get_by_role("button").press("Enter")
    shown.answer()
    assert journal.for_lesson("04").last("04.size", "try")["why"] == "<b>I</b> counted"
    assert shown.box.locator("b", has_text="I").count() == 0, "free text is text wherever it is shown"
    tries = {name: [t["right"] for t in journal.for_lesson("04").entries(f"04.{name}", "try")] for name in ("one", "row", "size", "some")}
    assert all(each == [True] for each in tries.values())


def test_keys_of_the_notebook_are_left_to_the_question(tab):
    shown = Shown(tab, Predict("04.alpha"))
    bare = shown.box.evaluate("""(box) => [...box.querySelectorAll("input, button, select, summary, textarea")]
        .filter((el) => el.dataset.lmSuppressShortcuts !== "true").length""")
    assert bare == 0 and shown.box.locator("input").count() >= 4


@pytest.mark.parametrize("light", ["true", "false"])
def test_nothing_for_the_accessibility_checker_to_complain_about(tab, light):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    tab.evaluate("(light) => document.body.setAttribute('data-jp-theme-light', light)", light)
    if light == "false":
        tab.add_style_tag(content="body{background:#111;color:#fff;--jp-content-font-color0:#fff;--jp-layout-color0:#111}")
    shown = Shown(tab, Predict("04.alpha"))
    shown.box.get_by_role("radio", name="alpha option 0").check()
    shown.box.get_by_role("radio", name="a guess").check()
    shown.press("Commit my guess")
    shown.answer()
    tab.clock.resume()
    found = axe.Axe().run(tab).response["violations"]
    assert not [(v["id"], [n["html"][:90] for n in v["nodes"]]) for v in found]


def test_it_fits_a_telephone(tab):
    tab.set_viewport_size({"width": 390, "height": 800})
    Shown(tab, Predict("04.alpha"))
    assert tab.evaluate("() => document.documentElement.scrollWidth") <= 390
    assert tab.evaluate("() => Math.min(...[...document.querySelectorAll('#one *')].filter(e => e.textContent.trim())"
                        ".map(e => parseFloat(getComputedStyle(e).fontSize)))") >= 16
