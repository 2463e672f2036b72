"""What people write in derivations of practice problems: each kind is read where it is right, and its wrong twin is false."""

from typing import Any

import pytest

from matrix_checks.derivations.judging.display import summary
from matrix_checks.derivations.judging.report import Report
from matrix_checks.derivations.judging.writeups import read_writeup
from matrix_checks.derivations.values.declared_exercises import read_exercise
from matrix_checks.derivations.values.exercise import Exercise
from tests.test_precision import cases
from tests.test_recall import LETTERS


def exercise(question: str, variables: str, **definitions: str) -> Exercise:
    """An exercise with ``variables`` such as ``X: M N, a: N 1``, and definitions by name."""
    shapes = {name.strip(): shape.split() for name, _, shape in (each.partition(":") for each in variables.split(","))}
    view: dict[str, Any] = {"variables": shapes, "definitions": definitions, "elementwise": True}
    return read_exercise({"title": "practice", "views": [view], "questions": [question]})


EXERCISES = {
    "half of a norm": exercise(r"\frac{dy}{dX}", "X: M N, B: M N", y=r"\frac12\|X+B\|_F^2"),
    "norm times a number": exercise(r"\frac{dy}{dX}", r"X: M N, \lambda: 1 1", y=r"\lambda\|X\|_F^2"),
    "quadratic": exercise(r"\frac{dy}{dx}", "x: N 1, P: N N, b: N 1", y=r"3x^\top P x"),
    "linear too": exercise(r"\frac{dy}{dx}", "x: N 1, P: N N, b: N 1", y=r"\frac12 x^\top P x - b^\top x"),
    "Gauss": exercise(r"\frac{dy}{dt}", "t: N 1, G: N N, a: N 1", y=r"\exp(-\frac12 t^\top G t)"),
    "distance": exercise(r"\frac{dy}{dt}", "t: N 1, a: N 1", y=r"\exp(\frac12\|t-a\|^2)"),
    "matrix": exercise("dF", "X: M N, A: M M", F=r"X^\top A X"),
    "trace": exercise(r"\frac{dy}{dW}", "W: K N, G: N M, C: K K", Z="WG", y=r"\frac12\operatorname{tr}(Z^\top C Z)"),
    "layer": exercise(r"\frac{dy}{dW}", "W: K N, b: N 1, v: K 1", z="Wb", s=r"\tanh(z)", y=r"\|s-v\|^2"),
    "product": exercise(r"\frac{dy}{dx}", "x: N 1, p: N 1, U: N N", y=r"(p^\top x) U x"),
    "softmax": exercise(r"\frac{dy}{dZ}", "Z: N K, C: N K", S=r"\operatorname{softmax}(Z)", y=r"\langle C, S\rangle"),
    "relu": exercise(r"\frac{dy}{dw}", "w: N 1, V: R N, u: R 1", z="Vw+u", y=r"\frac1R\mathbf 1^\top\operatorname{relu}(z)"),
    "mean": exercise(r"\frac{dy}{dW}", "W: K N, a: N 1, c: K 1", y=r"\frac1K\mathbf 1^\top(Wa+c)"),
}
ERROR = r"\delta = \frac{\partial y}{\partial z} = 2(s-v)\odot(1-s^2)"

# The letters of the steps, and what is said of the answer; "-" where nothing is.
RIGHT = {
    "an operator before a constant factor": [
        ("half of a norm", r"$\nabla_X \frac12\|X+B\|_F^2 = X+B$", "H", "reached"),
        ("half of a norm", r"$\nabla \frac12\|X+B\|_F^2 = X+B$", "H", "reached"),
        ("half of a norm", r"$\nabla_X 1/2\|X+B\|_F^2 = X+B$", "H", "reached"),
        ("half of a norm", r"$\nabla_X -\frac12\|X+B\|_F^2 = -X-B$", "H", "-"),
        ("half of a norm", r"$dy = d \frac12\|X+B\|_F^2 = \langle X+B, dX\rangle$", "HH", "-"),
        ("norm times a number", r"$\nabla_X\lambda\|X\|_F^2 = 2\lambda X$", "H", "reached"),
        ("norm times a number", r"$d\lambda\|X\|_F^2 = 2\lambda\langle X, dX\rangle$", "H", "-"),
        ("norm times a number", r"$dy = \lambda d\|X\|_F^2 = 2\lambda\langle X, dX\rangle$", "HH", "-"),
        ("norm times a number", r"$dy = d\lambda\,\|X\|_F^2 + 2\lambda\langle X, dX\rangle$", "H", "-"),
        ("quadratic", r"$\nabla_x 3x^\top P x = 3(P+P^\top)x$", "H", "reached"),
        ("quadratic", r"$\nabla_x 2b^\top x = 2b$", "H", "-"),
        ("quadratic", r"$\nabla_x\frac1N\sum_k (Px)_k = \frac1N P^\top\mathbf 1$", "H", "-"),
    ],
    "an operator before a sum": [
        ("linear too", r"$\nabla_x \frac12 x^\top P x - b^\top x = \frac12(P+P^\top)x - b$", "H", "reached"),
        ("linear too", r"$\frac{d}{dx} \frac12 x^\top P x - b^\top x = \frac12(P+P^\top)x - b$", "H", "reached"),
        (
            "linear too",
            r"$d\frac12 x^\top P x - d b^\top x = \frac12 dx^\top P x + \frac12 x^\top P dx - b^\top dx$",
            "H",
            "-",
        ),
        ("linear too", r"$\nabla y = \nabla \frac12 x^\top P x - \nabla b^\top x = \frac12(P+P^\top)x - b$", "HH", "reached"),
    ],
    "a number times a sum in brackets": [
        ("Gauss", r"$\frac{dy}{dt} = -\frac12 y (G+G^\top) t$", "H", "reached"),
        ("Gauss", r"$y(t+h) - y(t) = -\frac12 y h^\top (G+G^\top) t + o(h)$", "H", "-"),
        ("distance", r"$\frac{dy}{dt} = y (t-a)$", "H", "reached"),
        ("layer", r"$J_s = \mathrm{diag}(1-s^2)$, $\frac{\partial y}{\partial W} = 2J_s(s-v)b^\top$", "HH", "reached"),
    ],
    "steps of transposed variables": [
        ("matrix", r"$dF = dX^\top A X + X^\top A dX$", "H", "reached"),
        ("matrix", r"$dF = d(X^\top) A X + X^\top A dX$", "H", "reached"),
        ("matrix", r"$dF = \mathrm{d}X^\top A X + X^\top A\,\mathrm{d}X$", "H", "reached"),
        ("matrix", r"$d(X^\top A X) = dX^\top A X + X^\top A dX$", "H", "reached"),
        ("matrix", r"$dF = d(X^\top A) X + X^\top A dX$", "H", "missing"),
    ],
    "a differential at a point, with its step behind": [
        ("matrix", r"$DF(X)[H] = H^\top A X + X^\top A H$", "H", "reached"),
        ("matrix", r"$DF(X)H = H^\top A X + X^\top A H$", "H", "reached"),
        ("matrix", r"$\mathrm DF(X)\,dX = dX^\top A X + X^\top A\,dX$", "H", "reached"),
    ],
    "a derivative that was found before": [
        ("trace", r"$\nabla_Z y = \frac12(C+C^\top) Z$, $\nabla_W y = (\nabla_Z y) G^\top$", "HH", "reached"),
        ("trace", r"$\nabla_Z y = \frac12(C+C^\top) Z$, $\nabla_W y = \nabla_Z y G^\top$", "HH", "reached"),
        ("trace", r"Let $D = C + C^\top$. $\frac{dy}{dW} = \frac12 D Z G^\top$", "HH", "reached"),
        ("trace", r"$\nabla_W y = (\nabla_Z y) G^\top$", "H", "missing"),
        ("trace", r"${\nabla}_Z y = {\nabla}_Z y$, $\nabla_W y = (\nabla_Z y) G^\top$", "HH", "missing"),
    ],
    "the errors of backpropagation": [
        ("layer", rf"${ERROR}$, $\frac{{\partial y}}{{\partial W}} = \delta b^\top$", "HHH", "reached"),
        ("layer", r"$\frac{\partial y}{\partial W} = \delta b^\top$ with $\delta = 2(s-v)\odot(1-s^2)$", "HH", "reached"),
        (
            "layer",
            r"$\delta_s = 2(s-v)$, $\delta_z = \delta_s \odot (1-s^2)$, $\frac{\partial y}{\partial W} = \delta_z b^\top$",
            "HHH",
            "reached",
        ),
        (
            "layer",
            r"$\delta^{(s)} = 2(s-v)$, $\delta^{(z)} = \delta^{(s)} \odot (1-s^2)$, $\frac{dy}{dW} = \delta^{(z)} b^\top$",
            "HHH",
            "reached",
        ),
        (
            "layer",
            r"$\delta_j = \frac{\partial y}{\partial z_j} = 2(s_j-v_j)(1-s_j^2)$, $\frac{\partial y}{\partial W_{jk}} = \delta_j b_k$",
            "HHH",
            "reached",
        ),
    ],
    "a delta that is no error": [
        ("layer", r"$\frac{\partial z_i}{\partial W_{kl}} = \delta_{ik} b_l$", "H", "-"),
        ("layer", r"Let $\delta = 2(s-v)$. $\frac{\partial z_i}{\partial W_{kl}} = \delta_{ik} b_l$", "HH", "-"),
        ("layer", r"$\frac{\partial z_i}{\partial W_{kl}} = \delta^i_k b_l$", "H", "-"),
        ("layer", r"$\delta y = 2(s-v)^\top \delta s$", "H", "-"),
        ("layer", r"$\frac{\delta y}{\delta s} = 2(s-v)$", "H", "-"),
    ],
    "powers and functions of entries": [
        ("layer", r"$\nabla_z y = 2(s-v)\odot(1-s^{\odot 2})$", "H", "-"),
        ("layer", r"$\nabla_z y = 2(s-v)\odot\operatorname{sech}^2(z)$", "H", "-"),
        ("layer", r"$s = \frac{\sinh(z)}{\cosh(z)}$", "H", "-"),
    ],
    "Heaviside's step": [
        ("relu", r"$\nabla_z y = \frac1R H(z)$, $\frac{dy}{dw} = \frac1R V^\top H(Vw+u)$", "HH", "reached"),
        ("relu", r"$\nabla_z y = \frac1R \Theta(z)$", "H", "-"),
    ],
    "a name for the step": [
        ("matrix", r"Let $H = dX$. $F(X+H) - F(X) = H^\top A X + X^\top A H + o(H)$", "HH", "-"),
        ("matrix", r"Let $H = dX$. $dF = H^\top A X + X^\top A H$", "HH", "-"),
        ("half of a norm", r"$dX = H$, $dy = \langle X+B, H\rangle$, $\nabla y = X+B$", "HHH", "reached"),
    ],
    "an environment without dollars": [
        ("layer", "Then\n\n\\begin{aligned}\ndy &= 2 (s-v)^\\top ds\\\\\n&= 2 ds^\\top (s-v)\n\\end{aligned}", "HH", "-"),
        (
            "layer",
            r"\begin{equation}\begin{aligned}dy &= 2(s-v)^\top ds\end{aligned}\end{equation} and $z = Wb$, $ds = dW$",
            "HHF",
            "-",
        ),
    ],
    "a sum that reaches over a later term": [("mean", r"$y = \frac1K\sum_i\sum_j W_{ij}a_j + c_i$", "H", "-")],
}
WRONG = [
    ("half of a norm", r"$\nabla_X \frac12\|X+B\|_F^2 = 2(X+B)$", "off by a factor"),
    ("half of a norm", r"$d \frac12\|X+B\|_F^2 = 2\langle X+B, dX\rangle$", "off by a factor"),
    ("norm times a number", r"$\nabla_X\lambda\|X\|_F^2 = \lambda X$", "off by a factor"),
    ("quadratic", r"$\nabla_x 3x^\top P x = 6Px$", "only if $P$ is symmetric"),
    ("quadratic", r"$\nabla_x -3x^\top P x = 3(P+P^\top)x$", "off by the sign"),
    ("linear too", r"$\nabla_x \frac12 x^\top P x - b^\top x = \frac12(P+P^\top)x + b$", "differ"),
    ("matrix", r"$dX\,A = X\,dA$", ""),
    ("linear too", r"$d b^\top x = 2b^\top dx$", "differ"),
    ("linear too", r"$dy = \frac12 x^\top(P+P^\top) dx - dx$", ""),
    ("Gauss", r"$\frac{dy}{dt} = \frac12 y (G+G^\top) t$", "off by the sign"),
    ("Gauss", r"$\frac{dy}{dt} = -\frac12 (G+G^\top) t$", "the derivative of exp is missing"),
    ("distance", r"$\frac{dy}{dt} = y (t+a)$", "the sign of $a$ is wrong"),
    ("matrix", r"$dF = dX^\top A X$", "a term of the product rule is missing: the one in which the second $X$"),
    ("matrix", r"$DF(X)[H] = H^\top A X$", "a term of the product rule is missing"),
    ("matrix", r"$dF = 2 X^\top A dX$", "differ"),
    ("trace", r"$dy = \operatorname{tr}(Z^\top C\,dZ)$", "only if $C$ is symmetric"),
    ("layer", rf"${ERROR}$, $\frac{{\partial y}}{{\partial W}} = 2\delta b^\top$", "off by a factor"),
    ("layer", r"$\delta_s = 2(s-v)$, $\frac{\partial y}{\partial W} = \delta_s b^\top$", "the derivative of tanh is missing"),
    ("layer", r"$\nabla_z y = 2(s-v)\odot(1-s)$", "a square is missing"),
    ("layer", r"$\nabla_z y = 2(s-v)\odot\operatorname{sech}(z)$", "differ"),
    ("layer", r"$\nabla_z y = 2(s-v)\odot(1-s^{\odot 3})$", "without the factor"),
    ("layer", r"$\frac{\delta y}{\delta s} = s-v$", "off by a factor"),
    ("layer", "\\begin{aligned}\ndy &= (s-v)^\\top ds\n\\end{aligned}", "off by a factor"),
    ("layer", r"$y = \|s-v\|$", "in the place of"),
    ("half of a norm", r"Let $H = dX$. $dy = 2\langle X+B, H\rangle$", "off by a factor"),
    ("matrix", r"Let $H = dX$. $F(X+H) - F(X) = H^\top A X + o(H)$", "differ"),
    ("product", r"$\frac{dy}{dx} = (p^\top x) U$", "the first $x$ of $(p^\\top x) U x$ is differentiated"),
    ("product", r"$dy = U x p^\top dx$", "the second $x$ of $(p^\\top x) U x$ is differentiated"),
    ("softmax", r"$\frac{dy}{dZ} = C\odot S\odot(1-S)$", "only the diagonal of the Jacobian of softmax"),
    ("relu", r"$\nabla_z y = \frac1R\mathbf 1$", "the step of ReLU is missing"),
    ("relu", r"$\frac{dy}{dw} = \frac1R V^\top\mathbf 1$", "the step of ReLU is missing"),
]


def read(name: str, text: str) -> Report:
    return read_writeup(text, EXERCISES[name])


@pytest.mark.parametrize(("name", "text", "letters", "answer"), cases(RIGHT))
def test_a_right_step_is_read(name: str, text: str, letters: str, answer: str) -> None:
    """Each step has the verdict that a person gives, and an answer counts where it is one."""
    report = read(name, text)
    assert "".join(LETTERS[step.verdict] for step in report.steps) == letters, [step.reason for step in report.steps]
    assert answer == "-" or set(report.answers.values()) == {answer}


@pytest.mark.parametrize(("name", "text", "words"), WRONG)
def test_a_wrong_step_is_false_and_says_why(name: str, text: str, words: str) -> None:
    """The last step is wrong, and its reason is a true one."""
    step = read(name, text).steps[-1]
    assert step.verdict == "false" and words.replace("\\\\", "\\") in step.reason, step


def test_what_is_zero_for_some_numbers_only_is_not_called_zero() -> None:
    """The derivative of a ReLU is zero where nothing is positive."""
    for factor in range(1, 9):
        (step,) = read("relu", rf"$\frac{{dy}}{{dw}} = {factor} V^\top u$").steps
        assert step.verdict == "false" and "is zero" not in step.reason


@pytest.mark.parametrize(
    ("text", "is_said"),
    [
        (r"$dy = \langle X+B, dX\rangle$", True),
        (r"$dy = \operatorname{tr}((X+B)^\top dX)$", True),
        (r"$dy = \langle X+B, d(X+B)\rangle$", False),
        (r"$dy = 2\langle X+B, dX\rangle$", False),
        (r"$dy = \langle X+B, dX\rangle$, $\frac{dy}{dX} = X+B$", False),
    ],
)
def test_a_differential_alone_is_no_gradient_and_this_is_said(text: str, is_said: bool) -> None:
    """Whoever stops one line before the answer is told which one."""
    assert ("the gradient itself is not written" in summary(read("half of a norm", text))) == is_said
