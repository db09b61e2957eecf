"""What a person sees of course.py: a first run, a second one, and each thing that can be missing."""

import ast
import importlib.util
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import textwrap
import time
import types
import urllib.error
import urllib.request
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
CLOSED = "http://127.0.0.1:9/simple"  # nobody answers on the discard port

# A package of one file that builds itself, so that setting up can be tried in seconds and without a network.
TINY_PROJECT = """
    [build-system]
    requires = []
    build-backend = "tiny_build"
    backend-path = ["."]
    [project]
    name = "tiny"
    version = "1"
"""
TINY_BUILD = """
    import zipfile
    def build_editable(folder, config_settings=None, metadata_directory=None):
        with zipfile.ZipFile(folder + "/tiny-1-py3-none-any.whl", "w") as wheel:
            wheel.writestr("tiny.py", "here = True")
            wheel.writestr("tiny-1.dist-info/METADATA", "Metadata-Version: 2.1\\nName: tiny\\nVersion: 1\\n")
            tag = "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n"
            wheel.writestr("tiny-1.dist-info/WHEEL", tag)
            wheel.writestr("tiny-1.dist-info/RECORD", "")
        return "tiny-1-py3-none-any.whl"
"""


def load(folder):
    """The course.py in `folder` as a module: its paths are those of that folder."""
    spec = importlib.util.spec_from_file_location("course_under_test", folder / "course.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def course(tmp_path):
    """course.py in a folder of its own, beside a tiny package and an empty list of packages."""
    folder = tmp_path / "a course"  # people's folders have spaces
    folder.mkdir()
    shutil.copy(REPOSITORY / "course.py", folder)
    (folder / "requirements.txt").write_text("# nothing\n")
    (folder / "pyproject.toml").write_text(textwrap.dedent(TINY_PROJECT))
    (folder / "tiny_build.py").write_text(textwrap.dedent(TINY_BUILD))
    return load(folder)


@pytest.fixture
def offline(monkeypatch):
    """pip as on a machine without a network, and without the patience it usually has."""
    monkeypatch.setenv("PIP_INDEX_URL", CLOSED)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_RETRIES", "1")
    for name in ("PIP_FIND_LINKS", "PIP_EXTRA_INDEX_URL"):
        monkeypatch.delenv(name, raising=False)


# --- setting up ---


def test_first_run_installs_second_run_is_quick_and_silent(course, offline, capsys):
    course.set_up()
    first = capsys.readouterr().out
    assert "Setting up the course" in first and "Installing" in first and first.endswith("Done.\n")
    assert subprocess.run([course.venv_python(), "-c", "import tiny; assert tiny.here"]).returncode == 0

    start = time.monotonic()
    course.set_up()
    assert time.monotonic() - start < 1
    assert capsys.readouterr().out == ""

    # a changed list of packages: brought up to date, not made anew
    Path(course.ROOT, "requirements.txt").write_text("# still nothing\n")
    kept = Path(course.VENV, "kept")
    kept.write_text("")
    course.set_up()
    assert "Installing" in capsys.readouterr().out
    assert kept.exists()

    # a run that was interrupted: made anew
    os.remove(course.STAMP)
    Path(course.UNFINISHED).write_text("")
    course.set_up()
    assert "An earlier setup did not finish. Starting afresh." in capsys.readouterr().out
    assert not kept.exists() and not os.path.exists(course.UNFINISHED)


def test_a_broken_environment_is_made_anew(course, offline, capsys):
    wreck = Path(course.venv_python())
    wreck.parent.mkdir(parents=True)
    wreck.write_text("no program")
    course.set_up()
    assert "The environment there is broken. Making it anew." in capsys.readouterr().out
    assert subprocess.run([course.venv_python(), "-c", "import tiny"]).returncode == 0

    # the folder was moved: scripts and links inside .venv still point to the old place
    moved = Path(course.ROOT).rename(Path(course.ROOT).with_name("moved"))
    again = load(moved)
    again.set_up()
    python = f"Python {sys.version_info[0]}.{sys.version_info[1]}"
    assert f"was made for {python} in {course.ROOT}" in capsys.readouterr().out
    assert subprocess.run([again.venv_python(), "-c", "import tiny"]).returncode == 0


def test_no_network_at_the_first_run_is_said_and_can_be_tried_again(course, offline, capsys):
    Path(course.ROOT, "requirements.txt").write_text("some-package==1.0\n")
    with pytest.raises(course.Stop) as stop:
        course.set_up()
    message = str(stop.value)
    assert "The packages could not be fetched: no network" in message
    assert "run the same command again" in message
    assert course.LOG in message and "some-package" in message

    Path(course.ROOT, "requirements.txt").write_text("# the network is back\n")
    course.set_up()
    assert capsys.readouterr().out.endswith("Done.\n")


def test_ctrl_c_while_setting_up(course, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(course, "install", interrupted)
    monkeypatch.setattr(course, "make_environment", lambda: None)
    with pytest.raises(course.Stop, match="Stopped while setting up. Run the same command again"):
        course.set_up()


def test_a_full_disk_is_seen_before_anything_is_written(course, monkeypatch):
    usage = types.SimpleNamespace(total=10**9, used=10**9, free=5 * 10**6)
    monkeypatch.setattr(course.shutil, "disk_usage", lambda path: usage)
    with pytest.raises(course.Stop, match="Not enough room: .* 5 MB are free"):
        course.set_up()
    assert not os.path.exists(course.VENV)


@pytest.mark.parametrize(
    ("said", "meaning"),
    [
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "disk is full"),
        ("[Errno 122] Disk quota exceeded", "disk is full"),
        ("NewConnectionError('... [Errno -3] Temporary failure in name resolution')", "no network"),
        ("ReadTimeoutError(...)\nERROR: No matching distribution found for numpy", "no network"),
        ("SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]", "PIP_CERT"),
        ("HINT: ... does not have Windows Long Path support enabled", "too long for Windows"),
        ("ERROR: No matching distribution found for numpy==2.4.6", "not there for this Python"),
        ("ERROR: [WinError 5] Access is denied: 'python.exe'", "Close what uses .venv"),
    ],
)
def test_pip_is_put_into_plain_words(course, said, meaning):
    assert meaning in course.explain(said)


def test_progress_counts_what_pip_has_done(course, capsys):
    progress = course.Progress(3)
    progress.due = 0
    progress.show("Collecting numpy==2\nIgnoring appnope: markers don't match your environment\nCollecting scipy==1\n")
    assert capsys.readouterr().out == "  fetched 2 of 2\n"


# --- what may be missing ---


def test_an_old_python_can_read_the_file_and_is_told_what_to_do(course, monkeypatch):
    tree = ast.parse((REPOSITORY / "course.py").read_text(encoding="utf-8"), feature_version=(3, 4))
    newer = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.AsyncFunctionDef, ast.Nonlocal)
    assert not [node for node in ast.walk(tree) if isinstance(node, newer)]
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.arguments) and node.kwonlyargs]
    monkeypatch.setattr(course, "sys", types.SimpleNamespace(version_info=(3, 9, 2), executable="/usr/bin/python3"))
    with pytest.raises(course.Stop) as stop:
        course.check_python()
    assert "needs Python 3.11 or newer; this is Python 3.9 (/usr/bin/python3)" in str(stop.value)


@pytest.mark.parametrize("missing", ["venv", "ensurepip"])
def test_a_python_without_venv_names_the_package_to_install(course, monkeypatch, missing):
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(course.Stop) as stop:
        course.check_python()
    assert f"lacks its `{missing}` module" in str(stop.value)
    assert f"sudo apt install python{sys.version_info[0]}.{sys.version_info[1]}-venv" in str(stop.value)


def test_no_browser_is_said_before_the_tests_run(course, monkeypatch, capsys):
    runs = []
    monkeypatch.setattr(course, "run", lambda command, environment: runs.append((command, environment)) or 0)
    monkeypatch.setattr(course, "find_browser", lambda: None)
    monkeypatch.delenv("CI", raising=False)
    assert course.test(["-x"]) == 0
    out = capsys.readouterr().out
    assert "sudo apt install chromium" in out and "playwright install chromium" in out
    assert "They will be skipped." in out
    monkeypatch.setenv("CI", "true")
    course.test([])
    assert "they will fail" in capsys.readouterr().out
    command, environment = runs[0]
    assert command == ["-m", "pytest", "-x"]
    assert environment["CROSSING_JOURNAL"] == ":memory:", "tests must not touch the answers of a learner"


def test_the_browser_can_be_named(course, monkeypatch, tmp_path):
    monkeypatch.setenv("CROSSING_CHROMIUM", sys.executable)
    assert course.find_browser() == sys.executable
    monkeypatch.setenv("CROSSING_CHROMIUM", str(tmp_path / "none"))
    assert course.find_browser() is None


def test_there_is_a_browser_where_ci_is_set(course):
    if course.find_browser() is None:
        reason = course.NO_BROWSER.format(course.venv_python())
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)


# --- the command ---


def ask(*arguments):
    return subprocess.run([sys.executable, "course.py", *arguments], cwd=REPOSITORY, capture_output=True, text=True)


def test_help_names_every_verb_and_an_unknown_word_is_answered():
    answer = ask("--help")
    assert answer.returncode == 0
    for verb in ("test", "refresh", "present", "questions", "class", "report", "site", "bench", "--no-browser", "py course.py"):
        assert verb in answer.stdout
    answer = ask("tset")
    assert answer.returncode == 1
    assert answer.stderr.startswith("course.py does not know `tset`.")


@pytest.mark.skipif(os.name == "nt", reason="there is no way to press Ctrl-C in another console on Windows")
def test_jupyterlab_opens_beside_a_taken_port_keeps_its_token_and_ends_plainly(tmp_path):
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            taken.bind(("127.0.0.1", 8888))
            taken.listen()
        except OSError:
            pass  # somebody else has it: as good
        script = (
            "import course, sys; course.set_up = lambda: None; course.venv_python = lambda: sys.executable;"
            f"course.LAB_LOG = {str(tmp_path / 'lab.log')!r}; sys.exit(course.main(['--no-browser']))"
        )
        homes = {name: str(tmp_path) for name in ("JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR")}
        process = subprocess.Popen(
            [sys.executable, "-c", script],
            cwd=REPOSITORY,
            env={**os.environ, **homes},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,  # so that Ctrl-C reaches it and JupyterLab, and not these tests
        )
        try:
            address = next(line.strip() for line in process.stdout if "token=" in line)
            parts = re.fullmatch(r"(http://\S+?:(\d+))/lab/tree/(\S+)\?token=(\w+)", address)
            server, port, page, token = parts.groups()
            assert port != "8888"
            assert page == "notebooks/00_start_here.ipynb"
            listing = f"{server}/api/contents"
            with pytest.raises(urllib.error.HTTPError, match="403"):
                urllib.request.urlopen(listing)
            with urllib.request.urlopen(f"{listing}?token={token}") as answer:
                assert answer.status == 200
        finally:
            os.killpg(process.pid, signal.SIGINT)
            rest, _ = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "JupyterLab has ended." in rest and "Traceback" not in rest
