"""What an equality introduces: a new name, and what it stands for."""

from dataclasses import replace

from matrix_checks.derivations.context.as_it_fits import as_it_fits
from matrix_checks.derivations.context.claims import upstream_of
from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.squares import without_square
from matrix_checks.derivations.equality.conventions import in_definition
from matrix_checks.derivations.equality.entries_in_brackets import entry_in_brackets
from matrix_checks.derivations.equality.equality import holds
from matrix_checks.derivations.equality.fitted_numbers import upstream_names
from matrix_checks.derivations.equality.interpretations import OF_ANY_SIZE
from matrix_checks.derivations.equality.rewriting import BIASES, loss_of, with_rows_for
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.free_indices import free_indices
from matrix_checks.derivations.names.ones import ONES, is_written_out
from matrix_checks.derivations.names.own_names import no_sizes_in
from matrix_checks.derivations.reading.single_entries import COOKBOOK, UNIT
from matrix_checks.derivations.reading.tex import Token
from matrix_checks.derivations.values.exercise import Definition, View

# At the end of a chain they are what they are everywhere; at its beginning an E may be the writer's own.
IDENTITIES = set(map(kinds.Name, OF_ANY_SIZE))
# With an index it is the sign of a derivative.
DERIVATIVE = kinds.Name("D")

IDENTITY = kinds.Name("I")

# Of one layer.
OUTPUT = "y"
# Letters and accents that make the name of a gradient of the variable below them.
GRADIENTS = ("\\delta", "\\Delta", "\\bar")


def introduces(context: Context, left: kinds.Node, right: kinds.Node) -> bool:
    """Whether the equality says what a new name stands for; then it is kept."""
    left, right = without_square(context, without_argument(left), right)
    if isinstance(left, kinds.Transposed) and isinstance(left.body, kinds.Name) and not isinstance(right, kinds.Name):
        # v^T = \mathbf{1}^T C says what v is.
        left, right = left.body, kinds.Transposed(right)
    if left == kinds.Name(ONES):
        return is_written_out(right)
    if isinstance(right, kinds.Operator) and isinstance(left, kinds.Indexed) and left.body == DERIVATIVE:
        # It is read as what it stands for, wherever it is.
        return DERIVATIVE.text not in context.known
    indices = _index_letters(left)
    name = kinds.whole_of(left)
    if indices is None or not isinstance(name, kinds.Name) or name.text == ONES or not _is_new(context, name.text, indices, right):
        return False
    if name == IDENTITY and len(indices) == 1 and indices[0] not in right.names:
        # What stands below it is its size, of whatever it is set equal to.
        return False
    if name.text in right.names or not all(_is_said(context, each) for each in right.names):
        # Where the J^{ij} of a text is a matrix with a single one, an equality says nothing new of it.
        if indices and not (name.text == UNIT and COOKBOOK in context.notation.indices.units):
            context.memory.unclear.add(name.text)
        return False
    context.own.add(name.text)
    context.steps.pop(name.text, None)
    entry = entry_in_brackets(right, explicit=True)
    if entry and not indices:
        # J = (a_{ik})_{ik} says what its entries are.
        right, indices = entry[0], tuple(letter.text for letter in entry[1])
    right = as_it_fits(context, in_definition(right, indices, context.views, context.memory))
    context.define(name.text, Definition(right, indices), first=True)
    _keep_upstream(context, name.text, right)
    if isinstance(right, kinds.Matrix):
        context.look_at([_with_blocks_that_fit(context, view, name.text, right) for view in context.views])
    matrix = name.text.upper()
    if len(indices) == 2 and matrix != name.text and len(name.text) == 1 and matrix not in context.known:
        # Whoever says what the entries e_{nm} are, may write E for all of them; but E is the identity, too.
        before = context.views
        context.define(matrix, Definition(right, indices), first=True)
        if matrix in ("E", "I"):
            context.look_at((*before, *context.views))
    return True


def _keep_upstream(context: Context, name: str, right: kinds.Node) -> None:
    r"""Behind ``G = \partial L/\partial Y`` of one layer, G is the gradient that comes in of two layers, too, where these have no Y."""
    body = kinds.bare(right)
    if not isinstance(body, kinds.Derivative) or body.top != loss_of(context.views) or not isinstance(body.bottom, kinds.Name):
        return
    output = body.bottom.text
    if not any(view.aliases.get(output, output) == OUTPUT for view in context.views):
        return
    changed = []
    for view in context.views:
        upstream = min(upstream_names((view,)), default="")
        is_missing = output not in view.names and upstream and name not in view.variables
        changed.append(view.with_definition(name, Definition(kinds.Name(upstream)), first=True) if is_missing else view)
    context.look_at(changed)


def _with_blocks_that_fit(context: Context, view: View, name: str, blocks: kinds.Matrix) -> View:
    """A view where a matrix of blocks has its biases as rows, if it has no value otherwise: below a matrix stands a row."""
    biases = frozenset(BIASES) & view.variables.keys() & blocks.names
    if not biases or name not in view.definitions or context.shape_of(blocks, (view,)) is not None:
        return view
    turned = with_rows_for(blocks, biases)
    if context.shape_of(turned, (view,)) is None:
        return view
    return replace(view, definitions={**view.definitions, name: (Definition(turned),)})


def may_be_new(context: Context, right: kinds.Node, left: kinds.Node) -> bool:
    """Whether a right side may be a new name: an ``E`` is none, unless the left side has a shape that no identity has.

    A derivative that is set equal to an identity is a claim, and no name for it.
    """
    right = _without_size(right)
    if right not in IDENTITIES:
        # What all entries of a derivative are said to be does not depend on their index.
        return not (isinstance(right, kinds.Name) and kinds.Derivative in left.kinds and free_indices(left, ()))
    if right != kinds.Name("E") or kinds.Derivative in left.kinds:
        return False
    rows, columns = context.shape_of(left) or ("", "")
    return rows != columns


def _without_size(node: kinds.Node) -> kinds.Node:
    """The ``I`` of ``I_M`` and of ``I_{NM}``, where capital letters say how large it is; anything else as it is."""
    if not isinstance(node, kinds.Indexed) or node.body not in IDENTITIES:
        return node
    return node.body if all(isinstance(size, kinds.Name) and size.text.isupper() for size in node.indices) else node


def introduces_elsewhere(context: Context, left: kinds.Node, right: kinds.Node) -> bool:
    """Whether the equality gives a name of another view a meaning in those that can say the other side; then it is kept."""
    if not isinstance(left, kinds.Name) or not right.names or left.text in right.names:
        return False
    saying = [view for view in context.views if right.names <= view.names]
    is_gradient = any(left.text in (view.origin or view).definitions and _is_gradient(view, left.text) for view in context.views)
    layers = [view for view in saying if is_gradient and _gradients_of_layers(view, left.text)]
    is_known = any(left.text in view.names and view not in layers for view in saying)
    if left.text not in context.arrays or not saying or is_known:
        return False
    changed = {view: _with_meaning(context, view, left.text, right, view in layers) for view in saying}
    context.look_at(changed.get(view, view) for view in context.views)
    # The gradient of one layer is that of one of several: it gets no meaning of its own.
    return not layers or any(holds(context.setting((changed[view],)), left, right) for view in layers)


def _gradients_of_layers(view: View, name: str) -> list[str]:
    """What the exercise has for the gradient of one layer in a view with several: ``gradW_1`` and ``gradW_2`` for a ``gradW``."""
    own = (view.origin or view).definitions
    return [other for other in sorted(own) if other.startswith(f"{name}_") and _is_gradient(view, other)]


def _is_gradient(view: View, name: str) -> bool:
    return name in view.definitions and kinds.Derivative in view.definitions[name][0].body.kinds


def _with_meaning(context: Context, view: View, name: str, meant: kinds.Node, is_of_layer: bool) -> View:
    """A view with a name for what it defines by a name of its own, or with a new definition: the ``y`` of two layers is its ``y_2``."""
    setting = context.setting((view,))
    own = _gradients_of_layers(view, name) if is_of_layer else []
    same = own or [other for other in view.definitions if not _is_gradient(view, other)]
    known = next((other for other in same if holds(setting, kinds.Name(other), meant)), own[0] if own else "")
    return view.with_alias(name, known) if known else view.with_definition(name, Definition(meant), first=True)


def _index_letters(node: kinds.Node) -> tuple[str, ...] | None:
    """The letters of an entry's indices, none of anything else; ``None`` where an index is no letter."""
    if not isinstance(node, kinds.Indexed):
        return ()
    letters = tuple(index.text for index in node.indices if isinstance(index, kinds.Name))
    return letters if len(letters) == len(node.indices) else None


def _is_new(context: Context, name: str, indices: tuple[str, ...], right: kinds.Node) -> bool:
    """Whether a name, or the array of which an entry is written, stands for nothing yet."""
    if indices and name.upper() in no_sizes_in(context.views):
        return False
    if name in context.memory.declared and context.shape_of(right) == ("1", "1"):
        # It is a size, with which a number is compared.
        return False
    if _may_be_gradient(context, name, right):
        return False
    # Of a name that was declared with its space only the shape was said.
    is_declared = name in context.steps and context.steps.keys().isdisjoint(right.names) and bool(right.names)
    return name not in context.known or is_declared or is_free_letter(context, name, right)


def _may_be_gradient(context: Context, name: str, right: kinds.Node) -> bool:
    r"""Whether a ``\\delta_W`` or ``\\bar W`` is made of the gradient that comes in: then it is one, too, and no new name."""
    sign, _, letter = name.partition("_") if "_" in name else name.partition(" ")
    if sign not in GRADIENTS or not letter:
        return False
    upstream = {each for view in context.views for each in upstream_of(view, loss_of(context.views).text)}
    own = {name for view in context.views for name in right.names if view.aliases.get(name, name) in upstream}
    return bool(own) and any(view.aliases.get(letter, letter) in view.variables.keys() - upstream for view in context.views)


def name_of(node: kinds.Node) -> str:
    """The name that a side of a definition defines: ``f`` of ``f(x)`` and of ``f_i``; empty for anything else."""
    node = without_argument(node)
    node = kinds.whole_of(node)
    return node.text if isinstance(node, kinds.Name) else ""


def argument_of(node: kinds.Node) -> str:
    """The ``x`` of ``f(x)``; empty for anything else."""
    inside = kinds.bare(node.factors[-1]) if without_argument(node) is not node and isinstance(node, kinds.Product) else node
    return inside.text if inside is not node and isinstance(inside, kinds.Name) else ""


def as_entry(node: kinds.Node) -> kinds.Node:
    r"""An entry of an own delta for a ``\delta_j``: with one index it is no Kronecker delta."""
    if isinstance(node, kinds.Function) and node.name == "delta" and len(node.arguments) == 1:
        return kinds.Indexed(kinds.Name("\\delta"), node.arguments)
    return node


def without_argument(node: kinds.Node) -> kinds.Node:
    """The ``f`` of ``f(x)``, of ``f(x, y)`` and of ``f(x_1, \\dots, x_n)``, and the ``f_i`` of ``f(x)_i`` and of ``(f)_i``."""
    if isinstance(node, kinds.Indexed) and isinstance(node.body, kinds.Group) and isinstance(node.body.body, kinds.Name):
        return kinds.Indexed(node.body.body, node.indices)
    if isinstance(node, kinds.Product) and len(node.factors) == 2:
        function, behind = node.factors
        if isinstance(behind, kinds.Indexed) and isinstance(behind.body, kinds.Group) and isinstance(function, kinds.Name):
            return kinds.Indexed(function, behind.indices) if isinstance(behind.body.body, kinds.Name) else node
        if isinstance(behind, kinds.Group) and isinstance(behind.body, kinds.Name):
            return node.factors[0]
        if isinstance(behind, kinds.Tuple) and all(
            isinstance(kinds.whole_of(each), (kinds.Name, kinds.Dots)) for each in behind.entries
        ):
            return node.factors[0]
        if isinstance(function, kinds.Name) and not node.signs[0] and isinstance(kinds.bare(behind), kinds.Inner):
            # D(V|WH) is a divergence.
            return function
    return node


def is_called(left: kinds.Node, tokens: list[Token]) -> bool:
    """Whether a side is a function with its arguments, which may have been left out of it by now."""
    return without_argument(left) is not left or tokens[1:2] == ["("]


def _is_said(context: Context, name: str) -> bool:
    """Whether a name stands for something, for an entry of something, or for a size."""
    if name in context.memory.ends or name in context.memory.declared:
        return True
    return name in context.known or name in OF_ANY_SIZE or name == "e" or name.upper() in context.known


def is_free_letter(context: Context, text: str, right: kinds.Node) -> bool:
    """Whether a name is only the letter of a size, which a student may give to a matrix, too."""
    if text in context.arrays or text in context.steps or isinstance(right, (kinds.Number, kinds.Name)):
        return False
    # A number that is set equal to it is compared with the size.
    return context.shape_of(right) != ("1", "1")
