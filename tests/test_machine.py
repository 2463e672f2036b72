"""The course runs on machines that people have: stock Debian 12 is the floor, and other systems are told what is true of them."""

import json
import os
import re
import shutil
import subprocess
import tomllib
from importlib.metadata import distribution

import pytest
from packaging.specifiers import SpecifierSet

from autograder.sandbox.warm import SandboxError, require_bubblewrap
from tests.conftest import BY_ID, ROOT
from tests.environments import FLOOR, SYSTEM, environment, system_python, without_this_python

README = (ROOT / "README.md").read_text(encoding="utf-8")
PINS = dict(re.findall(r"^([\w.-]+)==(\S+)$", (ROOT / "requirements.txt").read_text(), flags=re.MULTILINE))


# The floor


def test_the_floor_is_the_same_wherever_it_is_named():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["requires-python"] == f">={FLOOR}"
    assert f"Python {FLOOR} or newer" in README
    script = (ROOT / "set_up_environment.sh").read_text()
    assert f"Python {FLOOR} or newer is needed" in script and f"({FLOOR.replace('.', ', ')})" in script


def test_every_pin_admits_the_floor():
    refused = {}
    for name, version in PINS.items():
        found = distribution(name)
        assert found.version == version, f"{name} {found.version} is installed, {version} is pinned"
        if not SpecifierSet(found.metadata.get("Requires-Python") or "").contains(FLOOR):
            refused[name] = found.metadata["Requires-Python"]
    assert not refused


def test_no_pattern_repeats_a_group_without_going_back():
    """Python below 3.11.5 matches such patterns wrongly; a single character or class it repeats rightly."""
    wrong = re.compile(r"\)([*+?]|\{\d*,?\d*\})\+|\(\?>")
    files = [path for path in (ROOT / "autograder").rglob("*.py") if wrong.search(path.read_text(encoding="utf-8"))]
    assert files == []


def test_a_submission_is_graded_by_the_systems_own_python(course):
    creator = system_python()
    if creator is None:
        pytest.skip(f"/usr/bin/python3 is missing, older than {FLOOR}, or of the version that runs the tests")
    python = environment(SYSTEM, creator, "requirements.txt")
    shutil.copytree(course / "examples" / "submitted" / "perfect" / "layers", course / "submitted" / "ada" / "layers")
    command = [python, "-m", "autograder", "grade"]
    variables = without_this_python(python) | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=course, env=variables, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    code = BY_ID["layers"].points["code"]
    assert f"ada/layers: {code:g} of {code:g} points for code" in done.stdout


# What the set-up says on other systems


@pytest.fixture
def set_up(tmp_path):
    """The set-up on a system that has only the named programs; Python is a stand-in that does nothing."""

    def run(system: str, *programs: str, user: int = 1000, python: str = "exit 0", requirements: str = "requirements.txt"):
        folder = tmp_path / "programs"
        folder.mkdir()
        said = {"uname": f"echo {system}", "id": f"echo {user}", "python3": python} | dict.fromkeys(programs, "exit 0")
        for name, text in said.items():
            (folder / name).write_text(f"#!/bin/sh\n{text}\n")
            (folder / name).chmod(0o755)
        inside = tmp_path / "environment" / "bin"
        inside.mkdir(parents=True)
        shutil.copy(folder / "python3", inside / "python")
        shell = shutil.which("sh")
        command = [shell, str(ROOT / "set_up_environment.sh"), "python3", str(inside.parent), requirements]
        return subprocess.run(command, env={"PATH": str(folder)}, capture_output=True, text=True)

    return run


@pytest.mark.parametrize(
    ("manager", "command"),
    [("apt-get", "apt install"), ("dnf", "dnf install"), ("pacman", "pacman -S"), ("zypper", "zypper install"), ("other", None)],
)
def test_each_distribution_is_told_its_own_way_to_bubblewrap(set_up, manager, command):
    done = set_up("Linux", manager)
    line = next(line for line in done.stderr.splitlines() if "bubblewrap" in line)
    assert line == "bubblewrap is missing: nothing can be graded without it." + (
        f" Install it: sudo {command} bubblewrap" if command else ""
    )
    assert done.returncode == 0 and "apt" not in done.stderr.replace("apt install", "" if manager == "apt-get" else "apt install")


def test_root_of_a_debian_has_the_packages_installed(set_up):
    done = set_up("Linux", "apt-get", user=0)
    assert "Installing Debian's bubblewrap." in done.stdout and done.stderr == ""


def test_macos_is_told_that_grading_needs_linux_and_nothing_of_apt(set_up):
    done = set_up("Darwin")
    assert done.returncode == 0
    assert done.stderr == (
        "Student code is graded on Linux only: use the Dockerfile or a Linux machine; building the course and the students' "
        "notebooks work here.\n"
    )


def test_a_students_environment_asks_for_no_sandbox(set_up):
    assert set_up("Linux", "apt-get", requirements="requirements-student.txt").stderr == ""


@pytest.mark.parametrize(
    ("manager", "said"), [("apt-get", "sudo apt install python3-venv"), ("dnf", "install the whole of Python")]
)
def test_a_python_without_venv_is_described(set_up, manager, said):
    done = set_up("Linux", manager, python='case "$*" in *ensurepip*) exit 1;; esac')
    assert done.returncode == 2 and said in done.stderr and "Setting up" not in done.stdout


def test_a_python_below_the_floor_is_refused(set_up):
    done = set_up("Linux", "apt-get", python='case "$*" in *version_info*) exit 1;; esac')
    assert done.returncode == 2 and f"Python {FLOOR} or newer is needed" in done.stderr


# The container and the commands


def test_the_container_asks_for_what_bubblewrap_needs_and_for_no_capability():
    """What these are for is said in the Dockerfile. A container cannot be started by the tests."""
    development = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text())
    wanted = {"seccomp=unconfined", "apparmor=unconfined", "systempaths=unconfined"}
    assert set(development["runArgs"]) == wanted | {"--security-opt"}
    assert (ROOT / ".devcontainer" / development["build"]["dockerfile"]).resolve() == ROOT / "Dockerfile"
    for text in ((ROOT / "Dockerfile").read_text(), README):
        assert set(re.findall(r"--security-opt (\S+)", text)) == wanted
        assert "--cap-add" not in text and "--privileged" not in text


def test_make_help_has_a_sentence_on_every_command():
    text = (ROOT / "Makefile").read_text()
    commands = re.search(r"^\.PHONY: (.*)$", text, flags=re.MULTILINE)[1].split()
    assert set(commands) == set(re.findall(r"^([a-z]+):", text, flags=re.MULTILINE))
    # Below `make test`, make tells a make that it starts of its level, and that one then says which folder it is in.
    environment = {name: value for name, value in os.environ.items() if name not in ("MAKELEVEL", "MAKEFLAGS", "MFLAGS")}
    for arguments in (["help"], []):
        command = ["make", "--no-print-directory", *arguments]
        lines = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout.splitlines()
        assert [line.split()[:2] for line in lines] == [["make", name] for name in commands]
        assert all(re.fullmatch(r"make [a-z]+ +[A-Z].*\.", line) for line in lines)


def test_make_clean_says_what_it_keeps_and_keeps_it(tmp_path):
    shutil.copy(ROOT / "Makefile", tmp_path)
    kept = {"submitted", "gradebook.db", "autograded", "feedback", "grades.csv", "extensions.csv", "history"}
    removed = {".venv", ".venv-student", ".venv-system", "submitted_sample", "gradebook_sample.db"}
    for name in kept | removed:
        (tmp_path / name).touch()
    done = subprocess.run(["make", "clean"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert {path.name for path in tmp_path.iterdir()} == kept | {"Makefile"}
    assert kept <= set(re.findall(r"[\w.]+\w", done.stdout.split("Kept")[1]))


def test_grading_on_another_system_says_where_it_can_be_done(monkeypatch):
    monkeypatch.setattr("sys.platform", "darwin")
    with pytest.raises(SandboxError, match="^Student code is graded on Linux only: use the Dockerfile or a Linux machine.$"):
        require_bubblewrap()
