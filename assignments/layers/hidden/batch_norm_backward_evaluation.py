"""Tries a batch of one, one feature, no variance and mixed scales, against the derivative in evaluation mode."""

import numpy as np

from autograder.derivatives import vjp


def truth(grad_output, moving_variance, eps):
    # The moving mean shifts the output and does not change its derivative; any value serves.
    return vjp(lambda z: (z - 3.0) / np.sqrt(moving_variance + eps), np.zeros(grad_output.shape), grad_output)


def hidden_cases(check):
    rng = np.random.default_rng(303)
    grad_output, moving_variance = rng.normal(size=(6, 4)), rng.uniform(0.5, 3.0, size=4)
    check.hidden("a larger batch", grad_output, moving_variance, 1e-5, truth=truth)
    check.hidden("a large eps", grad_output[:5, :3], moving_variance[:3], 0.7, truth=truth)
    check.hidden("as many objects as features", grad_output[:4], moving_variance, 0.1, truth=truth)
    check.hidden("a batch of one", grad_output[:1], moving_variance, 1e-5, truth=truth, group="edge")
    check.hidden("one feature", grad_output[:, :1], moving_variance[:1], 1e-5, truth=truth, group="edge")
    check.hidden("a feature without variance", grad_output, np.array([1.0, 0.0, 2.0, 0.5]), 1e-3, truth=truth, group="edge")
    check.standard_cases(grad_output, moving_variance, 1e-3, truth=truth, integers=True)
    mixed_variance = rng.uniform(1, 2, size=4) * 10.0 ** np.array([-16, -4, 4, 16])
    check.hidden(
        "variances of widely mixed scale",
        grad_output,
        mixed_variance,
        1e-20,
        truth=truth,
        group="care",
        per="entry",
    )


def declared_mistakes(check):
    check.dimension("N", "the batch size", lambda grad_output, *others: len(grad_output))
    check.mistake(
        "divided by the variance, where its root belongs",
        lambda grad_output, moving_variance, eps: grad_output / (moving_variance + eps),
    )
    check.mistake(
        "eps is added to the standard deviation, outside the root",
        lambda grad_output, moving_variance, eps: grad_output / (np.sqrt(moving_variance) + eps),
    )
    check.mistake("grad_output is passed on as it is", lambda grad_output, moving_variance, eps: grad_output.copy())
    check.mistake("eps is missing", lambda grad_output, moving_variance, eps: grad_output / np.sqrt(moving_variance))
    check.mistake(
        "multiplied by the root, where it should be divided",
        lambda grad_output, moving_variance, eps: grad_output * np.sqrt(moving_variance + eps),
    )
    check.mistake(
        "the mean over the batch is subtracted, as in training",
        lambda grad_output, moving_variance, eps: (grad_output - grad_output.mean(axis=0)) / np.sqrt(moving_variance + eps),
    )
    check.mistake(
        "the variance of grad_output stands where the moving one belongs",
        lambda grad_output, moving_variance, eps: grad_output / np.sqrt(grad_output.var(axis=0) + eps),
    )
    check.mistake(
        "one variance for all features",
        lambda grad_output, moving_variance, eps: grad_output / np.sqrt(moving_variance.mean() + eps),
    )
    check.mistake(
        "summed over the batch: one row is left",
        lambda grad_output, moving_variance, eps: grad_output.sum(axis=0) / np.sqrt(moving_variance + eps),
    )
    check.mistake(
        "eps is subtracted", lambda grad_output, moving_variance, eps: grad_output / np.sqrt(np.abs(moving_variance - eps))
    )
    check.mistake("eps is subtracted", lambda grad_output, moving_variance, eps: grad_output / np.sqrt(moving_variance - eps))
    check.mistake(
        "1 / root alone, one number for each feature: grad_output is missing",
        lambda grad_output, moving_variance, eps: 1 / np.sqrt(moving_variance + eps),
    )
    check.mistake(
        "1 / root alone: grad_output is missing",
        lambda grad_output, moving_variance, eps: np.ones_like(grad_output) / np.sqrt(moving_variance + eps),
    )
