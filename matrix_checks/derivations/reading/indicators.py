"""Indicators: of equal indices, ``1_{i=j}``, ``[i=k]``, a Kronecker delta in another dress; of what is positive, ``[z > 0]``, a step."""

from collections.abc import Sequence
from fractions import Fraction

from matrix_checks.derivations.expressions.kinds import Add, Function, Group, Indexed, Name, Negative, Node, Number
from matrix_checks.derivations.reading.precedence import whole
from matrix_checks.derivations.reading.shapes_below import without_breadth
from matrix_checks.derivations.reading.stream import Rules, TokenStream
from matrix_checks.derivations.reading.tex import Token

INDICATORS = Rules()
# Of indices, in the brackets of a delta.
LETTERS = frozenset("ijklmnpqrst")
INDICES = LETTERS - {"m", "n"}
CLOSING = {"[": "]", "\\{": "\\}", "(": ")"}
EQUAL, UNEQUAL = (["="], ["=", "="]), (["\\ne"], ["!", "="])
# Of a condition, in tokens: i == k.
LONGEST = 4
# Of what is compared with zero.
LONGEST_ARGUMENT = 40


def indicator_of(condition: Sequence[Token]) -> Node | None:
    """One where a condition on two indices holds, else zero; ``None`` where tokens are no such condition."""
    inside = [token for token in condition if token not in CLOSING and token not in CLOSING.values() and token not in ("{", "}")]
    if not 3 <= len(inside) <= LONGEST:
        return None
    one, *sign, other = inside
    if not all(isinstance(each, str) and len(each) == 1 and each.isalpha() and each.islower() for each in (one, other)):
        return None
    delta = Function("delta", (Name(str(one)), Name(str(other))))
    if sign in EQUAL:
        return delta
    return Group(Add((Number(Fraction(1)), Negative(delta)))) if sign in UNEQUAL else None


@INDICATORS.reads("[")
def _bracket(stream: TokenStream, opening: str) -> Node | None:
    """``[i = k]``."""
    return _enclosed(stream, opening)


@INDICATORS.reads("\\ones", "I")
def _before_bracket(stream: TokenStream, letter: str) -> Node | None:
    """``\\mathbf 1[i = k]``."""
    opening = stream.take_any(CLOSING)
    return _enclosed(stream, opening) if opening else None


@INDICATORS.reads("\\delta")
def _delta_of_two(stream: TokenStream, letter: str) -> Node | None:
    """``\\delta(i, j)`` and ``\\delta(i - j)``."""
    opening, one, sign, other, closing = (stream.peek(ahead) for ahead in range(5))
    if opening != "(" or closing != ")" or sign not in (",", "-") or letter in stream.known:
        return None
    if not all(isinstance(each, str) and each in LETTERS and each not in stream.known for each in (one, other)):
        return None
    stream.place += 5
    return Function("delta", (Name(str(one)), Name(str(other))))


@INDICATORS.reads_behind("[")
def _behind_one_in_square_brackets(stream: TokenStream, body: Node) -> Node | None:
    """``1[i = k]``."""
    return _enclosed(stream, "[") if body == Number(Fraction(1)) else None


@INDICATORS.reads_behind("\\{")
def _behind_one_in_braces(stream: TokenStream, body: Node) -> Node | None:
    """``1\\{i = k\\}``."""
    return _enclosed(stream, "\\{") if body == Number(Fraction(1)) else None


def of_ones(stream: TokenStream, body: Node, content: Sequence[Token]) -> Node | None:
    """What a one, or an ``I``, is with something below it: an indicator, a step, or so many ones; ``None`` for anything else."""
    if body not in (Number(Fraction(1)), Name("\\ones"), Name("I")):
        return None
    is_one = body != Name("I")
    indicator = indicator_of(content) or (step_of(stream, content) if is_one else None)
    if indicator is not None or not is_one:
        return indicator
    pair = [token for token in content if token not in (",", "{", "}")]
    if len(pair) == 2 and all(isinstance(each, str) and each in INDICES for each in pair):
        # 1_{ij}; so many ones have capital letters, or n and m.
        return Function("delta", (Name(str(pair[0])), Name(str(pair[1]))))
    size = without_breadth(list(content))
    if len(size) == 1 and isinstance(size[0], str) and size[0].isalpha():
        # A one for each value of the index, or as many as the letter says.
        return Indexed(Name("\\ones"), (Name(size[0]),))
    return None


def step_of(stream: TokenStream, condition: Sequence[Token]) -> Node | None:
    """One for every entry that is positive, where a condition is ``z > 0``: Heaviside's step; ``None`` where it is none."""
    tokens = list(condition)
    if tokens[:2] == ["0", "<"]:
        tokens = tokens[2:]
    elif tokens[-2:] == [">", "0"]:
        tokens = tokens[:-2]
    else:
        return None
    return Function("step", (whole(stream.sub(tokens)),)) if tokens and not {"<", ">"} & set(map(str, tokens)) else None


def _positive(stream: TokenStream, opening: str) -> Node | None:
    """``[z > 0]``, in brackets of which the opening one was read."""
    depth, inside = 0, list[Token]()
    for ahead in range(LONGEST_ARGUMENT):
        token = stream.peek(ahead)
        if token is None:
            return None
        if token == CLOSING[opening] and not depth:
            found = step_of(stream, inside)
            if found is not None:
                stream.place += ahead + 1
            return found
        depth += (token in CLOSING) - (token in CLOSING.values())
        inside.append(token)
    return None


def _enclosed(stream: TokenStream, opening: str) -> Node | None:
    found = _positive(stream, opening)
    if found is not None:
        return found
    for length in (3, 4):
        if stream.peek(length) == CLOSING[opening]:
            inside = [stream.peek(ahead) for ahead in range(length)]
            found = indicator_of([token for token in inside if token is not None])
            if found is not None:
                stream.place += length + 1
            return found
    return None
