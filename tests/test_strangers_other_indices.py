r"""What words say of letters: a Kronecker delta, a condition on an index, a hypothesis on letters behind the exercise's definitions.

By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H, "." anything.
"""

import pytest

from tests.test_precision import cases, fits, judged

SAID = r"$h\in\mathbb R^n$, $m = \frac1n\sum_k h_k$, $v = \frac1n\sum_k(h_k-m)^2$, $r = (v+\epsilon)^{-1/2}$, $z_i = r(h_i-m)$. "
BY = r"$\partial z_i/\partial h_k = r(%s_{ik}-\frac1n)+(h_i-m)\frac{\partial r}{\partial h_k}$"
WRONG = r"$\partial z_i/\partial h_k = r(%s_{ik}+\frac1n)+(h_i-m)\frac{\partial r}{\partial h_k}$"

KINDS = {
    "other indices in a display": [
        ("ex4_chain", r"$$\frac{\partial f_{ij}}{\partial s_{kj}}=a_{ik},\quad \frac{\partial f_{ij}}{\partial s_{kq}}=0 \text{ for other q}$$", "HH"),
        ("ex4_chain", r"$$\frac{\partial f_{ij}}{\partial s_{kj}}=a_{ik},\quad \frac{\partial f_{ij}}{\partial s_{kq}}=a_{ik} \text{ for other q}$$", "H-"),
    ],
    "several sizes at once": [
        ("ex2", r"test for $n = m = 1$: $y = a_{11}b_{11}$ and $\frac{dy}{da_{11}} = b_{11}$, ok.", "..HH"),
        ("ex2", r"For $n=m=1$: $y = 2a_{11}b_{11}$", "..-"),
        ("ex3", r"For $n = m = 1$ it is $y = x_1a_{11}c_1$.", "..H"),
        ("linear", r"$X$ is N x D, $W$ D x M. $[N\times M] = [N\times D][D\times M]+[N\times 1][1\times M]$", "~"),
    ],
    "numbers for some letters": [
        ("ex3", r"$A = \begin{pmatrix} 0 & 1 \\ 0 & 0 \end{pmatrix}$, $c = \begin{pmatrix} 0 \\ 1 \end{pmatrix}$. There $y = x_1$.", "..H"),
        ("ex3", r"$A = \begin{pmatrix} 0 & 1 \\ 0 & 0 \end{pmatrix}$, $c = \begin{pmatrix} 0 \\ 1 \end{pmatrix}$. There $y = x_2$.", "..-"),
        ("ex3", r"$c = \begin{pmatrix} 0 \\ 1 \end{pmatrix}$. $y = (x^TA)_2$, $\frac{\partial y}{\partial x_1} = a_{12}$", ".HH"),
    ],
    "a Kronecker delta in words": [
        ("batch_norm", SAID + r"$e_{ik}$ is 1 for equal indices, else 0. " + BY % "e", "....H"),
        ("batch_norm", SAID + r"$e_{ik}$ is 1 for equal indices, else 0. " + WRONG % "e", "....F"),
        ("batch_norm", SAID + r"Here $e_{ik}$ is one if $i = k$ and zero otherwise. " + BY % "e", ".....H"),
        ("batch_norm", SAID + r"$e_{ik}$ is 0 for equal indices, else 1. " + BY % "e", "....-"),
        ("batch_norm", SAID + r"$e_{ik}$ is 1 for different indices, else 0. " + BY % "e", "....-"),
        ("batch_norm", SAID + r"$e_{ik}$ is 0 for different indices and 1 otherwise. " + BY % "e", "....H"),
        ("batch_norm", SAID + r"$e_{ik} = 1$ when $i = k$, $e_{ik} = 0$ when $i\ne k$. " + BY % "e", ".......H"),
        ("batch_norm", SAID + BY % r"\kappa" + r", where $\kappa_{ab}$ equals one if both indices agree and zero otherwise.", "....H"),
        ("batch_norm", SAID + WRONG % r"\kappa" + r", where $\kappa_{ab}$ equals one if both indices agree and zero otherwise.", "....F"),
        ("batch_norm", SAID + r"We write $d_{ij}$ for the Kronecker symbol. " + BY % "d", "....H"),
        ("batch_norm", SAID + r"Let $\Delta_{ij}$ denote the Kronecker delta. " + BY % r"\Delta", "....H"),
        ("batch_norm", SAID + r"$t_{ik}$ ist 1 bei gleichen Indizes und sonst 0. " + BY % "t", "....H"),
        ("batch_norm", SAID + r"$t_{ik}$ ist das Kronecker-Symbol. " + BY % "t", "....H"),
        ("batch_norm", SAID + r"$t_{ik}$ vaut 1 si les indices sont égaux et 0 sinon. " + BY % "t", "....H"),
        ("batch_norm", SAID + r"$t_{ik}$ — символ Кронекера. " + BY % "t", "....H"),
        ("linear", r"$\kappa_{ij}$ is the Kronecker symbol. $\frac{\partial y_{ij}}{\partial x_{kl}} = \kappa_{ik}w_{lj}$, $\frac{\partial y_{ij}}{\partial x_{kl}} = \kappa_{jk}w_{lj}$", "HF"),
        ("softmax", r"With $e_{ij}$ equal to 1 when the two indices coincide and 0 otherwise, $\frac{\partial y_i}{\partial x_j} = y_i(e_{ij}-y_j)$, $\frac{\partial y_i}{\partial x_j} = y_i(y_j - e_{ij})$", "HF"),
    ],
    "for the other indices": [
        ("ex4_chain", r"$F = AS$. $\frac{\partial f_{ij}}{\partial s_{kj}} = a_{ik}$, $\frac{\partial f_{ij}}{\partial s_{kq}} = 0$ for other q.", ".HH"),
        ("ex4_chain", r"$\frac{\partial F_{ij}}{\partial S_{kj}} = A_{ik}$, $\frac{\partial F_{ij}}{\partial S_{kq}} = 0$ for other q.", "HH"),
        ("ex4_chain", r"$\frac{\partial F_{ij}}{\partial S_{kj}} = A_{ik}$, $\frac{\partial F_{ij}}{\partial S_{kq}} = 0$ for all other $q$.", "HH"),
        ("ex4_chain", r"$\frac{\partial F_{ij}}{\partial S_{kj}} = A_{ik}$, $\frac{\partial F_{ij}}{\partial S_{kq}} = A_{iq}$ for all other $q$.", "H-"),
        ("ex4_chain", r"$\frac{\partial F_{ij}}{\partial S_{kj}} = A_{ik}$ and $\frac{\partial F_{ij}}{\partial S_{kl}} = 0$ else.", "HH"),
        ("ex4_chain", r"$\frac{\partial F_{ij}}{\partial S_{kj}} = A_{ik}$ and $\frac{\partial F_{ij}}{\partial S_{kl}} = 0$ for the others.", "HH"),
        ("ex4_chain", r"$\frac{\partial F_{ij}}{\partial S_{kj}} = A_{ik}$; for the other columns $\frac{\partial F_{ij}}{\partial S_{kl}} = 0$.", "HH"),
        ("ex4_chain", r"$\frac{\partial F_{ij}}{\partial S_{kj}} = A_{ik}$, sonst $\frac{\partial F_{ij}}{\partial S_{kl}} = 0$.", "HH"),
        ("ex4_chain", r"$\frac{\partial F_{ij}}{\partial S_{kj}} = A_{ik}$, для остальных $l$: $\frac{\partial F_{ij}}{\partial S_{kl}} = 0$.", "HH"),
        ("ex4_chain", r"$\frac{\partial F_{ij}}{\partial S_{kj}} = A_{ik}$, $\frac{\partial F_{ij}}{\partial S_{kl}} = 0$ für alle anderen $l$.", "HH"),
        ("ex4_chain", r"$\frac{\partial F_{ij}}{\partial S_{kj}} = A_{ik}$, and zero otherwise. $\frac{\partial F_{ij}}{\partial S_{kl}} = A_{ik}\delta_{jl}$", "HH"),
        ("ex4_chain", r"$\frac{\partial F_{ij}}{\partial S_{kj}} = A_{ik}$, all other entries are zero: $\frac{\partial F_{ij}}{\partial S_{kl}} = 0$.", "H~"),
        ("ex4_chain", r"$\frac{\partial F_{ij}}{\partial S_{kl}} = 0$ for other $l$.", "~"),
        ("ex4_chain", r"$\frac{\partial F_{ij}}{\partial S_{kj}} = A_{ki}$, $\frac{\partial F_{ij}}{\partial S_{kl}} = 0$ for other $l$.", "F~"),
        ("softmax", r"$\frac{\partial y_i}{\partial x_i} = y_i(1-y_i)$, $\frac{\partial y_i}{\partial x_k} = -y_iy_k$ for other $k$.", "HH"),
        ("softmax", r"$\frac{\partial y_i}{\partial x_i} = y_i(1-y_i)$, $\frac{\partial y_i}{\partial x_k} = y_iy_k$ for other $k$.", "HF"),
        ("softmax", r"$\frac{\partial y_i}{\partial x_i} = y_i(1-y_i)$, and for all other $k$ we get $\frac{\partial y_i}{\partial x_k} = -y_iy_k$.", "HH"),
        ("softmax", r"$\frac{\partial y_i}{\partial x_i} = y_i - y_i^2$, für die anderen $\frac{\partial y_i}{\partial x_k} = -y_iy_k$.", "HH"),
        ("linear", r"$\frac{\partial y_{ij}}{\partial x_{ik}} = w_{kj}$, and $\frac{\partial y_{ij}}{\partial x_{lk}} = 0$ for the other rows.", "HH"),
        ("linear", r"$\frac{\partial y_{ij}}{\partial w_{kj}} = x_{ik}$, $\frac{\partial y_{ij}}{\partial w_{kl}} = x_{il}$ for other $l$.", "H-"),
        ("ex1", r"$\frac{\partial x_i}{\partial x_i} = 1$, $\frac{\partial x_i}{\partial x_k} = 0$ for other $k$.", "HH"),
    ],
    "a hypothesis on what stands behind the sides": [
        ("ex3", r"If $x = e_i$ and $c = e_j$ are unit vectors, the product just picks one entry, $y = a_{ij}$. In general $\frac{dy}{dA} = xc^T$, $\frac{dy}{dx} = A^Tc$.", "~~~HF"),
        ("ex3", r"For $x = e_i$, $c = e_j$ we get $y = a_{ij}$.", "~~~"),
        ("ex3", r"Suppose $x = e_i$, $c = e_j$. Then $\frac{dy}{dA} = e_ie_j^T$ and $\frac{\partial y}{\partial a_{ij}} = 1$.", "~~~~"),
        ("ex1", r"If $x = e_i$, then $y = 1$.", "~~"),
        ("ex2", r"If $B = E_{kl}$, then $y = a_{lk}$.", "~~"),
        ("ex3", "Assume $A$ is symmetric.\n\n$y = x^TAx$\n\n" + r"$\frac{dy}{dx} = 2Ax$", "~~"),
        ("ex3", "Assume $A$ is symmetric.\n\n" + r"$\frac{dy}{dx} = A^Tc$.", "~"),
        ("ex3", "Assume $A$ is symmetric.\n\n" + r"$\frac{dy}{dx} = A^Tc$." + "\n\nIn general, " + r"$\frac{dy}{dx} = A^Tc$.", "~F"),
        ("ex3", "Assume $A$ is symmetric.\n\n" + r"$\frac{dy}{dx} = A^Tc$." + "\n\n## Without it\n\n" + r"$\frac{dy}{dx} = 2Ac$.", "~F"),
        ("ex3", "Assume $x$ is a vector.\n\n" + r"$\frac{dy}{dx} = A^Tc$.", "F"),
        ("ex3", r"Let $A$ be symmetric. Then $\frac{dy}{dx} = A^Tc$, $\frac{dy}{dx} = 2Ac$.", "~F"),
        ("ex3", "$A$ sei symmetrisch.\n\n" + r"$\frac{dy}{dx} = A^Tc$, $\frac{dy}{dx} = 2A^Tc$.", "~F"),
        ("ex3", r"Let $A$ be a square matrix. $\frac{dy}{dx} = A^Tc$.", "F"),
        ("linear", "Suppose $W$ is orthogonal.\n\n" + r"$\frac{dL}{dX} = \frac{dL}{dY}W^T$." + "\n\n" + r"$\frac{dL}{dY} = \frac{dL}{dX}W$.", "H~"),
        ("linear", "Let $W$ be orthogonal.\n\n" + r"$\frac{dL}{dX} = \frac{dL}{dY}W^T$, so $\frac{dL}{dY} = \frac{dL}{dX}W$.", "H~"),
        ("linear", r"Suppose $W$ is orthogonal, i.e. $W^TW = I$." + "\n\n" + r"$\frac{dL}{dY} = \frac{dL}{dX}W$.", "~~"),
        ("linear", r"$\frac{dL}{dY} = \frac{dL}{dX}W$.", "F"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_what_words_say_of_letters_is_followed(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert fits(found, wanted), f"{text}\n found {found}, wanted {wanted}"
