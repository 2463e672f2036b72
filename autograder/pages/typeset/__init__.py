"""TeX formulas to MathML that browsers draw without a script.

Whatever is not understood is an error with a reason: a page never shows a formula half set, nor any of its source.
"""

import re
import unicodedata

from autograder.pages.typeset.atoms import FormulaError, Style
from autograder.pages.typeset.parser import Parser

__all__ = ["MATH_CSS", "FormulaError", "check_formula", "typeset"]

# Browsers read no alignment attribute on MathML tables, so columns are classes; Chromium needs its own spelling of
# text-align to move a formula inside its cell.
MATH_CSS = """\
math { font-family: "STIX Two Math", "Cambria Math", "Latin Modern Math", math; font-size: 1.04em; }
math[display="block"] { margin: 0; }
mtext { font-family: "STIX Two Text", "STIX Two Math", serif; }
mtable.aligned > mtr > mtd { padding: 0.22em 0; }
mtable > mtr > mtd.center { text-align: center; text-align: -webkit-center; }
mtable > mtr > mtd.right { text-align: right; text-align: -webkit-right; }
mtable > mtr > mtd.left { text-align: left; text-align: -webkit-left; }
mtable.aligned > mtr > mtd.right:not(:first-child) { padding-left: 2em; }
mtable.cases > mtr > mtd { padding: 0.15em 1em 0.15em 0; }
mtable.cases > mtr > mtd:last-child { padding-right: 0; }
mtable.matrix > mtr > mtd { padding: 0.2em 0.45em; }
mtable.matrix > mtr > mtd:first-child { padding-left: 0.15em; }
mtable.matrix > mtr > mtd:last-child { padding-right: 0.15em; }
mtable.substack > mtr > mtd { padding: 0; }
mrow.overline { border-top: 0.055em solid; padding-top: 0.1em; }
mrow.underline { border-bottom: 0.06em solid; padding-bottom: 0.12em; }
mrow.boxed { border: 1px solid; padding: 0.25em 0.4em; }
"""


def typeset(formula: str, display: bool = False) -> str:
    """The formula as a `<math>` element; it looks right on a page that holds `MATH_CSS`.

    Raises `FormulaError` for whatever cannot be read: an unknown command, unbalanced braces or environments, a missing
    argument.
    """
    markup = Parser(formula).formula(Style(display))
    return f'<math display="block">{markup}</math>' if display else f"<math>{markup}</math>"


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
    Parser(formula).row(Style(display=True), frozenset(("",)))
