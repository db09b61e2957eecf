"""A page as Python sees it, without a page: what it sends, and what comes back."""


class Wire:
    """Stands for the connection to a page and keeps what is sent."""

    kernel = True
    comm_id = "wire"

    def __init__(self):
        self.sent = []

    def on_msg(self, callback):
        pass

    def send(self, data=None, metadata=None, buffers=None):
        self.sent.append(data)

    def close(self, *args, **kwargs):
        pass


class Page:
    """A page as Python sees it: it sends positions and button presses, and reads what comes back."""

    def __init__(self, chart):
        self.chart, self.view, self.wire = chart, chart.widget, Wire()
        self.state = {k: v for k, v in self.view.get_state().items() if not k.startswith("_")}
        self.view.comm = self.wire
        self.n = 0

    def _take(self):
        got, self.wire.sent = self.wire.sent, []
        updates = [m["state"] for m in got if m["method"] == "update"]
        for state in updates:
            self.state |= state
        return updates

    def move(self, **positions):
        self.n += 1
        old = {k: v for k, v in self.state["values"].items() if k != "#"}
        self.state["values"] = old | positions | {"#": self.n}
        self.view._handle_msg({"content": {"data": {"method": "update", "state": {"values": self.state["values"]},
                                                    "buffer_paths": []}}, "buffers": []})
        return self._take()

    def press(self, do, **more):
        self.n += 1
        content = {"do": do, "heard": self.n, **more}
        self.view._handle_msg({"content": {"data": {"method": "custom", "content": content}}, "buffers": []})
        return self._take()

    def python(self, action):
        action()
        return self._take()
