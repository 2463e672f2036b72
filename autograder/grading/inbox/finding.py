"""Which of the files that a student handed in is the submission: the notebook with the assignment's cells, whatever its name."""

import math
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from autograder.grading.inbox.archives import Budget, is_archive, shown, unpack
from autograder.grading.inbox.listing import listed
from autograder.grading.inbox.recognising import (
    MOST_BYTES,
    Contents,
    Wanted,
    contents,
    has_own_text,
    is_answered,
    may_be_notebook,
    owner,
    squeezed,
    wanted_of,
)

__all__ = ["Found", "Wanted", "find_notebook", "passed_over", "wanted_of"]

# Archives keep times to two seconds; files that differ by less were made by one copying.
SAME_TIME = 2.0
# Programs' own, handed in by mistake.
PROGRAM_FOLDERS = {"__MACOSX", ".ipynb_checkpoints", ".git", ".venv", "venv", "node_modules", "__pycache__"}
# Of the course itself, or of nbgrader: nobody means to hand them in, but a notebook saved there by mistake counts.
_COURSE_FOLDERS = {"autograder", "matrix_checks", "feedback"}
_FILES = {
    "timestamp.txt",
    "submission_secret.txt",
    ".nbgrader.log",
    ".DS_Store",
    "Thumbs.db",
    "desktop.ini",
    ".gitignore",
    ".gitattributes",
}
# The students' package, under the name that a browser may give a second copy.
_WHEEL = re.compile(r"matrix_checks-[^/]*\.whl\Z")
_UNOPENED = (".rar", ".7z", ".tar", ".gz", ".tgz", ".xz", ".bz2")
_NAMED = 8
_ANSWERED, _BROKEN, _OWN_TEXT, _UNTOUCHED = 3, 2, 1, 0


@dataclass
class Found:
    """The submission among a student's files.

    Attributes
    ----------
    path, content
        Which file it is and what it holds; ``archive.zip/inner/path.ipynb`` for one inside an archive; None if there is none.
    remarks
        What a person should know about the choice, a sentence each.
    undecided
        Whether a person must decide which of several notebooks it is.
    carries
        Whether it carries cells of the assignment, rather than only its name.
    beside
        Files that may belong to the answer: scans, photos, texts.
    foreign
        Notebooks of other assignments.
    """

    path: str | None = None
    content: bytes | None = None
    remarks: list[str] = field(default_factory=list)
    undecided: bool = False
    carries: bool = False
    beside: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    # Modules and data around a notebook that lay deeper, or in a zip file; by path from there.
    around: dict[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class _Candidate:
    path: str
    content: bytes
    level: int
    time: float | None
    right_name: bool
    # What tells it from other candidates: its texts, or, where they cannot be made out, its bytes.
    substance: object

    @property
    def order(self) -> tuple:
        """Smaller is preferred where nothing else decides: the right name, then the shallowest and shortest path."""
        return (not self.right_name, self.path.count("/"), len(self.path), self.path)


def find_notebook(files: dict[str, bytes], times: dict[str, float], wanted: Wanted, others: list[Wanted]) -> Found:
    """The notebook that carries an assignment's cells, among all files that a student handed in.

    Parameters
    ----------
    files
        By path relative to the submission's folder, what each holds. Links are left out.
    times
        When each was changed, where known.
    wanted
        The assignment.
    others
        The other assignments of the course.
    """
    found = Found()
    files, times = _with_archives(files, times, found.remarks)
    candidates: list[_Candidate] = []
    foreign: dict[str, list[str]] = {}
    empty: list[str] = []
    for path, content in sorted(files.items()):
        if not may_be_notebook(path, content):
            if _name(path) not in wanted.shipped:
                found.beside.append(path)
        elif len(content) > MOST_BYTES:
            found.remarks.append(f"{shown(path)} is larger than {MOST_BYTES // 1_000_000} MB and was not looked at.")
        else:
            holds = contents(content)
            whose = owner(holds, wanted, others)
            if whose == wanted.identifier:
                candidates.append(_candidate(path, content, holds, times.get(path), wanted))
            elif whose is None:
                if _name(path) not in wanted.shipped or _has_name(path, wanted):
                    empty.append(path)
            else:
                foreign.setdefault(whose, []).append(path)
    if candidates:
        _choose(found, candidates, wanted)
        found.around = _around(found.path or "", files)
    else:
        _fall_back(found, files, empty, wanted)
    _name_the_rest(found, foreign, empty)
    return found


def passed_over(path: str) -> bool:
    """Whether a file is there because of a program, not of a person."""
    *folders, name = path.split("/")
    if not PROGRAM_FOLDERS.isdisjoint(folders) or name in _FILES or name.startswith("._") or _WHEEL.match(name):
        return True
    return not _COURSE_FOLDERS.isdisjoint(folders) and not name.lower().endswith(".ipynb")


def _with_archives(
    files: dict[str, bytes], times: dict[str, float], remarks: list[str]
) -> tuple[dict[str, bytes], dict[str, float]]:
    """All files, those inside of archives too, one level deep."""
    budget, found = Budget(), {}
    known = {path: time for path, time in times.items() if math.isfinite(time)}
    waiting = [(path, content, 0) for path, content in sorted(files.items(), reverse=True)]
    while waiting:
        path, content, depth = waiting.pop()
        if passed_over(path):
            continue
        if path.lower().endswith(_UNOPENED):
            remarks.append(f"{shown(path)} is an archive of a kind that is not opened: ask for a zip file or the notebook itself.")
        elif not is_archive(path, content):
            found[path] = content
        elif depth > 1:
            remarks.append(f"{shown(path)} is a zip file inside of a zip file inside of another: it was not opened.")
        else:
            inside = unpack(shown(path), content, budget)
            remarks += inside.remarks
            known |= {f"{path}/{inner}": time for inner, time in inside.times.items()}
            waiting += [(f"{path}/{inner}", data, depth + 1) for inner, data in sorted(inside.files.items(), reverse=True)]
    return found, known


def _candidate(path: str, content: bytes, holds: Contents, time: float | None, wanted: Wanted) -> _Candidate:
    substance = tuple(squeezed(cell.text) for cell in holds.cells) if holds.readable else content
    return _Candidate(path, content, _level(holds, wanted), time, _has_name(path, wanted), substance)


def _level(holds: Contents, wanted: Wanted) -> int:
    if not holds.readable:
        return _BROKEN
    if is_answered(holds, wanted):
        return _ANSWERED
    return _OWN_TEXT if has_own_text(holds, wanted) else _UNTOUCHED


def _fall_back(found: Found, files: dict[str, bytes], empty: list[str], wanted: Wanted) -> None:
    """A file that has at least the right name: whatever opens it says what is wrong with it."""
    named = [path for path in empty if _has_name(path, wanted)]
    if named:
        found.path = min(named, key=lambda path: (path.count("/"), path))
        found.content = files[found.path]
        found.remarks.append(f"{shown(found.path)} carries no cell of the assignment that could be made out.")
    else:
        found.remarks.append(f"no notebook with the cells of {wanted.identifier} was handed in ({wanted.notebook} is missing).")


def _around(chosen: str, files: dict[str, bytes]) -> dict[str, bytes]:
    folder = chosen[: chosen.rfind("/") + 1]
    names = [path for path in files if folder and path.startswith(folder) and not path.lower().endswith(".ipynb")]
    return {path[len(folder) :]: files[path] for path in names if not {"", ".", ".."} & set(path[len(folder) :].split("/"))}


def _name_the_rest(found: Found, foreign: dict[str, list[str]], empty: list[str]) -> None:
    for assignment, paths in foreign.items():
        found.foreign += paths
        found.remarks.append(f"{_list(paths)} {_is(paths)} of the assignment {assignment} and {_is(paths)} not graded here.")
    if unknown := [path for path in empty if path != found.path]:
        carries = "carries" if len(unknown) == 1 else "carry"
        found.remarks.append(f"{_list(unknown)} {carries} no cell of the assignment and {_is(unknown)} not graded.")
    if found.beside:
        found.remarks.append(f"handed in beside the notebook, for a person to look at: {_list(found.beside)}.")


def _choose(found: Found, candidates: list[_Candidate], wanted: Wanted) -> None:
    """The newest in which something is written; what speaks for another one is said."""
    best = max(candidate.level for candidate in candidates)
    chosen, rivals = _newest([candidate for candidate in candidates if candidate.level == best])
    others = [candidate for candidate in candidates if candidate.substance != chosen.substance]
    # What cannot be read may be the later answer.
    rivals += [candidate for candidate in others if candidate.level == _BROKEN < best and not _is_older(candidate, chosen)]
    found.path, found.content, found.carries = chosen.path, chosen.content, True
    found.undecided = bool(rivals) and best > _UNTOUCHED
    if not chosen.right_name or "/" in chosen.path:
        found.remarks.append(f"{shown(chosen.path)} was graded as {wanted.notebook}: it carries the assignment's cells.")
    if found.undecided:
        names = _list([rival.path for rival in rivals])
        found.remarks.append(f"{shown(chosen.path)} was graded, but {names} may be the answer as well: a person must decide.")
    if settled := [f"{shown(each.path)} ({_why(each, chosen)})" for each in others if not (found.undecided and each in rivals)]:
        found.remarks.append(f"the notebook was handed in more than once: {shown(chosen.path)} was graded, not {_list(settled)}.")


def _newest(equals: list[_Candidate]) -> tuple[_Candidate, list[_Candidate]]:
    """The newest of several, and those of which nobody can say that they are older."""
    times = [candidate.time for candidate in equals if candidate.time is not None]
    first = equals
    if len(times) == len(equals):
        first = [candidate for candidate, time in zip(equals, times) if max(times) - time < SAME_TIME]
    chosen = min(first, key=lambda candidate: candidate.order)
    return chosen, [candidate for candidate in first if candidate.substance != chosen.substance]


def _is_older(candidate: _Candidate, chosen: _Candidate) -> bool:
    return candidate.time is not None and chosen.time is not None and chosen.time - candidate.time >= SAME_TIME


def _why(candidate: _Candidate, chosen: _Candidate) -> str:
    reasons = {_UNTOUCHED: "nothing is written in it", _OWN_TEXT: "no answer is written in it", _BROKEN: "it cannot be read"}
    return (
        reasons[candidate.level]
        if candidate.level != chosen.level
        else "older"
        if _is_older(candidate, chosen)
        else "untouched, too"
    )


def _has_name(path: str, wanted: Wanted) -> bool:
    return unicodedata.normalize("NFC", _name(path)).casefold() == wanted.notebook.casefold()


def _name(path: str) -> str:
    return path.rsplit("/", 1)[-1]


def _is(paths: list[str]) -> str:
    return "is" if len(paths) == 1 else "are"


def _list(names: Iterable[str]) -> str:
    return listed([shown(name) for name in names], _NAMED)
