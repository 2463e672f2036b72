"""What a student's process answers, made anew from plain data of the expected kinds; anything else in it is left out."""

from typing import Any

from autograder.sandbox.figures import MARK, Pictures, picture_of
from autograder.sandbox.messages import LineBroken
from matrix_checks.checks.calling import MAXIMAL_PRINT
from matrix_checks.checks.functions import Failure, Outcome

MAXIMAL_NAMES = 500
MAXIMAL_WORDS = 2_000
MAXIMAL_WARNINGS = 20
MAXIMAL_OUTPUTS = 1_000
MAXIMAL_LINES = 1_000
# What an empty output takes, roughly.
LEAST_SIZE = 200
SHOWING = ("display_data", "execute_result")
MIME_TYPES = {"text/plain", "image/png", "image/svg+xml", "text/html", "text/latex", "text/markdown", "image/jpeg"}
CUT = "... (the outputs were cut off here: too much output)\n"


def outcome(data: Any, count: int) -> Outcome:
    """The outcome of a call with ``count`` arguments.

    Raises
    ------
    LineBroken
        If it is none.
    """
    if not isinstance(data, dict) or not isinstance(data.get("failure"), (dict, type(None))):
        raise LineBroken("an answer was badly formed")
    failure = data.get("failure")
    if failure is not None:
        words = {name: _words(failure.get(name)) for name in ("kind", "module", "message", "line", "function", "shapes")}
        failure = Failure(**words, unwritten=failure.get("unwritten") is True)
    return Outcome(
        value=data.get("value"),
        failure=failure,
        parameters=tuple(identifiers(data.get("parameters"))),
        changed=_positions(data.get("changed"), count),
        shared=_positions(data.get("shared"), count),
        printed=_words(data.get("printed"))[:MAXIMAL_PRINT],
        warned=[_words(text) for text in _texts(data.get("warned"))[:MAXIMAL_WARNINGS]],
        too_long=data.get("too_long") is True,
    )


def outputs(data: Any, pictures: Pictures, room: int) -> tuple[list[dict[str, Any]], int]:
    """The outputs of a cell as nbformat has them, and how many characters they are, at most ``room`` and a word that they were cut."""
    made: list[dict[str, Any]] = []
    size = 0
    for each in data if isinstance(data, list) else []:
        output = _output(each, pictures) if isinstance(each, dict) else None
        if output is None:
            continue
        here = _size(output)
        if size + here > room or len(made) >= MAXIMAL_OUTPUTS:
            return [*made, {"output_type": "stream", "name": "stdout", "text": CUT}], size
        made.append(output)
        size += here
    return made, size


def identifiers(names: Any) -> list[str]:
    """Those of a list that are names, and none of Python's own machinery."""
    return [name for name in _texts(names) if name.isidentifier() and len(name) <= 60 and not name.startswith("__")][:MAXIMAL_NAMES]


def _output(data: dict, pictures: Pictures) -> dict[str, Any] | None:
    kind = data.get("output_type")
    if kind == "stream":
        return {
            "output_type": kind,
            "name": "stderr" if data.get("name") == "stderr" else "stdout",
            "text": _text(data.get("text")),
        }
    if kind == "error":
        lines = _texts(data.get("traceback"))[:MAXIMAL_LINES]
        said = {"ename": _words(data.get("ename")), "evalue": _text(data.get("evalue")), "traceback": lines}
        return {"output_type": kind, **said}
    if kind not in SHOWING:
        return None
    bundle = data.get("data")
    shown = (
        {name: text for name, text in bundle.items() if name in MIME_TYPES and isinstance(text, str)}
        if isinstance(bundle, dict)
        else {}
    )
    if shown.get("image/png", "").startswith(MARK):
        shown = picture_of(shown["image/png"], pictures)
    # Whoever puts it into the notebook counts the cells.
    counted = {"execution_count": None} if kind == "execute_result" else {}
    return {"output_type": kind, "data": shown, "metadata": {}, **counted}


def _size(output: dict[str, Any]) -> int:
    texts = (
        *output.get("data", {}).values(),
        *output.get("traceback", ()),
        *(output.get(name, "") for name in ("text", "ename", "evalue")),
    )
    return LEAST_SIZE + sum(map(len, texts))


def _positions(values: Any, count: int) -> tuple[int, ...]:
    if not isinstance(values, (list, tuple)):
        return ()
    return tuple(sorted({value for value in values if type(value) is int and 0 <= value < count}))


def _texts(values: Any) -> list[str]:
    return [value for value in values if isinstance(value, str)] if isinstance(values, (list, tuple)) else []


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _words(value: Any) -> str:
    return _text(value)[:MAXIMAL_WORDS]
