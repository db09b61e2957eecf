"""Every chart of every lesson, through its whole range.

A new chart is found by itself and needs no test of its own here. Two marks on an artist excuse it, in `setup`:
`may_leave = True` (its data may go beyond the axes on purpose) and `may_have_gaps = True` (NaN breaks the line).
"""

import importlib
import itertools
import pkgutil
import random
import re
import time

import numpy as np
import pytest
from explore_journal import Journal
from explore_pixels import apart, patched, pictures, whole
from explore_samples import VEILED, Wave
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from matplotlib.collections import Collection
from matplotlib.image import AxesImage
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Text

from crossing.explore import static
from crossing.explore.chart import flatten
from crossing.explore.controls import Slider
from crossing.explore.explorable import Explorable, say

BROKEN = {}
try:
    import crossing.lessons as lessons
except ImportError:
    lessons = None
else:
    for found in pkgutil.walk_packages(lessons.__path__, "crossing.lessons."):
        try:
            importlib.import_module(found.name)
        except Exception as problem:  # told by a test, so that the other charts are swept all the same
            BROKEN[found.name] = problem
CHARTS = {name: cls for name, cls in Explorable.registry.items() if cls.__module__.startswith("crossing.lessons")}
each = pytest.mark.parametrize("cls", CHARTS.values(), ids=list(CHARTS))


def test_every_lesson_can_be_imported():
    assert BROKEN == {}


def test_the_lessons_have_charts():
    assert CHARTS


# ---- what is asked of one chart in one setting ------------------------------------------------------------


def reach(artist):
    """The artist's points on the page as an array of (x, y), or None when it stands for itself (text, legends)."""
    if isinstance(artist, (Line2D, Patch)):
        path, transform = artist.get_path(), artist.get_transform()
    elif isinstance(artist, Collection):
        box = artist.get_datalim(artist.axes.transData)
        return artist.axes.transData.transform([box.p0, box.p1]) if np.isfinite(box.get_points()).all() else np.empty((0, 2))
    elif isinstance(artist, AxesImage):
        x0, x1, y0, y1 = artist.get_extent()
        return artist.axes.transData.transform([(x0, y0), (x1, y1)])
    else:
        return None
    vertices = path.vertices if len(path.vertices) else np.empty((0, 2))
    return transform.transform(vertices) if len(vertices) else vertices


def finite(artist):
    """Whether all numbers of the artist are numbers."""
    parts = []
    if isinstance(artist, Line2D):
        parts = [np.asarray(artist.get_xdata(), float), np.asarray(artist.get_ydata(), float)]
    elif isinstance(artist, Patch):
        parts = [artist.get_path().vertices, artist.get_patch_transform().get_matrix()]
    elif isinstance(artist, Text):
        parts = [np.asarray(artist.get_position(), float)]
    elif isinstance(artist, (Collection, AxesImage)):
        if isinstance(artist, Collection):
            parts = [p.vertices for p in artist.get_paths()] + [np.asarray(artist.get_offsets(), float)]
        if artist.get_array() is not None:
            parts.append(np.ma.filled(np.ma.asarray(artist.get_array(), float), 0))
    return all(np.isfinite(np.ma.filled(np.ma.asarray(p, float), 0)).all() for p in parts)


def inside(artist):
    """Whether the artist stays in its axes (below the foot of a log axis it may go: there is no nought to stand on)."""
    if artist.axes is None or not artist.get_clip_on():
        return True
    points = reach(artist)
    if points is None or not len(points):
        return True
    points = points[np.isfinite(points).all(axis=1)]
    box, slack = artist.axes.bbox, 3.0
    low = [-np.inf if getattr(artist.axes, f"get_{a}scale")() == "log" else edge - slack
           for a, edge in (("x", box.x0), ("y", box.y0))]
    return bool((points >= low).all() and (points <= [box.x1 + slack, box.y1 + slack]).all())


def words_are_plain(words, most=400, sentences=3):
    assert 0 < len(words) <= most, f"{len(words)} characters: {words}"
    assert 1 <= len(re.findall(r"[.!?](?=\s|$)", words)) <= sentences, words
    assert words[-1] in ".!?", words
    assert not re.search(r"\b(nan|inf|None|True(?! ratio)|False)\b|e[-+]0|\b0\.0*+\d{5}|[1-9]\d*\.\d{4}|  ", words), words


def check(chart, compared=False):
    """One setting of an open chart; `compared` with a pinned run, of which a sentence more tells. Returns its words and parts."""
    parts, _, words = chart.draw()
    words_are_plain(words, *((900, 4) if compared else ()))
    assert compared or len(words) <= chart.longest, f"{len(words)} characters, more than `longest` keeps room for: {words}"
    at = f"{type(chart).__name__} at {chart.settings()}"
    assert any(parts.values()), f"{at}: nothing is drawn"
    for slot, artists in chart.chart.slots.items():
        for artist in flatten(artists):
            if not artist.get_visible() or not (artist.axes is None or artist.axes.get_visible()):
                continue
            assert getattr(artist, "may_have_gaps", False) or finite(artist), f"{at}: {slot} has a number that is none"
            assert getattr(artist, "may_leave", False) or inside(artist), f"{at}: {slot} leaves the axes"
            if isinstance(artist, Text) and artist.get_text().strip():
                edge, page = artist.get_window_extent(), chart.chart.figure.bbox
                assert edge.x0 >= -2 and edge.x1 <= page.x1 + 2 and edge.y0 >= -2 and edge.y1 <= page.y1 + 2, \
                    f"{at}: the text {artist.get_text()!r} leaves the picture"
    return words, parts


def one_at_a_time(cls):
    """Each control at both ends and between, each option; each preset."""
    for name, control in cls.controls().items():
        options = control.options()
        few = options if len(options) <= 7 else [options[round(i * (len(options) - 1) / 6)] for i in range(7)]
        yield from ({name: value} for value in few)
    yield from cls.presets.values()


def in_pairs(cls, most=40):
    """Pairs of controls at their ends; of many pairs, some drawn by lot (the same ones each time)."""
    ends = {n: (c.options()[0], c.options()[-1]) for n, c in cls.controls().items()}
    pairs = [{a: x, b: y} for a, b in itertools.combinations(ends, 2) for x in ends[a] for y in ends[b]]
    corners = [{n: e[0] for n, e in ends.items()}, {n: e[1] for n, e in ends.items()}]
    return corners + random.Random(cls.__name__).sample(pairs, min(most, len(pairs)))


def sweep(cls):
    """The whole of one chart; any fault is an AssertionError that names the setting."""
    chart = cls()
    start = check(chart)
    sent, signature = chart.chart.skeleton(), chart.chart.signature()
    first = sent
    defaults, told = chart.settings(), {start[0]}
    before = chart.readings(chart.result)
    for values in [*one_at_a_time(cls), *in_pairs(cls)]:
        chart.set(**(defaults | values))
        words, _ = check(chart)
        told.add(words)
        now = chart.readings(chart.result)
        if now and all(name not in before or say(now[name]) != say(before[name]) for name in now):
            assert words != start[0], f"{cls.__name__} at {values}: all readings changed and the words did not"
        if chart.chart.signature() != signature:
            sent, signature = chart.chart.skeleton(), chart.chart.signature()
        else:
            assert chart.chart.skeleton() == sent, f"{cls.__name__} at {values}: something moved that is not live"
    assert len(told) > 1, f"{cls.__name__}: the words never change"
    chart.set(**defaults)
    chart.pin()
    for values in in_pairs(cls, 3):
        chart.set(**(defaults | values))
        assert not re.search(r"\b(nan|inf)\b|e[-+]0", chart.draw()[2]), chart.words
    chart.reset()
    assert check(chart) == start, f"{cls.__name__}: not as it was after a reset"
    assert chart.chart.skeleton() == first, f"{cls.__name__}: the page is not as it was after a reset"


# ---- the sweep --------------------------------------------------------------------------------------------


@each
def test_a_chart_through_its_whole_range(cls, committed, strict):
    sweep(cls)


@each
def test_a_chart_at_random(cls, committed, strict):
    chart = cls()
    start = check(chart)

    @settings(max_examples=100, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.fixed_dictionaries({n: st.sampled_from(c.options()) for n, c in cls.controls().items()}))
    def anywhere(values):
        chart.set(**values)
        check(chart)
    anywhere()
    chart.reset()
    assert check(chart) == start


@each
def test_controls_have_names_and_units(cls):
    labels = [c.label for c in cls.controls().values()]
    assert len(set(labels)) == len(labels)
    for control in cls.controls().values():
        assert control.label.strip() and control.label[0].isupper(), control.name
        words = control.face()["words"]
        assert all(words) and len(set(words)) == len(words), f"{control.label}: {words}"
        if isinstance(control, Slider):
            counts = re.match(r"(How many|Number of) \w+", control.label)
            assert control.unit or counts, f"{control.label} has no unit, not even a word such as 'times'"
    assert sum(not c.more for c in cls.controls().values()) <= 3, "at most three controls in view"


@each
def test_a_chart_says_what_it_is(cls):
    assert cls.title and cls.model and cls.stamp and not re.search(r"[.!?]$", cls.title)


@each
def test_moved_parts_cost_less_than_the_whole(cls, committed, strict):
    """In processor time, against a full drawing of the same chart: a ratio, so that a slow machine passes too."""
    chart = cls()
    chart.draw()

    def best(action):
        times = []
        for _ in range(5):
            before = time.process_time()
            action()
            times.append(time.process_time() - before)
        return min(times)
    assert best(chart.chart.fragments) < best(chart.chart.skeleton)


@pytest.mark.parametrize("cls", [c for c in CHARTS.values() if c.guess], ids=[n for n, c in CHARTS.items() if c.guess])
def test_a_veiled_chart_gives_nothing_away(cls, monkeypatch):
    from crossing.explore import journal
    monkeypatch.setattr(journal, "for_lesson", lambda lesson: Journal())
    monkeypatch.setattr(cls, "compute", lambda self, **controls: pytest.fail("computed behind the veil"))
    ends = {n: c.options()[-1] for n, c in cls.controls().items()}
    charts = [cls(), cls(**ends)]
    for chart in charts:
        parts, ghosts, words = chart.draw()
        assert words == VEILED and set(parts.values()) <= {""} and ghosts == {}
        assert chart.widget.get_state()["words"] == VEILED
    bundles = [static.bundle(chart) for chart in charts]
    assert bundles[0] == bundles[1], "the picture behind the veil depends on the setting"
    assert charts[0].chart.skeleton() == charts[1].chart.skeleton()


@pytest.fixture(scope="module")
def shipped(chromium):
    """Each shipped chart at its start and at three settings: the patched page and a full drawing."""
    from crossing.explore import journal
    from explore_journal import Everything
    svgs, owners = [], []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(journal, "for_lesson", lambda lesson: Everything())
        for name, cls in CHARTS.items():
            chart = cls()
            chart.draw()
            sent, signature, defaults = chart.chart.skeleton(), chart.chart.signature(), chart.settings()
            for values in [{}, *in_pairs(cls, 1)]:
                chart.set(**(defaults | values))
                parts = chart.draw()[0]
                if chart.chart.signature() != signature:
                    sent, signature = chart.chart.skeleton(), chart.chart.signature()
                svgs += [patched(sent, parts), whole(chart.chart)]
                owners.append((name, values))
    shots = pictures(chromium, svgs, 548, 310, columns=2) if svgs else []
    return [(name, values, shots[2 * i], shots[2 * i + 1]) for i, (name, values) in enumerate(owners)]


@pytest.mark.browser
@each
def test_a_patched_page_is_a_full_drawing(cls, shipped):
    mine = [shot for shot in shipped if shot[0] == cls.__name__]
    assert len(mine) >= 3  # the start, both ends, and a pair where there are two controls
    for _, values, page, full in mine:
        assert full.std() > 5 and apart(page, full) < 0.0005, values


# ---- the sweep itself can fail ----------------------------------------------------------------------------


class Sound(Wave):
    """Holds to everything that the sweep asks."""

    title = ""

    def describe(self, result):
        return f"The top stands at {result[1].max():.2f} cm. The mean is {result[1].mean():.3f} cm."


def at_the_end(self):
    return self.height == 4.0


class NotANumber(Sound):
    def update(self, result):
        super().update(result)
        if at_the_end(self):
            self.line.set_ydata(result[1] * np.nan)


class Leaves(Sound):
    def update(self, result):
        super().update(result)
        if at_the_end(self):
            self.line.set_ydata(result[1] * 9)


class TextLeaves(Sound):
    def update(self, result):
        super().update(result)
        self.text.set_position((9.9 if at_the_end(self) else 0.5, 8))


class Babbles(Sound):
    def describe(self, result):
        return super().describe(result) + (" And so on." * 3 if at_the_end(self) else "")


class SaysNan(Sound):
    def describe(self, result):
        return "The top stands at nan cm." if at_the_end(self) else super().describe(result)


class Mute(Sound):
    def describe(self, result):
        return "A wave is shown."


class MovesWhatIsNotLive(Sound):
    def setup(self, figure):
        super().setup(figure)
        (self.still,) = figure.axes[0].plot([1, 2], [1, 2])

    def update(self, result):
        super().update(result)
        self.still.set_ydata([1, self.height])


class DoesNotReturn(Sound):
    def update(self, result):
        super().update(result)
        if at_the_end(self):
            self.line.set_linewidth(9)


class Fails(Sound):
    def compute(self, **controls):
        return super().compute(**controls) if controls["place"] != "C1" else 1 / 0


@pytest.mark.parametrize(("cls", "says"), [
    (NotANumber, "number that is none"), (Leaves, "leaves the axes"), (TextLeaves, "leaves the picture"),
    (Babbles, "And so on"), (SaysNan, "nan"), (Mute, "words"), (MovesWhatIsNotLive, "not live"),
    (DoesNotReturn, "not as it was"), (Fails, "division by zero"),
])
def test_the_sweep_finds(cls, says, strict):
    with pytest.raises((AssertionError, ZeroDivisionError), match=says):
        sweep(cls)


def test_the_sweep_passes_a_sound_chart(strict):
    sweep(Sound)
