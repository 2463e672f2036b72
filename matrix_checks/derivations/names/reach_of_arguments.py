"""What an argument in brackets belongs to: in ``e^{x_i}/s(x)`` and ``\\log s(x)`` to the function alone, which binds more tightly than the sign before it."""

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.names.entries_of_functions import depends
from matrix_checks.derivations.values.exercise import View
from matrix_checks.derivations.values.functions_of_entries import OF_ENTRIES


def with_arguments_inside(node: Node, views: tuple[View, ...], functions: dict[str, str]) -> Node:
    """The same with each argument beside the function that it is the argument of."""
    if kinds.Group not in node.kinds or kinds.Product not in node.kinds:
        return node

    def is_introduced(function: Node, variable: str) -> bool:
        name = _name(function)
        return functions.get(name) == variable and depends(views, name, variable)

    def is_function(function: Node, variable: str) -> bool:
        return depends(views, _name(function), variable)

    def change(node: Node) -> Node:
        node = node.rebuilt(change)
        return _changed(node) if isinstance(node, kinds.Product) else node

    def _changed(node: kinds.Product) -> Node:
        factors, signs = list(node.factors), list(node.signs)
        for place in reversed(range(len(signs))):
            argument = factors[place + 1]
            variable = _variable_in(argument, views) if isinstance(argument, kinds.Group) and not signs[place] else ""
            found = _inside(factors[place], argument, variable) if variable else None
            if found is not None:
                factors[place : place + 2] = [found]
                del signs[place]
        if len(signs) == len(node.signs):
            return node
        return kinds.Product(tuple(factors), tuple(signs)) if signs else factors[0]

    def _inside(before: Node, argument: Node, variable: str) -> Node | None:
        if isinstance(before, kinds.Quotient) and is_introduced(before.bottom, variable):
            return kinds.Quotient(before.top, _value(before.bottom, argument))
        is_single = isinstance(before, kinds.Function) and before.name in OF_ENTRIES and len(before.arguments) == 1
        if is_single and isinstance(before, kinds.Function) and is_function(before.arguments[0], variable):
            return kinds.Function(before.name, (_value(before.arguments[0], argument),))
        return None

    return change(node)


def _value(function: Node, argument: Node) -> Node:
    return kinds.Product((function, argument), ("",))


def _name(node: Node) -> str:
    """The name of a function, or of that of which it is an entry; empty for anything else."""
    body = kinds.whole_of(node)
    return body.text if isinstance(body, kinds.Name) else ""


def _variable_in(argument: kinds.Group, views: tuple[View, ...]) -> str:
    """The variable that stands in brackets alone, or with a step added to it; empty for anything else."""
    known = frozenset[str]().union(*(view.names for view in views))
    terms = argument.body.terms if isinstance(argument.body, kinds.Add) else (argument.body,)
    if len(terms) > 1 and argument.names <= known:
        return ""
    for term in terms:
        if isinstance(term, kinds.Name) and any(view.aliases.get(term.text, term.text) in view.variables for view in views):
            return term.text
    return ""
