"""The journal: what a learner guessed, said and tried, kept beside the notebooks and restored on reopening.

One file a lesson and profile: `<folder>/<learner-1>/<04>.json`. The folder is `CROSSING_JOURNAL`, else `./journal`
beside the notebook; `:memory:` means a journal that is thrown away (tests, refreshing, presenting). Nothing is sent
anywhere, and nobody is asked for a name: profiles are called "learner-1", "learner-2" and so on.

A file is a list of entries that only grows, so that two notebooks open on one lesson merge instead of overwriting each
other. Each write reads the file again, under a lock, and replaces it in one step. What cannot be read is set aside
under another name; what cannot be written stays in memory. Either is told in `messages`, in plain words.
"""

import json
import os
import pathlib
import re
import secrets
import time
import traceback

from . import keeping

VERSION = 1
KINDS = ("guess", "reason", "try", "note", "pin", "vote", "regrade")
#: Of these only the latest of each name is worth keeping.
_LATEST = ("note", "pin")
MEMORY = ":memory:"
FIRST = "learner-1"

_open = {}
_active = {}


def folder():
    """Where journals are kept: a path, or `MEMORY`."""
    named = os.environ.get("CROSSING_JOURNAL", "").strip()
    if named == MEMORY:
        return MEMORY
    return pathlib.Path(named or "journal").expanduser().absolute()


def for_lesson(lesson):
    """The journal of a lesson ("04"): one object in a process, which follows a change of profile.

    Raises ValueError for a name that is not two digits.
    """
    lesson = str(lesson)
    if not re.fullmatch(r"\d\d", lesson):
        raise ValueError(f"a lesson is named by two digits, like '04', not {lesson!r}")
    key = (str(folder()), lesson)
    if key not in _open:
        _open[key] = Journal(lesson, folder())
    return _open[key]


def forget():
    """Close every journal of this process, as if Python had been started anew. Files stay."""
    _open.clear()
    _active.clear()


# ---- profiles -------------------------------------------------------------------------------------------------


def profile():
    """The learner at work in this folder, by name ("learner-1")."""
    here = folder()
    if str(here) not in _active:
        found = None
        if here != MEMORY:
            try:
                found = (here / "profile").read_text(encoding="utf-8").strip()
            except (OSError, UnicodeDecodeError):
                pass
        _active[str(here)] = found if found and _number(found) else FIRST
    return _active[str(here)]


def profiles():
    """All learners of this folder, the one at work included, in order."""
    here, found = folder(), {profile()}
    if here != MEMORY:
        try:
            found |= {p.name for p in here.iterdir() if p.is_dir()}
        except OSError:
            pass
    return sorted((name for name in found if _number(name)), key=_number)


def switch(name):
    """Make another learner the one at work: every open journal of this folder reads that learner's files.

    The choice is kept for the next day. Raises ValueError for a name that is not of the form "learner-2".
    """
    if not _number(name):
        raise ValueError(f"profiles are called 'learner-1', 'learner-2' and so on, not {name!r}")
    here = folder()
    _active[str(here)] = name
    if here != MEMORY:
        try:
            here.mkdir(parents=True, exist_ok=True)
            keeping.replace(here / "profile", name + "\n")
        except OSError:
            pass  # told by the first entry that cannot be written
    for (place, _), journal in list(_open.items()):
        if place == str(here):
            journal._begin(name)
            journal._tell(None)


def read_as(name):
    """Read as this learner for as long as Python runs; who is at work tomorrow is not changed."""
    _active[str(folder())] = name


def new_profile():
    """Add a learner, make it the one at work and return its name."""
    name = f"learner-{max(map(_number, profiles())) + 1}"
    switch(name)
    return name


def _number(name):
    found = re.fullmatch(r"learner-([1-9]\d{0,3})", str(name))
    return int(found[1]) if found else 0


# ---- one lesson -----------------------------------------------------------------------------------------------


class Journal:
    """Guesses, reasons, tries, notes, pins and votes of one learner in one lesson.

    Attributes
    ----------
    messages : what the learner should know about the keeping of the journal, in plain sentences; mostly empty.
    profile : the learner's name, "learner-1".
    """

    def __init__(self, lesson, folder):
        self.lesson, self._folder = lesson, folder
        self._listeners = []
        self._begin(profile())

    def _begin(self, name):
        self.profile = name
        self.messages = []
        self._entries, self._unsaved, self._epoch = [], [], secrets.token_hex(4)
        self._here = set()  # questions committed since Python was started
        if self.path:
            try:
                self._merge(self._read())
            except OSError:
                self._say("unread", f"The journal of lesson {self.lesson} cannot be read here. "
                                    "Answers are kept until Python stops.")

    @property
    def path(self):
        """The file, or None for a journal that is thrown away."""
        if self._folder == MEMORY:
            return None
        return self._folder / self.profile / f"{self.lesson}.json"

    # ---- reading ------------------------------------------------------------------------------------------

    def entries(self, qid=None, kind=None):
        """The payloads recorded, oldest first, for one question or kind or all."""
        return [e["payload"] for e in self._entries
                if (qid is None or e["qid"] == qid) and (kind is None or e["kind"] == kind)]

    def names(self, kind):
        """The names under which entries of a kind are kept, in the order in which they first came."""
        return list(dict.fromkeys(e["qid"] for e in self._entries if e["kind"] == kind))

    def last(self, qid, kind):
        """The latest payload of a kind for a question, or None."""
        found = self.entries(qid, kind)
        return found[-1] if found else None

    def committed(self, qid):
        """Whether a guess was committed."""
        return bool(self.entries(qid, "guess"))

    def guess(self, qid):
        """The first guess, the one made before anything was seen: {option, text, confidence}, or None.

        First, not last: two notebooks may both have asked, and the later one may have seen the answer.
        """
        found = self.entries(qid, "guess")
        return found[0] if found else None

    def committed_now(self, qid):
        """Whether the guess was made since Python was started: nobody has to be reminded of it."""
        return qid in self._here and self.committed(qid)

    def get(self, name, default=None):
        """A note kept with `set`."""
        found = self.last(name, "note")
        return default if found is None else found.get("value", default)

    # ---- writing ------------------------------------------------------------------------------------------

    def record(self, qid, kind, payload):
        """Keep one entry, write it, and tell who listens. `payload` is a dict of plain values.

        Raises ValueError for an unknown kind, TypeError for a payload that JSON cannot hold. Never raises for a disk.
        """
        if kind not in KINDS:
            raise ValueError(f"the journal keeps {', '.join(KINDS)}, not {kind!r}")
        payload = json.loads(json.dumps(payload))
        # Never before an earlier entry, though somebody put the clock back: order is what counts.
        at = max([time.time(), *(e["at"] + 1e-6 for e in self._entries[-1:])])
        entry = {"id": secrets.token_hex(6), "at": at, "qid": qid, "kind": kind, "payload": payload}
        self._entries.append(entry)
        self._unsaved.append(entry["id"])
        if kind == "guess":
            self._here.add(qid)
        self._entries = _tidy(self._entries)
        self._save()
        self._tell(qid)

    def set(self, name, value):
        """Keep a note under a name, in place of an earlier one."""
        self.record(name, "note", {"value": value})

    def start_afresh(self):
        """Begin this lesson anew. The old journal is kept aside under another name, which is returned (or None)."""
        kept = None
        self._entries, self._unsaved, self._epoch = [], [], secrets.token_hex(4)
        if self.path and self.path.parent.exists():
            try:
                with keeping.lock(self.path):
                    if self.path.exists():
                        kept = keeping.set_aside(self.path, "kept")
                    self._write(self._epoch, [])  # another notebook sees the new epoch, and drops the old answers too
            except OSError as problem:
                self._complain(problem)
        self._tell(None)
        return kept

    # ---- telling ------------------------------------------------------------------------------------------

    def on_commit(self, qid, callback):
        """Call `callback(qid)` when the question is committed, or is open again (start afresh, another learner).

        Returns a function that ends it.
        """
        return self._listen(qid, callback)

    def on_change(self, callback):
        """Call `callback(qid)` after every entry, and `callback(None)` when everything changed. Returns its end."""
        return self._listen(None, callback)

    def _listen(self, qid, callback):
        item = (qid, callback)
        self._listeners.append(item)
        return lambda: item in self._listeners and self._listeners.remove(item)

    def _tell(self, qid):
        problems = []
        for wanted, callback in list(self._listeners):
            if wanted is None:
                given = qid
            elif qid in (wanted, None):
                given = wanted
            else:
                continue
            try:
                callback(given)
            except Exception as problem:  # one broken chart must not keep the others veiled
                problems.append(problem)
        for problem in problems:
            if os.environ.get("CROSSING_STRICT"):
                raise problem
            traceback.print_exception(problem)

    def _say(self, key, text):
        self._hush(key)
        self.messages.append(_Message(text, key))

    def _hush(self, *keys):
        self.messages = [m for m in self.messages if m.key not in keys]

    # ---- the file -----------------------------------------------------------------------------------------

    def _save(self):
        if not self.path:
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with keeping.lock(self.path):
                self._merge(self._read())
                self._write(self._epoch, self._entries)
        except OSError as problem:
            self._complain(problem)
        else:
            self._unsaved = []
            self._hush("unsaved", "unread")

    def _write(self, epoch, entries):
        whole = {"version": VERSION, "lesson": self.lesson, "epoch": epoch, "entries": entries}
        keeping.replace(self.path, json.dumps(whole, ensure_ascii=False, indent=1) + "\n")

    def _complain(self, problem):
        self._hush("unread")  # one cause, one sentence
        self._say("unsaved", f"Answers cannot be saved here: {keeping.reason(problem)}. "
                             "They are kept until Python stops.")

    def _merge(self, stored):
        """Take in what the file holds. After somebody started afresh only what was never saved is added to it."""
        if stored is None:
            return
        mine = self._entries
        if stored["epoch"] != self._epoch:
            mine = [e for e in mine if e["id"] in self._unsaved]
            self._epoch = stored["epoch"]
        known = {e["id"] for e in stored["entries"]}
        self._entries = _tidy(stored["entries"] + [e for e in mine if e["id"] not in known])

    def _read(self):
        """What the file holds, or None when there is none. A file that cannot be understood is set aside."""
        try:
            raw = self.path.read_bytes()
        except FileNotFoundError:
            return None
        try:
            whole = json.loads(raw.decode("utf-8"))
            version, entries = whole["version"], whole["entries"]
            if not isinstance(version, int) or not isinstance(entries, list):
                raise TypeError("not a journal")
        except (ValueError, KeyError, TypeError, RecursionError):
            self._aside("damaged", "is damaged", None)
            return None
        if version > VERSION:
            self._aside("newer", "was written by a newer edition of this course", None)
            return None
        stored = {"epoch": str(whole.get("epoch", "")), "entries": [e for e in entries if _sound(e)]}
        if len(stored["entries"]) < len(entries):
            self._aside("damaged", "is damaged in part", stored)
        return stored

    def _aside(self, word, what, stored):
        name = keeping.set_aside(self.path, word)
        self._say("aside", f"The journal of lesson {self.lesson} {what}. It was set aside as {name}; "
                           + ("what could be read is still here." if stored else "a new one begins."))
        if stored:
            self._write(**stored)


class _Message(str):
    """A sentence for the learner that remembers what it is about."""

    def __new__(cls, text, key):
        made = super().__new__(cls, text)
        made.key = key
        return made


def _sound(entry):
    return (isinstance(entry, dict) and isinstance(entry.get("payload"), dict) and entry.get("kind") in KINDS
            and all(isinstance(entry.get(k), str) for k in ("id", "qid"))
            and isinstance(entry.get("at"), (int, float)))


def _tidy(entries):
    """In order of time; of notes and pins only the latest of each name."""
    entries = sorted(entries, key=lambda e: e["at"])
    latest = {(e["qid"], e["kind"]): e["id"] for e in entries if e["kind"] in _LATEST}
    return [e for e in entries if e["kind"] not in _LATEST or latest[e["qid"], e["kind"]] == e["id"]]
