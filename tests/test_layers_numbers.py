"""What the second chapter says in numbers is computed here, and what it promises to have is there."""

import contextlib
import re
import tomllib

import numpy as np
import pytest

from autograder.derivatives import vjp
from tests.layers_chapter import LAYERS, cells, chapter, trial

# Numbers in the prose


def test_the_sizes_of_the_jacobian_of_a_batch_and_of_the_two_factors():
    n_objects, n_features, bytes_each = 128, 512, 8
    assert n_objects * n_features == 65536
    assert round(65536**2 * bytes_each / 1e9) == 34
    assert round(n_objects * n_features * bytes_each / 1e6, 1) == 0.5
    assert round(n_features * n_features * bytes_each / 1e6, 1) == 2.1


def test_a_linear_layer_multiplies_twice_as_often_in_the_backward_pass_as_in_the_forward_pass():
    n, n1, n2 = 128, 512, 256
    assert n * n2 * n1 + n1 * n * n2 == 2 * (n * n1 * n2)


def test_the_order_of_a_product_of_jacobians_decides_what_it_costs(capsys):
    def multiplications(*shapes: tuple[int, int]) -> int:
        return sum(rows * inner * columns for (rows, inner), (_, columns) in zip(shapes, shapes[1:]))

    n = 256
    row, square = (1, n), (n, n)
    left = multiplications(row, square) * 3
    right = 2 * multiplications(square, square) + multiplications(row, square)
    assert (left, right) == (3 * n**2, 2 * n**3 + n**2)
    assert round(right / left) == 171 and "here 171 times as many" in chapter()
    exec(cells()["both_orders"], trial().namespace({}))
    printed = capsys.readouterr().out
    assert f"From the left: {left:,}" in printed and f"From the right: {right:,}" in printed


def test_the_layer_written_out():
    x, g = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[1.0, 0.0, 2.0], [5.0, 1.0, 0.0]])
    gradient = vjp(lambda weight: x @ weight, np.zeros((2, 3)), g)
    assert np.isclose(getattr(gradient, "value", gradient)[1, 0], 22)
    assert r"1 \cdot 2 + 5 \cdot 4 = 22" in chapter()


def test_the_jacobian_of_a_batch_repeats_six_numbers():
    weight = np.arange(1.0, 7.0).reshape(3, 2)
    jacobian = np.kron(np.eye(5), weight.T)
    assert jacobian.shape == (10, 15) and jacobian.size == 150
    assert np.count_nonzero(jacobian) == 30 and len(np.unique(jacobian[jacobian != 0])) == 6


def test_the_gradients_of_scale_and_shift():
    rng = np.random.default_rng(7)
    normalized, u = rng.normal(size=6), rng.normal(size=6)
    gamma, beta = np.array([1.5]), np.array([-0.5])
    for formula, gradient in (
        (np.sum(u * normalized), vjp(lambda z: z * normalized + beta, gamma, u)),
        (np.sum(u), vjp(lambda z: gamma * normalized + z, beta, u)),
        (gamma * u, vjp(lambda z: gamma * z + beta, normalized, u)),
    ):
        assert np.allclose(formula, getattr(gradient, "value", gradient), rtol=1e-9, atol=1e-12)


def test_softmax_with_cross_entropy():
    names = trial().namespace({})
    rng = np.random.default_rng(8)
    logits, labels = rng.normal(size=(5, 3)), np.array([0, 2, 1, 1, 0])
    p = names["softmax_forward"](logits)
    g = names["cross_entropy_gradient"](p, labels)
    assert np.allclose((g * p).sum(axis=1), -1 / 5)
    fused = (p - np.eye(3)[labels]) / 5
    assert np.allclose(names["softmax_backward"](g, p), fused)
    numerical = names["numerical_vjp"](
        lambda z: np.mean(np.log(np.exp(z).sum(axis=1)) - z[np.arange(5), labels]), logits, np.array(1.0)
    )
    assert np.allclose(numerical, fused, atol=1e-9)


def test_gradients_add_at_a_fork():
    names = trial().namespace({})
    rng = np.random.default_rng(9)
    x, g = rng.normal(size=(4, 3)), rng.normal(size=(4, 3))
    forked = names["numerical_vjp"](lambda z: names["softmax_forward"](z) + z, x, g)
    assert np.allclose(forked, names["softmax_backward"](g, names["softmax_forward"](x)) + g, atol=1e-9)


def test_the_loss_before_the_first_step_is_a_little_above_that_of_chance():
    namespace = trial().namespace({})
    with contextlib.chdir(LAYERS.folder), contextlib.redirect_stdout(None):
        exec(cells()["look_network"].split("    figure, axes")[0], namespace)
    assert round(np.log(10), 1) == 2.3
    assert np.log(10) < namespace["losses"][0] < np.log(10) + 1
    assert namespace["reached"] > 0.95


def test_a_right_network_comes_close_to_zero_on_twenty_objects():
    names = trial().namespace({})
    parameters = names["new_network"](64, 64, 10, np.random.default_rng(10))
    for _ in range(200):
        parameters, loss = names["train_step"](parameters, names["digit_images"][:20], names["digit_labels"][:20], 0.3)
    assert loss < 0.02


def test_the_numbers_of_the_safe_logarithm_and_of_the_memory():
    assert np.exp(-746.0) == 0 < np.exp(-745.0)
    tiny = np.finfo(np.float64).tiny
    assert round(tiny / 1e-308) == 2 and np.isfinite(1 / tiny) and round(-np.log(tiny)) == 708
    assert 100_000**2 * 8 == 80e9
    with np.errstate(over="ignore"):
        assert np.isinf(np.exp(710.0)) and np.isfinite(np.exp(709.0))


def test_the_statistics_of_the_small_batch_come_out_even():
    x = np.array([[9.0, 4.0], [1.0, 10.0], [3.0, 10.0], [3.0, 4.0]])
    g = np.array([[2.0, 3.0], [0.0, 1.0], [0.0, 0.0], [2.0, 0.0]])
    assert x.mean(axis=0).tolist() == [4, 7] and x.var(axis=0).tolist() == [9, 9]
    assert g.mean(axis=0).tolist() == [1, 1]
    assert np.allclose((g * (x - [4, 7]) / 5).mean(axis=0), [0.4, -0.3])
    assert np.sqrt(np.array([9.0, 84.0]) + 16).tolist() == [5, 10]


def test_what_keeps_float32_and_what_does_not():
    single = np.ones(2, dtype=np.float32)
    assert (single / 2.0).dtype == np.float32
    assert (single / np.sqrt(2.0)).dtype == (single * np.ones(2)).dtype == np.float64


def test_what_is_said_of_the_hidden_feature_of_two_layers():
    x, weight_1, weight_2 = (
        np.array([[1.0, 0.0], [0.0, 1.0], [2.0, 1.0]]),
        np.array([[1.0], [-2.0]]),
        np.array([[2.0, -5.0, 0.0, 1.0]]),
    )
    g = np.array([[1.0, 0.0, 0.0, 1.0], [0.0, 1.0, 1.0, 0.0], [2.0, 0.0, 0.0, 0.0]])
    assert (x @ weight_1 + 1).ravel().tolist() == [2, -1, 1] and "the entries 2, −1, 1" in chapter()
    assert (g @ weight_2.T).ravel().tolist() == [3, -5, 4] and "entries 3, −5, 4" in chapter()


# What the chapter promises to have


def words_to_read(text: str) -> int:
    """Words that stand unfolded and are no code; a formula counts as one word, and what only the instructor has as none."""
    text = re.sub(r'<!-- #region (?:writeup|rubric)="\w+".*?<!-- #endregion -->', " ", text, flags=re.DOTALL)
    text = re.sub(r"```.*?```", " ", text, flags=re.DOTALL)
    innermost = re.compile(r"<details>(?:(?!<details>).)*?</details>", re.DOTALL)
    while innermost.search(text):
        text = innermost.sub(" ", text)
    text = re.sub(r"\$\$.*?\$\$|\$[^$]*\$", " F ", text, flags=re.DOTALL)
    return sum(1 for word in re.sub(r"<[^>]*>", " ", text).split() if re.search(r"\w", word))


def test_the_chapter_is_no_longer_to_read_than_it_was():
    assert words_to_read(chapter()) <= 3032


def test_before_each_look_something_is_to_be_predicted():
    text = re.sub(r'```python locked="data_and_prediction".*?```', "", chapter(), flags=re.DOTALL)
    before = re.split(r'```python locked="(?:look_\w+|both_orders)"\n', text)[:-1]
    assert len(before) == 6
    for text in before:
        assert "**Predict first:**" in text[-700:]


def test_common_slips_stand_after_each_exercise():
    for exercise in ("Linear", "SoftMax", "batch normalization", "the network"):
        assert f"**Common slips in {exercise}.**" in chapter()


@pytest.mark.parametrize(
    ("exercise", "name"),
    [("linear", "Linear"), ("softmax", "SoftMax"), ("batch_norm", "batch normalization"), ("network", "the network")],
)
def test_three_questions_follow_each_exercise_in_the_words_of_the_oral_discussion(exercise, name):
    declared = tomllib.loads((LAYERS.folder / "defence.toml").read_text(encoding="utf-8"))["question"]
    answers = {
        " ".join(each["question"].split()): " ".join(each["good"].split()) for each in declared if each["exercise"] == exercise
    }
    part = (
        chapter().split(f"<summary>Three questions to ask yourself after {name}</summary>")[1].split("</details>\n\n</details>")[0]
    )
    found = re.findall(r"<details><summary>(.*?)</summary>\n\n(.*?)\n\n(?:</details>|\Z)", part, flags=re.DOTALL)
    asked = {re.sub("</?code>", "`", question): " ".join(answer.split()) for question, answer in found}
    assert len(asked) == 3
    for question, answer in asked.items():
        assert answers[question] == answer
