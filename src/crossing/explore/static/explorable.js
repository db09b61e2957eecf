// The page's side of an explorable chart. It holds no state of its own: everything is drawn from the model, so that
// a second view (slides, "new view for output") looks like the first.

// Kept by the page: each widget loads this file anew, so a counter in here would give every chart the same ids.
const serial = () => (globalThis.crossingCharts = (globalThis.crossingCharts ?? 0) + 1);

// Setting a live region to what it says already may have it spoken again.
function tell(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

const FOCUSED = new Set(["input", "button", "select", "textarea", "summary", "a"]);

// Keys with Ctrl or Cmd (save, command palette) belong to JupyterLab even while a control of ours has the focus: the
// marks step aside for that one key. On the window, which hears a key before the lab's own listener on the document.
if (!globalThis.crossingKeys) {
  globalThis.crossingKeys = true;
  window.addEventListener("keydown", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    const aside = [];
    for (let one = event.target; one instanceof Element; one = one.parentElement) {
      if (one.hasAttribute("data-lm-suppress-shortcuts")) aside.push(one);
    }
    aside.forEach((one) => one.removeAttribute("data-lm-suppress-shortcuts"));
    setTimeout(() => aside.forEach((one) => one.setAttribute("data-lm-suppress-shortcuts", "true")));
  }, true);
}

function node(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  // JupyterLab takes arrow keys and letters from whatever has the focus, unless that very element carries this mark:
  // on an ancestor it is too late, since the lab's `:focus` selectors match the element first.
  if (FOCUSED.has(tag)) made.setAttribute("data-lm-suppress-shortcuts", "true");
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "class") made.className = value;
    else if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value != null) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child != null));
  return made;
}

// Python answers every request with the number it carried. No answer for a second: say so; for eight: say what to do.
function watch(model, say) {
  let sent = 0, slow, silent;
  const settle = () => {
    if (model.get("heard") >= sent) { clearTimeout(slow); clearTimeout(silent); say(""); }
  };
  model.on("change:heard", settle);
  const next = () => {
    sent = Math.max(sent, model.get("heard")) + 1;
    clearTimeout(slow); clearTimeout(silent);
    say("sent");
    slow = setTimeout(() => say("busy"), 1000);
    silent = setTimeout(() => say("silent"), 8000);
    return sent;
  };
  return { next, stop: () => { model.off("change:heard", settle); clearTimeout(slow); clearTimeout(silent); } };
}

function range(control, id, send) {
  const last = control.words.length - 1;
  const input = node("input", { type: "range", id, min: 0, max: last, step: 1 });
  // Seen only: the range itself says its value, and an <output> is a live region that would say it at every step too.
  // Its longest values stand unseen in the same place (the style sheet writes them), so that what is below never moves.
  const longest = [...new Set(control.words)].sort((a, b) => b.length - a.length).slice(0, 5);
  const value = node("span");
  const output = node("span", { class: "crossing-value", "aria-hidden": "true" },
    value, ...longest.map((words) => node("span", { "data-room": words })));
  const show = (position) => {
    input.value = position;
    input.setAttribute("aria-valuetext", control.words[position]);
    value.textContent = control.words[position];
  };
  input.addEventListener("input", () => { stop(); show(+input.value); send(+input.value); });
  const row = node("div", { class: "crossing-row" }, input);
  let stop = () => {};
  if (control.play) {
    const still = matchMedia("(prefers-reduced-motion: reduce)");
    let timer = null;
    const button = node("button", { type: "button", class: "crossing-play" }, "\u25b6\ufe0e Play");
    const label = (playing) => {
      button.textContent = playing ? "\u23f8\ufe0e Pause" : still.matches ? "\u25b6\ufe0e Step" : "\u25b6\ufe0e Play";
      button.setAttribute("aria-label", `${button.textContent.slice(3)}: ${control.label}`);
    };
    stop = () => { clearInterval(timer); timer = null; label(false); };
    const move = (by) => {
      const at = Math.min(last, +input.value + by);
      show(at); send(at);
      if (at >= last) stop();
    };
    button.addEventListener("click", () => {
      if (timer) return stop();
      if (+input.value >= last) { show(0); send(0); }
      if (still.matches) return move(Math.max(1, Math.round(last / 12)));
      label(true);
      timer = setInterval(() => move(1), Math.max(60, 8000 / last));
    });
    input.addEventListener("pointerdown", () => stop());
    label(false);
    row.append(button);
  }
  const label = node("label", { for: id }, control.label);
  const box = node("div", { class: "crossing-control" }, node("div", { class: "crossing-head" }, label, output), row);
  return { box, show, stop: () => stop() };
}

function choice(control, id, send) {
  const box = node("fieldset", { class: "crossing-control crossing-choice" }, node("legend", {}, control.label));
  const inputs = control.words.map((words, i) => {
    const input = node("input", { type: "radio", name: id, id: `${id}-${i}`, value: i });
    input.addEventListener("change", () => send(i));
    box.append(node("span", {}, input, node("label", { for: `${id}-${i}` }, words)));
    return input;
  });
  return { box, show: (position) => { if (inputs[position]) inputs[position].checked = true; }, stop() {} };
}

function toggle(control, id, send) {
  const input = node("input", { type: "checkbox", id });
  input.addEventListener("change", () => send(input.checked ? 1 : 0));
  const box = node("div", { class: "crossing-control crossing-switch" }, input, node("label", { for: id }, control.label));
  return { box, show: (position) => { input.checked = !!position; }, stop() {} };
}

const MAKERS = { range, choice, switch: toggle };

function behindChart(model, ask) {
  const table = node("div"), sources = node("div");
  const more = node("details", { class: "crossing-behind" }, node("summary", {}, "Numbers and sources"), table, sources);
  more.addEventListener("toggle", () => { if (more.open) ask({ do: "behind" }); });
  let later;
  const show = () => {
    const found = model.get("behind");
    clearTimeout(later);
    // Each step empties the table. While a hand drags the old one stays; the new one is asked for once, afterwards.
    if (!found.columns) { if (more.open) later = setTimeout(() => ask({ do: "behind" }), 250); return; }
    table.replaceChildren();
    sources.replaceChildren();
    if (found.later) table.append(node("p", { class: "crossing-caption" }, found.later));
    if (found.columns.length) {
      const head = node("tr", {}, ...found.columns.map((c) => node("th", { scope: "col" }, c)));
      const body = found.rows.map((row) => node("tr", {}, ...row.map((cell, i) =>
        i ? node("td", {}, cell) : node("th", { scope: "row" }, cell))));
      const scroll = node("div", { class: "crossing-scroll", tabindex: 0, "data-lm-suppress-shortcuts": "true", role: "group", "aria-label": `Numbers: ${model.get("face").title}` },
        node("table", {}, node("caption", {}, "The numbers in this chart, now"), node("thead", {}, head), node("tbody", {}, ...body)));
      table.append(scroll);
    }
    if (found.sources && found.sources.length) {
      sources.append(node("p", { class: "crossing-caption" }, "The facts it stands on"));
      sources.append(node("ul", {}, ...found.sources.map((fact) => {
        const item = node("li", {}, `${fact.what}: ${fact.value}. `);
        if (fact.url) item.append(node("a", { href: fact.url, target: "_blank", rel: "noopener" }, fact.paper || fact.url));
        else if (fact.paper) item.append(fact.paper);
        if (fact.search) item.append(" ", node("a", { href: fact.search, target: "_blank", rel: "noopener" }, "(search PubMed)"));
        if (fact.remark) item.append(` (${fact.remark})`);
        return item;
      })));
    }
  };
  return { more, show, stop: () => clearTimeout(later) };
}

// Room for the longest sentence that a chart may say, so that nothing below moves when a shorter one comes. Slides have a place of their own for it.
const SAMPLE = "at the tip of the catheter the level is 0.25 of what it was before, and half of it is gone after 12 h; ".repeat(5);
function keepRoom(words, length) {
  if (document.documentElement.dataset.slides || !words.clientWidth) return;
  const probe = node("p", { class: words.className, "aria-hidden": "true", style: "position: absolute; visibility: hidden; min-height: 0" }, SAMPLE.slice(0, length));
  probe.style.width = `${words.clientWidth}px`;
  words.after(probe);
  words.style.minHeight = `${probe.offsetHeight}px`;
  probe.remove();
}

// How many characters a comparison with a pinned run commonly adds. One that is longer makes room once and keeps it.
const COMPARED = 170;
function keepAtLeast(words) {
  if (!document.documentElement.dataset.slides && words.offsetHeight > parseFloat(words.style.minHeight)) words.style.minHeight = `${words.offsetHeight}px`;
}

function savePicture(model, host) {
  const svg = host.shadowRoot.querySelector("svg").cloneNode(true);
  const [, , width, height] = svg.getAttribute("viewBox").split(" ");
  svg.setAttribute("width", width);
  svg.setAttribute("height", height);
  // Colours of the page's theme are variables: a file has no page, so the plain colour in each `var(..., #hex)` stays.
  const text = new XMLSerializer().serializeToString(svg).replace(/var\(--crossing-\w+,\s*(#[0-9a-f]{6})\)/g, "$1");
  const link = node("a", { href: URL.createObjectURL(new Blob([text], { type: "image/svg+xml" })),
    download: `${model.get("face").title.replace(/\W+/g, "-").toLowerCase()}.svg` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

function render({ model, el }) {
  const face = model.get("face");
  const base = `crossing-${serial()}`;
  const root = node("div", { class: "crossing crossing-explorable", role: "group", "data-lm-suppress-shortcuts": "true", "aria-labelledby": `${base}-title` });
  const status = node("p", { class: "crossing-status", role: "status" });
  const busy = node("p", { class: "crossing-busy", role: "alert" });
  const line = watch(model, (state) => {
    root.classList.toggle("crossing-waiting", state === "busy");
    root.toggleAttribute("data-asked", state !== "");  // for whoever tests: an answer is on its way
    tell(busy, state === "silent"
      ? "Python is not answering, so the chart does not follow. " + (document.documentElement.dataset.slides
        ? "Load this page again (F5): the slides come back where they were." : "Start the lesson again with the button at the top.") : "");
  });

  // Controls: positions go out, the last value wins (ipywidgets itself holds back what Python cannot take yet).
  const send = (name, position) => {
    const { "#": _, ...values } = model.get("values");
    model.set("values", { ...values, [name]: position, "#": line.next() });
    model.save_changes();
  };
  const ask = (what) => model.send({ ...what, heard: line.next() });
  const press = (what) => { controls.forEach(([, made]) => made.stop()); ask(what); };
  const controls = face.controls.map((control) =>
    [control.name, MAKERS[control.kind](control, `${base}-${control.name}`, (position) => send(control.name, position)), control]);
  const front = controls.filter(([, , c]) => !c.more).map(([, made]) => made.box);
  const folded = controls.filter(([, , c]) => c.more).map(([, made]) => made.box);
  const panel = node("div", { class: "crossing-controls" }, ...front);
  const presets = face.presets.map((name) => node("button", { type: "button", class: "crossing-preset", onclick: () => press({ do: "preset", name }) }, name));
  const buttons = node("div", { class: "crossing-buttons" }, ...presets);
  const pin = node("button", { type: "button", onclick: () => ask({ do: model.get("pinned") ? "unpin" : "pin" }) }, "Pin this run");
  buttons.append(pin, node("button", { type: "button", onclick: () => press({ do: "reset" }) }, "Reset"));

  // The chart, in a shadow root: ids and styles of one chart must not meet those of another.
  const host = node("div", { class: "crossing-chart", role: "img", "aria-labelledby": `${base}-title`, "aria-describedby": `${base}-words` });
  const shadow = host.attachShadow({ mode: "open" });
  const veil = node("div", { class: "crossing-veil" }, node("p", {}, "Commit your guess above, and the answer appears here."));
  const guess = node("p", { class: "crossing-guess" });
  const words = node("p", { class: "crossing-words", id: `${base}-words` });
  const error = node("p", { class: "crossing-error", role: "alert" });
  const behind = behindChart(model, ask);
  const save = node("button", { type: "button", class: "crossing-plain", onclick: () => savePicture(model, host) }, "Save the picture");

  root.append(node("p", { class: "crossing-title", id: `${base}-title` }, face.title), panel);
  const more = node("details", { class: "crossing-more" }, node("summary", {}, "More controls"), node("div", { class: "crossing-controls" }, ...folded));
  root.append(more, buttons, node("div", { class: "crossing-stage" }, host, veil), guess, words, error, busy, status,
    node("div", { class: "crossing-foot" }, behind.more, save));
  el.append(root);

  let svg = null, groups = {}, shown = {}, quiet, said = "", compared = false;
  const room = () => { compared = model.get("pinned"); keepRoom(words, face.longest + (compared ? COMPARED : 0)); };
  const paint = () => {
    if (model.get("svg") !== svg) {
      svg = model.get("svg");
      shadow.innerHTML = `<style>:host{display:block}svg{display:block;width:100%;height:auto;max-height:var(--crossing-tall,none)}</style>${svg}`;
      groups = {}; shown = {};
    }
    const parts = model.get("parts"), ghosts = model.get("ghosts");
    for (const [slot, part] of Object.entries(parts)) {
      const whole = (ghosts[slot] ? `<g class="ghost" opacity="0.42">${ghosts[slot]}</g>` : "") + part;
      if (shown[slot] === whole) continue;
      groups[slot] = groups[slot] || shadow.getElementById(`live-${slot}`);
      if (groups[slot]) groups[slot].innerHTML = whole;
      shown[slot] = whole;
    }
    const values = model.get("values");
    for (const [name, made] of controls) if (name in values) made.show(values[name]);
    const veiled = model.get("veiled");
    veil.hidden = !veiled;
    // Names of presets and of the lesser controls may tell what the guess is about.
    for (const preset of presets) preset.hidden = veiled;
    more.hidden = veiled || !folded.length;
    words.textContent = model.get("words");
    if (compared !== model.get("pinned")) room();
    if (compared) keepAtLeast(words);
    guess.hidden = !model.get("guess");
    guess.textContent = model.get("guess") ? `Your guess: ${model.get("guess")}` : "";
    tell(error, model.get("error"));
    pin.disabled = veiled;
    pin.textContent = model.get("pinned") ? "Unpin" : "Pin this run";
    behind.show();
    // While a hand drags, the caption changes silently; it is spoken once, when it has stood still.
    clearTimeout(quiet);
    const now = model.get("words");
    if (said && now !== said) quiet = setTimeout(() => { status.textContent = now; said = now; }, 800);
    else said = said || now;
    host.dispatchEvent(new CustomEvent("painted", { bubbles: true, detail: { n: model.get("n") } }));
  };

  // Values set by Python reach the controls through `n`; values still on their way from the hand are not undone.
  model.on("change:n", paint);
  model.on("change:behind", behind.show);
  paint();

  // Narrow pages get a narrow layout, once, not a shrunken wide one, and slides one with large type. A hidden view has no width
  // and decides nothing.
  let layout = "wide";
  const lay = (now) => {
    if (now !== layout) ask({ do: "layout", layout: now });
    layout = now;
  };
  const inRoom = () => host.closest(".reveal");
  const size = new ResizeObserver(([entry]) => {
    const width = entry.contentRect.width;
    if (!width) return;
    room();
    lay(inRoom() ? "room" : width < 480 ? "narrow" : "wide");
  });
  requestAnimationFrame(() => inRoom() && lay("room")); // slides to come have no width as yet
  size.observe(host);

  return () => {
    model.off("change:n", paint);
    model.off("change:behind", behind.show);
    line.stop();
    size.disconnect();
    behind.stop();
    clearTimeout(quiet);
    controls.forEach(([, made]) => made.stop());
  };
}

export default { render };
