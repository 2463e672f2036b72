"""Whether a text writes ``dA`` for the gradient by ``A``, as programs do, and not for a differential."""

from functools import partial

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.statements_of_text import parsed
from matrix_checks.derivations.equality.ambiguous import of_kind
from matrix_checks.derivations.equality.rewriting import loss_of
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import bare
from matrix_checks.derivations.names.own_names import LOSSES
from matrix_checks.derivations.reading.formulas import Chain
from matrix_checks.derivations.reading.tex import Token, Word
from matrix_checks.derivations.reading.tokens import without_braces


def names_gradients(context: Context, chain: Chain) -> bool:
    """Whether a chain sets ``dA`` equal to something without any differential: it is the gradient by ``A`` there, as in programs."""
    members = [without_braces(member) for member in chain.members]
    names = {name for member in members if (name := _differentiated_name(member))}
    if any(_is_gradient(context, member, names) for member in members) or _mixes_gradients(context, chain):
        return True
    # An f_{ij} is an entry of F.
    names = {name if name in context.known else name.upper() for name in names}
    arrays = {name for name in names & context.arrays if not _is_loss(context, name)}
    # The H of H = dX is a name for the step.
    said = [member for member in members if member != ["0"] and not (len(member) == 1 and member[0] not in context.known)]
    has_loss = loss_of(context.views).text in context.arrays
    if has_loss and any(not _is_loss(context, name) for name in names) and any(map(partial(_is_of_upstream, context), said)):
        # No differential is made of the upstream gradient alone, whatever name it is of.
        return True
    return has_loss and bool(arrays) and any(member and not _has_differential(context, member) for member in said)


def _mixes_gradients(context: Context, chain: Chain) -> bool:
    r"""Whether a derivative of a layer's loss is set equal to what has a differential: in ``\frac{\partial L}{\partial W} = x^\top dy`` it is none."""
    if loss_of(context.views).text not in context.arrays or not any(map(_has_plain_d, chain.members)):
        return False
    sides = [node for member in chain.members if (node := parsed(context, member)) is not None]
    tops = {
        derivative.top.text
        for node in sides
        if isinstance(derivative := bare(node), kinds.Derivative) and isinstance(derivative.top, kinds.Name)
    }
    of_loss = any(_is_loss(context, name) for name in tops)
    # In dy = dy/dx it is that of the loss itself.
    differentiated = {name for part in of_kind(kinds.Differentiated, *sides) for name in part.names}
    return of_loss and not differentiated <= tops


def _has_plain_d(member: list[Token]) -> bool:
    return any(token in ("d", Word("d")) for token in member)


def _is_gradient(context: Context, member: list[Token], names: set[str]) -> bool:
    """Whether a member is the gradient of a loss by one of some letters: ``dZ = \\partial L / \\partial Z`` says what ``dZ`` is."""
    bare = [token for token in member if token not in ("\\frac", "/")]
    if len(bare) < 4 or len(member) != len(bare) + 1 or bare[0] != bare[2] or bare[0] not in ("d", Word("d"), "\\partial"):
        return False
    is_loss = bare[1] in LOSSES or _is_loss(context, str(bare[1]))
    return is_loss and bare[3] in names and bare[4:5] in ([], ["_"])


def _is_of_upstream(context: Context, member: list[Token]) -> bool:
    """Whether the upstream gradient is in it, and no differential: a variable in the loss that what the layer gives does not rest on."""
    if _has_differential(context, member):
        return False
    words = {token.text if isinstance(token, Word) else token for token in member}
    for view in context.views:
        outputs = [view.behind(name) for name in view.behind("L") if name in view.definitions]
        upstream = {name for name in view.behind("L") & view.variables.keys() if not any(name in behind for behind in outputs)}
        if outputs and any(view.aliases.get(word, word) in upstream for word in words):
            return True
    return False


def _differentiated_name(member: list[Token]) -> str:
    """The ``A`` of ``dA``, which may have indices, or a label in brackets above it."""
    if len(member) < 2 or member[0] not in ("d", Word("d")) or (len(member) > 2 and member[2] != "_" and member[2:4] != ["^", "("]):
        return ""
    return member[1] if isinstance(member[1], str) and member[1].isalpha() else ""


def _is_loss(context: Context, name: str) -> bool:
    """Whether the exercise defines it as a number: its differential is what is looked for."""
    return any(name in view.aliases or name in view.definitions for view in context.views) and context.shape_at(name) in (
        None,
        ("1", "1"),
    )


def _has_differential(context: Context, member: list[Token]) -> bool:
    """Whether something is differentiated in it; a ``\\mathrm{dmu}`` that the text defines is a name of its own."""
    signs = ("d", Word("d"), "\\partial", "\\delta", "\\Delta", "\\nabla")
    own = context.later.keys() | context.later_entries.keys()
    return any(
        token in signs or (isinstance(token, Word) and token.text.startswith("d") and token.text not in own) for token in member
    )
