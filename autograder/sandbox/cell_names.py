"""Which names a cell needs of the cells before it, and which it may change for those behind it.

Python's own symbol tables say what is a name of the notebook and what belongs to a function. Where they do not tell, because the
cell is no plain Python or looks names up by their text, every word of it counts.
"""

import ast
import re
import symtable
from collections.abc import Iterator
from functools import lru_cache

MODULES = ("np", "plt")
# What ``from module import *`` brings in: nobody knows which names.
EVERYTHING = "*"
# Of texts of cells: the instructor's are the same in every submission.
KEPT = 2000
_WORD = re.compile(r"\w+")
# What reaches names of the notebook without naming them.
_BY_TEXT = frozenset(
    "globals locals vars dir eval evaluate exec compile getattr setattr delattr inspect sys gc importlib __import__ __main__ __dict__ "
    "__globals__ f_globals get_ipython run_cell".split()
)


@lru_cache(maxsize=KEPT)
def needed(source: str) -> frozenset[str]:
    """Names of the notebook that a cell reads when it runs, or that its functions read whenever they are called."""
    parsed = _parsed(source)
    if parsed is None:
        return _words(source)
    tree, table = parsed
    read = {symbol.get_name() for symbol in table.get_symbols() if symbol.is_referenced()}
    own = set(table.get_identifiers())
    names, bound = set(needed_when_called(source)), set[str]()
    for statement in tree.body:
        said = {node.id for node in ast.walk(statement) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
        added = {name for node in ast.walk(statement) for name in _added_to(node)}
        names |= (said & read | added & own) - bound
        bound |= set(_surely_bound(statement))
    return frozenset(names)


@lru_cache(maxsize=KEPT)
def needed_when_called(source: str) -> frozenset[str]:
    """Names of the notebook that the functions and classes of a cell look up, be it when they are called."""
    parsed = _parsed(source)
    if parsed is None:
        return _words(source)
    return frozenset(name for child in parsed[1].get_children() for name in _of_the_notebook(child))


@lru_cache(maxsize=KEPT)
def touched(source: str) -> frozenset[str]:
    """Names that a cell defines, or whose objects it may change; :data:`EVERYTHING` where nobody can say."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return _words(source)
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            names.add(node.id)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names.add(node.name)
        elif isinstance(node, ast.alias):
            if node.name == EVERYTHING:
                return _words(source) | {EVERYTHING}
            names.add((node.asname or node.name).split(".")[0])
        elif isinstance(node, (ast.Attribute, ast.Subscript)):
            # A method may change its object; a function of a module leaves the module as it is.
            changed = _base(node)
            if isinstance(node.ctx, ast.Store) or (isinstance(node, ast.Attribute) and changed not in MODULES):
                names.add(changed)
    return frozenset(names - {""})


def _parsed(source: str) -> tuple[ast.Module, symtable.SymbolTable] | None:
    """A cell as its syntax and its names, where these tell everything."""
    try:
        tree, table = ast.parse(source), symtable.symtable(source, "<cell>", "exec")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return None if _words(source) & _BY_TEXT else (tree, table)


def _words(source: str) -> frozenset[str]:
    return frozenset(_WORD.findall(source))


def _of_the_notebook(table: symtable.SymbolTable) -> Iterator[str]:
    """Global names in a function or class and whatever stands inside it."""
    for symbol in table.get_symbols():
        if symbol.is_global():
            yield symbol.get_name()
    for child in table.get_children():
        yield from _of_the_notebook(child)


def _added_to(node: ast.AST) -> list[str]:
    """The names that are needed and changed at once, which to Python's tables are changed only."""
    if isinstance(node, ast.AugAssign):
        return [node.target.id] if isinstance(node.target, ast.Name) else []
    return [each.id for each in node.targets if isinstance(each, ast.Name)] if isinstance(node, ast.Delete) else []


def _surely_bound(statement: ast.stmt) -> Iterator[str]:
    """Names that hold another object once a statement of the cell's own level has run."""
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        yield statement.name
    elif isinstance(statement, (ast.Import, ast.ImportFrom)):
        yield from ((each.asname or each.name).split(".")[0] for each in statement.names)
    elif isinstance(statement, ast.Assign):
        for target in statement.targets:
            for each in target.elts if isinstance(target, (ast.Tuple, ast.List)) else [target]:
                if isinstance(each, ast.Name):
                    yield each.id


def _base(node: ast.expr) -> str:
    while isinstance(node, (ast.Attribute, ast.Subscript, ast.Call)):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""
