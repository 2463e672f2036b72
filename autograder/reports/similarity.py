"""Write-ups and functions that are alike beyond what is usual in their class, letters and names aside.

A text becomes a sequence of tokens, in which a letter that may be renamed is told only by how far back it stood before: so that
renaming changes nothing (this is how B. S. Baker's "parameterized matching" finds copied code). Every run of tokens is hashed.
Runs that the course itself shows, and those that a tenth of the class has, are left out; what two students share of the rest is
counted for all pairs at once by products of matrices, so that the time is bounded whatever was handed in.
"""

import ast
import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# Tokens of a run.
RUN = 10
# So many students may share a run before it is something that everybody writes: a share of the class, and at least these.
USUAL_SHARE, USUAL = 0.1, 3
# What two texts must share: so many unusual runs, and such a share of all unusual runs of both. Write-ups of people who did not
# know of each other share a seventh at most, and functions, of which there are fewer forms, a half.
FEWEST_RUNS, LEAST_OF_TEXT, LEAST_OF_CODE = 25, 0.3, 0.5
# Of a text; what is behind is not compared.
MOST_CHARACTERS, MOST_RUNS = 20_000, 2_000
# Columns of a matrix: a block of a class of 300 takes five megabytes.
BLOCK = 4_096

_GREEK = """alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi
    varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega ell"""
LETTERS = frozenset(f"\\{name}" for name in _GREEK.split())
_WORD_IN_FORMULA = r"\\(?:text[a-z]*|mathrm|operatorname\*?|mbox|hbox)\s*\{[^{}$]*\}"
_TOKEN = re.compile(_WORD_IN_FORMULA + r"|\\(?:begin|end)\s*\{[a-zA-Z]+\*?\}|\\[a-zA-Z]+|\\.|\$+|[^\W\d_]+|\d+|[^\s]", re.DOTALL)
_LAYOUT = re.compile(
    r"\\(?:begin|end)\s*\{.*|\\(?:left|right|[bB]igg?[lr]?|quad|qquad|displaystyle|nonumber|[,;:!> \\])|[&{}*#`$]+", re.DOTALL
)
_OPENS, _CLOSES = (r"\[", r"\("), (r"\]", r"\)")
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_NEW_LETTER = 1

Runs = NDArray[np.uint64]
# A token, and whether it may be renamed.
Tokens = list[tuple[str, bool]]


@dataclass(frozen=True)
class Pair:
    """Two students whose texts are alike.

    Attributes
    ----------
    first, second
        Their ids, in order.
    similarity
        The share of their unusual runs that both have, from 0 to 1.
    runs
        How many these are.
    """

    first: str
    second: str
    similarity: float
    runs: int


def alike(texts: Mapping[str, Runs], known: Iterable[Runs] = (), least: float = LEAST_OF_TEXT) -> list[Pair]:
    """The pairs of students whose texts share what few others have, the most similar first.

    Parameters
    ----------
    texts
        The runs of each student's text.
    known
        Those of what the course shows: the stub, the solution, and other forms that anyone would write.
    least
        The similarity from which a pair is one.
    """
    students = sorted(student for student, runs in texts.items() if len(runs))
    if len(students) < 2:
        return []
    shown = np.unique(np.concatenate([np.empty(0, np.uint64), *known]))
    sizes, shared = _unusual([texts[student] for student in students], shown)
    union = sizes[:, None] + sizes[None, :] - shared
    found = [
        Pair(students[one], students[other], float(shared[one, other] / union[one, other]), int(shared[one, other]))
        for one, other in np.argwhere(np.triu(shared >= FEWEST_RUNS, 1))
    ]
    return sorted(
        (each for each in found if each.similarity >= least),
        key=lambda each: (-each.similarity, -each.runs, each.first, each.second),
    )


def similarity(one: Runs, other: Runs) -> float:
    """The Jaccard index of two texts' runs, from 0 to 1."""
    union = len(np.union1d(one, other))
    return len(np.intersect1d(one, other)) / union if union else 0.0


def _unusual(texts: Sequence[Runs], known: Runs) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """How many runs of each text are neither known nor usual, and how many of them every two texts share."""
    every, places, counts = np.unique(np.concatenate(texts), return_inverse=True, return_counts=True)
    owners = np.repeat(np.arange(len(texts)), [len(each) for each in texts])
    is_unusual = (counts <= max(USUAL, USUAL_SHARE * len(texts))) & ~np.isin(every, known)
    sizes = np.bincount(owners[is_unusual[places]], minlength=len(texts))
    is_shared = is_unusual & (counts > 1)
    columns = (np.cumsum(is_shared) - 1)[places]
    is_here = is_shared[places]
    return sizes, _counted(owners[is_here], columns[is_here], len(texts))


def _counted(owners: NDArray[np.int64], columns: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """How many columns every two owners share, from the list of who has which."""
    order = np.argsort(columns, kind="stable")
    owners, columns = owners[order], columns[order]
    total = np.zeros((count, count), np.int64)
    for start in range(0, int(columns[-1]) + 1 if len(columns) else 0, BLOCK):
        part = slice(*np.searchsorted(columns, (start, start + BLOCK)))
        has = np.zeros((count, BLOCK), np.float32)
        has[owners[part], columns[part] - start] = 1
        # Whole numbers below 2^24, which float32 adds exactly.
        total += (has @ has.T).astype(np.int64)
    return total


def runs_of(tokens: Tokens) -> Runs:
    """The hash of every run of tokens, each once; a short text is one run."""
    if not tokens:
        return np.empty(0, np.uint64)
    length = min(RUN, len(tokens))
    codes, back = _codes(tokens)
    count = len(tokens) - length + 1
    hashes = np.zeros(count, np.uint64)
    for place in range(length):
        part = slice(place, place + count)
        # A letter that did not stand in this run before is a new one, whichever it is.
        code = np.where(back[part] > place, np.uint64(_NEW_LETTER), codes[part])
        hashes = (hashes ^ code) * _MULTIPLIER
        hashes ^= hashes >> np.uint64(29)
    return np.unique(hashes)[:MOST_RUNS]


def _codes(tokens: Tokens) -> tuple[Runs, NDArray[np.int64]]:
    """A number for each token, and how far back the same letter stood; 0 for what is no letter."""
    codes, back = np.empty(len(tokens), np.uint64), np.zeros(len(tokens), np.int64)
    last: dict[str, int] = {}
    known: dict[str, int] = {}
    for place, (token, is_letter) in enumerate(tokens):
        if is_letter:
            back[place] = place - last[token] if token in last else len(tokens) + RUN
            codes[place] = back[place] + 1
            last[token] = place
        else:
            code = known.get(token)
            if code is None:
                code = known[token] = zlib.crc32(token.encode("utf-8", "surrogatepass")) | 1 << 40
            codes[place] = code
    return codes, back


def tokens_of_text(text: str) -> Tokens:
    """The tokens of a write-up: letters of formulas may be renamed, words may not, and layout is left out."""
    found: Tokens = []
    in_formula = False
    for token in _TOKEN.findall(text[:MOST_CHARACTERS]):
        if token[0] == "$":
            in_formula = not in_formula
        elif token in _OPENS or token in _CLOSES:
            in_formula = token in _OPENS
        elif token.isalpha():
            found += [(letter, True) for letter in token] if in_formula or len(token) == 1 else [(token.lower(), False)]
        elif not _LAYOUT.fullmatch(token):
            found.append((token, token in LETTERS))
    return found


def tokens_of_code(source: str) -> Tokens:
    """The nodes of a program in order: names may be renamed; docstrings, comments and type hints are left out.

    Empty where it is no Python.
    """
    if len(source) > MOST_CHARACTERS:
        return []
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    found: Tokens = []
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if not isinstance(node, ast.expr_context):
            found += _tokens_of_node(node)
            waiting += reversed(_children(node))
    return found


def _tokens_of_node(node: ast.AST) -> Tokens:
    if isinstance(node, ast.Name):
        return [(node.id, True)]
    if isinstance(node, ast.arg):
        return [(node.arg, True)]
    if isinstance(node, ast.Constant):
        return [(repr(node.value)[:50] if not isinstance(node.value, int) else hex(node.value)[:50], False)]
    if isinstance(node, ast.Attribute):
        return [(f".{node.attr}", False)]
    if isinstance(node, ast.keyword):
        return [(f"{node.arg}=", False)]
    kind = [(type(node).__name__, False)]
    return [*kind, (node.name, True)] if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) else kind


def _children(node: ast.AST) -> list[ast.AST]:
    """Without docstrings and type hints."""
    children = list(ast.iter_child_nodes(node))
    if isinstance(node, (ast.arg, ast.AnnAssign, ast.FunctionDef, ast.AsyncFunctionDef)):
        hint = node.annotation if isinstance(node, (ast.arg, ast.AnnAssign)) else node.returns
        children = [each for each in children if each is not hint]
    return [each for each in children if not _is_docstring(each)]


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
