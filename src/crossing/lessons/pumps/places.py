"""The three places at which the charts of this lesson read a level, how they are drawn, and hours as a clock says them."""

from ...explore.theme import BLUE, GREEN, VERMILLION

TIP = "L3/4"
PLACES = {"L3/4": "L3/4 (the tip)", "T6": "T6", "C1": "C1"}
STYLE = {"L3/4": (BLUE, "-"), "T6": (VERMILLION, (0, (6, 2))), "C1": (GREEN, (0, (1.5, 1.5)))}


def clock(hours):
    """8.5 -> "8:30"; to five minutes, the grid of the charts."""
    fives = round(hours % 24 * 12) % 288
    return f"{fives // 12}:{fives % 12 * 5:02d}"


def places_key(axes, lines, narrow):
    """Which line is which place, in a row above the axes, where no curve can run."""
    axes.legend(list(lines.values()), list(PLACES.values()), loc="lower left", bbox_to_anchor=(-0.01, 0.985), ncols=3,
                borderaxespad=0, columnspacing=1.2 if narrow else 2, handlelength=2.2)
