"""Problems at the table: whoever makes a usual mistake gets other numbers or another shape, whatever the seed."""

import numpy as np
import pytest

from autograder.course.draws import Draws, telling
from autograder.course.problems import PROBLEMS

SEEDS = 300
# By problem: what those compute who lose a transpose or a factor, change an order or a sign. A product that does not exist is its own
# warning. The formulas stand here once more, apart from those that the problems themselves look at.
WRONG = {
    "squares": [
        lambda g: g["factor"] * g["u"] + g["p"],
        lambda g: 2 * g["factor"] * g["u"],
        lambda g: 2 * g["u"] + g["p"],
        lambda g: 2 * g["factor"] * g["u"] - g["p"],
    ],
    "distance": [
        lambda g: 2 * g["factor"] * (g["p"] - g["u"]),
        lambda g: g["factor"] * (g["u"] - g["p"]),
        lambda g: 2 * (g["u"] - g["p"]),
        lambda g: 2 * g["factor"] * (g["u"] + g["p"]),
    ],
    "trace": [lambda g: g["V"], lambda g: g["V"].T, lambda g: np.eye(2) * g["factor"]],
    "trace_of_three": [lambda g: g["W"] @ g["V"], lambda g: g["V"] @ g["W"], lambda g: g["W"].T @ g["V"].T, lambda g: (g["W"] @ g["V"])],
    "bilinear_by_the_matrix": [
        lambda g: np.outer(g["v"], g["u"]),
        lambda g: np.outer(g["u"], g["u"]),
        lambda g: np.outer(g["v"], g["v"]),
        lambda g: 2 * np.outer(g["u"], g["v"]),
        lambda g: g["M"],
    ],
    "bilinear_by_the_right": [lambda g: g["M"] @ g["v"], lambda g: g["M"] @ g["u"], lambda g: g["M"].T @ g["v"], lambda g: 2 * g["u"] @ g["M"]],
    "transposed_by_the_matrix": [lambda g: np.outer(g["u"], g["v"]), lambda g: 2 * np.outer(g["v"], g["u"]), lambda g: g["M"]],
    "transposed_by_the_right": [lambda g: g["M"].T @ g["u"], lambda g: g["M"].T @ g["v"], lambda g: 2 * g["M"] @ g["u"], lambda g: g["v"]],
    "residual": [
        lambda g: -2 * g["M"] @ (g["b"] - g["M"] @ g["u"]),
        lambda g: -g["M"].T @ (g["b"] - g["M"] @ g["u"]),
        lambda g: 2 * g["M"].T @ (g["b"] - g["M"] @ g["u"]),
        lambda g: -2 * (g["b"] - g["M"] @ g["u"]),
        lambda g: -2 * g["M"].T @ g["b"],
        lambda g: -2 * g["M"].T @ (g["b"] + g["M"] @ g["u"]),
    ],
    "residual_of_a_row": [
        lambda g: -2 * g["M"].T @ (g["b"] - g["M"].T @ g["u"]),
        lambda g: -g["M"] @ (g["b"] - g["M"].T @ g["u"]),
        lambda g: 2 * g["M"] @ (g["b"] - g["M"].T @ g["u"]),
        lambda g: -2 * (g["b"] - g["M"].T @ g["u"]),
        lambda g: -2 * g["M"] @ g["b"],
    ],
    "residual_by_the_matrix": [
        lambda g: -2 * np.outer(g["u"], g["b"] - g["M"] @ g["u"]),
        lambda g: -np.outer(g["b"] - g["M"] @ g["u"], g["u"]),
        lambda g: 2 * np.outer(g["b"] - g["M"] @ g["u"], g["u"]),
        lambda g: -2 * np.outer(g["b"], g["u"]),
    ],
    "jacobian_of_a_product": [
        lambda g: np.kron(g["v"], np.eye(2)) if g["is_row"] else np.kron(np.eye(2), g["v"]),
        lambda g: np.kron(g["v"], np.ones((2, 2))),
        lambda g: g["v"],
    ],
    "linear": [lambda g: g["G"] @ g["Q"], lambda g: g["Q"].T @ g["G"], lambda g: g["Q"] @ g["G"].T, lambda g: g["G"]],
    "linear_weights": [lambda g: g["P"] @ g["G"], lambda g: g["G"].T @ g["P"], lambda g: g["G"] @ g["P"].T, lambda g: np.outer(g["P"].sum(axis=0), g["G"].sum(axis=0)), lambda g: np.outer(g["P"][-1], g["G"][-1])],
    "bias": [lambda g: g["G"].mean(axis=0), lambda g: g["G"].sum(axis=1), lambda g: g["G"][0], lambda g: g["G"][-1], lambda g: g["G"]],
    "two_layers": [
        lambda g: g["G"] @ g["U"].T @ g["V"].T,
        lambda g: g["G"] @ g["V"] @ g["U"],
        lambda g: g["G"] @ g["V"].T,
        lambda g: g["U"] @ g["V"] @ g["G"].T,
    ],
    "probabilities": [lambda g: g["parts"] / 1.0, lambda g: g["parts"] / g["parts"].max(), lambda g: np.full(3, 1 / 3)],
    "softmax": [
        lambda g: g["g"] * g["y"] * (1 - g["y"]),
        lambda g: g["g"] * g["y"],
        lambda g: g["g"] - g["g"] @ g["y"],
        lambda g: g["y"] * (g["g"] - g["g"].mean()),
    ],
    "row_of_the_jacobian": [
        lambda g: g["y"] * (1 - g["y"]),
        lambda g: np.diag(g["y"])[g["place"]],
        lambda g: -g["y"] * g["y"][g["place"]],
        lambda g: np.diag(g["y"] * (1 - g["y"]))[g["place"]],
    ],
    "normalization": [
        lambda g: g["g"],
        lambda g: g["g"] / np.sqrt(6 + g["eps"]),
        lambda g: (g["g"] - g["g"].mean()) / np.sqrt(6 + g["eps"]),
        lambda g: (g["g"] - hat(g) * np.mean(g["g"] * hat(g))) / np.sqrt(6 + g["eps"]),
        lambda g: (g["g"] - g["g"].mean() + hat(g) * np.mean(g["g"] * hat(g))) / np.sqrt(6 + g["eps"]),
    ],
    "normalization_in_evaluation": [
        lambda g: (g["g"] - g["g"].mean()) / g["root"],
        lambda g: g["g"],
        lambda g: g["g"] / g["root"] ** 2,
    ],
    "centring": [lambda g: g["g"], lambda g: g["g"] - g["g"].sum(), lambda g: g["g"] + g["g"].mean(), lambda g: g["g"] * 2 / 3],
    "cross_entropy": [
        lambda g: g["p"] - np.eye(3)[g["label"]],
        lambda g: g["p"] / g["size"],
        lambda g: (np.eye(3)[g["label"]] - g["p"]) / g["size"],
    ],
    "gate": [lambda g: g["g"], lambda g: np.maximum(g["g"], 0), lambda g: g["g"] * g["z"], lambda g: np.maximum(g["z"], 0)],
}  # fmt: skip


def hat(given):
    return (given["x"] - given["x"].mean()) / np.sqrt(6 + given["eps"])


def outcome(formula, given):
    try:
        return formula(given)
    except ValueError:  # the product does not exist
        return None


def tells(problem, wrong) -> bool:
    return wrong is None or np.shape(wrong) != problem.found.shape or not np.allclose(wrong, problem.found)


@pytest.mark.parametrize("name", PROBLEMS)
def test_no_usual_mistake_gives_the_answer(name):
    for seed in range(SEEDS):
        problem = PROBLEMS[name](Draws("student", str(seed)))
        assert np.any(problem.found), seed
        for place, formula in enumerate(WRONG[name]):
            assert tells(problem, outcome(formula, problem.given)), (seed, place, problem.task)


@pytest.mark.parametrize("name", PROBLEMS)
def test_at_least_two_mistakes_give_numbers_of_their_own(name):
    """Lest the test above passes because no wrong formula can be computed."""
    problem = PROBLEMS[name](Draws("student"))
    assert sum(outcome(formula, problem.given) is not None for formula in WRONG[name]) >= 2


@pytest.mark.parametrize("name", PROBLEMS)
def test_no_matrix_is_square(name):
    for seed in range(SEEDS):
        for letter, numbers in PROBLEMS[name](Draws(str(seed))).given.items():
            assert numbers.ndim < 2 or numbers.shape[0] != numbers.shape[1], (seed, letter)


def test_numbers_that_hide_a_mistake_are_drawn_again():
    given = PROBLEMS["residual"](Draws("ada")).given
    assert np.any(given["b"] - given["M"] @ given["u"])

    @telling
    def hopeless(draw):
        problem = PROBLEMS["residual"](draw)
        return problem, (problem.found,)

    with pytest.raises(ValueError, match="the problem hopeless hides a mistake with every draw"):
        hopeless(Draws("ada"))
