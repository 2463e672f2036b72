"""Notebooks are made of plain data, copied and written as nbformat does it, in a third of its time.

``json.dumps`` leaves its fast part as soon as it is asked for an indentation, and a notebook is read, copied and written half a dozen times
for each submission.
"""

import copy
import json
from json.encoder import encode_basestring  # type: ignore[attr-defined]  # the fast part of the standard library, which its stubs leave out
from math import isfinite
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import nbjson

# JSON values are immutable, except dictionaries and lists, and are never shared.
UNCHANGING = frozenset((str, int, float, bool, type(None)))
# As nbformat's writer asks for it.
_AS_A_NOTEBOOK = {"indent": 1, "sort_keys": True, "separators": (",", ": "), "ensure_ascii": False}
_WORDS = {None: "null", True: "true", False: "false"}


def make_notebooks_fast() -> None:
    """Patch nbformat in this process."""
    for module in (nbformat, nbformat.notebooknode, nbjson):
        module.from_dict = node_of  # type: ignore[attr-defined]  # a patch
    nbjson.json = FastJson  # type: ignore[assignment]  # a patch
    NotebookNode.__deepcopy__ = copied  # type: ignore[method-assign]  # a patch


class FastJson:
    """Stands for the module ``json`` where nbformat writes a notebook: the same text."""

    JSONEncoder, loads, load, dump = json.JSONEncoder, staticmethod(json.loads), staticmethod(json.load), staticmethod(json.dump)

    @staticmethod
    def dumps(value: Any, **options: Any) -> str:
        """As ``json.dumps``."""
        if {name: option for name, option in options.items() if name != "cls"} != _AS_A_NOTEBOOK:
            return json.dumps(value, **options)
        pieces: list[str] = []
        try:
            _write(value, "\n", pieces)
        except (_Unusual, RecursionError):
            return json.dumps(value, **options)
        return "".join(pieces)


class _Unusual(Exception):
    """A value that is left to the standard library."""


def _write(value: Any, line: str, pieces: list[str]) -> None:
    """Append the text of a value; ``line`` ends a line and indents the next one."""
    kind = type(value)
    if kind is str:
        pieces.append(encode_basestring(value))
    elif kind is bool or value is None:
        pieces.append(_WORDS[value])
    elif kind is int or kind is float and isfinite(value):
        pieces.append(repr(value))
    elif kind is NotebookNode or kind is dict:
        _write_node(value, line, pieces)
    elif kind is list:
        _write_list(value, line, pieces)
    else:
        raise _Unusual


def _write_node(value: dict, line: str, pieces: list[str]) -> None:
    if not value:
        pieces.append("{}")
        return
    inside, before = f"{line} ", "{"
    try:
        keys = sorted(value)
    except TypeError as error:
        raise _Unusual from error
    for key in keys:
        if type(key) is not str:
            raise _Unusual
        pieces.append(f"{before}{inside}{encode_basestring(key)}: ")
        _write(value[key], inside, pieces)
        before = ","
    pieces.append(f"{line}}}")


def _write_list(values: list, line: str, pieces: list[str]) -> None:
    if not values:
        pieces.append("[]")
        return
    inside, before = f"{line} ", "["
    for each in values:
        pieces.append(f"{before}{inside}")
        if type(each) is str:
            pieces.append(encode_basestring(each))
        else:
            _write(each, inside, pieces)
        before = ","
    pieces.append(f"{line}]")


def node_of(value: Any) -> Any:
    """As ``nbformat.from_dict``."""
    kind = type(value)
    if kind in UNCHANGING:
        return value
    if isinstance(value, dict):
        node = NotebookNode()
        for key, each in value.items():
            dict.__setitem__(node, key, each if type(each) in UNCHANGING else node_of(each))
        return node
    if isinstance(value, (tuple, list)):
        return [each if type(each) in UNCHANGING else node_of(each) for each in value]
    return value


def copied(node: NotebookNode, memo: dict[int, Any]) -> NotebookNode:
    """A deep copy of a notebook or a part of it."""
    new = type(node)()
    for key, value in node.items():
        kind = type(value)
        if kind in UNCHANGING:
            dict.__setitem__(new, key, value)
        elif kind is NotebookNode:
            dict.__setitem__(new, key, copied(value, memo))
        elif kind is list:
            dict.__setitem__(new, key, _copied_list(value, memo))
        else:
            # An ordinary dictionary becomes a node here, as it does where nbformat copies.
            new[key] = copy.deepcopy(value, memo)
    if node.__dict__:
        new.__dict__.update(node.__dict__)
    return new


def _copied_list(values: list[Any], memo: dict[int, Any]) -> list[Any]:
    return [
        value if type(value) in UNCHANGING
        else copied(value, memo) if type(value) is NotebookNode
        else _copied_list(value, memo) if type(value) is list
        else copy.deepcopy(value, memo)
        for value in values
    ]  # fmt: skip
