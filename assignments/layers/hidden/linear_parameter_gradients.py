"""Tries several batches, a batch of one, single features and mixed scales, against the derivatives of the layer."""

import numpy as np

from autograder.derivatives import vjp


def truth(x, grad_output):
    n_feats1, n_feats2 = x.shape[1], grad_output.shape[1]
    return (
        vjp(lambda weight: x @ weight, np.zeros((n_feats1, n_feats2)), grad_output),
        vjp(lambda bias: np.zeros((len(x), n_feats2)) + bias, np.zeros(n_feats2), grad_output),
    )


def hidden_cases(check):
    rng = np.random.default_rng(103)
    x, grad_output = rng.normal(size=(5, 3)), rng.normal(size=(5, 4))
    check.hidden("a larger batch", x, grad_output, truth=truth)
    check.hidden("as many features in as out", x, grad_output[:, :3], truth=truth)
    check.hidden("a batch of one", x[:1], grad_output[:1], truth=truth, group="edge")
    check.hidden("one feature in, one feature out", x[:, :1], grad_output[:, :1], truth=truth, group="edge")
    check.standard_cases(x, grad_output, truth=truth, integers=True)
    check.hidden(
        "features of widely mixed scale",
        rng.uniform(1, 2, size=(5, 3)) * 10.0 ** np.array([-8, 0, 8]),
        rng.uniform(1, 2, size=(5, 4)) * 10.0 ** np.array([-6, -2, 2, 6]),
        truth=truth,
        group="care",
        per="entry",
    )
    check.probe("as many objects as features", *rng.normal(size=(2, 4, 4)), truth=truth)


def one_number(x, grad_output):
    if grad_output.shape[1] == 1:
        raise ValueError("Of one feature, it is the right number without its axis, as squeeze leaves it.")
    return grad_output.sum()


def declared_mistakes(check):
    check.dimension("N", "the batch size", lambda x, grad_output: len(x))
    check.mistake("the gradient of the first object only", lambda x, grad_output: grad_output[0].copy(), output="grad_bias")
    check.mistake("the gradient of the last object only", lambda x, grad_output: grad_output[-1].copy(), output="grad_bias")
    check.mistake(
        "summed over the features, where the sum over the batch belongs",
        lambda x, grad_output: grad_output.sum(axis=1),
        output="grad_bias",
    )
    check.mistake("summed over batch and features: one number", one_number, output="grad_bias")
    check.mistake("grad_output itself, not summed over the batch", lambda x, grad_output: grad_output.copy(), output="grad_bias")
    check.mistake(
        "the outer product of the last object only", lambda x, grad_output: np.outer(x[-1], grad_output[-1]), output="grad_weight"
    )
    check.mistake(
        "the outer product of two sums over the batch, where the sum of outer products belongs",
        lambda x, grad_output: np.outer(x.sum(axis=0), grad_output.sum(axis=0)),
        output="grad_weight",
    )
    check.mistake("x grad_output: x is not transposed", lambda x, grad_output: x @ grad_output, output="grad_weight")
    check.mistake(
        "x times grad_output entry by entry, where the product x^T grad_output belongs",
        lambda x, grad_output: x * grad_output,
        output="grad_weight",
    )
    check.mistake(
        "the sums of grad_output in every row: x is missing",
        lambda x, grad_output: np.ones((x.shape[1], 1), dtype=x.dtype) * grad_output.sum(axis=0),
        output="grad_weight",
    )
    check.mistake(
        "left at zero", lambda x, grad_output: np.zeros(grad_output.shape[1], dtype=grad_output.dtype), output="grad_bias"
    )
