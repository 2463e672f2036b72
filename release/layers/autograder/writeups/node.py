"""What every expression that a formula is read into can say of itself."""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any


class computed_once:  # noqa: N801 (used as ``functools.cached_property`` is)
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


def expression(kind: type) -> type:
    """A frozen dataclass that computes its hash once: values are kept by the expressions that have them."""
    kind = dataclass(frozen=True)(kind)
    of_fields = kind.__hash__

    def kept(self) -> int:
        found = self.__dict__.get("_hash")
        if found is None:
            found = self.__dict__["_hash"] = of_fields(self)
        return found

    kind.__hash__ = kept
    return kind


@expression
class Node:
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
        skipped: set[int] = set()
        for part in self.everything:
            skipped |= {id(index) for index in part.bound}
        return frozenset(part.text for part in self.everything if isinstance(part, Name) and id(part) not in skipped)

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
