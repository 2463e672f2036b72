"""Words for symbols as keyboards have them: ``eps``, ``sigma^2``, ``dL/dmu``, ``delta_ik``, ``\\text{gamma}``, ``var(x)``."""

import re
from collections.abc import Iterator

# Shorter words may be products.
_COMMANDS = {"eps": "\\varepsilon", "epsilon": "\\varepsilon"} | {
    word: f"\\{word}"
    for word in ("mu", "sigma", "alpha", "beta", "gamma", "delta", "lambda", "theta", "omega", "kappa", "varepsilon")
}
_WORD = "|".join(sorted(_COMMANDS, key=len, reverse=True))
# Words between formulas are none of them, unless such a word stands there alone.
_TEXT = re.compile(r"\\(?:text[a-z]*|mbox|intertext|label|tag|ref|eqref|color)\s*\{[^{}]*\}")
_LETTER = re.compile(
    rf"\\(?:text|textit|textrm|mathrm|mathit|mathsf|operatorname)\s*\{{\s*({_WORD})\s*\}}|(?<![a-zA-Z\\])(d?)({_WORD})(?![a-zA-Z])(?:(?<=delta)_([a-z]{{2}})(?![a-zA-Z]))?"
    r"|(?<![a-zA-Z\\])([vV]ar)(?=\s*[(\[])|(?<![a-zA-Z\\])([xyz])_?hat(?![a-zA-Z])"
)


def keyboard_letters(source: str) -> Iterator[tuple[int, int, str]]:
    """Where such a word stands in a formula, and the command that is meant."""
    if not _LETTER.search(source):
        return
    words = [found.span() for found in _TEXT.finditer(source)]
    for found in _LETTER.finditer(source):
        first, last = found.span()
        if found[1]:
            yield first, last, f"{_COMMANDS[found[1]]} "
        elif any(begin <= first < end for begin, end in words):
            continue
        elif found[5]:
            yield first, last, f"\\operatorname{{{found[5]}}}"
        elif found[6]:
            yield first, last, f"\\hat {found[6]}"
        else:
            indices = f"_{{{found[4]}}}" if found[4] else ""
            yield first, last, f"{found[2]}{_COMMANDS[found[3]]}{indices or ' '}"
