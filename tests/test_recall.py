"""Notations of strangers: each kind is read where it is right, and no wrong step holds by it."""

import pytest

from matrix_checks.derivations.equality.verdicts import FALSE
from matrix_checks.derivations.judging.writeups import read_writeup
from matrix_checks.derivations.values.declared_exercises import FILE, read_exercises
from tests.conftest import ASSIGNMENTS, ROOT

EXERCISES = {}
for assignment in ASSIGNMENTS:
    EXERCISES |= read_exercises(ROOT / "source" / assignment.identifier / FILE)
LETTERS = {"holds": "H", "first order": "1", "other layout": "L", "false": "F", "not understood": "U", "stated": "D"}

# By kind: an exercise, a text, and the letters of its steps; "." is anything in RIGHT, and anything but H and L in WRONG, where
# other letters say nothing.
RIGHT = {
    "a name of the writer's own for the loss": [
        (
            "softmax",
            r"$\frac{\partial \ell}{\partial x_i} = \sum_k \frac{\partial \ell}{\partial y_k}\frac{\partial y_k}{\partial x_i}$",
            "H",
        ),
        ("linear", r"$\frac{\partial \ell}{\partial x} = \frac{\partial \ell}{\partial y} W^T$", "H"),
        ("linear", r"$\frac{\partial E}{\partial W} = x^T\frac{\partial E}{\partial y}$", "H"),
        ("linear", r"$\frac{\partial \text{Loss}}{\partial W} = x^T g$", "H"),
        (
            "batch_norm",
            r"$\frac{\partial C}{\partial \mu} = \sum_i \frac{\partial C}{\partial y_i}\frac{\partial y_i}{\partial \mu}$",
            "H",
        ),
        ("softmax", r"$\nabla_x \ell = y \odot (g - \langle g, y\rangle)$", "H"),
    ],
    "names of several letters": [
        ("linear", r"$dout = \frac{\partial L}{\partial y}$, $\frac{\partial L}{\partial W} = x^T dout$", "HH"),
        ("linear", r"$dout = \frac{\partial L}{\partial y}$. $$gradInput = dout @ W.T$$ $$gradB = np.sum(dout, axis=0)$$", "HHH"),
        ("batch_norm", r"$xc = x - \mu$, $\sigma = \frac1N \sum_i xc_i^2$", "HH"),
        ("batch_norm", r"$xc = x - \mu$, $istd = 1/\sqrt{\sigma+\epsilon}$, $y = xc * istd$", "HHH"),
        ("batch_norm", r"$istd = (\sigma+\epsilon)^{-1/2}$, $\frac{\partial istd}{\partial \sigma} = -\frac12 istd^3$", "HH"),
        ("softmax", r"$den = \sum_j e^{x_j}$, $y_i = \frac{e^{x_i}}{den}$", "HH"),
        ("ex4_chain", r"$res = X - AS$, $J = \|res\|_F^2$, $\frac{dJ}{dA} = -2\, res\, S^T$", "HHH"),
    ],
    "functions of a library in a word": [
        ("ex2", r"$y = \text{np.trace}(A @ B)$", "H"),
        ("ex2", r"$y = \mathrm{np.sum}(A * B^T)$", "H"),
        ("ex3", r"$\frac{dy}{dA} = \text{np.outer}(x, c) = x c^T$", "HH"),
        ("ex4_chain", r"$\frac{d\text{vec}(F)}{d\text{vec}(S)} = \text{np.kron}(\text{np.eye}(M), A)$", "H"),
        ("ex1", r"$y = \text{np.dot}(x, x)$", "H"),
        ("softmax", r"$y = \text{np.exp}(x) / \text{np.sum}(\text{np.exp}(x))$", "H"),
        ("ex1", r"$y = \text{sum}_i (x[i]**2)$", "H"),
    ],
    "staggered indices": [
        ("ex2", r"$y = A^i{}_j B^j{}_i$", "H"),
        ("ex2", r"$\text{Tr}(AB) = A^i{}_jB^j{}_i$", "H"),
        ("ex2", r"$\frac{\partial y}{\partial A^p{}_q} = B^q{}_p$", "H"),
        ("ex4_chain", r"$F_i{}^j = A_i{}^r S_r{}^j$", "H"),
        ("ex2", r"$\frac{\partial A^i{}_j}{\partial A^p{}_q} = \delta^i_p\delta^q_j$", "H"),
    ],
    "ones with indices": [
        ("batch_norm", r"$\mu = \frac1N 1_k x_k$", "H"),
        ("batch_norm", r"$\frac{\partial \mu}{\partial x_i} = \frac1N 1_i$", "H"),
        ("batch_norm", r"Write $c_k = x_k - \mu 1_k$. $c_k 1_k = 0$", "HH"),
        ("batch_norm", r"$c_k = x_k - \mu 1_k$, $\frac{\partial c_k}{\partial x_i} = \delta_{ki} - \frac1N 1_k 1_i$", "HH"),
        ("softmax", r"$Z = 1_j e^{x_j}$, $y_i = e^{x_i} Z^{-1}$", "HH"),
        ("ex4_chain", r"$\frac{\partial \text{vec} F}{\partial\text{vec} S} = 1_M \otimes A$", "H"),
    ],
    "a derivative by an index": [
        ("ex1", r"$\partial_k y = 2 x_k$", "H"),
        ("softmax", r"$\partial_k y_i = y_i(\delta_{ik} - y_k)$", "H"),
        ("softmax", r"$S = \sum_j e^{x_j}$, $\partial_k S = e^{x_k}$", "HH"),
        ("softmax", r"$\frac{\partial L}{\partial x_k} = \sum_i g_i \partial_k y_i$", "H"),
        ("softmax", r"where $\partial_k \equiv \partial/\partial x_k$: $\partial_k L = y_k (g_k - \sum_i g_i y_i)$", ".H"),
    ],
    "approximations": [
        ("ex4_chain", r"$\delta J \approx -2 \operatorname{tr}((X-F)^\top \delta F)$", "H"),
        ("ex1", r"$(x+h)^T(x+h) - x^T x \approx 2 x^T h$", "H"),
        ("ex2", r"$\Delta y \approx \operatorname{tr}(\Delta A B)$", "H"),
        ("ex3", r"$\Delta y \approx \Delta x^T A c + x^T \Delta A c$", "H"),
        ("ex1", r"$\Delta y \approx 2x^T\Delta x$", "H"),
        ("ex1", r"If $x \approx (1, 1)^T$ then $\frac{dy}{dx} \approx (2, 2)$", ".."),
    ],
    "a derivative by a name of the text's own": [
        ("ex4_chain", r"$D = X - AS$, $J = \|D\|_F^2$, $\frac{dJ}{dD} = 2D$", "HHH"),
        ("ex4_chain", r"$E = X - F$, $\frac{\partial J}{\partial E} = 2E$", "HH"),
        ("ex4_chain", r"$R = X - F$, $\frac{dJ}{dF} = -\frac{dJ}{dR} = -2(X-F)$", "HHH"),
        ("softmax", r"$S = \sum_j e^{x_j}$, $\frac{\partial y_i}{\partial S} = -\frac{e^{x_i}}{S^2}$", "HH"),
        ("batch_norm", r"$v = \sigma + \epsilon$, $\frac{\partial y_i}{\partial v} = -\frac12 (x_i-\mu) v^{-3/2}$", "HH"),
    ],
    "columns of an alignment": [
        ("softmax", r"\begin{align} z &= \sum_{j} e^{x_j} & y_i &= \frac{e^{x_i}}{z} \end{align}", "HH"),
        ("ex4_chain", r"\begin{align} F &= AS & J &= \|X - F\|_F^2 \end{align}", "HH"),
        ("ex3", r"\begin{align} \frac{dy}{dx} &= Ac & \frac{dy}{dA} &= xc^T \end{align}", "HH"),
        ("ex1", r"\begin{align} y &= x^T x & &= \sum_i x_i^2 \end{align}", "HH"),
        ("ex2", r"\begin{align} y &= \operatorname{tr}(AB) & \frac{dy}{dA} &= B^T & \frac{dy}{dB} &= A^T \end{align}", "HHH"),
    ],
    "a scale and a shift": [
        ("batch_norm", r"$y_i = \gamma\hat x_i + \beta$, $\frac{\partial L}{\partial\gamma} = \sum_i g_i \hat x_i$", "HH"),
        ("batch_norm", r"$\frac{\partial L}{\partial \hat x_i} = \gamma \frac{\partial L}{\partial y_i}$", "H"),
        (
            "batch_norm",
            r"$\frac{\partial L}{\partial\hat{x_i}} = \frac{\partial L}{\partial y_i}\frac{\partial y_i}{\partial \hat{x_i}} = g_i\gamma$",
            "HH",
        ),
        (
            "batch_norm",
            r"$y = \gamma \hat x + \beta$, $\frac{\partial \ell}{\partial\beta} = \sum_j \frac{\partial\ell}{\partial y_j}$",
            "HH",
        ),
        (
            "batch_norm",
            r"$\frac{\partial L}{\partial x_i} = \frac{\gamma}{\sqrt{\sigma+\epsilon}}\left(g_i - \frac1N\sum_j g_j - \frac{\hat x_i}{N}\sum_j g_j\hat x_j\right)$",
            "H",
        ),
    ],
    "sums that begin at zero, and points as products": [
        ("softmax", r"$y_i = \frac{e^{x_i}}{\sum_{k=0}^{C-1} e^{x_k}}$", "H"),
        ("batch_norm", r"$\mu = \frac1N\sum_{i=0}^{N-1} x_i$", "H"),
        ("ex1", r"$y = \sum_{i=0}^{N-1} x_i^2$", "H"),
        ("ex2", r"$y = \sum_{i=0}^{N-1}\sum_{j=0}^{N-1} A_{ij}B_{ji}$", "H"),
        ("softmax", r"$\frac{\partial y_i}{\partial x_k} = \delta_{ik}y_i - \frac{e^{x_i}.e^{x_k}}{(\sum_j e^{x_j})^2}$", "H"),
    ],
    "capital letters for a batch": [
        ("linear", r"$Y = XW + B$", "H"),
        ("linear", r"$\frac{\partial L}{\partial X} = G W^T$", "H"),
        ("linear", r"$\frac{\partial L}{\partial W} = X^T G$", "H"),
        ("linear", r"$\frac{\partial L}{\partial X} = \frac{\partial L}{\partial Y} W^T$", "H"),
        ("linear", r"$dX = dY @ W^T$, $dW = X^T @ dY$", "HH"),
    ],
    "a prime with the variable below": [
        ("ex2", r"$y'_{a_{ij}} = b_{ji}$", "H"),
        ("ex2", r"$y'_A = B^T$", "H"),
        ("ex3", r"$y'_x = Ac$", "H"),
        ("ex4_trace", r"$J'_S = -2A^T(X-AS)$", "H"),
        ("ex1", r"$y'_{x_k} = 2x_k$", "H"),
    ],
    "entries that are defined after their use": [
        ("softmax", r"$$y_{ij} = \frac{e^{x_{ij}}}{Z_i}$$ with $$Z_i = \sum_{h=1}^H e^{x_{ih}}$$", "HH"),
        ("softmax", r"$y_i = \frac{q_i}{\sum_j q_j}$, where $q_i = e^{x_i}$", "HH"),
        ("ex3", r"$y = \sum_i x_i z_i$, where $z_i = \sum_j A_{ij}c_j$", "HH"),
        ("ex4_chain", r"$J = \sum_{ij} r_{ij}^2$ with $r_{ij} = x_{ij} - \sum_k a_{ik}s_{kj}$", "HH"),
        ("batch_norm", r"$\sigma = \frac1N\sum_i d_i^2$, $d_i = x_i - \mu$", "HH"),
    ],
    "a matrix of entries in brackets": [
        ("softmax", r"$J = \left(\frac{\partial y_i}{\partial x_k}\right)_{ik} = \operatorname{diag}(y) - yy^T$", "HH"),
        ("softmax", r"$J = (\frac{\partial y_i}{\partial x_k})_{ik}$, $gradInput = J^T g$", "HH"),
        ("softmax", r"$J = (\frac{\partial y_i}{\partial x_k})_{ik}$, $J_{ik} = y_i(\delta_{ik} - y_k)$", "HH"),
        ("softmax", r"$J = (\frac{\partial y_i}{\partial x_k})_{ik}$, $\sum_i g_i J_{ik} = g_k y_k - \sum_i g_i y_i y_k$", "HH"),
        ("ex4_chain", r"$D = (x_{ij} - f_{ij})_{ij}$, $J = \|D\|_F^2$", "HH"),
    ],
    "a letter of one view only": [
        (
            "linear",
            r"$y_1 = xW_1 + \mathbf 1 b_1^\top$, $y_2 = y_1W_2 + \mathbf 1 b_2^\top$, $g = \frac{\partial L}{\partial y_2}$. $\frac{\partial L}{\partial W_2} = y_1^\top g$",
            "HHHH",
        ),
        ("linear", r"$g = \frac{\partial L}{\partial y_2}$, $\frac{\partial L}{\partial b_2} = g^\top\mathbf 1$", "HH"),
        ("linear", r"$g = \frac{\partial L}{\partial y_2}$, $dL = \operatorname{tr}(g^\top dy_2)$", "HH"),
        ("linear", r"$g = \frac{\partial L}{\partial y_2}$, $\frac{\partial L}{\partial y_1} = g W_2^T$", "HH"),
        ("linear", r"$g = \frac{\partial L}{\partial y_2}$, $\frac{\partial L}{\partial W_1} = x^T g W_2^T$", "HH"),
    ],
}

WRONG = {
    "a name of the writer's own for the loss": [
        ("softmax", r"$\frac{\partial \ell}{\partial x_i} = y_i \frac{\partial \ell}{\partial y_i}$", "."),
        ("linear", r"$\frac{\partial \ell}{\partial x} = \frac{\partial \ell}{\partial y} W$", "."),
        ("linear", r"$\frac{\partial E}{\partial W} = x\frac{\partial E}{\partial y}$", "."),
        ("softmax", r"$E = \sum_i y_i$, $\frac{\partial E}{\partial y_i} = x_i$", "H."),
    ],
    "names of several letters": [
        ("linear", r"$dout = \frac{\partial L}{\partial y}$, $\frac{\partial L}{\partial W} = dout\, x^T$", "H."),
        ("batch_norm", r"$xc = x - \mu$, $\sigma = \sum_i xc_i^2$", "H."),
        ("batch_norm", r"$istd = (\sigma+\epsilon)^{-1/2}$, $\frac{\partial istd}{\partial \sigma} = -istd^3$", "H."),
        ("ex4_chain", r"$res = X - AS$, $\frac{dJ}{dA} = 2\, res\, S^T$", "H."),
        ("ex3", r"$Ac = A + c$", "."),
    ],
    "functions of a library in a word": [
        ("ex2", r"$y = \text{np.sum}(A * B)$", "."),
        ("ex3", r"$\frac{dy}{dA} = \text{np.outer}(x, x)$", "."),
        ("ex4_chain", r"$\frac{d\text{vec}(F)}{d\text{vec}(S)} = \text{np.kron}(A, \text{np.eye}(M))$", "."),
        ("ex1", r"$y = \text{sum}_i (x[i])$", "."),
    ],
    "staggered indices": [
        ("ex2", r"$y = A^i{}_j B^i{}_j$", "."),
        ("ex2", r"$\frac{\partial y}{\partial A^p{}_q} = B^p{}_q$", "."),
        ("ex2", r"$\frac{\partial A^i{}_j}{\partial A^p{}_q} = \delta^i_q\delta^p_j$", "."),
    ],
    "ones with indices": [
        ("batch_norm", r"$\mu = 1_k x_k$", "."),
        ("batch_norm", r"$\frac{\partial \mu}{\partial x_i} = 1_i$", "."),
        ("batch_norm", r"$c_k = x_k - \mu 1_k$, $\frac{\partial c_k}{\partial x_i} = \delta_{ki} - 1_k 1_i$", "H."),
        ("ex4_chain", r"$\frac{\partial \text{vec} F}{\partial\text{vec} S} = A \otimes 1_M$", "."),
    ],
    "a derivative by an index": [
        ("ex1", r"$\partial_k y = x_k$", "."),
        ("softmax", r"$\partial_k y_i = y_i(\delta_{ik} - y_i)$", "."),
        ("softmax", r"$S = \sum_j e^{x_j}$, $\partial_k S = S e^{x_k}$", "H."),
    ],
    "approximations": [
        ("ex4_chain", r"$\delta J \approx 2 \operatorname{tr}((X-F)^\top \delta F)$", "."),
        ("ex1", r"$(x+h)^T(x+h) - x^T x \approx x^T h$", "."),
        ("ex2", r"$\Delta y \approx \operatorname{tr}(A \Delta A)$", "."),
        ("ex1", r"$y \approx 2x^Tx$", "."),
    ],
    "a derivative by a name of the text's own": [
        ("ex4_chain", r"$D = X - AS$, $J = \|D\|_F^2$, $\frac{dJ}{dD} = -2D$", "HH."),
        ("ex4_chain", r"$R = X - F$, $\frac{dJ}{dF} = \frac{dJ}{dR}$", "H."),
        ("softmax", r"$S = \sum_j e^{x_j}$, $\frac{\partial y_i}{\partial S} = \frac{e^{x_i}}{S^2}$", "H."),
    ],
    "columns of an alignment": [
        ("softmax", r"\begin{align} z &= \sum_{j} e^{x_j} & y_i &= \frac{z}{e^{x_i}} \end{align}", "H."),
        ("ex4_chain", r"\begin{align} F &= AS & J &= \|X - F\|_F \end{align}", "H."),
        ("ex3", r"\begin{align} \frac{dy}{dx} &= A^Tc & \frac{dy}{dA} &= xc^T \end{align}", ".H"),
    ],
    "a scale and a shift": [
        ("batch_norm", r"$\frac{\partial L}{\partial\gamma} = \sum_i g_i x_i$", "."),
        ("batch_norm", r"$\frac{\partial L}{\partial\hat x_i} = \gamma^2 g_i$", "."),
        (
            "batch_norm",
            r"$\frac{\partial L}{\partial x_i} = \frac{\gamma}{\sqrt{\sigma+\epsilon}}\left(\gamma g_i - \frac1N\sum_j g_j - \frac{\hat x_i}{N}\sum_j g_j\hat x_j\right)$",
            ".",
        ),
    ],
    "sums that begin at zero, and points as products": [
        ("softmax", r"$y_i = \frac{e^{x_i}}{\sum_{k=0}^{C-1} x_k}$", "."),
        ("ex1", r"$y = \sum_{i=0}^{N-1} x_i$", "."),
        ("softmax", r"$\frac{\partial y_i}{\partial x_k} = -\frac{e^{x_i}.e^{x_k}}{(\sum_j e^{x_j})^2}$", "."),
    ],
    "capital letters for a batch": [
        ("linear", r"$\frac{\partial L}{\partial X} = W^T G$", "."),
        ("linear", r"$dX = W^T @ dY$, $dW = dY @ X^T$", ".."),
        ("linear", r"$\frac{\partial L}{\partial X} = \frac{\partial L}{\partial Y} W$", "."),
    ],
    "a prime with the variable below": [
        ("ex2", r"$y'_{a_{ij}} = b_{ij}$", "."),
        ("ex3", r"$y'_x = A^Tc$", "."),
        ("ex1", r"$y'_{x_k} = x_k$", "."),
    ],
    "entries that are defined after their use": [
        ("softmax", r"$$y_{ij} = \frac{e^{x_{ij}}}{Z_j}$$ with $$Z_i = \sum_{h=1}^H e^{x_{ih}}$$", ".H"),
        ("ex3", r"$y = \sum_i z_i$, where $z_i = \sum_j A_{ij}c_j$", ".H"),
        ("batch_norm", r"$\sigma = \sum_i d_i^2$, $d_i = x_i - \mu$", ".H"),
    ],
    "a matrix of entries in brackets": [
        ("softmax", r"$J = (\frac{\partial y_i}{\partial x_k})_{ik}$, $J = \operatorname{diag}(y) + yy^T$", "H."),
        ("softmax", r"$J = (\frac{\partial y_i}{\partial x_k})_{ik}$, $J_{ik} = y_i(\delta_{ik} - y_i)$", "H."),
        ("ex4_chain", r"$D = (x_{ij} - f_{ij})_{ij}$, $J = \operatorname{tr}(D)$", "H."),
    ],
    "a letter of one view only": [
        ("linear", r"$g = \frac{\partial L}{\partial y_2}$, $\frac{\partial L}{\partial W_2} = y_1 g$", "H."),
        ("linear", r"$g = \frac{\partial L}{\partial y_2}$, $\frac{\partial L}{\partial y_1} = W_2^T g$", "H."),
        ("linear", r"$g = \frac{\partial L}{\partial y_2}$, $\frac{\partial L}{\partial b_2} = g\mathbf 1$", "H."),
    ],
}


def letters_of(exercise: str, text: str) -> str:
    report = read_writeup(text, EXERCISES[f"writeup_{exercise}"])
    return "".join(LETTERS[step.verdict] for step in report.steps)


def assert_read(exercise: str, text: str, letters: str) -> None:
    """Each step of a text has the verdict that a person gives; "." is any verdict."""
    found = letters_of(exercise, text)
    assert len(found) == len(letters), found
    assert all(wanted in (".", got) for wanted, got in zip(letters, found)), found


def assert_never_false(exercise: str, text: str) -> None:
    """Every step of a text holds, or waits."""
    found = letters_of(exercise, text)
    assert LETTERS[FALSE] not in found, found


def assert_wrong_never_holds(exercise: str, text: str, letters: str) -> None:
    """No step with "-" holds, and the steps before it have the verdict that a person gives, so that it is wrong by itself."""
    found = letters_of(exercise, text)
    assert len(found) == len(letters), found
    assert all(got not in "HL" if wanted == "-" else wanted in (".", got) for wanted, got in zip(letters, found)), found


@pytest.mark.parametrize(("exercise", "text", "letters"), [each for kind in RIGHT.values() for each in kind])
def test_a_right_step_is_read(exercise: str, text: str, letters: str) -> None:
    assert_read(exercise, text, letters)


@pytest.mark.parametrize(("exercise", "text", "letters"), [each for kind in WRONG.values() for each in kind])
def test_a_wrong_step_never_holds(exercise: str, text: str, letters: str) -> None:
    found = letters_of(exercise, text)
    assert len(found) == len(letters)
    assert not any(wanted == "." and got in "HL" for wanted, got in zip(letters, found)), found
