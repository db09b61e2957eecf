"""Lesson 04, spinal infusion: its charts in the order in which they appear."""

from .bolus import BolusAlongTheCord
from .infusion import SteadyInfusion
from .stories import ThreeStories
from .rhythm import BolusOrInfusion
from .density import MinutesOrHours
from .two_boxes import TwoBoxes
from .how_sure import HowSure

__all__ = ["BolusAlongTheCord", "SteadyInfusion", "ThreeStories", "BolusOrInfusion", "MinutesOrHours",
           "TwoBoxes", "HowSure"]
