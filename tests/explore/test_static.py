"""What a page without Python shows: a picture, its words, and no answer before the guess."""

import base64
import html
import io
import re
from html.parser import HTMLParser

import pytest
from explore_samples import VEILED, Breaks, Veiled, Wave
from PIL import Image

from crossing.explore import static


class Tags(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.found, self.text = [], ""
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))

    def handle_data(self, data):
        self.text += data


def test_a_bundle_has_a_picture_its_words_and_plain_text():
    bundle = static.bundle(Wave(height=2.0))
    assert bundle["text/plain"] == "A wave along a line. The top stands at 2.00 cm."
    tags = Tags(bundle["text/html"])
    (image,) = [a for tag, a in tags.found if tag == "img"]
    assert image["alt"] == "A wave along a line: chart, described below"
    assert tags.text == bundle["text/plain"]
    kind, data = image["src"].split(",")
    assert kind == "data:image/png;base64"
    picture = Image.open(io.BytesIO(base64.b64decode(data)))
    assert picture.size == (round(7.6 * 144), round(4.3 * 144))
    assert len(picture.convert("RGB").getcolors(1_000_000)) > 10


def test_a_bundle_is_the_same_each_time_and_shows_the_present_state():
    wave = Wave()
    first = static.bundle(wave)
    assert static.bundle(wave) == first == static.bundle(Wave())
    wave.height = 4.0
    other = static.bundle(wave)
    assert other != first
    wave.reset()
    assert static.bundle(wave) == first


def test_words_cannot_break_out_of_the_page():
    class Sharp(Wave):
        title = 'A "wave" <b>& more'

        def describe(self, result):
            return "5 < 6 & 7 <script>alert(1)</script>."
    from crossing.explore.explorable import Explorable
    Explorable.registry.pop("Sharp")
    page = static.bundle(Sharp())["text/html"]
    tags = Tags(page)
    assert [tag for tag, _ in tags.found] == ["figure", "img", "figcaption", "strong"]
    assert "5 < 6 & 7 <script>" in tags.text
    assert tags.found[1][1]["alt"].startswith('A "wave" <b>& more')


def test_a_veiled_bundle_is_the_same_for_every_setting(journal):
    one, other = static.bundle(Veiled()), static.bundle(Veiled(height=4.0, place="C1", twice=True))
    assert one == other
    assert VEILED in one["text/plain"] and html.escape(VEILED) in one["text/html"]
    assert not re.search(r"\d\.\d\d cm", one["text/html"])


def test_a_bundle_of_the_pinned_run_says_so():
    wave = Wave()
    wave.pin()
    assert static.bundle(wave)["text/plain"].endswith("This is the pinned run; move a control to compare.")


def test_a_setting_that_fails_still_gives_a_page_in_words(lenient):
    chart = Breaks()
    chart.height = 3.0
    bundle = static.bundle(chart)
    assert "does not work: no wave is three centimetres high" in bundle["text/plain"]
    assert "<img" in bundle["text/html"]


def test_a_setting_that_fails_is_raised_to_tests(strict):
    chart = Breaks()
    chart.height = 3.0
    with pytest.raises(ValueError, match="three centimetres"):
        static.bundle(chart)


def test_showing_a_chart_gives_widget_picture_and_words():
    data, _ = Wave()._repr_mimebundle_()
    assert set(data) >= {"application/vnd.jupyter.widget-view+json", "text/html", "text/plain"}
    assert data["text/plain"] == "A wave along a line. The top stands at 1.00 cm."


def test_one_chart_shown_twice_is_one_widget():
    wave = Wave()
    first, second = (wave._repr_mimebundle_()[0]["application/vnd.jupyter.widget-view+json"] for _ in range(2))
    assert first["model_id"] == second["model_id"]
