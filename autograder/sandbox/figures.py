"""Figures that look like the solution's are not drawn again.

Most cells that draw are the course's own and locked, and with right functions they draw what the solved notebook shows. Beside
each figure of the solved notebook stands its *key*, and with each cell the chain of calls that drew it: see
:mod:`autograder.sandbox.sketches`. Where a student's process comes to the same key, it sends the key alone, and the trusted
process puts the picture in.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.sandbox.sketches import Sketchbook

MARK = "figure:"
_KEY = re.compile(r"[0-9a-f]{16}-[0-9a-f]{64}")


@dataclass(frozen=True)
class Pictures:
    """What a solved notebook shows.

    Attributes
    ----------
    shown
        By key: a figure as the notebook holds it, MIME types with text.
    chains
        By cell: the chain of its calls.
    """

    shown: dict[str, dict[str, str]] = field(default_factory=dict)
    chains: dict[str, str] = field(default_factory=dict)


def read_pictures(notebook: Path) -> Pictures:
    """The pictures of a solved notebook; none if there is no such notebook."""
    pictures = Pictures()
    if not notebook.is_file():
        return pictures
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        if "drawing" in cell["metadata"]:
            pictures.chains[cell_key("".join(cell["source"]))] = cell["metadata"]["drawing"]
        for output in cell.get("outputs", []):
            if "figure" in output.get("metadata", {}):
                pictures.shown[output["metadata"]["figure"]] = {kind: "".join(text) for kind, text in output["data"].items()}
    return pictures


class Sketches:
    """Lets the cells of a shell draw into sketchbooks.

    Parameters
    ----------
    namespace
        The names of the cells.
    show
        Called with the key of each figure that is shown without having been drawn.

    Attributes
    ----------
    chains
        By cell: the calls of the solution. Other cells draw as always.
    everything
        Note what any cell draws.
    noted
        The chain of the last cell.
    """

    def __init__(self, namespace: dict[str, Any], show: Callable[[str], None]) -> None:
        from matplotlib import rcParams

        self.chains: dict[str, str] = {}
        self.everything = False
        self.noted = ""
        self._namespace, self._show = namespace, show
        self._settings = dict(rcParams)

    @contextmanager
    def during(self, source: str) -> Iterator[None]:
        """While a cell of this text runs, ``plt`` is a sketchbook where that makes sense."""
        from matplotlib import pyplot, rcParams

        cell = cell_key(source)
        self.noted = ""
        known = self.everything or cell in self.chains
        # With other settings, the same calls draw another picture.
        if not known or self._namespace.get("plt") is not pyplot or dict(rcParams) != self._settings:
            yield
            return
        with Sketchbook(pyplot, cell, None if self.everything else self.chains[cell], self._show) as book:
            self._namespace["plt"] = book
            try:
                yield
            finally:
                if self._namespace.get("plt") is book:
                    self._namespace["plt"] = pyplot
                self.noted = book.noted if book.noting else ""


def picture_of(value: str, pictures: Pictures) -> dict[str, str]:
    """The picture that a student's process means; nothing where it names one that does not exist."""
    key = value[len(MARK) :].strip()
    return dict(pictures.shown.get(key, {})) if _KEY.fullmatch(key) else {}


def cell_key(source: str) -> str:
    """The part of a key that says which cell draws."""
    return hashlib.sha256(source.strip().encode()).hexdigest()[:16]
