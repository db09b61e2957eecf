"""What a lesson ends with: `Summary`, `Leaflet` and `Regrade`; the leaflet is graded in lesson 00 and again in each lesson."""

from . import journal, questions, runs
from .panel import Panel, Say, confidence, form, line, one, picked, table, text
from .predict import recall

GRADES = ("It stands up well", "It holds in part", "It does not hold", "I cannot say")


class Summary(Panel):
    """`Summary("04")`: what to take home, each line locked until its guess was made; first the learner's own sentence."""

    title = "What to take home"

    def _lines(self):
        return [q for q in questions.placed(self.lesson, "predict") if "take_home" in q]

    def _locked(self, i):
        return f"Line {i} appears when you have made guess {i}."

    def written(self):
        return [(self._locked(i), []) for i, _ in enumerate(self._lines(), 1)]

    def blocks(self):
        own = self.journal.get("summary", "")
        seen = [form("own", "own", [line("own", "The lesson in one sentence of your own", own)],
                     "Keep my sentence")]
        for i, question in enumerate(self._lines(), 1):
            guess = self.journal.guess(question.id)
            if not guess:
                seen.append(text(question.id, self._locked(i), "quiet"))
                continue
            seen += [text(question.id, question["take_home"], "reveal", label=f"{i}"),
                     text(f"{question.id} guess", f"{recall(guess, question)}.", "quiet")]
        return seen

    def act(self, do, values):
        if do != "own":
            return super().act(do, values)
        own = str(values.get("own") or "").strip()[:2000]
        if not own:
            raise Say("Type your sentence first.")
        self.journal.set("summary", own)
        return "Your sentence is kept."


class Leaflet(Panel):
    """`Leaflet()`: in lesson 00 every claim of the patient leaflet is graded, with a confidence."""

    title = "The leaflet"

    def __init__(self, lesson="00"):
        super().__init__(lesson)

    def written(self):
        return [(f"{i}. {c['claim']}", []) for i, c in enumerate(questions.leaflet(), 1)] + [
            ("How well would each stand up?", list(GRADES))]

    def blocks(self):
        fields, open_ = [], False
        for i, claim in enumerate(questions.leaflet(), 1):
            kept = _grade(self.lesson, claim)
            open_ = open_ or not kept
            fields += _grading(claim, f"{i}. {claim['claim']}", kept)
        return [form("claims", "grade", fields, "Keep my grades" if open_ else "",
                     "You can grade some now and the others later." if open_ else "All are graded. The lessons take them up.")]

    def act(self, do, values):
        if do != "grade":
            return super().act(do, values)
        claims, missing, new = questions.leaflet(), [], 0
        for i, claim in enumerate(claims, 1):
            if _grade(self.lesson, claim):
                continue
            try:
                _keep_grade(self.lesson, claim, values)
                new += 1
            except Say:
                missing.append(str(i))
        if not new:
            raise Say("Give a claim both a grade and a confidence, then keep it.")
        return f"{len(claims) - len(missing)} of {len(claims)} graded." + (
            f" Open: {', '.join(missing)}." if missing else "")


class Regrade(Panel):
    """`Regrade("04")`: the lesson's own claim again; the old grade, the new one, then what the course found."""

    title = "The leaflet again"

    def _claims(self):
        return [c for c in questions.leaflet() if c["lesson"] == self.lesson]

    def journals(self):
        return [self.journal, journal.for_lesson("00")]

    def written(self):
        return [(f"“{c['claim']}”", list(GRADES)) for c in self._claims()] or [("No claim belongs to this lesson.", [])]

    def waiting(self):
        return "Grade it anew; then comes what the course found."

    def blocks(self):
        seen = []
        for claim in self._claims():
            cid, old, new = claim["id"], _grade("00", claim), _grade(self.lesson, claim)
            before = f"In lesson 00 you said: {_said(old)}." if old else "You have not graded it in lesson 00: grade it now."
            seen += [text(f"{cid} claim", f"“{claim['claim']}”", "question"), text(f"{cid} before", before, "quiet"),
                     form(cid, f"regrade {cid}", _grading(claim, "How well does it stand up now?", new),
                          "" if new else "Keep my grade")]
            if new:
                if old:
                    same = old["option"] == new["option"] and old["confidence"] == new["confidence"]
                    seen.append(text(f"{cid} both", f"Before: {_said(old)}. Now: {'the same' if same else _said(new)}."))
                seen.append(text(f"{cid} better", claim["better"], "ours", True, "What the course found"))
        return seen or [text("none", "No claim belongs to this lesson.", "quiet")]

    def act(self, do, values):
        for claim in self._claims():
            if do == f"regrade {claim['id']}":
                if not _grade(self.lesson, claim):
                    _keep_grade(self.lesson, claim, values)
                return "Your grade is kept."
        return super().act(do, values)


class BothGrades(Panel):
    """`BothGrades()`: the eight claims, the first grade and the second, and the learner's own runs, for the end of the course."""

    title = "The leaflet, before and after"

    def __init__(self, lesson="09"):
        super().__init__(lesson)

    def written(self):
        return [("Your two grades of each claim, side by side with your own runs, and what the course found.", [])]

    def journals(self):
        lessons = {"00", *(c["lesson"] for c in questions.leaflet())}
        lessons |= {run["guess"].split(".")[0] for c in questions.leaflet() for run in c.get("runs", ())}
        return [journal.for_lesson(lesson) for lesson in sorted(lessons)]

    def blocks(self):
        rows = both_grades()
        if not any(row[1] != NONE or row[2] != NONE for row in rows):
            return [text("none", "No claim has been graded yet: the first time is in lesson 00.", "quiet")]
        open_ = sum(row[2] == NONE for row in rows)
        wait = "One of them waits for its" if open_ == 1 else f"{open_} of them wait for their"
        left = f" {wait} second grade, at the end of the lesson that takes it up." if open_ else ""
        found = [[row[0], row[4]] for row in rows if row[4] != NONE]
        return [text("few", f"What the course found is told for the claims graded twice.{left}"),
                table("both", "Eight claims, two grades, your own runs", ["Claim", *COLUMNS[:3]], [row[:4] for row in rows]),
                *([table("found", "The same claims, after the course", ["Claim", COLUMNS[3]], found)] if found else [])]


NONE = "–"
#: What stands beside a claim, in the panel and in the report.
COLUMNS = ("Before", "After", "Your own runs", "What the course found")


def both_grades():
    """[claim, first grade, second grade, own runs, what the course found] for each claim; what is not there is a dash."""
    rows = []
    for claim in questions.leaflet():
        before, after = _grade("00", claim), _grade(claim["lesson"], claim)
        rows.append([claim["claim"], _said(before) if before else NONE, _said(after) if after else NONE,
                     "\n".join(runs.of_claim(claim)) or NONE, claim["better"] if after else NONE])
    return rows


def graded(lesson, claim):
    """Whether a claim of the leaflet was graded in a lesson."""
    return _grade(lesson, claim) is not None


def _grade(lesson, claim):
    """The grade kept in a lesson: {option, text, confidence}, or None."""
    return next(iter(journal.for_lesson(lesson).entries(f"{lesson}.leaflet.{claim['id']}", _kind(lesson))), None)


def _kind(lesson):
    return "guess" if lesson == "00" else "regrade"


def _said(grade):
    return f"“{grade['text']}” ({questions.CONFIDENCE[grade['confidence']]})"


def _grading(claim, legend, kept):
    grade, sure = (kept["option"], kept["confidence"]) if kept else (None, None)
    return [one(f"grade {claim['id']}", legend, [{"text": g} for g in GRADES], grade, bool(kept), row=True),
            confidence(sure, bool(kept), f"sure {claim['id']}", "How sure are you?") | {"quiet": True}]


def _keep_grade(lesson, claim, values):
    grade = picked(values, f"grade {claim['id']}", len(GRADES), "Choose a grade first.")
    sure = picked(values, f"sure {claim['id']}", 3, "Say how sure you are, too.")
    journal.for_lesson(lesson).record(f"{lesson}.leaflet.{claim['id']}", _kind(lesson),
                                      {"option": grade, "text": GRADES[grade], "confidence": sure})


__all__ = ["BothGrades", "GRADES", "Leaflet", "Regrade", "Summary"]
