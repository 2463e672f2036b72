r"""Remarks directly behind a formula that say of what it is true: "on the unit sphere", "(ignoring $\epsilon$)", "up to a factor"; another language is added."""

import re

# With further words behind them.
_BEGINS = (
    r"(?:if|when(?:ever)?|unless|only|provided|as long as|assuming|in case|wenn|falls|nur|sofern|si|sauf|seulement|salvo|sólo|solo|excepto|se|a meno|tranne|exceto|só|"
    r"jeśli|tylko|gdy|если|только|кроме|якщо|лише)\b"
)
_CONDITIONS = (
    r"(?:except|up to|apart from|ignoring|neglecting|omitting|dropping|without|modulo|(?:on|off|at) the|in the (?:\w+ )?(?:sense|case)|with (?:the|a|an extra|another) (?:\w+ )?factor|"
    r"for (?:an? |the |one |each )?(?:scalars?|single|symmetric|diagonal|identity|square|one|1|cross[- ]entropy|ortho\w+|cent(?:ere|re)d|zero[- ]mean|standardi[sz]ed|whitened|invertible|unit|batch(?:es)? of)|"
    r"bis auf|ohne|außer|im (?:\w+ )?(?:sinne?|fall)|auf der|für (?:einen? )?(?:skalar\w*|symmetrisch\w*|einzeln\w*)|"
    r"sans|à un facteur|au sens|sur la|pour (?:un |une )?(?:scalaire|seul\w*)|sin|en el (?:caso|sentido)|para (?:un )?(?:escalar|solo)|"
    r"senza|nel (?:caso|senso)|sem|no caso|bez|без|с точностью|на единичн\w+|в смысле|в случае)\b"
)
# Words that say the condition; of a formula behind them, others see to it.
_QUALIFIES = re.compile(
    rf"(?i)[ \t,;—–-]*(?:{_CONDITIONS}|{_BEGINS}[^.;$]*?[^\W\d_]{{2,}})|[ \t,]*(?:如果|若|当|仅|只|除了|忽略)[\u4e00-\u9fff]{{2,}}"
)
# In brackets on the same line; a formula may stand in them.
_BRACKETS = re.compile(r"[ \t,]*[(\[]([^()\[\]\n]{2,120})")
_IN_BRACKETS = re.compile(
    rf"(?i)\s*(?:{_CONDITIONS}|{_BEGINS})|\b(?:unbiased|biased|different|distinct|off-?diagonal|diagonal|eval\w*|inference|testing|norm squared|squared norm|linear (?:map|operator)|operator|layout|convention|"
    r"columns?|rows?|row[- ]vectors?|transposed|normali[sz]ed|constants?|fixed|independent|approximately|roughly|first order|per \w+|each|elementwise|entrywise|unverzerrt|verschieden\w*|"
    r"konstant\w*|spalten\w*|zeilen\w*|différents?|constantes?|colonnes?|lignes?|distint\w+|filas?|columnas?|divers\w+|righe|разны\w+|постоянн\w+|строк\w*|столб\w*)\b"
)
_IF = re.compile(r"(?i)[ \t,]*(?:if|when(?:ever)?|as long as|provided(?: that)?|wenn|falls|si|se|если|якщо|jeśli)\s*")


def says_of_what(prose: str) -> bool:
    """Whether the words directly behind a formula say of what it is true, so that it need not be true of everything."""
    if _QUALIFIES.match(prose):
        return True
    remark = _BRACKETS.match(prose)
    return remark is not None and _IN_BRACKETS.search(remark[1]) is not None


def begins_condition(prose: str) -> bool:
    """Whether all that stands between a formula and the next one is an "if"."""
    return _IF.fullmatch(prose) is not None
