"""What is alike is found though letters were renamed; what everybody writes, and what the course shows, is not."""

import random
import re
import string

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.reports.similarity import (
    LEAST_OF_TEXT,
    LETTERS,
    Tokens,
    alike,
    runs_of,
    similarity,
    tokens_of_code,
    tokens_of_text,
)
from tests.strangers import strangers

DERIVATION = r"""Let $f(x) = x^\top A x + b^\top x$, with $A$ square. Put $x + h$ in the place of $x$:
$$\begin{aligned}
f(x + h) - f(x) &= (x + h)^\top A (x + h) + b^\top (x + h) - x^\top A x - b^\top x \\
&= x^\top A h + h^\top A x + h^\top A h + b^\top h \\
&= (A x + A^\top x + b)^\top h + h^\top A h
\end{aligned}$$
The last term is of second order in $h$, so the gradient is $\nabla f(x) = (A + A^\top) x + b$."""

CODE = '''def train(weights, inputs, targets, rate):
    """Descend."""
    history = []
    for step in range(10):
        outputs = inputs @ weights  # forward
        errors = outputs - targets
        gradient = 2 * inputs.T @ errors / len(inputs)
        history.append(float(np.sum(errors**2)))
        weights = weights - rate * gradient
    return weights, history
'''
WORDS = st.sampled_from([*"abcxyzABC", r"\alpha", r"\beta", "+", "=", r"\top", "^", "7", "(", ")", r"\text{shape}", r"\mathrm{tr}"])
FORMULA = re.compile(r"\$\$.+?\$\$|\$[^$]+\$", re.DOTALL)
# A command, with the words that are its argument, or a letter.
NAME = re.compile(r"(\\(?:text\w*|mathrm|operatorname|begin|end)\*?\s*\{[^{}]*\}|\\[a-zA-Z]+)|[a-zA-Z]")
PLACES = st.permutations(string.ascii_letters)


def runs(text):
    return runs_of(tokens_of_text(text))


def renamed(text: str, letters: str) -> str:
    """With other letters in the place of single ones, each always in that of the same."""
    table = str.maketrans(string.ascii_letters, "".join(letters))
    return re.sub(r"(?<![a-zA-Z\\])[a-zA-Z](?![a-zA-Z])", lambda found: found[0].translate(table), text)


def written_by(number: int, formulas: int = 40) -> str:
    """A text that nobody else wrote: formulas by chance."""
    draw = random.Random(number)

    def term() -> str:
        return draw.choice("abcdexyz") + draw.choice(["", "", "^2", r"^\top", r" \cdot y"])

    return "\n\n".join(f"${term()} {draw.choice('+-')} {term()} {term()} = {term()} - {term()}$" for _ in range(formulas))


@given(PLACES)
def test_renamed_letters_change_nothing(letters):
    assert list(runs(renamed(DERIVATION, letters))) == list(runs(DERIVATION))


@given(st.lists(WORDS, max_size=40), st.lists(WORDS, max_size=40), PLACES)
def test_renamed_letters_do_not_change_a_similarity(one, other, letters):
    first, second = f"${' '.join(one)}$", f"${' '.join(other)}$"
    assert similarity(runs(renamed(first, letters)), runs(second)) == similarity(runs(first), runs(second))


def test_a_letter_for_two_is_another_text():
    assert list(runs("$a b a b + a b c d e = f$")) != list(runs("$a a a a + a a c d e = f$"))


@pytest.mark.parametrize(
    "other",
    [
        DERIVATION.replace("$$", "\n\n$$\n\n").replace("&=", "=").replace(r"\\", ""),
        DERIVATION.replace("A", r"\Lambda"),
        DERIVATION.replace("(x + h)", r"\left( x+h \right)").replace("^\\top", "^{\\top}"),
        "**" + DERIVATION.replace("Let", "LET") + "**",
    ],
    ids=["layout", "a Greek letter", "brackets and braces", "emphasis"],
)
def test_layout_changes_nothing(other):
    assert similarity(runs(other), runs(DERIVATION)) == 1


def test_the_similarity_is_the_jaccard_index():
    assert similarity(np.array([1, 2, 3], np.uint64), np.array([2, 3, 4, 5], np.uint64)) == 2 / 5
    assert similarity(np.array([], np.uint64), np.array([], np.uint64)) == 0


def test_names_comments_docstrings_and_hints_of_code_change_nothing():
    other = (
        CODE.replace("weights", "w").replace("errors", "difference").replace('    """Descend."""\n', "").replace("  # forward", "")
    )
    other = other.replace("rate)", "rate: float) -> tuple").replace("history = []", "history: list = []")
    same: Tokens = tokens_of_code(CODE.replace("history = []", "history: int = []"))
    assert list(runs_of(tokens_of_code(other))) == list(runs_of(same))
    assert list(runs_of(tokens_of_code(CODE.replace("2 *", "3 *")))) != list(runs_of(tokens_of_code(CODE)))


@pytest.mark.parametrize(
    "source", ["def f(:", "%matplotlib inline", "(" * 5000, "-" * 9000 + "1", "x = '\x00'", "x\n" * 20_000, ""]
)
def test_what_is_no_python_is_not_compared(source):
    tokens_of_code(source)
    assert len(runs_of(tokens_of_code(source))) < 5000


def test_a_copy_is_found_among_others_and_only_it():
    texts = {f"s{number:02}": runs(written_by(number)) for number in range(30)}
    texts["s07"] = runs(renamed(written_by(3), string.ascii_letters[1:] + "a"))
    (pair,) = alike(texts)
    assert (pair.first, pair.second, pair.similarity) == ("s03", "s07", 1.0)


def test_half_a_copy_is_found_with_its_share():
    texts = {f"s{number:02}": runs(written_by(number)) for number in range(30)}
    texts["s07"] = runs(written_by(3) + written_by(99, 6))
    (pair,) = alike(texts)
    assert LEAST_OF_TEXT < pair.similarity < 1


def test_what_a_tenth_of_the_class_wrote_is_usual():
    several = {f"s{number:02}": runs(written_by(min(number, 26))) for number in range(30)}
    assert alike(several) == []
    three = {f"s{number:02}": runs(written_by(min(number, 27))) for number in range(30)}
    assert {(pair.first, pair.second) for pair in alike(three)} == {("s27", "s28"), ("s27", "s29"), ("s28", "s29")}


def test_what_the_course_shows_is_left_out():
    texts = {"ada": runs(DERIVATION), "bob": runs(renamed(DERIVATION, string.ascii_letters[::-1]))}
    assert [pair.similarity for pair in alike(texts)] == [1.0]
    assert alike(texts, [runs(DERIVATION)]) == []


def test_a_short_function_that_two_write_alike_is_not_reported():
    short = runs_of(tokens_of_code("def grad(x):\n    return -2 * (X - A @ S) @ A.T"))
    assert alike({"ada": short, "bob": short}) == []
    long = runs_of(tokens_of_code(CODE))
    assert len(alike({"ada": long, "bob": long})) == 1


@given(st.randoms())
def test_the_order_of_students_does_not_matter(order):
    texts = {f"s{number}": runs(written_by(number % 7, 6)) for number in range(9)}
    names = list(texts)
    order.shuffle(names)
    assert alike({name: texts[name] for name in names}) == alike(texts)


def with_other_letters(text: str) -> str:
    """A copy in which each letter of a formula is another one."""
    table = str.maketrans(string.ascii_letters, string.ascii_letters[7:] + string.ascii_letters[:7])
    return FORMULA.sub(lambda formula: NAME.sub(lambda name: name[1] or name[0].translate(table), formula[0]), text)


def of_strangers() -> dict[str, dict[str, str]]:
    """By exercise, the write-ups of people who did not know of each other."""
    found: dict[str, dict[str, str]] = {}
    for each in strangers():
        found.setdefault(each.exercise, {})[each.name] = each.text
    return found


@pytest.mark.parametrize("exercise", sorted(of_strangers()))
def test_strangers_are_not_alike_and_a_renamed_copy_is_found(exercise):
    texts = {name: runs(text) for name, text in of_strangers()[exercise].items()}
    assert len(texts) >= 7 and alike(texts) == []
    for name, text in of_strangers()[exercise].items():
        copied = {**texts, "~copy": runs("Dear reader! " + with_other_letters(text))}
        assert [(pair.first, pair.second) for pair in alike(copied)] == [(name, "~copy")]


def test_greek_letters_are_letters():
    assert r"\alpha" in LETTERS and r"\top" not in LETTERS
