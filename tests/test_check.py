"""A check cell gives one readable line a case, plain points, and never raises or writes to stderr."""

import warnings
from dataclasses import replace

import numpy as np
import pytest

from autograder.derivatives import gradient
from matrix_checks.notebook import Check
from matrix_checks.notebook.surroundings import surrounded_by, surroundings


def grad_quadratic_truth(x):
    return gradient(lambda z: z @ z, x)


def run_check(function, capsys, hidden=True, **namespace):
    """The check of ex. 1 on a function; returns the points and what was printed."""
    namespace = {"grad_quadratic": function, **namespace} if function is not None else namespace
    check = Check("grad_quadratic", general=4, edge=1, care=1, namespace=namespace)
    check.visible("x = (1, 2, 3)", np.array([1.0, 2.0, 3.0]), expected=np.array([2.0, 4.0, 6.0]))
    if hidden:
        x = np.random.default_rng(0).normal(size=7)
        check.hidden("a longer vector", x, truth=grad_quadratic_truth)
        check.hidden("a single entry", x[:1], truth=grad_quadratic_truth, group="edge")
        check.standard_cases(x, truth=grad_quadratic_truth, integers=True)
        mixed = 10.0 ** np.arange(-8, 9)
        check.hidden("entries of mixed scale", mixed, truth=grad_quadratic_truth, group="care", per="entry")
    points = check.points()
    captured = capsys.readouterr()
    assert captured.err == ""
    assert isinstance(points, float) and repr(points) == repr(float(points))
    return points, captured.out


def central_differences(x):
    unit = np.eye(len(x))
    return np.array([((x + e) @ (x + e) - (x - e) @ (x - e)) / 2 for e in unit])


def test_a_right_function_earns_all_points(capsys):
    points, said = run_check(lambda x: 2 * x, capsys)
    assert points == 6.0
    assert "✓ x = (1, 2, 3): relative error below 1e-14" in said
    assert "✗" not in said
    assert "Earned: 6 of 6 points." in said


def test_in_the_students_copy_the_hidden_groups_are_announced_with_their_points(capsys):
    _, said = run_check(lambda x: 2 * x, capsys, hidden=False)
    assert "numerical care, 1 point: tried when the course is graded" in said
    assert "6 points if the hidden cases, tried at grading, agree" in said


def test_a_wrong_function_earns_nothing_and_sees_both_arrays_of_the_visible_case_only(capsys):
    points, said = run_check(lambda x: x * x, capsys)
    assert points == 0.0
    assert "yours: [1., 4., 9.]" in said
    assert "expected: [2., 4., 6.]" in said
    assert said.count("yours") == 1
    assert "✗ a longer vector: the values are not right" in said


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (lambda x: None, "returned None: does it end with `return`?"),
        (lambda x: [2.0, 4.0, 6.0], "returned a list, where a NumPy array is expected"),
        (lambda x: (2 * x)[:, np.newaxis], "shape (3, 1), where shape (3,) is expected"),
        (lambda x: 2 * x * np.nan, "the result holds NaN"),
        (lambda x: (2 * x).astype(complex), "the result is complex"),
        (lambda x: (2 * x + 0.1).astype(np.float32), "float32: keep the precision"),
        (lambda x: 1 / 0, "raised ZeroDivisionError: division by zero (in line"),
        (lambda: 0, "raised TypeError"),
        (lambda x: exit(), "raised SystemExit"),
    ],
)
def test_each_kind_of_wrong_answer_is_said_in_one_line(function, words, capsys):
    points, said = run_check(function, capsys)
    assert points == 0.0
    assert words in said


def test_an_unwritten_function_is_named_once(capsys):
    def grad_quadratic(x):
        raise NotImplementedError

    points, said = run_check(grad_quadratic, capsys)
    assert points == 0.0
    assert said.count("grad_quadratic is not written yet.") == 1
    assert "Error" not in said


def test_a_function_that_calls_an_unwritten_one_names_that_one(capsys):
    def helper(x):
        raise NotImplementedError

    _, said = run_check(lambda x: helper(x), capsys)
    assert "grad_quadratic calls helper, which is not written yet." in said


def test_a_missing_function_is_one_sentence_and_a_renamed_one_is_recognised(capsys):
    _, said = run_check(None, capsys)
    assert "there is no function named grad_quadratic" in said
    _, said = run_check(None, capsys, grad_quadratics=lambda x: 2 * x)
    assert "There is a function named grad_quadratics: was it renamed?" in said


def test_a_name_given_to_something_else_is_said(capsys):
    _, said = run_check(np.ones(3), capsys)
    assert "grad_quadratic is no function" in said


def test_a_changed_argument_costs_the_edge_cases_only(capsys):
    def doubles_in_place(x):
        x *= 2
        return x.copy()

    points, said = run_check(doubles_in_place, capsys)
    assert points == 5.0
    assert "changes its argument x" in said


def test_a_result_in_the_memory_of_an_argument_costs_the_edge_cases_only(capsys):
    def identity(x):
        return x

    check = Check("identity", general=2, edge=1, namespace={"identity": identity})
    check.visible("one", np.ones(2), expected=np.ones(2))
    assert check.points() == 2.0
    assert "shares memory with the argument x" in capsys.readouterr().out


def test_an_output_may_be_handed_through_where_the_exercise_says_so(capsys):
    check = Check("identity", shared_outputs=("x",), general=2, edge=1, namespace={"identity": lambda x: x})
    check.visible("one", np.ones(2), expected=np.ones(2))
    assert check.points() == 3.0


def test_a_function_that_remembers_its_first_call_is_caught(capsys):
    calls = []

    def forgets(x):
        calls.append(1)
        return 2 * x + (len(calls) > 4)

    _, said = run_check(forgets, capsys)
    assert "the second call gives another answer" in said or "not right" in said


def test_finite_differences_lose_the_numerical_care(capsys):
    points, said = run_check(central_differences, capsys)
    assert points == 5.0
    assert "✗ entries of mixed scale: the values are not right" in said


def test_float64_for_float32_loses_the_numerical_care(capsys):
    points, said = run_check(lambda x: 2 * np.asarray(x, dtype=np.float64), capsys)
    assert points == 5.0
    assert "keep the dtype of the arguments" in said


def test_edge_and_care_count_only_when_the_general_cases_pass(capsys):
    points, _ = run_check(lambda x: 2 * x if len(x) != 7 else 0 * x, capsys)
    assert points == 0.0


def test_an_endless_loop_is_stopped_and_the_rest_is_not_tried(capsys):
    def endless(x):
        while True:
            try:
                len("")
            except Exception:
                continue

    with surrounded_by(replace(surroundings(), seconds_per_call=0.2)):
        points, said = run_check(endless, capsys)
    assert points == 0.0
    assert said.count("no answer within 0.2 seconds") == 1
    assert "does a loop never end?" in said


def test_prints_and_warnings_of_student_code_are_reported_on_stdout_and_change_no_mark(capsys):
    def noisy(x):
        print("I was here")
        __import__("sys").stderr.write("and here\n")
        warnings.warn("careful", stacklevel=1)
        return 2 * x

    points, said = run_check(noisy, capsys)
    assert points == 6.0
    assert "printed: I was here" in said
    assert "printed: and here" in said
    assert "warned: careful" in said


def test_student_code_cannot_print_the_numbers_of_a_hidden_case(capsys):
    def chatty(x):
        print("secret", x)
        raise ValueError(f"secret {x}")

    _, said = run_check(chatty, capsys)
    after_the_visible_case = said.split("a longer vector")[1]
    assert "secret" not in after_the_visible_case


def test_several_outputs_are_named(capsys):
    namespace = {"both": lambda x: (x + 1, x)}
    check = Check("both", returns=("first", "second"), general=2, namespace=namespace)
    check.visible("ones", np.ones(1), expected=(np.array([2.0]), np.array([3.0])))
    assert check.points() == 0.0
    said = capsys.readouterr().out
    assert "second: relative error" in said
    assert "first: relative" not in said


@pytest.mark.parametrize("value", [None, np.ones(2), (1.0,), "ab"])
def test_a_wrong_number_of_outputs_is_said_with_their_names(value, capsys):
    check = Check("both", returns=("first", "second"), general=2, namespace={"both": lambda x: value})
    check.visible("ones", np.ones(1), expected=(np.array([2.0]), np.array([3.0])))
    assert check.points() == 0.0
    assert "2 results are expected: first, second" in capsys.readouterr().out


def test_a_mistake_in_one_function_is_not_paid_twice(capsys):
    namespace: dict = {}
    exec("def inner(x): return -x\ndef outer(x): return 2 * inner(x)", namespace)
    check = Check("outer", general=2, namespace=namespace)
    check.substitute("def inner(x):\n    return x")
    check.visible("ones", np.ones(1), expected=np.array([2.0]))
    assert check.points() == 2.0
    assert namespace["inner"](1) == -1, "the student's own function is back in its place"


def test_a_property_that_cannot_read_the_result_says_so(capsys):
    check = Check("f", general=1, namespace={"f": lambda: np.ones(2)})
    check.visible("anything", holds=lambda result: result["no such key"])
    assert check.points() == 0.0
    assert "the result could not be read" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("function", "diagnosis"),
    [
        (lambda x: -2 * x, "the sign is wrong"),
        (lambda x: x + 0, "a factor of 2 is missing"),
        (lambda x: 4 * x, "a factor of 2 too many"),
    ],
)
def test_a_certain_mistake_is_named(function, diagnosis, capsys):
    _, said = run_check(function, capsys)
    assert f"→ {diagnosis}" in said


def test_nothing_is_guessed_where_one_case_disagrees(capsys):
    _, said = run_check(lambda x: -2 * x if len(x) == 3 else 3 * x, capsys)
    assert "→" not in said


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"a": np.ones(1), "b": np.zeros(1)}, "b: relative error"),
        ({"a": np.ones(1)}, "lacks the key b"),
        ({"a": np.ones(1), "b": np.ones(1), "c": 1}, "and no other"),
        (np.ones(1), "a dictionary with the keys a, b is expected"),
    ],
)
def test_a_dictionary_is_compared_key_by_key(value, words, capsys):
    check = Check("f", general=1, namespace={"f": lambda: value})
    check.visible("all ones", expected={"a": np.ones(1), "b": np.ones(1)})
    assert check.points() == 0.0
    assert words in capsys.readouterr().out


@pytest.mark.parametrize(
    ("function", "is_said"),
    [(lambda x: 2 * x, True), (lambda x: 3 * x, True), (lambda x: None, False), (lambda x: 1 / 0, False), (lambda x: np.ones(2) @ x, False)],
    ids=["right", "wrong", "None", "raises", "shapes"],
)  # fmt: skip
def test_that_the_arguments_are_unchanged_is_a_line_of_its_own_and_said_of_what_ran_to_its_end(function, is_said, capsys):
    _, said = run_check(function, capsys, hidden=False)
    assert ("✓ arguments unchanged, own memory\n" in said) == is_said
    assert "edge cases, 1 point: tried when the course is graded" in said, "it is no edge case that passed"


def test_what_is_done_to_the_arguments_is_said_behind_the_group_that_it_costs(capsys):
    def doubles_in_place(x):
        x *= 2
        return x.copy()

    _, said = run_check(doubles_in_place, capsys)
    assert "edge cases, 1 point: 4 of 4 passed, and lost for what is done to the arguments" in said
    assert "✓ arguments unchanged" not in said
