"""Figures for the tests of the models: from `crossing.facts`, so that no test keeps a number of its own."""

import pytest
from comparisons import known_facts, known_spine
from hypothesis import HealthCheck, settings

settings.register_profile("models", deadline=None, max_examples=40, derandomize=True,
                          suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("models")


@pytest.fixture(scope="session")
def facts():
    return known_facts()


@pytest.fixture(scope="session")
def spine():
    """Canal of 60 cm and 97.3 mL, loss borrowed from methotrexate, fall-off of Kroin 1993."""
    return known_spine()
