"""A notebook is copied and checked once less, or twice, in each of nbgrader's steps.

nbconvert copies a notebook three times before a step, and checks it once as a notebook and once as what is written; what was just written
and is read again is checked for the third time.
"""

import copy
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

import nbformat
from nbconvert.exporters import Exporter, NotebookExporter
from nbformat import NotebookNode, ValidationError, validator
from nbformat.v4 import to_notebook_json, writes_json

# Of texts that were just written: one step of nbgrader's reads what the step before wrote.
MOST_TEXTS = 2
_READS = nbformat.reads
# An attribute of an exporter: whether its notebook passed nbformat's check of what is written.
_PASSED = "passed_as_written"


def make_conversions_fast() -> None:
    """Patch nbformat and nbconvert in this process."""
    texts = KnownTexts(_READS)
    changes = (
        (nbformat, "reads", texts.reads),
        (Exporter, "_preprocess", preprocessed),
        (NotebookExporter, "_validate_preprocessor", checked_as_written),
        (NotebookExporter, "from_notebook_node", _written_once(texts)),
    )
    for place, name, patch in changes:
        setattr(place, name, patch)


class KnownTexts:
    """nbformat's reader, which neither checks again what was checked when it was written, nor takes its text apart again.

    Parameters
    ----------
    original
        nbformat's own.
    """

    def __init__(self, original: Callable[..., NotebookNode]):
        self._original = original
        self._valid: OrderedDict[str, NotebookNode] = OrderedDict()

    def note(self, text: str, notebook: NotebookNode) -> None:
        """A text that was written, of a notebook of the fourth format that is valid, and that nobody changes any more."""
        self._valid[text] = notebook
        if len(self._valid) > MOST_TEXTS:
            self._valid.popitem(last=False)

    def reads(self, text: str, as_version: Any, capture_validation_error: Any = None, **options: Any) -> NotebookNode:
        """As ``nbformat.reads``."""
        if text in self._valid and as_version == nbformat.current_nbformat and not options:
            # Makes nodes and lists of whatever there is, as reading does.
            return to_notebook_json(self._valid[text])
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
        text = writes_json(found) if passed else nbformat.writes(found, version=self.nbformat_version)
        text = text if text.endswith("\n") else f"{text}\n"
        if passed:
            texts.note(text, found)
        return text, resources

    return convert
