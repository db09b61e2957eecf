#!/usr/bin/env python3
"""Crossing the Barrier: set up the course and run it. It needs Python 3.11 or newer and nothing else.

  python3 course.py               set up (the first time only), then open the lessons in JupyterLab
  python3 course.py test          set up, then run every test; what follows goes to pytest: test tests/models -x
  python3 course.py refresh       run every notebook and save its results (refresh --check only looks)
  python3 course.py present 04    show lesson 04 as slides
  python3 course.py questions     print every question with its answer, for instructors (--gift FILE for Moodle)
  python3 course.py notes 04      pages for the room: presenter's card, charts before and after, sheet for learners
  python3 course.py class FOLDER  join the journals of a class in one table, without names
  python3 course.py report        one page of what the learner guessed, tried and found (--pdf prints it)
  python3 course.py site --output DIR   the course as files for any web server: Python runs in the learner's browser
  python3 course.py fuzz          try the lessons with thousands of random settings and events (an hour or two)
  python3 course.py bench         measure how fast the charts follow

  --no-browser                    print the address, open nothing
  --help                          this text

On Windows write `py course.py` for `python3 course.py`. Ctrl-C ends it.
"""
# No f-strings, no annotations: an older Python must be able to read this file, to say that it is too old.
from __future__ import print_function

import glob
import hashlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time

OLDEST, NEWEST_CHECKED = (3, 11), (3, 14)
MEGABYTES_NEEDED = 1000
WINDOWS = os.name == "nt"
ROOT = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(ROOT, ".venv")
STAMP = os.path.join(VENV, "course-ready")  # what the finished environment was made from
UNFINISHED = os.path.join(VENV, "course-unfinished")  # there while course.py is at work in .venv
LOG = os.path.join(VENV, "install.log")
LAB_LOG = os.path.join(VENV, "jupyterlab.log")
FIRST_PAGE = "notebooks/00_start_here.ipynb"
COMMAND = "py course.py" if WINDOWS else "python3 course.py"
ALL_CORES = ["-n", str(min(4, os.cpu_count() or 1)), "--dist", "loadscope"]

NO_BROWSER = (
    "No Chromium, Chrome or Edge was found, and the browser tests need one. To get one:\n"
    "  Debian, Ubuntu:  sudo apt install chromium\n"
    "  anywhere:        {} -m playwright install chromium\n"
    "If you have one in an unusual place, set CROSSING_CHROMIUM to its path."
)


class Stop(Exception):
    """Something a person has to put right; the text says what and how."""


def main(arguments):
    if {"-h", "--help", "help"} & set(arguments[:1]):
        print(__doc__.strip())
        return 0
    verbs = {"test": test, "refresh": module("crossing.refresh"), "present": module("crossing.present"),
             "questions": module("crossing.handouts"), "class": module("crossing.class_export"), "report": printing("crossing.explore.report"), "notes": printing("crossing.notes"),
             "site": module("crossing.site"), "fuzz": fuzz, "bench": bench}
    verb, rest = (arguments[0], arguments[1:]) if arguments[:1] and arguments[0] in verbs else ("open", arguments)
    if verb == "open" and set(rest) - {"--no-browser"}:
        unknown = sorted(set(rest) - {"--no-browser"})[0]
        raise Stop("course.py does not know `{}`. It knows:\n\n{}".format(unknown, __doc__.strip()))
    check_python()
    set_up()
    return verbs.get(verb, open_lessons)(rest)


# --- the verbs ---------------------------------------------------------------------------------------------------


def open_lessons(rest):
    """JupyterLab at the first page. It takes another port where 8888 is in use; its token stays on."""
    command = ["-m", "jupyterlab", "--ServerApp.root_dir=" + ROOT, "--LabApp.default_url=/lab/tree/" + FIRST_PAGE]
    command += ["--ServerApp.answer_yes=True"] + rest  # no question at the end, on Windows
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        print("You are the administrator (root). It works, but an ordinary account is safer.")
        command.append("--allow-root")  # JupyterLab would refuse to start
    print("Starting JupyterLab ...", flush=True)
    doorman = Doorman("--no-browser" not in rest)
    code = run(command, listen=doorman, patience=8)
    if doorman.said or code in (0, -signal.SIGTERM):
        print("\nJupyterLab has ended. `{}` opens the lessons again.".format(COMMAND))
        return 0
    lines = "\n  ".join(read(LAB_LOG).splitlines()[-12:])
    raise Stop("JupyterLab did not start (code {}). The last lines of {}:\n  {}".format(code, LAB_LOG, lines))


class Doorman(object):
    """Keeps JupyterLab's many messages in a file and hands on the one that a person needs: the address."""

    def __init__(self, opens):
        self.opens, self.said = opens, False
        # The address carries the token: for this user's eyes only.
        self.log = os.fdopen(os.open(LAB_LOG, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb", 0)

    def __call__(self, line):
        self.log.write(line)
        address = re.search(r"http://(\S+?):(\d+)/\S+[?&]token=\w+", line.decode("utf-8", "replace"))
        if address and not self.said:
            self.said = True
            answers(address.group(1), int(address.group(2)))
            print("The lessons are opening in your browser. If nothing opens, copy this address into one:" if self.opens
                  else "Open this address in a browser:")
            print("\n  {}\n\nCtrl-C here ends it.".format(address.group()), flush=True)


def answers(host, port):
    """Wait until a server answers; at most ten seconds. JupyterLab gives its address just before it listens."""
    for _ in range(100):
        try:
            return socket.create_connection((host, port), 1).close()
        except OSError:
            time.sleep(0.1)


def test(rest):
    environment = dict(os.environ, CROSSING_JOURNAL=":memory:")
    browser = find_browser()
    if browser:
        environment["CROSSING_CHROMIUM"] = browser
    else:
        what_now = "CI is set, so they will fail." if os.environ.get("CI") else "They will be skipped."
        print(NO_BROWSER.format(venv_python()) + "\n" + what_now, flush=True)
    # The whole runs on all cores, up to four (one more than there are was no quicker); whoever names a test wants it alone.
    return run(["-m", "pytest"] + (rest or ALL_CORES), environment)


def module(name):
    """A verb that a module of the package carries out."""
    return lambda rest: run(["-m", name] + rest)


def printing(name):
    """The same, for one that prints with a browser if there is one."""
    return lambda rest: run(["-m", name] + rest, dict(os.environ, CROSSING_CHROMIUM=find_browser() or ""))


def fuzz(rest):
    return test(ALL_CORES + ["-rP", "tests/explore/fuzz_charts.py", "tests/browser/fuzz_lessons.py"] + rest)


def bench(rest):
    return run([os.path.join(ROOT, "benchmarks", "run.py")] + rest)


def run(command, environment=None, listen=None, patience=60):
    """Run the environment's Python in the course's folder; return its exit code.

    `listen` gets the messages of a server, line by line. After Ctrl-C there are `patience` seconds to close down.
    """
    # A server gets SIGTERM from here, for Ctrl-C would make it ask a question; the others get Ctrl-C themselves.
    apart = bool(listen) and not WINDOWS
    messages = subprocess.PIPE if listen else None
    child = subprocess.Popen(
        [venv_python()] + command, cwd=ROOT, env=environment, stderr=messages, start_new_session=apart
    )
    for name in ("SIGTERM", "SIGHUP"):  # ended from outside, or its window was closed
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: child.terminate())
    if listen:
        hand_on = threading.Thread(target=lambda: [listen(line) for line in child.stderr])
        hand_on.daemon = True
        hand_on.start()
    left, means = None, [child.kill, child.terminate]
    while True:
        try:
            return child.wait(left)
        except KeyboardInterrupt:
            left = patience
            if apart:
                child.terminate()
        except subprocess.TimeoutExpired:
            means.pop()()
            left = 10 if means else None


def find_browser():
    """Path of a browser the tests can drive: CROSSING_CHROMIUM, one that is installed, or Playwright's own; or None."""
    named = os.environ.get("CROSSING_CHROMIUM")
    if named:
        return named if os.path.exists(named) else None
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge"):
        if shutil.which(name):
            return shutil.which(name)
    applications = ("Google Chrome", "Chromium", "Microsoft Edge")
    places = ["/Applications/{0}.app/Contents/MacOS/{0}".format(name) for name in applications]
    for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        for program in ("Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe"):
            places.append(os.path.join(os.environ.get(variable, "/nowhere"), *program.split("/")))
    home = os.path.expanduser("~")
    for cache in ("~/.cache", "~/Library/Caches", os.environ.get("LOCALAPPDATA", "~/.cache")):
        own = os.path.join(cache.replace("~", home), "ms-playwright", "chromium-*", "chrome-*")
        places += glob.glob(os.path.join(own, "chrome")) + glob.glob(os.path.join(own, "chrome.exe"))
        places += glob.glob(os.path.join(own, "*.app", "Contents", "MacOS", "*"))
    return next((place for place in places if os.path.exists(place)), None)


# --- setting up --------------------------------------------------------------------------------------------------


def check_python():
    if sys.version_info[:2] < OLDEST:
        raise Stop(
            "This course needs Python {0[0]}.{0[1]} or newer; this is Python {1[0]}.{1[1]} ({2}).\n"
            "Install a newer one (your system's packages, or python.org), then run course.py with it, for example:\n"
            "  python3.12 course.py".format(OLDEST, sys.version_info, sys.executable)
        )
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError as error:
        raise Stop(
            "This Python lacks its `{0}` module, which makes the course's own environment. To get it:\n"
            "  Debian, Ubuntu:  sudo apt install python{1[0]}.{1[1]}-venv\n"
            "  elsewhere:       install Python in full, from your system or python.org\n"
            "Then run the same command again.".format(error.name, sys.version_info)
        )


def venv_python():
    return os.path.join(VENV, "Scripts", "python.exe") if WINDOWS else os.path.join(VENV, "bin", "python")


def base_python():
    """The Python behind a virtual environment, for an environment must not be made from within itself."""
    return getattr(sys, "_base_executable", None) or sys.executable


def wanted():
    """What an environment depends on: (place and Python, contents). A change of the first asks for a new one."""
    contents = hashlib.sha256()
    files = [os.path.join(ROOT, name) for name in ("requirements.txt", "pyproject.toml")]
    for folder, folders, names in os.walk(os.path.join(ROOT, "jupyter")):  # installed as copies, so part of it
        folders.sort()
        files += [os.path.join(folder, name) for name in sorted(names)]
    for path in files:
        contents.update(os.path.relpath(path, ROOT).replace(os.sep, "/").encode() + b"\0")
        with open(path, "rb") as stream:
            contents.update(stream.read())
    return "Python {}.{} in {}".format(sys.version_info[0], sys.version_info[1], ROOT), contents.hexdigest()


def set_up():
    """Make .venv, or bring it up to date, or (as a rule) see that nothing is to be done."""
    place, contents = wanted()
    had = read(STAMP).splitlines()
    if os.path.exists(venv_python()) and had == [place, contents]:
        return
    print("Setting up the course in {}".format(VENV), flush=True)
    try:
        clear_what_cannot_be_used(place, had)
        fresh = not os.path.exists(VENV) or not os.listdir(VENV)
        if fresh:
            make_environment()
        install(fresh)
        write(STAMP, place + "\n" + contents + "\n")
        os.remove(UNFINISHED)
        print("Done.", flush=True)
    except OSError as error:
        raise Stop(explain(str(error)) or "Setting up failed: {}".format(error))
    except KeyboardInterrupt:
        raise Stop("\nStopped while setting up. Run the same command again; it starts afresh.")


def clear_what_cannot_be_used(place, had):
    """Delete .venv where a run was interrupted in it, where it belongs to another place or Python, or is broken."""
    if os.path.exists(UNFINISHED):
        why = "An earlier setup did not finish. Starting afresh."
    elif had and had[0] != place:
        why = "The environment there was made for {}. Making it anew.".format(had[0])
    elif os.path.exists(VENV) and os.listdir(VENV) and not has_pip():
        why = "The environment there is broken. Making it anew."
    else:
        return
    print(why, flush=True)
    shutil.rmtree(VENV)


def has_pip():
    try:  # ensurepip adds pip where another tool made the environment without it, and does nothing where it is there
        quiet = dict(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return subprocess.call([venv_python(), "-m", "ensurepip"], **quiet) == 0
    except OSError:
        return False


def make_environment():
    free = shutil.disk_usage(ROOT).free // 10**6
    if free < MEGABYTES_NEEDED:
        needed = "Not enough room: setting up takes about {} MB on this disk; {} MB are free."
        raise Stop(needed.format(MEGABYTES_NEEDED, free))
    if sys.version_info[:2] > NEWEST_CHECKED:
        print("(Checked up to Python {}.{}; yours is newer.)".format(*NEWEST_CHECKED), flush=True)
    if not os.path.isdir(VENV):
        os.makedirs(VENV)
    write(UNFINISHED, "")
    logged("making an empty environment", [base_python(), "-m", "venv", VENV])


def install(fresh):
    write(UNFINISHED, "")
    if os.path.exists(STAMP):
        os.remove(STAMP)
    requirements = os.path.join(ROOT, "requirements.txt")
    pins = sum("==" in line for line in read(requirements).splitlines())
    about = "about two minutes" if fresh else "less than a minute"
    print("Installing about {} packages, {} on a usual line.".format(pins // 10 * 10, about), flush=True)
    pip = [venv_python(), "-m", "pip", "--disable-pip-version-check", "install", "--no-input", "--progress-bar", "off"]
    logged("installing the packages", pip + ["--only-binary", ":all:", "-r", requirements], Progress(pins))
    # The build tool is on the list, so this step needs no network.
    logged("installing the course itself", pip + ["--no-deps", "--no-build-isolation", "-e", ROOT])


def logged(what, command, progress=None):
    """Run a step with its output in the log; on failure say why, as far as that can be told, and show the log's end."""
    environment = dict(os.environ, PIP_USER="0", PYTHONUNBUFFERED="1")  # some systems set pip to --user
    with open(LOG, "ab") as log:
        start = log.seek(0, os.SEEK_END)
        child = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
        try:
            while child.poll() is None:
                time.sleep(0.2)
                if progress:
                    progress.show(read(LOG)[start:])
        finally:
            child.wait()
            if progress:
                progress.end()
    if child.returncode:
        said = read(LOG)[start:]
        raise Stop(
            "{} did not work.\n{}\n\nThe last lines of {}:\n  {}".format(
                what[0].upper() + what[1:],
                explain(said) or "The reason is in pip's own words below.",
                LOG,
                "\n  ".join(line[:200] for line in said.strip().splitlines()[-6:]),
            )
        )


class Progress(object):
    """Counts pip's packages from its log: one changing line on a terminal, a line every ten seconds in a file."""

    def __init__(self, pins):
        self.pins, self.live, self.said, self.due = pins, sys.stdout.isatty(), "", time.time() + 10

    def show(self, log):
        total = self.pins - len(re.findall("^Ignoring ", log, re.M))  # meant for other systems
        if "\nInstalling collected packages" in log:
            have = glob.glob(os.path.join(VENV, "[Ll]ib", "site-packages", "*.dist-info"))
            have += glob.glob(os.path.join(VENV, "lib", "python*", "site-packages", "*.dist-info"))
            line = "  unpacked {} of {}".format(min(len(set(map(os.path.realpath, have))), total), total)
        else:
            found = len(re.findall("^(?:Collecting|Processing|Requirement) ", log, re.M))
            line = "  fetched {} of {}".format(min(found, total), total)
        if line != self.said and (self.live or time.time() > self.due):
            print(("\r" + line + "   ") if self.live else line, end="" if self.live else "\n")
            sys.stdout.flush()
            self.said, self.due = line, time.time() + 10

    def end(self):
        if self.live and self.said:
            print()


EXPLANATIONS = [  # what pip or the system says, and what it means; the first that fits
    ("No space left on device|Errno 28|not enough space on the disk|Disk quota exceeded",
     "The disk is full. Setting up takes about {} MB: make room, then run the same command again.".format(
         MEGABYTES_NEEDED)),
    ("CERTIFICATE_VERIFY_FAILED",
     "A secure connection could not be made. Some schools and firms inspect their network: ask for their certificate\n"
     "and set PIP_CERT to its path, or use another network."),
    ("Failed to establish a new connection|NewConnectionError|NameResolutionError|Temporary failure in name|getaddrinfo"
     "|ConnectTimeout|ReadTimeout|ProxyError|Network is unreachable|Connection refused|Connection reset|Max retries",
     "The packages could not be fetched: no network, or it was too slow. Only setting up needs it; lessons do not.\n"
     "Check the connection (and the proxy, if there is one) and run the same command again."),
    ("Long Path support",
     "A file name became too long for Windows. Move the course's folder nearer to the top, such as C:\\course."),
    ("No matching distribution found",
     "A package is not there for this Python or this kind of computer. Checked: Python 3.11 to {}.{} on 64-bit Linux,\n"
     "macOS and Windows. This is Python {}.{}.{}.".format(*(NEWEST_CHECKED + tuple(sys.version_info[:3])))),
    ("Permission denied|Access is denied|WinError 5|WinError 32|Read-only file system",
     "A file in the course's folder could not be written. Close what uses .venv (JupyterLab, an editor), see that\n"
     "the folder is yours, and run the same command again."),
]


def explain(text):
    return next((meaning for pattern, meaning in EXPLANATIONS if re.search(pattern, text)), "")


def read(path):
    """The text of a file, "" where there is none."""
    try:
        with open(path, "rb") as stream:
            return stream.read().decode("utf-8", "replace")
    except (IOError, OSError):
        return ""


def write(path, text):
    with open(path, "wb") as stream:
        stream.write(text.encode("utf-8"))


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Stop as stop:
        print(stop, file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        sys.exit(130)
