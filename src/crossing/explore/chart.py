"""A matplotlib figure as a page's SVG, of which only the moved parts are drawn again.

The figure is drawn once as a *skeleton*: everything that stays, with an empty group for each *slot*. A slot is a
named list of artists that move together. At every step each slot that has changed is drawn alone into a small SVG, and
its text (a *fragment*) replaces the content of its group in the page. This is sharp, needs no pixels on the wire, and
costs one or two milliseconds. What breaks without the care taken here is listed in the project's design notes: definitions
shared between groups, clip paths with equal ids, images merged, layouts that move.
"""

import contextlib
import io
import re
import threading

import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.collections import Collection
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Annotation, Text

from . import svg, theme

_HEADER = re.compile(r"^.*?<style[^>]*>.*?</style>\s*</defs>", re.S)
_ROOT = re.compile(r"<svg[^>]*>")
_lock = threading.RLock()
_inside = False  # whether the house style is on

# matplotlib's own defaults under the house style: a learner's matplotlibrc or style sheet changes nothing here.
_STYLE = mpl.rcParamsDefault.copy()
_STYLE.update(theme.RC)
_STYLE = {key: value for key, value in dict.items(_STYLE) if key not in ("backend", "backend_fallback", "interactive")}


@contextlib.contextmanager
def style(**more):
    """Everything drawn or made in here has the house style.

    `rc_context` would check some 300 settings at every step (0.5 ms and more); these are checked already, and are put
    in and taken out as `rc_context` itself takes its own out. The settings are one set for the whole process.
    """
    global _inside
    with _lock:
        before = {name: dict.__getitem__(mpl.rcParams, name) for name in more} if _inside else dict.copy(mpl.rcParams)
        outer, _inside = _inside, True
        try:
            dict.update(mpl.rcParams, more if outer else _STYLE | more)
            yield
        finally:
            _inside = outer
            dict.update(mpl.rcParams, before)


def flatten(artists):
    """Artists in containers (bars, error bars, legends' lists) one by one."""
    for artist in artists:
        if artist is None:
            continue
        if isinstance(artist, Artist):
            yield artist
        else:
            yield from flatten(artist)


class _Watch:
    """Hears from matplotlib that an artist has changed, and passes it on to whoever listened before."""

    def __init__(self, kept, slot, before):
        self.kept, self.slot, self.before = kept, slot, before

    def __call__(self, artist, stale):
        self.kept.pop(self.slot, None)
        if self.before:
            self.before(artist, stale)


#: Artists that say when they have changed. Of others (legends, tables) the parts may change unheard.
_SAY = (Line2D, Patch, Collection, Text, AxesImage)


def _ticks(axis):
    """What decides an axis's ticks and their names, by content: the same ticks set anew are no change."""
    locator, formatter = axis.get_major_locator(), axis.get_major_formatter()
    kept = tuple(sorted((name, repr(value)) for name, value in vars(locator).items() if name != "axis"))
    # `set_ticks(places, names)` keeps the names in a function with a dictionary, or in a sequence.
    names = repr(getattr(getattr(formatter, "func", None), "args", None)), repr(getattr(formatter, "seq", None))
    return type(locator), kept, type(formatter), names


class Chart:
    """A figure with live slots.

    `name` goes into the ids, which are therefore equal in every process; `setup(figure)` builds the axes and artists
    and calls `live` for those that move.
    """

    def __init__(self, name, setup, size):
        self.name = name
        self.slots, self.pinnable = {}, set()
        self._kept, self._seen = {}, None  # fragments that still hold, and the limits that they were drawn in
        with style():
            # 72 dots an inch: one point is one SVG unit, as matplotlib's own SVG writer has it.
            self.figure = Figure(figsize=size, dpi=72, layout="constrained")
            self.figure.suppressComposite = True
            setup(self)
            if not any(axes.get_subplotspec() for axes in self.figure.axes):
                self.figure.set_layout_engine("none")  # axes placed by hand: nothing to lay out
            self.figure.draw_without_rendering()
            # Frozen: a layout that moves with the data would make every fragment stale.
            self.figure.set_layout_engine("none")

    def live(self, slot, *artists, pin=None):
        """Name artists that move. `pin` says whether a pinned run shows them (all but text, when not said)."""
        if not re.fullmatch(r"[a-z][a-z0-9_]*", slot):
            raise ValueError(f"slot: found {slot!r}, wanted lower-case letters, digits and underscores")
        if slot in self.slots:
            raise ValueError(f"slot {slot!r} has a name already taken; name several artists in one call")
        self._fill(slot, artists)
        if pin if pin is not None else not all(isinstance(a, Text) for a in flatten(artists)):
            self.pinnable.add(slot)

    def replace(self, slot, *artists):
        """Other artists for a slot that exists (bars made anew, say)."""
        if slot not in self.slots:
            raise KeyError(f"no slot {slot!r}; there are {', '.join(self.slots)}")
        self._fill(slot, artists)

    def _fill(self, slot, artists):
        new = {id(a) for a in flatten(artists)}
        for other, theirs in self.slots.items():
            if other != slot and new & {id(a) for a in flatten(theirs)}:
                raise ValueError(f"slot {slot!r} has an artist that slot {other!r} has too")
        self.slots[slot] = artists
        self._kept.pop(slot, None)

    def _axes(self):
        """All axes, insets too, with limits and places brought up to date.

        Both are lazy in matplotlib: without a whole drawing, a fragment would be drawn in the limits of before.
        """
        found = []
        waiting = list(self.figure.axes)
        while waiting:
            axes = waiting.pop(0)
            if axes.get_aspect() != "auto":
                place = axes.get_axes_locator()
                axes.apply_aspect(place(axes, None) if place else None)
            axes.viewLim  # noqa: B018  (asking for it works it out)
            found.append(axes)
            waiting += axes.child_axes
        return found

    def signature(self):
        """What must stay for fragments to fit the skeleton; when it changes the whole chart is drawn again."""
        axes = tuple(
            (a.get_xlim(), a.get_ylim(), a.get_xscale(), a.get_yscale(), a.get_position().bounds, a.get_visible(),
             len(a.get_children()), a.get_title(), a.get_xlabel(), a.get_ylabel(), _ticks(a.xaxis), _ticks(a.yaxis))
            for a in self._axes()
        )
        order = tuple(a.get_zorder() for artists in self.slots.values() for a in flatten(artists))
        return axes, order, tuple(self.figure.get_size_inches())

    def skeleton(self):
        """The whole page's SVG with every slot's group empty."""
        touched = []
        try:
            for slot, artists in self.slots.items():
                for i, artist in enumerate(flatten(artists)):
                    # Not `set_animated` (images are drawn anyway) and not `set_visible(False)` (titles would move).
                    artist.draw = _hollow(f"live-{slot}") if i == 0 else _nothing
                    touched.append(artist)
            text = self._write("skeleton", self.figure.draw)
        finally:
            for artist in touched:
                del artist.draw
        # A slot without any artist, or one that matplotlib left out, still needs its place.
        missing = [s for s in self.slots if f'id="live-{s}"' not in text]
        text = text.replace("</svg>", "".join(f'<g id="live-{s}"></g>' for s in missing) + "</svg>")
        width, height = (72 * side for side in self.figure.get_size_inches())
        root = (f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
                f'viewBox="0 0 {width:g} {height:g}" aria-hidden="true" focusable="false" '
                f'style="stroke-linejoin:round;stroke-linecap:butt">')
        return theme.themed(root + _HEADER.sub("", text, count=1))

    def fragment(self, slot, salt="live"):
        """One slot's content as SVG text."""
        artists = [a for a in flatten(self.slots[slot]) if a.get_visible() and (a.axes is None or a.axes.get_visible())]
        if not artists:
            return ""

        def draw(renderer):
            for artist in sorted(artists, key=lambda a: a.get_zorder()):
                artist.draw(renderer)

        text = _HEADER.sub("", self._write(f"{salt}-{slot}", draw), count=1)
        return theme.themed(text[: text.rindex("</svg>")].strip())

    def fragments(self, salt="live", only=None):
        """All slots, or those named in `only`. Whatever has not changed since it was last drawn is not drawn again."""
        seen = [(a.viewLim.frozen().extents.tolist(), a.get_position().bounds, a.get_xscale(), a.get_yscale(), a.get_visible())
                for a in self._axes()]
        if seen != self._seen:
            self._kept.clear()
            self._seen = seen
        with style():
            return {slot: self._fragment(slot, salt) for slot in self.slots if only is None or slot in only}

    def _fragment(self, slot, salt):
        artists = list(flatten(self.slots[slot]))
        # The point of an annotation is a plain attribute: setting it tells nobody.
        key = salt, [(str(a.xy), str(a.xyann)) for a in artists if isinstance(a, Annotation)]
        before, text = self._kept.get(slot, (None, ""))
        if before == key:
            return text
        text = self.fragment(slot, salt)
        for artist in artists:
            heard = artist.stale_callback
            if not isinstance(heard, _Watch) or heard.kept is not self._kept:
                artist.stale_callback = heard = _Watch(self._kept, slot, heard)
            heard.slot = slot
        if all(isinstance(a, _SAY) for a in artists):
            self._kept[slot] = key, text
        return text

    def png(self):
        """The picture as it stands now, as PNG bytes."""
        buffer = io.BytesIO()
        with style():
            self.figure.savefig(buffer, format="png", dpi=svg.RASTER_DPI, metadata={"Software": None})
        return buffer.getvalue()

    def _write(self, salt, draw):
        with style(**{"svg.hashsalt": f"{self.name}/{salt}"}):
            return svg.write(self.figure, draw)


def _hollow(gid):
    def draw(renderer, *args, **kwargs):
        # What was rasterised before this must be written out first, or the group goes into the raster and is lost.
        if renderer._rasterizing and renderer._raster_depth == 0:
            renderer.stop_rasterizing()
            renderer._rasterizing = False
        renderer.open_group("live", gid=gid)
        renderer.close_group("live")
    return draw


def _nothing(renderer, *args, **kwargs):
    pass
