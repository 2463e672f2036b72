"""What students and their tools do to a notebook: a catalogue of edits, each one a report of a peer's users.

``EDITS`` change the cells, ``SAVINGS`` write the file. Rows are those of the table of submissions that were tried.
"""

from tests.mangling import deletions, files, metadata, moves, pictures, savings
from tests.mangling.cells import EDITS, SAVINGS, Edit, Saving

__all__ = ["EDITS", "SAVINGS", "Edit", "Saving", "deletions", "files", "metadata", "moves", "pictures", "savings"]
