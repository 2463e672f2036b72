r"""Letters that the exercise has for something else, primes for Jacobians, and examples that leave the general letters alone.

By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H, "." anything.
"""

import pytest

from tests.test_precision import cases, fits, judged

KINDS = {
    "letters": [
        ("batch_norm", r"$\mu = \frac1N\sum_i x_i$, $\alpha = \sqrt{\frac1N\sum_i(x_i - \mu)^2 + \epsilon}$, $y_i = \frac{x_i - \mu}{\alpha}$, $\frac{\partial \alpha}{\partial x_i} = \frac{x_i - \mu}{N \alpha}$, $\frac{\partial L}{\partial x_i} = \frac{1}{\alpha}(g_i - \frac1N\sum_j g_j - \frac{y_i}{N}\sum_j g_jy_j)$.", "HHHHH"),
        ("batch_norm", r"$\mu = \frac1N\sum_i x_i$, $\gamma = \sqrt{\frac1N\sum_i(x_i - \mu)^2 + \epsilon}$, $y_i = \frac{x_i - \mu}{\gamma}$, $\frac{\partial \gamma}{\partial x_i} = \frac{x_i - \mu}{N \gamma}$, $\frac{\partial L}{\partial x_i} = \frac{1}{\gamma}(g_i - \frac1N\sum_j g_j - \frac{y_i}{N}\sum_j g_jy_j)$.", "HHHHH"),
        ("batch_norm", r"$\mu = \frac1N\sum_i x_i$, $\beta = \sqrt{\frac1N\sum_i(x_i - \mu)^2 + \epsilon}$, $y_i = \frac{x_i - \mu}{\beta}$, $\frac{\partial \beta}{\partial x_i} = \frac{x_i - \mu}{N \beta}$, $\frac{\partial L}{\partial x_i} = \frac{1}{\beta}(g_i - \frac1N\sum_j g_j - \frac{y_i}{N}\sum_j g_jy_j)$.", "HHHHH"),
        ("batch_norm", r"$\mu = \frac1N\sum_i x_i$, $s = \sqrt{\frac1N\sum_i(x_i - \mu)^2 + \epsilon}$, $y_i = \frac{x_i - \mu}{s}$, $\frac{\partial s}{\partial x_i} = \frac{x_i - \mu}{N s}$, $\frac{\partial L}{\partial x_i} = \frac{1}{s}(g_i - \frac1N\sum_j g_j - \frac{y_i}{N}\sum_j g_jy_j)$.", "HHHHH"),
        ("batch_norm", r"$\mu = \frac1N\sum_i x_i$, $d = \sqrt{\frac1N\sum_i(x_i - \mu)^2 + \epsilon}$, $y_i = \frac{x_i - \mu}{d}$, $\frac{\partial d}{\partial x_i} = \frac{x_i - \mu}{N d}$, $\frac{\partial L}{\partial x_i} = \frac{1}{d}(g_i - \frac1N\sum_j g_j - \frac{y_i}{N}\sum_j g_jy_j)$.", "HHHHH"),
        ("batch_norm", r"$\mu = \frac1N\sum_i x_i$, $\text{std} = \sqrt{\frac1N\sum_i(x_i - \mu)^2 + \epsilon}$, $y_i = \frac{x_i - \mu}{\text{std}}$, $\frac{\partial \text{std}}{\partial x_i} = \frac{x_i - \mu}{N \text{std}}$, $\frac{\partial L}{\partial x_i} = \frac{1}{\text{std}}(g_i - \frac1N\sum_j g_j - \frac{y_i}{N}\sum_j g_jy_j)$.", "HHHHH"),
        ("batch_norm", r"$\mu = \frac1N\sum_i x_i$, $e = \sqrt{\frac1N\sum_i(x_i - \mu)^2 + \epsilon}$, $y_i = \frac{x_i - \mu}{e}$, $\frac{\partial e}{\partial x_i} = \frac{x_i - \mu}{N e}$, $\frac{\partial L}{\partial x_i} = \frac{1}{e}(g_i - \frac1N\sum_j g_j - \frac{y_i}{N}\sum_j g_jy_j)$.", "HHHHH"),
        ("batch_norm", r"$\mu = \frac1N\sum_i x_i$, $R = \sqrt{\frac1N\sum_i(x_i - \mu)^2 + \epsilon}$, $y_i = \frac{x_i - \mu}{R}$, $\frac{\partial R}{\partial x_i} = \frac{x_i - \mu}{N R}$, $\frac{\partial L}{\partial x_i} = \frac{1}{R}(g_i - \frac1N\sum_j g_j - \frac{y_i}{N}\sum_j g_jy_j)$.", "HHHHH"),
        ("batch_norm", r"$\alpha = \frac1N\sum_i x_i$, $\sigma^2 = \frac1N\sum_i(x_i - \alpha)^2$, $y_i = \frac{x_i - \alpha}{\sqrt{\sigma^2+\epsilon}}$, $\frac{\partial \alpha}{\partial x_i} = \frac1N$.", "HHHH"),
        ("batch_norm", r"$\beta = \frac1N\sum_i x_i$, $\sigma^2 = \frac1N\sum_i(x_i - \beta)^2$, $y_i = \frac{x_i - \beta}{\sqrt{\sigma^2+\epsilon}}$, $\frac{\partial \beta}{\partial x_i} = \frac1N$.", "HHHH"),
        ("batch_norm", r"$\eta = \frac1N\sum_i x_i$, $\sigma^2 = \frac1N\sum_i(x_i - \eta)^2$, $y_i = \frac{x_i - \eta}{\sqrt{\sigma^2+\epsilon}}$, $\frac{\partial \eta}{\partial x_i} = \frac1N$.", "HHHH"),
        ("batch_norm", r"$m = \frac1N\sum_i x_i$, $\sigma^2 = \frac1N\sum_i(x_i - m)^2$, $y_i = \frac{x_i - m}{\sqrt{\sigma^2+\epsilon}}$, $\frac{\partial m}{\partial x_i} = \frac1N$.", "HHHH"),
        ("batch_norm", r"$c = \frac1N\sum_i x_i$, $\sigma^2 = \frac1N\sum_i(x_i - c)^2$, $y_i = \frac{x_i - c}{\sqrt{\sigma^2+\epsilon}}$, $\frac{\partial c}{\partial x_i} = \frac1N$.", "HHHH"),
        ("batch_norm", r"$\bar x = \frac1N\sum_i x_i$, $\sigma^2 = \frac1N\sum_i(x_i - \bar x)^2$, $y_i = \frac{x_i - \bar x}{\sqrt{\sigma^2+\epsilon}}$, $\frac{\partial \bar x}{\partial x_i} = \frac1N$.", "HHHH"),
        ("batch_norm", r"$\operatorname{mean}(x) = \frac1N\sum_i x_i$, $\sigma^2 = \frac1N\sum_i(x_i - \operatorname{mean}(x))^2$, $y_i = \frac{x_i - \operatorname{mean}(x)}{\sqrt{\sigma^2+\epsilon}}$, $\frac{\partial \operatorname{mean}(x)}{\partial x_i} = \frac1N$.", "HHHH"),
        ("batch_norm", r"$\mu = \frac1N\sum_i x_i$, $\sigma^2 = \frac1N\sum_i(x_i-\mu)^2$, $\hat x_i = \frac{x_i-\mu}{\sqrt{\sigma^2+\epsilon}}$, $y_i = \gamma\hat x_i + \beta$. With $\gamma = \sqrt{\sigma^2+\epsilon}$ and $\beta = \mu$ the layer is the identity. $\frac{\partial L}{\partial\gamma} = \sum_i g_i\hat x_i$, $\frac{\partial L}{\partial\beta} = \sum_i g_i\hat x_i$", "HHHH~~H-"),
        ("batch_norm", r"$\gamma = \frac1N\sum_i x_i$, $y_i = \frac{x_i - \gamma}{\sqrt{\sigma^2+\epsilon}}$, $\frac{\partial\gamma}{\partial x_i} = N$", "HHF"),
        ("batch_norm", r"$y_i = \gamma\frac{x_i - \mu}{\sqrt{\sigma^2+\epsilon}} + \beta$, $\frac{\partial L}{\partial x_i} = \frac{\gamma}{\sqrt{\sigma^2+\epsilon}}g_i$ in evaluation mode; in training mode $\frac{\partial L}{\partial x_i} = \frac{\gamma}{\sqrt{\sigma^2+\epsilon}}g_i$", "H~-"),
        ("softmax", r"The Jacobian is $y' = \operatorname{diag}(y) - yy^\top$, so $\frac{\partial L}{\partial x} = y'^\top g = y\odot g - y(y^\top g)$.", "HHH"),
        ("softmax", r"Let $y'$ be the Jacobian of the softmax with entries $(y')_{ij} = y_i(\delta_{ij} - y_j)$. Then $y' = \operatorname{diag}(y) - yy^\top$ and $\nabla_x L = y'g$.", "HHH"),
        ("softmax", r"The Jacobian is $y' = \operatorname{diag}(y) + yy^\top$", "F"),
        ("softmax", r"$y' = \operatorname{diag}(y) - yy'$", "~"),
        ("softmax", r"$\frac{\partial L}{\partial x} = y\odot g - y(y'g)$, $J = \operatorname{diag}(y) - yy'$", "HH"),
        ("softmax", r"$s_i = \frac{e^{x_i}}{\sum_j e^{x_j}}$, $s' = \operatorname{diag}(s) - ss^T$", "HH"),
        ("softmax", r"$s' = \operatorname{diag}(s) - 2ss^T$ where $s_i = \frac{e^{x_i}}{\sum_j e^{x_j}}$", "-H"),
        ("ex4_chain", r"$F = \|X - AS\|_F^2$, $\frac{\partial F}{\partial S} = -2A^\top(X - AS)$, $dF = -2\operatorname{tr}((X-AS)^\top A\,dS)$.", "~~~"),
        ("ex4_chain", "$F = A^TS$", "F"),
        ("ex4_chain", r"$F(S) = \|X - AS\|^2$ and $\nabla F = -2A^T(X-AS)$", "~~"),
        ("linear", r"Y = XW + b, G is the gradient coming from above. $\frac{\partial L}{\partial X} = GW^T$, $\frac{\partial L}{\partial W} = X^TG$. $\frac{\partial L}{\partial b} = G$, but that has N rows and b is one row, so the rows must be summed up.", "DHH-"),
        ("linear", r"$Y = XW + b$, $G = \partial L/\partial Y$. $\frac{\partial L}{\partial X} = GW^T$, $\frac{\partial L}{\partial W} = X^TG$. Check: $X = \begin{pmatrix}1&2\\3&4\end{pmatrix},\quad W = \begin{pmatrix}1\\-1\end{pmatrix},\quad b = 5,\quad G = c = \begin{pmatrix}1\\2\end{pmatrix}$, $X^TG = \begin{pmatrix}7\\10\end{pmatrix}$, $X^TG = \begin{pmatrix}7\\11\end{pmatrix}$.", "HHHHHHHHHHF"),
        ("linear", r"For a single row: $y = xW + b$, $g = \partial L/\partial y$, $\frac{\partial L}{\partial b} = g$, $\frac{\partial L}{\partial W} = x^Tg$.", "H.~~"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_a_letter_is_what_the_text_makes_of_it(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert fits(found, wanted), f"{text}\n found {found}, wanted {wanted}"
