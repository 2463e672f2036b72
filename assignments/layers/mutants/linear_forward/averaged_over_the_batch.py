"""Averaged over the batch: one row is left."""

DIAGNOSIS = "averaged over the batch: one row is left"


def linear_forward(x, weight, bias):
    return (x @ weight + bias).mean(axis=0)
