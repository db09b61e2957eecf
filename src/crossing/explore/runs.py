"""A learner's own runs, in words: guesses beside what the charts then showed, and the runs that were pinned."""

import importlib

from . import journal, questions
from .predict import met, said_of


def of_claim(claim):
    """What the learner ran that bears on a claim of the leaflet: short sentences, none where nothing was run."""
    told = []
    for run in claim.get("runs", ()):
        question = questions.find(run["guess"])
        guess = journal.for_lesson(question.lesson).guess(question.id)
        if guess:
            after = "the chart showed the same" if met(guess, question) else f"the chart showed “{question.texts[question.key]}”"
            told.append(f"{run['asked']}: you guessed {said_of(guess)}, {after}.")
    return told + [f"You pinned “{chart.title}” with {settings(chart)}." for chart in pinned(claim["lesson"])]


def pinned(lesson):
    """The charts of a lesson at the settings the learner pinned; none where a chart or one of its settings is gone."""
    book, found = journal.for_lesson(lesson), []
    for name in book.names("pin"):
        kept = book.last(name, "pin")
        if kept and kept.get("settings"):
            chart = _chart(str(kept.get("chart", "")), kept["settings"])
            if chart:
                found.append(chart)
    return found


def settings(chart):
    """The settings of a chart in words, as its pinned line has them: "rate 2, tip T10"."""
    return ", ".join(f"{c.label} {c.words(getattr(chart, n))}" for n, c in chart.controls().items() if not c.look)


def _chart(name, values):
    module, _, cls = name.rpartition(".")
    if not module.startswith("crossing.lessons."):  # the journal is a file that anybody may have edited
        return None
    try:
        chart = getattr(importlib.import_module(module), cls)()
        chart.set(**{n: v for n, v in values.items() if n in chart.controls()})
        return chart
    except (ImportError, AttributeError, ValueError, TypeError):
        return None
