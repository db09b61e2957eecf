"""A lesson as slides, in a real browser, started the way `python3 course.py present 04` starts it."""

import pytest
import small_lesson
from conftest import Slides, watched
from playwright.sync_api import expect

# What is cut off at the right or bottom of the slide in view, in pixels; a slide that scrolls cuts nothing at the bottom.
CUT = """() => {
  const slide = Reveal.getCurrentSlide(), frame = document.querySelector('.slides').getBoundingClientRect();
  const box = slide.querySelector('.slide-body').getBoundingClientRect();
  const low = slide.classList.contains('scrolls') ? 0 : box.bottom - frame.bottom;
  return [Math.max(0, Math.round(box.right - frame.right)), Math.max(0, Math.round(low))];
}"""


@pytest.fixture(scope="module")
def presented(tmp_path_factory, chromium):
    """The small lesson, presented in a tab of its own; the tests below go on where the last one stopped."""
    home = tmp_path_factory.mktemp("presented")
    server = Slides(home, home / "course" / "notebooks")
    small_lesson.write(server.root / "04_small.ipynb")
    server.launch("04")
    context = chromium.new_context(viewport={"width": 1280, "height": 720})
    tab = watched(context.new_page())
    server.show(tab)
    yield tab
    context.close()
    server.stop()


def heading(page):
    return page.evaluate("Reveal.getCurrentSlide().querySelector('h1, h2, h3').textContent.replace('¶', '')")


def test_it_begins_with_the_question_and_shows_no_code(presented):
    assert heading(presented) == "Why not simply give a bigger dose?"
    assert presented.locator(".jp-CodeMirrorEditor, .cm-editor").count() == 0
    assert "import anywidget" not in presented.content()
    assert presented.get_by_text("Only for the reader at home.").count() == 0
    expect(presented.locator(".reveal .progress")).to_be_visible()


def test_cells_are_grouped_as_they_are_marked(presented):
    presented.keyboard.press("ArrowRight")
    assert heading(presented) == "First section"
    later = presented.locator(".fragment", has_text="A line that comes later.")
    expect(later).to_have_css("opacity", "0")
    presented.keyboard.press("ArrowRight")
    expect(later).to_have_css("opacity", "1")
    presented.keyboard.press("ArrowRight")
    assert heading(presented) == "Under it"
    presented.keyboard.press("ArrowRight")
    assert heading(presented) == "Section 3"


def test_a_chart_that_was_drawn_out_of_sight_is_whole_and_live(presented):
    presented.evaluate("Reveal.slide(1, 1)")  # drawn while the title was in view
    slide = presented.locator("section section.present")
    expect(slide.locator("svg path").first).to_be_visible()
    assert slide.locator("svg").first.bounding_box()["width"] > 600
    slide.get_by_role("slider", name="Rate").focus()
    presented.keyboard.press("ArrowRight")  # the slider's while it is in focus
    expect(slide.locator("figcaption")).to_have_text("Second: twice 4 is 8.")
    assert heading(presented) == "Under it"
    presented.keyboard.press("PageDown")  # a clicker's key moves on all the same
    assert heading(presented) == "Section 3"


def test_the_journal_is_empty_and_thrown_away(presented):
    expect(presented.locator("pre", has_text="Journal: :memory:")).to_have_count(1)


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (1024, 768)])
def test_nothing_is_cut_off(presented, size):
    presented.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
    presented.evaluate("Reveal.slide(0, 0)")
    for _ in range(30):
        presented.wait_for_timeout(80)
        assert presented.evaluate(CUT) == [0, 0], heading(presented)
        if presented.evaluate("Reveal.isLastSlide() && !Reveal.availableFragments().next"):
            break
        presented.keyboard.press("ArrowRight")
    assert presented.evaluate("Reveal.isLastSlide()")


def test_the_speakers_window_holds_the_notes_of_the_section_they_stand_before(presented):
    presented.evaluate("Reveal.slide(0, 0)")
    with presented.context.expect_page() as opened:
        presented.keyboard.press("s")
    speaker = opened.value
    expect(speaker.locator("main")).to_contain_text("No notes for this slide.")
    expect(speaker.locator("#next")).to_have_text("Next: First section")
    speaker.keyboard.press("ArrowRight")  # the speaker's window moves the slides too
    expect(speaker.locator("main")).to_contain_text("Say this aloud: ask the room for hands first.")
    expect(presented.get_by_text("Say this aloud").first).to_be_hidden()
    expect(speaker.get_by_role("timer")).to_have_text("0:01")
    speaker.close()


def test_nothing_was_asked_of_another_host_and_nothing_went_wrong(presented):
    assert presented.outside == []
    assert presented.complaints == []


def test_lesson_04_fits_its_slides(page, slides):
    page.set_viewport_size({"width": 1280, "height": 720})
    slides(page, "04")
    page.wait_for_timeout(500)
    seen = 0
    while True:
        page.wait_for_timeout(60)
        name = page.evaluate("Reveal.getCurrentSlide().innerText.trim().slice(0, 40)")
        assert page.evaluate(CUT) == [0, 0], name
        assert page.evaluate("!Reveal.getCurrentSlide().querySelector('.crossing-explorable')"
                             " || !Reveal.getCurrentSlide().classList.contains('scrolls')"), f"a chart is not whole: {name}"
        seen += 1
        if page.evaluate("Reveal.isLastSlide() && !Reveal.availableFragments().next"):
            break
        page.keyboard.press("ArrowRight")
    assert seen > 20
    assert page.get_by_text("Error displaying widget").count() == 0
    assert page.outside == [] and page.complaints == []
