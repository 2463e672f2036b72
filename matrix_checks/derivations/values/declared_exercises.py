"""Exercises as their assignment declares them: what ``writeups.toml`` says becomes an :class:`~.exercise.Exercise`."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from matrix_checks.derivations.reading.grammar import Parser
from matrix_checks.derivations.reading.tex import tokenize
from matrix_checks.derivations.values.exercise import Definition, Exercise, Question, View

FILE = "writeups.json"


def read_exercise(declared: dict[str, Any]) -> Exercise:
    """An exercise from what ``writeups.toml`` says of it.

    Raises
    ------
    ValueError
        If a definition cannot be read.
    """
    words = tuple(declared.get("words", ()))
    views = []
    for one in declared["views"]:
        variables = {name: tuple(shape) for name, shape in one["variables"].items()}
        aliases = dict(one.get("aliases", {}))
        settings = {key: one[key] for key in ("elementwise", "loose_bounds", "when") if key in one}
        view = View(variables, aliases=aliases, positive=tuple(one.get("positive", ())), **settings)
        names = view.names | set(one.get("definitions", {}))
        for name, source in one.get("definitions", {}).items():
            indices = tuple(source["indices"]) if isinstance(source, dict) else ()
            text = source["is"] if isinstance(source, dict) else source
            body = Parser(tokenize(text, words), names).whole()
            view = view.with_definition(name, Definition(body, indices), first=False)
        updates = {name: Parser(tokenize(text, words), names).whole() for name, text in one.get("updates", {}).items()}
        views.append(replace(view, updates=updates, origin=None))
    questions = tuple(_question(each) for each in declared.get("questions", ()))
    return Exercise(
        declared["title"],
        tuple(views),
        words,
        questions,
        tuple(declared.get("ways", ())),
        tuple(declared.get("macros", {}).items()),
    )


def _question(declared: str | dict[str, Any]) -> Question:
    if isinstance(declared, str):
        return Question(declared, declared)
    others = declared.get("instead", [])
    instead = tuple(
        _question({"name": f"{number} instead of {declared['name']}", **other})
        for number, other in enumerate([others] if isinstance(others, dict) else others, start=1)
    )
    return Question(declared["name"], declared["asked"], tuple(declared.get("views", ())), instead)


def read_exercises(file: Path) -> dict[str, Exercise]:
    """All exercises of an assignment, by the ``grade_id`` of their write-up cell."""
    content = json.loads(file.read_text(encoding="utf-8"))
    return {name: read_exercise(declared) for name, declared in content.items()}
