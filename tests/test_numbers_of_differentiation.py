"""The numbers that the first chapter prints are computed here; what it promises of its form is counted."""

import html
import re
import tomllib
from functools import cache

import numpy as np
import pytest
from numpy.polynomial import Polynomial

from autograder.course.trial import Trial
from matrix_checks.derivations.equality.verdicts import FIRST_ORDER, HOLDS, OTHER_LAYOUT
from matrix_checks.derivations.judging.display import as_markdown
from matrix_checks.derivations.judging.writeups import read_writeup
from matrix_checks.derivations.values.declared_exercises import read_exercise
from tests.conftest import BY_ID

ASSIGNMENT = BY_ID["differentiation"]
CHAPTER = ASSIGNMENT.master.read_text(encoding="utf-8")
ONE_LINE = " ".join(CHAPTER.split())
T = Polynomial([0, 1])


def says(words: str) -> None:
    """Fail where the chapter no longer says what is computed."""
    assert words in ONE_LINE, words


@cache
def given() -> dict:
    """What the chapter's own cells define."""
    return Trial(ASSIGNMENT).namespace({})


def central(function, point) -> np.ndarray:
    return given()["central_differences"](function, point)


# The differential in numbers


@pytest.mark.parametrize(
    "row",
    [
        "0.1 | 0.331 | 0.3 | 0.031 | 0.31",
        "0.01 | 0.030301 | 0.03 | 0.000301 | 0.0301",
        "0.001 | 0.003003001 | 0.003 | 0.000003001 | 0.003001",
    ],
)
def test_the_remainder_of_the_cube_is_small_compared_with_the_step(row):
    says(f"| {row} |")
    step, change, linear, remainder, ratio = map(float, row.split("|"))
    assert np.isclose((1 + step) ** 3 - 1, change, rtol=1e-9) and np.isclose(3 * step, linear)
    assert np.isclose(change - linear, remainder, rtol=1e-9) and np.isclose(remainder / step, ratio)


@pytest.mark.parametrize(("end", "share"), [(1.2, "0.64"), (1.4, "1.36")])
def test_the_picture_of_the_tangent_names_the_right_shares(end, share):
    says(f'({end}, "{share}")')
    assert np.isclose((end**3 - 1 - 3 * (end - 1)) / (end - 1), float(share))


# The worked examples


def test_the_first_worked_example():
    c, x = np.array([1.0, 2.0]), np.array([3.0, -1.0])
    says("For $c = (1, 2)$ and $x = (3, -1)$ we have $c^\\top x = 1$, and the gradient is $(3, 6)$.")
    assert c @ x == 1 and np.array_equal(given()["cubic_gradient"](x, c), [3, 6])
    says("$f = (1 + t)^3 = 1 + 3t + 3t^2 + t^3$")
    assert np.array_equal(((3 + T) * c[0] + x[1] * c[1]).coef, [1, 1]) and np.array_equal(((1 + T) ** 3).coef, [1, 3, 3, 1])
    says("$(1 + 2t)^3 = 1 + 6t + 12t^2 + 8t^3$")
    assert np.array_equal((x[0] * c[0] + (-1 + T) * c[1]).coef, [1, 2]) and np.array_equal(((1 + 2 * T) ** 3).coef, [1, 6, 12, 8])


A, X, B = np.array([[1.0, 0.0, 2.0], [0.0, 1.0, 1.0]]), np.array([1.0, 2.0, -1.0]), np.array([-2.0, 2.0])


def test_the_worked_example_with_a_matrix():
    says("Let $A$ have the rows $(1, 0, 2)$ and $(0, 1, 1)$, $x = (1, 2, -1)$ and $b = (-2, 2)$.")
    says("Then $r = (1, -1)$, $f = 2$, and the gradient has the rows $(2, 4, -2)$ and $(-2, -4, 2)$.")
    gradient = given()["least_squares_gradient"](A, X, B)
    assert np.array_equal(A @ X - B, [1, -1]) and given()["least_squares"](A, X, B) == 2
    assert np.array_equal(gradient, [[2, 4, -2], [-2, -4, 2]])
    assert np.allclose(central(lambda Z: given()["least_squares"](Z, X, B), A), gradient, atol=1e-8)
    says("we get $r = (1 + 2t, -1)$ and $f = 2 + 4t + 4t^2$")
    residual = A[0, 0] * X[0] + T * X[1] + A[0, 2] * X[2] - B[0]
    assert np.array_equal(residual.coef, [1, 2]) and np.array_equal((residual**2 + 1).coef, [2, 4, 4])


def test_the_worked_example_once_more_by_the_chain_rule():
    says("$2r = (2, -2)$ and $x = (1, 2, -1)$ give $(2, -2, 4, -4, -2, 2)$")
    stacked = np.kron(X[:, np.newaxis], np.eye(2)) @ (2 * (A @ X - B))
    assert np.array_equal(stacked, [2, -2, 4, -4, -2, 2])
    assert np.array_equal(stacked.reshape((2, 3), order="F"), given()["least_squares_gradient"](A, X, B))
    step = np.arange(6.0).reshape(2, 3)
    assert np.array_equal(np.kron(X[np.newaxis], np.eye(2)) @ step.reshape(-1, order="F"), step @ X)


def test_the_quadratic_form():
    says("for $Q$ with the rows $(1, 2)$ and $(0, 3)$ and $x = (1, 1)$ we have $y = x_1^2 + 2 x_1 x_2 + 3 x_2^2$ and the gradient")
    says("$(4, 8)$, whereas $2Qx = (6, 6)$")
    Q, x = np.array([[1.0, 2.0], [0.0, 3.0]]), np.ones(2)
    assert np.array_equal((Q + Q.T) @ x, [4, 8]) and np.array_equal(2 * Q @ x, [6, 6])
    assert np.allclose(central(lambda z: z[0] ** 2 + 2 * z[0] * z[1] + 3 * z[1] ** 2, x), [4, 8])


# What the shapes do not prove, and what products cost


def test_of_two_formulas_of_one_shape_one_is_the_gradient():
    square = np.random.default_rng(0).normal(size=(3, 3))
    numerical = central(lambda Z: np.trace(Z @ Z), square)
    assert np.allclose(numerical, 2 * square.T) and not np.allclose(numerical, 2 * square)


def multiplications(*shapes: tuple[int, int]) -> int:
    """Of a product of matrices of these shapes, from the left to the right."""
    rows, inner = shapes[0]
    count = 0
    for inner, columns in shapes[1:]:
        count += rows * inner * columns
    return count


def test_the_order_of_a_product_of_jacobians_decides_what_it_costs():
    n = 500
    from_the_left = multiplications((1, n), (n, n), (n, n))
    from_the_right = multiplications((n, n), (n, n)) + multiplications((1, n), (n, n))
    says("$2 n^2$ multiplications")
    says("$n^3 + n^2$")
    says("For $n = 500$ that is half a million against 125 million.")
    assert from_the_left == 2 * n**2 == 500_000 and from_the_right == n**3 + n**2 == 125_250_000


def test_the_big_jacobian_is_large_and_the_small_product_is_not():
    says(
        "for $N = M = 100$ and $R = 10$ it has ten million entries, nearly all of them zero, where $A^\\top G$ takes 100,000 multiplications"
    )
    n_rows, n_columns, rank = 100, 100, 10
    assert (n_rows * n_columns) * (rank * n_columns) == 10_000_000
    assert multiplications((rank, n_rows), (n_rows, n_columns)) == 100_000


def test_vec_stacks_columns():
    says(r"\begin{pmatrix} 1 & 4 & 2 & 5 & 3 & 6 \end{pmatrix}^\top")
    assert np.array_equal(np.array([[1, 2, 3], [4, 5, 6]]).reshape(-1, order="F"), [1, 4, 2, 5, 3, 6])


def examples_of_the_last_exercise() -> list[dict[str, np.ndarray]]:
    """The matrices A, S and X of both examples, as the chapter prints them."""
    part = CHAPTER.split("The visible cases use two examples.")[1].split("Begin with the loss.")[0]
    found = re.findall(r"([ASX]) = \\begin\{pmatrix\}(.*?)\\end\{pmatrix\}", part)
    matrices = [(name, np.array([row.split("&") for row in rows.split(r"\\")], dtype=float)) for name, rows in found]
    return [dict(matrices[:3]), dict(matrices[3:])]


@pytest.mark.parametrize(("number", "loss"), [(0, 8), (1, 17)])
def test_the_examples_of_the_last_exercise_are_those_of_its_visible_cases(number, loss):
    example = examples_of_the_last_exercise()[number]
    assert np.sum((example["X"] - example["A"] @ example["S"]) ** 2) == loss
    cells = [cell for cell in re.findall(r"```python check.*?```", CHAPTER, flags=re.DOTALL) if "A, S = " in cell]
    assert len(cells) == 3
    for cell in cells:
        for name in "XAS":
            rows = ", ".join(f"[{', '.join(map(str, row))}]" for row in example[name].tolist())
            assert f"np.array([{rows}])" in cell, name


def test_the_sizes_of_an_example_differ_and_those_of_the_second_are_larger_than_one():
    sizes = [(*example["A"].shape, example["S"].shape[1]) for example in examples_of_the_last_exercise()]
    assert all(len(set(each)) == 3 for each in sizes) and min(sizes[1]) > 1
    assert all(one != other for one, other in zip(*sizes)), "a size that is the same in both could not be seen as a factor"


def test_in_the_first_example_alone_a_star_passes_for_a_product():
    first, second = examples_of_the_last_exercise()
    assert np.array_equal(first["A"] * first["S"], first["A"] @ first["S"])
    with pytest.raises(ValueError, match="broadcast"):
        second["A"] * second["S"]


# The recap sheet

FUNCTIONS = {
    "$c^\\top x$": ("x", "c @ x"),
    "$(c^\\top x)^3$": ("x", "(c @ x) ** 3"),
    "$x^\\top Q x$": ("x", "x @ Q @ x"),
    "$\\lVert Ax - b \\rVert^2$, in $A$": ("A", "np.sum((A @ x - b) ** 2)"),
    "$\\lVert Ax - b \\rVert^2$, in $x$": ("x", "np.sum((A @ x - b) ** 2)"),
    "$\\mathrm{tr}(A^\\top B)$, in $A$": ("A", "np.trace(A.T @ B)"),
    "$\\mathrm{tr}(AA)$": ("A", "np.trace(A @ A)"),
}


@pytest.mark.parametrize("function", FUNCTIONS)
def test_each_code_of_the_recap_is_the_gradient(function):
    row = next(line for line in CHAPTER.split("\n") if line.startswith(f"| {function} |") and line.endswith("` |"))
    code = row.rsplit("`", 2)[1]
    variable, value = FUNCTIONS[function]
    rng = np.random.default_rng(1)
    names = {"np": np, "x": rng.normal(size=3), "c": rng.normal(size=3), "Q": rng.normal(size=(3, 3))}
    n_rows = 3 if "AA" in function else 2
    names |= {"A": rng.normal(size=(n_rows, 3)), "B": rng.normal(size=(n_rows, 3)), "b": rng.normal(size=n_rows)}
    numerical = central(lambda moved: eval(value, names | {variable: moved}), names[variable])
    assert np.allclose(eval(code, names), numerical, atol=1e-7)


# What the chapter says of the cell that reads a write-up


@pytest.mark.parametrize(
    ("written", "verdict", "told"),
    [
        (r"$f(x + h) - f(x) = 2 x^\top h$", FIRST_ORDER, "true to first order"),
        (r"$[D_x f] (h) = 2 x^\top h$", HOLDS, ""),
        (r"$\frac{dy}{dx} = 2 x^\top$", OTHER_LAYOUT, "right in the other layout"),
    ],
)
def test_the_cell_behind_a_writeup_says_what_the_chapter_says_that_it_says(written, verdict, told):
    declared = tomllib.loads((ASSIGNMENT.folder / "writeups.toml").read_text(encoding="utf-8"))
    report = read_writeup(written, read_exercise(declared["writeup_ex1"]))
    assert [step.verdict for step in report.steps] == [verdict]
    if told:
        says(f'"{told}"')
        assert told in as_markdown(report)


# The form of the chapter

LONGEST_READING = 3651  # words that stood unfolded before the chapter was put into its present order
FIRST_EXERCISE_WITHIN = 1000
STEEPEST_STEP = 8
_FOLDED = re.compile(r"<details>(?:(?!<details>|</details>).)*</details>", re.DOTALL)


def words_to_read(text: str, formula_is_one_word: bool = True) -> int:
    """Words outside of code, of what is folded, and of what students do not see; those of formulas count as one, or each."""
    text = re.sub(r"<!-- #region (writeup|rubric).*?<!-- #endregion -->", "", text, flags=re.DOTALL)
    text = re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE)
    while _FOLDED.search(text):
        text = _FOLDED.sub("", text)
    if formula_is_one_word:
        text = re.sub(r"\$\$.*?\$\$|\$[^$]*\$", " formula ", text, flags=re.DOTALL)
    return sum(bool(re.search(r"\w", word)) for word in re.sub(r"\]\([^)]*\)", "", text).split())


def test_the_first_exercise_stands_within_the_first_thousand_words():
    assert words_to_read(CHAPTER[: CHAPTER.index("\n# Ex. 1")], formula_is_one_word=False) <= FIRST_EXERCISE_WITHIN


def test_vec_and_the_kronecker_product_stand_before_the_last_exercise():
    explained = [CHAPTER.index("\n# Matrices into columns"), CHAPTER.index("The **Kronecker product**")]
    assert max(explained) < CHAPTER.index("\n# Ex. 4")


def test_no_part_of_an_exercise_has_many_more_points_than_the_one_before():
    rows = [line.strip("| ").split("|") for line in CHAPTER.split("\n") if line.startswith("| ex. ")]
    points = [int(row[-2]) for row in rows if len(row) == 6]
    assert sum(points) == 100 and len(points) == 6
    assert all(after - before <= STEEPEST_STEP for before, after in zip(points, points[1:]))


def test_the_chapter_is_no_longer_to_read_than_it_was():
    assert words_to_read(CHAPTER) <= LONGEST_READING


def test_before_each_look_something_is_to_be_predicted():
    looks = [found.start() for found in re.finditer(r'^```python locked="look_', CHAPTER, flags=re.MULTILINE)]
    assert len(looks) >= 7
    for start in looks:
        before = CHAPTER[:start].rsplit("\n```\n", 1)[1]
        assert "Predict first:**" in before, CHAPTER[start : start + 40]


@pytest.mark.parametrize("exercise", ["ex1", "ex2", "ex3", "ex4"])
def test_three_questions_follow_each_exercise_in_the_words_of_the_oral_discussion(exercise):
    declared = tomllib.loads((ASSIGNMENT.folder / "defence.toml").read_text(encoding="utf-8"))["question"]
    answers = {each["question"]: each["good"] for each in declared if each["exercise"] == exercise}
    part = CHAPTER.split(f"<summary>Three questions to ask yourself after ex. {exercise[-1]}</summary>")[1].split(
        "\n</details>\n</details>"
    )[0]
    found = re.findall(r"<details><summary>([^<]*)</summary>\n\n(.*?)\n\n</details>", part.split("\n# ")[0], flags=re.DOTALL)[:3]
    asked = {html.unescape(question): html.unescape(" ".join(answer.split())) for question, answer in found}
    assert len(asked) == 3
    for question, answer in asked.items():
        assert answers[question] == answer
