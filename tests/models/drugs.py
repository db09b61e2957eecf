"""Bodies of the course for the tests: the drugs of compounds.csv, each made once."""

import functools

import numpy as np

from crossing.facts import drug_parameters
from crossing.models.canal import SpinalCanal
from crossing.models.routes import course_body


@functools.cache
def body(drug):
    return course_body(drug_parameters(drug))


def canal(drug, cells=60, loss_per_h=0.0):
    """The canal of the body's own length, volume and stirring, in slices."""
    p = {name: figure.value for name, figure in drug_parameters(drug).items()}
    return SpinalCanal(p["canal_length_cm"], p["spinal_csf_ml"] / p["canal_length_cm"], p["canal_dispersion_cm2_per_h"],
                       loss_per_h, head="closed", cells=cells)


@functools.cache
def full_body(drug, cells=60):
    return course_body(drug_parameters(drug), canal(drug, cells))


def half_life_h(times, levels, start, stop):
    """Half-life read from the levels at two hours."""
    first, last = np.interp([start, stop], times, levels)
    return np.log(2) * (stop - start) / np.log(first / last)
