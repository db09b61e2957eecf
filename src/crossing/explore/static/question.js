// The page's side of every panel: draws the blocks that Python sends, and sends back what was pressed. It knows no
// answers. Words are set as text, never as HTML. A block whose content has not changed is left alone, with whatever is
// half filled in; one that has is drawn anew and takes over what was filled in.

const SILENT = 'Python is not answering. Press "Start this lesson" above, or choose Run > Run All Cells. What you filled in is still here.';

// Kept by the page: each widget loads this file anew, so a counter in here would give every panel the same ids.
const serial = () => (globalThis.crossingPanels = (globalThis.crossingPanels ?? 0) + 1);

// JupyterLab looks for this mark from the focused element upwards and stops at the first that a shortcut fits, which is
// that element itself: on the root alone it is never seen, and `a`, `x` or `d d` would add and remove cells.
const MARK = "data-lm-suppress-shortcuts";
const FOCUSABLE = new Set(["input", "select", "button", "summary", "textarea", "a"]);

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
  if (FOCUSABLE.has(tag) || attributes.tabindex != null) made.setAttribute(MARK, "true");
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "class") made.className = value;
    else if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value != null) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child != null));
  return made;
}

// `code` and *emphasis*: all the markup that banks have.
function rich(words) {
  const parts = words.split(/(`[^`]+`|(?<!\w)\*[^*\s][^*]*\*(?!\w))/);
  return parts.map((part, i) => i % 2 === 0 ? document.createTextNode(part)
    : node(part[0] === "`" ? "code" : "em", {}, part.slice(1, -1)));
}

function sketch({ lines, alt }) {
  const ns = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(ns, "svg");
  for (const [name, value] of Object.entries({ viewBox: "0 0 120 72", role: "img", "aria-label": alt, class: "crossing-ask-sketch" })) {
    svg.setAttribute(name, value);
  }
  const draw = (points, look) => {
    const line = document.createElementNS(ns, "polyline");
    line.setAttribute("points", points.map(([x, y]) => `${(6 + 108 * x).toFixed(1)},${(66 - 58 * y).toFixed(1)}`).join(" "));
    line.setAttribute("class", look);
    svg.append(line);
  };
  draw([[0, 1.05], [0, 0], [1, 0]], "crossing-ask-axes");
  lines.forEach((line, i) => draw(line, i < lines.length - 1 ? "crossing-ask-before" : "crossing-ask-curve"));
  return svg;
}

// ---- fields: each gives {box, get, set, ready}; `get` is what was filled in, or null ------------------------------

function choices(field, id, kind) {
  const drawn = field.options.some((option) => option.sketch);
  const many = kind === "checkbox";
  const list = node("div", { class: `crossing-ask-options${drawn ? " crossing-ask-drawn" : field.row ? " crossing-ask-row" : ""}` });
  const inputs = field.options.map((option, i) => {
    const input = node("input", { type: kind, id: `${id}-${i}`, name: id, value: i, disabled: field.locked });
    input.checked = many ? field.value.includes(i) : field.value === i;
    const words = node("span", { class: "crossing-ask-words" },
      option.letter ? node("span", { class: "crossing-ask-letter" }, `${option.letter}  `) : null, ...rich(option.text));
    const mark = option.mark ? node("span", { class: "crossing-ask-mark" }, option.mark) : null;
    const label = node("label", { for: `${id}-${i}` }, option.sketch ? sketch(option.sketch) : null, words,
      mark ? document.createTextNode(" ") : null, mark);
    list.append(node("div", { class: `crossing-ask-option${mark ? " crossing-ask-marked" : ""}` }, input, label));
    return input;
  });
  const box = node("fieldset", { class: field.quiet ? "crossing-ask-second" : "" }, node("legend", {}, ...rich(field.legend)), list);
  const picked = () => inputs.flatMap((input, i) => (input.checked ? [i] : []));
  return {
    box,
    get: () => (many ? picked() : picked()[0] ?? null),
    set: (value) => inputs.forEach((input, i) => { input.checked = many ? value.includes(i) : i === value; }),
    first: inputs[0],
  };
}

function inOrder(field, id) {
  const names = ["First", "Second", "Third", "Fourth", "Fifth", "Sixth"];
  const selects = field.options.map((_, place) => {
    const select = node("select", { id: `${id}-${place}`, disabled: field.locked }, node("option", { value: "" }, "choose"));
    field.options.forEach((option, i) => select.append(node("option", { value: i }, option.text)));
    return select;
  });
  const set = (value) => selects.forEach((select, place) => { select.value = value[place] ?? ""; });
  set(field.value);
  const rows = selects.map((select, place) => node("div", { class: "crossing-ask-place" },
    node("label", { for: select.id }, names[place]), select));
  return {
    box: node("fieldset", {}, node("legend", {}, ...rich(field.legend)),
      node("ul", { class: "crossing-ask-items" }, ...field.options.map((option) => node("li", {}, ...rich(option.text)))), ...rows),
    get: () => (selects.some((select) => select.value) ? selects.map((select) => (select.value === "" ? null : +select.value)) : null),
    set, first: selects[0],
  };
}

function typed(field, id, numeric) {
  const input = field.long ? node("textarea", { id, disabled: field.locked, rows: 6, class: "crossing-ask-long" })
    : node("input", { type: "text", id, disabled: field.locked, autocomplete: "off",
      inputmode: numeric ? "decimal" : null, class: numeric ? "crossing-ask-number" : "crossing-ask-line" });
  input.value = field.value ?? "";
  const label = node("label", { for: id }, ...rich(field.unit ? `${field.label} (${field.unit})` : field.label));
  return {
    box: node("div", { class: numeric ? "crossing-ask-typed" : "crossing-ask-own" }, label, input),
    get: () => input.value.trim() || null,
    set: (value) => { input.value = value ?? ""; },
    first: input,
  };
}

const FIELDS = {
  one: (field, id) => choices(field, id, "radio"),
  many: (field, id) => choices(field, id, "checkbox"),
  order: inOrder,
  number: (field, id) => typed(field, id, true),
  text: (field, id) => typed(field, id, false),
};

// ---- blocks: each gives {node, drafts?, take?} ------------------------------------------------------------------

const BLOCKS = {
  text: (block) => ({
    node: node("div", { class: `crossing-ask-text crossing-ask-${block.look || "plain"}`, tabindex: block.focus ? -1 : null },
      block.label ? node("strong", {}, `${block.label} `) : null, ...rich(block.text)),
  }),

  form: (block, page) => {
    const fields = block.fields.map((field) => [field, FIELDS[field.type](field, page.id())]);
    const form = node("form", { class: "crossing-ask-form", novalidate: true }, ...fields.map(([, made]) => made.box));
    const foot = node("div", { class: "crossing-ask-foot" });
    if (block.button) foot.append(node("button", { type: "submit", class: "crossing-ask-main" }, block.button));
    if (block.note) foot.append(node("span", { class: "crossing-ask-note" }, block.note));
    if (foot.childElementCount) form.append(foot);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      page.send(block.do, Object.fromEntries(fields.map(([field, made]) => [field.name, made.get()])), form);
    });
    return {
      node: form,
      drafts: () => Object.fromEntries(fields.filter(([field]) => !field.locked).map(([field, made]) => [field.name, made.get()])),
      take: (drafts) => fields.forEach(([field, made]) => {
        if (!field.locked && drafts[field.name] != null) made.set(drafts[field.name]);
      }),
    };
  },

  buttons: (block, page) => ({
    node: node("div", { class: "crossing-ask-buttons", role: "group", "aria-label": block.label },
      ...block.buttons.map((b) => node("button", { type: "button", onclick: () => page.send(b.do, b.values) }, b.text))),
  }),

  table: (block) => {
    // Whole sentences in cells: in a narrow place each row becomes a card, and the roles keep it a table all the same.
    const wordy = block.rows.some((row) => row.some((cell, i) => i && cell.length > 60));
    const as = (role) => (wordy ? { role } : {});
    const bar = (cell) => (block.bars ? node("span", { class: "crossing-ask-bar", "aria-hidden": "true", style: `width:${parseInt(cell, 10) || 0}%` }) : null);
    const head = node("tr", as("row"), ...block.columns.map((c) => (c ? node("th", { scope: "col", ...as("columnheader") }, c) : node("td", as("cell")))));
    const rows = block.rows.map((row) => node("tr", as("row"), ...row.map((cell, i) =>
      i ? node("td", { "data-head": block.columns[i], ...as("cell") }, cell, bar(cell)) : node("th", { scope: "row", ...as("rowheader") }, ...rich(cell)))));
    return { node: node("div", { class: "crossing-ask-scroll", tabindex: 0, role: "group", "aria-label": block.caption },
      node("table", { class: wordy ? "crossing-ask-wordy" : "", ...as("table") }, node("caption", {}, block.caption),
        node("thead", as("rowgroup"), head), node("tbody", as("rowgroup"), ...rows))) };
  },

  fold: (block, page) => {
    const inside = node("div", { class: "crossing-ask-inside" });
    const made = { node: node("details", { class: "crossing-ask-fold" }, node("summary", {}, block.summary), inside) };
    const known = new Map();
    made.update = (now) => reconcile(inside, now.blocks, known, page);
    made.update(block);
    return made;
  },
};

function reconcile(parent, blocks, known, page) {
  const wanted = new Set(blocks.map((block) => block.key));
  for (const [key, old] of known) if (!wanted.has(key)) { old.node.remove(); known.delete(key); }
  let cursor = parent.firstChild;
  for (const block of blocks) {
    const said = JSON.stringify(block);
    let made = known.get(block.key);
    if (made && made.kind === block.kind && made.update) {
      if (made.said !== said) made.update(block);
    } else if (!made || made.said !== said) {
      const old = made;
      made = BLOCKS[block.kind](block, page);
      if (old) {
        if (old.drafts && made.take) made.take(old.drafts());
        if (cursor === old.node) cursor = cursor.nextSibling;
        old.node.replaceWith(made.node);
      } else if (block.focus) {
        page.fresh.push(made.node);
      }
      known.set(block.key, made);
    }
    made.said = said;
    made.kind = block.kind;
    if (made.node === cursor) cursor = cursor.nextSibling;
    else if (made.node.nextSibling !== cursor || made.node.parentNode !== parent) parent.insertBefore(made.node, cursor);
  }
}

function tell(element, words) {
  if (element.textContent !== words) element.textContent = words;
}

function render({ model, el }) {
  const base = `crossing-ask-${serial()}`;
  let ids = 0, sent = 0, mine = false, slow, silent;
  const title = node("p", { class: "crossing-ask-title", id: `${base}-title` });
  const body = node("div", { class: "crossing-ask-body" });
  const status = node("p", { class: "crossing-ask-status", role: "status" });
  const error = node("p", { class: "crossing-ask-error", role: "alert" });
  const root = node("div", { role: "group", class: "crossing-ask", [MARK]: "true",
    "aria-labelledby": `${base}-title`, tabindex: -1 }, title, body, status, error);
  el.append(root);

  // In a long panel the status line may be far from what was pressed: a copy for the eye stands there, while the live
  // regions stay where they are, since one that is moved may not be spoken.
  const near = node("p", { class: "crossing-ask-near", "aria-hidden": "true" });
  let from = null;
  const say = (said, wrong) => {
    tell(status, said);
    tell(error, wrong);
    const here = from?.isConnected && (said || wrong);
    near.textContent = wrong || said;
    near.classList.toggle("crossing-ask-bad", !!wrong);
    root.classList.toggle("crossing-ask-told", !!here);
    if (here) from.append(near); else near.remove();
  };

  const page = {
    fresh: [],
    id: () => `${base}-${ids++}`,
    send(action, values, form = null) {
      if (sent > model.get("heard") && !error.textContent) return; // pressed twice: the first is on its way
      sent = Math.max(sent, model.get("heard")) + 1;
      mine = true;
      from = form;
      say("", "");
      clearTimeout(slow); clearTimeout(silent);
      slow = setTimeout(() => say("Waiting for Python ...", ""), 1000);
      silent = setTimeout(() => say("", SILENT), 8000);
      try {
        model.send({ do: action, values, heard: sent });
      } catch {
        clearTimeout(slow); clearTimeout(silent);
        say("", SILENT);
      }
    },
  };

  const known = new Map();
  const paint = () => {
    const view = model.get("view");
    tell(title, view.title);
    page.fresh = [];
    const inside = body.contains(document.activeElement);
    reconcile(body, view.blocks, known, page);
    say(model.get("said"), model.get("error"));
    if (mine && model.get("heard") >= sent) {
      clearTimeout(slow); clearTimeout(silent);
      mine = false;
      // What was pressed may be gone. The focus goes to what has come, or stays in the panel: never to the page's top.
      const lost = inside && !body.contains(document.activeElement);
      const to = page.fresh[0] ?? (lost ? root : null);
      if (to) { to.focus({ preventScroll: true }); to.scrollIntoView({ block: "nearest" }); }
    }
    root.dispatchEvent(new CustomEvent("painted", { bubbles: true, detail: { n: model.get("n") } }));
  };
  model.on("change:n", paint);
  paint();
  return () => {
    model.off("change:n", paint);
    clearTimeout(slow); clearTimeout(silent);
  };
}

export default { render };
