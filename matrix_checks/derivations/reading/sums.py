"""Sums over an index, and limits: what stands below and above their signs."""

from fractions import Fraction

from matrix_checks.derivations.expressions.kinds import Add, Limit, Negative, Node, Number, Sum
from matrix_checks.derivations.reading.precedence import term, whole
from matrix_checks.derivations.reading.stream import Rules, TokenStream
from matrix_checks.derivations.reading.tex import NotUnderstood, Token, Word

SUMS = Rules()
AT_MOST = ("\\le", "\\leq", "<=")


@SUMS.reads("\\sum")
def _sum(stream: TokenStream, command: str) -> Node:
    lower: list[Token] = []
    upper: Node | None = None
    while sign := stream.take_any(("_", "^")):
        if sign == "_":
            lower = stream.script()
        else:
            upper = whole(stream.sub(stream.script()))
    negative = stream.take_minus()
    body = term(stream)
    body = Negative(body) if negative else body
    indices, other, start = _bounds(lower)
    if not indices:
        if lower:
            raise NotUnderstood("what stands below a sum was not understood")
        # Over all indices that have no value there.
        return Sum("", None, upper, None, body)
    if other is not None and indices[0] not in body.texts and other in body.texts:
        # Below the sum stands which one is left out: \\sum_{i \\ne j} x_j is over j.
        indices, other = [other], indices[0]
    first = whole(stream.sub(start)) if start else None
    if first == Number(Fraction(0)) and isinstance(upper, Add) and upper.terms[1:] == (Negative(Number(Fraction(1))),):
        # Programs count from zero to one below the size.
        first, upper = None, upper.terms[0]
    for index in reversed(indices):
        body = Sum(index, first, upper, other, body)
    return body


def _bounds(lower: list[Token]) -> tuple[list[str], str | None, list[Token]]:
    """The indices of a sum, the value that is left out, and the tokens of the first value, from what stands below it."""
    letters = [token for token in lower if isinstance(token, str)]
    index = _of_all(letters)
    if index:
        return [index], None, []
    if "\\ne" in letters or letters[1:3] == ["!", "="] or "\\not" in letters:
        names = _names_in(lower)
        return ([names[0]], names[1], []) if len(names) == 2 else ([], None, [])
    place = lower.index("=") if "=" in lower else len(lower)
    return _names_in(lower[:place]), None, lower[place + 1 :]


def _of_all(below: list[str]) -> str:
    """The index that runs over all its values, as ``i \\in [N]``, ``1 \\le i \\le N`` and ``i = 1, \\dots, N`` say; empty for anything else."""
    tokens = [token for token in below if token not in ("{", "}", "\\{", "\\}", "[", "]", ",")]
    if tokens[:1] == ["1"] and tokens[1:2] != [] and tokens[1] in AT_MOST:
        tokens = tokens[2:]
    index, sign, *rest = tokens if len(tokens) > 2 else ["", "", ""]
    if not (len(index) == 1 and index.isalpha() and rest[-1:] and len(rest[-1]) == 1 and rest[-1].isupper()):
        return ""
    is_listed = rest[0] == "1" and set(rest[1:-1]) <= {"\\dots", "."} and len(rest) > 2
    is_set = sign == "\\in" and (len(rest) == 1 or is_listed)
    return index if is_set or (sign in AT_MOST and len(rest) == 1) or (sign == "=" and is_listed) else ""


def _names_in(tokens: list[Token]) -> list[str]:
    return [token for token in tokens if isinstance(token, str) and token.isalpha()]


@SUMS.reads("\\lim")
def _limit(stream: TokenStream, command: str) -> Node:
    stream.expect("_")
    below = [token.text if isinstance(token, Word) else token for token in stream.script() if token not in ("\\|", "|")]
    if len(below) != 3 or below[1:] != ["\\to", "0"]:
        raise NotUnderstood("a limit other than that of one letter at zero was not understood")
    return Limit(below[0], term(stream))
