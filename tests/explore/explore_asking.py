"""A small bank full of secrets, and ways to press the buttons of a panel without a page."""

import json
import re

WRONG = {"belief": "slip", "tag": "supposed"}
SECRETS = ("reveal", "feedback", "ours", "reasoning", "take_home", "likely", "punch", "better", "right", "wrong")


def prediction(name, key=1):
    options = [{"text": f"{name} option {i}", "feedback": f"SECRET {name} feedback {i}"} for i in range(3)]
    for i, option in enumerate(options):
        option.update({"right": True} if i == key else WRONG)
    reasons = [{"text": f"SECRET {name} reason {i}", "feedback": f"SECRET {name} reason feedback {i}"} for i in range(3)]
    reasons[2]["right"] = True
    return {"id": f"04.{name}", "type": "predict", "place": "predict", "topic": f"the topic of {name}", "prompt": f"{name}: where?",
            "options": options, "reveal": f"SECRET {name} reveal", "take_home": f"SECRET {name} take home",
            "explain": {"prompt": f"SECRET {name} why? Because...", "reasons": reasons, "ours": f"SECRET {name} ours"},
            "room": {"likely": f"SECRET {name} likely", "punch": f"SECRET {name} punch"}}


def asked(name, kind="single", place="quiz", lesson="04", **more):
    given = {"id": f"{lesson}.{name}", "type": kind, "place": place, "topic": name, "prompt": f"{name}: what?",
             "reasoning": f"SECRET {name} reasoning"}
    if kind in ("single", "multiple"):
        given["options"] = [{"text": f"{name} option {i}", "feedback": f"SECRET {name} feedback {i}", **WRONG} for i in range(4)]
        for i in (1, 3) if kind == "multiple" else (2,):
            given["options"][i]["right"] = True
    else:
        given["feedback"] = {"right": f"SECRET {name} right", "wrong": f"SECRET {name} wrong"}
    if kind == "order":
        given |= {"items": [{"text": f"{name} item {i}"} for i in range(3)], "shown": [2, 0, 1], **WRONG}
    if kind == "number":
        given |= {"answer": 4321, "tolerance": 3, "unit": "%",
                  "traps": [{"value": 8642, "tolerance": 3, **WRONG, "feedback": f"SECRET {name} trap"}]}
    return given | more


def bank(folder, lesson="04", questions=()):
    folder.mkdir(exist_ok=True)
    (folder / f"{lesson}.json").write_text(json.dumps({"lesson": lesson, "questions": list(questions)}), encoding="utf-8")


def sent(panel):
    """All that a page could hold of a panel, with and without Python; but for the widgets' random ids, which may hold any figure."""
    state = {k: v for k, v in panel.widget.get_state().items() if k not in ("_esm", "_css")}
    bundle = panel._repr_mimebundle_()
    said = json.dumps([state, bundle[0] if isinstance(bundle, tuple) else bundle], default=str)
    return re.sub(r"[0-9a-f]{32}", "", said)


def secrets(value):
    """Every text of a question that must not be seen before an answer."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in SECRETS and isinstance(inner, str):
                yield inner
            yield from secrets(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from secrets(inner)


def press(panel, do, **values):
    """Send what the page sends. Returns what the status line says then."""
    face = panel.widget
    face._asked(face, {"do": do, "values": values, "heard": face.heard + 1}, [])
    assert not panel.error, panel.error
    return face.said


def texts(panel):
    """All words to be seen now, in order."""
    def walk(value):
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            for inner in value.values():
                yield from walk(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from walk(inner)
    return "\n".join(walk(panel.widget.view))


def buttons(panel):
    """What can be pressed: {text: action}."""
    found = {}

    def walk(blocks):
        for block in blocks:
            if block["kind"] == "form" and block["button"]:
                found[block["button"]] = block["do"]
            for button in block.get("buttons", ()):
                found[button["text"]] = button["do"]
            walk(block.get("blocks", ()))
    walk(panel.widget.view["blocks"])
    return found
