"""Figures for the tests of the models: from `crossing.facts`, so that no test keeps a number of its own."""

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("models", deadline=None, max_examples=40, derandomize=True,
                          suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("models")


@dataclass(frozen=True)
class Geometry:
    """An even canal and its levels, with the one fitted number of validation case 6."""

    length: float
    area: float
    loss: float
    ratio: float
    levels: dict

    @property
    def gap(self):
        return self.levels["T2"] - self.levels["T12"]


@pytest.fixture(scope="session")
def facts():
    try:
        from crossing.facts import facts as known
        return known
    except ImportError:
        return _from_table()


def _from_table():
    factors = {("min", "h"): 1 / 60, ("L", "mL"): 1000.0, ("L/h", "mL/h"): 1000.0, ("days", "h"): 24.0}

    @dataclass(frozen=True)
    class Row:
        value: float | None
        low: float | None
        high: float | None
        unit: str

        def to(self, unit):
            return self.value * (1 if unit == self.unit or self.unit == "cm3" else factors[self.unit, unit])

    with open(Path("/work/shared/science/facts.csv"), encoding="utf-8", newline="") as file:
        return {row["id"]: Row(*(float(row[name]) if row[name] else None for name in ("value", "low", "high")),
                               row["unit"]) for row in csv.DictReader(file)}


@pytest.fixture(scope="session")
def spine(facts):
    """Canal of 60 cm and 97.3 mL, loss borrowed from methotrexate, fall-off of Kroin 1993."""
    try:
        from crossing.facts import levels
        levels = {name: float(levels[name]) for name in levels}
    except ImportError:
        levels = {"S2": 0, "L5/S1": 4, "L3/4": 11, "L1/2": 18, "T12": 24, "T10": 28, "T8": 32, "T6": 36, "T4": 40,
                  "T2": 44, "C7": 48.5, "C4": 54, "C1": 59, "skull": 60}
    length = levels["skull"]
    return Geometry(length, facts["sss_csf_model"].to("mL") / length, np.log(2) / facts["mtx_thalf"].to("h"),
                    facts["kroin_t2_t12"].value, levels)
