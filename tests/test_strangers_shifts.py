r"""Plain softmax write-ups: a shift that nobody declares, a normalizer with the capital of the letter, and cases in words.

By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H, "." anything.
"""

import pytest

from tests.test_precision import cases, fits, judged

NODES = r"$e_i = \exp(x_i - m)$, $S = \sum_i e_i$, $y_i = e_i/S$. "
NORMALIZED = r"$p_i = e^{z_i}/Z$, $Z = \sum_j e^{z_j}$. "
GRAPH = r"$c_i = x_i - \mu$, $v = \frac1N\sum_i c_i^2$, $q = \sqrt{v+\epsilon}$, $r = 1/q$, $y_i = c_i r$. $\dot r = \sum_i g_ic_i$, $\dot q = -\frac{1}{q^2}\dot r$, "
CASES = r"$\frac{\partial y_i}{\partial x_k} = \begin{cases} %s & %s\\ %s & %s\end{cases}$"
KINDS = {
    "a shift": [
        ("softmax", NODES + r"$\frac{\partial L}{\partial S} = -\frac1S\sum_i g_iy_i$, $\frac{\partial L}{\partial e_k} = \frac1S(g_k - \sum_i g_iy_i)$, $\frac{\partial e_k}{\partial x_k} = e_k$", "HHHHHH"),
        ("softmax", NODES + r"$\frac{\partial L}{\partial S} = \frac1S\sum_i g_iy_i$, $\frac{\partial L}{\partial x_k} = y_k(g_k + \sum_i g_iy_i)$", "HHHFF"),
        ("softmax", r"$p_i = \frac{e^{z_i - c}}{\sum_k e^{z_k - c}}$, $\frac{\partial p_i}{\partial z_k} = p_i(\delta_{ik} - p_k)$, $\frac{\partial p_i}{\partial z_k} = p_i(\delta_{ik} + p_k)$, $p_i = e^{z_i - c}$", "HHF-"),
        ("softmax", r"$y_i = \frac{e^{x_i - m}}{\sum_k e^{x_k}}$, $y_i = \frac{e^{x_i-m}}{\sum_k e^{x_k-m}}$", "-H"),
        ("softmax", r"With $m = \max_j x_j$: $y_i = \frac{e^{x_i-m}}{\sum_k e^{x_k-m}}$, $\max_j x_j = m$", "HHH"),
        ("softmax", r"$y_i = \frac{e^{x_i+c}}{\sum_k e^{x_k+c}} = \frac{e^ce^{x_i}}{e^c\sum_k e^{x_k}}$", "HH"),
    ],
    "a normalizer with the capital of the letter": [
        ("softmax", NORMALIZED + r"$\ln p_i = z_i - \ln Z$, $\frac1Z\frac{\partial Z}{\partial z_j} = p_j$, $\frac{\partial p_i}{\partial z_j} = p_i(\delta_{ij} - p_j)$", "HHHHH"),
        ("softmax", NORMALIZED + r"$\ln p_i = z_i + \ln Z$, $\frac{\partial Z}{\partial z_j} = p_j$, $\frac{\partial p_i}{\partial z_j} = p_ip_j$", "HHFFF"),
        ("softmax", r"$s_i = e^{a_i}/A$ with $A = \sum_k e^{a_k}$. $\frac{\partial s_i}{\partial a_k} = s_i(\delta_{ik} - s_k)$", "HHH"),
    ],
    "accents that plain words call gradients": [
        ("batch_norm", r"I write $\dot q$ for dL/dq. " + GRAPH + r"$\dot v = \frac1{2q}\dot q$, $\dot c_i = g_ir + \frac2Nc_i\dot v$, $\dot\mu = -\sum_i\dot c_i = -r\sum_i g_i$, $\frac{\partial L}{\partial x_i} = \dot c_i + \frac1N\dot\mu$", "HHHHHHHHHHHH"),
        ("batch_norm", r"Here $\hat v$ means dL/dv. " + GRAPH.replace(r"\dot", r"\hat") + r"$\hat v = \frac1{2q}\hat q$, $\hat c_i = g_ir + \frac2Nc_i\hat v$, $\hat\mu = -\sum_i\hat c_i = -r\sum_i g_i$", "HHHHHHHHHHH"),
        ("batch_norm", r"I write $\dot q$ for dL/dq. " + GRAPH + r"$\dot v = \frac1{2q}\dot q$, $\dot c_i = g_ir - \frac2Nc_i\dot v$, $\dot\mu = \sum_i\dot c_i$, $\frac{\partial L}{\partial x_i} = \dot c_i - \frac1N\dot\mu$", "HHHHHHHH---"),
    ],
    "a tensor product of the text's own": [
        ("ex4_chain", r"The rank-4 tensor $A\otimes B := (A_{ik}B_{jl})_{ij,kl}$. In particular $\frac{\partial (AS)}{\partial S} = A\otimes I$", "..~"[1:]),
        ("ex4_chain", r"$\frac{\partial (AS)}{\partial S} = A\otimes I$", "F"),
    ],
    "cases in words": [
        ("softmax", CASES % ("y_i(1-y_i)", r"\text{if i equals k}", "-y_iy_k", r"\text{otherwise}"), "H"),
        ("softmax", CASES % ("y_i(1-y_i)", r"\text{if } i \text{ is } k", "-y_iy_k", r"\text{in all other cases}"), "H"),
        ("softmax", CASES % ("-y_iy_k", r"\text{i differs from k}", "y_i(1-y_i)", r"\text{else}"), "H"),
        ("softmax", CASES % ("y_i(1-y_i)", r"\text{wenn i gleich k}", "-y_iy_k", r"\text{sonst}"), "H"),
        ("softmax", CASES % ("y_i(1-y_i)", r"\text{if i equals k}", "y_iy_k", r"\text{otherwise}"), "F"),
        ("softmax", CASES % ("y_i(1-y_i)", r"\text{if i differs from k}", "-y_iy_k", r"\text{otherwise}"), "F"),
        ("softmax", CASES % ("y_i(1-y_i)", r"\text{unless i equals k}", "-y_iy_k", r"\text{otherwise}"), "U"),
        ("softmax", CASES % ("y_i(1-y_i)", r"\text{if not i equals k}", "-y_iy_k", r"\text{otherwise}"), "U"),
        ("softmax", CASES % ("-y_iy_k", r"\text{unless } i \text{ equals } k", "y_i(1-y_i)", r"\text{else}"), "U"),
        ("softmax", CASES % ("y_i(1-y_i)", r"\text{on the diagonal}", "-y_iy_k", r"\text{off it}"), "U"),
        ("softmax", CASES % ("y_i(1-y_i)", r"\text{same index}", "-y_iy_k", r"\text{different index}"), "U"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_a_plain_softmax_is_read(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert fits(found, wanted), f"{text}\n found {found}, wanted {wanted}"
