"""What every expression can say of itself: its parts, its names, its kinds; a new kind of expression is added to kinds.py."""

from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields
from functools import cache
from typing import Any, Generic, Self, TypeVar, dataclass_transform, overload
from weakref import WeakValueDictionary

Value = TypeVar("Value")
Kind = TypeVar("Kind")


class computed_once(Generic[Value]):
    """``functools.cached_property`` without its lock, which takes longer than most of what is kept here."""

    def __init__(self, find: Callable[[Any], Value]):
        self._find, self._name, self.__doc__ = find, find.__name__, find.__doc__

    @overload
    def __get__(self, instance: None, owner: type | None = None) -> Self: ...

    @overload
    def __get__(self, instance: object, owner: type | None = None) -> Value: ...

    def __get__(self, instance: object | None, owner: type | None = None) -> Self | Value:
        if instance is None:
            return self
        found = instance.__dict__[self._name] = self._find(instance)
        return found


@cache
def _field_names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


@cache
def _defaults(kind: Any) -> dict[str, Any]:
    return {field.name: field.default for field in fields(kind) if field.default is not MISSING}


_made: WeakValueDictionary[tuple[Any, ...], Any] = WeakValueDictionary()


class Interned(type):
    """The type of classes whose equal instances are one object: values are kept by the expressions that have them.

    Equality is identity, and what an expression says of itself is found once for all places where it stands.
    """

    def __call__(kind, *values: Any, **named: Any) -> Any:
        names = _field_names(kind)
        if len(values) < len(names):
            given = {**_defaults(kind), **dict(zip(names, values)), **named}
            if given.keys() == set(names):
                values, named = tuple(given[name] for name in names), {}
        key = (kind, *values)
        found = None if named else _made.get(key)
        if found is None:
            found = super().__call__(*values, **named)
            _made[key] = found
        return found


@dataclass_transform(eq_default=False, frozen_default=True)
def expression(kind: type[Kind]) -> type[Kind]:
    """The decorator of a kind of expression: a frozen dataclass, equal to itself only (see :class:`Interned`)."""
    return dataclass(frozen=True, eq=False)(kind)


@expression
class Node(metaclass=Interned):
    """An expression."""

    @computed_once
    def parts(self) -> tuple["Node", ...]:
        """The expressions directly inside this one."""
        found: list[Node] = []
        for name in _field_names(type(self)):
            value = getattr(self, name)
            if isinstance(value, Node):
                found.append(value)
            elif isinstance(value, tuple):
                found += [each for each in value if isinstance(each, Node)]
        return tuple(found)

    @computed_once
    def everything(self) -> tuple["Node", ...]:
        """The expression and all inside it."""
        return (self, *(each for part in self.parts for each in part.everything))

    @computed_once
    def kinds(self) -> frozenset[type]:
        """The kinds of expressions that it and all inside it are."""
        return frozenset(kind for part in self.everything for kind in type(part).__mro__)

    @computed_once
    def names(self) -> frozenset[str]:
        """All names inside, those of indices left out."""
        return frozenset[str]().union(*(part.names for part in self._speaking))

    @computed_once
    def texts(self) -> frozenset[str]:
        """Every text inside: names, indices, conditions."""
        found: set[str] = set()
        for part in self.everything:
            waiting = [getattr(part, name) for name in _field_names(type(part))]
            while waiting:
                value = waiting.pop()
                if isinstance(value, str):
                    found.add(value)
                elif isinstance(value, tuple):
                    waiting += value
        return frozenset(found)

    @property
    def bound(self) -> tuple["Node", ...]:
        """The names directly inside that are indices."""
        return ()

    @property
    def _speaking(self) -> tuple["Node", ...]:
        """What is directly inside, without names that are indices."""
        return self.parts

    def with_part(self, place: int, new: "Node") -> "Node":
        """The same expression with another one in a place of :attr:`parts`; equal parts are one object, their places tell them apart."""
        parts = iter((*self.parts[:place], new, *self.parts[place + 1 :]))
        return self.rebuilt(lambda part: next(parts))

    def substituted(self, old: "Node", new: "Node") -> "Node":
        """The same expression with another one wherever ``old`` stands in it."""
        return new if self == old else self.rebuilt(lambda part: part.substituted(old, new))

    def rebuilt(self, change: Callable[["Node"], "Node"]) -> "Node":
        """The same expression with ``change`` applied to those directly inside; itself where that changes nothing."""
        parts = self.parts
        if not parts:
            return self
        changed = tuple(map(change, parts))
        if changed == parts:
            # Equality is identity.
            return self
        waiting = iter(changed)
        new: list[Any] = []
        for name in _field_names(type(self)):
            value = getattr(self, name)
            if isinstance(value, Node):
                value = next(waiting)
            elif isinstance(value, tuple):
                value = tuple(next(waiting) if isinstance(each, Node) else each for each in value)
            new.append(value)
        return type(self)(*new)
