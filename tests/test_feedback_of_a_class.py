"""The pages of a graded class, and the three ways to make them, which give the same; and what a real browser makes of them."""

import itertools
import shutil

import pytest
from bs4 import BeautifulSoup
from nbgrader.api import Gradebook

from autograder.course.course import Course
from autograder.course.release import quiet_nbgrader
from autograder.grading.classes import choose_class
from autograder.grading.run import grade
from autograder.grading.worker import Worker
from autograder.reports.exports import write_exports
from autograder.reports.marking import record_marks
from tests.browser import opened_browser
from tests.conftest import ASSIGNMENTS, BY_ID, KNOWN, copy_course
from tests.feedback import html_of, small_course, small_notebook, words
from tests.hostile_pages import HOSTILE_TEXTS
from tests.test_pages_in_a_browser import VIEWS, problems_of

ASSIGNMENT = BY_ID["differentiation"]
PAGE = f"{ASSIGNMENT.notebook}.html"
POINTS = sum(ASSIGNMENT.points.values())
# What the submission that makes mistakes of all kinds has a derivation in.
DERIVED = {"ex1", "ex2", "ex3", "ex4"}
# To look through a large page for barriers takes seconds: one assignment's in one view, the next one's in another.
LOOKED_THROUGH = dict(zip(BY_ID, itertools.cycle(("desktop", "dark phone"))))
# The upper edge of each thing that has to stand first, and of whatever stands highest.
PLACES = (
    """["h1", ".lead .total", ".lead table", "h2.exercise"].map(name => document.querySelector(name).getBoundingClientRect().top)"""
)
HIGHEST = """Math.min(...[...document.querySelectorAll("body *")].filter(each => !each.matches("main, header") && each.checkVisibility())
    .map(each => each.getBoundingClientRect().top))"""
SHUT = """[...document.querySelectorAll("details.chapter")].filter(each => !each.open && !each.querySelector(":scope > :not(summary)").checkVisibility()).length"""
# What a reader sees of what stands first, code and formulas aside: there a dollar alone is a formula that was not typeset, too.
RAW = """(() => {
    const copy = document.querySelector(".lead").cloneNode(true);
    copy.querySelectorAll("math, code:not(.untypeset)").forEach(element => element.remove());
    return copy.textContent.match(/\\\\[a-zA-Z]+|\\$/g) || [];
})()"""


class Marked:
    """A class of one student of the roster, whose submission makes mistakes of all kinds, graded once."""

    def __init__(self, root):
        self.root = root

    @property
    def html(self) -> str:
        return (self.root / "feedback" / "ada" / ASSIGNMENT.identifier / PAGE).read_text(encoding="utf-8")

    @property
    def page(self) -> BeautifulSoup:
        return BeautifulSoup(self.html, "html.parser")

    def grade(self, **options) -> list[str]:
        said: list[str] = []
        grade(self.root, choose_class(self.root), say=said.append, workers=1, finish=write_exports, **options)
        return said

    def record(self, row: str) -> list[str]:
        (self.root / "marks.csv").write_text(f"student,assignment,cell,points,comment\n{row}\n", encoding="utf-8")
        return record_marks(self.root, self.root / "marks.csv", lambda _: None)

    def zipped(self) -> list[str]:
        return sorted(path.name for path in (self.root / "exports").glob("*.zip"))


@pytest.fixture(scope="module")
def graded_once(tmp_path_factory):
    course = Marked(copy_course(tmp_path_factory.mktemp("feedback") / "course"))
    source = course.root / "examples" / "submitted" / "seed" / ASSIGNMENT.identifier
    shutil.copytree(source, course.root / "submitted" / "ada" / ASSIGNMENT.identifier)
    (course.root / "submitted" / "ada" / ASSIGNMENT.identifier / "timestamp.txt").write_text("2027-03-01 23:59:00 UTC")
    (course.root / "roster.csv").write_text('id,first_name,last_name\nada,Ada,"Lovelace & Co"\n', encoding="utf-8")
    course.grade()
    return course


@pytest.fixture
def ada(graded_once, tmp_path):
    return Marked(shutil.copytree(graded_once.root, tmp_path / "course"))


@pytest.fixture(scope="module")
def tab():
    with opened_browser() as opened:
        yield opened


def test_the_page_leads_with_the_name_of_the_roster_the_score_and_lateness(graded_once):
    lead = words(graded_once.page.select_one(".lead"))
    assert lead.startswith(
        f"Ada Lovelace & Co Matrix derivatives 27 of {POINTS - 40:g} points marked so far; 40 points wait for a person. Late by 1 day"
    )


def test_each_exercise_has_a_row_with_what_was_found(graded_once):
    found = {words(row.th): words(row("td")[1]) for row in graded_once.page.select(".lead tbody tr")}
    assert list(found) == [exercise.title for exercise in ASSIGNMENT.exercises]
    assert "the first false step: a column (N × 1) cannot be added to a row (1 × N)" in found["Ex. 1: the square of a vector"]
    assert "grad_quadratic: right in numerator layout" in found["Ex. 1: the square of a vector"]
    assert "factorize: not written yet" in found["Ex. 4: matrix factorization"]
    assert all("not marked yet" in found[each.title] for each in ASSIGNMENT.exercises if each.identifier in DERIVED)


def test_no_suggested_points_and_no_hidden_test_are_on_any_page(graded_class):
    pages = list((graded_class.root / "feedback").glob("*/*/*.html"))
    assert len(pages) > 10
    for path in pages:
        html = path.read_text(encoding="utf-8")
        for hidden in (
            "suggestion by machine",
            "suggested by machine",
            "HIDDEN TESTS",
            "declared_mistakes",
            "check.hidden",
            "default_rng(11)",
        ):
            assert hidden not in html, f"{hidden} in {path}"


def test_a_mark_renews_the_page_and_a_comment_stands_beside_the_readers_reasons(ada, monkeypatch):
    monkeypatch.setattr(Worker, "grade", None)
    ada.record("ada,differentiation,writeup_ex1,3,Which layout?")
    page = ada.page
    assert words(page.select_one(".total")).startswith(f"30 of {POINTS - 32:g} points marked so far; 32 points wait")
    assert "Which layout?" in words(page.select_one(".comment"))
    first = words(page.select_one(".lead tbody tr"))
    assert "3 of 14" in first and "derivation: the first false step: a column" in first and "not marked" not in first
    assert "4 equalities read: 2 true, 2 false" in words(page)
    assert ada.zipped() == ["feedback-differentiation.zip"]


def test_all_three_ways_give_the_same_page(ada):
    """By a worker, by a renewal, and by nbgrader alone."""
    ada.record("ada,differentiation,writeup_ex1,3,Which layout?")
    renewed = ada.html
    ada.grade(again=True)
    assert ada.html == renewed
    course = Course(ada.root)
    shutil.rmtree(ada.root / "feedback")
    with quiet_nbgrader():
        report = course.api(course.db_url).generate_feedback(ASSIGNMENT.identifier, "ada", force=True)
    assert report["success"], report["log"]
    assert ada.html == renewed


def test_a_name_that_the_gradebook_has_stays_and_a_new_one_renews_the_page(ada, monkeypatch):
    monkeypatch.setattr(Worker, "grade", None)
    with Gradebook(f"sqlite:///{ada.root / 'gradebook.db'}") as gradebook:
        gradebook.update_or_create_student("ada", first_name="Augusta", last_name="King")
    assert any("its page was renewed" in line for line in ada.grade())
    assert words(ada.page.h1) == "Augusta King"


def test_an_instructor_may_let_students_see_the_suggested_points(ada):
    with (ada.root / "nbgrader_config.py").open("a") as file:
        file.write("\nc.LeadWithMarks.suggested_points = True\n")
    ada.grade()
    assert "not marked yet (3 of 8 points suggested by machine)" in words(ada.page.select_one(".lead"))


def test_the_run_says_that_the_zip_has_folders_by_id(ada):
    said = ada.grade()
    assert [line for line in said if "feedback-differentiation.zip" in line] and not [line for line in said if "layers.zip" in line]


# In a browser


@pytest.mark.parametrize("assignment", ASSIGNMENTS, ids=lambda assignment: assignment.identifier)
def test_the_page_is_whole_and_leads_in_every_view(tab, graded_class, assignment):
    """Of the student who made mistakes of all kinds: tables of steps, diagnoses and pictures stand on that page."""
    page = graded_class.root / "feedback" / "seed" / assignment.identifier / f"{assignment.notebook}.html"
    assert problems_of(tab, page, {LOOKED_THROUGH[assignment.identifier]}) == []
    assert tab.value("document.compatMode") == "CSS1Compat"
    assert tab.value(RAW) == []
    folds = tab.value("document.querySelectorAll('details.chapter').length")
    assert folds > (10 if assignment.identifier in KNOWN else 0)
    for name, view in VIEWS.items():
        tab.show(**view)
        places = tab.value(PLACES)
        assert places == sorted(places) and tab.value(HIGHEST) == places[0], f"{name}: something stands above the name"
        assert tab.value(SHUT) == folds, f"{name}: the chapter is unfolded"


def test_a_link_of_the_table_leads_to_its_exercise(tab, graded_class):
    page = graded_class.root / "feedback" / "seed" / ASSIGNMENT.identifier / PAGE
    tab.open(page.as_uri())
    tab.show(width=390)
    tab.value("document.documentElement.style.scrollBehavior = 'auto'; document.querySelectorAll('.lead tbody th a')[2].click(); 1")
    top = tab.value(
        "new Promise(done => setTimeout(() => done(document.querySelector(location.hash).getBoundingClientRect().top), 100))"
    )
    assert tab.value("decodeURIComponent(location.hash)") == "#exercise-ex3" and 0 <= top < 100


def test_hostile_text_stays_inert(tab, tmp_path):
    course = small_course(tmp_path / "course")
    page = tmp_path / "page.html"
    for number, text in enumerate(HOSTILE_TEXTS):
        notebook = small_notebook(comment=text, score=1.0, waits=False)
        notebook.metadata["grading"]["derivations"]["writeup_slope"]["to_fix"] = text
        notebook.cells[5].outputs[0].text = f"slope\n  → {text}\n"
        page.write_text(html_of(course, notebook, name=f"{number} {text}"), encoding="utf-8", errors="replace")
        tab.requests.clear()
        tab.open(page.as_uri())
        assert tab.value("document.title").startswith(str(number)), text
        assert [url for url in tab.requests if url != page.as_uri() and not url.startswith("data:")] == [], text
