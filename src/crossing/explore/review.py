"""What to look at again, and how far one is: `LookAgain("04")` and `Progress()`.

One wrong answer is one wrong answer. Only where two or more answers share a thought is that said, and then as an
invitation: nobody is told what they believe.
"""

from collections import defaultdict

from . import journal, keeping, questions
from .ending import graded
from .panel import Panel, Say, buttons, plain, table, text
from .quiz import first_tries

_SHORT = 90


class LookAgain(Panel):
    """`LookAgain("04")`: questions of this lesson whose first try was not right, each with the place that shows it."""

    title = "Look again"

    def written(self):
        return [("After the quiz: what is worth another look, and where.", [])]

    def blocks(self):
        tried = first_tries(self.lesson)
        if not tried:
            return [text("none", "Nothing to say yet: answer the quiz first.", "quiet")]
        missed = [(question, told) for question, told in tried if not told["right"]]
        if not missed:
            return [text("all", f"All {len(tried)} answered questions were right at the first try. There is nothing to repeat here.")]
        rows = [[_short(question), where(question)] for question, _ in missed]
        seen = [text("few", f"{len(tried) - len(missed)} of {len(tried)} answered questions were right at the first try. "
                            "The others come back in a later warm-up. Look at these again:"),
                table("again", "Worth another look", ["Question", "Where to look"], rows)]
        return seen + [text(f"thought {i}", words) for i, words in enumerate(self._thoughts())]

    def _thoughts(self):
        """A line for each thought behind two or more wrong answers, in the lessons so far."""
        found = defaultdict(list)
        for lesson in questions.lessons():
            if lesson <= self.lesson:
                for question, told in first_tries(lesson):
                    if told.get("belief") and told["belief"] != "slip":
                        found[told["belief"]].append(question.get("topic") or _short(question))
        for topics in found.values():
            if len(topics) > 1:
                named = " and ".join(f"*{topic}*" for topic in dict.fromkeys(topics))
                yield f"{len(topics)} answers seem to come from the same thought: on {named}. It is worth a talk with somebody."


class Progress(Panel):
    """`Progress()`: each lesson with the guesses made, the questions answered and the leaflet's claim."""

    title = "How far you are"

    def __init__(self, lesson="00"):
        super().__init__(lesson)

    def written(self):
        return [("Which lessons you have begun, and what is still open.", [])]

    def journals(self):
        return [journal.for_lesson(lesson) for lesson in questions.lessons()]

    def blocks(self):
        rows = []
        for lesson in questions.lessons():
            asked, book = questions.placed(lesson, "predict"), journal.for_lesson(lesson)
            made = sum(book.committed(q.id) for q in asked)
            quiz = questions.placed(lesson, "quiz")
            tried = [told for question, told in first_tries(lesson) if question["place"] == "quiz"]
            claims = [c for c in questions.leaflet() if lesson in ("00", c["lesson"])]
            rows.append([f"{lesson} {questions.title(lesson)}", f"{made} of {len(asked)}",
                         f"{len(tried)} of {len(quiz)}" + (f", {sum(t['right'] for t in tried)} right at once" if tried else "") if quiz else "–",
                         f"{sum(graded(lesson, c) for c in claims)} of {len(claims)}" if claims else "–"])
        return [table("progress", "Done so far", ["Lesson", "Guesses", "Quiz", "Leaflet"], rows),
                buttons("report", "A page to keep", [("Make my report", "report", {})])]

    def act(self, do, values):
        if do != "report":
            return super().act(do, values)
        from . import report  # charts, and with them matplotlib, only for a learner who asks
        try:
            path = report.write()
        except ValueError:
            raise Say("Nothing is saved here, so there is no report: this journal is thrown away.") from None
        except OSError as problem:
            raise Say(f"The report cannot be written: {keeping.reason(problem)}.") from None
        return f"Your report is in {path}. Open it in a browser, and print it from there."


def where(question):
    """Where to look again, in words."""
    if "look_at" in question:
        settings = question["look_at"]
        return f"Set {settings}" if " = " in settings else f"Try {settings}"
    return f"Read again on {question['topic']}" if "topic" in question else "The section it belongs to"


def _short(question):
    words = plain(question["prompt"])
    return words if len(words) <= _SHORT else words[:_SHORT].rsplit(" ", 1)[0] + " …"


__all__ = ["LookAgain", "Progress"]
