"""The body of the course, the roads into it, and what a barrier opened for some hours does.

    body = course_body(parameters)                       16 compartments; parameters of the body and of one drug
    run = body.give(Lumbar(Bolus(0)), times)             Oral, Vein, Epidural, Lumbar, Ventricle
    run.level("brain fluid"), run.area("cord"), run.targeting_advantage("lumbar CSF"), run.tallies, run.marks
    body.give(Vein(Bolus(0)), times, opened=OpenBarrier(fold=4, start=0.5, stop=3))
    body.with_pumps(0.0), body.changed(brain_weight_g=1300)          the same body, pumps out, or a parameter set by hand
    course_body(parameters, canal)                       every cell of a `SpinalCanal` in place of the four spinal levels

    gut -> plasma <-> periphery                 plasma -> liver and kidney
    plasma <-> brain fluid <-> brain cells      plasma <-> ventricles -> cisterns <-> neck ... lumbar CSF <-> epidural space
    CSF -> plasma (outflow at the head and along the spine, walls)         spinal CSF <-> cord <-> plasma

Units: h, mL, mL/h, mL per gram per hour for the brain; amounts in doses. Every parameter is an argument: `course_body` says
in its docstring which it wants. All flows are linear in the level, so the free ratios of brain and fluid come out as
(wall + pump in) / (wall + pump out + flow of fluid), each of the two from its own wall and its own pumps.
Errors: ValueError naming argument, value and what was wanted.

In words: One body, several roads. A drug may be swallowed, given into a vein, beside the dura, into the fluid of the loin
or into a ventricle, and the model follows it through blood, fluid, brain and cord until liver and kidney have taken all of it.
Brain fluid and cerebrospinal fluid are filled through different walls with different pumps, so a drug can be low in one and
high in the other. Fluid is made in the ventricles, flows to the cisterns, and leaves for the blood, mostly at the head and
partly along the spine; stirring carries drug up and down the canal. What leaves the fluid enters the blood: nothing vanishes
on any road. A barrier can be opened for some hours: passive entry into the brain, and return, are then so many times quicker.

Assumes: The canal has four well-mixed levels, or as many as its cells; one stirring serves infusion and bolus alike. Water
comes without drug and takes drug along. The wall of the cord is like that of the brain, gram for gram. Most of the wall
between blood and fluid is in the ventricles. Drug crosses between fluid and brain at one rate for the whole brain. An epidural
dose meets the fluid of the loin only. Many of these numbers are assumed, and the body says how many.

Leaves out: How deep a drug gets into brain or cord, posture and density, day and night, roots, breakdown within the brain,
pumps that fill up, active products of breakdown, delay in the lymph, and differences between people. The nose and infusion
into brain tissue are models of their own. Nothing here says which road is best for anyone.

Sources: Two walls with two pumps: Zhuang Y et al., Cancer Res 2006;66:11305. Spinal share of the outflow, in sheep: Bozanovic-Sosic
R et al., Am J Physiol 2001 (citation recalled). Four spinal levels with cord, epidural space and fat, in pigs: Ummenhofer WC et
al., Anesthesiology 2000;92:739. The numbers and their papers stand in body.csv, compounds.csv and facts.csv.
"""

from __future__ import annotations

from dataclasses import dataclass
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias, cast

import numpy as np

from . import wanted
from .body import Body, schedule_of
from .body_parts import Compartment, Flow, Formula, Parameter, _OfParameters, _series, _total, _value, _Values
from .body_run import BodyRun
from .canal import SpinalCanal
from .dosing import Bolus, Infusion, Schedule
from .wanted import Array, Numbers

LEVELS = ("lumbar CSF", "lower thoracic CSF", "upper thoracic CSF", "cervical CSF")
CORDS = ("lower cord", "middle cord", "upper cord")
#: Parameters of pumps: what a blocker or a knock-out turns down.
PUMPS = ("brain_pump_in_ml_per_g_h", "brain_pump_out_ml_per_g_h", "choroid_pump_in_ml_per_h", "choroid_pump_out_ml_per_h",
         "surface_pump_out_ml_per_h")

_Parts: TypeAlias = tuple[list[Compartment], list[Flow]]


# -- roads ---------------------------------------------------------------------------------------------------------------

@dataclass(frozen=True)
class Route:
    """A dose or schedule and where it goes. Use one of its kinds: Oral, Vein, Epidural, Lumbar, Ventricle."""

    doses: Schedule | Bolus | Infusion
    place: ClassVar[str] = ""

    def __post_init__(self) -> None:
        if not self.place:
            wanted.refuse("Route", type(self).__name__, "one of Oral, Vein, Epidural, Lumbar, Ventricle")
        object.__setattr__(self, "doses", schedule_of(self.doses))


class Oral(Route):
    """Swallowed: a share of it is taken up from the gut, the rest is lost before it reaches the blood."""

    place = "gut"


class Vein(Route):
    """Into the blood, as a bolus or an infusion."""

    place = "plasma"


class Epidural(Route):
    """Outside the dura, beside the fluid of the loin."""

    place = "epidural space"


class Lumbar(Route):
    """Into the spinal fluid by needle, or by pump and catheter: at the usual height, or at a dose's own `position_cm`."""

    place = "lumbar CSF"


class Ventricle(Route):
    """Into a ventricle, by a reservoir under the scalp."""

    place = "ventricles"


@dataclass(frozen=True)
class OpenBarrier:
    """The brain's wall is `fold` times as passable, both ways, from `start` to `stop` (h). Pumps and CSF walls stay."""

    fold: float
    start: float
    stop: float

    def __post_init__(self) -> None:
        if wanted.number("fold", self.fold) < 1:
            wanted.refuse("fold", self.fold, "a number of 1 or more")
        wanted.not_negative("start", self.start)
        if wanted.number("stop", self.stop) <= self.start:
            wanted.refuse("stop", self.stop, f"a time after the start at {self.start:g} h")


# -- the body of the course --------------------------------------------------------------------------------------------------

@dataclass(frozen=True)
class _Piece:
    """A stretch of the canal: one of the four levels, or one cell. Numbers or functions of the parameters."""

    name: str
    cord: str | None
    volume: Formula
    length: Formula
    middle: Formula  # height, cm


def _levels() -> list[_Piece]:
    borders: list[_OfParameters] = [lambda p: 0.0, lambda p: p.lumbar_top_cm, lambda p: p.chest_middle_cm, lambda p: p.neck_base_cm,
                                    lambda p: p.canal_length_cm]

    def piece(i: int) -> _Piece:
        low, high = borders[i], borders[i + 1]
        return _Piece(LEVELS[i], CORDS[i - 1] if i else None, lambda p: p.spinal_csf_ml * (high(p) - low(p)) / p.canal_length_cm,
                      lambda p: high(p) - low(p), lambda p: 0.5 * (low(p) + high(p)))
    return [piece(i) for i in range(4)]


def _cells(canal: SpinalCanal, lumbar_top: float) -> list[_Piece]:
    lengths = np.diff(canal.edges)
    return [_Piece(f"canal {i + 1}", f"cord {i + 1}" if z > lumbar_top else None, float(v), float(w), float(z))
            for i, (z, v, w) in enumerate(zip(canal.z, canal.volume, lengths))]


def _stirring(pieces: Sequence[_Piece], canal: SpinalCanal | None) -> list[Formula]:
    """Exchanges (mL/h) between neighbours from the bottom up, the last from the middle of the top piece to its upper end."""
    if canal is None:
        def between(one: _Piece, other: _Piece | None) -> _OfParameters:
            return lambda p: (p.canal_dispersion_cm2_per_h * p.spinal_csf_ml / p.canal_length_cm
                              / (0.5 * (_value(one.length, p) + (_value(other.length, p) if other else 0.0))))
        return [between(one, other) for one, other in zip(pieces, [*pieces[1:], None])]
    inner = np.diag(canal.system.matrix, -1) * canal.volume[:-1]
    top = 2 * np.ravel(canal.dispersion_cm2_per_h)[-1] * canal.area[-1] / cast(float, pieces[-1].length)
    return [*map(float, inner), float(top)]


def _spine(pieces: Sequence[_Piece], canal: SpinalCanal | None) -> _Parts:
    """Compartments and flows of canal, cord and their walls."""
    parts, flows = [], []
    volume, length = _total(pieces, "volume"), _total(pieces, "length")
    corded, stirring = _total([piece for piece in pieces if piece.cord], "length"), _stirring(pieces, canal)
    for i, piece in enumerate(pieces):
        def along(p: _Values, here: _Piece = piece) -> float:  # share in what is spread by length
            return _value(here.length, p) / length(p)

        def wall(p: _Values, here: _Piece = piece) -> float:  # share in the fluid outside the ventricles
            return _value(here.volume, p) / (p.cranial_csf_ml - p.ventricles_ml + volume(p))

        def leaving(p: _Values, share: _OfParameters = along) -> float:
            return _spinal_outflow(p) * share(p)

        def passing(p: _Values, below: _OfParameters = _total(pieces[: i + 1], "length")) -> float:  # noqa: B008
            return _spinal_outflow(p) * below(p) / length(p)

        above = pieces[i + 1].name if i + 1 < len(pieces) else "cisterns"
        mix = stirring[i] if above != "cisterns" else (lambda p, top=stirring[i]: _series(_value(top, p), p.neck_exchange_ml_per_h))
        parts.append(Compartment(piece.name, "spinal fluid", piece.volume))
        flows += [
            Flow(above, piece.name, "fluid on its way to spinal outflow", passing, "fluid"),
            Flow(piece.name, "plasma", "outflow along the spine", leaving, "fluid"),
            Flow(piece.name, above, "stirring", mix, "mixing"), Flow(above, piece.name, "stirring", mix, "mixing"),
            *_surface(piece.name, wall)]
        loss = 0.0 if canal is None else float(np.broadcast_to(canal.loss_per_h, canal.cells)[i] * canal.volume[i])
        if loss:
            flows.append(Flow(piece.name, "plasma", "loss along the canal", loss))
        if piece.cord:
            def ml(p: _Values, here: _Piece = piece) -> float:
                return p.cord_ml * _value(here.length, p) / corded(p)

            def surface(p: _Values, here: _Piece = piece) -> float:
                return p.cord_uptake_ml_per_cm2_h * p.cord_surface_cm2 * _value(here.length, p) / corded(p)

            parts.append(Compartment(piece.cord, "cord tissue", ml, lambda p: p.brain_fluid_share + p.cells_ml_per_g))
            flows += [*_both(piece.name, piece.cord, "surface of the cord", surface),
                      *_both("plasma", piece.cord, "wall of the cord's vessels", _like_brain("brain_wall_ml_per_g_h", ml)),
                      Flow("plasma", piece.cord, "pump into the cord", _like_brain("brain_pump_in_ml_per_g_h", ml), "pump"),
                      Flow(piece.cord, "plasma", "pump out of the cord", _like_brain("brain_pump_out_ml_per_g_h", ml), "pump")]
    return parts, flows


def _like_brain(per_gram: str, ml: _OfParameters) -> _OfParameters:
    """A clearance of the brain's wall, by name and per gram, for so much cord."""
    return lambda p: p.cord_wall_ratio * getattr(p, per_gram) * ml(p)


def _spinal_outflow(p: _Values) -> float:
    return p.spinal_outflow_share * _outflow(p)


def _outflow(p: _Values) -> float:
    """All fluid that leaves the CSF: what the ventricles make and what comes over from the brain."""
    return p.csf_formation_ml_per_h + _brain_bulk(p) * p.brain_bulk_to_csf_share


def _brain_bulk(p: _Values) -> float:
    return p.brain_bulk_ml_per_g_h * p.brain_weight_g


def _bound(p: _Values) -> float:
    if p.free_share > 1:
        wanted.refuse("free_share", p.free_share, "a share of at most 1")
    return 1 / p.free_share


def _both(one: str, other: str, by: str, amount: Formula, way: str = "wall") -> list[Flow]:
    return [Flow(one, other, by, amount, way), Flow(other, one, by, amount, way)]


def _surface(name: str, share: _OfParameters) -> list[Flow]:
    """Wall and pump between blood and the fluid outside the ventricles, by share of volume."""
    return [*_both("plasma", name, "vessels at the surface", lambda p: (1 - p.choroid_share) * p.csf_wall_ml_per_h * share(p)),
            Flow(name, "plasma", "pump out at the surface", lambda p: p.surface_pump_out_ml_per_h * share(p), "pump")]


def _head(pieces: Sequence[_Piece]) -> _Parts:
    """Compartments and flows of blood, gut, head and epidural space."""
    volume = _total(pieces, "volume")

    def cisterns_share(p: _Values) -> float:
        cisterns = p.cranial_csf_ml - p.ventricles_ml
        return cisterns / (cisterns + volume(p))

    parts = [
        Compartment("gut", "what was swallowed and is not yet taken up", lambda p: p.gut_ml),
        Compartment("plasma", "blood, and what mixes with it at once", lambda p: p.central_ml, _bound),
        Compartment("periphery", "the rest of the body, as an apparent volume", lambda p: p.steady_ml - p.central_ml),
        Compartment("epidural space", "fluid outside the dura that a dose mixes with", lambda p: p.epidural_ml),
        Compartment("epidural fat", "fat outside the dura", lambda p: p.epidural_fat_ml, lambda p: p.fat_holds),
        Compartment("cisterns", "fluid around the brain", lambda p: p.cranial_csf_ml - p.ventricles_ml),
        Compartment("ventricles", "fluid within the brain", lambda p: p.ventricles_ml),
        Compartment("brain fluid", "fluid between the cells of the brain", lambda p: p.brain_fluid_share * p.brain_weight_g),
        Compartment("brain cells", "cells of the brain and what they hold", lambda p: (1 - p.brain_fluid_share) * p.brain_weight_g,
                    lambda p: p.cells_ml_per_g / (1 - p.brain_fluid_share)),
    ]
    flows = [
        Flow("gut", "plasma", "uptake from the gut", lambda p: p.oral_share * p.absorption_per_h * p.gut_ml, "clearance"),
        Flow("gut", "first pass", "lost in gut wall and liver",
             lambda p: (1 - p.oral_share) * p.absorption_per_h * p.gut_ml, "clearance"),
        Flow("plasma", "liver and kidney", "clearance", lambda p: p.clearance_ml_per_h, "clearance", "all"),
        Flow("plasma", "periphery", "distribution", lambda p: p.periphery_exchange_ml_per_h, "mixing", "all"),
        Flow("periphery", "plasma", "distribution", lambda p: p.periphery_exchange_ml_per_h, "mixing", "all"),
        *_both("plasma", "brain fluid", "wall of the brain's vessels",
               lambda p: p.barrier_opening * p.brain_wall_ml_per_g_h * p.brain_weight_g),
        Flow("plasma", "brain fluid", "pump into the brain", lambda p: p.brain_pump_in_ml_per_g_h * p.brain_weight_g, "pump"),
        Flow("brain fluid", "plasma", "pump out of the brain", lambda p: p.brain_pump_out_ml_per_g_h * p.brain_weight_g, "pump"),
        *_both("brain fluid", "brain cells", "walls of cells", lambda p: p.cells_exchange_ml_per_g_h * p.brain_weight_g),
        Flow("brain fluid", "cisterns", "flow of brain fluid into CSF",
             lambda p: _brain_bulk(p) * p.brain_bulk_to_csf_share, "fluid"),
        Flow("brain fluid", "plasma", "flow of brain fluid to neck lymph",
             lambda p: _brain_bulk(p) * (1 - p.brain_bulk_to_csf_share), "fluid"),
        *_both("plasma", "ventricles", "choroid plexus", lambda p: p.choroid_share * p.csf_wall_ml_per_h),
        Flow("plasma", "ventricles", "pump into CSF at the choroid plexus", lambda p: p.choroid_pump_in_ml_per_h, "pump"),
        Flow("ventricles", "plasma", "pump out of CSF at the choroid plexus", lambda p: p.choroid_pump_out_ml_per_h, "pump"),
        Flow("ventricles", "cisterns", "new fluid", lambda p: p.csf_formation_ml_per_h, "fluid"),
        *_both("ventricles", "cisterns", "to and fro", lambda p: p.ventricle_backflow_ml_per_h, "mixing"),
        *_both("ventricles", "brain fluid", "lining of the ventricles",
               lambda p: p.ependyma_share * p.csf_brain_exchange_ml_per_h),
        *_both("cisterns", "brain fluid", "surface of the brain",
               lambda p: (1 - p.ependyma_share) * p.csf_brain_exchange_ml_per_h),
        Flow("cisterns", "plasma", "outflow at the head", lambda p: (1 - p.spinal_outflow_share) * _outflow(p), "fluid"),
        *_surface("cisterns", cisterns_share),
        *_both("epidural space", "plasma", "epidural veins", lambda p: p.epidural_vein_ml_per_h),
        *_both("epidural space", "epidural fat", "fat", lambda p: p.fat_exchange_ml_per_h),
    ]
    return parts, flows


class CourseBody(Body):
    """The body of the course for one drug; made by `course_body`.

    `spine` names the pieces of the canal from the bottom up, `heights_cm` gives their middles: `run.level(body.spine)` is a
    profile (t, pieces). Groups: "cord", "spinal CSF", "cranial CSF", "CSF", "brain"; with a canal in full also the four levels.
    """

    spine: tuple[str, ...] = ()
    canal: SpinalCanal | None = None
    _pieces: list[_Piece] = []

    @property
    def heights_cm(self) -> Array:
        """Heights (pieces,) of the middles of `spine` above the caudal end, cm."""
        return self._heights(_Plain(self.parameters))

    def _heights(self, p: _Values) -> Array:
        return np.array([_value(piece.middle, p) for piece in self._pieces])

    def place(self, route: Route, dose: Bolus | Infusion) -> Array:
        """Shares (n,) of a dose by compartment. A lumbar dose goes to the level of its own `position_cm`, if it has one."""
        if not isinstance(route, Lumbar):
            if dose.position_cm is not None:
                wanted.refuse("position_cm", dose.position_cm, f"None: a height counts on the lumbar road only, not on {type(route).__name__}")
            return self.shares(route.place)
        height, canal = dose.position_cm, self.canal
        if canal is None:
            if height is None:
                return self.shares(route.place)
            p = _Plain(self.parameters)
            tops = np.cumsum([_value(piece.length, p) for piece in self._pieces])
            height = wanted.between("position_cm", height, 0.0, tops[-1])
            return self.shares(self.spine[int(np.searchsorted(tops[:-1], height, side="right"))])
        height = self.parameters["lumbar_height_cm"].value if height is None else height
        shares = np.zeros(len(self.names))
        cells = canal.bolus(height, 1.0, dose.volume_ml) if isinstance(dose, Bolus) else canal.infuse(height, 1.0)
        shares[[self._at[name] for name in self.spine]] = cells
        return shares

    def give(self, routes: Route | Iterable[Route], times: Numbers, opened: OpenBarrier | None = None) -> BodyRun:
        """The run through `times` (t,) h, ascending, from 0 with an empty body, of one road or of several together."""
        routes = [routes] if isinstance(routes, Route) else list(routes)
        for route in routes:
            if not isinstance(route, Route):
                wanted.refuse("routes", route, "Oral, Vein, Epidural, Lumbar or Ventricle with its doses")
        given = [(self.place(route, dose), dose) for route in routes for dose in schedule_of(route.doses)]
        if opened is None:
            return self.run(given, times)
        if not isinstance(opened, OpenBarrier):
            wanted.refuse("opened", opened, "an OpenBarrier, or None")
        wide = self.changed(barrier_opening=opened.fold * self.parameters["barrier_opening"].value)
        if opened.start == 0:
            return wide.run(given, times, [(opened.stop, self)])
        return self.run(given, times, [(opened.start, wide), (opened.stop, self)])

    def with_pumps(self, share: float) -> CourseBody:
        """The same body with every pump at a `share` of its strength: 0 is a knock-out, 0.5 a blocker, 1 no change."""
        share = wanted.not_negative("share", share)
        return self.changed(**{name: share * self.parameters[name].value for name in PUMPS})


class _Plain:
    """Values of parameters as attributes."""

    if TYPE_CHECKING:
        def __getattr__(self, name: str) -> float: ...

    def __init__(self, parameters: Mapping[str, Parameter]) -> None:
        self.__dict__.update({name: parameter.value for name, parameter in parameters.items()})


def course_body(parameters: Mapping[str, Any], canal: SpinalCanal | None = None) -> CourseBody:
    """The body of the course for the drug that `parameters` {name: record with `value` and `mark`, or number} describe.

    The body: csf_formation_ml_per_h, ventricles_ml, cranial_csf_ml, ventricle_backflow_ml_per_h, spinal_csf_ml, canal_length_cm,
    lumbar_top_cm, chest_middle_cm, neck_base_cm, lumbar_height_cm, canal_dispersion_cm2_per_h, neck_exchange_ml_per_h,
    spinal_outflow_share, brain_weight_g, brain_fluid_share, brain_bulk_ml_per_g_h, brain_bulk_to_csf_share, ependyma_share,
    choroid_share, barrier_opening, cord_ml, cord_surface_cm2, cord_wall_ratio, epidural_ml, epidural_fat_ml, gut_ml.
    The drug: free_share, central_ml, steady_ml, periphery_exchange_ml_per_h, clearance_ml_per_h, oral_share, absorption_per_h,
    brain_wall_ml_per_g_h, cells_ml_per_g, cells_exchange_ml_per_g_h, csf_wall_ml_per_h, csf_brain_exchange_ml_per_h,
    cord_uptake_ml_per_cm2_h, dura_ml_per_h, epidural_vein_ml_per_h, fat_exchange_ml_per_h, fat_holds, and the PUMPS.
    `canal`, closed at its head and without drift, takes the place of the four levels, with its own stirring, shape and loss.
    """
    if not isinstance(parameters, Mapping):
        wanted.refuse("parameters", parameters, "parameters by name")
    if canal is not None and not (isinstance(canal, SpinalCanal) and canal.head == "closed" and canal.drift_cm_per_h == 0):
        wanted.refuse("canal", canal, 'a SpinalCanal with head="closed" and no drift: head and net flow are the body\'s own')
    if "lumbar_top_cm" not in parameters:
        wanted.refuse("parameters", "no lumbar_top_cm", "a value for lumbar_top_cm")
    borders = [getattr(parameters[name], "value", parameters[name]) if name in parameters else np.inf
               for name in ("lumbar_top_cm", "chest_middle_cm", "neck_base_cm")]
    pieces = _levels() if canal is None else _cells(canal, borders[0])
    parts, flows = _head(pieces)
    spine, along = _spine(pieces, canal)
    low = [piece for piece in pieces if not piece.cord]
    lowest = _total(low, "volume")

    def facing(piece: _Piece) -> _OfParameters:
        if len(low) == 1:
            return lambda p: p.dura_ml_per_h
        return lambda p: p.dura_ml_per_h * _value(piece.volume, p) / lowest(p)
    across = [flow for piece in low for flow in _both("epidural space", piece.name, "dura", facing(piece))]
    names, cords = tuple(piece.name for piece in pieces), [piece.cord for piece in pieces if piece.cord]
    groups = {**({"cord": cords} if cords else {}), "spinal CSF": names, "cranial CSF": ["cisterns", "ventricles"],
              "CSF": [*names, "cisterns", "ventricles"], "brain": ["brain fluid", "brain cells"]}
    if canal is not None:
        level = np.searchsorted(borders, canal.z, side="right")
        inside = {name: np.flatnonzero(level == number) for number, name in enumerate(LEVELS)}
        groups |= {name: [names[i] for i in cells] for name, cells in inside.items() if cells.size}
        groups |= {name: [cast(str, pieces[i].cord) for i in inside[at]] for name, at in zip(CORDS, LEVELS[1:]) if inside[at].size}
    body = CourseBody([*parts, *spine], [*flows, *along, *across], parameters, groups)
    body.spine, body.canal, body._pieces = names, canal, pieces
    return body
