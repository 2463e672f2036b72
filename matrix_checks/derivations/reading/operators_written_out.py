r"""Products that a text has names for: behind ``L_A(H) = AH`` its ``L_A^*[G]`` is ``A^\top G``, and ``R_S[B]`` is ``BS`` where that is said.

The text is written again with the products in the place of these operators and what they are applied to.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matrix_checks.derivations.reading.macros import replaced
from matrix_checks.derivations.reading.written_out import WrittenOut

_FONT = r"(?:\\(?:mathcal|mathbf|mathrm|mathsf|operatorname)\s*\{?\s*)?"
_NAME = rf"(?P<name>{_FONT}[A-Z]\s*\}}?\s*_\s*(?:\{{\s*(?:[A-Za-z](?:\s*_\s*\{{?\w\}}?)?)\s*\}}|[A-Za-z])|(?<![\^_{{\w])T(?=\s*[(\[\^]))"
_GAP = r"(?:\s|\\[,;:! ]|\\cdot(?![a-zA-Z])){0,9}"
_ARGUMENT = r"(?P<argument>[A-Za-z])"
_MATRIX = r"(?P<matrix>[A-Za-z](?:\s*_\s*(?:\{\s*\w\s*\}|\w))?)"
_EQUALS = r"\s*(?::\s*=|=|\\coloneqq|\\equiv|\\triangleq)\s*"
_OPEN, _CLOSE = r"(?:\\left|\\[bB]igg?l?)?\s*[(\[]\s*", r"\s*(?:\\right|\\[bB]igg?r?)?\s*[)\]]"
# What an operator makes of its argument: a product with one matrix, from the left or from the right.
_PRODUCT = rf"(?:{_MATRIX}{_GAP}(?P=argument)(?![A-Za-z_^])|(?P=argument){_GAP}(?P<behind>[A-Za-z](?:\s*_\s*(?:\{{\s*\w\s*\}}|\w))?)(?![\w_^]))"
_APPLIED = re.compile(
    rf"{_NAME}{_GAP}(?:{_OPEN}{_ARGUMENT}{_CLOSE}|{_ARGUMENT.replace('argument', 'bare')}(?![A-Za-z_^])){_EQUALS}(?P<rest>.{{1,40}})"
)
_MAPPED = re.compile(
    rf"\s*(?:{_NAME}\s*(?::|\\colon)\s*(?:[^$]{{0,80}}?[,;]|\\q?quad)?\s*)?{_ARGUMENT}\s*\\mapsto\s*(?P<rest>.{{1,40}})"
)
_ALONE = re.compile(rf"\s*{_NAME}\s*")
_ADJOINT = re.compile(r"\s*\^\s*(?:\{\s*)?(?:\*|\\ast|\\star|\\dagger|\\top|T|\\prime)(?:\s*\})?|'")
_BRACKET = re.compile(r"(?:\\left|\\[bB]igg?l?)?\s*([(\[])")
_ATOM = re.compile(
    r"\\[dt]?frac\s*\{[^{}]{0,60}(?:\{[^{}]{0,40}\}[^{}]{0,40}){0,2}\}\s*\{[^{}]{0,60}\}|"
    r"(?:\\nabla(?:\s*_\s*(?:\{[^{}]{1,20}\}|\w))?\s*)?(?:d(?=[A-Za-z\\])|\\(?:dot|bar|hat|tilde|delta|Delta)\s*\{?\s*)?(?:\\(?:varphi|phi|psi|Delta|delta|xi|eta|Gamma)(?![a-zA-Z])|[A-Za-z])\s*\}?"
    r"(?:\s*_\s*(?:\{[^{}]{1,9}\}|\w)|\s*\^\s*(?:\{[^{}]{1,9}\}|\\top|T|\w))*(?:\([A-Z]\))?"
)
# What may stand behind all that an operator makes of its argument.
_END = re.compile(r"\s*(?:$|[,.;=&)$]|\\(?:\\|q?quad|text|end|Rightarrow))")
_SIZE_AT_END = re.compile(r"\\(?:right|[bB]igg?r?)\s*$")
_CLOSING = {"(": ")", "[": "]"}
_NAMES, _GAPS = re.compile(_NAME), re.compile(_GAP)
LONGEST, LONGEST_ARGUMENT, MOST, DEEPEST = 20_000, 400, 6, 6


@dataclass(frozen=True)
class Operator:
    """What a text has a name for: a product with a matrix, which stands before the argument or behind it."""

    name: str
    matrix: str
    is_before: bool

    def applied(self, argument: str, is_adjoint: bool) -> str:
        """The product with an argument."""
        matrix = f"{{{self.matrix}}}^\\top" if is_adjoint else self.matrix
        return f"({matrix} {argument})" if self.is_before else f"({argument} {matrix})"


def with_operators(text: str, formulas: Sequence[tuple[int, str]]) -> WrittenOut | None:
    """A text with the products that its operators are; ``None`` where it defines none.

    Parameters
    ----------
    text, formulas
        A text, and where its formulas begin in it, each with its source.
    """
    if len(text) > LONGEST:
        return None
    operators: dict[str, Operator] = {}
    for operator in _defined(formulas):
        # What is said of it later is a claim.
        operators.setdefault(operator.name, operator)
    if not 0 < len(operators) <= MOST:
        return None
    spans = [
        (start + first, start + last, new) for start, source in formulas for first, last, new in _applications(source, operators)
    ]
    written = replaced(text, spans)
    return WrittenOut(written.text, written.place) if spans else None


def _defined(formulas: Sequence[tuple[int, str]]) -> Iterator[Operator]:
    before = ""
    for _, source in formulas:
        for found in _APPLIED.finditer(source):
            operator = _operator(found["name"], found["argument"] or found["bare"], found["rest"])
            if operator:
                yield operator
        mapped = _MAPPED.match(source)
        name = (mapped["name"] or before) if mapped else ""
        operator = _operator(name, mapped["argument"], mapped["rest"]) if mapped and name else None
        if operator:
            yield operator
        alone = _ALONE.fullmatch(source)
        before = alone["name"] if alone else ""


def _operator(name: str, argument: str, rest: str) -> Operator | None:
    """An operator by what it makes of its argument; ``None`` where that is no product with one matrix."""
    found = re.match(_PRODUCT.replace("(?P=argument)", re.escape(argument)), rest)
    matrix = (found["matrix"] or found["behind"]) if found else ""
    is_whole = found is not None and _END.match(rest, found.end()) is not None
    return Operator(_plain(name), matrix, bool(found and found["matrix"])) if found and matrix != argument and is_whole else None


def _plain(name: str) -> str:
    """A name without spaces and braces: ``L_A`` for ``L_{A}``."""
    return re.sub(r"[\s{}]", "", name)


def _applications(source: str, operators: dict[str, Operator], depth: int = 0) -> Iterator[tuple[int, int, str]]:
    """Where operators stand before what they are applied to, from the left, and the product for each; operators inside are written out, too."""
    place = 0
    while name := _NAMES.search(source, place):
        found = _application(source, name, operators, depth)
        place = found[1] if found else name.end()
        if found:
            yield name.start(), *found[1:], found[0]


def _application(source: str, name: re.Match[str], operators: dict[str, Operator], depth: int) -> tuple[str, int] | None:
    """The product that stands for an operator, with what it is applied to, and where that ends; ``None`` where it stands alone."""
    operator = operators.get(_plain(name["name"]))
    if not operator or depth > DEEPEST:
        return None
    adjoint = _ADJOINT.match(source, name.end())
    argument = _argument(source, adjoint.end() if adjoint else name.end(), operators, depth + 1)
    return (operator.applied(argument[0], adjoint is not None), argument[1]) if argument else None


def _argument(source: str, place: int, operators: dict[str, Operator], depth: int) -> tuple[str, int] | None:
    """What an operator before a place is applied to, with its own operators written out, and where it ends; ``None`` for nothing."""
    gap = _GAPS.match(source, place)
    place = gap.end() if gap else place
    bracket = _BRACKET.match(source, place)
    if bracket:
        end = _end_of_bracket(source, bracket.end(1) - 1)
        if end is None:
            return None
        inside = _SIZE_AT_END.sub("", source[bracket.end() : end - 1])
        return f"({replaced(inside, list(_applications(inside, operators, depth))).text})", end
    name = _NAMES.match(source, place)
    inner = _application(source, name, operators, depth) if name else None
    if inner:
        return inner
    atom = _ATOM.match(source, place)
    return (atom[0], atom.end()) if atom else None


def _end_of_bracket(source: str, place: int) -> int | None:
    """The place behind the bracket that closes the one at a place."""
    opening, depth = source[place], 0
    for end in range(place, min(len(source), place + LONGEST_ARGUMENT)):
        depth += (source[end] == opening) - (source[end] == _CLOSING[opening])
        if not depth:
            return end + 1
    return None
