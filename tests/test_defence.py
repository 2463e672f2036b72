"""The questions of the oral defence: what ``defence.toml`` may say, and that it serves every mistake."""

import tomllib

import pytest

from autograder.course.assignment import read_assignments
from autograder.course.build import build
from autograder.course.defence import (
    ALWAYS,
    ANSWER,
    MISTAKE,
    VERDICT,
    WAY,
    DefenceError,
    functions_of,
    read_defence,
    writeups_of,
)
from autograder.course.defence_words import ANY_EXERCISE, STEP_REASONS, VERDICTS
from autograder.course.hidden_cases import declared_sentences
from autograder.course.template import write_template
from autograder.grading.inbox.suspicions import COMPLEX_STEP, QUOTIENT
from autograder.pages.markdown import markdown_to_html
from autograder.pages.maths import typeset
from autograder.reports.findings import CheckFinding, Findings
from autograder.reports.questions import choose, problem_for, reasons
from tests.conftest import ASSIGNMENTS, BY_ID, ROOT

DEFENCES = {each.identifier: read_defence(each) for each in ASSIGNMENTS}
FIRST = BY_ID["differentiation"]
# A new exercise has fewer than two problems, until its author has written its defence; then it is held to what these are held to.
FEWEST_PROBLEMS = 2
WRITTEN = {
    "differentiation": {"ex1", "ex2", "ex3", "ex4"},
    "layers": {"linear", "softmax", "batch_norm", "network"},
}


def questions_of(assignment):
    return DEFENCES[assignment.identifier].questions


def written_exercises(assignment):
    """The exercises whose defence is written."""
    problems = DEFENCES[assignment.identifier].problems
    return [each for each in assignment.exercises if len(problems.get(each.identifier, ())) >= FEWEST_PROBLEMS]


DEFENDED = [each for each in ASSIGNMENTS if written_exercises(each)]


def hidden_sentences(assignment, function):
    return declared_sentences(assignment.folder / "hidden" / f"{function}.py")


# What may stand in the file


@pytest.fixture
def refused(tmp_path):
    """Change the defence.toml of a new assignment; the sentence with which it is refused."""
    write_template(tmp_path, "curves")
    path = tmp_path / "assignments" / "curves" / "defence.toml"

    def change(old: str, new: str) -> str:
        text = path.read_text(encoding="utf-8")
        assert text.count(old) >= 1
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        (assignment,) = read_assignments(tmp_path)
        with pytest.raises(DefenceError) as caught:
            read_defence(assignment)
        return str(caught.value).replace(str(tmp_path), "")

    return change


GOOD = "good = 'That of $x$: its inner product"
WHOLE_GOOD = "good = 'That of $x$: its inner product with a step is the part of the difference that is linear in the step.'"
SLIPS = {
    "a word that names nothing": ('"other layout"', '"other leyout"', "waits for 'other leyout', which is no mistake that"),
    "the mistake of another function": ("the factor 2 is missing", "each entry of x is squared", "hidden/square_gradient.py declares"),
    "an answer that nobody asks for": ('"other layout"', '"answer missing: y"', "does not list among the questions of its exercise"),
    "a way that nobody asks for": ('"other layout"', '"way missing: by luck"', "does not list among the ways of its exercise"),
    "no list": ('when = ["always", "other layout"]', 'when = "always"', 'as in when = ["always"]'),
    "no list of exceptions": ('when = ["always", "other layout"]', 'when = ["always"]\nunless = "false"', "has an unless that is no list"),
    "an exception for all": ('when = ["always", "other layout"]', 'when = ["always"]\nunless = ["always"]', "has an unless that is no list"),
    "a reason that no step has": ('"other layout"', '"false step: by magic"', "waits for 'false step: by magic', which is no mistake"),
    "an empty list": ('when = ["always", "other layout"]', "when = []", "has no list of conditions"),
    "no good answer": (WHOLE_GOOD, "", "has no 'good': write it"),
    "an empty good answer": (WHOLE_GOOD, "good = ''", "has no 'good': write it"),
    "a blank weak answer": ("weak = 'That of the value.'", "weak = ' '", "has no 'weak': write it"),
    "a question that is missing": ("question = 'Which shape has the gradient, and why?'\n", "", "has no 'question': write it"),
    "an exercise that is not there": ('exercise = "ex1"', 'exercise = "ex9"', "set exercise to one of ex1, square_gradient"),
    "no exercise": ('exercise = "ex1"\n', "", "belongs to no exercise: write its name"),
    "a list of exercises": ('exercise = "ex1"', 'exercise = ["ex1"]', "belongs to no exercise: write its name"),
    "no id": ('id = "shape_of_the_gradient"\n', "", "question 1 has no id"),
    "an id with blanks": ('"shape_of_the_gradient"', '"shape of the gradient"', "question 1 has no id"),
    "an id that stands there twice": ('"factor_two"', '"shape_of_the_gradient"', "stands there twice: give the second one another id"),
    "a formula that cannot be typeset": (GOOD, "good = 'That of $\\frac{x$: its inner product", "that cannot be typeset, $\\frac{x$"),
    "a letter that only looks Latin": (GOOD, "good = 'That of $\u0445$: its inner product", "CYRILLIC SMALL LETTER HA"),
    "a dollar alone": (GOOD, "good = 'That of $x: its inner product", "has a dollar in 'good' that begins or ends no formula"),
    "an entry that nothing reads": ("weak = 'That", "hint = 'x'\nweak = 'That", "has an entry 'hint', which nothing reads"),
    "a table that nothing reads": ("[problems]", "[exercises]", "has an entry 'exercises', which nothing reads"),
    "a problem that does not exist": ('["squares"]', '["cubes"]', "gives ex1 the problem 'cubes', which does not exist: use one of squares"),
    "a problem of no exercise": ("ex1 = [", "ex9 = [", "[problems] names 'ex9', which is no exercise"),
    "a problem that is no list": ('["squares"]', '"squares"', "[problems] gives an exercise no list of names"),
    "a problem that is no name": ('["squares"]', "[1]", "gives ex1 the problem 1, which does not exist"),
    "no TOML": ("[[question]]", "[[question]", "cannot be read"),
}  # fmt: skip


@pytest.mark.parametrize("kind", SLIPS)
def test_a_slip_is_one_sentence_that_names_the_file_and_the_remedy(kind, refused):
    old, new, words = SLIPS[kind]
    said = refused(old, new)
    assert words in said
    assert said.startswith("/assignments/curves/defence.toml") and said.endswith(".") and "\n" not in said


def test_one_bracket_too_few_is_named(refused, tmp_path):
    path = tmp_path / "assignments" / "curves" / "defence.toml"
    path.write_text(path.read_text(encoding="utf-8").split("\n[[question]]")[0] + "\n[[question]]\n", encoding="utf-8")
    assert "write [[question]], with two brackets" in refused("[[question]]", "[question]")


def test_a_verdict_needs_a_write_up_that_can_have_it(refused, tmp_path):
    table = tmp_path / "assignments" / "curves" / "assignment.toml"
    table.write_text(table.read_text(encoding="utf-8").replace('"writeup_square", ', ""), encoding="utf-8")
    assert "waits for the verdict 'other layout', and its exercise has no write-up" in refused("Which shape", "What shape")


def test_the_build_stops_at_a_slip(tmp_path):
    write_template(tmp_path, "curves")
    path = tmp_path / "assignments" / "curves" / "defence.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("the factor 2 is missing", "the factor 3"), encoding="utf-8")
    with pytest.raises(DefenceError, match="'the factor 3'"):
        build(tmp_path, say=lambda _: None)


def test_an_assignment_without_the_file_has_no_questions(tmp_path):
    write_template(tmp_path, "curves")
    (tmp_path / "assignments" / "curves" / "defence.toml").unlink()
    (assignment,) = read_assignments(tmp_path)
    defence = read_defence(assignment)
    assert defence.questions == () and defence.problems == {}
    assert choose(defence.questions, Findings(), "ada", assignment, ["ada"]) == []
    assert problem_for(defence.problems, Findings(), "ada", assignment) is None


# The questions of the course


@pytest.mark.parametrize("identifier", WRITTEN)
def test_the_defence_of_the_exercises_of_the_course_is_written(identifier):
    assert {each.identifier for each in written_exercises(BY_ID[identifier])} >= WRITTEN[identifier]


def test_every_exercise_has_at_least_six_questions_and_some_for_anyone(assignment):
    for exercise in written_exercises(assignment):
        own = [each for each in questions_of(assignment) if each.exercise == exercise.identifier]
        assert len(own) >= 6
        assert sum(condition.kind == ALWAYS for each in own for condition in each.conditions) >= 3


def test_every_declared_mistake_is_served_by_a_question(assignment):
    for exercise in assignment.exercises:
        for function in functions_of(exercise):
            served = {
                condition.words
                for question in questions_of(assignment)
                if function in question.functions
                for condition in question.conditions
                if condition.kind == MISTAKE
            }
            assert set(hidden_sentences(assignment, function)) <= served, function


def test_every_verdict_answer_and_way_of_a_write_up_is_served_by_a_question(assignment):
    declared = tomllib.loads((assignment.folder / "writeups.toml").read_text(encoding="utf-8"))
    for exercise in written_exercises(assignment):
        own = [each for each in questions_of(assignment) if each.exercise == exercise.identifier]
        served = {(condition.kind, condition.words) for each in own for condition in each.conditions}
        for name in writeups_of(exercise):
            assert {(VERDICT, words) for words in VERDICTS} <= served
            answers = {each["name"] if isinstance(each, dict) else each for each in declared[name]["questions"]}
            assert {(ANSWER, words) for words in answers} <= served, name
            assert {(WAY, words) for words in declared[name].get("ways", [])} <= served, name


def test_the_words_for_mistakes_of_any_exercise_are_words_of_the_checks():
    sources = [*(ROOT / "matrix_checks" / "checks").glob("*.py"), ROOT / "matrix_checks" / "notebook" / "check_run.py"]
    sources += [ROOT / "autograder" / path for path in ("grading/inbox/suspicions.py", "sandbox/definitions.py")]
    text = "".join(path.read_text(encoding="utf-8") for path in sources)
    for words in ANY_EXERCISE:
        assert words in text
    reasons = (ROOT / "matrix_checks" / "derivations" / "reasons" / "explanations.py").read_text(encoding="utf-8")
    for words in STEP_REASONS:
        assert f'"{words}' in reasons


def test_a_function_that_is_wrong_and_code_that_needs_a_word_are_asked_about_in_every_exercise(assignment):
    for exercise in written_exercises(assignment):
        for function in functions_of(exercise):
            for sentences, is_right in (
                ((), False),
                ((COMPLEX_STEP,), True),
                ((QUOTIENT,), True),
                (("it has a syntax error",), False),
            ):
                findings = Findings((CheckFinding(function, sentences, is_right),))
                asked = choose(questions_of(assignment), findings, "ada", assignment, ["ada"])[0]
                assert asked.exercise == exercise.identifier and reasons(asked, findings, assignment), (function, sentences)


def test_the_old_questions_are_still_asked():
    assert sum(len(each.questions) for each in DEFENCES.values()) >= 44 + 50


def test_no_question_leaves_tex_or_a_dollar_on_a_page(assignment):
    for each in questions_of(assignment):
        for text in (each.question, each.good, each.weak):
            html = markdown_to_html(text, typeset)
            assert "$" not in html and "\\" not in html.replace("\\,", ""), each.identifier


def test_a_question_is_short_enough_for_a_minute_at_a_table(assignment):
    for each in questions_of(assignment):
        assert len(each.question.split()) <= 60 and len(each.good.split()) <= 100 and len(each.weak.split()) <= 20, each.identifier
