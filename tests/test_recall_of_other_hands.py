"""Kinds of right steps that were called false, or waited, in texts that nobody here wrote; each beside a wrong one of its kind."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matrix_checks.derivations.judging.writeups import read_writeup
from tests.conftest import examples
from tests.test_recall import EXERCISES
from tests.test_recall_of_strangers_habits import verdicts

FORWARD = r"$S = \sum_j e^{x_j}$. "


@settings(max_examples=examples(12), deadline=None)
@given(
    st.permutations(["x", "xW", "b"]),
    st.permutations(["g", r"g W^\top"]),
    st.sampled_from([r"\frac{\partial L}{\partial x}", "gradInput", r"\nabla_x L"]),
)
def test_a_residual_connection_is_never_called_false(terms, gradients, name):
    text = (
        f"$y = {' + '.join(terms)}$, so ${name} = {' + '.join(gradients)}$ and $\\frac{{\\partial L}}{{\\partial W}} = x^\\top g$."
    )
    found = verdicts("linear", text)
    assert "false" not in found.values(), found


def test_an_output_that_nothing_bears_out_is_a_slip():
    assert "false" in verdicts("linear", r"$y = x W + x$ and so $\frac{\partial L}{\partial x} = g W^T$.").values()


@settings(max_examples=examples(6), deadline=None)
@given(st.sampled_from(["2", "3", "10"]), st.booleans())
def test_a_softmax_to_another_base_waits_and_its_logarithm_is_compared(base, in_cases):
    stated = rf"$y_i = \frac{{{base}^{{x_i}}}}{{\sum_j {base}^{{x_j}}}}$ and so "
    right = rf"for $i \ne k$ $\frac{{\partial y_i}}{{\partial x_k}} = -\ln({base}) y_i y_k$" if in_cases else (
        rf"$\frac{{\partial y_i}}{{\partial x_k}} = \ln({base}) y_i (\delta_{{ik}} - y_k)$"
    )  # fmt: skip
    assert "false" not in verdicts("softmax", stated + right).values()
    assert "false" in verdicts("softmax", stated + right.replace(rf"\ln({base})", r"\ln(7)")).values()


def test_the_derivative_of_a_power_that_varies_is_known():
    assert set(verdicts("softmax", r"$\frac{d}{dx_k} 2^{x_k} = 2^{x_k} \ln 2$").values()) == {"holds"}
    assert "holds" not in verdicts("softmax", r"$\frac{d}{dx_k} 2^{x_k} = 2^{x_k} \ln 3$").values()


@settings(max_examples=examples(12), deadline=None)
@given(
    st.sampled_from(["w", r"\beta", r"\theta", "v"]),
    st.sampled_from(["J", "L", "f", "Q"]),
    st.lists(st.sampled_from(["partial", "nabla", "called"]), min_size=2, max_size=4),
)
def test_what_is_said_again_is_judged_as_before(variable, name, forms):
    """A step that holds for the text's own definitions did not where it stood a second time."""
    written = {
        "partial": rf"\frac{{\partial {name}}}{{\partial {variable}}}",
        "nabla": rf"\nabla_{{{variable}}} {name}",
        "called": rf"\nabla_{{{variable}}} {name}({variable})",
    }
    gradient = rf"-\frac2n X^\top (y - X{variable})"
    text = rf"${name}({variable}) = \frac1n \|y - X{variable}\|^2$. " + " ".join(
        f"Then ${written[each]} = {gradient}$." for each in forms
    )
    steps = read_writeup(text, EXERCISES["writeup_ex4_trace"]).steps
    assert [step.verdict for step in steps] == ["holds"] * len(steps)


@pytest.mark.parametrize(
    "text",
    [
        r"Ist $B$ symmetrisch, dann gilt $\partial y/\partial A = B$.",
        r"For symmetric $B$ we get $\partial y/\partial A = B$.",
        r"Si $B$ est symétrique, $\nabla_A y = B$.",
    ],
)
def test_a_gradient_of_a_symmetric_matrix_is_not_in_the_other_layout(text):
    assert set(verdicts("ex2", text).values()) == {"holds"}


@pytest.mark.parametrize(
    "text",
    [
        r"Since $B$ is not symmetric, $\partial y/\partial A = B$.",
        r"Falls $A$ symmetrisch ist: $\nabla_A y = B$.",
    ],
)
def test_of_another_matrix_it_is(text):
    assert set(verdicts("ex2", text).values()) == {"other layout"}


WORDS = st.text(st.sampled_from("абвгбđệướกขなにçğış"), min_size=2, max_size=9)


@settings(max_examples=examples(12), deadline=None)
@given(st.sampled_from(["TH", "Tapaus ", "Durum ", ""]), WORDS, st.sampled_from([":", ")", "."]))
def test_the_heading_of_a_second_case_says_the_other_case_in_any_language(label, words, end):
    text = FORWARD + (
        f"\n\n{label}1{end} $i = k$\n\n$\\frac{{dy_i}}{{dx_i}} = y_i (1 - y_i)$\n\n{label}2{end} i {words} k\n\n"
        r"$\frac{dy_i}{dx_k} = \frac{0 \cdot S - e^{x_i} e^{x_k}}{S^2} = -y_i y_k$"
    )
    found = verdicts("softmax", text)
    assert set(found.values()) <= {"holds", "stated"}, found
    assert "false" in verdicts("softmax", text.replace("-y_i y_k", "y_i y_k")).values()


def test_the_case_of_a_heading_lasts_up_to_the_next_one():
    text = FORWARD + (
        "\n\n### Caso 2: Cuando $i \\neq j$\n\nAhora $$\\frac{dy_i}{dx_j} = -\\frac{e^{x_i}e^{x_j}}{S^2}.$$\n\nSustituyendo\n\n"
        "$$\\frac{dy_i}{dx_j} = -y_i y_j$$\n\n### Juntos\n\n$$\\frac{dy_i}{dx_j} = - y_j y_i$$"
    )
    assert [step.verdict for step in read_writeup(text, EXERCISES["writeup_softmax"]).steps][1:] == [
        "holds",
        "holds",
        "not understood",
    ]


@pytest.mark.parametrize(
    ("exercise", "right", "wrong"),
    [
        # An indicator at the end of a chain is no remark on its case.
        ("softmax", r"$-(\delta_{ij} - y_j) = y_j - \mathbb{1}(i=j)$", r"$-(\delta_{ij} - y_j) = y_j + \mathbb{1}(i=j)$"),
        # The inverse of the deviation has the epsilon, where the text says so.
        (
            "batch_norm",
            r"With $\sigma^{-1} = (\sigma^2+\epsilon)^{-1/2}$: $gradInput_i = \sigma^{-1}(g_i - \frac1m\sum_j g_j - \frac{y_i}{m}\sum_j g_j y_j)$",
            r"With $\sigma^{-1} = (\sigma^2+\epsilon)^{-1/2}$: $gradInput_i = \sigma^{-1}(g_i - \frac1m\sum_j g_j + \frac{y_i}{m}\sum_j g_j y_j)$",
        ),
        # A gradient without its variable is by any of them, also where the text has other letters.
        ("ex3", r"$f(x) = b^TAx$, $\nabla f = A^Tb$", r"$f(x) = b^TAx$, $\nabla f = A^Tx$"),
        # A half before what is differentiated is no number that is.
        ("ex4_trace", r"$\nabla_w \tfrac12 w^TX^TXw = X^TXw$", r"$\nabla_w (\tfrac12 w^TX^TXw) = 3X^TXw$"),
        # A remark on a shape is none on its letters, one of which is a matrix elsewhere.
        (
            "ex4_chain",
            r"With $P = I_N$, $Q = A$, $R = S$: $\operatorname{vec}(PQR) = (R^\top \otimes P)\operatorname{vec}(Q)$. $$\frac{\partial F}{\partial S} = I_M\otimes A\;\;(NM\times RM)$$",
            r"With $P = I_N$, $Q = A$, $R = S$: $\operatorname{vec}(PQR) = (R^\top \otimes P)\operatorname{vec}(Q)$. $$\frac{\partial F}{\partial S} = I_M\otimes A^\top\;\;(NM\times RM)$$",
        ),
    ],
)  # fmt: skip
def test_what_is_right_holds_and_what_is_wrong_does_not(exercise, right, wrong):
    found = verdicts(exercise, right)
    assert set(found.values()) <= {"holds", "stated", "not understood"} and list(found.values())[-1] == "holds", found
    assert list(verdicts(exercise, wrong).values())[-1] != "holds"


@pytest.mark.parametrize(
    ("exercise", "right", "wrong"),
    [
        # Whoever wants the derivative by A holds the others fixed.
        ("ex3", r"$x^T A dc + x^T dA c = x^T dA c$", r"$x^T A dc + x^T dA c = x^T dA x$"),
        # The loss is the text's own, and so is its gradient.
        (
            "linear",
            r"$D = \frac1N(P - Y)$. $x^T \frac{\partial L}{\partial y} = x^T D$",
            r"$D = xW$. $x^T \frac{\partial L}{\partial y} = x^T D$",
        ),
        # Capital letters for vectors, as tables of rules have them.
        ("ex4_trace", r"$\frac{\partial X^TAX}{\partial X} = (A+A^T)X$", r"$\frac{\partial X^TX}{\partial X} = 3X$"),
        # A function that only its derivative introduces.
        ("ex3", r"$df = d\,tr(Axx^T)$", r"$dy = d\,tr(Axx^T)$"),
        # Nobody says of all indices what a Kronecker delta is.
        ("softmax", r"$\delta_{nk} = 1 \text{ kalau n sama dengan k, selain itu 0}$", r"For $i = j$: $\delta_{ij} = 0$"),
        # Tied weights.
        (
            "linear",
            r"With $W_2 = W_1^\top$ we have $y_2 = (x W_1 + b_1) W_1^\top + b_2$.",
            r"$y_2 = (x W_1 + b_1) W_1^\top + b_2$.",
        ),
    ],
)
def test_what_may_be_meant_otherwise_waits_and_what_is_wrong_is_false(exercise, right, wrong):
    assert "false" not in verdicts(exercise, right).values()
    assert "false" in verdicts(exercise, wrong).values()


@pytest.mark.parametrize(
    ("exercise", "right", "wrong"),
    [
        # A prime transposes as any other sign does, also where a product is inverted that has an inverse only where a matrix is high.
        ("ex4_trace", r"$A'A(A'A)^{-1} = I$", r"$A'A(A'A)^{-1} = A$"),
        (
            "ex4_trace",
            r"$\hat S = (A'A)^{-1}A'X$, $\hat E = X - A\hat S$. Residuals are orthogonal, $A'\hat E = 0$",
            r"$\hat S = (A'A)^{-1}A'X$, $\hat E = X - A\hat S$. Residuals are orthogonal, $A'\hat E = X$",
        ),
        # The letter of the exercise's number for a column, in what is differentiated without a name.
        ("ex3", r"$\nabla_A (x^TAy) = xy^T$, $\nabla_x (x^TAy) = Ay$", r"$\nabla_A (x^TAy) = xy^T$, $\nabla_x (x^TAy) = A^Ty$"),
        ("ex3", r"$\frac{\partial}{\partial A} x^TAy = \frac{\partial}{\partial A} tr(Ayx^T) = xy^T$", r"$\nabla_A (x^TAy) = yx^T$"),
        # A sign that was forgotten below.
        ("ex4_trace", r"$\frac{\partial J}{S} = -2A^T(X-AS)$", r"$\frac{\partial J}{S} = 2A^T(X-AS)$"),
        (
            "batch_norm",
            r"$\frac{\partial L}{\sigma^2} = -\frac12 \sum_i g_i (x_i - \mu) (\sigma^2+\epsilon)^{-3/2}$",
            r"$\frac{\partial L}{\sigma^2} = \frac12 \sum_i g_i (x_i - \mu) (\sigma^2+\epsilon)^{-3/2}$",
        ),
        # Tensors with their indices in order, above and below.
        (
            "linear",
            r"Repeated indices are summed. $y^a{}_j = x^a{}_i W^i{}_j + 1^a b_j$, $\frac{\partial L}{\partial b_j} = 1^a g_a{}^j$",
            r"Repeated indices are summed. $y^a{}_j = x^a{}_i W^i{}_j + 1^a b_j$, $\frac{\partial L}{\partial x^a{}_i} = g_a{}^j W^j{}_i$",
        ),
        # A function with a long name.
        (
            "ex4_trace",
            r"$\text{RSS}(w) = (y-Xw)^\top(y-Xw)$, $\nabla_w \text{RSS}(w) = 2X^\top X w - 2X^\top y$",
            r"$\text{RSS}(w) = (y-Xw)^\top(y-Xw)$, $\nabla_w \text{RSS}(w) = 2X^\top X w - X^\top y$",
        ),
        # The last term but one says no more than the dots.
        ("ex3", r"$c^Tx = c_1x_1 + \cdots + c_{n-1}x_{n-1} + c_nx_n$", r"$c^Tx = c_1x_1 + \cdots + c_{n-1}x_{n} + c_nx_n$"),
        (
            "ex1",
            r"$\frac{dy}{dx} = \begin{pmatrix} 2x_1 \\ \vdots \\ 2x_{n-1} \\ 2x_n \end{pmatrix}$",
            r"$\frac{dy}{dx} = \begin{pmatrix} x_1 \\ \vdots \\ x_{n-1} \\ x_n \end{pmatrix}$",
        ),
        # A sum may end with the brackets around it.
        ("batch_norm", r"$\frac{\partial \sigma}{\partial \mu} = -\frac2N (\sum_i x_i - \mu)$", r"$\frac{\partial \mu}{\partial x_i} = (\sum_i x_i - \mu)$"),
        # In a program, letters side by side are one name.
        (
            "linear",
            r"$\text{h} = \text{x @ W1 + b1}$, $\text{y2} = \text{h @ W2 + b2}$. $\text{gh} = \text{g @ W2.T}$, $\text{gradW1} = \text{x.T @ gh} = \text{x.T @ g @ W2.T}$",
            r"$\text{h} = \text{x @ W1 + b1}$, $\text{y2} = \text{h @ W2 + b2}$. $\text{gh} = \text{g @ W2.T}$, $\text{gradW1} = \text{x.T @ gh} = \text{x.T @ g @ W2}$",
        ),
    ],
)  # fmt: skip
def test_more_that_is_right_holds_and_what_is_wrong_does_not(exercise, right, wrong):
    found = verdicts(exercise, right)
    assert set(found.values()) == {"holds"}, found
    assert list(verdicts(exercise, wrong).values())[-1] != "holds"


@pytest.mark.parametrize("called", ["g.sum(axis=0)", "g.sum(0)", "np.sum(g, axis=0)", "sum(g, axis=0)"])
def test_what_a_program_calls_is_read_in_any_command_for_words(called):
    assert set(verdicts("linear", rf"$\text{{gradB}} = \text{{{called}}}$").values()) == {"holds"}
    assert set(verdicts("linear", rf"$\text{{gradB}} = \text{{{called.replace('0', '1')}}}$").values()) == {"false"}


@pytest.mark.parametrize(
    "said",
    ["$e$ is de vector van enen.", "$e$ je vektor jedniček.", "$e$ to wektor jedynek.", "$e$ — вектор з одиниць.", ""],
)
def test_the_letter_of_ones_is_known_by_words_or_by_the_matrix_that_takes_the_mean_off(said):
    found = verdicts("batch_norm", said + r" $P = I - \frac1N ee^\top$, $P^2 = P$, $x - \mu e = Px$, $y^\top e = 0$.")
    assert set(found.values()) == {"holds"}, found


def test_a_layer_without_its_bias_is_no_mistake_where_repeated_indices_are_summed():
    assert "false" not in verdicts("linear", r"Repeated indices are summed. $y_{nj} = x_{ni} W_{ij}$").values()


def test_a_rule_of_numbers_in_the_letters_of_columns_waits():
    assert set(verdicts("ex3", r"$\frac{d}{dx} cx = c$").values()) == {"not understood"}
    assert set(verdicts("ex3", r"$\frac{d}{dx} cx = x$").values()) == {"false"}


@pytest.mark.parametrize(
    ("exercise", "usual", "variant", "wrong"),
    [
        (
            "linear",
            r"One layer: $y = xW + b$, $\frac{dL}{dx} = gW^\top$.",
            r"With a shortcut, $y = x + xW + b$: $\frac{dL}{dx} = g + gW^\top$.",
            r"With a shortcut, $y = x + xW + b$: $\frac{dL}{dx} = g - gW^\top$.",
        ),
        (
            "softmax",
            r"$y_i = e^{x_i}/\sum_j e^{x_j}$, $\frac{\partial y_i}{\partial x_k} = y_i(\delta_{ik} - y_k)$.",
            r"With base 2, $y_i = 2^{x_i}/\sum_j 2^{x_j}$: $\frac{\partial y_i}{\partial x_k} = \ln 2\, y_i(\delta_{ik} - y_k)$.",
            r"With base 2, $y_i = 2^{x_i}/\sum_j 2^{x_j}$: $\frac{\partial y_i}{\partial x_k} = \ln 3\, y_i(\delta_{ik} - y_k)$.",
        ),
    ],
)
def test_a_variant_behind_the_exercise_waits_and_takes_nothing_from_it(exercise, usual, variant, wrong):
    found = verdicts(exercise, f"{usual}\n\n{variant}")
    assert list(found.values()) == ["holds", "holds", "not understood", "not understood"], found
    assert "false" in verdicts(exercise, f"{usual}\n\n{wrong}").values()


def test_the_derivative_by_an_entry_of_a_symmetric_matrix_may_count_both():
    text = r"Sei $A$ symmetrisch, daher für $k<l$ $$\frac{\partial y}{\partial A_{kl}} = B_{lk} + B_{kl}.$$"
    assert "false" not in verdicts("ex2", text).values()
    assert "false" in verdicts("ex2", text.replace("B_{lk} + B_{kl}", "B_{lk} - B_{kl}")).values()


def test_what_fits_only_where_sizes_are_the_same_waits_beside_words_of_that():
    step = r"$gW^\top W^\top = g(W^2)^\top$"
    assert "false" not in verdicts("linear", f"Both layers have the same square matrix. {step}").values()
    assert "false" in verdicts("linear", step).values()


@pytest.mark.parametrize("said", ["For a batch $Y$, $G$ have the shape $(N, n)$.", "每一行是一个样本,$Y, G$ 的形状都是 $(N, n)$。"])
def test_the_shape_of_a_batch_is_read_from_two_letters_in_brackets(said):
    right, wrong = r"G - (Y\odot G)\mathbf{1}_n\mathbf{1}_n^\top", r"G - \mathbf{1}_N\mathbf{1}_N^\top(Y\odot G)"
    assert set(verdicts("softmax", rf"{said} $gradInput = Y \odot ({right})$").values()) == {"holds"}
    assert set(verdicts("softmax", rf"{said} $gradInput = Y \odot ({wrong})$").values()) == {"false"}


def test_a_row_before_the_variable_makes_a_number():
    found = verdicts("ex4_trace", r"$\frac{\partial \beta w}{\partial w} = \beta^T$, $\frac{\partial (cw)}{\partial w} = c^T$")
    assert set(found.values()) == {"holds"}, found


@pytest.mark.parametrize(
    ("step", "verdict"),
    [
        # A derivative before brackets ends with them where a sign of multiplication stands behind.
        (r"\frac{d}{dx_i}(x_i^2) \cdot x_i = 2x_i^2", "holds"),
        (r"\frac{d}{dx_i}(x_i^2) \cdot x_i = 3x_i^2", "false"),
        (r"\frac{d}{dx_i}(x_i^2) * x_i^2 = 2x_i^3", "holds"),
        # Without a sign it is that of all, or may be.
        (r"\frac{d}{dx_i}(x_i^2) x_i = 3x_i^2", "holds"),
        (r"\frac{d}{dx_i}(x_i^2) x_i = 2x_i^2", "not understood"),
        (r"\frac{d}{dx_i}(x_i^2) x_i = x_i^2", "false"),
    ],
)
def test_how_far_a_derivative_before_brackets_reaches(step, verdict):
    assert list(verdicts("ex1", f"${step}$").values()) == [verdict]


@pytest.mark.parametrize(
    "stated",
    [
        r"$\sigma = \sqrt{v + \epsilon}$, $v = \frac1N\sum_k (x_k - \mu)^2$.",
        r"$v = \frac1N\sum_k (x_k - \mu)^2$, $\sigma = (v + \epsilon)^{1/2}$.",
    ],
)
def test_the_letter_of_the_deviation_for_the_root_beside_another_one_for_the_variance(stated):
    right = [
        r"\frac{\partial \sigma}{\partial v} = \frac{1}{2\sigma}",
        r"\frac{\partial \sigma}{\partial x_i} = \frac{\hat{x}_i}{N}",
        r"\frac{\partial \hat{x}_j}{\partial \sigma} = -\frac{x_j - \mu}{\sigma^2}",
        r"\frac{\partial L}{\partial x_i} = \frac{\partial L}{\partial \hat{x}_i} \cdot \frac{1}{\sigma} + \frac{\partial L}{\partial \mu} \cdot \frac{1}{N} + \frac{\partial L}{\partial \sigma} \cdot \frac{\hat{x}_i}{N}",
    ]
    found = verdicts("batch_norm", stated + " ".join(f"${step}$" for step in right))
    assert set(found.values()) == {"holds"}, found
    assert "false" in verdicts("batch_norm", stated + r"$\frac{\partial \sigma}{\partial v} = \frac{2}{\sigma}$").values()


@pytest.mark.parametrize(
    ("same", "other"), [("if&i=k", r"if&i\neq k"), (r"if\ i=k", "otherwise"), (r"for \ i=k", "else"), ("i=k", r"i \ne k")]
)
def test_the_conditions_of_cases_may_be_spelled_without_a_command(same, other):
    step = r"$$\frac{\partial y_i}{\partial x_k}=\begin{cases}y_i(1-y_k)&%s\\-y_k\cdot y_i&%s\end{cases}$$"
    assert next(iter(verdicts("softmax", step % (same, other)).values())) == "holds"
    assert next(iter(verdicts("softmax", step.replace("-y_k", "y_k") % (same, other)).values())) == "false"


UNBIASED = r"$\mu = \frac1N\sum_i x_i$, $\sigma^2 = \frac{1}{N-1}\sum_{k}(x_k - \mu)^2$, $y_i = \frac{x_i - \mu}{\sqrt{\sigma^2+\epsilon}}$, "


def test_a_variance_without_bias_waits_where_what_follows_bears_it_out():
    gradient = r"$gradInput_i = \frac{1}{\sqrt{\sigma^2+\epsilon}}(g_i - \frac1N\sum_j g_j - \frac{y_i}{N-1}\sum_j g_j y_j)$"
    report = read_writeup(
        UNBIASED + r"$\frac{\partial \sigma^2}{\partial x_i} = \frac{2(x_i - \mu)}{N-1}$, " + gradient,
        EXERCISES["writeup_batch_norm"],
    )
    assert {step.verdict for step in report.steps} == {"holds", "not understood"}
    assert "reached" not in report.answers.values()


def test_a_variance_without_bias_that_nothing_bears_out_is_a_slip():
    assert (
        "false" in verdicts("batch_norm", UNBIASED + r"$\frac{\partial \sigma^2}{\partial x_i} = \frac{2}{N}(x_i - \mu)$").values()
    )


@pytest.mark.parametrize(
    "written", [r"$a = (a_1, \dots, a_n)$. ", r"$a = (a_1, \dots, a_n)^T$. ", r"$a = [a_1, a_2, \dots, a_n]$. ", ""]
)
@pytest.mark.parametrize("total", [r"\sum_j e^{a_j}", "S"])
def test_a_letter_that_is_written_out_by_its_entries_may_stand_for_a_variable(written, total):
    stated = written + rf"$S = \sum_j e^{{a_j}}$, $y_i = \frac{{e^{{a_i}}}}{{{total}}}$. "
    right = stated + r"$\frac{\partial y_i}{\partial a_j} = y_i(\delta_{ij} - y_j)$"
    assert set(verdicts("softmax", right).values()) <= {"holds", "other layout"}
    assert "false" in verdicts("softmax", right.replace("- y_j", "+ y_j")).values()


@pytest.mark.parametrize("weight", [r"\Theta", "V", "W"])
@pytest.mark.parametrize("bias", [r"\mathbf{1} b_%d^\top", "b_%d"])
def test_two_layers_may_follow_a_layer_with_the_entries_of_the_same_letters(weight, bias):
    one = rf"$Y_{{nm}} = \sum_k X_{{nk}} {weight}_{{km}} + b_m$. Two layers: "
    two = rf"$H = X {weight}_1 + {bias % 1}$, $Y = H {weight}_2 + {bias % 2}$, $G = \frac{{\partial L}}{{\partial Y}}$. "
    right = (
        two
        + rf"$\frac{{\partial L}}{{\partial {weight}_2}} = H^\top G$, $\frac{{\partial L}}{{\partial b_2}} = G^\top \mathbf{{1}}$"
    )
    found = verdicts("linear", one + right)
    assert "false" not in found.values()
    assert list(found.values()).count("holds") >= 5, found
    wrong = list(verdicts("linear", one + right.replace(r"H^\top G", r"X^\top G")).values())
    assert wrong[-2] != "holds"
    # Where one layer alone is spoken of before, an object may be meant; where none is, the slip is one.
    assert "false" in verdicts("linear", two + rf"$\frac{{\partial L}}{{\partial {weight}_2}} = X^\top G$").values()


@pytest.mark.parametrize(
    ("exercise", "step", "verdict"),
    [
        # The exercise has these letters for other shapes.
        ("ex4_chain", r"\frac{\partial vec(AXB)}{\partial vec(X)} = B^T\otimes A", "holds"),
        ("ex4_chain", r"vec(AXB) = (B^T \otimes A) vec(X)", "holds"),
        ("ex4_chain", r"f(X) = AXB", "holds"),
        # In the letters of the exercise alone it is no rule.
        ("ex4_trace", r"tr(AS) = tr(SA)", "false"),
        ("ex4_trace", r"(AS)^T = S^TA^T", "holds"),
        ("ex4_trace", r"(AS)^T = A^TS^T", "false"),
        ("ex3", r"(A + A^T)^T = A + A^T", "holds"),
        # Vectors of length one are chosen.
        ("ex3", r"x^T x = 1", "not understood"),
        ("ex4_chain", r"a_1^T a_1 = 1", "not understood"),
    ],
)
def test_rules_and_properties_in_letters_of_other_shapes(exercise, step, verdict):
    assert list(verdicts(exercise, f"${step}$").values()) == [verdict]


def test_how_a_gradient_is_read_off_waits_with_what_it_says_of_the_letter():
    found = read_writeup(r"If $df = tr(A^T dX)$, then $\frac{\partial f}{\partial X} = A$.", EXERCISES["writeup_ex4_chain"])
    assert "false" not in {step.verdict for step in found.steps}


@pytest.mark.parametrize("words", ["Com", "With", "Mit", "Avec", "Con", "При", "其中令"])
def test_a_rule_is_used_with_a_matrix_of_another_meaning(words):
    found = verdicts("ex4_trace", rf"{words} $A = X'X$: $\nabla_b (b'Ab) = 2Ab$")
    assert set(found.values()) <= {"not understood", "stated"}, found


@pytest.mark.parametrize(
    ("exercise", "step", "verdict"),
    [
        ("ex4_trace", r"\nabla_AtrAB = B^T", "holds"),
        ("ex4_trace", r"J = trXX^T - 2trX^TAS + trS^TA^TAS", "holds"),
        ("ex4_trace", r"J = trXX^T + 2trX^TAS + trS^TA^TAS", "false"),
        ("ex4_trace", r"vecAS = (S^T \otimes I)vecA", "holds"),
        ("softmax", r"lny_i = x_i - ln\sum_je^{x_j}", "holds"),
        ("softmax", r"lny_i = x_i + ln\sum_je^{x_j}", "false"),
        ("softmax", r"diagy - yy^T = diag(y) - yy^T", "holds"),
    ],
)
def test_the_name_of_a_function_may_run_together_with_the_letter_behind_it(exercise, step, verdict):
    assert list(verdicts(exercise, f"${step}$").values()) == [verdict]


@pytest.mark.parametrize("vec", [r"vec_r", r"\operatorname{vec}_r", r"\mathrm{vec}_{R}", r"\text{vec}_{\text{row}}"])
def test_what_stands_below_vec_says_that_it_stacks_rows(vec):
    step = r"$\frac{\partial %s(AS)}{\partial %s(S)} = %s$"
    assert list(verdicts("ex4_chain", step % (vec, vec, r"A \otimes I_M")).values()) == ["holds"]
    assert list(verdicts("ex4_chain", step % (vec, vec, r"I_M \otimes A")).values()) == ["false"]


@pytest.mark.parametrize("prime", ["'", "^T"])
@pytest.mark.parametrize("words", ["In het minimum geldt dus", "U minimumu vrijedi"])
def test_what_follows_at_a_minimum_holds_with_either_sign_of_a_transposition(prime, words):
    found = verdicts("ex4_chain", rf"$J = \|X-AS\|^2$. {words} $A{prime}AS = A{prime}X$.")
    assert list(found.values()) == ["holds", "holds"]
    wrong = verdicts("ex4_chain", rf"$J = \|X-AS\|^2$. {words} $A{prime}AS = 2A{prime}X$.")
    assert list(wrong.values())[-1] != "holds"


@pytest.mark.parametrize("name", ["gradb", "gradBias", "gradB"])
def test_a_gradient_by_the_bias_that_is_none_never_holds_by_any_of_its_names(name):
    assert list(verdicts("linear", rf"$\text{{{name}}} = g^T\mathbf{{1}}$").values()) == ["holds"]
    assert list(verdicts("linear", rf"$\text{{{name}}} = g^T$").values()) != ["holds"]
    layers = r"$h = x W_1 + b_1$, $y = h W_2 + b_2$. "
    assert "holds" not in list(verdicts("linear", layers + rf"$\text{{{name}}}_1 = \mathbf{{1}}^T g$").values())[2:]
    assert set(verdicts("linear", layers + rf"$\text{{{name}}}_1 = \mathbf{{1}}^T gW_2^T$").values()) == {"holds"}


def test_a_program_may_call_the_input_of_a_layer_in():
    layer = (
        r"$\text{out} = \text{in}\cdot W + \text{bias}$, i.e. $\text{out}_{ij} = \sum_{k} \text{in}_{ik} W_{kj} + \text{bias}_j$. "
    )
    assert set(verdicts("linear", layer + r"$\text{gradW} = \text{in}^T\cdot G$").values()) == {"holds"}
    assert "holds" not in list(verdicts("linear", layer + r"$\text{gradW} = \text{in}\cdot G$").values())[2:]


@pytest.mark.parametrize("words", ["На діагоналі {}, поза нею", "On the diagonal {}, off it", "Op de diagonaal {}, erbuiten"])
def test_what_lies_off_the_diagonal_is_one_case(words):
    before = words.format(r"$J_{ii} = y_i(1-y_i)$")
    assert "false" not in verdicts("softmax", rf"$J = diag(y) - yy^T$. {before} $J_{{ik}} = -y_iy_k$.").values()
    assert "false" in verdicts("softmax", rf"$J = diag(y) - yy^T$. {before} $J_{{ik}} = y_iy_k$.").values()


@pytest.mark.parametrize("stated", ["", r"$\text{dout} = g$. ", r"$\text{dout} = \frac{\partial L}{\partial y}$. "])
def test_what_comes_in_as_dout_belongs_to_the_last_of_two_layers(stated):
    layers = r"$h = x W_1 + b_1$, $y = h W_2 + b_2$. " + stated
    right = (r"\text{dh} = \text{dout} W_2^T", r"\text{dW}_1 = x^T \text{dh}", r"\text{dW}_2 = h^T \text{dout}")
    assert set(verdicts("linear", layers + " ".join(f"${step}$" for step in right)).values()) == {"holds"}
    wrong = (r"\text{dh} = \text{dout} W_2", r"\text{dW}_1 = x^T \text{dout}", r"\text{dW}_2 = x^T \text{dout}")
    assert list(verdicts("linear", layers + " ".join(f"${step}$" for step in wrong)).values())[-3:] == ["false"] * 3
