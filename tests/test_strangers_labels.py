r"""Layers that are told apart by a label in brackets: ``Z^{(l)} = A^{(l-1)}W^{(l)} + b^{(l)}`` with ``\delta^{(l)} = \partial L/\partial Z^{(l)}``.

By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H, "." anything.
"""

import pytest

from tests.test_precision import cases, fits, judged

BATCH = r"Layer $l$: $Z^{(l)} = A^{(l-1)}W^{(l)} + \mathbf 1(b^{(l)})^T$. In the exercise's letters $A^{(l-1)}$ is $X$ and $Z^{(l)}$ is $Y$. "
PLAIN = r"$Z^{(l)} = A^{(l-1)}W^{(l)} + b^{(l)}$. "
DELTA = r"The error of the layer is $\delta^{(l)} = \frac{\partial L}{\partial Z^{(l)}}$. "
ROWS = (
    r"With $a_n$ the $n$-th row of $A^{(l-1)}$ and $\delta_n$ the $n$-th row of $\delta^{(l)}$, both written as columns, "
    r"$z_n = (W^{(l)})^Ta_n + b^{(l)}$. "
)
BEHIND = r"If there was a nonlinearity $A^{(l-1)} = \sigma(Z^{(l-1)})$ one would continue with $\delta^{(l-1)} = (\delta^{(l)}(W^{(l)})^T)\odot\sigma'(Z^{(l-1)})$. "

KINDS = {
    "a batch in rows": [
        ("linear", PLAIN + r"$\frac{\partial L}{\partial A^{(l-1)}} = \frac{\partial L}{\partial Z^{(l)}}(W^{(l)})^T$, $\frac{\partial L}{\partial W^{(l)}} = (A^{(l-1)})^T\frac{\partial L}{\partial Z^{(l)}}$", "HHH"),
        ("linear", PLAIN + DELTA + r"$\frac{\partial L}{\partial A^{(l-1)}} = \delta^{(l)}(W^{(l)})^T$, $\frac{\partial L}{\partial W^{(l)}} = (A^{(l-1)})^T\delta^{(l)}$", "HHHH"),
        ("linear", PLAIN + DELTA + r"$\frac{\partial L}{\partial A^{(l-1)}} = \delta^{(l)}W^{(l)}$, $\frac{\partial L}{\partial W^{(l)}} = \delta^{(l)}(A^{(l-1)})^T$", "HH--"),
        ("linear", BATCH + DELTA + r"$\frac{\partial L}{\partial A^{(l-1)}} = \delta^{(l)}(W^{(l)})^T = GW^T$, $\frac{\partial L}{\partial W^{(l)}} = (A^{(l-1)})^T\delta^{(l)} = X^TG$", "HHHHHH"),
        ("linear", BATCH + DELTA + r"$\delta^{(l)}(W^{(l)})^T = GW$, $(A^{(l-1)})^T\delta^{(l)} = XG$", "HH--"),
        ("linear", BATCH + DELTA + r"$\frac{\partial L}{\partial b^{(l)}} = \sum_n\delta_n$, $\frac{\partial L}{\partial b^{(l)}} = \frac1N\sum_n\delta_n$", "HHH-"),
        ("linear", BATCH + DELTA + r"$\frac{\partial L}{\partial b^{(l)}} = (\delta^{(l)})^T\mathbf 1$, $\frac{\partial L}{\partial b^{(l)}} = \delta^{(l)}\mathbf 1$", "HHH-"),
    ],
    "rows of a batch as columns": [
        ("linear", BATCH + DELTA + ROWS + r"$\frac{\partial L}{\partial W^{(l)}} = \sum_{n=1}^Na_n\delta_n^T = (A^{(l-1)})^T\delta^{(l)} = X^TG$", "HHHHHH"),
        ("linear", BATCH + DELTA + ROWS + r"$\frac{\partial L}{\partial W^{(l)}} = \sum_{n=1}^N\delta_na_n^T = A^{(l-1)}\delta^{(l)}$", "HHH--"),
        ("linear", BATCH + DELTA + ROWS + r"$\frac{\partial L}{\partial a_n} = W^{(l)}\delta_n$, $\frac{\partial z_n}{\partial b^{(l)}} = I$", "HHHHH"),
        ("linear", BATCH + DELTA + ROWS + r"$\frac{\partial L}{\partial a_n} = (W^{(l)})^T\delta_n$, $\frac{\partial z_n}{\partial b^{(l)}} = 0$", "HHH--"),
    ],
    "a layer before": [
        ("linear", BATCH + DELTA + BEHIND + r"$\frac{\partial L}{\partial W^{(l)}} = (A^{(l-1)})^T\delta^{(l)} = X^TG$", "HH~~HH"),
        ("linear", BATCH + DELTA + r"$\delta^{(l-1)} = \delta^{(l)}W^{(l)}$, $\frac{\partial L}{\partial A^{(l-1)}} = GW^T$", "HH~H"),
        ("linear", PLAIN + DELTA + BEHIND + r"$\frac{\partial L}{\partial W^{(l)}} = (A^{(l-1)})^T\delta^{(l)}$, $\frac{\partial L}{\partial W^{(l)}} = A^{(l-1)}\delta^{(l)}$", "HH~~H-"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_labels_of_layers_are_followed(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert fits(found, wanted), f"{text}\n found {found}, wanted {wanted}"
