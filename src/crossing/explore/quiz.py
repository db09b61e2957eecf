"""Questions with two tries: `Quiz`, `WarmUp`, `Transfer`, `Ask`; and what a lesson ends with: `Summary`, `Leaflet`, `Regrade`.

Options keep their order. The first wrong try gets its feedback; after a right one, or the second, comes the reasoning.
Until then neither is sent to the page. Tries are in the journal: a lesson reopened shows them.
"""

import math

from . import journal, questions
from .panel import Panel, Say, confidence, form, line, look, many, number, one, order, picked, text
from .predict import recall

TRIES = 2
GRADES = ("It stands up well", "It holds in part", "It does not hold", "I cannot say")


class Asked(Panel):
    """Questions one below the other, each with two tries."""

    def questions(self):
        """The questions to show now."""
        raise NotImplementedError

    def fixed(self):
        """The questions as a page without Python shows them: the same for everybody."""
        return self.questions()

    def written(self):
        several = len(self.fixed()) > 1
        return [(f"{i}. {q['prompt']}" if several else q["prompt"], q.texts) for i, q in enumerate(self.fixed(), 1)]

    def waiting(self):
        return "Two tries each, then the reasoning."

    def blocks(self):
        asked = self.questions()
        seen = []
        for i, question in enumerate(asked, 1):
            seen += self._one(question, f"{i}. {question['prompt']}" if len(asked) > 1 else question["prompt"])
        return seen or [text("none", "There is no question here yet.", "quiet")]

    def _one(self, question, prompt):
        qid, tries = question.id, self._tries(question)
        right = bool(tries) and tries[-1]["right"]
        done = right or len(tries) == TRIES
        button = "" if done else "Try again" if tries else "Check my answer"
        note = "This one needs a chart: set it, then come back." if question.get("needs_run") and not tries else ""
        seen = [text(f"{qid} prompt", prompt, "question"),
                form(qid, f"try {qid}", [_field(question, tries, done)], button, note)]
        if tries:
            label = "Right" if right else "Not quite" if done else "Not yet"
            words = _feedback(question, tries[-1]["answer"], right)
            seen.append(text(f"{qid} try {len(tries)}", " ".join(words), "right" if right else "wrong", True, label))
        if tries and "look_at" in question:
            seen.append(look(f"{qid} look", question["look_at"]))
        if done:
            if question["type"] in ("number", "order"):
                seen.append(text(f"{qid} key", _key(question), label="Answer"))
            seen.append(text(f"{qid} reasoning", question["reasoning"], "ours", label="Reasoning"))
        return seen

    def _tries(self, question):
        """The tries that count, with answers as option numbers of today (options may have been reordered)."""
        found = []
        for told in self.journal.entries(question.id, "try"):
            answer = told.get("answer")
            if question["type"] != "number":
                texts = told.get("texts", [])
                if any(t not in question.texts for t in texts):
                    continue  # the question has been rewritten since
                answer = [question.texts.index(t) for t in texts]
            found.append({"answer": answer, "right": bool(told.get("right"))})
        return found[:TRIES]

    def act(self, do, values):
        word, _, qid = do.partition(" ")
        asked = {q.id: q for q in self.questions()}
        if word != "try" or qid not in asked:
            return super().act(do, values)
        question, before = asked[qid], self._tries(asked[qid])
        if before and (before[-1]["right"] or len(before) == TRIES):
            return "This one is done."
        answer = _answer(question, values)
        right = _right(question, answer)
        if before and before[-1]["answer"] == answer:
            raise Say("This is the answer you gave before. Choose another.")
        self.before_first_try()
        texts = [question.texts[i] for i in answer] if isinstance(answer, list) else []
        self.journal.record(qid, "try", {"answer": answer, "texts": texts, "right": right})
        left = TRIES - len(before) - 1
        return "Right." if right else "Not yet: one more try." if left else "Not quite. The reasoning is below."

    def before_first_try(self):
        """Called before a try is kept."""


class Ask(Asked):
    """`Ask("04.wrong1")`: one question of the bank, or several, anywhere in a lesson."""

    title = "A short question"

    def __init__(self, *qids):
        if not qids:
            raise TypeError('Ask wants the id of a question, like Ask("04.wrong1")')
        super().__init__(qids[0].split(".")[0])
        self._asked = [questions.find(qid) for qid in qids]
        for question in self._asked:
            if question["type"] == "predict":
                raise KeyError(f'{question.id} is a prediction; use Predict("{question.id}")')

    def questions(self):
        return self._asked


class Quiz(Asked):
    """`Quiz("04")`: the questions at the end of a lesson."""

    title = "Quiz"
    place = "quiz"

    def questions(self):
        return questions.placed(self.lesson, self.place)


class Transfer(Quiz):
    """`Transfer("04")`: the lesson's idea in a foreign setting."""

    title = "The same idea, elsewhere"
    place = "transfer"


class WarmUp(Asked):
    """`WarmUp("04")`: three short questions. What the learner missed in earlier lessons comes first, else the bank's own.

    At most two misses: one question on what this lesson stands on always stays.
    """

    title = "Warm-up"
    MOST = 3

    def fixed(self):
        return questions.placed(self.lesson, "warmup")[:self.MOST]

    def questions(self):
        kept = self.journal.get("warmup")
        if kept:
            try:
                return [questions.find(qid) for qid in kept]
            except (KeyError, FileNotFoundError):
                pass  # the banks have changed since
        fixed = self.fixed()
        misses = missed_before(self.lesson)[:max(0, len(fixed) - 1)]
        # The bank's own recall questions give way first, from the front; the prerequisite stays.
        stay = sorted(fixed, key=lambda q: "from_lesson" in q and q["from_lesson"] != "prerequisite")
        stay = stay[:len(fixed) - len(misses)]
        return misses + [q for q in fixed if q in stay]

    def before_first_try(self):
        if not self.journal.get("warmup"):  # from now on these three, whatever is missed or mended elsewhere
            self.journal.set("warmup", [q.id for q in self.questions()])


def missed_before(lesson):
    """Quiz questions of earlier lessons not answered right at the first try, nor in a warm-up since; latest lesson first.

    Those that need a chart are left out: the chart is not there.
    """
    earlier = sorted(p.stem for p in questions.folder().glob("[0-9][0-9].json") if p.stem < lesson)
    found = []
    for old in reversed(earlier):
        for question in questions.placed(old, "quiz"):
            if question.get("needs_run"):
                continue
            tries = journal.for_lesson(old).entries(question.id, "try")
            if not tries or tries[0].get("right"):
                continue
            since = [journal.for_lesson(later).last(question.id, "try") for later in earlier if later > old]
            if not any(told and told.get("right") for told in since):
                found.append(question)
    return found


# ---- how each type is asked, judged and answered ----------------------------------------------------------------


def _field(question, tries, done):
    kind, options = question["type"], question.asked()
    answer = tries[-1]["answer"] if tries else None
    if kind == "number":
        return number("answer", "Your answer", question["unit"], "" if answer is None else f"{answer:g}", done)
    if done and kind != "order":
        keys = question.key if kind == "multiple" else [question.key]
        for i, option in enumerate(options):
            option["mark"] = ", ".join([*(["your answer"] if i in answer else []), *(["right"] if i in keys else [])])
    if kind == "order":
        return order("answer", "Put them in order", options, answer or [], done)
    if kind == "multiple":
        return many("answer", "Choose each that fits", options, answer or [], done)
    return one("answer", "Choose one", options, answer[0] if answer else None, done)


def _answer(question, values):
    """The answer as kept: a list of option numbers, or a number. Raises `Say`."""
    given, count = values.get("answer"), len(question.texts)
    if question["type"] == "number":
        typed = str(given).strip().removesuffix(question["unit"]).strip().replace(",", ".").replace("\u2212", "-")
        try:
            value = float(typed)
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            raise Say("Type a number, like 2.5.")
        return value
    if question["type"] == "single":
        return [picked(values, "answer", count, "Choose one of the options first.")]
    chosen = [i for i in given if isinstance(i, int) and 0 <= i < count] if isinstance(given, list) else []
    if question["type"] == "order":
        if sorted(chosen) != list(range(count)):
            raise Say("Give each one a place of its own.")
        return chosen
    if not chosen:
        raise Say("Choose at least one of the options first.")
    return sorted(set(chosen))


def _right(question, answer):
    if question["type"] == "number":
        # A hair of slack: 0.3 typed for 0.1 + 0.2 is right.
        return abs(answer - question["answer"]) <= question["tolerance"] * (1 + 1e-9)
    return answer == (question.key if isinstance(question.key, list) else [question.key])


def _feedback(question, answer, right):
    kind = question["type"]
    if kind == "number" and not right:
        for trap in question["traps"]:
            if abs(answer - trap["value"]) <= trap.get("tolerance", question["tolerance"]):
                return [trap["feedback"]]
    if kind in ("number", "order"):
        return [question["feedback"]["right" if right else "wrong"]]
    options = question["options"]
    if kind == "multiple" and not right:
        wrong = [options[i]["feedback"] for i in answer if not options[i].get("right")]
        return wrong or ["What you chose fits, but more does."]
    return [options[i]["feedback"] for i in answer]


def _key(question):
    if question["type"] == "order":
        return "; ".join(f"{n}. {question.texts[i]}" for n, i in enumerate(question.key, 1))
    return f"{question.key:g} {question['unit']}".strip()


# ---- the end of a lesson ----------------------------------------------------------------------------------------


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


__all__ = ["Ask", "Leaflet", "Quiz", "Regrade", "Summary", "Transfer", "WarmUp", "missed_before"]
