"""Lesson 07, risks: its charts in the order in which they appear."""

from .tellings import ThreeTellings
from .hundred import HundredPeople
from .per_what import PerWhat
from .none_seen import NoneSeen
from .wrong_syringe import WrongSyringe
from .centre import CentreEffect
from .trial import ReadATrial
from .hazards import FourHazards

__all__ = ["ThreeTellings", "HundredPeople", "PerWhat", "NoneSeen", "WrongSyringe", "CentreEffect", "ReadATrial", "FourHazards"]
