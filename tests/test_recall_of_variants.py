r"""What texts say of another problem than the exercise's, though with its letters: a half before the cost, a temperature, the other case.

The verdicts were written before the reader was changed. In the tables "H" holds, "-" must not hold, "." is any verdict.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matrix_checks.derivations.equality.verdicts import FALSE, HOLDS
from matrix_checks.derivations.judging.writeups import read_writeup
from tests.conftest import examples
from tests.test_precision import cases
from tests.test_recall import EXERCISES, assert_never_false, assert_read, assert_wrong_never_holds

SAME = r"For $i=k$: $\frac{\partial y_i}{\partial x_k} = y_i(1-y_i)$. "
OTHER = r" $\frac{\partial y_i}{\partial x_k} = -y_iy_k$"
RIGHT = {
    "a factor before the cost, in words": [
        ("ex4_trace", r"For the loss $\frac12\|X-AS\|_F^2$ we get $\frac{\partial J}{\partial S} = -A^T(X-AS)$", "H"),
        ("ex4_trace", r"With the mean squared loss $\frac{1}{NM}\|X-AS\|_F^2$: $\frac{\partial J}{\partial S} = -\frac{2}{NM}A^T(X-AS)$", "H"),
        ("ex4_chain", r"I put a half in front: $\frac12\|X-AS\|_F^2$. Then $\frac{\partial J}{\partial A} = (AS-X)S^T$.", "H"),
        ("ex1", r"For $\frac12\|x\|^2$ it is $\frac{dy}{dx} = x$.", "H"),
        ("ex4_trace", r"$J = \|X-AS\|_F^2$. $\frac{\partial J}{\partial S} = -2A^T(X-AS)$. For the loss $\frac12\|X-AS\|_F^2$ the 2 is gone.", "HH"),
        ("ex4_trace", r"For the loss $\|X-AS\|_F^2 + \lambda\|A\|_F^2$ it is $\frac{\partial J}{\partial A} = -2(X-AS)S^T + 2\lambda A$.", "H"),
        ("ex1", r"The function $f(x) = x^Tx$. The square of the function $\|x\|$ is it: $\frac{\partial y}{\partial x} = 2x$", "HH"),
    ],
    "a temperature": [
        ("softmax", r"$y_i = \frac{\exp(x_i/\tau)}{\sum_k \exp(x_k/\tau)}$. $\frac{\partial y_i}{\partial x_k} = \frac1\tau y_i(\delta_{ik}-y_k)$", "HH"),
        ("softmax", r"$y_i = e^{\beta x_i}/\sum_k e^{\beta x_k}$. $\frac{\partial L}{\partial x_k} = \beta y_k(g_k - \sum_ig_iy_i)$", "HH"),
    ],
    "a rule from one step to the next": [
        ("batch_norm", r"Let $m_t = \beta m_{t-1} + (1-\beta) g_t$ with $m_0 = 0$. $m_1 = (1-\beta) g_1$, $m_2 = \beta(1-\beta) g_1 + (1-\beta)g_2$.", "..HH"),
        ("batch_norm", r"Let $s_t = \lambda s_{t-1} + x_t$. $s_1 = \lambda s_0 + x_1$, $s_2 = \lambda s_1 + x_2 = \lambda^2 s_0 + \lambda x_1 + x_2$.", ".HHH"),
    ],
    "labels in numbers": [
        ("softmax", r"One-hot target $t = (0,0,1)^T$. $L = -\sum_{k=1}^3t_k\log y_k$, so $L = -\log y_3$.", "HHH"),
    ],
    "so many classes": [
        ("softmax", r"For two classes $1-y_1 = y_2$, so $y_1(1-y_1) = y_1y_2$.", "HH"),
    ],
}  # fmt: skip

WRONG = {
    "a factor before the cost, in words": [
        ("ex4_chain", r"If instead the loss were $\frac12\|X-F\|_F^2$ we would have $\frac{\partial J}{\partial F} = 2(F - X)$", "-"),
        ("ex4_trace", r"With the loss $\frac12\|X-AS\|_F^2$ instead, $\frac{\partial J}{\partial S} = -2A^T(X-AS)$", "-"),
        ("ex4_trace", r"For the loss $\|X-AS\|_F^2 + \lambda\|A\|_F^2$ it is $\frac{\partial J}{\partial A} = -2(X-AS)S^T$.", "-"),
        ("ex1", r"In the case of the plain norm $\|x\|$ we would get $\frac{dy}{dx} = 2x$.", "-"),
        ("ex1", r"If instead the function were $\frac12x^Tx$, we would have $\frac{dy}{dx} = 2x$.", "-"),
    ],
    "a temperature": [
        ("softmax", r"$y_i = e^{x_i/T}/\sum_k e^{x_k/T}$. $\frac{\partial y_i}{\partial x_k} = y_i(\delta_{ik}-y_k)$", "H-"),
        ("softmax", r"$y_i = e^{x_i/T}/\sum_k e^{x_k/T}$. $\frac{\partial L}{\partial x_k} = y_k(g_k - \sum_ig_iy_i)$", "H-"),
    ],
    "the variance without bias": [
        ("batch_norm", r"With Bessel's correction $\sigma^2 = \frac{1}{m-1}\sum_{i=1}^m(x_i-\mu)^2$, $\frac1m\sum_i(x_i-\mu)^2 = \sigma^2$.", ".-"),
        ("batch_norm", r"The unbiased $\sigma = \frac{1}{N-1}\sum_{i=1}^N(x_i-\mu)^2$. $\frac{\partial\sigma}{\partial x_i} = \frac2N(x_i-\mu)$", ".-"),
    ],
    "a rule from one step to the next": [
        ("batch_norm", r"Let $m_t = \beta m_{t-1} + (1-\beta) g_t$ with $m_0 = 0$. $m_1 = (1-\beta) g_1$, $m_2 = \beta g_1 + (1-\beta)g_2$.", "..H-"),
        ("batch_norm", r"Let $s_t = \lambda s_{t-1} + x_t$. Then $s_2 = \lambda s_0 + x_1 + x_2$.", ".-"),
        ("batch_norm", r"$\theta_t = \theta_{t-1} - \eta g_t$. $\theta_1 = \theta_0 + \eta g_1$.", ".-"),
    ],
    "steps of matrices": [
        ("ex1", r"$S_k = H_kP_kH_k^T + R_k$ and $K_k = P_kH_k^TS_k^{-1}$: $K_k S_k = P_k H_k$.", "..-"),
    ],
    "labels in numbers": [
        ("softmax", r"One-hot target $t = (0,0,1)^T$. $L = -\sum_{k=1}^3t_k\log y_k$, so $L = -y_3$, $L = -\log y_1$.", "HH--"),
    ],
    "so many classes": [
        ("softmax", r"For 3 classes: $1 - y_1 = y_2$", "-"),
        ("softmax", r"For three classes: $\sum_{i=1}^2 y_i = 1$, $y_1 = 1 - y_2$.", "--"),
        ("softmax", r"For 2 of them: $y_1 + y_2 = 1$, and $y_3 = 1 - y_1 - y_2$", "-."),
    ],
    "a gradient that comes in elsewhere": [
        ("linear", r"Let $z = \tanh(y)$ with $g = \frac{\partial L}{\partial z}$. $\frac{\partial L}{\partial W} = x^Tg$, $\frac{\partial L}{\partial x} = gW^T$", "..--"),
        ("softmax", r"Let $z_i = \log y_i$ and $g_i = \frac{\partial L}{\partial z_i}$. $\frac{\partial L}{\partial x_k} = y_k(g_k - \sum_ig_iy_i)$.", "..-"),
    ],
    "another output, in words": [
        ("softmax", r"Softmin: $y_i = \frac{e^{-x_i}}{\sum_je^{-x_j}}$. $\frac{\partial y_i}{\partial x_k} = y_i(\delta_{ik}-y_k)$", ".-"),
        ("ex3", r"My version is $y = 2x^TAc$: $\frac{\partial y}{\partial x} = Ac$, $\frac{\partial y}{\partial A} = xc^T$.", ".--"),
    ],
    "a function of a number": [
        ("ex1", r"Let $h(x) = f(x^Tx)$. $\nabla h(x) = 2f'(x^Tx)$ and $\nabla h(x) = 2x$", ".--"),
    ],
}  # fmt: skip

NEVER_FALSE = [
    ("ex2", r"On the set $\operatorname{tr}A = 1$ we look for a minimum. On the hyperplane $\operatorname{tr}(AB) = 1$ the normal is $\frac{\partial y}{\partial A} = B^T$."),
    ("ex3", r"On the plane $c^Tx = 1$ we have $A = I$. In the hyperplane $x^TAc = 0$ the gradient $Ac$ is normal."),
    ("ex1", r"Constraint: $\sum_ix_i = 1$. Under the constraint $x_i = \frac1N$."),
    ("ex2", r"Require $\operatorname{tr}(AB) = 0$, then $\operatorname{tr}(BA) = 0$."),
    ("softmax", r"The classifier gives $y = (0.1, 0.6, 0.3)$ for the label $t = (0,1,0)$; $g = y - t$."),
    ("batch_norm", r"Normalised data have $\mu = 0$ and $\sigma = 1$. In this case $y = \frac{x}{\sqrt{1+\epsilon}}$."),
    ("ex3", r"Least squares with $A$: minimise $\|Ax - c\|^2$. $2A^T(Ax-c) = 0$, so $A^TAx = A^Tc$."),
    ("ex4_trace", r"$\frac{\partial J}{\partial s_m} = -2A^T(x_m-As_m) = 0$ so $s_m = (A^TA)^{-1}A^Tx_m$"),
    ("softmax", r"Sigmoid instead of softmax: $y_i = \frac{1}{1+e^{-x_i}}$, $\frac{\partial L}{\partial x_k} = g_ky_k(1-y_k)$."),
    ("ex3", r"My version is $y = 2x^TAc$: $\frac{\partial y}{\partial x} = 2Ac$, $\frac{\partial y}{\partial A} = 2xc^T$."),
    ("softmax", r"Softmin: $y_i = \frac{e^{-x_i}}{\sum_je^{-x_j}}$. $\frac{\partial y_i}{\partial x_k} = -y_i(\delta_{ik}-y_k)$"),
    ("ex1", r"With $f: \mathbb R\to\mathbb R$ and $h(x) = f(x^Tx)$ we get $\nabla h(x) = 2f'(x^Tx)\,x$. For $f = \exp$: $\nabla h = 2e^{x^Tx}x$."),
    ("ex1", r"Say $h = \varphi(y)$ for a smooth scalar function $\varphi$. $\frac{\partial h}{\partial x} = \varphi'(y)\cdot 2x$."),
    ("ex4_chain", r"With scalar $\rho$: $\frac{\partial}{\partial F}\rho(\|X-F\|_F^2) = -2\rho'(\|X-F\|_F^2)(X-F) = \rho'(J)\frac{\partial J}{\partial F}$."),
    ("ex1", r"For the plain norm $\|x\|$ the derivative is $\frac{dy}{dx} = \frac{x}{\|x\|}$"),
    ("ex2", r"Had the function been $\operatorname{tr}(A^TB)$, then $\frac{dy}{dA} = B$."),
    ("ex1", r"$f(x) = x^Tx$, $f'(x) = 2x^T$, $f'(2x) = 4x^T$"),
    ("linear", r"With the output $o = xW$ and labels $y$ we use the squared error, so $\frac{\partial L}{\partial o} = o - y$ and $\frac{\partial L}{\partial W} = x^T(o-y)$."),
    ("linear", r"Minimise $\|y - xW\|^2$ where $y$ are the measured labels: $x^T(xW - y) = 0$ and so $x^TxW = x^Ty$."),
    ("ex3", r"Now $y$ is a data vector: $\min_x\|Ax-y\|^2$ gives $A^TAx = A^Ty$."),
    ("softmax", r"The labels are $y$, the output $p$. $\frac{\partial L}{\partial x_k} = -\sum_iy_i\frac{\partial\log p_i}{\partial x_k}$."),
]  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "letters"), cases(RIGHT))
def test_a_right_step_is_read(exercise: str, text: str, letters: str) -> None:
    assert_read(exercise, text, letters)


@pytest.mark.parametrize(("exercise", "text", "letters"), cases(WRONG))
def test_a_wrong_step_never_holds(exercise: str, text: str, letters: str) -> None:
    assert_wrong_never_holds(exercise, text, letters)


@pytest.mark.parametrize(("exercise", "text"), NEVER_FALSE)
def test_a_right_step_that_waits_is_not_false(exercise: str, text: str) -> None:
    assert_never_false(exercise, text)


@pytest.mark.parametrize(
    "words",
    [
        "All others, similar to $i = k$:",
        "The other case goes like $i=k$ above:",
        "Der andere Fall ist ähnlich wie der Fall $i=k$:",
        "L'autre cas est analogue au cas $i=k$ :",
        "The remaining entries follow in the same way as the entries with $i = k$:",
        "And else, as before with $i=k$,",
        "El otro caso es parecido al caso $i=k$:",
        "L'altro caso è simile al caso $i=k$:",
        "Остальные аналогично случаю $i=k$:",
    ],
)
def test_the_other_case_is_only_compared_with_the_one_that_is_named(words: str) -> None:
    steps = read_writeup(SAME + words + OTHER, EXERCISES["writeup_softmax"]).steps
    assert FALSE not in {step.verdict for step in steps}


def test_the_wrong_case_is_false_where_nothing_is_compared() -> None:
    assert read_writeup(r"For $i=k$:" + OTHER, EXERCISES["writeup_softmax"]).steps[-1].verdict == FALSE


@settings(max_examples=examples(12), deadline=None)
@given(
    words=st.sampled_from(("For the loss {} we get ", "If instead the loss were {}, then ", "Mit dem Verlust {} ist ", "With the objective {}: ")),
    factor=st.sampled_from((r"\frac12", r"\frac1N", r"\frac1{2M}", r"\frac1{NM}")),
    turned=st.sampled_from((r"^T", r"^{\top}", r"^\intercal")),
)  # fmt: skip
def test_a_factor_in_words_is_the_texts_own(words: str, factor: str, turned: str) -> None:
    """With the factor the gradient holds, and without it it does not."""
    said = words.format(rf"${factor}\|X-AS\|_F^2$")
    right = rf"$\frac{{\partial J}}{{\partial S}} = -2 \cdot {factor} A{turned}(X-AS)$"
    other = rf"$\frac{{\partial J}}{{\partial S}} = -2A{turned}(X-AS)$"
    exercise = EXERCISES["writeup_ex4_trace"]
    assert read_writeup(said + right, exercise).steps[-1].verdict == HOLDS
    assert read_writeup(said + other, exercise).steps[-1].verdict != HOLDS
