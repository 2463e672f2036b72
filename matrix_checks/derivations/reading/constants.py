"""``+ const`` in a side, or ``const -`` at its head: a term of which nothing is said but that it does not depend on the variable."""

import re
from collections.abc import Sequence

from matrix_checks.derivations.reading.spelling import RELATIONS
from matrix_checks.derivations.reading.tokens import Token, Word

CONSTANT = "\\constant"
_WORD = r"const(?:ant)?s?|constantes?|konst(?:ante)?n?|costant[ei]|cost(?=\.)|cte|cst|stała|sabit|константа|константи|конст|常数|定数|c\.\s?t\."
_TERMS = (
    r"\(?\s*(?:the\s+)?terms?\s+(?:without|independent|not|constant|free|(?:that|which)\s+do(?:es)?\s+not)\b"
    r"|\(?\s*(?:terme|glieder|summanden)\s+(?:ohne|unabhängig|die\s+nicht)\b|\(?\s*(?:les\s+)?termes?\s+(?:sans|indépendants?|constants?)\b"
    r"|\(?\s*(?:los\s+)?términos?\s+(?:sin|independientes?|constantes?)\b|\(?\s*(?:i\s+)?termin[ie]\s+(?:senza|indipendent[ei]|costant[ei])\b"
    r"|\(?\s*(?:os\s+)?termos?\s+(?:sem|independentes?|constantes?)\b|\(?\s*члены?\s+без\b|\(?\s*(?:termen|wyrazy)\s+(?:zonder|bez)\b"
)
# In a command for words, more may be said of it: "const. in", with a letter behind that.
_PHRASE = re.compile(rf"\s*(?:(?:{_WORD})(?=$|\.|\s|,)|{_TERMS}).*", re.IGNORECASE | re.DOTALL)
_LETTER_FOLLOWS = re.compile(
    r".*\s(?:in|of|on|to|wrt|w\.\s?r\.\s?t\.|nach|von|en|de|по|от|без|without|ohne|sans|sin|senza|sem|zonder|bez)\s*",
    re.DOTALL,
)
_TYPED = re.compile(rf"(?:{_WORD})", re.IGNORECASE)
# In letters; and of what a phrase ends in.
LONGEST, LONGEST_END = 9, 40
_ENDS = frozenset(("\\\\", "&", "\\quad", ",", ";", ".", ")", "]", "}", "\\end", *RELATIONS, "\\Rightarrow", "\\to", "\\iff"))
_SIGNS = ("+", "-")
# What stands before a side; its head is a term where a sign stands behind it.
_BEFORE_SIDES = frozenset(("&", "\\quad", "(", "[", "\\{", "{", "\\Rightarrow", *RELATIONS))
_BETWEEN = ("&", "\\quad", "\\\\")


def with_constants(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with a token of its own for each such term behind a sign, or before one at the head of a side."""
    found: list[Token] = []
    place = 0
    while place < len(tokens):
        behind = _behind_constant(tokens, place) if not found or found[-1] in _SIGNS or found[-1] in _BEFORE_SIDES else place
        if found[-1:] not in (["+"], ["-"]) and not _is_summed(tokens, behind):
            behind = place
        found.append(CONSTANT if behind > place else tokens[place])
        place = max(behind, place + 1)
    return found


def _is_summed(tokens: Sequence[Token], place: int) -> bool:
    """Whether something is added, or taken away, at a place."""
    while place < len(tokens) and tokens[place] in _BETWEEN:
        place += 1
    return place < len(tokens) and tokens[place] in _SIGNS


def _behind_constant(tokens: Sequence[Token], place: int) -> int:
    """The place behind the constant that begins at a place; the place itself where none does."""
    token = tokens[place]
    if isinstance(token, Word):
        phrase = token.phrase or token.text
        return place + 1 + (_LETTER_FOLLOWS.fullmatch(phrase[-LONGEST_END:]) is not None) if _PHRASE.fullmatch(phrase) else place
    typed = ""
    for end in range(place, min(place + LONGEST, len(tokens))):
        letter = tokens[end]
        if isinstance(letter, Word) or not (letter.isalpha() and len(letter) == 1 or letter == "."):
            break
        typed += letter
        following = tokens[end + 1] if end + 1 < len(tokens) else "\\\\"
        if _TYPED.fullmatch(typed) and (isinstance(following, Word) or following in _ENDS or following in _SIGNS):
            return end + 1
    return place
