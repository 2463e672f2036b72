"""Lemmas in letters that nobody declared: right ones hold whatever the letters are, wrong ones never do."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matrix_checks.derivations.judging.writeups import read_writeup
from tests.conftest import examples
from tests.test_writeups import EXERCISES, described, verdicts

# None of these exercises declares the letters of the lemmas.
PLACES = ("writeup_ex1", "writeup_ex4_trace", "writeup_linear")
RIGHT = {
    "trace": (
        r"\operatorname{tr}(PQ) = \operatorname{tr}(QP)",
        r"\operatorname{tr}(PQR) = \operatorname{tr}(RPQ)",
        r"\operatorname{tr}(PQR) = \operatorname{tr}(QRP)",
        r"\operatorname{tr}(P) = \operatorname{tr}(P^\top)",
        r"\operatorname{tr}(P + Q) = \operatorname{tr}(P) + \operatorname{tr}(Q)",
        r"\operatorname{tr}(P - Q) = \operatorname{tr} P - \operatorname{tr} Q",
        r"\operatorname{tr}(3P) = 3\operatorname{tr}(P)",
        r"\operatorname{tr}(\lambda P) = \lambda\operatorname{tr}(P)",
        r"\operatorname{tr}(P^\top Q) = \operatorname{tr}(Q^\top P)",
        r"\operatorname{tr}(PQ^\top) = \operatorname{tr}(Q^\top P)",
        r"\operatorname{tr}(uv^\top) = v^\top u",
        r"\operatorname{tr}(P(Q + R)) = \operatorname{tr}(PQ) + \operatorname{tr}(PR)",
    ),
    "transpose": (
        r"(PQ)^\top = Q^\top P^\top",
        r"(PQR)^\top = R^\top Q^\top P^\top",
        r"(P + Q)^\top = P^\top + Q^\top",
        r"(P^\top)^\top = P",
        r"(P^\top Q)^\top = Q^\top P",
        r"(PP^\top)^\top = PP^\top",
        r"(2P)^\top = 2P^\top",
        r"(Pu)^\top = u^\top P^\top",
        r"(uv^\top)^\top = vu^\top",
        r"(\lambda P)^\top = \lambda P^\top",
        r"P(Q + R) = PQ + PR",
        r"(P + Q)(P + Q)^\top = PP^\top + PQ^\top + QP^\top + QQ^\top",
    ),
    "gradient": (
        r"\nabla_Z \operatorname{tr}(ZP) = P^\top",
        r"\nabla_Z \operatorname{tr}(PZ) = P^\top",
        r"\nabla_Z \operatorname{tr}(Z^\top P) = P",
        r"\nabla_Z \operatorname{tr}(PZQ) = P^\top Q^\top",
        r"\nabla_Z \operatorname{tr}(Z^\top P Z) = (P + P^\top)Z",
        r"\nabla_Z \operatorname{tr}(ZZ^\top) = 2Z",
        r"\nabla_Z \|Z\|_F^2 = 2Z",
        r"\frac{\partial}{\partial Z}\operatorname{tr}(ZP) = P^\top",
        r"\frac{\partial \operatorname{tr}(PZ)}{\partial Z} = P^\top",
        r"\frac{\partial}{\partial Z}\|P - Z\|_F^2 = -2(P - Z)",
        r"\nabla_u (u^\top v) = v",
        r"\nabla_u (u^\top P u) = (P + P^\top) u",
        r"\nabla_u \|u\|^2 = 2u",
        r"\frac{\partial (u^\top P v)}{\partial P} = uv^\top",
    ),
    "norm": (
        r"\|P\|_F^2 = \operatorname{tr}(PP^\top)",
        r"\|P\|_F^2 = \operatorname{tr}(P^\top P)",
        r"\|P\|_F^2 = \|P^\top\|_F^2",
        r"\|u\|^2 = u^\top u",
        r"\|P - Q\|_F^2 = \operatorname{tr}((P - Q)^\top(P - Q))",
        r"\|P + Q\|_F^2 = \|P\|_F^2 + 2\operatorname{tr}(P^\top Q) + \|Q\|_F^2",
        r"\|u - v\|^2 = u^\top u - 2u^\top v + v^\top v",
        r"\|2P\|_F^2 = 4\|P\|_F^2",
        r"\langle P, Q\rangle = \operatorname{tr}(P^\top Q)",
        r"\langle u, v\rangle = u^\top v",
        r"\|P\|_F^2 = \sum_{i,j} p_{ij}^2",
        r"\|Pu\|^2 = u^\top P^\top P u",
    ),
    "kronecker": (
        r"\operatorname{vec}(PQR) = (R^\top \otimes P)\operatorname{vec}(Q)",
        r"\operatorname{vec}(PQ) = (I \otimes P)\operatorname{vec}(Q)",
        r"\operatorname{vec}(PQ) = (Q^\top \otimes I)\operatorname{vec}(P)",
        r"\operatorname{vec}(P + Q) = \operatorname{vec}(P) + \operatorname{vec}(Q)",
        r"(P \otimes Q)^\top = P^\top \otimes Q^\top",
        r"(P \otimes Q)(R \otimes D) = PR \otimes QD",
        r"\operatorname{vec}(P)^\top \operatorname{vec}(Q) = \operatorname{tr}(P^\top Q)",
        r"\operatorname{vec}(uv^\top) = v \otimes u",
        r"\operatorname{tr}(P \otimes Q) = \operatorname{tr}(P)\operatorname{tr}(Q)",
        r"P \otimes (Q + R) = P \otimes Q + P \otimes R",
        r"\|\operatorname{vec}(P)\|^2 = \|P\|_F^2",
    ),
    "columns": (
        r"u^\top v = v^\top u",
        r"(u + v)^\top z = u^\top z + v^\top z",
        r"u^\top P v = v^\top P^\top u",
        r"u^\top v = \operatorname{tr}(vu^\top)",
        r"u^\top P v = \operatorname{tr}(vu^\top P)",
        r"(u^\top v) z = z (u^\top v)",
        r"u v^\top z = (v^\top z) u",
        r"P(u + v) = Pu + Pv",
        r"(3u)^\top v = 3 u^\top v",
        r"u^\top v = \sum_i u_i v_i",
        r"\alpha (u + v) = \alpha u + \alpha v",
    ),
    "differential": (
        r"d(UV) = dU V + U dV",
        r"d(U + V) = dU + dV",
        r"d\operatorname{tr}(U) = \operatorname{tr}(dU)",
        r"d(U^\top) = (dU)^\top",
        r"d(UVZ) = dU VZ + U dV Z + UV dZ",
        r"d(u^\top v) = du^\top v + u^\top dv",
        r"d(u^\top u) = 2u^\top du",
        r"d(3U) = 3 dU",
        r"d\operatorname{tr}(U^\top U) = 2\operatorname{tr}(U^\top dU)",
        r"d\operatorname{tr}(UV) = \operatorname{tr}(V dU) + \operatorname{tr}(U dV)",
        r"d(\|U\|_F^2) = 2\operatorname{tr}(U^\top dU)",
    ),
    "entries": (
        r"(UV)_{ij} = \sum_k u_{ik} v_{kj}",
        r"(U^\top)_{ij} = u_{ji}",
        r"\operatorname{tr}(P) = \sum_i p_{ii}",
        r"\operatorname{tr}(PQ) = \sum_i \sum_j p_{ij} q_{ji}",
        r"\operatorname{tr}(P^\top Q) = \sum_{i,j} p_{ij} q_{ij}",
        r"(U + V)_{ij} = u_{ij} + v_{ij}",
        r"(Uv)_i = \sum_j u_{ij} v_j",
        r"u^\top v = \sum_{i=1}^m u_i v_i",
        r"(uv^\top)_{ij} = u_i v_j",
        r"(UV)_{ij} = \sum_k U_{ik} V_{kj}",
        r"u^\top P v = \sum_i \sum_j u_i p_{ij} v_j",
        r"\frac{\partial}{\partial u_k} \sum_i u_i^2 = 2 u_k",
    ),
}
WRONG = {
    "trace": (
        r"\operatorname{tr}(PQ) = \operatorname{tr}(P)\operatorname{tr}(Q)",
        r"\operatorname{tr}(PQR) = \operatorname{tr}(PRQ)",
        r"\operatorname{tr}(ZPQ) = \operatorname{tr}(ZQP)",
        r"\operatorname{tr}(P) = -\operatorname{tr}(P^\top)",
        r"\operatorname{tr}(P + Q) = \operatorname{tr}(P)\operatorname{tr}(Q)",
        r"\operatorname{tr}(PQ) = \operatorname{tr}(P) + \operatorname{tr}(Q)",
        r"\operatorname{tr}(3P) = \operatorname{tr}(P)",
        r"\operatorname{tr}(PQ) = PQ",
        r"\operatorname{tr}(PQ) = \operatorname{tr}(P^\top Q)",
        r"\operatorname{tr}(P^\top Q) = \operatorname{tr}(QP)",
        r"\operatorname{tr}(uv^\top) = vu^\top",
        r"\operatorname{tr}(P^2) = \operatorname{tr}(P)^2",
    ),
    "transpose": (
        r"(PQ)^\top = P^\top Q^\top",
        r"(PQR)^\top = P^\top Q^\top R^\top",
        r"(PQR)^\top = R^\top P^\top Q^\top",
        r"(P + Q)^\top = P + Q",
        r"P^\top = P",
        r"(P^\top Q)^\top = P^\top Q",
        r"PP^\top = P^\top P",
        r"(2P)^\top = P^\top",
        r"(Pu)^\top = P^\top u^\top",
        r"(uv^\top)^\top = uv^\top",
        r"PQ = QP",
        r"(P + Q)(P + Q)^\top = PP^\top + 2PQ^\top + QQ^\top",
        r"(ab)^\top = a^\top b^\top",
    ),
    "gradient": (
        r"\nabla_Z \operatorname{tr}(ZP) = P",
        r"\nabla_Z \operatorname{tr}(PZ) = 2P^\top",
        r"\nabla_Z \operatorname{tr}(Z^\top P) = P^\top",
        r"\nabla_Z \operatorname{tr}(PZQ) = Q^\top P^\top",
        r"\nabla_Z \operatorname{tr}(Z^\top P Z) = 2PZ",
        r"\nabla_Z \operatorname{tr}(ZZ^\top) = Z",
        r"\nabla_Z \|Z\|_F^2 = 2\|Z\|_F",
        r"\frac{\partial}{\partial Z}\operatorname{tr}(ZP) = P",
        r"\frac{\partial}{\partial Z}\|P - Z\|_F^2 = 2(P - Z)",
        r"\nabla_u (u^\top v) = u",
        r"\nabla_u (u^\top P u) = 2P u",
        r"\nabla_u \|u\|^2 = u",
        r"\frac{\partial (u^\top P v)}{\partial P} = vu^\top",
    ),
    "norm": (
        r"\|P\|_F^2 = \operatorname{tr}(PP)",
        r"\|P\|_F^2 = \operatorname{tr}(P)^2",
        r"\|P + Q\|_F^2 = \|P\|_F^2 + \|Q\|_F^2",
        r"\|u\|^2 = uu^\top",
        r"\|u\|^2 = u u",
        r"\|P - Q\|_F^2 = \operatorname{tr}((P - Q)(P - Q))",
        r"\|P + Q\|_F^2 = \|P\|_F^2 + \operatorname{tr}(P^\top Q) + \|Q\|_F^2",
        r"\|2P\|_F^2 = 2\|P\|_F^2",
        r"\langle P, Q\rangle = \operatorname{tr}(PQ)",
        r"\langle u, v\rangle = uv^\top",
        r"\|P\|_F^2 = \sum_i p_{ii}^2",
        r"\|PQ\|_F^2 = \|P\|_F^2 \|Q\|_F^2",
    ),
    "kronecker": (
        r"\operatorname{vec}(PQR) = (P \otimes R^\top)\operatorname{vec}(Q)",
        r"\operatorname{vec}(PQR) = (R \otimes P)\operatorname{vec}(Q)",
        r"\operatorname{vec}(PQ) = (P \otimes I)\operatorname{vec}(Q)",
        r"\operatorname{vec}(PQ) = (Q \otimes I)\operatorname{vec}(P)",
        r"\operatorname{vec}(PQ) = \operatorname{vec}(P)\operatorname{vec}(Q)",
        r"(P \otimes Q)^\top = Q^\top \otimes P^\top",
        r"P \otimes Q = Q \otimes P",
        r"(P \otimes Q)(R \otimes D) = QR \otimes PD",
        r"\operatorname{vec}(P) = \operatorname{vec}(P^\top)",
        r"\operatorname{vec}(uv^\top) = u \otimes v",
        r"\operatorname{tr}(P \otimes Q) = \operatorname{tr}(PQ)",
    ),
    "columns": (
        r"u^\top v = v u^\top",
        r"u v^\top = v u^\top",
        r"u^\top P v = v^\top P u",
        r"u^\top P v = u^\top P^\top v",
        r"u^\top v = u v",
        r"(u^\top v)^2 = (u^\top u)(v^\top v)",
        r"u v^\top z = (u^\top v) z",
        r"(u^\top v) z = (u^\top z) v",
        r"P(u + v) = Pu + v",
        r"u^\top v = \sum_i u_i",
        r"(u + v)^\top(u + v) = u^\top u + u^\top v + v^\top v",
    ),
    "differential": (
        r"d(UV) = dU dV",
        r"d(UV) = dU V + dV U",
        r"d(UV) = dU V",
        r"d(U^\top) = dU",
        r"d\operatorname{tr}(U) = dU",
        r"d(u^\top u) = u^\top du",
        r"d(3U) = dU",
        r"d\operatorname{tr}(U^\top U) = 2\operatorname{tr}(U dU)",
        r"d\operatorname{tr}(UV) = \operatorname{tr}(V dU)",
        r"d(\|U\|_F^2) = \operatorname{tr}(U^\top dU)",
    ),
    "entries": (
        r"(UV)_{ij} = \sum_k u_{ik} v_{jk}",
        r"(U^\top)_{ij} = u_{ij}",
        r"(UV)_{ij} = u_{ij} v_{ij}",
        r"\operatorname{tr}(P) = \sum_i \sum_j p_{ij}",
        r"\operatorname{tr}(PQ) = \sum_i \sum_j p_{ij} q_{ij}",
        r"\operatorname{tr}(P^\top Q) = \sum_i p_{ii} q_{ii}",
        r"(U + V)_{ij} = u_{ij} v_{ij}",
        r"(Uv)_i = \sum_j u_{ji} v_j",
        r"(uv^\top)_{ij} = u_j v_i",
        r"u^\top v = \sum_{i=1}^m u_i u_i",
        r"\frac{\partial}{\partial u_k} \sum_i u_i^2 = 2 u_k^2",
    ),
    "unknown variable": (
        r"\frac{dy}{dz} = 3\frac{dy}{dz}",
        r"\frac{\partial y}{\partial Y} = 5\frac{\partial y}{\partial Y}",
        r"\frac{\partial L}{\partial Z} = 0\cdot L",
        r"\frac{dJ}{dZ} = 7\frac{dJ}{dZ}",
        r"\frac{dJ}{dZ} = \frac{dJ}{dU}",
        r"\frac{d\operatorname{tr}(P)}{dZ} = 2\frac{d\operatorname{tr}(P)}{dZ}",
        r"\nabla_Z \operatorname{tr}(P) = 2\nabla_Z\operatorname{tr}(Q)",
        r"dJ = 5\operatorname{tr}(P dZ)",
        r"dy = 5\operatorname{tr}(P\,dQ)",
        r"\frac{dZ}{dU} = 2\frac{dZ}{dU}",
    ),
}
# The letters of the lemmas above, other letters, and small ones where the form says what is a matrix.
LETTER_SETS = (str.maketrans("", ""), str.maketrans("PQRDZUVpqruvz", "CHKDVQPchkqpt"))
# Of exercises that declare some of the letters.
IN_PLACE = {
    "writeup_ex4_trace": (
        (r"\frac{\partial}{\partial S}\operatorname{tr}(SB) = B^\top", "H"),
        (r"\frac{\partial}{\partial S}\operatorname{tr}(SB) = B", "FUL"),
        (r"\operatorname{tr}(AB) = \operatorname{tr}(BA)", "H"),
        (r"\operatorname{tr}(AB) = \operatorname{tr}(A)\operatorname{tr}(B)", "FU"),
        (r"\operatorname{tr}(ABC) = \operatorname{tr}(CAB)", "H"),
        (r"\operatorname{tr}(ABC) = \operatorname{tr}(ACB)", "FU"),
        (r"\operatorname{tr}(A) = \operatorname{tr}(A^\top)", "H"),
        (r"\operatorname{tr}(A) = \sum_i a_{ii}", "H"),
        (r"\operatorname{tr}(A + B) = \operatorname{tr} A + \operatorname{tr} B", "H"),
        (r"\operatorname{tr}(A) = -\operatorname{tr}(A^\top)", "FU"),
        (r"\nabla_A \operatorname{tr}(AB) = B^\top", "H"),
        (r"\nabla_A \operatorname{tr}(AB) = 2B^\top", "FU"),
        (r"\nabla_S \operatorname{tr}(S^\top B S) = (B + B^\top)S", "H"),
        (r"\nabla_S \operatorname{tr}(S^\top B S) = 2BS", "FU"),
        (r"\frac{\partial J}{\partial Y} = 5\frac{\partial J}{\partial Y}", "FU"),
        (r"\nabla_X \operatorname{tr}(AXB) = A^\top B^\top", "H"),
        (r"\nabla_X \operatorname{tr}(AXB) = AB", "FU"),
        (r"\|M\|_F^2 = \operatorname{tr}(M^\top M)", "H"),
        (r"\|M\|_F^2 = \operatorname{tr}(MM)", "FU"),
        (r"\operatorname{tr}(MN) = \operatorname{tr}(NM)", "H"),
        (r"\operatorname{tr}(MN) = \operatorname{tr}(M)\operatorname{tr}(N)", "FU"),
        (r"(MN)^\top = N^\top M^\top", "H"),
        (r"(MN)^\top = M^\top N^\top", "FU"),
        (r"(W_1 W_2)^\top = W_2^\top W_1^\top", "H"),
        (r"(W_1 W_2)^\top = W_1^\top W_2^\top", "FU"),
        (r"\operatorname{tr}(P_1 P_2 P_3) = \operatorname{tr}(P_3 P_1 P_2)", "H"),
        (r"\operatorname{tr}(P_1 P_2 P_3) = \operatorname{tr}(P_1 P_3 P_2)", "FU"),
        (r"u_1^\top u_2 = u_2^\top u_1", "H"),
        (r"u_1^\top u_2 = u_2 u_1^\top", "FU"),
        (r"d(AB) = dA B + A dB", "H"),
        (r"d(AB) = dA dB", "FU"),
        (r"(AB)^\top = B^\top A^\top", "H"),
        (r"(AB)^\top = A^\top B^\top", "FU"),
        (r"(AB)_{ij} = \sum_k a_{ik} b_{kj}", "H"),
        (r"(AB)_{ij} = \sum_k a_{ki} b_{kj}", "FU"),
    ),
    "writeup_linear": (
        (r"\operatorname{tr}(g^\top W x) = \operatorname{tr}((W^\top g)^\top x)", "F"),
        (r"\operatorname{tr}(g^\top Z) = \operatorname{tr}(Z g^\top)", "H"),
        (r"\operatorname{tr}(g^\top Z) = \operatorname{tr}(g Z)", "FU"),
        (r"\frac{\partial}{\partial W}\operatorname{tr}(Z^\top x W) = x^\top Z", "H"),
        (r"\frac{\partial}{\partial W}\operatorname{tr}(Z^\top x W) = Z^\top x", "FUL"),
    ),
    "writeup_ex2": (
        (r"df = 5\operatorname{tr}(A dX)", "FU"),
        (r"\frac{d}{dX}\operatorname{tr}(AX) = A^\top", "H"),
        (r"\frac{d}{dX}\operatorname{tr}(AX) = A", "FUL"),
        (r"\operatorname{tr}(ABC) = \operatorname{tr}(BCA)", "H"),
        (r"\operatorname{tr}(ABC) = \operatorname{tr}(BAC)", "FU"),
    ),
    "writeup_ex3": (
        (r"\nabla_x (x^\top b) = b", "H"),
        (r"\nabla_x (x^\top b) = x", "FU"),
        (r"\nabla_x (x^\top B x) = (B + B^\top) x", "H"),
        (r"\nabla_x (x^\top B x) = 2 B x", "FU"),
        (r"x^\top b = b^\top x", "H"),
        (r"x^\top b = b x^\top", "FU"),
    ),
}


def judged(text: str, exercise: str) -> tuple[str, str]:
    report = read_writeup(text, EXERCISES[exercise])
    return verdicts(report), described(report)


def cases(lemmas):
    return [pytest.param(lemma, id=f"{kind}: {lemma}") for kind in lemmas for lemma in lemmas[kind]]


@pytest.mark.parametrize("letters", LETTER_SETS, ids=("first letters", "other letters"))
@pytest.mark.parametrize("lemma", cases(RIGHT))
def test_a_right_lemma_holds_in_any_exercise_and_any_letters(lemma, letters):
    for exercise in PLACES:
        found, words = judged(f"We use $${with_letters(lemma, letters)}$$ below.", exercise)
        assert found == "H", (exercise, words)


@pytest.mark.parametrize("letters", LETTER_SETS, ids=("first letters", "other letters"))
@pytest.mark.parametrize("lemma", cases(WRONG))
def test_a_wrong_lemma_never_holds(lemma, letters):
    for exercise in PLACES:
        found, words = judged(f"We use $${with_letters(lemma, letters)}$$ below.", exercise)
        assert found in ("F", "U", "L"), (exercise, words)


def with_letters(lemma: str, letters) -> str:
    """The lemma in other letters, its commands left as they are."""
    return re.sub(
        r"\\[a-zA-Z]+\{[a-z]+\}|\\[a-zA-Z]+|[a-zA-Z]",
        lambda found: found[0].translate(letters) if len(found[0]) == 1 else found[0],
        lemma,
    )


@pytest.mark.parametrize("lemma", cases(RIGHT))
def test_words_about_sizes_around_a_right_lemma_change_nothing(lemma):
    found, words = judged(f"For any matrices $P$, $Q$ of fitting sizes, $${lemma}$$", "writeup_ex4_chain")
    assert found == "H", words


@pytest.mark.parametrize(
    ("exercise", "lemma", "expected"), [(exercise, *case) for exercise, found in IN_PLACE.items() for case in found]
)
def test_a_lemma_with_letters_of_the_exercise(exercise, lemma, expected):
    found, words = judged(f"$${lemma}$$", exercise)
    assert found in tuple(expected), words


CLAIMS = (
    r"\operatorname{tr}(PQ) = \operatorname{tr}(P)\operatorname{tr}(Q)",
    r"(PQ)^\top = P^\top Q^\top",
    r"\nabla_Z \operatorname{tr}(Z^\top PZ) = 2PZ",
    r"\operatorname{vec}(PQR) = (P\otimes R^\top)\operatorname{vec}(Q)",
    r"\operatorname{tr}(PQR) = \operatorname{tr}(PRQ)",
    r"\|P + Q\|_F^2 = \|P\|_F^2 + \|Q\|_F^2",
    r"(UV)_{ij} = \sum_k u_{ik} v_{jk}",
    r"\nabla_u (u^\top v) = u",
)
# What is said of letters rather than of all matrices, and what may be said of letters that are introduced elsewhere.
NO_CLAIMS = (
    r"For symmetric $P$ we have $u^\top P v = v^\top P u$",
    r"Пусть $P$ симметричная, тогда $u^\top P v = v^\top P u$",
    r"Suppose that $PQ = QP$",
    r"if $PQ = QP$ then",
    r"It is not true that $(PQ)^\top = P^\top Q^\top$",
    r"$P^\top = P$",
    r"$PP = P$",
    r"$P = UV$ and $\operatorname{tr}(PQ) = \operatorname{tr}(P)\operatorname{tr}(Q)$",
    r"$u = 2v$",
    r"$\operatorname{tr}(PQ) = \alpha$",
    r"$dJ = \operatorname{tr}(G^\top dZ)$",
    r"$J = \|D\|_F^2$",
    r"$\frac{\partial J}{\partial u} = 2v$",
)


@pytest.mark.parametrize("lemma", CLAIMS)
def test_a_claim_about_all_letters_is_false(lemma):
    found, words = judged(f"We know that $${lemma}$$", "writeup_ex1")
    assert found == "F", words


@pytest.mark.parametrize("text", NO_CLAIMS)
def test_what_may_be_true_of_some_letters_is_not_called_false(text):
    for exercise in PLACES:
        found, words = judged(text, exercise)
        assert "F" not in found, words


LATER = (
    ("writeup_ex3", r"$y = x^\top b$ where $b = Ac$", "H H"),
    ("writeup_ex3", r"$\frac{dy}{dx} = b$, and $b = Ac$", "H H"),
    ("writeup_ex3", r"Let z = Ac. Then $y = x^\top z$", "H"),
    ("writeup_ex3", r"Let z = Ac then $y = 2x^\top z$", "F"),
    ("writeup_ex3", r"where z = A c and $\frac{dy}{dx} = z$", "H"),
    ("writeup_ex3", r"$\frac{dy}{dx} = 2b$, and $b = Ac$", "F H"),
    ("writeup_ex4_trace", r"$J = \|E\|_F^2$, $E = X - AS$", "H H"),
    ("writeup_ex4_trace", r"Put D = X - AS, so $J = \operatorname{tr}(D^\top D)$", "H"),
    ("writeup_ex4_trace", r"Put D = X - AS, so $J = \operatorname{tr}(D D)$", "F"),
    ("writeup_ex1", r"$y = \sum_{i=1}^n x_i^2$ for $x \in \mathbb{R}^N$", "H"),
    ("writeup_ex1", r"$y = \sum_{i=1}^n x_i$ for $x \in \mathbb{R}^N$", "U"),
    ("writeup_ex4_trace", r"$\|X\|_F^2 = \sum_{i=1}^n\sum_{j=1}^m x_{ij}^2$", "H"),
    ("writeup_ex4_trace", r"$\|X\|_F^2 = \sum_{i=1}^m\sum_{j=1}^m x_{ij}^2$", "FU"),
    ("writeup_softmax", r"$y_i = \frac{e^{x_i}}{\sum_{j=1}^K e^{x_j}}$", "H"),
)


@pytest.mark.parametrize(("exercise", "text", "expected"), LATER)
def test_a_letter_is_what_the_text_says_of_it_before_or_after(exercise, text, expected):
    found, words = judged(text, exercise)
    assert all(one in other for one, other in zip(found.split(), expected.split(), strict=True)), words


# Identities as trees: a letter, or a tuple of what is done and to what.
T = "T"
SCHEMAS = (
    (("tr", ("mul", "P", "Q")), ("tr", ("mul", "Q", "P"))),
    (("tr", ("mul", "P", ("mul", "Q", "R"))), ("tr", ("mul", "R", ("mul", "P", "Q")))),
    (("tr", ("add", "P", "Q")), ("add", ("tr", "P"), ("tr", "Q"))),
    ((T, ("mul", "P", "Q")), ("mul", (T, "Q"), (T, "P"))),
    ((T, ("add", "P", "Q")), ("add", (T, "P"), (T, "Q"))),
    (("mul", "P", ("add", "Q", "R")), ("add", ("mul", "P", "Q"), ("mul", "P", "R"))),
    (("norm", "P"), ("tr", ("mul", (T, "P"), "P"))),
    (("norm", "u"), ("mul", (T, "u"), "u")),
    (("mul", (T, "u"), "v"), ("mul", (T, "v"), "u")),
    (("mul", (T, "u"), ("mul", "P", "v")), ("tr", ("mul", "P", ("mul", "v", (T, "u"))))),
    (("vec", ("mul", "P", ("mul", "Q", "R"))), ("mul", ("kron", (T, "R"), "P"), ("vec", "Q"))),
    ((T, ("kron", "P", "Q")), ("kron", (T, "P"), (T, "Q"))),
    (("grad", "P", ("tr", ("mul", "P", "Q"))), (T, "Q")),
    (("grad", "P", ("tr", ("mul", "Q", ("mul", "P", "R")))), ("mul", (T, "Q"), (T, "R"))),
    (("grad", "P", ("tr", ("mul", (T, "P"), ("mul", "Q", "P")))), ("mul", ("add", "Q", (T, "Q")), "P")),
    (("grad", "P", ("norm", ("add", "P", "Q"))), ("twice", ("add", "P", "Q"))),
    (("grad", "u", ("mul", (T, "u"), "v")), "v"),
    (("grad", "u", ("mul", (T, "u"), ("mul", "P", "u"))), ("mul", ("add", "P", (T, "P")), "u")),
    (("grad", "u", ("norm", "u")), ("twice", "u")),
)
CAPITALS, SMALL = "BCDGHKMPQRTUVWYZ", "abcghpqrstuvz"
PRINTED = {
    "T": r"({})^\top",
    "mul": "({})({})",
    "add": "{} + {}",
    "twice": "2({})",
    "tr": r"\operatorname{{tr}}({})",
    "norm": r"\|{}\|_F^2",
    "vec": r"\operatorname{{vec}}({})",
    "kron": r"(({}) \otimes ({}))",
    "grad": r"\nabla_{{{}}}\left({}\right)",
}


def printed(tree, letters) -> str:
    if isinstance(tree, str):
        return letters[tree]
    what, *parts = tree
    return PRINTED[what].format(*(printed(part, letters) for part in parts))


def computed(tree, values):
    """The value by numpy, with square matrices: what is false there is false in general."""
    if isinstance(tree, str):
        return values[tree]
    what, *parts = tree
    if what == "grad":
        return gradient(parts[0], parts[1], values)
    inner = [computed(part, values) for part in parts]
    if what in ("mul", "add") and inner[0].shape != inner[1].shape and (1, 1) in (inner[0].shape, inner[1].shape):
        if what == "add":
            raise ValueError
        return inner[0] * inner[1]
    done = {
        "T": np.transpose,
        "mul": np.matmul,
        "twice": lambda one: 2 * one,
        "tr": lambda one: np.trace(one).reshape(1, 1),
        "norm": lambda one: np.sum(one**2).reshape(1, 1),
        "vec": lambda one: one.reshape(-1, 1, order="F"),
        "kron": np.kron,
        "add": lambda one, other: one + other,
    }
    return done[what](*inner)


def gradient(letter, tree, values):
    """By central differences, which are exact for what is quadratic."""
    found = np.zeros_like(values[letter])
    for place in np.ndindex(found.shape):
        step = np.zeros_like(found)
        step[place] = 1
        ends = [computed(tree, {**values, letter: values[letter] + sign * step}) for sign in (1, -1)]
        if ends[0].shape != (1, 1):
            raise ValueError
        found[place] = (ends[0] - ends[1]).item() / 2
    return found


def changed(tree, place, how):
    """The tree with a factor, a transposition or another order at a place."""
    seen = -1

    def change(part):
        nonlocal seen
        seen += 1
        here = seen == place
        if isinstance(part, str):
            return {"factor": ("twice", part), "transpose": (T, part)}.get(how, part) if here else part
        what, *parts = part
        if what == "grad":
            return (what, parts[0], change(parts[1]))
        inner = [change(each) for each in parts]
        if not here:
            return (what, *inner)
        if how == "order":
            return (what, *inner[::-1])
        return ("twice", (what, *inner)) if how == "factor" else (T, (what, *inner))

    return change(tree)


@st.composite
def letters_for_schemas(draw):
    capital = draw(st.permutations(CAPITALS))
    small = draw(st.permutations(SMALL))
    return dict(zip("PQR", capital)) | dict(zip("uv", small))


VALUES = {name: np.random.default_rng(ord(name)).uniform(0.5, 2, size=(3, 1 if name.islower() else 3)) for name in "PQRuv"}


@settings(max_examples=examples(75), deadline=None)
@given(st.sampled_from(SCHEMAS), letters_for_schemas(), st.booleans())
def test_a_true_identity_holds_in_random_letters(schema, letters, turned):
    left, right = schema[::-1] if turned else schema
    assert np.allclose(computed(left, VALUES), computed(right, VALUES))
    found, words = judged(f"$${printed(left, letters)} = {printed(right, letters)}$$", "writeup_ex1")
    assert found == "H", words


@settings(max_examples=examples(100), deadline=None)
@given(st.sampled_from(SCHEMAS), letters_for_schemas(), st.integers(0, 8), st.sampled_from(("factor", "transpose", "order")))
def test_a_false_identity_never_holds_in_random_letters(schema, letters, place, how):
    left, right = schema[0], changed(schema[1], place, how)
    try:
        one, other = computed(left, VALUES), computed(right, VALUES)
    except ValueError:
        return
    if one.shape == other.shape and np.allclose(one, other):
        return
    found, words = judged(f"$${printed(left, letters)} = {printed(right, letters)}$$", "writeup_ex1")
    assert found in ("F", "U", "L"), words
