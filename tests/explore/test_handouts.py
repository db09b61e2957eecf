"""What instructors get: every question with its answer, printed or for another system; a class's answers without names."""

import csv
import json
import re

import pytest
from crossing import class_export, handouts
from crossing.explore import questions

LESSONS = questions.lessons()


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_question_is_printed_with_its_key(lesson):
    said = handouts.printed(lesson)
    for question in questions.bank(lesson):
        assert f"{question.id} (" in said
        if question["type"] in ("single", "predict", "multiple"):
            part = said.split(f"{question.id} (")[1].split("Because:")[0]
            assert part.count("\n  *") == sum(bool(o.get("right")) for o in question["options"])


def unescaped(text):
    return re.sub(r"\\(.)", r"\1", text)


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_gift_of_a_lesson_says_what_its_bank_says(lesson):
    """Read back by the rules of the format: a backslash takes the meaning off ~ = # { } and :."""
    head, *blocks = handouts.gift(lesson).split("\n\n")
    assert head.startswith("$CATEGORY: ")
    blocks = [b for b in blocks if b.strip()]
    assert len(blocks) == len(questions.bank(lesson))
    for question, block in zip(questions.bank(lesson), blocks):
        name, prompt, answers = re.fullmatch(r"::(.+?)(?<!\\)::\[plain\](.+?)(?<!\\)\{\n(.+)\n\}", block, re.S).groups()
        assert unescaped(name) == question.id and unescaped(prompt).startswith(handouts.plain(question["prompt"]))
        answers, reasoning = re.split(r"\n####", answers)
        assert reasoning
        rows = answers.split("\n")
        assert not [row for row in rows if re.search(r"(?<!\\)[{}]", row)]
        if question["type"] == "number":
            assert rows[0].startswith(f"#=%100%{question['answer']:g}:{question['tolerance']:g}#") and len(rows) == 1 + len(question["traps"])
            assert question["unit"] in unescaped(prompt)
        elif question["type"] == "order":
            assert [unescaped(row.split(" -> ")[1]) for row in rows] == [handouts.plain(i["text"]) for i in question["items"]]
        elif question["type"] == "multiple":
            assert sum(float(row.split("%")[1]) for row in rows if row.startswith("~%") and "%-" not in row) == pytest.approx(100, abs=1e-3)
        else:
            signs = "".join(row[0] for row in rows)
            assert signs.index("=") == question.key and signs.count("=") == 1 and len(rows) == len(question["options"])


def test_the_commands_say_what_they_did_and_what_is_wrong(tmp_path, capsys):
    assert handouts.main(["--gift", str(tmp_path / "all.gift")]) == 0 and "questions written to" in capsys.readouterr().out
    assert handouts.main(["77"]) == 2 and "There is no lesson 77. There are 00," in capsys.readouterr().err
    assert handouts.main(["--gift", str(tmp_path / "no" / "all.gift")]) == 1 and "cannot be written" in capsys.readouterr().err
    assert handouts.main(["04"]) == 0 and "Lesson 04: Spinal infusion" in capsys.readouterr().out


# ---- a class ------------------------------------------------------------------------------------------------------


def entry(qid, kind, **payload):
    return {"id": f"{qid}{kind}", "at": 1700000000.0, "qid": qid, "kind": kind, "payload": payload}


def journal_of(folder, *entries, lesson="04"):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{lesson}.json").write_text(json.dumps({"version": 1, "lesson": lesson, "epoch": "x", "entries": list(entries)}), encoding="utf-8")


def exported(tmp_path, *folders):
    assert class_export.main([*map(str, folders), "--out", str(tmp_path / "class.csv")]) == 0
    return (tmp_path / "class.csv").read_text(encoding="utf-8"), list(csv.DictReader(open(tmp_path / "class.csv", encoding="utf-8")))


def test_a_class_is_joined_without_names_times_or_words_of_its_own(tmp_path):
    question = questions.find("04.bolus")
    wrong = next(i for i in range(len(question.texts)) if i != question.key)
    guess = entry("04.bolus", "guess", option=wrong, text=question.texts[wrong], confidence=2)
    journal_of(tmp_path / "Anna Schmidt/journal/learner-1", guess, entry("04.bolus", "reason", option=3, text="I am Anna", own="I am Anna"),
               entry("summary", "note", value="my own sentence"))
    journal_of(tmp_path / "pc7/journal/learner-2", entry("04.bolus", "guess", option=question.key, text=question.texts[question.key], confidence=0))
    journal_of(tmp_path / "pc7/journal/learner-3", entry("04.bolus", "guess", option=0, text="<an option that is gone>", confidence=0))
    text, rows = exported(tmp_path, tmp_path)
    assert not re.search("Anna|pc7|learner-|1700000000|own sentence|an option that is gone", text)
    assert {row["learner"] for row in rows} == {"1", "2", "3"} and len(rows) == 4
    (sure,) = (row for row in rows if row["confidence"] == "sure")
    assert (sure["right"], sure["belief"]) == ("False", question["options"][wrong]["belief"]) and sure["answer"] == question.texts[wrong]
    assert [row["answer"] for row in rows if row["kind"] == "reason"] == ["in own words"]


def test_tries_are_counted_and_numbers_kept(tmp_path):
    number = next(q for lesson in LESSONS for q in questions.bank(lesson) if q["type"] == "number")
    journal_of(tmp_path / "learner-1", entry(number.id, "try", answer=-7.0, texts=[], right=False), entry(number.id, "try", answer=number["answer"], texts=[], right=True),
               lesson=number.lesson)
    rows = exported(tmp_path, tmp_path)[1]
    assert [(row["try"], row["right"]) for row in rows] == [("1", "False"), ("2", "True")] and rows[0]["answer"] == "-7.0"


def test_a_damaged_journal_is_named_and_the_others_are_joined(tmp_path, capsys):
    journal_of(tmp_path / "learner-1", entry("04.bolus", "guess", option=0, text=questions.find("04.bolus").texts[0], confidence=1))
    journal_of(tmp_path / "learner-2")
    (tmp_path / "learner-2/04.json").write_text("{", encoding="utf-8")
    assert len(exported(tmp_path, tmp_path)[1]) == 1
    assert "cannot be read" in capsys.readouterr().err


def test_a_class_of_nobody_is_said(tmp_path, capsys):
    assert class_export.main([str(tmp_path / "nowhere")]) == 2 and "No such folder" in capsys.readouterr().err
    assert class_export.main([str(tmp_path)]) == 1 and "No journal was found" in capsys.readouterr().err
