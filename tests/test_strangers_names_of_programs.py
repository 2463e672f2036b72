r"""Names of several letters as programs have them, in formulas and in code beside them: ``grad_x``, ``moving_variance``, ``\text{dhidden}``."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matrix_checks.derivations.judging.writeups import read_writeup
from tests.conftest import examples
from tests.test_precision import judged
from tests.test_recall import EXERCISES

UNDERSCORES = st.sampled_from(["_", r"\_"])
DRESSES = st.sampled_from(["%s", r"\mathrm{%s}", r"\text{%s}", r"\texttt{%s}"])
LAYERS = """
```python
hidden = X.dot(W1) + b1        # (N, H)
scores = hidden.dot(W2) + b2   # (N, C)
```
"""
NODES = """
```
mu      = x.mean(0)
xmu     = x - mu
sq      = xmu ** 2
var     = sq.mean(0)
sqrtvar = np.sqrt(var + eps)
ivar    = 1. / sqrtvar
xhat    = xmu * ivar
out     = gamma * xhat + beta
```
"""


def dressed(name: str, dress: str) -> str:
    """A name as a formula may set it; in a command its underscore has a backslash."""
    return name if dress == "%s" else dress % name.replace("\\_", "_").replace("_", "\\_")


@given(underscore=UNDERSCORES, dress=DRESSES, variable=st.sampled_from("xA"), factor=st.sampled_from(["", "2"]))
@settings(max_examples=examples(20), deadline=None)
def test_a_gradient_by_name_is_a_claim_and_an_answer(underscore, dress, variable, factor):
    name, right = dressed(f"grad{underscore}{variable}", dress), {"x": "Ac", "A": "xc^T"}[variable]
    text = f"${name} = {factor}{right}$"
    assert judged("ex3", text) == ("F" if factor else "H"), text
    asked = rf"\frac{{dy}}{{d{variable}}}"
    assert read_writeup(text, EXERCISES["writeup_ex3"]).answers[asked] == ("other factor" if factor else "reached") or factor, text


@pytest.mark.parametrize(
    ("exercise", "text", "verdicts"),
    [
        ("ex1", r"$grad\_y = 2x$, $grad\_quadratic(x) = 2x$, $grad\_y = 3x$", "HHF"),
        ("ex3", r"$dy\_dx = Ac$, $\text{dy\_dA} = xc^T$, $\mathrm{dydx} = A^Tc$", "HHF"),
        ("ex3", r"$grad\_bilinear\_x = Ac$, $grad\_bilinear\_A = cx^T$", "HL"),
        ("ex4_trace", r"$grad\_loss\_S = -2A^T(X-AS)$, $grad\_loss\_A = 2(X-AS)S^T$", "HF"),
        ("ex4_chain", r"$jacobian\_F\_S = I_M \otimes A$, $dJ\_dF = -2(X-F)$, $jacobian\_F\_S = A \otimes I_M$", "HHF"),
        ("ex1", r"$\mathrm{grad}\,y = 2x$, so $\text{grad} = 2x$", "HH"),
        ("linear", r"$\text{grad}W = x^Tg$, $\text{grad}\,x = gW^T$, $\mathrm{grad}\,b = \mathbf 1^Tg$", "HHH"),
        ("softmax", r"$y\_i = \frac{e^{x\_i}}{\sum\_j e^{x\_j}}$", "H"),
    ],
)
def test_such_names_stand_for_what_they_say(exercise, text, verdicts):
    assert judged(exercise, text) == verdicts


@given(
    underscore=UNDERSCORES,
    dress=DRESSES,
    statistics=st.sampled_from(
        [("moving_mean", "moving_variance"), ("running_mean", "running_var"), ("moving_mean", "moving_var")]
    ),
)
@settings(max_examples=examples(20), deadline=None)
def test_kept_statistics_have_the_names_of_the_code(underscore, dress, statistics):
    mean, variance = (dressed(name.replace("_", underscore), dress) for name in statistics)
    text = (
        rf"In evaluation mode $y = \frac{{x - {mean}}}{{\sqrt{{{variance} + \varepsilon}}}}$, "
        rf"$\frac{{\partial L}}{{\partial x}} = \frac{{g}}{{\sqrt{{{variance} + \varepsilon}}}}$, "
        rf"$\frac{{\partial L}}{{\partial x}} = \frac{{g}}{{{variance} + \varepsilon}}$."
    )
    assert judged("batch_norm", text) in ("HHF", "HHU"), text


def test_code_beside_the_formulas_says_what_their_names_are():
    text = LAYERS + (
        r"`dscores` is given. Element by element, $\text{scores}_{nc} = \sum_h \text{hidden}_{nh}(W_2)_{hc} + (b_2)_c$. $\text{dW2} = \text{hidden}^T\,\text{dscores}$, $\text{dhidden} = \text{dscores}\;W_2^T$, "
        r"$\text{db1}_h = \sum_{n=1}^N \text{dhidden}_{nh}$, $\text{dX} = \text{dhidden}\;W_1^T$"
    )
    assert judged("linear", text) == "HHHHH"
    # A name at the end of a side is no remark that could be left out.
    assert judged("linear", text.replace(r"\;W_1^T", r"\;W_1"))[-1] in "FU"
    assert judged("linear", text.replace(r"\text{hidden}^T\,\text{dscores}", r"\text{dscores}^T\,\text{hidden}"))[1] == "L"


def test_nodes_that_code_names_lead_to_the_loss():
    text = NODES + (
        r"$\text{dbeta} = \sum_n \text{dout}_n$, $\text{dxhat} = \text{dout} \odot \gamma$, "
        r"$\text{divar} = \sum_n \text{dxhat}_n \odot \text{xmu}_n$, $\text{dsqrtvar} = -\frac{1}{\text{sqrtvar}^2}\,\text{divar}$"
    )
    assert judged("batch_norm", text) == "HHHH"
    assert judged("batch_norm", text.replace(r"\sum_n \text{dout}_n", r"2\sum_n \text{dout}_n"))[0] in "FU"
    assert judged("batch_norm", text.replace(r"\text{sqrtvar}^2", r"\text{sqrtvar}"))[3] in "FU"


@pytest.mark.parametrize("factor", ["", "2"])
def test_a_node_that_does_not_lead_to_the_loss_tells_nothing(factor):
    # Both sides would be zero, whatever stands there.
    text = rf"$var = \frac1N\sum_i (x_i-\mu)^2$, $sqrtvar = \sqrt{{var + \varepsilon}}$, $ivar = 1/sqrtvar$. $dsqrtvar = -\frac{{{factor or 1}}}{{sqrtvar^2}} divar$, $dout = g$"
    assert judged("batch_norm", text)[3] == "U"


@given(letter=st.sampled_from("hrstz"), dress=st.sampled_from([r"\text{d%s}", r"\mathrm{d%s}", "d%s"]))
@settings(max_examples=examples(15), deadline=None)
def test_a_gradient_in_the_letters_of_a_text_is_not_left_out(letter, dress):
    name = dress % letter
    text = (
        rf"${letter} = (\sigma+\varepsilon)^{{-1/2}}$, $y = {letter}\,(x-\mu)$, $\frac{{\partial L}}{{\partial {letter}}} = g^\top (x-\mu)$. "
        rf"$\text{{d}}\sigma = -\frac12\,{letter}^3\,{name}$."
    )
    assert judged("batch_norm", text)[3] in "HU", text


def test_the_code_is_not_judged_itself():
    text = "```\ndW1 = x @ g\ny = x + 1\n```\n" + r"$\frac{\partial L}{\partial W} = x^Tg$"
    assert judged("linear", text) == "H"
