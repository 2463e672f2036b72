"""What is hidden lies beside the chapter, in ordinary Python; the build puts both together, or says in one sentence why it cannot."""

import ast
import builtins
import re
import symtable

import pytest

from autograder.course.build import INPUTS
from autograder.course.hidden_cases import HiddenCasesError
from autograder.course.master import read_master
from autograder.course.solved import without_hidden_tests
from autograder.files import digest_of
from tests.conftest import ASSIGNMENTS, notebook_of, read_notebook

CHAPTER = """
# A chapter

```python solution="double"
def double(x):
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION
```

```python check="double"
from matrix_checks import Check

check = Check("double", general=2)
check.visible("one", 1.0, expected=2.0)
check.points()
```
"""

HIDDEN = '''"""Tries another number."""


def truth(x):
    return x + x


def hidden_cases(check):
    check.hidden("another", 3.0, truth=truth)


def declared_mistakes(check):
    check.mistake("squared, where doubled belongs", lambda x: x * x)
'''

JOINED = '''from matrix_checks import Check

check = Check("double", general=2)
check.visible("one", 1.0, expected=2.0)
### BEGIN HIDDEN TESTS
"""Tries another number."""


def truth(x):
    return x + x


def hidden_cases(check):
    check.hidden("another", 3.0, truth=truth)


def declared_mistakes(check):
    check.mistake("squared, where doubled belongs", lambda x: x * x)


hidden_cases(check)
declared_mistakes(check)
### END HIDDEN TESTS
check.points()'''

HIDDEN_FILES = [path for each in ASSIGNMENTS for path in sorted(each.folder.glob("hidden/*.py"))]


def build(folder, chapter=CHAPTER, **hidden):
    """The notebook of a chapter with hidden files, by function; without any it is given the right one."""
    (folder / "hidden").mkdir()
    (folder / "chapter.md").write_text(chapter, encoding="utf-8")
    for name, text in (hidden or {"double": HIDDEN}).items():
        (folder / "hidden" / f"{name}.py").write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_master(folder / "chapter.md")


def check_cell(notebook) -> str:
    return next(cell.source for cell in notebook.cells if cell.id == "check_double")


def test_the_hidden_file_stands_before_the_last_line_of_its_check_with_the_calls_of_its_functions(tmp_path):
    assert check_cell(build(tmp_path)) == JOINED


def test_without_what_is_hidden_the_built_cell_is_that_of_the_chapter(tmp_path):
    assert f"\n{without_hidden_tests(check_cell(build(tmp_path)))}\n" in CHAPTER


def test_a_file_without_declared_mistakes_is_called_for_its_cases_alone(tmp_path):
    cell = check_cell(build(tmp_path, double=HIDDEN.split("def declared_mistakes")[0]))
    assert "\n\n\nhidden_cases(check)\n### END HIDDEN TESTS\n" in cell
    assert "declared_mistakes" not in cell


@pytest.mark.parametrize(("answer", "points"), [(lambda x: 2 * x, 2.0), (lambda x: 2.0, 0.0)])
def test_the_built_cell_needs_no_other_file_and_tries_the_hidden_cases(answer, points, tmp_path, monkeypatch):
    cell = check_cell(build(tmp_path))
    monkeypatch.chdir(tmp_path)
    namespace = {"double": answer}
    statements, last = cell.rsplit("\n", 1)
    exec(statements, namespace)
    assert eval(last, namespace) == points


@pytest.mark.parametrize(
    ("hidden", "words"),
    [
        ({"treble": HIDDEN}, r"the check of double has no hidden cases.*write them into .*hidden/double\.py"),
        ({"double": HIDDEN, "treble": HIDDEN}, r'hidden/treble\.py belongs to no check.*check="treble"; rename the file'),
        ({"double": "def hidden_cases(check:\n"}, r"hidden/double\.py is no Python: .* in line 1; correct this line"),
        ({"double": b"\xff\xfe"}, r"hidden/double\.py is no Python: .*; save it as plain text in UTF-8"),
        ({"double": "def cases(check):\n    pass\n"}, r"hidden/double\.py defines no hidden_cases; put its cases into"),
        ({"double": f"{HIDDEN}\n### END HIDDEN TESTS\n"}, r"hidden/double\.py holds a marker of hidden tests; remove it"),
    ],
)
def test_a_hidden_file_that_cannot_be_joined_is_refused_with_one_sentence(hidden, words, tmp_path):
    with pytest.raises(HiddenCasesError, match=words) as error:
        build(tmp_path, **hidden)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("check.points()", "### BEGIN HIDDEN TESTS\n### END HIDDEN TESTS\ncheck.points()", "hides tests between markers; move"),
        ("# A chapter", "BEGIN HIDDEN TESTS", "hides tests between markers; move"),
        ("check.points()", "points = check.points()", "its last line must be check.points()"),
    ],
)
def test_a_chapter_that_leaves_no_place_for_hidden_cases_is_refused_with_one_sentence(old, new, words, tmp_path):
    with pytest.raises(HiddenCasesError, match=re.escape(words)):
        build(tmp_path, CHAPTER.replace(old, new))


def test_a_chapter_holds_no_marker_of_hidden_tests_and_no_hidden_case(assignment):
    chapter = assignment.master.read_text(encoding="utf-8")
    assert not re.search(r"HIDDEN TESTS|check\.(hidden|standard_cases|probe|mistake|dimension)|autograder\.derivatives", chapter)


def test_every_check_of_the_course_has_its_hidden_file(assignment):
    checks = re.findall(r'^```python check="(\w+)"', assignment.master.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert sorted(checks) == sorted(path.stem for path in assignment.folder.glob("hidden/*.py"))


def undefined_names(source: str) -> set[str]:
    """Names that a file uses and neither defines nor imports."""
    module = symtable.symtable(source, "hidden", "exec")
    known = {symbol.get_name() for symbol in module.get_symbols() if symbol.is_assigned() or symbol.is_imported()}
    known |= set(dir(builtins))
    scopes, unknown = [module], set()
    while scopes:
        scope = scopes.pop()
        scopes += scope.get_children()
        used = {symbol.get_name() for symbol in scope.get_symbols() if symbol.is_referenced() and symbol.is_global()}
        unknown |= used - known
    return unknown


def test_undefined_names_are_found_wherever_they_stand():
    assert undefined_names("x\ndef f(a):\n    return lambda b: a + b + c + len(d)\n") == {"x", "c", "d"}
    assert undefined_names("import numpy as np\ny = 1\ndef f(a):\n    return [np.sin(e) + y for e in a]\n") == set()


@pytest.mark.parametrize("path", HIDDEN_FILES, ids=lambda path: path.stem)
def test_a_hidden_file_is_python_that_stands_by_itself_in_the_order_of_all(path):
    """A sentence, imports, truth, hidden cases, declared mistakes; functions alone, so that importing it tries nothing."""
    source = path.read_text(encoding="utf-8")
    assert undefined_names(source) == set()
    sentence, *body = ast.parse(source).body
    assert re.fullmatch(r"Tries [^.\n]+\.", ast.literal_eval(sentence.value))
    kinds = [type(statement) for statement in body if not isinstance(statement, (ast.Import, ast.ImportFrom))]
    assert set(kinds) == {ast.FunctionDef}
    functions = [statement.name for statement in body[-len(kinds) :]]
    steps = [name for name in functions if name in ("truth", "hidden_cases", "declared_mistakes")]
    assert steps == sorted(steps, key=["truth", "hidden_cases", "declared_mistakes"].index)
    assert functions[-1] == steps[-1]


def test_no_line_of_a_hidden_file_and_no_hidden_file_is_in_a_release(assignment):
    release = notebook_of("release", assignment)
    public = {line.strip() for line in assignment.master.read_text(encoding="utf-8").split("\n")}
    lines = {line.strip() for cell in read_notebook(release).cells for line in cell.source.split("\n")}
    for path in assignment.folder.glob("hidden/*.py"):
        hidden = {line.strip() for line in path.read_text(encoding="utf-8").split("\n") if len(line.strip()) > 12}
        assert not (hidden - public) & lines, path
        assert path not in assignment.data_files
    assert "hidden" not in {path.name for path in release.parent.iterdir()}


def test_a_changed_hidden_file_makes_the_built_folders_stale(course):
    inputs = [course / name for name in INPUTS]
    before = digest_of(course, inputs)
    path = course / "assignments" / "layers" / "hidden" / "softmax_forward.py"
    path.write_text(path.read_text(encoding="utf-8") + "# A remark.\n", encoding="utf-8")
    assert digest_of(course, inputs) != before
