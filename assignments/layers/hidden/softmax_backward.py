"""Tries several batches, sure rows, mixed scales, and more classes than a Jacobian can hold, against the derivative of SoftMax."""

import numpy as np

from autograder.derivatives import vjp


def true_output(x):
    exponentials = np.exp(x - x.real.max(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1, keepdims=True)


def truth(grad_output, y):
    # The logarithm is one of the arrays of logits that SoftMax maps to y.
    return vjp(true_output, np.log(y), grad_output)


def many_classes(n_each=80_000):
    # Very many classes, in five kinds. Classes of one kind have equal derivatives, so the truth needs five numbers only: the
    # derivative with respect to a shift of all classes of a kind is shared equally among them. A matrix of classes by classes
    # would take more than a terabyte, which no machine hands out: the attempt fails at once and harms nothing.
    kinds, kind_grad = np.array([0.0, 1.0, -1.0, 0.5, -0.5]), np.array([3.0, -2.0, 1.0, 4.0, -1.0])

    def grouped_loss(shift):
        exponentials = np.exp(kinds + shift)
        return n_each * (kind_grad * exponentials).sum() / (n_each * exponentials.sum())

    kind_y = np.exp(kinds) / (n_each * np.exp(kinds).sum())
    kind_answer = vjp(grouped_loss, np.zeros(5), 1.0) / n_each
    return [np.tile(each, n_each)[np.newaxis] for each in (kind_grad, kind_y, kind_answer)]


def hidden_cases(check):
    rng = np.random.default_rng(203)
    grad_output, y = rng.normal(size=(6, 4)), true_output(rng.normal(size=(6, 4)))
    check.hidden("a larger batch", grad_output, y, truth=truth)
    check.hidden("as many objects as classes", grad_output[:4], y[:4], truth=truth)
    check.hidden("a batch of one", grad_output[:1], y[:1], truth=truth, group="edge")
    check.hidden("one class", grad_output[:, :1], np.ones((6, 1)), expected=np.zeros((6, 1)), group="edge", floor=1.0)
    check.hidden("equal probabilities", grad_output, np.full((6, 4), 0.25), truth=truth, group="edge")
    sure = np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0]])
    check.hidden("rows that are sure of themselves", grad_output[:2, :3], sure, expected=np.zeros((2, 3)), group="edge", floor=1.0)
    check.standard_cases(grad_output, y, truth=truth)
    # Two classes share nearly all the probability, and no entry of the upstream gradient is near its mean over the row, so
    # that no right formula subtracts nearly equal numbers.
    mixed_y = np.array([[1e-8, 0.55, 1e-4, 0.0], [0.0, 1e-6, 0.4, 1e-2]])
    mixed_y[0, 3], mixed_y[1, 0] = 1.0 - mixed_y[0, :3].sum(), 1.0 - mixed_y[1, 1:].sum()
    mixed_grad = np.array([[-3.0, 1.0, 5.0, -2.0], [2.0, 1e6, -4.0, 30.0]])
    check.hidden("probabilities of widely mixed scale", mixed_grad, mixed_y, truth=truth, group="care", per="entry")
    scale = 10.0 ** np.array([-8, -5, -2, 2, 5, 8])[:, np.newaxis]
    check.hidden("upstream gradients of widely mixed scale", grad_output * scale, y, truth=truth, group="care", per="row")
    many_grad, many_y, expected = many_classes()
    check.hidden(
        "four hundred thousand classes",
        many_grad,
        many_y,
        expected=expected,
        group="memory",
        per="row",
        must_not_form="a matrix of classes by classes, which would take more than a terabyte,",
    )


def with_softmax_of_gradient(grad_output, y):
    y = np.exp(grad_output - grad_output.max(axis=1, keepdims=True))
    y = y / y.sum(axis=1, keepdims=True)
    return y * (grad_output - (grad_output * y).sum(axis=1, keepdims=True))


def declared_mistakes(check):
    check.mistake("g_i y_i (1 - y_i): only the diagonal of the Jacobian is used", lambda grad_output, y: grad_output * y * (1 - y))
    check.mistake("y g: the term sum_j g_j y_j is missing", lambda grad_output, y: y * grad_output)
    check.mistake(
        "g - sum_j g_j y_j: the factor y is missing",
        lambda grad_output, y: grad_output - (grad_output * y).sum(axis=1, keepdims=True),
    )
    check.mistake(
        "the sum runs over the batch, where it should run over the classes",
        lambda grad_output, y: y * (grad_output - (grad_output * y).sum(axis=0)),
    )
    check.mistake(
        "the sum runs over the whole batch, where it should run over the classes of one object",
        lambda grad_output, y: y * (grad_output - (grad_output * y).sum()),
    )
    check.mistake(
        "y g - sum_j g_j y_j: the sum lacks the factor y, a bracket is missing",
        lambda grad_output, y: y * grad_output - (grad_output * y).sum(axis=1, keepdims=True),
    )
    check.mistake(
        "the case i = k is summed over all classes: exactly one i is equal to k",
        lambda grad_output, y: (
            (grad_output * y * (1 - y)).sum(axis=1, keepdims=True)
            - y * ((grad_output * y).sum(axis=1, keepdims=True) - grad_output * y)
        ),
    )
    check.mistake(
        "the case i = k is summed over all classes: exactly one i is equal to k",
        lambda grad_output, y: (
            (grad_output * y).sum(axis=1, keepdims=True) * (1 - y)
            - y * ((grad_output * y).sum(axis=1, keepdims=True) - grad_output * y)
        ),
    )
    check.mistake(
        "the mean of g_j y_j, where their sum belongs",
        lambda grad_output, y: y * (grad_output - (grad_output * y).mean(axis=1, keepdims=True)),
    )
    check.mistake(
        "sum_j g_j, where sum_j g_j y_j belongs", lambda grad_output, y: y * (grad_output - grad_output.sum(axis=1, keepdims=True))
    )
    check.mistake(
        "the sum is added, where it should be subtracted",
        lambda grad_output, y: y * (grad_output + (grad_output * y).sum(axis=1, keepdims=True)),
    )
    check.mistake(
        "g (y - sum_j g_j y_j): y and g have changed places",
        lambda grad_output, y: grad_output * (y - (grad_output * y).sum(axis=1, keepdims=True)),
    )
    check.mistake(
        "the two cases are added: the diagonal counts twice",
        lambda grad_output, y: grad_output * y * (1 - y) - y * (grad_output * y).sum(axis=1, keepdims=True),
    )
    check.mistake("g - y, which belongs to cross-entropy with softmax", lambda grad_output, y: grad_output - y)
    check.mistake(
        "-y sum_j g_j y_j: the term y g is missing", lambda grad_output, y: -y * (grad_output * y).sum(axis=1, keepdims=True)
    )
    check.mistake(
        "the sum runs over i != k alone: the term of the case i = k is lost",
        lambda grad_output, y: -y * ((grad_output * y).sum(axis=1, keepdims=True) - grad_output * y),
    )
    check.mistake("softmax of grad_output stands where y belongs", with_softmax_of_gradient)
    check.mistake(
        "axes of length one are squeezed away, which breaks a batch of one",
        lambda grad_output, y: (y * (grad_output - (grad_output * y).sum(axis=1, keepdims=True))).squeeze(),
    )
