"""What is false in general and true at a point: it is called false unless the words around it speak of that point, and held where they say it."""

import pytest

from matrix_checks.derivations.judging.writeups import read_writeup
from tests.test_precision import EXERCISES, judged

LAYER = r"$Y = XW + b$, $G = \partial L/\partial Y$. "
# By what is special at the point: statements of an exercise that are true there, and sentences that say so; @ stands for the statement.
KINDS: dict[str, tuple[list[tuple[str, str, str]], list[str]]] = {
    "identity": (
        [
            ("ex3", "", r"y = x^Tc"),
            ("ex3", "", r"\frac{\partial y}{\partial x} = c"),
            ("ex3", "", r"\frac{\partial y}{\partial c} = x"),
        ],
        [
            "For $A = I$ we get @.",
            "If $A$ is the identity, @.",
            "When $A = I$, @.",
            "Special case $A = I$: @.",
            "@ if $A$ is the identity.",
            "Example with the identity: @.",
            "Without $A$ we have @.",
            "The plain dot product has @.",
            "Wenn $A$ die Einheitsmatrix ist, gilt @.",
            "Wäre $A$ die Einheitsmatrix, so wäre @.",
            "Si $A$ est la matrice identité, @.",
            "Si $A$ es la identidad, @.",
            "Se $A$ fosse l'identità, sarebbe @.",
            "Se $A$ for a identidade, @.",
            "Если $A$ единичная, то @.",
            "Gdy $A$ jest macierzą jednostkową, @.",
            "Якщо $A$ одинична, то @.",
        ],
    ),
    "two that are the same": (
        [("ex3", "", r"y = x^TAx"), ("ex3", "", r"\frac{\partial y}{\partial x} = (A + A^T)x")],
        [
            "For $c = x$ we get @.",
            "If $c = x$, @.",
            "With $c = x$: @.",
            "A quadratic form, $c = x$, has @.",
            "For quadratic forms @.",
            "@ when $c = x$.",
            "When both vectors are the same, @.",
            "Für $c = x$ ist @.",
            "Si $c = x$, @.",
            "Для квадратичной формы @.",
        ],
    ),
    "centered": (
        [("batch_norm", "", r"\sigma^2 = \frac1N\sum_i x_i^2"), ("batch_norm", "", r"y_i = \frac{x_i}{\sqrt{\sigma^2+\epsilon}}")],
        [
            "If $\\mu = 0$: @.",
            "For centered $x$, @.",
            "When $x$ is already centered @.",
            "For data with zero mean @.",
            "@ for centered data.",
            "If the batch has mean zero, @.",
            "Bei zentrierten Daten ist @.",
            "Si la media es cero, @.",
            "Pour des données centrées @.",
            "Se la media è zero, @.",
            "Для центрированных данных @.",
        ],
    ),
    "no bias": (
        [("linear", "", r"Y = XW")],
        [
            "Without bias @.",
            "If $b = 0$, @.",
            "@ (no bias).",
            "Ignoring the bias, @.",
            "Ohne Bias: @.",
            "Sans biais, @.",
            "Sin sesgo: @.",
            "Без смещения @.",
        ],
    ),
    "ones": (
        [
            ("linear", LAYER, r"\frac{\partial L}{\partial b} = N\mathbf 1"),
            ("linear", LAYER, r"\frac{\partial L}{\partial W} = X^T\mathbf 1\mathbf 1^T"),
        ],
        [
            "For $L = \\mathbf 1^TY\\mathbf 1$ @.",
            "If the loss is the sum of all outputs, @.",
            "Test: L = Y.sum(), so @.",
            "In the unit test $G$ is all ones, so @.",
            "Suppose every entry of $G$ is 1: @.",
        ],
    ),
    "equal entries": (
        [("softmax", "", r"y_i = \frac1C")],
        [
            "If all logits are equal, @.",
            "With equal scores @.",
            "@ if all $x_i$ are equal.",
            "At $x = 0$: @.",
            "Wenn alle Logits gleich sind, @.",
            "Si tous les scores sont égaux, @.",
            "Si todas las entradas son iguales, @.",
            "Если все логиты равны, @.",
        ],
    ),
    "orthonormal": (
        [("ex4_chain", "", r"\frac{dJ}{dS} = -2(A^TX - S)")],
        [
            "If $A$ has orthonormal columns, @.",
            "For $A^TA = I$, @.",
            "@ for orthogonal $A$.",
            "Si $A$ est orthogonale, @.",
            "In PCA $A^TA = I$, so @.",
            "Wenn $A$ orthogonal ist: @.",
        ],
    ),
    "symmetric": (
        [("ex2", "", r"\frac{\partial y}{\partial a_{ij}} = b_{ij}")],
        [
            "If $B$ is symmetric, @.",
            "For $B = B^T$ @.",
            "@ when $B$ is symmetric.",
            "Wenn $B$ symmetrisch ist, @.",
            "Si $B$ est symétrique, @.",
            "Если $B$ симметрична, @.",
        ],
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_true_at_a_point_that_the_words_speak_of_is_never_called_false(kind: str) -> None:
    statements, sentences = KINDS[kind]
    texts = [
        (exercise, before + sentence.replace("@", f"${statement}$"))
        for exercise, before, statement in statements
        for sentence in sentences
    ]
    assert [text for exercise, text in texts if "F" in judged(exercise, text)] == []


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("no bias", "symmetric")])
def test_without_such_words_it_is_called_false(kind: str) -> None:
    statements, _ = KINDS[kind]
    assert [judged(exercise, f"{before}So ${statement}$.")[-1] for exercise, before, statement in statements] == ["F"] * len(
        statements
    )


# Words that say the point, with what is true there: it holds.
SAID = [
    ("ex3", r"If $A = I$, then $\frac{\partial y}{\partial x} = c$.", "DH"),
    ("ex3", r"If $A$ is the identity, $\frac{\partial y}{\partial x} = c$.", "H"),
    ("ex3", r"For $c = x$ we get $\frac{\partial y}{\partial x} = Ax + A^Tx$.", "DH"),
    ("linear", LAYER + r"Let $W$ be the identity. Then $\frac{\partial L}{\partial X} = G$.", "HHH"),
    ("ex4_trace", r"Se $A$ fosse l'identità sarebbe $\frac{dJ}{dS} = -2(X-S)$.", "H"),
    ("softmax", r"With $n$ classes and all logits equal, $y_i = \frac1n$.", "H"),
    ("batch_norm", r"Si la media es cero, $\sigma^2 = \frac1N\sum_i x_i^2$.", "H"),
]
# What the words say of one letter is not said of another, and what is not true at the point does not hold.
NOT_SAID = [
    ("linear", LAYER + r"If $W$ is the identity, $\frac{\partial L}{\partial W} = XG$."),
    ("ex3", r"If $A$ is symmetric, $\frac{\partial y}{\partial x} = c$."),
    ("ex4_chain", r"If $A$ is orthogonal, $\frac{dJ}{dS} = -2(X - S)$."),
    ("ex3", r"For $A = I$ we get $\frac{\partial y}{\partial x} = 2c$."),
    ("ex3", r"Using the trace identity, $\frac{\partial y}{\partial x} = c$."),
    ("ex3", r"If we use the identity from above, $\frac{\partial y}{\partial x} = c$."),
    ("ex3", r"By symmetry of the inner product, $\frac{\partial y}{\partial c} = Ax$."),
    ("batch_norm", r"With the centered values $\sigma^2 = \frac1N\sum_i x_i^2$."),
    ("ex4_chain", r"Now $A$ is the unit matrix. In general $\frac{dJ}{dA} = -2(X-AS)S$."),
]


@pytest.mark.parametrize(("exercise", "text", "wanted"), SAID)
def test_what_is_true_at_the_point_that_is_said_holds(exercise: str, text: str, wanted: str) -> None:
    assert judged(exercise, text) == wanted


@pytest.mark.parametrize(("exercise", "text"), NOT_SAID)
def test_what_is_true_at_another_point_does_not_hold(exercise: str, text: str) -> None:
    assert judged(exercise, text)[-1] != "H"


def test_a_point_gives_no_answer() -> None:
    report = read_writeup(r"$J = \|X-AS\|_F^2$. If $A$ is the identity, $\frac{dJ}{dS} = -2(X-S)$.", EXERCISES["writeup_ex4_trace"])
    assert set(report.answers.values()) == {"missing"}
