"""The reason at a false step names the mistake, and says so only where its repair makes the step true."""

import pytest

from matrix_checks.derivations.judging.writeups import read_writeup
from tests.test_writeups import EXERCISES

REASONS = {
    "the two indices of an entry swapped": [
        ("writeup_ex2", r"\frac{\partial y}{\partial a_{ij}} = b_{ij}", "true with $b_{j i}$ in the place of $b_{i j}$"),
        ("writeup_ex2", r"\sum_i \sum_j a_{ij} b_{ij} = y", "true with $a_{j i}$ in the place of $a_{i j}$"),
        ("writeup_ex3", r"\frac{\partial y}{\partial x_i} = \sum_j A_{ji} c_j", "true with $A_{i j}$ in the place of $A_{j i}$"),
        ("writeup_ex3", r"y = \sum_i \sum_k x_i A_{ki} c_k", "true with $A_{i k}$ in the place of $A_{k i}$"),
        ("writeup_ex2", r"\operatorname{tr}(A B) = \sum_{k,l} A_{kl} B_{kl}", "in the place of"),
    ],
    "true for one case only": [
        ("writeup_ex1", r"\frac{\partial x_i}{\partial x_k} = 1", "true for $i = k$ only"),
        ("writeup_ex1", r"\frac{\partial x_i}{\partial x_k} = 0", r"true for $i \ne k$ only"),
        ("writeup_softmax", r"\frac{\partial y_i}{\partial x_k} = -y_i y_k", r"true for $i \ne k$ only"),
        ("writeup_softmax", r"\frac{\partial y_i}{\partial x_k} = y_i (1 - y_i)", "true for $i = k$ only"),
        (
            "writeup_softmax",
            r"\frac{\partial y_i}{\partial x_k} = \begin{cases} y_i (1 - y_i), & i = k \\ y_i y_k, & i \ne k \end{cases}",
            "the sign of the case $y_{i} y_{k}$ is wrong",
        ),
        ("writeup_ex4_chain", r"\frac{\partial F_{ij}}{\partial S_{kl}} = A_{ik}", "true for $j = l$ only"),
    ],
    "an index at a factor, where the product is a sum itself": [
        ("writeup_ex4_chain", r"F_{ij} = A_{ij} S_{ij}", "an entry of a product is a sum itself"),
        ("writeup_ex2", r"(AB)_{ij} = a_{ij} b_{ij}", "an entry of a product is a sum itself"),
        ("writeup_ex3", r"(A c)_i = A_{ii} c_i", "an entry of a product is a sum itself"),
        ("writeup_ex3", r"\frac{\partial y}{\partial x_k} = A_{kk} c_k", "an entry of a product is a sum itself"),
        ("writeup_ex2", r"(BA)_{kl} = b_{kl} a_{kl}", "an entry of a product is a sum itself"),
    ],
    "N where N - 1, and the other way round": [
        ("writeup_batch_norm", r"\sigma = \frac{1}{N - 1} \sum_i (x_i - \mu)^2", "true with $N$ in the place of $N - 1$"),
        ("writeup_batch_norm", r"\mu = \frac{1}{N - 1} \sum_{i=1}^N x_i", "true with $N$ in the place of $N - 1$"),
        ("writeup_batch_norm", r"\frac{\partial \mu}{\partial x_i} = \frac{1}{N + 1}", "true with $N$ in the place of $N + 1$"),
        ("writeup_batch_norm", r"\sum_{i=1}^N 1 - 1 = N", "true with $N - 1$ in the place of $N$"),
        ("writeup_softmax", r"\sum_{j=1}^C 1 = C + 1", "true with $C$ in the place of $C + 1$"),
    ],
    "a sum missing": [
        ("writeup_linear", r"\frac{\partial L}{\partial b_j} = g_{ij}", "a sum over $i$ is missing"),
        ("writeup_ex1", r"y = x_i^2", "a sum over $i$ is missing"),
        ("writeup_ex3", r"y = \sum_i x_i A_{ij} c_j", "a sum over $j$ is missing"),
        ("writeup_ex2", r"y = \sum_i a_{ij} b_{ji}", "a sum over $j$ is missing"),
        ("writeup_linear", r"\frac{\partial L}{\partial b_q} = g_{ij} \delta_{jq}", "a sum over $i$ and $j$ is missing"),
    ],
    "zero": [
        ("writeup_ex4_trace", r"\frac{dJ}{dS} = 0", "the left side is not zero"),
        ("writeup_ex2", r"\frac{dy}{dA} = 0", "the left side is not zero"),
        ("writeup_batch_norm", r"\sum_{i=1}^N (x_i - \mu) = N \mu", "the left side is zero for every $x$"),
        ("writeup_batch_norm", r"\sum_{i=1}^N y_i = 1", "the left side is zero for every $x$"),
        (
            "writeup_batch_norm",
            r"\frac{\partial \sigma}{\partial x_i} = \sum_j (x_j - \mu)",
            "the right side is zero for every $x$",
        ),
    ],
    "a path missing": [
        (
            "writeup_batch_norm",
            r"\frac{dy_i}{dx_k} = \frac{\delta_{ik}}{\sqrt{\sigma + \varepsilon}} - \frac{(x_i - \mu)(x_k - \mu)}{N (\sigma + \varepsilon)^{3/2}}",
            r"the path through $\mu$ is missing",
        ),
        (
            "writeup_batch_norm",
            r"\frac{dy_i}{dx_k} = \frac{1}{\sqrt{\sigma + \varepsilon}} (\delta_{ik} - \frac1N)",
            r"the path through $\sigma$ is missing",
        ),
        (
            "writeup_batch_norm",
            r"\frac{dL}{dx_k} = \frac{1}{\sqrt{\sigma + \varepsilon}} (g_k - \frac1N \sum_i g_i)",
            r"through $\sigma$",
        ),
        (
            "writeup_batch_norm",
            r"\frac{dL}{dx_k} = \frac{1}{\sqrt{\sigma + \varepsilon}} (g_k - \frac{y_k}{N} \sum_i g_i y_i)",
            r"through $\mu$",
        ),
        (
            "writeup_batch_norm",
            r"dy = \frac{dx}{\sqrt{\sigma + \varepsilon}}",
            r"through $\mu$ and the one through $\sigma$",
        ),
        ("writeup_batch_norm", r"dy = \frac{dx - d\mu}{\sqrt{\sigma + \varepsilon}}", r"the path through $\sigma$ is missing"),
    ],
    "the square of a column": [
        ("writeup_ex1", r"y = x x", "a column times a column"),
        ("writeup_ex3", r"\frac{dy}{dA} = c x", "a column times a column"),
        ("writeup_ex3", r"\frac{dy}{dA} = x c", "a column times a column"),
        ("writeup_ex3", r"y = x x A", "a column times a column"),
        ("writeup_ex1", r"\frac{dy}{dx} = x x", "a column times a column"),
    ],
    "a product written in the wrong order keeps its sign": [
        (
            "writeup_ex4_chain",
            r"\frac{\partial F}{\partial S} = A \otimes I_M",
            r"true with $I_{M} \otimes A$ in the place of $A \otimes I_{M}$",
        ),
        (
            "writeup_ex4_trace",
            r"\frac{dJ}{dS} = -2 (X - AS) A^\top",
            r"true with $A^\top (X - A S)$ in the place of $(X - A S) A^\top$",
        ),
        ("writeup_ex2", r"\frac{d \operatorname{tr}(BAB)}{dA} = B^\top B", "in the place of"),
        ("writeup_linear", r"gradInput = W^\top g", r"true with $g W^\top$ in the place of $W^\top g$"),
        ("writeup_linear", r"gradW = g x^\top", r"true with $x^\top g$ in the place of $g x^\top$"),
    ],
    "what fits nowhere is named by its repair": [
        (
            "writeup_ex4_chain",
            r"\frac{\partial J}{\partial S_{ij}} = -2 \sum_k A_{ik} (X_{kj} - F_{kj})",
            "true with $A_{k i}$ in the place of $A_{i k}$",
        ),
        ("writeup_ex4_chain", r"F_{ij} = \sum_k A_{ki} S_{kj}", "true with $A_{i k}$ in the place of $A_{k i}$"),
        ("writeup_ex4_chain", r"(A^\top A)_{ij} = \sum_k A_{ik} A_{kj}", "true with $A_{k i}$ in the place of $A_{i k}$"),
        ("writeup_ex4_trace", r"(A^\top X)_{ij} = \sum_k A_{ik} X_{kj}", "true with $A_{k i}$ in the place of $A_{i k}$"),
        ("writeup_ex4_trace", r"(X S^\top)_{ij} = \sum_k X_{ik} S_{kj}", "true with $S_{j k}$ in the place of $S_{k j}$"),
    ],
    "the cross term": [
        ("writeup_ex1", r"(x_1 + x_2)^2 = x_1^2 + x_2^2", "the cross term"),
        ("writeup_ex4_trace", r"\|X - AS\|_F^2 = \|X\|_F^2 + \|AS\|_F^2", "the cross term"),
        ("writeup_batch_norm", r"(x_i - \mu)^2 = x_i^2 + \mu^2", r"the cross term $-2 x_{i} \mu$ is missing"),
        ("writeup_ex1", r"(x_i - x_k)^2 = x_i^2 + x_k^2", "the cross term"),
        ("writeup_ex4_chain", r"\|X - F\|_F^2 = \|X\|_F^2 + \|F\|_F^2", "the cross term"),
    ],
    "a variance taken for a deviation": [
        ("writeup_batch_norm", r"y_i = \frac{x_i - \mu}{\sigma}", r"with $\sqrt{\sigma + \varepsilon}$ in the place of $\sigma$"),
        ("writeup_batch_norm", r"y_i (\sigma + \varepsilon) = x_i - \mu", "in the place of"),
        ("writeup_batch_norm", r"y = \frac{1}{\sigma} (x - \mu)", r"with $\sqrt{\sigma + \varepsilon}$ in the place of $\sigma$"),
        ("writeup_batch_norm", r"y_i \sigma = x_i - \mu", r"with $\sqrt{\sigma + \varepsilon}$ in the place of $\sigma$"),
        ("writeup_batch_norm", r"\sigma y = x - \mu", r"with $\sqrt{\sigma + \varepsilon}$ in the place of $\sigma$"),
    ],
    "a factor missing or too much": [
        (
            "writeup_softmax",
            r"\sum_i g_i y_i (\delta_{ik} - y_k) = y_k g_k - y_k \sum_i g_i",
            "the factor $y_{i}$ is missing in the sum over $i$",
        ),
        ("writeup_softmax", r"\frac{\partial L}{\partial x_k} = y_k (g_k - \sum_i y_i)", "the factor $g_{i}$ is missing"),
        ("writeup_ex3", r"y = \sum_i \sum_j x_i A_{ij} c_j x_j", "without the factor $x_{j}$"),
        ("writeup_ex3", r"\frac{\partial y}{\partial x_k} = x_k \sum_j A_{kj} c_j", "without the factor $x_{k}$"),
        ("writeup_softmax", r"\frac{\partial L}{\partial x_k} = y_k (g_k - \sum_i g_i y_i y_k)", "without the factor $y_{k}$"),
        ("writeup_ex1", r"y = \sum_i x_i", "the factor $x_{i}$ is missing in the sum over $i$"),
    ],
    "sums over repeated indices": [
        ("writeup_ex2", r"\delta_{ip} \delta_{jq} B_{ji} = B_{pq}", "true with $B_{q p}$ in the place of $B_{p q}$"),
        ("writeup_ex3", r"y = 2 x_i A_{ij} c_j", "off by a factor"),
        ("writeup_ex3", r"y = x_i A_{ji} c_j", "true with $A_{i j}$ in the place of $A_{j i}$"),
        ("writeup_ex2", r"y = a_{ij} b_{ij}", "in the place of"),
        ("writeup_ex1", r"y = -x_i x_i", "off by the sign"),
    ],
    "a trace, or indices, on one side only": [
        ("writeup_ex2", r"dy = dA \, B", "a trace is missing on the right side"),
        ("writeup_ex2", r"y = A B", "a trace is missing on the right side"),
        ("writeup_ex2", r"y = B A", "a trace is missing on the right side"),
        ("writeup_ex2", r"\operatorname{tr}(AB) = BA", "a trace is missing on the right side"),
        ("writeup_ex2", r"\frac{\partial y}{\partial a_{kl}} = B^\top", r"true with $(B^\top)_{k l}$ in the place of $B^\top$"),
    ],
}


@pytest.mark.parametrize(
    ("exercise", "formula", "words"), [case for cases in REASONS.values() for case in cases], ids=lambda value: str(value)[:60]
)
def test_the_mistake_is_named(exercise, formula, words):
    (step,) = [step for step in read_writeup(f"$$ {formula} $$", EXERCISES[exercise]).steps if step.verdict != "stated"]
    assert words in step.reason, (step.verdict, step.reason)


def test_every_kind_of_mistake_has_five_examples_at_least():
    assert all(len(cases) >= 5 for cases in REASONS.values())
