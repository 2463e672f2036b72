"""What has a notation of its own: brackets, norms, functions; a new one is a function here that ``reads`` its command."""

from fractions import Fraction

from matrix_checks.derivations.expressions.kinds import (
    Bars,
    Dots,
    Function,
    Group,
    HigherOrder,
    Indexed,
    Inner,
    Matrix,
    Name,
    Negative,
    Node,
    Norm,
    Number,
    Power,
    Product,
    Transposed,
    Tuple,
)
from matrix_checks.derivations.expressions.sizes import in_brackets
from matrix_checks.derivations.reading.constants import CONSTANT
from matrix_checks.derivations.reading.environments import blocks
from matrix_checks.derivations.reading.moments import ACCENTS, MEAN, by_entries
from matrix_checks.derivations.reading.precedence import (
    argument,
    atom,
    begins_factor,
    enclosed,
    expression,
    factor,
    number,
    term,
    ungrouped,
)
from matrix_checks.derivations.reading.stream import Rules, TokenStream
from matrix_checks.derivations.reading.tex import FUNCTIONS, NotUnderstood, Word, text_of
from matrix_checks.derivations.reading.unstacking import BY_ROWS, UNVEC, inverse_of_vec, stacked_in

NOTATION = Rules()
# Functions that have a rule of their own where a backslash stands before them.
READ_APART = {"max", "sqrt", "sum", "grad"}
# Functions that are written with a prime for their derivative.
DERIVED = {"exp", "log", "sin", "cos", "tanh", "sigmoid", "relu", "anyfunction"}
MOST_ENTRIES = 20
LONGEST_PAIR = 60  # tokens
BRACKETS = {"(": ")", "[": "]", "\\{": "\\}", "{": "}"}


@NOTATION.reads(*BRACKETS)
def bracket(stream: TokenStream, opening: str) -> Node:
    """An expression in brackets, or several with commas between; braces only hold together.

    Functions and steps call it by name, as in ``tr[A]``: what brackets mean in all places is said here, and not in another rule.
    """
    if opening == "{":
        word = stream.peek()
        if isinstance(word, Word) and word.text in FUNCTIONS and stream.peek(1) == "}":
            # A function's name in another dress.
            stream.place += 2
            return _function(stream, word.text)
        return enclosed(stream, "}")
    if opening == "(" and _holds_bar(stream):
        with stream.norm(inside=False):
            left = expression(stream, enders=("|",))
            stream.expect("|")
            right = expression(stream)
            stream.expect(")")
        return Inner(left, right)
    start = stream.place
    lines = _lines(stream, BRACKETS[opening])
    entries = [entry for line in lines for entry in line]
    if len(entries) == 1:
        return in_brackets(entries[0], "\\times" in stream.tokens_from(start))
    rows = _rows(entries) if len(lines) == 1 else list(map(tuple, lines))
    if rows:
        return Matrix(tuple(entry for row in rows for entry in row), len(rows[0]))
    return Tuple(tuple(entries)) if opening == "(" else Matrix(tuple(entries), len(entries))


def _rows(entries: list[Node]) -> list[tuple[Node, ...]]:
    """The rows of a matrix as programs have it, ``[[1, 2], [3, 4]]``, or, of numbers only, ``((1, 2), (3, 4))``; none of other entries."""
    are_lists = all(isinstance(each, Matrix) and each.columns == len(each.entries) for each in entries)
    are_numbers = all(isinstance(each, Tuple) and all(isinstance(cell, Number) for cell in each.entries) for each in entries)
    rows = [each.entries for each in entries if isinstance(each, (Matrix, Tuple))] if are_lists or are_numbers else []
    return rows if len({len(row) for row in rows}) == 1 else []


def _holds_bar(stream: TokenStream) -> bool:
    """Whether a single bar stands between the brackets: ``(x|y)`` is an inner product."""
    ahead, depth, bars = 0, 0, 0
    while ahead < LONGEST_PAIR:
        token = stream.peek(ahead)
        if token is None or (token == ")" and not depth):
            return token is not None and bars == 1 and stream.peek() != "|"
        depth += {"(": 1, "{": 1, ")": -1, "}": -1}.get(token, 0) if isinstance(token, str) else 0
        bars += token == "|" and not depth
        ahead += 1
    return False


def _lines(stream: TokenStream, end: str) -> list[list[Node]]:
    """What stands in brackets: one line with commas between, or, in square ones, those of programs, ``[1, 2; 3, 4]`` or ``[1 2; 3 4]``."""
    start = stream.place
    with stream.norm(inside=False):
        lines = _separated(stream, end, (",", end))
        if len(lines) > 1 and end == "]":
            # A comma between two digits is no decimal comma where a matrix comes out.
            behind, stream.place = stream.place, start
            rows = _separated(stream, end, (",", ";", end))
            if len({len(row) for row in rows}) == 1:
                lines = rows
            else:
                stream.place = behind
                lines = [[entry for line in lines for entry in line]]
        else:
            lines = [[entry for line in lines for entry in line]]
        stream.expect(end)
    if sum(map(len, lines)) > MOST_ENTRIES:
        raise NotUnderstood("so long a tuple was not understood")
    return lines


def _separated(stream: TokenStream, end: str, enders: tuple[str, ...]) -> list[list[Node]]:
    """What stands between commas, in lines with semicolons between."""
    lines: list[list[Node]] = [[]]
    while True:
        lines[-1] += _numbers_side_by_side(stream, enders) or [expression(stream)]
        if stream.take(";"):
            lines.append([])
        elif not stream.take(","):
            return lines


def _numbers_side_by_side(stream: TokenStream, enders: tuple[str, ...]) -> list[Node]:
    """The two numbers of ``-2,3``, and those of ``1 2``, where they are all that stands between separators: no product is written so."""
    start, found = stream.place, list[Node]()
    is_negative = stream.take("-")
    while isinstance(digits := stream.peek(), str) and digits[:1].isdecimal() and "{" not in digits:
        found += map(number, digits.split(","))
        stream.place += 1
    if len(found) > 1 and stream.peek() in enders:
        return [Negative(found[0]), *found[1:]] if is_negative else found
    stream.place = start
    return []


@NOTATION.reads("o", "O")
def _higher_order(stream: TokenStream, letter: str) -> Node | None:
    """``o(h)``, unless the letter is a name."""
    opening = "" if letter in stream.known else stream.take_any(("(", "\\{"))
    if not opening:
        return None
    inside = bracket(stream, opening)
    is_linear = not any(isinstance(part, (Power, Product)) for part in inside.everything)
    return HigherOrder(tuple(sorted(inside.names)), vanishes=not inside.names or (letter == "O" and is_linear))


@NOTATION.reads(CONSTANT)
def _constant(stream: TokenStream, command: str) -> Node:
    return Function(CONSTANT, ())


@NOTATION.reads("\\dots")
def _dots(stream: TokenStream, command: str) -> Node:
    return Dots()


@NOTATION.reads(*ACCENTS)
def _accented(stream: TokenStream, accent: str) -> Node:
    start = stream.place
    name = argument(stream)
    if isinstance(name, Name):
        return Name(f"{accent} {name.text}")
    if isinstance(name, Indexed) and isinstance(name.body, Name):
        # The accent belongs to the letter.
        return Indexed(Name(f"{accent} {name.body.text}"), name.indices)
    if accent == "\\bar" and MEAN in stream.known:
        # A bar over more than a letter is a mean.
        return Function("mean", (by_entries(ungrouped(name)),))
    if accent == "\\bar":
        # What it stands for has to be said.
        return Name(f"\\bar ({text_of(stream.tokens_from(start))})")
    raise NotUnderstood(f"the piece {accent!r} was not understood")


@NOTATION.reads("\\Delta", "\\delta")
def _change(stream: TokenStream, command: str) -> Node | None:
    """``\\Delta x``; with indices below it, it is Kronecker's delta."""
    if stream.peek() in ("_", "^"):
        if f"{command}_{stream.peek(1)}" in stream.known:
            # The \\Delta_2 of two layers is a name.
            return Name(command)
        return Name(command) if command == "\\Delta" and command in stream.known else None
    if command in stream.known or not begins_factor(stream):
        # A step, or an error that is handed back, by itself.
        return Name(command)
    name = atom(stream)
    if isinstance(name, Name):
        return Name(f"\\Delta {name.text}")
    raise stream.not_understood(back=1)


@NOTATION.reads("\\sqrt")
def _square_root(stream: TokenStream, command: str) -> Node:
    if stream.peek() == "[":
        raise stream.not_understood()
    return Function("sqrt", (argument(stream),))


@NOTATION.reads("\\max", "\\min")
def _extreme(stream: TokenStream, command: str) -> Node:
    index = Name(text_of(stream.script())) if stream.take("_") else None
    body = _all_entries(factor(stream))
    return Function("max", (body, index) if index else (body,))


def _all_entries(node: Node) -> Node:
    """The ``x`` of ``(x_1, x_2, \\dots)``, a list that does not end; anything else as it is."""
    *entries, end = node.entries if isinstance(node, Tuple) else (node,)
    first = entries[0].body if entries and isinstance(entries[0], Indexed) else None
    if first is None or not isinstance(end, Dots):
        return node
    expected = [Indexed(first, (Number(Fraction(number)),)) for number in range(1, len(entries) + 1)]
    return first if entries == expected else node


@NOTATION.reads(*(f"\\{name}" for name in FUNCTIONS.keys() - READ_APART))
@NOTATION.reads_words(*FUNCTIONS)
def _function(stream: TokenStream, written: str) -> Node:
    if stream.peek() == "^" and stream.peek(1) == "2":
        # \\tanh^2(x) is the square of the value.
        stream.place += 2
        return Power(_function(stream, written), Number(Fraction(2)))
    name = inverse_of_vec(stream, FUNCTIONS[written.removeprefix("\\")])
    if stream.peek() in ("_", "^"):
        raise stream.not_understood()
    if name in DERIVED and stream.peek() == "'" and stream.peek(1) in BRACKETS:
        # The derivative of a function of a number, at each entry.
        name, stream.place = f"{name}'", stream.place + 1
    if name == BY_ROWS:
        return Function("vec", (Transposed(factor(stream)),))
    if opening := stream.take_any(BRACKETS):
        inside = ungrouped(bracket(stream, opening))
        return (blocks(inside) if name == "diag" else None) or Function(name, (stacked_in(name, inside),))
    over_differential = stream.peek(1) == "/" and stream.peek(2) in ("\\partial", "d")
    return Function(name, (term(stream) if name in ("tr", "vec", UNVEC) and not over_differential else factor(stream),))


@NOTATION.reads("\\|", "|")
def _norm(stream: TokenStream, sign: str) -> Node:
    double = sign == "\\|" or stream.take("|")
    with stream.norm(inside=True):
        body = expression(stream)
    stream.expect(sign)
    if double and sign == "|":
        stream.expect("|")
    if stream.take("_"):
        label = text_of(stream.script())
        if label not in ("F", "2", "\\text{F}", "\\text{Fro}"):
            raise NotUnderstood(f"the norm with index {label!r} was not understood")
        return Norm(body)
    return Norm(body) if double else Bars(body)


@NOTATION.reads("\\langle")
def _inner_product(stream: TokenStream, sign: str) -> Node:
    with stream.norm(inside=False):
        left = expression(stream, enders=(",", "|"))
        if MEAN in stream.known and stream.take("\\rangle"):
            # The mean, as in statistics and physics.
            return Function("mean", (by_entries(left),))
        if not stream.take_any((",", "|")):
            raise stream.not_understood()
        right = expression(stream, enders=("|",))
        if stream.take("|"):
            # An operator between the two, as in physics.
            right = Product((Group(right), Group(expression(stream))), ("",))
        stream.expect("\\rangle")
    if stream.take("_"):
        label = text_of(stream.script())
        if label not in ("F", "\\text{F}", "\\text{Fro}"):
            raise NotUnderstood(f"the inner product with index {label!r} was not understood")
    return Inner(left, right)
