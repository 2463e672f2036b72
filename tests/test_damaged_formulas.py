r"""What is no formula, or the half of one, is not understood: it never makes the reading of its text fail."""

import random
from contextlib import suppress

import pytest

from matrix_checks.derivations.judging.writeups import read_writeup
from matrix_checks.derivations.reading.tex import NotUnderstood
from matrix_checks.derivations.reading.text_notation import TextNotation
from tests.test_recall import EXERCISES

PIECES = (
    *"()[]{}{}axLz__^^=,&lij1CEnDT|", r"\quad ", r"\sum ", r"\left", r"\right", r"\text{CE}", r"\Delta ", r"\delta ", r"\partial ", r"\frac ",
    r"\nabla ", r"\odot ",
)  # fmt: skip
LONGEST = 18
RIGHT = r"$\frac{dy}{dx} = 2x$"
DAMAGED = [r"$y = \sum_j x_j, f(x_{i$", r"$f(x_i) = \sum_j f(x_{i$", r"$a^{[]i]} = x$", r"$\sum^{i=$", r"$L_{C$"]


@pytest.mark.parametrize("formula", DAMAGED)
def test_a_right_step_behind_half_a_formula_is_read(formula: str) -> None:
    report = read_writeup(f"$y = x^Tx$. {formula}. {RIGHT}", EXERCISES["writeup_ex1"])
    assert report.steps[-1].verdict == "holds", report.notes


@pytest.mark.parametrize("seed", range(4))
def test_no_formulas_make_the_reading_fail(seed: int) -> None:
    draw = random.Random(seed)
    for _ in range(1500):
        sources = ["".join(draw.choices(PIECES, k=draw.randint(1, LONGEST))) for _ in range(2)]
        notation = TextNotation((), ("t",))
        notation.survey(sources, frozenset("xyL"), frozenset("x"))
        for source in sources:
            with suppress(NotUnderstood):
                notation.tokens(source, frozenset("xyL"), lambda name: None)
