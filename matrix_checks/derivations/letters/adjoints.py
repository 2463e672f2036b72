"""Bars above names as adjoints: where a text says so in words alone, ``\\bar v`` is the gradient of the loss by ``v``."""

import re
from collections.abc import Iterator

from matrix_checks.derivations.context.claims import Claim, upstream_of
from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.statements_of_text import formulas_of
from matrix_checks.derivations.letters.matrix_of_deltas import DELTA, declare_matrix_of_deltas
from matrix_checks.derivations.names.gradient_families import BAR, Family
from matrix_checks.derivations.names.tangents import DOT, TANGENTS, set_equal, uses_tangents
from matrix_checks.derivations.prose.signs_in_words import SIGNS, signs_of_gradients
from matrix_checks.derivations.reading.batch_labels import MEAN
from matrix_checks.derivations.reading.conditions import INDEX_LETTERS
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.reading.precedence import SYMBOLS
from matrix_checks.derivations.reading.tex import RELATIONS, Token, Word
from matrix_checks.derivations.reading.tokens import without_braces

ADJOINTS = Family(BAR)
# So a text says what its bars are.
_SAYS = re.compile(
    r"(?i)\b(?:adjoints?|adjungiert\w*|adjoint[es]*|adjunt[oa]s?|co-?tangents?|kotangente\w*|vjps?|pull\w*[- ]?backs?|"
    r"(?:reverse|backward)[- ](?:mode|sweep|pass|accumulation)|rückwärts\w*|sensitivit\w*)\b|сопряж|обратн\w+ (?:проход|режим)|伴随|反向|"
    r"\b(?:bars?|barred|balken|querstrich\w*|barre)\b[^.\n]{0,60}\b(?:gradient\w*|derivatives?|ableitung\w*|dérivée\w*)\b"
)
# In a text that has no means, this is enough.
_GOES_BACKWARD = re.compile(
    r"(?i)\bbackwards?\b|\bback-?prop\w*|\bupstream\b|\brückwärts\w*|\brétropropag\w*|\bretropropag\w*|\bобратн\w+ ход|反向"
)
# Behind a name with a bar.
_IS_GRADIENT = re.compile(
    r"(?i)\s*(?:is|means|denotes?|stands? for|be|for|ist|bezeichnet|est)\b[^.\n]{0,30}?\b(?:gradient\w*|derivative|ableitung|dérivée)\b"
)
# A letter with an accent; and plain words behind it that write the gradient by the letter.
_ACCENTED = re.compile(r"(?P<accent>\\(?:dot|bar|overline|hat|tilde))\s*\{?\s*(?P<name>[A-Za-z]|\\[a-z]+)\s*\}?")
_IS_PLAIN_GRADIENT = r"(?i)\s*(?:is|means|denotes?|stands? for|for|für|statt|pour|por|per|вместо|для|=|:)\s*[`*(]?\s*[d∂]\s?(?:L|loss|J|E|C)\s?/\s?[d∂]\s?%s(?![^\W\d_])"
LONGEST_NAME = 12
# So a text says that gradients are added up line by line.
_ADDS_UP = re.compile(
    r"(?i)\b(?:accumulat\w*|contribut\w*|add(?:s|ed)? (?:up|to)|increment\w*|partial adjoints?|so far|akkumul\w*|beitr[aä]g\w*|aufaddier\w*|summand\w*)\b|"
    r"вклад|накапл|\+="
)
ANY = "*"
ARROWS = ("\\Leftarrow", "\\coloneqq", "=")
CONSTANTS = INDEX_LETTERS | {"e", "I", "E", "\\ones", "\\delta", "\\mathbf", "m", "n"}
_SAYS_MEAN = re.compile(
    r"(?i)\bbar\w*\b[^.\n]{0,40}\b(?:mean|average)s?\b|\b(?:mean|average)s?\b[^.\n]{0,40}\bbar\w*\b|\boverbar\w*\b"
)


def declare_accents(context: Context, found: list[Piece]) -> None:
    """Learn whether the text writes dots for differentials, bars for gradients and a Delta for a matrix, where no formula says what they are."""
    signs = (*SIGNS, "\\prime", "\\overline", "\\widehat", "\\widetilde", DELTA, "Δ")
    if not any(sign in piece.source for piece in found if piece.kind != "prose" for sign in signs):
        return
    formulas = formulas_of(context, found)
    declare_matrix_of_deltas(context, formulas)
    context.memory.accumulated |= set(_accumulated(found, formulas))
    context.families |= {Family(accent) for accent in (*_accents_said(found), *_signs_said(context, found, formulas))}
    if Family(DOT) not in context.families and uses_tangents(context.views, found, formulas):
        context.families |= {TANGENTS}
    if ADJOINTS not in context.families and uses_adjoints(context, found, formulas):
        context.families |= {ADJOINTS}


def bars_are_means(context: Context, found: list[Piece]) -> bool:
    """Whether a text sets a letter with a bar, or a multiple of one, equal to a mean: what it says of ``\\bar y`` is said of that letter alone."""
    formulas = [list(_without_factor(tokens)) for tokens in formulas_of(context, found) if BAR in tokens]
    return any(_is_mean(letter, other) for letter, other in set_equal(BAR, formulas))


def _without_factor(tokens: list[Token]) -> Iterator[Token]:
    """The tokens without a letter before a bar at the beginning of a side: the ``N`` of ``N\\bar x = \\sum_i x_i``."""
    for before, token, behind in zip(["=", *tokens], tokens, [*tokens[1:], ""]):
        is_factor = behind == BAR and isinstance(token, str) and token.isalpha() and (before in RELATIONS or before in (",", "{"))
        if not is_factor:
            yield token


def uses_adjoints(context: Context, found: list[Piece], formulas: list[list[Token]]) -> bool:
    """Whether a text says that bars are adjoints, and sets one of them equal to something with another one, and none to a mean.

    Parameters
    ----------
    context
        What is known of the exercise.
    found
        The text.
    formulas
        The tokens of its formulas.
    """
    said = list(set_equal(BAR, formulas))
    if not any(BAR in other for _, other in said) or any(_is_mean(letter, other) for letter, other in said):
        return False
    if any(_is_constant(other) and not context.may_be_number(letter) for letter, other in said):
        # Seeds of a loss that is one entry: what follows is true of that one alone.
        return False
    prose = [piece.source for piece in found if piece.kind == "prose"]
    says = any(map(_SAYS.search, prose)) or any(_is_named(one, other) for one, other in zip(found, found[1:]))
    says |= any(_is_upstream(context, letter, other) for letter, other in said)
    says |= MEAN not in context.known and any(map(_GOES_BACKWARD.search, prose))
    return says and not any(map(_SAYS_MEAN.search, prose))


def _is_upstream(context: Context, letter: str, side: list[Token]) -> bool:
    """Whether a side is the gradient that comes in, and the letter an output: ``\\bar y_i = g_i`` says what the bars are."""
    alone = [token for token in without_braces(side) if token != "_" and token not in INDEX_LETTERS]
    return any(
        alone == [upstream] and view.aliases.get(letter, letter) in view.behind("L")
        for view in context.views
        for upstream in upstream_of(view, "L")
    )


def _is_named(name: Piece, words: Piece) -> bool:
    """Whether a formula is a name with a bar, of which the words behind it say that it is a gradient."""
    source = name.source.strip()
    is_name = name.kind != "prose" and source.startswith((BAR, "\\overline")) and len(source) <= LONGEST_NAME
    return is_name and words.kind == "prose" and _IS_GRADIENT.match(words.source) is not None


def _accents_said(found: list[Piece]) -> Iterator[str]:
    r"""The accents of which plain words say that they are gradients: "I write $\dot q$ for dL/dq"."""
    for name, words in zip(found, found[1:]):
        accented = _ACCENTED.fullmatch(name.source.strip()) if name.kind != "prose" and words.kind == "prose" else None
        if accented and re.match(_IS_PLAIN_GRADIENT % re.escape(accented["name"]), words.source):
            yield accented["accent"]


def _signs_said(context: Context, found: list[Piece], formulas: list[list[Token]]) -> Iterator[str]:
    """The signs above letters that words call gradients, and that the text does not use for something else that the exercise has."""
    for sign in signs_of_gradients(found):
        sides = [(letter, side) for letter, side in set_equal(sign, formulas) if f"{sign} {letter}" in context.known]
        if not any(letter in side and sign not in side for letter, side in sides):
            yield sign


def _is_mean(letter: str, side: list[Token]) -> bool:
    """Whether a side is a mean of the letter: it has the letter in it with neither a bar nor a loss beside, and a sum or the word."""
    bare_letter = any(token == letter and before != BAR for before, token in zip(["", *side], side))
    sums = any(token == "\\sum" or (isinstance(token, Word) and token.text in ("mean", "avg")) for token in side)
    return bare_letter and sums and BAR not in side


def _is_constant(side: list[Token]) -> bool:
    """Whether a side is a column of the identity, a delta or a number that is not zero; numbers in brackets are those of an example."""
    if BAR in side:
        return False
    letters = [token for token in side if isinstance(token, Word) or token.isalpha() or token in SYMBOLS or token == "\\ones"]
    if not letters:
        return side not in ([], ["0"]) and "(" not in side and "\\begin" not in side
    return all(str(letter) in CONSTANTS for letter in letters)


def _accumulated(found: list[Piece], formulas: list[list[Token]]) -> Iterator[str]:
    """The letters with a bar to which the text adds something: ``\\bar v += \\bar s``, ``\\bar v \\gets \\bar v + \\bar s``; any, where words say so."""
    for tokens in formulas:
        if BAR not in tokens:
            continue
        bare_tokens = without_braces(tokens)
        for place, token in enumerate(bare_tokens):
            # The \\bar g_x of gradients by what stands below is another one than \\bar g_y.
            name = bare_tokens[place : place + (4 if bare_tokens[place + 2 : place + 3] == ["_"] else 2)]
            behind = bare_tokens[place + 2 : place + 6]
            adds = any(one == "+" and (two == "=" or two in RELATIONS) for one, two in zip(behind, behind[1:]))
            updates = any(sign in ARROWS or sign in RELATIONS for sign in behind[:3]) and _stands_again(
                name, bare_tokens[place + 2 :]
            )
            if token == BAR and (adds or updates):
                yield str(name[1])
    if any(_ADDS_UP.search(piece.source) for piece in found if piece.kind == "prose"):
        yield ANY


def _stands_again(name: list[Token], behind: list[Token]) -> bool:
    """Whether a name stands directly behind the first sign behind it."""
    place = next((place for place, token in enumerate(behind) if token in ARROWS or token in RELATIONS), len(behind))
    return behind[place + 1 : place + 1 + len(name)] == name


def is_added_up(claim: Claim) -> str:
    """A gradient to which the text adds something elsewhere is a part of itself before."""
    accumulated = claim.context.memory.accumulated
    if not accumulated or ADJOINTS not in claim.context.families:
        return ""
    for tokens in claim.tokens:
        bare_tokens = without_braces(tokens)
        for one, letter in zip(bare_tokens, bare_tokens[1:]):
            if one == BAR and (letter in accumulated or ANY in accumulated):
                return f"the text adds up the parts of what \\bar {letter} is"
    return ""
