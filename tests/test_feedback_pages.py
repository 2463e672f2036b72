"""A student's page begins with how it went and what to fix; what stands in the chapter is folded, and the marks are people's."""

import pytest
from bs4 import BeautifulSoup

from autograder.grading.check_text import check_text
from autograder.grading.refusal import page_of_refusal
from autograder.grading.writeups import derivation_of, suggestion, without_points
from matrix_checks.derivations.judging.display import summary
from matrix_checks.derivations.judging.report import Report, Step
from tests.feedback import CHAPTER, PRINTED, SUMMARY, TOML, html_of, marked, page_of, small_course, small_notebook, words
from tests.hostile_pages import HOSTILE_TEXTS


@pytest.fixture
def course(tmp_path):
    return small_course(tmp_path)


@pytest.fixture
def page(course):
    return page_of(course, small_notebook())


def rows(page) -> list[list[str]]:
    return [[words(cell) for cell in row(["th", "td"])] for row in page.select(".lead tbody tr")]


def opened(page) -> str:
    """What a reader sees without unfolding anything."""
    for fold in page.select("details:not([open])"):
        fold.decompose()
    return words(page.main)


# What stands first


def test_name_score_and_table_stand_first_and_in_this_order(page):
    text = words(page.body)
    places = [
        text.index(part) for part in ("Ada Lovelace", "3 of 6 points marked so far; 8 points wait for a person.", "What to fix")
    ]
    assert places == sorted(places) and text.startswith("Ada Lovelace Curves & lines 3 of 6 points")
    assert words(page.title) == "Ada Lovelace: Curves & lines"
    assert page.main.find(True).name == "header" and not page("nav"), "contents stand nowhere, the table leads to the exercises"


def test_a_row_is_an_exercise_its_points_and_what_to_fix_in_one_line(page):
    assert rows(page) == [
        [
            "Ex. 1: a slope",
            "0 of 3, 8 not marked",
            "derivation: not marked yet; the first false step: the sign is wrong in y=2 slope: the sign is wrong",
        ],
        ["Ex. 2: a length", "3 of 3", "complete"],
    ]


def test_every_link_of_the_table_leads_somewhere(page):
    links = [link["href"] for link in page.select(".lead a")]
    assert links == ["#exercise-ex1", "#writeup_slope", "#check_slope", "#exercise-ex2"]
    assert all(page.find(id=link[1:]) for link in links)


def test_exercises_are_headed_by_their_titles_before_what_the_student_wrote(page):
    headings = page.select("main > h2.exercise")
    assert [words(heading) for heading in headings] == ["Ex. 1: a slope", "Ex. 2: a length"]
    text = words(page.main)
    assert (
        text.rindex("Ex. 1: a slope") < text.index("is what I derived") < text.rindex("Ex. 2: a length") < text.index("def length")
    )
    assert text.rindex("Ex. 1: a slope") < text.index("What a slope is, at length."), "the statement stands below the heading"


@pytest.mark.parametrize(
    ("marks", "said"),
    [
        ({"score": 8.0, "waits": False}, "11 of 14 points."),
        ({"score": 2.5, "waits": False}, "5.5 of 14 points."),
        ({}, "3 of 6 points marked so far; 8 points wait for a person."),
    ],
)
def test_what_nobody_has_marked_counts_nowhere(course, marks, said):
    page = page_of(course, small_notebook(**marks))
    assert words(page.select_one(".total")) == said
    assert ("not marked yet" in words(page.main)) is (not marks)


def test_nothing_marked_is_no_zero(course):
    notebook = small_notebook()
    notebook.cells = notebook.cells[:4]
    assert words(page_of(course, notebook).select_one(".total")) == "Nothing is marked yet; 8 points wait for a person."


def test_lateness_and_what_it_takes_off_are_said_at_once(course):
    page = page_of(course, small_notebook(), late_penalty=2.0, seconds_late=90_000)
    assert words(page.select_one(".lead")).startswith(
        "Ada Lovelace Curves & lines 1 of 6 points marked so far, after 2 for being late; 8 points wait for a person. Late by 1 day 1 hour."
    )
    page = page_of(course, small_notebook(), seconds_late=60)
    assert "Late by 1 minute; nothing is taken off for it." in words(page.select_one(".lead"))
    assert "Late" not in words(page_of(course, small_notebook()).select_one(".lead"))


def test_a_penalty_takes_no_more_than_there_is(course):
    assert "0 of 6 points" in words(page_of(course, small_notebook(), late_penalty=99.0).select_one(".total"))


@pytest.mark.parametrize(
    ("marks", "fixes"),
    [
        ({"score": 8.0, "waits": False}, "slope: the sign is wrong"),
        ({"score": 4.0, "waits": False}, "derivation: the first false step: the sign is wrong in y=2 slope: the sign is wrong"),
    ],
)
def test_a_person_decides_whether_a_derivation_is_complete(course, marks, fixes):
    assert rows(page_of(course, small_notebook(**marks)))[0][2] == fixes


def test_a_function_that_is_not_written_is_called_so(course):
    notebook = small_notebook()
    notebook.cells[5].outputs[0].text = "slope\n  ✗ slope is not written yet.\n  general shapes, 3 points: 0 of 2 passed\n"
    assert rows(page_of(course, notebook))[0][2].endswith("slope: not written yet")


def test_what_belongs_to_no_exercise_has_a_row_of_its_own(course):
    notebook = small_notebook()
    notebook.cells[-1].metadata["nbgrader"]["grade_id"] = "check_area"
    defence = marked("defence", task=True, points=20.0, score=17.0, waits=False, comment="Sure of the signs", found=None)
    notebook.cells.append(type(notebook.cells[0])(cell_type="markdown", id="defence", source="**Here**", metadata=defence))
    found = rows(page_of(course, notebook))
    assert found[1:] == [["check_area", "3 of 3", "complete"], ["Oral defence", "17 of 20", "oral defence: see the comment"]]


def test_a_course_without_a_table_of_marks_has_a_row_for_each_cell(tmp_path):
    found = rows(page_of(tmp_path, small_notebook()))
    assert [row[0] for row in found] == ["writeup_slope", "check_slope", "check_length"]


# Open and folded


def test_the_chapters_own_text_and_looks_are_folded_and_what_the_student_wrote_is_open(page):
    folds = page.select("details.chapter")
    assert not any(fold.has_attr("open") for fold in folds)
    assert words(folds[0].summary) == "From the chapter: A curve has slopes" and "a look of the chapter's" in folds[0].get_text()
    seen = opened(page)
    for own in (
        "is what I derived",
        "A thought of my own",
        "def slope",
        "def length",
        "the value is -6",
        "false: the sign is wrong",
    ):
        assert own in seen
    for chapters in ("What a slope is", "What a length is", "look of the chapter", "check_writeup", "Check('length')"):
        assert chapters not in seen


def test_a_text_of_the_chapter_that_the_student_wrote_into_is_open(course):
    notebook = small_notebook()
    notebook.cells[0].source = CHAPTER + "\n\nMy note in it."
    assert "My note in it." in opened(page_of(course, notebook))


def test_the_diagnosis_comes_before_the_list_of_cases(page):
    text = words(page.main)
    start = text.index("? When one entry grows")
    assert start < text.index("→ the sign is wrong", start) < text.index("✗ x = 3", start)
    assert check_text("slope", PRINTED).in_short == "the sign is wrong"


# The reader and the person who marks


def test_the_steps_of_the_reader_are_shown_and_the_points_that_it_suggests_are_not(page):
    text = words(page)
    assert "2 true, 1 false" in text and "false: the sign is wrong" in text
    assert "5.5" not in text and "suggestion" not in text and "suggested" not in text
    assert text.count("2 true, 1 false") == 1, "what the steps say is not said again above them"


def test_an_instructor_may_show_them(course):
    page = page_of(course, small_notebook(), options={"suggested_points": True})
    assert "not marked yet (5.5 of 8 points suggested by machine)" in rows(page)[0][2]
    page = page_of(course, small_notebook(score=4.0, waits=False), options={"suggested_points": True})
    assert "suggested by machine" not in rows(page)[0][2], "a person has decided"


def test_points_that_were_accepted_without_a_person_are_no_suggestion(course):
    found = f"8 of 8 points, accepted, because every step holds and the answers are reached. {SUMMARY}"
    notebook = small_notebook(score=8.0, waits=False, found=found)
    assert "8 of 8 points, accepted, because every step holds" in words(page_of(course, notebook))


def test_a_persons_comment_stands_beside_the_readers_reasons(course):
    notebook = small_notebook(score=4.0, waits=False, comment="Which *layout*?")
    page = page_of(course, notebook)
    assert words(page.select_one(".comment")) == "CommentWhich layout?" and "false: the sign is wrong" in words(page)
    notebook = small_notebook(score=4.0, waits=False, comment="Which *layout*?")
    del notebook.cells[3]
    boxes = [words(box) for box in page_of(course, notebook).select(".comment")]
    assert boxes[0] == "CommentWhich layout?"
    assert boxes[1].startswith("Found by machine3 equalities read: 2 true, 1 false."), "where no steps stand below"


def test_hidden_tests_are_nowhere(course):
    html = html_of(course, small_notebook())
    assert "12345" not in html and "HIDDEN" not in html


def test_what_a_students_page_leads_with_is_the_first_false_step_and_no_points():
    report = Report(steps=[Step("y", "=", "2", "false", "the sign is wrong", 0)], answers={"y": "missing"})
    assert derivation_of(report, 8).to_fix == "the first false step: the sign is wrong"
    assert derivation_of(report, 8).suggested == "0 of 8 points suggested by machine"
    said = suggestion(report, 0, 8, accepted=False)
    assert without_points(said) == summary(report) and without_points(suggestion(report, 8, 8, accepted=True)).startswith("8 of 8")
    assert without_points("For a person.") == "For a person."


@pytest.mark.parametrize(
    ("report", "to_fix"),
    [
        (None, ""),
        (Report(has_picture=True), ""),
        (
            Report(steps=[Step("y", "=", "2", "holds", "", 0)], answers={"y": "missing"}, ways={"by indices": False}),
            "not found: y, a derivation by indices",
        ),
        (Report(steps=[Step("y", "=", "2", "holds", "", 0)], answers={"y": "reached"}), ""),
        (Report(steps=[Step("y", "=", "2", "false", "long " * 1000, 0)]), "a step is false"),
    ],
)
def test_it_leads_with_what_is_missing_or_with_nothing(report, to_fix):
    assert derivation_of(report, 8).to_fix == to_fix


@pytest.mark.parametrize("name", ["Ada Lovelace", *HOSTILE_TEXTS])
def test_the_page_of_what_could_not_be_graded_begins_with_the_name_too(name):
    page = BeautifulSoup(page_of_refusal(name, "Curves & lines", ["its text is not JSON"]), "html.parser")
    headings = [words(heading) for heading in page.main(["h1", "h2"])]
    assert headings == [
        " ".join("".join(each if each.isprintable() else "?" for each in name).split()),
        "Curves & lines: not graded yet",
    ]
    assert "its text is not JSON" in words(page.main) and not page.main(["script", "img"])


# Hostile text


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_hostile_names_and_findings_are_text(course, text):
    notebook = small_notebook(comment=text, score=1.0, waits=False)
    notebook.metadata["grading"]["derivations"]["writeup_slope"]["to_fix"] = text
    notebook.cells[5].outputs[0].text = f"slope\n  → {text}\n  ✗ a case: {text}\n"
    page = page_of(course, notebook, name=text)
    assert words(page.select_one(".lead h1")) == " ".join(text.split()) or "\ue000" in text
    assert (
        page.main.find(True).name == "header"
        and len(page("main")) == 1
        and not page(["script", "iframe", "object", "form", "base"])
    )
    lead = page.select_one(".lead")
    assert [words(heading) for heading in lead.select("thead th")] == ["Exercise", "Points", "What to fix"]
    for element in page.find_all(True):
        assert not [name for name in element.attrs if name.startswith("on")]
        assert not str(element.get("href", "")).strip().lower().startswith("javascript")
        assert str(element.get("src", "data:")).startswith("data:")


def test_hostile_metadata_of_a_cell_do_not_lead(course):
    notebook = small_notebook()
    notebook.cells[7].metadata["layout"] = {"kind": "chapter", "opens": "<script>", "closes": True, "exercise": {"title": "x"}}
    page = page_of(course, notebook)
    assert "A thought of my own" in opened(page) and len(page.select("h2.exercise")) == 2


def test_titles_are_escaped(tmp_path):
    course = small_course(tmp_path, TOML.replace("a slope", "a <b>slope</b>").replace("ex1 =", '"ex<1>" ='))
    page = page_of(course, small_notebook())
    assert rows(page)[0][0] == "Ex. 1: a <b>slope</b>" and not page.select(".lead b, h2 b")
    assert page.find(id=page.select_one(".lead a")["href"][1:]).name == "h2"
