"""How every chart looks: colours that swap with the page's theme, type sizes, and the two stamps.

The hexadecimal colours here are *names*: matplotlib draws with them, and `themed` replaces each one in the SVG
by a CSS variable, so that a chart follows a switch to the dark theme without asking Python. A picture without a
page (the stored PNG) shows them as they stand. Colour is never the only cue: series differ in line style too.
"""

import re
import textwrap

from cycler import cycler
from matplotlib.text import Text

INK = "#1b1b1f"
PAPER = "#ffffff"
MUTED = "#5c5d66"
GRID = "#dcdce2"
# Okabe-Ito, with purple darkened to keep 3:1 against white paper.
BLUE = "#0072b2"
VERMILLION = "#d55e00"
GREEN = "#008060"
PURPLE = "#a64d8a"
ORANGE = "#b87a00"
SKY = "#56b4e9"

NAMES = {
    INK: "ink", PAPER: "paper", MUTED: "muted", GRID: "grid", BLUE: "blue", VERMILLION: "vermillion",
    GREEN: "green", PURPLE: "purple", ORANGE: "orange", SKY: "sky",
}
_ANY = re.compile("|".join(NAMES))

#: Stamp of everything that a model computed.
MODEL = "Illustrative model, not for decisions about care"
#: Stamp of everything that shows published data.
PUBLISHED = "Published figures, this population; not your risk"

RC = {
    "axes.prop_cycle": cycler(color=[BLUE, VERMILLION, GREEN, PURPLE]),
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 10.5,
    "axes.titlesize": 11.5,
    "axes.labelsize": 10.5,
    "xtick.labelsize": 10,
    "ytick.labelsize": 10,
    "legend.fontsize": 10,
    "legend.frameon": False,
    "axes.edgecolor": MUTED,
    "axes.labelcolor": INK,
    "axes.titlecolor": INK,
    "axes.facecolor": "none",
    "axes.grid": True,
    "axes.axisbelow": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "grid.color": GRID,
    "grid.linewidth": 0.8,
    "text.color": INK,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "lines.linewidth": 2.4,
    "lines.solid_capstyle": "round",
    "figure.facecolor": PAPER,
    "figure.edgecolor": "none",
    "savefig.facecolor": PAPER,
    "svg.fonttype": "path",
    # The pictures in the notebooks must not depend on a learner's own matplotlibrc.
    "path.sketch": None,
    "text.usetex": False,
    "axes.unicode_minus": True,
}


_LINE = 24  # characters that fit beside an axis there


def for_a_room(figure, least):
    """Type of at least so many points, and the names of upright axes in lines that fit beside them."""
    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            label = axis.get_ticklabels()
            if label and label[0].get_fontsize() < least:
                axis.set_tick_params(labelsize=least)
        name = axes.get_ylabel()
        if len(name) > _LINE and "\n" not in name:
            what, unit, rest = name.partition(" (")  # "Level", "1 = at the tip)": the best place to break
            lines = [what, f"({rest}"] if unit and max(len(what), len(rest)) < _LINE + 4 else textwrap.wrap(name, len(name) // 2 + 4)
            axes.set_ylabel("\n".join(lines))
    for text in figure.findobj(Text):
        if text.get_fontsize() < least:
            text.set_fontsize(least)


def themed(svg):
    """`svg` with every colour of this module replaced by its CSS variable (the colour itself stays as fallback)."""
    return _ANY.sub(lambda found: f"var(--crossing-{NAMES[found[0]]}, {found[0]})", svg)
