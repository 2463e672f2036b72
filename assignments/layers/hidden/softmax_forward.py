"""Tries several batches, a batch of one, one class, and logits far from zero or far apart, against the definition."""

import numpy as np


def truth(x):
    # The definition, literally. Large logits are tried through its invariance under shifts, below.
    return np.array([[np.exp(one) / sum(np.exp(other) for other in row) for one in row] for row in x])


def hidden_cases(check):
    rng = np.random.default_rng(201)
    x = rng.normal(size=(5, 4))
    check.hidden("a larger batch", x, truth=truth)
    check.hidden("more classes than objects", rng.normal(size=(2, 7)), truth=truth)
    check.hidden("a batch of one", x[:1], truth=truth, group="edge")
    check.hidden("one class", x[:, :1], expected=np.ones((5, 1)), group="edge")
    check.hidden("one object, one class", x[:1, :1], expected=np.ones((1, 1)), group="edge")
    check.hidden("two equal rows", np.stack([x[0], x[0], x[1]]), truth=truth, group="edge")
    check.standard_cases(x, truth=truth, integers=True)
    # Quarters, so that adding ten thousand to them is exact.
    small = rng.integers(-8, 9, size=(5, 4)) / 4
    check.hidden("very large logits", small + 1e4, expected=truth(small), group="care")
    check.hidden("very negative logits", small - 1e4, expected=truth(small), group="care")
    shifts = np.array([1e4, -1e4, 0.0, 1e4, -1e4])[:, np.newaxis]
    check.hidden("rows at very different levels", small + shifts, expected=truth(small), group="care", per="row")
    check.hidden(
        "very large and very negative logits in one row",
        np.array([[1e4, -1e4, 0.0], [-1e4, 1e4, 1e4]]),
        expected=np.array([[1.0, 0.0, 0.0], [0.0, 0.5, 0.5]]),
        group="care",
    )
    spread = np.array([[0.0, -10.0, -20.0, -200.0], [300.0, 0.0, 150.0, 299.0]])
    check.hidden("probabilities of widely mixed scale", spread, truth=truth, group="care", per="entry")


def declared_mistakes(check):
    check.mistake(
        "softmax over the whole batch, where each row is one distribution",
        lambda x: np.exp(x - x.max()) / np.exp(x - x.max()).sum(),
    )
    check.mistake(
        "each row is shifted by its own maximum, and then divided by the sum over the whole batch",
        lambda x: np.exp(x - x.max(axis=1, keepdims=True)) / np.exp(x - x.max(axis=1, keepdims=True)).sum(),
    )
    check.mistake(
        "exp of the shifted logits over the sum of the shifted logits: exp is missing in the sum",
        lambda x: np.exp(x - x.max(axis=1, keepdims=True)) / (x - x.max(axis=1, keepdims=True)).sum(axis=1, keepdims=True),
    )
    check.mistake(
        "softmax down the columns, where each row is one distribution",
        lambda x: np.exp(x - x.max(axis=0)) / np.exp(x - x.max(axis=0)).sum(axis=0),
    )
    check.mistake(
        "exp of the logits as they are, which overflows: the largest of each row is not subtracted",
        lambda x: np.exp(x) / np.exp(x).sum(axis=1, keepdims=True),
    )
    check.mistake(
        "the largest logit of the whole batch is subtracted, where that of each row belongs",
        lambda x: np.exp(x - x.max()) / np.exp(x - x.max()).sum(axis=1, keepdims=True),
    )
    check.mistake(
        "the mean of each row is subtracted, where its maximum belongs",
        lambda x: np.exp(x - x.mean(axis=1, keepdims=True)) / np.exp(x - x.mean(axis=1, keepdims=True)).sum(axis=1, keepdims=True),
    )
    check.mistake(
        "the logits are clipped before exp",
        lambda x: np.exp(np.clip(x, -700, 700)) / np.exp(np.clip(x, -700, 700)).sum(axis=1, keepdims=True),
    )
    check.mistake("exp of the shifted logits, not divided by their sum", lambda x: np.exp(x - x.max(axis=1, keepdims=True)))
    check.mistake(
        "the logarithm of the answer",
        lambda x: x - x.max(axis=1, keepdims=True) - np.log(np.exp(x - x.max(axis=1, keepdims=True)).sum(axis=1, keepdims=True)),
    )
    check.mistake(
        "softmax of -x",
        lambda x: np.exp(x.min(axis=1, keepdims=True) - x) / np.exp(x.min(axis=1, keepdims=True) - x).sum(axis=1, keepdims=True),
    )
    check.mistake("the logistic function of each logit, where softmax belongs", lambda x: 1 / (1 + np.exp(-x)))
    check.mistake(
        "axes of length one are squeezed away, which breaks a batch of one",
        lambda x: (
            np.exp(x - x.max(axis=1, keepdims=True)) / np.exp(x - x.max(axis=1, keepdims=True)).sum(axis=1, keepdims=True)
        ).squeeze(),
    )
    check.mistake("each logit divided by the sum of its row: exp is missing", lambda x: x / x.sum(axis=1, keepdims=True))
    check.mistake("one at the largest logit and zero elsewhere", lambda x: (x == x.max(axis=1, keepdims=True)).astype(x.dtype))
