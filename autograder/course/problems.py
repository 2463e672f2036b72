"""Small problems to be solved at the table, with fresh letters and numbers; their answers are computed, not written down.

A problem is drawn from :class:`~autograder.course.draws.Draws`, which gives the same numbers for the same seed on every machine. Each
is drawn until the usual mistakes give other numbers or another shape.
"""

from collections.abc import Callable

from autograder.course import problems_of_calculus as calculus
from autograder.course import problems_of_layers as layers
from autograder.course.draws import Draws, Problem

PROBLEMS: dict[str, Callable[[Draws], Problem]] = {
    problem.__name__: problem
    for problem in (
        calculus.squares, calculus.distance, calculus.trace, calculus.trace_of_three, calculus.bilinear_by_the_matrix,
        calculus.bilinear_by_the_right, calculus.transposed_by_the_matrix, calculus.transposed_by_the_right, calculus.residual, calculus.residual_of_a_row, calculus.residual_by_the_matrix,
        calculus.jacobian_of_a_product, layers.linear, layers.linear_weights, layers.bias, layers.two_layers, layers.probabilities,
        layers.softmax, layers.row_of_the_jacobian, layers.normalization, layers.normalization_in_evaluation, layers.centring,
        layers.cross_entropy, layers.gate,
    )
}  # fmt: skip
