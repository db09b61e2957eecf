"""What the charts of this lesson share: walls and carriers made from facts, measured values beside a chart, and how figures are said."""

from ...explore.theme import GRID, INK, MUTED, PAPER
from ...facts import facts
from ...models.carriers import Carrier
from ...models.entry import Wall
from ..sourced import Sourced

#: Behind words that curves may run under.
PLATE = {"facecolor": PAPER, "edgecolor": "none", "pad": 1.0, "alpha": 0.85}
#: What a grid of nice numbers is made of.
NICE = (1, 2, 5)
THOUSAND = 1000.0  # microlitres in a millilitre: the models count in mL, the charts in microlitres per gram per minute


class WithMargin(Sourced):
    """A chart with measured values on axes of their own, `self.margin`.

    They are drawn once and not at every step; before the guess they are not shown.
    """

    def with_margin(self):
        """Whether the present settings want it."""
        return True

    def draw(self):
        self.chart  # noqa: B018  (laid out with everything on it)
        self.margin.set_visible(not self.veiled and self.with_margin())
        return super().draw()


def nice(low, high, unit="", also=()):
    """Values 1, 2, 5 and their tens from `low` to `high`, and `also`, with their words: for a control with steps."""
    found = {float(f"{step * 10.0**power:.1g}") for power in range(-5, 5) for step in NICE}
    values = sorted({v for v in found if low <= v <= high} | set(also))
    return {v: f"{v:.3g} {unit}".strip() if v < 999 else f"{v:.0f} {unit}".strip() for v in values}


def ml(microlitres):
    """uL/g/min as the models want it."""
    return microlitres / THOUSAND


def bulk():
    """The stream of tissue fluid that carries away what has entered (mL/g/min)."""
    return facts["isf_bulk_flow"].to("mL/g/min")


def wall(crossing, pump):
    """The wall for a drug that crosses with `crossing` against a `pump`, both uL/g/min."""
    return Wall(ml(crossing), cl_out=ml(pump), q_bulk=bulk())


def sugar(end="value"):
    """The glucose carrier: as fitted, or with both figures at the ends of their spread."""
    most, half = facts["glc_Tmax"], facts["glc_KT"]
    pick = {"value": (most.value, half.value), "low": (most.low, half.high), "high": (most.high, half.low)}[end]
    return Carrier(*pick)


def crowd():
    """What the other amino acids of plasma do to one of them: sum of level over half-saturation (rats)."""
    return facts["ile_km_plasma"].to("mM") / facts["ile_km_saline"].to("mM") - 1


def ratio(number):
    """A ratio as the lesson quotes it: 0.02, 0.17, 0.95, 1.00."""
    return f"{number:.2f}" if number >= 0.0095 else f"{number:.1g}" if number >= 0.0001 else "below 0.0001"


def percent(share):
    """A share as a percentage: 0.96, 50, 100."""
    return f"{100 * share:.2g}" if share < 0.995 else "100"


def duration(hours):
    """A time in words that suit its size."""
    seconds, minutes = hours * 3600, hours * 60
    for number, unit in ((seconds, "s"), (minutes, "min")):
        if number < 99.5:
            return f"{number:.2g} {unit}" if number < 9.95 else f"{number:.0f} {unit}"
    return f"{hours:.2g} h" if hours < 99.5 else f"{hours / 24:.2g} days"


def strip(axes, marks, name, gap=0.056, indent=0.12):
    """A column of measured values beside a chart: `marks` are (value, words, marker, colour), `name` its title.

    Limits of the vertical axis are set before. A marker that ends in "!" is hollow. Labels keep `gap` apart (share of the axis).
    """
    axes.set(xlim=(0, 1), xticks=[])
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
    axes.tick_params(axis="y", length=0, labelleft=False)
    axes.grid(False)
    axes.axvline(0.06, color=GRID, lw=5, solid_capstyle="round", zorder=0)
    axes.set_title(name, fontsize=10, loc="left", color=MUTED)
    drawn, low, high = [], *axes.get_ylim()
    places = spread([value for value, *_ in marks], gap * (high - low))
    for (value, words, marker, colour), place in zip(marks, places):
        hollow = marker.endswith("!")
        drawn += axes.plot([0.17 if hollow else 0.06], [value], marker.rstrip("!"), color=PAPER if hollow else colour, mec=colour if hollow else INK,
                           mew=1.8 if hollow else 0.8, ms=7, clip_on=False)
        drawn.append(axes.text(0.15 + indent, place, words, va="center", fontsize=9.5, color=INK))
    return drawn


def spread(values, gap):
    """Heights for labels at `values` that stand at least `gap` apart and as near as may be to their own."""
    order = sorted(range(len(values)), key=lambda i: values[i])
    groups = []  # (sum of wanted places less their offsets, members)
    for i in order:
        groups.append([values[i], [i]])
        while len(groups) > 1 and top(groups[-2], gap) + gap > bottom(groups[-1], gap):
            value, members = groups.pop()
            groups[-1] = [groups[-1][0] + value, groups[-1][1] + members]
    places = [0.0] * len(values)
    for group in groups:
        for step, i in enumerate(group[1]):
            places[i] = bottom(group, gap) + step * gap
    return places


def bottom(group, gap):
    """Lowest place of a group of labels, centred on what they label."""
    total, members = group
    return total / len(members) - gap * (len(members) - 1) / 2


def top(group, gap):
    """Highest place of a group of labels."""
    return bottom(group, gap) + gap * (len(group[1]) - 1)


def label_aside(axes, narrow, by=0.09):
    """Leave room between the axis and its label for wider numbers: the layout is made only once."""
    axes.yaxis.set_label_coords(-2.3 * by if narrow else -by, 0.5)
