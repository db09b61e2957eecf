"""What the charts of this lesson share: the canal made from facts, its levels on an axis, its runs kept for re-use."""

from functools import lru_cache

import numpy as np

from ...explore.theme import INK, MUTED
from ...facts import facts, levels
from ...models.canal import SpinalCanal, dispersion_for
from ...models.dosing import Bolus, Schedule

#: Levels a tip or a sample can be at, from the tail end up.
TIPS = ["L3/4", "L1/2", "T12", "T10", "T8", "T6", "T4", "T2", "C7", "C4"]
PLACES = ["S2", "L5/S1", *TIPS, "C1"]
DAY = 24.0


@lru_cache(1)
def length():
    """Length of the canal (cm)."""
    return facts["canal_length"].to("cm")


@lru_cache(1)
def area():
    """Mean cross-section of the fluid (cm2): the measured volume of one canal over the assumed length."""
    return facts["sss_csf_model"].to("cm**3") / length()


@lru_cache(1)
def loss():
    """Loss spread along the canal (1/h), from the half-life of a drug that does not bind (methotrexate)."""
    return np.log(2) / facts["mtx_thalf"].to("h")


@lru_cache(1)
def dispersion():
    """Effective dispersion (cm2/h), fitted to one number: 43 % over 20 cm (Kroin 1993), without drift."""
    apart = levels["T2"] - levels["T12"]
    return dispersion_for(facts["kroin_t2_t12"].to("dimensionless"), apart, loss())


@lru_cache(64)
def canal(mixing=1.0, loss_per_h=None, dispersion_cm2_per_h=None, drift=0.0, sink=None, cells=120):
    """A canal; `mixing` multiplies the fitted dispersion."""
    return SpinalCanal(
        length(), area(), dispersion() * mixing if dispersion_cm2_per_h is None else dispersion_cm2_per_h,
        loss() if loss_per_h is None else loss_per_h, drift, head="matched" if sink is None else "sink",
        sink_height_cm=sink, cells=cells)


def even():
    """Level (per mL) of one dose spread evenly along the whole canal: the unit of the bolus charts."""
    return 1 / (area() * length())


@lru_cache(32)
def bolus_run(place, volume, mixing, hours, steps):
    """A single dose at a level, read at `steps` + 1 even times up to `hours`."""
    dose = Schedule([Bolus(0.0, 1.0, volume_ml=volume, position_cm=levels[place])])
    return canal(mixing).run(dose, np.linspace(0, hours, steps + 1))


def along(axes, narrow=False, few=False):
    """Make the horizontal axis the canal: tail on the left, head on the right, named by levels of the spine (`few`: not by all)."""
    shown = ["S2", "L3/4", "T12", "T8", "T4", "C7", "C1"] if narrow or few else ["S2", "L3/4", "L1/2", "T12", "T10", "T8", "T6", "T4", "T2", "C7", "C4", "C1"]
    axes.set_xlim(0, length())
    axes.set_xticks([levels[n] for n in shown], shown)
    axes.set_xlabel("Level of the spine (tail on the left, head on the right)" if not narrow else "Level (tail to head)")


def cord(axes):
    """The spinal cord and the nerve roots below it, as a strip along the top of the axes."""
    top = axes.get_xaxis_transform()
    end, head = levels["L1/2"], length()
    axes.plot([end, head], [1.03, 1.03], color=MUTED, lw=7, ls="-", solid_capstyle="butt", transform=top, clip_on=False)
    for offset in (-0.010, 0.0, 0.010):
        axes.plot([1, end], [1.03 + offset] * 2, color=MUTED, lw=0.9, ls="-", transform=top, clip_on=False)
    axes.text(head - 0.6, 1.055, "spinal cord", transform=top, ha="right", va="bottom", fontsize=9, color=INK)
    axes.text(1, 1.055, "nerve roots", transform=top, ha="left", va="bottom", fontsize=9, color=INK)


def label_aside(axes, narrow, by=0.09):
    """Leave room between the axis and its label for the wide numbers of a log axis: the layout is made only once."""
    axes.yaxis.set_label_coords(-2 * by if narrow else -by, 0.5)


def above(x, y, floor):
    """The points of a curve that are at least `floor`: a log axis has no place for the rest."""
    seen = y >= floor
    return x[seen], y[seen]


def nearest(height):
    """The name of the level nearest to a height (cm)."""
    return min(PLACES, key=lambda n: abs(levels[n] - height))


