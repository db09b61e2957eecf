"""Lesson 07, risks: its charts in the order in which they appear."""
from .tellings import ThreeTellings

from .hundred import HundredPeople
