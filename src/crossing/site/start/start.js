// The start page: fetches what Python needs into the browser's own store, saying how far it is, then opens the lesson.
//
// JupyterLite would fetch the same files without a word. Here they come first; the lesson finds them in the store.

const AT_ONCE = 4;
const KEY = "crossing:fetched";
const part = (id) => document.getElementById(id);

const problems = [
  [location.protocol === "file:", "This page was opened as a file. It must come from a web server: python3 -m http.server, in this folder, is one."],
  [typeof WebAssembly !== "object", "This browser cannot run Python: it is too old, or WebAssembly is switched off in it. Try another one."],
  [!isSecureContext && location.protocol !== "file:",
    "This address is not secure (no https), and the browser then keeps nothing for the lessons: they run, and your answers are lost when you leave. Ask whoever runs this site for an https address."],
];
const trouble = problems.filter(([is]) => is).map(([, words]) => words);
if (trouble.length) {
  part("trouble").textContent = trouble.join(" ");
  part("trouble").hidden = false;
}

function remembered() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // storage is forbidden: fetch again
  }
}

function remember(edition) {
  try {
    localStorage.setItem(KEY, edition);
  } catch {
    // the same
  }
}

async function fetchOne(file, arrived) {
  const answer = await fetch(file.path);
  if (!answer.ok) throw new Error(`${file.path}: ${answer.status}`);
  const reader = answer.body.getReader();
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) arrived(piece.value.length);
}

async function fetchAll(site) {
  const waiting = [...site.files].sort((a, b) => b.bytes - a.bytes);
  const megabytes = (bytes) => (bytes / 1e6).toFixed(0);
  let have = 0;
  const arrived = (bytes) => {
    have += bytes;
    part("meter").value = have / site.bytes;
    part("amount").textContent = `${megabytes(have)} of ${megabytes(site.bytes)} MB`;
  };
  const work = async () => {
    for (let file = waiting.shift(); file; file = waiting.shift()) await fetchOne(file, arrived);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

const site = fetch("site.json").then((answer) => answer.json());
let going = null;

async function go(event) {
  const { href } = event.currentTarget;
  if (event.ctrlKey || event.metaKey || event.shiftKey) return; // another tab: JupyterLite fetches by itself
  event.preventDefault();
  part("skip").href = href;
  if (going) return;
  navigator.storage?.persist?.(); // so that the answers are not the first to go when the disk is full
  try {
    const about = await site;
    if (remembered() !== about.edition) {
      part("fetching").hidden = false;
      part("fetching").scrollIntoView({ block: "nearest" });
      await (going = fetchAll(about));
      remember(about.edition);
      part("amount").textContent = "All here. Opening the lesson …";
    }
    location.href = part("skip").href; // the lesson clicked last
  } catch (error) {
    going = null;
    part("amount").textContent = `Not everything could be fetched (${error.message}). Click again to go on from here.`;
  }
}

for (const link of document.querySelectorAll("[data-lesson]")) link.addEventListener("click", go);
