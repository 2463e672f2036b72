"""Tries a batch of one, one feature, a constant feature, a large mean and mixed scales, against the derivative in training."""

import numpy as np

from autograder.derivatives import vjp


def true_output(x, eps):
    centred = x - x.sum(axis=0) / len(x)
    return centred / np.sqrt((centred * centred).sum(axis=0) / len(x) + eps)


def truth(x, grad_output, eps):
    return vjp(lambda z: true_output(z, eps), x, grad_output)


def hidden_cases(check):
    rng = np.random.default_rng(302)
    x = rng.normal(size=(7, 4)) * np.array([1.0, 2.0, 0.5, 3.0]) + np.array([1.0, -2.0, 3.0, 0.5])
    grad_output = rng.normal(size=(7, 4))
    check.hidden("a larger batch", x, grad_output, 1e-5, truth=truth, per="column")
    check.hidden("a large eps", x[:5, :3], grad_output[:5, :3], 0.7, truth=truth, per="column")
    check.hidden("as many objects as features", x[:4], grad_output[:4], 0.1, truth=truth, per="column")
    # With a root of one half every division is exact, so that any order of operations gives zero and not a rounding error.
    check.hidden("a batch of one", x[:1], grad_output[:1], 0.25, expected=np.zeros((1, 4)), group="edge", floor=1.0)
    check.hidden("one feature", x[:, 1:2], grad_output[:, 1:2], 1e-5, truth=truth, group="edge")
    constant = x.copy()
    constant[:, 2] = 2.0
    check.hidden("a constant feature", constant, grad_output, 1e-3, truth=truth, group="edge", per="column")
    check.standard_cases(x, grad_output, 1e-3, truth=truth, integers=True)
    # Few enough binary digits that the mean of the eight large numbers is exact, and too many for their squares to be.
    large = 1e4 + rng.integers(-(2**21), 2**21, size=(8, 3)) / 2**20
    check.hidden("a mean far larger than the spread", large, rng.normal(size=(8, 3)), 1e-5, truth=truth, group="care")
    scale = 10.0 ** np.array([-8, -4, 4, 8])
    mixed = rng.uniform(1, 3, size=(7, 4)) * scale
    check.hidden("features of widely mixed scale", mixed, grad_output, 1e-20, truth=truth, group="care", per="column")
    mixed_grad = grad_output * 10.0 ** np.array([8, -8, 4, -4])
    check.hidden("upstream gradients of widely mixed scale", x, mixed_grad, 1e-5, truth=truth, group="care", per="column")
    # Drawn apart: a mistake of rounding may spare the numbers of one draw.
    again = np.random.default_rng(304)
    other = again.uniform(1, 3, size=(6, 5)) * 10.0 ** np.array([6, -6, 0, 8, -8])
    other_grad = again.normal(size=(6, 5)) * 10.0 ** np.array([-3, 5, 0, -8, 8])
    check.hidden("both of widely mixed scale, drawn again", other, other_grad, 1e-20, truth=truth, group="care", per="column")


def mistaken(x, grad_output, eps, mean_term=1, projection=1, axis=0, ddof=0, raw=False, outside=False, deviation=False, scale=True):
    g, mean, variance = grad_output, x.mean(axis=0), x.var(axis=0, ddof=ddof)
    if deviation:
        variance = np.sqrt(variance)
    root = np.sqrt(variance) + eps if outside else np.sqrt(variance + eps)
    x_hat = x if raw else (x - mean) / root
    inner = g - mean_term * g.mean(axis=axis, keepdims=True) - projection * x_hat * (g * x_hat).mean(axis=axis, keepdims=True)
    return inner / root if scale else inner


def declared_mistakes(check):
    check.mistake("grad_output is passed on as it is", lambda x, grad_output, eps: grad_output.copy())
    check.mistake("g / root: the mean term and the x_hat term are both missing", lambda *a: mistaken(*a, mean_term=0, projection=0))
    check.mistake("the term mean(g) is missing", lambda *a: mistaken(*a, mean_term=0))
    check.mistake(
        "the path through the variance contributes nothing: is d sigma / d x_k zero in it?", lambda *a: mistaken(*a, projection=0)
    )
    check.mistake("sums over the batch, where means belong", lambda *a: mistaken(*a, mean_term=len(a[0]), projection=len(a[0])))
    check.mistake("means over the features, where means over the batch belong", lambda *a: mistaken(*a, axis=1))
    check.mistake("x itself stands where x_hat belongs", lambda *a: mistaken(*a, raw=True))
    check.mistake(
        "x / root stands where x_hat belongs: x is not centred",
        lambda x, grad_output, eps: (lambda g, z, root: (g - g.mean(axis=0) - z * (g * z).mean(axis=0)) / root)(
            grad_output, x / np.sqrt(x.var(axis=0) + eps), np.sqrt(x.var(axis=0) + eps)
        ),
    )
    check.mistake("the x_hat term is added, where it should be subtracted", lambda *a: mistaken(*a, projection=-1))
    check.mistake("nothing is divided by the root", lambda *a: mistaken(*a, scale=False))
    check.mistake(
        "the path through the mean lacks 1/N: a sum stands where a mean belongs", lambda *a: mistaken(*a, mean_term=len(a[0]))
    )
    check.mistake("the path through the mean has the wrong sign", lambda *a: mistaken(*a, mean_term=-1))
    check.mistake(
        "the path through the variance lacks 1/N: a sum stands where a mean belongs", lambda *a: mistaken(*a, projection=len(a[0]))
    )
    check.mistake("eps is missing", lambda x, grad_output, eps: mistaken(x, grad_output, 0.0))
    check.mistake("eps is subtracted, where it should be added", lambda x, grad_output, eps: mistaken(x, grad_output, -eps))
    check.mistake("half of the x_hat term", lambda *a: mistaken(*a, projection=0.5))
    check.mistake("twice the x_hat term", lambda *a: mistaken(*a, projection=2))
    check.mistake("the variance is divided by N - 1, where N belongs", lambda *a: mistaken(*a, ddof=1))
    # Guarded against a batch of one, it is right there.
    check.mistake(
        "the variance is divided by N - 1, where N belongs",
        lambda x, *rest: mistaken(x, *rest, ddof=1) if len(x) > 1 else np.zeros(x.shape),
    )
    check.mistake("eps is added to the standard deviation, outside the root", lambda *a: mistaken(*a, outside=True))
    check.mistake("the standard deviation, where the variance belongs", lambda *a: mistaken(*a, deviation=True))
    check.mistake(
        "divided by the variance, where its root belongs",
        lambda x, grad_output, eps: mistaken(x, grad_output, eps) / np.sqrt(x.var(axis=0) + eps),
    )
    check.mistake("axes of length one are squeezed away, which breaks a batch of one", lambda *a: mistaken(*a).squeeze())
