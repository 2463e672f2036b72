"""Notations of the calculus of strangers: derivatives in a direction, colons as products, means; and no wrong step holds by them."""

import pytest

from tests.test_precision import cases
from tests.test_recall import letters_of

RIGHT = {
    "the colon as an inner product": [
        ("ex1", r"$y = x:x$, $dy = 2x:dx$, so $\nabla y = 2x$.", "HHH"),
        ("ex2", r"$y = A^\top : B$, $dy = dA^\top : B = dA : B^\top$", "HHH"),
        ("ex2", r"$A:BC = AC^\top:B = B^\top A:C$, and $dy = B^\top:dA$.", "HHH"),
        ("ex3", r"$dy = x : dA\,c = xc^\top : dA$", "HH"),
        ("ex4_trace", r"$J = E : E$ with $E = X - AS$; $dJ = 2E : dE = -2E:(dA\,S) = -2ES^T:dA$", "HHHHH"),
        ("ex4_chain", r"$J = (X-F):(X-F)$, $dJ = -2(X-F) : dF$", "HH"),
    ],
    "a colon that is none": [
        ("linear", r"$W: dW = x^\top g$, $b: db = 1^\top g$", "HH"),
        ("ex2", r"$A: dy = \mathrm{tr}(dA B)$", "H"),
        ("ex1", r"$f: \mathbb{R}^N \to \mathbb{R}$. $dy = 2x^\top dx$", "H"),
    ],
    "a derivative at zero": [
        ("ex1", r"$\frac{d}{dt} y(x+th)\Big|_{t=0} = \frac{d}{dt}(x+th)^\top(x+th)\Big|_{t=0} = 2x^\top h$", "HH"),
        ("ex1", r"$\left.\frac{d}{dt} f(x+th)\right|_{t=0} = 2x^\top h$", "H"),
        ("ex1", r"$\frac{d}{dt}\Big|_{t=0} f(x+th) = 2x^\top h$", "H"),
        ("ex1", r"$\lim_{t\to 0}\frac{f(x+th)-f(x)}{t} = \frac{d}{dt}f(x+th)|_{t=0}$", "H"),
        ("ex2", r"$\frac{\partial}{\partial t} f(A+tH)|_{t=0} = \mathrm{tr}(BH)$", "H"),
        ("ex4_trace", r"$\frac{d}{ds} J(S+sH)|_{s=0} = -2\mathrm{tr}((X-AS)^\top A H)$", "H"),
    ],
    "a derivative at a point, with a step": [
        ("ex1", r"$Df(x)[h] = 2x^\top h$", "H"),
        ("ex1", r"$D f(x)(h) = h^\top x + x^\top h$", "H"),
        ("ex1", r"$\mathrm{D}f_x(h) = 2x^\top h$", "H"),
        ("ex1", r"$\mathrm{d}f_x(h) = 2x^\top h$", "H"),
        ("ex1", r"$f'(x)[h] = 2x^\top h$", "H"),
        ("ex1", r"$\partial_h f(x) = 2x^\top h$", "H"),
        ("ex3", r"$D_x y(x)[h] = h^\top A c$ and $D_A y(A)[H] = x^\top H c$", "HH"),
        ("ex4_trace", r"$DJ(S)\cdot H = -2\mathrm{tr}((X-AS)^\top AH)$", "H"),
    ],
    "functions with Greek names": [
        ("ex4_chain", r"Let $\varphi(F) = \|X-F\|^2$. Then $D\varphi(F)[K] = -2\langle X-F, K\rangle$.", "HH"),
        ("batch_norm", r"$D\mu(x)[h] = \frac1N \sum_i h_i$", "H"),
    ],
    "a nabla in braces": [
        ("linear", r"${\nabla}_W L = x^T {\nabla}_y L$ and $({\nabla}_W L)_{ij} = \sum_n x_{ni} g_{nj}$", "HH"),
    ],
    "an equality about steps alone": [
        ("ex1", r"$y(x+h) - y(x) = 2x^\top h + \|h\|^2$, and $\|h\|^2 = o(\|h\|)$", "HH"),
        ("ex1", r"$\frac{|y(x+h)-y(x)-2x^\top h|}{\|h\|} = \frac{\|h\|^2}{\|h\|} = \|h\|$", "HH"),
    ],
    "means": [
        (
            "batch_norm",
            r"$\frac{\partial L}{\partial x_i} = \frac{1}{\sqrt{\sigma+\epsilon}}(g_i - \bar g - y_i \overline{g y})$",
            "H",
        ),
        ("batch_norm", r"$gradInput = \frac{1}{\sqrt{\sigma+\epsilon}}(g - \langle g\rangle - y\langle g y\rangle)$", "H"),
        ("batch_norm", r"$\mu = \bar x$, $\sigma = \overline{(x-\bar x)^2}$, $d\mu = \overline{dx}$", "HHH"),
        ("batch_norm", r"$\mu = E[x]$, $\sigma = \mathrm{Var}[x] = E[x^2] - E[x]^2 = \mathbb{E}[(x-\mu)^2]$", "HHHH"),
    ],
    "rules with primes": [
        ("softmax", r"$\left(\frac uv\right)'=\frac{u'v-uv'}{v^2}$", "H"),
        ("ex3", r"$(uv)'=u'v+uv'$", "H"),
        ("batch_norm", r"$\left(\frac pq\right)'=\frac{p'}{q}-\frac{pq'}{q^2}$", "H"),
        ("batch_norm", r"$(\sqrt u)'=\frac{u'}{2\sqrt u}$", "H"),
        ("softmax", r"$(\ln u)'=u'/u$", "H"),
        ("softmax", r"$\left(\frac{u}{v}\right)^\prime=\frac{u^\prime v-v^\prime u}{v^2}$", "H"),
        (
            "softmax",
            r"$\frac{\partial}{\partial x_k}\frac uv=\frac1v\frac{\partial u}{\partial x_k}-\frac{u}{v^2}\frac{\partial v}{\partial x_k}$",
            "H",
        ),
    ],
    "a letter that stands for any parameter": [
        ("linear", r"$\frac{\partial L}{\partial\theta} = \sum_{i,j} g_{ij}\frac{\partial y_{ij}}{\partial\theta}$", "H"),
        (
            "linear",
            r"$\frac{\partial L}{\partial p} = \sum_{i,j}\frac{\partial L}{\partial y_{ij}}\frac{\partial y_{ij}}{\partial p}$",
            "H",
        ),
        ("softmax", r"$\frac{\partial \ln y_i}{\partial\theta} = \frac{1}{y_i}\frac{\partial y_i}{\partial\theta}$", "H"),
        ("ex4_chain", r"$\frac{\partial J}{\partial\theta} = -2\sum_{a,b}(X-F)_{ab}\frac{\partial F_{ab}}{\partial\theta}$", "H"),
        ("ex1", r"$\frac{\partial y}{\partial\theta} = 2x^\top\frac{\partial x}{\partial\theta}$", "H"),
    ],
}
# For some of what the letters may stand for it is wrong.
FOR_SOME = [
    ("softmax", r"$\left(\frac uv\right)'=\frac{u'v+uv'}{v^2}$"),
    ("softmax", r"$\left(\frac uv\right)'=\frac{u'}{v'}$"),
    ("ex3", r"$(uv)'=u'v'$"),
    ("softmax", r"$(\ln u)'=1/u$"),
    (
        "softmax",
        r"$\frac{\partial}{\partial x_k}\frac uv=\frac1v\frac{\partial u}{\partial x_k}+\frac{u}{v^2}\frac{\partial v}{\partial x_k}$",
    ),
    ("linear", r"$\frac{\partial L}{\partial\theta} = 2\sum_{i,j} g_{ij}\frac{\partial y_{ij}}{\partial\theta}$"),
    ("linear", r"$\frac{\partial L}{\partial\theta} = \sum_{i,j} y_{ij}\frac{\partial y_{ij}}{\partial\theta}$"),
    ("ex3", r"$\frac{\partial y}{\partial\theta} = \frac{\partial x^\top}{\partial\theta}Ac$"),
    ("softmax", r"$\frac{\partial \ln y_i}{\partial\theta} = \frac{\partial y_i}{\partial\theta}$"),
    ("ex4_chain", r"$\frac{\partial J}{\partial\theta} = \sum_{a,b}(X-F)_{ab}\frac{\partial F_{ab}}{\partial\theta}$"),
]
WRONG = [
    ("linear", r"${\nabla}_W L = 2 x^T {\nabla}_y L$"),
    ("batch_norm", r"$D\mu(x)[h] = \sum_i h_i$"),
    ("ex2", r"$dy = B:dA$"),
    ("ex4_chain", r"$J = (X-F):(X-F)$, $dJ = 2(X-F) : dF$"),
    ("ex1", r"$\frac{d}{dt} f(x+th)|_{t=0} = x^\top h$"),
    ("ex1", r"$Df(x)[h] = x^\top h$"),
    ("ex4_trace", r"$DJ(S)(H) = -\mathrm{tr}((X-AS)^\top AH)$"),
    ("batch_norm", r"$gradInput = \frac{1}{\sqrt{\sigma+\epsilon}}(g - \langle g\rangle + y\langle g y\rangle)$"),
    ("batch_norm", r"$\mathrm{Var}[x] = E[x]^2 - \mu^2$"),
]
# What a step is, is not known to every order.
UNKNOWN = [
    ("ex1", r"$y(x+h) - y(x) = 2x^\top h + \|h\|^2$, and $2x^\top h = o(\|h\|)$"),
    ("ex1", r"$y(x+h) - y(x) = 2x^\top h + \|h\|^2$, and $\frac{\|h\|^2}{\|h\|} = 2\|h\|$"),
]
# A bar may be meant otherwise: as the gradient of the loss, for example.
GUESSED = [
    ("batch_norm", r"$\frac{\partial L}{\partial x_i} = \frac{1}{\sqrt{\sigma+\epsilon}}(g_i - \bar g + y_i \overline{g y})$"),
    ("batch_norm", r"$\bar x_k = \bar y_k / \sqrt{\sigma + \epsilon}$"),
]


@pytest.mark.parametrize(("exercise", "text", "letters"), cases(RIGHT))
def test_a_right_step_is_read(exercise: str, text: str, letters: str) -> None:
    """Each of its steps has the verdict that a person gives."""
    assert letters_of(exercise, text) == letters


@pytest.mark.parametrize(("exercise", "text"), WRONG)
def test_a_wrong_step_is_false(exercise: str, text: str) -> None:
    """The last step is wrong."""
    assert letters_of(exercise, text)[-1] == "F"


@pytest.mark.parametrize(("exercise", "text"), FOR_SOME)
def test_what_is_wrong_for_some_letters_does_not_hold(exercise: str, text: str) -> None:
    """Nothing holds of a letter that may stand for anything unless it holds for each."""
    assert letters_of(exercise, text) in ("F", "U")


@pytest.mark.parametrize(("exercise", "text"), GUESSED)
def test_what_rests_on_a_guess_is_not_called_false(exercise: str, text: str) -> None:
    """Nobody says what the letter with the bar is."""
    assert letters_of(exercise, text) == "U"


@pytest.mark.parametrize(("exercise", "text"), UNKNOWN)
def test_what_is_not_decided_for_a_step_is_not_understood(exercise: str, text: str) -> None:
    """The last step is neither true nor false."""
    assert letters_of(exercise, text)[-1] == "U"
