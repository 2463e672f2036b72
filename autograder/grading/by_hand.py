"""What a person gave stays marked, until there is something that this person has not seen."""

import hashlib
import json
from dataclasses import dataclass


@dataclass(frozen=True)
class Seen:
    """What there was of a cell when a person marked it.

    Attributes
    ----------
    text
        Fingerprint of its text; ``None`` where it is not known.
    auto_score
        The points that it had without the person.
    waits
        Whether it waited for a person to look at it again even then.
    """

    text: str | None
    auto_score: float | None
    waits: bool

    def waits_now(self, text: str | None, auto_score: float | None) -> bool:
        """Whether a person has to look again, where this is what there is of the cell now.

        nbgrader asks for it after every run. Here it is for a write-up whose text changed, and for a check that found other points
        than those that the person put others in the place of.
        """
        return self.waits or self.text is None or self.text != text or self.auto_score != auto_score


def texts(notebook: bytes) -> dict[str, str]:
    """Fingerprints of what a student wrote in the cells of an autograded notebook, pictures included, by ``grade_id``.

    That of a check cell, in which stands the instructor's text, is empty.
    """
    try:
        cells = json.loads(notebook)["cells"]
        own = [(cell, cell.get("metadata", {}).get("nbgrader", {})) for cell in cells]
        return {
            marked["grade_id"]: _fingerprint(cell) if marked.get("solution") or marked.get("task") else ""
            for cell, marked in own
            if "grade_id" in marked
        }
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def _fingerprint(cell: dict) -> str:
    source = cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])
    return hashlib.sha256(json.dumps([source.rstrip(), cell.get("attachments") or {}], sort_keys=True).encode()).hexdigest()
