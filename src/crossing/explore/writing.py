"""An answer at length, in the learner's own words, and a rubric to hold it against: `Write("09.text.road")`.

The bank has the prompt under `texts`: [{id, heading, prompt, rubric}]. Nobody marks a text. Its writer ticks what it does,
and what was written stands in the report.
"""

from . import questions
from .panel import Panel, Say, form, line, many, table, text

MOST = 6000


class Write(Panel):
    """`Write("09.text.road")`: a field for a text, and a rubric to tick once there is one."""

    title = "In your own words"

    def __init__(self, tid):
        super().__init__(tid.split(".")[0])
        self.told = questions.written(tid)

    def written(self):
        return [(f"{self.told['heading']}: {self.told['prompt']}", self.told["rubric"])]

    def waiting(self):
        return "The list says what a good answer does. Once you have written, tick what yours does."

    def blocks(self):
        kept, ticked = self._kept(), self._ticked()
        seen = [text("prompt", self.told["prompt"], "question"),
                form("text", "keep", [line("text", self.told["heading"], kept, long=True)], "Keep my text", "You can change it as often as you like.")]
        if not kept:
            seen.append(table("rules", "What a good answer does", ["", "Read this first; tick it once you have written"], [[str(i), rule] for i, rule in enumerate(self.told["rubric"], 1)]))
        else:
            seen.append(form("rubric", "tick", [many("does", "What does your text do? Read it again, then tick", [{"text": r} for r in self.told["rubric"]], ticked)],
                             "Keep my ticks"))
            if ticked:
                open_ = len(self.told["rubric"]) - len(ticked)
                seen.append(text("open", f"{len(ticked)} of {len(self.told['rubric'])} ticked." + (" Add what is missing, if you can." if open_ else ""), "quiet"))
        return seen

    def _kept(self):
        return str((self.journal.last(self.told["id"], "note") or {}).get("value", ""))

    def _ticked(self):
        kept = self.journal.get(f"{self.told['id']}.ticks", [])
        return [i for i, rule in enumerate(self.told["rubric"]) if rule in kept]

    def act(self, do, values):
        if do == "keep":
            words = str(values.get("text") or "").strip()
            if not words:
                raise Say("Write something first.")
            if len(words) > MOST:
                raise Say(f"At most {MOST} signs are kept; yours has {len(words)}. Shorten it.")
            self.journal.record(self.told["id"], "note", {"heading": self.told["heading"], "value": words})
            return "Your text is kept."
        if do == "tick":
            if not self._kept():
                raise Say("Write something first.")
            given = values.get("does")
            rules = self.told["rubric"]
            self.journal.set(f"{self.told['id']}.ticks", [rules[i] for i in given or [] if isinstance(i, int) and 0 <= i < len(rules)])
            return "Your ticks are kept."
        return super().act(do, values)


__all__ = ["Write"]
