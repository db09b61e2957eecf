"""The question banks, `data/questions/LL.json`: read, checked, and shown without their answers.

A bank is `{"lesson": "04", "title": "Spinal infusion", "questions": [...]}`; the title
may be missing, and `texts` [{id, heading, prompt, rubric}] be there, for answers at length. Unknown keys are errors, and an error names file and place:
`data/questions/04.json: questions[3].options[1].feedback: missing, wanted text`. In texts, backticks make code and
stars make emphasis; nothing else is markup.

Every question: `id` ("04.bolus"), `type`, `place` (predict | section | warmup | quiz | transfer), `prompt`; optional
`topic` (not shown), `look_at` (a setting or chart to look at again), `needs_run` (a chart is needed), `from_lesson`
(warm-ups: "00" or "prerequisite"). Wrong options, order questions and traps carry `belief` (the misconception: "N5"
or a slug) and `tag` (documented | supposed).

| type | further keys |
|---|---|
| predict | `options` [{text, right?, belief, tag, feedback?, sketch?}], `reveal`; optional `explain` {prompt, reasons [{text, right?, feedback}] (three), ours}, `take_home`, `room` {likely, punch} |
| single | `options` [{text, right?, belief, tag, feedback}], `reasoning` |
| multiple | the same, any number right |
| order | `items` [{text}] in the right order, `shown` (numbers of the items as the page lists them), `feedback` {right, wrong}, `belief`, `tag`, `reasoning` |
| number | `answer`, `tolerance`, `unit`, `feedback` {right, wrong}, `traps` [{value, tolerance?, belief, tag, feedback}], `reasoning` |

A `sketch` is {lines, alt}: polylines of [x, y] from 0 to 1, y upwards; of several, the last is the new curve.
`leaflet.json` is {"claims": [{id, lesson, claim, better, runs?}]}, `runs` [{guess, asked}] naming guesses that bear on it. Confidence is asked by the machinery, not by the banks.
"""

import functools
import json
import pathlib
import re

TYPES = ("predict", "single", "multiple", "order", "number")
PLACES = ("predict", "section", "warmup", "quiz", "transfer")
TAGS = ("documented", "supposed")
CONFIDENCE = ("a guess", "fairly sure", "sure")


class BankError(ValueError):
    """A question bank that does not keep the schema; the text names file, place, what was found and wanted."""


def folder():
    """Where the banks are: inside the installed package, or beside `src` in a working copy."""
    package = pathlib.Path(__file__).parents[1]
    for place in (package / "data", package.parents[1] / "data"):
        if (place / "questions").is_dir():
            return place / "questions"
    raise FileNotFoundError(f"no data/questions beside {package}: the course's files are incomplete")


class Question(dict):
    """One question of a bank, as read. `asked()` is all that a page may hold before an answer is in."""

    @property
    def id(self):
        return self["id"]

    @property
    def lesson(self):
        return self["id"].split(".")[0]

    @property
    def texts(self):
        """The options' texts in the order of the page; none for a number."""
        return [option["text"] for option in self.asked()]

    @property
    def key(self):
        """What is right: an option's number (predict, single), a list of them (multiple, order), or the number."""
        if self["type"] == "number":
            return self["answer"]
        if self["type"] == "order":
            return sorted(range(len(self["shown"])), key=lambda i: self["shown"][i])
        right = [i for i, option in enumerate(self["options"]) if option.get("right")]
        return right if self["type"] == "multiple" else right[0]

    def asked(self):
        """The options as they may be shown, in the order of the page: text and sketch, nothing that tells them apart."""
        if self["type"] == "order":
            return [{"text": self["items"][i]["text"]} for i in self["shown"]]
        return [{k: option[k] for k in ("text", "sketch") if k in option} for option in self.get("options", ())]


def bank(lesson):
    """The questions of a lesson ("04"), in file order. Raises BankError; FileNotFoundError when there is no bank."""
    path = folder() / f"{lesson}.json"
    return list(_read(path, path.stat().st_mtime_ns))


def lessons():
    """The lessons that have a bank, in order: ["00", "01", ...]."""
    return sorted(path.stem for path in folder().glob("[0-9][0-9].json"))


def title(lesson):
    """The short name of a lesson, as its bank has it: "The barrier"; else "lesson 01"."""
    try:
        return json.loads((folder() / f"{lesson}.json").read_text(encoding="utf-8")).get("title") or f"lesson {lesson}"
    except (OSError, ValueError, AttributeError):
        return f"lesson {lesson}"


def written(tid):
    """A text to be written, by id ("09.text.road"): {id, heading, prompt, rubric}. Raises KeyError naming those there are."""
    path = folder() / f"{tid.split('.')[0]}.json"
    bank(tid.split(".")[0])  # checked as a whole
    texts = {t["id"]: t for t in json.loads(path.read_text(encoding="utf-8")).get("texts", [])}
    if tid not in texts:
        raise KeyError(f"no text {tid!r}; there are {', '.join(texts) or 'none'}")
    return texts[tid]


def find(qid):
    """One question by id. Raises KeyError naming those there are."""
    questions = {q.id: q for q in bank(qid.split(".")[0])}
    if qid not in questions:
        raise KeyError(f"no question {qid!r}; there are {', '.join(questions)}")
    return questions[qid]


def placed(lesson, place):
    """The questions of one place, in file order; none when the lesson has no bank."""
    try:
        return [q for q in bank(lesson) if q["place"] == place]
    except FileNotFoundError:
        return []


def leaflet():
    """The claims of the leaflet, in the order in which lesson 00 shows them."""
    path = folder() / "leaflet.json"
    return [dict(claim) for claim in _read(path, path.stat().st_mtime_ns)]


@functools.lru_cache(maxsize=64)
def _read(path, changed):
    return tuple(load(path))


def load(path):
    """Read and check one file: a list of `Question`, or of claims for leaflet.json. Raises BankError."""
    path = pathlib.Path(path)
    check = _Check(f"data/questions/{path.name}")
    try:
        whole = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=check.pairs)
    except RecursionError:
        raise BankError(f"{check.file}: nested too deep to be read") from None
    except ValueError as problem:
        raise BankError(f"{check.file}: {problem}") from None
    if path.stem == "leaflet":
        return check.claims(whole)
    check.keys("", whole, {"lesson": str, "questions": list}, {"title": str, "texts": list})
    check.texts(whole.get("texts", []), path.stem)
    if whole["lesson"] != path.stem:
        check.fail("lesson", whole["lesson"], f'"{path.stem}"')
    found, seen = [], set()
    for i, raw in enumerate(whole["questions"]):
        question = check.question(f"questions[{i}]", raw, path.stem)
        if question.id in seen:
            check.fail(f"questions[{i}].id", question.id, "an id of its own")
        seen.add(question.id)
        found.append(question)
    return found


_WRONG = {"belief": str, "tag": str}
_COMMON = {"id": str, "type": str, "place": str, "prompt": str}
_EXTRA = {"topic": str, "look_at": str, "needs_run": bool, "from_lesson": str}
_NAMES = {str: "text", list: "a list", dict: "an object", bool: "true or false", float: "a number"}


class _Check:
    """Finds the first thing wrong with a bank, and says where it is."""

    def __init__(self, file):
        self.file = file

    def fail(self, place, found, wanted):
        found = "missing" if found is None else f"found {json.dumps(found, ensure_ascii=False)[:60]}"
        raise BankError(f"{self.file}: {place + ': ' if place else ''}{found}, wanted {wanted}")

    def pairs(self, pairs):
        twice = {key for key, _ in pairs if [k for k, _ in pairs].count(key) > 1}
        if twice:
            raise ValueError(f"the key {sorted(twice)[0]!r} stands twice in one object")
        return dict(pairs)

    def keys(self, place, value, wanted, optional=None):
        """`value` is an object with these keys, of these kinds, and no others."""
        kinds = wanted | (optional or {})
        if not isinstance(value, dict):
            self.fail(place, value, "an object")
        for key in value:
            if key not in kinds:
                raise BankError(f"{self.file}: {place + '.' if place else ''}{key}: unknown key, "
                                f"wanted one of {', '.join(kinds)}")
        for key, kind in kinds.items():
            at = f"{place}.{key}" if place else key
            if key not in value:
                if key in wanted:
                    self.fail(at, None, _NAMES[kind])
                continue
            self.kind(at, value[key], kind)

    def kind(self, place, value, kind):
        number = isinstance(value, (int, float)) and not isinstance(value, bool)
        if not (number if kind is float else isinstance(value, kind)) or (kind is str and place.split(".")[-1] != "unit"
                                                                          and not value.strip()):
            self.fail(place, value, _NAMES[kind])

    def among(self, place, value, wanted):
        if value not in wanted:
            self.fail(place, value, "one of " + ", ".join(wanted))

    def texts(self, texts, lesson):
        """Prompts for answers at length, each with a rubric of two to eight lines."""
        for i, raw in enumerate(texts):
            at = f"texts[{i}]"
            self.keys(at, raw, {"id": str, "heading": str, "prompt": str, "rubric": list})
            if not re.fullmatch(rf"{re.escape(lesson)}\.text\.[a-z0-9_]+", raw["id"]):
                self.fail(f"{at}.id", raw["id"], f'"{lesson}.text.name" in a-z, 0-9 and _')
            if not 2 <= len(raw["rubric"]) <= 8 or not all(isinstance(r, str) and r.strip() for r in raw["rubric"]):
                self.fail(f"{at}.rubric", raw["rubric"], "two to eight lines of text")

    # ---- questions ----------------------------------------------------------------------------------------

    def question(self, place, raw, lesson):
        if not isinstance(raw, dict):
            self.fail(place, raw, "an object")
        self.kind(f"{place}.type", raw.get("type"), str)
        self.among(f"{place}.type", raw["type"], TYPES)
        getattr(self, f"_{raw['type']}")(place, raw)
        if not re.fullmatch(rf"{re.escape(lesson)}\.[a-z0-9_.]+", raw["id"]):
            self.fail(f"{place}.id", raw["id"], f'"{lesson}.name" in a-z, 0-9, _ and dots')
        self.among(f"{place}.place", raw["place"], PLACES[:1] if raw["type"] == "predict" else PLACES[1:])
        if "from_lesson" in raw and raw["place"] != "warmup":
            self.fail(f"{place}.from_lesson", raw["from_lesson"], "this key in warm-ups only")
        return Question(raw)

    def _predict(self, place, raw):
        self.keys(place, raw, _COMMON | {"options": list, "reveal": str},
                  _EXTRA | {"explain": dict, "take_home": str, "room": dict})
        self.options(place, raw["options"], 2, 5, {"text": str},
                     {"feedback": str, "sketch": dict}, one=True)
        if len({"sketch" in o for o in raw["options"]}) > 1:
            self.fail(f"{place}.options", "a sketch on some", "a sketch on all options, or on none")
        for i, option in enumerate(raw["options"]):
            if "sketch" in option:
                self.sketch(f"{place}.options[{i}].sketch", option["sketch"])
        if "explain" in raw:
            at = f"{place}.explain"
            self.keys(at, raw["explain"], {"prompt": str, "reasons": list, "ours": str})
            self.options(at, raw["explain"]["reasons"], 3, 3, {"text": str, "feedback": str}, _WRONG, "reasons", one=True)
        if "room" in raw:
            self.keys(f"{place}.room", raw["room"], {"likely": str, "punch": str})

    def sketch(self, place, sketch):
        self.keys(place, sketch, {"lines": list, "alt": str})
        for i, line in enumerate(sketch["lines"]):
            good = isinstance(line, list) and len(line) > 1 and all(
                isinstance(p, list) and len(p) == 2 and all(isinstance(v, (int, float)) and 0 <= v <= 1 for v in p)
                for p in line)
            if not good:
                self.fail(f"{place}.lines[{i}]", line, "two or more points [x, y] from 0 to 1")
        if not sketch["lines"]:
            self.fail(f"{place}.lines", [], "one polyline or more")

    def _single(self, place, raw):
        self.keys(place, raw, _COMMON | {"options": list, "reasoning": str}, _EXTRA)
        self.options(place, raw["options"], 2, 6, {"text": str, "feedback": str}, {}, one=raw["type"] == "single")

    _multiple = _single

    def options(self, place, options, least, most, wanted, optional, name="options", one=False):
        place = f"{place}.{name}"
        if not least <= len(options) <= most:
            self.fail(place, len(options), f"{least} to {most} of them" if least < most else f"{least} of them")
        for i, option in enumerate(options):
            right = isinstance(option, dict) and option.get("right")
            named = right or optional is _WRONG  # reasons may name their belief
            self.keys(f"{place}[{i}]", option, wanted | ({} if named else _WRONG), optional | {"right": bool} | _WRONG)
            if "tag" in option:
                self.among(f"{place}[{i}].tag", option["tag"], TAGS)
        texts = [o["text"] for o in options]
        if len(set(texts)) < len(texts):
            self.fail(place, texts, "texts that differ")
        right = sum(bool(o.get("right")) for o in options)
        if right != 1 if one else not 0 < right < len(options):
            self.fail(place, right, "exactly one right" if one else "at least one right and one wrong")

    def _order(self, place, raw):
        self.keys(place, raw, _COMMON | {"items": list, "shown": list, "feedback": dict, "reasoning": str} | _WRONG, _EXTRA)
        self.among(f"{place}.tag", raw["tag"], TAGS)
        self.keys(f"{place}.feedback", raw["feedback"], {"right": str, "wrong": str})
        for i, item in enumerate(raw["items"]):
            self.keys(f"{place}.items[{i}]", item, {"text": str})
        n = len(raw["items"])
        if not 3 <= n <= 6:
            self.fail(f"{place}.items", n, "3 to 6 of them")
        whole = all(type(number) is int for number in raw["shown"])  # JSON may hold anything here
        if not whole or sorted(raw["shown"]) != list(range(n)) or raw["shown"] == list(range(n)):
            self.fail(f"{place}.shown", raw["shown"], f"the numbers 0 to {n - 1}, each once, not in the right order")

    def _number(self, place, raw):
        self.keys(place, raw, _COMMON | {"answer": float, "tolerance": float, "unit": str, "feedback": dict,
                                         "traps": list, "reasoning": str}, _EXTRA)
        if raw["tolerance"] <= 0:
            self.fail(f"{place}.tolerance", raw["tolerance"], "a number above 0")
        self.keys(f"{place}.feedback", raw["feedback"], {"right": str, "wrong": str})
        if not raw["traps"]:
            self.fail(f"{place}.traps", raw["traps"], "one trap or more")
        for i, trap in enumerate(raw["traps"]):
            at = f"{place}.traps[{i}]"
            self.keys(at, trap, {"value": float, "feedback": str} | _WRONG, {"tolerance": float})
            self.among(f"{at}.tag", trap["tag"], TAGS)
            if abs(trap["value"] - raw["answer"]) <= raw["tolerance"] + trap.get("tolerance", raw["tolerance"]):
                self.fail(f"{at}.value", trap["value"], "a value clear of the answer's tolerance")

    def claims(self, whole):
        self.keys("", whole, {"claims": list})
        whole = whole["claims"]
        for i, claim in enumerate(whole):
            self.keys(f"claims[{i}]", claim, {"id": str, "lesson": str, "claim": str, "better": str}, {"runs": list})
            for n, run in enumerate(claim.get("runs", ())):
                self.keys(f"claims[{i}].runs[{n}]", run, {"guess": str, "asked": str})
                if not re.fullmatch(r"\d\d\.[a-z0-9_.]+", run["guess"]):
                    self.fail(f"claims[{i}].runs[{n}].guess", run["guess"], 'the id of a guess, like "04.bolus"')
            if not re.fullmatch(r"\d\d", claim["lesson"]):
                self.fail(f"claims[{i}].lesson", claim["lesson"], 'two digits, like "04"')
            if [c["id"] for c in whole[:i]].count(claim["id"]):
                self.fail(f"claims[{i}].id", claim["id"], "an id of its own")
        return whole
