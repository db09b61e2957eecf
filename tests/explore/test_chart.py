"""A patched page equals a full drawing, pixel by pixel; and what a skeleton and its fragments promise."""

import os
import re
import subprocess
import sys

import matplotlib as mpl
import pytest
from chart_cases import CASES
from explore_pixels import apart, patched, pictures, whole
from explore_samples import Veiled, Wave

from crossing.explore import static, theme
from crossing.explore.chart import Chart

SIZE = (3.2, 2.2)
WIDTH, HEIGHT = 231, 159


@pytest.fixture(scope="module")
def drawn(chromium):
    """For each case: patched before, full before, patched after, full after."""
    svgs, problems = [], {}
    for name, make in CASES.items():
        four = [""] * 4
        try:
            changes = []
            chart = Chart("Case", lambda c, m=make: changes.append(m(c)), SIZE)
            skeleton, signature = chart.skeleton(), chart.signature()
            four[0] = patched(skeleton, chart.fragments())
            four[1] = whole(chart)
            changes[0]()
            parts = chart.fragments()
            if chart.signature() != signature:
                skeleton = chart.skeleton()
            four[2] = patched(skeleton, parts)
            four[3] = whole(chart)
        except Exception as problem:  # told by the case's own test
            problems[name] = problem
        svgs += four
    shots = pictures(chromium, svgs, WIDTH, HEIGHT)
    return {name: shots[4 * i:4 * i + 4] for i, name in enumerate(CASES)}, problems


@pytest.mark.browser
@pytest.mark.parametrize("name", CASES)
def test_a_patched_page_is_a_full_drawing(drawn, name):
    shots, problems = drawn
    if name in problems:
        raise problems[name]
    before, full_before, after, full_after = shots[name]
    assert apart(full_before, full_after) > 0.0005, "the change must be one that can be seen"
    assert apart(before, full_before) < 0.0003, "at the start"
    assert apart(after, full_after) < 0.0003, "after the change"


# ---- what skeleton and fragments promise ------------------------------------------------------------------


def a_chart(name="Sample"):
    """Clip paths, markers, hatches, letters, images: everything that brings definitions of its own."""
    def setup(chart):
        for i, case in enumerate(("marker_and_colour_change", "bars_hatched", "text_with_minus", "two_clips", "image",
                                  "mesh_rasterised", "arrow")):
            CASES[case](Prefixed(chart, f"c{i}"))
    return Chart(name, setup, (6, 6))


class Prefixed:
    """A chart of which several cases share the figure, each with its own slots."""

    def __init__(self, chart, prefix):
        self.figure, self._chart, self._prefix = Panels(chart.figure), chart, prefix

    def live(self, slot, *artists, **marks):
        self._chart.live(f"{self._prefix}_{slot}", *artists, **marks)


class Panels:
    def __init__(self, figure):
        self._figure = figure

    def subplots(self):
        return self._figure.add_subplot(3, 3, len(self._figure.axes) + 1)


def ids(text):
    return set(re.findall(r'\bid="([^"]+)"', text))


def needed(text):
    return set(re.findall(r"url\(#([^)]+)\)", text)) | set(re.findall(r'href="#([^"]+)"', text))


def test_every_reference_is_defined_beside_its_use():
    chart = a_chart()
    skeleton = chart.skeleton()
    assert len(needed(skeleton)) > 5
    assert needed(skeleton) <= ids(skeleton), "static parts must not lean on live ones"
    used = 0
    for slot, part in chart.fragments().items():
        assert needed(part) <= ids(part), slot
        used += len(needed(part))
    assert used > 7


def test_no_two_fragments_define_one_id_differently():
    """Ghosts and live parts stand in one shadow root: an id met twice must mean the same."""
    chart = a_chart()
    meaning = {}
    for text in (chart.skeleton(), *chart.fragments().values(), *chart.fragments("pin").values()):
        for kind, name, rest in re.findall(r'<(clipPath|path|pattern) id="([^"]+)"(.*?)(?:</clipPath>|</pattern>|/>)', text, re.S):
            assert meaning.setdefault(name, (kind, rest.strip())) == (kind, rest.strip()), name
    assert len(meaning) > 10


_PRINT = """
import hashlib, sys
sys.path[:0] = {path!r}
from test_chart import a_chart
chart = a_chart()
print(hashlib.sha256((chart.skeleton() + repr(chart.fragments())).encode()).hexdigest())
"""


def test_two_processes_give_the_same_bytes():
    runs = []
    for seed in "12":
        env = os.environ | {"PYTHONHASHSEED": seed}
        runs.append(subprocess.Popen([sys.executable, "-c", _PRINT.format(path=sys.path)], env=env, text=True,
                                     stdout=subprocess.PIPE, stderr=subprocess.PIPE))
    outs = [run.communicate(timeout=120) for run in runs]
    assert outs[0][0].strip(), outs[0][1]
    assert outs[0][0] == outs[1][0]


def test_a_png_leaves_everything_as_it_was():
    chart = a_chart()
    before = chart.skeleton(), chart.fragments(), chart.signature()
    assert chart.png() == chart.png()
    assert (chart.skeleton(), chart.fragments(), chart.signature()) == before


def test_drawing_twice_gives_the_same_text_and_leaves_the_artists_whole():
    chart = a_chart()
    assert chart.skeleton() == chart.skeleton()
    assert chart.fragments() == chart.fragments()
    full = whole(chart)
    chart.skeleton()
    assert len(whole(chart)) == len(full), "an artist stayed hollow after the skeleton was drawn"


def test_the_skeleton_does_not_know_where_live_artists_stand():
    wave = Wave()
    wave.draw()
    before = wave.chart.skeleton()
    wave.set(height=3.0, place="C1", twice=True)
    parts, _, _ = wave.draw()
    assert wave.chart.skeleton() == before
    assert parts["now"] != Wave().draw()[0]["now"]


def test_a_learners_own_matplotlib_style_changes_nothing():
    plain = a_chart()
    expected = plain.skeleton(), plain.fragments(), plain.png()
    own = {"axes.unicode_minus": False, "font.sans-serif": ["DejaVu Serif"], "font.size": 20, "svg.image_inline": False,
           "hatch.linewidth": 4, "lines.linewidth": 9, "axes.facecolor": "red", "xtick.direction": "in",
           "svg.fonttype": "none", "axes.grid.axis": "x", "lines.markersize": 15, "savefig.dpi": 30}
    with mpl.rc_context(own):
        other = a_chart()
        assert (other.skeleton(), other.fragments(), other.png()) == expected
        assert (plain.skeleton(), plain.fragments(), plain.png()) == expected
        assert {key: mpl.rcParams[key] for key in own} == own, "and the learner's style is left alone"


def test_colours_become_variables_with_the_colour_as_fallback():
    wave = Wave()
    wave.draw()
    text = wave.chart.skeleton() + "".join(wave.chart.fragments().values())
    for colour, name in ((theme.INK, "ink"), (theme.PAPER, "paper"), (theme.GRID, "grid"), (theme.MUTED, "muted")):
        assert f"var(--crossing-{name}, {colour})" in text
    bare = re.sub(r"var\(--crossing-\w+, #[0-9a-f]{6}\)", "", text)
    assert not any(colour in bare for colour in theme.NAMES)


def test_a_slot_has_a_plain_name():
    def setup(chart):
        chart.live("Not good", *chart.figure.subplots().plot([], []))
    with pytest.raises(ValueError, match="lower-case"):
        Chart("Sample", setup, SIZE)


def test_replacing_an_unknown_slot_names_the_known_ones():
    chart = Chart("Sample", CASES["line"], SIZE)
    with pytest.raises(KeyError, match="now"):
        chart.replace("later")


def test_one_artist_in_two_slots_is_an_error_in_words():
    def setup(chart):
        (line,) = chart.figure.subplots().plot([], [])
        chart.live("one", line)
        chart.live("two", line)
    with pytest.raises(ValueError, match="two.*one|one.*two"):
        Chart("Sample", setup, SIZE)


def test_a_slot_named_twice_is_an_error_in_words():
    def setup(chart):
        one, two = chart.figure.subplots().plot([], [], [], [])
        chart.live("now", one)
        chart.live("now", two)
    with pytest.raises(ValueError, match="now"):
        Chart("Sample", setup, SIZE)


# ---- behind the veil --------------------------------------------------------------------------------------


def test_a_veiled_chart_draws_nothing_that_depends_on_the_answer(journal):
    one, other = Veiled(), Veiled(height=4.0, place="C1")
    assert one.veiled
    assert set(one.draw()[0].values()) == {""}
    assert static.png(one) == static.png(other)
    one.chart.skeleton()
    assert "top" not in static.bundle(one)["text/html"]
    journal.guesses["99.wave"] = {"text": "higher"}
    one.draw(), other.draw()
    assert static.png(one) != static.png(other), "the pictures differ once the veil is gone"


def test_a_chart_veiled_again_hides_what_it_had_drawn(journal):
    """Start afresh: the guess is taken back after the chart was open."""
    wave = Veiled()
    veiled = static.png(wave)
    journal.guesses["99.wave"] = {"text": "higher"}
    wave.draw()
    assert static.png(wave) != veiled
    journal.guesses.clear()
    wave.draw()
    assert static.png(wave) == veiled
    assert all(a.get_visible() for artists in wave.chart.slots.values() for a in artists)


def test_the_same_ticks_set_anew_do_not_redraw_the_page_and_other_ticks_do():
    """A chart that sets its ticks at every step would otherwise send the whole page at every step."""
    axes = []

    def make(chart):
        axes.append(chart.figure.subplots())
        axes[0].set(xlim=(0, 10), yscale="log", ylim=(0.1, 10))
        axes[0].set_xticks([0, 5, 10], ["none", "half", "all"])
    chart = Chart("Ticks", make, SIZE)
    before = chart.signature()
    axes[0].set_xticks([0, 5, 10], ["none", "half", "all"])
    axes[0].set_yscale("log")
    assert chart.signature() == before
    axes[0].set_xticks([0, 5, 10], ["none", "middle", "all"])
    assert chart.signature() != before
    axes[0].set_xticks([0, 4, 10], ["none", "half", "all"])
    assert chart.signature() != before


# ---- fragments that are kept ------------------------------------------------------------------------------


def fresh(chart):
    """The fragments of a chart that remembers nothing."""
    return {slot: chart.fragment(slot) for slot in chart.slots}


def lettered(chart):
    axes = chart.figure.subplots()
    axes.set(xlim=(0, 10), ylim=(0, 10))
    note = axes.annotate("here", (2, 2), xytext=(5, 5), textcoords="offset points", arrowprops={"arrowstyle": "->"})
    line, = axes.plot([0, 5], [0, 5], label="one")
    legend = axes.legend()
    bar = axes.add_patch(mpl.patches.Rectangle((1, 1), 2, 2))
    for slot, artist in (("note", note), ("line", line), ("legend", legend), ("bar", bar)):
        chart.live(slot, artist)
    return axes, note, line, legend, bar


CHANGES = {
    "nothing": lambda axes, note, line, legend, bar: None,
    "the point of a note": lambda axes, note, line, legend, bar: setattr(note, "xy", (7, 3)),
    "the place of a note": lambda axes, note, line, legend, bar: note.set_position((20, 30)),
    "a word in a legend": lambda axes, note, line, legend, bar: legend.get_texts()[0].set_text("two"),
    "limits": lambda axes, note, line, legend, bar: axes.set_xlim(0, 20),
    "a scale": lambda axes, note, line, legend, bar: axes.set(xlim=(1, 20), xscale="log"),
    "a hidden artist": lambda axes, note, line, legend, bar: bar.set_visible(False),
    "hidden axes": lambda axes, note, line, legend, bar: axes.set_visible(False),
    "data": lambda axes, note, line, legend, bar: line.set_data([0, 3], [3, 4]),
    "an artist taken out": lambda axes, note, line, legend, bar: line.remove(),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_is_kept_is_what_would_be_drawn(name):
    artists = []
    chart = Chart("Kept", lambda c: artists.extend(lettered(c)), SIZE)
    before = chart.fragments()
    CHANGES[name](*artists)
    if name == "an artist taken out":
        chart.replace("line", artists[0].plot([1, 2], [1, 2])[0])
    after = chart.fragments()
    assert after == fresh(chart)
    assert (after == before) == (name == "nothing")
    assert chart.fragments() == after, "and once more"


def test_a_pinned_run_drawn_in_between_leaves_nothing_behind():
    texts = []
    chart = Chart("Kept", lambda c: (texts.append(c.figure.text(0.5, 0.5, "before")), c.live("text", texts[0])), SIZE)
    chart.fragments()
    texts[0].set_text("now")  # the pinned run says what the present one is about to say
    chart.fragments("pin")
    texts[0].set_text("now")  # no change for matplotlib, and none that it tells of
    assert chart.fragments() == fresh(chart)


def test_a_picture_saved_in_between_does_not_hide_a_change():
    texts = []
    chart = Chart("Kept", lambda c: (texts.append(c.figure.text(0.5, 0.5, "before")), c.live("text", texts[0])), SIZE)
    chart.fragments()
    texts[0].set_text("after")
    chart.png()  # matplotlib takes everything for settled now
    assert chart.fragments() == fresh(chart)
