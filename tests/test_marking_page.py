"""A page on which a person marks: the derivations of a class in groups, and in a real browser what is ticked, kept and saved."""

import csv
import io
import json
import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.grading.work import ReadWriteup, Work
from autograder.reports.class_data import CellMark, ClassData, StudentsWork
from autograder.reports.derivation_groups import (
    COMPLETE,
    EMPTY,
    EQUAL,
    FALSE_STEP,
    OTHER_FORM,
    UNFINISHED,
    UNKNOWN,
    UNREADABLE,
    Agreement,
    Derivation,
    agreement,
    form_of,
    groups_of,
    kind_of,
    kind_of_mistake,
)
from autograder.reports.marking_page import inline, sheet, write_marking_pages
from autograder.reports.rubrics import RubricLine, read_rubrics
from autograder.reports.site import Site
from matrix_checks.derivations.judging.report import Report, Step
from matrix_checks.derivations.judging.verdicts import DIFFER, FALSE, HOLDS, NOT_UNDERSTOOD, OTHER_LAYOUT
from tests.browser import opened_browser
from tests.conftest import ASSIGNMENTS, BY_ID, ROOT, notebook_of
from tests.hostile_pages import HOSTILE_TEXTS
from tests.test_pages_in_a_browser import problems_of

CELL, MOST = "writeup_ex1", 8.0
ANSWER = r"\frac{dy}{dx}"
TEXT = r"$$y = x^\top x, \quad \frac{dy}{dx} = 2x$$"
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def step(verdict: str = HOLDS, reason: str = "", left: str = "y", right: str = "x", number: int = 0) -> Step:
    return Step(left, "=", f"{right}_{{{number}}}", verdict, reason, 0)


def report(*last: Step, answer: str = "reached", ways: bool = True, **others) -> Report:
    """Three true steps, and what follows them."""
    steps = [step(number=number) for number in range(3)]
    return Report([*steps, *last], {ANSWER: answer}, {"by indices": ways}, **others)


def false(reason: str, **others) -> Report:
    return report(step(FALSE, reason), answer="wrong", **others)


def written(text: str = TEXT, found: Report | None = None, **others) -> ReadWriteup:
    return ReadWriteup(CELL, text, MOST, found or report(), **others)


def derivation(student: str, writeup: ReadWriteup | None, **mark) -> Derivation:
    return Derivation(student, student, writeup, CellMark(**mark))


class TestForms:
    @pytest.mark.parametrize(
        "other",
        [
            "$$y=x^\\top x,\n\\frac{dy}{dx}=2x$$",
            r"$$y = x^{\top} x,\; \frac{dy}{dx} = 2\,x$$".replace(r"{\top}", r"\top"),
            r"$$\left. y = x^\top x, \frac{dy}{dx} = 2x$$".replace(r"\left.", r"\displaystyle"),
        ],
    )
    def test_blanks_and_spaces_of_tex_make_no_other_form(self, other):
        assert form_of(other) == form_of(TEXT)

    @pytest.mark.parametrize("one, other", [("$x^{T}$", "$x^T$"), (r"$\mathrm{tr}(A)$", r"$\operatorname{tr}(A)$")])
    def test_two_spellings_of_the_same_sign_are_one_form(self, one, other):
        assert form_of(one) == form_of(other)

    @pytest.mark.parametrize("other", ["$$y = X^\\top x$$", "$$y = x^\\top x \\\\ x$$", r"$$y \leftarrow x^\top x$$", "$$y = x$$"])
    def test_another_sign_is_another_form(self, other):
        assert form_of(other) != form_of("$$y = x^\\top x$$")

    def test_an_arrow_is_not_taken_for_a_bracket(self):
        assert form_of(r"$a \leftarrow b$") != form_of(r"$a arrow b$")


class TestKinds:
    @pytest.mark.parametrize(
        "writeup, kind",
        [
            (written(), COMPLETE),
            (written(found=false("off by the sign")), FALSE_STEP),
            (written(found=report(step(OTHER_LAYOUT), answer="other layout")), OTHER_FORM),
            (written(found=report(ways=False)), UNFINISHED),
            (written(found=report(step(NOT_UNDERSTOOD))), UNFINISHED),
            (written(found=Report([step(NOT_UNDERSTOOD)])), UNREADABLE),
            (ReadWriteup(CELL, "It took too long.", MOST), UNREADABLE),
            (ReadWriteup(CELL, "", MOST, None, {"a.png": ("image/png", PIXEL)}), UNREADABLE),
            (ReadWriteup(CELL, " \n", MOST), EMPTY),
            (None, UNKNOWN),
        ],
    )
    def test_the_kind_follows_what_the_reader_found(self, writeup, kind):
        assert kind_of(derivation("ada", writeup)) == kind

    @pytest.mark.parametrize(
        "one, other",
        [
            ("off by a factor: $2x$", "off by a factor: $3 x^2$"),
            ("N × n_3 times n_2 × n_3 cannot be multiplied", "N × n_1 times n_2 × n_3 cannot be multiplied"),
            ("off by the sign; it would be true with $x$ in the place of $-x$", "off by the sign"),
        ],
    )
    def test_mistakes_are_of_one_kind_where_only_formulas_and_shapes_differ(self, one, other):
        assert kind_of_mistake(false(one)) == kind_of_mistake(false(other)) != ""

    def test_other_words_are_another_kind_of_mistake(self):
        assert kind_of_mistake(false("off by the sign")) != kind_of_mistake(false("the index i is used twice"))

    def test_a_mistake_without_a_reason_belongs_to_the_answer_that_its_step_gives(self):
        own = Report([Step(ANSWER, "=", "x", FALSE, DIFFER, 0)], {r"\frac{dy}{dA}": "wrong", ANSWER: "wrong"})
        assert kind_of_mistake(own) == f"{DIFFER}, on the way to ${ANSWER}$"

    def test_or_to_the_first_answer_that_is_wrong(self):
        assert kind_of_mistake(false(DIFFER)) == f"{DIFFER}, on the way to ${ANSWER}$"

    def test_where_nothing_is_false_there_is_no_mistake(self):
        assert kind_of_mistake(report()) == ""


def grouped(*writeups: ReadWriteup | None) -> list[tuple[int, list[str]]]:
    """The kind of each group, and whose derivations are in it."""
    groups = groups_of(derivation(name, writeup) for name, writeup in zip("abcdefgh", writeups, strict=False))
    return [(group.kind, [each.student for each in group.derivations]) for group in groups]


class TestGroups:
    def test_complete_derivations_that_are_written_alike_are_a_group(self):
        alike = written(TEXT.replace(" ", "  "))
        assert grouped(written("$y$"), written(), alike) == [(EQUAL, ["b", "c"]), (COMPLETE, ["a"])]

    def test_each_form_that_several_share_is_a_group_of_its_own_the_largest_first(self):
        found = grouped(written("$y$"), written(), written("$y$"), written(), written())
        assert found == [(EQUAL, ["b", "d", "e"]), (EQUAL, ["a", "c"])]

    def test_those_with_the_same_kind_of_mistake_are_together_and_single_ones_behind_them(self):
        reasons = ("the index i is used twice", "off by a factor: $2$", "off by the sign", "off by a factor: $3$")
        found = grouped(*(written(f"${reason}$", false(reason)) for reason in reasons))
        assert found == [(FALSE_STEP, ["b", "d"]), (FALSE_STEP, ["a", "c"])]

    def test_those_who_lack_the_same_are_together(self):
        lacking = [report(ways=False), report(answer="missing"), report(ways=False), report(step(NOT_UNDERSTOOD))]
        found = grouped(*(written(f"{place}", each) for place, each in enumerate(lacking)))
        assert found == [(UNFINISHED, ["a", "c"]), (UNFINISHED, ["b", "d"])]

    def test_what_needs_a_person_most_comes_last(self):
        found = grouped(None, ReadWriteup(CELL, "", MOST), ReadWriteup(CELL, "?", MOST), written(found=false("")), written())
        assert [kind for kind, _ in found] == [COMPLETE, FALSE_STEP, UNREADABLE, EMPTY, UNKNOWN]

    def test_nobody_is_lost_and_nobody_is_there_twice(self):
        everything = (written(), None, written(found=false("x")), ReadWriteup(CELL, "", MOST), written(), written("$z$"))
        assert sorted(name for _, names in grouped(*everything) for name in names) == list("abcdef")

    def test_the_same_words_with_another_picture_are_shown_by_themselves(self):
        pictures = [ReadWriteup(CELL, "see", MOST, None, {"a.png": ("image/png", content)}) for content in ("AA", "BB", "AA")]
        (group,) = groups_of(derivation(name, each) for name, each in zip("abc", pictures, strict=True))
        assert [[each.student for each in form.derivations] for form in group.forms] == [["a", "c"], ["b"]]

    def test_a_group_knows_what_is_suggested(self):
        (group,) = groups_of([derivation("a", written()), derivation("b", written())])
        assert group.suggestions == [MOST]


class TestAgreement:
    def test_suggestion_and_person_are_compared_where_both_gave_points(self):
        given = [derivation("a", written(), manual=8.0), derivation("b", written(), manual=5.0), derivation("c", written())]
        assert agreement(given) == Agreement(2, 1, 1.5)

    def test_where_nothing_could_be_suggested_nothing_is_compared(self):
        assert agreement([derivation("a", ReadWriteup(CELL, "", MOST), manual=8.0)]) == Agreement()

    @pytest.mark.parametrize(
        "mark, is_marked",
        [
            ({"manual": 3.0}, True),
            ({"manual": 3.0, "waits": True}, False),
            ({"automatic": 8.0}, True),
            ({"waits": True}, False),
            ({}, False),
        ],
    )
    def test_marked_is_what_nobody_has_to_look_at_again(self, mark, is_marked):
        assert derivation("a", written(), **mark).is_marked is is_marked


@pytest.mark.parametrize("assignment", ASSIGNMENTS, ids=lambda each: each.identifier)
def test_every_write_up_has_its_rubric(assignment):
    rubrics = read_rubrics(notebook_of("source", assignment))
    cells = [cell for exercise in assignment.exercises for cell in exercise.cells if cell.startswith("writeup_")]
    assert sorted(rubrics) == sorted(cells)
    assert sum(line.points for lines in rubrics.values() for line in lines) == assignment.points["writeups"]
    assert all(line.words for lines in rubrics.values() for line in lines)


def test_a_line_of_a_rubric_may_go_on_in_the_next(tmp_path):
    text = "=== BEGIN MARK SCHEME ===\n\n- 1.5 points: one\n  and two\n- 1 point: three\n\n=== END MARK SCHEME ==="
    cell = {"source": [text], "metadata": {"nbgrader": {"grade_id": "statement_ex1"}}}
    (tmp_path / "a.ipynb").write_text(json.dumps({"cells": [cell]}))
    assert read_rubrics(tmp_path / "a.ipynb") == {"writeup_ex1": (RubricLine(1.5, "one and two"), RubricLine(1.0, "three"))}
    assert read_rubrics(tmp_path / "b.ipynb") == {}


def test_the_address_of_a_sheet_holds_any_id():
    assert sheet("a b/#?%") == "../sheets/a%20b%2F%23%3F%25.html"


def test_a_sentence_in_a_heading_is_no_paragraph():
    assert "<p>" not in inline("off by $x$") and "<math>" in inline("off by $x$")
    assert "<script" not in inline("<script>1</script>\n\ntwo")


# The page in a browser.
CLASS = {
    "ada": written(),
    "bea": written(TEXT.replace(" ", "  ")),
    "cam": written("$$y = x^\\top x$$"),
    "dan": written("$$y = 1$$", false("off by the sign; it would be true with $-x$ in the place of $x$")),
    "eve": written("$$y = 2$$", false("off by the sign")),
    "fay": written("$$y = 3$$", report(ways=False)),
    "gil": ReadWriteup(CELL, "see the picture", MOST, Report(has_picture=True), {"a.png": ("image/png", PIXEL)}),
    "hal": ReadWriteup(CELL, "", MOST),
}
MARKS = {"hal": CellMark(automatic=0.0), "fay": CellMark(manual=5.0, comment="Where are the *indices*?")}
# What is saved, or null where nothing is.
SAVED = """(() => {
    const real = URL.createObjectURL;
    let text = null;
    URL.createObjectURL = blob => { text = blob.text(); return real(blob); };
    document.getElementById("save").click();
    URL.createObjectURL = real;
    return text;
})()"""


def write_class(folder: Path, writeups: dict[str, ReadWriteup], marks: dict[str, CellMark] | None = None) -> Path:
    """The page of a class of these students."""
    assignment = BY_ID["differentiation"]
    students = tuple(
        StudentsWork(
            name,
            name if len(name) > 3 else f"{name.title()} <i>Mint</i>",
            Work(name, assignment.identifier, writeups=(each,)),
            marks={CELL: (marks or {}).get(name, CellMark(waits=True))},
        )
        for name, each in writeups.items()
    )
    site = Site(folder)
    site.write_assets()
    write_marking_pages(site, ClassData(ROOT, assignment, students))
    return folder / assignment.identifier / "marking" / f"{CELL}.html"


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


class Marking:
    """The page as a person uses it."""

    def __init__(self, tab, page: Path):
        self.tab, self._page = tab, page
        self.tab.show(width=1280)
        self.tab.do("Page.setDownloadBehavior", behavior="deny")
        self.open()
        self.tab.value("localStorage.clear()")
        self.open()

    def open(self) -> None:
        self.tab.open(self._page.as_uri())

    def run(self, script: str):
        return self.tab.value(script)

    def student(self, name: str) -> str:
        """The element of a student, as an expression."""
        return f'document.querySelector(`.student:has(a[href="../sheets/{name}.html"])`)'

    def tick(self, name: str, line: int) -> None:
        self.run(f"{self.student(name)}.querySelectorAll('[type=checkbox]')[{line - 1}].click()")

    def press(self, name: str, button: str) -> None:
        self.run(
            f"[...{self.student(name)}.querySelectorAll('button')].find(each => each.textContent.startsWith('{button}')).click()"
        )

    def type(self, element: str, text: str) -> None:
        """Put a text into a field."""
        self.run(f"(() => {{ const field = {element}; field.focus(); field.select(); }})()")
        self.tab.do("Input.insertText", text=text)

    def keys(self, letters: Iterable[str]) -> None:
        for letter in letters:
            text = {"text": letter} if len(letter) == 1 else {}
            self.tab.do("Input.dispatchKeyEvent", type="keyDown", key=letter, **text)
            self.tab.do("Input.dispatchKeyEvent", type="keyUp", key=letter)

    def group(self, words: str) -> str:
        """A group, by words of its heading, as an expression."""
        return f"[...document.querySelectorAll('.group')].find(each => each.querySelector('h2').textContent.includes('{words}'))"

    def text(self, selector: str) -> str:
        return self.run(f"document.querySelector({json.dumps(selector)}).textContent")

    def points(self, name: str) -> str:
        return self.run(f"{self.student(name)}.querySelector('[type=number]').value")

    def comment(self, name: str) -> str:
        return self.run(f"{self.student(name)}.querySelector('textarea').value")

    @property
    def here(self) -> str:
        """Whose element has the focus."""
        return self.run("document.activeElement.closest('.student')?.querySelector('a').getAttribute('href')")

    def saved(self) -> list[list[str]]:
        """The rows of the file that is saved, without its first line."""
        text = self.run(SAVED)
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        assert rows[0] == ["student", "assignment", "cell", "points", "comment"]
        return rows[1:]

    def take(self, file: Path) -> str:
        """Open a file of marks, and return what the page says."""
        self.run("document.getElementById('message').textContent = ''")
        root = self.tab.do("DOM.getDocument")["root"]["nodeId"]
        node = self.tab.do("DOM.querySelector", nodeId=root, selector="#file")["nodeId"]
        self.tab.do("DOM.setFileInputFiles", files=[str(file)], nodeId=node)
        return self.run(
            "new Promise(resolve => { const look = () => { const text = document.getElementById('message').textContent;"
            " text ? resolve(text) : setTimeout(look, 10); }; look(); })"
        )


@pytest.fixture
def marking(browser, page) -> Marking:
    return Marking(browser, page)


def row(student: str, points: str, comment: str = "") -> list[str]:
    return [student, "differentiation", CELL, points, comment]


LINES = [line.words for line in read_rubrics(notebook_of("source", BY_ID["differentiation"]))[CELL]]


def lines(*numbers: int) -> str:
    worth = (3, 2, 2, 1)
    return "\n".join(f"* +{worth[number - 1]} {LINES[number - 1]}" for number in numbers)


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
        assert marking.saved() == [row("dan", "5")]

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
        assert marking.saved() == [row("dan", "5"), row("eve", "1")]

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
        assert marking.saved() == [row("ada", "8"), row("bea", "2", lines(2))]

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
        assert "in the gradebook: 5" in shown and "Where are the indices?" in shown
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


class TestKept:
    def test_ticks_numbers_words_and_the_rubric_survive_a_reload(self, marking):
        marking.tick("cam", 2)
        marking.press("dan", "Accept")
        marking.type(f"{marking.student('eve')}.querySelector('textarea')", "Hm.")
        marking.type("document.querySelector('#rubric [type=text]')", "other words")
        before = marking.saved()
        marking.open()
        assert marking.saved() == before == [row("cam", "2", lines(2)), row("dan", "5"), row("eve", "", "Hm.")]
        assert marking.run("document.querySelector('#rubric [type=text]').value") == "other words"

    def test_a_mark_is_not_taken_over_for_another_text(self, browser, page, tmp_path):
        first = Marking(browser, page)
        first.tick("cam", 2)
        first.tick("dan", 2)
        again = Marking.__new__(Marking)
        again.tab, again._page = browser, write_class(tmp_path, CLASS | {"cam": written("$$y = 4$$")})
        again.open()
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
        assert marking.saved() == [row("cam", "8"), row("dan", "5", "See me.")]

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


class TestKeys:
    def test_a_student_is_marked_by_keys_alone(self, marking):
        marking.keys("jj13")
        assert marking.here == "../sheets/bea.html"
        marking.keys("ja")
        marking.keys("j0")
        marking.keys("k")
        assert marking.here == "../sheets/cam.html"
        assert marking.saved() == [row("bea", "5", lines(1, 3)), row("cam", "8"), row("dan", "0")]

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


def quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in ',;"\n') else text


def write_rows(file: Path, rows: list[list[str]]) -> None:
    with file.open("w", newline="", encoding="utf-8") as opened:
        csv.writer(opened).writerows([["student", "assignment", "cell", "points", "comment"], *rows])
