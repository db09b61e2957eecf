"""What a public name of the models and the facts must say about itself: units, shapes, errors, sources; and that others say a word.

Told at the name itself, at its class or at the head of its module: whatever holds for all of a module is said once. What a
common name means in all models stands in `crossing.models`. Read from the source, without importing anything.
"""

import ast
import pathlib
import re
from dataclasses import dataclass

import pytest

PACKAGE = pathlib.Path(__file__).parents[2] / "src" / "crossing"
STRICT = sorted(path for part in ("models", "facts") for path in (PACKAGE / part).glob("*.py"))
#: A name that ends like this carries its unit, or says that it has none.
NAMED = re.compile(r"_(h|hour|ml|cm|mm|c|g|tpsa|per_(h|s|c|c2|cm2|ml|day|year|g|min)|cm2|(ml|cm|cm2|mm|ul)_per_\w+|share|spread|fold|ratio|density|days|bits)$")
#: What a unit looks like in words, or the want of one.
UNIT = re.compile(r"\b(h|hours?|m[lL]|cm2?|mm|Da|g|doses?|degrees?|days?|years?|angstroms?|bits?|(no|any|one|whatever|in the|in their|same) unit|"
                  r"in that unit|shares?|log\w*|counts?|numbers? of|ratios?|fold|factors?|standard deviations?|per hour|0 to 1|between 0 and 1|1 or more)\b|in `unit`|°|%")
#: An array's shape: (n,), (t, cells), (cells+1,).
SHAPE = re.compile(r"\((?:\w+(?:[+-]1)?, ?)+(?:\w+)?\)|one-dimensional|any shape")
NUMERIC = re.compile(r"\b(float|Array|Numbers|Result|Counted)\b")
WHOLE = re.compile(r"\b(Array|Mask|Places)\b")
#: Exceptions that a caller meets, by what raises them.
ERRORS = {"wanted": "ValueError", "DataError": "DataError", "UnknownId": "UnknownId", "UnitError": "UnitError", "AxisError": "AxisError", "ValueError": "ValueError"}


@dataclass(frozen=True)
class Public:
    """A public name: where it stands, and what is said of it here and further up."""

    name: str
    node: ast.AST
    doc: str
    above: str
    takes: tuple
    gives: str

    @property
    def told(self):
        return f"{self.doc}\n\n{self.above}"


def text(node):
    return "" if node is None else ast.unparse(node)


def takes(node):
    """(name, annotation) of the parameters of a function, or of the fields of a class."""
    if isinstance(node, ast.ClassDef):
        return tuple((line.target.id, text(line.annotation)) for line in node.body
                     if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name) and not line.target.id.startswith("_"))
    return tuple((each.arg, text(each.annotation)) for each in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
                 if each.arg not in ("self", "cls"))


def public(path):
    """Every public function, class, method and property of a module; `__init__` stands for what a class takes."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    head = ast.get_docstring(tree) or ""
    for node in tree.body:
        if not isinstance(node, (ast.FunctionDef, ast.ClassDef)) or node.name.startswith("_"):
            continue
        doc = ast.get_docstring(node) or ""
        yield Public(node.name, node, doc, head, takes(node), text(getattr(node, "returns", None)))
        if isinstance(node, ast.ClassDef):
            for inner in node.body:
                if isinstance(inner, ast.FunctionDef) and (inner.name == "__init__" or not inner.name.startswith("_")):
                    yield Public(f"{node.name}.{inner.name}", inner, ast.get_docstring(inner) or "", f"{doc}\n\n{head}", takes(inner), text(inner.returns))


def label(path):
    return str(path.relative_to(PACKAGE))


strict = pytest.mark.parametrize("path", STRICT, ids=label)


def common():
    """The names whose unit `crossing.models` gives once for all models."""
    words = ast.get_docstring(ast.parse((PACKAGE / "models" / "__init__.py").read_text(encoding="utf-8")))
    listed = re.search(r"^Where a name does not.*?\n\n(.*?)\n\n", words, re.S | re.M)[1]
    return {name for line in listed.splitlines() for name in re.findall(r"`(\w+)`", line)}


def sentences(words):
    return re.split(r"(?<=\.)\s|\n\n", words)


def speaking(path):
    """The names with a docstring of their own: `__init__` speaks through its class."""
    return [it for it in public(path) if not it.name.endswith("__init__")]


@strict
def test_it_says_what_it_is(path):
    silent = [it.name for it in speaking(path) if not it.doc]
    assert not silent, f"no docstring: {silent}"
    broken = [it.name for it in speaking(path) if not re.search(r"[.:?)\]\"]$", it.doc.split("\n\n")[0].strip())]
    assert not broken, f"no sentence: {broken}"


@strict
def test_every_number_has_a_unit_or_says_that_it_has_none(path):
    known, silent = common() if path.parent.name == "models" else set(), []
    for it in public(path):
        for name, kind in it.takes:
            if NUMERIC.search(kind) and not NAMED.search(name) and name not in known:
                spoken = [re.sub(rf"`{name}`", "", each) for each in sentences(it.told) if re.search(rf"\b{name}\b", each)]
                if not any(UNIT.search(each) for each in spoken):
                    silent.append(f"{it.name}({name})")
    assert not silent, f"in what unit? {silent}"


@strict
def test_an_array_has_a_shape(path):
    for it in speaking(path):
        if WHOLE.search(it.gives):
            assert SHAPE.search(it.doc), f"{it.name}: what shape has the {it.gives} that it gives?"
        if "Result" in it.gives or any("Numbers" in kind for _, kind in it.takes):
            assert SHAPE.search(it.told) or re.search("[Bb]roadcast|array|numbers|one for each|an? list", it.told), f"{it.name}: one number, or many?"
        for name, kind in it.takes:
            assert not WHOLE.search(kind) or SHAPE.search(it.told), f"{it.name}: what shape has `{name}`?"


@strict
def test_it_says_what_it_raises(path):
    """Validators of `wanted` raise ValueError; the facts have exceptions of their own. A class answers for its `__post_init__`."""
    for it in public(path):
        raised = set()
        for node in ast.walk(it.node):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and text(node.func.value) == "wanted":
                raised.add("wanted")
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
                raised.add(text(node.exc.func).split(".")[-1])
        for one in raised & set(ERRORS):
            assert ERRORS[one] in it.told, f"{it.name} raises {ERRORS[one]} and says nothing of it"


@pytest.mark.parametrize("path", [path for path in STRICT if path.parent.name == "models" and path.stem != "__init__"], ids=label)
def test_a_model_names_a_paper_or_says_that_it_needs_none(path):
    """Each paper with its year; else the words for what is no finding: bookkeeping, arithmetic, a definition, a textbook."""
    words = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    sources = words.split("Sources:")[-1]
    assert re.search(r"\b(18|19|20)\d\d\b|[Bb]ookkeeping|arithmetic|[Dd]efinition|textbook|See the model|Balance of", sources)


OTHERS = sorted(path for path in PACKAGE.rglob("*.py") if path.parent.name not in ("models", "facts"))


@pytest.mark.parametrize("path", OTHERS, ids=label)
def test_elsewhere_public_classes_and_functions_say_a_word(path):
    """One line will do. Methods of charts have fixed names (`setup`, `update`, `describe`, ...), told where `Explorable` is."""
    silent = [it.name for it in public(path) if "." not in it.name and not it.doc]
    assert not silent
