"""Opening a file that was handed in: any encoding that editors write, and one sentence where it is no notebook."""

import json

from nbformat import NotebookNode

from autograder.grading.inbox.recognising import decoded
from autograder.grading.inbox.repair import NoNotebook, repaired

# Deeper or wider ones are nobody's notebook, and would take gigabytes when read.
MOST_NESTED = 3_000_000
MOST_DIGITS = 1_000


def opened(name: str, content: bytes) -> tuple[NotebookNode, list[str]]:
    """The notebook in a file, repaired, with a sentence for each loss of form.

    Parameters
    ----------
    name
        Of the file, for the sentence.
    content
        Its bytes.

    Raises
    ------
    NoNotebook
        If it holds none; the message says why and what to do.
    """
    text = decoded(content)
    if text.count("{") + text.count("[") > MOST_NESTED:
        raise NoNotebook(f"{name} is no notebook: it holds too many brackets.")
    try:
        data = json.loads(text, parse_int=_number)
    except (ValueError, RecursionError) as error:
        place = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise NoNotebook(
            f"{name} is no notebook: its text is not JSON{place}. Ask the student to save and hand in again."
        ) from error
    try:
        return repaired(data)
    except NoNotebook as error:
        raise NoNotebook(f"{name} is JSON but no notebook: {error}") from error


def _number(digits: str) -> int:
    """A whole number. Python refuses thousands of digits, and nothing in a notebook that counts has as many."""
    return int(digits) if len(digits) <= MOST_DIGITS else 0
