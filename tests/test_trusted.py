"""The trusted process runs a check cell for many submissions, and remembers what is the same for all."""

import numpy as np

from autograder.isolation.trusted import run_check
from matrix_checks.checks.calling import call
from matrix_checks.checks.functions import Given, Outcome, RemoteFunction

CELL = """
import numpy as np
from matrix_checks.notebook import Check

check = Check("double", general=1)
{helper}
check.hidden("numbers", np.arange(3.0), truth={truth})
check.points()
"""


class Remote(RemoteFunction):
    """Stands for a student's function, without another process."""

    def __init__(self, function):
        self._function = function

    def call(self, arguments: tuple, time_limit: float, given: Given, visible: int) -> Outcome:
        """As in the student's process."""
        return call(self._function, arguments, time_limit)


def points(source: str, function) -> str:
    outputs = run_check(source, {"double": Remote(function)}, 1)
    return outputs[-1]["data"]["text/plain"]


def test_a_right_answer_is_computed_once_for_a_class():
    asked = []
    np.asked = asked
    try:
        source = CELL.format(helper="def answer(x):\n    np.asked.append(1)\n    return 2 * x", truth="answer")
        assert [points(source, lambda x: 2 * x), points(source, lambda x: x), points(source, lambda x: x + x)] == [
            "1.0",
            "0.0",
            "1.0",
        ]
    finally:
        del np.asked
    assert len(asked) == 1


def test_the_same_text_in_another_check_is_another_answer():
    for factor in (2, 3):
        source = CELL.format(helper=f"factor = {factor}\ndef answer(x):\n    return factor * x", truth="answer")
        assert points(source, lambda x, factor=factor: factor * x) == "1.0"


def test_an_answer_that_depends_on_more_than_its_arguments_is_not_remembered():
    helper = "state = getattr(np, 'state', 2)\n"
    source = CELL.format(helper=helper, truth="lambda x, factor=state: factor * x")
    try:
        for np.state in (2, 3):
            assert points(source, lambda x: np.state * x) == "1.0"
    finally:
        del np.state
