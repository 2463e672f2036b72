"""Cases of two indices that words name without their letters: "for equal indices", "off the diagonal"; another language is added to the tables."""

import re
from collections.abc import Iterator

from matrix_checks.derivations.reading.vocabulary import DIFFER, SAME, compared_in_words

INDEX = r"(?:ind(?:ex|ices|exes|izes|izi|ici|eksy|eksów)|índices?|subscripts?|индекс\w*|індекс\w*)"
_ARE = r"(?:\s+(?:are|do|sind|sont|son|sono|são|są))?"
_DIAGONAL = r"(?:diagonal\w*|diagonale\w*|przekątn\w+|диагонал\w*|діагонал\w*)"
_EQUAL = (
    r"(?:(?:the\s+)?same|equal|identical|matching|coincid\w+|agree|gleich\w*|identisch\w*|égaux|identiques|iguales|iguais|uguali|równe|równych|"
    r"равн\w+|одинаков\w+|совпада\w+|рівн\w+|однаков\w+)"
)
UNEQUAL = (
    r"(?:(?:not\s+(?:the\s+)?(?:same|equal|identical|agree|coincide))|different|differ|distinct|unequal|verschieden\w*|ungleich\w*|différents|distincts|"
    r"distint\w+|diferentes|divers[ie]|distinti|różn\w+|разн\w+|различ\w+|не\s+(?:равн\w+|совпада\w+)|різн\w+)"
)
_THE = r"(?:(?:the|der|die|la|le|el|a|à|l['’])\s*)?"
# Of the one price on the other, as economists say.
_EFFECT = r"(?:effects?|derivatives?|partials?|elasticit\w+|prices?|cases?)"
_SAME = re.compile(
    rf"(?i)(?<![^\W\d_]){_EQUAL}\s+{INDEX}\b|\b{INDEX}{_ARE}\s+{_EQUAL}(?![^\W\d_])|\bíndices\s+{_EQUAL}\b|"
    rf"\b(?:on|auf|sur|en|sulla|na|на)[\s-]+{_THE}{_DIAGONAL}(?![^\W\d_])|\bown[\s-]+{_EFFECT}\b|对角线上|(?:下标|指标)(?:相同|相等)"
)
# "Other index k:", where nothing is summed over it.
_OTHER = r"(?:(?:an)?other|andere[rs]?|autres?|otr[oa]s?|altr[oi]|outr[oa]s?|друг\w+|inn[ey])"
_DIFFERENT = re.compile(
    rf"(?i)(?:^|[\n*,;(-])\s*(?:for |für |pour |para |per |для )?(?:the |an? )?{_OTHER}\s+{INDEX}\b|(?<![^\W\d_]){UNEQUAL}\s+{INDEX}\b|\b{INDEX}{_ARE}\s+{UNEQUAL}(?![^\W\d_])|"
    rf"\b(?:off|outside|away\s+from|außerhalb|abseits|neben|hors|en dehors|fuera|fuori|fora|poza|вне|поза)(?:\s+(?:de|da|dalla|von))?[\s-]+{_THE}{_DIAGONAL}"
    rf"(?![^\W\d_])|\bcross[\s-]+{_EFFECT}\b|非对角|(?:下标|指标)(?:不同|不等)"
)
_LAST_SENTENCE = re.compile(r"[.!?;](?:\s|$)|。|\n[ \t]*\n")
_FOR = (
    r"(?:if|when|whenever|for|on|off|outside|in|wenn|falls|bei|für|auf|im|außerhalb|si|quand|lorsque|pour|sur|hors|cuando|para|en|fuera|se|quando|per|sulla|fuori|"
    r"gdy|jeśli|dla|na|poza|если|когда|при|для|на|вне)"
)
# Behind a formula, up to the end of its part of the sentence.
_BEHIND = re.compile(
    rf"(?i)[ \t]*+\n?[ \t]*+[,(]?[ \t]*+\n?[ \t]*+({_FOR}\b[^.,;:!?()。，；$]{{3,60}}?)(?=[ \t]*+(?:[.,;)。，；]|\n[ \t]*+\n)|\s+(?:and|und|et|y|e|i|и|та)\s)"
)
_SIGN_OR_WORDS = rf"(?P<differ>\\neq?|\\not\s*=|!=|≠|\b(?:{DIFFER})\b)|(?P<equal>==?|\b(?:{SAME})\b)"
# Words of a case that say that it is none.
_NO_CASE = re.compile(
    r"(?i)\b(?:whether|no matter|not only|need not|regardless|independent\w*|never|both cases|arbitrary|any|all|unabhängig|egal|nicht nur|beliebig\w*|quel que soi\w*|"
    r"sea cual|indipendent\w*|niezależnie|независимо|неважно|не только|произвольн\w*)\b|无论|不论|任意"
)
# Behind them, nothing is said of one case any more.
_OF_ALL = re.compile(
    r"(?i)\b(?:both cases|altogether|(?:cases|all|both|taken|put) together|combined|combining|in general|arbitrary (?:indices|pairs)|(?:for|with) (?:all|any|every|arbitrary)"
    r"(?:\s+(?:indices|pairs|values|$)|\s*$|\s+i\b)|beide fälle|zusammen|insgesamt|für (?:alle|beliebige)|les deux cas|pour tou[ts]|en general|ambos casos|para tod[oa]s|"
    r"entrambi i casi|per ogni|ambos os casos|oba przypadki|dla (?:wszystkich|dowoln\w+)|оба случая|вместе|для (?:всех|любых))|综合|对所有|总之"
)
# They speak of the case before, and mean the other one.
_OPPOSITE = re.compile(
    r"(?i)\b(?:when|if|where|whenever|wenn|falls|si|cuando|se|quando|если|когда|gdy|jeśli)\s+(?:(?:they|these|the two|it|sie|die beiden|ils|son|sono|они)\s+)?"
    r"(?:don't|do not|does not|doesn't|differ|aren't|are (?:not|different|distinct)|not|nicht|verschieden sind|ne (?:le )?(?:sont|coïncident) pas|no|differiscono|"
    r"нет|различ\w+|не совпадают|nie)\b[\s,:]*$"
)
LONGEST_HEADING = 200
_OF_OTHER_CASE = re.compile(
    r"(?i)\b(?:others?|another|else|otherwise|rest|remain\w+|off[- ]?diagonal|off the diagonal|parallels?|differs? from|unequal|second|(?:similar|analogous|identical|compared|contrast|opposed|contrary) (?:to|with)|"
    r"the same (?:way )?as|(?:as|like) (?:in|for|with|before|above|the)|unlike|than (?:in|for|with)|ander\w+|übrig\w*|sonst|restlich\w*|zweite\w*|ähnlich wie|analog (?:zu\w?|wie)|wie (?:im|bei|für|zuvor|oben)|"
    r"autres?|sinon|reste|second|semblabl\w+|analogue\w*|comme|contrairement|otr[oa]s?|demás|resto|segund[oa]|parecid\w+|análog\w+|igual que|como|altr[oaei]|restanti|second[oa]|simil\w+|analog\w+|come|"
    r"outr[oa]s?|semelhante\w*|inn\w+|pozostał\w+|podobn\w+|analogiczn\w+)\b|"
    r"друг\w+|остальн\w+|втор\w+|иначе|подобно|аналогичн\w+|так же|как (?:и )?(?:в|для|при)|その他|他の|同様|以外|残り|其他|其余|另|类似|同样|否则|剩|나머지|다른|마찬가지|비슷"
)
_SECOND = re.compile(
    r"(?:^|\n)[^\w\n]*(?P<label>[^\W\d_]{2,12}\.?[ \t]*)?(?:2|II|ii|b)[ \t]*[.:)\]][*_]*[ \t]*(?P<rest>[^\n=]*)\s*$"
)
# Of what stands between the words of a case and its formula, in characters.
FAR = 40


def case_before(prose: str) -> bool | None:
    """Whether two indices are the same in the case that the prose before a formula speaks of; ``None`` where it speaks of none."""
    tail = _LAST_SENTENCE.split(prose)[-1]
    if _NO_CASE.search(tail):
        return None
    phrase = _phrase_behind(prose)
    if _last_case(phrase) is not None and tail == prose:
        # It is said of the formula before.
        tail = prose.partition(phrase)[2]
    return _last_case(tail)


def says_opposite(prose: str) -> bool:
    """Whether words directly before a formula mean the opposite of the case before: "when they don't, "."""
    return _OPPOSITE.search(prose) is not None


def speaks_of_other_case(sentence: str) -> bool:
    """Whether the words of a sentence before a formula speak of the other case, or only compare with the one that they name."""
    return _OF_OTHER_CASE.search(sentence) is not None


def is_second_case(prose: str, one: str, other: str) -> bool:
    """Whether words directly before a formula are the heading of a second case of these two indices: "TH2: i khác k", in any language."""
    heading = _SECOND.search(prose[-LONGEST_HEADING:])
    if heading is None:
        return False
    rest = heading["rest"]
    letters = set(re.findall(r"(?<![\w\\])\w(?!\w)", rest))
    return {one, other} <= letters if rest.strip() else bool(heading["label"])


def speaks_of_all(prose: str) -> bool:
    """Whether words behind a case speak of all cases again."""
    return _OF_ALL.search(prose) is not None


def case_behind(prose: str) -> bool | None:
    """The same of the words directly behind a formula: "$...$ on the diagonal, $...$ off the diagonal"."""
    return _last_case(_phrase_behind(prose))


def compared_behind(prose: str) -> tuple[str, str, bool] | None:
    """The two indices that the words directly behind a formula compare, and whether they are the same: "$...$ if i equals k"."""
    return compared_in_words(_phrase_behind(prose))


def cases_said(sentence: str, one: str, other: str) -> Iterator[tuple[int, bool]]:
    """Where a sentence speaks of two indices that are equal, or differ, in words or in letters; and whether they are equal."""
    letters = rf"(?<![\w\\]){re.escape(one)}\s*(?:{_SIGN_OR_WORDS})\s*{re.escape(other)}(?![\w])"
    different = [match.span() for match in _DIFFERENT.finditer(sentence)]
    for match in _SAME.finditer(sentence):
        # "not the same indices" has the words of both.
        if not any(start <= match.start() < end for start, end in different):
            yield match.start(), True
    yield from ((start, False) for start, _ in different)
    for match in re.finditer(letters, sentence):
        yield match.start(), match["equal"] is not None


def _phrase_behind(prose: str) -> str:
    """The words of a condition directly behind a formula; empty where others stand there, or a sentence begins."""
    found = _BEHIND.match(prose)
    return found[1] if found and not found[1][0].isupper() else ""


def _last_case(phrase: str) -> bool | None:
    """The last case in a phrase that stands near its end."""
    ends = {
        is_same: max((match.end() for match in pattern.finditer(phrase)), default=-1)
        for is_same, pattern in ((True, _SAME), (False, _DIFFERENT))
    }
    # "not the same indices" has the words of both.
    is_same = ends[True] > ends[False]
    return is_same if ends[is_same] >= 0 and len(phrase) - ends[is_same] <= FAR else None
