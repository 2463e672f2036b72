"""What every expression that a formula is read into can say of itself."""

from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields, replace
from functools import cache
from typing import Any
from weakref import WeakValueDictionary


class computed_once:
    """``functools.cached_property`` without its lock, which takes longer than most of what is kept here."""

    def __init__(self, find: Callable[[Any], Any]):
        self._find, self._name, self.__doc__ = find, find.__name__, find.__doc__

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        if instance is None:
            return self
        found = instance.__dict__[self._name] = self._find(instance)
        return found


@cache
def _field_names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


@cache
def _defaults(kind: type) -> dict[str, Any]:
    return {field.name: field.default for field in fields(kind) if field.default is not MISSING}


_made: WeakValueDictionary[tuple, Any] = WeakValueDictionary()


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


expression = dataclass(frozen=True, eq=False)


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
        return frozenset().union(*(part.names for part in self._speaking))

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

    def rebuilt(self, change) -> "Node":
        """The same expression with ``change`` applied to those directly inside; itself where that changes nothing."""
        parts = self.parts
        changed = [change(each) for each in parts]
        if all(new is old for new, old in zip(changed, parts)):
            return self
        waiting = iter(changed)
        new = {}
        for name in _field_names(type(self)):
            value = getattr(self, name)
            if isinstance(value, Node):
                new[name] = next(waiting)
            elif isinstance(value, tuple):
                new[name] = tuple(next(waiting) if isinstance(each, Node) else each for each in value)
        return replace(self, **new)


@expression
class Name(Node):
    """A name: a letter with what decorates it, such as ``\\hat x`` or ``W_1``."""

    text: str

    @computed_once
    def names(self) -> frozenset[str]:
        """Itself."""
        return frozenset((self.text,))
