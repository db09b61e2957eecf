"""The form of a lesson (what every lesson has, in which order), held for each notebook that is a lesson."""

import re

import pytest
from lesson_files import NOTEBOOKS, Lesson

ROLES = {"title": 1, "objectives": 1, "warmup": 1, "predict": 3, "explore": 3, "explain": 3, "task": 3, "quiz": 1,
         "transfer": 1, "limits": 1, "sources": 1, "summary": 1, "presenter": 4}


@pytest.fixture(params=[p for p in NOTEBOOKS if re.match(r"0[1-8]_", p.name)], ids=lambda p: p.stem)
def full(request):
    return Lesson(request.param)


def test_one_top_heading_that_asks_and_says_non_clinical(lesson):
    tops = [line for c in lesson.markdown() for line in lesson.source(c).splitlines() if line.startswith("# ")]
    assert len(tops) == 1 and tops[0].endswith("?")
    assert re.search(r"not for decisions about care", lesson.source(lesson.cells[0]))


def test_every_role_is_there(full):
    for role, least in ROLES.items():
        assert len(full.tagged(role)) >= least, role


def test_a_guess_stands_before_each_core_chart(full):
    core = [i for i in full.tagged("explore") if "further" not in full.tags(full.cells[i])]
    guesses = full.tagged("predict")
    for n, chart in enumerate(core):
        assert sum(g < chart for g in guesses) >= n + 1
    assert 3 <= len(core) <= 4


def test_tasks_name_a_control_and_fold_their_answer(full):
    for i in full.tagged("task"):
        text = full.source(full.cells[i])
        assert "<details><summary>" in text
        assert re.search(r"`\w+( = [^`]+)?`", text), "a task names the control and the setting"


def test_controls_named_in_prose_exist(full):
    """`tip = T10` in a text is a setting that some chart of the lesson takes."""
    import importlib
    from crossing.explore import Explorable
    for c in full.code():
        for module in re.findall(r"from (crossing\.lessons\.\w+) import", full.source(c)):
            importlib.import_module(module)
    charts = [c for n, c in Explorable.registry.items() if any(re.search(rf"\b{n}\(", full.source(k)) for k in full.code())]
    for cell in full.markdown():
        for name, value in re.findall(r"`(\w+) = ([^`]+)`", full.source(cell)):
            assert any(name in c.controls() and accepts(c.controls()[name], value) for c in charts), f"`{name} = {value}`"


def accepts(control, text):
    for value in control.options():
        if text in (str(value), control.words(value)) or (isinstance(value, bool) and text == ("on" if value else "off")):
            return True
        try:
            if not isinstance(value, (bool, str)) and abs(float(text) - value) < 1e-6:
                return True
        except ValueError:
            pass
    return False


def test_time_marks_and_slides(full):
    marks = [int(m) for c in full.markdown() for m in re.findall(r"About (\d+) min so far", full.source(c))]
    assert len(marks) >= 4 and marks == sorted(marks) and marks[-1] <= 60
    kinds = [c["metadata"].get("slideshow", {}).get("slide_type") for c in full.cells]
    assert None not in kinds, "every cell says what it is on a slide"
    assert all(kinds[i] == "notes" for i in full.tagged("presenter"))
    assert 10 <= kinds.count("slide") <= 14, "the short way: title, drawing, a vote and a chart for each guess, what to take home"
    assert all(kinds[i] == "slide" for i in full.tagged("predict") if full.cells[i]["cell_type"] == "code")


def test_sentences_are_short(lesson):
    """Core text is read tired: under 25 words a sentence, 20 on the average of a cell."""
    for cell in lesson.markdown():
        text = re.sub(r"<details.*?</details>|\|.*\||`[^`]*`|^#.*$|<[^>]+>", " ", lesson.source(cell), flags=re.S | re.M)
        lengths = [len(s.split()) for s in re.split(r"[.?!:]\s", text) if s.strip()]
        if lengths:
            assert max(lengths) <= 28, f"{cell['id']}: a sentence of {max(lengths)} words"
            assert sum(lengths) / len(lengths) <= 20, cell["id"]


def test_links_lead_somewhere(lesson):
    for cell in lesson.markdown():
        for target in re.findall(r"\]\(([^)#]+)", lesson.source(cell)):
            assert target.startswith("https://") or (lesson.path.parent / target).exists(), target
