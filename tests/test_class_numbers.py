"""What a class did, in numbers that were computed by hand, and the figures that show them."""

import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.grading.work import CheckedFunction, ReadWriteup
from autograder.reports.charts import bins_of, funnels, heat_map, histogram
from autograder.reports.class_page import in_words, row_of
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
from tests.class_of_twelve import ASSIGNMENT, CHECKS, REPORTS, WRITEUPS, twelve_students
from tests.conftest import ROOT
from tests.hostile_pages import HOSTILE_TEXTS


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


def test_the_row_of_a_student(tmp_path):
    data = twelve_students(tmp_path)
    marked, open_one, ungraded = (row_of(data.students[number], ASSIGNMENT) for number in (5, 0, 3))
    code = sum(2.0 * ((5 + place) % 3) for place in range(len(CHECKS)))
    assert (marked.code, marked.given, marked.total) == (code, 7.0 * len(WRITEUPS), code + 7.0 * len(WRITEUPS) - 2)
    assert marked.waits == () and open_one.waits == ("derivations", "oral")
    assert open_one.given is None and len(open_one.open_writeups) == sum(
        not each.is_empty for each in data.students[0].work.writeups
    )
    assert ungraded.why == "its text is not JSON" and "ungraded" in ungraded.waits


def figures() -> list[str]:
    return [str(histogram([5.0, 50.0, 70.0], 100)), *figures_with_names(["Ada"])]


def figures_with_names(names: Sequence[str]) -> list[str]:
    shares = [[0, 0.5], *[[1, 1]] * len(names)]
    return [
        str(heat_map(shares, [*names, "Bob"], ["f", "g"])),
        str(funnels([Funnel("w", (1, 2, 3, 4, 5), [], [], [])] * len(names), names)),
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


HOSTILE_NAMES = [*HOSTILE_TEXTS, "$x^2$ \x00\x07", "\u202e王\ud800"]
# A figure takes a fifth of a second, whether of one name or of ten; of more, its text alternative would be cut.
TEN = 10


@pytest.mark.parametrize("names", [HOSTILE_NAMES[place : place + TEN] for place in range(0, len(HOSTILE_NAMES), TEN)])
def test_names_in_figures_are_text(names):
    for svg in figures_with_names(names):
        assert "<script" not in svg.lower() and "<img" not in svg.lower() and not re.search(r"<[^>\"]*\son\w+=", svg)


def test_matplotlib_is_not_imported_before_a_figure_is_drawn():
    """Whoever grades waits for the first mark, and need not wait for that."""
    asked = "import autograder.reports.run, sys; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], cwd=ROOT, check=False).returncode == 0
