"""Derivations are read step by step: a right step is never called false, and the mistakes are found, each at its line."""

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from matrix_checks.derivations.judging.writeups import read_writeup
from matrix_checks.derivations.values.declared_exercises import FILE, read_exercises
from tests.conftest import ASSIGNMENTS, ROOT, notebook_of, read_notebook

EXERCISES = {}
for assignment in ASSIGNMENTS:
    EXERCISES |= read_exercises(ROOT / "source" / assignment.identifier / FILE)
LETTERS = {"holds": "H", "first order": "1", "other layout": "L", "false": "F", "not understood": "U", "stated": "D"}
REASONS = {
    "sign": "sign",
    "factor": "factor|differ",
    "shapes": "cannot be|the left side is|does not exist|in the place|other order",
    "bound": "runs to|sum over|without the sum",
    "transpose": "in the place of|other order",
    "value": "differ|in the place|term|sign|sum",
    "missing term": "term|path|differ|factor|the left side is",
    "extra term": "without the (term|sum)|differ|is zero for every",
    "index": "index|in the place|sum|differ",
    "order": "other order|in the place|the left side is",
}
# The equalities of the write-up from which the course grew, in their order, mistakes included.
SEED = {
    "writeup_ex1": (r"y = x^Tx, \quad \frac{dy}{dx} = 2x^T", "H L"),
    "writeup_ex1 chain": (
        r"\frac{dy}{dx} = \frac{d(x^Tx)}{dx} = \frac{dx^T}{dx}x + x^T\frac{dx}{dx} = E^Tx + x^TE = 2x^T \\",
        "H H F F",
    ),
    "writeup_ex2": (
        r"tr(AB) =  \sum_{i = 1}^{N} \sum_{j = 1}^{N} a_{ij} * b_{ji} \\ \frac{\partial tr(AB)}{\partial a_{pq}} = b_{qp} \\"
        r" \frac{dy}{dA} = B^T",
        "H H H",
    ),
    "writeup_ex3 x": (
        "\\frac{dy}{dx} = Ac \\\\\n\n[D_{x_0}f](h) = f(x+h) - f(x)=(x+h)^TAc - x^TAc = x^TAc + h^TAc - x^TAc = h^TAc  \\\\",
        "H H H H H",
    ),
    "writeup_ex3 A": (
        r"\frac{dy}{dA} = xc^T \\ [D_{A}f](H) = f(A+H) - f(A)=x^T(A+H)c - x^TAc = x^THс \\"
        r"[D_{A}f](H) = tr((\frac{dy}{dA})^TH) \\ tr(x^THc) = tr(cx^TH) \\ \frac{dy}{dA} = xc^T",
        "H H H H H H H",
    ),
    "writeup_ex3 hint": (r"tr(ABC) = tr (CAB)", "H"),
    "writeup_ex4_trace": (
        r"J = || X - AS ||_F^2  , \quad A\in \mathbb{R}^{N \times R}, || X ||_F^2 = tr(XX^T), J = tr((X-AS)(X-AS)^T)",
        "H H H",
    ),
    "writeup_ex4_chain J": (
        r"J = tr((X-F)(X-F)^T) = tr((X-F)(X^T-F^T))=tr(XX^T - FX^T - XF^T + FF^T) = tr(XX^T)-tr(FX^T)-tr(XF^T)+tr(FF^T)\\"
        r"tr(XF^T) = tr(FX^T)\\ tr(FF^T) =  \sum_{i = 1}^{N} \sum_{j = 1}^{N} f_{ij}^2 \\ \frac{dJ}{dF} = 0 - X - X + 2F = -2(X-F)",
        "H H H H H F H H",
    ),
    "writeup_ex4_chain F": (
        r"\frac{dF}{dS} = A^T\\ [D_SF](H) = A(S+H) - AS = AH \\ tr(AH) = tr((\frac{dF}{dS})^TH)",
        "F H H F",
    ),
    "writeup_ex4_chain end": (r"\frac{dJ}{dS} = \frac{dJ}{dF}\frac{dF}{dS} = -2(X - AS)A^T", "H F"),
    "writeup_linear forward": (r"y_1 = x * w_1 + b_1\\ y_2 = y_1 * w_2 + b_2", "H H"),
    "writeup_linear backward": (
        r"gradOutput_2 = \frac{\partial L}{\partial y_2} \\ gradInput_2 = \frac{\partial L}{\partial y_1} = "
        r"\frac{\partial L}{\partial y_2} \frac{\partial y_2}{\partial y_1} = gradOutput_2 * w_2\\"
        r"gradOutput_1 = \frac{\partial L}{\partial y_1} = gradInput_2 = gradOutput_2 * w_2 \\",
        "H H H F H H F",
    ),
    "writeup_linear input": (
        r"gradInput_1 = \frac{\partial L}{\partial x} = \frac{\partial L}{\partial y_2} \frac{\partial y_2}{\partial y_1} "
        r"\frac{\partial y_1}{\partial x} = gradOutput_1 * w_1",
        "H H F",
    ),
    "writeup_linear parameters": (
        r"gradOutput = \frac{\partial L}{\partial y}\\ gradW = \frac{\partial L}{\partial w} = \frac{\partial L}{\partial y} "
        r"\frac{\partial y}{\partial w} = gradOutput * input",
        "H H H F",
    ),
    # The bias is left open, with a question mark: what cannot be read is left to a person.
    "writeup_linear bias": (
        r"gradB = \sum_{i = 1}^{batch\_size} \frac{\partial L}{\partial b_i} = \sum_{i = 1}^{batch\_size}\frac{\partial L}{\partial y_i}"
        r" \frac{\partial y_i}{\partial b_i} = \sum_{i = 1}^{batch\_size} gradOutput[i:](?)",
        "H H U",
    ),
    "writeup_softmax forward": (
        r"y_i = \frac{\exp x_i} {\sum_j \exp x_j}, gradOutput = \frac{dL}{dy}\\ gradInput = \frac{dL}{dx}\\"
        r"gradInput = \sum_{i = 1}^N\frac{\partial L}{\partial y_i} \frac{\partial y_i}{\partial x_k} \\",
        "H H H H",
    ),
    "writeup_softmax end": (
        r"gradInput = \sum_{i = 1}^N \frac{\partial L}{\partial y_i} y_i (1 - y_i) + \sum_{i != k}^N \frac{\partial L}{\partial y_i} "
        r"(-y_i \cdot y_k) \\ gradInput = y (gradOutput - \sum_{i = 1}^N gradOutput * y_i)",
        "F H",
    ),
    "writeup_batch_norm forward": (
        r"\mu = \frac{1}{N}\sum_{i = 1}^{N}x_i \\ \sigma = \frac{1}{N}\sum_{i = 1}^{N}(x_i - \mu)^2\\"
        r"\mu_{moving} = \alpha \cdot \mu_{moving} + (1 - \alpha) \cdot \mu \\"
        r"\sigma_{moving} = \alpha \cdot \sigma_{moving} + (1 - \alpha) \cdot \sigma \\ output = \frac{x - \mu}{\sqrt{\sigma + \epsilon}}",
        "H H H H H",
    ),
    "writeup_batch_norm paths": (
        r"gradOutput = \frac{dL}{dy}\\ gradInput = \frac{dL}{dx} = \frac{dL}{dy} \frac{dy}{dx} + \frac{dL}{d\mu}\frac{d\mu}{dx} + "
        r"\frac{dL}{d\sigma}\frac{d\sigma}{dx}\\ \frac{dy}{dx} = \frac{1}{\sqrt{\sigma + \epsilon}}",
        "H H H H",
    ),
    "writeup_batch_norm mean": (
        r"\frac{dL}{d\mu} = \sum_{i = 1}^{N} \frac{dL}{dy} \frac{dy}{d\mu} = \sum_{i = 1}^{N} gradOutput \cdot "
        r"\frac{-1}{\sqrt{\sigma + \epsilon}} \\ \frac{d\mu}{dx} = \frac{1}{N}",
        "H H H",
    ),
    "writeup_batch_norm variance": (
        r"\frac{dL}{d\sigma} = \sum_{i = 1}^{N} \frac{dL}{dy} \frac{dy}{d\sigma} = \sum_{i = 1}^{N} gradOutput \cdot "
        r"\frac{\mu - x_i}{2 \cdot (\sigma + \epsilon) ^ {3/2}} \\ \frac{d\sigma}{dx} = \frac{2}{N}\sum_{i = 1}^{N} (x_i - \mu)",
        "H H F",
    ),
    "writeup_batch_norm end": (
        r"gradInput = gradOutput \cdot \frac{1}{\sqrt{\sigma + \epsilon}} + \frac{1}{N} \cdot \sum_{i = 1}^{N} gradOutput \cdot "
        r"\frac{-1}{\sqrt{\sigma + \epsilon}} + \frac{x - \mu}{N} \cdot \sum_{i = 1}^{N} gradOutput \cdot \frac{\mu - x_i}"
        r"{(\sigma + \epsilon) ^ {3/2}}\\",
        "H",
    ),
}


def verdicts(report) -> str:
    return " ".join(LETTERS[step.verdict] for step in report.steps)


def described(report) -> str:
    return "\n".join(f"{step.verdict}: {step.left} {step.sign} {step.right} ({step.reason})" for step in report.steps)


@pytest.mark.parametrize("name", SEED)
def test_every_equality_of_the_seed_has_its_verdict(name):
    source, expected = SEED[name]
    report = read_writeup(f"$$\n{source}\n$$", EXERCISES[name.split()[0]])
    assert verdicts(report) == expected, described(report)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("writeup_ex1 chain", r"a column \(N × 1\) cannot be added to a row \(1 × N\)"),
        ("writeup_ex4_chain J", "the sum over j runs to N, where it should run to M"),
        ("writeup_ex4_chain F", "the left side is NM × RM, the right side is R × N"),
        ("writeup_ex4_chain end", "N × M times R × N cannot be multiplied"),
        ("writeup_linear backward", "N × n_3 times n_2 × n_3 cannot be multiplied"),
        ("writeup_batch_norm variance", r"the right side is zero for every \$x\$"),
    ],
)
def test_the_first_false_step_of_the_seed_is_named_with_its_reason(name, reason):
    report = read_writeup(f"$${SEED[name][0]}$$", EXERCISES[name.split()[0]])
    assert re.search(reason, report.first_false.reason)


def test_the_cyrillic_letter_of_the_seed_is_read_and_noted():
    report = read_writeup(f"$${SEED['writeup_ex3 A'][0]}$$", EXERCISES["writeup_ex3"])
    assert "Cyrillic" in report.notes[0]


def test_the_cases_of_the_seed_are_taken_from_its_prose():
    source = (
        "Случай i == k:\n\n$$\\frac{\\partial y_i}{\\partial x_k} = \\frac{e^{x_i} \\sum_j e^{x_j} - e^{x_i} e^{x_k}}{(\\sum_j e^{x_j})^2} = "
        "y_i (1 - y_k)$$\n\nСлучай i != k:\n\n$$\\frac{\\partial y_i}{\\partial x_k} = \\frac{- e^{x_i} e ^{x_k}}{(\\sum_j e^{x_j})^2} = "
        "- y_i \\cdot y_k$$"
    )
    assert verdicts(read_writeup(source, EXERCISES["writeup_softmax"])) == "H H H H"


@pytest.mark.parametrize("assignment", ASSIGNMENTS, ids=lambda assignment: assignment.identifier)
def test_every_writeup_of_the_course_holds_in_every_step_and_reaches_its_answers(assignment):
    cells = [cell for cell in read_notebook(notebook_of("source", assignment)).cells if cell.cell_type == "markdown"]
    writeups = {cell.metadata.nbgrader.grade_id: cell.source for cell in cells if cell.metadata.get("nbgrader", {}).get("grade")}
    assert set(writeups) == {name for name in EXERCISES if name in writeups} and writeups
    for name, source in writeups.items():
        report = read_writeup(source, EXERCISES[name])
        assert report.complete and set(verdicts(report)) <= {"H", "D", " "}, described(report)
        assert report.share == 1


def derivations():
    for file in sorted((Path(__file__).parent / "derivations").glob("*.md")):
        for block in file.read_text(encoding="utf-8").split("\n## ")[1:]:
            title, _, rest = block.partition("\nverdicts: ")
            expected, _, body = rest.partition("\n")
            reason = re.match(r"reason: (\d+) ([\w ]+)\n", body)
            yield pytest.param(
                file.stem.partition("-")[0],
                expected.strip(),
                reason and reason.groups(),
                body[reason.end() if reason else 0 :],
                id=f"{file.stem}: {title.strip()}",
            )


@pytest.mark.parametrize(("name", "expected", "reason", "body"), list(derivations()))
def test_a_derivation_has_the_verdicts_that_its_writer_expects(name, expected, reason, body):
    report = read_writeup(body, EXERCISES[name])
    assert verdicts(report) == expected, described(report)
    if reason:
        step = report.steps[int(reason[0]) - 1]
        assert re.search(REASONS[reason[1]], step.reason), described(report)


def test_there_are_at_least_fifteen_derivations_for_each_exercise_that_has_some():
    counts = Counter(parameters.values[0] for parameters in derivations())
    assert min(counts.values()) >= 15 and len(counts) >= 8


@pytest.mark.parametrize(
    ("end", "answer"),
    [
        (r"2A^TAS - 2A^TX", "reached"),
        (r"-2A^\top(X-AS)", "reached"),
        (r"\left(2 (AS - X)^T A\right)^T", "reached"),
        (r"2 (AS - X)^T A", "other layout"),
        (r"-A^T(X - AS)", "wrong"),
    ],
)
def test_the_answer_counts_in_any_equal_form(end, answer):
    report = read_writeup(rf"$$\frac{{dJ}}{{dS}} = {end}$$", EXERCISES["writeup_ex4_trace"])
    assert report.answers[r"\frac{dJ}{dS}"] == answer


def test_a_chain_goes_on_in_the_next_formula():
    report = read_writeup(r"We have $\frac{dy}{dx}$ $= x + x$ and so $= 2x$.", EXERCISES["writeup_ex1"])
    assert "F" not in verdicts(report)


def test_prose_and_blocks_of_code_are_left_alone_and_code_in_a_line_is_never_false():
    report = read_writeup("Since `y = 3x`, and\n```\nx = 2\n```\nwe pay 5 \\$ = 5 dollars.", EXERCISES["writeup_ex1"])
    assert [(step.right, step.verdict) for step in report.steps] == [("3x", "not understood")]


def test_an_identity_that_is_true_for_square_matrices_only_is_said_to_be_that():
    report = read_writeup(r"$$tr(A S) = tr(S A)$$", EXERCISES["writeup_ex4_trace"])
    assert report.first_false and "N = M = R only" in report.first_false.reason


def test_the_command_prints_the_steps_for_people_and_for_programs():
    notebook = ROOT / "examples" / "submitted" / "seed" / "differentiation" / "matrix_derivatives.ipynb"
    command = [sys.executable, "-m", "autograder", "writeup", str(notebook)]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "✗" in told and "the reasons" in told
    data = json.loads(subprocess.run([*command, "--json"], cwd=ROOT, capture_output=True, text=True, check=True).stdout)
    steps = data["writeup_ex1"]["steps"]
    assert steps[data["writeup_ex1"]["first_false"]]["verdict"] == "false"


@pytest.mark.parametrize("content", [None, "{", "[]", '{"cells": [1]}', '{"cells": []}'])
def test_a_file_that_is_no_notebook_is_said_to_be_none_in_one_sentence(tmp_path, content):
    file = tmp_path / "mine.ipynb"
    if content is not None:
        file.write_text(content)
    command = [sys.executable, "-m", "autograder", "writeup", str(file)]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 2 and len(result.stderr.strip().splitlines()) == 1 and "mine.ipynb" in result.stderr


@pytest.mark.parametrize(
    "text",
    [
        r"$$w = 2x$$ $$\frac{dy}{dx} = w := 5x = w$$",
        r"Let $w = x$. $$\frac{dy}{dx} = 2w = w := 5x = 2w$$",
        r"$$\frac{dy}{dx} = \frac{2Nx}{N} = N = x x^T = \frac{2Nx}{N}$$",
    ],
)
def test_an_answer_whose_name_is_given_another_meaning_on_the_way_is_judged_by_that(text):
    assert read_writeup(text, EXERCISES["writeup_ex1"]).answers[r"\frac{dy}{dx}"] == "wrong"


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        (r"y = x_1 x_1 + x_2 x_2 + \dots + x_N x_N", True),
        (r"y = x_1 x_1 + x_2 x_2 + \dots + h_N x_N", False),
        (r"y = x_1 h_1 + x_2 x_2 + \dots + x_N x_N", False),
    ],
)
def test_equal_factors_are_told_apart_by_their_places(text, holds):
    report = read_writeup(rf"Let $h \in \mathbb{{R}}^N$. $${text}$$", EXERCISES["writeup_ex1"])
    assert (verdicts(report) == "H") == holds, described(report)


def test_one_of_two_equal_factors_can_be_what_is_wrong():
    report = read_writeup(r"$$y = x x$$", EXERCISES["writeup_ex1"])
    assert report.steps[0].reason.endswith(r"it would be true with $x^\top$ in the place of $x$"), described(report)


@pytest.mark.parametrize(("right", "verdict"), [(r"2 \delta_{ij} x_i x_j x", "H"), (r"2 x_i x_j x", "F")])
def test_a_delta_inside_a_derivative_has_its_value_for_each_pair_of_indices(right, verdict):
    report = read_writeup(rf"$$\frac{{d(\delta_{{ij}} y)}}{{dx}} x_i x_j = {right}$$", EXERCISES["writeup_ex1"])
    assert verdicts(report) == verdict, described(report)
