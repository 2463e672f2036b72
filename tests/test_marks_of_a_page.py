"""What a page of marking keeps in the browser, and the file that it writes and reads."""

import time
from pathlib import Path

import pytest

from tests.browser import opened_browser
from tests.marking import (
    CELL,
    CLASS,
    COMPLETE_WHY,
    DAN_WHY,
    MARKS,
    SAVED,
    Marking,
    lines,
    quoted,
    row,
    write_class,
    write_rows,
    written,
)


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("reports")


@pytest.fixture(scope="module")
def page(site) -> Path:
    return write_class(site, CLASS, MARKS)


@pytest.fixture(scope="module")
def browser():
    with opened_browser() as opened:
        yield opened


@pytest.fixture
def marking(browser, page) -> Marking:
    return Marking(browser, page)


class TestKept:
    def test_ticks_numbers_words_and_the_rubric_survive_a_reload(self, marking):
        marking.tick("cam", 2)
        marking.press("dan", "Accept")
        marking.type(f"{marking.student('eve')}.querySelector('textarea')", "Hm.")
        marking.type("document.querySelector('#rubric [type=text]')", "other words")
        before = marking.saved()
        marking.open()
        assert marking.saved() == before == [row("cam", "2", lines(2)), row("dan", "5", DAN_WHY), row("eve", "", "Hm.")]
        assert marking.run("document.querySelector('#rubric [type=text]').value") == "other words"

    def test_a_mark_is_not_taken_over_for_another_text(self, browser, page, tmp_path):
        first = Marking(browser, page)
        first.tick("cam", 2)
        first.tick("dan", 2)
        again = Marking(browser, write_class(tmp_path, CLASS | {"cam": written("$$y = 4$$")}), forgets=False)
        assert again.saved() == [row("dan", "2", lines(2))]

    def test_what_another_page_wrote_there_is_not_trusted(self, marking):
        marking.tick("cam", 2)
        marking.run(
            "Object.keys(localStorage).forEach(key => localStorage.setItem(key, JSON.stringify({ticks: ['length', 99, -1, '__proto__'],"
            " points: '9', comment: {}, rubric: 7, total: [], words: 3})))"
        )
        marking.tab.messages.clear()
        marking.open()
        assert (marking.saved(), marking.tab.messages) == ([], [])

    def test_where_nothing_can_be_kept_the_page_says_so(self, marking):
        marking.run("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }")
        marking.tick("cam", 2)
        assert "keeps nothing" in marking.text("#storage")
        assert marking.saved() == [row("cam", "2", lines(2))]

    def test_everything_is_forgotten_on_demand(self, marking):
        marking.tick("cam", 2)
        marking.run("window.confirm = () => true; 1")
        marking.run("document.getElementById('forget').click()")
        marking.open()
        assert marking.saved() == []
        assert marking.run("Object.keys(localStorage).filter(key => key.includes('student')).length") == 0


class TestTheFile:
    def test_the_browser_writes_it_under_the_policy_of_the_page(self, marking, tmp_path):
        marking.tab.do("Page.setDownloadBehavior", behavior="allow", downloadPath=str(tmp_path))
        marking.tab.messages.clear()
        marking.tick("cam", 1)
        marking.run("document.getElementById('save').click()")
        file = tmp_path / "marks.csv"
        for _ in range(200):
            if file.exists() and file.stat().st_size:
                break
            time.sleep(0.05)
        assert (
            file.read_bytes().decode()
            == f"student,assignment,cell,points,comment\r\ncam,differentiation,{CELL},3,{quoted(lines(1))}\r\n"
        )
        assert marking.tab.messages == []

    @pytest.mark.parametrize("comment", ["=1+1", "+1 for this", "-", "@x", "'=x", "''-", "＝1"])
    def test_no_spreadsheet_computes_a_comment_and_the_page_reads_it_back(self, marking, tmp_path, comment):
        marking.type(f"{marking.student('cam')}.querySelector('textarea')", comment)
        assert marking.saved() == [row("cam", "", f"'{comment}")]
        (tmp_path / "marks.csv").write_text(marking.run(SAVED), encoding="utf-8")
        marking.press("cam", "Clear")
        marking.take(tmp_path / "marks.csv")
        assert marking.comment("cam") == comment

    @pytest.mark.parametrize("comment", ["-1", "3 = 3", "'quoted'", "plain"])
    def test_a_comment_that_no_spreadsheet_computes_stays_as_it_is(self, marking, comment):
        marking.type(f"{marking.student('cam')}.querySelector('textarea')", comment)
        assert marking.saved() == [row("cam", "", comment)]

    def test_a_file_is_taken_over_and_rows_of_other_pages_are_written_out_again(self, marking, tmp_path):
        other = [["cam", "differentiation", "writeup_ex2", "4", "a, b"], ["cam", "layers", CELL, "", "c"], row("stranger", "1")]
        write_rows(tmp_path / "marks.csv", [row("cam", "7", "Good."), *other])
        marking.tick("dan", 1)
        said = marking.take(tmp_path / "marks.csv")
        assert said.startswith("Opened: 1 mark of this page taken over; 3 rows of others kept for the file.")
        assert marking.points("cam") == "7"
        assert marking.saved() == [row("cam", "7", "Good."), row("dan", "3", lines(1)), *other]
        marking.open()
        assert len(marking.saved()) == 5

    def test_what_stands_on_the_page_stays_and_is_completed(self, marking, tmp_path):
        marking.press("cam", "Accept")
        marking.press("dan", "Accept")
        write_rows(tmp_path / "marks.csv", [row("cam", "2", ""), row("dan", "", "See me.")])
        assert "something else for cam: what stands here stays" in marking.take(tmp_path / "marks.csv")
        assert marking.saved() == [row("cam", "8", COMPLETE_WHY), row("dan", "5", "See me.")]

    def test_a_file_that_is_opened_twice_changes_nothing_more(self, marking, tmp_path):
        write_rows(tmp_path / "marks.csv", [row("cam", "7", "Good."), row("stranger", "1", "x")])
        marking.take(tmp_path / "marks.csv")
        said = marking.take(tmp_path / "marks.csv")
        assert said.startswith("Opened: 0 marks of this page") and "else" not in said
        assert len(marking.saved()) == 2

    def test_what_a_spreadsheet_makes_of_the_file_is_read(self, marking, tmp_path):
        text = f'\ufeffcell;student;assignment;comment;points\r\n{CELL};cam;differentiation;"one ""two"";\r\nthree";6,5\r\n;;;;\r\n'
        (tmp_path / "marks.csv").write_bytes(text.encode())
        marking.take(tmp_path / "marks.csv")
        assert marking.saved() == [row("cam", "6.5", 'one "two";\nthree')]

    @pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"student,assignment,cell,points,comment\n\xff"])
    def test_another_file_is_refused_and_changes_nothing(self, marking, tmp_path, content):
        (tmp_path / "marks.csv").write_bytes(content)
        assert marking.take(tmp_path / "marks.csv").startswith("This is no file of marks")
        assert marking.saved() == []

    def test_points_that_are_no_number_are_left_out(self, marking, tmp_path):
        write_rows(tmp_path / "marks.csv", [row("cam", "many"), row("dan", "1")])
        assert "1 row left out" in marking.take(tmp_path / "marks.csv")
        assert marking.saved() == [row("dan", "1")]
