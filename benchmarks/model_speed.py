"""How fast the spinal canal is, and how that compares with an ordinary differential equation solver.

    python benchmarks/model_speed.py

Prints a small table. The solver is `scipy.integrate.solve_ivp`, both as it comes and with every help it takes (Jacobian, bands,
sparse algebra), each with the loosest tolerance that meets the accuracy named, no tighter.
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")  # small matrices: threads only get in each other's way
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))
from crossing.models.canal import Pool, SpinalCanal, dispersion_for
from crossing.models.dosing import Bolus, Infusion, Schedule, repeat

TIMES = np.linspace(0, 24, 500)
LOSS = 0.15
PLAIN = dict(length_cm=60, area_cm2=1.6, dispersion_cm2_per_h=dispersion_for(0.43, 20, LOSS), loss_per_h=LOSS)


def milliseconds(call, times: int = 15) -> float:
    call()
    taken = []
    for _ in range(times):
        begin = perf_counter()
        call()
        taken.append(1000 * (perf_counter() - begin))
    return median(taken)


def solver_milliseconds(accuracy: float) -> dict:
    """Each solver's time for a bolus at L3/4, 24 h at 500 points, within `accuracy` (of the peak) of the exact path."""
    from scipy.integrate import solve_ivp
    from scipy.sparse import csc_matrix

    canal = SpinalCanal(**PLAIN)
    matrix, state = canal.system.matrix, canal.bolus(11, 1, 2)
    exact, sparse = canal.run(Bolus(0, volume_ml=2), TIMES, 11).amount.T, csc_matrix(canal.system.matrix)
    ways = {
        "as it comes (RK45)": dict(),
        "Radau": dict(method="Radau"),
        "LSODA": dict(method="LSODA"),
        "LSODA, banded": dict(method="LSODA", lband=1, uband=1),
        "BDF, sparse": dict(method="BDF", jac=sparse),
        "Radau, sparse": dict(method="Radau", jac=sparse),
    }
    found = {}
    for name, options in ways.items():
        product = sparse if "," in name else matrix
        for exponent in np.arange(np.log10(accuracy) + 1, -13.1, -0.5):
            def solve():
                return solve_ivp(lambda t, x: product @ x, (0, 24), state, t_eval=TIMES, rtol=10.0**exponent,
                                 atol=10.0**exponent * exact.max(), **options)
            error = np.abs(solve().y - exact).max() / exact.max()
            if error <= accuracy:
                found[name] = (milliseconds(solve, 3), error)
                break
    return found


def main() -> int:
    canal, drift = SpinalCanal(**PLAIN), SpinalCanal(**{**PLAIN, "dispersion_cm2_per_h": 0, "drift_cm_per_h": 3.65})
    schedules = {"one bolus": Schedule(Bolus(0, volume_ml=2)), "infusion": Schedule(Infusion(0, 24, 1 / 24)),
                 "4 boluses": repeat(Bolus(0, volume_ml=2), 6, 4)}
    rows = [("set-up, 120 cells (a slider that changes the canal)", milliseconds(lambda: SpinalCanal(**PLAIN).system.method)),
            ("steady profile, new canal and all", milliseconds(lambda: SpinalCanal(**PLAIN).steady(11).at(44)))]
    for name, schedule in schedules.items():
        rows.append((f"24 h, 500 points, {name}", milliseconds(lambda: canal.run(schedule, TIMES, 11))))
    once = rows[2][1]
    pooled = SpinalCanal(**PLAIN, head=Pool(200, 30, 0.3))
    rows.append(("24 h, 500 points, one bolus, cranial pool", milliseconds(lambda: pooled.run(schedules["one bolus"], TIMES, 11))))
    rows.append(("24 h, 500 points, one bolus, drift alone (matrix exponential)",
                 milliseconds(lambda: drift.run(schedules["one bolus"], TIMES, 11))))
    worst = max(canal.run(schedule, TIMES, 11).balance for schedule in schedules.values())
    print(f"{'':64}      ms")
    for name, value in rows:
        print(f"{name:64}{value:8.2f}")
    for accuracy in (1e-6, 1e-9):
        title = f"solve_ivp with an error of {accuracy:g} of the peak, same run"
        print(f"\n{title:64}      ms    error   times slower (set-up counted)")
        solvers = solver_milliseconds(accuracy)
        for name, (value, error) in solvers.items():
            print(f"{name:64}{value:8.1f}  {error:.1e}   {value / once:6.0f} ({value / (once + rows[0][1]):.0f})")
    print(f"\nworst gap in the mass balance, relative to the dose: {worst:.1e}")
    plain, _ = solvers["as it comes (RK45)"]
    held = {"set-up under 4 ms": rows[0][1] < 4, "run under 5 ms": max(value for _, value in rows[2:5]) < 5,
            "50 times faster than solve_ivp as it comes": plain / (once + rows[0][1]) >= 50}
    print("; ".join(f"{name}: {'yes' if ok else 'NO'}" for name, ok in held.items()))
    return 0 if all(held.values()) else 1


if __name__ == "__main__":
    raise SystemExit(main())
