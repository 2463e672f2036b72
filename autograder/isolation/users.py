"""Users of the machine for the submissions of a course that root runs: no limit of processes holds for root itself.

``bubblewrap`` waits until somebody with the right to do so has said which users there are in its namespace. Root says: itself,
for the warm parent, which reads Python wherever root installed it; and many that own nothing on the machine, for submissions.
"""

import contextlib
import json
import os
from pathlib import Path

# No system gives these to anyone: below are containers' users, above numbers that some programs take for negative ones.
FIRST_USER = 2_000_000_000
# One for each possible process id.
USERS = 4_194_304


class UserMap:
    """The pipes over which ``bubblewrap`` says which process is its first, and learns that its users are known.

    Attributes
    ----------
    options
        For the command line of ``bubblewrap``.
    descriptors
        That it must inherit.
    """

    def __init__(self) -> None:
        self._said, information = os.pipe()
        waits, self._go_on = os.pipe()
        self.descriptors = [information, waits]
        self.options = [
            "--unshare-user",
            "--info-fd",
            str(information),
            "--userns-block-fd",
            str(waits),
            "--uid",
            "0",
            "--gid",
            "0",
        ]
        # To become one of the others, and to end what these run; the last to be mapped where there are no others. It is root of
        # its namespace only.
        self.options += ["--cap-drop", "ALL"]
        for right in ("CAP_SETUID", "CAP_SETGID", "CAP_KILL", "CAP_SETFCAP"):
            self.options += ["--cap-add", right]

    def write(self) -> None:
        """Say which users there are, once ``bubblewrap`` was started. Where it has ended, it says itself why."""
        for descriptor in self.descriptors:
            os.close(descriptor)
        # Its end of the pipe is closed with the last word, or with its own end.
        with open(self._said, "rb") as file:
            said = file.read()
        with contextlib.suppress(ValueError, KeyError, FileNotFoundError):
            process = Path("/proc") / str(json.loads(said)["child-pid"])
            for name in ("uid_map", "gid_map"):
                _write(process / name)
        with contextlib.suppress(BrokenPipeError):
            os.write(self._go_on, b"x")
        os.close(self._go_on)


def _write(file: Path) -> None:
    try:
        file.write_text(f"0 0 1\n1 {FIRST_USER} {USERS}\n")
    except PermissionError:
        # Root of a container that has fewer users. As a rule it is a user like another to the machine, and the limit holds.
        file.write_text("0 0 1\n")
