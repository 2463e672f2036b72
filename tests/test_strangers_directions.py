r"""Functions along a direction, linear functions of a step, differentials at a point, remainders, and Jacobians that are used and not defined.

By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H, "." anything.
"""

import pytest

from tests.test_precision import cases, fits, judged

E = r"Let $E = X - AS$. "
Q = r"Let $q(x) = x^T x$. $q(x+h) - q(x) = 2\langle x,h\rangle + \|h\|^2$. "
L = r"$\ell_x(h) = 2\langle x, h\rangle$. "
POINT = r"Let $E(x) = (e^{x_1},\dots,e^{x_n})$, $s(x) = \sum_{j=1}^n e^{x_j}$ and $f(x) = E(x)/s(x)$. "
S = r"Let $s(x) = \sum_j e^{x_j}$. "

KINDS = {
    "functions of a number along a direction": [
        ("ex4_trace", E + r"$\varphi(t) = J(A, S + tH) = \|E - tAH\|^2$, $\varphi'(0) = -2\langle A^T E, H\rangle$", "HHHH"),
        ("ex4_trace", E + r"$\varphi(t) = J(A, S + tH) = \|E - tAH\|^2$, $\varphi'(0) = 2\langle A^T E, H\rangle$", "HHHF"),
        ("ex4_trace", E + r"$\psi(t) = J(A+tK, S) = \|E - tKS\|^2$, $\psi'(0) = -2\langle E, KS\rangle = -2\langle ES^T, K\rangle$", "HHHHH"),
        ("ex4_trace", E + r"$J(A+tK, S) = \|E + tKS\|^2$", "HF"),
        ("ex4_trace", r"$\phi(t) = J(A,S+tH)$, $\phi'(0)=-2\langle A^T(X-AS),H\rangle$. Now $\phi(t)=J(A+tH,S)$, $\phi'(0)=-2\langle X-AS,HS\rangle$", "HHHH"),
        ("ex1", r"$g(t) = f(x+tv) = x^Tx + 2t\,x^Tv + t^2v^Tv$, $g'(t) = 2x^Tv + 2t v^Tv$, $g'(0) = 2x^Tv$, $g''(0) = 2v^Tv$, $g''(0) = v^Tv$", "HHHHHF"),
        ("ex3", r"$\varphi(t)=y(x+th)$, $\varphi(0)=y$, $\varphi(1)=y(x+h)$, $\varphi(t)=\varphi(0)+t\varphi'(0)$, $\frac{d\varphi}{dt}=h^TAc$", "HHHHH"),
        ("ex2", r"$g(\varepsilon)=f(A+\varepsilon H)$, $g'(0)=\operatorname{tr}(HB)$, $g'(0)=\operatorname{tr}(HB^T)$", "HHF"),
        ("linear", r"$\varphi(t)=L(W+tV)$, $\varphi'(0)=\langle g,xV\rangle$, $\varphi'(0)=\langle x^Tg,V\rangle$", "HHH"),
        ("softmax", r"$u_i=e^{x_i}$, $s=\sum_iu_i$, $x=\mu+s z$", "HH~"),
    ],
    "linear functions of a step": [
        ("ex1", Q + L + r"$q(x+h) - q(x) - \ell_x(h) = \|h\|^2$, $Dq(x) = \ell_x$, $D^2 q(x)[h,k] = 2\langle h, k\rangle$", "HHHHHH"),
        ("ex1", Q + L + r"$q'(x) = \ell_x$, $dq_x = \ell_x$, $\ell_x(h+k)=\ell_x(h)+\ell_x(k)$, $\ell_x(\lambda h)=\lambda\ell_x(h)$", "HHHHHHH"),
        ("ex1", Q + r"$\ell_x(h) = \langle x, h\rangle$. $Dq(x) = \ell_x$, $q(x+h) = q(x) + \ell_x(h) + o(\|h\|)$", "HHHF-"),
        ("ex1", Q + r"$Dq(x)(h) = x^Th$, $D^2 q(x)[h,k] = \langle h, k\rangle$", "HHFF"),
        ("ex2", r"$T(H)=\operatorname{tr}(HB)$, $f(A+H)=f(A)+T(H)$, $Df(A)=T$, $T(H+K)=T(H)+T(K)$, $Df(A)[H]=T(H)$", "HHHHH"),
        ("linear", r"$L(W+V)-L(W)=\langle g,xV\rangle$, $\ell_W(V)=\langle g,xV\rangle$, $L(W+V)=L(W)+\ell_W(V)$", "HHH"),
        ("ex4_trace", r"$D_SJ(A,S)[H] = -2\langle A^T(X-AS),H\rangle$, $D_SJ(A,S)[H] = 2\langle A^T(X-AS),H\rangle$", "HF"),
        ("ex1", r"$D_vf(x) = 2x^Tv$, $f'(x;v) = 2x^Tv$, $f'(x;v) = x^Tv$", "HHF"),
    ],
    "differentials at a point": [
        ("softmax", POINT + r"$\mathrm dE_a(h) = (e^{a_1}h_1,\dots,e^{a_n}h_n)$, $\mathrm ds_a(h) = \sum_j e^{a_j}h_j$", "HHHHH"),
        ("softmax", POINT + r"$\mathrm df_a(h) = \frac{\mathrm dE_a(h)}{s(a)} - \frac{\mathrm ds_a(h)}{s(a)^2}E(a)$", "HHHH"),
        ("softmax", POINT + r"$\mathrm df_a(h) = \frac{\mathrm dE_a(h)}{s(a)} + \frac{\mathrm ds_a(h)}{s(a)^2}E(a)$, $\mathrm ds_a(h) = -\sum_j e^{a_j}h_j$", "HHH-F"),
        ("softmax", POINT + r"$p = f(a)$, $[\mathrm df_a(h)]_i = p_ih_i - p_i\sum_{j=1}^np_jh_j$", "HHHHH"),
        ("softmax", S + r"$f(x)_i = e^{x_i}/s(x)$. Put $p$ for $f(a)$. $\partial_k f_i(a) = p_i(\delta_{ik}-p_k)$, $\nabla L(a)_k = p_k(g_k - \langle g,p\rangle)$", "HHHH"),
        ("softmax", S + r"$f(x)_i = e^{x_i}/s(x)$. $p = f(a)$, $\partial_k f_i(a) = p_i(\delta_{ik}+p_k)$, $\nabla L(a)_k = p_k(g_k + \langle g,p\rangle)$", "HHHFF"),
        ("ex1", r"$Df(a)(h)=2\langle a,h\rangle$, $f(a+h)=f(a)+2\langle a,h\rangle+\|h\|^2$, $\nabla f(a)=2a$, $\partial_if(a)=2a_i$", "HHHH"),
    ],
    "values at the very variable": [
        ("softmax", S + r"$y_i = e^{x_i}/s(x)$, $\log y_i = x_i-\log s(x)$, $y_i = s(x)/e^{x_i}$", "HHH-"),
        ("softmax", r"$\frac{\partial y_i}{\partial x_k}(x) = y_i(\delta_{ik}-y_k)$, $\partial_k y_i(x) = y_i(\delta_{ik}-y_k)$, $\partial_k y_i(x) = y_iy_k$", "HHF"),
        ("softmax", r"$\frac{dL}{dx}(x)=y\odot(g - g^Ty)$, $\partial_k L(x) = y_k(g_k - g^Ty)$, $\partial_k L(x) = y_kg_k$", "HHF"),
    ],
    "remainders": [
        ("softmax", r"$e^{a_i+h_i} = e^{a_i}(1+h_i+o(\|h\|))$, $e^{x_i+h_i} = e^{x_i}\bigl(1+h_i+o(h)\bigr)$, $e^{x_i+h_i} = e^{x_i}(1+h_i+O(h_i^2))$", "HHH"),
        ("softmax", r"$e^{x_i+h_i} = e^{x_i}(1-h_i+o(\|h\|))$, $e^{a_i+h_i} = e^{a_i}(1+2h_i+o(\|h\|))$", "--"),
        ("ex1", r"$y(x+h) = y(x)+o(1)$, $y(x+h) = y(x) + O(\|h\|)$, $\frac{y(x+te_k)-y(x)}{t} = 2x_k + O(t)$, $y(x+te_k) = y(x)+2tx_k+o(t)$", "~~~H"),
        ("ex1", r"$(x+h)^T(x+h) = x^Tx + 2(x^Th + o(\|h\|))$, $(x+h)^T(x+h) = x^Tx + (x^Th + o(\|h\|))$", "HF"),
    ],
    "Jacobians that are used and not defined": [
        ("batch_norm", r"$dy = J_y\,dx$, $\langle g,dy\rangle = \langle g, J_ydx\rangle$, $\nabla_xL = J_y^T g$, $J_y\mathbf 1 = 0$, $\nabla_xL = -J_y g$", "HHHHF"),
        ("softmax", r"$\langle g,J_y\,dx\rangle=\langle J_y^Tg,dx\rangle$, $\nabla_xL=J_y^Tg$, $\nabla_xL=J_yy$", "HHF"),
        ("softmax", r"The Jacobian is $J$. $dy = J\,dx$, $\nabla_xL=J^Tg$, $J_{ij}=y_i(\delta_{ij}-y_j)$, $J^Tg=y\odot g-y\,y^Tg$, $\mathbf 1^TJ=0$", "HHHHH"),
        ("softmax", r"$dy = J_y dx$, $J_y=yy^T-\operatorname{diag}(y)$", "HF"),
        ("linear", r"$J=\frac{\partial y}{\partial x}$, $dy = J dx$", "H~"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_what_is_said_along_a_direction_is_followed(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert len(found) == len(wanted) and all(map(fits, found, wanted)), f"{text}\n found {found}, wanted {wanted}"
