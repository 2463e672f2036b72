r"""Texts that go from one layer to two, or from one object to the batch, and use their letters anew; and what is said of two indices in words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import examples
from tests.test_precision import judged

ONE_LAYER = r"**One layer.** $\frac{\partial L}{\partial W} = x^Tg$, $\frac{\partial L}{\partial x} = gW^T$." + "\n\n"
HIDDEN = [
    "$%s = xW_1 + b_1$ and",
    r"$%s = xW_1 + \mathbf 1 b_1^T$ and",
    r"$%s_{nj} = \sum_i x_{ni}(W_1)_{ij} + (b_1)_j$ and",
    "With $%s$ for the output of the first layer,",
]


@given(letter=st.sampled_from("hzau"), stated=st.sampled_from(HIDDEN), alone=st.booleans(), order=st.sampled_from(["^Tg", "g"]))
@settings(max_examples=examples(25), deadline=None)
def test_the_layer_between_two_need_not_be_followed_by_the_second(letter, stated, alone, order):
    text = ("" if alone else ONE_LAYER) + "**Two layers.** " + stated % letter
    text += rf" $\frac{{\partial L}}{{\partial {letter}}} = gW_2^T$, $\frac{{\partial L}}{{\partial W_2}} = {letter}^Tg$, "
    text += rf"$\frac{{\partial L}}{{\partial W_1}} = x^TgW_2^T$, $\frac{{\partial L}}{{\partial W_2}} = {letter}{order}$."
    assert judged("linear", text)[-4:] == ("HHHH" if order == "^Tg" else "HHHF"), text


@given(letter=st.sampled_from(["G", r"\delta", "g"]))
@settings(max_examples=examples(10), deadline=None)
def test_the_gradient_that_comes_in_is_that_of_the_second_layer_then(letter):
    text = (
        rf"Let ${letter} = \frac{{\partial L}}{{\partial y}}$. $\frac{{\partial L}}{{\partial W}} = x^T{letter}$."
        + "\n\n**Two layers.** "
        rf"$h = xW_1 + b_1$, $y_2 = hW_2 + b_2$, ${letter} = \frac{{\partial L}}{{\partial y_2}}$. "
        rf"$\frac{{\partial L}}{{\partial h}} = {letter}W_2^T$, $\frac{{\partial L}}{{\partial h}} = {letter}W_2$"
    )
    assert judged("linear", text)[-2] in "HU"
    assert judged("linear", text)[-1] in "FU"


BATCH = (
    r"**One sample.** $x$ is a row. $y_j = \sum_i x_iW_{ij} + b_j$, $\delta_j := \frac{\partial L}{\partial y_j}$, "
    r"$\frac{\partial L}{\partial b_l} = \delta_l$."
    "\n\n"
    r"**The batch.** $\delta_{tj} := \frac{\partial L}{\partial y_{tj}}$, $\frac{\partial L}{\partial W_{kl}} = \sum_t x_{tk}\delta_{tl}$, "
    r"$\frac{\partial L}{\partial b_l} = \sum_t \delta_{tl}$, $\frac{\partial L}{\partial W} = x^\top\delta$."
)


def test_a_part_of_a_text_is_read_alone_where_it_waits():
    assert "F" not in judged("linear", BATCH)
    assert judged("linear", BATCH).count("H") >= 6
    # What is wrong in its part is wrong.
    assert judged("linear", BATCH.replace(r"= x^\top\delta", r"= x\delta"))[-1] in "FU"


def test_a_part_defines_nothing_that_was_said_before():
    text = (
        r"**Definition.** $\kappa = \frac1N\sum_i g_iy_i$."
        + "\n\n"
        + r"**Example with numbers.** $\kappa = 3$, and so on and so on, as one may see."
    )
    assert judged("batch_norm", text)[-1] in "UF"


def test_entries_of_numbered_nodes():
    graph = r"$t_1 = \frac1N\sum_i x_i$, $t_{2,i} = x_i - t_1$, $t_3 = \frac1N\sum_i t_{2,i}^2$, $t_4 = \sqrt{t_3+\varepsilon}$, $t_5 = 1/t_4$, $y_i = t_{2,i}t_5$. "
    right = r"$\frac{\partial L}{\partial t_5} = \sum_k g_kt_{2,k}$, $\frac{\partial L}{\partial t_{2,i}} = g_it_5 + \frac2N t_{2,i}\frac{\partial L}{\partial t_3}$"
    assert judged("batch_norm", graph + right) == "HHHHHHHH"
    assert judged("batch_norm", graph + right.replace(r"\frac2N", "2"))[-1] in "FU"


@pytest.mark.parametrize("bias", [r"\mathbf 1 b", r"\mathbf 1 b^T", r"\mathbf 1_N b^T"])
def test_the_bias_is_a_node_of_its_own(bias):
    text = (
        rf"$t = xW$, $s = {bias}$, $y = t + s$. $\frac{{\partial L}}{{\partial s}} = g$, $\frac{{\partial L}}{{\partial s}} = 2g$"
    )
    assert judged("linear", text)[-2:] == "HF"
    below = rf"$y = \underbrace{{xW}}_{{t_1}} + \underbrace{{{bias}}}_{{t_2}}$. $\frac{{\partial L}}{{\partial t_2}} = g$"
    assert judged("linear", below) == "HH"


@given(
    words=st.sampled_from(
        [
            "For different $i$, $k$:",
            "If $i$ and $k$ are different:",
            "Se $i$ e $k$ são diferentes:",
            "Verschiedene Indizes $i$ und $k$:",
            "Dla różnych $i$, $k$:",
        ]
    ),
    sign=st.sampled_from(["-", ""]),
)
@settings(max_examples=examples(15), deadline=None)
def test_words_say_that_two_indices_differ(words, sign):
    text = rf"$S = \sum_j e^{{x_j}}$. {words} $\frac{{\partial y_i}}{{\partial x_k}} = {sign}\frac{{e^{{x_i}}e^{{x_k}}}}{{S^2}}$"
    assert judged("softmax", text)[-1] == ("H" if sign else "F"), text


@pytest.mark.parametrize(
    ("exercise", "text", "verdicts"),
    [
        # Gradients by the name of a differential go on as such in a product.
        ("linear", r"$h = xW_1+b_1$, $y_2 = hW_2+b_2$. $dh = dy_2W_2^T$, $dW_1 = x^Tdh = x^Tdy_2W_2^T$", "HHHHH"),
        ("linear", r"$dx = dyW^T$, $dW = x^Tdy$, $dWW^T = x^TdyW^T$, $dWW^T = 2x^TdyW^T$", "HHHF"),
        ("ex3", r"Let $x = [1, 2]$, $c = [5, 0]$. $xc^T = [[5,0],[10,0]]$, $xc^T = [[5,0],[10,1]]$", "HHHF"),
        ("ex4_chain", r"$F(A,S) = AS$, $\varphi(F) = \|X-F\|^2$, $J = \varphi\circ F$, $\nabla\varphi(AS) = -2(X-AS)$", "HHHH"),
        ("ex4_chain", r"$F(A,S) = AS$, $\varphi(F) = \|X-F\|^2$, $\nabla\varphi(AS) = 2(X-AS)$", "HHF"),
        ("linear", r"$\iota$ is the $N$-vector of ones. $\frac{\partial L}{\partial b} = g'\iota$", "H"),
        ("linear", r"$e$ is the vector of $N$ ones. $\frac{\partial L}{\partial b} = g^Te$", "H"),
    ],
)
def test_what_strangers_write_beside_that(exercise, text, verdicts):
    assert judged(exercise, text) == verdicts


@given(
    label=st.sampled_from(["m", "p", "har", "r"]),
    said=st.sampled_from(
        [
            r"$\mu_{%s} \leftarrow \alpha\mu_{%s} + (1-\alpha)\mu$. In evaluation mode:",
            r"In evaluation mode, with the moving statistics $\mu_{%s}$, $\sigma_{%s}$:",
            r"Auswertung mit den laufenden Mitteln $\mu_{%s}$ und $\sigma_{%s}$:",
        ]
    ),
    root=st.booleans(),
)
@settings(max_examples=examples(20), deadline=None)
def test_a_label_of_the_texts_own_marks_the_kept_statistics(label, said, root):
    variance = rf"\sigma_{{{label}}} + \varepsilon"
    below = rf"\sqrt{{{variance}}}" if root else variance
    text = said % (label, label) + rf" $\frac{{\partial L}}{{\partial x}} = \frac{{g}}{{{below}}}$"
    assert judged("batch_norm", text)[-1] in ("H" if root else "FU"), text


@pytest.mark.parametrize(
    ("exercise", "text", "verdicts"),
    [
        # What a kept statistic becomes rests on the batches that there were.
        ("batch_norm", r"$\mu_m \leftarrow \alpha\mu_m + (1-\alpha)\mu$. After two equal batches $\mu_m = (1-\alpha^2)\mu$.", "U"),
        ("batch_norm", r"$s = \sqrt{\sigma+\varepsilon}$. Then $d\mu = 0$, $ds = 0$. What remains is $dy_i = dx_i/s$.", "HUUU"),
        # The numbers of an example that code gives.
        (
            "ex3",
            "```\nx = np.array([1., 2.])\nc = np.array([3., 1.])\n```\n" + r"$xc^T = \begin{pmatrix}3&1\\6&2\end{pmatrix}$",
            "U",
        ),
        ("ex1", r"With `x = [1, 2]` we get $y = 5$ and $\frac{dy}{dx} = 2$.", "HHU"),
        ("ex1", r"$\frac{dy}{dx} = 2$.", "F"),
        ("batch_norm", r"$\operatorname{mean}(g*y) = g^Ty$, $\operatorname{mean}(g*y) = \frac1N g^Ty$", "FH"),
        ("linear", r"$h = xW_1+b_1$, $y_2 = hW_2+b_2$. $db2 = \sum_n g_n$, $db1 = \sum_n g_n$", "HHHF"),
        (
            "softmax",
            r"Nodes: $e_i = e^{x_i}$, $r = 1/\sum_j e_j$, $y_i = e_ir$. Backward pass: $\bar y_i = g_i$. $\bar e_i = g_ir$, $\bar x_i = \bar e_ie_i$. "
            r"Example: $\frac{\partial y_1}{\partial x_2} = \frac14$.",
            "HHHHFHU",
        ),
        # A letter for the batch size beside the word for a statistic.
        (
            "batch_norm",
            r"Here $\mu$ is the mean and $\sigma$ the variance, $m$ for the batch size. "
            r"$\frac{\partial L}{\partial \sigma} = -\frac12\sum_{i=1}^m g_i (x_i-\mu)(\sigma+\varepsilon)^{-3/2}$",
            "H",
        ),
        ("batch_norm", r"A batch of $m$ samples. $\mu = \frac1m\sum_{i=1}^m x_i$, $\mu = \frac2m\sum_{i=1}^m x_i$", "HF"),
        # The numbers of an example in the place of its arrays.
        (
            "ex4_trace",
            r"$N = 2$, $M = R = 1$, $X = (3,1)^T$, $A = (1,2)^T$, $S = 2$. $J(s) = (3-s)^2 + (1-2s)^2$, $\frac{\partial J}{\partial S} = 11$",
            "DDDHHHHF",
        ),
        # A delta with a number is that of a layer, and no square, and no Kronecker delta.
        (
            "linear",
            r"$h = xW_1 + b_1$, $y_2 = hW_2 + b_2$, $\delta^2_j = g_j$, $\frac{\partial L}{\partial (W_2)_{kj}} = h_k\delta^2_j$",
            "HHHU",
        ),
        (
            "linear",
            r"$z^1 = xW_1 + b_1$, $z^2 = z^1W_2 + b_2$, $\delta^2_j = \partial L/\partial z^2_j$, $\partial L/\partial (W_2)_{kj} = z^1_k\delta^2_j$",
            "HHHU",
        ),
        (
            "linear",
            r"For one example, $h = xW_1 + b_1$, $y_2 = hW_2 + b_2$, $\delta^2 = \frac{\partial L}{\partial y_2}$, "
            r"$\frac{\partial L}{\partial (W_2)_{kj}} = h_k\delta^2_j$, $\frac{\partial L}{\partial b_{2,j}} = 2\delta^2_j$",
            "HHHHF",
        ),
        (
            "linear",
            r"$h = xW_1 + b_1$, $y_2 = hW_2 + b_2$, $\delta_2 = \frac{\partial L}{\partial y_2}$, $\frac{\partial L}{\partial W_{2,kj}} = h_k\delta_{2,j}$",
            "HHHU",
        ),
        # A step belongs to what it is added to, whatever else has its shape.
        (
            "ex3",
            r"$(x+h)^\top(A+H)c = x^\top Ac + h^\top Ac + x^\top Hc + h^\top Hc$, so $dy = h^\top Ac + x^\top Hc$, $dy = x^\top Ah$",
            "HHF",
        ),
        ("ex2", r"$(A+H)B = AB + HB$. $dy = \operatorname{tr}(HB)$, $dy = \operatorname{tr}(HA)$", "HHF"),
        (
            "ex4_trace",
            r"$X - A(S+H) = X - AS - AH$, $dJ = -2\operatorname{tr}((X-AS)^TAH)$, $dJ = -\operatorname{tr}((X-AS)^TAH)$",
            "HHF",
        ),
        ("batch_norm", r"$r = (\sigma+\varepsilon)^{-1/2}$, $y = r(x-\mu)$, $\frac{\partial L}{\partial r} = g^T(x-\mu)$", "HHH"),
    ],
)
def test_more_of_what_strangers_write(exercise, text, verdicts):
    assert judged(exercise, text) == verdicts
