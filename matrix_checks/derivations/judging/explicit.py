"""Whether an expression is an explicit answer: in names that the statement defines, and without a derivative of what is asked."""

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from functools import partial

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.equality.interpretations import OF_ANY_SIZE
from matrix_checks.derivations.equality.verdicts import HOLDS
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.names.exercise_names import in_own_names
from matrix_checks.derivations.values.exercise import View

Verdicts = Callable[[kinds.Node, kinds.Node, tuple[View, ...] | None], str]
# What says that something is still to be differentiated.
OPEN = (
    kinds.Derivative,
    kinds.Differentiated,
    kinds.Differential,
    kinds.Operator,
    kinds.Limit,
    kinds.DerivativeAtZero,
    kinds.HigherOrder,
)
E_NUMBER = "e"
# What stands for a derivative that was found.
FOUND = kinds.Number(Fraction(1))


def explicit(
    end: kinds.Node, context: Context, verdict_of: Verdicts, in_steps: bool = False, derived: frozenset[kinds.Node] = frozenset()
) -> kinds.Node | None:
    """The answer, where the end of a chain is one; a derivative that is the upstream gradient is that.

    Parameters
    ----------
    end
        The end of the chain.
    context
        What the text said so far.
    verdict_of
        Decides whether two expressions are equal.
    in_steps
        Whether a differential is asked for, so that the answer may hold the steps of the variables.
    derived
        The derivatives that the text found before, in the exercise's own names: an answer may hold them.
    """
    answer = _with_upstream(end, context, verdict_of) if kinds.Derivative in end.kinds else end
    closed = _without_steps(answer, context) if in_steps else answer
    closed = _without_derived(closed, context, derived) if derived else closed
    if any(kind in closed.kinds for kind in OPEN):
        return None
    known = context.steps.keys() if in_steps else frozenset[str]()
    is_closed = partial(_is_closed, context=context, verdict_of=verdict_of, derived=derived)
    return answer if all(name in known or _is_known(name, context, is_closed) for name in closed.names) else None


def _is_closed(body: kinds.Node, context: Context, verdict_of: Verdicts, derived: frozenset[kinds.Node]) -> bool:
    """Whether what a name stands for is given, or was found before."""
    return _is_upstream(body, context, verdict_of) or _without_derived(body, context, derived) == FOUND


def _without_derived(node: kinds.Node, context: Context, derived: frozenset[kinds.Node]) -> kinds.Node:
    """The expression with nothing left of the derivatives that were found before."""
    plain = kinds.Derivative(node.top, node.bottom) if isinstance(node, kinds.Derivative) else None
    if plain is not None and any(in_own_names(plain, view) in derived for view in context.views):
        return FOUND
    return node.rebuilt(lambda part: _without_derived(part, context, derived))


def _without_steps(node: kinds.Node, context: Context) -> kinds.Node:
    """The expression with each variable in the place of its step; the step of what is transposed is that of the variable."""
    name = kinds.bare(node.body) if isinstance(node, kinds.Differentiated) else None
    if isinstance(node, kinds.Differentiated) and isinstance(name, kinds.Name):
        variables = {name for view in context.views for name in view.variables}
        return node.body if name.text in variables else node
    return node.rebuilt(lambda part: _without_steps(part, context))


def _with_upstream(node: kinds.Node, context: Context, verdict_of: Verdicts) -> kinds.Node:
    # The y of one layer is not that of two: the gradient by it has another name.
    views = [view for view in context.views if context.shape_of(node, (view,))] or list(context.views)

    def change(part: kinds.Node) -> kinds.Node:
        if isinstance(part, kinds.Derivative):
            return next((variable for variable in _upstream(part, views) if verdict_of(part, variable, None) == HOLDS), part)
        return part.rebuilt(change)

    return change(node)


def _is_upstream(node: kinds.Node, context: Context, verdict_of: Verdicts) -> bool:
    """Whether a name for it is one for the upstream gradient."""
    return isinstance(node, kinds.Derivative) and _with_upstream(node, context, verdict_of) != node


def _upstream(node: kinds.Derivative, views: Iterable[View]) -> Iterator[kinds.Node]:
    """The variables that a gradient with respect to what the layer gives may be."""
    bottom = kinds.whole_of(node.bottom)
    if not isinstance(node.top, kinds.Name) or not isinstance(bottom, kinds.Name):
        return
    names = {
        name
        for view in views
        if view.aliases.get(bottom.text, bottom.text) in view.definitions
        for name in (view.origin or view).variables
        # It stands in the definition of the loss.
        if name in view.behind(node.top.text) and name not in view.behind(bottom.text)
    }
    for name in sorted(names):
        yield kinds.Indexed(kinds.Name(name), node.bottom.indices) if isinstance(node.bottom, kinds.Indexed) else kinds.Name(name)


def _is_known(name: str, context: Context, is_closed: Callable[[kinds.Node], bool]) -> bool:
    """Whether a name stands for something that the statement says, or that follows from it."""
    if name in OF_ANY_SIZE or name == E_NUMBER:
        return True
    if name in context.steps:
        return False
    views = [view for view in context.views if view.names & {name, name.upper()}]
    return not views or any(_leads_to_statement(name, view, frozenset(), is_closed) for view in views)


def _leads_to_statement(name: str, view: View, seen: frozenset[str], is_given: Callable[[kinds.Node], bool]) -> bool:
    name = view.aliases.get(name, name)
    if name in seen:
        return False
    if name not in view.definitions:
        # A variable, the letter of a size, or a small letter: that of an entry, or of an index.
        return name in view.names or name in OF_ANY_SIZE or len(name) == 1
    return any(
        is_given(definition.body)
        or not any(kind in definition.body.kinds for kind in OPEN)
        and all(_leads_to_statement(each, view, seen | {name}, is_given) for each in definition.body.names)
        for definition in view.definitions[name]
    )
