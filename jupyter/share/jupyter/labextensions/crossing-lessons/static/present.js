// How to present a lesson: a short explanation, and the slides in a new tab.

import { inSite, NO_SLIDES } from "./site.js";

function paragraph(...parts) {
  const p = document.createElement("p");
  p.append(...parts);
  return p;
}

function code(text) {
  const node = document.createElement("code");
  node.textContent = text;
  return node;
}

export async function presentDialog(lab, panel) {
  const base = lab.PageConfig.getBaseUrl();
  const lesson = panel.model.getMetadata("crossing")?.lesson ?? "";
  const body = document.createElement("div");
  body.className = "crossing-present";

  // The stylesheet of our slides is served by Voila: if it is there, so is everything else.
  const site = inSite(lab);
  const style = site ? null : await fetch(`${base}voila/templates/crossing/static/slides.css`, { method: "HEAD" }).catch(() => null);
  if (style?.ok) {
    // Slides are made from the file, so what is on this page goes there first.
    if (panel.context.model.dirty && !panel.context.model.readOnly) await panel.context.save();
    const link = Object.assign(document.createElement("a"), {
      href: `${base}voila/render/${panel.context.path.split("/").map(encodeURIComponent).join("/")}?template=crossing`,
      target: "_blank",
      rel: "noopener",
      className: "crossing-present-open",
      textContent: "Open the slides in a new tab",
    });
    body.append(
      paragraph("The lesson as slides, with every chart live. Guesses made while presenting are not kept."),
      paragraph(link),
      paragraph("Right and left go from vote to chart to vote, space passes through everything; ", code("F"), " fills the screen, ", code("S"),
        " shows your notes and a clock, ", code("?"), " lists the other keys."),
    );
  } else {
    body.append(
      paragraph(site ? NO_SLIDES : "Slides are not available from this server."),
      paragraph("You can teach from this page all the same: View > Simple Interface, close the side bars, and zoom in. Each chart stays veiled until its vote is in."),
    );
  }
  body.append(paragraph(site ? "Slides, on a computer that has the course: " : "From a terminal: ", code(`python3 course.py present ${lesson}`)));
  await lab.showDialog({
    title: "Present this lesson",
    body: new lab.Widget({ node: body }),
    buttons: [lab.Dialog.cancelButton({ label: "Close" })],
  });
}
