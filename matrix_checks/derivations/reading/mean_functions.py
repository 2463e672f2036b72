r"""A letter for the mean as a function: "let $m(\cdot)$ be the mean over the batch", or ``m(u) = \frac1N \sum_n u_n``; another language is added to the table."""

import re
from collections.abc import Iterator, Sequence

from matrix_checks.derivations.reading.pieces import Piece, prose_at

MEAN = "mean"
_LETTER = r"(?P<name>[A-Za-z]|\\(?:mathsf|mathcal|mathrm)\s*\{?\s*[A-Za-z]\s*\}?)"
_OF_ANYTHING = re.compile(rf"\s*{_LETTER}\s*\(\s*(?:\\cdot|\\bullet|\.|\\,|[a-z])\s*\)\s*[.,;]?\s*")
_TYPED = re.compile(r"(?<![\w\\])(?P<name>[A-Za-z])\s?\(\s*[.·•]\s*\)(?P<behind>[^$\n]{0,60})")
_SAID = re.compile(
    rf"\s*{_LETTER}\s*\(\s*(?P<any>[a-z])\s*\)\s*(?::\s*=|=|\\coloneqq|\\equiv)\s*"
    r"(?:\\[dt]?frac\s*\{?\s*1\s*\}?\s*\{?\s*[A-Za-z]\s*\}?|1\s*/\s*[A-Za-z]|[A-Za-z]\s*\^\s*\{\s*-\s*1\s*\})\s*(?:\\,|\\;|\\cdot)?\s*"
    r"\\sum(?:\\limits)?\s*(?:_\s*(?:\{[^{}]{1,9}\}|[a-z])\s*)?(?:\^\s*(?:\{[^{}]{1,5}\}|[A-Za-z])\s*)?(?P=any)\s*_\s*\{?\s*[a-z]\s*\}?\s*[.,;]?\s*"
)
_MEANS = (
    r"(?<![^\W\d_])(?:batch[- ]?|column |row )?(?:means?|averages?|mittelwert\w*|durchschnitt\w*|moyennes?|medias?|médias?|promedio|средн\w+|средне\w*|średni\w*|"
    r"ortalama\w*|gemiddelde|medelvärde\w*|gjennomsnitt\w*|gennemsnit\w*|keskiarvo\w*|průměr\w*|priemer\w*|átlag\w*|medi[ae]|середн\w+|mean)(?![^\W\d_])|平均|均值|평균"
)
_MEAN = re.compile(f"(?i){_MEANS}")
# A letter alone is the function where words say that it is the mean, and it stands before a bracket elsewhere.
_ALONE = re.compile(r"\s*(?:[A-Za-z]|\\(?:operatorname|mathrm|text|mathsf)\s*\{?\s*(?P<upright>[A-Za-z])\s*\}?)\s*")
_IS_MEAN = re.compile(
    r"(?i)^\s*(?:is|be|denotes?|means?|stands? for|for|ist|sei|bezeichnet?|für|est|soit|désigne|pour|es|sea|denota|para|è|sia|indica|per|é|seja|jest|oznacza|to|это|обозначает|"
    rf"är|betecknar|er|[—–:-])\s+(?:[^\W\d_]+\s+){{0,2}}(?:{_MEANS})"
)
_MEAN_CALLED = re.compile(rf"(?i)(?:{_MEANS})(?:\s+[^\W\d_]+){{0,4}}\s+(?:by|as|mit|durch|par|por|con|com|per|через|jako)\s*$")
# In characters, behind the letter or before it.
NEAR = 60
_SENTENCE = re.compile(r"[.;:!?](?:\s|$)|。|；")


def mean_functions(found: Sequence[Piece], known: frozenset[str]) -> dict[str, str]:
    """The letters that a text has for the mean as a function, each with the name that the reader has for it."""
    return {name: MEAN for name in _names(found) if name not in known}


def _names(found: Sequence[Piece]) -> Iterator[str]:
    for place, piece in enumerate(found):
        if piece.kind == "prose":
            for typed in _TYPED.finditer(piece.source):
                if _MEAN.search(_SENTENCE.split(typed["behind"])[0]):
                    yield typed["name"]
            continue
        said = _SAID.fullmatch(piece.source)
        if said:
            yield said["name"]
            continue
        alone = _OF_ANYTHING.fullmatch(piece.source)
        behind = _SENTENCE.split(prose_at(found, place + 1)[:NEAR])[0]
        before = _SENTENCE.split(prose_at(found, place - 1)[-NEAR:])[-1]
        lone = _ALONE.fullmatch(piece.source)
        if alone and (_MEAN.search(behind) or _MEAN.search(before)):
            yield alone["name"]
        elif lone and (_IS_MEAN.search(behind) or _MEAN_CALLED.search(before)):
            letter = lone["upright"] or lone[0].strip()
            yield from (letter,) if _is_applied(letter, found) else ()


def _is_applied(letter: str, found: Sequence[Piece]) -> bool:
    """Whether a letter stands directly before something in brackets somewhere."""
    before_bracket = re.compile(rf"(?<![A-Za-z\\]){letter}\s*\}}?\s*(?:\\left|\\[bB]igg?l?)?\s*[(\[]\s*[A-Za-z\\]")
    return any(piece.kind != "prose" and before_bracket.search(piece.source) for piece in found)
