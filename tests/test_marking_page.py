"""A page of marking in a real browser: what is ticked, accepted, changed for all, and by which keys."""

from dataclasses import replace
from pathlib import Path

import pytest

from autograder.reports.class_data import CellMark
from tests.browser import opened_browser
from tests.hostile_pages import HOSTILE_TEXTS
from tests.marking import CLASS, COMPLETE_WHY, DAN_WHY, MARKS, SAVED, Marking, false, lines, row, write_class, written
from tests.test_pages_in_a_browser import problems_of


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


class TestMarking:
    def test_nothing_is_ticked_and_nothing_saved_before_a_person_does_something(self, marking):
        assert marking.text("#progress") == "2 of 8 marked, 0 of them on this page"
        assert marking.run("document.querySelectorAll('.group :checked').length") == 0
        assert marking.saved() == []

    def test_ticked_lines_make_the_points_and_the_comment(self, marking):
        marking.tick("cam", 3)
        marking.tick("cam", 1)
        assert (marking.points("cam"), marking.comment("cam")) == ("5", lines(1, 3))
        assert marking.text("#progress") == "3 of 8 marked, 1 of them on this page"
        marking.tick("cam", 3)
        assert marking.saved() == [row("cam", "3", lines(1))]

    def test_without_a_tick_there_is_no_mark_again(self, marking):
        marking.tick("cam", 1)
        marking.tick("cam", 1)
        assert (marking.points("cam"), marking.saved()) == ("", [])

    def test_a_number_takes_the_place_of_the_sum_until_a_line_is_ticked(self, marking):
        marking.tick("cam", 1)
        marking.type(f"{marking.student('cam')}.querySelector('[type=number]')", "6.5")
        assert marking.saved() == [row("cam", "6.5", lines(1))]
        marking.tick("cam", 2)
        assert marking.points("cam") == "5"

    def test_own_words_take_the_place_of_the_lines_until_they_are_taken_away(self, marking):
        marking.tick("cam", 1)
        marking.type(f"{marking.student('cam')}.querySelector('textarea')", 'Well "done", Cam;\nreally')
        marking.tick("cam", 2)
        assert marking.saved() == [row("cam", "5", 'Well "done", Cam;\nreally')]
        marking.run(
            f"(() => {{ const field = {marking.student('cam')}.querySelector('textarea'); field.value = ''; field.dispatchEvent(new Event('input')); field.blur(); }})()"
        )
        assert marking.comment("cam") == lines(1, 2)

    def test_a_comment_alone_leaves_the_points(self, marking):
        marking.type(f"{marking.student('hal')}.querySelector('textarea')", "Ask me.")
        assert marking.saved() == [row("hal", "", "Ask me.")]

    def test_the_suggestion_of_one_student_is_accepted(self, marking):
        marking.press("dan", "Accept")
        assert marking.saved() == [row("dan", "5", DAN_WHY)]
        assert marking.comment("dan") == DAN_WHY

    def test_ticked_lines_say_more_than_the_suggestion_and_own_words_most(self, marking):
        marking.press("dan", "Accept")
        marking.tick("dan", 1)
        assert marking.saved() == [row("dan", "3", lines(1))]
        marking.tick("dan", 1)
        assert marking.saved() == []
        marking.press("dan", "Accept")
        marking.type(f"{marking.student('dan')}.querySelector('textarea')", "Well tried")
        assert marking.saved() == [row("dan", "5", "Well tried")]

    def test_where_nothing_is_suggested_there_is_nothing_to_accept(self, marking):
        buttons = f"[...{marking.student('gil')}.querySelectorAll('button')].map(each => each.textContent)"
        assert marking.run(buttons) == ["Clear"]

    def test_clear_takes_everything_of_a_student_back(self, marking):
        marking.tick("cam", 1)
        marking.press("cam", "Clear")
        assert marking.saved() == []

    @pytest.mark.parametrize("points", ["9", "-1"])
    def test_points_that_cannot_be_given_are_not_saved(self, marking, points):
        marking.type(f"{marking.student('cam')}.querySelector('[type=number]')", points)
        assert marking.run(SAVED) is None
        assert "those of Cam <i>Mint</i> are not" in marking.text("#message")
        assert marking.run(f"{marking.student('cam')}.querySelector('[type=number]').getAttribute('aria-invalid')") == "true"


class TestGroupsOnThePage:
    def test_the_suggestion_is_accepted_for_all_without_a_mark(self, marking):
        marking.type(f"{marking.student('eve')}.querySelector('[type=number]')", "1")
        marking.run(f"{marking.group('off by the sign')}.querySelector('.for-all button').click()")
        assert marking.saved() == [row("dan", "5", DAN_WHY), row("eve", "1")]

    def test_a_line_is_ticked_for_a_whole_group(self, marking):
        marking.run(f"{marking.group('written alike')}.querySelectorAll('.for-all [type=checkbox]')[1].click()")
        assert marking.saved() == [row("ada", "2", lines(2)), row("bea", "2", lines(2))]
        marking.tick("ada", 1)
        box = f"{marking.group('written alike')}.querySelectorAll('.for-all [type=checkbox]')"
        assert marking.run(f"[...{box}].map(each => [each.checked, each.indeterminate])")[:2] == [[False, True], [True, False]]

    def test_whoever_has_points_of_their_own_keeps_them(self, marking):
        marking.press("ada", "Accept")
        marking.run(f"{marking.group('written alike')}.querySelectorAll('.for-all [type=checkbox]')[1].click()")
        assert "1 with a mark of their own" in marking.text("#message")
        assert marking.saved() == [row("ada", "8", COMPLETE_WHY), row("bea", "2", lines(2))]

    def test_what_was_done_for_a_group_is_taken_back_as_a_whole(self, marking):
        marking.run(f"{marking.group('off by the sign')}.querySelector('.for-all button').click()")
        marking.run("document.getElementById('undo').click()")
        assert marking.saved() == []

    def test_one_text_is_shown_for_all_who_wrote_it(self, marking):
        group = marking.group("written alike")
        assert marking.run(f"{group}.querySelectorAll('.prose').length") == 1
        assert marking.run(f"{group}.querySelectorAll('.student').length") == 2
        assert "2 students" in marking.run(f"{group}.textContent")

    def test_a_picture_is_shown(self, marking):
        assert marking.run(f"{marking.group('Nothing could be read')}.querySelector('img').naturalWidth") == 1

    def test_what_the_gradebook_holds_is_shown(self, marking):
        shown = marking.run(f"{marking.student('fay')}.textContent")
        assert "of 8 · in the gradebook: 5" in shown and "Where are the indices?" in shown
        assert "of 1 with a mark that a person gave, 0 are equal (0 %); on average they are 1 points apart" in marking.text(
            ".agreement"
        )


class TestTheRubric:
    def test_other_points_of_a_line_count_for_all_who_follow_it(self, marking):
        marking.tick("cam", 1)
        marking.tick("dan", 1)
        marking.tick("eve", 1)
        marking.type(f"{marking.student('eve')}.querySelector('[type=number]')", "1")
        marking.type("document.querySelector('#rubric [type=number]')", "2.5")
        first = lines(1).replace("+3", "+2.5")
        assert marking.saved() == [row("cam", "2.5", first), row("dan", "2.5", first), row("eve", "1", first)]
        assert marking.text("#total") == "The lines add up to 7.5 of 8 points."

    def test_other_words_of_a_line_stand_everywhere(self, marking):
        marking.tick("cam", 1)
        marking.type("document.querySelector('#rubric [type=text]')", "the <b>expansion</b>")
        assert marking.comment("cam") == "* +3 the <b>expansion</b>"
        assert "the <b>expansion</b>" in marking.run(f"{marking.student('dan')}.textContent")


class TestKeys:
    def test_a_student_is_marked_by_keys_alone(self, marking):
        marking.keys("jj13")
        assert marking.here == "../sheets/bea.html"
        marking.keys("ja")
        marking.keys("j0")
        marking.keys("k")
        assert marking.here == "../sheets/cam.html"
        assert marking.saved() == [row("bea", "5", lines(1, 3)), row("cam", "8", COMPLETE_WHY), row("dan", "0")]

    def test_letters_in_a_comment_are_letters(self, marking):
        marking.keys("jc")
        marking.keys("jak1")
        assert marking.comment("ada") == "jak1"
        marking.keys(["Escape"])
        marking.keys("u")
        assert marking.here == "../sheets/ada.html"

    def test_the_last_change_is_taken_back(self, marking):
        marking.keys("ja")
        marking.keys("u")
        assert marking.saved() == []

    def test_keys_can_be_switched_off_for_good(self, marking):
        marking.run("document.getElementById('keys').click()")
        marking.open()
        marking.keys("ja1")
        assert marking.saved() == []

    def test_keys_do_nothing_where_no_student_is_chosen(self, marking):
        marking.keys("a1c0")
        assert marking.saved() == []

    def test_everything_that_marks_is_reached_by_tab(self, marking):
        unreachable = "[...document.querySelectorAll('.group :is(input, button, textarea, a), .toolbar button')].filter(each => each.tabIndex < 0).length"
        assert marking.run(unreachable) == 0


def test_those_without_a_mark_are_shown_on_demand(marking):
    marking.press("ada", "Accept")
    marking.run("document.getElementById('unmarked').click()")
    shown = "[...document.querySelectorAll('.student')].filter(each => each.checkVisibility()).map(each => each.querySelector('a').textContent.slice(0, 3))"
    assert marking.run(shown) == ["Bea", "Cam", "Dan", "Eve", "Gil"]
    assert marking.text("#message").startswith("No mark yet: Bea <i>Mint</i>, Cam")
    marking.keys("jj")
    assert marking.here == "../sheets/cam.html"
    marking.run("document.getElementById('unmarked').click()")
    assert len(marking.run(shown)) == 8


def test_the_page_is_whole_in_every_view(marking, page, site):
    assert [each for each in problems_of(marking.tab, page) if not each.startswith(f"asked for {site.as_uri()}"[:90])] == []
    assert len(marking.tab.requests) > 1


def test_hostile_texts_names_and_ids_stay_inert(browser, tmp_path):
    names = [text.replace("/", "∕")[:80] for text in HOSTILE_TEXTS]
    hostile = {
        f"{name}{place}": written(text, false(text)) for place, (name, text) in enumerate(zip(names, HOSTILE_TEXTS, strict=True))
    }
    marks = {name: CellMark(manual=1.0, comment=text) for name, text in zip(hostile, HOSTILE_TEXTS, strict=True)}
    hostile["=cmd()"] = replace(
        written(HOSTILE_TEXTS[0]), pictures={'" onerror="document.title=`RAN`': ("image/png", '"><script>')}
    )
    page = write_class(tmp_path, hostile, marks)
    browser.requests.clear()
    browser.messages.clear()
    marking = Marking(browser, page)
    marking.keys("j1")
    marking.run("document.querySelectorAll('.for-all [type=checkbox]').forEach(box => box.click())")
    marking.run(
        "document.querySelectorAll('.student button:not(:disabled)').forEach(button => button.textContent.startsWith('Accept') && button.click())"
    )
    saved = {each[0] for each in marking.saved()}
    assert saved <= set(hostile) | {f"'{name}" for name in hostile if name[0] in "=+-@"} and len(saved) == len(hostile)
    assert browser.value("document.title").startswith("Marking:")
    assert [url for url in browser.requests if not url.startswith((tmp_path.as_uri(), "data:", "blob:"))] == []
    assert [message for message in browser.messages if "RAN" in message] == []
