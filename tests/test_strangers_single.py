r"""One sample first, two classes first, numbers first: what a text fixes before it derives the general layer.

By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H, "." anything.
"""

import pytest

from tests.test_precision import cases, fits, judged

ROW = r"Start small, a single sample. Then $x$ and $g$ and $b$ are rows and $y = xW+b$. "
TWO = (
    r"So two classes: $y_1 = \frac{e^{x_1}}{e^{x_1}+e^{x_2}}$, $y_2 = 1 - y_1$, "
    r"$J = y_1y_2\begin{pmatrix}1&-1\\-1&1\end{pmatrix}$. "
)
NUMBERS = r"Let $y = xW+b$ for one sample. Numbers: $W = \begin{pmatrix}1\\2\end{pmatrix}$, $x = (3,4)$, $b = 5$. "
GRADIENT = NUMBERS + r"So $y = 16$. Loss $L = \frac12y^2$ gives $g = 16$. "
GIVEN = r"$Y = XW+b$. Check: $X = (1, 2)$, $W = \begin{pmatrix}1&0\\3&-1\end{pmatrix}$, $b = (1, 1)$, $G = (8, -1)$. "
ROWS = r"$Y = XW+b$. Two rows $x_1,x_2$ of $X$ (and $g_1,g_2$ of $G$): "

KINDS = {
    "one sample in rows": [
        ("linear", ROW + r"$dL = g\,dy^T$", ".H"),
        ("linear", ROW + r"$dy = dx\,W + x\,dW + db$, $dL = g\,dy^T$, $dL = dy\,g^T$", ".HHH"),
        ("linear", ROW + r"$dL = g\,dy^T = g\,W^Tdx^T + g\,dW^Tx^T + g\,db^T$", ".HH"),
        ("linear", ROW + r"$\frac{dL}{dx} = gW^T$, $\frac{dL}{dW} = x^Tg$, $\frac{dL}{db} = g$", ".HHH"),
        ("linear", ROW + r"$\frac{dL}{dx} = gW$, $\frac{dL}{dW} = g^Tx$", ".F-"),
        ("linear", ROW + r"$dL = g\,dy^T = g\,W\,dx^T$", ".~-"),
        ("linear", ROW + r"$dL = g^T dy$", ".."),
        ("linear", ROW + r"$dL = 2g\,dy^T$", ".-"),
        ("linear", ROW + r"$dL = x\,dy^T$", ".-"),
        ("linear", r"For $N = 1$: $y = xW+b$ and $dL = g\,dy^T$", "..~"),
        ("linear", r"$Y = XW+b$, and $dL = G\,dY^T$", ".-"),
        ("linear", r"$Y = XW+b$, $dL = \operatorname{tr}(G\,dY^T)$", ".H"),
    ],
    "two classes": [
        ("softmax", TWO + r"$\frac{dL}{dx} = g^TJ$", "..H~"),
        ("softmax", TWO + r"$\frac{dL}{dx} = J^Tg$, $\frac{dL}{dx} = Jg$", "..HHH"),
        ("softmax", TWO + r"$\frac{dL}{dx} = gJ$", "..H~"),
        ("softmax", TWO + r"$\frac{dL}{dx} = -g^TJ$", "..H-"),
        ("softmax", TWO + r"$\frac{dL}{dx} = y^TJ$, $\frac{dL}{dx} = Jy$", "..H--"),
        ("softmax", TWO + r"Now $n$ classes. $\frac{dL}{dx} = g^TJ$, $\frac{dL}{dx_j} = \sum_ig_i\frac{\partial y_i}{\partial x_j}$", "..H~H"),
        ("softmax", r"For $C = 2$: $J = \begin{pmatrix}y_1(1-y_1)&-y_1y_2\\-y_1y_2&y_2(1-y_2)\end{pmatrix}$, $\frac{dL}{dx} = J^Tg$", ".HH"),
        ("softmax", r"For $C = 2$: $J = \begin{pmatrix}y_1(1-y_1)&y_1y_2\\y_1y_2&y_2(1-y_2)\end{pmatrix}$, $\frac{dL}{dx} = J^Tg$", "..-"),
    ],
    "numbers": [
        ("linear", NUMBERS + r"So $y = 16$.", "....H"),
        ("linear", NUMBERS + r"So $y = 15$.", "....F"),
        ("linear", GRADIENT + r"$\frac{dL}{dx} = (16,32)$, $\frac{dL}{dW} = \begin{pmatrix}48\\64\end{pmatrix}$, $\frac{dL}{db} = 16$", "....H.HHHH"),
        ("linear", GRADIENT + r"$\frac{dL}{dx} = (16,31)$, $\frac{dL}{dW} = \begin{pmatrix}48\\46\end{pmatrix}$, $\frac{dL}{db} = 15$", "....H.HFFF"),
        ("linear", NUMBERS + r"Loss $L = \frac12y^2$ gives $g = 8$.", ".....-"),
        ("linear", NUMBERS + r"$\frac{dL}{dx} = (16,32)$", "....-"),
        ("linear", NUMBERS + r"With $g = 2$: $\frac{dL}{dx} = (2,4)$, $\frac{dL}{dW} = \begin{pmatrix}6\\8\end{pmatrix}$", "....~HH"),
        ("linear", NUMBERS + r"With $g = 2$: $\frac{dL}{dx} = (2,5)$, $\frac{dL}{dW} = \begin{pmatrix}8\\6\end{pmatrix}$", "....~FF"),
        ("linear", GIVEN + r"$Y = (7,-2)+(1,1) = (8,-1)$, $\frac{dL}{dX} = (8, 25)$", ".....HHH"),
        ("linear", GIVEN + r"$Y = (7,-3)+(1,1)$, $\frac{dL}{dX} = (8, 24)$", ".....FF"),
        ("linear", GIVEN + r"$\frac{dL}{dX} = (8,-1)W^T = (8, 25)$, $\frac{dL}{dW} = \begin{pmatrix}8&-1\\16&-2\end{pmatrix}$, $\frac{dL}{db} = (8,-1)$", ".....HHHH"),
        ("linear", GIVEN + r"$\frac{dL}{dX} = (8,-1)W$, $\frac{dL}{dW} = \begin{pmatrix}8&16\\-1&-2\end{pmatrix}$", ".....F-"),
        ("linear", r"$Y = XW+b$. Check: $X = (1, 2)$, $b = (1, 1)$. $Y = (8,-1)$", "...U"),
        ("softmax", r"$x = (0,\ln 3)$, $g = (1,0)$: $y = (\frac14,\frac34)$, $\frac{dL}{dx} = (\frac3{16},-\frac3{16})$", "..HH"),
        ("softmax", r"$x = (0,\ln 3)$, $g = (1,0)$: $y = (\frac13,\frac23)$, $\frac{dL}{dx} = (\frac1{16},-\frac1{16})$", "..FF"),
    ],
    "a loss that is one output": [
        ("softmax", r"Take $L = y_k$, so $g_i = \delta_{ik}$, and then $\frac{\partial y_k}{\partial x_i} = y_i(\delta_{ik}-y_k)$", ".HH"),
        ("softmax", r"Take $L = y_k$, so $g_i = \delta_{ik}y_k$", ".-"),
        ("softmax", r"Take $L = y_k$, so $g_i = 1-\delta_{ik}$", ".-"),
        ("softmax", r"$\frac{\partial L}{\partial x_i} = y_i(g_i-\sum_jg_jy_j)$. With $L = y_k$, that is $g_i = \delta_{ik}$: $\frac{\partial y_k}{\partial x_i} = y_i(\delta_{ik}+y_k)$", "H.HF"),
    ],
    "rows put together": [
        ("linear", ROWS + r"$\frac{dL}{dW} = x_1^Tg_1+x_2^Tg_2 = X^TG$", ".HH"),
        ("linear", ROWS + r"$\frac{dL}{dX} = \begin{pmatrix}g_1W^T\\g_2W^T\end{pmatrix} = GW^T$", ".HH"),
        ("linear", ROWS + r"$\frac{dL}{dX} = \begin{pmatrix}g_1W^T\\g_2W^T\end{pmatrix} = GW$", ".H-"),
        ("linear", ROWS + r"$\frac{dL}{dX} = \begin{pmatrix}g_2W^T\\g_1W^T\end{pmatrix}$", ".-"),
        ("linear", ROWS + r"$\frac{dL}{dW} = x_1^Tg_1-x_2^Tg_2$", ".-"),
        ("linear", ROWS + r"$\frac{dL}{dW} = x_1^Tg_2+x_2^Tg_1$", ".-"),
        ("linear", ROWS + r"$\frac{dL}{db} = g_1 + g_2$, $Y = \begin{pmatrix}x_1W+b\\x_2W+b\end{pmatrix}$", ".HH"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_what_is_fixed_first_is_followed(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert fits(found, wanted), f"{text}\n found {found}, wanted {wanted}"
