r"""A text that states the layer in a layout of its own, as ``y = W x + b`` with an object in a column, is read in that layout."""

from itertools import product

import pytest

from matrix_checks.derivations.judging.writeups import read_writeup
from tests.test_precision import fits, judged
from tests.test_writeups import EXERCISES

LETTERS = [("y", "x", "W", "b"), ("z", "a", "W", "b"), ("a", "u", r"\Theta", "c"), ("Y", "X", "A", "b")]


def answers_of(text: str) -> dict[str, str]:
    return read_writeup(text, EXERCISES["writeup_linear"]).answers


def times(*factors: tuple[str, bool]) -> str:
    """A product of names, each of which may be transposed."""
    return " ".join(f"{name}^T" if is_turned else name for name, is_turned in factors)


def layer(output: str, given: str, weight: str, bias: str, turned: tuple[bool, bool, bool]) -> list[str]:
    """The layer and its gradients, where the input, the weight and the output are the transposes of what the exercise has."""
    of_input, of_weight, of_output = turned
    stated = [(given, of_input), (weight, of_weight)]
    by_input = [("G", of_output), (weight, not of_weight)]
    by_weight = [(given, not of_input), ("G", of_output)]

    def laid_out(factors: list[tuple[str, bool]], is_turned: bool) -> str:
        return times(*((name, not each) for name, each in reversed(factors))) if is_turned else times(*factors)

    return [
        rf"{output} = {laid_out(stated, of_output)} + {bias}",
        rf"\frac{{\partial L}}{{\partial {output}}} = G",
        rf"\frac{{\partial L}}{{\partial {given}}} = {laid_out(by_input, of_input)}",
        rf"\frac{{\partial L}}{{\partial {weight}}} = {laid_out(by_weight, of_weight)}",
    ]


@pytest.mark.parametrize("letters", LETTERS, ids=" ".join)
@pytest.mark.parametrize("turned", list(product([False, True], repeat=3)), ids=str)
def test_every_layout_of_the_layer_is_read_in_any_letters(letters, turned):
    text = "$" + "$ and $".join(layer(*letters, turned)) + "$"
    assert judged("linear", text) == "HHHH", text


@pytest.mark.parametrize("turned", list(product([False, True], repeat=3)), ids=str)
def test_the_gradients_of_another_layout_are_no_gradients_of_this_one(turned):
    stated, upstream, *_ = layer("y", "x", "W", "b", turned)
    for number, wrong in enumerate(times(*each) for each in ([("W", False), ("W", False)], [("x", False), ("x", False)])):
        bottom = "xW"[number]
        text = rf"${stated}$ and ${upstream}$ and $\frac{{\partial L}}{{\partial {bottom}}} = {wrong} G$"
        assert judged("linear", text) == "HHF", text


@pytest.mark.parametrize(
    "text",
    [
        r"Let $x \in \mathbb{R}^n$, $W \in \mathbb{R}^{m \times n}$, $b \in \mathbb{R}^m$ and $y = Wx + b$, $\delta = \frac{\partial L}{\partial y}$."
        r" Then $\frac{\partial L}{\partial x} = W^T\delta$, $\frac{\partial L}{\partial W} = \delta x^T$, $\frac{\partial L}{\partial b} = \delta$.",
        r"$y_i = \sum_j w_{ij} x_j + b_i$, so $\frac{\partial L}{\partial x_j} = \sum_i \frac{\partial L}{\partial y_i} w_{ij}$"
        r" and $\frac{\partial L}{\partial w_{ij}} = \frac{\partial L}{\partial y_i} x_j$ and $\nabla_W L = \nabla_y L\, x^T$",
        r"$y = x W^T + b$ as in PyTorch: $\frac{dL}{dx} = g W$, $\frac{dL}{dW} = g^T x$, $\frac{dL}{db} = \sum_n g_n$",
        r"$y_i = W x_i + b$ for each object: $\frac{\partial L}{\partial x_i} = W^T g_i$, $\frac{\partial L}{\partial W} = \sum_i g_i x_i^T$",
        r"$Z = W^T X + b$: $dZ = W^T dX + dW^T X + db\,\mathbf 1^T$, $\nabla_X L = W \nabla_Z L$, $\nabla_W L = X (\nabla_Z L)^T$,"
        r" $\nabla_b L = (\nabla_Z L) \mathbf 1$",
        r"$h = W_1 x + b_1$, $y = W_2 h + b_2$. $\frac{\partial L}{\partial h} = W_2^T \frac{\partial L}{\partial y}$,"
        r" $\frac{\partial L}{\partial W_1} = W_2^T \frac{\partial L}{\partial y} x^T$",
        r"$h = x W_1 + b_1$, $y = h W_2 + b_2$. $\frac{\partial L}{\partial h} = \frac{\partial L}{\partial y} W_2^T$,"
        r" $\frac{\partial L}{\partial W_2} = h^T \frac{\partial L}{\partial y}$",
        r"$y = Wx + b$, $\nabla_W L = g x^T$. In the course's layout $y = xW + b$, $\text{gradInput} = g W^T$.",
    ],
)
def test_a_text_in_a_layout_of_its_own_holds(text):
    assert set(judged("linear", text)) == {"H"}


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        # Whoever has stated the exercise makes mistakes in its layout.
        (r"$y = xW + b$, $\text{gradInput} = W^T g$", 1),
        (r"$y_i = x_i W + b$ for each row, $\text{gradInput} = W^T g$", 1),
        # Of a number there is no other layout.
        (r"$y = \mathrm{tr}(AB) = \sum_{ij} a_{ij} b_{ij}$", 1),
        (r"$y = W x + b$, $\frac{\partial L}{\partial x} = W g$", 1),
    ],
)
def test_a_mistake_is_no_layout(text, wrong):
    assert judged("ex2" if "tr" in text else "linear", text)[wrong] == "F"


def test_an_answer_in_a_layout_of_its_own_is_shown_as_that():
    text = r"$y = Wx + b$, $\frac{\partial L}{\partial x} = W^T g$, $\frac{\partial L}{\partial W} = g x^T$"
    found = answers_of(text)
    assert (found["gradInput"], found["gradW"]) == ("other layout", "other layout")
    found = answers_of(text + r", and $\text{gradInput} = g W^T$ with $y = xW + b$")
    assert (found["gradInput"], found["gradW"]) == ("reached", "other layout")


def test_an_answer_for_two_layers_with_names_of_the_texts_own_is_found():
    text = (
        r"$h = x W_1 + b_1$, $y = h W_2 + b_2$, $\frac{\partial L}{\partial x} = \frac{\partial L}{\partial y} W_2^T W_1^T$,"
        r" $\frac{\partial L}{\partial W_2} = h^T \frac{\partial L}{\partial y}$"
    )
    found = answers_of(text)
    assert (found["gradInput of the first of two layers"], found["gradW"]) == ("reached", "reached")


@pytest.mark.parametrize(
    ("exercise", "text", "wanted"),
    [
        # A dot between columns, each of which may be a product.
        ("ex3", r"$y = x \cdot A c$, $dy = dx \cdot A c + x \cdot dA\, c = x c^T : dA + A c \cdot dx$", "HHH"),
        ("ex3", r"$y = A^T x \cdot c = c \cdot A^T x$", "HH"),
        ("ex3", r"$y = A x \cdot c$ and $y = c \cdot A x$", "FF"),
        ("linear", r"$y = W x + b$, $g_k \cdot dW x_k = g_k x_k^T : dW$, $g_k \cdot dW x_k = x_k g_k^T : dW$", "HHF"),
        # A gradient in a row that has got a name.
        ("ex3", r"$u = A c$, $y = x^T u$, $J = \frac{\partial y}{\partial u} = x^T$ and $J A c = y$", "HHH.H"),
        ("ex3", r"$u = A c$, $J = \frac{\partial y}{\partial u}$ and $J A c = y$", "HH~"),
        # A loss of the text's own.
        ("softmax", r"With $L = -\log y_c$ we have $\frac{\partial L}{\partial y_c} = -\frac{1}{y_c}$.", "~~"),
        ("softmax", r"$L = -\sum_i g_i y_i$", "F"),
        # What is held fixed in the layer's other mode.
        (
            "batch_norm",
            r"Population statistics, a fixed linear map: $\frac{\partial L}{\partial x} = \frac{\partial L}{\partial y} \frac{1}{\sqrt{\operatorname{Var}[x] + \epsilon}}$",
            "~",
        ),
        # One feature of a batch as a row.
        (
            "batch_norm",
            r"A **row** $x\in\mathbb{R}^{1\times m}$. $C = I - \frac1m\mathbf 1\mathbf 1^T$, $x_c = xC$, $\sigma = \frac1m x_c x_c^T$, $d\sigma = \frac2m x_c\,dx_c^T$,"
            r" $dL = dy\,g^T$",
            "HHHHH",
        ),
        # Gradients by what rests on it, and labels of layers.
        (
            "linear",
            r"$z_1 = x W_1 + b_1$, $z_2 = z_1 W_2 + b_2$. $dW_2 = z_1^T dz_2$, $dz_1 = dz_2 W_2^T$, $dz_1 = dz_2 W_2$",
            "HHHHF",
        ),
        (
            "linear",
            r"$z^{[l]} = W^{[l]} a^{[l-1]} + b^{[l]}$, $dW^{[l]} = dz^{[l]} a^{[l-1]T}$, $da^{[l-1]} = W^{[l]T} dz^{[l]}$, $da^{[l-1]} = W^{[l]} dz^{[l]}$",
            "HHHF",
        ),
        (
            "linear",
            r"$z^l = W^l a^{l-1} + b^l$, $\frac{\partial L}{\partial W^l} = \frac{\partial L}{\partial z^l} (a^{l-1})^T$, $\frac{\partial L}{\partial a^{l-1}} = W^l \frac{\partial L}{\partial z^l}$",
            "HHF",
        ),
        (
            "linear",
            r"$Z = WA + b$, $dW = dZ A^T$, $db = \text{np.sum}(dZ, axis=1, keepdims=True)$, $dA = W^T dZ$, $dA = dZ W$",
            "HHHHF",
        ),
        (
            "linear",
            r"$Z^{[1]} = W^{[1]} X + b^{[1]}$, $Z^{[2]} = W^{[2]} Z^{[1]} + b^{[2]}$, $dW^{[2]} = dZ^{[2]} Z^{[1]T}$, $dZ^{[1]} = W^{[2]T} dZ^{[2]}$",
            "HHHH",
        ),
    ],
)
def test_what_stands_beside_a_layout_is_read(exercise, text, wanted):
    assert fits(judged(exercise, text), wanted), judged(exercise, text)
