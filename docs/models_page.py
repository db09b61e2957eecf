"""Write data/MODELS.md, the page that tells teachers in words what each model does, assumes and leaves out.

usage: python docs/models_page.py           write the page
       python docs/models_page.py --check   say whether it is up to date (exit code 1 if not)

The words come from the last four paragraphs of each model's docstring, the published comparisons from the tests
(`tests/models/comparisons.py`), which are worked out afresh. Only the order, titles and lessons are kept here.
"""

import ast
import difflib
import importlib
import math
import os
import pathlib
import re
import sys
import textwrap

os.environ.setdefault("OMP_NUM_THREADS", "1")
ROOT = pathlib.Path(__file__).parents[1]
MODELS = ROOT / "src" / "crossing" / "models"
TESTS = ROOT / "tests" / "models"
PAGE = ROOT / "data" / "MODELS.md"
PARTS = ("In words", "Assumes", "Leaves out", "Sources")
#: Modules that hold no science: what models ask of their arguments, how eigenvectors are summed, how a body is described, ranks.
MACHINERY = {"__init__", "wanted", "modal", "body_parts", "ranking"}

#: Parts of the model before them: told in a smaller section, and not listed by themselves.
PARTS_OF_ANOTHER = {"canal_run", "body_run", "plumbing", "delivery"}
#: In teaching order: (heading, [(module, title, lessons)]).
CHAPTERS = [
    ("The barrier", [
        ("entry", "Getting across the blood-brain barrier", "01"),
        ("carriers", "Carriers that fill up, and drugs in disguise", "01"),
        ("opening", "Opening the barrier for a while", "01, 03, 06"),
        ("rules", "Rules of thumb on real molecules", "01"),
    ]),
    ("The fluid", [
        ("fluid", "The fluid as a pool", "02, 04"),
        ("budget", "How much fluid, how soon renewed", "02"),
        ("formation", "Fluid made by day and by night", "02"),
        ("sampling", "What a sample of fluid tells", "02, 04, 06"),
    ]),
    ("The spinal canal", [
        ("canal", "Drug along the spinal canal", "02, 04, 05, 06"),
        ("canal_run", "Reading a run of the canal", "02, 04, 05, 06"),
        ("canal_shape", "How wide the canal is", "04"),
        ("closed_forms", "The canal in formulas", "04"),
        ("stirring", "Stirring by heartbeat and breath", "02, 04"),
        ("streaming", "Streams up and down", "02, 04"),
        ("injectate", "The injected solution: density and volume", "04"),
    ]),
    ("The whole body and its roads", [
        ("body", "The body as boxes and pipes", "03, 06"),
        ("body_run", "Asking a body where the drug is", "03, 06"),
        ("routes", "The roads in", "03, 06"),
        ("side_routes", "Two roads that stand aside: nose and pressure", "03"),
        ("penetration", "From the fluid into tissue", "04, 06"),
    ]),
    ("Doses, programmes and pumps", [
        ("dosing", "Schedules of doses", "02 to 06"),
        ("programme", "A pump's programme", "05"),
        ("pump", "Reservoir, catheter and refill", "05"),
        ("plumbing", "Fluid in a tube", "05"),
        ("faults", "What goes wrong with a pump", "05"),
        ("delivery", "What came of it", "05"),
        ("findings", "Finding the fault", "05"),
        ("settling", "How soon a level settles", "05"),
    ]),
    ("Risks and choices", [
        ("risk", "How often, and how sure", "07"),
        ("hazard", "Per what, and for how long", "07"),
        ("trade_off", "Weighing benefits against harms", "08"),
        ("unknown", "Finding out about a compound", "09"),
    ]),
    ("Reading and doubting a result", [
        ("exposure", "What a curve of levels means", "01 to 06"),
        ("uncertainty", "How sure one can be", "01 to 06"),
        ("linear", "How all of it is worked out", "01 to 06"),
    ]),
]

EVERYWHERE = "01 to 06"
LESSONS = {
    "01": "The barrier", "02": "The fluid", "03": "Roads", "04": "Spinal infusion", "05": "Pumps",
    "06": "Three uses and more", "07": "Risks", "08": "Trade-offs", "09": "Capstone",
}

OPENING = """
# What the models do, in words

**For teaching; not for decisions about any patient.** Nothing on this page, and nothing that a model here gives, may
be used to choose a drug, a dose, a place for a catheter or a road for anyone.

This page is for who teaches with the course. Each section says in words what one model does, what it assumes, what it
leaves out and on which papers it rests. At the end stands every published measurement that the models are held against,
those they miss among them. The models hold no figures of their own: each number comes from the tables beside this page
([what they are](README.md)), with its paper. Doses are counted in units of one dose throughout.
"""

KINDS = [
    ("predicted", "Predicted, and met",
     "No parameter was set to meet the figure itself; the column *free* counts those chosen by hand. These are the comparisons that could have gone wrong."),
    ("reproduces", "Reproduced", "Parameters and figure come from one paper, so this checks the arithmetic and little else."),
    ("fitted", "Fitted", "A parameter was set by this very figure. Agreement shows that the model can bend that far, not that it is right."),
    ("fails", "Failed",
     "The model is wrong here, and a test holds that it is. Each is worth a question to a class: what did the model leave out?"),
]


def modules():
    """Every model that owes the reader an account, by name."""
    return sorted(path.stem for path in MODELS.glob("*.py") if path.stem not in MACHINERY)


def paragraphs(module):
    """{heading: text} of the four paragraphs at the end of a module's docstring. Raises ValueError for what is missing."""
    words = ast.get_docstring(ast.parse((MODELS / f"{module}.py").read_text(encoding="utf-8"))) or ""
    pieces = re.split(rf"^({'|'.join(PARTS)}):", words, flags=re.M)[1:]
    found = {head: " ".join(text.split()) for head, text in zip(pieces[::2], pieces[1::2])}
    if tuple(pieces[::2]) != PARTS:
        raise ValueError(f"{module}.py: its docstring must end with {', '.join(PARTS)}, once each, in this order; found {pieces[::2]}")
    for head, text in found.items():
        if len(text) < 20:
            raise ValueError(f"{module}.py: nothing to read under {head!r}")
    return found


def placed():
    """The chapters, held against the modules there are. Raises ValueError where one is not placed or does not exist."""
    known = [module for _, sections in CHAPTERS for module, _, _ in sections]
    if sorted(known) != modules():
        raise ValueError(f"CHAPTERS of docs/models_page.py and the modules differ: {sorted(set(known) ^ set(modules()))}")
    return CHAPTERS


def anchor(title):
    """The address that code hosts give a heading."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def comparisons():
    """Every published comparison that the tests register, in order: case number, then paper, then name."""
    sys.path[:0] = [str(TESTS), str(ROOT / "src")]
    registry = importlib.import_module("comparisons").registry
    for path in sorted(TESTS.glob("test_*.py")):
        if "@comparison(" in path.read_text(encoding="utf-8"):
            importlib.import_module(path.stem)
    return sorted(registry, key=lambda it: (it.case is None, it.case or 0, it.paper.casefold(), it.name))


def figure(value):
    """A number as people read it: three figures, no powers of ten unless it is very small or large."""
    if isinstance(value, tuple):
        return " to ".join(map(figure, value))
    if value == 0 or not math.isfinite(value):
        return f"{value:g}"
    if not 1e-3 <= abs(value) < 1e6:
        digits, power = f"{value:.1e}".split("e")
        return f"{digits.removesuffix('.0')}×10<sup>{int(power)}</sup>".replace("-", "−")
    places = max(0, 2 - math.floor(math.log10(abs(value))))
    text = f"{value:.{places}f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace("-", "−")


def told(what, row):
    """What a row compares: its own words, after those of the whole comparison where they say more."""
    words = {word for word in re.findall(r"\w+", what.lower()) if len(word) > 3}
    known = words & set(re.findall(r"\w+", row.lower()))
    return row if 2 * len(known) >= len(words) else f"{what}: {row}"


def table(kind, found, number):
    """One kind of comparison as Markdown, and its remarks as notes, numbered from `number` on."""
    lines = ["| Paper | What | Measured | Model | Ratio | Allowed | Figures | Free |", "|---|---|--:|--:|--:|--:|--:|--:|"]
    notes = []
    for it in found:
        ranged = all(isinstance(row.measured, tuple) for row in it.rows())
        allowed = it.tolerance if it.tolerance == "direction" else "inside" if ranged and it.tolerance == 0 else f"{100 * it.tolerance:g} %"
        mark = ""
        if it.remark:
            notes.append(f"{number + len(notes)}. {it.remark[0].upper()}{it.remark[1:].rstrip('.')}.")
            mark = f" ({number + len(notes) - 1})"
        for row in it.rows():
            if row.within == (kind == "fails"):
                raise ValueError(f"{it.name}: {row.what} is {'inside' if row.within else 'outside'} its tolerance, but of the kind {kind}")
            unit = f" {it.unit}" if it.unit not in ("", "ratio", "fraction", "dimensionless") else ""
            cells = [it.paper + mark, told(it.what, row.what), figure(row.measured) + unit, figure(row.computed) + unit,
                     figure(row.ratio), allowed, str(it.points), str(it.free)]
            lines.append("| " + " | ".join(cells) + " |")
    return lines, notes


def tables():
    """The published comparisons as Markdown, a table for each kind."""
    found, number = comparisons(), 1
    lines = ["## Held against published measurements", ""]
    counts = {kind: [it for it in found if it.kind == kind] for kind, *_ in KINDS}
    rows = {kind: sum(len(it.rows()) for it in here) for kind, here in counts.items()}
    lines += fill(
        f"{sum(rows.values())} published figures or sets of figures stand beside what the models give: {rows['predicted']} were "
        f"predicted and met, {rows['reproduces']} reproduced, {rows['fitted']} fitted, and {rows['fails']} are missed. All are "
        "tests: if a model changes its mind, the tests say so.")
    lines += ["", *fill(
        "*Ratio* is computed over measured (1 where it lies within a published range, else over its nearer end). *Allowed* is how "
        "far off would still have counted as agreement, set by a rule for each kind of quantity, though many a result had been guessed or seen by then. *Figures* is how many published figures "
        "stand behind the line, *free* how many parameters were set by that figure or by hand; what was borrowed from another "
        "paper is not free. A model with as many free parameters as figures has hardly been tested by them. Numbers in brackets lead "
        "to the notes below each table. Doses in milligrams stand in the tests only.")]
    for kind, title, words in KINDS:
        if counts[kind]:
            made, notes = table(kind, counts[kind], number)
            number += len(notes)
            lines += ["", f"### {title}", "", *fill(words), "", *made, ""]
            lines += [part for note in notes for part in fill(note, "   ")]
    return lines


def fill(text, hanging=""):
    return textwrap.wrap(" ".join(text.split()), 118, subsequent_indent=hanging, break_long_words=False,
                         break_on_hyphens=False)


def page():
    """The whole page. Raises ValueError where a model has not accounted for itself, or a comparison does not hold."""
    listed = [(chapter, [(title, where) for module, title, where in sections if module not in PARTS_OF_ANOTHER])
              for chapter, sections in placed()]
    lines = OPENING.strip().splitlines() + [""]
    for chapter, sections in listed:
        links = ", ".join(f"[{title[0].lower() + title[1:]}](#{anchor(title)})" for title, _ in sections)
        lines += fill(f"- **{chapter}**: {links}", "  ")
    lines += ["- [Held against published measurements](#held-against-published-measurements)", "",
              "## Which lesson uses what", "", "| Lesson | Models |", "|---|---|"]
    for number, name in LESSONS.items():
        used = [title for _, sections in listed for title, where in sections if where != EVERYWHERE and number in numbers(where)]
        lines.append(f"| {number} {name} | {'; '.join(used)} |")
    everywhere = [title for _, sections in listed for title, where in sections if where == EVERYWHERE]
    lines += ["", *fill(f"In all of them: {'; '.join(everywhere)}.")]
    for chapter, sections in placed():
        lines += ["", f"## {chapter}"]
        for module, title, where in sections:
            level = "####" if module in PARTS_OF_ANOTHER else "###"
            lines += ["", f"{level} {title}", "", f"*In the code: `{module}`. Lessons: {where}.*"]
            for head, text in paragraphs(module).items():
                lines += ["", *fill(f"**{head}.** {text[0].upper()}{text[1:]}")]
    return "\n".join([*lines, "", *tables(), "", "---", *fill(
        "Written by `python docs/models_page.py` from the models and their tests; change those, not this page.")]) + "\n"


def numbers(where):
    """Lesson numbers named by "01, 03" or "02 to 06"."""
    if " to " in where:
        low, high = map(int, where.split(" to "))
        return {f"{number:02d}" for number in range(low, high + 1)}
    return set(where.split(", "))


def main(arguments):
    new = page()
    if arguments == ["--check"]:
        old = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
        print("".join(difflib.unified_diff(old.splitlines(True), new.splitlines(True), str(PAGE),
                                           "as it would be written")))
        return int(old != new)
    PAGE.write_text(new, encoding="utf-8")
    print(f"{PAGE.relative_to(ROOT)}: {len(new.splitlines())} lines")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
