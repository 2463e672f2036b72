"""The derivations of a class in groups, as the page of marking shows them."""

import json

import pytest

from autograder.grading.work import ReadWriteup
from autograder.reports.derivation_groups import (
    BARE,
    COMPLETE,
    EMPTY,
    EQUAL,
    FALSE_STEP,
    OTHER_FORM,
    UNFINISHED,
    UNKNOWN,
    UNREADABLE,
    Agreement,
    agreement,
    form_of,
    groups_of,
    kind_of,
    kind_of_mistake,
)
from autograder.reports.marking_page import inline, sheet
from autograder.reports.rubrics import RubricLine, read_rubrics
from matrix_checks.derivations.equality.verdicts import DIFFER, FALSE, NOT_UNDERSTOOD, OTHER_LAYOUT
from matrix_checks.derivations.judging.report import Report, Step
from tests.conftest import ASSIGNMENTS, notebook_of
from tests.marking import ANSWER, CELL, MOST, PIXEL, TEXT, derivation, false, report, step, written


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
            (written(found=Report([step()], {ANSWER: "reached"}, {"by indices": False})), BARE),
            (written(found=Report([step(), step(number=1)], {ANSWER: "reached"}, {"by indices": False})), UNFINISHED),
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
