"""Tries both modes with a batch of one, one feature, a constant feature, a large mean and mixed scales, against the definition."""

import numpy as np


def truth(x, moving_mean, moving_variance, alpha, eps, training):
    mean, variance = moving_mean, moving_variance
    if training:
        mean = sum(x) / len(x)
        variance = sum((row - mean) ** 2 for row in x) / len(x)
        moving_mean = moving_mean + (1.0 - alpha) * (mean - moving_mean)
        moving_variance = moving_variance + (1.0 - alpha) * (variance - moving_variance)
    return np.array([(row - mean) / np.sqrt(variance + eps) for row in x]), moving_mean, moving_variance


def hidden_cases(check):
    rng = np.random.default_rng(301)
    x = rng.normal(size=(7, 4)) * np.array([1.0, 2.0, 0.5, 3.0]) + np.array([1.0, -2.0, 3.0, 0.5])
    moving = rng.normal(size=4), rng.uniform(0.5, 3.0, size=4)
    check.hidden("training: a larger batch", x, *moving, 0.9, 1e-5, True, truth=truth)
    check.hidden("training: a large eps, another alpha", x[:5, :3], moving[0][:3], moving[1][:3], 0.3, 0.7, True, truth=truth)
    check.hidden("evaluation: a larger batch", x, *moving, 0.9, 1e-5, False, truth=truth)
    check.hidden("evaluation: a large eps", x[:5, :3], moving[0][:3], moving[1][:3], 0.3, 0.7, False, truth=truth)
    check.hidden("training: as many objects as features", x[:4], *moving, 0.8, 0.1, True, truth=truth)
    check.hidden("training: a batch of one", x[:1], *moving, 0.9, 1e-5, True, truth=truth, group="edge")
    check.hidden("evaluation: a batch of one", x[:1], *moving, 0.9, 1e-5, False, truth=truth, group="edge")
    one = x[:, 1:2], moving[0][1:2], moving[1][1:2]
    check.hidden("training: one feature", *one, 0.9, 1e-5, True, truth=truth, group="edge")
    check.hidden("evaluation: one feature", *one, 0.9, 1e-5, False, truth=truth, group="edge")
    constant = x.copy()
    constant[:, 2] = 2.0
    check.hidden("training: a constant feature", constant, *moving, 0.9, 1e-5, True, truth=truth, group="edge")
    check.standard_cases(x, *moving, 0.9, 1e-3, True, truth=truth, integers=True)
    whole = [np.rint(3 * array).astype(np.int64) for array in (x, *moving)]
    as_floats = [array.astype(np.float64) for array in whole]
    check.hidden(
        "evaluation: arrays of integers", *whole, 0.9, 1e-3, False, expected=truth(*as_floats, 0.9, 1e-3, False), group="edge"
    )
    # Few enough binary digits that the mean of the eight large numbers is exact, and too many for their squares to be.
    large = 1e4 + rng.integers(-(2**21), 2**21, size=(8, 3)) / 2**20
    check.hidden(
        "training: a mean far larger than the spread",
        large,
        *(m[:3] for m in moving),
        0.9,
        1e-5,
        True,
        truth=truth,
        group="care",
    )
    # One half of the objects lies well below and the other well above the mean, so that no difference is close to zero.
    scale = 10.0 ** np.array([-8, -4, 4, 8])
    mixed = np.concatenate([rng.uniform(1, 2, size=(4, 4)), rng.uniform(4, 5, size=(4, 4))]) * scale
    mixed_moving = rng.uniform(1, 2, size=4) * scale, rng.uniform(1, 2, size=4) * scale**2
    for mode, training in (("training", True), ("evaluation", False)):
        check.hidden(
            f"{mode}: features of widely mixed scale",
            mixed,
            *mixed_moving,
            0.9,
            1e-20,
            training,
            truth=truth,
            group="care",
            per="entry",
        )


def mistaken(
    x, moving_mean, moving_variance, alpha, eps, training, axis=0, ddof=0, guarded=False, deviation=False, outside=False, sign=1
):
    mean, variance = x.mean(axis=axis, keepdims=axis == 1), x.var(axis=axis, ddof=ddof, keepdims=axis == 1)
    if guarded:
        variance = variance * len(x) / max(len(x) - 1, 1)
    if deviation:
        variance = np.sqrt(variance)
    new_mean = alpha * moving_mean + (1 - alpha) * mean
    new_variance = alpha * moving_variance + (1 - alpha) * variance
    if not training:
        mean, variance, new_mean, new_variance = moving_mean, moving_variance, moving_mean, moving_variance
    root = np.sqrt(variance) + eps if outside else np.sqrt(variance + sign * eps)
    return (x - mean) / root, new_mean, new_variance


def mistaken_moving(x, moving_mean, moving_variance, alpha, eps, training, keep_old, keep_new):
    if not training:
        return moving_mean, moving_variance
    return keep_old * moving_mean + keep_new * x.mean(axis=0), keep_old * moving_variance + keep_new * x.var(axis=0)


def mistaken_bracket(x, moving_mean, moving_variance, alpha, eps, training):
    if not training:
        return moving_mean, moving_variance
    return alpha * moving_mean + (1 - alpha * x.mean(axis=0)), alpha * moving_variance + (1 - alpha * x.var(axis=0))


def declared_mistakes(check):
    check.mistake("the variance is divided by N - 1, where N belongs", lambda *a: mistaken(*a, ddof=1))
    # Guarded against a batch of one, it is right there.
    check.mistake("the variance is divided by N - 1, where N belongs", lambda *a: mistaken(*a, guarded=True))
    check.mistake("eps is missing", lambda *a: mistaken(*a, sign=0)[0], output="output")
    check.mistake("eps is subtracted, where it should be added", lambda *a: mistaken(*a, sign=-1)[0], output="output")
    check.mistake("the standard deviation, where the variance belongs", lambda *a: mistaken(*a, deviation=True))
    check.mistake("eps is added to the standard deviation, outside the root", lambda *a: mistaken(*a, outside=True))
    check.mistake(
        "mean and variance are taken over the features of each object, where they belong over the batch",
        lambda *a: mistaken(*a, axis=1)[0],
        output="output",
    )
    check.mistake(
        "training and evaluation have changed places",
        lambda x, m, v, alpha, eps, training: mistaken(x, m, v, alpha, eps, not training),
    )
    check.mistake(
        "alpha and 1 - alpha have changed places",
        lambda x, m, v, alpha, *rest: mistaken_moving(x, m, v, alpha, *rest, 1 - alpha, alpha)[0],
        output="moving_mean",
    )
    check.mistake(
        "alpha and 1 - alpha have changed places",
        lambda x, m, v, alpha, *rest: mistaken_moving(x, m, v, alpha, *rest, 1 - alpha, alpha)[1],
        output="moving_variance",
    )
    for place, name in enumerate(("moving_mean", "moving_variance")):
        check.mistake(
            "1 - alpha * new, where (1 - alpha) * new belongs: a bracket closes too late",
            lambda *a, place=place: mistaken_bracket(*a)[place],
            output=name,
        )
    check.mistake(
        "eps goes into the moving variance, too: it belongs under the root only",
        lambda x, m, v, alpha, eps, training: alpha * v + (1 - alpha) * (x.var(axis=0) + eps) if training else v,
        output="moving_variance",
    )
    check.mistake("it is not updated in training", lambda x, moving_mean, *rest: moving_mean, output="moving_mean")
    check.mistake(
        "it is not updated in training", lambda x, moving_mean, moving_variance, *rest: moving_variance, output="moving_variance"
    )
    check.mistake(
        "the batch's own value replaces the moving one",
        lambda x, m, v, alpha, *rest: mistaken_moving(x, m, v, alpha, *rest, 0, 1)[0],
        output="moving_mean",
    )
    check.mistake(
        "the batch's own value replaces the moving one",
        lambda x, m, v, alpha, *rest: mistaken_moving(x, m, v, alpha, *rest, 0, 1)[1],
        output="moving_variance",
    )
    check.mistake(
        "it is updated in evaluation, too",
        lambda x, m, v, alpha, eps, training: alpha * m + (1 - alpha) * x.mean(axis=0),
        output="moving_mean",
    )
    check.mistake(
        "it is updated in evaluation, too",
        lambda x, m, v, alpha, eps, training: alpha * v + (1 - alpha) * x.var(axis=0),
        output="moving_variance",
    )
    check.mistake(
        "the statistics of the batch are used in evaluation, too",
        lambda x, m, v, alpha, eps, training: (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + eps),
        output="output",
    )
    check.mistake(
        "the moving statistics are used in training, too",
        lambda x, m, v, alpha, eps, training: (x - m) / np.sqrt(v + eps),
        output="output",
    )
    check.mistake(
        "the moving statistics after the step are used in training, where those of the batch belong",
        lambda x, m, v, alpha, eps, training: (
            (x - (alpha * m + (1 - alpha) * x.mean(axis=0))) / np.sqrt(alpha * v + (1 - alpha) * x.var(axis=0) + eps)
            if training
            else (x - m) / np.sqrt(v + eps)
        ),
        output="output",
    )
    check.mistake(
        "it uses the standard deviation of the batch, where its variance belongs",
        lambda x, m, v, alpha, eps, training: alpha * v + (1 - alpha) * x.std(axis=0) if training else v,
        output="moving_variance",
    )
    check.mistake(
        "it uses the variance divided by N - 1",
        lambda x, m, v, alpha, eps, training: alpha * v + (1 - alpha) * x.var(axis=0, ddof=1) if training else v,
        output="moving_variance",
    )
    check.mistake("it uses the variance divided by N - 1", lambda *a: mistaken(*a, guarded=True)[2], output="moving_variance")
    check.mistake(
        "the mean is subtracted, but nothing is divided by the root",
        lambda x, m, v, alpha, eps, training: x - (x.mean(axis=0) if training else m),
        output="output",
    )
    check.mistake(
        "1 / root alone, one number for each feature: x - mean is missing",
        lambda x, m, v, alpha, eps, training: 1 / np.sqrt((x.var(axis=0) if training else v) + eps),
        output="output",
    )
    check.mistake(
        "divided by the variance, where its root belongs",
        lambda x, m, v, alpha, eps, training: (x - x.mean(axis=0)) / (x.var(axis=0) + eps) if training else (x - m) / (v + eps),
        output="output",
    )
    check.mistake(
        "mean and variance are taken over everything, where each feature has its own",
        lambda x, m, v, alpha, eps, training: (x - x.mean()) / np.sqrt(x.var() + eps) if training else (x - m) / np.sqrt(v + eps),
        output="output",
    )
