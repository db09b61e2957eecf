"""One page of what a learner did: guesses beside outcomes, reasons, quiz, leaflet, pinned charts. To keep or to print.

    python3 course.py report                       journal/learner-1/report.html, for the profile at work
    python3 course.py report --profile learner-2   another one's
    python3 course.py report --pdf                 a PDF beside it, where there is a browser to print with

The page holds everything in itself and calls nobody. Whatever a learner typed is text in it, never markup.
"""

import argparse
import html
import os
import pathlib
import subprocess
import sys

from . import journal, keeping, questions, runs, static
from .ending import COLUMNS, NONE, both_grades
from .panel import plain
from .predict import said_of
from .quiz import first_tries

STAMP = "Illustrative, not for decisions about care. A record of learning: it says nothing about anybody's treatment."
STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; color: #1b1b1f; background: #fff; max-width: 54rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; margin: 0.5rem 0 1.2rem; }
caption { text-align: left; font-weight: bold; padding: 0.3rem 0; }
th, td { text-align: left; vertical-align: top; padding: 0.35rem 0.6rem; border-bottom: 1px solid #c8c8d0; white-space: pre-line; }
figure { break-inside: avoid; margin: 1rem 0; } tr { break-inside: avoid; } h2 { break-after: avoid; margin-top: 2rem; }
.stamp { border-top: 1px solid #c8c8d0; margin-top: 2rem; padding-top: 0.5rem; }
"""
FLAGS = "--headless --no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync --disable-quic --no-first-run".split()


def page():
    """The report of the learner at work, as one HTML document."""
    who = journal.profile()
    parts = [part for lesson in questions.lessons() for part in _lesson(lesson)]
    body = "".join(parts) or "<p>Nothing to report yet: no guess has been made in this profile.</p>"
    return (f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>Crossing the Barrier: report of {who}</title>'
            f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{STYLE}</style></head><body>'
            f"<h1>Crossing the Barrier: what {who} guessed, tried and found</h1>{body}{_leaflet()}"
            f'<p class="stamp">{STAMP}</p></body></html>\n')


def write(path=None):
    """Write the report, in one step, and return its path. Raises OSError; ValueError for a journal that is thrown away."""
    if path is None:
        if journal.folder() == journal.MEMORY:
            raise ValueError("this journal is thrown away, so there is no place for a report")
        path = journal.folder() / journal.profile() / "report.html"
    path = pathlib.Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    keeping.replace(path, page())
    return path


# ---- the parts ----------------------------------------------------------------------------------------------------


def _lesson(lesson):
    book, asked = journal.for_lesson(lesson), questions.placed(lesson, "predict")
    made = [(question, book.guess(question.id)) for question in asked]
    found = []
    rows = []
    for question, guess in made:
        if guess:
            reason = book.last(question.id, "reason")
            rows.append((plain(question["prompt"]), said_of(guess), plain(question.texts[question.key]), (reason or {}).get("text", "–")))
    if rows:
        found.append(_table("Guesses, before the chart was seen", ("Question", "Guess", "What the chart showed", "Reason given"), rows))
    tried = first_tries(lesson)
    if tried:
        found.append(_table("Questions", ("Question", "Outcome"), [(plain(q["prompt"]), _outcome(book, q, told)) for q, told in tried]))
    own = book.get("summary", "")
    if own:
        found.append(f"<p>In one sentence: “{html.escape(str(own))}”</p>")
    found += [*_texts(book), *_pins(lesson)]
    return [f"<h2>{html.escape(f'{lesson} {questions.title(lesson)}')}</h2>", *found] if found else []


def _outcome(book, question, told):
    if told["right"]:
        return "right at the first try"
    tries = book.entries(question.id, "try")
    return "right at the second try" if len(tries) > 1 and tries[1].get("right") else "not right yet"


def _texts(book):
    """What a learner wrote at length, under the headings that the lesson gave it."""
    told = [(name, book.last(name, "note")) for name in book.names("note") if ".text." in name]
    return [f"<h3>{html.escape(str(note.get('heading', '')))}</h3><p>{html.escape(str(note.get('value', '')))}</p>"
            for _, note in told if note and note.get("value")]


def _pins(lesson):
    for chart in runs.pinned(lesson):
        try:
            yield static.bundle(chart)["text/html"]
        except (ValueError, TypeError):  # settings that fit no longer: the rest of the report still comes
            continue


def _leaflet():
    rows = [row for row in both_grades() if row[1:3] != [NONE, NONE]]
    return "<h2>The leaflet, before and after</h2>" + _table("Claims", ("Claim", *COLUMNS), rows) if rows else ""


def _table(caption, heads, rows):
    head = "".join(f'<th scope="col">{html.escape(h)}</th>' for h in heads)
    body = "".join("<tr>" + f'<th scope="row">{html.escape(str(row[0]))}</th>' + "".join(f"<td>{html.escape(str(cell))}</td>" for cell in row[1:]) + "</tr>"
                   for row in rows)
    return f"<table><caption>{html.escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


# ---- the command ----------------------------------------------------------------------------------------------------


def main(arguments=None):
    """Run `course.py report`."""
    parser = argparse.ArgumentParser(prog="course.py report", description="One page of what a learner guessed, tried and found.")
    parser.add_argument("--profile", help="learner-1, learner-2 ...; the one at work when none is named")
    parser.add_argument("--out", type=pathlib.Path, help="where to write the page (report.html in the profile's journal)")
    parser.add_argument("--pdf", action="store_true", help="print it to a PDF as well")
    chosen = parser.parse_args(arguments)
    if not os.environ.get("CROSSING_JOURNAL"):
        here = pathlib.Path("notebooks/journal")
        os.environ["CROSSING_JOURNAL"] = str(here if here.is_dir() else pathlib.Path("journal"))
    if chosen.profile:
        if chosen.profile not in journal.profiles():
            print(f"There is no profile {chosen.profile} in {journal.folder()}. There are {', '.join(journal.profiles())}.", file=sys.stderr)
            return 2
        journal.read_as(chosen.profile)
    try:
        path = write(chosen.out)
    except (OSError, ValueError) as problem:
        print(f"The report cannot be written: {problem}.", file=sys.stderr)
        return 1
    print(f"Report: {path}")
    return _print(path) if chosen.pdf else 0


def _print(path):
    browser = os.environ.get("CROSSING_CHROMIUM")
    if not browser:
        print("No browser was found to make a PDF with. Open the page and print it.", file=sys.stderr)
        return 1
    pdf = path.with_suffix(".pdf")
    command = [browser, *FLAGS, "--no-pdf-header-footer", f"--print-to-pdf={pdf.resolve()}", path.resolve().as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    if done.returncode or not pdf.exists():
        print(f"The browser made no PDF: {done.stderr.strip().splitlines()[-1] if done.stderr.strip() else 'it did not say why'}", file=sys.stderr)
        return 1
    print(f"PDF: {pdf}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
