// What differs on the page of the static site (JupyterLite, see src/crossing/site): there is no server behind it.

/** Whether this page is the static site. Its build says so in the page's settings. */
export function inSite(lab) {
  return lab.PageConfig.getOption("crossingSite") === "true";
}

/** Words instead of the link to the slides. */
export const NO_SLIDES = "Slides are not in this edition: it runs in the browser alone, and slides need Python on a computer.";

/** What is said while the first cell waits for Python. */
export const WAITING = "Starting Python in this browser: 10 to 30 seconds …";

/**
 * On a narrow screen the list of files would leave no room for a lesson. JupyterLab opens it while it starts, so it is
 * closed until the reader has touched anything; the folder at the left edge brings it back.
 */
export function makeRoom({ shell }) {
  if (window.innerWidth >= 760) return;
  const close = () => shell.leftCollapsed || shell.collapseLeft();
  const rest = () => shell.layoutModified.disconnect(close);
  shell.layoutModified.connect(close);
  for (const sign of ["pointerdown", "keydown"]) window.addEventListener(sign, rest, { capture: true, once: true });
}

const VIEW = "application/vnd.jupyter.widget-view+json";
const READABLE = ["text/html", "image/png", "text/plain"];

/**
 * A lesson's content without references to live widgets, where a picture or words stand beside them.
 *
 * On a computer the server does this when a lesson is saved (crossing.server.saving): a widget dies with its Python,
 * and an opened lesson would show "Loading widget" where its pictures are.
 */
export function withoutDeadWidgets(content) {
  const { widgets, ...metadata } = content.metadata;
  const strip = (output) => {
    if (!output.data?.[VIEW] || !READABLE.some((kind) => kind in output.data)) return output;
    const { [VIEW]: gone, ...data } = output.data;
    return { ...output, data };
  };
  const cells = content.cells.map((cell) => (cell.outputs ? { ...cell, outputs: cell.outputs.map(strip) } : cell));
  return { ...content, metadata, cells };
}

/** From now on the browser keeps lessons that way. */
export function keepPictures(contents) {
  const save = contents.save.bind(contents);
  contents.save = (path, options = {}) => {
    const lesson = options.type === "notebook" && options.content?.metadata?.crossing;
    return save(path, lesson ? { ...options, content: withoutDeadWidgets(options.content) } : options);
  };
}

/**
 * A browser keeps each lesson that was run, and would show that copy for ever. When the site has brought the lesson out
 * anew, take the new one, and set the old one aside beside it. Answers are in the journal and stay.
 */
export async function takeNewEdition(lab, contents, panel) {
  const { path } = panel.context;
  const base = lab.PageConfig.getBaseUrl();
  const fresh = async (address) => (await fetch(`${base}${address}`, { cache: "no-cache" })).json();
  try {
    const now = (await fresh("site.json")).lessons[path];
    if (!now || now === panel.model.getMetadata("crossing").edition) return;
    const content = await fresh(`files/${path}`);
    const aside = path.replace(/\.ipynb$/, ".earlier.ipynb");
    await contents.save(aside, { type: "notebook", format: "json", content: panel.model.toJSON() });
    panel.model.fromJSON(content);
    await panel.context.save();
  } catch (error) {
    console.warn("crossing-lessons: no look for a newer edition", error); // no network: the kept copy serves
  }
}
