"""The page for teachers says what the models say, every model accounts for itself, and every case of the notes has its test."""

import importlib
import pathlib
import re
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).parents[2]
TESTS = ROOT / "tests" / "models"


@pytest.fixture(scope="module")
def models_page():
    sys.path.insert(0, str(ROOT / "docs"))
    try:
        yield importlib.import_module("models_page")
    finally:
        sys.path.remove(str(ROOT / "docs"))


@pytest.fixture(scope="module")
def comparisons(models_page):
    models_page.comparisons()
    return importlib.import_module("comparisons")


def test_the_page_is_up_to_date():
    """`python docs/models_page.py` writes it; in a Python of its own, as a maintainer would run it."""
    check = subprocess.run([sys.executable, "docs/models_page.py", "--check"], cwd=ROOT, capture_output=True, text=True)
    assert check.returncode == 0, f"run python docs/models_page.py\n{check.stdout[-3000:]}{check.stderr[-3000:]}"


def test_every_model_says_what_it_does_assumes_and_leaves_out(models_page):
    for module in models_page.modules():
        for head, text in models_page.paragraphs(module).items():
            assert re.search(r"[.)]$", text), f"{module}, {head}: full sentences"
            assert not re.search(r"`|\w+\.py\b|\w_\w|[=^*]|\(\)", text), f"{module}, {head}: words and no code"


def test_a_model_that_says_nothing_is_refused(models_page, tmp_path, monkeypatch):
    monkeypatch.setattr(models_page, "MODELS", tmp_path)
    for words in ("", "In words: it does. Assumes: nothing.",
                  "In words: It does this and that.\n\nAssumes:\n\nLeaves out: It leaves out a lot."
                  "\n\nSources: A book that can be read."):
        (tmp_path / "new.py").write_text(f'"""A model.\n\n{words}\n"""\n', encoding="utf-8")
        with pytest.raises(ValueError, match=r"new\.py"):
            models_page.paragraphs("new")


def test_every_model_has_its_place_on_the_page(models_page):
    assert sum(len(sections) for _, sections in models_page.placed()) == len(models_page.modules())
    titles = [title for _, sections in models_page.CHAPTERS for _, title, _ in sections]
    assert len(set(map(models_page.anchor, titles))) == len(titles)


def test_the_package_names_every_model():
    import crossing.models
    for path in (ROOT / "src" / "crossing" / "models").glob("*.py"):
        if path.stem != "__init__":
            assert re.search(rf"\b{path.stem}\b", crossing.models.__doc__), path.stem


def test_links_of_the_page_lead_somewhere(models_page):
    page = (ROOT / "data" / "MODELS.md").read_text(encoding="utf-8")
    anchors = {models_page.anchor(title) for title in re.findall(r"^#+ (.+)$", page, re.M)}
    for target in re.findall(r"\]\(([^)]+)\)", page):
        assert target[1:] in anchors if target.startswith("#") else (ROOT / "data" / target).exists(), target


def test_every_case_of_the_validation_notes_has_a_test(comparisons):
    held = {it.case for it in comparisons.registry}
    assert set(comparisons.CASES) <= held, f"no comparison registered for cases {sorted(set(comparisons.CASES) - held)}"


def test_every_closed_form_of_the_validation_notes_has_a_test(comparisons):
    """Marked in the source, so that a parametrised test counts too."""
    marked = set()
    for path in TESTS.glob("test_*.py"):
        marked |= set(re.findall(r'^@closed_form\("([^"]+)"\)', path.read_text(encoding="utf-8"), re.M))
    assert set(comparisons.CLOSED_FORMS) <= marked, sorted(set(comparisons.CLOSED_FORMS) - marked)


def test_at_least_six_comparisons_are_our_own(comparisons):
    assert len({it.paper for it in comparisons.registry if it.case is None}) >= 6


def test_comparisons_say_plainly_what_they_are(comparisons):
    """Kind and tolerance stand in the decorator; what a teacher reads holds no doses and no code."""
    names = [it.name for it in comparisons.registry]
    assert len(set(names)) == len(names)
    for it in comparisons.registry:
        words = f"{it.paper} {it.what} {it.unit} {it.remark}"
        assert not re.search(r"\bmg\b|`|\w_\w", words), f"{it.name}: no doses in mg and no code on the page: {words}"


def test_no_model_loads_a_heavy_library_when_imported(models_page):
    """A class server pays for every megabyte of every learner."""
    sys.path.insert(0, str(ROOT / "benchmarks"))
    try:
        heavy = importlib.import_module("import_cost").HEAVY
    finally:
        sys.path.remove(str(ROOT / "benchmarks"))
    names = models_page.modules()
    code = (f"import sys\nfor name in {names}: __import__('crossing.models.' + name)\n"
            f"print(*[name for name in {heavy} if name in sys.modules])")
    loaded = subprocess.run([sys.executable, "-c", code], cwd=ROOT / "src", capture_output=True, text=True,
                            check=True).stdout.split()
    assert not loaded
