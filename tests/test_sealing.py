"""A release says before grading what grading says after, and nothing of it can be read."""

import json

import numpy as np
import pytest

from matrix_checks.checks.sealing import SEALED_FILE
from matrix_checks.notebook import Check


def make_check(function):
    check = Check("f", general=1, namespace={"f": function})
    check.visible("two", np.array([1.0, 2.0]), expected=np.array([2.0, 4.0]))
    return check


def asked_for_everything(check, capsys):
    """What a student is told who asks for every hint."""
    check.points()
    for _ in range(3):
        check.hint()
    return capsys.readouterr().out


def test_a_sealed_sentence_is_opened_by_the_mistake_and_by_nothing_else(tmp_path, monkeypatch, capsys):
    course = make_check(lambda x: 2 * x)
    course.mistake("squared, where doubled belongs", lambda x: x * x)
    course.mistake("this one raises", lambda x: 1 / 0)
    course.mistake("this one is no mistake here", lambda x: x + x)
    course.points()
    sealed = course.sealed_mistakes()
    assert len(sealed["mistakes"]) == 1
    (tmp_path / SEALED_FILE).write_text(json.dumps({"f": sealed}))
    assert "squared" not in (tmp_path / SEALED_FILE).read_text()
    monkeypatch.chdir(tmp_path)
    capsys.readouterr()
    assert "squared, where doubled belongs" in asked_for_everything(make_check(lambda x: x**2), capsys)
    assert "squared" not in asked_for_everything(make_check(lambda x: x**3), capsys)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"f": 3}', '{"f": [{"lock": 1}]}'])
def test_a_spoilt_file_of_sealed_sentences_harms_nothing(content, tmp_path, monkeypatch, capsys):
    (tmp_path / SEALED_FILE).write_text(content)
    monkeypatch.chdir(tmp_path)
    assert make_check(lambda x: x**2).points() == 0.0
    assert "Error" not in capsys.readouterr().out


def product_check(function):
    """A check as a release has it: one visible case, in which a forgotten transpose raises."""
    check = Check("f", general=1, namespace={"f": function})
    x, g = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]), np.array([[1.0], [0.0], [5.0]])
    check.visible("three objects", x, g, expected=x.T @ g)
    return check


@pytest.fixture
def sealed_product(tmp_path, monkeypatch, capsys):
    """The folder of a release, with what the course knows of the product sealed in it; its text."""
    course = product_check(lambda x, g: x.T @ g)
    numbers = np.random.default_rng(5).normal(size=(2, 4, 4))
    course.probe("square arrays", *numbers, truth=lambda x, g: x.T @ g)
    course.mistake("x is not transposed", lambda x, g: x @ g)
    course.dimension("N", "the batch size", lambda x, g: len(x))
    course.points()
    text = json.dumps({"f": course.sealed_mistakes()})
    (tmp_path / SEALED_FILE).write_text(text)
    monkeypatch.chdir(tmp_path)
    capsys.readouterr()
    return text, numbers


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (lambda x, g: x @ g, "x is not transposed"),
        (lambda x, g: x.T @ g / len(x), "a factor of 1/N too many, where N is the batch size"),
        (lambda x, g: x.T @ g * len(x), "a factor of N too many, where N is the batch size"),
    ],
    ids=["not transposed", "averaged", "summed twice"],
)
def test_a_release_says_before_grading_what_grading_says_of_square_arrays_and_of_dimensions(
    function, words, sealed_product, capsys
):
    assert words in asked_for_everything(product_check(function), capsys)


@pytest.mark.parametrize(
    "function",
    [
        lambda x, g: x.T @ g,
        lambda x, g: x.T @ g / 3,
        lambda x, g: x @ g + 1,
        lambda x, g: 1 / 0,
        lambda x, g: x.T @ g / len(x) + 1e-3,
    ],
    ids=["right", "a third, whatever the size", "another mistake", "raises", "near"],
)
def test_another_function_opens_nothing(function, sealed_product, capsys):
    said = asked_for_everything(product_check(function), capsys)
    assert "transposed" not in said and "batch size" not in said


def test_neither_a_sentence_nor_a_hidden_number_can_be_read_in_the_release(sealed_product):
    text, hidden = sealed_product
    content = json.loads(text)["f"]
    assert len(content["probes"]) == 1 and content["mistakes"]
    for readable in ("transposed", "batch", "averaged"):
        assert readable not in text
    shown = np.array([argument["array"] for argument in content["probes"][0]])
    assert shown.shape == hidden.shape, "the sizes are those of the hidden part"
    assert not np.intersect1d(np.abs(shown), np.abs(hidden)).size, "the numbers are not"


def two_modes(function):
    check = Check("f", general=1, namespace={"f": function})
    x = np.array([1.0, 2.0, 3.0, 4.0, 5.0])
    for mode in (True, False):
        check.visible(f"mode {mode}", x, mode, expected=x * x + (1 if mode else 2))
    return check


@pytest.fixture
def sealed_modes(tmp_path, monkeypatch, capsys):
    course = two_modes(lambda x, mode: x * x + (1 if mode else 2))
    course.mistake("cubes, where squares belong", lambda x, mode: x**3 + (1 if mode else 2))
    course.mistake("the constant is missing", lambda x, mode: x * x)
    course.points()
    (tmp_path / SEALED_FILE).write_text(json.dumps({"f": course.sealed_mistakes()}))
    monkeypatch.chdir(tmp_path)
    capsys.readouterr()


@pytest.mark.parametrize("mode", [True, False])
def test_a_mistake_in_one_mode_only_is_said_of_some_of_the_cases(mode, sealed_modes, capsys):
    said = asked_for_everything(two_modes(lambda x, m: x ** (3 if m == mode else 2) + (1 if m else 2)), capsys)
    assert "in some of the cases: cubes, where squares belong" in said and "constant" not in said


def test_of_several_wrong_cases_no_single_one_opens_a_sentence(sealed_modes, capsys):
    said = asked_for_everything(two_modes(lambda x, mode: x * x if mode else x * x - 1), capsys)
    assert "constant" not in said and "cubes" not in said
    assert "the constant is missing" in asked_for_everything(two_modes(lambda x, mode: x * x), capsys)


def test_a_mistake_of_all_outputs_that_a_right_one_denies_stays_sealed_beside_a_better_one(tmp_path, monkeypatch, capsys):
    def of_two(function):
        check = Check("f", general=1, returns=("loss", "moving"), namespace={"f": function})
        x = np.array([1.0, 2.0, 3.0])
        check.visible("three", x, expected=(2 * x, 3 * x))
        return check

    course = of_two(lambda x: (2 * x, 3 * x))
    course.mistake("the other mode", lambda x: (x * x, x))
    course.mistake("it is not kept", lambda x: x, output="moving")
    course.points()
    (tmp_path / SEALED_FILE).write_text(json.dumps({"f": course.sealed_mistakes()}))
    monkeypatch.chdir(tmp_path)
    assert "moving: it is not kept" in asked_for_everything(of_two(lambda x: (2 * x, x.copy())), capsys)
    assert "loss, moving: the other mode" in asked_for_everything(of_two(lambda x: (x * x, x.copy())), capsys)


def test_a_factor_of_two_is_no_batch_size_where_the_batch_has_two_objects(tmp_path, monkeypatch, capsys):
    def of_two(function):
        check = Check("f", general=1, namespace={"f": function})
        check.visible("two objects", np.array([[1.0], [4.0]]), expected=np.array([5.0]))
        return check

    course = of_two(lambda x: x.sum(axis=0))
    course.dimension("N", "the batch size", len)
    course.points()
    (tmp_path / SEALED_FILE).write_text(json.dumps({"f": course.sealed_mistakes()}))
    monkeypatch.chdir(tmp_path)
    said = asked_for_everything(of_two(lambda x: x.sum(axis=0) / 2), capsys)
    assert "a factor of 2 is missing" in said and "batch size" not in said
