"""Names that a text uses without saying what they are, as its readers know: the loss, an index below a ``\\partial``, long names."""

from collections.abc import Iterator
from dataclasses import replace

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.reading.moments import ACCENTS
from matrix_checks.derivations.reading.tex import Token, Word
from matrix_checks.derivations.reading.tokens import without_braces
from matrix_checks.derivations.values.exercise import View

# What a loss is called, where the exercise calls it L or J.
LOSSES = ("\\ell", "l", "E", "C", "J", "L", "Q", "Loss", "loss", "cost", "Cost", "error", "Error")
# What is differentiated, as the first letter of its name.
DERIVED = ("d", "\\partial")
INDEX_LETTERS = frozenset("ijklmnpqrs")


def no_sizes_in(views: tuple[View, ...]) -> set[str]:
    """The names that stand for more than a size: of a letter for a size the small one may be an array."""
    aliases = {name for view in views for name, meant in view.aliases.items() if meant not in view.letters}
    return aliases.union(*({*view.variables, *view.definitions} for view in views))


def losses_in(tokens: list[Token]) -> Iterator[str]:
    """The names of losses that are differentiated in a formula."""
    for place, token in enumerate(tokens[:-1]):
        if token not in DERIVED:
            continue
        text = _text(tokens[place + 1])
        behind = tokens[place + 2 : place + 4]
        above = behind[:1] == ["}"] and tokens[max(place - 2, 0) : place] == ["\\frac", "{"]
        if text in LOSSES and (above or (behind[:1] == ["/"] and behind[1] in DERIVED)):
            yield text
    for place, token in enumerate(tokens):
        if token == "\\nabla" and tokens[place + 1 : place + 2] == ["_"]:
            end = _behind_script(tokens, place + 2)
            text = _text(tokens[end]) if end < len(tokens) else ""
            if text in LOSSES:
                yield text


def derivatives_in(tokens: list[Token]) -> Iterator[tuple[str, str]]:
    """The letters that are differentiated in a formula, each with what it is differentiated by."""
    bare = without_braces(tokens)
    for place in range(len(bare) - 3):
        sign, above, below, output = bare[place : place + 4]
        letter, by = _text(above), _text(output)
        if output in ACCENTS and place + 4 < len(bare):
            by = f"{by} {_text(bare[place + 4])}"
        is_gradient = sign == "\\nabla" and above == "_" and isinstance(below, str)
        if is_gradient and _is_letter(_text(output)):
            yield _text(output), _text(below)
        if sign in DERIVED and below == sign and _is_letter(letter):
            yield letter, by


def _is_letter(text: str) -> bool:
    """Whether a text is one letter, Latin or Greek."""
    return (len(text) == 1 and text.isalpha()) or (
        text.startswith("\\") and text[1:].isalpha() and text not in (*DERIVED, "\\frac")
    )


def _text(token: Token) -> str:
    return token.text if isinstance(token, Word) else token


def _behind_script(tokens: list[Token], place: int) -> int:
    if tokens[place : place + 1] != ["{"]:
        return place + 1
    return next((end + 1 for end in range(place, len(tokens)) if tokens[end] == "}"), len(tokens))


def with_loss(views: tuple[View, ...], name: str) -> tuple[View, ...]:
    """The views in which a name is the loss, too; the same where it stands for something, or where there is no loss."""
    loss = next((each for each in ("L", "J") if any(each in view.definitions for view in views)), "")
    if not loss or any(name in view.names for view in views):
        return views
    return tuple(replace(view, aliases={**view.aliases, name: loss}, origin=view.origin or view) for view in views)


def by_entries_of(node: Node, views: tuple[View, ...], known: frozenset[str], said: str = "") -> Node:
    """``\\partial_k y`` is the derivative by ``x_k``, where ``x`` is a column, which may be said, and ``k`` nothing but an index."""
    if kinds.Derivative not in node.kinds:
        return node

    def change(node: Node) -> Node:
        node = node.rebuilt(change)
        if not isinstance(node, kinds.Derivative) or not isinstance(node.bottom, kinds.Name):
            return node
        index = node.bottom.text
        if index not in INDEX_LETTERS or index in known:
            return node
        variable = said if said in known else _variable_of(node.top, views)
        return kinds.Derivative(node.top, kinds.Indexed(kinds.Name(variable), (node.bottom,))) if variable else node

    return change(node)


def _variable_of(top: Node, views: tuple[View, ...]) -> str:
    """The only column, or the column x, that a value depends on; empty where it is not sure which."""
    view = views[0]
    reached = set[str]().union(*(view.reached_from(name) for name in top.names))
    columns = [name for name, shape in view.variables.items() if name in reached and "1" in shape and shape != ("1", "1")]
    return "x" if "x" in columns else columns[0] if len(columns) == 1 else ""
