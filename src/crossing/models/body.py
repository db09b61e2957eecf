"""A body put together from described compartments and flows, and runs of it that account for every part of a dose.

    body = Body([Compartment("plasma", "blood plasma", 3000.0), ...], [Flow("plasma", "kidney", "clearance", 90.0), ...])
    print(body.table())                           where each flow leads, by what, how much, resting on which parameters
    run = body.run([("plasma", Bolus(0))], times)
    run.level("plasma"), run.area("plasma"), run.balance, run.marks

No matrix is written down anywhere. Volumes and flows are numbers, or functions of the parameters; a body knows which parameter
each rests on, so that `changed` works out anew only what depends on what was changed, and `marks` can say how much of a result
was measured in man. Units: hours, mL, mL/h; amounts in doses, levels in doses per mL, areas in doses per mL times hours.
Errors: ValueError naming argument, value and what was wanted.

In words: The body is drawn as a set of boxes with pipes between them. A box has a volume; a pipe takes so many millilitres
an hour out of one box, with all the drug that is in them, and puts the drug into another box or out of the body for good. If
tissue or protein holds on to the drug, only the free part is there to be taken. The model keeps accounts: at every hour the
drug in all boxes and what has left the body add up to what was given. Each number carries a mark that says whether it was
measured in man, measured in animals, assumed, or set by hand on a slider; the marks are counted and shown beside the result.

Assumes: Each box is well mixed, so that a drug is everywhere in it as soon as it comes in. Each pipe carries the same share
of what is there at any level: twice the dose gives twice the level everywhere, and doses add. Holding on to the drug is
instant and without limit. The pipes stay as they are, or change at stated hours.

Leaves out: Slopes of level within a box, pumps and binding that fill up, delays on the way from one box to the next, and all
change of the body by the drug itself. A mark says where a number was measured, not that it fits another person or drug.

Sources: Compartments with flows and the area from one matrix solution are textbook matter (Godfrey K, Compartmental models
and their application, 1983; recalled, not read). Targeting by route: Dedrick RL et al., Cancer Treat Rep 1978;62:1, and Hunt
CA et al., J Pharm Sci 1986;75:1003 (recalled, not read).
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any, Self, TypeVar, cast

import numpy as np

from . import wanted
from .body_parts import MARKS, WAYS, Compartment, Flow, Formula, Marks, Parameter, Row, Table, Where
from .body_run import BodyRun, Standing
from .dosing import Bolus, Dose, Doses, Infusion, Schedule, to_run
from .linear import Feed, Jump, LinearSystem, run_in_turn
from .modal import Path
from .wanted import Array, Mask, Numbers, Places, Result

_KEPT = 12  # bodies and runs kept for the next step of a slider
_Kept = TypeVar("_Kept")


class _Reading:
    """The parameters as attributes, noting which were asked for."""

    def __init__(self, values: Mapping[str, Parameter]) -> None:
        self._values = values
        self.asked: set[str] = set()

    def __getattr__(self, name: str) -> float:
        if name not in self._values:
            wanted.refuse("parameters", f"no {name}", f"a value for {name}")
        self.asked.add(name)
        return self._values[name].value


def _evaluate(what: str, formula: Formula, values: Mapping[str, Parameter],
              check: Callable[[str, float], float]) -> tuple[float, tuple[str, ...]]:
    reading = _Reading(values)
    try:
        result = formula(reading) if callable(formula) else formula
    except ZeroDivisionError:
        result = np.inf
    asked = tuple(sorted(reading.asked))
    return check(f"{what} ({', '.join(asked)})" if asked else what, result), asked


class Body:
    """Compartments and flows with their `parameters` {name: Parameter, number, or anything with `value` and `mark`}.

    `groups` {name: [compartments]} may be read like a compartment: amounts add, levels are means by volume. `blood` names the
    compartment that a targeting advantage is held against. A body never changes; `changed` gives another.
    """

    def __init__(self, compartments: Sequence[Compartment], flows: Sequence[Flow], parameters: Mapping[str, Any] | None = None,
                 groups: Mapping[str, Sequence[str]] | None = None, blood: str = "plasma") -> None:
        self.compartments, self.flows = tuple(compartments), tuple(flows)
        if not self.compartments:
            wanted.refuse("compartments", [], "at least one compartment")
        self.names = tuple(c.name for c in self.compartments)
        self._at = {name: i for i, name in enumerate(self.names)}
        if len(self._at) < len(self.names):
            wanted.refuse("compartments", next(n for n in self.names if self.names.count(n) > 1), "each name once")
        for flow in self.flows:
            if flow.start not in self._at:
                wanted.refuse("Flow.start", flow.start, "a compartment: " + ", ".join(self.names))
            if flow.way not in WAYS or flow.carries not in ("free", "all") or flow.to == flow.start:
                wanted.refuse("flows", flow, 'a flow to elsewhere, with a way of WAYS, that carries "free" or "all"')
        self.sinks = tuple(dict.fromkeys(flow.to for flow in self.flows if flow.to not in self._at))
        self.groups = {name: tuple(members) for name, members in (groups or {}).items()}
        self.parameters = {name: _parameter(name, given) for name, given in (parameters or {}).items()}
        self._members = {name: np.array([i]) for name, i in self._at.items()}
        for name, members in self.groups.items():
            if name in self._at or not members or not set(members) <= set(self.names):
                wanted.refuse("groups", {name: members}, "new names for compartments: " + ", ".join(self.names))
            self._members[name] = np.array([self._at[member] for member in members])
        if blood not in self._at:
            wanted.refuse("blood", blood, "a compartment: " + ", ".join(self.names))
        self.blood = blood
        self._root, self._settings = self, frozenset[tuple[str, float]]()
        self._made, self._runs = OrderedDict[object, Body](), OrderedDict[object, Path]()
        count = len(self.compartments), len(self.flows)
        self.volumes_ml, self._holds, self._ml_per_h = np.empty(count[0]), np.empty(count[0]), np.empty(count[1])
        self._rests_on: list[list[tuple[str, ...]]] = [[()] * count[0], [()] * count[0], [()] * count[1]]
        self._formulas = (
            ([c.volume_ml for c in self.compartments], [f"volume_ml of {c.name}" for c in self.compartments], wanted.positive),
            ([c.holds for c in self.compartments], [f"holds of {c.name}" for c in self.compartments], wanted.positive),
            ([f.ml_per_h for f in self.flows], [f"ml_per_h from {f.start} to {f.to}" for f in self.flows], wanted.not_negative))
        self._start = np.array([self._at[flow.start] for flow in self.flows], dtype=int)
        self._end = np.array([self._at.get(flow.to, -1) for flow in self.flows], dtype=int)  # -1: a sink
        self._of_all = np.array([flow.carries == "all" for flow in self.flows], dtype=bool)
        self._work_out(None)
        self._scale = np.sqrt(self.volumes_ml * self._holds)  # nearly evens out there and back: better eigenvectors

    def _work_out(self, names: set[str] | None) -> None:
        """Evaluate what rests on parameters of these `names` (all, if None)."""
        numbers_of = (self.volumes_ml, self._holds, self._ml_per_h)
        for numbers, rests, (formulas, told, check) in zip(numbers_of, self._rests_on, self._formulas):
            for i, formula in enumerate(formulas):
                if names is None or not names.isdisjoint(rests[i]):
                    numbers[i], rests[i] = _evaluate(told[i], formula, self.parameters, check)

    # -- what it is made of ------------------------------------------------------------------------------------------

    def changed(self, **values: float) -> Self:
        """The same body with some parameters set by hand; only what rests on them is worked out anew. Kept for next time."""
        root = self._root
        for name, value in values.items():
            if name not in root.parameters:
                wanted.refuse(name, value, "a parameter of this body: " + ", ".join(root.parameters))
            values[name] = wanted.not_negative(name, value)
        values = {**dict(self._settings), **values}
        settings = frozenset((n, v) for n, v in values.items() if v != root.parameters[n].value)
        return cast(Self, root if not settings else root._keep(root._made, settings, lambda: root._variant(settings)))

    def _variant(self, settings: frozenset[tuple[str, float]]) -> Self:
        other = object.__new__(type(self))
        worked_out = ("_rates", "_scaled", "system", "marks", "used", "_areas")
        other.__dict__.update({name: value for name, value in self.__dict__.items() if name not in worked_out})
        other._settings = settings
        by_hand = {name: replace(self.parameters[name], value=value, mark="set by hand", source="") for name, value in settings}
        other.parameters = {**self.parameters, **by_hand}
        other.volumes_ml, other._holds, other._ml_per_h = self.volumes_ml.copy(), self._holds.copy(), self._ml_per_h.copy()
        other._rests_on = [list(rests) for rests in self._rests_on]
        other._work_out({name for name, _ in settings})
        return other

    @staticmethod
    def _keep(kept: OrderedDict[Any, _Kept], key: object, make: Callable[[], _Kept]) -> _Kept:
        if key in kept:
            kept.move_to_end(key)
        else:
            kept[key] = make()
            if len(kept) > _KEPT:
                kept.popitem(last=False)
        return kept[key]

    @cached_property
    def _rates(self) -> Array:
        """Share of the amount in its start that each flow takes, per hour (flows,)."""
        return self._ml_per_h / (self.volumes_ml[self._start] * np.where(self._of_all, 1.0, self._holds[self._start]))

    @property
    def matrix(self) -> Array:
        """(n, n), per hour, in the order of `names`: made from the flows, for who wants to look."""
        matrix = np.zeros((len(self.names),) * 2)
        np.subtract.at(matrix, (self._start, self._start), self._rates)
        stays = self._end >= 0
        np.add.at(matrix, (self._end[stays], self._start[stays]), self._rates[stays])
        return matrix

    @cached_property
    def system(self) -> LinearSystem:
        """The linear system behind, in amounts over a fixed scale of each compartment."""
        return LinearSystem(self._scaled)

    @cached_property
    def _scaled(self) -> Array:
        return self.matrix * self._scale / self._scale[:, None]

    @cached_property
    def used(self) -> tuple[str, ...]:
        """Names of the parameters that this body rests on."""
        return tuple(sorted({name for rests in self._rests_on for part in rests for name in part}))

    def table(self) -> Table:
        """Every flow with what moves it, how much, the parameters it rests on, and the weakest mark among them."""
        def weakest(names: tuple[str, ...]) -> str:
            return max((self.parameters[name].mark for name in names), key=MARKS.index, default="set by hand")
        return Table(Row(flow.start, flow.to, flow.by, flow.way, float(ml), rests, weakest(rests))
                     for flow, ml, rests in zip(self.flows, self._ml_per_h, self._rests_on[2]))

    @cached_property
    def marks(self) -> Marks:
        """How many of the parameters used were measured in man, in animals, assumed, set by hand."""
        return Marks((mark, sum(self.parameters[name].mark == mark for name in self.used)) for mark in MARKS)

    def volume_ml(self, name: str) -> float:
        """Volume of a compartment or group."""
        return float(self.volumes_ml[self._inside("name", name)].sum())

    # -- what needs no stepping --------------------------------------------------------------------------------------

    def _inside(self, argument: str, name: str) -> Places:
        if not isinstance(name, str) or name not in self._members:
            wanted.refuse(argument, name, "one of " + ", ".join(self._members))
        return self._members[name]

    def shares(self, where: Where) -> Array:
        """Shares (n,) of a dose by compartment, from a name or from shares (n,)."""
        if isinstance(where, str):
            if where not in self._at:
                wanted.refuse("where", where, "a compartment: " + ", ".join(self.names))
            return np.eye(len(self.names))[self._at[where]]
        shares = wanted.vector("where", where, len(self.names))
        if np.any(shares < 0):
            wanted.refuse("where", shares.min(), "shares of 0 or more")
        return shares

    def _area(self, shares: Array) -> Array:
        known = self.__dict__.setdefault("_areas", {})
        if len(known) > 4 * _KEPT:
            known.clear()
        key = shares.tobytes()
        if key not in known:
            reached = self._spread(shares > 0, self._start, self._end)
            drained = np.isin(np.arange(shares.size), self._start[(self._end < 0) & (self._rates > 0)])
            empties = self._spread(drained, self._end, self._start)
            stuck = np.flatnonzero(reached & ~empties)
            if stuck.size:
                wanted.refuse("where", self.names[stuck[0]], "places from which a way leads out, for an area to exist")
            area, at = np.zeros(shares.size), np.flatnonzero(reached)
            if at.size:
                area[at] = np.linalg.solve(-self._scaled[np.ix_(at, at)], (shares / self._scale)[at]) * self._scale[at]
            known[key] = np.maximum(area, 0)
        return known[key]

    def _spread(self, inside: Mask, start: Places, end: Places) -> Mask:
        """Compartments (n,) reached from those `inside` along the flows from `start` to `end` that carry anything."""
        flows = (self._rates > 0) & (self._end >= 0)
        start, end, count = start[flows], end[flows], -1
        while count != (count := int(inside.sum())):
            inside = inside.copy()
            inside[end[inside[start]]] = True
        return inside

    def areas(self, where: Where, amount: float = 1.0) -> Standing:
        """Areas under all levels, from `amount` given at one instant to the end of time: -A^-1 x0, without a run."""
        return Standing(self, wanted.not_negative("amount", amount) * self._area(self.shares(where)))

    def steady(self, where: Where, rate: float = 1.0) -> Standing:
        """What an endless infusion of `rate` (doses per hour) settles to: -A^-1 b, without a run."""
        return Standing(self, wanted.not_negative("rate", rate) * self._area(self.shares(where)))

    def areas_along(self, name: str, values: Numbers, where: Where) -> Standing:
        """`areas` of one dose for each of `values` (m,) of the parameter `name`: a sweep, (m,) for each place."""
        values, shares = wanted.vector("values", values), self.shares(where)
        if values.size == 0:
            wanted.refuse("values", [], "at least one value")
        if name not in self._root.parameters:
            wanted.refuse("name", name, "a parameter of this body: " + ", ".join(self._root.parameters))
        settings = [{**dict(self._settings), name: wanted.not_negative("values", value)} for value in values]
        bodies = [self._root._variant(frozenset(each.items())) for each in settings]
        return Standing(self, np.array([body._area(shares) for body in bodies]), np.array([body.volumes_ml for body in bodies]),
                        np.array([body._holds for body in bodies]))

    # -- runs --------------------------------------------------------------------------------------------------------

    def run(self, given: Iterable[tuple[Where, Doses]], times: Numbers,
            then: Sequence[tuple[float, Body]] = ()) -> BodyRun:
        """The run from time 0, empty, through `times` (t,) h, ascending.

        `given` is [(where, doses)]: a compartment or shares (n,), and a dose or schedule. `then` [(hour, body), ...] changes
        the body's flows at later hours (a barrier opened and closed). A run with doses in the same proportions is not worked out twice.
        """
        times = wanted.times("times", times, 0.0)
        items = [(self.shares(where), dose) for where, doses in given for dose in schedule_of(doses)]
        to_run(sorted((dose for _, dose in items), key=lambda dose: dose.start), times)
        for hour, body in (then := list(then)):
            wanted.positive("then", hour)
            if getattr(body, "_root", None) is not self._root:
                wanted.refuse("then", body, "bodies made from this one by `changed`")
            if not (np.array_equal(body.volumes_ml, self.volumes_ml) and np.array_equal(body._holds, self._holds)):
                wanted.refuse("then", f"other volumes or binding at {hour:g} h", "bodies whose flows alone differ")
        wanted.times("then", [0.0, *(hour for hour, _ in then)])
        # One size out of all amounts leaves a shape that a slider of the dose does not change.
        size = max((dose.amount if isinstance(dose, Bolus) else dose.rate for _, dose in items), default=0.0) or 1.0
        shape = tuple((shares.tobytes(), _rounded(dose.scaled(1 / size))) for shares, dose in items)
        key = (self._settings, times.tobytes(), shape, tuple((hour, body._settings) for hour, body in then))
        path = self._keep(self._root._runs, key, lambda: self._path(items, size, times, then))
        return BodyRun(self, path, size, items, times, tuple(then))

    def _inputs(self, items: Sequence[tuple[Array, Dose]], size: float) -> list[Jump | Feed]:
        scale = self._scale * size
        return [Jump(dose.time, shares * dose.amount / scale) if isinstance(dose, Bolus)
                else Feed(dose.start, dose.stop, shares * dose.rate / scale) for shares, dose in items]

    def _path(self, items: Sequence[tuple[Array, Dose]], size: float, times: Array,
              then: Sequence[tuple[float, Body]]) -> Path:
        inputs = self._inputs(items, size)
        if not then:
            return self.system.run(np.zeros(len(self.names)), times, inputs)
        stages = [(0.0, self.system)] + [(hour, body.system) for hour, body in then]
        marks = np.union1d(times, [hour for hour, _ in then])
        return run_in_turn(stages, np.zeros(len(self.names)), marks, inputs)


def schedule_of(doses: Doses) -> Schedule:
    """A dose, several in order of time, or a schedule, as a schedule."""
    if not isinstance(doses, (Bolus, Infusion, Iterable)) or isinstance(doses, str):
        wanted.refuse("doses", doses, "a Bolus, an Infusion or a Schedule")
    return Schedule(doses)


def _parameter(name: str, given: object) -> Parameter:
    if hasattr(given, "value") and hasattr(given, "mark"):
        told = (str(getattr(given, what, "")) for what in ("unit", "source"))
        return Parameter(wanted.not_negative(name, given.value), next(told), given.mark, next(told))
    return Parameter(wanted.not_negative(name, given))


def _rounded(dose: Dose) -> Dose:
    """The same dose with the last digits of its amount dropped, which scaling up and down leaves different."""
    if isinstance(dose, Bolus):
        return replace(dose, amount=float(f"{dose.amount:.12g}"))
    return replace(dose, rate=float(f"{dose.rate:.12g}"))


def two_boxes(blood_ml: float, csf_ml: float, clearance_ml_per_h: float, entry_ml_per_h: float,
              exit_ml_per_h: float) -> Body:
    """Blood and CSF alone: `entry_ml_per_h` from blood to CSF, `exit_ml_per_h` back, `clearance_ml_per_h` out of the blood."""
    blood, csf = wanted.positive("blood_ml", blood_ml), wanted.positive("csf_ml", csf_ml)
    clearance = wanted.positive("clearance_ml_per_h", clearance_ml_per_h)
    entry = wanted.not_negative("entry_ml_per_h", entry_ml_per_h)
    return Body([Compartment("plasma", "blood", blood), Compartment("CSF", "cerebrospinal fluid", csf)],
                [Flow("plasma", "liver and kidney", "clearance", clearance, "clearance"),
                 Flow("plasma", "CSF", "entry", entry),
                 Flow("CSF", "plasma", "exit", wanted.positive("exit_ml_per_h", exit_ml_per_h))])


def advantage_of_two_boxes(clearance_ml_per_h: Numbers, entry_ml_per_h: Numbers) -> Result:
    """Targeting advantage of CSF over a vein in two boxes: 1 + clearance from blood / entry, whatever the exit. Broadcasts.

    Dedrick RL et al., Cancer Treat Rep 1978;62:1 (recalled).
    """
    entry = wanted.numbers("entry_ml_per_h", entry_ml_per_h, 0.0, above=True)
    return (1 + wanted.numbers("clearance_ml_per_h", clearance_ml_per_h, 0.0) / entry)[()]
