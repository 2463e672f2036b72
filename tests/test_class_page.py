"""The class at a glance in a real browser: what it says, sorts and filters, where its links lead, and that nothing in it runs."""

import re
from dataclasses import replace
from html import unescape
from urllib.parse import quote, unquote

import pytest

from autograder.reports.class_data import ClassData
from autograder.reports.class_page import row_of, write_class_page, write_index
from autograder.reports.site import Site
from matrix_checks.derivations.equality.verdicts import FALSE
from matrix_checks.derivations.judging.report import Step
from tests.browser import opened_browser
from tests.class_of_twelve import ASSIGNMENT, TRUE, WRITEUPS, class_of, member, report, twelve_students
from tests.hostile_pages import HOSTILE_TEXTS
from tests.test_pages_in_a_browser import problems_of
from tests.test_similarity import written_by


@pytest.fixture
def data(tmp_path) -> ClassData:
    return twelve_students(tmp_path)


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
