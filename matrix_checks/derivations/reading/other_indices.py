"""Words that mean all other values of an index, as "otherwise" does: "for other q", "for all other $k$", "for the others"; another language is added."""

import re
from collections.abc import Sequence

_FOR = r"(?:for|with|in|at|für|bei|in|pour|dans|para|en|per|nei|dla|для|при|во)"
_ALL = r"(?:(?:all|any|every|each|the|of|alle[rn]?|die|den|allen|tou[st]e?s?|les|todos|todas|los|las|tutt[ie]|gli|le|os|as|wszystkich|всех|всіх)\s+)*"
_OTHER = r"(?:others?|remaining|rest|anderen?|übrigen?|restlichen?|autres|otr[oa]s|demás|altr[ie]|outr[oa]s|demais|innych|pozostałych|остальных|других|інших|решти)"
_NOUN = (
    r"(?:ind(?:ex|ices|exes|izes|izi|ici|eksów)|índices|values?|columns?|rows?|entries|entry|elements?|components?|cases?|combinations?|pairs?|spalten|zeilen|"
    r"einträgen?|fällen?|werten?|colonnes|lignes|cas|valeurs|éléments|columnas|filas|casos|valores|casi|valori|righe|colonne|"
    r"индекс\w*|строк|столбцов|элементов|случа\w+|значени\w+|індекс\w*|випадк\w+|przypadk\w+)"
)
_PHRASE = rf"{_FOR}\s+{_ALL}{_OTHER}(?:\s+{_ALL}{_NOUN})?"
_ENTRIES_ARE_ZERO = r"(?:all\s+)?(?:the\s+)?other\s+(?:entries|elements|components|derivatives|partials?(?:\s+derivatives)?)\s+(?:are|is|vanish)(?:\s+(?:zero|0))?"
_LEADS = (
    r"[\s,:]*(?:(?:we|one|you)\s+(?:have|get|obtain|find)|it\s+is|this\s+is|is|gives|gilt|ist|(?:erhält|bekommt)\s+man|on\s+(?:a|obtient)|получ\w+|"
    r"имеем|будет|tenemos|se\s+obtiene|abbiamo|si\s+ottiene|temos)?[\s,:]*"
)
_BEHIND = re.compile(rf"(?i)[\s(]*,?\s*(?:{_PHRASE})(?:\s+[a-z])?\s*(?=[.,;:)。]|$|\n)")
_BEFORE = re.compile(rf"(?i)(?:^|[\s,;:(.])(?:{_PHRASE}(?:\s+[a-z])?|{_ENTRIES_ARE_ZERO}){_LEADS}$")
_OPEN = re.compile(rf"(?i)(?:^|[\s,;:(.]){_PHRASE}\s*$")
_OPEN_BEHIND = re.compile(rf"(?i)[\s,(]*{_PHRASE}\s*$")
_TEXT_AT_END = re.compile(rf"(?i)\\(?:text|mbox|textrm|quad\s*\\text)\s*\{{\s*,?\s*{_PHRASE}(?:\s+\$?[a-z]\$?)?\s*\}}[\s.,;]*$")
_ONLY_LEADS = re.compile(rf"(?i){_LEADS}$")
_SETS_APART = re.compile(r"(?i)\s*(?:[,;.:]|(?:and|und|et|y|e|i|и|та)\b)")
_INDEX = re.compile(r"\s*[a-z](?:\s*,\s*[a-z])?\s*")
# How far the words beside a formula are looked at.
NEAR = 80


def others_before(sources: Sequence[str], are_formulas: Sequence[bool], place: int) -> bool:
    """Whether the words before a formula say that it is meant for the other values of an index.

    Parameters
    ----------
    sources, are_formulas
        The formulas and the prose of a text, and which of them are formulas; two empty ones stand behind the last.
    place
        Where the formula is.
    """
    prose = "" if place < 1 or are_formulas[place - 1] else sources[place - 1]
    if _BEFORE.search(prose[-NEAR:]):
        return True
    if (
        place < 3
        or not _is_index(sources, are_formulas, place - 2)
        or not _ONLY_LEADS.match(prose[: NEAR + 1])
        or not prose.strip()
    ):
        return False
    return _OPEN.search(sources[place - 3][-NEAR:]) is not None and not others_behind(sources, are_formulas, place - 4)


def others_behind(sources: Sequence[str], are_formulas: Sequence[bool], place: int) -> bool:
    """The same of the words behind a formula."""
    if place >= 0 and are_formulas[place] and _TEXT_AT_END.search(sources[place][-NEAR:]):
        return True
    if place < 0 or not are_formulas[place] or place + 1 >= len(sources) or are_formulas[place + 1]:
        return False
    prose = sources[place + 1]
    if len(prose) <= NEAR and _OPEN_BEHIND.fullmatch(prose) and _is_index(sources, are_formulas, place + 2):
        following = sources[place + 3] if place + 3 < len(sources) else ""
        goes_on = place + 4 < len(sources) and are_formulas[place + 4] and _ONLY_LEADS.match(following[: NEAR + 1]) is not None
        return not (goes_on and following.strip() and _SETS_APART.match(prose))
    match = _BEHIND.match(prose[:NEAR])
    is_of_next = place + 2 < len(sources) and are_formulas[place + 2] and _BEFORE.search(prose[-NEAR:]) is not None
    return match is not None and not is_of_next


def _is_index(sources: Sequence[str], are_formulas: Sequence[bool], place: int) -> bool:
    return 0 <= place < len(sources) and are_formulas[place] and _INDEX.fullmatch(sources[place]) is not None
