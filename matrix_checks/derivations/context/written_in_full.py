"""An expression with what the text sets its names equal to in their places."""

from collections import Counter
from collections.abc import Iterator

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.statements_of_text import renamed
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.reading.tex import NotUnderstood, Token

# One within the other.
MOST_PARTS = 8
# Of an expression in full, in parts: what states an exercise has a few dozen.
LARGEST = 300
# Beside numbers.
EULER = frozenset(("e",))


def with_parts(context: Context, node: Node) -> Node:
    """An expression with what the text sets its names equal to in their places; as it is where that would be too long to state anything."""
    given = node
    for _ in range(MOST_PARTS):
        parts = dict(_parts(context, node))
        if not parts:
            return node
        longer = Counter(part for part in node.everything if part in parts)
        if sum(count * sum(1 for _ in parts[part].everything) for part, count in longer.items()) > LARGEST:
            return given

        def change(node: Node, parts: dict[Node, Node] = parts) -> Node:
            return kinds.Group(parts[node]) if node in parts else node.rebuilt(change)

        node = change(node)
    return node


def _parts(context: Context, node: Node) -> Iterator[tuple[Node, Node]]:
    for part in node.everything:
        named = kinds.whole_of(part)
        if isinstance(named, kinds.Name) and named.text in context.known:
            continue
        tokens: list[Token] | None = None
        names: dict[str, str] = {}
        if isinstance(part, kinds.Name):
            meanings = [each for each in context.later.get(part.text, ()) if not _is_of_example(context, each)]
            tokens = meanings[0] if len(meanings) == 1 else None
        elif isinstance(part, kinds.Indexed) and isinstance(part.body, kinds.Name) and part.body.text in context.later_entries:
            letters, tokens = context.later_entries[part.body.text]
            if len(letters) != len(part.indices) or not all(isinstance(each, kinds.Name) for each in part.indices):
                continue
            if _is_of_example(context, tokens):
                # t_c = 1 is said of a label's one entry.
                continue
            names = {letter: each.text for letter, each in zip(letters, part.indices) if isinstance(each, kinds.Name)}
        if tokens:
            try:
                meant = renamed(context.parse(tokens), names)
            except NotUnderstood:
                continue
            # W = [w_{ij}] only says what its entries are called, and so does a = (a_1, \dots, a_n).
            if not isinstance(part, kinds.Name) or not (part.text in meant.names or is_array_of(part.text, meant)):
                yield part, meant


def _is_of_example(context: Context, tokens: list[Token]) -> bool:
    """Whether what a name is set equal to is made of numbers alone, as in an example: ``z = (1, 0, 0)``, ``S = e + 2``."""
    try:
        return context.parse(tokens).names <= EULER
    except NotUnderstood:
        return False


def is_written_out(context: Context, name: str) -> bool:
    r"""Whether all that the text says of a name is what it writes for its entries: ``a = (a_1, \dots, a_n)``."""
    try:
        meant = [context.parse(tokens) for tokens in context.later.get(name, ())]
    except NotUnderstood:
        return False
    return bool(meant) and all(node.names <= {name} for node in meant)


def is_array_of(name: str, meant: Node) -> bool:
    """Whether what a capital letter stands for are entries with the small one, as ``W = [w_{ij}]``: ``Z = \\sum_j e^{z_j}`` are none."""
    small = name.lower()
    return small != name and small in meant.names and isinstance(kinds.bare(meant), (kinds.Indexed, kinds.Matrix, kinds.Tuple))
