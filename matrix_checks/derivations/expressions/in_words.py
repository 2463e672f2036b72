"""What a kind of expression is called in a reason that students read."""

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node

WORDS: dict[type[Node], str] = {
    kinds.Slice: "a colon as an index",
    kinds.Indexed: "a letter with indices",
    kinds.Mixed: "a letter with an index above and one below",
    kinds.Sum: "a sum over an index",
    kinds.Power: "a power",
    kinds.Primed: "a prime",
    kinds.Group: "what stands in brackets",
    kinds.Function: "a function",
    kinds.Norm: "a norm",
    kinds.Bars: "what stands between bars",
    kinds.Inner: "an inner product",
    kinds.Derivative: "a derivative",
    kinds.Nabla: "a gradient",
    kinds.PartialDifferential: "a differential where one variable changes",
    kinds.Differentiated: "a differential",
    kinds.Operator: "a derivative without what it is applied to",
    kinds.Differential: "a differential at a point",
    kinds.Cases: "a value by cases",
    kinds.Matrix: "a matrix that is written out",
    kinds.Tuple: "a list in brackets",
    kinds.Dots: "an expression with dots",
    kinds.Limit: "a limit",
    kinds.DerivativeAtZero: "a derivative at zero",
    kinds.OperatorAtZero: "a derivative at zero without what it is applied to",
    kinds.HigherOrder: "a remainder of higher order",
}


def in_words(kind: type[Node]) -> str:
    """The words for a kind of expression."""
    return WORDS.get(kind, "a part of it")
