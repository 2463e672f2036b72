r"""Letters with primes or labels above them that a text gives to something new, beside primes that transpose or differentiate; functions at such points.

By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H, "." anything.
"""

import pytest

from tests.test_precision import cases, fits, judged

KINDS = {
    "new names": [
        ("linear", r"The layer is $Y = XW + b$ with incoming gradient $G$. Let $G' = GW^\top$. Then $\frac{\partial L}{\partial X} = G'$.", "~~~"),
        ("linear", r"$Y = XW+b$. $g = \partial L/\partial Y$, $g' = gW^T$ and so $\frac{\partial L}{\partial X} = g'$.", "~~~~"),
        ("batch_norm", r"With $x' = x - \mu$ we get $y = x'/\sqrt{\sigma^2+\epsilon}$ and $\sigma^2 = \frac1N\sum_i x_i'^2$.", "~~~"),
        ("batch_norm", r"Centre: $x'_i = x_i - \mu$. Variance: $\sigma^2 = \frac1N \sum_i (x'_i)^2$. Output $y_i = x'_i/\sqrt{\sigma^2+\epsilon}$.", "~~~"),
        ("softmax", r"Let $x' = x - \max_j x_j$. Then $y_i = \frac{e^{x'_i}}{\sum_j e^{x'_j}}$.", "~~"),
        ("softmax", r"Let $x_i' = x_i - m$. Then $y_i = \frac{e^{x_i'}}{\sum_j e^{x_j'}}$ and $\frac{\partial y_i}{\partial x_j} = y_i(\delta_{ij} - y_j)$.", "~~~"),
        ("ex4_chain", r"$F' = X - AS$, so $J = \|F'\|^2$ and $\frac{\partial J}{\partial F'} = 2F'$, hence $\frac{\partial J}{\partial S} = -2A^TF'$.", "~~~~"),
        ("ex1", r"$y = x^Tx$. Let $x' = x + h$. $y' = x'^Tx' = x^Tx + 2x^Th + h^Th$, so $y' - y = 2x^Th + O(\|h\|^2)$ and $\frac{dy}{dx} = 2x$.", "~~~~~~"),
        ("ex1", "$y' = 2x$.", "H"),
        ("ex1", "$y' = (x^T x)' = 2x$.", "HH"),
        ("linear", r"$X' = \begin{pmatrix} X & 1\end{pmatrix}$, $W' = \begin{pmatrix} W \\ b^T\end{pmatrix}$, $Y = X'W'$, so $\frac{\partial L}{\partial W'} = X'^T G$.", "~~~~"),
        ("linear", r"We write $L' = \frac{\partial L}{\partial Y}$. Then $\frac{\partial L}{\partial W} = X^T L'$, $\frac{\partial L}{\partial X} = L' W^T$.", "~~~"),
        ("softmax", r"$s = \sum_j e^{x_j}$, $s' = e^{x_i}$ by $x_i$, so $y_i' = \frac{e^{x_i}s - e^{x_i}e^{x_i}}{s^2} = y_i - y_i^2$.", "~~~~"),
        ("batch_norm", r"$v' = v + \epsilon$ where $v = \frac1N\sum(x_i-\mu)^2$, $y_i = (x_i-\mu)/\sqrt{v'}$.", "~~~"),
    ],
    "beside others": [
        ("ex3", r"$A' = A^T$, so $\frac{\partial y}{\partial c} = A'x$.", ".H"),
        ("ex3", r"$y = x'Ac$, hence $\frac{\partial y}{\partial A} = xc'$ and $\frac{\partial y}{\partial c} = A'x$.", ".HH"),
        ("ex4_trace", r"$E = X - AS$, $E' = X' - S'A'$, $J = tr(E'E)$, $\frac{\partial J}{\partial S} = -2A'E$.", ".HHH"),
        ("ex4_trace", "$F = AS$, $F' = (AS)' = S'A'$. $J = tr((X-F)'(X-F))$.", ".HHH"),
        ("ex1", r"$x' = (x_1, \dots, x_n)$, so $y = x'x = \sum_i x_i^2$ and $y' = 2x$.", ".HHH"),
        ("ex1", "$y' = x$.", "F"),
        ("ex1", "$y' = 2x'$.", "."),
        ("linear", "$Y = XW+b$, so $dW = X'G$ and $dX = GW'$.", ".HH"),
        ("linear", "$Y = XW+b$, so $dW = XG'$ and $dX = G'W$.", ".--"),
        ("linear", r"$G' = GW^T$, thus $\frac{\partial L}{\partial X} = G'$ and $\frac{\partial L}{\partial W} = X^TG'$.", ".H-"),
        ("batch_norm", r"$x' = x - \mu$, $y = x'/\sigma$ with $\sigma = \sqrt{\frac1N \sum_i x'_i}$", "..-"),
        ("softmax", r"$u = e^{x_i}$, $v = \sum_k e^{x_k}$, $u' = e^{x_i}$, $v' = e^{x_i}$, so $y_i' = \frac{u'v - uv'}{v^2} = y_i(1-y_i)$.", "~~~~~~"),
        ("softmax", r"$x' = x - c$ for a constant $c$ does not change the output: $\frac{e^{x'_i}}{\sum_j e^{x'_j}} = \frac{e^{x_i}}{\sum_j e^{x_j}} = y_i$.", ".HH"),
        ("linear", r"Append a column of ones: $X' = [X, \mathbf 1]$ and $W' = [W; b^T]$. Then $Y = X'W'$ and $\frac{\partial L}{\partial W'} = X'^TG$.", "...~"),
        ("linear", r"The update is $W' = W - \eta X^TG$ with the gradient $\frac{\partial L}{\partial W} = X^TG$.", "~~"),
        ("linear", r"$W' = W - \eta \frac{\partial L}{\partial W}$ and $b' = b - \eta\frac{\partial L}{\partial b}$, where $\frac{\partial L}{\partial W} = X^TG$ and $\frac{\partial L}{\partial b} = \sum_n G_n$.", "..HH"),
        ("ex2", r"$B' = B^T$. $y = tr(AB)$, $\frac{\partial y}{\partial A} = B'$.", "~~~"),
        ("ex2", r"Let $A' = A + E$. $tr(A'B) = tr(AB) + tr(EB)$, so $\frac{\partial y}{\partial A} = B^T$.", ".HH"),
        ("ex2", r"Let $A' = A + \Delta$. $tr(A'B) - tr(AB) = tr(\Delta B)$.", ".H"),
        ("ex1", "Let $x' = x + h$. $x'^Tx' - x^Tx = 2x^Th + h^Th$.", ".H"),
        ("ex4_chain", r"Let $S' = S + H$. Then $J(S') = \|X - AS - AH\|^2$, so $J(S') - J(S) = -2\,tr((X-AS)^TAH) + \|AH\|^2$.", ".~~"),
        ("ex4_chain", r"Let $X' = X - AS$. $J = tr(X'^TX')$, $\frac{\partial J}{\partial S} = -2A^TX'$.", ".HH"),
        ("batch_norm", r"$x_i'' = x_i'/\sqrt{\sigma^2+\epsilon}$ where $x_i' = x_i - \mu$. So $y_i = x_i''$.", "~~~"),
        ("batch_norm", r"\begin{align} x' &= x - \mu \\ \sigma^2 &= \tfrac1N \sum_i (x'_i)^2 \\ y &= \frac{x'}{\sqrt{\sigma^2+\epsilon}}\end{align}", "~~~"),
        ("batch_norm", r"$x^\prime_i = x_i - \mu$, $\sigma^2 = \frac1N\sum_i (x^\prime_i)^2$, $\frac{\partial \sigma^2}{\partial x_i} = \frac2N x^\prime_i$.", "~~~"),
        ("batch_norm", r"$\mathbf x' = \mathbf x - \mu$, $\sigma^2 = \frac1N\|\mathbf x'\|^2$.", "~~"),
        ("softmax", r"$g' = g \odot y$, $s = \sum_j g'_j$, $\frac{\partial L}{\partial x} = g' - s y$.", "..H"),
        ("softmax", r"$g' = g \odot y$, $\frac{\partial L}{\partial x} = g' - y$.", ".F"),
    ],
    "points": [
        ("ex4_chain", r"Let $S' = S + H$. Then $J(S') - J(S) = 2\,tr((X-AS)^TAH) + \|AH\|^2$.", ".-"),
        ("ex4_chain", r"Let $A_1 = A + H$. Then $J(A_1) - J(A) = -2\,tr((X-AS)^THS) + \|HS\|^2$.", ".~"),
        ("ex1", "Let $z = x + h$. Then $y(z) = x^Tx + x^Th + h^Th$.", ".-"),
        ("ex1", "Let $z = x + h$. Then $y(z) = x^Tx + 2x^Th + h^Th$.", ".~"),
        ("ex1", "Let $x' = x + h$. Then $y(x') = x^Tx + x^Th + h^Th$.", ".-"),
        ("batch_norm", r"\begin{align} x' &= x - \mu \\ \sigma^2 &= \tfrac1N \sum_i (x'_i)^2 \\ y &= \frac{x'}{\sqrt{\sigma^2+\epsilon}}\end{align}", "~~~"),
        ("batch_norm", r"\begin{aligned} x'_i &= x_i - \mu, \\ \sigma^2 &= \tfrac1N \sum_i (x'_i)^2 \\ y &= \frac{x'}{\sigma^2+\epsilon}\end{aligned}", "..-"),
        ("batch_norm", r"$x' = x - \mu$, $\sigma^2 = \frac1N \sum_i x'_i$.", ".-"),
        ("ex4_chain", r"$F' = X - AS$, so $J = \|F'\|^2$ and $\frac{\partial J}{\partial S} = 2A^TF'$.", ".H-"),
        ("linear", r"$g' = gW^T$ and $\frac{\partial L}{\partial X} = g'W$.", ".-"),
        ("linear", r"$Y = XW+b$, $g' = g^T$, $\frac{\partial L}{\partial W} = X^Tg$, $\frac{\partial L}{\partial X} = gW'$.", "..HH"),
        ("ex3", r"$x' = x^T$, $y = x'Ac$, $\frac{\partial y}{\partial c} = A'x$.", ".HH"),
        ("ex1", "$x' = x + h$, $h' = h^T$, $y(x') = (x+h)'(x+h)$", "..~"),
        ("ex2", r"Let $A' = A + tE$. Then $y(A') = tr(AB) + t\,tr(EB)$ and $\frac{d y(A')}{dt} = tr(EB)$.", ".~~"),
        ("ex3", "Put $x' = x + h$: $y(x') - y(x) = h^TAc$.", ".~"),
        ("ex3", "Put $x' = x + h$: $y(x') - y(x) = h^TA^Tc$.", ".-"),
        ("ex4_trace", r"Replace $A$ by $A' = A + E$: $J(A') = J(A) - 2\,tr((X-AS)^TES) + \|ES\|_F^2$.", ".~"),
    ],
    "labels": [
        ("batch_norm", r"Let $x^c_i = x_i - \mu$. Then $\sigma^2 = \frac1N\sum_i (x^c_i)^2$ and $y_i = \frac{x_i^c}{\sqrt{\sigma^2+\epsilon}}$.", "HHH"),
        ("batch_norm", r"Let $x^{*} = x - \mu$. Then $\sigma^2 = \frac1N\|x^*\|^2$ and $y = x^*/\sqrt{\sigma^2}$.", "HH-"),
        ("batch_norm", r"Let $x^0 = x - \mu$. Then $\sum_i x^0_i = 0$ and $\frac{\partial \sigma^2}{\partial x_i} = \frac{2}{N}x^0_i$.", "~~~"),
        ("batch_norm", r"Let $x^0 = x - \mu$. Then $\frac{\partial \sigma^2}{\partial x_i} = \frac{1}{N}x^0_i$.", "HF"),
        ("softmax", r"$x^* = x - \max_j x_j$, $y_i = \frac{e^{x^*_i}}{\sum_j e^{x^*_j}}$.", "HH"),
        ("softmax", r"$x^+ = x - c$, $y_i = \frac{e^{x^+_i}}{\sum_j e^{x^+_j}}$.", ".~"),
        ("softmax", r"$y^* = y \odot g$, $\frac{\partial L}{\partial x} = y^* - y\sum_j y^*_j$.", "HH"),
        ("linear", r"$G^* = GW^\top$ and so $\frac{\partial L}{\partial X} = G^*$.", ".H"),
        ("linear", r"$W^+ = W - \eta X^\top G$ with $\frac{\partial L}{\partial W} = X^\top G$.", ".H"),
        ("linear", r"$W^{new} = W - \eta \frac{\partial L}{\partial W}$ with $\frac{\partial L}{\partial W} = X^\top G$.", ".H"),
        ("ex4_trace", r"$J = \|X - AS\|^2$; $A^+ = (A^TA)^{-1}A^T$ gives $S^* = A^+X$ as minimum. $\frac{\partial J}{\partial S} = -2A^T(X-AS)$.", ".~.H"),
        ("ex4_trace", r"At the minimum $S^*$: $A^TAS^* = A^TX$, since $\frac{\partial J}{\partial S} = -2A^T(X-AS)$.", ".H"),
        ("ex4_trace", r"The adjoint is $A^* = A^T$. $\frac{\partial J}{\partial S} = -2A^*(X-AS)$.", ".~"),
        ("ex1", r"$x^2 = x^Tx$, so $\frac{dx^2}{dx} = 2x$.", "~~"),
        ("ex1", r"$y = x^Tx = \sum_i x_i^2$, $\frac{\partial y}{\partial x_k} = \sum_i 2x_i\delta_{ik} = 2x_k$.", "HHHH"),
        ("softmax", r"$e^{x} = e^{x-c}e^c$, $y_i = \frac{e^{x_i}}{\sum_j e^{x_j}}$", "~H"),
        ("ex2", r"$A^0 = A - B^T$, $tr(A^0B) = tr(AB) - \|B\|^2$.", "HH"),
        ("ex3", "$A^c = Ac$, $y = x^TA^c$.", "~~"),
        ("ex1", "$x^k = x + kh$", "~"),
        ("ex1", r"$x^{(k+1)} = x^{(k)} - \eta\frac{dy}{dx}$ with $\frac{dy}{dx} = 2x$", "~H"),
        ("linear", r"$X^+ = [X, 1]$, $W^+ = \begin{bmatrix}W\\b\end{bmatrix}$, $Y = X^+W^+$.", "..~"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_a_primed_letter_is_what_the_text_makes_of_it(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert fits(found, wanted), f"{text}\n found {found}, wanted {wanted}"


@pytest.mark.parametrize("index", ["\\omega", "\\rho", "\\lambda", "i"])
def test_an_ell_behind_another_index_stays_a_letter_of_its_own(index: str) -> None:
    # A command that ends where no letter follows: "\\omega l", and not "\\omegal".
    inner = rf"{index}\ell" if index.startswith("\\") else rf"{index} \ell"
    assert judged("ex2", rf"$(AB)_{{\ell\ell}} = \sum_{{{index}}} a_{{\ell {index}}}b_{{{inner}}}$") == "H"
