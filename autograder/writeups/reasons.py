"""Why an equality is false: what would make it true is tried, and named only where it does."""

from collections.abc import Iterator

from autograder.writeups import syntax
from autograder.writeups.draw import Work
from autograder.writeups.jets import CannotEvaluate, ShapeError, transpose
from autograder.writeups.show import tex
from autograder.writeups.tokens import NotUnderstood

MAXIMAL_REPAIRS = 80
WORK_PER_REPAIR = 1_500


def reason(setting, left: syntax.Node, right: syntax.Node, attempt, shape_errors: list[ShapeError]) -> str:
    """A sentence that says what is wrong with ``left = right``."""
    twice = _index_used_twice(right) or _index_used_twice(left)
    words = ""
    if attempt is not None:
        words = _of_values(setting, attempt)
    elif shape_errors:
        words = str(shape_errors[0])
    repair = _repair(setting, left, right)
    if words and words.startswith("off by"):
        return words
    if repair:
        return f"{words}; {repair}" if words and not words.startswith("the two sides differ") else repair
    if twice:
        return f"the index {twice} is used by two sums, one inside the other"
    if _only_if_square(setting, left, right):
        letters = " = ".join(setting.views[0].letters)
        return f"{words or 'the two sides differ'}; it would be true for {letters} only"
    return words or "the two sides differ"


def _of_values(setting, attempt) -> str:
    from autograder.writeups.relation import ratio

    one, other = attempt.left[0], attempt.right[0]
    if one.shape == other.shape[::-1] != other.shape:
        factor = ratio([transpose(each) for each in attempt.left], attempt.right)
        if factor is not None:
            return f"off by a factor: but for the layout, the right side is {_fraction(factor)} times the left side"
    if one.shape != other.shape:
        return f"the left side is {one.shown()}, the right side is {other.shown()}"
    factor = ratio(attempt.left, attempt.right)
    if factor == -1:
        return "off by the sign"
    if factor is not None and factor != 1:
        return f"off by a factor: the right side is {_fraction(factor)} times the left side"
    return "the two sides differ"


def _fraction(value) -> str:
    return str(value.numerator) if value.denominator == 1 else f"{value.numerator}/{value.denominator}"


def _repair(setting, left: syntax.Node, right: syntax.Node) -> str:
    from autograder.writeups.relation import FALSE, HOLDS, Finding, Setting, judge

    tried = 0
    for side, node in (("right", right), ("left", left)):
        for words, changed in repairs(node):
            tried += 1
            if tried > MAXIMAL_REPAIRS or setting.work.left <= 0:
                return ""
            budget = min(WORK_PER_REPAIR, setting.work.left)
            work = Work(budget)
            inner = Setting(setting.views, setting.steps, setting.condition, setting.sizes, work, setting.memory)
            pair = (left, changed) if side == "right" else (changed, right)
            try:
                finding = _quickly(judge, inner, *pair)
            except (ShapeError, NotUnderstood, CannotEvaluate):
                finding = Finding(FALSE)
            setting.work.left -= budget - max(work.left, 0)
            if finding.verdict == HOLDS:
                return words
    return ""


def _quickly(judge, setting, left, right):
    from autograder.writeups import relation

    verdicts = []
    for view in setting.views:
        try:
            verdicts.append(relation._in_view(setting, view, left, right, False)[0])
        except (NotUnderstood, CannotEvaluate):
            continue
    return relation.Finding(relation.HOLDS if relation.HOLDS in verdicts else relation.FALSE)


def repairs(node: syntax.Node) -> Iterator[tuple[str, syntax.Node]]:
    """Small changes of an expression, each with the sentence that is true if the change makes the equality true."""
    yield from _within(node, lambda part: _transpositions(part))
    yield from _within(node, lambda part: _terms(part))
    yield from _within(node, lambda part: _orders(part))


def _within(node: syntax.Node, changes) -> Iterator[tuple[str, syntax.Node]]:
    yield from changes(node)
    for part in node.parts:
        if isinstance(node, syntax.Indexed) and part in node.indices or isinstance(node, syntax.Function) and node.name in ("max", "delta"):
            continue
        for words, changed in _within(part, changes):
            yield words, node.rebuilt(lambda each, part=part, changed=changed: changed if each is part else each)


def _transpositions(node: syntax.Node) -> Iterator[tuple[str, syntax.Node]]:
    if isinstance(node, syntax.Product):
        for place, factor in enumerate(node.factors):
            if isinstance(factor, (syntax.Number, syntax.Sum, syntax.Quotient)):
                continue
            other = factor.body if isinstance(factor, syntax.Transposed) else syntax.Transposed(factor)
            factors = (*node.factors[:place], other, *node.factors[place + 1 :])
            says = f"it would be true with {tex(other)} in the place of {tex(factor)}"
            yield says, syntax.Product(factors, node.signs)
    elif isinstance(node, (syntax.Name, syntax.Transposed)):
        other = node.body if isinstance(node, syntax.Transposed) else syntax.Transposed(node)
        yield f"it would be true with {tex(other)} in the place of {tex(node)}", other


def _terms(node: syntax.Node) -> Iterator[tuple[str, syntax.Node]]:
    if not isinstance(node, syntax.Add):
        return
    for place, term in enumerate(node.terms):
        rest = (*node.terms[:place], *node.terms[place + 1 :])
        opposite = term.body if isinstance(term, syntax.Negative) else syntax.Negative(term)
        plain = tex(term.body if isinstance(term, syntax.Negative) else term)
        yield f"the sign of {plain} is wrong", syntax.Add((*node.terms[:place], opposite, *node.terms[place + 1 :]))
        yield f"the term {plain} is too much", rest[0] if len(rest) == 1 else syntax.Add(rest)
        yield f"the term {plain} is needed twice", syntax.Add((*node.terms, term))


def _orders(node: syntax.Node) -> Iterator[tuple[str, syntax.Node]]:
    if isinstance(node, syntax.Product) and len(node.factors) > 1:
        for place in range(len(node.factors) - 1):
            swapped = list(node.factors)
            swapped[place : place + 2] = swapped[place + 1], swapped[place]
            first, second = (tex(factor) for factor in node.factors[place : place + 2])
            yield f"it would be true with {first} and {second} in the other order", syntax.Product(tuple(swapped), node.signs)
            for one in (place, place + 1):
                turned = list(swapped)
                factor = turned[one]
                turned[one] = factor.body if isinstance(factor, syntax.Transposed) else syntax.Transposed(factor)
                says = f"it would be true with {' '.join(map(tex, turned[place : place + 2]))} in the place of {first} {second}"
                yield says, syntax.Product(tuple(turned), node.signs)
    if isinstance(node, syntax.Function) and node.name == "tr":
        yield "a trace is missing or too much", node.arguments[0]


def _index_used_twice(node: syntax.Node) -> str:
    for part in node.everything:
        if isinstance(part, syntax.Sum):
            for inner in part.body.everything:
                if isinstance(inner, syntax.Sum) and inner.index == part.index:
                    return part.index
    return ""


def _only_if_square(setting, left: syntax.Node, right: syntax.Node) -> bool:
    from autograder.writeups import relation

    view = setting.views[0]
    if len(view.letters) < 2 or not left.names | right.names:
        return False
    equal = relation.Setting(setting.views, setting.steps, setting.condition, dict.fromkeys(view.letters, 3), Work(WORK_PER_REPAIR), setting.memory)
    try:
        return relation._in_view(equal, view, left, right, False)[0] == relation.HOLDS
    except (ShapeError, NotUnderstood, CannotEvaluate):
        return False
