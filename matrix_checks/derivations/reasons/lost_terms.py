"""Mistakes of who differentiates: a term of the product rule is lost, or the derivative of a function; a matrix is taken for symmetric."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from matrix_checks.derivations.equality.attempts import Attempt
from matrix_checks.derivations.equality.held_values import with_held
from matrix_checks.derivations.equality.verdicts import Equality
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.as_tex import tex
from matrix_checks.derivations.expressions.kinds import Node, bare
from matrix_checks.derivations.reasons.trials import Trials
from matrix_checks.derivations.values.exercise import Definition, View

MOST_MATRICES = 3
MOST_PLACES = 4
MOST_FUNCTIONS = 3
# Of names that stand for others.
DEEPEST = 5
PLACES = ("first", "second", "third", "fourth")
Differentiating = kinds.Derivative | kinds.Differentiated | kinds.Differential
# Names that no text has.
KEPT, SLOPE, BEFORE = "\\kept", "\\slope", "\\before"
# What a function's derivative is taken for: in words, and made of the function's own values.
SLOPES: dict[str, list[tuple[str, Callable]]] = {
    "relu": [
        ("the step of ReLU is missing: its derivative is one only where its argument is positive", lambda value: value * 0 + 1)
    ],
    "tanh": [
        ("the derivative of tanh is missing", lambda value: value * 0 + 1),
        ("a square is missing: the derivative of tanh is one minus its square", lambda value: 1 - value),
    ],
    "sigmoid": [
        ("the derivative of the sigmoid is missing", lambda value: value * 0 + 1),
        ("a factor of the derivative of the sigmoid is missing", lambda value: 1 - value),
        ("a factor of the derivative of the sigmoid is missing", lambda value: value),
    ],
    "softmax": [
        ("only the diagonal of the Jacobian of softmax is there", lambda value: value * (1 - value)),
        ("the derivative of softmax is missing", lambda value: value * 0 + 1),
    ],
    "exp": [("the derivative of exp is missing", lambda value: value * 0 + 1)],
    "log": [("the derivative of log is missing", lambda value: value * 0 + 1)],
}


def term_missing(trials: Trials, equality: Equality, attempt: Attempt | None) -> str:
    """That the equality would be true if what is differentiated did not vary in all the places where it does."""
    if attempt is None:
        return ""
    view = attempt.view
    for part in dict.fromkeys(_differentiating(equality)):
        whole = part.top if isinstance(part, kinds.Derivative) else part.body
        for words, changed, held in _with_one_held(view, bare(whole), _varying(view, equality, part)):
            if not trials.goes_on:
                return ""
            setting = with_held(trials.setting, view, {KEPT: (held, None)})
            left, right = (side.substituted(part, _of(part, kinds.Group(changed))) for side in equality.sides)
            if setting is not None and trials.hold(left, right, setting=setting):
                return words
    return ""


def _differentiating(equality: Equality) -> Iterator[Differentiating]:
    for side in equality.sides:
        for part in side.everything:
            if isinstance(part, (kinds.Derivative, kinds.Differentiated, kinds.Differential)):
                yield part


def _of(part: Differentiating, whole: Node) -> Node:
    if isinstance(part, kinds.Differential):
        return kinds.Differential(part.point, whole, part.step)
    return kinds.Derivative(whole, part.bottom) if isinstance(part, kinds.Derivative) else kinds.Differentiated(whole)


def _varying(view: View, equality: Equality, part: Node) -> frozenset[str]:
    """What a derivative is by; of a differential, what stands alone behind a ``d``."""
    if isinstance(part, kinds.Derivative):
        return part.bottom.names
    if isinstance(part, kinds.Differential):
        return part.point.names
    bodies = (bare(each.body) for each in _differentiating(equality) if isinstance(each, kinds.Differentiated))
    return frozenset(body.text for body in bodies if isinstance(body, kinds.Name) and body.text in view.variables)


def _with_one_held(view: View, whole: Node, varying: frozenset[str]) -> Iterator[tuple[str, Node, Node]]:
    """What is differentiated, with one of the places held fixed that vary: in words, changed, and what is held."""
    for _ in range(DEEPEST):
        definition = _definition(view, whole)
        whole = bare(definition.body) if definition is not None else whole
        places = list(_places(whole, lambda name: not view.reached_from(name).isdisjoint(varying)))
        if len(places) != 1 or _definition(view, places[0][0]) is None:
            break
        whole = places[0][0]
    if not 2 <= len(places) <= MOST_PLACES:
        return
    leaves = [leaf for leaf, _ in places]
    for place, (leaf, changed) in enumerate(places):
        same = [each for each, other in enumerate(leaves) if other == leaf]
        which = f"the {PLACES[same.index(place)]} {tex(leaf)}" if len(same) > 1 else tex(leaf)
        yield f"a term of the product rule is missing: the one in which {which} of {tex(whole)} is differentiated", changed, leaf


def _definition(view: View, node: Node) -> Definition | None:
    """What a name stands for as a whole."""
    if not isinstance(node, kinds.Name):
        return None
    found = next(iter(view.definitions.get(view.aliases.get(node.text, node.text), ())), None)
    return found if found is not None and not found.indices else None


def _places(node: Node, varies: Callable[[str], bool]) -> Iterator[tuple[Node, Node]]:
    """The names in an expression that vary, each with the expression in which another name stands in its place."""
    if isinstance(node, kinds.Name):
        if varies(node.text):
            yield node, kinds.Name(KEPT)
        return
    for place, part in enumerate(node.parts):
        for leaf, changed in _places(part, varies):
            yield leaf, node.with_part(place, changed)


def derivative_missing(trials: Trials, equality: Equality, attempt: Attempt | None) -> str:
    """That the equality would be true if the derivative of a function on the way were another one."""
    if attempt is None:
        return ""
    view = attempt.view
    names = {each for side in equality.sides for name in side.names for each in view.reached_from(name)}
    bodies = [definitions[0].body for name, definitions in view.definitions.items() if name in names]
    if not any(True for _ in _differentiating(equality)):
        return ""
    parts = (part for whole in (*bodies, *equality.sides) for part in whole.everything)
    functions = [part for part in parts if isinstance(part, kinds.Function) and part.name in SLOPES]
    for function in list(dict.fromkeys(functions))[:MOST_FUNCTIONS]:
        (argument, *_) = function.arguments
        line = _line(argument)
        for words, slope in SLOPES[function.name]:
            if not trials.goes_on:
                return ""
            held = {KEPT: (function, None), SLOPE: (function, slope), BEFORE: (argument, None)}
            setting = with_held(trials.setting, view, held, _rewritten(view, function, line))
            left, right = (side.substituted(function, line) for side in equality.sides)
            if setting is not None and trials.hold(left, right, setting=setting):
                return words
    return ""


def _line(argument: Node) -> Node:
    """A function's value, and its slope times what its argument changes by."""
    change = kinds.Group(kinds.Add((argument, kinds.Negative(kinds.Name(BEFORE)))))
    return kinds.Group(kinds.Add((kinds.Name(KEPT), kinds.Product((kinds.Name(SLOPE), change), ("odot",)))))


def _rewritten(view: View, old: Node, new: Node) -> View:
    """The view with another expression in all places of one."""
    return view.with_each_body(lambda node: node.substituted(old, new))


def only_if_symmetric(trials: Trials, equality: Equality, attempt: Attempt | None) -> str:
    """That the equality is true where a square matrix is symmetric."""
    if attempt is None:
        return ""
    view = attempt.view
    names = {each for side in equality.sides for name in side.names for each in view.reached_from(name)}
    varying = frozenset().union(*(_varying(view, equality, part) for part in _differentiating(equality)))
    square = [name for name, (rows, columns) in view.variables.items() if rows == columns != "1" and name in names - varying]
    for name in square[:MOST_MATRICES]:
        symbol = kinds.Name(name)
        symmetric = kinds.Group(kinds.Add((symbol, kinds.Transposed(symbol))))
        changed = _rewritten(view, symbol, symmetric)
        setting = replace(trials.setting, views=(changed,), kept={}, ranges={})
        left, right = (side.substituted(symbol, symmetric) for side in equality.sides)
        if trials.hold(left, right, setting=setting):
            return f"it is true only if {tex(symbol)} is symmetric"
    return ""
