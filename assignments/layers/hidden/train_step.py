"""Tries several batches and sizes, a missing class, keys in another order and mixed scales, against the derivatives of the loss."""

import numpy as np

from autograder.derivatives import gradient


def true_statistics(parameters, x):
    hidden = x @ parameters["weight_1"] + parameters["bias_1"]
    mean = hidden.sum(axis=0) / len(x)
    centred = hidden - mean
    return centred, mean, (centred * centred).sum(axis=0) / len(x)


def true_loss(parameters, x, labels):
    centred, _, variance = true_statistics(parameters, x)
    normalized = centred / np.sqrt(variance + 1e-5)
    logits = np.where(normalized.real > 0, normalized, 0.0) @ parameters["weight_2"] + parameters["bias_2"]
    logits = logits - logits.real.max(axis=1, keepdims=True)
    chosen = logits[np.arange(len(labels)), labels]
    return (np.log(np.exp(logits).sum(axis=1)) - chosen).sum() / len(labels)


def truth(parameters, x, labels, learning_rate):
    new = {}
    for key in ("weight_1", "bias_1", "weight_2", "bias_2"):
        slope = gradient(lambda z, key=key: true_loss({**parameters, key: z}, x, labels), parameters[key])
        new[key] = parameters[key] - learning_rate * slope
    _, mean, variance = true_statistics(parameters, x)
    new["moving_mean"] = 0.9 * parameters["moving_mean"] + 0.1 * mean
    new["moving_variance"] = 0.9 * parameters["moving_variance"] + 0.1 * variance
    return new, true_loss(parameters, x, labels)


def parameters_of(rng, n_inputs, n_hidden, n_classes):
    return {
        "weight_1": rng.normal(size=(n_inputs, n_hidden)),
        "bias_1": rng.normal(size=n_hidden),
        "moving_mean": rng.normal(size=n_hidden),
        "moving_variance": rng.uniform(0.5, 3.0, size=n_hidden),
        "weight_2": rng.normal(size=(n_hidden, n_classes)),
        "bias_2": rng.normal(size=n_classes),
    }


def hidden_cases(check):
    rng = np.random.default_rng(401)
    parameters, x, labels = parameters_of(rng, 3, 5, 4), rng.normal(size=(7, 3)), np.array([0, 3, 1, 1, 2, 0, 3])
    check.hidden("a larger batch", parameters, x, labels, 2.0, truth=truth)
    check.hidden("as many features everywhere", parameters_of(rng, 4, 4, 4), rng.normal(size=(6, 4)), labels[:6], 2.0, truth=truth)
    check.hidden("another learning rate", parameters, x, labels, 0.01, truth=truth)
    check.hidden("a batch of one", parameters, x[:1], labels[:1], 2.0, truth=truth, group="edge")
    check.hidden("one hidden feature", parameters_of(rng, 3, 1, 4), x, labels, 2.0, truth=truth, group="edge")
    check.hidden("one input feature", parameters_of(rng, 1, 5, 4), x[:, :1], labels, 2.0, truth=truth, group="edge")
    check.hidden("a class without objects", parameters, x, np.array([0, 0, 1, 1, 2, 0, 2]), 2.0, truth=truth, group="edge")
    reordered = {key: parameters[key] for key in sorted(parameters)}
    check.hidden("the keys in another order", reordered, x, labels, 2.0, truth=truth, group="edge")
    check.standard_cases(parameters, x, labels, 2.0, truth=truth)
    mixed = parameters_of(rng, 3, 5, 4)
    mixed["weight_1"] *= 10.0 ** np.array([[-8], [0], [-8]])
    mixed_x = rng.normal(size=(7, 3)) * 10.0 ** np.array([8, 0, -8])
    check.hidden("inputs of widely mixed scale", mixed, mixed_x, labels, 2.0, truth=truth, group="care", per="row")


def with_flaw(flaw):
    # The constants and the rest of the network as in the notebook, so that student code cannot change them.
    alpha, eps = 0.9, 1e-5

    def mistaken(parameters, x, labels, learning_rate):
        p, n, rows = parameters, len(x), np.arange(len(x))
        hidden = x @ p["weight_1"] + p["bias_1"]
        mean, variance = hidden.mean(axis=0), hidden.var(axis=0)
        moving = {"moving_mean": alpha * p["moving_mean"] + (1 - alpha) * mean}
        moving["moving_variance"] = alpha * p["moving_variance"] + (1 - alpha) * variance
        if flaw == "evaluation mode":
            mean, variance, moving = p["moving_mean"], p["moving_variance"], {name: p[name] for name in moving}
        normalized = (hidden - mean) / np.sqrt(variance + eps)
        activated = normalized if flaw == "relu forgotten" else np.where(normalized > 0, normalized, 0)
        logits = activated @ p["weight_2"] + p["bias_2"]
        if flaw == "logits" and not np.any(logits):
            raise ValueError("The gradient is zero: not to be told from a step that was left out.")
        y = np.exp(logits - logits.max(axis=1, keepdims=True))
        y = y / y.sum(axis=1, keepdims=True)
        loss = -np.mean(np.log(y[rows, labels]))
        g = np.zeros_like(y)
        g[rows, labels] = -1 / (n * y[rows, labels])
        source = logits if flaw == "logits" else y
        g = source * (g - np.sum(g * source, axis=1, keepdims=True)) / (n if flaw == "averaged twice" else 1)
        first = normalized if flaw == "second layer" else activated
        steps = {"weight_2": first.T @ g, "bias_2": g.sum(axis=0)}
        early = learning_rate * steps["weight_2"] if flaw == "too early" else 0
        g = g @ (p["weight_2"] - early).T
        gate = hidden if flaw == "wrong place" else normalized
        g = g if flaw == "relu skipped" else np.where(gate > 0, g, 0)
        z = normalized if flaw == "backward of the normalized" else hidden
        root = np.sqrt(z.var(axis=0) + eps)
        z = (z - z.mean(axis=0)) / root
        if flaw == "evaluation backward":
            g = g / np.sqrt(p["moving_variance"] + eps)
        elif flaw == "evaluation backward, new variance":
            g = g / np.sqrt(moving["moving_variance"] + eps)
        elif flaw != "normalization skipped":
            g = (g - g.mean(axis=0) - z * (g * z).mean(axis=0)) / root
        steps |= {"weight_1": x.T @ g, "bias_1": g.sum(axis=0)}
        new = {name: p[name] - learning_rate * step for name, step in steps.items()}
        if flaw.startswith("not updated: "):
            name = flaw.removeprefix("not updated: ")
            new[name] = p[name]
        if flaw == "uphill":
            new = {name: p[name] + learning_rate * step for name, step in steps.items()}
        if flaw == "learning rate":
            new = {name: p[name] - step for name, step in steps.items()}
        return {**new, **moving}, loss

    return mistaken


def declared_mistakes(check):
    check.dimension("N", "the batch size", lambda parameters, x, *others: len(x))
    check.mistake("the normalization runs in evaluation mode, where training belongs", with_flaw("evaluation mode"))
    check.mistake("the gradient is not carried back through ReLU", with_flaw("relu skipped"))
    check.mistake("ReLU lets the gradient pass where its input before the normalization is positive", with_flaw("wrong place"))
    for name in ("moving_mean", "moving_variance"):
        check.mistake(
            "it is the old one: what batch_norm_forward returns is not kept",
            lambda parameters, *others, name=name: parameters[name],
            output=f"new_parameters[{name}]",
        )
    for flaw in ("evaluation backward", "evaluation backward, new variance"):
        check.mistake("the gradient is carried back through the normalization as in evaluation", with_flaw(flaw))
    check.mistake("the gradient is not carried back through the normalization", with_flaw("normalization skipped"))
    check.mistake(
        "the backward of the normalization is given its output, where its input belongs", with_flaw("backward of the normalized")
    )
    check.mistake("the gradient is divided by the batch size twice", with_flaw("averaged twice"))
    for name in ("weight_1", "bias_1", "weight_2", "bias_2"):
        check.mistake(
            f"{name} stays as it was: it is not updated, or its gradient comes out as zero", with_flaw(f"not updated: {name}")
        )
    check.mistake("the backward of SoftMax is given the logits, where the probabilities belong", with_flaw("logits"))
    for name in ("weight_1", "bias_1", "weight_2", "bias_2"):
        for sentence, flaw in (
            ("it goes up its gradient, where it should go down", "uphill"),
            ("it moves by its whole gradient: the learning rate is missing", "learning rate"),
        ):
            check.mistake(
                sentence,
                lambda *a, name=name, flaw=flaw: with_flaw(flaw)(*a)[0][name],
                output=f"new_parameters[{name}]",
            )
    check.mistake(
        "it is the loss after the step, where the loss before it belongs",
        lambda parameters, *others: with_flaw("")(with_flaw("")(parameters, *others)[0], *others)[1],
        output="loss",
    )
    check.mistake("the gradient is carried back through the new weight_2, where the old one belongs", with_flaw("too early"))
    check.mistake("the gradient of weight_2 uses the input of ReLU, where its output belongs", with_flaw("second layer"))
    check.mistake("the forward pass skips ReLU", with_flaw("relu forgotten"))
