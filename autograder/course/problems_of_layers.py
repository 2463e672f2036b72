"""Problems on layers: what is passed on, and the gradients of parameters, in numbers that a person can compute at a table."""

import numpy as np

from autograder.course.draws import Attempt, Draws, Problem, column, matrix, number, telling
from autograder.derivatives import gradient, jacobian, vjp

_SHARES = ((2, 1, 1), (3, 2, 1), (1, 2, 2), (1, 1, 3))


def _linear(draw: Draws, *, by_the_weights: bool) -> Attempt:
    P, Q, G = draw.one_of((("P", "Q", "G"), ("U", "V", "D"), ("A", "B", "E")))
    size, inputs, outputs = draw.one_of(((2, 3, 1), (3, 2, 1)))
    batch, weight, upstream = draw.integers(size, inputs), draw.integers(inputs, outputs), draw.integers(size, outputs)
    if by_the_weights:
        variable, answer, name, numbers = Q, rf"{P}^\top {G}", P, batch
        found = vjp(lambda Z: batch @ Z, weight, upstream)
        mistakes = [np.outer(batch[row], upstream[row]) for row in (0, -1)]
        mistakes += [np.outer(batch.sum(axis=0), upstream.sum(axis=0)), np.ones_like(weight) * upstream.sum(axis=0), found / size]
    else:
        variable, answer, name, numbers = P, rf"{G} {Q}^\top", Q, weight
        found = vjp(lambda Z: Z @ weight, batch, upstream)
        mistakes = [np.ones_like(upstream) @ weight.T, *(np.ones((size, 1)) * found[row] for row in (0, -1)), found / size]
    equation = rf"\frac{{dL}}{{d{variable}}} = {answer}"
    problem = Problem(
        rf"A layer without a bias maps a batch ${P}$, which is ${size} \times {inputs}$, to $Y = {P} {Q}$ with the weights ${Q}$, which "
        rf"are ${inputs} \times {outputs}$. The upstream gradient is ${G} = \frac{{dL}}{{dY}} = {matrix(upstream)}$. Find "
        rf"$\frac{{dL}}{{d{variable}}}$, first in letters, then for ${name} = {matrix(numbers)}$.",
        rf"${equation}$, which is ${matrix(found)}$.",
        {P: ["N", "m"], Q: ["m", "n"], G: ["N", "n"]},
        {"Y": f"{P} {Q}", "L": rf"\langle {G}, Y \rangle"},
        equation,
        {"P": batch, "Q": weight, "G": upstream},
        found,
    )
    return problem, (found.T, -found, 2 * found, *mistakes)


@telling
def linear(draw: Draws) -> Attempt:
    """The gradient of a linear layer with respect to its input."""
    return _linear(draw, by_the_weights=False)


@telling
def linear_weights(draw: Draws) -> Attempt:
    """The gradient of a linear layer with respect to its weights."""
    return _linear(draw, by_the_weights=True)


@telling
def bias(draw: Draws) -> Attempt:
    """The gradient of a bias that a batch shares."""
    size, features = draw.one_of(((3, 2), (2, 3)))
    upstream = draw.integers(size, features)
    found = vjp(lambda b: np.ones((size, 1)) * b, np.zeros(features), upstream)
    problem = Problem(
        rf"A bias $b$ is added to each of ${size}$ objects with ${features}$ features. The upstream gradient is "
        rf"$G = {matrix(upstream)}$. What is the gradient with respect to $b$?",
        rf"${column(found)}$: the sum over the objects, one number for each feature.",
        given={"G": upstream},
        found=found,
    )
    return problem, (upstream.mean(axis=0), upstream[0], upstream[-1], upstream.sum(axis=1), -found)


@telling
def two_layers(draw: Draws) -> Attempt:
    """What two linear layers pass on."""
    U, V, G = draw.one_of((("U", "V", "G"), ("P", "Q", "E"), ("K", "M", "D")))
    first, second, upstream = draw.integers(3, 2), draw.integers(2, 1), draw.integers(2, 1)
    found = vjp(lambda Z: Z @ first @ second, np.zeros((2, 3)), upstream)
    equation = rf"\frac{{dL}}{{dX}} = {G} {V}^\top {U}^\top"
    problem = Problem(
        rf"Two layers without biases map a batch $X$ to $Y = X {U} {V}$. The upstream gradient is ${G} = \frac{{dL}}{{dY}} = "
        rf"{matrix(upstream)}$. Find $\frac{{dL}}{{dX}}$, first in letters, then for ${U} = {matrix(first)}$ and ${V} = {matrix(second)}$.",
        rf"${equation}$, which is ${matrix(found)}$.",
        {"X": ["N", "m"], U: ["m", "n"], V: ["n", "k"], G: ["N", "k"]},
        {"Y": f"X {U} {V}", "L": rf"\langle {G}, Y \rangle"},
        equation,
        {"U": first, "V": second, "G": upstream},
        found,
    )
    return problem, (found.T, -found, upstream @ second.T, upstream @ np.ones((1, 2)) @ first.T)


@telling
def probabilities(draw: Draws) -> Attempt:
    """What SoftMax answers to logarithms of whole numbers."""
    parts, shift = np.array(draw.order(draw.one_of(((1, 2, 3), (1, 2, 5), (1, 3, 4))))), draw.one_of((7, 100, 1000))
    found = parts / parts.sum()
    logits = ", ".join(rf"{shift} + \ln {each}" if each > 1 else str(shift) for each in parts)
    problem = Problem(
        rf"What does SoftMax answer to the logits $({logits})$, and what becomes of it when the same number is added to all of them?",
        rf"${column(found)}$, whatever is added: it cancels.",
        given={"parts": parts},
        found=found,
    )
    return problem, (parts.astype(float), np.log(parts) / np.log(parts).sum(), parts / parts.max(), np.full(3, 1 / 3))


@telling
def softmax(draw: Draws) -> Attempt:
    """What SoftMax passes on of a gradient, at given probabilities."""
    y, g = draw.one_of((("y", "g"), ("p", "u"), ("q", "h")))
    shares = np.array(draw.order(draw.one_of(_SHARES)))
    outputs, upstream = shares / shares.sum(), draw.integers(3)
    found = vjp(lambda z: np.exp(z) / np.sum(np.exp(z)), np.log(outputs), upstream)
    problem = Problem(
        rf"For one object SoftMax answers ${y} = {column(outputs)}$, and the upstream gradient is ${g} = {column(upstream)}$. "
        rf"Which gradient is passed on to the logits, and to which number do its entries add up?",
        rf"${column(found)}$, from ${y}_k ({g}_k - \sum_i {g}_i {y}_i)$ with $\sum_i {g}_i {y}_i = "
        rf"{number(float(upstream @ outputs))}$. The entries add up to $0$.",
        given={"y": outputs, "g": upstream},
        found=found,
    )
    weighted = upstream * outputs
    mistakes = (weighted * (1 - outputs), weighted, -found, upstream - weighted.sum(), outputs * (upstream - upstream.sum()))
    return problem, (*mistakes, outputs * (upstream - upstream.mean()), weighted + outputs * weighted.sum())


@telling
def row_of_the_jacobian(draw: Draws) -> Attempt:
    """One row of the Jacobian of SoftMax at given probabilities."""
    shares, place = np.array(draw.order(draw.one_of(_SHARES))), draw.below(3)
    outputs = shares / shares.sum()
    found = jacobian(lambda z: np.exp(z) / np.sum(np.exp(z)), np.log(outputs))[place]
    problem = Problem(
        rf"SoftMax answers $y = {column(outputs)}$. Write down row ${place + 1}$ of its Jacobian, the derivatives of $y_{place + 1}$ by "
        rf"the three logits. To which number do they add up?",
        rf"${column(found)}$: $y_i (1 - y_i)$ on the diagonal, $-y_i y_k$ elsewhere. They add up to $0$.",
        given={"y": outputs, "place": np.array(place)},
        found=found,
    )
    diagonal = np.eye(3)[place]
    mistakes = (
        diagonal * found,
        diagonal * outputs,
        -outputs[place] * outputs,
        outputs[place] * outputs + diagonal * outputs[place],
    )
    return problem, (*mistakes, outputs * (1 - outputs), -found)


def _feature(draw: Draws) -> tuple[np.ndarray, np.ndarray, int]:
    centre = draw.below(5)
    return np.array(draw.order((centre - 3.0, float(centre), centre + 3.0))), draw.integers(3), draw.one_of((3, 19))


@telling
def normalization(draw: Draws) -> Attempt:
    """What batch normalization passes on for one feature of three objects, in training mode."""
    batch, upstream, eps = _feature(draw)

    def normalized(z: np.ndarray) -> np.ndarray:
        centred = z - np.sum(z) / 3
        return centred / np.sqrt(np.sum(centred * centred) / 3 + eps)

    found, root, x_hat = vjp(normalized, batch, upstream), np.sqrt(6 + eps), normalized(batch)
    problem = Problem(
        rf"One feature of a batch of three is $x = {column(batch)}$, with $\varepsilon = {eps}$ and the upstream gradient "
        rf"$g = {column(upstream)}$. Find $\hat x$ and the gradient that batch normalization passes on in training mode.",
        rf"The variance is $6$ and the root is ${number(float(root))}$, so $\hat x = {column(x_hat)}$. Passed on "
        rf"is ${column(found)}$, whose entries add up to $0$.",
        given={"x": batch, "g": upstream, "eps": np.array(eps)},
        found=found,
    )
    apart, along = upstream - upstream.mean(), x_hat * np.mean(upstream * x_hat)
    mistakes = (
        upstream,
        upstream / root,
        apart / root,
        (upstream - along) / root,
        (apart + along) / root,
        (apart - 2 * along) / root,
    )
    return problem, (*mistakes, (apart - along / 2) / root, apart - along, (upstream - upstream.sum() - along) / root, -found)


@telling
def normalization_in_evaluation(draw: Draws) -> Attempt:
    """What batch normalization passes on in evaluation mode, where mean and variance are constants."""
    batch, upstream, eps = _feature(draw)
    mean, root = draw.one_of((1, -1, 2)), draw.one_of((3, 5))
    found = vjp(lambda z: (z - mean) / root, batch, upstream)
    problem = Problem(
        rf"One feature of a batch of three is $x = {column(batch)}$, the upstream gradient is $g = {column(upstream)}$, and batch "
        rf"normalization holds the moving mean ${mean}$ and the moving variance ${root * root - 1}$, with $\varepsilon = 1$. What is "
        rf"passed on in evaluation mode?",
        rf"${column(found)}$, which is $g$ divided by the root ${root}$: the statistics are constants.",
        given={"x": batch, "g": upstream, "root": np.array(root)},
        found=found,
    )
    return problem, (
        (upstream - upstream.mean()) / root,
        upstream,
        upstream / root**2,
        upstream * root,
        upstream / np.sqrt(6 + eps),
        -found,
    )


@telling
def centring(draw: Draws) -> Attempt:
    """What a layer passes on that takes the mean of a batch away and does nothing else."""
    batch, upstream, _ = _feature(draw)
    found = vjp(lambda z: z - np.sum(z) / 3, batch, upstream)
    problem = Problem(
        rf"A layer takes from each object of a batch of three the mean of the batch, and does nothing else. One feature is "
        rf"$x = {column(batch)}$, and the upstream gradient is $g = {column(upstream)}$. What is passed on?",
        rf"${column(found)}$, which is $g_k - \bar g$ with the mean $\bar g = {number(float(upstream.mean()))}$: its entries add up to $0$.",
        given={"g": upstream},
        found=found,
    )
    return problem, (upstream, upstream - upstream.sum(), upstream + upstream.mean(), upstream * 2 / 3, -found)


@telling
def cross_entropy(draw: Draws) -> Attempt:
    """The gradient of the mean cross-entropy with respect to the logits of one object of a batch."""
    shares = np.array(draw.order(draw.one_of(_SHARES)))
    outputs, size, label = shares / shares.sum(), draw.one_of((2, 4, 5)), draw.below(3)
    found = gradient(lambda z: (np.log(np.sum(np.exp(z))) - z[label]) / size, np.log(outputs))
    problem = Problem(
        rf"In a batch of ${size}$, the probabilities of one object are $p = {column(outputs)}$, and its label is class "
        rf"${label + 1}$. Find the gradient of the mean cross-entropy with respect to the three logits of this object.",
        rf"${column(found)}$: in letters $(p - e) / {size}$, where $e$ is $1$ at the label and $0$ elsewhere.",
        given={"p": outputs, "size": np.array(size), "label": np.array(label)},
        found=found,
    )
    return problem, (found * size, -found, outputs / size, found / size, outputs - 1, -np.eye(3)[label] / outputs[label] / size)


@telling
def gate(draw: Draws) -> Attempt:
    """What ReLU passes on, and the gradient of the weights behind it."""
    inputs, upstream = draw.order((-draw.one_of((1, 2)), draw.one_of((2, 3)), draw.one_of((4, 5)))), draw.integers(3)
    array = np.array(inputs, dtype=np.float64)
    found = vjp(lambda z: np.where(z.real > 0, z, 0), array, upstream)
    problem = Problem(
        rf"The input of ReLU is $z = {column(array)}$, and the upstream gradient is $g = {column(upstream)}$. What goes forward, and what "
        rf"is passed on?",
        rf"${column(np.maximum(array, 0))}$ goes forward, and ${column(found)}$ is passed on.",
        given={"z": array, "g": upstream},
        found=found,
    )
    return problem, (
        upstream,
        np.maximum(upstream, 0),
        upstream * array,
        np.maximum(array, 0),
        upstream * np.maximum(array, 0),
        -found,
    )
