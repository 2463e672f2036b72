"""Feedback goes back to Moodle and Canvas in the layouts that these document, and nobody's page goes to another."""

import io
import json
import re
import zipfile

import pytest

from autograder.grading.inbox.importing import import_submissions, read_wanted
from autograder.grading.inbox.names import CANVAS, MOODLE, Origin, read_roster
from autograder.grading.inbox.returning import FILE, Return, remember, return_of, returns
from autograder.reports import feedback_zips
from autograder.reports.feedback_zips import write_feedback_zips
from tests.conftest import BY_ID, ROOT

ASSIGNMENT = BY_ID["differentiation"]
NOTEBOOK, PAGE = f"{ASSIGNMENT.notebook}.ipynb", f"{ASSIGNMENT.notebook}.html"
ROSTER = b"id,first_name,last_name\nada,Ada,Lovelace\n"
# One time for every download: of two that differ, the later one would be taken.
SAVED = (2026, 11, 2, 10, 0, 0)
SUBMITTED = (ROOT / "examples" / "submitted" / "perfect" / ASSIGNMENT.identifier / NOTEBOOK).read_bytes()


class Class:
    """A course in which submissions are imported, and pages are made of their students' ids."""

    def __init__(self, root):
        self.root, self.submitted, self.exports = root, root / "submitted", root / "exports"

    def take(self, *paths: str, changed: bool = False, roster: bytes = ROSTER) -> list[str]:
        """Import a download with a notebook under each path, all alike but for a last line where they are to be `changed`."""
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w") as archive:
            for path in paths:
                archive.writestr(zipfile.ZipInfo(path, SAVED), SUBMITTED + (b"\n" if changed else b""))
        download = self.root / "download.zip"
        download.write_bytes(content.getvalue())
        return import_submissions(
            download, self.submitted, [ASSIGNMENT], read_wanted(ROOT, [ASSIGNMENT]), read_roster(roster), say=lambda _: None
        )

    def write(self, *more: str) -> list[str]:
        """Give everybody a page, and write the zip files."""
        students = sorted({path.parent.name for path in self.submitted.glob("[!.]*/*")} | set(more))
        for student in students:
            folder = self.root / "feedback" / student / ASSIGNMENT.identifier
            folder.mkdir(parents=True, exist_ok=True)
            (folder / PAGE).write_text(f"page of {student}", encoding="utf-8")
            (folder / "mistakes.json").write_text("{}")
        return write_feedback_zips(self.root, self.exports, ASSIGNMENT, students, returns(self.submitted))

    def pages(self, which: str) -> dict[str, str]:
        """What a zip file holds, by name."""
        with zipfile.ZipFile(self.exports / f"feedback-{ASSIGNMENT.identifier}{which}.zip") as archive:
            return {name: archive.read(name).decode() for name in archive.namelist()}

    @property
    def written(self) -> set[str]:
        return {path.name.removeprefix(f"feedback-{ASSIGNMENT.identifier}") for path in self.exports.iterdir()}


@pytest.fixture
def course(tmp_path):
    (tmp_path / "exports").mkdir()
    (tmp_path / "submitted").mkdir()
    return Class(tmp_path)


def moodle_takes(name: str) -> tuple[str, str]:
    """The participant and the file, as ``importziplib.php`` takes a path apart."""
    folder, _, file = name.partition("/")
    parts = folder.split("_", 4)
    assert len(parts) >= 4 and parts[1].isdecimal() and parts[2:4] == ["assignsubmission", "file"]
    return parts[1], file


def canvas_takes(name: str) -> tuple[str, str]:
    """The user and the attachment, as ``infer_comment_context_from_filename`` takes a name apart."""
    parts = name.split("_")
    assert not parts[-1].startswith("link") and "/" not in name
    user, attachment = [part for part in parts if re.fullmatch(r"[0-9]+", part)][:2]
    return user, attachment


def test_moodle_gets_the_folders_of_its_own_download(course):
    course.take(f"Ada Lovelace_11_assignsubmission_file_/{NOTEBOOK}", f"Bea Bell_12_assignsubmission_file_{NOTEBOOK}")
    assert course.write() == [] and course.written == {"-moodle.zip"}
    assert course.pages("-moodle") == {
        f"Ada Lovelace_11_assignsubmission_file_/{PAGE}": "page of ada",
        f"Bea Bell_12_assignsubmission_file_/{PAGE}": "page of Bea Bell",
    }
    assert [moodle_takes(name) for name in course.pages("-moodle")] == [("11", PAGE), ("12", PAGE)]
    assert all(MOODLE.fullmatch(name.split("/")[0]) for name in course.pages("-moodle"))


def test_canvas_gets_the_names_of_its_own_download(course):
    course.take(f"lovelaceada_LATE_4711_901_{NOTEBOOK}", f"bellbea_4712_902_{NOTEBOOK}")
    assert course.write() == [] and course.written == {"-canvas.zip"}
    pages = course.pages("-canvas")
    assert pages == {
        "lovelaceada_LATE_4711_901_feedback-matrix-derivatives.html": "page of ada",
        "bellbea_4712_902_feedback-matrix-derivatives.html": "page of bellbea",
    }
    assert [canvas_takes(name) for name in sorted(pages)] == [("4712", "902"), ("4711", "901")]
    assert all(CANVAS.fullmatch(name) for name in pages)


def test_two_students_of_one_name_get_their_own_pages(course):
    course.take(f"Bea Bell_12_assignsubmission_file_/{NOTEBOOK}", f"Bea Bell_13_assignsubmission_file_/{NOTEBOOK}")
    course.write()
    found = {moodle_takes(name)[0]: text for name, text in course.pages("-moodle").items()}
    assert found == {"12": "page of Bea Bell (12)", "13": "page of Bea Bell (13)"}


def test_of_two_students_with_one_number_neither_gets_a_page(course):
    course.take(f"Ada Lovelace_11_assignsubmission_file_/{NOTEBOOK}", f"Bea Bell_12_assignsubmission_file_/{NOTEBOOK}")
    remember(course.submitted, {"Bea Bell/differentiation": Return("moodle", "Bea Bell_11_assignsubmission_file_")})
    remember(course.submitted, {"cem/differentiation": Return("moodle", "Cem_13_assignsubmission_file_")})
    (sentence,) = course.write("cem")
    assert list(course.pages("-moodle").values()) == ["page of cem"]
    assert "lacks Bea Bell, ada:" in sentence


def test_who_is_missing_is_said_in_one_sentence(course):
    course.take(f"Ada Lovelace_11_assignsubmission_file_/{NOTEBOOK}")
    (sentence,) = course.write("by hand", "another")
    assert sentence.startswith(
        "The feedback on Matrix derivatives that goes back to Moodle or Canvas lacks another, by hand: no download"
    )
    assert list(course.pages("-moodle").values()) == ["page of ada"]


def test_a_class_of_which_nobody_was_imported_gets_folders_by_id_and_is_told(course):
    (sentence,) = course.write("ada", "bea")
    assert sentence == (
        "exports/feedback-differentiation.zip: no download of Moodle or Canvas with these submissions was imported, "
        "so its folders are named by the students' ids."
    )
    assert course.written == {".zip"}
    assert course.pages("") == {f"ada/{PAGE}": "page of ada", f"bea/{PAGE}": "page of bea"}
    course.take(f"Ada Lovelace_11_assignsubmission_file_/{NOTEBOOK}")
    course.write("bea")
    assert course.written == {"-moodle.zip"}, "what an earlier run wrote is no longer so"


def test_a_class_without_pages_has_no_zip(course):
    assert write_feedback_zips(course.root, course.exports, ASSIGNMENT, ["ada"], {}) == [] and course.written == set()


def test_a_download_that_is_imported_again_tells_the_numbers(course):
    course.take(f"Ada Lovelace_11_assignsubmission_file_/{NOTEBOOK}")
    (course.submitted / FILE).unlink()
    assert course.take(f"Ada Lovelace_11_assignsubmission_file_/{NOTEBOOK}") == []
    assert returns(course.submitted) == {"ada/differentiation": Return("moodle", "Ada Lovelace_11_assignsubmission_file_")}


def test_a_download_that_is_not_taken_leaves_the_numbers_of_the_one_that_was(course):
    course.take(f"lovelaceada_4711_902_{NOTEBOOK}")
    assert any("not taken" in sentence for sentence in course.take(f"lovelaceada_4711_901_{NOTEBOOK}", changed=True))
    assert returns(course.submitted)["ada/differentiation"].name == "lovelaceada_4711_902_"


@pytest.mark.parametrize(
    ("origin", "path", "name"),
    [
        (Origin("Ada_7_B", "", "moodle", "11"), "", "Ada 7 B_11_assignsubmission_file_"),
        (Origin("123", "", "moodle", "11"), "", "student 123_11_assignsubmission_file_"),
        (Origin("123", "", "canvas", "4711"), "x/123_4711_901_a.ipynb", "student 123_4711_901_"),
    ],
)
def test_no_name_is_taken_for_a_number(origin, path, name):
    found = return_of(origin, path)
    assert found is not None and found.name == name and len(found.numbers) in (1, 2)


@pytest.mark.parametrize("system", ["drive", "nbgrader", "folder", "file"])
def test_what_comes_from_elsewhere_goes_nowhere(system):
    assert return_of(Origin("Ada", "", system, "11"), "Ada_11_12_a.ipynb") is None


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{",
        json.dumps({"ada/differentiation": ["moodle", "../../x_11_assignsubmission_file_"]}),
        json.dumps({"ada/differentiation": ["moodle", "a_b_11_assignsubmission_file_"]}),
        json.dumps({"ada/differentiation": ["canvas", "4711_901_5_"]}),
        json.dumps({"ada/differentiation": ["post", "Ada_11_assignsubmission_file_"]}),
        json.dumps({"ada/differentiation": "moodle"}),
    ],
)
def test_a_file_that_is_not_ours_names_nobody(course, content):
    (course.submitted / FILE).write_text(content)
    assert returns(course.submitted) == {}


def test_the_same_pages_make_the_same_file_and_it_is_not_written_again(course):
    course.write("ada", "bea")
    path = course.exports / f"feedback-{ASSIGNMENT.identifier}.zip"
    first, inode = path.read_bytes(), path.stat().st_ino
    course.write("ada", "bea")
    assert path.stat().st_ino == inode
    path.unlink()
    course.write("ada", "bea")
    assert path.read_bytes() == first
    with zipfile.ZipFile(path) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_page_that_changed_is_in_the_next_one(course):
    course.write("ada")
    page = course.root / "feedback" / "ada" / ASSIGNMENT.identifier / PAGE
    page.write_text("PAGE OF ada", encoding="utf-8")
    write_feedback_zips(course.root, course.exports, ASSIGNMENT, ["ada"], {})
    assert course.pages("") == {f"ada/{PAGE}": "PAGE OF ada"}, "of the same length, too"


def test_a_zip_that_cannot_be_written_whole_leaves_the_one_before(course, monkeypatch):
    course.write("ada")
    before = course.pages("")

    def fail(*_, **__):
        raise OSError("no room")

    monkeypatch.setattr(feedback_zips.zipfile.ZipFile, "writestr", fail)
    with pytest.raises(OSError, match="no room"):
        course.write("ada", "bea")
    assert course.pages("") == before and course.written == {".zip"}


def test_what_is_known_already_is_not_written_again(course):
    course.take(f"Ada Lovelace_11_assignsubmission_file_/{NOTEBOOK}")
    inode = (course.submitted / FILE).stat().st_ino
    course.take(f"Ada Lovelace_11_assignsubmission_file_/{NOTEBOOK}")
    assert (course.submitted / FILE).stat().st_ino == inode
