"""What the letters of a formula are used for, as far as the signs beside them tell: sizes, ends of sums, steps, divisors."""

from collections.abc import Iterable, Iterator, Sequence

from matrix_checks.derivations.reading.groups import groups
from matrix_checks.derivations.reading.spelling import TRANSPOSITIONS
from matrix_checks.derivations.reading.tex import Token
from matrix_checks.derivations.reading.tokens import without_braces

STEPS_IN_GREEK = ("\\varepsilon", "\\delta", "\\tau", "\\alpha", "\\eta", "\\lambda")


def is_written_out(tokens: list[Token]) -> bool:
    """Whether a matrix of entries at numbers, as ``x_{11}``, stands there whole: without dots."""
    if "\\begin" not in tokens or "\\dots" in tokens or "&" not in tokens:
        return False
    bare_tokens = without_braces(tokens)
    return any(
        isinstance(letter, str)
        and len(letter) == 1
        and letter.isalpha()
        and sign == "_"
        and isinstance(number, str)
        and number.isdecimal()
        for letter, sign, number in zip(bare_tokens, bare_tokens[1:], bare_tokens[2:])
    )


def bars_with_index(tokens: list[Token]) -> Iterator[str]:
    """Letters with a bar and an index: each is an array, and no mean."""
    bare_tokens = without_braces(tokens)
    for bar, letter, sign in zip(bare_tokens, bare_tokens[1:], bare_tokens[2:]):
        if bar == "\\bar" and sign == "_" and isinstance(letter, str):
            yield f"{bar} {letter}"


def ends_of_sums(tokens: list[Token]) -> set[str]:
    """The letters above the signs of sums, and those that a number is divided by, as in ``\\frac1n \\sum_i x_i``."""
    found: set[str] = set()
    end: dict[int, int] = {}
    if "\\sum" in tokens:
        bare_tokens = without_braces(tokens)
        for one, two, three in zip(bare_tokens, bare_tokens[1:], bare_tokens[2:]):
            # Two digits behind the command, as in \\frac12 r, are the whole fraction.
            divided = (one == "\\frac" and isinstance(two, str) and two.isdecimal() and len(two) == 1) or (
                isinstance(one, str) and one.isdecimal() and two == "/"
            )
            if divided and isinstance(three, str) and len(three) == 1 and three.isalpha():
                found.add(three)
        end = groups(tokens).end
    for place, token in enumerate(tokens):
        if token == "\\sum":
            above = without_braces(_above_sum(tokens, place + 1, end))
            found.update(each for each in above[:1] if isinstance(each, str) and len(each) == 1 and each.isalpha())
    return found


def numbers_of_sums(tokens: list[Token]) -> set[int]:
    """The numbers above the signs of sums."""
    end = groups(tokens).end if "\\sum" in tokens else {}
    above = [_above_sum(tokens, place + 1, end) for place, token in enumerate(tokens) if token == "\\sum"]
    ends = [each[1] if (each[0], each[-1]) == ("{", "}") and len(each) == 3 else each[0] for each in above if each]
    return {int(each) for each in ends if isinstance(each, str) and each.isdecimal()}


def _above_sum(tokens: list[Token], place: int, end: dict[int, int]) -> list[Token]:
    """What begins above the sign of a sum before a place; none where nothing does."""
    if tokens[place : place + 1] == ["\\limits"]:
        place += 1
    if tokens[place : place + 1] == ["_"]:
        place = end.get(place + 1, place + 1) + 1
    return tokens[place + 1 : place + 4] if tokens[place : place + 1] == ["^"] else []


def size_letters(tokens: list[Token]) -> set[str]:
    """Capital letters, and small ones with a number below, as the sizes of arrays are written."""
    # The C of C^1 and C^\infty says how smooth a function is.
    bare_tokens = without_braces(tokens)
    smooth = zip(bare_tokens, bare_tokens[1:], bare_tokens[2:])
    is_smooth = any((one, two) == ("C", "^") and three in ("1", "2", "\\infty") for one, two, three in smooth)
    found = {token for token in tokens if isinstance(token, str) and len(token) == 1 and token.isupper()} - (
        {"C"} if is_smooth else set()
    )
    for place in range(len(tokens) - 2):
        if tokens[place] == "n" and tokens[place + 1] == "_":
            digits = [token for token in tokens[place + 2 : place + 5] if isinstance(token, str) and token.isdecimal()]
            found.update(f"n_{digit}" for digit in digits[:1])
    return found


def steps_along(tokens: list[Token]) -> set[str]:
    """The ``t`` of ``x + t e_k``: a step along a column of the identity is a number."""
    bare_tokens = without_braces(tokens)
    found = zip(bare_tokens, bare_tokens[1:], bare_tokens[2:], bare_tokens[3:])
    steps = {step for sign, step, column, below in found if sign in ("+", "-") and (column, below) == ("e", "_")}
    return {str(step) for step in steps if step in STEPS_IN_GREEK or (len(str(step)) == 1 and str(step).islower())} - {"d"}


def divisors(tokens: list[Token]) -> set[str]:
    """The letters that are the bottom of a fraction."""
    bottoms = {str(two) for one, two in zip(tokens, tokens[1:]) if one == "/"}
    quads = zip(tokens, tokens[1:], tokens[2:], tokens[3:])
    return bottoms | {str(letter) for one, two, letter, four in quads if (one, two, four) == ("}", "{", "}")}


def inverts_product(tokens: list[Token]) -> bool:
    """Whether a product with a transposed matrix has an inverse, ``(A^\\top A)^{-1}``, which it has where that is as wide as high, or higher."""
    opened: list[int] = []
    for place, token in enumerate(tokens):
        if token == "(":
            opened.append(place)
        elif token == ")" and opened:
            inside = tokens[opened.pop() : place]
            transposed = any(one == "^" and two in TRANSPOSITIONS for one, two in zip(inside, [*inside[1:], ""]))
            transposed |= any(token in ("'", "\\prime") for token in inside)
            if transposed and [each for each in tokens[place + 1 : place + 6] if each != "{"][:3] == ["^", "-", "1"]:
                return True
    return False


def numbers_objects(formulas: Iterable[Sequence[Token]]) -> bool:
    """Whether each letter with a number below it stands with a letter below it, too: ``x_1`` is the first ``x_n``, and no layer."""
    numbered, lettered = set[Token](), set[Token]()
    for tokens in formulas:
        bare = without_braces(list(tokens))
        for one, sign, below in zip(bare, bare[1:], bare[2:]):
            if sign == "_" and isinstance(one, str) and isinstance(below, str):
                (numbered if below.isdecimal() else lettered).add(one)
    return bool(numbered) and numbered <= lettered
