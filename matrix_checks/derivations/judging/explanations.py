"""Why an equality is false: what would make it true is tried, and named only where it does."""

from collections.abc import Iterator
from dataclasses import replace

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.as_tex import tex
from matrix_checks.derivations.judging.verdicts import HOLDS, ratio
from matrix_checks.derivations.reading.tex import NotUnderstood
from matrix_checks.derivations.values.exercise import free_indices
from matrix_checks.derivations.values.jets import CannotEvaluate, ShapeError, transpose
from matrix_checks.derivations.values.sample import Work

MAXIMAL_REPAIRS = 80
# A small change is hardly right under a reading alone that few would think of; but I may have any of the sizes.
MAXIMAL_PAIRS = 6
OF_ANY_SIZE = {"I", "E", "\\ones"}
QUICK_ENTRIES = 3
WORK_PER_REPAIR = 1_500


def reason(setting, left: kinds.Node, right: kinds.Node, attempt, shape_errors: list[ShapeError]) -> str:
    """A sentence that says what is wrong with ``left = right``."""
    twice = _index_used_twice(left, right)
    words = ""
    if attempt is not None:
        words = _of_values(setting, attempt)
    elif shape_errors:
        words = str(shape_errors[0])
    if words.startswith(("off by", "the sum over")):
        return words
    if twice:
        return twice
    repair = _repair(setting, left, right)
    if repair:
        return f"{words}; {repair}" if words and not words.startswith("the two sides differ") else repair
    if _only_if_square(setting, left, right):
        letters = " = ".join(setting.views[0].letters)
        return f"{words or 'the two sides differ'}; it would be true for {letters} only"
    return words or "the two sides differ"


def _of_values(setting, attempt) -> str:
    one, other = attempt.left[0], attempt.right[0]
    if one.shape == other.shape[::-1] != other.shape:
        factor = _factor(setting, attempt, turned=True)
        if factor not in ("", "1"):
            return f"off by a factor: but for the layout, the right side is {factor} times the left side"
    if one.shape != other.shape:
        return f"the left side is {one.shown()}, the right side is {other.shown()}"
    factor = _factor(setting, attempt, turned=False)
    if factor == "-1":
        return "off by the sign"
    if factor not in ("", "1"):
        return f"off by a factor: the right side is {factor} times the left side"
    return "the two sides differ"


def _factor(setting, attempt, turned: bool) -> str:
    """What the left side has to be multiplied by: a number that stays the same over the draws, or one that changes with a size."""
    from matrix_checks.derivations.judging.equality import evaluated, make_draw

    found = []
    for number in range(2):
        draw = make_draw(setting, attempt.view, number)
        try:
            ours, theirs = evaluated(setting, draw, attempt.sides, attempt.readings)
        except (ShapeError, NotUnderstood, CannotEvaluate):
            return ""
        factor = ratio([transpose(each) for each in ours] if turned else ours, theirs)
        if factor is None:
            return ""
        found.append((factor, draw.sizes))
    (first, sizes), (second, others) = found
    if first == second:
        return _fraction(first)
    for letter in sizes:
        if first / sizes[letter] == second / others[letter]:
            factor = first / sizes[letter]
            return (
                f"{_fraction(factor) if factor != 1 else ''}{letter}"
                if factor.denominator == 1
                else f"{factor.numerator}{letter}/{factor.denominator}"
            )
        if first * sizes[letter] == second * others[letter]:
            factor = first * sizes[letter]
            return (
                f"{factor.numerator}/{letter}" if factor.denominator == 1 else f"{factor.numerator}/({factor.denominator}{letter})"
            )
    return ""


def _fraction(value) -> str:
    return str(value.numerator) if value.denominator == 1 else f"{value.numerator}/{value.denominator}"


def _repair(setting, left: kinds.Node, right: kinds.Node) -> str:
    tried = 0
    most_pairs = MAXIMAL_PAIRS if OF_ANY_SIZE.isdisjoint(left.names | right.names) else None
    letters = tuple(
        dict.fromkeys(
            index.text
            for node in (left, right)
            for part in node.everything
            for index in part.bound
            if isinstance(index, kinds.Name)
        )
    )
    for side, node in (("right", right), ("left", left)):
        for words, changed in repairs(node, letters):
            tried += 1
            if tried > MAXIMAL_REPAIRS or setting.work.left <= 0:
                return ""
            budget = min(WORK_PER_REPAIR, setting.work.left)
            work = Work(budget)
            inner = replace(setting, work=work, total_only=True, most_pairs=most_pairs)
            pair = (left, changed) if side == "right" else (changed, right)
            # Most changes are wrong for the first entries already.
            repaired = _holds(replace(inner, entries=QUICK_ENTRIES), *pair) and _holds(inner, *pair)
            setting.work.left -= budget - max(work.left, 0)
            if repaired:
                return words
    return ""


def _holds(setting, left: kinds.Node, right: kinds.Node) -> bool:
    from matrix_checks.derivations.judging.equality import _in_view

    for view in setting.views:
        try:
            if _in_view(setting, view, left, right, False)[0] == HOLDS:
                return True
        except (ShapeError, NotUnderstood, CannotEvaluate):
            continue
    return False


def repairs(node: kinds.Node, letters: tuple[str, ...] = ()) -> Iterator[tuple[str, kinds.Node]]:
    """Small changes of an expression, each with the sentence that is true if the change makes the equality true.

    Parameters
    ----------
    node
        The expression.
    letters
        The index letters of the equality.
    """
    yield from _within(node, lambda part: _transpositions(part))
    yield from _within(node, lambda part: _terms(part))
    yield from _within(node, lambda part: _sums(part, letters))
    yield from _within(node, lambda part: _orders(part))
    yield from _within(node, lambda part: _indices(part, letters))


def _within(node: kinds.Node, changes) -> Iterator[tuple[str, kinds.Node]]:
    yield from changes(node)
    for place, part in enumerate(node.parts):
        if (
            isinstance(node, kinds.Indexed)
            and part in node.indices
            or isinstance(node, kinds.Function)
            and node.name in ("max", "delta")
        ):
            continue
        if isinstance(node, kinds.Sum) and place < len(node.parts) - 1:
            # A bound.
            continue
        for words, changed in _within(part, changes):
            yield words, node.with_part(place, changed)


def _transpositions(node: kinds.Node) -> Iterator[tuple[str, kinds.Node]]:
    if isinstance(node, kinds.Product):
        for place, factor in enumerate(node.factors):
            if isinstance(factor, (kinds.Number, kinds.Sum, kinds.Quotient)):
                continue
            other = factor.body if isinstance(factor, kinds.Transposed) else kinds.Transposed(factor)
            factors = (*node.factors[:place], other, *node.factors[place + 1 :])
            says = f"it would be true with {tex(other)} in the place of {tex(factor)}"
            yield says, kinds.Product(factors, node.signs)
    elif isinstance(node, (kinds.Name, kinds.Transposed)):
        other = node.body if isinstance(node, kinds.Transposed) else kinds.Transposed(node)
        yield f"it would be true with {tex(other)} in the place of {tex(node)}", other


def _terms(node: kinds.Node) -> Iterator[tuple[str, kinds.Node]]:
    if not isinstance(node, kinds.Add):
        return
    for place, term in enumerate(node.terms):
        rest = (*node.terms[:place], *node.terms[place + 1 :])
        opposite = term.body if isinstance(term, kinds.Negative) else kinds.Negative(term)
        plain = tex(term.body if isinstance(term, kinds.Negative) else term)
        yield f"the sign of {plain} is wrong", kinds.Add((*node.terms[:place], opposite, *node.terms[place + 1 :]))
        yield f"it would be true without the term {plain}", rest[0] if len(rest) == 1 else kinds.Add(rest)
        yield f"it would be true with the term {plain} twice", kinds.Add((*node.terms, term))


def _orders(node: kinds.Node) -> Iterator[tuple[str, kinds.Node]]:
    if isinstance(node, kinds.Product) and len(node.factors) > 1:
        for place in range(len(node.factors) - 1):
            swapped = list(node.factors)
            swapped[place : place + 2] = swapped[place + 1], swapped[place]
            first, second = (tex(factor) for factor in node.factors[place : place + 2])
            yield f"it would be true with {first} and {second} in the other order", kinds.Product(tuple(swapped), node.signs)
            turned = list(node.factors)
            turned[place : place + 2] = [
                factor.body if isinstance(factor, kinds.Transposed) else kinds.Transposed(factor)
                for factor in turned[place : place + 2]
            ]
            says = f"it would be true with {' '.join(map(tex, turned[place : place + 2]))} in the place of {first} {second}"
            yield says, kinds.Product(tuple(turned), node.signs)
            for one in (place, place + 1):
                turned = list(swapped)
                factor = turned[one]
                turned[one] = factor.body if isinstance(factor, kinds.Transposed) else kinds.Transposed(factor)
                says = f"it would be true with {' '.join(map(tex, turned[place : place + 2]))} in the place of {first} {second}"
                yield says, kinds.Product(tuple(turned), node.signs)
    if isinstance(node, kinds.Function) and node.name == "tr":
        yield "a trace is missing or too much", node.arguments[0]


def _sums(node: kinds.Node, letters: tuple[str, ...]) -> Iterator[tuple[str, kinds.Node]]:
    if not isinstance(node, kinds.Sum):
        return
    if node.lower is not None or node.upper is not None or node.other:
        yield f"it would be true with a sum over all {node.index}", kinds.Sum(node.index, None, None, None, node.body)
    for other in letters:
        if other != node.index:
            if not node.other:
                yield (
                    f"it would be true with a sum over {node.index} that leaves out {other}",
                    kinds.Sum(node.index, None, None, other, node.body),
                )
            yield f"it would be true without the sum, and with {other} for {node.index}", _with_index(node.body, node.index, other)


def _with_index(node: kinds.Node, old: str, new: str) -> kinds.Node:
    return kinds.Name(new) if node == kinds.Name(old) else node.rebuilt(lambda part: _with_index(part, old, new))


def _indices(node: kinds.Node, letters: tuple[str, ...]) -> Iterator[tuple[str, kinds.Node]]:
    if not isinstance(node, kinds.Indexed):
        return
    for place, index in enumerate(node.indices):
        for letter in letters if isinstance(index, kinds.Name) else ():
            if letter != index.text:
                changed = kinds.Indexed(node.body, (*node.indices[:place], kinds.Name(letter), *node.indices[place + 1 :]))
                yield f"it would be true with {tex(changed)} in the place of {tex(node)}", changed


def _index_used_twice(left: kinds.Node, right: kinds.Node) -> str:
    """An index that two sums use, one inside the other, or that one side is summed over and the other is not."""
    for part in (*right.everything, *left.everything):
        if isinstance(part, kinds.Sum) and any(
            isinstance(inner, kinds.Sum) and inner.index == part.index for inner in part.body.everything
        ):
            return f"the index {part.index} is used twice: by two sums, one inside the other"
    for one, other in ((left, right), (right, left)):
        summed = {part.index for part in one.everything if isinstance(part, kinds.Sum)}
        for index in free_indices(other, ()):
            if index in summed and index not in free_indices(one, ()):
                return f"the index {index} is used twice: one side is meant for each {index}, and the other is a sum over it"
    return ""


def _only_if_square(setting, left: kinds.Node, right: kinds.Node) -> bool:
    from matrix_checks.derivations.judging import equality as relation

    view = setting.views[0]
    if len(view.letters) < 2 or not left.names | right.names:
        return False
    equal = relation.Setting(
        setting.views, setting.steps, setting.condition, dict.fromkeys(view.letters, 3), Work(WORK_PER_REPAIR), setting.memory
    )
    try:
        return relation._in_view(equal, view, left, right, False)[0] == HOLDS
    except (ShapeError, NotUnderstood, CannotEvaluate):
        return False
