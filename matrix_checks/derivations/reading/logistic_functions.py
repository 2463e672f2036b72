r"""A letter for the logistic function, where a text says so: ``\sigma(z) = \frac{1}{1 + e^{-z}}``."""

import re
from collections.abc import Sequence

from matrix_checks.derivations.reading.pieces import Piece

SIGMOID = "sigmoid"
SIGMA = "\\sigma"
_IN_WORDS = re.compile(r"(?i)sigmo[iï]|logisti[ck]|сигмо|логистич|シグモイド|逻辑回归|逻辑斯")
_APPLIED = re.compile(r"\\sigma\s*(?:\\left)?\(")
# Of a probability and of the other one.
_CROSS_ENTROPY = re.compile(r"\\(?:log|ln)\s*(?:\\left)?[({]?\s*1\s*-")
_ARGUMENT = r"\\?[A-Za-z]+"
_SAID = re.compile(
    rf"(?P<name>\\[a-z]+|(?<![A-Za-z\\])[a-zA-Z])\s*(?:\\left)?\(\s*(?P<any>{_ARGUMENT})\s*(?:\\right)?\)\s*&?\s*:?=\s*"
    r"(?:\\[dt]?frac\s*\{?\s*1\s*\}?\s*\{|1\s*/\s*(?:\\left)?\()\s*1\s*\+\s*"
    r"(?:e\s*\^\s*\{\s*-\s*(?P=any)\s*\}|\\exp\s*(?:\\left)?\(\s*-\s*(?P=any)\s*(?:\\right)?\)|\\exp\s*\{\s*-\s*(?P=any)\s*\})\s*[})]"
)


def logistic_functions(found: Sequence[Piece], known: frozenset[str]) -> dict[str, str]:
    """The letters that a text has for the logistic function, each with the name that the reader has for it."""
    formulas = [piece.source for piece in found if piece.kind != "prose"]
    said = {each["name"] for formula in formulas for each in _SAID.finditer(formula)}
    is_called = any(piece.kind == "prose" and _IN_WORDS.search(piece.source) for piece in found)
    if is_called or any(map(_CROSS_ENTROPY.search, formulas)):
        # Nobody calls another function of every entry so beside it.
        said |= {SIGMA for formula in formulas if _APPLIED.search(formula)}
    return {name: SIGMOID for name in sorted(said) if name not in known}
