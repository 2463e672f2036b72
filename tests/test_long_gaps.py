"""White space that goes on for hundreds of characters is cut down before a text is read, and every place is that of the text as it was written."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matrix_checks.derivations.judging.writeups import read_writeup
from matrix_checks.derivations.reading.long_gaps import LONGEST, without_long_gaps
from tests.conftest import examples
from tests.test_recall import EXERCISES

GAP = st.text(" \t\n", min_size=LONGEST + 1, max_size=3 * LONGEST)
WORDS = st.text("ab $=\n", max_size=20)


@settings(max_examples=examples(100))
@given(st.lists(st.one_of(WORDS, GAP), max_size=6).map("".join))
def test_every_character_that_stays_knows_where_it_stood(text: str) -> None:
    shortened = without_long_gaps(text)
    assert shortened.text.split() == text.split()
    for place, character in enumerate(shortened.text):
        assert character.isspace() or text[shortened.place(place)] == character
    assert (shortened.text == text) == (shortened.shifts == (0,))


@pytest.mark.parametrize("gap", [" " * 5000, "\n" * 5000, " " * 400 + "\n\n" + " " * 400, "\t" * 1000])
def test_a_step_behind_a_gap_is_judged_and_knows_its_place(gap: str) -> None:
    text = f"Let $y = x^Tx$. Then{gap}$\\frac{{dy}}{{dx}} = 2x$ and $\\frac{{dy}}{{dx}} ={' ' * 1000}x$"
    report = read_writeup(text, EXERCISES["writeup_ex1"])
    assert [step.verdict for step in report.steps] == ["holds", "holds", "false"]
    assert all(text[step.place] == "=" for step in report.steps)
    assert [text[place] for place, _ in report.account] == ["="] * 3


def test_a_blank_line_in_a_gap_still_ends_a_paragraph() -> None:
    assert "\n\n" in without_long_gaps("a" + " " * 500 + "\n \n" + " " * 500 + "b").text
    assert "\n" not in without_long_gaps("a" + " " * 1000 + "b").text


@pytest.mark.parametrize(
    "text",
    [
        "$x_{{i{}!$",
        "$a_{{i j}} -{}!$",
        "$\\gamma_{{{}!$",
        "$g = 1{}x$",
        "$y=2$ for $k = 1{}x$",
        "$y=2$ {}! $k=1$",
        "the first{}term! $y=2$",
        "Write $G{}$ for{}the matrix of $x$",
    ],
)
def test_a_gap_of_any_length_takes_no_time(text: str) -> None:
    """With 200,000 blanks in one place, a pattern that goes back through them would not end in an hour."""
    assert read_writeup(text.format(*[" " * 200_000] * 2), EXERCISES["writeup_batch_norm"]).is_whole in (True, False)
