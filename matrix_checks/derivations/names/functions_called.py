"""The values of functions of what the exercise does not have: ``\\varphi'(0)`` for ``\\varphi(t) = J(A, S + tH)``, and ``\\ell_x(k)``."""

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.values.exercise import View, meanings_of

DOT = "\\dot "


def with_functions_called(node: Node, views: tuple[View, ...], functions: dict[str, str]) -> Node:
    """The same with the values of functions of free parameters: at what stands in their brackets, and of their derivatives."""
    free = {name: argument for name, argument in functions.items() if is_free(views, argument)}
    if not free:
        return node

    def change(node: Node) -> Node:
        node = node.rebuilt(change)
        if isinstance(node, kinds.Derivative) and isinstance(node.top, kinds.Name) and node.bottom == kinds.Name(""):
            return kinds.Derivative(node.top, kinds.Name(free[node.top.text])) if node.top.text in free else node
        return _with_calls(node, views, free) if isinstance(node, kinds.Product) else node

    return change(node)


def _with_calls(node: kinds.Product, views: tuple[View, ...], free: dict[str, str]) -> Node:
    factors, signs = list(node.factors), list(node.signs)
    for place in reversed(range(len(signs))):
        argument = factors[place + 1]
        if signs[place] or not isinstance(argument, kinds.Group):
            continue
        value = _value(factors[place], argument.body, views, free)
        if value is not None:
            factors[place : place + 2] = [value]
            del signs[place]
    if len(signs) == len(node.signs):
        return node
    return kinds.Product(tuple(factors), tuple(signs)) if signs else factors[0]


def _value(function: Node, argument: Node, views: tuple[View, ...], free: dict[str, str]) -> Node | None:
    """What a function, or a derivative of one, is at an argument; ``None`` where it is no function of a free parameter."""
    times, name = _derived(function)
    parameter = free.get(name, "")
    if not parameter or (times and not is_number(views, parameter)):
        return None
    if not times:
        is_itself = argument == kinds.Name(parameter) and is_number(views, parameter)
        body = next(iter(meanings_of(views, name)), None)
        return None if is_itself or body is None else kinds.Group(_with(body, parameter, argument))
    found: Node = kinds.Name(name)
    for _ in range(times - 1):
        found = kinds.Derivative(found, kinds.Name(parameter))
    if argument == kinds.Name(parameter):
        return kinds.Derivative(found, kinds.Name(parameter))
    is_zero = isinstance(argument, kinds.Number) and argument.value == 0
    return kinds.DerivativeAtZero(parameter, found) if is_zero else None


def _derived(node: Node) -> tuple[int, str]:
    """How often a function is differentiated, and its name; an empty name for anything else."""
    if isinstance(node, kinds.Primed) or (isinstance(node, kinds.Derivative) and isinstance(node.bottom, kinds.Name)):
        times, name = _derived(node.body if isinstance(node, kinds.Primed) else node.top)
        return times + 1, name
    if not isinstance(node, kinds.Name):
        return 0, ""
    return (1, node.text.removeprefix(DOT)) if node.text.startswith(DOT) else (0, node.text)


def _with(node: Node, parameter: str, argument: Node) -> Node:
    """An expression with something else in the place of a parameter."""
    place = argument if isinstance(argument, (kinds.Name, kinds.Number)) else kinds.Group(argument)
    return node.substituted(kinds.Name(parameter), place)


def is_free(views: tuple[View, ...], name: str) -> bool:
    """Whether a name is nothing of the exercise, and nothing that the text defined."""
    return name != "" and not any(
        name in (view.origin or view).names or name in view.definitions or name in view.aliases for view in views
    )


def is_number(views: tuple[View, ...], name: str) -> bool:
    return all(view.variables.get(name) == ("1", "1") for view in views)
