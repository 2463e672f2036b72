"""A notebook that is copied and checked less often is read and written as by nbformat and nbconvert."""

import copy
import json

import nbformat
import pytest
from nbconvert.exporters import Exporter, NotebookExporter
from nbconvert.preprocessors import Preprocessor
from nbformat import ValidationError
from traitlets.config import Config

from autograder.grading.patches import fast_conversions
from tests.conftest import ROOT

NOTEBOOKS = sorted((ROOT / "source").rglob("*.ipynb")) + sorted((ROOT / "solutions").rglob("*.ipynb"))
OPTIMISTIC = Config({"Exporter": {"optimistic_validation": True, "default_preprocessors": []}})


class Shout(Preprocessor):
    enabled = True

    def preprocess_cell(self, cell, resources, index):
        cell.source = cell.source.upper()
        return cell, resources


class Spoil(Preprocessor):
    enabled = True

    def preprocess(self, nb, resources):
        nb.cells[0].source = 3
        return nb, resources


@pytest.fixture
def patched(monkeypatch):
    """The patches, for one test."""
    for place, name in ((nbformat, "reads"), (Exporter, "_preprocess"), (NotebookExporter, "from_notebook_node")):
        monkeypatch.setattr(place, name, getattr(place, name))
    monkeypatch.setattr(NotebookExporter, "_validate_preprocessor", Exporter._validate_preprocessor, raising=False)
    return fast_conversions.make_conversions_fast


def converted(path, kind) -> str:
    exporter = NotebookExporter(config=OPTIMISTIC)
    exporter.register_preprocessor(kind)
    return exporter.from_filename(str(path))[0]


def test_every_notebook_of_the_course_is_converted_to_the_same_text_and_read_as_the_same_notebook(patched):
    before = [converted(path, Shout) for path in NOTEBOOKS]
    read = [nbformat.reads(text, as_version=4) for text in before]
    patched()
    assert [converted(path, Shout) for path in NOTEBOOKS] == before
    assert [nbformat.reads(text, as_version=4) for text in before] == read


def test_the_notebook_that_is_given_stays_as_it_is(patched):
    patched()
    notebook = nbformat.read(NOTEBOOKS[0], as_version=4)
    given = copy.deepcopy(notebook)
    exporter = NotebookExporter(config=OPTIMISTIC)
    exporter.register_preprocessor(Shout)
    assert exporter.from_notebook_node(notebook)[0] != nbformat.writes(given)
    assert notebook == given


def test_a_step_that_spoils_a_notebook_is_found_out(patched):
    patched()
    with pytest.raises(ValidationError):
        converted(NOTEBOOKS[0], Spoil)


def test_only_the_very_text_that_passed_is_not_checked_again(patched, monkeypatch):
    patched()
    text = converted(NOTEBOOKS[0], Shout)
    checked = []
    monkeypatch.setattr(nbformat, "validate", checked.append)
    nbformat.reads(text, as_version=4)
    assert checked == []
    spoiled = json.loads(text)
    spoiled["cells"][0]["source"] = 3
    nbformat.reads(json.dumps(spoiled), as_version=4)
    nbformat.reads(text + " ", as_version=4)
    assert len(checked) == 2


def test_a_notebook_with_what_the_format_does_not_know_is_written_and_checked_when_it_is_read(patched, monkeypatch):
    patched()
    notebook = nbformat.read(NOTEBOOKS[0], as_version=4)
    notebook.cells[0]["unknown"] = 1
    exporter = NotebookExporter(config=OPTIMISTIC)
    exporter.register_preprocessor(Shout)
    text = exporter.from_notebook_node(notebook)[0]
    checked = []
    monkeypatch.setattr(nbformat, "validate", checked.append)
    nbformat.reads(text, as_version=4)
    assert '"unknown": 1' in text and len(checked) == 1


def test_what_is_read_again_is_new_each_time_and_whole(patched):
    patched()
    text = converted(NOTEBOOKS[0], Shout)
    first, second = (nbformat.reads(text, as_version=4) for _ in range(2))
    first.cells[0].source = "changed"
    first.cells[0].metadata["mine"] = {}
    assert second == nbformat.reads(text, as_version=4) == fast_conversions._READS(text, as_version=4) != first


class Listing(Preprocessor):
    enabled = True

    def preprocess(self, nb, resources):
        nb.cells[0].source = ["two\n", "lines"]
        dict.__setitem__(nb.metadata, "plain", {"deep": ({"a": 1},)})
        nb.cells[0].metadata["trusted"] = True
        return nb, resources


def test_what_a_step_left_in_another_form_is_read_as_from_its_text(patched):
    patched()
    text = converted(NOTEBOOKS[0], Listing)
    read = nbformat.reads(text, as_version=4)
    assert read == fast_conversions._READS(text, as_version=4)
    assert read.metadata.plain.deep[0].a == 1 and read.cells[0].source == "two\nlines" and "trusted" not in read.cells[0].metadata
