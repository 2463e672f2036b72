"""Inverses, determinants, functions of every entry, and braces that say nothing: what is true of them holds, and nothing else."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matrix_checks.derivations.values import jets
from matrix_checks.derivations.values.inverses import determinant, inverse
from tests.test_recall import letters_of

RIGHT = [
    ("ex2", r"$A A^{-1} = I$, $(AB)^{-1} = B^{-1}A^{-1}$, $(A^\top)^{-1} = (A^{-1})^\top$, $A^{-T} = (A^{-1})^T$", "HHHH"),
    ("ex2", r"$d(A^{-1}) = -A^{-1}\,dA\,A^{-1}$", "H"),
    ("ex2", r"$\frac{\partial}{\partial A}\mathrm{tr}(A^{-1}B) = -A^{-T}B^TA^{-T}$", "H"),
    ("ex2", r"$\frac{\partial \det A}{\partial A} = \det(A) A^{-\top}$, $\nabla_A \log\det A = A^{-T}$", "HH"),
    ("ex2", r"$\det(AB) = \det(A)\det(B)$, $d\log\det A = \mathrm{tr}(A^{-1}dA)$", "HH"),
    ("ex1", r"$\frac{d}{dx}\tanh(x^Tx) = 2(1 - \tanh^2(x^Tx))x$", "H"),
    ("ex1", r"$\nabla_x \operatorname{sigmoid}(x^Tx) = 2\operatorname{sigmoid}(x^Tx)(1 - \operatorname{sigmoid}(x^Tx))x$", "H"),
    ("ex1", r"$\nabla_x \operatorname{relu}(x^Tx - 1) = 2\operatorname{step}(x^Tx - 1)x$", "H"),
    ("ex1", r"$\nabla_x \operatorname{relu}(x^Tx - 1) = 2 \cdot 1[x^Tx - 1 > 0]x$", "H"),
    ("softmax", r"$\operatorname{ReLU}(x)_i = x_i [x_i > 0]$, $\operatorname{relu}'(x) = \mathbf{1}_{x > 0}$", "HH"),
    (
        "softmax",
        r"$\tanh'(x) = 1 - \tanh^2(x)$, $\operatorname{sigmoid}'(x) = \operatorname{sigmoid}(x) \odot (1 - \operatorname{sigmoid}(x))$",
        "HH",
    ),
    ("ex2", r"$d|A| = |A| \operatorname{tr}(A^{-1}dA)$, $|AB| = |A||B|$, $\frac{\partial \log|A|}{\partial A} = A^{-T}$", "HHH"),
    ("ex2", r"$|A|^2 = \operatorname{tr}(A^TA)$, $|\det A|^2 = |A|^2$", "HH"),
    ("softmax", r"$\operatorname{relu}(x) = \frac{1}{2}(x + |x|)$", "H"),
    ("softmax", r"$\sin'(x) = \cos(x)$, $\sin^2(x) + \cos^2(x) = \mathbf{1}$, $d\cos(x) = -\sin(x) \odot dx$", "HHH"),
    ("softmax", r"$y \oslash y = \mathbf{1}$, $\operatorname{ReLU}(x) \oslash x = \operatorname{step}(x)$", "HH"),
    ("ex2", "$$\\begin{aligned} dy &= \\operatorname{tr}(dA\\, B) \\\\ {} &= \\operatorname{tr}(B\\, dA) \\end{aligned}$$", "HH"),
    ("ex2", "$$\\begin{aligned} y &{}= \\operatorname{tr}(AB) \\\\ &{}= \\operatorname{tr}(BA) \\end{aligned}$$", "HH"),
]
WRONG = [
    ("ex2", r"$d(A^{-1}) = -A^{-1}\,dA$"),
    ("ex2", r"$(AB)^{-1} = A^{-1}B^{-1}$"),
    ("ex2", r"$\frac{\partial \det A}{\partial A} = \det(A) A$"),
    ("ex2", r"$\det(A+B) = \det(A)+\det(B)$"),
    ("ex1", r"$\frac{d}{dx}\tanh(x^Tx) = 2(1 - \tanh(x^Tx))x$"),
    ("ex1", r"$\nabla_x \operatorname{relu}(x^Tx - 1) = 2\operatorname{relu}(x^Tx - 1)x$"),
    ("softmax", r"$\tanh'(x) = 1 - \tanh(x)$"),
    ("softmax", r"$\cos'(x) = \sin(x)$"),
    ("softmax", r"$\operatorname{relu}(x) = x + |x|$"),
    ("ex2", r"$|A+B| = |A|+|B|$"),
    ("ex2", r"$d|A| = \operatorname{tr}(A^{-1}dA)$"),
    ("softmax", r"$\operatorname{relu}(x) = x + [x > 0]$"),
    ("softmax", r"$y \oslash x = y \odot x$"),
]
# The solution of an equation is no claim about what is given, and a function of the writer's own is no mistake.
NOT_JUDGED = [
    ("ex4_trace", r"Setting the gradient to zero gives $S = (A^TA)^{-1}A^TX$."),
    ("ex4_trace", r"$S = (A^TA)^{-1}A^TX$"),
    ("ex1", r"$f(x) = \tanh(c^Tx)$ with $c \in \mathbb{R}^N$."),
]


@pytest.mark.parametrize(("exercise", "text", "letters"), RIGHT)
def test_a_right_step_holds(exercise: str, text: str, letters: str) -> None:
    """Each of its steps."""
    assert letters_of(exercise, text) == letters


@pytest.mark.parametrize(("exercise", "text"), WRONG)
def test_a_wrong_step_is_false(exercise: str, text: str) -> None:
    """The mistakes that are made with inverses."""
    assert letters_of(exercise, text) in ("F", "L")


@pytest.mark.parametrize(("exercise", "text"), NOT_JUDGED)
def test_what_claims_nothing_is_not_called_false(exercise: str, text: str) -> None:
    """It is left to a person."""
    assert "F" not in letters_of(exercise, text)


@given(st.integers(1, 5), st.integers(0, 1000))
def test_inverse_and_determinant_agree_with_numpy(size: int, seed: int) -> None:
    """Of numbers, to many digits."""
    array = np.random.default_rng(seed).uniform(-2, 2, (size, size))
    jet = jets.constant(np.vectorize(jets.Decimal, otypes=[object])(array), ("N", "N"))
    assert np.allclose(inverse(jet).value.astype(float) @ array, np.eye(size), atol=1e-6)
    assert np.isclose(float(determinant(jet).value[0, 0]), np.linalg.det(array), rtol=1e-9, atol=1e-12)
