// The speaker's window: notes, a clock, what comes next.  It holds no second copy of the lesson (each would start a
// kernel of its own); the slides write into it.
const Speaker = (() => {
  const PAGE = `<!doctype html><meta charset="utf-8"><title>Speaker's notes</title><style>
    body { margin: 0; padding: 24px 32px; font: 20px/1.5 system-ui, "DejaVu Sans", sans-serif; color: #1b1b1f; background: #fff; }
    header { display: flex; gap: 24px; align-items: baseline; flex-wrap: wrap; border-bottom: 1px solid #c9c9d1; padding-bottom: 12px; }
    #clock { font-size: 40px; font-variant-numeric: tabular-nums; } #place, #next { color: #55565e; margin: 0; }
    button { font: inherit; font-size: 16px; padding: 4px 14px; } summary { font-weight: 600; }
    @media (prefers-color-scheme: dark) { body { color: #eee; background: #1c1c20; } #place, #next { color: #b4b5bf; } }
  </style><header><span id="clock" role="timer">0:00</span><button id="again" type="button">Start the clock again</button>
  <p id="place"></p></header><main id="notes"></main><p id="next"></p>`;

  let deck, road, view, since;

  const bodyOf = (slide) => slide?.querySelector(".slide-body");
  const headingOf = (slide) => {
    const heading = bodyOf(slide)?.querySelector("h1, h2, h3, .crossing-title");
    return heading ? heading.textContent.replace("¶", "").trim() : "";
  };

  function write() {
    if (!view || view.closed) return;
    const all = deck.getSlides(), here = all.indexOf(deck.getCurrentSlide()), { h, v } = deck.getIndices();
    const stacks = document.querySelectorAll(".slides > section"), following = stacks[h + 1]?.querySelector("section");
    const sectionOf = (slide) => bodyOf(slide)?.dataset.section ?? "";
    const part = (id) => view.document.getElementById(id);
    const notes = deck.getCurrentSlide()?.querySelector("aside.notes");
    part("place").textContent = `Slide ${h + 1}${v ? "." + (v + 1) : ""} of ${stacks.length}  ${headingOf(all[here])}`;
    part("notes").innerHTML = notes ? notes.innerHTML : "<p>No notes for this slide.</p>";
    const named = (slide) => [sectionOf(slide), headingOf(slide)].filter((word, i, both) => word && both.indexOf(word) === i).join(": ");
    const below = all[here + 1] !== following && all[here + 1];
    part("next").textContent = [following ? `Next (right): ${named(following)}` : "This is the last column.", below ? `Below (space): ${headingOf(below) || "more of the same section"}` : ""].filter(Boolean).join("   ");
  }

  function tick() {
    if (!view || view.closed) return;
    const seconds = Math.floor((Date.now() - since) / 1000);
    view.document.getElementById("clock").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }

  function open() {
    view = window.open("", "crossing-speaker", "width=760,height=820");
    if (!view) return; // the browser keeps pop-ups away; it says so itself
    view.document.open();
    view.document.write(PAGE);
    view.document.close();
    since ??= Date.now();
    view.document.getElementById("again").addEventListener("click", () => { since = Date.now(); tick(); });
    view.addEventListener("keydown", ({ key, target }) => {
      if (target.closest?.("button") && key === " ") return;
      if (["ArrowRight", "PageDown"].includes(key)) road.next();
      else if (["ArrowLeft", "PageUp"].includes(key)) road.prev();
      else if (["ArrowDown", " "].includes(key)) deck.next();
      else if (key === "ArrowUp") deck.prev();
    });
    write();
    tick();
  }

  return {
    attach(reveal, shortWay) {
      deck = reveal;
      road = shortWay;
      deck.addKeyBinding({ keyCode: 83, key: "S", description: "Speaker's notes" }, open);
      for (const change of ["slidechanged", "fragmentshown", "fragmenthidden"]) deck.on(change, write);
      setInterval(tick, 1000);
      window.addEventListener("pagehide", () => view?.close());
    },
  };
})();
