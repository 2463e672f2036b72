"""Jacobians that a text uses and does not define: the ``J_y`` of ``dy = J_y dx``, and of ``\\langle g, J_y dx\\rangle``."""

import re

from matrix_checks.derivations.context.claims import Claim
from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.statements_of_text import formulas_of
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.reading.formulas import Piece, cut
from matrix_checks.derivations.reading.tex import NotUnderstood, Token, Word
from matrix_checks.derivations.reading.tokens import without_braces
from matrix_checks.derivations.values.exercise import Definition, View, meanings_of

LETTER = "J"
DIFFERENTIALS = ("d", Word("d"))
# Of a text, in characters.
LONGEST = 20_000
NAMES_IT = re.compile(r"(?i)jacob|jakob|якоб|雅可比|雅各比")
# The letter, what stands below it, the sign of a differential, and the variable.
Use = tuple[str, str]


def declare_jacobians(context: Context, found: list[Piece]) -> None:
    """Take what stands before the differential of a variable for the Jacobian of what the exercise defines."""
    if LETTER in context.known:
        return
    formulas = [without_braces(tokens) for tokens in formulas_of(context, found)]
    uses = {use for tokens in formulas for use in _uses(tokens)}
    if len(uses) != 1:
        # Of several nobody knows which is which.
        return
    below, variable = uses.pop()
    says_so = NAMES_IT.search(" ".join(piece.source for piece in found if piece.kind == "prose")[:LONGEST]) is not None
    output = below or only_output(context)
    says_so = says_so or any(_is_change_of(tokens, output) for tokens in formulas)
    columns = [view for view in context.views if are_columns(context, view, output, variable)]
    if not columns or (
        not says_so and any(defines(context, tokens, [LETTER, "_", below] if below else [LETTER]) for tokens in formulas)
    ):
        return
    name = f"{LETTER}_{below}" if below else LETTER
    if below:
        context.labels.add(name)
    context.own.add(name)
    meant = Definition(kinds.Derivative(kinds.Name(output), kinds.Name(variable)))
    context.look_at(view.with_definition(name, meant, first=True) if view in columns else view for view in context.views)


def _uses(tokens: list[Token]) -> set[Use]:
    """What stands below a ``J`` before a differential, and the variable of that."""
    found: set[Use] = set()
    for place, token in enumerate(tokens):
        if token != LETTER or tokens[place - 1 : place] == ["d"]:
            continue
        rest, below = tokens[place + 1 : place + 5], ""
        if rest[:1] == ["_"] and isinstance(rest[1], str):
            below, rest = rest[1], rest[2:]
        if len(rest) > 1 and rest[0] in DIFFERENTIALS and isinstance(rest[1], str):
            found.add((below, rest[1]))
    return found


def _is_change_of(tokens: list[Token], output: str) -> bool:
    """Whether ``dy = J`` stands there: then the letter is the Jacobian, whatever the text says that this is."""
    return any(
        one in DIFFERENTIALS and rest == [output, "=", LETTER] for one, *rest in zip(tokens, tokens[1:], tokens[2:], tokens[3:])
    )


def only_output(context: Context) -> str:
    """What a layer gives."""
    return "y" if all("y" in view.definitions for view in context.views) else ""


def are_columns(context: Context, view: View, output: str, variable: str) -> bool:
    """Whether one column depends on another in a view."""
    name, meant = view.aliases.get(output, output), view.aliases.get(variable, variable)
    if name not in view.definitions or view.variables.get(meant, ("", ""))[1] != "1" or meant not in view.reached_from(name):
        return False
    return (context.shape_in(view, name) or ("1", "1")) == view.variables[meant]


def defines(context: Context, tokens: list[Token], name: list[Token]) -> bool:
    """Whether a formula sets a letter, which may have another one below it, equal to something."""
    try:
        found = cut(tokens, context.is_name).chains
    except NotUnderstood:
        return True
    for chain in found:
        members = [without_braces(member) for member in chain.members]
        # J^T = J says nothing of what it is.
        if name in members and any(name[0] not in member for member in members):
            return True
    return False


def acts_on_step(claim: Claim) -> str:
    """A derivative under a name of the text's own may act on a step as an operator: ``T(H)``, and ``J dX`` for matrices."""
    for part in claim.parts(kinds.Product):
        assert isinstance(part, kinds.Product)
        for one, behind in zip(part.factors, part.factors[1:]):
            if isinstance(one, kinds.Name) and one.text in claim.context.own and _is_operator(claim.context, one, behind):
                return f"how {one.text} acts on a step was not understood"
    return ""


def _is_operator(context: Context, name: kinds.Name, behind: kinds.Node) -> bool:
    """Whether a name stands for a derivative, and acts on a step in brackets, or on the differential of what is no column."""
    derivatives = [body for body in meanings_of(context.views, name.text) if isinstance(body, kinds.Derivative)]
    if isinstance(behind, kinds.Group) and not behind.names.isdisjoint(context.steps):
        return bool(derivatives)
    if not isinstance(kinds.bare(behind), kinds.Differentiated):
        return False
    shapes = [context.shape_of(body.bottom) for body in derivatives]
    return any(shape is not None and "1" not in shape for shape in shapes)
