r"""Letters that words call the gradient which comes to the layer: "incoming gradient $r$", "$h$ is the gradient of the loss by $z$".

They are other names for the exercise's letter. A gradient by something else, of which words say the same, is a definition.
"""

from collections.abc import Iterable, Iterator

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.statements_of_text import is_said, tokens_of, written_in
from matrix_checks.derivations.equality.fitted_numbers import LOSS, upstream_names
from matrix_checks.derivations.equality.interpretations import IDENTITIES
from matrix_checks.derivations.equality.rewriting import loss_of
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.as_tex import tex
from matrix_checks.derivations.letters.letters_said import NO_LETTERS
from matrix_checks.derivations.letters.own_deltas import DELTA
from matrix_checks.derivations.names.gradient_families import PRIMES
from matrix_checks.derivations.prose import words_of_gradients
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.reading.gradient_prefixes import DIFFERENTIAL, PREFIXES
from matrix_checks.derivations.reading.index_names import LABELS
from matrix_checks.derivations.reading.tex import Token, Word
from matrix_checks.derivations.reading.tokens import without_braces
from matrix_checks.derivations.values.exercise import Definition, View

MEMBER, PARTIAL = "\\in", "\\partial"
# In letters.
LONGEST_INDEX = 3
# In characters, how far from a letter it may be said what it is.
NEAR = 160


def take_upstream_in_words(context: Context, found: list[Piece]) -> None:
    """Take a letter that words call so for the exercise's upstream gradient, where nothing else is said of it, and of no other letter."""
    called = list(_called(context, found))
    is_own_delta = any(name == DELTA for name, _ in called)
    known = context.known | (NO_LETTERS - IDENTITIES - ({DELTA} if is_own_delta else set()))
    for name, variable in called:
        _take_sign(context, name, variable)
    # Another spelling of something else, as w is of W, may be meant for the gradient, and not only once.
    spellings = {name for view in context.views for name in (view.origin or view).aliases} - upstream_spellings(context.views)
    context.memory.gradient_names |= {name for name, _ in called if name in spellings}
    named = {name: variable for name, variable in called if name and name not in known and " " not in name}
    if len(named) != 1:
        # Of several nobody knows which is which.
        return
    (name, variable), *_ = named.items()
    is_of_output = not variable or _is_output(context, variable)
    if is_of_output and is_said(context, name):
        return
    meant = upstream_names(context.views)
    formulas = [list(written_in(tokens_of(context, piece))) for piece in found if piece.kind != "prose"]
    # Whoever writes both in one formula means two things.
    if not meant or any(name in tokens and not meant.isdisjoint(tokens) for tokens in formulas):
        return
    gradient = kinds.Derivative(loss_of(context.views), kinds.Name(variable))
    if is_of_output:
        context.own.add(name)
        context.look_at(_with_name(view, name) for view in context.views)
    elif variable in context.known:
        context.own.add(name)
        context.define(name, Definition(gradient), first=True)
        # Whoever mixes up the two gradients in words may be right in formulas.
        context.memory.guessed.add(name)
    elif (variable in context.later or variable in context.later_entries) and name not in context.later:
        # What it is by will be known where the text comes to it.
        context.later[name] = [context.tokens(tex(gradient).strip("$"))]
        context.memory.said_in_words.add(name)


def _take_sign(context: Context, name: str, by: str) -> None:
    """Take a sign before a letter for one that makes gradients names: words say that ``gY`` is the upstream gradient, or ``\\Delta z`` the one by ``z``."""
    sign, _, letter = name.rpartition(" ")
    if sign == PRIMES.sign and letter and (letter == by or _is_output(context, letter)):
        context.families |= {PRIMES}
        context.read_anew()
    elif sign in (DIFFERENTIAL, PARTIAL, *PREFIXES) and letter and (letter == by or _is_output(context, letter)):
        context.memory.names_gradients = True
        context.notation.gradient_prefixes |= {sign} - {DIFFERENTIAL, PARTIAL}
        context.look_at(context.views)


def upstream_spellings(views: Iterable[View]) -> set[str]:
    """The names of the gradient that comes in, and their other spellings."""
    return {
        name
        for view in views
        for meant in upstream_names([view])
        for name in (meant, *(each for each, other in view.aliases.items() if other == meant))
    }


def _with_name(view: View, name: str) -> View:
    """A view with another name for the gradient that comes in."""
    meant = min(upstream_names([view]), default="")
    return view.with_alias(name, meant) if meant in view.variables else view


def _is_output(context: Context, name: str) -> bool:
    """Whether a name stands for what the loss directly rests on."""
    for view in context.views:
        body = (view.origin or view).definitions[LOSS][0].body if LOSS in (view.origin or view).definitions else None
        if isinstance(body, kinds.Inner) and view.aliases.get(name, name) in body.right.names:
            return True
    return False


def _called(context: Context, found: list[Piece]) -> Iterator[tuple[str, str]]:
    """The letters of which words say so, each with the variable that the words name."""
    for place, piece in enumerate(found):
        if piece.kind == "prose":
            continue
        before = _prose(found, place - 1)[-NEAR:]
        behind = _prose(found, place + 1)[:NEAR]
        is_said_behind = words_of_gradients.IS_UPSTREAM.search(behind) or words_of_gradients.IS_GRADIENT_BY_OUTPUT.search(behind)
        is_said_before = words_of_gradients.UPSTREAM_BEFORE.search(before) or words_of_gradients.GRADIENT_BY_OUTPUT_BEFORE.search(
            before
        )
        if is_said_before or is_said_behind:
            yield _letter(context, piece), ""
        elif words_of_gradients.GRADIENT_BY_BEFORE.search(before) and words_of_gradients.IS_CALLED.search(behind):
            if place + 2 < len(found):
                yield _letter(context, found[place + 2]), _letter(context, piece)
        elif words_of_gradients.IS_GRADIENT_BY.search(behind):
            yield from _by_variable(context, found, place)


def _by_variable(context: Context, found: list[Piece], place: int) -> Iterator[tuple[str, str]]:
    """A letter that words call the gradient by what the next formula is, or the one behind the loss."""
    variable = _letter(context, found[place + 2]) if place + 2 < len(found) else ""
    if not words_of_gradients.ENDS_IN_BY.search(_prose(found, place + 1)):
        if kinds.Name(variable) != loss_of(context.views) or not words_of_gradients.IS_BY.search(_prose(found, place + 3)):
            return
        variable = _letter(context, found[place + 4]) if place + 4 < len(found) else ""
    if variable:
        yield _letter(context, found[place]), variable


def _prose(found: list[Piece], place: int) -> str:
    """The words at a place; none where a formula stands there."""
    return found[place].source if 0 <= place < len(found) and found[place].kind == "prose" else ""


def _letter(context: Context, piece: Piece) -> str:
    """The name that a formula is, which may have an index, and a set that it is of; empty for anything else."""
    tokens: list[Token] = tokens_of(context, piece)
    if MEMBER in tokens:
        tokens = tokens[: tokens.index(MEMBER)]
    if "_" in tokens[1:2]:
        return _labelled(context, tokens) or context.only_name(tokens[:1])
    if tokens[1:] == [PRIMES.sign]:
        return f"{PRIMES.sign} {tokens[0]}"
    sign = DIFFERENTIAL if tokens[:1] == [Word(DIFFERENTIAL)] else tokens[0] if tokens else ""
    if len(tokens) > 1 and sign in (DIFFERENTIAL, PARTIAL, *PREFIXES):
        return f"{sign} {context.only_name(tokens[1:])}"
    return context.only_name(tokens)


def _labelled(context: Context, tokens: list[Token]) -> str:
    """A name with a word or the output below it, as ``g_{up}`` and ``\\lambda_Y``; empty where an index stands there."""
    below = "".join(token.text if isinstance(token, Word) else token for token in without_braces(tokens[2:]))
    is_word = below in LABELS or (len(below) > LONGEST_INDEX and below.isalpha())
    return f"{tokens[0]}_{below}" if is_word or _is_output(context, below) else ""
