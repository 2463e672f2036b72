r"""Letters that a text sets equal to a number: what follows ``\gamma = 1``, ``\beta = 0`` is said of these numbers, and not of any.

A step that holds for them holds from there on; one that stands before is not called false for them.
"""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import partial

import numpy as np

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.given_values import is_variable
from matrix_checks.derivations.context.statements_of_text import formulas_of, relations
from matrix_checks.derivations.context.work_for_reasons import work_for_reason
from matrix_checks.derivations.deciding.deciding import decide
from matrix_checks.derivations.equality.held_values import with_held
from matrix_checks.derivations.equality.verdicts import FALSE, HOLDS, NOT_UNDERSTOOD, Finding
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.constants import ZERO
from matrix_checks.derivations.expressions.kinds import Node, bare
from matrix_checks.derivations.letters.properties_with_values import entries_beside, of_one_entry, properties_beside
from matrix_checks.derivations.letters.sizes_said import SIZES
from matrix_checks.derivations.prose import words
from matrix_checks.derivations.reading.formulas import Piece, prose_at
from matrix_checks.derivations.reading.tex import NotUnderstood
from matrix_checks.derivations.values.exercise import NUMBER, View
from matrix_checks.derivations.values.jets import CannotEvaluate, ShapeError
from matrix_checks.derivations.values.memory import GivenValue

# "When all g_i are equal" is a condition as "when g is constant" is one.
_ALL = re.compile(r"(?i)\b(?:all|both|alle|tous les|toutes les|todos los|todas las|tutti i|tutte le|все)\s*$")
WITH_VALUES = "with the numbers that the text gives to its letters"
MAY_BE_MEANT = "it would hold with the numbers that the text gives to its letters"
# In words, as they stand behind a letter.
_NUMBERS = {"0": r"0|zero|null|cero|zéro|nul|ноль|нуль|нулю|零", "1": r"1|one|unity|eins|uno|un|um|jeden|единица|единице|одному|一"}
_IS = r"\s*+(?:=|≡|:=|is|are|equals?|equal to|be|being|to|at|auf|ist|gleich|sei|es|est|vaut|è|равн\w*|—|设为|为|等于)\s*+(?:(?:equal to|set to|gleich)\s*+)?"
_IN_WORDS = re.compile(
    rf"(?i)(?<![^\W\d_])([^\W\d_]+){_IS}(?:(?P<zero>{_NUMBERS['0']})|(?P<one>{_NUMBERS['1']})|(?P<other>-?\d{{1,4}}(?:\.\d{{1,4}})?))(?!\w|[.,]\d)"
)
_GREEK = dict(
    zip("αβγδεηθκλμνρστφω", "alpha beta gamma delta varepsilon eta theta kappa lambda mu nu rho sigma tau varphi omega".split())
)
MOST_VALUES = 12


def take_values(context: Context, found: list[Piece]) -> None:
    """Keep the numbers that the text gives to variables, wherever it does."""
    for place, piece in enumerate(found):
        given = _in_prose(context, piece.source) if piece.kind == "prose" else _in_formula(context, piece)
        for name, value in given:
            if len(context.memory.given) < MOST_VALUES:
                context.memory.given.append(
                    GivenValue(place, _end(found, place), name, partial(np.full_like, fill_value=value), value == 0)
                )
        for name, change in properties_beside(context, found, place) if piece.kind != "prose" else ():
            if len(context.memory.given) < MOST_VALUES:
                context.memory.given.append(GivenValue(place, _end(found, place), name, change, True))
        for name, letter in entries_beside(context, found, place) if piece.kind != "prose" else ():
            end = _end(found, place)
            context.memory.given.append(GivenValue(place, end, name, of_one_entry, True, is_supposed=_is_supposed(found, place)))
            if letter:
                context.memory.given.append(GivenValue(place, end, letter, of_one_entry, False, of=name))


def _in_formula(context: Context, piece: Piece) -> Iterator[tuple[str, Decimal]]:
    for left, right in relations(context, formulas_of(context, [piece])):
        value = _number(right)
        if isinstance(left, kinds.Name) and value is not None and is_variable(context, left.text):
            yield left.text, value


def _number(node: Node) -> Decimal | None:
    inside = bare(node)
    sign = -1 if isinstance(inside, kinds.Negative) else 1
    inside = bare(inside.body) if isinstance(inside, kinds.Negative) else inside
    if not isinstance(inside, kinds.Number):
        return None
    return Decimal(sign * inside.value.numerator) / Decimal(inside.value.denominator)


def _in_prose(context: Context, prose: str) -> Iterator[tuple[str, Decimal]]:
    for said in _IN_WORDS.finditer(prose):
        word = _GREEK.get(said[1], said[1].lower())
        name = f"\\{word}" if word in _GREEK.values() else said[1]
        if is_variable(context, name):
            yield name, Decimal(said["other"] or said["one"] is not None)


def _end(found: list[Piece], place: int) -> int:
    """Up to which piece a value counts: what is said under a condition, to the end of its paragraph; anything, until it is dropped."""
    if not _is_supposed(found, place):
        return next((each for each in range(place + 1, len(found)) if words.IN_GENERAL.search(prose_at(found, each))), len(found))
    return next((each for each in range(place + 1, len(found)) if words.PARAGRAPH_END.search(prose_at(found, each))), len(found))


def _is_supposed(found: list[Piece], place: int) -> bool:
    """Whether the words before a value are those of a condition, or of a special case."""
    before = found[place].source if found[place].kind == "prose" else found[place - 1].source if place else ""
    sentence = _ALL.sub("", words.SENTENCE_END.split(before)[-1])
    return words.HYPOTHESIS.search(sentence) is not None or words.SPECIAL_CASE.search(sentence) is not None


def with_values(context: Context, left: Node, right: Node, finding: Finding) -> Finding:
    """What is found where letters have the numbers that the text gives them."""
    gives = isinstance(left, kinds.Name) and _number(right) is not None and not _is_made(context, left.text)
    if finding.verdict not in (FALSE, NOT_UNDERSTOOD) or not context.memory.given or gives:
        return finding
    here = {each.name: each for each in context.memory.given_here}
    verdict = _verdict(context, left, right, here)
    if verdict == HOLDS:
        return Finding(HOLDS, WITH_VALUES, as_written=False, earns=False)
    if finding.verdict == FALSE and verdict not in ("", FALSE):
        return Finding(NOT_UNDERSTOOD, MAY_BE_MEANT, is_doubted=True)
    anywhere = {each.name: each for each in context.memory.given if each in here.values() or not each.is_supposed}
    if finding.verdict == FALSE and anywhere != here and _verdict(context, left, right, anywhere) not in ("", FALSE):
        return Finding(NOT_UNDERSTOOD, MAY_BE_MEANT, is_doubted=True)
    return finding


def has_entry_said(context: Context, left: Node, right: Node) -> bool:
    """Whether an equality has a letter of which the text says that all entries of an array are equal to it."""
    names = left.names | right.names
    return any(each.of and each.name in names for each in context.memory.given_here)


def _is_made(context: Context, name: str) -> bool:
    """Whether the exercise says what a name is made of: to set it equal to a number claims something, and gives no value."""
    return any(view.aliases.get(name, name) in (view.origin or view).definitions for view in context.views)


def _verdict(context: Context, left: Node, right: Node, values: Mapping[str, GivenValue]) -> str:
    """The best verdict in the views where letters have values; empty where none of them is behind the equality."""
    found = ""
    for view in context.views:
        view = _with_size(view, left, right)
        given = {view.aliases.get(name, name): value for name, value in values.items()}
        reached = {each for name in left.names | right.names for meant in view.meant_by(name) for each in view.reached_from(meant)}
        held = {
            name: (_entry_of(value) if value.of else kinds.Name(name), value.change)
            for name, value in given.items()
            if _fits(view, name, value)
        }
        if reached.isdisjoint(held):
            continue
        # It is a doubt of a few steps, and is taken from what may be done for reasons.
        with work_for_reason(context, context.setting((view,))) as inner:
            setting = with_held(inner, view, held)
            if setting is None and _is_understood(context, view, left, right):
                return NOT_UNDERSTOOD
            if setting is None:
                continue
            try:
                verdict = decide(setting, left, right).verdict
                # Nobody means that zero is zero.
                verdict = FALSE if verdict == HOLDS and decide(setting, left, ZERO).verdict == HOLDS and right != ZERO else verdict
            except (NotUnderstood, CannotEvaluate, ShapeError, ArithmeticError, ValueError):
                verdict = NOT_UNDERSTOOD
        if verdict == HOLDS:
            return HOLDS
        if verdict == NOT_UNDERSTOOD and not _is_understood(context, view, left, right):
            # What is not understood without these numbers is no doubt that they raise.
            continue
        found = verdict if found in ("", FALSE) else found
    return found


def _entry_of(value: GivenValue) -> Node:
    return kinds.Indexed(kinds.Name(value.of), (kinds.Number(Fraction(1)),))


def _with_size(view: View, left: Node, right: Node) -> View:
    """The view with the usual letter that the equality has for the only size, where it stands for nothing else."""
    strange = (left.names | right.names) & SIZES - view.names
    return view.with_alias(next(iter(strange)), view.letters[0]) if len(strange) == len(view.letters) == 1 else view


def _is_understood(context: Context, view: View, left: Node, right: Node) -> bool:
    """Whether an equality has a verdict in a view where letters have no values."""
    try:
        return decide(context.setting((view,)), left, right).verdict != NOT_UNDERSTOOD
    except (NotUnderstood, CannotEvaluate, ShapeError, ArithmeticError, ValueError):
        return False


def _fits(view: View, name: str, value: GivenValue) -> bool:
    """Whether it is a variable that may have this value: an array is no number but zero."""
    if value.of:
        return value.of in view.variables and name not in view.names - view.variables.keys()
    return name in view.variables and (view.variables[name] == NUMBER or value.is_of_arrays)
