"""A download of a learning management system becomes submitted/<student>/<assignment>/, and nothing that is newer is lost."""

import io
import os
import subprocess
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nbgrader.api import Gradebook

from autograder.cli import _several, main
from autograder.course.release import load_config
from autograder.grading.inbox.importing import find_drops, import_submissions, read_wanted, roster_of_gradebook
from autograder.grading.inbox.names import read_roster
from autograder.grading.inbox.returning import FILE
from autograder.grading.inbox.sources import DEEPEST
from tests.conftest import ASSIGNMENTS, ROOT

PERFECT = ROOT / "examples" / "submitted" / "perfect"
D = (PERFECT / "differentiation" / "matrix_derivatives.ipynb").read_bytes()
L = (PERFECT / "layers" / "neural_layers.ipynb").read_bytes()
WANTED = read_wanted(ROOT, ASSIGNMENTS)
NOON = (2027, 2, 1, 12, 0, 0)


@pytest.fixture
def submitted(tmp_path):
    folder = tmp_path / "submitted"
    folder.mkdir()
    return folder


def make_zip(path: Path, files: dict, times: dict | None = None) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, (times or {}).get(name, NOON)), content)
    return path


def make_folder(path: Path, files: dict) -> Path:
    for name, content in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(content)
    return path


def take(source, submitted, roster=None):
    said = []
    return "\n".join(import_submissions(source, submitted, ASSIGNMENTS, WANTED, roster, said.append)), "\n".join(said)


def placed(submitted):
    """Paths of all files, without timestamps and without what is kept of where feedback goes."""
    found = (path.relative_to(submitted).as_posix() for path in submitted.rglob("*") if path.is_file())
    return sorted(path for path in found if not path.endswith("timestamp.txt") and path != FILE)


MOODLE = {
    "Lovelace Ada_123456_assignsubmission_file_/matrix_derivatives.ipynb": D,
    "Lovelace Ada_123456_assignsubmission_file_/scan.pdf": b"%PDF",
    "Ким Анна_123457_assignsubmission_file_/final.ipynb": L,
}
MOODLE_PLACED = [
    "Lovelace Ada/differentiation/matrix_derivatives.ipynb",
    "Lovelace Ada/differentiation/scan.pdf",
    "Ким Анна/layers/final.ipynb",
]


@pytest.mark.parametrize("around", ["", "Course-HW 1-77/"])
def test_moodle(tmp_path, submitted, around):
    take(make_zip(tmp_path / "d.zip", {around + name: content for name, content in MOODLE.items()}), submitted)
    assert placed(submitted) == MOODLE_PLACED


def test_moodle_unpacked(tmp_path, submitted):
    take(make_folder(tmp_path / "Course-HW1-77", MOODLE), submitted)
    assert placed(submitted) == MOODLE_PLACED
    assert not list(submitted.rglob("timestamp.txt")), "unpacking and copying change the times of files"


def test_canvas_gives_the_notebook_its_name_back_and_no_time(tmp_path, submitted):
    files = {"lovelaceada_LATE_12345_678901_neural_layers-1.ipynb": L, "millerbea_777_678902_neural_layers.ipynb": L}
    remarks, said = take(make_zip(tmp_path / "submissions.zip", files), submitted)
    assert placed(submitted) == ["lovelaceada/layers/neural_layers.ipynb", "millerbea/layers/neural_layers.ipynb"]
    assert not list(submitted.rglob("timestamp.txt"))
    assert "times in submissions.zip are those of the download" in remarks
    assert "lovelaceada/layers (the system calls it late)" in said


def test_times_of_canvas_are_never_those_of_handing_in(tmp_path, submitted):
    files = {"lovelaceada_1_2_neural_layers.ipynb": L, "millerbea_3_4_neural_layers.ipynb": L}
    times = {name: (2027, 2, 1, 12, 10 * number, 0) for number, name in enumerate(files)}
    take(make_zip(tmp_path / "submissions.zip", files, times), submitted)
    assert len(placed(submitted)) == 2 and not list(submitted.rglob("timestamp.txt"))


def test_drive(tmp_path, submitted):
    files = {"HW/Ada Lovelace - matrix_derivatives (1).ipynb": D, "HW/Bea Miller - matrix_derivatives.ipynb": D}
    take(make_zip(tmp_path / "HW.zip", files), submitted)
    assert placed(submitted) == [
        "Ada Lovelace/differentiation/matrix_derivatives.ipynb",
        "Bea Miller/differentiation/matrix_derivatives.ipynb",
    ]


def test_nbgraders_own_folders_keep_their_timestamps(tmp_path, submitted):
    files = {
        "ada/layers/neural_layers.ipynb": L,
        "ada/layers/timestamp.txt": b"2027-03-03 10:00:00 UTC",
        "ada/differentiation/a.ipynb": D,
    }
    take(make_folder(tmp_path / "old", files), submitted)
    assert placed(submitted) == ["ada/differentiation/a.ipynb", "ada/layers/neural_layers.ipynb"]
    stamp = datetime.fromisoformat((submitted / "ada/layers/timestamp.txt").read_text().strip())
    assert stamp == datetime.fromisoformat("2027-03-03T10:00:00+00:00")


def test_a_students_own_timestamp_is_not_believed(tmp_path, submitted):
    files = {
        "Ada L_1_assignsubmission_file_/x.ipynb": L,
        "Ada L_1_assignsubmission_file_/timestamp.txt": b"2000-01-01 10:00:00 UTC",
    }
    take(make_zip(tmp_path / "d.zip", files), submitted)
    assert (submitted / "Ada L/layers/timestamp.txt").read_text().startswith("2027-02-01T12:00:00")


def test_plain_folders_and_loose_files(tmp_path, submitted):
    take(make_folder(tmp_path / "HW1", {"ada/hw/x.ipynb": D, "bea/x.ipynb": L, "bea/y.ipynb": D}), submitted)
    assert placed(submitted) == ["ada/differentiation/hw/x.ipynb", "bea/differentiation/y.ipynb", "bea/layers/x.ipynb"]
    take(make_folder(tmp_path / "HW2", {"Lovelace_HW1.ipynb": D, "matrix_derivatives_Miller.ipynb": D}), submitted)
    assert "Lovelace/differentiation/Lovelace_HW1.ipynb" in placed(submitted)
    assert "Miller/differentiation/matrix_derivatives_Miller.ipynb" in placed(submitted)


def test_a_notebook_in_a_students_zip_is_left_there_for_the_grading(tmp_path, submitted):
    inner = make_zip(tmp_path / "inner.zip", {"a/x.ipynb": D}).read_bytes()
    take(make_zip(tmp_path / "d.zip", {"Ada L_1_assignsubmission_file_/homework.zip": inner}), submitted)
    assert placed(submitted) == ["Ada L/differentiation/homework.zip"]


def test_one_students_archive_is_known_by_its_own_name(tmp_path, submitted):
    take(make_zip(tmp_path / "lovelace_homework.zip", {"matrix_derivatives.ipynb": D}), submitted)
    assert placed(submitted) == ["lovelace/differentiation/lovelace_homework.zip"]


def test_the_roster_gives_the_ids(tmp_path, submitted):
    roster = read_roster(b"id,first_name,last_name\nada,Ada,Lovelace\n")
    remarks, _ = take(make_zip(tmp_path / "d.zip", MOODLE), submitted, roster)
    assert sorted(path.name for path in submitted.iterdir() if path.name != FILE) == ["ada", "Ким Анна"]
    assert "Ким Анна is not on the roster" in remarks
    assert "Ada" not in remarks


def test_namesakes_stay_apart(tmp_path, submitted):
    files = {f"Ada L_{number}_assignsubmission_file_/x.ipynb": D + b" " * number for number in (1, 2)}
    take(make_zip(tmp_path / "d.zip", files), submitted)
    assert placed(submitted) == ["Ada L (1)/differentiation/x.ipynb", "Ada L (2)/differentiation/x.ipynb"]


def test_a_scan_alone_belongs_to_the_assignment_of_all_the_others(tmp_path, submitted):
    files = {"Ada L_1_assignsubmission_file_/scan.pdf": b"%PDF", "Bea M_2_assignsubmission_file_/x.ipynb": D}
    take(make_zip(tmp_path / "d.zip", files), submitted)
    assert placed(submitted) == ["Ada L/differentiation/scan.pdf", "Bea M/differentiation/x.ipynb"]


def test_a_scan_alone_belongs_to_the_assignment_in_its_name_and_else_is_named(tmp_path, submitted):
    take(make_zip(tmp_path / "d.zip", {"Ada L_1_assignsubmission_file_/neural_layers.pdf": b"%PDF"}), submitted)
    remarks, _ = take(make_zip(tmp_path / "e.zip", {"Bea M_2_assignsubmission_file_/scan.pdf": b"%PDF"}), submitted)
    assert placed(submitted) == ["Ada L/layers/neural_layers.pdf"]
    assert "nothing tells which assignment scan.pdf belongs to" in remarks


def test_files_of_nobody_are_named(tmp_path, submitted):
    remarks, _ = take(make_zip(tmp_path / "d.zip", {**MOODLE, "matrix_derivatives.ipynb": D}), submitted)
    assert "matrix_derivatives.ipynb: no name tells whose it is" in remarks
    assert placed(submitted) == MOODLE_PLACED


def test_the_same_download_again_changes_nothing(tmp_path, submitted):
    source = make_zip(tmp_path / "d.zip", MOODLE)
    take(source, submitted)
    before = {path: path.stat().st_mtime_ns for path in submitted.rglob("*")}
    content = source.read_bytes()
    remarks, said = take(source, submitted)
    assert {path: path.stat().st_mtime_ns for path in submitted.rglob("*")} == before
    assert "0 submissions taken over" in said
    assert "another submission" not in remarks
    assert source.read_bytes() == content


ONE = "Ada L_1_assignsubmission_file_/x.ipynb"


def test_a_newer_one_takes_the_place_and_the_older_is_kept_aside(tmp_path, submitted):
    for hour in (12, 13, 14):
        remarks, _ = take(make_zip(tmp_path / "d.zip", {ONE: D + b" " * hour}, {ONE: (2027, 2, 1, hour, 0, 0)}), submitted)
    target = submitted / "Ada L/differentiation"
    assert (target / "x.ipynb").read_bytes() == D + b" " * 14
    assert (target / "timestamp.txt").read_text().startswith("2027-02-01T14:00:00")
    aside = submitted / ".replaced/Ada L/differentiation"
    assert [(aside / number / "x.ipynb").read_bytes() for number in "12"] == [D + b" " * 12, D + b" " * 13]
    assert ".replaced/Ada L/differentiation/2" in remarks


@pytest.mark.parametrize("when", [(2027, 2, 1, 11, 0, 0), NOON, (1980, 1, 1, 0, 0, 0)])
def test_an_older_one_or_one_without_a_time_takes_no_place(tmp_path, submitted, when):
    take(make_zip(tmp_path / "d.zip", {ONE: D}), submitted)
    remarks, _ = take(make_zip(tmp_path / "e.zip", {ONE: D + b" "}, {ONE: when}), submitted)
    assert (submitted / "Ada L/differentiation/x.ipynb").read_bytes() == D
    assert "it was kept" in remarks


def test_times_of_packing_are_no_times_of_handing_in(tmp_path, submitted):
    files = {f"{name}_1_assignsubmission_file_/x.ipynb": D for name in ("Ada", "Bea", "Cy")}
    times = {name: (2027, 2, 1, 12, 0, 2 * number) for number, name in enumerate(files)}
    remarks, _ = take(make_zip(tmp_path / "d.zip", files, times), submitted)
    assert len(placed(submitted)) == 3
    assert not list(submitted.rglob("timestamp.txt"))
    assert "those of the download" in remarks


def test_paths_that_lead_outside_links_and_bombs_are_one_sentence_each(tmp_path, submitted, monkeypatch):
    monkeypatch.setattr(
        "autograder.grading.inbox.archives.Budget.__init__", lambda self: self.__dict__.update(entries=9, size=1_000_000)
    )
    source = tmp_path / "d.zip"
    with zipfile.ZipFile(source, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(ONE, D)
        archive.writestr("Ada L_1_assignsubmission_file_/../../evil.ipynb", D)
        archive.writestr("/tmp/evil.ipynb", D)
        link = zipfile.ZipInfo("Bea_2_assignsubmission_file_/x.ipynb")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("Ada L_1_assignsubmission_file_/bomb.bin", bytes(9_000_000))
    remarks, _ = take(source, submitted)
    assert placed(submitted) == ["Ada L/differentiation/x.ipynb"]
    assert remarks.count("leads outside") == 2
    assert remarks.count("a link") == 1
    assert remarks.count("bomb.bin") == 1


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"no zip"])
def test_a_broken_download_is_one_sentence(tmp_path, submitted, content):
    (tmp_path / "d.zip").write_bytes(content)
    remarks, _ = take(tmp_path / "d.zip", submitted)
    assert remarks == "d.zip is damaged or no zip file: nothing in it was read."
    assert not placed(submitted)


def test_a_missing_download_is_one_sentence(tmp_path, submitted):
    assert take(tmp_path / "none.zip", submitted)[0] == "none.zip cannot be read: No such file or directory."


def test_links_deep_folders_and_things_that_are_no_files_cost_themselves_only(tmp_path, submitted):
    source = make_folder(tmp_path / "HW", {"ada/x.ipynb": D, "bea/x.ipynb": D})
    secret = tmp_path / "secret.ipynb"
    secret.write_bytes(L)
    (source / "cy").mkdir()
    (source / "cy/x.ipynb").symlink_to(secret)
    (source / "dan").symlink_to(tmp_path)
    os.mkfifo(source / "ada/pipe")
    with (source / "ada/sparse.bin").open("wb") as file:
        file.truncate(20_000_000_000)
    make_folder(source / "bea" / "/".join(["d"] * (DEEPEST + 20)), {"deep.ipynb": L})
    remarks, _ = take(source, submitted)
    assert placed(submitted) == ["ada/differentiation/x.ipynb", "bea/differentiation/x.ipynb"]
    for words in (
        "x.ipynb is a link",
        "dan is a link",
        "pipe is no ordinary file",
        "sparse.bin was not read",
        f"more than {DEEPEST} deep",
    ):
        assert words in remarks


def test_a_folder_with_a_thousand_folders_in_one_another_inside_a_zip(tmp_path, submitted):
    deep = "Ada L_1_assignsubmission_file_/" + "d/" * 1100 + "x.ipynb"
    take(make_zip(tmp_path / "d.zip", {deep: D}), submitted)
    [path] = placed(submitted)
    assert path.endswith("/x.ipynb") and path.count("/") < 30


@pytest.mark.skipif(os.geteuid() == 0, reason="root may open everything")
def test_a_folder_without_rights_costs_itself_only(tmp_path, submitted):
    source = make_folder(tmp_path / "HW", {"ada/x.ipynb": D, "bea/x.ipynb": D})
    (source / "ada").chmod(0)
    remarks, _ = take(source, submitted)
    (source / "ada").chmod(0o700)
    assert placed(submitted) == ["bea/differentiation/x.ipynb"]
    assert "cannot be opened" in remarks


@pytest.mark.parametrize(
    "name", ["*", "-x", "%(x)s", "{assignment_id}", "Robert'); DROP TABLE", 'a;b,c"d', "Ким Анна", "[a]", "a ", ".a", "a\nb"]
)
def test_any_name_of_a_student_is_one_safe_folder(tmp_path, submitted, name):
    take(make_folder(tmp_path / "HW", {f"{name}/x.ipynb": D, "bea/x.ipynb": D}), submitted)
    [folder] = [path.name for path in submitted.iterdir() if path.name not in ("bea", FILE)]
    assert folder.isprintable() and folder == folder.strip() and not folder.startswith(".")
    assert (submitted / folder / "differentiation" / "x.ipynb").read_bytes() == D


def test_nothing_is_written_through_a_link(tmp_path, submitted):
    outside = tmp_path / "outside"
    outside.mkdir()
    (submitted / "Ada L").symlink_to(outside)
    remarks, _ = take(make_zip(tmp_path / "d.zip", {ONE: D}), submitted)
    assert not list(outside.iterdir())
    assert "a link stands in the place" in remarks


def test_the_submissions_are_not_imported_into_themselves(submitted):
    assert "nothing was taken" in take(submitted, submitted)[0]
    assert "nothing was taken" in take(submitted.parent, submitted)[0]


def test_downloads_dropped_among_the_submissions_are_found_and_can_be_imported(tmp_path, submitted):
    make_folder(submitted, {**MOODLE, "ada/layers/neural_layers.ipynb": L, "HW-2/Bea M_2_assignsubmission_file_/x.ipynb": D})
    make_zip(submitted / "canvas.zip", {"cy_1_2_neural_layers.ipynb": L})
    (submitted / "Dan Hill - matrix_derivatives.ipynb").write_bytes(D)
    (submitted / "grades.csv").write_bytes(b"")
    (submitted / ".replaced").mkdir()
    drops = find_drops(submitted)
    assert [path.name for path in drops] == [
        "Dan Hill - matrix_derivatives.ipynb",
        "HW-2",
        "Lovelace Ada_123456_assignsubmission_file_",
        "canvas.zip",
        "Ким Анна_123457_assignsubmission_file_",
    ]
    for drop in drops:
        take(drop, submitted)
    assert find_drops(submitted) == drops, "they stay where they are"
    for path in (
        *MOODLE_PLACED,
        "Bea M/differentiation/x.ipynb",
        "cy/layers/neural_layers.ipynb",
        "Dan Hill/differentiation/matrix_derivatives.ipynb",
    ):
        assert (submitted / path).is_file()


def test_a_folder_of_downloads_is_imported_one_by_one(tmp_path, submitted):
    make_folder(tmp_path / "downloads", {"x": b""})
    make_zip(tmp_path / "downloads/moodle.zip", MOODLE)
    make_zip(tmp_path / "downloads/canvas.zip", {"cy_1_2_neural_layers.ipynb": L})
    take(tmp_path / "downloads", submitted)
    assert placed(submitted) == [*MOODLE_PLACED[:2], "cy/layers/neural_layers.ipynb", MOODLE_PLACED[2]]


def test_the_gradebook_is_a_roster(tmp_path):
    # Reading it lets nbgrader find its tools.
    load_config(ROOT)
    url = f"sqlite:///{tmp_path / 'gradebook.db'}"
    assert roster_of_gradebook(url) is None
    with Gradebook(url) as gradebook:
        gradebook.add_student("somebody")
        gradebook.add_student("ada", first_name="Ada", last_name="Lovelace")
    assert roster_of_gradebook(url).ids == ["ada"]


def test_the_command_imports_and_says_what_should_be_known(tmp_path, capsys):
    for name in ("assignments", "source", "release", "nbgrader_config.py"):
        (tmp_path / name).symlink_to(ROOT / name)
    make_zip(tmp_path / "My down'loads.zip", {**MOODLE, "\x1b[31m.ipynb": b"{}"})
    (tmp_path / "roster.csv").write_text("id,first_name,last_name\nada,Ada,Lovelace\n")
    arguments = ["--root", str(tmp_path), "import", str(tmp_path / "My down'loads.zip")]
    assert main([*arguments, "--roster", str(tmp_path / "roster.csv")]) == 0
    assert (tmp_path / "submitted/ada/differentiation/matrix_derivatives.ipynb").is_file()
    said = capsys.readouterr().out
    assert "2 submissions taken over from My down'loads.zip" in said
    assert "Ким Анна is not on the roster" in said
    assert "\x1b" not in said
    assert main(["--root", str(tmp_path), "import", "~/no such file.zip"]) == 2
    said = capsys.readouterr().err
    assert "no such file.zip is not there" in said and "~" not in said


def test_names_with_blanks_and_apostrophes_reach_the_command_whole(tmp_path):
    shown = tmp_path / "shown"
    show = tmp_path / "show"
    show.write_text(f"#!/bin/sh\nprintf '<%s>' \"$@\" >{shown}\n")
    show.chmod(0o755)
    for arguments, expected in (
        (["grade", "STUDENT=Ada O'Neil;bea"], "<-m><autograder><grade><--students><Ada O'Neil;bea>"),
        (["import", 'FROM=My "down" loads.zip'], '<-m><autograder><import><--><My "down" loads.zip>'),
        (["import", "FROM=a", "ROSTER=my roster.csv"], "<-m><autograder><import><--roster><my roster.csv><--><a>"),
    ):
        command = ["make", "-o", "ready", "READY=ready", f"RUN={show}", *arguments]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        assert shown.read_text() == expected


def test_an_import_of_nothing_says_what_to_write():
    result = subprocess.run(["make", "-o", "ready", "READY=ready", "import"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 2
    assert 'make import FROM="My downloads.zip"' in result.stderr


def test_several_students_are_separated_by_semicolons():
    assert _several(" Ada Lovelace ;bea;;") == ["Ada Lovelace", "bea"]
    assert _several(None) == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_damage_to_a_download_makes_it_raise_or_write_elsewhere(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("damaged")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("Ada_1_assignsubmission_file_/layers.txt", b"text")
        archive.writestr("Bea_2_assignsubmission_file_/a/x.ipynb", b'{"cells": []}')
    content = bytearray(buffer.getvalue())
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    (folder / "d.zip").write_bytes(content)
    take(folder / "d.zip", folder / "submitted")
    assert {path.name for path in folder.iterdir()} <= {"d.zip", "submitted"}
