"""Answers as students give them: in a formula, in words, in a list, for several questions at once; and what is none."""

import pytest

from matrix_checks.derivations.judging.writeups import read_writeup
from tests.test_writeups import EXERCISES

REACHED, WRONG, MISSING, OTHER = "reached", "wrong", "missing", "other layout"


def linear(x: str = REACHED, weight: str = REACHED, bias: str = REACHED) -> dict[str, str]:
    return {"gradInput": x, "gradW": weight, "gradB": bias}


def softmax(x: str = REACHED) -> dict[str, str]:
    return {"gradInput": x}


def normalization(training: str, evaluation: str) -> dict[str, str]:
    return {"gradInput in training mode": training, "gradInput in evaluation mode": evaluation}


def by_x(found: str) -> dict[str, str]:
    return {r"\frac{dy}{dx}": found}


def by_matrix(found: str) -> dict[str, str]:
    return {r"\frac{dy}{dA}": found}


def bilinear(x: str, matrix: str) -> dict[str, str]:
    return {**by_x(x), **by_matrix(matrix)}


def factors(right: str, left: str) -> dict[str, str]:
    return {r"\frac{dJ}{dS}": right, r"\frac{dJ}{dA}": left}


ANSWERS = [
    ("linear", r"gradInput is $gW^T$, gradW is $X^Tg$ and gradB is $\sum_n g_n$.", linear()),
    ("linear", r"$\frac{\partial L}{\partial X} = gW^T$; $\frac{\partial L}{\partial W} = X^Tg$; $\frac{\partial L}{\partial b} = \mathbf 1^Tg$", linear()),
    ("linear", r"$\nabla_X L = gW^T$, $\nabla_W L = X^Tg$, $\nabla_b L = \sum_{n=1}^N g_{n}$", linear()),
    ("linear", r"- dX: $gW^T$"+"\n"+r"- dW: $X^Tg$"+"\n"+r"- db: $\sum_n g_n$", linear()),
    ("linear", r"dX = $gW^T$, dW = $X^Tg$, db = $\sum_n g_n$", linear()),
    ("linear", r"$dX = gW^T, \quad dW = X^Tg, \quad db = \sum_n g_n$", linear()),
    ("linear", r"$\frac{\partial L}{\partial W} = Xg$", linear(MISSING,WRONG,MISSING)),
    ("linear", r"Dimension check suggests $\frac{\partial L}{\partial W} = X^Tg$.", linear(MISSING,REACHED,MISSING)),
    ("linear", r"First I thought $\frac{\partial L}{\partial W} = gX^T$, but the dimensions do not fit. $\frac{\partial L}{\partial W} = X^Tg$.", linear(MISSING,REACHED,MISSING)),
    ("linear", r"$\frac{\partial L}{\partial W_{ij}} = \sum_n X_{ni}g_{nj}$", linear(MISSING,REACHED,MISSING)),
    ("linear", r"$\frac{\partial L}{\partial b_j} = \sum_n g_{nj}$", linear(MISSING,MISSING,REACHED)),
    ("linear", r"$\frac{\partial L}{\partial b} = g$", linear(MISSING,MISSING,WRONG)),
    ("linear", r"$\frac{\partial L}{\partial W} = \frac{\partial L}{\partial Y}\frac{\partial Y}{\partial W} = X^T\frac{\partial L}{\partial Y}$", linear(MISSING,REACHED,MISSING)),
    ("linear", r"$\boxed{\nabla_WL = X^Tg}$, $\boxed{\nabla_XL = gW^T}$, $\boxed{\nabla_bL = g^T\mathbf 1}$", linear()),
    ("linear", r"Let $\delta = \partial L/\partial Y$. Then $\partial L/\partial W = X^T\delta$, $\partial L/\partial X = \delta W^T$, $\partial L/\partial b = \sum_n\delta_n$", linear()),
    ("linear", r"$dL = \mathrm{tr}(g^TdY) = \mathrm{tr}(g^TX\,dW) + \mathrm{tr}(g^TdX\,W) + \mathrm{tr}(g^T1\,db)$, hence $\nabla_WL = X^Tg$", linear(MISSING,REACHED,MISSING)),
    ("softmax", r"$\frac{\partial L}{\partial x} = y\odot(g - \langle g,y\rangle)$", softmax()),
    ("softmax", r"$\frac{\partial L}{\partial x_k} = y_k(g_k - \sum_i g_iy_i)$", softmax()),
    ("softmax", r"$\frac{\partial L}{\partial x} = Jg$ with $J = \mathrm{diag}(y)-yy^T$", softmax()),
    ("softmax", r"$\frac{\partial L}{\partial x} = Jg$", softmax(MISSING)),
    ("softmax", r"$J = \mathrm{diag}(y)-yy^T$. Therefore gradInput $= J^Tg$.", softmax()),
    ("softmax", r"gradInput = $y * (g - sum(g*y))$", softmax()),
    ("softmax", r"gradInput: $y\odot g - y(y^Tg)$", softmax()),
    ("softmax", r"So the gradient is $y\odot(g - y^Tg)$.", softmax()),
    ("softmax", r"The gradient with respect to the input is $y\odot(g - y^Tg)$.", softmax()),
    ("softmax", r"$\nabla_xL = y\odot g$", softmax(WRONG)),
    ("softmax", r"$\frac{\partial L}{\partial x_k} = \sum_i g_iy_i(\delta_{ik} - y_k)$", softmax()),
    ("softmax", r"$\frac{\partial L}{\partial x_k} = \sum_i g_i\frac{\partial y_i}{\partial x_k}$", softmax(MISSING)),
    ("softmax", r"With cross-entropy, $\frac{\partial L}{\partial x} = y - t$.", softmax(MISSING)),
    ("batch_norm", r"$\frac{\partial L}{\partial x_i} = \frac{1}{\sqrt{\sigma+\epsilon}}(g_i - \frac1N\sum_j g_j - \frac{y_i}{N}\sum_j g_jy_j)$", normalization(REACHED,MISSING)),
    ("batch_norm", r"Training: $\nabla_xL = \frac{1}{\sqrt{\sigma+\epsilon}}(g - \overline g - y\,\overline{gy})$. Evaluation: $\nabla_xL = \frac{g}{\sqrt{\sigma+\epsilon}}$.", normalization(REACHED,REACHED)),
    ("batch_norm", r"Training mode: $\frac{\partial L}{\partial x_i} = \frac{1}{N\sqrt{\sigma+\epsilon}}(Ng_i - \sum_j g_j - y_i\sum_j g_jy_j)$."+"\n\n"+r"In evaluation mode the statistics are constants: $\frac{\partial L}{\partial x_i} = \frac{g_i}{\sqrt{\sigma+\epsilon}}$.", normalization(REACHED,REACHED)),
    ("batch_norm", r"Eval mode: gradInput = $g/\sqrt{\sigma_{moving}+\epsilon}$", normalization(MISSING,REACHED)),
    ("batch_norm", r"For training: gradInput $=\frac{1}{\sqrt{\sigma+\epsilon}}(g - mean(g) - y\cdot mean(g\cdot y))$; for inference: gradInput $=\frac{g}{\sqrt{\sigma_{run}+\epsilon}}$", normalization(REACHED,REACHED)),
    ("ex1", r"$y=x^Tx$; so dy/dx is $2x$.", by_x(REACHED)),
    ("ex1", r"The gradient of $y$ is $2x$.", by_x(REACHED)),
    ("ex1", r"We get $2x$ as the gradient.", by_x(REACHED)),
    ("ex1", r"$\frac{dy}{dx} = 2x^T$", by_x(OTHER)),
    ("ex1", r"$\frac{dy}{dx} = 2x$ and not $x$.", by_x(REACHED)),
    ("ex1", r"$\frac{dy}{dx} = 2 \|x\|$", by_x(WRONG)),
    ("ex1", r"$\frac{dy}{dx} = x + x$", by_x(REACHED)),
    ("ex2", r"So the gradient with respect to $A$ is $B^T$.", by_matrix(REACHED)),
    ("ex2", r"$\frac{dy}{dA} = \begin{pmatrix}b_{11}&\dots&b_{m1}\\ \vdots&&\vdots\\ b_{1n}&\dots&b_{mn}\end{pmatrix} = B^T$", by_matrix(REACHED)),
    ("ex2", r"$\left(\frac{dy}{dA}\right)_{ij} = b_{ji}$, i.e. $B^T$.", by_matrix(REACHED)),
    ("ex3", r"$\nabla_xy = Ac$, $\nabla_Ay = xc^T$", bilinear(REACHED,REACHED)),
    ("ex3", r"The gradient with respect to $x$ is $Ac$ and with respect to $A$ it is $xc^T$.", bilinear(REACHED,REACHED)),
    ("ex3", r"$\frac{\partial y}{\partial A_{ij}} = x_ic_j$ and $\frac{\partial y}{\partial x_i} = \sum_j A_{ij}c_j$", bilinear(REACHED,REACHED)),
    ("ex3", r"$dy = c^TA^Tdx$ so $\frac{dy}{dx} = Ac$; $dy = \mathrm{tr}(cx^TdA)$ so $\frac{dy}{dA} = xc^T$", bilinear(REACHED,REACHED)),
    ("ex3", r"$\frac{dy}{dx} = A^Tc$, $\frac{dy}{dA} = cx^T$", bilinear(WRONG,OTHER)),
    ("ex4_trace", r"$\frac{dJ}{dS} = -2A^T(X-AS)$, $\frac{dJ}{dA} = -2(X-AS)S^T$", factors(REACHED,REACHED)),
    ("ex4_trace", r"$\frac{dJ}{dS} = 2A^TAS - 2A^TX$, $\frac{dJ}{dA} = 2ASS^T - 2XS^T$", factors(REACHED,REACHED)),
    ("ex4_trace", r"With $E = X-AS$: $\nabla_SJ = -2A^TE$, $\nabla_AJ = -2ES^T$", factors(REACHED,REACHED)),
    ("ex4_trace", r"Setting $\frac{dJ}{dS}=0$ gives $A^TAS = A^TX$.", factors(MISSING,MISSING)),
    ("ex4_trace", r"We want $\frac{dJ}{dS}=0$, that is $A^TAS = A^TX$.", factors(MISSING,MISSING)),
    ("ex4_trace", r"When the fit is perfect, $J=0$, $X=AS$, $\frac{dJ}{dS}=0$.", factors(MISSING,MISSING)),
]  # fmt: skip
NONE = [
    ("linear", r"My friend says that the gradient with respect to $W$ is $X^Tg$.", linear(MISSING,MISSING,MISSING)),
    ("linear", r"The gradient with respect to $W$ is not $X^Tg$.", linear(MISSING,MISSING,MISSING)),
    ("linear", r"Is the gradient with respect to $W$ is $X^Tg$?", linear(MISSING,MISSING,MISSING)),
    ("linear", r"The gradient with respect to $W$ is $X^Tg$ plus something.", linear(MISSING,MISSING,MISSING)),
    ("linear", r"The gradient with respect to $W$ is $X^Tg$ times two.", linear(MISSING,MISSING,MISSING)),
    ("linear", r"If the gradient with respect to $W$ is $X^Tg$, we can go on.", linear(MISSING,MISSING,MISSING)),
    ("linear", r"The gradient with respect to $b$ is $X^Tg$.", linear(MISSING,MISSING,MISSING)),
    ("linear", r"The gradient with respect to $W$ is $gX^T$.", linear(MISSING,MISSING,MISSING)),
    ("ex3", r"The gradient with respect to $x$ is $xc^T$.", bilinear(MISSING,MISSING)),
    ("ex3", r"The gradient with respect to $c$ is $Ac$.", bilinear(MISSING,MISSING)),
    ("ex2", r"The gradient with respect to $B$ is $B^T$.", by_matrix(MISSING)),
    ("ex2", r"The gradient of $2y$ with respect to $A$ is $B^T$.", by_matrix(MISSING)),
    ("ex1", r"Suppose dy/dx is $2x$. Then we get a contradiction.", by_x(MISSING)),
    ("linear", r"For one sample the gradient with respect to $W$ is $x^Tg$.", linear(MISSING,MISSING,MISSING)),
]  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), [*ANSWERS, *NONE])
def test_an_answer_is_one_however_it_is_given(exercise: str, text: str, wanted: dict[str, str]) -> None:
    answers = read_writeup(text, EXERCISES[f"writeup_{exercise}"]).answers
    assert {name: answers[name] for name in wanted} == wanted, text
