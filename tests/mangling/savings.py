"""Ways in which one notebook is saved: encodings, ends of lines, an old format."""

import json

import nbformat
from nbformat.v4.convert import downgrade

from tests.mangling.cells import Notebook, saving, text_of


def as_text(notebook: Notebook) -> str:
    return json.dumps(notebook, indent=1, ensure_ascii=False)


@saving
def utf8(notebook: Notebook) -> bytes:
    """As everyone saves it."""
    return as_text(notebook).encode()


@saving
def utf8_with_mark(notebook: Notebook) -> bytes:
    """Row 23, otter-grader#928: UTF-8 with a byte order mark."""
    return as_text(notebook).encode("utf-8-sig")


@saving
def utf16(notebook: Notebook) -> bytes:
    """Row 23: UTF-16, from PowerShell's ``>``."""
    return as_text(notebook).encode("utf-16")


@saving
def utf16_big_end_first(notebook: Notebook) -> bytes:
    """Row 23: UTF-16 of the other order, with its mark."""
    return b"\xfe\xff" + as_text(notebook).encode("utf-16-be")


@saving
def cp1251(notebook: Notebook) -> bytes:
    """Row 23: the Russian code page of Windows; what it does not have is escaped."""
    text = as_text(notebook)
    kept = (letter if letter.encode("cp1251", "ignore") else json.dumps(letter)[1:-1] for letter in text)
    return "".join(kept).encode("cp1251")


@saving
def carriage_returns(notebook: Notebook) -> bytes:
    """Row 23: the lines of the file end in CRLF."""
    return as_text(notebook).replace("\n", "\r\n").encode()


@saving
def in_one_line(notebook: Notebook) -> bytes:
    """Tools: a file in one line of ASCII."""
    return json.dumps(notebook).encode()


@saving
def format_three(notebook: Notebook) -> bytes:
    """Row 2: saved in format 3, which the old notebook reads."""
    document = json.loads(json.dumps(notebook))
    for cell in document["cells"]:
        cell["source"] = text_of(cell)
        cell.setdefault("metadata", {})
        if cell["cell_type"] == "code":
            cell |= {"outputs": [], "execution_count": None}
    document |= {"nbformat_minor": 5}
    document.setdefault("metadata", {})
    return nbformat.v3.writes_json(downgrade(nbformat.from_dict(document))).encode()
