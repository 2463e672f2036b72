"""A file of marks is read however a spreadsheet wrote it, and everything in it that is not right is said at once, by line."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.reports.marks_file import GivenMark, Markable, MarksFileError, read_marks_file, write_marks_file

HEADER = "student,assignment,cell,points,comment\n"
CELLS = {"writeup_ex1": 5.0, "writeup_ex2": 8.0, "defence": 0.0}
MARKABLE = Markable(
    students=frozenset({"ada", "bea", "Émile Ó Cé", "late"}),
    maximum={"differentiation": CELLS, "layers": {"writeup_linear": 10.0}},
    checks={"differentiation": frozenset({"check_grad"}), "layers": frozenset()},
    graded=frozenset((student, name) for student in ("ada", "bea", "Émile Ó Cé") for name in ("differentiation", "layers")),
)
ADA = GivenMark("ada", "differentiation", "writeup_ex1", 3.5, "Which layout?")


def read(text: str | bytes) -> list[GivenMark]:
    return read_marks_file(text.encode() if isinstance(text, str) else text, MARKABLE)


def faults(text: str | bytes) -> list[str]:
    with pytest.raises(MarksFileError) as caught:
        read(text)
    assert str(caught.value).startswith("no mark was recorded, because ")
    return caught.value.faults


def row(cell: str = "writeup_ex1", points: str = "3", comment: str = "", student: str = "ada") -> str:
    return f"{student},differentiation,{cell},{points},{comment}\n"


@pytest.mark.parametrize(
    "content",
    [
        HEADER + "ada,differentiation,writeup_ex1,3.5,Which layout?\n",
        "\ufeff" + HEADER + 'ada,differentiation,writeup_ex1,"3,5",Which layout?',
        "student;assignment;cell;points;comment\r\nada;differentiation;writeup_ex1;3,5;Which layout?\r\n",
        "sep=;\r\nstudent;assignment;cell;points;comment\r\nada;differentiation;writeup_ex1;3,50;Which layout?\r\n",
        "student\tassignment\tcell\tpoints\tcomment\nada\tdifferentiation\twriteup_ex1\t3.5\tWhich layout?\n",
        "mark,Comment, points ,cell,assignment,STUDENT\nB,Which layout?,+3.5,writeup_ex1,differentiation, ada \n",
        HEADER + "\n,,,,\n" + "ada,differentiation,writeup_ex1,3.5,Which layout?,,\n\n",
        HEADER + row(points="3.5") + row(points="", comment="Which layout?"),
        HEADER + row(points="3.5", comment="Which layout?") * 2,
    ],
    ids="plain mark_and_comma semicolons named_delimiter tabs other_columns empty_rows two_rows same_twice".split(),
)
def test_a_mark_is_read_however_it_was_written(content):
    assert read(content) == [ADA]


def test_what_is_empty_stays_as_it_is():
    assert read(HEADER + row(points="", comment="Well done")) == [
        GivenMark("ada", "differentiation", "writeup_ex1", None, "Well done")
    ]
    assert read(HEADER + "bea,layers,writeup_linear,10\n") == [GivenMark("bea", "layers", "writeup_linear", 10.0)]


def test_a_comment_may_have_several_lines():
    marks = read(HEADER + row(comment='"first, ""so""\r\nsecond"') + row("writeup_ex2"))
    assert [mark.comment for mark in marks] == ['first, "so"\nsecond', None]
    assert [mark.line for mark in marks] == [2, 4]


@pytest.mark.parametrize(
    "content, fault",
    [
        (row(student="adda"), "line 2: there is no student 'adda' in the gradebook (is 'ada' meant?)."),
        ("ada,layer,writeup_ex1,3,\n", "line 2: there is no assignment 'layer'; there is differentiation and layers."),
        (
            row("writeup-ex1"),
            "line 2: differentiation has no cell 'writeup-ex1' (is 'writeup_ex1' meant?); a person marks writeup_ex1, writeup_ex2, defence.",
        ),
        (
            row("check_grad"),
            "line 2: check_grad is a check, whose points are found by running it and are not given here: "
            "to put others in their place, use make formgrader.",
        ),
        (row(student="late"), "line 2: nothing of late is graded in differentiation yet: run make grade first."),
        (row(points="three"), "line 2: 'three' is not a number of points."),
        (row(points="nan"), "line 2: 'nan' is not a number of points."),
        (row(points='"1,000.5"'), "line 2: '1,000.5' is not a number of points."),
        (row(points="-1"), "line 2: -1 points for writeup_ex1 are below 0."),
        (row(points="5.5"), "line 2: 5.5 points are more than the 5 that writeup_ex1 is worth."),
        (row(points="9" * 400), "line 2: inf points are more than the 5 that writeup_ex1 is worth."),
        (
            row("defence", "1"),
            "line 2: defence is worth 0 points, so 1 are too many: leave the points empty, and put the mark into the comment.",
        ),
        (
            row(points="3,5", comment="Which"),
            "line 2: it has more fields than the first line: a comment or a number with a comma in it needs quotation marks around it.",
        ),
        (row() + row(points="4"), "line 3: writeup_ex1 of ada has other points on line 2: leave one of the two."),
        (row(comment="a") + row(comment="b"), "line 3: writeup_ex1 of ada has other comments on line 2: leave one of the two."),
        (row(comment="\x1b[2J"), "line 2: the comment holds a letter that cannot be shown: remove it."),
        (
            row(comment="x" * 20_001),
            "line 2: the comment has 20,001 letters, and more than 20,000 are taken for a mistake.",
        ),
    ],
)
def test_each_fault_is_one_sentence(content, fault):
    assert faults(HEADER + content) == [fault]


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b" \n\n"])
def test_an_empty_file_is_named(content):
    assert faults(content) == ["it is empty: its first line should be student,assignment,cell,points,comment."]


def test_a_file_without_marks_or_columns_is_named():
    assert faults(HEADER) == ["there is no mark below its first line."]
    assert faults("student,assignment,cell,mark\n" + row()) == [
        f"line 1: there is no column {name}: this line should be student,assignment,cell,points,comment."
        for name in ("points", "comment")
    ]
    assert faults(",,,\n")[0].startswith("line 1: there is no column student")
    assert faults("student,assignment,cell,points,comment,points\n" + row()) == [
        "line 1: there are several columns points: leave one."
    ]


@pytest.mark.parametrize("content", [b"PK\x03\x04\xff\xfe", "student\tü".encode("utf-16"), HEADER.encode() + b"\0\0"])
def test_what_is_no_text_is_named(content):
    (fault,) = faults(content)
    assert fault.endswith("save the table as CSV in UTF-8.")


def test_a_quotation_mark_that_is_never_closed_is_named_with_its_line():
    (fault,) = faults(HEADER + row() + row("writeup_ex2", comment='"so') + row("writeup_ex2"))
    assert fault.startswith("line 3: it cannot be read as CSV") and fault.endswith("a quotation mark may be missing.")


def test_all_faults_are_listed_by_line():
    found = faults(HEADER + row(points="6") + row("writeup_ex2") + row(points="x") + row("writeup_ex2", "9"))
    assert [fault.split(":")[0] for fault in found] == ["line 2", "line 4", "line 5", "line 5"]


# Letters of every kind but those that are refused; a spreadsheet trims nothing, the reader trims the ends.
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")) | st.sampled_from("\n\t=+-@',;\"")).map(str.strip)
MARKS = st.lists(
    st.builds(
        GivenMark,
        st.sampled_from(sorted(MARKABLE.students - {"late"})),
        st.just("differentiation"),
        st.sampled_from(["writeup_ex1", "writeup_ex2"]),
        st.none() | st.floats(0, 5),
        st.none() | TEXTS.filter(bool),
    ),
    min_size=1,
    unique_by=lambda mark: mark.place,
)


@given(MARKS)
def test_any_marks_that_are_written_are_read_again(marks):
    assert read(write_marks_file(marks)) == marks


@given(MARKS, st.sampled_from(";\t,"), st.sampled_from(["\n", "\r\n"]), st.booleans(), st.permutations(range(6)))
def test_a_spreadsheet_may_save_them_in_its_own_way(marks, delimiter, ends, is_marked, order):
    rows = list(csv.reader(io.StringIO(write_marks_file(marks), newline="")))
    rows = [[*each, "further"] for each in rows]
    for each in rows[1:]:
        each[3] = each[3].replace(".", ",")
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=ends).writerows([[each[place] for place in order] for each in rows])
    assert read(("\ufeff" if is_marked else "") + text.getvalue()) == marks


@given(st.binary() | st.text().map(str.encode) | st.text().map(lambda text: (HEADER + text).encode()))
def test_whatever_the_file_holds_it_is_read_or_refused_with_sentences(content):
    try:
        assert read(content)
    except MarksFileError as error:
        assert error.faults and all(fault.endswith(".") and fault.isprintable() for fault in error.faults)


def test_no_cell_of_a_written_file_is_computed():
    text = write_marks_file([GivenMark("=ada", "differentiation", "writeup_ex1", -1.0, "- a sign")])
    assert text.splitlines()[1] == "'=ada,differentiation,writeup_ex1,-1,'- a sign"
