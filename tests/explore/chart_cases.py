"""Kinds of artist, and changes of them, that a chart must show rightly when only its moved parts are drawn again.

Each case builds a chart and returns the change; `test_chart.py` compares the patched page with a full drawing.
"""

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.patches import Circle, Rectangle

from crossing.explore import theme

X = np.linspace(0, 10, 60)
CASES = {}


def case(make):
    CASES[make.__name__] = make
    return make


def axes(chart, **options):
    ax = chart.figure.subplots()
    ax.set(**({"xlim": (0, 10), "ylim": (-2, 2)} | options))
    return ax


@case
def line(chart):
    (a,) = axes(chart).plot(X, np.sin(X))
    chart.live("now", a)
    return lambda: a.set_ydata(np.cos(X))


@case
def line_with_markers(chart):
    ax = axes(chart)
    (a,) = ax.plot(X, np.sin(X), marker="o", markevery=5)
    ax.plot(X, 0.5 * np.sin(X), marker="o", markevery=5)  # static, the same marker
    chart.live("now", a)
    return lambda: a.set_ydata(np.cos(X))


@case
def marker_and_colour_change(chart):
    (a,) = axes(chart).plot(X, np.sin(X), "o", markevery=5, color=theme.BLUE)
    chart.live("now", a)
    return lambda: a.set(marker="s", color=theme.VERMILLION, markersize=9)


@case
def dashes_change(chart):
    (a,) = axes(chart).plot(X, np.sin(X), "--")
    chart.live("now", a)
    return lambda: a.set(linestyle="-.", linewidth=4)


@case
def line_with_gaps(chart):
    (a,) = axes(chart).plot(X, np.sin(X))
    chart.live("now", a)
    return lambda: a.set_ydata(np.where((X > 3) & (X < 5), np.nan, np.sin(X)))


@case
def fill_between(chart):
    a = axes(chart).fill_between(X, -1, np.sin(X), alpha=0.4)
    chart.live("band", a)
    return lambda: a.set_data(X, np.zeros_like(X), np.cos(X))


@case
def fill_and_line_over_static(chart):
    ax = axes(chart)
    ax.plot(X, 0.2 * X - 1, color=theme.GREEN, lw=5)
    a = ax.fill_between(X, -1, np.sin(X), alpha=0.4, zorder=1)
    (b,) = ax.plot(X, np.sin(X), zorder=3)
    chart.live("band", a)
    chart.live("now", b)

    def change():
        a.set_data(X, np.zeros_like(X), np.cos(X))
        b.set_ydata(np.cos(X))
    return change


@case
def bars(chart):
    a = axes(chart).bar(range(1, 10), np.linspace(0, 1.5, 9))
    chart.live("bars", a)
    return lambda: [b.set_height(1.5 - b.get_height()) for b in a]


@case
def bars_hatched(chart):
    a = axes(chart).bar(range(1, 10), np.linspace(0.3, 1.5, 9), hatch="//", facecolor="none", edgecolor=theme.BLUE)
    chart.live("bars", a)
    return lambda: [b.set(height=1.0, hatch="xx") for b in a]


@case
def bars_made_anew(chart):
    ax = axes(chart)
    a = ax.bar(range(1, 5), [1, 0.5, 1, 0.5])
    chart.live("bars", a)

    def change():
        for b in a:
            b.remove()
        chart.replace("bars", ax.bar(range(1, 9), np.linspace(-1, 1.5, 8)))
    return change


@case
def error_bars(chart):
    ax = axes(chart)
    a = ax.errorbar([2, 4, 6, 8], [0, 1, 0, 1], yerr=0.3, capsize=4, fmt="o")
    chart.live("points", a)

    def change():
        a.remove()
        chart.replace("points", ax.errorbar([2, 4, 6, 8], [1, 0, 1, 0], yerr=0.6, capsize=4, fmt="o"))
    return change


@case
def stairs(chart):
    a = axes(chart).stairs([1, -1, 1.5], [1, 3, 6, 9], fill=True)
    chart.live("steps", a)
    return lambda: a.set_data([-1, 1, 0.5])


@case
def text_with_minus(chart):
    a = axes(chart).text(5, 0, "at \u22121.5 and -2", ha="center")
    chart.live("note", a)
    return lambda: a.set_text("now -3.25, \u00e9\u03bc")


@case
def text_moves_and_turns(chart):
    a = axes(chart).text(2, 1, "here")
    chart.live("note", a)
    return lambda: a.set(position=(6, -1), rotation=40, color=theme.PURPLE, fontsize=16)


@case
def text_empty_first(chart):
    a = axes(chart).text(2, 1, "")
    chart.live("note", a)
    return lambda: a.set_text("no longer empty")


@case
def text_empty_later(chart):
    a = axes(chart).text(2, 1, "soon gone")
    chart.live("note", a)
    return lambda: a.set_text("")


@case
def text_in_box(chart):
    a = axes(chart).text(2, 1, "one", bbox=dict(boxstyle="round", facecolor=theme.PAPER, edgecolor=theme.MUTED))
    chart.live("note", a)
    return lambda: a.set_text("one\ntwo lines")


@case
def text_of_figure(chart):
    axes(chart)
    a = chart.figure.text(0.3, 0.5, "figure")
    chart.live("note", a)
    return lambda: a.set_text("FIGURE 2")


@case
def title_lives(chart):
    a = axes(chart).set_title("before")
    chart.live("title", a)
    return lambda: a.set_text("after, longer")


@case
def static_text_shares_letters(chart):
    ax = axes(chart, xlabel="abc abc", title="abcabc")
    a = ax.text(2, 1, "abc")
    chart.live("note", a)
    return lambda: a.set_text("xyz")


@case
def arrow(chart):
    a = axes(chart).annotate("peak", (2, 0), (6, 1), arrowprops=dict(arrowstyle="->"))
    chart.live("mark", a)

    def change():
        a.xy = (8, -1)
        a.set_position((3, 1.5))
        a.set_text("trough")
    return change


@case
def fat_arrow(chart):
    a = axes(chart).annotate("", (2, 0), (6, 1), arrowprops=dict(facecolor=theme.SKY, shrink=0.05))
    chart.live("mark", a)

    def change():
        a.xy = (8, -1)
    return change


@case
def legend_static(chart):
    ax = axes(chart)
    (a,) = ax.plot(X, np.sin(X), "o--", markevery=6, label="the line")
    ax.legend(loc="upper right")
    chart.live("now", a)
    return lambda: a.set_ydata(np.cos(X))


@case
def legend_lives(chart):
    ax = axes(chart)
    ax.plot(X, np.sin(X), label="the line")
    a = ax.legend(loc="upper right")
    chart.live("key", a)
    return lambda: a.get_texts()[0].set_text("another")


@case
def image(chart):
    a = axes(chart).imshow(np.add.outer(np.arange(8), np.arange(6)), extent=(1, 9, -1, 1), aspect="auto",
                           interpolation="none")
    chart.live("map", a)
    return lambda: a.set_data(np.multiply.outer(np.arange(8), np.arange(6)) / 4)


@case
def image_smoothed(chart):
    a = axes(chart).imshow(np.add.outer(np.arange(8), np.arange(6)), extent=(1, 9, -1, 1), aspect="auto",
                           interpolation="bilinear")
    chart.live("map", a)
    return lambda: a.set_data(np.multiply.outer(np.arange(8), np.arange(6)) / 4)


@case
def images_side_by_side(chart):
    ax = axes(chart)
    data = np.arange(12).reshape(3, 4)
    a, _ = (ax.imshow(data, extent=e, aspect="auto", interpolation="none") for e in ((1, 5, -1, 1), (5, 9, -1, 1)))
    ax.set(xlim=(0, 10), ylim=(-2, 2))
    chart.live("left", a)
    return lambda: a.set_data(data[::-1])


@case
def mesh_rasterised(chart):
    a = axes(chart).pcolormesh(np.linspace(1, 9, 20), np.linspace(-1, 1, 15),
                               np.random.default_rng(1).random((14, 19)), rasterized=True)
    chart.live("map", a)
    return lambda: a.set_array(np.random.default_rng(2).random((14, 19)))


@case
def mesh_rasterised_static_below(chart):
    ax = axes(chart)
    ax.pcolormesh(np.linspace(1, 9, 20), np.linspace(-1, 1, 15),
                  np.random.default_rng(1).random((14, 19)), rasterized=True)
    (a,) = ax.plot(X, np.sin(X), color=theme.PAPER, zorder=1.5)
    ax.plot([0, 10], [1, -1], color=theme.VERMILLION, lw=6, zorder=5)  # over the live one
    chart.live("now", a)
    return lambda: a.set_ydata(np.cos(X))


@case
def mesh_and_line_in_one_slot(chart):
    ax = axes(chart)
    a = ax.pcolormesh(np.linspace(1, 9, 20), np.linspace(-1, 1, 15),
                      np.random.default_rng(1).random((14, 19)), rasterized=True)
    (b,) = ax.plot(X, np.sin(X), color=theme.PAPER)
    chart.live("both", b, a)

    def change():
        a.set_array(np.random.default_rng(2).random((14, 19)))
        b.set_ydata(np.cos(X))
    return change


@case
def scatter(chart):
    a = axes(chart).scatter(X, np.sin(X), s=20, c=X)
    chart.live("points", a)

    def change():
        a.set_offsets(np.c_[X, np.cos(X)])
        a.set_sizes([50])
        a.set_array(X[::-1])
    return change


@case
def span(chart):
    a = axes(chart).axvspan(2, 4, alpha=0.3)
    chart.live("window", a)

    def change():
        a.set_x(5)
        a.set_width(3)
    return change


@case
def upright_and_level_lines(chart):
    ax = axes(chart)
    a, b = ax.axvline(2, ls=":"), ax.axhline(1)
    chart.live("cross", a, b)

    def change():
        a.set_xdata([7, 7])
        b.set_ydata([-1, -1])
    return change


@case
def quiver(chart):
    a = axes(chart).quiver([2, 4, 6], [0, 0, 0], [1, 1, 1], [1, 0, -1])
    chart.live("flow", a)
    return lambda: a.set_UVC([-1, 1, 0.5], [1, -1, 1])


@case
def contours_made_anew(chart):
    ax = axes(chart)
    grid = np.meshgrid(np.linspace(1, 9, 30), np.linspace(-1.5, 1.5, 20))
    a = ax.contour(*grid, grid[0] * grid[1])
    chart.live("levels", a)

    def change():
        a.remove()
        chart.replace("levels", ax.contour(*grid, grid[0] + 4 * grid[1]))
    return change


@case
def clip_by_circle(chart):
    ax = axes(chart)
    (a,) = ax.plot(X, np.sin(X), lw=6)
    a.set_clip_path(Circle((5, 0), 1.5, transform=ax.transData))
    chart.live("now", a)

    def change():
        a.set_ydata(np.cos(X))
        a.set_clip_path(Circle((3, 0), 1, transform=ax.transData))
    return change


@case
def two_clips(chart):
    ax = axes(chart)
    (a,), (b,) = ax.plot(X, np.sin(X), lw=6), ax.plot(X, -np.sin(X), lw=6)
    a.set_clip_path(Circle((3, 0), 1.5, transform=ax.transData))
    b.set_clip_path(Circle((7, 0), 1.5, transform=ax.transData))
    chart.live("one", a)
    chart.live("two", b)

    def change():
        a.set_ydata(np.cos(X))
        b.set_ydata(-np.cos(X))
    return change


@case
def leaves_the_axes(chart):
    a = Rectangle((4, 1.5), 2, 1, clip_on=False)
    axes(chart).add_patch(a)
    chart.live("box", a)
    return lambda: a.set_x(7)


@case
def hidden_later(chart):
    (a,) = axes(chart).plot(X, np.sin(X), "o")
    chart.live("now", a)
    return lambda: a.set_visible(False)


@case
def shown_later(chart):
    (a,) = axes(chart).plot(X, np.sin(X), "o", visible=False)
    chart.live("now", a)
    return lambda: a.set_visible(True)


@case
def one_of_two_hidden(chart):
    ax = axes(chart)
    (a,), (b,) = ax.plot(X, np.sin(X)), ax.plot(X, np.cos(X))
    chart.live("both", a, b)
    return lambda: a.set_visible(False)


@case
def slot_empty_first(chart):
    ax = axes(chart)
    chart.live("later")
    return lambda: chart.replace("later", ax.plot(X, np.sin(X)))


@case
def panel_hidden_later(chart):
    one, two = chart.figure.subplots(1, 2)
    (a,) = one.plot(X, np.sin(X))
    (b,) = two.plot(X, np.sin(X))
    chart.live("left", a)
    chart.live("right", b)

    def change():
        a.set_ydata(np.cos(X))
        two.set_visible(False)
    return change


@case
def panel_shown_later(chart):
    _, two = chart.figure.subplots(1, 2)
    (a,) = two.plot(X, np.sin(X))
    chart.live("right", a)
    two.set_visible(False)
    return lambda: two.set_visible(True)


@case
def twin_axes(chart):
    ax = axes(chart)
    twin = ax.twinx()
    twin.set_ylim(0, 100)
    (a,), (b,) = ax.plot(X, np.sin(X)), twin.plot(X, X**2, "--", color=theme.VERMILLION)
    chart.live("left", a)
    chart.live("right", b)

    def change():
        a.set_ydata(np.cos(X))
        b.set_ydata(100 - X**2)
    return change


@case
def log_axis(chart):
    ax = axes(chart, ylim=(0.01, 10), yscale="log")
    (a,) = ax.plot(X, np.exp(-X / 3))
    chart.live("now", a)
    return lambda: a.set_ydata(3 * np.exp(-X / 1.5))


@case
def log_switch(chart):
    ax = axes(chart, ylim=(0.01, 10))
    (a,) = ax.plot(X, 8 * np.exp(-X / 3))
    chart.live("now", a)
    return lambda: ax.set_yscale("log")


@case
def limits_change(chart):
    ax = axes(chart)
    (a,) = ax.plot(X, np.sin(X))
    chart.live("now", a)

    def change():
        a.set_ydata(5 * np.sin(X))
        ax.set_ylim(-6, 6)
    return change


@case
def limits_follow_data(chart):
    ax = chart.figure.subplots()
    (a,) = ax.plot(X, np.sin(X))
    chart.live("now", a)

    def change():
        a.set_ydata(50 * np.sin(X))
        ax.relim()
        ax.autoscale()  # lazy: the limits are worked out when next asked for
    return change


@case
def equal_aspect_follows_limits(chart):
    ax = axes(chart, aspect="equal")
    (a,) = ax.plot(X, np.sin(X))
    chart.live("now", a)
    return lambda: ax.set_ylim(-5, 5)


@case
def order_changes(chart):
    ax = axes(chart)
    (a,) = ax.plot(X, np.sin(X), lw=8, zorder=1)
    ax.plot(X, np.cos(X), lw=8, color=theme.ORANGE)
    chart.live("now", a)
    return lambda: a.set_zorder(9)


@case
def order_within_a_slot(chart):
    ax = axes(chart)
    (a,) = ax.plot(X, np.sin(X), lw=8, zorder=5)
    (b,) = ax.plot(X, np.cos(X), lw=8, color=theme.ORANGE, zorder=3)
    chart.live("both", a, b)

    def change():
        a.set_ydata(np.cos(X))
        b.set_ydata(np.sin(X))
    return change


@case
def axis_labels_change(chart):
    ax = axes(chart, title="one", xlabel="one")
    (a,) = ax.plot(X, np.sin(X))
    chart.live("now", a)
    return lambda: ax.set(title="two", xlabel="three")


@case
def ticks_change(chart):
    ax = axes(chart)
    (a,) = ax.plot(X, np.sin(X))
    chart.live("now", a)
    return lambda: ax.set_yticks([-1, 0, 1], ["low", "nought", "high"])


@case
def many_lines(chart):
    a = LineCollection([np.c_[X, np.sin(X + i)] for i in range(5)], colors=[theme.BLUE])
    axes(chart).add_collection(a)
    chart.live("people", a)
    return lambda: a.set_segments([np.c_[X, np.cos(X * i / 3)] for i in range(7)])


@case
def colour_bar_static(chart):
    ax = axes(chart)
    a = ax.imshow(np.arange(12).reshape(3, 4), extent=(1, 9, -1, 1), aspect="auto", interpolation="none")
    chart.figure.colorbar(a, ax=ax)
    ax.set(xlim=(0, 10), ylim=(-2, 2))
    chart.live("map", a)
    return lambda: a.set_data(np.arange(12)[::-1].reshape(3, 4))


@case
def transparency_changes(chart):
    (a,) = axes(chart).plot(X, np.sin(X), lw=6)
    chart.live("now", a)
    return lambda: a.set_alpha(0.3)


@case
def mathematics(chart):
    a = axes(chart).text(3, 0, "$x^2$", fontsize=18)
    chart.live("formula", a)
    return lambda: a.set_text(r"$\sqrt{y_3}$")


@case
def inset(chart):
    ax = axes(chart)
    small = ax.inset_axes([0.6, 0.6, 0.35, 0.35])
    (a,) = small.plot(X, np.sin(X))
    chart.live("small", a)
    return lambda: a.set_ydata(np.cos(X))


@case
def pie_slices(chart):
    ax = chart.figure.subplots()
    slices = ax.pie([1, 2, 3])[0]
    chart.live("slices", *slices)
    return lambda: [w.set(theta1=i * 120, theta2=i * 120 + 90) for i, w in enumerate(slices)]
