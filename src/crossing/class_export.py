"""The journals of a class in one table, without names: `python3 course.py class FOLDER ... --out class.csv`.

Each FOLDER is a journal folder as the course writes it (`journal/learner-1/04.json`), or holds such folders. Learners
are numbered anew, in the order of a random draw, so that no number tells whose folder came first. Words that learners
typed themselves, and the hours at which they worked, are left out: either may say who somebody is.
"""

import argparse
import csv
import json
import random
import re
import sys
from pathlib import Path

from .explore import questions
from .explore.journal import KINDS

COLUMNS = ("learner", "lesson", "question", "kind", "try", "answer", "right", "confidence", "belief")
#: What a class compares. Notes, pins and votes are left out; of a reason typed by hand only that there was one.
_SHOWN = ("guess", "reason", "try", "regrade")


def main(arguments=None):
    """Run `course.py class`."""
    parser = argparse.ArgumentParser(prog="course.py class", description="Join the journals of a class in one table, without names.")
    parser.add_argument("folder", nargs="+", type=Path, help="journal folders, or folders that hold them")
    parser.add_argument("--out", type=Path, default=Path("class.csv"), help="the table to write (class.csv)")
    chosen = parser.parse_args(arguments)
    missing = [str(folder) for folder in chosen.folder if not folder.is_dir()]
    if missing:
        print(f"No such folder: {', '.join(missing)}.", file=sys.stderr)
        return 2
    found, damaged = learners(chosen.folder)
    if not found:
        print("No journal was found there: looked for files like learner-1/04.json.", file=sys.stderr)
        return 1
    rows = list(table(found))
    try:
        with open(chosen.out, "w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(COLUMNS)
            writer.writerows(rows)
    except OSError as problem:
        print(f"{chosen.out} cannot be written: {problem.strerror}.", file=sys.stderr)
        return 1
    for path in damaged:
        print(f"Left out, for it cannot be read: {path}", file=sys.stderr)
    print(f"{len(found)} learners, {len(rows)} answers written to {chosen.out}.")
    return 0


def learners(folders):
    """(a list of learners, each {lesson: entries}; paths that cannot be read). The order is drawn by lot."""
    found, damaged = [], []
    places = sorted({path.resolve().parent for folder in folders for path in Path(folder).rglob("[0-9][0-9].json")
                     if re.fullmatch(r"learner-\d+", path.parent.name)})
    for place in places:
        lessons = {}
        for path in sorted(place.glob("[0-9][0-9].json")):
            try:
                entries = json.loads(path.read_text(encoding="utf-8"))["entries"]
                lessons[path.stem] = [e for e in entries if isinstance(e, dict) and e.get("kind") in KINDS and isinstance(e.get("payload"), dict)]
            except (OSError, ValueError, KeyError, TypeError):
                damaged.append(path)
        if lessons:
            found.append(lessons)
    random.SystemRandom().shuffle(found)
    return found, damaged


def table(found):
    """The rows of the table, one an answer."""
    for number, lessons in enumerate(found, 1):
        for lesson, entries in lessons.items():
            tries = {}
            for entry in entries:
                if entry["kind"] in _SHOWN:
                    qid = str(entry.get("qid", ""))
                    nth = tries[qid, entry["kind"]] = tries.get((qid, entry["kind"]), 0) + 1
                    yield [number, lesson, qid, entry["kind"], nth, *_said(qid, entry["kind"], entry["payload"])]


def _said(qid, kind, told):
    """Answer, right, confidence and belief, all from the course's own words: never the learner's."""
    try:
        question = questions.find(qid)
    except (KeyError, FileNotFoundError, questions.BankError):
        question = None
    sure = told.get("confidence")
    sure = questions.CONFIDENCE[sure] if isinstance(sure, int) and 0 <= sure < len(questions.CONFIDENCE) else ""
    if kind == "reason":
        offered = [r["text"] for r in question.get("explain", {}).get("reasons", ())] if question else []
        return [told["text"] if told.get("text") in offered else "in own words", "", sure, ""]
    if question is None:  # the leaflet, or a question that is gone
        number = told.get("option")
        return [number if isinstance(number, int) else "", "", sure, ""]
    if question["type"] == "number":
        answer = told.get("answer")
        return [answer if isinstance(answer, (int, float)) else "", bool(told.get("right")), sure, ""]
    texts = told.get("texts", [told.get("text")])
    known = [t for t in texts if t in question.texts]
    places = [question.texts.index(t) for t in known]
    options = question.get("options", [])
    right = bool(told.get("right")) if kind == "try" else places == [question.key]
    belief = next((options[i].get("belief", "") for i in places if options and not options[i].get("right")), "")
    return [" > ".join(known) if question["type"] == "order" else "; ".join(known), right, sure, belief]


if __name__ == "__main__":
    raise SystemExit(main())
