r"""What words make of an array: a property, a choice, a wish, a limit; and letters that words call the Jacobian or the Hessian.

By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H, "." anything.
"""

import pytest

from tests.test_precision import cases, fits, judged

KINDS = {
    "a property of an array": [
        ("softmax", r"Let $g$ be one-hot at $t$. Then $\frac{\partial L}{\partial x_j} = y_t(\delta_{tj} - y_j)$.", "~"),
        ("softmax", r"If only class $t$ gets a gradient, i.e. $g_i = 0$ for $i\ne t$, then $\frac{\partial L}{\partial x_j} = g_ty_t(\delta_{tj} - y_j)$.", "~~"),
        ("ex1", r"Let $x$ be normalized. $x^Tx = 1$", "~"),
        ("ex1", r"On the unit sphere, $y=1$ and $x^Tdx=0$", "~~"),
        ("ex2", r"Let $B$ be skew-symmetric, $B^T=-B$. $\frac{dy}{dA} = -B$.", "~~"),
        ("ex2", r"Suppose $B$ is antisymmetric, then $\frac{dy}{dA} = -B$.", "~"),
        ("ex2", r"Let $B$ be a projection. $\operatorname{tr}(AB) = \operatorname{tr}(ABB)$.", "~"),
        ("ex2", r"Let $B$ be a permutation matrix. $B^TB = I$.", "~"),
        ("ex3", r"Let $x$ and $c$ be unit vectors. $\|xc^T\|_F = 1$.", "~"),
        ("ex4_trace", r"The columns of $A$ are orthonormal. $A^TA = I$, $\|AS\|_F = \|S\|_F$, $\frac{dJ}{dS} = 2(S - A^TX)$.", "~~~"),
        ("ex4_trace", r"Rank one: $A = a$, $S = s^T$, $\frac{dJ}{ds} = -2(X-as^T)^Ta$.", "~~~"),
        ("ex4_trace", r"Sei $A$ orthonormal, $A^TA=I$. Dann ist $\frac{dJ}{dS} = 2(S-A^TX)$.", "~~"),
        ("ex2", r"Soit $B$ antisymétrique. $\frac{dy}{dA} = -B$.", "~"),
        ("ex2", r"Пусть $B$ кососимметричная. $\frac{dy}{dA} = -B$.", "~"),
        ("ex2", r"Sea $B$ antisimétrica: $\frac{dy}{dA} = -B$.", "~"),
        ("batch_norm", r"If $x$ is already normalized, $\mu=0$ and $\sigma=1$, $y = x/\sqrt{1+\varepsilon}$", "~~~"),
    ],
    "what any array may be": [
        ("ex1", r"Let $x$ be a column vector. $\frac{dy}{dx} = x$.", "F"),
        ("ex3", r"Let $A$ be any matrix. $\frac{dy}{dx} = A^Tc$.", "F"),
        ("ex3", r"Suppose $x$ changes a little. $\frac{dy}{dc} = Ax$.", "F"),
        ("linear", r"Let $x$ be the input and $W$ be the weights. $\frac{\partial L}{\partial W} = g x^T$.", "F"),
        ("linear", r"Assume $b$ is a row vector. $\frac{\partial L}{\partial W} = g x^T$.", "F"),
        ("softmax", r"Let $g$ be the upstream gradient. $\frac{\partial L}{\partial x} = y\odot g$.", "F"),
        ("batch_norm", r"$x$ is normalized by subtracting the mean. $\frac{\partial\mu}{\partial x_i} = N$.", "F"),
        ("softmax", r"Suppose not all $x_i$ are equal. $y_i = 1/C$.", "-"),
        ("ex1", "Let $x$ be a unit vector.\n\n" + r"Now we drop that. $y = 1$.", "-"),
    ],
    "what is chosen": [
        ("ex3", r"Choose $x = e_k$, $c = e_l$: $y = a_{kl}$", "~~~"),
        ("ex3", r"Choose $x = e_k$ and $c = e_l$. $y = a_{kl}$", "~~~"),
        ("ex2", r"Take $B = I$. Then $y = \operatorname{tr}(A)$ and $\frac{dy}{dA} = I$.", "~~~"),
        ("ex1", r"Finite differences: $x_1 = 1$, $h = 0.001$", "~~"),
        ("ex1", r"Take $dy = x^Tdx$.", "F"),
        ("ex1", r"Taking the differential: $dy = x^Tdx$.", "F"),
        ("batch_norm", r"If $\epsilon\to0$, $\sum_i y_i^2 = N$.", "~"),
    ],
    "what is wanted": [
        ("ex4_trace", r"We want $\frac{dJ}{dS} = 0$, that is $A^TAS = A^TX$", "~~"),
        ("ex4_trace", r"Wir wollen $\frac{dJ}{dS}=0$, also $A^TAS = A^TX$.", "~~"),
        ("ex4_trace", r"Хотим $\frac{dJ}{dS}=0$, то есть $A^TAS = A^TX$.", "~~"),
        ("ex4_trace", r"When the fit is perfect, $J = 0$, $X = AS$, $\frac{dJ}{dS}=0$", "~~~"),
        ("ex4_trace", r"At a stationary point $A^T(X-AS) = 0$. There $J = \operatorname{tr}(X^T(X-AS))$.", "~~"),
        ("ex4_trace", r"There is no gradient in $A$ where $(X-AS)S^T = 0$", "~"),
        ("ex4_trace", r"We want the gradient. $\frac{dJ}{dS} = 2A^T(X-AS)$.", "F"),
        ("ex4_trace", r"We want $\frac{dJ}{dS}$. $\frac{dJ}{dS} = 2A^T(X-AS)$.", "F"),
    ],
    "what is said to be wrong": [
        ("ex1", r"$y = sum(x_i)^2$ would be wrong", "~"),
        ("ex1", r"$\frac{dy}{dx} = x$ is wrong, it is $\frac{dy}{dx} = 2x$", "~H"),
        ("ex1", r"$\frac{dy}{dx} = x$ ist falsch. $\frac{dy}{dx} = 3x$", "~F"),
        ("ex1", r"$\frac{dy}{dx} = x$ is right", "F"),
    ],
    "numbers": [
        ("ex1", r"$1e-3 = 0.001$, $1\,000 = 1000$, $\log 100 = 2$, $2e-1 = 0.2$, $1.5e-3 = 0.0015$", "~~~~~"),
        ("softmax", r"$\log 2 + \log 3 = \log 6$", "H"),
        ("softmax", r"With temperature 2, $y_i = e^{x_i/2}/\sum_je^{x_j/2}$", "~"),
        ("softmax", r"If the temperature is $T = 2$: $y = softmax(x/2)$", "~~"),
        ("softmax", r"$y_i = e^{x_i/2}/\sum_je^{x_j/2}$", "F"),
    ],
    "the letter of the deviation": [
        ("batch_norm", r"$\sigma = \sqrt{\frac1N\sum_i(x_i-\mu)^2}$", "H"),
        ("batch_norm", r"$y = (x-\mu)/\sigma$, $\sigma = \sqrt{\frac1N\sum_i(x_i-\mu)^2}$", "~~"),
        ("batch_norm", r"$y = \frac{x-\mu}{\sqrt{\sigma+\epsilon}}$, $\sigma = \sqrt{\frac1N\sum_i(x_i-\mu)^2}$", ".F"),
    ],
    "the column of ones as it is typed": [
        ("batch_norm", r"$P = I - \frac1N 11^T$, $x-\mu = Px$, $\sigma^2 = \frac1N x^TPx$, $P^2 = P$, $P1 = 0$", "HHHHH"),
        ("batch_norm", r"$11^Tx = N\mu 1$, $11^Tx = \mu 1$", "H-"),
        ("linear", r"$Y = XW + 1b^T$, $11^T = 121$, $11 = 10+1$", "H-H"),
        ("linear", r"$\mathrm{vec}(Y) = (W^T\otimes I)\mathrm{vec}(X) + b\otimes 1$, $\mathrm{vec}(Y) = (W^T\otimes I)\mathrm{vec}(X) + 1\otimes b$", "HF"),
    ],
    "what is said line by line": [
        ("ex4_chain", r"$\frac{\partial F}{\partial S} = A$ (columnwise)", "~"),
        ("ex4_chain", r"$\frac{\partial F}{\partial S} = A$ for each column", "~"),
    ],
    "as code has it": [
        ("ex3", r"$y = dot(x, A c)$", "H"),
        ("ex1", r"$y = dot(x, x)$, $y = sum(x^2)$, $y = sum(x^3)$", "HH-"),
    ],
    "what words call the Jacobian, or the Hessian": [
        ("ex1", r"The Hessian is $H = I$.", "-"),
        ("ex1", r"Let $H$ be the Hessian. $H = I$.", "-"),
        ("ex1", r"The Hessian $H$ is constant: $H = 2I$, $H_{ij} = 2\delta_{ij}$", "HH"),
        ("ex1", r"Let $J$ be the Jacobian of $y$, $J = 3x^T$.", "-"),
        ("ex3", r"The Jacobian of $y$ is the row $J = c^TA^T$.", "H"),
        ("softmax", r"The Jacobian is $J_{ij} = y_iy_j$.", "-"),
        ("softmax", r"$D$ is the Jacobian of $y$ with respect to $x$, $D_{ij} = y_j(\delta_{ij}+y_i)$.", "-"),
        ("softmax", r"$D$ is the Jacobian of $y$ with respect to $x$, $D_{ij} = y_j(\delta_{ij}-y_i)$.", "H"),
        ("softmax", r"Let J denote the Jacobian of softmax. Then $J = \operatorname{diag}(y) + yy^T$.", "-"),
        ("softmax", r"Let J denote the Jacobian of softmax. Then $J = \operatorname{diag}(y) - yy^T$.", "H"),
        ("softmax", r"The Jacobian $J$ has $J_{ii} = y_i(1-y_i)$ and $J_{ij} = -y_iy_j$ otherwise.", "HH"),
        ("softmax", r"The Jacobian is $J = yy^T - \operatorname{diag}(y)$", "-"),
        ("softmax", r"With $C=2$ and $x=(0,0)$: $J = \begin{pmatrix} 1/4 & 1/4 \\ 1/4 & 1/4\end{pmatrix}$ where J is the Jacobian.", "..-"),
        ("ex4_chain", r"The Jacobian $K$ of $\operatorname{vec}F$ in $\operatorname{vec}S$ is $K = A\otimes I_M$.", "-"),
        ("ex4_chain", r"The Jacobian $K$ of $\operatorname{vec} F$ with respect to $\operatorname{vec} S$ is $K = I\otimes A$.", "H"),
        ("linear", r"Let $J$ be the Jacobian of $\operatorname{vec}y$ in $\operatorname{vec}W$. $J = x\otimes I$.", "-"),
        ("linear", r"The Jacobian $J$ of $\operatorname{vec} y$ with respect to $\operatorname{vec} x$ is $J = W^T\otimes I$.", "H"),
        ("batch_norm", r"The Jacobian has entries $J_{ij} = \frac{1}{\sqrt{\sigma+\epsilon}}(\delta_{ij} - \frac1N - \frac{y_iy_j}N)$", "H"),
        ("batch_norm", r"The Jacobian has entries $J_{ij} = \frac{1}{\sqrt{\sigma+\epsilon}}(\delta_{ij} - \frac{y_iy_j}N)$", "-"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_what_words_make_of_an_array_is_heard(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert fits(found, wanted), f"{text}\n found {found}, wanted {wanted}"
