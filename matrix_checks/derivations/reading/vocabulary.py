"""What the words between formulas say of them; another language is added to the tables."""

import re

# A condition follows.
_IF = """if when whenever wherever for iff provided where при если для когда si para cuando wenn falls für sofern solange sobald quando se
    lorsque quand pour eğer gdy jeśli jeżeli kiedy dla якщо коли indien wanneer voor pokud když jestliže pro dacă când nếu khi om när hvis når
    jos kun jika ketika untuk kada αν εάν όταν για אם כאשר 当 若 如果"""
# The same in several words.
_PHRASES = (
    "as long as",
    "so long as",
    "as soon as",
    "provided that",
    "in case",
    "immer wenn",
    "dès que",
    "tant que",
    "siempre que",
    "sempre que",
    "ogni volta che",
    "как только",
)
# A condition follows, and the statement is claimed where it does not hold.
_UNLESS = "unless except кроме außer ausser sauf excepto salvo tranne exceto dışında oprócz poza крім 除非 除了"
# The other case follows, or stood before.
_OTHERWISE = """otherwise else иначе sonst ansonsten andernfalls sinon autrement altrimenti senão değilse aksi yoksa inaczej інакше anders elders jinak
    altfel annars ellers egyébként különben muuten lainnya inače drugačije αλλιώς διαφορετικά אחרת 否则 否則"""
# The same in several words.
_IN_OTHER_CASES = (
    r"в (?:противном|ином|другом|остальных) случа(?:е|ях)|en (?:el )?(?:otro caso|caso contrario)|dans (?:le cas contraire|l['’]autre cas|les autres cas)|caso contr[aá]rio|in caso contrario|"
    r"negli altri casi|nos outros casos|nos demais casos|in (?:any|every|the|all)? ?other cases?|in (?:allen|den) (?:anderen|übrigen) fällen|im anderen fall|"
    r"(?:aksi|diğer) (?:halde|takdirde|durumda|durumlarda)|w (?:przeciwnym (?:razie|wypadku|przypadku)|pozostałych przypadkach)|poza tym|"
    r"в (?:іншому|протилежному) (?:випадку|разі)|in het andere geval|v (?:opačném|ostatních) případech?|v opačném případě|în (?:caz contrar|rest)|ngược lại|trường hợp khác|"
    r"i annat fall|i andre tilfælde|selain itu|u (?:suprotnom|ostalim slučajevima)|σε κάθε άλλη περίπτωση|それ以外|その他|그 ?외|그렇지 ?않으면|其他|其它|其余"
)
# The statements go on.
_CONNECTIVES = """and so hence thus therefore then or i.e. ie thatis wehave weget wherefore whence consequently и то тогда значит поэтому
    следовательно откуда отсюда далее y luego entonces por tanto es decir und also daher folglich et donc alors e quindi 所以 故 则 因此"""
# A reason follows.
_REASONS = "since because as by using from cf see так как по поскольку porque como pues weil da nach car puisque 因为 由"
IF, UNLESS, OTHERWISE, CONNECTIVES = set(_IF.split()), set(_UNLESS.split()), set(_OTHERWISE.split()), set(_CONNECTIVES.split())
# How a gradient lies.
AS_ROW = set("row rows zeile zeilen fila ligne riga linha строка wiersz 行".split())
AS_COLUMN = set("column columns col cols spalte spalten columna colonne colonna coluna столбец kolumna 列".split())
PROSE = (
    IF
    | UNLESS
    | OTHERWISE
    | CONNECTIVES
    | set(_REASONS.split())
    | set("is are with in on of the a an to at be const not all any let given".split())
)

_LETTERS = re.compile(r"[^\W\d_]+(?:\.[^\W\d_]\.)?")
_IF_AT_END = re.compile(
    rf"(?:^|[^\w])(?:{'|'.join(sorted({*IF, *_PHRASES} - {'where', 'для', 'para', 'pour', 'für'}, key=len, reverse=True))})"
    r"(?:\s+(?:all|any|every|each))?\s*\(?\s*$",
    re.IGNORECASE,
)
# "On the plane $c^T x = 1$": what is asked for, and no claim.
_CONSTRAINT_AT_END = re.compile(
    r"(?i)(?:\b(?:on|in) (?:the|a) (?:set|(?:hyper-?)?plane|constraint|sphere|surface|manifold|(?:affine )?subspace|line)|\bconstraints?:?|\b(?:we )?(?:require|demand|impose)s?|"
    r"\bunder the (?:constraint|condition)|\bsubject to|\bs\.\s?t\.|\bauf der (?:menge|(?:hyper)?ebene|sphäre)|\b(?:unter der )?(?:neben)?bedingung:?|\bsous (?:la contrainte|la condition)|\bsur (?:l['’]ensemble|le plan|l['’]hyperplan)|"
    r"\b(?:sujet[oa] a|bajo la (?:restricción|condición)|en el (?:hiper)?plano)|\b(?:soggett[oa] a|sotto il vincolo|sul (?:iper)?piano)|при (?:условии|ограничении)|на (?:множестве|плоскости|гиперплоскости)|约束(?:条件)?(?:为|下)?|제약)"
    r"\s*(?:that|dass|que|che|что)?\s*[:：]?\s*\$*\s*$"
)
_PARAGRAPH = re.compile(r"[.;]?[ \t]*\n[ \t]*\n")
_BEHIND = re.compile(
    rf"\s*[,，、]?\s*[(（]?\s*(?:{'|'.join(sorted({*IF, *_PHRASES} - {'where'}, key=len, reverse=True))})(?:\s+(?:all|any|every|each))?\s*",
    re.IGNORECASE,
)
_THEN = re.compile(r"\s*[,:]?\s*(?:then|we|it|то|тогда|имеем|entonces|dann|alors|则|那么)\b|\s*:", re.IGNORECASE)
# A condition stands before it.
_IF_AFTER = re.compile(
    r"\s*(?:(?:ise|iken|için|olduğunda|olursa|durumunda)\b|のとき|の場合|であれば|ならば|なら|时|時|일 ?때|이면|인 경우)\s*(?:[.,;:)。，、；）]|$|\n)",
    re.IGNORECASE,
)
_OTHERWISE_BEFORE = re.compile(
    rf"(?:^|\W)(?:{'|'.join(sorted(OTHERWISE, key=len, reverse=True))}|{_IN_OTHER_CASES})[\s,:]*(?:then|so)?\s*(?:(?:we|one|you) (?:have|get|obtain|find)|it is|this is|is|gives|(?:erhält|bekommt) man|on (?:a|obtient)|"
    rf"получ\w+|имеем|tenemos|se obtiene|abbiamo|si ottiene)?[\s,:]*$",
    re.IGNORECASE,
)
# Of one line, at the end; what is longer speaks of something else.
_REMARK = re.compile(r"(?:\([^()\n]{1,80}\)|\[[^\[\]\n]{1,80}\])[\s,:.]*$")
_OTHERWISE_BEHIND = re.compile(
    rf"[\s,]*(?:и\s+|and\s+)?(?:{'|'.join(sorted(OTHERWISE, key=len, reverse=True))}|{_IN_OTHER_CASES})\s*(?:[.,;:)]|$|\n)",
    re.IGNORECASE,
)
_REST = re.compile(
    r"(?i)\b(?:others?|rest|remaining|not|autres?|otr[oa]s?|altr[ioea]|andere[nr]?|übrige[nr]?|outr[oa]s?|innych|poza|інш\w+|остальн\w+|ин(?:ых|аче)|diğer)\b|"
    rf"{_IN_OTHER_CASES}"
)
SAME = r"equals|is equal to|is the same as|is|gleich|ist gleich|égale?|est égal à|es igual a|è uguale a|é igual a|равно|равен|совпадает с|equal"
DIFFER = (
    r"is not|isn't|differs from|is different from|is not equal to|not equal to|does not equal|ungleich|ist ungleich|ist nicht|diffère de|es distinto de|"
    r"es diferente de|è diverso da|é diferente de|не равно|не равен|отличается от|different from|distinct from|unequal to|other than|verschieden von|"
    r"différente? de|distint[oa] (?:de|a)|diferente de|divers[oa] da|różne od|inne niż|отлично от"
)
_NOT = set("not nicht non pas no não не nie".split())
_ONLY_IF = re.compile(
    r"(?i)[\s,(]*(?:and|и)?\s*(?:if|when|whenever|for|iff|wenn|falls|für|si|quand|pour|cuando|para|se|quando|per|если|при|когда|для)?\s*"
)
_COMPARED = re.compile(rf"(?i)(?<!\w)(?P<one>[a-z])\s+(?:(?P<differ>{DIFFER})|(?:{SAME}))\s+(?P<other>[a-z])\s*[.,;]?\s*$")
_BOTH = re.compile(
    r"(?i)(?<!\w)(?P<one>[a-z])\s+(?:and|und|et|y|e|и|та|i)\s+(?P<other>[a-z])\s+(?:(?:are|sind|sont|son|sono|são|są)\s+)?"
    r"(?:(?P<differ>not (?:equal|the same)|different|distinct|unequal|differ|nicht gleich|verschieden|ungleich|différents|distincts|distintos|diferentes|diversi|różne|"
    r"не равны|различны|разные|не совпадают|різні)|(?:equal|the same|identical|coincide|gleich|égaux|identiques|iguales|uguali|iguais|równe|равны|совпадают|рівні))\s*[.,;]?\s*$"
)
# How far the words beside a formula are looked at.
NEAR = 60


def begins_condition(phrase: str) -> bool:
    """Whether the words say that a condition follows: "if", "for all"."""
    words = _words(phrase)
    return bool(words) and (words[-1] in IF or denies_condition(phrase) or (len(words) > 1 and words[-2] in IF and words[-1] in ("all", "any", "every", "each")) or
                            phrase.strip().lower() in ("forall", "forany", "elseif", "andif"))  # fmt: skip


def denies_condition(phrase: str) -> bool:
    """Whether the words say that a condition follows which does not hold: "unless", "except if"."""
    return not UNLESS.isdisjoint(_words(phrase)[-2:])


def is_other_case(phrase: str) -> bool:
    """Whether the words are "otherwise"."""
    words = _words(phrase)
    return bool(words) and words[0] in OTHERWISE and len(words) <= 2 and words[-1] not in IF


def is_rest(phrase: str) -> bool:
    """Whether the words beside a case say that it is the other one, or the rest: "otherwise", "in all other cases"."""
    compares = _COMPARED.search(phrase) is not None
    return not compares and (not OTHERWISE.isdisjoint(_words(phrase)) or _REST.search(phrase) is not None)


def denies_case(phrase: str) -> bool:
    """Whether words beside a condition say that it does not hold: "unless", "if not"."""
    return not (UNLESS | _NOT).isdisjoint(_words(phrase))


def compared_in_words(phrase: str) -> tuple[str, str, bool] | None:
    """The two indices that words compare, and whether these are the same: "if i equals k", "i differs from k"; ``None`` for other words."""
    found = _COMPARED.search(phrase) or _BOTH.search(phrase)
    if found is None or not _ONLY_IF.fullmatch(phrase[: found.start()]):
        return None
    return found["one"], found["other"], found["differ"] is None


def connects(phrase: str) -> bool:
    """Whether another statement of the same weight follows, and no remark."""
    words = _words(phrase)
    return not words or words[0] in CONNECTIVES or words[-1] in CONNECTIVES


def only_connects(phrase: str) -> bool:
    """Whether nothing but words that go on stand in it, or none."""
    return CONNECTIVES.issuperset(_words(phrase))


def is_prose(phrase: str) -> bool:
    """Whether a single word is one of prose, and not the name of a function or of a quantity."""
    return phrase.strip().lower() in PROSE


def _words(phrase: str) -> list[str]:
    return [word.lower() for word in _LETTERS.findall(phrase[-200:])]


_COMPARES = re.compile(
    r"(?i)(?:\b(?:parallels?|mirrors?|resembles?|differs? from)|(?:similar(?:ly)?|analogous(?:ly)?|identical|compared|in contrast|opposed|contrary) (?:to|with)|the same as|(?:just |exactly )?(?:as|like) (?:in|for)|\bunlike|"
    r"different(?:ly)? (?:from|than)|ähnlich wie|(?:genauso )?wie (?:im|bei|für|zuvor)|anders als|im (?:gegensatz|unterschied) z\w+|comme (?:dans|pour|au)|semblable\w* [àa]\w*|contrairement [àa]\w*|"
    r"(?:igual|parecid\w+|similar) (?:que|a|al)\b|como en|a diferencia de\w*|(?:simil\w+|analog\w+) a\w*|come (?:nel|per)|a differenza de\w*|como no|ao contrário do|"
    r"подобно|аналогично|как (?:и )?(?:в|для|при)|в отличие от|类似于?|与[^,，。]{0,6}(?:类似|相同|不同)|不同于)\s*(?:the |der |dem |den |le |la |el |il |o |caso |cas |fall |случа\w+ )*"
    r"(?:(?:previous |first |second |other )?(?:case|cas|caso|fall|fällen?|случа\w+))?\s*(?:when|where|of|for|in which|,? wo|où|de|que|dove|di|onde|когда|при|для)?\s*\$*\s*$"
)


def ends_in_if(prose: str) -> bool:
    """Whether the prose before a formula says that the formula is a condition."""
    return _IF_AT_END.search(prose[-NEAR:]) is not None or _CONSTRAINT_AT_END.search(prose[-NEAR:]) is not None


def stands_behind(before: str, after: str) -> bool:
    """Whether a formula is the condition of the one before it: "... if ..." without a "then"."""
    begins = before.strip(" ,;(\n")[:1].isupper() or _PARAGRAPH.match(before) is not None
    if begins and (after.lstrip()[:1].isalpha() or after.lstrip()[:1] in tuple(",:，：")):
        # "For $N = 1$ this says", or "If $i \\ne k$," above a formula: a sentence of its own.
        return False
    return len(before) <= NEAR and _BEHIND.fullmatch(before) is not None and _THEN.match(after[:NEAR]) is None


def follows_condition(prose: str) -> bool:
    """Whether the prose behind a formula says that the formula is a condition, and ends a part of its sentence: "... ise."."""
    return _IF_AFTER.match(prose[:NEAR]) is not None


def other_case_before(prose: str) -> bool:
    """Whether the prose before a formula ends in "otherwise", a remark in brackets aside."""
    return _OTHERWISE_BEFORE.search(_REMARK.sub("", prose)[-NEAR:]) is not None


def other_case_behind(prose: str) -> bool:
    """Whether the prose behind a formula begins with "otherwise"."""
    return _OTHERWISE_BEHIND.match(prose[:NEAR]) is not None


def compares(prose: str) -> bool:
    """Whether the words before a condition compare with that case, and do not speak of it: "similar to the case when", "unlike for"."""
    return _COMPARES.search(prose) is not None
