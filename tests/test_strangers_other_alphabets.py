r"""What public texts write: other letters and layouts, marks that say what is held, gradients as in programs, numbers in code.

By kind: an exercise, a text, and the letters of its steps: what holds, is false, not understood, stated, or in the other layout.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_precision import judged

KINDS = [
    # The exercise's letters for other things than there, its output's among them.
    ("ex3", r"Let $f = x^T A y$ (my $y$ is your $c$). $df = dx^T A y$, $\nabla_x f = Ay$, $\nabla_A f = x y^T$.", "HHHH"),
    ("ex3", r"Let $f = x^T A y$. $\nabla_x f = Ay$, $\nabla_x f = A^T y$.", "HHF"),
    ("ex3", r"We define the scalar $\alpha$ by $\alpha = x^T A c$. $\frac{\partial \alpha}{\partial x} = Ac$, $\frac{\partial\alpha}{\partial x_k} = \sum_j a_{kj} c_j$.", "HHH"),
    # A size's letter for a matrix.
    ("ex4_trace", r"$M = X$, $U = A$, $V^T = S$. $J = \|M - UV^T\|^2$, $\frac{\partial J}{\partial U} = -2(M-UV^T)V$.", "HHHHH"),
    ("ex4_trace", r"$M = X$. $F(U, V) = \sum_{i,j}(M_{ij} - u_iv_j^T)^2$. $\frac{\partial F}{\partial U} = -2(M-UV^T)V$.", "HHU"),
    # Shapes that are said for letters of the text's own.
    ("ex4_trace", r"Let $Y\in\mathbb{R}^{N\times M}$, $U\in\mathbb{R}^{N\times R}$. $\nabla_U \|Y - UV^\top\|_F^2 = -2(Y-UV^T)V$.", "H"),
    ("ex4_trace", r"Let $Y\in\mathbb{R}^{N\times M}$, $U\in\mathbb{R}^{N\times R}$. $\nabla_U \|Y - UV^\top\|_F^2 = -2(Y-UV^T)U$.", "U"),
    # A letter in another alphabet.
    ("ex4_chain", r"$\mathcal J_S = I_M\otimes A$, $\operatorname{vec}\frac{\partial J}{\partial S} = \mathcal J_S^\top\operatorname{vec}\frac{\partial J}{\partial F}$.", "HH"),
    ("ex4_chain", r"$\mathcal J_S = I_M\otimes A$, $\operatorname{vec}\frac{\partial J}{\partial S} = \mathcal J_S\operatorname{vec}\frac{\partial J}{\partial F}$.", "HF"),
    # The output and the input by words, in brackets, and by their derivative.
    ("softmax", r"Here $h_i$ is the output ($y_i$ in the statement), $z_j$ the input. $\frac{\partial h_i}{\partial z_j} = h_i(\delta_{ij}-h_j)$, $\frac{\partial h_i}{\partial z_j} = h_ih_j$.", "HF"),
    ("softmax", r"Обозначения: $h_i$ — выход softmax (в задании $y_i$), $z_j$ — вход. $\frac{\partial h_i}{\partial z_j} = h_i(\delta_{ij}-h_j)$.", "H"),
    ("softmax", r"$z$ is the input ($x$ on the sheet), $a$ the output ($y$). $\frac{\partial a_j}{\partial z_k} = -a_ja_k$ for $k \ne j$.", "H"),
    ("softmax", r"$\frac{\partial p_i}{\partial z_j} = p_i(\delta_{ij}-p_j)$, $\frac{\partial L}{\partial z_j} = p_j(g_j - \sum_i g_ip_i)$, $\frac{\partial p_i}{\partial z_j} = p_i\delta_{ij}$.", "HHF"),
    ("softmax", r"With $S_i = \frac{e^{a_i}}{\sum_k e^{a_k}}$, and $\Sigma$ for the sum, for $i\ne j$: $\frac{\partial S_i}{\partial a_j} = -\frac{e^{a_j}e^{a_i}}{\Sigma^2}$.", "HH"),
    ("softmax", r"$S_i = \frac{e^{a_i}}{{\sum^n_{j = 1}} e^{a_j}}$, $\sum_i S_i = 1$.", "HH"),
    # Two layers, with repeated indices, and beside one layer.
    ("linear", r"$z_{na} = x_{np}U_{pa} + b^{(1)}_a$, $y_{ni} = z_{na}V_{ai} + b^{(2)}_i$. $\frac{\partial L}{\partial z_{na}} = g_{ni}V_{ai}$, I call it $h_{na}$. $\frac{\partial L}{\partial U_{pa}} = x_{np}h_{na}$, $\frac{\partial L}{\partial U_{pa}} = x_{np}g_{na}$.", "HHHHF"),
    ("linear", r"$y = xW+b$. Two layers: $z = xU + b_1$, $y = zV + b_2$. $\frac{\partial L}{\partial z} = gV^T$, $\frac{\partial L}{\partial U} = x^TgV^T$, $\frac{\partial L}{\partial U} = x^Tg$.", "HHHHHF"),
    ("linear", r"$U = XW_1 + \mathbf 1b_1^T$, $Y = UW_2 + \mathbf 1b_2^T$, $G = \nabla_YL$. $[D_YL](H) = \langle G, H\rangle$, $[D_{W_2}L](H) = \langle G, UH\rangle$, $[D_{W_2}L](H) = \langle G, XH\rangle$.", "HHHHHU"),
    # A layer without its bias, in any layout.
    ("linear", r"$Y = XW^T$ (bias later). $\frac{\partial L}{\partial W} = (\frac{\partial L}{\partial Y})^TX$, $\frac{\partial L}{\partial X} = \frac{\partial L}{\partial Y}W$, $\frac{\partial L}{\partial X} = W\frac{\partial L}{\partial Y}$.", "HHHF"),
    # Gradients that are written as in programs.
    ("linear", r"$\frac{\partial L}{\partial b} = \sum_i dy_i$, $\frac{\partial L}{\partial W} = x^T dy$, $\frac{\partial L}{\partial x} = dy\,W^T$.", "HHH"),
    ("batch_norm", r"$\frac{\partial \mathcal{L}}{\partial \hat{x}_{i}} = dy_{i}$.", "H"),
    # Numbers for the gradient that comes in, and numbers in code.
    ("linear", r"$X=\begin{pmatrix}1&0\\0&1\\1&1\end{pmatrix} \qquad W=\begin{pmatrix}1&2\\3&4\end{pmatrix}$. $\frac{\partial L}{\partial Y}=\begin{pmatrix}2&1\\1&0\\0&1\end{pmatrix}$, $\frac{\partial L}{\partial W} = X^T\frac{\partial L}{\partial Y} = \begin{pmatrix}2&2\\1&1\end{pmatrix}$.", "HHHHH"),
    ("softmax", r"With `x = [1, 2, 3]`, `g = [0, 0, 1]`: $y \approx (0.0900, 0.2447, 0.6652)$, $\sum_i g_iy_i = y_3$, $\sum_i g_iy_i = y_2$.", "HHHHF"),
    # What is held.
    ("ex1", r"Holding $x^T$ constant: $\frac{\partial x^Tx}{\partial x} = x$.", "U"),
    ("ex1", r"$\frac{\partial x^Tx}{\partial x} = 2\frac{\partial x^Tx}{\partial x}$.", "F"),
]  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "letters"), KINDS)
def test_other_letters_and_alphabets(exercise, text, letters):
    assert judged(exercise, text) == letters


@settings(max_examples=12, deadline=None, derandomize=True)
@given(
    letters=st.permutations("YUVPQWHZ").map(lambda drawn: drawn[:3]),
    sign=st.sampled_from(["T", r"\top"]),
    loss=st.sampled_from("JEf"),
)
def test_a_factorization_with_its_second_factor_transposed_is_one_in_any_letters(letters, sign, loss):
    data, left, right = letters
    rest = rf"({data} - {left}{right}^{{{sign}}})"
    text = rf"${loss} = \|{data} - {left}{right}^{{{sign}}}\|_F^2$. "
    text += rf"$\nabla_{left} {loss} = -2{rest}{right}$, $\nabla_{right} {loss} = -2{rest}^T{left}$, $\nabla_{left} {loss} = 2{rest}{right}$."
    assert judged("ex4_trace", text) == "HHHF"


MARKS = ["\\underline{{{}}}", "\\mathbf{{{}}}", "{{\\color{{red}}{}}}", "\\boldsymbol{{{}}}", "\\pmb{{{}}}"]


@settings(max_examples=12, deadline=None, derandomize=True)
@given(mark=st.sampled_from(MARKS), derived=st.sampled_from(["d({})", r"\frac{{\partial ({})}}{{\partial x}}", r"\nabla({})"]))
def test_a_product_rule_with_a_mark_at_what_is_held_holds(mark, derived):
    held = mark.format("x")
    terms = [derived.format(inside) for inside in (f"{held}^T x", f"x^T {held}")]
    assert judged("ex1", f"${derived.format('x^T x')} = {' + '.join(terms)}$.") == "H"
