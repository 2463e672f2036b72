"""Tries wide, tall and square matrices, one column, rank one and mixed scales, against the Jacobian of the stacked product."""

import numpy as np

from autograder.derivatives import jacobian


def truth(A, n_columns):
    rank = A.shape[1]

    def stacked_product(stacked):
        S = stacked.reshape((rank, n_columns), order="F")
        return (A @ S).reshape(-1, order="F")

    return jacobian(stacked_product, np.zeros(rank * n_columns))


def hidden_cases(check):
    rng = np.random.default_rng(17)
    A = rng.normal(size=(2, 3))
    check.hidden("a wide matrix", A, 4, truth=truth)
    check.hidden("a tall matrix", rng.normal(size=(5, 2)), 3, truth=truth)
    check.hidden("a square matrix", rng.normal(size=(3, 3)), 2, truth=truth)
    check.hidden("S of one column", A, 1, truth=truth, group="edge")
    check.hidden("one row", A[:1], 4, truth=truth, group="edge")
    check.hidden("rank one", A[:, :1], 4, truth=truth, group="edge")
    check.standard_cases(A, 4, truth=truth, integers=True)
    scales = 10.0 ** np.array([[-8, 8, 0], [4, -4, -6]])
    check.hidden(
        "entries of widely mixed scale", scales * rng.uniform(1, 2, size=(2, 3)), 4, truth=truth, group="care", per="entry"
    )


def rows_of_s_below_columns_of_f(A, n_columns):
    blocks = np.einsum("nr,mp->mnrp", A, np.eye(n_columns))
    return blocks.reshape(A.shape[0] * n_columns, A.shape[1] * n_columns)


def with_four_indices(A, n_columns):
    return np.einsum("nr,mp->nmrp", A, np.eye(n_columns))


def declared_mistakes(check):
    check.mistake(
        "the right derivatives with four indices, dF_nm / dS_rp: the Jacobian of vec F by vec S has two", with_four_indices
    )
    check.mistake("A^T, a matrix that is no NM x RM Jacobian", lambda A, n_columns: A.T.copy())
    check.mistake("A alone: one block of the Jacobian", lambda A, n_columns: A.copy())
    check.mistake(
        "A kron I_M: the Jacobian for a vec that stacks rows", lambda A, n_columns: np.kron(A, np.eye(n_columns, dtype=A.dtype))
    )
    check.mistake("I_N kron A, where I_M kron A belongs", lambda A, n_columns: np.kron(np.eye(A.shape[0], dtype=A.dtype), A))
    check.mistake("I_R kron A, where I_M kron A belongs", lambda A, n_columns: np.kron(np.eye(A.shape[1], dtype=A.dtype), A))
    check.mistake("vec(F) stacks columns, and vec(S) beside it stacks rows", rows_of_s_below_columns_of_f)
    check.mistake(
        "A in every block, off the diagonal too", lambda A, n_columns: np.kron(np.ones((n_columns, n_columns), dtype=A.dtype), A)
    )
    check.mistake("A beside itself M times: one row of blocks", lambda A, n_columns: np.tile(A, (1, n_columns)))
    check.mistake("A above itself M times: one column of blocks", lambda A, n_columns: np.tile(A, (n_columns, 1)))
    check.mistake(
        "the identity: A is missing", lambda A, n_columns: np.eye(A.shape[0] * n_columns, A.shape[1] * n_columns, dtype=A.dtype)
    )
    check.mistake("the blocks A on the other diagonal", lambda A, n_columns: np.kron(np.eye(n_columns, dtype=A.dtype)[::-1], A))
    check.mistake(
        "A^T A in every block: the second derivative of the loss, without its factor",
        lambda A, n_columns: np.kron(np.eye(n_columns, dtype=A.dtype), A.T @ A),
    )
    check.mistake(
        "zeros everywhere", lambda A, n_columns: np.zeros((A.shape[0] * n_columns, A.shape[1] * n_columns), dtype=A.dtype)
    )
