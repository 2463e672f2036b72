"""Problems on derivatives by vectors and matrices. Matrices are rectangular, so that a lost transpose gives another shape."""

import numpy as np

from autograder.course.draws import Attempt, Draws, Problem, column, matrix, telling
from autograder.derivatives import gradient, jacobian


@telling
def squares(draw: Draws) -> Attempt:
    """The gradient of a multiple of the square of a vector plus a linear term."""
    u, p = draw.one_of((("u", "p"), ("z", "a"), ("w", "q")))
    factor, point, other = draw.one_of((2, 3, 5)), draw.integers(2), draw.integers(2)
    value = rf"{factor} {u}^\top {u} + {p}^\top {u}"
    found = gradient(lambda z: factor * np.sum(z * z) + np.sum(other * z), point)
    equation = rf"\frac{{dy}}{{d{u}}} = {2 * factor} {u} + {p}"
    problem = Problem(
        rf"Let $y = {value}$ for columns ${u}, {p} \in \mathbb{{R}}^n$. Find $\frac{{dy}}{{d{u}}}$, first in letters, then for "
        rf"${u} = {column(point)}$ and ${p} = {column(other)}$.",
        rf"${equation}$, which is ${column(found)}$.",
        {u: ["n", "1"], p: ["n", "1"]},
        {"y": value},
        equation,
        {"factor": np.array(factor), "u": point, "p": other},
        found,
    )
    return problem, (factor * point + other, 2 * factor * point, 2 * point + other, -found, factor * point * point + other)


@telling
def distance(draw: Draws) -> Attempt:
    """The gradient of a multiple of the squared distance of a vector from a given one."""
    u, p = draw.one_of((("u", "p"), ("z", "a"), ("w", "q")))
    factor, point, aim = draw.one_of((2, 3, 5)), draw.integers(2), draw.integers(2)
    value = rf"{factor} \lVert {p} - {u} \rVert^2"
    found = gradient(lambda z: factor * np.sum((aim - z) ** 2), point)
    equation = rf"\frac{{dy}}{{d{u}}} = -{2 * factor} ({p} - {u})"
    problem = Problem(
        rf"Let $y = {value}$ for columns ${u}, {p} \in \mathbb{{R}}^n$. Find $\frac{{dy}}{{d{u}}}$, first in letters, then for "
        rf"${u} = {column(point)}$ and ${p} = {column(aim)}$.",
        rf"${equation}$, which is ${column(found)}$.",
        {u: ["n", "1"], p: ["n", "1"]},
        {"y": value},
        equation,
        {"factor": np.array(factor), "u": point, "p": aim},
        found,
    )
    apart = aim - point
    return problem, (
        -found,
        -factor * apart,
        -2 * apart,
        2 * factor * point,
        -factor * apart / max(1e-9, float(np.linalg.norm(apart))),
    )


@telling
def trace(draw: Draws) -> Attempt:
    """The gradient of a trace with respect to one factor that stands in another place than in the exercise."""
    Z, V = draw.one_of((("U", "V"), ("P", "Q"), ("K", "L")))
    factor, numbers, is_first = draw.one_of((2, 3, 5)), draw.integers(2, 3), draw.below(2) == 0
    if is_first:
        inner, answer, shape, sizes = rf"{Z}^\top {V}", V, (2, 3), {Z: ["m", "n"], V: ["m", "n"]}
        found = gradient(lambda variable: factor * np.trace(variable.T @ numbers), np.zeros(shape))
    else:
        inner, answer, shape, sizes = rf"{V} {Z}", rf"{V}^\top", (3, 2), {Z: ["n", "m"], V: ["m", "n"]}
        found = gradient(lambda variable: factor * np.trace(numbers @ variable), np.zeros(shape))
    value = rf"{factor} \mathrm{{tr}}({inner})"
    equation = rf"\frac{{dy}}{{d{Z}}} = {factor} {answer}"
    problem = Problem(
        rf"Let $y = {value}$, where ${Z}$ is ${shape[0]} \times {shape[1]}$. Find $\frac{{dy}}{{d{Z}}}$, first in letters, then "
        rf"for ${V} = {matrix(numbers)}$.",
        rf"${equation}$, which is ${matrix(found)}$.",
        sizes,
        {"y": value},
        equation,
        {"factor": np.array(factor), "V": numbers},
        found,
    )
    return problem, (found.T, found / factor, -found)


@telling
def trace_of_three(draw: Draws) -> Attempt:
    """The gradient of the trace of three factors with respect to the one in the middle."""
    Z, V, W = draw.one_of((("U", "V", "W"), ("P", "Q", "R"), ("K", "L", "M")))
    rows, columns, outer = draw.one_of(((1, 3, 2), (3, 1, 2)))
    left, right = draw.integers(outer, rows), draw.integers(columns, outer)
    value = rf"\mathrm{{tr}}({V} {Z} {W})"
    found = gradient(lambda variable: np.trace(left @ variable @ right), np.zeros((rows, columns)))
    equation = rf"\frac{{dy}}{{d{Z}}} = {V}^\top {W}^\top"
    problem = Problem(
        rf"Let $y = {value}$, where ${Z}$ is ${rows} \times {columns}$. Find $\frac{{dy}}{{d{Z}}}$, first in letters, then for "
        rf"${V} = {matrix(left)}$ and ${W} = {matrix(right)}$.",
        rf"${equation}$, which is ${matrix(found)}$.",
        {Z: ["n", "k"], V: ["m", "n"], W: ["k", "m"]},
        {"y": value},
        equation,
        {"V": left, "W": right},
        found,
    )
    return problem, (found.T, 2 * found, -found)


def _bilinear(draw: Draws, *, in_the_matrix: bool, transposed: bool) -> Attempt:
    u, M, v = draw.one_of((("u", "M", "v"), ("p", "B", "q"), ("a", "W", "b")))
    shape = draw.one_of(((2, 3), (3, 2)))
    between = draw.integers(*shape)
    product = between.T if transposed else between  # what stands between the two columns
    left, right = draw.integers(product.shape[0]), draw.integers(product.shape[1])
    mistakes: tuple[np.ndarray, ...]
    value = rf"{u}^\top {M}^\top {v}" if transposed else rf"{u}^\top {M} {v}"
    if in_the_matrix:
        variable, answer, given = M, rf"{v} {u}^\top" if transposed else rf"{u} {v}^\top", rf"${v} = {column(right)}$"
        found = gradient(lambda Z: np.sum(left[:, np.newaxis] * (Z.T if transposed else Z) * right), between)
        shown, mistakes = matrix(found), (found.T, -found, 2 * found, between, between * found, np.ones(shape))
    else:
        variable, answer, given = v, rf"{M} {u}" if transposed else rf"{M}^\top {u}", rf"${M} = {matrix(between)}$"
        found = gradient(lambda z: np.sum(left[:, np.newaxis] * product * z), right)
        shown, mistakes = column(found), (-found, 2 * found, product.sum(axis=0), right * found, right)
    equation = rf"\frac{{dy}}{{d{variable}}} = {answer}"
    problem = Problem(
        rf"Let $y = {value}$, where ${M}$ is ${shape[0]} \times {shape[1]}$. Find $\frac{{dy}}{{d{variable}}}$, first in letters, then for "
        rf"${u} = {column(left)}$ and {given}.",
        rf"${equation}$, which is ${shown}$.",
        {u: ["m", "1"], M: ["n", "m"] if transposed else ["m", "n"], v: ["n", "1"]},
        {"y": value},
        equation,
        {"u": left, "M": between, "v": right},
        found,
    )
    return problem, mistakes


@telling
def bilinear_by_the_matrix(draw: Draws) -> Attempt:
    """The gradient of a bilinear form with a rectangular matrix, with respect to the matrix."""
    return _bilinear(draw, in_the_matrix=True, transposed=False)


@telling
def bilinear_by_the_right(draw: Draws) -> Attempt:
    """The gradient of a bilinear form with a rectangular matrix, with respect to the vector on its right."""
    return _bilinear(draw, in_the_matrix=False, transposed=False)


@telling
def transposed_by_the_matrix(draw: Draws) -> Attempt:
    """The same by the matrix where its transpose stands in the form."""
    return _bilinear(draw, in_the_matrix=True, transposed=True)


@telling
def transposed_by_the_right(draw: Draws) -> Attempt:
    """The same by the vector on the right where the transpose of the matrix stands in the form."""
    return _bilinear(draw, in_the_matrix=False, transposed=True)


def _residual(draw: Draws, names: tuple[str, str, str], parts: tuple[np.ndarray, np.ndarray, np.ndarray], kind: str) -> Attempt:
    """The gradient of a squared residual, which is a vector: with respect to the column, the row or the matrix of the product."""
    b, M, u = names
    aim, between, unknown = parts
    is_row = kind == "row"
    rest = aim - (unknown @ between if is_row else between @ unknown)
    value = rf"\lVert {b}^\top - {u}^\top {M} \rVert^2" if is_row else rf"\lVert {b} - {M} {u} \rVert^2"
    if kind == "matrix":
        variable, answer = M, rf"-2 ({b} - {M} {u}) {u}^\top"
        found = gradient(lambda Z: np.sum((aim - Z @ unknown) ** 2), between)
    elif is_row:
        variable, answer = u, rf"-2 {M} ({b} - {M}^\top {u})"
        found = gradient(lambda z: np.sum((aim - z @ between) ** 2), unknown)
    else:
        variable, answer = u, rf"-2 {M}^\top ({b} - {M} {u})"
        found = gradient(lambda z: np.sum((aim - between @ z) ** 2), unknown)
    equation = rf"\frac{{dy}}{{d{variable}}} = {answer}"
    sizes = {b: ["n", "1"], M: ["m", "n"], u: ["m", "1"]} if is_row else {b: ["m", "1"], M: ["m", "n"], u: ["n", "1"]}
    problem = Problem(
        rf"Let $y = {value}$. Find $\frac{{dy}}{{d{variable}}}$, first in letters, then for ${b} = {column(aim)}$, "
        rf"${M} = {matrix(between)}$ and ${u} = {column(unknown)}$.",
        rf"${equation}$, which is ${matrix(found) if kind == 'matrix' else column(found)}$.",
        sizes,
        {"y": value},
        equation,
        {"b": aim, "M": between, "u": unknown},
        found,
    )
    # Without what is known, without what is fitted, with the sign between them: the residual is not zero, and neither are they.
    fitted = aim - rest
    back = {"matrix": lambda e: np.outer(e, unknown), "row": lambda e: between @ e, "column": lambda e: between.T @ e}[kind]
    mistakes = (
        -found,
        found / 2,
        *(-2 * back(each) for each in (aim, -fitted, aim + fitted, rest * rest, np.sign(rest), rest / len(rest))),
    )
    return problem, (*mistakes, found.T) if kind == "matrix" else mistakes


@telling
def residual(draw: Draws) -> Attempt:
    """The gradient of the squared residual of a linear system with respect to its unknown."""
    names = draw.one_of((("b", "M", "u"), ("p", "B", "z"), ("v", "W", "q")))
    return _residual(draw, names, (draw.integers(3), draw.integers(3, 2), draw.integers(2)), "column")


@telling
def residual_of_a_row(draw: Draws) -> Attempt:
    """The same where the unknown is a row, which stands on the left of the matrix."""
    names = draw.one_of((("b", "M", "u"), ("p", "B", "z"), ("v", "W", "q")))
    return _residual(draw, names, (draw.integers(3), draw.integers(2, 3), draw.integers(2)), "row")


@telling
def residual_by_the_matrix(draw: Draws) -> Attempt:
    """The same with respect to the matrix."""
    names = draw.one_of((("b", "M", "u"), ("p", "B", "z"), ("v", "W", "q")))
    rows, columns = draw.one_of(((2, 3), (3, 2)))
    return _residual(draw, names, (draw.integers(rows), draw.integers(rows, columns), draw.integers(columns)), "matrix")


@telling
def jacobian_of_a_product(draw: Draws) -> Attempt:
    """The Jacobian of a matrix times a column, or of a row times a matrix, with respect to the matrix, whose columns are stacked."""
    Z, v = draw.one_of((("Z", "v"), ("P", "a"), ("K", "w")))
    is_row, rows, columns = draw.one_of(((False, 2, 3), (True, 3, 2)))
    numbers = draw.integers(3)

    def product(stacked: np.ndarray) -> np.ndarray:
        whole = stacked.reshape((rows, columns), order="F")
        return numbers @ whole if is_row else whole @ numbers

    found = jacobian(product, np.zeros(6))
    value, answer = (rf"{v}^\top {Z}", rf"I_2 \otimes {v}^\top") if is_row else (rf"{Z} {v}", rf"{v}^\top \otimes I_2")
    problem = Problem(
        rf"Let $f = {value}$, where ${Z}$ is ${rows} \times {columns}$ and ${v}$ a column, and let $\mathrm{{vec}}$ stack columns. Write "
        rf"down the Jacobian of $\mathrm{{vec}}(f)$ by $\mathrm{{vec}}({Z})$ for ${v} = {column(numbers)}$.",
        rf"${answer} = {matrix(found)}$.",
        given={"v": numbers, "is_row": np.array(is_row)},
        found=found,
    )
    other = np.kron(numbers, np.eye(2)) if is_row else np.kron(np.eye(2), numbers)
    return problem, (other, np.tile(np.kron(numbers, np.ones(2)), (2, 1)), np.tile(numbers, (2, 2)), found.T, -found, 2 * found)
