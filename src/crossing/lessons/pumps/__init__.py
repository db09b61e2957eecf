"""Lesson 05, pumps: its charts in the order in which they appear."""

from .day import DayProgramme
from .step import StepUp
from .find_the_fault import FindTheFault
from .perfect import PerfectLog
from .accuracy import Accuracy

__all__ = ["DayProgramme", "StepUp", "FindTheFault", "PerfectLog", "Accuracy"]
