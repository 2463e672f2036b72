"""The visible cases of the second chapter are right, and stop the wrong answers that students give; so do the cells to keep."""

import contextlib
import re
from types import ModuleType
from typing import Any

import numpy as np
import pytest

import matrix_checks
from autograder.course.hidden_cases import BEGIN_HIDDEN, END_HIDDEN
from matrix_checks.checks.comparing import compare
from tests.layers_chapter import LAYERS, cells, trial

_HIDDEN = re.compile(f"{re.escape(BEGIN_HIDDEN)}.*?{re.escape(END_HIDDEN)}\n", re.DOTALL)


def told(function: str, source: str, capsys: pytest.CaptureFixture[str]) -> str:
    """What the visible cases of a function print for one version of it, before anything is graded."""
    exec(_HIDDEN.sub("", cells()[f"check_{function}"]), trial().namespace({function: source}))
    return capsys.readouterr().out


class Recorder:
    """Stands for ``Check`` and keeps the visible cases."""

    def __init__(self, *names: str, **groups: Any):
        self.cases: list[tuple[str, tuple, dict[str, Any]]] = []

    def visible(self, label: str, *arguments: Any, **how: Any) -> None:
        self.cases.append((label, arguments, how))

    def points(self) -> None:
        pass


def visible_cases(function: str, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, tuple, dict[str, Any]]]:
    monkeypatch.setattr(matrix_checks, "Check", Recorder)
    namespace: dict[str, Any] = {}
    exec(_HIDDEN.sub("", cells()[f"check_{function}"]), namespace)
    return namespace["check"].cases


def hidden_file(function: str) -> ModuleType:
    module = ModuleType(function)
    exec((LAYERS.folder / "hidden" / f"{function}.py").read_text(encoding="utf-8"), module.__dict__)
    return module


# The visible cases: their answers, and what does not pass them


@pytest.mark.parametrize("function", trial().functions)
def test_the_expected_answers_of_the_visible_cases_are_the_derivatives_themselves(function, monkeypatch):
    truth = hidden_file(function).truth
    for label, arguments, how in visible_cases(function, monkeypatch):
        doubles = [each.astype(float) if getattr(each, "dtype", None) == np.float32 else each for each in arguments]
        if function == "softmax_forward":
            # The definition overflows where the logits are large; the shift changes nothing on paper.
            doubles = [each - each.max(axis=1, keepdims=True) for each in doubles]
        right, expected = truth(*doubles), how["expected"]
        pairs = zip(right, expected, strict=True) if isinstance(expected, tuple) else [(right, expected)]
        for computed, written in pairs:
            for name in written if isinstance(written, dict) else [None]:
                both = (computed, written) if name is None else (computed[name], written[name])
                value = getattr(both[0], "value", both[0])
                assert np.isfinite(value).all()
                assert compare(np.asarray(both[1], dtype=float), value, per=how.get("per", "array")).passed, (label, name)


@pytest.mark.parametrize("function", trial().functions)
def test_the_right_answer_passes_the_visible_cases(function, capsys):
    printed = told(function, trial().solutions[function], capsys)
    assert "✓" in printed and "✗" not in printed


WRONG = {
    "the products of entries, summed, for the weight gradient": (
        "linear_parameter_gradients",
        "x, grad_output",
        "(x * grad_output).sum(axis=0)[:, np.newaxis], grad_output.sum(axis=0)",
    ),
    "a bias gradient summed over the features": (
        "linear_parameter_gradients",
        "x, grad_output",
        "x.T @ grad_output, grad_output.sum(axis=1)",
    ),
    "a batch averaged": (
        "linear_parameter_gradients",
        "x, grad_output",
        "x.T @ grad_output / len(x), grad_output.mean(axis=0)",
    ),
    "no shift of the logits": ("softmax_forward", "x", "np.exp(x) / np.exp(x).sum(axis=1, keepdims=True)"),
    "the shift by the mean of the row": (
        "softmax_forward",
        "x",
        "(lambda z: z / z.sum(axis=1, keepdims=True))(np.exp(x - x.mean(axis=1, keepdims=True)))",
    ),
    "negative outputs cut to zero": ("linear_forward", "x, weight, bias", "np.maximum(x @ weight + bias, 0)"),
    "the shift of the whole batch": (
        "softmax_forward",
        "x",
        "np.exp(x - x.max()) / np.exp(x - x.max()).sum(axis=1, keepdims=True)",
    ),
    "an identity of double precision": ("softmax_jacobian", "y", "y * np.eye(len(y)) - np.outer(y, y)"),
    "the unbiased variance": (
        "batch_norm_backward",
        "x, grad_output, eps",
        "(lambda root: (lambda z: (grad_output - grad_output.mean(axis=0) - z * (grad_output * z).mean(axis=0)) / root)"
        "((x - x.mean(axis=0)) / root))(np.sqrt(x.var(axis=0, ddof=1) + eps))",
    ),
    "difference quotients": (
        "batch_norm_backward",
        "x, grad_output, eps",
        "numerical_vjp(lambda z: (z - z.mean(axis=0)) / np.sqrt(z.var(axis=0) + eps), x, grad_output)",
    ),
    "no path through the variance": (
        "batch_norm_backward",
        "x, grad_output, eps",
        "(grad_output - grad_output.mean(axis=0)) / np.sqrt(x.var(axis=0) + eps)",
    ),
    "no path through the mean": (
        "batch_norm_backward",
        "x, grad_output, eps",
        "(lambda root: (lambda z: (grad_output - z * (grad_output * z).mean(axis=0)) / root)"
        "((x - x.mean(axis=0)) / root))(np.sqrt(x.var(axis=0) + eps))",
    ),
    "statistics of shape (1, n)": (
        "batch_norm_forward",
        "x, moving_mean, moving_variance, alpha, eps, training",
        "(lambda m, v: ((x - m) / np.sqrt(v + eps), *((alpha * moving_mean + (1 - alpha) * m, alpha * moving_variance + (1 - alpha) * v)"
        " if training else (m, v))))(*((x.mean(axis=0, keepdims=True), x.var(axis=0, keepdims=True)) if training"
        " else (moving_mean, moving_variance)))",
    ),
}


@pytest.mark.parametrize(("function", "arguments", "formula"), WRONG.values(), ids=WRONG)
def test_a_wrong_answer_does_not_pass_the_visible_cases(function, arguments, formula, capsys):
    with np.errstate(all="ignore"):
        assert "✗" in told(function, f"def {function}({arguments}):\n    return {formula}\n", capsys)


VARIANCE_PATH = """def batch_norm_backward(x, grad_output, eps):
    root = np.sqrt(x.var(axis=0) + eps)
    normalized = (x - x.mean(axis=0)) / root
    path = normalized * (grad_output * normalized).mean(axis=0)
    return (grad_output - grad_output.mean(axis=0) - {factor} * path) / root
"""


@pytest.mark.parametrize("factor", [0, 0.5, 2, -1])
def test_each_visible_case_of_the_backward_normalization_has_a_path_through_the_variance(factor, capsys):
    assert told("batch_norm_backward", VARIANCE_PATH.format(factor=factor), capsys).count("  ✗ ") == 2
    assert told("batch_norm_backward", VARIANCE_PATH.format(factor=1), capsys).count("  ✗ ") == 0


RELU, NORMALIZATION = "relu_backward(grad_activated, normalized)", "batch_norm_backward(hidden, grad_normalized, EPS)"
WRONG_STEPS = {
    "the backward pass of ReLU is skipped": (RELU, "grad_activated"),
    "the backward pass of the normalization is skipped": (NORMALIZATION, "grad_normalized"),
    "the gate of ReLU comes from its input before the normalization": (RELU, "relu_backward(grad_activated, hidden)"),
    "the backward pass of the normalization is given its output": (
        NORMALIZATION,
        "batch_norm_backward(normalized, grad_normalized, EPS)",
    ),
}


def changed_step(change: tuple[str, str]) -> str:
    right = trial().solutions["train_step"]
    assert right.count(change[0]) == 1
    return right.replace(*change)


@pytest.mark.parametrize("change", WRONG_STEPS.values(), ids=WRONG_STEPS)
def test_a_wrong_backward_pass_is_stopped_by_the_second_visible_case_only(change, capsys):
    lines = told("train_step", changed_step(change), capsys).split("\n")
    marks = [line.strip()[0] for line in lines if line.strip()[:1] in {"✓", "✗"}]
    assert marks[:2] == ["✓", "✗"], "zeros do not hide the mistake, as the chapter says"


# The locked cells that students keep


@pytest.mark.parametrize("change", WRONG_STEPS.values(), ids=WRONG_STEPS)
def test_the_check_of_the_whole_backward_pass_names_the_first_weights_of_a_wrong_step(change, capsys):
    exec(cells()["whole_backward_check"], trial().namespace({"train_step": changed_step(change)}))
    printed = capsys.readouterr().out
    assert re.search("weight_1.* they DIFFER", printed) and re.search("weight_2.* they agree", printed)


def test_the_check_of_the_whole_backward_pass_agrees_with_the_right_step(capsys):
    exec(cells()["whole_backward_check"], trial().namespace({}))
    printed = capsys.readouterr().out
    assert printed.count("they agree") == 4 and "-0.00000" not in printed


def test_the_check_of_the_whole_backward_pass_compares_nothing_of_a_step_that_changes_its_arguments(capsys):
    in_place = changed_step(
        ("    return new_parameters, loss", "    parameters['bias_1'][...] = 0\n    return new_parameters, loss")
    )
    exec(cells()["whole_backward_check"], trial().namespace({"train_step": in_place}))
    assert capsys.readouterr().out == "Your step changes its arguments: correct that first.\n"


def test_wrong_steps_train_nearly_as_well_as_the_chapter_says():
    until_the_pictures = cells()["look_network"].split("    figure, axes")[0]
    for change in WRONG_STEPS.values():
        namespace = trial().namespace({"train_step": changed_step(change)})
        with contextlib.chdir(LAYERS.folder), contextlib.redirect_stdout(None):
            exec(until_the_pictures, namespace)
        assert 0.94 < namespace["reached"] < 0.98


def test_the_numerical_product_of_a_vector_and_a_jacobian_agrees_with_every_backward_pass():
    names = trial().namespace({})
    rng = np.random.default_rng(6)
    x, weight, bias, g = rng.normal(size=(4, 3)), rng.normal(size=(3, 2)), rng.normal(size=2), rng.normal(size=(4, 2))
    numerically = names["numerical_vjp"]
    claims = [
        (numerically(lambda z: names["linear_forward"](z, weight, bias), x, g), names["linear_backward"](g, weight)),
        (numerically(lambda z: names["linear_forward"](x, z, bias), weight, g), names["linear_parameter_gradients"](x, g)[0]),
        (numerically(lambda z: names["linear_forward"](x, weight, z), bias, g), names["linear_parameter_gradients"](x, g)[1]),
        (numerically(names["softmax_forward"], x, x[::-1]), names["softmax_backward"](x[::-1], names["softmax_forward"](x))),
        (
            numerically(lambda z: names["batch_norm_forward"](z, np.zeros(3), np.ones(3), 0.9, 0.1, True)[0], x, x[::-1]),
            names["batch_norm_backward"](x, x[::-1], 0.1),
        ),
    ]
    for numerical, claimed in claims:
        assert np.abs(numerical - claimed).max() < 1e-7 * np.abs(claimed).max()
