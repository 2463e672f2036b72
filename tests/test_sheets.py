"""The defence sheet: what it says of one student, and how it says it."""

import time
from dataclasses import replace
from urllib.parse import unquote

import pytest

from autograder.grading.check_text import check_text
from autograder.reports.class_data import CellMark
from autograder.reports.differences import MOST_LINES, changed_lines, differences
from autograder.reports.likeness import ClassLikeness, code_key, text_key
from autograder.reports.model_answers import read_model_answers
from autograder.reports.parallel import FEW
from autograder.reports.sheet import MOST_BYTES, sheet_file
from tests.conftest import ROOT
from tests.sheets import (
    FIRST,
    LATE,
    MARKS,
    RIGHT_CODE,
    ROW,
    TRUE,
    WRONG_PRINT,
    check,
    student,
    text_of,
    work,
    writeup,
    written,
)

CODE, DERIVATIONS = (f"{FIRST.points[kind]:g}" for kind in ("code", "writeups"))
ALL_DERIVATIONS = sum(cell.startswith("writeup_") for exercise in FIRST.exercises for cell in exercise.cells)
LONG_CODE = """def factorize(x, rank):
    # my own remark
    total = 0
    for row in range(3):
        for column in range(rank):
            total += x[row, column] ** 2 + row - column
    return total / rank
"""
RENAMED = LONG_CODE.replace("total", "s").replace("row", "i").replace("# my own remark", "# another").replace("x", "data")

# The head


def marks_of(page) -> dict[str, list[str]]:
    rows = page.select(".marks tbody tr")
    return {text_of(row.th): [text_of(cell) for cell in row.find_all("td")] for row in rows}


def test_the_head_says_who_what_and_how_late(tmp_path):
    page = written(tmp_path, student("ada", work(check()), name="Ada Lovelace", **LATE))["ada"]
    head = text_of(page.select_one(".head"))
    assert "Ada Lovelace" in head and "ada" in head and "Matrix derivatives" in head
    assert "2027-03-01 23:05 UTC" in head and "late by 3 hours : 2 points are taken off" in head


def test_marks_stand_in_one_table_each_with_its_maximum(tmp_path):
    found = work(check(), writeup(ROW))
    page = written(tmp_path, student("ada", found, marks=dict(MARKS), penalty=2.0))["ada"]
    rows = marks_of(page)
    assert rows["Code"] == ["6", CODE]
    suggested = found.writeups[0].suggested
    assert suggested and rows["Derivations, suggested"] == [f"{suggested:g}", DERIVATIONS]
    assert rows[f"Derivations, given {ALL_DERIVATIONS - 1} of {ALL_DERIVATIONS} not marked yet"] == ["5", DERIVATIONS]
    assert rows["Counts so far less 2 for being late"] == ["9", f"{sum(FIRST.points.values()):g}"]


def test_nothing_marked_is_a_dash_and_no_zero(tmp_path):
    page = written(tmp_path, student("ada", work(check(), writeup(ROW))))["ada"]
    assert marks_of(page)[f"Derivations, given {ALL_DERIVATIONS} of {ALL_DERIVATIONS} not marked yet"] == ["–", DERIVATIONS]


def test_the_oral_mark_stands_there_where_there_is_one(tmp_path):
    oral = student("ada", work(check()), marks={"defence": CellMark(manual=15.0, comment="knew it")})
    rows = marks_of(written(tmp_path, oral)["ada"])
    assert rows["Defence knew it"][0] == "15" and rows["Counts so far"][0] == "15"
    without_cell = written(tmp_path / "other", student("bea", work()), root=tmp_path)["bea"]
    assert not [label for label in marks_of(without_cell) if "Defence" in label]


def test_the_sheet_of_one_who_is_no_longer_in_the_class_goes(tmp_path):
    written(tmp_path, student("ada", work()), student("bea", work()))
    written(tmp_path, student("bea", work()))
    assert [each.name for each in (tmp_path / "differentiation/sheets").iterdir()] == ["bea.html"]


# What to ask


def test_three_to_five_questions_and_a_problem_with_what_good_and_weak_answers_say_folded(tmp_path):
    page = written(tmp_path, student("ada", work(check("def grad_quadratic(x):\n    return 2 * x.T", WRONG_PRINT, 0.0))))["ada"]
    questions = page.select(".ask > ol > li")
    assert 3 <= len(questions) <= 5
    assert "may end in the row" in text_of(questions[0]) and "Ex. 1: the square of a vector; because of grad_quadratic" in text_of(
        questions[0]
    )
    assert all("Good:" in text_of(each.details) and "Weak:" in text_of(each.details) for each in questions)
    assert not [each for each in page.select(".ask details") if each.has_attr("open")]
    assert "Do it now" in text_of(page.select_one(".ask")) and page.select(".ask > details math")
    assert "$" not in text_of(page.select_one(".ask"))


# What is doubtful


def doubts_of(page) -> list[str]:
    return [text_of(each) for each in page.select(".doubts li")]


def test_a_text_that_equals_anothers_names_the_other_with_a_link(tmp_path):
    same = TRUE.replace(" in the", "\n  IN  the")
    pages = written(tmp_path, student("ada", work(writeup(TRUE))), student("bea", work(writeup(same))), student("cem", work()))
    assert (
        doubts_of(pages["ada"])[0]
        == "The derivation of Ex. 1 is, but for blanks and the letter case of words, the same as that of Bea ."
    )
    assert pages["ada"].select_one(".doubts li a")["href"] == "bea.html"
    assert doubts_of(pages["cem"]) == []


def test_a_function_that_equals_anothers_but_for_names_and_remarks_is_doubtful(tmp_path):
    one, other = (check(source, function="factorize") for source in (LONG_CODE, RENAMED))
    pages = written(tmp_path, student("ada", work(one)), student("bea", work(other)))
    assert "The function factorize is, but for names and remarks, the same as that of Ada ." in doubts_of(pages["bea"])


@pytest.mark.parametrize(
    "other",
    [LONG_CODE.replace("+ row", "- row"), LONG_CODE.replace("x[row, column]", "x[column, row]"), LONG_CODE.replace("** 2", "** 3")],
)
def test_functions_that_compute_something_else_are_not_alike(other):
    assert code_key(LONG_CODE) == code_key(RENAMED) != code_key(other)


@pytest.mark.parametrize("source", [RIGHT_CODE, "def f(:", "(" * 5000, "\0", "x = " + "-" * 5000 + "1", ""])
def test_what_is_small_or_no_python_is_like_nothing(source):
    assert code_key(source) == ""


def test_in_a_formula_a_small_letter_is_another_one():
    for text in (TRUE, TRUE.replace("$", "$$")):
        assert text_key(text) == text_key(text.replace("words", "Words")) != text_key(text.replace("x", "X")) != ""


def test_a_renamed_copy_is_named_on_both_sheets_with_the_page_of_the_pair(tmp_path):
    terms = [
        rf"$a_{{{number}}} + b^{number} = \frac{{c - {number}}}{{d}} \cdot {number * 7}$ by step {number * 3}"
        for number in range(40)
    ]
    text = "\n\n".join(terms)
    renamed = text.replace("a_", "u_").replace("b^", "v^").replace("{c", "{w")
    pages = written(tmp_path, student("ada", work(writeup(text))), student("bea", work(writeup(renamed))), student("cem", work()))
    for one, other in (("ada", "Bea"), ("bea", "Ada")):
        (said,) = [each for each in pages[one].select(".doubts li") if "letters and names may differ" in text_of(each)]
        assert "the derivation of Ex. 1 (" in text_of(said) and other in text_of(said)
        assert [each["href"] for each in said.find_all("a")] == [f"{other.lower()}.html", "../pairs/1.html"]
    assert doubts_of(pages["cem"]) == []


def test_what_weighs_more_stands_before_what_many_wrote(tmp_path):
    remark = "grad_quadratic takes a complex step in the place of a formula"
    one = work(
        writeup(TRUE),
        writeup("see the picture", "writeup_ex2", pictures={"a.png": ("image/png", "iVBORw0KGgo=")}),
        remarks=(remark,),
    )
    pages = written(tmp_path, student("ada", one), *(student(f"s{number}", work(writeup(TRUE))) for number in range(5)))
    said = doubts_of(pages["ada"])
    assert said[0].startswith("grad_quadratic takes") and "there is a picture" in said[1] and "the same as that of" in said[-1]


def test_a_right_function_beside_a_wrong_one_that_it_calls_says_why(tmp_path):
    calls = check("def factorize(X, A, S):\n    return grad_loss_S(X, A, S)", "", 6.0, "factorize")
    alone = check("def factorize(X, A, S):\n    return 1", "", 6.0, "factorize")
    wrong = check("def grad_loss_S(X, A, S):\n    raise ValueError", WRONG_PRINT, 0.0, "grad_loss_S")
    pages = written(tmp_path, student("ada", work(calls, wrong)), student("bea", work(alone, wrong)))
    said = "its check calls the course’s own grad_loss_S , so what is wrong there does not count here"
    assert said in text_of(pages["ada"].select_one(".overview")) and said in text_of(pages["ada"].select_one(".everything"))
    assert "the course’s own" not in text_of(pages["bea"].select_one(".overview"))


def test_short_texts_are_equal_by_chance():
    assert text_key("$2x$") == ""


def test_what_the_course_itself_gave_out_is_no_likeness():
    found = {name: work(check(LONG_CODE, function="factorize")) for name in ("ada", "bea")}
    assert ClassLikeness(found, {"factorize": [RENAMED]}).of("ada", found["ada"]) == {}
    assert ClassLikeness(found, {}).of("ada", found["ada"]) == {"factorize": ["bea"]}


def test_of_many_who_wrote_the_same_a_few_are_named(tmp_path):
    pages = written(tmp_path, *(student(f"s{number}", work(writeup(TRUE))) for number in range(8)))
    assert len(pages["s0"].select(".doubts li a")) == 4 and doubts_of(pages["s0"])[0].endswith("and 3 more.")


def test_what_could_not_be_read_is_said_and_what_is_empty_is_not(tmp_path):
    strange = work(writeup("$\\heartsuit = \\clubsuit$"), writeup("words alone", "writeup_ex2"), writeup("", "writeup_ex3"))
    found = "\n".join(doubts_of(written(tmp_path, student("ada", strange))["ada"]))
    assert "Ex. 1: nothing could be read of it" in found and "Ex. 2: nothing could be read of it" in found and "Ex. 3" not in found


def test_hidden_text_and_remarks_of_the_run_are_said(tmp_path):
    hidden = work(
        writeup('<span style="display:none">$1 = 2$</span> ' + ROW), remarks=("grad_x takes a complex step", "a cell raised X")
    )
    found = doubts_of(written(tmp_path, student("ada", hidden))["ada"])
    assert any("Some of the text is hidden" in each for each in found)
    assert "grad_x takes a complex step." in found and "A cell raised X." in found


def test_a_picture_is_shown(tmp_path):
    seen = writeup("![scan](attachment:scan.png)", pictures={"scan.png": ("image/png", "iVBORw0KGgo=")})
    page = written(tmp_path, student("ada", work(seen)))["ada"]
    assert [each["src"] for each in page.find_all("img")] == ["data:image/png;base64,iVBORw0KGgo="]
    assert page.select_one(".doubts img")["alt"] and "there is a picture" in "\n".join(doubts_of(page))
    assert "a picture, shown with what is doubtful" in text_of(page.select_one(".theirs"))


def test_the_courses_own_answer_is_recognised(tmp_path):
    own = read_model_answers(ROOT, FIRST)["writeup_ex1"].answer
    assert doubts_of(written(tmp_path, student("ada", work(writeup(own))))["ada"])[0].startswith(
        "Ex. 1: this is the course's own answer"
    )


# Exercise by exercise


def test_the_overview_has_the_first_false_step_its_reason_and_the_diagnosis(tmp_path):
    page = written(tmp_path, student("ada", work(check("", WRONG_PRINT, 0.0), writeup(ROW))))["ada"]
    row = page.select(".overview .row")[0]
    assert text_of(row.h3) == "Ex. 1: the square of a vector 0 of 14"
    assert "The first false step is step 3:" in text_of(row) and row.select(".false-step math")
    assert text_of(row.select_one(".reason"))
    assert "grad_quadratic 0 of 6 : right in numerator layout: a row" in text_of(row)
    assert "yours:" not in text_of(row)


def test_each_step_has_a_sign_and_words_and_true_ones_are_folded(tmp_path):
    page = written(tmp_path, student("ada", work(writeup(TRUE + "\n\n" + ROW))))["ada"]
    steps = page.select_one(".of-writeup .steps")
    folded = steps.select_one("details.true-steps")
    assert not folded.has_attr("open") and "steps 1 to 3 hold" in text_of(folded.summary) and len(folded.select("li math")) == 3
    false = steps.select_one(".is-first-false")
    assert text_of(false).startswith("✗ false:") and false.select_one(".mark")["aria-hidden"] == "true" and false.math
    assert "false" in text_of(false.select_one(".in-words"))


def test_a_wrong_answer_has_another_sign_than_a_right_one(tmp_path):
    wrong, right = (writeup(f"$\\frac{{dy}}{{dx}} = {answer}$") for answer in ("5 x", "2 x"))
    for found, sign in ((wrong, "✗ Not what it should be:"), (right, "✓ Reached:")):
        page = written(tmp_path, student("ada", work(found)))["ada"]
        assert text_of(page.select_one(".of-writeup .found")).startswith(sign)


def test_the_diagnosis_stands_before_the_code_and_the_cases_are_folded(tmp_path):
    page = written(tmp_path, student("ada", work(check(RIGHT_CODE, WRONG_PRINT, 0.0))))["ada"]
    shown = text_of(page.select_one(".function"))
    places = [
        shown.index(words)
        for words in ("right in numerator layout", "general shapes", "def", "yours:", "The course's own function")
    ]
    assert places == sorted(places)
    assert "yours:" in text_of(page.select_one(".function details")) and page.select(".function .highlight .k")


def test_the_model_answer_and_the_rubric_are_folded_beside_the_derivation(tmp_path):
    page = written(tmp_path, student("ada", work(writeup(ROW))))["ada"]
    model, rubric = page.select(".of-writeup details.model")
    assert "The model answer" in text_of(model.summary) and len(model.select("math")) > 5
    assert "3 points: the difference is expanded" in text_of(rubric) and "MARK SCHEME" not in text_of(rubric)


def test_a_persons_comment_stands_with_the_derivation(tmp_path):
    page = written(tmp_path, student("ada", work(writeup(ROW)), marks=dict(MARKS)))["ada"]
    assert page.select(".of-writeup .comment math") and "5 given" in text_of(page.select_one(".of-writeup h4"))


def test_a_student_whose_work_was_not_kept_has_a_sheet_that_says_so(tmp_path):
    page = written(tmp_path, student("ada", None), student("bea", replace(work(), is_graded=False)))
    assert "grade it again" in doubts_of(page["ada"])[0] and "could not be run" in doubts_of(page["bea"])[0]


def test_what_a_check_prints_is_taken_apart():
    found = check_text("grad_quadratic", WRONG_PRINT)
    assert found.diagnoses == ("right in numerator layout: a row",)
    assert found.questions == ("Which shape does the docstring ask for?",)
    assert [(each.title, each.points, each.state) for each in found.groups] == [
        ("general shapes", 4, "0 of 3 passed"),
        ("edge cases", 1, "0 of 5 passed"),
    ]
    assert found.first_wrong.startswith("x = (3, -1, 2): shape (1, 3)") and "yours" in found.cases and "Earned" not in found.cases


def test_without_a_diagnosis_the_first_case_that_failed_says_most():
    assert check_text("f", "f\n  ✓ one\n  ✗ two: the values are not right\n").in_short == "two: the values are not right"
    assert check_text("f", "SyntaxError: invalid syntax\n").in_short == "SyntaxError: invalid syntax"
    assert check_text("f", "f\n  ✓ one\n").in_short == ""


# Since the version before


def test_what_changed_since_the_version_before_is_folded_with_the_points(tmp_path):
    before, now = work(check("def f(x):\n    return x", "", 0.0), writeup(ROW)), work(check(RIGHT_CODE), writeup(ROW))
    page = written(tmp_path, student("ada", now, previous=before))["ada"]
    (change,) = page.select("details.change")
    assert text_of(change.summary) == "grad_quadratic: 0 → 6 points"
    assert [text_of(each) for each in change.select(".removed")] == ["-def f(x):", "- return x"]
    assert [text_of(each) for each in change.select(".added")] == ["+def grad_quadratic(x):", "+ return 2 * x"]
    assert "1 change since the version before" in text_of(page.select_one(".head"))


def test_what_is_the_same_is_no_difference():
    assert differences(work(check(), writeup(ROW)), work(check(), writeup(ROW))) == []


def test_a_line_that_looks_like_the_name_of_a_file_is_a_line():
    assert changed_lines("-- a\nb", "b") == (("place", "@@ -1,2 +1 @@"), ("removed", "--- a"), ("same", " b"))


def test_a_difference_without_end_is_not_made():
    assert changed_lines("a\n" * (MOST_LINES + 1), "b") is None


# Between the sheets


def test_neighbours_the_class_and_the_feedback_are_one_link_away(tmp_path):
    names = ["Ada Lovelace", "bea?#%&", 'cem\'s "Ünï"']
    root = tmp_path / "course"
    for name in names[:2]:
        file = root / "feedback" / name / "differentiation" / "matrix_derivatives.html"
        file.parent.mkdir(parents=True)
        file.write_text("feedback")
    pages = written(root / "reports", *(student(name, work()) for name in names), root=root)
    links = {text_of(each): unquote(each["href"]) for each in pages["bea?#%&"].select(".between a")}
    assert list(links.values()) == [
        "Ada Lovelace.html",
        "../index.html",
        "../../../feedback/bea?#%&/differentiation/matrix_derivatives.html",
        'cem\'s "Ünï".html',
    ]
    assert (root / "reports/differentiation/sheets" / links["What the student sees"]).resolve().is_file()
    assert not pages[names[2]].find("a", string="What the student sees")


def test_a_name_as_long_as_a_folders_may_be_has_a_sheet(tmp_path):
    names = ["ü" * 127, "ü" * 126 + "a"]
    written(tmp_path, *(student(name, work()) for name in names))
    assert len({sheet_file(name) for name in names}) == 2


# Bounds


@pytest.fixture(scope="module")
def much():
    """A derivation of 500 lines, which takes seconds to read."""
    return writeup("\n\n".join(f"$x_{{{number}}} = \\frac{{{number}}}{{2}} + \\sum_i x_i$" for number in range(500)))


def test_a_sheet_stays_small_whatever_is_handed_in(tmp_path, much):
    endless = work(
        *(replace(much, writeup=name) for name in ("writeup_ex1", "writeup_ex2", "writeup_ex3")),
        check("x = 1\n" * 30_000, "  ✗ a case\n" * 20_000, 0.0),
        remarks=("a remark " * 60,) * 25,
        student="ada",
    )
    written(tmp_path, student("ada", endless, previous=work(check("y\n" * 300), writeup("before"))))
    assert (tmp_path / "differentiation/sheets/ada.html").stat().st_size < MOST_BYTES


def test_where_there_is_no_room_for_a_model_answer_it_is_a_link_to_the_page_of_all(tmp_path, much):
    page = written(tmp_path, student("ada", work(much, replace(much, writeup="writeup_ex2"))))["ada"]
    link = page.find("a", string="The model answer")
    file, _, anchor = link["href"].partition("#")
    assert f'id="{anchor}"' in (tmp_path / "differentiation/sheets" / file).read_text()


def test_the_class_is_written_by_several_processes_as_by_one(tmp_path):
    students = [student(f"s{number:02}", work(writeup(ROW))) for number in range(FEW)]
    many = written(tmp_path / "many", *students)
    assert [text_of(page.h1) for page in many.values()] == [each.name for each in students]


def test_the_same_class_gives_the_same_bytes_and_writes_no_file_again(tmp_path):
    written(tmp_path, student("ada", work(writeup(ROW))))
    file = tmp_path / "differentiation/sheets/ada.html"
    before = (file.read_bytes(), file.stat().st_mtime_ns)
    time.sleep(0.01)
    written(tmp_path, student("ada", work(writeup(ROW))))
    assert (file.read_bytes(), file.stat().st_mtime_ns) == before
