"""What an exercise declares about its write-up: names, shapes, definitions, the question asked; a new setting is a field of View."""

import functools
import json
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from matrix_checks.derivations.expressions.kinds import Cases, Function, Indexed, Name, Node, Number, Sum
from matrix_checks.derivations.reading.grammar import Parser
from matrix_checks.derivations.reading.tex import tokenize

FILE = "writeups.json"


@dataclass(frozen=True)
class Definition:
    """What a name stands for.

    Attributes
    ----------
    body
        The expression.
    indices
        Letters, where the expression is an entry: ``f_{ij} = \\sum_r a_{ir} s_{rj}``.
    """

    body: Node
    indices: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class View:
    """One way to look at an exercise, for instance at one row, or at a whole batch. It is equal to itself only.

    Attributes
    ----------
    variables
        Shape by name, in letters: ``("N", "R")``; ``"1"`` for one.
    definitions
        By name; the first is the exercise's own, more may come from the student.
    aliases
        Other names for the same: ``gradOutput`` for ``g``.
    positive
        Variables that are positive, as ``\\varepsilon``.
    elementwise
        Whether columns side by side are multiplied entry by entry, and numbers added to columns.
    loose_bounds
        Whether a sum may end with the letter of another size.
    updates
        What a name becomes, as a moving mean does.
    when
        A pattern that the prose has to hold for it, such as "one object"; empty for always.
    origin
        The exercise's own view, where a write-up added to this one.
    """

    variables: dict[str, tuple[str, str]]
    definitions: dict[str, tuple[Definition, ...]] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    positive: tuple[str, ...] = ()
    elementwise: bool = False
    loose_bounds: bool = False
    when: str = ""
    updates: dict[str, Node] = field(default_factory=dict)
    origin: "View | None" = field(default=None, repr=False)

    @cached_property
    def letters(self) -> tuple[str, ...]:
        """The letters of the sizes."""
        return tuple(dict.fromkeys(letter for shape in self.variables.values() for letter in shape if not letter.isdecimal()))

    @cached_property
    def names(self) -> frozenset[str]:
        """All names that stand for something."""
        return frozenset({*self.variables, *self.definitions, *self.aliases, *self.letters})

    def behind(self, name: str) -> frozenset[str]:
        """The names in what a name stands for."""
        return _behind(self, self.aliases.get(name, name))

    def meant_by(self, text: str) -> set[str]:
        """What a name may speak of: itself, and for a small letter the matrix with the capital one, whose entries it may be."""
        text = self.aliases.get(text, text)
        if len(text) != 1 or self.variables.get(text, ("1", "1")) != ("1", "1"):
            return {text}
        return {text, text.upper()}

    def reached_from(self, name: str) -> frozenset[str]:
        """All names that a name may depend on, itself included."""
        return _reached_from(self, self.aliases.get(name, name))

    def is_original(self, name: str) -> bool:
        """Whether a name stands for what the exercise says, and so does all behind it."""
        origin = self.origin or self
        return all(
            self.definitions.get(each) is origin.definitions.get(each)
            and self.variables.get(each) == origin.variables.get(each)
            and self.aliases.get(each) == origin.aliases.get(each)
            for each in (name, *self.behind(name))
        )

    def with_definition(self, name: str, definition: Definition, first: bool) -> "View":
        """The same with one more definition."""
        known = self.definitions.get(name, ())
        both = (definition, *known) if first else (*known, definition)
        return replace(self, definitions={**self.definitions, name: both}, origin=self.origin or self)

    def with_variable(self, name: str, shape: tuple[str, str]) -> "View":
        """The same with a variable that the student introduced."""
        definitions = {known: value for known, value in self.definitions.items() if known != name}
        return replace(self, variables={**self.variables, name: shape}, definitions=definitions, origin=self.origin or self)


# A view never changes: what is asked of it is found once, for those views that are in use.
@functools.lru_cache(maxsize=10_000)
def _behind(view: View, name: str) -> frozenset[str]:
    found: set[str] = set()
    waiting = [name]
    while waiting:
        for definition in view.definitions.get(waiting.pop(), ()):
            new = {view.aliases.get(each, each) for each in definition.body.names} - found
            found |= new
            waiting += new
    return frozenset(found)


@functools.lru_cache(maxsize=10_000)
def _reached_from(view: View, name: str) -> frozenset[str]:
    seen, waiting = {name}, [name]
    while waiting:
        for definition in view.definitions.get(waiting.pop(), ()):
            for text in definition.body.names:
                for each in view.meant_by(text) - seen:
                    seen.add(each)
                    waiting.append(each)
    return frozenset(seen)


@dataclass(frozen=True)
class Exercise:
    """A write-up's exercise.

    Attributes
    ----------
    title
        For people.
    views
        At least one; a relation holds if it holds in one of them.
    words
        Names of several letters, which may be written without ``\\text``.
    questions
        What is asked for, as TeX: ``\\frac{dy}{dx}``.
    """

    title: str
    views: tuple[View, ...]
    words: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()


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
    return Exercise(declared["title"], tuple(views), words, tuple(declared.get("questions", ())))


def read_exercises(file: Path) -> dict[str, Exercise]:
    """All exercises of an assignment, by the ``grade_id`` of their write-up cell."""
    content = json.loads(file.read_text(encoding="utf-8"))
    return {name: read_exercise(declared) for name, declared in content.items()}


@lru_cache(maxsize=10_000)
def free_indices(node: Node, letters: tuple[str, ...]) -> tuple[str, ...]:
    """The index letters that no sum binds, in the order of the text."""
    found: dict[str, None] = {}

    def look(part: Node, bound: frozenset[str]) -> None:
        if isinstance(part, Sum):
            for inner in (part.lower, part.upper):
                if inner is not None:
                    look(inner, bound)
            if part.other and part.other not in bound:
                found[part.other] = None
            look(part.body, bound | {part.index})
            return
        for condition in part.conditions if isinstance(part, Cases) else ():
            for index in (letter for first, second, _ in condition or () for letter in (first, second)):
                if index not in bound:
                    found[index] = None
        places = (
            part.indices
            if isinstance(part, Indexed)
            else part.arguments
            if isinstance(part, Function) and part.name == "delta"
            else ()
        )
        if isinstance(part, Function) and part.name == "max" and isinstance(part.arguments[-1], Name) and len(part.arguments) == 2:
            look(part.arguments[0], bound | {part.arguments[1].text})
            return
        if isinstance(part, Indexed) and len(part.indices) == 1 and part.body in (Name("I"), Name("E"), Name("\\ones")):
            places = ()
        for index in places:
            if isinstance(index, Name) and index.text not in bound and index.text not in letters:
                found[index.text] = None
        if isinstance(part, Indexed):
            look(part.body, bound)
        elif not (isinstance(part, Function) and part.name == "delta"):
            for inner in part.parts:
                look(inner, bound)

    look(node, frozenset())
    return tuple(found)


__all__ = ["Definition", "Exercise", "Number", "View", "free_indices", "read_exercise", "read_exercises"]
