"""Check cells run here, in the trusted process, with proxies in the place of the student's functions."""

import ast
import base64
import contextlib
import io
import pickle
import traceback
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from types import CodeType
from typing import Any

from matrix_checks.notebook.check import Points
from matrix_checks.notebook.surroundings import any_may_be_wrong, no_note, surrounded_by, surroundings

MAXIMAL_ANSWERS = 500


def run_check(
    source: str,
    names: dict[str, Any],
    count: int,
    may_be_wrong: Callable[[str], str] = any_may_be_wrong,
    note_on: Callable[[str], str] = no_note,
) -> list[dict[str, Any]]:
    """Run one check cell; returns its outputs as a kernel would give them.

    Parameters
    ----------
    source
        The instructor's text of the cell.
    names
        What the cell finds: proxies of the student's functions. The dictionary is not changed.
    count
        The execution count.
    may_be_wrong
        Whether another function of the notebook may be what makes the checked one fail, so that a right one is tried in its place.
    note_on
        What is known of a function beside its answers.
    """
    outputs: list[dict[str, Any]] = []
    namespace = {"__name__": "__main__", **names}
    writer = _Writer(outputs)
    try:
        silent = contextlib.redirect_stderr(io.StringIO())
        graded = replace(
            surroundings(),
            right_answer=_answers[source],
            may_be_wrong=may_be_wrong,
            note_on=note_on,
            show_png=lambda data, text: outputs.append(_picture(data, text)),
        )
        with contextlib.redirect_stdout(writer), silent, surrounded_by(graded):
            value = _run(source, namespace)
        if value is not None:
            # As a kernel does: the points are a number to nbgrader, and have an empty text for readers.
            shown = {"text/html": ""} if isinstance(value, Points) else {}
            result = {"output_type": "execute_result", "data": {**shown, "text/plain": repr(value)}, "metadata": {}}
            outputs.append({**result, "execution_count": count})
    except Exception as error:
        last = traceback.format_exception_only(error)[-1].strip()
        outputs.append({"output_type": "error", "ename": type(error).__name__, "evalue": str(error), "traceback": [last]})
    return outputs


def try_visible(source: str, names: dict[str, Any]) -> None:
    """Ask the visible cases of a check cell, as a student's own notebook does; what the cell would print is not of interest.

    Parameters
    ----------
    source
        The cell without its hidden tests.
    names
        As for :func:`run_check`; proxies note what they are answered.
    """
    silent = io.StringIO()
    with contextlib.redirect_stdout(silent), contextlib.redirect_stderr(silent), contextlib.suppress(Exception):
        # The points, which the last expression gives, are found with the hidden cases.
        exec(_compiled(source)[0], {"__name__": "__main__", **names})


def _run(source: str, namespace: dict) -> Any:
    statements, value = _compiled(source)
    exec(statements, namespace)
    return None if value is None else eval(value, namespace)


@cache
def _compiled(source: str) -> tuple[CodeType, CodeType | None]:
    tree = ast.parse(source)
    value = None
    if tree.body and isinstance(last := tree.body[-1], ast.Expr):
        tree.body.pop()
        value = compile(ast.Expression(last.value), "<check>", "eval")
    return compile(tree, "<check>", "exec"), value


class _Writer(io.TextIOBase):
    def __init__(self, outputs: list[dict[str, Any]]):
        self._outputs = outputs

    def write(self, text: str) -> int:
        last = self._outputs[-1] if self._outputs else {}
        if last.get("output_type") == "stream":
            last["text"] += text
        else:
            self._outputs.append({"output_type": "stream", "name": "stdout", "text": text})
        return len(text)


class _Answers:
    """The right answers of one check cell, which are the same for every submission."""

    def __init__(self) -> None:
        self._known: dict[tuple[CodeType, bytes], Any] = {}

    def __call__(self, truth: Callable, arguments: tuple) -> Any:
        if getattr(truth, "__closure__", ()) is not None or truth.__defaults__ or truth.__kwdefaults__:
            # It depends on more than its text and its arguments.
            return truth(*arguments)
        # Only ever compared with others: nothing is unpickled.
        key = (truth.__code__, pickle.dumps(arguments))
        if key not in self._known:
            answer = truth(*arguments)
            if len(self._known) >= MAXIMAL_ANSWERS:
                return answer
            self._known[key] = answer
        return self._known[key]


_answers: defaultdict[str, _Answers] = defaultdict(_Answers)


def _picture(data: bytes, text: str) -> dict[str, Any]:
    bundle = {"image/png": base64.b64encode(data).decode() + "\n", "text/plain": "<IPython.core.display.Image object>"}
    return {"output_type": "display_data", "data": bundle, "metadata": {"image/png": {"alt": text}}}
