r"""A student's text is read and set in a time that grows with its length, and not with the square of it.

Each text is handed to a process of its own that may use so much processor time that linear work needs a small part of it
and quadratic work many times as much: the system ends a process that goes beyond. Nothing here looks at a clock.
"""

import signal
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbconvert.filters import strip_files_prefix
from nbconvert.filters.markdown_mistune import MarkdownWithMath

from autograder.grading import reading, writeups
from autograder.pages.files_prefix import without_files_prefix
from autograder.pages.markdown import MathsRenderer, markdown_to_html
from autograder.pages.open_ends import without_open_ends
from autograder.pages.page import TOO_LONG, FeedbackExporter
from autograder.pages.watchdog import TooMuchTime, bounded_time
from matrix_checks.derivations.judging.reader import TOO_MANY_PIECES
from matrix_checks.derivations.judging.writeups import read_writeup
from matrix_checks.derivations.reading.account import NOT_READ
from matrix_checks.derivations.reading.tex import Word, text_of
from tests.linear_time import EXERCISE, filled, is_done

# Of a page or a text, in characters; and what is enough for it. Where a comment of four characters is looked for to the end from each
# place, there are more than a thousand million steps.
LENGTH = 60_000
ENOUGH_FOR_LENGTH = 3


def page_of(source: str, **settings) -> str:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(source, id="text")])
    return FeedbackExporter(**settings).from_notebook_node(notebook)[0]


def test_the_bound_tells_linear_work_from_quadratic():
    text = "x" * 100_000
    assert is_done(lambda: sum(1 for _ in text), 2)
    assert not is_done(lambda: sum(1 for _ in text for _ in text), 2)


OPENINGS = ("\\\\(", "\\\\[", "\\begin{a}", "\\begin{align}", "$", "$$", "<!--", "<?", "<pre>", "<style>", "<script>", "<a ", "[", "![", "](", "`", "*", "_", "> ", "- ", "|")  # fmt: skip


@pytest.mark.parametrize("before", ["", "words "])
@pytest.mark.parametrize("opening", OPENINGS)
def test_markdown_of_which_nothing_is_closed_is_set(opening, before):
    assert is_done(lambda: markdown_to_html(before + filled(opening, LENGTH), lambda formula, display: ""), ENOUGH_FOR_LENGTH)


@pytest.mark.parametrize("opening", ["\\\\(", "<!--", "<!--x>", "<b ", "<a href='", "["])
def test_a_page_with_text_of_which_nothing_is_closed_is_made(opening):
    assert is_done(lambda: page_of(filled(opening, LENGTH), text_seconds=1000, page_seconds=1000), ENOUGH_FOR_LENGTH)


@pytest.mark.parametrize("opening", ["a^{", "\\displaystyle ", "{", "\\sqrt{", "\\left(", "\\mathbf{", "\\begin{matrix}"])
def test_a_formula_that_is_nested_without_end_is_shown_as_its_source(opening):
    formula = filled(opening, len(opening) * 1000)
    assert formula.strip() in page_of(f"${formula}$")


@pytest.mark.parametrize("opening", ["<!--", "<!--x>", "<b ", "<a href='"])
def test_a_page_with_an_output_of_which_nothing_is_closed_is_made(opening):
    output = nbformat.v4.new_output("display_data", data={"text/html": filled(opening, LENGTH)})
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1", id="code", outputs=[output])])
    page = FeedbackExporter(text_seconds=1000, page_seconds=1000)
    assert is_done(lambda: page.from_notebook_node(notebook), ENOUGH_FOR_LENGTH)


def test_what_is_never_closed_is_text_as_it_is_for_the_parser():
    for html in ("<p>a</p> " + "<!-- b " * 50, "<p>a</p> " + "<b c " * 50, "<!-- a --> b " + "<!-- c " * 50):
        assert str(BeautifulSoup(without_open_ends(html), "html.parser")) == str(BeautifulSoup(html, "html.parser"))


@pytest.mark.parametrize(
    "source",
    [
        r"a \\(x\\) b \\[y\\] c",
        "\\\\[x\n\n# no heading\\\\] \\begin{align*}a\n\nb\\end{align*}",
        r"\\(open \\(x\\) \\[ *never* closed, \begin{a} \end{b} and \begin{b}\end{b}",
        r"\\\(x\\\) \\\\(x\\\\) `\\(` \\(`x`\\)",
        "> \\\\[a\n> b\\\\]\n\n- \\\\(c\\\\) \\\\[\n- $$d$$ \\\\]",
        "<div>$a$ <code>$b$</code> <!-- $c$ --> <pre>$d$ <b>$e$</b> $f$ <</div>\n",
        "<p>$a$ <!-- $b$ <i>$c$</i> <style>$d$</style></p>",
    ],
)
def test_formulas_are_found_where_nbconvert_finds_them(source):
    """nbconvert's own parser, for texts so short that its time does not matter."""

    def typeset(formula: str, display: bool) -> str:
        return f"<m>{formula}|{display}</m>"

    assert markdown_to_html(source, typeset) == MarkdownWithMath(MathsRenderer(typeset)).render(source)


@pytest.mark.parametrize(
    "text",
    [
        "[a](files/b) [c](/files/d) ![e](files/f)",
        "[[a](files/b](files/c) [d](files/e",
        "[a](other) [b](files/c)\n[d\n](files/e)",
        "<img src='files/a'> <a href=/files/b>",
    ],
)
def test_addresses_of_files_lose_the_prefix_that_they_lose_in_nbconvert(text):
    assert without_files_prefix(text) == strip_files_prefix(text)


@pytest.mark.parametrize(
    ("prose", "verdict"),
    [
        ("Set it to zero:", "stated"),
        ("Set it to zero, then", "stated"),
        ("We set it to zero. Then", "false"),
        ("We are offset by", "false"),
        ("", "false"),
    ],
)
def test_the_last_sentence_before_a_formula_says_whether_it_is_a_condition(prose, verdict):
    report = read_writeup(rf"{prose} $\frac{{dy}}{{dx}} = 0$", EXERCISE)
    assert [step.verdict for step in report.steps] == [verdict]


def test_a_command_is_quoted_with_a_space_before_a_letter():
    assert text_of(["\\alpha", "a", "b", "\\\\", "a", "b", Word("c"), "\\ones", "1"]) == r"\alpha ab\\a b\text{c}\mathbf{1}1"


def test_many_equalities_are_said_to_be_too_many_once():
    assert len(read_writeup("$x = x$ " * 400, EXERCISE).notes) == 1


def forever() -> None:
    while True:
        pass


def test_a_bound_on_time_stops_what_catches_every_exception():
    def catching() -> None:
        while True:
            try:
                forever()
            except Exception:
                continue

    with pytest.raises(TooMuchTime), bounded_time(0.1):
        catching()


def test_a_bound_on_time_leaves_nothing_behind():
    before = signal.getsignal(signal.SIGPROF)
    with bounded_time(100):
        pass
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGPROF) == before


def test_no_time_is_too_much_time():
    with pytest.raises(TooMuchTime), bounded_time(0):
        pytest.fail("it was begun")


def test_a_text_that_takes_too_long_is_shown_as_it_was_written(monkeypatch):
    monkeypatch.setattr("autograder.pages.page.markdown_to_html", lambda *_, **__: forever())
    page = page_of("*All* of <b>this</b> & $x$", text_seconds=0.1)
    assert TOO_LONG in page
    assert "<pre>*All* of &lt;b&gt;this&lt;/b&gt; &amp; $x$</pre>" in page


def test_the_texts_of_a_page_have_their_time_together(monkeypatch):
    begun = []

    def never_ending(*_, **__):
        begun.append(1)
        forever()

    monkeypatch.setattr("autograder.pages.page.markdown_to_html", never_ending)
    cells = [nbformat.v4.new_markdown_cell(f"hostile text {place}", id=f"text{place}") for place in range(20)]
    page = FeedbackExporter(text_seconds=0.1, page_seconds=0.3).from_notebook_node(nbformat.v4.new_notebook(cells=cells))[0]
    assert len(begun) < 20
    assert all(f"<pre>hostile text {place}</pre>" in page for place in range(20))


def test_code_that_takes_too_long_is_shown_as_it_was_written(monkeypatch):
    monkeypatch.setattr("autograder.pages.page._highlighted", lambda *_: forever())
    cell = nbformat.v4.new_code_cell("if a < b: pass", id="code")
    page = FeedbackExporter(text_seconds=0.1).from_notebook_node(nbformat.v4.new_notebook(cells=[cell]))[0]
    assert "<pre>if a &lt; b: pass</pre>" in page


def test_a_writeup_that_takes_too_long_is_left_to_a_person(monkeypatch):
    monkeypatch.setattr(reading, "read_writeup", lambda *_: forever())
    monkeypatch.setattr(reading, "SECONDS", 0.1)
    monkeypatch.setattr(reading, "declared", lambda _: {"writeup": EXERCISE})
    suggester = writeups.SuggestWriteups()
    cell = nbformat.v4.new_markdown_cell("$x = x$", metadata={"nbgrader": {"grade_id": "writeup", "points": 2}})
    grade, comment = (
        SimpleNamespace(auto_score=None, needs_manual_grade=True, manual_score=None),
        SimpleNamespace(auto_comment=None),
    )
    gradebook = SimpleNamespace(find_grade=lambda *_: grade, find_comment=lambda *_: comment)
    place = {"notebook": "n", "assignment": "a", "student": "s"}
    suggester._suggest(gradebook, place, cell, reading.report_on(Path("declared"), "writeup", cell.source))
    assert comment.auto_comment == "Not read: it took too long. A person decides."
    assert (grade.auto_score, grade.needs_manual_grade) == (None, True)


def test_a_text_of_more_formulas_than_are_read_says_so_and_is_not_complete(monkeypatch):
    monkeypatch.setattr("matrix_checks.derivations.judging.reader.MAXIMAL_PIECES", 400)
    report = read_writeup("".join(f"$Q_{number}$ and " for number in range(201)) + r"$\frac{dy}{dx} = 2x$", EXERCISE)
    assert report.notes == [TOO_MANY_PIECES]
    assert not report.is_whole
    assert [kind for _, kind in report.account] == [NOT_READ]
