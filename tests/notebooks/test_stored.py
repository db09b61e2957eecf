"""What a person meets who opens a notebook that is not running: every stored cell, read as a file."""

import json
import re

from lesson_files import every_chart

DOSE = re.compile(r"\b\d[\d.]*\s*(mg|µg|ug|mcg|micrograms?|milligrams?)\b(?!\s*/)", re.I)


def stored(lesson):
    return [(c, o) for c in lesson.code() for o in c["outputs"]]


def test_every_code_cell_was_run_and_said_nothing_on_stderr(lesson):
    for cell in lesson.code():
        assert cell["execution_count"] is not None, f"{cell['id']} was never run: python3 course.py refresh"
        for output in cell["outputs"]:
            assert output["output_type"] != "error", f"{cell['id']}: {output.get('evalue')}"
            assert output.get("name") != "stderr", f"{cell['id']}: {output.get('text')}"


def test_no_dead_widget_is_stored(lesson):
    assert "widget-view" not in lesson.text
    assert "widgets" not in lesson.metadata
    assert "Error displaying widget" not in lesson.text


def test_every_shown_object_has_words_and_every_picture_an_alternative(lesson):
    for cell, output in stored(lesson):
        data = output.get("data", {})
        if "text/html" in data:
            words, html = "".join(data["text/plain"]), "".join(data["text/html"])
            assert len(words) >= 60, f"{cell['id']}: {words!r}"
            for image in re.findall(r"<img[^>]*>", html):
                assert re.search(r'alt="[^"]{15,}"', image), f"{cell['id']}: a picture without a text alternative"
            assert 'src="http' not in html, f"{cell['id']} fetches a picture"


def test_no_dose_is_printed(lesson):
    shown = [lesson.source(c) for c in lesson.markdown()]
    shown += ["".join(o.get("data", {}).get("text/plain", o.get("text", ""))) for _, o in stored(lesson)]
    for text in shown:
        assert not DOSE.search(text), DOSE.search(text)


def secrets(bank):
    """Every sentence of a bank that gives an answer away: reveals, reasons, take-homes, keys of votes, feedback."""
    found = []

    def walk(value, key=""):
        if isinstance(value, dict):
            for k, v in value.items():
                walk(v, k)
        elif isinstance(value, list):
            for v in value:
                walk(v, key)
        elif isinstance(value, str) and key in ("reveal", "ours", "take_home", "feedback", "punch", "better", "reasoning") and len(value) > 25:
            found.append(value)

    walk(bank)
    return found


def test_no_answer_is_stored(lesson):
    """Reveals, reasons and feedback live in the bank; a stored notebook must not carry a sentence of them."""
    told = secrets(lesson.bank)
    if lesson.bank["questions"]:
        assert len(told) > 10, "the banks' keys have changed: this test would see nothing"
    plain = re.sub(r"\s+", " ", json.dumps(json.loads(lesson.text), ensure_ascii=False))
    for text in told:
        for sentence in re.split(r"(?<=[.?!])\s+", text):
            if len(sentence) > 30:
                assert sentence not in plain, f"an answer stands in {lesson.path.name}: {sentence}"


def test_charts_behind_a_guess_are_stored_veiled(lesson):
    from crossing.explore.explorable import VEILED
    for cell in lesson.code():
        for name, chart in every_chart().items():
            if chart.guess and re.search(rf"\b{name}\(", lesson.source(cell)):
                words = "".join(cell["outputs"][-1]["data"]["text/plain"])
                assert words == f"{chart.title}. {VEILED}"
