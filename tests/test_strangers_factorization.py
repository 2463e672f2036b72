r"""Matrix factorization one rating at a time, in a README's letters: `\hat r_{ij} = \sum_k p_{ik}q_{kj}` first, and the loss after it.

By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H, "." anything.
"""

import pytest

from tests.test_precision import cases, fits, judged

RATING = r"$\hat r_{ij} = \sum_{k=1}^K p_{ik}q_{kj}$, $e_{ij} = r_{ij} - \hat r_{ij}$, $J = \sum_{i,j} e_{ij}^2$. "
USERS = r"$\hat v_{ij} = \sum_k u_{ik}w_{kj}$, $e_{ij} = v_{ij} - \hat v_{ij}$, $J = \sum_{i,j} e_{ij}^2$. "
NORM = r"$R \approx P \times Q = \hat R$, $J = \|R - PQ\|_F^2$. "
SAID = r"The sheet's $X, A, S$ are $V, U, W$ here. " + USERS

KINDS = {
    "entries first": [
        ("ex4_chain", RATING + r"$\frac{\partial J}{\partial\hat r_{ij}} = -2(r_{ij} - \hat r_{ij}) = -2e_{ij}$, $\frac{\partial\hat r_{ij}}{\partial q_{kj}} = p_{ik}$", "HHHHHH"),
        ("ex4_chain", RATING + r"$\frac{\partial J}{\partial q_{kj}} = -2\sum_i p_{ik}e_{ij}$, $\frac{\partial J}{\partial p_{ik}} = -2\sum_j e_{ij}q_{kj}$", "HHHHH"),
        ("ex4_chain", RATING + r"$\frac{\partial J}{\partial q_{kj}} = 2\sum_i p_{ik}e_{ij}$, $\frac{\partial J}{\partial p_{ik}} = -2\sum_i e_{ij}q_{kj}$", "HHH--"),
        ("ex4_chain", RATING + r"$J = \|R - PQ\|_F^2$, $\frac{\partial J}{\partial Q} = -2P^T(R - PQ)$, $\frac{\partial J}{\partial P} = -2(R - PQ)Q^T$", "HHHHHH"),
        ("ex4_chain", RATING + r"$J = \|R - PQ\|_F^2$, $\frac{\partial J}{\partial Q} = -2(R - PQ)P^T$, $\frac{\partial J}{\partial P} = -2Q^T(R - PQ)$", "HHHH--"),
        ("ex4_chain", USERS + r"$\frac{\partial J}{\partial w_{kj}} = -2\sum_i u_{ik}e_{ij}$, $\frac{\partial J}{\partial W} = -2U^T(V - UW)$", "HHHHH"),
        ("ex4_chain", USERS + r"$\frac{\partial J}{\partial w_{kj}} = -2\sum_i w_{ik}e_{ij}$, $\frac{\partial J}{\partial W} = -2U(V - UW)$", "HHH--"),
        ("ex4_chain", SAID + r"$\frac{\partial J}{\partial w_{kj}} = -2\sum_i u_{ik}e_{ij}$, $\frac{\partial J}{\partial w_{kj}} = -\sum_i u_{ik}e_{ij}$", "HHHH-"),
        ("ex4_trace", RATING + r"$\frac{\partial J}{\partial q_{kj}} = -2\sum_i p_{ik}e_{ij}$, $\frac{\partial J}{\partial p_{ik}} = 2\sum_j e_{ij}q_{kj}$", "HHHH-"),
    ],
    "a size's letter for a matrix": [
        ("ex4_chain", NORM + r"$\frac{\partial J}{\partial Q} = -2P^T(R - PQ)$, $\frac{\partial J}{\partial P} = -2(R - PQ)Q^T$", ".HHHH"),
        ("ex4_chain", NORM + r"$\frac{\partial J}{\partial Q} = -2P(R - PQ)$, $\frac{\partial J}{\partial P} = -2Q(R - PQ)$", ".HH--"),
        ("ex4_trace", r"$J = \|M - UV\|_F^2$, $\frac{\partial J}{\partial V} = -2U^T(M - UV)$, $\frac{\partial J}{\partial V} = 2U^T(M - UV)$", "HH-"),
    ],
    "an E that is no identity": [
        ("ex4_chain", r"$Z = WH$, $J = \|V - Z\|_F^2$, $\frac{dJ}{dZ} = -2(V - Z)$. With an increment $E$ of $W$, $\langle\frac{dJ}{dZ}, EH\rangle = \langle\frac{dJ}{dZ}H^T, E\rangle$, so $\frac{dJ}{dW} = -2(V - WH)H^T$, $\frac{dJ}{dW} = -2H^T(V - WH)$", "HHH~H-"),
    ],
    "an e that nothing explains": [
        ("ex4_chain", r"$\hat v_{ij} = \sum_k u_{ik}w_{kj}$, $e_{ij} = \psi(v_{ij}, \hat v_{ij})$. $\frac{\partial J}{\partial w_{kj}} = -2\sum_i u_{ik}e_{ij}$", "H~~"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_a_factorization_in_letters_of_its_own_is_followed(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert fits(found, wanted), f"{text}\n found {found}, wanted {wanted}"
