r"""Right derivations in any letters and notations: no step of them is called false, and no usual slip in its place holds.

Both are drawn by Hypothesis from the choices in ``renderings.py``; ``EXAMPLES=10`` draws ten times as many.
"""

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from matrix_checks.derivations.equality.verdicts import FALSE, HOLDS, OTHER_LAYOUT
from matrix_checks.derivations.judging.writeups import read_writeup
from tests.conftest import examples
from tests.renderings import EXERCISES_IN_LETTERS, STYLES, Statement, Style
from tests.test_writeups import EXERCISES

WRAPPED = ("${}$.", "$${}$$", "Then ${}$.", "So\n\\[{}\\]\n")


@st.composite
def derivations(draw: st.DrawFn) -> tuple[str, str, list[Statement]]:
    """The name of an exercise, the declarations of a text, and its statements."""
    name = draw(st.sampled_from(sorted(EXERCISES_IN_LETTERS)))
    exercise = EXERCISES_IN_LETTERS[name]
    letters = {meant: draw(st.sampled_from(choices)) for meant, choices in exercise.letters.items()}
    # One letter for two things is no text that anybody could read.
    assume(len(set(letters.values())) == len(letters))
    style = Style(**{field: draw(st.sampled_from(choices)) for field, choices in STYLES.items()})
    declared = exercise.declared if draw(st.booleans()) else ""
    for meant, letter in letters.items():
        declared = declared.replace(f"{{{meant}}}", letter)
    return name, declared, exercise.statements(style, letters)


def text_of(declared: str, statements: list[str], wrapped: str) -> str:
    return " ".join([declared, *(wrapped.format(each) for each in statements)])


@settings(max_examples=examples(60), deadline=None)
@given(derivations(), st.sampled_from(WRAPPED))
def test_no_right_step_is_false(derivation: tuple[str, str, list[Statement]], wrapped: str) -> None:
    name, declared, statements = derivation
    text = text_of(declared, [right for right, _ in statements], wrapped)
    report = read_writeup(text, EXERCISES[name])
    assert len(report.steps) >= len(statements), text
    assert not [step for step in report.steps if step.verdict == FALSE], text
    assert sum(step.verdict in (HOLDS, OTHER_LAYOUT) for step in report.steps) >= len(statements) - 1, text


@settings(max_examples=examples(40), deadline=None)
@given(derivations(), st.sampled_from(WRAPPED), st.data())
def test_no_slip_holds(derivation: tuple[str, str, list[Statement]], wrapped: str, data: st.DataObject) -> None:
    name, declared, statements = derivation
    place = data.draw(st.sampled_from([place for place, (_, wrong) in enumerate(statements) if wrong]))
    wrong = statements[place][1]
    text = text_of(declared, [*(right for right, _ in statements[:place]), wrong], wrapped)
    report = read_writeup(text, EXERCISES[name])
    assert report.steps[-1].verdict != HOLDS, text
