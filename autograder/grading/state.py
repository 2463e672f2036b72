"""What was graded already, so that a second run grades only what is new or has changed."""

import contextlib
import hashlib
import json
import os
import shutil
from pathlib import Path

from autograder.files import digest_of
from autograder.grading.inbox.folder import Contents

STATE_FILE = ".graded.json"
# A line for each submission that was graded since that was written.
JOURNAL = ".graded.journal"


class State:
    """The graded submissions of a class, kept beside the results: who deletes these deletes it, too.

    Parameters
    ----------
    root
        The course.
    class_name
        ``"submitted"`` or ``"sample"``.
    """

    def __init__(self, root: Path, class_name: str):
        self.path = root / "autograded" / STATE_FILE
        self._journal = self.path.with_name(JOURNAL)
        self.class_name = class_name
        self.unreadable = False
        try:
            self._content = _sound(self._read())
        except FileNotFoundError:
            self._content = {"class": class_name, "graded": {}}
        except (ValueError, RecursionError, KeyError, TypeError, AttributeError):
            # It is only a note of what need not be done again; the marks are in the gradebook.
            self.unreadable = True
            self._content = {"class": class_name, "graded": {}}
        if self._content["class"] != class_name:
            self._make_room(root)
        self.settle()

    def _make_room(self, root: Path) -> None:
        """Results of the sample class make room for those of a real one, and the reverse."""
        for student in {key.split("/")[0] for key in self._content["graded"]}:
            for folder in ("autograded", "feedback", "history"):
                shutil.rmtree(root / folder / student, ignore_errors=True)
        self._content = {"class": self.class_name, "graded": {}}
        self._write()

    def is_current(self, key: str, fingerprint: str) -> bool:
        """Whether this very submission was graded with the course as it is now."""
        return fingerprint != "" and self._content["graded"].get(key, {}).get("fingerprint") == fingerprint

    def knows(self, key: str) -> bool:
        """Whether a submission was graded, as it is now or as it was."""
        return key in self._content["graded"]

    def remarks(self, key: str) -> list[str]:
        """What was to be known about a submission when it was graded."""
        return self._content["graded"][key]["remarks"]

    def page(self, key: str) -> str:
        """The fingerprint of all that is on a submission's page beside what grading finds."""
        return self._content["graded"][key].get("page", "")

    def texts(self, key: str) -> dict[str, str]:
        """Fingerprints of the texts that a person marked before a submission that could not be graded took their place."""
        return self._content["graded"].get(key, {}).get("texts", {})

    def record(self, key: str, fingerprint: str, remarks: list[str], page: str, texts: dict[str, str] | None = None) -> None:
        """Note that a submission was graded; the last step, so that a run that is killed before it grades once more."""
        self._content["graded"][key] = {
            "fingerprint": fingerprint,
            "remarks": remarks,
            "page": page,
            **({"texts": texts} if texts else {}),
        }
        self._append(key)

    def record_page(self, key: str, page: str) -> None:
        """Note that a page was renewed."""
        self._content["graded"][key]["page"] = page
        self._append(key)

    def settle(self) -> None:
        """Put what was noted one by one into the whole, as at the end of a run."""
        if self._journal.exists():
            self._write()

    def _read(self) -> dict:
        """What was written as a whole, and what was noted since."""
        content = json.loads(self.path.read_text(encoding="utf-8"))
        with contextlib.suppress(FileNotFoundError):
            for line in self._journal.read_text(encoding="utf-8").splitlines():
                try:
                    key, entry = json.loads(line)
                except (ValueError, TypeError):
                    # The run was killed while it wrote this line: what it says is done again.
                    continue
                content["graded"][key] = entry
        return content

    def _append(self, key: str) -> None:
        """Note one submission. To write all of them, each time that one was graded, would take as long as the class is large."""
        if not self.path.exists():
            self._write()
            return
        with self._journal.open("a", encoding="utf-8") as journal:
            journal.write(f"{json.dumps([key, self._content['graded'][key]])}\n")

    def _write(self) -> None:
        """Write everything as a whole; the journal begins anew."""
        self.path.parent.mkdir(exist_ok=True)
        new = self.path.with_suffix(".new")
        try:
            new.write_text(json.dumps(self._content, indent=1, sort_keys=True), encoding="utf-8")
            os.replace(new, self.path)
            self._journal.unlink(missing_ok=True)
        finally:
            new.unlink(missing_ok=True)


def _sound(content: dict) -> dict:
    """The content of the file, if it has its shape; else one of the errors of looking into something of another."""
    for key, entry in content["graded"].items():
        whole = (
            isinstance(entry["fingerprint"], str)
            and isinstance(entry.get("page", ""), str)
            and isinstance(entry.get("texts", {}), dict)
        )
        if not whole or not all(isinstance(remark, str) for remark in entry["remarks"]) or not isinstance(key, str):
            raise ValueError(key)
    # Folders are removed by these names.
    if content["class"] not in ("submitted", "sample") or any(key.split("/")[0] in ("", ".", "..") for key in content["graded"]):
        raise ValueError(content["class"])
    return content


def fingerprint(contents: Contents, course: str) -> str:
    """Of all that a mark depends on: what was handed in, and :func:`course_fingerprint`."""
    digest = hashlib.sha256(course.encode())
    for name, content in sorted(contents.files.items()):
        digest.update(os.fsencode(name) + b"\0" + hashlib.sha256(content).digest())
    digest.update("\0".join(contents.remarks).encode(errors="surrogateescape"))
    return digest.hexdigest()


def course_fingerprint(root: Path, assignment_id: str) -> str:
    """Of the instructor's folder of an assignment, the configuration, and the code that grades."""
    package = Path(__file__).parent.parent
    grading = digest_of(package, [package / "grading", package / "sandbox"])
    # The checks and the reader of derivations are in the wheel, which lies in the instructor's folder.
    return digest_of(root, [root / "nbgrader_config.py", root / "source" / assignment_id]) + grading
