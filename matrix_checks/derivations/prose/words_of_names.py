"""The words that give an expression a name: "denote $X - AS$ by $R$", "let $R$ be $X - AS$", "$X - AS$, which we call $R$"."""

import re

_WORD = r"[^\W\d_]+"
# In characters: as far before a formula as its naming begins.
NEAR = 120
# Before the first of the two formulas.
_NAMES_BEFORE = re.compile(
    rf"(?i)\b(?:denot(?:e|ing)|call(?:ing)?|nam(?:e|ing)|abbreviat(?:e|ing)|label|rename|nenne\w*|bezeichne\w*|kürze\w*|notons|note|noter|appelons|appelle|"
    rf"llam\w+|denot\w+|abrevi\w+|chiam\w+|indic\w+|abbrevi\w+|chamamos|обознач\w+|назов[её]м|назыв\w+|oznacz\w+|позначимо)(?:\s+{_WORD}){{0,4}}\s*$"
)
# Before a name, where the expression comes last: "denote by $R$ the matrix $X - AS$".
_NAMES_BY_BEFORE = re.compile(
    r"(?i)\b(?:denot\w+|call\w*|write|abbreviat\w+|bezeichne\w*|notons|note|désign\w+|denot\w+|llam\w+|indic\w+|обознач\w+|oznacz\w+|позначимо)"
    r"(?:\s+(?:wir|ich|on|мы|я|we))?\s+(?:by|with|mit|par|por|con|через|как|przez|za pomocą)(?:\s+(?:the letter|dem buchstaben|la lettre|la letra))?\s*$"
)
_THE = re.compile(
    rf"(?i)^\s*(?:the|our|this|den|die|das|dem|la|le|l['’]|el|lo|il|macierz|матриц\w+|вектор|{_WORD})(?:\s+{_WORD}){{0,3}}\s*$"
)
_SETS_BEFORE = re.compile(
    rf"(?i)\b(?:let|set|put|define|choose|take|soit|posons|sei|setze\w*|sea|pongamos|ponemos|sia|seja|пусть|положим|niech|нехай)(?:\s+{_WORD}){{0,3}}\s*$"
)
# Between them.
_BY = re.compile(
    r"(?i)^[\s,]*(?:by|as|simply|just|the|letter|symbol|mit|als|durch|einfach|dem|den|buchstaben?|ab|par|comme|por|como|con|come|per|через|как|буквой|za pomocą|jako)"
    r"(?:\s+(?:by|as|simply|just|the|letter|symbol|einfach|dem|den|buchstaben?|la|lettre|letra|lettera|буквой|букву))*\s*$"
)
# "Call $X - AS$ the residual $R$."
_NAMED = re.compile(
    rf"(?i)^\s*(?:(?:the|den|die|das|le|la|l['’]|el|lo|il|our)\s*{_WORD}(?:\s+{_WORD})?|now|just|simply|jetzt|nun|ora|ahora)?\s*$"
)
_TO_BE = re.compile(
    r"(?i)^\s*(?:to be|to equal|be|equal to|be equal to|to denote|denote|gleich|égal à|igual a|uguale a|равн\w+|będzie)\s*$"
)
_CALLS = (
    r"(?:(?:let (?:me|us)|let's|i'?ll|we'?ll|will|shall|which|that|this|it|and|i|we|you|das|den|die|was|ich|wir|que|qu['’]on|on|lo|la|che|что|котор\w+|мы|я)\s+)*"
    r"(?:call(?:ed)?(?: (?:it|this))?|denoted?(?: (?:it|this))?|abbreviated?|named?(?: it)?|nenn\w*|bezeichn\w+|genannt|noté[es]?|note|appelle|appelé[es]?|"
    r"llam\w+|denot\w+|chiam\w+|indicat\w+|обознач\w+|назов[её]м|назыв\w+)"
    r"(?:\s+(?:it|this|as|by|just|simply|ich|wir|es|das|einfach|mit|als|par|la|lo|con|come|como|por|его|её|это|через|как))*\s*$"
)
_CALLED = re.compile(rf"(?i)^[\s,;(—–-]*{_CALLS}")
_CALLED_BEHIND = re.compile(rf"(?i)^[\s.,;:(—–-]*{_CALLS}")

# The sentence of the formula before goes on, or speaks of it.
_GOES_ON = re.compile(
    r"(?i)^(?:(?!\s*\n\s*\n)\s*[,;(—–-]|.*(?<![^\W\d_])(?:it|this|that|which|das|dies\w*|es|cela|ceci|lo|esto|questo|это|его|её)(?![^\W\d_]))",
    re.DOTALL,
)


def is_called(between: str) -> bool:
    """Whether words between two formulas say that the first one is called by the second: ", which we call", and begin no new sentence."""
    return _CALLED_BEHIND.search(between) is not None and _GOES_ON.match(between) is not None


def are_one(before: str, between: str) -> bool:
    """Whether words before a formula, and between it and the next one, say that one is the name of the other."""
    if _CALLED.search(between) or (_NAMES_BY_BEFORE.search(before[-NEAR:]) and _THE.search(between)):
        return True
    is_named = _BY.search(between) or _NAMED.search(between)
    return (is_named is not None and _NAMES_BEFORE.search(before[-NEAR:]) is not None) or (
        _TO_BE.search(between) is not None and _SETS_BEFORE.search(before[-NEAR:]) is not None
    )
