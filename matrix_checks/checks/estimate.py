"""A numerical answer that says how far it can be trusted."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Estimate:
    """A number or an array, and how far each entry may be off.

    Attributes
    ----------
    value
        An array.
    error_bound
        Array of the same shape: the estimated largest absolute error of each entry.
    """

    value: np.ndarray
    error_bound: np.ndarray
