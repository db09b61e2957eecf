"""Five hundred random events for each lesson, in JupyterLab and a real browser. Long: `python3 course.py fuzz`.

What somebody does who knows no better: presses keys on controls and drags them, presses any button, answers questions,
runs cells again and out of order, interrupts Python, makes the page narrow, starts the lesson again in the middle, loads
the page anew. After each event the page is asked: no error in it or on the console, every chart says something. No answer
that was ever in the journal may be missing later, and at the end the lesson starts again and is live.

CROSSING_FUZZ_EVENTS names another number of events, CROSSING_FUZZ_SEED another seed.
"""

import collections
import json
import os
import random
import re

import pytest
from playwright.sync_api import Error
from test_every_lesson import LESSONS, WAIT, every_output_stays

EVENTS = int(os.environ.get("CROSSING_FUZZ_EVENTS", 500))
SEED = os.environ.get("CROSSING_FUZZ_SEED", "1")
LIVE = "Live. The charts follow your hand."
KEYS = ("ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown", "Home", "End", "PageUp", "PageDown", "Space")
#: Pressed, these leave the lesson, which is another test's matter.
NOT_PRESSED = re.compile("Save the picture|Begin this lesson anew|start afresh|Yes, |Present|Another profile|Download|Print", re.I)
#: What JupyterLab itself prints when a kernel is interrupted or restarted under it.
OF_THE_LAB = re.compile("Canceled future|KernelConnection|kernel.*(dead|disposed|restart)|WebSocket|Connection lost|404|Disposed|KeyboardInterrupt", re.I)


VISIBLE = "all => all.flatMap((e, i) => (e.checkVisibility({visibilityProperty: true}) && e.getBoundingClientRect().width ? [i] : []))"


class Hand:
    """A hand that does anything: `act(draw)` does one thing and returns its name."""

    def __init__(self, page, shown):
        self.page, self.shown, self.pressed = page, shown, ""

    def one(self, draw, locator):
        """One of the visible elements, or None."""
        found = locator.evaluate_all(VISIBLE)  # asked one by one, hundreds of elements take a second
        return locator.nth(draw.choice(found)) if found else None

    def key(self, draw):
        control = self.one(draw, self.page.locator(".crossing-explorable input"))
        if control:
            control.focus()
            for _ in range(draw.randint(1, 4)):
                self.page.keyboard.press(draw.choice(KEYS))

    def drag(self, draw):
        control = self.one(draw, self.page.locator(".crossing-explorable input[type=range]"))
        if control:
            control.scroll_into_view_if_needed()
            box = control.bounding_box()
            y = box["y"] + box["height"] / 2
            self.page.mouse.move(box["x"] + box["width"] * draw.random(), y)
            self.page.mouse.down()
            for _ in range(draw.randint(1, 5)):
                self.page.mouse.move(box["x"] + box["width"] * draw.random(), y, steps=4)
            self.page.mouse.up()

    def press(self, draw):
        button = self.one(draw, self.page.locator(".jp-OutputArea-output").locator("button:enabled, summary"))
        if button and not NOT_PRESSED.search(name := button.inner_text()):
            self.pressed = name
            button.click()

    def answer(self, draw):
        """Something in one form, filled in or not, and its button."""
        form = self.one(draw, self.page.locator(".jp-OutputArea-output form"))
        if not form:
            return
        for kind in ("radio", "checkbox"):
            marks = form.locator(f"input[type={kind}]:enabled").element_handles()  # an answered form is shut
            for mark in draw.sample(marks, min(len(marks), draw.randint(0, 3))):
                if mark.is_visible():
                    mark.check()
        for place in form.locator("select:enabled").all():
            place.select_option(index=draw.randrange(place.locator("option").count()))
        for place in form.locator("textarea:enabled, input:enabled:not([type=radio], [type=checkbox])").locator("visible=true").all():
            place.fill(draw.choice(["", "7", "-3,5", "1e9", "many"]) if place.get_attribute("type") != "number" else draw.choice(["", "7", "-3.5"]))
        button = self.one(draw, form.locator("button:enabled"))
        if button and not NOT_PRESSED.search(button.inner_text()):
            button.click()

    def run(self, cell):
        cell.locator(".jp-InputPrompt, .jp-OutputPrompt").locator("visible=true").first.click()
        self.page.keyboard.press("Control+Enter")

    def run_again(self, draw):
        self.run(self.one(draw, self.shown.locator(".jp-CodeCell")))

    def run_out_of_order(self, draw):
        for _ in range(3):
            self.run_again(draw)

    def interrupt(self, draw):
        self.run_again(draw)
        self.page.keyboard.press("Escape")
        self.page.keyboard.press("i")
        self.page.keyboard.press("i")

    def resize(self, draw):
        self.page.set_viewport_size({"width": draw.choice([390, 768, 1280]), "height": 900})

    def restart(self, draw):
        self.page.set_viewport_size({"width": 1280, "height": 900})
        self.page.get_by_role("button", name=re.compile("^Start (again|this lesson)$")).click()
        for button in ("Restart", "Start again", "Start"):
            sure = self.page.locator(".jp-Dialog").get_by_role("button", name=button)
            if sure.count():
                sure.first.click()
                break
        self.page.wait_for_timeout(1000)
        self.page.get_by_text(LIVE).wait_for(timeout=90_000)

    def reload(self, draw):
        self.page.reload()
        self.page.locator(".jp-Dialog").get_by_role("button", name=re.compile("Leave|Revert|Overwrite")).first.or_(
            self.shown.locator(".jp-Cell").first).first.wait_for(timeout=30_000)
        self.shown.locator(".jp-Cell").first.wait_for(timeout=30_000)
        self.page.locator("#jp-main-statusbar", has_text="| Idle").wait_for(state="attached", timeout=30_000)
        self.restart(draw)

    WEIGHTS = {key: 45, drag: 14, press: 18, answer: 10, run_again: 5, run_out_of_order: 2, interrupt: 3, resize: 2, restart: 0.7, reload: 0.3}

    def act(self, draw):
        do = draw.choices(list(self.WEIGHTS), list(self.WEIGHTS.values()))[0]
        self.pressed = ""
        do(self, draw)
        return f"{do.__name__} {self.pressed}".strip()


def answers(lab, lesson):
    """Every answer of the lesson in every profile, as it stands on disk."""
    kept = set()
    for path in (lab.home / "journal").glob(f"*/{lesson[:2]}.json"):
        for entry in json.loads(path.read_text(encoding="utf-8"))["entries"]:
            if entry["kind"] in ("guess", "reason", "try", "vote", "regrade"):
                kept.add(json.dumps(entry, sort_keys=True))
    return kept


def wrong_on(page):
    """What the page says is wrong, an interruption aside."""
    told = [e for e in page.locator(".crossing-error, .crossing-ask-error").all_inner_texts() if e.strip()]
    told += [e[-1500:] for e in page.locator("[data-mime-type*=error], [data-mime-type*=stderr]").all_text_contents() if e.strip() and "KeyboardInterrupt" not in e]
    told += [c for c in page.complaints if not OF_THE_LAB.search(c)] + page.outside
    told += ["a chart says nothing" for words in page.locator(".crossing-words").all_text_contents() if not words.strip()]
    return told


@pytest.mark.parametrize("lesson", LESSONS)
def test_five_hundred_events(lab, page, lesson):
    draw = random.Random(f"{lesson} {SEED}")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.set_default_timeout(15_000)
    with every_output_stays(lab):
        fuzzed(lab, page, lesson, draw)


def fuzzed(lab, page, lesson, draw):
    hand = Hand(page, lab.show(page, f"{lesson}.ipynb"))
    hand.restart(draw)
    before, did, count = answers(lab, lesson), [], collections.Counter()
    for n in range(EVENTS):
        try:
            did.append(hand.act(draw))
        except Error as problem:
            if "detached" not in str(problem) and "not attached" not in str(problem):  # a cell that ran anew took it away
                raise AssertionError(f"event {n} after {did[-6:]}: {problem}") from problem
            did.append("gone")
        count[did[-1].split()[0]] += 1
        page.evaluate(WAIT)
        assert wrong_on(page) == [], f"event {n}, after {did[-6:]}"
        now = answers(lab, lesson)
        assert before <= now, f"event {n}, after {did[-6:]}: answers are gone"
        before = now
    hand.restart(draw)
    assert wrong_on(page) == []
    assert answers(lab, lesson) == before
    print(f"{lesson}: {EVENTS} events ({', '.join(f'{k} {v}' for k, v in count.most_common())}), {len(before)} answers kept")
