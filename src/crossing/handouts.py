"""Every question with its answer, for instructors: `python3 course.py questions`.

Printed, or as a GIFT file (docs.moodle.org/en/GIFT_format), the plain text that Moodle and others import:

    python3 course.py questions                 every lesson
    python3 course.py questions 04 05           these
    python3 course.py questions --gift all.gift  written to a file instead

In GIFT a prediction becomes a question with one right answer, an order becomes a matching of places, and a number keeps
its tolerance and its traps, worth nothing and answered by their comment.
"""

import argparse
import sys
from pathlib import Path

from .explore import questions
from .explore.panel import plain

_SPECIAL = "\\~=#{}:"


def main(arguments=None):
    """Run `course.py questions`."""
    parser = argparse.ArgumentParser(prog="course.py questions", description="Every question with its answer, for instructors.")
    parser.add_argument("lesson", nargs="*", help="two digits, like 04; all lessons when none is named")
    parser.add_argument("--gift", metavar="FILE", help="write a GIFT file, which Moodle and others import, instead of printing")
    chosen = parser.parse_args(arguments)
    known = questions.lessons()
    unknown = [lesson for lesson in chosen.lesson if lesson not in known]
    if unknown:
        print(f"There is no lesson {', '.join(unknown)}. There are {', '.join(known)}.", file=sys.stderr)
        return 2
    lessons = chosen.lesson or known
    if not chosen.gift:
        print("\n".join(printed(lesson) for lesson in lessons))
        return 0
    try:
        Path(chosen.gift).write_text("".join(map(gift, lessons)), encoding="utf-8")
    except OSError as problem:
        print(f"{chosen.gift} cannot be written: {problem.strerror}.", file=sys.stderr)
        return 1
    print(f"{sum(len(questions.bank(lesson)) for lesson in lessons)} questions written to {chosen.gift}.")
    return 0


# ---- on paper ---------------------------------------------------------------------------------------------------


def printed(lesson):
    """A lesson's questions as text: prompt, options with their belief, key, reasoning."""
    lines = [f"Lesson {lesson}: {questions.title(lesson)}", ""]
    for question in questions.bank(lesson):
        run = ", needs a chart" if question.get("needs_run") else ""
        lines += [f"{question.id} ({question['type']}, {question['place']}{run})", plain(question["prompt"])]
        lines += [f"  {line}" for line in _options(question)]
        lines += [f"  Because: {plain(_reason(question))}", ""]
    return "\n".join(lines)


def _options(question):
    kind = question["type"]
    if kind == "number":
        yield f"{question['answer']:g} {question['unit']}, give or take {question['tolerance']:g}"
        for trap in question["traps"]:
            yield f"not {trap['value']:g} [{trap['belief']}]: {plain(trap['feedback'])}"
    elif kind == "order":
        yield from (f"{place}. {plain(question.texts[i])}" for place, i in enumerate(question.key, 1))
    else:
        for letter, option in zip("ABCDEF", question["options"]):
            mark = "*" if option.get("right") else " "
            belief = f" [{option['belief']}]" if "belief" in option and not option.get("right") else ""
            yield f"{mark}{letter}: {plain(option['text'])}{belief}"


def _reason(question):
    if question["type"] == "predict":
        return question.get("explain", {}).get("ours") or question["reveal"]
    return question["reasoning"]


# ---- for other systems --------------------------------------------------------------------------------------------


def gift(lesson):
    """A lesson's questions in GIFT."""
    head = f"$CATEGORY: Crossing the Barrier/{lesson} {questions.title(lesson)}\n\n"
    return head + "".join(f"::{_escaped(q.id)}::[plain]{_escaped(_asked(q))}{{\n{_answers(q)}\n####{_escaped(plain(_reason(q)))}\n}}\n\n"
                          for q in questions.bank(lesson))


def _asked(question):
    unit = f" (Answer in {question['unit']}.)" if question.get("unit") else ""
    return plain(question["prompt"]) + unit


def _answers(question):
    kind = question["type"]
    if kind == "number":
        rows = [f"#=%100%{question['answer']:g}:{question['tolerance']:g}#{_escaped(plain(question['feedback']['right']))}"]
        rows += [f"=%0%{t['value']:g}:{t.get('tolerance', question['tolerance']):g}#{_escaped(plain(t['feedback']))}" for t in question["traps"]]
    elif kind == "order":
        rows = [f"={place} -> {_escaped(plain(question.texts[i]))}" for place, i in enumerate(question.key, 1)]
    else:
        right = sum(bool(o.get("right")) for o in question["options"])
        wrong = len(question["options"]) - right
        rows = []
        for option in question["options"]:
            sign = "=" if option.get("right") else "~"
            if kind == "multiple":  # shares that add up to the whole, and take it away for every wrong one
                sign = f"~%{100 / right:.5f}%" if option.get("right") else f"~%-{100 / wrong:.5f}%"
            comment = option.get("feedback", "")
            rows.append(f"{sign}{_escaped(plain(option['text']))}" + (f"#{_escaped(plain(comment))}" if comment else ""))
    return "\n".join(rows)


def _escaped(text):
    return "".join(f"\\{c}" if c in _SPECIAL else c for c in text).replace("\n", "\\n")


if __name__ == "__main__":
    raise SystemExit(main())
