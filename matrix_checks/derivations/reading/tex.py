"""From TeX to tokens: decoration is dropped, every spelling of a symbol becomes one; a new spelling is added to ``SAME``."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

MAXIMAL_LENGTH = 20_000

# Letters that look like Latin or Greek ones; a keyboard in another layout writes them unnoticed.
LOOK_ALIKES = str.maketrans("АВЕКМНОРСТХУасеорхуіј", "ABEKMHOPCTXYaceopxyij")
UNICODE = {
    "−": "-", "·": "\\cdot ", "×": "\\times ", "⊗": "\\otimes ", "⊙": "\\odot ", "∘": "\\odot ", "∑": "\\sum ", "∂": "\\partial ",
    "∇": "\\nabla ", "ᵀ": "^T ", "⊤": "\\top ", "¹": "^1 ", "²": "^2 ", "³": "^3 ", "μ": "\\mu ", "σ": "\\sigma ", "ε": "\\varepsilon ", "α": "\\alpha ",
    "δ": "\\delta ", "Δ": "\\Delta ", "≠": "\\ne ", "…": "\\dots ", "′": "'", "⟨": "\\langle ", "⟩": "\\rangle ", "‖": "\\|", "∈": "\\in ",
    "⇒": "\\Rightarrow ", "→": "\\to ", "≈": "\\approx ", "≡": "\\equiv ", "𝟙": "\\mathbf{1}",
}  # fmt: skip
SAME = {
    "\\intercal": "\\top", "\\lVert": "\\|", "\\rVert": "\\|", "\\Vert": "\\|", "\\lvert": "|", "\\rvert": "|", "\\vert": "|",
    "\\langle": "\\langle", "\\lbrace": "\\{", "\\rbrace": "\\}", "\\lbrack": "[", "\\rbrack": "]", "\\circ": "\\odot", "\\ast": "*",
    "\\star": "*", "\\dfrac": "\\frac", "\\tfrac": "\\frac", "\\cfrac": "\\frac", "\\epsilon": "\\varepsilon", "\\neq": "\\ne",
    "\\ldots": "\\dots", "\\cdots": "\\dots", "\\vdots": "\\dots", "\\ddots": "\\dots", "\\dotsc": "\\dots", "\\dotsb": "\\dots",
    "\\implies": "\\Rightarrow", "\\Longrightarrow": "\\Rightarrow", "\\rightarrow": "\\to", "\\Leftrightarrow": "\\iff",
    "\\Longleftrightarrow": "\\iff", "\\iff": "\\iff", "\\mid": "|", "\\triangleq": "\\coloneqq", "\\colon": ":", "\\leadsto": "\\Rightarrow",
    "\\widehat": "\\hat", "\\widetilde": "\\tilde", "\\overline": "\\bar", "\\trace": "\\tr", "\\Tr": "\\tr",
}  # fmt: skip
# Commands without meaning for the value: spaces, sizes, styles without an argument.
SILENT = set(
    """\\, \\; \\: \\! \\> \\  \\left \\right \\middle \\big \\Big \\bigg \\Bigg \\bigl \\bigr \\Bigl \\Bigr \\biggl \\biggr \\Biggl
    \\Biggr \\displaystyle \\textstyle \\scriptstyle \\limits \\nolimits \\nonumber \\notag \\hline \\bf \\rm \\it \\cal \\relax
    \\allowbreak \\strut \\smallskip \\medskip \\bigskip \\noindent \\boldmath \\hfill \\mathstrut \\null \\thinspace""".split()
) | {"\\ "}
# Commands whose argument is all that counts: the command goes, the argument stays.
SILENT |= set(
    """\\mathbf \\boldsymbol \\bm \\bold \\mathit \\mathnormal \\vec \\mathsf \\pmb \\boxed \\underline \\mathstrut \\mathbin \\mathrel
    \\mathord \\mathop \\smash \\ensuremath \\mbox \\fbox \\hbox \\cancel \\bcancel \\mathcal \\mathscr \\mathfrak""".split()
)
WORDS = {
    "\\text",
    "\\mathrm",
    "\\operatorname",
    "\\operatorname*",
    "\\textrm",
    "\\textit",
    "\\textbf",
    "\\texttt",
    "\\mathtt",
    "\\textnormal",
    "\\textsf",
}
# Commands that are left out together with their arguments.
DROPPED = {"\\tag": 1, "\\tag*": 1, "\\label": 1, "\\color": 1, "\\hspace": 1, "\\hspace*": 1, "\\vspace": 1, "\\phantom": 1, "\\hphantom": 1,
           "\\vphantom": 1, "\\rule": 2, "\\footnote": 1, "\\ref": 1, "\\eqref": 1}  # fmt: skip
# Commands of which one argument counts: (how many there are, which counts).
CHOSEN = {
    "\\textcolor": (2, 1),
    "\\colorbox": (2, 1),
    "\\stackrel": (2, 1),
    "\\overset": (2, 1),
    "\\underset": (2, 1),
    "\\href": (2, 1),
}
BRACED = {"\\underbrace": "_", "\\overbrace": "^"}

_TOKEN = re.compile(r"\\(?:[a-zA-Z]+\*?|.)|\d+(?:[.,]\d+)?(?![a-zA-Z])|\d+|[^\s]", re.DOTALL)
# The functions that a name stands for, by the name.
FUNCTIONS = {"tr": "tr", "Tr": "tr", "trace": "tr", "vec": "vec", "Vec": "vec", "diag": "diag", "Diag": "diag", "exp": "exp", "log": "log",
             "ln": "log", "sqrt": "sqrt", "mean": "mean", "softmax": "softmax", "max": "max", "sum": "total"}  # fmt: skip
# Those that may be written without a backslash.
_BARE_FUNCTIONS = FUNCTIONS.keys() - {"Vec"}
_ONES = re.compile(
    r"\\(?:mathbf|mathbb|boldsymbol|bm|mathds|pmb|vec|bf)\s*(?:\{\s*1\s*\}|1(?!\d))|\\(?:mathbbm|mathbb1|ones)\b\s*(?:\{\s*1\s*\})?"
)
_COMMAND_AT_END = re.compile(r"\\[a-zA-Z]+$")
_COMMENT = re.compile(r"(?<!\\)%[^\n]*")


class NotUnderstood(ValueError):
    """A piece of a formula that cannot be read; the message quotes it."""


@dataclass(frozen=True)
class Word:
    """Letters that belong together, from ``\\text{…}`` and its like."""

    text: str


Token = str | Word


def tokenize(source: str, words: tuple[str, ...] = ()) -> list[Token]:
    """The tokens of a formula.

    Parameters
    ----------
    source
        TeX, without dollar signs.
    words
        Names of several letters that may be written without ``\\text``.

    Raises
    ------
    NotUnderstood
        If the formula is too long, or its braces do not match.
    """
    return list(_tokens(source, words))


# A text is looked through for what it declares before its formulas are judged.
@lru_cache(maxsize=500)
def _tokens(source: str, words: tuple[str, ...]) -> tuple[Token, ...]:
    if len(source) > MAXIMAL_LENGTH:
        raise NotUnderstood("the formula is too long to be read")
    text = _COMMENT.sub("", source).translate(LOOK_ALIKES)
    for character, command in UNICODE.items():
        text = text.replace(character, command)
    text = _ONES.sub(r"\\ones ", text)
    raw = [SAME.get(token, token) for token in _pattern(words).findall(text)]
    return tuple(_simplified(raw))


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    several = sorted({*_BARE_FUNCTIONS, *words}, key=len, reverse=True)
    return re.compile(
        rf"(?:(?<![a-zA-Z])|(?<=\^T))(?:(?<!\\)|(?<=\\\\))(?:{'|'.join(map(re.escape, several))})(?![a-zA-Z])|" + _TOKEN.pattern,
        re.DOTALL,
    )


def has_look_alikes(source: str) -> bool:
    """Whether a formula holds letters of another alphabet that look like Latin ones."""
    outside_text = re.sub(r"\\(?:text\w*|mbox)\s*\{[^{}]*\}", "", source)
    return outside_text != outside_text.translate(LOOK_ALIKES)


def _simplified(raw: list[str]) -> list[Token]:
    tokens: list[Token] = []
    place, work = 0, 0
    while place < len(raw):
        token = raw[place]
        work += len(raw) // 10 if token in CHOSEN or token in BRACED else 1
        if work > 50 * MAXIMAL_LENGTH:
            raise NotUnderstood("the formula is too deeply nested to be read")
        before, place = place, place + 1
        if token in SILENT or token == "~" or (token == "." and before and raw[before - 1] in ("\\left", "\\right")):
            continue
        if token in DROPPED:
            _, place = _arguments(raw, place, DROPPED[token])
        elif token in CHOSEN:
            count, wanted = CHOSEN[token]
            contents, place = _arguments(raw, place, count)
            # A relation sign with something above it is a relation sign.
            raw[place:place] = contents[wanted] if len(contents[wanted]) == 1 else ["{", *contents[wanted], "}"]
        elif token in BRACED:
            content, place = _argument(raw, place)
            if raw[place : place + 1] == [BRACED[token]]:
                _, place = _argument(raw, place + 1)
            raw[place:place] = ["{", *content, "}"]
        elif token in WORDS:
            content, place = _argument(raw, place)
            tokens.append(_word("".join(part for part in content if part not in ("{", "}", "\\ "))))
        else:
            tokens.append(_symbol(token))
        if len(tokens) > MAXIMAL_LENGTH:
            raise NotUnderstood("the formula is too long to be read")
    return tokens


def _word(text: str) -> Word:
    return Word(text.replace("\\_", "_"))


def _symbol(token: str) -> Token:
    """What a single token is: a name of several letters is a word, all gaps between formulas are one."""
    if token == "\\qquad":
        return "\\quad"
    is_word = len(token) > 1 and token.replace("\\_", "").replace("_", "").isalpha()
    return _word(token) if is_word else token


def _arguments(tokens: list[str], place: int, count: int) -> tuple[list[list[str]], int]:
    """The tokens of each of several arguments that begin at ``place``, and the place behind them."""
    found: list[list[str]] = []
    for _ in range(count):
        content, place = _argument(tokens, place)
        found.append(content)
    return found, place


def _argument(tokens: list[str], place: int) -> tuple[list[str], int]:
    """The tokens of the argument that begins at ``place``, without braces, and the place behind it."""
    while place < len(tokens) and tokens[place] in SILENT:
        place += 1
    if place >= len(tokens):
        raise NotUnderstood("the formula ends where more is expected")
    if tokens[place] != "{":
        return [tokens[place]], place + 1
    depth, end = 1, place + 1
    while end < len(tokens) and depth:
        depth += {"{": 1, "}": -1}.get(tokens[end], 0)
        end += 1
    if depth:
        raise NotUnderstood("a brace { is never closed")
    return tokens[place + 1 : end - 1], end


def text_of(tokens: Sequence[Token]) -> str:
    """Tokens as TeX again, to be quoted."""
    parts: list[str] = []
    # How the text ends, piece by piece: to look at all of it for each token would take too long.
    command = backslash = False
    for token in tokens:
        written = f"\\text{{{token.text}}}" if isinstance(token, Word) else "\\mathbf{1}" if token == "\\ones" else token
        # A command ends where no letter follows.
        apart = command and written[:1].isalnum()
        command = _COMMAND_AT_END.search("\\" + written if backslash else written) is not None
        backslash = written.endswith("\\")
        parts += [" ", written] if apart else [written]
    return "".join(parts)
