"""Panels driven as a page drives them: messages in, what is synced to the page out."""

import json
import pathlib

BANK = pathlib.Path(__file__).parent / "sample_bank"


class Page:
    """What a page holds of one panel: the widget's synced state, and the buttons that send."""

    def __init__(self, panel):
        self.panel, self.face, self.sent = panel, panel.widget, 0

    def press(self, do, **values):
        """Press a button as the page does; returns the status line (or the error line)."""
        self.sent += 1
        content = {"do": do, "values": json.loads(json.dumps(values)), "heard": self.sent}
        self.face._handle_msg({"content": {"data": {"method": "custom", "content": content}}, "buffers": []})
        assert self.face.heard == self.sent, "the page would say that Python does not answer"
        return self.face.said or self.face.error

    @property
    def state(self):
        """Everything that was sent to the page, as one text."""
        return json.dumps({k: v for k, v in self.face.get_state().items() if k not in ("_esm", "_css")}, ensure_ascii=False)

    @property
    def texts(self):
        """The words of the text blocks, those in folds too."""
        return [b["text"] for b in self.blocks() if b["kind"] == "text"]

    def blocks(self, blocks=None):
        for block in self.face.view["blocks"] if blocks is None else blocks:
            yield block
            yield from self.blocks(block.get("blocks", []))

    def block(self, key):
        return next(b for b in self.blocks() if b["key"] == key)

    def field(self, key, name):
        return next(f for f in self.block(key)["fields"] if f["name"] == name)

    def static(self):
        """What is stored in the notebook, as one text."""
        data, _ = self.panel._repr_mimebundle_()
        return data["text/html"] + data["text/plain"]
