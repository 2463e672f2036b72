"""Where statistics are kept, ``E[x]`` and ``Var[x]`` are the kept ones, as in Algorithm 2 of Ioffe and Szegedy (2015)."""

from fractions import Fraction

from matrix_checks.derivations.equality.rewriting import Changes, Sides
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.values.exercise import NUMBER, View
from matrix_checks.derivations.values.memory import Memory

MEAN, SQUARED = "mean", kinds.Number(Fraction(2))


def kept_moments(sides: Sides, views: tuple[View, ...], memory: Memory) -> Changes:
    """The mean and the variance of the objects as computed, and as kept where the layer is looked at with statistics that it keeps."""
    held = next((view for view in views if view.holds_statistics), None)
    kept = next((view.updates for view in views if view.updates), {})
    if held is None or len(kept) != 2:
        return (None,)
    mean, variance = (kinds.Name(name) for name in kept)
    arrays = {name for name, shape in held.variables.items() if shape != NUMBER}

    def with_kept(node: Node) -> Node:
        body = node.arguments[0] if isinstance(node, kinds.Function) and node.name == MEAN else None
        if isinstance(body, kinds.Power) and body.exponent == SQUARED and _is_deviation(body.body):
            return variance
        is_of_input = body is not None and isinstance(kinds.whole_of(body), kinds.Name) and body.names & arrays
        return mean if is_of_input else node.rebuilt(with_kept)

    changed = with_kept(sides[0]), with_kept(sides[1])
    return (None,) if changed == sides else (lambda each: (with_kept(each[0]), with_kept(each[1])), None)


def _is_deviation(node: Node) -> bool:
    """Whether it is what is between something and its own mean."""
    inner = kinds.bare(node)
    terms = inner.terms if isinstance(inner, kinds.Add) else ()
    return len(terms) == 2 and terms[1] == kinds.Negative(kinds.Function(MEAN, (terms[0],)))
