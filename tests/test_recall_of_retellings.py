r"""What people write who retell a source: its names of gradients, its letters for a layer, its signs, its layout, and where its gradient is zero.

By kind: an exercise, a text, and the letters of its steps; "." is anything, and "-" is a wrong step, which is false or not understood.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matrix_checks.derivations.equality.verdicts import HOLDS
from matrix_checks.derivations.judging.writeups import read_writeup
from tests.conftest import examples
from tests.test_precision import cases
from tests.test_recall import EXERCISES, assert_never_false, assert_read, assert_wrong_never_holds, letters_of

COLUMNS = r"$z = Wx+b$, $\delta = \frac{\partial J}{\partial z}$. "
TWO_LAYERS = r"Two layers, one object $x$: $g = \partial L/\partial y_2$, $y_2 = (xW_1+b_1)W_2+b_2$. "
QUOTIENT = r"For $f(x) = \frac{g(x)}{h(x)}$ we have $f'(x) = \frac{g'(x)h(x)-h'(x)g(x)}{h(x)^2}$. "
OWN_LETTERS = r"$Z = HV + a$, $g = \frac{\partial\ell}{\partial Z}$. "
OBJECTS_IN_COLUMNS = r"$Z = VU + \beta\mathbf 1^T$, $\Delta = \frac{\partial L}{\partial Z}$ ($n_2\times N$). "
BATCH = r"$Y_{nc} = \frac{\exp X_{nc}}{\sum_d\exp X_{nd}}$. "
FACTORS = r"$$E = \|Z - WH\|_F^2$$ "
GRAPH = r"$m = \frac1B\sum_b h_b$, $c_b = h_b - m$, $w = \frac1B\sum_b c_b^2$, $r = (w+\epsilon)^{-1/2}$, $z_b = rc_b$. Backward, $g_{z_b}$ is given: "
SOFTMAX = r"$p_k = \frac{e^{s_k}}{\sum_l e^{s_l}}$. "

RIGHT = {
    "names of gradients in short": [
        ("linear", r"$gIn = GW^T$, $gOut = G$, $gWeight = X^TG$", "HHH"),
        ("softmax", r"$\text{gIn}_k = y_k(g_k - \sum_i g_iy_i)$", "H"),
        ("batch_norm", r"$s = \sqrt{\sigma^2+\epsilon}$, $gIn = \frac1s(g - \bar g - y\,\overline{gy})$", "H."),
        ("linear", r"$\text{gX} = GW^T$, $\text{gW} = X^TG$", "HH"),
    ],
    "names of gradients in short, by the text's own letters": [
        ("linear", OWN_LETTERS + r"$\mathrm{gH} = g V^T$, $\mathrm{gV} = H^T g$, $\mathrm{ga} = \sum_i g_i$", "HHHHH"),
        ("linear", OBJECTS_IN_COLUMNS + r"$\mathrm{gU} = V^T\Delta$, $\mathrm{gV} = \Delta U^T$", "HHHH"),
        ("batch_norm", r"$xmu_i = x_i - \mu$, $sq_i = xmu_i^2$, $gx_i = \gamma\hat x_i$, $out_i = gx_i + \beta$", "HHHH"),
    ],
    "names of gradients as programs have them": [
        ("linear", r"$\mathrm{dl\_dW} = X^T\,\mathrm{dl\_dy}$, $\mathrm{dL\_dX} = GW^T$", "HH"),
    ],
    "the gradient of a batch, by its entries and in an example": [
        ("softmax", BATCH + r"$gX_{nd} = \sum_c G_{nc}Y_{nc}(\delta_{cd}-Y_{nd})$, $gX = Y\odot(G - (Y\odot G)\mathbf 1\mathbf 1^T)$", "HHH"),
        ("softmax", r"Example: $x = (0,\ln 2,\ln 5)$, $g = (1,0,0)$: $gx = \frac1{64}(7,-2,-5)$", "HHH"),
    ],
    "statistics whose letters only words give": [
        ("batch_norm", r"$M$ and $Q$ are mean and biased variance of the column; $\hat x_i = (x_i-M)/\sqrt{Q+e}$. $\frac{\partial Q}{\partial x_k} = \frac2N(x_k-M)$", "HH"),
    ],
    "statistics that are kept, with a star": [
        ("batch_norm", r"Moving mean $M^*$ and variance $V^*$ are fixed. $y_i = \frac{x_i-M^*}{\sqrt{V^*+\epsilon}}$, $\frac{\partial L}{\partial x_i} = \frac{g_i}{\sqrt{V^*+\epsilon}}$", "HH"),
        ("batch_norm", r"The moving numbers $\mu_*$, $v_*$ are constants: $\frac{\partial L}{\partial x_i} = \frac{g_i}{\sqrt{v_*+\epsilon}}$", "H"),
        ("batch_norm", r"In test mode with $\mu^*$, $\sigma_*^2$: $\frac{\partial L}{\partial x_i} = \frac{g_i}{\sqrt{\sigma_*^2+\epsilon}}$", "H"),
    ],
    "what is true where the small constant is zero": [
        ("batch_norm", r"$y^Ty \approx N$ for small $\epsilon$", "H"),
        ("batch_norm", r"$\sum_i\hat x_i^2 = \frac{N\sigma^2}{\sigma^2+\epsilon} \approx N$", "HH"),
    ],
    "the factorization in other letters, also where the text solves for one of them": [
        ("ex4_trace", FACTORS + r"$\bar H = -2 W^\top Z + 2 W^\top W H$, $W = (H H^\top)^{-1} Z H^\top$. The bar is defined by $dE = \operatorname{tr}(\bar H^\top dH)$", "HH.H"),
        ("ex4_trace", FACTORS + r"Set it to zero: the normal equations $W^\top W H = W^\top Z$, and $WHH^T = ZH^T$.", "HHH"),
    ],
    "the word for a gradient with a letter below, and nothing behind": [
        ("ex4_chain", r"$O = DC$, $\ell = \|T - O\|_F^2$, $\mathrm{grad}_O = -2 (T - O)$, $\mathrm{grad}_C = -2D^T(T-DC)$", "HHHH"),
    ],
    "gradients by the entry that stands below": [
        ("linear", r"$g_{Y_{ij}} = \frac{\partial L}{\partial Y_{ij}}$, $g_{X_{ik}} = \sum_j g_{Y_{ij}}W_{kj}$", "HH"),
        ("batch_norm", GRAPH + r"$g_r = \sum_b g_{z_b}c_b$, $g_w = -\frac12r^3g_r$, $g_{c_b} = rg_{z_b} + \frac2Bc_bg_w$, $g_m = -\sum_b g_{c_b}$", "HHHHHHHHH"),
    ],
    "bars, where the text goes backward": [
        ("softmax", r"$a_k = \frac{e^{z_k}}{\sum_{l} e^{z_l}}$. Backward, $\bar a$ is given: $\bar z_l = \sum_k\bar a_k \frac{\partial a_k}{\partial z_l} = a_l(\bar a_l - \sum_k \bar a_ka_k)$", "HHH"),
    ],
    "the other index": [
        ("softmax", r"$s = \sum_{j} e^{x_j}$. Same index: $\frac{\partial y_i}{\partial x_i} = y_i(1-y_i)$, other index k: $\frac{\partial y_i}{\partial x_k} = -\frac{e^{x_i}e^{x_k}}{s^2}$", "HHH"),
    ],
    "the letter of a Jacobian": [
        ("softmax", r"$J = \mathrm{diag}(y)-yy^T$", "H"),
    ],
    "batch normalization in other letters, with statistics that are not written out": [
        ("batch_norm", r"$\hat h_k = \frac{h_k-\mu}{\sqrt{\sigma^2+\epsilon}}$, $\frac{d\mu}{dh_i} = \frac1N$", "HH"),
        ("batch_norm", r"$\hat z_k = (z_k-\mu)(\sigma^2+\epsilon)^{-1/2}$, $\frac{d\mu}{dz_i} = \frac1N$", "HH"),
    ],
    "a variance that is told by where it stands": [
        ("batch_norm", r"eval (moving var v fixed): $\frac{\partial L}{\partial x_k} = \frac{g_k}{\sqrt{v+\epsilon}}$", "H"),
        ("batch_norm", r"Evaluation mode, moving variance v: $\frac{\partial L}{\partial x_k} = \frac{g_k}{\sqrt{v+\epsilon}}$", "H"),
        ("batch_norm", r"$\frac{\partial L}{\partial x_k} = g_k/\sqrt{q+\epsilon}$", "H"),
    ],
    "a crossed circle that multiplies entry by entry": [
        ("ex1", r"$y = \mathrm{sum}(x\otimes x)$ ($\otimes$ is element-wise here, not Kronecker). With $u = x\otimes x$: $\frac{\partial u}{\partial x} = \mathrm{diag}(2x)$", "HHH"),
        ("softmax", r"$\nabla_x L = y\otimes(g - (g^Ty)\mathbf 1)$, where $\otimes$ is the Hadamard product", "H"),
        ("ex4_chain", r"$\frac{dF}{dS} = I_M\otimes A$, where $\otimes$ is the Kronecker product and not element-wise", "H"),
    ],
    "a gradient that words set to zero": [
        ("ex4_trace", r"Setting the gradient to zero gives $XS^T = ASS^T$.", "H"),
        ("ex4_trace", r"At the minimum it is 0, so $A^TAS = A^TX$.", "H"),
        ("ex4_trace", r"$\nabla_A J = -2(X-AS)S^T$. In the min. it is 0, so $XS^T = ASS^T$.", "HH"),
    ],
    "two layers of one object": [
        ("linear", TWO_LAYERS + r"$\frac{\partial L}{\partial b_1} = gW_2^T$, $\frac{\partial L}{\partial b_2} = g$", "HHHH"),
    ],
    "the derivative by a matrix that is stored transposed": [
        ("linear", r"$Y = XW+b$, $W = A^T$. $G$ is grad_output. $\frac{\partial L}{\partial A} = G^TX$", "HHH"),
        ("linear", r"$y = xA^T+b$, $W = A^T$. $G$ is grad_output. $\frac{\partial L}{\partial x} = GA$", "HHH"),
    ],
    "repeated indices that are summed, as words say beside other sums": [
        ("ex4_chain", r"Summation over repeated $k$: $F_{ij} = A_{ik}S_{kj}$. $J = \sum_{ij}(X_{ij} - F_{ij})^2$", "HH"),
    ],
    "the rule for quotients, before its letters stand for something": [
        ("softmax", QUOTIENT + r"Here $h = \sum_k e^{x_k}$.", "HHH"),
    ],
}  # fmt: skip

WRONG = {
    "names of gradients in short": [
        ("linear", r"$gIn = GW$, $gOut = G$", "-H"),
        ("linear", r"$gOut = G$, $gWeight = GX^T$", "H-"),
        ("softmax", r"$\text{gIn}_k = y_k(g_k + \sum_i g_iy_i)$", "-"),
        ("linear", r"$\text{dInp} = GW$", "-"),
        ("batch_norm", r"$s = \sqrt{\sigma^2+\epsilon}$, $gIn_k = \frac1s(g_k - \sum_i g_i - y_k\sum_i g_iy_i)$", "H-"),
    ],
    "names of gradients in short, by the text's own letters": [
        ("linear", OWN_LETTERS + r"$\mathrm{gH} = V^Tg$, $\mathrm{gV} = g H^T$, $\mathrm{ga} = \frac1N\sum_i g_i$", "HH---"),
    ],
    "the letter of a Jacobian": [
        ("softmax", r"$J = \mathrm{diag}(y)+yy^T$", "-"),
        ("softmax", r"$\mathrm{Jac} = \mathrm{diag}(y)+yy^T$", "-"),
    ],
    "the factorization in other letters": [
        ("ex4_trace", FACTORS + r"$W = (H H^\top)^{-1} Z H^\top$", "H-"),
        ("ex4_trace", FACTORS + r"Set it to zero: the normal equations $W W^\top H = W^\top Z$.", "H-"),
    ],
    "gradients by the entry that stands below": [
        ("batch_norm", GRAPH + r"$g_r = \sum_b g_{z_b}c_b$, $g_{h_b} = g_{c_b} + g_m$", "HHHHHH-"),
    ],
    "bars, where the text goes backward": [
        ("softmax", r"$a_k = \frac{e^{z_k}}{\sum_{l} e^{z_l}}$. Backward, $\bar a$ is given: $\bar z_l = \sum_k\bar a_k \frac{\partial a_k}{\partial z_l}$. $\bar z = \bar a \odot a \odot (1 - a)$", "HH-"),
    ],
    "what words call the Jacobian": [
        ("ex4_chain", r"Let $K$ denote the Jacobian $dF/dS$, $K = A\otimes I_M$.", "-"),
    ],
    "a gradient's name that is set equal to something else, behind words that introduce": [
        ("ex1", "Put $y = \\sum_i x_i^2$ and $g := \\nabla_x y$. So\n\nwith a vector of ones\n\n$$g = 2(\\mathbf 1^T x)\\,\\mathbf 1$$", "HH-"),
        ("linear", r"$Y = XW + b$, $G_{ij} = \frac{\partial L}{\partial Y_{ij}}$. $\text{gradB} = G \mathbf{1}$. $X = \begin{pmatrix} 1 & 2 \\ 0 & 1 \end{pmatrix}$", "HH-."),
    ],
    "statistics that are kept, with a star": [
        ("batch_norm", r"Moving variance $V^*$. $\frac{\partial L}{\partial x_i} = \frac{g_i}{V^*+\epsilon}$", "-"),
    ],
    "what is not true where the small constant is zero": [("batch_norm", r"$y^Ty \approx 2N$ for small $\epsilon$", "-")],
    "the ones on the wrong side of a batch": [
        ("softmax", BATCH + r"$gX = Y\odot(G - \mathbf 1\mathbf 1^T(Y\odot G))$", "H-"),
    ],
    "batch normalization in other letters": [
        ("batch_norm", r"$\hat h_k = \frac{h_k-\mu}{\sqrt{\sigma^2+\epsilon}}$, $\frac{d\mu}{dh_i} = N$", "H-"),
        ("batch_norm", r"$\frac{\partial L}{\partial x_k} = -g_k/\sqrt{q+\epsilon}$", "-"),
    ],
    "a division by the step of a vector": [
        ("ex1", r"$y(x+h) = x^Tx + 2x^Th + h^Th$. Divide by h: $\frac{2x^Th}{h} = 2x^T$", "H-"),
    ],
    "an entry that depends on all entries": [
        ("softmax", SOFTMAX + r"$\frac{\partial p_t}{\partial s} = \frac{\partial p_t}{\partial p}\odot p\odot(1-p)$", "H-"),
        ("softmax", SOFTMAX + r"$\frac{\partial p_k}{\partial s} = p_k(1-p_k)$, $\frac{\partial \log p_k}{\partial s} = 1 - p_k$", "H--"),
        ("softmax", SOFTMAX + r"With $L = -\log p_t$: $\frac{\partial L}{\partial s} = \frac{\partial L}{\partial p}\odot p\odot(1-p)$", "HH-"),
    ],
    "where a gradient is zero": [
        ("ex4_trace", r"Setting the gradient to zero gives $XS^T = ASA^T$.", "-"),
        ("ex4_trace", r"At the minimum it is 0, so $AA^TS = AX$.", "-"),
    ],
    "the rule for quotients": [
        ("softmax", QUOTIENT.replace("-h'", "+h'") + r"Here $h = \sum_k e^{x_k}$.", "H-H"),
    ],
    "a Kronecker product in the wrong order": [
        ("ex4_chain", r"$\frac{dF}{dS} = A\otimes I_M$, where $\otimes$ is the Kronecker product and not element-wise", "-"),
    ],
}  # fmt: skip

NEVER_FALSE = [
    ("softmax", SOFTMAX + r"$\frac{\partial p_k}{\partial s} = p_k(1-p_k)$"),
    ("batch_norm", r"$\frac{\partial L}{\partial x_i} = \frac{\partial L}{\partial y_i}\frac{\partial y_i}{\partial x} + \frac{\partial L}{\partial\mu}\frac{\partial\mu}{\partial x}+\frac{\partial L}{\partial\sigma^2}\frac{\partial\sigma^2}{\partial x}$"),
    ("linear", r"$h := xW_1+b_1$, $y_2 = hW_2+b_2$, given $g = \frac{\partial L}{\partial y_2}$, a row. $\frac{\partial L}{\partial b_2} = g$"),
    ("linear", r"$y = xW + b$, $E = \tfrac12 ee^T$ with $e = y - t$ (a row). $\nabla_{W}E = x^T e$, $\nabla_{b}E = e$."),
    ("linear", r"$L = \frac1{2M}\|A_2-T\|_F^2$, $dA_2 = \frac1M(A_2-T)$. $A_1 = A_0W_1 + c_1$, $A_2 = A_1W_2 + c_2$. With $P = W_1W_2$: $A_2 = A_0P + c_1W_2 + c_2$, so $dP = A_0^T dA_2$."),
    ("batch_norm", r"$y = (x-\mu)/\sqrt{\sigma^2+\epsilon}$. Check (eps = 0): $\sum_j x_j\frac{\partial L}{\partial x_j} = 0$ should hold."),
    ("ex3", r"O máximo de $y$ com $\|x\| = 1$ é em $x = Ac/\|c\|$."),
    ("softmax", r"Here $g_i = e^{x_i}$ and $h = \sum_{k} e^{x_k}$. Now we are given a general $g_i = \partial L/\partial y_i$ (a new $g$)."),
    ("linear", r"$g = Wx$, and later $g = \partial L/\partial y$."),
    ("softmax", r"$\frac{e^{x_k}}{\sum_j e^{x_j}} = \frac{Ce^{x_k}}{C\sum_j e^{x_j}}$, and one takes $\log C = -\max_j x_j$."),
    ("linear", r"Jacobians in numerator layout. " + COLUMNS + r"$\frac{\partial J}{\partial x} = \delta W$, $\frac{\partial J}{\partial W} = \delta^Tx^T$"),
    ("linear", r"$z = Wx+b$ with columns. $\frac{\partial J}{\partial x} = \frac{\partial J}{\partial z} W$ as a row vector."),
    ("linear", r"The error signals are rows. " + COLUMNS + r"$\frac{\partial J}{\partial x} = \delta W$"),
]  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "letters"), cases(RIGHT))
def test_a_right_step_is_read(exercise: str, text: str, letters: str) -> None:
    """Each of its steps has the verdict that a person gives."""
    assert_read(exercise, text, letters)


@pytest.mark.parametrize(("exercise", "text", "letters"), cases(WRONG))
def test_a_wrong_step_never_holds(exercise: str, text: str, letters: str) -> None:
    """What stands before it is right, so that it is wrong by itself."""
    assert_wrong_never_holds(exercise, text, letters)


@pytest.mark.parametrize(("exercise", "text"), NEVER_FALSE)
def test_a_right_step_that_waits_is_not_false(exercise: str, text: str) -> None:
    assert_never_false(exercise, text)


@settings(max_examples=examples(12), deadline=None)
@given(
    prefix=st.sampled_from(("g", "grad", "gr", "d", "delta", "gradient")),
    of_input=st.sampled_from(("In", "Inp", "Input")),
    of_weight=st.sampled_from(("Weight", "Weights", "Wt")),
)
def test_short_names_of_gradients_are_judged(prefix, of_input, of_weight) -> None:
    """With the order or a transposition lost, neither holds as a name that is given."""
    right = rf"$\text{{{prefix}{of_input}}} = GW^T$, $\text{{{prefix}{of_weight}}} = X^TG$"
    assert letters_of("linear", right) == "HH"
    wrong = rf"$\text{{{prefix}{of_input}}} = GW$, $\text{{{prefix}{of_weight}}} = GX^T$"
    assert HOLDS not in {step.verdict for step in read_writeup(wrong, EXERCISES["writeup_linear"]).steps}


@settings(max_examples=examples(12), deadline=None)
@given(
    letter=st.sampled_from("hzau"),
    output=st.sampled_from((r"\hat {}", "y", "o")),
    index=st.sampled_from("ikj"),
    root=st.sampled_from((r"\frac{{{0}_{1}-\mu}}{{\sqrt{{\sigma^2+\epsilon}}}}", r"({0}_{1}-\mu)(\sigma^2+\epsilon)^{{-1/2}}")),
)
def test_batch_normalization_is_known_in_any_letters(letter, output, index, root) -> None:
    """A layer that is stated with the statistics' usual letters has its derivatives judged."""
    stated = f"${output.format(letter)}_{index} = {root.format(letter, index)}$. "
    assert letters_of("batch_norm", stated + rf"$\frac{{d\mu}}{{d{letter}_{index}}} = \frac1N$") == "HH"
    wrong = read_writeup(stated + rf"$\frac{{d\mu}}{{d{letter}_{index}}} = \frac1{{N^2}}$", EXERCISES["writeup_batch_norm"])
    assert wrong.steps[-1].verdict != HOLDS
