"""Which write-ups and functions of a class are equal but for blanks, letters, names and remarks: a reason to ask, and no verdict."""

import ast
import copy
import re
import warnings
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

from autograder.grading.work import Work

# Shorter texts and smaller functions are equal by chance: one formula has few ways to be written.
LEAST_LETTERS = 40
LEAST_NODES = 40
# Of a text that is compared; one that is longer is no answer.
MOST_LETTERS = 50_000
_BLANK = re.compile(r"\s+")
_FORMULA = re.compile(r"(\$\$?[^$]+\$\$?)")


class ClassLikeness:
    """Who wrote the same, in one class.

    Parameters
    ----------
    works
        What was found, by student.
    given
        Texts of cells that the course itself gave out or knows, by ``grade_id``: to have them is likeness to nobody.
    """

    def __init__(self, works: Mapping[str, Work], given: Mapping[str, Iterable[str]]):
        self._given = {name: {each for text in texts for each in _keys(text)} for name, texts in given.items()}
        self._students: dict[tuple[str, str], list[str]] = defaultdict(list)
        for student, work in works.items():
            for name, key in _cells(work):
                self._students[name, key].append(student)

    def of(self, student: str, work: Work) -> dict[str, list[str]]:
        """By the name of a write-up or function: who else wrote the same."""
        found = {}
        for name, key in _cells(work):
            others = [each for each in self._students.get((name, key), ()) if each != student]
            if others and key not in self._given.get(name, ()):
                found[name] = others
        return found


def _cells(work: Work) -> Iterable[tuple[str, str]]:
    for writeup in work.writeups:
        if key := text_key(writeup.text):
            yield writeup.writeup, key
    for check in work.checks:
        if key := code_key(check.source):
            yield check.function, key


def _keys(text: str) -> set[str]:
    return {text_key(text), code_key(text)} - {""}


@lru_cache(maxsize=4000)
def text_key(text: str) -> str:
    """The same for texts that differ in blanks and in the letter case of words only; empty for a text that says nothing of its writer.

    In a formula ``A`` and ``a`` are different things.
    """
    parts = _FORMULA.split(_BLANK.sub("", text))
    key = "".join(part if place % 2 else part.casefold() for place, part in enumerate(parts))
    return key if LEAST_LETTERS <= len(key) <= MOST_LETTERS else ""


@lru_cache(maxsize=4000)
def code_key(source: str) -> str:
    """The same for functions that differ in names of variables, remarks and layout only; empty for one that is too small to tell."""
    if len(source) > MOST_LETTERS:
        return ""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source)
        if sum(1 for _ in ast.walk(_without_docstrings(tree))) < LEAST_NODES:
            return ""
        return ast.dump(_Renamed(_own_names(tree)).visit(tree), annotate_fields=False)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""


def _without_docstrings(tree: ast.AST) -> ast.AST:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Module):
            first = node.body[0] if node.body else None
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
                node.body = node.body[1:] or [ast.Pass()]
    return tree


def _own_names(tree: ast.AST) -> dict[str, str]:
    """New names, in order of appearance, for what the text itself binds: arguments, variables and functions."""
    bound: dict[str, str] = {}
    for node in ast.walk(tree):
        name = ""
        if isinstance(node, ast.arg):
            name = node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            name = node.id
        elif isinstance(node, ast.FunctionDef):
            name = node.name
        if name:
            bound.setdefault(name, f"v{len(bound)}")
    return bound


class _Renamed(ast.NodeTransformer):
    def __init__(self, names: dict[str, str]):
        self._names = copy.copy(names)

    def visit_Name(self, node: ast.Name) -> ast.AST:
        node.id = self._names.get(node.id, node.id)
        return node

    def visit_arg(self, node: ast.arg) -> ast.AST:
        node.arg = self._names.get(node.arg, node.arg)
        self.generic_visit(node)
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.name = self._names.get(node.name, node.name)
        self.generic_visit(node)
        return node
