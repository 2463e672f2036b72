r"""Plain mistakes, each alone and behind what a text may say before it: none of them holds, whatever view of the exercise that opens."""

import pytest

from tests.test_precision import judged

BEFORE = {
    "linear": [
        "",
        "Each row is a sample: ",
        "With $N$ samples as rows, ",
        "Let $X\\in\\mathbb R^{N\\times D}$, $W\\in\\mathbb R^{D\\times M}$. ",
        "$Y = XW+b$. ",
        "Let $G = \\partial L/\\partial Y$. ",
        "$Y=XW+\\mathbf 1b^T$, $G=\\frac{\\partial L}{\\partial Y}$. ",
        "For a batch: ",
        "For all samples together, ",
    ],
    "softmax": [
        "",
        "For one sample: ",
        "For each row: ",
        "$y=\\operatorname{softmax}(x)$. ",
        "Let $J=\\frac{\\partial y}{\\partial x}$. ",
    ],
    "batch_norm": [
        "",
        "For one feature: ",
        "For each feature $j$: ",
        "$y=\\frac{x-\\mu}{\\sqrt{\\sigma^2+\\epsilon}}$. ",
        "In training mode, ",
        "With $\\gamma=1,\\beta=0$: ",
    ],
    "ex1": ["", "Let $x\\in\\mathbb R^n$. ", "$y=x^Tx$. ", "As columns: "],
    "ex2": ["", "$y=\\operatorname{tr}(AB)$. ", "With $A\\in\\mathbb R^{n\\times m}$: ", "As a gradient (same shape as $A$): "],
    "ex3": ["", "$y=x^TAc$. ", "In denominator layout, ", "With $A\\in\\mathbb R^{n\\times m}$: "],
    "ex4_trace": ["", "$J=\\|X-AS\\|_F^2$. ", "Let $R=X-AS$. ", "In the shape of the variable: "],
}
WRONG = {
    "linear": [
        r"\frac{\partial L}{\partial X} = WG^T",
        r"\frac{\partial L}{\partial W} = XG^T",
        r"\frac{\partial L}{\partial W} = X^TX",
        r"\frac{\partial L}{\partial b} = \frac1NG^T\mathbf 1",
        r"\frac{\partial L}{\partial X} = GW",
        r"\frac{\partial L}{\partial X_{ij}} = \sum_k G_{ik}W_{kj}",
        r"\frac{\partial L}{\partial W_{ij}} = \sum_n X_{nj}G_{ni}",
        r"\frac{\partial L}{\partial b_j} = \sum_n G_{jn}",
        r"\frac{\partial L}{\partial W} = 2X^TG",
    ],
    "softmax": [
        r"\frac{\partial y_i}{\partial x_j} = y_i(1-y_j)",
        r"\frac{\partial y_i}{\partial x_j} = -y_iy_j",
        r"\frac{\partial L}{\partial x} = y\odot g",
        r"\frac{\partial L}{\partial x_i} = y_i(g_i - \sum_jg_j)",
        r"\frac{\partial y}{\partial x} = \operatorname{diag}(y) + yy^T",
        r"\frac{\partial L}{\partial x} = g - yy^Tg",
        r"\frac{\partial y_i}{\partial x_i} = y_i^2 - y_i",
    ],
    "batch_norm": [
        r"\frac{\partial L}{\partial x_i} = \frac{1}{\sqrt{\sigma^2+\epsilon}}(g_i - \bar g)",
        r"\frac{\partial\sigma^2}{\partial x_i} = \frac1N(x_i-\mu)",
        r"\frac{\partial\mu}{\partial x_i} = 1",
        r"\frac{\partial y_i}{\partial x_j} = \frac{\delta_{ij}}{\sqrt{\sigma^2+\epsilon}}",
        r"\frac{\partial L}{\partial\mu} = \frac{-1}{\sqrt{\sigma^2+\epsilon}}g_i",
        r"\frac{\partial L}{\partial\sigma^2} = -\frac12\sum_jg_j(x_j-\mu)(\sigma^2+\epsilon)^{-1/2}",
    ],
    "ex1": [
        r"\frac{dy}{dx} = x",
        r"\frac{\partial y}{\partial x_k} = x_k",
        r"dy = x^Tdx",
        r"\nabla y = 2",
        r"\frac{dy}{dx} = 2\|x\|",
        r"\frac{dy}{dx} = 2xx^T",
    ],
    "ex2": [
        r"\frac{\partial y}{\partial A_{ij}} = B_{ij}",
        r"\frac{\partial y}{\partial A} = A^T",
        r"dy = \operatorname{tr}(B^TdA)",
        r"\frac{\partial y}{\partial A} = \operatorname{tr}(B)I",
        r"\operatorname{tr}(AB) = \sum_{i,j}A_{ij}B_{ij}",
    ],
    "ex3": [
        r"\frac{\partial y}{\partial x} = A^Tc",
        r"\frac{\partial y}{\partial A} = cx^T",
        r"\frac{\partial y}{\partial c} = Ax",
        r"\frac{\partial y}{\partial A_{ij}} = x_jc_i",
        r"\frac{\partial y}{\partial x_i} = \sum_jA_{ji}c_j",
        r"dy = dx^TAc + x^TdA + x^TAdc",
    ],
    "ex4_trace": [
        r"\frac{\partial J}{\partial S} = 2A^T(X-AS)",
        r"\frac{\partial J}{\partial A} = -2S^T(X-AS)",
        r"\frac{\partial J}{\partial S} = -2(X-AS)A^T",
        r"dJ = -2\operatorname{tr}((X-AS)A\,dS)",
        r"\frac{\partial J}{\partial S} = -A^T(X-AS)",
        r"\frac{\partial J}{\partial S_{kl}} = -2\sum_iA_{ki}(X-AS)_{il}",
    ],
}


@pytest.mark.parametrize("exercise", WRONG)
def test_a_plain_mistake_holds_nowhere(exercise: str) -> None:
    texts = [f"{before}${step}$" for before in BEFORE[exercise] for step in WRONG[exercise]]
    held = [text for text in texts if judged(exercise, text)[-1] == "H"]
    assert not held, "\n".join(held)
