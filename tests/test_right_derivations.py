"""No step of a right derivation is called false, in whatever letters, names, orders and ways it is written.

``TEXTS=200 pytest tests/test_right_derivations.py`` reads so many of each exercise.
"""

import os
import random
from collections.abc import Callable

import pytest

from tests.right_derivations import DERIVATIONS, Writer
from tests.right_derivations_by_differentials import BY_DIFFERENTIALS
from tests.right_derivations_by_jacobians import BY_JACOBIANS
from tests.right_derivations_by_nodes import BY_NODES
from tests.right_derivations_of_papers import OF_PAPERS
from tests.right_derivations_whole import WHOLE
from tests.test_precision import judged

TEXTS = int(os.environ.get("TEXTS", "8"))
STYLES: dict[str, tuple[str, Callable[[Writer], str]]] = {
    f"{style}, {name}": ("batch_norm" if exercises is OF_PAPERS else name, write)
    for style, exercises in (
        ("nodes", BY_NODES),
        ("differentials", BY_DIFFERENTIALS),
        ("jacobians", BY_JACOBIANS),
        ("papers", OF_PAPERS),
    )
    for name, write in exercises.items()
}
# Behind a right derivation: the gradient asked for, with a mistake.
WRONG = {
    "batch_norm": r"\frac{\partial L}{\partial x_j} = -\frac{1}{N}\sum_i g_i",
    "softmax": r"\frac{\partial y_i}{\partial x_j} = 2y_iy_j",
    "linear": r"\frac{\partial L}{\partial W} = -X^TG",
    "ex4_trace": r"\frac{\partial J}{\partial S} = 2A^T(X - AS)",
    "ex3": r"\frac{\partial y}{\partial x} = -Ac",
}


@pytest.mark.parametrize("exercise", DERIVATIONS)
@pytest.mark.parametrize("seed", range(TEXTS))
def test_no_step_of_a_right_derivation_is_called_false(exercise: str, seed: int) -> None:
    text = DERIVATIONS[exercise](Writer(random.Random(f"{exercise} {seed}")))
    assert "F" not in judged(exercise, text), text


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize("seed", range(TEXTS // 2))
def test_no_step_of_a_derivation_by_wholes_is_called_false(name: str, seed: int) -> None:
    exercise, write = WHOLE[name]
    text = write(Writer(random.Random(f"{name} {seed}")))
    assert "F" not in judged(exercise, text), text


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("seed", range(TEXTS // 3))
def test_every_step_holds_in_the_usual_styles(style: str, seed: int) -> None:
    """Of a Jacobian in the layout of gradients it is said that it is the transpose."""
    exercise, write = STYLES[style]
    text = write(Writer(random.Random(f"{style} {seed}")))
    assert set(judged(exercise, text)) <= set("HDL"), text


@pytest.mark.parametrize("exercise", DERIVATIONS)
def test_most_steps_of_right_derivations_hold(exercise: str) -> None:
    found = "".join(judged(exercise, DERIVATIONS[exercise](Writer(random.Random(f"{exercise} {seed}")))) for seed in range(8))
    assert found.count("U") <= len(found) / 5


@pytest.mark.parametrize("exercise", DERIVATIONS)
@pytest.mark.parametrize("seed", range(2))
def test_a_wrong_gradient_behind_a_right_derivation_does_not_hold(exercise: str, seed: int) -> None:
    text = DERIVATIONS[exercise](Writer(random.Random(f"{exercise} {seed}")))
    assert judged(exercise, f"{text}\n\n${WRONG[exercise]}$")[-1] != "H"
