"""Arrays of numbers as programs write them, ``[1, 2; 3, 4]``, ``[1 2; 3 4]`` and ``[[1, 2], [3, 4]]``: an example in them is computed."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import examples
from tests.test_recall_of_strangers_habits import verdicts


def with_semicolons(rows: list[list[int]], comma: str) -> str:
    return "[" + "; ".join(comma.join(map(str, row)) for row in rows) + "]"


def as_lists(rows: list[list[int]], comma: str) -> str:
    return "[" + ", ".join("[" + ", ".join(map(str, row)) + "]" for row in rows) + "]"


NUMBERS = st.integers(0, 9)
MATRICES = st.lists(st.lists(NUMBERS, min_size=2, max_size=2), min_size=2, max_size=2)
DRESSES = st.sampled_from(
    [(with_semicolons, ", "), (with_semicolons, ","), (with_semicolons, " "), (with_semicolons, r"\; "), (as_lists, "")]
)


@settings(max_examples=examples(12), deadline=None)
@given(MATRICES, MATRICES, DRESSES, DRESSES)
def test_a_product_of_matrices_in_any_of_these_dresses_is_computed(a, b, dress, other):
    def written(matrix, how):
        return how[0](matrix, how[1])

    product = (np.array(a) @ np.array(b)).tolist()
    wrong = [row[:] for row in product]
    wrong[1][0] += 1
    text = f"$A = {written(a, dress)}$, $B = {written(b, other)}$. "
    right = verdicts("ex2", text + f"$AB = {written(product, dress)}$ and $y = {np.trace(np.array(product))}$.")
    assert set(right.values()) == {"holds"}, right
    assert "false" in verdicts("ex2", text + f"$AB = {written(wrong, dress)}$.").values()


@pytest.mark.parametrize(
    "text",
    [
        r"$x = [1; 2]$, $y = 5$, $dy/dx = [2; 4]$",
        r"$x = [1 2 3]'$, $y = 14$, $dy/dx = [2 4 6]'$",
        # A comma may be a decimal one, where no matrix would come out.
        r"$x = [0,5; 2]$, $y = 4,25$, $dy/dx = [1; 4]$",
        r"$x = (0,5; 2)$, $y = 4,25$, $dy/dx = (1; 4)$",
        # Both are lists.
        r"$x = [1, 2]$, $y = 5$, $dy/dx = [2, 4]$",
    ],
)
def test_a_column_and_a_list_are_read(text):
    assert set(verdicts("ex1", text).values()) == {"holds"}


def test_a_row_for_a_column_is_the_other_layout():
    assert "other layout" in verdicts("ex1", r"$x = [1; 2]$, $dy/dx = [2, 4]$").values()


def test_numbers_side_by_side_are_shown_apart():
    assert any("[1 2;3 4]" in step for step in verdicts("ex2", r"$A = [1 2; 3 4]$, $B = [1 0; 0 1]$, $AB = [1 2; 3 4]$"))
