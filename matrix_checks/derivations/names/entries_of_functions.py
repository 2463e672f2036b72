"""Entries of what a function gives: ``s(x)_i`` is ``s_i(x)``, and so is ``s(x_i)`` where the text says what each entry is."""

from collections.abc import Callable
from dataclasses import dataclass

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.values.exercise import NUMBER, View


@dataclass(frozen=True)
class OwnFunctions:
    """Which names are those of functions.

    Attributes
    ----------
    views
        The exercise with what the text introduced.
    own, functions
        Names that the text gave a meaning, and the arguments with which it introduced some of them.
    shape_of
        The shape of an expression; ``None`` where it has no value.
    """

    views: tuple[View, ...]
    own: frozenset[str]
    functions: dict[str, str]
    shape_of: Callable[[Node], tuple[str, str] | None]

    def gives_array(self, name: str, argument: Node) -> bool:
        """Whether a name before an argument is that of a function that gives an array, or may be where nothing is said of it."""
        if self._is_new(name):
            return self._is_variable(argument)
        if self._is_variable(kinds.Name(name)) or self.shape_of(kinds.Name(name)) in (None, NUMBER):
            return False
        return name in self.functions or self._is_changed_variable(name, argument)

    def gives_entries(self, name: str, entry: kinds.Indexed) -> bool:
        """Whether a name before an entry is that of a function of which the text says what each entry is, or may say it."""
        if self._is_new(name):
            return self._is_variable(entry.body)
        found = (view.definitions.get(view.aliases.get(name, name), ()) for view in self.views)
        return name in self.functions and len(entry.indices) in {len(each[0].indices) for each in found if each}

    def is_own(self, name: str) -> bool:
        """Whether a name is that of a function of the text's own that gives an array."""
        return name in self.functions and self.shape_of(kinds.Name(name)) not in (None, NUMBER)

    def is_at_own_argument(self, name: str, behind: Node) -> bool:
        """Whether a function stands before the very argument that it was introduced with, which the text named itself: ``c(R)``."""
        argument = self.functions.get(name, "")
        is_own = argument != "" and not any(argument in (view.origin or view).names for view in self.views)
        return is_own and behind == kinds.Group(kinds.Name(argument))

    def is_at_variable(self, name: str, argument: Node) -> bool:
        """Whether a name stands before a variable that it depends on: its value there, and no product. A gradient is no function."""
        found = [each for view in self.views for each in view.definitions.get(view.aliases.get(name, name), ())]
        is_function = bool(found) and not any(kinds.Derivative in each.body.kinds for each in found)
        return is_function and isinstance(argument, kinds.Name) and depends(self.views, name, argument.text)

    def _is_changed_variable(self, name: str, argument: Node) -> bool:
        """Whether an argument is what a name depends on, with something added that the exercise does not know: ``x - c``."""
        terms = argument.terms if isinstance(argument, kinds.Add) else (argument,)
        variables = [term for term in terms if isinstance(term, kinds.Name) and depends(self.views, name, term.text)]
        others = set[str]().union(*(term.names for term in terms if term not in variables))
        return len(variables) == 1 and not any(others & (view.origin or view).names for view in self.views)

    def _is_new(self, name: str) -> bool:
        return not any(name in view.names for view in self.views)

    def _is_variable(self, node: Node) -> bool:
        """Whether it is a variable of the exercise, or a small letter for one."""
        return isinstance(node, kinds.Name) and any(
            meant in view.variables for view in self.views for meant in view.meant_by(node.text)
        )


def depends(views: tuple[View, ...], name: str, variable: str) -> bool:
    """Whether what a name stands for depends on a variable."""
    return name != variable and any(
        variable in view.names and view.aliases.get(variable, variable) in view.reached_from(name) for view in views
    )


def with_entries_of_functions(node: Node, found: OwnFunctions) -> Node:
    """The same with each index behind an argument at the name of the function."""

    def change(node: Node) -> Node:
        node = node.rebuilt(change)
        return _changed(node, found) if isinstance(node, kinds.Product) else node

    return change(node)


def _changed(node: kinds.Product, found: OwnFunctions) -> Node:
    factors, signs = list(node.factors), list(node.signs)
    for place in reversed(range(len(signs))):
        function, behind = factors[place : place + 2]
        value = _value(function, behind, found) if isinstance(function, kinds.Name) and not signs[place] else None
        if isinstance(value, kinds.Product):
            factors[place : place + 2] = value.factors
        elif value is not None:
            factors[place : place + 2] = [value]
            del signs[place]
    if factors == list(node.factors):
        return node
    return kinds.Product(tuple(factors), tuple(signs)) if signs else factors[0]


def _value(function: kinds.Name, behind: Node, found: OwnFunctions) -> Node | None:
    """The value of a function with what stands behind its argument; ``None`` where that is no index, and nothing above it."""
    if found.is_at_own_argument(function.text, behind):
        return function
    if isinstance(behind, kinds.Power):
        inside = _value(function, behind.body, found)
        return None if inside is None else kinds.Power(kinds.Group(inside), behind.exponent)
    if isinstance(behind, kinds.Transposed) and isinstance(behind.body, kinds.Group):
        value = kinds.Group(kinds.Product((function, behind.body), ("",)))
        is_value = found.is_own(function.text) or found.is_at_variable(function.text, behind.body.body)
        return kinds.Transposed(value) if is_value else None
    if isinstance(behind, kinds.Indexed) and isinstance(behind.body, kinds.Group):
        is_taken = found.gives_array(function.text, behind.body.body)
        return kinds.Product((kinds.Indexed(function, behind.indices), behind.body), ("",)) if is_taken else None
    if (
        isinstance(behind, kinds.Group)
        and isinstance(behind.body, kinds.Indexed)
        and found.gives_entries(function.text, behind.body)
    ):
        return kinds.Product((kinds.Indexed(function, behind.body.indices), kinds.Group(behind.body.body)), ("",))
    return None
