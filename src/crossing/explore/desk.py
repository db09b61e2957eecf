"""`Desk("04")`: the one line that sets a lesson up. It says that Python runs, who is at work, and what is not saved."""

from . import journal, place, questions
from .panel import Panel, Say, buttons, fold, form, one, text

NOT_LIVE = ('Not live yet. Press "Start this lesson" at the top (or Run, Run All Cells), '
            'and the charts follow your hand.')


class Desk(Panel):
    """The state of a lesson, its learner and its journal; silent about all that needs no word."""

    title = "This lesson"

    def __init__(self, lesson):
        super().__init__(lesson)
        self._sure = False
        journal.for_lesson(self.lesson)  # a wrong name is an error here, not later

    def written(self):
        return [(NOT_LIVE, [])]

    def __repr__(self):
        return f"{self.title}. {NOT_LIVE}"

    def page(self):
        return f'<p style="font-size:16px;line-height:1.5"><em>{NOT_LIVE}</em></p>'

    # ---- what is to be seen -------------------------------------------------------------------------------

    def blocks(self):
        book, said = self.journal, []
        for i, warning in enumerate([*self._warnings(), *book.messages]):
            said.append(text(f"warning {i}", warning, "warn"))
        return [text("state", f"{self._who()}{self._progress()}", "state", label="Live."),
                *said, fold("journal", "Profile", self._journal_blocks())]

    def _who(self):
        if self.journal.path is None:
            return "Your answers are not kept"
        return f"Your answers are kept in profile {self.journal.profile}"

    def _progress(self):
        asked = questions.placed(self.lesson, "predict")
        if not asked:
            return "."
        made = sum(self.journal.committed(q.id) for q in asked)
        return f": {made} of {len(asked)} guesses made."

    def _warnings(self):
        if self.journal.path is None:
            return ["Nothing is saved: this journal is empty and is thrown away at the end."]
        warning = place.warning(self.journal.path.parent)
        return [warning] if warning else []

    def _journal_blocks(self):
        if self._sure:
            return [text("sure", "Begin this lesson anew? Your answers are kept aside in a file, and no longer shown.", focus=True),
                    buttons("sure buttons", "Begin anew?", [("Yes, start afresh", "afresh", {}), ("No, keep them", "keep", {})])]
        names = journal.profiles()
        here = [text("where", place.kept(), "quiet")]
        if self.journal.path is not None:
            if len(names) > 1:
                here.append(form("who", "switch", [one("who", "Who is at work?", [{"text": n} for n in names],
                                                       names.index(self.journal.profile), row=True)], "Switch"))
            here.append(buttons("new", "Learners", [("Another learner, with an empty journal", "new", {})]))
        here.append(buttons("afresh", "This lesson", [("Start this lesson afresh", "ask", {})]))
        return here

    # ---- what the learner does ----------------------------------------------------------------------------

    def act(self, do, values):
        if do == "ask":
            self._sure = True
            return ""
        if do == "keep":
            self._sure = False
            return "Nothing was changed."
        if do == "afresh":
            if not self._sure:
                raise Say("Press Start this lesson afresh first.")
            self._sure = False
            kept = self.journal.start_afresh()
            return "This lesson begins anew." + (f" The old answers are kept aside as {kept}." if kept else "")
        if do == "new":
            return f"Profile {journal.new_profile()} is at work."
        if do == "switch":
            names = journal.profiles()
            who = values.get("who")
            if not isinstance(who, int) or not 0 <= who < len(names):
                raise Say("Choose who is at work.")
            journal.switch(names[who])
            return f"Profile {names[who]} is at work."
        return super().act(do, values)
