"""A letter of the exercise to which the text gives the meaning of another part of it: ``\\sigma = \\sqrt{v + \\varepsilon}``.

It is no mistake to call the root by the letter of the variance, where the text says so. What it is given has to be a part of the
exercise's own definitions, in which the letter stands; anything else that it is set equal to is false.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.equality.deviation import SQUARE, VARIANCE, with_deviation
from matrix_checks.derivations.equality.equality import holds
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.free_indices import free_indices
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.reading.tex import NotUnderstood, Token
from matrix_checks.derivations.values.exercise import Definition, View


def part_meant(context: Context, name: str, right: Node) -> Node | None:
    """The part of the exercise that a letter is given for a meaning, in the exercise's letters; ``None`` for none."""
    written = tuple(dict.fromkeys((right, with_deviation(right))))
    for view in context.views:
        setting = context.setting((view,))
        for part in _parts_with(view, name):
            # F = AS - X is what is squared, too.
            for meant in (part, kinds.Negative(kinds.Group(part))):
                if any(holds(setting, each, meant) for each in written):
                    return meant
    return None


def _parts_with(view: View, name: str) -> Iterator[Node]:
    """The parts of the exercise's definitions in which a letter stands."""
    for each, definitions in (view.origin or view).definitions.items():
        if each == name or name not in view.definitions or view.definitions.get(each, ())[:1] != definitions[:1]:
            continue
        for part in definitions[0].body.everything:
            if name in part.names and isinstance(part, (kinds.Function, kinds.Add)) and not free_indices(part, view.letters):
                yield part


def take_meaning(context: Context, name: str, part: Node) -> None:
    """Take a letter for a part of the exercise from here on; what the exercise defines stays what it is."""
    context.meanings += 1
    context.memory.deviation = False
    context.look_at([_with_meaning(view, name, part) for view in context.views])


def _with_meaning(view: View, name: str, part: Node) -> View:
    before = view.definitions.get(name, ())
    if not before or before[0].indices or name in part.names and name not in view.definitions:
        return view

    # B = AS keeps what it stands for where the exercise's letter for that, F, is taken for X - B.
    own = [each for each, meant in view.aliases.items() if meant == name and each not in (view.origin or view).aliases]
    kept: Node = kinds.Name(own[0]) if own else kinds.Group(before[0].body)

    def expanded(node: Node) -> Node:
        return kept if node == kinds.Name(name) else node.rebuilt(expanded)

    definitions = {
        each: tuple(Definition(expanded(one.body), one.indices) for one in found)
        if any(name in one.body.names for one in found)
        else found
        for each, found in view.definitions.items()
    }
    aliases = {each: own[0] if each in own else meant for each, meant in view.aliases.items() if each not in own[:1]}
    definitions |= dict.fromkeys(own[:1], before)
    return replace(
        view, definitions={**definitions, name: (Definition(expanded(part)),)}, aliases=aliases, origin=view.origin or view
    )


def takes_other_meaning(context: Context, names: frozenset[str]) -> str:
    """A name of the exercise among these that the text gives another meaning somewhere; empty for none."""
    if called := names & context.memory.called_labels:
        return min(called)
    for name in sorted(names & context.restated.keys()):
        for tokens in context.restated[name]:
            try:
                right = context.parse(tokens)
            except NotUnderstood:
                # What it was given cannot be read: that counts where other definitions rest on it.
                if any(_rest_on(view, name) for view in context.views):
                    return name
                continue
            if part_meant(context, name, right) is not None or _is_of_another_shape(context, name, right):
                return name
    return ""


def _is_of_another_shape(context: Context, name: str, right: Node) -> bool:
    """Whether a name that is only another word for what the exercise defines is set equal to an array of another shape."""
    if not right.names or not any(name in view.aliases for view in context.views):
        return False
    shapes = context.shape_of(kinds.Name(name)), context.shape_of(right)
    return None not in shapes and shapes[0] != shapes[1]


def take_other_words(context: Context) -> None:
    """Take other words for what the exercise defines as names of the text's own, where it gives them the meaning of another part of that.

    Such are ``f = \\operatorname{vec}(F)``, and ``\\hat x = x - \\mu`` of a text that does not call the output so.
    """
    said: list[tuple[str, tuple[str, ...], list[Token]]]
    said = [(name, (), tokens) for name, written in context.restated.items() for tokens in written]
    said += [(name, letters, tokens) for name, (letters, tokens) in context.memory.restated_entries.items()]
    for name, letters, tokens in said:
        is_own = any(name in view.aliases for view in context.views)
        if not is_own or any(name in view.definitions or name in view.variables for view in context.views):
            continue
        with suppress(NotUnderstood):
            right = context.parse(tokens)
            is_long = isinstance(right, kinds.Function) and right.name == "vec" and not letters
            if is_long or _is_other_part(context, name, letters, right):
                context.look_at([view.without_alias(name) for view in context.views])
                if letters:
                    context.later_entries[name] = (letters, tokens)
                    context.memory.entries_said.add(name)
                else:
                    context.later[name] = [tokens]


def _is_other_part(context: Context, name: str, letters: tuple[str, ...], right: Node) -> bool:
    """Whether an array, or its entries, is set equal to a sum in the exercise's definitions, and not to what the name is another word for."""
    indices = tuple(map(kinds.Name, letters))
    for view in context.views:
        bodies = [each[0].body for each in (view.origin or view).definitions.values() if not each[0].indices]
        # In a turned layout the whole is transposed.
        sums = [part for body in bodies for part in body.everything if isinstance(part, kinds.Add) and part != _untransposed(body)]
        for part in sums if name in view.aliases else ():
            if free_indices(part, view.letters):
                continue
            entry = kinds.Indexed(kinds.Group(part), indices) if indices else part
            if holds(context.setting((view,)), right, entry):
                return True
    return False


def _untransposed(node: Node) -> Node:
    inner = kinds.bare(node)
    return _untransposed(inner.body) if isinstance(inner, kinds.Transposed) else inner


def _rest_on(view: View, name: str) -> bool:
    definitions = (view.origin or view).definitions
    return any(name in each[0].body.names for other, each in definitions.items() if other != name)


def note_square(context: Context, right: Node) -> None:
    """See that ``\\sigma^2`` is the variance, where a name is given for something with ``\\sigma^2 + \\varepsilon`` in it."""
    if context.memory.deviation is not None or SQUARE not in right.everything:
        return
    for view in context.views:
        setting = context.setting((view,))
        sums = [with_deviation(each) for each in right.everything if isinstance(each, kinds.Add) and SQUARE in each.terms]
        if any(holds(setting, each, part) for each in sums for part in _parts_with(view, VARIANCE.text)):
            context.memory.deviation = True
            return
