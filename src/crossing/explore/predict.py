"""Guess first: `Predict` asks and commits, `Explain` asks why, before the course says either.

Nothing of the answer is sent before the commit: not the reveal, not which option is right, not the feedback.
"""

from . import poll, questions
from .panel import Panel, Say, buttons, confidence, form, line, look, one, picked, text


class Predict(Panel):
    """`Predict("04.bolus")`: options and confidence; the commit lifts the veil of the chart that waits for it."""

    title = "Your guess"

    def __init__(self, qid):
        super().__init__(qid.split(".")[0])
        self.question = _prediction(qid)

    def written(self):
        return [(self.question["prompt"], self.question.texts)]

    def waiting(self):
        return "Commit a guess to see what the chart shows."

    # ---- what is to be seen -------------------------------------------------------------------------------

    def blocks(self):
        guess = self.journal.guess(self.question.id)
        seen = [text("question", self.question["prompt"], "question"), self._form(guess)]
        if guess:
            seen += self._after(guess)
        return [*seen, poll.poll(self.journal, self.question)]

    def _form(self, guess):
        # Lettered: a room votes by letter, and the presenter's notes speak of A and B.
        options = [option | {"letter": chr(65 + i)} for i, option in enumerate(self.question.asked())]
        chosen = _chosen(guess, self.question)
        if guess:
            for i, option in enumerate(options):
                option["mark"] = _marks(i == chosen, i == self.question.key)
        sure = guess.get("confidence") if guess else None
        return form("guess", "commit", [one("option", "What do you expect?", options, chosen, bool(guess)),
                                        confidence(sure, bool(guess))],
                    "" if guess else "Commit my guess", "" if guess else "A wrong guess costs nothing.")

    def _after(self, guess):
        question, seen = self.question, []
        if self.journal.committed_now(question.id):
            seen.append(text("said", f'You said “{guess.get("text", "")}” ({_sure(guess)}).', "quiet"))
        else:
            seen += self._again(guess)
        seen.append(text("reveal", question["reveal"], "reveal", focus=True, label="What the chart shows"))
        chosen = _chosen(guess, question)
        if chosen is not None and "feedback" in question["options"][chosen]:
            seen.append(text("feedback", question["options"][chosen]["feedback"]))
        if "look_at" in question:
            seen.append(look("look", question["look_at"]))
        return seen

    def _again(self, guess):
        told = self.journal.last(self.question.id, "note")
        words = f"{recall(guess, self.question)}."
        if told:
            return [text("again", f"{words} {'You still agree.' if told.get('agree') else 'You changed your mind.'}",
                         "quiet")]
        return [text("again", f"{words} Still agree?"),
                buttons("agree", "Do you still agree with your guess?",
                        [("Yes", "agree", {"agree": True}), ("I changed my mind", "agree", {"agree": False})])]

    # ---- what the learner does ----------------------------------------------------------------------------

    def act(self, do, values):
        qid = self.question.id
        if do == "commit":
            if self.journal.committed(qid):
                return "Your guess is committed already."
            chosen = picked(values, "option", len(self.question["options"]), "Choose one of the options first.")
            sure = picked(values, "confidence", 3, "Say how sure you are, too.")
            self.journal.record(qid, "guess", {"option": chosen, "text": self.question.texts[chosen], "confidence": sure})
            return "Your guess is committed."
        if do == "agree":
            if not self.journal.committed(qid):
                raise Say("Commit your guess first.")
            self.journal.record(qid, "note", {"agree": bool(values.get("agree"))})
            return "Noted."
        voted = poll.act(self.journal, self.question, do, values)
        return voted or super().act(do, values)


class Explain(Panel):
    """`Explain("04.bolus")`: "because ...", asked when the guess is committed; ours is said after theirs."""

    title = "Say why"
    OWN = "Another reason, in my own words"

    def __init__(self, qid):
        super().__init__(qid.split(".")[0])
        self.question = _prediction(qid)
        if "explain" not in self.question:
            raise KeyError(f"{qid} has no 'explain' in its bank")

    def written(self):
        # The prompt says what happened: it stays away until the guess is made.
        return [("First your reason, then ours: choose one of three, or type your own.", [])]

    def waiting(self):
        return "Commit your guess first."

    def blocks(self):
        guess, reason = self.journal.guess(self.question.id), self._reason()
        if not guess:
            return [text("first", "Commit your guess first. Then say why, and read our reasoning.", "quiet")]
        asked, options = self.question["explain"], []
        chosen = reason.get("option") if reason else None
        for i, given in enumerate(asked["reasons"]):
            options.append({"text": given["text"]} |
                           ({"mark": _marks(i == chosen, bool(given.get("right")), "your reason", "right")} if reason else {}))
        options.append({"text": self.OWN})
        own = reason.get("own", "") if reason else ""
        seen = [text("prompt", asked["prompt"], "question"),
                form("reason", "reason", [one("reason", "Your reason", options, chosen, bool(reason)),
                                          *([] if reason and not own else [line("own", "My own words", own, bool(reason))])],
                     "" if reason else "This is my reason")]
        if reason:
            if isinstance(chosen, int) and chosen < len(asked["reasons"]):
                seen.append(text("feedback", asked["reasons"][chosen]["feedback"], "reveal", focus=True))
            seen.append(text("ours", asked["ours"], "ours", focus=True, label="Our reasoning"))
        return seen

    def _reason(self):
        return self.journal.last(self.question.id, "reason")

    def act(self, do, values):
        if do != "reason":
            return super().act(do, values)
        if not self.journal.committed(self.question.id):
            raise Say("Commit your guess first.")
        if self._reason():
            return "Your reason is kept already."
        reasons = self.question["explain"]["reasons"]
        own = str(values.get("own") or "").strip()[:2000]
        if own and values.get("reason") is None:
            values = values | {"reason": len(reasons)}  # who types means the last option
        chosen = picked(values, "reason", len(reasons) + 1, "Choose a reason, or type your own.")
        if chosen == len(reasons) and not own:
            raise Say("Type your reason in the line below the options.")
        words = own if chosen == len(reasons) else reasons[chosen]["text"]
        self.journal.record(self.question.id, "reason", {"option": chosen, "text": words, "own": own})
        return "Your reason is kept."


def recall(guess, question):
    """What was guessed and what was seen, in a clause: 'You guessed "A" (sure) and saw "B"'."""
    told = f"You guessed {said_of(guess)}"
    if met(guess, question):
        return f"{told}, and that is what the chart showed"
    return f'{told}, and the chart showed “{question.texts[question.key]}”'


def met(guess, question):
    """Whether the chart showed what was guessed."""
    return _chosen(guess, question) == question.key


def said_of(guess):
    """What was guessed and how sure, in words: '“A” (sure)'."""
    return f'“{guess.get("text", "")}” ({_sure(guess)})'


def _sure(guess):
    sure = guess.get("confidence")
    return questions.CONFIDENCE[sure] if isinstance(sure, int) and 0 <= sure < 3 else questions.CONFIDENCE[0]


def _chosen(guess, question):
    """The option's number now: options may have been reordered since the guess, so its words go first."""
    if not guess:
        return None
    if guess.get("text") in question.texts:
        return question.texts.index(guess["text"])
    return None


def _marks(mine, right, yours="your guess", shown="what the chart shows"):
    return ", ".join([*([yours] if mine else []), *([shown] if right else [])])


def _prediction(qid):
    question = questions.find(qid)
    if question["type"] != "predict":
        raise KeyError(f"{qid} is of type {question['type']}, wanted predict; use Ask(\"{qid}\")")
    return question


__all__ = ["Explain", "Predict", "met", "recall", "said_of"]
