// Makes every cell of a lesson live, and knows whether they are.
//
// A cell is live when it ran in this page and in the kernel that is still there.  Not NotebookActions.runAll: that
// moves the active cell to the end and scrolls there, and the learner would have to find the way back.

export class Runner {
  /** `tell(state)` is called at each change; see Bar.show. */
  constructor(lab, panel, tell) {
    Object.assign(this, { lab, panel, tell, running: false, failed: null });
    this.ran = new WeakSet(); // models of the cells that ran in the present kernel
    this.session = panel.sessionContext;
    this.byHand = (_, { notebook, cell, success }) => {
      if (notebook !== panel.content) return;
      if (success) this.ran.add(cell.model);
      this.settle();
    };
    lab.NotebookActions.executed.connect(this.byHand);
    panel.disposed.connect(() => lab.NotebookActions.executed.disconnect(this.byHand));
    this.session.statusChanged.connect((_, status) => this.kernelSays(status));
    this.session.kernelChanged.connect((_, { oldValue, newValue }) => {
      if (oldValue) this.forget(newValue ? "asleep" : "gone"); // the first kernel is no news
    });
    panel.model.cells.changed.connect(() => this.settle()); // a file read again from disk brings new, dead cells
    this.name = "asleep";
  }

  /** The code cells that have something to run. */
  get cells() {
    return this.panel.content.widgets.filter(
      (cell) => cell.model.type === "code" && cell.model.sharedModel.getSource().trim());
  }

  get live() {
    const cells = this.cells;
    if (!cells.every((cell) => this.ran.has(cell.model) || this.isNew(cell))) return false;
    return cells.some((cell) => this.ran.has(cell.model));
  }

  // A cell the learner has added since the lesson went live does not put it to sleep.
  isNew(cell) {
    return this.name === "live" && !this.known.has(cell.model.id);
  }

  become(name, more = {}) {
    this.name = name;
    if (name === "live") this.known = new Set(this.cells.map((cell) => cell.model.id));
    this.tell({ name, ...more });
  }

  settle() {
    if (this.running) return;
    if (this.live) {
      if (this.name !== "live") this.become("live");
    } else if (this.name === "live") {
      this.become("asleep");
    }
  }

  kernelSays(status) {
    if (status === "dead" || status === "autorestarting" || status === "terminating") this.forget("gone");
    else if (status === "restarting" || status === "starting") this.forget("asleep"); // "starting": restarted elsewhere
  }

  forget(name) {
    this.ran = new WeakSet();
    if (!this.running && this.name !== name) this.become(name);
  }

  /** Run all cells in order; settles when done, never rejects. */
  async start() {
    this.running = true;
    this.failed = null;
    this.ran = new WeakSet();
    const cells = this.cells;
    let end = "gone";
    try {
      this.become("starting", { done: 0, of: cells.length });
      await this.wakeKernel();
      end = (await this.runEach(cells)) ? "live" : "stopped";
    } catch (error) {
      console.warn("crossing-lessons: the lesson did not start", error);
    } finally {
      this.running = false;
      this.become(end);
      this.settle();
    }
  }

  async runEach(cells) {
    for (const [index, cell] of cells.entries()) {
      if (cell.isDisposed) continue;
      const reply = await this.lab.CodeCell.execute(cell, this.session, { deletedCells: this.panel.model.deletedCells });
      if (reply && reply.content.status !== "ok" && !mayFail(cell)) {
        this.failed = cell;
        return false;
      }
      this.ran.add(cell.model);
      this.tell({ name: "starting", done: index + 1, of: cells.length });
    }
    this.panel.model.deletedCells.splice(0);
    return true;
  }

  async wakeKernel() {
    await this.session.ready;
    const kernel = this.session.session?.kernel;
    if (!kernel) await this.session.startKernel();
    else if (kernel.status === "dead") await this.session.restartKernel();
    if (!this.session.session?.kernel) throw new Error("no kernel");
    await this.session.session.kernel.info;
  }
}

function mayFail(cell) {
  const tags = cell.model.getMetadata("tags");
  return Array.isArray(tags) && tags.includes("raises-exception");
}
