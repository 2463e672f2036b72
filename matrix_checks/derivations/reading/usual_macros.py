r"""Abbreviations of well-known packages, and of many a preamble that a text was copied without: ``\norm{x}``, ``\vb{x}``, ``\pdv{y}{x}``."""

import re
from collections.abc import Collection, Iterator

# With the number of arguments.
USUAL = {
    "norm": (1, r"\lVert #1\rVert"),
    "abs": (1, r"\lvert #1\rvert"),
    **dict.fromkeys(("vb", "vect", "vvec", "vecb", "bs", "mat", "mtx", "matr"), (1, r"\mathbf{#1}")),
    **dict.fromkeys(("pdv", "pderiv", "partialderiv"), (2, r"\frac{\partial #1}{\partial #2}")),
    **dict.fromkeys(("dv", "deriv"), (2, r"\frac{d #1}{d #2}")),
    "inner": (2, r"\langle #1, #2\rangle"),
    "dd": (0, "d"),
    "R": (0, r"\mathbb{R}"),
    "argmin": (0, r"\operatorname{argmin}"),
    "argmax": (0, r"\operatorname{argmax}"),
}
_USED = re.compile(rf"\\({'|'.join(USUAL)})(?![a-zA-Z])\s*(\{{[^{{}}]*(?:\{{[^{{}}]*\}}[^{{}}]*)*\}}\s*)?(\{{)?")


def usual_macros(text: str, defined: Collection[str]) -> Iterator[tuple[str, int, str]]:
    """The name, the number of arguments and the body of each that a text uses with all of its arguments, and does not define."""
    for name, first, second in dict.fromkeys(use.groups() for use in _USED.finditer(text)):
        count, body = USUAL[name]
        if name not in defined and sum(map(bool, (first, second))) >= count:
            yield name, count, body
