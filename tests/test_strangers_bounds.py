"""Bounds of sums that are more than a letter, gaps inside brackets, and numbered entries of a bias."""

import pytest

from tests.test_precision import cases, fits, judged

BOUNDS = ["n_1", "n_x", "D_{in}", "N_c", "n_{out}", "d_2", "|C|", "{n_{1}}", "n_{classes}", r"n_{\text{cls}}", "dim", r"\dim(x)", r"\text{len}(x)", "d_{out}"]  # fmt: skip


@pytest.mark.parametrize("bound", BOUNDS)
def test_a_bound_is_a_size_however_it_is_called(bound: str) -> None:
    text = r"$y_i = \frac{e^{x_i}}{\sum_{j=1}^{B} e^{x_j}}$, $\frac{\partial L}{\partial x_k} = \sum_{i=1}^{B} g_i y_i(\delta_{ik}-y_k)$, "
    text += r"$\frac{\partial L}{\partial x_k} = \sum_{i=1}^{B} g_i y_i(\delta_{ik}+y_k)$"
    assert judged("softmax", text.replace("B", bound)) in ("HHF", "HHU")


KINDS: dict[str, list[tuple[str, str, str]]] = {
    "a bound that names its index": [
        ("linear", r"$Y = XW+b$. $\frac{\partial L}{\partial x_{pq}} = \sum_{i=1}^{i=N}\sum_{j=1}^{j=M}\frac{\partial L}{\partial y_{ij}}\frac{\partial y_{ij}}{\partial x_{pq}}$", "HH"),
        ("linear", r"$Y = XW+b$. $\frac{\partial L}{\partial x_{pq}} = \sum_{j=1}^{j=M} g_{pj}w_{qj}$, $\frac{\partial L}{\partial x_{pq}} = \sum_{j=1}^{j=M} g_{pj}w_{jq}$", "HH-"),
    ],
    "gaps inside brackets": [
        ("linear", r"$Y = XW+b$. $\frac{\partial E}{\partial b} = \left[\frac{\partial E}{\partial b_1} \quad \frac{\partial E}{\partial b_2} \quad \dots \quad \frac{\partial E}{\partial b_M}\right]$", "H~"),
        ("batch_norm", r"$\mu = \bigg(\frac1N\sum_i x_i \qquad\! \bigg)$, $\sigma^2 = \frac1N\sum_i \bigl(\quad x_i-\mu\;\;\bigr)^2$", "HH"),
        ("ex1", r"$y = x^Tx$. $\frac{dy}{dx} = [2x_1 \quad 2x_2 \quad \cdots \quad 2x_n]^T$, $\frac{dy}{dx} = [x_1 \quad x_2 \quad \cdots \quad x_n]^T$", "HHF"),
    ],
    "entries of the bias of one layer": [
        ("linear", r"$Y = XW+b$, $G = \partial L/\partial Y$. $\frac{\partial L}{\partial b_1} = \sum_i G_{i1}$, $\frac{\partial L}{\partial b_2} = \sum_i G_{i1}$", "HHHF"),
        ("linear", r"$Y = XW+b$, $b = (b_1, \dots, b_M)$, $\frac{\partial L}{\partial b_1} = \sum_i g_{i1}$", "HHH"),
        ("linear", r"$Y_1 = XW_1 + b_1$, $Y_2 = Y_1W_2 + b_2$, $G_2 = \frac{\partial L}{\partial Y_2}$, $\frac{\partial L}{\partial b_2} = G_2^T\mathbf 1$", "HHHH"),
    ],
    "a matrix whose rows are the deltas": [
        ("linear", r"$Y = XW + b$. With $\Delta$ the N x M matrix whose rows are the $\delta_n$, where $\delta_n = \partial L/\partial y_n$: $\frac{\partial L}{\partial X} = \Delta W^T$, and $\frac{\partial L}{\partial W} = \sum_n x_n^T\delta_n = X^T\Delta$.", "HHHHH"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_such_sums_and_brackets_are_judged_rightly(exercise: str, text: str, wanted: str) -> None:
    assert fits(judged(exercise, text), wanted), judged(exercise, text)


LABELS = ["L", "l", r"\ell", "{(L)}", "{[L]}"]


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("order", ["a^@_{}", "a_{}^@"])
def test_the_label_of_the_last_layer_says_nothing_of_one_layer(label: str, order: str) -> None:
    def entry(letter: str, index: str) -> str:
        return order.replace("a", letter).replace("{}", index).replace("@", label)

    a, z = {index: entry("a", index) for index in "jk"}, {index: entry("z", index) for index in "jk"}
    text = rf"${a['j']} = \frac{{e^{{{z['j']}}}}}{{\sum_k e^{{{z['k']}}}}}$, $\frac{{\partial {a['j']}}}{{\partial {z['k']}}} = {a['j']}(\delta_{{jk}} - {a['k']})$, "
    text += rf"$\frac{{\partial {a['j']}}}{{\partial {z['k']}}} = {a['j']}(\delta_{{jk}} + {a['k']})$"
    assert judged("softmax", text) == "HHF", text


@pytest.mark.parametrize("above", ["{(i)}", "{[i]}"])
def test_what_numbers_objects_may_stand_in_brackets_of_any_kind(above: str) -> None:
    text = r"$y^@ = W^Tx^@ + b$, $\frac{\partial L}{\partial W} = \sum_i x^@(\frac{\partial L}{\partial y^@})^T$, $\frac{\partial L}{\partial W} = -\sum_i x^@(\frac{\partial L}{\partial y^@})^T$"
    assert judged("linear", text.replace("@", above)) == "HHF"
