"""Lesson 04 as a learner meets it: open, start, guess, drag, save, close, come back the day after."""

import re

import pytest
from playwright.sync_api import expect

LESSON = "04_spinal_infusion.ipynb"


def panel(page, cell):
    """The output of the cell with this id's code: found by a piece of its source."""
    return page.locator(".jp-CodeCell", has=page.locator(".jp-InputArea", has_text=cell)).first


@pytest.fixture
def lesson(lab, page):
    """The lesson, open and started, in a window tall enough for JupyterLab to keep every output in the page."""
    page.set_viewport_size({"width": 1280, "height": 16000})
    shown = lab.show(page, LESSON)
    page.get_by_role("button", name="Start this lesson").click()
    page.get_by_text("Live. The charts follow your hand.").wait_for(timeout=90_000)
    yield shown


def chart(page, title):
    return page.locator(".crossing-explorable", has=page.locator(".crossing-title", has_text=re.compile(f"^{title}$")))


def guess(page, number, option=1):
    """Choose an option in the numbered prediction, say how sure, commit."""
    form = page.locator("form").filter(has=page.get_by_role("button", name="Commit my guess")).nth(number)
    form.get_by_role("radio").nth(option).check()
    form.get_by_role("radio", name="fairly sure").check()
    form.get_by_role("button", name="Commit my guess").click()


def picture(box):
    return box.locator(".crossing-chart").evaluate("host => host.shadowRoot.querySelector('svg').innerHTML")


def test_a_lesson_from_the_first_click_to_the_day_after(lab, page, lesson):
    from axe_playwright_python.sync_playwright import Axe

    # Nothing stands in the page of a chart before its guess.
    bolus = chart(page, "A bolus along the cord")
    expect(bolus.locator(".crossing-words")).to_have_text(re.compile("^Veiled"))
    assert 'id="live-profile"></g>' in picture(bolus) or 'id="live-profile"/>' in picture(bolus)
    assert no_answers(page) == []

    # A guess lifts the veil, shows the reveal, and stands beside the chart.
    guess(page, 0)
    expect(bolus.locator(".crossing-words")).to_contain_text("After 1 h the level is highest near")
    expect(bolus.locator(".crossing-guess")).to_contain_text("Your guess:")
    expect(page.get_by_text("Your run agrees").first).to_be_visible()

    # An arrow key on a slider moves the chart and the words, and leaves JupyterLab's own keys alone.
    cells = page.locator(".jp-Cell").count()
    time = bolus.get_by_role("slider", name="Time since the injection")
    before = picture(bolus)
    time.focus()
    page.keyboard.press("ArrowRight")
    expect(bolus.locator(".crossing-words")).to_contain_text("After 1.25 h")
    assert picture(bolus) != before
    for key in ("a", "x", "d", "d"):
        page.keyboard.press(key)
    assert page.locator(".jp-Cell").count() == cells

    # Accessibility, of what the course itself puts on the page.
    found = Axe().run(page, context={"include": [[".jp-OutputArea-output"]]})
    assert found.response["violations"] == [], found.generate_report()
    assert page.complaints == [] and page.outside == []

    # Save, end the kernel, come back: pictures and words, never a dead widget.
    lab.save(page)
    page.goto("about:blank")
    lab.end_kernels()
    again = lab.show(page, LESSON)
    page.set_viewport_size({"width": 1280, "height": 16000})
    expect(again.locator("figure img").first).to_be_visible()
    expect(again.locator("figcaption", has_text="A bolus along the cord.")).to_be_visible()
    expect(again.get_by_text("These are saved pictures").or_(page.get_by_text("These are saved pictures")).first).to_be_visible()
    assert again.get_by_text("Error displaying widget").count() == 0

    # And one action wakes it, with the guess still made.
    page.get_by_role("button", name="Start this lesson").click()
    page.get_by_text("Live. The charts follow your hand.").wait_for(timeout=90_000)
    expect(chart(page, "A bolus along the cord").locator(".crossing-words")).to_contain_text("After 1 h the level")
    expect(page.get_by_text("still agree").first).to_be_visible()


def no_answers(page):
    """Sentences of reveals, reasons and take-homes that stand in the page, seen or hidden."""
    import json
    import pathlib
    bank = json.loads((pathlib.Path(__file__).parents[2] / "data/questions/04.json").read_text(encoding="utf-8"))
    page_text = re.sub(r"\s+", " ", page.content())
    told = []
    for question in bank["questions"]:
        if question["type"] != "predict":
            continue
        texts = [question["reveal"], question["take_home"], question["explain"]["ours"], question["room"]["punch"],
                 *(r["feedback"] for r in question["explain"]["reasons"])]
        told += [s for t in texts for s in re.split(r"(?<=[.?!])\s+", t) if len(s) > 30 and s in page_text]
    return told


def test_the_same_lesson_as_slides_with_a_live_slider(page, slides):
    page.set_viewport_size({"width": 1280, "height": 720})
    slides(page, "04")
    # The slides are ready before the last of their widgets is drawn.
    expect(chart(page, "A bolus along the cord").locator(".crossing-words")).to_have_text(re.compile("^Veiled"), timeout=30_000)
    expect(page.locator("form", has_text="Commit my guess").first).to_be_attached(timeout=30_000)
    page.wait_for_function("""() => [...document.querySelectorAll('form')].some((f) => f.innerText.includes('Commit my guess')
        && f.closest('section').innerText.includes('A bolus goes in'))""", timeout=30_000)
    assert no_answers(page) == []

    def show(selector):
        page.evaluate("""(selector) => { const at = Reveal.getIndices(document.querySelector(selector).closest('section'));
            Reveal.slide(at.h, at.v, 99); }""", selector)
        page.wait_for_timeout(600)

    # The journal of a presentation is empty: the guess is made here, and the chart two slides on opens.
    page.evaluate("""() => { const form = [...document.querySelectorAll('form')].find((f) => f.innerText.includes('Commit my guess')
        && f.closest('section').innerText.includes('A bolus goes in')) ; form.setAttribute('data-test', 'bolus'); }""")
    show("form[data-test=bolus]")
    form = page.locator("form[data-test=bolus]")
    form.get_by_role("radio").nth(1).check()
    form.get_by_role("radio", name="a guess").check()
    form.get_by_role("button", name="Commit my guess").click()
    bolus = chart(page, "A bolus along the cord")
    expect(bolus.locator(".crossing-words")).to_contain_text("After 1 h", timeout=15_000)
    bolus.evaluate("(box) => box.setAttribute('data-test', 'chart')")
    show("[data-test=chart]")
    time = bolus.get_by_role("slider", name="Time since the injection")
    before = picture(bolus)
    time.focus()
    page.keyboard.press("ArrowRight")
    expect(bolus.locator(".crossing-words")).to_contain_text("After 1.25 h")
    assert picture(bolus) != before
    assert page.evaluate("Reveal.getCurrentSlide().contains(document.querySelector('[data-test=chart]'))"), "the arrow key turned the slide"
    assert page.complaints == [] and page.outside == []
