"""Lesson 01, the barrier: its charts in the order in which they appear."""

from .speed import SpeedAndExtent
from .one_pass import OnePass
from .door import OpenedDoor
from .carriers import Carriers
from .leftover import LeftoverBlood
from .rules_of_thumb import RulesOfThumb
from .four_ratios import FourRatios

__all__ = ["SpeedAndExtent", "OnePass", "OpenedDoor", "Carriers", "LeftoverBlood", "RulesOfThumb",
           "FourRatios"]
