// Slides of a lesson: reveal.js around cells that Voila has run.  See README.md beside this folder.
(() => {
  const WIDE = 1280, HIGH = 720;
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

  const lastOf = (node) => [...(node?.children ?? [])].filter((child) => child.tagName !== "SCRIPT").pop();

  // Notes before a section's first slide are that slide's; they stay through the subslides until new ones come.
  function placeNotes() {
    const stacks = [...document.querySelectorAll(".slides > section")];
    stacks.forEach((stack, index) => {
      const body = stack.querySelector(":scope > section:last-of-type > .slide-body");
      const next = stacks[index + 1]?.querySelector(".slide-body");
      let last = lastOf(body);
      if (last?.matches(".fragment")) last = lastOf(last); // a fragment stays open until its slide ends
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

  // The width inside stays that of a slide (see the style sheet), so lines break alike at every size and the height
  // simply follows.
  function fit(body) {
    const size = Number(body.style.zoom || 1);
    const natural = body.getBoundingClientRect().height / Reveal.getScale() / size;
    if (!natural) return; // far from the current slide, so not laid out
    const wanted = Math.max(smallest(body), Math.min(1, HIGH / natural));
    if (wanted < size || wanted > size + 0.1) body.style.zoom = wanted.toFixed(3); // a line more or less: leave it
    body.parentElement.classList.toggle("scrolls", natural * wanted > HIGH + 1);
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
