"""A lesson in JupyterLab, around the charts: one button makes it live, it keeps its place, it survives a night."""

import json
import re
import time
import urllib.request

import pytest
import small_lesson
from playwright.sync_api import expect

START, LIVE = "Start this lesson", "Live. The charts follow your hand."
VIEW = "application/vnd.jupyter.widget-view+json"

# The cell at the top of the view, and how far its top is from the view's.
PLACE = """() => {
  const view = document.querySelector('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-WindowedPanel-outer');
  const top = view.getBoundingClientRect().top;
  for (const cell of view.querySelectorAll('.jp-Cell')) {
    const box = cell.getBoundingClientRect();
    if (box.bottom > top + 8) return [cell.dataset.windowedListIndex, Math.round(box.top - top)];
  }
}"""


@pytest.fixture
def written(lab):
    """`written("04_a.ipynb", ...)` puts a small lesson where JupyterLab serves it."""
    paths = []

    def write(name, **kwargs):
        paths.append(small_lesson.write(lab.root / name, **kwargs))
        return paths[-1]

    yield write
    lab.end_kernels()
    for path in paths:
        path.unlink()


def start(page):
    page.get_by_role("button", name=START).click()
    page.get_by_text(LIVE).wait_for(timeout=30_000)


def run_all(page):
    """As a learner who knows JupyterLab does it, from the menu."""
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()


def scroll_to(page, heading):
    page.get_by_role("heading", name=heading).first.scroll_into_view_if_needed()
    page.mouse.move(760, 500)
    page.mouse.wheel(0, 350)  # a hand, not a program
    page.wait_for_timeout(700)
    return page.evaluate(PLACE)


def saved(path):
    """The notebook on disk; asked again while the server is in the middle of writing it."""
    for _ in range(100):
        try:
            return json.loads(path.read_text(encoding="utf-8"))
        except json.JSONDecodeError:
            time.sleep(0.1)
    return json.loads(path.read_text(encoding="utf-8"))


def views(path):
    """How many outputs of a notebook's file refer to a widget."""
    cells = saved(path)["cells"]
    return sum(VIEW in output.get("data", {}) for cell in cells for output in cell.get("outputs", []))


def test_one_button_makes_every_chart_live_and_keeps_the_place(lab, page, written):
    written("04_start.ipynb", pause=0.3)
    shown = lab.show(page, "04_start.ipynb")
    before = scroll_to(page, "Section 4")

    button = page.get_by_role("button", name=START)
    button.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert button.evaluate("node => getComputedStyle(node).outlineStyle") == "solid", "the focus can be seen"
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile(r"Starting … [2-9] of 12"))).to_be_visible(timeout=20_000)
    page.get_by_text(LIVE).wait_for(timeout=30_000)

    expect(shown.locator("input[type=range]")).to_have_count(6)
    for _ in range(20):  # until the last chart has found its height
        page.wait_for_timeout(400)
        after = page.evaluate(PLACE)
        if after[0] == before[0] and abs(after[1] - before[1]) <= 4:
            break
    assert after[0] == before[0] and abs(after[1] - before[1]) <= 4, (before, after)
    expect(page.get_by_role("status").filter(has_text="Live.")).to_have_count(1)
    assert page.complaints == [] and page.outside == []


def test_saved_closed_and_reopened_without_its_kernel(lab, page, written):
    path = written("04_night.ipynb")
    shown = lab.show(page, "04_night.ipynb")
    start(page)

    # Saving from a slider; the page stays as live as it was, and saving again raises no question.
    slider = shown.locator("input[type=range]").first
    words = shown.locator("figcaption").first
    for value in (4, 5):
        slider.focus()
        page.keyboard.press("ArrowRight")
        expect(words).to_have_text(f"First: twice {value} is {2 * value}.")
        page.keyboard.press("Control+s")
        page.locator(".lm-TabBar-tab.jp-mod-current:not(.jp-mod-dirty)", has_text="04_night").wait_for(timeout=10_000)
        expect(page.locator(".jp-Dialog")).to_have_count(0)
        assert views(path) == 0 and "widgets" not in saved(path)["metadata"]

    place = scroll_to(page, "Section 5")
    page.close()
    lab.end_kernels()

    again = page.context.new_page()
    shown = lab.show(again, "04_night.ipynb")
    expect(shown.locator(".jp-mod-trusted img")).to_have_count(6)
    assert again.get_by_text("Error displaying widget").count() == 0
    picture = shown.locator("img").first
    assert picture.evaluate("node => node.naturalWidth") == 400
    assert picture.get_attribute("alt") == "A chart. First: twice 3 is 6."
    expect(again.get_by_role("button", name=START)).to_be_visible()
    again.wait_for_timeout(1500)
    back = again.evaluate(PLACE)
    assert back[0] == place[0], (place, back)  # the same cell; a picture is not as high as its live chart


def test_a_fresh_clone_shows_pictures_and_words_before_anything_runs(lab, page, written):
    written("04_clone.ipynb", lesson="a clone nobody has trusted")  # trust goes by content
    shown = lab.show(page, "04_clone.ipynb")
    picture = shown.locator(".jp-OutputArea-output:not(.jp-mod-trusted) img").first
    assert picture.evaluate("node => node.decode().then(() => node.naturalWidth)") == 400
    assert picture.get_attribute("alt").startswith("A chart. ")
    expect(shown.locator("figcaption").first).to_have_text("First: twice 3 is 6.")
    # Nothing but the lesson: no news, no question about news, no other host.
    page.wait_for_timeout(1500)
    expect(page.locator(".Toastify__toast")).to_have_count(0)
    assert page.outside == []


def test_the_button_comes_back_with_the_end_of_python(lab, page, written):
    written("04_end.ipynb")
    lab.show(page, "04_end.ipynb")
    start(page)
    page.get_by_role("menuitem", name="Kernel", exact=True).click()
    page.get_by_role("menuitem", name="Restart Kernel…").click()
    page.get_by_role("dialog").get_by_role("button", name="Confirm Kernel Restart").click()
    page.get_by_role("button", name=START).wait_for(timeout=15_000)

    run_all(page)  # by hand is as good
    page.get_by_text(LIVE).wait_for(timeout=30_000)

    lab.end_kernels()
    page.get_by_text("Python has stopped.").first.wait_for(timeout=15_000)
    start(page)  # and the same button brings a new one


def test_a_cell_in_error_stops_the_start_and_is_shown(lab, page, written):
    path = written("04_error.ipynb")
    notebook = json.loads(path.read_text())
    notebook["cells"][-1]["source"] = "raise ValueError('on purpose')"
    path.write_text(json.dumps(notebook))
    lab.show(page, "04_error.ipynb")
    page.get_by_role("button", name=START).click()
    page.get_by_text("Stopped at a cell that reports an error.").first.wait_for(timeout=30_000)
    page.get_by_role("button", name="Show the cell").click()
    expect(page.get_by_text("ValueError: on purpose").first).to_be_in_viewport()


def test_somebody_elses_notebook_is_left_alone(lab, page, written):
    path = written("mine.ipynb", lesson=None)
    lab.show(page, "mine.ipynb")
    run_all(page)
    expect(page.locator("input[type=range]")).to_have_count(6, timeout=30_000)
    assert page.locator(".crossing-bar").count() == 0
    lab.save(page)
    assert views(path) == 6


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_the_bar_is_accessible_and_whole_wide_and_narrow_light_and_dark(lab, page, written, theme):
    from axe_playwright_python.sync_playwright import Axe

    settings = f"http://127.0.0.1:{lab.port}/lab/api/settings/@jupyterlab/apputils-extension:themes?token={lab.token}"

    def choose(name):
        body = json.dumps({"raw": json.dumps({"theme": name})}).encode()
        urllib.request.urlopen(urllib.request.Request(settings, body, method="PUT")).close()

    choose(theme)
    try:
        written("04_bar.ipynb")
        lab.show(page, "04_bar.ipynb")
        page.locator(f'body[data-jp-theme-name="{theme}"]').wait_for(state="attached")
        bar = page.locator(".crossing-bar")
        for state in (START, "Start again"):
            for width in (600, 1280):
                page.set_viewport_size({"width": width, "height": 800})
                page.wait_for_timeout(300)
                for name in (state, "Present…"):
                    expect(bar.get_by_role("button", name=name)).to_be_visible()
                cut = bar.evaluate("bar => [bar.scrollHeight - bar.clientHeight, bar.scrollWidth - bar.clientWidth]")
                assert cut == [0, 0], "something of the bar is cut off"
                assert Axe().run(page, context=".crossing-bar").response["violations"] == []
            if state == START:
                start(page)
    finally:
        choose("JupyterLab Light")


def test_present_opens_slides_with_an_empty_journal(lab, page, written):
    written("04_show.ipynb")
    lab.show(page, "04_show.ipynb")
    page.get_by_role("button", name="Present…").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("python3 course.py present 04")
    with page.context.expect_page() as opened:
        dialog.get_by_role("link", name="Open the slides in a new tab").click()
    slides = opened.value
    slides.locator('html[data-slides="ready"]').wait_for(state="attached", timeout=60_000)
    expect(slides.get_by_role("heading", name="Why not simply give a bigger dose?")).to_be_visible()
    expect(slides.locator("pre", has_text="Journal: :memory:")).to_have_count(1)
