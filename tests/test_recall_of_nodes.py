"""Backward passes node by node, with names as programs have them, and what else strangers of the same days wrote.

By kind: an exercise, a text, and the letters of its steps; "." is anything, and "-" is a wrong step, which is false or not understood.
"""

import pytest

from matrix_checks.derivations.equality.verdicts import FALSE, HOLDS
from matrix_checks.derivations.judging.writeups import read_writeup
from tests.test_precision import cases
from tests.test_recall import EXERCISES, assert_never_false, assert_read, assert_wrong_never_holds

NODES = (
    r"$$\begin{aligned} mu &= \tfrac1N \sum_n x_n \\ sub &= x - mu \\ sq &= sub^2 \\ var &= \tfrac1N \sum_n sq_n \\"
    r" std &= \sqrt{var + \epsilon} \\ inv &= 1/std \\ norm &= sub \cdot inv \end{aligned}$$ Backward, $g = \partial L/\partial y$: $dnorm = g$, "
)
STATISTICS = r"$var = \frac1N \sum_i (x_i-\mu)^2$, $std = \sqrt{var + \epsilon}$, $inv = 1/std$. "
TWO_LAYERS = r"$Y = XW + b$, $U = \partial L/\partial Y$. Two layers: $H = XW_1 + b_1$, $Y_2 = HW_2 + b_2$. "
EXAMPLE = r"For $N=2$, $R=M=1$: $X=(3,1)^T$, $A=(1,2)^T$, $S=2$. Then $J=10$. "
IMPLIED = r"$xhat_i = xmu_i \cdot ivar$, $ivar = (var+\epsilon)^{-1/2}$, $xmu = x - \mu$, $dxhat_i = g_i$, "
NORMALIZED = r"$exps = e^x$, $Z = \sum_j exps_j$, $probs = exps/Z$. "
LETTERS = r"$u = x - \mu$, $v = \frac1N\sum_n u_n^2$, $r = (v+\epsilon)^{-1/2}$, $\hat x = u\, r$, and dout given. "
EXPONENTIALS = r"dout comes in. $e = \exp(x)$, $s = \sum_i e_i$, $inv = 1/s$, $y = e \cdot inv$. "
SQUARES = r"$F = AS$, $R = X - F$, $J = \|R\|_F^2$. Backward: "
FOUND = r"$\frac{dJ}{dS} = -2A^T(X-AS)$, $\frac{dJ}{dA} = -2(X-AS)S^T$. "
ONE_HOT = r"One-hot labels: $t_c = 1$ for the right class $c$ and $t_i = 0$ otherwise. $L = -\sum_i t_i \ln y_i$. "
LABELLED = r"$x_{\text{ein}}$ ist die Eingabe. $u_{\text{ben}} = \frac{\partial L}{\partial y_{\text{aus}}}$, $y_{\text{aus}} = x_{\text{ein}}W + \mathbf 1 b$. "
DAGGERS = r"Everything is real, $x^\dagger = x^T$. "

RIGHT = {
    "nodes by names of several letters": [
        ("batch_norm", NODES + r"$$dinv = \sum_n g_n\, sub_n$$ $$dstd = -\frac{1}{std^2}\, dinv = -inv^2\, dinv$$", ".........HHH"),
        ("batch_norm", NODES + r"$$dvar = \tfrac12 (var+\epsilon)^{-1/2}\, dstd = -\tfrac12 inv^3\, dinv$$ $$dsq_n = \tfrac1N dvar$$ $$dsq = \tfrac1N dvar$$", ".........HHHH"),
        ("batch_norm", NODES + r"$$dinv = \sum_n g_n sub_n$$ $$dx = inv\,\Big( g - \tfrac1N\sum_m g_m - y\, \tfrac1N \sum_m g_m y_m\Big)$$", ".........HH"),
        ("softmax", EXPONENTIALS + r"$$dinv = \sum_i dout_i e_i$$ $$ds = -\frac{1}{s^2} dinv$$ $$de = dout \cdot inv + ds$$ $$dx = de * e$$", "....HHHH"),
    ],
    "nodes of which one has a letter": [
        ("softmax", NORMALIZED + r"$dprobs = g$, $dZ = -\sum_j g_j exps_j/Z^2$, $dexps = g/Z + dZ$, $dx = dexps\odot exps$", "HHHHHHH"),
    ],
    "a variance that a program need not say": [
        ("batch_norm", IMPLIED + r"$divar = \sum_i g_i\, xmu_i$, $dvar = -\frac12 ivar^3\, divar$", "HHHHHH"),
        ("batch_norm", r"$xhat = (x - mu)*ivar$, $ivar = 1/sqrt(var + eps)$, $dxhat = dout$, $dmu = -ivar \sum dxhat$", "HHHH"),
    ],
    "nodes by letters": [
        ("batch_norm", LETTERS + r"$$dr = \sum_n dout_n u_n$$ $$dv = -\tfrac12 r^3 dr$$ $$du = r\, dout + \frac{2}{N} u\, dv$$ $$dx = du - \mathrm{mean}(du)$$", "....HHHH"),
        ("ex4_chain", SQUARES + r"$dJ = 1$, $dR = 2R$, $dF = -dR$, $dA = dF S^T$, $dS = A^T dF$", "...HHHHH"),
        ("ex3", r"$u = Ac$, $y = x^T u$. Backward: $dy = 1$, $dx = u$, $du = x$, $dA = du\, c^T$", "..HHHH"),
    ],
    "differentials of names of several letters": [
        ("batch_norm", STATISTICS + r"$$dstd = \frac{1}{2 std} dvar$$ $$dinv = -\frac{1}{std^2} dstd = -\frac12 inv^3 dvar$$", "...HHH"),
        ("ex4_chain", r"$res = X - AS$, $J = \|res\|^2$, $dres = -A dS$, $dJ = 2 tr(res^T dres)$", "HHHH"),
    ],
    "labels that are one-hot": [
        ("softmax", ONE_HOT + r"$$\sum_j t_j = 1$$ $$\frac{\partial L}{\partial x_k} = y_k \Big(-\frac{t_k}{y_k} + 1\Big) = y_k - t_k$$", "...HHH"),
        ("softmax", r"Labels: $t_i = 1$ if $i = c$, else $0$. $L = -\sum_i t_i \ln y_i$. $$\frac{\partial L}{\partial x_k} = y_k - t_k$$", "...H"),
    ],
    "a gradient that is set to zero": [
        ("ex4_trace", FOUND + r"Setting the first one to zero gives $$-2A^T (X - AS) = 0 \iff A^T A S = A^T X.$$", "HH.H"),
        ("ex4_trace", FOUND + r"First-order condition: $\frac{dJ}{dA} = 0$, so $X S^T = A S S^T$ and $A = X S^T (S S^T)^{-1}$.", "HH.HH"),
        ("ex4_trace", FOUND + r"At the minimum $A'A\hat S = A'X$, $\hat S = (A'A)^{-1}A'X$.", "HHHH"),
        ("ex4_trace", r"The normal equations are $A^TA\,S_{\text{hat}} = A^TX$.", "H"),
        ("linear", r"For $L = \frac12\|y - T\|_F^2$ we set the gradient to zero: $x^T(xW + \mathbf 1 b - T) = 0 \Rightarrow x^Tx W = x^T(T - \mathbf 1 b)$.", "H.H"),
    ],
    "words below letters whose entries have none": [
        ("linear", LABELLED + r"$$\frac{\partial L}{\partial x_{nk}} = \sum_{j=1}^{n_2} u_{nj} W_{kj} = (u_{\text{ben}} W^\top)_{nk}$$", "..HH"),
        ("linear", LABELLED + r"$$\frac{\partial L}{\partial W_{kl}} = \sum_{n=1}^{N} u_{nl}\, x_{nk} = (x_{\text{ein}}^\top u_{\text{ben}})_{kl}$$", "..HH"),
    ],
    "a case that a heading names in words": [
        ("softmax", r"**Case of two different indices.** The numerator does not depend on $x_k$:" "\n" r"$$\frac{\partial y_i}{\partial x_k} = -y_iy_k$$", "H"),
        ("softmax", "(1) $i = k$\n\n" r"$$\frac{\partial y_i}{\partial x_k} = y_i - y_i^2$$" "\n\n(2) otherwise [a constant here]\n\n" r"$$\frac{\partial y_i}{\partial x_k} = -y_iy_k$$", ".HH"),
    ],
    "the letter of what comes in of one layer and of two": [
        ("linear", TWO_LAYERS + r"$\frac{\partial L}{\partial W_2} = H^TU$, $\frac{\partial L}{\partial W_1} = X^TUW_2^T$", "HHHHHH"),
        ("linear", r"met $\iota$ de kolom van $N$ enen. $Y = XW + \iota b^\top$", "H"),
    ],
    "a step away from an example": [
        ("ex4_trace", EXAMPLE + r"Dla $S=2+h$ $$J(h) = (1-h)^2+(3+2h)^2 = 10+10h+5h^2.$$", "DDDHHHHUHH"),
    ],
    "a gradient that was found, and is zero at the end of its chain": [
        ("ex4_trace", r"$E = \lVert Xw - y \rVert_2^2$, $$\nabla E = 2(X^TXw - X^T y) = 0$$ $$\Rightarrow X^TXw = X^Ty$$", "HHDH"),
    ],
    "the adjoint of a differential": [
        ("softmax", r"$\mathrm{gradInput} = Dy(x)^*[g] = y\odot(g-\langle g,y\rangle\mathbf{1})$", "HH"),
        ("ex2", r"$f(A) = tr(AB)$, $\langle Df(A)^*[t],H\rangle = t\,Df(A)[H] = \langle tB^\top,H\rangle$, $Df(A)^*[1] = B^\top$", "HHHH"),
        ("ex1", r"$f(x) = x^Tx$, $Df(x)^*(t) = 2tx$, $Df(x)^\top[1] = 2x$", "HHH"),
    ],
    "a colon behind brackets that are a side": [
        ("ex4_trace", r"$R = X - AS$. $\frac{d}{dt}J(S+tV)|_{t=0} = -2\mathrm{tr}(R^TAV) = (-2A^TR) : V$", "HHH"),
        ("ex2", r"$y(A+H) - y(A) = \operatorname{tr}(HB) = (B^T) : H$", "HH"),
    ],
    "daggers of real arrays": [
        ("ex3", DAGGERS + r"$y = x^\dagger A c$, $\frac{dy}{dA} = x c^\dagger$, $\frac{\partial y}{\partial A_{kl}} = (x c^{\dagger})_{kl}$", "HHHH"),
        ("ex4_trace", r"$J = \operatorname{tr}((X-AS)^\dag (X-AS))$, $\frac{dJ}{dS} = -2A^\dag(X-AS)$", "HH"),
    ],
}  # fmt: skip

WRONG = {
    "nodes by names of several letters": [
        ("batch_norm", NODES + r"$$dinv = g\, sub$$", ".........-"),
        ("batch_norm", NODES + r"$$dvar = -inv^3 \sum_n g_n sub_n$$", ".........-"),
        ("batch_norm", NODES + r"$$dsq_n = dvar$$", ".........-"),
        ("softmax", EXPONENTIALS + r"$$dinv = dout * e$$", "....-"),
        ("softmax", EXPONENTIALS + r"$$de = dout \cdot inv$$", "....-"),
    ],
    "nodes of which one has a letter": [
        ("softmax", NORMALIZED + r"$dprobs = g$, $dexps = g/Z$, $dZ = \sum_j g_j exps_j/Z^2$", "HHHH--"),
    ],
    "a variance that a program need not say": [
        ("batch_norm", IMPLIED + r"$divar = g_i\, xmu_i$", "HHHH-"),
        ("batch_norm", IMPLIED + r"$divar = \sum_i g_i\, xmu_i$, $dvar = \frac12 ivar^3\, divar$", "HHHHH-"),
    ],
    "nodes by letters": [
        ("batch_norm", LETTERS + r"$$dr = dout * u$$", "....-"),
        ("batch_norm", LETTERS + r"$$dx = r * (dout - mean(dout) - \hat x * mean(dout * \hat x))$$ $$dx = r * (dout - mean(dout) - \hat x * dout * \hat x)$$", "....H-"),
        ("ex4_chain", SQUARES + r"$dR = R$, $dF = dR$", "...--"),
    ],
    "labels that are one-hot": [
        ("softmax", ONE_HOT + r"$$\frac{\partial L}{\partial x_k} = t_k - y_k$$", "...-"),
        ("softmax", ONE_HOT + r"$$\frac{\partial L}{\partial x_k} = y_k$$", "...-"),
    ],
    "a gradient that is set to zero": [
        ("ex4_trace", FOUND + r"Setting it to zero: $-2A^T(X - AS) = 0$, so $A^T A S = 2 A^T X$, $A A^T S = A X$.", "HH.--"),
        ("ex4_trace", FOUND + r"At the minimum $\hat S = (AA^T)^{-1}A^TX$, $A^* = XS(SS^T)^{-1}$, $\hat A = 2XS^T(SS^T)^{-1}$.", "HH---"),
        ("ex4_trace", FOUND + r"At the minimum $A'A\hat S = 2A'X$.", "HH-"),
    ],
    "the Jacobian of a number by its usual name": [
        ("ex3", r"The Jacobian (a row) is $J_x = c^\top A$.", "-"),
        ("ex1", r"The Jacobian is $J_x = x^\top$.", "-"),
        ("softmax", r"The Jacobian is $J_x = \mathrm{diag}(y) + yy^T$.", "-"),
    ],
    "the letter of what comes in of one layer and of two": [
        ("linear", TWO_LAYERS + r"$\frac{\partial L}{\partial W_1} = X^TW_2U$, $\frac{\partial L}{\partial W_2} = HU$", "HHHH--"),
    ],
    "a name that stands in another one, too": [
        ("batch_norm", r"$\mathrm{xc}_i = x_i-\mu$, $\mathrm{inv} = (\sigma+\epsilon)^{-1/2}$, $y_i = \mathrm{xc}_i\cdot\mathrm{inv}$, $\mathrm{dinv} = \sum_i g_i\mathrm{xc}_i$, $\mathrm{dinv} = g_i\mathrm{xc}_i$", "HHHH-"),
    ],
    "the adjoint of a differential": [
        ("softmax", r"$Dy(x)^*[g] = y\odot(g+\langle g,y\rangle\mathbf{1})$", "-"),
        ("ex1", r"$f(x) = x^Tx$, $Df(x)^*[1] = x$", "H-"),
    ],
    "a colon behind brackets that are a side": [
        ("ex4_trace", r"$R = X - AS$. $\frac{d}{dt}J(S+tV)|_{t=0} = -2\mathrm{tr}(R^TAV) = (2A^TR) : V$", "HH-"),
    ],
    "daggers of real arrays": [
        ("ex3", DAGGERS + r"$\frac{dy}{dx} = A^\dagger c$", "H-"),
        ("ex4_trace", r"The pseudoinverse is $A^\dagger = A^T(AA^T)^{-1}$.", "-"),
    ],
}  # fmt: skip

# What is right, and is said of an example, of which not all is computed.
NEVER_FALSE = [
    ("batch_norm", r"$x = (1, 3)$, $\mu = 2$, $\sigma = 1$, $\epsilon = 0$, $y = (-1, 1)$. With $g = (1, 0)$: $mean(g) = 1/2$, $mean(gy) = -1/2$, $gradInput = g - 1/2 + y/2 = (0, 0)$."),
    ("softmax", r"Example: $x = (0, \ln 3)$, $y = (1/4, 3/4)$, $g = (4, 0)$: $gradInput = y\,(g - 1) = (3/4, -3/4)$."),
    ("ex4_trace", r"Numbers: $X=(2\ 4)$, $A=(1)$, $S=(1\ 3)$. $J = 2$, $\frac{dJ}{dS} = -2(X-S) = (-2\ -2)$."),
    ("linear", r"Numbers: $x=\begin{pmatrix}1&2\end{pmatrix}$, $W=\begin{pmatrix}1&0\\0&1\end{pmatrix}$, $g=\begin{pmatrix}3&4\end{pmatrix}$: $gradInput = g$, $gradB = g$."),
    ("batch_norm", r"$\mathrm{xc}_i = x_i-\mu$, $\mathrm{inv} = (\sigma+\epsilon)^{-1/2}$, $y_i = \mathrm{xc}_i\cdot\mathrm{inv}$, $\mathrm{dinv} = \sum_i g_i\mathrm{xc}_i$, $\mathrm{dvar} = -\frac12\mathrm{dinv}\cdot\mathrm{inv}^3$, $\mathrm{dxc}_i = g_i\,\mathrm{inv} + \frac2N\mathrm{dvar}\cdot\mathrm{xc}_i$"),
    ("ex4_chain", r"$A = (1,2)^T$, $S = 3$, $X = (4,4)^T$. By hand, $J(S) = (4-S)^2 + (4-2S)^2$."),
    ("batch_norm", r"$N = 2$, $\epsilon = 0$, $x = (a, b)$: $$\frac{\partial L}{\partial x_1} = \frac{2}{a - b} \left( g_1 - \frac{g_1 + g_2}{2} - \frac{g_1 - g_2}{2} \right)$$"),
    ("ex4_trace", r"The minimum is at $S = A^\dagger X$ with the pseudoinverse $A^\dagger = (A^T A)^{-1}A^T$."),
]  # fmt: skip

# Each node of a program by what is above it; a number before it makes it wrong.
STEPS = [
    ("batch_norm", NODES, ("dinv", r"\sum_n g_n sub_n"), ("dstd", "-inv^2 dinv"), ("dvar", r"\frac{dstd}{2 std}")),
    ("batch_norm", LETTERS, ("dr", r"\sum_n dout_n u_n"), ("dv", r"-\tfrac12 r^3 dr")),
    ("softmax", EXPONENTIALS, ("dinv", r"\sum_i dout_i e_i"), ("ds", r"-\frac{1}{s^2} dinv")),
    ("ex4_chain", SQUARES, ("dR", "2R"), ("dF", "-dR")),
]


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


@pytest.mark.parametrize("factor", ["", "3", "-", r"\frac14"])
@pytest.mark.parametrize(("exercise", "text", "nodes"), [(each[0], each[1], each[2:]) for each in STEPS])
def test_a_node_with_a_factor_that_is_not_its_own_is_false(exercise: str, text: str, nodes, factor: str) -> None:
    for place, (name, above) in enumerate(nodes):
        before = "".join(f"$${one} = {other}$$" for one, other in nodes[:place])
        step = f"$${name} = {factor} ({above})$$" if factor else f"$${name} = {above}$$"
        found = read_writeup(text + before + step, EXERCISES[f"writeup_{exercise}"]).steps[-1]
        assert found.verdict == (FALSE if factor else HOLDS), found
