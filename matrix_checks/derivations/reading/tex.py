"""From TeX to tokens: decoration is dropped, every spelling of a symbol becomes one; the spellings are in ``spelling.py``."""

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache, lru_cache

from matrix_checks.derivations.reading.braces import without_needless_braces
from matrix_checks.derivations.reading.code_arguments import with_arguments
from matrix_checks.derivations.reading.signs import CONSTANT, with_signs
from matrix_checks.derivations.reading.spelling import ARROWS as ARROWS
from matrix_checks.derivations.reading.spelling import (
    BRACED,
    CHOSEN,
    CIRCLE,
    DROPPED,
    GLUED,
    LABELLED_ARROWS,
    LIBRARIES,
    LIBRARY,
    LONGEST_OPTION,
    NAMING,
    SAME,
    SILENT,
    TYPED,
    UNICODE,
    WORDS,
    with_latin_letters,
)
from matrix_checks.derivations.reading.spelling import RELATIONS as RELATIONS
from matrix_checks.derivations.reading.text_commands import letter_in, read_apart
from matrix_checks.derivations.reading.tokens import Mark as Mark
from matrix_checks.derivations.reading.tokens import NotUnderstood as NotUnderstood
from matrix_checks.derivations.reading.tokens import Renamed
from matrix_checks.derivations.reading.tokens import Token as Token
from matrix_checks.derivations.reading.tokens import Word as Word

MAXIMAL_LENGTH = 20_000

# As calculators and code write it, and with its thousands apart. Below, a comma before a letter is one of decimals behind a sign: "= 0,5x".
_LONG_NUMBER = re.compile(r"\d+(?:\.\d+)?[eE][+-]\d{1,2}(?!\d)|\d{1,3}(?:\\,\d{3})+(?!\d)")
_TOKEN = re.compile(
    rf"(?<!\d)(?<!\d\.)(?:{_LONG_NUMBER.pattern})|"
    r"(?:(?<=[=+-])|(?<=[=+-] )|(?<![\s\S]))\d+,\d+(?=\s?[a-zA-Z\\])|(?<![\d(,;&\[{])0,\d+(?=\s?[a-zA-Z\\])|"
    r"\\(?:[a-zA-Z]+\*?|.)|(?:(?<=/)|(?<=[(\[]))\d+(?=,\d+/\d)|\d+\.\d+|\d+\{,\}\d+|\d+(?:[.,]\d+)?(?![a-zA-Z\d])|\d+|[^\s]",
    re.DOTALL,
)
# The functions that a name stands for, by the name.
FUNCTIONS = {"tr": "tr", "Tr": "tr", "trace": "tr", "vec": "vec", "Vec": "vec", "rvec": "rvec", "vecr": "rvec", "diag": "diag", "Diag": "diag", "exp": "exp", "log": "log",
             "ln": "log", "sqrt": "sqrt", "mean": "mean", **dict.fromkeys("avg average moy moyenne Mittel mittel Mittelwert media média promedio prom среднее средн сред średnia gemiddelde gem medel medelvärde keskiarvo ort".split(), "mean"), "tanh": "tanh", "sin": "sin", "cos": "cos", "sinh": "sinh", "cosh": "cosh", "sech": "sech", "sigmoid": "sigmoid", "relu": "relu", "ReLU": "relu", "anyfunction": "anyfunction", "step": "step", "heaviside": "step", "det": "det", "inv": "inv", **dict.fromkeys(("softmax", "Softmax", "SoftMax"), "softmax"), **dict.fromkeys(("logsumexp", "LogSumExp", "lse", "LSE"), "logsumexp"), "max": "max", "sum": "total",
             "traza": "tr", "traço": "tr", "traco": "tr", "traccia": "tr", "след": "tr", "ślad": "tr", "spoor": "tr", "迹": "tr", "Trace": "tr", "TR": "tr", "Sp": "tr", "Spur": "tr", "spur": "tr", "grad": "grad",
             "blockdiag": "diag", "Blockdiag": "diag", "blkdiag": "diag", "blocdiag": "diag", "bdiag": "diag", "unvec": "unvec", "Unvec": "unvec", "devec": "unvec", "ivec": "unvec", "invvec": "unvec", "mat": "unvec", "Mat": "unvec", "reshape": "reshape", "Reshape": "reshape"}  # fmt: skip
# Those that may be written without a backslash, and those of which a bracket behind them tells that they are no letters.
_BARE_FUNCTIONS = FUNCTIONS.keys() - set(
    "anyfunction Vec TR Sp Spur spur grad step heaviside spoor 迹 mat Mat ivec reshape Reshape media prom gem ort сред средн".split()
)
_BEFORE_BRACKET = r"(?:Sp|Spur|spur|TR|Vec)(?=\s*(?:\\left|\\[bB]igg?l?)?\s*[(\[])"
_ONES = re.compile(
    r"\\(?:mathbf|mathbb|boldsymbol|bm|mathds|pmb|vec|bf)\s*(?:\{\s*1\s*\}|1(?!\d))|\\(?:mathbbm|mathbb1|ones)\b\s*(?:\{\s*1\s*\})?"
)
# Tokens that TeX does not have, as they are quoted.
_SHOWN = {"\\ones": "\\mathbf{1}", "\\contraction": ":", CONSTANT: "\\text{const}"}
# Nobody transposes eleven.
_SQUARE_OF_ONES = re.compile(r"(?<![\d._{])11\s*(?:\^\s*\{?\s*(?:T|t|\\top|\\intercal|\\mathsf|\\mathrm|\\prime)|')")
_COMMAND_AT_END = re.compile(r"\\[a-zA-Z]+$")
_PHRASE = re.compile(r"\s*\{([^{}]*)\}")
_UNICODE = {character: tuple(_TOKEN.findall(spelling)) for character, spelling in UNICODE.items()}
_UNSEEN = re.compile(r"(?<!\\)%[^\n]*|\\mathbb(?=\s*\{?\s*d\b)|(?<=\\\\)\[\s*-?[\d.]+\s*(?:pt|ex|em|mm|cm|in|pc|bp|mu)\s*\]")


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
    text = with_latin_letters(without_comments(source))
    raw: list[str] = []
    for found in _pattern(words).finditer(text):
        raw += _spelled(found, text)
    return tuple(with_arguments(with_signs(_simplified(without_needless_braces(raw)))))


def without_comments(source: str) -> str:
    """A formula with blanks in the place of its comments and of distances, so that all else stays at its place."""
    return _UNSEEN.sub(lambda comment: " " * len(comment[0]), source)


def sign_of(written: str) -> str:
    """The one spelling of a relation sign or an arrow; anything else stays."""
    if written in LABELLED_ARROWS:
        return "\\to"
    spelled = _UNICODE[written][0] if written in _UNICODE else _typed(written) if TYPED.fullmatch(written) else written
    return SAME.get(spelled, spelled)


def _spelled(found: re.Match[str], text: str) -> list[str]:
    """The one spelling of what was found in a formula."""
    written = found[0]
    if written in _UNICODE:
        return [_marked(each, found, text) for each in _UNICODE[written]]
    if _ONES.fullmatch(written):
        return ["\\ones"]
    if written == "11" and _SQUARE_OF_ONES.match(text, found.start()):
        return ["\\ones", "\\ones"]
    if _LONG_NUMBER.fullmatch(written):
        return [format(Decimal(written.replace("\\,", "")), "f")]
    called = LIBRARY.match(text, found.start())
    if called and called.end() < found.end():
        return [text[called.end() : found.end()]]
    typed = _typed(written) if TYPED.fullmatch(written) else written
    if typed == CIRCLE:  # It may be a composition.
        return [Renamed.of(SAME[typed], typed)]
    return [_marked(SAME.get(typed, typed), found, text)]


def _typed(written: str) -> str:
    """The command for what is written with several characters."""
    if written.startswith("..."):
        return "\\dots"
    if written.endswith(">") and written != ">=":
        return "\\iff" if written[0] == "<" else "\\Rightarrow" if written[0] == "=" else "\\to"
    plain = "".join(written.split())
    return {"<=": "\\le", ">=": "\\ge", "!=": "\\ne", "\\not=": "\\ne", ":=": "\\coloneqq"}.get(
        plain, "=" if "=" in plain else "\\Leftarrow"
    )


def _marked(token: str, found: re.Match[str], text: str) -> str:
    if token in RELATIONS or token in ARROWS or token in LABELLED_ARROWS or token == ".":
        return Mark.at(token, text, *found.span())
    if token in WORDS:
        command = Mark.at(token, text, *found.span())
        inside = _PHRASE.match(text, found.end())
        command.phrase = inside[1] if inside else ""
        return command
    return token


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    several = sorted({*_BARE_FUNCTIONS, *words}, key=len, reverse=True)
    # The x^Tr of a column r is no trace.
    return re.compile(
        rf"{_ONES.pattern}|{TYPED.pattern}|{LIBRARY.pattern}[a-z]+|"
        rf"(?!(?<=\^)Tr(?![a-zA-Z]))(?:(?<![a-zA-Z])|(?<=\^T)|(?<=_[a-zA-Z]))(?:(?<!\\)|(?<=\\\\))(?:(?:{'|'.join(map(re.escape, several))})(?![a-zA-Z])|{GLUED.pattern}|{_BEFORE_BRACKET})|"
        + _TOKEN.pattern,
        re.DOTALL,
    )


def has_look_alikes(source: str) -> bool:
    """Whether a formula holds letters of another alphabet that look like Latin ones."""
    outside_text = re.sub(r"\\(?:text\w*|mbox)\s*\{[^{}]*\}", "", source)
    return outside_text != with_latin_letters(outside_text)


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
            chosen, place = _chosen(raw, place, token)
            raw[place:place] = chosen if len(chosen) == 1 else ["{", *chosen, "}"]
        elif token in BRACED:
            content, place = _argument(raw, place)
            if raw[place : place + 1] == [BRACED[token]]:
                _, place = _argument(raw, place + 1)
            raw[place:place] = ["{", *content, "}"]
        elif token in WORDS:
            content, place = _argument(raw, place)
            letter = letter_in(token, content, tokens)
            if letter:
                tokens.append(letter)
                continue
            apart = read_apart(token, content)
            if apart:
                raw[place:place] = apart
                continue
            text = _without_library("".join(part for part in content if part not in ("{", "}", "\\ ")).replace("\\_", "_"))
            word = Word(text, getattr(token, "phrase", ""), token in NAMING)
            # What stands below is no word between formulas, though it has no braces.
            tokens += ["{", word, "}"] if tokens[-1:] == ["_"] else [word]
        elif token in LABELLED_ARROWS:
            if raw[place : place + 1] == ["["]:
                place = _behind_bracket(raw, place)
            _, place = _argument(raw, place)
            tokens.append(_renamed("\\to", token))
        else:
            tokens.append(_symbol(token))
        if len(tokens) > MAXIMAL_LENGTH:
            raise NotUnderstood("the formula is too long to be read")
    return tokens


def _chosen(raw: list[str], place: int, command: str) -> tuple[list[str], int]:
    """The argument of a command that counts, and the place behind its arguments."""
    count, wanted = CHOSEN[command]
    contents, place = _arguments(raw, place, count)
    # A relation sign with something above it is a relation sign.
    chosen = contents[wanted]
    return ([_renamed("\\demanded", chosen[0])] if chosen == ["="] and contents[0] == ["!"] else chosen), place


def _without_library(text: str) -> str:
    return text.rpartition(".")[2] if text.startswith(LIBRARIES) else text


def _renamed(text: str, mark: str) -> str:
    """A mark with another text at the same place."""
    found = Mark(text)
    if isinstance(mark, Mark):
        found.place, found.space_before, found.space_behind = mark.place, mark.space_before, mark.space_behind
    return found


def _behind_bracket(tokens: list[str], place: int) -> int:
    """The place behind the optional argument that begins at ``place``."""
    end = next((end for end in range(place, min(place + LONGEST_OPTION, len(tokens))) if tokens[end] == "]"), place - 1)
    return end + 1


def _symbol(token: str) -> Token:
    """What a single token is: a name of several letters is a word, all gaps between formulas are one."""
    if token == "\\qquad":
        return "\\quad"
    is_word = len(token) > 1 and token.replace("\\_", "").replace("_", "").isalpha()
    return Word(token.replace("\\_", "_")) if is_word else token


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


def unmarked(tokens: Sequence[Token]) -> list[Token]:
    """Tokens that are used once more, at another place than where they stand: none of them is accounted for again."""
    return [str(token) if isinstance(token, Mark) else token for token in tokens]


def text_of(tokens: Sequence[Token]) -> str:
    """Tokens as TeX again, to be quoted."""
    # How the text ends, piece by piece: to look at all of it for each token would take too long.
    parts, command, backslash, digit = list[str](), False, False, False
    for token in tokens:
        written = token.shown if isinstance(token, Word) else _SHOWN.get(token, getattr(token, "written", token))
        # A command ends where no letter follows, and a number where no digit does.
        apart = (command and written[:1].isalnum()) or (digit and written[:1].isdecimal())
        digit = written[-1:].isdecimal()
        command = _COMMAND_AT_END.search("\\" + written if backslash else written) is not None
        backslash = written.endswith("\\")
        parts += [" ", written] if apart else [written]
    return "".join(parts)
