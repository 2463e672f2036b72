r"""What words call a letter: "I write $\delta$ for gradOutput", "let $w$ be the biased variance", and names of gradients made of a letter and a sign."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matrix_checks.derivations.judging.writeups import read_writeup
from tests.conftest import examples
from tests.test_precision import judged
from tests.test_recall import EXERCISES

UPSTREAM = [
    "I write ${}$ for the gradOutput.",
    "I write ${}$ instead of gradOutput.",
    "Let ${}$ be the upstream gradient.",
    "Let ${}$ (that is gradOutput) be given.",
    "The incoming gradient is called ${}$.",
    "gradOutput is written as ${}$.",
    "We denote the gradient of the loss with respect to the output by ${}$.",
    "gradOutput heißt bei mir ${}$.",
    "Обозначим ${}$ — gradOutput.",
]
LETTERS = [r"\delta", r"\boldsymbol\delta", "u", r"\lambda", "v", r"\eta", "q"]


@given(said=st.sampled_from(UPSTREAM), letter=st.sampled_from(LETTERS))
@settings(max_examples=examples(30), deadline=None)
def test_a_letter_that_words_call_the_gradient_which_comes_in(said, letter):
    text = (
        said.format(letter)
        + rf" $\frac{{\partial L}}{{\partial W}} = x^T{letter}$, $\frac{{\partial L}}{{\partial W}} = {letter} x^T$."
    )
    assert judged("linear", text) == "HF", text
    entries = (
        said.format(letter) + rf" $\frac{{\partial L}}{{\partial x_k}} = y_k({letter}_k - \sum_j {letter}_jy_j)$, "
        rf"$\frac{{\partial y_i}}{{\partial x_k}} = y_i(\delta_{{ik}} - y_k)$, $\frac{{\partial L}}{{\partial x_k}} = y_k({letter}_k + \sum_j {letter}_jy_j)$."
    )
    assert judged("softmax", entries) == "HHF", entries


@pytest.mark.parametrize("said", UPSTREAM)
def test_a_delta_with_two_indices_is_an_entry_of_it_where_that_has_two(said):
    text = (
        said.format(r"\delta")
        + r" $\frac{\partial L}{\partial W_{ij}} = \sum_n x_{ni}\delta_{nj}$, $\frac{\partial L}{\partial b_j} = \sum_n\delta_{nj}$."
    )
    assert judged("linear", text) == "HH", text


STATISTICS = [
    "Let ${}$ be the biased variance.",
    "The variance of the batch is ${}$.",
    "${}$ is the (biased) variance of the batch.",
    "${}$ denotes the population variance of the batch.",
    "Die Varianz des Batches ist ${}$.",
    "${}$ — дисперсия.",
    "Sea ${}$ la varianza.",
]


@given(
    said=st.sampled_from(STATISTICS),
    letter=st.sampled_from(["v", "w", "q", "u"]),
    label=st.sampled_from(["_{mov}", "_{run}", "^{pop}", "^{(mov)}", r"_{\text{test}}"]),
)
@settings(max_examples=examples(30), deadline=None)
def test_a_letter_that_words_call_the_variance_and_its_kept_one(said, letter, label):
    text = (
        said.format(letter)
        + rf" $\frac{{\partial {letter}}}{{\partial x_k}} = \frac2N(x_k-\mu)$, $\frac{{\partial {letter}}}{{\partial x_k}} = 2(x_k-\mu)$."
        "\n\n"
        rf"Evaluation: $\text{{gradInput}} = g/\sqrt{{{letter}{label}+\epsilon}}$, $\text{{gradInput}} = g\sqrt{{{letter}{label}+\epsilon}}$."
    )
    assert judged("batch_norm", text) == "HFHF", text


@pytest.mark.parametrize(
    "formulas",
    [r"$m = \operatorname{mean}(x)$, $v = \operatorname{mean}((x-m)^2)$", r"$m = \frac1N\sum_ix_i$, $v = \frac1N\sum_i(x_i-m)^2$"],
)
@pytest.mark.parametrize("sign", [r"\leftarrow", ":="])
def test_what_is_kept_of_a_statistic_that_a_formula_defines(formulas, sign):
    text = rf"{formulas}. $v_{{run}} {sign} \alpha v_{{run}} + (1-\alpha)v$. Eval: $\text{{gradInput}} = g/\sqrt{{v_{{run}}+\epsilon}}$"
    assert set(judged("batch_norm", text)) == {"H"}, text


@pytest.mark.parametrize(
    ("exercise", "text", "said"),
    [
        # Adjoints with a bar, which one true formula bears out; means with a bar are none.
        ("ex4_chain", r"$\bar F = -2(X-F)$, $\bar S = A^T\bar F$, $\bar A = S^T\bar F$", "HHF"),
        ("linear", r"$\bar y = g$, $\bar W = x^T\bar y$, $\bar x = \bar yW$", "HHF"),
        ("batch_norm", r"$\bar x = \frac1N\sum_ix_i$, $\bar g = \frac1N\sum_ig_i$, $\frac{\partial\bar x}{\partial x_k} = \frac1N$", "HHH"),
        # A gradient's name that is made of the one which comes in is no new name.
        ("linear", r"$\delta_W = g^Tx$", "U"),
        ("batch_norm", r"$\delta_x = \frac{1}{\sqrt{\sigma+\epsilon}}(g-\operatorname{mean}(g)+\hat x\operatorname{mean}(g\hat x))$", "U"),
        ("linear", r"$\delta_W = x^Tg$, $\delta_x = gW^T$", "HH"),
        # The names of one layer in a text with two.
        ("linear", r"$h = xW_1+b_1$, $z = hW_2+b_2$, $g = \partial L/\partial z$. $\text{gradInput} = gW_2^TW_1^T$, $\text{gradInput} = g(W_2W_1)^T$.", "HHHHF"),
        ("linear", r"$y_1 = xW_1+b_1$, $y_2 = y_1W_2+b_2$. Second layer: $\text{gradInput} = gW_2^T$, $\text{gradW} = y_1^Tg$. First: $\text{gradW} = x^TgW_2^T$.", "HHHHH"),
        # Rows that are stacked, with no vec.
        ("ex4_chain", r"I stack ROWS (numpy order): $\frac{dF}{dS} = A\otimes I_M$, $\frac{dF}{dS} = I_M\otimes A$", "HF"),
        ("ex4_chain", r"We flatten by rows. $\frac{\partial F}{\partial S} = A\otimes I_M$", "H"),
        ("ex4_chain", r"Columns are stacked. $\frac{\partial F}{\partial S} = A\otimes I_M$", "F"),
        # The ones of a typewriter; the number below a matrix is none of them.
        ("batch_norm", r"$1^T1 = N$, $\hat x^T1 = 0$, $\hat x^T\hat x = N$, $J = \frac1s(I - \frac1N11^T - \frac1N\hat x\hat x^T)$ with $s = \sqrt{\sigma+\epsilon}$, $J1 = 0$", "HHFHHH"),
        ("linear", r"$h = xW_1+b_1$, $y_2 = hW_2+b_2$, $\frac{\partial L}{\partial x} = gW_2^TW_1^T$, $1^T1 = N$", "HHHH"),
        # Capital letters that are said to be matrices are no single row.
        ("softmax", r"$X,Y,G$ are $N\times C$. $\frac{\partial L}{\partial X} = Y\circ(G-(G\circ Y)\mathbf 1_C\mathbf 1_C^\top)$, $\frac{\partial L}{\partial X} = Y\circ(G-\mathbf 1_N\mathbf 1_N^\top(G\circ Y))$", "HF"),
        ("softmax", r"For the batch, $\frac{\partial L}{\partial X} = Y\circ(G-(G\circ Y)\mathbf 1\mathbf 1^\top)$", "H"),
        # Letters of a small matrix that are other names elsewhere.
        ("ex2", r"Take $N = 2$. $A = \begin{pmatrix} a & b \\ c & d \end{pmatrix}$, $B = \begin{pmatrix} e & f \\ g & h \end{pmatrix}$. $y = ae+bg+cf+dh$, $\frac{\partial y}{\partial c} = f$, $\frac{\partial y}{\partial c} = g$", "DHHHHF"),
        # What is true where a gradient is zero is said of that; a wrong gradient is none of these.
        ("ex4_trace", r"Minimum en $S$ : on trouve $A^TAS = A^TX$ et $XS^T = ASS^T$.", "HH"),
        ("ex4_trace", r"$-2A^T(X-AS) = -A^TX+A^TAS$, $\frac{dJ}{dS} = -A^T(X-AS)$", "FF"),
        # A convention that the text says it does without; and units.
        ("linear", r"Pas de convention d'Einstein ici. $y_{nj} = \sum_{i}x_{ni}W_{ij}+b_j$, $\frac{\partial L}{\partial W_{ij}} = g_{nj}x_{ni}$", "HF"),
        ("linear", r"Einstein convention: $\frac{\partial L}{\partial W_{ij}} = g_{nj}x_{ni}$", "H"),
        ("batch_norm", r"Units: $[\hat x] = 1$.", "U"),
        # No product entry by entry makes a Jacobian a column.
        ("ex1", r"$\frac{d}{dx}(2x) = 2(1,\dots,1)^\top$, $\frac{d}{dx}(x\odot x) = 2x$", "FH"),
    ],
)  # fmt: skip
def test_what_letters_are(exercise, text, said):
    assert judged(exercise, text) == said


def test_what_is_said_under_an_assumption_takes_no_wrong_answer_back():
    report = read_writeup(
        r"$\frac{dy}{dA} = 2B$. If $B$ is symmetric, we may write $\frac{dy}{dA} = B^T$.", EXERCISES["writeup_ex2"]
    )
    assert report.answers[r"\frac{dy}{dA}"] == "wrong"
    rows = read_writeup(
        r"I stack rows: $\frac{dF}{dS} = A\otimes I_M$. $\frac{\partial f_{ij}}{\partial a_{pq}} = \delta_{ip}s_{qj}$",
        EXERCISES["writeup_ex4_chain"],
    )
    assert [rows.answers[name] for name in (r"\frac{dF}{dS}", r"\frac{dF}{dA}")] == ["reached", "reached"]
