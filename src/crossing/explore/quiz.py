"""Questions with two tries: `Quiz`, `WarmUp`, `Transfer`, `Ask`.

Options keep their order. The first wrong try gets its feedback; after a right one, or the second, comes the reasoning.
Until then neither is sent to the page. Tries are in the journal: a lesson reopened shows them.
"""

import math

from . import journal, poll, questions
from .panel import Panel, Say, form, line, look, many, number, one, order, picked, text

TRIES = 2


class Asked(Panel):
    """Questions one below the other, each with two tries.

    `reasoned`: whether a line asks for the learner's own reason. `polled`: whether a room may vote on them.
    """

    reasoned = polled = False

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
                form(qid, f"try {qid}", [_field(question, tries, done), *self._why(question, done)], button, note)]
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
        if self.polled and question["type"] in ("single", "multiple"):
            seen.append(poll.poll(self.journal, question))
        return seen

    def _why(self, question, done):
        """A line for the learner's own reason: never required, and gone where none was given."""
        told = next((t["why"] for t in reversed(self.journal.entries(question.id, "try")) if t.get("why")), "")
        return [line("why", "Why do you think so? (if you like)", told, done)] if self.reasoned and (told or not done) else []

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
        voted = poll.act(self.journal, asked[qid], do, values) if self.polled and qid in asked else None
        if voted:
            return voted
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
        why = str(values.get("why") or "").strip()[:2000]
        self.journal.record(qid, "try", {"answer": answer, "texts": texts, "right": right} | ({"why": why} if why else {}))
        left = TRIES - len(before) - 1
        return "Right." if right else "Not yet: one more try." if left else "Not quite. The reasoning is below."

    def before_first_try(self):
        """Called before a try is kept."""


class Ask(Asked):
    """`Ask("04.wrong1")`: one question of the bank, or several, anywhere in a lesson."""

    title = "A short question"
    polled = True

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
    reasoned = polled = True

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


def first_tries(lesson):
    """The questions of a lesson that were answered, in file order, each with its first try: {right, belief}.

    `belief` is the misconception that the wrong option, or the trap, names; empty for a right answer or none named.
    Tries at a question that has been rewritten since do not count.
    """
    try:
        asked = [q for q in questions.bank(lesson) if q["type"] != "predict"]
    except FileNotFoundError:
        return []
    found, ask = [], Asked(lesson)
    for question in asked:
        tries = ask._tries(question)
        if tries:
            found.append((question, {"right": tries[0]["right"], "belief": _belief(question, tries[0])}))
    return found


def _belief(question, told):
    if told["right"]:
        return ""
    if question["type"] == "number":
        return next((t["belief"] for t in question["traps"]
                     if abs(told["answer"] - t["value"]) <= t.get("tolerance", question["tolerance"])), "")
    if question["type"] == "order":
        return question["belief"]
    return next((question["options"][i].get("belief", "") for i in told["answer"] if not question["options"][i].get("right")), "")


def missed_before(lesson):
    """Quiz questions of earlier lessons not answered right at the first try, nor in a warm-up since; latest lesson first.

    Those that need a chart are left out: the chart is not there.
    """
    earlier = [name for name in questions.lessons() if name < lesson]
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


__all__ = ["Ask", "Quiz", "Transfer", "WarmUp", "missed_before"]
