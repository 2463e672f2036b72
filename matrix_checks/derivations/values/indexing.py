"""Indices: what they run over, and what they pick; a new use of an index is a case of ``indexed``."""

from functools import lru_cache

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.free_indices import free_indices
from matrix_checks.derivations.reading.tex import NotUnderstood
from matrix_checks.derivations.values import jets
from matrix_checks.derivations.values.entries_of_jacobians import entry_of_jacobian
from matrix_checks.derivations.values.evaluation import Evaluation, rule
from matrix_checks.derivations.values.exercise import View
from matrix_checks.derivations.values.families import family_of, member, range_in, same_for_all
from matrix_checks.derivations.values.jets import Jet, ShapeError
from matrix_checks.derivations.values.names import SIZED, resolve, size_named, sized
from matrix_checks.derivations.values.places import length_of, name_of, place_of
from matrix_checks.derivations.values.units import is_entry_of_ones, is_unit, unit


def range_of_index(evaluation: Evaluation, index: str, nodes: tuple[kinds.Node, ...]) -> str | None:
    """The letter of the size that an index runs over, from where it stands (``ShapeError`` where two disagree)."""
    if not evaluation.scope.is_repeatable:
        return _range(evaluation, index, nodes)
    ranges = evaluation.sample.found_in(evaluation.scope).ranges
    key = (index, nodes, tuple(evaluation.indices))
    if key not in ranges:
        ranges[key] = _range(evaluation, index, nodes)
    return ranges[key]


def _range(evaluation: Evaluation, index: str, nodes: tuple[kinds.Node, ...], asked: tuple[str, ...] = ()) -> str | None:
    letters: dict[str, None] = {}
    for node in nodes:
        for part in _places_of(node).get(index, ()):
            letters |= dict.fromkeys(_found_at(evaluation, index, part))
    if len(letters) > 1:
        letters.pop("1", None)
    if len({evaluation.sample.size(letter) for letter in letters}) > 1:
        raise ShapeError(f"the index {index} runs over {' and over '.join(letters)}")
    if letters:
        return next(iter(letters))
    # An index that stands at deltas only runs over what the one beside it runs over.
    beside = [each for node in nodes for each in _beside_in_deltas(node, index) if each not in (index, *asked)]
    found = next((found for each in beside if (found := _range(evaluation, each, nodes, (index, *asked)))), None)
    sizes = evaluation.view.letters
    return sizes[0] if found is None and beside and not asked and len(sizes) == 1 else found


@lru_cache(maxsize=5_000)
def _beside_in_deltas(node: kinds.Node, index: str) -> tuple[str, ...]:
    """The other indices of the deltas at which an index stands."""
    deltas = [set(part.arguments) for part in node.everything if isinstance(part, kinds.Function) and part.name == "delta"]
    beside = {each.text for delta in deltas if kinds.Name(index) in delta for each in delta if isinstance(each, kinds.Name)}
    return tuple(sorted(beside - {index}))


@lru_cache(maxsize=5_000)
def _places_of(node: kinds.Node) -> dict[str, list[kinds.Indexed]]:
    """Where each index stands in an expression."""
    found: dict[str, list[kinds.Indexed]] = {}
    for part in node.everything:
        if isinstance(part, kinds.Indexed):
            for text in {each.text for each in part.indices if isinstance(each, kinds.Name)}:
                found.setdefault(text, []).append(part)
    return found


def _found_at(evaluation: Evaluation, index: str, node: kinds.Indexed) -> tuple[str, ...]:
    """What an index runs over where it is taken of something, kept by the scope: most expressions share most of their parts."""
    if not evaluation.scope.is_repeatable:
        return tuple(_ranges_at(evaluation, index, node))
    kept = evaluation.sample.found_in(evaluation.scope).ranges_at
    key = (index, node, tuple(evaluation.indices))
    found = kept.get(key)
    if found is None:
        found = kept[key] = tuple(_ranges_at(evaluation, index, node))
    return found


def _ranges_at(evaluation: Evaluation, index: str, node: kinds.Indexed) -> list[str]:
    """The letters of the sizes that an index runs over where it is taken of something."""
    node = _turned_member(evaluation, node) or node
    if is_entry_of_ones(evaluation, node):
        return []
    if is_unit(evaluation, node):
        return [letter for text, letter in evaluation.interpretation.units if text == index]
    places = [place for place, each in enumerate(node.indices) if each == kinds.Name(index)]
    family = family_of(evaluation, node)
    if family is not None:
        found = [range_in(evaluation, family, family.indices[place]) for place in places]
        return [letter for letter in found if letter is not None]
    if same_for_all(evaluation, node):
        return []
    derivative = entry_of_jacobian(evaluation, node)
    if derivative is not None:
        parts = [part for part in (derivative.top, derivative.bottom) if isinstance(part, kinds.Indexed)]
        return [letter for part in parts for letter in _ranges_at(evaluation, index, part)]
    # Of entries of lines, [g_n]_q, any line says how many there are.
    unset = set(free_indices(node.body, ())) - evaluation.indices.keys()
    body = _body_of(evaluation.within({**evaluation.indices, **dict.fromkeys(unset, 0)}) if unset else evaluation, node)
    if len(node.indices) > 1:
        return [body.dims[min(place, 1)] for place in places]
    if _means_column(evaluation, node):
        return [body.dims[1]]
    return [body.dims[0] if body.shape[1] == 1 or body.shape[0] != 1 else body.dims[1]]


def indexed_name(evaluation: Evaluation, text: str, count: int) -> str:
    """The name that an index is taken of: ``a_{ij}`` is an entry of ``A`` where ``a`` is nothing, or a number."""
    upper = text.upper() if len(text) == 1 else text[:1].upper() + text[1:] if text.endswith(")") else text
    is_capital = upper == text
    resolved, upper = resolve(evaluation, text), resolve(evaluation, upper)
    if is_capital or not _stands_for_something(evaluation, upper):
        return resolved
    if not _stands_for_something(evaluation, resolved) or (text != resolved and evaluation.named(resolved).is_scalar):
        return upper
    if count == 2 and 1 in evaluation.named(resolved).shape and 1 not in evaluation.named(upper).shape:
        return upper
    return resolved


def _stands_for_something(evaluation: Evaluation, text: str) -> bool:
    view = evaluation.view
    places = (evaluation.overridden, view.variables, view.definitions, evaluation.sample.steps)
    return any(text in each for each in places)


def _body_of(evaluation: Evaluation, node: kinds.Indexed) -> Jet:
    """What an index is taken of; a small letter may mean the entries of the capital one."""
    if isinstance(node.body, kinds.Name):
        return evaluation.named(indexed_name(evaluation, node.body.text, len(node.indices)))
    return evaluation.within().without_entry().value(node.body)


@rule(kinds.Indexed)
def indexed(evaluation: Evaluation, node: kinds.Indexed) -> Jet:
    """An entry, a row or a column of an array, or one of a family of arrays."""
    letter = _size_in_index(evaluation, node)
    if letter is not None:
        return sized(evaluation, name_of(node), letter)
    if is_entry_of_ones(evaluation, node):
        return jets.number(1)
    if is_unit(evaluation, node):
        return unit(evaluation, node)
    turned = _turned_member(evaluation, node)
    if turned is not None:
        return jets.transpose(evaluation.value(turned))
    family = family_of(evaluation, node)
    if family is not None:
        return member(evaluation, node, family)
    if same := same_for_all(evaluation, node):
        return evaluation.within(indices={}).without_entry().value(same.body)
    derivative = entry_of_jacobian(evaluation, node)
    if derivative is not None:
        return evaluation.value(derivative)
    body = _body_of(evaluation, node)
    if body.dims == ("1", "1"):
        raise NotUnderstood("an index at a number was not understood")
    count = len(node.indices)
    places = [
        None if isinstance(index, kinds.Slice) else place_of(evaluation, index, body, length_of(body, position, count))
        for position, index in enumerate(node.indices)
    ]
    if count > 2:
        raise NotUnderstood("more than two indices were not understood")
    first, second = (*places, None)[:2]
    if count == 2:
        return _at_two_places(evaluation, body, first, second)
    if first is None:
        raise NotUnderstood("a colon as the only index was not understood")
    return _at_one_place(evaluation, node, body, first)


@rule(kinds.Mixed)
def mixed(evaluation: Evaluation, node: kinds.Mixed) -> Jet:
    """An entry with an index above and one below."""
    return indexed(evaluation, node)


def _turned_member(evaluation: Evaluation, node: kinds.Indexed) -> kinds.Indexed | None:
    """``E_{pq}`` of ``E_{pq}^\\top``, where it is a whole matrix; ``None`` where an entry of a transposed matrix is meant."""
    if not isinstance(node.body, kinds.Transposed) or not isinstance(node.body.body, kinds.Name):
        return None
    inside = kinds.Indexed(node.body.body, node.indices)
    return inside if is_unit(evaluation, inside) or family_of(evaluation, inside) is not None else None


def _size_in_index(evaluation: Evaluation, node: kinds.Indexed) -> str | None:
    """The letter of the size that ``I_N`` has; ``None`` where the index is no size."""
    text = name_of(node)
    if text not in SIZED or text in evaluation.view.names:
        return None
    if len(node.indices) > 1:
        # I_{NM} is as large as a matrix has entries.
        names = [index.text for index in node.indices if isinstance(index, kinds.Name) and index.text not in evaluation.indices]
        sizes = [size_named(evaluation, each) for each in names]
        return "".join(sizes) if all(sizes) and len(sizes) == len(node.indices) else None
    (index,) = node.indices
    if isinstance(index, kinds.Name) and index.text not in evaluation.indices:
        # The end of a sum is the letter of a size, too.
        found = size_named(evaluation, index.text) or dict(evaluation.interpretation.own_sizes).get(index.text)
        if found:
            return found
    return evaluation.interpretation.size if is_own_size(index, evaluation.view) else None


def _at_one_place(evaluation: Evaluation, node: kinds.Indexed, body: Jet, place: int) -> Jet:
    if body.shape[1] == 1:
        return jets.entry(body, place, 0)
    if body.shape[0] == 1:
        return jets.entry(body, 0, place)
    is_column = _means_column(evaluation, node)
    if place >= body.shape[is_column]:
        raise ShapeError(f"an index leaves {body.shown()}")
    return _column(body, place) if is_column else _row(evaluation, body, place)


def _at_two_places(evaluation: Evaluation, body: Jet, row: int | None, column: int | None) -> Jet:
    if row is not None and column is None:
        return _row(evaluation, body, row)
    if column is not None and row is None:
        return _column(body, column)
    if row is None or column is None:
        raise NotUnderstood("two colons as indices were not understood")
    # A matrix of one column, for a size is one in this case, is one all the same.
    if "1" in body.dims and body.shape != (1, 1):
        raise ShapeError(f"two indices at {body.shown()}")
    return jets.entry(body, row, column)


def _means_column(evaluation: Evaluation, node: kinds.Indexed) -> bool:
    """Whether ``s_j`` is column ``j`` of ``S``."""
    if not isinstance(node.body, kinds.Name):
        return False
    text = node.body.text
    name = indexed_name(evaluation, text, 1)
    if evaluation.view.instead_of is not None and evaluation.named(name).dims[1] in _batch_of(evaluation.view.instead_of):
        # In the text's own layout the objects are columns.
        return 1 not in evaluation.named(name).shape
    upper = text.upper()
    # A small letter that stands for the matrix itself takes its rows.
    if name != resolve(evaluation, upper) or resolve(evaluation, text) == name or upper in evaluation.interpretation.rows:
        return False
    return 1 not in evaluation.named(name).shape


@lru_cache(maxsize=100)
def _batch_of(view: View) -> frozenset[str]:
    """The size of a batch of objects, which are rows in the exercise: it is never the second size of anything."""
    shapes = [shape for shape in view.variables.values() if "1" not in shape]
    return frozenset(down for down, _ in shapes) - {across for _, across in shapes}


def _row(evaluation: Evaluation, body: Jet, place: int) -> Jet:
    row = body.map(lambda part: part[place : place + 1, :], ("1", body.dims[1]))
    return jets.transpose(row) if evaluation.interpretation.row_entries else row


def _column(body: Jet, place: int) -> Jet:
    return body.map(lambda part: part[:, place : place + 1], (body.dims[0], "1"))


def is_own_size(index: kinds.Node, view: View) -> bool:
    """Whether an index of ``I`` is a letter for a size that the exercise does not have: ``I_K``."""
    return isinstance(index, kinds.Name) and len(index.text) == 1 and index.text.isupper() and index.text not in view.names
