"""What is noted about a notebook while it is graded, kept in its metadata: from one step of nbgrader's to the next, and for the page."""

from typing import Any

from nbformat import NotebookNode

# In the metadata of the notebook. What a submission brings under this name is thrown away before it is graded.
KEY = "grading"
# There, names of scans and photos beside the notebook, as the inbox found them.
DOCUMENTS = "documents"
LONGEST = 120
# Of sentences about one submission, and of letters in one of them: no more are read, and others' would be lost among them.
MOST_SENTENCES = 25
MOST_LETTERS = 600


def few(sentences: list[str]) -> list[str]:
    """Sentences about one submission, of which it can make any number: so many as a person reads, and how many there are besides."""
    kept = sentences if len(sentences) <= MOST_SENTENCES else sentences[: MOST_SENTENCES - 1]
    more = [f"and {len(sentences) - len(kept)} more remarks like these"] if len(kept) < len(sentences) else []
    return [each if len(each) <= MOST_LETTERS else f"{each[:MOST_LETTERS]}..." for each in kept] + more


def noted(notebook: NotebookNode) -> dict[str, Any]:
    """What was noted so far."""
    found = notebook.metadata.get(KEY)
    return found if isinstance(found, dict) else {}


def note(notebook: NotebookNode, **what: Any) -> None:
    """Note something."""
    notebook.metadata[KEY] = {**noted(notebook), **what}


def documents_of(metadata: Any) -> list[str]:
    """The names of documents in a notebook's metadata; of anything else, nothing."""
    found = metadata.get(KEY) if isinstance(metadata, dict) else None
    names = found.get(DOCUMENTS) if isinstance(found, dict) else None
    return [name[:LONGEST] for name in names if isinstance(name, str) and name.isprintable()] if isinstance(names, list) else []


def of_inbox(notebook: NotebookNode) -> list[str]:
    """The sentences about what was handed in."""
    return list(noted(notebook).get("remarks", []))


def to_ask(notebook: NotebookNode) -> list[str]:
    """The sentences for a reviewer, about what to ask in the defence; a student does not see them."""
    return list(noted(notebook).get("to_ask", []))


def waiting(notebook: NotebookNode) -> dict[str, str]:
    """By the name of a write-up that waits for a person although nothing can be read in its cell: why."""
    return dict(noted(notebook).get("waiting", {}))


def note_run(notebook: NotebookNode, late: list[str], stopped: int, cells: list[NotebookNode]) -> None:
    """Note how a notebook ran.

    Parameters
    ----------
    notebook
        The notebook.
    late
        Functions that did not return in time.
    stopped
        How many cells were stopped.
    cells
        The student's cells, with their outputs.
    """
    errors = [output for cell in cells for output in cell.outputs if output.output_type == "error"]
    raised = [f"{error.ename}: {error.evalue}".split("\n")[0].strip(": ")[:LONGEST] for error in errors if error.ename not in OWN]
    note(notebook, late=late, stopped=stopped, raised=raised)


# What stands in the place of an exception where there was none.
OWN = ("CellTimeoutError", "KeyboardInterrupt")


def of_run(notebook: NotebookNode) -> list[str]:
    """The sentences about how a notebook ran: functions and cells that were stopped, and the first exception of a cell."""
    what = noted(notebook)
    sentences = [f"{name} was stopped: it did not return in time" for name in what.get("late", [])]
    sentences += ["a cell was stopped: it did not end in time"] * what.get("stopped", 0)
    raised = what.get("raised", [])
    if raised:
        more = f" (and {len(raised) - 1} more)" if len(raised) > 1 else ""
        sentences.append(f"a cell raised {raised[0]}{more}")
    return sentences
