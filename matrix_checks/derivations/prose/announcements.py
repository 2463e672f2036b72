"""What a text says of its own conventions, anywhere in it: whether it writes its sums, and what a sigma stands for."""

import re
from collections.abc import Iterator
from itertools import pairwise

from matrix_checks.derivations.prose import words
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.values.memory import Memory

_ANNOUNCED = re.compile(
    r"(?i)einstein|эйнштейн|summation convention|som(?:matie)?conventie|summenkonvention|summa(?:tions|sjons|tie)konven|convention de sommation|convenci[oó]n de (?:la )?suma|convenzione (?:di|della) somma|convenção d[ae] soma|konwencj\w+ sumacyjn|соглашени\w+ (?:о )?суммирован|求和约定|(?:dubbele|herhaalde) ind|(?:repeated|doubled?|dummy|twice.occurring) (?:ind|subscript)|doppelt\w* ind|[ií]ndices? (?:repetid|répét|ripetut|doppi)|дважды встреч|повтор\w+ индекс|немы\w+ индекс|index notation"
    r"|\b(?:summation|sum|summed|summing) over (?:the |every |all |any )?(?:repeated|doubled?|dummy|twice)\b|\b(?:summe|summiert|summation) über (?:doppelte|wiederholte)|\bsomm\w+ sur (?:les? |l'indice )?répété|сумм\w+ по повтор"
    r"|\((?:sum(?:med|mation)?|somme|summe|suma|somma|soma|сумм\w*) (?:over|sur|über|sobre|en|su|em|по)\s+(?:\w\s+)?(?:seulement|only|nur|implied|understood|solo|sólo|apenas|только)\b"
    r"|\b(?:is|are) (?:also )?summed (?:over|too|as well)|summation (?:over [^.]{1,20} )?(?:is )?(?:implied|understood|omitted)"
    r"|sum(?:mation)? signs? (?:is |are )?(?:omitted|left out|dropped)|ohne Summenzeichen|знак\w* суммы опуска\w+"
)
# The text says that it does without: "no Einstein convention here", "die Einsteinsche Summenkonvention wird hier nicht benutzt".
_NO = r"(?<!\w)(?:no|not|without|never|don't|isn't|pas|sans|ohne|kein\w*|nicht|sin|senza|niente|non|sem|não|без|не|нет|bez|nie|zonder|geen|niet|不|没有|없이)(?!\w)"
_DENIED_BEFORE, _DENIED_BEHIND = re.compile(rf"(?i){_NO}[^.;!?]{{0,30}}$"), re.compile(rf"(?i)^[^.;!?,(]{{0,40}}{_NO}")
# Of a text that writes no sum: "(summation over $d$)", "summed over both indices".
_SUMMED_OVER = re.compile(
    r"(?i)\b(?:summation|sum|summed|summing) over\b|\b(?:summiert|summe) über\b|\bsomm(?:e|ation|é\w*) sur\b|\b(?:suma\w*|sumando|somma\w*|sommando|soma\w*|somando) "
    r"(?:sobre|en|su|em)\b|сумм\w+ по\b|\bsum\w+ po\b|求和"
)
# An index above and the same below, as only those write who leave out their sums.
_UPPER = re.compile(r"(?<![a-zA-Z\\])[A-Za-z]\^\{?([ijklpqrs])\}?\s*(?:_|[A-Za-z]_\{?\1)")
_LABEL = r"(?:_(?:\{[^{}]*(?:\{[^{}]*\})?[^{}]*\}|\w))?\s*"
_SQUARED = re.compile(rf"(?:\\sigma|σ)\s*{_LABEL}(?:\^\s*\{{?\s*2|²)")
_IS_VARIANCE = re.compile(rf"(?:\\sigma|σ)\s*{_LABEL}\s*&?\s*(?::?=|\\equiv|\\coloneqq)")
_IS_DEVIATION = re.compile(rf"(?:\\sigma|σ)\s*{_LABEL}(?:\^\s*(?:\{{\s*2\s*\}}|2)|²)\s*{_LABEL}&?\s*(?::?=|\\equiv|\\coloneqq)")
# Another letter for it: v = \\sigma^2.
_CALLED = re.compile(
    rf"(?::?=|\\equiv|\\coloneqq)\s*&?\s*\{{?\s*(?:\\sigma|σ)\s*{_LABEL}(?:\^\s*(?:\{{\s*2\s*\}}|2)|²)\s*{_LABEL}"
    r"(?=$|[.,;:&=}$]|\\(?:q?quad|text|tag|label|notag|nonumber|hspace|\\|end|,|;|!| ))"
)
_LETTER, _LABELLED = re.compile(r"\\sigma|σ"), re.compile(r"(?:\\sigma|σ)\s*_")
# The variance has an epsilon added to it.
_ADDED = re.compile(rf"(?:\\sigma|σ)\s*{_LABEL}\+\s*(?:\\(?:var)?epsilon|ε)")
_SQUARE_ADDED = re.compile(rf"(?:\\sigma|σ)\s*{_LABEL}(?:\^\s*(?:\{{\s*2\s*\}}|2)|²)\s*{_LABEL}\+\s*(?:\\(?:var)?epsilon|ε)")
_ADDED_BEFORE = re.compile(r"(?:\\(?:var)?epsilon|ε)\s*\+\s*(?:\\sigma|σ)")
_IS_ROOT = re.compile(rf"(?:\\sigma|σ)\s*{_LABEL}&?\s*(?::?=|\\equiv|\\coloneqq)\s*\\sqrt")
_SAYS_DEVIATION = re.compile(
    r"(?i)standard deviation|\bstd\b|standardabweichung|écart[- ]type|desviación|deviazione standard|desvio padrão|odchylenie|"
    r"(?:стандартн|среднеквадратич)\w+ отклонени|标准差|標準偏差"
)
# Of a vec, with no word of columns beside it.
_STACKS_ROWS = re.compile(
    r"(?i)row[- ]?major|\b(?:flatten|vectori[sz]|unroll|ravel)\w*[^.]{0,25}\b(?:by rows|rows?|row[- ]by[- ]row|row[- ]?wise)\b|\bnumpy(?:'s)? order|\bC[- ]order\b|\bstack(?:s|ed|ing)? (?:up )?(?:all )?(?:its |the |their )?\**rows|\brows? by rows?\b[^.]{0,30}vec|vec[^.]{0,40}\b(?:by rows|row by row|row[- ]?wise)"
    r"|zeilenweise|zeilen (?:unter|hinter|über)einander|ligne par ligne|par lignes|por filas|fila por fila|per righe|riga per riga|построчн|по строкам|逐行|按行"
)
_STACKS_COLUMNS = re.compile(
    r"(?i)column[- ]?major|\bstack(?:s|ed|ing)? (?:up )?(?:all )?(?:its |the |their )?\**columns|spaltenweise|par colonnes|por columnas|per colonne|столбц|按列"
)
# Of a text with a Kronecker product, vec or not.
_VEC = re.compile(r"\\otimes\b|⊗|\\operatorname\*?\{\s*[vV]ec|\\(?:mathrm|text|mathbf)\{\s*[vV]ec\s*\}|\\vec\b|\bvec\b")
# A name of its own for that of the rows.
_ROW_VEC = re.compile(r"\brvec\b|\bvecr\b")
_TEMPERATURE = re.compile(r"(?i)temperatur|température|температур|sıcaklı|温度|온도")
_HELD_FIXED = re.compile(r"(?<![a-zA-Z])(?:\\(?:mathrm|text|operatorname|rm)\s*\{?d\}?|d)\s*\\?,?\s*([A-Za-z])\s*=\s*0(?![.\d])")

_IS_CONSTANT = re.compile(
    r"(?i)\s*(?:(?:is|are)(?: a| all)? constants?\b|(?:ist|sind) (?:eine )?konstant\w*|est (?:une )?constante|es (?:una )?constante|è (?:una )?costante|é (?:uma )?constante|"
    r"(?:—|-|это)?\s*(?:постоянн|константа)|(?:是|为)(?:常数|常量|常数矩阵)|(?:는|은) 상수|は定数)"
)

# A round d, or a derivative by something that is no x: \\frac{dL}{d\\mu}.
_PARTIAL = re.compile(
    r"\\partial|∂|\\nabla|(?:\}\s*\{|/)\s*(?:\\(?:mathrm|text|operatorname)\{d\}|d)\s*"
    r"(?:\\(?:math(?:bf|rm)|boldsymbol|bm|vec)\s*\{?\s*)?(?!\s*[xXLJ}])\\?[A-Za-z]"
)

# How surely other quantities on the way are held fixed.
NOT_AT_ALL, MAYBE, SURELY = range(3)
# A derivative by something between the input and the output, or of it, as ``\frac{dL}{d\mu}`` and ``\frac{d\mu}{dx}``.
_BY_PART = re.compile(
    r"(?:\}\s*\{|/)\s*(?:\\partial|∂|\\(?:mathrm|text|operatorname)\{d\}|d)\s*"
    r"(?:\\(?:math(?:bf|rm)|boldsymbol|bm|vec)\s*\{?\s*)?(?!\s*[xXyYLJ}])\\?[A-Za-z]"
    r"|(?:\\nabla|∇)\s*_\s*\{?\s*(?![xXyY])\\?[A-Za-z]|\\partial\s*_\s*\{?\s*\\|(?:\\partial|∂|\bd)\s*\{?\s*(?:\\mu|\\sigma|μ|σ)"
)


def stacks_rows(found: list[Piece]) -> bool:
    """Whether words say that the text's vec stacks the rows of a matrix, and none that it stacks columns."""
    prose = " ".join(piece.source for piece in found if piece.kind == "prose")
    has_vec = any(_VEC.search(piece.source) for piece in found) and not any(_ROW_VEC.search(piece.source) for piece in found)
    return has_vec and _STACKS_ROWS.search(prose) is not None and _STACKS_COLUMNS.search(prose) is None


def _announces(prose: str) -> bool:
    """Whether words say that repeated indices are summed, and do not say that they are not."""
    return any(
        _DENIED_BEFORE.search(prose[max(said.start() - 60, 0) : said.start()]) is None
        and _DENIED_BEHIND.search(prose[said.end() : said.end() + 60]) is None
        for said in _ANNOUNCED.finditer(prose)
    )


def _said_constant(found: list[Piece]) -> Iterator[str]:
    """The letters of which words say that they are constant, and not only for a while: "$A$ is constant"."""
    for piece, behind in pairwise(found):
        letter = words.LETTER.fullmatch(piece.source) if piece.kind == "inline" else None
        if letter and behind.kind == "prose" and _IS_CONSTANT.match(behind.source):
            yield letter[1]


def _labels_all(formulas: list[str]) -> bool:
    """Whether the letter of the variance has a label wherever it stands, and is nowhere said to be that: the sheet has none so."""
    written = sum(len(_LETTER.findall(formula)) for formula in formulas)
    says_variance = any(_IS_VARIANCE.search(formula) or _ADDED.search(formula) for formula in formulas)
    return written > 0 and not says_variance and written == sum(len(_LABELLED.findall(formula)) for formula in formulas)


def declare_conventions(memory: Memory, found: list[Piece]) -> None:
    """Learn which conventions the text uses.

    Parameters
    ----------
    memory
        Where they are kept.
    found
        The formulas of the text, and the prose between them.
    """
    prose = " ".join(piece.source for piece in found if piece.kind == "prose")
    formulas = [piece.source for piece in found if piece.kind != "prose"]
    sums = any("\\sum" in formula or "∑" in formula for formula in formulas)
    announces = _announces(prose) or (not sums and _SUMMED_OVER.search(prose) is not None)
    memory.sums_repeated |= announces or any(_UPPER.search(formula) for formula in formulas)
    memory.writes_sums = sums and not memory.sums_repeated
    goes_over_parts = any(map(_BY_PART.search, formulas)) or words.FIXED.search(prose) is not None
    memory.holds_partly = SURELY if goes_over_parts else MAYBE if any(map(_PARTIAL.search, formulas)) else NOT_AT_ALL
    memory.fixed.update(name for formula in formulas for name in _HELD_FIXED.findall(formula))
    memory.fixed.update(_said_constant(found))
    memory.has_temperature = _TEMPERATURE.search(prose) is not None
    adds = any(pattern.search(formula) for formula in formulas for pattern in (_ADDED, _SQUARE_ADDED, _ADDED_BEFORE))
    has_deviation = any(_SQUARED.search(each) or _IS_ROOT.search(each) for each in formulas) or _labels_all(formulas)
    has_deviation |= _SAYS_DEVIATION.search(prose) is not None
    memory.leaves_epsilon_out = has_deviation and not adds
    if any(_SQUARED.search(formula) for formula in formulas):
        memory.deviation = None
        says_deviation = any(_IS_DEVIATION.search(formula) for formula in formulas)
        says_deviation |= any(_SQUARE_ADDED.search(formula) or _CALLED.search(formula) for formula in formulas)
        says_variance = any(_IS_VARIANCE.search(formula) or _ADDED.search(formula) for formula in formulas)
        if says_deviation and not says_variance:
            memory.deviation = True
    elif (
        any(_IS_ROOT.search(formula) for formula in formulas)
        and not any(_ADDED.search(formula) for formula in formulas)
        or _labels_all(formulas)
    ):
        memory.deviation = None
