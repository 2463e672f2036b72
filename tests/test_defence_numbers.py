"""What the questions of the defence claim in numbers and formulas is computed here, by the course's own derivatives."""

import numpy as np
import pytest

from autograder.course.defence import read_defence
from autograder.derivatives import gradient, jacobian, vjp
from tests.conftest import BY_ID

QUESTIONS = {name: {each.identifier: each for each in read_defence(assignment).questions} for name, assignment in BY_ID.items()}
RNG = np.random.default_rng(7)


def says(assignment: str, identifier: str, *words: str) -> None:
    """Fail where a question no longer says what is computed."""
    question = QUESTIONS[assignment][identifier]
    for each in words:
        assert each in question.question + question.good, each


def differentiation(identifier: str, *words: str) -> None:
    says("differentiation", identifier, *words)


def layers(identifier: str, *words: str) -> None:
    says("layers", identifier, *words)


# The square of a vector


def test_one_entry_grows():
    differentiation("one_entry_grows", r"from $5$ to $5.21$, by $0.21 = 2 \cdot 0.1 + 0.1^2$", "$2 x_1 = 2$")
    assert np.isclose(1.1**2 + 4, 5.21) and np.isclose(2 * 0.1 + 0.1**2, 0.21)
    assert np.array_equal(gradient(lambda z: np.sum(z * z), np.array([1.0, 2.0])), [2, 4])


def test_the_difference_and_its_linear_part():
    differentiation("missing_second_order", "$4 - 1 = 3$, the right side is $2$")
    differentiation(
        "false_step_with_a_vector",
        "$f(x) = 5$, $f(x + h) = 8$, the linear part $2 x^\\top h$ is $2$ and the rest $h^\\top h$ is $1$; $2x$ is the column $(2, 4)$",
    )
    x, h = np.array([1, 2]), np.array([1, 0])
    assert (x @ x, (x + h) @ (x + h), 2 * x @ h, h @ h) == (5, 8, 2, 1)


def test_the_gradient_of_the_norm_has_length_one():
    differentiation("norm_and_its_square", r"$x / \lVert x \rVert$ for $x \ne 0$", "always has length one")
    x = RNG.normal(size=5)
    found = gradient(lambda z: np.sqrt(np.sum(z * z)), x)
    assert np.allclose(found, x / np.linalg.norm(x)) and np.isclose(np.linalg.norm(found), 1)


def test_a_quadratic_form_has_a_term_for_each_place():
    differentiation("quadratic_form", "$(Q + Q^\\top) x$")
    differentiation("variable_once_or_twice", "$A x + A^\\top x$")
    Q, x = RNG.normal(size=(4, 4)), RNG.normal(size=4)
    assert np.allclose(gradient(lambda z: z @ Q @ z, x), (Q + Q.T) @ x)


def test_doubling_in_place_twice_gives_four_times():
    differentiation("own_memory", "A second call returns $4x$")

    def doubled(x):
        x *= 2
        return x

    x = np.array([1.0, 2.0])
    doubled(x)
    assert np.array_equal(doubled(x), [4, 8])


# The trace of a product


def test_traces():
    differentiation("which_transpose", "$B^\\top$")
    differentiation("inner_product_as_trace", "$B$: ")
    differentiation("trace_of_the_square", "$2 A^\\top$")
    A, B, square = RNG.normal(size=(3, 4)), RNG.normal(size=(4, 3)), RNG.normal(size=(3, 3))
    assert np.allclose(gradient(lambda Z: np.trace(Z @ B), A), B.T)
    assert np.allclose(gradient(lambda Z: np.trace(Z.T @ B.T), A), B.T)
    assert np.allclose(gradient(lambda Z: np.trace(Z @ Z), square), 2 * square.T)
    assert np.allclose(gradient(lambda Z: np.trace(A @ Z), B), A.T)


def test_one_entry_of_B():
    differentiation("one_entry_of_B", "$b_{21} = 1$", "$\\mathrm{tr}(AB) = a_{12}$", "has $1$ at the place $(1, 2)$")
    B = np.array([[0.0, 0], [1, 0]])
    assert np.array_equal(gradient(lambda Z: np.trace(Z @ B), np.ones((2, 2))), [[0, 1], [0, 0]])


def test_a_transpose_is_a_view():
    differentiation("view_of_the_transpose", "`B[0, 0]` becomes $5$")
    B = np.zeros((2, 3))
    G = B.T
    G[0, 0] = 5
    assert B[0, 0] == 5


def test_going_round_keeps_a_trace_and_exchanging_does_not():
    differentiation("cyclic", r"$\mathrm{tr}(PQR) = \mathrm{tr}(RPQ) = \mathrm{tr}(QRP)$")
    P, Q, R = RNG.normal(size=(3, 3, 3))
    assert np.isclose(np.trace(P @ Q @ R), np.trace(R @ P @ Q)) and np.isclose(np.trace(P @ Q @ R), np.trace(Q @ R @ P))
    assert not np.isclose(np.trace(P @ Q @ R), np.trace(Q @ P @ R))


# A bilinear form


def test_four_entries():
    differentiation("four_entries", "The rows $(3, 4)$ and $(6, 8)$", "is $(3, 8)$", "$x^\\top c = 11$")
    x, c = np.array([1.0, 2.0]), np.array([3.0, 4.0])
    found = gradient(lambda Z: x @ Z @ c, np.zeros((2, 2)))
    assert np.array_equal(found, [[3, 4], [6, 8]]) and np.array_equal(x * c, [3, 8]) and np.trace(found) == x @ c == 11


def test_the_gradients_of_a_bilinear_form():
    differentiation("gradient_for_c", "$A^\\top x$")
    x, A, c = RNG.normal(size=3), RNG.normal(size=(3, 5)), RNG.normal(size=5)
    assert np.allclose(gradient(lambda z: x @ A @ z, c), A.T @ x) and np.allclose(gradient(lambda z: z @ A @ c, x), A @ c)
    differentiation("rank_one", "At most one")
    assert np.linalg.matrix_rank(gradient(lambda Z: x @ Z @ c, A)) == 1


def test_neighbours_of_a_large_number_are_as_far_apart_as_the_small_step():
    differentiation("small_entry_beside_a_large_one", "about $10^{-8}$ apart")
    assert 1e-8 < np.spacing(1e8) < 2e-8
    quotient = (np.float64(1e8 + (1e-8 + 1e-8)) - np.float64(1e8 + (1e-8 - 1e-8))) / 2e-8
    assert abs(quotient - 1) > 0.2


# Matrix factorization


def test_a_loss_in_numbers():
    differentiation(
        "loss_in_numbers", "rows $(1, -2)$ and $(2, 0)$", "$1 + 4 + 4 + 0 = 9", "norm is $3$", r"mean $\frac{9}{4}$", "absolute values $5$",
        "of the entries $1$", r"$\mathrm{tr}(EE) = -7$", "rows alone give $5$ and $4$", "the diagonal $1$", "about $6.56$",
    )  # fmt: skip
    E = np.array([[1.0, -2.0], [2.0, 0.0]])
    assert np.trace(E @ E.T) == 9 and np.linalg.norm(E) == 3 and np.mean(E**2) == 9 / 4 and np.abs(E).sum() == 5 and E.sum() == 1
    assert np.trace(E @ E) == -7 and np.array_equal((E**2).sum(axis=1), [5, 4]) and np.trace(E**2) == 1
    assert round(np.linalg.norm(E, 2) ** 2, 2) == 6.56


def test_the_square_of_a_difference():
    differentiation("square_of_a_difference", "the left side is $1$ and the right side $-3$")
    assert (1 - 2) ** 2 == 1 and 1 - 2**2 == -3


def loss(X, A, S):
    return np.sum((X - A @ S) * (X - A @ S))


def test_the_gradients_of_the_loss():
    differentiation("transposed_s_on_the_right", "$-2 (X - AS) S^\\top$", "is $-2 S (X^\\top - S^\\top A^\\top)$")
    differentiation("which_gradient_is_it", r"$\frac{\partial J}{\partial s_{rm}} = -2 \sum_n a_{nr} e_{nm}$")
    X, A, S = RNG.normal(size=(4, 5)), RNG.normal(size=(4, 2)), RNG.normal(size=(2, 5))
    of_A, of_S = gradient(lambda Z: loss(X, Z, S), A), gradient(lambda Z: loss(X, A, Z), S)
    assert np.allclose(of_A, -2 * (X - A @ S) @ S.T) and np.allclose(of_A.T, -2 * S @ (X.T - S.T @ A.T))
    assert np.allclose(of_S, -2 * np.einsum("nr,nm->rm", A, X - A @ S))
    differentiation("at_a_perfect_fit", "All of them are zero")
    assert not np.any(gradient(lambda Z: loss(A @ S, Z, S), A))
    assert np.any(-2 * (A @ S + A @ S) @ S.T)


def test_the_norm_and_the_mean_have_gradients_of_another_length():
    differentiation("right_direction_wrong_length", r"divided by $2 \lVert X - F \rVert$", "divided by $NM$", "length one")
    X, F = RNG.normal(size=(4, 5)), RNG.normal(size=(4, 5))
    square = gradient(lambda Z: np.sum((X - Z) ** 2), F)
    norm = gradient(lambda Z: np.sqrt(np.sum((X - Z) ** 2)), F)
    assert np.allclose(norm, square / (2 * np.linalg.norm(X - F))) and np.isclose(np.linalg.norm(norm), 1)
    assert np.allclose(gradient(lambda Z: np.sum((X - Z) ** 2) / 20, F), square / 20)


def test_one_entry_of_the_loss():
    differentiation("one_by_one", "$-2 (1 - 3) = 4$ and $-2 (1 + 1) = -4$")
    assert [gradient(lambda z: (1 - z) ** 2, F) for F in (3.0, -1.0)] == [4, -4]
    differentiation("false_step_of_the_loss", "$J = (5 - 2)^2 = 9$", r"= -2 \cdot 2 \cdot 3 = -12$", r"= -2 \cdot 3 \cdot 1 = -6$")
    assert gradient(lambda z: (5 - 2 * z) ** 2, 1.0) == -12 and gradient(lambda z: (5 - z * 1) ** 2, 2.0) == -6


def test_a_false_step_in_shapes():
    differentiation(
        "false_step_in_shapes",
        "$J = 3$",
        r"= (-2, -6, 0)$",
        r"= (-2, 0)^\top$",
        "first column $(1, 2, 0, 0, 0, 0)$",
        "$(1, 0, 0, 2, 0, 0)$",
    )
    A, S, E = np.array([[1.0], [2.0]]), np.array([[1.0, 0.0, 2.0]]), np.array([[1.0, 1.0, 0.0], [0.0, 1.0, 0.0]])
    X = A @ S + E
    assert loss(X, A, S) == 3
    assert np.allclose(gradient(lambda Z: loss(X, A, Z), S), [[-2, -6, 0]]) and np.allclose(
        gradient(lambda Z: loss(X, Z, S), A), [[-2], [0]]
    )
    assert np.kron(np.eye(3), A)[:, 0].tolist() == [1, 2, 0, 0, 0, 0] and np.kron(A, np.eye(3))[:, 0].tolist() == [1, 0, 0, 2, 0, 0]
    assert np.kron(np.eye(3), A).shape == np.kron(A, np.eye(3)).shape == (6, 3) and np.kron(np.eye(2), A).shape == (4, 2)


def test_what_a_complex_step_shows():
    differentiation("complex_step_of_ex1", "$f(x + i t e_k) = f(x) + 2 i t x_k - t^2$")
    x, t = np.array([3.0, -1.0]), 0.5
    assert np.isclose(np.sum((x + [1j * t, 0]) ** 2), x @ x + 2j * t * 3 - t**2)
    differentiation("complex_step_of_ex2", "i t b_{qp}")
    A, B, step = RNG.normal(size=(2, 3)), RNG.normal(size=(3, 2)), np.zeros((2, 3))
    step[1, 2] = t
    assert np.isclose(np.trace((A + 1j * step) @ B), np.trace(A @ B) + 1j * t * B[2, 1])
    differentiation("complex_step_of_ex4", "its imaginary part is zero")
    assert not np.iscomplexobj(np.linalg.norm(A + 1j * step)) and np.iscomplexobj(np.sum((A + 1j * step) ** 2))
    layers("complex_step_of_batch_norm", "comes out real")
    assert not np.iscomplexobj(np.var(A + 1j * step, axis=0))


def test_smallest_cases():
    differentiation("smallest_case_of_ex3", "= (3, 4)$", "rows $(3, 4)$ and $(6, 8)$")
    differentiation("smallest_case_of_ex2", "the row $(3, 4)$")
    assert np.allclose(gradient(lambda Z: np.trace(Z @ np.array([[3.0], [4.0]])), np.array([[1.0, 2.0]])), [[3, 4]])
    layers("smallest_case_of_linear", "$3 + 8 + 5 = 16$", "$(6, 8)$", r"$(2, 4)^\top$")
    x, W, g = np.array([[1.0, 2.0]]), np.array([[3.0], [4.0]]), np.array([[2.0]])
    assert (
        x @ W + 5 == 16
        and np.allclose(vjp(lambda z: z @ W, x, g), [[6, 8]])
        and np.allclose(vjp(lambda Z: x @ Z, W, g), [[2], [4]])
    )
    layers("smallest_case_of_softmax", r"$(\frac{1}{4}, -\frac{1}{4})$ is passed on")
    assert np.allclose(vjp(softmax, np.zeros(2), [1, 0]), [1 / 4, -1 / 4])
    layers("smallest_case_of_batch_norm", r"$(-\frac{1}{2}, \frac{1}{2})$")
    assert np.allclose(normalized(np.array([1.0, 3.0]), 3.0), [-1 / 2, 1 / 2])


def test_the_jacobian_in_numbers():
    differentiation("jacobian_in_numbers", "rows $(2, 3, 0, 0)$ and $(0, 0, 2, 3)$")
    A = np.array([[2.0, 3.0]])
    found = jacobian(lambda s: (A @ s.reshape((2, 2), order="F")).reshape(-1, order="F"), np.zeros(4))
    assert np.array_equal(found, [[2, 3, 0, 0], [0, 0, 2, 3]])


def test_the_jacobians_for_a_vec_of_columns_and_of_rows():
    differentiation("stacking", r"$A \otimes I_M$")
    differentiation("jacobian_for_A", r"$S^\top \otimes I_N$, of shape $NM \times RN$")
    A, S = RNG.normal(size=(4, 2)), RNG.normal(size=(2, 5))
    assert np.allclose(np.kron(np.eye(5), A) @ S.reshape(-1, order="F"), (A @ S).reshape(-1, order="F"))
    assert np.allclose(np.kron(A, np.eye(5)) @ S.reshape(-1), (A @ S).reshape(-1))
    assert np.allclose(np.kron(S.T, np.eye(4)) @ A.reshape(-1, order="F"), (A @ S).reshape(-1, order="F"))
    assert np.kron(S.T, np.eye(4)).shape == (4 * 5, 2 * 4)


def test_zero_is_a_saddle_point():
    differentiation("start_at_zero", r"$\lVert X \rVert_F^2 - 2 t^2 \sigma_1 + t^4$")
    X = RNG.normal(size=(4, 5))
    u, sigma, v = np.linalg.svd(X)
    t = 0.3
    assert np.isclose(loss(X, t * u[:, :1], t * v[:1]), np.sum(X * X) - 2 * t**2 * sigma[0] + t**4)


def test_equal_columns_stay_equal():
    differentiation("equal_columns", "$AS$ stays at rank one")
    X, A, S = RNG.normal(size=(4, 5)), np.tile(RNG.normal(size=(4, 1)), 3), np.tile(RNG.normal(size=(1, 5)), (3, 1))
    of_A, of_S = -2 * (X - A @ S) @ S.T, -2 * A.T @ (X - A @ S)
    assert np.allclose(of_A, of_A[:, :1]) and np.allclose(of_S, of_S[:1])


def test_the_digits_that_are_left_of_an_expanded_loss():
    differentiation("expanded_loss", "with a relative residual of $10^{-5}$ the loss is $10^{-10}$ of the terms")
    A, S = RNG.normal(size=(50, 3)), RNG.normal(size=(3, 50))
    noise = RNG.normal(size=(50, 50))
    X = A @ S + 1e-5 * noise * np.linalg.norm(A @ S) / np.linalg.norm(noise)
    direct = loss(X, A, S)
    expanded = np.trace(X @ X.T) - 2 * np.trace(A @ S @ X.T) + np.trace(A @ S @ S.T @ A.T)
    assert np.isclose(direct / np.sum(X * X), 1e-10, rtol=0.01)
    assert 1e-9 < abs(expanded - direct) / direct < 1e-4


# The layers


def test_a_linear_layer_in_numbers():
    layers("one_object_forward", "with the bias $(11, 22, 33)$")
    W = np.array([[1, 0, 1], [0, 1, 1]])
    assert np.array_equal(np.array([[1, 2]]) @ W + [10, 20, 30], [[11, 22, 33]])
    layers("bias_in_numbers", "$(9, 12)$", "$(3, 7, 11)$", "$21$")
    g = np.array([[1, 2], [3, 4], [5, 6]])
    assert np.array_equal(g.sum(axis=0), [9, 12]) and np.array_equal(g.sum(axis=1), [3, 7, 11]) and g.sum() == 21
    layers("one_output_feature", "$(6, 15)$")
    assert np.array_equal(gradient(lambda z: 3 * (2 * z[0] + 5 * z[1]), np.zeros(2)), [6, 15])
    layers("sum_of_outer_products", "$x^\\top g = 1 + 1 = 2$, and the product of the sums is $0$")
    x = np.array([[1], [-1]])
    assert x.T @ x == 2 and x.sum() * x.sum() == 0


def test_two_linear_layers_are_one():
    layers("two_layers_are_one", "bias is $W_2^\\top b_1 + b_2$", "= g W_2^\\top W_1^\\top$")
    x, W_1, b_1, W_2, b_2 = (
        RNG.normal(size=(6, 3)),
        RNG.normal(size=(3, 5)),
        RNG.normal(size=5),
        RNG.normal(size=(5, 4)),
        RNG.normal(size=4),
    )
    g = RNG.normal(size=(6, 4))
    assert np.allclose((x @ W_1 + b_1) @ W_2 + b_2, x @ (W_1 @ W_2) + W_2.T @ b_1 + b_2)
    assert np.allclose(vjp(lambda z: (z @ W_1 + b_1) @ W_2 + b_2, x, g), g @ W_2.T @ W_1.T)
    layers("path_back", "$x^\\top g_1$ for $W_1$")
    assert np.allclose(vjp(lambda Z: (x @ Z + b_1) @ W_2 + b_2, W_1, g), x.T @ (g @ W_2.T))
    assert np.allclose(vjp(lambda z: (x @ W_1 + z) @ W_2 + b_2, b_1, g), (g @ W_2.T).sum(axis=0))


def softmax(z):
    return np.exp(z) / np.sum(np.exp(z))


def test_softmax_in_numbers():
    layers("three_properties", r"$(\frac{1}{4}, \frac{3}{4})$")
    assert np.allclose(softmax(np.array([0, np.log(3)])), [1 / 4, 3 / 4])
    layers("rows_of_the_jacobian", r"$(\frac{2}{9}, -\frac{2}{9})$ and $(-\frac{2}{9}, \frac{2}{9})$")
    assert np.allclose(jacobian(softmax, np.log([1 / 3, 2 / 3])), [[2 / 9, -2 / 9], [-2 / 9, 2 / 9]])
    layers("backward_in_numbers", r"= (\frac{3}{4}, -\frac{3}{4})$")
    assert np.allclose(vjp(softmax, np.log([1 / 4, 3 / 4]), [4, 0]), [3 / 4, -3 / 4])
    layers("softmax_alone", "For $g = -e_t / y_t$ that becomes $y - e_t$")
    y = softmax(RNG.normal(size=4))
    assert np.allclose(vjp(softmax, np.log(y), [0, 0, -1 / y[2], 0]), y - [0, 0, 1, 0])
    layers("constant_gradient", "Zero.")
    assert np.allclose(vjp(softmax, np.log(y), np.full(4, 3.0)), 0)
    layers("largest_logit", "$e^{710}$ is infinite")
    with np.errstate(over="ignore"):
        assert np.isinf(np.exp(710.0)) and np.isfinite(np.exp(709.0))
    layers("numbers_in_memory", "$10^{10}$ entries, 80 GB in float64")
    assert 100_000**2 == 10 * 10**9 and 8 * 100_000**2 == 80 * 10**9


def normalized(z, eps=0.0):
    centred = z - np.sum(z) / len(z)
    return centred / np.sqrt(np.sum(centred * centred) / len(z) + eps)


def test_batch_normalization_in_numbers():
    layers("divide_by_which_number", "mean is $3$ and the squares are $4 + 1 + 9 = 14$", r"$\frac{14}{3}$, the other one is $7$")
    feature = np.array([1.0, 2.0, 6.0])
    assert feature.mean() == 3 and np.isclose(feature.var(), 14 / 3) and feature.var(ddof=1) == 7
    layers("first_moving_average", r"$0.1 \mu$ and $0.9 + 0.1 \sigma$")
    assert np.isclose(0.9 * 1 + (1 - 0.9) * 2.0, 0.9 + 0.1 * 2.0)
    layers("only_the_moving_variance", "grows by $0.05$", "$6$ becomes $3$")
    assert np.isclose(0.1 / np.sqrt(4), 0.05) and vjp(lambda z: z / np.sqrt(4.0), np.zeros(1), [6.0]) == 3


def test_the_gradient_of_batch_normalization_stands_across_a_shift_and_a_stretch():
    layers("shift_of_a_feature", "adds up to zero over the batch")
    layers("stretch_of_a_feature", "the sum is zero", r"$\sum_k \hat x_k^2 = N$")
    x, g = RNG.normal(size=6), RNG.normal(size=6)
    found, x_hat = vjp(normalized, x, g), normalized(x)
    assert np.isclose(np.sum(found), 0) and np.isclose(np.sum(x_hat * found), 0) and np.isclose(np.sum(x_hat**2), 6)
    assert np.allclose(found, (g - g.mean() - x_hat * np.mean(g * x_hat)) / x.std())
    layers("another_unit", "divided by $100$")
    assert np.allclose(normalized(100 * x), x_hat) and np.allclose(vjp(normalized, 100 * x, g), found / 100)
    assert np.isclose((100 * x).var(), 10_000 * x.var())


def test_the_variance_by_one_entry_and_by_the_mean():
    layers("sum_in_the_variance", r"$\frac{2}{N} (x_k - \mu)$")
    layers("variance_through_the_mean", r"$-\frac{2}{N} \sum_i (x_i - \mu)$")
    x = RNG.normal(size=6)
    assert np.allclose(gradient(lambda z: np.sum((z - x.mean()) ** 2) / 6, x), 2 / 6 * (x - x.mean()))
    assert np.isclose(gradient(lambda m: np.sum((x - m) ** 2) / 6, x.mean()), 0)


def test_the_network_in_numbers():
    layers("softmax_and_cross_entropy", "$(p - e_t) / N$")
    logits, label, size = RNG.normal(size=4), 2, 5
    found = gradient(lambda z: (np.log(np.sum(np.exp(z))) - z[label]) / size, logits)
    assert np.allclose(found, (softmax(logits) - np.eye(4)[label]) / size)
    layers("loss_at_the_start", r"$\ln 10$, about $2.30$", "about $e^{-20}$, two in a thousand million")
    assert round(np.log(10), 2) == 2.30 and round(np.exp(-20) * 1e9) == 2
    layers("gate_of_relu", "$(0, 2)$ goes forward and $(0, 7)$ comes back")
    assert np.array_equal(vjp(lambda z: np.where(z.real > 0, z, 0), np.array([-1.0, 2.0]), [5, 7]), [0, 7])
    layers("last_batch_of_three", "1,347 training digits in batches of 64 leave a last batch of three")
    assert 1347 % 64 == 3
    layers("step_of_descent", r"falls by about $\eta \lVert G \rVert^2$")
    point = RNG.normal(size=4)
    slope = gradient(lambda z: np.sum(np.exp(z)), point)
    fall = np.sum(np.exp(point)) - np.sum(np.exp(point - 1e-6 * slope))
    assert fall == pytest.approx(1e-6 * np.sum(slope**2), rel=1e-3)
