"""Names of functions that no reader knows, kept in their formula so that it is not understood, where they would be taken for prose."""

from collections.abc import Callable

from matrix_checks.derivations.judging.words import OPERATOR
from matrix_checks.derivations.reading.tex import Token, Word


def with_operators(source: str, tokens: list[Token], is_name: Callable[[str], bool]) -> list[Token]:
    """The tokens of a formula, in which an unknown operator is a token of its own that nothing reads.

    Parameters
    ----------
    source
        The formula.
    tokens
        Its tokens.
    is_name
        Whether a word belongs to a formula.
    """
    found = {(one or other).replace("\\_", "_") for one, other in OPERATOR.findall(source)} if "{" in source else set()
    unknown = {name for name in found if not is_name(name)}
    if not unknown:
        return tokens
    return [f"\\operatorname{{{token.text}}}" if isinstance(token, Word) and token.text in unknown else token for token in tokens]
