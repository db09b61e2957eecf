"""Figures for the tests of the models: from `crossing.facts`, so that no test keeps a number of its own."""

from dataclasses import dataclass

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
    from crossing.facts import facts as known
    return known


@pytest.fixture(scope="session")
def spine(facts):
    """Canal of 60 cm and 97.3 mL, loss borrowed from methotrexate, fall-off of Kroin 1993."""
    from crossing.facts import levels as known
    levels = dict(known)
    length = levels["skull"]
    return Geometry(length, facts["sss_csf_model"].to("mL") / length, np.log(2) / facts["mtx_thalf"].to("h"),
                    facts["kroin_t2_t12"].value, levels)
