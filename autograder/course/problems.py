"""Small problems to be solved at the table, with fresh letters and numbers; their answers are computed, not written down.

A problem is drawn from a :class:`Draws`, which gives the same numbers for the same seed on every machine.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

import numpy as np

from autograder.derivatives import gradient, vjp

T = TypeVar("T")
EXACT = 1e-12


class Draws:
    """Numbers that look like chance and depend on the seed only.

    They come from a hash, whose values are a standard; what ``random`` and NumPy draw from a seed may change with their versions.
    """

    def __init__(self, *seed: str) -> None:
        # A byte that no word holds keeps ("ab", "c") and ("a", "bc") apart.
        self._seed, self._count = "\0".join(seed), 0

    def below(self, bound: int) -> int:
        """A number from 0 to ``bound - 1``."""
        self._count += 1
        digest = hashlib.sha256(f"{self._seed}\0{self._count}".encode()).digest()
        return int.from_bytes(digest, "big") % bound

    def one_of(self, choices: Sequence[T]) -> T:
        """One of several things."""
        return choices[self.below(len(choices))]

    def integers(self, *shape: int) -> np.ndarray:
        """An array of small numbers that a person can multiply in their head; none of them is zero."""
        numbers = [self.one_of((-2, -1, 1, 2, 3)) for _ in range(int(np.prod(shape)))]
        return np.array(numbers, dtype=np.float64).reshape(shape)

    def order(self, choices: Sequence[T]) -> list[T]:
        """All of several things, in some order."""
        left = list(choices)
        return [left.pop(self.below(len(left))) for _ in choices]


@dataclass(frozen=True)
class Problem:
    """One problem with its answer.

    Attributes
    ----------
    task
        Markdown with formulas in TeX.
    answer
        The same: in letters, and in numbers that were computed from the definition.
    variables, definitions, equation
        The answer in letters as an equation, and what its names stand for, in the language of ``writeups.toml``, so that the reader of
        derivations can try it; empty where the task asks for numbers only.
    """

    task: str
    answer: str
    variables: dict[str, list[str]]
    definitions: dict[str, str]
    equation: str


def squares(draw: Draws) -> Problem:
    """The gradient of a multiple of the square of a vector plus a linear term."""
    u, p = draw.one_of((("u", "p"), ("z", "a"), ("w", "q")))
    factor, point, other = draw.one_of((2, 3, 5)), draw.integers(2), draw.integers(2)
    value = rf"{factor} {u}^\top {u} + {p}^\top {u}"
    found = gradient(lambda z: factor * np.sum(z * z) + np.sum(other * z), point)
    equation = rf"\frac{{dy}}{{d{u}}} = {2 * factor} {u} + {p}"
    return Problem(
        rf"Let $y = {value}$ for columns ${u}, {p} \in \mathbb{{R}}^n$. Find $\frac{{dy}}{{d{u}}}$, first in letters, then for "
        rf"${u} = {_column(point)}$ and ${p} = {_column(other)}$.",
        rf"${equation}$, which is ${_column(found)}$.",
        {u: ["n", "1"], p: ["n", "1"]},
        {"y": value},
        equation,
    )


def trace(draw: Draws) -> Problem:
    """The gradient of a trace with respect to one factor that stands in another place than in the exercise."""
    first, second, third = draw.one_of((("U", "V", "W"), ("P", "Q", "R"), ("K", "L", "M")))
    form = draw.below(3)
    V, W = draw.integers(2, 3), draw.integers(3, 2)
    if form == 0:
        value, answer, shape, sizes = rf"{second} {first}", rf"{second}^\top", (3, 2), {first: ["n", "m"], second: ["m", "n"]}
        found = gradient(lambda Z: np.trace(V @ Z), np.zeros(shape))
    elif form == 1:
        value, answer, shape, sizes = rf"{first}^\top {second}", second, (2, 3), {first: ["m", "n"], second: ["m", "n"]}
        found = gradient(lambda Z: np.trace(Z.T @ V), np.zeros(shape))
    else:
        value, answer, shape = rf"{second} {first} {third}", rf"{second}^\top {third}^\top", (3, 3)
        sizes = {first: ["n", "n"], second: ["m", "n"], third: ["n", "m"]}
        found = gradient(lambda Z: np.trace(V @ Z @ W), np.zeros(shape))
    value = rf"\mathrm{{tr}}({value})"
    equation = rf"\frac{{dy}}{{d{first}}} = {answer}"
    given = rf"${second} = {_matrix(V)}$" + (rf" and ${third} = {_matrix(W)}$" if form == 2 else "")
    return Problem(
        rf"Let $y = {value}$, where ${first}$ is ${shape[0]} \times {shape[1]}$. Find $\frac{{dy}}{{d{first}}}$, first in letters, then "
        rf"for {given}.",
        rf"${equation}$, which is ${_matrix(found)}$.",
        sizes,
        {"y": value},
        equation,
    )


def bilinear(draw: Draws) -> Problem:
    """The gradients of a bilinear form with a rectangular matrix, with respect to the matrix and to the vector on its right."""
    u, M, v = draw.one_of((("u", "M", "v"), ("p", "B", "q"), ("a", "W", "b")))
    left, matrix, right = draw.integers(2), draw.integers(2, 3), draw.integers(3)
    of_matrix = gradient(lambda Z: np.sum(left[:, np.newaxis] * Z * right), matrix)
    of_right = gradient(lambda z: np.sum(left[:, np.newaxis] * matrix * z), right)
    value = rf"{u}^\top {M} {v}"
    variable, answer, found = draw.one_of(((M, rf"{u} {v}^\top", _matrix(of_matrix)), (v, rf"{M}^\top {u}", _column(of_right))))
    equation = rf"\frac{{dy}}{{d{variable}}} = {answer}"
    given = rf"${u} = {_column(left)}$ and " + (rf"${v} = {_column(right)}$" if variable == M else rf"${M} = {_matrix(matrix)}$")
    return Problem(
        rf"Let $y = {value}$, where ${M}$ is $2 \times 3$. Find $\frac{{dy}}{{d{variable}}}$, first in letters, then for {given}.",
        rf"${equation}$, which is ${found}$.",
        {u: ["m", "1"], M: ["m", "n"], v: ["n", "1"]},
        {"y": value},
        equation,
    )


def residual(draw: Draws) -> Problem:
    """The gradient of the squared residual of a linear system with respect to its unknown."""
    b, M, u = draw.one_of((("b", "M", "u"), ("p", "B", "z"), ("v", "W", "q")))
    aim, matrix, unknown = draw.integers(2), draw.integers(2, 2), draw.integers(2)
    found = gradient(lambda z: np.sum((aim - matrix @ z) ** 2), unknown)
    value = rf"\lVert {b} - {M} {u} \rVert^2"
    equation = rf"\frac{{dy}}{{d{u}}} = -2 {M}^\top ({b} - {M} {u})"
    return Problem(
        rf"Let $y = {value}$. Find $\frac{{dy}}{{d{u}}}$, first in letters, then for ${b} = {_column(aim)}$, ${M} = {_matrix(matrix)}$ and "
        rf"${u} = {_column(unknown)}$.",
        rf"${equation}$, which is ${_column(found)}$.",
        {b: ["m", "1"], M: ["m", "n"], u: ["n", "1"]},
        {"y": value},
        equation,
    )


def linear(draw: Draws) -> Problem:
    """A gradient of a linear layer for a batch of two objects."""
    P, Q, G = draw.one_of((("P", "Q", "G"), ("U", "V", "D"), ("A", "B", "E")))
    batch, weight, upstream = draw.integers(2, 3), draw.integers(3, 2), draw.integers(2, 2)
    of_weight, of_batch = vjp(lambda Z: batch @ Z, weight, upstream), vjp(lambda Z: Z @ weight, batch, upstream)
    variable, answer, found, name, numbers = draw.one_of(
        (
            (Q, rf"{P}^\top {G}", of_weight, P, batch),
            (P, rf"{G} {Q}^\top", of_batch, Q, weight),
        )
    )
    equation = rf"\frac{{dL}}{{d{variable}}} = {answer}"
    return Problem(
        rf"A layer without a bias maps a batch ${P}$, which is $2 \times 3$, to $Y = {P} {Q}$ with the weights ${Q}$, which are "
        rf"$3 \times 2$. The upstream gradient is ${G} = \frac{{dL}}{{dY}} = {_matrix(upstream)}$. Find $\frac{{dL}}{{d{variable}}}$, "
        rf"first in letters, then for ${name} = {_matrix(numbers)}$.",
        rf"${equation}$, which is ${_matrix(found)}$.",
        {P: ["N", "m"], Q: ["m", "n"], G: ["N", "n"]},
        {"Y": f"{P} {Q}", "L": rf"\langle {G}, Y \rangle"},
        equation,
    )


def softmax(draw: Draws) -> Problem:
    """What SoftMax passes on of a gradient, at given probabilities."""
    y, g = draw.one_of((("y", "g"), ("p", "u"), ("q", "h")))
    shares = draw.order(draw.one_of(((2, 1, 1), (3, 2, 1), (1, 2, 2), (1, 1, 3))))
    probabilities, upstream = np.array(shares) / sum(shares), draw.integers(3)
    found = vjp(lambda z: np.exp(z) / np.sum(np.exp(z)), np.log(probabilities), upstream)
    return Problem(
        rf"For one object SoftMax answers ${y} = {_column(probabilities)}$, and the upstream gradient is ${g} = {_column(upstream)}$. "
        rf"Which gradient is passed on to the logits, and to which number do its entries add up?",
        rf"${_column(found)}$, from ${y}_k ({g}_k - \sum_i {g}_i {y}_i)$ with $\sum_i {g}_i {y}_i = "
        rf"{_number(float(upstream @ probabilities))}$. The entries add up to $0$.",
        {},
        {},
        "",
    )


def normalization(draw: Draws) -> Problem:
    """What batch normalization passes on for one feature of three objects, in training mode."""
    centre, upstream = draw.below(5), draw.integers(3)
    batch = np.array(draw.order((centre - 3.0, float(centre), centre + 3.0)))
    eps = draw.one_of((3, 19))

    def normalized(z: np.ndarray) -> np.ndarray:
        centred = z - np.sum(z) / 3
        return centred / np.sqrt(np.sum(centred * centred) / 3 + eps)

    found = vjp(normalized, batch, upstream)
    return Problem(
        rf"One feature of a batch of three is $x = {_column(batch)}$, with $\varepsilon = {eps}$ and the upstream gradient "
        rf"$g = {_column(upstream)}$. Find $\hat x$ and the gradient that batch normalization passes on in training mode.",
        rf"The variance is $6$ and the root is ${_number(float(np.sqrt(6 + eps)))}$, so $\hat x = {_column(normalized(batch))}$. Passed on "
        rf"is ${_column(found)}$, whose entries add up to $0$.",
        {},
        {},
        "",
    )


def cross_entropy(draw: Draws) -> Problem:
    """The gradient of the mean cross-entropy with respect to the logits of one object of a batch."""
    shares = draw.order(draw.one_of(((2, 1, 1), (3, 2, 1), (1, 2, 2), (1, 1, 3))))
    probabilities, size, label = np.array(shares) / sum(shares), draw.one_of((2, 4, 5)), draw.below(3)
    found = gradient(lambda z: (np.log(np.sum(np.exp(z))) - z[label]) / size, np.log(probabilities))
    return Problem(
        rf"In a batch of ${size}$, the probabilities of one object are $p = {_column(probabilities)}$, and its label is class "
        rf"${label + 1}$. Find the gradient of the mean cross-entropy with respect to the three logits of this object.",
        rf"${_column(found)}$: in letters $(p - e) / {size}$, where $e$ is $1$ at the label and $0$ elsewhere.",
        {},
        {},
        "",
    )


PROBLEMS: dict[str, Callable[[Draws], Problem]] = {
    problem.__name__: problem for problem in (squares, trace, bilinear, residual, linear, softmax, normalization, cross_entropy)
}


def _number(value: float) -> str:
    """A number as TeX: whole, or a fraction."""
    fraction = Fraction(value).limit_denominator(1000)
    if abs(float(fraction) - value) > EXACT:
        raise ValueError(f"{value} is no fraction of small numbers: choose other numbers for this problem.")
    if fraction.denominator == 1:
        return str(fraction.numerator)
    sign = "-" if fraction < 0 else ""
    return rf"{sign}\tfrac{{{abs(fraction.numerator)}}}{{{fraction.denominator}}}"


def _column(array: np.ndarray) -> str:
    """A vector in a line of text: numbers between brackets, with commas."""
    return f"({', '.join(map(_number, array))})"


def _matrix(array: np.ndarray) -> str:
    rows = r" \\ ".join(" & ".join(map(_number, row)) for row in array)
    return rf"\begin{{pmatrix}} {rows} \end{{pmatrix}}"
