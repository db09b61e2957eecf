"""The static site as a learner meets it: every lesson runs, no other host is there, and answers are kept."""

import contextlib
import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from crossing.present import lessons
from crossing.site.command import REPOSITORY

pytestmark = pytest.mark.browser

LESSONS = {number: path.name for number, path in lessons(REPOSITORY / "notebooks").items()}
#: Two at a time: one Python each, as a machine of two cores can bear.
PAIRS = [list(LESSONS)[i : i + 2] for i in range(0, len(LESSONS), 2)]
LIVE = "Live. The charts follow your hand."
PATIENCE = 240_000


@pytest.fixture(scope="module")
def visit(lonely):
    """One visitor: what was fetched for a lesson is there for the next. Afterwards nobody else was asked for anything."""
    context = lonely.new_context(viewport={"width": 1280, "height": 16000})  # tall: JupyterLab keeps every output in the page
    outside = []
    context.on("request", lambda request: outside.append(request.url) if _elsewhere(request.url) else None)
    yield context
    context.close()
    assert outside == []


def _elsewhere(address):
    parts = urlsplit(address)
    return parts.scheme in ("http", "https", "ws", "wss") and parts.hostname != "127.0.0.1"


def opened(visit, served, number):
    tab = visit.new_page()
    tab.goto(f"{served}lab/index.html?workspace={number}&path=notebooks/{LESSONS[number]}")
    tab.get_by_role("button", name="Start this lesson").click(timeout=60_000)
    return tab


def picture(chart):
    return chart.locator(".crossing-chart").evaluate("host => host.shadowRoot.querySelector('svg').innerHTML")


@pytest.mark.parametrize("pair", PAIRS, ids="+".join)
def test_every_lesson_runs_to_its_end_and_a_slider_moves_a_chart(visit, served, pair):
    tabs = {number: opened(visit, served, number) for number in pair}
    for number, tab in tabs.items():
        expect(tab.locator(".crossing-bar")).not_to_have_attribute("data-state", "asleep")
        expect(tab.locator(".crossing-bar")).not_to_have_attribute("data-state", "starting", timeout=PATIENCE)
        wrong = tab.locator("[data-mime-type*='stderr'], [data-mime-type*='error']")
        assert wrong.all_inner_texts() == [], number
        expect(tab.get_by_text(LIVE)).to_be_visible()
        assert [words for words in tab.locator(".crossing-error").all_inner_texts() if words] == [], number
        assert tab.locator(".crossing-explorable").count() >= 1
        assert tab.get_by_text("Loading widget").count() == 0
        moves_by_keyboard(tab)
    for tab in tabs.values():
        tab.close()


def moves_by_keyboard(tab):
    """An arrow key on a slider changes the picture and the words of its chart; guesses are made until one is open."""
    for _ in range(4):
        for chart in tab.locator(".crossing-explorable").all():
            slider, words = chart.get_by_role("slider"), chart.locator(".crossing-words")
            if not slider.count() or not slider.first.is_visible() or words.inner_text().startswith("Veiled"):
                continue
            before = words.inner_text(), picture(chart)
            for key in ("ArrowRight", "ArrowLeft", "ArrowLeft"):
                slider.first.focus()
                tab.keyboard.press(key)
                try:
                    expect(words).not_to_have_text(before[0], timeout=4_000)
                except AssertionError:  # at the end of its range, or a step too small for rounded words
                    continue
                assert picture(chart) != before[1]
                return
        commit(tab)
    raise AssertionError("no slider moved the words under its chart")


def commit(tab):
    """Make the first guess that is still to be made."""
    button = tab.get_by_role("button", name="Commit my guess")
    left = button.count()
    guess = tab.locator("form").filter(has=button).first
    guess.get_by_role("radio").nth(1).check()
    guess.get_by_role("radio", name="fairly sure").check()
    guess.get_by_role("button", name="Commit my guess").click()
    expect(button).to_have_count(left - 1, timeout=20_000)


@contextlib.contextmanager
def brought_out_anew(site):
    """For a while the site has a new edition of lesson 00: it is shown, and the browser's old copy is set aside."""
    changes = [(site / "files/notebooks" / LESSONS["00"], "One bucket, one guess", "A bucket of the second edition"),
               (site / "site.json", r'("notebooks/00[^"]+": )"\w+"', r'\1"second"')]
    before = {path: path.read_text(encoding="utf-8") for path, _, _ in changes}
    try:
        for path, old, new in changes:
            text, found = re.subn(old, new, before[path])
            assert found
            path.write_text(text, encoding="utf-8")
        yield
    finally:
        for path, text in before.items():
            path.write_text(text, encoding="utf-8")


def test_a_guess_is_kept_over_a_reload_and_the_pictures_too(visit, served, site):
    tab = opened(visit, served, "00")
    tab.get_by_text(LIVE).wait_for(timeout=PATIENCE)
    commit(tab)
    bucket = tab.locator(".crossing-explorable").first
    expect(bucket.locator(".crossing-words")).to_contain_text("The level rises", timeout=20_000)
    before = picture(bucket)
    bucket.get_by_role("slider").first.focus()
    tab.keyboard.press("ArrowRight")
    expect(bucket.locator(".crossing-words")).to_contain_text("from 1 to 2.2", timeout=20_000)
    assert picture(bucket) != before
    tab.get_by_text("Profile", exact=True).click()
    expect(tab.get_by_text("kept in this browser only")).to_be_visible()

    tab.get_by_role("button", name="Present…").click()
    expect(tab.get_by_role("dialog")).to_contain_text("Slides are not in this edition")
    tab.get_by_role("button", name="Close").click()

    tab.keyboard.press("Control+s")
    tab.locator(".lm-TabBar-tab.jp-mod-current:not(.jp-mod-dirty)", has_text="00_start").wait_for(timeout=10_000)
    tab.goto("about:blank")
    tab.goto(f"{served}lab/index.html?workspace=00&path=notebooks/{LESSONS['00']}")
    expect(tab.locator("figure img").first).to_be_visible(timeout=60_000)
    assert tab.get_by_text(re.compile("Loading widget|Error displaying widget")).count() == 0
    tab.get_by_role("button", name="Start this lesson").click()
    tab.get_by_text(LIVE).wait_for(timeout=PATIENCE)
    expect(tab.get_by_text("1 of 1 guesses made")).to_be_visible()
    expect(bucket.locator(".crossing-guess")).to_contain_text("Your guess:")

    with brought_out_anew(site):
        tab.goto("about:blank")
        tab.goto(f"{served}lab/index.html?workspace=00&path=notebooks/{LESSONS['00']}")
        expect(tab.get_by_role("heading", name="A bucket of the second edition")).to_be_visible(timeout=60_000)
        expect(tab.get_by_text("00_start_here.earlier.ipynb")).to_be_visible()
    tab.close()


def test_the_start_page_says_how_long_it_takes_and_shows_how_far_it_is(lonely, served):
    from axe_playwright_python.sync_playwright import Axe

    tab = lonely.new_page(viewport={"width": 390, "height": 800})
    tab.goto(served)
    assert re.search(r"first start fetches \d+ MB", tab.inner_text("body"))
    assert tab.locator("a[data-lesson]").count() == 1 + len(LESSONS)
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert Axe().run(tab).response["violations"] == []
    said = []
    tab.expose_function("tell", lambda words, share: said.append((words, share)))
    tab.evaluate("""new MutationObserver(() => tell(document.getElementById('amount').textContent, document.getElementById('meter').value))
        .observe(document.getElementById('amount'), { childList: true })""")
    tab.get_by_role("link", name="Start here", exact=True).click()
    tab.wait_for_url("**/lab/index.html?workspace=00&path=notebooks/00_start_here.ipynb", timeout=60_000)
    assert any(re.fullmatch(r"\d+ of \d+ MB", words) and 0 < share < 1 for words, share in said)
    assert said[-1] == ("All here. Opening the lesson …", 1)
    tab.close()
