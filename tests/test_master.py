"""A master with short attributes becomes a notebook with nbgrader's; a wrong one is refused with a sentence."""

import textwrap

import pytest

from autograder.course.master import MasterError, read_master

GOOD = """
# A chapter

Statement with $x$.


The hint.

<!-- #region rubric="ex1" -->
- 3 points: the differential.
<!-- #endregion -->

<!-- #region writeup="ex1" points=3 -->
The derivation.


With two blank lines inside.
<!-- #endregion -->

```python solution="double"
def double(x):
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION
```

```python solution="quadruple"
def quadruple(x):
    ### BEGIN SOLUTION
    return double(double(x))
    ### END SOLUTION
```

```python check="quadruple" given="double"
from matrix_checks.notebook import Check

check = Check("quadruple", general=2, edge=0.5)
check.visible("one", 1.0, expected=4.0)
check.points()
```

```python locked="look"
print("a look")
```
"""

HIDDEN = """
def hidden_cases(check):
    check.hidden("two", 2.0, expected=8.0)
"""


def build(text, tmp_path):
    path = tmp_path / "master.md"
    path.write_text(textwrap.dedent(text), encoding="utf-8")
    (tmp_path / "hidden").mkdir(exist_ok=True)
    (tmp_path / "hidden" / "quadruple.py").write_text(HIDDEN, encoding="utf-8")
    return read_master(path)


def cell(notebook, identifier):
    return next(each for each in notebook.cells if each.id == identifier)


def test_every_attribute_becomes_full_metadata(tmp_path):
    notebook = build(GOOD, tmp_path)
    kinds = {
        each.id: {key for key in ("grade", "solution", "locked") if each.metadata.nbgrader[key]}
        for each in notebook.cells
        if "nbgrader" in each.metadata
    }
    assert kinds == {
        "statement_ex1": {"locked"},
        "writeup_ex1": {"grade", "solution"},
        "double": {"solution"},
        "quadruple": {"solution"},
        "check_quadruple": {"grade", "locked"},
        "look": {"locked"},
    }
    assert cell(notebook, "writeup_ex1").metadata.nbgrader.points == 3
    assert cell(notebook, "check_quadruple").metadata.nbgrader.points == 2.5


def test_no_metadata_of_jupytext_stays(tmp_path):
    notebook = build(GOOD, tmp_path)
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    assert all(set(each.metadata) <= {"nbgrader", "jupyter"} for each in notebook.cells)


def test_students_read_where_to_write_and_what_the_points_are_for(tmp_path):
    (tmp_path / "writeups.toml").write_text('[writeup_ex1]\ntitle = "The first"\n', encoding="utf-8")
    seen = cell(build(GOOD, tmp_path), "statement_ex1").source.split("=== BEGIN")[0]
    assert "**Write-up: The first, 3 points.**" in seen
    assert "<details><summary>What the 3 points are for</summary>\n\n- 3 points: the differential.\n\n</details>" in seen


def test_only_the_code_of_a_look_is_folded(tmp_path):
    notebook = build(GOOD, tmp_path)
    assert [each.id for each in notebook.cells if each.metadata.get("jupyter", {}).get("source_hidden")] == ["look"]


def test_the_rubric_stands_in_the_cell_before_the_writeup_as_a_marking_scheme(tmp_path):
    source = cell(build(GOOD, tmp_path), "statement_ex1").source
    assert source.startswith("The hint.")
    assert "3 points" in source.split("BEGIN MARK SCHEME")[1]
    assert "END MARK SCHEME" in source.split("3 points")[1]


def test_a_writeup_may_hold_blank_lines(tmp_path):
    assert cell(build(GOOD, tmp_path), "writeup_ex1").source.endswith("With two blank lines inside.")


def test_given_functions_are_hidden_in_the_check_right_after_it_begins(tmp_path):
    lines = cell(build(GOOD, tmp_path), "check_quadruple").source.split("\n")
    begin, end = lines.index("### BEGIN HIDDEN TESTS"), lines.index("### END HIDDEN TESTS")
    assert lines[begin - 1].startswith("check = Check(")
    hidden = "\n".join(lines[begin:end])
    assert "def double(x):" in hidden
    assert "SOLUTION" not in hidden


def test_the_same_master_gives_the_same_notebook(tmp_path):
    assert build(GOOD, tmp_path) == build(GOOD, tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('solution="quadruple"', 'solution="double"', "used by two cells"),
        ('given="double"', 'given="triple"', "given triple, which no cell solves"),
        ('Check("quadruple"', 'Check("double"', "checks another function"),
        ("check = Check(", "check = make(", "no statement of the form"),
        (" points=3", "", "needs its points"),
        ('locked="look"', 'lokced="look"', "exactly one of"),
        ('locked="look"', "", "exactly one of"),
        ("The hint.\n", '```python locked="a"\n1\n```\n', "must follow an ordinary Markdown cell"),
    ],
)
def test_a_wrong_master_is_refused_with_one_sentence(old, new, words, tmp_path):
    assert old in GOOD
    with pytest.raises(MasterError, match=words):
        build(GOOD.replace(old, new), tmp_path)
