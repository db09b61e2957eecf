"""Lesson 02, the fluid: its charts in the order in which they appear."""

from .budget import Budget
from .sway import Sway
from .clock import TracerClock
from .doors import TwoDoors
from .hides import OnePoolLater
from .glymphatic import GlymphaticArgument

__all__ = ["Budget", "Sway", "TracerClock", "TwoDoors", "OnePoolLater", "GlymphaticArgument"]
