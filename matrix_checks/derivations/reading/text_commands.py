"""What commands for words hold, where that is no word: a letter, formulas between dollars, or an expression as in a program."""

import re
from itertools import groupby

from matrix_checks.derivations.reading.spelling import STYLES
from matrix_checks.derivations.reading.tokens import Token

# What no name holds, in a command for what is typed.
CODE = ("@", "*", "+", "-", "/", "(", "[")
MATMUL, TRANSPOSED = "@", [".", "T"]
# "i not k"
UNEQUAL = ("not", "nicht", "notequalto", "ungleich", "неравно")
# Between two indices.
COMPARED = ("=", "\\ne", "\\neq")
LENGTH_OF_CONDITION = 3
# What a program calls: np.sum(g, axis=0), g.sum(axis=0), sum(g, axis=0).
_CALL = re.compile(r"(?:(?:np|numpy|torch)\.[a-z]+|\w{1,12}\.(?:sum|mean|dot)|(?:sum|mean)(?=\(.*axis))\(.*\)")
# A name behind words: \\text{and gradInput}.
_GRADIENT = re.compile(r"grad[A-Z][A-Za-z]*")


def letter_in(command: str, content: list[str], before: list[Token]) -> str:
    """The letter that stands in a command for words in bold, or, as a transposition, in any of them; empty where it holds words."""
    if content == ["T"] and before[-1:] in (["^"], ["{"]):
        return "T"
    is_letter = command in STYLES and len(content) == 1 and len(content[0]) == 1 and content[0].isalnum()
    return ("\\ones" if content == ["1"] else content[0]) if is_letter else ""


def read_apart(command: str, content: list[str]) -> list[str]:
    """What a command for words holds, where that is no word: formulas between dollars, or an expression as in a program; else nothing."""
    is_attribute = "." in content[1:-1]
    is_typed = command in ("\\texttt", "\\mathtt") and (is_attribute or any(part in CODE for part in content))
    is_typed |= _CALL.fullmatch("".join(content)) is not None
    if is_typed or MATMUL in content[1:-1] or content[1:] == TRANSPOSED:
        return ["{", *_with_names_whole(content[: -1 if content[-1:] == ["."] else None]), "}"]
    if len(content) == 1 and (content[0].isdecimal() or content[0] == "*"):
        return content
    if content == [":"]:
        return content
    if "".join(content) in UNEQUAL:
        return ["\\ne"]
    if len(content) > 1 and _GRADIENT.fullmatch(content[-1]):
        return ["\\text", "{", *content[:-1], "}", "\\text", "{", content[-1], "}"]
    content = ["$" if part in ("\\(", "\\)") else part for part in content]
    return _with_formulas_apart(content) if "$" in content else _with_condition_apart(content)


def _with_names_whole(content: list[str]) -> list[str]:
    """An expression of a program, where what stands side by side is one name: ``gh`` in ``gh @ W2.T``, and ``W2``; what is called stays."""
    runs = [list(parts) for _, parts in groupby(content, _is_small_letter)]
    found: list[str] = []
    for before, run, behind in zip([[""], *runs], runs, [*runs[1:], [""]]):
        is_called = before[-1] == "." or behind[0] in ("(", ".") or behind[0].isalnum()
        is_name = len(run) > 1 and _is_small_letter(run[0]) and not is_called
        found += ["\\mathrm", "{", *run, "}"] if is_name else run
    return _with_numbers_below(found)


def _is_small_letter(part: str) -> bool:
    return len(part) == 1 and part.isascii() and part.islower()


def _with_numbers_below(content: list[str]) -> list[str]:
    """The same where a number directly behind a letter alone is a label: ``W2`` is no product."""
    found: list[str] = []
    for before, letter, token in zip(["", "", *content], ["", *content], content):
        is_label = token.isdecimal() and len(letter) == 1 and letter.isalpha() and not before.isalpha()
        found += ["_", "{", token, "}"] if is_label else [token]
    return found


def _with_condition_apart(content: list[str]) -> list[str]:
    """What ``\\text{if i = j}`` holds: words, and a condition on two indices; nothing where there is none."""
    words, condition = content[:-LENGTH_OF_CONDITION], content[-LENGTH_OF_CONDITION:]
    is_condition = len(condition) == LENGTH_OF_CONDITION and condition[1] in COMPARED
    if not is_condition or not all(len(part) == 1 and part.islower() for part in (condition[0], condition[2])):
        return []
    return ["\\text", "{", *words, "}", *condition] if all(word.isalpha() for word in words) else []


def _with_formulas_apart(content: list[str]) -> list[str]:
    """What ``\\text{if $i = k$}`` holds: words and formulas by turns."""
    found: list[str] = []
    inside = False
    part: list[str] = []
    for token in [*content, "$"]:
        if token != "$":
            part.append(token)
            continue
        found += part if inside else ["\\text", "{", *part, "}"] if part else []
        inside, part = not inside, []
    return found
