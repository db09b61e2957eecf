"""What a body and its runs can be asked: amounts, levels, areas, where the dose is, and the advantage of a road.

Amounts in doses, levels in doses per mL, areas in doses per mL times hours, times in hours (t,).
Errors: ValueError naming argument, value and what was wanted.

In words: After a run, any box of the body can be asked how much drug is in it, how strong it is there, bound and free
together or free alone, and how large the area under its curve is, to the end of time. Every part of the dose can be found: in
a box, or gone through one of the ways out. The advantage of a road says how much more of the exposure falls on the target for
the same exposure of the blood, against a dose straight into the vein.

Assumes: What the model of the body assumes. The advantage compares areas, so it counts long and weak alike with short and
strong.

Leaves out: What an area does to anybody. A large advantage may be a large level, or only a small one in the blood.

Sources: Hunt CA, MacGregor RD, Siegel RA, Pharm Res 1986;3:333, on the advantage of a place and a road (recalled, not read).
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from . import wanted
from .dosing import Infusion
from .wanted import Array, Places, Result

if TYPE_CHECKING:  # only the names: a body makes runs, not the other way round
    from .body import Body
    from .body_parts import Flow, Marks
    from .dosing import Dose
    from .modal import Path

#: A compartment or group, or several of them.
Names: TypeAlias = str | Iterable[str]


class _Readable:
    """Amounts (..., n) that can be read by the name of a compartment or group, or by several: then (..., names)."""

    def __init__(self, body: Body, amounts: Array, volumes_ml: Array | None = None, holds: Array | None = None) -> None:
        self.body, self._amounts = body, amounts
        self._volumes = body.volumes_ml if volumes_ml is None else volumes_ml
        self._holds = body._holds if holds is None else holds

    def _read(self, name: Names, each: Callable[[Places], Result]) -> Result:
        if isinstance(name, str) or not isinstance(name, Iterable):
            return each(self.body._inside("name", name))
        return np.stack([each(self.body._inside("name", one)) for one in name], axis=-1)

    def amount(self, name: Names) -> Result:
        """Amount in a compartment or group, in doses."""
        return self._read(name, lambda inside: self._amounts[..., inside].sum(axis=-1))

    def level(self, name: Names) -> Result:
        """Bound and free together per mL, as a sample is measured; of a group, the mean by volume. Below 0 is cut off."""
        return self._means(name, self._amounts)

    def free(self, name: Names) -> Result:
        """Free drug per mL: the level that drives flows through walls; of a group, the mean by volume."""
        return self._means(name, self._amounts / self._holds)

    def _means(self, name: Names, amounts: Array) -> Result:
        return self._read(name, lambda i: np.maximum(amounts[..., i].sum(axis=-1) / self._volumes[..., i].sum(axis=-1), 0))


class Standing(_Readable):
    """Steady levels, or areas under levels: one number for each name (or one for each value of a sweep)."""


class BodyRun(_Readable):
    """A run in time: `times` (t,); `amount`, `level`, `free` (t,) by name, or (t, names) for several names.

    `size` is the largest of its doses; `items` are (shares (n,), dose), `then` (hours, body).
    """

    def __init__(self, body: Body, path: Path, size: float, items: Sequence[tuple[Array, Dose]], times: Array,
                 then: tuple[tuple[float, Body], ...]) -> None:
        self._path, self._size, self._items, self._then = path, size, items, then
        self.times = times
        self._rows = np.searchsorted(path.times, times, side="right") - 1
        super().__init__(body, path.states[self._rows] * (body._scale * size))

    @property
    def marks(self) -> Marks:
        """How many of the numbers behind this run were measured in man, in animals, assumed, set by hand."""
        bodies = (self.body, *(body for _, body in self._then))
        return max((body.marks for body in bodies), key=lambda marks: marks.get("set by hand", 0))

    def _tally(self, pick: Callable[[Flow], bool]) -> Array:
        """Amount (t,) carried so far by the flows that `pick` chooses."""
        chosen = np.array([bool(pick(flow)) for flow in self.body.flows])

        def weights(body: Body) -> Array:
            taken = np.bincount(body._start, np.where(chosen, body._rates, 0.0), len(self.body.names))
            return np.asarray(taken * self.body._scale * self._size, dtype=float)
        if not self._then:
            return self._path.tally(weights(self.body))
        # Each stage has rates of its own: its part of the areas counts with them.
        areas, ends = self._path.areas, np.searchsorted(self._path.times, [hour for hour, _ in self._then])
        result, since, before = np.zeros(areas.shape[0]), np.zeros(areas.shape[1]), 0
        for body, end in zip([self.body, *(body for _, body in self._then)], [*ends, None]):
            stop = areas.shape[0] if end is None else end + 1
            part = (areas[before:stop] - since) @ weights(body)
            result[before:stop] += part
            if end is not None:
                result[stop:] += part[-1]
                since, before = areas[end], stop
        return result[self._rows]

    def carried(self, start: str, to: str) -> Array:
        """Amount (t,) that went so far straight from `start` to `to` (compartment, group or sink); return is not taken off."""
        begin = {self.body.names[i] for i in self.body._inside("start", start)}
        goal = {to} if to in self.body.sinks else {self.body.names[i] for i in self.body._inside("to", to)}
        return self._tally(lambda flow: flow.start in begin and flow.to in goal)

    @cached_property
    def tallies(self) -> dict[str, Array]:
        """Where every part of the dose is, each (t,): "given", each compartment, each sink."""
        given = np.asarray(sum((shares.sum() * dose.given_by(self.times) for shares, dose in self._items), np.zeros(self.times.size)))
        inside = {name: self._amounts[:, i] for i, name in enumerate(self.body.names)}
        gone = {sink: self._gone_to(sink) for sink in self.body.sinks}
        return {"given": given, **inside, **gone}

    def _gone_to(self, sink: str) -> Array:
        return self._tally(lambda flow: flow.to == sink)

    @property
    def balance(self) -> float:
        """Largest amount unaccounted for at any time, relative to the largest amount given."""
        given = self.tallies["given"]
        kept = sum(amount for name, amount in self.tallies.items() if name != "given")
        return float(np.abs(given - kept).max() / max(given.max(), np.finfo(float).tiny))

    @cached_property
    def _areas(self) -> Standing:
        """Areas of the whole run to the end of time; of its endless infusions alone, for an hour of them, if there are any."""
        if self.endless:
            parts = [dose.rate * self._last._area(s) for s, dose in self._items if isinstance(dose, Infusion) and dose.total == np.inf]
        elif not self._then:
            parts = [dose.total * self.body._area(s) for s, dose in self._items]
        else:
            hour, scale = self._then[-1][0], self.body._scale
            path = self.body._path(self._items, 1.0, np.array([hour]), list(self._then))
            # What has come in by that hour is in the state; a bolus at the very hour too.
            later = [(d.total - d.given_by(hour)) * self._last._area(s) for s, d in self._items]
            parts = [path.areas[-1] * scale, self._last._area(np.maximum(path.states[-1] * scale, 0)), *later]
        return Standing(self._last, sum(parts, np.zeros(len(self.body.names))))

    @property
    def _last(self) -> Body:
        return self._then[-1][1] if self._then else self.body

    @property
    def endless(self) -> bool:
        """Whether an infusion never stops: its areas are infinite, their ratios are those of the steady levels."""
        return any(dose.total == np.inf for _, dose in self._items)

    def area(self, name: Names) -> Result:
        """Area under the level from the first dose to the end of time, without stepping; infinite for an endless infusion."""
        areas = np.asarray(self._areas.level(name))
        return np.where(areas > 0, np.inf, 0.0)[()] if self.endless else areas[()]

    def area_so_far(self, name: Names) -> Result:
        """Area (t,) under the level up to each time, or (t, names)."""
        return _Readable(self.body, self._path.areas[self._rows] * (self.body._scale * self._size)).level(name)

    def targeting_advantage(self, name: Names, over: str | None = None) -> Result:
        """Area in `name` over that in the blood, divided by the same for a dose straight into the blood; one for each name.

        `over` names another compartment than the blood to hold against. The closed form for two boxes, all loss from the
        target going to the blood, is 1 + clearance from blood / clearance from blood into the target.
        """
        over = self.body.blood if over is None else over
        if not any(dose.total for _, dose in self._items):
            wanted.refuse("dose", 0, "something given, for an advantage to exist")
        vein = self._last.areas(self.body.blood)
        with np.errstate(divide="ignore", invalid="ignore"):
            return (self._areas.level(name) / self._areas.level(over)) / (vein.level(name) / vein.level(over))
