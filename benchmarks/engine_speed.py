"""How fast the rest of the engine is: the body and its roads, programmes, bands, molecules; and the body against `solve_ivp`.

    python benchmarks/engine_speed.py

A slider step may take a few milliseconds. "Set-up" is what the first step pays, "one control changed" what every other step
does. The solver meets the accuracy named with the loosest tolerance that will do, in the same run; ratios are what count.
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")
import sys
from itertools import cycle
from pathlib import Path

import numpy as np

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[1] / "src")]
from model_speed import PLAIN, TIMES, milliseconds  # noqa: E402

from crossing.models import exposure, routes, uncertainty  # noqa: E402
from crossing.models.canal import SpinalCanal  # noqa: E402
from crossing.models.dosing import Bolus, Infusion, Schedule  # noqa: E402
from crossing.models.fluid import OnePool  # noqa: E402
from crossing.models.programme import Programme  # noqa: E402
from crossing.models.pump import Pump  # noqa: E402
from crossing.models.rules import Ranked, Rule, count  # noqa: E402
from crossing.models.settling import settled_day  # noqa: E402
from crossing.models.stirring import Sway, stirring  # noqa: E402
from crossing.models.streaming import TwoLanes  # noqa: E402


def programme_rows():
    canal, week = SpinalCanal(**PLAIN), np.linspace(0, 7 * 24, 500)
    canal.system.method
    plan = Programme.constant(0.04).with_rate_between(0.02, 22, 6).with_dose(8, 0.1).with_dose(20, 0.1)
    asked = plan.with_on_request(0.05, 2, 6).with_random_requests(4, 7, 1)
    day = np.linspace(0, 24, 200)
    yield "a week's programme written out as doses", lambda: plan.schedule(168)
    on_the_canal = lambda programme: canal.run(programme.schedule(168), week, 11).at([11, 24, 44])  # noqa: E731
    yield "the same on the canal, 500 points, read at 3 heights", lambda: on_the_canal(plan)
    yield "the same with doses on request", lambda: on_the_canal(asked)
    yield "a settled day of it, 200 points", lambda: settled_day(canal, plan.schedule(24), day, [11, 24, 44], 11)
    pump, hours = Pump(20, 4.0, 0.2), 90 * 24
    yield "a pump run for 90 days, with refills", lambda: pump.run(plan, hours, pump.planned_refills(plan, hours))


def band_rows():
    ranges = [uncertainty.Range("volume", 120, 150, 300), uncertainty.Range("clearance", 12, 21, 40)]

    def pool(volume, clearance):
        return np.exp(-clearance / volume * TIMES) / volume

    def fall(dispersion, loss):
        return SpinalCanal(**{**PLAIN, "dispersion_cm2_per_h": dispersion, "loss_per_h": loss}).steady(11).at(44)

    canals = [uncertainty.Range("dispersion", 40, 86, 260, "log-uniform"),
              uncertainty.Range("loss", 0.05, 0.15, 0.5, "log-uniform")]
    band = uncertainty.run_over(pool, ranges, at_once=True)
    yield "band of one pool, 200 runs of 500 points at once", lambda: uncertainty.run_over(pool, ranges, at_once=True)
    yield "which figure matters, from that band", lambda: uncertainty.what_matters(band, lambda curves: curves.mean(axis=1))
    yield "band of the canal's steady level, 100 canals", lambda: uncertainty.run_over(fall, canals, n=100)


def molecule_rows():
    from crossing.facts import molecules

    columns = {name: np.asarray(molecules[name], dtype=float) for name in ("tpsa", "logp", "mw", "hbd")}
    crosses, cuts = np.asarray(molecules["crosses"]), np.linspace(0, 200, 101)
    ranked, steps = Ranked(columns["tpsa"],
                           crosses), cycle([{"tpsa": (None, cut), "mw": (None, 450)} for cut in (70, 80, 90, 100)])
    size = f"{crosses.size} molecules"
    yield f"one cut-off dragged, {size}", lambda: count(Rule(next(steps)).passes(columns), crosses).per(1000)
    yield f"101 cut-offs at once, {size}", lambda: ranked.counts(cuts)
    yield f"sorting them anew (another property), {size}", lambda: Ranked(columns["mw"], crosses).auc


def reading_rows():
    run = OnePool(150, 21).run(Schedule([Bolus(0), Infusion(2, 9, 0.1)]), TIMES)
    yield "peak, trough, area, time above and half-life of 500 points", lambda: (
        exposure.peak(run.times, run.fluid), exposure.trough(run.times, run.fluid), exposure.auc(run.times, run.fluid),
        exposure.time_above(run.times, run.fluid, 1e-3), exposure.fall(run.times, run.fluid))
    sways = [Sway("heart", 0.2, 1.2), Sway("breath", 0.8, 0.25)]
    yield "stirring by two sways", lambda: stirring(sways, 0.15, 5e-6, 0.007)
    yield "two lanes of 40 cells, 24 h at 500 points", lambda: TwoLanes(60, 1.6, 80, 0.15, 30, 2, cells=40).run(Bolus(0), np.linspace(0, 24, 500), 11)


def fresh_times():
    """Grids of 500 points that differ by less than anyone can see: no earlier run of the same body serves twice."""
    return cycle([np.linspace(0, 24 + 1e-9 * i, 500) for i in range(64)])


def body_rows(drug="morphine"):
    from crossing.facts import drug_parameters

    figures, roads = drug_parameters(drug), (routes.Lumbar(Bolus(0)), routes.Vein(Bolus(0)))
    body, times = routes.course_body(figures), fresh_times()
    places = body.names
    day = lambda it, t: it.give(roads[0], t).level(places)  # noqa: E731
    bigger = cycle([routes.Lumbar(Bolus(0, 1.0 + 0.01 * i)) for i in range(64)])
    read = ["lumbar CSF", "cord", "brain fluid"]
    clearances = cycle(figures["clearance_ml_per_h"].value * np.linspace(0.5, 2, 64))
    opened = cycle([routes.OpenBarrier(4.0, 0.5, 2.0 + 0.01 * i) for i in range(64)])
    day(body, TIMES)
    yield "body of 16: put together and set up", lambda: day(routes.course_body(figures), TIMES)
    yield "body of 16: 24 h, 500 points, all levels, after set-up", lambda: day(body, next(times))
    yield "body of 16: only the dose changed", lambda: body.give(next(bigger), TIMES).level(places)
    yield "body of 16: a drug's clearance changed", lambda: day(body.changed(clearance_ml_per_h=next(clearances)), TIMES)
    yield "body of 16: two roads together", lambda: body.give(roads, next(times)).level(places)
    yield "body of 16: barrier opened for some hours", lambda: body.give(roads[1], TIMES, next(opened)).level(places)
    yield "body of 16: areas and advantages, no stepping", lambda: body.give(roads[0], TIMES).targeting_advantage(read)
    yield "body of 16: where every part of the dose is", lambda: body.give(roads[0], next(times)).tallies
    closed = SpinalCanal(**{**PLAIN, "head": "closed", "loss_per_h": 0.0, "cells": 60})
    full = routes.course_body(figures, closed)
    day_of = lambda it, t: it.give(roads[0], t).level(it.spine)  # noqa: E731
    day_of(full, TIMES)
    set_up = lambda: day_of(routes.course_body(figures, closed), TIMES)  # noqa: E731
    yield f"body with a canal of 60 cells ({len(full.names)} states): set up", set_up
    yield "the same: 24 h, 500 points, profile, after set-up", lambda: day_of(full, next(times))
    yield "the same: a drug's clearance changed", lambda: day_of(full.changed(clearance_ml_per_h=next(clearances)), TIMES)


def body_against_solver(canal=None, accuracies=(1e-6, 1e-9), drug="morphine"):
    """(accuracy, way, ms, error) of a lumbar bolus, 24 h at 500 points, for several solvers; and our own ms, of a run and of a
    step with one control changed."""
    from crossing.facts import drug_parameters
    from scipy.integrate import solve_ivp

    figures, times = drug_parameters(drug), fresh_times()
    body, road = routes.course_body(figures, canal), routes.Lumbar(Bolus(0))
    matrix, start, exact = body.matrix, body.place(road, Bolus(0)), body.give(road, TIMES).amount(body.names).T
    run = milliseconds(lambda: body.give(road, next(times)).amount(body.names))
    changed = cycle(figures["clearance_ml_per_h"].value * np.linspace(0.5, 2, 64))
    step = milliseconds(lambda: body.changed(clearance_ml_per_h=next(changed)).give(road, next(times)).amount(body.names))
    found = []
    ways = {"as it comes (RK45)": {}, "LSODA": dict(method="LSODA"),
            "LSODA, Jacobian": dict(method="LSODA", jac=lambda t, x: matrix),
            "BDF, Jacobian": dict(method="BDF", jac=matrix), "Radau, Jacobian": dict(method="Radau", jac=matrix)}
    for accuracy in accuracies:
        for way, options in ways.items():
            for exponent in np.arange(np.log10(accuracy) + 1, -13.1, -0.5):
                def solve():
                    return solve_ivp(lambda t, x: matrix @ x, (0, 24), start, t_eval=TIMES, rtol=10.0**exponent,
                                     atol=10.0**exponent, **options)
                error = np.abs(solve().y - exact).max() / exact.max()
                if error <= accuracy:
                    found.append((accuracy, way, milliseconds(solve, 3), error))
                    break
    return found, run, step


def show(rows):
    found = {}
    for name, call in rows:
        found[name] = milliseconds(call)
        print(f"{name:64}{found[name]:8.2f}", flush=True)
    return found


def main() -> int:
    print(f"{'':64}      ms")
    taken = {}
    for rows in (body_rows(), programme_rows(), band_rows(), molecule_rows(), reading_rows()):
        taken |= show(rows)
    quicker = {}
    closed = SpinalCanal(**{**PLAIN, "head": "closed", "loss_per_h": 0.0, "cells": 60})
    for name, canal in (("body of 16", None), ("body with a canal of 60 cells", closed)):
        found, run, step = body_against_solver(canal)
        print(f"\n{name + ' against solve_ivp, same run':44}{'accuracy':>10}      ms    error   times slower than a run (than a slider's step)")
        for accuracy, way, ms, error in found:
            print(f"{way:44}{accuracy:10.0e}{ms:8.1f}  {error:.1e}   {ms / run:6.0f} ({ms / step:.0f})")
        quicker[name] = found[0][2] / run, min(ms for _, _, ms, _ in found) / run
    day = "body of 16: 24 h, 500 points, all levels, after set-up"
    changed = "body of 16: a drug's clearance changed"
    held = {"a day of the body in at most 5 ms": taken[day] <= 5, "a changed control in at most 5 ms": taken[changed] <= 5,
            "a run quicker than that of any solver": min(best for _, best in quicker.values()) > 1,
            "the body in full 50 times quicker than solve_ivp as it comes": quicker["body with a canal of 60 cells"][0] >= 50}
    print("\n" + "; ".join(f"{name}: {'yes' if ok else 'NO'}" for name, ok in held.items()))
    return 0 if all(held.values()) else 1


if __name__ == "__main__":
    raise SystemExit(main())
