"""A notebook is written with the cells that were written before, checked once for a step of nbgrader's, and copied once.

Most cells of a submission are the course's own, and are the same text in every one. nbconvert copies a notebook twice before a step, and
checks it once as a notebook and once as what is written; what was just written and read again is checked for the third time.
"""

import copy
import json
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

import nbformat
from nbconvert.exporters import Exporter, NotebookExporter
from nbformat import NotebookNode, ValidationError, validator
from nbformat.v4.nbjson import to_notebook
from nbformat.v4.rwbase import split_lines, strip_transient

from autograder.grading.patches.fast_notebooks import Unusual, write

# A course has a few hundred cells, before and after they are run; longer ones hold pictures, which are seldom the same.
MOST_CELLS, LONGEST_CELL = 1_500, 20_000
# Of texts that were just written: one step of nbgrader's reads what the step before wrote.
MOST_TEXTS = 4
_WRITES, _READS = nbformat.v4.writes_json, nbformat.reads
# An attribute of an exporter: whether its notebook passed nbformat's check of what is written.
_PASSED = "passed_as_written"
# The cell as it is in memory; its keys are texts, as in all that comes from a file. Fast, as long as it asks for no indentation.
_exact = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


def make_conversions_fast() -> None:
    """Patch nbformat and nbconvert in this process."""
    texts = KnownTexts(_READS)
    nbformat.v4.writes_json = Writer(_WRITES).written
    nbformat.reads = texts.reads
    Exporter._preprocess = preprocessed
    NotebookExporter._validate_preprocessor = checked_as_written
    NotebookExporter.from_notebook_node = _written_once(texts)


class Writer:
    """nbformat's writer, with the texts of cells that were written before.

    Parameters
    ----------
    original
        nbformat's own.
    """

    def __init__(self, original: Callable[..., str]):
        self._original = original
        self._texts: OrderedDict[str, str] = OrderedDict()

    def written(self, notebook: NotebookNode, **options: Any) -> str:
        """As ``nbformat.v4.writes_json``."""
        if options or not isinstance(notebook.get("cells"), list) or not isinstance(notebook.get("metadata"), dict):
            return self._original(notebook, **options)
        try:
            return self._pieces(notebook)
        except (Unusual, RecursionError, TypeError, ValueError):
            return self._original(notebook)

    def _pieces(self, notebook: NotebookNode) -> str:
        around = NotebookNode({name: value for name, value in notebook.items() if name not in ("cells", "metadata")})
        kept = strip_transient(NotebookNode(cells=[], metadata=NotebookNode(notebook.metadata)))
        values = {**around, "metadata": kept.metadata}
        if not notebook.cells:
            values["cells"] = []
        parts = []
        for name in sorted([*values, "cells"] if notebook.cells else values):
            pieces: list[str] = []
            if name in values:
                write(values[name], "\n ", pieces)
            else:
                pieces = ["[\n  ", ",\n  ".join(map(self._cell, notebook.cells)), "\n ]"]
            parts.append(f"\n {json.dumps(name, ensure_ascii=False)}: {''.join(pieces)}")
        return "{" + ",".join(parts) + "\n}"

    def _cell(self, cell: NotebookNode) -> str:
        if type(cell) is not NotebookNode:
            raise Unusual
        key = _exact(cell)
        found = self._texts.get(key)
        if found is not None:
            self._texts.move_to_end(key)
            return found
        [twin] = strip_transient(split_lines(NotebookNode(cells=[nbformat.from_dict(cell)], metadata={}))).cells
        pieces: list[str] = []
        write(twin, "\n  ", pieces)
        text = "".join(pieces)
        if len(key) <= LONGEST_CELL:
            self._texts[key] = text
            if len(self._texts) > MOST_CELLS:
                self._texts.popitem(last=False)
        return text


class KnownTexts:
    """nbformat's reader, which does not check again what was checked when it was written.

    Parameters
    ----------
    original
        nbformat's own.
    """

    def __init__(self, original: Callable[..., NotebookNode]):
        self._original = original
        self._valid: OrderedDict[str, None] = OrderedDict()

    def note(self, text: str) -> None:
        """A text that was written, of a notebook of the fourth format that is valid."""
        self._valid[text] = None
        if len(self._valid) > MOST_TEXTS:
            self._valid.popitem(last=False)

    def reads(self, text: str, as_version: Any, capture_validation_error: Any = None, **options: Any) -> NotebookNode:
        """As ``nbformat.reads``."""
        if text in self._valid and as_version == nbformat.current_nbformat and not options:
            return to_notebook(json.loads(text))
        return self._original(text, as_version, capture_validation_error, **options)


def preprocessed(self: Exporter, notebook: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
    """As ``Exporter._preprocess``, without a copy of the notebook: it was handed one, and makes the next one when it normalizes that."""
    resources = copy.deepcopy(resources)
    notebook = validator.normalize(notebook)[1]
    last = None
    for last in self._preprocessors:
        notebook, resources = last(notebook, resources)
        if not self.optimistic_validation:
            self._validate_preprocessor(notebook, last)
    if self.optimistic_validation:
        self._validate_preprocessor(notebook, last)
    return notebook, resources


def checked_as_written(self: NotebookExporter, notebook: NotebookNode, preprocessor: Any) -> None:
    """As ``Exporter._validate_preprocessor``; it asks first what nbformat asks of what is written, for what passes that passes this."""
    try:
        nbformat.validate(notebook)
    except ValidationError:
        self.__dict__[_PASSED] = False
        Exporter._validate_preprocessor(self, notebook, preprocessor)
    else:
        self.__dict__[_PASSED] = True


def _written_once(texts: KnownTexts) -> Callable[..., Any]:
    """``NotebookExporter.from_notebook_node``, whose writer does not check again what was checked just before."""

    def convert(self: NotebookExporter, notebook: NotebookNode, resources: Any = None, **options: Any) -> tuple[str, Any]:
        found, resources = Exporter.from_notebook_node(self, notebook, resources, **options)
        same = self.nbformat_version == found.nbformat
        resources["output_suffix"] = ".nbconvert" if same else f".v{self.nbformat_version}"
        passed = self.__dict__.pop(_PASSED, False) and same and found.nbformat == nbformat.current_nbformat
        text = nbformat.v4.writes_json(found) if passed else nbformat.writes(found, version=self.nbformat_version)
        text = text if text.endswith("\n") else f"{text}\n"
        if passed:
            texts.note(text)
        return text, resources

    return convert
