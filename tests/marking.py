"""A class for one write-up, made by hand, and its page of marking in a browser, as a person uses it."""

import csv
import io
import json
from collections.abc import Iterable
from pathlib import Path

from autograder.grading.work import ReadWriteup, Work
from autograder.reports.class_data import CellMark, ClassData, StudentsWork
from autograder.reports.derivation_groups import Derivation
from autograder.reports.marking_page import write_marking_pages
from autograder.reports.rubrics import read_rubrics
from autograder.reports.site import Site
from matrix_checks.derivations.equality.verdicts import FALSE, HOLDS
from matrix_checks.derivations.judging.report import Report, Step
from tests.conftest import BY_ID, ROOT, notebook_of

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


class Marking:
    """The page as a person uses it."""

    def __init__(self, tab, page: Path, *, forgets: bool = True):
        self.tab, self._page = tab, page
        self.tab.show(width=1280)
        self.tab.do("Page.setDownloadBehavior", behavior="deny")
        if forgets:
            # Of the test before, whose page is still there; a blank page has no storage.
            self.tab.value("try { localStorage.clear(); } catch { } 1")
        self.open()
        if forgets and self.tab.value("localStorage.length"):
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


def row(student: str, points: str, comment: str = "") -> list[str]:
    return [student, "differentiation", CELL, points, comment]


# What a student reads who was given the suggested points.
COMPLETE_WHY = "Every step holds, and all that is asked for is there."
DAN_WHY = "The first false step is $y = x_{0}$: off by the sign; it would be true with $-x$ in the place of $x$."

LINES = [line.words for line in read_rubrics(notebook_of("source", BY_ID["differentiation"]))[CELL]]


def lines(*numbers: int) -> str:
    worth = (3, 2, 2, 1)
    return "\n".join(f"* +{worth[number - 1]} {LINES[number - 1]}" for number in numbers)


def quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in ',;"\n') else text


def write_rows(file: Path, rows: list[list[str]]) -> None:
    with file.open("w", newline="", encoding="utf-8") as opened:
        csv.writer(opened).writerows([["student", "assignment", "cell", "points", "comment"], *rows])
