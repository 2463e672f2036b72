"""The class at a glance: its numbers, computed by hand, and its pages in a real browser."""

import re
from dataclasses import replace
from datetime import timedelta
from html import unescape
from urllib.parse import quote, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.grading.work import CheckedFunction, ReadWriteup, Work
from autograder.reports.charts import bins_of, funnels, heat_map, histogram
from autograder.reports.class_data import CellMark, ClassData, StudentsWork
from autograder.reports.class_page import in_words, row_of, write_class_page, write_index
from autograder.reports.site import Site
from autograder.reports.statistics import (
    NO_DIAGNOSIS,
    STAGES,
    Funnel,
    diagnoses_of,
    funnel_of,
    item_rest,
    pearson,
    summaries_of_checks,
)
from matrix_checks.derivations.judging.report import Report, Step
from matrix_checks.derivations.judging.verdicts import FALSE, HOLDS, NOT_UNDERSTOOD, STATED
from tests.browser import opened_browser
from tests.conftest import BY_ID
from tests.hostile_pages import HOSTILE_TEXTS
from tests.test_pages_in_a_browser import problems_of
from tests.test_similarity import written_by

ASSIGNMENT = BY_ID["differentiation"]
CELLS = [cell for exercise in ASSIGNMENT.exercises for cell in exercise.cells]
CHECKS = [cell for cell in CELLS if cell.startswith("check_")]
WRITEUPS = [cell for cell in CELLS if cell.startswith("writeup_")]
TRUE = Step("a", "=", "a + 0", HOLDS, "", 0)
WRONG = Step(r"\frac{df}{dx}", "=", "x^\\top", FALSE, "a factor of $2$ is missing", 0)
UNREAD = Step("?", "=", "?", NOT_UNDERSTOOD, "", 0)
CONDITION = Step("N", ">", "0", STATED, "", 0)


def report(*steps: Step, answer: str = "reached") -> Report:
    return Report(list(steps), {"the gradient": answer})


DONE = report(*(replace(TRUE, right=f"a + {number} - {number}") for number in range(4)))
REPORTS = [None, report(UNREAD), report(CONDITION, TRUE, WRONG), report(TRUE, answer="missing"), DONE]


def work(student: str, number: int) -> Work:
    printed = "f\n  → B, where its transpose belongs\n  ✗ the first example: relative error 1e-01\n"
    checks = [
        CheckedFunction(
            cell.removeprefix("check_"), cell, f"def f(x):\n    return {number} * x", printed, 2.0 * ((number + place) % 3), 4.0
        )
        for place, cell in enumerate(CHECKS)
    ]
    writeups = [
        ReadWriteup(
            cell, written_by(number * 100 + place, 6) if REPORTS[(number + place) % 5] else "", 8.0, REPORTS[(number + place) % 5]
        )
        for place, cell in enumerate(WRITEUPS)
    ]
    return Work(student, ASSIGNMENT.identifier, True, ("a cell raised ZeroDivisionError",), tuple(checks), tuple(writeups), 1.5)


def member(number: int, student: str = "", name: str = "") -> StudentsWork:
    student = student or f"s{number:02}"
    found = work(student, number)
    marks = {each.check: CellMark(automatic=each.points) for each in found.checks}
    marks |= {each.writeup: CellMark(waits=not each.is_empty) for each in found.writeups}
    return StudentsWork(student, name or f"Person {number}", found, marks=marks, late=timedelta(hours=number))


def class_of(students: list[StudentsWork], root) -> ClassData:
    return ClassData(root, ASSIGNMENT, tuple(students))


@pytest.fixture
def data(tmp_path) -> ClassData:
    """Twelve students: one could not be graded, one was marked, and two handed in the same write-up."""
    students = [member(number) for number in range(12)]
    students[3] = replace(students[3], work=Work("s03", ASSIGNMENT.identifier, False, ("its text is not JSON",)))
    marked = {cell: CellMark(automatic=None, manual=7.0) for cell in WRITEUPS} | {
        "defence": CellMark(manual=0.0, comment="knew it")
    }
    students[5] = replace(students[5], marks=students[5].marks | marked, penalty=2.0)
    for number in (8, 9):
        one = students[number].work
        copied = replace(one.writeups[0], text=written_by(1).replace("x", "w") if number == 8 else written_by(1), report=DONE)
        students[number] = replace(students[number], work=replace(one, writeups=(copied, *one.writeups[1:])))
    return class_of(students, tmp_path)


@pytest.fixture
def page(data, tmp_path):
    return written(data, tmp_path)


def written(data, folder):
    site = Site(folder / "reports")
    site.write_assets()
    write_index(site, [data])
    return write_class_page(site, data)


@pytest.fixture(scope="module")
def tab():
    with opened_browser() as opened:
        yield opened


# The numbers.


def test_a_correlation_by_hand():
    # Deviations -2 -1 0 1 2 and -2 0 -1 1 2: products 4 + 0 + 0 + 1 + 4 = 9, both sums of squares 10.
    assert pearson([1, 2, 3, 4, 5], [1, 3, 2, 4, 5]) == pytest.approx(0.9)
    assert pearson([1, 2, 3, 4, 5], [10, 8, 6, 4, 2]) == pytest.approx(-1)


@pytest.mark.parametrize(
    ("one", "other"), [([1, 2, 3, 4], [1, 2, 3, 4]), ([1] * 6, range(6)), (range(6), [0.1 + 0.2] * 6), ([], [])]
)
def test_no_correlation_of_few_or_of_equal_numbers(one, other):
    assert pearson(list(one), list(other)) is None


def test_an_item_is_compared_with_the_rest_and_not_with_itself():
    # The rest of the first column is 2 1 2 1 2: with 0 1 0 1 0 it goes exactly the other way.
    assert item_rest([[0, 1, 1], [1, 1, 0], [0, 2, 0], [1, 0, 1], [0, 1, 1]], 0) == pytest.approx(-1)


@given(st.lists(st.tuples(*[st.integers(0, 6)] * 3), min_size=5, max_size=20), st.randoms())
def test_the_order_of_students_changes_no_statistics(points, order):
    rows = [
        [CheckedFunction(f"f{place}", f"check_f{place}", "", "  → a sign", each, 6.0) for place, each in enumerate(row)]
        for row in points
    ]
    names = ["f0", "f1", "f2"]
    before = summaries_of_checks(names, rows)
    order.shuffle(rows)
    for one, other in zip(before, summaries_of_checks(names, rows)):
        assert replace(one, discrimination=None, share=0) == replace(other, discrimination=None, share=0)
        assert (one.discrimination, one.share) == (pytest.approx(other.discrimination), pytest.approx(other.share))
        assert one.discrimination is None or -1 <= one.discrimination <= 1


@pytest.mark.parametrize(
    ("printed", "points", "diagnoses"),
    [
        ("f\n  → a factor of 2 is missing\n  ✗ case: wrong", 0, ["a factor of 2 is missing"]),
        ("f\n  → grad_bias: averaged\n", 0, ["averaged"]),
        ("f\n  ✗ f is not written yet.\n", 0, ["not written yet"]),
        ("f\n  ✗ case: relative error 2e-01\n", 0, [NO_DIAGNOSIS]),
        ("f\n  → a factor of 2 is missing\n", 4, []),
    ],
)
def test_diagnoses_are_those_that_the_check_printed(printed, points, diagnoses):
    assert diagnoses_of(CheckedFunction("f", "check_f", "", printed, points, 4.0)) == diagnoses


def test_a_funnel_counts_each_write_up_once():
    found = [ReadWriteup("w", "text" if each else "", 8.0, each) for each in REPORTS] + [None]
    funnel = funnel_of("w", found)
    assert dict(zip(STAGES, funnel.stages)) == {"empty": 2, "unreadable": 1, "a false step": 1, "incomplete": 1, "complete": 1}
    # The condition before it claims nothing: the false step is the second equality.
    assert funnel.places == [(2, 1)]
    assert funnel.reasons == [("a factor of $2$ is missing", 1)]
    assert funnel.steps == [(r"\frac{df}{dx} = x^\top", 1)]


def test_marks_fall_between_edges():
    edges, counts = bins_of([0, 9.99, 10, 70, 99, 100, 104, -1], 100)
    assert edges == [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100]
    assert counts == [3, 1, 0, 0, 0, 0, 0, 1, 0, 3]


@given(st.lists(st.floats(0, 100), max_size=30))
def test_every_total_is_in_the_histogram(totals):
    assert sum(bins_of(totals, 100)[1]) == len(totals)


@pytest.mark.parametrize(
    ("late", "words"),
    [
        ({}, ""),
        ({"seconds": 20}, "1 min"),
        ({"minutes": 75}, "1 h 15 min"),
        ({"hours": 5}, "5 h"),
        ({"days": 2, "hours": 3}, "2 d 3 h"),
    ],
)
def test_lateness_in_words(late, words):
    assert in_words(timedelta(**late)) == words


def test_the_row_of_a_student(data):
    marked, open_one, ungraded = (row_of(data.students[number], ASSIGNMENT) for number in (5, 0, 3))
    code = sum(2.0 * ((5 + place) % 3) for place in range(len(CHECKS)))
    assert (marked.code, marked.given, marked.total) == (code, 7.0 * len(WRITEUPS), code + 7.0 * len(WRITEUPS) - 2)
    assert marked.waits == () and open_one.waits == ("derivations", "oral")
    assert open_one.given is None and len(open_one.open_writeups) == sum(
        not each.is_empty for each in data.students[0].work.writeups
    )
    assert ungraded.why == "its text is not JSON" and "ungraded" in ungraded.waits


# The figures.


def figures(name: str = "Ada") -> list[str]:
    return [
        str(histogram([5.0, 50.0, 70.0], 100)),
        str(heat_map([[0, 0.5], [1, 1]], [name, "Bob"], ["f", "g"])),
        str(funnels([Funnel("w", (1, 2, 3, 4, 5), [], [], [])], [name])),
    ]


def test_figures_are_the_same_every_time_and_share_no_names():
    assert figures() == figures()
    names = [name for svg in figures() for name in re.findall(r' id="([^"]+)"', svg)]
    assert len(names) == len(set(names))
    for svg in figures():
        assert set(re.findall(r"(?:url\(#|href=\"#)([^)\"]+)", svg)) <= set(names)


def test_figures_say_what_is_seen_and_are_small():
    for svg in figures():
        assert re.search(r'<svg [^>]*role="img"', svg) and re.search(r'aria-label="[^"]{40,}"', svg)
        assert "var(--ink)" in svg and "<style" not in svg and "<metadata" not in svg and len(svg) < 60_000
    assert "Darkest is f, with 50% of its points earned" in figures()[1]
    large = heat_map(
        [[place % 3 / 2] * 12 for place in range(300)],
        [str(place) for place in range(300)],
        [f"function_{place}" for place in range(12)],
    )
    assert len(large) < 60_000


@pytest.mark.parametrize("name", [*HOSTILE_TEXTS, "$x^2$ \x00\x07", "\u202e王\ud800"])
def test_names_in_figures_are_text(name):
    for svg in figures(name):
        assert "<script" not in svg.lower() and "<img" not in svg.lower() and not re.search(r"<[^>\"]*\son\w+=", svg)


# The pages.


def test_the_page_is_whole_in_every_view(tab, page, data):
    pair = page.parent / "pairs" / "1.html"
    assert "s08" in pair.read_text() and "s09" in pair.read_text()
    for each in (page, page.parent.parent / "index.html", pair):
        # The style and the fonts lie beside the pages, and nothing else is asked for.
        assert [
            found
            for found in problems_of(tab, each)
            if not re.search(r"asked for file://.*(/style\.css|/fonts/[\w-]+\.woff2)$", found)
        ] == []
        assert all(re.search(r"\.html$|/style\.css$|\.woff2$|^data:image/png", url) for url in tab.requests)


def test_what_the_page_says(page):
    text = " ".join(
        unescape(re.sub(r"<[^>]+>", " ", re.sub(r"<(script|svg).*?</\1>", "", page.read_text(), flags=re.DOTALL))).split()
    )
    assert "Next at the defence: Person 0 , then Person 1 , then Person 2 ." in text
    assert "1 submission was not graded: Person 3 : its text is not JSON" in text
    assert "11 of 12 have no oral mark" in text
    assert "Grading took 16.5 s of workers' time for 11 submissions, 1.5 s for one in the middle." in text
    assert "a factor of 2 is missing" in re.sub(r"\s+", " ", text)
    assert text.count("pair 1") == 1


def test_links_lead_to_files_or_to_pages_that_others_write(page, data):
    reports = page.parent.parent
    promised = {f"sheets/{each.student}.html" for each in data.students} | {f"marking/{cell}.html" for cell in WRITEUPS}
    found = set()
    for file in reports.rglob("*.html"):
        html = file.read_text()
        for address in map(unescape, re.findall(r'href="(?!data:)([^"]*)"', html)):
            path, _, anchor = address.partition("#")
            target = (file.parent / unquote(path)).resolve() if path else file
            name = str(target.relative_to(page.parent)) if target.is_relative_to(page.parent) else ""
            assert target.is_file() or name in promised, address
            assert not anchor or f'id="{anchor}"' in target.read_text()
            found.add(name)
    assert promised <= found


def column(tab, place: int) -> list[str]:
    return tab.value(
        f"[...document.querySelectorAll('#students tbody tr:not([hidden])')].map(row => row.cells[{place}].textContent.trim())"
    )


def click(tab, place: int) -> str:
    """Click on a heading, and return how its column is sorted."""
    return tab.value(
        f"(() => {{ const all = document.querySelectorAll('#students thead th'); all[{place}].firstElementChild.click();"
        f" return all[{place}].getAttribute('aria-sort') + [...all].filter(each => each.hasAttribute('aria-sort')).length }})()"
    )


def test_a_column_is_sorted_by_number_or_by_name(tab, page, data):
    tab.open(page.as_uri())
    totals = sorted((row_of(each, ASSIGNMENT).total for each in data.students), reverse=True)
    assert click(tab, 5) == "descending1" and [float(each) for each in column(tab, 5)] == totals
    assert click(tab, 5) == "ascending1" and [float(each) for each in column(tab, 5)] == totals[::-1]
    assert click(tab, 0) == "ascending1" and column(tab, 0) == [f"Person {number}" for number in range(12)]
    assert click(tab, 6) == "descending1" and column(tab, 6)[:2] == ["11 h", "10 h"] and column(tab, 6)[-1] == "–"


def test_rows_are_filtered_by_text_and_by_what_waits(tab, page):
    tab.open(page.as_uri())
    change = "(() => { const e = document.getElementById('%s'); e.value = '%s'; e.dispatchEvent(new Event('%s')); })()"
    shown = "document.getElementById('shown').textContent"
    tab.value(change % ("filter", "pERSON 1", "input"))
    assert column(tab, 1) == ["s01", "s10", "s11"] and tab.value(shown) == "3 of 12 students"
    tab.value(change % ("filter", "s03", "input"))
    assert column(tab, 1) == ["s03"]
    tab.value(change % ("filter", "", "input"))
    tab.value(change % ("waits-for", "ungraded", "change"))
    assert column(tab, 1) == ["s03"]
    tab.value(change % ("waits-for", "oral", "change"))
    assert len(column(tab, 1)) == 11 and "s05" not in column(tab, 1)


def test_hostile_texts_stay_inert(tab, tmp_path):
    """As name, id, remark, reason, diagnosis, write-up, formula and code: nothing runs, and nothing is asked for."""
    students = []
    for number, text in enumerate(HOSTILE_TEXTS):
        one = member(number, student=f"{number:02}{text}", name=text)
        steps = [replace(TRUE), Step(text, "=", text, FALSE, text, 0)]
        writeups = tuple(
            replace(each, text=written_by(number // 2) + "\n\n" + text, report=report(*steps)) for each in one.work.writeups
        )
        checks = tuple(replace(each, printed=f"f\n  → {text}\n", source=f"{text}\nx = 1", points=0.0) for each in one.work.checks)
        students.append(replace(one, work=replace(one.work, remarks=(text,), writeups=writeups, checks=checks)))
    page = written(class_of(students, tmp_path), tmp_path)
    pages = [page, page.parent.parent / "index.html", *sorted(page.parent.glob("pairs/*.html"))]
    assert len(pages) > 10
    tab.show(1280)
    for each in pages:
        tab.requests.clear()
        tab.messages.clear()
        tab.open(each.as_uri())
        assert tab.value("document.title") != "RAN" and tab.messages == []
        assert not [url for url in tab.requests if not re.search(r"\.html$|/style\.css$|\.woff2$|^data:image/", url)]
        assert tab.value("document.querySelectorAll('main iframe, main form, main object, main embed, main script').length") == 0
        assert (
            tab.value(
                "[...document.querySelectorAll('main *')].flatMap(e => e.getAttributeNames()).filter(n => n.startsWith('on')).length"
            )
            == 0
        )
    assert quote(students[0].student, safe="") in page.read_text()


def test_pairs_that_are_no_more_leave_no_page(page, data, tmp_path):
    assert list(page.parent.glob("pairs/*.html"))
    written(class_of([each for each in data.students if each.student != "s09"], tmp_path), tmp_path)
    assert not list(page.parent.glob("pairs/*.html"))


@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_small_class_has_a_page_too(count, data, tmp_path):
    students = [replace(data.students[3], student=f"s{number}") for number in range(count)]
    assert "Nobody was graded yet" in written(class_of(students, tmp_path), tmp_path).read_text()
    graded = written(class_of(list(data.students[:1]), tmp_path), tmp_path).read_text()
    assert "Nobody was graded yet" not in graded and 'class="number">–' in graded
