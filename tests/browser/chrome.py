"""Finding a Chromium to test with, and the flags that keep it quiet and offline."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from urllib.parse import urlsplit

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


def watched(tab):
    """The same tab, keeping a list of what it asked of other hosts and of the errors it printed."""
    tab.outside, tab.complaints = [], []
    tab.on("request", lambda request: _note_outside(tab, request.url))
    tab.on("console", lambda message: tab.complaints.append(message.text) if message.type == "error" else None)
    tab.on("pageerror", lambda error: tab.complaints.append(str(error)))
    return tab


def _note_outside(tab, address):
    parts = urlsplit(address)
    if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname not in ("localhost", "127.0.0.1"):
        tab.outside.append(address)
