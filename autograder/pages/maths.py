"""TeX formulas to MathML that browsers draw without a script: math-core behind a guard.

Whatever is not understood is an error with a reason: a page never shows a formula half set, nor any of its source.
"""

import re
import unicodedata
from functools import lru_cache
from html import escape

from math_core import LatexError, LatexToMathML

from autograder.pages.mathml import cured, is_safe
from autograder.pages.tex_dialects import line_breaks, translated

# math-core reads by recursion, and a formula that is too deep for the stack ends the process. These bounds are far above
# any formula that a person reads. They hold whatever a command means: each may take the next one as its argument.
LONGEST = 10_000
# Characters of a displayed formula, and of one in a line, that fit on any screen.
NARROW, NARROW_IN_A_LINE = 22, 30
# From so many on, a formula is wider than a column on paper, where nothing is reached by scrolling: it is printed smaller.
LONG, LONGEST_PRINTED = 60, 78
MOST_OPEN_GROUPS = 50
MOST_COMMANDS = 500  # of one cell, of those that it stands in too

# What a definition stands for may be read again inside itself, so a definition is refused.
_DEFINING = frozenset((r"\def", r"\gdef", r"\let", r"\global", r"\newcommand", r"\renewcommand", r"\providecommand"))

_CONVERTER = LatexToMathML(fancy_error=False, allow_unreliable_rendering=True)

_TOKEN = re.compile(r"\\[a-zA-Z]+|\\.|[_^](?=\s*\\)|[{}&%]", re.DOTALL)
# What a page shows as it is meant, and another reader of the same text does not.
_SPOILED = (
    (re.compile(r"\\\\\s*\["), "a row begins with [, which MathJax reads as an amount of space: put {} before it"),
    (
        re.compile(r"\\begin\s*\{[a-zA-Z]+\*?\}\s*\["),
        "an environment begins with [, which MathJax reads as an option and swallows: put {} before it",
    ),
    (re.compile(r"\\operatorname\b"), r"\operatorname, which GitHub refuses: write \mathrm"),
    (re.compile(r"\]\("), "](, which Markdown takes for a link: put a space between the brackets"),
)

_OPENING = frozenset(("{", r"\left", r"\begin"))
_CLOSING = frozenset(("}", r"\right", r"\end"))


class FormulaError(ValueError):
    """A formula that cannot be typeset; the message is the reason."""


# A class writes the same formulas over and over; what is kept is no longer than a formula may be.
@lru_cache(maxsize=5000)
def typeset(formula: str, display: bool = False) -> str:
    """The formula as a `<math>` element; it looks right on a page that holds `style.maths_css()`.

    Raises `FormulaError` for whatever cannot be read: an unknown command, unbalanced braces or environments, a missing
    argument, a formula that is too long or too deep.
    """
    if len(formula) > LONGEST:
        raise FormulaError(f"longer than {LONGEST} characters")
    formula = translated(formula)
    _refuse_endless(formula)
    try:
        markup = _CONVERTER.convert_with_local_state(formula, displaystyle=display)
    except LatexError as error:
        raise FormulaError(_reason(str(error))) from None
    if not is_safe(markup):
        raise FormulaError("what it becomes has no place in a page")
    return cured(markup)


def check_formula(formula: str) -> None:
    """Raise `FormulaError` (a `ValueError`) with the reason where a formula of the course is not as it should be.

    It has to be typeset without complaint, to be there at all, to hold ASCII characters only (a Cyrillic letter looks
    like a Latin one and is another), no blank line, which ends a formula in most readers of Markdown, and nothing that
    JupyterLab or a code host shows in another way: see ``_SPOILED``. A double backslash belongs into an environment:
    JupyterLab breaks no line at it elsewhere.
    """
    for character in formula:
        if not character.isascii():
            kind = "letter" if character.isalpha() else "character"
            raise FormulaError(f"non-ASCII {kind} {character!r} ({unicodedata.name(character, 'unnamed')})")
    if not formula.strip():
        raise FormulaError("empty")
    if re.search(r"\n[ \t]*\n", formula.strip()):
        raise FormulaError("a blank line inside")
    for pattern, reason in _SPOILED:
        if pattern.search(formula):
            raise FormulaError(reason)
    if line_breaks(formula):
        raise FormulaError("a double backslash outside an environment, which breaks no line in JupyterLab")
    typeset(formula, display=True)


def typeset_or_source(formula: str, display: bool = False, *, by_keys: bool = True) -> str:
    """HTML of a formula that anyone may have written: typeset, or where that cannot be done its source as code.

    What may be wider than a phone has a scroller there, which is reached `by_keys`.
    """
    try:
        markup = typeset(formula, display)
        width = len(re.sub("<[^>]*>", "", markup))
    except FormulaError as error:
        reason = escape(f"This formula could not be typeset: {error}")
        markup = f'<code class="untypeset" title="{reason}">{escape(formula.strip(), quote=False)}</code>'
        width = 0  # code is broken into lines
    reachable = ' tabindex="0"' if by_keys and width > (NARROW if display else NARROW_IN_A_LINE) else ""
    size = " longest" if width > LONGEST_PRINTED else " long" if width > LONG else ""
    if not display:
        return f'<span class="wide{size}"{reachable}>{markup}</span>' if reachable else markup
    return f'<span class="formula{size}"{reachable}>{markup}</span>'


def _refuse_endless(formula: str) -> None:
    """Raise `FormulaError` where reading might go deeper than the stack, whatever the commands mean."""
    groups = [("", 0)]  # what opened each that is open, and how many commands there were before it
    commands = 0
    for token in _TOKEN.findall(formula):
        opening, before = groups[-1]
        if token == "%":
            raise FormulaError("a % begins a comment, which is not shown: put a backslash before it")
        if token in _DEFINING:
            raise FormulaError(f"a definition by {token}")
        if token in _CLOSING:
            commands = before
            groups = groups[:-1] or groups
        elif opening == r"\begin" and token in ("&", r"\\"):
            commands = before + 1  # what was begun in a cell ends with it
        else:
            groups += [(token, commands)] if token in _OPENING else []
            commands += 1
        if len(groups) > MOST_OPEN_GROUPS or commands > MOST_COMMANDS:
            raise FormulaError("nested too deeply, or a row of too many commands")


def _reason(message: str) -> str:
    """The library's message as the end of a sentence, without the place in the translated formula."""
    message = re.sub(r"^\d+: ", "", message).rstrip(".").replace("\\\\", "\\")
    return message[:1].lower() + message[1:]
