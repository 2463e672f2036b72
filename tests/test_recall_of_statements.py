"""What strangers state in letters of their own: a function, two layers, a rule that they recall, an example; what follows is read by it.

By kind: an exercise, a text, and the letters of its steps; "." is anything, and "-" is a wrong step, which is false or not understood.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_precision import cases
from tests.test_recall import assert_read, assert_wrong_never_holds, letters_of

LEAST = r"$f(w) = \|Xw - y\|_2^2$. "
TWO = r"$H = X B_1 + \mathbf 1 \beta_1^\top$, $Y_2 = H B_2 + \mathbf 1\beta_2^\top$, $G = \partial L/\partial Y_2$. "
HATS = r"$\hat{x}_i = \frac{x_i - \mu}{\sqrt{\sigma^2+\epsilon}}$. "
DEVIATION = r"$\sigma = \sqrt{\frac1N\sum_i(x_i-\mu)^2}$. $\hat x_i = \frac{x_i-\mu}{\sigma}$. "
VARIANCE = r"$\sigma^2 = \frac1N\sum_i(x_i-\mu)^2$. $\hat x_i = \frac{x_i-\mu}{\sigma}$. "
NUMBERS = r"$N = M = R = 1$: $X = 5$, $A = 2$, $S = 1$. "
SOFTMAX = r"$y_i = \frac{e^{x_i}}{\sum_j e^{x_j}}$. "

RIGHT = {
    "a function of the text's own, and what is derived from it": [
        ("ex2", r"$f(x)=x^\top A x.$ $df = d(x^\top A x) = (dx)^\top A x + x^\top A(dx)$. $\nabla_x f = (A + A^T)x$", "HHHH"),
        ("ex3", r"$f(x)=x^\top A x$, $\nabla f=(A + A^T) x$, $f'(x) = x^T(A + A^T)$", "HHL"),
        ("ex4_trace", r"$F(W)=\frac12\|XW-Y\|_F^2.$ $E=XW-Y$, $F(W)=\frac12\mathrm{tr}(E^\top E)$, $\nabla_W F = X^\top(XW-Y)$", "HHHH"),
        ("ex3", r"$f = \operatorname{tr}(W^T Z^TZ W)$, $M=Z^TZ$. $\frac{\partial f}{\partial W}=(M^T+M)W=2MW=2Z^TZW$", "HHHHH"),
        ("ex1", r"$f(x)=\tfrac{\lambda}{2}\|x\|_2^2$, $\nabla f=\lambda x$", "HH"),
        ("ex4_trace", r"Scalar check: $J(s) = (x-as)^2$. With $a=2$, $x=3$: $J(s) = (3-2s)^2$.", "HHHH"),
        ("ex1", r"$\frac{1}{2}(X\theta-y)^T(X\theta-y) = J(\theta)$. $\frac{\partial J(\theta)}{\partial \theta} = X^TX\theta - X^Ty$", "HH"),
        ("ex2", "$f(X)=\\mathrm{tr}(A^\\top X)$. $df=\\mathrm{tr}(A^\\top dX)$.\n\nNext, $f(X)=\\mathrm{tr}(AXB)$.\n\n$df=\\mathrm{tr}(A\\,dX\\,B)$", "HH.H"),
    ],
    "least squares with columns": [
        ("ex4_trace", r"$L(w) = \|Xw - y\|_2^2 = \sum_{i=1}^m (x_i^T w - y_i)^2$. $\nabla_w (Xw - y)^T (Xw - y) = 2X^T(Xw - y)$", "HHH"),
        ("ex4_trace", r"$x_i^T$ are the rows of $X$. $L(w) = \|Xw - Y\|_2^2$, $\frac{\partial L}{\partial w} = \sum_i 2 x_i (x_i^Tw - y_i)$", "HH"),
        ("ex1", LEAST + r"$\nabla_w f = 2X^T(Xw - y)$", "HH"),
        ("ex3", LEAST + r"$f = \sum_i (x_i^T w - y_i)^2$", "HH"),
        ("ex2", LEAST + r"$\nabla f(w) = 2X^T(Xw - y)$", "HH"),
    ],
    "two layers in numbered letters of the text's own, in any order": [
        ("linear", TWO + r"$\partial L/\partial B_2 = H^\top G$, $\frac{\partial L}{\partial B_1} = X^\top G B_2^\top$", "HHHHH"),
        ("linear", r"$Y_2 = H B_2 + \mathbf 1\beta_2^\top$ with $H = X B_1 + \mathbf 1 \beta_1^\top$. $G = \partial L/\partial Y_2$. $\partial L/\partial H = G B_2^\top$", "HHHH"),
        ("linear", r"$Y = XB + \mathbf 1\beta^\top$. " + TWO + r"$\partial L/\partial B_2 = H^\top G$", "HHHHH"),
        ("linear", r"$X$ has one sample in each column. $Y_2 = V_2 Y_1 + \beta_2 \mathbf 1^T$, $Y_1 = V_1 X + \beta_1 \mathbf 1^T$, $\Gamma = \partial L/\partial Y_2$. "
         r"$\frac{\partial L}{\partial V_2} = \Gamma Y_1^T$, $\frac{\partial L}{\partial \beta_2} = \Gamma \mathbf 1$", "HHHHH"),
        ("linear", r"$H = X U_1 + \mathbf 1 p_1^T$, $Z = H U_2 + \mathbf 1p_2^T$", "HH"),
    ],
    "a layer without a bias": [
        ("linear", r"$C = AB$. $c_{pq} = \sum_{k=1}^{K} a_{pk}b_{kq}$. $\frac{\partial L}{\partial B} = A^T\frac{\partial L}{\partial C}$", "HHH"),
        ("linear", r"$Y = XA$, $y_{i j} = x_{i k}a_{k j}$. $\frac{\partial y_{i j}}{\partial x_{p q}} = a_{q j}\delta_{i p}$. $\frac{\partial l}{\partial X} = \frac{\partial l}{\partial Y} A^T$", "HHHH"),
        ("linear", r"$Y = XW$. $y_{ij} = \sum_k x_{ik}w_{kj}$. $\frac{\partial L}{\partial W} = X^T\frac{\partial L}{\partial Y}$", "HHH"),
        ("linear", r"$y = xW$. $y_{ij} = \sum_k x_{ik}W_{kj}$. $\frac{\partial L}{\partial W} = x^Tg$", "HHH"),
        ("linear", r"$Y = XW$. $\frac{\partial l}{\partial X} = \frac{\partial l}{\partial Y} W^T$", "HH"),
    ],
    "a rule for any letters, in those of the exercise": [
        ("linear", r"$\frac{\partial (x^TWx)}{\partial x} = (W+W^T)x$, $\frac{\partial \|x\|^2}{\partial x} = \frac{\partial (x^Tx)}{\partial x} = 2x$", "HHH"),
        ("ex4_trace", r"$\frac{\partial}{\partial X}\text{tr}(X^TAX) = (A + A^T)X$", "H"),
        ("ex4_trace", r"$\frac{\partial}{\partial A}\text{tr}(AXA^T) = A(X + X^T)$", "H"),
        ("ex4_chain", r"$\frac{\partial}{\partial X}\text{tr}(AX) = A^T$", "H"),
        ("ex4_trace", r"$\frac{\partial}{\partial X}\text{tr}(X^TAX) = X^T(A + A^T)$", "L"),
    ],
    "a symmetric matrix": [
        ("ex2", r"$f(x)=x^\top A x.$ If $A=A^\top$, then $\nabla_x f=2Ax$.", "HDH"),
        ("ex2", r"$f(x)=x^\top A x.$ 若 $A=A^\top$，则 $\nabla_x f=2Ax$。", "HDH"),
        ("ex1", r"If $A$ is symmetric, then $\nabla_x (x^\top A x)=2Ax$ and $\nabla_x^2 (x^T A x) = 2A$.", "HH"),
        ("ex1", r"대칭 $A=A^\top$이면 $\nabla_x (x^\top A x)=2Ax$", "DH"),
        ("ex2", r"$f(x)=x^\top M x.$ If $M$ is symmetric, $\nabla_x f=2Mx$.", "HH"),
    ],
    "a scale and a shift in other letters": [
        ("batch_norm", HATS + r"$z_i = a \hat x_i + b$.", "HH"),
        ("batch_norm", HATS + r"$z = r \hat x + d$. $\frac{\partial L}{\partial \hat{x}} = r\frac{\partial L}{\partial z}$", "HHH"),
        ("batch_norm", HATS + r"$x'_i = \hat{x}_i \cdot r + q$. $\frac{\partial L}{\partial \hat{x}_i} = \frac{\partial L}{\partial x'_i} \cdot r$", "HHH"),
        ("batch_norm", r"$Y_i = \gamma \hat{Z}_i + \beta$. $\hat Z_i = \frac{Z_i - \mu}{\sqrt{\sigma^2+\epsilon}}$. $\mu = \frac1N\sum_i Z_i$", "HHH"),
        ("batch_norm", HATS + r"$z_i = w \hat x_i + b$. $\frac{\partial L}{\partial w} = \sum_i \frac{\partial L}{\partial z_i}\hat x_i$", "HHH"),
    ],
    "the epsilon that a text leaves out everywhere": [
        ("batch_norm", r"$\hat{x}_i = \frac{x_i - \mu_B}{\sigma_B}$", "H"),
        ("batch_norm", r"$\hat{x}_i = \frac{x_i - \mu_B}{\sigma_B}$, $\sigma_B^2 = \frac1m\sum_i (x_i-\mu_B)^2$", "HH"),
        ("batch_norm", r"$\hat{x}_i = \frac{x_i - \mu_{\mathcal B}}{\sigma_{\mathcal B}}$", "H"),
    ],
    "a gradient by something with a hat, equal to one by something else": [
        ("batch_norm", r"$\hat{x}_i = \frac{x_i - \mu_B}{\sqrt{\sigma_B^2+\epsilon}}$. $\frac{\partial L}{\partial \hat{x}_i} = \frac{\partial L}{\partial x'_i} \cdot r$", "H."),
    ],
    "a differential with a prime": [
        ("batch_norm", r"$P = I - \frac1N \mathbf 1 \mathbf 1^\top$. $y(x) = \frac{Px}{s(x)}$, $s(x) := \sqrt{\sigma + \varepsilon}$. "
         r"$y'(x)[h] = \frac{Ph}{s} - \frac{Px}{s^2}\, s'(x)[h] = \frac1s\Big(Ph - \frac1N \langle y, h\rangle\, y\Big)$", "HHHHH"),
        ("batch_norm", r"$y(x) = \frac{x-\mu}{s(x)}$, $s(x) := \sqrt{\sigma + \varepsilon}$. $(x-\mu)s'(x)[h] = \frac1N y y^T h s$.", "HHH"),
    ],
    "indicators of two indices": [
        ("softmax", SOFTMAX + r"$\frac{\partial y_i}{\partial x_j} = y_i(1_{ij}-y_j) = y_i(\mathbb 1_{ij}-y_j) = y_i(\mathbf 1_{ij} - y_j) = y_i(\mathbb{I}_{ij} - y_j)= y_i(1_{i,j} - y_j)$", "HHHHHH"),
        ("linear", r"$y_i = \sum_j w_{ij}x_j + b_i$. $\frac{\partial y_i}{\partial b_k} = 0 + \mathbb{1}_{i=k} = \mathbb{1}_{i=k} = 1_{ik}$", "HHHH"),
        ("ex4_chain", r"Repeated indices are summed. $\delta_{ik}\delta_{il} = \delta_{kl}$, $\delta_{ik} = \delta_{ki}$", "HH"),
    ],
    "softmax with its letters in words": [
        ("softmax", r"$S$ is the softmax of $f$. $h = \sum_k e^{f_k}$. $\frac{\partial S_i}{\partial f_j} = \frac{-e^{f_i} e^{f_j}}{h^2}$ for $i \ne j$.", "HH"),
        ("softmax", r"$S$ 是 $f$ 的 softmax，令 $\sum_{k=1}^{L}e^{f_{k}}=h$. For $i=j$: $\frac{\partial S_i}{\partial f_j}= \frac{e^{f_i}*h-e^{f_i}*\frac{\partial h}{\partial f_i}}{h^2} = S_i - S_i^2$", "HDHH"),
        ("softmax", r"$y = Softmax(x)$. $\frac{\partial y_i}{\partial x_j} = y_i(\delta_{ij} - y_j)$", "HH"),
        ("softmax", r"$N = \sum_k e^{x_k}$. $\frac{dy_i}{dx_j} = \frac{-e^{x_j}e^{x_i}}{N^2} = -y_iy_j \quad \text{if } i \neq j$", "HHH"),
    ],
    "a number for every array": [
        ("ex4_trace", NUMBERS + r"$J = (5 - 2)^2 = 9$, $\frac{dJ}{dS} = -2 \cdot 2 \cdot 3 = -12$, $\frac{dJ}{dA} = -2 \cdot 3 \cdot 1 = -6$", "......HHHHHH"),
        ("ex3", r"$x = 2$, $A = 3$, $c = 4$: $y = 24$, $\frac{dy}{dx} = 12$, $\frac{dy}{dA} = 8$", "...HHH"),
    ],
    "what follows from a statement that is false": [
        ("batch_norm", r"$\sigma_B^2 = \frac{1}{m-1}\sum_{i=1}^m(x_i - \mu_B)^2$. $\dfrac{d\sigma_B^2}{dx_i} = \dfrac{2}{m-1}(x_i - \mu_B)$", "UH"),
    ],
    "a matrix that is held fixed in words": [
        ("ex3", r"$A$ is constant. $d((x^{T})(Ax))= d(x^{T})Ax + x^{T}(dA \cdot x + Adx) =  d(x^{T})Ax + x^{T}Adx$", "HH"),
    ],
    "Jacobians with a large D": [
        ("ex4_chain", r"$D_A F = S' \otimes I_N$, $D_S F = I_M \otimes A$", "HH"),
        ("ex3", r"$D_Ay = c'\otimes x'$, $D_x y = (Ac)'$", "LL"),
    ],
    "a usual factor of a function of the text's own": [
        ("ex1", r"$f(x) = \frac12 x^Tx$, $\nabla f(x) = x$", "HH"),
        ("ex4_trace", r"Go to $S' = S + \varepsilon H$, $R = X - AS$: $J(S') = \|R - \varepsilon AH\|_F^2$. $\frac{dJ}{dA} = -2RS^T$", ".H.H"),
    ],
    "a deviation without an epsilon, and derivatives by it": [
        ("batch_norm", DEVIATION + r"$\frac{\partial \hat x_i}{\partial\sigma} = -\frac{x_i-\mu}{\sigma^2}$, $\frac{\partial\sigma}{\partial x_k} = \frac{x_k-\mu}{N\sigma}$", "HHHH"),
        ("batch_norm", DEVIATION.replace(r"\mu", r"\mu_B").replace(r"\sigma", r"\sigma_B") + r"$\frac{\partial \hat x_i}{\partial\sigma_B} = -\frac{x_i-\mu_B}{\sigma_B^2}$", "HHH"),
        ("batch_norm", VARIANCE + r"$\frac{\partial \hat x_i}{\partial \sigma^2} = -\frac{x_i-\mu}{2\sigma^3}$, $\frac{\partial\sigma^2}{\partial x_k} = \frac{2(x_k-\mu)}{N}$", "HHHH"),
    ],
    "sums over a batch and over its classes": [
        ("softmax", r"$y_{ij} = e^{x_{ij}}/Z_i$, $Z_i = \sum_{h=1}^H e^{x_{ih}}$. "
         r"$\frac{\partial L}{\partial x_{ij}} = \sum_{b=1}^{B}\sum_{h=1}^{H}\frac{\partial L}{\partial y_{bh}}\frac{\partial y_{bh}}{\partial x_{ij}}$", "HHH"),
    ],
    "signs of layout": [
        ("ex1", "$$\\newline\nx^\\top x=\\mathrm{tr}(x^\\top x)=\\mathrm{tr}(x x^\\top). \\newline x^Tx = \\sum_i x_i^2\n\\newline$$", "HHH"),
        ("ex4_chain", r"$\frac{{\partial}J}{{\partial}F} = -2(X - F)$", "H"),
        ("batch_norm", r"$0.2\times 0.612+0.1148\times 0 = 0.1225$, $(0.3-0.2+0.1)\times\frac{1}{1.633} = 0.2\times 0.612$", "HH"),
    ],
}  # fmt: skip

WRONG = {
    "a function of the text's own, and what is derived from it": [
        ("ex2", r"$f(x)=x^\top A x.$ $\nabla_x f = 2Ax$", "H-"),
        ("ex4_trace", r"$F(W)=\frac12\|XW-Y\|_F^2.$ $\nabla_W F = (XW-Y)X^\top$", "H-"),
        ("ex4_trace", r"$J = \|X - AS\|^2 = \operatorname{tr}(X^TX) - \operatorname{tr}(X^TAS)$. $\frac{dJ}{dS} = -A^TX$", "H--"),
        ("ex1", r"$f(x)=\tfrac{\lambda}{2}\|x\|_2^2$, $\nabla f=2\lambda x$", "H-"),
        ("ex3", r"$z = (J^TJ)^{-1} J^T F$. $-2J^T F + 2 J^T J z = -J^T F + J^T J z$", "H-"),
        ("ex4_trace", r"$S = A^TX(A^TA)^{-1}$", "-"),
    ],
    "two layers in numbered letters of the text's own, in any order": [
        ("linear", TWO + r"$\partial L/\partial B_2 = H G$, $\frac{\partial L}{\partial B_1} = X^\top G B_1^\top$", "HHH--"),
        ("linear", r"$y = x W + b$. $h = x W_1 + b_1$, $y_2 = h W_2 + b_2$, $\frac{\partial L}{\partial x} = g W_1^T W_2^T$", "...-"),
    ],
    "a number that the text states with more than the exercise has": [
        ("ex4_trace", r"$J(A) = \|X - AS\|_F^2 + \lambda\|A\|_F^2$, $\nabla J(A) = -2(X-AS)S^T$", "H-"),
        ("ex1", r"$f(x) = x^Tx + a^Tx$, $\nabla f(x) = 2x$", "H-"),
        ("ex3", r"$f(x) = x^TAc + \lambda\|x\|^2$, $\nabla f(x) = Ac$", "H-"),
    ],
    "a function that the text states anew": [
        ("ex1", r"First: $f(x) = x^T x$, so $\nabla f(x) = 2x$. Second: $f(x) = x^T A x$, so $\nabla f(x) = 2x$.", "HH.-"),
        ("ex2", r"First: $f(X) = \mathrm{tr}(AX)$, $\nabla f = A^T$. Second: $f(X) = \mathrm{tr}(X^TX)$, $\nabla f = A^T$.", "HH.-"),
        ("ex1", r"$f(x) = x^T x$, $f'(x) = 2x^T$. Then $f(x) = a^T x$, $f'(x) = 2x^T$.", "HL.-"),
    ],
    "a deviation without an epsilon, and derivatives by it": [
        ("batch_norm", DEVIATION + r"$\frac{\partial \hat x_i}{\partial\sigma} = -\frac{x_i-\mu}{2\sigma^3}$", "HH-"),
        ("batch_norm", DEVIATION + r"$\frac{\partial \hat x_i}{\partial\sigma} = \frac{x_i-\mu}{\sigma^2}$", "HH-"),
        ("batch_norm", VARIANCE + r"$\frac{\partial \hat x_i}{\partial \sigma^2} = -\frac{x_i-\mu}{\sigma^2}$", "HH-"),
        ("batch_norm", r"$\sigma = \frac1N\sum_i(x_i-\mu)^2$. $\hat x_i = \frac{x_i-\mu}{\sqrt\sigma}$. $\frac{\partial \hat x_i}{\partial \sigma} = -\frac{x_i-\mu}{\sigma^2}$", "H.-"),
    ],
    "letters of matrices, in another order": [
        ("linear", r"$y_2 = (xV_1 + c_1)V_2 + c_2 = V_2V_1x + V_2c_1 + c_2$", "H-"),
        ("linear", r"$C = AB$, $D = CE$. $\frac{\partial L}{\partial A} = \frac{\partial L}{\partial D} B^T E^T$", "..-"),
    ],
    "a bias that every object has a copy of, beside two layers": [
        ("linear", r"$y = x W + b$, $g = \frac{\partial L}{\partial y}$. $\frac{\partial L}{\partial b} = g$. $h = x W_1 + b_1$, $y_2 = h W_2 + b_2$.", "HH-HH"),
        ("linear", r"$y = x W + b$, $g = \frac{\partial L}{\partial y}$. $\frac{\partial L}{\partial b} = g$. $y_1 = x W_1 + b_1$, $y_2 = y_1 W_2 + b_2$.", "HH-HH"),
    ],
    "an error of a layer that words give to so many layers": [
        ("linear", r"$z_1 = xW_1 + b_1$, $z_2 = z_1W_2+b_2$. $\delta_1 = \frac{\partial L}{\partial z_1}$. For two layers $\delta_1 = gW_1^T$.", "HHH-"),
        ("linear", r"$z_l = z_{l-1}W_l + b_l$, $z_0 = x$, $\delta_l = \frac{\partial L}{\partial z_l}$. $\delta_{l-1} = \delta_l W_l^T$. So for two layers $\delta_1 = gW_1^T$.", "HHHH-"),
    ],
    "a layer without a bias": [
        ("linear", r"$y = xW + b$. $y_{ij} = \sum_k x_{ik}W_{kj}$", "H-"),
        ("linear", r"$C = AB$. $\frac{\partial L}{\partial B} = \frac{\partial L}{\partial C}A^T$", "H-"),
    ],
    "a rule for any letters, in those of the exercise": [
        ("linear", r"$\frac{\partial (x^TWx)}{\partial x} = 2Wx$, $\frac{\partial (x^Tx)}{\partial x} = x$", "--"),
        ("ex4_chain", r"$\frac{\partial (AS)}{\partial S} = A^T$, $\frac{\partial (AS)}{\partial S} = A$", "--"),
        ("ex4_trace", r"$\frac{\partial}{\partial X}\text{tr}(X^TAX) = 2AX$", "-"),
    ],
    "a symmetric matrix": [
        ("ex2", r"$f(x)=x^\top A x.$ If $A=A^\top$, then $\nabla_x f=Ax$.", "HD-"),
        ("ex3", r"$\frac{\partial x^TAx}{\partial x} = 2Ax$. Now let $A$ be symmetric.", "-"),
    ],
    "a number for every array": [
        ("ex4_trace", NUMBERS + r"$J = 8$, $\frac{dJ}{dS} = 12$", "......--"),
        ("ex3", r"$x = 2$, $A = 3$, $c = 4$: $y = 9$, $\frac{dy}{dx} = 8$", "...--"),
    ],
    "indicators of two indices": [
        ("softmax", SOFTMAX + r"$\frac{\partial y_i}{\partial x_j} = y_i(1_{ij}-y_i)$", "H-"),
        ("ex4_chain", r"Repeated indices are summed. $\delta_{ik}\delta_{il} = \delta_{il}$", "-"),
    ],
    "the numbers of an example": [
        ("batch_norm", r"$0.5 \cdot 0.3 = 0.151$, $2.667 + 0.001 = 2.678$", "--"),
    ],
}  # fmt: skip

# A person of this kind is never called wrong.
NEVER_FALSE = [
    ("linear", r"$z = w^T x + b$. $\frac{\partial L}{\partial w} = x\frac{\partial L}{\partial z}$"),
    ("linear", r"$Z_0 = X$, $Z_l = W_l Z_{l-1} + b_l \mathbf 1^T$. For only one layer $\partial L/\partial X = W^T G$, $\partial L/\partial b = G\mathbf 1$."),
    ("ex4_chain", r"$J = \|X - F\|^2$, $F = AS$. In general $f(x) = \|x\|^2$ has $\nabla f(x) = 2x$, and $f(x) = a^Tx$ has $\nabla f(x) = a$."),
    ("ex2", r"$y = \mathrm{tr}(AB)$, $\frac{dy}{dA} = B^T$. $f(A) = \mathrm{tr}(A^TB)$, $\nabla f(A) = B$."),
    ("softmax", r"$p_i = e^{x_i}/Z$, $Z = \sum_k e^{x_k}$. $\chi_{ik} := \frac{\partial p_i}{\partial x_k}$. $\chi_{ik} = \chi_{ki}$"),
    ("ex2", r"| $B$ | $\begin{pmatrix}1&2\\3&4\end{pmatrix}$ |. $b_{21} = -1$, not $b_{12} = 2$"),
    ("batch_norm", r"$x = (2, 6, 4)$. $y_i = \gamma\hat x_i + \beta$. $\frac{\partial L}{\partial \gamma} = \sum_{i=1}^3 \frac{\partial L}{\partial y_i}\hat x_i$"),
    ("ex4_trace", r"The gradient is $M$ if the change is $\operatorname{tr}(M^TH)$. $M = A^T$. With numbers ($N = M = R = 1$): $X = 5$"),
]  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "letters"), cases(RIGHT))
def test_a_right_step_is_read(exercise: str, text: str, letters: str) -> None:
    """Each of its steps has the verdict that a person gives."""
    assert_read(exercise, text, letters)


@pytest.mark.parametrize(("exercise", "text", "letters"), cases(WRONG))
def test_a_wrong_step_never_holds(exercise: str, text: str, letters: str) -> None:
    """What stands before it is right, so that it is wrong by itself."""
    assert_wrong_never_holds(exercise, text, letters)


@pytest.mark.parametrize(("exercise", "text"), NEVER_FALSE)
def test_nothing_is_false_of_another_case(exercise: str, text: str) -> None:
    assert "F" not in letters_of(exercise, text)


FUNCTIONS, DATA, WEIGHTS, TARGETS = st.sampled_from("fhEQ"), st.sampled_from("XDZ"), st.sampled_from("wvu"), st.sampled_from("ytd")


@settings(max_examples=12, deadline=None)
@given(st.sampled_from(("ex1", "ex2", "ex3", "ex4_trace", "ex4_chain")), FUNCTIONS, DATA, WEIGHTS, TARGETS, st.booleans())
def test_least_squares_are_read_in_any_letters(exercise: str, f: str, x: str, w: str, y: str, says_by_what: bool) -> None:
    nabla = rf"\nabla_{w} {f}" if says_by_what else rf"\nabla {f}({w})"
    text = rf"${f}({w}) = \|{x}{w} - {y}\|^2$, ${nabla} = 2{x}^T({x}{w} - {y})$, ${nabla} = 2({x}{w} - {y}){x}^T$"
    found = letters_of(exercise, text)
    assert found[:2] == "HH" and found[2] not in "HL", found


@settings(max_examples=12, deadline=None)
@given(st.sampled_from("UVBA"), st.sampled_from(("p", "c", r"\beta", "q")), st.sampled_from(("H", "Z", "U")), st.booleans())
def test_two_layers_are_read_in_any_letters(weight: str, bias: str, hidden: str, turned: bool) -> None:
    if weight == hidden:
        hidden = "Q"
    first = rf"${hidden} = X {weight}_1 + \mathbf 1 {bias}_1^T$"
    second = rf"$Y_2 = {hidden} {weight}_2 + \mathbf 1 {bias}_2^T$"
    said = ", ".join((second, first) if turned else (first, second))
    steps = rf"$G = \frac{{\partial L}}{{\partial Y_2}}$. $\frac{{\partial L}}{{\partial {weight}_1}} = X^T G {weight}_2^T$, $\frac{{\partial L}}{{\partial {weight}_1}} = X^T G {weight}_1^T$"
    found = letters_of("linear", f"{said}. {steps}")
    assert found[:4] == "HHHH" and found[4] not in "HL", found
