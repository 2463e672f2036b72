"""Names set upright that are letters of the exercise: ``\\texttt{A}`` is an ``A``, and ``\\texttt{dW}`` is a ``d`` and a ``W``."""

from collections.abc import Set

from matrix_checks.derivations.reading.tex import Token, Word

VOWELS = "aeiou"


def with_letters(tokens: list[Token], known: Set[str]) -> list[Token]:
    """The tokens where an upright word is taken for the letters that it is, unless the whole word is a name."""
    return [part for token in tokens for part in _taken_apart(token, known)]


def _taken_apart(token: Token, known: Set[str]) -> tuple[Token, ...]:
    if not isinstance(token, Word) or not (token.upright or _is_gradient(token)):
        return (token,)
    if len(token.text) == 1 and token.text.isupper() and (token.text in known or token.text in ("I", "E")):
        return (token.text,)
    if not token.text.startswith("d") or token.text in known:
        return (token,)
    inner = token.text[1:]
    inner = f"\\{inner}" if f"\\{inner}" in known else inner
    if inner not in known:
        return (token,)
    return ("d", inner if len(inner) == 1 or inner.startswith("\\") else Word(inner, upright=True))


def _is_gradient(word: Word) -> bool:
    r"""Whether a word of a text is a d and a letter with which no language has a word: ``\text{dr}``, and no ``\text{da}``."""
    return len(word.text) == 2 and word.text == word.phrase and word.text[0] == "d" and word.text[1] not in VOWELS
