r"""Words that say at which special point something is said: "for $A = I$", "without bias", "for centered data"; another language is added.

The mathematics has found the point before the words are looked at, so that they may be few and vague.
"""

import re
from itertools import permutations

from matrix_checks.derivations.certificate.special_points import (
    ARE_NUMBERS,
    ARE_ONES,
    IS_CENTERED,
    IS_EQUAL,
    IS_IDENTITY,
    IS_ORTHONORMAL,
    IS_SINGLE,
    IS_SYMMETRIC,
    IS_UNIFORM,
    IS_ZERO,
    Point,
)
from matrix_checks.derivations.equality.rewriting import BIASES
from matrix_checks.derivations.prose import words

# In characters: as far from a formula as its sentence is looked through.
LONGEST_SENTENCE = 300
_IDENTITY = r"identit\w*|identidad\w*|identidade\w*|identité\w*|einheits\w*|unit[- ]matri\w*|matrice unité|единичн\w*|одиничн\w*|jednostkow\w*|単位|单位"
_ORTHONORMAL = r"ortho(?:gonal|norm)\w*|orto(?:gonal|norm)\w*|ортогонал\w*|ортонорм\w*|ortogonaln\w*|正交"
_SYMMETRIC = r"symm?[eé]tr\w*|simm?[eé]tr\w*|symmetri\w*|симметр\w*|симетр\w*|对称|equals its (?:own )?transpose|own transpose"
_CENTERED = (
    r"cent(?:er|r)ed|centering|zero[- ]mean|mean[- ](?:zero|free)|zentriert\w*|mittelwertfrei\w*|centré\w*|centrad\w*|centrat\w*|центрир\w*|wycentrowan\w*|standardi[sz]ed|"
    r"(?:mean|average|mittelwert|moyenne|media|média|średni\w*|средн\w+)\b[^.;$]{0,25}\b(?:zero|null|nulle?|cero|нул\w+|0)"
)
_UNIFORM = (
    r"\b(?:all|alle|tous|toutes|tod[oa]s|tutt[ie]|все|wszystkie|всі)\b[^.;$]{0,30}\b(?:equal|(?:the )?same|identical|gleich|égau?x?l?e?s?|identiques|iguales|iguais|uguali|"
    r"равны|одинаков\w*|równe|jednakowe|рівні|однаков\w*)\b|\b(?:equal|identical|constant|gleiche[nr]?) (?:logits?|scores?|entries|inputs?|components?|einträge\w*|eingaben)|\buniform\w*|одинаков\w+ (?:логит|вход|элемент)\w*"
)
_ZERO = r"zeros?|null|nulle?s?|cero|nul[oa]s?|zero\w*|нул\w+|zerow\w*|vanish\w*|零"
_NONE = r"(?:without|ohne|sans|sin|senza|sem|bez|no|kein\w*|без|нет|drop\w*|ignor\w*|neglect\w*|forget\w*|omit\w*|vernachlässig\w*)\s+(?:(?:the|a|an|any|that|den|die|das|le|la|el|il|o|matrix|matrices?)\s+)*"
# What says that a formula is said of such a point only.
_STRICT = {
    IS_IDENTITY: rf"\b(?:{_IDENTITY})(?!\w)",
    IS_UNIFORM: _UNIFORM,
    IS_ORTHONORMAL: _ORTHONORMAL,
    IS_SYMMETRIC: _SYMMETRIC,
    IS_CENTERED: rf"{_CENTERED}|\\(?:mu|bar\s*\{{?\s*x\s*\}}?)\s*=\s*0",
    IS_ZERO: rf"\b{_NONE}(?:bias|intercept|sesgo|biais|сдвиг\w*|смещен\w*)",
    IS_EQUAL: r"\bquadratic forms?|quadratische\w* form|formes? quadratique|formas? cuadrática|forma quadratica|квадратичн\w+ форм\w*",
}
# The same as a formula, with the letter of the point.
_BOLD = r"(?:\\(?:mathbf|mathbb|boldsymbol|bm)\s*\{?)?\s*"
_TRANSPOSED = r"\s*\^\s*\{?\s*(?:T|\\top|\\intercal)\s*\}?\s*"
_IN_FORMULA = {
    IS_IDENTITY: rf"LETTER\s*=\s*{_BOLD}[IE](?![A-Za-z])",
    IS_ORTHONORMAL: rf"LETTER{_TRANSPOSED}LETTER\s*=\s*{_BOLD}[IE](?![A-Za-z])",
    IS_SYMMETRIC: rf"LETTER\s*=\s*LETTER{_TRANSPOSED}|LETTER{_TRANSPOSED}=\s*LETTER",
    IS_ZERO: rf"LETTER\s*=\s*{_BOLD}0(?!\.?\d)",
    ARE_ONES: rf"LETTER\s*=\s*{_BOLD}1(?!\.?\d)",
    IS_SINGLE: r"LETTER\s*=\s*1(?!\.?\d)",
}
# What may say so, alone.
_MAY_SAY = {
    ARE_ONES: r"\w+\.sum|ones_like|np\.ones|torch\.ones",
    IS_SINGLE: (
        r"(?:size|length|dimension|batch)s? (?:of )?(?:one|1)|(?:a single|only one|just one|one) (?:sample|object|row|class|example|point|feature|output|entry|observation|element)|"
        r"(?:größe|länge|dimension) (?:eins|1)|(?:ein|eine[mnr]?) einzig\w*|(?:taille|longueur) (?:un|1)|une? seule?|(?:tamaño|longitud) (?:uno|1)|una? sol[oa]|"
        r"размера? 1|(?:один|одного|одном|одна|одной) (?:объект|пример|элемент|строк|класс)\w*"
    ),
    IS_IDENTITY: r"dot product|inner product|scalar product|skalarprodukt|produit scalaire|producto escalar|prodotto scalare|скалярн\w+ произвед\w+",
    IS_ORTHONORMAL: r"rotations?|reflections?|isometr\w*|unitar\w*|pca",
    IS_SYMMETRIC: r"covarian\w*|kovarian\w*|gram|hessian\w*|hermit\w*",
    IS_EQUAL: r"both (?:vectors|matrices|letters)|beide\w* (?:vektoren|matrizen)|ambos|les deux vecteurs|entrambi",
}
# What may say so beside a condition.
_BESIDE_CONDITION = {
    IS_ZERO: rf"{_ZERO}|without|drop\w*|ignor\w*|neglect\w*|ohne|sans|sin|senza|sem|без|bez",
    ARE_ONES: r"ones|sums?|einsen|summe\w*|uns|unos|somme|suma|somma|soma|единиц\w*|сумм\w*|jedynk\w*|sum\w*",
    IS_SINGLE: r"one|single|einzeln\w*|einzig\w*|eine\w?|eins|seul\w*|une?|solo|sólo|sola|únic\w*|un[oa]?|singol\w*|unic\w*|um|uma|одн\w+|единственн\w+|jedn\w+|jeden|degenerate",
    ARE_NUMBERS: r"scalar\w*|numbers?|dimension\w*|1-?d|skalar\w*|zahl\w*|eindimension\w*|scalaire\w*|nombres?|escalar\w*|números?|scalar[ei]|numeri|скаляр\w*|числ\w*|одномерн\w*|liczb\w*|skalarn\w*",
}
_SAYS = {kind: re.compile(rf"(?i){found}") for kind, found in _STRICT.items()}
_ALONE = {kind: re.compile(rf"(?i)\b(?:{found})\b") for kind, found in _MAY_SAY.items()}
_WITH = {kind: re.compile(rf"(?i)\b(?:{found})\b") for kind, found in _BESIDE_CONDITION.items()}
# A condition of any kind, or a case.
_SETS_CONDITION = re.compile(
    r"(?i)\b(?:if|when(?:ever)?|cases?|special\w*|particular|suppos\w+|assum\w+|imagin\w+|provided|unless|as long as|wenn|falls|\w*fall|fälle|angenommen|speziell\w*|sonder\w+|sofern|"
    r"si|quand|lorsque|cas|suppos\w+|particuli\w+|cuando|caso|supon\w+|particular|se|quando|qualora|supponi\w*|mettiamo|particolar\w+|supon\w+|se fosse|"
    r"если|когда|случа\w+|допуст\w+|предпол\w+|частн\w+|jeśli|jeżeli|gdy\w*|przypad\w+|załóż\w+|якщо|випад\w+|коли)\b|如果|若|当|情况|特例|假设"
)
_LEAVES_OUT = re.compile(rf"(?i)\b{_NONE}")
_IS_SPECIAL = re.compile(
    rf"=\s*{_BOLD}[01IE](?![A-Za-z\d]|\.\d)|([A-Za-z])\s*=\s*\1{_TRANSPOSED}|{_TRANSPOSED}=\s*[A-Za-z]\b|(?<![A-Za-z\\])[A-Za-z]\s*=\s*[A-Za-z]\s*[$.,;]"
)
# What goes on from the sentence before it, as a consequence, or at the place that it speaks of.
_GOES_ON = re.compile(
    rf"{words.CONSEQUENCE.pattern}|(?i:^[\s,;:*_]*(?:there|here|in (?:this|that|such a) case|this time|now|da|dort|hier|dann|jetzt|in diesem fall|là|ici|alors|dans ce cas|"
    r"ahí|allí|aquí|en (?:ese|este) caso|lì|qui|allora|in (?:questo|quel) caso|aí|ali|aqui|então|n?esse caso|там|здесь|тут|тогда|в этом случае|tam|tu|wtedy|w tym przypadku|тоді|这时|那么)(?!\w))"
)
_LONE_LETTER = re.compile(r"\$\s*\\?[A-Za-z]+\s*\$")
_ENDS = re.compile(r"\.\s*\$+\s*$")
_LAST_FORMULA = re.compile(r"\$[^$]*\$(?=[^$]*$)")
# A display ends what was said before it.
_STOP = re.compile(rf"{words.SENTENCE_END.pattern}|\$ \$")


def sentence_of(paragraph: str, behind: str) -> str:
    """The words and formulas of a formula's sentence, with the sentence before where it goes on from that.

    Parameters
    ----------
    paragraph
        What stands before the formula in its paragraph.
    behind
        The words behind the formula.
    """
    before, sentence = _sentences(paragraph, behind)
    return f"{before}. {sentence}" if _GOES_ON.match(sentence) else sentence


def sentences_of(paragraph: str, behind: str) -> str:
    """The same with the sentence before, unless this one says something in general."""
    before, sentence = _sentences(paragraph, behind)
    return sentence if words.IN_GENERAL.search(sentence) else f"{before}. {sentence}"


def _sentences(paragraph: str, behind: str) -> tuple[str, str]:
    *before, last = _STOP.split(words.ABBREVIATIONS.sub(" ", paragraph))
    goes_on = not _ENDS.search(paragraph) and not behind.strip()[:1].isupper()
    rest = words.SENTENCE_END.split(behind)[0] if goes_on else ""
    return before[-1][-LONGEST_SENTENCE:] if before else "", f"{last[-LONGEST_SENTENCE:]} {rest}"


def says_point(point: Point, sentence: str) -> bool:
    """Whether a sentence says that a point is meant: of its letter, or of none."""
    letters = [_letter(name) for name in point.names]
    if any(_says_of(point.kind, letter, sentence) for letter in letters):
        return True
    if point.kind == IS_EQUAL and any(
        re.search(rf"{one}\s*=\s*{other}\s*[$.,;]", sentence) for one, other in permutations(letters)
    ):
        return True
    if point.kind not in _SAYS or not _SAYS[point.kind].search(sentence):
        return False
    if point.kind == IS_UNIFORM:
        return True
    if point.kind == IS_ZERO:
        return point.names[0] in BIASES
    if not _SETS_CONDITION.search(sentence):
        return False
    if point.kind in (IS_IDENTITY, IS_SYMMETRIC):
        # An identity may be one of traces, and what is symmetric is not said.
        return False
    return not _LONE_LETTER.search(_LAST_FORMULA.sub(" ", sentence)) or point.kind == IS_CENTERED


def may_say_point(point: Point, sentence: str) -> bool:
    """Whether a sentence may say that a point is meant."""
    if says_point(point, sentence):
        return True
    if _says_of_another(point, sentence):
        return False
    if any(found[point.kind].search(sentence) for found in (_ALONE, _SAYS) if point.kind in found):
        return True
    if not _SETS_CONDITION.search(sentence):
        return False
    around = _LAST_FORMULA.sub(" ", sentence)
    return (
        _WITH[point.kind].search(around) is not None
        if point.kind in _WITH
        else any(re.search(_letter(name), around) for name in point.names)
    )


def _says_of_another(point: Point, sentence: str) -> bool:
    """Whether a sentence says so of a letter alone that is another one: "$P$ is the identity"."""
    if point.kind not in _STRICT:
        return False
    said = re.findall(rf"\$\s*([A-Za-z])\s*\$[^$.;]{{0,30}}(?i:{_STRICT[point.kind]})", sentence)
    return bool(said) and not any(name in point.names for name in said)


def may_speak_of_points(sentence: str) -> bool:
    """Whether a sentence may say any point: without looking at which."""
    return any(
        pattern.search(sentence) for pattern in (_SETS_CONDITION, _LEAVES_OUT, _IS_SPECIAL, *_SAYS.values(), *_ALONE.values())
    )


def _letter(name: str) -> str:
    return rf"(?<![A-Za-z\\]){re.escape(name)}(?![A-Za-z])"


def _says_of(kind: str, letter: str, sentence: str) -> bool:
    """Whether a sentence says of a letter what it is at a point: ``A = I``, "without ``A``", "``A`` is the identity"."""
    if kind in _IN_FORMULA and re.search(_IN_FORMULA[kind].replace("LETTER", letter), sentence):
        return True
    if kind in (IS_IDENTITY, IS_ZERO) and re.search(rf"(?i:\b{_NONE})\$?{letter}", sentence):
        return True
    said = _STRICT.get(kind)
    return (
        said is not None
        and re.search(rf"{letter}\$?[^$.;]{{0,40}}(?i:{said})|(?i:{said})[^$.;]{{0,30}}\$\s*{letter}\s*\$", sentence) is not None
    )
