r"""School calculus inside write-ups, sums without an index, the inverse of vec, and the words of reasons.

By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H, "." anything.
"""

import pytest

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.in_words import in_words
from matrix_checks.derivations.judging.writeups import read_writeup
from tests.test_precision import cases, fits, judged
from tests.test_recall import EXERCISES

KINDS = {
    "a rule for functions of a number": [
        ("softmax", r"$(f/g)' = \frac{f'g - fg'}{g^2}$, $(f/g)' = \frac{f'g + fg'}{g^2}$", "H-"),
        ("ex3", r"$(f/g)' = \frac{f'g - fg'}{g^2}$, $(f/g)' = \frac{f'g + fg'}{g^2}$, $(f/g)' = \frac{f'}{g'}$", "H--"),
        ("softmax", r"$\left(\frac uv\right)' = \frac{u'v - uv'}{v^2}$, $\left(\frac uv\right)' = \frac{uv' - u'v}{v^2}$", "H-"),
        ("ex1", r"$(uv)' = u'v + uv'$, $(uv)' = u'v - uv'$, $(uv)' = u'v'$", "H--"),
        ("ex3", r"$(f\circ g)' = f'(g)g'$, $(f\circ g)' = (f'\circ g)\cdot g'$, $(f\circ g)' = f'(g)$", "HH-"),
        ("ex3", r"$(f(g(x)))' = f'(g(x))g'(x)$, $(f(g(x)))' = f'(x)g'(x)$", "H-"),
        ("softmax", r"$(f\circ g)'(x) = f'(g(x))\,g'(x)$, $\frac{d}{dx}f(g(x)) = f'(g(x))g'(x)$, $\frac{d}{dx}f(g(x)) = f'(g(x))$", "HH-"),
        ("softmax", r"$(\log u)' = u'/u$, $(e^u)' = u'e^u$, $(\sqrt u)' = \frac{u'}{2\sqrt u}$, $(u^n)' = nu^{n-1}u'$", "HHHH"),
        ("ex2", r"$(\log u)' = 1/u$, $(e^u)' = e^u$, $(u^2)' = 2u$, $(1/u)' = u'/u^2$", "----"),
        ("softmax", r"$\frac{d}{dx}\frac fg = \frac{f'g - fg'}{g^2}$, $\frac{d}{dx}\frac fg = \frac{f'g + fg'}{g^2}$", "H-"),
        ("ex1", r"$\frac{d}{dx}\frac{f(x)}{g(x)} = \frac{f'(x)g(x) - f(x)g'(x)}{g(x)^2}$", "H"),
        ("ex1", r"$\frac{d}{dx}\frac{f}{g} = \frac{g\frac{df}{dx} - f\frac{dg}{dx}}{g^2}$, $\frac{d}{dx}\frac{f}{g} = \frac{g\frac{df}{dx} + f\frac{dg}{dx}}{g^2}$", "H-"),
    ],
    "the case of numbers": [
        ("ex1", r"$(x^2)' = 2x$, $(x^2)' = x$, $\frac{d}{dx}x^2 = 2x$, $\frac{d}{dx}x^2 = x$", "H-H-"),
        ("ex3", r"$\frac{d}{dt}t^2 = 2t$, $\frac{d}{dt}t^2 = t$, $(\ln x)' = 1/x$, $(x^n)' = nx^{n-1}$, $(x^n)' = nx^n$", "H-HH-"),
        ("ex3", r"$\frac{d}{dx}\frac{1}{1+e^{-x}} = \frac{e^{-x}}{(1+e^{-x})^2}$, $\frac{d}{dx}\frac{1}{1+e^{-x}} = \frac{1}{(1+e^{-x})^2}$", "H-"),
        ("ex2", r"For numbers, $y = ab$, so $\frac{dy}{da} = b$.", "HH"),
        ("ex2", r"For numbers, $y = a + b$.", "-"),
        ("ex3", r"For numbers $y = axc$, and so $\frac{dy}{dx} = ac$; $\frac{dy}{dx} = ax$.", "HH-"),
        ("ex2", r"For scalars, $dy = A\,dB + B\,dA$.", "H"),
        ("ex2", r"As for numbers, $dy = A\,dB + B\,dA$.", "F"),
        ("ex2", r"For numbers $y = ab$. For matrices $dy = A\,dB + B\,dA$.", "HF"),
        ("ex2", r"$\frac{d}{dA}A^2 = 2A$", "-"),
    ],
    "sums without an index": [
        ("ex4_trace", r"$J = \sum\sum (X_{ij}-F_{ij})^2$, $J = \sum\sum (X_{ij}-F_{ij})$", "HF"),
        ("ex2", r"$y = \sum\sum a_{ij}b_{ji}$, $y = \sum\sum a_{ij}b_{ij}$, $y = \sum_i\sum a_{ij}b_{ji}$", "HFH"),
        ("ex2", r"$\frac{\partial y}{\partial a_{kl}} = \sum\sum\frac{\partial a_{ij}}{\partial a_{kl}}b_{ji} = \sum_{ij}\delta_{ik}\delta_{jl}b_{ji} = b_{lk}$", "HHH"),
        ("ex2", r"$\frac{\partial y}{\partial a_{kl}} = \sum\sum\frac{\partial a_{ij}}{\partial a_{kl}}b_{ij}$", "F"),
        ("ex3", r"$y = \sum\sum x_ia_{ij}c_j$, $y = \sum\sum x_ia_{ji}c_j$, $y = \sum\sum\sum x_ia_{ij}c_j$", "HF-"),
    ],
    "the inverse of vec": [
        ("ex3", r"$\operatorname{unvec}(c\otimes x) = xc^\top$, $\operatorname{unvec}(c\otimes x) = cx^\top$", "HF"),
        ("ex3", r"$\operatorname{mat}(c\otimes x) = xc^\top$, $\operatorname{vec}^{-1}(c\otimes x) = xc^\top$, $\operatorname{unvec}(\operatorname{vec}(A)) = A$", "HHH"),
        ("ex3", r"$\operatorname{mat}_{N\times N}(c\otimes x) = xc^\top$, $\operatorname{unvec}(c\otimes x)^\top = cx^\top$", "HH"),
        ("ex3", r"$\frac{dy}{dA} = \operatorname{unvec}(c\otimes x) = xc^\top$, $\frac{dy}{dA} = \operatorname{unvec}(x\otimes c)$", "HHF"),
        ("ex3", r"$\operatorname{unvec}((B^T\otimes A)\operatorname{vec}(X)) = AXB$, $\operatorname{unvec}((B\otimes A)\operatorname{vec}(X)) = AXB$", "H-"),
        ("ex3", r"$\operatorname{reshape}(c\otimes x, N, N) = xc^\top$, $\operatorname{reshape}(c\otimes x, N, N) = xx^\top$", "H-"),
    ],
    "matrices along a diagonal": [
        ("ex3", r"$\operatorname{blockdiag}(A, \dots, A) = I_M\otimes A$, $\operatorname{blockdiag}(A, \dots, A) = A\otimes I_M$", "H-"),
        ("ex2", r"$\operatorname{diag}(A, A) = I_2\otimes A$, $\operatorname{diag}(A, A) = A\otimes I_2$", "H-"),
        ("ex2", r"$\operatorname{diag}(A, B)^\top = \operatorname{diag}(A^\top, B^\top)$", "H"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_school_calculus_and_sloppy_sums_are_read(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert len(found) == len(wanted) and all(map(fits, found, wanted)), f"{text}\n found {found}, wanted {wanted}"


def reasons(exercise: str, text: str) -> list[str]:
    return [step.reason for step in read_writeup(text, EXERCISES[f"writeup_{exercise}"]).steps]


def test_a_reason_names_a_letter_once() -> None:
    assert reasons("ex1", r"$d_p(x^Tx) = p^Tx + x^Tp$") == ["it is not said what p is"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (r"$s = 1 + \dots + Q$", "an expression with dots"),
        (r"$Q = \begin{pmatrix} a & b \\ c & d\end{pmatrix}$", "a matrix that is written out"),
        (r"$K = (q, r)$", "a list in brackets"),
        (r"$A_j^i = Q_j^i + R_i^j$", "a letter with an index above and one below"),
    ],
)
def test_a_reason_is_in_plain_words(text: str, words: str) -> None:
    assert reasons("ex1", text)[0].startswith(words)


def test_every_kind_of_expression_has_words() -> None:
    found = [each for each in vars(kinds).values() if isinstance(each, type) and issubclass(each, kinds.Node)]
    assert not [each for each in found if any(each.__name__ == word for word in in_words(each).split())]


def test_several_sums_are_not_said_to_use_an_index_twice() -> None:
    assert all("twice" not in reason for reason in reasons("ex2", r"$y = \sum\sum a_{ij}b_{ij}$"))
