"""What a text sets equal to what, looked through before its first step is judged."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import pairwise

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.introductions import name_of
from matrix_checks.derivations.equality.deviation import without_labels
from matrix_checks.derivations.equality.interpretations import OF_ANY_SIZE
from matrix_checks.derivations.equality.letters_of_sizes import counts_of
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node, bare
from matrix_checks.derivations.names.lines_written_out import line_in
from matrix_checks.derivations.reading.conditions import INDEX_LETTERS
from matrix_checks.derivations.reading.formulas import Piece, cut
from matrix_checks.derivations.reading.spelling import EQUALITIES
from matrix_checks.derivations.reading.tex import NotUnderstood, Token, Word
from matrix_checks.derivations.values.exercise import NUMBER, View

# Of a formula that states something, in tokens: a whole page of aligned lines has fewer.
LONGEST = 3000
NO_ARRAY = OF_ANY_SIZE | {"e"}
# Letters of indices that are arrays, too: the exercise's statement tells which.
ARRAYS_OR_INDICES = frozenset("pqrs")
# Letters of numbers that a matrix may be multiplied with.
COUNTS = frozenset("mnt")
# With a letter below, they say how many entries that has.
LETTERS_OF_SIZES = frozenset("nN")


def formulas_of(context: Context, found: list[Piece]) -> list[list[Token]]:
    """The tokens of every formula of a text; none where one has none, or is too long to state anything."""
    formulas = [tokens_of(context, piece) for piece in found if piece.kind != "prose"]
    return [tokens if len(tokens) <= LONGEST else [] for tokens in formulas]


def equalities(context: Context, formulas: list[list[Token]]) -> Iterator[tuple[Node, Node]]:
    """The first side of each chain with each of the others that can be read, where the first one is a name, or entries of one."""
    for first, *others in _chains(context, formulas):
        given = [other for other in others if other is not None]
        multiple = _multiple(context, first) if first is not None and given else None
        if multiple is not None:
            name, size = multiple
            yield from ((name, kinds.Quotient(kinds.Group(other), size)) for other in given)
        elif first is not None and name_of(first):
            for other in given:
                # Below a mean may stand what it is the mean of.
                arrays = first.names | other.names
                yield without_labels(first, context.views, arrays), without_labels(other, context.views, arrays)


def stated_behind(context: Context, formulas: list[list[Token]]) -> Iterator[tuple[Node, Node]]:
    """Functions that stand at the end of chains, with what these begin with: ``\\frac{1}{2}\\|X\\theta - y\\|^2 = J(\\theta)``."""
    for first, *others in _chains(context, formulas):
        last = others[-1] if others else None
        is_function = isinstance(last, kinds.Product) and len(last.factors) == 2 and isinstance(bare(last.factors[1]), kinds.Name)
        is_loss = isinstance(last, kinds.Name) and last.text in ("J", "L", "E", "f")
        if first is not None and last is not None and (is_function or is_loss) and name_of(last) and not name_of(first):
            yield without_labels(last, context.views, last.names), without_labels(first, context.views, first.names)


def _multiple(context: Context, node: Node) -> tuple[Node, Node] | None:
    """The name and the size that a side is the product of, as in ``Nm = \\sum_i x_i``; ``None`` for anything else."""
    factors = node.factors if isinstance(node, kinds.Product) else ()
    sizes = counts_of(context.views, context.memory)
    if len(factors) != 2 or not all(isinstance(factor, kinds.Name) for factor in factors):
        return None
    size, name = factors
    return (name, size) if size.names <= sizes and name.names.isdisjoint(sizes) else None


def relations(context: Context, formulas: list[list[Token]]) -> Iterator[tuple[Node, Node]]:
    """The two sides of each relation of which both can be read."""
    for members in _chains(context, formulas):
        for left, right in pairwise(members):
            if left is not None and right is not None:
                yield left, right


def differentiated(context: Context, formulas: list[list[Token]]) -> Iterator[tuple[Node, Node]]:
    """The exercise's number with each expression that is differentiated: ``\\nabla_U \\|Y - UV^\\top\\|^2`` may state what it is.

    A layer has no number of its own, and one whose name stands for something in the text is stated elsewhere.
    """
    views = [view for view in context.views if not view.elementwise]
    numbers = {name: None for view in views for name in view.definitions if context.shape_in(view, name) == NUMBER}
    sides = [side for pair in relations(context, formulas) for side in pair] if numbers else []
    tops = [part.top for side in sides for part in side.everything if isinstance(part, kinds.Derivative)]
    for top in dict.fromkeys(bare(top) for top in tops if not isinstance(bare(top), (kinds.Name, kinds.Indexed))):
        if len(in_order(top)) > 1:
            yield from ((kinds.Name(name), top) for name in numbers)


def _chains(context: Context, formulas: list[list[Token]]) -> Iterator[list[Node | None]]:
    """The members of each chain, cut where a sign says less than that its sides are equal; kept, since many rooms ask for them."""
    for tokens in formulas:
        key = (tuple(tokens), *context.knows)
        if key not in context.chains:
            context.chains[key] = list(_members_of(context, tokens))
        yield from context.chains[key]


def _members_of(context: Context, tokens: list[Token]) -> Iterator[list[Node | None]]:
    try:
        chains = cut(tokens, context.is_name).chains
    except NotUnderstood:
        return
    for chain in chains:
        ends = [place for place, sign in enumerate(chain.signs, start=1) if sign not in EQUALITIES]
        for start, end in pairwise([0, *ends, len(chain.members)]):
            yield [_without_constant(parsed(context, member)) for member in chain.members[start:end]]


def _without_constant(node: Node | None) -> Node | None:
    """Nothing for a side up to a constant, which has no value."""
    parts = node.everything if node is not None else ()
    return None if any(isinstance(part, kinds.Function) and not part.arguments for part in parts) else node


def tokens_of(context: Context, piece: Piece) -> list[Token]:
    """The tokens of a formula; none where it has none."""
    try:
        return context.tokens(piece.source)
    except NotUnderstood:
        return []


def parsed(context: Context, tokens: list[Token]) -> Node | None:
    """The expression that tokens are; ``None`` where they are none."""
    try:
        return context.parse(tokens) if tokens else None
    except (NotUnderstood, RecursionError):
        return None


def is_said(context: Context, name: str) -> bool:
    """Whether the text sets a name equal to something else than numbers, or letters for its rows or columns."""
    said = [parsed(context, tokens) for tokens in context.later.get(name, ()) if not _is_lines_of_own(context, tokens)]
    return name in context.later_entries or any(node is None or bool(node.names) for node in said)


def is_written_by_lines(context: Context, name: str) -> bool:
    """Whether the text writes a matrix out by letters for its rows or columns."""
    return any(_is_lines_of_own(context, tokens) for tokens in context.later.get(name, ()))


def _is_lines_of_own(context: Context, tokens: list[Token]) -> bool:
    """Whether a matrix is written out by rows or columns with a letter that stands for nothing else."""
    line = line_in(tokens)
    return line is not None and line[0] not in context.known and line[0] not in context.later_entries


def variables_of(view: View, node: Node) -> list[str]:
    """The variables that an expression depends on, in the order in which it comes to them."""
    found: dict[str, None] = {}
    for name in in_order(node):
        if name in view.variables:
            found[name] = None
        elif name in view.definitions:
            found.update(dict.fromkeys(variables_of(view, view.definitions[name][0].body)))
    return list(found)


def in_order(node: Node) -> list[str]:
    """The names in an expression, as they come."""
    return list(dict.fromkeys(part.text for part in node.everything if isinstance(part, kinds.Name)))


def renamed(node: Node, names: dict[str, str]) -> Node:
    """An expression with other names."""
    if isinstance(node, kinds.Name):
        return kinds.Name(names.get(node.text, node.text))
    return node.rebuilt(lambda part: renamed(part, names))


def in_letters(view: View, names: dict[str, str]) -> View:
    """A view that has other names for its variables, and for what it defines."""
    return replace(
        view,
        variables={names.get(name, name): shape for name, shape in view.variables.items()},
        definitions={
            names.get(name, name): tuple(replace(each, body=renamed(each.body, names)) for each in found)
            for name, found in view.definitions.items()
        },
        aliases={name: names.get(meant, meant) for name, meant in view.aliases.items()},
        origin=view.origin or view,
    )


def with_names(view: View, names: dict[str, str]) -> View:
    """A view with other names for what it has."""
    for name, meant in names.items():
        if meant in view.variables or meant in view.definitions or meant in view.letters:
            view = view.with_alias(name, meant)
    return view


def without_index(node: Node) -> set[str]:
    """The names that stand without an index somewhere."""
    if isinstance(node, kinds.Name):
        return {node.text}
    if isinstance(node, kinds.Indexed):
        return set()
    return set().union(*map(without_index, node.parts))


def strange_arrays(context: Context, node: Node, shaped: Collection[str] = ()) -> set[str]:
    """The names in an expression of which nobody said what they are, those of a shape included; letters of indices and sizes are none."""
    bodies = {part.body.text for part in node.everything if isinstance(part, kinds.Indexed) and isinstance(part.body, kinds.Name)}
    ends = {part.upper.text for part in node.everything if isinstance(part, kinds.Sum) and isinstance(part.upper, kinds.Name)}
    no_arrays = INDEX_LETTERS - ARRAYS_OR_INDICES - _arrays_by_place(node) - _beside_variables(context, node)
    no_strangers = context.known.difference(shaped) | NO_ARRAY | ends | context.memory.declared.keys()
    return (bodies | (node.names - no_arrays)) - no_strangers


def _arrays_by_place(node: Node) -> set[str]:
    """The small letters that are transposed, or a whole factor beside something that is, or beside a matrix; no index stands so."""
    found: set[str] = set()
    indices: set[str] = set()
    for part in node.everything:
        indices.update(each.text for each in part.bound if isinstance(each, kinds.Name))
        if isinstance(part, kinds.Sum):
            indices.add(part.index)
        if isinstance(part, kinds.Transposed) and isinstance(part.body, kinds.Name):
            found.add(part.body.text)
        if isinstance(part, kinds.Product) and any(map(_is_surely_array, part.factors)):
            found.update(each.text for each in part.factors if isinstance(each, kinds.Name) and each.text not in COUNTS)
    return found - indices


def _beside_variables(context: Context, node: Node) -> set[str]:
    r"""The letters that are taken away from a variable or its entries, or added to one that is a number: no index stands so."""
    found: set[str] = set()
    for part in node.everything:
        terms = part.terms if isinstance(part, kinds.Add) else ()
        wholes = [whole.text for each in terms if isinstance(whole := kinds.whole_of(each), kinds.Name)]
        shapes = {view.variables.get(name) for name in wholes for view in context.views} - {None}
        if not shapes:
            continue
        added = terms if shapes == {NUMBER} else [each.body for each in terms if isinstance(each, kinds.Negative)]
        found |= {each.text for each in added if isinstance(each, kinds.Name)}
    return found


def _is_surely_array(factor: Node) -> bool:
    return isinstance(factor, kinds.Transposed) or (
        isinstance(factor, kinds.Name) and is_capital(factor.text) and len(factor.text) == 1
    )


def are_crossed(names: dict[str, str]) -> bool:
    """Whether a small letter would stand for a capital one of the exercise, and a capital one for a small one: U x is W x, and not x W."""
    cases = {(is_capital(name), is_capital(meant)) for name, meant in names.items()}
    return {(True, False), (False, True)} <= cases


def is_capital(name: str) -> bool:
    """Whether a letter is a capital one, Latin or Greek."""
    return name.removeprefix("\\")[:1].isupper()


def written_in(tokens: list[Token]) -> Iterator[str]:
    """What stands in a formula, the names of environments left out, and of sizes: there is no x in a bmatrix, and none in ``n_x``."""
    is_name = False
    for place, token in enumerate(tokens):
        is_name = token in ("\\begin", "\\end") or (is_name and token != "}")
        is_of_size = place > 1 and tokens[place - 1] == "_" and tokens[place - 2] in LETTERS_OF_SIZES
        if isinstance(token, str) and not is_name and not is_of_size:
            yield token


def letters_written(formulas: list[list[Token]], alone: bool = True) -> set[str]:
    """What stands in formulas; not what is a formula of its own, "the vector $c$ is my $v$", where that only speaks of it."""
    return {token for tokens in formulas if alone or len(tokens) > 1 for token in written_in(tokens)}


def indexed_in(tokens: list[Token]) -> Iterator[str]:
    """The symbols in a formula that have something below them."""
    return (one for one, sign in pairwise(tokens) if sign == "_" and isinstance(one, str))


def are_differentiated_only(formulas: list[list[Token]], name: str) -> bool:
    """Whether a name stands nowhere but behind the sign of a derivative: a ``y`` that is differentiated is no label."""
    return all(_is_derived(tokens, place) for tokens in formulas for place, token in enumerate(tokens) if token == name)


def _is_derived(tokens: list[Token], place: int) -> bool:
    if tokens[max(place - 1, 0) : place] in (["d"], [Word("d")], ["\\partial"]):
        return True
    before = tokens[max(place - 6, 0) : place]
    if before[-1:] == ["}"]:
        while before and before.pop() != "{":
            pass
    else:
        before = before[:-1]
    return before[-1:] == ["_"] and before[-2:-1] in (["\\nabla"], ["D"], [Word("D")])
