"""A call of a student's function says whether it changed what it was given, however that is held and however little was changed."""

import numpy as np
import pytest

from matrix_checks.checks.calling import call

SMALL, LARGE = np.arange(12.0).reshape(3, 4), np.arange(400_000.0).reshape(500, 800)
WITH_NAN = np.where(LARGE % 7 == 0, np.nan, LARGE)


def set_last(array):
    array[(-1,) * array.ndim] += 1


def flip_the_sign_of_zero(array):
    array[0, 0] = -0.0


ARGUMENTS = [SMALL, LARGE, LARGE.T, np.asfortranarray(SMALL)[:, ::2], LARGE[::2, ::2], LARGE.astype(np.float32), WITH_NAN, np.array(2.0),
             np.tile(np.arange(5.0), 80_000)[np.newaxis], LARGE.reshape(-1)[:, np.newaxis], LARGE[10:, np.newaxis]]  # fmt: skip


@pytest.mark.parametrize("argument", ARGUMENTS, ids=lambda array: f"{array.shape}-{array.dtype}")
def test_an_array_that_was_only_read_is_unchanged_and_one_of_which_an_entry_was_set_is_not(argument):
    before = argument.copy()
    assert call(lambda x: x + 1, (argument,), 5).changed == ()
    assert call(set_last, (argument,), 5).changed == (0,)
    np.testing.assert_array_equal(argument, before)


@pytest.mark.parametrize("argument", [SMALL, LARGE], ids=["small", "large"])
def test_a_change_of_one_bit_is_a_change(argument):
    assert call(flip_the_sign_of_zero, (argument,), 5).changed == (0,)


@pytest.mark.parametrize("change", ["x.shape = (-1,)", "x.dtype = np.int64"])
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_another_shape_or_dtype_in_place_is_a_change(change):
    space = {"np": np}
    exec(f"def f(x):\n    {change}", space)
    assert call(space["f"], (SMALL,), 5).changed == (0,)


@pytest.mark.parametrize(
    ("argument", "change"),
    [
        ({"weight": SMALL}, lambda x: set_last(x["weight"])),
        ({"weight": SMALL}, lambda x: x.update(bias=SMALL)),
        ({"weight": SMALL}, lambda x: x.update(weight=None)),
        ([1.0, 2.0], lambda x: x.append(3.0)),
        ([[1.0], {"a": SMALL}], lambda x: set_last(x[1]["a"])),
        ((SMALL, LARGE), lambda x: set_last(x[1])),
    ],
    ids=range(6),
)
def test_a_change_inside_a_collection_is_a_change(argument, change):
    assert call(lambda other, x: change(x), (1, argument), 5).changed == (1,)
    assert call(lambda other, x: None, (1, argument), 5).changed == ()


def test_a_set_is_changed_by_what_is_added_to_it_and_an_array_of_objects_by_what_is_put_into_it():
    objects = np.full(20_000, None)
    assert call(lambda x: x.add(2), ({1},), 5).changed == (0,)
    assert call(lambda x: x, (objects,), 5).changed == ()
    assert call(lambda x: x.fill(1), (objects,), 5).changed == (0,)
