// Slides of a lesson: reveal.js around cells that Voila has run.  See README.md beside this folder.
(() => {
  const WIDE = 1280, HIGH = 720, FOOT = 38; // the foot holds place and section
  // Smaller than this a slide scrolls instead.  A chart must be seen whole; questions must be read from the last row.
  const smallest = (body) => (body.querySelector(".crossing-explorable") ? 0.5 : 0.7);

  // Voila shows the page when the cells have run and its theme is there, and may say so more than once.
  const show = window.display_cells;
  let begun = false;
  window.display_cells = window.voila_finish = () => {
    show();
    if (begun || document.getElementById("loading")) return;
    begun = true;
    begin();
  };

  window.voila_process = (done, of) => {
    const text = document.getElementById("loading_text");
    if (text) text.textContent = `Starting the lesson … ${done} of ${of}`;
  };

  function begin() {
    placeNotes();
    nameSections();
    // A swipe over a chart moves its slider, not the slide.
    document.querySelectorAll(".jp-OutputArea").forEach((node) => node.setAttribute("data-prevent-swipe", ""));
    Reveal.initialize({
      width: WIDE, height: HIGH, margin: 0.02, minScale: 0.2, maxScale: 3, center: false,
      hash: true, progress: true, slideNumber: place, transition: "none", backgroundTransition: "none",
      keyboardCondition: (event) => !keepsKey(document.activeElement, event.key),
      // Right, left and a clicker take the short way, from vote to chart to vote; space and down pass through everything.
      keyboard: { 39: () => Road.next(), 37: () => Road.prev(), 34: () => Road.next(), 33: () => Road.prev(), 78: () => Road.next(), 72: null },
    }).then(() => {
      fitEverySlide();
      // A column is always entered at its top, also when it was left further down.
      Reveal.on("slidechanged", () => document.querySelectorAll(".stack").forEach((stack) => stack.removeAttribute("data-previous-indexv")));
      Road.attach();
      Speaker.attach(Reveal, Road);
      document.documentElement.dataset.slides = "ready";
    });
    window.addEventListener("keydown", leaveControl, true);
  }

  const lastOf = (node) => [...(node?.children ?? [])].filter((child) => child.tagName !== "SCRIPT").pop();

  // Notes stand before what they belong to: at the end of a slide they are the next one's, and stay until new ones come.
  function placeNotes() {
    const bodies = [...document.querySelectorAll(".slides > section > section > .slide-body")];
    bodies.forEach((body, index) => {
      let last = lastOf(body);
      if (last?.matches(".fragment")) last = lastOf(last); // a fragment stays open until its slide ends
      if (index + 1 < bodies.length && last?.matches("aside.notes")) bodies[index + 1].prepend(last);
    });
    let notes = null;
    for (const body of bodies) {
      const own = body.querySelector("aside.notes");
      own?.querySelectorAll("details").forEach((folded) => (folded.open = true));
      if (own) notes = own;
      else if (notes) body.append(notes.cloneNode(true));
    }
  }

  // Every slide knows the section it belongs to: the last heading of the second rank before it.
  function nameSections() {
    let name = "";
    for (const body of document.querySelectorAll(".slide-body")) {
      const heading = body.querySelector(".jp-RenderedMarkdown h2");
      if (heading) name = heading.textContent.replace("\u00b6", "").trim();
      body.dataset.section = name;
    }
  }

  // "3 / 12" on the short way, "3.2 / 12" below it, and the section's name.
  function place(slide) {
    const { h, v } = Reveal.getIndices(slide);
    const all = document.querySelectorAll(".slides > section").length;
    const name = slide?.querySelector(".slide-body")?.dataset.section;
    return [`${h + 1}${v ? "." + (v + 1) : ""} / ${all}${name ? "\u2003" + name : ""}`];
  }

  // Draw a slide as large as it fits.  Watched, because words come and go: a guess unveils a chart, a fold opens.
  function fitEverySlide() {
    const watch = new ResizeObserver((changes) => changes.forEach(({ target }) => fit(target)));
    document.querySelectorAll(".slide-body").forEach((body) => watch.observe(body));
  }

  // The width inside stays that of a slide (see the style sheet), so lines break alike at every size and the height
  // simply follows.  A chart gives way first: its picture, not its words.
  function fit(body) {
    const size = Number(body.style.zoom || 1);
    const natural = body.getBoundingClientRect().height / Reveal.getScale() / size;
    if (!natural) return; // far from the current slide, so not laid out
    const chart = body.querySelector(".crossing-explorable");
    if (chart && natural > HIGH - FOOT + 1 && fitChart(body, chart, natural - (HIGH - FOOT))) {
      requestAnimationFrame(() => fit(body)); // what gave way may have changed nothing that is watched
      return;
    }
    const wanted = Math.max(smallest(body), Math.min(1, (HIGH - FOOT) / natural));
    if (wanted < size || wanted > size + 0.1) body.style.zoom = wanted.toFixed(3); // a line more or less: leave it
    body.parentElement.classList.toggle("scrolls", natural * wanted > HIGH - FOOT + 1);
  }

  // The row that holds controls and picture gets what the words leave.  Where the controls need more, the buttons go (keys P, R and
  // 1 to 9 still press them), and then the controls get a wider column.  False: nothing left to give.
  function fitChart(body, chart, over) {
    const tall = Number(body.dataset.tall || 560);
    const high = (name) => chart.querySelector(name)?.offsetHeight ?? 0;
    const beside = high(".crossing-title") + high(":scope > .crossing-controls") + high(".crossing-more") + high(".crossing-buttons");
    const room = Math.floor(Math.max(high(".crossing-stage"), beside) - over - 2);
    const next = ["tight", "tighter"].find((one) => !chart.classList.contains(one));
    if (beside > room && next) {
      chart.classList.add(next);
      return true;
    }
    const now = Math.max(360, Math.min(tall, room));
    if (now >= tall) return false;
    body.dataset.tall = now;
    chart.style.setProperty("--crossing-tall", `${now}px`);
    return true;
  }

  // ---- keys

  function inControl(node) {
    return node?.closest?.("input, select, textarea, [contenteditable=true]");
  }

  // A button or a fold takes space and enter; a field or slider takes everything.
  function keepsKey(node, key) {
    if (inControl(node)) return true;
    return (key === " " || key === "Enter") && Boolean(node?.closest?.("button, summary, a[href]"));
  }

  // From inside a control: a clicker (page up, page down) still moves on, and Esc gives the keys back to the slides.
  function leaveControl(event) {
    const control = inControl(document.activeElement);
    if (!control || control.matches("textarea")) return;
    const move = { PageDown: () => Road.next(), PageUp: () => Road.prev(), Escape: () => {} }[event.key];
    if (!move) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    control.blur();
    move();
  }
})();
