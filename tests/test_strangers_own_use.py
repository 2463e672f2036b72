r"""What strangers put to a use of their own: names, sizes, pieces and abbreviations. Right steps are read, and none is called false.

By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H, "." anything.
"""

import pytest

from matrix_checks.derivations.reading.macros import expanded, macros_of
from tests.test_precision import cases, fits, judged

BOX = r"\begin{pmatrix}%s\end{pmatrix}"
A_2 = BOX % r"a_{11}&a_{12}\\a_{21}&a_{22}"
B_2 = BOX % r"b_{11}&b_{12}\\b_{21}&b_{22}"
AB_2 = BOX % r"a_{11}b_{11}+a_{12}b_{21}&a_{11}b_{12}+a_{12}b_{22}\\a_{21}b_{11}+a_{22}b_{21}&a_{21}b_{12}+a_{22}b_{22}"
TURNED_B_2 = BOX % r"b_{11}&b_{21}\\b_{12}&b_{22}"
X_23 = BOX % r"x_{11}&x_{12}&x_{13}\\x_{21}&x_{22}&x_{23}"
PARTS = r"$J = J_1 - J_2 - J_3 + J_4$, $J_1 = tr(X^TX)$, $J_2 = tr(X^TAS)$, $J_3 = tr(S^TA^TX)$, $J_4 = tr(S^TA^TAS)$. "
BRACES = r"$$J=\underbrace{tr(X^TX)}_{J_1}-\underbrace{tr(X^TAS)}_{J_2}-\underbrace{tr(S^TA^TX)}_{J_3}+\underbrace{tr(S^TA^TAS)}_{J_4}$$ "
PROJECTOR = (
    r"Let $P = I-\frac1N\mathbf 1\mathbf 1^T$, $z := Px$, $\sigma = \frac1Nz^Tz$, $s := (\sigma+\epsilon)^{-1/2}$, $y = sz$. "
)

KINDS = {
    "a macro with arguments": [
        ("linear", r"$\newcommand{\pd}[2]{\frac{\partial #1}{\partial #2}}$ $\pd{L}{x} = \pd{L}{y}W^T$, $\pd{L}{W} = x^T\pd L y$", "HH"),
        ("linear", r"$\def\pd#1#2{\frac{\partial #1}{\partial #2}}$ $\pd{L}{x} = \pd{L}{y}W$", "F"),
        ("ex1", r"$\newcommand{\norm}[1]{\lVert #1\rVert}$ $y = \norm{x}^2$", "H"),
        ("ex2", r"$\newcommand{\tr}[1]{\operatorname{tr}(#1)}$ $y = \tr{AB} = \tr{BA}$, $y = \tr{AA}$", "HHF"),
        ("ex3", r"$\newcommand{\g}[2]{\nabla_{#2} #1}$ $\g{y}{x} = Ac$, $\g{y}{A} = xc^T$, $\g{y}{A} = cx^T$", "HH-"),
        ("ex1", r"$\newcommand{\a}[1]{\b{#1}}\newcommand{\b}[1]{#1^T#1}$ $y = \a{x}$", "H"),
    ],
    "plain TeX": [
        ("ex3", r"$$\eqalign{y &= x^TAc \cr dy &= dx^TAc \cr \frac{\partial y}{\partial x} &= Ac \cr}$$", "H.H"),
        ("ex1", r"$$\eqalign{y &= x^Tx \cr &= \sum_i x_i^2 \cr &= \sum_i x_i}$$", "HHF"),
        ("ex1", r"$$\displaylines{y = x^Tx \cr \nabla y = 2x}$$", "HH"),
        ("ex2", r"$y = \text{tr}\left(\pmatrix{a_{11} & \dots \cr \vdots & \ddots} B\right)$", "~"),
        ("ex1", r"$x = (1, 2)^T \hspace{2em} y = x^Tx$", "~H"),
        ("ex2", r"$y = \text{tr}(AB) \hspace{1cm} \nabla_A y = B^T$", "HH"),
    ],
    "a difference in braces": [
        ("ex4_trace", r"$J = tr(X^TX){-2tr(X^TAS)}+{tr(S^TA^TAS)}$", "H"),
        ("ex4_trace", r"$J = tr(X^TX){-tr(X^TAS)}+{tr(S^TA^TAS)}$", "F"),
        ("softmax", r"$\frac{\partial y_i}{\partial x_k} = y_i\delta_{ik}{-y_iy_k}$", "H"),
        ("batch_norm", r"$y = \frac{x{-\mu}}{\sqrt{\sigma+\varepsilon}}$", "H"),
        ("ex1", r"$x^{2}{-x^{2}} = 0$", "~"),
    ],
    "pieces with a number": [
        ("ex4_trace", PARTS + r"$J_2=J_3$, $\nabla_S J_1 = 0$, $\nabla_S J_4 = 2A^TAS$", "HHHHHHHH"),
        ("ex4_trace", PARTS + r"$\nabla_S J_2 = A^TX$, $\nabla_S J_4 = A^TAS$", "HHHHHHF"),
        ("ex4_trace", BRACES + r"$J_2 = J_3$, $\nabla_S J_2 = A^TX$, $\nabla_SJ_4 = 2A^TAS$", "HHHH"),
        ("ex4_trace", BRACES + r"$\nabla_SJ_4 = A^TAS$", "HF"),
        ("ex1", r"$y = y_1 + y_2$ with $y_1 = x_1^2$", "~~"),
    ],
    "matrices that are written out": [
        ("ex2", rf"$A = {A_2}$, $B = {B_2}$. $AB = {AB_2}$", "HHH"),
        ("ex2", rf"$A = {A_2} \quad B = {B_2}$, $y = a_{{11}}b_{{11}}+a_{{12}}b_{{21}}+a_{{21}}b_{{12}}+a_{{22}}b_{{22}}$", "HHH"),
        ("ex2", rf"$A = {A_2}$, $\frac{{\partial y}}{{\partial A}} = {TURNED_B_2}$", "HH"),
        ("linear", rf"$x = {X_23}$ and $\frac{{\partial L}}{{\partial x}} = {X_23.replace('x_', 'g_')}W^T$", "H~"),
        ("ex2", rf"$A = {A_2} B = {B_2}$", "~~"),
        ("ex2", r"$AB = " + BOX % r"a_{11}b_{11}+a_{12}b_{21}&*\\ *&a_{22}b_{22}" + r"$, $y = a_{11}b_{11}+a_{12}b_{21}+a_{21}b_{12}+a_{22}b_{22}$", "~~"),
        ("ex2", r"Take $A = \begin{bmatrix}a_1&a_2\\a_3&a_4\end{bmatrix}$. $\frac{\partial y}{\partial a_3} = b_2$", "~~"),
        ("linear", r"Take $N=2$, $n_1=2$, $n_2=1$. $\frac{\partial L}{\partial x_{11}} = g_{11}w_{11}$", "DDD."),
    ],
    "a name that is given": [
        ("ex4_chain", r"The Jacobian is $I_M\otimes A = J$", "~"),
        ("ex4_chain", r"$\frac{d\,\text{vec}F}{d\,\text{vec}S} = I_M\otimes A = J$, so $\text{vec}\frac{\partial J}{\partial S} = J^T\text{vec}\frac{\partial J}{\partial F}$", "H~~"),
        ("ex4_chain", r"with $P = I_N$, $Q = A$, $R = S$", "~~~"),
        ("ex4_trace", r"Take $Q = A^TA$. Later $Q = SS^T$.", "H~"),
        ("linear", r"$n_1 = 2$, $n_2 = 3$", "DD"),
        ("linear", r"$\text{gradB} = g$", "F"),
        ("ex4_chain", r"$F = SA$", "F"),
    ],
    "long vectors": [
        ("ex4_chain", r"Let $f = \text{vec}(F)$, $s = \text{vec}(S)$. $f = (I_M\otimes A)s$, $\frac{\partial f}{\partial s^T} = I_M\otimes A$", "HHHH"),
        ("ex4_chain", r"With $x = \text{vec}(X)$ and $f = \text{vec}(F)$: $J = (x-f)^T(x-f)$, $\frac{\partial J}{\partial f} = -2(x-f)$", "HHHH"),
        ("ex4_chain", r"With $x = \text{vec}(X)$ and $f = \text{vec}(F)$: $\frac{\partial J}{\partial f} = -(x-f)$", "HH-"),
        ("ex4_chain", r"$df = (I_M\otimes A)ds$ with $f = \text{vec}(F)$ and $s = \text{vec}(S)$", "HHH"),
        ("ex1", r"$f = x^Tx$, $\nabla f = 2x$, $\nabla f = x$", "HHF"),
    ],
    "a gradient named by a d, entry by entry": [
        ("linear", r"$dW_{d,c} = \sum_n x_{n,d}\,dy_{n,c}$, $dx_{n,d} = \sum_c dy_{n,c}W_{d,c}$ (here they are gradients, as in code)", "HH"),
        ("linear", r"$dW = x^T dY$, $db_c = \sum_n dY_{n,c}$", "HH"),
        ("linear", r"$dW_{d,c} = \sum_n x_{n,c}\,dy_{n,d}$", "-"),
    ],
    "what is said of a name elsewhere": [
        ("softmax", r"Say $g_i = -t_i/y_i$. Then $\sum_i g_iy_i = -1$ and $\text{gradInput} = y - t$", "~~~"),
        ("softmax", r"$g_k y_k - y_k\sum_j t_j = g_ky_k - y_k$ because $\sum_j t_j = 1$", "~~"),
        ("ex2", r"Example. $B = " + BOX % r"0&1\\0&0" + r"$: then $\text{tr}(AB) = a_{21}$", ".H"),
        ("linear", r"For `N=1`: $\text{gradB} = g^T$", "~"),
        ("batch_norm", r"In eval mode $\mu$ and $\sigma$ are constants and $\frac{\partial L}{\partial x_k} = \frac{g_k}{\sqrt{\sigma+\varepsilon}}$", "~"),
        ("softmax", r"$\text{gradInput} = g - y$", "F"),
    ],
    "a gradient at a point, or by its argument": [
        ("ex1", r"$(\nabla y)(x) = 2x$", "~"),
        ("ex4_chain", r"Let $q(F)=\|X-F\|_F^2$. $\nabla q(F) = -2(X-F)$", "HH"),
        ("ex4_chain", r"Let $q(F)=\|X-F\|_F^2$. $\nabla q(F) = 2(X-F)$", "HF"),
        ("ex3", r"$\nabla y(x) = Ac$, $\nabla y(x) = A^Tc$", "HF"),
        ("linear", r"$\frac{\partial L}{\partial (W)_{kj}} = \sum_i (x)_{ik}(g)_{ij}$", "H"),
    ],
    "one row, where no batch is spoken of": [
        ("softmax", r"For $i \ne k$: $\frac{\partial y_i}{\partial x_k} = 0$", "F"),
        ("softmax", r"$\frac{\partial L}{\partial x_i} = \frac{\partial L}{\partial y_i}\frac{\partial y_i}{\partial x_i}$", "F"),
        ("softmax", r"Row $i$ of the batch depends on row $i$ only: $\frac{\partial y_i}{\partial x_k} = 0$ for $i\ne k$", "H"),
        ("softmax", r"$y_{n,:}$ is a row. $\text{gradInput}_{nk} = y_{nk}(g_{nk} - \sum_j g_{nj}y_{nj})$", "H"),
    ],
    "a condition of the next sentence": [
        ("ex1", "Call $c := 2\\sum_i x_i$. $$\\nabla y = c\\mathbf 1$$\n\nFor $N=1$ this says $\\nabla y = 2x$, as in school.", "HFDH"),
        ("ex1", "$$\\nabla y = x$$\n\nFor $N=1$ it would be $2x$.", "FD"),
        ("softmax", "$$\\frac{\\partial y_i}{\\partial x_k} = -y_iy_k$$ for $i \\ne k$", "H"),
    ],
    "a rule for functions of one variable": [
        ("ex1", r"By the product rule $(uv)' = u'v+uv'$.", "~"),
        ("ex1", r"$(f \cdot q)' = f'q + fq'$, $\nabla y = x$", "~F"),
    ],
    "a step that is a differential": [
        ("ex1", r"$y(x+h)-y(x) = 2x^Th + h^Th$. By definition $dy = \frac{dy}{dx}h$", "HH"),
        ("ex1", r"Let $h\in\mathbb R^N$. $dy = 2x^Th$, $dy = 3x^Th$", "HF"),
    ],
    "a factor of the text's own": [
        ("batch_norm", PROJECTOR + r"$sP\,dx - \frac{s^3}{N}zz^Tdx = s(P-\frac1Nyy^T)dx$", "HHHHHH"),
        ("batch_norm", PROJECTOR + r"$\frac{dL}{dx} = s(P-\frac1Nyy^T)g$", "HHHHHH"),
        ("batch_norm", PROJECTOR + r"$\frac{dL}{dx} = s(P+\frac1Nyy^T)g$", "HHHHHF"),
    ],
    "words below a symbol": [
        ("batch_norm", r"$\frac{\partial L}{\partial x_i} = \frac{g_i}{\sqrt{\sigma_{mov}+\varepsilon}}$", "H"),
        ("batch_norm", r"$\nabla_xL = g/\sqrt{\sigma_{running}+\varepsilon}$, $\nabla_xL = g/\sigma_{running}$", "H-"),
    ],
    "a chain rule holds on all ways": [
        ("batch_norm", r"$\frac{\partial L}{\partial x_i} = \frac{g_i}{\sqrt{\sigma+\varepsilon}} + \frac{\partial L}{\partial\sigma}\frac{2(x_i-\mu)}{N}$", "F"),
        ("batch_norm", r"$\frac{\partial L}{\partial x_i} = \sum_k \frac{\partial L}{\partial y_k}\frac{\partial y_k}{\partial x_i}$", "H"),
        (
            "batch_norm",
            r"$\frac{\partial L}{\partial x_i} = \frac{\partial L}{\partial y_i}\frac{\partial y_i}{\partial x_i}"
            r" + \frac{\partial L}{\partial\sigma}\frac{\partial\sigma}{\partial x_i} + \frac{\partial L}{\partial\mu}\frac{\partial\mu}{\partial x_i}$",
            "H",
        ),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_a_text_may_use_names_as_it_likes(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert len(found) == len(wanted) and all(map(fits, found, wanted)), f"{text}\n found {found}, wanted {wanted}"


def test_a_macro_stands_at_the_place_where_it_was_written() -> None:
    text = r"\newcommand{\pd}[2]{\frac{\partial #1}{\partial #2}}\pd{L}{x} = 1"
    found = expanded(text, 0, macros_of(text))
    assert found.text.split() == [r"\frac{\partial", r"L}{\partial", "x}", "=", "1"]
    assert found.place(found.text.index("=")) == text.index("=")
