// The plugin: every notebook of the course gets a bar, and its reader's place is kept.
import { Bar } from "./bar.js";
import { Place } from "./place.js";
import { presentDialog } from "./present.js";
import { Runner } from "./running.js";
import { inSite, keepPictures, makeRoom, takeNewEdition, WAITING } from "./site.js";

/** `lab` is what JupyterLab shares: INotebookTracker, NotebookActions, CodeCell, Widget, showDialog, PageConfig ... */
export function plugin(lab) {
  return {
    id: "crossing-lessons:plugin",
    description: "One button makes a lesson live; the place on the page is kept.",
    autoStart: true,
    requires: [lab.INotebookTracker],
    activate(app, tracker) {
      const { contents } = app.serviceManager;
      if (inSite(lab)) {
        keepPictures(contents);
        makeRoom(app);
      }
      tracker.forEach((panel) => attend(lab, contents, panel));
      tracker.widgetAdded.connect((_, panel) => attend(lab, contents, panel));
      window.addEventListener("keydown", letSaveThrough, true);
    },
  };
}

// A chart keeps JupyterLab's shortcuts away from its controls (an arrow must move the slider, not the cell).  Saving
// is the one shortcut that should work from there as well; this runs before JupyterLab looks at the marks.
function letSaveThrough(event) {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== "s") return;
  if (!event.target.closest?.(".crossing-lesson")) return;
  const mark = "data-lm-suppress-shortcuts";
  for (let node = event.target; node; node = node.parentElement) {
    const value = node.getAttribute(mark);
    if (value === null) continue;
    node.removeAttribute(mark);
    setTimeout(() => node.setAttribute(mark, value));
  }
}

async function attend(lab, contents, panel) {
  await panel.context.ready;
  if (panel.isDisposed || !panel.model.getMetadata("crossing")) return;
  panel.addClass("crossing-lesson");
  if (inSite(lab)) await takeNewEdition(lab, contents, panel);

  const bar = new Bar(inSite(lab) ? WAITING : "");
  const place = new Place(panel, lab.PageConfig.getBaseUrl());
  const runner = new Runner(lab, panel, (state) => bar.show(state));

  bar.start.addEventListener("click", () => {
    if (!runner.running) place.holdWhile(runner.start());
  });
  bar.find.addEventListener("click", () => runner.failed && place.goTo(runner.failed));
  bar.present.addEventListener("click", () => presentDialog(lab, panel));

  const widget = new lab.Widget({ node: bar.node });
  panel.contentHeader.addWidget(widget);
  // The header gives a widget its minimum height and no more; in a narrow window the row takes two lines.
  const fit = new ResizeObserver(() => {
    bar.node.style.minHeight = `${bar.row.offsetHeight}px`;
    panel.contentHeader.fit();
  });
  fit.observe(bar.row);
  panel.disposed.connect(() => {
    place.dispose();
    fit.disconnect();
  });
  place.restore();
}
