"""Marks do not depend on what else the machine does."""

import multiprocessing
import os
import shutil
import time

import numpy as np

from autograder.grading.classes import choose_class
from autograder.grading.run import grade
from tests.test_grading import ALL, MARKS

SUBMISSIONS = {"perfect": "differentiation", "seed": "layers"}
SECONDS = 600.0


def _work(seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        np.arange(1000.0).sum()


def test_a_class_that_is_graded_beside_a_load_has_the_marks_that_it_deserves(course):
    for student, name in SUBMISSIONS.items():
        shutil.copytree(course / "examples" / "submitted" / student / name, course / "submitted" / student / name)
    context = multiprocessing.get_context("spawn")
    load = [context.Process(target=_work, args=(SECONDS,), daemon=True) for _ in range(3 * (os.cpu_count() or 1))]
    for process in load:
        process.start()
    said: list[str] = []
    try:
        grade(course, choose_class(course), say=said.append)
    finally:
        for process in load:
            process.kill()
    wanted = {
        f"{student}/{name}: {MARKS[student][name]:g} of {ALL[name]:g} points for code" for student, name in SUBMISSIONS.items()
    }
    assert {line.partition("] ")[2] for line in said if line.startswith("[")} == wanted
