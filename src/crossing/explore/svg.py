"""matplotlib's SVG writer, with text remembered: a label that has been set once is written again in no time.

Text is most of what a step costs: matplotlib lays each string out anew, glyph by glyph, for every renderer. Here the
size of a string and its outline are kept for the whole process, and only its place differs.
"""

import functools
import io
import re

from matplotlib.backends.backend_mixed import MixedModeRenderer
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.textpath import TextToPath

RASTER_DPI = 144
# Everything that would put a date or a version into the file is switched off: equal pictures, equal bytes.
_NO_METADATA = {"Date": None, "Creator": None, "Format": None, "Type": None}
_DEFINITIONS = re.compile(r"<defs>(.*?)</defs>\s*", re.S)
_GLYPH = re.compile(r'<path id="([^"]+)".*?/>\s*', re.S)
_text_to_path = TextToPath()


def write(figure, draw):
    """The SVG of what `draw(renderer)` draws into the space of `figure`, with its header, as text."""
    width, height = figure.get_size_inches()
    out = io.StringIO()
    svg = _Writer(width * 72, height * 72, out)
    renderer = MixedModeRenderer(figure, width, height, RASTER_DPI, svg)
    draw(renderer)
    if renderer._rasterizing:
        renderer.stop_rasterizing()
    renderer.finalize()
    return out.getvalue()


class _Writer(RendererSVG):
    def __init__(self, width, height, out):
        super().__init__(width, height, out, image_dpi=RASTER_DPI, metadata=_NO_METADATA)
        self._out = out
        self._known = set()

    def get_text_width_height_descent(self, s, prop, ismath):
        return _measured(s, prop.copy(), ismath)  # a copy: the one given may change, and its hash with it

    def draw_text(self, gc, x, y, s, prop, angle, ismath=False, mtext=None):
        clipped = gc.get_clip_rectangle() is not None or gc.get_clip_path()[0] is not None
        if ismath or clipped or gc.get_url() is not None:
            super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)
            return
        alpha = gc.get_alpha() if gc.get_forced_alpha() else gc.get_rgb()[3]
        glyphs, text = _outlined(s, prop.copy(), angle, tuple(gc.get_rgb()[:3]), alpha)
        new = [path for name, path in glyphs if name not in self._known]
        self._known.update(name for name, _ in glyphs)
        self.writer.comment(s)  # as matplotlib does; it also closes the tag that may still be open
        if new:
            self._out.write("<defs>\n" + "".join(new) + "</defs>\n")
        self._out.write(text.replace('transform="', f'transform="translate({x:.6g} {y:.6g}) ', 1))


@functools.lru_cache(maxsize=4000)
def _measured(s, prop, ismath):
    return _text_to_path.get_text_width_height_descent(s, prop, ismath)


@functools.lru_cache(maxsize=1000)
def _outlined(s, prop, angle, rgb, alpha):
    """A string at the origin: its glyphs as (name, markup) pairs, and the group that uses them."""
    out = io.StringIO()
    svg = RendererSVG(1, 1, out, image_dpi=RASTER_DPI, metadata=_NO_METADATA)
    gc = svg.new_gc()
    gc.set_foreground((*rgb, alpha), isRGBA=True)
    outer = svg.writer.start("g")
    svg.draw_text(gc, 0, 0, s, prop, angle)
    svg.writer.close(outer)
    svg.finalize()
    whole = out.getvalue()
    group = whole[whole.index("-->") + 3: whole.rindex("</g>")]
    glyphs = tuple((found[1], found[0]) for part in _DEFINITIONS.findall(group) for found in _GLYPH.finditer(part))
    return glyphs, _DEFINITIONS.sub("", group).strip() + "\n"
