"""Finding a Chromium to test with, and the flags that keep it quiet and offline."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

# Off: everything a browser does by itself (updates, sync, metrics), so that a recorded request is one the
# page made.  --no-sandbox because continuous integration and containers often run as root.
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--disable-quic", "--no-first-run",
]  # fmt: skip

HOW_TO_GET_ONE = (
    "no Chromium found: install one (Debian: `apt install chromium`; anywhere: `python -m playwright install "
    "chromium`) or name it in the variable CROSSING_CHROMIUM"
)

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def executable(playwright=None) -> str | None:
    """The path of a Chromium, or None.

    Looked for in this order: `CROSSING_CHROMIUM`; the system's own; the one playwright has downloaded.
    """
    named = os.environ.get("CROSSING_CHROMIUM")
    if named:
        return named if Path(named).exists() else None
    for name in _NAMES:
        found = shutil.which(name)
        if found:
            return found
    if playwright is not None and Path(playwright.chromium.executable_path).exists():
        return playwright.chromium.executable_path
    return None
