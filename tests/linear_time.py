"""Whether work is done in so much processor time that linear work needs a small part of it, and quadratic work many times as much."""

import os
import resource
import traceback
from collections.abc import Callable

from matrix_checks.derivations.values.declared_exercises import read_exercise

EXERCISE = read_exercise({
    "title": "A square",
    "views": [{"variables": {"x": ["N", "1"]}, "definitions": {"y": "x^T x"}}],
    "questions": [r"\frac{dy}{dx}"],
})  # fmt: skip
# In seconds of processor time. Where the work is linear, each of the texts below takes a hundredth to a fifth of it, here and on a quiet machine.
ENOUGH = 8


def is_done(work: Callable[[], object], seconds: int = ENOUGH) -> bool:
    """Whether work ends by itself within the processor time, in a process of its own."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            work()
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    assert not os.WIFEXITED(status) or os.WEXITSTATUS(status) == 0, "the work itself failed"
    return os.WIFEXITED(status)


def filled(fragment: str, length: int) -> str:
    return (fragment * (length // len(fragment) + 1))[:length]


def words(count: int) -> list[str]:
    """As many different words without digits."""
    return ["".join(chr(ord("a") + int(digit)) for digit in f"{number:06}") for number in range(count)]
