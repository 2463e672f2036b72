r"""Letters with a variable below, of which words say that they are gradients: "$\delta_z$ is the gradient of the loss by $z$", "$G$ with a subscript"."""

import re
from collections.abc import Iterator
from itertools import islice

from matrix_checks.derivations.names.gradient_families import Family, letter_below, lone_letter, without_index
from matrix_checks.derivations.prose.signs_in_words import FORMULA, IS_GRADIENT, OTHER
from matrix_checks.derivations.prose.words import ABBREVIATIONS, SENTENCE_END
from matrix_checks.derivations.prose.words_of_gradients import ENDS_IN_BY
from matrix_checks.derivations.reading.conditions import INDEX_LETTERS
from matrix_checks.derivations.reading.formulas import Piece, prose_at
from matrix_checks.derivations.reading.tex import NotUnderstood, Token, tokenize
from matrix_checks.derivations.reading.tokens import without_braces

_SUBSCRIPT = re.compile(
    r"(?i)\b(?:subscript\w*|(?:letter|variable|node|name|quantity)s? below|(?:lower|tiefgestellt\w*|untere\w*) ind(?:ex|izes)\w*|buchstaben? darunter|"
    r"indices?(?= (?:is|are|for|means|ist|steht|est|désigne))|index(?= (?:is|for|means|ist|steht))|en indice|mit index|subíndices?|pedic[ei])\b|нижн\w+ индекс\w*|下标"
)
_GRADIENT = re.compile(rf"(?i){IS_GRADIENT}")
# Whoever goes backward is given the gradient by the output.
_GIVEN = r"(?:given|gegeben|donnée?|dad[oa]|dat[oa]|dan[yae]|дан[оа]?|known|bekannt)"
_IS_GIVEN = re.compile(rf"(?i)\s*(?:(?:is|are|ist|sei|est|es|è|é|jest)\s+)?(?:{_GIVEN}\b|comes in\b|arrives\b|kommt\b|已知|给定)")
_GIVEN_BEFORE = re.compile(rf"(?i)\b{_GIVEN}[\s:,]*$")
SIGNS_OF_GRADIENTS = ("g", "G", "\\delta")
# In characters, between a name and the letter below it that stands alone.
LONGEST_LINK = 90
# In pieces: the loss may stand between, with words on its sides.
REACH = 4


def families_in_words(found: list[Piece], words: tuple[str, ...]) -> Iterator[Family]:
    """The families of which words of one sentence say what they are.

    Parameters
    ----------
    found
        The formulas of the text, and the prose between them.
    words
        The exercise's names of several letters.
    """
    for place, piece in enumerate(found):
        if piece.kind == "prose":
            continue
        tokens = _tokens(piece, words)
        sign, below = letter_below(tokens)
        behind = list(islice(found, place + 1, place + 1 + REACH))
        before = prose_at(found, place - 1)
        if sign and (_is_by(behind, below, words) or _is_by(found[max(place - REACH, 0) : place][::-1], below, words)):
            yield Family(sign)
        elif _comes_in(tokens, before, behind):
            yield Family(str(tokens[0]))
        elif lone_letter(tokens) and behind and behind[0].kind == "prose" and _is_subscripted(before, behind[0].source):
            yield Family(lone_letter(tokens))


def _comes_in(tokens: list[Token], before: str, behind: list[Piece]) -> bool:
    r"""Whether words say that it is given, and a letter that is no index stands below: "$g_{z_i}$ is given"."""
    sign, below = letter_below(without_index(tokens))
    is_name = sign in SIGNS_OF_GRADIENTS and (below not in INDEX_LETTERS or without_index(tokens) != tokens)
    after = behind[0].source if behind and behind[0].kind == "prose" else ""
    return is_name and (_IS_GIVEN.match(after) is not None or _GIVEN_BEFORE.search(before) is not None)


def _is_by(others: list[Piece], letter: str, words: tuple[str, ...]) -> bool:
    """Whether words on one side of a name, of which these are the next pieces, say that it is a gradient by the letter below it, alone there."""
    said: list[str] = []
    for piece, next_piece in zip(others, [*others[1:], None]):
        if piece.kind == "prose":
            said.append(piece.source)
        elif _tokens(piece, words) == [letter]:
            before = next_piece.source if next_piece is not None and next_piece.kind == "prose" else ""
            # The gradient by $z$ is $g_z$: what is said of it may stand before the letter alone.
            is_said_before = ENDS_IN_BY.search(before) and _says_gradient(SENTENCE_END.split(_plain(before))[-1] + FORMULA)
            in_one_sentence = not SENTENCE_END.search(_plain(FORMULA.join(said)))
            return in_one_sentence and (
                bool(is_said_before) or any(map(_says_gradient, (FORMULA.join(said), FORMULA.join(said[::-1]))))
            )
    return False


def _is_subscripted(before: str, behind: str) -> bool:
    """Whether the words around a letter speak of what stands below it, and of gradients."""
    sentence = SENTENCE_END.split(_plain(before))[-1] + " " + SENTENCE_END.split(_plain(behind))[0]
    return _SUBSCRIPT.search(sentence) is not None and _GRADIENT.search(sentence) is not None and not OTHER.search(sentence)


def _says_gradient(said: str) -> bool:
    plain = _plain(said)
    one_sentence = len(said) <= LONGEST_LINK and not SENTENCE_END.search(plain)
    return one_sentence and _GRADIENT.search(plain) is not None and not OTHER.search(plain)


def _plain(said: str) -> str:
    """The words without the dots of abbreviations, "w.r.t."."""
    return ABBREVIATIONS.sub(lambda match: match[0].replace(".", ""), said)


def _tokens(piece: Piece, words: tuple[str, ...]) -> list[Token]:
    try:
        return without_braces(tokenize(piece.source, words))
    except NotUnderstood:
        return []
