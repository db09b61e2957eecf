"""Comparing a patched page with a full drawing, by pixels in a browser."""

import io
import re

import numpy as np
from PIL import Image

from crossing.explore.chart import style


def patched(skeleton, parts):
    """The page's SVG after the fragments are in their groups."""
    for slot, part in parts.items():
        hollow = re.compile(rf'(<g id="live-{slot}"\s*)(/>|>\s*</g>)')
        skeleton, count = hollow.subn(lambda m, part=part: f"{m[1]}>{part}</g>", skeleton)
        assert count == 1, f"slot {slot}: {count} groups in the skeleton"
    return skeleton


def whole(chart):
    """matplotlib's own drawing of the present state."""
    out = io.StringIO()
    with style():
        chart.figure.savefig(out, format="svg", dpi=144)
    return re.sub(r"^.*?(?=<svg)", "", out.getvalue(), flags=re.S)


def pictures(chromium, svgs, width, height, columns=4):
    """Screenshots of many SVGs, each alone in a shadow root, as arrays."""
    page = chromium.new_page(viewport={"width": columns * width, "height": 800})
    page.set_content("<body style='margin:0;background:#fff;line-height:0'></body>")
    page.evaluate("""([svgs, w, h]) => { for (const svg of svgs) {
        const box = document.createElement("div");
        box.style.cssText = `display:inline-block;width:${w}px;height:${h}px;overflow:hidden`;
        document.body.append(box);
        const root = box.attachShadow({mode: "open"});
        root.innerHTML = `<style>svg{display:block;width:${w}px;height:${h}px}</style>${svg}`;
    } }""", [svgs, width, height])
    shot = Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("RGB")
    page.close()
    pixels = np.asarray(shot).astype(int)
    places = [(height * (i // columns), width * (i % columns)) for i in range(len(svgs))]
    return [pixels[y:y + height, x:x + width] for y, x in places]


def apart(one, other):
    """Share of pixels that differ visibly."""
    return float((abs(one - other).max(axis=2) > 40).mean())
