"""Every public name of every model is given bad numbers, one argument at a time: each must be refused with a ValueError that
names the argument and what was found.

`valid_calls.py` holds one valid call for each name, with what kind of value each argument is. A new public function, method or
argument without an entry there fails here.
"""

import importlib
import inspect
import pkgutil

import numpy as np
import pytest
from valid_calls import CALLS, NOT_CALLED, SCHEDULE, TIMES, X, some_body, some_canal

import crossing.models
from crossing.models import budget, dosing, entry, faults, fluid, formation, programme, pump, sampling, side_routes

MODULES = sorted(info.name for info in pkgutil.iter_modules(crossing.models.__path__))
#: What every model asks of its arguments, tested through the models; and how eigenvectors are summed, given only what was checked.
MACHINERY = {"modal", "wanted"}


def public(module_name):
    """(name, callable) for each public function, class and method that takes arguments, defined in the module itself."""
    module = importlib.import_module(f"crossing.models.{module_name}")
    for name, thing in vars(module).items():
        if name.startswith("_") or getattr(thing, "__module__", None) != module.__name__ or not callable(thing):
            continue
        yield f"{module_name}.{name}", thing
        if inspect.isclass(thing):
            own = [base for base in thing.__mro__ if base.__module__ == module.__name__]
            for method, raw in {method: raw for base in reversed(own) for method, raw in vars(base).items()}.items():
                function = raw.__func__ if isinstance(raw, (classmethod, staticmethod)) else raw
                if not method.startswith("_") and inspect.isfunction(function):
                    yield f"{module_name}.{name}.{method}", getattr(thing, method)


def arguments(function):
    try:
        known = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return []
    return [p.name for p in known if p.name not in ("self", "cls") and p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)]


PUBLIC = {name: thing for module in MODULES if module not in MACHINERY for name,
          thing in public(module) if arguments(thing)}


def owner(name):
    """The object whose method is called, or the module."""
    module, first, *rest = name.split(".")
    thing = getattr(importlib.import_module(f"crossing.models.{module}"), first)
    if not rest:
        return thing
    raw = inspect.getattr_static(thing, rest[0])
    if isinstance(raw, (classmethod, staticmethod)):
        return getattr(thing, rest[0])
    if "made" in CALLS[name]:
        return getattr(CALLS[name]["made"].value(), rest[0])
    return getattr(thing(**{key: kind.value for key, kind in CALLS[f"{module}.{first}"].items()}), rest[0])


def call(name, **changed):
    given = {key: kind.value for key, kind in CALLS[name].items() if key != "made"}
    return owner(name)(**given | changed)


def test_every_public_name_and_argument_is_swept():
    missing = sorted(set(PUBLIC) - set(CALLS) - NOT_CALLED)
    assert not missing, f"without a valid call in tests/models/valid_calls.py: {missing}"
    assert not set(CALLS) - set(PUBLIC), f"no longer there: {sorted(set(CALLS) - set(PUBLIC))}"
    assert not NOT_CALLED - set(PUBLIC), f"no longer there: {sorted(NOT_CALLED - set(PUBLIC))}"
    for name in sorted(set(PUBLIC) - NOT_CALLED):
        assert set(CALLS[name]) - {"made"} == set(arguments(PUBLIC[name])), name


@pytest.mark.parametrize("name", sorted(CALLS))
def test_the_valid_call_is_valid(name):
    call(name)


@pytest.mark.parametrize("name, argument",
                         [(name, argument) for name, kinds in sorted(CALLS.items()) for argument, kind in kinds.items()
                                            if argument != "made" and type(kind) is not X])
def test_a_bad_value_is_refused_by_name(name, argument):
    kind, wrong = CALLS[name][argument], []
    for bad, tokens in kind.bad():
        try:
            with np.errstate(all="ignore"):
                result = call(name, **{argument: bad})
            if inspect.isgenerator(result):
                list(result)
        except ValueError as error:
            words = str(error)
            if argument not in words:
                wrong.append(f"{bad!r}: the message does not name {argument}: {words}")
            elif not any(token in words for token in tokens):
                wrong.append(f"{bad!r}: the message shows none of {tokens}: {words}")
        except Exception as error:  # anything else is a stack trace under a learner's chart
            wrong.append(f"{bad!r}: {type(error).__name__}: {error}")
        else:
            wrong.append(f"{bad!r}: accepted, gave {str(result)[:60]}")
    assert not wrong, f"{name}({argument}=...)\n  " + "\n  ".join(wrong)


@pytest.mark.parametrize("call, words", [
    (lambda: some_canal().bolus(110.0), ["position_cm", "110", "from 0 to 60"]),  # millimetres
    (lambda: some_canal().bolus(11.0, 1.0, 2000.0), ["volume_ml", "2000"]),  # microlitres
    (lambda: some_canal().run(SCHEDULE, TIMES, 11).at(440.0), ["height_cm", "440", "from 0 to 60"]),
    (lambda: entry.levels(0.3, 10.0, 5.0), ["fu_plasma", "10"]),  # per cent
    (lambda: entry.measured_kp(0.3, 10.3), ["space_ml_per_g", "10.3", "1 mL in a gram"]),  # microlitres
    (lambda: budget.time_to_renew_h(150, 21, 50), ["share", "50"]),
    (lambda: formation.DailyRhythm(12, 42, 1800, 200), ["hour_lowest", "1800", "24"]),  # clock times
    (lambda: programme.DailyDose(8, 1, 90), ["over_h", "90", "24"]),  # minutes
    (lambda: pump.Pump(20, 1, 0.2, alarm_ml=2000), ["alarm_ml", "2000", "20"]),
    (lambda: sampling.makeup(0.2, 1.0).level(1, 100, 5), ["unmixed", "5", "0 to 1"]),
    (lambda: side_routes.tissue_loss_per_h(2e-4, 20), ["porosity", "20"]),
    (lambda: faults.leak(24, 30), ["share", "30"]),
])
def test_swapped_units_are_refused_where_they_lead_out_of_what_can_be(call, words):
    """Millimetres for centimetres, microlitres for millilitres, per cent for shares, minutes for hours."""
    with pytest.raises(ValueError) as error:
        call()
    for word in words:
        assert word in str(error.value)


RUNS = [
    lambda doses, times: fluid.OnePool(150, 21).run(doses, times), lambda doses, times: some_canal().run(doses, times, 11),
    lambda doses, times: some_body().run([("csf", doses)], times),
]


@pytest.mark.parametrize("run", RUNS, ids=["pool", "canal", "body"])
def test_a_schedule_without_doses_is_refused_and_a_pump_that_stands_still_is_not(run):
    nothing = dosing.Schedule()
    with pytest.raises(ValueError, match="schedule.*at least one dose"):
        run(nothing, TIMES)
    with pytest.raises(ValueError, match="doses.*at least one"):
        dosing.repeat(nothing, 24, 3)
    still = run(dosing.Infusion(0, 24, 0.0), TIMES)
    assert not any(np.any(amounts) for amounts in still.tallies.values()) and still.balance == 0


@pytest.mark.parametrize("run", RUNS, ids=["pool", "canal", "body"])
def test_times_that_never_reach_the_first_dose_are_refused(run):
    with pytest.raises(ValueError, match="times: found 1.*first dose, at 2 h"):
        run(dosing.Bolus(2.0), [0.0, 1.0])


def test_times_before_the_first_dose_show_nothing_and_times_before_the_run_are_refused():
    level = fluid.OnePool(150, 21).run(dosing.Bolus(2.0), TIMES).fluid
    assert not level[:2].any() and level[2] == 1 / 150
    for run in (lambda: fluid.OnePool(150, 21).run(dosing.Bolus(2.0), [-1.0, 3.0]), lambda: some_canal().run(SCHEDULE, [-1.0, 3.0], 11),
                lambda: some_body().run([("csf", dosing.Bolus(2.0))], [-1.0, 3.0])):
        with pytest.raises(ValueError, match="times: found -1.0, wanted times of 0 or later"):
            run()
