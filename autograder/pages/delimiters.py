"""The two lines between which nbgrader keeps a marking scheme, which no page shows."""

import re

_DELIMITER = re.compile(r"^=== (?:BEGIN|END) MARK SCHEME ===[ \t]*$\n?", re.MULTILINE)


def without_delimiters(source: str) -> str:
    """A statement without them."""
    return _DELIMITER.sub("", source)
