"""Functions with their arguments, ``J(F(S))``, ``y(x)^T`` and ``\\sigma(z_i)``: whoever writes them means the values, and what is wrong stays wrong."""

import random
import re

import pytest

from tests.test_precision import cases, fits, judged

# Right statements of each exercise; <name> is written with or without arguments.
TEXTS: dict[str, tuple[list[str], dict[str, list[str]]]] = {
    "softmax": (
        [
            r"<y_i> = \frac{e^{x_i}}{\sum_j e^{x_j}}",
            r"\frac{\partial <y_i>}{\partial x_k} = <y_i>(\delta_{ik} - <y_k>)",
            r"\frac{\partial <y>}{\partial x} = \operatorname{diag}(<y>) - <y><y>^T",
            r"\frac{\partial <L>}{\partial x_k} = \sum_i \frac{\partial L}{\partial y_i}\frac{\partial <y_i>}{\partial x_k}",
            r"\frac{\partial <L>}{\partial x} = <y>\odot(g - <y>^Tg)",
            r"\sum_i <y_i>^2 = \|<y>\|^2",
            r"<y>^T\mathbf 1 = 1",
        ],
        {
            "y_i": ["y_i", "y_i(x)", "y(x)_i"],
            "y_k": ["y_k", "y_k(x)", "y(x)_k"],
            "y": ["y", "y(x)"],
            "L": ["L", "L(y)", "L(y(x))", "L(x)"],
        },
    ),
    "ex4_chain": (
        [
            r"<F> = AS",
            r"<J> = \|X-<F>\|_F^2",
            r"\frac{\partial <J>}{\partial F} = -2(X-<F>)",
            r"\frac{\partial <J>}{\partial S} = A^T\frac{\partial J}{\partial F} = -2A^T(X-<F>)",
            r"d<F> = A\,dS",
            r"<J> = \|X\|^2 - 2\operatorname{tr}(X^T<F>) + \operatorname{tr}(<F>^T<F>)",
            r"<J> = \sum_{ij}(X_{ij}-<F_ij>)^2",
        ],
        {
            "F": ["F", "F(S)"],
            "J": ["J", "J(S)", "J(F)", "J(F(S))", "J(A,S)"],
            "F_ij": ["F_{ij}", "F_{ij}(S)", "F(S)_{ij}"],
        },
    ),
    "ex3": (
        [
            r"<y> = x^TAc",
            r"\frac{\partial <y>}{\partial x} = Ac",
            r"\frac{\partial <y>}{\partial A} = xc^T",
            r"d<y> = dx^TAc + x^TdA\,c + x^TA\,dc",
        ],
        {"y": ["y", "y(x)", "y(x,A,c)", "y(A)", "y(c)"]},
    ),
    "batch_norm": (
        [
            r"<m> = \frac1N\sum_i x_i",
            r"<v> = \frac1N\sum_i(x_i-<m>)^2",
            r"<y_i> = \frac{x_i-<m>}{\sqrt{<v>+\epsilon}}",
            r"\frac{\partial <v>}{\partial x_k} = \frac2N(x_k-<m>)",
            r"\frac{\partial <y_i>}{\partial x_k} = \frac{1}{\sqrt{<v>+\epsilon}}(\delta_{ik}-\frac1N-\frac1N<y_i><y_k>)",
            r"\frac{\partial L}{\partial x} = \frac{1}{\sqrt{<v>+\epsilon}}(g - \frac1N\mathbf 1\mathbf 1^Tg - \frac1N<y><y>^Tg)",
        ],
        {
            "m": ["\\mu", "\\mu(x)"],
            "v": ["v", "v(x)"],
            "y_i": ["y_i", "y_i(x)", "y(x)_i"],
            "y_k": ["y_k", "y_k(x)", "y(x)_k"],
            "y": ["y", "y(x)"],
        },
    ),
    "linear": (
        [
            r"<Y> = XW + \mathbf 1b^T",
            r"\frac{\partial <L>}{\partial X} = \frac{\partial L}{\partial Y}W^T",
            r"\frac{\partial <L>}{\partial W} = X^T\frac{\partial L}{\partial Y}",
            r"d<Y> = dX\,W + X\,dW + \mathbf 1db^T",
            r"<Y_ij> = \sum_k X_{ik}W_{kj} + b_j",
        ],
        {
            "Y": ["Y", "Y(X)", "Y(W)"],
            "L": ["L", "L(Y)", "L(X)", "L(Y(X))"],
            "Y_ij": ["Y_{ij}", "Y_{ij}(X)", "Y(X)_{ij}"],
        },
    ),
}


def written(exercise: str, seed: int, formulas: list[str]) -> str:
    draw, ways = random.Random(f"{exercise} {seed}"), TEXTS[exercise][1]
    text = " ".join(f"${formula}$." for formula in formulas)
    return re.sub(r"<(\w+)>", lambda name: draw.choice(ways[name[1]]), text)


@pytest.mark.parametrize("exercise", TEXTS)
@pytest.mark.parametrize("seed", range(5))
def test_a_value_with_its_argument_is_the_value(exercise: str, seed: int) -> None:
    text = written(exercise, seed, TEXTS[exercise][0])
    assert "F" not in judged(exercise, text), text


# The last statement of the exercise with a mistake.
WRONG = {
    "softmax": r"\frac{\partial <y>}{\partial x} = \operatorname{diag}(<y>) + <y><y>^T",
    "ex4_chain": r"\frac{\partial <J>}{\partial S} = -2A(X-<F>)",
    "ex3": r"\frac{\partial <y>}{\partial x} = A^Tc",
    "linear": r"\frac{\partial <L>}{\partial W} = X\frac{\partial L}{\partial Y}",
}


@pytest.mark.parametrize("exercise", WRONG)
@pytest.mark.parametrize("seed", range(3))
def test_a_wrong_step_is_found_with_arguments_too(exercise: str, seed: int) -> None:
    text = written(exercise, seed, [TEXTS[exercise][0][0], WRONG[exercise]])
    assert judged(exercise, text)[-1] == "F", text


SOFTMAX = r"$F(v_i) = \frac{e^{v_i}}{\sum_{j=1}^{K}e^{v_j}}$. "


@pytest.mark.parametrize("function", [r"\sigma", "S", "f", "p", r"\text{softmax}", r"\hat y", r"\mathrm{sm}"])
@pytest.mark.parametrize("variable", ["x", "z"])
def test_a_function_of_a_whole_vector_may_be_written_at_one_entry(function: str, variable: str) -> None:
    text = (
        SOFTMAX
        + r"$\frac{\partial F(v_i)}{\partial v_j} = F(v_i)(\delta_{ij} - F(v_j))$, $\frac{\partial F(v_i)}{\partial v_i} = F(v_i)(1-F(v_i))$, "
    )
    text += r"$\frac{\partial F(v_i)}{\partial v_i} = F(v_i)(1+F(v_i))$"
    assert judged("softmax", text.replace("v", variable).replace("F", function)) == "HHHF"


KINDS: dict[str, list[tuple[str, str, str]]] = {
    "a layer's label in brackets is no argument": [
        ("linear", r"$Y = XW + b$. $\delta = \frac{\partial L}{\partial Y}$. $\frac{\partial L}{\partial X} = \delta(W)^T$", "HHH"),
    ],
    "brackets of physics": [
        ("ex3", r"$y = x^TAc = \langle x|A|c\rangle$, $dy = \langle dx|A|c\rangle + \langle x|dA|c\rangle + \langle x|A|dc\rangle$, $dy = \langle x|A|dx\rangle$", "HHHF"),
    ],
    "a gradient of a composition": [
        ("linear", r"$Y(W) = XW + \mathbf 1b^T$, $G = \frac{\partial L}{\partial Y}$. $\nabla_W L(Y(W)) = X^TG$, $\nabla_X L(Y(X)) = GW^T$, $\nabla_W L(Y(W)) = XG$", "HHHHF"),
        ("ex4_chain", r"$F(S) = AS$, $J(F) = \|X-F\|^2$, $\nabla_S J(F(S)) = -2A^T(X-AS)$, $\nabla_S J(F(S)) = -2A(X-AS)$", "HHHF"),
    ],
    "differentials along a step": [
        ("ex1", r"$f(x) = x^Tx$. $df(x;h) = 2x^Th$, $\delta f(x;\Delta x) = 2x^T\Delta x$, $df(x;h) = x^Th$", "HHHF"),
        ("ex3", r"$f(A) = x^TAc$. For any direction $H$: $d_Af(H) = x^THc$, $df(A)(H) = x^THc$, $\mathrm{d}f(A)\cdot H = x^THc$, $d_Af(H) = c^THx$", "HHHHF"),
        ("ex4_chain", r"$J(S) = \|X-AS\|_F^2$. For any direction $E$: $dJ(S;E) = -2\operatorname{tr}((X-AS)^TAE)$, $dJ(S) = -2\operatorname{tr}((X-AS)^TA\,dS)$", "HHH"),
    ],
    "steps of any letter": [
        ("ex4_chain", r"$F = AS$, $J = \|X-F\|_F^2$, $R = X - F$. For any direction $E$ and any step $h$, $J(F+hE) = \|R-hE\|_F^2 = \|R\|_F^2 - 2h\langle R,E\rangle + h^2\|E\|_F^2$", "HHHHH"),
        ("ex4_chain", r"$F = AS$, $J = \|X-F\|_F^2$, $R = X - F$. For any direction $E$ and any step $h$, $J(F+hE) = \|R\|_F^2 + 2h\langle R,E\rangle + h^2\|E\|_F^2$", "HHH-"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_calls_and_brackets_are_judged_rightly(exercise: str, text: str, wanted: str) -> None:
    assert fits(judged(exercise, text), wanted), judged(exercise, text)
