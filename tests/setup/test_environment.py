"""environment.yml, tried as conda would: its pip list goes into an empty environment, and a model runs there."""

import os
import subprocess
from pathlib import Path

import pytest
import yaml

import course

REPOSITORY = Path(__file__).resolve().parents[2]
DEPENDENCIES = yaml.safe_load((REPOSITORY / "environment.yml").read_text(encoding="utf-8"))["dependencies"]

TWO_LINES = """
from crossing.facts import facts; from crossing.models import exposure
assert facts["csf_total_text"].to("mL") > 0 and exposure.peak([0, 1, 2], [0, 3, 1]) == 3
"""


def test_python_and_pip_come_from_conda_and_the_rest_from_the_one_list():
    from_conda, from_pip = DEPENDENCIES[:-1], DEPENDENCIES[-1]
    assert [line.split()[0] for line in from_conda] == ["python", "pip"]
    assert from_pip == {"pip": ["-r requirements.txt", "-e ."]}


@pytest.mark.network
def test_the_list_installs_into_an_empty_environment_and_the_course_runs_there(tmp_path):
    python = tmp_path / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    subprocess.run([course.base_python(), "-m", "venv", tmp_path], check=True)
    # conda hands the list to pip as a file that lies beside environment.yml; these are the same arguments.
    arguments = [word for line in DEPENDENCIES[-1]["pip"] for word in line.split()]
    install = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", *arguments]
    done = subprocess.run(install, cwd=REPOSITORY, capture_output=True, text=True)
    said = done.stdout + done.stderr
    if done.returncode and "no network" in course.explain(said) and not os.environ.get("CI"):
        pytest.skip("no network: the packages of environment.yml could not be fetched")
    assert done.returncode == 0, said[-3000:]

    clean = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    for command in (["-m", "pip", "check"], ["-c", TWO_LINES]):
        done = subprocess.run([python, *command], cwd=tmp_path, env=clean, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
    command = [python, "-m", "jupyter", "labextension", "list"]
    listing = subprocess.run(command, cwd=tmp_path, env=clean, capture_output=True, text=True)
    assert "crossing-lessons" in listing.stdout + listing.stderr
