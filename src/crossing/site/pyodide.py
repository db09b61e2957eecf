"""A Pyodide distribution, in a folder or at an address: what it holds, and its files."""

from __future__ import annotations

import hashlib
import json
import re
import urllib.error
import urllib.request
from pathlib import Path

from packaging.utils import canonicalize_name

from . import Problem
from .needs import PYTHON

#: The release that the pinned jupyterlite-pyodide-kernel is made for, at the place its makers publish it.
OFFICIAL = "https://cdn.jsdelivr.net/pyodide/v314.0.6/full/"

LOCK = "pyodide-lock.json"
CORE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")

_INSTEAD = "Name another one: --pyodide FOLDER, an unpacked release of Pyodide."


class Distribution:
    """Pyodide at `place`, a folder or an address. Raises Problem when it is not one, or not one for this course."""

    def __init__(self, place: str):
        self.address = place.rstrip("/") + "/" if re.match(r"https?://", place) else None
        self.folder = None if self.address else Path(place).expanduser().absolute()
        if self.folder and not self.folder.is_dir():
            what = "is a file: unpack it, and name the folder" if self.folder.exists() else "does not exist"
            raise Problem(f"--pyodide: {self.folder} {what}.")
        if self.folder and not (self.folder / LOCK).exists() and (self.folder / "pyodide" / LOCK).exists():
            self.folder /= "pyodide"  # an archive unpacks to a folder of that name
        try:
            self.lock = json.loads(self.read(LOCK))
            info, packages = self.lock["info"], self.lock["packages"]
            found = info["python"], info["arch"]
        except (ValueError, KeyError, TypeError):
            raise Problem(f"{self} is no Pyodide: its {LOCK} cannot be understood. {_INSTEAD}") from None
        if not found[0].startswith(PYTHON + ".") or found[1] != "wasm32":
            raise Problem(f"{self} is a Pyodide for Python {found[0]} ({found[1]}); this course needs one for Python {PYTHON}, "
                          f"as in release 314. {_INSTEAD}")
        # A folder may hold the core alone, or a part of what its lock file names.
        self.packages = {canonicalize_name(name): entry for name, entry in packages.items()
                         if self.address or (self.folder / entry["file_name"].rsplit("/", 1)[-1]).exists()}

    def __str__(self):
        return self.address or str(self.folder)

    def read(self, name: str) -> bytes:
        """One file. Raises Problem where it is missing or cannot be fetched."""
        try:
            if self.folder:
                return (self.folder / name).read_bytes()
            with urllib.request.urlopen(self.address + name, timeout=60) as answer:
                return answer.read()
        except FileNotFoundError:
            raise Problem(f"{self} is no Pyodide: it has no file {name}. {_INSTEAD}") from None
        except urllib.error.HTTPError as error:
            raise Problem(f"There is no {name} at {self} (the answer was {error.code}). {_INSTEAD}") from None
        except (urllib.error.URLError, TimeoutError, ConnectionError) as error:
            raise Problem(f"Pyodide could not be fetched from {self}: {getattr(error, 'reason', error)}.\n"
                          "See that this computer has a network (and the proxy is set, if there is one) and try again.\n"
                          f"{_INSTEAD}") from None
        except OSError as error:
            raise Problem(f"{self}: {name} could not be read ({error.strerror}).") from None

    def wheel(self, name: str) -> tuple[str, bytes]:
        """(file name, bytes) of a package's wheel, whose sha256 is the one in the lock file."""
        entry = self.packages[name]
        file = entry["file_name"].rsplit("/", 1)[-1]
        data = self.read(file)
        if hashlib.sha256(data).hexdigest() != entry["sha256"]:
            raise Problem(f"{self}: {file} is damaged: its sha256 is not the one in {LOCK}. Fetch it anew.")
        return file, data
