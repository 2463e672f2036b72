"""Sizes that a program names become formulas; formulas, code and names of functions stay as they are."""

import pytest

from autograder.course.titles import writeup_titles
from autograder.pages.sizes import with_sizes_as_formulas
from autograder.reports.class_page import titles_of
from autograder.reports.model_answers import read_model_answers
from autograder.reports.site import reason_html
from tests.conftest import ROOT


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("N × n_3 times n_2 × K", "N × $n_{3}$ times $n_{2}$ × K"),
        ("$n_3$ and `n_3` stay", "$n_3$ and `n_3` stay"),
        ("grad_loss_S and x_plus stay", "grad_loss_S and x_plus stay"),
        ("I_M ⊗ A", "$I_{M}$ ⊗ A"),
    ],
)
def test_a_letter_with_a_subscript_is_a_formula(text, made):
    assert with_sizes_as_formulas(text) == made


def test_a_reason_on_a_page_has_no_raw_name_of_a_size():
    assert "n_3" not in reason_html("N × n_3 times n_2 × n_3 cannot be multiplied")


def test_write_ups_are_called_the_same_on_the_class_page_and_on_sheets(assignment):
    on_sheets = {name: model.title for name, model in read_model_answers(ROOT, assignment).items() if model.title}
    assert titles_of(assignment) == on_sheets == writeup_titles(assignment)
