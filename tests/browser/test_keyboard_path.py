"""The way through a lesson by keyboard alone, as `ACCESS.md` describes it: the test walks the table of that page."""

import re
from pathlib import Path

from playwright.sync_api import expect

ACCESS = Path(__file__).parents[2] / "ACCESS.md"
MOST = 60  # presses of Tab to the next thing that the table names

FOCUSED = """() => {
  let e = document.activeElement;
  while (e?.shadowRoot?.activeElement) e = e.shadowRoot.activeElement;
  const style = getComputedStyle(e), box = e.getBoundingClientRect();
  const label = e.getAttribute('aria-label') || (e.labels?.length ? e.labels[0].innerText : '') || e.innerText || '';
  return { name: label.trim().replace(/\\s+/g, ' '), ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
           seen: box.top >= 0 && box.bottom <= innerHeight && box.width > 0 };
}"""


def path():
    """The rows of the table: (key, name to reach, key to press there, what is then to be read)."""
    rows = re.findall(r"^\| `(\S+)` \| (.+?) \| `(.+?)` \| (.+?) \|$", ACCESS.read_text(encoding="utf-8"), re.M)
    assert len(rows) >= 8, "ACCESS.md has lost its table"
    return rows


def test_the_path_of_access_md_can_be_walked(lab, page):
    lab.show(page, "04_spinal_infusion.ipynb")
    for key, name, then, read in path():
        for _ in range(MOST):
            page.keyboard.press(key)
            page.wait_for_timeout(30)
            now = page.evaluate(FOCUSED)
            if now["name"].startswith(name):
                break
        else:
            raise AssertionError(f"{MOST} times {key} did not lead to {name!r}, the last was {now['name']!r}")
        assert now["ring"], f"{name}: the focus is not to be seen"
        assert now["seen"], f"{name}: out of sight"
        for press in then.split():
            page.keyboard.press(press)
        expect(page.get_by_text(re.compile(read)).locator("visible=true").first).to_be_visible(timeout=90_000)
