// Slides of a lesson: reveal.js around cells that Voila has run.  See README.md beside this folder.
(() => {
  const WIDE = 1280, HIGH = 720;
  const SMALLEST = 0.55; // smaller than this nobody reads from the last row; the slide scrolls instead

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
    // A swipe over a chart moves its slider, not the slide.
    document.querySelectorAll(".jp-OutputArea").forEach((node) => node.setAttribute("data-prevent-swipe", ""));
    Reveal.initialize({
      width: WIDE, height: HIGH, margin: 0.02, minScale: 0.2, maxScale: 3, center: false,
      navigationMode: "linear", // right and left reach every slide: nobody has to know which way a section goes
      hash: true, progress: true, slideNumber: "c/t", transition: "none", backgroundTransition: "none",
      keyboardCondition: (event) => !keepsKey(document.activeElement, event.key),
    }).then(() => {
      fitEverySlide();
      Speaker.attach(Reveal);
      document.documentElement.dataset.slides = "ready";
    });
    window.addEventListener("keydown", leaveControl, true);
  }

  // Notes before a section's first slide are that slide's; they stay through the subslides until new ones come.
  function placeNotes() {
    const stacks = [...document.querySelectorAll(".slides > section")];
    stacks.forEach((stack, index) => {
      const body = stack.querySelector(":scope > section:last-of-type > .slide-body");
      const next = stacks[index + 1]?.querySelector(".slide-body");
      const last = [...(body?.children ?? [])].filter((node) => node.tagName !== "SCRIPT").pop();
      if (next && last?.matches("aside.notes")) next.prepend(last);
    });
    for (const stack of stacks) {
      let notes = null;
      for (const slide of stack.querySelectorAll(":scope > section")) {
        const own = slide.querySelector("aside.notes");
        own?.querySelectorAll("details").forEach((folded) => (folded.open = true));
        if (own) notes = own;
        else if (notes) slide.querySelector(".slide-body")?.append(notes.cloneNode(true));
      }
    }
  }

  // Draw a slide as large as it fits.  Watched, because words come and go: a guess unveils a chart, a fold opens.
  function fitEverySlide() {
    const watch = new ResizeObserver((changes) => changes.forEach(({ target }) => fit(target)));
    document.querySelectorAll(".slide-body").forEach((body) => watch.observe(body));
  }

  function fit(body) {
    const room = HIGH;
    const slide = body.parentElement;
    const height = () => body.offsetHeight * size;
    let size = Number(body.dataset.size ?? 1);
    if (!body.offsetHeight) return; // far from the current slide, so not laid out
    const loose = size < 1 && height() < 0.75 * room;
    if (height() <= room && !loose) return;
    for (size = 1; size >= SMALLEST - 0.001; size -= 0.05) {
      body.style.zoom = size;
      if (body.getBoundingClientRect().height / Reveal.getScale() <= room) break;
    }
    size = Math.max(size, SMALLEST);
    body.dataset.size = size;
    slide.classList.toggle("scrolls", body.getBoundingClientRect().height / Reveal.getScale() > room + 1);
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
    const move = { PageDown: () => Reveal.next(), PageUp: () => Reveal.prev(), Escape: () => {} }[event.key];
    if (!move) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    control.blur();
    move();
  }
})();
