// The bar above a lesson.  Only elements and words; nothing of JupyterLab.

const WORDS = {
  asleep: { button: "Start this lesson", text: "These are saved pictures.", more: "Start, and the charts follow your hand." },
  starting: { button: "Starting", text: "Starting", more: "" },
  live: { button: "Start again", text: "Live.", more: "The charts follow your hand." },
  stopped: { button: "Start again", text: "Stopped at a cell that reports an error.", more: "" },
  gone: { button: "Start this lesson", text: "Python has stopped.", more: "Start, and the charts move again." },
};

function element(tag, className, attributes = {}) {
  const node = Object.assign(document.createElement(tag), { className });
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}

export class Bar {
  /** `waiting`: what to say while the first cell waits for Python, where that takes long. */
  constructor(waiting) {
    this.waiting = waiting;
    this.node = element("div", "crossing-bar", { role: "region", "aria-label": "This lesson" });
    this.start = element("button", "crossing-bar-start", { type: "button" });
    this.text = element("span", "crossing-bar-text");
    this.more = element("span", "crossing-bar-more");
    this.meter = element("progress", "crossing-bar-meter", { "aria-label": "Cells started" });
    this.find = element("button", "crossing-bar-find", { type: "button" });
    this.find.textContent = "Show the cell";
    this.present = element("button", "crossing-bar-present", { type: "button" });
    this.present.textContent = "Present…";
    // Read aloud once a change of state, not once a cell.
    this.aloud = element("span", "crossing-bar-aloud", { role: "status" });
    const words = element("span", "crossing-bar-words");
    words.append(this.text, " ", this.more);
    this.row = element("div", "crossing-bar-row");
    this.row.append(this.start, this.meter, words, this.find, this.present, this.aloud);
    this.node.append(this.row);
    this.show({ name: "asleep" });
  }

  /** `state`: {name: one of WORDS, done, of}. */
  show(state) {
    const words = WORDS[state.name];
    const starting = state.name === "starting";
    this.node.dataset.state = state.name;
    this.start.textContent = words.button;
    // Not `disabled`: the button would lose the keyboard's focus in the middle of its own work.
    this.start.setAttribute("aria-disabled", String(starting));
    this.meter.hidden = !starting;
    if (starting) {
      this.meter.max = state.of;
      this.meter.value = state.done;
    }
    const begun = starting && (state.done || !this.waiting);
    this.text.textContent = begun ? `Starting … ${state.done} of ${state.of}` : starting ? this.waiting : words.text;
    this.more.textContent = words.more;
    this.find.hidden = state.name !== "stopped";
    if (this.said !== undefined && this.said !== state.name) this.aloud.textContent = words.text;
    this.said = state.name;
  }
}
