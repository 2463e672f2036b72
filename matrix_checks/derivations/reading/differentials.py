"""Fractions, derivatives and differentials, in which a ``d`` has a meaning; a new way to write one is a function here."""

from typing import Any

from matrix_checks.derivations.expressions.kinds import (
    Derivative,
    Differential,
    Differentiated,
    Function,
    Group,
    Indexed,
    Nabla,
    Name,
    Negative,
    Node,
    Number,
    Operator,
    PartialDifferential,
    Product,
    Quotient,
    Transposed,
    bare,
)
from matrix_checks.derivations.reading import vocabulary
from matrix_checks.derivations.reading.conditions import INDEX_LETTERS
from matrix_checks.derivations.reading.precedence import (
    atom,
    begins_factor,
    expression,
    factor,
    skip_point,
    term,
    ungrouped,
    whole,
)
from matrix_checks.derivations.reading.scripts import TRANSPOSITIONS
from matrix_checks.derivations.reading.steps_of_differentials import (
    SIGNS,
    along_step,
    at_point,
    is_letter,
    is_symbol,
    step_behind,
    symbol_in,
    takes_above,
)
from matrix_checks.derivations.reading.stream import Rules, TokenStream
from matrix_checks.derivations.reading.tex import NotUnderstood, Token, Word

DIFFERENTIALS = Rules()
# Below a \partial they are those of an entry, and no directions.
ENTRIES = frozenset("ijklmn")
VARIATION = "\\delta"
# What stands behind a d that is a name, as in d = x - y and d_i: nothing that it could be the differential of.
BEHIND_A_NAME = (None, "_", "^", ")", "]", "}", "+", "-", "*", "/", ",", "\\cdot", "\\odot", "\\rangle", "\\|")


@DIFFERENTIALS.reads("\\partial")
def _partial(stream: TokenStream, sign: str) -> Node | None:
    """``\\partial_{x_k} y``: the derivative of everything behind, as far as to a ``dx_k``; of ``\\partial_k s / s^2`` it is that of ``s``."""
    if not stream.take("_"):
        return None
    bottom = whole(stream.sub(stream.script()))
    start = stream.place
    function, point = stream.peek(), stream.peek(2)
    stands_at = (stream.peek(1), stream.peek(3)) == ("(", ")") and function in stream.known and point in stream.known
    if (
        stands_at
        and isinstance(bottom, Name)
        and bottom.text not in stream.known | ENTRIES
        and isinstance(function, str)
        and isinstance(point, str)
    ):
        # The derivative in a direction.
        stream.place += 4
        return Differential(Name(point), Name(function), bottom)
    steps: tuple[Any, ...] = () if "d" in stream.known else ("d", Word("d"))
    top = term(stream, enders=("/", *steps))
    if stream.peek() == "/" and isinstance(top, Product):
        stream.place = start
        top = term(stream, enders=steps)
    return Derivative(ungrouped(top), bottom)


@DIFFERENTIALS.reads("d")
@DIFFERENTIALS.reads_words("d")
def _partial_differential(stream: TokenStream, sign: str) -> Node | None:
    """``d_A y``: the differential where only one variable changes, unless the letter is a name; ``d_A y(H)`` is its value at ``H``."""
    if sign in stream.known or not stream.take("_"):
        return None
    variable = symbol_in(stream, stream.script())
    if variable is None:
        return None
    return along_step(stream, variable) or PartialDifferential(ungrouped(factor(stream)), variable)


@DIFFERENTIALS.reads("\\partial")
@DIFFERENTIALS.reads_words("d")
def _differentiated(stream: TokenStream, sign: str) -> Node:
    found = at_point(stream)
    if found is not None:
        return found
    body = ungrouped(factor(stream))
    if sign == "\\partial":
        _skip_held(stream)
    return Differentiated(body)


@DIFFERENTIALS.reads(VARIATION)
def _variation(stream: TokenStream, sign: str) -> Node | None:
    """``\\delta f(x; h)``, the first variation; any other ``\\delta`` is read elsewhere."""
    stands_at = (stream.peek(1), stream.peek(3)) == ("(", ";")
    return at_point(stream) if stands_at and sign not in stream.known else None


def _skip_held(stream: TokenStream) -> None:
    """Pass over ``|_{\\text{fix}}`` behind ``\\partial y / \\partial x``: words that say what is held fixed, as an interpretation does."""
    start = stream.place
    if stream.take("|") and stream.take("_"):
        content = stream.script()
        if content and all(isinstance(token, Word) or token == "," or token in stream.known for token in content):
            return
    stream.place = start


@DIFFERENTIALS.reads("d")
def _differentiated_by_letter(stream: TokenStream, letter: str) -> Node | None:
    """``d x``, unless the letter is a name."""
    is_norm = stream.peek() == "\\|" and not stream.inside_norm
    is_name = letter in stream.known or (stream.peek() in BEHIND_A_NAME and not is_norm)
    return None if is_name else _differentiated(stream, letter)


@DIFFERENTIALS.reads("\\frac")
def _fraction(stream: TokenStream, command: str) -> Node:
    above, below = _as_derivative(stream, stream.argument(), stream.argument())
    if below == ["d"] and above[:1] not in (["d"], ["\\partial"], [Word("d")]):
        # Of so many features: a number, and nothing is differentiated.
        return Quotient(_fraction_part(stream, above), Name("d"))
    bottom = _fraction_part(stream, below)
    is_changed = above[:1] == ["\\partial"] and above[1:2] not in ([], ["_"])
    if is_changed and is_symbol(bottom):
        # The sign below was forgotten: nobody divides a change by what changes.
        bottom = Differentiated(bottom)
    if not isinstance(bottom, Differentiated):
        return Quotient(_fraction_part(stream, above), bottom)
    top = _fraction_part(stream, above, beside_differential=True)
    if not isinstance(top, Differentiated):
        # The d above was forgotten.
        return Derivative(ungrouped(top), _variable(bottom.body))
    return Operator(bottom.body) if top.body == Name("") else Derivative(top.body, _variable(bottom.body))


def _as_derivative(stream: TokenStream, above: list[Token], below: list[Token]) -> tuple[list[Token], list[Token]]:
    """A fraction of variations, ``\\frac{\\delta J}{\\delta x}`` or ``\\frac{\\delta}{\\delta x}``, is a derivative; Kronecker's delta has indices."""
    if len(below) < 2 or VARIATION in stream.known:
        return above, below
    for part in (above, below):
        if part[:1] != [VARIATION] or (len(part) > 1 and part[1] in BEHIND_A_NAME):
            return above, below
    return ["\\partial", *above[1:]], ["\\partial", *below[1:]]


def _variable(node: Node) -> Node:
    """What is differentiated by: the brackets of ``(y_1)_{ik}`` hold a name together."""
    if isinstance(node, Indexed) and isinstance(node.body, Group) and isinstance(bare(node.body), Name):
        return Indexed(bare(node.body), node.indices)
    return node


def _fraction_part(stream: TokenStream, tokens: list[Token], beside_differential: bool = False) -> Node:
    """What stands above or below in a fraction: behind a ``d`` all of it is differentiated."""
    content = stream.sub(tokens)
    first = content.peek()
    by_index = first == "\\partial" and content.peek(1) == "_"
    if by_index or not (first == Word("d") or (first in SIGNS and first not in stream.known)):
        return whole(content)
    content.next()
    if content.peek() is None:
        return Differentiated(Name(""))
    taken = None if beside_differential else at_point(content)
    if taken is not None and content.peek() is None:
        return taken
    content.place = 1
    is_norm = beside_differential and content.peek() == "\\|"
    if first == "d" and content.peek() in BEHIND_A_NAME and not is_norm:
        content.place = 0
        return whole(content)
    body = whole(content)
    if isinstance(body, Product) and any(isinstance(each, Differentiated) for each in body.factors):
        raise NotUnderstood("a product of differentials in a fraction was not understood")
    return Differentiated(ungrouped(body))


@DIFFERENTIALS.reads("\\nabla")
@DIFFERENTIALS.reads_words("grad")
def _gradient(stream: TokenStream, sign: str) -> Node:
    """``\\nabla_x y``, and the row ``\\nabla^\\top_x y`` or ``\\nabla_x^\\top y``."""
    is_row = takes_above(stream, *TRANSPOSITIONS)
    script = stream.script() if stream.take("_") else []
    is_row = is_row or takes_above(stream, *TRANSPOSITIONS)
    layout = script[0].text.lower() if len(script) == 1 and isinstance(script[0], Word) else ""
    if layout in vocabulary.AS_ROW | vocabulary.AS_COLUMN:
        # By the only variable there is.
        is_row, script = is_row or layout in vocabulary.AS_ROW, []
    found = _gradient_by(stream, whole(stream.sub(script)) if script else Name(""))
    return Transposed(found) if is_row else found


def _gradient_by(stream: TokenStream, bottom: Node) -> Node:
    """The gradient of what follows by what stands below the sign."""
    if stream.take_minus():
        return Derivative(Negative(term(stream)), bottom)
    top = ungrouped(factor(stream))
    # The gradient of ``q(F)`` is by ``F``, where nothing else is said.
    argument = str(stream.peek(1)) if stream.peek(2) == ")" else ""
    if skip_point(stream, at_least=1, is_composed=True):
        found = Derivative(top, Name(argument) if bottom == Name("") else bottom)
        # Its entry: \\nabla L(x)_k.
        return Indexed(Group(found), (whole(stream.sub(stream.script())),)) if stream.take("_") else found
    if not begins_factor(stream):
        # Of a variable it is the gradient by it, which a prime never is.
        return Nabla(top, bottom) if bottom == Name("") and isinstance(top, Name | Indexed) else Derivative(top, bottom)
    return Nabla(top, bottom)


@DIFFERENTIALS.reads("{")
def _gradient_in_braces(stream: TokenStream, opening: str) -> Node | None:
    """``{\\nabla}_x y``: braces around the sign alone are not seen."""
    return _gradient(stream, "\\nabla") if stream.take("\\nabla") and stream.take("}") else None


@DIFFERENTIALS.reads("[")
def _differential(stream: TokenStream, opening: str) -> Node | None:
    """``[D_x f](h)``."""
    if not (stream.take_any(("D", "d")) and stream.take("_")):
        return None
    point = whole(stream.sub(stream.script()))
    body = expression(stream)
    stream.expect("]")
    return Differential(point, ungrouped(body), step_behind(stream))


@DIFFERENTIALS.reads("D")
@DIFFERENTIALS.reads_words("D")
def _differential_at_point(stream: TokenStream, letter: str) -> Node | None:
    """``Df(x)[h]``, ``Df(x) \\cdot h`` and ``Df(x) h``; without a step, ``Df(x)`` is the derivative. The letter may be a name, but for the first."""
    has_step = (stream.peek(1), stream.peek(3), stream.peek(4)) == ("(", ")", "[")
    if letter in stream.known and not has_step:
        return None
    found = at_point(stream)
    if found is not None:
        return found
    function, point = stream.peek(), stream.peek(2)
    stands_at = (stream.peek(1), stream.peek(3)) == ("(", ")")
    if not (stands_at and is_letter(function) and isinstance(point, str) and point in stream.known):
        return None
    stream.place += 4
    if function in stream.known and stream.peek() in (letter, Word(letter)):
        # The chain rule, DJ(F) DF(S): the second one is no step.
        return Derivative(Name(function), Name(point))
    is_dotted = stream.take("\\cdot")
    if is_dotted or (function in stream.known and begins_factor(stream)):
        return Differential(Name(point), Name(function), ungrouped(factor(stream)))
    return Derivative(Name(function), Name(point)) if function in stream.known and stream.peek() is None else None


@DIFFERENTIALS.reads("D")
@DIFFERENTIALS.reads_words("D")
def _bare_differential(stream: TokenStream, letter: str) -> Node | None:
    """``D_x f(h)``, unless the letter is a name."""
    if letter in stream.known or not stream.take("_"):
        return None
    start = stream.place
    point = whole(stream.sub(stream.script()))
    if stream.peek() in BEHIND_A_NAME or isinstance(point, Number):
        # The D_2 of the second layer is a name.
        return None
    if isinstance(point, Name) and point.text in INDEX_LETTERS - stream.known:
        # By the entry with this index.
        stream.place = start - 1
        return _partial(stream, letter)
    body = atom(stream)
    if (
        isinstance(point, Name)
        and isinstance(body, Name)
        and {point.text, body.text} <= stream.known
        and stream.peek() not in ("(", "[")
    ):
        # D_A F: the Jacobian, as econometricians write it; of a number a row.
        return Derivative(Function("vec", (body,)), Function("vec", (point,)))
    if stream.peek(3) in ("(", "["):
        # D_x f(x)[h]
        skip_point(stream, at_least=1)
    else:
        # D_S J(A, S)[H]
        skip_point(stream, at_least=2)
    return Differential(point, body, step_behind(stream))
