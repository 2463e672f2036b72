r"""A cost that is the mean of the losses of all objects, ``J = \frac1m\sum_i L^{(i)}``: what the text says of it, and of its gradients.

In the course of Andrew Ng ``dZ`` holds the gradients of the objects' own losses, and ``dW`` is the gradient of the mean: there
``dW = \frac1m dZ X^T``. Where a text says so, the cost is the loss of the exercise, and each object has a loss of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.statements_of_text import formulas_of
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.letters.numbered_layers import LABELS, take_outputs, with_letters_of_entries
from matrix_checks.derivations.names.own_names import LOSSES, with_loss
from matrix_checks.derivations.names.scaled_gradients import OWN, MeanOfLosses, batch_of, is_of_objects
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.reading.tex import RELATIONS, Token, Word
from matrix_checks.derivations.values.exercise import Definition, View

SAMPLES = "N"
SIGNS = ("\\partial", "d")
# In tokens: from the sign of a sum to the loss behind it.
REACH = 16
TRANSPOSED = (["^", "T"], ["^", "\\top"], ["'"])


@dataclass(frozen=True)
class Said:
    """What is said of the mean: its letter, that of a loss of an object, and that of the number of objects."""

    cost: str
    loss: str
    count: str


def take_mean_of_losses(context: Context, found: list[Piece]) -> None:
    """Learn whether the cost is a mean, before the first step is judged; in exercises on layers, whose loss may be any."""
    if not any(batch_of(view) for view in context.views):
        return
    formulas = [_plain(tokens) for tokens in formulas_of(context, found)]
    said = next((each for tokens in formulas for each in _means(tokens)), None)
    counts = {said.count} if said else {SAMPLES, "m", "n"}
    if said is not None:
        take_outputs(context, found)
    is_scaled = any(_is_scaled(context, tokens, counts) for tokens in formulas)
    # Whoever has the given gradient for dZ has that of the loss itself.
    is_scaled &= not any(map(_names_upstream, formulas))
    # Whoever divides the gradient of the bias alone has no mean: that is a mistake.
    is_scaled &= not any(_has_whole_weight(context, tokens, counts) for tokens in formulas)
    is_scaled |= said is not None and any(_names_gradient_of(said.loss, tokens) for tokens in formulas)
    has_own_letters = said is not None or any(True for tokens in formulas for _ in _means(tokens, of_same_letter=True))
    context.mean = MeanOfLosses(is_meant=has_own_letters or is_scaled)
    # Letters with another meaning are left to the text.
    taken = context.memory.declared.get(said.count, SAMPLES) != SAMPLES or said.count in context.arrays if said else True
    if said is None or taken:
        return
    if any(_has_differential(said, tokens) or _names_gradient_of(said.cost, tokens) for tokens in formulas):
        return
    views = [view for view in with_loss(context.views, said.cost) if batch_of(view)]
    has_own_layout = any(view.instead_of for view in views)
    views = [_for_exercise(view, said) if has_own_layout else view for view in views]
    context.look_at(_with_losses(context, _with_count(view, said.count)) for view in views)
    context.mean = MeanOfLosses(True, said.count, said.loss, is_scaled)
    context.read_anew()


def _plain(tokens: list[Token]) -> list[str]:
    return [token.text if isinstance(token, Word) else token for token in tokens if token not in ("{", "}", "&")]


def _means(tokens: list[str], of_same_letter: bool = False) -> Iterator[Said]:
    r"""What a formula says of a mean: ``J = \frac1m\sum_{i=1}^m L^{(i)}``, or of one of losses of the same letter: ``L = \frac1N\sum_n L_n``."""
    for place, token in enumerate(tokens):
        before = tokens[:place]
        is_mean = before[-3:-1] == ["\\frac", "1"] or before[-3:-1] == ["1", "/"]
        costs = [each for each, sign in zip(before, before[1:]) if each in LOSSES and sign in ("=", "(", ":=", "\\coloneqq")]
        behind = tokens[place + 1 : place + REACH]
        losses = [
            each for each, below in zip(behind, [*behind[1:], ""]) if each in LOSSES and (below in ("_", "^") or not of_same_letter)
        ]
        is_said = token == "\\sum" and is_mean and "=" in map(_equals, before)
        if is_said and costs and losses and (losses[0] == costs[-1]) == of_same_letter:
            yield Said(costs[-1], losses[0], before[-1])


def _equals(token: str) -> str:
    return "=" if token in (":=", "\\coloneqq", "\\equiv", "=") else token


def _is_scaled(context: Context, tokens: list[str], counts: set[str]) -> bool:
    r"""Whether a side has both the name of a gradient by what each object has, as ``dZ``, and the ``\frac1m`` of a mean."""
    for side in _sides(tokens):
        pairs = _pairs(side)
        divides = _divides(side, counts)
        is_sum = "\\sum" in side or "\\ones" in side or "T" in side or "\\top" in side or len(side) < REACH
        if divides and is_sum and any(_is_name(context, *pair) for pair in pairs):
            return True
    return False


def _pairs(side: list[str]) -> list[tuple[str, str, str]]:
    return list(zip(side, side[1:], [*side[2:], ""]))


def _divides(side: list[str], counts: set[str]) -> bool:
    divides = any((one, other) == ("\\frac", "1") and letter in counts for one, other, letter in _pairs(side))
    return divides or any(one == "/" and letter in counts for one, letter, _ in _pairs(side))


def _has_whole_weight(context: Context, tokens: list[str], counts: set[str]) -> bool:
    r"""Whether the gradient of a weight is a product with the name of a gradient, ``dW = X^\top dZ``, without the fraction of a mean."""
    first, *others = _sides(tokens)
    return first[:2] == ["d", "W"] and any(
        not _divides(side, counts) and any(_is_name(context, *pair) for pair in _pairs(side)) for side in others
    )


def _is_name(context: Context, sign: str, letter: str, behind: str) -> bool:
    """Whether it is the name of a gradient by what each object has: a ``dx`` in a fraction has a sign before it, too."""
    names = {letter, letter.upper()} if letter.isalpha() and len(letter) == 1 else set()
    names |= {f"{name}_{label}" for name in names for label in LABELS}
    return sign == "d" and any(is_of_objects(view, name) for view in context.views for name in names)


def _names_upstream(tokens: list[str]) -> bool:
    """Whether ``dZ`` is said to be the gradient that is given, ``dZ = g^T``."""
    pairs = list(zip(_sides(tokens), _sides(tokens)[1:]))
    sides = [*pairs, *(pair[::-1] for pair in pairs)]
    return any(one[:1] == ["d"] and len(one) == 2 and other[:1] == ["g"] and other[1:] in ([], *TRANSPOSED) for one, other in sides)


def _names_gradient_of(cost: str, tokens: list[str]) -> bool:
    r"""Whether ``dZ`` is said to be the gradient of the mean: ``dZ = \frac{\partial J}{\partial Z}``."""
    for left, right in zip(_sides(tokens), _sides(tokens)[1:]):
        for one, other in ((left, right), (right, left)):
            if one[:1] == ["d"] and one[1:2] not in (["W"], ["b"]) and other[:1] == ["\\frac"] and other[2:3] == [cost]:
                return True
    return False


def _has_differential(said: Said, tokens: list[str]) -> bool:
    """Whether a text takes differentials: there a ``dZ`` is none of a gradient."""
    return any(side[:1] == ["d"] and side[1:2] in ([said.cost], [said.loss]) for side in _sides(tokens))


def _sides(tokens: list[str]) -> list[list[str]]:
    sides: list[list[str]] = [[]]
    for token in tokens:
        if token in RELATIONS or token in (",", "\\quad", "\\qquad", "\\\\"):
            sides.append([])
        else:
            sides[-1].append(token)
    return sides


def _for_exercise(view: View, said: Said) -> View:
    """One of the exercise's own views, beside those of the text's own layout: there the text's letters are the exercise's only."""
    if view.instead_of:
        return view
    own = (view.origin or view).aliases
    return replace(view, aliases={name: meant for name, meant in view.aliases.items() if name in own or name == said.cost})


def _with_count(view: View, count: str) -> View:
    """The view with the text's letter for the number of objects."""
    return view if count in view.names else view.with_alias(count, batch_of(view))


def _with_losses(context: Context, view: View) -> View:
    """The view with a loss for each object, of which the exercise's is the mean; and small letters for entries of capital ones."""
    letter, definitions = batch_of(view), view.definitions.get("L")
    body = definitions[0].body if definitions else None
    if not letter or not isinstance(body, kinds.Inner):
        return view
    view = with_letters_of_entries(context, view)
    one, other = (kinds.bare(part.body) if isinstance(part, kinds.Transposed) else part for part in (body.left, body.right))
    is_turned = view.variables.get(one.text, (letter, ""))[1] == letter if isinstance(one, kinds.Name) else False
    indices: tuple[Node, ...] = (kinds.Name("i"), kinds.Name("k"))
    indices = indices[::-1] if is_turned else indices
    products = kinds.Product((kinds.Indexed(one, indices), kinds.Indexed(other, indices)), ("",))
    loss = kinds.Product((kinds.Name(letter), kinds.Sum("k", None, None, None, products)), ("",))
    return view.with_definition(OWN, Definition(loss, ("i",)), first=True)
