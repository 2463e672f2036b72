"""The reader of TeX formulas: recursive descent over tokens, each method returns MathML."""

import re
import unicodedata
from html import escape
from typing import NoReturn

from autograder.pages.typeset import symbols as tex
from autograder.pages.typeset.atoms import Atom, FormulaError, Style, joined, operator, space
from autograder.pages.typeset.constructions import CONSTRUCTIONS
from autograder.pages.typeset.symbols import INNER, OPERATOR, ORDINARY

_TOKEN = re.compile(r"\\operatorname\*|\\[a-zA-Z]+|\\.|\d+(?:\.\d+)?|\s+|.", re.DOTALL)
_STYLES = {
    "displaystyle": (True, 0),
    "textstyle": (False, 0),
    "scriptstyle": (False, 1),
    "scriptscriptstyle": (False, 2),
}
_NO_ARGUMENT = frozenset(("", "}", "&", "^", "_", "'", r"\\", r"\right", r"\middle", r"\end"))
# Far below Python's own limit, and far above any formula that a person reads: a hostile one is an error like any other.
_DEEPEST = 50
_LONGEST = 20_000


class Parser:
    """Reads one formula. Every method raises `FormulaError` where it cannot go on."""

    def __init__(self, formula: str) -> None:
        if len(formula) > _LONGEST:
            self.fail(f"longer than {_LONGEST} characters")
        self.tokens: list[str] = _TOKEN.findall(formula)
        self.place = 0
        self.depth = self.rows = 0

    def fail(self, reason: str) -> NoReturn:
        """Give up, saying why."""
        raise FormulaError(reason)

    def peek(self) -> str:
        """The next token that is no white space, left in place; empty at the end."""
        while self.place < len(self.tokens) and self.tokens[self.place].isspace():
            self.place += 1
        return self.tokens[self.place] if self.place < len(self.tokens) else ""

    def next(self) -> str:
        """The next token that is no white space."""
        token = self.peek()
        self.place += 1
        return token

    def formula(self, style: Style) -> str:
        """The whole formula. A double backslash outside an environment is a new line, as its writer meant it."""
        lines = [self.row(style, frozenset((r"\\", "")))]
        while self.next():
            self.skip_row_gap()
            if self.peek():
                lines.append(self.row(style, frozenset((r"\\", ""))))
        if len(lines) == 1:
            return lines[0]
        rows = "".join(f'<mtr><mtd class="left">{line}</mtd></mtr>' for line in lines)
        return f'<mtable class="aligned" displaystyle="{str(style.display).lower()}">{rows}</mtable>'

    def row(self, style: Style, stops: frozenset[str], before: int | None = None) -> str:
        """Everything up to one of `stops`, which is left standing; an empty one means the end of the formula.

        `before` is the kind of what stands to the left.
        """
        self.rows += 1
        if self.rows > _DEEPEST:
            self.fail("nested too deeply")
        atoms: list[Atom] = []
        while (token := self.peek()) not in stops:
            if not token:
                self.fail("unbalanced: it ends inside a group, an environment or a pair of delimiters")
            if token[0] == "\\" and token[1:] in _STYLES:
                self.next()
                display, level = _STYLES[token[1:]]
                rest = self.row(style._replace(display=display, script=level > 0), stops)
                attributes = f'displaystyle="{str(display).lower()}" scriptlevel="{level}"'
                atoms.append(Atom(ORDINARY, f"<mstyle {attributes}>{rest}</mstyle>"))
            else:
                atoms.append(self.scripted(style))
        self.rows -= 1
        return joined(atoms, style, before)

    def argument(self, style: Style, command: str) -> str:
        """What a command or a script takes: a group in braces or the one thing that follows."""
        token = self.peek()
        if token == "{":
            return self.enclosed(style, "}")
        if token in _NO_ARGUMENT:
            self.fail(f"{command if command in '^_' else chr(92) + command} lacks an argument")
        if token[0].isdigit() and len(token) > 1:  # without braces TeX takes one digit
            self.tokens[self.place : self.place + 1] = [token[0], token[1:]]
        return self.nucleus(style).markup

    def enclosed(self, style: Style, end: str) -> str:
        """A group whose opening token comes next, up to and with its closing one."""
        self.next()
        markup = self.row(style, frozenset((end,)))
        self.next()
        return markup

    def raw_argument(self, command: str) -> str:
        """A group in braces as it is written."""
        if self.next() != "{":
            self.fail(f"{command} lacks its braces")
        start, level = self.place, 1
        while level:
            if self.place >= len(self.tokens):
                self.fail(f"unbalanced braces after {command}")
            level += {"{": 1, "}": -1}.get(self.tokens[self.place], 0)
            self.place += 1
        return "".join(self.tokens[start : self.place - 1])

    def skip_row_gap(self) -> None:
        """Pass over an amount of space that may follow a double backslash: rows here stand at even distances."""
        gap = re.match(r"\s*\[\s*-?[\d.]+\s*(em|ex|pt|mu|cm|mm)\s*\]", "".join(self.tokens[self.place : self.place + 12]))
        while gap and self.next() != "]":
            pass

    def scripted(self, style: Style) -> Atom:
        """One atom with its scripts and primes."""
        base = Atom(ORDINARY, "<mrow></mrow>") if self.peek() in ("^", "_", "'") else self.nucleus(style)
        limits, below, above, primes = base.limits, "", "", ""
        inner = style._replace(display=False, script=True)
        while (token := self.peek()) in ("^", "_", "'", r"\limits", r"\nolimits"):
            self.next()
            if token == "'":
                primes += "′"
            elif token == "_":
                below = self.fail("double subscript") if below else self.argument(inner, "_")
            elif token == "^":
                above = self.fail("double superscript") if above else self.argument(inner, "^")
            else:
                limits = token == r"\limits"
        if primes:  # the font's prime is raised already: as a superscript it would fly too high
            base = base._replace(markup=f"<mrow>{base.markup}{operator(primes)}</mrow>")
        if not (below or above):
            return base
        names = ("munder", "mover", "munderover") if limits else ("msub", "msup", "msubsup")
        tag = names[2] if below and above else names[0] if below else names[1]
        return Atom(base.kind, f"<{tag}>{base.markup}{below}{above}</{tag}>")

    def nucleus(self, style: Style) -> Atom:
        """One atom without its scripts."""
        self.depth += 1
        if self.depth > _DEEPEST:
            self.fail("nested too deeply")
        atom = self.nested(style)
        self.depth -= 1
        return atom

    def nested(self, style: Style) -> Atom:
        """What `nucleus` returns, without the watch over how deep it is."""
        token = self.peek()
        if token == "{":
            return Atom(ORDINARY, self.enclosed(style, "}"))
        if not token:
            self.fail("it ends where something has to follow")
        self.next()
        if token[0] == "\\" and len(token) > 1:
            return self.command(token[1:], style)
        if token[0].isdigit() and token.isascii():
            return Atom(ORDINARY, f"<mn>{lettered(token, style.font)}</mn>")
        if token in tex.CHARACTERS:
            kind, character = tex.CHARACTERS[token]
            return Atom(kind, operator(character))
        if token == "~":
            return space(tex.SPACES["~"])
        if token in ("}", "&"):
            self.fail("unbalanced: a closing brace without its opening" if token == "}" else "& outside an environment")
        if not token.isalpha() and (token.isascii() or unicodedata.category(token) not in ("Sm", "So", "No", "Po")):
            self.fail(f"the character {token!r} cannot stand in a formula")
        return Atom(ORDINARY, identifier(token, style.font))

    def command(self, name: str, style: Style) -> Atom:
        """The atom that begins with a command, which has been read."""
        if name in tex.SYMBOLS:
            kind, character = tex.SYMBOLS[name]
            return Atom(kind, operator(character))
        if name in tex.ITALIC:
            return Atom(ORDINARY, identifier(tex.ITALIC[name], style.font))
        if name in tex.UPRIGHT:
            return Atom(INNER if "dots" in name else ORDINARY, identifier(tex.UPRIGHT[name], style.font or "mathrm"))
        if name in tex.SPACES:
            return space(tex.SPACES[name])
        if name in tex.LIMIT_OPERATORS:
            return Atom(OPERATOR, operator(tex.LIMIT_OPERATORS[name], ' movablelimits="false"'), style.display)
        if name in tex.INTEGRALS:
            return Atom(OPERATOR, operator(tex.INTEGRALS[name], ""))
        if name in tex.NAMES:
            return Atom(OPERATOR, identifier(tex.NAMES[name], "mathrm"), style.display and name in tex.LIMIT_NAMES)
        if name in CONSTRUCTIONS:
            return CONSTRUCTIONS[name](self, name, style)
        if name == "\\":
            self.fail("a double backslash outside an environment, which breaks no line in JupyterLab")
        unbalanced = name in ("right", "middle", "end")
        self.fail(f"unbalanced: \\{name} without its beginning" if unbalanced else f"unknown command \\{name}")


def lettered(text: str, font: str) -> str:
    """The text in the alphabet of a font command, escaped for a page."""
    return escape("".join(tex.FONTS.get(font, {}).get(character, character) for character in text), quote=False)


def identifier(text: str, font: str) -> str:
    """A letter or a word. A browser sets one letter alone in italics unless told otherwise, a word upright."""
    mapped = lettered(text, font)
    upright = ' mathvariant="normal"' if font and mapped == text and len(text) == 1 else ""
    return f"<mi{upright}>{mapped.replace(' ', chr(0x2009))}</mi>"
