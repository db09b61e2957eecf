"""A lesson as slides, in a real browser, started the way `python3 course.py present 04` starts it."""

from pathlib import Path

import pytest
import small_lesson
from chrome import watched
from playwright.sync_api import expect
from servers import Slides

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
    presented.keyboard.press("Space")  # space passes through everything
    assert heading(presented) == "Under it"
    expect(presented.locator(".slide-number")).to_contain_text("2.2 / 6")
    expect(presented.locator(".slide-number")).to_contain_text("First section")
    presented.keyboard.press("ArrowLeft")
    assert heading(presented) == "First section"
    presented.keyboard.press("ArrowRight")  # right takes the short way, past what stands below
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
        presented.keyboard.press("Space")
    assert presented.evaluate("Reveal.isLastSlide()")


def test_the_speakers_window_holds_the_notes_of_the_section_they_stand_before(presented):
    presented.evaluate("Reveal.slide(0, 0)")
    with presented.context.expect_page() as opened:
        presented.keyboard.press("s")
    speaker = opened.value
    expect(speaker.locator("main")).to_contain_text("No notes for this slide.")
    expect(speaker.locator("#next")).to_contain_text("Next (right): First section")
    speaker.keyboard.press("ArrowRight")  # the speaker's window moves the slides too
    expect(speaker.locator("main")).to_contain_text("Say this aloud: ask the room for hands first.")
    expect(presented.get_by_text("Say this aloud").first).to_be_hidden()
    expect(speaker.get_by_role("timer")).to_have_text("0:01")
    speaker.close()


def test_nothing_was_asked_of_another_host_and_nothing_went_wrong(presented):
    assert presented.outside == []
    assert presented.complaints == []


# The smallest type outside a picture, in pixels of a slide 720 high; what a picture holds is drawn by matplotlib.
TYPE = """() => {
  const body = Reveal.getCurrentSlide().querySelector('.slide-body');
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  let least = 99, words = '';
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement, range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (!node.textContent.trim() || box.width < 3 || box.height < 3 || parent.closest('aside.notes, svg, [aria-hidden=true] .katex')) continue;
    let size = parseFloat(getComputedStyle(parent).fontSize);
    for (let one = parent; one; one = one.parentElement) size *= parseFloat(getComputedStyle(one).zoom || 1);
    if (size < least) { least = size; words = node.textContent.trim().slice(0, 40); }
  }
  return [least, words];
}"""

LESSONS = sorted(path.name[:2] for path in (Path(__file__).parents[2] / "notebooks").glob("[0-9][0-9]_*.ipynb"))


def walk(page, check):
    """Every slide of every column, its fragments shown."""
    stacks = page.evaluate("[...document.querySelectorAll('.slides > section')].map((stack) => stack.children.length)")
    for h, below in enumerate(stacks):
        for v in range(below):
            page.evaluate(f"Reveal.slide({h}, {v}, 99)")
            page.wait_for_timeout(120)
            check(f"slide {h + 1}.{v + 1}: " + page.evaluate("Reveal.getCurrentSlide().innerText.trim().slice(0, 40)"))
    return stacks


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_is_ten_to_fourteen_slides_and_all_of_them_fit(page, slides, lesson):
    """Every slide at 1280 x 720 and at 1920 x 1080: nothing clipped, nothing scrolls, type of 24 px."""
    def whole(name):
        assert page.evaluate(CUT) == [0, 0], name
        assert not page.evaluate("Reveal.getCurrentSlide().classList.contains('scrolls')"), name

    def large(name):
        whole(name)
        least, words = page.evaluate(TYPE)
        assert least >= 23.5, f"{name}: {words!r} is {least:.1f} px"

    page.set_viewport_size({"width": 1280, "height": 720})
    slides(page, lesson)
    page.wait_for_timeout(500)
    assert 10 <= len(walk(page, large)) <= 14
    page.set_viewport_size({"width": 1920, "height": 1080})
    walk(page, whole)
    assert page.get_by_text("Error displaying widget").count() == 0
    assert page.outside == [] and page.complaints == []


# Take the first option of whatever is asked on the slide in view, and commit; says whether there was anything to press.
ANSWER = """() => {
  const button = [...Reveal.getCurrentSlide().querySelectorAll('.crossing-ask-main')].find((one) => !one.disabled && one.offsetParent);
  if (!button) return false;
  for (const field of button.closest('form').querySelectorAll('fieldset')) {
    const first = field.querySelector('input[type=radio]');
    if (first && !field.querySelector('input:checked')) first.click();
  }
  button.click();
  return true;
}"""


def test_slides_still_fit_when_everything_has_been_answered(page, slides):
    page.set_viewport_size({"width": 1280, "height": 720})
    slides(page, "04")

    def answer(_):
        for _ in range(3):
            if not page.evaluate(ANSWER):
                break
            page.wait_for_timeout(300)

    def whole(name):
        page.wait_for_timeout(150)
        assert page.evaluate(CUT) == [0, 0], name
        assert not page.evaluate("Reveal.getCurrentSlide().classList.contains('scrolls')"), name

    walk(page, answer)
    walk(page, whole)
    assert page.locator(".crossing-veil:visible").count() == 0
    assert page.complaints == []


def test_keys_serve_the_chart_in_view(page, slides):
    """Veil, large print, preset, pin and reset, without the mouse; and the vote lifts the veil of the next slide."""
    page.set_viewport_size({"width": 1280, "height": 720})
    slides(page, "04")
    page.keyboard.press("ArrowRight")
    here = page.locator("section section.present")
    stage, words = here.locator(".crossing-stage"), here.locator(".crossing-words")
    page.keyboard.press("v")
    expect(stage).to_have_css("visibility", "hidden")
    expect(words).to_have_css("visibility", "hidden")
    page.keyboard.press("v")
    expect(words).to_have_css("visibility", "visible")
    beside = stage.bounding_box()["width"]
    page.keyboard.press("l")
    assert stage.bounding_box()["width"] > 1.2 * beside
    expect(words).to_be_hidden()
    page.keyboard.press("l")

    page.evaluate("Reveal.slide(2, 0)")
    here.get_by_role("radio").first.check()
    here.get_by_role("radio", name="a guess").check()
    here.get_by_role("button", name="Commit my guess").click()
    expect(here.locator(".crossing-ask-reveal, .crossing-ask-ours").first).to_be_visible()
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("PageDown")
    expect(here.locator(".crossing-veil")).to_be_hidden()
    page.keyboard.press("1")  # the first preset
    page.keyboard.press("r")
    first = words.inner_text()
    page.keyboard.press("p")
    expect(words).to_contain_text("pinned")
    slider = here.get_by_role("slider").first
    slider.focus()
    page.keyboard.press("End")
    expect(words).not_to_contain_text(first)
    page.keyboard.press("Escape")  # the keys go back to the slides
    page.keyboard.press("r")
    expect(words).to_have_text(first)
