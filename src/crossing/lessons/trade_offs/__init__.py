"""Lesson 08, trade-offs: its charts in the order in which they appear."""

from .three_cases import ThreeCases
from .effects import Effects
from .weights import YourWeights
from .flip import WhatWouldFlip
from .twice import CountedTwice
from .ranks import AllNotKnown

__all__ = ["ThreeCases", "Effects", "YourWeights", "WhatWouldFlip", "CountedTwice", "AllNotKnown"]
