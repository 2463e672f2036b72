"""A step is called false only with a certificate: what stands around it may not change its meaning, and nothing in it was dropped.

Each kind has inputs that must not be called false, and inputs that are wrong in the same surroundings and must still be found.
The letters are those of the steps: F false, ``.`` anything but false, and U not understood.
"""

import pytest

from matrix_checks.derivations.certificate.certificate import CONDITIONS
from matrix_checks.derivations.judging.writeups import read_writeup
from tests.test_writeups import EXERCISES, described

EX1, EX2, EX3, TRACE, CHAIN = ("writeup_ex1", "writeup_ex2", "writeup_ex3", "writeup_ex4_trace", "writeup_ex4_chain")
LINEAR, SOFTMAX, NORM = "writeup_linear", "writeup_softmax", "writeup_batch_norm"

SET_TO_ZERO = [
    (
        TRACE,
        r"$$\frac{\partial J}{\partial S} = -2A^\top(X-AS) \overset{!}{=} 0 \quad\Longrightarrow\quad A^\top AS = A^\top X$$",
        "...",
    ),
    (TRACE, r"$$\frac{\partial J}{\partial S} = 2A^\top X \overset{!}{=} 0$$", "F."),
    (TRACE, r"$$-2A^\top(X-AS) = 0$$ gives the minimiser.", "."),
    (TRACE, r"$$\frac{\partial J}{\partial S} = 0 \Rightarrow \frac{\partial J}{\partial A} = 2XS^\top$$", ".F"),
    (TRACE, r"$-2A^\top(X-AS) = 0$", "F"),
    (TRACE, r"Setting it to zero gives $A^\top AS = A^\top X$.", "."),
    (TRACE, r"Setting it to zero gives" "\n\n" r"$$A^\top AS = A^\top X$$", "."),
    (TRACE, r"$$\frac{dJ}{dS} \overset{!}{=} 0$$", "."),
    (TRACE, r"$$\frac{dJ}{dS} = 0 \Rightarrow A^\top A S = A^\top X$$", ".."),
    (TRACE, r"At the optimum $\frac{\partial J}{\partial F} S^\top = 0$.", "."),
    (TRACE, r"Im Minimum ist $\frac{\partial J}{\partial S} = 0$.", "."),
    (TRACE, r"Приравняем к нулю: $-2A^\top X + 2A^\top A S = 0$, откуда $A^\top A S = A^\top X$.", ".."),
    (EX1, r"Igualamos a cero: $2x = 0$, es decir, $x = 0$.", ".."),
    (TRACE, r"令 $\frac{\partial J}{\partial S} = 0$,得 $A^\top A S = A^\top X$。", ".."),
    (TRACE, r"Setting the gradient to zero we need $\frac{dJ}{dS} = 2A^\top X$.", "F"),
    (TRACE, r"$\frac{dJ}{dS} = 2A^\top X$. Set it to zero.", "F"),
    (TRACE, r"Setting it to zero gives the optimum. The rest is $A^\top AS = A^\top X$.", "."),
    (EX1, r"$\frac{dy}{dx} = x$, y al igualar a cero $x = 0$.", "F."),
    (TRACE, r"We look for the minimum, so expand $J = \operatorname{tr}(X^\top X) - \operatorname{tr}(S^\top A^\top AS)$.", "F"),
    (EX1, r"$\frac{dy}{dx} = 0$", "F"),
    (TRACE, r"Se metto $\frac{\partial J}{\partial S} = 0$ trovo i minimi quadrati, $A^\top AS = A^\top X$.", ".."),
    (TRACE, r"Imponiamo $\nabla_S J = 0$: allora $A^\top AS = A^\top X$.", ".."),
    (TRACE, r"En posant $\frac{\partial J}{\partial S} = 0$ on trouve $A^\top AS = A^\top X$.", ".."),
    (TRACE, r"Annulons le gradient : $A^\top AS = A^\top X$.", "."),
    (TRACE, r"Fazendo $\frac{\partial J}{\partial S} = 0$ obtemos $A^\top AS = A^\top X$.", ".."),
    (TRACE, r"Przyrównując do zera, $A^\top AS = A^\top X$.", "."),
    (TRACE, r"Gradyanı sıfıra eşitlersek $A^\top AS = A^\top X$ çıkar.", "."),
    (TRACE, r"Pongo il gradiente a zero. Prima però $\frac{\partial J}{\partial A} = 2XS^\top$.", "F"),
    (TRACE, r"Il gradiente è $\frac{\partial J}{\partial S} = A^\top X$.", "F"),
    (TRACE, r"En posant $\frac{\partial J}{\partial S} = 0$ on a $\frac{\partial J}{\partial A} = 2XS^\top$.", ".F"),
]
HYPOTHESES = [
    (SOFTMAX, r"With cross-entropy $L = -\log y_k$ we would have $g_i = -\frac{\delta_{ik}}{y_k}$.", ".."),
    (LINEAR, r"Suppose $L = \frac12\|y - t\|^2$. Then $g = y - t$.", ".."),
    (EX2, r"Sanity check: take $A = B = I$. Then $y = N$ and $\frac{dy}{dA} = I$.", "...."),
    (SOFTMAX, r"With $L = -\log y_k$ this is known. In general $\frac{\partial y_i}{\partial x_k} = y_i$.", ".F"),
    (EX3, r"If $f(x) = c^\top x$ then $\nabla f = c$.", ".."),
    (EX2, r"If $B = I$, then $y = \operatorname{tr} A$ and $\frac{dy}{dA} = I$.", "..."),
    (EX2, r"Si $B = I$, entonces $\frac{dy}{dA} = I$.", ".."),
    (EX3, r"Suppose that $A = I$. Then $y = x^\top c$.", ".."),
    (EX3, r"If $A$ is symmetric, then $A^\top c = Ac$.", "."),
    (EX3, r"Если $A = A^\top$, то $A^\top c = A c$.", ".."),
    (EX2, r"Falls $B = I$, gilt $y = \operatorname{tr} A$.", ".."),
    (EX2, r"若 $B = I$,则 $y = \operatorname{tr}(A)$。", ".."),
    (EX3, r"$A^\top c = Ac$ if $A$ is symmetric.", "."),
    (EX1, r"If $A = I$ were there, $\frac{dy}{dx} = 3x$.", ".F"),
    (EX2, r"If $B = I$ this is simple. In general $\frac{dy}{dA} = 2B^\top$.", ".F"),
    (EX3, r"If $x$ changes, $\frac{dy}{dx} = A^\top c$.", "F"),
    (EX2, r"For every $A$ we have $\operatorname{tr}(AB) = \operatorname{tr}(A B^\top)$.", "F"),
    (EX1, r"When we differentiate, $\frac{\partial y}{\partial x_k} = x_k$.", "F"),
    (TRACE, r"Caso $S$ nulla: $\frac{\partial J}{\partial A} = 0$.", "."),
    (TRACE, r"Cas $S$ nul : $\frac{\partial J}{\partial A} = 0$.", "."),
    (TRACE, r"Fall $S$ null: $\frac{\partial J}{\partial A} = 0$.", "."),
    (EX3, r"Caso $A$ simmetrica: $\nabla_x y = A^\top c$.", "."),
    (EX3, r"Przypadek $A$ symetryczna: $A^\top c = Ac$.", "."),
    (EX2, r"Se $B = I$ allora $\frac{dy}{dA} = I$.", ".."),
    (EX2, r"Jeśli $B = I$, to $\frac{dy}{dA} = I$.", ".."),
    (EX2, r"Supposons $B = I$, alors $\frac{dy}{dA} = I$.", ".."),
    (EX3, r"Nel primo caso $\frac{dy}{dx} = A^\top c$.", "F"),
    (EX3, r"Se obtiene $\frac{dy}{dx} = A^\top c$.", "F"),
    (EX3, r"Caso $A$ simmetrica: facile. In generale $\nabla_x y = A^\top c$.", "F"),
    (EX2, r"By analogy to the scalar case $\frac{dy}{dA} = 2B$.", "F"),
]
OWN_FUNCTIONS = [
    (EX1, r"Let $f(t) = t^2$. Then $f'(t) = 2t$, so $\frac{\partial y}{\partial x_k} = f'(x_k) = 2x_k$.", "...."),
    (LINEAR, r"We have $L = f(y) = f(y(x))$.", ".."),
    (CHAIN, r"Let $f = \operatorname{vec} F$, $s = \operatorname{vec} S$.", ".."),
    (CHAIN, r"Let $f = \operatorname{vec} F$. Then $f = (I_M \otimes A) \operatorname{vec}(S)$.", ".."),
    (EX1, r"With $\phi(t) = t^2$ we have $\phi(x) = 4x$.", ".."),
    (EX1, r"$\mathrm{d}f(x)[h] = 2\langle x, h\rangle$", "."),
    (CHAIN, r"Denote $f = \frac{dJ}{dF}$.", "."),
    (EX1, r"$f(x) = 3x^\top x$", "F"),
    (EX1, r"$f(x+h) = x^\top x + 2x^\top h$", "."),
    (EX1, r"We call $f(x) = x^\top x$ the function; then $\nabla f(x) = 3x$.", ".F"),
    (EX3, r"$[D_x f](h) = h^\top A^\top c$", "F"),
    (LINEAR, r"$L = f(y)$, so $gradW = g x^\top$.", ".F"),
]
NAMES_OF_GRADIENTS = [
    (NORM, r"$\frac{\partial L}{\partial y_i} = dy_i$ is the upstream gradient.", "."),
    (NORM, r"$\frac{\partial L}{\partial y} = dy$. Then $d\mu = 3$.", ".."),
    (SOFTMAX, r"where $\frac{\partial L}{\partial y} = dy$", "."),
    (LINEAR, r"The upstream gradient is $dy = \frac{\partial L}{\partial y}$, and $dW = x^\top dy$.", ".."),
    (LINEAR, r"$\frac{\partial L}{\partial y} = dy$, $gradW = g x^\top$", ".F"),
    (NORM, r"$\frac{\partial L}{\partial y_i} = 2 g_i$ is the upstream gradient.", "F"),
    (SOFTMAX, r"$\frac{\partial L}{\partial y} = dy$, $\frac{\partial y_i}{\partial x_i} = y_i$", ".F"),
]
HELD = [
    (TRACE, r"$A$ is fixed, so $dA = 0$.", "."),
    (EX2, r"$dy = \operatorname{tr}(dA\,B) + \operatorname{tr}(A\,dB) = \operatorname{tr}(dA\,B)$ since $dB = 0$.", "..."),
    (EX3, r"Put $\mathrm dA = 0$. Then $\mathrm{d}y = (Ac)^\top \mathrm dx$.", ".."),
    (EX3, r"С фиксированным $A$: $dA = 0$.", "."),
    (EX3, r"Wir halten $x$ fest, $dx = 0$.", "."),
    (EX3, r"Con $\delta A = 0$: $\nabla_x y = Ac$.", ".."),
    (EX2, r"$B$ is fixed, so $dB = 0$ and $dy = \operatorname{tr}(A\,dA)$.", ".F"),
    (EX3, r"$A$ is fixed, so $dA = 0$ and $dy = c^\top A\,dx$.", ".F"),
    (EX3, r"With $dA = 0$: $\nabla_x y = A^\top c$.", ".F"),
    (EX2, r"$dy = \operatorname{tr}(B^\top dA)$ since $dB = 0$.", "F."),
    (EX1, r"$dy = 0$", "F"),
]
EXAMPLES = [
    (EX2, r"Test: $A = I$, $B = I$. Off the diagonal $\frac{\partial y}{\partial A_{12}} = 0$.", "..."),
    (EX3, r"Check with $A = I$: $\frac{\partial y}{\partial A_{12}} = 0$.", ".."),
    (EX2, r"Test mit $B = I$: $\frac{\partial y}{\partial A_{21}} = 0$.", ".."),
    (EX1, r"For example with $x = (1,2)^\top$: $y = 5$, $\nabla y = (2,4)^\top$.", "..."),
    (
        EX1,
        r"For example $x = \begin{pmatrix} 1 \\ 2 \end{pmatrix}$ gives $y = 5$ and $\frac{dy}{dx} = \begin{pmatrix} 2 \\ 4 \end{pmatrix}$.",
        "...",
    ),
    (EX2, r"Например, $B = 2$ даёт $y = 7$.", ".."),
    (EX1, r"Check: for $x = 3$ we get $y = 9$, $y' = 6$.", "..."),
    (EX1, r"Por ejemplo, $y = 5$ para $x = (1,2)^\top$.", ".."),
    (EX1, r"例如 $x = (1,1)^\top$,$y = 2$。", ".."),
    (EX1, r"For example, $\frac{dy}{dx} = 3x$.", "F"),
    (EX1, r"For example with $x = (1,2)^\top$: $y = 5$. In general $\nabla y = x$.", "..F"),
    (EX1, r"$y = 5$", "F"),
    (EX2, r"Check: $\frac{\partial y}{\partial a_{pq}} = b_{pq}$.", "F"),
    (EX1, r"Example: $x^\top x = 2 x^\top x$.", "F"),
]
SIZES = [
    (CHAIN, r"If all the sizes are one, $J = (X-AS)^2$ and $\frac{\partial J}{\partial A} = -2(X-AS)S$.", ".."),
    (LINEAR, r"If all dimensions are one, $\frac{\partial L}{\partial W} = gx$ and $\frac{\partial L}{\partial x} = Wg$.", ".."),
    (EX3, r"Wenn alle Größen eins sind, ist $\frac{dy}{dx} = cA$.", "."),
    (EX3, r"If everything is a number, $\frac{dy}{dA} = cx$.", "."),
    (EX3, r"Se tutte le dimensioni sono uno, $\frac{dy}{dA} = cx$.", "."),
    (LINEAR, r"If all the dimensions are one, $\frac{\partial L}{\partial W} = 2gx$.", "F"),
    (CHAIN, r"If all the sizes are one it is easy. $\frac{\partial J}{\partial A} = -2(X-AS)S$.", "."),
    (CHAIN, r"If all the sizes are one it is easy. $\frac{\partial J}{\partial A} = -3(X-AS)S$.", "F"),
    (
        CHAIN,
        r"If all the sizes are one, $\frac{\partial J}{\partial A} = -2(X-AS)S$. So $\frac{\partial J}{\partial A} = -2(X-AS)S$.",
        "..",
    ),
    (EX1, r"For $N=1$: $y' = 2x$.", "."),
    (EX2, r"For $N=2$: $\frac{dy}{dA} = \begin{pmatrix} b_{11} & b_{21} \\ b_{12} & b_{22} \end{pmatrix}$.", "."),
    (EX2, r"$\frac{dy}{dA} = \begin{pmatrix} b_{11} & b_{21} \\ b_{12} & b_{22} \end{pmatrix}$ for $N=2$.", "."),
    (EX1, r"$\frac{dy}{dx} = 2x_1$ for $N=1$.", "."),
    (EX1, r"For $N=1$: $\frac{dy}{dx} = 3x_1$.", "F"),
    (EX1, r"$\frac{\partial y}{\partial x_k} = 3x_k$ for $k = 1, \dots, N$.", "F"),
    (EX1, r"For $N=1$ it is easy." "\n\n" r"Now $\frac{dy}{dx} = 3x$.", "F"),
]
CASES = [
    (EX2, r"$\frac{\partial a_{ij}}{\partial a_{pq}} = 1$ if $i = p$ and $j = q$, and $0$ otherwise.", "."),
    (EX2, r"$\frac{\partial a_{ij}}{\partial a_{pq}} = 0$ unless $i=p$, $j=q$.", "."),
    (
        LINEAR,
        r"$\frac{\partial y_{ij}}{\partial W_{pq}} = x_{ip}$ if $j = q$, and $\frac{\partial y_{ij}}{\partial W_{pq}} = 0$ otherwise.",
        "..",
    ),
    (EX1, r"$\frac{\partial x_i}{\partial x_k} = 0$ for $i \ne k$", "."),
    (SOFTMAX, r"$\frac{\partial y_i}{\partial x_k} = -y_i y_k$ if $i \ne k$.", "."),
    (
        SOFTMAX,
        r"$\frac{\partial y_i}{\partial x_k} = y_i(1 - y_i)$ falls $i = k$, sonst $\frac{\partial y_i}{\partial x_k} = -y_i y_k$.",
        "..",
    ),
    (SOFTMAX, r"$\frac{\partial y_i}{\partial x_k} = y_i y_k$ if $i \ne k$.", "F"),
    (
        SOFTMAX,
        r"$\frac{\partial y_i}{\partial x_k} = y_i(1 - y_i)$ if $i = k$ and $y_i y_k$ otherwise; so $\frac{\partial y_i}{\partial x_k} = y_i$.",
        ".F",
    ),
    (EX1, r"$\frac{\partial x_i}{\partial x_k} = 1$ for $i \ne k$", "F"),
]
COLUMNS = [
    (EX3, r"Recall: find $\nabla_x x^\top Bx$. We know $\nabla_x (x^\top Bx) = (B+B^\top)x$.", "."),
    (EX3, r"To find $\nabla_x x^\top B x$ write $\nabla_x (x^\top B x) = Bx + B^\top x$.", "."),
    (EX2, r"We stack rows: $X = \begin{pmatrix} x_1^\top \\ x_2^\top \end{pmatrix}$.", "."),
    (
        EX2,
        r"$A B = \begin{pmatrix} a_1^\top \\ a_2^\top \end{pmatrix} B = \begin{pmatrix} a_1^\top B \\ a_2^\top B \end{pmatrix}$",
        "..",
    ),
    (EX1, r"$\frac{dy}{dx} h = 2 x^\top h$", "."),
    (EX3, r"Find $\nabla_x x^\top A c$. We get $\nabla_x y = A^\top c$.", "F"),
    (EX1, r"Find $\nabla_x x^\top x$. It is $\nabla_x y = x$.", "F"),
]
OPERATORS = [
    (EX1, r"$\operatorname{Var}(x) = \sigma$", "U"),
    (EX1, r"$\operatorname{rank}(x) = 1$", "U"),
    (EX2, r"$y = 2\operatorname{rank}(A)$", "U"),
    (EX1, r"$\Var(x) = 3$", "U"),
    (EX1, r"$\mathrm{argmin}_x y = 0$", "U"),
    (EX1, r"$y = 3x^\top x \text{ for all } x$", "F"),
    (EX1, r"$\text{hence } x^\top x = 2 x^\top x$", "F"),
    (EX2, r"$\operatorname{tr}(AB) = \operatorname{tr}(A)\operatorname{tr}(B)$", "F"),
    (EX1, r"$\mathrm{d}y = 3x^\top \mathrm{d}x$", "F"),
]
MEANINGS = [
    (EX3, r"Let $y = Ac$.", "."),
    (CHAIN, r"Let $g = \operatorname{vec}(F)$ and put $X = 2S$.", ".."),
    (EX3, r"Пусть $f = Ac$.", "."),
    (EX3, r"Sei $f = x^\top c$.", "."),
    (EX3, r"Sea $f = c^\top x$.", "."),
    (EX3, r"设 $f = c^\top x$。", "."),
    (NORM, r"Denote $\sigma = \sqrt{\frac1N\sum_i (x_i-\mu)^2 + \varepsilon}$. Then $y = (x-\mu)/\sigma$.", ".."),
    (CHAIN, r"Let $F = SA$.", "F"),
    (EX3, r"Обозначим $y = Ac$; тогда $y + y = 2Ac$.", ".."),
    (CHAIN, r"where $F = SA$", "F"),
    (NORM, r"где $\sigma = \sqrt{\frac1N\sum_i(x_i-\mu)^2}$", "."),
    (CHAIN, r"Let us see: $\frac{dJ}{dF} = 2(X-F)$.", "F"),
    (CHAIN, r"Let $D = X - F$. Then $\frac{dJ}{dF} = 2D$.", ".F"),
    (EX3, r"Let $y = Ac$. Then $x^\top A c = c^\top A x$.", ".F"),
]
DENIED = [
    (EX1, r"One might think that $\frac{dy}{dx} = x + x^\top$, but shapes differ.", "."),
    (EX1, r"Say $y = 3x^\top x$ by mistake: no, $y = x^\top x$.", "F."),
    (EX1, r"It would be wrong to write $\frac{dy}{dx} = x$.", "."),
    (EX1, r"Неверно, что $\frac{dy}{dx} = x$.", "."),
    (EX1, r"Es wäre falsch, $\frac{dy}{dx} = x$ zu schreiben.", "."),
    (EX1, r"That would be wrong. Rather $\frac{dy}{dx} = x$.", "F"),
    (EX1, r"$\frac{dy}{dx} = x$ is not what one might think.", "F"),
]
LEFT_SIDES = [
    (EX1, r"$y = x^\top x$, $dy = 2x^\top dx => \frac{dy}{dx} = 2x$", "..."),
    (EX1, r"$dy = 2x^\top dx$. The gradient $\text{grad} = 2x$.", ".."),
    (EX1, r"$y = x^\top x$ and $\frac{dy}{dx}$ $= 2x$", ".."),
    (EX1, r"$y = x^\top x$, $z \le 3$, $= 2x$", ".."),
    (EX1, r"$$y = x^\top x$$ $$= 3 x^\top x$$", ".F"),
    (EX1, r"$y = x^\top x$ $= 2 x^\top x$", ".F"),
    (EX1, r"$$\begin{aligned} y &= x^\top x \\ &= 2 x^\top x \end{aligned}$$", ".F"),
]
LAYOUTS = [
    (
        CHAIN,
        r"$\frac{\partial J}{\partial F} = -2(X-F)^\top$, so $\frac{\partial J}{\partial S} = \frac{\partial J}{\partial F} A$.",
        "..",
    ),
    (EX1, r"$\frac{dy}{dx} = 2x^\top$, so $dy = \frac{dy}{dx} dx = 2x^\top dx$.", "..."),
    (
        CHAIN,
        r"$\frac{\partial J}{\partial F} = -2(X-F)^\top$, $\frac{\partial J}{\partial S} = A \frac{\partial J}{\partial F}$",
        ".F",
    ),
    (EX1, r"$\frac{dy}{dx} = 2x^\top$, $dy = \frac{dy}{dx} dx = x^\top dx$", "..F"),
    (CHAIN, r"$\frac{\partial J}{\partial S} = \frac{\partial J}{\partial F} A$", "F"),
]
UNREACHED = [
    (EX3, r"$\frac{dy}{db} = x$ with $b = Ac$", ".."),
    (EX1, r"$\frac{dy}{dz} = 3\frac{dy}{dz}$", "U"),
    (EX3, r"Let $b = Ac$. Then $\frac{dy}{db} = x$.", ".."),
    (EX1, r"$\frac{dy}{dz} = x$", "U"),
    (EX3, r"Let $b = Ac$. Then $\frac{db}{dc} = 3A$.", ".F"),
]
KINDS = {
    "set to zero": SET_TO_ZERO,
    "hypotheses": HYPOTHESES,
    "own functions": OWN_FUNCTIONS,
    "names of gradients": NAMES_OF_GRADIENTS,
    "held": HELD,
    "examples": EXAMPLES,
    "sizes": SIZES,
    "cases": CASES,
    "columns": COLUMNS,
    "operators": OPERATORS,
    "meanings": MEANINGS,
    "denied": DENIED,
    "left sides": LEFT_SIDES,
    "layouts": LAYOUTS,
    "unreached": UNREACHED,
}
INPUTS = [pytest.param(*each, id=f"{kind} {place}") for kind, inputs in KINDS.items() for place, each in enumerate(inputs)]


@pytest.mark.parametrize(("name", "text", "expected"), INPUTS)
def test_a_step_is_false_only_where_nothing_around_it_may_change_its_meaning(name, text, expected):
    report = read_writeup(text, EXERCISES[name])
    letters = {"false": "F", "not understood": "U"}
    found = [letters.get(step.verdict, ".") for step in report.steps]
    # What one reader cuts into two steps is no matter here.
    assert found.count("F") == expected.count("F"), described(report)
    if "F" in expected:
        assert found.index("F") >= expected.index("F") - expected.count("."), described(report)
    if "U" in expected:
        assert set(found) <= {"U"}, described(report)


def test_each_condition_has_a_sentence_of_its_own():
    sentences = [condition.sentence for condition in CONDITIONS]
    assert len(set(sentences)) == len(sentences) >= 8


def test_a_false_step_carries_its_certificate():
    report = read_writeup(r"$\frac{dy}{dx} = 3x$", EXERCISES[EX1])
    assert report.steps[0].certificate == tuple(condition.sentence for condition in CONDITIONS)
    assert read_writeup(r"$\frac{dy}{dx} = 2x$", EXERCISES[EX1]).steps[0].certificate == ()


def test_what_was_not_sure_is_named():
    report = read_writeup(r"Setting it to zero gives $A^\top AS = A^\top X$.", EXERCISES[TRACE])
    assert "zero" in report.steps[0].reason


def test_a_case_with_no_range_loses_nothing_but_itself():
    report = read_writeup(r"Case i == k $$\delta_{ik} + 1 = 2$$ and $\frac{dy}{dx} = 2x$", EXERCISES[EX1])
    assert [step.verdict for step in report.steps][-1] == "holds" and not report.notes


def test_a_mistake_of_the_reader_in_one_relation_loses_that_relation_only(monkeypatch):
    from matrix_checks.derivations.judging import relations

    decide = relations.decide_all
    monkeypatch.setattr(relations, "decide_all", lambda setting, *sides: decide(setting, *sides) if len(calls) != 1 else 1 // 0)
    calls = []
    judge = relations.Relations._judged
    monkeypatch.setattr(
        relations.Relations, "_judged", lambda self, *rest, **more: (calls.append(0), judge(self, *rest, **more))[1]
    )
    report = read_writeup(r"$\frac{dy}{dx} = 3x$, $y = x^\top x + 1$", EXERCISES[EX1])
    assert [step.verdict for step in report.steps] == ["not understood", "false"]
