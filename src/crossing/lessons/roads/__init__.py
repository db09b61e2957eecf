"""Lesson 03, roads: its charts in the order in which they appear."""

from .four import FourRoads
from .which import WhichDrug
from .advantage import Advantage
from .nose import NoseToBrain

from .board import FullBoard
from .pressure import ByPressure

__all__ = ["FourRoads", "WhichDrug", "Advantage", "NoseToBrain", "FullBoard", "ByPressure"]
