"""Shapes that do not fit are said in the words of the course: the operands of the line that raised, and their shapes."""

import linecache

import numpy as np
import pytest

from autograder.sandbox.proxies import without_words
from matrix_checks.checks.calling import call
from matrix_checks.notebook import Check

X, A, S = np.ones((2, 3)), np.ones((2, 1)), np.ones((1, 3))


def notebook_function(body: str, name: str = "f", parameters: str = "X, A, S", before: str = ""):
    """A function as a cell of a notebook defines it: the text of the cell is kept for tracebacks."""
    source = f"{before}def {name}({parameters}):\n" + "".join(f"    {line}\n" for line in body.split("\n"))
    filename = f"<ipython-input-{abs(hash(source))}>"
    linecache.cache[filename] = (len(source), None, source.splitlines(True), filename)
    names = {"np": np}
    exec(compile(source, filename, "exec"), names)
    return names[name]


def said(body: str, before: str = "") -> str:
    """What is said of the shapes in a line of the exercise X ≈ AS."""
    failure = call(notebook_function(body, before=before), (X, A, S), 5.0).failure
    assert failure is not None
    return failure.shapes


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("return (X - A @ S) @ A.T", "(2×3)(1×2) cannot be multiplied: X - A @ S is 2×3, A.T is 1×2"),
        ("return np.matmul(X, A)", "(2×3)(2×1) cannot be multiplied: X is 2×3, A is 2×1"),
        ("return np.dot(X, A)", "(2×3)(2×1) cannot be multiplied: X is 2×3, A is 2×1"),
        ("return X.dot(A)", "(2×3)(2×1) cannot be multiplied: X is 2×3, A is 2×1"),
        ("return X @ X.sum(axis=1)", "(2×3)(2) cannot be multiplied: X is 2×3, X.sum(axis=1) is a vector of length 2"),
        (
            "return X @ X.sum(axis=0, keepdims=True)",
            "(2×3)(1×3) cannot be multiplied: X is 2×3, X.sum(axis=0, keepdims=True) is 1×3",
        ),
        ("return X @ 2", "a number is multiplied by *, not by a matrix product: X is 2×3, 2 is a number"),
        ("return X - A.T", "the shapes do not fit entry by entry: X is 2×3, A.T is 1×2"),
        ("X -= A.T\nreturn X", "the shapes do not fit entry by entry: X is 2×3, A.T is 1×2"),
        ("return np.einsum('ij,jk->ik', X, A)", "the letters 'ij,jk->ik' do not fit the shapes: X is 2×3, A is 2×1"),
        ("return X.reshape(4, 2)", "6 entries do not fill the shape (4,2): X is 2×3"),
        ("return np.reshape(X, 4)", "6 entries do not fill the shape (4,): X is 2×3"),
    ],
)
def test_the_operands_of_the_line_are_named_with_their_shapes(body, words):
    assert said(body) == words


def test_the_line_of_a_function_that_is_called_is_meant_with_its_own_names():
    before = "def product(one, other):\n    return one @ other\n\n\n"
    assert said("return product(X, A)", before) == "(2×3)(2×1) cannot be multiplied: one is 2×3, other is 2×1"


def test_only_the_product_that_raised_is_meant_of_several_in_a_line():
    assert said("return [A @ S, X @ X.T, S @ A]") == "(1×3)(2×1) cannot be multiplied: S is 1×3, A is 2×1"


def test_what_no_rule_finds_is_left_to_the_shapes_that_numpy_names_and_nothing_is_called_twice():
    before = "calls = []\ndef other(array):\n    calls.append(1)\n    return array.T\n\n\n"
    function = notebook_function("return X - other(A)", before=before)
    assert call(function, (X, A, S), 5.0).failure.shapes == "the shapes do not fit entry by entry: 2×3 and 1×2"
    assert function.__globals__["calls"] == [1]


def test_a_class_of_the_students_is_never_asked_for_its_shape():
    before = (
        "class Sly:\n    asked = []\n    def __getattr__(self, name):\n        self.asked.append(name)\n        raise AttributeError(name)\n"
        "    def __array__(self, dtype=None, copy=None):\n        return np.ones((1, 2))\n\n\nsly = Sly()\n"
    )
    function = notebook_function("return np.add(X, sly)", before=before)
    before_the_words = len(call(notebook_function("return 0", before=before), (X, A, S), 5.0).parameters)
    assert before_the_words == 3
    assert call(function, (X, A, S), 5.0).failure.shapes == "the shapes do not fit entry by entry: 2×3 and 1×2"
    assert "shape" not in function.__globals__["sly"].asked and "T" not in function.__globals__["sly"].asked


def test_a_function_whose_text_is_not_kept_is_told_the_sizes_that_numpy_names():
    names = {"np": np}
    exec("def f(X, A, S):\n    return X @ A", names)
    assert call(names["f"], (X, A, S), 5.0).failure.shapes == "two arrays cannot be multiplied: the sizes that meet are 3 and 2"


@pytest.mark.parametrize(
    "body", ["raise ValueError('no')", "return int('one')", "return [1, 2][5]", "return X.nothing", "return 1 / 0"]
)
def test_other_exceptions_are_none_of_shapes(body):
    assert said(body) == ""


def test_a_right_version_of_the_line_raises_nothing():
    assert call(notebook_function("return (X - A @ S) @ S.T"), (X, A, S), 5.0).failure is None


def test_the_visible_case_says_the_shape_of_the_result_and_the_line_and_not_the_words_of_numpy(capsys):
    check = Check("f", general=1, namespace={"f": notebook_function("return (X - A @ S) @ A.T")})
    check.visible("the example", X, A, S, expected=np.zeros((2, 1)))
    check.points()
    printed = capsys.readouterr().out
    assert "A.T is 1×2; the result must be 2×1 (in line 2: return (X - A @ S) @ A.T)" in printed
    assert "gufunc" not in printed


def test_a_hidden_case_says_nothing_of_shapes(capsys):
    check = Check("f", general=1, namespace={"f": notebook_function("return X @ A")})
    check.hidden("a hidden one", X, A, S, expected=np.zeros((2, 1)))
    check.points()
    assert "✗ a hidden one: raised ValueError\n" in capsys.readouterr().out


def test_of_a_process_that_knows_hidden_cases_no_word_on_shapes_comes():
    outcome = call(notebook_function("return X @ A"), (X, A, S), 5.0)
    assert outcome.failure.shapes and without_words(outcome).failure.shapes == ""


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("raise FloatingPointError", "FloatingPointError"),
        ("return np.linalg.inv(X)", "LinAlgError"),
        ("return np.ones(10**15)", "MemoryError"),
        ("class One_Comma_Two(ValueError): pass\nraise One_Comma_Two", "an exception"),
    ],
)
def test_of_an_exception_in_a_hidden_case_the_name_is_said_where_it_is_pythons_or_numpys_own(body, name, capsys):
    check = Check("f", general=1, namespace={"f": notebook_function(body)})
    check.hidden("a hidden one", X, A, S, expected=np.zeros((2, 1)))
    check.points()
    assert f"✗ a hidden one: raised {name}\n" in capsys.readouterr().out
