"""nbconvert's filter that takes the prefix ``files/`` out of addresses, in time that grows with the length of the text only."""

import re

_IN_HTML = re.compile(r"(src|href)=(['\"]?)/?files/")
_IN_MARKDOWN = re.compile(r"\]\(/?files/")


def without_files_prefix(text: str) -> str:
    """The text with the addresses ``files/…``, of HTML and of Markdown, relative to where the notebook lies."""
    text = _IN_HTML.sub(r"\1=\2", text)
    return "\n".join(map(_line_without, text.split("\n"))) if _IN_MARKDOWN.search(text) else text


def _line_without(line: str) -> str:
    """A line with ``[caption](address)`` for ``[caption](files/address)``."""
    pieces: list[str] = []
    place = 0
    while True:
        opening = line.find("[", place)
        found = _IN_MARKDOWN.search(line, opening + 1) if opening >= 0 else None
        end = line.find(")", found.end()) if found else -1
        if found is None or end < 0:
            return "".join([*pieces, line[place:]])
        pieces += [line[place : found.start() + 2], line[found.end() : end + 1]]
        place = end + 1
