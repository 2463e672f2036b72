"""One process that grades two courses, as a notebook of an instructor may with nbgrader's interface."""

import contextlib

from autograder.grading.isolated import WorkerSandbox


def test_each_course_has_a_sandbox_with_its_own_assignments(tmp_path):
    for course, assignment in (("first", "algebra"), ("second", "calculus")):
        (tmp_path / course / assignment).mkdir(parents=True)
        (tmp_path / course / assignment / "data.txt").write_text(assignment)
    with contextlib.closing(WorkerSandbox()) as sandbox:
        for course, assignment in (("first", "algebra"), ("second", "calculus"), ("first", "algebra")):
            with sandbox.started(tmp_path / course, confined=True).session(assignment) as session:
                ran = session.run("print(open('data.txt').read())", 10)
                assert ran.outputs[0]["text"].strip() == assignment
