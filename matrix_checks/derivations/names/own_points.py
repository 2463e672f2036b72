"""Derivatives and entries at the point where they are anyway: ``\\frac{\\partial y_i}{\\partial x_k}(x)`` and ``\\partial_k f_i(x)``, without that point."""

from collections.abc import Callable
from itertools import pairwise

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node, bare
from matrix_checks.derivations.names.entries_of_functions import depends
from matrix_checks.derivations.values.exercise import View

# f'(x; v): the derivative in a direction.
IN_DIRECTION = 2
IsAt = Callable[[Node, str], bool]


def without_own_points(node: Node, views: tuple[View, ...], functions: dict[str, str]) -> Node:
    """The same without the variable in brackets behind a derivative by it, and behind what is differentiated by one of its entries."""
    if kinds.Derivative not in node.kinds:
        return node

    def is_derivative(function: Node, variable: str) -> bool:
        if isinstance(function, kinds.Group):
            # (\\nabla u)(x), of which only the brackets say by what it is.
            inside = bare(function)
            is_gradient = isinstance(inside, kinds.Derivative) and inside.bottom == kinds.Name("")
            return is_gradient and isinstance(inside, kinds.Derivative) and _depends(inside.top, variable)
        bottom = bare(function.bottom) if isinstance(function, kinds.Derivative) else function
        body = kinds.whole_of(bottom)
        return isinstance(function, kinds.Derivative) and _is_same(views, body, variable)

    def _depends(top: Node, variable: str) -> bool:
        return isinstance(top, kinds.Name) and depends(views, top.text, variable)

    def is_value(function: Node, variable: str) -> bool:
        body = kinds.whole_of(function)
        # A letter for any function, as f, may be another one in the next rule.
        is_sure = body is not function or not isinstance(body, kinds.Name) or body.text not in functions
        return is_sure and isinstance(body, kinds.Name) and depends(views, body.text, variable)

    def change(node: Node) -> Node:
        node = node.rebuilt(change)
        if isinstance(node, kinds.Derivative) and isinstance(node.bottom, kinds.Product):
            bottom = _value_at(node.bottom, views)
            node = node if bottom is None else kinds.Derivative(node.top, bottom)
        if isinstance(node, kinds.Derivative) and isinstance(node.top, kinds.Product) and isinstance(node.bottom, kinds.Indexed):
            return kinds.Derivative(_without(node.top, views, is_value), node.bottom)
        return _without(node, views, is_derivative) if isinstance(node, kinds.Product) else node

    return change(node)


def _value_at(node: kinds.Product, views: tuple[View, ...]) -> Node | None:
    r"""The ``s_k`` of ``s(z)_k`` and of ``s_k(z)``, by which something is differentiated; ``None`` for anything else."""
    if len(node.factors) != len(("function", "argument")) or node.signs[0]:
        return None
    function, behind = node.factors
    argument, name = bare(kinds.whole_of(behind)), kinds.whole_of(function)
    is_call = isinstance(kinds.whole_of(behind), kinds.Group)
    if not isinstance(name, kinds.Name) or not isinstance(argument, kinds.Name) or not is_call:
        return None
    if not depends(views, name.text, argument.text):
        return None
    return kinds.Indexed(function, behind.indices) if isinstance(behind, kinds.Indexed) else function


def with_directions(node: Node, views: tuple[View, ...]) -> Node:
    """``f'(x; v)`` as the differential at ``x`` in the direction ``v``."""

    def change(node: Node) -> Node:
        node = node.rebuilt(change)
        if not isinstance(node, kinds.Product) or len(node.factors) != IN_DIRECTION:
            return node
        primed, point = node.factors
        if not isinstance(primed, kinds.Primed) or not isinstance(point, kinds.Tuple) or len(point.entries) != IN_DIRECTION:
            return node
        function, (where, direction) = primed.body, point.entries
        is_known = isinstance(function, kinds.Name) and isinstance(where, kinds.Name) and depends(views, function.text, where.text)
        return kinds.Differential(where, function, direction) if is_known else node

    return change(node) if kinds.Primed in node.kinds and kinds.Tuple in node.kinds else node


def without_own_arguments(node: Node, views: tuple[View, ...]) -> Node:
    r"""``\ell(y, \hat y)`` and ``dJ(S)`` without their arguments, where these are letters that what is called depends on anyway."""

    def change(node: Node) -> Node:
        node = node.rebuilt(change)
        if not isinstance(node, kinds.Product):
            return node
        factors, signs = list(node.factors), list(node.signs)
        for place in reversed(range(len(signs))):
            function, behind = factors[place], factors[place + 1]
            names = behind.entries if isinstance(behind, kinds.Tuple) and not signs[place] else ()
            if isinstance(function, kinds.Differentiated) and isinstance(function.body, kinds.Name) and place + 2 == len(factors):
                # Behind its brackets a step may stand.
                function = function.body
                names = (behind.body,) if isinstance(behind, kinds.Group) and not signs[place] else names
            texts = {each.text for each in names if isinstance(each, kinds.Name)}
            is_own = isinstance(function, kinds.Name) and all(depends(views, function.text, text) for text in texts)
            if names and len(texts) == len(names) and is_own:
                del factors[place + 1], signs[place]
        if len(signs) == len(node.signs):
            return node
        return kinds.Product(tuple(factors), tuple(signs)) if signs else factors[0]

    has_arguments = kinds.Tuple in node.kinds or (kinds.Differentiated in node.kinds and kinds.Group in node.kinds)
    return change(node) if has_arguments and kinds.Product in node.kinds else node


def with_values(body: Node, views: tuple[View, ...], functions: dict[str, str]) -> Node:
    r"""What a name is defined as, with ``s`` for ``s(x)`` where the text introduced it so: in a definition it is no product.

    A sum in brackets behind a name that the text introduced without an argument is a factor: the ``r(x - \mu)`` behind ``r = 1/s``.
    """

    def is_value(function: Node, variable: str) -> bool:
        name = kinds.whole_of(function)
        return isinstance(name, kinds.Name) and functions.get(name.text) == variable and depends(views, name.text, variable)

    def change(node: Node) -> Node:
        node = node.rebuilt(change)
        if not isinstance(node, kinds.Product):
            return node
        node = _without(node, views, is_value) if functions else node
        return _with_factors(node, views, functions) if isinstance(node, kinds.Product) else node

    return change(body) if kinds.Group in body.kinds else body


def _with_factors(node: kinds.Product, views: tuple[View, ...], functions: dict[str, str]) -> Node:
    own = {name for view in views for name in view.definitions if name not in (view.origin or view).names}
    factors = list(node.factors)
    for place, (first, second) in enumerate(pairwise(node.factors)):
        is_sum = isinstance(second, kinds.Group) and isinstance(second.body, kinds.Add)
        if not node.signs[place] and is_sum and isinstance(first, kinds.Name) and first.text in own and first.text not in functions:
            # In brackets, a name is no function of what stands behind it.
            factors[place] = kinds.Group(first)
    return kinds.Product(tuple(factors), node.signs)


def _without(node: kinds.Product, views: tuple[View, ...], is_at: IsAt) -> Node:
    factors, signs = list(node.factors), list(node.signs)
    for place in reversed(range(len(signs))):
        behind = factors[place + 1]
        name = behind.body if isinstance(behind, kinds.Group) and not signs[place] else None
        if isinstance(name, kinds.Name) and _is_variable(views, name.text) and is_at(factors[place], name.text):
            del factors[place + 1], signs[place]
    if len(signs) == len(node.signs):
        return node
    return kinds.Product(tuple(factors), tuple(signs)) if signs else factors[0]


def _is_variable(views: tuple[View, ...], name: str) -> bool:
    return any(view.variables.get(view.aliases.get(name, name), ("1", "1")) != ("1", "1") for view in views)


def _is_same(views: tuple[View, ...], body: Node, name: str) -> bool:
    """Whether two names are those of one variable."""
    return isinstance(body, kinds.Name) and any(
        view.aliases.get(body.text, body.text) == view.aliases.get(name, name) for view in views
    )
