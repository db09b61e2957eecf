// Where the learner is on the page: remembered from one visit to the next, and held while the page changes.

const HAND = ["wheel", "touchmove", "pointerdown", "keydown"]; // signs of a person, as against of the layout

export class Place {
  constructor(panel, server) {
    this.panel = panel;
    this.notebook = panel.content;
    this.view = this.notebook.outerNode; // the element that scrolls
    this.server = server;
    this.ready = false; // nothing is remembered before the old place has been taken up
    this.touched = -Infinity;
    this.touch = () => (this.touched = performance.now());
    this.scrolled = () => {
      if (this.held && performance.now() - this.touched < 500) this.held = this.here(); // the reader moved on
      clearTimeout(this.later);
      this.later = setTimeout(() => this.remember(), 250);
    };
    this.leave = () => this.remember();
    for (const sign of HAND) this.view.addEventListener(sign, this.touch, { capture: true, passive: true });
    this.view.addEventListener("scroll", this.scrolled, { passive: true });
    window.addEventListener("pagehide", this.leave);
  }

  dispose() {
    clearTimeout(this.later);
    window.removeEventListener("pagehide", this.leave);
    this.watch?.disconnect();
  }

  get key() {
    return `crossing:place:${this.server}:${this.panel.context.path}`;
  }

  /**
   * The first cell in view: how far its top is below the top of the view, or what share of the cell is above it.
   * A share, because a live chart and its saved picture differ in height.
   */
  here() {
    const top = this.view.getBoundingClientRect().top;
    for (const cell of this.notebook.widgets) {
      if (!cell.isAttached) continue;
      const box = cell.node.getBoundingClientRect();
      if (!box.height || box.bottom <= top + 8) continue;
      const below = box.top - top;
      return { cell: cell.model.id, below: Math.max(0, below), above: Math.max(0, -below / box.height) };
    }
    return null;
  }

  remember() {
    if (!this.ready || !this.panel.isVisible) return;
    const here = this.here();
    try {
      if (here) localStorage.setItem(this.key, JSON.stringify(here));
    } catch {
      // Storage may be full or forbidden; the lesson then simply opens at its top.
    }
  }

  remembered() {
    try {
      return JSON.parse(localStorage.getItem(this.key));
    } catch {
      return null;
    }
  }

  find(place) {
    return this.notebook.widgets.findIndex((cell) => cell.model.id === place?.cell);
  }

  /** Scroll so that `place` is where it was; false when its cell no longer exists. */
  take(place) {
    const cell = this.notebook.widgets[this.find(place)];
    if (!cell) return false;
    const box = cell.node.getBoundingClientRect();
    const off = box.top - this.view.getBoundingClientRect().top - place.below + place.above * box.height;
    if (cell.isAttached && Math.abs(off) > 1) this.view.scrollTop += off;
    return true;
  }

  /** Go back to where the last visit ended. */
  async restore() {
    await this.shown();
    const place = this.remembered();
    const index = this.find(place);
    if (index >= 0) {
      await this.notebook.scrollToItem(index, "start").catch(() => {});
      this.notebook.activeCellIndex = index;
      await this.holdWhile(new Promise((done) => setTimeout(done, 1200)), place); // pictures are still arriving
    }
    this.ready = true;
  }

  goTo(cell) {
    this.held = null; // this is where the reader wants to be now
    this.notebook.activeCellIndex = this.notebook.widgets.indexOf(cell);
    cell.node.scrollIntoView({ block: "center" });
  }

  /** Keep the cell at the top of the view where it is while cells above it change their height. */
  async holdWhile(work, place = this.here()) {
    const turn = (this.turn = (this.turn ?? 0) + 1); // a later hold takes over from an earlier one
    this.held = place;
    const step = () => {
      if (!this.held || turn !== this.turn) return;
      if (performance.now() - this.touched > 500) this.take(this.held);
      requestAnimationFrame(step);
    };
    step();
    await work;
    await new Promise((done) => setTimeout(done, 400)); // the last chart is drawn a little after its cell is done
    if (turn === this.turn) this.held = null;
    this.remember();
  }

  // A notebook opened in a tab behind another has no height yet.
  shown() {
    if (this.view.clientHeight > 0) return Promise.resolve();
    return new Promise((done) => {
      this.watch = new ResizeObserver(() => {
        if (this.view.clientHeight > 0) {
          this.watch.disconnect();
          done();
        }
      });
      this.watch.observe(this.view);
    });
  }
}
