"""The built folders are fresh, byte-stable, complete, and give no answer away."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest

from autograder.course.build import BUILT_FOLDERS, build
from autograder.course.master import read_master
from autograder.course.solved import solve
from autograder.course.student_wheel import WHEEL
from autograder.files import files_of
from matrix_checks.checks.sealing import SEALED_FILE
from matrix_checks.derivations.values.declared_exercises import FILE as WRITEUPS_FILE
from tests.conftest import ASSIGNMENTS, BY_ID, KNOWN, ROOT, notebook_of, read_notebook, read_wheel


def graded_cells(notebook):
    return {cell.metadata.nbgrader.grade_id: cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade")}


def answer_lines(source) -> set[str]:
    """Every line that a student must not be given: solutions, hidden tests, marking schemes and model derivations."""
    secret: set[str] = set()
    public: set[str] = set()
    for cell in source.cells:
        hidden = cell.metadata.get("nbgrader", {}).get("grade_id", "").startswith("writeup_")
        for line in cell.source.split("\n"):
            if re.search(r"BEGIN (SOLUTION|HIDDEN TESTS|MARK SCHEME)", line):
                hidden = True
            (secret if hidden else public).add(line.strip())
            if re.search(r"END (SOLUTION|HIDDEN TESTS|MARK SCHEME)", line):
                hidden = False
    return {line for line in secret - public if len(line) > 12}


@dataclass(frozen=True)
class Rebuilt:
    """A copy of the built folders that was built again after something in it was made stale.

    Attributes
    ----------
    folder
        The copy.
    stale
        What was made stale in it: the notebook of each release, which has other words, and a file beside it that no build writes.
    changed
        What the build says that it wrote or removed.
    """

    folder: Path
    stale: list[Path]
    changed: list[Path]


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory):
    """One build of the whole course, which takes eight seconds of computing, for all tests of what a build writes."""
    folder = tmp_path_factory.mktemp("rebuilt")
    for name in BUILT_FOLDERS:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    releases = [notebook_of("release", assignment, folder) for assignment in ASSIGNMENTS]
    strays = [release.parent / "left_over.txt" for release in releases]
    for release, stray in zip(releases, strays):
        content = release.read_bytes()
        assert b"derivation" in content
        release.write_bytes(content.replace(b"derivation", b"deviation"))
        stray.write_text("from an older build")
    return Rebuilt(folder, [*releases, *strays], build(ROOT, destination=folder, say=lambda text: None))


def test_the_built_folders_are_fresh(rebuilt):
    """Nothing is written but what was made stale here, and then the copy holds what lies in the course."""
    assert set(rebuilt.changed) <= set(rebuilt.stale) and contents(rebuilt.folder) == contents(ROOT), (
        "a built folder is stale: run `make build` and commit what it writes"
    )


def contents(course: Path) -> dict[Path, bytes]:
    """Every file of the built folders."""
    files = [path for name in BUILT_FOLDERS for path in files_of(course / name)]
    return {path.relative_to(course): path.read_bytes() for path in files}


def test_executing_a_solved_notebook_twice_gives_the_same_bytes(assignment):
    """What was built came of the first time. Where it is stale, or another machine rounds otherwise, both times are here."""
    source, built = notebook_of("source", assignment), read_notebook(notebook_of("solutions", assignment))
    digest = built.metadata["course"]["built_from"]
    once = nbformat.writes(solve(source, digest))
    assert once == nbformat.writes(built) or once == nbformat.writes(solve(source, digest))


def test_a_stale_folder_is_made_fresh_and_only_what_differs_is_written(rebuilt):
    """Of every assignment, in one build."""
    assert sorted(rebuilt.changed) == sorted(rebuilt.stale)
    assert contents(rebuilt.folder) == contents(ROOT)


def test_no_file_of_a_release_holds_an_answer_a_hidden_test_or_pairing_metadata(assignment):
    secrets = answer_lines(read_notebook(notebook_of("source", assignment)))
    assert len(secrets) > (100 if assignment.identifier in KNOWN else 0)
    for path in files_of(ROOT / "release" / assignment.identifier):
        data = path.read_bytes()
        lines = {line.strip() for line in data.decode(errors="replace").split("\n")}
        if path.suffix == ".ipynb":
            lines = {line.strip() for cell in read_notebook(path).cells for line in cell.source.split("\n")}
        assert not secrets & lines, path
        assert not re.search(rb"(BEGIN|END) (SOLUTION|HIDDEN TESTS|MARK SCHEME)|jupytext", data), path
    names = {path.name for path in files_of(ROOT / "release" / assignment.identifier)}
    assert not names & {"defence.toml", "assignment.toml", f"{assignment.notebook}.md"}


def test_a_release_holds_the_notebook_its_data_and_one_wheel_and_no_folder(assignment):
    for folder in ("source", "release"):
        paths = list((ROOT / folder / assignment.identifier).iterdir())
        assert all(path.is_file() for path in paths)
        data = {path.name for path in assignment.data_files}
        assert {path.name for path in paths} == data | {notebook_of(folder, assignment).name, WHEEL, SEALED_FILE, WRITEUPS_FILE}


def test_no_file_of_a_release_speaks_of_the_derivatives_that_stay_with_the_instructor(assignment):
    for path in files_of(ROOT / "release" / assignment.identifier):
        data = b"".join(read_wheel(path).values()) if path.name == WHEEL else path.read_bytes()
        assert b"autograder.derivatives" not in data and b"``derivatives``" not in data and b"richardson" not in data, path


def test_source_and_release_hold_no_outputs_and_stable_cell_ids(assignment):
    for folder in ("source", "release"):
        notebook = read_notebook(notebook_of(folder, assignment))
        nbformat.validate(notebook)
        identifiers = [cell.id for cell in notebook.cells]
        assert len(set(identifiers)) == len(identifiers)
        for cell in notebook.cells:
            if cell.cell_type == "code":
                assert cell.outputs == [] and cell.execution_count is None
            if "nbgrader" in cell.metadata:
                assert cell.id == cell.metadata.nbgrader.grade_id


@pytest.mark.parametrize("identifier", KNOWN)
def test_code_has_sixty_percent_of_the_points_and_the_writeups_the_rest(identifier):
    points = BY_ID[identifier].points
    assert 0.55 <= points["code"] / sum(points.values()) <= 0.65


def test_every_graded_cell_belongs_to_exactly_one_exercise(assignment):
    cells = [name for exercise in assignment.exercises for name in exercise.cells]
    assert sorted(cells) == sorted(graded_cells(read_notebook(notebook_of("source", assignment))))


def test_every_writeup_has_a_rubric_that_adds_up_to_its_points(assignment):
    source = read_notebook(notebook_of("source", assignment))
    for name, cell in graded_cells(source).items():
        if not name.startswith("writeup_"):
            continue
        before = source.cells[source.cells.index(cell) - 1].source
        rubric = before.split("BEGIN MARK SCHEME")[1].split("END MARK SCHEME")[0]
        given = [float(number) for number in re.findall(r"^\W*(\d+(?:\.\d+)?) points?\b", rubric, flags=re.MULTILINE)]
        assert sum(given) == cell.metadata.nbgrader.points, f"{name}: {given}"


def test_every_function_of_the_design_has_a_solution_and_a_check_of_the_same_name(assignment):
    identifiers = {cell.id for cell in read_notebook(notebook_of("source", assignment)).cells}
    solutions = {
        cell.metadata.nbgrader.grade_id
        for cell in read_master(assignment.master).cells
        if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("solution")
    }
    assert {f"check_{name}" for name in solutions} <= identifiers
    designed = {
        "differentiation": {
            "grad_quadratic",
            "grad_trace_product",
            "grad_bilinear_x",
            "grad_bilinear_A",
            "factorization_loss",
            "grad_loss_F",
            "jacobian_F_S",
            "grad_loss_S",
            "grad_loss_A",
            "factorize",
        },
        "layers": {
            "linear_forward",
            "linear_backward",
            "linear_parameter_gradients",
            "two_layer_backward",
            "softmax_forward",
            "softmax_jacobian",
            "softmax_backward",
            "batch_norm_forward",
            "batch_norm_backward",
            "batch_norm_backward_evaluation",
            "train_step",
        },
    }
    assert designed.get(assignment.identifier, set()) <= solutions


def test_the_solved_page_holds_its_figures_and_asks_no_host(assignment):
    page = notebook_of("solutions", assignment).with_suffix(".html").read_text(encoding="utf-8")
    solved = read_notebook(notebook_of("solutions", assignment))
    figures = sum("image/png" in output.get("data", {}) for cell in solved.cells for output in cell.get("outputs", []))
    assert figures >= (3 if assignment.identifier in KNOWN else 0)
    assert page.count("data:image/png;base64,") >= figures
    assert "<script" not in page
    assert not re.search(
        r"""(src|srcset)=["']?(https?:)?//|<link[^>]+href=["']?(https?:)?//|@import|url\(["']?(https?:)?//""", page
    )


def test_the_solved_notebook_earns_all_points_and_shows_no_hidden_test(assignment):
    solved = read_notebook(notebook_of("solutions", assignment))
    for name, cell in graded_cells(solved).items():
        assert "HIDDEN TESTS" not in cell.source
        if name.startswith("check_"):
            assert float(cell.outputs[-1].data["text/plain"]) == cell.metadata.nbgrader.points
    assert not [output for cell in solved.cells for output in cell.get("outputs", []) if output.output_type == "error"]


def test_a_solved_notebook_shows_what_is_true_in_each_model_write_up(assignment) -> None:
    """Its reading stands there, and not when the notebook was saved, which would make every build another."""
    solved = read_notebook(notebook_of("solutions", assignment))
    written = [name for name in graded_cells(solved) if name.startswith("writeup_")]
    cells = {cell.source: cell.outputs for cell in solved.cells if cell.source.startswith("check_writeup(")}
    assert list(cells) == [f'check_writeup("{name}")' for name in written]
    for (output,) in cells.values():
        reading = output.data["text/markdown"]
        assert "Reached: " in reading and "Still to come" not in reading and "✗" not in reading


def test_results_and_submissions_are_never_committed():
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    unwanted = ("submitted/", "submitted_sample/", "autograded/", "feedback/", "gradebook", "grades.csv", ".venv")
    assert not [path for path in tracked if path.startswith(unwanted)]


def test_every_assignment_folder_is_complete():
    assert set(KNOWN) <= BY_ID.keys()
    for each in ASSIGNMENTS:
        assert each.master.exists()
        assert (each.folder / "defence.toml").exists()
