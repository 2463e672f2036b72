r"""Where a write-up is cut into statements: no relation sign is lost, none is joined with what it does not belong to.

Each text has one letter for each relation sign at the top level of a formula: H holds, L other layout, 1 first order, F false,
U not understood, D stated (a condition or a declaration, which is not judged).
"""

import pytest

from matrix_checks.derivations.judging.writeups import read_writeup
from tests.test_writeups import EXERCISES, described, verdicts

TEXTS = {
    "arrows": [
        ("ex1", r"$y = x^Tx$ then $dy = 2x^Tdx => \frac{dy}{dx} = 2x$", "H H H"),
        ("ex1", r"$dy = 2x^Tdx --> \frac{dy}{dx} = 2x$", "H H"),
        ("ex1", r"$dy = 2x^Tdx -> \frac{dy}{dx} = 3x$", "H F"),
        ("ex1", r"$dy = 2x^Tdx ==> \frac{dy}{dx} = 2x <=> \nabla y = 2x$", "H H H"),
        ("ex1", r"$y = x^Tx \longrightarrow \nabla y = 2x$", "H H"),
        ("ex1", r"$$dy = 2x^Tdx \\ \Leftrightarrow \quad \frac{dy}{dx} = 2x$$", "H H"),
        ("ex1", r"$f: \mathbb{R}^N \to \mathbb{R}$, as $h \to 0$. $y = x^Tx$", "H"),
        ("ex1", r"$dy = 2x^Tdx \xrightarrow{h \to 0} \frac{dy}{dx} = 2x$", "H H"),
        ("ex1", r"$dy = 2x^Tdx \impliedby \nabla y = 2x$", "H H"),
        ("ex1", r"$dy = 2x^Tdx => = 2x$", "H U"),
    ],
    "a chain goes on": [
        ("ex4_trace", r"Let $F=AS$. $$J = tr((X-F)(X-F)^T) =$$ $$= tr(XX^T) - 2tr(XF^T) + tr(FF^T)$$", "H H H"),
        ("ex1", r"$$y = x^Tx =$$ $$\sum_i x_i^2$$", "H H"),
        ("ex1", r"$$y = \\ x^Tx = \\ = \sum_i x_i^2$$", "H H"),
        ("ex1", r"$\frac{dy}{dx}$ $= x + x$ and so $= 2x$.", "H H"),
        ("ex1", r"$y = x^Tx =$ which is all.", "H U"),
        ("ex1", r"$= 2x$", "U"),
        ("ex3", r"The value becomes $(x+h)^TAc$ which is $= x^TAc + h^TAc$.", "H"),
        ("ex3", r"The value becomes $(x+h)^TAc$ which is $= x^TAc - h^TAc$.", "U"),
        ("ex3", r"The value is $(x+h)^TAc$. It $= x^TAc + h^TAc$.", "U"),
        ("ex4_trace", r"$F=AS$, $J = \|X-F\|_F^2$ $$= tr((X-F)^T(X-F))$$", "H H H"),
        ("ex1", "$y = x^Tx =$\n\nNow $\\nabla y = 2x$", "H U H"),
    ],
    "points": [
        ("linear", r"$y = x.W + b$", "H"),
        ("linear", r"$y = x . W + b$", "H"),
        ("linear", r"$\frac{\partial L}{\partial W} = x.T @ g$", "H"),
        ("linear", r"$\frac{\partial L}{\partial x} = g @ W.T$.", "H"),
        ("linear", r"$\frac{\partial L}{\partial x} = g @ W$.", "F"),
        ("softmax", r"$gradInput = y .* (g - sum(g .* y))$", "H"),
        ("linear", r"$y = x.dot(W) + b$", "H"),
        ("linear", r"$gradB = np.sum(g, axis=0)$", "H"),
        ("ex1", r"$y = x^Tx. \frac{dy}{dx} = 2x.$", "H H"),
        ("ex1", r"$y = x^Tx.$ $$\nabla y = 2x. \\$$", "H H"),
        ("ex1", r"$y = 0.5x^Tx$, $y = 1.0x^Tx$", "F H"),
    ],
    "conditions behind": [
        ("ex4_chain", r"$\frac{\partial f_{kl}}{\partial s_{ij}} = a_{ki}$ if $l=j$", "H D"),
        ("ex4_chain", r"$\frac{\partial f_{kl}}{\partial s_{ij}} = a_{ki} \text{ if } l = j, \text{ else } 0$", "H D"),
        ("ex4_chain", r"$\frac{\partial f_{kl}}{\partial s_{ij}} = a_{ki} \text{ if } l = j$ and $\frac{\partial f_{kl}}{\partial s_{ij}} = 0$ otherwise.", "H D H"),
        ("ex1", r"$\frac{\partial x_i}{\partial x_k} = 0$ for $i\ne k$", "H"),
        ("ex1", r"$$\frac{\partial x_i}{\partial x_k} = 0, \quad i \ne k$$", "H"),
        ("ex1", r"$$\frac{\partial x_i}{\partial x_k} = 1 \quad (i = k)$$", "H D"),
        ("ex1", r"$$\frac{\partial x_i}{\partial x_k} = 0 \quad (i = k)$$", "F D"),
        ("ex1", r"$\frac{\partial x_i}{\partial x_k} = 1$ when $i = k$, else $\frac{\partial x_i}{\partial x_k} = 0$", "H D H"),
        ("ex1", r"$\frac{\partial x_i}{\partial x_k} = 1$ if $i=k$, and $\frac{\partial x_i}{\partial x_k} = \delta_{ik}$", "H D H"),
        ("ex1", r"$\frac{\partial x_i}{\partial x_k} = 1$ if $i=k$. So $\frac{\partial x_i}{\partial x_k} = 1$", "H D F"),
    ],
    "words between formulas": [
        ("ex1", r"$\frac{\partial x_i}{\partial x_k} = 0$, $i \ne k$.", "H"),
        ("ex1", r"$i = k$, $\frac{\partial x_i}{\partial x_k} = 1$.", "D H"),
        ("ex1", r"$\frac{\partial y}{\partial x_k} = 3x_k$ for $k = 1,2$", "F D"),
        ("ex1", r"$y = x^Tx$ and when $x = 0$, $y = 3$. $y = 3$", "H D U U"),
        ("ex1", r"if $\nabla y = 3x$ then we are done. $\nabla y = 3x$", "D F"),
        ("ex1", r"$$\frac{\partial y}{\partial x_k} = 3x_k \text{ for } k = 1, \dots, N$$", "F D"),
        ("ex1", r"$$\frac{dy}{dx} = 2x \; \Box$$", "H"),
    ],
    "conditions before": [
        ("ex1", r"If $i = k$, then $\frac{\partial x_i}{\partial x_k} = 1$; if $i \ne k$, then $\frac{\partial x_i}{\partial x_k} = 0$.", "D H H"),
        ("ex1", "if $i = k$\n$$\\frac{\\partial x_i}{\\partial x_k} = 1$$\notherwise\n$$\\frac{\\partial x_i}{\\partial x_k} = 0$$", "D H H"),
        ("ex1", r"$$i = k: \quad \frac{\partial x_i}{\partial x_k} = 1$$", "D H"),
        ("ex1", r"$$i \ne k \Rightarrow \frac{\partial x_i}{\partial x_k} = 0$$", "H"),
        ("ex1", r"$$j \ne i$$ $$\frac{\partial x_i}{\partial x_j} = 0$$", "H"),
        ("ex3", r"if $f(x) = c^Tx$ then $\nabla f = c$", "H H"),
        ("ex2", r"If $B = I$, then $y = tr(A)$ and $\frac{dy}{dA} = I$. But $y = tr(A)$.", "D H H U"),
        ("ex1", r"For $N = 1$: $y' = 2x$", "D H"),
    ],
    "remarks": [
        ("ex1", r"$$\begin{aligned} dy &= dx^\top x + x^\top dx & \text{since } a^\top b = b^\top a \\ &= 2x^\top dx \end{aligned}$$", "H H H"),
        ("ex1", r"$$\begin{aligned} y &= x^Tx && \text{(definition)} \\ &= \sum_i x_i^2 && \text{only } i \text{ counts} \end{aligned}$$", "H H"),
        ("ex1", r"$$y = x^Tx \quad \text{because } x^Tx = \|x\|^2 \\ = \sum_i x_i^2$$", "H H H"),
        ("ex1", r"\begin{align} \frac{dy}{dx} &= x + x &\qquad& \text{// for all } k \\ &= 2x && \text{// two of them} \end{align}", "H H"),
        ("ex1", r"$$\begin{aligned} y &= x^Tx, \text{ so } \nabla y = x + x \\ &= 2x \end{aligned}$$", "H H H"),
    ],
    "wrappers": [
        ("ex1", r"$$\boxed{\frac{dy}{dx} = 2x}$$", "H"),
        ("ex1", r"$${\frac{dy}{dx} = 2x}$$", "H"),
        ("ex1", r"$$\color{blue}{\frac{dy}{dx} = 3x}$$", "F"),
        ("ex1", r"$$\boxed{\;\color{blue}{\frac{\partial y}{\partial x} = 2x}\;}$$", "H"),
        ("ex1", r"$$\textcolor{red}{\nabla y = 2x}$$", "H"),
        ("ex1", r"$$\underbrace{y = x^Tx}_{\text{given}}$$", "H"),
        ("ex1", r"$$y = x^Tx + \underbrace{0}_{=0}$$", "H"),
        ("ex1", r"$$\begin{array}{rcl} y & = & x^Tx \\ & = & \sum_i x_i^2 \end{array}$$", "H H"),
        ("ex1", r"$$\left\{ \begin{array}{l} y = x^Tx \\ \nabla y = 2x \end{array} \right.$$", "H H"),
        ("ex1", r"$$\left\{ y = x^Tx, \nabla y = 2x \right.$$", "H H"),
        ("ex1", r"$$\begin{cases} y = x^Tx \\ \nabla y = x \end{cases}$$", "H F"),
        ("ex1", r"$$\frac{\partial x_i}{\partial x_k} = \begin{cases} 1, & i = k \\ 0, & \text{otherwise} \end{cases}$$", "H D"),
    ],
    "inner products": [
        ("ex2", r"$tr(AB) = \left<B^T, A\right> = \sum_{ij} b_{ji}a_{ij}$", "H H"),
        ("ex2", r"$tr(AB) = <B^T, A> = \sum_{ij} b_{ji}a_{ij}$", "H H"),
        ("ex2", r"$tr(AB) = \langle B^T, A \rangle = \sum_{ij} b_{ji}a_{ij}$", "H H"),
        ("ex1", r"$d<x,x> = 2<x,dx>$", "H"),
        ("ex1", r"$y = <x, x>$, $\nabla y = 2x$", "H H"),
        ("ex1", r"$y = x^Tx > 0$, $\nabla y = 2x$", "H H"),
    ],
    "asides": [
        ("softmax", r"the two classes ($t=1$, $t=2$)", "D D"),
        ("ex1", r"$y = x^Tx$ $(i = 1, \dots, N)$", "H D"),
        ("ex1", r"$$y = x^Tx, \qquad (\nabla y = 2x)$$", "H H"),
        ("ex1", r"$$(y = x^Tx)$$", "H"),
        ("ex1", r"$$\frac{\partial y}{\partial x_k} = 2x_k \quad (k = 1, \dots, N)$$", "H D"),
    ],
    "dollars": [
        ("ex1", r"$$y = x^Tx$ and then $$\nabla y = 2x$$", "H H"),
        ("ex1", r"$y = x^Tx$$ and then $\nabla y = 2x$", "H H"),
        ("ex1", r"$y = x^Tx$$\nabla y = 2x$", "H H"),
        ("ex1", r"$$\frac{\partial x_i}{\partial x_k} = 1 \text{ if $i=k$}$$ $$\nabla y = 2x$$", "H D H"),
        ("ex1", "It costs 5$.\n\nSo $y = x^Tx$", "H"),
    ],
    "words and unknown commands": [
        ("ex2", r"$\operatorname{Var}(A) = tr(A)$", "U"),
        ("ex2", r"$y = \mathrm{Sp}(AB)$", "H"),
        ("ex2", r"$y = \foo AB = tr(AB)$", "U U"),
        ("ex2", r"$y = \mathrm{np.trace}(A @ B)$", "H"),
        ("ex1", r"$\text{grad\_input} = 2x$", "H"),
        ("ex1", r"$y = \text{const}$, $\nabla y = 2x$", "U H"),
    ],
    "macros": [
        ("ex1", r"$\newcommand{\x}{\mathbf{x}}$ $y = \x^T\x$", "H"),
        ("ex1", r"$\def\T{^\top}$ $y = x\T x$, $\nabla y = x$", "H F"),
        ("ex1", r"\newcommand{\grad}{\nabla y} $\grad = 2x$", "H"),
        ("ex2", r"$\DeclareMathOperator{\spur}{tr} y = \spur(AB)$", "H"),
        ("ex1", r"$\def\a{\a\a}$ $\a = 1$", "U"),
    ],
    "what is hidden": [
        ("ex1", r"$y = x^Tx$ <!-- $\nabla y = 3x$ --> $\nabla y = 2x$", "H H"),
        ("ex1", r'<span style="display: none">$\nabla y = 2x$</span> $y = x^Tx$', "H"),
        ("ex1", "```\n$y = 3x$\n```\n~~~\n$y = 4$\n~~~\n$y = x^Tx$", "H"),
        ("ex1", r"<pre>$y = 3x$</pre> <code>$y = 4$</code> $y = x^Tx$", "H"),
        ("ex1", r"$y = x^Tx$ <!-- never closed, so that a page shows nothing of it $y = x^Tx$", "H"),
    ],
    "signs": [
        ("linear", r"$gradB = \sum_{i=1}^N gradOutput_{,:}$", "U"),
        ("ex1", r"$y := x^Tx$, $2x =: g$, $\nabla y = g$", "H H H"),
        ("ex1", r"$\nabla y \propto x$", "U"),
        ("ex1", r"$y \overset{\text{def}}{=} x^Tx \stackrel{(1)}{=} \|x\|^2$", "H H"),
        ("ex1", r"$\nabla y \overset{!}{=} 0$", "U"),
        ("ex1", r"$y \triangleq x^Tx \equiv \|x\|^2 \approx 3$", "H H U"),
        ("ex1", r"$\|h\| = \epsilon \ll 1$", "U"),
        ("ex1", r"$y = \text{\foo{$ and $= x^Tx$", "U U"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("exercise", "text", "expected"),
    [pytest.param(*case, id=f"{kind}: {case[1]}") for kind, cases in TEXTS.items() for case in cases],
)
def test_a_text_is_cut_into_its_statements(exercise, text, expected):
    report = read_writeup(text, EXERCISES[f"writeup_{exercise}"])
    assert verdicts(report) == expected, described(report)


def kinds_of(text: str, exercise: str = "writeup_ex1") -> list[str]:
    return [kind for _, kind in read_writeup(text, EXERCISES[exercise]).account]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (r"$y = x^Tx \Rightarrow \nabla y = 2x$", ["judged", "separator", "judged"]),
        (r"Let $w = 2x$. $y = \foo$", ["definition", "not understood"]),
        (r"$\frac{\partial x_i}{\partial x_k} = 1$ if $i = k$, $i = 1, \dots, N$", ["judged", "condition", "declaration"]),
        (r"$y = \sum_{i=1}^N x_i^2$", ["judged", "inside"]),
        (r"$y = x^Tx + \underbrace{0}_{=0} \text{ as } a \to b$", ["judged", "remark", "separator"]),
        (r"$y =$ $= x^Tx$", ["separator", "judged"]),
        (r"$y = x^Tx$ <!-- $y = 3$ -->", ["judged"]),
    ],
)
def test_the_account_says_where_every_sign_ended(text, kinds):
    assert kinds_of(text) == kinds


def test_the_account_names_the_place_of_each_sign():
    text = r"We have $y = x^Tx$ and % $$\nabla y \;=\; 2x => y = x^Tx$$"
    report = read_writeup(text, EXERCISES["writeup_ex1"])
    assert [place for place, _ in report.account] == [text.index(sign) for sign in ("= x^Tx$ and", "=\\;", "=>", "= x^Tx$$")]


def test_hidden_text_is_said_to_be_hidden():
    report = read_writeup(r"$y = x^Tx$ <!-- $y = 3$ -->", EXERCISES["writeup_ex1"])
    assert any("hidden" in note for note in report.notes)


def test_a_relation_that_is_stated_only_is_worth_nothing():
    assert read_writeup(r"$i = k$", EXERCISES["writeup_ex1"]).share == 0
