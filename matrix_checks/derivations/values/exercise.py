"""What an exercise declares about its write-up: names, shapes, definitions, the question asked; a new setting is a field of View."""

import functools
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from matrix_checks.derivations.expressions.kinds import Derivative, Name, Node

# The shape of a number.
NUMBER = ("1", "1")


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
    masks
        Variables of the text's own whose entries are zeros and ones.
    elementwise
        Whether columns side by side are multiplied entry by entry, and numbers added to columns.
    loose_bounds
        Whether a sum may end with the letter of another size.
    updates
        What a name becomes, as a moving mean does.
    when
        A pattern that the text has to hold for it, such as "one object"; empty for always.
    origin
        The exercise's own view, where a write-up added to this one.
    instead_of
        The exercise's own view, where this one has the transposes of some of its arrays.
    has_own_scale, has_own_loss
        Whether a number of the exercise has a factor of the text's own; whether the loss behind a layer is the text's own, and not any.
    holds_statistics
        Whether the text's letters for the statistics of a batch stand for those that were kept.
    is_stated
        Whether the text states what comes out as this view has it and others do not: with a scale and a shift.
    """

    variables: dict[str, tuple[str, str]]
    definitions: dict[str, tuple[Definition, ...]] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    positive: tuple[str, ...] = ()
    masks: tuple[str, ...] = ()
    elementwise: bool = False
    loose_bounds: bool = False
    when: str = ""
    updates: dict[str, Node] = field(default_factory=dict)
    origin: "View | None" = field(default=None, repr=False)
    instead_of: "View | None" = field(default=None, repr=False)
    has_own_scale: bool = False
    has_own_loss: bool = False
    holds_statistics: bool = False
    is_stated: bool = False

    @cached_property
    def letters(self) -> tuple[str, ...]:
        """The letters of the sizes."""
        return tuple(dict.fromkeys(letter for shape in self.variables.values() for letter in shape if not letter.isdecimal()))

    @cached_property
    def names(self) -> frozenset[str]:
        """All names that stand for something."""
        return frozenset({*self.variables, *self.definitions, *self.aliases, *self.letters})

    def stating(self, name: str, definition: Definition) -> "View":
        """The same where a name of the exercise stands for what the text states, and not for what it is there."""
        definitions = {**self.definitions, name: (definition,)}
        return replace(self, definitions=definitions, origin=self.origin or self, has_own_loss=True, is_stated=True)

    def behind(self, name: str) -> frozenset[str]:
        """The names in what a name stands for."""
        return _behind(self, self.aliases.get(name, name))

    def meant_by(self, text: str) -> set[str]:
        """What a name may speak of: itself, and for a small letter the matrix with the capital one, whose entries it may be."""
        own = self.aliases.get(text, text)
        if len(own) != 1 or own in self.definitions or self.variables.get(own, ("1", "1")) != ("1", "1"):
            return {own}
        return {own, self.matrix_of(text)}

    def matrix_of(self, text: str) -> str:
        """What the capital letter of a small one stands for, of which that may be entries, rows or columns: the exercise's name for it."""
        upper = text.upper()
        return self.aliases.get(upper, upper)

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

    def takes(self, name: str, definition: Definition) -> bool:
        """Whether one more definition is of use: of what has one, or of a gradient, which is that of any number of layers."""
        is_gradient = isinstance(definition.body, Derivative) and definition.body.names <= self.names
        return name in self.definitions or (is_gradient and name not in self.names)

    def with_definition(self, name: str, definition: Definition, first: bool) -> "View":
        """The same with one more definition."""
        known = self.definitions.get(name, ())
        both = (definition, *known) if first else (*known, definition)
        return replace(self, definitions={**self.definitions, name: both}, origin=self.origin or self)

    def with_each_body(self, change: Callable[[Node], Node]) -> "View":
        """The same with all that it defines changed."""
        definitions = {
            name: tuple(replace(each, body=change(each.body)) for each in found) for name, found in self.definitions.items()
        }
        return replace(self, definitions=definitions, origin=self.origin or self)

    def with_alias(self, name: str, other: str) -> "View":
        """The same where a name is another spelling of one that the exercise has."""
        definitions = {known: value for known, value in self.definitions.items() if known != name}
        return replace(self, aliases={**self.aliases, name: other}, definitions=definitions, origin=self.origin or self)

    def without_alias(self, *names: str) -> "View":
        """The same where names are no other spellings of anything."""
        aliases = {known: other for known, other in self.aliases.items() if known not in names}
        return replace(self, aliases=aliases, origin=self.origin or self)

    def with_letters(self, letters: dict[str, str]) -> "View":
        """The same with other letters for its sizes; itself where that would give two sizes one letter, or a size the name of an array.

        Whoever has the usual letters for other sizes mixes them up in the bounds of sums.
        """
        renamed = {size: letters.get(size, size) for size in self.letters}
        arrays = {*self.variables, *self.definitions}
        if len(set(renamed.values())) < len(renamed) or not arrays.isdisjoint(renamed.values()):
            return self

        return replace(self._with_sizes(renamed), loose_bounds=True, origin=None)

    def with_equal_sizes(self, size: str, other: str) -> "View":
        """The same where one size is another one, too."""
        return replace(self._with_sizes({size: other}), origin=self.origin or self)

    def _with_sizes(self, renamed: dict[str, str]) -> "View":
        def change(node: Node) -> Node:
            return Name(renamed[node.text]) if isinstance(node, Name) and node.text in renamed else node.rebuilt(change)

        return replace(
            self.with_each_body(change),
            variables={
                name: (renamed.get(down, down), renamed.get(across, across)) for name, (down, across) in self.variables.items()
            },
            aliases={name: renamed.get(other, other) for name, other in self.aliases.items() if name not in renamed.values()},
        )

    def with_mask(self, name: str, shape: tuple[str, str]) -> "View":
        """The same with a mask that the student introduced."""
        return replace(self.with_variable(name, shape), masks=(*self.masks, name))

    def with_variable(self, name: str, shape: tuple[str, str]) -> "View":
        """The same with a variable that the student introduced."""
        definitions = {known: value for known, value in self.definitions.items() if known != name}
        return replace(self, variables={**self.variables, name: shape}, definitions=definitions, origin=self.origin or self)


def meanings_of(views: Iterable[View], name: str) -> list[Node]:
    """What a name stands for first, in each view that defines it."""
    return [view.definitions[name][0].body for view in views if name in view.definitions]


def is_of_exercise(views: Iterable[View], name: str) -> bool:
    """Whether the exercise itself defines something by this name, and not only a text, or only by another spelling."""
    return any(name in (view.origin or view).definitions for view in views)


# A view never changes: what is asked of it is found once, for those views that are in use.
@functools.lru_cache(maxsize=1_000)
def _behind(view: View, name: str) -> frozenset[str]:
    found: set[str] = set()
    waiting = [name]
    while waiting:
        for definition in view.definitions.get(waiting.pop(), ()):
            new = {view.aliases.get(each, each) for each in definition.body.names} - found
            found |= new
            waiting += new
    return frozenset(found)


@functools.lru_cache(maxsize=1_000)
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
class Question:
    """What is asked for.

    Attributes
    ----------
    name
        For people.
    asked
        As TeX: ``\\frac{dy}{dx}``.
    views
        The numbers of the views in which the answer has to hold; none for any of them.
    instead
        Questions, an answer to which answers this one, too, where it is given no answer of its own; the first one that is answered counts.
    """

    name: str
    asked: str
    views: tuple[int, ...] = ()
    instead: "tuple[Question, ...]" = ()


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
        What is asked for.
    ways
        The ways of the derivation that are asked for; see :mod:`matrix_checks.derivations.judging.ways`.
    macros
        What commands stand for in its write-ups, by name without the backslash; a text may define them anew.
    """

    title: str
    views: tuple[View, ...]
    words: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    ways: tuple[str, ...] = ()
    macros: tuple[tuple[str, str], ...] = ()
