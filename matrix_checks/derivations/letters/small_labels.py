r"""Labels below and above letters that are no indices: ``J_\lambda``, ``J_{reg}``, ``C^\star``, where an equality introduces them."""

from collections.abc import Iterator, Sequence

from matrix_checks.derivations.context.context import MOST_NAMES, Context
from matrix_checks.derivations.context.statements_of_text import formulas_of
from matrix_checks.derivations.reading.conditions import INDEX_LETTERS
from matrix_checks.derivations.reading.formulas import Chain, Piece
from matrix_checks.derivations.reading.index_names import GREEK
from matrix_checks.derivations.reading.letters_used import TRANSPOSITIONS
from matrix_checks.derivations.reading.scripts import STAR
from matrix_checks.derivations.reading.spelling import EQUALITIES
from matrix_checks.derivations.reading.tex import Token
from matrix_checks.derivations.reading.tokens import Renamed, without_braces

# Of a label that is written letter by letter.
LONGEST_LABEL = 5
# What stands in a derivative.
DERIVED = frozenset(("\\partial", "d", "\\nabla"))


def declare_turned_matrices(context: Context, found: list[Piece]) -> None:
    """Take a matrix with a label for one of its own, where a text says that it is the matrix, transposed: ``W_t = W^T`` is no row."""
    for tokens in formulas_of(context, found):
        bare = without_braces(tokens)
        for place, sign in enumerate(bare):
            letter, below, label = bare[max(place - 3, 0) : place] if place > 2 else ("", "", "")
            if sign in EQUALITIES and below == "_" and _is_turned(context, letter, bare[place + 1 : place + 4]):
                context.labels.add(f"{letter}_{label}")


def declare_small_label(context: Context, chain: Chain) -> None:
    """Take a letter with a label for a name of its own, where it is the first side of an equality."""
    if len(chain.members) < 2 or len(context.labels) >= MOST_NAMES:
        return
    letter, sign, *label = [*(token for token in without_braces(chain.members[0]) if token not in ("{", "}")), "", ""]
    label = label[:-2]
    if not isinstance(letter, str) or not letter.isalpha() or letter == "d" or not label:
        return
    if sign == "^" and label == ["*"]:
        context.labels.add(f"{letter}_{STAR}")
    elif sign == "_" and (
        _is_greek(context, label)
        or _is_of_number(context, letter, label)
        or _says_of_what(context, letter, label, chain.members[1])
    ):
        context.labels.add(f"{letter}_{''.join(map(str, label)).removeprefix(chr(92))}")


def _is_greek(context: Context, label: Sequence[Token]) -> bool:
    """Whether a Greek letter stands there that is no index of the text's, and nothing that the exercise has."""
    return len(label) == 1 and label[0] in GREEK - context.known


def _is_of_number(context: Context, letter: str, label: Sequence[Token]) -> bool:
    """Whether a number of the exercise has a label: it has no entries, and what it is differentiated by is known."""
    written = {each.written if isinstance(each, Renamed) else each for each in label}
    letters = {each for each in written if isinstance(each, str) and len(each) == 1 and each.isalpha()}
    if (
        len(letters) < len(written)
        or len(label) > LONGEST_LABEL
        or letters <= INDEX_LETTERS
        or not letters.isdisjoint(context.known)
    ):
        return False
    return letter in context.arrays and context.shape_at(letter) == ("1", "1")


def _says_of_what(context: Context, letter: str, label: Sequence[Token], meant: Sequence[Token]) -> bool:
    r"""Whether a new letter has below it what it is made of: ``m_{gy} = \frac1N\sum_i g_iy_i``."""
    letters = [each for each in label if isinstance(each, str) and len(each) == 1]
    if len(letters) < len(label) or not context.arrays.issuperset(letters) or not INDEX_LETTERS.isdisjoint(letters):
        return False
    if letter in context.known or letter in context.later or letter in context.later_functions or not DERIVED.isdisjoint(meant):
        return False
    # A single letter below a capital one, or below a function, may be what is differentiated by.
    if len(letters) == 1 and letter.isupper():
        return False
    below = set(_below(meant))
    return all(each in meant for each in letters) and below.isdisjoint(letters)


def _is_turned(context: Context, letter: Token, behind: Sequence[Token]) -> bool:
    """Whether it is a matrix, and behind the sign stands the matrix, transposed."""
    is_matrix = letter in context.arrays and "1" not in (context.shape_at(str(letter)) or ("1", "1"))
    return is_matrix and len(behind) == 3 and [*behind[:2]] == [letter, "^"] and behind[2] in TRANSPOSITIONS


def _below(tokens: Sequence[Token]) -> Iterator[Token]:
    """The tokens that stand below or above others."""
    depth, is_script = 0, False
    for token in tokens:
        if is_script and token == "{":
            depth, is_script = 1, False
        elif is_script:
            is_script = False
            yield token
        elif depth:
            depth += {"{": 1, "}": -1}.get(str(token), 0)
            yield token
        else:
            is_script = token in ("_", "^")
