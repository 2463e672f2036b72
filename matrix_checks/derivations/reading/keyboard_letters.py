r"""Words and scripts for symbols as keyboards have them: ``eps``, ``sigma^2``, ``dL/dmu``, ``a_ij``, ``\text{gamma}``, ``var(x)``, ``δy/δx``."""

import re
from collections.abc import Callable, Iterator

from matrix_checks.derivations.reading.code_functions import MADE, PRODUCTS

# Shorter words may be products.
COMMANDS = {"eps": "\\varepsilon", "epsilon": "\\varepsilon", "sigma2": "\\sigma^2"} | {
    word: f"\\{word}"
    for word in ("mu", "sigma", "alpha", "beta", "gamma", "delta", "lambda", "theta", "omega", "kappa", "varepsilon")
}
_WORD = f"(?:{'|'.join(sorted(COMMANDS, key=len, reverse=True))})(?![a-zA-Z])"
_BEGINS = r"(?<![a-zA-Z\\])"
_VARIATION = r"(?:\\delta(?![a-zA-Z])|δ)\s*"
_OF_EQUAL = r"\s*+(?:\\left\s*+|\\[bB]igg?l?\s*+)?(?:[(\[]|\\\{|_\s*\{\s*(?:\\\{|[(\[])?)\s*[a-z]\s*==?"
# Words between formulas are none of them, unless such a word stands there alone.
TEXT = re.compile(r"\\(?:text[a-z]*|mbox|intertext|label|tag|ref|eqref|color)\s*\{[^{}]*\}")
_ALONE = re.compile(rf"\\(?:text|textit|textrm|mathrm|mathit|mathsf|operatorname)\s*\{{\s*({_WORD})\s*\}}")


# Two words or more, and what may be below a letter.
_NAME = r"(?!d[A-Za-z]\\_d[A-Za-z](?![A-Za-z0-9_]))[A-Za-z]{2,12}(?:\\_[A-Za-z0-9]{1,12})+(?![A-Za-z])"
_INDICES = r"[ijklmnpqrst]{2,3}(?![A-Za-z])"


def _program_name(found: re.Match[str]) -> str:
    """``moving_variance`` is one name, and ``mu_moving`` a letter with a word below it."""
    word, below = found.groups()
    return f"{COMMANDS[word]}_{{\\text{{{below}}}}}" if word in COMMANDS else f"\\mathrm{{{word}\\_{below}}}"


def _braced(found: re.Match[str]) -> str:
    """Indices without braces, in these."""
    return f"_{{{found[1] or found[2]}}}"


# What is found, and what TeX has for it; of a fraction of variations each sign is one.
_SPELLED: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(rf"{_BEGINS}(d?)({_WORD})"), lambda found: f"{found[1]}{COMMANDS[found[2]]} "),
    # The name of a gradient; with something behind it, it is a gradient by a variable.
    (re.compile(rf"{_BEGINS}grad_([a-zA-Z]{{1,2}})(?=\s*(?:$|[=_:+,;.)&-]|\\\\))"), lambda found: f"\\mathrm{{grad\\_{found[1]}}}"),
    # Of a letter it is an index, whose underscore Markdown had to be kept from.
    (re.compile(r"(?<=[A-Za-z])(?<![A-Za-z]{2})\\_(?=[A-Za-z0-9{])|(?<=\\sum|prod)\\_"), lambda found: "_"),
    (re.compile(rf"{_BEGINS}([vV]ar|kron)(?=\s*[(\[])"), lambda found: f"\\operatorname{{{found[1]}}}"),
    # As code has them, without the name of its library.
    (re.compile(rf"(?<![a-zA-Z\\.])({'|'.join((*PRODUCTS, *MADE))})(?=\()"), lambda found: f"np.{found[1]}"),
    (re.compile(r"(?<![a-zA-Z\\.])norm\(([^()]{1,40})\)(?=\s*(?:\^|\*\*))"), lambda found: rf"\|{found[1]}\|"),
    (re.compile(r"(?<![a-zA-Z\\])Sum_(?=[a-z])"), lambda found: "sum_"),
    # A gradient as a name that a program can have.
    (
        re.compile(r"(?<![a-zA-Z\\_{])d([A-Za-z])\\?_d([A-Za-z])(?![A-Za-z0-9_])"),
        lambda found: rf"\frac{{d{found[1]}}}{{d{found[2]}}}",
    ),
    # Indicators of equal indices in the letters of several books, and as code compares.
    (
        re.compile(rf"(?:\\(?:mathbb|mathds|mathbbm)\s*(?:\{{\s*I\s*\}}|I(?![a-zA-Z]))|\\chi)(?={_OF_EQUAL})"),
        lambda found: "\\mathbf{1}",
    ),
    (
        re.compile(r"\\(?:mathbb|mathds|mathbbm)\s*(?:\{\s*I\s*\}|I(?![a-zA-Z]))(?=\s*_\s*\{\s*[ijkl]\s*,?\s*[ijkl]\s*\})"),
        lambda found: "\\mathbf{1}",
    ),
    (re.compile(r"(?<![\w.}^_])1(?=\([a-z]\s*==?\s*[a-z]\))"), lambda found: "\\mathbf{1}"),
    (re.compile(r"(?<![\w}])\(([a-z])\s*==\s*([a-z])\)"), lambda found: f"[{found[1]} = {found[2]}]"),
    # The parameters of a function are no index of it: h_\\theta(x).
    (
        re.compile(r"(?<![A-Za-z\\])([fghp])_\s*(?:\{\s*\\(?:theta|phi)\s*\}|\\(?:theta|phi)(?![a-zA-Z]))\s*(?=(?:\\left)?\()"),
        lambda found: found[1],
    ),
    # Whoever sets several letters in italics together has a name of several letters.
    (re.compile(r"\\math(?:it|sf)\s*\{\s*([a-z]{3,})\s*\}"), lambda found: f"\\mathrm{{{found[1]}}}"),
    # Over one letter, a line is a bar.
    (re.compile(r"\\overline\s*(?:\{\s*([A-Za-z])\s*\}|([A-Za-z])(?![A-Za-z]))"), lambda found: f"\\bar {found[1] or found[2]}"),
    (re.compile(rf"{_BEGINS}([xyz])_?hat(?![a-zA-Z])"), lambda found: f"\\hat {found[1]}"),
    (re.compile(r"(?<![\w\\^_{])([xyzg])([1-9])(?![\w.^])"), lambda found: f"{found[1]}_{found[2]}"),
    # Letters of indices only, and nothing behind them that one may belong to: of g_ir the r may be a factor, of A_ir it is none.
    (
        re.compile(
            r"(?:(?<!(?<!\\)delta)(?:(?<=[a-zA-Z})\]])|(?<=[a-zA-Z]\d))_([ijklmn]{2}|[ijkl]{3}|pq|qp)|(?<=[A-Z])_([ijklmnpqrs]{2}))(?![a-z_^{(\d'])"
        ),
        _braced,
    ),
    (re.compile(r"(?<=[a-zA-Z\d])_([ijklmn]{2})(?=(?:\^|\*\*)2(?!\d))"), lambda found: f"_{{{found[1]}}}"),
    (re.compile(r"(?<=(?<!\\)delta)_([i-np-t]{2})(?![a-zA-Z_^{(\d'])"), lambda found: f"_{{{found[1]}}}"),
    (re.compile(rf"{_VARIATION}(?=[a-zA-Z]\w*\s*/\s*{_VARIATION}[a-zA-Z])"), lambda found: "\\partial "),
    (re.compile(rf"(?<=/){_VARIATION}(?=[a-zA-Z])"), lambda found: "\\partial "),
)
# Names as programs have them, with the underscore as TeX has it, or so long on both sides that it is no index.
_NAMES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(rf"{_BEGINS}(?<![_^])(?<![_^]\{{){_NAME}"), lambda found: f"\\mathrm{{{found[0]}}}"),
    (re.compile(rf"{_BEGINS}(?<![_^])(?<![_^]\{{)([a-z]{{3,12}})_(?!{_INDICES})([a-z]{{3,12}})(?![A-Za-z])"), _program_name),
)
_UPRIGHT = re.compile(r"\\(?:math[a-z]+|operatorname\*?)\s*\{[^{}]*\}")
# The letter of an index below a symbol, where the text does not have the plain letter there.
_ELL = re.compile(r"\\ell(?![a-zA-Z])")
_BELOW = re.compile(r"_\s*\{([^{}]*)\}|_\s*(\\ell)(?![a-zA-Z])")
_PLAIN_L = re.compile(r"(?<![a-zA-Z\\])l(?![a-zA-Z])|[ijkmnpq]l|l[ijkmnpq]")
# In code, the square of an array is that of its entries: ``sum(x^2)``.
_SQUARE = re.compile(r"\^2(?=\))")
_SUM_BEFORE = re.compile(r"(?<![a-zA-Z\\.])sum\((?:[a-zA-Z]|\([^()]{1,40}\))$")


def keyboard_letters(source: str) -> Iterator[tuple[int, int, str]]:
    """Where such a word or script stands in a formula, and what is meant."""
    alone = list(_ALONE.finditer(source))
    for found in alone:
        yield *found.span(), f"{COMMANDS[found[1]]} "
    below = [] if "\\ell" not in source else list(_BELOW.finditer(source))
    if below and not any(_PLAIN_L.search(found[1] or "") for found in below):
        yield from ((*ell.span(), " l ") for found in below for ell in _ELL.finditer(source, *found.span()))
    for found in _SQUARE.finditer(source):
        if _SUM_BEFORE.search(source, max(0, found.start() - 60), found.start()):
            yield *found.span(), "**2"
    inside = {place for found in (*alone, *TEXT.finditer(source)) for place in range(*found.span())}
    upright = {place for found in _UPRIGHT.finditer(source) for place in range(*found.span())} if "_" in source else set()
    for rules, left_out in ((_NAMES, upright), (_SPELLED, set[int]())):
        for pattern, spelling in rules:
            for found in pattern.finditer(source):
                if found.start() not in inside and found.start() not in left_out:
                    # What a first rule reads is read by no other.
                    inside.update(range(*found.span()))
                    yield *found.span(), spelling(found)
