"""The commands: ``build``, ``new``, ``import``, ``grade``, ``reports``, ``exam``, ``marks``, ``extend``, ``carry``, ``formgrader``, ``writeup``; ``mutants``."""

import argparse
import contextlib
import gc
import os
import sys
from pathlib import Path
from typing import Any


def main(arguments: list[str] | None = None) -> int:
    """Run a command; returns its exit status: 0 when the run did its work, 2 when it could not."""
    options = _parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        # A name that a terminal cannot show is no reason to stop.
        stream.reconfigure(errors="backslashreplace") if hasattr(stream, "reconfigure") else None
    # Kernels inherit it, and would draw nothing into the notebooks.
    os.environ.pop("MPLBACKEND", None)
    # Grading has a process for each processor: a library that starts threads of its own would only stand in their way.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # Which class is graded is told by submitted/; the variable is for nbgrader's own programs.
    os.environ.pop("COURSE_CLASS", None)
    try:
        options.run(options)
    except KeyboardInterrupt:
        print("Stopped. What was graded so far is kept; run the command again to go on.", file=sys.stderr)
        return 130
    except (ValueError, RuntimeError, OSError) as error:
        print(f"Error: {error}", file=sys.stderr)
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m autograder", description="Build the course and grade a class.")
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="folder of the course (default: this one)")
    commands = parser.add_subparsers(required=True, metavar="command")

    build = commands.add_parser("build", help="make source/, release/ and solutions/ from assignments/")
    build.add_argument("--force", action="store_true", help="run the solved notebooks again even if nothing changed")
    build.set_defaults(run=_build)

    new = commands.add_parser("new", help="begin an assignment: one exercise, complete in every part")
    new.add_argument("assignment", metavar="ID", help="small letters, digits and _: its folder, and the name of the notebook")
    new.set_defaults(run=_new)

    grade = commands.add_parser("grade", help="grade submitted/, or the sample class where there are no submissions")
    grade.add_argument("--student", action="append", metavar="ID", help="grade only this student (may be repeated)")
    grade.add_argument("--students", metavar="IDS", help="grade only these students, with semicolons between their ids")
    grade.add_argument("--again", action="store_true", help="grade unchanged submissions, too")
    grade.add_argument("--scheduler", metavar="ADDRESS", help="grade on a Dask cluster: tls://host:8786 (see docs/cluster.md)")
    grade.set_defaults(run=_grade)

    importing = commands.add_parser("import", help="sort a download of Moodle, Canvas, Google Drive or a folder into submitted/")
    importing.add_argument("source", type=Path, metavar="FROM", help="the zip file or the folder; it is not changed")
    importing.add_argument("--roster", type=Path, metavar="FILE", help="CSV with the columns id, first_name, last_name, email")
    importing.set_defaults(run=_import)

    reports = commands.add_parser("reports", help="write the pages for reviewers and about the class, from what was graded")
    reports.set_defaults(run=_reports)

    exam = commands.add_parser("exam", help="write a sheet with a fresh problem for each student, all equally hard, and the key")
    exam.add_argument("--level", type=int, default=3, help="from 1, linear forms, to 5, inverses and layers (default: 3)")
    exam.add_argument("--focus", default="", help="one kind of trap: transposes, order, factor, layout, mean or chain")
    exam.add_argument("--seed", type=int, help="the same seed draws the same problems (default: another one with every run)")
    exam.add_argument("--count", type=int, default=0, help="so many sheets without names, instead of one for each student")
    exam.set_defaults(run=_exam)

    marks = commands.add_parser("marks", help="record marks and comments of a CSV file in the gradebook, all of them or none")
    marks.add_argument("file", type=Path, metavar="FILE", help="CSV with the columns student, assignment, cell, points, comment")
    marks.set_defaults(run=_marks)

    extend = commands.add_parser("extend", help="give one student more time, in extensions.csv")
    extend.add_argument("--student", required=True, metavar="ID", help="the name of the folder in submitted/")
    extend.add_argument("--until", required=True, metavar="TIME", help="2027-03-05 (the whole day), or 2027-03-05 18:00")
    extend.add_argument("--assignment", metavar="ID", help="only for this assignment")
    extend.set_defaults(run=_extend)

    carry = commands.add_parser("carry", help="carry roster, marks and comments over from another gradebook")
    carry.add_argument("source", metavar="FROM", help="a file such as old.db, or an address as in c.CourseDirectory.db_url")
    carry.set_defaults(run=_carry)

    formgrader = commands.add_parser("formgrader", help="open formgrader, with the class that is graded")
    formgrader.add_argument("options", nargs="*", metavar="OPTION", help="for Jupyter, such as --no-browser or --port=8890")
    formgrader.set_defaults(run=_formgrader)

    writeup = commands.add_parser("writeup", help="read the derivations of a notebook, step by step")
    writeup.add_argument("notebook", type=Path, metavar="FILE.ipynb", help="a student's notebook, anywhere")
    writeup.add_argument("--json", action="store_true", help="print the result for other programs")
    writeup.add_argument("--explain", action="store_true", help="print at each false step why it may be called that")
    writeup.set_defaults(run=_writeup)

    mutants = commands.add_parser("mutants", help="change the solutions by rule and see that the checks notice")
    mutants.set_defaults(run=_mutants)
    return parser


def _build(options: argparse.Namespace) -> None:
    from autograder.course.build import build

    root = options.root.resolve()
    changed = build(root, force=options.force, say=_say)
    for path in changed:
        _say(f"  wrote {path.relative_to(root)}" if path.exists() else f"  removed {path.relative_to(root)}")
    _say("The course is built." if changed else "The course is built; nothing had changed.")


def _new(options: argparse.Namespace) -> None:
    from autograder.course.template import write_template

    root = options.root.resolve()
    for path in write_template(root, options.assignment):
        _say(f"  wrote {path.relative_to(root)}")
    _say("Edit these files, then run make build, which says what does not fit together.")


def _grade(options: argparse.Namespace) -> None:
    from autograder.sandbox.warm import started_ahead

    # The sandbox gets ready on another processor while this one imports what grading needs.
    with contextlib.ExitStack() as stack:
        parent = None if options.scheduler else stack.enter_context(started_ahead())
        # What is imported stays: to look through it for garbage, again and again, takes a fifth of the time until the first mark.
        gc.disable()
        from autograder.grading.classes import choose_class
        from autograder.grading.locks import one_run_at_a_time
        from autograder.grading.run import grade

        gc.freeze()
        gc.enable()
        root = options.root.resolve()
        students = [*(options.student or []), *_several(options.students)] or None
        with one_run_at_a_time(root, _say):
            _build(argparse.Namespace(root=options.root, force=False))
            which = choose_class(root, _say)
            executor = stack.enter_context(_connected(options.scheduler)) if options.scheduler else None
            options_of_run = {"students": students, "again": options.again, "parent": parent, "executor": executor}
            grade(root, which, **options_of_run, say=_say, finish=_write_exports)
            # Imported when everything is graded: the first mark does not wait for it.
            from autograder.reports.run import reports_of

            reports_of(root, which, _say)


def _connected(address: str) -> Any:
    """The executor of a cluster, for a ``with``."""
    try:
        from autograder.grading.elsewhere.cluster import connected
    except ModuleNotFoundError as error:
        raise RuntimeError(f"Grading on a cluster needs {error.name}: .venv/bin/pip install '.[cluster]'") from error
    return connected(address, _say)


def _write_exports(*what: Any) -> list[str]:
    from autograder.reports.exports import write_exports

    return write_exports(*what)


def _reports(options: argparse.Namespace) -> None:
    from autograder.grading.classes import choose_class
    from autograder.grading.locks import one_run_at_a_time
    from autograder.reports.run import reports_of

    root = options.root.resolve()
    with one_run_at_a_time(root, _say):
        reports_of(root, choose_class(root, _say), _say)


def _exam(options: argparse.Namespace) -> None:
    import secrets

    from autograder.reports.exam import people_of, write_exam
    from autograder.reports.run import FOLDER

    root = options.root.resolve()
    seed = secrets.randbelow(1_000_000) if options.seed is None else options.seed
    write_exam(root, people_of(root, options.count), options.level, options.focus, seed, root / FOLDER, _say)


def _several(students: str | None) -> list[str]:
    """The ids in ``Ada Lovelace; bea``."""
    return [name for each in (students or "").split(";") if (name := each.strip())]


def _import(options: argparse.Namespace) -> None:
    from autograder.course.course import Course
    from autograder.grading.inbox.importing import import_submissions, read_wanted, roster_of_gradebook
    from autograder.grading.inbox.names import read_roster
    from autograder.grading.roster import keep_roster
    from autograder.grading.submissions import printable

    root = options.root.resolve()
    source = options.source.expanduser()
    if not source.exists():
        raise ValueError(f"{source} is not there: name a zip file or a folder.")
    course = Course(root)
    content = options.roster.expanduser().read_bytes() if options.roster else None
    roster = roster_of_gradebook(course.db_url) if content is None else read_roster(content)
    if content is not None:
        keep_roster(content, root / "submitted")
    wanted = read_wanted(root, course.assignments)
    remarks = import_submissions(source, root / "submitted", course.assignments, wanted, roster, _say)
    if remarks:
        _say("\nTo know:")
        for sentence in map(printable, remarks):
            _say(f"  {sentence}")


def _marks(options: argparse.Namespace) -> None:
    from autograder.reports.marking import record_marks

    for sentence in record_marks(options.root.resolve(), options.file.expanduser(), _say):
        _say(sentence)


def _extend(options: argparse.Namespace) -> None:
    from autograder.course.assignment import read_assignments
    from autograder.grading.extensions import extend

    root = options.root.resolve()
    for sentence in extend(root, read_assignments(root), options.student, options.until, options.assignment):
        _say(sentence)
    _say("The next run of `make grade` counts from there.")


def _carry(options: argparse.Namespace) -> None:
    from autograder.grading.moving import carry_over

    for sentence in carry_over(options.root.resolve(), options.source, _say):
        _say(sentence)


def _formgrader(options: argparse.Namespace) -> None:
    from autograder.grading.classes import open_formgrader

    open_formgrader(options.root.resolve(), options.options)


def _writeup(options: argparse.Namespace) -> None:
    import json

    from autograder.course.assignment import read_assignments
    from matrix_checks.derivations.check_cell import read_reports
    from matrix_checks.derivations.judging.display import LIMITS, as_data, as_text
    from matrix_checks.derivations.values.declared_exercises import FILE, read_exercises

    root = options.root.resolve()
    files = [root / "source" / assignment.identifier / FILE for assignment in read_assignments(root)]
    exercises = {name: exercise for file in files if file.exists() for name, exercise in read_exercises(file).items()}
    reports = read_reports(options.notebook, exercises)
    if options.json:
        _say(json.dumps({name: report and as_data(report) for name, report in reports.items()}, indent=1, ensure_ascii=False))
        return
    for name, report in reports.items():
        _say(f"{exercises[name].title} ({name})\n{as_text(report, options.explain) if report else 'Not written yet.'}\n")
    _say(LIMITS)


def _mutants(options: argparse.Namespace) -> None:
    from autograder.bank.score import report, score_assignment
    from autograder.course.assignment import read_assignments

    scores = []
    for assignment in read_assignments(options.root.resolve()):
        _say(assignment.title)
        scores += score_assignment(assignment, _say)
    _say("\n" + report(scores))
    if any(score.survivors or score.stale for score in scores):
        raise RuntimeError("a changed solution keeps all its points: add a hidden case, or a proof to equivalent.toml.")


def _say(text: str) -> None:
    print(text, flush=True)
