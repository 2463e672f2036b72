"""The whole stage for files in memory: find, open, repair. Aligning and explaining is a step of nbgrader's, ``TakeIn``."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from autograder.grading.inbox.finding import Wanted, find_notebook
from autograder.grading.inbox.opening import opened
from autograder.grading.inbox.repair import NoNotebook
from autograder.grading.remarks import DOCUMENTS, KEY, few

MOST_DOCUMENTS = 20


@dataclass
class Taken:
    """A submission, ready to be aligned.

    Attributes
    ----------
    files
        What was handed in, with the notebook under its right name, valid and without outputs.
    remarks
        What should be known, a sentence each.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)


def take(files: dict[str, bytes], times: dict[str, float], wanted: Wanted, others: Iterable[Wanted]) -> Taken:
    """Find, open and repair the notebook among the files of a submission.

    Parameters
    ----------
    files, times
        What was handed in, and when each was changed, by path.
    wanted, others
        The assignment, and the others of the course.

    Raises
    ------
    NoNotebook
        If there is none; the message says what was found instead.
    """
    found = find_notebook(files, times, wanted, list(others))
    if found.content is None or found.path is None:
        raise NoNotebook(" ".join(few(found.remarks)))
    notebook, remarks = opened(found.path, found.content)
    notebook.metadata[KEY] = {DOCUMENTS: [name for name in found.beside if name.isprintable()][:MOST_DOCUMENTS]}
    kept = {**found.around, **{name: content for name, content in files.items() if name != found.path}}
    kept[wanted.notebook] = json.dumps(notebook, ensure_ascii=False).encode()
    return Taken(kept, [*found.remarks, *remarks])
