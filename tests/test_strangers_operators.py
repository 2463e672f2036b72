r"""Names for products, as people who like operators have them: ``L_A(H) = AH``, ``R_S[B] = BS``, and their adjoints; functions with a parameter below."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import examples
from tests.test_precision import judged

# How an operator is defined, and how it is applied to something.
DEFINED = ["%s(H) = %s", "%s H := %s", "%s[H] = %s", r"%s : H \mapsto %s"]
APPLIED = ["%s(%s)", "%s[%s]", r"%s\left[%s\right]", r"%s\, %s"]


@given(
    defined=st.sampled_from(DEFINED),
    applied=st.sampled_from(APPLIED),
    left=st.sampled_from(["L_A", r"\mathcal L_A", "M_{A}"]),
    right=st.sampled_from(["R_S", r"\mathcal{R}_S", "N_{S}"]),
    star=st.sampled_from(["^*", "^{*}", r"^\top"]),
)
@settings(max_examples=examples(20), deadline=None)
def test_operators_are_the_products_that_they_are_defined_as(defined, applied, left, right, star):
    text = f"Let ${defined % (left, 'AH')}$ and ${defined % (right, 'HS')}$. "
    text += rf"$D_S F[K] = {applied % (left, 'K')}$, $\frac{{dJ}}{{dS}} = -2{applied % (left + star, '(X-AS)' if applied[2] not in '([' else 'X-AS')}$, "
    text += rf"$\langle {applied % (right, 'B')}, Q\rangle = \langle B, {applied % (right + star, 'Q')}\rangle$, "
    text += rf"$\frac{{dJ}}{{dA}} = -2{applied % (right, '(X-AS)' if applied[2] not in '([' else 'X-AS')}$"
    verdicts = judged("ex4_chain", text)
    assert verdicts[-4:-1] == "HHH", text
    # Without the star it is the product itself.
    assert verdicts[-1] in "FU", text
    assert "F" not in verdicts[:-1], text


@pytest.mark.parametrize(
    "exercise, text, wanted",
    [
        ("linear", r"where $R_W$ is the linear map $h \mapsto hW$: $dy = R_W\, dx + x\,dW$, $\langle g, R_W dx\rangle = \langle R_W^* g, dx\rangle = \langle gW^\top, dx\rangle$", "HHH"),
        ("ex2", r"$R_B(A) = AB$, $y = \operatorname{tr}(R_B A)$, $L_A(X) = AX$, $R_B L_A X = AXB$", "HHHH"),
        # What is no product is none.
        ("ex3", r"Let $P_A x = Ax - x$", "U"),
        # A function with a parameter is no derivative.
        ("ex3", r"Let $f_A(x) = x^TAc$. $\nabla f_A(x) = Ac$, $\nabla f_A(x) = A^\top c$", "HHF"),
        ("ex2", r"Let $f_B(A) = \operatorname{tr}(AB)$, $\nabla f_B(A) = B^\top$", "HH"),
    ],
)  # fmt: skip
def test_what_people_who_like_operators_write(exercise, text, wanted):
    assert judged(exercise, text) == wanted


@pytest.mark.parametrize(
    "exercise, text, wanted",
    [
        # What is said of an operator later is a claim.
        ("ex4_chain", r"$L_A(H) = AH$. $L_A(G) = GA$", "HU"),
        ("linear", r"$L_x(H) = xH$. $L_x^*(G) = x^TG$, $\nabla_W L = L_x^* g$.", "HHH"),
        ("ex4_chain", r"$T(H) = AH$. $dF = T(dS) + dA\,S$.", "HH"),
        # A function of a number at each entry is not judged; an equation is solved; a letter is given a number.
        ("ex1", r"$f(t) = t^2$, so $y = \sum_i f(x_i)$, $\frac{\partial y}{\partial x_i} = f'(x_i) = 2x_i$.", "HUUU"),
        ("softmax", r"$h(t) = e^t$. $y_i = h(x_i)$.", "HU"),
        ("ex4_trace", r"$f(s) = (3-2s)^2$, $f'(s) = 8s-12$, $f'(s) = 0$ for $s = 1,5$.", "HHUD"),
        ("ex1", r"$1,5x = \frac32 x$.", "H"),
        # A function between the layers may be the identity, where nobody says it.
        ("linear", r"$z_l = a_{l-1}W_l + b_l$, $a_l = f(z_l)$, $a_0 = x$. $f$ is the identity. $dz_1 = gW_2^T$, $dW_1 = x^TgW_2^T$.", "HHHUU"),
    ],
)  # fmt: skip
def test_what_is_not_sure_waits(exercise, text, wanted):
    assert judged(exercise, text) == wanted
