r"""Signs that other people write: braces around one digit, an H for real adjoints, a letter for the mean, numbers that change, rows of biases."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import examples
from tests.strangers import strangers
from tests.test_precision import judged
from tests.test_read_once import READ_ONCE

TEXTS = [each for file in ("layers_by_letter", "sixteen_people_mixed", "named_nodes_layers") for each in strangers(READ_ONCE, file)]


def _with_braces(text: str) -> str:
    return re.sub(r"([_^])([A-Za-z0-9])(?![A-Za-z0-9])", r"\1{\2}", text)


@given(stranger=st.sampled_from(TEXTS))
@settings(max_examples=examples(6), deadline=None)
def test_braces_around_one_letter_or_digit_change_nothing(stranger):
    exercise = stranger.exercise.removeprefix("writeup_")
    assert judged(exercise, _with_braces(stranger.text)) == judged(exercise, stranger.text)


@pytest.mark.parametrize("hidden, output", [("h_{1}", "y_{2}"), ("a_{1}", "a_{2}"), (r"z_{1}", "z_2")])
def test_layers_have_numbers_in_braces(hidden, output):
    text = rf"${hidden} = xW_{{1}} + b_{{1}}$, ${output} = {hidden}W_{{2}} + b_{{2}}$. $\frac{{\partial L}}{{\partial W_{{2}}}} = {hidden}^\top g$"
    assert judged("linear", text) == "HHH"
    assert judged("linear", text.replace(r"^\top g", " g"))[-1] in "FU"
    # Two digits are those of an entry, and give no name.
    assert judged("softmax", r"For $x = (0, 0)^\top$ the Jacobian has $J_{12} = \frac18$.")[-1] in "FU"


@pytest.mark.parametrize(
    "exercise, text, wanted",
    [
        # The input of the first layer, and names with a letter that is the sign of a differential elsewhere.
        ("linear", r"$a_0 = x$. $a_1 = a_0 W_1 + b_1$. $a_2 = a_1 W_2 + b_2$. $g = \frac{\partial L}{\partial a_2}$. $D_2 := \partial L/\partial a_2$. $D_1 := \partial L/\partial a_1$. $D_1 = D_2 W_2^\top$. $D_1 = D_2 W_2$", "HHHHHHHF"),
        ("linear", r"$z^{(1)} = x W^{(1)} + b^{(1)}$. $z^{(2)} = z^{(1)} W^{(2)} + b^{(2)}$. $\frac{\partial L}{\partial W^{(2)}} = (z^{(1)})^\top g$", "HHH"),
        # An entry of a name with a number is no Kronecker sign.
        ("ex3", r"$z_0 = c$, $z_1 = A z_0$, $y = x^\top z_1$, $\delta_1 = \partial y/\partial z_1 = x$. $\frac{\partial y}{\partial A_{ij}} = \delta_{1,i} z_{0,j} = x_i c_j$", "HHHHHHH"),
        # The gradient by a bias is a row where a matrix stands behind it.
        ("linear", r"$y_1 = xW_1 + \mathbf 1b_1$, $y_2 = y_1W_2 + \mathbf 1b_2$. $\frac{\partial L}{\partial b_1} = \frac{\partial L}{\partial b_2}W_2^T$, $\nabla_{b_1} L = (\nabla_{b_2} L) W_2^T$, $\nabla_{b_1} L = (\nabla_{b_2} L) W_2$", "HHHHF"),
        # There was one layer, and now there are two.
        ("linear", r"With $H = 1$: $\nabla_x L = gW^T$. With $H = 2$ it goes on.", "HHH"),
        # Real signals: the adjoint is the transpose, the conjugate is the number.
        ("ex3", r"$y = x^H A c = x^{\mathsf H} A c$, $y = c^H A^H x$, $y = c^H A x$", "HHHF"),
        ("ex1", r"$y = x^Hx$, $y = \sum_n x_n^* x_n = \sum_n x_n^2$", "HHH"),
        ("ex3", r"$y = x^*Ac$, $\partial y/\partial A = x^*c^T$", "HH"),
        # The example is changed in the words of another language.
        ("ex3", r"$x = (1, 2)^\top$, $c = (3, 1)^\top$, $A = \begin{pmatrix}1&0\\2&1\end{pmatrix}$: $y = 17$. Když $A_{21}$ zvětším o $1$, bude $y = 3 + 20$.", "HHHHU"),
        # A step away from the numbers of an example.
        ("ex4_chain", r"$N = 2$, $R = M = 1$, $A = (1,2)^T$, $S = 3$, $X = (4,5)^T$. $J(S+h) - J(S) = 2h$.", "DDDHHHU"),
        # Letters below a symbol that stand below others are indices, though they spell a word.
        ("ex4_chain", r"$\frac{\partial F_{uv}}{\partial S_{pq}} = A_{up}\delta_{vq}$", "H"),
        ("ex3", r"$$dy = (dx)^TAc + x^T(dA)c + x^TA\,dc \eqno (1)$$", "H"),
    ],
)  # fmt: skip
def test_what_others_write_is_read_as_they_mean_it(exercise, text, wanted):
    assert judged(exercise, text) == wanted


SAID = [
    r"Let $%s(\cdot)$ be the mean over the batch.",
    "Let %s(.) be the batch mean.",
    r"$%s(v)$ ist der Mittelwert über den Batch.",
    r"Обозначим через $%s(\cdot)$ среднее по батчу.",
]


@given(said=st.sampled_from(SAID), letter=st.sampled_from(["m", "M", "E"]))
@settings(max_examples=examples(8), deadline=None)
def test_a_letter_may_be_the_mean_as_a_function(said, letter):
    text = (
        said % letter
        + rf" $\mu = {letter}(x)$, $\sigma = {letter}((x-\mu)^2)$, $\text{{gradInput}} = \frac{{g - {letter}(g) - y {letter}(gy)}}{{\sqrt{{\sigma+\epsilon}}}}$"
    )
    assert judged("batch_norm", text) == "HHH", text
    assert judged("batch_norm", text.replace(f"- {letter}(g) ", f"+ {letter}(g) "))[-1] in "FU"


CASES = [("Tilfælde $i = k$:", "Tilfælde $i$ og $k$ forskellige:"), ("Kasus $i = k$:", "Kalau $i$ dan $k$ berlainan:")]


@pytest.mark.parametrize("same, other", CASES)
def test_the_second_of_two_cases_may_be_named_in_any_words(same, other):
    text = (
        rf"{same} $$\frac{{\partial y_i}}{{\partial x_i}} = y_i(1-y_i)$$"
        + "\n\n"
        + rf"{other} $$\frac{{\partial y_i}}{{\partial x_k}} = %sy_iy_k$$"
    )
    assert judged("softmax", text % "-")[-1] in "HU"
    assert judged("softmax", text % "")[-1] == "F"
    assert judged("softmax", r"$\frac{\partial y_i}{\partial x_k} = -y_iy_k$") == "F"
