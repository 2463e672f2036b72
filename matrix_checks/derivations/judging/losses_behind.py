r"""Any loss behind a text's own definitions: it rests on what all of them lead to, ``L = \langle U, Y \rangle``, and on nothing beside that.

Where the text goes on from something on the way, ``Y = C \odot (\mathbf 1 s)`` with ``s`` made of ``C``, a loss that rests on ``s`` alone
would make true what is false: then there is no loss, or one behind ``Y``.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from matrix_checks.derivations.certificate.doubtful_names import upstream_in
from matrix_checks.derivations.context.introductions import name_of
from matrix_checks.derivations.equality.rewriting import loss_of
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node, bare
from matrix_checks.derivations.values.exercise import Definition, View

# The gradient of a loss that the text does not define.
UPSTREAM = "\\upstream "
Equality = tuple[Node, Node]
Shape = tuple[str, str]


@dataclass(frozen=True)
class Said:
    """What a text says that a loss behind its definitions has to go with.

    Attributes
    ----------
    claims
        The two sides of all of its equalities.
    stated
        Those that say what a name is, also of names that the view does not have.
    """

    claims: list[Equality]
    stated: list[Equality]


def with_loss(view: View, shapes: dict[str, Shape], said: Said, exercise: tuple[View, ...]) -> View:
    """The view with any loss behind what the text differentiates one by, and that it does not define.

    Parameters
    ----------
    view
        The text's own definitions.
    shapes
        Of all that they have.
    said
        What the text says.
    exercise
        The views of the exercise: where the loss is behind what these call the output, their letter is the gradient.
    """
    parts = [part for sides in said.claims for side in sides for part in side.everything if isinstance(part, kinds.Derivative)]
    tops = {part.top.text: None for part in parts if isinstance(part.top, kinds.Name) and part.top.text not in view.names}
    for loss in tops:
        by = {whole_name(part.bottom) for part in parts if part.top == kinds.Name(loss)}
        letters = {letter for each in exercise for letter in _letters_of_upstream(each)}
        lasts = [name for name in _last(view, by, said, _gradients(said, loss, letters)) if name in shapes]
        known = {name: letter for name in lasts for letter in _upstream(view, name, said, exercise)}
        # A loss that is differentiated by variables only is known as far as the exercise says what it is behind.
        last = next(iter((*known, *(() if by.isdisjoint(view.definitions) else lasts))), "")
        if last:
            upstream = known.get(last, UPSTREAM)
            product = Definition(kinds.Inner(kinds.Name(upstream), kinds.Name(last)))
            variables = {**view.variables, upstream: shapes[last]}
            return replace(view, variables=variables, definitions={**view.definitions, loss: (product,)})
    return view


def with_gradients_named(view: View, said: Said, taken: Collection[str]) -> View:
    r"""The view with what the text calls the gradients by its own outputs: the ``\Delta = \partial L/\partial Q`` behind ``Q = UV``.

    Parameters
    ----------
    view, said
        The text's own definitions with a loss behind them, and what the text says.
    taken
        The names that stand for something else.
    """
    for left, right in said.claims:
        part = bare(right)
        if not isinstance(left, kinds.Name) or not isinstance(part, kinds.Derivative) or not isinstance(part.bottom, kinds.Name):
            continue
        if whole_name(part.top) in view.definitions and left.text.endswith(f" {part.bottom.text}"):
            # A bar above any letter is the gradient by it.
            accent = left.text.removesuffix(part.bottom.text)
            named = {f"{accent}{name}": kinds.Derivative(part.top, kinds.Name(name)) for name in sorted(view.names)}
        else:
            named = {left.text: part}
        for name, gradient in named.items():
            is_known = {whole_name(gradient.top), whole_name(gradient.bottom)} <= view.names and whole_name(
                part.top
            ) in view.definitions
            if is_known and name not in view.names and name not in taken:
                view = view.with_definition(name, Definition(gradient), first=True)
    return view


def _last(view: View, by: set[str], said: Said, gradients: set[str]) -> Iterator[str]:
    """What all that a loss is differentiated by leads to, first what it is differentiated by itself."""
    led_to = by & view.names
    for name in sorted(view.definitions, key=lambda name: (name not in by, name)):
        behind = view.behind(name)
        if name in gradients or not led_to - {name} <= behind:
            continue
        inner = {each for each in behind - {name} if each in by or not by.isdisjoint(view.behind(each))}
        beside = (sides for sides in said.stated if name_of(sides[0]) not in behind | gradients | {name})
        if not any(inner & right.names for _, right in beside):
            yield name


def _gradients(said: Said, loss: str, letters: set[str]) -> set[str]:
    """The names of gradients of a loss, and of what is made of them."""
    found = set(letters)
    for left, right in said.claims:
        is_gradient = any(isinstance(part, kinds.Derivative) and part.top == kinds.Name(loss) for part in right.everything)
        if isinstance(bare(left), kinds.Name) and (is_gradient or not found.isdisjoint(right.names)):
            found.add(whole_name(left))
    return found


def _upstream(view: View, last: str, said: Said, exercise: tuple[View, ...]) -> Iterator[str]:
    """The text's letter for the gradient by the exercise's output, where the loss is behind that."""
    written = {name for sides in said.claims for side in sides for name in side.names}
    others = {whole_name(left) for left, right in said.claims if bare(right) != _by(right, last)}
    for each in exercise:
        loss = each.definitions[loss_of((each,)).text][0].body if loss_of((each,)).text in each.definitions else None
        output = loss.right if isinstance(loss, kinds.Inner) else None
        # Of a batch of its own, a text has capital letters.
        if output is not None and whole_name(output) in (last, last.lower(), each.aliases.get(last, "")):
            yield from sorted(_letters_of_upstream(each) & written - view.names - others)


def _by(node: Node, last: str) -> Node | None:
    """A gradient by what is last, as it is; ``None`` for anything else."""
    derivative = bare(node)
    return derivative if isinstance(derivative, kinds.Derivative) and whole_name(derivative.bottom) == last else None


def _letters_of_upstream(view: View) -> set[str]:
    """What a text may call the exercise's upstream gradient."""
    own = set(upstream_in(view.origin or view, loss_of((view,)).text))
    names = own | {name for name, meant in view.aliases.items() if meant in own}
    return names | {name.upper() for name in names if len(name) == 1}


def whole_name(node: Node) -> str:
    """The name of an array, of which an expression may be an entry; empty for anything else."""
    node = kinds.whole_of(bare(node))
    return node.text if isinstance(node, kinds.Name) else ""
