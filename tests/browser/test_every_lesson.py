"""Every lesson in JupyterLab, as somebody meets it who tries everything: all controls by keyboard, all buttons, all questions.

The page is asked after every group of steps: no error in it or on the console, nothing of another host, nothing moved
that lies below a chart, and axe without a complaint before the guesses and at the end. Then a second view of a chart, four
widths, the dark theme, and the day after.
"""

import contextlib
import importlib
import pkgutil
import re
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import expect

import crossing.lessons
from crossing.explore.explorable import Explorable

REPOSITORY = Path(__file__).parents[2]
for module in pkgutil.walk_packages(crossing.lessons.__path__, "crossing.lessons."):
    importlib.import_module(module.name)  # charts are found by name

LESSONS = sorted(path.stem for path in (REPOSITORY / "notebooks").glob("[0-9][0-9]_*.ipynb"))
LIVE = "Live. The charts follow your hand."

WAIT = """() => new Promise((done) => {
  // Python has answered all that was asked, and the next frame has come.
  const bar = document.querySelector('#jp-main-statusbar');
  const waiting = () => document.querySelector('[data-asked]') || !bar.textContent.includes('| Idle');
  const look = () => (waiting() ? setTimeout(look, 10) : requestAnimationFrame(done));
  setTimeout(look, 30);
})"""


@contextlib.contextmanager
def every_output_stays(lab):
    """JupyterLab takes outputs that are out of sight out of the page; a page that loads meanwhile keeps them."""
    settings = lab.home / "settings/@jupyterlab/notebook-extension/tracker.jupyterlab-settings"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text('{"windowingMode": "none"}')
    yield
    settings.unlink()


def opened(lab, page, lesson):
    with every_output_stays(lab):
        shown = lab.show(page, f"{lesson}.ipynb")
    page.get_by_role("button", name="Start this lesson").click()
    page.get_by_text(LIVE).wait_for(timeout=90_000)
    return shown


def settled(page):
    page.evaluate(WAIT)


def complaints_of_axe(page):
    from axe_playwright_python.sync_playwright import Axe
    found = Axe().run(page, context={"include": [[".jp-OutputArea-output"]]})
    return [(v["id"], [n["html"][:200] for n in v["nodes"][:2]]) for v in found.response["violations"]]


def guess_everything(page):
    """Commit the first option of every guess, then every reason."""
    for button, also in (("Commit my guess", "fairly sure"), ("This is my reason", None), ("Keep my grades", None)):
        forms = page.locator("form").filter(has=page.get_by_role("button", name=button))
        for _ in range(forms.count()):
            form = forms.first
            before = forms.count()
            form.get_by_role("radio").first.check()
            if also:
                form.get_by_role("radio", name=also).check()
            form.get_by_role("button", name=button).click()
            if button == "Keep my grades":
                break  # some of the grades at a time
            expect(forms).to_have_count(before - 1, timeout=15_000)


#: What a question says while it can still be tried, or "" when it is done.
OPEN = """(form) => [...form.querySelectorAll('button')].some((b) => b.offsetParent && !b.disabled && /^(Check my answer|Try again)$/.test(b.innerText.trim()))
  ? form.innerText : ''"""


def answer_everything(page):
    """Each question is tried until it is done, never twice with the same answer. By handles, as in `sweep`."""
    for form in page.query_selector_all("form.crossing-ask-form"):
        for n in range(12):
            if not (before := form.evaluate(OPEN)):
                break
            marks, places = form.query_selector_all("input[type=radio], input[type=checkbox]"), form.query_selector_all("select")
            if marks:
                marks[n % len(marks)].check()
            for i, place in enumerate(places):
                place.select_option(index=1 + (i + n) % len(places))
            if not marks and not places:
                form.query_selector("input").fill(str(3 + n))
            next(b for b in form.query_selector_all("button") if b.inner_text().strip() in ("Check my answer", "Try again")).click()
            page.wait_for_function(f"([form, before]) => ({OPEN})(form) !== before", arg=[form, before], timeout=15_000)
        else:
            raise AssertionError(f"this cannot be answered: {before}")


#: When Python has answered: a chart's words, and where the first thing below it stands, from its own top.
ANSWERED = """(box) => new Promise((done) => {
  const told = () => { const at = (e) => e.getBoundingClientRect(), next = box.closest('.jp-Cell').nextElementSibling;
    done([box.querySelector('.crossing-words').textContent, next ? Math.round(at(next).top - at(box).top) : 0]); };
  const look = () => (box.hasAttribute('data-asked') ? setTimeout(look, 5) : requestAnimationFrame(told));
  requestAnimationFrame(look);
})"""


def sweep(page, box):
    """Every control of a chart by keyboard. Returns what went wrong, as sentences.

    By handles, not locators: a locator looks through the whole page, and through every line of every picture in it.
    """
    wrong, told, title = [], set(), box.query_selector(".crossing-title").inner_text()
    for more in box.query_selector_all("details.crossing-more > summary"):
        if more.is_visible():
            more.click()
    _, place = box.evaluate(ANSWERED)

    def pressed(control, *keys):
        nonlocal place
        control.focus()
        for key in keys:
            page.keyboard.press(key)
            said, now = box.evaluate(ANSWERED)
            told.add(said)
            if abs(now - place) > 1:
                wrong.append(f"{title}: what lies below moved by {now - place} px: {said[:80]}")
                place = now

    for control in box.query_selector_all("input[type=range]"):
        last = int(control.get_attribute("max"))
        pressed(control, "Home", "ArrowRight", *(["PageUp"] if last > 4 else []), "End")
        if int(control.input_value()) != last:
            wrong.append(f"{title}: End left a range at {control.input_value()} of {last}")
        if control.get_attribute("aria-valuetext") is None:
            wrong.append(f"{title}: a range does not say its value")
    for option in box.query_selector_all("fieldset.crossing-choice input[type=radio]"):
        pressed(option, "Space")
        if not option.is_checked():
            wrong.append(f"{title}: an option does not take the space key")
    for switch in box.query_selector_all("input[type=checkbox]"):
        pressed(switch, "Space", "Space")
    if len(told) < 2:
        wrong.append(f"{title}: the words never changed")
    return wrong


def press_everything(page, box):
    """Presets, pin, unpin, reset; afterwards the chart says what it said at the start."""
    title = box.query_selector(".crossing-title").inner_text()

    def press(name):
        button = next(b for b in box.query_selector_all("button") if b.inner_text() == name)
        button.focus()
        page.keyboard.press("Enter")
        return box.evaluate(ANSWERED)[0]

    start = press("Reset")
    for preset in box.query_selector_all("button.crossing-preset"):
        press(preset.inner_text())
    press("Pin this run")
    box.query_selector("input[type=range], input[type=radio]").focus()
    page.keyboard.press("ArrowRight")
    box.evaluate(ANSWERED)
    press("Unpin")
    press("Pin this run")
    now = press("Reset")
    assert "Pin this run" in box.inner_text(), f"{title}: Reset leaves a run pinned"
    return [] if now == start else [f"{title}: after Reset it says “{now[:80]}”, at the start it said “{start[:80]}”"]


def errors(page):
    return [e for e in page.locator(".crossing-error, .crossing-ask-error").all_inner_texts() if e.strip()] + page.complaints + page.outside


class Ears:
    """A page as a screen reader has it: its accessibility tree, the keyboard, and nothing else."""

    def __init__(self, page):
        self.page, self.browser = page, page.context.new_cdp_session(page)

    def nodes(self):
        """Each node as (role, name, what it says besides, its number, the names of the groups around it)."""
        tree = self.browser.send("Accessibility.getFullAXTree")["nodes"]
        by_id = {node["nodeId"]: node for node in tree}

        def said(node, key):
            return str(node.get(key, {}).get("value", ""))

        for node in tree:
            if node.get("ignored"):
                continue
            more = {p["name"]: p["value"].get("value") for p in node.get("properties", ())}
            around, up = [], by_id.get(node.get("parentId"))
            while up:
                around.append(said(up, "name"))
                up = by_id.get(up.get("parentId"))
            yield said(node, "role"), said(node, "name"), more | {"value": said(node, "value"), "description": said(node, "description")}, node.get("backendDOMNodeId"), around

    def find(self, role, name, *within):
        """The one node with this role and name inside the groups of these names."""
        found = [(more, number) for r, n, more, number, around in self.nodes() if (r, n) == (role, name) and set(within) <= set(around)]
        assert len(found) == 1, f"{len(found)} of role {role} are called {name!r} in {within!r}"
        return found[0]

    def press(self, number, *keys):
        self.browser.send("DOM.focus", {"backendNodeId": number})
        for key in keys:
            self.page.keyboard.press(key)
        settled(self.page)

    def spoken(self, number):
        """What a slider says of its value. (The tree that Chromium hands to tests has the bare number here.)"""
        given = self.browser.send("DOM.describeNode", {"backendNodeId": number})["node"]["attributes"]
        return dict(zip(given[::2], given[1::2]))["aria-valuetext"]

    def told(self, title):
        """The words that belong to a picture."""
        (told,) = [more["description"] for role, name, more, _, _ in self.nodes() if role in ("image", "img") and name == title]
        return told

    def bring(self, title, control, value):
        """Bring a control to a value by its name and by what it says."""
        wanted = control.words(value)
        kind = control.face()["kind"]
        if kind == "range":
            number = self.find("slider", control.label, title)[1]
            self.press(number, "Home")
            for _ in range(len(control.options())):
                if self.spoken(number) == wanted:
                    return
                self.press(number, "ArrowRight")
            raise AssertionError(f"{title}: no step of {control.label!r} says {wanted!r}")
        if kind == "choice":
            self.press(self.find("radio", wanted, title, control.label)[1], "Space")
        elif (self.find("checkbox", control.label, title)[0].get("checked") == "true") != bool(value):
            self.press(self.find("checkbox", control.label, title)[1], "Space")


def task(lesson):
    """The first task of a lesson whose answer quotes its chart: (chart's class, its settings, what it must say)."""
    for cell in nbformat.read(REPOSITORY / "notebooks" / f"{lesson}.ipynb", 4).cells:
        for check in cell.metadata.get("check", ()) if "task" in cell.metadata.get("tags", ()) else ():
            return Explorable.registry[check["explorable"]], check["set"], check["see"]
    return None


def done_by_ear(page, lesson):
    """Do the lesson's first task without a look at the page. Returns what is wrong with it, or nothing."""
    found = task(lesson)
    if not found:
        return []
    cls, settings, see = found
    ears = Ears(page)
    for _, name, more, number, around in list(ears.nodes()):
        if name == "More controls" and cls.title in around and more.get("expanded") is False:
            ears.press(number, "Enter")
    ears.press(ears.find("button", "Reset", cls.title)[1], "Enter")
    for name, value in settings.items():
        ears.bring(cls.title, cls.controls()[name], value)
    told = ears.told(cls.title)
    return [] if see in told else [f"{cls.title}: by ear the answer {see!r} is not to be had, only {told!r}"]


def every_width(page):
    """At three widths, and in the dark: nothing reaches beyond its place. Returns what does."""
    wrong = []
    page.keyboard.press("Control+b")  # a narrow window has no room for the list of files
    for width in (1280, 768, 640, 390):  # 640: the wide window at 200 % zoom
        page.set_viewport_size({"width": width, "height": 1000})
        page.wait_for_timeout(400)
        settled(page)
        wrong += page.evaluate("""(width) => [...document.querySelectorAll('.crossing-explorable, .crossing-ask')]
            .filter((e) => e.offsetWidth && (e.scrollWidth > e.clientWidth + 1 || e.getBoundingClientRect().right > width + 1))
            .map((e) => { const far = [...e.querySelectorAll('*')].reduce((a, b) => (b.getBoundingClientRect().right > a.getBoundingClientRect().right ? b : a), e);
              return `at ${width} px: “${e.innerText.slice(0, 60)}” is ${e.scrollWidth} wide in ${e.clientWidth}, for ${far.outerHTML.slice(0, 160)}`; })""", width)
    return wrong


PICTURE = "host => [...host.shadowRoot.querySelectorAll('[id^=live-]')].map((group) => group.id + group.innerHTML).join('')"


def second_view(page):
    """Another view of a chart that was moved shows what the first shows, and follows it. Returns what does not."""
    box = page.locator(".jp-NotebookPanel .crossing-explorable").filter(has=page.locator("input[type=range]")).last
    box.locator("input[type=range]").first.focus()
    page.keyboard.press("End")
    box.evaluate(ANSWERED)
    box.locator(".crossing-title").click(button="right")
    page.locator(".lm-Menu-itemLabel", has_text=re.compile("^Create New View for")).click()
    other = page.locator(".jp-LinkedOutputView .crossing-explorable")
    other.wait_for()
    wrong = []
    for key in (None, "PageDown"):
        if key:
            box.locator("input[type=range]").first.focus()
            page.keyboard.press(key)
            box.evaluate(ANSWERED)
        views = [(v.locator(".crossing-words").text_content(), v.locator(".crossing-chart").evaluate(PICTURE),
                  v.locator("input[type=range]").first.get_attribute("aria-valuetext")) for v in (box, other)]
        if views[0] != views[1]:
            wrong.append(f"a second view says “{views[1][0][:80]}”, the first “{views[0][0][:80]}”")
    page.locator(".lm-TabBar-tab.lm-mod-current", has_text="Output View").locator(".lm-TabBar-tabCloseIcon").click()
    return wrong


def the_day_after(lab, page, lesson, charts):
    """Saved, and opened again without its Python: pictures and words, nothing dead."""
    lab.save(page)
    page.goto("about:blank")
    lab.end_kernels()
    with every_output_stays(lab):
        shown = lab.show(page, f"{lesson}.ipynb")
    expect(shown.locator("figure img")).to_have_count(charts)
    assert page.get_by_text(re.compile("Loading widget|Error displaying widget|model not found")).count() == 0
    assert all(shown.locator("figure img").evaluate_all("all => all.map((img) => img.naturalWidth > 0 && img.alt.length > 20)"))
    assert shown.locator("figcaption").count() >= charts
    return errors(page)


@pytest.fixture
def dark(page):
    """Switches to the dark theme, and back at the end."""
    def switch(theme):
        page.get_by_role("menuitem", name="Settings").click()
        page.locator(".lm-Menu-itemLabel", has_text=re.compile("^Theme$")).hover()
        page.locator(".lm-Menu-itemLabel", has_text=re.compile(f"^{theme}$")).click()
        page.locator(f'body[data-jp-theme-light="{"false" if "Dark" in theme else "true"}"]').wait_for(state="attached")
    yield lambda: switch("JupyterLab Dark")
    page.set_viewport_size({"width": 1280, "height": 900})
    switch("JupyterLab Light")


@pytest.mark.parametrize("lesson", LESSONS)
def test_everything_in_a_lesson_can_be_tried(lab, page, lesson, dark):
    opened(lab, page, lesson)
    assert complaints_of_axe(page) == [], "before the guesses"
    guess_everything(page)
    settled(page)
    wrong = []
    for box in page.query_selector_all(".crossing-explorable"):
        wrong += sweep(page, box) + press_everything(page, box)
        wrong += errors(page)
    answer_everything(page)
    for fold in page.locator(".jp-OutputArea-output details:not([open]) > summary").all():
        if fold.is_visible():
            fold.click()
    settled(page)
    wrong += done_by_ear(page, lesson)
    assert wrong + errors(page) == []
    dark()
    assert complaints_of_axe(page) == [], "at the end, in the dark"
    assert second_view(page) == []
    assert every_width(page) == []
    assert the_day_after(lab, page, lesson, page.locator(".jp-NotebookPanel .crossing-explorable").count()) == []
