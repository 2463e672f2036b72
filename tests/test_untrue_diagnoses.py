"""No diagnosis is untrue: right functions, spoilt in a way that is known, are told what was done to them or nothing."""

from collections import Counter
from functools import cache

import pytest

from autograder.bank.files import read_bank
from autograder.course.trial import Trial
from tests.conftest import ASSIGNMENTS, BY_ID

# It judges properties, so that it has no diagnosis to give.
JUDGED_BY_PROPERTIES = {"factorize"}
# Of each function: what is done to an answer hides most of how it was found.
STYLES = 2


def right_functions():
    for each in ASSIGNMENTS:
        tried = Counter()
        for file in read_bank(each, "alternatives"):
            tried[file.function] += 1
            if tried[file.function] <= STYLES and file.function not in JUDGED_BY_PROPERTIES:
                yield each.identifier, file


RIGHT = list(right_functions())
SEVERAL_OUTPUTS = [
    pair for pair in RIGHT if pair[1].function in ("linear_parameter_gradients", "two_layer_backward", "batch_norm_forward")
]
APPROXIMATE = ("nearly right in every case", "as with a finite difference")
AN_AXIS_LESS = ("axes of length one are squeezed away", "an axis of length one is missing")
AN_AXIS_MORE = ("an axis of length one too many", "right in numerator layout: a row")

# How a right function is spoilt, as code around `right`; and what may be said of it, if anything.
SPOILT = {
    "as it is": ("right", ()),
    "the first entry wrong": ("lambda *a: each(lambda z: z + (np.arange(z.size) == 0).reshape(z.shape), right(*a))", ()),
    "computed in float32": ("lambda *a: each(lambda z: z.astype(float), right(*each(in_single, a)))", APPROXIMATE),
    "noise of one part in a million": ("lambda *a: each(lambda z: z * (1 + 1e-6 * noise(z)), right(*a))", APPROXIMATE),
    "noise of one part in ten million": ("lambda *a: each(lambda z: z * (1 + 1e-7 * noise(z)), right(*a))", APPROXIMATE),
    "noise of a tenth": ("lambda *a: each(lambda z: z * (1 + 0.1 * noise(z)), right(*a))", ()),
    "noise of the size of the answer": ("lambda *a: each(lambda z: z + noise(z) * np.abs(z).max(), right(*a))", ()),
    "cast to float32": ("lambda *a: each(lambda z: z.astype(np.float32), right(*a))", APPROXIMATE),
    "rounded to float32 and back": ("lambda *a: each(lambda z: z.astype(np.float32).astype(float), right(*a))", APPROXIMATE),
    "squeezed": ("lambda *a: each(np.squeeze, right(*a))", AN_AXIS_LESS),
    "with an axis in front": ("lambda *a: each(lambda z: z[np.newaxis], right(*a))", AN_AXIS_MORE),
    "with an axis behind": ("lambda *a: each(lambda z: z[..., np.newaxis], right(*a))", AN_AXIS_MORE),
    "three times as large": ("lambda *a: each(lambda z: 3 * z, right(*a))", ()),
    "a view": ("lambda *a: each(lambda z: np.repeat(z[..., np.newaxis], 2, axis=-1)[..., 0], right(*a))", ()),
    "None": ("lambda *a: None", ()),
}
SPOILT_OUTPUTS = {
    "two outputs exchanged": ("lambda *a: exchanged(right(*a))", ("have changed places",)),
    "the first output None": ("lambda *a: (None, *right(*a)[1:])", ()),
    "one output for all": ("lambda *a: (right(*a)[0],) * len(right(*a))", ()),
}

HELPERS = """

def each(change, value):
    if isinstance(value, dict):
        return {key: each(change, one) for key, one in value.items()}
    if isinstance(value, tuple):
        return tuple(each(change, one) for one in value)
    return change(np.asarray(value)) if isinstance(value, (float, np.ndarray, np.generic)) else value


def in_single(array):
    return array.astype(np.float32) if array.dtype.kind == "f" and array.ndim else array


def noise(array):
    return np.random.default_rng(array.size).uniform(-1, 1, size=array.shape)


def exchanged(value):
    return (value[1], value[0], *value[2:])
"""


@cache
def trial(identifier: str) -> Trial:
    return Trial(BY_ID[identifier])


def diagnosis_of(identifier: str, function: str, source: str) -> list[str]:
    """The sentences of the check of one function about how its numbers came about."""
    result = trial(identifier).run({function: source}, [function])[function]
    return [line.strip().removeprefix("→ ") for line in result.printed.split("\n") if line.strip().startswith("→ ")]


def spoil(file, code: str) -> str:
    return f"{file.source}\n{HELPERS}\n\nright = {file.function}\n{file.function} = {code}\n"


def names(pair) -> str:
    return f"{pair[1].function}-{pair[1].name}"


@pytest.mark.parametrize("spoiling", SPOILT)
@pytest.mark.parametrize("right", RIGHT, ids=names)
def test_a_right_function_that_is_spoilt_is_told_no_mistake_that_it_does_not_make(right, spoiling):
    identifier, file = right
    code, true = SPOILT[spoiling]
    for sentence in diagnosis_of(identifier, file.function, spoil(file, code)):
        assert any(words in sentence for words in true), sentence


@pytest.mark.parametrize("spoiling", SPOILT_OUTPUTS)
@pytest.mark.parametrize("right", SEVERAL_OUTPUTS, ids=names)
def test_outputs_that_are_exchanged_or_lost_are_no_mistake_of_a_formula(right, spoiling):
    identifier, file = right
    code, true = SPOILT_OUTPUTS[spoiling]
    for sentence in diagnosis_of(identifier, file.function, spoil(file, code)):
        assert any(words in sentence for words in true), sentence
