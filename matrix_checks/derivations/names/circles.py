"""Definitions that would go round in a circle."""

from matrix_checks.derivations.values.exercise import Definition, View


def is_circular(views: tuple[View, ...], name: str, definition: Definition) -> bool:
    """Whether a name stands in what it would be defined by, or behind a name there."""
    for view in views:
        waiting, seen = [definition.body], set[str]()
        while waiting:
            for found in waiting.pop().names:
                found = view.aliases.get(found, found)
                if found == name:
                    return True
                if found not in seen:
                    seen.add(found)
                    waiting += [each.body for each in view.definitions.get(found, ())]
    return False
