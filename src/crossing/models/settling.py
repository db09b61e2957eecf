"""Levels under a programme: at any places, over a day that has settled, and the way to a new plateau.

Works with `SpinalCanal`, `OnePool` and `TwoPools`. Times in hours, levels in doses per mL, heights in cm. In a pool every
place is the same place: it gives one column for each place asked for, all alike.
Errors: ValueError naming argument, value and what was wanted.

In words: Raise the rate of a pump and the level creeps to a new plateau. How high it gets follows from the rate; how soon it
gets there does not: a small step and a large one take equally long to go half of their way. Give a rhythm of doses day
after day, and in the end each day repeats the one before; that settled day is worked out at once, without going through
all the days before it.

Assumes: That the model is linear: the level follows the amounts in proportion, and two doses simply add up.

Leaves out: The effect, which may run hours behind the level and has limits of its own.

Sources: The plateau principle of pharmacokinetics, as in any textbook; the settled state is the exact solution of one set of
linear equations.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, cast

import numpy as np

from . import wanted
from .dosing import Bolus, Doses, Infusion, Schedule, repeat
from .linear import Feed, Jump
from .wanted import Array, Numbers

if TYPE_CHECKING:  # any model of theirs will do, but a pool must not load the canal
    from typing_extensions import TypeIs

    from .canal import SpinalCanal
    from .fluid import OnePool, TwoPools

_Model: TypeAlias = "SpinalCanal | OnePool | TwoPools"
_DAY = 24.0


def _is_canal(model: _Model) -> TypeIs[SpinalCanal]:
    if not hasattr(model, "run") or not hasattr(model, "steady"):
        wanted.refuse("model", model, "a SpinalCanal, OnePool or TwoPools")
    return hasattr(model, "rhythm")


def _heights(model: _Model, places_cm: Numbers | None, position_cm: float | None,
             name: str = "places_cm") -> Array:
    """The heights asked for (places,), held against the canal if there is one."""
    top = model.length_cm if _is_canal(model) else np.inf
    if position_cm is not None:
        wanted.between("position_cm", position_cm, 0.0, top)
    if places_cm is None:
        return np.zeros(1) if np.isinf(top) else wanted.refuse(name, None, "at least one height in cm")
    heights = np.atleast_1d(wanted.numbers(name, places_cm, 0.0))
    if heights.ndim != 1 or not heights.size:
        wanted.refuse(name, f"array of shape {heights.shape}", "a list of at least one height in cm")
    wanted.between(name, heights.max(), 0.0, top)
    return heights


def levels(model: _Model, schedule: Doses, times: Numbers, places_cm: Numbers | None = None,
           position_cm: float | None = None) -> Array:
    """Levels (times, places) in `model` under `schedule` (a `Schedule`, or the `tip` of a delivery), empty at time 0.

    In a canal doses without a position go to `position_cm`, and `places_cm` must be given.
    """
    heights = _heights(model, places_cm, position_cm)
    if _is_canal(model):
        return np.asarray(model.run(schedule, times, position_cm).at(heights))
    return np.repeat(model.run(schedule, times).fluid[:, None], heights.size, axis=1)


def settled_day(model: _Model, schedule: Doses, times: Numbers,
                places_cm: Numbers | None = None, position_cm: float | None = None, every_h: float = _DAY) -> Array:
    """Levels (times, places) within a day like all days after it: `schedule` repeated every `every_h` hours for ever.

    `schedule` must end within `every_h`; `times` run from 0 up to it.
    """
    schedule, every = Schedule(schedule), wanted.positive("every_h", every_h)
    heights = _heights(model, places_cm, position_cm)
    times = wanted.times("times", times, 0.0)
    if times[-1] > every:
        wanted.refuse("times", times[-1], f"times of {every:g} h at most")
    if _is_canal(model):
        before = model.rhythm(schedule, every, position_cm)
        # Read on the second day: an infusion that runs through midnight has then stood long enough next to its tip.
        return np.asarray(model.run(repeat(schedule, every, 2), every + times, position_cm, before).at(heights))
    system = model.system
    unit = np.eye(system.size)[0]
    inputs = [Jump(dose.time, dose.amount * unit) if isinstance(dose, Bolus)
              else Feed(dose.start, dose.stop, dose.rate * unit) for dose in schedule]
    fluid = system.run(system.periodic(every, inputs), times, inputs).states[:, 0] / model.volume_ml
    return np.repeat(fluid[:, None], heights.size, axis=1)


def step_share(model: _Model, times: Numbers, places_cm: Numbers | None = None,
               position_cm: float | None = None) -> Array:
    """Share (times, places) of the way to a new plateau, `times` after a step of the rate: the same for any step."""
    heights = _heights(model, places_cm, position_cm)
    rising = levels(model, Infusion(0.0, np.inf, 1.0), times, places_cm, position_cm)
    if _is_canal(model):
        return rising / model.steady(cast(float, position_cm), 1.0).at(heights)
    return rising / np.ravel(model.steady(1.0))[0]


def hours_to_share(model: _Model, share: float, place_cm: float | None = None,
                   position_cm: float | None = None) -> float:
    """Hours from a step of the rate until the level has gone `share` (below 1) of the way to its new plateau.

    Found by looking ever closer; right to about one part in 10^5.
    """
    share = wanted.between("share", share, 0.0, 1.0)
    _heights(model, place_cm, position_cm, "place_cm")
    if not 0 < share < 1:
        wanted.refuse("share", share, "a number above 0 and below 1")
    start, stop = 0.0, _DAY
    while step_share(model, [stop], place_cm, position_cm)[0, 0] < share:
        start, stop = stop, 2 * stop
        if stop > 1e9:
            wanted.refuse("share", share, "a share that is reached")
    for _ in range(3):
        times = np.linspace(start, stop, 65)
        gone = step_share(model, times, place_cm, position_cm)[:, 0]
        i = max(int(np.argmax(gone >= share)), 1)
        start, stop = times[i - 1], times[i]
    return float(start + (stop - start) * (share - gone[i - 1]) / (gone[i] - gone[i - 1]))
