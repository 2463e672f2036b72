"""What is differentiated by the form that a text gives it, chain rules without their sums, steps that are struck out, gradients that words name."""

import pytest

from tests.test_precision import cases, fits, judged

MEAN = r"$\mu = \frac1N\sum_i x_i$, "
FORMS = {
    "a letter of its own": ("v", r"$v = \frac1N\sum_i x_i^2 - \mu^2$, "),
    "the square": (r"\sigma^2", r"$\sigma^2 = \frac1N\sum_i x_i^2 - \mu^2$, "),
    "both forms": (r"\sigma^2", r"$\sigma^2 = \frac1N\sum_i (x_i-\mu)^2 = \frac1N\sum_i x_i^2 - \mu^2$, "),
    "a letter for the mean of squares": (r"\sigma^2", r"$q = \frac1N\sum_i x_i^2$, $\sigma^2 = q - \mu^2$, "),
}
STEPS = (
    r"$y_i = \frac{x_i-\mu}{\sqrt{V+\epsilon}}$. $\frac{\partial V}{\partial\mu} = -2\mu$. $\frac{\partial V}{\partial x_k} = \frac{2x_k}{N}$. "
    r"$\frac{\partial L}{\partial\mu} = -\frac{1}{\sqrt{V+\epsilon}}\sum_i g_i - 2\mu\frac{\partial L}{\partial V}$. "
    r"$\frac{\partial L}{\partial x_k} = \frac{g_k}{\sqrt{V+\epsilon}} + \frac{2x_k}{N}\frac{\partial L}{\partial V} + \frac1N\frac{\partial L}{\partial\mu}$"
)


@pytest.mark.parametrize("form", FORMS)
def test_derivatives_are_those_of_the_form_in_which_the_text_has_it(form: str) -> None:
    name, said = FORMS[form]
    found = judged("batch_norm", MEAN + said + STEPS.replace("V", name))
    assert set(found) == {"H"}, found


@pytest.mark.parametrize("form", FORMS)
def test_what_is_true_of_no_form_is_false(form: str) -> None:
    name, said = FORMS[form]
    wrong = r"$y_i = \frac{x_i-\mu}{\sqrt{V+\epsilon}}$. $\frac{\partial V}{\partial x_k} = \frac{x_k}{N}$"
    assert judged("batch_norm", MEAN + said + wrong.replace("V", name))[-1] == "F"


STATED = MEAN + r"$\sigma^2 = \frac1N\sum_i (x_i-\mu)^2$, $y_i = \frac{x_i-\mu}{\sqrt{\sigma^2+\epsilon}}$. "
LINEAR = r"$y_{ij} = \sum_k x_{ik}w_{kj} + b_j$. "
KINDS: dict[str, list[tuple[str, str, str]]] = {
    "a Jacobian by the name of its function": [
        ("softmax", r"$p_i = \frac{e^{z_i}}{\sum_j e^{z_j}}$. $J_p(z) = \operatorname{diag}(p)-pp^T$, $J_p(z) = \operatorname{diag}(p)+pp^T$", "HHF"),
        ("softmax", r"$s = \operatorname{softmax}(x)$. $J_s(x) = \operatorname{diag}(s)-ss^T$, $J_s(x)_{ij} = s_i(\delta_{ij}-s_j)$, $J_s(x)_{ij} = s_i\delta_{ij}$", "HHHF"),
        ("batch_norm", MEAN + r"$\sigma^2 = \frac1N\sum_i (x_i-\mu)^2$, $y_i = (x_i-\mu)/\sqrt{\sigma^2+\epsilon}$. $J_y(\mu) = -\frac{1}{\sqrt{\sigma^2+\epsilon}}\mathbf 1$, $J_y(\mu) = \frac{1}{\sqrt{\sigma^2+\epsilon}}\mathbf 1$", "HHHHF"),
    ],
    "a chain rule in symbols may lack its sum": [
        ("batch_norm", STATED + r"$\frac{\partial L}{\partial\mu} = \frac{\partial L}{\partial y_i}\frac{\partial y_i}{\partial\mu} + \frac{\partial L}{\partial\sigma^2}\frac{\partial\sigma^2}{\partial\mu}$", "HHHU"),
        ("linear", LINEAR + r"$\frac{\partial L}{\partial b_j} = \frac{\partial L}{\partial y_{ij}}\frac{\partial y_{ij}}{\partial b_j}$", "HU"),
        ("linear", LINEAR + r"$\frac{\partial L}{\partial b_j} = g_{ij}$, $\frac{\partial L}{\partial w_{kj}} = g_{ij}x_{ik}$", "HFF"),
    ],
    "what is struck out": [
        ("batch_norm", STATED + r"Train. ~~$\frac{\partial L}{\partial x_i} = \frac{g_i}{\sqrt{\sigma^2+\epsilon}}$~~ no, I forgot the mean.", "HHHU"),
        ("linear", r"$Y = XW + b$, $G = \partial L/\partial Y$. ~~$\frac{\partial L}{\partial W} = X^TG$~~ (ugly) ~~$\frac{\partial L}{\partial b} = G$~~ ~~$\frac{\partial L}{\partial X} = GW$~~", "HHHUF"),
    ],
    "a loss that is chosen by its gradient": [
        ("linear", r"$Y = XW + \mathbf 1b^T$, $G = \frac{\partial L}{\partial Y}$. For the loss $\|Y\|_F^2$ we have $G = 2Y$, and $\nabla_W L = 2X^T(XW+\mathbf 1b^T)$", "HH~~"),
        ("linear", r"$Y = XW + b$. $\frac{\partial L}{\partial X} = GW^T$. For a quadratic loss $G = 2Y$, so $\frac{\partial L}{\partial X} = 2YW^T$", "HH~~"),
        ("softmax", r"$y_i = e^{x_i}/\sum_j e^{x_j}$. $\frac{\partial L}{\partial x} = y\odot(g-y^Tg)$. E.g. $g = y$ and $\frac{\partial L}{\partial x} = y\odot(y-\|y\|^2)$.", "HH~~"),
        ("linear", r"$Y = XW + b$, $G = \frac{\partial L}{\partial Y}$. $\frac{\partial L}{\partial W} = 2X^TY$", "HHF"),
    ],
    "a term that is left": [
        ("linear", r"$Y = U + B$, $U = XW$. $\frac{\partial L}{\partial U} = G$, $\frac{\partial L}{\partial B} = G$, $\frac{\partial L}{\partial b} = \sum_{n=1}^N\left(\frac{\partial L}{\partial B}\right)_{n,:} = \mathbf 1^TG$", "HHHHHH"),
        ("linear", r"$Y = U + B$, where each row of $B$ is $b$, $U = XW$. $\frac{\partial L}{\partial X} = \frac{\partial L}{\partial U}W^T = GW^T$, $\frac{\partial L}{\partial B} = G$, $\frac{\partial L}{\partial X} = \frac{\partial L}{\partial B}W$", "HHHHH-"),
    ],
    "what varies in a differential of parts": [
        ("linear", r"$\tilde X = \begin{bmatrix}X & \mathbf{1}\end{bmatrix}$, $\tilde W = \begin{bmatrix}W\\ b^T\end{bmatrix}$, $Y = \tilde X\tilde W$. $dL = \mathrm{tr}(G^T\tilde X\,d\tilde W) + \mathrm{tr}(\tilde WG^T\,d\tilde X)$, $dL = \mathrm{tr}(G^T\tilde X\,d\tilde W) - \mathrm{tr}(\tilde WG^T\,d\tilde X)$", "HHHHF"),
        ("ex3", r"$u = Ac$, $y = x^Tu$. $dy = u^Tdx + x^Tdu$, $dy = u^Tdx - x^Tdu$", "HHHF"),
    ],
    "a letter with an accent is the exercise's": [
        ("linear", r"$Y = XW + \hat b$, $y_{ij} = \sum_k x_{ik}w_{kj} + b_j$. $\frac{\partial L}{\partial\hat b} = \begin{pmatrix}1 & \cdots & 1\end{pmatrix}\frac{\partial L}{\partial Y}$", "HH~"),
    ],
    "a range is no value": [
        ("linear", r"Take row number $n$ of each. $$y_n = x_nW + b, \qquad n = 1,\dots,N$$", "~~"),
    ],
    "ones of two sizes": [
        ("ex4_chain", r"$R = X - AS$, $Q = R\odot R$, $J = \mathbf 1^TQ\mathbf 1$. $\frac{\partial J}{\partial Q} = \mathbf 1\mathbf 1^T$, $\frac{\partial J}{\partial Q} = 2\cdot\mathbf 1\mathbf 1^T$", "HHHHF"),
    ],
    "letters for sizes of the text's own": [
        ("linear", r"$Y = XW+\mathbf 1b^T$, $G = \frac{\partial L}{\partial Y}$. $\frac{\partial L}{\partial b} = (I_M\otimes\mathbf 1^T)\operatorname{vec}G$, $\frac{\partial L}{\partial b} = (\mathbf 1^T\otimes I_M)\operatorname{vec}G$", "HHHF"),
        ("linear", r"Sei $N=D=M=2$. $Y = XW + b$, $\frac{\partial L}{\partial X} = GW$.", "...H-"),
        ("ex4_chain", r"Sei $N=D=M=2$.", "..."),
    ],
    "a case that the sentence before speaks of": [
        ("batch_norm", STATED + r"Extreme case of training: N=1. There $\mu = x$ and the output is 0.", "HHHH"),
        ("batch_norm", STATED + r"For a batch of size one. Here $\mu = x$.", "HHHU"),
        ("batch_norm", STATED + r"The mean is simple. Here $\mu = x$.", "HHHF"),
        ("linear", r"$Y = XW + \mathbf 1b^T$. Sin el sesgo tendríamos simplemente $Y = XW$.", "HH"),
    ],
}  # fmt: skip
OUTPUT = r" $m = \frac1n\sum_i a_i$, $s = \sqrt{\frac1n\sum_i (a_i-m)^2+\epsilon}$, $z_i = \frac{a_i-m}{s}$. $\frac{\partial L}{\partial a_k} = \sum_i u_i\frac{\partial z_i}{\partial a_k}$"
NAMED = [
    "$u_i$ is the derivative of the loss by $z_i$.",
    "$u_i$ is the gradient of the loss with respect to $z_i$.",
    "The derivative of the loss by $z_i$ is called $u_i$.",
    "The derivative of the loss by the output is called $u_i$.",
    "Let $u_i$ be the partial derivative of $L$ with respect to $z_i$.",
    "$u_i$ — производная лосса по $z_i$.",
    "$u_i$ es la derivada de la pérdida respecto a $z_i$.",
]


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_such_steps_are_judged_rightly(exercise: str, text: str, wanted: str) -> None:
    assert fits(judged(exercise, text), wanted), judged(exercise, text)


@pytest.mark.parametrize("words", NAMED)
def test_words_name_the_gradient_by_an_output_of_the_texts_own(words: str) -> None:
    assert judged("batch_norm", words + OUTPUT)[-1] == "H"


LOSSES = ["C", "E", "J", r"\mathcal{C}", r"\ell", r"\mathcal{L}_{CE}", r"L_{\text{train}}", "J_{MSE}"]
BY_LOSS = {
    "softmax": r"$a_j = \frac{e^{z_j}}{\sum_k e^{z_k}}$. $g_j = \frac{\partial L}{\partial a_j}$, $\frac{\partial L}{\partial z_k} = \sum_j g_j\frac{\partial a_j}{\partial z_k}$, $\frac{\partial L}{\partial z_k} = g_k$",
    "linear": r"$Y = XW + b$. $G = \frac{\partial L}{\partial Y}$, $\frac{\partial L}{\partial X} = GW^T$, $\frac{\partial L}{\partial W} = -X^TG$",
}


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("exercise", BY_LOSS)
def test_a_loss_may_have_the_letter_of_a_size_and_a_word_below_it(exercise: str, loss: str) -> None:
    text = BY_LOSS[exercise].replace("L", loss)
    assert judged(exercise, text) == "HHHF", text
