"""Tries several batches, a batch of one, one feature everywhere and mixed scales, against the derivatives of the chain."""

import numpy as np

from autograder.derivatives import vjp


def true_output(x, weight_1, bias_1, weight_2, bias_2):
    return (x @ weight_1 + bias_1) @ weight_2 + bias_2


def truth(*arguments):
    *variables, grad_output = arguments
    answers = []
    for place, variable in enumerate(variables):
        before, after = variables[:place], variables[place + 1 :]
        answers.append(vjp(lambda z, before=before, after=after: true_output(*before, z, *after), variable, grad_output))
    return tuple(answers)


def arguments_of(draw, n_objects, n_feats1, n_feats2, n_feats3):
    shapes = [
        (n_objects, n_feats1),
        (n_feats1, n_feats2),
        n_feats2,
        (n_feats2, n_feats3),
        n_feats3,
        (n_objects, n_feats3),
    ]
    return [draw(size=shape) for shape in shapes]


def hidden_cases(check):
    rng = np.random.default_rng(104)
    case = arguments_of(rng.normal, 6, 3, 5, 4)
    check.hidden("a larger batch", *case, truth=truth)
    check.hidden("as many features everywhere", *arguments_of(rng.normal, 5, 3, 3, 3), truth=truth)
    check.hidden("a batch of one", *arguments_of(rng.normal, 1, 3, 5, 4), truth=truth, group="edge")
    check.hidden("one feature everywhere", *arguments_of(rng.normal, 4, 1, 1, 1), truth=truth, group="edge")
    check.standard_cases(*case, truth=truth, integers=True)
    mixed = arguments_of(lambda size: rng.uniform(1, 2, size=size), 6, 3, 5, 4)
    mixed[0] *= 10.0 ** np.array([-8, 0, 8])
    mixed[1] *= 10.0 ** np.array([8, 0, -8])[:, np.newaxis]
    mixed[5] *= 10.0 ** np.array([-8, -5, -2, 2, 5, 8])[:, np.newaxis]
    check.hidden("features and upstream gradients of widely mixed scale", *mixed, truth=truth, group="care", per="entry")
    check.probe("as many features everywhere", *arguments_of(rng.normal, 5, 3, 3, 3), truth=truth)


def declared_mistakes(check):
    check.dimension("N", "the batch size", lambda x, *others: len(x))
    check.mistake(
        "x W_1 without b_1 stands where y_1 belongs",
        lambda x, weight_1, bias_1, weight_2, bias_2, grad_output: (x @ weight_1).T @ grad_output,
        output="grad_weight_2",
    )
    check.mistake(
        "x stands where y_1 belongs",
        lambda x, weight_1, bias_1, weight_2, bias_2, grad_output: x.T @ grad_output,
        output="grad_weight_2",
    )
    check.mistake(
        "grad_output W_1^T: the second layer is skipped",
        lambda x, weight_1, bias_1, weight_2, bias_2, grad_output: grad_output @ weight_1.T,
        output="grad_x",
    )
    check.mistake(
        "grad_output W_2^T: the first layer is skipped",
        lambda x, weight_1, bias_1, weight_2, bias_2, grad_output: grad_output @ weight_2.T,
        output="grad_x",
    )
    check.mistake(
        "grad_output W_1^T W_2^T: the layers stand in the wrong order",
        lambda x, weight_1, bias_1, weight_2, bias_2, grad_output: grad_output @ weight_1.T @ weight_2.T,
        output="grad_x",
    )
    check.mistake(
        "W_1 is not transposed",
        lambda x, weight_1, bias_1, weight_2, bias_2, grad_output: grad_output @ weight_2.T @ weight_1,
        output="grad_x",
    )
    check.mistake(
        "x^T grad_output: the gradient has not been carried back through the second layer",
        lambda x, weight_1, bias_1, weight_2, bias_2, grad_output: x.T @ grad_output,
        output="grad_weight_1",
    )
    check.mistake(
        "y_1 stands where x belongs",
        lambda x, weight_1, bias_1, weight_2, bias_2, grad_output: (x @ weight_1 + bias_1).T @ (grad_output @ weight_2.T),
        output="grad_weight_1",
    )
    check.mistake(
        "the sum of grad_output: the gradient has not been carried back through the second layer",
        lambda x, weight_1, bias_1, weight_2, bias_2, grad_output: grad_output.sum(axis=0),
        output="grad_bias_1",
    )
    check.mistake(
        "not summed over the batch",
        lambda x, weight_1, bias_1, weight_2, bias_2, grad_output: grad_output @ weight_2.T,
        output="grad_bias_1",
    )
    check.mistake(
        "not summed over the batch",
        lambda x, weight_1, bias_1, weight_2, bias_2, grad_output: grad_output.copy(),
        output="grad_bias_2",
    )
