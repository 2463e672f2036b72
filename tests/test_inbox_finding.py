"""Which file is the submission: the notebook with the assignment's cells, whatever its name, encoding or place."""

import copy
import io
import json
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.grading.inbox import archives
from autograder.grading.inbox.finding import find_notebook, wanted_of
from autograder.grading.inbox.recognising import contents
from tests.conftest import BY_ID, KNOWN, ROOT, notebook_of

FILES = {
    identifier: {name: notebook_of(name, assignment).read_bytes() for name in ("source", "release")}
    for identifier, assignment in BY_ID.items()
}
WANTED = {
    identifier: wanted_of(
        identifier,
        f"{assignment.notebook}.ipynb",
        FILES[identifier]["source"],
        FILES[identifier]["release"],
        frozenset(path.name for path in (ROOT / "release" / identifier).iterdir()),
    )
    for identifier, assignment in BY_ID.items()
}
NAME = "matrix_derivatives.ipynb"
SOLVED = (ROOT / "examples" / "submitted" / "perfect" / "differentiation" / NAME).read_bytes()
OTHER = (ROOT / "examples" / "submitted" / "perfect" / "layers" / "neural_layers.ipynb").read_bytes()
UNTOUCHED = FILES["differentiation"]["release"]


def find(files, times=None, identifier="differentiation"):
    others = [wanted for name, wanted in WANTED.items() if name != identifier]
    return find_notebook(files, times or {}, WANTED[identifier], others)


def changed(content=SOLVED, number=1):
    """Another answer."""
    return content.replace(b"return", b"return %d, " % number, 1)


def packed(files, **options):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, options.get("time", (2027, 2, 1, 12, 0, 0))), content)
    return buffer.getvalue()


def with_notebook(change, content=SOLVED):
    notebook = json.loads(content)
    change(notebook)
    return json.dumps(notebook, ensure_ascii=False)


def said(found):
    return "\n".join(found.remarks)


def test_the_notebook_in_its_place_is_found_without_a_word():
    found = find({NAME: SOLVED, "digits_200.csv": b"1,2", "timestamp.txt": b"2027-02-01"})
    assert (found.path, found.content, found.remarks, found.undecided) == (NAME, SOLVED, [], False)


@pytest.mark.parametrize(
    "name",
    [
        "matrix_derivatives (1).ipynb",
        'Копия блокнота "matrix_derivatives.ipynb".ipynb',
        "Surname_HW1.ipynb",
        "matrix_derivatives.ipynb.txt",
        "matrix_derivatives.json",
        "notebook",
        "homework/matrix_derivatives.ipynb",
        "autograder/matrix_derivatives.ipynb",
    ],
)
def test_the_only_notebook_with_the_cells_is_found_under_any_name_and_named(name):
    found = find({name: SOLVED})
    assert (found.path, found.content, found.undecided) == (name, SOLVED, False)
    assert name in said(found)


def test_an_untouched_file_beside_a_solved_one_never_wins():
    copied = "matrix_derivatives (1).ipynb"
    for times in ({}, {NAME: 200.0, copied: 100.0}, {NAME: 100.0, copied: 100.0}):
        found = find({NAME: UNTOUCHED, copied: SOLVED}, times)
        assert (found.path, found.undecided) == (copied, False)
        assert f"{NAME} (nothing is written in it)" in said(found)


def test_an_untouched_file_that_an_editor_saved_again_is_still_untouched():
    def saved(notebook):
        for cell in notebook["cells"]:
            cell["source"] = "".join(cell["source"]).replace("\n", "\r\n") + "\n"

    assert find({NAME: with_notebook(saved, UNTOUCHED).encode(), "a.ipynb": SOLVED}, {NAME: 9e9, "a.ipynb": 1.0}).path == "a.ipynb"


def test_an_answer_in_an_own_cell_is_more_than_nothing_and_less_than_an_answer_in_its_place():
    def with_own_cell(notebook):
        notebook["cells"].append({"cell_type": "markdown", "metadata": {}, "source": "My derivation: $2x$"})

    own = with_notebook(with_own_cell, UNTOUCHED).encode()
    assert find({NAME: UNTOUCHED, "b.ipynb": own}, {NAME: 2e9, "b.ipynb": 1e9}).path == "b.ipynb"
    assert find({NAME: SOLVED, "b.ipynb": own}, {NAME: 1e9, "b.ipynb": 2e9}).path == NAME


def test_of_two_with_answers_the_newer_is_graded_and_the_other_named():
    found = find({NAME: SOLVED, "final.ipynb": changed()}, {NAME: 100.0, "final.ipynb": 200.0})
    assert (found.path, found.undecided) == ("final.ipynb", False)
    assert f"{NAME} (older)" in said(found)


@pytest.mark.parametrize(
    "times", [{}, {NAME: 100.0}, {NAME: 100.0, "final.ipynb": 101.0}, {NAME: 100.0, "final.ipynb": float("nan")}]
)
def test_where_nobody_can_say_which_is_newer_the_right_name_is_graded_and_a_person_decides(times):
    found = find({"final.ipynb": changed(), NAME: SOLVED}, times)
    assert (found.path, found.undecided) == (NAME, True)
    assert "final.ipynb may be the answer as well: a person must decide" in said(found)


def test_two_copies_of_the_same_file_are_no_question():
    found = find({NAME: SOLVED, "copy.ipynb": SOLVED})
    assert (found.path, found.undecided, found.remarks) == (NAME, False, [])


def test_the_same_answers_saved_again_are_no_question():
    def run_again(notebook):
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code":
                cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "again"}]

    found = find({NAME: SOLVED, "copy.ipynb": with_notebook(run_again).encode()})
    assert (found.path, found.undecided, found.remarks) == (NAME, False, [])


def test_a_broken_file_that_may_be_newer_lets_a_person_decide():
    broken = SOLVED[:-100]
    assert find({NAME: SOLVED, "a.ipynb": broken}, {NAME: 100.0, "a.ipynb": 200.0}).undecided
    assert not find({NAME: SOLVED, "a.ipynb": broken}, {NAME: 200.0, "a.ipynb": 100.0}).undecided
    assert find({"a.ipynb": broken}).path == "a.ipynb"
    assert find({NAME: UNTOUCHED, "a.ipynb": broken}).path == "a.ipynb"


def test_the_other_assignments_notebook_is_named_and_never_graded():
    found = find({NAME: SOLVED, "neural_layers.ipynb": OTHER})
    assert found.path == NAME
    assert "neural_layers.ipynb is of the assignment layers" in said(found)
    assert find({NAME: OTHER}).path is None, "the right name does not make it the right notebook"


def test_a_pasted_function_does_not_make_the_other_notebook_the_submission():
    def paste(notebook):
        notebook["cells"].append({"cell_type": "code", "metadata": {}, "source": "def grad_quadratic(x):\n    return 2 * x"})

    found = find({"neural_layers.ipynb": with_notebook(paste, OTHER).encode()})
    assert found.path is None
    assert "of the assignment layers" in said(found)


def test_both_assignments_in_one_notebook_are_found_by_both():
    both = json.loads(SOLVED)
    both["cells"] += json.loads(OTHER)["cells"]
    content = json.dumps(both).encode()
    found = {identifier: find({"all.ipynb": content}, identifier=identifier).path for identifier in WANTED}
    assert found == dict.fromkeys(WANTED) | dict.fromkeys(KNOWN, "all.ipynb")


def test_everything_else_is_named_once_and_what_programs_leave_is_not():
    found = find(
        {
            NAME: SOLVED,
            "derivations.pdf": b"%PDF",
            "photos/1.jpg": b"\xff\xd8",
            "notes.txt": b"see the PDF",
            "__MACOSX/._matrix_derivatives.ipynb": b"\0\5\x16\7",
            ".ipynb_checkpoints/matrix_derivatives-checkpoint.ipynb": UNTOUCHED,
            ".git/HEAD": b"ref",
            ".venv/lib/a.py": b"",
            "node_modules/a.js": b"",
            "matrix_checks/checks/calling.py": b"",
            "feedback/matrix_derivatives.html": b"",
            "timestamp.txt": b"2027",
            "mistakes.json": b"{}",
        }
    )
    assert len(found.remarks) == 1
    assert found.beside == ["derivations.pdf", "notes.txt", "photos/1.jpg"]
    assert said(found).count("derivations.pdf") == 1
    assert not any(
        name in said(found) for name in ("MACOSX", "checkpoint", ".git", ".venv", "node_modules", "autograder", "timestamp")
    )


def test_nothing_handed_in_is_said_in_one_sentence():
    assert find({}).remarks == [
        "no notebook with the cells of differentiation was handed in (matrix_derivatives.ipynb is missing)."
    ]


def test_a_file_with_only_the_right_name_is_left_to_whoever_opens_it():
    found = find({NAME: b""})
    assert (found.path, found.content) == (NAME, b"")
    assert "no cell of the assignment" in said(found)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1251"])
def test_any_encoding_that_editors_write_is_read(encoding):
    def in_russian(notebook):
        notebook["cells"][0]["source"] = "Привет"

    text = with_notebook(in_russian).encode("cp1251", errors="replace").decode("cp1251").replace("\n", "\r\n")
    found = find({"a.ipynb": text.encode(encoding), NAME: UNTOUCHED})
    assert found.path == "a.ipynb"
    assert f"{NAME} (nothing is written in it)" in said(found)


def to_format_3(notebook):
    for cell in notebook["cells"]:
        cell.pop("id", None)
        if cell["cell_type"] == "code":
            cell["input"] = cell.pop("source")
    notebook["worksheets"] = [{"cells": notebook.pop("cells")}]
    notebook["nbformat"] = 3


def without_nbgrader(notebook):
    for cell in notebook["cells"]:
        cell["metadata"].pop("nbgrader", None)


def as_colab(notebook):
    for cell in notebook["cells"]:
        cell["metadata"] = {"id": cell.pop("id")}


def only_text(notebook):
    notebook["cells"] = [{"cell_type": cell["cell_type"], "metadata": {}, "source": cell["source"]} for cell in notebook["cells"]]


@pytest.mark.parametrize("change", [to_format_3, without_nbgrader, as_colab, only_text])
def test_cells_are_known_by_metadata_by_id_or_by_the_functions_they_define(change):
    solved, untouched = (with_notebook(change, content).encode() for content in (SOLVED, UNTOUCHED))
    found = find({"mine.ipynb": solved, NAME: untouched}, {"mine.ipynb": 1.0, NAME: 500.0})
    assert (found.path, found.undecided) == ("mine.ipynb", False)


def test_a_notebook_inside_a_zip_is_found_with_its_time():
    inner = "Lovelace/matrix_derivatives.ipynb"
    archive = packed({inner: SOLVED, "Lovelace/scan.pdf": b"%PDF"}, time=(2027, 2, 1, 12, 0, 0))
    found = find({"homework.zip": archive, NAME: changed()}, {NAME: 100.0, "homework.zip": 50.0})
    assert (found.path, found.content) == (f"homework.zip/{inner}", SOLVED)
    assert found.beside == ["homework.zip/Lovelace/scan.pdf"]
    assert find({"homework.zip": archive, NAME: changed()}, {NAME: 9e9}).path == NAME


def test_a_zip_in_a_zip_is_opened_and_no_deeper():
    once = packed({NAME: SOLVED})
    twice = packed({"inner.zip": once})
    assert find({"a.zip": twice}).path == f"a.zip/inner.zip/{NAME}"
    thrice = find({"a.zip": packed({"outer.zip": twice})})
    assert thrice.path is None
    assert "it was not opened" in said(thrice)


def test_a_zip_named_as_a_notebook_is_opened():
    assert find({NAME: packed({NAME: SOLVED})}).path == f"{NAME}/{NAME}"


@pytest.mark.parametrize("name", ["../x.ipynb", "/etc/x.ipynb", "C:\\x.ipynb", "a/../../x.ipynb", "..\\x.ipynb"])
def test_a_path_that_leads_outside_of_a_zip_is_named_and_not_taken(name):
    found = find({"a.zip": packed({name: SOLVED})})
    assert found.path is None
    assert "leads outside" in said(found)


def test_a_link_inside_a_zip_is_named_and_not_taken():
    info = zipfile.ZipInfo(NAME)
    info.external_attr = 0o120777 << 16
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(info, SOLVED)
    found = find({"a.zip": buffer.getvalue()})
    assert found.path is None
    assert "a link" in said(found)


def test_an_encrypted_zip_is_named():
    content = bytearray(packed({NAME: SOLVED}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.rindex(signature) + offset] |= 1
    found = find({"a.zip": bytes(content)})
    assert found.path is None
    assert "encrypted" in said(found)


@pytest.mark.parametrize("name", ["a.rar", "a.7z", "a.tar.gz"])
def test_other_archives_are_named_with_what_to_do(name):
    assert "ask for a zip file" in said(find({name: b"Rar!"}))


def test_a_broken_zip_is_one_sentence():
    found = find({NAME: SOLVED, "a.zip": packed({"b": b"b" * 1000})[:-30]})
    assert found.path == NAME
    assert found.remarks == ["a.zip is damaged or no zip file: nothing in it was read."]


def test_the_notebook_is_read_before_a_bomb_and_the_bomb_is_not(monkeypatch):
    monkeypatch.setattr(archives.Budget, "__init__", lambda self: self.__dict__.update(entries=2000, size=1_000_000))
    found = find({"a.zip": packed({"0.bin": bytes(5_000_000), NAME: SOLVED})})
    assert found.path == f"a.zip/{NAME}"
    assert "0.bin in a.zip was not read" in said(found)


def test_the_bounds_hold_for_all_archives_together(monkeypatch):
    monkeypatch.setattr(archives.Budget, "__init__", lambda self: self.__dict__.update(entries=3, size=1_000_000))
    found = find({f"{number}.zip": packed({f"{letter}.txt": b"" for letter in "ab"}) for number in range(3)})
    assert said(found).count("and was not opened") == 2
    assert len(found.beside) == 2


def test_the_sizes_of_all_archives_count_together(monkeypatch):
    monkeypatch.setattr(archives.Budget, "__init__", lambda self: self.__dict__.update(entries=2000, size=1_000_000))
    found = find({f"{number}.zip": packed({"a.bin": bytes(600_000)}) for number in range(2)})
    assert found.beside == ["0.zip/a.bin"]
    # What leaves no room for the notebook comes after it.
    assert find({"a.zip": packed({"0.bin": bytes(950_000), NAME: SOLVED})}).path == f"a.zip/{NAME}"


def test_no_more_of_a_file_is_unpacked_than_there_is_room_for(monkeypatch):
    monkeypatch.setattr(archives.Budget, "__init__", lambda self: self.__dict__.update(entries=2000, size=1000))
    asked, read = [], zipfile.ZipExtFile.read
    monkeypatch.setattr(zipfile.ZipExtFile, "read", lambda self, n=-1: (asked.append(n), read(self, n))[1])
    find({"a.zip": packed({"0.bin": bytes(5_000_000)})})
    assert asked == [1001]


def test_the_year_1980_is_no_time():
    files = {"a.zip": packed({NAME: SOLVED}, time=(1980, 1, 1, 0, 0, 0)), NAME: changed()}
    assert find(files, {NAME: 9e9}).undecided


def test_a_cell_emptied_is_no_answer():
    def emptied(notebook):
        for cell in notebook["cells"]:
            if cell["metadata"].get("nbgrader", {}).get("solution"):
                cell["source"] = " \n"

    content = with_notebook(emptied, UNTOUCHED).encode()
    assert find({NAME: content, "a.ipynb": SOLVED}, {NAME: 9e9, "a.ipynb": 1.0}).path == "a.ipynb"


@pytest.mark.parametrize("change", [to_format_3, without_nbgrader, as_colab])
def test_every_cell_keeps_its_name_and_text_whatever_the_format(change):
    original, found = contents(SOLVED), contents(with_notebook(change).encode())
    assert [cell.text for cell in found.cells] == [cell.text for cell in original.cells]
    assert WANTED["differentiation"].grade_ids <= found.names


def test_a_zip_whose_header_lies_about_sizes_does_not_unpack_more(monkeypatch):
    monkeypatch.setattr(archives.Budget, "__init__", lambda self: self.__dict__.update(entries=2000, size=1_000_000))
    content = bytearray(packed({"0.bin": bytes(5_000_000)}))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = content.index(signature) + offset
        content[place : place + 4] = (10).to_bytes(4, "little")
    found = find({"a.zip": bytes(content)})
    assert found.beside == [] or len(found.beside[0]) < 100
    assert found.path is None


def test_names_of_zips_made_in_russia_are_readable():
    info = zipfile.ZipInfo("x" * 6 + ".ipynb")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(info, SOLVED)
    content = buffer.getvalue().replace(b"x" * 6, "Иванов".encode("cp866"))
    assert find({"a.zip": content}).path == "a.zip/Иванов.ipynb"


def test_a_file_too_large_to_be_looked_at_is_named(monkeypatch):
    monkeypatch.setattr("autograder.grading.inbox.finding.MOST_BYTES", 1000)
    assert "larger than" in said(find({NAME: SOLVED}))


def test_a_file_of_millions_of_nothings_is_not_unfolded_in_memory(monkeypatch):
    monkeypatch.setattr("autograder.grading.inbox.recognising._MOST_NESTED", 1000)
    monkeypatch.setattr("json.loads", lambda text: pytest.fail("it was read"))
    assert find({NAME: b'{"cells": [' + b",".join([b"{}"] * 2000) + b"]}"}).path == NAME


def test_of_a_notebook_with_a_hundred_thousand_cells_the_first_are_looked_at():
    def lengthened(notebook):
        notebook["cells"] += [{}] * 100_000

    holds = contents(with_notebook(lengthened).encode())
    assert len(holds.cells) == 50_000
    assert "grad_quadratic" in holds.names


def test_remarks_are_printable_and_bounded():
    found = find({f"\x1b[31m{number}\n{'x' * 300}.pdf": b"%PDF" for number in range(5000)})
    assert all(remark.isprintable() and len(remark) < 2000 for remark in found.remarks)
    assert "and 4992 more" in said(found)


NAMES = st.sampled_from(
    [NAME, "a.zip", "b.ipynb", "c/d.json", "e.txt", "autograder/f.ipynb", "-rf", "\n.ipynb", "x" * 255, "numpy.py"]
)
PIECES = st.sampled_from(
    [SOLVED, UNTOUCHED, SOLVED[:5000], b'{"cells": [', b"[" * 100_000, b'{"cells": [1, null, {"source": 3, "metadata": [], "id": {}}]}',
     b'{"worksheets": [3, {"cells": 1}]}', b'{"a":' * 5000, b"1" * 5000, b"NaN", b'{"cells": [{"cell_type": [], "source": [1, "\\ud800"]}]}',
     b"PK\x03\x04", b"PK\x05\x06" + bytes(18), packed({NAME: SOLVED}), packed({"a": packed({"b": b"c"})}), b"\xff\xfe{", b"\xef\xbb\xbf{"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(NAMES, st.binary(max_size=200) | PIECES | st.tuples(PIECES, st.binary(max_size=20)).map(b"".join), max_size=4)
)
def test_no_bytes_make_it_raise(files):
    before = copy.deepcopy(files)
    found = find(files)
    assert files == before
    assert (found.path is None) == (found.content is None)
    assert all(remark.isprintable() for remark in found.remarks)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_damage_to_a_zip_makes_it_raise(data):
    content = bytearray(packed({NAME: b"{}", "a/b.pdf": b"x" * 50}))
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    find({"a.zip": bytes(content)})


def test_every_example_is_found_in_its_place():
    for folder in sorted((ROOT / "examples" / "submitted").glob("*/*")):
        files = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
        assert find(files, identifier=folder.name).path == WANTED[folder.name].notebook
