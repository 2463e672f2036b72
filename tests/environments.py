"""Virtual environments that tests make beside the one that they run in: a student's, and one of the system's own Python."""

import contextlib
import os
import shutil
import subprocess
import sys
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import ROOT

STUDENT = ROOT / ".venv-student"
SYSTEM = ROOT / ".venv-system"
SYSTEM_PYTHON = "/usr/bin/python3"
FLOOR = "3.11.2"
VERSION = "import sys; print(*sys.version_info[:3], sep='.')"
SCRIPT = """#!{python}
import sys
from {module} import {name}
sys.exit({attribute}())
"""


def system_python() -> str | None:
    """The system's own Python, where it is another version than the one that runs the tests, and new enough for the course."""
    try:
        numbers = _version_of(SYSTEM_PYTHON)
    except (OSError, subprocess.CalledProcessError):
        return None
    return SYSTEM_PYTHON if tuple(map(int, FLOOR.split("."))) <= numbers != sys.version_info[:3] else None


def _version_of(python: str) -> tuple[int, ...]:
    done = subprocess.run([python, "-c", VERSION], capture_output=True, text=True, check=True)
    return tuple(map(int, done.stdout.strip().split(".")))


def environment(folder: Path, creator: str, requirements: str) -> Path:
    """Python of an environment that is made once, of the packages that the requirements need, and again where the pins changed.

    The packages are those of the environment that runs the tests, file by file, where the Python is of the same minor version: pip
    takes half a minute to install them again. Else the course's own script sets it up.
    """
    python, ready = folder / "bin" / "python", folder / ".ready"
    wanted = "".join((ROOT / name).read_text() for name in dict.fromkeys((requirements, "requirements.txt"))) + creator
    if ready.exists() and ready.read_text() == wanted:
        return python
    if _version_of(creator)[:2] == sys.version_info[:2]:
        subprocess.run([creator, "-m", "venv", "--clear", "--without-pip", folder], check=True)
        for package in _needed(ROOT / requirements):
            _link(package, folder)
    else:
        # The script knows its own list, which an instructor's environment is made of, by its bare name.
        subprocess.run([ROOT / "set_up_environment.sh", creator, folder, requirements], check=True, cwd=ROOT)
    ready.write_text(wanted)
    return python


def _needed(requirements: Path) -> list[Distribution]:
    """The packages that a list of requirements names, and those that these need."""
    lines = [line.partition("#")[0].strip() for line in requirements.read_text().splitlines()]
    waiting = [Requirement(line) for line in lines if line and not line.startswith("-")]
    found: dict[str, Distribution] = {}
    seen: set[str] = set()
    while waiting:
        each = waiting.pop()
        extras = each.extras or {""}
        if str(each) in seen or (each.marker and not any(each.marker.evaluate({"extra": extra}) for extra in extras)):
            continue
        seen.add(str(each))
        package = found.setdefault(canonicalize_name(each.name), distribution(each.name))
        for line in package.requires or ():
            needed = Requirement(line)
            if needed.marker is None or any(needed.marker.evaluate({"extra": extra}) for extra in extras):
                needed.marker = None
                waiting.append(needed)
    return list(found.values())


def _link(package: Distribution, folder: Path) -> None:
    """Put the files of a package into an environment, and the commands that it has."""
    ours, theirs = Path(sys.prefix).resolve(), folder
    for file in package.files or ():
        source = Path(str(package.locate_file(file))).resolve()
        with contextlib.suppress(ValueError):
            target = theirs / source.relative_to(ours)
            if source.is_file() and target.parent != theirs / "bin" and not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                _link_or_copy(source, target)
    for entry in package.entry_points.select(group="console_scripts"):
        script = theirs / "bin" / entry.name
        text = SCRIPT.format(
            python=theirs / "bin" / "python", module=entry.module, name=entry.attr.split(".")[0], attribute=entry.attr
        )
        script.write_text(text)
        script.chmod(0o755)


def _link_or_copy(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def without_this_python(python: Path) -> dict[str, str]:
    """Variables for a process of another environment: nothing of this one's."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "MPL", "VIRTUAL"))}
    return kept | {"PATH": os.pathsep.join([str(python.parent), kept.get("PATH", "")])}
