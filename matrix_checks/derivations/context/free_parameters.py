"""Functions of what the exercise does not have: ``\\varphi(t) = J(A, S + tH)`` of a number, and ``\\ell_x(h) = 2\\langle x, h\\rangle`` of a step."""

from contextlib import suppress

from matrix_checks.derivations.context.added_steps import note_steps
from matrix_checks.derivations.context.around import Member
from matrix_checks.derivations.context.claims import Claim
from matrix_checks.derivations.context.context import MOST_NAMES, Context
from matrix_checks.derivations.context.introductions import argument_of, name_of, without_argument
from matrix_checks.derivations.context.statements_of_text import formulas_of
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.as_tex import tex
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.names.functions_called import is_free
from matrix_checks.derivations.reading.conditions import INDEX_LETTERS
from matrix_checks.derivations.reading.formulas import Piece, cut
from matrix_checks.derivations.reading.tex import NotUnderstood, Token
from matrix_checks.derivations.reading.tokens import without_braces
from matrix_checks.derivations.values.exercise import NUMBER, Definition, meanings_of

# How far one goes along a direction.
PARAMETERS = ("t", "s", "u", "\\tau", "\\varepsilon", "\\alpha", "\\lambda", "\\eta", "\\theta")
# What is the sign of a derivative, or of a Jacobian, wherever it stands before a point.
OPERATORS = ("D", "d", "J", "\\nabla", "\\partial", "\\delta", "\\Delta")
# Of members that are looked through, in tokens.
LONGEST = 200


def declare_parameters(context: Context, found: list[Piece]) -> None:
    """Learn which numbers the text goes along directions by, and which letters with a variable below are functions of a step."""
    called, along, forms = set[str](), set[str](), set[str]()
    adding: list[list[Token]] = []
    for tokens in formulas_of(context, found):
        try:
            members = [member for chain in cut(tokens, context.is_name).chains for member in chain.members]
            is_equality = len(members) > 1
        except NotUnderstood:
            continue
        for member in members:
            bare_tokens = without_braces(member)
            if is_equality:
                _declare_form(context, bare_tokens)
                called |= _called_with(context, bare_tokens) & set(PARAMETERS)
                forms |= _called_with(context, bare_tokens) - set(PARAMETERS)
            found_along, found_called = _steps_along(context, member)
            along, called = along | found_along, called | found_called
            if found_along or not forms.isdisjoint(map(str, member)):
                adding.append(member)
    for letter in sorted(called & along - context.known):
        if len(context.own) < MOST_NAMES:
            context.introduce_number(letter)
    if forms or not context.own.isdisjoint(called & along):
        _note_steps_along(context, adding)


def _called_with(context: Context, tokens: list[Token]) -> set[str]:
    """The ``t`` of a side ``\\varphi(t)``, and the ``H`` of ``T(H)``, where both letters are the text's own."""
    if len(tokens) != 4 or (tokens[1], tokens[3]) != ("(", ")") or tokens[0] in context.known or tokens[0] in OPERATORS:
        return set()
    return set(map(str, tokens[2:3])) - context.known


def _steps_along(context: Context, tokens: list[Token]) -> tuple[set[str], set[str]]:
    """The ``t`` of ``S + tH``, where ``S`` is what the exercise has and ``H`` is not; and where that is the argument of a function."""
    if ("+" not in tokens and "-" not in tokens) or not any(letter in tokens for letter in PARAMETERS) or len(tokens) > LONGEST:
        return set(), set()
    try:
        node = context.parse(tokens)
    except (NotUnderstood, RecursionError):
        return set(), set()
    along, called = _numbers_before_steps(context, node), set[str]()
    for part in node.everything if along else ():
        factors = part.factors if isinstance(part, kinds.Product) else ()
        for one, behind in zip(factors, factors[1:]):
            is_function = isinstance(one, kinds.Name) and any(one.text in view.definitions for view in context.views)
            if is_function and isinstance(behind, (kinds.Group, kinds.Tuple)):
                called |= _numbers_before_steps(context, behind)
    return along, called


def _numbers_before_steps(context: Context, node: Node) -> set[str]:
    found = set[str]()
    for part in node.everything:
        terms = part.terms if isinstance(part, kinds.Add) else ()
        if not any(isinstance(term, kinds.Name) and term.text in context.arrays for term in terms):
            continue
        for term in terms:
            product = term.body if isinstance(term, kinds.Negative) else term
            factors = product.factors if isinstance(product, kinds.Product) else ()
            if factors and all(isinstance(each, kinds.Name) and each.text not in context.arrays for each in factors):
                found |= {each.text for each in factors[:-1] if isinstance(each, kinds.Name) and each.text in PARAMETERS}
    return found


def _declare_form(context: Context, tokens: list[Token]) -> None:
    """``\\ell_x(h)`` as a side introduces ``\\ell_x``, a function of a step from ``x``."""
    if len(tokens) != 6 or (tokens[1], tokens[3], tokens[5]) != ("_", "(", ")") or len(context.labels) >= MOST_NAMES:
        return
    letter, point, step = str(tokens[0]), str(tokens[2]), str(tokens[4])
    if letter in context.known or letter in OPERATORS or letter.upper() in context.arrays or step in INDEX_LETTERS | context.known:
        return
    shape = context.shape_at(point) if point in context.arrays else None
    is_letter = all(isinstance(each, str) and (each.isalpha() or each.startswith("\\")) for each in (letter, step))
    if is_letter and shape not in (None, ("1", "1")):
        context.labels.add(f"{letter}_{point.removeprefix(chr(92))}")
        assert shape is not None
        context.keep_step(step, shape)


def takes_again(context: Context, left: Node, right: Node) -> bool:
    """Whether a function of a number is introduced anew, ``\\varphi(t) = J(A + tK, S)``, for another direction; then that is kept."""
    name, parameter = name_of(left), argument_of(left)
    if without_argument(left) is left or context.functions.get(name) != parameter or not is_free(context.views, parameter):
        return False
    is_call = (
        isinstance(right, kinds.Product) and len(right.factors) == 2 and isinstance(right.factors[1], (kinds.Group, kinds.Tuple))
    )
    before = _meaning(context, name)
    if not is_call or before in (None, right) or parameter not in right.names or not isinstance(right.parts[0], kinds.Name):
        return False
    context.forget()
    context.define(name, Definition(right), first=True)
    return True


def at_their_arguments(context: Context, left: Node, right: Node) -> tuple[Node, Node]:
    """``Dq(x) = \\ell_x`` with what both sides are for every step: a derivative is equal to a linear function there."""
    for one, other in ((left, right), (right, left)):
        step = context.functions.get(one.text, "") if isinstance(one, kinds.Name) else ""
        found = _differential(other, one.text, step) if isinstance(one, kinds.Name) and step in context.steps else None
        if found is not None and isinstance(one, kinds.Name):
            meaning = _meaning(context, one.text) or one
            return (meaning, found) if other is right else (found, meaning)
    return left, right


def _meaning(context: Context, name: str) -> Node | None:
    return next(iter(meanings_of(context.views, name)), None)


def _differential(node: Node, function: str, step: str) -> Node | None:
    """What a derivative is at a step; where nothing says by what it is taken, the name of the function does."""
    if isinstance(node, kinds.Derivative) and isinstance(node.bottom, kinds.Name):
        return kinds.Differential(kinds.Name(node.bottom.text or function.partition("_")[2]), node.top, kinds.Name(step))
    body = node.body if isinstance(node, kinds.Differentiated) else None
    if isinstance(body, kinds.Indexed) and len(body.indices) == 1 and isinstance(body.indices[0], kinds.Name):
        return kinds.Differential(body.indices[0], body.body, kinds.Name(step))
    return None


def _note_steps_along(context: Context, members: list[list[Token]]) -> None:
    """Learn the shapes of what is added to a variable, before it is used; where it is added to two, that of the first."""
    nodes: list[Member] = []
    for member in reversed(members):
        with suppress(NotUnderstood, RecursionError):
            nodes.append(context.parse(member))
    note_steps(context, nodes)


def is_without_argument(claim: Claim) -> str:
    """A function of a step that stands without it is no number; a number of the exercise is not multiplied by a sum, but taken at it."""
    steps = claim.context.steps
    for part in claim.parts(kinds.Product):
        assert isinstance(part, kinds.Product)
        number, argument = part.factors[:2]
        if isinstance(argument, kinds.Group) and isinstance(argument.body, kinds.Add) and _is_taken_at(claim, number, argument):
            return f"{tex(number)} at {tex(argument)} was not understood"
    for name, taken in claim.context.functions.items():
        if taken in steps and any(part == kinds.Name(name) for side in claim.sides for part in side.everything):
            return f"{name} without its argument was not understood"
    return ""


def _is_taken_at(claim: Claim, number: Node, argument: Node) -> bool:
    """Whether a number that the exercise defines stands before a sum of arrays of the text's own, where shapes do not fit.

    In ``J(s + \\delta)`` with ``s = \\operatorname{vec} S`` it is a function of ``s``.
    """
    context = claim.context
    is_defined = isinstance(number, kinds.Name) and any(number.text in view.definitions for view in context.views)
    if claim.fits or not is_defined or not argument.names.isdisjoint(context.arrays - context.own):
        return False
    return context.shape_of(number) == NUMBER and context.shape_of(argument) not in (None, NUMBER)
