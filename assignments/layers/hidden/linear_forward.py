"""Tries several batches, a batch of one, single features and mixed scales, against sums that are taken entry by entry."""

import numpy as np


def truth(x, weight, bias):
    rows = [[sum(x[i, k] * weight[k, j] for k in range(x.shape[1])) + bias[j] for j in range(len(bias))] for i in range(len(x))]
    return np.array(rows)


def hidden_cases(check):
    rng = np.random.default_rng(101)
    x, weight, bias = rng.normal(size=(5, 3)), rng.normal(size=(3, 4)), rng.normal(size=4)
    check.hidden("a larger batch", x, weight, bias, truth=truth)
    check.hidden("more features than objects", x[:2], weight, bias, truth=truth)
    check.hidden("a batch of one", x[:1], weight, bias, truth=truth, group="edge")
    check.hidden("one feature in, one feature out", x[:, :1], weight[:1, :1], bias[:1], truth=truth, group="edge")
    check.standard_cases(x, weight, bias, truth=truth, integers=True)
    scale = 10.0 ** np.array([-8, -4, 0, 4, 8])
    check.hidden(
        "objects of widely mixed scale",
        rng.uniform(1, 2, size=(5, 3)) * scale[:, np.newaxis],
        rng.uniform(1, 2, size=(3, 4)),
        rng.uniform(1e-8, 2e-8, size=4),
        truth=truth,
        group="care",
        per="entry",
    )
    check.probe(
        "a square weight matrix", x[:, :1] + rng.normal(size=(5, 4)), rng.normal(size=(4, 4)), rng.normal(size=4), truth=truth
    )


def declared_mistakes(check):
    check.mistake("the bias is missing", lambda x, weight, bias: x @ weight)
    check.mistake("the bias is subtracted", lambda x, weight, bias: x @ weight - bias)
    check.mistake("the bias is added twice", lambda x, weight, bias: x @ weight + 2 * bias)
    check.mistake("the mean of the bias in every feature", lambda x, weight, bias: x @ weight + bias.mean())
    check.mistake("the first entry of the bias in every feature", lambda x, weight, bias: x @ weight + bias[0])
    check.mistake("the bias alone: x W is missing", lambda x, weight, bias: np.zeros((len(x), 1), dtype=x.dtype) + bias)
    check.mistake("x W^T: the weight is transposed", lambda x, weight, bias: x @ weight.T + bias)
    check.mistake("(x + mean of b) W: the bias is added before the product", lambda x, weight, bias: (x + bias.mean()) @ weight)
    check.mistake("negative outputs are cut to zero", lambda x, weight, bias: np.maximum(x @ weight + bias, 0))
    check.mistake("averaged over the batch: one row is left", lambda x, weight, bias: (x @ weight + bias).mean(axis=0))
    check.mistake("only the first row of the batch is transformed", lambda x, weight, bias: x[:1] @ weight + bias)
    check.mistake(
        "axes of length one are squeezed away, which breaks a batch of one", lambda x, weight, bias: (x @ weight + bias).squeeze()
    )
