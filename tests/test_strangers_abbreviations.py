"""Letters that strangers give to parts of an exercise: by a square, by a multiple, for its variance, for the gradient that comes in."""

import pytest

from tests.test_precision import cases, fits, judged

STATED = r"$\mu = \frac1N\sum_i x_i$, $\sigma^2 = \frac1N\sum_i(x_i-\mu)^2$, $y_i = \frac{x_i-\mu}{\sqrt{\sigma^2+\epsilon}}$. "
KINDS: dict[str, list[tuple[str, str, str]]] = {
    "another letter for the variance": [
        ("batch_norm", r"$v = \sigma^2$. $y_i = \frac{x_i-\mu}{\sqrt{v+\epsilon}}$", "HH"),
        ("batch_norm", r"$y_i = \frac{x_i-\mu}{\sqrt{v+\epsilon}}$, where $v = \sigma^2$.", "HH"),
        ("batch_norm", r"I put $c_i := x_i-\mu$ and $v := \sigma^2$, so that $y_i = c_i\,(v+\epsilon)^{-1/2}$", "HHH"),
        ("batch_norm", r"$\sigma = \frac1N\sum_i(x_i-\mu)^2$. $v = \sigma^2$.", "H."),
        ("batch_norm", r"$V = \sigma^2$. $y_i = \frac{x_i-\mu}{\sqrt{V}+\epsilon}$", "H-"),
    ],
    "a letter by its square, behind its use": [
        ("batch_norm", r"$y_n = \frac{1}{q}(x_n-\mu)$, $s^2 = \frac1N\sum_n(x_n-\mu)^2$, $q = \sqrt{s^2+\varepsilon}$.", "HHH"),
        ("batch_norm", r"$y_n = \frac{x_n-\mu}{q}$, $q = \sqrt{s^2+\varepsilon}$, $s^2 = \frac1N\sum_n(x_n-\mu)^2$.", "HHH"),
        ("batch_norm", r"$y_n = \frac{x_n-\mu}{q}$, $q = \sqrt{s^2}$, $s^2 = \frac2N\sum_n(x_n-\mu)^2$.", "-.."),
    ],
    "a letter by a multiple": [
        ("batch_norm", r"$Nm = \sum_i x_i$. $\frac{\partial m}{\partial x_j} = \frac1N$. $\sigma^2 = \frac1N\sum_i(x_i-m)^2$.", "HHH"),
        ("batch_norm", r"$N\bar x = \sum_i x_i$. $\frac{\partial\bar x}{\partial x_j} = 1$.", "H-"),
        ("softmax", r"Write $s$ for the sum $\sum_j g_jy_j$. If all $g_j$ are equal to $c$, then $s = 2c$.", "-"),
    ],
    "bars for a mean and for a gradient": [
        ("batch_norm", r"$\bar x = \frac1N\sum_i x_i$, we write $\bar y_i$ for $\frac{\partial L}{\partial y_i}$.", "H"),
        ("batch_norm", r"$\bar x = \frac{1}{N}\sum_{i=1}^N x_i$. Let $\bar y_i = \frac{\partial L}{\partial y_i}$. $\frac{\partial\bar x}{\partial x_j} = \frac1N$.", "HHH"),
        ("batch_norm", r"We write $\bar v$ for $\frac{\partial L}{\partial v}$. $\bar x_j = \sum_i \bar y_i\frac{\partial y_i}{\partial x_j}$.", "H"),
    ],
    "deltas of the batch": [
        ("linear", r"$\delta_{ik} = \frac{\partial L}{\partial y_{ik}}$.", "H"),
        ("linear", r"$Y = XW + b$. $\delta_{nj} = \frac{\partial L}{\partial y_{nj}}$, $\frac{\partial L}{\partial X} = \Delta W^T$, $\frac{\partial L}{\partial w_{kj}} = \sum_n x_{nk}\delta_{nj}$.", "HHHH"),
        ("linear", r"$Y = XW + \mathbf 1b^T$. Let $\Delta = \frac{\partial L}{\partial Y}$. $\frac{\partial L}{\partial w_{kj}} = \sum_i\delta_{ij}x_{ik} = (X^T\Delta)_{kj}$.", "HHHH"),
        ("linear", r"$\delta_{nj} = \frac{\partial L}{\partial y_{nj}}$, $\frac{\partial L}{\partial w_{kj}} = -\sum_n x_{nk}\delta_{nj}$.", "H-"),
        ("batch_norm", STATED + r"We write $\delta_i$ for $\frac{\partial L}{\partial y_i}$. $\frac{\partial L}{\partial\mu} = -\frac{1}{\sqrt{\sigma^2+\epsilon}}\sum_i\delta_i$.", "HHHH"),
    ],
    "a gradient that is called E": [
        ("linear", r"$Y = XW + \mathbf 1b^T$. We write $E$ for $\frac{\partial L}{\partial Y}$. $\frac{\partial L}{\partial w_{kj}} = \sum_i e_{ij}x_{ik}$, $\frac{\partial L}{\partial b} = E^T\mathbf 1$.", "HHH"),
        ("linear", r"Let $Z$ be $N\times p$ and $B$ be $p\times M$, $Y = ZB + \mathbf 1b^T$, $E = \frac{\partial L}{\partial Y}$. $\frac{\partial L}{\partial b} = E^T\mathbf 1$.", ".~~"),
    ],
    "a bias in another letter": [
        ("linear", r"$Z_{nm} = \sum_d X_{nd}W_{dm} + \beta_m$. $dZ = dX\,W + X\,dW + \mathbf{1}_N\,d\beta$.", "HH"),
    ],
    "a number that is no loss": [
        ("batch_norm", STATED + r"Let $q$ be the incoming gradient, $\kappa = \frac1N y^Tq$. $\frac{\partial L}{\partial x_i} = \frac{1}{\sqrt{\sigma^2+\epsilon}}(q_i - \frac1N\sum_j q_j - \kappa y_i)$.", "HHHHH"),
    ],
    "sizes below an identity": [
        ("ex4_chain", r"$f = \operatorname{vec}F$, $r = \operatorname{vec}(X-F)$, $\frac{\partial r}{\partial f} = -I_{NM}$", "HHH"),
        ("ex4_chain", r"$X$ is $n\times m$. $f = \operatorname{vec}F$, $r = \operatorname{vec}(X-F)$, $\frac{\partial r}{\partial f} = -I_{nm}$, $\frac{\partial r}{\partial f} = I_{nm}$", "HHHF"),
    ],
    "a constant of any shape": [
        ("ex3", r"Rappel : pour un vecteur constant $b$, $\nabla_x(x^{\top}b) = b$.", "H"),
        ("ex3", r"For a constant $b$, $\nabla_x(x^{\top}b) = b$.", "~"),
        ("ex3", r"For a constant $k$, $\nabla_x(kx^TAc) = kAc$.", "H"),
        ("ex1", r"Si $a$ est constant, $\nabla_x(a^Tx) = a$", "~"),
    ],
    "an example without its epsilon": [
        ("batch_norm", STATED + r"Test: $x = (1, 3)$. Then $\mu = 2$, $\sigma^2 = 1$ and $y = (-1, 1)$.", "HHHHHHH"),
        ("batch_norm", STATED + r"Test: $x = (1, 3)$. Then $\mu = 2$, $\sigma^2 = 1$ and $y = (-1, 2)$.", "HHHHHH-"),
    ],
    "two classes in words": [
        ("softmax", f"{words} $y_1 = \\frac{{1}}{{1+e^{{-(x_1-x_2)}}}}$.", "H")
        for words in ("Com só duas classes", "Mit zwei Klassen", "Con dos clases", "Con due classi", "При двух классах", "Dla dwóch klas", "With only 2 logits")
    ],
    "what is said not to be symmetric": [
        ("ex3", "If $A$ were symmetric, nobody would care.\n\n" r"In general $\frac{\partial y}{\partial c} = Ax$.", "F"),
        ("ex3", r"Since $A$ is symmetric, $\frac{\partial y}{\partial c} = Ax$.", "~"),
    ],
    "a place where a name is zero": [
        ("ex4_trace", r"$E = X - AS$, $J = \|E\|_F^2$. " + "\n\nAnd now it does vanish at $E = 0$.\n\n" + r"$dJ = 2\operatorname{tr}(E^TdE)$", "HH.H"),
    ],
    "a name for one gradient, and then for the other": [
        ("ex4_trace", r"$J = \|X - AS\|_F^2$. We read off $dJ = \operatorname{tr}(M^TdS)$. Here $M^T = -2(X-AS)^TA$. For the other one $M = -2(X-AS)S^T$.", "H~~."),
    ],
    "a d among the letters of a matrix": [
        ("ex2", r"$A = \begin{pmatrix} a & b \\ c & d \end{pmatrix}$, $B = \begin{pmatrix} p & q \\ r & s \end{pmatrix}$. $AB = \begin{pmatrix} ap + br & aq + bs \\ cp + dr & cq + ds \end{pmatrix}$, $\operatorname{tr}(AB) = ap + br + cq + ds$, $\frac{\partial y}{\partial d} = s$. $\frac{dy}{dA} = B^T$", "..HHHH"),
        ("ex2", r"$A = \begin{pmatrix} a & b \\ c & d \end{pmatrix}$, $B = \begin{pmatrix} p & q \\ r & s \end{pmatrix}$. $\operatorname{tr}(AB) = ap + br + cq - ds$", "..F"),
    ],
    "an example that words change": [
        ("ex2", r"Probe: $A = (3, 5)$ und $B = (7, 2)^T$. Dann ist $y = 31$, und erhöht man die 3 um eins, so wird $y = 38$.", "..H~"),
        ("ex2", r"Probe: $A = (3, 5)$ und $B = (7, 2)^T$. Dann ist $y = 32$.", "..F"),
    ],
    "numbered deltas": [
        ("linear", r"$H = XW_1 + \mathbf 1b_1^T$, $Y = HW_2 + \mathbf 1b_2^T$. We write $\Delta_2$ for $\frac{\partial L}{\partial Y}$. $\frac{\partial L}{\partial W_2} = H^T\Delta_2$, $\frac{\partial L}{\partial H} = \Delta_2W_2^T$", "HHHH"),
    ],
    "a count beside a column of ones": [
        ("batch_norm", r"$\bar x = \frac1n\mathbf 1^Tx$, $c = x - \bar x\mathbf 1$, $\sigma^2 = \frac1nc^Tc$, $y = \frac{c}{\sqrt{\sigma^2+\epsilon}}$", "HHHH"),
    ],
    "the letter of a size as a step": [
        ("ex2", r"$y = \operatorname{tr}(AB)$. $y(A + K) - y(A) = \operatorname{tr}(KB)$.", "HH"),
        ("ex2", r"$y = \operatorname{tr}(XC)$. $y(X + K) - y(X) = \operatorname{tr}(KC)$.", "HH"),
    ],
    "another function beside the exercise's": [
        ("ex1", r"$y = x^Tx$, $\nabla y = 2x$. (b) Le logarithme $f = \ln(x^\top x)$ : $\nabla f = \frac{2x}{\|x\|^2}$", "HH~~"),
        ("ex1", r"$f(x) = x^Tx$. $f = 2x^Tx$", "HF"),
    ],
    "an operator whose letter is a matrix": [
        ("ex4_trace", r"$D = X - AS$. $J = \|D\|_F^2$. $DJ(S)[K] = -2\langle A^TD, K\rangle$.", "HHH"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_letters_for_parts_are_read(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert fits(found, wanted), f"{text}\n found {found}, wanted {wanted}"
