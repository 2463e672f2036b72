"""Products and sums in the notations of strangers: each is read where it is right, and no wrong step holds by it.

By kind: an exercise, a text, and the letters of its steps; "." is anything, and "-" is a wrong step, which is false or not understood.
"""

import pytest

from tests.test_precision import cases
from tests.test_recall import assert_read, assert_wrong_never_holds

DYADS = r"The dot is the simple contraction, $\otimes$ the dyadic product, $(a\otimes b)_{ij}=a_ib_j$. "
OUTER = r"$J = \operatorname{diag}(y)-y\otimes y$, "
# The lone x + h says that h is a step.
STEP = r"$x + h$, "

RIGHT = {
    "the dot of engineers": [
        ("ex3", r"$y = x\cdot A\cdot c$, $\frac{\partial y}{\partial x} = A\cdot c = Ac$", "HHH"),
        ("ex3", r"$y = x\cdot(A\cdot c) = (x\cdot A)\cdot c$", "HH"),
        ("ex1", r"$y = x\cdot x$, $dy = 2x\cdot dx$", "HH"),
        ("ex1", r"$y(x+h) - y(x) = 2x\cdot h + h\cdot h$", "H"),
        ("softmax", r"$\frac{\partial L}{\partial x} = y\odot g-(y\cdot g)\,y$", "H"),
        ("ex3", DYADS + r"$y = x\cdot A\cdot c$, $\frac{\partial y}{\partial A} = x\otimes c = x\,c^{\top}$", ".HHH"),
    ],
    "an outer product by the text's own definition": [
        ("softmax", OUTER + r"$J_{ik} = y_i(\delta_{ik}-y_k)$", "HH"),
        ("softmax", OUTER + r"$J^\top = J$", "HH"),
        ("softmax", OUTER + r"$\frac{\partial L}{\partial x} = J\cdot g = y\odot g-(y\cdot g)\,y$", "HHH"),
        ("softmax", r"$\mathbf J = \operatorname{diag}(y)-y\otimes y,\qquad J_{ik} = y_i(\delta_{ik}-y_k),\qquad \mathbf J^\top=\mathbf J.$", "HHH"),
        ("ex3", DYADS + r"$\nabla_A y = x\otimes c$", ".H"),
    ],
    "biases as rows": [
        ("linear", r"$y_2=y_1W_2+b_2$ and $y_1 = xW_1+b_1$, so $y_2=xW_1W_2+b_1W_2+b_2$", "HHH"),
        ("linear", r"$y = xW + \mathbf 1 b$", "H"),
        ("linear", r"$y = xW + \mathbf 1 b^\top$", "H"),
        ("linear", r"$y_i = x_i W + b$", "H"),
        ("linear", r"$\frac{\partial L}{\partial b} = \mathbf 1^\top g$", "H"),
    ],
    "a one that is transposed": [
        ("softmax", r"$(I - y1^T)s = s - (1^Ts)y$", "H"),
        ("softmax", r"$Y = \mathrm{diag}(y)$, $s = Yg$, $\frac{\partial L}{\partial x} = (I-y1^T)Yg = (I - y1^T)s = s - (1^Ts)y$", "HHHHH"),
        ("batch_norm", r"$\mu = \frac1N 1^Tx$", "H"),
        ("softmax", r"$1^Ty = 1$", "H"),
        ("linear", r"$\frac{\partial L}{\partial b} = 1^T g$", "H"),
    ],
    "a pair with a bar": [
        ("ex1", r"$f(x+h)-f(x) = (x+h|x+h) - (x|x) = 2(x|h) + (h|h)$", "HH"),
        ("ex1", r"$f(x+h)-f(x) = 2(x|h) + (h|h)$, $df(x)(h) = 2(x|h)$", "HH"),
        ("ex3", r"$y = (x|Ac)$", "H"),
        ("ex4_trace", r"$J = (X-AS|X-AS)$", "H"),
        ("ex2", r"$y = (A^T|B)$, $dy = (B^T|dA)$", "HH"),
    ],
    "a pair with a comma": [
        ("ex1", STEP + r"$(x,h) = x^\top h$, $2(x,h) = 2 x^\top h$, $(2x,h) = 2x^\top h$", "HHH"),
        ("ex1", STEP + r"$\lim_{s\to 0} [2(x,h) + s(h,h)] = 2x^\top h$", "H"),
        ("ex1", STEP + r"$\lim_{s\to 0} \frac1s[2s(x,h) + s^2(h,h)] = 2x^\top h$", "H"),
        ("ex1", STEP + r"$\lim_{s\to 0} \frac1s 2s(x,h) = 2x^\top h$", "H"),
        ("ex1", STEP + r"$\lim_{s\to 0} s^2(h,h) = 0$", "H"),
    ],
    "limits": [
        ("ex1", r"$\lim_{s\to 0}\frac{1}{s}[\|x+sh\|^2-\|x\|^2] = 2x^\top h$", "H"),
        ("ex1", r"$\lim_{s\to 0}\frac{1}{s}\left(\|x+sh\|^2-\|x\|^2\right) = \lim_{s\to 0}\frac{1}{s}(2s x^\top h + s^2h^\top h)$", "H"),
        ("ex1", STEP + r"$\lim_{s\to 0}\frac{1}{s}(2s x^\top h + s^2h^\top h) = 2x^\top h$", "H"),
        ("ex3", r"$\lim_{s\to 0}\frac{1}{s}[(x+sh)^\top Ac - x^\top Ac] = h^\top Ac$", "H"),
        ("ex2", r"$\lim_{t\to 0}\frac{1}{t}[\operatorname{tr}((A+tH)B) - \operatorname{tr}(AB)] = \operatorname{tr}(HB)$", "H"),
    ],
    "letters for vectorised matrices": [
        ("ex2", r"Let $a = \mathrm{vec}(A^T)$, $b = \mathrm{vec}(B)$. $y = a^T b$", "HHH"),
        ("ex2", r"Let $a = \mathrm{vec}(A^T)$, $b = \mathrm{vec}(B)$. $y = a^T b$, $\frac{\partial y}{\partial a} = b$", "HHHH"),
        ("ex2", r"Let $a = \mathrm{vec}(A^T)$, $b = \mathrm{vec}(B)$. $y = a^T b$, $\frac{\partial y}{\partial a^T} = b^T$", "HHHH"),
        ("ex4_chain", r"Let $p = \mathrm{vec}(F)$, $s = \mathrm{vec}(S)$. $p = (I_M\otimes A)s$", "HHH"),
        ("ex4_chain", r"Let $p = \mathrm{vec}(F)$, $s = \mathrm{vec}(S)$. $p = (I_M\otimes A)s$, $\frac{\partial p}{\partial s^T} = I_M\otimes A$", "HHHH"),
    ],
    "rules of traces": [
        ("ex4_trace", r"$\nabla_S tr(ASS^TA^T) = 2A^TAS$, $\nabla_S\operatorname{tr}(ASX^T) = A^TX$", "HH"),
        ("ex4_trace", r"$J(S+\Delta)-J(S) = -2\mathrm{tr}((X-AS)^TA\Delta) + o(\|\Delta\|)$", "H"),
        ("ex4_trace", r"$A + \Delta$, $J(A + \Delta) - J(A) = -2tr((X-AS)^T\Delta S) + o(\|\Delta\|)$", "H"),
        ("ex4_trace", r"$\nabla_A tr(ASS^TA^T) = 2ASS^T$", "H"),
        ("ex3", r"$y=x^{\sf T}Ac = x_iA_{ij}c_j$", "HH"),
    ],
    "a whole batch with a column for each feature": [
        ("batch_norm", r"$\mu_j = \frac1N\sum_i x_{ij}$, $\sigma_j = \frac1N\sum_i (x_{ij}-\mu_j)^2$", "HH"),
        ("batch_norm", r"$y_{i,j} = (x_{i,j}-\mu_j)/\sqrt{\sigma_j+\varepsilon}$", "H"),
        ("batch_norm", r"$\frac{\partial \mu_j}{\partial x_{ij}} = \frac1N$", "H"),
        ("batch_norm", r"$\mu_j = \frac1N\sum_i x_{ij}$, $\frac{\partial \sigma_j}{\partial x_{ij}} = \frac{2}{N}(x_{ij}-\mu_j)$", "HH"),
        ("batch_norm", r"$\frac{\partial L}{\partial x_{ij}} = \frac{1}{\sqrt{\sigma_j+\epsilon}}(g_{ij} - \frac1N\sum_k g_{kj} - y_{ij}\frac1N\sum_k g_{kj}y_{kj})$", "H"),
    ],
    "changes of means": [
        ("batch_norm", r"$x + h$, $\bar h:=\frac1N\sum_ih_i$: $\Delta\mu = \bar h$", "HH"),
        ("batch_norm", r"$x\mapsto x+h$ with $\bar h:=\frac1N\sum_ih_i$: $\Delta\mu = \frac1N\sum_i h_i = \bar h$", "HHH"),
        ("batch_norm", r"$D:=\sigma+\varepsilon$. Increments for $x\mapsto x+h$ with $\bar h:=\frac1N\sum_ih_i$: $$\Delta y_i = \frac{h_i-\bar h}{\sqrt D}-(x_i-\mu)\,D^{-3/2}\,\frac1N\sum_j(x_j-\mu)h_j+O(\lVert h\rVert^2)$$", "HHH"),
        ("batch_norm", r"Increments for $x\mapsto x+h$: $\Delta\mu = \frac1N\sum_i h_i$", "H"),
        ("batch_norm", r"Increments for $x\mapsto x+h$: $\Delta\sigma = \frac2N\sum_j(x_j-\mu)h_j + O(\|h\|^2)$", "H"),
    ],
}  # fmt: skip
WRONG = {
    "the dot of engineers": [
        ("ex3", r"$y = c\cdot A\cdot x$", "-"),
        ("ex3", r"$y = x\cdot A\cdot c$, $\frac{\partial y}{\partial x} = c\cdot A$", "H-"),
        ("softmax", r"$\frac{\partial L}{\partial x} = y\odot g-(g\cdot g)\,y$", "-"),
    ],
    "an outer product by the text's own definition": [
        ("softmax", r"$J = \operatorname{diag}(y)-y\otimes y$, $J_{ik} = y_i(\delta_{ik}-y_i)$", "H-"),
        ("softmax", OUTER + r"$J\cdot g = y\odot g+(y\cdot g)\,y$", "H-"),
        ("softmax", OUTER + r"$J^\top = -J$", "H-"),
        ("ex3", DYADS + r"$\nabla_A y = x\otimes x$", ".-"),
    ],
    "biases as rows": [
        ("linear", r"$y_2=xW_1W_2+b_1W_1+b_2$", "-"),
        ("linear", r"$y_2=xW_1W_2+b_1+b_2$", "-"),
        ("linear", r"$\frac{\partial L}{\partial b} = g\mathbf 1$", "-"),
    ],
    "a one that is transposed": [
        ("softmax", r"$(I - y1^T)s = s - (y^Ts)1$", "-"),
        ("batch_norm", r"$\mu = 1^Tx$", "-"),
        ("softmax", r"$1^Ty = N$", "-"),
    ],
    "a pair with a bar": [
        ("ex1", r"$f(x+h)-f(x) = (x|h) + (h|h)$", "-"),
        ("ex3", r"$y = (x|A)c$", "-"),
        ("ex2", r"$dy = (B|dA)$", "-"),
    ],
    "a pair with a comma": [
        ("ex1", STEP + r"$(2x,h) = x^\top h$", "-"),
        ("ex1", STEP + r"$\lim_{s\to 0} [2(x,h) + s(h,h)] = x^\top h$", "-"),
        ("ex1", STEP + r"$\lim_{s\to 0} s^2(h,h) = 1$", "-"),
    ],
    "limits": [
        ("ex1", r"$\lim_{s\to 0}\frac{1}{s}[\|x+sh\|^2-\|x\|^2] = x^\top h$", "-"),
        ("ex1", STEP + r"$\lim_{s\to 0}\frac{1}{s}(2s x^\top h + s^2h^\top h) = 2x^\top h + h^\top h$", "-"),
        ("ex3", r"$\lim_{s\to 0}\frac{1}{s}[(x+sh)^\top Ac - x^\top Ac] = h^\top A^\top c$", "-"),
    ],
    "letters for vectorised matrices": [
        ("ex2", r"Let $a = \mathrm{vec}(A)$, $b = \mathrm{vec}(B)$. $y = a^T b$", "HH-"),
        ("ex2", r"Let $a = \mathrm{vec}(A^T)$, $b = \mathrm{vec}(B)$. $y = a^T b$, $\frac{\partial y}{\partial a} = 2b$", "HHH-"),
        ("ex4_chain", r"Let $p = \mathrm{vec}(F)$, $s = \mathrm{vec}(S)$. $p = (A\otimes I_M)s$", "HH-"),
    ],
    "rules of traces": [
        ("ex4_trace", r"$\nabla_S tr(ASS^TA^T) = A^TAS$", "-"),
        ("ex4_trace", r"$\nabla_S\operatorname{tr}(ASX^T) = XA^T$", "-"),
        ("ex4_trace", r"$J(S+\Delta)-J(S) = 2\mathrm{tr}((X-AS)^TA\Delta) + o(\|\Delta\|)$", "-"),
        ("ex3", r"$y=x^{\sf T}Ac = x_iA_{ji}c_j$", "H-"),
    ],
    "a whole batch with a column for each feature": [
        ("batch_norm", r"$\mu_j = \frac1N\sum_i x_{ij}$, $\frac{\partial \sigma_j}{\partial x_{ij}} = \frac{1}{N}(x_{ij}-\mu_j)$", "H-"),
        ("batch_norm", r"$\mu_j = \sum_i x_{ij}$", "-"),
        ("batch_norm", r"$\frac{\partial L}{\partial x_{ij}} = \frac{1}{\sqrt{\sigma_j+\epsilon}}(g_{ij} - \frac1N\sum_k g_{kj} + y_{ij}\frac1N\sum_k g_{kj}y_{kj})$", "-"),
    ],
    "changes of means": [
        ("batch_norm", r"$D = \sigma+\epsilon$. $\Delta y_i = \frac{h_i-\bar h}{\sqrt D}-(x_i-\mu)\,D^{-3/2}\,\frac2N\sum_j(x_j-\mu)h_j+O(\lVert h\rVert^2)$", "H-"),
        ("batch_norm", r"$\Delta y_i = \frac{h_i}{\sqrt{\sigma+\epsilon}} + O(\|h\|^2)$", "-"),
        ("batch_norm", r"Let $h$ be a small change of $x$, $x + h$. $\Delta y_i = \frac{h_i}{\sqrt{\sigma+\epsilon}} + O(\|h\|^2)$", "-"),
        ("batch_norm", r"Increments for $x\mapsto x+h$ with $\bar h:=\frac1N\sum_ih_i$: $\Delta\mu = \bar h$; $\Delta\mu = 2\bar h$", "HH-"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "letters"), cases(RIGHT))
def test_a_right_step_is_read(exercise: str, text: str, letters: str) -> None:
    """Each of its steps has the verdict that a person gives."""
    assert_read(exercise, text, letters)


@pytest.mark.parametrize(("exercise", "text", "letters"), cases(WRONG))
def test_a_wrong_step_never_holds(exercise: str, text: str, letters: str) -> None:
    """What stands before it is right, so that it is wrong by itself."""
    assert_wrong_never_holds(exercise, text, letters)
