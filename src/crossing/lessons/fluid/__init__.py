"""Lesson 02, the fluid: its charts in the order in which they appear."""

from .budget import Budget
from .sway import Sway
from .clock import TracerClock
from .doors import TwoDoors
from .hides import OnePoolHides
from .glymphatic import GlymphaticArgument

__all__ = ["Budget", "Sway", "TracerClock", "TwoDoors", "OnePoolHides", "GlymphaticArgument"]
