"""Signs above letters of which words say that they are gradients: "a dot over a letter is the gradient of the loss by it"."""

import re
from collections.abc import Iterator

from matrix_checks.derivations.prose.words import ABBREVIATIONS, SENTENCE_END
from matrix_checks.derivations.prose.words_of_gradients import LOSS_IN_WORDS
from matrix_checks.derivations.reading.formulas import Piece

# In characters, from a sign to what it means.
REACH = 90
# What stands for a formula between words, and for one with a sign above a letter.
FORMULA, WITH_SIGN = "¤", "§"
_ABOVE = r"(?:above|over|on(?: top)?|atop|über|auf|oben|sur|au[- ]dessus|sobre|encima|arriba|sopra|su|em cima|acima|над|сверху|nad|na|зверху)"
# Words for a point are a sign only above something.
_POINT = rf"(?:points?|puntos?|punt[oi]|pontos?|точк\w*|kropk\w*|крапк\w*)(?= {_ABOVE}\b)"
SIGNS = {
    "\\dot": rf"dot(?:s|ted)?\b(?![- ]?products?)|(?:ein(?:e[nm])?|mit|der|Überpunkt\w*) punkt(?:en?|e)?|punkt(?:en?|e)? (?=über|auf|oben)|{_POINT}",
    "\\bar": r"(?:over)?bars?|barred|overlines?|(?:quer|über)?balken|(?:quer|über)strich\w*|barres?|barras?|черт\w*|чёрт\w*|kresk\w*|риск\w+ (?=зверху|над)",
    "\\hat": r"hat(?:s|ted)?|carets?|dach|dächer\w*|hut|hüte\w*|chapeaux?|sombreros?|gorros?|circunflejos?|cappell[oi]|chapéus?|крышк\w*|шляпк\w*|dasz\w*|кришк\w*",
    "\\tilde": r"tildes?|tilded|tilden|schlangen?(?:linien?)?|тильд\w*|tyld\w*",
    "'": r"primes?|primed|apostroph\w*|штрих\w*|prim[oi]?",
}
_CHINESE = {"\\dot": "点", "\\bar": "横线?|横杠", "\\hat": "帽子?", "\\tilde": "波浪号?"}
_GRADIENT = (
    r"(?:gradient\w*|adjoints?|adjungiert\w*|sensitivit\w*|gradiente?s?|gradienti|градиент\w*|градієнт\w*|adjunt[oa]s?|сопряж\w+)"
)
_DERIVATIVE = r"(?:derivatives?|partials?|ableitung\w*|dérivées?|derivadas?|derivat[ae]|pochodn\w+|производн\w+|похідн\w+|differentiated|abgeleitet\w*|d[eé]riv\w+)"
_OF_LOSS = rf"[^;:{FORMULA}]{{1,25}}?(?:{LOSS_IN_WORDS}|{FORMULA})"
IS_GRADIENT = rf"(?:\b{_GRADIENT}|\b(?:loss|cost)[- ](?:gradient|derivative)s?|\b{_DERIVATIVE}{_OF_LOSS})"
_CARRY = r"\b(?:with|by|carr\w+|wears?|gets?|have|has|bear|under|mit|durch|tragen|trägt|bekomm\w+|erhalten|haben|avec|par|portent|con|por|llevan|portano|com|têm|с|имеют|z|mają|з|мають)\b"
# Beside these words a sign is something else.
OTHER = re.compile(
    r"(?i)(?:,|\b(?:and|und|et|y|e|и))\s*¤|\b(?:means?\b(?= (?:of|over)\b)|(?:a|the|for|of) means?\b|averag\w+|mittel\w*|durchschnitt\w*|moyennes?|medi[ao]s?|средн\w+|średni\w+|середн\w+|tangents?|tangente\w*|jvps?|differential\w*|"
    r"différentielles?|diferencial\w*|differenzial\w*|дифференциал\w*|time|zeit\w*|temps|tiempo|tempo|времен\w+|directional|richtungs\w*|perturb\w+|variation\w*|"
    r"normali[sz]\w+|normé\w*|нормир\w+|нормал\w+|predict\w+|estimat\w+|transpos\w+|not|no|never|nicht|kein\w*|pas|не|nie)\b|平均|时间|切"
)


def signs_of_gradients(found: list[Piece]) -> Iterator[str]:
    """The signs above letters of which words of one sentence say that they are gradients of the loss.

    Parameters
    ----------
    found
        The formulas of the text, and the prose between them.
    """
    text = "".join(map(_in_words, found))
    text = ABBREVIATIONS.sub(lambda match: match[0].replace(".", ""), text)
    for sentence in re.split(rf"{SENTENCE_END.pattern}|;", text):
        for sign, words in SIGNS.items():
            for says in (_sign_first(words), _gradient_first(words)):
                said = re.search(says, sentence)
                if said and not OTHER.search(said[0]):
                    yield sign
        yield from (sign for sign, words in _CHINESE.items() if re.search(rf"(?:{words})[^。；]{{0,30}}梯度", sentence))


def _in_words(piece: Piece) -> str:
    if piece.kind == "prose":
        return piece.source
    return WITH_SIGN if any(sign in piece.source for sign in (*SIGNS, "\\overline", "\\wide", "\\prime")) else FORMULA


def _sign_first(words: str) -> str:
    return rf"(?i)\b(?:{words})(?![^\W\d_])[^\n]{{0,{REACH}}}?{IS_GRADIENT}"


def _gradient_first(words: str) -> str:
    return rf"(?i){IS_GRADIENT}[^\n]{{0,{REACH}}}?{_CARRY}(?: \w+)?(?: \w+)? (?:{words})(?![^\W\d_])"
