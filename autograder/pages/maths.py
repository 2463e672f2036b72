"""TeX formulas to MathML that browsers draw without a script: math-core behind a guard, and what it leaves to be cured.

Whatever is not understood is an error with a reason: a page never shows a formula half set, nor any of its source.
"""

import re
import unicodedata
from functools import cache
from pathlib import Path

from math_core import LatexError, LatexToMathML

from autograder.pages.tex_dialects import line_breaks, translated

# math-core reads by recursion, and a formula that is too deep for the stack ends the process. These bounds are far above
# any formula that a person reads. They hold whatever a command means: each may take the next one as its argument.
LONGEST = 10_000
MOST_OPEN_GROUPS = 50
MOST_COMMANDS = 1000  # of one cell, of those that it stands in too

# What a definition stands for may be read again inside itself, so a definition is refused.
_DEFINING = frozenset((r"\def", r"\gdef", r"\let", r"\global", r"\newcommand", r"\renewcommand", r"\providecommand"))

_CONVERTER = LatexToMathML(fancy_error=False, allow_unreliable_rendering=True)

_TOKEN = re.compile(r"\\[a-zA-Z]+|\\.|[{}_^&%]", re.DOTALL)
_OPENING = frozenset(("{", r"\left", r"\begin"))
_CLOSING = frozenset(("}", r"\right", r"\end"))
# A second wall: no other element or attribute, and no address, comes out of the library into a page.
_ELEMENTS = (
    "math|menclose|mfrac|mi|mmultiscripts|mn|mo|mover|mpadded|mphantom|mprescripts|mroot|mrow|mspace|msqrt|mstyle|msub|msubsup"
    "|msup|mtable|mtd|mtext|mtr|munder|munderover"
)
_ATTRIBUTES = (
    "accent|accentunder|class|depth|display|displaystyle|fence|form|height|largeop|linethickness|lspace|mathvariant|maxsize|minsize"
    "|movablelimits|notation|rspace|scriptlevel|separator|stretchy|style|symmetric|voffset|width"
)
_SAFE = re.compile(rf'(?:[^<>]++|</?(?:{_ELEMENTS})(?: (?:{_ATTRIBUTES})="[-\w .#%:;]*")*+/?>)*+')


class FormulaError(ValueError):
    """A formula that cannot be typeset; the message is the reason."""


@cache
def maths_css() -> str:
    """The style of a page with formulas."""
    return (Path(__file__).parent / "assets" / "maths.css").read_text(encoding="utf-8")


def typeset(formula: str, display: bool = False) -> str:
    """The formula as a `<math>` element; it looks right on a page that holds `maths_css()`.

    Raises `FormulaError` for whatever cannot be read: an unknown command, unbalanced braces or environments, a missing
    argument, a formula that is too long or too deep.
    """
    _refuse_endless(formula)
    formula = translated(formula)
    _refuse_endless(formula)
    try:
        markup = _CONVERTER.convert_with_local_state(formula, displaystyle=display)
    except LatexError as error:
        raise FormulaError(_reason(str(error))) from None
    return _cured(markup)


def check_formula(formula: str) -> None:
    """Raise `FormulaError` (a `ValueError`) with the reason where a formula of the course is not as it should be.

    It has to be typeset without complaint, to be there at all, to hold ASCII characters only (a Cyrillic letter looks
    like a Latin one and is another), no blank line, which ends a formula in most readers of Markdown, and no row that
    begins with a bracket, at which JupyterLab stops. A double backslash belongs into an environment: JupyterLab breaks
    no line at it elsewhere.
    """
    for character in formula:
        if not character.isascii():
            kind = "letter" if character.isalpha() else "character"
            raise FormulaError(f"non-ASCII {kind} {character!r} ({unicodedata.name(character, 'unnamed')})")
    if not formula.strip():
        raise FormulaError("empty")
    if re.search(r"\n[ \t]*\n", formula.strip()):
        raise FormulaError("a blank line inside")
    if re.search(r"\\\\\s*\[", formula):
        raise FormulaError(r"a row begins with [, which MathJax reads as an amount of space: put {} before it")
    if line_breaks(formula):
        raise FormulaError("a double backslash outside an environment, which breaks no line in JupyterLab")
    typeset(formula, display=True)


def _refuse_endless(formula: str) -> None:
    """Raise `FormulaError` where reading might go deeper than the stack, whatever the commands mean."""
    if len(formula) > LONGEST:
        raise FormulaError(f"longer than {LONGEST} characters")
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
            raise FormulaError("nested too deeply")


def _reason(message: str) -> str:
    """The library's message as the end of a sentence, without the place in the translated formula."""
    message = re.sub(r"^\d+: ", "", message).rstrip(".").replace("\\\\", "\\")
    return message[:1].lower() + message[1:]


# Chromium sets scripts by the ink of what they stand at, so they hang lower at a y than at an x, and fly above a bracket.
# TeX does not look at one character. And it gives a stretched bracket its size only where that is not the base itself.
_SCRIPTED = r"(<(?:msub|msup|msubsup)>)"
_LETTER = r"<mi(?: mathvariant=\"normal\")?>[^<]</mi>"
_SIZED_BASE = re.compile(rf'{_SCRIPTED}(<mo [^>]*minsize="[^>]*>[^<]*</mo>)')
_BRACKET_BASE = re.compile(rf'{_SCRIPTED}(<mo stretchy="false"[^>]*>[^<]</mo>)')
_LETTER_BASE = re.compile(rf'{_SCRIPTED}({_LETTER}|<mover accent="true">{_LETTER}<mo[^>]*>[^<]</mo></mover>)')
# The font's own bar does not stretch, its low line does; and its prime is raised and small already.
_BAR = re.compile("(?<=stretchy=\"true\")>[\u0305\u0332\u203e]<")
_PRIMES = "<mo>([\u2032-\u2034\u2057]+)</mo>"
_PRIMED_LETTER = re.compile(f"<msup>(<mi>[^<]*</mi>)({_PRIMES.replace('(', '').replace(')', '')})</msup>")
_PRIME = re.compile(f"{_PRIMES}(</msup>|</msubsup>)")
# The sizes of TeX's fonts are a little small for this one, whose sums are taller.
_SIZES = {"1.623em": "1.8em", "2.047em": "2.4em", "2.470em": "3em"}
_SIZE = re.compile('(?<=size=")(1.623em|2.047em|2.470em)(?=")')


def _cured(markup: str) -> str:
    """The library's MathML as Chromium should be given it; Firefox and Safari show the same as before."""
    markup = markup.replace("&ApplyFunction;", "\u2061").replace("\ufe00", "").replace("\ufe01", "")
    if not _SAFE.fullmatch(markup):
        raise FormulaError("what it becomes has no place in a page")
    markup = markup.replace("<mi>:</mi>", '<mi>:</mi><mspace width="0.1667em"/>')
    markup = _BAR.sub(">_<", markup).replace(' stretchy="true">~<', ' stretchy="true">\u0303<')
    markup = _PRIMED_LETTER.sub(r"<mrow>\1\2</mrow>", markup)
    markup = _PRIME.sub(r'<mo class="prime">\1</mo>\2', markup)
    markup = _SIZED_BASE.sub(r"\1<mrow>\2</mrow>", markup)
    markup = _BRACKET_BASE.sub(r'\1<mpadded height="0.5em" depth="0.1em">\2</mpadded>', markup)
    markup = _LETTER_BASE.sub(r'\1<mpadded depth="0">\2</mpadded>', markup)
    return _SIZE.sub(lambda found: _SIZES[found[1]], markup)
