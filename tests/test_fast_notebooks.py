"""Notebooks are copied and written fast, and just as nbformat does it."""

import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbformat import NotebookNode
from nbformat.notebooknode import from_dict
from nbformat.v4 import nbjson

from autograder.grading.patches.fast_notebooks import FastJson, copied, node_of
from tests.conftest import ROOT

OPTIONS = {"cls": nbjson.BytesEncoder, "indent": 1, "sort_keys": True, "separators": (",", ": "), "ensure_ascii": False}
PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
JSON = st.recursive(
    PLAIN, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner) | st.lists(inner).map(tuple), max_leaves=30
)


@given(JSON)
def test_any_data_is_written_as_by_the_standard_library(data):
    assert FastJson.dumps(data, **OPTIONS) == json.dumps(data, **OPTIONS)


@pytest.mark.parametrize("data", [b"bytes", {"a": b"x"}, {1: 2}, [float("nan")], {"a": float("inf")}, {"deep": (1, [2])}])
def test_what_is_unusual_is_left_to_the_standard_library(data):
    assert FastJson.dumps(data, **OPTIONS) == json.dumps(data, **OPTIONS)
    assert FastJson.dumps([1], indent=2) == json.dumps([1], indent=2)


@given(st.dictionaries(st.text(), JSON))
def test_any_data_becomes_the_same_node_and_its_copy_shares_nothing(data):
    node = node_of(data)
    assert node == from_dict(data) and kinds(node) == kinds(from_dict(data))
    twin = copied(node, {})
    assert twin == node and kinds(twin) == kinds(node) == kinds(copy.deepcopy(from_dict(data)))
    assert not {id(part) for part in parts(twin)} & {id(part) for part in parts(node)}


def test_every_notebook_of_the_course_is_written_to_the_same_bytes():
    for path in sorted((ROOT / "source").rglob("*.ipynb")) + sorted((ROOT / "solutions").rglob("*.ipynb")):
        data = json.loads(path.read_text(encoding="utf-8"))
        assert FastJson.dumps(node_of(data), **OPTIONS) == json.dumps(data, **OPTIONS)


def parts(value) -> list:
    """What can be changed in it: its dictionaries and lists."""
    if isinstance(value, dict):
        return [value, *(part for each in value.values() for part in parts(each))]
    return [value, *(part for each in value for part in parts(each))] if isinstance(value, list) else []


def kinds(value):
    """The types of a value and of everything in it."""
    if isinstance(value, NotebookNode):
        return NotebookNode, {key: kinds(each) for key, each in value.items()}
    return [kinds(each) for each in value] if isinstance(value, list) else type(value)
