r"""Layers by a letter, as texts on deep networks have them: ``z^{(l)} = a^{(l-1)} W_l + b_l``, ``\delta^{(l-1)} = \delta^{(l)} W_l^\top``."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matrix_checks.derivations.reading.labels_written import labels_in
from tests.conftest import examples
from tests.test_precision import judged

# How a name has its label: above in brackets or in none, or below.
ABOVE, SQUARE, BARE, BELOW = "%s^{(%s)}", "%s^{[%s]}", "%s^{%s}", "%s_{%s}"


class Network:
    """What somebody writes of layers: the letters, where the labels stand, and from which layer to which the recursion goes."""

    def __init__(self, letter: str, label: str, weights: str, output: str, error: str, ahead: bool, last: str):
        self.letter, self.ahead, self.last = letter, ahead, last
        self._label, self._weights, self._output, self._error = label, weights, output, error

    def _labelled(self, name: str, label: str, number: str | int) -> str:
        return label % (name, number)

    def _at(self, shift: int) -> str:
        return self.letter + (f"{shift:+d}" if shift else "")

    def outputs(self, shift: int) -> str:
        return self._labelled(self._output, self._label, self._at(shift + self.ahead))

    def error(self, shift: int) -> str:
        return self._labelled(self._error, self._label, self._at(shift + self.ahead))

    def weight(self, name: str) -> str:
        """With the letter of the layer itself, where the recursion goes from it to the next one."""
        return self._labelled(name, self._weights, self._at(0))

    def text(self, sign_of_transposition: str = r"^\top") -> str:
        weight = "(" + self.weight("W") + ")" + sign_of_transposition
        first = self._labelled(self._output, self._label, 0)
        return (
            f"Rows are examples. Let ${first} = x$ and ${self.outputs(0)} = {self.outputs(-1)} {self.weight('W')} + {self.weight('b')}$ "
            rf"for ${self.letter} = {0 if self.ahead else 1}, \dots, {self.last}$. Let ${self.error(0)} = \frac{{\partial L}}{{\partial {self.outputs(0)}}}$."
            "\n\n"
            rf"$$\frac{{\partial L}}{{\partial {self.weight('W')}}} = ({self.outputs(-1)})^\top {self.error(0)}, \qquad "
            rf"\frac{{\partial L}}{{\partial {self.weight('b')}}} = \sum_n ({self.error(0)})_{{n,:}}, \qquad {self.error(-1)} = {self.error(0)} {weight}$$"
        )


LETTERS = st.sampled_from(["l", r"\ell", "k", "t", "i"])
NETWORKS = st.builds(
    Network,
    letter=LETTERS,
    label=st.sampled_from([ABOVE, SQUARE, BARE, BELOW]),
    weights=st.sampled_from([ABOVE, SQUARE, BELOW]),
    output=st.sampled_from(["a", "h", "z", "u"]),
    error=st.sampled_from([r"\delta", "G", "D", "e"]),
    ahead=st.booleans(),
    last=st.sampled_from(["L", "K", "p"]),
)


@given(network=NETWORKS)
@settings(max_examples=examples(20), deadline=None)
def test_what_holds_of_every_layer_holds(network):
    assert judged("linear", network.text())[-3:] == "HHH", network.text()


@given(network=NETWORKS)
@settings(max_examples=examples(15), deadline=None)
def test_what_is_wrong_of_every_layer_never_holds(network):
    verdicts = judged("linear", network.text(sign_of_transposition=""))
    assert "F" not in verdicts[:-1], network.text("")
    assert verdicts[-1] in "FU", network.text("")


DEEP = r"$z_0 = x$, $z_k = z_{k-1} W_k + b_k$ for $k = 1, \dots, K$, $G_k := \partial L/\partial z_k$, $G_K = g$. "


@pytest.mark.parametrize(
    "behind, verdict",
    [
        (r"$G_k = g W_K^\top W_{K-1}^\top \cdots W_{k+1}^\top$", "H"),
        (r"$G_k = g (W_{k+1} W_{k+2} \cdots W_K)^\top$", "H"),
        (r"$G_k = g W_{k+1}^\top \cdots W_K^\top$", "U"),
        (r"Two layers, $K = 2$: $\frac{\partial L}{\partial x} = g W_2^\top W_1^\top$", "H"),
        (r"Two layers, $K = 2$: $\frac{\partial L}{\partial x} = g W_1^\top W_2^\top$", "F"),
        # One layer has the same letters, and other sizes.
        (r"One layer, $G_1 = g$: $\nabla_W L = x^\top g$." + "\n\n" + r"Two layers: $G_1 = g W_2^\top$", "H"),
    ],
)
def test_products_over_layers_and_what_follows_in_numbers(behind, verdict):
    verdicts = judged("linear", DEEP + behind)
    assert "F" not in verdicts[:-1]
    assert verdicts[-1] == verdict


IDENTITY = (
    r"$a^{(0)} = x$, $z^{(l)} = a^{(l-1)} W^{(l)} + b^{(l)}$, $a^{(l)} = f(z^{(l)})$, $\delta^{(l)} = \partial L/\partial z^{(l)}$. "
    r"$\delta^{(l-1)} = (\delta^{(l)} (W^{(l)})^\top) \odot f'(z^{(%s)})$. "
    r"Here $f(z) = z$. With two layers $\delta^{(2)} = g$, $\delta^{(1)} = g (W^{(2)})^\top$, $\frac{\partial L}{\partial W^{(2)}} = (z^{(1)})^\top g$"
)


def test_a_function_between_layers_may_be_the_identity_at_the_end():
    right, wrong = judged("linear", IDENTITY % "l-1"), judged("linear", IDENTITY % "l")
    assert right[4] == "H"
    assert right[-3:] == "HHH"
    # At the wrong layer it is no less wrong for a function that is the identity later.
    assert wrong[4] in "FU"


def test_a_text_that_says_no_recursion_is_read_as_it_stands():
    assert judged("linear", r"In layer $l$ the weights $W_l$ have $\nabla_{W_l} L = a_{l-1}^\top \delta_l$.")[-1] == "U"
    assert judged("ex1", r"$x_{i+1} = x_i + h$, $y = x^\top x$, $\nabla y = 2x$")[-1] == "H"


@pytest.mark.parametrize(
    "source, labels",
    [
        (r"a^{(l-1)}_{nk}", [("a", "l", -1, True)]),
        (r"\mathbf{W}^{[l]\top}", [("W", "l", 0, True)]),
        (r"\delta_i^{(n)} z_{i-1}", [("\\delta", "i", 0, False), ("\\delta", "n", 0, True), ("z", "i", -1, False)]),
        (r"\nabla_{W_l} L", [("W", "l", 0, False)]),
        (r"\sum_{l=1}^{L} x^2", [("x", "2", 0, True)]),
    ],
)
def test_labels_stand_above_and_below_names(source, labels):
    assert [(each.name, each.base, each.shift, each.is_above) for each in labels_in(source)] == labels
