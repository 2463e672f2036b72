r"""Small cases whose matrices are written out with letters: ``A = \begin{pmatrix} a & b \\ c & d \end{pmatrix}``, ``y = ae + bg + cf + dh``."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import examples
from tests.test_precision import judged

# In the order in which people take them; d is no differential there, and f no other name of y.
LETTERS = ("abcdefghklmnpq", "pqrstuvwabcdefgh")
Rows = Sequence[Sequence[str]]


def matrix(rows: Rows) -> str:
    return r"\begin{pmatrix} " + r" \\ ".join(" & ".join(row) for row in rows) + r" \end{pmatrix}"


def transposed(rows: Rows) -> Rows:
    return list(zip(*rows))


def product(one: Rows, other: Rows) -> Rows:
    return [[" + ".join(a + b for a, b in zip(row, column)) for column in transposed(other)] for row in one]


@st.composite
def of_a_trace(draw):
    """The letters of A and B in a case of the second exercise."""
    rows, columns = draw(st.sampled_from([(1, 2), (2, 1), (2, 2), (2, 3), (3, 2), (1, 3), (3, 1)]))
    letters = iter(draw(st.sampled_from(LETTERS)))
    return [[[next(letters) for _ in range(n)] for _ in range(m)] for m, n in ((rows, columns), (columns, rows))]


@given(letters=of_a_trace())
@settings(max_examples=examples(20), deadline=None)
def test_what_is_right_in_a_small_case_of_the_trace_holds(letters):
    a, b = letters
    y = " + ".join(x + z for row, column in zip(a, transposed(b)) for x, z in zip(row, column))
    first = a[0][0]
    text = (
        rf"Example: $A = {matrix(a)}$ and $B = {matrix(b)}$. Then $AB = {matrix(product(a, b))}$, $y = {y}$, "
        rf"$\frac{{\partial y}}{{\partial {first}}} = {b[0][0]}$ and $\frac{{dy}}{{dA}} = {matrix(transposed(b))} = B^T$."
    )
    assert judged("ex2", text) == "H" * 7, text


@given(letters=of_a_trace())
@settings(max_examples=examples(20), deadline=None)
def test_a_term_with_another_factor_is_false(letters):
    a, b = letters
    terms = [x + z for row, column in zip(a, transposed(b)) for x, z in zip(row, column)]
    wrong = [*terms[:-1], a[-1][-1] + b[0][0]]
    text = rf"Example: $A = {matrix(a)}$ and $B = {matrix(b)}$. Then $y = {' + '.join(wrong)}$."
    assert judged("ex2", text) == "HHF", text


@pytest.mark.parametrize(
    ("exercise", "text", "said"),
    [
        (
            "ex2",
            r"Let $N = 2$, $K = 1$. $(AB)_{12} = A_{11}B_{12}$, $(AB)_{12} = A_{21}B_{11}$",
            "DDHF",
        ),
        (
            "ex4_trace",
            r"Take $A = \begin{pmatrix} a \\ b \end{pmatrix}$, $S = \begin{pmatrix} s & t \end{pmatrix}$, so "
            r"$AS = \begin{pmatrix} as & at \\ bs & bt \end{pmatrix}$ and $J = (x_{11}-as)^2+(x_{12}-at)^2+(x_{21}-bs)^2+(x_{22}-bt)^2$.",
            "HHHH",
        ),
        # What the text itself calls f is no entry.
        (
            "ex2",
            r"$f = \operatorname{tr}(AB)$. With $B = \begin{pmatrix} e & f \\ g & h \end{pmatrix}$ we have $f = 2f$.",
            "HUU",
        ),
    ],
)
def test_other_small_cases(exercise, text, said):
    assert judged(exercise, text) == said
