"""Derivatives by the complex step, exact to rounding.

For a holomorphic ``f`` that is real on the real axis, ``f(x + i t) = f(x) + i t f'(x) + O(t^2)``. The derivative is read
from the imaginary part, so nothing is subtracted and ``t`` may be as small as 1e-100: the truncation error then vanishes
below rounding.

Source: W. Squire and G. Trapp, "Using complex variables to estimate derivatives of real functions", SIAM Review 40
(1998), 110-112.
"""

from collections.abc import Callable

import numpy as np

STEP = 1e-100


def jacobian(function: Callable, x) -> np.ndarray:
    """All partial derivatives of ``function`` at ``x``.

    Parameters
    ----------
    function
        Maps an array of the shape of ``x`` to a scalar or an array of any shape. It must be written with holomorphic
        operations only: no ``abs``, no ``conj``, comparisons on ``z.real``.
    x
        Real array of any shape, or a real number.

    Returns
    -------
    numpy.ndarray
        Shape ``function(x).shape + x.shape``; entry ``[i..., j...]`` is the derivative of output ``i`` with respect to
        input ``j``.

    Raises
    ------
    TypeError
        If ``x`` is complex, or the function drops the imaginary part (the result would be a silent zero).
    """
    x = _real_array(x)
    columns = []
    for index in np.ndindex(x.shape):
        columns.append(_imaginary_part(function, x, _unit(x.shape, index)))
    if not columns:
        return np.zeros(np.shape(function(x)) + x.shape)
    stacked = np.stack(columns, axis=-1)
    return stacked.reshape(stacked.shape[:-1] + x.shape)


def gradient(function: Callable, x) -> np.ndarray:
    """Gradient of a scalar ``function`` at ``x``, in the shape of ``x``.

    The gradient is defined by ``[D_x f](h) = <gradient, h> = tr(gradient^T h)``.

    Raises
    ------
    ValueError
        If the function's value is not a scalar.
    TypeError
        As :func:`jacobian`.
    """
    partials = jacobian(function, x)
    if partials.shape != np.shape(x):
        raise ValueError(
            f"gradient() needs a scalar function; this one returns an array of shape "
            f"{partials.shape[: partials.ndim - np.ndim(x)]}. Use jacobian() or vjp()."
        )
    return partials


def vjp(function: Callable, x, grad_output) -> np.ndarray:
    """Vector-Jacobian product: the gradient of ``sum(grad_output * function(x))``, in the shape of ``x``.

    Parameters
    ----------
    function
        As for :func:`jacobian`.
    x
        Real array of any shape.
    grad_output
        Real array of the shape of ``function(x)``: the upstream gradient.

    Raises
    ------
    ValueError
        If ``grad_output`` does not have the shape of ``function(x)``.
    """
    x = _real_array(x)
    grad_output = np.asarray(grad_output, dtype=np.float64)
    result = np.empty(x.shape)
    for index in np.ndindex(x.shape):
        partial = _imaginary_part(function, x, _unit(x.shape, index))
        if partial.shape != grad_output.shape:
            raise ValueError(
                f"grad_output has shape {grad_output.shape}, but the function returns shape {partial.shape}; they must be equal."
            )
        result[index] = np.sum(grad_output * partial)
    return result


def _imaginary_part(function: Callable, x: np.ndarray, direction: np.ndarray) -> np.ndarray:
    value = np.asarray(function(x + 1j * STEP * direction))
    if not np.iscomplexobj(value):
        raise TypeError(
            "The function returned real numbers for a complex argument, so its derivative cannot be read from the "
            "imaginary part. Write it with holomorphic operations, or use richardson_jacobian()."
        )
    return value.imag / STEP


def _real_array(x) -> np.ndarray:
    if np.iscomplexobj(x):
        raise TypeError("The complex step differentiates at real points; x is complex.")
    return np.array(x, dtype=np.float64)


def _unit(shape: tuple, index: tuple) -> np.ndarray:
    direction = np.zeros(shape)
    direction[index] = 1.0
    return direction
