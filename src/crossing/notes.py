"""What a presenter takes into the room on paper: `python3 course.py notes`, for one lesson or for all.

    python3 course.py notes                    every lesson, into the folder `handouts`
    python3 course.py notes 04 --output DIR    this one, there
    python3 course.py notes --pdf              as PDF too, where there is a browser to print with

Three pages for each lesson, whole in themselves: `card`, the presenter's (votes with their keys, likely splits, what to drag, punch
lines, exits, and which question serves which aim); `frames`, the charts before and after the vote, for the day the machine dies;
`learners`, questions and bare axes, no answers. All of it is read from the lesson and its questions; nothing is written twice.
"""

from __future__ import annotations

import argparse
import base64
import html
import importlib
import json
import os
import pathlib
import pkgutil
import re
import subprocess
import sys

from .explore import journal, questions, static
from .explore.keeping import replace
from .explore.panel import plain

STAMP = "Illustrative, not for decisions about care."
STYLE = """
@page { size: A4; margin: 14mm; }
body { font: 15px/1.4 system-ui, "DejaVu Sans", sans-serif; color: #1b1b1f; background: #fff; max-width: 48rem; margin: 1.5rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; margin: 0 0 0.5rem; } h2 { font-size: 1.15rem; margin: 1.2rem 0 0.3rem; break-after: avoid; } h3 { font-size: 1rem; margin: 0.6rem 0 0.2rem; }
p, ul, ol { margin: 0.3rem 0; } table { border-collapse: collapse; width: 100%; margin: 0.4rem 0 1rem; }
caption { text-align: left; font-weight: bold; } th, td { text-align: left; vertical-align: top; padding: 0.25rem 0.5rem; border-bottom: 1px solid #c8c8d0; font-weight: normal; }
thead th { font-weight: bold; } tr, figure, .vote { break-inside: avoid; } figure { margin: 0.6rem 0; } figcaption { font-size: 0.95rem; }
.page { break-before: page; } .key { font-weight: bold; } .line { border-bottom: 1px solid #8a8b94; height: 2rem; } .stamp { color: #5c5d66; margin-top: 1rem; }
"""
#: How each kind of page is called, and what it is.
KINDS = {"card": "presenter's card", "frames": "charts before and after the vote", "learners": "for learners"}


def notebook(lesson):
    """The notebook of a lesson, as a dict. Raises FileNotFoundError, naming the lesson."""
    from .present import lessons, notebooks_folder

    folder = notebooks_folder()
    path = lessons(folder).get(lesson) if folder else None
    if path is None:
        raise FileNotFoundError(f"there is no notebook of lesson {lesson}")
    return json.loads(path.read_text(encoding="utf-8"))


def chart_of(qid):
    """The chart that a guess opens, made anew; None for a question without one."""
    from . import lessons

    for found in pkgutil.walk_packages(lessons.__path__, "crossing.lessons."):
        module = importlib.import_module(found.name)
        for value in vars(module).values():
            if isinstance(value, type) and getattr(value, "guess", None) == qid and value.__module__ == module.__name__:
                return value()
    return None


def card(lesson, cells):
    """The presenter's card, as HTML."""
    aims = _aims(cells)
    parts = [f"<ol>{''.join(f'<li>{_html(aim)}</li>' for aim in aims)}</ol>"] if aims else []
    rows = []
    for cell, question in _steps(cells):
        if question is None:
            parts.append(_unfolded(cell))
            continue
        parts.append(_vote(question, answers=True))
        chart = chart_of(question.id)
        aim = cell["metadata"].get("objective")
        wrong = [f"{plain(o['text'])} [{o['belief']}]" for o in question["options"] if not o.get("right") and o.get("belief")]
        rows.append((aims[aim - 1].replace("**", "") if aim and aim <= len(aims) else "", chart.title if chart else "", question["topic"], "; ".join(wrong)))
    parts.append(_table("Which question serves which aim", ("Aim", "Chart", "Question", "What a wrong answer may stand for"), rows))
    return _page(lesson, "card", parts)


def frames(lesson, cells):
    """Every vote with its chart, veiled and then open, as HTML."""
    parts = []
    for _, question in _steps(cells):
        if question is None:
            continue
        before, after = _pictures(question)
        parts += [f'<section class="page">{_vote(question)}{before}</section>', f'<section class="page"><h2>After the vote</h2><p>{_html(question["reveal"])}</p>{after}</section>']
    return _page(lesson, "frames", parts)


def learners(lesson, cells):
    """Questions, bare axes and lines to write on, as HTML: no answers."""
    parts = []
    for _, question in _steps(cells):
        if question is not None:
            parts.append(f'<section class="vote">{_vote(question)}{_pictures(question)[0]}<p>My reason:</p><p class="line"></p></section>')
    parts.append('<p>The lesson in one sentence:</p><p class="line"></p>')
    return _page(lesson, "learners", parts)


MAKERS = {"card": card, "frames": frames, "learners": learners}


def write(lesson, folder):
    """Write the three pages of a lesson; returns their paths. Raises OSError."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    cells = notebook(lesson)["cells"]
    paths = []
    for kind, make in MAKERS.items():
        path = folder / f"{lesson}_{kind}.html"
        replace(path, make(lesson, cells))
        paths.append(path)
    return paths


# ---- the parts ----------------------------------------------------------------------------------------------------


def _steps(cells):
    """Presenter cells as (cell, None) and votes as (cell, question), in the lesson's order."""
    for cell in cells:
        source = "".join(cell["source"])
        asked = re.search(r'Predict\("([^"]+)"\)', source) if cell["cell_type"] == "code" else None
        if asked:
            yield cell, questions.find(asked[1])
        elif "presenter" in cell["metadata"].get("tags", []):
            yield cell, None


def _aims(cells):
    text = next(("".join(c["source"]) for c in cells if "objectives" in c["metadata"].get("tags", [])), "")
    return [line[2:] for line in text.splitlines() if line.startswith("- ")]


def _vote(question, answers=False):
    """A question with its options; with `answers` the key, the likely split and the punch line too."""
    letters = []
    for letter, option in zip("ABCDEF", question["options"]):
        right = answers and option.get("right")
        letters.append(f'<li{" class=key" if right else ""}>{letter}: {html.escape(plain(option["text"]))}{" (key)" if right else ""}</li>')
    room = question.get("room") or {}
    told = "".join(f"<p><b>{name}:</b> {_html(room[key])}</p>" for key, name in (("likely", "Likely"), ("punch", "After the second vote")) if answers and room.get(key))
    return f'<div class="vote"><h2>{html.escape(plain(question["prompt"]))}</h2><ul style="list-style:none;padding-left:0.5rem">{"".join(letters)}</ul>{told}</div>'


def _pictures(question):
    """Two figures of the chart behind a vote: veiled, and as it opens."""
    chart = chart_of(question.id)
    if chart is None:
        return "", ""
    bare = base64.b64encode(static.png(chart, bare=True)).decode()
    veiled = f'<figure><img alt="{html.escape(chart.title)}: bare axes" style="width:100%;height:auto" src="data:image/png;base64,{bare}"></figure>'
    book = journal.for_lesson(question.lesson)
    if not book.committed(question.id):
        book.record(question.id, "guess", {"option": question.key, "text": question.texts[question.key], "right": True, "confidence": 0})
    return veiled, static.bundle(chart_of(question.id))["text/html"]


def _unfolded(cell):
    text = re.sub(r"<details><summary>(.*?)</summary>", r"## \1", "".join(cell["source"])).replace("</details>", "")
    return f'<div class="vote">{_html(text)}</div>'


def _html(text):
    from nbconvert.filters.markdown_mistune import markdown2html_mistune

    return re.sub(r"<a class=\"anchor-link\".*?</a>", "", markdown2html_mistune(text)).strip().removeprefix("<p>").removesuffix("</p>")


def _table(caption, heads, rows):
    head = "".join(f'<th scope="col">{html.escape(h)}</th>' for h in heads)
    body = "".join("<tr>" + "".join(f"<td>{html.escape(str(cell))}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><caption>{html.escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _page(lesson, kind, parts):
    name = f"{lesson} {questions.title(lesson)}: {KINDS[kind]}"
    return (f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{html.escape(name)}</title><style>{STYLE}</style></head><body>'
            f'<h1>{html.escape(name)}</h1>{"".join(parts)}<p class="stamp">{STAMP}</p></body></html>\n')


# ---- the command ----------------------------------------------------------------------------------------------------


def main(arguments=None):
    """Run `course.py notes`."""
    parser = argparse.ArgumentParser(prog="course.py notes", description="Pages for the room: the presenter's card, charts before and after, a sheet for learners.")
    parser.add_argument("lesson", nargs="*", help="two digits, like 04; all lessons when none is named")
    parser.add_argument("--output", type=pathlib.Path, default=pathlib.Path("handouts"), help="a folder (handouts)")
    parser.add_argument("--pdf", action="store_true", help="print each page to a PDF as well")
    chosen = parser.parse_args(arguments)
    os.environ["CROSSING_JOURNAL"] = journal.MEMORY  # the votes of a page are nobody's guesses
    journal.forget()
    known = [lesson for lesson in questions.lessons() if lesson != "00"]
    unknown = [lesson for lesson in chosen.lesson if lesson not in known]
    if unknown:
        print(f"There is no lesson {', '.join(unknown)}. There are {', '.join(known)}.", file=sys.stderr)
        return 2
    browser = os.environ.get("CROSSING_CHROMIUM")
    if chosen.pdf and not browser:
        print("No browser was found to make PDFs with. The pages are written all the same: open and print them.", file=sys.stderr)
    for lesson in chosen.lesson or known:
        try:
            paths = write(lesson, chosen.output)
        except OSError as problem:
            print(f"The pages of lesson {lesson} cannot be written: {problem}.", file=sys.stderr)
            return 1
        for path in paths:
            print(path if not chosen.pdf or not browser else _print(browser, path), flush=True)
    return 0 if browser or not chosen.pdf else 1


def _print(browser, path):
    from .explore.report import FLAGS

    pdf = path.with_suffix(".pdf")
    subprocess.run([browser, *FLAGS, "--no-pdf-header-footer", f"--print-to-pdf={pdf.resolve()}", path.resolve().as_uri()], capture_output=True, timeout=120)
    return pdf if pdf.exists() else f"{path} (the browser made no PDF of it)"


if __name__ == "__main__":
    raise SystemExit(main())
