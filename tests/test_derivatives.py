"""Numerical truth agrees with derivatives known in closed form, and says when it cannot be trusted."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from autograder.derivatives import gradient, jacobian, richardson_jacobian, vjp

REASONABLE = st.floats(-1e3, 1e3).filter(lambda value: value == 0 or abs(value) > 1e-6)
VECTORS = arrays(np.float64, st.integers(1, 6), elements=REASONABLE)
MATRICES = arrays(np.float64, st.tuples(st.integers(1, 4), st.integers(1, 4)), elements=REASONABLE)


@settings(deadline=None)
@given(VECTORS)
def test_the_gradient_of_the_squared_norm_is_twice_the_vector(x):
    np.testing.assert_allclose(gradient(lambda z: z @ z, x), 2 * x, rtol=1e-15)


def test_the_complex_step_keeps_every_digit_on_entries_of_mixed_scale():
    x = 10.0 ** np.arange(-8, 9)
    np.testing.assert_allclose(gradient(lambda z: z @ z, x), 2 * x, rtol=1e-15)


@settings(deadline=None)
@given(MATRICES)
def test_a_jacobian_has_the_output_axes_first_and_then_those_of_the_input(x):
    partials = jacobian(lambda z: z.T, x)
    rows, columns = x.shape
    assert partials.shape == (columns, rows, rows, columns)
    expected = np.einsum("ir,jc->jirc", np.eye(rows), np.eye(columns))
    np.testing.assert_array_equal(partials, expected)


@settings(deadline=None)
@given(MATRICES, st.integers(1, 4), st.integers(0, 2**32 - 1))
def test_a_vjp_is_the_gradient_of_the_weighted_sum_of_outputs(x, width, seed):
    rng = np.random.default_rng(seed)
    weight = rng.normal(size=(x.shape[1], width))
    grad_output = rng.normal(size=(x.shape[0], width))
    product = vjp(lambda z: np.exp(z / 1e3) @ weight, x, grad_output)
    np.testing.assert_allclose(product, np.exp(x / 1e3) / 1e3 * (grad_output @ weight.T), rtol=1e-9, atol=1e-12)


def test_functions_of_scalars_have_scalar_derivatives():
    assert gradient(lambda z: z**3, 2.0) == pytest.approx(12.0, rel=1e-15)


def test_a_gradient_of_an_array_valued_function_is_refused_with_its_shape():
    with pytest.raises(ValueError, match=r"scalar function.*\(3,\)"):
        gradient(lambda z: 2 * z, np.ones(3))


def test_a_function_that_drops_the_imaginary_part_is_refused_rather_than_given_a_zero_derivative():
    with pytest.raises(TypeError, match="holomorphic"):
        gradient(lambda z: np.sum(np.abs(z)), np.ones(3))


def test_a_complex_point_is_refused():
    with pytest.raises(TypeError, match="real points"):
        gradient(lambda z: z @ z, np.ones(2) * 1j)


def test_an_upstream_gradient_of_the_wrong_shape_is_refused_with_both_shapes():
    with pytest.raises(ValueError, match=r"\(2,\).*\(3,\)"):
        vjp(lambda z: 2 * z, np.ones(3), np.ones(2))


@settings(max_examples=200, deadline=None)
@example(np.array([0.0, -7.27736079e-08, 0.0]))
@given(arrays(np.float64, st.integers(1, 4), elements=st.floats(-3, 3, allow_subnormal=False)))
def test_richardson_stays_within_the_bound_that_it_reports(x):
    estimate = richardson_jacobian(lambda z: np.sin(z) * np.exp(z).sum(), x)
    truth = np.diag(np.cos(x) * np.exp(x).sum()) + np.outer(np.sin(x), np.exp(x))
    # What it is compared with is a sum of rounded numbers itself.
    assert np.all(np.abs(estimate.value - truth) <= estimate.error_bound + 4 * np.spacing(np.abs(truth)))
    assert estimate.error_bound.max() < 1e-8


def test_richardson_differentiates_what_the_complex_step_cannot():
    estimate = richardson_jacobian(lambda z: np.abs(z).sum(), np.array([1.0, -2.0]))
    np.testing.assert_allclose(estimate.value, [1.0, -1.0], atol=1e-11)
