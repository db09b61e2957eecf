"""Question banks: what is wrong with one is said with file and place; those that ship are worth asking."""

import copy
import json
import re

import pytest
from crossing.explore import questions

BANKS = sorted(p.stem for p in questions.folder().glob("[0-9][0-9].json"))
WRONG = {"belief": "slip", "tag": "supposed"}
TINY = {
    "lesson": "04",
    "questions": [
        {"id": "04.a", "type": "predict", "place": "predict", "topic": "t", "prompt": "Where?",
         "options": [{"text": "here", "right": True, "feedback": "f", "sketch": {"lines": [[[0, 0], [1, 1]]], "alt": "rising"}},
                     {"text": "there", **WRONG, "feedback": "f", "sketch": {"lines": [[[0, 1], [1, 0]]], "alt": "falling"}}],
         "reveal": "r", "take_home": "h", "room": {"likely": "l", "punch": "p"},
         "explain": {"prompt": "Why?", "ours": "o", "reasons": [
             {"text": "one", "right": True, "feedback": "f"}, {"text": "two", "feedback": "f"},
             {"text": "three", "feedback": "f"}]}},
        {"id": "04.b", "type": "single", "place": "quiz", "topic": "t", "needs_run": True, "look_at": "tip = T10", "prompt": "p",
         "options": [{"text": "x", "right": True, "feedback": "f"}, {"text": "y", **WRONG, "feedback": "f"}], "reasoning": "r"},
        {"id": "04.c", "type": "multiple", "place": "warmup", "from_lesson": "00", "topic": "t", "prompt": "p",
         "options": [{"text": "x", "right": True, "feedback": "f"}, {"text": "y", "right": True, "feedback": "f"},
                     {"text": "z", **WRONG, "feedback": "f"}], "reasoning": "r"},
        {"id": "04.d", "type": "order", "place": "quiz", "topic": "t", "prompt": "p", **WRONG,
         "items": [{"text": "1st"}, {"text": "2nd"}, {"text": "3rd"}], "shown": [2, 0, 1],
         "feedback": {"right": "f", "wrong": "g"}, "reasoning": "r"},
        {"id": "04.e", "type": "number", "place": "transfer", "topic": "t", "prompt": "p", "answer": 43, "tolerance": 3, "unit": "%",
         "traps": [{"value": 86, "tolerance": 3, **WRONG, "feedback": "f"}],
         "feedback": {"right": "f", "wrong": "g"}, "reasoning": "r"},
    ],
}
CLAIMS = {"claims": [{"id": "spread", "lesson": "04", "claim": "c", "better": "b"}]}


@pytest.fixture
def written(tmp_path):
    def write(bank, name="04.json"):
        path = tmp_path / name
        path.write_text(bank if isinstance(bank, str) else json.dumps(bank), encoding="utf-8")
        return path
    return write


def places(value, at=()):
    """Every place inside a bank, as a path of keys."""
    if at:
        yield at
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from places(inner, (*at, key))


def named(at):
    return re.sub(r"\.\[", "[", ".".join(f"[{k}]" if isinstance(k, int) else k for k in at))


def test_a_sound_bank_is_read(written):
    assert [q["type"] for q in questions.load(written(TINY))] == ["predict", "single", "multiple", "order", "number"]
    assert questions.load(written(CLAIMS, "leaflet.json"))[0]["id"] == "spread"


OPTIONAL = {"topic", "take_home", "room", "explain", "look_at", "needs_run", "from_lesson", "right", "sketch", "feedback",
            "tolerance", "belief", "tag"}


@pytest.mark.parametrize("at", [p for p in places(TINY) if isinstance(p[-1], str) and p[-1] not in OPTIONAL], ids=named)
def test_a_missing_key_is_named_with_its_place(written, at):
    bank = copy.deepcopy(TINY)
    inner = bank
    for key in at[:-1]:
        inner = inner[key]
    del inner[at[-1]]
    with pytest.raises(questions.BankError) as told:
        questions.load(written(bank))
    assert str(told.value).startswith(f"data/questions/04.json: {named(at)}: missing, wanted ")


def test_the_words_of_a_missing_feedback(written):
    bank = copy.deepcopy(TINY)
    del bank["questions"][1]["options"][1]["feedback"]
    with pytest.raises(questions.BankError) as told:
        questions.load(written(bank))
    assert str(told.value) == "data/questions/04.json: questions[1].options[1].feedback: missing, wanted text"


@pytest.mark.parametrize("value", [None, 0, -1.5, 10**400, "", " ", "x", True, [], {}, [[]], [None], {"x": 1}], ids=repr)
def test_whatever_stands_anywhere_is_read_or_refused_in_words(written, value):
    """No place in a bank at which a wrong value gives another exception than `BankError`."""
    for whole, name in ((TINY, "04.json"), (CLAIMS, "leaflet.json")):
        for at in places(whole):
            bank = copy.deepcopy(whole)
            inner = bank
            for key in at[:-1]:
                inner = inner[key]
            inner[at[-1]] = value
            try:
                questions.load(written(bank, name))
            except questions.BankError as told:
                assert f"data/questions/{name}: " in str(told), named(at)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "17", '"x"', '{"lesson": "04"}', '{"lesson": "04", "lesson": "04"}',
                                  '{"lesson": "04", "questions": [NaN]}', "[" * 100000, "\ufeff{}"])
def test_a_file_that_is_no_bank(written, text):
    for name in ("04.json", "leaflet.json"):
        with pytest.raises(questions.BankError, match=f"data/questions/{name}: "):
            questions.load(written(text, name))


def test_bytes_that_are_no_text(tmp_path):
    (tmp_path / "04.json").write_bytes(b"\xff\xfe{")
    with pytest.raises(questions.BankError, match="04.json"):
        questions.load(tmp_path / "04.json")


@pytest.mark.parametrize("change, words", [
    (lambda q: q[0]["options"][1].pop("belief"), r"questions\[0\].options\[1\].belief: missing"),
    (lambda q: q[0]["options"][1].update(right=True), r"exactly one right"),
    (lambda q: q[1]["options"][0].pop("right"), r"questions\[1\].options"),
    (lambda q: q[0]["explain"]["reasons"][1].update(right=True), r"questions\[0\].explain.reasons: .*one right"),
    (lambda q: q[1].update(colour="red"), r"questions\[1\].colour: unknown key"),
    (lambda q: q[1].update(id="04.a"), r"questions\[1\].id: "),
    (lambda q: q[1].update(id="05.b"), r"questions\[1\].id: "),
    (lambda q: q[3].update(shown=[0, 1, 2]), r"questions\[3\].shown: "),
    (lambda q: q[4]["traps"][0].update(value=44), r"questions\[4\].traps\[0\].value: "),
    (lambda q: q[1]["options"][1].update(tag="heard"), r"questions\[1\].options\[1\].tag: "),
])
def test_what_contradicts_itself_is_refused(written, change, words):
    bank = copy.deepcopy(TINY)
    change(bank["questions"])
    with pytest.raises(questions.BankError, match=words):
        questions.load(written(bank))


def test_an_unknown_question_names_those_there_are():
    with pytest.raises(KeyError, match="04.bolus"):
        questions.find("04.no_such_question")


# ---- the banks that ship ------------------------------------------------------------------------------------------


def chosen(question):
    """(options, right one) lists in which somebody could find the key by its looks."""
    if question["type"] in ("predict", "single"):
        yield question["options"]
    if "explain" in question:
        yield question["explain"]["reasons"]


def texts(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from texts(inner)


def test_there_are_banks_and_eight_claims():
    assert BANKS and len(questions.leaflet()) == 8


@pytest.mark.parametrize("lesson", BANKS)
def test_the_key_is_the_longest_option_in_at_most_a_third(lesson):
    asked = [options for q in questions.bank(lesson) for options in chosen(q)]
    longest = [o for o in asked if max(o, key=lambda x: len(x["text"])).get("right")
               and [len(x["text"]) for x in o].count(max(len(x["text"]) for x in o)) == 1]
    assert len(longest) <= max(1, len(asked) / 3), [next(x["text"] for x in o if x.get("right")) for o in longest]


@pytest.mark.parametrize("lesson", BANKS)
def test_no_place_holds_more_than_half_of_the_keys(lesson):
    keys = [q.key for q in questions.bank(lesson) if q["type"] in ("predict", "single")]
    if len(keys) >= 6:
        assert max(keys.count(k) for k in set(keys)) <= len(keys) / 2, keys


@pytest.mark.parametrize("lesson", BANKS)
def test_options_are_about_equally_long(lesson):
    far = []
    for question in questions.bank(lesson):
        for options in (*chosen(question), *([question["options"]] if question["type"] == "multiple" else [])):
            lengths = [len(o["text"]) for o in options]
            if min(lengths) > 20 and max(lengths) > 1.4 * min(lengths):
                far.append((question.id, lengths))
    assert not far


@pytest.mark.parametrize("lesson", BANKS)
def test_no_option_speaks_of_the_others(lesson):
    for question in questions.bank(lesson):
        for option in (*question.get("options", ()), *question.get("explain", {}).get("reasons", ())):
            assert not re.search(r"\b(all|none|both|neither) of (these|the above|the others)\b", option["text"], re.I), question.id


@pytest.mark.parametrize("lesson", BANKS)
def test_every_distractor_names_a_belief_and_every_option_answers(lesson):
    for question in questions.bank(lesson):
        for wrong in (*(o for o in question.get("options", ()) if not o.get("right")), *question.get("traps", ()),
                      *([question] if question["type"] == "order" else [])):
            assert wrong["belief"].strip() and wrong["tag"] in questions.TAGS, question.id
        for option in (*question.get("options", ()), *question.get("explain", {}).get("reasons", ())):
            assert option["feedback"].strip(), question.id


@pytest.mark.parametrize("lesson", BANKS)
def test_a_quiz_has_two_questions_that_need_a_run(lesson):
    quiz = questions.placed(lesson, "quiz")
    if quiz:
        assert len(quiz) >= 5
        assert sum(bool(q.get("needs_run")) for q in quiz) >= 2


@pytest.mark.parametrize("lesson", [*BANKS, "leaflet"])
def test_no_word_labels_the_learner(lesson):
    whole = questions.leaflet() if lesson == "leaflet" else questions.bank(lesson)
    label = re.compile(r"\b(you are|you're|you were) (\w+ly )?(wrong|mistaken|confused|not ready|bad|poor|weak|slow)\b|"
                       r"\byou (failed|misunderstood|should have)\b|\byour (mistake|error|misconception)\b", re.I)
    for words in texts(whole):
        assert not label.search(words), words


@pytest.mark.parametrize("lesson", BANKS)
def test_what_a_page_may_hold_tells_no_option_from_another(lesson):
    for question in questions.bank(lesson):
        assert all(set(option) <= {"text", "sketch"} for option in question.asked())
        if question["type"] == "order":
            assert question.texts != [item["text"] for item in question["items"]]
