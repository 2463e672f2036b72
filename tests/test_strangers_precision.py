r"""Right steps that were called false on first reading: cases of indices, running statistics, own names of operators, numbers, rows.

By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H, "." anything.
"""

import pytest

from tests.test_precision import cases, fits, judged

STATISTICS = r"$\mu = \frac1N\sum_i x_i$, $\sigma^2 = \frac1N\sum_i(x_i-\mu)^2$, $y_i = \frac{x_i-\mu}{\sqrt{\sigma^2+\epsilon}}$. "
CODE = (
    r"$\mathrm{mu} = \frac1N\sum_n x_n$, $\mathrm{var} = \frac1N\sum_n (x_n-\mathrm{mu})^2$, $\mathrm{std} = \sqrt{\mathrm{var}+\epsilon}$, "
    r"$\hat x_n = \frac{x_n-\mathrm{mu}}{\mathrm{std}}$, $\mathrm{out}_n = \gamma\hat x_n+\beta$, "
    r"$\mathrm{dout}_n = \frac{\partial L}{\partial\,\mathrm{out}_n}$, $\mathrm{dxhat}_n = \gamma\,\mathrm{dout}_n$. "
)
POINT = r"I write $p$ for the point (it is the $x$ of the sheet) and $v$ for the direction. $f(p) = p^\top p$. "

KINDS = {
    "a case goes on after a remark": [
        ("softmax", "Case $i \\ne k$:\n\n$$\\frac{\\partial y_i}{\\partial x_k} = y_iy_k$$\n\n(oops, the minus is gone. Should be)\n\n$$\\frac{\\partial y_i}{\\partial x_k} = -y_iy_k$$", "FH"),
        ("softmax", "Case $i \\ne k$:\n\n$$\\frac{\\partial y_i}{\\partial x_k} = -y_iy_k$$\n\nor, with the exponentials,\n\n$$\\frac{\\partial y_i}{\\partial x_k} = -\\frac{e^{x_i}e^{x_k}}{S^2}$$ where $S = \\sum_j e^{x_j}$.", "H~~"),
        ("softmax", "Case $i = k$:\n\n$$\\frac{\\partial y_i}{\\partial x_k} = y_i^2$$\n\nNo, a term is lost. Again:\n\n$$\\frac{\\partial y_i}{\\partial x_k} = y_i(1-y_k)$$", ".FH"),
        ("softmax", "Case $i = k$:\n\n$$\\frac{\\partial y_i}{\\partial x_k} = y_i(1-y_i)$$\n\nCase $i \\ne k$:\n\n$$\\frac{\\partial y_i}{\\partial x_k} = y_i(1-y_k)$$", ".HF"),
        ("softmax", "Case $i \\ne k$:\n\n$$\\frac{\\partial y_i}{\\partial x_k} = -y_iy_k$$\n\nTogether:\n\n$$\\frac{\\partial y_i}{\\partial x_k} = -y_iy_k$$", "H-"),
        ("softmax", "Case $i \\ne k$:\n\n$$\\frac{\\partial y_i}{\\partial x_k} = -y_iy_k$$\n\nTogether:\n\n$$\\frac{\\partial y_i}{\\partial x_k} = y_i(\\delta_{ik} - y_k)$$", "HH"),
        ("softmax", "Case $i \\ne k$:\n\n$$\\frac{\\partial y_i}{\\partial x_k} = y_iy_k$$\n\n(oops, wrong sign)\n\n$$\\frac{\\partial y_i}{\\partial x_k} = -y_i$$", "F-"),
        ("softmax", "Fall $i \\ne k$:\n\n$$\\frac{\\partial y_i}{\\partial x_k} = y_i - y_k$$\n\nMoment, das war falsch:\n\n$$\\frac{\\partial y_i}{\\partial x_k} = -y_iy_k$$", "-H"),
    ],
    "running statistics are constants": [
        ("batch_norm", STATISTICS + "\n\n**Test modu.** mu ve sigma sabit, yani $\\frac{\\partial\\mu}{\\partial x_i} = 0$ ve $\\frac{\\partial\\sigma^2}{\\partial x_i} = 0$.", "HHH~~"),
        ("batch_norm", STATISTICS + "\n\n**Evaluation mode.** The running statistics are used: $\\frac{\\partial\\mu}{\\partial x_i} = 0$.", "HHH~"),
        ("batch_norm", STATISTICS + "\n\nAt test time $\\mu$ and $\\sigma$ are constant, so $\\frac{\\partial y_i}{\\partial x_i} = \\frac{1}{\\sqrt{\\sigma^2+\\epsilon}}$.", "HHH~"),
        ("batch_norm", STATISTICS + "\n\nZur Testzeit sind $\\mu$ und $\\sigma$ fest, also $\\frac{\\partial\\mu}{\\partial x_i} = 0$.", "HHH~"),
        ("batch_norm", STATISTICS + "\n\nВ режиме теста $\\mu$ и $\\sigma^2$ постоянны: $\\frac{\\partial\\sigma^2}{\\partial x_i} = 0$.", "HHH~"),
        ("batch_norm", STATISTICS + "\n\n测试时 $\\mu$ 和 $\\sigma$ 固定, 所以 $\\frac{\\partial\\mu}{\\partial x_i} = 0$.", "HHH~"),
        ("batch_norm", STATISTICS + "\n\nEn inferencia la media es constante: $\\frac{\\partial\\mu}{\\partial x_i} = 0$.", "HHH~"),
        ("batch_norm", STATISTICS + r"$\frac{\partial\mu}{\partial x_i} = 0$, $\frac{\partial\sigma^2}{\partial x_i} = 0$.", "HHHFF"),
        ("batch_norm", STATISTICS + "\n\n**Training mode.** Now $\\frac{\\partial\\mu}{\\partial x_i} = 0$.", "HHHF"),
        ("batch_norm", STATISTICS + "\n\n**Test mode.** mu is fixed: $\\frac{\\partial\\mu}{\\partial x_i} = 0$.\n\n**Training mode.** $\\frac{\\partial\\mu}{\\partial x_i} = 1$.", "HHH~F"),
        ("batch_norm", STATISTICS + "\n\nHere $N$ is constant and $\\frac{\\partial\\mu}{\\partial x_i} = 0$.", "HHH-"),
    ],
    "what is constant is no statistic": [
        ("batch_norm", STATISTICS + r"Here $\mu$ is the mean, $\sigma^2$ the variance and $\epsilon$ is a small constant. $\frac{\partial\mu}{\partial x_i} = 1$.", "HHHF"),
        ("batch_norm", STATISTICS + r"For a fixed feature the mean has $\frac{\partial\mu}{\partial x_i} = 0$.", "HHHF"),
        ("batch_norm", STATISTICS + "\n\n## Test mode\n\nThe statistics are the stored ones.\n\nSo $\\frac{\\partial\\mu}{\\partial x_i} = 0$.\n\n## Training\n\n$\\frac{\\partial\\mu}{\\partial x_i} = 0$.", "HHH~."),
        ("batch_norm", STATISTICS + "In training we have $\\frac{\\partial\\mu}{\\partial x_i} = 1$, in inference nothing is learnt.", "HHHF"),
        ("softmax", r"At test time $\frac{\partial y_i}{\partial x_k} = y_iy_k$.", "F"),
    ],
    "a condition behind a formula": [
        ("linear", r"$y = Wx + b$. $\frac{\partial y_i}{\partial W_{jk}} = 0$ 当 $i\ne j$ 时, $\frac{\partial y_i}{\partial W_{jk}} = x_k$ 当 $i = j$ 时", "H~~."),
        ("softmax", r"$\frac{\partial y_i}{\partial x_k} = -y_iy_k$ 当 $i\ne k$ 时, $\frac{\partial y_i}{\partial x_k} = y_i(1-y_i)$ 当 $i=k$ 时。", "HH."),
        ("softmax", r"$\frac{\partial y_i}{\partial x_k} = y_iy_k$ 当 $i\ne k$ 时, $\frac{\partial y_i}{\partial x_k} = y_i^2$ 当 $i=k$ 时。", "FF."),
        ("softmax", r"$\frac{\partial y_i}{\partial x_k} = -y_iy_k$ （当 $i\ne k$），$\frac{\partial y_i}{\partial x_k} = y_i(1-y_i)$ （当 $i=k$）。", "HH."),
        ("softmax", r"$\frac{\partial y_i}{\partial x_k} = -y_iy_k$ если $i\ne k$, и $\frac{\partial y_i}{\partial x_k} = y_i(1-y_i)$ если $i=k$.", "HH."),
        ("softmax", r"当 $i\ne k$ 时，$\frac{\partial y_i}{\partial x_k} = -y_iy_k$；当 $i=k$ 时，$\frac{\partial y_i}{\partial x_k} = y_i(1-y_i)$。", "H.H"),
        ("softmax", r"当 $i\ne k$ 时，$\frac{\partial y_i}{\partial x_k} = y_i(1-y_k)$；当 $i=k$ 时，$\frac{\partial y_i}{\partial x_k} = -y_iy_k$。", "F.F"),
        ("softmax", r"$\frac{\partial y_i}{\partial x_k} = -y_iy_k$, $i\ne k$ ise, $\frac{\partial y_i}{\partial x_k} = y_iy_k$, $i\ne k$ ise.", "~-"),
    ],
    "a word behind the condition": [
        ("softmax", r"$i\ne k$ ise, $\frac{\partial y_i}{\partial x_k} = -y_iy_k$. $i = k$ ise, $\frac{\partial y_i}{\partial x_k} = y_i(1-y_i)$.", "H.H"),
        ("softmax", r"$i\ne k$ ise $\frac{\partial y_i}{\partial x_k} = -y_iy_k$, $i = k$ ise $\frac{\partial y_i}{\partial x_k} = y_i(1-y_i)$.", "H.H"),
        ("softmax", r"$\frac{\partial y_i}{\partial x_k} = -y_iy_k$ ($i\ne k$ ise), $\frac{\partial y_i}{\partial x_k} = y_i(1-y_k)$ ($i = k$ ise).", "HH."),
        ("softmax", r"$\frac{\partial y_i}{\partial x_k} = -y_iy_k$（$i\ne k$ のとき）、$\frac{\partial y_i}{\partial x_k} = y_iy_k$（$i\ne k$ のとき）。", "HF"),
        ("softmax", r"$\frac{\partial y_i}{\partial x_k} = -y_iy_k$, $i\ne k$ 时。 $\frac{\partial y_i}{\partial x_k} = -y_i$, $i = k$ 时。", "H-."),
        ("linear", r"Bir satır. $y = xW+b$. $\frac{\partial y_i}{\partial W_{jk}} = 0$ $i\ne k$ için", "H~"),
    ],
    "a condition of another exercise's letters": [
        ("linear", r"$Z = XW$. $\frac{\partial Z_{lk}}{\partial W_{ij}}\ne 0 \ \text{or equivalently} \ j= k$", "HD"),
        ("linear", r"$Z = XW$. $\frac{\partial Z_{lk}}{\partial W_{ij}} = 0 \ \text{unless} \ j= k$", "HHD"),
        ("linear", r"$Z = XW$. $\frac{\partial Z_{lk}}{\partial W_{ij}} = X_{li} \ \text{except for} \ j= k$", "HFD"),
        ("softmax", r"$\frac{\partial y_i}{\partial x_k} = -y_iy_k \text{ unless } i = k$ and $\frac{\partial y_i}{\partial x_k} = y_i(1-y_i) \text{ unless } i = k$", "HDFD"),
        ("softmax", r"$\frac{\partial y_i}{\partial x_k} = -y_iy_k$ unless $i = k$.", "~D"),
        ("linear", r"$Z = XW$. $\frac{\partial Z_{lk}}{\partial W_{ij}} = 0 \ \text{for} \ j\ne k$", "HH"),
        ("linear", r"$Z = XW$. $\frac{\partial Z_{lk}}{\partial W_{ij}} = 0 \ \text{for} \ l\ne k$", "H-"),
        ("softmax", r"$\frac{\partial y_i}{\partial x_k}\ne 0$ or equivalently $i = k$", "D"),
    ],
    "names of code for gradients on the way": [
        ("batch_norm", CODE + r"$\mathrm{dmu} = -\frac1{\mathrm{std}}\sum_n\mathrm{dxhat}_n$", "HHHHHHH~"),
        ("batch_norm", CODE + r"$\mathrm{dmu} = -\frac1{\mathrm{std}}\sum_n\mathrm{dxhat}_n$ and $\mathrm{dstd} = -\frac1{\mathrm{std}}\sum_n\mathrm{dxhat}_n\hat x_n$, $\mathrm{dvar} = \frac{\mathrm{dstd}}{2\,\mathrm{std}}$", "HHHHHHH~~~"),
        ("batch_norm", CODE + r"$\mathrm{dmu} = \frac1{\mathrm{std}}\sum_n\mathrm{dxhat}_n$", "HHHHHHH-"),
        ("batch_norm", CODE + r"$\mathrm{dmu} = -\frac1N\sum_n\mathrm{dxhat}_n$", "HHHHHHH-"),
        ("batch_norm", CODE + r"$\mathrm{dstd} = \frac1{\mathrm{std}}\sum_n\mathrm{dxhat}_n\hat x_n$, $\mathrm{dvar} = \frac{2\,\mathrm{dstd}}{\mathrm{std}}$", "HHHHHHH--"),
        ("batch_norm", CODE + r"$\mathrm{dstd} = -\frac1{\mathrm{std}}\sum_n\mathrm{dxhat}_n\hat x_n$, $\mathrm{dmu} = -\frac1{\mathrm{std}}\sum_n\mathrm{dxhat}_n$", "HHHHHHH~~"),
        ("batch_norm", CODE + r"$\frac{\partial L}{\partial\mathrm{mu}} = -\frac1{\mathrm{std}}\sum_n\mathrm{dxhat}_n$", "HHHHHHH~"),
    ],
    "a name for an operator, with its index summed": [
        ("ex1", r"Einstein convention. $\partial_k \equiv \frac{\partial}{\partial x_k}$. $y = x_ix_i$, $dy = \partial_k y\,dx_k = 2x_k\,dx_k$", ".H~~"),
        ("ex1", r"Repeated indices are summed. $\partial_k := \frac{\partial}{\partial x_k}$. $y = x_ix_i$, $\partial_k y = 2x_k$, $dy = (\partial_k y)dx_k = 2x_kdx_k$", ".HH~~"),
        ("ex1", r"$\partial_k \equiv \frac{\partial}{\partial x_k}$. $dy = \sum_k\partial_k y\,dx_k = \sum_k 2x_k\,dx_k$", ".~~"),
        ("ex1", r"Einstein convention. $\partial_k \equiv \frac{\partial}{\partial x_k}$. $y = x_ix_i$, $dy = \partial_k y\,dx_k = x_k\,dx_k$", ".H.-"),
        ("ex1", r"$\partial_k \equiv \frac{\partial}{\partial x_k}$. $dy = \sum_k\partial_k y\,dx_k = \sum_k x_k\,dx_k$, $\partial_k y = x_k$", ".~--"),
        ("ex1", r"$\partial_k \equiv \frac{\partial}{\partial x_k}$. $\partial_l\partial_k y = 2\delta_{kl}$, $\partial_l\partial_ky = \delta_{kl}$", ".~-"),
        ("ex3", r"$\partial_k \equiv \frac{\partial}{\partial c_k}$. $\partial_k y = (A^\top x)_k$, $\partial_k y = (Ax)_k$", ".~-"),
        ("ex1", r"$dy = \partial_k y\cdot dx_k$", "~"),
        ("softmax", r"Einstein convention. $dy_i = \partial_k y_i\,dx_k = y_i\,dx_i - y_iy_k\,dx_k$, $dy_i = \partial_k y_k\,dx_i$", "~.-"),
    ],
    "numbers for names of the text": [
        ("ex1", POINT + r"Take $p = (1,-2,3)^\top$ and $v = (2,0,1)^\top$. Then $f(p) = 14$ and $f(p+0.1v) = 15.05$.", "HHHHH"),
        ("ex1", POINT + r"Take $p = (1,-2,3)^\top$ and $v = (2,0,1)^\top$. Then $f(p) = 12$ and $f(p+0.1v) = 14.05$.", "HHH--"),
        ("ex1", POINT + r"For $p = (1,2)^\top$ and $v = (0,1)^\top$ we have $p^\top v = 2$, $f(p+v) = 10$, $f(p+tv) = 5 + 4t + t^2$.", "HHHHH~"),
        ("ex1", POINT + r"For $p = (1,2)^\top$ and $v = (0,1)^\top$ we have $p^\top v = 3$, $f(p+v) = 9$.", "HHH--"),
        ("ex1", r"$f(x) = x^\top x$. With $x = (1,2)^\top$ and $h = (1,1)^\top$: $f(x+h) = 13$, $f(x + 0.1h) = 5.62$, $x^\top h = 3$.", "HHHHHH"),
        ("ex1", r"$y = x^\top x$. With $x = (1,2)^\top$: $y = 5$ and $\frac{dy}{dx} = (2,4)^\top$.", "HHHH"),
        ("ex1", r"$y = x^\top x$. With $x = (1,2)^\top$: $y = 6$ and $\frac{dy}{dx} = (1,2)^\top$.", "HH--"),
        ("ex1", r"$x = (1,-2,3)^\top$, $x_2 = -2$, $x^\top x = 14$, $x_2 = -2.3$, $x_3 = 3$", "HHH-H"),
        ("ex1", r"$f(p) = p^\top p$. $f(p+tv) = p^\top p + 2tp^\top v + t^2v^\top v$, $D_vf(p) = 2p^\top v$. $p = (1,2)^\top$, $v = (1,1)^\top$, $p^\top v = 3$, $f(p+v) = 13$", "HHHHHHH"),
        ("ex1", r"$f(p) = p^\top p$. $f(p+tv) = p^\top p + 2tp^\top v + t^2v^\top v$, $D_vf(p) = p^\top v$. $p = (1,2)^\top$, $v = (1,1)^\top$, $p^\top v = 4$, $f(p+v) = 12$", "HHFHH--"),
    ],
    "a gradient of rows before what it is multiplied by": [
        ("softmax", r"All vectors are rows, $L = -y\log s^\top$ with $s = \mathrm{softmax}(x)$ and a constant $y$. $\nabla_s L = -\nabla_s y\log s^\top = -y\nabla_s\log s$", "...~"),
        ("softmax", r"Row vectors, and $c$ is a constant row. $\nabla_x(cx^\top) = c$, $\nabla_x cx^\top = c\nabla_x x$", "~~"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_right_steps_are_not_called_false(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert fits(found, wanted), f"{text}\n found {found}, wanted {wanted}"
