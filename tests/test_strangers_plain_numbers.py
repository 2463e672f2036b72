r"""Numbers directly behind letters, as programs have them, and other names that strangers make of signs on the keyboard."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matrix_checks.derivations.judging.writeups import read_writeup
from tests.conftest import examples
from tests.test_precision import judged
from tests.test_recall import EXERCISES

LETTERS = ["h", "t", "u", "z", "s", "H", "Z"]
BLOG = (
    r"$xmu_i = x_i-\mu$, $ivar = 1/\sqrt{\sigma+\epsilon}$, $\hat x_i = xmu_i\cdot ivar$. $d\hat x_i = g_i$. $divar = \sum_i g_i\, xmu_i$, "
    r"$dxmu1_i = g_i\cdot ivar$, $dsqrtvar = -ivar^2\, divar$, $dvar = \frac12\frac{1}{\sqrt{\sigma+\epsilon}} dsqrtvar$, $dsq_i = \frac1N dvar$, "
    r"$dxmu2_i = 2\, xmu_i\, dsq_i$, $dx1_i = dxmu1_i + dxmu2_i$, $d\mu = -\sum_i(dxmu1_i + dxmu2_i)$, $dx2_i = \frac1N d\mu$, $dx_i = dx1_i + dx2_i$."
)


@given(letter=st.sampled_from(LETTERS), other=st.sampled_from(["", " "]), sign=st.sampled_from(["=", ":="]))
@settings(max_examples=examples(20), deadline=None)
def test_layers_and_nodes_are_told_apart_by_plain_numbers(letter, other, sign):
    text = (
        rf"${letter}1 {sign} xW1+b1$, ${letter}2{other}{sign} {letter}1W2+b2$, $y_2 = {letter}2$, $g = \frac{{\partial L}}{{\partial y_2}}$. "
        rf"$\frac{{\partial L}}{{\partial W1}} = x^TgW2^T$, $\frac{{\partial L}}{{\partial W2}} = {letter}1^Tg$, $\frac{{\partial L}}{{\partial W1}} = x^TgW2$."
    )
    assert judged("linear", text)[-3:] == "HHF", text


@given(letter=st.sampled_from(["T", "E", "t", "q", "p"]))
@settings(max_examples=examples(10), deadline=None)
def test_terms_of_a_sum_are_told_apart_by_plain_numbers(letter):
    text = (
        rf"${letter}1 = \operatorname{{tr}}(X^TX)$, ${letter}2 = -2\operatorname{{tr}}(X^TAS)$, ${letter}3 = \operatorname{{tr}}(S^TA^TAS)$, $J = {letter}1+{letter}2+{letter}3$, "
        rf"$\frac{{\partial {letter}2}}{{\partial S}} = -2A^TX$, $\frac{{\partial {letter}3}}{{\partial S}} = A^TAS$"
    )
    assert judged("ex4_trace", text) == "HHHHHF", text


def test_the_nodes_of_a_computational_graph_and_the_parts_of_a_gradient():
    assert set(judged("batch_norm", BLOG)) == {"H"}
    # Another sign at one place.
    assert judged("batch_norm", BLOG.replace(r"d\mu = -\sum_i", r"d\mu = \sum_i"))[-3] in "FU"


@pytest.mark.parametrize(
    ("exercise", "text", "verdicts"),
    [
        ("linear", r"$y = (xW1+b1)W2+b2$, $dW1 = x^TgW2^T$, $dW2 = (xW1+b1)^Tg$, $dW2 = g^T(xW1+b1)$", "HHHL"),
        ("linear", r"$gradB = g^T1$, $gradB = 1^Tg$", "HH"),
        ("ex1", r"$\frac{dy}{dx1} = 2x1$, $\frac{dy}{dx2} = 2x2$", "HH"),
        ("batch_norm", r"$sigma2 = 1/N * sum((x - mu)^2)$, eval: $dx = g / sqrt(sigma2_{run} + eps)$", "HH"),
        (
            "linear",
            r"Let $x_{(n)}$ be the rows. $y_{(n)} = x_{(n)} W + b$, $\text{gradW} = \sum_n x_{(n)}^Tg_{(n)}$, $\text{gradW} = \sum_n g_{(n)}^Tx_{(n)}$",
            "HHL",
        ),
        ("batch_norm", r"In evaluation mode: $\hat x = (x-\mu_{mov}\mathbf 1)/\sqrt{\sigma_{mov}+\varepsilon}$", "H"),
        ("linear", r"Two layers: $g_1 = gW_2^T$. Check: take $L = g_1y_1+g_2y_2$.", "UU"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_names_as_keyboards_have_them(exercise, text, verdicts):
    assert judged(exercise, text) == verdicts


@pytest.mark.parametrize(
    ("exercise", "text", "verdicts"),
    [
        ("ex4_trace", r"$J = norm(X-AS)^2$, $R = X - AS$, $norm(R)^2 = tr(R'R)$", "HHH"),
        (
            "ex4_chain",
            r"$dJ_dF = -2*(X-F)$, $dJ_dS = A^T dJ_dF$, $vec(dJ_dS) = kron(I_M, A)^T vec(dJ_dF)$, $dJ_dS = dJ_dF A^T$",
            "HHHF",
        ),
        (
            "ex4_chain",
            r"$F = A*S$, $E1 = X - F$, $J = sum_ij E1_ij^2$. $dJ/dE1_ij = 2*E1_ij$, $dJ/dF = -2*E1$, $dJ/dF = 2*E1$",
            "HHHHHF",
        ),
        (
            "softmax",
            r"$t1_i = exp(x_i)$, $t2 = Sum_j exp(x_j)$, $y_i = t1_i/t2$. $dt1_i/dx_k = delta_ik*exp(x_k)$, $dt2/dx_k = exp(x_k)$, $dt2/dx_k = t2$",
            "HHHHHF",
        ),
        ("ex2", r"$t1 = A*B$, $t1_ij = sum_k A_ik*B_kj$, $dy/dA_pq = sum_i sum_k delta_ip*delta_kq*B_ki = B_qp$", "HHHH"),
        (
            "linear",
            r"$h1 = x@W1 + b1$, $y2 = h1@W2 + b2$, $g2 = dL/dy2$. $dW2 = h1.T@g2$, $dh1 = g2@W2.T$, $dx = g2@(W1@W2).T$, $dW2 = g2.T@h1$",
            "HHHHHHL",
        ),
        ("ex3", r"$\frac{dy}{dA} = outer(x,c)$, $\frac{dy}{dA} = outer(c,x)$", "HL"),
        ("softmax", r"$\frac{dy_i}{dx_k} = y_i(\delta_ik - y_k)$, $\frac{dy_i}{dx_k} = y_i(delta_ik - y_k)$", "HH"),
        ("softmax", r"Sanity: if all g_i are 1, then $dot(g,y) = sum_i y_i$.", "U"),
        ("ex4_trace", r"Test, all sizes one, X 3, A 1, S 1: $dJ/dS = -2*1*(3-1) = -4$.", "UH"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_programs_between_dollars(exercise, text, verdicts):
    assert judged(exercise, text) == verdicts


@pytest.mark.parametrize(
    "text",
    [
        r"One might think that $\frac{\partial L}{\partial x} = W^Tg$, but that is wrong.",
        r"On pourrait croire que $\frac{\partial L}{\partial x} = W^Tg$, mais c'est faux.",
        r"Man könnte denken, dass $\frac{\partial L}{\partial x} = W^Tg$, aber das ist falsch.",
        r"Можно подумать, что $\frac{\partial L}{\partial x} = W^Tg$, но это неверно.",
        r"Se podría pensar que $\frac{\partial L}{\partial x} = W^Tg$, pero es falso.",
        r"$\frac{\partial L}{\partial x} = W^Tg$, maar dat is fout.",
        r"$\frac{\partial L}{\partial x} = W^Tg$, mais ce n'est pas vrai.",
        r"$\frac{\partial L}{\partial x} = W^Tg$, ale to nieprawda.",
        r"$\frac{\partial L}{\partial x} = W^Tg$ — неверно.",
    ],
)
def test_what_a_text_denies_is_no_mistake_of_it(text):
    report = read_writeup(text, EXERCISES["writeup_linear"])
    assert [step.verdict for step in report.steps] == ["not understood"]
    assert report.answers["gradInput"] == "missing"
    assert judged("linear", r"$\frac{\partial L}{\partial x} = W^Tg$, and that is the answer.") == "F"


@pytest.mark.parametrize(
    "said",
    [
        "From now on I write $D$ for $X-AS$.",
        "Da qui in poi scrivo $D$ per $X-AS$.",
        "J'écris $D$ pour $X-AS$.",
        "Escribo $D$ en lugar de $X-AS$.",
        "Piszę $D$ zamiast $X-AS$.",
        "Пишу $D$ вместо $X-AS$.",
        "Call $X-AS$ the residual $D$.",
        "I call the residual $X-AS$ now $D$.",
    ],
)
def test_words_give_a_letter_to_an_expression(said):
    text = said + r" $\frac{\partial J}{\partial S} = -2A^TD$, $\frac{\partial J}{\partial S} = 2A^TD$."
    assert judged("ex4_trace", text) == "HF"


@pytest.mark.parametrize(
    ("exercise", "text", "verdicts"),
    [
        ("ex4_trace", r"$\phi := \operatorname{tr}(X^TX)$, $d\phi = 0$, $\psi := \operatorname{tr}(X^TAS)$, $d\psi = 0$", "HHHF"),
        ("ex4_chain", r"$F := SA$, $J = \|X-F\|^2$, $\frac{dJ}{dF} = -2(X-F)$", "FHH"),
        (
            "linear",
            r"$h = xW_1+b_1$, $y_2 = hW_2+b_2$, $g = \partial L/\partial y_2$. $\delta := \partial L/\partial h$. $\delta = gW_1^T$",
            "HHHHF",
        ),
        ("batch_norm", r"Klein voorbeeld, batch van twee met waarden 0 en 2: $\mu = 1$ en $\sigma = 1$.", "UU"),
        ("batch_norm", r"For the values 0 and 2 we get $\mu = 1$ and $\sigma = 1$.", "UU"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_is_held_fixed_what_cannot_be_multiplied_and_numbers_in_words(exercise, text, verdicts):
    assert judged(exercise, text) == verdicts


@pytest.mark.parametrize(
    ("text", "reached"),
    [
        ("The gradient by the weights is $x^Tg$.", "gradW"),
        ("The weight gradient is $x^Tg$.", "gradW"),
        ("The derivative by the input is $gW^T$.", "gradInput"),
    ],
)
def test_an_answer_that_words_name(text, reached):
    assert read_writeup(text, EXERCISES["writeup_linear"]).answers[reached] == "reached"
