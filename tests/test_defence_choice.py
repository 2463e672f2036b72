"""Who is asked what in the defence: from what a check printed and a reader reported to questions, and a problem with its answer."""

import os
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.course.defence import ALWAYS, functions_of, writeups_of
from autograder.course.defence_words import ANY_EXERCISE, VERDICTS
from autograder.course.draws import Draws
from autograder.course.problems import PROBLEMS
from autograder.course.trial import Trial
from autograder.grading.inbox.suspicions import COMPLEX_STEP
from autograder.pages.markdown import markdown_to_html
from autograder.pages.maths import check_formula, typeset
from autograder.reports.findings import CheckFinding, Findings, WriteupFinding
from autograder.reports.questions import FEWEST, MOST_OWN, choose, problem_for, reasons
from matrix_checks.derivations.equality.verdicts import HOLDS
from matrix_checks.derivations.judging.writeups import read_writeup
from matrix_checks.derivations.values.declared_exercises import read_exercise
from tests.conftest import BY_ID, ROOT, examples
from tests.test_defence import DEFENCES, DEFENDED, FEWEST_PROBLEMS, FIRST, hidden_sentences, questions_of, written_exercises

CLASS = ["ada", "bea", "cem", "dan", "eva", "fay", "gil", "hal"]


@pytest.fixture(params=DEFENDED, ids=lambda assignment: assignment.identifier)
def assignment(request):
    """Each assignment whose defence is written: a new one has too few questions to choose from."""
    return request.param


# From what a check printed, and from what the reader reported


def test_a_mistake_is_recognised_in_what_the_check_prints():
    wrong = {"grad_bilinear_A": "def grad_bilinear_A(x, A, c):\n    return np.outer(c, x)"}
    result = Trial(FIRST).run(wrong, ["grad_bilinear_A"])["grad_bilinear_A"]
    finding = CheckFinding.of_output("grad_bilinear_A", result.printed, result.points == result.possible)
    assert not finding.is_right
    first = choose(questions_of(FIRST), Findings((finding,)), "ada", FIRST, CLASS)[0]
    assert first.identifier == "not_c_x"


def test_what_a_function_does_to_its_arguments_is_recognised_too():
    wrong = {"grad_quadratic": "def grad_quadratic(x):\n    x *= 2\n    return x"}
    result = Trial(FIRST).run(wrong, ["grad_quadratic"])["grad_quadratic"]
    finding = CheckFinding.of_output("grad_quadratic", result.printed, False)
    assert "own_memory" in [each.identifier for each in choose(questions_of(FIRST), Findings((finding,)), "ada", FIRST, CLASS)]


@pytest.mark.parametrize(
    ("line", "sentences"),
    [
        ("eps is missing", ["eps is missing"]),
        ("output: eps is missing", ["output: eps is missing", "eps is missing"]),
        ("in some of the cases: one, or: two; in some of the cases: three", ["one", "two", "three"]),
        ("grad_x, grad_bias: the sign is wrong", ["grad_x, grad_bias: the sign is wrong", "the sign is wrong"]),
        ("2 alone: x is missing", ["2 alone: x is missing"]),
    ],
)
def test_a_line_of_a_check_is_taken_apart_into_its_sentences(line, sentences):
    assert list(CheckFinding.of_output("f", f"f\n  ✗ a case: 3 is wrong\n  → {line}\n", False).sentences) == sentences


def test_a_sentence_that_only_ends_like_a_mistake_is_not_taken_for_it():
    finding = CheckFinding.of_output(
        "linear_parameter_gradients", "  → grad_bias: grad_output itself, not summed over the batch", False
    )
    assert "not summed over the batch" not in finding.sentences


def read(name: str, text: str) -> WriteupFinding:
    exercises = {"writeup_ex1": {"title": "Ex. 1", "questions": [r"\frac{dy}{dx}"], "ways": ["by indices"]}}
    view = {"variables": {"x": ["N", "1"]}, "definitions": {"y": r"x^\top x"}, "aliases": {"f": "y"}}
    return WriteupFinding.of_report(name, read_writeup(text, read_exercise({**exercises[name], "views": [view]})))


def test_a_write_up_tells_its_verdicts_and_what_is_missing():
    finding = read("writeup_ex1", r"$f(x + h) - f(x) = 2 x^\top h$ and $\frac{dy}{dx} = 2 x^\top$")
    assert {"first order", "other layout"} <= finding.verdicts
    assert finding.missing_ways == {"by indices"} and not finding.is_complete
    asked = {each.identifier for each in choose(questions_of(FIRST), Findings((), (finding,)), "ada", FIRST, CLASS)}
    assert {"missing_second_order", "row_and_column", "two_letters"} <= asked


def test_an_answer_that_is_wrong_counts_as_missing():
    assert read("writeup_ex1", r"$\frac{dy}{dx} = 3 x$").missing_answers == {r"\frac{dy}{dx}"}


def test_an_empty_write_up_is_incomplete_and_nothing_more_is_known_of_it():
    finding = WriteupFinding.of_report("writeup_ex1", None)
    assert finding == WriteupFinding("writeup_ex1", is_complete=False)


# Who is asked what


def identifiers(findings, student, assignment=FIRST, class_list=CLASS):
    return [each.identifier for each in choose(questions_of(assignment), findings, student, assignment, class_list)]


def mistake(function: str, sentence: str) -> CheckFinding:
    return CheckFinding(function, (sentence,), is_right=False)


NORM = "x divided by its length: the derivative of the norm, not of its square"
SWAPPED = "c x^T, where x c^T belongs"
NOT_TRANSPOSED = "B, where its transpose belongs"


def test_own_mistakes_come_first_and_one_question_for_anyone_comes_last():
    findings = Findings(
        (mistake("grad_quadratic", NORM), mistake("grad_bilinear_A", SWAPPED), mistake("grad_trace_product", NOT_TRANSPOSED))
    )
    asked = identifiers(findings, "ada")
    assert set(asked[:3]) == {"norm_and_its_square", "not_c_x", "which_transpose"} and len(asked) == 4


def test_without_a_mistake_there_are_three_questions_of_three_exercises():
    for student in CLASS:
        asked = choose(questions_of(FIRST), Findings(), student, FIRST, CLASS)
        assert len(asked) == FEWEST and len({each.exercise for each in asked}) == FEWEST
        assert all(any(condition.kind == ALWAYS for condition in each.conditions) for each in asked)


def test_a_mistake_that_numbers_betray_goes_before_a_line_that_could_not_be_read():
    unread = WriteupFinding("writeup_ex1", frozenset({"not understood"}), is_complete=False)
    asked = identifiers(Findings((mistake("grad_bilinear_A", SWAPPED),), (unread,)), "ada")
    assert asked[:2] == ["not_c_x", "two_letters"]


def test_the_first_mistake_of_each_exercise_goes_before_the_second_of_one():
    both = CheckFinding("grad_bilinear_A", (SWAPPED, "A itself"), is_right=False)
    asked = identifiers(Findings((both, mistake("grad_quadratic", NORM))), "ada")
    assert "norm_and_its_square" in asked[:2] and {"not_c_x", "without_A"} <= set(asked[:3])


def test_one_mistake_is_asked_about_once():
    same = "the loss itself, not its derivative"
    findings = Findings((mistake("grad_loss_S", same),))
    asked = choose(questions_of(FIRST), findings, "ada", FIRST, CLASS)
    assert sum(bool(reasons(each, findings, FIRST)) for each in asked) == 1


def test_a_function_that_is_wrong_for_an_unknown_reason_is_asked_about():
    asked = choose(questions_of(FIRST), Findings((CheckFinding("factorize", (), is_right=False),)), "ada", FIRST, CLASS)
    assert "factorize" in {words for each in asked for words in (condition.words for condition in each.conditions)}


def test_a_question_says_why_it_is_asked():
    findings = Findings((mistake("grad_bilinear_A", SWAPPED),))
    (asked,) = [each for each in questions_of(FIRST) if each.identifier == "not_c_x"]
    assert reasons(asked, findings, FIRST) == [(0, "grad_bilinear_A", SWAPPED)]


def test_neighbours_without_mistakes_share_no_question(assignment):
    for one, other in zip(CLASS, CLASS[1:]):
        assert not set(identifiers(Findings(), one, assignment)) & set(identifiers(Findings(), other, assignment))


def test_neighbours_with_the_same_mistake_differ_in_the_rest():
    findings = Findings((mistake("grad_bilinear_A", SWAPPED),))
    for one, other in zip(CLASS, CLASS[1:]):
        assert set(identifiers(findings, one)) & set(identifiers(findings, other)) == {"not_c_x"}


def test_even_where_everything_is_wrong_neighbours_are_not_asked_the_same(assignment):
    checks = [
        CheckFinding(name, (*hidden_sentences(assignment, name), *ANY_EXERCISE), is_right=False)
        for exercise in assignment.exercises
        for name in functions_of(exercise)
    ]
    writeups = [
        WriteupFinding(name, frozenset(VERDICTS), is_complete=False)
        for exercise in assignment.exercises
        for name in writeups_of(exercise)
    ]
    everything = Findings(tuple(checks), tuple(writeups))
    last = {student: identifiers(everything, student, assignment)[-1] for student in CLASS}
    assert all(len(identifiers(everything, student, assignment)) == MOST_OWN + 1 for student in CLASS)
    assert all(last[one] != last[other] for one, other in zip(CLASS, CLASS[1:]))


def test_the_questions_are_the_same_on_every_machine_and_in_every_process():
    problem = problem_for(DEFENCES["differentiation"].problems, Findings(), "ada", FIRST)
    code = (
        "from tests.test_defence_choice import identifiers, Findings, problem_for, DEFENCES, FIRST;"
        "print(identifiers(Findings(), 'ada')); print(problem_for(DEFENCES['differentiation'].problems, Findings(), 'ada', FIRST).answer)"
    )
    # Sets are in another order there than here.
    seed = "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"
    output = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert output == f"{identifiers(Findings(), 'ada')}\n{problem.answer}\n"
    # A hash is a standard: these numbers stay, whatever Python and NumPy become.
    draws = Draws("ada", "layers")
    assert [draws.below(1000) for _ in range(3)] == [919, 267, 825]


def known_words(assignment):
    functions = [name for exercise in assignment.exercises for name in functions_of(exercise)]
    writeups = [name for exercise in assignment.exercises for name in writeups_of(exercise)]
    declared = {name: [*hidden_sentences(assignment, name), *ANY_EXERCISE] for name in functions}
    check = st.sampled_from(functions).flatmap(
        lambda name: st.builds(
            CheckFinding,
            st.just(name),
            st.lists(st.sampled_from(declared[name]), max_size=3, unique=True).map(tuple),
            st.booleans(),
        )
    )
    writeup = st.builds(
        WriteupFinding,
        st.sampled_from(writeups),
        st.frozensets(st.sampled_from(VERDICTS)),
        st.just(frozenset()),
        st.just(frozenset()),
        st.booleans(),
    )
    unique = {"max_size": 12}
    return st.builds(
        Findings,
        st.lists(check, unique_by=lambda each: each.function, **unique).map(tuple),
        st.lists(writeup, unique_by=lambda each: each.writeup, **unique).map(tuple),
    )


WORKS = st.sampled_from(DEFENDED).flatmap(lambda assignment: st.tuples(st.just(assignment), known_words(assignment)))


@settings(max_examples=examples(50), deadline=None)
@given(work=WORKS, student=st.text(min_size=1, max_size=12), others=st.lists(st.text(max_size=5), max_size=6, unique=True))
def test_whatever_is_known_of_a_student_three_to_five_questions_are_chosen(work, student, others):
    assignment, findings = work
    class_list = [*others, student] if student not in others else others
    asked = choose(questions_of(assignment), findings, student, assignment, class_list)
    assert asked == choose(questions_of(assignment), findings, student, assignment, class_list)
    assert FEWEST <= len(asked) <= MOST_OWN + 1 and len(set(asked)) == len(asked)
    own = [bool(reasons(each, findings, assignment)) for each in asked]
    assert own == sorted(own, reverse=True) and not own[-1]
    possible = any(reasons(each, findings, assignment) for each in questions_of(assignment))
    assert own[0] == possible


@settings(max_examples=examples(30), deadline=None)
@given(work=WORKS, order=st.permutations(CLASS))
def test_two_neighbours_with_the_same_work_are_never_asked_the_same(work, order):
    assignment, findings = work
    lists = [set(choose(questions_of(assignment), findings, student, assignment, order)) for student in order]
    assert all(one != other for one, other in zip(lists, lists[1:]))


# What a question states is true of the student


def test_a_gradient_that_points_the_other_way_is_not_said_to_have_the_right_direction():
    for sentence, asked in (
        ("a factor of 2 is missing", "right_direction_wrong_length"),
        ("the sign is wrong, and a factor of 2 is missing", "one_by_one"),
    ):
        chosen = identifiers(Findings((mistake("grad_loss_F", sentence),)), "ada")
        assert asked in chosen and len({"right_direction_wrong_length", "one_by_one"} & set(chosen)) == 1


@pytest.mark.parametrize(
    ("reason", "asked"),
    [
        ("off by a factor: the right side is 2 times the left side", "false_step_of_the_loss"),
        ("off by the sign", "false_step_of_the_loss"),
        ("the left side is 2 × 3, the right side is 3 × 2", "false_step_in_shapes"),
        ("the two sides differ; it would be true with I_M ⊗ A in the place of A ⊗ I_M", "false_step_in_shapes"),
    ],
)
def test_the_sizes_of_a_question_show_the_false_step_that_it_is_about(reason, asked):
    false = WriteupFinding("writeup_ex4_chain", frozenset({"false"}), is_complete=False, false_step=reason)
    chosen = identifiers(Findings((), (false,)), "ada")
    assert chosen[0] == asked and len({"false_step_of_the_loss", "false_step_in_shapes"} & set(chosen)) == 1


def test_the_reason_at_a_false_step_is_kept():
    assert read("writeup_ex1", r"$\frac{dy}{dx} = 3 x = 2 x$").false_step.startswith("off by a factor")


def test_what_is_wrong_in_the_code_goes_before_what_is_missing_in_a_derivation():
    missing = [
        WriteupFinding(name, missing_ways=frozenset({"by the differential", "by indices"}), is_complete=False)
        for exercise in FIRST.exercises
        for name in writeups_of(exercise)
    ]
    step = CheckFinding.of_output("grad_quadratic", "", True, [f"grad_quadratic {COMPLEX_STEP}", f"grad_loss_A {COMPLEX_STEP}"])
    loss = CheckFinding.of_output("factorization_loss", "  ✗ a case: shape (3,), where a single number is expected\n", False)
    asked = identifiers(Findings((step, loss), tuple(missing)), "ivan")
    assert step.sentences == (COMPLEX_STEP,) and asked[0] in ("complex_step_of_ex1", "smallest_case_of_ex4", "expanded_loss")
    assert "complex_step_of_ex1" in asked[:2] and {"smallest_case_of_ex4", "expanded_loss"} & set(asked[:2])


def test_no_question_says_of_a_whole_write_up_what_holds_of_a_part():
    for each in (*questions_of(FIRST), *questions_of(BY_ID["layers"])):
        assert "one way only" not in each.question and "You wrote" not in each.question and "You averaged" not in each.question


# A problem to be solved at the table

SEEDS = st.text(max_size=10)


@pytest.mark.parametrize("name", PROBLEMS)
@settings(max_examples=25, deadline=None)
@given(seed=SEEDS)
def test_the_answer_of_a_problem_is_true_by_the_reader_of_derivations(name, seed):
    problem = PROBLEMS[name](Draws(seed))
    assert problem == PROBLEMS[name](Draws(seed))
    for text in (problem.task, problem.answer):
        html = markdown_to_html(text, typeset)
        assert "$" not in html and "\\" not in html
    if problem.equation:
        check_formula(problem.equation)
        view = {"variables": problem.variables, "definitions": problem.definitions}
        report = read_writeup(
            f"${problem.equation}$",
            read_exercise({"title": name, "questions": [problem.equation.split(" = ")[0]], "views": [view]}),
        )
        assert [step.verdict for step in report.steps] == [HOLDS] and set(report.answers.values()) == {"reached"}


def test_the_problem_is_of_an_exercise_in_which_something_is_wrong(assignment):
    problems = DEFENCES[assignment.identifier].problems
    for exercise in written_exercises(assignment):
        assert len(problems[exercise.identifier]) >= FEWEST_PROBLEMS
        for function in functions_of(exercise):
            wrong = Findings((CheckFinding(function, (), is_right=False),))
            names = problems.get(function, problems[exercise.identifier])
            assert {problem_for(problems, wrong, student, assignment, CLASS).task for student in CLASS[:2]} == {
                PROBLEMS[names[place % len(names)]](Draws(student, assignment.identifier, "problem")).task
                for place, student in enumerate(CLASS[:2])
            }


def test_an_exercise_that_is_wholly_wrong_goes_before_a_larger_one_that_is_wrong_in_parts():
    checks = (mistake("grad_bilinear_x", "A^T c, where A c belongs"), mistake("grad_bilinear_A", SWAPPED))
    more = tuple(mistake(name, "the sign is wrong") for name in ("grad_loss_F", "grad_loss_S", "grad_loss_A"))
    writeups = (WriteupFinding("writeup_ex3", is_complete=False), WriteupFinding("writeup_ex4_chain", is_complete=False))
    for student in CLASS:
        task = problem_for(DEFENCES["differentiation"].problems, Findings(checks + more, writeups), student, FIRST, CLASS).task
        assert r"\lVert" not in task and r"^\top" in task


def name_of(problem, student, assignment) -> str:
    """Which of the problems was drawn."""
    return next(name for name in PROBLEMS if PROBLEMS[name](Draws(student, assignment.identifier, "problem")) == problem)


def test_neighbours_with_the_same_mistake_solve_problems_of_another_form(assignment):
    problems = DEFENCES[assignment.identifier].problems
    names = [name for exercise in assignment.exercises for name in functions_of(exercise)]
    for findings in (Findings(), *(Findings((CheckFinding(name, (), is_right=False),)) for name in names)):
        forms = [name_of(problem_for(problems, findings, each, assignment, CLASS), each, assignment) for each in CLASS]
        assert all(one != other for one, other in zip(forms, forms[1:]))


def test_problems_differ_from_student_to_student(assignment):
    problems = DEFENCES[assignment.identifier].problems
    tasks = [problem_for(problems, Findings(), student, assignment).task for student in CLASS]
    assert len(set(tasks)) == len(tasks)
