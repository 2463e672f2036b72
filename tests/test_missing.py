"""What was not found in a derivation: in words that do not say of a student that nothing was done where something stands."""

import pytest

from autograder.grading.missing import A_DIFFERENCE, A_FALSE_CHAIN, not_found
from autograder.grading.writeups import is_bare, suggested_points
from matrix_checks.derivations.judging.writeups import read_writeup
from tests.test_recall import EXERCISES

BY_DIFFERENTIAL = "a derivation by the differential"


def report(name: str, text: str):
    return read_writeup(text, EXERCISES[name])


@pytest.mark.parametrize(
    ("name", "text", "hint"),
    [
        ("writeup_ex1", r"$f(x+h) - f(x) = 2 x^\top h + h^\top h$, so $\frac{dy}{dx} = 2x$.", A_DIFFERENCE),
        ("writeup_ex3", r"$x^\top (A+H) c - x^\top A c = x^\top H c$, so $\frac{dy}{dA} = x c^\top$.", A_DIFFERENCE),
        ("writeup_ex1", r"$dy = d(x^\top x) = dx^\top x + x^\top dx = 3 x^\top dx$", A_FALSE_CHAIN),
        ("writeup_ex1", r"$\frac{dy}{dx} = 2x$", ""),
        ("writeup_ex1", r"$\frac{\partial y}{\partial x_k} = \frac{\partial}{\partial x_k} \sum_i x_i^2 = 2 x_k$", ""),
    ],
)
def test_what_stands_in_the_place_of_a_derivation_by_the_differential_is_said(name, text, hint):
    found = not_found(report(name, text))
    assert (f"{BY_DIFFERENTIAL} ({hint})" if hint else BY_DIFFERENTIAL) in found


def test_a_derivation_that_was_found_is_not_missing():
    text = r"$[D_x f](h) = 2 x^\top h = \langle 2x, h \rangle$, so $\frac{dy}{dx} = 2x$."
    assert not_found(report("writeup_ex1", text)) == ["a derivation by indices"]


@pytest.mark.parametrize(
    ("name", "text", "most", "points"),
    [
        ("writeup_ex1", r"$\frac{dy}{dx} = 2x$", 8, 1),
        ("writeup_ex3", r"$\frac{dy}{dx} = A c$, $\frac{dy}{dA} = x c^\top$", 10, 1),
        (
            "writeup_ex4_chain",
            r"$\frac{dJ}{dF} = -2 (X - F)$, $\frac{dF}{dS} = I_M \otimes A$, $\frac{dJ}{dS} = -2 A^\top (X - AS)$, "
            r"$\frac{dJ}{dA} = -2 (X - AS) S^\top$",
            7,
            1,
        ),
    ],
)
def test_bare_answers_earn_no_more_than_the_line_for_a_result(name, text, most, points):
    found = report(name, text)
    assert is_bare(found) and suggested_points(found, most) <= points


def test_a_derivation_earns_what_it_did():
    found = report("writeup_ex1", r"$[D_x f](h) = 2 x^\top h = \langle 2x, h \rangle$, so $\frac{dy}{dx} = 2x$.")
    assert not is_bare(found) and suggested_points(found, 8) == round(found.share * 16) / 2
    nothing = report("writeup_ex1", "$x = x$")
    assert not is_bare(nothing)
