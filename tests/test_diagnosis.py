"""A diagnosis names the mistake when the numbers betray it, and is silent where they could have come about otherwise."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from matrix_checks.checks.comparing import compare
from matrix_checks.checks.diagnosis import Dimension, Knowledge, Mistake, Reading, diagnose
from tests.conftest import ROOT


def readings(function, truth, cases, per="array"):
    return [Reading("", case, np.asarray(function(*case), float), np.asarray(truth(*case), float), per) for case in cases]


def random_cases(*shapes, count=3, seed=0):
    rng = np.random.default_rng(seed)
    return [tuple(rng.normal(size=tuple(n + k for n in shape)) for shape in shapes) for k in range(count)]


VECTORS = random_cases((4,))
MATRICES = random_cases((3, 5))


@pytest.mark.parametrize(
    ("function", "truth", "cases", "words"),
    [
        (lambda x: x.T, lambda x: x, MATRICES, "the array is transposed"),
        (lambda x: -x, lambda x: x, MATRICES, "the sign is wrong"),
        (lambda x: -x.T, lambda x: x, MATRICES, "the array is transposed, and the sign is wrong"),
        (lambda x: 2 * x, lambda x: x, VECTORS, "a factor of 2 too many"),
        (lambda x: x / 2, lambda x: x, VECTORS, "a factor of 2 is missing"),
        (lambda x: x[np.newaxis], lambda x: x, VECTORS, "right in numerator layout"),
        (lambda x: x[:, np.newaxis], lambda x: x, VECTORS, "an axis of length one too many"),
        (lambda x: x * (1 + 1e-6), lambda x: x, VECTORS, "nearly right in every case, but not to rounding"),
    ],
)
def test_a_relation_that_explains_every_case_is_named(function, truth, cases, words):
    assert words in diagnose(readings(function, truth, cases), Knowledge())[0]


def test_a_factor_is_named_with_the_dimension_that_it_is():
    knowledge = Knowledge(dimensions=[Dimension("N", "the batch size", lambda x: len(x))])
    averaged = readings(lambda x: x.mean(axis=0), lambda x: x.sum(axis=0), MATRICES)
    assert "a factor of 1/N too many, where N is the batch size" in diagnose(averaged, knowledge)[0]
    summed = readings(lambda x: x.sum(axis=0), lambda x: x.mean(axis=0), MATRICES)
    assert "a factor of N too many, where N is the batch size" in diagnose(summed, knowledge)[0]


def test_a_factor_that_is_the_dimension_only_by_chance_is_not_named():
    knowledge = Knowledge(dimensions=[Dimension("N", "the batch size", lambda x: len(x))])
    assert diagnose(readings(lambda x: x / 4, lambda x: x, VECTORS), knowledge) == []


def test_small_entries_lost_beside_large_ones_betray_a_finite_difference():
    cases = [(10.0 ** np.arange(-8, 9),)]

    def difference(x):
        unit = np.eye(len(x))
        return np.array([((x + e) @ (x + e) - (x - e) @ (x - e)) / 2 for e in unit])

    sentence = diagnose(readings(difference, lambda x: 2 * x, cases, per="entry"), Knowledge())[0]
    assert "as with a finite difference" in sentence


def test_whole_numbers_in_the_place_of_fractions_are_no_finite_difference():
    cases = [(np.array([1.25, -2.75, 3.0]),), (np.array([0.5, 1e-8, 2.5]),)]
    sentences = diagnose(readings(lambda x: np.trunc(2 * x), lambda x: 2 * x, cases), Knowledge())
    assert sentences == ["the numbers behind the decimal point are cut off: the result is made an integer on the way"]
    assert not diagnose(readings(lambda x: 2 * x, lambda x: 2 * x, cases), Knowledge())


def test_beside_entries_of_mixed_scale_an_approximation_is_seen_in_the_other_cases():
    near = readings(lambda x: 2 * x + 1e-6, lambda x: 2 * x, [(np.array([1.25, -2.75]),)])
    far = readings(lambda x: 2 * x + 1e7, lambda x: 2 * x, [(np.array([1e8, -3.0, 1e-8]),)], per="entry")
    assert diagnose(near + far, Knowledge()) == [
        "nearly right where the entries are of one size, but not to rounding: was something approximated?"
    ]


def test_a_mistake_that_gives_numbers_where_arrays_did_not_fit_is_another_one():
    knowledge = Knowledge(mistakes=[Mistake("x squared", lambda x: x * x), Mistake("x times itself", lambda x: x[:2] * x)])
    square = readings(lambda x: x * x, lambda x: x, [(np.array([3.0, 5.0]),)])
    assert diagnose(square, knowledge) == ["x squared, or: x times itself"]
    assert diagnose(square, knowledge, raised=[(np.array([3.0, 5.0, 7.0]),)]) == ["x times itself"]


def test_a_declared_mistake_is_named_only_if_it_explains_every_case():
    knowledge = Knowledge(mistakes=[Mistake("x squared, where x belongs", lambda x: x * x)])
    assert diagnose(readings(lambda x: x * x, lambda x: x, VECTORS), knowledge) == ["x squared, where x belongs"]
    sometimes = readings(lambda x: x * x if len(x) == 4 else x**3, lambda x: x, VECTORS)
    assert diagnose(sometimes, knowledge) == []


def test_right_numbers_are_not_explained_away():
    knowledge = Knowledge(mistakes=[Mistake("nothing is wrong", lambda x: x)])
    assert diagnose(readings(lambda x: x, lambda x: x, VECTORS), knowledge) == []


def test_two_declared_mistakes_with_the_same_numbers_are_both_named():
    knowledge = Knowledge(mistakes=[Mistake("one", lambda x: x * x), Mistake("other", lambda x: x**2)])
    assert diagnose(readings(lambda x: x * x, lambda x: x, VECTORS), knowledge) == ["one, or: other"]


def test_each_output_has_its_own_diagnosis():
    wrong = (
        [Reading("a", (x,), -x, x) for (x,) in VECTORS]
        + [Reading("b", (x,), 2 * x, x) for (x,) in VECTORS]
        + [Reading("c", (x,), x, x) for (x,) in VECTORS]
    )
    assert diagnose(wrong, Knowledge(("a", "b", "c"))) == ["a: the sign is wrong", "b: a factor of 2 too many"]


def symmetric(x):
    return x[:, np.newaxis] * x


def test_a_symmetric_answer_that_was_rounded_on_the_way_is_not_called_transposed():
    rounded = readings(lambda x: symmetric(x).astype(np.float32).astype(float), symmetric, VECTORS)
    assert diagnose(rounded, Knowledge()) == ["nearly right in every case, but not to rounding: was something approximated?"]


def test_a_mistake_that_cannot_be_told_from_the_right_answer_explains_no_rounding():
    knowledge = Knowledge(mistakes=[Mistake("in another order", lambda x: x[::-1][::-1])])
    rounded = readings(lambda x: x.astype(np.float32).astype(float), lambda x: x, VECTORS)
    assert "in another order" not in "".join(diagnose(rounded, knowledge))


def test_one_of_several_results_has_an_axis_too_many_and_is_no_row():
    rows = [Reading("b", (x,), x[np.newaxis], x) for (x,) in VECTORS] + [Reading("a", (x,), x, x) for (x,) in VECTORS]
    assert diagnose(rows, Knowledge(("a", "b"))) == ["b: an axis of length one too many"]


def test_one_number_with_two_axes_is_no_row():
    one = readings(lambda x: x.sum(keepdims=True)[np.newaxis], lambda x: x.sum(keepdims=True), VECTORS)
    assert diagnose(one, Knowledge()) == ["an axis of length one too many"]
    assert "a row" in diagnose(readings(lambda x: x[np.newaxis], lambda x: x, VECTORS), Knowledge())[0]


SUMMED = Mistake("summed over everything: one number", lambda x: x.sum())
COLUMN_SUMS = [(np.arange(1.0, 5.0)[:, np.newaxis],), (np.arange(2.0, 5.0)[:, np.newaxis],)]


def test_the_right_number_without_its_axis_is_no_sign_of_a_mistake_that_gives_other_numbers_elsewhere():
    squeezed = readings(lambda x: x.sum(axis=0).squeeze(), lambda x: x.sum(axis=0), COLUMN_SUMS)
    assert "an axis of length one is missing" in diagnose(squeezed, Knowledge(mistakes=[SUMMED]))[0]
    summed = readings(lambda x: x.sum(), lambda x: x.sum(axis=0), COLUMN_SUMS + MATRICES)
    assert diagnose(summed, Knowledge(mistakes=[SUMMED])) == ["summed over everything: one number"]


def test_a_vec_is_recognized_by_the_order_of_its_numbers():
    by_columns = readings(lambda x: x.reshape(-1, order="F"), lambda x: x, MATRICES)
    assert "a vec that stacks the columns" in diagnose(by_columns, Knowledge())[0]
    by_rows = readings(lambda x: x.reshape(-1), lambda x: x, MATRICES)
    assert "stand in their order" in diagnose(by_rows, Knowledge())[0]


def exchanging(names, order):
    """Readings of outputs that are x, x + 1, ..., returned in another order."""
    return [
        Reading(name, case, case[0] + place, case[0] + right)
        for case in VECTORS
        for right, (name, place) in enumerate(zip(names, order))
    ]


@pytest.mark.parametrize(
    ("names", "order", "sentences"),
    [
        ("ab", (1, 0), ["a and b have changed places"]),
        ("abc", (0, 2, 1), ["b and c have changed places"]),
        ("abcd", (1, 0, 3, 2), ["a and b have changed places", "c and d have changed places"]),
        ("abc", (1, 2, 0), ["a, b and c have changed places in a circle"]),
        ("ab", (0, 1), []),
        ("ab", (1, 1), []),
    ],
)
def test_outputs_that_have_changed_places_are_named_and_no_mistake_is(names, order, sentences):
    knowledge = Knowledge(tuple(names), [Mistake("the first output is computed as the second", lambda x: x + 1, "a")])
    told = diagnose(exchanging(names, order), knowledge)
    assert told == (sentences or (["a: the first output is computed as the second"] if order == (1, 1) else []))


def test_a_mistake_that_explains_several_cases_is_named_as_one_of_some_cases():
    knowledge = Knowledge(mistakes=[Mistake("x squared, where x belongs", lambda x: x * x)])
    longer = random_cases((4,), count=4)
    two = readings(lambda x: x * x if len(x) > 5 else x, lambda x: x, longer)
    assert diagnose(two, knowledge) == ["in some of the cases: x squared, where x belongs"]
    beside_another = readings(lambda x: x * x if len(x) > 5 else x**3, lambda x: x, longer)
    assert diagnose(beside_another, knowledge) == ["in some of the cases: x squared, where x belongs"]


def test_each_mode_may_have_its_own_mistake():
    cases = [(*case, mode) for case in random_cases((4,), count=4) for mode in (True, False)]
    knowledge = Knowledge(mistakes=[Mistake("squared", lambda x, mode: x * x), Mistake("cubed", lambda x, mode: x**3)])
    told = diagnose(readings(lambda x, mode: x * x if mode else x**3, lambda x, mode: x, cases), knowledge)
    assert told == ["in some of the cases: squared; in some of the cases: cubed"]


def test_no_declared_sentence_stands_in_a_release_in_plain_text(assignment):
    import re

    source = "".join(path.read_text(encoding="utf-8") for path in assignment.folder.glob("hidden/*.py"))
    sentences = re.findall(r"check\.mistake\(\s*\"([^\"]+)\"", source)
    assert len(sentences) > 50
    for path in (ROOT / "release" / assignment.identifier).rglob("*"):
        if path.is_file() and path.suffix in (".json", ".ipynb", ".py"):
            text = path.read_text(encoding="utf-8")
            assert not [sentence for sentence in sentences if len(sentence) > 12 and sentence in text], path


def test_a_failed_visible_case_is_drawn_beside_the_right_array_in_a_notebook():
    source = """
import numpy as np
from matrix_checks.notebook import Check

f = lambda x: x.T
check = Check("f", general=1)
check.visible("a matrix", np.arange(6.0).reshape(2, 3), expected=np.arange(6.0).reshape(2, 3))
check.points()
"""
    notebook = new_notebook(cells=[new_code_cell(source)])
    NotebookClient(notebook, resources={"metadata": {"path": str(ROOT)}}).execute()
    outputs = notebook.cells[0].outputs
    assert [output for output in outputs if "image/png" in output.get("data", {})]
    assert outputs[-1].data["text/plain"] == "0.0"
    assert not [output for output in outputs if output.get("name") == "stderr"]


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 7), st.integers(1, 7), st.integers(1, 7), st.integers(-8, 8), st.integers(-8, 8), st.integers(0, 10**6))
def test_a_right_product_computed_in_another_order_never_fails(rows, inner, columns, scale_one, scale_other, seed):
    rng = np.random.default_rng(seed)
    one = rng.uniform(0.5, 1, size=(rows, inner)) * 10.0**scale_one
    other = rng.uniform(0.5, 1, size=(inner, columns)) * 10.0**scale_other
    backwards = (one[:, ::-1] @ other[::-1]).copy()
    by_sums = np.array([[sum(one[i, k] * other[k, j] for k in range(inner)) for j in range(columns)] for i in range(rows)])
    by_terms = np.einsum("ik,kj->ikj", one, other).sum(axis=1)
    for per in ("array", "row", "column", "entry"):
        for result in (backwards, by_sums, by_terms):
            assert compare(result, one @ other, per=per, floor=0.0).passed


def test_a_mistake_that_would_have_changed_a_right_output_is_not_said_where_another_explains_the_numbers():
    everything = Mistake("the other mode", lambda x: (x * 2, x * 3))
    own = Mistake("it is not kept", lambda x: x * 3, output="b")
    loss = [Reading("a", (x,), x, x) for (x,) in VECTORS]
    moving = [Reading("b", (x,), 3 * x, x) for (x,) in VECTORS]
    assert diagnose(loss + moving, Knowledge(("a", "b"), [everything, own])) == ["b: it is not kept"]
    wrong_loss = [Reading("a", (x,), 2 * x, x) for (x,) in VECTORS]
    assert diagnose(wrong_loss + moving, Knowledge(("a", "b"), [everything, own])) == ["a, b: the other mode"]


def test_a_mistake_of_one_output_that_is_declared_for_all_outputs_too_is_said_once():
    both = Mistake("divided by N - 1", lambda x: (x * 2, x * 3))
    own = Mistake("it uses the variance divided by N - 1", lambda x: x * 3, output="b")
    knowledge = Knowledge(("a", "b"), [both, own])
    wrong_b = [Reading("b", (x,), 3 * x, x) for (x,) in VECTORS]
    wrong_a = [Reading("a", (x,), 2 * x, x) for (x,) in VECTORS]
    right_a = [Reading("a", (x,), x, x) for (x,) in VECTORS]
    assert diagnose(right_a + wrong_b, knowledge) == ["b: it uses the variance divided by N - 1"]
    assert diagnose(wrong_a + wrong_b, knowledge) == ["a, b: divided by N - 1"]
