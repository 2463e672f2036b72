"""Virtual environments that tests make beside the one that they run in: a student's, and one of the system's own Python."""

import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT

STUDENT = ROOT / ".venv-student"
SYSTEM = ROOT / ".venv-system"
SYSTEM_PYTHON = "/usr/bin/python3"
FLOOR = "3.11.2"


def system_python() -> str | None:
    """The system's own Python, where it is another version than the one that runs the tests, and new enough for the course."""
    question = "import sys; print(*sys.version_info[:3], sep='.')"
    try:
        version = subprocess.run([SYSTEM_PYTHON, "-c", question], capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return None
    numbers = tuple(map(int, version.split(".")))
    return SYSTEM_PYTHON if tuple(map(int, FLOOR.split("."))) <= numbers != sys.version_info[:3] else None


def environment(folder: Path, creator: str, requirements: str) -> Path:
    """Python of an environment that is set up once, by the same script as the course's own, and again where the pins changed."""
    python, ready = folder / "bin" / "python", folder / ".ready"
    wanted = "".join((ROOT / name).read_text() for name in dict.fromkeys((requirements, "requirements.txt"))) + creator
    if not ready.exists() or ready.read_text() != wanted:
        # The script knows its own list, which an instructor's environment is made of, by its bare name.
        subprocess.run([ROOT / "set_up_environment.sh", creator, folder, requirements], check=True, cwd=ROOT)
        ready.write_text(wanted)
    return python


def without_this_python(python: Path) -> dict[str, str]:
    """Variables for a process of another environment: nothing of this one's."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "MPL", "VIRTUAL"))}
    return kept | {"PATH": os.pathsep.join([str(python.parent), kept.get("PATH", "")])}
