"""What one learner costs a class server in memory: a JupyterLab of their own and the kernel of the lesson they are in.

    python3 benchmarks/class_memory.py          (Linux: it reads /proc)

For every lesson: the kernel after all its cells have run, and its peak. Then the server, after the page of a lesson was
asked for. "Alone" is what a process would have in memory on a machine of its own (RSS); "each" is its share when many of
them run on one machine and have libraries in common (PSS). `docs/for_a_class.md` quotes both and computes with "alone".
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import urllib.request

import nbformat
from nbclient import NotebookClient

ROOT = pathlib.Path(__file__).parents[1]
READ = "import os, re\nprint(os.getpid(), open('/proc/self/status').read().split('VmHWM:')[1].split()[0])"
#: For the system, the hub, its proxy, and a margin.
KEPT_BACK = 2048


def megabytes(process):
    """(alone, each) of a process now."""
    rollup = pathlib.Path(f"/proc/{process}/smaps_rollup").read_text()
    return tuple(int(re.search(rf"^{name}:\s+(\d+) kB", rollup, re.M)[1]) / 1024 for name in ("Rss", "Pss"))


def kernel(path):
    """(alone, each, peak) of a kernel after every cell of a lesson."""
    book = nbformat.read(path, 4)
    book.cells.append(nbformat.v4.new_code_cell(READ))
    client = NotebookClient(book, resources={"metadata": {"path": str(path.parent)}})
    with client.setup_kernel():
        for index, cell in enumerate(book.cells):
            client.execute_cell(cell, index)
        process, peak = book.cells[-1]["outputs"][0]["text"].split()
        return (*megabytes(process), int(peak) / 1024)


def server():
    """(alone, each) of a JupyterLab after its page and a lesson were asked for."""
    address = "http://127.0.0.1:18765"
    with tempfile.TemporaryDirectory() as home:
        command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--port=18765", "--ServerApp.port_retries=0",
                   "--IdentityProvider.token=memory", f"--ServerApp.root_dir={ROOT}"]
        running = subprocess.Popen(command, env={**os.environ, "JUPYTER_CONFIG_DIR": home, "JUPYTER_RUNTIME_DIR": home},
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            for path in ("lab", "api/contents/notebooks/04_spinal_infusion.ipynb", "lab/api/settings"):
                for _ in range(120):
                    try:
                        urllib.request.urlopen(f"{address}/{path}?token=memory", timeout=5).read()
                        break
                    except OSError:
                        time.sleep(0.5)
            return megabytes(running.pid)
        finally:
            running.terminate()
            running.wait(20)


def main():
    os.environ["CROSSING_JOURNAL"] = ":memory:"
    print(f"{'':24}{'alone':>8}{'each':>8}{'peak':>8}   MB")
    worst = 0
    for path in sorted((ROOT / "notebooks").glob("[0-9]*.ipynb")):
        alone, each, peak = kernel(path)
        worst = max(worst, peak)
        print(f"{'kernel, ' + path.stem[:14]:24}{alone:8.0f}{each:8.0f}{peak:8.0f}", flush=True)
    alone, each = server()
    print(f"{'server':24}{alone:8.0f}{each:8.0f}")
    learner = worst + alone
    print(f"\nOne learner, one lesson open, at worst: {learner:.0f} MB; two lessons: {learner + worst:.0f} MB.")
    for gigabytes in (8, 16, 32, 64):
        room = gigabytes * 1024 - KEPT_BACK
        print(f"  a machine of {gigabytes} GB: {room / learner:.0f} learners with one lesson open, {room / (learner + worst):.0f} with two")


if __name__ == "__main__":
    main()
