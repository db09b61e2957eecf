"""Lesson 06, three uses and more: its charts in the order in which they appear."""

from .pain import PainSpread
from .mass import IntoTheMass
from .infection import Infection
from .interval import WhatSetsTheInterval
from .outcome import TrialsByLot
from .block import BlockAtT6
from .units import TwoUnits

__all__ = ["PainSpread", "IntoTheMass", "Infection", "WhatSetsTheInterval", "TrialsByLot", "BlockAtT6", "TwoUnits"]
