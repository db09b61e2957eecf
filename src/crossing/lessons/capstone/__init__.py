"""Lesson 09, the capstone: its charts in the order in which they appear."""

from .unknown_compound import UnknownCompound
from .two_compounds import TwoCompounds
from .weigh import WeighACase

__all__ = ["UnknownCompound", "TwoCompounds", "WeighACase"]
