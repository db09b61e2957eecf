"""How wide the fluid of the spinal canal is at each level: areas for the cells of `SpinalCanal`.

Heights in cm above the caudal end, areas in cm2, volumes in mL; areas and volumes are numbers or lists of them. Areas come
from measured sections (sac minus cord), the total from a measured volume; between the sections the area runs straight.
`area_profile` holds a volume exactly, for each cell carries the mean of the line over its length. A `Shape` says what was
measured and what was filled in.

    even         one area all along: the volume over the length
    by section   one area for each stretch whose volume was measured
    by level     straight lines through measured areas, all times one factor so that the volume is the measured one

Errors: ValueError naming argument, value and what was wanted.

In words: The canal is not a pipe of one width. It is narrow where the cord is thick, in the neck, and wide below the end of
the cord. Wherever sac and cord have been measured on pictures, the one minus the other is room for fluid, and between such
places the model draws straight lines. It then stretches all widths by one factor, so that the whole holds the fluid volume
that has been measured. Lying with the legs raised or with the head raised squeezes or fills the lowest part, and that part
can be set to the volume measured in each posture.

Assumes: That straight lines are good enough between places far apart; that areas measured in some people and a volume
measured in others can be joined by one factor. The factor is well above one, so pictures of sections and pictures of whole
volumes do not agree, and the model does not say which is right. A change of posture is taken to change the lowest part
evenly, with a step at its upper end.

Leaves out: Nerve roots as bodies of their own, sleeves round the roots, the bends of the spine, changes with breathing and
pulse, and any movement of drug while the posture changes. Weight of the solution is not part of it.

Sources: Sass LR and others, Fluids Barriers CNS 2017;14 (whole volume, one subject). Hogan QH and others, Anesthesiology
1996;84:1341 (lowest part, 25 volunteers). Kato F and others, Eur Spine J 2012;21:1499 (neck, 1211 volunteers). Keimyung
Medical Journal 1988;7:236 (chest, 31 adults). Strbacko I and others, Front Hum Neurosci 2024 (posture, 22 volunteers).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from . import wanted
from .wanted import Array, Numbers, Result

_MM2_A_CM2 = 100.0


@dataclass(frozen=True)
class Shape:
    """A canal by level: `area_cm2` (cells,) from the caudal end up over `length_cm`, and how it was come by.

    `factor` is what the given areas were multiplied by to hold the volume (1 where none were given), `told` says in words
    what was measured and what was filled in.
    """

    name: str
    length_cm: float
    area_cm2: Array
    factor: float
    told: str

    @property
    def volume_ml(self) -> float:
        """Fluid in the whole canal."""
        return section_volume(self.area_cm2, self.length_cm, self.length_cm)


def ellipse_cm2(width_mm: Numbers, depth_mm: Numbers) -> Result:
    """Area (cm2) of a sac or cord with these two diameters (mm), taken as an ellipse. Numbers or arrays that broadcast."""
    width = wanted.numbers("width_mm", width_mm, 0.0, above=True)
    depth = wanted.numbers("depth_mm", depth_mm, 0.0, above=True)
    return (np.pi / 4 * width * depth / _MM2_A_CM2)[()]


def fluid_area_cm2(sac_cm2: Numbers, cord_cm2: Numbers = 0.0, roots_cm2: Numbers = 0.0) -> Result:
    """Room for fluid (cm2): the area of the sac less cord and roots. Numbers or arrays that broadcast."""
    sac = wanted.numbers("sac_cm2", sac_cm2, 0.0, above=True)
    filled = wanted.numbers("cord_cm2", cord_cm2, 0.0) + wanted.numbers("roots_cm2", roots_cm2, 0.0)
    if np.any(sac <= filled):
        wanted.refuse("sac_cm2", float(np.min(sac)), f"more than cord and roots take up, {float(np.max(filled)):g} cm2")
    return (sac - filled)[()]


def _edges(length_cm: float, cells: int) -> Array:
    return np.linspace(0, wanted.positive("length_cm", length_cm), wanted.whole("cells", cells, 2) + 1)


def _list(name: str, value: Numbers, least: float = 0.0) -> Array:
    """Numbers above `least`, one or several, as a list."""
    result = wanted.vector(name, np.atleast_1d(wanted.numbers(name, value, least, above=True)))
    return result if result.size else wanted.refuse(name, [], "at least one number")


def _anchors(heights: Numbers, areas: Numbers, length: float,
             names: tuple[str, str] = ("heights_cm", "areas_cm2")) -> tuple[Array, Array]:
    heights, areas = _list(names[0], heights, -np.inf), _list(names[1], areas)
    if np.any(np.diff(heights) <= 0):
        wanted.refuse(names[0], heights.tolist(), "heights in ascending order")
    for height in (heights[0], heights[-1]):
        wanted.between(names[0], height, 0.0, length)
    if areas.size != heights.size:
        wanted.refuse(names[1], f"{areas.size} numbers", f"one for each of the {heights.size} heights")
    return heights, areas


def area_profile(length_cm: float, heights_cm: Numbers, areas_cm2: Numbers, volume_ml: float | None = None,
                 cells: int = 120) -> Array:
    """Areas (cells,) along straight lines through `areas_cm2` at `heights_cm`, ascending; level below the first and above
    the last of them. With `volume_ml` all are multiplied by one factor, so that the canal holds exactly that."""
    edges = _edges(length_cm, cells)
    heights, areas = _anchors(heights_cm, areas_cm2, edges[-1])
    # The area under the lines up to any height, exactly: cells hold their share of it.
    knots = np.unique(np.concatenate([[0.0, edges[-1]], heights, edges]))
    line = np.interp(knots, heights, areas)
    under = np.concatenate([[0.0], np.cumsum(0.5 * (line[1:] + line[:-1]) * np.diff(knots))])
    result = np.diff(np.interp(edges, knots, under)) / np.diff(edges)
    if volume_ml is None:
        return result
    return result * (wanted.positive("volume_ml", volume_ml) / under[-1])


def even(length_cm: float, volume_ml: float, cells: int = 120) -> Shape:
    """One area all along: `volume_ml` over `length_cm`."""
    edges, volume = _edges(length_cm, cells), wanted.positive("volume_ml", volume_ml)
    return Shape("even", edges[-1], np.full(edges.size - 1, volume / edges[-1]), 1.0,
                 "One width all along, so that the whole holds the measured volume.")


def by_level(length_cm: float, volume_ml: float, heights_cm: Numbers, areas_cm2: Numbers, cells: int = 120) -> Shape:
    """Straight lines through measured areas at their heights, all times one factor so that the whole is `volume_ml`."""
    plain = area_profile(length_cm, heights_cm, areas_cm2, None, cells)
    volume = wanted.positive("volume_ml", volume_ml)
    factor = volume / (plain.mean() * float(length_cm))
    return Shape("by level", float(length_cm), plain * factor, float(factor),
                 f"Measured at {np.size(heights_cm)} heights; straight lines between them, level beyond the outermost. All "
                 f"areas times {factor:.2f}, so that the whole holds the measured volume: other people, other pictures.")


def by_section(length_cm: float, tops_cm: Numbers, volumes_ml: Numbers, cells: int = 120) -> Shape:
    """One area for each stretch of measured volume: `tops_cm` are the upper ends, ascending, the last of them the skull."""
    edges = _edges(length_cm, cells)
    tops, volumes = _anchors(tops_cm, volumes_ml, edges[-1], ("tops_cm", "volumes_ml"))
    if tops[0] <= 0 or tops[-1] != edges[-1]:
        wanted.refuse("tops_cm", tops.tolist(), f"heights above 0, the last of them {edges[-1]:g}")
    under = np.interp(edges, np.concatenate([[0.0], tops]), np.concatenate([[0.0], np.cumsum(volumes)]))
    return Shape("by section", edges[-1], np.diff(under) / np.diff(edges), 1.0,
                 f"Volumes measured in {tops.size} sections; the same width within each of them.")


def _share(edges: Array, low: float, high: float) -> Array:
    """How much of each cell lies between two heights (cells,)."""
    inside = np.minimum(edges[1:], high) - np.maximum(edges[:-1], low)
    return np.maximum(inside, 0) / np.diff(edges)


def _section(area_cm2: Numbers, length_cm: float, top_cm: float, bottom_cm: float) -> tuple[Array, Array, Array]:
    area = _list("area_cm2", area_cm2)
    if area.size < 2:
        wanted.refuse("area_cm2", area.tolist(), "an area for each of two cells or more")
    edges = _edges(length_cm, area.size)
    bottom = wanted.between("bottom_cm", bottom_cm, 0.0, edges[-1])
    top = wanted.between("top_cm", top_cm, 0.0, edges[-1])
    if top <= bottom:
        wanted.refuse("top_cm", top, f"a height above {bottom:g}, the lower end of the section")
    return area, edges, _share(edges, bottom, top)


def section_volume(area_cm2: Numbers, length_cm: float, top_cm: float, bottom_cm: float = 0.0) -> float:
    """Fluid (mL) between two heights of a canal with areas `area_cm2` (cells,)."""
    area, edges, share = _section(area_cm2, length_cm, top_cm, bottom_cm)
    return float((area * share * np.diff(edges)).sum())


def with_section_volume(area_cm2: Numbers, length_cm: float, volume_ml: float, top_cm: float,
                        bottom_cm: float = 0.0) -> Array:
    """The same areas (cells,) with those between two heights stretched evenly, so that the section holds `volume_ml`.

    The rest stays as it was: the volume of the whole changes, as it does with posture.
    """
    area, edges, share = _section(area_cm2, length_cm, top_cm, bottom_cm)
    factor = wanted.positive("volume_ml", volume_ml) / (area * share * np.diff(edges)).sum()
    return area * (1 + (factor - 1) * share)


def in_posture(shape: Shape, flat_ml: float, now_ml: float, top_cm: float) -> Shape:
    """`shape` with the part below `top_cm` changed as measured: by `now_ml` over `flat_ml`, the section's volume in this
    posture and lying flat. A change of shape only: nothing here says where a heavy or light solution goes."""
    if not isinstance(shape, Shape):
        wanted.refuse("shape", type(shape).__name__, "a Shape")
    change = wanted.positive("now_ml", now_ml) / wanted.positive("flat_ml", flat_ml)
    volume = section_volume(shape.area_cm2, shape.length_cm, top_cm) * change
    return Shape(shape.name, shape.length_cm, with_section_volume(shape.area_cm2, shape.length_cm, volume, top_cm),
                 shape.factor, f"{shape.told} The part below {float(top_cm):g} cm holds {change:.2f} times what it holds "
                 "lying flat, as measured for this posture.")
