"""Tries several batches, a batch of one, single features and mixed scales, against the derivative of the layer."""

import numpy as np

from autograder.derivatives import vjp


def truth(grad_output, weight):
    return vjp(lambda z: z @ weight, np.zeros((len(grad_output), len(weight))), grad_output)


def hidden_cases(check):
    rng = np.random.default_rng(102)
    grad_output, weight = rng.normal(size=(5, 4)), rng.normal(size=(3, 4))
    check.hidden("a larger batch", grad_output, weight, truth=truth)
    check.hidden("a square weight matrix", grad_output, rng.normal(size=(4, 4)), truth=truth)
    check.hidden("a batch of one", grad_output[:1], weight, truth=truth, group="edge")
    check.hidden("one output feature", grad_output[:, :1], weight[:, :1], truth=truth, group="edge")
    check.hidden("one input feature", grad_output, weight[:1], truth=truth, group="edge")
    check.standard_cases(grad_output, weight, truth=truth, integers=True)
    scale = 10.0 ** np.array([-8, -4, 0, 4, 8])
    check.hidden(
        "upstream gradients of widely mixed scale",
        rng.uniform(1, 2, size=(5, 4)) * scale[:, np.newaxis],
        rng.uniform(1, 2, size=(3, 4)),
        truth=truth,
        group="care",
        per="entry",
    )
    check.probe("as many objects as features, in and out", *rng.normal(size=(2, 4, 4)), truth=truth)


def declared_mistakes(check):
    check.dimension("N", "the batch size", lambda grad_output, weight: len(grad_output))
    check.mistake("grad_output W: the weight is not transposed", lambda grad_output, weight: grad_output @ weight)
    check.mistake(
        "grad_output times the weight entry by entry, where the matrix product with W^T belongs",
        lambda grad_output, weight: grad_output * weight,
    )
    check.mistake("summed over the batch: one row is left", lambda grad_output, weight: (grad_output @ weight.T).sum(axis=0))
    check.mistake(
        "only the first row of grad_output is used, for every object",
        lambda grad_output, weight: (grad_output[:1] @ weight.T) * np.ones((len(grad_output), 1), dtype=grad_output.dtype),
    )
    check.mistake("grad_output is passed on as it is: the weight is missing", lambda grad_output, weight: grad_output.copy())
    check.mistake(
        "the inverse of the weight, where its transpose belongs", lambda grad_output, weight: grad_output @ np.linalg.pinv(weight)
    )
    check.mistake("W^T alone: grad_output is missing", lambda grad_output, weight: weight.T.copy())
    check.mistake(
        "the row sums of the weight in every object: grad_output is taken as ones",
        lambda grad_output, weight: np.ones((len(grad_output), 1), dtype=weight.dtype) * weight.sum(axis=1),
    )
    check.mistake(
        "axes of length one are squeezed away, which breaks a batch of one",
        lambda grad_output, weight: (grad_output @ weight.T).squeeze(),
    )
    check.mistake(
        "grad_output averaged over the features before it is multiplied",
        lambda grad_output, weight: grad_output.mean(axis=1, keepdims=True) * weight.sum(axis=1),
    )
