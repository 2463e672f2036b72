r"""Texts in letters of strangers' own: said in words or by an equality, with parts that have names, a number beside the variable, a slip.

By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H, "." anything.
"""

import pytest

from matrix_checks.derivations.judging.writeups import read_writeup
from tests.test_precision import cases, fits, judged
from tests.test_recall import EXERCISES

MINE = r"Here $u = x$, $M = A$, and the vector $c$ is my $v$. "
LOGITS = r"Let $z$ be the logits ($x$ in the statement). "
HEAT = r"$p_k = \frac{e^{z_k/\tau}}{S}$, $S = \sum_l e^{z_l/\tau}$. "
WARM = r"$p_k = \frac{e^{z_k/\tau}}{S}$, $S = \sum_l e^{z_l/\tau}$, in the end $\tau = 1$. "
PARTS = r"$p_k = e^{z_k}/S$ with $S = \sum_l e^{z_l}$. "
SLIP = r"$p_k = \frac{e^{z_k}}{\sum_l z_l}$. "
CENTRED = r"$c_i = z_i - \frac1N\sum_j z_j$, $s = \sqrt{\frac1N\sum_i c_i^2 + \epsilon}$, $h_i = c_i/s$. "
FIT = r"$J = \|XW - Y\|_F^2$. "
FORM = r"$y = b^\top A x$. "

KINDS = {
    "letters that are said by an equality, or in words": [
        ("ex3", MINE + r"$y = u^T M v$, $\nabla_u y = Mv$, $\frac{\partial y}{\partial M_{kl}} = u_kv_l$, $dy = u^T\,dM\,v$", "HHHHHH"),
        ("ex3", MINE + r"$\nabla_u y = M^Tv$, $\frac{\partial y}{\partial M_{kl}} = v_ku_l$", "HHFF"),
        ("ex3", MINE + r"$\nabla_u y = Mv$, $uv^T = \begin{pmatrix} 3 & -1\\ 6 & -2\end{pmatrix}$ for $u = (1,2)^T$, $v = (3,-1)^T$", "HHH.HH"),
        ("ex3", r"$b(u,v) = u^TMv$, ici $u$ joue le rôle de $x$ ($M = A$, $v = c$). $\nabla_u y = Mv$, $\nabla_u y = M^Tv$", "HHHHF"),
        ("ex3", r"$b(u,v) = u^TMv$ is the form. $dy = u^T\,dM\,v$, $\nabla_M y = uv^T$", "HHH"),
        ("ex3", r"Пусть $u$ играет роль $x$. $\nabla_u y = Ac$, $\nabla_u y = A^Tc$", "HF"),
        ("ex1", r"I write $p$, that is $x$. $y = p^Tp$, $\frac{\partial y}{\partial p} = 2p$, $\frac{\partial y}{\partial p} = p$", "HHF"),
        ("softmax", LOGITS + r"$\frac{\partial y_i}{\partial z_j} = y_i(\delta_{ij} - y_j)$, $\frac{\partial y_i}{\partial x_j} = y_i(\delta_{ij} - y_j)$", "HH"),
        ("softmax", LOGITS + r"$\frac{\partial y_i}{\partial z_j} = y_i(\delta_{ij} + y_j)$, $\frac{\partial L}{\partial z_j} = y_j(g_j - \sum_k g_k)$", "FF"),
        ("linear", r"I write $h$ for the input ($x$ in the exercise) and $V$ for the weights ($W$ in the exercise). $\frac{\partial L}{\partial V} = h^\top g$, $\frac{\partial L}{\partial V} = 2h^\top g$", "HF"),
    ],
    "letters that are the exercise's in one place only": [
        ("ex1", r"Write $u = x$. Then $y = u^\top x$, and for fixed $x$ $\frac{\partial}{\partial u}u^\top x = x$", "~~~"),
        ("ex1", r"Put $u = x$ and $v = x$. Then $y = u^\top v$, $\frac{\partial y}{\partial u} = v$, $\frac{\partial y}{\partial v} = u$", "~~~~~"),
        ("ex1", r"We look at $a$ instead of $x$. $x^\top x - a^\top a = (x-a)^\top(x+a)$", "H"),
        ("softmax", r"Here $\delta = g$. $\frac{\partial y_i}{\partial x_j} = y_i(\delta_{ij} - y_j)$", "~~"),
    ],
    "a part that has a name": [
        ("softmax", PARTS + r"$\frac{\partial p_k}{\partial z_j} = p_k(\delta_{kj} - p_j)$, $\frac{\partial L}{\partial z_j} = g_jp_j - p_j\sum_k g_kp_k$", "HHHH"),
        ("softmax", PARTS + r"$\frac{\partial S}{\partial z_j} = e^{z_j}$, $\frac{\partial S}{\partial z_j} = S$, $\frac{\partial p_k}{\partial z_j} = p_kp_j$", "HHHFF"),
        ("softmax", PARTS + r"$\frac{\partial L}{\partial z_j} = g_jp_j$, $\frac{\partial p_k}{\partial z_j} = p_k\delta_{kj}$", "HHFF"),
        ("batch_norm", CENTRED + r"$\frac{\partial L}{\partial z_i} = \frac1s(g_i - \frac1N\sum_j g_j - h_i\frac1N\sum_j g_jh_j)$, $\frac{\partial L}{\partial z_i} = \frac1s(g_i - \frac1N\sum_j g_j)$", "HHHHF"),
        ("softmax", r"$\log p_k = z_k - \log\sum_l e^{z_l}$. $\frac{\partial p_k}{\partial z_j} = p_k(\delta_{kj} - p_j)$, $\frac{\partial p_k}{\partial z_j} = p_k\delta_{kj}$", "HHF"),
    ],
    "a number beside the variable": [
        ("softmax", HEAT + r"$\frac{\partial S}{\partial z_j} = \frac1\tau e^{z_j/\tau}$, $\frac{\partial p_k}{\partial z_j} = \frac1\tau p_k(\delta_{kj} - p_j)$", "HHHH"),
        ("softmax", HEAT + r"$\frac{\partial S}{\partial z_j} = e^{z_j/\tau}$, $\frac{\partial p_k}{\partial z_j} = p_k(\delta_{kj} - p_j)$", "HHFF"),
        ("softmax", HEAT + r"$\frac{\partial L}{\partial z_j} = \sum_k g_k\frac{\partial p_k}{\partial z_j} = \frac{p_j}{\tau}(g_j - \sum_k g_kp_k)$", "HHHH"),
        ("softmax", HEAT + r"$\frac{\partial L}{\partial z_j} = \frac1\tau g_jp_j$, $\nabla_z L = \frac1\tau g\odot p$", "HHFF"),
        ("softmax", HEAT + r"$\frac{\partial p_k}{\partial\tau} = -\frac{p_k}{\tau^2}(z_k - \sum_l p_lz_l)$", "HHH"),
        ("softmax", r"$p_k = e^{\beta z_k}/\sum_l e^{\beta z_l}$. $\frac{\partial p_k}{\partial z_j} = \beta p_k(\delta_{kj} - p_j)$, $\frac{\partial p_k}{\partial z_j} = \frac1\beta p_k(\delta_{kj} - p_j)$", "HHF"),
    ],
    "a number that is one in the end": [
        ("softmax", WARM + r"$\frac{\partial p_k}{\partial z_j} = \frac1\tau p_k(\delta_{kj} - p_j) = p_k(\delta_{kj} - p_j)$", "HHHH~"),
        ("softmax", WARM + r"$\frac{\partial L}{\partial z_j} = p_j(g_j - \sum_k g_kp_k)$, $\frac{\partial L}{\partial z_j} = p_j(g_j - \sum_k g_k)$", "HHHHF"),
        ("softmax", WARM + r"$\frac{\partial S}{\partial z_j} = e^{z_j/\tau}$, $\frac{\partial S}{\partial z_j} = e^{z_j}$", "HHH-~"),
    ],
    "a slip in the statement": [
        ("softmax", SLIP + r"$\frac{\partial p_k}{\partial z_j} = p_k(\delta_{kj} - p_j)$, $\frac{\partial L}{\partial z_j} = p_j(g_j - \sum_k g_kp_k)$", "~HH"),
        ("softmax", SLIP + r"$\frac{\partial p_k}{\partial z_j} = \frac{\delta_{kj}e^{z_k}}{\sum_l z_l} - \frac{e^{z_k}}{(\sum_l z_l)^2}$", "~H"),
        ("softmax", SLIP + r"$\frac{\partial p_k}{\partial z_j} = p_k(\delta_{kj} + p_j)$, $\frac{\partial L}{\partial z_j} = p_j(g_j - \sum_k g_k)$", "~FF"),
        ("softmax", r"$p_k = \frac{e^{z_k}}{\sum_l e^{z_k}}$. $\frac{\partial p_k}{\partial z_j} = p_k(\delta_{kj} - p_j)$, $\frac{\partial p_k}{\partial z_j} = p_kp_j$", "~HF"),
        ("softmax", r"The sigmoid is $s_k = \frac{e^{z_k}}{1 + e^{z_k}}$. $\frac{\partial s_k}{\partial z_k} = s_k(1 - s_k)$", "~~"),
    ],
    "letters of the exercise for other things": [
        ("ex4_trace", FIT + r"$\frac{\partial J}{\partial W} = 2X^\top(XW - Y)$, $\frac{\partial J}{\partial X} = 2(XW - Y)W^\top$", "HHH"),
        ("ex4_trace", FIT + r"$\frac{\partial J}{\partial W} = 2X^\top(Y - XW)$, $\frac{\partial J}{\partial X} = (XW - Y)W^\top$", "HFF"),
        ("ex4_chain", r"Let $Z = XW - Y$ and $f = \|Z\|_F^2$. $\frac{\partial f}{\partial Z} = 2Z$, $\frac{\partial f}{\partial W} = 2X^\top Z$, $\frac{\partial f}{\partial W} = X^\top Z$", "HHHHF"),
        ("ex3", FORM + r"$\nabla_b y = Ax$, $\nabla_x y = A^\top b$, $\nabla_A y = bx^\top$", "HHHH"),
        ("ex3", FORM + r"$\nabla_b y = A^\top x$, $\nabla_x y = Ab$", "HFF"),
        ("ex4_trace", r"$J = \|X - AS\|_F^2$, $\|XW\|_F^2 = \operatorname{tr}(W^\top X^\top XW)$, $\frac{\partial J}{\partial S} = -2A^\top(X - AS)$", "H~H"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_letters_of_the_texts_own_are_taken_for_the_exercises(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert len(found) == len(wanted) and all(map(fits, found, wanted)), f"{text}\n found {found}, wanted {wanted}"


@pytest.mark.parametrize(
    ("exercise", "text", "answers"),
    [
        ("ex3", MINE + r"$\nabla_u y = Mv$, $\nabla_M y = uv^T$", ["reached", "reached"]),
        ("ex3", FORM + r"$\nabla_b y = Ax$", ["reached", "missing"]),
        ("ex3", FORM + r"$\nabla_x y = A^\top b$", ["missing", "missing"]),
        ("ex4_trace", FIT + r"$\frac{\partial J}{\partial W} = 2X^\top(XW - Y)$, $\frac{\partial J}{\partial X} = (XW - Y)W^\top$", ["reached", "wrong"]),
        ("softmax", HEAT + r"$\frac{\partial L}{\partial z_j} = p_j(g_j - \sum_k g_kp_k)$", ["wrong"]),
    ],
)  # fmt: skip
def test_questions_are_answered_in_the_texts_letters(exercise: str, text: str, answers: list[str]) -> None:
    assert list(read_writeup(text, EXERCISES[f"writeup_{exercise}"]).answers.values()) == answers
