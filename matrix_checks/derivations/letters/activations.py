r"""A function between two layers: whoever writes ``H = \tanh(A)`` puts it between what one layer gives and what the next one takes."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.introductions import name_of
from matrix_checks.derivations.context.statements_of_text import renamed
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.expressions.rectifiers import beside_zero
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.reading.letters_of_functions import UNNAMED
from matrix_checks.derivations.values.exercise import Definition, View
from matrix_checks.derivations.values.functions_of_entries import OF_ENTRIES

# What the function makes of what the first layer gives: it is turned with what the layers give.
ACTIVATED = "y_\\varphi"
# What a text says of a function that is a letter, in the words and names of many languages.
_SAID = {
    "sigmoid": re.compile(r"(?i)sigm[oa]|logisti|сигм[оа]|логист|シグモイド"),
    "tanh": re.compile(r"(?i)tanh|tangens hyp|hyperbol|гиперболич"),
    "relu": re.compile(r"(?i)relu|rectif|\\max|выпрямл"),
}


@dataclass(frozen=True)
class Activation:
    """A function of every entry.

    Attributes
    ----------
    name, argument
        What the text calls the values of the function, and what it is of.
    body
        Its values, with that name in them.
    """

    name: str
    argument: str
    body: Node

    def between(self, view: View, hidden: str, output: str) -> View:
        """The view of two layers with the function between them: the second one takes what it makes of what the first one gives."""
        label = output.partition("_")[2]
        taken = {hidden: ACTIVATED}
        definitions = {
            name: tuple(replace(each, body=renamed(each.body, taken)) for each in found)
            if name.partition("_")[2] == label
            else found
            for name, found in view.definitions.items()
        }
        definitions[ACTIVATED] = (Definition(renamed(self.body, {self.argument: hidden})),)
        return replace(view, definitions=definitions, origin=None)


def activations(stated: Iterable[tuple[Node, Node]]) -> Iterator[Activation]:
    """The functions of every entry that equalities state."""
    for left, right in stated:
        name = name_of(left)
        letters = left.indices if isinstance(left, kinds.Indexed) else ()
        body = _whole(right, letters)
        names = body.names - {"e"}
        if len(names) == 1 and name not in names and _is_of_entries(body):
            yield Activation(name, next(iter(names)), body)


def with_functions_apart(stated: list[tuple[Node, Node]]) -> list[tuple[Node, Node]]:
    r"""The equalities, and before each that takes a function of one name in place, as in ``O = \tanh(A) V + q``, that function and what takes it."""
    found = []
    for left, right in stated:
        inside = next((part for part in right.everything if part != right and _is_called(part)), None)
        if inside is not None:
            name = kinds.Name(ACTIVATED)
            found += [(name, inside), (left, right.substituted(inside, name))]
        found.append((left, right))
    return found


def _is_called(node: Node) -> bool:
    whole = _whole(node, ())
    return isinstance(whole, kinds.Function) and len(whole.names) == 1 and _is_of_entries(whole)


def _whole(node: Node, letters: tuple[Node, ...]) -> Node:
    """An expression in entries with these indices as one in whole arrays, and the larger one of zero and something as a ReLU."""
    if letters and isinstance(node, kinds.Indexed) and node.indices == letters:
        return node.body
    other = beside_zero(node) if isinstance(node, kinds.Function) else None
    if other is not None:
        return kinds.Function("relu", (_whole(other, letters),))
    return node.rebuilt(lambda part: _whole(part, letters))


def _is_of_entries(node: Node) -> bool:
    """Whether an expression is a function of every entry, and no name, nor a multiple of one."""
    parts = list(node.everything)
    is_curved = any(isinstance(part, (kinds.Function, kinds.Power)) for part in parts)
    return is_curved and all(_keeps_entries(part) for part in parts)


def _keeps_entries(part: Node) -> bool:
    if isinstance(part, kinds.Function):
        return part.name in OF_ENTRIES
    if isinstance(part, kinds.Product):
        arrays = sum(bool(factor.names - {"e"}) for factor in part.factors)
        return arrays < 2 or set(part.signs) == {"odot"}
    if isinstance(part, kinds.Power):
        return not part.exponent.names or part.body == kinds.Name("e")
    return isinstance(part, (kinds.Name, kinds.Number, kinds.Group, kinds.Add, kinds.Negative, kinds.Quotient))


def read_letters_of_functions(context: Context, found: list[Piece], stated: list[tuple[Node, Node]]) -> bool:
    r"""Read the letter in ``H = \varphi(A)`` as a function, where an equality takes ``H`` and nothing says what the letter is; return whether there is one."""
    letters = {}
    for left, right in stated:
        name, letter = name_of(left), _called(right)
        is_free = letter and letter not in context.known and letter not in context.later and letter not in context.later_functions
        if is_free and any(name in other.names and name_of(first) != name for first, other in stated):
            letters[letter] = _meant(letter, found)
    context.notation.functions = {**context.notation.functions, **letters}
    return bool(letters)


def _called(node: Node) -> str:
    """The letter of a function that is called with one name; empty for anything else."""
    if not isinstance(node, kinds.Product) or len(node.factors) != 2 or node.signs != ("",):
        return ""
    function, argument = node.factors
    inside = kinds.whole_of(argument.body) if isinstance(argument, kinds.Group) else None
    return function.text if isinstance(function, kinds.Name) and isinstance(inside, kinds.Name) else ""


def _meant(letter: str, found: list[Piece]) -> str:
    """The function that a letter stands for, as far as the text says; a sigma is a sigmoid."""
    text = " ".join(piece.source for piece in found)
    said = [name for name, words in _SAID.items() if words.search(text)]
    if len(said) == 1:
        return said[0]
    return "sigmoid" if letter == "\\sigma" else UNNAMED
