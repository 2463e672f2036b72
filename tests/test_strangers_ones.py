r"""Batch normalization in matrices, with columns of ones, and with names of the text's own on the way.

By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H, "." anything.
"""

import pytest

from tests.test_precision import cases, fits, judged

SHAPES = r"$X$ is (N, D), $G$ is (N, D), $\mathbf 1$ is (N, 1). $\odot$ and powers of rows are entrywise. "
FORWARD = SHAPES + (
    r"$\mu = \frac1N\mathbf 1^TX$, $C = X - \mathbf 1\mu$, $v = \frac1N\mathbf 1^T(C\odot C)$, $s = (v+\epsilon)^{-1/2}$, $Y = C\odot(\mathbf 1s)$. "
)
CENTRED = FORWARD + r"$P = I - \frac1N\mathbf 1\mathbf 1^T$, $C = PX$. "
OTHER = (
    r"Let $X, G \in \mathbb R^{N\times D}$, $m = \frac1N\mathbf 1^TX$, $Z = X - \mathbf 1m$, $r = (\frac1N\mathbf 1^T(Z\odot Z)+\epsilon)^{-1/2}$, "
    r"$Y = Z\odot(\mathbf 1r)$. "
)
FIVE, SEVEN, FOUR = "HHHHH", "HHHHHHH", "HHHH"
LINEAR = r"$X\in\mathbb R^{N\times D}$, $H = XW$, $Q = H\odot H$, $Z = Q\odot H$. "

KINDS = {
    "gradients by what is on the way": [
        ("batch_norm", FORWARD + r"$\frac{\partial L}{\partial s} = \mathbf 1^T(G\odot C)$", FIVE + "H"),
        ("batch_norm", FORWARD + r"$\frac{\partial L}{\partial s} = \mathbf 1^T(G\odot Y)$", FIVE + "-"),
        ("batch_norm", FORWARD + r"$\frac{\partial L}{\partial s} = \mathbf 1^T(G\odot C) = s\odot\mathbf 1^T(G\odot Y)$", FIVE + "H-"),
        ("batch_norm", FORWARD + r"$\frac{\partial L}{\partial v} = -\frac12s^3\odot\frac{\partial L}{\partial s} = -\frac12s^2\odot\mathbf 1^T(G\odot Y)$", FIVE + "HH"),
        ("batch_norm", FORWARD + r"$\frac{\partial L}{\partial v} = -\frac12s^2\odot\frac{\partial L}{\partial s} = \frac12s^2\odot\mathbf 1^T(G\odot Y)$", FIVE + "--"),
        ("batch_norm", FORWARD + r"$\frac{\partial L}{\partial C} = G\odot(\mathbf 1s) + \frac2NC\odot(\mathbf 1\frac{\partial L}{\partial v})$", FIVE + "H"),
        ("batch_norm", FORWARD + r"$\frac{\partial L}{\partial C} = G\odot(\mathbf 1s)$, $\frac{\partial L}{\partial C} = G\odot(\mathbf 1s) + \frac1NC\odot(\mathbf 1\frac{\partial L}{\partial v})$", FIVE + "--"),
        ("batch_norm", OTHER + r"$\frac{\partial L}{\partial r} = \mathbf 1^T(G\odot Z)$, $\frac{\partial L}{\partial m} = -\mathbf 1^T\frac{\partial L}{\partial Z}$", FOUR + "HH"),
        ("batch_norm", OTHER + r"$\frac{\partial L}{\partial r} = \mathbf 1^T(G\odot X)$, $\frac{\partial L}{\partial m} = \mathbf 1^T\frac{\partial L}{\partial Z}$", FOUR + "--"),
    ],
    "the matrix that centres": [
        ("batch_norm", CENTRED + r"$\frac{\partial L}{\partial X} = P\frac{\partial L}{\partial C} = \frac{\partial L}{\partial C} - \frac1N\mathbf 1\mathbf 1^T\frac{\partial L}{\partial C}$", SEVEN + "HH"),
        ("batch_norm", CENTRED + r"$P\frac{\partial L}{\partial C} = \frac{\partial L}{\partial C} - \mathbf 1\mathbf 1^T\frac{\partial L}{\partial C}$", SEVEN + "-"),
        ("batch_norm", CENTRED + r"$P\frac{\partial L}{\partial C} = \frac{\partial L}{\partial C}$, $\mathbf 1^T\frac{\partial L}{\partial C} = 0$", SEVEN + "--"),
        ("batch_norm", CENTRED + r"$PC = C$, $P^2 = P$, $PC = \mathbf 1\mu$", SEVEN + "HH-"),
        ("batch_norm", SHAPES + r"$\mu = \frac1N\mathbf 1^TX$, $C = X - \mathbf 1\mu = PX$ with $P = I - \frac1N\mathbf 1\mathbf 1^T$, $v = \frac1N\mathbf 1^T(C\odot C)$, $Y = C\oslash\sqrt{\mathbf 1v+\epsilon}$, $\frac{\partial L}{\partial v} = a$. $P\frac{\partial L}{\partial C} = \frac{\partial L}{\partial C} - \mathbf 1\mathbf 1^T\frac{\partial L}{\partial C}$", "HHHHH~~-"),
    ],
    "the gradient by the batch": [
        ("batch_norm", FORWARD + r"$\frac{\partial L}{\partial X} = (\mathbf 1s)\odot(G - \frac1N\mathbf 1\mathbf 1^TG - \frac1NY\odot(\mathbf 1\mathbf 1^T(G\odot Y)))$", FIVE + "H"),
        ("batch_norm", FORWARD + r"$\frac{\partial L}{\partial X} = (\mathbf 1s)\odot(G - \mathbf 1\mathbf 1^TG - \frac1NY\odot(\mathbf 1\mathbf 1^T(G\odot Y)))$", FIVE + "-"),
        ("batch_norm", FORWARD + r"$\frac{\partial L}{\partial X} = (\mathbf 1s)\odot(G - \frac1N\mathbf 1\mathbf 1^TG + \frac1NY\odot(\mathbf 1\mathbf 1^T(G\odot Y)))$", FIVE + "-"),
        ("batch_norm", FORWARD + r"$\frac{\partial L}{\partial X} = G\odot(\mathbf 1s)$", FIVE + "-"),
    ],
    "statistics that were kept": [
        ("batch_norm", FORWARD + r"Training: $\frac{\partial L}{\partial s} = \mathbf 1^T(G\odot C)$. In evaluation mode $\mu$, $v$ come from the running averages, so $\frac{\partial L}{\partial X} = G\odot(\mathbf 1s)$", FIVE + "HH"),
        ("batch_norm", FORWARD + r"In evaluation mode $\mu$, $v$ come from the running averages, so $\frac{\partial L}{\partial X} = G\odot(\mathbf 1s^2)$, $\frac{\partial L}{\partial X} = 0$", FIVE + "--"),
        ("batch_norm", FORWARD + r"In evaluation mode $\mu$, $v$ are fixed, so $\frac{\partial L}{\partial X} = G\odot(\mathbf 1s)$. In training mode $\frac{\partial L}{\partial X} = G\odot(\mathbf 1s)$", FIVE + "H-"),
    ],
    "a loss behind something that is not understood": [
        ("linear", LINEAR + r"$\frac{\partial L}{\partial Q} = A$, $\frac{\partial L}{\partial H} = 2H\odot A$", "HHH~-"),
        ("linear", LINEAR + r"$\frac{\partial L}{\partial H} = 2H\odot\frac{\partial L}{\partial Q}$", "HHH-"),
        ("linear", LINEAR + r"$\frac{\partial L}{\partial Q} = \frac{\partial L}{\partial Z}\odot H$, $\frac{\partial L}{\partial H} = 3Q\odot\frac{\partial L}{\partial Z}$", "HHHHH"),
    ],
    "shapes": [
        ("batch_norm", FORWARD + r"$\text{shape}(s) = (1,D)$, $\operatorname{shape}(C) = (N, D)$", FIVE + "HH"),
        ("batch_norm", FORWARD + r"$\text{shape}(s) = (N,D)$, $\operatorname{shape}(C) = (1, D)$", FIVE + "--"),
        ("linear", r"$\text{shape}(W) = (D, M)$, $Y = XW + b$, $\frac{\partial L}{\partial X} = GW^T$", "~HH"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_a_batch_in_matrices_is_followed(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert fits(found, wanted), f"{text}\n found {found}, wanted {wanted}"
